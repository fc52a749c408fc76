//! A disk that fails under the running program: the answer stays and is told to be not saved, nothing earlier is harmed,
//! and it is kept by itself once the disk works again.

use std::path::Path;
use std::time::{Duration, Instant};

use amparo::text::Language;

use crate::bad_disk::{BadDisk, Fails};
use crate::caseworker::{Interview, command, in_both, shown};
use crate::marked::no_file_has;
use crate::programs::amparo;
use crate::pty::LONG;

const EACH: [Fails; 3] = [Fails::ToSync, Fails::Full, Fails::ReadOnly];

/// What is noted: words that stand nowhere else.
const NOTES: [&str; 3] = ["quorvimex", "blentrado", "fistolune"];

/// The notes that can be read back, in their order.
fn notes(home: &Path) -> Vec<String> {
    let shown = command(home, &["sessions", "show"]);
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    let mut found: Vec<(usize, &str)> = Vec::new();
    for note in NOTES {
        found.extend(shown.match_indices(note).map(|(at, _)| (at, note)));
    }
    found.sort_unstable();
    found.into_iter().map(|(_, note)| note.to_owned()).collect()
}

fn is_whole_so_far(home: &Path) {
    let verify = command(home, &["sessions", "verify", "--json"]);
    let said = String::from_utf8_lossy(&verify.stdout).into_owned();
    assert_eq!(verify.status.code(), Some(0), "{said}");
    assert!(said.contains(r#""finding": "open""#) || said.contains(r#""finding":"open""#), "{said}");
}

/// What she sees, and what lies on the disk, before the fault, while it lasts, and after it.
fn told_and_kept(fails: Fails, language: Language) {
    let Some(disk) = BadDisk::new() else { return };
    let home = tempfile::tempdir().expect("a temporary folder");
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let start = amparo().home(home.path()).env("TMPDIR", temporary.path());
    let mut talk = Interview::session(disk.under_folder(start, home.path()), language);
    let not_saved = talk.not_saved();
    talk.keys("n quorvimex <enter>");
    talk.settled();
    // It is drawn at once, and kept a moment later.
    let until = Instant::now() + LONG;
    while notes(home.path()).is_empty() && Instant::now() < until {
        talk.pty.look_for(Duration::from_millis(50));
    }
    assert!(!talk.pty.text().contains(&not_saved), "{fails:?}\n{}", talk.pty.framed());
    let before = notes(home.path());
    assert_eq!(before, ["quorvimex"], "{fails:?}");

    disk.fails(fails);
    talk.keys("n blentrado <enter>");
    talk.pty.wait_for_text(&not_saved);
    // What she does meanwhile is taken, and waits too.
    talk.keys("n fistolune <enter>");
    talk.settled();
    assert!(talk.pty.text().contains(&not_saved), "{fails:?}\n{}", talk.pty.framed());
    assert_eq!(notes(home.path())[..1], before, "what was kept is there, {fails:?}");
    no_file_has(&NOTES, &[home.path(), temporary.path()]);

    disk.let_go();
    talk.pty.wait_for("that it is saved", |picture| !picture.text().contains(&not_saved));
    assert_eq!(notes(home.path()), NOTES, "each once, {fails:?}");
    talk.keys("<esc> q y");
    talk.pty.wait_exit();
    is_whole_so_far(home.path());
    assert_eq!(notes(home.path()), NOTES, "each once, {fails:?}");
    no_file_has(&NOTES, &[home.path(), temporary.path()]);
}

#[test]
fn what_a_failing_disk_does_not_take_is_told_and_kept_as_soon_as_it_works_again() {
    for fails in EACH {
        in_both(|language| told_and_kept(fails, language));
    }
}

#[test]
fn a_session_that_begins_on_a_failing_disk_is_told_and_made_as_soon_as_it_works_again() {
    for fails in EACH {
        in_both(|language| {
            let Some(disk) = BadDisk::new() else { return };
            let home = tempfile::tempdir().expect("a temporary folder");
            let temporary = tempfile::tempdir().expect("a temporary folder");
            let start = amparo().home(home.path()).env("TMPDIR", temporary.path());
            let start = disk.under_folder(start, home.path());
            let mut talk = Interview::with(start, language);
            talk.wait_for_start();
            disk.fails(fails);
            talk.begin();
            let not_saved = talk.not_saved();
            talk.pty.wait_for_text(&not_saved);
            talk.keys("n quorvimex <enter>");
            talk.settled();
            assert!(talk.pty.text().contains(&not_saved), "{fails:?}\n{}", talk.pty.framed());
            disk.let_go();
            talk.pty.wait_for("that it is saved", |picture| !picture.text().contains(&not_saved));
            talk.keys("<esc> q y");
            talk.pty.wait_exit();
            assert_eq!(shown(home.path())["case"], "K-7", "{fails:?}");
            assert_eq!(notes(home.path()), ["quorvimex"], "{fails:?}");
            is_whole_so_far(home.path());
            let left = std::fs::read_dir(home.path().join("data")).map_or(0, Iterator::count);
            assert!(left <= 1, "{left} files are left, {fails:?}");
            no_file_has(&NOTES, &[home.path(), temporary.path()]);
        });
    }
}
