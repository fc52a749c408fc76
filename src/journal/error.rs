//! What can go wrong with a journal, as data; the sentences are in `words`.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use rustix::io::Errno;

use super::format::FormatVersion;
use super::name::SessionName;

/// What went wrong with a journal.
#[derive(Debug)]
pub enum JournalError {
    /// The disk would not: what is in memory is kept there, and can be tried again.
    Disk {
        /// In which way.
        trouble: Trouble,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Another process writes this session.
    Locked(SessionName),
    /// No session has this name, or a name that begins so.
    NoSuchSession(String),
    /// More than one session has a name that begins so.
    Ambiguous {
        /// The beginning that was given.
        prefix: String,
        /// How many names begin so.
        matches: usize,
    },
    /// It was erased: what remains of it.
    Erased(Box<super::stone::Stone>),
    /// Not one of our files.
    Foreign {
        /// The file.
        path: PathBuf,
        /// How that was seen.
        why: Foreign,
    },
    /// Written by a later version of the program.
    Newer {
        /// The file.
        path: PathBuf,
        /// The version of its format.
        version: FormatVersion,
    },
    /// The program was stopped as the session began: its file holds no event, and none was ever shown.
    Unbegun(SessionName),
    /// The session cannot be gone on with.
    NoWayOn {
        /// The session.
        name: SessionName,
        /// Why not.
        why: NoWayOn,
    },
    /// Its first header was changed: nothing of it can be read.
    Damaged(SessionName),
    /// It was not sealed for this identity, or what was is damaged.
    NotForUs(SessionName),
    /// It is something that stands beside a session, and none.
    Companion(SessionName),
    /// Nothing could be sealed; nothing was written.
    Unsealed(Unsealed),
    /// The event is larger than a journal takes; nothing of it was written.
    EventTooLong {
        /// Its length in bytes.
        bytes: usize,
    },
    /// The file would grow beyond what a reader opens; nothing was written.
    FileTooLarge,
}

/// Why nothing could be sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unsealed {
    /// The system gives no random bytes.
    NoRandomness,
    /// The protocol with its translations is larger than a session takes.
    ProtocolTooLarge,
}

/// Why an event could not be saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Trouble {
    /// No space is left (`ENOSPC`, `EDQUOT`, `EFBIG`).
    Full,
    /// The folder or the file cannot be written (`EROFS`, `EACCES`, `EPERM`).
    ReadOnly,
    /// The folder or the device is gone: a stick that was pulled (`ENOENT`, `ENODEV`, `ESTALE` and their like).
    Gone,
    /// Another fault of the disk.
    Fault,
    /// It is no fault of the disk: an event, or the whole session, is larger than a journal takes.
    TooLarge,
}

/// How a file was seen not to be one of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Foreign {
    /// Its name is none that a session can have.
    Name,
    /// It is a folder, a link, a pipe or a device.
    Kind,
    /// It is larger than a session can be; it was not read.
    Size,
    /// Its beginning is not that of a session.
    Content,
}

/// Why a session cannot be gone on with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoWayOn {
    /// It is closed.
    Closed,
    /// More of it was kept on this machine, or it was closed, and its end is gone.
    Cut,
    /// It is not the file that this machine noted.
    AnotherFile,
    /// It was altered after so many events.
    Altered(u64),
    /// What follows after so many events was sealed for others.
    NotForUs(u64),
    /// This version does not read the protocol that is inside it.
    Protocol,
}

impl Trouble {
    /// The kind of trouble that an answer of the system means.
    pub fn of(error: &io::Error) -> Self {
        match Errno::from_io_error(error) {
            Some(Errno::NOSPC | Errno::DQUOT | Errno::FBIG) => Self::Full,
            Some(Errno::ROFS | Errno::ACCESS | Errno::PERM) => Self::ReadOnly,
            Some(
                Errno::NOENT
                | Errno::NODEV
                | Errno::NXIO
                | Errno::STALE
                | Errno::NOTDIR
                | Errno::NOTCONN
                | Errno::HOSTDOWN,
            ) => Self::Gone,
            _ => Self::Fault,
        }
    }
}

impl JournalError {
    /// The error for an answer of the system about a file or folder.
    pub(super) fn disk(path: &Path, source: io::Error) -> Self {
        Self::Disk { trouble: Trouble::of(&source), path: path.to_owned(), source }
    }

    /// What is wrong with the disk, where it is the disk: then trying again, or elsewhere, may help.
    pub fn trouble(&self) -> Option<Trouble> {
        match self {
            Self::Disk { trouble, .. } => Some(*trouble),
            _ => None,
        }
    }

    /// Why an event is not saved, in the words that the screen has for it.
    pub fn why_not_saved(&self) -> Trouble {
        match self {
            Self::EventTooLong { .. } | Self::FileTooLarge | Self::Unsealed(Unsealed::ProtocolTooLarge) => {
                Trouble::TooLarge
            }
            _ => self.trouble().unwrap_or(Trouble::Fault),
        }
    }
}

impl fmt::Display for JournalError {
    /// For logs of tests only; what a person reads is in `words`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl std::error::Error for JournalError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Disk { source, .. } => Some(source),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_of_the_system_is_one_of_four_troubles() {
        for (errno, trouble) in [
            (Errno::NOSPC, Trouble::Full),
            (Errno::DQUOT, Trouble::Full),
            (Errno::FBIG, Trouble::Full),
            (Errno::ROFS, Trouble::ReadOnly),
            (Errno::ACCESS, Trouble::ReadOnly),
            (Errno::PERM, Trouble::ReadOnly),
            (Errno::NOENT, Trouble::Gone),
            (Errno::STALE, Trouble::Gone),
            (Errno::NODEV, Trouble::Gone),
            (Errno::IO, Trouble::Fault),
        ] {
            assert_eq!(Trouble::of(&errno.into()), trouble, "{errno:?}");
        }
        assert_eq!(Trouble::of(&io::Error::other("no number")), Trouble::Fault);
    }
}
