//! A program in a terminal of its own: started, typed at, looked at, waited for, ended. Every byte it writes is kept
//! and shown to the emulators of `picture`.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::AsFd;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use amparo::text::Language;
use filedescriptor::FileDescriptor;
use portable_pty::{Child, CommandBuilder, PtySize, native_pty_system};
use rustix::event::{PollFd, PollFlags, poll};
use rustix::process::{Pid, Signal, kill_process, kill_process_group};
use rustix::termios::{QueueSelector, Winsize, tcflush, tcsetwinsize};
use tempfile::TempDir;

use crate::keys::presses;
use crate::languages::{locale, locale_of_the_story, speaks_as_the_story_is_told};
use crate::picture::{Cells, Picture};

/// How long anything may take before a test gives up; generous, since machines are busy.
pub const LONG: Duration = Duration::from_secs(30);

/// A program to be started.
pub struct Start {
    program: PathBuf,
    args: Vec<OsString>,
    env: Vec<(OsString, OsString)>,
    size: Cells,
    home: Option<PathBuf>,
    keys: Keys,
    speaks: Speaks,
}

/// What a program says to people.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Speaks {
    Language,
    Nothing,
}

/// What is done about keys before a program starts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keys {
    Put,
    LeftAsTheyAre,
}

impl Start {
    /// Any program, in 80 by 24 cells, with a bare environment and a folder of its own as home.
    pub fn program(path: impl Into<PathBuf>) -> Self {
        let size = Cells { cols: 80, rows: 24 };
        Self {
            program: path.into(),
            args: Vec::new(),
            env: Vec::new(),
            size,
            home: None,
            keys: Keys::Put,
            speaks: Speaks::Language,
        }
    }

    /// A program that says nothing in any language, and so stands in no story: a bare shell, an example.
    pub fn wordless(mut self) -> Self {
        self.speaks = Speaks::Nothing;
        self
    }

    /// The program.
    pub fn path(&self) -> &Path {
        &self.program
    }

    /// With these arguments.
    pub fn args<A: AsRef<OsStr>>(mut self, args: impl IntoIterator<Item = A>) -> Self {
        self.args.extend(args.into_iter().map(|arg| arg.as_ref().to_owned()));
        self
    }

    /// With this in its environment.
    pub fn env(mut self, name: impl AsRef<OsStr>, value: impl AsRef<OsStr>) -> Self {
        self.env.push((name.as_ref().to_owned(), value.as_ref().to_owned()));
        self
    }

    /// In a terminal of this size.
    pub fn size(mut self, cols: u16, rows: u16) -> Self {
        self.size = Cells { cols, rows };
        self
    }

    /// In this folder instead of a new one: what an earlier run left is there.
    pub fn home(mut self, home: impl Into<PathBuf>) -> Self {
        self.home = Some(home.into());
        self
    }

    /// On a machine that has the keys that are there, or none.
    pub fn with_no_keys_put(mut self) -> Self {
        self.keys = Keys::LeftAsTheyAre;
        self
    }

    /// The locale that it starts in: its story's, whatever else names a language.
    #[track_caller]
    fn locale(&self) -> &'static str {
        if self.speaks == Speaks::Nothing {
            return locale(Language::English);
        }
        let lang = self.env.iter().filter(|(name, _)| name == "LANG").map(|(_, value)| value);
        let flag = self.args.windows(2).filter(|pair| pair[0] == "--lang").map(|pair| &pair[1]);
        for named in lang.chain(flag) {
            speaks_as_the_story_is_told(&named.to_string_lossy());
        }
        locale_of_the_story()
    }

    /// Starts it, in the language of the story that is being told.
    ///
    /// # Panics
    /// No terminal, no such program, no story, or another language than the story's.
    #[track_caller]
    pub fn go(self) -> Pty {
        let lang = self.locale();
        let own = TempDir::new().expect("a temporary folder");
        let home = self.home.unwrap_or_else(|| own.path().to_owned());
        if self.keys == Keys::Put {
            crate::keys_at_hand::put(&home);
        }
        let size = PtySize { rows: self.size.rows, cols: self.size.cols, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a terminal device");
        let mut command = CommandBuilder::new(&self.program);
        command.args(&self.args);
        command.env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("TERM", "xterm-256color");
        command.env("LANG", lang);
        command.env("HOME", &home);
        command.env("AMPARO_HOME", &home);
        for (name, value) in &self.env {
            command.env(name, value);
        }
        command.cwd(&home);
        let child = pair
            .slave
            .spawn_command(command)
            .unwrap_or_else(|error| panic!("`{}` does not start: {error}", self.program.display()));
        let raw = pair.master.as_raw_fd().expect("a descriptor");
        // That crate's own writer types Enter and Ctrl+D when it is dropped, and its reader cannot be stopped.
        let device = FileDescriptor::dup(&raw).and_then(|fd| fd.as_file()).expect("a second descriptor");
        Pty::new(device, child, self.size, home, own)
    }
}

/// How a program ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// It left with this code.
    Code(u32),
    /// A signal ended it.
    Signal(String),
}

/// A terminal's queue of input holds so many bytes.
const QUEUE: usize = 4_096;

/// A place in the stream of bytes that a program has written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark(usize);

/// A program that runs in a terminal. Dropping it ends the program and all that it started.
pub struct Pty {
    device: Option<File>,
    child: Box<dyn Child + Send + Sync>,
    pid: Pid,
    listener: Option<(UnixStream, JoinHandle<()>)>,
    incoming: Receiver<Vec<u8>>,
    stream: Vec<u8>,
    picture: Picture,
    /// Where the frame that is under way begins.
    frame: Mark,
    frames: Option<Vec<Drawn>>,
    home: PathBuf,
    _own: TempDir,
}

/// A frame that was drawn.
#[derive(Debug, Clone)]
pub struct Drawn {
    /// Where its bytes begin, or those before it that are no frame's.
    pub from: Mark,
    /// The screen after it.
    pub text: String,
}

impl Pty {
    /// The start of the stream of bytes.
    pub const START: Mark = Mark(0);

    fn new(
        device: File,
        child: Box<dyn Child + Send + Sync>,
        size: Cells,
        home: PathBuf,
        own: TempDir,
    ) -> Self {
        let pid = child.process_id().and_then(|id| Pid::from_raw(id.try_into().ok()?)).expect("a process id");
        let (listener, incoming) = listen(&device);
        Self {
            device: Some(device),
            child,
            pid,
            listener: Some(listener),
            incoming,
            stream: Vec::new(),
            picture: Picture::new(size),
            frame: Self::START,
            frames: None,
            home,
            _own: own,
        }
    }

    /// Takes again what the program writes, after [`pause`](Self::pause).
    pub fn go_on(&mut self) {
        let (listener, incoming) = listen(self.device());
        (self.listener, self.incoming) = (Some(listener), incoming);
    }

    fn device(&self) -> &File {
        self.device.as_ref().expect("the window is open")
    }

    /// The folder that is the program's home.
    pub fn home(&self) -> &Path {
        &self.home
    }

    /// The process.
    pub fn pid(&self) -> u32 {
        self.pid.as_raw_nonzero().get().unsigned_abs()
    }

    /// Sends bytes in one write, whatever they are. They may reach the program together with what is sent next.
    pub fn send(&mut self, bytes: &[u8]) {
        if bytes.len() < QUEUE {
            return self.device().write_all(bytes).expect("the terminal takes input");
        }
        let (mut device, bytes) = (self.device().try_clone().expect("a descriptor"), bytes.to_vec());
        let writer = std::thread::spawn(move || device.write_all(&bytes));
        let until = Instant::now() + LONG;
        while !writer.is_finished() && Instant::now() < until {
            self.look(Duration::from_millis(2));
            // Nobody reads any more, and more than the queue holds would wait for ever.
            if !self.is_running() {
                let terminal = self.terminal();
                let _ = terminal.map(|terminal| tcflush(terminal, QueueSelector::IFlush));
            }
        }
    }

    /// The terminal as a program has it that runs there.
    fn terminal(&self) -> std::io::Result<File> {
        let name = rustix::pty::ptsname(self.device(), Vec::new())?;
        let flags = (rustix::fs::OFlags::NOCTTY | rustix::fs::OFlags::NONBLOCK).bits().cast_signed();
        let mut open = std::fs::OpenOptions::new();
        open.read(true).write(true).custom_flags(flags).open(OsStr::from_bytes(name.to_bytes()))
    }

    /// Writes onto the terminal as another program would that runs in it: a job in the background, `wall`.
    pub fn elsewhere_writes(&self, bytes: &[u8]) {
        let mut terminal = self.terminal().expect("it can be opened");
        // Where the program has just filled the line, what is written there waits until it was read.
        for _ in 0..200 {
            match terminal.write(bytes) {
                Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {
                    std::thread::sleep(Duration::from_millis(5));
                }
                written => {
                    written.expect("it can be written to");
                    return;
                }
            }
        }
    }

    /// Presses keys, in the notation of `keys`: each only when the program has read the one before, so that
    /// `<esc> 1` are two presses and not Alt.
    pub fn keys(&mut self, notation: &str) {
        for press in presses(notation) {
            let before = self.has_read();
            self.send(&press);
            let until = Instant::now() + LONG;
            // Less than before: what a shell had started has ended, or the program was executed anew.
            while before
                .zip(self.has_read())
                .is_some_and(|(before, read)| (before..before + press.len() as u64).contains(&read))
                && Instant::now() < until
                && self.is_running()
            {
                self.look(Duration::from_micros(200));
            }
            if before.is_none() {
                self.look_for(Duration::from_millis(20));
            }
            // The program looks whether an ESC goes on at once, and swallows the tail of a sequence for a while.
            if press == b"\x1b" {
                self.look_for(Duration::from_millis(60));
            }
        }
    }

    /// How many bytes the process, and what it started, have read from anything. None: the program keeps that to
    /// itself, and the tests are not root's.
    fn has_read(&self) -> Option<u64> {
        let read = |pid: u32| {
            let io = std::fs::read_to_string(format!("/proc/{pid}/io"));
            if io.as_ref().is_err_and(|error| error.kind() == std::io::ErrorKind::PermissionDenied) {
                return None;
            }
            let io = io.unwrap_or_default();
            let read = io.lines().find_map(|line| line.strip_prefix("rchar: "));
            Some(read.and_then(|read| read.parse().ok()).unwrap_or(0))
        };
        let own = read(self.pid())?;
        self.children().into_iter().try_fold(own, |sum, child| Some(sum + read(child)?))
    }

    /// What the process has started, as a shell does.
    pub fn children(&self) -> Vec<u32> {
        let own = self.pid();
        let children =
            std::fs::read_to_string(format!("/proc/{own}/task/{own}/children")).unwrap_or_default();
        children.split_whitespace().filter_map(|pid| pid.parse().ok()).collect()
    }

    /// Gives the window another size.
    pub fn resize(&mut self, cols: u16, rows: u16) {
        self.look(Duration::ZERO);
        self.picture.resize(Cells { cols, rows });
        let size = Winsize { ws_row: rows, ws_col: cols, ws_xpixel: 0, ws_ypixel: 0 };
        tcsetwinsize(self.device(), size).expect("the terminal has a size");
    }

    /// Says that the window has a size which it has not: the picture stays as it is.
    pub fn claims_a_size(&mut self, cols: u16, rows: u16) {
        self.look(Duration::ZERO);
        let size = Winsize { ws_row: rows, ws_col: cols, ws_xpixel: 0, ws_ypixel: 0 };
        tcsetwinsize(self.device(), size).expect("the terminal has a size");
    }

    /// Sends a signal to the program.
    pub fn signal(&self, signal: Signal) {
        let _ = kill_process(self.pid, signal);
    }

    /// Closes the window: the program is sent SIGHUP, and its terminal is no more.
    pub fn close_window(&mut self) {
        self.stop_listening();
        self.device = None;
    }

    /// Takes nothing more of what the program writes, as a line that stalled; the device soon holds back the rest.
    pub fn pause(&mut self) {
        self.look(Duration::ZERO);
        self.stop_listening();
    }

    /// Takes what has been written until now, waiting at most so long for the first of it.
    pub fn look(&mut self, wait: Duration) -> &Picture {
        let mut next = if wait.is_zero() {
            self.incoming.try_recv().ok()
        } else {
            self.incoming.recv_timeout(wait).ok()
        };
        while let Some(bytes) = next {
            self.take(&bytes);
            next = self.incoming.try_recv().ok();
        }
        &self.picture
    }

    /// Takes what is written in this time.
    pub fn look_for(&mut self, time: Duration) -> &Picture {
        let until = Instant::now() + time;
        while let Some(left) = until.checked_duration_since(Instant::now()).filter(|left| !left.is_zero()) {
            match self.incoming.recv_timeout(left) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => {
                    std::thread::sleep(left);
                    break;
                }
            }
        }
        &self.picture
    }

    fn take(&mut self, bytes: &[u8]) {
        // The marks around a frame end with these letters.
        for piece in bytes.split_inclusive(|byte| matches!(byte, b'h' | b'l')) {
            let was_whole = self.picture.is_whole();
            self.stream.extend_from_slice(piece);
            self.picture.feed(piece);
            if !was_whole && self.picture.is_whole() {
                if let Some(frames) = &mut self.frames {
                    frames.push(Drawn { from: self.frame, text: self.picture.text() });
                }
                self.frame = Mark(self.stream.len());
            }
        }
    }

    /// From now on each frame is kept as it is drawn; what was kept before is forgotten.
    pub fn keep_frames(&mut self) {
        self.look(Duration::ZERO);
        self.frame = Mark(self.stream.len());
        self.frames = Some(Vec::new());
    }

    /// The frames that were drawn since [`keep_frames`](Self::keep_frames).
    pub fn frames(&self) -> &[Drawn] {
        self.frames.as_deref().unwrap_or_default()
    }

    /// The size of the window.
    pub fn size(&self) -> Cells {
        let (rows, cols) = self.picture.modes().size();
        Cells { cols: cols.get(), rows: rows.get() }
    }

    /// Waits until a whole frame is as wished, and gives how long that took.
    ///
    /// # Panics
    /// With a picture of the screen, when it takes longer than [`LONG`].
    #[track_caller]
    pub fn wait_for(&mut self, what: &str, is_so: impl Fn(&Picture) -> bool) -> Duration {
        let started = Instant::now();
        self.look(Duration::ZERO);
        loop {
            if self.picture.is_whole() && is_so(&self.picture) {
                return started.elapsed();
            }
            let left = LONG.saturating_sub(started.elapsed());
            match self.incoming.recv_timeout(left) {
                Ok(bytes) => self.take(&bytes),
                Err(error) => panic!("{what} did not come ({error}). The screen:\n{}", self.framed()),
            }
        }
    }

    /// Waits until this text is on the screen.
    ///
    /// # Panics
    /// As [`wait_for`](Self::wait_for).
    #[track_caller]
    pub fn wait_for_text(&mut self, text: &str) -> Duration {
        self.wait_for(&format!("`{text}`"), |picture| picture.text().contains(text))
    }

    /// The screen with a frame around it, for people.
    pub fn framed(&self) -> String {
        let bar = "─".repeat(self.picture.modes().size().1.get().into());
        let lines: Vec<String> = self.picture.text().lines().map(|line| format!("│{line}")).collect();
        format!("┌{bar}\n{}\n└{bar}", lines.join("\n"))
    }

    /// What the terminal shows, as of the last look.
    pub fn picture(&self) -> &Picture {
        &self.picture
    }

    /// The screen's lines, as of the last look.
    pub fn text(&self) -> String {
        self.picture.text()
    }

    /// The end of what the program has written until now.
    pub fn mark(&mut self) -> Mark {
        self.look(Duration::ZERO);
        Mark(self.stream.len())
    }

    /// All bytes that the program has written since.
    pub fn bytes_after(&mut self, mark: Mark) -> &[u8] {
        self.look(Duration::ZERO);
        &self.stream[mark.0..]
    }

    /// The terminal's modes as the program has them now (`stty -a` in Rust's words).
    pub fn modes(&self) -> String {
        let modes = rustix::termios::tcgetattr(self.device()).expect("the terminal has modes");
        format!("{modes:?}")
    }

    /// Whether the program has not ended.
    pub fn is_running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Waits until the program ends, and takes the last of what it wrote.
    ///
    /// # Panics
    /// With a picture of the screen, when it takes longer than [`LONG`].
    #[track_caller]
    pub fn wait_exit(&mut self) -> End {
        let until = Instant::now() + LONG;
        loop {
            if let Some(status) = self.child.try_wait().expect("the child can be waited for") {
                self.last_words();
                return match status.signal() {
                    Some(signal) => End::Signal(signal.to_owned()),
                    None => End::Code(status.exit_code()),
                };
            }
            assert!(Instant::now() < until, "the program does not end. The screen:\n{}", self.framed());
            self.look_for(Duration::from_millis(2));
        }
    }

    /// Takes what an ended program had still written: to the end of the device, or, where somebody else holds it open,
    /// for a moment.
    fn last_words(&mut self) {
        while let Ok(bytes) = self.incoming.recv_timeout(Duration::from_millis(300)) {
            self.take(&bytes);
        }
    }

    fn stop_listening(&mut self) {
        if let Some((stop, thread)) = self.listener.take() {
            drop(stop);
            let _ = thread.join();
        }
    }
}

/// Takes in a thread of its own what is written to a device.
fn listen(device: &File) -> ((UnixStream, JoinHandle<()>), Receiver<Vec<u8>>) {
    let (stop, stopped) = UnixStream::pair().expect("a pair of sockets");
    let from = device.try_clone().expect("a second descriptor");
    let (send, incoming) = channel();
    let thread = std::thread::spawn(move || {
        let mut bytes = vec![0; 64 * 1024];
        loop {
            let mut ready = [
                PollFd::from_borrowed_fd(stopped.as_fd(), PollFlags::IN),
                PollFd::from_borrowed_fd(from.as_fd(), PollFlags::IN),
            ];
            if poll(&mut ready, None).is_err() || !ready[0].revents().is_empty() {
                return;
            }
            // The device gives an error when the last process that has it open is gone.
            let Ok(read @ 1..) = (&from).read(&mut bytes) else { return };
            if send.send(bytes[..read].to_vec()).is_err() {
                return;
            }
        }
    });
    ((stop, thread), incoming)
}

impl Drop for Pty {
    fn drop(&mut self) {
        let _ = kill_process_group(self.pid, Signal::KILL);
        let _ = self.child.wait();
        self.stop_listening();
    }
}
