//! The one writer of a session: an event is on disk before anybody hears that it was kept.
//!
//! The whole file stays in memory. What could not be written is written again as the same bytes at the same place,
//! and a copy elsewhere needs neither the old disk nor, once the file is sealed, a secret.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use rustix::io::Errno;

use crate::machine::{Event, Fact};

use super::error::{JournalError, NoWayOn, Trouble};
use super::folder::{self, Lock};
use super::format::{LARGEST_FILE, LONGEST_EVENT, encode_event};
use super::name::SessionName;
use super::store::Store;

/// Writes a session. Holds its lock, which dies with the process; readers are never kept waiting by it.
#[derive(Debug)]
pub struct Writer {
    name: SessionName,
    path: PathBuf,
    file: File,
    /// Every byte that was issued, from the first of the file.
    image: Vec<u8>,
    /// How many of them are on disk.
    durable: usize,
    saved: u64,
    issued: u64,
    closed: bool,
}

impl Writer {
    /// A writer of a file that is locked, and on disk as `image` up to its end.
    pub(super) fn new(name: SessionName, path: PathBuf, file: File, image: Vec<u8>, saved: u64) -> Self {
        let durable = image.len();
        Self { name, path, file, image, durable, saved, issued: saved, closed: false }
    }

    /// The session's name.
    pub fn name(&self) -> &SessionName {
        &self.name
    }

    /// The file that is written now.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How many events are on disk.
    pub fn saved(&self) -> u64 {
        self.saved
    }

    /// How many events wait in memory for a disk that takes them.
    pub fn pending(&self) -> u64 {
        self.issued - self.saved
    }

    /// Writes an event, and those that wait, to disk. Gives the number of events on disk, which are all.
    ///
    /// # Errors
    /// - [`JournalError::Disk`]: the event waits in the writer; [`Writer::retry`] or [`Writer::save_elsewhere`]
    ///   write it, and so does the next `append`.
    /// - [`JournalError::EventTooLong`], [`JournalError::FileTooLarge`], [`JournalError::NoWayOn`] after the session
    ///   was closed: nothing was taken, and the event waits nowhere.
    pub fn append(&mut self, event: &Event) -> Result<u64, JournalError> {
        if self.closed {
            return Err(JournalError::NoWayOn { name: self.name, why: NoWayOn::Closed });
        }
        let line = encode_event(event).map_err(|error| JournalError::disk(&self.path, error.into()))?;
        if line.len() > LONGEST_EVENT {
            return Err(JournalError::EventTooLong { bytes: line.len() });
        }
        if (self.image.len() + line.len()) as u64 > LARGEST_FILE {
            return Err(JournalError::FileTooLarge);
        }
        self.image.extend_from_slice(&line);
        self.issued += 1;
        self.closed = matches!(event.fact, Fact::Closed { .. });
        self.flush()
    }

    /// Tries again to write what waits: the same bytes at the same place. A file that a dead device took along is
    /// opened anew, where it has come back as it was. Without anything that waits it tells whether the file is
    /// still there.
    ///
    /// # Errors
    /// [`JournalError::Disk`]: it still waits.
    pub fn retry(&mut self) -> Result<u64, JournalError> {
        match self.flush() {
            Err(error) if matches!(error.trouble(), Some(Trouble::Gone | Trouble::Fault)) => {
                if let Ok(Some(found)) = self.find_again(&self.path) {
                    self.take(found);
                    return self.flush();
                }
                Err(error)
            }
            flushed => flushed,
        }
    }

    /// Writes the whole session into another home and goes on there. Its name stays; what stood in the old place
    /// is left as it is. A file of this session that stands there already is gone on with.
    ///
    /// # Errors
    /// - [`JournalError::Disk`]: this place will not take it either; the writer stays where it was.
    /// - [`JournalError::Locked`]: another process writes the file that stands there.
    pub fn save_elsewhere(&mut self, home: &Path) -> Result<u64, JournalError> {
        let store = Store::at(home);
        let path = store.path(&self.name);
        if path == self.path && path.exists() {
            return self.retry();
        }
        let failed = |error| JournalError::disk(&path, error);
        store.make_folders()?;
        let found = match folder::create_file(&path) {
            Ok(file) => {
                let written = self.write_copy(&file).and_then(|()| folder::sync_folder(store.folder()));
                if let Err(error) = written {
                    // What is there is a torn copy; that it cannot be removed either changes nothing.
                    let _ = folder::remove(&path);
                    return Err(failed(error));
                }
                Found { file, length: self.image.len() }
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                self.find_again(&path).map_err(failed)?.ok_or(JournalError::Locked(self.name))?
            }
            Err(error) => return Err(failed(error)),
        };
        self.path = path;
        self.take(found);
        self.flush()
    }

    fn write_copy(&self, file: &File) -> io::Result<()> {
        match folder::lock(file)? {
            Lock::Ours => {}
            Lock::Theirs => return Err(Errno::WOULDBLOCK.into()),
        }
        file.write_all_at(&self.image, 0)?;
        file.sync_all()
    }

    fn flush(&mut self) -> Result<u64, JournalError> {
        self.write_rest().map_err(|error| JournalError::disk(&self.path, error))?;
        self.durable = self.image.len();
        self.saved = self.issued;
        Ok(self.saved)
    }

    fn write_rest(&self) -> io::Result<()> {
        if self.durable < self.image.len() {
            self.file.write_all_at(&self.image[self.durable..], self.durable as u64)?;
            self.file.sync_data()?;
        }
        // A file that was removed still takes bytes, and loses them.
        if folder::is_unlinked(&self.file)? { Err(Errno::NOENT.into()) } else { Ok(()) }
    }

    /// The file at a path, if nobody holds it (a live file is held by this very writer) and it is a beginning of
    /// this session.
    fn find_again(&self, path: &Path) -> io::Result<Option<Found>> {
        let Ok(file) = folder::open_to_write(path)? else { return Err(Errno::EXIST.into()) };
        if folder::lock(&file)? == Lock::Theirs {
            return Ok(None);
        }
        match folder::read_all(&file)? {
            Ok(bytes) if self.image.starts_with(&bytes) => Ok(Some(Found { file, length: bytes.len() })),
            _ => Err(Errno::EXIST.into()),
        }
    }

    fn take(&mut self, found: Found) {
        self.file = found.file;
        self.durable = self.durable.min(found.length);
    }
}

/// A file that holds a beginning of the session, locked.
struct Found {
    file: File,
    length: usize,
}
