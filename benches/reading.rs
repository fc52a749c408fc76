//! Reading and checking a protocol of 10,000 steps, beside the parse of the same bytes by `serde_yaml` into its
//! `Value`.
//!
//! Both run in one process, one after the other in pairs, and the median of the ratios is printed: a noisy machine
//! slows both. The language allows nine groups in a phase, so that no right protocol has 10,000 steps: this one has
//! more groups than may be, and reading it ends in those findings, after everything in it was read and checked.
//! Goal: at most 1.5 times as long.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use amparo::protocol::{SHIPPED, SHIPPED_NAME, SHIPPED_TRANSLATIONS, read};

const STEPS: usize = 10_000;
const PAIRS: usize = 31;

fn main() {
    let large = protocol(STEPS);
    let findings = read("large.yaml", large.as_bytes(), &[]).findings.len();
    println!("{STEPS} steps, {} KiB, {findings} findings", large.len() / 1024);
    compare("reading and checking", large.as_bytes(), &[]);
    println!(
        "the shipped protocol, {} KiB, with {} translations",
        SHIPPED.len() / 1024,
        SHIPPED_TRANSLATIONS.len()
    );
    compare(SHIPPED_NAME, SHIPPED, SHIPPED_TRANSLATIONS);
}

fn compare(name: &str, bytes: &[u8], translations: &[(&str, &[u8])]) {
    let mut ratios = Vec::with_capacity(PAIRS);
    let mut own_times = Vec::with_capacity(PAIRS);
    for pair in 0..PAIRS + 3 {
        let own = time(|| {
            std::hint::black_box(read(name, bytes, translations));
        });
        let peer = time(|| {
            for bytes in std::iter::once(bytes).chain(translations.iter().map(|(_, bytes)| *bytes)) {
                std::hint::black_box(serde_yaml::from_slice::<serde_yaml::Value>(bytes).is_ok());
            }
        });
        // The first pairs warm the caches.
        if pair >= 3 {
            ratios.push(own.as_secs_f64() / peer.as_secs_f64());
            own_times.push(own);
        }
    }
    ratios.sort_by(f64::total_cmp);
    own_times.sort();
    let (median, time) = (ratios[PAIRS / 2], own_times[PAIRS / 2]);
    println!("  {name}: {time:.2?}, {median:.2} times serde_yaml's parse into a Value");
}

fn time(work: impl FnOnce()) -> Duration {
    let before = Instant::now();
    work();
    before.elapsed()
}

/// A protocol with every kind of step, conditions on steps before, and texts of ordinary length.
fn protocol(steps: usize) -> String {
    let mut text = "amparo: 1\nid: large\nversion: 1\nlanguage: en\ntitle: Large\ncovers:\n  - id: leaflet\n    title: Health\n    topics:\n      - id: sleep\n        title: Sleep\n        lines: [Keep the same hours.]\nphases:\n".to_owned();
    let per_phase = steps.div_ceil(9);
    for phase in 0..9 {
        let _ = write!(text, "  - id: phase-{phase}\n    title: Phase {phase}\n    groups:\n");
        for group in 0..per_phase.div_ceil(9) {
            let _ = write!(
                text,
                "      - id: group-{phase}-{group}\n        title: A group of steps\n        steps:\n"
            );
            for step in 0..9 {
                let at = phase * per_phase + group * 9 + step;
                if at >= (phase + 1) * per_phase || at >= steps {
                    break;
                }
                add_step(&mut text, at);
            }
        }
    }
    text.push_str("responses:\n  - id: danger\n    key: esc\n    rank: 1\n    cover: true\n    title: Danger\n    steps:\n      - id: signal\n        kind: check\n        ask: What was it?\n");
    text
}

fn add_step(text: &mut String, at: usize) {
    let _ = write!(
        text,
        "          - id: step-{at}\n            ask: Does she know that she may stop at any time?\n            why: She speaks only where she feels safe, and safety begins with a way out.\n            serves: [A1, B7a]\n"
    );
    match at % 5 {
        0 => text.push_str("            kind: check\n            required: true\n"),
        1 => {
            let _ = write!(text, "            kind: choice\n            when: done(step-{})\n            options:\n              - id: agrees\n                label: She agrees\n              - id: with-limits\n                label: She agrees, with limits\n              - id: refuses\n                label: She does not want to\n                then: end(early)\n", at - 1);
        }
        2 => {
            let _ = write!(text, "            kind: scale\n            when: step-{} in [agrees, with-limits]\n            words: [not at all, a little, some, much]\n", at - 1);
        }
        3 => {
            let _ = write!(text, "            kind: inform\n            say: You may stop at any time. You need not say why.\n            required: step-{} >= 2 or raised(danger)\n", at - 1);
        }
        _ => text.push_str("            kind: list\n            rows:\n              - id: bed\n                label: A bed\n              - id: doctor\n                label: A doctor\n            states:\n              - id: met\n                label: Met\n              - id: still-open\n                label: Still open\n                tells: danger\n"),
    }
}
