//! What went wrong with a journal, and what to do next.

mod english;
mod spanish;

use std::path::Path;

use crate::journal::JournalError;
use crate::text::{Language, line_safe};

/// What happened and where, and what to do next: lower case, no full stop, names in backticks.
pub fn journal_trouble(error: &JournalError, language: Language) -> (String, String) {
    match language {
        Language::English => english::journal(error),
        Language::Spanish => spanish::journal(error),
    }
}

/// A path as it may be shown.
fn shown(path: &Path) -> String {
    line_safe(&path.display().to_string())
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::path::PathBuf;

    use super::*;
    use crate::journal::{Foreign, FormatVersion, NoWayOn, SessionName, Stone, Trouble, Unsealed};
    use crate::machine::At;
    use crate::seal::{HeadCode, fingerprint};
    use crate::text::Line;

    fn all() -> Vec<JournalError> {
        let name = SessionName::of_bytes([0xab; 16]);
        let path = || PathBuf::from("/tmp/evil\u{1b}[2J");
        let disk =
            |trouble| JournalError::Disk { trouble, path: path(), source: io::Error::other("no\u{1b}de") };
        let sha256 = fingerprint(b"");
        let (head, reason) = (HeadCode::of(&sha256), Line::new("consent taken back").unwrap());
        let stone = Stone { name, sha256, head, at: At::default(), by: None, reason };
        let foreign = |why| JournalError::Foreign { path: path(), why };
        vec![
            disk(Trouble::Full),
            disk(Trouble::ReadOnly),
            disk(Trouble::Gone),
            disk(Trouble::Fault),
            JournalError::Locked(name),
            JournalError::NoSuchSession("ab\u{1b}".into()),
            JournalError::Ambiguous { prefix: "ab\u{1b}".into(), matches: 2 },
            JournalError::Erased(Box::new(stone)),
            foreign(Foreign::Name),
            foreign(Foreign::Kind),
            foreign(Foreign::Size),
            foreign(Foreign::Content),
            JournalError::Newer { path: path(), version: FormatVersion(9) },
            JournalError::Unbegun(name),
            JournalError::NoWayOn { name, why: NoWayOn::Closed },
            JournalError::NoWayOn { name, why: NoWayOn::Cut },
            JournalError::NoWayOn { name, why: NoWayOn::AnotherFile },
            JournalError::NoWayOn { name, why: NoWayOn::Altered(4) },
            JournalError::NoWayOn { name, why: NoWayOn::NotForUs(4) },
            JournalError::Damaged(name),
            JournalError::NotForUs(name),
            JournalError::Companion(name),
            JournalError::Unsealed(Unsealed::NoRandomness),
            JournalError::Unsealed(Unsealed::ProtocolTooLarge),
            JournalError::NoWayOn { name, why: NoWayOn::Protocol },
            JournalError::EventTooLong { bytes: 20_000 },
            JournalError::FileTooLarge,
        ]
    }

    #[test]
    fn every_trouble_has_a_remedy_and_is_safe_to_show() {
        for language in Language::ALL {
            for error in all() {
                let (what, help) = journal_trouble(&error, language);
                for text in [&what, &help] {
                    crate::words::is_fit_for_a_complaint(text);
                }
            }
        }
    }
}
