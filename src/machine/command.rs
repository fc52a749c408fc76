//! What a person, or the desk's timer, can ask of the machine, and why it may refuse.

use crate::protocol::Ending;
use crate::text::{CaseCode, Line, PhaseId, Prose, ResponseId, StaffNumber, StepId, TopicId};

use super::event::{CoveredBy, LeftFrom, Reason, SessionKind, Uncovered};
use super::value::{Misfit, Value};

/// What is asked of the machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Begin a session.
    Begin {
        /// One or two staff numbers. A number that stands twice counts once.
        staff: Vec<StaffNumber>,
        /// The case code.
        case: CaseCode,
        /// Real or practice.
        kind: SessionKind,
    },
    /// A colleague joins: at most four, each number once.
    Join {
        /// Her number.
        staff: StaffNumber,
    },
    /// Take a session up again after a crash, or after it was left.
    Resume {
        /// Bytes at the journal's end that could not be read.
        dropped: u64,
    },
    /// Answer a step, or change its answer. In a phase that was left behind a change needs a reason.
    Answer {
        /// The step.
        step: StepId,
        /// The value.
        value: Value,
        /// Why it is changed.
        reason: Option<Reason>,
    },
    /// Take an answer away.
    Clear {
        /// The step.
        step: StepId,
    },
    /// Go on from a guidance.
    Read {
        /// The step.
        step: StepId,
    },
    /// Skip a step.
    Skip {
        /// The step.
        step: StepId,
        /// Why.
        reason: Reason,
    },
    /// Put a step off.
    Defer {
        /// The step.
        step: StepId,
    },
    /// She would rather not.
    Decline {
        /// The step.
        step: StepId,
    },
    /// Go to a step; in another phase this enters it, if its gates hold.
    Go {
        /// The step.
        step: StepId,
    },
    /// Enter a phase: at its first open step, if its gates hold.
    Enter {
        /// The phase.
        phase: PhaseId,
    },
    /// Enter a phase, or go on in it, although gates do not hold that may be overridden.
    Override {
        /// The phase.
        phase: PhaseId,
        /// Why.
        reason: Reason,
    },
    /// Raise a response. The covering one is raised by [`Command::Cover`].
    Raise {
        /// The response.
        response: ResponseId,
    },
    /// Return from the open response.
    Return,
    /// Do not take the response that is proposed.
    LeaveProposal,
    /// Note something, from anywhere.
    Note {
        /// The words.
        text: Prose,
    },
    /// Give an earlier reason its words.
    Word {
        /// The number of the event that it stands in.
        event: u64,
        /// The words.
        words: Line,
    },
    /// The desk's timer: a deadline has passed.
    Overdue {
        /// The step.
        step: StepId,
    },
    /// A deadline was met.
    Meet {
        /// The step.
        step: StepId,
    },
    /// Stop the clock of the length, and nothing else.
    Pause,
    /// Let it go on.
    Continue,
    /// End before the last step.
    End {
        /// In which way.
        ending: Ending,
        /// Why.
        reason: Option<Reason>,
    },
    /// Take the last undoable thing back.
    Undo,
    /// Draw the cover. Possible in every state.
    Cover {
        /// By what.
        by: CoveredBy,
    },
    /// Open a page of the cover.
    OpenPage {
        /// The page.
        topic: TopicId,
    },
    /// Lift the cover.
    Uncover {
        /// How.
        how: Uncovered,
    },
    /// Make the session safe and leave.
    Leave {
        /// From where.
        from: LeftFrom,
    },
    /// Close the session. Over required open steps only with a reason.
    Close {
        /// Why.
        reason: Option<Reason>,
    },
}

/// Why a command was refused. Data; the sentences are in `words`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// There is no session yet.
    NotBegun,
    /// There is one already.
    AlreadyBegun,
    /// It is closed.
    Closed,
    /// The protocol has no such step, phase, response or page.
    Unknown,
    /// The number is there already.
    StaffTwice,
    /// More numbers than a session can have.
    TooManyStaff,
    /// The step does not apply now.
    NotApplicable,
    /// The step cannot take this value.
    Misfit(Misfit),
    /// The step has this answer already, or none to take away.
    NothingToDo,
    /// The phase was left behind: a change needs a reason.
    ReasonNeeded,
    /// Gates of the phase do not hold.
    GateClosed {
        /// The phase.
        phase: PhaseId,
        /// Which, by their place in it.
        gates: Vec<usize>,
    },
    /// The running phase is stopped, since a gate fell.
    PhaseStopped,
    /// A gate that does not hold cannot be overridden.
    NoOverride,
    /// This response is open already, or waits.
    AlreadyRaised,
    /// No response is open, or none is proposed.
    NoResponse,
    /// The reason that is named has its words, or there is none.
    NoSuchReason,
    /// The deadline has not passed, or was recorded, or was met.
    NotOverdue,
    /// The clock is stopped already, or runs.
    ClockSo,
    /// The screen is covered already, or is not.
    CoverSo,
    /// The session has this end already.
    EndSo,
    /// There is nothing to take back.
    NothingToUndo,
    /// It is not the end yet: there is a step to go on with.
    NotAtEnd,
    /// Required steps are open, and no reason is given.
    RequiredOpen(Vec<StepId>),
}
