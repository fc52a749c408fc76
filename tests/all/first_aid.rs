//! First aid and coming back in the real binary, in both languages: nothing of the thread is lost.

use std::time::Duration;

use amparo::text::Language;
use amparo::words::{LeafletSays, PacerSays, Say};

use crate::caseworker::{Interview, Seen, command, facts, in_both, in_turn, kept, shown, spaced, step_named};
use crate::programs::amparo;

fn session(language: Language) -> (tempfile::TempDir, Interview) {
    let home = tempfile::tempdir().expect("a temporary folder");
    let start = amparo().args(["--lang", language.code().as_str()]).home(home.path());
    (home, Interview::session(start, language))
}

/// What a step asks, as it is found in a text without frames and breaks.
fn asks(step: &str, language: Language) -> String {
    spaced(step_named(step).ask.in_language(&language.code()))
}

/// From the moment's first step to one of its later ones.
fn moment_until(talk: &mut Interview, step: &str) {
    talk.keys("<f2>");
    talk.responding = true;
    talk.stands_at("stop-now");
    talk.walk_to(step);
}

#[test]
fn after_coming_back_the_signal_is_first_in_the_list_and_due_and_nothing_is_a_false_alarm() {
    in_both(|language| {
        let (home, mut talk) = session(language);
        talk.walk_to("papers");
        talk.keys("1 <esc>");
        talk.pty.wait_for_text(&LeafletSays::Keys { of: 8 }.text(language));
        talk.pty.look_for(Duration::from_millis(3_100));
        talk.keys("<c-r>");
        // Exactly where she was: one row of the list is answered, and the next one is asked.
        talk.stands_at("papers");
        talk.keys("o");
        let (signal, did) = (asks("signal", language), asks("did", language));
        talk.pty.wait_for("what is open", |picture| {
            let text = spaced(&picture.text());
            text.find(&signal).zip(text.find(&did)).is_some_and(|(first, then)| first < then)
        });
        let text = talk.pty.text();
        let open = text.lines().skip_while(|line| !line.contains(talk.word(Say::StillOpen)));
        let first = open.skip(1).find(|line| line.contains("1 ") || line.contains('?')).unwrap_or_default();
        assert!(spaced(first).contains(&signal), "first in the list:\n{text}");
        // A digit leads to it, and a digit answers it.
        talk.keys("<enter>");
        talk.responding = true;
        talk.stands_at("signal");
        talk.digit(1);
        talk.responding = false;
        talk.stands_at("papers");
        talk.settled();
        let shown = shown(home.path());
        assert_eq!(kept(&shown).get("signal"), Some(&serde_json::json!({ "option": "nothing" })), "{shown}");
        assert!(!kept(&shown).contains_key("did"), "nothing more is asked after a false alarm");
        assert_eq!(in_danger(home.path()), 0, "after a false alarm");
    });
}

/// In how many ways somebody may still be in danger, as the list of the only session tells it.
fn in_danger(home: &std::path::Path) -> u64 {
    let out = command(home, &["sessions", "list", "--json"]);
    let list: serde_json::Value = serde_json::from_slice(&out.stdout).expect("it is JSON");
    let sessions = list.as_array().expect("a list");
    assert_eq!(sessions.len(), 1, "{list} {}", String::from_utf8_lossy(&out.stderr));
    sessions[0]["in_danger"].as_u64().unwrap_or_else(|| panic!("a number: {list}"))
}

#[test]
fn after_a_signal_that_was_one_the_list_of_sessions_counts_who_had_to_leave() {
    in_both(|language| {
        let (home, talk) = session(language);
        let mut talk = talk.choosing(&[("signal", "person"), ("did", "leave")]);
        talk.walk_to("papers");
        talk.settled();
        assert_eq!(in_danger(home.path()), 0, "before it");
        talk.keys("<esc>");
        talk.pty.wait_for_text(&LeafletSays::Keys { of: 8 }.text(language));
        talk.pty.look_for(Duration::from_millis(3_100));
        assert_eq!(in_danger(home.path()), 1, "as long as nobody comes back");
        talk.keys("<c-r>");
        talk.stands_at("papers");
        talk.settled();
        assert_eq!(in_danger(home.path()), 0, "somebody is back");
        talk.keys("o");
        let signal = asks("signal", language);
        talk.pty.wait_for("what is open", |picture| spaced(&picture.text()).contains(&signal));
        talk.keys("<enter>");
        talk.responding = true;
        talk.stands_at("signal");
        talk.answer("signal");
        // What was done is asked now, since it was something.
        talk.stands_at("did");
        talk.answer("did");
        talk.settled();
        assert_eq!(in_danger(home.path()), 1, "they left and got help");
    });
}

#[test]
fn the_pacer_is_a_page_of_its_own_and_moves_or_is_text() {
    in_turn(|language| {
        for motion in ["on", "off"] {
            let home = tempfile::tempdir().expect("a temporary folder");
            assert!(command(home.path(), &["settings", "motion", motion]).status.success());
            let start =
                amparo().args(["run", "--practice", "--lang", language.code().as_str()]).home(home.path());
            let mut talk = Interview::with(start, language);
            talk.stands_at("told-before");
            talk.keys("<f2>");
            talk.responding = true;
            talk.stands_at("stop-now");
            talk.answer("stop-now");
            talk.wait("the pacer", |seen| *seen == Seen::Pacer);
            let text = talk.pty.text();
            let mut words = spaced(&text.replace(['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'], " "));
            let feet = PacerSays::Feet.text(language).into_owned();
            assert!(words.contains(&spaced(&feet)), "another way stands beside it:\n{text}");
            let (_, response) = amparo_response("distress");
            let harmless =
                response.in_sight.iter().map(|words| words.in_language(&language.code()).to_owned());
            let mine = [PacerSays::In, PacerSays::Out, PacerSays::CountIn(4), PacerSays::CountOut(6)];
            let mine = mine.iter().chain(&[PacerSays::Again]).map(|says| says.text(language).into_owned());
            let mut known: Vec<String> =
                harmless.chain(mine).chain([feet]).map(|text| spaced(&text)).collect();
            // The longest first: *in* is a part of many words.
            known.sort_by_key(|text| std::cmp::Reverse(text.len()));
            for text in known {
                words = words.replace(&text, " ");
            }
            assert_eq!(words.trim(), "", "nothing else is on the page:\n{text}");
            let mark = talk.pty.mark();
            talk.pty.look_for(Duration::from_secs(1));
            let frames =
                talk.pty.bytes_after(mark).windows(8).filter(|bytes| *bytes == b"\x1b[?2026h").count();
            if motion == "on" {
                assert!(frames >= 8, "it moves: {frames} frames in a second");
            } else {
                assert_eq!(frames, 0, "nothing moves");
            }
        }
    });
}

#[test]
fn each_page_of_first_aid_has_one_idea() {
    let (_, distress) = amparo_response("distress");
    let steps = &crate::caseworker::protocol().steps[distress.steps.clone()];
    in_both(|language| {
        for (columns, rows) in [(80, 24), (40, 12)] {
            let start = amparo().args(["run", "--practice", "--lang", language.code().as_str()]);
            let mut talk = Interview::with(start.size(columns, rows), language);
            talk.stands_at("told-before");
            moment_until(&mut talk, "stop-now");
            for step in steps.iter().filter(|step| step.shows.is_none()) {
                // Whether an end for today is offered first depends on what was before.
                if step.id.as_str() == "on-or-end" {
                    continue;
                }
                talk.walk_to(step.id.as_str());
                let text = talk.pty.text();
                let words = spaced(&text);
                for other in steps.iter().filter(|other| other.id != step.id && other.shows.is_none()) {
                    let asks = asks(other.id.as_str(), language);
                    assert!(!words.contains(&asks), "{asks:?} stands beside {}:\n{text}", step.id);
                }
                for phase in &crate::caseworker::protocol().phases {
                    let title = talk.text(&phase.title).to_owned();
                    let numbered =
                        text.lines().next().is_some_and(|line| line.contains(&format!(" {title}")));
                    assert!(!numbered, "{title:?} stands beside {}:\n{text}", step.id);
                }
                assert_eq!(
                    text.lines().next().unwrap_or_default().matches('●').count(),
                    1,
                    "how far:\n{text}"
                );
            }
        }
    });
}

fn amparo_response(id: &str) -> (usize, &'static amparo::protocol::Response) {
    let mut all = crate::caseworker::protocol().responses.iter().enumerate();
    all.find(|(_, response)| response.id.as_str() == id).expect("the response is there")
}

#[test]
fn the_pacer_is_text_in_the_plain_mode() {
    in_both(|language| {
        let start = amparo().args(["run", "--practice", "--plain", "--lang", language.code().as_str()]);
        let mut pty = start.go();
        pty.wait_for_text("1 ");
        pty.keys("<f2> 1");
        let count = PacerSays::CountIn(4).text(language).into_owned();
        pty.wait_for_text(&count);
        let feet = PacerSays::Feet.text(language).into_owned();
        assert!(pty.text().contains(&feet), "{}", pty.framed());
    });
}

#[test]
fn another_subject_sets_the_step_aside_and_marks_it() {
    in_both(|language| {
        let (home, talk) = session(language);
        let mut talk = talk.choosing(&[("how-now", "go-on"), ("same-subject", "other-subject")]);
        talk.walk_to("papers");
        moment_until(&mut talk, "same-subject");
        talk.answer("same-subject");
        talk.responding = false;
        talk.stands_at("unclear");
        let papers = asks("papers", language);
        talk.pty.wait_for("that it is put off", |picture| {
            picture.text().lines().any(|line| {
                let line: String = line.chars().take(34).collect();
                let words = spaced(&line.replace(['◐', '…'], " "));
                line.contains('◐') && words.len() > 8 && papers.starts_with(&words)
            })
        });
        talk.settled();
        assert!(facts(&shown(home.path())).contains(&"raised".to_owned()));
    });
}

#[test]
fn a_pause_stops_the_clock_of_the_length_only_and_turns_the_screen_quiet() {
    in_both(|language| {
        let (_home, talk) = session(language);
        let mut talk = talk.choosing(&[("how-now", "rest")]);
        talk.walk_to("check-in");
        talk.answer("check-in");
        moment_until(&mut talk, "how-now");
        talk.digit(2);
        talk.pty.wait_for("the quiet screen", |picture| {
            let text = picture.text();
            let lines = text.lines().filter(|line| !line.trim().is_empty()).count();
            // The clock stands still, and the call's time goes on beside it.
            lines <= 4 && text.contains("‖ 0:") && text.contains('·')
        });
        // Any key brings it back and does nothing else.
        talk.keys("9");
        talk.stands_at("purpose-again");
        assert!(talk.pty.text().contains('‖'), "{}", talk.pty.framed());
    });
}

#[test]
fn to_end_leads_to_the_short_closing_and_never_out_of_the_program() {
    in_both(|language| {
        let (home, talk) = session(language);
        let mut talk = talk.choosing(&[("how-now", "stop")]);
        talk.walk_to("who-knows");
        moment_until(&mut talk, "how-now");
        talk.answer("how-now");
        talk.responding = false;
        talk.answers.remove("risk");
        talk.walk_to("thanks");
        assert!(talk.pty.is_running());
        talk.settled();
        assert_eq!(shown(home.path())["ended"], "early");
    });
}

#[test]
fn a_second_moment_offers_the_end_for_today_by_the_first_digit_and_records_going_on() {
    in_both(|language| {
        let (home, talk) = session(language);
        let mut talk =
            talk.choosing(&[("how-now", "go-on"), ("same-subject", "same"), ("on-or-end", "same")]);
        talk.walk_to("papers");
        moment_until(&mut talk, "same-subject");
        talk.answer("same-subject");
        talk.responding = false;
        talk.stands_at("papers");
        moment_until(&mut talk, "on-or-end");
        let step = step_named("on-or-end");
        let amparo::protocol::Kind::Choice(options) = &step.kind else { panic!("a choice") };
        let first = spaced(options[0].label.in_language(&language.code()));
        assert!(spaced(&talk.pty.text()).contains(&format!("1 {first}")), "{}", talk.pty.framed());
        talk.answer("on-or-end");
        talk.responding = false;
        talk.stands_at("papers");
        talk.settled();
        let going_on = serde_json::json!({ "option": "same" });
        assert_eq!(kept(&shown(home.path())).get("on-or-end"), Some(&going_on));
    });
}
