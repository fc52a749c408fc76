//! The stretches of a session, as they come in the fold: responses, covers, phases.

use crate::machine::{Event, Fact, State, Undoable};

use super::span::{CoverEnd, CoverSpan, PhaseSpan, Ran, ResponseSpan};

/// The stretches of a session so far.
#[derive(Debug, Default)]
pub(super) struct Spans {
    /// The responses, in the order in which they were opened.
    pub(super) responses: Vec<ResponseSpan>,
    /// The covers, in order.
    pub(super) covers: Vec<CoverSpan>,
    /// The phases, in the order in which they were first entered.
    pub(super) phases: Vec<PhaseSpan>,
    ran: Ran,
    /// The places in `responses` of those that are open, the innermost last, with when each was opened.
    open: Vec<(usize, u64)>,
    /// When each of `responses` was opened.
    opened: Vec<u64>,
    /// When the cover that is up was drawn.
    covered: Option<u64>,
}

impl Spans {
    /// Takes an event, before it is applied to the state.
    pub(super) fn before(&mut self, state: &State, number: u64, event: &Event) {
        let earlier = self.ran.now();
        let took = self.ran.at(event).saturating_sub(earlier);
        let record = &state.record;
        let counts = !record.clock.stopped && self.open.is_empty() && self.covered.is_none();
        if let Some(phase) = record.phase.as_ref().filter(|_| counts)
            && let Some(span) = self.phases.iter_mut().find(|span| span.phase == *phase)
        {
            span.took = span.took.saturating_add(took);
        }
        if let Some(phase) = &event.follows.enters
            && !self.phases.iter().any(|span| span.phase == *phase)
        {
            self.phases.push(PhaseSpan { phase: phase.clone(), from: number, at: event.at, took: 0 });
        }
    }

    /// Takes the same event once more, after it was applied.
    pub(super) fn after(&mut self, number: u64, event: &Event) {
        let ran = self.ran.now();
        self.of_responses(number, event, ran);
        self.of_covers(number, event, ran);
    }

    fn of_responses(&mut self, number: u64, event: &Event, ran: u64) {
        let spans = &mut self.responses;
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
            self.opened.push(ran);
            spans.push(ResponseSpan {
                response: opened.response.clone(),
                from: number,
                at: event.at,
                until: None,
                taken_back: false,
                took: 0,
            });
        }
        if let Some(back) = &event.follows.back {
            self.takes_back(number, back, ran);
        }
    }

    /// What a thing opened that is taken back was not meant, and what it left goes on.
    fn takes_back(&mut self, number: u64, back: &Undoable, ran: u64) {
        while let Some((place, _)) = self.open.last().copied() {
            let Some(span) = self.responses.get_mut(place) else { break };
            if span.from < back.event && self.open.len() <= back.asides.len() {
                break;
            }
            span.taken_back = span.from >= back.event;
            span.until = Some(number);
            self.open.pop();
        }
        for (place, span) in self.responses.iter_mut().enumerate() {
            if span.until == Some(back.event) {
                let opened = self.opened.get(place).copied().unwrap_or(ran);
                (span.until, span.took) = (None, ran.saturating_sub(opened));
                self.open.push((place, opened));
            }
        }
    }

    fn of_covers(&mut self, number: u64, event: &Event, ran: u64) {
        if let (Some(drawn), Some(span)) = (self.covered, self.covers.last_mut()) {
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
            self.covers.push(span);
        }
    }
}
