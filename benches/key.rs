//! From a key press to the last byte of what it changes: Amparo in the shipped protocol and in the largest that the
//! language allows, beside a bare ratatui program that changes its whole screen. docs/performance.md says how to read it.

#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::panic,
    reason = "a bench prints, and fails aloud"
)]

use std::ffi::OsString;
use std::time::Duration;

use beside::figures::{Figures, head, line, milliseconds};
use beside::large::protocol;
use beside::programs::{Program, bare, practice};
use beside::window::Window;

#[expect(dead_code, reason = "each bench uses a part of what they share")]
mod beside;

/// Nothing for so long, and a change is over.
const SILENCE: Duration = Duration::from_millis(30);

/// Down, and up again: no answer key, since one that comes twice within 0.7 s is dropped.
const KEYS: [&[u8]; 2] = [b"\x1b[B", b"\x1b[A"];

fn main() {
    let presses = if beside::is_short() { 6 } else { 200 };
    let home = tempfile::tempdir().expect("a temporary folder");
    let file = home.path().join("largest.yaml");
    std::fs::write(&file, protocol(9)).expect("a temporary file");
    let mut large = practice();
    large.args.extend([OsString::from("--protocol"), file.into()]);
    "Step 1 of 9".clone_into(&mut large.shows);

    println!("\nFrom a key press to the changed screen, {presses} presses each, turn by turn\n");
    head("ms");
    let peer = bare();
    for (what, program) in
        [("a step down or up, shipped protocol", &practice()), ("the same with 729 steps", &large)]
    {
        let (ours, bare) = in_turn(program, &peer, presses, home.path());
        line(what, &ours, &bare, "at most 1.2");
    }
}

/// Presses keys in both programs, one press in the one and one in the other.
fn in_turn(ours: &Program, peer: &Program, presses: usize, home: &std::path::Path) -> (Figures, Figures) {
    let mut windows = [ours, peer].map(|program| {
        let mut window = Window::open(program, home);
        window.until(&program.shows);
        window.rest(Duration::from_millis(500));
        window
    });
    let mut took = [Figures::new(), Figures::new()];
    // The first two, one down and one up, fill the caches and are not counted.
    for round in 0..presses + 2 {
        for turn in 0..2 {
            let at = (round + turn) % 2;
            let time = windows[at].press(KEYS[round % 2], SILENCE);
            if round >= 2 {
                took[at].push(milliseconds(time));
            }
        }
    }
    took.into()
}
