//! The folder of sessions: creating, reading back, resuming, listing and erasing. Writing needs public keys only;
//! reading an unlocked identity.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use crate::machine::{At, Event, Fact};
use crate::seal::{HeadCode, Identity, Recipients, fingerprint};
use crate::text::Fingerprint;

use super::companion::{Companion, Placed, Unread};
use super::error::{Foreign, JournalError, NoWayOn};
use super::folder::{self, Files, Lock};
use super::format::{LARGEST_FILE, NoSession};
use super::ledger::{Awaits, Ledger, LedgerFile, Remark, Seen};
use super::medium::Medium;
use super::name::SessionName;
use super::own::make_own;
use super::prints::Prints;
use super::reading::{Reader, Standing};
use super::receipt::{Kept, Receipt};
use super::sealing::Sealing;
use super::session::{Decoded, Session, Verdict};
use super::source::ProtocolSource;
use super::stone::{Erasure, Stone};
use super::verify::{Known, Noted, beginning, is_other};
use super::writer::{Beginning, Writer};

/// The sessions of one home folder. Nothing is made before the first session is.
#[derive(Debug, Clone)]
pub struct Store {
    home: PathBuf,
    folder: PathBuf,
    files: Files,
}

/// A file among the sessions, as it looks without being opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it seems to be.
    pub kind: EntryKind,
    /// Its size in bytes.
    pub bytes: u64,
    /// When it was last written.
    pub changed: SystemTime,
}

/// A session that was read back and held against what is known of its file.
#[derive(Debug, Clone)]
pub struct Inspected {
    /// The session.
    pub session: Session,
    /// The fingerprints of its file.
    pub prints: Prints,
    /// It reads well, and is not the file that was noted: cut, or exchanged.
    pub other: Option<NoWayOn>,
    /// It was erased on this machine, and is there again, as from a backup.
    pub erased: bool,
    /// What is to be noted of it, where it is as it should be.
    pub receipt: Option<Receipt>,
}

/// What a file among the sessions seems to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryKind {
    /// A session; what it holds is known once it is opened.
    Session(SessionName),
    /// Not one of ours.
    Foreign {
        /// Its name; bytes that are no text are drawn as `U+FFFD`. Untrusted.
        file: String,
        /// How that was seen.
        why: Foreign,
    },
}

impl Store {
    /// The sessions in a home folder, which need not exist yet.
    pub fn at(home: &Path) -> Self {
        // No name tells what the program is for.
        Self { home: home.to_owned(), folder: home.join("data"), files: Files::default() }
    }

    /// The same, on another medium: for tests in which a disk fails.
    #[must_use]
    pub fn on(self, medium: Arc<dyn Medium>) -> Self {
        Self { files: Files::on(medium), ..self }
    }

    pub(super) fn with_files(self, files: &Files) -> Self {
        Self { files: files.clone(), ..self }
    }

    pub(super) fn files(&self) -> &Files {
        &self.files
    }

    pub(super) fn ledger_file(&self) -> LedgerFile {
        LedgerFile::at(&self.home, &self.files)
    }

    pub(super) fn home(&self) -> &Path {
        &self.home
    }

    /// The folder that holds the files.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where a session's file is, whether it exists or not.
    pub fn path(&self, name: &SessionName) -> PathBuf {
        self.folder.join(name.to_string())
    }

    /// What this machine has noted of its sessions.
    pub fn ledger(&self) -> Ledger {
        self.ledger_file().read()
    }

    /// Begins a session of a protocol, for those who may read it, under a random name. It holds no event yet; when this
    /// returns, its file outlasts a power cut.
    ///
    /// # Errors
    /// [`JournalError::Disk`], or [`JournalError::Unsealed`]. No file is left.
    pub fn create(&self, protocol: &ProtocolSource, recipients: &Recipients) -> Result<Writer, JournalError> {
        self.create_named(self.new_name()?, protocol, recipients)
    }

    /// Begins a session under a given name.
    ///
    /// # Errors
    /// As [`Store::create`]; [`JournalError::Disk`] too where the name is taken.
    pub fn create_named(
        &self,
        name: SessionName,
        protocol: &ProtocolSource,
        recipients: &Recipients,
    ) -> Result<Writer, JournalError> {
        let path = self.path(&name);
        let sealing = Sealing::begin(Some(protocol), recipients)?;
        self.make_folders()?;
        let file = self.new_file(&path, sealing.image())?;
        Ok(self.writer(name, file, sealing, None))
    }

    fn new_name(&self) -> Result<SessionName, JournalError> {
        SessionName::random().map_err(|error| JournalError::disk(&self.folder, error))
    }

    /// A file of these bytes that is locked, and outlasts a power cut. None is left where that fails.
    fn new_file(&self, path: &Path, bytes: &[u8]) -> Result<File, JournalError> {
        let failed = |error: io::Error| JournalError::disk(path, error);
        let file = self.files.create_file(path).map_err(failed)?;
        let written = folder::lock(&file)
            .and_then(|_| self.files.write_at(&file, bytes, 0))
            .and_then(|()| self.files.sync_all(&file))
            .and_then(|()| path.parent().map_or(Ok(()), |folder| self.files.sync_folder(folder)));
        if let Err(error) = written {
            // It holds nothing; that it cannot be removed either changes nothing.
            let _ = self.files.remove(path);
            return Err(failed(error));
        }
        Ok(file)
    }

    fn writer(&self, name: SessionName, file: File, sealing: Sealing, resumed: Option<Resumed>) -> Writer {
        let durable = resumed.as_ref().map_or(sealing.image().len(), |resumed| resumed.durable);
        let awaits = resumed.as_ref().map(|resumed| resumed.awaits).unwrap_or_default();
        let dropped = resumed.and_then(|resumed| resumed.dropped);
        let (path, files, ledger) = (self.path(&name), self.files.clone(), self.ledger_file());
        Writer::new(Beginning { name, path, file, files, ledger, sealing, durable, dropped, awaits })
    }

    /// Reads a session back, whether it is being written or not.
    ///
    /// # Errors
    /// - [`JournalError::NoSuchSession`], [`JournalError::Erased`]: it is not there.
    /// - [`JournalError::Foreign`], [`JournalError::Newer`], [`JournalError::Unbegun`], [`JournalError::Companion`]: the
    ///   file is no session.
    /// - [`JournalError::NotForUs`], [`JournalError::Damaged`]: it cannot be opened.
    /// - [`JournalError::Disk`]: it cannot be read.
    pub fn open(&self, name: &SessionName, identity: &Identity) -> Result<Session, JournalError> {
        self.open_with(name, &mut Reader::new(identity))
    }

    /// Reads a session back with a reader that may have read others before.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_with(&self, name: &SessionName, reader: &mut Reader<'_>) -> Result<Session, JournalError> {
        self.with_bytes(name, reader, |reader, bytes| {
            let decoded = reader.decode(bytes).map_err(|why| self.no_session(name, why))?;
            Ok(session(*name, decoded))
        })
    }

    /// Reads a session back and holds its file against what is known of it from elsewhere. `named`: fingerprints that were
    /// given to it, as by what stands beside it.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn inspect(
        &self,
        name: &SessionName,
        reader: &mut Reader<'_>,
        known: &Known,
        named: &[Fingerprint],
    ) -> Result<Inspected, JournalError> {
        self.with_bytes(name, reader, |reader, bytes| {
            let sha256 = fingerprint(bytes);
            let read = reader.decode(bytes);
            let other = Self::held_against(name, known, bytes, &sha256, read.as_ref())?;
            let decoded = read.map_err(|why| self.no_session(name, why))?;
            let right = match decoded.verdict {
                Verdict::Whole => true,
                // What is being written may not be on disk yet, and a power cut takes it back without anybody's doing.
                Verdict::Open | Verdict::Torn { .. } => !self.is_written(name),
                Verdict::Altered { .. } | Verdict::NotForUs { .. } => false,
            };
            let receipt = (right && other.is_none() && !known.erased).then(|| {
                let file = beginning(bytes, decoded.intact, sha256);
                Receipt { name: *name, file, kept: Kept::Here }
            });
            let prints = Prints::of(bytes, sha256, named);
            let session = session(*name, decoded);
            Ok(Inspected { session, prints, other, erased: known.erased, receipt })
        })
    }

    /// Why what was read is not the file that is known, where that is so; an error where nothing of it can be shown either.
    fn held_against(
        name: &SessionName,
        known: &Known,
        bytes: &[u8],
        sha256: &Fingerprint,
        read: Result<&Decoded, &NoSession>,
    ) -> Result<Option<NoWayOn>, JournalError> {
        let shows_events = read.is_ok_and(|decoded| !decoded.events.is_empty());
        let read = read.map(|decoded| (decoded.verdict, decoded.events.len() as u64));
        match is_other(known, bytes, sha256, read) {
            Some(why) if !shows_events => Err(JournalError::NoWayOn { name: *name, why }),
            other => Ok(other),
        }
    }

    /// Does something with the bytes of a session's file, in the room that a reader keeps for them.
    fn with_bytes<'k, T>(
        &self,
        name: &SessionName,
        reader: &mut Reader<'k>,
        does: impl FnOnce(&mut Reader<'k>, &[u8]) -> Result<T, JournalError>,
    ) -> Result<T, JournalError> {
        let mut bytes = reader.take_room();
        let done = self.read_into(name, &mut bytes).and_then(|()| does(reader, &bytes));
        reader.give_back(bytes);
        done
    }

    /// The bytes of a session's file, sealed as they are.
    ///
    /// # Errors
    /// [`JournalError::NoSuchSession`], [`JournalError::Erased`], [`JournalError::Foreign`], [`JournalError::Disk`].
    pub fn bytes(&self, name: &SessionName) -> Result<Vec<u8>, JournalError> {
        let mut bytes = Vec::new();
        self.read_into(name, &mut bytes).map(|()| bytes)
    }

    fn read_into(&self, name: &SessionName, bytes: &mut Vec<u8>) -> Result<(), JournalError> {
        let path = self.path(name);
        let opened = folder::open_to_read(&path).map_err(|error| self.not_opened(name, error))?;
        let foreign = |why| JournalError::Foreign { path: path.clone(), why };
        folder::read_into(&opened.map_err(foreign)?, bytes)
            .map_err(|error| JournalError::disk(&path, error))?
            .map_err(foreign)
    }

    /// Whether a process writes a session now. Its lock is tried and let go at once, together with others that only
    /// look; who takes the session up in that very moment waits for it. What cannot be told counts as no.
    pub fn is_written(&self, name: &SessionName) -> bool {
        let Ok(Ok(file)) = folder::open_to_read(&self.path(name)) else { return false };
        matches!(folder::is_held(&file), Ok(Lock::Theirs))
    }

    /// Takes a session up again: locks it, cuts off a torn end, and gives what stands and a writer that goes on
    /// behind it, for those who may read it today. The first event of the writer is to be the machine's `resumed`.
    ///
    /// # Errors
    /// As [`Store::open`]; besides
    /// - [`JournalError::Locked`]: a process writes it.
    /// - [`JournalError::NoWayOn`]: it is closed, was altered, is shorter than it once was here, or another file. It is
    ///   left as it is; one that was being closed when the machine stopped is closed.
    /// - [`JournalError::FileTooLarge`]: it was taken up, or has grown, as often as a file may.
    pub fn resume(
        &self,
        name: &SessionName,
        identity: &Identity,
        recipients: &Recipients,
    ) -> Result<(Session, Writer), JournalError> {
        let path = self.path(name);
        let failed = |error| JournalError::disk(&path, error);
        let foreign = |why| JournalError::Foreign { path: path.clone(), why };
        let opened = self.files.open_to_write(&path).map_err(|error| self.not_opened(name, error))?;
        let file = opened.map_err(foreign)?;
        if folder::lock(&file).map_err(failed)? == Lock::Theirs {
            return Err(JournalError::Locked(*name));
        }
        if folder::is_unlinked(&file).map_err(failed)? {
            return Err(self.not_opened(name, io::ErrorKind::NotFound.into()));
        }
        // What was copied back from a stick, or opened to others, is its owner's alone again before anything is added.
        folder::restrict(&file).and_then(|()| folder::restrict_folder(&self.folder)).map_err(failed)?;
        let mut bytes = folder::read_all(&file).map_err(failed)?.map_err(foreign)?;
        let ledger = self.ledger();
        // One that was erased and is there again is held to what was noted of it all the same.
        let known = Known { erased: false, ..Noted::of(&ledger).known(name) };
        let sha256 = fingerprint(&bytes);
        let read = Reader::new(identity).decode_standing(&bytes);
        let no_way_on = |why| JournalError::NoWayOn { name: *name, why };
        let shown = read.as_ref().map(|(decoded, _)| decoded);
        // What is noted stands behind what was on disk.
        if let Some(why) = Self::held_against(name, &known, &bytes, &sha256, shown)? {
            return Err(no_way_on(why));
        }
        let (decoded, standing) = read.map_err(|why| self.no_session(name, why))?;
        match decoded.verdict {
            Verdict::Whole => return Err(no_way_on(NoWayOn::Closed)),
            Verdict::Altered { after } => return Err(no_way_on(NoWayOn::Altered(after))),
            Verdict::NotForUs { after } => return Err(no_way_on(NoWayOn::NotForUs(after))),
            Verdict::Open | Verdict::Torn { .. } => {}
        }
        let lost = &bytes[decoded.intact..];
        let dropped = (!lost.is_empty()).then(|| fingerprint(lost));
        bytes.truncate(decoded.intact);
        // Sealed before anything is cut: where no new segment can be made, the file stays as it is.
        let mut sealing = Sealing::go_on(bytes, &standing, recipients)?;
        self.files.cut(&file, decoded.intact as u64).map_err(failed)?;
        if matches!(decoded.events.last(), Some(Event { fact: Fact::Closed { .. }, .. })) {
            sealing.end();
            self.finish_closing(name, &file, &sealing, &standing).map_err(failed)?;
            return Err(no_way_on(NoWayOn::Closed));
        }
        let awaits = ledger.awaited().remove(name).unwrap_or_default();
        let resumed = Resumed { durable: decoded.intact, dropped, awaits };
        Ok((session(*name, decoded), self.writer(*name, file, sealing, Some(resumed))))
    }

    /// The session said that it was closed, and its end was not written any more.
    fn finish_closing(
        &self,
        name: &SessionName,
        file: &File,
        sealing: &Sealing,
        standing: &Standing,
    ) -> io::Result<()> {
        let image = sealing.image();
        self.files.write_at(file, &image[standing.intact..], standing.intact as u64)?;
        self.files.sync_all(file)?;
        let seen = Seen { bytes: image.len() as u64, sha256: fingerprint(image) };
        // The session is closed, whether the ledger takes its line or not.
        let _ = self.ledger_file().note(&[Remark::Closed(*name, seen)]);
        Ok(())
    }

    /// What is among the sessions, the latest written first. No file is opened, so that ten thousand are named at
    /// once; what is not ours is named as such and stops nothing. A home that does not exist has none.
    ///
    /// # Errors
    /// [`JournalError::Disk`] where the folder itself cannot be read.
    pub fn list(&self) -> Result<Vec<Entry>, JournalError> {
        let files = match fs::read_dir(&self.folder) {
            Ok(files) => files,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(JournalError::disk(&self.folder, error)),
        };
        let mut entries: Vec<(String, Entry)> = files
            .filter_map(|file| {
                let file = file.ok()?;
                // One that vanishes meanwhile is not there.
                let metadata = file.metadata().ok()?;
                let text = file.file_name().to_string_lossy().into_owned();
                let kind = match SessionName::new(&text) {
                    None => Err(Foreign::Name),
                    Some(_) if !metadata.is_file() => Err(Foreign::Kind),
                    Some(_) if metadata.len() > LARGEST_FILE => Err(Foreign::Size),
                    Some(name) => Ok(name),
                };
                let kind = match kind {
                    Ok(name) => EntryKind::Session(name),
                    Err(why) => EntryKind::Foreign { file: text.clone(), why },
                };
                let changed = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
                Some((text, Entry { kind, bytes: metadata.len(), changed }))
            })
            .collect();
        entries.sort_by(|(one, a), (other, b)| b.changed.cmp(&a.changed).then_with(|| one.cmp(other)));
        Ok(entries.into_iter().map(|(_, entry)| entry).collect())
    }

    /// The session whose name is, or begins with, a text.
    ///
    /// # Errors
    /// - [`JournalError::NoSuchSession`], [`JournalError::Ambiguous`]: none, or more than one.
    /// - [`JournalError::Erased`]: it was there once.
    /// - [`JournalError::Disk`] where the folder cannot be read.
    pub fn find(&self, text: &str) -> Result<SessionName, JournalError> {
        let names = self.list()?.into_iter().filter_map(|entry| match entry.kind {
            EntryKind::Session(name) => Some(name),
            EntryKind::Foreign { .. } => None,
        });
        let matches: Vec<SessionName> =
            names.filter(|name| !text.is_empty() && name.to_string().starts_with(text)).collect();
        match matches.as_slice() {
            [name] => Ok(*name),
            [] => {
                let erased = |stone: &Stone| !text.is_empty() && stone.name.to_string().starts_with(text);
                match self.stones().into_iter().find(erased) {
                    Some(stone) => Err(JournalError::Erased(Box::new(stone))),
                    None => Err(JournalError::NoSuchSession(text.to_owned())),
                }
            }
            several => Err(JournalError::Ambiguous { prefix: text.to_owned(), matches: several.len() }),
        }
    }

    /// Erases a session as [`Store::erase_with_what_stands_beside`], without what stands beside it.
    ///
    /// # Errors
    /// The same.
    pub fn erase(&self, erasure: &Erasure, recipients: &Recipients) -> Result<Stone, JournalError> {
        self.erase_with_what_stands_beside(erasure, None, recipients)
    }

    /// Erases a session and what stands beside it, as far as an identity is at hand to find that, and leaves its stone,
    /// in the ledger and as a sealed file: the bytes are overwritten, on disk, and the files removed. What a solid-state
    /// disk or a backup keeps of them cannot be reached. The stone is written first, so that a power cut leaves a session
    /// that can be erased again, and never a missing one; then what stands beside it goes, since once the session is
    /// gone nobody looks for that any more. Where it is refused, nothing is gone.
    ///
    /// # Errors
    /// - [`JournalError::NoSuchSession`], [`JournalError::Erased`]: it is not there.
    /// - [`JournalError::Foreign`]: there is something else in its place.
    /// - [`JournalError::Locked`]: a process writes it.
    /// - [`JournalError::Disk`]: the stone cannot be written, or a file not overwritten or removed.
    pub fn erase_with_what_stands_beside(
        &self,
        erasure: &Erasure,
        identity: Option<&Identity>,
        recipients: &Recipients,
    ) -> Result<Stone, JournalError> {
        let Erasure { name, at, by, reason } = erasure.clone();
        let path = self.path(&name);
        let failed = |error| JournalError::disk(&path, error);
        let opened = self.files.open_to_write(&path).map_err(|error| self.not_opened(&name, error))?;
        let file = opened.map_err(|why| JournalError::Foreign { path: path.clone(), why })?;
        if folder::lock(&file).map_err(failed)? == Lock::Theirs {
            return Err(JournalError::Locked(name));
        }
        let sha256 = folder::fingerprint_of(&file).map_err(failed)?;
        let stone = Stone { name, sha256, head: HeadCode::of(&sha256), at, by, reason };
        let sealed = self.put_beside(&Companion::Stone(stone.clone()), recipients)?;
        if let Err(error) = self.ledger_file().note(&[Remark::Erased(stone.clone())]) {
            // The session stays, and so no stone may say that it was erased.
            let _ = self.files.remove(&sealed);
            return Err(error);
        }
        if let Some(identity) = identity {
            self.erase_beside(&name, identity)?;
        }
        self.files.overwrite(&file).and_then(|()| self.files.remove(&path)).map_err(failed)?;
        Ok(stone)
    }

    /// Erases what was added to a session and said about it: overwritten, on disk, and removed. Stones and who
    /// handled it say nothing of what was in it, and stay.
    ///
    /// # Errors
    /// [`JournalError::Disk`]: a file cannot be overwritten or removed.
    pub fn erase_beside(&self, name: &SessionName, identity: &Identity) -> Result<(), JournalError> {
        for (path, companion) in self.beside_of(identity) {
            let (Companion::Addendum { of, .. }
            | Companion::Remark { of, .. }
            | Companion::Marked { of, .. }) = companion
            else {
                continue;
            };
            if of.name != *name {
                continue;
            }
            let failed = |error| JournalError::disk(&path, error);
            let opened = self.files.open_to_write(&path).map_err(failed)?;
            let file = opened.map_err(|why| JournalError::Foreign { path: path.clone(), why })?;
            self.files.overwrite(&file).and_then(|()| self.files.remove(&path)).map_err(failed)?;
        }
        Ok(())
    }

    /// The stones of the sessions that were erased here, the latest last.
    pub fn stones(&self) -> Vec<Stone> {
        self.ledger().stones().cloned().collect()
    }

    /// Notes how sessions' files are now, all in one go; what was noted before is not noted again.
    ///
    /// # Errors
    /// [`JournalError::Disk`].
    pub fn note_seen(&self, receipts: &[Receipt], at: At) -> Result<(), JournalError> {
        let noted = Noted::of(&self.ledger());
        let new = receipts.iter().filter(|receipt| noted.lacks(receipt));
        let remarks: Vec<Remark> = new.map(|receipt| Remark::Seen(*receipt, at)).collect();
        self.ledger_file().note(&remarks)
    }

    /// Notes what is awaited of sessions, where the ledger says something else than they do.
    ///
    /// # Errors
    /// [`JournalError::Disk`].
    pub fn note_awaits(&self, sessions: &[(SessionName, Awaits)]) -> Result<(), JournalError> {
        let remarks: Vec<Remark> =
            sessions.iter().map(|(name, awaits)| Remark::Awaits(*name, *awaits)).collect();
        self.ledger_file().note(&remarks)
    }

    /// Puts something beside a session, for those who may read it.
    ///
    /// # Errors
    /// [`JournalError::Disk`], [`JournalError::Unsealed`], [`JournalError::EventTooLong`].
    pub fn put_beside(
        &self,
        companion: &Companion,
        recipients: &Recipients,
    ) -> Result<PathBuf, JournalError> {
        let folder = self.beside();
        let path = folder.join(self.new_name()?.to_string());
        let json = serde_json::to_vec(companion).map_err(|error| JournalError::disk(&path, error.into()))?;
        let mut sealing = Sealing::begin(None, recipients)?;
        sealing.add_last(&json)?;
        self.files.make_folder(&folder).map_err(|error| JournalError::disk(&folder, error))?;
        self.new_file(&path, sealing.image())?;
        Ok(path)
    }

    /// What stands beside the sessions with the names of its files, as far as it can be opened.
    pub fn placed(&self, identity: &Identity) -> Vec<Placed> {
        self.beside_names().iter().filter_map(|name| self.open_beside(name, identity).ok()).collect()
    }

    /// What stands beside the sessions, as far as it can be opened.
    pub fn companions(&self, identity: &Identity) -> Vec<Companion> {
        self.beside_of(identity).into_iter().map(|(_, companion)| companion).collect()
    }

    /// The names of what stands beside the sessions; nothing is opened.
    pub fn beside_names(&self) -> Vec<SessionName> {
        let Ok(found) = fs::read_dir(self.beside()) else { return Vec::new() };
        found.filter_map(|file| SessionName::new(file.ok()?.file_name().to_str()?)).collect()
    }

    /// Puts names of what stands beside the sessions in the order in which they were written, the latest first.
    pub fn latest_first(&self, names: &mut [SessionName]) {
        let written = |name: &SessionName| {
            let metadata = fs::metadata(self.path_beside(name)).and_then(|metadata| metadata.modified());
            std::cmp::Reverse(metadata.unwrap_or(SystemTime::UNIX_EPOCH))
        };
        names.sort_by_cached_key(written);
    }

    /// Opens one of them.
    ///
    /// # Errors
    /// [`Unread`]: why it says nothing.
    pub fn open_beside(&self, name: &SessionName, identity: &Identity) -> Result<Placed, Unread> {
        let companion = companion_in(&self.path_beside(name), identity)?;
        Ok(Placed { name: *name, companion })
    }

    /// Where a file beside the sessions is, whether it exists or not.
    pub fn path_beside(&self, name: &SessionName) -> PathBuf {
        self.beside().join(name.to_string())
    }

    /// Of fingerprints that were named later, those that a session's file had once too. One that cannot be read any more
    /// had none of them.
    #[must_use]
    pub fn prints_with(&self, name: &SessionName, prints: &Prints, named: &[Fingerprint]) -> Prints {
        if named.iter().all(|named| prints.has_or_had(named)) {
            return prints.clone();
        }
        let bytes = self.bytes(name).unwrap_or_default();
        let mut all = Prints::of(&bytes, prints.now, named);
        all.once.extend(prints.once.iter().filter(|once| !named.contains(once)));
        all
    }

    /// Whatever its file is called: what is to be erased may have been copied.
    fn beside_of(&self, identity: &Identity) -> Vec<(PathBuf, Companion)> {
        let Ok(found) = fs::read_dir(self.beside()) else { return Vec::new() };
        let read = |path: PathBuf| companion_in(&path, identity).ok().map(|companion| (path, companion));
        found.filter_map(|file| read(file.ok()?.path())).collect()
    }

    fn beside(&self) -> PathBuf {
        self.home.join("beside")
    }

    /// Makes the home and the folder of sessions where they are missing, and its user's alone where they are not.
    pub(super) fn make_folders(&self) -> Result<(), JournalError> {
        self.files
            .make_folder(&self.folder)
            .and_then(|()| folder::restrict_folder(&self.folder))
            .map(|()| drop(make_own(&self.home)))
            .map_err(|error| JournalError::disk(&self.folder, error))
    }

    fn not_opened(&self, name: &SessionName, error: io::Error) -> JournalError {
        if error.kind() != io::ErrorKind::NotFound {
            return JournalError::disk(&self.path(name), error);
        }
        match self.stones().into_iter().find(|stone| stone.name == *name) {
            Some(stone) => JournalError::Erased(Box::new(stone)),
            None => JournalError::NoSuchSession(name.to_string()),
        }
    }

    fn no_session(&self, name: &SessionName, why: NoSession) -> JournalError {
        match why {
            NoSession::Foreign(why) => JournalError::Foreign { path: self.path(name), why },
            NoSession::Newer(version) => JournalError::Newer { path: self.path(name), version },
            NoSession::Unbegun => JournalError::Unbegun(*name),
            NoSession::Damaged => JournalError::Damaged(*name),
            NoSession::NotForUs => JournalError::NotForUs(*name),
            NoSession::Companion => JournalError::Companion(*name),
        }
    }
}

/// How a session stood when it was taken up again.
struct Resumed {
    durable: usize,
    dropped: Option<Fingerprint>,
    awaits: Awaits,
}

fn session(name: SessionName, decoded: Decoded) -> Session {
    Session { name, protocol: decoded.protocol, events: decoded.events, verdict: decoded.verdict }
}

/// What a file beside the sessions holds, where it is one of ours and for this identity.
fn companion_in(path: &Path, identity: &Identity) -> Result<Companion, Unread> {
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => Unread::Gone,
        _ => Unread::Damaged,
    };
    let file = folder::open_to_read(path).map_err(failed)?.map_err(|_| Unread::Damaged)?;
    let bytes = folder::read_all(&file).map_err(failed)?.map_err(|_| Unread::Damaged)?;
    Companion::decode(identity, &bytes).map_err(Unread::from)
}
