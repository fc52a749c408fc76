//! Exit codes, of which scripts rely on every one.

use std::process::ExitCode;

/// How the program ends, the better way first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Exit {
    /// Done: 0.
    Done,
    /// Looked, and it is not right: 1.
    NotRight,
    /// Wrong usage: 2.
    Usage,
    /// Could not: no such file, no key, no space, locked by another process: 3.
    CouldNot,
}

impl Exit {
    /// The code.
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::NotRight => 1,
            Self::Usage => 2,
            Self::CouldNot => 3,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
