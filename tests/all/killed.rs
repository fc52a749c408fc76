//! The program itself, killed at a random moment of an interview: what its screen showed as done is kept. The same of its
//! writer alone, a thousand times faster, is in `tests/journal.rs`.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::time::Duration;

use amparo::text::Language;
use rustix::process::Signal;
use serde_json::json;

use crate::caseworker::{Interview, Seen, command, in_both, kept, protocol, shown, spaced};
use crate::programs::amparo;
use crate::pty::End;

/// The questions with a tick in the list at the left, as far as it has room for them.
fn ticked(screen: &str) -> Vec<String> {
    let rows = screen.lines().skip(2).map(|line| line.chars().take(32).collect::<String>());
    let ticked = rows.filter_map(|row| {
        let row = row.trim_start_matches(['▸', ' ']).strip_prefix('✓')?.trim().to_owned();
        Some(row.trim_end_matches('…').trim_end().to_owned())
    });
    ticked.collect()
}

/// The steps that have something in the journal: an answer, or that they were read.
fn done(shown: &serde_json::Value) -> BTreeSet<String> {
    let events = shown["events"].as_array().expect("a session has events");
    let step =
        |event: &serde_json::Value, fact: &str| event["fact"][fact]["step"].as_str().map(str::to_owned);
    events.iter().filter_map(|event| step(event, "answered").or_else(|| step(event, "read"))).collect()
}

/// Answers for a while, answers once more, and is killed up to 65 milliseconds later. How many ticks the screen had.
fn killed_once(kill: u32, language: Language) -> usize {
    let home = tempfile::tempdir().expect("a temporary folder");
    let mut random = [0; 3];
    getrandom::fill(&mut random).expect("random bytes");
    let [answers, a, b] = random;
    // So high that the whole list of the first phase is seen.
    let start = amparo().home(home.path()).size(80, 60);
    let mut talk = Interview::session(start, language);
    let mut seen = Seen::Step("told-before");
    for _ in 0..3 + answers % 10 {
        seen = talk.go_on(&seen);
    }
    talk.pty.keep_frames();
    let before = talk.pty.text();
    if let Seen::Step(step) = seen {
        talk.press_answer(step);
    }
    std::thread::sleep(Duration::from_micros(u16::from_le_bytes([a, b]).into()));
    talk.pty.signal(Signal::KILL);
    assert!(matches!(talk.pty.wait_exit(), End::Signal(_)));

    let screen = talk.pty.frames().last().map_or(before, |frame| frame.text.clone());
    let shown = shown(home.path());
    let (done, kept) = (done(&shown), kept(&shown));
    let ticked = ticked(&screen);
    for question in &ticked {
        let asks = protocol()
            .steps
            .iter()
            .filter(|step| spaced(step.ask.in_language(&language.code())).starts_with(question.as_str()));
        let is_kept = asks.map(|step| step.id.as_str()).any(|step| {
            let value = talk.answers.get(step).map(|value| json!(value));
            done.contains(step) && value.is_none_or(|value| kept.get(step) == Some(&value))
        });
        assert!(
            is_kept,
            "kill {kill}: `{question}` was shown as done, and is not kept:\n{screen}\n{shown:#}"
        );
    }
    let verify = command(home.path(), &["sessions", "verify", "--json"]);
    assert_eq!(verify.status.code(), Some(0), "kill {kill}: {}", String::from_utf8_lossy(&verify.stdout));
    ticked.len()
}

#[test]
fn what_the_screen_showed_as_done_outlasts_a_kill_of_the_program_at_any_moment() {
    let kills = std::env::var("AMPARO_TEST_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(5);
    in_both(|language| {
        let ticks: usize = (0..kills).map(|kill| killed_once(kill, language)).sum();
        assert!(ticks >= kills as usize, "{ticks} ticks were seen");
        // Nobody reads a closed standard error.
        let _ = writeln!(
            std::io::stderr(),
            "the program killed, {language:?}: {kills} times, {ticks} answers shown as done, each of them kept"
        );
    });
}
