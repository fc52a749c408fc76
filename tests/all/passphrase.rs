//! A passphrase that is asked on the terminal: not shown, edited, given up; and the terminal as it was afterwards.

use std::time::Duration;

use amparo::journal::{ProtocolFile, ProtocolSource, Store};
use amparo::seal::Recipients;
use amparo::text::Language;
use amparo::words::{KeyComplaint, KeySays};

use crate::keys_at_hand::{KEY, put};
use crate::languages::in_both;
use crate::programs::amparo;
use crate::pty::{End, Pty};

/// A command that asks, in a home in which something is kept.
fn asked(home: &tempfile::TempDir, language: Language) -> Pty {
    put(home.path());
    let source = ProtocolSource::new(ProtocolFile::new("night.yaml", "amparo: 1\n"), Vec::new());
    let recipients = Recipients::new(vec![KEY.public()]).unwrap();
    drop(Store::at(home.path()).create(&source, &recipients).unwrap());
    let mut pty = amparo().args(["sessions", "list"]).home(home.path()).go();
    let asks = KeySays::Passphrase.text(language);
    pty.wait_for("the question", |picture| picture.main_screen().contains(asks.trim_end()));
    pty
}

#[test]
fn it_is_not_shown_and_can_be_edited() {
    in_both(is_edited_unseen);
}

fn is_edited_unseen(language: Language) {
    let home = tempfile::tempdir().unwrap();
    let mut pty = asked(&home, language);
    pty.keys("f o u r é <bs> <space> o l d <space> g r e e n <space> w o r d s <enter>");
    assert_eq!(pty.wait_exit(), End::Code(0));
    let shown = pty.picture().main_screen();
    assert!(!shown.contains("four") && !shown.contains("words"), "{shown}");
}

#[test]
fn after_three_wrong_ones_and_after_giving_up_it_ends_and_the_terminal_shows_again() {
    in_both(ends_and_shows_again);
}

fn ends_and_shows_again(language: Language) {
    let home = tempfile::tempdir().unwrap();
    let says = |complaint: KeyComplaint| complaint.words(language).0;
    let mut pty = asked(&home, language);
    for _ in 0..3 {
        pty.keys("x <enter>");
        pty.look(Duration::from_millis(300));
    }
    assert_eq!(pty.wait_exit(), End::Code(3));
    let shown = pty.picture().main_screen();
    assert!(shown.contains(&says(KeyComplaint::WrongPassphrase)), "{shown}");
    let mut pty = asked(&home, language);
    pty.keys("h a l f <c-c>");
    assert_eq!(pty.wait_exit(), End::Code(3));
    let shown = pty.picture().main_screen();
    assert!(shown.contains(&says(KeyComplaint::NothingTyped)) && !shown.contains("half"), "{shown}");
}
