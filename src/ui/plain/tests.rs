//! The plain lines, as a screen reader speaks them.

use crate::machine::{Outcome, Shyness, Value};
use crate::text::{Language, OptionId, StepId};
use crate::ui::sample::{Sample, keys};
use crate::ui::screens::Screens;

/// What is printed after these keys.
fn lines(sample: &Sample, typed: &str) -> Vec<String> {
    let view = sample.view();
    let mut screens = Screens::new(&view);
    screens.show_checklist(&view);
    for key in keys(typed) {
        screens.press(key, &view);
    }
    screens.lines(&view)
}

/// At this step, after these keys, this is printed before the line of keys.
fn check(sample: &Sample, typed: &str, printed: &[&str]) {
    let mut lines = lines(sample, typed);
    let last = lines.pop().unwrap();
    assert_eq!(lines, printed, "{typed}");
    assert!(last.starts_with("Keys: ") && last.contains("Esc page"), "{last}");
}

fn at(id: &str) -> Sample {
    Sample::new(Language::English).at_step(id)
}

fn answered(id: &str, value: Value) -> Sample {
    let mut sample = at(id);
    sample.state.seen.outcomes.insert(StepId::new(id).unwrap(), Outcome::Answered(value));
    sample
}

fn shy(mut sample: Sample) -> Sample {
    sample.state.record.shy = Shyness::Shy;
    sample
}

const PLACE: [&str; 2] = ["The place, part 1 of 1.", "The room."];

fn below<'a>(number: &'a str, rest: &[&'a str]) -> Vec<&'a str> {
    PLACE.into_iter().chain([number]).chain(rest.iter().copied()).collect()
}

#[test]
fn a_step_is_heard_from_where_it_stands_to_its_answers() {
    check(&at("calm"), "", &below("Step 1 of 5.", &["The room is calm", "1 done"]));
    let who = ["Who came with her?", "1 She came alone", "2 Somebody came with her"];
    check(&at("company"), "", &below("Step 2 of 5.", &who));
    let rights = [
        "Tell her what rights she has",
        "say: People can help you.",
        "1 understood",
        "2 come back to it",
        "3 rather not",
    ];
    check(&at("rights"), "", &below("Step 3 of 5.", &rights));
    let needs =
        ["What does she need today?", "A bed, open, this line", "Food, open", "1 Met", "2 Still open"];
    check(&at("needs"), "", &below("Step 5 of 5.", &needs));
}

#[test]
fn what_was_answered_is_heard_and_while_shy_only_that_something_was() {
    let risk = || answered("risk", Value::Number(3));
    assert!(lines(&risk(), "").contains(&"3 much, chosen".to_owned()));
    let heard = lines(&shy(risk()), "");
    assert!(
        heard.contains(&"3 much".to_owned()) && heard.contains(&"done: not shown".to_owned()),
        "{heard:?}"
    );
    let nobody = answered("company", Value::Option(OptionId::new("nobody").unwrap()));
    let heard = lines(&shy(nobody), "").join("\n");
    assert!(!heard.contains("came"), "a private step, while shy:\n{heard}");
}

#[test]
fn a_panel_is_heard_in_place_of_the_step() {
    let reasons = [
        "Why is it left out?",
        "1 she asked",
        "2 no time",
        "3 not safe",
        "4 done before",
        "5 another reason",
    ];
    check(&at("calm"), "s", &reasons);
    check(&at("calm"), "g", &["Go to", "1, The place, this line"]);
    check(&shy(at("calm")), "/ca", &["Find", "The room is calm, open, this line", "ca"]);
    check(&at("calm"), "nhello", &["The room is calm", "Note", "1995 left", "hello"]);
    check(&shy(at("calm")), "nhello", &["The room is calm", "Note", "1995 left", "·····"]);
    let open = lines(&shy(at("calm")), "o");
    assert_eq!(open[0..3], ["Still open", "The room is calm, open, this line", "not shown, open"]);
}

#[test]
fn the_pacer_is_a_text() {
    let breathing = [
        "Breathe in slowly: count to 4.",
        "Breathe out slowly: count to 6.",
        "And again.",
        "or: both feet on the floor",
        "Slowly",
        "No hurry",
    ];
    assert_eq!(lines(&at("breathe"), ""), breathing);
}

#[test]
fn the_cover_is_a_leaflet_and_nothing_of_the_step_is_heard() {
    let contents = ["Health and training", "1 Sleeping better", "2 Language courses", "3 Getting help"];
    let with_foot = |foot| contents.into_iter().chain([foot]).collect::<Vec<_>>();
    assert_eq!(lines(&at("calm"), "[Hide]"), with_foot("1-3 page  0 contents  q close"));
    assert_eq!(lines(&at("calm"), "nhello[Hide]q"), with_foot("Close? y/n"));
    assert_eq!(
        lines(&at("calm"), "[Hide]3"),
        ["Health and training", "Getting help", "In an emergency call 112.", "1-3 page  0 contents  q close"]
    );
}

#[test]
fn the_start_screen_and_the_form_are_lines() {
    let mut sample = Sample::new(Language::English);
    sample.desk.keys.readers = crate::ui::ReadBy::HerAnd(1);
    let view = sample.view();
    let mut screens = Screens::new(&view);
    assert_eq!(screens.lines(&view)[0..3], ["Amparo", "1  New session", "2  Practise: nothing is kept"]);
    for key in keys("1") {
        screens.press(key, &view);
    }
    assert_eq!(screens.lines(&view).last().unwrap(), "Your staff number: ");
    for key in keys("204[Enter]204[Enter]") {
        screens.press(key, &view);
    }
    assert_eq!(
        screens.lines(&view),
        ["That is the first number. Type your colleague's, or leave it empty.", "Your colleague's: 204"]
    );
}

#[test]
fn no_line_has_a_box_an_address_or_a_sign_that_is_not_spoken() {
    for language in Language::ALL {
        for id in ["calm", "company", "rights", "risk", "needs", "breathe"] {
            for sample in [Sample::new(language).at_step(id), shy(Sample::new(language).at_step(id))] {
                for typed in ["", "o", "g", "s", "q", "[Tab]", "[Hide]"] {
                    for line in lines(&sample, typed) {
                        let drawn = |c: char| ('\u{2500}'..='\u{25ff}').contains(&c) || "✓»·".contains(c);
                        assert!(!line.chars().any(|c| c.is_control() || drawn(c)), "{line}");
                    }
                }
            }
        }
    }
}
