//! Stretches of a session: a response, a cover, a phase, each with how long it took by the monotonic clock.

use serde::Serialize;

use crate::machine::{At, CoveredBy, Event, Fact, Uncovered};
use crate::text::{PhaseId, ResponseId};

/// A response, from when it was opened until it was returned from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ResponseSpan {
    /// The response.
    pub response: ResponseId,
    /// The number of the event that opened it.
    pub from: u64,
    /// When that was.
    pub at: At,
    /// The number of the event that left it; none: it was still open at the last event.
    pub until: Option<u64>,
    /// It was not meant: that it was opened was taken back before anything was done in it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub taken_back: bool,
    /// How long it was open, in milliseconds; until the last event where it still was. The time between two runs of
    /// the program is not in it.
    #[serde(rename = "took_ms")]
    pub took: u64,
}

/// A cover, from when it was drawn until it was lifted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CoverSpan {
    /// What drew it.
    pub by: CoveredBy,
    /// The number of the event that drew it.
    pub from: u64,
    /// When that was.
    pub at: At,
    /// The number of the event that ended it; none: it was up at the last event.
    pub until: Option<u64>,
    /// How it ended.
    pub end: CoverEnd,
    /// How long it was up, in milliseconds; until the last event where it still was.
    #[serde(rename = "took_ms")]
    pub took: u64,
}

/// How a cover ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CoverEnd {
    /// It was lifted.
    Lifted(Uncovered),
    /// The session was left under it.
    Left,
    /// The program was stopped under it, and the session taken up again later.
    Stopped,
    /// It was up at the last event.
    Up,
}

/// A phase, with all the time that was spent in it, however often it was gone back to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PhaseSpan {
    /// The phase.
    pub phase: PhaseId,
    /// The number of the event that first entered it.
    pub from: u64,
    /// When that was.
    pub at: At,
    /// Milliseconds in it, without pauses, responses and covers.
    #[serde(rename = "took_ms")]
    pub took: u64,
}

/// Milliseconds that the program ran in a session, over all its runs: only differences mean anything.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Ran {
    total: u64,
    run: u64,
}

impl Ran {
    /// The time at the last event that was asked for.
    pub(super) fn now(self) -> u64 {
        self.total
    }

    /// The time at an event, which comes after all those that were asked for before.
    pub(super) fn at(&mut self, event: &Event) -> u64 {
        if !matches!(event.fact, Fact::Resumed { .. } | Fact::Begun { .. }) {
            self.total = self.total.saturating_add(event.at.run.saturating_sub(self.run));
        }
        self.run = event.at.run;
        self.total
    }
}
