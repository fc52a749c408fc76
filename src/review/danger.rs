//! Who may still be in danger. It is asked before anything else, so it rather says too much than too little.

use serde::Serialize;

use crate::machine::{At, CoveredBy, Event, Fact, LeftFrom, State, Value, holds};
use crate::protocol::{Condition, Protocol, Role, StepIndex, Tells};
use crate::text::StepId;

use super::state_of;
use super::tells::{Told, answer, told};

/// Why somebody may still be in danger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "why", rename_all = "kebab-case")]
pub enum Danger {
    /// The session was left under the cover and never resumed.
    LeftUnderCover {
        /// When it was left.
        since: At,
    },
    /// The cover is up at the last event: the program was stopped under it, or it runs at this moment.
    StillCovered {
        /// What drew it.
        by: CoveredBy,
        /// When the last event happened.
        since: At,
    },
    /// The check-in was never answered.
    CheckInUnanswered {
        /// Its step.
        step: StepId,
        /// When it was due, in milliseconds since 1970 (UTC).
        due: i64,
    },
    /// A risk rose: the same question, asked again, was answered higher.
    RiskRose {
        /// The step that asks again.
        step: StepId,
        /// The earlier point.
        from: i64,
        /// The later one.
        to: i64,
    },
    /// An answer tells so.
    Told(Told),
}

impl Danger {
    /// The step that it is about, where it is about one.
    pub fn step(&self) -> Option<&StepId> {
        match self {
            Self::CheckInUnanswered { step, .. } | Self::RiskRose { step, .. } => Some(step),
            Self::Told(told) => Some(&told.step),
            Self::LeftUnderCover { .. } | Self::StillCovered { .. } => None,
        }
    }

    /// Whether the session broke off under the cover.
    pub fn is_under_cover(&self) -> bool {
        matches!(self, Self::LeftUnderCover { .. } | Self::StillCovered { .. })
    }
}

/// Why somebody may still be in danger: nothing, where nothing says so. `now`: milliseconds since 1970 (UTC).
pub fn in_danger(protocol: &Protocol, events: &[Event], now: i64) -> Vec<Danger> {
    dangers(protocol, &state_of(events), events.last(), now)
}

/// The same, of a session that was folded already. `last`: its last event.
pub fn dangers(protocol: &Protocol, state: &State, last: Option<&Event>, now: i64) -> Vec<Danger> {
    dangers_told(protocol, state, &told(protocol, state), last, now)
}

/// The same, where it is known what the answers tell.
pub(super) fn dangers_told(
    protocol: &Protocol,
    state: &State,
    told: &[Told],
    last: Option<&Event>,
    now: i64,
) -> Vec<Danger> {
    let mut all: Vec<Danger> = under_cover(last, state).into_iter().collect();
    for (place, step) in protocol.steps.iter().enumerate() {
        if step.role == Some(Role::CheckIn) && !state.record.closed {
            let missed = state
                .record
                .deadlines
                .get(&step.id)
                .filter(|deadline| !deadline.met && (deadline.overdue || deadline.at <= now));
            all.extend(
                missed.map(|missed| Danger::CheckInUnanswered { step: step.id.clone(), due: missed.at }),
            );
        }
        let earlier = step.again.and_then(|earlier| protocol.step(earlier));
        if let Some(earlier) =
            earlier.filter(|_| holds(protocol, &state.seen, &Condition::Rose(StepIndex(place))))
            && let (Some(Value::Number(from)), Some(Value::Number(to))) =
                (answer(state, earlier), answer(state, step))
        {
            all.push(Danger::RiskRose { step: step.id.clone(), from: *from, to: *to });
        }
    }
    all.extend(told.iter().filter(|told| told.tells == Tells::Danger).cloned().map(Danger::Told));
    all
}

fn under_cover(last: Option<&Event>, state: &State) -> Option<Danger> {
    let last = last?;
    match (&last.fact, state.record.covered) {
        (Fact::Left { from: LeftFrom::Cover }, _) => Some(Danger::LeftUnderCover { since: last.at }),
        (Fact::Closed { .. }, _) => None,
        (_, Some(by)) => Some(Danger::StillCovered { by, since: last.at }),
        _ => None,
    }
}
