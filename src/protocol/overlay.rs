//! Translations: files beside a protocol that hold nothing but texts, by ids.
//!
//! A protocol has slots, each a text or a list of texts under a path (`steps/calm/ask`); a translation has texts under
//! the same paths. What has no text is a remark and falls back to the base language; what has no slot is an error.

use std::collections::HashMap;

use crate::text::{LanguageCode, ProtocolId};

use super::fields::{Fields, Reader};
use super::finding::{FindingKind, NameTrouble, Thing, Translation};
use super::keys::{
    COVER_TEXTS, GROUP_TEXTS, PHASE_TEXTS, RESPONSE_TEXTS, STEP_TEXTS, Section, TOPIC_TEXTS, TRANSLATION,
    Takes,
};
use super::model::{Choice, Kind, Protocol, Rows, Wording};
use super::near::nearest;
use super::source::Span;
use super::tree::{Entry, Tree};

/// A text of the protocol that a translation gives again.
#[derive(Debug)]
pub struct Slot<'p> {
    /// Where it stands in a translation: `steps/calm/ask`, `options/company.nobody`.
    pub path: String,
    /// The text, or the texts of a list.
    pub texts: Texts<'p>,
    /// Whether it is missing where a translation leaves it out; what is taken over is not.
    pub own: bool,
}

/// One text or a list of them.
#[derive(Debug)]
pub enum Texts<'p> {
    /// One.
    One(&'p mut Wording),
    /// A list.
    Many(Vec<&'p mut Wording>),
}

/// Every slot of a protocol, in the order of the protocol.
pub fn slots(protocol: &mut Protocol) -> Vec<Slot<'_>> {
    let inherited = inherited_asks(protocol);
    let mut all = Slots(Vec::with_capacity(protocol.steps.len() * 5));
    let mut groups = Slots(Vec::new());
    all.one("title".to_owned(), &mut protocol.title);
    all.maybe("source".to_owned(), protocol.source.as_mut());
    for cover in &mut protocol.covers {
        all.one(format!("covers/{}/title", cover.id), &mut cover.title);
        for topic in &mut cover.topics {
            let path = format!("covers/{}/topics/{}", cover.id, topic.id);
            all.one(format!("{path}/title"), &mut topic.title);
            all.many(format!("{path}/lines"), topic.lines.iter_mut());
        }
    }
    for phase in &mut protocol.phases {
        let path = format!("phases/{}", phase.id);
        all.one(format!("{path}/title"), &mut phase.title);
        all.maybe(format!("{path}/pause"), phase.pause.as_mut());
        all.many(format!("{path}/gates"), phase.gates.iter_mut().map(|gate| &mut gate.closed_says));
        for group in &mut phase.groups {
            if let (Some(id), Some(title)) = (&group.id, &mut group.title) {
                groups.one(format!("groups/{id}/title"), title);
            }
        }
    }
    all.0.append(&mut groups.0);
    for (at, step) in protocol.steps.iter_mut().enumerate() {
        let path = format!("steps/{}", step.id);
        all.0.push(Slot {
            path: format!("{path}/ask"),
            texts: Texts::One(&mut step.ask),
            own: !inherited.contains(&at),
        });
        all.maybe(format!("{path}/say"), step.say.as_mut());
        all.maybe(format!("{path}/why"), step.why.as_mut());
        if step.again.is_some() {
            continue;
        }
        match &mut step.kind {
            Kind::Scale(scale) => {
                all.many(format!("{path}/words"), scale.words.iter_mut());
                all.maybe(format!("{path}/low"), scale.low.as_mut());
                all.maybe(format!("{path}/high"), scale.high.as_mut());
            }
            Kind::Text { unlike_says, .. } => all.maybe(format!("{path}/unlike_says"), unlike_says.as_mut()),
            Kind::Choice(options) | Kind::Choices(options) => all.choices(step.id.as_str(), options),
            Kind::List { rows, states } => {
                if let Rows::Own(rows) = rows {
                    for row in rows {
                        all.one(format!("options/{}.{}", step.id, row.id), &mut row.label);
                    }
                }
                all.choices(step.id.as_str(), states);
            }
            _ => {}
        }
    }
    for response in &mut protocol.responses {
        let path = format!("responses/{}", response.id);
        all.one(format!("{path}/title"), &mut response.title);
        all.maybe(format!("{path}/hint"), response.hint.as_mut());
        all.many(format!("{path}/in_sight"), response.in_sight.iter_mut());
    }
    all.0
}

/// The steps whose line is that of the step which they ask again.
fn inherited_asks(protocol: &Protocol) -> Vec<usize> {
    let taken = |at: &usize| {
        let step = &protocol.steps[*at];
        step.again
            .and_then(|again| protocol.step(again))
            .is_some_and(|base| base.ask.base() == step.ask.base())
    };
    (0..protocol.steps.len()).filter(taken).collect()
}

struct Slots<'p>(Vec<Slot<'p>>);

impl<'p> Slots<'p> {
    fn one(&mut self, path: String, text: &'p mut Wording) {
        self.0.push(Slot { path, texts: Texts::One(text), own: true });
    }

    fn maybe(&mut self, path: String, text: Option<&'p mut Wording>) {
        if let Some(text) = text {
            self.one(path, text);
        }
    }

    fn many(&mut self, path: String, texts: impl Iterator<Item = &'p mut Wording>) {
        let texts: Vec<_> = texts.collect();
        if !texts.is_empty() {
            self.0.push(Slot { path, texts: Texts::Many(texts), own: true });
        }
    }

    fn choices(&mut self, step: &str, options: &'p mut [Choice]) {
        for option in options {
            self.one(format!("options/{step}.{}", option.id), &mut option.label);
            self.maybe(format!("signs/{step}.{}", option.id), option.sign.as_mut());
        }
    }
}

/// A text of a translation.
enum Given<'t> {
    One(&'t str),
    Many(Vec<Wording>),
    /// It was there, and reported.
    Wrong,
}

struct Texted<'t> {
    given: Given<'t>,
    span: Span,
}

/// What a translation says, by path, and where each of its parts is.
struct Contents<'t> {
    texts: HashMap<String, Texted<'t>>,
    order: Vec<String>,
    parts: HashMap<String, Span>,
}

/// Reads a translation, and puts its texts into the protocol where there is one.
///
/// `name` is the file's; `known` are the languages of the translations before it.
pub fn overlay<'t>(
    tree: &'t Tree<'t>,
    name: &str,
    known: &[LanguageCode],
    protocol: Option<&mut Protocol>,
    reader: &mut Reader<'t, '_>,
) -> Option<LanguageCode> {
    let root = tree.root.as_ref()?;
    let fields = reader.open(root, &TRANSLATION)?;
    reader.number(&fields, "amparo");
    reader.text(&fields, "checked_by");
    let translates = fields.get("translates").and_then(|node| reader.id_at(node, ProtocolId::new));
    let language = reader.language(&fields, "language");
    let of_version = reader.number(&fields, "of_version");
    let same =
        |language: &LanguageCode| protocol.as_ref().is_some_and(|protocol| protocol.language == *language);
    if let Some(language) = language.as_ref().filter(|language| !same(&language.value)) {
        check_language(name, known, (&language.value, language.span), reader);
    }
    let Some(protocol) = protocol else {
        contents(&fields, None, reader);
        return language.map(|language| language.value);
    };
    if let Some(named) = &translates
        && named.value != protocol.id
    {
        let trouble =
            Translation::OtherProtocol { named: named.value.to_string(), base: protocol.id.to_string() };
        reader.findings.add(named.span, FindingKind::Translation(trouble));
        return None;
    }
    if let Some(of) = of_version {
        let (of, base, span) = (u32::try_from(of.value).unwrap_or(0), protocol.version, of.span);
        if of < base {
            reader.findings.add(span, FindingKind::Translation(Translation::Older { of, base }));
        } else if of > base {
            reader.findings.add(span, FindingKind::Translation(Translation::Newer { of, base }));
        }
    }
    let language = language?;
    if language.value == protocol.language {
        reader.findings.add(language.span, FindingKind::Translation(Translation::SameLanguage));
        return None;
    }
    let said = contents(&fields, Some(protocol), reader);
    fill(protocol, &language.value, said, (fields.head, tree.whole), reader);
    take_over(protocol);
    Some(language.value)
}

fn check_language(
    name: &str,
    known: &[LanguageCode],
    (language, span): (&LanguageCode, Span),
    reader: &mut Reader<'_, '_>,
) {
    if known.contains(language) {
        let trouble = Translation::LanguageTwice(language.to_string());
        reader.findings.add(span, FindingKind::Translation(trouble));
    }
    let named = name.rsplit(['/', '\\']).next().and_then(|file| file.rsplit('.').nth(1));
    if let Some(named) = named
        && named != language.as_str()
        && LanguageCode::new(named).is_ok()
    {
        let trouble = Translation::FileName { named: named.to_owned(), language: language.to_string() };
        reader.findings.add(span, FindingKind::Translation(trouble));
    }
}

fn contents<'t>(
    fields: &Fields<'t>,
    protocol: Option<&Protocol>,
    reader: &mut Reader<'t, '_>,
) -> Contents<'t> {
    let mut all = Contents { texts: HashMap::new(), order: Vec::new(), parts: HashMap::new() };
    for key in ["title", "source"] {
        all.take(fields, "", key, reader);
    }
    let ids = protocol.map(Ids::of);
    let ids = ids.as_ref();
    for entry in all.part(fields, "", "covers", reader) {
        if !known(entry, Thing::Cover, ids.map(|ids| &ids.covers), reader) {
            continue;
        }
        let path = format!("covers/{}/", entry.key);
        let Some(fields) = all.open(entry, &path, &COVER_TEXTS, reader) else { continue };
        for topic in all.part(&fields, &path, "topics", reader) {
            let of_cover = |name: &str| format!("{}/{name}", entry.key);
            if let Some(ids) = ids
                && !ids.topics.contains(&of_cover(&topic.key))
            {
                let prefix = of_cover("");
                let near = ids.topics.iter().filter_map(|topic| topic.strip_prefix(&prefix));
                unknown(topic, Thing::Topic, near, reader);
                continue;
            }
            all.open(topic, &format!("{path}topics/{}/", topic.key), &TOPIC_TEXTS, reader);
        }
    }
    let plain: [(&str, Thing, &'static Section); 4] = [
        ("phases", Thing::Phase, &PHASE_TEXTS),
        ("groups", Thing::Group, &GROUP_TEXTS),
        ("steps", Thing::Step, &STEP_TEXTS),
        ("responses", Thing::Response, &RESPONSE_TEXTS),
    ];
    for (key, thing, section) in plain {
        for entry in all.part(fields, "", key, reader) {
            if known(entry, thing, ids.map(|ids| ids.of_thing(thing)), reader) {
                all.open(entry, &format!("{key}/{}/", entry.key), section, reader);
            }
        }
    }
    for key in ["options", "signs"] {
        for entry in all.part(fields, "", key, reader) {
            if known(entry, Thing::Label, ids.map(|ids| &ids.labels), reader) {
                let Some(Takes::TextById(most)) = TRANSLATION.key(key).map(|key| key.value) else { continue };
                let given = reader.plain_text(&entry.value, most).map_or(Given::Wrong, Given::One);
                all.insert(format!("{key}/{}", entry.key), Texted { given, span: entry.key_span });
            }
        }
    }
    all
}

/// The ids of a protocol, as a translation names them.
struct Ids {
    covers: Vec<String>,
    topics: Vec<String>,
    phases: Vec<String>,
    groups: Vec<String>,
    steps: Vec<String>,
    labels: Vec<String>,
    responses: Vec<String>,
}

impl Ids {
    fn of(protocol: &Protocol) -> Self {
        let mut labels = Vec::new();
        for step in protocol.steps.iter().filter(|step| step.again.is_none()) {
            match &step.kind {
                Kind::Choice(options) | Kind::Choices(options) => {
                    labels.extend(options.iter().map(|option| format!("{}.{}", step.id, option.id)));
                }
                Kind::List { rows, states } => {
                    if let Rows::Own(rows) = rows {
                        labels.extend(rows.iter().map(|row| format!("{}.{}", step.id, row.id)));
                    }
                    labels.extend(states.iter().map(|state| format!("{}.{}", step.id, state.id)));
                }
                _ => {}
            }
        }
        let covers = &protocol.covers;
        let groups = protocol.phases.iter().flat_map(|phase| &phase.groups);
        let topics = |cover: &super::model::Cover| {
            cover.topics.iter().map(|topic| format!("{}/{}", cover.id, topic.id)).collect()
        };
        Self {
            covers: covers.iter().map(|cover| cover.id.to_string()).collect(),
            topics: covers.iter().flat_map::<Vec<String>, _>(topics).collect(),
            phases: protocol.phases.iter().map(|phase| phase.id.to_string()).collect(),
            groups: groups.filter_map(|group| group.id.as_ref()).map(ToString::to_string).collect(),
            steps: protocol.steps.iter().map(|step| step.id.to_string()).collect(),
            labels,
            responses: protocol.responses.iter().map(|response| response.id.to_string()).collect(),
        }
    }

    fn of_thing(&self, thing: Thing) -> &Vec<String> {
        match thing {
            Thing::Phase => &self.phases,
            Thing::Group => &self.groups,
            Thing::Response => &self.responses,
            _ => &self.steps,
        }
    }
}

fn known(entry: &Entry<'_>, thing: Thing, ids: Option<&Vec<String>>, reader: &mut Reader<'_, '_>) -> bool {
    let Some(ids) = ids else { return true };
    let found = ids.iter().any(|id| *id == *entry.key);
    if !found {
        unknown(entry, thing, ids.iter().map(String::as_str), reader);
    }
    found
}

fn unknown<'n>(
    entry: &Entry<'_>,
    thing: Thing,
    names: impl IntoIterator<Item = &'n str>,
    reader: &mut Reader<'_, '_>,
) {
    let near = reader.findings.guess(|| nearest(&entry.key, names));
    let trouble = NameTrouble::Unknown { thing, name: entry.key.to_string(), near };
    reader.findings.add(entry.key_span, FindingKind::Name(trouble));
}

impl<'t> Contents<'t> {
    fn insert(&mut self, path: String, text: Texted<'t>) {
        self.order.push(path.clone());
        self.texts.insert(path, text);
    }

    fn part(
        &mut self,
        fields: &Fields<'t>,
        above: &str,
        key: &str,
        reader: &mut Reader<'t, '_>,
    ) -> &'t [Entry<'t>] {
        if let Some(entry) = fields.entry(key) {
            self.parts.insert(format!("{above}{key}"), entry.key_span);
        }
        reader.by_id(fields, key)
    }

    fn open(
        &mut self,
        entry: &'t Entry<'t>,
        path: &str,
        section: &'static Section,
        reader: &mut Reader<'t, '_>,
    ) -> Option<Fields<'t>> {
        self.parts.insert(path.trim_end_matches('/').to_owned(), entry.key_span);
        let fields = reader.open(&entry.value, section)?;
        for key in section.keys {
            self.take(&fields, path, key.name, reader);
        }
        Some(fields)
    }

    fn take(&mut self, fields: &Fields<'t>, above: &str, name: &str, reader: &mut Reader<'t, '_>) {
        let (Some(entry), Some(key)) = (fields.entry(name), fields.section.key(name)) else { return };
        let before = reader.findings.len();
        let given = match key.value {
            Takes::Text(most) => reader.plain_text(&entry.value, most).map_or(Given::Wrong, Given::One),
            Takes::Texts(..) => {
                let texts = reader.texts(fields, name);
                if reader.findings.len() == before { Given::Many(texts) } else { Given::Wrong }
            }
            _ => return,
        };
        self.insert(format!("{above}{name}"), Texted { given, span: entry.key_span });
    }

    /// Where something that is missing would stand: the nearest part above it that is there.
    fn above(&self, path: &str, head: Span) -> Span {
        let mut above = path;
        while let Some((shorter, _)) = above.rsplit_once('/') {
            if let Some(span) = self.parts.get(shorter) {
                return *span;
            }
            above = shorter;
        }
        head
    }
}

fn fill(
    protocol: &mut Protocol,
    language: &LanguageCode,
    mut said: Contents<'_>,
    (head, whole): (Span, bool),
    reader: &mut Reader<'_, '_>,
) {
    for slot in slots(protocol) {
        let Some(text) = said.texts.remove(&slot.path) else {
            if slot.own && whole {
                let base = match &slot.texts {
                    Texts::One(text) => text.base(),
                    Texts::Many(texts) => texts.first().map_or("", |text| text.base()),
                };
                let trouble = Translation::Missing { path: slot.path.clone(), base: base.to_owned() };
                reader.findings.add(said.above(&slot.path, head), FindingKind::Translation(trouble));
            }
            continue;
        };
        match (slot.texts, text.given) {
            (Texts::One(base), Given::One(text)) => base.translate(language.clone(), text),
            (Texts::Many(bases), Given::Many(texts)) if bases.len() == texts.len() => {
                for (base, text) in bases.into_iter().zip(texts) {
                    base.translate(language.clone(), text.base());
                }
            }
            (Texts::Many(bases), Given::Many(texts)) => {
                let trouble = Translation::Length { base: bases.len(), own: texts.len() };
                reader.findings.add(text.span, FindingKind::Translation(trouble));
            }
            _ => {}
        }
    }
    for path in &said.order {
        if let Some(left) = said.texts.get(path) {
            let key = path.rsplit('/').next().unwrap_or(path).to_owned();
            reader.findings.add(left.span, FindingKind::Translation(Translation::NotInBase { key }));
        }
    }
}

/// What a step takes over from the one that it asks again is translated with it.
fn take_over(protocol: &mut Protocol) {
    let inherited = inherited_asks(protocol);
    for at in 0..protocol.steps.len() {
        let Some(base) = protocol.steps[at].again.and_then(|again| protocol.step(again)).cloned() else {
            continue;
        };
        let step = &mut protocol.steps[at];
        step.kind = base.kind;
        if inherited.contains(&at) && !base.ask.base().is_empty() {
            step.ask.fill_from(&base.ask);
        }
    }
}
