//! The start screen, key by key, and at every size.

use super::*;
use crate::journal::{Awaits, Back};
use crate::text::Language;
use crate::ui::sample::{SIZES, Sample, all_of_it, drawn, keys, never_panics, text};
use crate::ui::view::CouldNot;
use crate::ui::{KeysAtHand, ReadBy};

/// A desk with so many open sessions, and so many deadlines of which the first four have passed.
fn busy(language: Language, open: i64, due: i64) -> Sample {
    let mut sample = Sample::new(language);
    sample.desk.keys = KeysAtHand { readers: ReadBy::HerAnd(1), own: OwnKey::Unlocked };
    let now = sample.now.wall;
    let hour = 3_600_000;
    sample.desk.sessions = 40;
    sample.desk.in_danger = 2;
    let session = |n: i64| OpenSession {
        name: format!("s{n}"),
        case: format!("K-{n}"),
        begun: (now - n * 11 * hour, 60),
        last: now - n * hour,
    };
    sample.desk.open = (1..=open).map(session).collect();
    let line = |n: i64| DueLine {
        name: format!("s{}", n + 10),
        case: format!("K-{}", n + 10),
        at: now + (n * 20 - 90) * hour,
        line: "call about the appointment".to_owned(),
        promised: Vec::new(),
        kind: DueKind::Promise,
    };
    sample.desk.due = (1..=due).map(line).collect();
    sample
}

/// A desk whose key is locked: a call of an hour ago is late, another is to come, and one session was hidden.
fn locked(language: Language) -> Sample {
    let mut sample = busy(language, 0, 0);
    sample.desk.keys.own = OwnKey::Locked;
    sample.desk.in_danger = 0;
    let now = sample.now.wall;
    let call = |at| Awaits { due: Some(at), ..Awaits::default() };
    let hidden = Awaits { due: None, back: Back::Awaited, ..Awaits::default() };
    sample.desk.noted = vec![call(now - 3_600_000), call(now + 3_600_000), hidden];
    sample
}

#[test]
fn a_call_that_somebody_waits_for_stands_above_everything_else() {
    for language in Language::ALL {
        let mut sample = busy(language, 3, 6);
        let at = sample.now.wall - 60_000;
        let (name, case) = ("s1".to_owned(), "K-1".to_owned());
        sample.desk.due.push(DueLine {
            name,
            case,
            at,
            line: String::new(),
            promised: Vec::new(),
            kind: DueKind::CheckIn,
        });
        for size in SIZES {
            let shown = seen(&Start::new(), &sample, size);
            let first = shown.lines().skip(1).find(|line| !line.trim().is_empty()).unwrap();
            let call = StartSays::TheCall.text(language);
            assert!(first.contains("K-1  ") && first.contains(&format!("{call}: 5")), "{shown}");
        }
        sample.desk.due.pop();
        assert!(!seen(&Start::new(), &sample, (80, 24)).contains("K-1  "));
    }
}

#[test]
fn before_any_key_is_unlocked_a_call_is_a_bare_time_and_stands_first() {
    let minutes = |late: i64| Awaits { due: Some(-late * 60_000), ..Awaits::default() };
    let told = Awaits { mark: true, ..Awaits::default() };
    let promised = |late: i64| Awaits { by: Some(-late * 60_000), ..Awaits::default() };
    let table: [(&[Awaits], &[&str]); 7] = [
        (&[told, promised(-5)], &["1"]),
        (&[], &[]),
        (&[minutes(-5)], &[]),
        (&[minutes(35)], &["! 15:55 +01:00  +35 min: 5", "1"]),
        (
            &[minutes(-5), minutes(1), minutes(150)],
            &["! 14:00 +01:00  +2 h: 5", "! 16:29 +01:00  +1 min: 5", "2"],
        ),
        (&[Awaits { due: None, back: Back::Awaited, ..Awaits::default() }], &["1"]),
        (
            &[Awaits { due: Some(-60_000), back: Back::Awaited, ..Awaits::default() }],
            &["! 16:29 +01:00  +1 min: 5", "1"],
        ),
    ];
    for language in Language::ALL {
        for (noted, lines) in table {
            for own in [OwnKey::Locked, OwnKey::None] {
                let mut sample = Sample::new(language);
                sample.desk.keys.own = own;
                sample.desk.sessions = 4;
                let from_now = |awaits: &Awaits| Awaits {
                    due: awaits.due.map(|due| sample.now.wall + due),
                    by: awaits.by.map(|by| sample.now.wall + by),
                    ..*awaits
                };
                sample.desk.noted = noted.iter().map(from_now).collect();
                for size in SIZES {
                    let shown = seen(&Start::new(), &sample, size);
                    let urgent = shown.lines().skip(1).map(str::trim).skip_while(|line| line.is_empty());
                    let urgent: Vec<&str> = urgent.take_while(|line| line.starts_with('!')).collect();
                    let mut expected: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
                    if let Some(count) = expected.pop() {
                        let danger = StartSays::InDanger(count.parse().unwrap()).text(language);
                        expected.push(format!("! {danger}: 4"));
                    }
                    if own == OwnKey::None {
                        // Nothing here can open it; whoever can is told elsewhere.
                        expected = expected.iter().map(|line| line[..line.len() - 3].to_owned()).collect();
                    }
                    if size.1 < 20 && expected.len() > 2 {
                        // A low screen names the first, and counts the others.
                        expected.truncate(1);
                    }
                    assert_eq!(urgent[..expected.len()], expected[..], "{shown}");
                }
            }
        }
    }
}

#[test]
fn it_wakes_when_something_becomes_overdue() {
    let mut sample = busy(Language::English, 0, 0);
    assert_eq!(Start::next_wake(&sample.view()), None);
    for minutes in [-5, 9, 7] {
        let at = sample.now.wall + minutes * 60_000;
        let (name, case) = ("s1".to_owned(), "K-1".to_owned());
        sample.desk.due.push(DueLine {
            name,
            case,
            at,
            line: String::new(),
            promised: Vec::new(),
            kind: DueKind::CheckIn,
        });
    }
    // The late one says how late it is, and so in a minute something else.
    assert_eq!(Start::next_wake(&sample.view()), Some(sample.now.run + 60_000));
    sample.desk.due.remove(0);
    assert_eq!(Start::next_wake(&sample.view()), Some(sample.now.run + 7 * 60_000));
    sample.desk.noted = vec![Awaits { due: Some(sample.now.wall + 180_000), ..Awaits::default() }];
    assert_eq!(Start::next_wake(&sample.view()), Some(sample.now.run + 180_000));
    sample.desk.noted[0].due = Some(sample.now.wall - 30_000);
    assert_eq!(Start::next_wake(&sample.view()), Some(sample.now.run + 30_000));
}

/// What the last of these keys led to.
fn check(sample: &Sample, typed: &str, does: &StartDoes) {
    let mut start = Start::new();
    let led = keys(typed).into_iter().map(|key| start.press(key, &sample.view())).last();
    assert_eq!(led.as_ref(), Some(does), "{typed}");
}

fn press(start: &mut Start, sample: &Sample, typed: &str) {
    for key in keys(typed) {
        start.press(key, &sample.view());
    }
}

fn seen(start: &Start, sample: &Sample, size: (u16, u16)) -> String {
    text(&drawn(size, |area, buffer| start.draw(&sample.view(), area, buffer)).0)
}

#[test]
fn digits_choose() {
    let resume = |name: &str| StartDoes::Asks(Wish::Resume(name.to_owned()));
    let busy = busy(Language::English, 12, 12);
    for (typed, does) in [
        ("1", StartDoes::OpensForm),
        ("2", StartDoes::Asks(Wish::Practise)),
        ("3", StartDoes::Stays),
        ("32", resume("s2")),
        ("3[PgDn]2", resume("s11")),
        ("3[Down]2", resume("s11")),
        ("3[Down][Down][Down]3", resume("s12")),
        ("3[Down]9", StartDoes::Stays),
        ("3[Down][Up]9", resume("s9")),
        ("3[End]1", resume("s10")),
        ("3[Left]1", StartDoes::OpensForm),
        ("30", StartDoes::Stays),
        ("4", StartDoes::Asks(Wish::Review)),
        ("51", resume("s11")),
        ("59", StartDoes::Asks(Wish::Review)),
        ("5[Left]4", StartDoes::Asks(Wish::Review)),
        ("q", StartDoes::Asks(Wish::Quit)),
        ("3q", StartDoes::Stays),
        ("?[Left]2", StartDoes::Asks(Wish::Practise)),
        ("?2", StartDoes::Stays),
        ("[F3]", StartDoes::Asks(Wish::NextLanguage)),
        ("3[F3]", StartDoes::Asks(Wish::NextLanguage)),
        ("6", StartDoes::Stays),
        ("[Enter]", StartDoes::Stays),
        ("x", StartDoes::Stays),
    ] {
        check(&busy, typed, &does);
    }
}

#[test]
fn an_empty_list_is_not_opened() {
    let empty = Sample::new(Language::English);
    for typed in ["3", "4", "5"] {
        check(&empty, typed, &StartDoes::Stays);
        check(&empty, &format!("{typed}2"), &StartDoes::Asks(Wish::Practise));
    }
    let mut unreadable = Sample::new(Language::English);
    unreadable.desk.unreadable = 1;
    unreadable.desk.keys.own = OwnKey::Unlocked;
    check(&unreadable, "4", &StartDoes::Asks(Wish::Review));
}

#[test]
fn what_is_sealed_asks_for_the_passphrase_first_and_what_needs_none_does_not() {
    let mut sample = busy(Language::English, 0, 0);
    sample.desk.keys.own = OwnKey::Locked;
    for (typed, does) in [
        ("1", StartDoes::OpensForm),
        ("2", StartDoes::Asks(Wish::Practise)),
        ("3", StartDoes::Unlocks(Goal::Resume)),
        ("4", StartDoes::Unlocks(Goal::Read)),
        ("5", StartDoes::Unlocks(Goal::Due)),
    ] {
        check(&sample, typed, &does);
    }
    for size in SIZES {
        let shown = seen(&Start::new(), &sample, size);
        for line in
            ["Resume: asks your passphrase", "Read (40 saved): passphrase", "Due: asks your passphrase"]
        {
            assert!(shown.contains(line), "{shown}");
        }
    }
    // Without a key of hers there is nothing that she could unlock.
    sample.desk.keys.own = OwnKey::None;
    for typed in ["3", "4", "5"] {
        check(&sample, typed, &StartDoes::Stays);
    }
    for size in SIZES {
        assert!(seen(&Start::new(), &sample, size).contains("sealed for others"));
    }
    // Where nothing is saved, nobody is asked for anything.
    let mut empty = Sample::new(Language::English);
    empty.desk.keys.own = OwnKey::Locked;
    for typed in ["3", "4", "5"] {
        check(&empty, typed, &StartDoes::Stays);
    }
}

#[test]
fn a_list_that_was_unlocked_says_when_it_is_looked_up_and_when_it_is_empty() {
    let mut sample = busy(Language::English, 0, 0);
    for (goal, nothing) in [(Goal::Resume, "Resume: none is open"), (Goal::Due, "Due: nothing")] {
        let start = Start::new().at(goal);
        sample.desk.known = false;
        assert!(seen(&start, &sample, (40, 12)).contains("Looking"));
        sample.desk.known = true;
        assert!(seen(&start, &sample, (40, 12)).contains(nothing));
    }
}

#[test]
fn it_works_before_anything_was_read() {
    let mut sample = Sample::new(Language::English);
    sample.protocol = None;
    sample.desk.known = false;
    check(&sample, "1", &StartDoes::OpensForm);
    check(&sample, "2", &StartDoes::Asks(Wish::Practise));
    let shown = seen(&Start::new(), &sample, (40, 12));
    assert!(shown.contains("one moment") && !shown.contains("Press Esc"), "{shown}");
}

#[test]
fn the_first_run_teaches_to_hide_and_says_when_it_was_done() {
    let sample = Sample::new(Language::English);
    let mut start = Start::new();
    for size in SIZES {
        let shown = seen(&start, &sample, size);
        assert!(shown.contains("Press Esc now. Then Ctrl+R."), "{shown}");
    }
    start.came_back();
    for size in SIZES {
        let shown = seen(&start, &sample, size);
        assert!(shown.contains("Well done") && !shown.contains("Press Esc"), "{shown}");
    }
    let later = busy(Language::English, 0, 0);
    assert!(!seen(&Start::new(), &later, (80, 24)).contains("Press Esc"));
}

#[test]
fn danger_and_what_is_overdue_stand_above_everything() {
    let sample = busy(Language::English, 3, 9);
    for size in SIZES {
        let shown = seen(&Start::new(), &sample, size);
        let lines: Vec<&str> = shown.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        assert_eq!(lines[1], "! 2 may still be in danger: 4");
        assert!(lines[2].starts_with('!') && lines[2].contains("K-11"), "{shown}");
        assert!(shown.contains("more overdue: 5"), "{shown}");
        for digit in 1..=5 {
            assert!(shown.contains(&format!("  {digit}  ")), "{digit} in\n{shown}");
        }
    }
}

#[test]
fn what_a_low_window_hides_is_said() {
    let sample = busy(Language::English, 3, 9);
    let shown = seen(&Start::new(), &sample, (40, 8));
    assert!(shown.contains("more lines: larger window") || shown.contains("! 2 may"), "{shown}");
    let mut start = Start::new();
    start.press(Key::Char('5'), &sample.view());
    let shown = seen(&start, &sample, (40, 8));
    assert!(shown.contains("1  !"), "{shown}");
}

#[test]
fn why_a_session_could_not_be_taken_up_is_said_on_the_list_and_on_the_menu() {
    for (why, says) in [
        (CouldNot::OpenElsewhere, "open in another window"),
        (CouldNot::Closed, "That one is closed."),
        (CouldNot::Cut, "its end is gone"),
        (CouldNot::Altered, "changed by somebody"),
        (CouldNot::NotThere, "not there any more"),
        (CouldNot::Unreadable, "cannot be read"),
        (CouldNot::NoKey, "press 1 and make a key first"),
        (CouldNot::NotForUs, "sealed for another key"),
    ] {
        let mut sample = busy(Language::English, 12, 9);
        sample.desk.could_not = Some(why);
        for size in SIZES {
            for typed in ["", "3"] {
                let mut start = Start::new();
                press(&mut start, &sample, typed);
                let shown = seen(&start, &sample, size).replace("\n ", "").replace("  ", " ");
                assert!(shown.contains(says), "{shown}");
                assert!(shown.contains("1 "), "{shown}");
            }
        }
    }
}

#[test]
fn where_a_session_is_kept_when_its_folder_failed_is_said() {
    let mut sample = busy(Language::English, 0, 0);
    sample.keeping.moved_to = Some("/media/sti\u{1b}ck".to_owned());
    let shown = seen(&Start::new(), &sample, (80, 24));
    assert!(shown.contains("It is in\n  /media/sti·ck"), "{shown}");
}

#[test]
fn a_head_code_that_came_late_stands_there_until_it_was_noted() {
    for language in Language::ALL {
        let mut sample = busy(language, 3, 6);
        sample.desk.late_head = Some("0123-4567-89AB-CDEF".to_owned());
        for size in SIZES {
            assert!(seen(&Start::new(), &sample, size).contains("0123-4567-89AB-CDEF"), "{size:?}");
        }
    }
}

#[test]
fn a_hostile_case_code_cannot_steer_the_terminal() {
    let mut sample = busy(Language::English, 1, 1);
    sample.desk.open[0].case = "\u{1b}[2J\u{202e}K".to_owned();
    sample.desk.due[0].line = "\u{1b}]0;title\u{7}".to_owned();
    for typed in ["", "3", "5"] {
        let mut start = Start::new();
        press(&mut start, &sample, typed);
        let shown = seen(&start, &sample, (80, 24));
        assert!(shown.chars().all(|c| c == '\n' || !c.is_control()), "{shown:?}");
        assert!(start.as_lines(&sample.view()).iter().all(|line| !line.contains('\u{1b}')));
    }
}

#[test]
fn a_list_that_shrank_shows_its_last_page() {
    let many = busy(Language::English, 30, 0);
    let few = busy(Language::English, 2, 0);
    let mut start = Start::new();
    press(&mut start, &many, "3[End]");
    assert!(seen(&start, &few, (40, 12)).contains("1  K-1"));
    assert_eq!(start.press(Key::Char('1'), &few.view()), StartDoes::Asks(Wish::Resume("s1".to_owned())));
}

#[test]
fn it_draws_at_every_size() {
    for language in Language::ALL {
        for sample in [Sample::new(language), busy(language, 12, 12)] {
            for typed in ["", "3", "5", "?"] {
                let mut start = Start::new();
                press(&mut start, &sample, typed);
                never_panics(|area, buffer| start.draw(&sample.view(), area, buffer));
            }
        }
    }
}

#[test]
fn it_looks_so() {
    for (language, code) in [(Language::English, "en"), (Language::Spanish, "es")] {
        for size in SIZES {
            for (sample, typed, name) in [
                (Sample::new(language), "", "first_run"),
                (busy(language, 12, 9), "", "busy"),
                (locked(language), "", "locked"),
                (busy(language, 12, 9), "3", "open"),
                (busy(language, 12, 12), "5", "due"),
                (busy(language, 1, 1), "?", "keys"),
            ] {
                let mut start = Start::new();
                press(&mut start, &sample, typed);
                let (buffer, cursor) = drawn(size, |area, buffer| start.draw(&sample.view(), area, buffer));
                assert_eq!(cursor, None);
                insta::assert_debug_snapshot!(format!("{name}_{code}_{}x{}", size.0, size.1), buffer);
            }
        }
    }
}

#[test]
fn help_on_a_list_has_the_keys_of_the_list_and_leads_back_to_it() {
    for language in Language::ALL {
        let sample = busy(language, 20, 20);
        for (list, line) in [("3", StartSays::ResumeLineHelp), ("5", StartSays::DueLineHelp)] {
            for back in ["[Left]", "?", "q"] {
                let mut start = Start::new();
                press(&mut start, &sample, &format!("{list}[PgDn]"));
                let before = seen(&start, &sample, (80, 24));
                press(&mut start, &sample, "?");
                for size in SIZES {
                    let shown = seen(&start, &sample, size);
                    let new = StartSays::NewSession.text(language);
                    assert!(shown.contains(&*line.text(language)) && !shown.contains(&*new), "{shown}");
                }
                press(&mut start, &sample, back);
                assert_eq!(seen(&start, &sample, (80, 24)), before, "{back}");
            }
        }
    }
}

#[test]
fn nothing_of_it_is_cut_in_a_small_window() {
    for language in Language::ALL {
        for (sample, typed, lesson) in [
            (busy(language, 1, 1), "5?", Lesson::Done),
            (Sample::new(language), "", Lesson::ToDo),
            (Sample::new(language), "", Lesson::Done),
            (locked(language), "", Lesson::Done),
            (busy(language, 1, 1), "?", Lesson::Done),
        ] {
            let mut start = Start::after(lesson);
            press(&mut start, &sample, typed);
            let mut lines = start.as_lines(&sample.view());
            // The last of the hints is in the help too, and gives way.
            if typed.is_empty() {
                assert!(lines.pop().is_some_and(|hint| hint.starts_with("F3 ")));
            }
            all_of_it(&lines, &seen(&start, &sample, (40, 12)));
        }
    }
}

#[test]
fn what_was_promised_tells_the_lines_of_one_case_apart() {
    for language in Language::ALL {
        let mut sample = busy(language, 0, 0);
        for (promised, there) in
            [("A bed: asked for", "Una cama: pedida"), ("A doctor: asked for", "Un médico: pedido")]
        {
            let promised =
                vec![(Language::English, promised.to_owned()), (Language::Spanish, there.to_owned())];
            let (name, case) = ("s1".to_owned(), "K-1".to_owned());
            let at = sample.now.wall - 60_000;
            sample.desk.due.push(DueLine {
                name,
                case,
                at,
                line: String::new(),
                promised,
                kind: DueKind::Promise,
            });
        }
        let mut start = Start::new();
        press(&mut start, &sample, "5");
        for size in SIZES {
            let shown = seen(&start, &sample, size);
            let words = match language {
                Language::English => ["A bed", "A doctor"],
                Language::Spanish => ["Una cama", "Un médico"],
            };
            assert!(words.iter().all(|word| shown.contains(word)), "{shown}");
        }
    }
}

#[test]
fn the_only_open_session_is_taken_up_where_the_command_named_none() {
    for (open, typed, resumes) in [(1, "", true), (2, "", false), (1, "x", false), (1, "[Left]", false)] {
        let looking = busy(Language::English, 0, 0);
        let mut start = Start::resuming().at(Goal::Resume);
        assert_eq!(start.found(&looking.view()), None, "nothing was found yet");
        press(&mut start, &looking, typed);
        let found = busy(Language::English, open, 0);
        let wish = resumes.then(|| Wish::Resume("s1".to_owned()));
        assert_eq!(start.found(&found.view()), wish, "{open} {typed}");
        assert_eq!(start.found(&found.view()), None, "once");
    }
    let mut listed = Start::new().at(Goal::Resume);
    assert_eq!(listed.found(&busy(Language::English, 1, 0).view()), None, "from the menu it is chosen");
}
