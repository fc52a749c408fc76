//! From a machine on which nothing of the program was ever there to the first step: how many keys that takes.

use amparo::text::Language;
use amparo::words::{FirstKeySays, FormSays, PinSays};

use crate::caseworker::{Interview, in_both, locale};
use crate::programs::amparo;
use crate::pty::Start;

/// The shortest passphrase that is taken.
const WORDS: &str = "greenoldword";

fn fresh(language: Language, home: &std::path::Path) -> Start {
    amparo().env("LANG", locale(language)).home(home).with_no_keys_put()
}

#[test]
fn the_first_step_of_practice_takes_one_key() {
    in_both(|language| {
        let home = tempfile::tempdir().expect("a temporary folder");
        let mut talk = Interview::with(fresh(language, home.path()), language);
        talk.pty.wait_for_text("2  ");
        talk.keys("2");
        talk.stands_at("told-before");
        assert!(talk.pressed <= 5, "{} keys", talk.pressed);
    });
}

#[test]
fn the_first_step_of_a_real_session_takes_twenty_five_keys_and_a_passphrase_typed_twice() {
    in_both(|language| {
        let home = tempfile::tempdir().expect("a temporary folder");
        let mut talk = Interview::with(fresh(language, home.path()), language);
        let first = |says: FirstKeySays| says.text(language);
        let letters: String = WORDS.chars().flat_map(|letter| [letter, ' ']).collect();
        talk.pty.wait_for_text("2  ");
        talk.keys("1");
        talk.pty.wait_for_text(first(FirstKeySays::Own));
        talk.keys("1");
        talk.pty.wait_for_text(first(FirstKeySays::Label));
        talk.keys(&letters);
        talk.keys("<enter>");
        talk.pty.wait_for_text(first(FirstKeySays::Again));
        talk.keys(&letters);
        talk.keys("<enter>");
        talk.pty.wait_for_text(first(FirstKeySays::Written));
        talk.keys("1");
        talk.pty.wait_for_text(PinSays::Without.text(language));
        talk.keys("2");
        talk.pty.wait_for_text(&FormSays::First.text(language));
        talk.keys("204 <enter> 317 <enter> K-17 <enter>");
        talk.stands_at("told-before");
        let others = talk.pressed - 2 * WORDS.chars().count();
        assert!(others <= 25, "{others} keys beside the passphrase");
        assert_eq!(others, 19, "some twenty, as README.md says");
    });
}
