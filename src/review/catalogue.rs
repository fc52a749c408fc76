//! The catalogue of deviations: one table with the id and the weight of each. `docs/deviations.md` is written from it.

use serde::Serialize;

use crate::machine::{Outcome, Reason};
use crate::text::{PhaseId, StepId};

/// Something that the protocol did not want.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Deviation {
    /// The number of the event at which it happened; none: it is about the session as a whole.
    pub event: Option<u64>,
    /// What it is.
    #[serde(flatten)]
    pub what: What,
}

/// What the protocol did not want, with what is known of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "id", rename_all = "kebab-case")]
pub enum What {
    /// A closed gate was overridden.
    GateOverridden {
        /// The phase.
        phase: PhaseId,
        /// The gates, by their place in it.
        gates: Vec<usize>,
        /// Why, with the words that were given later.
        reason: Reason,
    },
    /// Steps of a phase were dealt with while a gate of it did not hold.
    RanOnFallenGate {
        /// The phase.
        phase: PhaseId,
        /// The gates, by their place in it.
        gates: Vec<usize>,
        /// The steps.
        steps: Vec<StepId>,
    },
    /// The file was altered.
    NotWhole {
        /// How many events stand before the change.
        after: u64,
    },
    /// The check-in was answered late, or not at all.
    CheckInMissed {
        /// Its step.
        step: StepId,
        /// When it was due, in milliseconds since 1970 (UTC).
        due: i64,
        /// When it was answered.
        answered: Option<i64>,
    },
    /// A required step was skipped.
    RequiredSkipped {
        /// The step.
        step: StepId,
        /// Why, with the words that were given later.
        reason: Option<Reason>,
    },
    /// Somebody who had to be listened to was listened to late, or not at all.
    ListenedLate {
        /// The step.
        step: StepId,
        /// When it was due, in milliseconds since 1970 (UTC).
        due: i64,
        /// When it was done.
        answered: Option<i64>,
    },
    /// The session was closed with required steps open.
    ClosedWithOpen {
        /// The steps.
        steps: Vec<StepId>,
        /// Why, with the words that were given later.
        reason: Option<Reason>,
    },
    /// A phase took longer than it may.
    PhaseOverTime {
        /// The phase.
        phase: PhaseId,
        /// What it may take.
        minutes: u32,
        /// What it took, in milliseconds, without pauses, responses and covers.
        #[serde(rename = "took_ms")]
        took: u64,
    },
    /// An answer was changed after its phase had been left behind.
    ChangedLater {
        /// The step.
        step: StepId,
        /// What stood before.
        before: Outcome,
        /// Why, with the words that were given later.
        reason: Option<Reason>,
    },
    /// She had told it before, and nobody said why she was to tell it once more.
    NoReasonToTellAgain {
        /// The step that asks why.
        step: StepId,
        /// How often she had told it.
        told: i64,
    },
    /// The clock was set back while the session ran.
    ClockSetBack {
        /// By how many milliseconds.
        #[serde(rename = "by_ms")]
        by: u64,
    },
}

impl What {
    /// The step that was never answered, where that is what it is about.
    pub fn waits(&self) -> Option<&StepId> {
        match self {
            Self::CheckInMissed { step, answered: None, .. }
            | Self::ListenedLate { step, answered: None, .. } => Some(step),
            _ => None,
        }
    }
}

/// How much a deviation weighs: 3 the most, 1 the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Weight(pub u8);

macro_rules! catalogue {
    ($($kind:ident $id:literal $weight:literal;)*) => {
        /// A kind of deviation.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum DeviationKind {
            $(
                #[doc = concat!("[`What::", stringify!($kind), "`]")]
                $kind,
            )*
        }

        impl DeviationKind {
            /// All of them, the heaviest first.
            pub const ALL: &[Self] = &[$(Self::$kind),*];

            /// Its name in data; never changed.
            pub fn id(self) -> &'static str {
                match self {
                    $(Self::$kind => $id,)*
                }
            }

            /// What it weighs.
            pub fn weight(self) -> Weight {
                Weight(match self {
                    $(Self::$kind => $weight,)*
                })
            }
        }

        impl What {
            /// Its kind.
            pub fn kind(&self) -> DeviationKind {
                match self {
                    $(Self::$kind { .. } => DeviationKind::$kind,)*
                }
            }
        }
    };
}

catalogue! {
    GateOverridden "gate-overridden" 3;
    RanOnFallenGate "ran-on-fallen-gate" 3;
    NotWhole "not-whole" 3;
    CheckInMissed "check-in-missed" 2;
    RequiredSkipped "required-skipped" 2;
    ListenedLate "listened-late" 2;
    ClosedWithOpen "closed-with-open" 1;
    PhaseOverTime "phase-over-time" 1;
    NoReasonToTellAgain "no-reason-to-tell-again" 1;
    ChangedLater "changed-later" 1;
    ClockSetBack "clock-set-back" 1;
}
