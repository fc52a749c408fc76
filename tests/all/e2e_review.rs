//! The review as a supervisor reads it: the real binary over a small archive with three sessions of a known wrong.

use std::collections::BTreeMap;

use amparo::journal::{Companion, EntryKind, Handling, JournalError, Session};
use amparo::machine::{Fact, Value};
use amparo::review::{
    Column, Counts, DeviationKind, ENDINGS, FilterKey, FilterTrouble, KEYS, NUMBERS, PROPERTIES, Property,
    Protocols, Reviewed, Search,
};
use amparo::text::{CaseCode, Language};
use amparo::words::{
    FigureWord, FoundSays, KeyWord, PageSays, ReviewKey, ReviewSays, RoomSays, Say, Telling, UnlockSays,
    column_head, deviation_kind, filter_trouble, journal_trouble, key_help, key_hint, review_word, room_says,
    say,
};

use crate::caseworker::{in_both, in_turn, spaced, step_named};
use crate::keys_at_hand::{self, KEY, UNLOCKED, WORDS};
use crate::made;
use crate::office::{
    Made, Office, SESSIONS, goes_on_to, says_who, typed, wait_folded, wait_gone, wait_until_all_is_read,
    window_of,
};
use crate::programs::amparo;
use crate::pty::Pty;

#[test]
fn the_three_planted_ones_are_found_without_a_key_and_opened_with_one() {
    let office = Office::new();
    in_turn(|language| {
        for size in [(120, 40), (80, 24)] {
            let mut pty = office.open(language, size);
            let text = pty.text();
            let heading = review_word(ReviewSays::StillInDanger, language);
            assert!(text.contains(heading), "{}", pty.framed());
            for planted in office.planted {
                assert!(text.contains(planted.case), "{}: {}", planted.case, pty.framed());
            }
            // Not only because somebody is to be listened to: what went against the protocol is in sight too.
            let against = review_word(ReviewSays::AgainstTheProtocol, language);
            let below = text.split_once(against).map(|(_, below)| below).unwrap_or_default();
            assert!(below.contains("K-9002"), "{}", pty.framed());
            // Three gates were overridden: one line, that says so.
            let what = deviation_kind(DeviationKind::GateOverridden, language);
            let line = room_says(RoomSays::Times { what, times: 3 }, language);
            assert!(spaced(below).contains(&spaced(&line)), "{line}: {}", pty.framed());
            let first = text.lines().find(|line| line.contains("K-9001")).unwrap_or_default();
            assert!(first.trim_start().starts_with("▸1"), "the first line is who was left: {}", pty.framed());
            pty.keys("1");
            says_who(&mut pty, language);
            wait_folded(&mut pty, "K-9001  204");
            pty.keys("q");
            wait_folded(&mut pty, heading);
            // It is asked once.
            pty.keys("1");
            wait_folded(&mut pty, "K-9001  204");
            pty.keys("q");
            wait_folded(&mut pty, heading);
            pty.keys("q");
            pty.wait_for_text("1  ");
        }
    });
    let name = office.planted[0].name;
    let opened = |companion: &Companion| matches!(companion, Companion::Handled { how: Handling::Opened, by: Some(by), .. } if by.as_str() == "100");
    let noted = office.beside(&name, &KEY).iter().filter(|companion| opened(companion)).count();
    assert_eq!(noted, 4, "once each time the review was opened, with who opened it");
}

/// The session was held an hour ahead of the clock that reads: what is due is told by that clock, and says so.
#[test]
fn the_start_screen_the_lists_and_the_page_say_the_same_time_of_the_same_call_each_with_its_zone() {
    let office = Office::new();
    let session = office.store().open(&office.planted[0].name, &KEY).unwrap();
    let due = session.events.iter().find_map(|event| match &event.fact {
        Fact::Answered { value: Value::Deadline { at, .. }, .. } => Some(*at),
        _ => None,
    });
    let due = due.expect("a call was promised");
    assert_eq!(session.events[0].at.zone, 60, "and the clock of this test is at UTC");
    in_both(|language| {
        let office = Office::new();
        let telling = Telling::new(language, None, 0);
        let day_and_time = telling.instant(due);
        assert!(day_and_time.ends_with(" +00:00"), "{day_and_time}");

        let mut pty = office.open(language, (120, 40));
        wait_folded(&mut pty, &day_and_time);
        pty.keys("1");
        says_who(&mut pty, language);
        wait_folded(&mut pty, "K-9001  204, 258");
        pty.keys("<home>");
        wait_folded(&mut pty, &day_and_time);
        // The start screen, and its list of what is due.
        pty.keys("q q");
        let clock = day_and_time[11..].trim_start_matches('0').to_owned();
        wait_folded(&mut pty, &clock);
    });
}

/// As many alarms as among four thousand sessions of two years: what lies before the planted ones came in the last twelve
/// days, and that is all that is made here.
#[test]
fn the_three_planted_ones_are_in_sight_without_a_key_among_as_many_as_four_thousand_have() {
    let home = tempfile::tempdir().unwrap();
    keys_at_hand::put(home.path());
    let sessions = 4_000 * 12 / made::DAYS + 3;
    let made = Made::new(home.path().to_owned(), sessions, 12, 1);
    in_turn(|language| {
        let start = amparo().args(["--lang", language.code().as_str()]).args(UNLOCKED).args(["review"]);
        let mut pty = start.size(80, 24).home(home.path()).go();
        wait_until_all_is_read(&mut pty, sessions, language);
        let text = pty.text();
        for planted in &made.planted {
            assert!(text.contains(planted.case), "{}: {}", planted.case, pty.framed());
        }
    });
}

/// A word of the filter's tables, in a language.
fn filter_word<T: PartialEq>(table: &[(T, [&'static str; 2])], of: &T, language: Language) -> &'static str {
    let (_, words) = table.iter().find(|(one, _)| one == of).unwrap();
    match language {
        Language::English => words[0],
        Language::Spanish => words[1],
    }
}

#[test]
fn a_filter_is_read_as_it_is_typed_and_says_what_would_be_right() {
    in_both(|language| {
        let office = Office::new();
        for size in [(80, 24), (40, 12)] {
            a_filter_is_read(&office, language, size);
        }
    });
}

fn a_filter_is_read(office: &Office, language: Language, size: (u16, u16)) {
    let [case, since] = [FilterKey::Case, FilterKey::Since].map(|key| filter_word(KEYS, &key, language));
    let mut pty = office.open(language, size);
    pty.keys("t");
    pty.wait_for_text(column_head(Column::Case, language));
    pty.keys("/");
    typed(&mut pty, &format!("{case}:K-9002"));
    pty.wait_for_text(&room_says(RoomSays::Fits { fits: 1, of: SESSIONS }, language));
    pty.keys("<c-u>");
    typed(&mut pty, &format!("{since}:never"));
    let (what, _) = filter_trouble(&FilterTrouble::NoDay("never".to_owned()), language);
    wait_folded(&mut pty, &what.replace('`', ""));
    pty.keys("<c-u>");
    pty.wait_for_text(&room_says(RoomSays::Sessions(SESSIONS), language));
    pty.keys("<enter> <end>");
    pty.wait_for_text("! ");
    pty.keys("<enter>");
    wait_folded(&mut pty, &of_others(office, language));
    // Every word that a filter knows is told from the field, and how to go on where there is no room for all.
    pty.keys("/ <f1>");
    let property = |of: Property| filter_word(PROPERTIES, &of, language);
    let endings: Vec<&str> =
        ENDINGS.iter().map(|(ending, _)| filter_word(ENDINGS, ending, language)).collect();
    let deviations = format!("{}>2", filter_word(NUMBERS, &Counts::Deviations, language));
    let told = [property(Property::Changed), property(Property::Withdrawn), &endings.join(", "), &deviations];
    for word in told {
        goes_on_to(&mut pty, word);
    }
    pty.keys("<f1> <enter>");
    pty.keys("8 <home>");
    pty.wait_for("the heaviest first", |picture| {
        picture.text().lines().any(|line| line.starts_with(" ▸") && line.contains("K-9002"))
    });
}

/// What is said of the session that this key does not open.
fn of_others(office: &Office, language: Language) -> String {
    let entries = office.store().list().unwrap();
    let sessions = entries.iter().filter_map(|entry| match entry.kind {
        EntryKind::Session(name) => Some(name),
        EntryKind::Foreign { .. } => None,
    });
    let refused = sessions.filter_map(|name| office.store().open(&name, &KEY).err());
    let refused: Vec<JournalError> =
        refused.filter(|error| matches!(error, JournalError::NotForUs(_))).collect();
    assert_eq!(refused.len(), 1, "{refused:?}");
    journal_trouble(&refused[0], language).0.replace('`', "")
}

/// The number of the event that is looked at, on a page wide enough for it.
fn looked_at(pty: &Pty) -> Option<u64> {
    let text = pty.text();
    let line = text.lines().find(|line| line.starts_with('▸'))?;
    line.trim_start_matches('▸').split_whitespace().find_map(|word| word.parse().ok())
}

#[test]
fn what_went_against_the_protocol_is_gone_through_on_the_page_and_in_the_list_played_back() {
    let office = Office::new();
    let session = office.store().open(&office.planted[1].name, &KEY).unwrap();
    let protocol = Protocols::default().of(&session.protocol).unwrap();
    let now = session.events.last().unwrap().at;
    let mut against: Vec<u64> = Reviewed::of(&protocol, &session.events, session.verdict, now)
        .deviations
        .iter()
        .filter_map(|found| found.event)
        .collect();
    against.sort_unstable();
    against.dedup();
    let [first, second, ..] = against[..] else { panic!("two moments at least: {against:?}") };
    let all = session.events.len();
    in_turn(|language| {
        let size = window_of(language);
        let after = |event: u64| PageSays::After(event, all).text(language);
        let mut pty = office.open(language, size);
        pty.keys("t 8 <home> <enter>");
        says_who(&mut pty, language);
        wait_folded(&mut pty, "K-9002  204  2026-");
        pty.keys("]");
        if size.0 >= 80 {
            pty.wait_for("its first moment", |picture| {
                picture
                    .text()
                    .lines()
                    .any(|line| line.starts_with('▸') && line.contains(&format!(" {first} ")))
            });
            pty.keys("]");
            pty.wait_for("the next one", |picture| {
                picture
                    .text()
                    .lines()
                    .any(|line| line.starts_with('▸') && line.contains(&format!(" {second} ")))
            });
            pty.keys("[");
        }
        // The list as it stood then, an event at a time and from moment to moment.
        pty.keys("v");
        wait_folded(&mut pty, &after(first));
        // What does not fit is cut; its signs are there.
        let kind = session_kind(&session, first, language);
        let shown = usize::from(size.0 - 4).min(kind.chars().count());
        wait_folded(&mut pty, &kind.chars().take(shown).collect::<String>());
        wait_folded(&mut pty, "+01:00");
        for (key, event) in [
            ("<right>", first + 1),
            ("<left>", first),
            ("]", second),
            ("[", first),
            ("<end>", all as u64),
            ("<home>", 1),
        ] {
            pty.keys(key);
            wait_folded(&mut pty, &after(event));
        }
        pty.keys("]");
        wait_folded(&mut pty, &after(first));
        // Back on the page, at the same moment.
        pty.keys("v");
        wait_gone(&mut pty, &after(first));
        wait_folded(&mut pty, "K-9002  204  2026-");
        if size.0 >= 80 {
            assert_eq!(looked_at(&pty), Some(first), "{}", pty.framed());
        }
        pty.keys("q");
        pty.wait_for_text(&room_says(RoomSays::Table, language));
    });
}

#[test]
fn a_long_step_played_back_is_read_to_its_end_by_keys_that_the_bar_and_the_help_name() {
    in_both(|language| {
        let office = Office::new();
        let more = format!("↑↓ {}", key_hint(language, KeyWord::ReadOn));
        let bar = |pty: &Pty| pty.text().lines().last().unwrap_or_default().to_owned();
        let mut pty = office.open(language, (40, 12));
        pty.keys("t 8 <home> <enter>");
        says_who(&mut pty, language);
        wait_folded(&mut pty, "K-9002  204  2026-");
        // Where the gate was passed, the list goes on to words to say and three answers.
        pty.keys("] v");
        let greeting = step_named("hello");
        wait_folded(&mut pty, greeting.ask.in_language(&language.code()));
        let last = say(language, Say::RatherNot);
        assert!(!pty.text().contains(last), "{}", pty.framed());
        assert!(bar(&pty).contains(&more), "{}", pty.framed());
        let top = pty.text();
        // The bar has an arrow up too.
        let says =
            |pty: &Pty, arrow| pty.text().lines().any(|line| line.contains('+') && line.contains(arrow));
        let (above, below) = (|pty: &Pty| says(pty, '↑'), |pty: &Pty| says(pty, '↓'));
        assert!(below(&pty) && !above(&pty), "it is said how much lies below: {}", pty.framed());
        let mut lines = 0;
        while below(&pty) {
            lines += 1;
            assert!(lines < 20, "{}", pty.framed());
            let before = pty.text();
            pty.keys("<down>");
            pty.wait_for("a line more", |picture| picture.text() != before);
        }
        assert!(pty.text().contains(last) && above(&pty), "{}", pty.framed());
        assert!(lines > 1, "{}", pty.framed());
        // Back by the other keys, and on again a screenful at a time.
        pty.keys("<pgup> <pgup> <pgup>");
        pty.wait_for("its beginning", |picture| picture.text() == top);
        pty.keys("<space> <space> <pgdn>");
        wait_folded(&mut pty, last);
        // Another moment begins at its own beginning.
        pty.keys("<right> <left>");
        pty.wait_for("its beginning", |picture| picture.text() == top);
        pty.keys("?");
        wait_folded(&mut pty, &PageSays::Keys.text(language));
        for word in [KeyWord::ReadBack, KeyWord::ReadOn] {
            goes_on_to(&mut pty, key_help(language, word));
        }
    });
}

/// What stands over the list played back, of what went against the protocol at an event.
fn session_kind(session: &Session, event: u64, language: Language) -> String {
    let protocol = Protocols::default().of(&session.protocol).unwrap();
    let now = session.events.last().unwrap().at;
    let reviewed = Reviewed::of(&protocol, &session.events, session.verdict, now);
    let found = reviewed.deviations.iter().find(|found| found.event == Some(event)).unwrap();
    let kind = found.what.kind();
    format!("{} {}", "▲".repeat(kind.weight().0.into()), deviation_kind(kind, language))
}

#[test]
fn the_figures_say_on_how_many_they_stand_and_a_case_is_read_in_order() {
    let office = Office::new();
    let mut cases: BTreeMap<String, usize> = BTreeMap::new();
    for entry in office.store().list().unwrap() {
        let EntryKind::Session(name) = entry.kind else { continue };
        let Ok(session) = office.store().open(&name, &KEY) else { continue };
        if let Some(Fact::Begun { case, .. }) = session.events.first().map(|event| &event.fact) {
            *cases.entry(case.to_string()).or_default() += 1;
        }
    }
    let (case, times) = cases.into_iter().max_by_key(|(_, times)| *times).unwrap();
    assert!(times > 1, "a case with several sessions");
    in_turn(|language| {
        let size = window_of(language);
        let mut pty = office.open(language, size);
        pty.keys("g");
        pty.wait_for_text(FigureWord::Title.text(language));
        wait_folded(&mut pty, FigureWord::Nobody.text(language));
        for figure in [FigureWord::Ends, FigureWord::Phases, FigureWord::CheckIns, FigureWord::Practices] {
            let heading = figure.text(language);
            goes_on_to(&mut pty, heading);
        }
        pty.keys("q t /");
        typed(&mut pty, &format!("case:{case}"));
        pty.wait_for_text(&room_says(RoomSays::Fits { fits: times, of: SESSIONS }, language));
        pty.keys("<enter> c");
        let code = CaseCode::new(&case).unwrap();
        wait_folded(&mut pty, &room_says(RoomSays::OfCase(&code), language));
        let text = pty.text();
        let days: Vec<&str> =
            text.lines().filter_map(|line| line.split_whitespace().find(|word| is_day(word))).collect();
        assert_eq!(days.len(), times, "{}", pty.framed());
        assert!(days.is_sorted(), "the earliest first: {}", pty.framed());
        // One step back: the case, then the table.
        pty.keys("q");
        wait_gone(&mut pty, &room_says(RoomSays::OfCase(&code), language));
    });
}

fn is_day(word: &str) -> bool {
    word.len() == 10
        && word
            .bytes()
            .enumerate()
            .all(|(at, byte)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() })
}

#[test]
fn keys_that_are_all_in_sight_say_nothing_of_more() {
    in_both(|language| {
        let office = Office::new();
        let more = key_hint(language, KeyWord::ReadOn);
        for (size, all) in [((80, 40), true), ((40, 12), false)] {
            let mut pty = office.open(language, size);
            pty.keys("?");
            pty.wait_for_text(&PageSays::Keys.text(language));
            let bar = pty.text().lines().last().unwrap_or_default().to_owned();
            assert_eq!(!bar.contains(more), all, "{}", pty.framed());
        }
    });
}

#[test]
fn esc_hides_every_page_and_what_was_typed_is_there_on_return() {
    let office = Office::new();
    in_both(|language| every_page_is_hidden(&office, language));
}

fn every_page_is_hidden(office: &Office, language: Language) {
    let first = review_word(ReviewSays::StillInDanger, language);
    let says = |says: RoomSays<'_>| room_says(says, language).into_owned();
    let (table, label) = (says(RoomSays::Table), says(RoomSays::NumberLabel));
    let all_keys = key_help(language, KeyWord::Review(ReviewKey::Table));
    let words = format!("{}:", FoundSays::Field.text(language));
    let examples = says(RoomSays::FilterExamples);
    let by_number = examples.split_whitespace().last().expect("an example").to_owned();
    for (keys, there, typing) in [
        ("", first, ""),
        ("t", &table, ""),
        ("t /", &by_number, "K-9"),
        ("1 1 0 0 <enter>", "204, 258", ""),
        ("g", "n =", ""),
        ("?", all_keys, ""),
        ("w", &words, "door K-9"),
        ("w door <enter>", "«door»", ""),
        ("f", &label, "100"),
    ] {
        let mut pty = office.open(language, (80, 24));
        pty.keys(keys);
        pty.wait_for_text(there);
        typed(&mut pty, typing);
        pty.wait_for_text(&if typing.starts_with('K') { format!("/ {typing}") } else { typing.to_owned() });
        let before = pty.text();
        pty.keys("<esc>");
        pty.wait_for(&format!("`{keys}` hidden"), |picture| {
            let text = picture.text();
            text != before && !text.contains("K-9") && !text.contains(first)
        });
        pty.keys("<c-r>");
        pty.wait_for(&format!("`{keys}` back"), |picture| picture.text() == before);
    }
}

#[test]
fn words_are_looked_for_in_all_sessions_or_in_those_that_a_filter_lists() {
    let office = Office::new();
    let name = office.planted[2].name;
    let events = office.store().open(&name, &KEY).unwrap().events;
    // Which words chance wrote down there is not ours to know.
    let (word, hits) = ["door", "call", "she", "the", "a"]
        .into_iter()
        .map(|word| (word, Search::new(word).unwrap().in_events(&events).len()))
        .find(|(_, hits)| *hits > 0)
        .expect("something was written down");
    in_turn(|language| {
        let size = window_of(language);
        let mut pty = office.open(language, size);
        pty.keys("w");
        wait_folded(&mut pty, &FoundSays::WhereItLooks.text(language));
        typed(&mut pty, "xyzzy");
        pty.keys("<enter>");
        wait_folded(&mut pty, &FoundSays::Nowhere("xyzzy", SESSIONS).text(language));
        pty.keys("q t /");
        typed(&mut pty, "case:K-9003");
        pty.wait_for_text(&room_says(RoomSays::Fits { fits: 1, of: SESSIONS }, language));
        pty.keys("<enter> w");
        typed(&mut pty, word);
        pty.keys("<enter>");
        wait_folded(&mut pty, &FoundSays::Places(word, hits, 1).text(language));
        let place = pty.text();
        pty.keys("<enter>");
        says_who(&mut pty, language);
        // At its moment in the session.
        pty.wait_for("the moment", |picture| {
            let text = picture.text();
            !text.contains(&FoundSays::Title.text(language)) && text.lines().any(|line| line.starts_with('▸'))
        });
        pty.keys("q");
        pty.wait_for("back at the places", |picture| picture.text() == place);
        pty.keys("q");
        pty.wait_for_text(&room_says(RoomSays::Fits { fits: 1, of: SESSIONS }, language));
    });
}

#[test]
fn without_a_file_the_passphrase_is_asked_on_the_screen_and_a_session_can_be_named() {
    in_both(|language| {
        let office = Office::new();
        let name = office.planted[1].name.to_string();
        let start = amparo().args(["--lang", language.code().as_str(), "review", &name[..8]]);
        let mut pty = start.size(80, 24).home(office.path()).go();
        pty.wait_for_text(UnlockSays::Title.text(language));
        typed(&mut pty, WORDS);
        pty.keys("<enter>");
        says_who(&mut pty, language);
        wait_folded(&mut pty, "K-9002");
        wait_gone(&mut pty, review_word(ReviewSays::StillInDanger, language));
        pty.keys("q");
        wait_folded(&mut pty, review_word(ReviewSays::StillInDanger, language));
    });
}
