//! What one session adds to the figures: small numbers that point into its protocol, so that ten thousand fit in memory.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::machine::{Event, Fact, Outcome, Place, ReasonCode, State};
use crate::protocol::{Protocol, Response, ResponseKey};
use crate::text::{PhaseId, ResponseId, StepId};

use super::span::{CoverSpan, PhaseSpan};

/// What a response is about, by the key that raises it, which is the same in every protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Signal {
    /// Esc or F9: somebody is in danger.
    Danger,
    /// F2: she needs a moment.
    Distress,
    /// F7: she takes consent back, all of it or a part.
    ConsentBack,
    /// Another key: what the protocol uses it for.
    Other,
}

impl Signal {
    /// What a response is about.
    pub fn of(response: &Response) -> Self {
        match response.key {
            _ if response.cover => Self::Danger,
            ResponseKey::Esc | ResponseKey::F(9) => Self::Danger,
            ResponseKey::F(2) => Self::Distress,
            ResponseKey::F(7) => Self::ConsentBack,
            ResponseKey::F(_) => Self::Other,
        }
    }
}

/// What one session adds to the figures. Places are those of its protocol: of a phase, a step, a gate of a phase.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counted {
    /// Each phase that was entered, with the seconds spent in it.
    pub phases: Box<[(u8, u32)]>,
    /// What was passed by.
    pub passed: Box<[Passed]>,
    /// The responses that were confirmed.
    pub raised: Box<[Raised]>,
    /// The steps that were dealt with: a bit a step.
    pub done: Box<[u64]>,
    /// How often the cover was up, and for how many seconds in all.
    pub covers: (u16, u32),
    /// How many check-ins were set, and how many of them were missed.
    pub check_ins: (u8, u8),
}

/// Something that was passed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Passed {
    /// A step was skipped.
    Skipped(u16, ReasonCode),
    /// A step was put off.
    Deferred(u16),
    /// She would rather not.
    Declined(u16),
    /// A gate of a phase was overridden.
    Overrode(u8, u8, ReasonCode),
}

/// A response that was confirmed, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Raised {
    /// What it is about.
    pub signal: Signal,
    /// The response.
    pub response: u8,
    /// The phase that ran.
    pub phase: Option<u8>,
    /// The step at which the checklist stood.
    pub step: Option<u16>,
}

impl Counted {
    /// Whether a step was dealt with.
    pub fn is_done(&self, step: usize) -> bool {
        self.done.get(step / 64).is_some_and(|bits| bits >> (step % 64) & 1 == 1)
    }
}

/// Counts while a session is folded.
pub(super) struct Counting<'a> {
    protocol: &'a Protocol,
    passed: Vec<(u64, Passed)>,
    /// Where each response was last raised, or the cover drawn.
    begun: BTreeMap<ResponseId, (Option<u8>, Option<u16>)>,
    raised: Vec<Raised>,
    check_ins: u8,
}

impl<'a> Counting<'a> {
    /// Counts what stands in a protocol.
    pub(super) fn new(protocol: &'a Protocol) -> Self {
        Self { protocol, passed: Vec::new(), begun: BTreeMap::new(), raised: Vec::new(), check_ins: 0 }
    }

    /// Takes an event, before it is applied to the state.
    pub(super) fn before(&mut self, state: &State, number: u64, event: &Event) {
        let passed = |passed: Option<Passed>| passed.map(|passed| (number, passed));
        match &event.fact {
            Fact::Skipped { step, reason } => {
                self.passed.extend(passed(self.step(step).map(|step| Passed::Skipped(step, reason.code))));
            }
            Fact::Deferred { step } => self.passed.extend(passed(self.step(step).map(Passed::Deferred))),
            Fact::Declined { step } => self.passed.extend(passed(self.step(step).map(Passed::Declined))),
            Fact::Overrode { phase, gates, reason } => {
                let phase = self.phase(phase);
                self.passed.extend(gates.iter().filter_map(|gate| {
                    Some((number, Passed::Overrode(phase?, u8::try_from(*gate).ok()?, reason.code)))
                }));
            }
            // What was taken back did not happen.
            Fact::Undone { .. } => {
                if let Some(undone) = state.record.undo.last() {
                    self.passed.retain(|(number, _)| *number != undone.event);
                }
            }
            Fact::Covered { .. } => {
                if let Some(covering) = self.protocol.covering() {
                    self.begun.insert(covering.id.clone(), self.here(state));
                }
            }
            Fact::Answered { step, .. } => {
                let check_in = self.protocol.step_by_id(step).is_some_and(|step| step.role.is_some());
                self.check_ins = self.check_ins.saturating_add(u8::from(check_in));
            }
            _ => {}
        }
        if let Some(opened) = &event.follows.opened
            && !self.protocol.response(&opened.response).is_some_and(|(_, response)| response.cover)
        {
            let here = match &opened.from {
                Some(Place::Step(step)) => (self.here(state).0, self.step(step)),
                _ => self.here(state),
            };
            self.begun.insert(opened.response.clone(), here);
        }
        for response in &event.follows.raised {
            let Some((place, of)) = self.protocol.response(response) else { continue };
            let (phase, step) = self.begun.get(response).copied().unwrap_or_else(|| self.here(state));
            let response = u8::try_from(place).unwrap_or(u8::MAX);
            self.raised.push(Raised { signal: Signal::of(of), response, phase, step });
        }
    }

    /// Where the checklist stands: in a response, where it was raised.
    fn here(&self, state: &State) -> (Option<u8>, Option<u16>) {
        let record = &state.record;
        let phase = record.phase.as_ref().and_then(|phase| self.phase(phase));
        let place = record.asides.first().map_or(&record.place, |aside| &aside.from);
        let step = match place {
            Place::Step(step) => self.step(step),
            _ => None,
        };
        (phase, step)
    }

    fn step(&self, step: &StepId) -> Option<u16> {
        u16::try_from(self.protocol.find(step)?.0).ok()
    }

    fn phase(&self, phase: &PhaseId) -> Option<u8> {
        u8::try_from(self.protocol.phase(phase)?.0).ok()
    }

    /// What the session adds, as it stands after its last event. `missed`: how many check-ins were.
    pub(super) fn at_the_end(
        mut self,
        state: &State,
        phases: &[PhaseSpan],
        covers: &[CoverSpan],
        missed: usize,
    ) -> Counted {
        // A confirmation may have been taken back: no more stand than the record says, the earliest first.
        let mut left: BTreeMap<u8, u32> = BTreeMap::new();
        for (response, times) in &state.record.confirmed {
            if let Some((place, _)) = self.protocol.response(response) {
                left.insert(u8::try_from(place).unwrap_or(u8::MAX), *times);
            }
        }
        self.raised.retain(|raised| match left.get_mut(&raised.response) {
            Some(times @ 1..) => {
                *times -= 1;
                true
            }
            _ => false,
        });
        let mut done = vec![0_u64; self.protocol.steps.len().div_ceil(64)];
        for (step, outcome) in &state.seen.outcomes {
            let dealt_with = matches!(outcome, Outcome::Answered(_) | Outcome::Read);
            if let Some(place) =
                self.protocol.find(step).filter(|_| dealt_with && !state.seen.off.contains(step))
                && let Some(bits) = done.get_mut(place.0 / 64)
            {
                *bits |= 1 << (place.0 % 64);
            }
        }
        let phases = phases.iter().filter_map(|span| Some((self.phase(&span.phase)?, seconds(span.took))));
        let phases = phases.collect();
        let up = covers.iter().fold(0_u64, |all, span| all.saturating_add(span.took));
        Counted {
            phases,
            passed: self.passed.into_iter().map(|(_, passed)| passed).collect(),
            raised: self.raised.into(),
            done: done.into(),
            covers: (u16::try_from(covers.len()).unwrap_or(u16::MAX), seconds(up)),
            check_ins: (self.check_ins, u8::try_from(missed).unwrap_or(u8::MAX)),
        }
    }
}

fn seconds(milliseconds: u64) -> u32 {
    u32::try_from(milliseconds / 1_000).unwrap_or(u32::MAX)
}
