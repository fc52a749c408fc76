//! The pages of one session and of figures, drawn over an archive: what is on them, how they look, and that no key harms.

use std::sync::Arc;

use amparo::journal::{Handling, Mark, On, SessionName, Store};
use amparo::review::{
    Added, Figures, Given, Handled, Marks, Remark, Reviewed, Search, SignedOff, Summary, Timeline, state_of,
};
use amparo::seal::HeadCode;
use amparo::text::{Fingerprint, Language, Prose, StaffNumber};
use amparo::ui::{FiguresPage, Key, ReadSession, SessionDoes, SessionPage, SessionWish};
use amparo::words::Telling;
use proptest::prelude::{ProptestConfig, Strategy, any, prop, prop_oneof, proptest};
use ratatui::buffer::{Buffer, Cell};

use super::room::Room;
use super::{OFFICE, now, read};

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (40, 12)];

impl Room {
    fn drawn(&self, page: &SessionPage) -> Buffer {
        let mut buffer = Buffer::empty(self.area());
        page.draw(&self.view(), self.area(), &mut buffer);
        buffer
    }

    fn text(&self, page: &SessionPage) -> String {
        text(&self.drawn(page))
    }

    /// Presses the keys of a text in which `<Down>` and the like stand for themselves.
    fn press(&self, page: &mut SessionPage, keys: &str) -> SessionDoes {
        let mut does = SessionDoes::Stays;
        for key in presses(keys) {
            does = page.press(key, &self.view());
        }
        does
    }
}

fn presses(text: &str) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let named = rest.strip_prefix('<').and_then(|named| named.split_once('>'));
        let Some((name, after)) = named else {
            keys.push(Key::Char(c));
            rest = &rest[c.len_utf8()..];
            continue;
        };
        keys.push(match name {
            "Enter" => Key::Enter,
            "Back" => Key::Backspace,
            "Up" => Key::Up,
            "Down" => Key::Down,
            "Left" => Key::Left,
            "Right" => Key::Right,
            "PgUp" => Key::PageUp,
            "PgDn" => Key::PageDown,
            "Home" => Key::Home,
            "End" => Key::End,
            other => unreachable!("no key is named {other}"),
        });
        rest = after;
    }
    keys
}

fn text(buffer: &Buffer) -> String {
    let rows = buffer.area.rows().map(|row| {
        let cells = row.columns().filter_map(|column| buffer.cell((column.x, column.y)));
        cells.map(Cell::symbol).collect::<String>().trim_end().to_owned()
    });
    rows.collect::<Vec<_>>().join("\n")
}

fn read_one(summary: &Summary) -> Arc<ReadSession> {
    let session = Store::at(&OFFICE.home).open(&summary.name, &OFFICE.supervisor).unwrap();
    let protocol = summary.protocol.clone().unwrap();
    let reviewed = Reviewed::of(&protocol, &session.events, session.verdict, now());
    // A code takes a while: only where something stands beside the session, which names it.
    let head = summary.marks.as_ref().and_then(|_| summary.head_code());
    let events = Arc::new(session.events);
    Arc::new(ReadSession { summary: summary.clone(), head, protocol, events, reviewed })
}

fn planted(place: usize) -> Arc<ReadSession> {
    named(&OFFICE.planted[place].name)
}

fn named(name: &SessionName) -> Arc<ReadSession> {
    read_one(read().summary(name).unwrap())
}

/// Every session of the archive whose protocol can be read.
fn all() -> Vec<Arc<ReadSession>> {
    read().summaries().iter().filter(|summary| summary.protocol.is_some()).map(read_one).collect()
}

/// The first session in which she needed a moment and a pause was made, with the event that opened the response.
fn with_a_response() -> (Arc<ReadSession>, u64) {
    let found = all().into_iter().filter(|read| read.summary.distress > 0);
    let mut found: Vec<_> = found.collect();
    found.sort_by_key(|read| read.summary.begun.wall);
    let read = found.into_iter().next().expect("somebody needed a moment");
    let from = read.reviewed.responses.first().expect("a response").from;
    (read, from)
}

fn number(text: &str) -> StaffNumber {
    StaffNumber::new(text).unwrap()
}

/// The second planted one, with what a supervisor said of it.
fn with_marks() -> Arc<ReadSession> {
    let one = planted(1);
    let sha256 = Fingerprint([9; 32]);
    let given = |mark| Given { mark, at: now(), by: number("301") };
    let prose = |text| Prose::new(text).unwrap();
    let remark = |on, to: Option<&str>, text, answers| Remark {
        name: one.summary.name,
        at: now(),
        by: number("301"),
        to: to.map(number),
        on,
        text: prose(text),
        answers,
    };
    let added = |text| Added { at: now(), by: number("204"), text: prose(text), of_another_file: false };
    let marks = Marks {
        signed: SignedOff::Yes(given(Mark::SignedOff), HeadCode::of(&sha256)),
        on: [(On::Event(35), given(Mark::ToDiscuss))].into(),
        remarks: vec![
            remark(On::Event(35), Some("204"), "Who could have come?", vec![added("Nobody that day.")]),
            remark(On::Session, None, "Talk about going alone on Monday.", Vec::new()),
        ],
        addenda: vec![added("The course began.")],
        stray_answers: Vec::new(),
        uncounted: 0,
        handled: vec![Handled { at: now(), by: None, how: Handling::Opened, head: HeadCode::of(&sha256) }],
    };
    let mut summary = one.summary.clone();
    (summary.marks, summary.sha256) = (Some(Box::new(marks)), Some(sha256));
    let (protocol, events, reviewed) =
        (Arc::clone(&one.protocol), Arc::clone(&one.events), one.reviewed.clone());
    Arc::new(ReadSession { head: summary.head_code(), summary, protocol, events, reviewed })
}

/// Makes a page anew.
type Made<'a> = Box<dyn Fn() -> SessionPage + 'a>;

#[test]
fn the_pages_look_so() {
    let (moment, from) = with_a_response();
    let marks = with_marks();
    let states: [(&str, Made<'_>, &str); 6] = [
        ("session", Box::new(|| SessionPage::new(planted(1))), ""),
        ("session_danger", Box::new(|| SessionPage::new(planted(0))), ""),
        ("session_response", Box::new(|| SessionPage::new(Arc::clone(&moment)).at_event(from)), ""),
        ("session_said", Box::new(|| SessionPage::new(Arc::clone(&marks))), "]"),
        ("session_replay", Box::new(|| SessionPage::new(planted(1))), "]v"),
        ("session_keys", Box::new(|| SessionPage::new(planted(1))), "?"),
    ];
    for (language, code) in [(Language::English, "en"), (Language::Spanish, "es")] {
        for size in SIZES {
            // The widest language in the narrowest place, and what most people will see.
            if code == "es" && size == (80, 24) || code == "en" && size == (40, 12) {
                continue;
            }
            let room = Room::new(language, size);
            let named = |name: &str| format!("{name}_{code}_{}x{}", size.0, size.1);
            for (name, made, keys) in &states {
                let mut page = made();
                room.press(&mut page, keys);
                insta::assert_debug_snapshot!(named(name), room.drawn(&page));
            }
            let page = FiguresPage::new(Figures::of(read().summaries()));
            let mut buffer = Buffer::empty(room.area());
            page.draw(&room.view(), room.area(), &mut buffer);
            insta::assert_debug_snapshot!(named("figures"), buffer);
        }
    }
}

#[test]
fn a_line_leads_to_its_moment_and_each_wish_names_what_is_looked_at() {
    let one = planted(1);
    let first = one.reviewed.deviations.iter().filter_map(|found| found.event).min().unwrap();
    let second =
        one.reviewed.deviations.iter().filter_map(|found| found.event).filter(|event| *event > first).min();
    let second = second.unwrap();
    let wish = |wish| SessionDoes::Asks(wish);
    for (keys, does) in [
        ("f", wish(SessionWish::SignOff)),
        ("x", wish(SessionWish::Export)),
        ("r", wish(SessionWish::Remark(On::Session))),
        ("m", wish(SessionWish::Mark(On::Session))),
        // The first line below the head is the heaviest that went against the protocol.
        ("<Down>r", wish(SessionWish::Remark(On::Event(first)))),
        ("<Down><Enter>m", wish(SessionWish::Mark(On::Event(first)))),
        ("]r", wish(SessionWish::Remark(On::Event(first)))),
        ("]]r", wish(SessionWish::Remark(On::Event(second)))),
        ("]][r", wish(SessionWish::Remark(On::Event(first)))),
        ("]v<Right><Right>r", wish(SessionWish::Remark(On::Event(first + 2)))),
        ("]v<Right>]m", wish(SessionWish::Mark(On::Event(second)))),
        ("]v<Left><Left>vr", wish(SessionWish::Remark(On::Event(first - 2)))),
        ("v<Left>r", wish(SessionWish::Remark(On::Event(1)))),
        ("<End>v<Right>r", wish(SessionWish::Remark(On::Event(one.events.len() as u64)))),
        ("]vf", SessionDoes::Stays),
        ("]vq", SessionDoes::Stays),
        ("]vqq", SessionDoes::Closes),
        ("?r", SessionDoes::Stays),
        ("??r", wish(SessionWish::Remark(On::Session))),
        ("<Left>", SessionDoes::Closes),
        ("/r", SessionDoes::Stays),
        ("/<Back>r", wish(SessionWish::Remark(On::Session))),
    ] {
        for size in SIZES {
            let mut page = SessionPage::new(Arc::clone(&one));
            assert_eq!(Room::new(Language::English, size).press(&mut page, keys), does, "{keys} {size:?}");
        }
    }
    let mut page = SessionPage::new(Arc::clone(&one)).at_event(12);
    let does = Room::new(Language::English, (80, 24)).press(&mut page, "r");
    assert_eq!(does, wish(SessionWish::Remark(On::Event(12))));
}

#[test]
fn words_that_are_looked_for_are_found_one_place_after_the_other() {
    let room = Room::new(Language::English, (80, 24));
    let (one, hits) = all()
        .into_iter()
        .map(|one| {
            let mut hits = Search::new("the").unwrap().in_events(&one.events);
            hits.dedup_by_key(|hit| hit.event);
            (one, hits)
        })
        .find(|(_, hits)| hits.len() >= 3)
        .unwrap();
    let mut page = SessionPage::new(one);
    let mut found = vec![room.press(&mut page, "/THE<Enter>r")];
    found.extend((1..=hits.len()).map(|_| room.press(&mut page, "nr")));
    let asked: Vec<SessionDoes> = hits
        .iter()
        .chain(hits.first())
        .map(|hit| SessionDoes::Asks(SessionWish::Remark(On::Event(hit.event))))
        .collect();
    assert_eq!(found, asked, "and after the last one the first again");
    room.press(&mut page, "/no such words<Enter>");
    assert!(room.text(&page).contains("«no such words» stands nowhere in this session"));
}

#[test]
fn the_page_of_every_session_says_all_that_is_known_of_it() {
    for language in [Language::English, Language::Spanish] {
        // So high that all of it is in sight, so wide that hardly a line is wrapped.
        let room = Room::new(language, (300, 1_500));
        let bare = |text: &str| text.split_whitespace().collect::<String>();
        for one in all() {
            let page = SessionPage::new(Arc::clone(&one));
            let text = bare(&room.text(&page));
            let telling = Telling::new(language, Some(&one.protocol), one.summary.begun.zone);
            let mut says: Vec<String> = Vec::new();
            let reviewed = &one.reviewed;
            says.extend(reviewed.deviations.iter().map(|found| telling.deviation(&found.what)));
            says.extend(reviewed.dangers.iter().map(|found| telling.danger(&found.what)));
            says.extend(reviewed.listens.iter().map(|found| telling.listen(&found.what)));
            says.extend(reviewed.dues.iter().map(|found| telling.due(&found.what)));
            says.extend(reviewed.responses.iter().map(|span| telling.response_span(span)));
            says.extend(reviewed.covers.iter().map(|span| telling.cover_span(span)));
            says.extend(reviewed.phases.iter().map(|span| telling.phase(&span.phase)));
            for entry in Timeline::of(&one.events).entries {
                says.push(telling.time(entry.event.at));
                says.extend(telling.rows_changed(&entry).unwrap_or_else(|| vec![telling.fact(&entry)]));
            }
            for line in says {
                assert!(text.contains(&bare(&line)), "{}: {line}", one.summary.name);
            }
        }
    }
}

#[test]
fn the_list_played_back_stands_where_it_stood() {
    let room = Room::new(Language::English, (120, 40));
    let code = Language::English.code();
    for one in all().into_iter().take(8) {
        let mut page = SessionPage::new(Arc::clone(&one));
        room.press(&mut page, "<Home>v<Home>");
        for played in 1..=one.events.len() {
            let text = room.text(&page);
            assert!(text.contains(&format!("after event {played} of {}", one.events.len())), "{text}");
            let state = state_of(&one.events[..played]);
            if let (Some(step), None) = (state.current(), &state.record.proposed)
                && state.record.fallen.is_empty()
            {
                let ask = one.protocol.step_by_id(step).unwrap().ask.in_language(&code);
                let first = ask.split_whitespace().take(3).collect::<Vec<_>>().join(" ");
                assert!(text.contains(&first), "{played}: {ask}\n{text}");
            }
            room.press(&mut page, "<Right>");
        }
    }
}

fn any_key() -> impl Strategy<Value = Key> {
    let named = [
        Key::Enter,
        Key::Backspace,
        Key::Up,
        Key::Down,
        Key::Left,
        Key::Right,
        Key::PageUp,
        Key::PageDown,
        Key::Home,
        Key::End,
        Key::Tab,
        Key::Delete,
        Key::Empty,
        Key::Return,
        Key::Hide,
        Key::F(1),
    ];
    let bound = ['v', '[', ']', '/', 'n', 'f', 'r', 'm', 'x', '?', ' ', 'a', '1'];
    prop_oneof![
        prop::sample::select(named.to_vec()),
        prop::sample::select(bound.to_vec()).prop_map(Key::Char),
        prop::char::any().prop_map(Key::Char),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_key_harms_on_any_session_at_any_size(
        which in any::<prop::sample::Index>(),
        keys in prop::collection::vec(any_key(), 1..40),
        sizes in prop::collection::vec((0_u16..130, 0_u16..45), 1..4),
    ) {
        let summaries = read().summaries();
        let summary = &summaries[which.index(summaries.len())];
        if summary.protocol.is_some() {
            let mut page = SessionPage::new(read_one(summary));
            let mut figures = FiguresPage::new(Figures::of([summary]));
            let rooms: Vec<Room> =
                sizes.iter().map(|size| Room::new(Language::Spanish, *size)).collect();
            for (key, room) in keys.into_iter().zip(rooms.iter().cycle()) {
                page.press(key, &room.view());
                room.drawn(&page);
                figures.press(key, &room.view());
                figures.draw(&room.view(), room.area(), &mut Buffer::empty(room.area()));
            }
        }
    }
}
