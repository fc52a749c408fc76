//! Looking at many files, on as many processors as there are.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// More threads than this only fill the memory: each has a file in it.
const MOST_THREADS: usize = 4;

/// What `look` finds of each thing, in the order of the things. Each thread begins with a `start` of its own, which may
/// remember what it met. `looked` hears in this thread how many were looked at so far.
pub fn of_each<T: Sync, S, R: Send>(
    things: &[T],
    start: impl Fn() -> S + Sync,
    look: impl Fn(&mut S, &T) -> R + Sync,
    looked: &mut dyn FnMut(usize),
) -> Vec<R> {
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let work = |looked: &mut dyn FnMut(usize)| {
        let mut own = start();
        let mut found = Vec::new();
        while let at = next.fetch_add(1, Ordering::Relaxed)
            && let Some(thing) = things.get(at)
        {
            found.push((at, look(&mut own, thing)));
            looked(done.fetch_add(1, Ordering::Relaxed) + 1);
        }
        found
    };
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(MOST_THREADS).min(things.len());
    let mut found = thread::scope(|scope| {
        let helpers: Vec<_> = (1..threads).map(|_| scope.spawn(|| work(&mut |_| {}))).collect();
        let mut found = work(looked);
        for helper in helpers {
            // A fault in one is a fault of the whole: nothing is left out without a word.
            found.extend(helper.join().unwrap_or_else(|fault| resume_unwind(fault)));
        }
        found
    });
    found.sort_unstable_by_key(|(at, _)| *at);
    found.into_iter().map(|(_, found)| found).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_its_answer_in_its_place() {
        for many in [0, 1, 2, 3, 500] {
            let things: Vec<usize> = (0..many).collect();
            let mut most = 0;
            let found = of_each(&things, || 0, |_, thing| thing * 2, &mut |done| most = most.max(done));
            assert_eq!(found, things.iter().map(|thing| thing * 2).collect::<Vec<_>>());
            assert!(most <= many);
        }
    }
}
