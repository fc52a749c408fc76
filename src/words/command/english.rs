//! The command line in English.

use super::{CommandSays, Complaint, SettingFor, SettingTakes};

pub(super) fn says(says: CommandSays) -> &'static str {
    match says {
        CommandSays::Error => "error",
        CommandSays::Help => "help",
        CommandSays::NoDefault => "nothing",
        CommandSays::Default => "default",
        CommandSays::Takes => "takes",
        CommandSays::AnyText => "a text",
        CommandSays::OwnKeyIsOff => {
            "Sessions that begin from now on are sealed for others only: you can neither read them nor go on with one after \
             a crash or after you left it."
        }
    }
}

pub(super) fn complaint(complaint: &Complaint) -> (String, String) {
    let (what, help): (String, String) = match complaint {
        Complaint::NoTerminal => (
            "this needs a terminal, and its input or output is a file or a pipe".into(),
            "start it in a terminal window, without `<`, `>` or `|`".into(),
        ),
        Complaint::TerminalTooOld => (
            "this terminal cannot place a cursor (`TERM` is empty or `dumb`)".into(),
            "start it in an ordinary terminal window, or set `TERM=xterm-256color`".into(),
        ),
        Complaint::TerminalFailed { why } => (
            format!("the terminal could not be set up: {why}"),
            "close this window, open a new one and start again".into(),
        ),
        Complaint::NoHome => (
            "there is no folder to keep anything in".into(),
            "set `AMPARO_HOME` to a folder of your own".into(),
        ),
        Complaint::NoSuchSetting { name, near } => (
            format!("there is no setting `{name}`"),
            match near {
                Some(near) => format!("did you mean `{near}`? `amparo settings` lists them all"),
                None => "`amparo settings` lists them all".into(),
            },
        ),
        Complaint::SettingRefused { name, value, takes } => (
            format!("`{name}` cannot be `{value}`"),
            match takes {
                SettingTakes::OneOf(words) => format!("use one of: {}", words.join(", ")),
                SettingTakes::Number { from, to } => format!("use a whole number from {from} to {to}"),
                SettingTakes::Text => "use a plain text without control characters".into(),
            },
        ),
        Complaint::SettingsGarbled { path } => (
            format!("the settings in `{path}` cannot be understood"),
            "bring it back from a copy; or move it away and set anew what you had, above all `recipients` and `own_key`: \
             without that file, your own key reads what you write and an office's list does not"
                .into(),
        ),
        Complaint::SettingsDisk { path, why } => (
            format!("the settings in `{path}` cannot be read or written: {why}"),
            "look whether the folder is there and belongs to you".into(),
        ),
        Complaint::NothingToResume => (
            "there is no open session".into(),
            "`amparo sessions list` shows what is kept; `amparo` begins a new one".into(),
        ),
        Complaint::WhichToResume { open } => (
            format!("{open} sessions are open"),
            "name one: `amparo sessions list` shows them, and a few letters of its name are enough".into(),
        ),
        Complaint::NoSuchLanguage { code } => {
            (format!("the program has no language `{code}`"), "use `en` or `es`".into())
        }
        Complaint::NoSuchSay { code, has } => {
            (format!("the protocol has no words in `{code}`"), format!("it has: {has}"))
        }
        Complaint::ProtocolWrong { path } => (
            format!("the protocol `{path}` has errors and was not started"),
            format!("mend what is shown above, then look again with `amparo protocol check {path}`"),
        ),
        Complaint::CannotWrite { path, why } => (
            format!("`{path}` cannot be written: {why}"),
            "choose a folder that exists and belongs to you".into(),
        ),
    };
    (what, help)
}

pub(super) fn setting(setting: SettingFor) -> &'static str {
    match setting {
        SettingFor::Language => "language of the screen; without it, the system's",
        SettingFor::Say => "language of the words to say; without it, that of the screen",
        SettingFor::Protocol => "file of the protocol that new sessions run; without it, the built-in one",
        SettingFor::Recipients => {
            "file with an office's public keys, one a line, whose owners may read each session"
        }
        SettingFor::OwnKey => {
            "your own key reads what you write; off: you can neither read it nor go on after a crash or a leave"
        }
        SettingFor::Cover => "which leaflet covers the screen, by its id; without it, the protocol's first",
        SettingFor::LeafletWidth => "columns that the leaflet's text takes at most",
        SettingFor::HideKey => "one more key that hides; Esc always does",
        SettingFor::FocusHides => "hide when another window comes to the front",
        SettingFor::CoverAfter => {
            "minutes without a key before it hides by itself, while she is not in the room; 0: never"
        }
        SettingFor::QuietAfter => {
            "seconds without a key before the screen turns quiet, while she is in the room"
        }
        SettingFor::ClearAtStart => "clear the terminal's own screen and scrollback at the start",
        SettingFor::StartCovered => "open as the leaflet",
        SettingFor::AskPin => "ask for a PIN before the first real session, where none is set",
        SettingFor::Colour => "use colours; signs say the same thing without them",
        SettingFor::Motion => "let the breathing page move; without, it is text",
        SettingFor::Breaths => "breaths a minute on the breathing page",
        SettingFor::LeastCount => "figures for outsiders hide every group that is smaller",
        SettingFor::KeepDays => {
            "days that a session is kept after its last entry; `sessions list --past` then lists what is to be erased; 0: no end"
        }
    }
}
