use super::*;
use crate::text::Language;
use crate::ui::key::Key;
use crate::ui::sample::{Sample, keys};

fn hints() -> Vec<(String, String)> {
    vec![("Esc".to_owned(), "page".to_owned()), ("?".to_owned(), "all keys".to_owned())]
}

fn check(sample: &Sample, lines: &str) {
    assert_eq!(step(&sample.view(), &hints()).join("\n"), lines.trim());
}

fn at(id: &str) -> Sample {
    Sample::new(Language::English).at_step(id)
}

fn answered(mut sample: Sample, id: &str, value: Value) -> Sample {
    sample.state.seen.outcomes.insert(StepId::new(id).unwrap(), Outcome::Answered(value));
    sample
}

fn shy(mut sample: Sample) -> Sample {
    sample.state.record.shy = Shyness::Shy;
    sample
}

const WHERE: &str = "The place, part 1 of 1.\nThe room.\n";

#[test]
fn a_step_is_read_from_where_it_stands_to_the_keys() {
    check(
        &at("calm"),
        &format!("{WHERE}Step 1 of 5.\nThe room is calm\n1 done\nKeys: Esc page, ? all keys."),
    );
    check(
        &at("company"),
        &format!(
            "{WHERE}Step 2 of 5.\nWho came with her?\n1 She came alone\n2 Somebody came with her\n\
             Keys: Esc page, ? all keys."
        ),
    );
    check(
        &at("rights"),
        &format!(
            "{WHERE}Step 3 of 5.\nTell her what rights she has\nSay: People can help you.\n1 she understood\n\
             2 come back to it\n3 rather not\nKeys: Esc page, ? all keys."
        ),
    );
    check(
        &at("risk"),
        &format!(
            "{WHERE}Step 4 of 5.\nHow dangerous does she find it?\n0 not at all\n1 a little\n2 some\n3 much\n\
             4 very much\nKeys: Esc page, ? all keys."
        ),
    );
    check(
        &at("needs"),
        &format!(
            "{WHERE}Step 5 of 5.\nWhat does she need today?\nLines:\nA bed: open\nFood: open\n\
             A digit for the line:\n1 Met\n2 Still open\nKeys: Esc page, ? all keys."
        ),
    );
}

#[test]
fn an_answer_is_said_and_while_shy_only_that_there_is_one() {
    let risk = || answered(at("risk"), "risk", Value::Number(3));
    let last = |sample: &Sample| step(&sample.view(), &[]).pop().unwrap();
    assert_eq!(last(&risk()), "Answer so far: 3 much.");
    assert_eq!(last(&shy(risk())), "Answer so far: not shown.");
    let nobody = Value::Option(OptionId::new("nobody").unwrap());
    assert_eq!(last(&answered(at("company"), "company", nobody.clone())), "Answer so far: She came alone.");
    let spoken = step(&shy(answered(at("company"), "company", nobody)).view(), &[]).join("\n");
    assert!(!spoken.contains("came") && spoken.contains("A line that is not shown now."), "{spoken}");
}

#[test]
fn what_is_not_on_disk_is_said() {
    let mut sample = at("calm");
    sample.state.record.events = 3;
    sample.keeping.saved = 2;
    assert!(step(&sample.view(), &[]).contains(&"Not saved yet.".to_owned()));
    sample.keeping.nothing_is_kept = true;
    assert!(!step(&sample.view(), &[]).contains(&"Not saved yet.".to_owned()));
}

#[test]
fn a_response_is_named_by_its_harmless_word_while_shy() {
    assert_eq!(step(&at("breathe").view(), &[])[0], "She needs a moment.");
    assert_eq!(step(&shy(at("breathe")).view(), &[])[0], "moment.");
    assert!(step(&at("breathe").view(), &[]).contains(&"Breathe in slowly: count to 4.".to_owned()));
}

#[test]
fn a_pause_a_gate_and_the_end_are_said() {
    let place = PhaseId::new("place").unwrap();
    for (at, lines) in [
        (Place::Nowhere, "Not begun."),
        (Place::Pause(place.clone()), "The place, part 1 of 1.\nA pause.\nDo we let her in?"),
        (Place::Gate(place), "The place, part 1 of 1.\nThe next part waits."),
        (Place::Step(StepId::new("gone").unwrap()), "Not begun."),
    ] {
        let mut sample = Sample::new(Language::English);
        sample.state.record.place = at;
        assert_eq!(step(&sample.view(), &[]).join("\n"), lines);
    }
}

#[test]
fn the_leaflet_is_lines_and_keeps_its_question() {
    let sample = Sample::new(Language::English);
    let view = sample.view();
    let mut sheet = Leaflet::new(&view, None, None);
    assert_eq!(
        leaflet(&sheet, &view),
        [
            "Health and training",
            "1 Sleeping better",
            "2 Language courses",
            "3 Getting help",
            "1-3 page  0 contents  q close"
        ]
    );
    sheet.press(Key::Char('3'), &view);
    sheet.press(Key::Char('q'), &view);
    assert_eq!(
        leaflet(&sheet, &view),
        ["Health and training", "Getting help", "In an emergency call 112.", "Close? y/n"]
    );
}

#[test]
fn start_and_form_are_lines() {
    let sample = Sample::new(Language::English);
    let view = sample.view();
    let lines = start(&Start::new(), &view);
    assert_eq!(lines[0..3], ["Amparo", "1  New session", "2  Practise: nothing is kept"]);
    let mut asked = Form::new();
    assert_eq!(form(&asked, &view).last().unwrap(), "Your staff number: ");
    for key in keys("204[Enter]204[Enter]") {
        asked.press(key, &view);
    }
    assert_eq!(
        form(&asked, &view),
        ["That is the first number. Type your colleague's, or leave it empty.", "Your colleague's: 204"]
    );
}

#[test]
fn no_line_has_a_box_an_address_or_a_colour() {
    for language in Language::ALL {
        for id in ["calm", "company", "rights", "risk", "needs", "breathe"] {
            let sample = Sample::new(language).at_step(id);
            for line in step(&sample.view(), &hints()) {
                assert!(
                    !line.contains('\u{1b}') && !line.chars().any(|c| ('\u{2500}'..='\u{259f}').contains(&c)),
                    "{line}"
                );
            }
        }
    }
}
