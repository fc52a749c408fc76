//! How far the archive is read: nothing is said of all sessions before all of it was.

/// How far the archive is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Far {
    /// Nobody knows yet how many files there are.
    Beginning,
    /// So many files of so many.
    Reading { done: usize, of: usize },
    /// All of it.
    All,
    /// It cannot be read.
    Never,
}

/// How far the archive is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Progress {
    pub(super) done: usize,
    /// None: nobody knows yet.
    pub(super) of: Option<usize>,
    /// The folder, or the key, cannot be read: it never begins.
    pub(super) fails: bool,
}

impl Progress {
    pub(super) fn far(self) -> Far {
        match self.of {
            _ if self.fails => Far::Never,
            None => Far::Beginning,
            Some(of) if self.done < of => Far::Reading { done: self.done, of },
            Some(_) => Far::All,
        }
    }
}
