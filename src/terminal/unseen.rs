//! A line that is typed without being shown: the passphrase of a command. Knows nothing of the screen.

use std::io;

use rustix::stdio::stdin;
use rustix::termios::{LocalModes, OptionalActions, isatty, tcgetattr, tcsetattr};

/// The most bytes that are taken.
const MOST: usize = 1024;

/// Reads a line from the terminal without showing it. None: Ctrl+C, Ctrl+D, or a terminal that went away.
///
/// # Errors
/// [`io::ErrorKind::Unsupported`] where standard input is no terminal; what the system says.
pub fn read_unseen() -> io::Result<Option<String>> {
    if !isatty(stdin()) {
        return Err(io::ErrorKind::Unsupported.into());
    }
    let before = tcgetattr(stdin())?;
    let mut unseen = before.clone();
    // Without signals too: a Ctrl+C that ended the program here would leave a shell that shows nothing.
    unseen.local_modes.remove(LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG);
    tcsetattr(stdin(), OptionalActions::Now, &unseen)?;
    let line = line();
    tcsetattr(stdin(), OptionalActions::Now, &before)?;
    line
}

fn line() -> io::Result<Option<String>> {
    let mut typed = Vec::with_capacity(MOST);
    loop {
        let mut key = [0];
        if rustix::io::retry_on_intr(|| rustix::io::read(stdin(), &mut key))? == 0 {
            return Ok(None);
        }
        match key {
            [b'\r' | b'\n'] => return Ok(String::from_utf8(typed).ok()),
            [0x03 | 0x04] => return Ok(None),
            [0x08 | 0x7f] => {
                // A character is what begins anew, not each byte of it.
                while typed.pop().is_some_and(|byte| byte & 0xc0 == 0x80) {}
            }
            [0x15] => typed.clear(),
            [byte] if typed.len() < MOST => typed.push(byte),
            _ => {}
        }
    }
}
