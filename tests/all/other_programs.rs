//! What another program does to the files of a session that runs: it changes the session's own file, or holds the ledger
//! for itself. Nothing that was shown as kept is lost by it, and nothing waits.

use std::fs::{self, File, OpenOptions};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use amparo::text::Language;
use amparo::words::{Say, StartSays};
use rustix::fs::{FlockOperation, flock};

use crate::caseworker::{Interview, command, facts, in_both, shown, spaced};
use crate::programs::amparo;
use crate::pty::{End, LONG};

/// What is noted: words that stand nowhere else.
const NOTES: [&str; 6] = ["quorvimex", "blentrado", "fistolune", "gravendol", "musterlin", "pradovex"];

/// Those notes that can be read back.
fn notes(home: &Path) -> Vec<&'static str> {
    let shown = command(home, &["sessions", "show"]);
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    NOTES.into_iter().filter(|note| shown.contains(note)).collect()
}

/// The session's file.
fn file(home: &Path) -> PathBuf {
    let mut files = fs::read_dir(home.join("data")).expect("a folder");
    files.next().expect("a file").expect("it").path()
}

fn length(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |about| about.len())
}

#[track_caller]
fn wait_until(what: &str, is_so: impl Fn() -> bool) {
    let until = Instant::now() + LONG;
    while !is_so() {
        assert!(Instant::now() < until, "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// A session in which something was noted that is on disk.
fn with_a_note(home: &Path, language: Language) -> Interview {
    let mut talk = Interview::session(amparo().home(home), language);
    talk.keys("n quorvimex <enter>");
    talk.settled();
    wait_until("the note is kept", || notes(home) == NOTES[..1]);
    talk
}

fn is_whole_so_far(home: &Path) {
    let verify = command(home, &["sessions", "verify", "--json"]);
    let said = String::from_utf8_lossy(&verify.stdout).into_owned();
    assert_eq!(verify.status.code(), Some(0), "{said}");
    assert!(said.replace(' ', "").contains(r#""finding":"open""#), "{said}");
}

fn open(path: &Path) -> File {
    OpenOptions::new().write(true).open(path).expect("it can be written")
}

/// Something that is done to a file, by its name.
type Does = (&'static str, fn(&Path));

/// What is done to the session's.
const DONE: [Does; 4] = [
    ("emptied", |path| open(path).set_len(0).expect("emptied")),
    ("zeroed in the middle", |path| {
        open(path).write_all_at(&[0; 256], length(path) - 512).expect("written");
    }),
    ("cut", |path| open(path).set_len(length(path) - 300).expect("cut")),
    ("added to", |path| open(path).write_all_at(&[7; 300], length(path)).expect("written")),
];

#[test]
fn a_file_that_something_else_alters_is_written_anew_and_that_is_said() {
    for (what, does) in DONE {
        in_both(|language| {
            let home = tempfile::tempdir().expect("a temporary folder");
            let mut talk = with_a_note(home.path(), language);
            let says = talk.word(Say::WrittenAnew);
            does(&file(home.path()));
            talk.keys("n blentrado <enter>");
            talk.pty.wait_for_text(says);
            assert!(!talk.pty.text().contains(&talk.not_saved()), "{what}\n{}", talk.pty.framed());
            assert_eq!(notes(home.path()), NOTES[..2], "{what}");
            talk.keys("<esc> q y");
            assert_eq!(talk.pty.wait_exit(), End::Code(0));
            assert_eq!(notes(home.path()), NOTES[..2], "{what}");
            is_whole_so_far(home.path());
        });
    }
}

#[test]
fn one_that_is_altered_before_it_is_left_is_written_anew_and_that_is_said_at_the_start() {
    in_both(|language| {
        let home = tempfile::tempdir().expect("a temporary folder");
        let mut talk = with_a_note(home.path(), language);
        open(&file(home.path())).set_len(0).expect("emptied");
        talk.keys("q");
        talk.settled();
        talk.keys("1");
        let says = spaced(&StartSays::WrittenAnew.text(language));
        talk.pty.wait_for(&says, |picture| spaced(&picture.text()).contains(&says));
        assert_eq!(notes(home.path()), NOTES[..1]);
        is_whole_so_far(home.path());
    });
}

#[test]
fn one_that_is_only_touched_is_gone_on_with_in_silence() {
    in_both(|language| {
        let home = tempfile::tempdir().expect("a temporary folder");
        let mut talk = with_a_note(home.path(), language);
        let path = file(home.path());
        open(&path).set_modified(std::time::SystemTime::UNIX_EPOCH).expect("touched");
        talk.keys("n blentrado <enter>");
        wait_until("it is kept", || notes(home.path()) == NOTES[..2]);
        // As long as a notice stands in its place.
        talk.pty.look_for(Duration::from_secs(6));
        assert!(!talk.pty.text().contains(talk.word(Say::WrittenAnew)), "{}", talk.pty.framed());
    });
}

#[test]
fn a_ledger_that_another_program_holds_keeps_no_event_back() {
    in_both(|language| {
        let home = tempfile::tempdir().expect("a temporary folder");
        let home = home.path();
        let mut talk = with_a_note(home, language);
        let (path, index) = (file(home), home.join("index"));
        wait_until("the ledger knows of it", || length(&index) > 0);
        let held = File::open(&index).expect("a ledger");
        flock(&held, FlockOperation::LockExclusive).expect("nobody has it");
        // This is to be noted in the ledger.
        talk.keys("<esc>");
        talk.wait_for_leaflet();
        talk.keys("<c-r>");
        talk.stands_at("told-before");
        let (known, began) = (length(&index), Instant::now());
        for note in &NOTES[1..] {
            let before = length(&path);
            talk.keys(&format!("n {note} <enter>"));
            wait_until("the note is on disk", || length(&path) > before);
        }
        let took = began.elapsed();
        // A note of five each waited for two seconds once.
        assert!(took < Duration::from_secs(8), "{took:?}");
        assert_eq!(notes(home), NOTES);
        assert_eq!(length(&index), known);
        // Let go, it hears of it by itself.
        flock(&held, FlockOperation::Unlock).expect("it is ours");
        wait_until("the ledger is told", || length(&index) > known);
        flock(&held, FlockOperation::LockExclusive).expect("nobody has it");
        talk.keys("n fistolune <enter> <esc> q y");
        assert_eq!(talk.pty.wait_exit(), End::Code(0));
        assert_eq!(facts(&shown(home)).last().map(String::as_str), Some("left"));
        drop(held);
        is_whole_so_far(home);
    });
}
