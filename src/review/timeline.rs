//! What happened, in order, and the stretches that it makes.

use std::collections::BTreeMap;

use crate::machine::{Event, Fact, Outcome, State, apply};
use crate::text::{Line, PhaseId, StepId};

use super::numbered;
use super::span::{CoverEnd, CoverSpan, PhaseSpan, Ran, ResponseSpan};

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
        let mut making = Making::default();
        for (number, event) in numbered(events) {
            making.add(number, event, words.get(&number).copied());
        }
        making.timeline
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

#[derive(Default)]
struct Making<'a> {
    timeline: Timeline<'a>,
    state: State,
    ran: Ran,
    before: Option<&'a Event>,
    /// The places in `responses` of those that are open, the innermost last, with when each was opened.
    open: Vec<(usize, u64)>,
    /// When the cover that is up was drawn.
    covered: Option<u64>,
}

impl<'a> Making<'a> {
    fn add(&mut self, number: u64, event: &'a Event, words: Option<&'a Line>) {
        let before = step_of(&event.fact).and_then(|step| self.state.seen.outcomes.get(step)).cloned();
        let (earlier, ran) = (self.ran.now(), self.ran.at(event));
        self.phases(number, event, ran.saturating_sub(earlier));
        apply(&mut self.state, event);
        self.responses(number, event, ran);
        self.covers(number, event, ran);
        self.timeline.entries.push(Entry {
            number,
            event,
            length: self.state.record.clock.elapsed(event.at.run),
            phase: self.state.record.phase.clone(),
            before,
            words,
            jump: self.before.and_then(|before| jump(before, event)),
        });
        self.before = Some(event);
    }

    /// `took`: milliseconds since the event before.
    fn phases(&mut self, number: u64, event: &Event, took: u64) {
        let spans = &mut self.timeline.phases;
        let record = &self.state.record;
        let counts = !record.clock.stopped && self.open.is_empty() && self.covered.is_none();
        if let Some(phase) = record.phase.as_ref().filter(|_| counts)
            && let Some(span) = spans.iter_mut().find(|span| span.phase == *phase)
        {
            span.took = span.took.saturating_add(took);
        }
        if let Some(phase) = &event.follows.enters
            && !spans.iter().any(|span| span.phase == *phase)
        {
            spans.push(PhaseSpan { phase: phase.clone(), from: number, at: event.at, took: 0 });
        }
    }

    fn responses(&mut self, number: u64, event: &Event, ran: u64) {
        let spans = &mut self.timeline.responses;
        for (place, opened) in &self.open {
            if let Some(span) = spans.get_mut(*place) {
                span.took = ran.saturating_sub(*opened);
            }
        }
        for _ in 0..event.follows.returned {
            if let Some(span) = self.open.pop().and_then(|(place, _)| spans.get_mut(place)) {
                span.until = Some(number);
            }
        }
        if let Some(opened) = &event.follows.opened {
            self.open.push((spans.len(), ran));
            let response = opened.response.clone();
            spans.push(ResponseSpan { response, from: number, at: event.at, until: None, took: 0 });
        }
    }

    fn covers(&mut self, number: u64, event: &Event, ran: u64) {
        if let (Some(drawn), Some(span)) = (self.covered, self.timeline.covers.last_mut()) {
            let end = match &event.fact {
                Fact::Uncovered { how } => Some(CoverEnd::Lifted(*how)),
                Fact::Left { .. } => Some(CoverEnd::Left),
                Fact::Resumed { .. } => Some(CoverEnd::Stopped),
                _ => None,
            };
            span.took = ran.saturating_sub(drawn);
            if let Some(end) = end {
                (span.end, span.until) = (end, Some(number));
                self.covered = None;
            }
        }
        if let (Fact::Covered { by }, None) = (&event.fact, self.covered) {
            self.covered = Some(ran);
            let span =
                CoverSpan { by: *by, from: number, at: event.at, until: None, end: CoverEnd::Up, took: 0 };
            self.timeline.covers.push(span);
        }
    }
}
