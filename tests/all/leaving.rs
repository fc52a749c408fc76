//! Leaving while the disk does not take what was entered: nothing is lost without a word, and no key waits.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use amparo::journal::{EntryKind, Store};
use amparo::review::state_of;
use amparo::text::Language;
use amparo::words::{Say, StartSays, say};

use crate::caseworker::{in_both, locale};
use crate::interview::{answered, begin, shipped, wait_kept};
use crate::keys_at_hand::{KEY, UNLOCKED};
use crate::marked::no_file_has;
use crate::programs::amparo;
use crate::pty::{End, LONG, Pty};
use crate::story::SmallDisk;

/// What each note says: words that stand nowhere else.
const NOTE: &str = "quorvimex";

/// How a bar begins that says that something is not saved.
fn not_saved(language: Language) -> &'static str {
    say(language, Say::DiskFull).split(':').next().unwrap_or_default()
}

/// The beginning of a sentence that the window may fold.
fn start_says(says: StartSays, language: Language) -> String {
    says.text(language).split(['.', ',']).next().unwrap_or_default().to_owned()
}

/// The title of the leaflet that covers.
fn leaflet(language: Language) -> String {
    shipped().covers[0].title.in_language(&language.code()).to_owned()
}

/// A session with one answer kept and notes that are not, on a disk with no room.
fn with_notes_unsaved(disk: &SmallDisk, temporary: &Path, language: Language) -> (Pty, u64) {
    let mut pty = amparo().home(disk.0.path()).env("TMPDIR", temporary).env("LANG", locale(language)).go();
    begin(&mut pty);
    pty.keys("0 <enter>");
    wait_kept(&mut pty, "the first answer", |state| answered(state).len() == 1);
    fs::write(disk.0.path().join("ballast"), vec![1; 1 << 20]).unwrap_err();
    for _ in 0..40 {
        pty.keys(&format!("n {NOTE} <enter>"));
    }
    pty.wait_for_text(say(language, Say::DiskFull).split('.').next().unwrap_or_default());
    (pty, 40)
}

/// Leaves, and is asked first.
#[track_caller]
fn leaves(pty: &mut Pty, language: Language) {
    pty.keys("q");
    pty.keys("1");
    pty.wait_for_text(say(language, Say::LoseTitle));
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
    in_both(asks_first_and_loses_nothing);
}

fn asks_first_and_loses_nothing(language: Language) {
    let Some(disk) = SmallDisk::mount() else { return };
    let temporary = tempfile::tempdir().unwrap();
    let (mut pty, notes) = with_notes_unsaved(&disk, temporary.path(), language);
    leaves(&mut pty, language);
    pty.keys("0");
    pty.wait_for("the list", |picture| !picture.text().contains(say(language, Say::LoseTitle)));
    // In a panel too, where the line at the bottom says so.
    pty.keys("q");
    pty.wait_for_text(say(language, Say::LeaveTitle));
    pty.keys("e");
    pty.wait_for("that it is saved", |picture| !picture.text().contains(not_saved(language)));
    let elsewhere = temporary.path().join("leaflets-saved");
    assert_eq!(notes_in(&elsewhere), notes);
    // Once its own folder has room it comes home, so that there is one of it, and nothing is left there.
    fs::remove_file(disk.0.path().join("ballast")).unwrap();
    pty.keys("1");
    pty.wait_for_text(&StartSays::NewSession.text(language));
    until("it is home", &mut pty, || notes_in(disk.0.path()) == notes);
    until("none is there", &mut pty, || notes_in(&elsewhere) == 0);
    let kept_in = start_says(StartSays::KeptIn, language);
    pty.wait_for("nothing is said of the other folder any more", |picture| {
        !picture.text().contains(&kept_in)
    });
    pty.keys("q");
    assert_eq!(pty.wait_exit(), End::Code(0));
    no_file_has(&[NOTE], &[disk.0.path(), temporary.path()]);
}

/// A session is saved elsewhere, and killed; then its own folder has room again.
#[test]
fn what_was_saved_elsewhere_is_resumed_and_not_its_beginning() {
    in_both(is_resumed_from_elsewhere);
}

fn is_resumed_from_elsewhere(language: Language) {
    let Some(disk) = SmallDisk::mount() else { return };
    let temporary = tempfile::tempdir().unwrap();
    let (mut pty, notes) = with_notes_unsaved(&disk, temporary.path(), language);
    pty.keys("e");
    pty.wait_for("that it is saved", |picture| !picture.text().contains(not_saved(language)));
    pty.signal(rustix::process::Signal::KILL);
    pty.wait_exit();
    no_file_has(&[NOTE], &[disk.0.path(), temporary.path()]);
    fs::remove_file(disk.0.path().join("ballast")).unwrap();
    let start = amparo().args(UNLOCKED).args(["resume"]).home(disk.0.path()).env("LANG", locale(language));
    let mut again = start.env("TMPDIR", temporary.path()).go();
    again.wait_for("the session", |picture| picture.text().contains('▸'));
    assert_eq!(notes_in(disk.0.path()), notes);
    assert_eq!(notes_in(&temporary.path().join("leaflets-saved")), 0);
    no_file_has(&[NOTE], &[disk.0.path(), temporary.path()]);
}

#[test]
fn whoever_leaves_all_the_same_is_told_and_it_is_saved_once_there_is_room() {
    in_both(is_told_and_saved_once_there_is_room);
}

fn is_told_and_saved_once_there_is_room(language: Language) {
    let Some(disk) = SmallDisk::mount() else { return };
    let temporary = tempfile::tempdir().unwrap();
    let (mut pty, notes) = with_notes_unsaved(&disk, temporary.path(), language);
    leaves(&mut pty, language);
    let left = Instant::now();
    pty.keys("2");
    let not_yet = start_says(StartSays::LeftNotSaved, language);
    pty.wait_for_text(&not_yet);
    assert!(left.elapsed() < Duration::from_secs(2), "nobody waits for a disk");
    pty.keys("<esc>");
    pty.wait_for_text(&leaflet(language));
    pty.keys("<c-r>");
    pty.wait_for_text(&StartSays::NewSession.text(language));
    fs::remove_file(disk.0.path().join("ballast")).unwrap();
    pty.wait_for("that it is saved", |picture| !picture.text().contains(&not_yet));
    assert_eq!(notes_in(disk.0.path()), notes);
    no_file_has(&[NOTE], &[disk.0.path(), temporary.path()]);
}

#[test]
fn where_nobody_can_be_asked_it_is_saved_elsewhere() {
    in_both(is_saved_where_nobody_can_be_asked);
}

fn is_saved_where_nobody_can_be_asked(language: Language) {
    let Some(disk) = SmallDisk::mount() else { return };
    let temporary = tempfile::tempdir().unwrap();
    let (mut pty, notes) = with_notes_unsaved(&disk, temporary.path(), language);
    pty.keys("<esc>");
    pty.wait_for_text(&leaflet(language));
    pty.keys("q");
    pty.keys("y");
    assert_eq!(pty.wait_exit(), End::Code(0));
    assert_eq!(notes_in(&temporary.path().join("leaflets-saved")), notes);
    no_file_has(&[NOTE], &[disk.0.path(), temporary.path()]);
}
