//! Conditions that can never hold, gates that can never open, phases that nobody can reach.
//!
//! Only what is certain is said. A condition becomes a formula over a few variables (the outcome of each step that it
//! names, whether a response was raised, …), each with a handful of values; a search with an early stop looks for one
//! assignment under which it holds. A step that does not apply has no answer, so the `when` of each step comes in too,
//! as far as the formula stays small. Where the search grows beyond [`MOST_TRIES`], the condition counts as possible.

use std::collections::HashMap;

use crate::text::{OptionId, RowId};

use super::condition::{Compare, Condition, Operand};
use super::draft::{DraftAnswer, DraftOption};
use super::keys::KindName;
use super::model::StepIndex;
use super::resolve::{INFORM_VALUES, MOST_STAFF, Resolver};

/// The most assignments that are tried for one condition.
const MOST_TRIES: usize = 4000;
/// The most variables of a formula; the `when` of a step that would bring in more is left out.
const MOST_VARIABLES: usize = 24;
/// The most values of a variable.
const MOST_VALUES: usize = 120;

/// Knows what makes each step apply.
pub struct Reach<'r, 'd, 't> {
    resolver: &'r Resolver<'d, 't>,
    /// For each step, the `when` of the step and of its group.
    whens: Vec<[Option<&'r Condition>; 2]>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Variable {
    Step(usize),
    Has(usize, OptionId),
    Row(usize, RowId),
    Rose(usize),
    Raised(usize),
    Repeated(usize),
    Staff,
}

/// A value of a step's variable, as the functions of conditions see it.
#[derive(Debug, Clone, Default)]
struct Outcome {
    value: Option<Operand>,
    answered: bool,
    skipped: bool,
    declined: bool,
    done: bool,
}

#[derive(Debug)]
enum Formula {
    /// True for the values of a variable whose bits are set.
    Atom(usize, u128),
    All(Vec<Formula>),
    Any(Vec<Formula>),
    Not(Box<Formula>),
    /// Nobody knows.
    Open,
}

#[derive(Debug, Default)]
struct Space {
    numbers: HashMap<Variable, usize>,
    variables: Vec<Variable>,
    /// The numbers that a step is compared with: only around them does its value matter.
    compared: HashMap<usize, Vec<i64>>,
}

impl Space {
    fn add(&mut self, variable: Variable) {
        let next = self.variables.len();
        if let std::collections::hash_map::Entry::Vacant(entry) = self.numbers.entry(variable) {
            self.variables.push(entry.key().clone());
            entry.insert(next);
        }
    }
}

impl<'r, 'd, 't> Reach<'r, 'd, 't> {
    /// Takes in what makes each step apply: its own `when`, and its group's.
    pub fn new(resolver: &'r Resolver<'d, 't>, whens: Vec<[Option<&'r Condition>; 2]>) -> Self {
        Self { resolver, whens }
    }

    /// Whether all of some conditions may hold at once, while a step has no answer yet.
    pub fn may_hold(&self, conditions: &[&Condition], unanswered: Option<usize>) -> bool {
        let mut space = Space::default();
        for condition in conditions {
            self.collect(condition, &mut space);
        }
        let mut needed: Vec<usize> = Vec::new();
        let mut next = 0;
        while let Some(variable) = space.variables.get(next) {
            next += 1;
            let Variable::Step(step) = *variable else { continue };
            let before = space.variables.len();
            let whens = self.whens.get(step).into_iter().flatten().flatten();
            for when in whens {
                self.collect(when, &mut space);
            }
            if space.variables.len() > MOST_VARIABLES {
                for late in space.variables.drain(before..) {
                    space.numbers.remove(&late);
                }
            } else if self.whens.get(step).is_some_and(|whens| whens.iter().any(Option::is_some)) {
                needed.push(step);
            }
        }
        let domains: Vec<Domain> =
            space.variables.iter().map(|variable| self.domain(variable, &space)).collect();
        if domains.iter().any(|domain| domain.size > MOST_VALUES) {
            return true;
        }
        let compiler = Compiler { reach: self, space: &space, domains: &domains };
        let mut all: Vec<Formula> = conditions.iter().map(|condition| compiler.formula(condition)).collect();
        for step in needed {
            let Some(at) = space.numbers.get(&Variable::Step(step)) else { continue };
            for when in self.whens.get(step).into_iter().flatten().flatten() {
                all.push(Formula::Any(vec![Formula::Atom(*at, 1), compiler.formula(when)]));
            }
        }
        if let Some(at) = unanswered.and_then(|step| space.numbers.get(&Variable::Step(step))) {
            all.push(Formula::Atom(*at, 1));
        }
        let formula = Formula::All(all);
        let mut tries = 0;
        let mut assigned = vec![None; domains.len()];
        search(&formula, &domains, &mut assigned, 0, &mut tries)
    }

    fn collect(&self, condition: &Condition, space: &mut Space) {
        match condition {
            Condition::Compare(step, _, operand) => {
                space.add(Variable::Step(step.0));
                if let Operand::Number(number) = operand {
                    space.compared.entry(step.0).or_default().push(*number);
                }
            }
            Condition::In(step, operands) => {
                space.add(Variable::Step(step.0));
                let numbers = operands.iter().filter_map(|operand| match operand {
                    Operand::Number(number) => Some(*number),
                    Operand::Option(_) => None,
                });
                space.compared.entry(step.0).or_default().extend(numbers);
            }
            Condition::Done(step)
            | Condition::Answered(step)
            | Condition::Skipped(step)
            | Condition::Declined(step) => {
                space.add(Variable::Step(step.0));
            }
            Condition::Has(step, option) => {
                space.add(Variable::Step(step.0));
                space.add(Variable::Has(step.0, option.clone()));
            }
            Condition::Row(step, row, ..) => space.add(Variable::Row(step.0, row.clone())),
            Condition::Raised(response) => space.add(Variable::Raised(*response)),
            Condition::Repeated(response) => {
                space.add(Variable::Raised(*response));
                space.add(Variable::Repeated(*response));
            }
            Condition::Rose(step) => {
                space.add(Variable::Step(step.0));
                space.add(Variable::Rose(step.0));
            }
            Condition::Staff(_) => space.add(Variable::Staff),
            Condition::Holds(named) => {
                if let Some(Some(condition)) = self.resolver.named().get(*named) {
                    self.collect(condition, space);
                }
            }
            Condition::And(some) | Condition::Or(some) => {
                for one in some {
                    self.collect(one, space);
                }
            }
            Condition::Not(one) => self.collect(one, space),
        }
    }

    fn domain(&self, variable: &Variable, space: &Space) -> Domain {
        match variable {
            Variable::Step(step) => {
                let outcomes = self.outcomes(*step, space.compared.get(step).map_or(&[], Vec::as_slice));
                Domain { size: outcomes.len(), outcomes }
            }
            Variable::Row(step, _) => Domain::of(self.states(*step).len() + 1),
            Variable::Has(..) | Variable::Rose(_) | Variable::Raised(_) | Variable::Repeated(_) => {
                Domain::of(2)
            }
            Variable::Staff => Domain::of(usize::from(MOST_STAFF) + 1),
        }
    }

    fn states(&self, step: usize) -> &'d [DraftOption<'t>] {
        match self.resolver.answer(step) {
            Some(DraftAnswer::List { states, .. }) => states,
            _ => &[],
        }
    }

    /// Every outcome of a step that a condition can tell from another; the first is none at all.
    fn outcomes(&self, step: usize, compared: &[i64]) -> Vec<Outcome> {
        let answer = |value: Operand| Outcome { value: Some(value), answered: true, ..Outcome::default() };
        let mut all = vec![
            Outcome::default(),
            Outcome { skipped: true, ..Outcome::default() },
            Outcome { declined: true, ..Outcome::default() },
        ];
        match (self.resolver.kind(step), self.resolver.answer(step)) {
            (Some(KindName::Choice), Some(DraftAnswer::Options(options))) => {
                let ids = options.iter().filter_map(|option| option.id.as_ref());
                all.extend(ids.take(MOST_VALUES).map(|id| answer(Operand::Option(id.value.clone()))));
            }
            (Some(KindName::Inform), _) => {
                let values = INFORM_VALUES.iter().filter_map(|value| OptionId::new(value).ok());
                for value in values.map(Operand::Option) {
                    // Whether *come back to it* and *rather not* count as answered and declined is the machine's to
                    // say: both are possible here.
                    for (answered, declined) in [(true, false), (true, true), (false, false), (false, true)] {
                        all.push(Outcome {
                            value: Some(value.clone()),
                            answered,
                            declined,
                            ..Outcome::default()
                        });
                    }
                }
            }
            (_, Some(DraftAnswer::Scale { from, to, .. } | DraftAnswer::Number { from, to })) => {
                let mut points: Vec<i64> = compared
                    .iter()
                    .flat_map(|number| [number.saturating_sub(1), *number, number.saturating_add(1)])
                    .chain([*from, *to])
                    .filter(|point| (from..=to).contains(&point))
                    .collect();
                points.sort_unstable();
                points.dedup();
                all.extend(points.into_iter().map(|point| answer(Operand::Number(point))));
            }
            (Some(KindName::Check), _) => {
                all.push(Outcome { answered: true, done: true, ..Outcome::default() });
                all.push(Outcome { answered: true, ..Outcome::default() });
            }
            _ => all.push(Outcome { answered: true, ..Outcome::default() }),
        }
        all
    }
}

#[derive(Debug, Clone, Default)]
struct Domain {
    size: usize,
    /// Of a step.
    outcomes: Vec<Outcome>,
}

impl Domain {
    fn of(size: usize) -> Self {
        Self { size, outcomes: Vec::new() }
    }
}

struct Compiler<'c, 'r, 'd, 't> {
    reach: &'c Reach<'r, 'd, 't>,
    space: &'c Space,
    domains: &'c [Domain],
}

impl Compiler<'_, '_, '_, '_> {
    /// The values of a variable for which something is true.
    fn atom(&self, variable: &Variable, holds: impl Fn(usize) -> bool) -> Formula {
        let Some(at) = self.space.numbers.get(variable) else { return Formula::Open };
        let size = self.domains.get(*at).map_or(0, |domain| domain.size);
        let bits = (0..size).filter(|value| holds(*value)).fold(0, |bits, value| bits | (1_u128 << value));
        Formula::Atom(*at, bits)
    }

    fn outcome(&self, step: StepIndex, holds: impl Fn(&Outcome) -> bool) -> Formula {
        let variable = Variable::Step(step.0);
        let Some(at) = self.space.numbers.get(&variable) else { return Formula::Open };
        let outcomes = self.domains.get(*at).map_or(&[][..], |domain| domain.outcomes.as_slice());
        self.atom(&variable, |value| outcomes.get(value).is_some_and(&holds))
    }

    fn formula(&self, condition: &Condition) -> Formula {
        match condition {
            Condition::Compare(step, compare, operand) => self.outcome(*step, |outcome| {
                outcome.value.as_ref().is_some_and(|value| compares(value, *compare, operand))
            }),
            Condition::In(step, operands) => self.outcome(*step, |outcome| {
                outcome.value.as_ref().is_some_and(|value| operands.contains(value))
            }),
            Condition::Done(step) => self.outcome(*step, |outcome| outcome.done),
            Condition::Answered(step) => self.outcome(*step, |outcome| outcome.answered),
            Condition::Skipped(step) => self.outcome(*step, |outcome| outcome.skipped),
            Condition::Declined(step) => self.outcome(*step, |outcome| outcome.declined),
            Condition::Has(step, option) => Formula::All(vec![
                self.outcome(*step, |outcome| outcome.answered),
                self.atom(&Variable::Has(step.0, option.clone()), |value| value == 1),
            ]),
            Condition::Row(step, row, compare, state) => {
                let states = self.reach.states(step.0);
                let is = |value: usize| {
                    value.checked_sub(1).and_then(|at| states.get(at)).and_then(|state| state.id.as_ref())
                };
                self.atom(&Variable::Row(step.0, row.clone()), |value| {
                    is(value).is_some_and(|id| (id.value == *state) == (*compare == Compare::Equal))
                })
            }
            Condition::Raised(response) => self.atom(&Variable::Raised(*response), |value| value == 1),
            Condition::Repeated(response) => Formula::All(vec![
                self.atom(&Variable::Raised(*response), |value| value == 1),
                self.atom(&Variable::Repeated(*response), |value| value == 1),
            ]),
            Condition::Rose(step) => Formula::All(vec![
                self.outcome(*step, |outcome| outcome.value.is_some()),
                self.atom(&Variable::Rose(step.0), |value| value == 1),
            ]),
            Condition::Staff(many) => self.atom(&Variable::Staff, |value| value >= usize::from(*many)),
            Condition::Holds(named) => match self.reach.resolver.named().get(*named) {
                Some(Some(condition)) => self.formula(condition),
                _ => Formula::Open,
            },
            Condition::And(all) => Formula::All(all.iter().map(|one| self.formula(one)).collect()),
            Condition::Or(some) => Formula::Any(some.iter().map(|one| self.formula(one)).collect()),
            Condition::Not(one) => Formula::Not(Box::new(self.formula(one))),
        }
    }
}

fn compares(value: &Operand, compare: Compare, with: &Operand) -> bool {
    match (value, with) {
        (Operand::Number(value), Operand::Number(with)) => match compare {
            Compare::Equal => value == with,
            Compare::Unequal => value != with,
            Compare::Less => value < with,
            Compare::AtMost => value <= with,
            Compare::Greater => value > with,
            Compare::AtLeast => value >= with,
        },
        (value, with) => match compare {
            Compare::Equal => value == with,
            Compare::Unequal => value != with,
            _ => false,
        },
    }
}

impl Formula {
    /// Its value under a part of an assignment, where that decides it.
    fn under(&self, assigned: &[Option<usize>]) -> Option<bool> {
        match self {
            Self::Atom(_, 0) => Some(false),
            Self::Atom(at, bits) => assigned.get(*at).copied().flatten().map(|value| bits >> value & 1 == 1),
            Self::All(all) => all_of(all.iter().map(|part| part.under(assigned))),
            Self::Any(some) => {
                all_of(some.iter().map(|part| part.under(assigned).map(|value| !value))).map(|no| !no)
            }
            Self::Not(one) => one.under(assigned).map(|value| !value),
            Self::Open => None,
        }
    }
}

/// True where all are, false where one is, and open otherwise.
fn all_of(parts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut all = Some(true);
    for part in parts {
        match part {
            Some(false) => return Some(false),
            Some(true) => {}
            None => all = None,
        }
    }
    all
}

fn search(
    formula: &Formula,
    domains: &[Domain],
    assigned: &mut [Option<usize>],
    at: usize,
    tries: &mut usize,
) -> bool {
    *tries += 1;
    if *tries > MOST_TRIES {
        return true;
    }
    match formula.under(assigned) {
        Some(value) => value,
        // What is open under a full assignment nobody knows: possible.
        None if at == domains.len() => true,
        None => {
            for value in 0..domains[at].size {
                assigned[at] = Some(value);
                if search(formula, domains, assigned, at + 1, tries) {
                    return true;
                }
            }
            assigned[at] = None;
            false
        }
    }
}
