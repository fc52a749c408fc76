//! What a field's text becomes once it is kept: an answer, a note, a colleague, the words of a reason; or what is wrong.

use std::collections::BTreeMap;

use crate::machine::{Command, Outcome, RowKey, Value, fits};
use crate::protocol::{Kind, Step};
use crate::text::{Line, OptionId, PlainProblem, Prose, StaffNumber, StepId};
use crate::words::Say;

use super::acts::answer;
use super::field::Field;
use super::moment;
use super::panel::{Problem, What};
use super::rows::list_value;
use super::scene::Scene;
use super::wish::Wish;

/// The most characters of what a deadline is for, with its day and time before it.
pub(super) const DEADLINE_MOST: usize = 60;

/// What a list has so far.
pub(super) fn given(scene: &Scene, step: &Step) -> (BTreeMap<RowKey, OptionId>, Vec<Line>) {
    match list_value(scene, step) {
        Some(Value::List { rows, added }) => (rows.clone(), added.clone()),
        _ => Default::default(),
    }
}

/// The field that a step is answered in, with what stands there already.
pub(super) fn field_for(scene: &Scene, step: &Step) -> (Field, What) {
    let id = step.id.clone();
    let before = match scene.view.state.seen.outcomes.get(&step.id) {
        Some(Outcome::Answered(value)) => Some(value),
        _ => None,
    };
    match (&step.kind, before) {
        (Kind::Text { at_most, .. }, Some(Value::Text(text))) => {
            (Field::new(*at_most).with(text.as_str()), What::Text(id))
        }
        (Kind::Text { at_most, .. }, _) => (Field::new(*at_most), What::Text(id)),
        (Kind::Date, _) => (Field::new(10), What::Day(id)),
        (Kind::Deadline, _) => (Field::new(DEADLINE_MOST), What::Time(id)),
        (_, Some(Value::Number(number))) => (number_field(step).with(&number.to_string()), What::Number(id)),
        _ => (number_field(step), What::Number(id)),
    }
}

/// The field for a number between the step's bounds.
pub(super) fn number_field(step: &Step) -> Field {
    let (from, to) = bounds(step).unwrap_or((i64::MIN, i64::MAX));
    Field::number(from, to)
}

/// The smallest and the largest number that a step takes.
pub(super) fn bounds(step: &Step) -> Option<(i64, i64)> {
    match &step.kind {
        Kind::Number { from, to } => Some((*from, *to)),
        Kind::Scale(scale) => Some((scale.from, scale.to)),
        _ => None,
    }
}

/// What is asked of the machine with what was typed, or what is wrong with it. Nothing typed is nothing kept.
/// What may be meant otherwise is `asked` about first.
pub(super) fn kept(
    scene: &Scene,
    typed: &str,
    what: &What,
    asked: Option<&Problem>,
) -> Result<Vec<Wish>, Problem> {
    let says = |say| Err(Problem::Says(say));
    if typed.trim().is_empty() {
        return Ok(Vec::new());
    }
    let step_of = |id: &StepId| scene.protocol.step_by_id(id).ok_or(Problem::Says(Say::Unlike));
    match what {
        What::Text(id) => {
            let step = step_of(id)?;
            let value = Value::Text(Prose::new(typed).map_err(|_| Problem::Says(Say::Unlike))?);
            if fits(scene.protocol, scene.view.state, step, &value).is_err() {
                return Err(unlike(scene, step));
            }
            Ok(answer(scene, step, value))
        }
        What::Number(id) => {
            let step = step_of(id)?;
            let (from, to) = bounds(step).ok_or(Problem::Says(Say::Unlike))?;
            let number = typed.trim().parse().ok().filter(|number| (from..=to).contains(number));
            let value = number.map(Value::Number).ok_or(Problem::Outside(from, to))?;
            Ok(answer(scene, step, value))
        }
        What::Day(id) => {
            let day = moment::read_day(typed, scene.view.now).ok_or(Problem::Says(Say::NoDay))?;
            Ok(answer(scene, step_of(id)?, Value::Date(day)))
        }
        What::Time(id) => {
            let moment::Typed { at, line, doubt } =
                moment::read_deadline(typed, scene.view.now).ok_or(Problem::Says(Say::NoTime))?;
            let line = match Line::new(&line) {
                Ok(line) => Some(line),
                Err(PlainProblem::Empty) => None,
                Err(_) => return says(Say::Unlike),
            };
            let step = step_of(id)?;
            let value = Value::Deadline { at, line };
            if fits(scene.protocol, scene.view.state, step, &value).is_err() {
                return says(Say::LineTooLong);
            }
            if let Some(doubt) = doubt {
                let asks = Problem::Doubtful(id.clone(), at, doubt);
                if asked != Some(&asks) {
                    return Err(asks);
                }
            }
            Ok(answer(scene, step, value))
        }
        What::Row(id) => {
            let step = step_of(id)?;
            let (rows, mut added) = given(scene, step);
            added.push(Line::new(typed).map_err(|_| Problem::Says(Say::Unlike))?);
            Ok(answer(scene, step, Value::List { rows, added }))
        }
        What::Note => {
            let text = Prose::new(typed).map_err(|_| Problem::Says(Say::Unlike))?;
            Ok(vec![Wish::Do(Command::Note { text })])
        }
        What::Colleague => {
            let staff = StaffNumber::new(typed).map_err(|_| Problem::Says(Say::NoStaffNumber))?;
            Ok(vec![Wish::Do(Command::Join { staff })])
        }
        What::Words(event) => {
            let words = Line::new(typed).map_err(|_| Problem::Says(Say::Unlike))?;
            Ok(vec![Wish::Do(Command::Word { event: *event, words })])
        }
    }
}

fn unlike(scene: &Scene, step: &Step) -> Problem {
    match &step.kind {
        Kind::Text { unlike_says: Some(says), .. } => {
            Problem::Unlike(says.in_language(scene.view.shown).to_owned())
        }
        _ => Problem::Says(Say::Unlike),
    }
}
