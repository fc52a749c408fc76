//! Words that are looked for in a whole archive: what the page shows while sessions come, where a place leads, and that
//! no key and no size harms it.

use std::sync::LazyLock;

use amparo::desk::Searching;
use amparo::journal::{SessionName, Store};
use amparo::machine::Event;
use amparo::review::{Hit, Search};
use amparo::text::{Language, width};
use amparo::ui::{FoundDoes, FoundPage, Key};
use ratatui::buffer::{Buffer, Cell};

use super::room::Room;
use super::{OFFICE, read};

impl Room {
    fn type_in(&self, page: &mut FoundPage, words: &str) -> FoundDoes {
        for c in words.chars() {
            assert_eq!(page.press(Key::Char(c), &self.view()), FoundDoes::Stays);
        }
        page.press(Key::Enter, &self.view())
    }

    fn rows(&self, page: &FoundPage) -> Vec<String> {
        let mut buffer = Buffer::empty(self.area());
        page.draw(&self.view(), buffer.area, &mut buffer);
        let rows = buffer.area.rows().map(|row| {
            let cells = row.columns().filter_map(|column| buffer.cell((column.x, column.y)));
            cells.map(Cell::symbol).collect::<String>().trim_end().to_owned()
        });
        rows.collect()
    }

    fn found(&self, page: &FoundPage) -> String {
        self.rows(page).join("\n")
    }
}

/// All sessions, the newest first.
fn names() -> Vec<SessionName> {
    let mut all: Vec<_> = read().summaries().iter().map(|one| (one.begun.wall, one.name)).collect();
    all.sort_unstable();
    all.into_iter().rev().map(|(_, name)| name).collect()
}

/// Where some words stand, session by session, the newest first.
fn hits(search: &Search) -> Vec<(SessionName, Vec<Hit>)> {
    static EVENTS: LazyLock<Vec<(SessionName, Vec<Event>)>> = LazyLock::new(|| {
        let store = Store::at(&OFFICE.home);
        let open = |name| store.open(&name, &OFFICE.supervisor).map(|read| read.events).unwrap_or_default();
        names().into_iter().map(|name| (name, open(name))).collect()
    });
    EVENTS.iter().map(|(name, events)| (*name, search.in_events(events))).collect()
}

/// A page on which words were looked for to the end.
fn looked_for(room: &Room, words: &str) -> FoundPage {
    let mut page = FoundPage::default();
    let search = match room.type_in(&mut page, words) {
        FoundDoes::Looks(search) => Some(search),
        _ => None,
    };
    let search = search.expect("it looks for the words");
    page.begins(&names());
    for (name, hits) in hits(&search) {
        page.looked(&search, name, hits, read().summary(&name));
    }
    page
}

/// Every place of some words, in the order in which the page has them.
fn expected(words: &str) -> Vec<(SessionName, u64)> {
    let all = hits(&Search::new(words).unwrap()).into_iter();
    all.flat_map(|(name, hits)| hits.into_iter().map(move |hit| (name, hit.event))).collect()
}

#[test]
fn each_place_is_listed_and_leads_to_its_moment_the_newest_session_first() {
    let room = Room::new(Language::English, (80, 24));
    let places = expected("door");
    assert!(places.len() > 3, "the archive has the word: {}", places.len());
    let mut page = FoundPage::default();
    let FoundDoes::Looks(search) = room.type_in(&mut page, "DOOR") else { panic!("it looks") };
    page.begins(&names());
    let store = Store::at(&OFFICE.home);
    let searching = Searching::start(&store, &OFFICE.supervisor, search.clone(), names());
    while let Some(looked) = searching.wait() {
        page.looked(&search, looked.session, looked.hits, read().summary(&looked.session));
    }
    let text = room.found(&page);
    assert!(text.contains(&format!("«DOOR»: {} places in", places.len())), "{text}");
    assert!(!text.contains("looked through"), "the search has ended: {text}");
    for (number, (session, event)) in places.iter().enumerate() {
        assert_eq!(page.press(Key::Enter, &room.view()), FoundDoes::Opens(*session, *event), "{number}");
        page.press(Key::Down, &room.view());
    }
    page.press(Key::Home, &room.view());
    assert_eq!(page.press(Key::Enter, &room.view()), FoundDoes::Opens(places[0].0, places[0].1));
    page.press(Key::End, &room.view());
    let last = places[places.len() - 1];
    assert_eq!(page.press(Key::Enter, &room.view()), FoundDoes::Opens(last.0, last.1));
}

#[test]
fn whoever_reads_a_place_stays_at_it_while_others_come_in_above() {
    let room = Room::new(Language::English, (80, 24));
    let mut page = FoundPage::default();
    let FoundDoes::Looks(search) = room.type_in(&mut page, "door") else { panic!("it looks") };
    let names = names();
    page.begins(&names);
    // The oldest come first here, as they may from several threads.
    let mut looks = hits(&search).into_iter().rev();
    let mut places = 0;
    for (name, hits) in looks.by_ref() {
        places += hits.len();
        page.looked(&search, name, hits, read().summary(&name));
        if places >= 2 {
            break;
        }
    }
    assert!(room.found(&page).contains(&format!("of {} sessions looked through", names.len())));
    page.press(Key::Down, &room.view());
    let at = page.press(Key::Enter, &room.view());
    for (name, hits) in looks {
        page.looked(&search, name, hits, read().summary(&name));
    }
    assert_eq!(page.press(Key::Enter, &room.view()), at);
}

#[test]
fn what_stands_nowhere_is_said_and_an_earlier_search_changes_nothing() {
    for (language, nowhere) in [(Language::English, "stands in none"), (Language::Spanish, "en ninguna de")] {
        let room = Room::new(language, (80, 24));
        let mut page = looked_for(&room, "xyzzy");
        assert!(room.found(&page).contains(nowhere), "{}", room.found(&page));
        assert_eq!(page.press(Key::Enter, &room.view()), FoundDoes::Stays, "there is no line");
        page.press(Key::Char('/'), &room.view());
        let FoundDoes::Looks(_) = room.type_in(&mut page, "door") else { panic!("it looks") };
        page.begins(&names());
        let before = room.found(&page);
        page.looked(&Search::new("xyzzy").unwrap(), names()[0], Vec::new(), None);
        assert_eq!(room.found(&page), before);
    }
}

#[test]
fn an_empty_field_closes_and_words_are_typed_and_pasted() {
    let room = Room::new(Language::English, (80, 24));
    let mut page = FoundPage::default();
    assert_eq!(page.press(Key::Enter, &room.view()), FoundDoes::Stays, "nothing to look for");
    page.paste("door\u{1b}[2J key");
    assert!(room.found(&page).contains("look for: door[2J key"), "{}", room.found(&page));
    page.press(Key::Empty, &room.view());
    assert_eq!(page.press(Key::Backspace, &room.view()), FoundDoes::Closes);
    let mut page = looked_for(&room, "door");
    page.press(Key::Char('/'), &room.view());
    assert_eq!(page.press(Key::Backspace, &room.view()), FoundDoes::Stays, "back to what was found");
    assert_eq!(page.press(Key::Left, &room.view()), FoundDoes::Closes);
}

#[test]
fn no_size_cuts_a_sentence_and_no_key_breaks_it() {
    let keys =
        [Key::Down, Key::PageDown, Key::End, Key::Up, Key::PageUp, Key::Home, Key::Char('?'), Key::Char('q')];
    for language in [Language::English, Language::Spanish] {
        for size in [(0, 0), (1, 1), (5, 3), (40, 12), (80, 24), (120, 40)] {
            let room = Room::new(language, size);
            let mut page = looked_for(&room, "door");
            for key in keys.iter().cycle().take(3 * keys.len()) {
                let rows = room.rows(&page);
                assert!(rows.iter().all(|row| width(row) <= usize::from(size.0)), "{size:?}: {rows:?}");
                page.press(*key, &room.view());
            }
        }
        let room = Room::new(language, (40, 12));
        let text = room.found(&looked_for(&room, "door"));
        assert!(text.contains("Esc") && text.contains('?'), "{text}");
        // Of what a head line says nothing is left out.
        let (first, _) = expected("door")[0];
        let case = &read().summary(&first).unwrap().case;
        assert!(text.contains(case.as_str()), "{text}");
    }
}
