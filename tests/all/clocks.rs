//! A machine that slept, and one whose clock was set: some C before the system's own clocks.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::Duration;

use amparo::text::Language;
use amparo::words::{LeafletSays, Say, say};
use rustix::process::Signal;
use tempfile::TempDir;

use crate::caseworker::{Interview, facts, in_both, shown};
use crate::preload::built;
use crate::programs::amparo;
use crate::pty::Start;

/// The clocks of a machine.
struct Clocks {
    folder: TempDir,
}

impl Clocks {
    /// Clocks that go as they do; none where they cannot be had.
    fn new() -> Option<Self> {
        shim()?;
        let clocks = Self { folder: TempDir::new().expect("a temporary folder") };
        clocks.differ(0, 0);
        Some(clocks)
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("clocks")
    }

    /// A program on this machine.
    fn of(&self, start: Start) -> Start {
        start.env("LD_PRELOAD", shim().expect("there was one")).env("CLOCKS", self.file())
    }

    fn differ(&self, wall: i64, monotonic: i64) {
        let beside = self.folder.path().join("beside");
        std::fs::write(&beside, format!("{wall} {monotonic}")).expect("a temporary file");
        std::fs::rename(beside, self.file()).expect("a file is renamed");
    }

    /// So much of the time that went by was sleep.
    fn slept(&self, time: Duration) {
        self.differ(0, -i64::try_from(time.as_millis()).expect("a short sleep"));
    }
}

fn shim() -> Option<&'static Path> {
    static BUILT: OnceLock<Option<PathBuf>> = OnceLock::new();
    BUILT.get_or_init(|| built("clocks", "a machine that slept")).as_deref()
}

/// Longer than a slip, and nearly all of it asleep.
const NIGHT: Duration = Duration::from_millis(3_600);

#[test]
fn a_cover_that_the_machine_slept_under_is_no_slip() {
    in_both(is_no_slip);
}

fn is_no_slip(language: Language) {
    let Some(clocks) = Clocks::new() else { return };
    let home = tempfile::tempdir().expect("a temporary folder");
    crate::pin::set(home.path(), "246810", &[]);
    let start = amparo().args(["--lang", language.code().as_str()]).home(home.path());
    let mut talk = Interview::session(clocks.of(start), language);
    talk.keys("n");
    talk.pty.wait_for_text(say(language, Say::NoteTitle));
    talk.keys("<esc>");
    let keys = LeafletSays::Keys { of: 8 }.text(language);
    talk.pty.wait_for_text(&keys);
    talk.pty.look_for(NIGHT);
    clocks.slept(NIGHT);
    talk.keys("<c-r>");
    talk.pty.look_for(Duration::from_millis(300));
    assert!(talk.pty.text().contains(&keys), "no PIN was asked:\n{}", talk.pty.framed());
    talk.keys("<c-r> 2 4 6 8 1 0");
    talk.pty.wait_for_text(say(language, Say::NoteTitle));
}

#[test]
fn a_machine_that_wakes_shows_the_leaflet() {
    in_both(wakes_as_the_leaflet);
}

fn wakes_as_the_leaflet(language: Language) {
    let Some(clocks) = Clocks::new() else { return };
    let home = tempfile::tempdir().expect("a temporary folder");
    let start = amparo().args(["--lang", language.code().as_str()]).home(home.path());
    let mut talk = Interview::session(clocks.of(start), language);
    // She is in the room there, where rest alone covers nothing.
    talk.walk_to("company");
    talk.settled();
    talk.pty.look_for(Duration::from_secs(2));
    clocks.slept(Duration::from_millis(1_800));
    // What wakes it here; the system's own word for that cannot be had without putting the machine to sleep.
    talk.pty.signal(Signal::WINCH);
    talk.wait_for_leaflet();
    // The key that was pressed first opens a page, and answers nothing.
    talk.settled();
    let facts = facts(&shown(home.path()));
    assert_eq!(facts.last().map(String::as_str), Some("covered"), "{facts:?}");
}
