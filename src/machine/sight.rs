//! What conditions see: a condition evaluated over the state, and over nothing else.

use crate::protocol::{Compare, Condition, Operand, Protocol, StepIndex};
use crate::text::StepId;

use super::state::{Outcome, Seen};
use super::value::{Heard, RowKey, Value};

/// Whether a condition holds. Every comparison with a step that has no answer in force is false, `!=` too.
pub fn holds(protocol: &Protocol, seen: &Seen, condition: &Condition) -> bool {
    Sight { protocol, seen }.holds(condition, protocol.conditions.len())
}

struct Sight<'a> {
    protocol: &'a Protocol,
    seen: &'a Seen,
}

impl Sight<'_> {
    /// `named`: only named conditions before this place may be looked at, so that no protocol can make it endless.
    fn holds(&self, condition: &Condition, named: usize) -> bool {
        match condition {
            Condition::Compare(step, how, with) => {
                self.answer(*step).is_some_and(|value| compare(value, *how, with))
            }
            Condition::In(step, all) => self
                .answer(*step)
                .is_some_and(|value| all.iter().any(|one| compare(value, Compare::Equal, one))),
            Condition::Done(step) => self.answer(*step) == Some(&Value::Done),
            Condition::Answered(step) => self.answer(*step).is_some(),
            Condition::Skipped(step) => self.outcome(*step) == Some(&Outcome::Skipped),
            Condition::Declined(step) => matches!(
                self.outcome(*step),
                Some(Outcome::Declined | Outcome::Answered(Value::Heard(Heard::Declined)))
            ),
            Condition::Has(step, option) => {
                matches!(self.answer(*step), Some(Value::Options(all)) if all.contains(option))
            }
            Condition::Row(step, row, how, state) => match self.answer(*step) {
                Some(Value::List { rows, .. }) => rows
                    .get(&RowKey::Row(row.clone()))
                    .is_some_and(|found| (found == state) == (*how == Compare::Equal)),
                _ => false,
            },
            Condition::Raised(place) => self
                .protocol
                .responses
                .get(*place)
                .is_some_and(|response| self.seen.raised.contains(&response.id)),
            Condition::Repeated(place) => self
                .protocol
                .responses
                .get(*place)
                .is_some_and(|response| self.seen.repeated.contains(&response.id)),
            Condition::Rose(step) => self.rose(*step),
            Condition::Staff(least) => self.seen.staff >= *least,
            Condition::Holds(place) if *place < named => self
                .protocol
                .conditions
                .get(*place)
                .is_some_and(|condition| self.holds(&condition.is, *place)),
            Condition::Holds(_) => false,
            Condition::And(all) => all.iter().all(|one| self.holds(one, named)),
            Condition::Or(all) => all.iter().any(|one| self.holds(one, named)),
            Condition::Not(one) => !self.holds(one, named),
        }
    }

    fn outcome(&self, step: StepIndex) -> Option<&Outcome> {
        let id: &StepId = &self.protocol.step(step)?.id;
        if self.seen.off.contains(id) {
            return None;
        }
        self.seen.outcomes.get(id)
    }

    fn answer(&self, step: StepIndex) -> Option<&Value> {
        match self.outcome(step)? {
            Outcome::Answered(value) => Some(value),
            _ => None,
        }
    }

    fn rose(&self, step: StepIndex) -> bool {
        let earlier = self.protocol.step(step).and_then(|step| step.again).and_then(|step| self.answer(step));
        matches!((earlier, self.answer(step)), (Some(Value::Number(before)), Some(Value::Number(now))) if now > before)
    }
}

fn compare(value: &Value, how: Compare, with: &Operand) -> bool {
    match (value, with) {
        (Value::Number(number), Operand::Number(with)) => match how {
            Compare::Equal => number == with,
            Compare::Unequal => number != with,
            Compare::Less => number < with,
            Compare::AtMost => number <= with,
            Compare::Greater => number > with,
            Compare::AtLeast => number >= with,
        },
        (Value::Option(id), Operand::Option(with)) => same(id.as_str(), how, with.as_str()),
        (Value::Heard(heard), Operand::Option(with)) => same(heard.word(), how, with.as_str()),
        _ => false,
    }
}

fn same(value: &str, how: Compare, with: &str) -> bool {
    match how {
        Compare::Equal => value == with,
        Compare::Unequal => value != with,
        _ => false,
    }
}
