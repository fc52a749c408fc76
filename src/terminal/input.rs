//! The thread that waits for the terminal and for signals, and for nothing else. Knows no screen.

use std::io::{self, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::stdio::stdin;
use signal_hook::SigId;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1, SIGWINCH};

use super::decode::Decoder;
use super::event::{HideKeys, Input, Signal};
use super::size::size_of;

/// What each caught signal means; what hides stands first and is reported first.
const CAUGHT: [(i32, Told); 8] = [
    (SIGUSR1, Told::Signal(Signal::Hide)),
    (SIGINT, Told::Signal(Signal::Hide)),
    (SIGTSTP, Told::Signal(Signal::Hide)),
    (SIGHUP, Told::Signal(Signal::Hang)),
    (SIGTERM, Told::Signal(Signal::Terminate)),
    (SIGQUIT, Told::Signal(Signal::Terminate)),
    (SIGCONT, Told::Signal(Signal::Wake)),
    (SIGWINCH, Told::Size),
];

#[derive(Debug, Clone, Copy)]
enum Told {
    Signal(Signal),
    Size,
}

/// The most that counts as one read. A terminal's queue holds 4096 bytes; a paste comes in as many as it likes.
const READ_MOST: usize = 64 * 1024;

/// Signals, caught from now on. Catch them before the terminal is changed, or one that comes in between would end
/// the process with the terminal raw.
#[derive(Debug)]
pub struct Signals {
    raised: [Arc<AtomicBool>; CAUGHT.len()],
    stop: Arc<AtomicBool>,
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
        let mut signals =
            Self { raised: Default::default(), stop: Arc::default(), wake, tell, ids: Vec::new() };
        for ((number, _), raised) in CAUGHT.iter().zip(&signals.raised) {
            // The flag first, or the thread could wake and find nothing.
            signals.ids.push(signal_hook::flag::register(*number, Arc::clone(raised))?);
            signals.ids.push(signal_hook::low_level::pipe::register(*number, signals.tell.try_clone()?)?);
        }
        Ok(signals)
    }

    fn report(&self, terminal: BorrowedFd<'_>, report: &mut impl FnMut(Input)) {
        for ((_, told), raised) in CAUGHT.iter().zip(&self.raised) {
            if !raised.swap(false, Ordering::SeqCst) {
                continue;
            }
            match told {
                Told::Signal(signal) => report(Input::Signal(*signal)),
                Told::Size => {
                    if let Ok(size) = size_of(terminal) {
                        report(Input::Resize { cols: size.width, rows: size.height });
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

/// The thread that reads. Dropping it stops the thread and waits for it; it is never long in anything but `report`.
#[derive(Debug)]
pub struct Reader {
    stop: Arc<AtomicBool>,
    tell: UnixStream,
    thread: Option<JoinHandle<()>>,
}

impl Reader {
    /// Starts to read standard input. `report` is called in the thread, and must not block for long.
    ///
    /// # Errors
    /// The system gave no thread.
    pub fn start(
        signals: Signals,
        hide: HideKeys,
        report: impl FnMut(Input) + Send + 'static,
    ) -> io::Result<Self> {
        Self::start_on(stdin(), signals, hide, report)
    }

    /// As [`start`](Self::start), on any terminal or pipe.
    ///
    /// # Errors
    /// The system gave no thread.
    pub fn start_on(
        from: impl AsFd + Send + 'static,
        signals: Signals,
        hide: HideKeys,
        mut report: impl FnMut(Input) + Send + 'static,
    ) -> io::Result<Self> {
        let stop = Arc::clone(&signals.stop);
        let tell = signals.tell.try_clone()?;
        let thread = std::thread::Builder::new()
            .name("input".to_owned())
            .spawn(move || listen(from.as_fd(), &signals, hide, &mut report))?;
        Ok(Self { stop, tell, thread: Some(thread) })
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        // A full socket wakes the thread as well.
        let _ = self.tell.write(b"s");
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn listen(from: BorrowedFd<'_>, signals: &Signals, hide: HideKeys, report: &mut impl FnMut(Input)) {
    let started = Instant::now();
    let mut decoder = Decoder::new(hide);
    let mut bytes = vec![0; READ_MOST];
    let mut inputs = Vec::new();
    let mut tty = Tty::There;
    loop {
        let timeout = decoder.deadline().map(|until| timespec(until.saturating_sub(started.elapsed())));
        let mut waiting = [
            PollFd::from_borrowed_fd(signals.wake.as_fd(), PollFlags::IN),
            PollFd::from_borrowed_fd(from, PollFlags::IN),
        ];
        let watched = if tty == Tty::There { 2 } else { 1 };
        match poll(&mut waiting[..watched], timeout.as_ref()) {
            Ok(_) | Err(Errno::INTR) => {}
            // Nothing can be waited for any more; spinning would be worse than saying so.
            Err(_) => return report(Input::Gone),
        }
        let [woken, readable] = waiting.map(|fd| !fd.revents().is_empty());
        if woken {
            // The pipe is emptied before the flags are looked at, or one raised in between would be missed.
            while matches!((&signals.wake).read(&mut bytes), Ok(1..)) {}
            if signals.stop.load(Ordering::SeqCst) {
                return;
            }
            signals.report(from, report);
        }
        if readable {
            let read;
            (read, tty) = read_what_is_there(from, &mut bytes);
            decoder.feed(&bytes[..read], started.elapsed(), &mut inputs);
        } else {
            decoder.expire(started.elapsed(), &mut inputs);
        }
        inputs.drain(..).for_each(&mut *report);
        if readable && tty == Tty::Gone {
            report(Input::Gone);
        }
    }
}

/// Whether the terminal still is.
#[derive(Clone, Copy, PartialEq, Eq)]
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
