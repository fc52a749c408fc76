//! The storm: random streams of keys, pastes, sizes, focus, signals and a disk that does not answer, and in each the
//! key at a random moment. Afterwards nothing but the leaflet may stand anywhere.
//!
//! `AMPARO_STORM=10000` asks for so many streams, in two threads; `AMPARO_STORM_SEED=N` for the run of one seed, which
//! a failure names.

use std::io::Write as _;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

mod run;
mod stream;

/// So many streams where nobody asks for more.
const SHORT: usize = 200;

/// For so long at most, where nobody asks for more.
const SHORT_TIME: Duration = Duration::from_secs(30);

fn asked(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[test]
fn in_a_storm_only_the_leaflet_stands_after_the_key() {
    let saved = run::saved();
    if let Some(seed) = asked("AMPARO_STORM_SEED") {
        let outcome = run::run(seed, saved.path());
        assert!(outcome.wrong.is_empty(), "{}", outcome.wrong.join("\n"));
        return;
    }
    let wished = asked("AMPARO_STORM").and_then(|streams| usize::try_from(streams).ok());
    let (streams, threads) = (wished.unwrap_or(SHORT), if wished.is_some() { 2 } else { 1 });
    let (next, done) = (AtomicU64::new(asked("AMPARO_STORM_FROM").unwrap_or(1)), AtomicUsize::new(0));
    let started = Instant::now();
    let wrong: Vec<String> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|_| {
                scope.spawn(|| {
                    let mut wrong = Vec::new();
                    while done.load(Ordering::Relaxed) < streams
                        && (wished.is_some() || started.elapsed() < SHORT_TIME)
                    {
                        let seed = next.fetch_add(1, Ordering::Relaxed);
                        let outcome = run::run(seed, saved.path());
                        let before = done.fetch_add(outcome.streams, Ordering::Relaxed);
                        if before / 500 < (before + outcome.streams) / 500 {
                            let _ = writeln!(
                                std::io::stderr(),
                                "{before} streams so far, the last seed was {seed}"
                            );
                        }
                        for what in &outcome.wrong {
                            // At once: a long run may be broken off.
                            let _ = writeln!(std::io::stderr(), "{what}\n");
                        }
                        wrong.extend(outcome.wrong);
                    }
                    wrong
                })
            })
            .collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("a run does not panic")).collect()
    });
    let done = done.load(Ordering::Relaxed);
    let _ = writeln!(
        std::io::stderr(),
        "{done} streams in {:?}, {} of them wrong",
        started.elapsed(),
        wrong.len()
    );
    assert!(wrong.is_empty(), "{} of {done} streams:\n{}", wrong.len(), wrong.join("\n\n"));
}
