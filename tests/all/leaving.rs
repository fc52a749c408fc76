//! Leaving while the disk does not take what was entered: nothing is lost without a word, and no key waits.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use amparo::journal::{EntryKind, Store};
use amparo::review::state_of;

use crate::interview::{answered, begin, wait_kept};
use crate::keys_at_hand::{KEY, UNLOCKED};
use crate::marked::no_file_has;
use crate::programs::amparo;
use crate::pty::{End, LONG, Pty};
use crate::story::SmallDisk;

/// What each note says: words that stand nowhere else.
const NOTE: &str = "quorvimex";

/// A session with one answer kept and notes that are not, on a disk with no room.
fn with_notes_unsaved(disk: &SmallDisk, temporary: &Path) -> (Pty, u64) {
    let mut pty = amparo().home(disk.0.path()).env("TMPDIR", temporary).go();
    begin(&mut pty);
    pty.keys("0 <enter>");
    wait_kept(&mut pty, "the first answer", |state| answered(state).len() == 1);
    fs::write(disk.0.path().join("ballast"), vec![1; 1 << 20]).unwrap_err();
    for _ in 0..40 {
        pty.keys(&format!("n {NOTE} <enter>"));
    }
    pty.wait_for_text("Not saved: the disk is full");
    (pty, 40)
}

/// Leaves, and is asked first.
#[track_caller]
fn leaves(pty: &mut Pty) {
    pty.keys("q");
    pty.keys("1");
    pty.wait_for_text("The last of it is not saved");
}

/// How many notes the fullest session in a folder has.
fn notes_in(home: &Path) -> u64 {
    let store = Store::at(home);
    let names = store.list().unwrap_or_default().into_iter().filter_map(|entry| match entry.kind {
        EntryKind::Session(name) => Some(name),
        EntryKind::Foreign { .. } => None,
    });
    let sessions = names.filter_map(|name| store.open(&name, &KEY).ok());
    sessions.map(|session| u64::from(state_of(&session.events).record.notes)).max().unwrap_or_default()
}

/// Waits until something is so on a disk.
#[track_caller]
fn until(what: &str, pty: &mut Pty, is_so: impl Fn() -> bool) {
    let end = Instant::now() + LONG;
    while !is_so() {
        assert!(Instant::now() < end, "not in time: {what}\n{}", pty.framed());
        pty.look(Duration::from_millis(10));
    }
}

#[test]
fn leaving_with_something_unsaved_asks_first_and_loses_nothing() {
    let Some(disk) = SmallDisk::mount() else { return };
    let temporary = tempfile::tempdir().unwrap();
    let (mut pty, notes) = with_notes_unsaved(&disk, temporary.path());
    leaves(&mut pty);
    pty.keys("0");
    pty.wait_for("the list", |picture| !picture.text().contains("The last of it is not saved"));
    // In a panel too, where the line at the bottom says so.
    pty.keys("q");
    pty.wait_for_text("Leave?");
    pty.keys("e");
    pty.wait_for("that it is saved", |picture| !picture.text().contains("Not saved"));
    let elsewhere = temporary.path().join("leaflets-saved");
    assert_eq!(notes_in(&elsewhere), notes);
    // Once its own folder has room it comes home, so that there is one of it, and nothing is left there.
    fs::remove_file(disk.0.path().join("ballast")).unwrap();
    pty.keys("1");
    pty.wait_for_text("New session");
    until("it is home", &mut pty, || notes_in(disk.0.path()) == notes);
    until("none is there", &mut pty, || notes_in(&elsewhere) == 0);
    pty.wait_for("nothing is said of the other folder any more", |picture| {
        !picture.text().contains("could not be kept in its own folder")
    });
    pty.keys("q");
    assert_eq!(pty.wait_exit(), End::Code(0));
    no_file_has(&[NOTE], &[disk.0.path(), temporary.path()]);
}

/// A session is saved elsewhere, and killed; then its own folder has room again.
#[test]
fn what_was_saved_elsewhere_is_resumed_and_not_its_beginning() {
    let Some(disk) = SmallDisk::mount() else { return };
    let temporary = tempfile::tempdir().unwrap();
    let (mut pty, notes) = with_notes_unsaved(&disk, temporary.path());
    pty.keys("e");
    pty.wait_for("that it is saved", |picture| !picture.text().contains("Not saved"));
    pty.signal(rustix::process::Signal::KILL);
    pty.wait_exit();
    no_file_has(&[NOTE], &[disk.0.path(), temporary.path()]);
    fs::remove_file(disk.0.path().join("ballast")).unwrap();
    let start = amparo().args(UNLOCKED).args(["resume"]).home(disk.0.path());
    let mut again = start.env("TMPDIR", temporary.path()).go();
    again.wait_for("the session", |picture| picture.text().contains('▸'));
    assert_eq!(notes_in(disk.0.path()), notes);
    assert_eq!(notes_in(&temporary.path().join("leaflets-saved")), 0);
    no_file_has(&[NOTE], &[disk.0.path(), temporary.path()]);
}

#[test]
fn whoever_leaves_all_the_same_is_told_and_it_is_saved_once_there_is_room() {
    let Some(disk) = SmallDisk::mount() else { return };
    let temporary = tempfile::tempdir().unwrap();
    let (mut pty, notes) = with_notes_unsaved(&disk, temporary.path());
    leaves(&mut pty);
    let left = Instant::now();
    pty.keys("2");
    pty.wait_for_text("The session that you left is not saved yet");
    assert!(left.elapsed() < Duration::from_secs(2), "nobody waits for a disk");
    pty.keys("<esc>");
    pty.wait_for_text("Health and training");
    pty.keys("<c-r>");
    pty.wait_for_text("New session");
    fs::remove_file(disk.0.path().join("ballast")).unwrap();
    pty.wait_for("that it is saved", |picture| !picture.text().contains("is not saved yet"));
    assert_eq!(notes_in(disk.0.path()), notes);
    no_file_has(&[NOTE], &[disk.0.path(), temporary.path()]);
}

#[test]
fn where_nobody_can_be_asked_it_is_saved_elsewhere() {
    let Some(disk) = SmallDisk::mount() else { return };
    let temporary = tempfile::tempdir().unwrap();
    let (mut pty, notes) = with_notes_unsaved(&disk, temporary.path());
    pty.keys("<esc>");
    pty.wait_for_text("Health and training");
    pty.keys("q");
    pty.keys("y");
    assert_eq!(pty.wait_exit(), End::Code(0));
    assert_eq!(notes_in(&temporary.path().join("leaflets-saved")), notes);
    no_file_has(&[NOTE], &[disk.0.path(), temporary.path()]);
}
