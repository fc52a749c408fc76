//! Whole interviews in the real binary, from the start screen to what the supervisor reads.

use amparo::protocol::{Kind, Rows, Step};
use amparo::text::Language;
use amparo::words::Say;

use crate::caseworker::{Interview, Seen, assert_kept, command, facts, in_both, shown, spaced, step_named};
use crate::programs::amparo;
use crate::pty::End;

/// A whole interview: from the start screen to the close, then what is kept of it.
fn a_whole_interview(cols: u16, rows: u16, language: Language) {
    let home = tempfile::tempdir().expect("a temporary folder");
    let start = amparo().size(cols, rows).home(home.path());
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
fn a_whole_interview_is_held_and_kept() {
    in_both(|language| a_whole_interview(80, 24, language));
}

#[test]
fn a_whole_interview_is_held_in_a_small_window() {
    in_both(|language| a_whole_interview(40, 12, language));
}

/// The words of a step that nobody should miss: what is asked, what is said, what can be chosen.
fn words_of(step: &Step, language: Language) -> Vec<String> {
    let code = language.code();
    let mut texts = vec![step.ask.in_language(&code).to_owned()];
    texts.extend(step.say.as_ref().map(|say| say.in_language(&code).to_owned()));
    match &step.kind {
        Kind::Choice(options) | Kind::Choices(options) => {
            texts.extend(options.iter().map(|option| option.label.in_language(&code).to_owned()));
        }
        Kind::Scale(scale) => {
            texts.extend(scale.words.iter().map(|word| word.in_language(&code).to_owned()));
        }
        Kind::List { rows: Rows::Own(rows), states } => {
            texts.extend(rows.iter().map(|row| row.label.in_language(&code).to_owned()));
            texts.extend(states.iter().map(|state| state.label.in_language(&code).to_owned()));
        }
        _ => {}
    }
    texts.iter().flat_map(|text| text.split_whitespace().map(str::to_owned)).collect()
}

/// Whether the screen says that so many lines more are below.
fn more_below(text: &str) -> bool {
    text.lines().any(|line| line.trim_end().ends_with(" ↓") && line.contains('+'))
}

#[test]
fn nothing_of_any_step_is_cut_in_a_small_window() {
    in_both(|language| {
        let start = amparo().args(["run", "--practice", "--lang", language.code().as_str()]).size(40, 12);
        let mut talk = Interview::with(start, language);
        let mut missed = Vec::new();
        let mut seen = talk.wait("the first step", |seen| *seen != Seen::Other);
        while seen != Seen::End {
            if let Seen::Step(id) = seen {
                let mut pages = talk.pty.text();
                while more_below(&talk.pty.text()) {
                    let before = talk.pty.text();
                    talk.keys("<pgdn>");
                    talk.pty.wait_for("what is below", |picture| picture.text() != before);
                    pages.push('\n');
                    pages.push_str(&talk.pty.text());
                }
                let shown = spaced(&pages);
                let words: Vec<&str> = shown.split(' ').collect();
                let cut: Vec<String> = words_of(step_named(id), language)
                    .into_iter()
                    .filter(|word| !words.contains(&&**word))
                    .collect();
                if !cut.is_empty() {
                    missed.push(format!("{id}: {cut:?}\n{}", talk.pty.framed()));
                }
            }
            seen = talk.go_on(&seen);
        }
        assert!(missed.is_empty(), "{} steps are cut:\n{}", missed.len(), missed.join("\n"));
    });
}
