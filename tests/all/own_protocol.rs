//! Sessions of small protocols that an office wrote itself, in the real binary: what the shipped one never shows.

use std::fmt::Write as _;
use std::time::Duration;

use amparo::text::Language;
use amparo::words::{Doubt, FormSays, Say, Told, say, told};
use tempfile::TempDir;

use crate::caseworker::{in_both, locale};
use crate::programs::amparo;
use crate::pty::{Pty, Start};

/// A protocol with these steps in its only phase.
fn protocol(steps: &str) -> String {
    around(&format!("phases:\n  - id: place\n    title: The place\n    steps:\n{steps}"))
}

/// A protocol with these phases.
fn around(phases: &str) -> String {
    let head = "amparo: 1\nid: own\nversion: 1\nlanguage: en\ntitle: Our own\n";
    let cover = "covers:\n  - id: health\n    title: Health\n    topics:\n      - {id: sleep, title: Sleep, stands_for: later, lines: [Rest]}\n";
    let signal = "responses:\n  - id: danger\n    key: esc\n    rank: 1\n    cover: true\n    title: Danger\n    steps:\n      - {id: signal, kind: choice, ask: What was it?, options: [{id: nothing, label: Nothing}, {id: person, label: Somebody}]}\n";
    format!("{head}{cover}{phases}{signal}")
}

/// A session of a protocol with these steps, at its first step.
fn session(start: Start, home: &TempDir, steps: &str, language: Language) -> Pty {
    session_of(start, home, &protocol(steps), language)
}

/// A session of a protocol, at its first step.
fn session_of(start: Start, home: &TempDir, protocol: &str, language: Language) -> Pty {
    let file = home.path().join("own.yaml");
    std::fs::write(&file, protocol).expect("a file");
    std::fs::write(home.path().join("settings.json"), r#"{"ask_pin":"off"}"#).expect("a file");
    let start = start.args(["run", "--protocol"]).args([&file]).home(home.path());
    let mut pty = start.env("LANG", locale(language)).go();
    pty.wait_for_text(&FormSays::First.text(language));
    pty.keys("S11 <enter> S12 <enter> K-77 <enter>");
    pty.wait_for("the checklist", |picture| picture.text().contains("▸"));
    pty
}

/// Hundredths of a second that a program has worked so far.
fn worked(pty: &Pty) -> u64 {
    let about = std::fs::read_to_string(format!("/proc/{}/stat", pty.pid())).expect("it runs");
    let after_its_name = about.rsplit(')').next().expect("a name in parentheses");
    after_its_name.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum()
}

#[test]
fn a_deadline_that_passes_after_the_close_keeps_nobody_awake() {
    in_both(|language| {
        let home = tempfile::tempdir().expect("a temporary folder");
        let call = "      - {id: call, kind: deadline, ask: When do we call?}\n";
        let mut pty = session(amparo(), &home, call, language);
        pty.wait_for_text("When do we call?");
        // The deadline is one of long ago, which is asked about once.
        pty.send(b"\r1.1.2020 10:00\r");
        let asks = told(language, &Told::Doubtful { when: None, doubt: Doubt::Past });
        let asks: String = asks.chars().take_while(|c| *c != '.').collect();
        pty.wait_for_text(&asks);
        // A key that comes again so soon is not taken.
        pty.look_for(Duration::from_millis(900));
        // In one write, so that it is closed before the loop looks at the clock.
        pty.send(b"\r2");
        let closed = say(language, Say::ClosedTitle);
        pty.wait_for_text(closed);
        // The code to note is slow on purpose; after it nothing is left to do.
        pty.wait_for("the code to note", |picture| picture.text().matches('-').count() >= 3);
        pty.look_for(Duration::from_millis(300));
        let before = worked(&pty);
        pty.look_for(Duration::from_millis(700));
        let ticks = worked(&pty) - before;
        assert!(ticks < 15, "{ticks} of 70 hundredths of a second:\n{}", pty.framed());
    });
}

/// A protocol of the largest that may be written: every step has the longest id, and all but the first hang on its answer.
fn largest() -> String {
    let id = |number: usize| format!("{:x<40}", format!("s{number}-"));
    let mut first = Some(
        "          - {id: first, kind: choice, ask: Which?, options: [{id: one, label: One}, {id: two, label: Two}]}\n",
    );
    let mut phases = "phases:\n".to_owned();
    for place in 0..9 {
        let _ = writeln!(phases, "  - id: phase{place}\n    title: Phase {place}\n    groups:");
        for group in 0..9 {
            let _ = writeln!(phases, "      - id: group{place}{group}\n        title: Group\n        steps:");
            for step in 0..9 {
                let id = id((place * 9 + group) * 9 + step);
                let other = format!(
                    "          - {{id: {id}, kind: check, required: true, ask: Do it, when: first == two}}\n"
                );
                phases.push_str(first.take().unwrap_or(&other));
            }
        }
    }
    around(&phases)
}

#[test]
fn the_largest_protocol_can_be_kept() {
    in_both(|language| {
        let home = tempfile::tempdir().expect("a temporary folder");
        let mut pty = session_of(amparo(), &home, &largest(), language);
        pty.wait_for_text("Which?");
        // All steps come to apply, and none of them any more, and then what that was before is put back.
        for (keys, events) in [("2", 2), ("z", 3), ("1", 4), ("z", 5)] {
            pty.keys(keys);
            crate::interview::wait_kept(&mut pty, keys, |state| state.record.events == events);
        }
        let not_saved = say(language, Say::TooLarge).split(':').next().expect("a first part");
        assert!(!pty.text().contains(not_saved), "{}", pty.framed());
    });
}

/// From now on nothing more can be written where a session is, not even by root.
fn break_the_disk(home: &TempDir) {
    let folder = home.path().join("data");
    std::fs::remove_dir_all(&folder).expect("the folder of sessions");
    std::fs::write(folder, "").expect("a file in its place");
}

const ASKED_AGAIN: &str = "
      - {id: call, kind: deadline, ask: When do we call?, role: check-in}
      - {id: calm, kind: check, ask: Calm}
      - {id: which, kind: choice, ask: Which?, options: [{id: one, label: One}, {id: again, label: Again, then: reopen(calm)}]}
";

#[test]
fn what_undo_brings_back_and_a_call_that_was_made_are_ticked_only_once_they_are_on_disk() {
    in_both(|language| {
        let home = tempfile::tempdir().expect("a temporary folder");
        let mut pty = session(amparo(), &home, ASKED_AGAIN, language);
        pty.wait_for_text("When do we call?");
        pty.keys("1 <space>");
        pty.wait_for_text("Again");
        pty.keys("2");
        pty.wait_for("calm asked again", |picture| picture.text().contains("● Calm"));
        crate::interview::wait_kept(&mut pty, "all of it", |state| state.record.events == 4);
        break_the_disk(&home);

        let not_saved = say(language, Say::DiskGone).split(':').next().expect("a first part");
        pty.keys("z");
        pty.wait_for_text(not_saved);
        let ticked =
            |pty: &Pty, what: &str| pty.text().lines().any(|line| line.contains('✓') && line.contains(what));
        assert!(!ticked(&pty, "Calm") && pty.text().contains("! Calm"), "{}", pty.framed());
        pty.keys("c 1");
        pty.wait_for("the panel has closed", |picture| picture.text().contains("! When do we call?"));
        let rule = pty.text().lines().nth(1).unwrap_or_default().to_owned();
        assert!(!rule.contains('✓'), "{}", pty.framed());
    });
}
