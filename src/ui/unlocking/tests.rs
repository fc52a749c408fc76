//! The passphrase, key by key, and at every size.

use super::*;
use crate::seal::Passphrase;
use crate::text::Language;
use crate::ui::sample::{SIZES, Sample, drawn, keys, never_panics, text};

/// What the last of these keys led to.
fn press(unlocking: &mut Unlocking, typed: &str) -> UnlockingDoes {
    keys(typed).into_iter().map(|key| unlocking.press(key)).last().unwrap()
}

fn seen(unlocking: &Unlocking, sample: &Sample, size: (u16, u16)) -> String {
    text(&drawn(size, |area, buffer| unlocking.draw(&sample.view(), area, buffer)).0)
}

fn unlock(text: &str) -> UnlockingDoes {
    UnlockingDoes::Asks(Wish::Unlock(Passphrase::new(text.to_owned())))
}

#[test]
fn what_was_typed_is_asked_of_the_desk_and_nothing_is_asked_while_it_works() {
    let mut unlocking = Unlocking::new(Goal::Read);
    assert_eq!(press(&mut unlocking, "[Enter]"), UnlockingDoes::Stays, "nothing was typed");
    assert_eq!(press(&mut unlocking, "green wordz[Backspace]s[Enter]"), unlock("green words"));
    assert_eq!(press(&mut unlocking, "more[Enter]"), UnlockingDoes::Stays);
    unlocking.failed(KeyComplaint::WrongPassphrase);
    assert_eq!(press(&mut unlocking, "other words[Enter]"), unlock("other words"));
    unlocking.failed(KeyComplaint::WrongPassphrase);
    unlocking.paste("pasted words");
    assert_eq!(press(&mut unlocking, "[Enter]"), unlock("pasted words"));
}

#[test]
fn back_is_possible_at_any_moment() {
    for typed in ["[Up]", "[Backspace]", "half[Up]", "words[Enter][Up]"] {
        assert_eq!(press(&mut Unlocking::new(Goal::Due), typed), UnlockingDoes::Closes, "{typed}");
    }
}

#[test]
fn only_dots_are_drawn_and_the_cover_takes_them_away() {
    let sample = Sample::new(Language::English);
    let mut unlocking = Unlocking::new(Goal::Resume);
    press(&mut unlocking, "hidden");
    for size in SIZES {
        let shown = seen(&unlocking, &sample, size);
        assert!(shown.contains("······") && !shown.contains("hidden"), "{shown}");
    }
    assert!(unlocking.as_lines(&sample.view()).iter().all(|line| !line.contains("hidden")));
    assert!(!format!("{unlocking:?}").contains("hidden"));
    unlocking.forget();
    assert!(!seen(&unlocking, &sample, (80, 24)).contains('·'));
    assert_eq!(press(&mut unlocking, "[Enter]"), UnlockingDoes::Stays);
}

#[test]
fn it_looks_so() {
    for (language, code) in [(Language::English, "en"), (Language::Spanish, "es")] {
        let sample = Sample::new(language);
        for size in SIZES {
            for name in ["typing", "working", "wrong", "damaged"] {
                let mut unlocking = Unlocking::new(Goal::Resume);
                press(&mut unlocking, if name == "working" { "words[Enter]" } else { "words" });
                match name {
                    "wrong" => unlocking.failed(KeyComplaint::WrongPassphrase),
                    "damaged" => unlocking.failed(KeyComplaint::Damaged),
                    _ => {}
                }
                never_panics(|area, buffer| unlocking.draw(&sample.view(), area, buffer));
                let (buffer, cursor) =
                    drawn(size, |area, buffer| unlocking.draw(&sample.view(), area, buffer));
                assert!(!text(&buffer).contains("larger window"), "{}", text(&buffer));
                let name = format!("{name}_{code}_{}x{}", size.0, size.1);
                insta::assert_debug_snapshot!(name, (cursor, buffer));
            }
        }
    }
}
