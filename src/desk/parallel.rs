//! Many things at once: each is taken by the first thread that is free, in the order in which they stand.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::Sender;
use std::thread;

/// What one thread does: it takes things as long as there are any, and tells what became of each.
pub(super) type Run<'r, I, T> = dyn Fn(&mut dyn Iterator<Item = &I>, &mut dyn FnMut(T)) + Sync + 'r;

/// Does something with each of some things, in as many threads as there are cores, and returns when all are done, or soon
/// after `stop` was set or nobody listens any more.
pub(super) fn in_threads<I: Sync, T: Send>(
    items: &[I],
    stop: &AtomicBool,
    tell: &Sender<T>,
    run: &Run<'_, I, T>,
) {
    let next = AtomicUsize::new(0);
    let deaf = AtomicBool::new(false);
    let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    thread::scope(|scope| {
        for _ in 0..cores.min(items.len()) {
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
