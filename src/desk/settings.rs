//! The settings: one table, each with its default, its range and what it is for; a small JSON file beside the sessions.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use crate::journal::{Held, replace_file};
use crate::text::{CoverId, Language, LanguageCode};
use crate::ui::{Colour, Key, Look, Motion};

use super::short_file::{Unread, read_short};

/// A setting, by the name that people type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Setting {
    /// The language of the program's sentences and of the protocol's lines.
    Language,
    /// The language of the words to say.
    Say,
    /// The protocol that a new session runs.
    Protocol,
    /// The file of an office's recipients.
    Recipients,
    /// Whether her own key reads what she writes.
    OwnKey,
    /// Which leaflet covers the screen.
    Cover,
    /// How wide the leaflet's text is at most.
    LeafletWidth,
    /// A second key that hides.
    HideKey,
    /// The cover comes when the window loses focus.
    FocusHides,
    /// The cover comes after so many minutes of rest while she is not in the room.
    CoverAfter,
    /// The screen turns quiet after so many seconds of rest while she is in the room.
    QuietAfter,
    /// The main screen and its scrollback are cleared at the start.
    ClearAtStart,
    /// The program opens as the leaflet.
    StartCovered,
    /// A real session asks for a PIN first, where none is set.
    AskPin,
    /// Whether colours are used.
    Colour,
    /// Whether things move.
    Motion,
    /// How many breaths a minute the pacer makes.
    Breaths,
    /// How many days a session is kept after its last event.
    KeepDays,
    /// The least count in figures for outsiders.
    LeastCount,
}

/// What a setting takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A whole number in these bounds.
    Number {
        /// The least.
        from: u32,
        /// The most.
        to: u32,
    },
    /// A text; what it must be is checked where it is used.
    Text,
}

/// A row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// The setting.
    pub setting: Setting,
    /// The name that people type.
    pub name: &'static str,
    /// The name in the file, which tells whoever reads it nothing of what the program is for.
    pub kept_as: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// What it is without being set; empty: nothing.
    pub default: &'static str,
}

const ON_OFF: Takes = Takes::OneOf(&["on", "off"]);

/// The table of settings. What each is for is in `words`.
pub const TABLE: [Row; 19] = [
    Row {
        setting: Setting::Language,
        name: "language",
        kept_as: "language",
        takes: Takes::OneOf(&["", "en", "es"]),
        default: "",
    },
    Row { setting: Setting::Say, name: "say", kept_as: "second", takes: Takes::Text, default: "" },
    Row { setting: Setting::Protocol, name: "protocol", kept_as: "text", takes: Takes::Text, default: "" },
    Row {
        setting: Setting::Recipients,
        name: "recipients",
        kept_as: "list",
        takes: Takes::Text,
        default: "",
    },
    Row { setting: Setting::OwnKey, name: "own_key", kept_as: "own", takes: ON_OFF, default: "on" },
    Row { setting: Setting::Cover, name: "cover", kept_as: "sheet", takes: Takes::Text, default: "" },
    Row {
        setting: Setting::LeafletWidth,
        name: "leaflet_width",
        kept_as: "width",
        takes: Takes::Number { from: 30, to: 120 },
        default: "72",
    },
    Row {
        setting: Setting::HideKey,
        name: "hide_key",
        kept_as: "key",
        takes: Takes::OneOf(&[
            "", "f1", "f5", "f6", "f8", "f10", "f11", "f12", "home", "end", "pgup", "pgdn", "delete",
        ]),
        default: "",
    },
    Row { setting: Setting::FocusHides, name: "focus_hides", kept_as: "focus", takes: ON_OFF, default: "on" },
    Row {
        setting: Setting::CoverAfter,
        name: "cover_after",
        kept_as: "rest",
        takes: Takes::Number { from: 0, to: 120 },
        default: "5",
    },
    Row {
        setting: Setting::QuietAfter,
        name: "quiet_after",
        kept_as: "pause",
        takes: Takes::Number { from: 10, to: 3600 },
        default: "60",
    },
    Row {
        setting: Setting::ClearAtStart,
        name: "clear_at_start",
        kept_as: "clear",
        takes: ON_OFF,
        default: "off",
    },
    Row {
        setting: Setting::StartCovered,
        name: "start_covered",
        kept_as: "first",
        takes: ON_OFF,
        default: "off",
    },
    Row {
        setting: Setting::AskPin,
        name: Settings::ASK_PIN,
        kept_as: "number",
        takes: ON_OFF,
        default: "on",
    },
    Row { setting: Setting::Colour, name: "colour", kept_as: "colour", takes: ON_OFF, default: "on" },
    Row { setting: Setting::Motion, name: "motion", kept_as: "motion", takes: ON_OFF, default: "on" },
    Row {
        setting: Setting::Breaths,
        name: "breaths",
        kept_as: "pace",
        takes: Takes::Number { from: 3, to: 12 },
        default: "6",
    },
    Row {
        setting: Setting::KeepDays,
        name: "keep_days",
        kept_as: "days",
        takes: Takes::Number { from: 0, to: 36_500 },
        default: "0",
    },
    Row {
        setting: Setting::LeastCount,
        name: "least_count",
        kept_as: "least",
        takes: Takes::Number { from: 3, to: 1_000 },
        default: "5",
    },
];

/// Why settings could not be read, changed or kept.
#[derive(Debug)]
pub enum SettingsError {
    /// No setting has this name.
    NoSuch(String),
    /// The setting does not take this value.
    Refused {
        /// The setting's row.
        row: Row,
        /// What was given.
        value: String,
    },
    /// The file is not what this program writes.
    Garbled(PathBuf),
    /// The file could not be read or written.
    Io {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
}

/// The settings as they are: those that were set over the table's defaults.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    set: BTreeMap<String, String>,
}

/// More than any file of settings needs; a larger one is not ours.
const LARGEST: u64 = 64 * 1024;

impl Settings {
    /// The name of the setting that asks for a PIN.
    pub const ASK_PIN: &str = "ask_pin";

    /// Where they are kept, in the folder with the sessions.
    pub fn path(home: &Path) -> PathBuf {
        home.join("settings.json")
    }

    /// Reads them; without a file, none is set.
    ///
    /// # Errors
    /// A file that cannot be read, or that is not what this program writes. A setting that this version does not
    /// know is kept and ignored.
    pub fn read(home: &Path) -> Result<Self, SettingsError> {
        let path = Self::path(home);
        match read_short(&path, LARGEST) {
            Err(Unread::Missing(_)) => Ok(Self::default()),
            Ok(text) => Self::of_bytes(&text).ok_or(SettingsError::Garbled(path)),
            Err(Unread::NoFile | Unread::TooLarge) => Err(SettingsError::Garbled(path)),
            Err(Unread::Io(source)) => Err(SettingsError::Io { path, source }),
        }
    }

    /// Reads them from bytes; none where they are not what this program writes.
    pub fn of_bytes(bytes: &[u8]) -> Option<Self> {
        let kept: BTreeMap<String, String> = serde_json::from_slice(bytes).ok()?;
        let typed = |name: String| {
            TABLE.iter().find(|row| row.kept_as == name).map_or(name, |row| row.name.to_owned())
        };
        let set: BTreeMap<String, String> =
            kept.into_iter().map(|(name, value)| (typed(name), value)).collect();
        let fine = set.iter().all(|(name, value)| match row(name) {
            Ok(row) => takes(row, value),
            Err(_) => true,
        });
        fine.then_some(Self { set })
    }

    /// What a setting is.
    pub fn get(&self, setting: Setting) -> &str {
        let Some(row) = TABLE.iter().find(|row| row.setting == setting) else { return "" };
        self.set.get(row.name).map_or(row.default, String::as_str)
    }

    /// Whether a setting was set, rather than left at its default.
    pub fn is_set(&self, setting: Setting) -> bool {
        TABLE.iter().any(|row| row.setting == setting && self.set.contains_key(row.name))
    }

    /// Sets a setting by its name; an empty value takes it back to its default.
    ///
    /// # Errors
    /// No such setting, or a value that it does not take.
    pub fn change(&mut self, name: &str, value: &str) -> Result<(), SettingsError> {
        let row = row(name)?;
        if value.is_empty() {
            self.set.remove(name);
            return Ok(());
        }
        if !takes(row, value) {
            return Err(SettingsError::Refused { row: *row, value: value.to_owned() });
        }
        self.set.insert(name.to_owned(), value.to_owned());
        Ok(())
    }

    /// Changes one of those of a home, as they are by then, and keeps them; meanwhile nobody else does.
    ///
    /// # Errors
    /// As [`Self::read`], [`Self::change`] and [`Self::keep`].
    pub fn change_in(home: &Path, name: &str, value: &str) -> Result<Self, SettingsError> {
        let _held = Held::of(home).map_err(|source| SettingsError::Io { path: Self::path(home), source })?;
        let mut settings = Self::read(home)?;
        settings.change(name, value)?;
        settings.keep(home)?;
        Ok(settings)
    }

    /// Writes them, whole or not at all: to a file beside, which then takes the place of the old one.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn keep(&self, home: &Path) -> Result<(), SettingsError> {
        let path = Self::path(home);
        let failed = |source| SettingsError::Io { path: path.clone(), source };
        let kept_as = |name: &String| row(name).map_or_else(|_| name.clone(), |row| row.kept_as.to_owned());
        let kept: BTreeMap<String, &String> =
            self.set.iter().map(|(name, value)| (kept_as(name), value)).collect();
        let text = serde_json::to_vec_pretty(&kept).map_err(|cause| failed(io::Error::other(cause)))?;
        replace_file(&path, &text).map_err(failed)
    }

    fn number(&self, setting: Setting) -> u32 {
        self.get(setting).parse().unwrap_or_default()
    }

    fn is_on(&self, setting: Setting) -> bool {
        self.get(setting) == "on"
    }

    /// How the screen is to look. `NO_COLOR` is the caller's to add.
    pub fn look(&self) -> Look {
        Look {
            colour: if self.is_on(Setting::Colour) { Colour::Used } else { Colour::None },
            motion: if self.is_on(Setting::Motion) { Motion::Smooth } else { Motion::Still },
            leaflet_width: u16::try_from(self.number(Setting::LeafletWidth)).unwrap_or(72),
            quiet_after: self.number(Setting::QuietAfter),
            breaths: u16::try_from(self.number(Setting::Breaths)).unwrap_or(6),
        }
    }

    /// The second key that hides, where one is set.
    pub fn hide_key(&self) -> Option<Key> {
        let name = self.get(Setting::HideKey);
        Some(match name {
            "home" => Key::Home,
            "end" => Key::End,
            "pgup" => Key::PageUp,
            "pgdn" => Key::PageDown,
            "delete" => Key::Delete,
            _ => Key::F(name.strip_prefix('f')?.parse().ok()?),
        })
    }

    /// Milliseconds of rest after which the cover comes while she is not in the room; none: never.
    pub fn cover_after(&self) -> Option<u64> {
        Some(u64::from(self.number(Setting::CoverAfter)) * 60_000).filter(|rest| *rest > 0)
    }

    /// The least count in figures for outsiders.
    pub fn least_count(&self) -> u32 {
        self.number(Setting::LeastCount)
    }

    /// How many milliseconds a session is kept after its last event; none: no end was set.
    pub fn keeps_for(&self) -> Option<i64> {
        Some(i64::from(self.number(Setting::KeepDays)) * 24 * 3_600_000).filter(|time| *time > 0)
    }

    /// Whether the loss of focus hides.
    pub fn focus_hides(&self) -> bool {
        self.is_on(Setting::FocusHides)
    }

    /// Whether the main screen is cleared at the start.
    pub fn clears_at_start(&self) -> bool {
        self.is_on(Setting::ClearAtStart)
    }

    /// Whether the program opens as the leaflet.
    pub fn starts_covered(&self) -> bool {
        self.is_on(Setting::StartCovered)
    }

    /// Whether a real session asks for a PIN where none is set.
    pub fn asks_for_pin(&self) -> bool {
        self.is_on(Setting::AskPin)
    }

    /// The leaflet that covers, where one is chosen.
    pub fn cover(&self) -> Option<CoverId> {
        CoverId::new(self.get(Setting::Cover)).ok()
    }

    /// The program's language, where one is set.
    pub fn language(&self) -> Option<Language> {
        Some(self.get(Setting::Language)).filter(|code| !code.is_empty()).and_then(Language::from_code)
    }

    /// The language of the words to say, where one is set.
    pub fn say(&self) -> Option<LanguageCode> {
        LanguageCode::new(self.get(Setting::Say)).ok()
    }

    /// The file of an office's recipients, where one is set.
    pub fn recipients(&self) -> Option<PathBuf> {
        Some(self.get(Setting::Recipients)).filter(|path| !path.is_empty()).map(PathBuf::from)
    }

    /// Whether her own key reads what she writes.
    pub fn own_key(&self) -> bool {
        self.is_on(Setting::OwnKey)
    }

    /// The protocol file of new sessions, where one is set.
    pub fn protocol(&self) -> Option<PathBuf> {
        Some(self.get(Setting::Protocol)).filter(|path| !path.is_empty()).map(PathBuf::from)
    }
}

fn row(name: &str) -> Result<&'static Row, SettingsError> {
    TABLE.iter().find(|row| row.name == name).ok_or_else(|| SettingsError::NoSuch(name.to_owned()))
}

fn takes(row: &Row, value: &str) -> bool {
    if crate::text::forbidden_character(value).is_some() {
        return false;
    }
    match row.takes {
        Takes::OneOf(words) => words.contains(&value),
        Takes::Number { from, to } => value.parse().is_ok_and(|number: u32| (from..=to).contains(&number)),
        Takes::Text => match row.setting {
            Setting::Say => LanguageCode::new(value).is_ok(),
            Setting::Cover => CoverId::new(value).is_ok(),
            _ => true,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_is_a_value_that_the_setting_takes() {
        for row in &TABLE {
            assert!(row.default.is_empty() || takes(row, row.default), "{}", row.name);
        }
    }

    #[test]
    fn a_setting_takes_what_the_table_says_and_nothing_else() {
        for (name, value, taken) in [
            ("language", "es", true),
            ("language", "fr", false),
            ("leaflet_width", "72", true),
            ("leaflet_width", "29", false),
            ("leaflet_width", "wide", false),
            ("hide_key", "f8", true),
            ("hide_key", "f2", false),
            ("cover", "\u{1b}[2J", false),
            ("protocol", "/tmp/a.yaml", true),
            ("protocol", "/tmp/\u{202e}a.yaml", false),
            ("nothing", "1", false),
        ] {
            assert_eq!(Settings::default().change(name, value).is_ok(), taken, "{name} {value:?}");
        }
    }

    #[test]
    fn an_empty_value_takes_a_setting_back_to_its_default() {
        let mut settings = Settings::default();
        settings.change("breaths", "5").unwrap();
        assert_eq!(settings.look().breaths, 5);
        settings.change("breaths", "").unwrap();
        assert_eq!(settings.look().breaths, 6);
    }

    #[test]
    fn bytes_that_are_no_settings_are_refused_and_unknown_names_are_kept() {
        assert!(Settings::of_bytes(b"\xff").is_none());
        assert!(Settings::of_bytes(b"{\"breaths\":\"99\"}").is_none());
        assert!(Settings::of_bytes(b"{\"later\":\"x\"}").is_some());
    }
}
