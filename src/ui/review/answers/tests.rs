//! The page of remarks: what is answered, what is kept when that fails, and each key held to the table.

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use super::*;
use crate::journal::JournalError;
use crate::text::{Language, StaffNumber};
use crate::ui::keys::{Keys, working};
use crate::ui::sample::{Sample, keys as presses, never_panics, text};
use crate::ui::tests::table::all_keys;

fn line(number: u8, text: &str) -> RemarkLine {
    RemarkLine {
        session: SessionName::of_bytes([number; 16]),
        remark: SessionName::of_bytes([number + 100; 16]),
        case: format!("K-{number}"),
        at: 1_795_780_800_000,
        zone: 60,
        by: StaffNumber::new("100").unwrap(),
        to: StaffNumber::new("204").unwrap(),
        about: vec![
            (Language::English, "the whole session".to_owned()),
            (Language::Spanish, "toda la sesión".to_owned()),
        ],
        text: text.to_owned(),
    }
}

fn desk(language: Language) -> Sample {
    let mut sample = Sample::new(language);
    sample.desk.remarks = vec![
        line(1, "Why did you go on without the other one?"),
        line(2, "Please call me before you see her again, and tell me what she said about the door."),
    ];
    sample
}

fn page(sample: &Sample, typed: &str) -> AnswersPage {
    let mut page = AnswersPage::default();
    for key in presses(typed) {
        page.press(key, &sample.view());
    }
    page
}

fn seen(page: &AnswersPage, view: &View) -> String {
    let area = Rect::new(0, 0, view.size.width, view.size.height);
    let mut buffer = Buffer::empty(area);
    page.draw(view, area, &mut buffer);
    format!("{}\n{buffer:?}", text(&buffer))
}

#[test]
fn an_answer_is_for_the_remark_that_is_looked_at_and_is_gone_once_it_is_kept() {
    let sample = desk(Language::English);
    let mut page = page(&sample, "[Down][Enter]she was ill");
    let AnswersDo::Keeps(answer) = page.press(Key::Enter, &sample.view()) else { panic!("it is kept") };
    assert_eq!((answer.to.remark, answer.text.as_str()), (line(2, "").remark, "she was ill"));
    assert_eq!(page.press(Key::Left, &sample.view()), AnswersDo::Stays, "nobody leaves before it is kept");
    page.kept(Ok(()));
    let shown = seen(&page, &sample.view());
    assert!(shown.contains("K-1") && !shown.contains("K-2"), "{shown}");
    assert!(shown.contains("Your answer is kept"), "{shown}");
    assert_eq!(page.press(Key::Left, &sample.view()), AnswersDo::Closes);
}

#[test]
fn what_could_not_be_kept_stands_in_the_field_again_with_the_reason() {
    for language in Language::ALL {
        let sample = desk(language);
        let mut page = page(&sample, "[Enter]she was ill[Enter]");
        let gone = JournalError::NoSuchSession("abc".to_owned());
        page.kept(Err(NotDone::Journal(gone)));
        let shown = seen(&page, &sample.view());
        assert!(shown.contains("she was ill"), "{shown}");
        assert!(shown.contains(AnswerSays::Field.text(language)), "{shown}");
        let AnswersDo::Keeps(again) = page.press(Key::Enter, &sample.view()) else { panic!("again") };
        assert_eq!(again.text.as_str(), "she was ill");
    }
}

#[test]
fn nothing_typed_is_no_answer_and_an_empty_field_closes() {
    let sample = desk(Language::English);
    let mut page = page(&sample, "[Enter]");
    assert_eq!(page.press(Key::Enter, &sample.view()), AnswersDo::Stays);
    assert!(seen(&page, &sample.view()).contains("Nothing is written yet"));
    page.press(Key::Backspace, &sample.view());
    assert_eq!(page.context(&sample.view()).at, Where::Remarks);
    assert_eq!(page.press(Key::Char('q'), &sample.view()), AnswersDo::Closes);
}

#[test]
fn every_key_does_something_exactly_where_the_table_says_so() {
    let sample = desk(Language::English);
    // Low enough that the list is longer than the screen.
    let view = View { size: Size::new(60, 6), ..sample.view() };
    let mut met = Vec::new();
    for typed in ["", "[Down]", "[Enter]", "[Enter]so", "?", "[Enter]so[Enter]"] {
        for key in all_keys() {
            let mut page = page(&sample, typed);
            let context = page.context(&view);
            met.push(context.at);
            let says = action(key, &context).is_some();
            let before = seen(&page, &view);
            let does = page.press(key, &view) != AnswersDo::Stays || seen(&page, &view) != before;
            let at_an_end =
                matches!(key, Key::Up | Key::Down | Key::PageUp | Key::PageDown | Key::Home | Key::End)
                    || key == Key::Char(' ');
            let edits = working(&context).any(|line| line.keys == Keys::Typing && line.takes(key, &context));
            let waits = typed.ends_with("so[Enter]");
            assert!(says || !does, "{typed}: {key:?} does something that the table does not know");
            assert!(
                !says || does || at_an_end || edits || waits || key == Key::Hide,
                "{typed}: {key:?} does nothing"
            );
        }
    }
    for at in [Where::Remarks, Where::Answering, Where::PageKeys] {
        assert!(met.contains(&at), "{at:?}");
    }
}

#[test]
fn every_word_of_a_remark_can_be_read_at_forty_by_twelve_and_no_size_is_too_small() {
    for language in Language::ALL {
        let sample = desk(language);
        let view = View { size: Size::new(40, 12), ..sample.view() };
        let mut page = page(&sample, "");
        let mut all = String::new();
        for _ in 0..12 {
            all.push_str(&seen(&page, &view));
            page.press(Key::Down, &view);
        }
        for word in sample.desk.remarks.iter().flat_map(|line| line.text.split_whitespace()) {
            assert!(all.contains(word), "{word}: {all}");
        }
        let bar = seen(&page, &view);
        assert!(bar.contains("Esc") && bar.contains('?'), "{bar}");
        for typed in ["", "[Enter]so", "?"] {
            let page = self::page(&sample, typed);
            never_panics(|area, buffer| {
                page.draw(&View { size: Size::new(area.width, area.height), ..view }, area, buffer)
            });
        }
    }
}
