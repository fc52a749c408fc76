//! The PIN of one machine: its file, and the thread that looks whether a typed one is right, so that no key waits for it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::thread;

use crate::journal::replace_file;
use crate::seal::{Effort, NotLocked, Opens, Pin, PinLock};

use super::clock::Clock;
use super::short_file::{Unread, read_short};

/// What went wrong with a PIN.
#[derive(Debug)]
pub enum PinError {
    /// Its file could not be read or written.
    Io {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// Its file is not what this program writes.
    Garbled(PathBuf),
    /// There is no PIN.
    None,
    /// It cannot be one.
    Not(NotLocked),
}

/// More than the file needs.
const LARGEST: u64 = 16 * 1024;

/// Where the PIN of a home is kept.
fn path_in(home: &Path) -> PathBuf {
    home.join("number.json")
}

/// What is kept of the PIN of a home, where there is one.
///
/// # Errors
/// [`PinError::Io`], [`PinError::Garbled`].
pub fn pin_of(home: &Path) -> Result<Option<PinLock>, PinError> {
    let path = path_in(home);
    let bytes = match read_short(&path, LARGEST) {
        Ok(bytes) => bytes,
        Err(Unread::Missing(_)) => return Ok(None),
        Err(Unread::Io(source)) => return Err(PinError::Io { path, source }),
        Err(Unread::NoFile | Unread::TooLarge) => return Err(PinError::Garbled(path)),
    };
    let lock: Option<PinLock> = serde_json::from_slice(&bytes).ok();
    lock.filter(PinLock::is_ours).map(Some).ok_or(PinError::Garbled(path))
}

/// Sets the PIN of a home, or changes it. Takes a second or two. A second PIN stays where it has as many digits.
///
/// # Errors
/// As [`pin_of`], and [`PinError::Not`].
pub fn set_pin(home: &Path, pin: &Pin) -> Result<PinLock, PinError> {
    let lock = if let Some(lock) = pin_of(home)? {
        lock.with_first(pin, lock.effort())
    } else {
        let clock = Clock::start();
        Effort::measured(|| clock.run()).and_then(|effort| PinLock::new(pin, effort))
    };
    keep(home, lock.map_err(PinError::Not)?)
}

/// Sets or changes the second PIN.
///
/// # Errors
/// As [`set_pin`], and [`PinError::None`] where there is no first.
pub fn set_second_pin(home: &Path, pin: &Pin) -> Result<PinLock, PinError> {
    let lock = pin_of(home)?.ok_or(PinError::None)?;
    keep(home, lock.with_second(pin).map_err(PinError::Not)?)
}

/// Takes the second PIN away.
///
/// # Errors
/// As [`set_second_pin`].
pub fn remove_second_pin(home: &Path) -> Result<PinLock, PinError> {
    let lock = pin_of(home)?.ok_or(PinError::None)?;
    keep(home, lock.without_second().map_err(PinError::Not)?)
}

/// Takes both away.
///
/// # Errors
/// [`PinError::None`], [`PinError::Io`].
pub fn remove_pin(home: &Path) -> Result<(), PinError> {
    let path = path_in(home);
    match fs::remove_file(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(PinError::None),
        Err(source) => Err(PinError::Io { path, source }),
        Ok(()) => Ok(()),
    }
}

fn keep(home: &Path, lock: PinLock) -> Result<PinLock, PinError> {
    let path = path_in(home);
    let failed = |source| PinError::Io { path: path.clone(), source };
    let text = serde_json::to_vec(&lock).map_err(|error| failed(error.into()))?;
    replace_file(&path, &text).map_err(failed)?;
    Ok(lock)
}

/// Looks at typed PINs, one after the other, in a thread of its own.
#[derive(Debug)]
pub struct Looks {
    typed: Sender<(u64, Pin)>,
}

impl Looks {
    /// Starts the thread. What each PIN opens is said with the number of the cover that it was typed under.
    pub fn at(lock: Arc<PinLock>, said: impl Fn(u64, Opens) + Send + 'static) -> Self {
        let (typed, taken) = mpsc::channel::<(u64, Pin)>();
        thread::spawn(move || {
            for (cover, pin) in taken {
                // A machine that has not got the memory now opens nothing, and may have it at the next try.
                said(cover, lock.try_pin(&pin).unwrap_or(Opens::Nothing));
            }
        });
        Self { typed }
    }

    /// Looks at a PIN.
    pub fn look_at(&self, cover: u64, pin: Pin) {
        // Without its thread no PIN opens anything.
        let _ = self.typed.send((cover, pin));
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn pin(text: &str) -> Pin {
        Pin::of(text).unwrap()
    }

    #[test]
    fn it_is_kept_for_its_owner_alone_changed_and_removed() {
        let home = tempfile::tempdir().unwrap();
        let home = home.path();
        assert!(pin_of(home).unwrap().is_none());
        assert!(matches!(set_second_pin(home, &pin("9876")), Err(PinError::None)));
        set_pin(home, &pin("1234")).unwrap();
        set_second_pin(home, &pin("9876")).unwrap();
        let mode = fs::metadata(path_in(home)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let changed = set_pin(home, &pin("4321")).unwrap();
        assert_eq!(pin_of(home).unwrap().as_ref(), Some(&changed));
        assert_eq!(changed.try_pin(&pin("9876")), Ok(Opens::This(crate::seal::Which::Second)));
        remove_second_pin(home).unwrap();
        assert_eq!(pin_of(home).unwrap().unwrap().try_pin(&pin("9876")), Ok(Opens::Nothing));
        remove_pin(home).unwrap();
        assert!(matches!(remove_pin(home), Err(PinError::None)));
    }

    #[test]
    fn a_file_that_is_none_of_ours_is_refused_and_left_alone() {
        let home = tempfile::tempdir().unwrap();
        for bytes in [Vec::new(), b"{}".to_vec(), b" ".repeat(20_000)] {
            fs::write(path_in(home.path()), &bytes).unwrap();
            assert!(matches!(pin_of(home.path()), Err(PinError::Garbled(_))));
            assert!(matches!(set_pin(home.path(), &pin("1234")), Err(PinError::Garbled(_))));
            assert_eq!(fs::read(path_in(home.path())).unwrap(), bytes);
        }
    }
}
