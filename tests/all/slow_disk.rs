//! A disk that does not answer for as long as a test wishes: a few lines of C before the system's own, compiled here.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use tempfile::TempDir;

use crate::pty::Start;

/// What stands before the system's own calls; none where there is no C compiler, and then that is said.
fn shim() -> Option<&'static Path> {
    static BUILT: OnceLock<Option<PathBuf>> = OnceLock::new();
    let built = BUILT.get_or_init(|| {
        // Beside the tests, since a folder that vanishes would vanish with its first user.
        let tests = std::env::current_exe().expect("the path of the tests");
        let shim = tests.with_file_name(format!("slow-disk-{}.so", std::process::id()));
        let shared = tests.with_file_name("slow-disk.so");
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/all/slow_disk.c");
        let compiled = Command::new("cc")
            .args(["-shared", "-fPIC", "-O1", "-o"])
            .arg(&shim)
            .args([source, "-ldl"])
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success());
        if !compiled {
            let _ = writeln!(
                std::io::stderr(),
                "SKIPPED: a disk that does not answer: `cc` is not there, or compiles nothing"
            );
            return None;
        }
        // Whole or not at all, whoever else runs these tests.
        std::fs::rename(&shim, &shared).expect("a file is renamed");
        Some(shared)
    });
    built.as_deref()
}

/// A disk that can be held.
pub struct SlowDisk {
    folder: TempDir,
}

impl SlowDisk {
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
        start.env("LD_PRELOAD", shim).env("SLOW_DISK", self.sign())
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

impl Drop for SlowDisk {
    /// Whoever waits for it goes on.
    fn drop(&mut self) {
        self.let_go();
    }
}
