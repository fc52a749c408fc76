//! A lock on what a machine has set and on its keys, so that two programs that change them at once lose nothing.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io;
use std::path::Path;

use super::folder::{self, Files, Lock};

/// The lock of a folder's files; given back when it is dropped, or its process dies.
#[derive(Debug)]
pub struct Held(#[expect(dead_code, reason = "the lock lasts as long as the file is open")] File);

/// How many hundredths of a second are waited: a change takes a few.
const PATIENCE: u32 = 1_000;

/// The files of a home that are written anew as a whole. Of a program that was killed meanwhile another file stays beside
/// them, as with the secret key under a passphrase that nobody thinks of any more.
const REPLACED: [&str; 4] = ["key", "keys.json", "settings.json", "number.json"];

/// Clears away what a program that was killed while it changed keys or settings left in a home.
///
/// # Errors
/// As [`Held::of`]; only where something was left.
pub fn clear_away(home: &Path) -> io::Result<()> {
    let is_left = |path: &Path| REPLACED.iter().any(|name| folder::is_beside(path, OsStr::new(name)));
    let mut files = fs::read_dir(home).into_iter().flatten().flatten();
    if files.any(|file| is_left(&file.path())) { Held::of(home).map(drop) } else { Ok(()) }
}

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
            Lock::Ours => {
                for name in REPLACED {
                    // What cannot be cleared away now is next time.
                    let _ = files.clear_away(&folder.join(name));
                }
                Ok(Self(file))
            }
            Lock::Theirs => Err(io::ErrorKind::WouldBlock.into()),
        }
    }
}
