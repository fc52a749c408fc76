//! Interviews that go another way: put off, broken off, interrupted, left, cut.

use std::collections::BTreeSet;
use std::time::Duration;

use amparo::text::Language;
use amparo::words::Say;
use rustix::process::Signal;

use crate::caseworker::{
    Interview, Seen, assert_kept, command, facts, in_both, kept, protocol, shown, spaced,
};
use crate::interview::wait_kept;
use crate::keys_at_hand::UNLOCKED;
use crate::programs::amparo;
use crate::pty::{End, Pty, Start};

fn session(language: Language) -> (tempfile::TempDir, Interview) {
    let home = tempfile::tempdir().expect("a temporary folder");
    let talk = Interview::session(amparo().home(home.path()), language);
    (home, talk)
}

/// Closes at the end, and leaves.
fn close(talk: &mut Interview) {
    talk.walk_until("the end", |seen| *seen == Seen::End);
    talk.digit(2);
    talk.wait("the close", |seen| *seen == Seen::Closed);
    talk.keys("1");
    talk.wait_for_start();
    talk.keys("q");
    assert_eq!(talk.pty.wait_exit(), End::Code(0));
}

#[test]
fn what_is_put_off_is_a_full_outcome() {
    in_both(|language| {
        let (home, talk) = session(language);
        let mut talk = talk.choosing(&[("go", "postpone")]);
        close(&mut talk);
        let shown = shown(home.path());
        assert_eq!(shown["ended"], "postponed", "{}", shown["ended"]);
        assert_eq!(shown["status"], "closed");
        assert_eq!(shown["deviations"], serde_json::json!([]));
        assert!(!talk.answers.contains_key("company"));
        assert_kept(&shown, &talk.answers);
    });
}

#[test]
fn distress_in_the_middle_of_typing_ends_early_and_is_cared_for() {
    in_both(|language| {
        let (home, talk) = session(language);
        let mut talk = talk.choosing(&[("how-now", "stop")]);
        talk.walk_to("who-knows");
        talk.keys("n s h e <f2>");
        talk.responding = true;
        talk.stands_at("stop-now");
        assert!(!talk.pty.text().contains("she "), "{}", talk.pty.framed());
        talk.walk_to("how-now");
        talk.answer("how-now");
        talk.responding = false;
        // The note is still there, half typed; it is kept, and then the rest of the list goes on.
        talk.wait_for_word(Say::NoteTitle);
        talk.keys("<enter>");
        close(&mut talk);
        let shown = shown(home.path());
        assert_eq!(shown["ended"], "early");
        assert_eq!(shown["responses"][0]["response"], "distress", "{}", shown["responses"]);
        assert_eq!(shown["deviations"], serde_json::json!([]));
        let kept = kept(&shown);
        for due in ["debrief", "strain", "both-back", "risk-after"] {
            assert!(kept.contains_key(due), "{due} is still due after an early end");
        }
        // The talk never came to the first question of the two that read alike.
        talk.answers.remove("risk");
        assert_kept(&shown, &talk.answers);
    });
}

#[test]
fn a_response_gives_the_half_typed_text_back() {
    in_both(|language| {
        let (home, mut talk) = session(language);
        talk.walk_to("who-knows");
        talk.keys("n s h e <f2>");
        talk.responding = true;
        talk = talk.choosing(&[("same-subject", "same")]);
        talk.walk_to("same-subject");
        talk.digit(2);
        let note = talk.word(Say::NoteTitle);
        talk.pty
            .wait_for("the note", |picture| picture.text().contains(note) && picture.text().contains("···"));
        talk.keys("! <enter>");
        talk.responding = false;
        talk.stands_at("who-knows");
        talk.settled();
        let shown = shown(home.path());
        let noted = shown["events"]
            .as_array()
            .into_iter()
            .flatten()
            .find_map(|event| event["fact"]["noted"]["text"].as_str());
        assert_eq!(noted, Some("she!"));
    });
}

#[test]
fn a_danger_in_the_middle_of_typing_comes_back_to_the_same_letter_and_is_due() {
    in_both(|language| {
        let (home, mut talk) = session(language);
        talk.walk_to("who-knows");
        talk.keys("n b l u e <left> <left>");
        talk.settled();
        let (before, cursor) = (talk.pty.text(), talk.pty.picture().cursor());
        talk.keys("<esc>");
        talk.wait_for_leaflet();
        let opening = protocol().phases.iter().find(|phase| phase.id.as_str() == "opening").expect("a phase");
        for word in [talk.word(Say::NoteTitle), "blue", talk.text(&opening.title), "○"] {
            assert!(!talk.pty.text().contains(word), "{word}:\n{}", talk.pty.framed());
        }
        let asked = talk.listed("who-knows");
        assert!(!spaced(&talk.pty.text()).contains(&asked), "{}", talk.pty.framed());
        talk.pty.look_for(Duration::from_millis(3_200));
        talk.keys("<c-r>");
        // She is in the room, so the text is dots, before and after.
        let lines = |text: &str| {
            text.lines()
                .filter_map(|line| line.find("····").map(|at| line[at..].to_owned()))
                .collect::<Vec<_>>()
        };
        talk.pty.wait_for_text("····");
        assert_eq!(lines(&talk.pty.text()), lines(&before));
        assert_eq!(talk.pty.picture().cursor(), cursor);
        talk.keys("<enter> o");
        let (signal, needed) = (talk.listed("signal"), talk.word(Say::Required));
        talk.pty.wait_for("the signal among what is open", |picture| {
            picture.text().lines().any(|line| line.contains(&signal) && line.contains(needed))
        });
        talk.keys("o");
        talk.walk_until("the end", |seen| *seen == Seen::End);
        // What is due is first in the list, and closing over it wants a reason.
        assert!(talk.pty.text().contains(&signal), "{}", talk.pty.framed());
        talk.digit(2);
        let why = talk.word(Say::ReasonToClose);
        talk.pty.wait_for_text(why);
        talk.keys("<left> <enter>");
        talk.responding = true;
        talk = talk.choosing(&[("signal", "nothing")]);
        talk.stands_at("signal");
        talk.answer("signal");
        close(&mut talk);
        let shown = shown(home.path());
        assert_eq!(shown["covers"].as_array().map(Vec::len), Some(1));
        assert!(facts(&shown).contains(&"uncovered".to_owned()), "{:?}", facts(&shown));
    });
}

#[test]
fn a_session_left_under_the_cover_leaves_nothing_on_the_screen_and_goes_on_later() {
    in_both(|language| {
        let home = tempfile::tempdir().expect("a temporary folder");
        let shell = r#"printf 'before\r\n'; "$0"; code=$?; printf 'after %s\r\n' $code; read line"#;
        let start = Start::program("/bin/sh").args(["-c", shell]).args([amparo().path()]).home(home.path());
        let mut talk = Interview::session(start, language);
        talk.walk_to("known-risks");
        talk.keys("1");
        talk.settled();
        talk.keys("<esc>");
        talk.wait_for_leaflet();
        talk.keys("q y");
        talk.pty.wait_for_text("after");
        let picture = talk.pty.picture();
        assert_eq!(picture.main_screen().trim_end(), "before\nafter 0");
        assert_eq!(picture.text().trim_end(), "before\nafter 0");
        assert!(!picture.modes().alternate_screen());

        let mut again = Interview::resume(home.path(), language);
        again.answers = talk.answers.clone();
        again.wait("where it was", |seen| *seen != Seen::Other);
        // Nobody came back from the cover, so it has ended, and what that was is asked; one key takes the end back.
        let left = again.word(Say::LeftGoOn);
        again.pty.wait_for_text(left);
        again.keys("z");
        again.stands_at("known-risks");
        again.pty.wait_for("no word of it any more", |picture| !picture.text().contains(left));
        // The list stands there at once; what it stands on is written a moment later.
        again.settled();
        let kept_now = shown(home.path());
        assert_kept(&kept_now, &talk.answers);
        let facts = facts(&kept_now);
        assert!(
            facts.ends_with(&["left".to_owned(), "resumed".to_owned(), "undone".to_owned()]),
            "{facts:?}"
        );
    });
}

#[test]
fn a_cover_that_comes_while_a_session_is_taken_up_is_of_that_session() {
    in_both(|language| {
        let home = tempfile::tempdir().expect("a temporary folder");
        let mut talk = Interview::session(amparo().home(home.path()), language);
        talk.walk_to("unclear");
        talk.settled();
        talk.pty.signal(Signal::KILL);
        talk.pty.wait_exit();

        let mut again = Interview::with(amparo().args(UNLOCKED).home(home.path()), language);
        again.pty.wait_for("an open session", |picture| picture.text().matches("(1 ").count() == 2);
        again.keys("3");
        again.pty.wait_for_text("K-7");
        // In one write: the hide key is there before the session is.
        again.pty.send(b"1\x1b");
        let leaflet = protocol().covers[0].title.in_language(&language.code());
        again.pty.wait_for_text(leaflet);
        wait_kept(&mut again.pty, "the cover of the session", |state| state.record.covered.is_some());
        again.keys("q y");
        assert_eq!(again.pty.wait_exit(), End::Code(0));
        let shown = shown(home.path());
        let facts = facts(&shown);
        assert!(facts.ends_with(&["resumed".into(), "covered".into(), "left".into()]), "{facts:?}");
        assert_eq!(shown["ended"], "left", "{}", shown["ended"]);
    });
}

/// The steps that the list beside shows with a tick.
fn ticked(pty: &Pty, language: Language) -> BTreeSet<String> {
    let text = pty.text();
    let lines = text.lines().filter_map(|line| {
        let list: String = line.chars().take(32).collect();
        list.trim().strip_prefix('✓').map(|ask| ask.trim().trim_end_matches('…').to_owned())
    });
    let named = |ask: String| {
        let step =
            protocol().steps.iter().find(|step| step.ask.in_language(&language.code()).starts_with(&ask))?;
        Some(step.id.as_str().to_owned())
    };
    lines.filter_map(named).collect()
}

#[test]
fn what_was_seen_ticked_is_there_after_a_kill_at_any_moment() {
    in_both(|language| {
        let home = tempfile::tempdir().expect("a temporary folder");
        let mut talk = Interview::session(amparo().home(home.path()), language);
        let mut seen_ticked = BTreeSet::new();
        // Pressed blindly and in bursts, so that a kill finds answers on their way.
        for round in 0..5_u64 {
            let mut seen = talk.wait("a step", |seen| *seen != Seen::Other);
            for _ in 0..3 {
                seen = talk.go_on(&seen);
                seen_ticked.extend(ticked(&talk.pty, language));
            }
            // Before the first tick a kill may leave nothing at all, which nobody was promised.
            talk.pty.wait_for("a tick", |picture| picture.text().contains('✓'));
            talk.pty.send(b"1\x1b[C1\x1b[C1");
            talk.pty.look_for(Duration::from_millis(7 * round));
            talk.pty.look(Duration::ZERO);
            if talk.pty.picture().is_whole() {
                seen_ticked.extend(ticked(&talk.pty, language));
            }
            talk.pty.signal(Signal::KILL);
            assert!(matches!(talk.pty.wait_exit(), End::Signal(_)));
            let shown = shown(home.path());
            let kept = kept(&shown);
            for step in &seen_ticked {
                assert!(kept.contains_key(step), "round {round}: `{step}` was shown as ticked");
            }
            let answers = std::mem::take(&mut talk.answers);
            talk = Interview::resume(home.path(), language);
            talk.answers = answers;
            talk.wait("a step again", |seen| *seen != Seen::Other);
            seen_ticked.extend(ticked(&talk.pty, language));
        }
        assert!(seen_ticked.len() > 10, "{seen_ticked:?}");
        let list = command(home.path(), &["sessions", "list", "--json"]);
        let list: serde_json::Value = serde_json::from_slice(&list.stdout).expect("it is JSON");
        assert_eq!(list.as_array().map(Vec::len), Some(1));
    });
}
