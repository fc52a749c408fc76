//! One session with all that can be said of it, found in one fold of its events.

use serde::Serialize;

use crate::journal::Verdict;
use crate::machine::{At, Event, State, apply};
use crate::protocol::Protocol;

use super::catalogue::{Deviation, DeviationKind};
use super::counted::{Counted, Counting};
use super::danger::{Danger, dangers_told};
use super::deviation::Looking;
use super::due::{Due, due_told};
use super::jumps::Jumps;
use super::listen::{Listen, listening_told};
use super::numbered;
use super::span::{CoverSpan, PhaseSpan, ResponseSpan};
use super::spans::Spans;
use super::tells::told;

/// Something to be told of a session, and the event to jump to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Noticed<T> {
    /// The number of the event, from 1.
    pub event: u64,
    /// What it is.
    pub what: T,
}

/// One session with all that can be said of it.
#[derive(Debug, Clone)]
pub struct Reviewed {
    /// How it stands after its last event.
    pub state: State,
    /// The responses, in the order in which they were opened.
    pub responses: Vec<ResponseSpan>,
    /// The covers, in order.
    pub covers: Vec<CoverSpan>,
    /// The phases, in the order in which they were first entered.
    pub phases: Vec<PhaseSpan>,
    /// What the protocol did not want, the heaviest first.
    pub deviations: Vec<Deviation>,
    /// Why somebody may still be in danger.
    pub dangers: Vec<Noticed<Danger>>,
    /// For what somebody must be listened to.
    pub listens: Vec<Noticed<Listen>>,
    /// What was promised and is due, the earliest first.
    pub dues: Vec<Noticed<Due>>,
    /// What it adds to the figures.
    pub counted: Counted,
}

impl Reviewed {
    /// Reviews a session as it stands at a moment.
    pub fn of(protocol: &Protocol, events: &[Event], verdict: Verdict, now: At) -> Self {
        let (mut state, mut spans) = (State::default(), Spans::default());
        let (mut looking, mut counting) = (Looking::new(protocol, events), Counting::new(protocol));
        for (number, event) in numbered(events) {
            spans.before(&state, number, event);
            looking.before(&state, number, event);
            counting.before(&state, number, event);
            apply(&mut state, event);
            spans.after(number, event);
            looking.after(&state, number, event);
        }
        let (last, jumps) = (events.last(), Jumps(events));
        let deviations = looking.at_the_end(&state, &spans.phases, verdict, now.wall);
        let missed = deviations.iter().filter(|found| found.what.kind() == DeviationKind::CheckInMissed);
        let counted = counting.at_the_end(&state, &spans.phases, &spans.covers, missed.count());
        let told = told(protocol, &state);
        let dangers = dangers_told(protocol, &state, &told, last, now.wall).into_iter().map(|what| {
            let event = match what.step() {
                Some(step) => jumps.to(step),
                None => jumps.to_the_cover(),
            };
            Noticed { event, what }
        });
        let listens = listening_told(protocol, &state, &told, now).into_iter();
        let listens = listens.map(|what| Noticed { event: jumps.to(what.step()), what });
        let dues = due_told(protocol, &state, &told, now).into_iter();
        let dues = dues.map(|what| Noticed { event: jumps.to(&what.step), what });
        Self {
            dangers: dangers.collect(),
            listens: listens.collect(),
            dues: dues.collect(),
            state,
            responses: spans.responses,
            covers: spans.covers,
            phases: spans.phases,
            deviations,
            counted,
        }
    }
}
