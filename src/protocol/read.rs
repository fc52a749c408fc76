//! From the tree to a draft: every section opened by the table of keys, every value of its kind.

use std::collections::HashSet;

use crate::text::{
    ConditionId, CoverId, GroupId, OptionId, PhaseId, ProtocolId, ResponseId, RowId, StepId, TopicId,
};

use super::draft::{
    At, Draft, DraftAction, DraftAnswer, DraftCondition, DraftGate, DraftGroup, DraftOption, DraftPhase,
    DraftRequired, DraftResponse, DraftRows, DraftStep, DraftSuggests,
};
use super::fields::{Fields, Reader};
use super::finding::{FindingKind, KeyTrouble, Rule, Thing, ValueTrouble, Wanted};
use super::keys::{
    CONDITION, COVER, GATE, GROUP, KindName, LARGEST_POINT, OPTION, PHASE, PROTOCOL, RESPONSE, ROW, STATE,
    STEP, SUGGESTS, SameCase, Section, TOPIC, Together, Word,
};
use super::model::{
    Asked, Cover, Ending, Endings, Home, Override, ResponseKey, Role, Row, Shows, StandsFor, Topic,
};
use super::near::nearest;
use super::tree::{Node, Style, Tree, Value};
use super::unique::Unique;

/// Reads a whole protocol.
pub fn read_draft<'t>(tree: &'t Tree<'t>, reader: &mut Reader<'t, '_>) -> Option<Draft<'t>> {
    let root = tree.root.as_ref()?;
    let fields = reader.open(root, &PROTOCOL)?;
    reader.number(&fields, "amparo");
    let mut draft = Draft {
        whole: tree.whole,
        id: reader.id(&fields, ProtocolId::new).map(|id| id.value),
        version: reader.number(&fields, "version").and_then(|version| u32::try_from(version.value).ok()),
        language: reader.language(&fields, "language").map(|language| language.value),
        title: reader.text(&fields, "title"),
        source: reader.text(&fields, "source"),
        conditions: Vec::new(),
        covers: covers(reader, &fields),
        phases: Vec::new(),
        responses: Vec::new(),
        responses_span: fields.entry("responses").map_or(fields.head, |entry| entry.key_span),
        spoiled_ids: HashSet::new(),
        steps: Vec::new(),
    };
    draft.conditions = conditions(reader, &fields);
    phases(reader, &fields, &mut draft);
    responses(reader, &fields, &mut draft);
    draft.spoiled_ids = reader.spoiled_ids.iter().map(|id| id.to_lowercase()).collect();
    Some(draft)
}

fn conditions<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> Vec<DraftCondition<'t>> {
    let mut unique = Unique::new(Thing::Condition);
    let mut found = Vec::new();
    for node in reader.sections(fields, "conditions") {
        let Some(fields) = reader.open(node, &CONDITION) else { continue };
        let id = reader.id(&fields, ConditionId::new);
        unique.take(reader.findings, id.as_ref().map(|id| (id.value.as_str(), id.span)));
        let is = reader.condition(&fields, "is");
        found.push(DraftCondition { id, is });
    }
    found
}

fn covers<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> Vec<Cover> {
    let mut unique = Unique::new(Thing::Cover);
    let mut found = Vec::new();
    for node in reader.sections(fields, "covers") {
        let Some(fields) = reader.open(node, &COVER) else { continue };
        let id = reader.id(&fields, CoverId::new);
        unique.take(reader.findings, id.as_ref().map(|id| (id.value.as_str(), id.span)));
        let title = reader.text(&fields, "title");
        let topics = topics(reader, &fields);
        if let (Some(id), Some(title)) = (id, title) {
            found.push(Cover { id: id.value, title, topics });
        }
    }
    found
}

fn topics<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> Vec<Topic> {
    let mut unique = Unique::new(Thing::Topic);
    let mut found = Vec::new();
    for node in reader.sections(fields, "topics") {
        let Some(fields) = reader.open(node, &TOPIC) else { continue };
        let id = reader.id(&fields, TopicId::new);
        unique.take(reader.findings, id.as_ref().map(|id| (id.value.as_str(), id.span)));
        let title = reader.text(&fields, "title");
        let stands_for = reader.word::<StandsFor>(&fields, "stands_for").map(|word| word.value);
        let lines = reader.texts(&fields, "lines");
        if let (Some(id), Some(title)) = (id, title) {
            found.push(Topic { id: id.value, title, stands_for, lines });
        }
    }
    found
}

/// What a step takes over from where it stands.
struct Place {
    home: Home,
    with_her: bool,
    also_after: Endings,
}

fn endings<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>, above: &Endings) -> Endings {
    let mut all = above.clone();
    all.extend(reader.words::<Ending>(fields, "also_after"));
    all
}

fn phases<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>, draft: &mut Draft<'t>) {
    // Phases and groups share one set of names: a jump to either is one word.
    let mut unique = Unique::new(Thing::Phase);
    for (phase_at, node) in reader.sections(fields, "phases").iter().enumerate() {
        let Some(fields) = reader.open(node, &PHASE) else { continue };
        let id = reader.id(&fields, PhaseId::new);
        unique.take(reader.findings, id.as_ref().map(|id| (id.value.as_str(), id.span)));
        let mut phase = DraftPhase {
            id,
            title: reader.text(&fields, "title"),
            pause: reader.text(&fields, "pause"),
            minutes: reader.number(&fields, "minutes").and_then(|minutes| u32::try_from(minutes.value).ok()),
            gates: Vec::new(),
            groups: Vec::new(),
        };
        for node in reader.sections(&fields, "gates") {
            let Some(fields) = reader.open(node, &GATE) else { continue };
            phase.gates.push(DraftGate {
                opens: reader.condition(&fields, "opens"),
                closed_says: reader.text(&fields, "closed_says"),
                overridden: reader
                    .word::<Override>(&fields, "override")
                    .map(|word| word.value)
                    .unwrap_or_default(),
            });
        }
        let with_her = reader.flag(&fields, "with_her").unwrap_or(false);
        let also_after = endings(reader, &fields, &Endings::new());
        match (fields.entry("groups"), fields.entry("steps")) {
            (Some(_), Some(steps)) => reader.key_trouble(steps.key_span, KeyTrouble::Both("groups", "steps")),
            (None, None) if fields.whole && !fields.means("groups") && !fields.means("steps") => {
                reader.key_trouble(fields.head, KeyTrouble::MissingEither("groups", "steps"));
            }
            _ => {}
        }
        if fields.has("steps") {
            let place = Place { home: Home::Phase { phase: phase_at, group: 0 }, with_her, also_after };
            let steps = steps(reader, &fields, &place, draft);
            let group = DraftGroup { id: None, title: None, when: None, with_her, together: false, steps };
            phase.groups.push(group);
        } else {
            groups(reader, &fields, (phase_at, with_her, &also_after), draft, &mut phase, &mut unique);
        }
        draft.phases.push(phase);
    }
}

fn groups<'t>(
    reader: &mut Reader<'t, '_>,
    fields: &Fields<'t>,
    (phase_at, with_her_there, also_after_there): (usize, bool, &Endings),
    draft: &mut Draft<'t>,
    phase: &mut DraftPhase<'t>,
    unique: &mut Unique<'t>,
) {
    for node in reader.sections(fields, "groups") {
        let Some(fields) = reader.open(node, &GROUP) else { continue };
        let id = reader.id(&fields, GroupId::new);
        let written = fields.get("id").and_then(|node| match &node.value {
            Value::Scalar(text, _) => Some((text.as_ref(), node.span)),
            _ => None,
        });
        unique.take_as(reader.findings, Thing::Group, written.filter(|_| id.is_some()));
        let title = reader.text(&fields, "title");
        let when = reader.condition(&fields, "when");
        let with_her = reader.flag(&fields, "with_her").unwrap_or(with_her_there);
        let together = reader.word::<Together>(&fields, "pace").is_some();
        let also_after = endings(reader, &fields, also_after_there);
        let home = Home::Phase { phase: phase_at, group: phase.groups.len() };
        let steps = steps(reader, &fields, &Place { home, with_her, also_after }, draft);
        phase.groups.push(DraftGroup { id, title, when, with_her, together, steps });
    }
}

fn responses<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>, draft: &mut Draft<'t>) {
    let mut unique = Unique::new(Thing::Response);
    for node in reader.sections(fields, "responses") {
        let Some(fields) = reader.open(node, &RESPONSE) else { continue };
        let id = reader.id(&fields, ResponseId::new);
        unique.take(reader.findings, id.as_ref().map(|id| (id.value.as_str(), id.span)));
        let key_word = match fields.get("key").map(|node| &node.value) {
            Some(Value::Scalar(text, _)) => text.as_ref(),
            _ => "",
        };
        let mut response = DraftResponse {
            head: fields.head,
            id,
            key: reader.word::<ResponseKey>(&fields, "key"),
            key_word,
            rank: reader
                .number(&fields, "rank")
                .and_then(|rank| Some(At { value: u8::try_from(rank.value).ok()?, span: rank.span })),
            cover: if fields.has("cover") { reader.flag(&fields, "cover") } else { Some(false) },
            title: reader.text(&fields, "title"),
            hint: reader.text(&fields, "hint"),
            in_sight: reader.texts(&fields, "in_sight"),
            steps: 0..0,
        };
        let home = Home::Response(draft.responses.len());
        let place = Place { home, with_her: false, also_after: Endings::new() };
        response.steps = steps(reader, &fields, &place, draft);
        draft.responses.push(response);
    }
}

fn steps<'t>(
    reader: &mut Reader<'t, '_>,
    fields: &Fields<'t>,
    place: &Place,
    draft: &mut Draft<'t>,
) -> std::ops::Range<usize> {
    let start = draft.steps.len();
    for node in reader.sections(fields, "steps") {
        if let Some(step) = step(reader, node, place) {
            draft.steps.push(step);
        }
    }
    start..draft.steps.len()
}

fn step<'t>(reader: &mut Reader<'t, '_>, node: &'t Node<'t>, place: &Place) -> Option<DraftStep<'t>> {
    let fields = reader.open(node, &STEP)?;
    let id = reader.id(&fields, StepId::new);
    let kind = reader.word::<KindName>(&fields, "kind").map(|kind| kind.value);
    let again = fields.get("again").and_then(|node| reader.name(node, Wanted::IdOf(Thing::Step)));
    check_again(reader, &fields);
    let answer = match kind {
        Some(kind) if !fields.has("again") => {
            reader.check_kind(&fields, kind);
            answer(reader, &fields, kind)
        }
        _ => DraftAnswer::Plain,
    };
    Some(DraftStep {
        head: fields.head,
        id,
        home: place.home,
        kind,
        again,
        ask: reader.text(&fields, "ask"),
        say: reader.text(&fields, "say"),
        why: reader.text(&fields, "why"),
        by: reader.word::<Asked>(&fields, "by").map(|word| word.value).unwrap_or_default(),
        required: required(reader, &fields),
        when: reader.condition(&fields, "when"),
        serves: reader.practices(&fields, "serves"),
        private: reader.flag(&fields, "private").unwrap_or(false),
        tells: reader.word(&fields, "tells").map(|word| word.value),
        suggests: fields.get("suggests").and_then(|node| suggests(reader, node)),
        stays: reader.flag(&fields, "stays").unwrap_or(false),
        role: reader.word::<Role>(&fields, "role"),
        shows: reader.word::<Shows>(&fields, "shows").map(|word| word.value),
        counts_same_case: reader.word::<SameCase>(&fields, "beside").is_some(),
        also_after: endings(reader, &fields, &place.also_after),
        with_her: place.with_her,
        answer,
    })
}

/// What a step that asks another one again may not say, and what every other one must.
fn check_again<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) {
    if fields.has("again") {
        for key in fields.section.keys {
            let taken = key.name == "kind" || (!key.kinds.is_empty() && !ANY_ANSWER.contains(&key.name));
            if taken && let Some(entry) = fields.entry(key.name) {
                reader.key_trouble(entry.key_span, KeyTrouble::TakenOver(key.name));
            }
        }
    } else if fields.whole {
        if !fields.means("kind") {
            reader.key_trouble(fields.head, KeyTrouble::MissingEither("kind", "again"));
        }
        if !fields.means("ask") {
            reader.key_trouble(fields.head, KeyTrouble::Missing { section: fields.section.name, key: "ask" });
        }
    }
}

/// Keys that some kinds lack and that belong to the step itself, not to what it asks.
const ANY_ANSWER: [&str; 5] = ["required", "tells", "suggests", "stays", "role"];

fn required<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> DraftRequired<'t> {
    let Some(node) = fields.get("required") else { return DraftRequired::Never };
    match &node.value {
        Value::Scalar(text, Style::Plain) if text == "true" => DraftRequired::Always,
        Value::Scalar(text, Style::Plain) if text == "false" => DraftRequired::Never,
        Value::Scalar(text, _) if is_flag_like(text) => {
            reader.wrong(node, Wanted::FlagOrCondition);
            DraftRequired::Never
        }
        _ => reader
            .condition_at(node, Wanted::FlagOrCondition)
            .map_or(DraftRequired::Never, DraftRequired::When),
    }
}

fn is_flag_like(text: &str) -> bool {
    ["yes", "no", "on", "off", "true", "false"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

fn suggests<'t>(reader: &mut Reader<'t, '_>, node: &'t Node<'t>) -> Option<Box<DraftSuggests<'t>>> {
    let fields = reader.open(node, &SUGGESTS)?;
    if fields.whole && !fields.has("response") && !fields.has("reopens") {
        reader.key_trouble(fields.head, KeyTrouble::MissingEither("response", "reopens"));
    }
    let when = reader.condition(&fields, "when");
    let response = fields.get("response").and_then(|node| reader.name(node, Wanted::IdOf(Thing::Response)));
    let reopens = fields.get("reopens").and_then(|node| reader.name(node, Wanted::IdOf(Thing::Step)));
    Some(Box::new(DraftSuggests { when, response, reopens }))
}

fn answer<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>, kind: KindName) -> DraftAnswer<'t> {
    match kind {
        KindName::Choice | KindName::Choices => {
            let mut unique = Unique::new(Thing::Option);
            let options = options(reader, fields, ("options", &OPTION), &mut unique);
            if !fields
                .get("stays")
                .is_some_and(|node| matches!(&node.value, Value::Scalar(text, _) if text == "true"))
            {
                for sign in options.iter().filter_map(|option| option.sign.as_ref()) {
                    reader.findings.add(sign.span, FindingKind::Rule(Rule::SignNeverShown));
                }
            }
            DraftAnswer::Options(options)
        }
        KindName::Scale => scale(reader, fields),
        KindName::Number => {
            let (from, to) = (reader.number(fields, "from"), reader.number(fields, "to"));
            if fields.whole && !fields.has("to") {
                reader.key_trouble(
                    fields.head,
                    KeyTrouble::Missing { section: fields.section.name, key: "to" },
                );
            }
            let (from, to_value) = (from.map_or(0, |from| from.value), to.map_or(i64::MAX, |to| to.value));
            check_range(reader, from, to);
            DraftAnswer::Number { from, to: to_value }
        }
        KindName::Text => {
            let like = reader.pattern(fields, "like");
            let unlike_says = reader.text(fields, "unlike_says");
            match (fields.entry("like"), fields.entry("unlike_says")) {
                (Some(entry), None) if fields.whole => {
                    reader.key_trouble(entry.key_span, KeyTrouble::Needs("like", "unlike_says"));
                }
                (None, Some(entry)) if fields.whole => {
                    reader.key_trouble(entry.key_span, KeyTrouble::Needs("unlike_says", "like"));
                }
                _ => {}
            }
            let at_most = reader.number(fields, "at_most").and_then(|most| usize::try_from(most.value).ok());
            DraftAnswer::Text { at_most: at_most.unwrap_or(500), like, unlike_says }
        }
        KindName::List => list(reader, fields),
        KindName::Check | KindName::Date | KindName::Deadline | KindName::Inform | KindName::Guidance => {
            DraftAnswer::Plain
        }
    }
}

fn check_range(reader: &mut Reader<'_, '_>, from: i64, to: Option<At<i64>>) {
    if let Some(to) = to
        && from >= to.value
    {
        reader.findings.add(to.span, FindingKind::Value(ValueTrouble::Range));
    }
}

fn scale<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> DraftAnswer<'t> {
    let words = reader.texts(fields, "words");
    if fields.has("words") {
        for other in ["from", "to", "low", "high"] {
            if let Some(entry) = fields.entry(other) {
                reader.key_trouble(entry.key_span, KeyTrouble::Both("words", other));
            }
        }
        if let (1, Some(node)) = (words.len(), fields.get("words")) {
            reader.findings.add(node.span, FindingKind::Value(ValueTrouble::Range));
        }
        let to = i64::try_from(words.len()).unwrap_or(0).saturating_sub(1);
        return DraftAnswer::Scale { from: 0, to, words, low: None, high: None };
    }
    let (from, to) = (reader.number(fields, "from"), reader.number(fields, "to"));
    if fields.whole && !fields.has("to") {
        reader.key_trouble(fields.head, KeyTrouble::MissingEither("words", "to"));
    }
    let from_value = from.map_or(0, |from| from.value);
    check_range(reader, from_value, to);
    let to_value = to.map_or(i64::MAX, |to| to.value);
    if let Some(to) = to
        && to.value.saturating_sub(from_value) > LARGEST_POINT
    {
        reader.findings.add(to.span, FindingKind::Value(ValueTrouble::TooManyPoints));
    }
    let (low, high) = (reader.text(fields, "low"), reader.text(fields, "high"));
    DraftAnswer::Scale { from: from_value, to: to_value, words, low, high }
}

fn list<'t>(reader: &mut Reader<'t, '_>, fields: &Fields<'t>) -> DraftAnswer<'t> {
    // Rows and states share one set of names, since a translation knows both as `list.name`.
    let mut unique = Unique::new(Thing::Row);
    match (fields.entry("rows"), fields.entry("rows_from")) {
        (Some(_), Some(from)) => reader.key_trouble(from.key_span, KeyTrouble::Both("rows", "rows_from")),
        (None, None) if fields.whole && !fields.means("rows") && !fields.means("rows_from") => {
            reader.key_trouble(fields.head, KeyTrouble::MissingEither("rows", "rows_from"));
        }
        _ => {}
    }
    let rows = if fields.has("rows") {
        let mut rows = Vec::new();
        for node in reader.sections(fields, "rows") {
            let Some(fields) = reader.open(node, &ROW) else { continue };
            let id = reader.id(&fields, RowId::new);
            unique.take_written(reader.findings, Thing::Row, fields.get("id").filter(|_| id.is_some()));
            let label = reader.text(&fields, "label");
            if let (Some(id), Some(label)) = (id, label) {
                rows.push(Row { id: id.value, label });
            }
        }
        DraftRows::Own(rows)
    } else {
        fields
            .get("rows_from")
            .and_then(|node| reader.name(node, Wanted::IdOf(Thing::Step)))
            .map_or(DraftRows::Unknown, DraftRows::From)
    };
    let states = options(reader, fields, ("states", &STATE), &mut unique);
    DraftAnswer::List { rows, states }
}

fn options<'t>(
    reader: &mut Reader<'t, '_>,
    fields: &Fields<'t>,
    (key, section): (&str, &'static Section),
    unique: &mut Unique<'t>,
) -> Vec<DraftOption<'t>> {
    let thing = if key == "states" { Thing::State } else { Thing::Option };
    let mut found = Vec::new();
    for node in reader.sections(fields, key) {
        let Some(fields) = reader.open(node, section) else { continue };
        let id = reader.id(&fields, OptionId::new);
        unique.take_written(reader.findings, thing, fields.get("id").filter(|_| id.is_some()));
        let label = reader.text(&fields, "label");
        let then = fields.get("then").map_or_else(Vec::new, |node| actions(reader, node));
        let sign = fields
            .get("sign")
            .and_then(|node| Some(At { value: reader.text(&fields, "sign")?, span: node.span }));
        let opens = fields.get("opens").and_then(|node| reader.name(node, Wanted::IdOf(Thing::Topic)));
        let tells = reader.word(&fields, "tells").map(|word| word.value);
        found.push(DraftOption { id, label, then, tells, sign, opens });
    }
    found
}

fn actions<'t>(reader: &mut Reader<'t, '_>, node: &'t Node<'t>) -> Vec<At<DraftAction<'t>>> {
    let items = match &node.value {
        Value::List(..) => reader.items(node, 9, || Wanted::Action),
        _ => std::slice::from_ref(node),
    };
    let mut found: Vec<At<DraftAction<'t>>> = Vec::with_capacity(items.len());
    for item in items {
        let Some(written) = reader.name(item, Wanted::Action) else { continue };
        let Some(value) = action(reader, item, written) else { continue };
        if matches!(value, DraftAction::End(_))
            && found.iter().any(|one| matches!(one.value, DraftAction::End(_)))
        {
            reader.findings.add(item.span, FindingKind::Rule(Rule::TwoEnds));
        }
        found.push(At { value, span: item.span });
    }
    found
}

fn action<'t>(
    reader: &mut Reader<'t, '_>,
    node: &'t Node<'t>,
    written: At<&'t str>,
) -> Option<DraftAction<'t>> {
    match written.value {
        "pause" => return Some(DraftAction::Pause),
        "return" => return Some(DraftAction::Return),
        "set-aside" => return Some(DraftAction::SetAside),
        _ => {}
    }
    let called = written.value.strip_suffix(')').and_then(|text| text.split_once('('));
    let Some((name, argument)) = called else {
        reader.wrong(node, Wanted::Action);
        return None;
    };
    let argument = argument.trim();
    match name.trim() {
        "end" => {
            let ending = Ending::from_word(argument);
            if ending.is_none() {
                let near = nearest(argument, Ending::NAMES.iter().copied());
                reader.wrong(node, Wanted::Word { words: Ending::NAMES, near });
            }
            ending.map(DraftAction::End)
        }
        "reopen" => Some(DraftAction::Reopen(argument)),
        "raise" => Some(DraftAction::Raise(argument)),
        _ => {
            reader.wrong(node, Wanted::Action);
            None
        }
    }
}
