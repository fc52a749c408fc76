//! What is said of an error of keys, whether a command or a screen says it.

use std::path::Path;

use crate::seal::NotUnlocked;
use crate::text::line_safe;
use crate::words::KeyComplaint;

use super::keyring::KeyringError;

/// What is said of an error of keys.
pub fn complaint(error: &KeyringError) -> KeyComplaint {
    let shown = |path: &Path| line_safe(&path.display().to_string());
    match error {
        KeyringError::Io { path, source } => {
            KeyComplaint::Disk { path: shown(path), why: line_safe(&source.to_string()) }
        }
        KeyringError::Garbled(path) => KeyComplaint::Garbled { path: shown(path) },
        KeyringError::List { path, why } => KeyComplaint::List { path: shown(path), why: why.clone() },
        KeyringError::HasOwn => KeyComplaint::HasOwn,
        KeyringError::NoOwn => KeyComplaint::NoOwn,
        KeyringError::Nobody => KeyComplaint::Nobody,
        KeyringError::TooMany => KeyComplaint::TooMany,
        KeyringError::Taken(number) => KeyComplaint::Taken(number.clone()),
        KeyringError::NoSuch(number) => KeyComplaint::NoSuch(number.clone()),
        KeyringError::NotUnlocked(NotUnlocked::WrongPassphrase) => KeyComplaint::WrongPassphrase,
        KeyringError::NotUnlocked(NotUnlocked::TooMuchWork(work)) => KeyComplaint::TooMuchWork(work.0),
        KeyringError::NotUnlocked(NotUnlocked::Damaged) => KeyComplaint::Damaged,
        KeyringError::TooShort => KeyComplaint::TooShort,
        KeyringError::NoRandomness => KeyComplaint::NoRandomness,
    }
}
