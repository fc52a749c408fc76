//! What the protocol did not want. Postponing, not holding, ending early for her sake and a false alarm are good
//! judgement, and never here.

use std::collections::BTreeMap;

use crate::journal::Verdict;
use crate::machine::{Event, Fact, Outcome, Reason, State, Value, apply, gate_steps};
use crate::protocol::{Home, Protocol, Role, Step, StepIndex, Tells};
use crate::text::{Line, StepId};

use super::catalogue::{Deviation, What};
use super::jumps::Jumps;
use super::numbered;
use super::span::PhaseSpan;
use super::spans::Spans;
use super::tells::answer;
use super::timeline::{JUMP_LEAST, jump, later_words, step_of};

/// An answer to a deadline may come so much later: the screen shows whole minutes.
const GRACE: i64 = 60_000;

/// What the protocol did not want in a session, the heaviest first, and in the order of the events. `now`: milliseconds
/// since 1970 (UTC), since what nobody answers goes by after the last event too.
pub fn deviations(protocol: &Protocol, events: &[Event], verdict: Verdict, now: i64) -> Vec<Deviation> {
    let (mut state, mut spans, mut looking) =
        (State::default(), Spans::default(), Looking::new(protocol, events));
    for (number, event) in numbered(events) {
        spans.before(&state, number, event);
        looking.before(&state, number, event);
        apply(&mut state, event);
        spans.after(number, event);
        looking.after(&state, number, event);
    }
    looking.at_the_end(&state, &spans.phases, verdict, now)
}

/// Looks for deviations while a session is folded.
pub(super) struct Looking<'a> {
    protocol: &'a Protocol,
    jumps: Jumps<'a>,
    words: BTreeMap<u64, &'a Line>,
    /// The steps whose deadlines matter, so that not every step is looked at for every event.
    followed: Vec<&'a Step>,
    /// The deadlines that waited before the event.
    waited: Vec<(&'a Step, i64)>,
    /// The last skip of each step.
    skips: BTreeMap<&'a StepId, (u64, &'a Reason)>,
    last: Option<&'a Event>,
    found: Vec<Deviation>,
}

impl<'a> Looking<'a> {
    /// Looks for what a protocol does not want.
    pub(super) fn new(protocol: &'a Protocol, events: &'a [Event]) -> Self {
        let followed = |step: &&Step| step.role == Some(Role::CheckIn) || step.tells == Some(Tells::Listen);
        Self {
            protocol,
            jumps: Jumps(events),
            words: later_words(events),
            followed: protocol.steps.iter().filter(followed).collect(),
            waited: Vec::new(),
            skips: BTreeMap::new(),
            last: None,
            found: Vec::new(),
        }
    }

    fn add(&mut self, event: Option<u64>, what: What) {
        self.found.push(Deviation { event, what });
    }

    /// Takes an event, before it is applied to the state.
    pub(super) fn before(&mut self, state: &State, number: u64, event: &'a Event) {
        self.gates(state, number, event);
        self.changes(state, number, event);
        if let Some(by) = self.last.and_then(|last| jump(last, event)).filter(|by| *by <= -JUMP_LEAST) {
            self.add(Some(number), What::ClockSetBack { by: by.unsigned_abs() });
        }
        let mut waited = std::mem::take(&mut self.waited);
        waited.clear();
        waited.extend(self.waiting(state));
        self.waited = waited;
    }

    /// Takes the same event once more, after it was applied.
    pub(super) fn after(&mut self, state: &State, number: u64, event: &'a Event) {
        let waited = std::mem::take(&mut self.waited);
        for (step, due) in &waited {
            let now = state.record.deadlines.get(&step.id);
            // Set again to the same instant is an answer too.
            let answered = matches!(&event.fact, Fact::Answered { step: about, .. } if *about == step.id);
            let waits = now.is_some_and(|now| now.at == *due && !now.met) && !answered;
            if !waits && event.at.wall > due.saturating_add(GRACE) {
                self.late(Some(number), step, *due, Some(event.at.wall));
            }
        }
        self.waited = waited;
        match &event.fact {
            Fact::Closed { reason, open } if !open.is_empty() => {
                let reason = reason.as_ref().map(|reason| self.with_words(number, reason));
                self.add(Some(number), What::ClosedWithOpen { steps: open.clone(), reason });
            }
            Fact::Skipped { step, reason } => {
                self.skips.insert(step, (number, reason));
            }
            _ => {}
        }
        self.last = Some(event);
    }

    fn gates(&mut self, state: &State, number: u64, event: &Event) {
        if let Fact::Overrode { phase, gates, reason } = &event.fact {
            let reason = self.with_words(number, reason);
            self.add(
                Some(number),
                What::GateOverridden { phase: phase.clone(), gates: gates.clone(), reason },
            );
        }
        let record = &state.record;
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

    fn changes(&mut self, state: &State, number: u64, event: &Event) {
        let Fact::Answered { step, reason, .. } = &event.fact else { return };
        let Some(before @ Outcome::Answered(_)) = state.seen.outcomes.get(step) else { return };
        let home = self.protocol.step_by_id(step).map(|step| step.home);
        let running = state.record.phase.as_ref().and_then(|phase| self.protocol.phase(phase));
        if let (Some(Home::Phase { phase, .. }), Some((running, _))) = (home, running)
            && phase < running
        {
            let before = before.clone();
            let reason = reason.as_ref().map(|reason| self.with_words(number, reason));
            self.add(Some(number), What::ChangedLater { step: step.clone(), before, reason });
        }
    }

    /// The deadlines that wait to be answered, of those that matter.
    fn waiting(&self, state: &State) -> impl Iterator<Item = (&'a Step, i64)> {
        self.followed.iter().filter_map(|step| {
            let deadline = state.record.deadlines.get(&step.id).filter(|deadline| !deadline.met)?;
            let required = step.role == Some(Role::CheckIn) || state.seen.due.contains(&step.id);
            required.then_some((*step, deadline.at))
        })
    }

    fn late(&mut self, event: Option<u64>, step: &Step, due: i64, answered: Option<i64>) {
        let id = step.id.clone();
        let what = match step.role {
            Some(Role::CheckIn) => What::CheckInMissed { step: id, due, answered },
            None => What::ListenedLate { step: id, due, answered },
        };
        self.add(event, what);
    }

    /// What is wrong with the session as it stands after its last event, and all that was found on the way.
    pub(super) fn at_the_end(
        mut self,
        state: &State,
        phases: &[PhaseSpan],
        verdict: Verdict,
        now: i64,
    ) -> Vec<Deviation> {
        if let Verdict::Altered { after } = verdict {
            self.add(None, What::NotWhole { after });
        }
        self.still_waits(state, now);
        self.skipped(state);
        self.told_again(state);
        for span in phases {
            let minutes = self.protocol.phase(&span.phase).and_then(|(_, phase)| phase.minutes);
            if let Some(minutes) = minutes.filter(|minutes| span.took > u64::from(*minutes) * 60_000) {
                self.add(
                    Some(span.from),
                    What::PhaseOverTime { phase: span.phase.clone(), minutes, took: span.took },
                );
            }
        }
        self.found.sort_by(|one, other| {
            let heaviest = other.what.kind().weight().cmp(&one.what.kind().weight());
            heaviest.then(one.event.cmp(&other.event))
        });
        self.found
    }

    /// What was due and was never answered. A session that was left does not end there: the time of a call passes all the
    /// same, until it is closed, since whoever closes it is there. To be listened to is due after it was closed too. Each
    /// jumps to where its time was set.
    fn still_waits(&mut self, state: &State, now: i64) {
        let last = state.record.last.wall;
        let waiting: Vec<(&Step, i64)> = self.waiting(state).collect();
        for (step, due) in waiting {
            let over = state.record.closed && step.role == Some(Role::CheckIn);
            let until = if over { last } else { now.max(last) };
            if until > due.saturating_add(GRACE) {
                self.late(Some(self.jumps.to(&step.id)), step, due, None);
            }
        }
    }

    /// She had told it before, the session is over, and the step that hangs on that number has no answer. One that was
    /// skipped although it is required is told as that, which weighs more.
    fn told_again(&mut self, state: &State) {
        let Some((place, step)) = numbered_steps(self.protocol).find(|(_, step)| step.counts_same_case)
        else {
            return;
        };
        let Some(Value::Number(told @ 1..)) = answer(state, step) else { return };
        let asks = |step: &&Step| {
            let hangs = step.when.as_ref().is_some_and(|when| when.steps().contains(&place));
            hangs && !state.seen.off.contains(&step.id) && answer(state, step).is_none()
        };
        let skipped = |found: &&Deviation, step: &Step| matches!(&found.what, What::RequiredSkipped { step: about, .. } if *about == step.id);
        let why = self
            .protocol
            .steps
            .iter()
            .find(asks)
            .filter(|step| state.record.closed && !self.found.iter().any(|found| skipped(&found, step)));
        if let Some(why) = why {
            let event = self.skips.get(&why.id).map(|(number, _)| *number);
            self.add(event, What::NoReasonToTellAgain { step: why.id.clone(), told: *told });
        }
    }

    /// A required step that is skipped at the last event. One that the way of ending made needless is not: leaving it
    /// open would not have been wrong either.
    fn skipped(&mut self, state: &State) {
        let seen = &state.seen;
        let skipped = seen.outcomes.iter().filter_map(|(id, outcome)| {
            let place = self.protocol.find(Some(id).filter(|_| *outcome == Outcome::Skipped)?)?;
            let step = self.protocol.step(place)?;
            let needless = seen.ended.is_some_and(|ending| !step.also_after.contains(&ending))
                && matches!(step.home, Home::Phase { .. });
            (seen.due.contains(id) && !seen.off.contains(id) && !needless).then_some((place, &step.id))
        });
        let mut steps: Vec<(StepIndex, &StepId)> = skipped.collect();
        steps.sort_unstable_by_key(|(place, _)| *place);
        for (_, step) in steps {
            let last = self.skips.get(step).copied();
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

fn numbered_steps(protocol: &Protocol) -> impl Iterator<Item = (StepIndex, &Step)> {
    protocol.steps.iter().enumerate().map(|(place, step)| (StepIndex(place), step))
}
