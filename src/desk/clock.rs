//! The clock: the only place that asks what time it is.

use std::time::Instant;

use chrono::{Local, Offset};

use crate::machine::At;

/// The wall clock and a monotonic one, counted from the start of the program.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    started: Instant,
}

impl Clock {
    /// Starts counting.
    pub fn start() -> Self {
        Self { started: Instant::now() }
    }

    /// The present.
    pub fn now(&self) -> At {
        let wall = Local::now();
        At {
            wall: wall.timestamp_millis(),
            zone: wall.offset().fix().local_minus_utc() / 60,
            run: self.run(),
        }
    }

    /// Milliseconds since the start, by the monotonic clock.
    pub fn run(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}
