//! Whole interviews in the real binary, from the start screen to what the supervisor reads.

use amparo::text::Language;
use amparo::words::Say;

use crate::caseworker::{Interview, Seen, assert_kept, command, facts, shown};
use crate::programs::amparo;
use crate::pty::End;

/// A whole interview: from the start screen to the close, then what is kept of it.
fn a_whole_interview(cols: u16, rows: u16, language: Language) {
    let home = tempfile::tempdir().expect("a temporary folder");
    let lang = if language == Language::Spanish { "es_ES.UTF-8" } else { "en_US.UTF-8" };
    let start = amparo().size(cols, rows).env("LANG", lang).home(home.path());
    let mut talk = Interview::session(start, language);
    assert!(talk.pressed <= 25, "{} keys to the first step", talk.pressed);
    talk.walk_until("the end", |seen| *seen == Seen::End);
    let nothing_open = talk.word(Say::NothingOpen);
    assert!(talk.pty.text().contains(nothing_open), "{}", talk.pty.framed());
    talk.digit(2);
    talk.wait("the close", |seen| *seen == Seen::Closed);
    talk.keys("1");
    talk.pty.wait_for_text("2  ");
    talk.keys("q");
    assert_eq!(talk.pty.wait_exit(), End::Code(0));

    let shown = shown(home.path());
    assert_eq!(shown["status"], "closed", "{shown}");
    assert_eq!(shown["case"], "K-7");
    assert_eq!(facts(&shown).last().map(String::as_str), Some("closed"));
    assert_kept(&shown, &talk.answers);
    assert!(talk.answers.len() > 60, "{} answers", talk.answers.len());
    assert_eq!(shown["deviations"], serde_json::json!([]));
    let list = command(home.path(), &["sessions", "list"]);
    let list = String::from_utf8_lossy(&list.stdout).into_owned();
    assert!(list.contains("K-7") && list.contains("12, 34") && list.lines().count() == 1, "{list}");
}

#[test]
fn a_whole_interview_in_english() {
    a_whole_interview(80, 24, Language::English);
}

#[test]
fn a_whole_interview_in_a_small_window() {
    a_whole_interview(40, 12, Language::English);
}

#[test]
fn a_whole_interview_in_spanish() {
    a_whole_interview(80, 24, Language::Spanish);
}

#[test]
fn a_whole_interview_in_spanish_in_a_small_window() {
    a_whole_interview(40, 12, Language::Spanish);
}
