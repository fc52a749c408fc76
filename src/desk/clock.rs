//! The clock: the only place that asks what time it is.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use chrono::{DateTime, Local, Offset, TimeZone};

use crate::machine::At;

/// The wall clock and one that only goes forward, counted from the start of the program. It goes on while the machine
/// sleeps: a lid that was shut for an hour is an hour of rest, and nobody's slip.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    started: Duration,
    started_awake: Instant,
}

impl Clock {
    /// Starts counting.
    pub fn start() -> Self {
        Self { started: since_boot(), started_awake: Instant::now() }
    }

    /// The present.
    pub fn now(&self) -> At {
        let wall = wall_of(SystemTime::now());
        At { wall, zone: zone_at(wall), run: self.run() }
    }

    /// Milliseconds since the start, asleep or awake.
    pub fn run(&self) -> u64 {
        whole(since_boot().saturating_sub(self.started))
    }

    /// Milliseconds of them that the machine slept. Never too many: what goes by between the two looks is not sleep.
    pub fn slept(&self) -> u64 {
        let run = self.run();
        run.saturating_sub(whole(self.started_awake.elapsed()))
    }
}

fn whole(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

/// The time since the machine was started, sleep with it.
#[cfg(target_os = "linux")]
fn since_boot() -> Duration {
    use rustix::time::{ClockId, clock_gettime};
    // It can be told on every Linux that we run on.
    Duration::try_from(clock_gettime(ClockId::Boottime)).unwrap_or_default()
}

/// The time since a fixed moment; whether sleep is in it is the system's to say.
#[cfg(not(target_os = "linux"))]
fn since_boot() -> Duration {
    static FIRST: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    FIRST.elapsed()
}

/// The last millisecond of the year 9999, beyond which no calendar of ours goes.
const LATEST: i64 = 253_402_300_799_999;

/// Milliseconds since 1970. A clock that is set to before it, or later than any calendar goes, is a broken one: a session
/// goes on under it all the same, with the nearest time that can be written down.
fn wall_of(now: SystemTime) -> i64 {
    let since = now.duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(LATEST).min(LATEST)
}

/// Minutes by which the local zone is ahead of UTC.
fn zone_at(wall: i64) -> i32 {
    let moment = DateTime::from_timestamp_millis(wall).unwrap_or_default();
    Local.offset_from_utc_datetime(&moment.naive_utc()).fix().local_minus_utc() / 60
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_is_set_wrong_still_gives_a_time() {
        let before = UNIX_EPOCH.checked_sub(Duration::from_secs(1_000_000_000_000)).unwrap();
        let after = UNIX_EPOCH.checked_add(Duration::from_secs(9_000_000_000_000_000)).unwrap();
        for (now, wall) in [(before, 0), (UNIX_EPOCH, 0), (after, LATEST)] {
            assert_eq!(wall_of(now), wall);
            assert!(zone_at(wall).abs() <= 24 * 60);
        }
        assert_eq!(wall_of(UNIX_EPOCH + Duration::from_millis(1_795_530_300_001)), 1_795_530_300_001);
    }
}
