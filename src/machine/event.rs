//! An event: one fact that happened in a session, with what followed from it.

use serde::{Deserialize, Serialize};

use crate::protocol::Ending;
use crate::text::{
    CaseCode, Fingerprint, Line, PhaseId, Prose, ProtocolId, ResponseId, StaffNumber, StepId, TopicId,
};

use super::state::{Outcome, Place, Undoable};
use super::value::Value;

/// When something happened: for people by the wall clock, for durations by one that nobody sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct At {
    /// Milliseconds since 1970 (UTC), by the wall clock.
    pub wall: i64,
    /// Minutes by which the local zone was ahead of UTC.
    pub zone: i32,
    /// Milliseconds since the program started, by a monotonic clock. Starts anew with each `resumed`.
    pub run: u64,
}

/// One fact with its time and its consequences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// When.
    pub at: At,
    /// What happened.
    pub fact: Fact,
    /// What followed from it.
    #[serde(default, skip_serializing_if = "Follows::is_nothing")]
    pub follows: Follows,
}

/// Whether a session is a real one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SessionKind {
    /// About a case.
    Real,
    /// To learn with; nothing of it is written.
    Practice,
}

/// A reason: one digit now, its words when there is time.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Reason {
    /// The digit.
    pub code: ReasonCode,
    /// The words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<Line>,
}

/// The reasons that one digit can give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReasonCode {
    /// She asked for it.
    SheAsked,
    /// There was no time.
    NoTime,
    /// It was not safe.
    NotSafe,
    /// It had been done before.
    DoneBefore,
    /// Another reason.
    Other,
}

impl ReasonCode {
    /// All of them, in the order of their digits.
    pub const ALL: [Self; 5] = [Self::SheAsked, Self::NoTime, Self::NotSafe, Self::DoneBefore, Self::Other];
}

/// What drew the cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CoveredBy {
    /// A key.
    Key,
    /// The terminal lost focus.
    Focus,
    /// Rest without a key.
    Rest,
    /// A signal to the process: a pedal, a cord, a shortcut of the desktop.
    Signal,
}

/// How the cover was lifted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Uncovered {
    /// Within three seconds: a slip, after which nothing is asked.
    Brief,
    /// Later: what the signal was is due.
    Later,
}

/// From where a session was left without being closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LeftFrom {
    /// From the checklist: to go on later.
    Checklist,
    /// From under the cover: nobody came back.
    Cover,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fact {
    /// The session began.
    Begun {
        /// One or two staff numbers.
        staff: Vec<StaffNumber>,
        /// The case code.
        case: CaseCode,
        /// The protocol that is run.
        protocol: ProtocolId,
        /// Its version.
        version: u32,
        /// Real or practice.
        kind: SessionKind,
    },
    /// A colleague joined.
    Joined {
        /// Her number.
        staff: StaffNumber,
    },
    /// The session was taken up again, in a new run of the program.
    Resumed {
        /// Bytes at the end of the journal that could not be read and were dropped.
        dropped: u64,
        /// Their fingerprint, which the journal adds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sha256: Option<Fingerprint>,
    },
    /// A step was answered, or its answer changed.
    Answered {
        /// The step.
        step: StepId,
        /// The value.
        value: Value,
        /// Why it was changed, in a phase that had been left behind.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Reason>,
    },
    /// An answer was taken away: a check unticked.
    Cleared {
        /// The step.
        step: StepId,
    },
    /// A guidance was gone on from.
    Read {
        /// The step.
        step: StepId,
    },
    /// A step was skipped.
    Skipped {
        /// The step.
        step: StepId,
        /// Why.
        reason: Reason,
    },
    /// A step was put off.
    Deferred {
        /// The step.
        step: StepId,
    },
    /// She would rather not.
    Declined {
        /// The step.
        step: StepId,
    },
    /// Went to a step, a pause or a gate.
    Went,
    /// A closed gate was overridden.
    Overrode {
        /// The phase.
        phase: PhaseId,
        /// The gates, by their place in it.
        gates: Vec<usize>,
        /// Why.
        reason: Reason,
    },
    /// A response was raised.
    Raised {
        /// The response.
        response: ResponseId,
    },
    /// A response waits until the one that is open has ended.
    Waited {
        /// The response.
        response: ResponseId,
    },
    /// A response was returned from.
    Returned {
        /// The response.
        response: ResponseId,
    },
    /// A proposed response was not taken.
    NotTaken {
        /// The response.
        response: ResponseId,
    },
    /// A note.
    Noted {
        /// The step at which it was taken.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        step: Option<StepId>,
        /// Its words.
        text: Prose,
    },
    /// The words of an earlier reason.
    Worded {
        /// The number of the event that the reason stands in, from 1.
        event: u64,
        /// The words.
        words: Line,
    },
    /// A deadline passed without having been answered.
    Overdue {
        /// The step.
        step: StepId,
    },
    /// A deadline was met: called, listened to, done.
    Met {
        /// The step.
        step: StepId,
    },
    /// The clock of the interview's length stopped.
    Paused,
    /// It goes on.
    Continued,
    /// The session was ended before its last step.
    Ended {
        /// In which way.
        ending: Ending,
        /// Why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Reason>,
    },
    /// The last undoable thing was taken back.
    Undone {
        /// The step whose outcome is put back, if it was about a step.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        step: Option<StepId>,
        /// The outcome that is put back; none where it was open.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        outcome: Option<Outcome>,
    },
    /// The cover was drawn.
    Covered {
        /// By what.
        by: CoveredBy,
    },
    /// A page of the cover was opened.
    PageOpened {
        /// The page.
        topic: TopicId,
    },
    /// The cover was lifted.
    Uncovered {
        /// How.
        how: Uncovered,
    },
    /// The session was made safe and left.
    Left {
        /// From where.
        from: LeftFrom,
    },
    /// The session was closed; nothing follows.
    Closed {
        /// Why, where required steps are open.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Reason>,
        /// The required steps that stayed open.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        open: Vec<StepId>,
    },
}

/// What followed from a fact. Carried in the event, so that no fold has to find it out again.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Follows {
    /// The session ended, or an end was taken back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended: Option<EndChange>,
    /// Steps that are asked again: their answers stay in the earlier events.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reopened: Vec<StepId>,
    /// Steps that were set aside.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub deferred: Vec<StepId>,
    /// Responses that count as having happened from now on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub raised: Vec<ResponseId>,
    /// Responses whose last confirmation was taken back: a false alarm after all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lowered: Vec<ResponseId>,
    /// How many open responses were returned from, the innermost first.
    #[serde(skip_serializing_if = "is_zero")]
    pub returned: u8,
    /// A response was opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opened: Option<Opened>,
    /// Responses that wait until the one that is open has ended.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub waits: Vec<ResponseId>,
    /// What stood before the thing that was taken back, and stands again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub back: Option<Box<Undoable>>,
    /// The clock of the length stopped.
    #[serde(skip_serializing_if = "is_false")]
    pub paused: bool,
    /// Steps that no longer apply. Their answers are kept aside.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub off: Vec<StepId>,
    /// Steps that apply again, with the answers that they had.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub on: Vec<StepId>,
    /// Steps that must have an outcome before closing, from now on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub due: Vec<StepId>,
    /// Steps that need none any more.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub undue: Vec<StepId>,
    /// The gates of the running phase that do not hold now, where that changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fell: Option<Vec<usize>>,
    /// A response is proposed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proposes: Option<ResponseId>,
    /// A phase was entered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enters: Option<PhaseId>,
    /// Where the checklist stands now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub goes: Option<Place>,
    /// The screen turned shy, or open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shy: Option<Shyness>,
    /// A step with her in the room was entered that lies further on than all before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub with_her_at: Option<StepId>,
}

impl Follows {
    /// Whether nothing followed.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
fn is_zero(number: &u8) -> bool {
    *number == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
fn is_false(yes: &bool) -> bool {
    !*yes
}

/// A change of how the session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EndChange {
    /// It ended so.
    Set(Ending),
    /// The end was taken back.
    Lifted,
}

/// A response that was opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// The response.
    pub response: ResponseId,
    /// Its steps that had an outcome from an earlier time, and are fresh now.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fresh: Vec<StepId>,
    /// Where it goes back to, if not to where the checklist stood.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Place>,
}

/// Whether answers, notes and private steps are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shyness {
    /// They are drawn.
    #[default]
    Open,
    /// They are drawn as dots.
    Shy,
}
