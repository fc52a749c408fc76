//! The pages of the review, held to the table of keys: on each of them, what a key does and what the table says of it.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use super::{FiguresPage, FoundDoes, FoundPage, ReadSession, Review, ReviewTold, SessionDoes, SessionPage};
use crate::journal::{Inspected, Prints, ProtocolFile, ProtocolSource, Session, SessionName, Verdict};
use crate::machine::{Command, Event, Heard, Reason, ReasonCode, SessionKind, State, Value, apply, decide};
use crate::protocol::Protocol;
use crate::review::{Figures, Marks, Reviewed, Shared, Summary};
use crate::text::{CaseCode, Fingerprint, Language, Prose, StaffNumber, StepId};
use crate::ui::key::Key;
use crate::ui::keys::{self, Context, Keys, Where, working};
use crate::ui::sample::{Sample, keys as presses, never_panics, text};
use crate::ui::stage;
use crate::ui::tests::table::all_keys;
use crate::ui::view::View;
use crate::words::{RoomSays, room_says};

fn step(id: &str) -> StepId {
    StepId::new(id).unwrap()
}

/// A session of the test's protocol: a step skipped that is required, two notes, a response.
fn events(protocol: &Protocol) -> Vec<Event> {
    let mut now = Sample::new(Language::English).now;
    let mut state = State::default();
    let mut events = Vec::new();
    let response = protocol.responses.iter().find(|response| !response.cover).unwrap().id.clone();
    let required = protocol
        .steps
        .iter()
        .find(|step| step.required != crate::protocol::Required::Never)
        .map(|step| step.id.clone())
        .unwrap();
    let note = |text: &str| Command::Note { text: Prose::new(text).unwrap() };
    for command in [
        Command::Begin {
            staff: vec![StaffNumber::new("204").unwrap()],
            case: CaseCode::new("K-17").unwrap(),
            kind: SessionKind::Real,
        },
        note("the door is locked at night"),
        Command::Skip { step: required, reason: Reason { code: ReasonCode::NoTime, words: None } },
        Command::Raise { response: response.clone() },
        note("the key of the door"),
        Command::Return,
        Command::Answer { step: step("who-knows"), value: Value::Heard(Heard::Understood), reason: None },
    ] {
        now.run += 60_000;
        now.wall += 60_000;
        if let Ok(event) = decide(protocol, &state, &command, now) {
            apply(&mut state, &event);
            events.push(event);
        }
    }
    events
}

fn read() -> Arc<ReadSession> {
    let protocol = Arc::new(stage::protocol());
    let events = events(&protocol);
    let now = Sample::new(Language::English).now;
    let verdict = Verdict::Open;
    let session = Session {
        name: SessionName::of_bytes([7; 16]),
        protocol: Arc::new(ProtocolSource::new(ProtocolFile::new("stage.yaml", ""), Vec::new())),
        events: events.clone(),
        verdict,
    };
    let inspected = Inspected {
        session,
        prints: Prints { now: Fingerprint([0; 32]), once: Vec::new() },
        other: None,
        erased: false,
        receipt: None,
    };
    let summary = Summary::of(&inspected, Some(&protocol), None::<Marks>, now, &Shared::default()).unwrap();
    let reviewed = Reviewed::of(&protocol, &events, verdict, now);
    Arc::new(ReadSession { head: None, summary, protocol, events: Arc::new(events), reviewed })
}

/// A page of the review.
enum Page {
    Session(Box<SessionPage>),
    Figures(Box<FiguresPage>),
    Found(Box<FoundPage>),
}

impl Page {
    fn press(&mut self, key: Key, view: &View) -> SessionDoes {
        match self {
            Self::Session(page) => page.press(key, view),
            Self::Figures(page) => page.press(key, view),
            // What it asks for is something, as closing is.
            Self::Found(page) => match page.press(key, view) {
                FoundDoes::Stays => SessionDoes::Stays,
                FoundDoes::Closes | FoundDoes::Looks(_) | FoundDoes::Opens(..) => SessionDoes::Closes,
            },
        }
    }

    fn draw(&self, view: &View, area: Rect, buffer: &mut Buffer) {
        match self {
            Self::Session(page) => {
                page.draw(view, area, buffer);
            }
            Self::Figures(page) => page.draw(view, area, buffer),
            Self::Found(page) => {
                page.draw(view, area, buffer);
            }
        }
    }

    fn context(&self, view: &View) -> Context {
        match self {
            Self::Session(page) => page.context(view),
            Self::Figures(page) => page.context(view),
            Self::Found(page) => page.context(view),
        }
    }
}

/// States of the pages, as the keys that lead there.
fn states(view: &View) -> Vec<(&'static str, Page)> {
    let read = read();
    let figures = || Figures::of([&read.summary]);
    let session = |keys: &str| {
        let mut page = SessionPage::new(Arc::clone(&read));
        for key in presses(keys) {
            page.press(key, view);
        }
        Page::Session(Box::new(page))
    };
    let of_figures = |keys: &str| {
        let mut page = FiguresPage::new(figures());
        for key in presses(keys) {
            page.press(key, view);
        }
        Page::Figures(Box::new(page))
    };
    let found = |keys: &str| {
        let mut page = FoundPage::default();
        for key in presses(keys) {
            if let FoundDoes::Looks(search) = page.press(key, view) {
                page.begins(&[read.summary.name]);
                page.looked(&search, read.summary.name, search.in_events(&read.events), Some(&read.summary));
            }
        }
        Page::Found(Box::new(page))
    };
    vec![
        ("words for many sessions", found("")),
        ("words for many sessions, typing", found("do")),
        ("words that stand somewhere", found("door[Enter]")),
        ("words that stand nowhere", found("xyzzy[Enter]")),
        ("words found, their keys", found("door[Enter]?")),
        ("at its beginning", session("")),
        ("at what went against the protocol", session("[Down]")),
        ("at its end", session("[End]")),
        ("in its middle", session("/door[Enter]")),
        ("looking for words", session("/")),
        ("looking for words, typing", session("/do")),
        ("its keys", session("?")),
        ("played back", session("/door[Enter]v")),
        ("played back, its keys", session("v?")),
        ("figures", of_figures("[PgDn]")),
        ("figures, their keys", of_figures("?")),
    ]
}

fn seen(page: &Page, view: &View) -> String {
    let area = Rect::new(0, 0, view.size.width, view.size.height);
    let mut buffer = Buffer::empty(area);
    page.draw(view, area, &mut buffer);
    format!("{}\n{buffer:?}", text(&buffer))
}

#[test]
fn every_key_does_something_exactly_where_the_table_says_so() {
    let sample = Sample::new(Language::English);
    // Low enough that each page is longer than the screen.
    let view = View { size: Size::new(60, 9), ..sample.view() };
    let count = states(&view).len();
    for key in all_keys() {
        for place in 0..count {
            let (name, mut page) = states(&view).swap_remove(place);
            let context = page.context(&view);
            let says = keys::action(key, &context).is_some();
            let before = seen(&page, &view);
            let does = page.press(key, &view) != SessionDoes::Stays || seen(&page, &view) != before;
            let at_an_end = matches!(
                key,
                Key::Up
                    | Key::Down
                    | Key::PageUp
                    | Key::PageDown
                    | Key::Home
                    | Key::End
                    | Key::Char(' ' | '[' | ']')
            );
            let edits = working(&context).any(|line| line.keys == Keys::Typing && line.takes(key, &context));
            let hides = key == Key::Hide;
            assert!(says || !does, "{name}: {key:?} does something that the table does not know");
            assert!(!says || does || at_an_end || edits || hides, "{name}: {key:?} does nothing");
        }
    }
}

#[test]
fn every_place_of_the_review_is_met_and_has_its_two_hints() {
    for language in Language::ALL {
        let sample = Sample::new(language);
        for size in [(80, 24), (40, 12)] {
            let view = View { size: Size::new(size.0, size.1), ..sample.view() };
            let mut met = Vec::new();
            for (name, page) in states(&view) {
                let at = page.context(&view).at;
                met.push(at);
                let area = Rect::new(0, 0, size.0, size.1);
                let mut buffer = Buffer::empty(area);
                page.draw(&view, area, &mut buffer);
                let text = text(&buffer);
                let bar = text.lines().last().unwrap_or_default();
                let (hides, keys) = match language {
                    Language::English => ("Esc page", "keys"),
                    Language::Spanish => ("Esc página", "teclas"),
                };
                assert!(bar.contains(hides), "{name} {size:?}: {bar}");
                assert!(bar.contains(keys) || at == Where::PageKeys, "{name} {size:?}: {bar}");
            }
            for at in
                [Where::Session, Where::Replay, Where::Seeking, Where::Figures, Where::Found, Where::PageKeys]
            {
                assert!(met.contains(&at), "{at:?}");
            }
        }
    }
}

#[test]
fn a_session_that_comes_while_the_keys_are_up_takes_the_keys_itself() {
    let sample = Sample::new(Language::English);
    let view = sample.view();
    let read = read();
    let mut review = Review::new(Some(read.summary.name));
    for key in presses("204[Enter]?") {
        review.press(key, &view);
    }
    review.told(ReviewTold::Read(read), &view);
    review.press(Key::Char('f'), &view);
    let lines = review.as_lines(&view).join("\n");
    let asks = room_says(RoomSays::SignOffTitle(1), view.language).into_owned();
    assert!(lines.contains(&asks), "{lines}");
}

#[test]
fn nothing_is_drawn_outside_and_no_size_is_too_small() {
    let sample = Sample::new(Language::Spanish);
    let view = sample.view();
    for (_, page) in states(&view) {
        never_panics(|area, buffer| {
            page.draw(&View { size: Size::new(area.width, area.height), ..view }, area, buffer);
            None
        });
    }
}
