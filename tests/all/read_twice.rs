//! Sessions of the program itself, made at its keyboard, read by the program's own reader and by the one in Python: event
//! by event the same.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use amparo::journal::Store;
use amparo::text::Language;
use rustix::process::Signal;

use crate::caseworker::{Interview, facts, shown};
use crate::interview::only_session;
use crate::programs::amparo;
use crate::second_reader::{differ, python, second};

/// Reads the only session of a home with both, and says what they agree on. None of it where there is no Python for it.
#[track_caller]
pub fn read_twice(home: &Path, what: &str) {
    let Some(python) = python() else { return };
    let session = only_session(home);
    let bytes = fs::read(Store::at(home).path(&session.name)).expect("a session");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let said = second(&python, folder.path(), std::slice::from_ref(&bytes));
    assert_eq!(said[0]["events"].as_array().map(Vec::len), Some(session.events.len()), "{what}");
    assert_eq!(differ(&bytes, &said[0]), None, "{what}");
    let kinds: BTreeSet<String> = facts(&said[0]).into_iter().collect();
    // Nobody reads a closed standard error.
    let _ = writeln!(
        std::io::stderr(),
        "second reader: {what}: {} events of {} kinds, each the same, {}",
        session.events.len(),
        kinds.len(),
        said[0]["answer"]
    );
}

#[test]
fn a_session_that_was_killed_taken_up_and_left_is_read_alike_by_the_second_reader() {
    crate::caseworker::in_both(|language| {
        let home = tempfile::tempdir().expect("a temporary folder");
        let mut talk = Interview::session(amparo().home(home.path()), language);
        for _ in 0..4 {
            let seen = talk.seen();
            talk.go_on(&seen);
        }
        talk.keys("n él <enter>");
        talk.settled();
        // Undone, answered again, put off, hidden, and come back from.
        talk.keys("z");
        talk.settled();
        talk.keys("l");
        talk.settled();
        talk.keys("<esc>");
        talk.wait_for_leaflet();
        talk.keys("<c-r>");
        talk.settled();
        talk.pty.signal(Signal::KILL);
        talk.pty.wait_exit();
        let mut talk = Interview::resume(home.path(), language);
        talk.settled();
        talk.keys("n again <enter>");
        talk.settled();
        talk.keys("<esc>");
        talk.wait_for_leaflet();
        talk.keys("q y");
        talk.pty.wait_exit();
        let kinds: BTreeSet<String> = facts(&shown(home.path())).into_iter().collect();
        for kind in ["begun", "answered", "noted", "undone", "covered", "uncovered", "resumed", "left"] {
            assert!(kinds.contains(kind), "{kind} is not among {kinds:?}");
        }
        let what =
            if language == Language::Spanish { "killed and left, in Spanish" } else { "killed and left" };
        read_twice(home.path(), what);
    });
}
