//! What follows from a fact: the only place that evaluates conditions to change a session. Works on a trial state to
//! which the fact has been applied, and applies each consequence there before it looks for the next.

use std::collections::BTreeSet;

use crate::protocol::{Action, Choice, Home, Kind, Protocol, Required, Response, Step, StepIndex};
use crate::text::{PhaseId, ResponseId, StepId};

use super::apply::apply_follows;
use super::event::{At, EndChange, Fact, Follows, LeftFrom, Opened, Shyness, Uncovered};
use super::next::{after_phase, has_to_do, into_phase, next_in_response, next_place};
use super::sight::holds;
use super::standing::{closed_gates, interrupts, standing};
use super::state::{Outcome, Place, State, Undoable};
use super::value::Value;

/// The id that in the covering response means a false alarm (`docs/protocol.md`).
pub(super) const FALSE_ALARM: &str = "nothing";

/// Where a command wants to go, which the fact does not say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Aim {
    /// Wherever the fact leads.
    Onwards,
    /// To a step.
    Step(StepIndex),
    /// Into a phase, by its place.
    Phase(usize),
    /// To a place where the checklist stood.
    Place(Place),
}

/// Finds what follows.
pub(super) struct Following<'a> {
    pub protocol: &'a Protocol,
    /// Before the fact.
    pub before: &'a State,
    /// After it, and after every consequence found so far.
    pub trial: State,
    pub fact: &'a Fact,
    pub at: At,
    found: Follows,
    /// The responses that the answer raises: opened once everything else is known.
    raises: Vec<usize>,
}

/// How often what applies is looked at anew: a condition may look at a later step of its own group. A protocol that
/// never settles stops here.
const PASSES: usize = 4;

impl<'a> Following<'a> {
    pub(super) fn new(protocol: &'a Protocol, before: &'a State, fact: &'a Fact, at: At) -> Self {
        let mut trial = before.clone();
        super::apply::apply_fact(&mut trial, fact, at);
        Self { protocol, before, trial, fact, at, found: Follows::default(), raises: Vec::new() }
    }

    /// Everything that follows, and the state that it leads to.
    pub(super) fn find(mut self, aim: Aim) -> (Follows, State) {
        self.outcomes();
        self.applying();
        self.confirmed();
        self.proposals();
        self.raised_by_answer();
        let opened = self.found.opened.is_some();
        self.places(aim);
        if !opened && self.found.opened.is_some() {
            // One that had waited was opened on the way, which conditions see too.
            self.applying();
            let place = self.settle(self.trial.record.place.clone());
            self.go(place);
        }
        self.gates();
        (self.found, self.trial)
    }

    /// Applies a part to the trial and keeps it.
    fn take(&mut self, part: Follows) {
        apply_follows(&mut self.trial, self.fact, &part, self.at);
        let found = &mut self.found;
        found.ended = part.ended.or(found.ended);
        found.deferred.retain(|step| !part.reopened.contains(step));
        found.reopened.extend(part.reopened);
        found.deferred.extend(part.deferred);
        found.raised.extend(part.raised);
        found.lowered.extend(part.lowered);
        found.returned = found.returned.saturating_add(part.returned);
        // One that waited only until now waits no more, in whatever order an event is applied.
        if let Some(opened) = &part.opened {
            found.waits.retain(|waiting| *waiting != opened.response);
        }
        found.opened = part.opened.or(found.opened.take());
        found.waits.extend(part.waits);
        found.back = part.back.or(found.back.take());
        found.paused |= part.paused;
        found.off.extend(part.off);
        found.on.extend(part.on);
        found.due.extend(part.due);
        found.undue.extend(part.undue);
        found.fell = part.fell.or(found.fell.take());
        found.proposes = part.proposes.or(found.proposes.take());
        found.enters = part.enters.or(found.enters.take());
        found.goes = part.goes.or(found.goes.take());
        found.shy = part.shy.or(found.shy);
        found.with_her_at = part.with_her_at.or(found.with_her_at.take());
    }

    fn outcomes(&mut self) {
        match self.fact {
            Fact::Answered { step, .. } => {
                self.end_taken_back(step);
                self.actions(step);
            }
            Fact::Cleared { step } => self.end_taken_back(step),
            Fact::Undone { .. } => {
                let Some(back) = self.before.record.undo.last() else { return };
                let change = back.ended.map_or(EndChange::Lifted, EndChange::Set);
                let ended = (back.ended != self.before.seen.ended).then_some(change);
                let back = Some(Box::new(Undoable::clone(back)));
                self.take(Follows { ended, back, ..Follows::default() });
            }
            Fact::Ended { ending, .. } => self.end(*ending),
            Fact::Raised { response } => self.open(response, None),
            Fact::Returned { .. } => self.give_back(1),
            Fact::Uncovered { how: Uncovered::Later } | Fact::Resumed { .. } => self.ask_after_cover(),
            Fact::Left { from: LeftFrom::Cover } => {
                self.ask_after_cover();
                let raised =
                    self.protocol.covering().map(|response| response.id.clone()).into_iter().collect();
                self.take(Follows { raised, ..Follows::default() });
                self.end(crate::protocol::Ending::Left);
            }
            _ => {}
        }
    }

    /// The steps of the covering response are fresh where a cover has just been lifted, or nobody came back.
    fn ask_after_cover(&mut self) {
        if self.before.record.covered.is_none() {
            return;
        }
        let Some(response) = self.protocol.covering() else { return };
        let reopened = self.with_outcome(response);
        self.take(Follows { reopened, ..Follows::default() });
    }

    fn with_outcome(&self, response: &Response) -> Vec<StepId> {
        self.steps_of(response)
            .iter()
            .map(|step| step.id.clone())
            .filter(|id| self.trial.seen.outcomes.contains_key(id))
            .collect()
    }

    fn steps_of(&self, response: &Response) -> &'a [Step] {
        self.protocol.steps.get(response.steps.clone()).unwrap_or_default()
    }

    /// An answer that ended the session and is another one now, or gone, ends it no more.
    fn end_taken_back(&mut self, step: &StepId) {
        if self.before.record.ended_by.as_ref() == Some(step) {
            self.take(Follows { ended: Some(EndChange::Lifted), ..Follows::default() });
        }
    }

    fn actions(&mut self, step: &StepId) {
        let Some(step) = self.protocol.step_by_id(step) else { return };
        let options: &[Choice] = match &step.kind {
            Kind::Choice(options) | Kind::Choices(options) => options,
            Kind::List { states, .. } => states,
            _ => return,
        };
        let taken_before = taken(self.before.seen.outcomes.get(&step.id));
        let taken_now = taken(self.trial.seen.outcomes.get(&step.id));
        let mut actions: Vec<&Action> = options
            .iter()
            .filter(|option| {
                taken_now.contains(option.id.as_str()) && !taken_before.contains(option.id.as_str())
            })
            .flat_map(|option| &option.then)
            .collect();
        // In the order in which the fold applies them, whatever the order in the protocol.
        actions.sort_by_key(|action| match action {
            Action::End(_) => 0,
            Action::Reopen(_) => 1,
            Action::SetAside => 2,
            Action::Pause => 3,
            Action::Return => 4,
            Action::Raise(_) => 5,
        });
        for action in actions {
            self.act(action, step);
        }
    }

    fn act(&mut self, action: &Action, of: &Step) {
        match action {
            Action::End(ending) => self.end(*ending),
            Action::Reopen(step) => {
                if let Some(step) = self.protocol.step(*step) {
                    self.take(Follows { reopened: vec![step.id.clone()], ..Follows::default() });
                }
            }
            Action::Raise(response) => self.raises.push(*response),
            Action::Pause => self.take(Follows { paused: true, ..Follows::default() }),
            Action::Return if self.is_innermost(of) => self.give_back(1),
            Action::SetAside if self.is_innermost(of) => {
                let interrupted = self.trial.record.asides.last().map(|aside| aside.from.clone());
                if let Some(Place::Step(step)) = interrupted {
                    let open = self
                        .protocol
                        .step_by_id(&step)
                        .is_some_and(|step| standing(self.protocol, &self.trial, step).stops_here());
                    if open {
                        self.take(Follows { deferred: vec![step], ..Follows::default() });
                    }
                }
                self.give_back(1);
            }
            // A step of a response that is not the innermost (answered from the list) leaves the open one alone.
            Action::Return | Action::SetAside => {}
        }
    }

    /// Whether a step belongs to the innermost open response.
    fn is_innermost(&self, step: &Step) -> bool {
        match step.home {
            Home::Response(index) => self.protocol.responses.get(index).is_some_and(|response| {
                self.trial.record.asides.last().is_some_and(|aside| aside.response == response.id)
            }),
            Home::Phase { .. } => false,
        }
    }

    /// The responses that the answer raises, by the rule of the ranks. Each comes back to where the answer led.
    fn raised_by_answer(&mut self) {
        let Fact::Answered { step, .. } = self.fact else { return };
        for index in std::mem::take(&mut self.raises) {
            let Some(response) = self.protocol.responses.get(index).filter(|response| !response.cover) else {
                continue;
            };
            let record = &self.trial.record;
            let open = record.asides.iter().any(|aside| aside.response == response.id);
            if open || record.waiting.contains(&response.id) {
                continue;
            }
            let here = self.trial.record.place.clone();
            let from = if here == Place::Step(step.clone()) { self.past(step) } else { here };
            if self.found.opened.is_none() && interrupts(self.protocol, &self.trial, response) {
                self.open(&response.id, Some(from));
                self.applying();
            } else {
                self.take(Follows { waits: vec![response.id.clone()], ..Follows::default() });
            }
        }
    }

    /// An end leaves every response: what is still due afterwards is in the phases.
    fn end(&mut self, ending: crate::protocol::Ending) {
        let open = self.trial.record.asides.len();
        self.give_back(open);
        self.take(Follows { ended: Some(EndChange::Set(ending)), ..Follows::default() });
    }

    /// Opens a response. One of which nothing applies has happened all the same, and opens nothing.
    fn open(&mut self, id: &ResponseId, from: Option<Place>) {
        let Some((_, response)) = self.protocol.response(id) else { return };
        let fresh = if response.cover { Vec::new() } else { self.with_outcome(response) };
        let raised = if response.cover { Vec::new() } else { vec![id.clone()] };
        let Some(first) = self.first_of(response, &fresh) else {
            self.take(Follows { raised, ..Follows::default() });
            return;
        };
        let from = from.unwrap_or_else(|| self.trial.record.place.clone());
        let from = Some(from).filter(|from| *from != self.before.record.place);
        let opened = Some(Opened { response: id.clone(), fresh, from });
        self.take(Follows { opened, raised, goes: Some(Place::Step(first)), ..Follows::default() });
    }

    /// Where a response would begin: its first open step, else its first that applies; none where nothing applies.
    fn first_of(&self, response: &Response, fresh: &[StepId]) -> Option<StepId> {
        let steps = self.steps_of(response);
        let mut seen = self.trial.seen.clone();
        for id in fresh {
            seen.outcomes.remove(id);
        }
        if !response.cover && !seen.raised.insert(response.id.clone()) {
            seen.repeated.insert(response.id.clone());
        }
        for _ in 0..PASSES {
            let off = seen.off.clone();
            for step in steps {
                if step.when.as_ref().is_none_or(|when| holds(self.protocol, &seen, when)) {
                    seen.off.remove(&step.id);
                } else {
                    seen.off.insert(step.id.clone());
                }
            }
            if seen.off == off {
                break;
            }
        }
        let applies = || steps.iter().filter(|step| !seen.off.contains(&step.id));
        applies()
            .find(|step| !seen.outcomes.contains_key(&step.id))
            .or_else(|| applies().next())
            .map(|step| step.id.clone())
    }

    /// Returns from so many responses; then the first of those that wait is opened, if it may be.
    fn give_back(&mut self, how_many: usize) {
        // What this very event has opened is not left by it: the fold returns before it opens.
        if self.found.opened.is_some() {
            return;
        }
        let open = self.trial.record.asides.len();
        let how_many = how_many.min(open);
        if how_many == 0 {
            return;
        }
        let from = self.trial.record.asides.get(open - how_many).map(|aside| aside.from.clone());
        let returned = u8::try_from(how_many).unwrap_or(u8::MAX);
        self.take(Follows { returned, goes: from, ..Follows::default() });
        let waiting = self
            .trial
            .record
            .waiting
            .iter()
            .filter_map(|id| self.protocol.response(id))
            .filter(|(_, response)| interrupts(self.protocol, &self.trial, response))
            .filter(|(_, response)| self.first_of(response, &self.with_outcome(response)).is_some())
            .min_by_key(|(_, response)| response.rank);
        if let Some((_, response)) = waiting {
            self.open(&response.id, None);
        }
    }

    /// A cover was a danger once any of its questions has an answer other than a false alarm.
    fn confirmed(&mut self) {
        // The questions that a new cover makes fresh take nothing back of the one before; what `z` takes back brings
        // its own.
        let answers = matches!(self.fact, Fact::Answered { .. } | Fact::Cleared { .. });
        let Some(covering) = self.protocol.covering().filter(|_| answers) else { return };
        let (before, now) = (self.confirms(self.before, covering), self.confirms(&self.trial, covering));
        let id = vec![covering.id.clone()];
        match (before, now) {
            (false, true) => self.take(Follows { raised: id, ..Follows::default() }),
            (true, false) => self.take(Follows { lowered: id, ..Follows::default() }),
            _ => return,
        }
        self.applying();
    }

    fn confirms(&self, state: &State, covering: &Response) -> bool {
        let applies = |step: &&Step| !state.seen.off.contains(&step.id);
        self.steps_of(covering).iter().filter(applies).any(|step| match state.seen.outcomes.get(&step.id) {
            Some(Outcome::Answered(Value::Option(option))) => option.as_str() != FALSE_ALARM,
            Some(Outcome::Answered(_)) => true,
            _ => false,
        })
    }

    /// What applies and what is due, found anew from the answers, in as many passes as it takes to settle.
    fn applying(&mut self) {
        for _ in 0..PASSES {
            let (mut off, mut on) = (Vec::new(), Vec::new());
            for step in &self.protocol.steps {
                match (self.applies(step), self.trial.seen.off.contains(&step.id)) {
                    (false, false) => off.push(step.id.clone()),
                    (true, true) => on.push(step.id.clone()),
                    _ => {}
                }
            }
            if off.is_empty() && on.is_empty() {
                break;
            }
            self.take(Follows { off, on, ..Follows::default() });
        }
        let (mut due, mut undue) = (Vec::new(), Vec::new());
        for step in &self.protocol.steps {
            match (self.is_due(step), self.trial.seen.due.contains(&step.id)) {
                (true, false) => due.push(step.id.clone()),
                (false, true) => undue.push(step.id.clone()),
                _ => {}
            }
        }
        if !due.is_empty() || !undue.is_empty() {
            self.take(Follows { due, undue, ..Follows::default() });
        }
        self.settle_passes();
    }

    /// Several passes may have changed a step and changed it back: the event says each once.
    fn settle_passes(&mut self) {
        let (before, now) = (&self.before.seen, &self.trial.seen);
        self.found.off = now.off.difference(&before.off).cloned().collect();
        self.found.on = before.off.difference(&now.off).cloned().collect();
        self.found.due = now.due.difference(&before.due).cloned().collect();
        self.found.undue = before.due.difference(&now.due).cloned().collect();
    }

    fn applies(&self, step: &Step) -> bool {
        let seen = &self.trial.seen;
        if let Some(when) = &step.when
            && !holds(self.protocol, seen, when)
        {
            return false;
        }
        if let Home::Phase { phase, group } = step.home {
            let group = self.protocol.phases.get(phase).and_then(|phase| phase.groups.get(group));
            if let Some(when) = group.and_then(|group| group.when.as_ref())
                && !holds(self.protocol, seen, when)
            {
                return false;
            }
            if let Some(ending) = seen.ended {
                return step.also_after.contains(&ending) || self.is_dealt_with(step);
            }
        }
        true
    }

    /// An end takes away what is open and not due any more; what was answered stays as it is, and stays in sight.
    fn is_dealt_with(&self, step: &Step) -> bool {
        !self.trial.seen.off.contains(&step.id) && !standing(self.protocol, &self.trial, step).is_open()
    }

    fn is_due(&self, step: &Step) -> bool {
        if self.trial.seen.off.contains(&step.id) || step.kind == Kind::Guidance {
            return false;
        }
        if let Home::Response(response) = step.home {
            let covers = self.protocol.responses.get(response).is_some_and(|response| response.cover);
            return covers && self.trial.record.cover_asks;
        }
        match &step.required {
            Required::Never => false,
            Required::Always => true,
            Required::When(condition) => holds(self.protocol, &self.trial.seen, condition),
        }
    }

    fn proposals(&mut self) {
        let Fact::Answered { step, .. } = self.fact else { return };
        let Some(suggests) = self.protocol.step_by_id(step).and_then(|step| step.suggests.as_ref()) else {
            return;
        };
        if !holds(self.protocol, &self.trial.seen, &suggests.when) {
            return;
        }
        let proposes = suggests
            .response
            .and_then(|response| self.protocol.responses.get(response))
            .map(|response| response.id.clone())
            .filter(|id| {
                let record = &self.trial.record;
                !record.waiting.contains(id) && !record.asides.iter().any(|aside| aside.response == *id)
            });
        let reopened: Vec<StepId> = suggests
            .reopens
            .and_then(|step| self.protocol.step(step))
            .map(|step| step.id.clone())
            .filter(|id| self.trial.seen.outcomes.contains_key(id))
            .into_iter()
            .collect();
        let reopens = !reopened.is_empty();
        self.take(Follows { reopened, proposes, ..Follows::default() });
        if reopens {
            self.applying();
        }
    }

    fn places(&mut self, aim: Aim) {
        let place = match aim {
            Aim::Step(index) => match self.protocol.step(index) {
                Some(step) => Place::Step(step.id.clone()),
                None => return,
            },
            Aim::Phase(index) => match self.protocol.phases.get(index) {
                Some(phase) => into_phase(self.protocol, &self.trial, index, phase),
                None => return,
            },
            Aim::Place(place) => self.settle(place),
            Aim::Onwards => self.onwards(),
        };
        self.go(place);
    }

    fn go(&mut self, place: Place) {
        let step = match &place {
            Place::Step(id) => {
                self.protocol.find(id).and_then(|index| self.protocol.step(index).map(|s| (index, s)))
            }
            _ => None,
        };
        let enters = step.and_then(|(index, _)| self.protocol.phase_of(index)).map(|phase| phase.id.clone());
        let enters: Option<PhaseId> = enters.filter(|phase| self.trial.record.phase.as_ref() != Some(phase));
        let (shy, with_her_at) = step.map_or((None, None), |(index, step)| self.shyness(index, step));
        let goes = Some(place).filter(|place| *place != self.before.record.place);
        if goes.is_none() {
            // A consequence on the way may have moved the trial; the event must say where it ends.
            self.found.goes = None;
            self.trial.record.place = self.before.record.place.clone();
        }
        self.take(Follows { enters, goes, shy, with_her_at, ..Follows::default() });
    }

    /// The screen stays shy, on going back too, until a later step without her is entered going forward.
    fn shyness(&self, index: StepIndex, step: &Step) -> (Option<Shyness>, Option<StepId>) {
        if matches!(step.home, Home::Response(_)) {
            return (None, None);
        }
        let furthest = self.trial.record.with_her_at.as_ref().and_then(|id| self.protocol.find(id));
        let further = furthest.is_none_or(|furthest| index > furthest);
        let shy = self.trial.record.shy;
        if step.with_her {
            let turns = (shy != Shyness::Shy).then_some(Shyness::Shy);
            return (turns, further.then(|| step.id.clone()));
        }
        ((shy == Shyness::Shy && further).then_some(Shyness::Open), None)
    }

    /// Where the fact leads.
    fn onwards(&mut self) -> Place {
        let here = self.trial.record.place.clone();
        match self.fact {
            Fact::Begun { .. } => self.first_to_do(),
            Fact::Answered { step, .. }
            | Fact::Read { step }
            | Fact::Skipped { step, .. }
            | Fact::Deferred { step }
            | Fact::Declined { step }
                if here == Place::Step(step.clone()) =>
            {
                self.past(step)
            }
            _ => self.settle(here),
        }
    }

    /// Where to go from a step that something became of.
    fn past(&mut self, id: &StepId) -> Place {
        match self.protocol.step_by_id(id) {
            Some(step) if standing(self.protocol, &self.trial, step).stops_here() => Place::Step(id.clone()),
            _ => self.beyond(id),
        }
    }

    /// The next step after one that is dealt with, or that the checklist cannot stand at.
    fn beyond(&mut self, id: &StepId) -> Place {
        let Some(index) = self.protocol.find(id) else { return self.first_to_do() };
        let response = match self.protocol.step(index).map(|step| step.home) {
            Some(Home::Response(response)) => self.protocol.responses.get(response),
            _ => return next_place(self.protocol, &self.trial, index),
        };
        let Some(response) = response else { return self.first_to_do() };
        match next_in_response(self.protocol, &self.trial, response.steps.clone(), Some(index.0)) {
            Some(next) => Place::Step(next),
            None if self.found.opened.is_none() => {
                self.give_back(1);
                self.settle(self.trial.record.place.clone())
            }
            None => self.first_to_do(),
        }
    }

    /// A place where the checklist may stand: a step that no longer applies or was set aside, or that lies in a
    /// response which is not open, leads on.
    fn settle(&mut self, place: Place) -> Place {
        let state = &self.trial;
        // What is taken back stood there rightly.
        let back = matches!(self.fact, Fact::Undone { .. });
        let ends = !back && state.seen.ended != self.before.seen.ended;
        match &place {
            Place::Step(id) => {
                let Some(step) = self.protocol.step_by_id(id) else { return self.first_to_do() };
                if matches!(step.home, Home::Response(_)) && !self.is_innermost(step) {
                    let here = state.record.place.clone();
                    return if here == place { self.first_to_do() } else { self.settle(here) };
                }
                if state.seen.off.contains(id) || self.found.deferred.contains(id) {
                    return self.beyond(id);
                }
                place
            }
            Place::Pause(id) => match self.protocol.phase(id) {
                Some((index, _)) if ends => after_phase(self.protocol, state, index),
                Some(_) => place,
                None => Place::End,
            },
            Place::Gate(id) => match self.protocol.phase(id) {
                Some((index, phase)) if !has_to_do(self.protocol, state, phase) => {
                    after_phase(self.protocol, state, index)
                }
                Some((index, phase)) if closed_gates(self.protocol, state, index).is_empty() => {
                    into_phase(self.protocol, state, index, phase)
                }
                Some(_) => place,
                None => Place::End,
            },
            Place::End => {
                // An end that is taken back, or a step that applies again, may leave something to do.
                let changed = ends || state.seen.off != self.before.seen.off;
                if changed && !back { self.first_to_do() } else { place }
            }
            Place::Nowhere => place,
        }
    }

    /// The first thing to do from the running phase on.
    fn first_to_do(&self) -> Place {
        let running = self.trial.record.phase.as_ref().and_then(|phase| self.protocol.phase(phase));
        match running {
            Some((index, _)) if index > 0 => after_phase(self.protocol, &self.trial, index - 1),
            _ => match self.protocol.phases.first() {
                Some(phase) if has_to_do(self.protocol, &self.trial, phase) => {
                    into_phase(self.protocol, &self.trial, 0, phase)
                }
                _ => after_phase(self.protocol, &self.trial, 0),
            },
        }
    }

    fn gates(&mut self) {
        let running = self.trial.record.phase.as_ref().and_then(|phase| self.protocol.phase(phase));
        let fallen = match running {
            Some((index, _)) if self.trial.seen.ended.is_none() => {
                closed_gates(self.protocol, &self.trial, index)
            }
            _ => Vec::new(),
        };
        if fallen != self.trial.record.fallen {
            self.take(Follows { fell: Some(fallen), ..Follows::default() });
        }
    }
}

/// The options that an outcome takes.
fn taken(outcome: Option<&Outcome>) -> BTreeSet<&str> {
    match outcome {
        Some(Outcome::Answered(Value::Option(option))) => BTreeSet::from([option.as_str()]),
        Some(Outcome::Answered(Value::Options(options))) => {
            options.iter().map(crate::text::OptionId::as_str).collect()
        }
        Some(Outcome::Answered(Value::List { rows, .. })) => {
            rows.values().map(crate::text::OptionId::as_str).collect()
        }
        _ => BTreeSet::new(),
    }
}
