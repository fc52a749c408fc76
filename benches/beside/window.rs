//! A program in a terminal of its own, with the instant at which each byte came. `tests/all/pty.rs` has more, and
//! looks with two emulators from another thread, which would stand in each figure.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::os::fd::AsFd as _;
use std::path::Path;
use std::time::{Duration, Instant};

use filedescriptor::FileDescriptor;
use portable_pty::{Child, CommandBuilder, PtySize, native_pty_system};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, Signal, kill_process_group};

use super::programs::Program;

const ROWS: u16 = 24;
const COLS: u16 = 80;

/// How long anything may take before the bench gives up.
const LONG: Duration = Duration::from_secs(20);

/// A running program. Dropping it ends the program.
pub struct Window {
    device: File,
    child: Box<dyn Child + Send + Sync>,
    pid: Pid,
    screen: vt100::Parser,
    opened: Instant,
}

impl Window {
    /// Starts a program, in an environment as bare for one as for the other.
    pub fn open(program: &Program, home: &Path) -> Self {
        Self::open_with(program, home, &[])
    }

    /// The same with this in its environment.
    pub fn open_with(program: &Program, home: &Path, environment: &[(&str, &Path)]) -> Self {
        let size = PtySize { rows: ROWS, cols: COLS, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a terminal device");
        let mut command = CommandBuilder::new(&program.path);
        command.args(&program.args);
        command.env_clear();
        for (name, value) in [("TERM", "xterm-256color"), ("LANG", "en_US.UTF-8"), ("PATH", "/usr/bin:/bin")]
        {
            command.env(name, value);
        }
        command.env("HOME", home);
        command.env("AMPARO_HOME", home);
        for (name, value) in environment {
            command.env(name, value);
        }
        command.cwd(home);
        let raw = pair.master.as_raw_fd().expect("a descriptor");
        // That crate's own writer types Ctrl+D when it is dropped.
        let device = FileDescriptor::dup(&raw).and_then(|fd| fd.as_file()).expect("a second descriptor");
        let opened = Instant::now();
        let child = pair
            .slave
            .spawn_command(command)
            .unwrap_or_else(|error| panic!("`{}` does not start: {error}", program.path.display()));
        let pid = child.process_id().and_then(|id| Pid::from_raw(id.try_into().ok()?)).expect("a process id");
        let [rows, cols] = [ROWS, COLS].map(|cells| cells.try_into().expect("a terminal has cells"));
        let screen = vt100::Parser::new(rows, cols, 0);
        Self { device, child, pid, screen, opened }
    }

    /// Waits until the screen has a text, and gives the time from the start to the last byte of it.
    ///
    /// # Panics
    /// With the screen, when it does not come.
    pub fn until(&mut self, text: &str) -> Duration {
        while self.opened.elapsed() < LONG {
            let Some(came) = self.read(LONG.saturating_sub(self.opened.elapsed())) else { break };
            if self.text().contains(text) {
                return came.duration_since(self.opened);
            }
        }
        panic!("`{text}` did not come. The screen:\n{}", self.text());
    }

    /// Presses a key, and gives the time to the last byte of what it changes: until nothing comes for so long.
    ///
    /// # Panics
    /// With the screen, when nothing changes.
    pub fn press(&mut self, key: &[u8], silence: Duration) -> Duration {
        let before = self.text();
        let pressed = Instant::now();
        self.device.write_all(key).expect("the terminal takes input");
        let mut last = self.read(LONG);
        while let Some(came) = self.read(silence) {
            last = Some(came);
        }
        match last.filter(|_| self.text() != before) {
            Some(last) => last.duration_since(pressed),
            None => panic!("{key:?} changed nothing. The screen:\n{before}"),
        }
    }

    /// Types, and waits for nothing.
    pub fn send(&mut self, keys: &[u8]) {
        self.device.write_all(keys).expect("the terminal takes input");
    }

    /// Takes what comes next, and says when it came.
    fn read(&mut self, wait: Duration) -> Option<Instant> {
        let wait = Timespec::try_from(wait).expect("a short time");
        let mut ready = [PollFd::from_borrowed_fd(self.device.as_fd(), PollFlags::IN)];
        if poll(&mut ready, Some(&wait)) != Ok(1) {
            return None;
        }
        let mut bytes = [0; 4096]; // what a terminal holds at most
        // An error is how a terminal says that the last program in it is gone.
        let read = self.device.read(&mut bytes).ok().filter(|read| *read > 0)?;
        let came = Instant::now();
        self.screen.process(&bytes[..read]);
        Some(came)
    }

    /// Takes all that is drawn in this time.
    pub fn rest(&mut self, time: Duration) {
        let until = Instant::now() + time;
        while let Some(left) = until.checked_duration_since(Instant::now()) {
            if self.read(left).is_none() {
                std::thread::sleep(until.saturating_duration_since(Instant::now()));
            }
        }
    }

    fn text(&self) -> String {
        self.screen.screen().contents()
    }

    /// The process.
    pub fn pid(&self) -> u32 {
        self.pid.as_raw_nonzero().get().unsigned_abs()
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        let _ = kill_process_group(self.pid, Signal::KILL);
        let _ = self.child.wait();
    }
}
