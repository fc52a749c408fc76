//! From a draft to a protocol: every name looked up, every rule of the language kept.
//!
//! Looks through everything first, so that all findings are there; builds only where none of them is an error.

use std::collections::HashMap;

use super::condition::Condition;
use super::draft::{
    At, Draft, DraftAction, DraftAnswer, DraftOption, DraftRequired, DraftRows, DraftStep, Written,
};
use super::finding::{ConditionTrouble, FindingKind, Findings, KeyTrouble, Rule, Thing};
use super::keys::KindName;
use super::model::{
    Action, Choice, Gate, Group, Home, Kind, NamedCondition, Override, Phase, Protocol, Required, Response,
    ResponseKey, Role, Rows, Scale, Step, StepIndex, Suggests,
};
use super::reach::Reach;
use super::resolve::{Resolver, Scope};
use super::source::Span;

/// The conditions of a step, with their names looked up.
#[derive(Debug, Default)]
struct StepConditions {
    when: Option<Condition>,
    required: Option<Condition>,
    suggests: Option<Condition>,
}

/// Everything that was looked up.
#[derive(Debug, Default)]
struct Resolved {
    named: Vec<Option<Condition>>,
    steps: Vec<StepConditions>,
    /// By phase and gate.
    gates: Vec<Vec<Option<Condition>>>,
    /// By phase and group.
    groups: Vec<Vec<Option<Condition>>>,
}

/// Checks a draft. The protocol is there where no finding, of the file's text or of what it says, is an error.
pub fn check<'t>(draft: &Draft<'t>, file: &'t str, findings: &mut Findings) -> Option<Protocol> {
    let resolver = Resolver::new(draft, file, findings);
    let found = look_up(draft, &resolver, findings);
    check_steps(draft, &resolver, findings);
    check_responses(draft, findings);
    check_reach(draft, &resolver, &found, findings);
    if findings.any_error() {
        return None;
    }
    Builder { draft, resolver: &resolver, findings }.build(found)
}

fn look_up<'t>(draft: &Draft<'t>, resolver: &Resolver<'_, 't>, findings: &mut Findings) -> Resolved {
    let mut found = Resolved { named: resolver.named().to_vec(), ..Resolved::default() };
    for phase in &draft.phases {
        let start = phase.groups.first().map_or(0, |group| group.steps.start);
        let before = Scope::before(start);
        let gates = phase.gates.iter();
        found.gates.push(
            gates
                .map(|gate| gate.opens.as_ref().and_then(|it| resolver.condition(it, &before, findings)))
                .collect(),
        );
        let mut groups = Vec::new();
        for group in &phase.groups {
            let before = Scope::before(group.steps.start);
            groups.push(group.when.as_ref().and_then(|it| resolver.condition(it, &before, findings)));
            for at in group.steps.clone() {
                let scope = Scope { before: at, group: group.steps.clone() };
                found.steps.push(step_conditions(&draft.steps[at], resolver, &scope, findings));
            }
        }
        found.groups.push(groups);
    }
    for response in &draft.responses {
        for at in response.steps.clone() {
            let scope = Scope { before: at, group: response.steps.clone() };
            found.steps.push(step_conditions(&draft.steps[at], resolver, &scope, findings));
        }
    }
    found
}

fn step_conditions<'t>(
    step: &DraftStep<'t>,
    resolver: &Resolver<'_, 't>,
    scope: &Scope,
    findings: &mut Findings,
) -> StepConditions {
    let mut find = |written| resolver.condition(written, scope, findings);
    StepConditions {
        when: step.when.as_ref().and_then(&mut find),
        required: match &step.required {
            DraftRequired::When(written) => find(written),
            DraftRequired::Never | DraftRequired::Always => None,
        },
        suggests: step.suggests.as_ref().and_then(|suggests| suggests.when.as_ref()).and_then(&mut find),
    }
}

/// What steps name apart from conditions, and what a step that asks another again may have.
fn check_steps<'t>(draft: &Draft<'t>, resolver: &Resolver<'_, 't>, findings: &mut Findings) {
    let mut check_in: Option<Span> = None;
    let mut topics = Topics::new(draft);
    for (at, step) in draft.steps.iter().enumerate() {
        if let Some(role) = &step.role {
            match check_in {
                Some(first) => findings.add_with(role.span, FindingKind::Rule(Rule::TwoCheckIns), first),
                None => check_in = Some(role.span),
            }
        }
        if let Some(suggests) = &step.suggests {
            if let Some(response) = suggests.response {
                resolver.response(response, findings);
            }
            if let Some(reopens) = suggests.reopens {
                resolver.any_step(reopens, findings);
            }
        }
        if step.again.is_some()
            && let Some(kind) = resolver.kind(at)
        {
            check_again(step, kind, findings);
        }
        let options = match &step.answer {
            DraftAnswer::Options(options) | DraftAnswer::List { states: options, .. } => options.as_slice(),
            _ => &[],
        };
        for option in options {
            for action in &option.then {
                check_action(action, step.home, resolver, findings);
            }
            if let Some(topic) = option.opens {
                topics.check(topic, resolver, findings);
            }
        }
    }
}

/// The keys that only some kinds have are checked here for a step that asks another again: its kind is the other's.
fn check_again(step: &DraftStep<'_>, kind: KindName, findings: &mut Findings) {
    let fits = |name: &str| {
        super::keys::STEP.key(name).filter(|key| !key.kinds.is_empty() && !key.kinds.contains(&kind))
    };
    for (there, name) in [(step.stays, "stays"), (step.role.is_some(), "role")] {
        if there && let Some(key) = fits(name) {
            let trouble = KeyTrouble::OfOtherKinds { key: key.name, kind, kinds: key.kinds };
            findings.add(step.head, FindingKind::Key(trouble));
        }
    }
}

fn check_action(
    action: &At<DraftAction<'_>>,
    home: Home,
    resolver: &Resolver<'_, '_>,
    findings: &mut Findings,
) {
    let outside = |word, findings: &mut Findings| {
        if matches!(home, Home::Phase { .. }) {
            findings.add(action.span, FindingKind::Rule(Rule::OnlyInResponse(word)));
        }
    };
    match action.value {
        DraftAction::Reopen(name) => {
            resolver.any_step(At { value: name, span: action.span }, findings);
        }
        DraftAction::Raise(name) => {
            resolver.response(At { value: name, span: action.span }, findings);
        }
        DraftAction::Return => outside("return", findings),
        DraftAction::SetAside => outside("set-aside", findings),
        DraftAction::End(_) | DraftAction::Pause => {}
    }
}

/// The topics of the covers, by name, with how many covers have each.
struct Topics<'d> {
    covers: usize,
    by_name: HashMap<&'d str, Vec<usize>>,
    names: Vec<&'d str>,
}

impl<'d> Topics<'d> {
    fn new(draft: &'d Draft<'_>) -> Self {
        let mut by_name: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, cover) in draft.covers.iter().enumerate() {
            for topic in &cover.topics {
                by_name.entry(topic.id.as_str()).or_default().push(at);
            }
        }
        let names = draft.covers.iter().map(|cover| cover.id.as_str()).collect();
        Self { covers: draft.covers.len(), by_name, names }
    }

    fn check(&mut self, topic: At<&str>, resolver: &Resolver<'_, '_>, findings: &mut Findings) {
        let Some(covers) = self.by_name.get(topic.value) else {
            resolver.unknown((Thing::Topic, topic.value, topic.span), self.by_name.keys().copied(), findings);
            return;
        };
        if let Some(without) = (0..self.covers).find(|at| !covers.contains(at)) {
            let cover = self.names.get(without).map_or_else(String::new, |name| (*name).to_owned());
            let rule = Rule::TopicNotInEvery { topic: topic.value.to_owned(), cover };
            findings.add(topic.span, FindingKind::Rule(rule));
        }
    }
}

fn check_responses(draft: &Draft<'_>, findings: &mut Findings) {
    let mut cover: Option<&super::draft::DraftResponse<'_>> = None;
    let mut keys: HashMap<ResponseKey, Span> = HashMap::new();
    for response in &draft.responses {
        if response.cover == Some(true) {
            match cover {
                Some(first) => {
                    findings.add_with(response.head, FindingKind::Rule(Rule::TwoCovers), first.head);
                }
                None => cover = Some(response),
            }
        }
        let Some(key) = &response.key else { continue };
        if let Some(first) = keys.get(&key.value) {
            let rule = Rule::KeyTwice(response.key_word.to_owned());
            findings.add_with(key.span, FindingKind::Rule(rule), *first);
        } else {
            keys.insert(key.value, key.span);
        }
    }
    let esc = draft.responses.iter().filter(|response| response.cover == Some(false));
    let esc = esc.filter_map(|response| response.key.as_ref()).find(|key| key.value == ResponseKey::Esc);
    let Some(cover) = cover else {
        if draft.whole && draft.responses.iter().all(|response| response.cover.is_some()) {
            let span = esc.map_or(draft.responses_span, |key| key.span);
            findings.add(span, FindingKind::Rule(Rule::NoCover));
        }
        return;
    };
    if let Some(key) = esc {
        findings.add(key.span, FindingKind::Rule(Rule::EscNotCover));
    }
    let Some(first) = &cover.rank else { return };
    for response in &draft.responses {
        if response.cover == Some(false)
            && let Some(rank) = &response.rank
            && rank.value <= first.value
        {
            findings.add_with(rank.span, FindingKind::Rule(Rule::CoverRank), first.span);
        }
    }
}

/// Conditions that can never hold, alone or together with those around them.
fn check_reach<'t>(
    draft: &Draft<'t>,
    resolver: &Resolver<'_, 't>,
    found: &Resolved,
    findings: &mut Findings,
) {
    let mut group_whens: Vec<Option<&Condition>> = vec![None; draft.steps.len()];
    for (phase, whens) in draft.phases.iter().zip(&found.groups) {
        for (group, when) in phase.groups.iter().zip(whens) {
            group_whens[group.steps.clone()].fill(when.as_ref());
        }
    }
    let steps = found.steps.iter().zip(&group_whens);
    let whens: Vec<_> = steps.map(|(step, group)| [step.when.as_ref(), *group]).collect();
    let reach = Reach::new(resolver, whens.clone());
    let mut never = |written: Option<&Written<'_>>, trouble: ConditionTrouble| {
        if let Some(written) = written {
            findings.add(written.node.span, FindingKind::Condition(trouble));
        }
    };
    for (named, condition) in draft.conditions.iter().zip(&found.named) {
        if condition.as_ref().is_some_and(|condition| !reach.may_hold(&[condition], None)) {
            never(named.is.as_ref(), ConditionTrouble::Never);
        }
    }
    for (phase, (gates, groups)) in draft.phases.iter().zip(found.gates.iter().zip(&found.groups)) {
        let mut all_may = true;
        let mut together = Vec::new();
        for (gate, opens) in phase.gates.iter().zip(gates) {
            let Some(opens) = opens else { continue };
            if !reach.may_hold(&[opens], None) {
                never(gate.opens.as_ref(), ConditionTrouble::GateNever);
                all_may = false;
            }
            if gate.overridden == Override::Never {
                together.push(opens);
            }
        }
        if all_may && together.len() > 1 && !reach.may_hold(&together, None) {
            let last = phase.gates.iter().rfind(|gate| gate.overridden == Override::Never);
            never(last.and_then(|gate| gate.opens.as_ref()), ConditionTrouble::GatesNever);
        }
        for (group, when) in phase.groups.iter().zip(groups) {
            if when.as_ref().is_some_and(|when| !reach.may_hold(&[when], None)) {
                never(group.when.as_ref(), ConditionTrouble::Never);
            }
        }
    }
    for (at, ((step, found), [when, group])) in draft.steps.iter().zip(&found.steps).zip(whens).enumerate() {
        let mut around: Vec<&Condition> = group.into_iter().collect();
        let group_may = group.is_none_or(|group| reach.may_hold(&[group], None));
        let mut may = true;
        if let Some(when) = when {
            if !reach.may_hold(&[when], Some(at)) {
                never(step.when.as_ref(), ConditionTrouble::Never);
                may = false;
            } else if let (Some(group), true) = (group, group_may)
                && !reach.may_hold(&[when, group], Some(at))
            {
                never(step.when.as_ref(), ConditionTrouble::NeverInGroup);
                may = false;
            }
            around.push(when);
        }
        if let (Some(required), DraftRequired::When(written)) = (&found.required, &step.required) {
            if !reach.may_hold(&[required], None) {
                never(Some(written), ConditionTrouble::Never);
            } else if may && group_may && !around.is_empty() {
                around.push(required);
                if !reach.may_hold(&around, None) {
                    never(Some(written), ConditionTrouble::NeverWhile);
                }
            }
        }
        if let Some(suggests) = &found.suggests
            && !reach.may_hold(&[suggests], None)
        {
            never(
                step.suggests.as_ref().and_then(|suggests| suggests.when.as_ref()),
                ConditionTrouble::Never,
            );
        }
    }
}

struct Builder<'b, 'd, 't> {
    draft: &'d Draft<'t>,
    resolver: &'b Resolver<'d, 't>,
    findings: &'b mut Findings,
}

impl<'t> Builder<'_, '_, 't> {
    /// Nothing is missing where no finding is an error; were it so nevertheless, there is no protocol.
    fn build(mut self, found: Resolved) -> Option<Protocol> {
        let draft = self.draft;
        let mut conditions = Vec::with_capacity(draft.conditions.len());
        for (named, is) in draft.conditions.iter().zip(found.named) {
            conditions.push(NamedCondition { id: named.id.as_ref()?.value.clone(), is: is? });
        }
        let mut steps = Vec::with_capacity(draft.steps.len());
        let mut by_id = HashMap::with_capacity(draft.steps.len());
        for (at, (step, found)) in draft.steps.iter().zip(found.steps).enumerate() {
            let mut step = self.step(at, step, found)?;
            // What asks a private step again, at whichever hand, is as private: a step asks an earlier one, that is done.
            step.private |=
                step.again.and_then(|again| steps.get(again.0)).is_some_and(|asked: &Step| asked.private);
            by_id.insert(step.id.clone(), StepIndex(at));
            steps.push(step);
        }
        let mut phases = Vec::with_capacity(draft.phases.len());
        for ((phase, gates), groups) in draft.phases.iter().zip(found.gates).zip(found.groups) {
            phases.push(Phase {
                id: phase.id.as_ref()?.value.clone(),
                title: phase.title.clone()?,
                pause: phase.pause.clone(),
                minutes: phase.minutes,
                gates: phase
                    .gates
                    .iter()
                    .zip(gates)
                    .map(|(gate, opens)| {
                        let closed_says = gate.closed_says.clone()?;
                        Some(Gate { opens: opens?, closed_says, overridden: gate.overridden })
                    })
                    .collect::<Option<_>>()?,
                groups: phase
                    .groups
                    .iter()
                    .zip(groups)
                    .map(|(group, when)| Group {
                        id: group.id.as_ref().map(|id| id.value.clone()),
                        title: group.title.clone(),
                        when,
                        with_her: group.with_her,
                        together: group.together,
                        steps: group.steps.clone(),
                    })
                    .collect(),
            });
        }
        let mut responses = Vec::with_capacity(draft.responses.len());
        for response in &draft.responses {
            responses.push(Response {
                id: response.id.as_ref()?.value.clone(),
                key: response.key.as_ref()?.value,
                rank: response.rank.as_ref()?.value,
                cover: response.cover?,
                title: response.title.clone()?,
                hint: response.hint.clone(),
                in_sight: response.in_sight.clone(),
                steps: response.steps.clone(),
            });
        }
        Some(Protocol {
            id: draft.id.clone()?,
            version: draft.version?,
            language: draft.language.clone()?,
            translations: Vec::new(),
            title: draft.title.clone()?,
            source: draft.source.clone(),
            conditions,
            covers: draft.covers.clone(),
            phases,
            responses,
            steps,
            by_id,
        })
    }

    fn step(&mut self, at: usize, step: &DraftStep<'t>, found: StepConditions) -> Option<Step> {
        let again = step.again.and_then(|again| self.resolver.any_step(again, self.findings)).map(StepIndex);
        let ask = match &step.ask {
            Some(ask) => ask.clone(),
            None => self.inherited_ask(again?)?,
        };
        let suggests = match &step.suggests {
            None => None,
            Some(suggests) => Some(Suggests {
                when: found.suggests?,
                response: suggests.response.and_then(|name| self.resolver.response(name, self.findings)),
                reopens: suggests
                    .reopens
                    .and_then(|name| self.resolver.any_step(name, self.findings))
                    .map(StepIndex),
            }),
        };
        Some(Step {
            id: step.id.as_ref()?.value.clone(),
            home: step.home,
            kind: self.kind(at)?,
            ask,
            say: step.say.clone(),
            why: step.why.clone(),
            by: step.by,
            required: match (&step.required, found.required) {
                (DraftRequired::Never, _) => Required::Never,
                (DraftRequired::Always, _) => Required::Always,
                (DraftRequired::When(_), condition) => Required::When(condition?),
            },
            when: found.when,
            serves: step.serves.clone(),
            private: step.private,
            tells: step.tells,
            again,
            suggests,
            stays: step.stays,
            role: step.role.as_ref().map(|role: &At<Role>| role.value),
            shows: step.shows,
            counts_same_case: step.counts_same_case,
            also_after: step.also_after.clone(),
            with_her: step.with_her,
        })
    }

    /// The line of the step that is asked again, or of the one that this one asks again.
    fn inherited_ask(&mut self, from: StepIndex) -> Option<super::model::Wording> {
        let mut at = from.0;
        loop {
            let step = self.draft.steps.get(at)?;
            if let Some(ask) = &step.ask {
                return Some(ask.clone());
            }
            // Looks back only: a step asks an earlier one again.
            at = self.resolver.earlier_step(at, step.again?, self.findings)?;
        }
    }

    fn kind(&mut self, at: usize) -> Option<Kind> {
        let root = self.resolver.root(at)?;
        let answer = self.resolver.answer(at)?;
        Some(match (self.resolver.kind(at)?, answer) {
            (KindName::Check, _) => Kind::Check,
            (KindName::Date, _) => Kind::Date,
            (KindName::Deadline, _) => Kind::Deadline,
            (KindName::Inform, _) => Kind::Inform,
            (KindName::Guidance, _) => Kind::Guidance,
            (KindName::Choice, DraftAnswer::Options(options)) => Kind::Choice(self.choices(options)?),
            (KindName::Choices, DraftAnswer::Options(options)) => Kind::Choices(self.choices(options)?),
            (KindName::Scale, DraftAnswer::Scale { from, to, words, low, high }) => Kind::Scale(Scale {
                from: *from,
                to: *to,
                words: words.clone(),
                low: low.clone(),
                high: high.clone(),
            }),
            (KindName::Number, DraftAnswer::Number { from, to }) => Kind::Number { from: *from, to: *to },
            (KindName::Text, DraftAnswer::Text { at_most, like, unlike_says }) => {
                Kind::Text { at_most: *at_most, like: like.clone(), unlike_says: unlike_says.clone() }
            }
            (KindName::List, DraftAnswer::List { rows, states }) => Kind::List {
                rows: match rows {
                    DraftRows::Own(rows) => Rows::Own(rows.clone()),
                    DraftRows::From(_) => Rows::From(StepIndex(self.resolver.rows_source(root)?)),
                    DraftRows::Unknown => return None,
                },
                states: self.choices(states)?,
            },
            _ => return None,
        })
    }

    fn choices(&mut self, options: &[DraftOption<'t>]) -> Option<Vec<Choice>> {
        options.iter().map(|option| self.choice(option)).collect()
    }

    fn choice(&mut self, option: &DraftOption<'t>) -> Option<Choice> {
        let then = option.then.iter().map(|action| self.action(action)).collect::<Option<_>>()?;
        Some(Choice {
            id: option.id.as_ref()?.value.clone(),
            label: option.label.clone()?,
            then,
            tells: option.tells,
            sign: option.sign.as_ref().map(|sign| sign.value.clone()),
            opens: match option.opens {
                Some(topic) => Some(crate::text::TopicId::new(topic.value).ok()?),
                None => None,
            },
        })
    }

    fn action(&mut self, action: &At<DraftAction<'t>>) -> Option<Action> {
        let named = |name| At { value: name, span: action.span };
        Some(match action.value {
            DraftAction::End(ending) => Action::End(ending),
            DraftAction::Reopen(name) => {
                Action::Reopen(StepIndex(self.resolver.any_step(named(name), self.findings)?))
            }
            DraftAction::Raise(name) => Action::Raise(self.resolver.response(named(name), self.findings)?),
            DraftAction::Pause => Action::Pause,
            DraftAction::Return => Action::Return,
            DraftAction::SetAside => Action::SetAside,
        })
    }
}
