//! The plain line mode: any state as lines of text without boxes, addressing or colour, for screen readers.
//!
//! The desk prints the lines in the alternate screen, one after the other, whenever they differ from those before.
//! What is shy on the screen is shy here: a screen reader is heard by whoever is in the room.

use crate::machine::{Heard, Outcome, Place, RowKey, Shyness, Value};
use crate::protocol::{Choice, Home, Kind, Protocol, Rows, Scale, Step, StepIndex};
use crate::text::{OptionId, PhaseId, StepId};
use crate::words::PlainSays;

use super::form::Form;
use super::instant::instant;
use super::leaflet::Leaflet;
use super::pacer;
use super::start::Start;
use super::view::View;

/// The lines of the current step: where it stands, what it asks, its words to say, its options with their digits.
/// `hints` are the keys that work now with their words, as the hint bar has them.
pub fn step(view: &View, hints: &[(String, String)]) -> Vec<String> {
    let mut lines = match (&view.state.record.place, view.protocol) {
        (Place::Nowhere, _) | (_, None) => vec![says(view, PlainSays::Nowhere)],
        (Place::Step(id), Some(protocol)) => step_lines(view, protocol, id),
        (Place::Pause(id), Some(protocol)) => pause_lines(view, protocol, id),
        (Place::Gate(id), Some(protocol)) => {
            phase_line(view, protocol, id).into_iter().chain([says(view, PlainSays::Gate)]).collect()
        }
        (Place::End, Some(_)) => vec![says(view, PlainSays::End)],
    };
    if !view.keeping.nothing_is_kept && view.keeping.saved < view.state.record.events {
        lines.push(says(view, PlainSays::NotSaved));
    }
    if !hints.is_empty() {
        let keys: Vec<String> = hints.iter().map(|(key, word)| format!("{key} {word}")).collect();
        lines.push(format!("{} {}.", says(view, PlainSays::Keys), keys.join(", ")));
    }
    lines
}

/// The lines of the leaflet's open page, and its foot line last.
pub fn leaflet(leaflet: &Leaflet, view: &View) -> Vec<String> {
    let (mut lines, foot) = leaflet.as_lines(view);
    lines.push(foot);
    lines
}

/// The pacer as text.
pub fn pacer(view: &View) -> Vec<String> {
    pacer::as_lines(view)
}

/// The start screen as lines.
pub fn start(start: &Start, view: &View) -> Vec<String> {
    start.as_lines(view)
}

/// The open field of the start form as lines; the last one ends with what was typed.
pub fn form(form: &Form, view: &View) -> Vec<String> {
    form.as_lines(view)
}

fn says(view: &View, says: PlainSays) -> String {
    says.text(view.language).into_owned()
}

fn is_shy(view: &View) -> bool {
    view.state.record.shy == Shyness::Shy
}

fn phase_line(view: &View, protocol: &Protocol, id: &PhaseId) -> Option<String> {
    let (place, phase) = protocol.phase(id)?;
    let title = phase.title.in_language(view.shown);
    Some(says(view, PlainSays::Phase { title, number: place + 1, of: protocol.phases.len() }))
}

fn pause_lines(view: &View, protocol: &Protocol, id: &PhaseId) -> Vec<String> {
    let asks = protocol.phase(id).and_then(|(_, phase)| phase.pause.as_ref());
    let asks = asks.map(|pause| pause.in_language(view.shown).to_owned());
    phase_line(view, protocol, id).into_iter().chain([says(view, PlainSays::Pause)]).chain(asks).collect()
}

fn step_lines(view: &View, protocol: &Protocol, id: &StepId) -> Vec<String> {
    let Some((index, step)) = protocol.find(id).and_then(|index| Some((index, protocol.step(index)?))) else {
        return vec![says(view, PlainSays::Nowhere)];
    };
    let mut lines = Vec::new();
    lines.extend(where_it_stands(view, protocol, index, step));
    if step.shows.is_some() {
        lines.extend(pacer(view));
        lines.push(says(view, PlainSays::EnterGoesOn));
        return lines;
    }
    if step.private && is_shy(view) {
        lines.push(says(view, PlainSays::PrivateLine));
        return lines;
    }
    lines.push(step.ask.in_language(view.shown).to_owned());
    if let Some(words) = &step.say {
        lines.push(format!("{} {}", says(view, PlainSays::Say), words.in_language(view.said)));
    }
    lines.extend(ways_to_answer(view, step));
    lines.extend(list_lines(view, protocol, step));
    lines.extend(so_far(view, step));
    lines
}

fn where_it_stands(view: &View, protocol: &Protocol, index: StepIndex, step: &Step) -> Vec<String> {
    match step.home {
        Home::Phase { phase, group } => {
            let Some(phase) = protocol.phases.get(phase) else { return Vec::new() };
            let mut lines: Vec<String> = phase_line(view, protocol, &phase.id).into_iter().collect();
            if let Some(group) = phase.groups.get(group) {
                lines.extend(group.title.as_ref().map(|title| format!("{}.", title.in_language(view.shown))));
                lines.push(number_in(view, index, &group.steps));
            }
            lines
        }
        Home::Response(place) => {
            let Some(response) = protocol.responses.get(place) else { return Vec::new() };
            // With her in the room only the harmless word is said.
            let title = match &response.hint {
                Some(hint) if is_shy(view) => hint,
                _ => &response.title,
            };
            let title = says(view, PlainSays::InResponse(title.in_language(view.shown)));
            vec![title, number_in(view, index, &response.steps)]
        }
    }
}

fn number_in(view: &View, index: StepIndex, steps: &std::ops::Range<usize>) -> String {
    let number = index.0.saturating_sub(steps.start) + 1;
    says(view, PlainSays::Step { number, of: steps.len() })
}

fn ways_to_answer(view: &View, step: &Step) -> Vec<String> {
    match &step.kind {
        Kind::Check => vec![option(1, &says(view, PlainSays::Done))],
        Kind::Choice(options) => numbered(view, options),
        Kind::Choices(options) => {
            let mut lines = numbered(view, options);
            lines.push(option(0, &says(view, PlainSays::NoneOfThese)));
            lines
        }
        Kind::Scale(scale) => scale_lines(view, scale),
        Kind::Number { from, to } => vec![says(view, PlainSays::NumberFrom(*from, *to))],
        Kind::Text { .. } => vec![says(view, PlainSays::TypeText)],
        Kind::Date | Kind::Deadline => vec![says(view, PlainSays::Date)],
        Kind::Inform => [PlainSays::Understood, PlainSays::ComeBack, PlainSays::RatherNot]
            .into_iter()
            .zip(1..)
            .map(|(word, number)| option(number, &says(view, word)))
            .collect(),
        Kind::List { .. } => Vec::new(),
        Kind::Guidance => vec![says(view, PlainSays::EnterGoesOn)],
    }
}

fn scale_lines(view: &View, scale: &Scale) -> Vec<String> {
    if scale.words.is_empty() {
        let end = |point: i64, word: &Option<crate::protocol::Wording>| {
            word.as_ref().map(|word| option(point, word.in_language(view.shown)))
        };
        let way = if scale.to <= 9 { PlainSays::DigitFrom } else { PlainSays::NumberFrom };
        let mut lines = vec![says(view, way(scale.from, scale.to))];
        lines.extend(end(scale.from, &scale.low));
        lines.extend(end(scale.to, &scale.high));
        return lines;
    }
    scale
        .words
        .iter()
        .zip(scale.from..)
        .map(|(word, point)| option(point, word.in_language(view.shown)))
        .collect()
}

fn list_lines(view: &View, protocol: &Protocol, step: &Step) -> Vec<String> {
    let Kind::List { rows, states } = &step.kind else { return Vec::new() };
    let answer = match view.state.seen.outcomes.get(&step.id) {
        Some(Outcome::Answered(Value::List { rows, added })) => Some((rows, added)),
        _ => None,
    };
    let state_of = |key: RowKey| -> String {
        let state: Option<&OptionId> = answer.and_then(|(rows, _)| rows.get(&key));
        match state {
            None => says(view, PlainSays::NoState),
            Some(_) if is_shy(view) => says(view, PlainSays::NotShown),
            Some(id) => label_of(view, states, id),
        }
    };
    let mut lines = vec![says(view, PlainSays::Rows)];
    for row in own_rows(protocol, rows) {
        let state = state_of(RowKey::Row(row.id.clone()));
        lines.push(format!("{}: {state}", row.label.in_language(view.shown)));
    }
    for (place, line) in answer.map(|(_, added)| added.iter()).into_iter().flatten().enumerate() {
        let words = if is_shy(view) { says(view, PlainSays::NotShown) } else { line.to_string() };
        let state = u8::try_from(place)
            .map_or_else(|_| says(view, PlainSays::NoState), |p| state_of(RowKey::Added(p)));
        lines.push(format!("{words}: {state}"));
    }
    lines.push(says(view, PlainSays::States));
    lines.extend(numbered(view, states));
    lines
}

fn own_rows<'a>(protocol: &'a Protocol, rows: &'a Rows) -> &'a [crate::protocol::Row] {
    match rows {
        Rows::Own(rows) => rows,
        Rows::From(index) => match protocol.step(*index).map(|step| &step.kind) {
            Some(Kind::List { rows: Rows::Own(rows), .. }) => rows,
            _ => &[],
        },
    }
}

/// What became of the step, if anything.
fn so_far(view: &View, step: &Step) -> Option<String> {
    let outcome = view.state.seen.outcomes.get(&step.id)?;
    let words = match outcome {
        Outcome::Answered(Value::List { .. }) => return None,
        Outcome::Answered(_) if is_shy(view) => says(view, PlainSays::NotShown),
        Outcome::Answered(value) => value_words(view, step, value),
        Outcome::Skipped => says(view, PlainSays::Skipped),
        Outcome::Declined => says(view, PlainSays::RatherNot),
        Outcome::Deferred => says(view, PlainSays::Deferred),
        Outcome::Read => says(view, PlainSays::Done),
    };
    Some(format!("{} {words}.", says(view, PlainSays::Answered)))
}

fn value_words(view: &View, step: &Step, value: &Value) -> String {
    match value {
        Value::Done => says(view, PlainSays::Done),
        Value::Option(id) => label_of(view, options_of(step), id),
        Value::Options(ids) if ids.is_empty() => says(view, PlainSays::NoneOfThese),
        Value::Options(ids) => {
            let labels: Vec<String> = ids.iter().map(|id| label_of(view, options_of(step), id)).collect();
            labels.join(", ")
        }
        Value::Number(number) => match &step.kind {
            Kind::Scale(scale) => {
                let place = usize::try_from(number.saturating_sub(scale.from)).ok();
                let word = place.and_then(|place| scale.words.get(place));
                word.map_or_else(|| number.to_string(), |word| option(*number, word.in_language(view.shown)))
            }
            _ => number.to_string(),
        },
        Value::Text(text) => text.to_string(),
        Value::Date(day) => day.to_string(),
        Value::Deadline { at, line } => {
            let when = instant(view.language, *at, view.now.zone, view.now);
            line.as_ref().map_or_else(|| when.clone(), |line| format!("{when}, {line}"))
        }
        Value::Heard(Heard::Understood) => says(view, PlainSays::Understood),
        Value::Heard(Heard::Back) => says(view, PlainSays::ComeBack),
        Value::Heard(Heard::Declined) => says(view, PlainSays::RatherNot),
        Value::List { .. } => String::new(),
    }
}

fn options_of(step: &Step) -> &[Choice] {
    match &step.kind {
        Kind::Choice(options) | Kind::Choices(options) => options,
        _ => &[],
    }
}

fn label_of(view: &View, options: &[Choice], id: &OptionId) -> String {
    let named = options.iter().find(|option| option.id == *id);
    named.map_or_else(|| id.to_string(), |option| option.label.in_language(view.shown).to_owned())
}

fn numbered(view: &View, options: &[Choice]) -> Vec<String> {
    options.iter().zip(1..).map(|(one, number)| option(number, one.label.in_language(view.shown))).collect()
}

fn option(digit: i64, label: &str) -> String {
    format!("{digit} {label}")
}

#[cfg(test)]
mod tests;
