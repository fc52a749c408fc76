//! A short file, read whole: an ordinary one, and no larger than it may be. A pipe would be waited for.

use std::fs;
use std::io;
use std::path::Path;

/// Why a file was not read.
#[derive(Debug)]
pub(super) enum Unread {
    /// There is none.
    Missing(io::Error),
    /// It cannot be.
    Io(io::Error),
    /// It is a folder, a pipe or a device.
    NoFile,
    /// It is larger than it may be.
    TooLarge,
}

/// Reads it.
pub(super) fn read_short(path: &Path, largest: u64) -> Result<Vec<u8>, Unread> {
    match fs::metadata(path) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Err(Unread::Missing(cause)),
        Err(cause) => return Err(Unread::Io(cause)),
        Ok(about) if !about.is_file() => return Err(Unread::NoFile),
        Ok(about) if about.len() > largest => return Err(Unread::TooLarge),
        Ok(_) => {}
    }
    fs::read(path).map_err(Unread::Io)
}
