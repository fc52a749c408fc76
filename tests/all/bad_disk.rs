//! A disk that does not answer, or fails, for as long as a test wishes: some C before the system's own, compiled here.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use tempfile::TempDir;

use crate::preload::built;
use crate::pty::Start;

/// What stands before the system's own calls, where that can be.
fn shim() -> Option<&'static Path> {
    static BUILT: OnceLock<Option<PathBuf>> = OnceLock::new();
    let built = BUILT.get_or_init(|| built("bad_disk", "a disk that does not answer or fails"));
    built.as_deref()
}

/// How a disk fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fails {
    /// Syncing does, and what was written since the last time is gone.
    ToSync,
    /// It is full in the middle of a write.
    Full,
    /// It was made read-only.
    ReadOnly,
}

/// A disk that can be held, and let fail.
pub struct BadDisk {
    folder: TempDir,
}

impl BadDisk {
    /// One that answers, for now; none where it cannot be had.
    pub fn new() -> Option<Self> {
        shim()?;
        Some(Self { folder: TempDir::new().expect("a temporary folder") })
    }

    fn sign(&self) -> PathBuf {
        self.folder.path().join("held")
    }

    /// A program on this disk.
    pub fn under(&self, start: Start) -> Start {
        let shim = shim().expect("there was one");
        start.env("LD_PRELOAD", shim).env("BAD_DISK", self.sign())
    }

    /// A program whose files in a folder are on this disk: there they can be let fail.
    pub fn under_folder(&self, start: Start, folder: &Path) -> Start {
        self.under(start).env("BAD_DISK_UNDER", folder)
    }

    /// From now on it fails so.
    pub fn fails(&self, how: Fails) {
        let word = match how {
            Fails::ToSync => "sync",
            Fails::Full => "full",
            Fails::ReadOnly => "readonly",
        };
        // Whole or not at all: an empty file means another thing.
        let beside = self.folder.path().join("beside");
        std::fs::write(&beside, word).expect("a temporary file");
        std::fs::rename(beside, self.sign()).expect("a file is renamed");
    }

    /// From now on it answers nothing.
    pub fn hold(&self) {
        std::fs::write(self.sign(), "").expect("a temporary file");
    }

    /// It answers again.
    pub fn let_go(&self) {
        let _ = std::fs::remove_file(self.sign());
    }
}

impl Drop for BadDisk {
    /// Whoever waits for it goes on.
    fn drop(&mut self) {
        self.let_go();
    }
}
