//! Journal errors in English.

use crate::journal::{Foreign, JournalError, NoWayOn, Trouble, Unsealed};
use crate::text::line_safe;

use super::shown;

pub(super) fn journal(error: &JournalError) -> (String, String) {
    match error {
        JournalError::Disk { trouble, path, source } => {
            let (path, why) = (shown(path), line_safe(&source.to_string()));
            let (what, help) = match trouble {
                Trouble::Full => ("there is no space left", "make room on this disk, then try again"),
                Trouble::ReadOnly => {
                    ("it may not be written", "use a folder that belongs to you, or set `AMPARO_HOME` to one")
                }
                Trouble::Gone => {
                    ("the folder is gone", "put the stick back in, or set `AMPARO_HOME` to another folder")
                }
                Trouble::TooLarge => ("it is larger than a session can be", "go on in a new session"),
                Trouble::Fault => ("the disk has a fault", "copy the folder to another disk and go on there"),
            };
            (format!("`{path}`: {what} ({why})"), help.into())
        }
        JournalError::Locked(name) => (
            format!("session `{}` is being written by another window", name.short()),
            "go on in that window, or close it and try again".into(),
        ),
        JournalError::NoSuchSession(text) => (
            format!("there is no session `{}`", line_safe(text)),
            "`amparo sessions list` shows what is kept; the first digits of a name are enough".into(),
        ),
        JournalError::Ambiguous { prefix, matches } => (
            format!("{matches} sessions have a name that begins with `{}`", line_safe(prefix)),
            "give more digits; `amparo sessions list` shows the names".into(),
        ),
        JournalError::Erased(stone) => (
            format!("session `{}` was erased: {}", stone.name.short(), stone.reason),
            "what was erased cannot be brought back; `amparo sessions list` shows what is kept".into(),
        ),
        JournalError::Foreign { path, why } => {
            let why = match why {
                Foreign::Name => "its name is none that a session has",
                Foreign::Kind => "it is no ordinary file",
                Foreign::Size => "it is larger than a session can be, and was not read",
                Foreign::Content => "it does not begin as a session does",
            };
            (
                format!("`{}` is not a session: {why}", shown(path)),
                "move it out of the folder, or leave it: it harms nothing there".into(),
            )
        }
        JournalError::Newer { path, version } => (
            format!("`{}` was written by a later version of this program (format {version})", shown(path)),
            "open it with that version, or bring this one up to date".into(),
        ),
        JournalError::Unbegun(name) => (
            format!(
                "session `{}` holds nothing: the program was stopped as it began, or it was cut",
                name.short()
            ),
            format!("remove it with `amparo sessions erase {}`, or leave it", name.short()),
        ),
        JournalError::NoWayOn { name, why: NoWayOn::Closed } => (
            format!("session `{}` is closed", name.short()),
            format!("read it with `amparo sessions show {}`, or begin a new one", name.short()),
        ),
        JournalError::NoWayOn { name, why: NoWayOn::Cut } => (
            format!("more of session `{}` was kept once, and the end of its file is gone", name.short()),
            "leave the file as it is, look for a copy of it, and tell your supervisor".into(),
        ),
        JournalError::NoWayOn { name, why: NoWayOn::AnotherFile } => (
            format!("session `{}` is another file than the one that this machine noted", name.short()),
            "leave the file as it is, look for a copy of the right one, and tell your supervisor".into(),
        ),
        JournalError::NoWayOn { name, why: NoWayOn::Altered(after) } => (
            format!("session `{}` was changed from outside after event {after}", name.short()),
            format!("read what stands with `amparo sessions show {}`, and begin a new one", name.short()),
        ),
        JournalError::NoWayOn { name, why: NoWayOn::NotForUs(after) } => (
            format!("what follows after event {after} of session `{}` was sealed for others", name.short()),
            "go on with it on the machine where it was last taken up, or begin a new one".into(),
        ),
        JournalError::Damaged(name) => (
            format!("the beginning of session `{}` was changed: nothing of it can be read", name.short()),
            "look for a copy of the file; `amparo sessions verify` tells whether it is the right one".into(),
        ),
        JournalError::NotForUs(name) => (
            format!("session `{}` was sealed for others", name.short()),
            "read it with the key of a supervisor; `amparo keys list` shows who reads new sessions".into(),
        ),
        JournalError::Companion(name) => (
            format!("`{}` stands beside a session, and is none", name.short()),
            "move it out of the folder, or leave it: it harms nothing there".into(),
        ),
        JournalError::Unsealed(Unsealed::NoRandomness) => (
            "the system gives no random bytes, so nothing can be sealed".into(),
            "start the machine anew and try again".into(),
        ),
        JournalError::Unsealed(Unsealed::ProtocolTooLarge) => (
            "the protocol with its translations is larger than a session takes".into(),
            "shorten it, or leave out a translation: a megabyte is the most".into(),
        ),
        JournalError::NoWayOn { name, why: NoWayOn::Protocol } => (
            format!(
                "session `{}` cannot be gone on with: the protocol inside it has errors for this version",
                name.short()
            ),
            format!(
                "go on with the version of the program that began it; `amparo sessions show {}` shows what is kept",
                name.short()
            ),
        ),
        JournalError::EventTooLong { bytes } => (
            format!("what happened takes {bytes} bytes, more than one event may"),
            "write a shorter text, or shorten the ids of the protocol".into(),
        ),
        JournalError::FileTooLarge => (
            "the session has grown to the most that a file may hold".into(),
            "close it and go on in a new one".into(),
        ),
    }
}
