//! The table of all sessions, drawn over an archive with its colours: what is on it, and how it looks.

use amparo::text::Language;
use amparo::ui::{Came, Key, Review, ReviewTold};
use ratatui::buffer::Buffer;

use super::room::Room;
use super::{OFFICE, Protocols, SESSIONS, Store, now, open_again, read};

/// The review with all of the archive in it.
fn filled(room: &Room) -> Review {
    let mut review = Review::new(None);
    let (store, mut protocols) = (Store::at(&OFFICE.home), Protocols::default());
    let all = read().summaries().len();
    review.told(ReviewTold::Begins { total: all, keeps_for: None }, &room.view());
    let placed = store.placed(&OFFICE.supervisor);
    let mut came = Vec::new();
    for summary in read().summaries() {
        let again = open_again(&store, &summary.name, &OFFICE.supervisor, &placed, &mut protocols, now());
        came.push(Came::Session(Box::new(again.unwrap().unwrap())));
    }
    assert_eq!(came.len(), SESSIONS);
    review.told(ReviewTold::Came(came), &room.view());
    review
}

#[test]
fn the_table_looks_so() {
    for (language, code) in [(Language::English, "en"), (Language::Spanish, "es")] {
        for size in [(80, 24), (40, 12)] {
            let room = Room::new(language, size);
            let mut review = filled(&room);
            for (name, keys) in [("table", "t"), ("table_chosen", "  "), ("table_filter", "/dev>2")] {
                for key in keys.chars() {
                    review.press(Key::Char(key), &room.view());
                }
                let mut buffer = Buffer::empty(room.area());
                review.draw(&room.view(), room.area(), &mut buffer);
                insta::assert_debug_snapshot!(format!("{name}_{code}_{}x{}", size.0, size.1), buffer);
            }
        }
    }
}
