//! A condition as a typed tree. What it is evaluated over is the machine's.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::text::{OptionId, RowId};

use super::model::StepIndex;

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Compare {
    /// `==`
    Equal,
    /// `!=`: false where the step has no answer, as every comparison is.
    Unequal,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
}

/// What a step's answer is compared with; always a value that the step can take.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Operand {
    /// An option of a choice, or `understood`, `back`, `declined` of an `inform`.
    Option(OptionId),
    /// A point of a scale, or a number.
    Number(i64),
}

/// A condition over the state of a session. Steps are named by their place in [`super::Protocol::steps`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Condition {
    /// `step == value` and its like.
    Compare(StepIndex, Compare, Operand),
    /// `step in [a, b]`.
    In(StepIndex, Vec<Operand>),
    /// `done(step)`: a check that is ticked.
    Done(StepIndex),
    /// `answered(step)`.
    Answered(StepIndex),
    /// `skipped(step)`.
    Skipped(StepIndex),
    /// `declined(step)`: she would rather not.
    Declined(StepIndex),
    /// `has(step, option)`: a `choices` step with this option among its answers.
    Has(StepIndex, OptionId),
    /// `row(step, row) == state` (or `!=`, the `bool`-free way: [`Compare::Equal`] or [`Compare::Unequal`]).
    Row(StepIndex, RowId, Compare, OptionId),
    /// `raised(response)`: by its place in [`super::Protocol::responses`].
    Raised(usize),
    /// `repeated(response)`: by its place in [`super::Protocol::responses`].
    Repeated(usize),
    /// `rose(step)`: its answer is above that of the step it asks again.
    Rose(StepIndex),
    /// `staff(n)`: at least so many different staff numbers.
    Staff(u8),
    /// `holds(condition)`: by its place in [`super::Protocol::conditions`].
    Holds(usize),
    /// All of them.
    And(Vec<Condition>),
    /// One of them at least.
    Or(Vec<Condition>),
    /// The opposite.
    Not(Box<Condition>),
}

impl Condition {
    /// Every step that the condition looks at, itself and not through `holds`.
    pub fn steps(&self) -> BTreeSet<StepIndex> {
        let mut found = BTreeSet::new();
        self.collect(&mut found);
        found
    }

    fn collect(&self, found: &mut BTreeSet<StepIndex>) {
        match self {
            Self::Compare(step, ..)
            | Self::In(step, _)
            | Self::Done(step)
            | Self::Answered(step)
            | Self::Skipped(step)
            | Self::Declined(step)
            | Self::Has(step, _)
            | Self::Row(step, ..)
            | Self::Rose(step) => {
                found.insert(*step);
            }
            Self::Raised(_) | Self::Repeated(_) | Self::Staff(_) | Self::Holds(_) => {}
            Self::And(all) | Self::Or(all) => all.iter().for_each(|one| one.collect(found)),
            Self::Not(one) => one.collect(found),
        }
    }
}
