//! The page that asks for a PIN, key by key.

use super::*;
use crate::ui::sample::{SIZES, Sample, all_of_it, drawn, keys, never_panics, text};

fn typed(page: &mut PinPage, typed: &str) -> Option<PinPageDoes> {
    keys(typed).into_iter().map(|key| page.press(key)).last()
}

fn seen(page: &PinPage, language: Language, size: (u16, u16)) -> String {
    let sample = Sample::new(language);
    text(&drawn(size, |area, buffer| page.draw(&sample.view(), area, buffer)).0)
}

#[test]
fn twice_the_same_is_asked_for_and_shows_as_dots() {
    let mut page = PinPage::default();
    typed(&mut page, "1123456");
    for size in SIZES {
        let shown = seen(&page, Language::English, size);
        assert!(shown.contains("••••••") && !shown.contains("123"), "{shown}");
    }
    assert_eq!(
        typed(&mut page, "[Enter]123456[Enter]"),
        Some(PinPageDoes::Asks(Wish::SetPin(Pin::of("123456").unwrap())))
    );
    // While it is being kept no key does anything.
    assert_eq!(typed(&mut page, "12[Enter][Up][Backspace]"), Some(PinPageDoes::Stays));
}

#[test]
fn what_is_wrong_is_said_and_can_be_mended() {
    for (keys, says) in [
        ("1[Enter]", "Four digits at least."),
        ("1123[Enter]", "Four digits at least."),
        ("11234[Enter]1235[Enter]", "Those were two different ones."),
        ("1x[Enter]", "Four digits at least."),
    ] {
        let mut page = PinPage::default();
        assert_eq!(typed(&mut page, keys), Some(PinPageDoes::Stays), "{keys}");
        let shown = seen(&page, Language::English, (80, 24));
        assert!(shown.contains(says), "{keys}\n{shown}");
    }
    let mut page = PinPage::default();
    let mended = "1129[Backspace]34[Enter]12349[Backspace][Enter]";
    assert_eq!(typed(&mut page, mended), Some(PinPageDoes::Asks(Wish::SetPin(Pin::of("1234").unwrap()))));
    page.not_kept();
    assert!(seen(&page, Language::English, (80, 24)).contains("could not be kept"));
    assert_eq!(typed(&mut page, "2"), Some(PinPageDoes::GoesOn));
}

#[test]
fn what_was_typed_is_emptied_as_in_any_field() {
    let mut page = PinPage::default();
    typed(&mut page, "112");
    page.press(Key::Empty);
    typed(&mut page, "4711[Enter]99");
    page.press(Key::Empty);
    assert_eq!(
        typed(&mut page, "4711[Enter]"),
        Some(PinPageDoes::Asks(Wish::SetPin(Pin::of("4711").unwrap())))
    );
}

#[test]
fn one_can_go_back_and_go_on_without() {
    assert_eq!(typed(&mut PinPage::default(), "[Up]"), Some(PinPageDoes::Closes));
    assert_eq!(typed(&mut PinPage::default(), "1[Backspace][Up]"), Some(PinPageDoes::Closes));
    assert_eq!(
        typed(&mut PinPage::default(), "112[Backspace][Backspace][Backspace]2"),
        Some(PinPageDoes::GoesOn)
    );
    assert_eq!(typed(&mut PinPage::default(), "2"), Some(PinPageDoes::GoesOn));
    assert_eq!(typed(&mut PinPage::default(), "[F3]"), Some(PinPageDoes::Asks(Wish::NextLanguage)));
}

#[test]
fn both_choices_fit_in_a_small_window_in_both_languages() {
    for language in Language::ALL {
        for size in SIZES {
            let shown = seen(&PinPage::default(), language, size);
            for says in [PinSays::SetOne, PinSays::Without] {
                assert!(shown.contains(says.text(language)), "{shown}");
            }
            let mut page = PinPage::default();
            typed(&mut page, "112");
            let shown = seen(&page, language, size);
            assert!(shown.contains("••"), "{shown}");
        }
    }
    let sample = Sample::new(Language::Spanish);
    let mut page = PinPage::default();
    never_panics(|area, buffer| PinPage::default().draw(&sample.view(), area, buffer));
    typed(&mut page, "1123");
    never_panics(|area, buffer| page.draw(&sample.view(), area, buffer));
}

#[test]
fn nothing_of_it_is_cut_in_a_small_window() {
    for language in Language::ALL {
        for keys in
            ["", "1", "1[Enter]", "112", "11234[Enter]", "11234[Enter]1235[Enter]", "11234[Enter]1234[Enter]"]
        {
            let mut page = PinPage::default();
            typed(&mut page, keys);
            all_of_it(&page.as_lines(&Sample::new(language).view()), &seen(&page, language, (40, 12)));
        }
        let mut page = PinPage::default();
        page.not_kept();
        all_of_it(&page.as_lines(&Sample::new(language).view()), &seen(&page, language, (40, 12)));
    }
}
