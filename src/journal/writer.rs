//! The one writer of a session: an event is on disk before anybody hears that it was kept.
//!
//! The whole sealed file stays in memory. What could not be written is written again as the same bytes at the same
//! place, never sealed anew, and a copy elsewhere needs neither the old disk nor a secret.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use rustix::io::Errno;

use crate::machine::{Event, Fact};
use crate::seal::fingerprint;
use crate::text::{CaseCode, Fingerprint};

use super::error::{JournalError, NoWayOn, Trouble};
use super::folder::{self, Files, Lock, Looks};
use super::ledger::{Awaits, LedgerFile, Remark, Seen, Waits};
use super::name::SessionName;
use super::sealing::Sealing;
use super::store::Store;

/// Writes a session. Holds its lock, which dies with the process; readers are never kept waiting by it.
#[derive(Debug)]
pub struct Writer {
    name: SessionName,
    path: PathBuf,
    file: File,
    files: Files,
    sealing: Sealing,
    /// How many bytes of it are on disk.
    durable: usize,
    saved: u64,
    /// How its file looked when this writer had last written it.
    left: Looks,
    /// Whether something else has changed the file, which nobody was told yet.
    altered: Altered,
    /// The bytes that were dropped when it was taken up again.
    dropped: Option<Fingerprint>,
    /// The case that it is about, and its file up to the end of its first event, where this writer began it.
    begun: Option<(CaseCode, Seen)>,
    closed: bool,
    /// What is awaited of it, as the ledger knows or is to be told.
    awaits: Awaits,
    ledger: LedgerFile,
    /// What the ledger is still to be told.
    remarks: Vec<Remark>,
}

/// Whether something else has changed a file under its writer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Altered {
    #[default]
    No,
    Yes,
}

/// What a writer begins with: a file that is locked.
#[derive(Debug)]
pub(super) struct Beginning {
    pub(super) name: SessionName,
    pub(super) path: PathBuf,
    pub(super) file: File,
    pub(super) files: Files,
    pub(super) ledger: LedgerFile,
    pub(super) sealing: Sealing,
    /// How many bytes are on disk.
    pub(super) durable: usize,
    pub(super) dropped: Option<Fingerprint>,
    /// What the ledger says is awaited of it.
    pub(super) awaits: Awaits,
}

impl Writer {
    pub(super) fn new(beginning: Beginning) -> Self {
        let Beginning { name, path, file, files, ledger, sealing, durable, dropped, awaits } = beginning;
        let saved = sealing.events();
        // One that does not tell is looked into before it is written to.
        let left = folder::look_at(&file).ok().flatten().unwrap_or_default();
        Self {
            name,
            path,
            file,
            files,
            sealing,
            durable,
            saved,
            left,
            altered: Altered::No,
            dropped,
            begun: None,
            closed: false,
            awaits,
            ledger,
            remarks: Vec::new(),
        }
    }

    /// The session's name.
    pub fn name(&self) -> &SessionName {
        &self.name
    }

    /// The file that is written now.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The sessions of the home that it is written in now.
    pub fn store(&self) -> Store {
        let home = self.path.ancestors().nth(2).unwrap_or(Path::new("."));
        Store::at(home).with_files(&self.files)
    }

    /// How many events are on disk.
    pub fn saved(&self) -> u64 {
        self.saved
    }

    /// How many events wait in memory for a disk that takes them.
    pub fn pending(&self) -> u64 {
        self.sealing.events() - self.saved
    }

    /// Whether the ledger is still to be told something. [`Writer::tell_the_ledger`] tells it.
    pub fn owes_the_ledger(&self) -> bool {
        !self.remarks.is_empty()
    }

    /// Tells the ledger what it is still to be told. What it does not take, since another process has it or the disk
    /// would not, stays to be told: the session itself is kept.
    pub fn tell_the_ledger(&mut self, waits: Waits) {
        if self.owes_the_ledger() && self.ledger.note_within(waits, &self.remarks).is_ok() {
            self.remarks.clear();
        }
    }

    /// Whether the file had been changed by something else, and was written anew, since this was last asked.
    pub fn was_written_anew(&mut self) -> bool {
        let is_whole = self.durable == self.sealing.image().len();
        is_whole && std::mem::take(&mut self.altered) == Altered::Yes
    }

    /// What is awaited of the session once the next event is written. The ledger is told behind that event, where it
    /// changed: two things may happen to a session in a second, and only where they leave it matters.
    pub fn awaits(&mut self, awaits: Awaits) {
        if awaits == self.awaits || self.closed {
            return;
        }
        self.awaits = awaits;
        self.remarks.retain(|remark| !matches!(remark, Remark::Awaits(..)));
        self.remarks.push(Remark::Awaits(self.name, awaits));
    }

    /// The fingerprint of the whole file, once it is closed and on disk; the head code is made of it.
    pub fn head(&self) -> Option<Fingerprint> {
        let whole = self.closed && self.pending() == 0;
        whole.then(|| fingerprint(self.sealing.image()))
    }

    /// Writes an event as [`Writer::keep`], and tells the ledger at once, where nobody else has it.
    ///
    /// # Errors
    /// As [`Writer::keep`].
    pub fn append(&mut self, event: &Event) -> Result<u64, JournalError> {
        let kept = self.keep(event)?;
        self.tell_the_ledger(Waits::Never);
        Ok(kept)
    }

    /// Writes an event, and those that wait, to disk. Gives the number of events on disk, which are all. The event that
    /// closes the session ends the file too. What the ledger is to be told of it waits, so that no event does.
    ///
    /// A file that something else has changed meanwhile is written anew as a whole, from memory.
    ///
    /// # Errors
    /// - [`JournalError::Disk`]: the event waits in the writer; [`Writer::retry`] or [`Writer::save_elsewhere`]
    ///   write it, and so does the next `append`.
    /// - [`JournalError::EventTooLong`], [`JournalError::FileTooLarge`], [`JournalError::NoWayOn`] after the session
    ///   was closed: nothing was taken, and the event waits nowhere.
    pub fn keep(&mut self, event: &Event) -> Result<u64, JournalError> {
        if self.closed {
            return Err(JournalError::NoWayOn { name: self.name, why: NoWayOn::Closed });
        }
        let json = match self.with_what_was_dropped(event) {
            Some(event) => serde_json::to_vec(&event),
            None => serde_json::to_vec(event),
        };
        let json = json.map_err(|error| JournalError::disk(&self.path, error.into()))?;
        if matches!(event.fact, Fact::Closed { .. }) {
            self.sealing.add_last(&json)?;
            self.closed = true;
            let seen = self.so_far();
            self.remarks.push(Remark::Closed(self.name, seen));
        } else {
            self.sealing.add(&json)?;
        }
        if let Fact::Begun { case, .. } = &event.fact {
            let seen = self.so_far();
            self.begun = Some((case.clone(), seen));
            self.remarks.push(Remark::Started(self.name, case.clone(), seen));
        }
        self.flush()
    }

    /// The file as it is in memory.
    fn so_far(&self) -> Seen {
        let image = self.sealing.image();
        Seen { bytes: image.len() as u64, sha256: fingerprint(image) }
    }

    /// The event with the fingerprint of the bytes that were dropped, where it tells of them.
    fn with_what_was_dropped(&self, event: &Event) -> Option<Event> {
        let Fact::Resumed { dropped, sha256: None } = event.fact else { return None };
        let fact = Fact::Resumed { dropped, sha256: Some(self.dropped?) };
        Some(Event { fact, ..event.clone() })
    }

    /// Tries again to write what waits: the same bytes at the same place. A file that a dead device took along is
    /// opened anew, where it has come back as it was. Without anything that waits it tells whether the file is
    /// still there.
    ///
    /// # Errors
    /// [`JournalError::Disk`]: it still waits.
    pub fn retry(&mut self) -> Result<u64, JournalError> {
        let flushed = match self.flush() {
            Err(error) if matches!(error.trouble(), Some(Trouble::Gone | Trouble::Fault)) => {
                let Ok(Some(found)) = self.find_again(&self.path) else { return Err(error) };
                self.take(found);
                self.flush()?
            }
            flushed => flushed?,
        };
        self.tell_the_ledger(Waits::Never);
        Ok(flushed)
    }

    /// Writes the whole session into another home and goes on there, with that home's ledger. Its name stays; what
    /// stood in the old place is left as it is. A file of this session that stands there already is gone on with.
    ///
    /// # Errors
    /// - [`JournalError::Disk`]: this place will not take it either; the writer stays where it was.
    /// - [`JournalError::Locked`]: another process writes the file that stands there.
    pub fn save_elsewhere(&mut self, home: &Path) -> Result<u64, JournalError> {
        let store = Store::at(home).with_files(&self.files);
        let path = store.path(&self.name);
        if path == self.path && path.exists() {
            return self.retry();
        }
        let failed = |error| JournalError::disk(&path, error);
        store.make_folders()?;
        let found = match self.files.create_file(&path) {
            Ok(file) => {
                let written = self.write_copy(&file).and_then(|()| self.files.sync_folder(store.folder()));
                if let Err(error) = written {
                    // What is there is a torn copy; that it cannot be removed either changes nothing.
                    let _ = self.files.remove(&path);
                    return Err(failed(error));
                }
                Found { file, length: self.sealing.image().len() }
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                self.find_again(&path).map_err(failed)?.ok_or(JournalError::Locked(self.name))?
            }
            Err(error) => return Err(failed(error)),
        };
        self.path = path;
        self.take(found);
        self.ledger = store.ledger_file();
        let awaits = Remark::Awaits(self.name, self.awaits);
        if self.awaits != Awaits::default() && !self.closed && !self.remarks.contains(&awaits) {
            self.remarks.push(awaits);
        }
        if let Some((case, seen)) = self.begun.clone() {
            let started = Remark::Started(self.name, case, seen);
            if !self.remarks.contains(&started) {
                self.remarks.push(started);
            }
        }
        let saved = self.flush()?;
        self.tell_the_ledger(Waits::Never);
        Ok(saved)
    }

    fn write_copy(&self, file: &File) -> io::Result<()> {
        match folder::lock(file)? {
            Lock::Ours => {}
            Lock::Theirs => return Err(Errno::WOULDBLOCK.into()),
        }
        self.files.write_at(file, self.sealing.image(), 0)?;
        self.files.sync_all(file)
    }

    fn flush(&mut self) -> Result<u64, JournalError> {
        self.write_rest().map_err(|error| JournalError::disk(&self.path, error))?;
        self.durable = self.sealing.image().len();
        self.saved = self.sealing.events();
        Ok(self.saved)
    }

    fn write_rest(&mut self) -> io::Result<()> {
        let looks = self.looks()?;
        if looks != self.left && !self.is_a_beginning(looks)? {
            // None of it is relied on any more, and until all of it is on disk, nothing of it is.
            (self.durable, self.altered) = (0, Altered::Yes);
        }
        let image = self.sealing.image();
        let length = image.len() as u64;
        if self.durable < image.len() {
            self.files.write_at(&self.file, &image[self.durable..], self.durable as u64)?;
            if looks.bytes > length {
                self.files.cut(&self.file, length)?;
            } else {
                self.files.sync_data(&self.file)?;
            }
        }
        let left = self.looks()?;
        // Something changed it in that very moment: the next try finds it so.
        if left.bytes != length {
            return Err(Errno::IO.into());
        }
        self.left = left;
        Ok(())
    }

    /// How the file looks. One that was removed still takes bytes, and loses them.
    fn looks(&self) -> io::Result<Looks> {
        folder::look_at(&self.file)?.ok_or_else(|| Errno::NOENT.into())
    }

    /// Whether the file, which looks otherwise than it was left, still is a beginning of the session: with what was on
    /// disk, and at most what a write left there that failed.
    fn is_a_beginning(&self, looks: Looks) -> io::Result<bool> {
        let image = self.sealing.image();
        match usize::try_from(looks.bytes) {
            Ok(bytes) if (self.durable..=image.len()).contains(&bytes) => {
                folder::begins_with(&self.file, &image[..bytes])
            }
            _ => Ok(false),
        }
    }

    /// The file at a path, if nobody holds it (a live file is held by this very writer) and it is a beginning of
    /// this session.
    fn find_again(&self, path: &Path) -> io::Result<Option<Found>> {
        let Ok(file) = self.files.open_to_write(path)? else { return Err(Errno::EXIST.into()) };
        if folder::try_lock(&file)? == Lock::Theirs {
            return Ok(None);
        }
        match folder::read_all(&file)? {
            Ok(bytes) if self.sealing.image().starts_with(&bytes) => {
                Ok(Some(Found { file, length: bytes.len() }))
            }
            _ => Err(Errno::EXIST.into()),
        }
    }

    fn take(&mut self, found: Found) {
        self.file = found.file;
        self.left = Looks::default();
        self.durable = self.durable.min(found.length);
    }
}

/// A file that holds a beginning of the session, locked.
struct Found {
    file: File,
    length: usize,
}
