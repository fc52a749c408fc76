//! The start form, key by key.

use super::*;
use crate::text::Language;
use crate::ui::sample::{SIZES, Sample, all_of_it, drawn, keys, never_panics, text};

fn typed(form: &mut Form, sample: &Sample, typed: &str) -> Option<FormDoes> {
    keys(typed).into_iter().map(|key| form.press(key, &sample.view())).last()
}

fn seen(form: &Form, sample: &Sample, size: (u16, u16)) -> String {
    text(&drawn(size, |area, buffer| form.draw(&sample.view(), area, buffer)).0)
}

fn begin(staff: &[&str], case: &str) -> FormDoes {
    let staff = staff.iter().map(|number| StaffNumber::new(number).unwrap()).collect();
    FormDoes::Asks(Wish::Begin { staff, case: CaseCode::new(case).unwrap() })
}

/// What the last of these keys led to.
fn check(keys: &str, does: &FormDoes) {
    let sample = Sample::new(Language::English);
    assert_eq!(typed(&mut Form::new(), &sample, keys).as_ref(), Some(does), "{keys}");
}

#[test]
fn two_numbers_and_a_code_begin_a_session() {
    // With the digit that opens the form.
    let shortest = "204[Enter]317[Enter]K-17[Enter]";
    assert_eq!(keys(shortest).len() + 1, 14);
    check(shortest, &begin(&["204", "317"], "K-17"));
    check("204[Enter][Enter]K-17[Enter]", &begin(&["204"], "K-17"));
    check(" 204 [Enter]317[Enter]K-17 [Enter]", &begin(&["204", "317"], "K-17"));
    check("20[Left][Backspace]1[Enter]317[Enter]K-17[Enter]", &begin(&["10", "317"], "K-17"));
}

#[test]
fn what_is_wrong_is_said_at_the_field_with_what_to_do() {
    for (keys, says) in [
        ("[Enter]", "A number is needed here. Type yours, then Enter."),
        ("Marta[Enter]", "There is no digit in it. Type the number, not a name."),
        ("2 4[Enter]", "There is a blank in it. Type it without."),
        ("2ñ[Enter]", "ñ cannot stand here. Use letters, digits and hyphens."),
        ("1234567890123[Enter]", "Too long. Use at most 12 letters, digits and hyphens."),
        ("204[Enter]", "Alone today? Leave it empty; you will be asked why later."),
        ("204[Enter]204[Enter]", "That is the first number. Type your colleague's, or leave it"),
        ("204[Enter]Ana[Enter]", "There is no digit in it. Type the number, not a name."),
        ("204[Enter]3[Enter]", "For example K-17. No name, no initials."),
        ("204[Enter]3[Enter][Enter]", "A code is needed here. Type one, such as K-17."),
        ("204[Enter]3[Enter]1234567890123456789012345[Enter]", "Too long. Use at most 24 characters."),
        ("204[Enter]3[Enter]KILO[Enter]", "Is it a name? It has no digit. Enter again keeps it."),
        ("204[Enter]3[Enter]ana 17[Enter]", "Is it a name? It has two words. Enter again keeps it."),
        ("204[Enter]3[Enter]Ana17[Enter]", "Is it a name? It is written like one. Enter again keeps it."),
    ] {
        let sample = Sample::new(Language::English);
        let mut form = Form::new();
        assert_eq!(typed(&mut form, &sample, keys), Some(FormDoes::Stays), "{keys}");
        let shown = seen(&form, &sample, (80, 24));
        assert!(shown.contains(says), "{keys}\n{shown}");
    }
}

#[test]
fn a_message_goes_with_the_next_change() {
    let sample = Sample::new(Language::English);
    let mut form = Form::new();
    typed(&mut form, &sample, "Marta[Enter]");
    typed(&mut form, &sample, "[Left]");
    assert!(seen(&form, &sample, (80, 24)).contains("no digit"));
    typed(&mut form, &sample, "2");
    assert!(!seen(&form, &sample, (80, 24)).contains("no digit"));
}

#[test]
fn a_doubt_is_raised_once_for_each_code() {
    let before = "204[Enter]3[Enter]";
    check(&format!("{before}Ana[Enter]"), &FormDoes::Stays);
    check(&format!("{before}Ana[Enter][Enter]"), &begin(&["204", "3"], "Ana"));
    check(&format!("{before}Ana[Enter]b[Enter]"), &FormDoes::Stays);
    check(&format!("{before}Ana[Enter]b[Enter][Enter]"), &begin(&["204", "3"], "Anab"));
}

#[test]
fn backspace_in_an_empty_field_goes_back_and_in_the_first_one_closes() {
    check("[Backspace]", &FormDoes::Closes);
    check("[Up]", &FormDoes::Closes);
    check("2[Up]", &FormDoes::Stays);
    check("2[Backspace]", &FormDoes::Stays);
    check("2[Backspace][Backspace]", &FormDoes::Closes);
    check("204[Enter][Backspace]5[Enter]3[Enter]K-1[Enter]", &begin(&["2045", "3"], "K-1"));
    check("204[Enter]3[Enter][Backspace]4[Enter]K-1[Enter]", &begin(&["204", "34"], "K-1"));
    check("204[Enter]3[Enter]K-1[Up]4[Enter][Enter]", &begin(&["204", "34"], "K-1"));
}

#[test]
fn the_first_number_cannot_become_the_second_one_afterwards() {
    let sample = Sample::new(Language::English);
    let mut form = Form::new();
    typed(&mut form, &sample, "20[Enter]204[Enter][Up][Up]4[Enter]");
    assert_eq!(typed(&mut form, &sample, "[Enter]"), Some(FormDoes::Stays));
    assert!(seen(&form, &sample, (80, 24)).contains("That is the first number."));
}

#[test]
fn only_typing_keys_do_something() {
    for key in ["[Tab]", "[F1]", "[Down]", "[PgUp]"] {
        check(&format!("204{key}"), &FormDoes::Stays);
        check(&format!("204{key}[Enter][Enter]K-1{key}[Enter]"), &begin(&["204"], "K-1"));
    }
    check("204[F3]", &FormDoes::Asks(Wish::NextLanguage));
}

#[test]
fn a_paste_is_typed_without_what_steers_a_terminal() {
    let sample = Sample::new(Language::English);
    let mut form = Form::new();
    form.paste("2\u{1b}0\u{202e}4");
    let led = typed(&mut form, &sample, "[Enter][Enter]K-1[Enter]");
    assert_eq!(led, Some(begin(&["204"], "K-1")));
    let mut form = Form::new();
    form.paste(&"x".repeat(1_000_000));
    assert!(seen(&form, &sample, (40, 12)).contains("Your staff number"));
}

#[test]
fn the_cursor_stands_in_the_open_field() {
    let sample = Sample::new(Language::English);
    for (keys, row, text) in [("204", 0, "204"), ("204[Enter]31", 1, "31"), ("204[Enter]3[Enter]K", 2, "K")] {
        for size in SIZES {
            let mut form = Form::new();
            typed(&mut form, &sample, keys);
            let (buffer, cursor) = drawn(size, |area, buffer| form.draw(&sample.view(), area, buffer));
            let cursor = cursor.unwrap();
            let shown = crate::ui::sample::text(&buffer);
            let line = shown.lines().nth(usize::from(cursor.y)).unwrap();
            assert!(line.ends_with(text), "{row}: {line}");
            assert_eq!(usize::from(cursor.x), line.chars().count());
        }
    }
}

#[test]
fn who_reads_it_is_said_before_it_begins() {
    for (readers, says) in [
        (ReadBy::Nobody, ""),
        (ReadBy::HerAnd(1), "Read by one key: yours (amparo keys list)."),
        (ReadBy::HerAnd(3), "Read by 3 keys, yours among them (amparo keys list)."),
        (ReadBy::OthersOnly(2), "Read by 2 keys, and not yours: you can neither read it nor go on"),
    ] {
        let mut sample = Sample::new(Language::English);
        sample.desk.keys.readers = readers;
        let form = Form::new();
        let shown = seen(&form, &sample, (80, 24));
        assert!(shown.contains(says) && shown.contains("Read by") == (readers != ReadBy::Nobody), "{shown}");
        assert!(form.as_lines(&sample.view()).join("\n").contains(says));
        // On the smallest screen too, at each of the fields.
        let small = seen(&form, &sample, (40, 12));
        assert!(readers == ReadBy::Nobody || small.contains("Read by"), "{small}");
    }
}

#[test]
fn the_open_field_is_the_last_to_give_way() {
    for language in Language::ALL {
        let sample = Sample::new(language);
        for keys in ["204", "204[Enter]31", "204[Enter]3[Enter]K", "204[Enter]3[Enter]Ana[Enter]"] {
            let mut form = Form::new();
            typed(&mut form, &sample, keys);
            never_panics(|area, buffer| form.draw(&sample.view(), area, buffer));
            for height in 1..=12 {
                let (_, cursor) = drawn((40, height), |area, buffer| form.draw(&sample.view(), area, buffer));
                assert!(cursor.is_some(), "{keys} at {height}");
            }
        }
    }
}

#[test]
fn it_looks_so() {
    for (language, code) in [(Language::English, "en"), (Language::Spanish, "es")] {
        let sample = Sample::new(language);
        for size in SIZES {
            for (keys, name) in [
                ("", "empty"),
                ("Marta[Enter]", "wrong"),
                ("204[Enter]", "second"),
                ("204[Enter][Enter]Ana 3[Enter]", "doubt"),
            ] {
                let mut form = Form::new();
                typed(&mut form, &sample, keys);
                let (buffer, cursor) = drawn(size, |area, buffer| form.draw(&sample.view(), area, buffer));
                let name = format!("{name}_{code}_{}x{}", size.0, size.1);
                insta::assert_debug_snapshot!(name, (cursor.unwrap(), buffer));
            }
        }
    }
}

#[test]
fn nothing_of_it_is_cut_in_a_small_window() {
    for language in Language::ALL {
        let sample = Sample::new(language);
        for keys in [
            "",
            "[Enter]",
            "Marta[Enter]",
            "20 4[Enter]",
            "20/4[Enter]",
            "204[Enter]",
            "204[Enter]204[Enter]",
            "204[Enter][Enter]",
            "204[Enter][Enter][Enter]",
            "204[Enter][Enter]Ana 3[Enter]",
            "204[Enter][Enter]ana[Enter]",
            "204[Enter][Enter]Ana3[Enter]",
        ] {
            let mut form = Form::new();
            typed(&mut form, &sample, keys);
            all_of_it(&form.as_lines(&sample.view()), &seen(&form, &sample, (40, 12)));
        }
    }
}
