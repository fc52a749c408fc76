//! The keys that a machine has on which a test's sessions are written: without any, nothing real is begun.

use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::LazyLock;

use amparo::desk::{Keyring, Role};
use amparo::seal::{Identity, Passphrase, WorkFactor};

/// The arguments that unlock it, in the home as the working folder.
pub const UNLOCKED: [&str; 2] = ["--passphrase-file", "words"];

/// The passphrase of the key of all tests.
pub const WORDS: &str = "four old green words";

/// One key for all tests.
pub static KEY: LazyLock<Identity> = LazyLock::new(|| {
    Identity::of_text("AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX")
        .expect("a key")
});

/// Puts the key into a home, locked with little work so that no test waits for it, and its passphrase into a file.
pub fn put(home: &Path) {
    let Ok(mut keys) = Keyring::read(home) else { return };
    let passphrase = Passphrase::new(WORDS.to_owned());
    // A home that has one already, or that cannot be written, is left as it is.
    if keys.keep_own(&KEY, Role::Supervisor, &passphrase, WorkFactor(2)).is_ok() {
        let mut words = OpenOptions::new();
        let words = words.write(true).create(true).truncate(true).mode(0o600).open(home.join("words"));
        words.and_then(|mut words| words.write_all(WORDS.as_bytes())).expect("the passphrase is kept");
    }
}
