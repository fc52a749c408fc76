//! How a step, a gate and the whole list stand now: questions to the state that screens and rules both ask.

use crate::protocol::{Condition, Home, Kind, Override, Protocol, Response, Rows, Step, StepIndex};
use crate::text::StepId;

use super::event::Reason;
use super::sight::holds;
use super::state::{Outcome, Place, State};
use super::value::{Heard, RowKey, Value, is_complete};

/// How a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Nothing has become of it.
    Open,
    /// A list of which some rows have a state.
    Partly,
    /// Answered.
    Answered,
    /// Skipped with a reason.
    Skipped,
    /// She would rather not.
    Declined,
    /// To come back to.
    Deferred,
    /// A guidance that was gone on from.
    Read,
    /// It does not apply now; what it had is kept aside.
    NotApplicable,
}

impl Standing {
    /// Whether there is still something to do.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::Partly | Self::Deferred)
    }

    /// Whether going on stops here by itself: a deferred step is come back to when somebody wishes.
    pub fn stops_here(self) -> bool {
        matches!(self, Self::Open | Self::Partly)
    }
}

/// How a step stands.
pub fn standing(protocol: &Protocol, state: &State, step: &Step) -> Standing {
    if state.seen.off.contains(&step.id) {
        return Standing::NotApplicable;
    }
    match state.seen.outcomes.get(&step.id) {
        None => Standing::Open,
        Some(Outcome::Skipped) => Standing::Skipped,
        Some(Outcome::Declined | Outcome::Answered(Value::Heard(Heard::Declined))) => Standing::Declined,
        Some(Outcome::Deferred | Outcome::Answered(Value::Heard(Heard::Back))) => Standing::Deferred,
        Some(Outcome::Read) => Standing::Read,
        Some(Outcome::Answered(value)) if is_complete(protocol, state, step, value) => Standing::Answered,
        Some(Outcome::Answered(_)) => Standing::Partly,
    }
}

/// The rows of a list step, in order: its own, or those of the list it takes them from with what was added there.
/// Rows that were added to this list itself are in its value.
pub fn rows_of(protocol: &Protocol, state: &State, step: &Step) -> Vec<RowKey> {
    let Kind::List { rows, .. } = &step.kind else { return Vec::new() };
    match rows {
        Rows::Own(rows) => rows.iter().map(|row| RowKey::Row(row.id.clone())).collect(),
        Rows::From(source) => rows_with_added(protocol, state, *source, protocol.steps.len()),
    }
}

/// `bound`: a source lies before whoever takes its rows, so that this ends on any protocol.
fn rows_with_added(protocol: &Protocol, state: &State, source: StepIndex, bound: usize) -> Vec<RowKey> {
    let Some(step) = protocol.step(source).filter(|_| source.0 < bound) else { return Vec::new() };
    let mut keys = match &step.kind {
        Kind::List { rows: Rows::Own(rows), .. } => {
            rows.iter().map(|row| RowKey::Row(row.id.clone())).collect()
        }
        Kind::List { rows: Rows::From(further), .. } => rows_with_added(protocol, state, *further, source.0),
        _ => Vec::new(),
    };
    if let Some(Outcome::Answered(Value::List { added, .. })) = state.seen.outcomes.get(&step.id) {
        keys.extend((0..added.len()).filter_map(|place| u8::try_from(place).ok()).map(RowKey::Added));
    }
    keys
}

/// The gates of a phase that do not hold and were not overridden, by their place in it.
pub fn closed_gates(protocol: &Protocol, state: &State, phase: usize) -> Vec<usize> {
    let Some(phase) = protocol.phases.get(phase) else { return Vec::new() };
    phase
        .gates
        .iter()
        .enumerate()
        .filter(|(place, gate)| {
            let overridden = gate.overridden == Override::Reason
                && state.record.overridden.contains(&(phase.id.clone(), *place));
            !overridden && !holds(protocol, &state.seen, &gate.opens)
        })
        .map(|(place, _)| place)
        .collect()
}

/// The gates that keep anything from being done with a step: those of its phase before it was entered, or, while it runs,
/// those that have fallen and do not look at the step. None: it can be worked on, as far as gates go.
pub fn gates_before(protocol: &Protocol, state: &State, index: StepIndex) -> Vec<usize> {
    let Some(Home::Phase { phase, .. }) = protocol.step(index).map(|step| step.home) else {
        return Vec::new();
    };
    let Some(here) = protocol.phases.get(phase) else { return Vec::new() };
    if state.record.phase.as_ref() == Some(&here.id) {
        let fallen = &state.record.fallen;
        let looked_at = fallen.iter().any(|gate| gate_steps(protocol, phase, *gate).contains(&index));
        return if looked_at { Vec::new() } else { fallen.clone() };
    }
    if state.record.entered.contains_key(&here.id) {
        return Vec::new();
    }
    closed_gates(protocol, state, phase)
}

/// Whether a response may be opened now: none is open, or a smaller rank interrupts a larger. What a cover left to be
/// asked holds nothing back.
pub(super) fn interrupts(protocol: &Protocol, state: &State, response: &Response) -> bool {
    let innermost = state.record.asides.last().and_then(|aside| protocol.response(&aside.response));
    innermost.is_none_or(|(_, innermost)| innermost.cover || response.rank < innermost.rank)
}

/// The steps that a gate's condition looks at, through named conditions too: where to go to open it.
pub fn gate_steps(protocol: &Protocol, phase: usize, gate: usize) -> Vec<StepIndex> {
    let mut found = std::collections::BTreeSet::new();
    if let Some(gate) = protocol.phases.get(phase).and_then(|phase| phase.gates.get(gate)) {
        collect(protocol, &gate.opens, protocol.conditions.len(), &mut found);
    }
    found.into_iter().collect()
}

fn collect(
    protocol: &Protocol,
    condition: &Condition,
    named: usize,
    found: &mut std::collections::BTreeSet<StepIndex>,
) {
    found.extend(condition.steps());
    match condition {
        Condition::Holds(place) if *place < named => {
            if let Some(condition) = protocol.conditions.get(*place) {
                collect(protocol, &condition.is, *place, found);
            }
        }
        Condition::And(all) | Condition::Or(all) => {
            for one in all {
                collect(protocol, one, named, found);
            }
        }
        Condition::Not(one) => collect(protocol, one, named, found),
        _ => {}
    }
}

/// The steps that still wait, in order, each with how it stands: first what a cover left to be asked, then the open,
/// partly done and deferred steps of the phases. Guidance waits for nobody.
pub fn open_steps<'a>(protocol: &'a Protocol, state: &State) -> Vec<(&'a Step, Standing)> {
    listed_steps(protocol, state)
        .into_iter()
        .filter(|step| step.kind != Kind::Guidance)
        .map(|step| (step, standing(protocol, state, step)))
        .filter(|(_, standing)| standing.is_open())
        .collect()
}

/// The steps of the list: what a cover left to be asked first, then those of the phases. Other responses have pages
/// of their own.
pub fn listed_steps<'a>(protocol: &'a Protocol, state: &State) -> Vec<&'a Step> {
    let covering = protocol.covering().filter(|_| state.record.cover_asks);
    covering
        .into_iter()
        .flat_map(|response| protocol.steps.get(response.steps.clone()).unwrap_or_default())
        .chain(protocol.phase_steps().map(|(_, step)| step))
        .collect()
}

/// The steps that must have an outcome before closing and have none.
pub fn due_and_open(protocol: &Protocol, state: &State) -> Vec<StepId> {
    listed_steps(protocol, state)
        .into_iter()
        .filter(|step| state.seen.due.contains(&step.id) && standing(protocol, state, step).is_open())
        .map(|step| step.id.clone())
        .collect()
}

/// The reasons that have no words yet, each with the number of its event and the step it was about.
pub fn open_wordless(state: &State) -> Vec<(u64, Option<&StepId>, &Reason)> {
    state.record.wordless.iter().map(|(event, (step, reason))| (*event, step.as_ref(), reason)).collect()
}

/// Whether she is in the room where the checklist stands: in a response, where it was raised.
pub fn with_her(protocol: &Protocol, state: &State) -> bool {
    let here =
        std::iter::once(&state.record.place).chain(state.record.asides.iter().rev().map(|aside| &aside.from));
    for place in here {
        match place {
            Place::Step(id) => match protocol.step_by_id(id) {
                Some(step) if matches!(step.home, Home::Phase { .. }) => return step.with_her,
                _ => {}
            },
            Place::Pause(id) => {
                return protocol
                    .phase(id)
                    .and_then(|(_, phase)| phase.groups.last())
                    .is_some_and(|group| group.with_her);
            }
            Place::Gate(_) | Place::End | Place::Nowhere => {
                return state.record.shy == super::event::Shyness::Shy;
            }
        }
    }
    false
}
