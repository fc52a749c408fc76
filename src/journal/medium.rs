//! The border between the journal and the system's files: each step that changes something on a disk asks here first.
//! The real one lets everything pass; a test's lets the k-th step fail, or a write go through in part.

use std::fmt;
use std::io;

/// A step that changes something on a disk, before it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// A folder is made.
    MakeFolder,
    /// A file is created.
    Create,
    /// A file is opened to be written.
    Open,
    /// So many bytes are written.
    Write(usize),
    /// A file is synced.
    Sync,
    /// A folder is synced.
    SyncFolder,
    /// A file is cut.
    Cut,
    /// A file takes the place of another.
    Rename,
    /// A file is removed.
    Remove,
}

/// A step that is refused.
#[derive(Debug)]
pub struct Refused {
    /// What the system is to have said.
    pub error: io::Error,
    /// How many bytes of a write go through before.
    pub after: usize,
}

/// What the journal writes on.
pub trait Medium: fmt::Debug + Send + Sync {
    /// Asks whether a step may be done.
    ///
    /// # Errors
    /// It is not done, or only in part.
    fn before(&self, step: Step) -> Result<(), Refused>;
}

/// The system's own files: nothing is refused here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Disks;

impl Medium for Disks {
    fn before(&self, _: Step) -> Result<(), Refused> {
        Ok(())
    }
}
