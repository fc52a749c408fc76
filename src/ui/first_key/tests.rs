//! The way to the first key, key by key, and at every size.

use super::*;
use crate::seal::Identity;
use crate::text::Language;
use crate::ui::sample::{SIZES, Sample, all_of_it, drawn, keys, missing, never_panics, text};

const SECRET: &str = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";

fn identity() -> Identity {
    Identity::of_text(SECRET).unwrap()
}

/// What the last of these keys led to.
fn press(first: &mut FirstKey, sample: &Sample, typed: &str) -> FirstKeyDoes {
    keys(typed).into_iter().map(|key| first.press(key, &sample.view())).last().unwrap_or(FirstKeyDoes::Stays)
}

fn seen(first: &FirstKey, sample: &Sample, size: (u16, u16)) -> String {
    text(&drawn(size, |area, buffer| first.draw(&sample.view(), area, buffer)).0)
}

fn made(own: Option<&str>, supervisor: Option<&str>) -> FirstKeyDoes {
    let own = own.map(|text| Passphrase::new(text.to_owned()));
    let supervisor = supervisor.map(|number| (StaffNumber::new(number).unwrap(), identity().public()));
    FirstKeyDoes::Asks(Wish::MakeKeys(NewKeys { own, supervisor }))
}

/// What the last of these keys led to.
fn check(typed: &str, does: &FirstKeyDoes) {
    let sample = Sample::new(Language::English);
    assert_eq!(press(&mut FirstKey::default(), &sample, typed), *does, "{typed}");
}

#[test]
fn each_choice_leads_to_its_keys() {
    let key = identity().public().to_string();
    let twice = "four old words[Enter]four old words[Enter]";
    check(&format!("1{twice}"), &made(Some("four old words"), None));
    check(&format!("27[Enter]{key}[Enter]{twice}"), &made(Some("four old words"), Some("7")));
    check(&format!("37[Enter]{key}[Enter]"), &made(None, Some("7")));
    // One that was given up is in no keys.
    check(&format!("27[Enter]{key}[Enter][Up][Up][Up]1{twice}"), &made(Some("four old words"), None));
    check(
        "37[Enter]/media/stick/key.txt[Enter]",
        &FirstKeyDoes::Asks(Wish::ReadKey("/media/stick/key.txt".into())),
    );
    for typed in ["q", "[Left]", "[Up]", "1[Up]q", "2[Up]q", "1[Backspace][Left]"] {
        check(typed, &FirstKeyDoes::Closes);
    }
}

#[test]
fn what_is_wrong_is_said_at_the_field() {
    let other = Identity::of_text(SECRET).unwrap().public().to_string();
    let slip = other.replace('q', "p");
    for (typed, says) in [
        ("1short[Enter]", "Too short: 12 signs or more."),
        ("1four old words[Enter]four old wordz[Enter]", "Those two were not the same."),
        ("2Marta[Enter]", "no digit in it"),
        ("27[Enter][Enter]", "no public key"),
        (&format!("27[Enter]{slip}[Enter]"), "no public key"),
        (&format!("27[Enter]{SECRET}[Enter]"), "That is a secret key"),
    ] {
        let sample = Sample::new(Language::English);
        let mut first = FirstKey::default();
        assert_eq!(press(&mut first, &sample, typed), FirstKeyDoes::Stays, "{typed}");
        let shown = seen(&first, &sample, (80, 24));
        assert!(shown.contains(says), "{typed}\n{shown}");
        assert!(!shown.contains("AGE-SECRET") && !shown.contains("old words"), "{shown}");
    }
}

#[test]
fn a_key_that_was_read_from_a_file_goes_on_and_one_that_was_not_says_why() {
    let sample = Sample::new(Language::English);
    let mut first = FirstKey::default();
    press(&mut first, &sample, "37[Enter]key.txt[Enter]");
    assert_eq!(press(&mut first, &sample, "x[Enter]"), FirstKeyDoes::Stays, "it is being read");
    let why = KeyComplaint::Disk { path: "key.txt".into(), why: "not found".into() };
    assert_eq!(first.key_read(Err(why)), FirstKeyDoes::Stays);
    assert!(seen(&first, &sample, (80, 24)).contains("key.txt: not found."));
    press(&mut first, &sample, "[Enter]");
    assert_eq!(first.key_read(Ok(identity().public())), made(None, Some("7")));
    // From a stick that hangs she can go back, and its answer then changes nothing.
    let mut first = FirstKey::default();
    press(&mut first, &sample, "37[Enter]key.txt[Enter][Up]");
    assert_eq!(first.key_read(Ok(identity().public())), FirstKeyDoes::Stays);
}

#[test]
fn the_sheet_is_shown_until_it_was_written_down_and_only_then_kept() {
    let sample = Sample::new(Language::English);
    let mut first = FirstKey::default();
    press(&mut first, &sample, "1four old words[Enter]four old words[Enter]");
    first.has_sheet(RecoverySheet::of(&identity()), identity().public());
    for size in SIZES {
        let shown = seen(&first, &sample, size);
        for (number, row) in (1..).zip(RecoverySheet::of(&identity()).rows()) {
            assert!(shown.contains(&format!("{number}.  {row}")), "{shown}");
        }
        assert!(shown.contains("1  I have written it down"), "{shown}");
    }
    assert_eq!(press(&mut first, &sample, "[Enter]3x"), FirstKeyDoes::Stays);
    assert_eq!(press(&mut first, &sample, "1"), FirstKeyDoes::Asks(Wish::KeepKeys));
    assert_eq!(press(&mut first, &sample, "1"), FirstKeyDoes::Stays, "it is being kept");
    first.failed(KeyComplaint::Disk { path: "key".into(), why: "no space left".into() });
    assert!(seen(&first, &sample, (40, 12)).contains("no space left"));
    assert_eq!(press(&mut first, &sample, "1"), FirstKeyDoes::Asks(Wish::KeepKeys), "again");
    // Going back gives the key up: nothing was kept of it.
    let mut first = FirstKey::default();
    press(&mut first, &sample, "1four old words[Enter]four old words[Enter]");
    first.has_sheet(RecoverySheet::of(&identity()), identity().public());
    press(&mut first, &sample, "[Left]");
    assert!(seen(&first, &sample, (80, 24)).contains("Who may read it?"));
}

#[test]
fn a_sheet_that_the_cover_came_over_is_void() {
    let sample = Sample::new(Language::English);
    for (how, there) in [(Uncovered::Brief, "1 I have written it down"), (Uncovered::Later, "tear it up")] {
        let mut first = FirstKey::default();
        press(&mut first, &sample, "1four old words[Enter]four old words[Enter]");
        first.has_sheet(RecoverySheet::of(&identity()), identity().public());
        first.forget();
        first.came_back(how);
        for size in SIZES {
            let shown = seen(&first, &sample, size).split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(shown.contains(there), "{shown}");
        }
    }
}

#[test]
fn the_cover_takes_a_half_typed_passphrase_away() {
    let sample = Sample::new(Language::English);
    for typed in ["1four old words", "1four old words[Enter]four"] {
        let mut first = FirstKey::default();
        press(&mut first, &sample, typed);
        assert!(!format!("{first:?}").contains("four"));
        first.forget();
        let shown = seen(&first, &sample, (80, 24));
        assert!(!shown.contains('·') && shown.contains("12 signs or more"), "{shown}");
    }
}

#[test]
fn where_her_own_key_was_switched_off_it_says_so_and_asks_for_anothers() {
    let mut sample = Sample::new(Language::English);
    sample.desk.keys.own = OwnKey::Locked;
    let mut first = FirstKey::default();
    assert_eq!(press(&mut first, &sample, "12"), FirstKeyDoes::Stays);
    let shown = seen(&first, &sample, (80, 24));
    assert!(shown.contains("switched off") && shown.contains("3  My supervisor only"), "{shown}");
    press(&mut first, &sample, "3");
    assert!(seen(&first, &sample, (80, 24)).contains("Her number"));
}

#[test]
fn it_looks_so() {
    for (language, code) in [(Language::English, "en"), (Language::Spanish, "es")] {
        let sample = Sample::new(language);
        for size in SIZES {
            for (typed, name) in [
                ("", "readers"),
                ("2", "number"),
                ("27[Enter]", "key"),
                ("27[Enter]/media/stick/key.txt[Enter]", "file"),
                ("1four", "passphrase"),
                ("1four[Enter]", "short"),
                ("1four old words[Enter]four", "again"),
                ("1", "sheet"),
                ("1", "keeping"),
                ("1", "public"),
            ] {
                let mut first = FirstKey::default();
                press(&mut first, &sample, typed);
                if matches!(name, "sheet" | "keeping" | "public") {
                    first.has_sheet(RecoverySheet::of(&identity()), identity().public());
                }
                if name == "public" {
                    press(&mut first, &sample, "2");
                }
                if name == "keeping" {
                    press(&mut first, &sample, "1");
                }
                never_panics(|area, buffer| first.draw(&sample.view(), area, buffer));
                if size == (40, 12) && name != "public" {
                    all_of_it(&first.as_lines(&sample.view()), &seen(&first, &sample, size));
                }
                let (buffer, cursor) = drawn(size, |area, buffer| first.draw(&sample.view(), area, buffer));
                let name = format!("{name}_{code}_{}x{}", size.0, size.1);
                insta::assert_debug_snapshot!(name, (cursor, buffer));
            }
        }
    }
}

#[test]
fn nothing_of_the_public_key_or_of_a_key_that_is_off_is_cut_in_a_small_window() {
    for language in Language::ALL {
        let mut sample = Sample::new(language);
        let mut first = FirstKey::default();
        first.has_sheet(RecoverySheet::of(&identity()), identity().public());
        press(&mut first, &sample, "2");
        let shown = seen(&first, &sample, (40, 12));
        for says in [FirstKeySays::PublicTitle, FirstKeySays::PublicSmall] {
            assert_eq!(missing(says.text(language), &shown), [""; 0], "{shown}");
        }
        let joined: String = shown.split_whitespace().collect();
        assert!(joined.contains(&identity().public().to_string()), "{shown}");
        sample.desk.keys.own = OwnKey::Locked;
        let first = FirstKey::default();
        all_of_it(&first.as_lines(&sample.view()), &seen(&first, &sample, (40, 12)));
    }
}
