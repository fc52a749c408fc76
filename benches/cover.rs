//! From the danger key's byte to the last byte of the leaflet: idle, with both cores busy, and with a disk that does not
//! answer. Beside a bare ratatui program that changes its whole screen, in the same run. docs/performance.md says how
//! to read it.

#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::panic,
    reason = "a bench prints, and fails aloud"
)]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use amparo::desk::{Keyring, Role};
use amparo::seal::{Identity, Passphrase, WorkFactor};
use beside::figures::{Figures, median, milliseconds};
use beside::programs::{Program, amparo, bare, practice};
use beside::window::Window;

#[expect(dead_code, reason = "each bench uses a part of what they share")]
mod beside;

/// Nothing for so long, and a change is over; longer than the tail of a sequence is waited for after an Esc.
const SILENCE: Duration = Duration::from_millis(60);

/// One frame at 60 Hz, in milliseconds.
const FRAME: f64 = 1000.0 / 60.0;

fn main() {
    let presses = if beside::is_short() { 5 } else { 1_000 };
    let peer = bare();
    println!("\nFrom the key to the last byte of the leaflet, {presses} presses each, turn by turn\n");
    println!(
        "{:<28} {:>9} {:>9} {:>9}   {:>9} {:>9} {:>9}   {:>9} {:>8}  goal",
        "ms", "median", "p99", "maximum", "bare", "p99", "maximum", "p99 ratio", "frames"
    );
    let home = tempfile::tempdir().expect("a temporary folder");
    line("idle", &in_turn(&practice(), &[], &peer, presses, home.path()));

    busy(|| line("both cores busy", &in_turn(&practice(), &[], &peer, presses, home.path())));

    let held = home.path().join("held");
    let Some(shim) = bad_disk(home.path()) else {
        println!("SKIPPED: a disk that does not answer: `cc` is not installed, or compiles nothing");
        return;
    };
    // A session that is written, to its first step. Without a key nothing real is begun.
    with_a_key(home.path());
    let environment = [("LD_PRELOAD", shim.as_path()), ("BAD_DISK", held.as_path())];
    let session = Program { shows: "New session".to_owned(), ..amparo() };
    let run = || in_turn(&session, &environment, &peer, presses, home.path());
    line("the disk held", &run());
    busy(|| line("the disk held, cores busy", &run()));
}

/// What was measured of ours and of the peer's.
fn line(what: &str, (ours, peer): &(Figures, Figures)) {
    let [ours_99, peer_99] = [ours, peer].map(|figures| hundredth(figures, 99));
    let [ours_most, peer_most] = [ours, peer].map(|figures| hundredth(figures, 100));
    println!(
        "{what:<28} {:>9.3} {ours_99:>9.3} {ours_most:>9.3}   {:>9.3} {peer_99:>9.3} {peer_most:>9.3}   {:>9.2} {:>8.2}  p99 ratio at most 1.0",
        median(ours),
        median(peer),
        ours_99 / peer_99,
        ours_most / FRAME,
    );
}

/// The figure below which so many in a hundred lie.
fn hundredth(figures: &[f64], hundredths: usize) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = (sorted.len() * hundredths).div_ceil(100).saturating_sub(1);
    sorted.get(place).copied().unwrap_or(f64::NAN)
}

/// The key in the one program, any key in the other, turn by turn.
fn in_turn(
    ours: &Program,
    environment: &[(&str, &Path)],
    peer: &Program,
    presses: usize,
    home: &Path,
) -> (Figures, Figures) {
    let held = environment.last().map(|(_, sign)| *sign);
    if let Some(sign) = held {
        let _ = std::fs::remove_file(sign);
    }
    let mut program = Window::open_with(ours, home, environment);
    program.until(&ours.shows);
    program.rest(Duration::from_millis(500));
    if let Some(sign) = held {
        // From the start screen to the first step of a session, and from then on the disk answers nothing.
        for (keys, comes) in [
            (&b"1"[..], "Your staff number"),
            (b"12\r", "12"),
            (b"34\r", "34"),
            (b"K-7\r", &practice().shows),
        ] {
            program.send(keys);
            program.until(comes);
        }
        program.rest(Duration::from_millis(500));
        std::fs::write(sign, "").expect("a temporary file");
    }
    let mut bare = Window::open(peer, home);
    bare.until(&peer.shows);
    bare.rest(Duration::from_millis(500));
    let (mut took, mut of_peer) = (Figures::new(), Figures::new());
    for round in 0..presses {
        if round % 2 == 1 {
            of_peer.push(milliseconds(bare.press(b"x", SILENCE)));
        }
        took.push(milliseconds(program.press(b"\x1b", SILENCE)));
        // Back, outside the measure.
        program.press(b"\x12", SILENCE);
        if round % 2 == 0 {
            of_peer.push(milliseconds(bare.press(b"x", SILENCE)));
        }
    }
    if let Some(sign) = held {
        let _ = std::fs::remove_file(sign);
    }
    (took, of_peer)
}

/// Puts a key into a home, and the answer that no PIN is wanted.
fn with_a_key(home: &Path) {
    let mut keys = Keyring::read(home).expect("no keys yet");
    let passphrase = Passphrase::new("four old green words".to_owned());
    keys.keep_own(&Identity::generate(), Role::Caseworker, &passphrase, WorkFactor(2)).expect("a key");
    std::fs::write(home.join("settings.json"), r#"{"ask_pin":"off"}"#).expect("settings");
}

/// While as many threads as there are cores do nothing but count.
fn busy(work: impl FnOnce()) {
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                let mut count = 0_u64;
                while !done.load(Ordering::Relaxed) {
                    count = std::hint::black_box(count.wrapping_add(1));
                }
            });
        }
        work();
        done.store(true, Ordering::Relaxed);
    });
}

/// The few lines of C that the tests use too, compiled.
fn bad_disk(folder: &Path) -> Option<PathBuf> {
    let shim = folder.join("bad-disk.so");
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/all/bad_disk.c");
    let built =
        Command::new("cc").args(["-shared", "-fPIC", "-O1", "-o"]).arg(&shim).args([source, "-ldl"]).status();
    built.is_ok_and(|status| status.success()).then_some(shim)
}
