//! How a command ends, as scripts see it.

use std::process::ExitCode;

/// The exit codes of every command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// 0: done.
    Done,
    /// 1: looked, and it is not right.
    NotRight,
    /// 2: wrong usage.
    Usage,
    /// 3: could not.
    CouldNot,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::NotRight => 1,
            Exit::Usage => 2,
            Exit::CouldNot => 3,
        })
    }
}
