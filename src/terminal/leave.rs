//! The ways out: the terminal as it was, on every path, and the program executed anew as the leaflet. Prints nothing,
//! ever: a message on the screen would be the thing that the key was pressed against.

use std::ffi::OsString;
use std::io;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, ThreadId};

use super::modes;

/// The variable in which the program hands the terminal's modes to its own next life. A neutral name: whoever may
/// read the environment of a process sees it.
pub(super) const HANDED: &str = "TTY_MODES";

/// Ends a frame that was cut, turns the reports off, leaves nothing in the alternate screen, which some terminals
/// can show afterwards or have not got, and goes back to the main one with its cursor. The screen is cleared from its
/// end to its beginning: a clearing forwards or at once is what tmux keeps in its history first.
const LAST: &[u8] =
    b"\x1b[?2026l\x1b[m\x1b[?1004l\x1b[?2004l\x1b[9999;9999H\x1b[1J\x1b[H\x1b[?1049l\x1b[?25h";

/// Forgets what was scrolled out of sight. Only where lines were printed: without an alternate screen they are among it.
const HISTORY: &[u8] = b"\x1b[3J";

/// Whether lines were printed, and so may have scrolled.
static SCROLLED: AtomicBool = AtomicBool::new(false);

/// Lines are printed from now on.
pub(super) fn note_scrolling() {
    SCROLLED.store(true, Ordering::Relaxed);
}

/// What ends a sight, and takes with it what was scrolled out of it.
fn with_history(last: &[u8]) -> Vec<u8> {
    let history = if SCROLLED.load(Ordering::Relaxed) { HISTORY } else { b"" };
    [last, history].concat()
}

/// Gives the terminal back as it was. May be called at any time, from any thread, any number of times; never fails,
/// and writes nothing but what undoes `Screen::open`.
pub fn restore() {
    modes::give_back(&with_history(LAST));
}

/// Ends a frame that was cut, and empties the screen.
const EMPTY: &[u8] = b"\x1b[?2026l\x1b[m\x1b[?25l\x1b[9999;9999H\x1b[1J\x1b[H";

/// What the program is executed anew with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NextLife {
    /// The arguments, without the name of the program. Everybody on the machine can read them.
    pub args: Vec<OsString>,
    /// Variables of the environment, which only the owner of the process can read.
    pub vars: Vec<(&'static str, OsString)>,
}

/// What a panic ends in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OnPanic {
    /// The terminal is restored, and the process ends with this code.
    Exit(i32),
    /// The program is executed anew; if that cannot be, it ends with this code.
    Leaflet {
        /// With what.
        life: NextLife,
        /// The exit code otherwise.
        otherwise: i32,
    },
}

/// Decides what a panic in any thread ends in; `then` makes safe what can be, and says it. It must not panic itself.
/// The hook prints nothing and runs no destructor: what is on disk is whole at any byte, and a frame more could show
/// what must not be shown. Where the terminal is not in use, the process only ends.
pub fn on_panic(then: impl Fn() -> OnPanic + Send + Sync + 'static) {
    std::panic::set_hook(Box::new(move |_| {
        go_alone();
        let code = match then() {
            OnPanic::Exit(code) => code,
            OnPanic::Leaflet { life, otherwise } => {
                if modes::is_raw() {
                    let _ = become_leaflet(&life);
                }
                otherwise
            }
        };
        restore();
        std::process::exit(code);
    }));
}

/// What stands on the screen while a way out is not over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LastSight {
    /// What is there: the leaflet, which goes on in the next life.
    Stays,
    /// Nothing: what is there could still be read.
    Empty,
}

/// Lets no frame of this life follow. The terminal stays raw and in its alternate screen, for the next life.
pub fn draw_no_more(last: LastSight) {
    if modes::is_raw() {
        modes::silence(&match last {
            LastSight::Stays => Vec::new(),
            LastSight::Empty => with_history(EMPTY),
        });
    }
}

/// The thread that is on a way out.
static ON_THE_WAY: OnceLock<ThreadId> = OnceLock::new();

/// Lets one thread go a way out; any other that comes after it waits there for the process to end, or the two would
/// undo each other.
pub fn go_alone() {
    let me = thread::current().id();
    while *ON_THE_WAY.get_or_init(|| me) != me {
        thread::park();
    }
}

/// Executes the program anew, under the name it was called by. The new process has nothing of the memory of this one.
/// The screen stays as it is, in the alternate screen and raw, so that nothing flickers and no key is echoed; the next
/// `Screen::open` takes it over with the modes to restore. Where it was given back before, so it stays.
///
/// # Errors
/// Only returns if the system refused; everything is then as before the call.
pub fn become_leaflet(life: &NextLife) -> io::Error {
    let name = std::env::args_os().next().unwrap_or_else(|| OsString::from("sh"));
    let mut command = Command::new("/proc/self/exe");
    command.arg0(name).args(&life.args);
    command.envs(life.vars.iter().map(|(name, value)| (name, value)));
    if let Some(words) = modes::in_words() {
        command.env(HANDED, words);
    }
    command.exec()
}

/// Makes the process's own name (`ps -o comm`) that of its first argument. After [`become_leaflet`] it would be
/// `exe`, and after a start under a neutral name it would be the file's. Where the system has no such name, nothing
/// happens.
pub fn wear_own_name() {
    let Some(name) = std::env::args_os().next() else { return };
    if let Some(name) = Path::new(&name).file_name() {
        let _ = std::fs::write("/proc/self/comm", name.as_encoded_bytes());
    }
}
