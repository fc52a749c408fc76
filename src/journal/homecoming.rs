//! Bringing home the sessions that were saved elsewhere while their own folder took nothing, so that there is one of
//! each, where everybody looks for it. Needs no secret: a session's file only ever grows at its end.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::seal::fingerprint;

use super::folder::{self, Lock};
use super::ledger::{Ledger, Remark, Seen};
use super::name::SessionName;
use super::store::{EntryKind, Store};

/// What became of the sessions that were kept elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Homecoming {
    /// So many are here now, and no longer there.
    pub came: usize,
    /// So many stay there: they are being written, this folder takes nothing, or another file has their name here.
    pub stay: usize,
}

impl Store {
    /// Brings the sessions of several homes here, as [`Store::bring_home`] does those of one.
    pub fn bring_all_home(&self, from: &[PathBuf]) -> Homecoming {
        from.iter().map(|home| self.bring_home(home)).fold(Homecoming::default(), |all, one| Homecoming {
            came: all.came + one.came,
            stay: all.stay + one.stay,
        })
    }

    /// Brings the sessions of another home here. One that this home has the beginning of is completed; the copy there is
    /// overwritten and removed once it is on disk here. From a folder that everybody may write to, only sessions come
    /// that this home's ledger knows.
    pub fn bring_home(&self, from: &Path) -> Homecoming {
        let mut homecoming = Homecoming::default();
        let there = Store::at(from);
        let names = there.list().unwrap_or_default().into_iter().filter_map(|entry| match entry.kind {
            EntryKind::Session(name) => Some(name),
            EntryKind::Foreign { .. } => None,
        });
        let names: Vec<SessionName> = names.collect();
        if names.is_empty() || there.folder() == self.folder() {
            return homecoming;
        }
        let (ours, theirs) = (self.ledger(), there.ledger());
        let anybodys = is_anybodys(from);
        for name in names {
            if anybodys && !ours.started().any(|started| *started == name) {
                continue;
            }
            match self.bring(&there, &name, &ours, &theirs) {
                Ok(()) => homecoming.came += 1,
                Err(_) => homecoming.stay += 1,
            }
        }
        homecoming
    }

    fn bring(&self, there: &Store, name: &SessionName, ours: &Ledger, theirs: &Ledger) -> io::Result<()> {
        let refused = || io::Error::from(io::ErrorKind::WouldBlock);
        if ours.stones().any(|stone| stone.name == *name) {
            return Err(refused());
        }
        let files = self.files();
        let copy = files.open_to_write(&there.path(name))?.map_err(|_| refused())?;
        if folder::lock(&copy)? == Lock::Theirs {
            return Err(refused());
        }
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

/// Whether everybody may put files into the folder that a home lies in, as into the one for temporary files.
fn is_anybodys(home: &Path) -> bool {
    home.parent().and_then(|parent| fs::metadata(parent).ok()).is_none_or(|about| about.mode() & 0o002 != 0)
}
