//! From exec to the first screen, in a terminal of its own: Amparo beside `whiptail --checklist` and beside a bare
//! ratatui program. docs/performance.md says how to run it and how to read it.

#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::panic,
    reason = "a bench prints, and fails aloud"
)]

use beside::figures::{Figures, head, line, milliseconds};
use beside::programs::{Program, amparo, bare, practice, whiptail};
use beside::window::Window;

#[expect(dead_code, reason = "each bench uses a part of what they share")]
mod beside;

fn main() {
    let rounds = if beside::is_short() { 5 } else { 60 };
    let programs: Vec<Program> = [amparo(), practice(), bare()].into_iter().chain(whiptail()).collect();
    let home = tempfile::tempdir().expect("a temporary folder");
    let mut took: Vec<Figures> = programs.iter().map(|_| Figures::new()).collect();
    // The first round fills the caches and is not counted; each further one begins with another program.
    for round in 0..=rounds {
        for turn in 0..programs.len() {
            let at = (round + turn) % programs.len();
            let time = Window::open(&programs[at], home.path()).until(&programs[at].shows);
            if round > 0 {
                took[at].push(milliseconds(time));
            }
        }
    }
    println!("\nFrom exec to the first screen, {rounds} rounds\n");
    head("ms");
    let [ours, first_step, bare, rest @ ..] = took.as_slice() else { return };
    if let [whiptail] = rest {
        line("the start screen beside whiptail", ours, whiptail, "at most 0.8");
        line("the first step of the shipped protocol, whiptail", first_step, whiptail, "at most 1.3");
        line("bare ratatui beside whiptail", bare, whiptail, "");
    }
    line("the start screen beside bare ratatui", ours, bare, "");
}
