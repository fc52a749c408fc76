//! What the surroundings say: the folder for sessions, the language, whether colours are wanted.

use std::env;
use std::io::Write;
use std::path::PathBuf;

use crate::journal::{Homecoming, Store};
use crate::text::{Language, line_safe};
use crate::words::StartSays;

/// The folder with keys, settings and sessions: `AMPARO_HOME`, else the platform's data folder under a name that
/// tells nothing.
pub fn home() -> Option<PathBuf> {
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    set("AMPARO_HOME")
        .or_else(|| set("XDG_DATA_HOME").filter(|path| path.is_absolute()).map(|data| data.join("leaflets")))
        .or_else(|| set("HOME").map(|home| home.join(".local/share/leaflets")))
}

/// Places to save a session at when its folder fails: the person's own folder, then the one for temporary files.
pub fn elsewhere() -> Vec<PathBuf> {
    let own = env::var_os("HOME")
        .filter(|home| !home.is_empty())
        .map(|home| PathBuf::from(home).join("leaflets-saved"));
    own.into_iter().chain([env::temp_dir().join("leaflets-saved")]).collect()
}

/// Brings home what was saved at one of those places, where it can be.
pub fn bring_home(store: &Store) -> Homecoming {
    store.bring_all_home(&elsewhere())
}

/// Says what stays there, and why.
pub fn tell_what_stays(homecoming: &Homecoming, language: Language, err: &mut dyn Write) {
    for stays in &homecoming.stay {
        let says = StartSays::stay(stays.why, stays.sessions).text(language);
        // Nobody reads a closed standard error.
        let _ = writeln!(err, "{says} {}", line_safe(&stays.folder.display().to_string()));
    }
}

/// The language that the system is set to, as POSIX ranks its variables; English where the program has not got it.
pub fn language() -> Language {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| env::var(name).ok().filter(|value| !value.is_empty()))
        .and_then(|locale| Language::from_code(&locale))
        .unwrap_or_default()
}

/// Whether colours are unwanted, as the `NO_COLOR` convention has it: set to anything but nothing.
pub fn no_colour() -> bool {
    env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}
