//! The ways out: the terminal as it was, on every path, and the program executed anew as the leaflet. Prints nothing,
//! ever: a message on the screen would be the thing that the key was pressed against.

use std::ffi::{OsStr, OsString};
use std::io;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use super::modes;

/// The variable in which the program hands the terminal's modes to its own next life. A neutral name: whoever may
/// read the environment of a process sees it.
pub(super) const HANDED: &str = "TTY_MODES";

/// Ends a frame that was cut, turns the reports off, leaves nothing in the alternate screen, which some terminals
/// can show afterwards, and goes back to the main one with its cursor.
const LAST: &[u8] = b"\x1b[?2026l\x1b[m\x1b[?1004l\x1b[?2004l\x1b[H\x1b[2J\x1b[?1049l\x1b[?25h";

/// Gives the terminal back as it was. May be called at any time, from any thread, any number of times; never fails,
/// and writes nothing but what undoes `Screen::open`.
pub fn restore() {
    modes::give_back(LAST);
}

/// What a panic ends in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OnPanic {
    /// The terminal is restored, and the process ends with this code.
    Exit(i32),
    /// The program is executed anew with these arguments; if that cannot be, it ends with this code.
    Leaflet {
        /// The arguments, without the name of the program.
        args: Vec<OsString>,
        /// The exit code otherwise.
        otherwise: i32,
    },
}

/// Decides what a panic in any thread ends in. The hook prints nothing and runs no destructor: what is on disk is
/// whole at any byte, and a frame more could show what must not be shown.
pub fn on_panic(then: OnPanic) {
    std::panic::set_hook(Box::new(move |_| {
        let code = match &then {
            OnPanic::Exit(code) => *code,
            OnPanic::Leaflet { args, otherwise } => {
                let _ = become_leaflet(args);
                *otherwise
            }
        };
        restore();
        std::process::exit(code);
    }));
}

/// Executes the program anew with these arguments, under the name it was called by. The new process has nothing of
/// the memory of this one. The screen stays as it is, in the alternate screen and raw, so that nothing flickers and
/// no key is echoed; the next `Screen::open` takes it over with the modes to restore.
///
/// # Errors
/// Only returns if the system refused; everything is then as before the call.
pub fn become_leaflet<A: AsRef<OsStr>>(args: impl IntoIterator<Item = A>) -> io::Error {
    let name = std::env::args_os().next().unwrap_or_else(|| OsString::from("sh"));
    let mut command = Command::new("/proc/self/exe");
    command.arg0(name).args(args);
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
