//! The leaflet, key by key, and every shipped one at every size.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use proptest::prelude::{Strategy, any, prop_oneof, proptest};
use proptest::test_runner::TestCaseError;
use ratatui::style::Style;

use super::*;
use crate::ui::sample::{SIZES, Sample, drawn, keys, never_panics, text};

fn open(sample: &Sample, size: (u16, u16)) -> Leaflet {
    let view = sample.view();
    let mut leaflet = Leaflet::new(&view, None, None);
    leaflet.fit(&view, size.0, size.1);
    leaflet
}

fn seen(leaflet: &Leaflet, sample: &Sample, size: (u16, u16)) -> String {
    text(&drawn(size, |area, buffer| leaflet.draw(&sample.view(), area, buffer)).0)
}

/// After these keys in a window of 40 by 12 this is the first line of the text, this the foot line, and this was
/// asked for.
fn check(typed: &str, first: &str, foot: &str, asked: &[Wish]) {
    let sample = Sample::new(Language::English);
    let mut leaflet = open(&sample, (40, 12));
    let mut wishes = Vec::new();
    for key in keys(typed) {
        wishes.extend(leaflet.press(key, &sample.view()));
    }
    let shown = seen(&leaflet, &sample, (40, 12));
    let lines: Vec<&str> = shown.lines().map(str::trim).collect();
    assert_eq!((lines[2], lines[11]), (first, foot), "{typed}\n{shown}");
    assert_eq!(wishes, asked, "{typed}");
}

#[test]
fn a_number_opens_a_page_and_nothing_else() {
    let page = Wish::PageOpened;
    check("", "1  Sleeping better", "contents  100%                0-3  q", &[]);
    check("1", "Sleeping better", "page 1 of 3  52%              0-3  q", &[page(0)]);
    check("3", "Getting help", "page 3 of 3  100%             0-3  q", &[page(2)]);
    check("30", "1  Sleeping better", "contents  100%                0-3  q", &[page(2)]);
    check("12", "Language courses", "page 2 of 3  100%             0-3  q", &[page(0), page(1)]);
    check("9", "1  Sleeping better", "contents  100%                0-3  q", &[]);
    check(
        "abz[Tab][F1][F3]?/[Hide][Backspace]",
        "1  Sleeping better",
        "contents  100%                0-3  q",
        &[],
    );
}

#[test]
fn it_scrolls_as_a_pager_does_and_no_further() {
    for (typed, first) in [
        ("1[Down]", "---------------"),
        ("1[Enter]", "---------------"),
        ("1[Down][Up][Up]", "Sleeping better"),
        ("1[PgDn]", "rest."),
        ("1 ", "rest."),
        ("1[Right]", "rest."),
        ("1 [Left]", "Sleeping better"),
        ("1[PgDn][PgDn][PgDn][PgUp]", "Sleeping better"),
        ("1[End][Home]", "Sleeping better"),
        ("1[End][Down]", "rest."),
        ("1[End]2", "Language courses"),
        ("1[End]1", "Sleeping better"),
    ] {
        let sample = Sample::new(Language::English);
        let mut leaflet = open(&sample, (40, 12));
        for key in keys(typed) {
            leaflet.press(key, &sample.view());
        }
        let shown = seen(&leaflet, &sample, (40, 12));
        assert_eq!(shown.lines().nth(2).map(str::trim), Some(first), "{typed}\n{shown}");
    }
}

#[test]
fn closing_is_asked_with_the_page_in_sight_and_only_yes_closes() {
    let page = Wish::PageOpened(0);
    let once = [page.clone()];
    check("1q", "Sleeping better", "Close? y/n", &once);
    check(
        "1qy",
        "Sleeping better",
        "page 1 of 3  52%              0-3  q",
        &[page.clone(), Wish::LeaveCovered],
    );
    check(
        "1QY",
        "Sleeping better",
        "page 1 of 3  52%              0-3  q",
        &[page.clone(), Wish::LeaveCovered],
    );
    for other in ["n", "q", "2", "[Enter]", "[End]", "[Hide]", " ", "s"] {
        // The key takes the question away and does nothing else.
        check(&format!("1q{other}"), "Sleeping better", "page 1 of 3  52%              0-3  q", &once);
        check(&format!("1q{other}y"), "Sleeping better", "page 1 of 3  52%              0-3  q", &once);
    }
    let sample = Sample::new(Language::Spanish);
    for yes in ['s', 'y'] {
        let mut leaflet = open(&sample, (40, 12));
        leaflet.press(Key::Char('q'), &sample.view());
        assert!(seen(&leaflet, &sample, (40, 12)).ends_with("¿Cerrar? s/n"));
        assert_eq!(leaflet.press(Key::Char(yes), &sample.view()), [Wish::LeaveCovered]);
    }
}

#[test]
fn it_opens_at_the_topic_that_was_agreed() {
    let sample = Sample::new(Language::English);
    for (topic, line) in [("courses", "Language courses"), ("gone", "1  Sleeping better")] {
        let topic = TopicId::new(topic).unwrap();
        let leaflet = Leaflet::new(&sample.view(), None, Some(&topic));
        let shown = seen(&leaflet, &sample, (80, 24));
        assert_eq!(shown.lines().nth(2).map(str::trim), Some(line));
    }
    let unknown = CoverId::new("unknown").unwrap();
    let leaflet = Leaflet::new(&sample.view(), Some(&unknown), None);
    assert!(seen(&leaflet, &sample, (80, 24)).contains("Health and training"));
}

#[test]
fn a_resize_keeps_the_paragraph_in_place_and_coming_back_its_line() {
    let sample = Sample::new(Language::English);
    let mut leaflet = open(&sample, (40, 12));
    for key in keys("1[Down][Down][Down][Down][Down]") {
        leaflet.press(key, &sample.view());
    }
    let first = |leaflet: &mut Leaflet, width, height| {
        leaflet.fit(&sample.view(), width, height);
        let shown = seen(leaflet, &sample, (width, height));
        shown.lines().nth(2).unwrap_or_default().trim().to_owned()
    };
    assert_eq!(first(&mut leaflet, 40, 12), "- Go to bed and get up at the same");
    assert_eq!(first(&mut leaflet, 30, 12), "- Go to bed and get up at");
    assert_eq!(first(&mut leaflet, 20, 9), "- Go to bed and get");
    assert_eq!(first(&mut leaflet, 200, 50), "Sleeping better", "all of it fits");
    assert_eq!(first(&mut leaflet, 40, 12), "- Go to bed and get up at the same");
}

#[test]
fn drawing_without_being_fitted_first_shows_the_same() {
    let sample = Sample::new(Language::Spanish);
    for size in [(80, 24), (40, 12), (33, 7), (9, 5)] {
        let unfitted = Leaflet::new(&sample.view(), None, None);
        assert_eq!(seen(&unfitted, &sample, size), seen(&open(&sample, size), &sample, size));
    }
}

#[test]
fn it_works_before_the_protocol_is_read_and_does_not_change_when_it_was() {
    for language in Language::ALL {
        let mut sample = Sample::new(language);
        let protocol = sample.protocol.take();
        let mut leaflet = open(&sample, (80, 24));
        let asked = leaflet.press(Key::Char('2'), &sample.view());
        assert_eq!(asked, [Wish::PageOpened(1)]);
        let before = seen(&leaflet, &sample, (80, 24));
        assert!(before.contains(built_in(language).topics[1].title));
        sample.protocol = protocol;
        leaflet.fit(&sample.view(), 80, 24);
        assert_eq!(seen(&leaflet, &sample, (80, 24)), before);
    }
}

#[test]
fn it_has_no_colour_and_no_attribute_and_leaves_nothing_of_what_was_there() {
    let sample = Sample::new(Language::English);
    let leaflet = open(&sample, (40, 12));
    let mut buffer = Buffer::empty(Rect::new(0, 0, 40, 12));
    for row in 0..12 {
        buffer.set_string(0, row, "secret ".repeat(6), Style::new().red().bold());
    }
    leaflet.draw(&sample.view(), buffer.area, &mut buffer);
    assert!(!text(&buffer).contains("secret"));
    let bare = ratatui::buffer::Cell::EMPTY.style();
    assert!(buffer.content.iter().all(|cell| cell.style() == bare));
    assert_eq!(buffer, drawn((40, 12), |area, buffer| leaflet.draw(&sample.view(), area, buffer)).0);
}

#[test]
fn no_word_around_the_text_tells_what_the_program_is() {
    let telling = [
        "amparo",
        "victim",
        "víctima",
        "traff",
        "trata",
        "interview",
        "entrevista",
        "session",
        "sesión",
        "case",
        "caso",
        "protocol",
        "check",
        "lista",
        "danger",
        "peligro",
        "police",
        "policía",
        "hide",
        "ocult",
        "esc",
    ];
    for language in Language::ALL {
        let mut said = String::new();
        for says in neutral() {
            said += &says.text(language).to_lowercase();
            said.push('\n');
        }
        let sheet = built_in(language);
        for topic in sheet.topics {
            said += &topic.title.to_lowercase();
            topic.lines.iter().for_each(|line| said += &line.to_lowercase());
        }
        for word in telling {
            let found = said.split(|c: char| !c.is_alphanumeric()).find(|one| {
                // "Esc" is a part of many harmless words.
                if word == "esc" || word == "case" || word == "caso" {
                    *one == word
                } else {
                    one.contains(word)
                }
            });
            assert_eq!(found, None, "{word}");
        }
    }
}

#[test]
fn it_draws_at_every_size() {
    for language in Language::ALL {
        let sample = Sample::new(language);
        for typed in ["", "1", "1q", "2 "] {
            let mut leaflet = open(&sample, (80, 24));
            for key in keys(typed) {
                leaflet.press(key, &sample.view());
            }
            never_panics(|area, buffer| leaflet.draw(&sample.view(), area, buffer));
            // The question is in sight in the smallest window that shows anything.
            if typed.ends_with('q') {
                assert!(["C", "¿"].contains(&seen(&leaflet, &sample, (1, 1)).as_str()));
            }
        }
    }
    let mut sample = Sample::new(Language::English);
    for width in [0, 1, 9, 40, u16::MAX] {
        sample.look.leaflet_width = width;
        let leaflet = open(&sample, (80, 24));
        never_panics(|area, buffer| leaflet.draw(&sample.view(), area, buffer));
    }
}

#[test]
fn it_looks_like_a_text_viewer() {
    for (language, code) in [(Language::English, "en"), (Language::Spanish, "es")] {
        let sample = Sample::new(language);
        for size in SIZES {
            for (typed, name) in [("", "contents"), ("1", "page"), ("1q", "close")] {
                let mut leaflet = open(&sample, size);
                for key in keys(typed) {
                    leaflet.press(key, &sample.view());
                }
                let (buffer, _) = drawn(size, |area, buffer| leaflet.draw(&sample.view(), area, buffer));
                insta::assert_debug_snapshot!(format!("{name}_{code}_{}x{}", size.0, size.1), buffer);
            }
        }
    }
}

/// Every word or line that may stand around the text of a leaflet of up to nine pages.
fn neutral() -> Vec<LeafletSays> {
    let mut all = vec![LeafletSays::Close];
    for of in 1..=9 {
        all.push(LeafletSays::Keys { of });
        all.push(LeafletSays::KeysAlone { of });
        for seen in 0..=100 {
            all.push(LeafletSays::Contents { seen });
            all.extend((1..=of).map(|page| LeafletSays::Page { page, of, seen }));
        }
    }
    all
}

fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split_whitespace().map(str::to_owned)
}

fn allowed(sample: &Sample) -> BTreeSet<String> {
    let mut allowed = BTreeSet::new();
    for says in neutral() {
        allowed.extend(words(&says.text(sample.language)));
    }
    for cover in &sample.protocol.as_ref().unwrap().covers {
        allowed.extend(words(cover.title.in_language(&sample.shown)));
        for topic in &cover.topics {
            allowed.extend(words(topic.title.in_language(&sample.shown)));
            topic.lines.iter().for_each(|line| allowed.extend(words(line.in_language(&sample.shown))));
        }
    }
    allowed.extend(["-".to_owned()]);
    allowed.extend((1..=9).map(|number: u8| number.to_string()));
    allowed.extend((1..=80).map(|length| "-".repeat(length)));
    allowed
}

static ENGLISH: LazyLock<BTreeSet<String>> = LazyLock::new(|| allowed(&Sample::new(Language::English)));
static SPANISH: LazyLock<BTreeSet<String>> = LazyLock::new(|| allowed(&Sample::new(Language::Spanish)));

fn any_key() -> impl Strategy<Value = Key> {
    prop_oneof![
        4 => any::<char>().prop_map(Key::Char),
        4 => proptest::char::range('0', '9').prop_map(Key::Char),
        2 => proptest::sample::select(vec!['q', 'y', 'n', 's', ' ']).prop_map(Key::Char),
        4 => proptest::sample::select(vec![
            Key::Hide, Key::Return, Key::Enter, Key::Backspace, Key::Delete, Key::Tab, Key::BackTab, Key::Up,
            Key::Down, Key::Left, Key::Right, Key::PageUp, Key::PageDown, Key::Home, Key::End,
        ]),
        1 => (1..=12_u8).prop_map(Key::F),
    ]
}

proptest! {
    #[test]
    fn whoever_plays_with_it_finds_a_leaflet_and_no_more(
        typed in proptest::collection::vec(any_key(), 0..60),
        width in 30..100_u16,
        height in 1..40_u16,
        spanish in any::<bool>(),
    ) {
        let sample = Sample::new(if spanish { Language::Spanish } else { Language::English });
        let view = sample.view();
        let allowed = if spanish { &*SPANISH } else { &*ENGLISH };
        let mut leaflet = open(&sample, (width, height));
        let mut before = None;
        for key in typed {
            let asking = leaflet.question == Question::Close;
            for wish in leaflet.press(key, &view) {
                match wish {
                    Wish::PageOpened(page) => assert!(page < 3 && matches!(key, Key::Char('1'..='3'))),
                    Wish::LeaveCovered => assert!(asking && matches!(before, Some(Key::Char('q' | 'Q')))),
                    other => return Err(TestCaseError::fail(format!("{other:?}"))),
                }
            }
            before = Some(key);
            let shown = seen(&leaflet, &sample, (width, height));
            for word in words(&shown) {
                assert!(allowed.contains(&word), "{word} in\n{shown}");
            }
        }
    }
}

#[test]
fn every_shipped_page_can_be_read_to_its_end_in_a_small_window() {
    let mut sample = Sample::new(Language::English);
    sample.protocol = crate::protocol::shipped().ok();
    let covers = sample.protocol.as_ref().map(|protocol| protocol.covers.clone()).unwrap_or_default();
    assert!(covers.len() >= 2, "an office and a waiting room have leaflets of their own");
    for language in Language::ALL {
        sample.shown = language.code();
        for cover in &covers {
            for (place, topic) in cover.topics.iter().enumerate() {
                let mut leaflet = Leaflet::new(&sample.view(), Some(&cover.id), Some(&topic.id));
                leaflet.fit(&sample.view(), 40, 12);
                leaflet.press(Key::End, &sample.view());
                let shown = seen(&leaflet, &sample, (40, 12));
                let last = topic.lines.last().map(|line| line.in_language(&sample.shown)).unwrap_or_default();
                let last_word = last.split_whitespace().last().unwrap_or_default();
                let last_line = shown.lines().nth(10).unwrap_or_default();
                assert!(last_line.ends_with(last_word), "{} page {}\n{shown}", cover.id, place + 1);
                assert!(shown.contains("100%"), "{shown}");
            }
        }
    }
}
