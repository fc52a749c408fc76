//! A fault on purpose, for the tests of the ways out: with `TEST_FAULT=turn` (or `disk`, `worker`) in the environment,
//! F12 makes that thread panic. In no release build: `.ci/run` looks.

use std::thread;

use crate::terminal::Input;
use crate::ui::Key;

use super::disk::Disk;

/// Whether the way of five wrong PINs is to be gone (`TEST_FAULT=stays`).
pub(super) fn stays(input: &Input) -> bool {
    is_asked(input).as_deref() == Some("stays")
}

/// Panics in another thread, where that is asked for.
pub(super) fn elsewhere(input: &Input, disk: Option<&Disk>) {
    match is_asked(input).as_deref() {
        Some("turn") => happens(),
        Some("worker") => drop(thread::spawn(happens)),
        Some("disk") => {
            if let Some(disk) = disk {
                disk.fail();
            }
        }
        _ => {}
    }
}

fn is_asked(input: &Input) -> Option<String> {
    if *input == Input::Key(Key::F(12)) { std::env::var("TEST_FAULT").ok() } else { None }
}

/// The fault itself.
#[expect(clippy::panic, reason = "it is meant to panic")]
pub(super) fn happens() {
    panic!("a fault on purpose");
}
