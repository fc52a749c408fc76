//! The check-in in the real binary: a bare time and a mark, and, once overdue, the first thing on every start screen
//! until it is answered.

use std::path::Path;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use amparo::desk;
use amparo::journal::Store;
use amparo::machine::{At, Command, LeftFrom, SessionKind, State, Value, apply, decide};
use amparo::review::awaits;
use amparo::seal::Recipients;
use amparo::text::{CaseCode, Language, StaffNumber, StepId};
use amparo::words::StartSays;
use rustix::process::Signal;

use crate::caseworker::{Interview, Seen, facts, in_both, shown};
use crate::keys_at_hand::{KEY, UNLOCKED, WORDS};
use crate::programs::amparo;
use crate::pty::{End, LONG, Pty};

/// Whether the ledger was told what is awaited; it is not where the machine stopped in between.
#[derive(Clone, Copy, PartialEq)]
enum Told {
    Yes,
    No,
}

/// A session that was left an hour ago, and whose call was due half an hour ago.
fn call_is_overdue(home: &Path, told: Told) {
    let read = desk::shipped().expect("the shipped protocol is right");
    crate::keys_at_hand::put(home);
    let readers = Recipients::new(vec![KEY.public()]).expect("one key");
    let mut writer = Store::at(home).create(&read.source, &readers).expect("a session");
    let mut state = State::default();
    let wall = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_millis();
    let wall = i64::try_from(wall).expect("before the end of time") - 3_600_000;
    let staff = ["12", "34"].iter().filter_map(|number| StaffNumber::new(number).ok()).collect();
    let case = CaseCode::new("K-7").expect("a code");
    let call = StepId::new("check-in").expect("an id");
    let due = Value::Deadline { at: wall + 1_800_000, line: None };
    for (run, command) in [
        (0, Command::Begin { staff, case, kind: SessionKind::Real }),
        (1_000, Command::Answer { step: call, value: due, reason: None }),
        (2_000, Command::Leave { from: LeftFrom::Checklist }),
    ] {
        let event = decide(&read.protocol, &state, &command, At { wall, zone: 0, run });
        let event = event.unwrap_or_else(|why| panic!("{command:?}: {why:?}"));
        apply(&mut state, &event);
        if told == Told::Yes {
            writer.awaits(awaits(&read.protocol, &state));
        }
        writer.append(&event).expect("it is written");
    }
}

/// The rule with the clocks: nothing in it but a line, times and marks.
#[track_caller]
fn rule(pty: &Pty) -> String {
    let text = pty.text();
    let rule = text.lines().nth(1).unwrap_or_default().to_owned();
    let bare = |c: char| c.is_ascii_digit() || "─:·!✓‖+ ".contains(c);
    assert!(rule.chars().all(bare), "a word in the rule: {rule}");
    rule
}

/// Waits until the rule ends with a mark, and has no word in it.
#[track_caller]
fn is_marked(pty: &mut Pty, mark: char) {
    pty.wait_for(&format!("the call's mark {mark}"), |picture| {
        picture.text().lines().nth(1).is_some_and(|rule| rule.trim_end().ends_with(mark))
    });
    rule(pty);
}

/// Leaves the session and the program.
fn left(mut talk: Interview) -> Interview {
    talk.keys("q");
    talk.settled();
    talk.keys("1");
    talk.settled();
    talk.keys("q");
    assert_eq!(talk.pty.wait_exit(), End::Code(0));
    talk
}

#[test]
fn an_overdue_call_is_the_first_thing_on_every_start_screen_until_it_is_answered() {
    in_both(|language| {
        let home = tempfile::tempdir().expect("a temporary folder");
        call_is_overdue(home.path(), Told::Yes);
        let call = format!("{}: 5", StartSays::TheCall.text(language));
        let start = || amparo().args(UNLOCKED).args(["--lang", language.code().as_str()]).home(home.path());
        for size in [(80, 24), (40, 12)] {
            let mut talk = Interview::with(start().size(size.0, size.1), language);
            talk.pty.wait_for_text(&call);
            let text = talk.pty.text();
            let first = text.lines().skip(1).find(|line| !line.trim().is_empty()).unwrap_or_default();
            assert!(first.contains("K-7") && first.contains(&call), "{text}");
        }
        let mut talk = Interview::with(start(), language);
        talk.pty.wait_for_text(&call);
        talk.keys("5 1");
        talk.stands_at("told-before");
        is_marked(&mut talk.pty, '!');
        // Left without an answer, it stands there again.
        drop(left(talk));
        assert!(facts(&shown(home.path())).contains(&"overdue".to_owned()));
        let mut talk = Interview::with(start(), language);
        talk.pty.wait_for_text(&call);
        talk.keys("5 1");
        talk.stands_at("told-before");
        talk.keys("c 1");
        is_marked(&mut talk.pty, '✓');
        drop(left(talk));
        let mut talk = Interview::with(start(), language);
        let open = StartSays::Resume(1).text(language);
        talk.pty.wait_for("a start screen without it", |picture| {
            picture.text().contains(&*open) && !picture.text().contains(&call)
        });
    });
}

/// The lines with a mark at the top of the start screen.
fn urgent(pty: &Pty) -> Vec<String> {
    let text = pty.text();
    let lines = text.lines().skip(1).map(|line| line.trim().to_owned()).skip_while(String::is_empty);
    lines.take_while(|line| line.starts_with('!')).collect()
}

#[test]
fn before_any_key_is_unlocked_it_is_a_bare_time_and_the_first_thing_there() {
    in_both(|language| {
        let home = tempfile::tempdir().expect("a temporary folder");
        call_is_overdue(home.path(), Told::Yes);
        let danger = format!("! {}: 4", StartSays::InDanger(1).text(language));
        let start = || amparo().args(["--lang", language.code().as_str()]).home(home.path());
        for size in [(80, 24), (40, 12)] {
            let mut talk = Interview::with(start().size(size.0, size.1), language);
            talk.pty.wait_for_text(&danger);
            let lines = urgent(&talk.pty);
            let bare = |c: char| c.is_ascii_digit() || "!:+ min".contains(c);
            assert!(lines[0].ends_with(" min: 5") && lines[0].chars().all(bare), "{lines:?}");
            assert!(lines[0].contains("+30") || lines[0].contains("+31"), "{lines:?}");
            assert_eq!(lines[1], danger);
            assert!(!talk.pty.text().contains("K-7"), "{}", talk.pty.framed());
        }
        // The digit leads there, through the passphrase.
        let mut talk = Interview::with(start(), language);
        talk.pty.wait_for_text(&danger);
        talk.keys("5");
        for word in WORDS.split(' ') {
            talk.keys(&format!("{word} <space>"));
        }
        talk.keys("<bs> <enter>");
        talk.pty.wait_for_text("K-7");
        talk.keys("1");
        talk.stands_at("told-before");
        talk.keys("c 1");
        is_marked(&mut talk.pty, '✓');
        talk.settled();
        talk.keys("q");
        talk.settled();
        talk.keys("1");
        let sealed = StartSays::ReadSealed(1).text(language);
        talk.pty.wait_for("a start screen without it", |picture| {
            picture.text().contains(&*sealed) && !picture.text().contains('!')
        });
        let ledger = std::fs::read_to_string(home.path().join("index")).expect("a ledger");
        assert!(!ledger.contains("K-7") && !ledger.contains("check"), "{ledger}");
    });
}

#[test]
fn what_the_ledger_was_not_told_it_is_told_by_the_next_look_with_a_key() {
    in_both(the_next_look_tells_the_ledger);
}

fn the_next_look_tells_the_ledger(language: Language) {
    let home = tempfile::tempdir().expect("a temporary folder");
    call_is_overdue(home.path(), Told::No);
    let urgent_when_locked = || {
        let mut locked = Interview::with(amparo().home(home.path()), language);
        locked.pty.wait_for_text(&StartSays::ReadSealed(1).text(language));
        urgent(&locked.pty)
    };
    assert_eq!(urgent_when_locked(), [""; 0]);
    let mut unlocked = Interview::with(amparo().args(UNLOCKED).home(home.path()), language);
    unlocked.pty.wait_for_text("K-7");
    unlocked.keys("q");
    assert_eq!(unlocked.pty.wait_exit(), End::Code(0));
    let lines = urgent_when_locked();
    assert!(lines.len() == 2 && lines[0].ends_with(" min: 5"), "{lines:?}");
}

#[test]
fn a_cover_that_nobody_came_back_from_is_counted_before_any_key_is_unlocked() {
    in_both(|language| {
        for killed in [true, false] {
            let home = tempfile::tempdir().expect("a temporary folder");
            let start = || amparo().args(["--lang", language.code().as_str()]).home(home.path());
            let mut talk = Interview::session(start(), language);
            talk.settled();
            talk.keys("<esc>");
            talk.wait_for_leaflet();
            if killed {
                // As when the battery is taken out.
                let noted = |text: &str| text.contains("awaited");
                let until = Instant::now() + LONG;
                while !std::fs::read_to_string(home.path().join("index")).is_ok_and(|text| noted(&text)) {
                    assert!(Instant::now() < until, "the ledger was never told");
                    talk.pty.look_for(Duration::from_millis(10));
                }
                talk.pty.signal(Signal::KILL);
                talk.pty.wait_exit();
            } else {
                talk.keys("q y");
                assert_eq!(talk.pty.wait_exit(), End::Code(0));
            }
            let danger = format!("! {}: 4", StartSays::InDanger(1).text(language));
            for size in [(80, 24), (40, 12)] {
                let mut locked = Interview::with(start().size(size.0, size.1), language);
                locked.pty.wait_for_text(&danger);
                assert_eq!(urgent(&locked.pty), [danger.as_str()], "{}", locked.pty.framed());
            }
            // Somebody comes back, and then it is as if it had never been.
            let mut again = Interview::resume(home.path(), language);
            again.wait("the session", |seen| *seen != Seen::Other);
            again.settled();
            again.pty.signal(Signal::TERM);
            assert_eq!(again.pty.wait_exit(), End::Code(0));
            let mut locked = Interview::with(start(), language);
            let sealed = StartSays::ReadSealed(1).text(language);
            locked.pty.wait_for("a start screen without it", |picture| {
                picture.text().contains(&*sealed) && !picture.text().contains('!')
            });
        }
    });
}

#[test]
fn another_time_is_set_by_two_keys_and_shows_bare() {
    in_both(|language| {
        let mut talk = Interview::with(
            amparo().args(["run", "--practice", "--lang", language.code().as_str()]),
            language,
        );
        talk.walk_to("check-in");
        talk.answer("check-in");
        let before = rule(&talk.pty);
        assert!(before.trim_end().ends_with('·'), "{before}");
        talk.keys("c 2");
        talk.pty.wait_for("another time", |picture| {
            picture.text().lines().nth(1).is_some_and(|rule| rule != before && rule.trim_end().ends_with('·'))
        });
        rule(&talk.pty);
        talk.wait("the step again", |seen| matches!(seen, Seen::Step(_)));
    });
}
