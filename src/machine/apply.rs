//! The one fold: an event applied to the state. Total, even over a hostile journal; evaluates no condition.

use std::sync::Arc;

use crate::text::StepId;

use super::event::{At, EndChange, Event, Fact, Follows, LeftFrom, Reason, SessionKind};
use super::state::{Aside, Before, Deadline, Outcome, Place, State, Undoable};
use super::value::Value;

/// The most things that can be taken back.
const UNDO_MOST: usize = 200;

/// Applies an event.
pub fn apply(state: &mut State, event: &Event) {
    apply_fact(state, &event.fact, event.at);
    apply_follows(state, &event.fact, &event.follows, event.at);
}

/// Applies what happened, without what followed from it.
pub(super) fn apply_fact(state: &mut State, fact: &Fact, at: At) {
    let record = &mut state.record;
    record.events = record.events.saturating_add(1);
    let before = std::mem::replace(&mut record.last, at);
    let number = record.events;
    if is_undoable(fact) {
        note_undo(state, fact);
    }
    let record = &mut state.record;
    match fact {
        Fact::Begun { staff, case, protocol, version, kind } => {
            record.begun = Some(at);
            record.protocol = Some((protocol.clone(), *version));
            record.kind = Some(*kind);
            record.case = Some(case.clone());
            record.clock.since = at.run;
            for number in staff {
                join(state, number);
            }
        }
        Fact::Joined { staff } => join(state, staff),
        Fact::Resumed { .. } => {
            record.clock.counted = record.clock.elapsed(before.run);
            record.clock.since = at.run;
            record.left = false;
            if record.covered.take().is_some() {
                record.cover_asks = true;
            }
        }
        Fact::Answered { step, value, reason } => {
            if let Value::Deadline { at, .. } = value {
                let deadline = Deadline { at: *at, overdue: false, met: false };
                state.record.deadlines.insert(step.clone(), deadline);
            }
            set(state, step, Some(Outcome::Answered(value.clone())));
            want_words(state, number, Some(step), reason.as_ref());
        }
        Fact::Cleared { step } => set(state, step, None),
        Fact::Read { step } => put(state, step, Outcome::Read),
        Fact::Skipped { step, reason } => {
            put(state, step, Outcome::Skipped);
            want_words(state, number, Some(step), Some(reason));
        }
        Fact::Deferred { step } => put(state, step, Outcome::Deferred),
        Fact::Declined { step } => put(state, step, Outcome::Declined),
        Fact::Went => {}
        Fact::Overrode { phase, gates, reason } => {
            record.overridden.extend(gates.iter().map(|gate| (phase.clone(), *gate)));
            want_words(state, number, None, Some(reason));
        }
        Fact::Raised { response } => {
            if record.proposed.as_ref() == Some(response) {
                record.proposed = None;
            }
        }
        Fact::Waited { response } => {
            if record.proposed.as_ref() == Some(response) {
                record.proposed = None;
            }
            if !record.waiting.contains(response) {
                record.waiting.push(response.clone());
            }
        }
        Fact::NotTaken { .. } => record.proposed = None,
        Fact::Noted { .. } => record.notes = record.notes.saturating_add(1),
        Fact::Worded { event, .. } => {
            record.wordless.remove(event);
        }
        Fact::Overdue { step } => {
            if let Some(deadline) = record.deadlines.get_mut(step) {
                deadline.overdue = true;
            }
        }
        Fact::Met { step } => {
            if let Some(deadline) = record.deadlines.get_mut(step) {
                deadline.met = true;
            }
        }
        Fact::Paused => stop_clock(state, at),
        Fact::Continued => {
            if record.clock.stopped {
                record.clock.stopped = false;
                record.clock.since = at.run;
            }
        }
        Fact::Ended { reason, .. } => want_words(state, number, None, reason.as_ref()),
        Fact::Undone { step, outcome } => {
            record.undo.pop();
            if let Some(step) = step {
                restore(state, step, outcome.clone(), None);
            }
        }
        Fact::Covered { by } => {
            record.covered = Some(*by);
            record.page = None;
        }
        Fact::PageOpened { topic } => record.page = Some(topic.clone()),
        Fact::Uncovered { how } => {
            record.covered = None;
            if *how == super::event::Uncovered::Later {
                record.cover_asks = true;
            }
        }
        Fact::Left { from } => {
            stop_run(state, at);
            state.record.left = true;
            if *from == LeftFrom::Cover {
                state.record.cover_asks = true;
            }
        }
        Fact::Returned { .. } => {}
        Fact::Closed { reason, .. } => {
            stop_clock(state, at);
            state.record.closed = true;
            want_words(state, number, None, reason.as_ref());
        }
    }
}

/// Applies what followed, in a fixed order: what stands again, ends, answers, responses, what applies, what is due,
/// gates, place.
pub(super) fn apply_follows(state: &mut State, fact: &Fact, follows: &Follows, at: At) {
    if let Some(back) = &follows.back {
        take_back(state, back, at);
    }
    match follows.ended {
        Some(EndChange::Set(ending)) => {
            state.seen.ended = Some(ending);
            match fact {
                Fact::Answered { step, .. } => state.record.ended_by = Some(step.clone()),
                Fact::Undone { .. } => {}
                _ => state.record.ended_by = None,
            }
        }
        Some(EndChange::Lifted) => {
            state.seen.ended = None;
            state.record.ended_by = None;
        }
        None => {}
    }
    for step in &follows.reopened {
        remember(state, fact, step);
        set(state, step, None);
    }
    for step in &follows.deferred {
        remember(state, fact, step);
        set(state, step, Some(Outcome::Deferred));
    }
    for response in &follows.raised {
        let times = state.record.confirmed.entry(response.clone()).or_default();
        *times = times.saturating_add(1);
        if *times > 1 {
            state.seen.repeated.insert(response.clone());
        }
        state.seen.raised.insert(response.clone());
    }
    for response in &follows.lowered {
        let times = state.record.confirmed.entry(response.clone()).or_default();
        *times = times.saturating_sub(1);
        if *times < 2 {
            state.seen.repeated.remove(response);
        }
        if *times == 0 {
            state.record.confirmed.remove(response);
            state.seen.raised.remove(response);
        }
    }
    let mut from = None;
    for _ in 0..follows.returned {
        from = state.record.asides.pop().map(|aside| aside.from).or(from);
    }
    if let Some(opened) = &follows.opened {
        for step in &opened.fresh {
            remember(state, fact, step);
            set(state, step, None);
        }
        let from = opened.from.clone().or(from).unwrap_or_else(|| state.record.place.clone());
        state.record.waiting.retain(|waiting| *waiting != opened.response);
        state.record.asides.push(Aside { response: opened.response.clone(), from });
    }
    for response in &follows.waits {
        if !state.record.waiting.contains(response) {
            state.record.waiting.push(response.clone());
        }
    }
    if follows.paused && !state.record.clock.stopped {
        stop_clock(state, at);
        if let Some(undoable) = last_undo(state, fact) {
            undoable.stopped = true;
        }
    }
    for step in &follows.off {
        if let Some(deadline) = state.record.deadlines.remove(step) {
            state.record.deadlines_aside.insert(step.clone(), deadline);
        }
        state.seen.off.insert(step.clone());
    }
    for step in &follows.on {
        if let Some(deadline) = state.record.deadlines_aside.remove(step) {
            state.record.deadlines.insert(step.clone(), deadline);
        }
        state.seen.off.remove(step);
    }
    state.seen.due.extend(follows.due.iter().cloned());
    for step in &follows.undue {
        state.seen.due.remove(step);
    }
    if let Some(fallen) = &follows.fell {
        state.record.fallen.clone_from(fallen);
    }
    if let Some(response) = &follows.proposes {
        state.record.proposed = Some(response.clone());
    }
    if let Some(phase) = &follows.enters {
        let length = state.record.clock.elapsed(at.run);
        state.record.entered.entry(phase.clone()).or_insert(length);
        state.record.phase = Some(phase.clone());
    }
    if let Some(place) = &follows.goes {
        state.record.place = place.clone();
    }
    if let Some(shy) = follows.shy {
        state.record.shy = shy;
    }
    if let Some(step) = &follows.with_her_at {
        state.record.with_her_at = Some(step.clone());
    }
}

fn join(state: &mut State, number: &crate::text::StaffNumber) {
    if !state.record.staff.contains(number) {
        state.record.staff.push(number.clone());
        state.seen.staff = u8::try_from(state.record.staff.len()).unwrap_or(u8::MAX);
    }
}

fn put(state: &mut State, step: &StepId, outcome: Outcome) {
    set(state, step, Some(outcome));
}

/// A deadline stands and falls with the answer that set it.
fn set(state: &mut State, step: &StepId, outcome: Option<Outcome>) {
    if !matches!(outcome, Some(Outcome::Answered(Value::Deadline { .. }))) {
        state.record.deadlines.remove(step);
        state.record.deadlines_aside.remove(step);
    }
    match outcome {
        Some(outcome) => state.seen.outcomes.insert(step.clone(), outcome),
        None => state.seen.outcomes.remove(step),
    };
}

/// Puts back what had become of a step. A deadline is what it was, overdue or met; without one it is set anew.
fn restore(state: &mut State, step: &StepId, outcome: Option<Outcome>, deadline: Option<Deadline>) {
    let at = match &outcome {
        Some(Outcome::Answered(Value::Deadline { at, .. })) => Some(*at),
        _ => None,
    };
    set(state, step, outcome);
    if let Some(at) = at {
        let deadline = deadline.unwrap_or(Deadline { at, overdue: false, met: false });
        let off = state.seen.off.contains(step);
        let record = &mut state.record;
        let deadlines = if off { &mut record.deadlines_aside } else { &mut record.deadlines };
        deadlines.insert(step.clone(), deadline);
    }
}

/// What `z` takes back: everything that somebody did to the list, and nothing that merely happened.
fn is_undoable(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::Answered { .. }
            | Fact::Cleared { .. }
            | Fact::Read { .. }
            | Fact::Skipped { .. }
            | Fact::Deferred { .. }
            | Fact::Declined { .. }
            | Fact::Overrode { .. }
            | Fact::Raised { .. }
            | Fact::Waited { .. }
            | Fact::Returned { .. }
            | Fact::NotTaken { .. }
            | Fact::Met { .. }
            | Fact::Noted { .. }
            | Fact::Ended { .. }
            | Fact::Left { from: LeftFrom::Cover }
    )
}

fn note_undo(state: &mut State, fact: &Fact) {
    let record = &state.record;
    let step = match fact {
        Fact::Answered { step, .. }
        | Fact::Cleared { step }
        | Fact::Read { step }
        | Fact::Skipped { step, .. }
        | Fact::Deferred { step }
        | Fact::Declined { step } => Some(step),
        _ => None,
    };
    let changed = match fact {
        Fact::Met { step } => Some(step),
        _ => step,
    };
    let overrode = match fact {
        Fact::Overrode { phase, gates, .. } => gates
            .iter()
            .map(|gate| (phase.clone(), *gate))
            .filter(|gate| !record.overridden.contains(gate))
            .collect(),
        _ => Vec::new(),
    };
    let undoable = Undoable {
        event: record.events,
        step: step.cloned(),
        before: changed.map(|step| before(state, step)).into_iter().collect(),
        ended: state.seen.ended,
        ended_by: record.ended_by.clone(),
        place: record.place.clone(),
        phase: record.phase.clone(),
        asides: record.asides.clone(),
        waiting: record.waiting.clone(),
        proposed: record.proposed.clone(),
        confirmed: (!matches!(fact, Fact::Left { .. })).then(|| record.confirmed.clone()),
        overrode,
        stopped: false,
        noted: matches!(fact, Fact::Noted { .. }),
    };
    state.record.undo.push(Arc::new(undoable));
    if state.record.undo.len() > UNDO_MOST {
        state.record.undo.remove(0);
    }
}

fn before(state: &State, step: &StepId) -> Before {
    let record = &state.record;
    let deadline = record.deadlines.get(step).or_else(|| record.deadlines_aside.get(step));
    Before {
        step: step.clone(),
        outcome: state.seen.outcomes.get(step).cloned(),
        deadline: deadline.cloned(),
    }
}

/// The undoable thing that a fact has just made.
fn last_undo<'s>(state: &'s mut State, fact: &Fact) -> Option<&'s mut Undoable> {
    let last = state.record.undo.last_mut().filter(|_| is_undoable(fact));
    last.map(Arc::make_mut)
}

/// Keeps how a step stood before a consequence changes it. What a cover asks anew is never taken back.
fn remember(state: &mut State, fact: &Fact, step: &StepId) {
    if matches!(fact, Fact::Left { .. }) {
        return;
    }
    let before = before(state, step);
    if let Some(undoable) = last_undo(state, fact)
        && undoable.before.iter().all(|known| known.step != before.step)
    {
        // In order, its own first: consequences are found in another order than they are folded in.
        let own = undoable.step.clone();
        let rank = |step: &StepId| (own.as_ref() != Some(step), step.clone());
        let place = undoable.before.partition_point(|known| rank(&known.step) < rank(&before.step));
        undoable.before.insert(place, before);
    }
}

/// What stood before stands again; only the place is found anew.
fn take_back(state: &mut State, back: &Undoable, at: At) {
    for before in &back.before {
        restore(state, &before.step, before.outcome.clone(), before.deadline.clone());
    }
    state.seen.ended = back.ended;
    let record = &mut state.record;
    record.ended_by.clone_from(&back.ended_by);
    record.phase.clone_from(&back.phase);
    record.asides.clone_from(&back.asides);
    record.waiting.clone_from(&back.waiting);
    record.proposed.clone_from(&back.proposed);
    record.wordless.remove(&back.event);
    // A journal of an earlier version took back what lay before a note.
    record.undo.retain(|undoable| undoable.event < back.event || undoable.noted);
    if back.noted {
        record.notes = record.notes.saturating_sub(1);
    }
    for gate in &back.overrode {
        record.overridden.remove(gate);
    }
    if back.stopped && record.clock.stopped {
        record.clock.stopped = false;
        record.clock.since = at.run;
    }
    if let Some(confirmed) = &back.confirmed {
        state.seen.raised = confirmed.keys().cloned().collect();
        let often = confirmed.iter().filter(|(_, times)| **times > 1);
        state.seen.repeated = often.map(|(response, _)| response.clone()).collect();
        state.record.confirmed.clone_from(confirmed);
    }
}

fn want_words(state: &mut State, number: u64, step: Option<&StepId>, reason: Option<&Reason>) {
    if let Some(reason) = reason.filter(|reason| reason.words.is_none()) {
        state.record.wordless.insert(number, (step.cloned(), reason.clone()));
    }
}

fn stop_clock(state: &mut State, at: At) {
    stop_run(state, at);
    state.record.clock.stopped = true;
}

/// Counts what this run has taken so far; the clock itself keeps running or standing.
fn stop_run(state: &mut State, at: At) {
    let clock = &mut state.record.clock;
    clock.counted = clock.elapsed(at.run);
    clock.since = at.run;
}

/// For the replay of a practice: whether the session is kept at all.
impl State {
    /// Whether a session has begun.
    pub fn is_begun(&self) -> bool {
        self.record.begun.is_some()
    }

    /// Whether it is practice.
    pub fn is_practice(&self) -> bool {
        self.record.kind == Some(SessionKind::Practice)
    }

    /// The deadlines that are still to pass, by step: none that was met or is recorded as overdue, and none of a
    /// session that is closed, where nothing can be recorded any more.
    pub fn awaited(&self) -> impl Iterator<Item = (&StepId, &Deadline)> {
        let open = (!self.record.closed).then_some(&self.record.deadlines);
        open.into_iter().flatten().filter(|(_, deadline)| !deadline.met && !deadline.overdue)
    }

    /// The step at which the checklist stands, if it stands at one.
    pub fn current(&self) -> Option<&StepId> {
        match &self.record.place {
            Place::Step(step) => Some(step),
            _ => None,
        }
    }
}
