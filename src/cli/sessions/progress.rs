//! How far a long look has come: one line on standard error that is drawn over, where that is a terminal.

use std::io::{IsTerminal, Write, stderr};

use crate::desk::Clock;
use crate::text::Language;
use crate::words::looked_at;

use super::Around;

/// What is done sooner needs no line, in milliseconds.
const AFTER: u64 = 700;

/// How often it is drawn, in milliseconds.
const EVERY: u64 = 200;

/// The line. Gone again when this is dropped.
pub(super) struct Progress<'a> {
    err: Option<&'a mut dyn Write>,
    language: Language,
    clock: Clock,
    next: u64,
    stands: bool,
}

impl<'a> Progress<'a> {
    /// Begins to count the time.
    pub(super) fn begin(around: &'a mut Around<'_>) -> Self {
        let err: Option<&mut dyn Write> = if stderr().is_terminal() { Some(around.err) } else { None };
        Self { err, language: around.language, clock: Clock::start(), next: AFTER, stands: false }
    }

    /// So many of all are done.
    pub(super) fn tell(&mut self, done: usize, all: usize) {
        let Some(err) = &mut self.err else { return };
        let now = self.clock.run();
        if now < self.next {
            return;
        }
        self.next = now + EVERY;
        self.stands = true;
        // It is nobody's answer: where it cannot be written, nothing is lost.
        let _ = write!(err, "\r\x1b[K{}", looked_at(done, all, self.language)).and_then(|()| err.flush());
    }
}

impl Drop for Progress<'_> {
    fn drop(&mut self) {
        if let Some(err) = self.err.as_mut().filter(|_| self.stands) {
            let _ = write!(err, "\r\x1b[K").and_then(|()| err.flush());
        }
    }
}
