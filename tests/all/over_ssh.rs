//! The key on a laptop that is not the one that is typed at: a real sshd on the loopback, and the program at its end.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use amparo::text::Language;
use amparo::words::Say;
use rustix::fs::{FlockOperation, flock};

use crate::caseworker::{Interview, in_both, locale};
use crate::danger_key::{comes_back, hides};
use crate::leaflets::stranger;
use crate::marked::skipped;
use crate::programs::amparo;
use crate::pty::{End, LONG, Pty, Start};

/// What is planted in a note that is half typed.
const PLANTED: &str = "quorvimex";

/// Where sshd goes, as root, before anybody has logged in; Debian's package makes it when its own sshd is started.
const EMPTY: &str = "/run/sshd";

/// An sshd of the test's own, whose keys lie in a folder with it. Dropping it ends it and all that it has started.
struct Sshd {
    listens: Child,
    port: u16,
    folder: tempfile::TempDir,
    _empty: Option<Empty>,
}

/// A program, also where the path of an ordinary user does not lead.
fn program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let further = ["/usr/sbin", "/usr/local/sbin", "/sbin"].map(PathBuf::from);
    std::env::split_paths(&path).chain(further).map(|folder| folder.join(name)).find(|file| file.exists())
}

impl Sshd {
    /// Starts it, on a port that is free, for whoever runs the tests; none where it is not installed.
    fn start() -> Option<Self> {
        let (Some(sshd), Some(keygen), Some(_)) = (program("sshd"), program("ssh-keygen"), program("ssh"))
        else {
            skipped("the key over ssh: sshd and ssh are not both installed");
            return None;
        };
        let folder = tempfile::tempdir().expect("a temporary folder");
        for name in ["host", "own"] {
            let made = Command::new(&keygen)
                .args(["-q", "-t", "ed25519", "-N", "", "-C", "", "-f"])
                .arg(folder.path().join(name))
                .status();
            assert!(made.is_ok_and(|made| made.success()), "a key is made");
        }
        let empty = rustix::process::geteuid().is_root().then(Empty::there);
        // Somebody may take the port between the look for it and the start.
        for _ in 0..5 {
            let free = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr());
            let port = free.expect("a port of the loopback").port();
            std::fs::write(folder.path().join("settings"), settings(folder.path(), port)).expect("a file");
            let log = File::create(folder.path().join("log")).expect("a file");
            let mut child = Command::new(&sshd)
                .args(["-D", "-e", "-f"])
                .arg(folder.path().join("settings"))
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(log)
                .spawn()
                .expect("sshd starts");
            if answers(&mut child, port) {
                let host = std::fs::read_to_string(folder.path().join("host.pub")).expect("its public key");
                std::fs::write(folder.path().join("known"), format!("[127.0.0.1]:{port} {host}"))
                    .expect("a file");
                return Some(Self { listens: child, port, folder, _empty: empty });
            }
            let _ = child.kill();
            let _ = child.wait();
        }
        panic!(
            "sshd does not answer:\n{}",
            std::fs::read_to_string(folder.path().join("log")).unwrap_or_default()
        );
    }

    /// The program at the other end, in practice, in a home of its own.
    fn practice(&self, language: Language, home: &Path) -> Start {
        let file = |name: &str| self.folder.path().join(name).display().to_string();
        let there = format!(
            "exec env LANG={} AMPARO_HOME={} {} run --practice",
            locale(language),
            home.display(),
            amparo().path().display()
        );
        Start::program("ssh")
            .args(["-tt", "-F", "none", "-p", &self.port.to_string(), "-i", &file("own")])
            .args(["-o", "BatchMode=yes", "-o", "IdentitiesOnly=yes", "-o", "IdentityAgent=none"])
            .args([
                "-o",
                &format!("UserKnownHostsFile={}", file("known")),
                "-o",
                "GlobalKnownHostsFile=/dev/null",
            ])
            .args(["-o", "LogLevel=ERROR", "127.0.0.1", &there])
    }
}

impl Drop for Sshd {
    fn drop(&mut self) {
        // Whoever is logged in has a process that no group holds; it ends when its client has.
        let until = Instant::now() + LONG;
        while children(self.listens.id()).next().is_some() && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(10));
        }
        let _ = self.listens.kill();
        let _ = self.listens.wait();
    }
}

fn children(pid: u32) -> impl Iterator<Item = u32> {
    let children = std::fs::read_to_string(format!("/proc/{pid}/task/{pid}/children")).unwrap_or_default();
    children.split_whitespace().filter_map(|pid| pid.parse().ok()).collect::<Vec<_>>().into_iter()
}

fn settings(folder: &Path, port: u16) -> String {
    let folder = folder.display();
    format!(
        "ListenAddress 127.0.0.1\nPort {port}\nHostKey {folder}/host\nAuthorizedKeysFile {folder}/own.pub\n\
         PidFile {folder}/pid\nUsePAM no\nStrictModes no\nUseDNS no\nPrintMotd no\nPrintLastLog no\n\
         PermitRootLogin yes\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n"
    )
}

/// Waits until it tells at its port who it is.
fn answers(sshd: &mut Child, port: u16) -> bool {
    let until = Instant::now() + LONG;
    while Instant::now() < until && matches!(sshd.try_wait(), Ok(None)) {
        if let Ok(talk) = TcpStream::connect(("127.0.0.1", port)) {
            let mut told = String::new();
            let _ = talk.set_read_timeout(Some(LONG));
            return BufReader::new(talk).read_line(&mut told).is_ok() && told.starts_with("SSH-2.0");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    false
}

/// The empty folder of sshd, held while it is needed: the last test on this machine that made it takes it away.
struct Empty {
    held: File,
    made: bool,
}

impl Empty {
    fn there() -> Self {
        loop {
            let made = std::fs::DirBuilder::new().mode(0o755).create(EMPTY).is_ok();
            let Ok(held) = File::open(EMPTY) else { continue };
            flock(&held, FlockOperation::LockShared).expect("it can be held");
            // Whoever held it before may have taken it away by now.
            if Path::new(EMPTY).exists() {
                return Self { held, made };
            }
        }
    }
}

impl Drop for Empty {
    fn drop(&mut self) {
        if self.made && flock(&self.held, FlockOperation::NonBlockingLockExclusive).is_ok() {
            let _ = std::fs::remove_dir(EMPTY);
        }
    }
}

/// Back with the half-typed note, of which a shy screen shows dots.
#[track_caller]
fn is_back(pty: &mut Pty) {
    comes_back(pty);
    pty.wait_for("the half-typed note", |picture| {
        let text = picture.text();
        text.contains(&"·".repeat(PLANTED.len())) || text.contains(PLANTED)
    });
}

#[test]
fn over_ssh_the_key_alone_and_among_other_bytes_hides_all_of_it() {
    let Some(sshd) = Sshd::start() else { return };
    in_both(|language| {
        let home = tempfile::tempdir().expect("a temporary folder");
        let mut talk = Interview::with(sshd.practice(language, home.path()), language);
        talk.stands_at("told-before");
        talk.keys("n");
        talk.wait_for_word(Say::NoteTitle);
        talk.keys(PLANTED);
        talk.pty.wait_for_text(PLANTED);
        let mut took = Vec::new();
        for form in [
            &b"\x1b"[..],
            b"\x1bq",
            b"a\x1b",
            b"\x1b1",
            b"\x1bOx",
            b"\x1b[B\x1b",
            b"\x1b\x12",
            b"\x1b\x1b\x1b",
        ] {
            took.push(hides(&mut talk.pty, form));
            is_back(&mut talk.pty);
        }
        // Nobody on the way holds it back to see whether more comes, as tmux does; the machine may be busy.
        let least = took.iter().min().copied().unwrap_or(LONG);
        assert!(least < Duration::from_millis(250), "{took:?}");
        let _ = writeln!(std::io::stderr(), "the key over ssh on the loopback: {took:?}");
        hides(&mut talk.pty, b"\x1b");
        let leaflet = talk.pty.frames().last().expect("the leaflet was drawn").from;
        talk.pty.send(b"q");
        talk.pty.wait_for_text(&amparo::words::LeafletSays::Close.text(language));
        talk.pty.send(b"y");
        // ssh ends with the code of what ran there.
        assert_eq!(talk.pty.wait_exit(), End::Code(0), "{}", talk.pty.framed());
        assert_eq!(stranger(talk.pty.bytes_after(leaflet), &[PLANTED]), None);
        let picture = talk.pty.picture();
        assert_eq!(picture.main_screen().trim(), "");
        assert_eq!((picture.noticed().titles.len(), picture.noticed().bells), (0, 0));
    });
}
