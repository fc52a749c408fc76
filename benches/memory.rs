//! Memory at rest, and what a program does while nobody touches it: processor time and wake-ups. Read from `/proc`,
//! so on Linux only. docs/performance.md says how to run it and how to read it.

#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::panic,
    reason = "a bench prints, and fails aloud"
)]

use std::path::{Path, PathBuf};
use std::time::Duration;

use beside::figures::{Figures, head, line};
use beside::programs::{Program, amparo, bare, practice, whiptail};
use beside::window::Window;

#[expect(dead_code, reason = "each bench uses a part of what they share")]
mod beside;

/// How long a program is left alone before it is at rest.
const SETTLE: Duration = Duration::from_secs(2);

fn main() {
    let programs: Vec<Program> = [practice(), amparo(), bare()].into_iter().chain(whiptail()).collect();
    let home = tempfile::tempdir().expect("a temporary folder");
    at_rest(&programs, home.path(), if beside::is_short() { 2 } else { 15 });
    idle(&programs, home.path(), Duration::from_secs(if beside::is_short() { 10 } else { 60 }));
}

fn at_rest(programs: &[Program], home: &Path, rounds: usize) {
    let mut resident: Vec<Figures> = programs.iter().map(|_| Figures::new()).collect();
    for _ in 0..rounds {
        for (window, resident) in settled(programs, home).iter().zip(&mut resident) {
            resident.push(mebibytes(window.pid()));
        }
    }
    println!("\nResident memory at rest, {rounds} rounds\n");
    head("MiB");
    let ours = &resident[0];
    for (program, peer) in programs.iter().zip(&resident).skip(1) {
        let what = format!("the first step beside {}", program.name);
        line(&what, ours, peer, "ours at most 5 MB (4.77 MiB)");
    }
}

fn idle(programs: &[Program], home: &Path, time: Duration) {
    let mut windows = settled(programs, home);
    let before: Vec<Busy> = windows.iter().map(|window| Busy::of(window.pid())).collect();
    // All of them idle at once, and this bench as well.
    std::thread::sleep(time);
    let after: Vec<Busy> = windows.iter().map(|window| Busy::of(window.pid())).collect();
    for window in &mut windows {
        window.rest(Duration::ZERO);
    }
    println!("\nLeft alone for {} s (goal: what the clock on the screen needs)\n", time.as_secs());
    println!("{:<52} {:>14} {:>10}", "what", "processor, ms", "wake-ups");
    for ((program, before), after) in programs.iter().zip(before).zip(after) {
        let milliseconds = after.milliseconds - before.milliseconds;
        println!("{:<52} {milliseconds:>14.3} {:>10}", program.name, after.wake_ups - before.wake_ups);
    }
}

/// All programs started, drawn and left alone for a while.
fn settled(programs: &[Program], home: &Path) -> Vec<Window> {
    let open = |program: &Program| {
        let mut window = Window::open(program, home);
        window.until(&program.shows);
        window
    };
    let mut windows: Vec<Window> = programs.iter().map(open).collect();
    let share = SETTLE / u32::try_from(windows.len()).expect("a few programs");
    for window in &mut windows {
        window.rest(share);
    }
    windows
}

fn mebibytes(pid: u32) -> f64 {
    let kibibytes = status(&PathBuf::from(format!("/proc/{pid}/status")), "VmRSS:");
    f64::from(u32::try_from(kibibytes).expect("a small program")) / 1024.0
}

/// What all threads of a process have done since they began.
struct Busy {
    milliseconds: f64,
    wake_ups: u64,
}

impl Busy {
    fn of(pid: u32) -> Self {
        let threads = std::fs::read_dir(format!("/proc/{pid}/task")).expect("the program runs");
        let mut all = Self { milliseconds: 0.0, wake_ups: 0 };
        for thread in threads {
            let thread = thread.expect("a folder is listed").path();
            // Nanoseconds on a processor, nanoseconds waited for one, turns.
            let schedule =
                std::fs::read_to_string(thread.join("schedstat")).expect("the kernel counts its turns");
            let ran = schedule.split_whitespace().next().and_then(|ran| ran.parse().ok()).expect("a number");
            all.milliseconds += Duration::from_nanos(ran).as_secs_f64() * 1000.0;
            all.wake_ups += status(&thread.join("status"), "voluntary_ctxt_switches:");
        }
        all
    }
}

/// The number behind a name in a `status` file.
fn status(file: &Path, name: &str) -> u64 {
    let text = std::fs::read_to_string(file).expect("the program runs");
    let line = text.lines().find_map(|line| line.strip_prefix(name)).expect("the kernel says it");
    line.split_whitespace().next().and_then(|number| number.parse().ok()).expect("a number")
}
