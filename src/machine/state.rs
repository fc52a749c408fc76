//! The state of a session: what conditions can see, and the record of everything else.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::protocol::Ending;
use crate::text::{CaseCode, PhaseId, ProtocolId, ResponseId, StaffNumber, StepId, TopicId};

use super::event::{At, CoveredBy, Reason, SessionKind, Shyness};
use super::value::Value;

/// A session as it stands after its events.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// What conditions can see.
    pub seen: Seen,
    /// Everything else.
    pub record: Record,
}

/// What conditions can see: small and hashable, so that a protocol can be explored.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Seen {
    /// What became of each step. A step that is not here is open; one that is in `off` keeps its outcome aside.
    pub outcomes: BTreeMap<StepId, Outcome>,
    /// The steps that do not apply now.
    pub off: BTreeSet<StepId>,
    /// The steps that must have an outcome before closing.
    pub due: BTreeSet<StepId>,
    /// The responses that happened.
    pub raised: BTreeSet<ResponseId>,
    /// Those that happened more than once.
    pub repeated: BTreeSet<ResponseId>,
    /// How many different staff numbers take part.
    pub staff: u8,
    /// How it ended before its last step.
    pub ended: Option<Ending>,
}

/// What became of a step.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Answered.
    Answered(Value),
    /// Skipped; the reason stands in the event.
    Skipped,
    /// She would rather not.
    Declined,
    /// To come back to.
    Deferred,
    /// A guidance that was gone on from.
    Read,
}

/// Where the checklist stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// Before the first event.
    #[default]
    Nowhere,
    /// At a step of a phase or of the open response.
    Step(StepId),
    /// At the end of a phase, whose pause asks before the next.
    Pause(PhaseId),
    /// Before a phase whose gates do not hold.
    Gate(PhaseId),
    /// After the last step: what is open is listed, and the session can be closed.
    End,
}

/// A response that is open, and where it goes back to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aside {
    /// The response.
    pub response: ResponseId,
    /// Where the checklist stood.
    pub from: Place,
}

/// A deadline that was set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// The instant, in milliseconds since 1970 (UTC).
    pub at: i64,
    /// That it passed is recorded.
    pub overdue: bool,
    /// It was met.
    pub met: bool,
}

/// Something that can be taken back: all that stood before and that it changed, so that nothing of it stays.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Undoable {
    /// The number of its event, from 1.
    pub event: u64,
    /// The step that it was about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<StepId>,
    /// The steps that it changed, its own first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub before: Vec<Before>,
    /// How the session had ended before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended: Option<Ending>,
    /// The step whose answer had ended it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended_by: Option<StepId>,
    /// Where the checklist stood.
    pub place: Place,
    /// The phase that ran.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phase: Option<PhaseId>,
    /// The responses that were open.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub asides: Vec<Aside>,
    /// Those that waited.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub waiting: Vec<ResponseId>,
    /// The one that was proposed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proposed: Option<ResponseId>,
    /// How often each had been confirmed; none where that stays: nobody came back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confirmed: Option<BTreeMap<ResponseId, u32>>,
    /// The gates that it overrode.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub overrode: Vec<(PhaseId, usize)>,
    /// It stopped the clock of the length.
    pub stopped: bool,
    /// It was a note.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub noted: bool,
}

/// How a step stood before something changed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    /// The step.
    pub step: StepId,
    /// What had become of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// The deadline that it had set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Deadline>,
}

/// The length of the session, by the monotonic clock, without pauses and without the time between two runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Clock {
    /// Milliseconds counted until `since`.
    pub counted: u64,
    /// From where this run of the program counts on (its monotonic clock).
    pub since: u64,
    /// It is stopped.
    pub stopped: bool,
}

impl Clock {
    /// Milliseconds that the session has taken, at a moment of this run.
    pub fn elapsed(&self, run: u64) -> u64 {
        if self.stopped { self.counted } else { self.counted.saturating_add(run.saturating_sub(self.since)) }
    }
}

/// Everything that conditions cannot see.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Record {
    /// How many events there are.
    pub events: u64,
    /// The protocol that is run, and its version.
    pub protocol: Option<(ProtocolId, u32)>,
    /// Real or practice.
    pub kind: Option<SessionKind>,
    /// The staff numbers, each once.
    pub staff: Vec<StaffNumber>,
    /// The case code.
    pub case: Option<CaseCode>,
    /// When it began.
    pub begun: Option<At>,
    /// When the last event happened.
    pub last: At,
    /// Where the checklist stands.
    pub place: Place,
    /// The phase that runs.
    pub phase: Option<PhaseId>,
    /// The phases that were entered, with the session's length at that moment (milliseconds).
    pub entered: BTreeMap<PhaseId, u64>,
    /// The gates that were overridden, by phase and place.
    pub overridden: BTreeSet<(PhaseId, usize)>,
    /// The gates of the running phase that do not hold; none: it runs.
    pub fallen: Vec<usize>,
    /// The responses that are open, the innermost last.
    pub asides: Vec<Aside>,
    /// The responses that wait.
    pub waiting: Vec<ResponseId>,
    /// The response that is proposed.
    pub proposed: Option<ResponseId>,
    /// The step whose answer ended the session.
    pub ended_by: Option<StepId>,
    /// What drew the cover that is up.
    pub covered: Option<CoveredBy>,
    /// What the signal was is due: the cover was up for longer than a slip.
    pub cover_asks: bool,
    /// The page of the cover that was opened last.
    pub page: Option<TopicId>,
    /// The deadlines, by step.
    pub deadlines: BTreeMap<StepId, Deadline>,
    /// Those of steps that do not apply now, kept aside like their answers.
    pub deadlines_aside: BTreeMap<StepId, Deadline>,
    /// Whether the screen is shy.
    pub shy: Shyness,
    /// The latest step of the checklist, in its order, that was entered with her in the room.
    pub with_her_at: Option<StepId>,
    /// How often each response was confirmed; what is in `seen.raised` stands here with at least one.
    pub confirmed: BTreeMap<ResponseId, u32>,
    /// The reasons that have no words yet, by the number of their event.
    pub wordless: BTreeMap<u64, (Option<StepId>, Reason)>,
    /// How many notes were taken.
    pub notes: u32,
    /// What can be taken back, the latest last.
    pub undo: Vec<Arc<Undoable>>,
    /// The length.
    pub clock: Clock,
    /// It was left and not resumed.
    pub left: bool,
    /// It is closed.
    pub closed: bool,
}
