//! What a new caseworker met in the real binary: a day that was read as a time, a note that could not be taken back, a
//! key that was dropped without a word, a response raised by mistake, and a closed session in danger behind a locked key.

use std::path::Path;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use amparo::journal::{Beside, Companion, Mark, On, Store};
use amparo::machine::{At, Command, Event, Fact, Follows, SessionKind, State, Value, apply, decide};
use amparo::review::awaits;
use amparo::seal::Recipients;
use amparo::text::{CaseCode, Language, OptionId, StaffNumber, StepId};
use amparo::words::{Doubt, Say, StartSays, Told, told};
use chrono::{Datelike, Local, TimeDelta, Timelike};

use crate::caseworker::{Interview, command_in, in_both, step_named};
use crate::interview::{kept, wait_kept};
use crate::keys_at_hand::KEY;
use crate::programs::amparo;
use crate::pty::{End, LONG};

/// Types a text, blanks too.
fn typed(talk: &mut Interview, text: &str) {
    for word in text.split(' ') {
        talk.keys(&format!("{word} <space>"));
    }
    talk.keys("<bs>");
}

#[test]
fn a_day_with_one_digit_is_a_day_and_a_time_that_is_over_is_asked_about() {
    in_both(|language| {
        let step = StepId::new("check-in").expect("an id");
        // The next day whose number has one digit, always less than nine months ahead.
        let days = (1..40).map(|days| Local::now() + TimeDelta::days(days));
        let day = days.into_iter().find(|day| day.day() < 10).expect("a day");
        let mut talk = Interview::session(amparo(), language);
        talk.walk_to("check-in");
        talk.keys("4");
        typed(&mut talk, &format!("{}.{} 10:00 x", day.day(), day.month()));
        talk.pty.wait_for_text("10:00 x");
        talk.pty.wait_for("what it is read as", |picture| {
            picture.text().lines().any(|line| line.contains("= ") && line.trim_end().ends_with("10:00"))
        });
        talk.keys("<enter>");
        let state = wait_kept(&mut talk.pty, "the call", |state| state.record.deadlines.contains_key(&step));
        let at = state.record.deadlines[&step].at;
        let read = chrono::DateTime::from_timestamp_millis(at).expect("an instant").with_timezone(&Local);
        assert_eq!((read.date_naive(), read.hour(), read.minute()), (day.date_naive(), 10, 0));

        // A time of today that is over.
        let over = Local::now() - TimeDelta::minutes(5);
        if over.date_naive() != Local::now().date_naive() {
            return;
        }
        let events = kept(talk.pty.home()).record.events;
        talk.keys("c 4");
        talk.settled();
        typed(&mut talk, &over.format("%H:%M").to_string());
        talk.keys("<enter>");
        let asks = told(language, &Told::Doubtful { when: None, doubt: Doubt::Tomorrow });
        let asks: String = asks.chars().take_while(|c| *c != '.').collect();
        talk.pty.wait_for_text(&asks);
        talk.settled();
        assert_eq!(kept(talk.pty.home()).record.events, events, "{}", talk.pty.framed());
        talk.pty.look_for(Duration::from_millis(700));
        talk.keys("<enter>");
        wait_kept(&mut talk.pty, "tomorrow", |state| state.record.events > events);
    });
}

#[test]
fn undo_takes_a_note_back_and_the_review_still_has_it() {
    in_both(|language| {
        let mut talk = Interview::session(amparo(), language);
        talk.keys("n w r o n g <enter>");
        wait_kept(&mut talk.pty, "the note", |state| state.record.notes == 1);
        talk.settled();
        talk.keys("z");
        talk.pty.wait_for_text(&told(language, &Told::TakenBack(talk.word(Say::NoteTitle))));
        wait_kept(&mut talk.pty, "no note", |state| state.record.notes == 0);
        // A response that was not meant is none that was left open.
        talk.keys("<f9>");
        wait_kept(&mut talk.pty, "the response", |state| !state.record.asides.is_empty());
        talk.settled();
        talk.keys("z");
        wait_kept(&mut talk.pty, "none", |state| state.record.asides.is_empty());
        talk.settled();
        talk.keys("q 1");
        talk.wait_for_start();
        let said = command_in(language, talk.pty.home(), &["sessions", "show"]);
        let said = String::from_utf8_lossy(&said.stdout).into_owned();
        let (note, mistake, open) = match language {
            Language::English => ("«wrong» (taken back)", "by mistake", "not returned from"),
            Language::Spanish => ("«wrong» (deshecha)", "sin querer", "sin volver"),
        };
        assert!(said.contains(note) && said.contains(mistake) && !said.contains(open), "{said}");
    });
}

#[test]
fn a_key_that_came_too_soon_is_told_and_is_taken_the_next_time() {
    in_both(|language| {
        let mut talk = Interview::practice(language);
        talk.walk_to("both-here");
        talk.keys("<right>");
        talk.keys("1");
        talk.stands_at("specialist");
        talk.pty.look_for(Duration::from_millis(200));
        talk.keys("1");
        talk.wait_for_word(Say::TooSoon);
        talk.stands_at("specialist");
        talk.pty.look_for(Duration::from_millis(700));
        talk.keys("1");
        talk.stands_at("interpreter");
    });
}

/// A session that was closed an hour ago: an answer tells danger, and what was promised is overdue.
fn closed_in_danger(home: &Path) {
    let read = amparo::desk::shipped().expect("the shipped protocol is right");
    crate::keys_at_hand::put(home);
    let readers = Recipients::new(vec![KEY.public()]).expect("one key");
    let mut writer = Store::at(home).create(&read.source, &readers).expect("a session");
    let mut state = State::default();
    let wall = now() - 3_600_000;
    let staff = ["12", "34"].iter().filter_map(|number| StaffNumber::new(number).ok()).collect();
    let case = CaseCode::new("K-7").expect("a code");
    let begin = Command::Begin { staff, case, kind: SessionKind::Real };
    let first = decide(&read.protocol, &state, &begin, At { wall, zone: 0, run: 0 }).expect("it begins");
    let answer =
        |step: &str, value: Value| Fact::Answered { step: step_named(step).id.clone(), value, reason: None };
    let facts = [
        answer("shelter", Value::Option(OptionId::new("refused").expect("an id"))),
        answer("next-steps", Value::Deadline { at: wall + 1_800_000, line: None }),
        Fact::Closed { reason: None, open: Vec::new() },
    ];
    // What the answers before them would have led to.
    let on = ["shelter", "next-steps"].map(|step| step_named(step).id.clone()).to_vec();
    let at = |run| At { wall, zone: 0, run };
    let events = facts.into_iter().zip(1..).map(|(fact, run)| Event {
        at: at(run),
        fact,
        follows: Follows { on: if run == 1 { on.clone() } else { Vec::new() }, ..Follows::default() },
    });
    for event in std::iter::once(first).chain(events) {
        apply(&mut state, &event);
        writer.awaits(awaits(&read.protocol, &state));
        writer.append(&event).expect("it is written");
    }
}

fn now() -> i64 {
    let wall = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_millis();
    i64::try_from(wall).expect("before the end of time")
}

#[test]
fn a_closed_session_in_danger_is_shown_before_any_key_is_unlocked_until_it_is_settled() {
    in_both(|language| {
        let home = tempfile::tempdir().expect("a temporary folder");
        closed_in_danger(home.path());
        let danger = format!("! {}: 4", StartSays::InDanger(1).text(language));
        let sealed = StartSays::ReadSealed(1).text(language);
        let start = || amparo().home(home.path());
        for size in [(80, 24), (40, 12)] {
            let mut locked = Interview::with(start().size(size.0, size.1), language);
            locked.pty.wait_for_text(&danger);
            let text = locked.pty.text();
            assert!(text.lines().any(|line| line.contains("min: 5")), "{text}");
            assert!(!text.contains("K-7"), "{text}");
        }
        let ledger = std::fs::read_to_string(home.path().join("index")).expect("a ledger");
        for word in ["K-7", "danger", "shelter", "refused", "next-steps"] {
            assert!(!ledger.contains(word), "{ledger}");
        }
        // A supervisor settles it, and the next look with the key tells the ledger.
        let store = Store::at(home.path());
        let ledger = store.ledger();
        let (name, seen) = ledger.closed().next().expect("it is closed");
        let sha256 = seen.sha256;
        let settled = Companion::Marked {
            of: Beside { name, sha256, head: amparo::seal::HeadCode::of(&sha256) },
            at: At { wall: now(), zone: 0, run: 0 },
            by: StaffNumber::new("100").expect("a number"),
            on: On::Session,
            mark: Mark::Done,
        };
        store
            .put_beside(&settled, &Recipients::new(vec![KEY.public()]).expect("one key"))
            .expect("it is put");
        let mut unlocked = Interview::with(start().args(crate::keys_at_hand::UNLOCKED), language);
        unlocked.wait_for_start();
        let until = Instant::now() + LONG;
        while !store.ledger().awaited().is_empty() {
            assert!(Instant::now() < until, "the ledger was never told");
            unlocked.settled();
        }
        unlocked.keys("q");
        assert_eq!(unlocked.pty.wait_exit(), End::Code(0));
        let mut locked = Interview::with(start(), language);
        locked.pty.wait_for("a start screen without it", |picture| {
            picture.text().contains(&*sealed) && !picture.text().contains('!')
        });
    });
}
