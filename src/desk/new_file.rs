//! A file that is not sealed: where it may go, and that half of one is none, however this life of the program ends.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::journal::restrict;

/// Why a file may not go somewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoPlace {
    /// A device, a pipe, a folder, or a link that leads to no ordinary file: what stands there is none to replace.
    NoFile,
    /// In the program's own folder, where sealed sessions and keys are.
    AmongSealed,
}

/// Whether something not sealed may be written at a path. `home`: the folder with keys and sessions.
///
/// # Errors
/// It may not.
pub fn may_go(path: &Path, home: Option<&Path>) -> Result<(), NoPlace> {
    // What cannot be looked at is told when it cannot be written.
    let is_there = path.symlink_metadata().is_ok();
    if is_there && !path.metadata().is_ok_and(|found| found.is_file()) {
        return Err(NoPlace::NoFile);
    }
    let Some(home) = home.and_then(|home| home.canonicalize().ok()) else { return Ok(()) };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let leads_to = [folder.canonicalize().ok(), path.canonicalize().ok()];
    if leads_to.iter().flatten().any(|place| place.starts_with(&home)) {
        return Err(NoPlace::AmongSealed);
    }
    Ok(())
}

/// The files that are not whole yet.
enum Halves {
    /// Their paths.
    AreMade(Vec<PathBuf>),
    /// The program is leaving: none is begun any more.
    AreOver,
}

static HALVES: Mutex<Halves> = Mutex::new(Halves::AreMade(Vec::new()));

/// A file that was not there before, for its owner alone; half of one is none.
#[derive(Debug)]
pub struct NewFile {
    path: PathBuf,
    file: File,
}

impl NewFile {
    /// Makes it.
    ///
    /// # Errors
    /// [`io::ErrorKind::AlreadyExists`] where something is there; the system's.
    pub fn create(path: &Path) -> io::Result<Self> {
        let mut halves = HALVES.lock().unwrap_or_else(PoisonError::into_inner);
        let Halves::AreMade(paths) = &mut *halves else {
            return Err(io::ErrorKind::Interrupted.into());
        };
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        paths.push(path.to_owned());
        drop(halves);
        let new = Self { path: path.to_owned(), file };
        // A umask takes more away than it should.
        restrict(&new.file)?;
        Ok(new)
    }

    /// Writes what comes next.
    ///
    /// # Errors
    /// The system's; the file is gone once this is dropped.
    pub fn write(&mut self, text: &str) -> io::Result<()> {
        self.file.write_all(text.as_bytes())
    }

    /// All of it was written, and is on disk now. Gives where.
    ///
    /// # Errors
    /// The system's; the file is gone again.
    pub fn finish(self) -> io::Result<PathBuf> {
        self.file.sync_all()?;
        match &mut *HALVES.lock().unwrap_or_else(PoisonError::into_inner) {
            Halves::AreMade(paths) => paths.retain(|half| *half != self.path),
            Halves::AreOver => return Err(io::ErrorKind::Interrupted.into()),
        }
        Ok(self.path.clone())
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        let mut halves = HALVES.lock().unwrap_or_else(PoisonError::into_inner);
        let Halves::AreMade(paths) = &mut *halves else { return };
        // None of those: it is finished.
        if let Some(place) = paths.iter().position(|half| *half == self.path) {
            paths.swap_remove(place);
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// No longer is waited for a disk that does not answer.
const AT_MOST: Duration = Duration::from_secs(1);

/// The program is leaving: removes every file that is not whole, whoever still writes on it, and lets none be begun. From
/// any thread, also from one that panics; waits a second at most.
pub(super) fn leave_no_half() {
    let (done, wait) = mpsc::channel();
    let removing = thread::Builder::new().spawn(move || {
        let halves = {
            let mut halves = HALVES.lock().unwrap_or_else(PoisonError::into_inner);
            std::mem::replace(&mut *halves, Halves::AreOver)
        };
        if let Halves::AreMade(paths) = halves {
            for path in paths {
                let _ = fs::remove_file(path);
            }
        }
        let _ = done.send(());
    });
    if removing.is_ok() {
        let _ = wait.recv_timeout(AT_MOST);
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_file_that_is_not_finished_is_gone_and_one_that_is_stays_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("week.md");
        let mut half = NewFile::create(&path).unwrap();
        half.write("half").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"half");
        drop(half);
        assert!(!path.exists());
        let mut whole = NewFile::create(&path).unwrap();
        whole.write("whole").unwrap();
        assert_eq!(whole.finish().unwrap(), path);
        assert_eq!(fs::read(&path).unwrap(), b"whole");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o7777, 0o600);
        assert_eq!(NewFile::create(&path).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).unwrap(), b"whole", "what was there stays");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn only_an_ordinary_file_outside_of_the_program_s_folder_is_a_place() {
        use std::os::unix::fs::symlink;

        use rustix::fs::{CWD, FileType, Mode, mknodat};

        let (home, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let at = |name: &str| out.path().join(name);
        let data = home.path().join("data");
        fs::create_dir(&data).unwrap();
        fs::write(data.join("sealed"), "sealed").unwrap();
        fs::write(at("file"), "mine").unwrap();
        fs::create_dir(at("folder")).unwrap();
        symlink(at("file"), at("link")).unwrap();
        symlink(at("nothing"), at("dangling")).unwrap();
        symlink(data.join("sealed"), at("into")).unwrap();
        symlink(&data, at("data")).unwrap();
        let fifo = |path: &Path| mknodat(CWD, path, FileType::Fifo, Mode::from_raw_mode(0o600), 0);
        fifo(&at("pipe")).unwrap();
        symlink(at("pipe"), at("to-pipe")).unwrap();
        let mut table = vec![
            (at("new"), Ok(())),
            (at("file"), Ok(())),
            (at("link"), Ok(())),
            (PathBuf::from("here.md"), Ok(())),
            (at("no-such-folder/new"), Ok(())),
            (at("folder"), Err(NoPlace::NoFile)),
            (at("dangling"), Err(NoPlace::NoFile)),
            (at("pipe"), Err(NoPlace::NoFile)),
            (at("to-pipe"), Err(NoPlace::NoFile)),
            (at("into"), Err(NoPlace::AmongSealed)),
            (at("data/new"), Err(NoPlace::AmongSealed)),
            (home.path().join("new.html"), Err(NoPlace::AmongSealed)),
            (data.join("sealed"), Err(NoPlace::AmongSealed)),
            (at("folder/../data/sealed"), Err(NoPlace::AmongSealed)),
        ];
        // Only root makes devices, and not everywhere: the first of those that do nothing at all.
        let null = rustix::fs::makedev(1, 3);
        if mknodat(CWD, at("device"), FileType::CharacterDevice, Mode::from_raw_mode(0o600), null).is_ok() {
            table.push((at("device"), Err(NoPlace::NoFile)));
        }
        for (path, expected) in table {
            assert_eq!(may_go(&path, Some(home.path())), expected, "{}", path.display());
        }
        assert_eq!(may_go(&home.path().join("new.html"), None), Ok(()));
    }
}
