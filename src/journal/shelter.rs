//! Folders to save a session in while its own takes nothing: each its user's alone, and each for one home only.

use std::fs;
use std::io;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf, absolute};

use rustix::io::Errno;

use crate::seal::fingerprint;
use crate::text::Fingerprint;

use super::error::JournalError;
use super::folder::{self, Owner};
use super::name::SessionName;
use super::store::Store;

/// The file in such a folder that says for which home it is, as the fingerprint of that home's path.
const FOR: &str = "from";

/// For whom a folder elsewhere is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sheltered {
    /// This home, or no home in particular.
    Ours,
    /// Another home of the same user.
    Anothers,
    /// Others can open it, or it is not this user's.
    Open,
}

impl Store {
    /// A folder at a place to save sessions of this home in. Where the name is taken by another user or another home, one
    /// beside it: in the folder for temporary files anybody can have been there first.
    ///
    /// # Errors
    /// [`JournalError::Disk`]: nothing can be made there that is this user's alone.
    pub fn shelter(&self, place: &Path) -> Result<PathBuf, JournalError> {
        let failed = |error| JournalError::disk(place, error);
        for folder in named_like(place) {
            if self.is_sheltered_in(&folder) == Sheltered::Ours && !self.is_at(&folder) {
                self.claim(&folder).map_err(failed)?;
                return Ok(folder);
            }
        }
        let tail = SessionName::random().map_err(failed)?;
        let beside = place.with_file_name(format!(
            "{}-{}",
            place.file_name().unwrap_or_default().to_string_lossy(),
            tail.short()
        ));
        for folder in [place.to_owned(), beside] {
            if fs::symlink_metadata(&folder).is_ok() {
                continue;
            }
            self.files().make_folder(&folder).map_err(failed)?;
            // Somebody may have made it in that very moment.
            if self.is_sheltered_in(&folder) == Sheltered::Ours {
                self.claim(&folder).map_err(failed)?;
                return Ok(folder);
            }
        }
        Err(failed(Errno::ACCESS.into()))
    }

    fn claim(&self, folder: &Path) -> io::Result<()> {
        let path = folder.join(FOR);
        if path.exists() {
            return Ok(());
        }
        self.files().replace(&path, self.mark().to_string().as_bytes())
    }

    /// For whom a folder elsewhere is. One that says nothing is for whoever finds it first.
    pub(super) fn is_sheltered_in(&self, folder: &Path) -> Sheltered {
        let data = folder.join("data");
        let closed = folder::owner(folder) == Owner::UsAlone
            && (fs::symlink_metadata(&data).is_err() || folder::owner(&data) == Owner::UsAlone);
        if !closed {
            return Sheltered::Open;
        }
        let Ok(Ok(file)) = folder::open_to_read(&folder.join(FOR)) else { return Sheltered::Ours };
        match folder::read_all(&file) {
            Ok(Ok(mark)) if mark == self.mark().to_string().as_bytes() => Sheltered::Ours,
            _ => Sheltered::Anothers,
        }
    }

    /// Whether this home is a folder.
    pub(super) fn is_at(&self, folder: &Path) -> bool {
        real(folder) == real(self.home())
    }

    fn mark(&self) -> Fingerprint {
        fingerprint(real(self.home()).as_os_str().as_bytes())
    }
}

/// The folders at a place and beside it that may have been made for what is saved there.
pub(super) fn named_like(place: &Path) -> Vec<PathBuf> {
    let (Some(parent), Some(name)) = (place.parent(), place.file_name()) else { return Vec::new() };
    let found = fs::read_dir(parent).into_iter().flatten().filter_map(|file| {
        let file = file.ok()?.file_name();
        let tail = file.as_bytes().strip_prefix(name.as_bytes())?;
        (tail.is_empty() || tail.starts_with(b"-")).then(|| parent.join(&file))
    });
    let mut found: Vec<PathBuf> = found.collect();
    found.sort();
    found
}

/// A path without links, as far as it exists: a home that nothing was kept in yet does not.
fn real(path: &Path) -> PathBuf {
    let path = absolute(path).unwrap_or_else(|_| path.to_owned());
    let resolved = path.ancestors().find_map(|there| {
        let rest = path.strip_prefix(there).ok()?;
        Some(fs::canonicalize(there).ok()?.join(rest))
    });
    // Joining nothing puts a slash behind it.
    resolved.unwrap_or(path).components().collect()
}

#[cfg(test)]
mod tests {
    use std::fs::Permissions;
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn open(folder: &Path, mode: u32) {
        fs::create_dir(folder).unwrap();
        fs::set_permissions(folder, Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn a_place_gives_each_home_a_folder_of_its_own_that_nobody_else_can_open() {
        let around = tempfile::tempdir().unwrap();
        let place = around.path().join("saved");
        let (one, other) = (Store::at(&around.path().join("one")), Store::at(&around.path().join("other")));
        assert_eq!(one.shelter(&place).unwrap(), place);
        assert_eq!(one.shelter(&place).unwrap(), place, "the same one again");
        let others = other.shelter(&place).unwrap();
        assert_ne!(others, place);
        assert_eq!(other.shelter(&place).unwrap(), others, "and again");
        assert_eq!(named_like(&place), [place.clone(), others.clone()]);
        assert_eq!(one.is_sheltered_in(&others), Sheltered::Anothers);
        fs::set_permissions(&others, Permissions::from_mode(0o770)).unwrap();
        assert_eq!(other.is_sheltered_in(&others), Sheltered::Open);
        assert_ne!(other.shelter(&place).unwrap(), others);
        // A home that lies at the place is not where its own sessions are saved elsewhere.
        let at_place = Store::at(&place);
        assert_ne!(at_place.shelter(&place).unwrap(), place);
    }

    #[test]
    fn a_folder_that_others_can_open_a_link_and_a_file_are_passed_by() {
        for (what, put) in [
            ("open to all", (|at: &Path| open(at, 0o777)) as fn(&Path)),
            ("to be read by a group", |at| open(at, 0o750)),
            ("a link", |at| {
                open(&at.with_extension("to"), 0o700);
                symlink(at.with_extension("to"), at).unwrap();
            }),
            ("a file", |at| fs::write(at, "").unwrap()),
            ("open inside", |at| {
                open(at, 0o700);
                open(&at.join("data"), 0o777);
            }),
        ] {
            let around = tempfile::tempdir().unwrap();
            let place = around.path().join("saved");
            put(&place);
            let given = Store::at(&around.path().join("home")).shelter(&place).unwrap();
            assert_ne!(given, place, "{what}");
            assert_eq!(folder::owner(&given), Owner::UsAlone, "{what}");
        }
    }

    #[test]
    fn a_home_is_the_same_by_whichever_path_it_is_named_and_before_it_is_there() {
        let around = tempfile::tempdir().unwrap();
        let (home, link) = (around.path().join("a").join("home"), around.path().join("link"));
        symlink(around.path().join("a"), &link).unwrap();
        fs::create_dir(around.path().join("a")).unwrap();
        let before = Store::at(&home).mark();
        fs::create_dir(&home).unwrap();
        for path in [home.clone(), link.join("home"), home.join("."), around.path().join("a//home/")] {
            assert_eq!(Store::at(&path).mark(), before, "{}", path.display());
        }
        assert_ne!(Store::at(around.path()).mark(), before);
    }
}
