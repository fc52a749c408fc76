//! Waiting for the terminal and for signals. Knows no screen.

use std::io::{self, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::stdio::stdin;
use signal_hook::SigId;
use signal_hook::consts::{
    SIGABRT, SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGIO, SIGPROF, SIGQUIT, SIGSYS, SIGTERM, SIGTRAP, SIGTSTP,
    SIGUSR1, SIGUSR2, SIGVTALRM, SIGWINCH, SIGXCPU, SIGXFSZ,
};
use zeroize::Zeroize;

use super::clock_set::ClockSet;
use super::decode::Decoder;
use super::event::{HideKeys, Input, Signal};
use super::size::size_of;

/// What each caught signal means; what hides stands first and is reported first.
const CAUGHT: &[(i32, Told)] = &[
    (SIGUSR1, Told::Signal(Signal::Hide)),
    (SIGUSR2, Told::Signal(Signal::Hide)),
    (SIGINT, Told::Signal(Signal::Hide)),
    (SIGTSTP, Told::Signal(Signal::Hide)),
    (SIGHUP, Told::Signal(Signal::Hang)),
    (SIGTERM, Told::Signal(Signal::Terminate)),
    (SIGQUIT, Told::Signal(Signal::Terminate)),
    // Nobody sends these on purpose; without a handler each would end the process with the page in sight.
    (SIGABRT, Told::Signal(Signal::Terminate)),
    (SIGALRM, Told::Signal(Signal::Hide)),
    (SIGVTALRM, Told::Signal(Signal::Hide)),
    (SIGPROF, Told::Signal(Signal::Hide)),
    (SIGIO, Told::Signal(Signal::Hide)),
    (SIGSYS, Told::Signal(Signal::Hide)),
    (SIGTRAP, Told::Signal(Signal::Hide)),
    #[cfg(target_os = "linux")]
    (rustix::process::Signal::POWER.as_raw(), Told::Signal(Signal::Hide)),
    #[cfg(all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64")))]
    (rustix::process::Signal::STKFLT.as_raw(), Told::Signal(Signal::Hide)),
    (SIGXCPU, Told::Signal(Signal::Terminate)),
    // A file grew beyond a limit: the write itself says so.
    (SIGXFSZ, Told::Signal(Signal::Wake)),
    (SIGCONT, Told::Signal(Signal::Wake)),
    (SIGWINCH, Told::Size),
];

/// Signals that have a number and no name; each would end the process, and each hides. Where the C library keeps the
/// first of them to itself, it is nobody's to send.
#[cfg(target_os = "linux")]
const UNNAMED: std::ops::RangeInclusive<i32> = 34..=64;
#[cfg(not(target_os = "linux"))]
const UNNAMED: std::ops::Range<i32> = 0..0;

#[derive(Debug, Clone, Copy)]
enum Told {
    Signal(Signal),
    Size,
}

/// The most that counts as one read. A terminal's queue holds 4096 bytes; a paste comes in as many as it likes.
const READ_MOST: usize = 64 * 1024;

/// The most inputs for which room is kept; more come of a paste without brackets only.
const ROOM: usize = 256;

/// Signals, caught from now on. Catch them before the terminal is changed, or one that comes in between would end
/// the process with the terminal raw.
#[derive(Debug)]
pub struct Signals {
    raised: [Arc<AtomicBool>; CAUGHT.len()],
    unnamed: Arc<AtomicBool>,
    wake: UnixStream,
    tell: UnixStream,
    ids: Vec<SigId>,
}

impl Signals {
    /// Catches the signals that a person or the system may send.
    ///
    /// # Errors
    /// The system gave no pair of sockets or refused a handler.
    pub fn catch() -> io::Result<Self> {
        let (wake, tell) = UnixStream::pair()?;
        wake.set_nonblocking(true)?;
        // Who rings waits for nobody.
        tell.set_nonblocking(true)?;
        let raised = std::array::from_fn(|_| Arc::default());
        let mut signals = Self { raised, unnamed: Arc::default(), wake, tell, ids: Vec::new() };
        for (place, (number, _)) in CAUGHT.iter().enumerate() {
            let raised = Arc::clone(&signals.raised[place]);
            signals.note(*number, raised)?;
        }
        Ok(signals)
    }

    /// Catches the signals without a name too. They are many, and each costs more than the one before: what is to be
    /// on the screen at once is there before.
    pub fn catch_unnamed(&mut self) {
        for number in UNNAMED {
            // One that the C library keeps to itself is refused.
            let _ = self.note(number, Arc::clone(&self.unnamed));
        }
    }

    fn note(&mut self, number: i32, raised: Arc<AtomicBool>) -> io::Result<()> {
        let tell = self.tell.try_clone()?;
        // The flag first, or the turn could wake and find nothing.
        self.ids.push(signal_hook::flag::register(number, raised)?);
        self.ids.push(signal_hook::low_level::pipe::register(number, tell)?);
        Ok(())
    }

    fn report(&self, terminal: BorrowedFd<'_>, inputs: &mut Vec<Input>) {
        if self.unnamed.swap(false, Ordering::SeqCst) {
            inputs.push(Input::Signal(Signal::Hide));
        }
        for ((_, told), raised) in CAUGHT.iter().zip(&self.raised) {
            if !raised.swap(false, Ordering::SeqCst) {
                continue;
            }
            match told {
                Told::Signal(signal) => inputs.push(Input::Signal(*signal)),
                Told::Size => {
                    if let Ok(size) = size_of(terminal) {
                        inputs.push(Input::Resize { cols: size.width, rows: size.height });
                    }
                }
            }
        }
    }
}

impl Drop for Signals {
    fn drop(&mut self) {
        for id in self.ids.drain(..) {
            signal_hook::low_level::unregister(id);
        }
    }
}

/// What wakes the turn that waits in [`Reader::wait`].
#[derive(Debug, Clone)]
pub struct Bell(Arc<UnixStream>);

impl Bell {
    /// Wakes it, now or as soon as it waits.
    pub fn ring(&self) {
        // A full socket wakes it as well.
        let _ = (&*self.0).write(b"r");
    }
}

/// Waits for the terminal, for signals, for whoever rings, and for nothing else. In the same thread as the turn: from a
/// thread of its own each key would have to wake two.
#[derive(Debug)]
pub struct Reader {
    terminal: BorrowedFd<'static>,
    signals: Signals,
    started: Instant,
    decoder: Decoder,
    bytes: Vec<u8>,
    inputs: Vec<Input>,
    /// How many inputs were given last.
    given: usize,
    tty: Tty,
    clock_set: ClockSet,
}

impl Reader {
    /// Reads standard input.
    pub fn new(signals: Signals, hide: HideKeys) -> Self {
        Self {
            terminal: stdin(),
            signals,
            started: Instant::now(),
            decoder: Decoder::new(hide),
            bytes: vec![0; READ_MOST],
            inputs: Vec::new(),
            given: 0,
            tty: Tty::There,
            clock_set: ClockSet::watched(),
        }
    }

    /// Catches the signals without a name too, as [`Signals::catch_unnamed`].
    pub fn catch_unnamed(&mut self) {
        self.signals.catch_unnamed();
    }

    /// What other threads ring so that [`wait`](Self::wait) returns.
    ///
    /// # Errors
    /// The system gave no descriptor.
    pub fn bell(&self) -> io::Result<Bell> {
        Ok(Bell(Arc::new(self.signals.tell.try_clone()?)))
    }

    /// Waits until something arrives, somebody rings, or the time is over, and gives what arrived, in order. It may
    /// return with nothing before. Of what it gave the last time nothing is in memory any more: it may have been a
    /// passphrase.
    pub fn wait(&mut self, most: Option<Duration>) -> std::vec::Drain<'_, Input> {
        self.forget();
        let tail = self.decoder.deadline().map(|until| until.saturating_sub(self.started.elapsed()));
        let timeout = most.into_iter().chain(tail).min().map(timespec);
        let wake = self.signals.wake.as_fd();
        let clock_set = self.clock_set.descriptor().unwrap_or(wake);
        let mut waiting =
            [wake, clock_set, self.terminal].map(|fd| PollFd::from_borrowed_fd(fd, PollFlags::IN));
        let watched = if self.tty == Tty::There { 3 } else { 2 };
        match poll(&mut waiting[..watched], timeout.as_ref()) {
            Ok(_) | Err(Errno::INTR) => {}
            // Nothing can be waited for any more; spinning would be worse than saying so.
            Err(_) => self.inputs.push(Input::Gone),
        }
        let [woken, set, readable] = waiting.map(|fd| !fd.revents().is_empty());
        if set {
            self.clock_set.heard();
        }
        if woken {
            // The pipe is emptied before the flags are looked at, or one raised in between would be missed.
            while matches!((&self.signals.wake).read(&mut self.bytes), Ok(1..)) {}
            self.signals.report(self.terminal, &mut self.inputs);
        }
        if readable {
            let read;
            (read, self.tty) = read_what_is_there(self.terminal, &mut self.bytes);
            self.decoder.feed(&self.bytes[..read], self.started.elapsed(), &mut self.inputs);
            self.bytes[..read].zeroize();
        } else {
            self.decoder.expire(self.started.elapsed(), &mut self.inputs);
        }
        if readable && self.tty == Tty::Gone {
            self.inputs.push(Input::Gone);
        }
        self.given = self.inputs.len();
        self.inputs.drain(..)
    }

    /// Overwrites what was given the last time: a letter stays in its slot after it was taken out.
    fn forget(&mut self) {
        self.inputs.clear();
        let slots = self.inputs.spare_capacity_mut();
        let given = self.given.min(slots.len());
        slots[..given].zeroize();
        self.given = 0;
        self.inputs.shrink_to(ROOM);
    }
}

/// Whether the terminal still is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tty {
    There,
    Gone,
}

/// Reads all that has already arrived, as far as there is room: what a terminal wrote at once may come in two
/// pieces, and a sequence that is cut hides.
fn read_what_is_there(from: BorrowedFd<'_>, bytes: &mut [u8]) -> (usize, Tty) {
    let mut read = 0;
    while read < bytes.len() {
        match rustix::io::read(from, &mut bytes[read..]) {
            Ok(0) => return (read, Tty::Gone),
            Ok(more) => read += more,
            Err(Errno::INTR) => continue,
            Err(Errno::AGAIN) => break,
            Err(_) => return (read, Tty::Gone),
        }
        let mut ready = [PollFd::from_borrowed_fd(from, PollFlags::IN)];
        if poll(&mut ready, Some(&Timespec::default())) != Ok(1) {
            break;
        }
    }
    (read, Tty::There)
}

fn timespec(duration: Duration) -> Timespec {
    // Rounded up, or the last fraction of a millisecond would be spun through.
    let duration = duration + Duration::from_micros(100);
    Timespec::try_from(duration).unwrap_or(Timespec { tv_sec: 1, tv_nsec: 0 })
}
