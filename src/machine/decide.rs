//! One command, one event: what is allowed, and the fact that it makes. What follows is found in `follow`.

use crate::protocol::{Home, Kind, Override, Protocol, Role, Step};
use crate::text::{ResponseId, StepId};

use super::command::{Command, Refusal};
use super::event::{At, Event, Fact, LeftFrom, Reason};
use super::follow::{Aim, Following};
use super::next::after_phase;
use super::next::is_dead_end;
use super::standing::{closed_gates, due_and_open, gates_before, interrupts};
use super::state::{Outcome, Place, State};
use super::value::{Heard, RowKey, Value, fits};

/// The most staff numbers that a session can have.
const STAFF_MOST: usize = 4;

/// The event that a command makes of a state, or why it makes none.
///
/// # Errors
/// The [`Refusal`]; nothing has happened then.
pub fn decide(protocol: &Protocol, state: &State, command: &Command, now: At) -> Result<Event, Refusal> {
    foresee(protocol, state, command, now).map(|(event, _)| event)
}

/// The event, and the state that was in mind: what the fold must make of the event.
pub(super) fn foresee(
    protocol: &Protocol,
    state: &State,
    command: &Command,
    now: At,
) -> Result<(Event, State), Refusal> {
    let (fact, aim) = Deciding { protocol, state, now }.fact(command)?;
    let (follows, trial) = Following::new(protocol, state, &fact, now).find(aim);
    Ok((Event { at: now, fact, follows }, trial))
}

struct Deciding<'a> {
    protocol: &'a Protocol,
    state: &'a State,
    now: At,
}

type Decided = Result<(Fact, Aim), Refusal>;

impl<'a> Deciding<'a> {
    fn fact(&self, command: &Command) -> Decided {
        self.in_session(command)?;
        let fact = match command {
            Command::Begin { staff, case, kind } => {
                let mut numbers = staff.clone();
                let mut seen = std::collections::BTreeSet::new();
                numbers.retain(|number| seen.insert(number.clone()));
                match numbers.len() {
                    0 => return Err(Refusal::Unknown),
                    1..=STAFF_MOST => Fact::Begun {
                        staff: numbers,
                        case: case.clone(),
                        protocol: self.protocol.id.clone(),
                        version: self.protocol.version,
                        kind: *kind,
                    },
                    _ => return Err(Refusal::TooManyStaff),
                }
            }
            Command::Join { staff } if self.state.record.staff.contains(staff) => {
                return Err(Refusal::StaffTwice);
            }
            Command::Join { .. } if self.state.record.staff.len() >= STAFF_MOST => {
                return Err(Refusal::TooManyStaff);
            }
            Command::Join { staff } => Fact::Joined { staff: staff.clone() },
            Command::Resume { dropped } => Fact::Resumed { dropped: *dropped, sha256: None },
            Command::Answer { step, value, reason } => self.answer(step, value, reason.as_ref())?,
            Command::Clear { step } => {
                self.workable(step)?;
                match self.state.seen.outcomes.get(step) {
                    Some(Outcome::Answered(_)) if self.is_closed_phase(step) => {
                        return Err(Refusal::ReasonNeeded);
                    }
                    Some(_) => Fact::Cleared { step: step.clone() },
                    None => return Err(Refusal::NothingToDo),
                }
            }
            Command::Read { step } => match self.workable(step)?.kind {
                Kind::Guidance => Fact::Read { step: step.clone() },
                _ => return Err(Refusal::Misfit(super::value::Misfit::Kind)),
            },
            Command::Skip { step, reason } => {
                self.untouched(step)?;
                Fact::Skipped { step: step.clone(), reason: reason.clone() }
            }
            Command::Defer { step } => {
                self.untouched(step)?;
                Fact::Deferred { step: step.clone() }
            }
            Command::Decline { step } => {
                self.untouched(step)?;
                Fact::Declined { step: step.clone() }
            }
            Command::Go { step } => return self.go(step),
            Command::Enter { phase } => {
                let (index, phase) = self.protocol.phase(phase).ok_or(Refusal::Unknown)?;
                if self.state.record.place == Place::Pause(phase.id.clone()) {
                    // On from its own pause, wherever that leads: to the end too, if nothing is left.
                    return Ok((Fact::Went, Aim::Place(after_phase(self.protocol, self.state, index))));
                }
                self.open_gates(index)?;
                if phase.steps().all(|step| {
                    self.protocol.steps.get(step).is_none_or(|step| self.state.seen.off.contains(&step.id))
                }) {
                    return Err(Refusal::NotApplicable);
                }
                self.no_response_open()?;
                return Ok((Fact::Went, Aim::Phase(index)));
            }
            Command::Override { phase, reason } => return self.overriding(phase, reason),
            Command::Raise { response } => self.raise(response)?,
            Command::Return => match self.state.record.asides.last() {
                Some(aside) => Fact::Returned { response: aside.response.clone() },
                None => return Err(Refusal::NoResponse),
            },
            Command::LeaveProposal => match &self.state.record.proposed {
                Some(response) => Fact::NotTaken { response: response.clone() },
                None => return Err(Refusal::NoResponse),
            },
            Command::Note { text } => Fact::Noted { step: self.state.current().cloned(), text: text.clone() },
            Command::Word { event, words } if self.state.record.wordless.contains_key(event) => {
                Fact::Worded { event: *event, words: words.clone() }
            }
            Command::Word { .. } => return Err(Refusal::NoSuchReason),
            Command::Overdue { step } => match self.state.record.deadlines.get(step) {
                Some(deadline) if !deadline.met && !deadline.overdue && deadline.at <= self.now.wall => {
                    Fact::Overdue { step: step.clone() }
                }
                _ => return Err(Refusal::NotOverdue),
            },
            Command::Meet { step } => match self.state.record.deadlines.get(step) {
                Some(deadline) if !deadline.met => Fact::Met { step: step.clone() },
                _ => return Err(Refusal::NothingToDo),
            },
            Command::Pause if self.state.record.clock.stopped => return Err(Refusal::ClockSo),
            Command::Pause => Fact::Paused,
            Command::Continue if !self.state.record.clock.stopped => return Err(Refusal::ClockSo),
            Command::Continue => Fact::Continued,
            Command::End { ending, .. } if self.state.seen.ended == Some(*ending) => {
                return Err(Refusal::EndSo);
            }
            Command::End { ending, reason } => Fact::Ended { ending: *ending, reason: reason.clone() },
            Command::Undo => return self.undo(),
            Command::Cover { by } => Fact::Covered { by: *by },
            Command::OpenPage { topic } => {
                let known =
                    self.protocol.covers.iter().any(|cover| cover.topics.iter().any(|t| t.id == *topic));
                if !known {
                    return Err(Refusal::Unknown);
                }
                Fact::PageOpened { topic: topic.clone() }
            }
            Command::Uncover { how } => Fact::Uncovered { how: *how },
            Command::Leave { from } => Fact::Left { from: *from },
            Command::Close { reason } => self.close(reason.as_ref())?,
        };
        Ok((fact, Aim::Onwards))
    }

    /// What is possible at all before, in and after a session, and under the cover.
    fn in_session(&self, command: &Command) -> Result<(), Refusal> {
        let record = &self.state.record;
        if record.closed {
            return Err(Refusal::Closed);
        }
        match (command, self.state.is_begun()) {
            (Command::Begin { .. }, true) => return Err(Refusal::AlreadyBegun),
            (Command::Begin { .. }, false) => return Ok(()),
            (_, false) => return Err(Refusal::NotBegun),
            (_, true) => {}
        }
        let covered = record.covered.is_some();
        match command {
            Command::Resume { .. } | Command::Overdue { .. } => Ok(()),
            Command::OpenPage { .. } | Command::Uncover { .. } | Command::Leave { from: LeftFrom::Cover }
                if covered =>
            {
                Ok(())
            }
            Command::OpenPage { .. } | Command::Uncover { .. } | Command::Leave { from: LeftFrom::Cover } => {
                Err(Refusal::CoverSo)
            }
            _ if covered => Err(Refusal::CoverSo),
            _ => Ok(()),
        }
    }

    /// A step that something can become of now.
    fn workable(&self, id: &StepId) -> Result<&'a Step, Refusal> {
        let index = self.protocol.find(id).ok_or(Refusal::Unknown)?;
        let step = self.protocol.step(index).ok_or(Refusal::Unknown)?;
        if self.state.seen.off.contains(id) {
            return Err(Refusal::NotApplicable);
        }
        match step.home {
            Home::Response(response) => {
                let response = self.protocol.responses.get(response).ok_or(Refusal::Unknown)?;
                let open = self.state.record.asides.iter().any(|aside| aside.response == response.id);
                let asked = response.cover && self.state.record.cover_asks;
                if open || asked { Ok(step) } else { Err(Refusal::NotApplicable) }
            }
            Home::Phase { phase, .. } => {
                let here = self.protocol.phases.get(phase).ok_or(Refusal::Unknown)?;
                let gates = gates_before(self.protocol, self.state, index);
                if gates.is_empty() {
                    Ok(step)
                } else if self.state.record.phase.as_ref() == Some(&here.id) {
                    Err(Refusal::PhaseStopped)
                } else {
                    Err(Refusal::GateClosed { phase: here.id.clone(), gates })
                }
            }
        }
    }

    /// Skipping, deferring and declining are for steps without an answer.
    fn untouched(&self, id: &StepId) -> Result<(), Refusal> {
        let step = self.workable(id)?;
        if step.kind == Kind::Guidance {
            return Err(Refusal::NothingToDo);
        }
        let complete = super::standing::standing(self.protocol, self.state, step);
        if complete == super::standing::Standing::Answered { Err(Refusal::NothingToDo) } else { Ok(()) }
    }

    fn answer(&self, id: &StepId, value: &Value, reason: Option<&Reason>) -> Result<Fact, Refusal> {
        let step = self.workable(id)?;
        fits(self.protocol, self.state, step, value).map_err(Refusal::Misfit)?;
        let before = self.state.seen.outcomes.get(id);
        if let Some(Outcome::Answered(earlier)) = before {
            if earlier == value {
                return Err(Refusal::NothingToDo);
            }
            // The check-in runs on through all phases: a later time changes nothing that was found out.
            let runs_on = step.role == Some(Role::CheckIn);
            if self.is_closed_phase(id) && reason.is_none() && changes(earlier, value) && !runs_on {
                return Err(Refusal::ReasonNeeded);
            }
        }
        Ok(Fact::Answered { step: id.clone(), value: value.clone(), reason: reason.cloned() })
    }

    /// A phase is closed once a later one runs.
    fn is_closed_phase(&self, id: &StepId) -> bool {
        let running = self.state.record.phase.as_ref().and_then(|phase| self.protocol.phase(phase));
        let of_step = self.protocol.step_by_id(id).map(|step| step.home);
        matches!((running, of_step), (Some((running, _)), Some(Home::Phase { phase, .. })) if phase < running)
    }

    fn go(&self, id: &StepId) -> Decided {
        let index = self.protocol.find(id).ok_or(Refusal::Unknown)?;
        let step = self.protocol.step(index).ok_or(Refusal::Unknown)?;
        if self.state.seen.off.contains(id) {
            return Err(Refusal::NotApplicable);
        }
        if self.state.record.place == Place::Step(id.clone()) {
            return Err(Refusal::NothingToDo);
        }
        match step.home {
            Home::Phase { phase, .. } => {
                self.no_response_open()?;
                let running = self.state.record.phase.as_ref();
                let here = self.protocol.phases.get(phase).ok_or(Refusal::Unknown)?;
                if running != Some(&here.id) {
                    self.open_gates(phase)?;
                }
                Ok((Fact::Went, Aim::Step(index)))
            }
            Home::Response(response) => {
                let response = self.protocol.responses.get(response).ok_or(Refusal::Unknown)?;
                let open = self.state.record.asides.last().is_some_and(|aside| aside.response == response.id);
                if open {
                    return Ok((Fact::Went, Aim::Step(index)));
                }
                if response.cover && self.state.record.cover_asks {
                    self.no_response_open()?;
                    return Ok((Fact::Raised { response: response.id.clone() }, Aim::Step(index)));
                }
                Err(Refusal::NotApplicable)
            }
        }
    }

    /// While a response is open the checklist waits; what a cover left to be asked holds nobody back.
    fn no_response_open(&self) -> Result<(), Refusal> {
        match self.state.record.asides.last() {
            None => Ok(()),
            Some(_) => Err(Refusal::AlreadyRaised),
        }
    }

    fn open_gates(&self, phase: usize) -> Result<(), Refusal> {
        let gates = closed_gates(self.protocol, self.state, phase);
        match self.protocol.phases.get(phase) {
            Some(phase) if !gates.is_empty() => Err(Refusal::GateClosed { phase: phase.id.clone(), gates }),
            _ => Ok(()),
        }
    }

    fn overriding(&self, id: &crate::text::PhaseId, reason: &Reason) -> Decided {
        let (index, phase) = self.protocol.phase(id).ok_or(Refusal::Unknown)?;
        let gates = closed_gates(self.protocol, self.state, index);
        if gates.is_empty() {
            return Err(Refusal::NothingToDo);
        }
        let can =
            |gate: &usize| phase.gates.get(*gate).is_some_and(|gate| gate.overridden == Override::Reason);
        if !gates.iter().all(can) {
            return Err(Refusal::NoOverride);
        }
        let fact = Fact::Overrode { phase: id.clone(), gates, reason: reason.clone() };
        let runs = self.state.record.phase.as_ref() == Some(id);
        if runs || !self.state.record.asides.is_empty() {
            return Ok((fact, Aim::Onwards));
        }
        Ok((fact, Aim::Phase(index)))
    }

    fn raise(&self, id: &ResponseId) -> Result<Fact, Refusal> {
        let (_, response) = self.protocol.response(id).ok_or(Refusal::Unknown)?;
        if response.cover {
            return Err(Refusal::Unknown);
        }
        let record = &self.state.record;
        let open = record.asides.iter().any(|aside| aside.response == *id);
        if open || record.waiting.contains(id) {
            return Err(Refusal::AlreadyRaised);
        }
        Ok(if interrupts(self.protocol, self.state, response) {
            Fact::Raised { response: id.clone() }
        } else {
            Fact::Waited { response: id.clone() }
        })
    }

    fn undo(&self) -> Decided {
        let undoable = self.state.record.undo.last().ok_or(Refusal::NothingToUndo)?;
        let outcome = undoable
            .before
            .iter()
            .find(|before| Some(&before.step) == undoable.step.as_ref())
            .and_then(|before| before.outcome.clone());
        let fact = Fact::Undone { step: undoable.step.clone(), outcome };
        Ok((fact, Aim::Place(undoable.place.clone())))
    }

    fn close(&self, reason: Option<&Reason>) -> Result<Fact, Refusal> {
        if self.state.record.place != Place::End && !is_dead_end(self.protocol, self.state) {
            return Err(Refusal::NotAtEnd);
        }
        let open = due_and_open(self.protocol, self.state);
        if !open.is_empty() && reason.is_none() {
            return Err(Refusal::RequiredOpen(open));
        }
        let reason = reason.filter(|_| !open.is_empty()).cloned();
        Ok(Fact::Closed { reason, open })
    }
}

/// Whether an answer says something else than an earlier one. To complete a list, or to come back to words, does not.
fn changes(earlier: &Value, value: &Value) -> bool {
    match (earlier, value) {
        (Value::Heard(Heard::Back), _) => false,
        (Value::List { rows: before, added: words }, Value::List { rows, added }) => {
            let stays = |(key, state): (&RowKey, _)| rows.get(key) == Some(state);
            !(added.starts_with(words) && before.iter().all(stays))
        }
        _ => true,
    }
}
