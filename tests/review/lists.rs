//! The first screen with its lists, and the table of all sessions, drawn over an archive with their colours: what is on
//! them, and how they look.

use amparo::journal::{Foreign, JournalError};
use amparo::review::{Summary, Unreadable};
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
                let drawn = drawn(&room, &review);
                insta::assert_debug_snapshot!(format!("{name}_{code}_{}x{}", size.0, size.1), drawn);
            }
        }
    }
}

/// The first screen after so many files of so many: sessions in the order of their names, and then a file that is none.
fn first_screen(room: &Room, sessions: &[&Summary], total: usize) -> Buffer {
    let mut review = Review::new(None);
    review.told(ReviewTold::Begins { total, keeps_for: None }, &room.view());
    let mut came: Vec<Came> = sessions.iter().map(|one| Came::Session(Box::new((*one).clone()))).collect();
    if came.len() + 1 == total {
        let why = JournalError::Foreign { path: "list.txt".into(), why: Foreign::Name };
        came.push(Came::Unreadable(Unreadable { file: "list.txt".to_owned(), why }));
    }
    review.told(ReviewTold::Came(came), &room.view());
    drawn(room, &review)
}

fn drawn(room: &Room, review: &Review) -> Buffer {
    let mut buffer = Buffer::empty(room.area());
    review.draw(&room.view(), room.area(), &mut buffer);
    buffer
}

#[test]
fn the_first_screen_looks_so() {
    let mut all: Vec<&Summary> = read().summaries().iter().collect();
    all.sort_by_key(|one| one.name);
    // Of those that came first nobody may be in danger: that is not said of all.
    let safe: Vec<&Summary> = all.iter().filter(|one| one.dangers.is_empty()).copied().take(3).collect();
    for (language, code) in [(Language::English, "en"), (Language::Spanish, "es")] {
        for size in [(80, 24), (40, 12)] {
            let room = Room::new(language, size);
            let mut fails = Review::new(None);
            let why = JournalError::Foreign { path: "data".into(), why: Foreign::Kind };
            fails.told(ReviewTold::NoFolder(why), &room.view());
            for (name, drawn) in [
                ("first", first_screen(&room, &all, all.len() + 1)),
                ("first_opening", drawn(&room, &Review::new(None))),
                ("first_no_folder", drawn(&room, &fails)),
                ("first_reading_nobody", first_screen(&room, &safe, all.len() + 1)),
                ("first_reading", first_screen(&room, &all[..20], all.len() + 1)),
                ("first_empty", first_screen(&room, &[], 0)),
            ] {
                insta::assert_debug_snapshot!(format!("{name}_{code}_{}x{}", size.0, size.1), drawn);
            }
        }
    }
}
