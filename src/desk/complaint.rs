//! What is said of an error of keys or settings, whether a command or a screen says it.

use std::path::Path;

use crate::seal::NotUnlocked;
use crate::text::line_safe;
use crate::words::{Complaint, KeyComplaint, SettingTakes};

use super::keyring::KeyringError;
use super::settings::{SettingsError, TABLE, Takes};

/// What is said of an error of keys.
pub fn complaint(error: &KeyringError) -> KeyComplaint {
    let shown = |path: &Path| line_safe(&path.display().to_string());
    match error {
        KeyringError::Io { path, source } => {
            KeyComplaint::disk(shown(path), line_safe(&source.to_string()), source.kind())
        }
        KeyringError::NoFile(path) => KeyComplaint::NoFile { path: shown(path) },
        KeyringError::NoText(path) => KeyComplaint::NoText { path: shown(path) },
        KeyringError::Several(path) => KeyComplaint::Several { path: shown(path) },
        KeyringError::Garbled(path) => KeyComplaint::Garbled { path: shown(path) },
        KeyringError::List { path, why } => KeyComplaint::List { path: shown(path), why: why.clone() },
        KeyringError::HasOwn => KeyComplaint::HasOwn,
        KeyringError::OtherOwn => KeyComplaint::OtherOwn,
        KeyringError::Gone(path) => KeyComplaint::Gone { path: shown(path) },
        KeyringError::Unnamed(path) => KeyComplaint::Unnamed { path: shown(path) },
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

/// The complaint for an error of the settings.
pub fn complaint_of_settings(error: SettingsError) -> Complaint {
    match error {
        SettingsError::NoSuch(name) => {
            let near = crate::protocol::nearest(&name, TABLE.iter().map(|row| row.name));
            Complaint::NoSuchSetting { name: line_safe(&name), near }
        }
        SettingsError::Refused { row, value } => Complaint::SettingRefused {
            name: row.name.to_owned(),
            value: line_safe(&value),
            takes: match row.takes {
                Takes::OneOf(words) => SettingTakes::OneOf(
                    words.iter().filter(|word| !word.is_empty()).map(|w| (*w).to_owned()).collect(),
                ),
                Takes::Number { from, to } => SettingTakes::Number { from, to },
                Takes::Text => SettingTakes::Text,
            },
        },
        SettingsError::Garbled(path) => {
            Complaint::SettingsGarbled { path: line_safe(&path.display().to_string()) }
        }
        SettingsError::Io { path, source } => {
            Complaint::SettingsDisk { path: line_safe(&path.display().to_string()), why: source.to_string() }
        }
    }
}
