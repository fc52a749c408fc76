//! What the protocol did not want. Postponing, not holding, ending early for her sake and a false alarm are good
//! judgement, and never here.

use serde::Serialize;

use crate::journal::Verdict;
use crate::machine::{Event, Fact, Outcome, Reason, State, apply, gate_steps};
use crate::protocol::{Home, Protocol, Role, Step, Tells};
use crate::text::{PhaseId, StepId};

use super::numbered;
use super::timeline::{JUMP_LEAST, Timeline, jump, later_words, step_of};

/// An answer to a deadline may come so much later: the screen shows whole minutes.
const GRACE: i64 = 60_000;

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
    /// The check-in was answered late, or not while the session ran.
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
    /// Somebody who had to be listened to was listened to late, or not while the session ran.
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
    /// The clock was set back while the session ran.
    ClockSetBack {
        /// By how many milliseconds.
        #[serde(rename = "by_ms")]
        by: u64,
    },
}

/// A kind of deviation: the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DeviationKind {
    /// [`What::GateOverridden`]
    GateOverridden,
    /// [`What::RanOnFallenGate`]
    RanOnFallenGate,
    /// [`What::NotWhole`]
    NotWhole,
    /// [`What::CheckInMissed`]
    CheckInMissed,
    /// [`What::RequiredSkipped`]
    RequiredSkipped,
    /// [`What::ListenedLate`]
    ListenedLate,
    /// [`What::ClosedWithOpen`]
    ClosedWithOpen,
    /// [`What::PhaseOverTime`]
    PhaseOverTime,
    /// [`What::ChangedLater`]
    ChangedLater,
    /// [`What::ClockSetBack`]
    ClockSetBack,
}

/// How much a deviation weighs: 3 the most, 1 the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Weight(pub u8);

impl DeviationKind {
    /// All of them, the heaviest first.
    pub const ALL: [Self; 10] = [
        Self::GateOverridden,
        Self::RanOnFallenGate,
        Self::NotWhole,
        Self::CheckInMissed,
        Self::RequiredSkipped,
        Self::ListenedLate,
        Self::ClosedWithOpen,
        Self::PhaseOverTime,
        Self::ChangedLater,
        Self::ClockSetBack,
    ];

    /// Its name in data; never changed.
    pub fn id(self) -> &'static str {
        match self {
            Self::GateOverridden => "gate-overridden",
            Self::RanOnFallenGate => "ran-on-fallen-gate",
            Self::NotWhole => "not-whole",
            Self::CheckInMissed => "check-in-missed",
            Self::RequiredSkipped => "required-skipped",
            Self::ListenedLate => "listened-late",
            Self::ClosedWithOpen => "closed-with-open",
            Self::PhaseOverTime => "phase-over-time",
            Self::ChangedLater => "changed-later",
            Self::ClockSetBack => "clock-set-back",
        }
    }

    /// What it weighs.
    pub fn weight(self) -> Weight {
        Weight(match self {
            Self::GateOverridden | Self::RanOnFallenGate | Self::NotWhole => 3,
            Self::CheckInMissed | Self::RequiredSkipped | Self::ListenedLate => 2,
            Self::ClosedWithOpen | Self::PhaseOverTime | Self::ChangedLater | Self::ClockSetBack => 1,
        })
    }
}

impl What {
    /// Its kind.
    pub fn kind(&self) -> DeviationKind {
        match self {
            Self::GateOverridden { .. } => DeviationKind::GateOverridden,
            Self::RanOnFallenGate { .. } => DeviationKind::RanOnFallenGate,
            Self::NotWhole { .. } => DeviationKind::NotWhole,
            Self::CheckInMissed { .. } => DeviationKind::CheckInMissed,
            Self::RequiredSkipped { .. } => DeviationKind::RequiredSkipped,
            Self::ListenedLate { .. } => DeviationKind::ListenedLate,
            Self::ClosedWithOpen { .. } => DeviationKind::ClosedWithOpen,
            Self::PhaseOverTime { .. } => DeviationKind::PhaseOverTime,
            Self::ChangedLater { .. } => DeviationKind::ChangedLater,
            Self::ClockSetBack { .. } => DeviationKind::ClockSetBack,
        }
    }
}

/// What the protocol did not want in a session, the heaviest first, and in the order of the events.
pub fn deviations(protocol: &Protocol, events: &[Event], verdict: Verdict) -> Vec<Deviation> {
    let mut looking = Looking::new(protocol, events);
    for (number, event) in numbered(events) {
        looking.at(number, event);
    }
    looking.at_the_end(verdict);
    let mut found = looking.found;
    found.sort_by(|one, other| {
        let heaviest = other.what.kind().weight().cmp(&one.what.kind().weight());
        heaviest.then(one.event.cmp(&other.event))
    });
    found
}

struct Looking<'a> {
    protocol: &'a Protocol,
    events: &'a [Event],
    words: std::collections::BTreeMap<u64, &'a crate::text::Line>,
    /// The steps whose deadlines matter, so that not every step is looked at for every event.
    followed: Vec<&'a Step>,
    state: State,
    before: Option<&'a Event>,
    found: Vec<Deviation>,
}

impl<'a> Looking<'a> {
    fn new(protocol: &'a Protocol, events: &'a [Event]) -> Self {
        let followed = |step: &&Step| step.role == Some(Role::CheckIn) || step.tells == Some(Tells::Listen);
        Self {
            protocol,
            events,
            words: later_words(events),
            followed: protocol.steps.iter().filter(followed).collect(),
            state: State::default(),
            before: None,
            found: Vec::new(),
        }
    }

    fn add(&mut self, event: Option<u64>, what: What) {
        self.found.push(Deviation { event, what });
    }

    fn at(&mut self, number: u64, event: &'a Event) {
        self.gates(number, event);
        self.changes(number, event);
        if let Some(by) = self.before.and_then(|before| jump(before, event)).filter(|by| *by <= -JUMP_LEAST) {
            self.add(Some(number), What::ClockSetBack { by: by.unsigned_abs() });
        }
        let waiting: Vec<(&Step, i64)> = self.waiting();
        apply(&mut self.state, event);
        for (step, due) in waiting {
            let now = self.state.record.deadlines.get(&step.id);
            // Set again to the same instant is an answer too.
            let answered = matches!(&event.fact, Fact::Answered { step: about, .. } if *about == step.id);
            let waits = now.is_some_and(|now| now.at == due && !now.met) && !answered;
            if !waits && event.at.wall > due.saturating_add(GRACE) {
                self.late(Some(number), step, due, Some(event.at.wall));
            }
        }
        if let Fact::Closed { reason, open } = &event.fact
            && !open.is_empty()
        {
            let reason = reason.as_ref().map(|reason| self.with_words(number, reason));
            self.add(Some(number), What::ClosedWithOpen { steps: open.clone(), reason });
        }
        self.before = Some(event);
    }

    fn gates(&mut self, number: u64, event: &Event) {
        if let Fact::Overrode { phase, gates, reason } = &event.fact {
            let reason = self.with_words(number, reason);
            self.add(
                Some(number),
                What::GateOverridden { phase: phase.clone(), gates: gates.clone(), reason },
            );
        }
        let record = &self.state.record;
        if record.fallen.is_empty() {
            return;
        }
        let Some(step) = step_of(&event.fact).filter(|_| !matches!(event.fact, Fact::Undone { .. })) else {
            return;
        };
        let Some(index) = self.protocol.find(step) else { return };
        let Some((place, phase)) = record.phase.as_ref().and_then(|phase| self.protocol.phase(phase)) else {
            return;
        };
        let here = self.protocol.phase_of(index).is_some_and(|of_step| of_step.id == phase.id);
        let opens = record.fallen.iter().any(|gate| gate_steps(self.protocol, place, *gate).contains(&index));
        if !here || opens {
            return;
        }
        // One deviation a stretch, however many steps it has.
        let gates = record.fallen.clone();
        if let Some(Deviation { what: What::RanOnFallenGate { phase: stretch, gates: same, steps }, .. }) =
            self.found.iter_mut().rev().find(|found| matches!(found.what, What::RanOnFallenGate { .. }))
            && *stretch == phase.id
            && *same == gates
        {
            if !steps.contains(step) {
                steps.push(step.clone());
            }
            return;
        }
        let (phase, steps) = (phase.id.clone(), vec![step.clone()]);
        self.add(Some(number), What::RanOnFallenGate { phase, gates, steps });
    }

    fn changes(&mut self, number: u64, event: &Event) {
        let Fact::Answered { step, reason, .. } = &event.fact else { return };
        let Some(before @ Outcome::Answered(_)) = self.state.seen.outcomes.get(step) else { return };
        let home = self.protocol.step_by_id(step).map(|step| step.home);
        let running = self.state.record.phase.as_ref().and_then(|phase| self.protocol.phase(phase));
        if let (Some(Home::Phase { phase, .. }), Some((running, _))) = (home, running)
            && phase < running
        {
            let before = before.clone();
            let reason = reason.as_ref().map(|reason| self.with_words(number, reason));
            self.add(Some(number), What::ChangedLater { step: step.clone(), before, reason });
        }
    }

    /// The deadlines that wait to be answered, of those that matter.
    fn waiting(&self) -> Vec<(&'a Step, i64)> {
        let waits = |step: &&'a Step| {
            let required = step.role == Some(Role::CheckIn) || self.state.seen.due.contains(&step.id);
            let deadline =
                self.state.record.deadlines.get(&step.id).filter(|deadline| !deadline.met && required)?;
            Some((*step, deadline.at))
        };
        self.followed.iter().filter_map(waits).collect()
    }

    fn late(&mut self, event: Option<u64>, step: &Step, due: i64, answered: Option<i64>) {
        let id = step.id.clone();
        let what = match step.role {
            Some(Role::CheckIn) => What::CheckInMissed { step: id, due, answered },
            None => What::ListenedLate { step: id, due, answered },
        };
        self.add(event, what);
    }

    fn at_the_end(&mut self, verdict: Verdict) {
        if let Verdict::Altered { after } = verdict {
            self.add(None, What::NotWhole { after });
        }
        let last = self.state.record.last.wall;
        for (step, due) in self.waiting() {
            if last > due.saturating_add(GRACE) {
                self.late(None, step, due, None);
            }
        }
        self.skipped();
        for span in Timeline::of(self.events).phases {
            let minutes = self.protocol.phase(&span.phase).and_then(|(_, phase)| phase.minutes);
            if let Some(minutes) = minutes.filter(|minutes| span.took > u64::from(*minutes) * 60_000) {
                self.add(
                    Some(span.from),
                    What::PhaseOverTime { phase: span.phase, minutes, took: span.took },
                );
            }
        }
    }

    /// A required step that is skipped at the last event. One that the way of ending made needless is not: leaving it
    /// open would not have been wrong either.
    fn skipped(&mut self) {
        let seen = &self.state.seen;
        let skipped = |step: &&Step| {
            let needless = seen.ended.is_some_and(|ending| !step.also_after.contains(&ending))
                && matches!(step.home, Home::Phase { .. });
            seen.outcomes.get(&step.id) == Some(&Outcome::Skipped)
                && seen.due.contains(&step.id)
                && !seen.off.contains(&step.id)
                && !needless
        };
        let steps: Vec<&StepId> = self.protocol.steps.iter().filter(skipped).map(|step| &step.id).collect();
        for step in steps {
            let last = numbered(self.events)
                .filter_map(|(number, event)| match &event.fact {
                    Fact::Skipped { step: about, reason } if about == step => Some((number, reason)),
                    _ => None,
                })
                .last();
            let reason = last.map(|(number, reason)| self.with_words(number, reason));
            let step = step.clone();
            self.add(last.map(|(number, _)| number), What::RequiredSkipped { step, reason });
        }
    }

    /// A reason with the words that were given later.
    fn with_words(&self, number: u64, reason: &Reason) -> Reason {
        let later = self.words.get(&number).map(|words| (*words).clone());
        Reason { code: reason.code, words: later.or_else(|| reason.words.clone()) }
    }
}
