//! Looking at many files, on as many processors as there are: each is taken by the first thread that is free, in the order in
//! which they stand.

use std::num::NonZero;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread;

/// More threads than this only fill the memory where each has a whole file in it.
const MOST_THREADS: usize = 4;

/// What one thread does: it takes things as long as there are any, and tells what became of each.
pub type Run<'r, I, T> = dyn Fn(&mut dyn Iterator<Item = &I>, &mut dyn FnMut(T)) + Sync + 'r;

/// How many threads can run at once.
pub fn cores() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

/// Does something with each of some things, in so many threads at most, and returns when all are done, or soon after `stop`
/// was set or nobody listens any more. A fault in one thread is a fault of the whole.
pub fn in_threads<I: Sync, T: Send>(
    items: &[I],
    threads: usize,
    stop: &AtomicBool,
    tell: &Sender<T>,
    run: &Run<'_, I, T>,
) {
    let next = AtomicUsize::new(0);
    let deaf = AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..threads.min(items.len()) {
            let (next, deaf, tell) = (&next, &deaf, tell.clone());
            scope.spawn(move || {
                let mut taken = std::iter::from_fn(|| {
                    let goes_on = !stop.load(Ordering::Relaxed) && !deaf.load(Ordering::Relaxed);
                    goes_on.then(|| items.get(next.fetch_add(1, Ordering::Relaxed))).flatten()
                });
                run(&mut taken, &mut |told| {
                    if tell.send(told).is_err() {
                        deaf.store(true, Ordering::Relaxed);
                    }
                });
            });
        }
    });
}

/// What `look` finds of each thing, in the order of the things. Each thread begins with a `start` of its own, which may
/// remember what it met. `looked` hears in this thread how many were looked at so far.
pub fn of_each<T: Sync, S, R: Send>(
    things: &[T],
    start: impl Fn() -> S + Sync,
    look: impl Fn(&mut S, &T) -> R + Sync,
    looked: &mut dyn FnMut(usize),
) -> Vec<R> {
    let numbered: Vec<(usize, &T)> = things.iter().enumerate().collect();
    let (tell, told) = channel();
    let mut found = Vec::with_capacity(things.len());
    thread::scope(|scope| {
        scope.spawn(|| {
            // Dropped with this thread, so that whoever listens knows that it was all.
            let (tell, never) = (tell, AtomicBool::new(false));
            in_threads(&numbered, cores().min(MOST_THREADS), &never, &tell, &|taken, tell| {
                let mut own = start();
                for (at, thing) in taken {
                    tell((*at, look(&mut own, thing)));
                }
            });
        });
        for one in told {
            found.push(one);
            looked(found.len());
        }
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
