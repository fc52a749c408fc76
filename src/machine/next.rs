//! Where the checklist goes next, and how far it is.

use crate::protocol::{Endings, Home, Override, Phase, Protocol, StepIndex};
use crate::text::{PhaseId, StepId};

use super::standing::{Standing, closed_gates, standing};
use super::state::{Place, State};

/// Where to go from a step of a phase that is dealt with: the next open step of the phase, else an earlier one that
/// was passed over, else the phase's pause, else the next phase that has anything to do, if its gates hold.
pub fn next_place(protocol: &Protocol, state: &State, from: StepIndex) -> Place {
    let Some(Home::Phase { phase, .. }) = protocol.step(from).map(|step| step.home) else {
        return Place::End;
    };
    let Some(here) = protocol.phases.get(phase) else { return Place::End };
    let range = here.steps();
    let later = (from.0 + 1)..range.end;
    let earlier = range.start..from.0.min(range.end);
    if let Some(step) = later.chain(earlier).find_map(|index| stop(protocol, state, index)) {
        return Place::Step(step);
    }
    if here.pause.is_some() && applies(protocol, state, here) {
        return Place::Pause(here.id.clone());
    }
    after_phase(protocol, state, phase)
}

/// Whether anything of a phase is still to be done.
pub fn has_to_do(protocol: &Protocol, state: &State, phase: &Phase) -> bool {
    phase.steps().any(|step| stop(protocol, state, step).is_some())
}

/// Where to go after a phase, past its pause.
pub fn after_phase(protocol: &Protocol, state: &State, phase: usize) -> Place {
    for (index, next) in protocol.phases.iter().enumerate().skip(phase + 1) {
        if !has_to_do(protocol, state, next) {
            continue;
        }
        return into_phase(protocol, state, index, next);
    }
    Place::End
}

/// Where to go to enter a phase: before its gates where they do not hold, else its first step that is to be done,
/// else its first one that applies.
pub fn into_phase(protocol: &Protocol, state: &State, index: usize, phase: &Phase) -> Place {
    if !closed_gates(protocol, state, index).is_empty() {
        return Place::Gate(phase.id.clone());
    }
    let first_open = phase.steps().find_map(|step| stop(protocol, state, step));
    let first = || {
        protocol
            .steps
            .get(phase.steps())
            .unwrap_or_default()
            .iter()
            .find(|step| !state.seen.off.contains(&step.id))
            .map(|step| step.id.clone())
    };
    first_open.or_else(first).map_or(Place::End, Place::Step)
}

/// Whether the checklist stands before a phase that nobody can open, with nothing behind it that could be entered.
pub fn is_dead_end(protocol: &Protocol, state: &State) -> bool {
    let Place::Gate(id) = &state.record.place else { return false };
    let Some((here, _)) = protocol.phase(id) else { return true };
    let can_open = |index: usize, phase: &Phase| {
        let overridable =
            |gate: &usize| phase.gates.get(*gate).is_some_and(|gate| gate.overridden == Override::Reason);
        closed_gates(protocol, state, index).iter().all(overridable)
    };
    let entered =
        |(index, phase): (usize, &Phase)| can_open(index, phase) && has_to_do(protocol, state, phase);
    state.record.asides.is_empty() && !protocol.phases.iter().enumerate().skip(here).any(entered)
}

/// The next step of a response that is to be done; none: it has ended.
pub fn next_in_response(
    protocol: &Protocol,
    state: &State,
    steps: std::ops::Range<usize>,
    from: Option<usize>,
) -> Option<StepId> {
    let later = from.map_or(steps.start, |from| from + 1)..steps.end;
    let earlier = steps.start..from.unwrap_or(steps.start);
    later.chain(earlier).find_map(|index| stop(protocol, state, index))
}

fn stop(protocol: &Protocol, state: &State, index: usize) -> Option<StepId> {
    let step = protocol.steps.get(index)?;
    standing(protocol, state, step).stops_here().then(|| step.id.clone())
}

/// Whether anything of a phase is still part of the session after the way in which it ended.
fn applies(protocol: &Protocol, state: &State, phase: &Phase) -> bool {
    let Some(ending) = state.seen.ended else { return true };
    let still = |endings: &Endings| endings.contains(&ending);
    protocol
        .steps
        .get(phase.steps())
        .unwrap_or_default()
        .iter()
        .any(|step| still(&step.also_after) && !state.seen.off.contains(&step.id))
}

/// The step before (`-1`) or after (`1`) another in the list, over those that apply; none at the ends.
pub fn neighbour(protocol: &Protocol, state: &State, from: &StepId, by: isize) -> Option<StepId> {
    let listed = super::standing::listed_steps(protocol, state);
    let mut at = listed.iter().position(|step| step.id == *from)?;
    // Only those on the way are asked whether they apply: this is done for each key.
    loop {
        at = at.checked_add_signed(by).filter(|_| by != 0)?;
        let step = listed.get(at)?;
        if !state.seen.off.contains(&step.id) {
            return Some(step.id.clone());
        }
    }
}

/// How many steps of a part are dealt with, of how many that apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Answered, skipped, declined or read.
    pub dealt_with: usize,
    /// All that apply.
    pub all: usize,
    /// Put off.
    pub deferred: usize,
}

impl Progress {
    /// Whether nothing is left, and there was something.
    pub fn is_whole(self) -> bool {
        self.all > 0 && self.dealt_with == self.all
    }
}

/// How far a phase is.
pub fn phase_progress(protocol: &Protocol, state: &State, phase: &PhaseId) -> Progress {
    protocol.phase(phase).map_or_else(Progress::default, |(_, phase)| count(protocol, state, phase.steps()))
}

/// How far the phases are together.
pub fn overall(protocol: &Protocol, state: &State) -> Progress {
    let end = protocol.phases.last().map_or(0, |phase| phase.steps().end);
    count(protocol, state, 0..end)
}

fn count(protocol: &Protocol, state: &State, steps: std::ops::Range<usize>) -> Progress {
    let mut progress = Progress::default();
    for step in protocol.steps.get(steps).unwrap_or_default() {
        let standing = standing(protocol, state, step);
        if standing == Standing::NotApplicable {
            continue;
        }
        progress.all += 1;
        match standing {
            Standing::Deferred => progress.deferred += 1,
            Standing::Open | Standing::Partly | Standing::NotApplicable => {}
            Standing::Answered | Standing::Skipped | Standing::Declined | Standing::Read => {
                progress.dealt_with += 1;
            }
        }
    }
    progress
}
