//! Who must be listened to: what `tells: listen` and is required or overdue, and what `tells: discuss`.

use serde::Serialize;

use crate::machine::{At, State};
use crate::protocol::{Protocol, Tells};
use crate::text::StepId;

use super::tells::{Told, ToldBy, answer, told};

/// Something for which somebody must be listened to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "for", rename_all = "kebab-case")]
pub enum Listen {
    /// A step that `tells: listen` is required, or its time has passed.
    Wanted {
        /// The step.
        step: StepId,
        /// The instant that was set (milliseconds since 1970, UTC); none: nobody set one.
        at: Option<i64>,
        /// It has passed.
        overdue: bool,
    },
    /// An option or a row tells so.
    Told(Told),
    /// For the supervisor.
    Discuss(Told),
}

impl Listen {
    /// The step that it is about.
    pub fn step(&self) -> &StepId {
        match self {
            Self::Wanted { step, .. } => step,
            Self::Told(told) | Self::Discuss(told) => &told.step,
        }
    }
}

/// For what somebody must be listened to.
pub fn listening(protocol: &Protocol, state: &State, now: At) -> Vec<Listen> {
    listening_told(protocol, state, &told(protocol, state), now)
}

/// The same, where it is known what the answers tell.
pub(super) fn listening_told(protocol: &Protocol, state: &State, told: &[Told], now: At) -> Vec<Listen> {
    let wanted = protocol.steps.iter().filter(|step| step.tells == Some(Tells::Listen)).filter_map(|step| {
        if state.seen.off.contains(&step.id) {
            return None;
        }
        let deadline = state.record.deadlines.get(&step.id);
        if deadline.is_some_and(|deadline| deadline.met) {
            return None;
        }
        let at = deadline.map(|deadline| deadline.at);
        let overdue = deadline.is_some_and(|deadline| deadline.overdue || deadline.at <= now.wall);
        // One that is no deadline is done once it is answered.
        let open = deadline.is_some() || answer(state, step).is_none();
        let required = state.seen.due.contains(&step.id);
        (open && (required || overdue)).then(|| Listen::Wanted { step: step.id.clone(), at, overdue })
    });
    let told = told.iter().filter_map(|told| match (told.tells, &told.by) {
        (Tells::Listen, ToldBy::Option(_) | ToldBy::Row(..)) => Some(Listen::Told(told.clone())),
        (Tells::Discuss, _) => Some(Listen::Discuss(told.clone())),
        _ => None,
    });
    wanted.chain(told).collect()
}
