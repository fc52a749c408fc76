//! One session with all that can be said of it, found in one fold of its events.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::journal::Verdict;
use crate::machine::{At, Event, Fact, State, apply};
use crate::protocol::Protocol;
use crate::text::StepId;

use super::catalogue::{Deviation, DeviationKind};
use super::counted::{Counted, Counting};
use super::danger::{Danger, dangers};
use super::deviation::Looking;
use super::due::{Due, due};
use super::listen::{Listen, listening};
use super::numbered;
use super::span::{CoverSpan, PhaseSpan, ResponseSpan};
use super::spans::Spans;

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
        let mut jumps = Jumps::default();
        for (number, event) in numbered(events) {
            spans.before(&state, number, event);
            looking.before(&state, number, event);
            counting.before(&state, number, event);
            apply(&mut state, event);
            spans.after(number, event);
            looking.after(&state, number, event);
            jumps.after(number, event);
        }
        let last = events.last();
        let deviations = looking.at_the_end(&state, &spans.phases, verdict);
        let missed = deviations.iter().filter(|found| found.what.kind() == DeviationKind::CheckInMissed);
        let counted = counting.at_the_end(&state, &spans.phases, &spans.covers, missed.count());
        let dangers = dangers(protocol, &state, last, now.wall).into_iter().map(|what| {
            let event = match what.step() {
                Some(step) => jumps.to(step),
                None => jumps.covered,
            };
            Noticed { event, what }
        });
        let listens = listening(protocol, &state, now).into_iter();
        let listens = listens.map(|what| Noticed { event: jumps.to(what.step()), what });
        let dues = due(protocol, &state, now).into_iter();
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

/// Which event to jump to.
#[derive(Debug, Default)]
struct Jumps<'a> {
    /// The last event that gave each step its answer.
    answered: BTreeMap<&'a StepId, u64>,
    /// The last one that drew the cover.
    covered: u64,
    last: u64,
}

impl<'a> Jumps<'a> {
    fn after(&mut self, number: u64, event: &'a Event) {
        self.last = number;
        match &event.fact {
            Fact::Answered { step, .. } | Fact::Undone { step: Some(step), outcome: Some(_) } => {
                self.answered.insert(step, number);
            }
            Fact::Covered { .. } => self.covered = number,
            _ => {}
        }
    }

    /// Where a step got its answer; where it has none, the last event.
    fn to(&self, step: &StepId) -> u64 {
        self.answered.get(step).copied().unwrap_or(self.last)
    }
}
