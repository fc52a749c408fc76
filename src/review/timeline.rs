//! What happened, in order, and the stretches that it makes.

use std::collections::{BTreeMap, BTreeSet};

use crate::machine::{Event, Fact, Outcome, State, apply};
use crate::text::{Line, PhaseId, StepId};

use super::numbered;
use super::span::{CoverSpan, PhaseSpan, ResponseSpan};
use super::spans::Spans;

/// The wall clock and the monotonic one may differ by so much between two events without anybody being told:
/// clocks are corrected over the network.
pub(super) const JUMP_LEAST: i64 = 60_000;

/// What happened in a session, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Timeline<'a> {
    /// An entry an event.
    pub entries: Vec<Entry<'a>>,
    /// The responses, in the order in which they were opened.
    pub responses: Vec<ResponseSpan>,
    /// The covers, in order.
    pub covers: Vec<CoverSpan>,
    /// The phases, in the order in which they were first entered.
    pub phases: Vec<PhaseSpan>,
}

/// An event, and what only those before and after it say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<'a> {
    /// Its number, from 1.
    pub number: u64,
    /// The event.
    pub event: &'a Event,
    /// The session's length then, in milliseconds.
    pub length: u64,
    /// The phase that ran after it.
    pub phase: Option<PhaseId>,
    /// What stood before, where it is about a step that had an outcome.
    pub before: Option<Outcome>,
    /// It was taken back later.
    pub taken_back: bool,
    /// The words of its reason, where they were given later.
    pub words: Option<&'a Line>,
    /// By how many milliseconds the wall clock went ahead of the monotonic one since the event before (or back,
    /// below zero): it was set, or the machine slept.
    pub jump: Option<i64>,
}

impl Entry<'_> {
    /// The step that it is about.
    pub fn about(&self) -> Option<&StepId> {
        match &self.event.fact {
            Fact::Overdue { step } | Fact::Met { step } | Fact::Noted { step: Some(step), .. } => Some(step),
            fact => step_of(fact),
        }
    }
}

impl<'a> Timeline<'a> {
    /// What happened in a session. Needs no protocol, and is total, even over a hostile journal.
    pub fn of(events: &'a [Event]) -> Self {
        let words = later_words(events);
        let back = events.iter().filter_map(|event| event.follows.back.as_deref());
        let taken_back: BTreeSet<u64> = back.map(|back| back.event).collect();
        let (mut state, mut spans) = (State::default(), Spans::default());
        let mut entries = Vec::with_capacity(events.len());
        let mut last: Option<&Event> = None;
        for (number, event) in numbered(events) {
            let before = step_of(&event.fact).and_then(|step| state.seen.outcomes.get(step)).cloned();
            spans.before(&state, number, event);
            apply(&mut state, event);
            spans.after(number, event);
            entries.push(Entry {
                number,
                event,
                length: state.record.clock.elapsed(event.at.run),
                phase: state.record.phase.clone(),
                before,
                taken_back: taken_back.contains(&number),
                words: words.get(&number).copied(),
                jump: last.and_then(|last| jump(last, event)),
            });
            last = Some(event);
        }
        Self { entries, responses: spans.responses, covers: spans.covers, phases: spans.phases }
    }
}

/// The words that were given to earlier reasons, by the number of the reason's event.
pub(super) fn later_words(events: &[Event]) -> BTreeMap<u64, &Line> {
    events
        .iter()
        .filter_map(|event| match &event.fact {
            Fact::Worded { event, words } => Some((*event, words)),
            _ => None,
        })
        .collect()
}

/// By how much the wall clock jumped from one event to the next of the same run.
pub(super) fn jump(before: &Event, event: &Event) -> Option<i64> {
    if matches!(event.fact, Fact::Resumed { .. }) || event.at.run < before.at.run {
        return None;
    }
    let ran = i64::try_from(event.at.run - before.at.run).unwrap_or(i64::MAX);
    let jump = event.at.wall.saturating_sub(before.at.wall).saturating_sub(ran);
    (jump.saturating_abs() >= JUMP_LEAST).then_some(jump)
}

/// The step that an event puts another outcome on.
pub(super) fn step_of(fact: &Fact) -> Option<&StepId> {
    match fact {
        Fact::Answered { step, .. }
        | Fact::Cleared { step }
        | Fact::Read { step }
        | Fact::Skipped { step, .. }
        | Fact::Deferred { step }
        | Fact::Declined { step }
        | Fact::Undone { step: Some(step), .. } => Some(step),
        _ => None,
    }
}
