//! The folder of sessions: creating, reading back, resuming, listing and erasing.

use std::fs;
use std::io::{self, Write};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use super::error::{Foreign, JournalError, NoWayOn};
use super::folder::{self, Lock};
use super::format::{self, LARGEST_FILE, NoSession};
use super::name::SessionName;
use super::session::{Decoded, Session, Verdict};
use super::source::ProtocolSource;
use super::stone::Stone;
use super::writer::Writer;

/// The sessions of one home folder. Nothing is made before the first session is.
#[derive(Debug, Clone)]
pub struct Store {
    home: PathBuf,
    folder: PathBuf,
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
        // Neither name tells what the program is for.
        Self { home: home.to_owned(), folder: home.join("data") }
    }

    /// The folder that holds the files.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where a session's file is, whether it exists or not.
    pub fn path(&self, name: &SessionName) -> PathBuf {
        self.folder.join(name.to_string())
    }

    /// Begins a session of a protocol under a random name. It holds no event yet; when this returns, its file
    /// outlasts a power cut.
    ///
    /// # Errors
    /// [`JournalError::Disk`], or [`JournalError::FileTooLarge`] for a protocol of that size. No file is left.
    pub fn create(&self, protocol: &ProtocolSource) -> Result<Writer, JournalError> {
        let name = SessionName::random().map_err(|error| JournalError::disk(&self.folder, error))?;
        self.create_named(name, protocol)
    }

    /// Begins a session under a given name.
    ///
    /// # Errors
    /// As [`Store::create`]; [`JournalError::Disk`] too where the name is taken.
    pub fn create_named(&self, name: SessionName, protocol: &ProtocolSource) -> Result<Writer, JournalError> {
        let path = self.path(&name);
        let failed = |error: io::Error| JournalError::disk(&path, error);
        let header = format::encode_header(protocol).map_err(|error| failed(error.into()))?;
        if header.len() as u64 > LARGEST_FILE {
            return Err(JournalError::FileTooLarge);
        }
        self.make_folders()?;
        let file = folder::create_file(&path).map_err(failed)?;
        let written = folder::lock(&file)
            .and_then(|_| file.write_all_at(&header, 0))
            .and_then(|()| file.sync_all())
            .and_then(|()| folder::sync_folder(&self.folder));
        if let Err(error) = written {
            // It holds nothing; that it cannot be removed either changes nothing.
            let _ = folder::remove(&path);
            return Err(failed(error));
        }
        Ok(Writer::new(name, path, file, header, 0))
    }

    /// Reads a session back, whether it is being written or not.
    ///
    /// # Errors
    /// - [`JournalError::NoSuchSession`], [`JournalError::Erased`]: it is not there.
    /// - [`JournalError::Foreign`], [`JournalError::Newer`], [`JournalError::Unbegun`]: the file is no session.
    /// - [`JournalError::Disk`]: it cannot be read.
    pub fn open(&self, name: &SessionName) -> Result<Session, JournalError> {
        let path = self.path(name);
        let opened = folder::open_to_read(&path).map_err(|error| self.not_opened(name, error))?;
        let foreign = |why| JournalError::Foreign { path: path.clone(), why };
        let bytes = folder::read_all(&opened.map_err(foreign)?)
            .map_err(|error| JournalError::disk(&path, error))?
            .map_err(foreign)?;
        Ok(session(*name, self.decode(name, &bytes)?))
    }

    /// Takes a session up again: locks it, cuts off a torn end, and gives what stands and a writer that goes on
    /// behind it. The first event of the writer is to be the machine's `resumed`.
    ///
    /// # Errors
    /// - As [`Store::open`].
    /// - [`JournalError::Locked`]: another process writes it.
    /// - [`JournalError::NoWayOn`]: it is closed, or was altered.
    pub fn resume(&self, name: &SessionName) -> Result<(Session, Writer), JournalError> {
        let path = self.path(name);
        let failed = |error| JournalError::disk(&path, error);
        let foreign = |why| JournalError::Foreign { path: path.clone(), why };
        let opened = folder::open_to_write(&path).map_err(|error| self.not_opened(name, error))?;
        let file = opened.map_err(foreign)?;
        if folder::lock(&file).map_err(failed)? == Lock::Theirs {
            return Err(JournalError::Locked(*name));
        }
        if folder::is_unlinked(&file).map_err(failed)? {
            // Erased between being opened and being locked.
            return Err(self.not_opened(name, io::ErrorKind::NotFound.into()));
        }
        // What was copied back from a stick, or opened to others, is its owner's alone again before anything is added.
        folder::restrict(&file).and_then(|()| folder::restrict_folder(&self.folder)).map_err(failed)?;
        let mut bytes = folder::read_all(&file).map_err(failed)?.map_err(foreign)?;
        let decoded = self.decode(name, &bytes)?;
        match decoded.verdict {
            Verdict::Whole => return Err(JournalError::NoWayOn { name: *name, why: NoWayOn::Closed }),
            Verdict::Altered { after } => {
                return Err(JournalError::NoWayOn { name: *name, why: NoWayOn::Altered(after) });
            }
            Verdict::Open | Verdict::Torn { .. } => {}
        }
        bytes.truncate(decoded.intact);
        // Synced even where nothing is cut: what a process wrote before it was killed may not be on disk yet.
        file.set_len(bytes.len() as u64).and_then(|()| file.sync_all()).map_err(failed)?;
        let saved = decoded.events.len() as u64;
        Ok((session(*name, decoded), Writer::new(*name, path, file, bytes, saved)))
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
                    Some(stone) => Err(JournalError::Erased(stone)),
                    None => Err(JournalError::NoSuchSession(text.to_owned())),
                }
            }
            several => Err(JournalError::Ambiguous { prefix: text.to_owned(), matches: several.len() }),
        }
    }

    /// Erases a session and leaves its stone: the bytes are overwritten, on disk, and the file removed. What a
    /// solid-state disk or a backup keeps of them cannot be reached. The stone is written first, so that a power
    /// cut leaves a session that can be erased again, and never a missing one.
    ///
    /// # Errors
    /// - [`JournalError::NoSuchSession`], [`JournalError::Erased`]: it is not there.
    /// - [`JournalError::Foreign`]: there is something else in its place.
    /// - [`JournalError::Locked`]: a process writes it.
    /// - [`JournalError::Disk`]: the stone cannot be written, or the file not overwritten or removed.
    pub fn erase(&self, stone: &Stone) -> Result<(), JournalError> {
        let path = self.path(&stone.name);
        let failed = |error| JournalError::disk(&path, error);
        let opened = folder::open_to_write(&path).map_err(|error| self.not_opened(&stone.name, error))?;
        let file = opened.map_err(|why| JournalError::Foreign { path: path.clone(), why })?;
        if folder::lock(&file).map_err(failed)? == Lock::Theirs {
            return Err(JournalError::Locked(stone.name));
        }
        self.add_stone(stone)?;
        folder::overwrite(&file).and_then(|()| folder::remove(&path)).map_err(failed)
    }

    /// The stones of the sessions that were erased here, the latest last. Lines that are none are passed over.
    pub fn stones(&self) -> Vec<Stone> {
        let Ok(Ok(file)) = folder::open_to_read(&self.stones_path()) else { return Vec::new() };
        let Ok(Ok(bytes)) = folder::read_all(&file) else { return Vec::new() };
        bytes.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok()).collect()
    }

    fn stones_path(&self) -> PathBuf {
        self.home.join("erased")
    }

    fn add_stone(&self, stone: &Stone) -> Result<(), JournalError> {
        let path = self.stones_path();
        let failed = |error| JournalError::disk(&path, error);
        // A line end on both sides: a line before it that is torn stays alone.
        let line = serde_json::to_string(stone)
            .map(|json| format!("\n{json}\n"))
            .map_err(|error| failed(error.into()))?;
        let mut file = folder::open_to_add(&path).map_err(failed)?;
        file.write_all(line.as_bytes())
            .and_then(|()| file.sync_all())
            .and_then(|()| folder::sync_folder(&self.home))
            .map_err(failed)
    }

    /// Makes the home and the folder of sessions where they are missing.
    pub(super) fn make_folders(&self) -> Result<(), JournalError> {
        folder::make_folder(&self.folder)
            .and_then(|()| folder::restrict_folder(&self.folder))
            .map_err(|error| JournalError::disk(&self.folder, error))
    }

    fn not_opened(&self, name: &SessionName, error: io::Error) -> JournalError {
        if error.kind() != io::ErrorKind::NotFound {
            return JournalError::disk(&self.path(name), error);
        }
        match self.stones().into_iter().find(|stone| stone.name == *name) {
            Some(stone) => JournalError::Erased(stone),
            None => JournalError::NoSuchSession(name.to_string()),
        }
    }

    fn decode(&self, name: &SessionName, bytes: &[u8]) -> Result<Decoded, JournalError> {
        format::decode(bytes).map_err(|why| match why {
            NoSession::Foreign(why) => JournalError::Foreign { path: self.path(name), why },
            NoSession::Newer(version) => JournalError::Newer { path: self.path(name), version },
            NoSession::Unbegun => JournalError::Unbegun(*name),
        })
    }
}

fn session(name: SessionName, decoded: Decoded) -> Session {
    Session { name, protocol: Arc::new(decoded.protocol), events: decoded.events, verdict: decoded.verdict }
}
