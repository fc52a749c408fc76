//! When what was, by the time that the program ran in a session: what a picture of it is drawn from.

use crate::machine::{Event, Fact, State, Value, apply};
use crate::text::{PhaseId, ResponseId, StepId};

use super::span::Ran;

/// The course of a session. Times are milliseconds that the program ran in it; the time between two runs takes none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Course {
    /// How long it is.
    pub length: u64,
    /// The phases, each as often as it was gone back to.
    pub phases: Vec<Stretch<PhaseId>>,
    /// The responses.
    pub responses: Vec<Stretch<ResponseId>>,
    /// The covers.
    pub covers: Vec<Stretch<()>>,
    /// The pauses: the clock of the length stood.
    pub pauses: Vec<Stretch<()>>,
    /// When it was taken up again.
    pub taken_up: Vec<u64>,
    /// The numbers that were answered, in order.
    pub points: Vec<Point>,
}

/// Something that lasted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch<T> {
    /// What.
    pub what: T,
    /// When it began.
    pub from: u64,
    /// When it ended, or the last event.
    pub to: u64,
}

/// A number that was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// The step.
    pub step: StepId,
    /// When.
    pub at: u64,
    /// The number.
    pub number: i64,
}

impl Course {
    /// The course of a session. Needs no protocol, and is total, even over a hostile journal.
    pub fn of(events: &[Event]) -> Self {
        let mut course = Self::default();
        let (mut state, mut ran) = (State::default(), Ran::default());
        let mut open: Vec<ResponseId> = Vec::new();
        for event in events {
            let at = ran.at(event);
            if matches!(event.fact, Fact::Resumed { .. }) {
                course.taken_up.push(at);
            }
            if let Fact::Answered { step, value: Value::Number(number), .. } = &event.fact {
                course.points.push(Point { step: step.clone(), at, number: *number });
            }
            course.lasts_until(at, &state, &open);
            apply(&mut state, event);
            open = state.record.asides.iter().map(|aside| aside.response.clone()).collect();
            course.length = at;
            course.begins_at(at, &state, &open);
        }
        course.phases.retain(|stretch| stretch.to > stretch.from);
        // The clock stands at the end too.
        course.pauses.retain(|stretch| stretch.to > stretch.from);
        course
    }

    /// What was going on before an event went on until it.
    fn lasts_until(&mut self, at: u64, state: &State, open: &[ResponseId]) {
        if let Some(phase) = &state.record.phase {
            prolong(&mut self.phases, phase, at);
        }
        for response in open {
            prolong(&mut self.responses, response, at);
        }
        if state.record.covered.is_some() {
            prolong(&mut self.covers, &(), at);
        }
        if state.record.clock.stopped {
            prolong(&mut self.pauses, &(), at);
        }
    }

    /// What goes on after an event, and did not end at it, begins there.
    fn begins_at(&mut self, at: u64, state: &State, open: &[ResponseId]) {
        if let Some(phase) = &state.record.phase {
            begin(&mut self.phases, phase, at);
        }
        for response in open {
            begin(&mut self.responses, response, at);
        }
        if state.record.covered.is_some() {
            begin(&mut self.covers, &(), at);
        }
        if state.record.clock.stopped {
            begin(&mut self.pauses, &(), at);
        }
    }
}

fn prolong<T: PartialEq>(stretches: &mut [Stretch<T>], what: &T, at: u64) {
    if let Some(last) = stretches.iter_mut().rev().find(|stretch| stretch.what == *what) {
        last.to = at;
    }
}

/// A new stretch, unless the last one of the same ends here: then that one goes on.
fn begin<T: PartialEq + Clone>(stretches: &mut Vec<Stretch<T>>, what: &T, at: u64) {
    let last = stretches.iter().rev().find(|stretch| stretch.what == *what);
    if last.is_none_or(|last| last.to < at) {
        stretches.push(Stretch { what: what.clone(), from: at, to: at });
    }
}
