//! The table of keys, held to what keys really do.

use std::collections::BTreeSet;

use crate::ui::key::Key;
use crate::ui::keys::{self, Bar, Can, Context, Keys, TABLE, Where, working};
use crate::ui::stage::Stage;

/// Every key that a terminal can send.
pub(in crate::ui) fn all_keys() -> Vec<Key> {
    let mut all = vec![
        Key::Hide,
        Key::Return,
        Key::Empty,
        Key::Enter,
        Key::Backspace,
        Key::Delete,
        Key::Tab,
        Key::BackTab,
        Key::Up,
        Key::Down,
        Key::Left,
        Key::Right,
        Key::PageUp,
        Key::PageDown,
        Key::Home,
        Key::End,
    ];
    all.extend((1..=12).map(Key::F));
    all.extend((' '..='~').map(Key::Char));
    all
}

/// States in which each place of the table is met, as the keys that lead there.
fn states() -> Vec<(&'static str, Stage)> {
    let at = |step: &str, keys: &str| {
        let mut stage = Stage::new();
        if step != "told-before" {
            stage = stage.at(step);
        }
        stage.press(keys);
        stage
    };
    let put = |step: &str, keys: &str| {
        let mut stage = Stage::new().put_at(step);
        stage.press(keys);
        stage
    };
    let mut apart = Stage::new().put_at("company");
    apart.press("2");
    let mut gate = Stage::new().put_at("company");
    gate.press("2ll[Enter]1");
    let mut quiet = Stage::new().put_at("risk");
    quiet.wait(61_000);
    let mut end = at("go", "2");
    end.press("l");
    let mut closed = at("go", "2");
    closed.press("l2");
    let mut states = vec![
        ("number", at("told-before", "")),
        ("number, looked at", at("subject", "[Up][Up][Up][Up][Up][Up]")),
        ("number, typing", at("told-before", "1")),
        ("list", at("papers", "1")),
        ("choices, none", at("unclear", "")),
        ("choices", at("unclear", "1")),
        ("text", at("why-now", "")),
        ("text, typing", at("why-now", "[Enter]ab")),
        ("text, empty", at("why-now", "[Enter]")),
        ("find, empty", at("subject", "/")),
        ("date, came back", at("papers-by", "[Hide][Return]")),
        ("date", at("papers-by", "")),
        ("deadline", at("check-in", "")),
        ("choice, undoable", at("subject", "1")),
        ("check", apart),
        ("inform", put("who-knows", "")),
        ("scale", put("risk", "")),
        ("proposal", put("risk", "4")),
        ("guidance", put("manner", "")),
        ("shut", at("subject", "/who may know[Enter]")),
        ("shut, shy", at("company", "/who may know[Enter]")),
        ("shut, shy, told", at("company", "/who may know[Enter]w")),
        ("shut list of options", at("company", "/leave alone[Enter]w")),
        ("hidden", put("tied", "")),
        ("pacer", put("who-knows", "[F2]1")),
        ("response", put("who-knows", "[F2]")),
        ("pause", at("go", "1lllllll")),
        ("gate", gate),
        ("end", end),
        ("closed", closed),
        ("quiet", quiet),
        ("help", at("subject", "?")),
        ("why", put("who-knows", "w")),
        ("open", at("subject", "o")),
        ("go to", at("subject", "g")),
        ("go to steps", at("subject", "g1")),
        ("now", at("subject", "[Tab]")),
        ("check-in", at("subject", "c")),
        ("reason", at("subject", "s")),
        ("languages", at("subject", "[F3]")),
        ("leave", at("subject", "q")),
        ("find", at("subject", "/pa")),
        ("note", at("subject", "n")),
    ];
    for (_, stage) in &mut states {
        // What was said once has gone, so that no key seems to do something by ending it.
        stage.wait(6_000);
    }
    states
}

/// Everything that a key can change, as text.
fn all_of(stage: &mut Stage) -> String {
    let wished = stage.wished.len();
    let (language, said) = (stage.language, stage.said.clone());
    let drawn = stage.text();
    format!("{}\n{:?}\n{wished}{language:?}{said:?}{drawn}", stage.screens.all_but_rest(), stage.state)
}

fn context(stage: &mut Stage) -> Context {
    stage.with_screens(|screens, view| screens.context(view)).expect("a checklist")
}

#[test]
fn every_key_does_something_exactly_where_the_table_says_so() {
    for key in all_keys() {
        for (name, stage) in states() {
            {
                let mut stage = stage;
                let context = context(&mut stage);
                let says = keys::action(key, &context).is_some();
                stage.now.run += 1_000;
                let before = all_of(&mut stage);
                stage.key(key);
                let does = all_of(&mut stage) != before;
                // Editing keys stand in the table for fields as a whole: at an end of the text some have nothing to do.
                let edits = matches!(context.at, Where::Find | Where::Writing)
                    && working(&context).any(|line| line.keys == Keys::Typing && line.takes(key, &context));
                // At an end of a list or of a text the arrows have nothing more to do.
                let moves = matches!(key, Key::Up | Key::Down | Key::PageUp | Key::PageDown)
                    || (name == "go to steps" && key == Key::Char('1'));
                assert!(says || !does, "{name}: {key:?} does something that the table does not know");
                assert!(!says || does || edits || moves, "{name}: {key:?} does nothing");
            }
        }
    }
}

#[test]
fn every_place_of_the_table_is_among_the_states() {
    let met: BTreeSet<Where> = states().into_iter().map(|(_, mut stage)| context(&mut stage).at).collect();
    let of_the_review = [
        Where::Session,
        Where::Replay,
        Where::Seeking,
        Where::Figures,
        Where::Found,
        Where::PageKeys,
        Where::Remarks,
        Where::Answering,
        Where::Lists,
        Where::Sessions,
        Where::Filtering,
    ];
    let missing: Vec<Where> =
        Where::ALL.into_iter().filter(|at| !met.contains(at) && !of_the_review.contains(at)).collect();
    assert_eq!(missing, [Where::Stopped], "tested by name elsewhere");
}

#[test]
fn no_key_is_bound_twice_in_one_place() {
    // Of these only one at a time is so.
    let either = [
        [Can::Undo, Can::Scroll, Can::Empty, Can::ShyAlone, Can::Parts],
        [Can::NotMeant, Can::Below, Can::Filled, Can::Dots, Can::Groups],
    ];
    for (at, either) in Where::ALL.into_iter().flat_map(|at| either.map(|either| (at, either))) {
        let can = [
            Can::Why,
            Can::CheckIn,
            Can::GoBack,
            Can::SetAside,
            Can::AddRow,
            Can::Line,
            Can::Unsaved,
            Can::Found,
            Can::Against,
        ];
        let context = Context {
            at,
            digits: (0..=9).collect(),
            can: can.into_iter().chain(either).collect(),
            responses: vec![(2, 0)],
        };
        for key in all_keys() {
            let lines: Vec<_> = working(&context)
                .filter(|line| !matches!(line.keys, Keys::Typing | Keys::Any) && line.takes(key, &context))
                .map(|line| line.action)
                .collect();
            assert!(lines.len() <= 1, "{at:?} {key:?}: {lines:?}");
        }
    }
}

#[test]
fn page_and_all_keys_always_stand_in_the_bar() {
    for language in ["english", "spanish"] {
        for size in [(80, 24), (40, 12)] {
            for (name, stage) in states() {
                if matches!(name, "quiet" | "pacer") {
                    continue;
                }
                let mut stage = stage.sized(size);
                if language == "spanish" {
                    stage.language = crate::text::Language::Spanish;
                }
                let text = stage.text();
                let bar = text.lines().last().unwrap_or_default();
                let page = if language == "spanish" { "Esc página" } else { "Esc page" };
                let keys = if language == "spanish" { "teclas" } else { "keys" };
                assert!(bar.contains(page), "{name} {size:?}: {bar}");
                assert!(bar.contains(keys) || name == "help", "{name} {size:?}: {bar}");
            }
        }
    }
}

#[test]
fn help_has_every_line_that_works() {
    for (name, mut stage) in states() {
        if matches!(name, "quiet" | "help") {
            continue;
        }
        let context = context(&mut stage);
        let help: Vec<_> = working(&context).collect();
        for line in TABLE.iter().filter(|line| line.works(&context)) {
            assert!(help.contains(&line), "{name}");
        }
        assert!(help.iter().any(|line| line.bar == Bar::Always), "{name}");
    }
}
