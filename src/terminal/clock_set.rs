//! What wakes the program when the machine wakes from sleep, or somebody sets its clock: waiting itself counts neither.

use std::os::fd::{AsFd, BorrowedFd, OwnedFd};

/// Tells that the wall clock jumped. Where the system has no such thing, nothing is ever told.
#[derive(Debug)]
pub(super) struct ClockSet(Option<OwnedFd>);

impl ClockSet {
    /// Tells of every jump from now on.
    #[cfg(target_os = "linux")]
    pub(super) fn watched() -> Self {
        use rustix::time::{
            Itimerspec, TimerfdClockId, TimerfdFlags, TimerfdTimerFlags, Timespec, timerfd_create,
            timerfd_settime,
        };
        // A time that never comes, and that is given up as soon as the clock jumps.
        let never = Itimerspec {
            it_interval: Timespec::default(),
            it_value: Timespec { tv_sec: i64::MAX, tv_nsec: 0 },
        };
        let how = TimerfdTimerFlags::ABSTIME | TimerfdTimerFlags::CANCEL_ON_SET;
        let timer = timerfd_create(TimerfdClockId::Realtime, TimerfdFlags::NONBLOCK | TimerfdFlags::CLOEXEC);
        Self(timer.ok().filter(|timer| timerfd_settime(timer, how, &never).is_ok()))
    }

    /// Tells nothing.
    #[cfg(not(target_os = "linux"))]
    pub(super) fn watched() -> Self {
        Self(None)
    }

    /// What becomes readable then.
    pub(super) fn descriptor(&self) -> Option<BorrowedFd<'_>> {
        self.0.as_ref().map(AsFd::as_fd)
    }

    /// It was heard, and is told again at the next jump.
    pub(super) fn heard(&self) {
        if let Some(timer) = &self.0 {
            // The answer is an error, which says just this.
            let _ = rustix::io::read(timer, &mut [0; 8]);
        }
    }
}

#[cfg(test)]
mod tests {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};

    use super::*;

    #[test]
    fn a_clock_that_nobody_sets_tells_nothing() {
        let clock = ClockSet::watched();
        if let Some(descriptor) = clock.descriptor() {
            let mut waiting = [PollFd::from_borrowed_fd(descriptor, PollFlags::IN)];
            assert_eq!(poll(&mut waiting, Some(&Timespec { tv_sec: 0, tv_nsec: 20_000_000 })), Ok(0));
        }
        // Nor does it block who hears it for nothing.
        clock.heard();
    }
}
