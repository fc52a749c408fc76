//! Names to places: what a condition, a `then` or an `again` names, looked up among what the draft has.
//!
//! Knows the whole draft, and reports each name that stands for nothing, for something later, or for the wrong thing.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use crate::text::{OptionId, RowId};

use super::condition::{Compare, Condition, Operand};
use super::draft::{At, Draft, DraftAnswer, DraftOption, DraftRows, Written};
use super::fields::place_inside;
use super::finding::{ConditionTrouble, FindingKind, Findings, NameTrouble, Thing};
use super::grammar::{Expression, Function, Name, Subject};
use super::keys::{DIGITS, KindName, MOST_CONDITIONS};
use super::model::{Row, StepIndex};
use super::near::nearest;
use super::source::Span;

/// The values that an answer to words said can have.
pub const INFORM_VALUES: [&str; 3] = ["understood", "back", "declined"];

/// The different staff numbers that a session can have.
pub const MOST_STAFF: u8 = 2;

/// The most parts of a condition, with the named ones that it uses written out. Each may use one before it twice, so
/// that ninety-nine lines could say more than any machine can follow.
const LARGEST: usize = 1000;

/// The steps that a condition in some place may name.
#[derive(Debug, Clone)]
pub struct Scope {
    /// Those before this one.
    pub before: usize,
    /// Those of its group.
    pub group: Range<usize>,
}

impl Scope {
    /// Every step: where it is used will say which.
    pub const ANYWHERE: Self = Self { before: usize::MAX, group: 0..0 };

    /// Those before a step.
    pub fn before(step: usize) -> Self {
        Self { before: step, group: 0..0 }
    }
}

/// Looks names up.
pub struct Resolver<'d, 't> {
    draft: &'d Draft<'t>,
    file: &'t str,
    steps: HashMap<&'d str, usize>,
    responses: HashMap<&'d str, usize>,
    conditions: HashMap<&'d str, usize>,
    /// Where the steps of the responses begin: they may be named from everywhere.
    responses_from: usize,
    /// For each step, the one whose kind and options it has: itself, or the first that it asks again.
    roots: Vec<Option<usize>>,
    /// For each list that takes its rows from another one, that one.
    rows_from: HashMap<usize, usize>,
    /// The named conditions resolved so far.
    named: Vec<Option<Condition>>,
    /// Every step that each of them looks at, through others too.
    named_steps: Vec<BTreeSet<StepIndex>>,
    /// How large each of them is with those that it uses written out.
    named_sizes: Vec<usize>,
}

impl<'d, 't> Resolver<'d, 't> {
    /// Takes in every name of a draft; reports steps that share one.
    pub fn new(draft: &'d Draft<'t>, file: &'t str, findings: &mut Findings) -> Self {
        let mut steps: HashMap<&str, usize> = HashMap::with_capacity(draft.steps.len());
        for (at, step) in draft.steps.iter().enumerate() {
            let Some(id) = &step.id else { continue };
            if let Some(first) = steps.get(id.value.as_str()) {
                let first = draft.steps[*first].id.as_ref().map_or(Span::default(), |id| id.span);
                let trouble = NameTrouble::Twice(Thing::Step, id.value.as_str().to_owned());
                findings.add_with(id.span, FindingKind::Name(trouble), first);
            } else {
                steps.insert(id.value.as_str(), at);
            }
        }
        let by_id = |(at, id): (usize, Option<&'d str>)| id.map(|id| (id, at));
        let responses = draft.responses.iter().map(|one| one.id.as_ref().map(|id| id.value.as_str()));
        let conditions = draft.conditions.iter().map(|one| one.id.as_ref().map(|id| id.value.as_str()));
        let mut resolver = Self {
            draft,
            file,
            steps,
            responses: responses.enumerate().filter_map(by_id).collect(),
            conditions: conditions.enumerate().filter_map(by_id).collect(),
            responses_from: draft.responses.first().map_or(draft.steps.len(), |first| first.steps.start),
            roots: Vec::with_capacity(draft.steps.len()),
            rows_from: HashMap::new(),
            named: Vec::new(),
            named_steps: Vec::new(),
            named_sizes: Vec::new(),
        };
        resolver.link_steps(findings);
        resolver.name_conditions(findings);
        resolver
    }

    /// The steps that are asked again, and the lists that take rows over. Each looks back only, so that no circle can
    /// be.
    fn link_steps(&mut self, findings: &mut Findings) {
        for at in 0..self.draft.steps.len() {
            let step = &self.draft.steps[at];
            let root = match &step.again {
                None => Some(at),
                Some(again) => self.earlier_step(at, *again, findings).and_then(|target| {
                    let root = self.roots.get(target).copied().flatten();
                    if self.draft.steps[target].kind == Some(KindName::Guidance) {
                        let trouble = NameTrouble::NoOutcome(again.value.to_owned());
                        findings.add(again.span, FindingKind::Name(trouble));
                    }
                    root
                }),
            };
            self.roots.push(root);
            if let DraftAnswer::List { rows: DraftRows::From(from), .. } = &step.answer
                && let Some(target) = self.earlier_step(at, *from, findings)
            {
                if self.kind(target).is_some_and(|kind| kind != KindName::List) {
                    let trouble = NameTrouble::NoList(from.value.to_owned());
                    findings.add(from.span, FindingKind::Name(trouble));
                } else {
                    self.rows_from.insert(at, target);
                }
            }
        }
    }

    fn name_conditions(&mut self, findings: &mut Findings) {
        for at in 0..self.draft.conditions.len() {
            // Those beyond the most that there may be are known by name and not followed.
            let written = self.draft.conditions[at].is.as_ref().filter(|_| at < MOST_CONDITIONS);
            let condition = written.and_then(|written| self.condition(written, &Scope::ANYWHERE, findings));
            let mut steps = BTreeSet::new();
            if let Some(condition) = &condition {
                self.all_steps(condition, &mut steps);
            }
            self.named_sizes.push(condition.as_ref().map_or(1, |condition| self.size(condition)));
            self.named.push(condition);
            self.named_steps.push(steps);
        }
    }

    /// Why the condition that is being resolved cannot use one that is not before it: moving helps only where that one
    /// does not lead back here. None: it leads back by way of one further up, where that was told.
    fn not_above(&self, used: usize, name: &str) -> Option<NameTrouble> {
        let here = self.named.len();
        if used == here {
            return Some(NameTrouble::ConditionItself(name.to_owned()));
        }
        // The shortest way back, by each condition and the one that used it.
        let mut used_by: HashMap<usize, usize> = HashMap::from([(used, here)]);
        let mut next = std::collections::VecDeque::from([used]);
        while let Some(at) = next.pop_front() {
            let mut names = Vec::new();
            if let Some(written) = &self.draft.conditions[at].is {
                held(&written.expression, &mut names);
            }
            for place in names.into_iter().filter_map(|name| self.conditions.get(name).copied()) {
                if place == here {
                    let circle = Self::circle(here, at, &used_by);
                    let told = circle.iter().any(|at| *at < here);
                    let name = |at: &usize| self.draft.conditions.get(*at).and_then(|one| one.id.as_ref());
                    let names = circle.iter().filter_map(name).map(|id| id.value.as_str().to_owned());
                    return (!told).then(|| NameTrouble::ConditionCircle(names.collect()));
                }
                if let std::collections::hash_map::Entry::Vacant(entry) = used_by.entry(place) {
                    entry.insert(at);
                    next.push_back(place);
                }
            }
        }
        Some(NameTrouble::ConditionLater(name.to_owned()))
    }

    /// The way from a condition round to it again, through the last that uses it.
    fn circle(here: usize, last: usize, used_by: &HashMap<usize, usize>) -> Vec<usize> {
        let mut way = vec![here, last];
        while let Some(before) = way.last().and_then(|at| used_by.get(at)).copied() {
            way.push(before);
            if before == here {
                break;
            }
        }
        way.reverse();
        way
    }

    /// Every step that a condition looks at, through named ones too.
    pub fn all_steps(&self, condition: &Condition, steps: &mut BTreeSet<StepIndex>) {
        steps.extend(condition.steps());
        let mut through = Vec::new();
        holds(condition, &mut through);
        for named in through {
            if let Some(more) = self.named_steps.get(named) {
                steps.extend(more);
            }
        }
    }

    /// The named conditions, in order.
    pub fn named(&self) -> &[Option<Condition>] {
        &self.named
    }

    /// Where a step that is asked again, or a list whose rows are taken over, is.
    pub fn rows_source(&self, step: usize) -> Option<usize> {
        self.rows_from.get(&step).copied()
    }

    /// The step whose kind and options a step has.
    pub fn root(&self, step: usize) -> Option<usize> {
        self.roots.get(step).copied().flatten()
    }

    /// The kind of a step, where it is known.
    pub fn kind(&self, step: usize) -> Option<KindName> {
        self.root(step).and_then(|root| self.draft.steps[root].kind)
    }

    /// What a step takes.
    pub fn answer(&self, step: usize) -> Option<&'d DraftAnswer<'t>> {
        self.root(step).map(|root| &self.draft.steps[root].answer)
    }

    fn rows(&self, step: usize) -> Option<&'d [Row]> {
        let root = self.root(step)?;
        match &self.draft.steps[root].answer {
            DraftAnswer::List { rows: DraftRows::Own(rows), .. } => Some(rows),
            DraftAnswer::List { rows: DraftRows::From(_), .. } => self.rows(*self.rows_from.get(&root)?),
            _ => None,
        }
    }

    /// A name that stands for nothing. Not said of an id that was itself refused where it is given; and in a file that was not read to its end, only where a known name is near: the
    /// thing may stand in the rest.
    pub fn unknown<'n>(
        &self,
        (thing, name, span): (Thing, &str, Span),
        known: impl IntoIterator<Item = &'n str>,
        findings: &mut Findings,
    ) {
        let near = findings.guess(|| nearest(name, known));
        if near.is_none() && self.draft.spoiled_ids.contains(&name.to_lowercase()) {
            return;
        }
        if self.draft.whole || near.is_some() {
            let trouble = NameTrouble::Unknown { thing, name: name.to_owned(), near };
            findings.add(span, FindingKind::Name(trouble));
        }
    }

    /// Any step of the file.
    pub fn any_step(&self, name: At<&str>, findings: &mut Findings) -> Option<usize> {
        let found = self.steps.get(name.value).copied();
        if found.is_none() {
            self.unknown((Thing::Step, name.value, name.span), self.steps.keys().copied(), findings);
        }
        found
    }

    /// A step that comes before another one.
    pub fn earlier_step(&self, from: usize, name: At<&str>, findings: &mut Findings) -> Option<usize> {
        let found = self.any_step(name, findings)?;
        if found < from {
            return Some(found);
        }
        findings.add(name.span, FindingKind::Name(NameTrouble::NotEarlier(name.value.to_owned())));
        None
    }

    /// A response.
    pub fn response(&self, name: At<&str>, findings: &mut Findings) -> Option<usize> {
        let found = self.responses.get(name.value).copied();
        if found.is_none() {
            self.unknown((Thing::Response, name.value, name.span), self.responses.keys().copied(), findings);
        }
        found
    }

    /// A condition with its names looked up; nothing where one of them was reported.
    pub fn condition(
        &self,
        written: &Written<'t>,
        scope: &Scope,
        findings: &mut Findings,
    ) -> Option<Condition> {
        let condition =
            Lookup { resolver: self, written, scope, findings }.expression(&written.expression)?;
        if self.size(&condition) > LARGEST {
            findings.add(written.node.span, FindingKind::Condition(ConditionTrouble::TooLarge));
            return None;
        }
        Some(condition)
    }

    /// How many parts a condition has with the named ones written out: what evaluating it may cost.
    fn size(&self, condition: &Condition) -> usize {
        match condition {
            Condition::Holds(at) => self.named_sizes.get(*at).copied().unwrap_or(1),
            Condition::And(some) | Condition::Or(some) => {
                some.iter().fold(1, |size: usize, one| size.saturating_add(self.size(one)))
            }
            Condition::Not(one) => self.size(one).saturating_add(1),
            _ => 1,
        }
    }
}

/// The conditions that one as it was written uses by name.
fn held<'t>(expression: &Expression<'t>, names: &mut Vec<&'t str>) {
    match expression {
        Expression::All(all) | Expression::Any(all) => all.iter().for_each(|one| held(one, names)),
        Expression::Not(one) => held(one, names),
        Expression::Call(Function::Holds, arguments, _) => {
            names.extend(arguments.first().map(|name| name.text));
        }
        Expression::Call(..) | Expression::Compare(..) | Expression::In(..) | Expression::Alone(_) => {}
    }
}

/// The named conditions that a condition uses.
pub fn holds(condition: &Condition, found: &mut Vec<usize>) {
    match condition {
        Condition::Holds(at) => found.push(*at),
        Condition::And(some) | Condition::Or(some) => some.iter().for_each(|one| holds(one, found)),
        Condition::Not(one) => holds(one, found),
        _ => {}
    }
}

struct Lookup<'l, 'd, 't, 'f> {
    resolver: &'l Resolver<'d, 't>,
    written: &'l Written<'t>,
    scope: &'l Scope,
    findings: &'f mut Findings,
}

impl Lookup<'_, '_, '_, '_> {
    fn span(&self, name: Name<'_>) -> Span {
        place_inside(self.resolver.file, self.written.node, name.part)
    }

    fn trouble(&mut self, name: Name<'_>, trouble: ConditionTrouble) {
        let span = self.span(name);
        self.findings.add(span, FindingKind::Condition(trouble));
    }

    fn expression(&mut self, expression: &Expression<'_>) -> Option<Condition> {
        match expression {
            Expression::All(some) => self.each(some).map(Condition::And),
            Expression::Any(some) => self.each(some).map(Condition::Or),
            Expression::Not(one) => self.expression(one).map(|one| Condition::Not(Box::new(one))),
            Expression::Compare(Subject::Step(step), compare, value) => {
                let at = self.step(*step)?;
                let operand = self.operand((at, *step), Some(*compare), *value)?;
                Some(Condition::Compare(StepIndex(at), *compare, operand))
            }
            Expression::In(Subject::Step(step), values) => {
                let at = self.step(*step)?;
                let operands: Vec<_> =
                    values.iter().map(|value| self.operand((at, *step), None, *value)).collect();
                operands.into_iter().collect::<Option<_>>().map(|all| Condition::In(StepIndex(at), all))
            }
            Expression::Compare(Subject::Row(list, row), compare, state) => {
                if !matches!(compare, Compare::Equal | Compare::Unequal) {
                    self.trouble(*list, ConditionTrouble::Order(list.text.to_owned()));
                    return None;
                }
                let (at, row) = self.row(*list, *row)?;
                let state = self.state((at, *list), *state)?;
                Some(Condition::Row(StepIndex(at), row, *compare, state))
            }
            Expression::In(Subject::Row(list, row), states) => {
                let (at, row) = self.row(*list, *row)?;
                let states: Vec<_> = states.iter().map(|state| self.state((at, *list), *state)).collect();
                let one = |state: Option<OptionId>| {
                    state.map(|state| Condition::Row(StepIndex(at), row.clone(), Compare::Equal, state))
                };
                states.into_iter().map(one).collect::<Option<_>>().map(Condition::Or)
            }
            Expression::Call(function, arguments, _) => self.call(*function, arguments),
            Expression::Alone(name) => {
                if self.resolver.conditions.contains_key(name.text)
                    && !self.resolver.steps.contains_key(name.text)
                {
                    self.trouble(*name, ConditionTrouble::AloneCondition(name.text.to_owned()));
                } else if let Some(at) = self.step(*name) {
                    let kind = self.resolver.kind(at);
                    self.trouble(*name, ConditionTrouble::Alone { step: name.text.to_owned(), kind });
                }
                None
            }
        }
    }

    /// Each of them, so that every name in them is looked up.
    fn each(&mut self, some: &[Expression<'_>]) -> Option<Vec<Condition>> {
        let all: Vec<_> = some.iter().map(|one| self.expression(one)).collect();
        all.into_iter().collect()
    }

    fn step(&mut self, name: Name<'_>) -> Option<usize> {
        let resolver = self.resolver;
        let Some(at) = resolver.steps.get(name.text).copied() else {
            let span = self.span(name);
            let known =
                resolver.steps.iter().filter(|(_, at)| self.scope.allows(**at, resolver.responses_from));
            resolver.unknown((Thing::Step, name.text, span), known.map(|(name, _)| *name), self.findings);
            return None;
        };
        if self.scope.allows(at, resolver.responses_from) {
            return Some(at);
        }
        let span = self.span(name);
        self.findings.add(span, FindingKind::Name(NameTrouble::Later(name.text.to_owned())));
        None
    }

    fn step_of_kind(&mut self, function: Function, name: Name<'_>, kinds: &[KindName]) -> Option<usize> {
        let at = self.step(name)?;
        let kind = self.resolver.kind(at)?;
        if kinds.contains(&kind) {
            return Some(at);
        }
        let step = name.text.to_owned();
        self.trouble(name, ConditionTrouble::Kind { function: function.name(), step, kind });
        None
    }

    fn step_with_outcome(&mut self, name: Name<'_>) -> Option<StepIndex> {
        let at = self.step(name)?;
        if self.resolver.kind(at) == Some(KindName::Guidance) {
            self.trouble(name, ConditionTrouble::NoOutcome(name.text.to_owned()));
            return None;
        }
        Some(StepIndex(at))
    }

    fn call(&mut self, function: Function, arguments: &[Name<'_>]) -> Option<Condition> {
        let first = *arguments.first()?;
        match function {
            Function::Done => self
                .step_of_kind(function, first, &[KindName::Check])
                .map(|at| Condition::Done(StepIndex(at))),
            Function::Answered => self.step_with_outcome(first).map(Condition::Answered),
            Function::Skipped => self.step_with_outcome(first).map(Condition::Skipped),
            Function::Declined => self.step_with_outcome(first).map(Condition::Declined),
            Function::Has => {
                let at = self.step_of_kind(function, first, &[KindName::Choices])?;
                let option = self.option((at, first), *arguments.get(1)?)?;
                Some(Condition::Has(StepIndex(at), option))
            }
            Function::Rose => {
                let at = self.step(first)?;
                let ordered = matches!(self.resolver.kind(at)?, KindName::Scale | KindName::Number);
                if !ordered || self.resolver.draft.steps[at].again.is_none() {
                    self.trouble(first, ConditionTrouble::NotAgain(first.text.to_owned()));
                    return None;
                }
                Some(Condition::Rose(StepIndex(at)))
            }
            Function::Raised => {
                let span = self.span(first);
                let name = At { value: first.text, span };
                self.resolver.response(name, self.findings).map(Condition::Raised)
            }
            Function::Repeated => {
                let span = self.span(first);
                let name = At { value: first.text, span };
                self.resolver.response(name, self.findings).map(Condition::Repeated)
            }
            Function::Staff => match first.text.parse::<u8>() {
                Ok(many) if (1..=MOST_STAFF).contains(&many) => Some(Condition::Staff(many)),
                _ => {
                    self.trouble(first, ConditionTrouble::Staff);
                    None
                }
            },
            Function::Holds => self.named(first),
            Function::Row => None,
        }
    }

    fn named(&mut self, name: Name<'_>) -> Option<Condition> {
        let resolver = self.resolver;
        let span = self.span(name);
        let Some(at) = resolver.conditions.get(name.text).copied() else {
            let known = resolver.conditions.keys().copied();
            resolver.unknown((Thing::Condition, name.text, span), known, self.findings);
            return None;
        };
        let Some(steps) = resolver.named_steps.get(at) else {
            let trouble = resolver.not_above(at, name.text)?;
            self.findings.add(span, FindingKind::Name(trouble));
            return None;
        };
        let later = steps.iter().find(|step| !self.scope.allows(step.0, resolver.responses_from));
        if let Some(id) = later.and_then(|step| resolver.draft.steps[step.0].id.as_ref()) {
            let trouble = NameTrouble::LaterThrough {
                condition: name.text.to_owned(),
                step: id.value.as_str().to_owned(),
            };
            self.findings.add(span, FindingKind::Name(trouble));
            return None;
        }
        Some(Condition::Holds(at))
    }

    fn operand(
        &mut self,
        (at, step): (usize, Name<'_>),
        compare: Option<Compare>,
        value: Name<'_>,
    ) -> Option<Operand> {
        let kind = self.resolver.kind(at)?;
        let ordered = compare.is_some_and(|compare| !matches!(compare, Compare::Equal | Compare::Unequal));
        match kind {
            KindName::Choice | KindName::Inform if ordered => {
                self.trouble(step, ConditionTrouble::Order(step.text.to_owned()));
                None
            }
            KindName::Choice => self.option((at, step), value).map(Operand::Option),
            KindName::Inform => {
                if INFORM_VALUES.contains(&value.text) {
                    return OptionId::new(value.text).ok().map(Operand::Option);
                }
                self.no_value(step, value, INFORM_VALUES.map(ToOwned::to_owned).to_vec());
                None
            }
            KindName::Scale | KindName::Number => {
                let (from, to) = match self.resolver.answer(at)? {
                    DraftAnswer::Scale { from, to, .. } | DraftAnswer::Number { from, to } => (*from, *to),
                    _ => return None,
                };
                match value.text.parse::<i64>() {
                    Ok(number) if (from..=to).contains(&number) => Some(Operand::Number(number)),
                    _ => {
                        let step = step.text.to_owned();
                        self.trouble(value, ConditionTrouble::Outside { step, from, to });
                        None
                    }
                }
            }
            _ => {
                let step_name = step.text.to_owned();
                self.trouble(step, ConditionTrouble::Comparison { step: step_name, kind });
                None
            }
        }
    }

    fn no_value(&mut self, step: Name<'_>, value: Name<'_>, values: Vec<String>) {
        let near = self.findings.guess(|| nearest(value.text, values.iter().map(String::as_str)));
        let trouble = ConditionTrouble::Value {
            step: step.text.to_owned(),
            value: value.text.to_owned(),
            near,
            values,
        };
        self.trouble(value, trouble);
    }

    fn among(&mut self, step: Name<'_>, value: Name<'_>, options: &[DraftOption<'_>]) -> Option<OptionId> {
        let ids = || options.iter().filter_map(|option| option.id.as_ref());
        if let Some(id) = ids().find(|id| id.value.as_str() == value.text) {
            return Some(id.value.clone());
        }
        // An option whose own id is wrong may be the one that is meant; that was reported.
        if !options.is_empty() && options.iter().all(|option| option.id.is_some()) {
            let few = ids().map(|id| id.value.as_str().to_owned()).take(DIGITS).collect();
            self.no_value(step, value, few);
        }
        None
    }

    fn option(&mut self, (at, step): (usize, Name<'_>), value: Name<'_>) -> Option<OptionId> {
        match self.resolver.answer(at)? {
            DraftAnswer::Options(options) => self.among(step, value, options),
            _ => None,
        }
    }

    fn state(&mut self, (at, list): (usize, Name<'_>), state: Name<'_>) -> Option<OptionId> {
        match self.resolver.answer(at)? {
            DraftAnswer::List { states, .. } => self.among(list, state, states),
            _ => None,
        }
    }

    fn row(&mut self, list: Name<'_>, row: Name<'_>) -> Option<(usize, RowId)> {
        let at = self.step_of_kind(Function::Row, list, &[KindName::List])?;
        let rows = self.resolver.rows(at)?;
        if let Some(found) = rows.iter().find(|one| one.id.as_str() == row.text) {
            return Some((at, found.id.clone()));
        }
        let span = self.span(row);
        let known = rows.iter().map(|one| one.id.as_str());
        self.resolver.unknown((Thing::Row, row.text, span), known, self.findings);
        None
    }
}

impl Scope {
    fn allows(&self, step: usize, responses_from: usize) -> bool {
        step < self.before || self.group.contains(&step) || step >= responses_from
    }
}
