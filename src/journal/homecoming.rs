//! Bringing home the sessions that were saved elsewhere while their own folder took nothing, so that there is one of
//! each, where everybody looks for it. Needs no secret: a session's file only ever grows at its end.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use crate::seal::fingerprint;

use super::folder::{self, Lock, is_ours};
use super::ledger::{Ledger, Remark, Seen};
use super::name::SessionName;
use super::shelter::{self, Sheltered};
use super::store::{EntryKind, Store};

/// What became of the sessions that were kept elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Homecoming {
    /// So many are here now, and no longer there.
    pub came: usize,
    /// Those that stay where they are, a folder at a time.
    pub stay: Vec<Stays>,
}

/// Sessions that stay in a folder elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stays {
    /// The folder.
    pub folder: PathBuf,
    /// How many.
    pub sessions: usize,
    /// Why.
    pub why: WhyStays,
}

/// Why sessions stay elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WhyStays {
    /// They are being written, this folder takes nothing, or another file has their name here.
    NotYet,
    /// Others can open that folder, or it is not this user's: what lies there may not be what was saved.
    OpenToOthers,
    /// They were saved from another home.
    OfAnotherHome,
}

/// What became of one session.
enum Brought {
    Home,
    /// It was erased here, and what was left of it there was too.
    Erased,
}

impl Homecoming {
    /// Whether each session of this home that can be taken is here.
    pub fn is_done(&self) -> bool {
        self.stay.iter().all(|stays| stays.why != WhyStays::NotYet)
    }
}

impl Store {
    /// Brings the sessions of this home here from several places, each with the folders beside it that
    /// [`Store::shelter`] may have made.
    pub fn bring_all_home(&self, places: &[PathBuf]) -> Homecoming {
        let mut all = Homecoming::default();
        for folder in places.iter().flat_map(|place| shelter::named_like(place)) {
            let one = self.bring_home(&folder);
            all.came += one.came;
            all.stay.extend(one.stay);
        }
        all
    }

    /// Brings the sessions in a folder elsewhere here. One that this home has the beginning of is completed; the copy there
    /// is overwritten and removed once it is on disk here. What others could have written stays, and so does what is
    /// another home's; a copy of what was erased here is erased.
    pub fn bring_home(&self, from: &Path) -> Homecoming {
        let mut homecoming = Homecoming::default();
        let there = Store::at(from).with_files(self.files());
        let names = there.list().unwrap_or_default().into_iter().filter_map(|entry| match entry.kind {
            EntryKind::Session(name) => Some(name),
            EntryKind::Foreign { .. } => None,
        });
        // What another user puts into a folder is no session of hers.
        let ours = |name: &SessionName| fs::symlink_metadata(there.path(name)).is_ok_and(|it| is_ours(&it));
        let names: Vec<SessionName> = names.filter(ours).collect();
        if names.is_empty() || self.is_at(from) {
            return homecoming;
        }
        let why = match self.is_sheltered_in(from) {
            Sheltered::Ours => WhyStays::NotYet,
            Sheltered::Open => WhyStays::OpenToOthers,
            Sheltered::Anothers => WhyStays::OfAnotherHome,
        };
        let (ours, theirs) = (self.ledger(), there.ledger());
        let mut stay = 0;
        for name in names {
            let brought = match why {
                _ if ours.stones().any(|stone| stone.name == name) && why != WhyStays::OfAnotherHome => {
                    self.erase_copy(&there, &name).map(|()| Brought::Erased)
                }
                WhyStays::NotYet => self.bring(&there, &name, &ours, &theirs).map(|()| Brought::Home),
                WhyStays::OpenToOthers | WhyStays::OfAnotherHome => Err(refused()),
            };
            match brought {
                Ok(Brought::Home) => homecoming.came += 1,
                Ok(Brought::Erased) => {}
                Err(_) => stay += 1,
            }
        }
        if stay > 0 {
            homecoming.stay.push(Stays { folder: from.to_owned(), sessions: stay, why });
        }
        homecoming
    }

    /// The file of a session elsewhere, locked.
    fn copy_in(&self, there: &Store, name: &SessionName) -> io::Result<File> {
        let copy = self.files().open_to_write(&there.path(name))?.map_err(|_| refused())?;
        if !is_ours(&copy.metadata()?) || folder::lock(&copy)? == Lock::Theirs {
            return Err(refused());
        }
        Ok(copy)
    }

    fn erase_copy(&self, there: &Store, name: &SessionName) -> io::Result<()> {
        let copy = self.copy_in(there, name)?;
        self.files().overwrite(&copy)?;
        self.files().remove(&there.path(name))
    }

    fn bring(&self, there: &Store, name: &SessionName, ours: &Ledger, theirs: &Ledger) -> io::Result<()> {
        let files = self.files();
        let copy = self.copy_in(there, name)?;
        let bytes = folder::read_all(&copy)?.map_err(|_| refused())?;
        let path = self.path(name);
        files.make_folder(self.folder())?;
        match files.create_file(&path) {
            Ok(file) => {
                let written = files.write_at(&file, &bytes, 0).and_then(|()| files.sync_all(&file));
                if let Err(error) = written {
                    // A torn copy would be taken for the session.
                    let _ = files.remove(&path);
                    return Err(error);
                }
                files.sync_folder(self.folder())?;
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                let file = files.open_to_write(&path)?.map_err(|_| refused())?;
                if folder::lock(&file)? == Lock::Theirs {
                    return Err(refused());
                }
                let here = folder::read_all(&file)?.map_err(|_| refused())?;
                if let Some(rest) = bytes.strip_prefix(&here[..]) {
                    files.write_at(&file, rest, here.len() as u64)?;
                    files.sync_all(&file)?;
                } else if !here.starts_with(&bytes) {
                    return Err(refused());
                }
            }
            Err(error) => return Err(error),
        }
        if !ours.begun_here().any(|begun| begun == name) {
            // As below.
            let _ = self.ledger_file().note(&[Remark::CameHome(*name)]);
        }
        let closed = |ledger: &Ledger| ledger.closed().any(|(closed, _)| closed == *name);
        if closed(theirs) && !closed(ours) {
            let seen = Seen { bytes: bytes.len() as u64, sha256: fingerprint(&bytes) };
            // The session is here, whether the ledger takes its line or not.
            let awaits = theirs.last_awaits(name).map(|awaits| Remark::Awaits(*name, awaits));
            let remarks: Vec<Remark> = awaits.into_iter().chain([Remark::Closed(*name, seen)]).collect();
            let _ = self.ledger_file().note(&remarks);
        } else if let Some(awaits) = theirs.last_awaits(name)
            && ours.last_awaits(name) != Some(awaits)
            && !closed(ours)
        {
            let _ = self.ledger_file().note(&[Remark::Awaits(*name, awaits)]);
        }
        files.overwrite(&copy)?;
        files.remove(&there.path(name))
    }
}

fn refused() -> io::Error {
    io::ErrorKind::WouldBlock.into()
}
