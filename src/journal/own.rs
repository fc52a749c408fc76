//! Whether a home is its user's alone, and making it so: a folder that was made beforehand has the modes of whoever made it.

use std::fs::{self, Metadata, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::folder::is_ours;

/// What of a home is looked at: the home itself, what is in it, and the folders of sessions.
const PARTS: [&str; 8] = ["", "data", "beside", "key", "keys.json", "settings.json", "number.json", "index"];

/// What others may do with a file: change it, or anything at all.
const WRITE: u32 = 0o022;
const ANYTHING: u32 = 0o077;

/// Root's files can be changed by nobody who could not change everything.
const ROOT: u32 = 0;

/// Makes a home that is in use its user's alone. Gives what others could have changed until now: who reads what is written
/// stands in such a file, so somebody is to look.
pub fn make_own(home: &Path) -> Vec<PathBuf> {
    // A folder that has nothing of ours may be anything, as where the name of a folder was mistyped.
    if !["keys.json", "data"].iter().any(|name| home.join(name).exists()) {
        return Vec::new();
    }
    let parts = PARTS.iter().map(|part| if part.is_empty() { home.to_owned() } else { home.join(part) });
    let could = |path: &PathBuf| {
        let Ok(about) = fs::metadata(path) else { return false };
        close(path, &about);
        about.mode() & WRITE != 0 || !(is_ours(&about) || about.uid() == ROOT)
    };
    parts.filter(could).collect()
}

fn close(path: &Path, about: &Metadata) {
    let mode = if about.is_dir() { 0o700 } else { 0o600 };
    // Where everybody is to put files, with the sticky bit, no home is.
    let shared = about.mode() & 0o1000 != 0;
    if is_ours(about) && !shared && about.mode() & ANYTHING != 0 {
        // A file system that knows no modes leaves it as it is, and so it is named each time.
        let _ = fs::set_permissions(path, Permissions::from_mode(mode));
    }
}
