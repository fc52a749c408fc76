//! What is said of keys: making, locking, listing, and what can be wrong with them.

mod english;
mod spanish;

use std::io::ErrorKind;

use crate::seal::{HeadProblem, ListProblem, RecipientProblem, SheetProblem};
use crate::text::{Language, StaffNumber};

use super::command::Complaint;

/// Something wrong with keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyComplaint {
    /// A file cannot be read or written.
    Disk {
        /// The file.
        path: String,
        /// What the system said.
        why: String,
    },
    /// There is no space for a file.
    Full {
        /// The file.
        path: String,
    },
    /// The disk takes nothing.
    ReadOnly {
        /// The file.
        path: String,
    },
    /// It is a folder, a pipe or a device.
    NoFile {
        /// What stands there.
        path: String,
    },
    /// It is no text in UTF-8.
    NoText {
        /// The file.
        path: String,
    },
    /// A file that is to have one key has several.
    Several {
        /// The file.
        path: String,
    },
    /// The settings, which say who reads, cannot be read.
    Settings(Complaint),
    /// A file is not what this program writes.
    Garbled {
        /// The file.
        path: String,
    },
    /// A list of recipients is none.
    List {
        /// The file.
        path: String,
        /// Why.
        why: ListProblem,
    },
    /// This machine has an identity already.
    HasOwn,
    /// This machine has another identity than the one of the sheet.
    OtherOwn,
    /// The locked identity is not there.
    Gone {
        /// Its file.
        path: String,
    },
    /// A locked identity that the file of keys does not name.
    Unnamed {
        /// Its file.
        path: String,
    },
    /// The recovery sheet could not be shown.
    SheetNotShown {
        /// What the system said.
        why: String,
    },
    /// This machine has no identity.
    NoOwn,
    /// Nobody could read what is written.
    Nobody,
    /// More could read than there is room for.
    TooMany,
    /// The number has another key.
    Taken(StaffNumber),
    /// No key has this number.
    NoSuch(StaffNumber),
    /// It is not the passphrase.
    WrongPassphrase,
    /// The identity was locked with more work than is done here.
    TooMuchWork(u8),
    /// The locked identity was changed.
    Damaged,
    /// The passphrase is too short.
    TooShort,
    /// The passphrase was typed in two ways.
    NotTheSame,
    /// There is no terminal to ask on.
    NowhereToAsk,
    /// Nothing was typed.
    NothingTyped,
    /// The system gives no random bytes.
    NoRandomness,
    /// A public key is none.
    Recipient(RecipientProblem),
    /// A number is none.
    Number,
    /// A recovery sheet has a slip.
    Sheet(SheetProblem),
    /// A head code is none.
    Head(HeadProblem),
    /// The identity is not marked supervisor.
    NotSupervisor,
}

/// What is said while keys are made and listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeySays {
    /// Asks for the passphrase.
    Passphrase,
    /// Before it is asked for where it is not needed.
    WithoutKey,
    /// Asks for a new passphrase.
    NewPassphrase,
    /// Asks for it again.
    Again,
    /// Asks for the passphrase of a key that is here, and that nothing names any more.
    Found,
    /// After a key is named again.
    NamedAgain,
    /// After a key was locked anew from its sheet.
    LockedAnew,
    /// After the passphrase was changed.
    PassphraseChanged,
    /// That a key whose sheet was shown could not be kept.
    SheetOfNone,
    /// Before the public key of a new identity.
    Made,
    /// Above the recovery sheet.
    SheetTitle,
    /// Below it.
    SheetUse,
    /// Before the own key in the list.
    Own,
    /// That she reads what she writes.
    OwnReads,
    /// That she does not.
    OwnDoesNot,
    /// The role of whoever holds interviews.
    Caseworker,
    /// The role of whoever reads and erases.
    Supervisor,
    /// Before the office's list.
    Office,
    /// That there are no keys.
    None,
    /// That it can be shown as a square.
    SquareUse,
    /// After a key was added.
    Added,
    /// After a caseworker's key was added.
    AddedWorker,
    /// Behind a caseworker's number in the list.
    RemarksOnly,
    /// After a key was taken out.
    Removed,
}

impl KeyComplaint {
    /// What is said of a file that the system does not read or write, by what kind of trouble it is.
    pub fn disk(path: String, why: String, kind: ErrorKind) -> Self {
        match kind {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::Full { path },
            ErrorKind::ReadOnlyFilesystem => Self::ReadOnly { path },
            _ => Self::Disk { path, why },
        }
    }

    /// What happened, and what to do next: lower case, no full stop, names in backticks.
    pub fn words(&self, language: Language) -> (String, String) {
        match language {
            Language::English => english::complaint(self),
            Language::Spanish => spanish::complaint(self),
        }
    }
}

impl KeyComplaint {
    /// The same as two sentences, for a screen.
    pub fn sentence(&self, language: Language) -> String {
        let (what, help) = self.words(language);
        // A name stays as it is written.
        let whole = |text: String| match text.chars().next() {
            Some(first) if first != '`' => {
                format!("{}{}.", first.to_uppercase(), &text[first.len_utf8()..]).replace('`', "")
            }
            _ => format!("{text}.").replace('`', ""),
        };
        format!("{} {}", whole(what), whole(help))
    }
}

impl KeySays {
    /// Its text.
    pub fn text(self, language: Language) -> &'static str {
        match language {
            Language::English => english::says(self),
            Language::Spanish => spanish::says(self),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_complaint_has_a_remedy_and_is_safe_to_show() {
        let number = || StaffNumber::new("204").unwrap();
        let list = |why| KeyComplaint::List { path: "r.txt".into(), why };
        let all = [
            KeyComplaint::Disk { path: "key".into(), why: "no".into() },
            KeyComplaint::Full { path: "key".into() },
            KeyComplaint::ReadOnly { path: "key".into() },
            KeyComplaint::OtherOwn,
            KeyComplaint::Gone { path: "key".into() },
            KeyComplaint::Unnamed { path: "key".into() },
            KeyComplaint::SheetNotShown { why: "no".into() },
            KeyComplaint::NoFile { path: "pipe".into() },
            KeyComplaint::NoText { path: "key.txt".into() },
            KeyComplaint::Several { path: "key.txt".into() },
            KeyComplaint::Settings(Complaint::SettingsGarbled { path: "settings.json".into() }),
            KeyComplaint::Garbled { path: "keys.json".into() },
            list(ListProblem::Line { line: 3, why: RecipientProblem::NoKey }),
            list(ListProblem::Empty),
            list(ListProblem::TooMany),
            list(ListProblem::TooLarge),
            KeyComplaint::HasOwn,
            KeyComplaint::NoOwn,
            KeyComplaint::Nobody,
            KeyComplaint::TooMany,
            KeyComplaint::Taken(number()),
            KeyComplaint::NoSuch(number()),
            KeyComplaint::WrongPassphrase,
            KeyComplaint::TooMuchWork(22),
            KeyComplaint::Damaged,
            KeyComplaint::TooShort,
            KeyComplaint::NotTheSame,
            KeyComplaint::NowhereToAsk,
            KeyComplaint::NothingTyped,
            KeyComplaint::NoRandomness,
            KeyComplaint::Recipient(RecipientProblem::NoKey),
            KeyComplaint::Recipient(RecipientProblem::Kind),
            KeyComplaint::Recipient(RecipientProblem::Secret),
            KeyComplaint::Number,
            KeyComplaint::Sheet(SheetProblem::Rows(5)),
            KeyComplaint::Sheet(SheetProblem::Length { row: 1 }),
            KeyComplaint::Sheet(SheetProblem::Sign { row: 1, sign: 'ñ' }),
            KeyComplaint::Sheet(SheetProblem::Slip { row: 1, place: 2 }),
            KeyComplaint::Sheet(SheetProblem::Row { row: 1 }),
            KeyComplaint::Sheet(SheetProblem::NoKey),
            KeyComplaint::Head(HeadProblem::Length(3)),
            KeyComplaint::Head(HeadProblem::Sign('U')),
            KeyComplaint::NotSupervisor,
        ];
        for language in Language::ALL {
            for complaint in &all {
                let (what, help) = complaint.words(language);
                for text in [&what, &help] {
                    crate::words::is_fit_for_a_complaint(text);
                }
            }
        }
    }
}
