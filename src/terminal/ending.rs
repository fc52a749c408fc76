//! Signals that ask a command without a screen to end, held back until it can end without half a file.

use std::io;
use std::sync::Arc;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::{flag, low_level};

const ASKS: [i32; 3] = [SIGINT, SIGTERM, SIGHUP];

/// A handler can be registered and never be taken away again: there is one for the program's life.
struct Held {
    raised: [Arc<AtomicBool>; ASKS.len()],
    /// Nothing is begun: a signal does what it always does.
    idle: Arc<AtomicBool>,
}

static HELD: OnceLock<Held> = OnceLock::new();

/// From when it is made until it is dropped, a signal that asks the program to end is noted instead.
#[derive(Debug)]
pub struct HoldsEnd(());

impl HoldsEnd {
    /// Holds the signals back.
    ///
    /// # Errors
    /// The system refuses a handler.
    pub fn begin() -> io::Result<Self> {
        let held = if let Some(held) = HELD.get() {
            held
        } else {
            let held = Held { raised: Default::default(), idle: Arc::new(AtomicBool::new(true)) };
            for (signal, raised) in ASKS.iter().zip(&held.raised) {
                flag::register_conditional_default(*signal, Arc::clone(&held.idle))?;
                flag::register(*signal, Arc::clone(raised))?;
            }
            HELD.get_or_init(|| held)
        };
        held.idle.store(false, Ordering::SeqCst);
        Ok(Self(()))
    }

    /// The signal that came, where one did.
    pub fn asked(&self) -> Option<AskedToEnd> {
        let held = HELD.get()?;
        let (signal, _) = ASKS.iter().zip(&held.raised).find(|(_, raised)| raised.load(Ordering::SeqCst))?;
        Some(AskedToEnd(*signal))
    }
}

impl Drop for HoldsEnd {
    fn drop(&mut self) {
        if let Some(held) = HELD.get() {
            held.idle.store(true, Ordering::SeqCst);
        }
        if let Some(asked) = self.asked() {
            asked.end();
        }
    }
}

/// A signal that was held back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AskedToEnd(i32);

impl AskedToEnd {
    /// Ends the program as the signal would have.
    pub fn end(self) {
        // Fails for signals that nobody can catch only.
        let _ = low_level::emulate_default_handler(self.0);
    }
}
