//! A lock on what a machine has set and on its keys, so that two programs that change them at once lose nothing.

use std::fs::File;
use std::io;
use std::path::Path;

use super::folder::{self, Files, Lock};

/// The lock of a folder's files; given back when it is dropped, or its process dies.
#[derive(Debug)]
pub struct Held(#[expect(dead_code, reason = "the lock lasts as long as the file is open")] File);

/// How many hundredths of a second are waited: a change takes a few.
const PATIENCE: u32 = 1_000;

impl Held {
    /// Waits until nobody else has it. The folder is made where it is missing.
    ///
    /// # Errors
    /// The system's, and [`io::ErrorKind::WouldBlock`] where another program does not give it back.
    pub fn of(folder: &Path) -> io::Result<Self> {
        let files = Files::default();
        files.make_folder(folder)?;
        let file = files.open_to_add(&folder.join("lock"))?;
        match folder::lock_within(&file, PATIENCE)? {
            Lock::Ours => Ok(Self(file)),
            Lock::Theirs => Err(io::ErrorKind::WouldBlock.into()),
        }
    }
}
