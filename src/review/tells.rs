//! What answers tell the review, in any protocol: by `tells` on steps, options and list states.

use serde::Serialize;

use crate::machine::{Outcome, RowKey, State, Value};
use crate::protocol::{Choice, Kind, Protocol, Step, Tells};
use crate::text::{OptionId, StepId};

/// Something that an answer tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Told {
    /// What it tells.
    pub tells: Tells,
    /// The step that was answered.
    pub step: StepId,
    /// What about it tells that.
    pub by: ToldBy,
}

/// What about an answer tells something.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ToldBy {
    /// That it was answered at all.
    Answer,
    /// An option that was taken.
    Option(OptionId),
    /// The state of a list's row.
    Row(RowKey, OptionId),
}

/// Everything that the answers in force tell, in the order of the steps. A step that does not apply tells nothing,
/// nor does one that was skipped, put off or declined.
pub fn told(protocol: &Protocol, state: &State) -> Vec<Told> {
    protocol.steps.iter().flat_map(|step| told_by(state, step)).collect()
}

fn told_by(state: &State, step: &Step) -> Vec<Told> {
    let options: &[Choice] = match &step.kind {
        Kind::Choice(options) | Kind::Choices(options) => options,
        Kind::List { states, .. } => states,
        _ => &[],
    };
    // Most steps tell nothing, whatever is answered.
    if step.tells.is_none() && options.iter().all(|option| option.tells.is_none()) {
        return Vec::new();
    }
    let Some(value) = answer(state, step) else { return Vec::new() };
    let told = |tells: Tells, by| Told { tells, step: step.id.clone(), by };
    let own = step.tells.map(|tells| told(tells, ToldBy::Answer));
    // The protocol's own ids, which all sessions that ran it share in memory.
    let tells = |id: &OptionId| {
        let option = options.iter().find(|option| option.id == *id)?;
        Some((option.tells?, option.id.clone()))
    };
    let option = |id: &OptionId| tells(id).map(|(tells, id)| told(tells, ToldBy::Option(id)));
    let mut all: Vec<Told> = own.into_iter().collect();
    match value {
        Value::Option(id) => all.extend(option(id)),
        Value::Options(ids) => all.extend(ids.iter().filter_map(option)),
        Value::List { rows, .. } => {
            all.extend(rows.iter().filter_map(|(row, id)| {
                tells(id).map(|(tells, id)| told(tells, ToldBy::Row(row.clone(), id)))
            }));
        }
        _ => {}
    }
    all
}

/// The answer of a step that applies.
pub(super) fn answer<'s>(state: &'s State, step: &Step) -> Option<&'s Value> {
    match state.seen.outcomes.get(&step.id) {
        Some(Outcome::Answered(value)) if !state.seen.off.contains(&step.id) => Some(value),
        _ => None,
    }
}
