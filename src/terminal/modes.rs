//! The modes of the terminal as they were before, and the one place that writes to it. Kept for the whole process,
//! because a panic hook has no other way to reach them. Knows nothing of frames.

use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError, TryLockError};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;
use rustix::stdio::{stdin, stdout};
use rustix::termios::{
    ControlModes, InputModes, LocalModes, OptionalActions, OutputModes, QueueSelector, SpecialCodeIndex,
    Termios, tcflush, tcgetattr, tcsetattr,
};

/// What the terminal had before; `None` when nothing is to be restored.
static BEFORE: Mutex<Option<Termios>> = Mutex::new(None);

/// Held while bytes are on their way, so that nothing of a frame can follow what restores the terminal.
static WRITING: Mutex<()> = Mutex::new(());

/// Set by a way out that keeps the screen: no frame of this life may follow.
static SILENT: AtomicBool = AtomicBool::new(false);

/// How long the way out waits for a frame that another thread is writing to a terminal that does not take it.
const PATIENCE: u32 = 200;

/// How long a terminal that takes no byte is waited for: a stalled line must not keep the program from its signals.
const STALLED: Timespec = Timespec { tv_sec: 0, tv_nsec: 250_000_000 };

/// The terminal, opened once more, so that writing to it does not block and no other process that shares standard
/// output sees that. `None` where it may not be opened; then standard output serves.
static DEVICE: OnceLock<Option<OwnedFd>> = OnceLock::new();

fn device() -> BorrowedFd<'static> {
    let how = OFlags::WRONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let opened = DEVICE.get_or_init(|| rustix::fs::open("/proc/self/fd/1", how, Mode::empty()).ok());
    opened.as_ref().map_or(stdout(), AsFd::as_fd)
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Keeps the modes that the terminal has, or had according to `handed`, and makes it raw.
pub(super) fn make_raw(handed: Option<Termios>) -> io::Result<()> {
    let now = tcgetattr(stdin())?;
    let mut raw = now.clone();
    raw.make_raw();
    // Without a flush: an Esc that was pressed before the first frame is still in the queue, and must hide.
    tcsetattr(stdin(), OptionalActions::Now, &raw)?;
    locked(&BEFORE).get_or_insert(handed.unwrap_or(now));
    Ok(())
}

/// Makes the terminal raw again, after a shell has had it.
pub(super) fn make_raw_again() -> io::Result<()> {
    let Some(mut raw) = locked(&BEFORE).clone() else { return Ok(()) };
    raw.make_raw();
    tcsetattr(stdin(), OptionalActions::Now, &raw)?;
    Ok(())
}

/// Whether there is something to restore.
pub(super) fn is_raw() -> bool {
    locked(&BEFORE).is_some()
}

/// Writes to the terminal, unless it was already given back. After [`silence`] nothing is written, and nobody is told:
/// a thread that still draws must not take another way out because of it.
pub(super) fn send(bytes: &[u8]) -> io::Result<()> {
    let _writing = locked(&WRITING);
    if SILENT.load(Ordering::SeqCst) {
        return Ok(());
    }
    if !is_raw() {
        return Err(io::ErrorKind::NotConnected.into());
    }
    write_all(bytes)
}

/// Writes a last text and puts the modes back, once; tells nobody how it went, since a terminal that is dead cannot
/// be told. What was typed and not read is thrown away: it would be the shell's next command.
pub(super) fn give_back(last: &[u8]) {
    let Some(before) = locked(&BEFORE).take() else { return };
    let _writing = wait_for_the_pen();
    let _ = write_all(last);
    let _ = tcflush(stdin(), QueueSelector::IFlush);
    let _ = tcsetattr(stdin(), OptionalActions::Now, &before);
}

/// Writes a last text of this life over whatever is there, and lets nothing follow it. The modes stay as they are.
pub(super) fn silence(last: &[u8]) {
    SILENT.store(true, Ordering::SeqCst);
    let _writing = wait_for_the_pen();
    let _ = write_all(last);
}

/// Waits a moment for whoever is writing; not for ever, since that may be the thread that panicked.
fn wait_for_the_pen() -> Option<MutexGuard<'static, ()>> {
    for _ in 0..PATIENCE {
        match WRITING.try_lock() {
            Ok(writing) => return Some(writing),
            Err(TryLockError::Poisoned(error)) => return Some(error.into_inner()),
            Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(1)),
        }
    }
    None
}

fn write_all(mut bytes: &[u8]) -> io::Result<()> {
    let device = device();
    while !bytes.is_empty() {
        match rustix::io::write(device, bytes) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => bytes = &bytes[written..],
            Err(Errno::INTR) => {}
            Err(Errno::AGAIN) => {
                let mut ready = [PollFd::from_borrowed_fd(device, PollFlags::OUT)];
                if poll(&mut ready, Some(&STALLED)) == Ok(0) {
                    return Err(io::ErrorKind::TimedOut.into());
                }
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// The modes to restore as a word for the environment of the program's own next life, as `stty -g` would have it.
pub(super) fn in_words() -> Option<String> {
    locked(&BEFORE).as_ref().map(|before| {
        format!(
            "{:x}:{:x}:{:x}:{:x}:{:x}:{:x}",
            before.input_modes.bits(),
            before.output_modes.bits(),
            before.control_modes.bits(),
            before.local_modes.bits(),
            before.special_codes[SpecialCodeIndex::VMIN],
            before.special_codes[SpecialCodeIndex::VTIME],
        )
    })
}

/// The reverse of [`in_words`], on top of what the terminal has now: exactly what raw mode changes is put back.
pub(super) fn from_words(words: &str) -> Option<Termios> {
    let mut modes = tcgetattr(stdin()).ok()?;
    let numbers: Vec<u32> =
        words.split(':').map(|word| u32::from_str_radix(word, 16)).collect::<Result<_, _>>().ok()?;
    let [input, output, control, local, least, time] = numbers[..] else { return None };
    modes.input_modes = InputModes::from_bits_retain(input);
    modes.output_modes = OutputModes::from_bits_retain(output);
    modes.control_modes = ControlModes::from_bits_retain(control);
    modes.local_modes = LocalModes::from_bits_retain(local);
    modes.special_codes[SpecialCodeIndex::VMIN] = u8::try_from(least).ok()?;
    modes.special_codes[SpecialCodeIndex::VTIME] = u8::try_from(time).ok()?;
    Some(modes)
}
