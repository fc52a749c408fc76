//! Reading a protocol with all its findings, beside `serde_yaml`'s parse of the same bytes into its `Value`, which
//! checks nothing. docs/performance.md says how to run it and how to read it.

#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::panic,
    reason = "a bench prints, and fails aloud"
)]

use std::hint::black_box;
use std::time::Instant;

use amparo::protocol;
use beside::figures::{Figures, head, line, milliseconds};

#[expect(dead_code, reason = "each bench uses a part of what they share")]
mod beside;

fn main() {
    let rounds = if beside::is_short() { 3 } else { 40 };
    println!("\nReading and checking a protocol, {rounds} rounds, turn by turn\n");
    head("ms");
    let shipped = include_str!("../protocols/phit.yaml").to_owned();
    let texts = [
        ("the shipped protocol beside serde_yaml", shipped, ""),
        ("729 steps, as many as may be", beside::large::protocol(9), ""),
        ("10,044 steps, too many and told so", beside::large::protocol(124), "at most 1.5"),
    ];
    for (what, text, goal) in texts {
        let mut took = [Figures::new(), Figures::new()];
        // The first round fills the caches and is not counted.
        for round in 0..=rounds {
            for turn in 0..2 {
                let program = (round + turn) % 2;
                let started = Instant::now();
                match program {
                    0 => drop(black_box(protocol::read("large.yaml", text.as_bytes(), &[]))),
                    _ => {
                        drop(black_box(
                            serde_yaml::from_str::<serde_yaml::Value>(&text).expect("it is YAML"),
                        ));
                    }
                }
                if round > 0 {
                    took[program].push(milliseconds(started.elapsed()));
                }
            }
        }
        line(what, &took[0], &took[1], goal);
    }
}
