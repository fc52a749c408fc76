//! What the command line says: each complaint as what happened and what to do next, and what each setting is for.

mod english;
mod spanish;

use crate::text::Language;

/// Something that the command line cannot do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Complaint {
    /// Standard input or output is no terminal.
    NoTerminal,
    /// The terminal cannot place a cursor.
    TerminalTooOld,
    /// The terminal could not be set up.
    TerminalFailed {
        /// What the system said.
        why: String,
    },
    /// There is no folder for a person's data.
    NoHome,
    /// No setting has this name.
    NoSuchSetting {
        /// The name.
        name: String,
        /// One that is near it.
        near: Option<String>,
    },
    /// A setting does not take this value.
    SettingRefused {
        /// The setting.
        name: String,
        /// The value.
        value: String,
        /// What it takes.
        takes: SettingTakes,
    },
    /// The file of settings is not what this program writes.
    SettingsGarbled {
        /// The file.
        path: String,
    },
    /// The file of settings cannot be read or written.
    SettingsDisk {
        /// The file.
        path: String,
        /// What the system said.
        why: String,
    },
    /// No session is open.
    NothingToResume,
    /// More than one session is open, and none was named.
    WhichToResume {
        /// How many.
        open: usize,
    },
    /// A language that the program does not speak.
    NoSuchLanguage {
        /// The code.
        code: String,
    },
    /// A protocol has no words to say in this language.
    NoSuchSay {
        /// The code.
        code: String,
        /// Those that it has.
        has: String,
    },
    /// A protocol has errors and cannot be run.
    ProtocolWrong {
        /// Its file.
        path: String,
    },
    /// A file could not be written.
    CannotWrite {
        /// The file or folder.
        path: String,
        /// What the system said.
        why: String,
    },
}

/// What a setting takes, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingTakes {
    /// One of these words.
    OneOf(Vec<String>),
    /// A whole number in these bounds.
    Number {
        /// The least.
        from: u32,
        /// The most.
        to: u32,
    },
    /// A plain text.
    Text,
}

impl Complaint {
    /// What happened, and what to do next: lower case, no full stop, names in backticks.
    pub fn words(&self, language: Language) -> (String, String) {
        match language {
            Language::English => english::complaint(self),
            Language::Spanish => spanish::complaint(self),
        }
    }
}

/// What is said around settings and a resumed session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommandSays {
    /// The word before an error.
    Error,
    /// The word before what to do.
    Help,
    /// The default of a setting that has none.
    NoDefault,
    /// Before the default.
    Default,
    /// Before what a setting takes.
    Takes,
    /// Any text.
    AnyText,
    /// After her own key was switched off.
    OwnKeyIsOff,
}

impl CommandSays {
    /// Its text.
    pub fn text(self, language: Language) -> &'static str {
        match language {
            Language::English => english::says(self),
            Language::Spanish => spanish::says(self),
        }
    }
}

/// What a setting is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SettingFor {
    /// `language`
    Language,
    /// `say`
    Say,
    /// `protocol`
    Protocol,
    /// `recipients`
    Recipients,
    /// `own_key`
    OwnKey,
    /// `cover`
    Cover,
    /// `leaflet_width`
    LeafletWidth,
    /// `hide_key`
    HideKey,
    /// `focus_hides`
    FocusHides,
    /// `cover_after`
    CoverAfter,
    /// `quiet_after`
    QuietAfter,
    /// `clear_at_start`
    ClearAtStart,
    /// `start_covered`
    StartCovered,
    /// `ask_pin`
    AskPin,
    /// `colour`
    Colour,
    /// `motion`
    Motion,
    /// `breaths`
    Breaths,
    /// `keep_days`
    KeepDays,
    /// `least_count`
    LeastCount,
}

impl SettingFor {
    /// Its text.
    pub fn text(self, language: Language) -> &'static str {
        match language {
            Language::English => english::setting(self),
            Language::Spanish => spanish::setting(self),
        }
    }
}
