//! The rows of a list and their names, and what was answered to a step in words.

use crate::machine::{Heard, MOST_ADDED, Outcome, RowKey, Value, rows_of};
use crate::protocol::{Choice, Kind, Rows, Step, StepIndex};
use crate::text::OptionId;
use crate::words::Say;

use super::moment;
use super::scene::Scene;

/// The value of a list so far.
pub(super) fn list_value<'a>(scene: &Scene<'a>, step: &Step) -> Option<&'a Value> {
    match scene.view.state.seen.outcomes.get(&step.id) {
        Some(Outcome::Answered(value @ Value::List { .. })) => Some(value),
        _ => None,
    }
}

/// Every row of a list with its state: its own, then those that were added.
pub(super) fn rows<'a>(scene: &Scene<'a>, step: &'a Step) -> Vec<(RowKey, String, Option<OptionId>)> {
    let mut keys = rows_of(scene.protocol, scene.view.state, step);
    let value = list_value(scene, step);
    let own = matches!(step.kind, Kind::List { rows: Rows::Own(_), .. });
    if let (Some(Value::List { added, .. }), true) = (value, own) {
        keys.extend((0..added.len()).filter_map(|place| u8::try_from(place).ok()).map(RowKey::Added));
    }
    keys.into_iter()
        .map(|key| {
            let label = row_label(scene, step, &key, scene.protocol.steps.len());
            let state = match value {
                Some(Value::List { rows, .. }) => rows.get(&key).cloned(),
                _ => None,
            };
            (key, label, state)
        })
        .collect()
}

/// Whether a row can be added: a list that takes its rows from another one has that one's.
pub(super) fn can_add(scene: &Scene, step: &Step) -> bool {
    match (&step.kind, list_value(scene, step)) {
        (Kind::List { rows: Rows::Own(_), .. }, Some(Value::List { added, .. })) => added.len() < MOST_ADDED,
        (Kind::List { rows: Rows::Own(_), .. }, _) => true,
        _ => false,
    }
}

/// `bound`: a list takes its rows from one before it, so that this ends on any protocol.
fn row_label(scene: &Scene, step: &Step, key: &RowKey, bound: usize) -> String {
    let Kind::List { rows, .. } = &step.kind else { return String::new() };
    match (rows, key) {
        (Rows::Own(rows), RowKey::Row(id)) => rows
            .iter()
            .find(|row| row.id == *id)
            .map_or_else(String::new, |row| row.label.in_language(scene.view.shown).to_owned()),
        (Rows::Own(_), RowKey::Added(place)) => {
            if scene.dots(step) {
                return "· · ·".to_owned();
            }
            match scene.view.state.seen.outcomes.get(&step.id) {
                Some(Outcome::Answered(Value::List { added, .. })) => {
                    added.get(usize::from(*place)).map_or_else(String::new, |line| line.as_str().to_owned())
                }
                _ => String::new(),
            }
        }
        (Rows::From(StepIndex(source)), _) if *source < bound => scene
            .protocol
            .step(StepIndex(*source))
            .map_or_else(String::new, |step| row_label(scene, step, key, *source)),
        (Rows::From(_), _) => String::new(),
    }
}

/// The label of an option.
pub(super) fn label<'a>(scene: &Scene<'a>, options: &'a [Choice], id: &OptionId) -> &'a str {
    options.iter().find(|option| option.id == *id).map_or("", |option| scene.text(&option.label))
}

/// What was answered, in a few words; dots while shy; nothing where the sign says it all.
pub(super) fn answer_words<'a>(scene: &Scene<'a>, step: &'a Step) -> Option<String> {
    let Some(Outcome::Answered(value)) = scene.view.state.seen.outcomes.get(&step.id) else { return None };
    let words = match (value, &step.kind) {
        (Value::Option(id), Kind::Choice(options)) => label(scene, options, id).to_owned(),
        (Value::Options(ids), Kind::Choices(_)) if ids.is_empty() => scene.say(Say::NoneOfThese).to_owned(),
        (Value::Options(ids), Kind::Choices(options)) => options
            .iter()
            .filter(|option| ids.contains(&option.id))
            .map(|option| scene.text(&option.label))
            .collect::<Vec<_>>()
            .join(", "),
        (Value::Number(point), Kind::Scale(scale)) => {
            let word = usize::try_from(point - scale.from).ok().and_then(|place| scale.words.get(place));
            word.map_or_else(|| point.to_string(), |word| scene.text(word).to_owned())
        }
        (Value::Number(number), _) => number.to_string(),
        (Value::Text(text), _) => text.as_str().to_owned(),
        (Value::Date(day), _) => moment::day(scene.view.language, *day),
        (Value::Deadline { at, line }, _) => {
            let time = moment::clock(scene.view.language, *at, scene.view.now);
            line.as_ref().map_or(time.clone(), |line| format!("{time} {line}"))
        }
        (Value::Heard(Heard::Declined), _) => scene.say(Say::RatherNot).to_owned(),
        (Value::Done | Value::Heard(_) | Value::List { .. } | Value::Option(_) | Value::Options(_), _) => {
            return None;
        }
    };
    Some(if scene.dots(step) { "···".to_owned() } else { words })
}
