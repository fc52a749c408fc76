//! `amparo settings [KEY [VALUE]]`: one table, shown and changed.

use std::io::Write;
use std::path::Path;

use crate::desk::{Row, Setting, Settings, SettingsError, TABLE, Takes, complaint_of_settings};
use crate::text::{Language, line_safe};
use crate::words::{CommandSays, SettingFor};

use super::exit::Exit;

/// Shows all settings, or one, or changes one.
pub fn run(
    home: &Path,
    name: Option<&str>,
    value: Option<&str>,
    language: Language,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Exit {
    let done = match (name, value) {
        (Some(name), Some(value)) => Settings::change_in(home, name, value).map(|settings| {
            if is_own_key(name) && !settings.own_key() {
                // A closed pipe is nobody to tell.
                let _ = writeln!(out, "{}", CommandSays::OwnKeyIsOff.text(language));
            }
        }),
        (name, _) => Settings::read(home).and_then(|settings| {
            let known = |name: &str| TABLE.iter().find(|row| row.name == name);
            match name {
                None => TABLE.iter().for_each(|row| show(row, &settings, language, out)),
                Some(name) => {
                    let row = known(name).ok_or_else(|| SettingsError::NoSuch(name.to_owned()))?;
                    show(row, &settings, language, out);
                }
            }
            Ok(())
        }),
    };
    match done {
        Ok(()) => Exit::Done,
        Err(error) => {
            let exit = match error {
                SettingsError::NoSuch(_) | SettingsError::Refused { .. } => Exit::Usage,
                SettingsError::Garbled(_) => Exit::NotRight,
                SettingsError::Io { .. } => Exit::CouldNot,
            };
            super::complain(err, &complaint_of_settings(error), language, exit)
        }
    }
}

fn is_own_key(name: &str) -> bool {
    TABLE.iter().any(|row| row.name == name && row.setting == Setting::OwnKey)
}

fn show(row: &Row, settings: &Settings, language: Language, out: &mut dyn Write) {
    let value = settings.get(row.setting);
    let said = |says: CommandSays| says.text(language);
    let takes = match row.takes {
        Takes::OneOf(words) => {
            words.iter().filter(|word| !word.is_empty()).copied().collect::<Vec<_>>().join(" ")
        }
        Takes::Number { from, to } => format!("{from}–{to}"),
        Takes::Text => said(CommandSays::AnyText).to_owned(),
    };
    let default = if row.default.is_empty() { said(CommandSays::NoDefault) } else { row.default };
    // A closed pipe is nobody to complain to.
    let _ = writeln!(out, "{} = {}", row.name, line_safe(value));
    let _ = writeln!(out, "    {}", purpose(row.setting).text(language));
    let _ = writeln!(
        out,
        "    {}: {takes} · {}: {default}",
        said(CommandSays::Takes),
        said(CommandSays::Default)
    );
}

fn purpose(setting: Setting) -> SettingFor {
    match setting {
        Setting::Language => SettingFor::Language,
        Setting::Say => SettingFor::Say,
        Setting::Protocol => SettingFor::Protocol,
        Setting::Recipients => SettingFor::Recipients,
        Setting::OwnKey => SettingFor::OwnKey,
        Setting::Cover => SettingFor::Cover,
        Setting::LeafletWidth => SettingFor::LeafletWidth,
        Setting::HideKey => SettingFor::HideKey,
        Setting::FocusHides => SettingFor::FocusHides,
        Setting::CoverAfter => SettingFor::CoverAfter,
        Setting::QuietAfter => SettingFor::QuietAfter,
        Setting::ClearAtStart => SettingFor::ClearAtStart,
        Setting::StartCovered => SettingFor::StartCovered,
        Setting::AskPin => SettingFor::AskPin,
        Setting::Colour => SettingFor::Colour,
        Setting::Motion => SettingFor::Motion,
        Setting::Breaths => SettingFor::Breaths,
        Setting::KeepDays => SettingFor::KeepDays,
        Setting::LeastCount => SettingFor::LeastCount,
    }
}
