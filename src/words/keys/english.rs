//! Keys in English.

use crate::seal::{HeadProblem, ListProblem, Passphrase, RecipientProblem, SheetProblem};
use crate::text::Language;

use super::{KeyComplaint, KeySays};

pub(super) fn says(says: KeySays) -> &'static str {
    match says {
        KeySays::Passphrase => "passphrase: ",
        KeySays::WithoutKey => {
            "Enter alone goes on without the key: files are then only held against what was noted of them."
        }
        KeySays::NewPassphrase => {
            "A passphrase locks your key on this machine. Four or five words that nobody would put together are good.\n\
             new passphrase: "
        }
        KeySays::Again => "once more: ",
        KeySays::Found => {
            "A key is here, and `keys.json`, which names it, was lost. Its passphrase brings it back.\npassphrase: "
        }
        KeySays::NamedAgain => {
            "Your key is back. Keys of supervisors are not: add them again with `amparo keys add NUMBER age1…`."
        }
        KeySays::LockedAnew => {
            "Your key is back, and the new passphrase opens it. `amparo keys list` shows who else reads."
        }
        KeySays::PassphraseChanged => {
            "From now on the new passphrase opens your key. The recovery sheet stays the same."
        }
        KeySays::SheetOfNone => {
            "The key of this sheet was not kept. Throw the sheet away, or bring the key here with `amparo keys new --sheet FILE`."
        }
        KeySays::Made => "Your public key. Whoever has it can write for you, and not read:",
        KeySays::SheetTitle => {
            "Recovery sheet. Write it down or print it, and keep it where nobody finds it with the laptop:"
        }
        KeySays::SheetUse => {
            "Whoever has this sheet can read everything that is sealed for you. After a loss of the laptop or the \
             passphrase, type it into a file and use `amparo keys new --sheet FILE`."
        }
        KeySays::Own => "own key",
        KeySays::OwnReads => "reads what is written here",
        KeySays::OwnDoesNot => "does not read what is written here",
        KeySays::Caseworker => "caseworker",
        KeySays::Supervisor => "supervisor",
        KeySays::Office => "office's list",
        KeySays::None => {
            "no keys yet: `amparo keys new` makes your own, `amparo keys add NUMBER age1…` adds a supervisor's"
        }
        KeySays::SquareUse => "`amparo keys list --qr` shows it as a square for a camera.",
        KeySays::Added => "added; it reads sessions that begin from now on",
        KeySays::AddedWorker => "added; it reads remarks that are addressed to her number, and nothing else",
        KeySays::RemarksOnly => "caseworker, reads only remarks to her",
        KeySays::Removed => "taken out; what was sealed for it before stays readable with it",
    }
}

fn recipient(why: RecipientProblem) -> (&'static str, &'static str) {
    match why {
        RecipientProblem::Secret => (
            "that is a secret key, and now stands where others may see it",
            "make a new one with `amparo keys new`, and give on only what begins with `age1`",
        ),
        RecipientProblem::Kind => (
            "that is a key of another kind (a plug-in, a token, SSH or post-quantum)",
            "use a plain key: `age1` and 58 signs",
        ),
        RecipientProblem::NoKey => {
            ("that is no public key, or it has a typing slip", "copy it anew as a whole: `age1` and 58 signs")
        }
    }
}

fn sheet(why: SheetProblem) -> (String, String) {
    match why {
        SheetProblem::Rows(rows) => {
            (format!("the sheet has {rows} rows, and not six"), "type each row on a line of its own".into())
        }
        SheetProblem::Length { row } => {
            (format!("row {row} of the sheet has a sign too many or too few"), "count them again".into())
        }
        SheetProblem::Sign { row, sign } => (
            format!("row {row} of the sheet has `{sign}`, which no row has"),
            "look at that sign again".into(),
        ),
        SheetProblem::Slip { row, place } => (
            format!("row {row} of the sheet has a slip, probably at its sign {place}"),
            "look at that row again".into(),
        ),
        SheetProblem::Row { row } => (
            format!("row {row} of the sheet is wrong in more than one sign, or stands in another place"),
            "look at that row again".into(),
        ),
        SheetProblem::NoKey => (
            "each row is right, and together they are no key".into(),
            "look whether they are of one sheet".into(),
        ),
    }
}

pub(super) fn complaint(complaint: &KeyComplaint) -> (String, String) {
    let (what, help): (String, String) = match complaint {
        KeyComplaint::Disk { path, why } => {
            (format!("`{path}`: {why}"), "look whether the file is there and belongs to you".into())
        }
        KeyComplaint::Full { path } => (
            format!("no space is left to write `{path}`"),
            "remove something that you no longer need from this disk, and try again".into(),
        ),
        KeyComplaint::ReadOnly { path } => (
            format!("`{path}` cannot be written: its disk takes nothing"),
            "look whether it is locked or was pulled out, and try again".into(),
        ),
        KeyComplaint::NoFile { path } => {
            (format!("`{path}` is a folder, a pipe or a device"), "name an ordinary file".into())
        }
        KeyComplaint::NoText { path } => (
            format!("`{path}` is no plain text"),
            "save it as plain text in UTF-8, or type the key itself: `age1` and 58 signs".into(),
        ),
        KeyComplaint::Several { path } => {
            (format!("`{path}` has several keys in it"), "leave only hers in it".into())
        }
        KeyComplaint::Settings(complaint) => return complaint.words(Language::English),
        KeyComplaint::Garbled { path } => (
            format!("`{path}` is not what this program writes"),
            "bring it back from a copy; or move it away and use `amparo keys new`, which finds your key by its passphrase, \
             or with `--sheet FILE` by the recovery sheet, and add supervisors' keys again"
                .into(),
        ),
        KeyComplaint::List { path, why } => match why {
            ListProblem::Line { line, why } => {
                let (what, help) = recipient(*why);
                (format!("`{path}`, line {line}: {what}"), help.into())
            }
            ListProblem::Empty => {
                (format!("`{path}` names nobody"), "write a public key a line into it".into())
            }
            ListProblem::TooMany => {
                (format!("`{path}` names more than a session has room for"), "leave thirty at most".into())
            }
            ListProblem::TooLarge => {
                (format!("`{path}` is no list of public keys"), "write a public key a line into it".into())
            }
        },
        KeyComplaint::HasOwn => (
            "this machine has a key of its own already".into(),
            "`amparo keys list` shows it; `amparo keys passphrase` changes its passphrase; if that is lost, \
             `amparo keys new --sheet FILE` takes the recovery sheet"
                .into(),
        ),
        KeyComplaint::OtherOwn => (
            "that is the sheet of another key than the one of this machine".into(),
            "look for the right sheet; to use that other key here, move the file `key` away first: supervisors' keys stay"
                .into(),
        ),
        KeyComplaint::Gone { path } => (
            format!("your key should lie in `{path}`, and is not there"),
            "bring that file back from a copy, or use `amparo keys new --sheet FILE` with the recovery sheet".into(),
        ),
        KeyComplaint::Unnamed { path } => (
            format!("a key lies in `{path}`, and `keys.json` beside it, which names it and who else reads, was lost"),
            "bring `keys.json` back from a copy; or use `amparo keys new`, which asks the passphrase of that key, or \
             takes its recovery sheet with `--sheet FILE`"
                .into(),
        ),
        KeyComplaint::SheetNotShown { why } => (
            format!("the recovery sheet could not be shown: {why}"),
            "use the command in a terminal; a key that was to be made was not kept".into(),
        ),
        KeyComplaint::NoOwn => {
            ("this machine has no key of its own".into(), "make one with `amparo keys new`".into())
        }
        KeyComplaint::Nobody => (
            "nobody could ever read what would be written".into(),
            "make a key with `amparo keys new`, or add a supervisor's with `amparo keys add NUMBER age1…`"
                .into(),
        ),
        KeyComplaint::TooMany => {
            ("more keys than a session has room for".into(), "leave thirty at most".into())
        }
        KeyComplaint::Taken(number) => (
            format!("`{number}` has another key already"),
            format!("take that one out first with `amparo keys remove {number}`, if it is no longer hers"),
        ),
        KeyComplaint::NoSuch(number) => {
            (format!("no key has the number `{number}`"), "`amparo keys list` shows them".into())
        }
        KeyComplaint::WrongPassphrase => (
            "that is not the passphrase".into(),
            "try again; if it is lost, `amparo keys new --sheet FILE` takes the recovery sheet".into(),
        ),
        KeyComplaint::TooMuchWork(work) => (
            format!("the key was locked with a work factor of {work}, and this program stops at 20"),
            "lock it anew with `age -p`, or bring back the file `key` that this program wrote".into(),
        ),
        KeyComplaint::Damaged => (
            "the locked key was changed, or is none".into(),
            "bring the file `key` back from a copy, or use the recovery sheet".into(),
        ),
        KeyComplaint::TooShort => (
            format!("the passphrase is too short: {} characters at least", Passphrase::FEWEST),
            "take four or five words that nobody would put together".into(),
        ),
        KeyComplaint::NotTheSame => {
            ("the two passphrases are not the same".into(), "begin again, slowly".into())
        }
        KeyComplaint::NowhereToAsk => (
            "a passphrase is needed, and there is no terminal to ask on".into(),
            "give a file with `--passphrase-file FILE`, or `-` for standard input".into(),
        ),
        KeyComplaint::NothingTyped => {
            ("no passphrase was given".into(), "begin again when you have it".into())
        }
        KeyComplaint::NoRandomness => {
            ("the system gives no random bytes".into(), "start the machine anew and try again".into())
        }
        KeyComplaint::Recipient(why) => {
            let (what, help) = recipient(*why);
            (what.into(), help.into())
        }
        KeyComplaint::Number => {
            ("that is no staff number".into(), "letters, digits and hyphens, one digit at least".into())
        }
        KeyComplaint::Sheet(why) => sheet(*why),
        KeyComplaint::Head(why) => match why {
            HeadProblem::Length(signs) => (
                format!("the head code has {signs} signs, and not 16"),
                "write all four groups of four".into(),
            ),
            HeadProblem::Sign(sign) => (
                format!("the head code has `{sign}`, which no code has"),
                "look at that sign again; there is no I, L, O or U".into(),
            ),
        },
        KeyComplaint::NotSupervisor => (
            "the key of this machine is not marked supervisor".into(),
            "ask a supervisor to erase it; `amparo keys new --supervisor` makes such a key".into(),
        ),
    };
    (what, help)
}
