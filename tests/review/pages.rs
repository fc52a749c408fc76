//! The pages of one session and of figures, drawn over an archive: what is on them, how they look, and that no key harms.

use std::sync::Arc;

use amparo::journal::{On, SessionName, Store};
use amparo::machine::{At, Fact, State};
use amparo::review::{DeviationKind, Figures, Reviewed, Search, Summary};
use amparo::text::{Language, LanguageCode};
use amparo::ui::{
    Colour, FiguresPage, Keeping, Key, Look, Motion, OnTheDesk, ReadSession, SessionDoes, SessionPage,
    SessionWish, View,
};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Rect, Size};

use super::{OFFICE, now, read};

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (40, 12)];

/// All that a view borrows.
struct Room {
    state: State,
    keeping: Keeping,
    desk: OnTheDesk,
    code: LanguageCode,
    language: Language,
    size: (u16, u16),
}

impl Room {
    fn new(language: Language, size: (u16, u16)) -> Self {
        let (state, keeping, desk) = (State::default(), Keeping::default(), OnTheDesk::default());
        Self { state, keeping, desk, code: language.code(), language, size }
    }

    fn view(&self) -> View<'_> {
        View {
            protocol: None,
            state: &self.state,
            now: now(),
            language: self.language,
            shown: &self.code,
            said: &self.code,
            keeping: &self.keeping,
            desk: &self.desk,
            look: Look {
                colour: Colour::Used,
                motion: Motion::Smooth,
                leaflet_width: 72,
                quiet_after: 60,
                breaths: 6,
            },
            size: Size::new(self.size.0, self.size.1),
            cover: None,
        }
    }

    fn area(&self) -> Rect {
        Rect::new(0, 0, self.size.0, self.size.1)
    }

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
            other => panic!("no key is named {other}"),
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
    let session = Store::at(OFFICE.home.path()).open(&summary.name, &OFFICE.supervisor).unwrap();
    let protocol = summary.protocol.clone().unwrap();
    let reviewed = Reviewed::of(&protocol, &session.events, session.verdict, now());
    Arc::new(ReadSession { summary: summary.clone(), protocol, events: Arc::new(session.events), reviewed })
}

fn planted(place: usize) -> Arc<ReadSession> {
    named(&OFFICE.planted[place].name)
}

fn named(name: &SessionName) -> Arc<ReadSession> {
    read_one(read().summary(name).unwrap())
}

#[test]
#[ignore = "to look at"]
fn look() {
    let place: usize = std::env::var("PLACE").unwrap_or_default().parse().unwrap_or(1);
    let keys = std::env::var("KEYS").unwrap_or_default();
    let language = if std::env::var("ES").is_ok() { Language::Spanish } else { Language::English };
    for size in SIZES {
        let room = Room::new(language, size);
        if std::env::var("FIGURES").is_ok() {
            let mut page = FiguresPage::new(Figures::of(read().summaries()));
            for key in presses(&keys) {
                page.press(key, &room.view());
            }
            let mut buffer = Buffer::empty(room.area());
            page.draw(&room.view(), room.area(), &mut buffer);
            println!("{}\n{}", text(&buffer), "=".repeat(size.0.into()));
            continue;
        }
        let mut page = SessionPage::new(planted(place));
        room.press(&mut page, &keys);
        println!("{}\n{}", room.text(&page), "=".repeat(size.0.into()));
    }
}
