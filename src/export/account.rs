//! What may be handed on of one session: everything that was recorded but what is private, unless it was asked for by
//! name. Every kind of file is made from this, so that none of them can say more.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use crate::journal::Session;
use crate::machine::{At, Event, Fact, Reason, gate_steps};
use crate::protocol::{Kind, Protocol};
use crate::review::{
    Added, Course, CoverSpan, Danger, Deviation, Due, Entry, Listen, Overview, Point, ResponseSpan, Timeline,
    What, deviations, due, in_danger, listening, overview, state_of,
};
use crate::seal::HeadCode;
use crate::text::{Language, PhaseId, StaffNumber, StepId};
use crate::words::{Consequence, SessionWord, Telling, consequences, head_word};

/// A session that was opened, with what stands beside it.
#[derive(Debug, Clone, Copy)]
pub struct Opened<'a> {
    /// The session.
    pub session: &'a Session,
    /// Its protocol; none where this version cannot read it.
    pub protocol: Option<&'a Protocol>,
    /// The code of the bytes that were read.
    pub head: HeadCode,
    /// What was added after it was closed, the earliest first.
    pub added: &'a [Added],
}

/// The private steps that were asked for by name. All others stay out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AskedFor(pub BTreeSet<StepId>);

/// How much of a session was left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LeftOut {
    /// Events.
    pub events: usize,
    /// What the review says of them.
    pub remarks: usize,
}

/// What may be handed on of one session.
#[derive(Debug, Clone)]
pub struct Account<'a> {
    /// The session's name.
    pub name: String,
    /// The code of the bytes that were read.
    pub head: String,
    /// What can be said of its file.
    pub file: String,
    /// What stands at its head; none where it never began.
    pub overview: Option<Overview>,
    /// The protocol's title, where it can be read.
    pub title: Option<String>,
    /// Rows for people: a word and what stands behind it.
    pub facts: Vec<(&'static str, String)>,
    /// Why somebody may still be in danger.
    pub danger: Vec<(Danger, String)>,
    /// Who is to be listened to.
    pub listening: Vec<(Listen, String)>,
    /// What is due.
    pub due: Vec<(Due, String)>,
    /// What the protocol did not want.
    pub against: Vec<(Deviation, String)>,
    /// The responses.
    pub responses: Vec<(ResponseSpan, String)>,
    /// The covers.
    pub covers: Vec<(CoverSpan, String)>,
    /// The phases, by their titles, each with how long it took.
    pub phases: Vec<(PhaseId, String, u64)>,
    /// What happened.
    pub events: Vec<Happened>,
    /// What was added later: when and by whom, and what.
    pub added: Vec<(String, String)>,
    /// When what was.
    pub course: Course,
    /// Scales that were answered, each with its repetitions.
    pub scales: Vec<Scaled>,
    /// What was left out.
    pub left_out: LeftOut,
    /// How it tells.
    pub telling: Telling<'a>,
    verdict: Json,
}

/// An event as it may be handed on.
#[derive(Debug, Clone)]
pub struct Happened {
    /// Its number, from 1.
    pub number: u64,
    /// When.
    pub at: At,
    /// The session's length then, in milliseconds.
    pub length: u64,
    /// The phase that ran after it.
    pub phase: Option<PhaseId>,
    /// The step that it is about.
    pub step: Option<StepId>,
    /// By how much the clock jumped before it.
    pub jump: Option<i64>,
    /// What happened: a line, or one a row of a list.
    pub lines: Vec<String>,
    /// What followed.
    pub then: Vec<String>,
    /// The fact and what followed, as data.
    pub data: Json,
}

/// A scale with the points that were given on it, over the session's course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scaled {
    /// What was asked.
    pub asks: String,
    /// The lowest point and what it means.
    pub low: (i64, String),
    /// The highest.
    pub high: (i64, String),
    /// The points.
    pub points: Vec<Point>,
}

impl AskedFor {
    /// Whether a step stays out. Where the protocol cannot be read nobody can tell, and it does.
    fn leaves_out(&self, protocol: Option<&Protocol>, step: &StepId) -> bool {
        let private =
            protocol.is_none_or(|protocol| protocol.step_by_id(step).is_none_or(|step| step.private));
        private && !self.0.contains(step)
    }
}

/// The private steps of a protocol, in its order: what can be asked for by name.
pub fn private_steps(protocol: &Protocol) -> Vec<StepId> {
    protocol.steps.iter().filter(|step| step.private).map(|step| step.id.clone()).collect()
}

/// Whether something of an override stays out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gates {
    /// Each gate may be told of.
    AllToldOf,
    /// One looks at a step that is held back.
    SomeStayOut,
}

/// What stays out of an account.
struct Sieve<'s> {
    protocol: Option<&'s Protocol>,
    asked: &'s AskedFor,
    /// The numbers of the events that stay out.
    events: BTreeSet<u64>,
    /// Those of overrides whose words stay out, since they were given for a gate that does.
    wordless: BTreeSet<u64>,
}

impl<'s> Sieve<'s> {
    fn new(protocol: Option<&'s Protocol>, asked: &'s AskedFor, timeline: &Timeline<'_>) -> Self {
        let mut sieve = Self { protocol, asked, events: BTreeSet::new(), wordless: BTreeSet::new() };
        for entry in &timeline.entries {
            if let Fact::Overrode { phase, gates, .. } = &entry.event.fact
                && sieve.gates(phase, &mut gates.clone()) == Gates::SomeStayOut
            {
                sieve.wordless.insert(entry.number);
            }
            let out = match &entry.event.fact {
                Fact::Worded { event, .. } => sieve.events.contains(event) || sieve.wordless.contains(event),
                Fact::Went => matches!(
                    &entry.event.follows.goes,
                    Some(crate::machine::Place::Step(step)) if sieve.holds_back(step)
                ),
                _ => entry.about().is_some_and(|step| sieve.holds_back(step)),
            };
            if out {
                sieve.events.insert(entry.number);
            }
        }
        sieve
    }

    fn holds_back(&self, step: &StepId) -> bool {
        self.asked.leaves_out(self.protocol, step)
    }

    /// A step, and the one that it asks again.
    fn asks_again<'a>(&'a self, step: &'a StepId) -> impl Iterator<Item = &'a StepId> {
        let earlier = self.protocol.and_then(|protocol| protocol.step(protocol.step_by_id(step)?.again?));
        std::iter::once(step).chain(earlier.map(|step| &step.id))
    }

    fn steps(&self, steps: &mut Vec<StepId>) {
        steps.retain(|step| !self.holds_back(step));
    }

    /// A gate that looks at a private step tells what was answered there.
    fn gates(&self, phase: &PhaseId, gates: &mut Vec<usize>) -> Gates {
        let all = gates.len();
        let known = self.protocol.and_then(|protocol| Some((protocol, protocol.phase(phase)?.0)));
        gates.retain(|gate| {
            known.is_some_and(|(protocol, place)| {
                gate_steps(protocol, place, *gate)
                    .into_iter()
                    .filter_map(|step| protocol.step(step))
                    .all(|step| !self.holds_back(&step.id))
            })
        });
        if gates.len() < all { Gates::SomeStayOut } else { Gates::AllToldOf }
    }

    /// The words of a reason tell of all gates that they were given for.
    fn override_of(&self, phase: &PhaseId, gates: &mut Vec<usize>, reason: &mut Reason) {
        if self.gates(phase, gates) == Gates::SomeStayOut {
            reason.words = None;
        }
    }

    fn event(&self, event: &Event) -> Event {
        let mut event = event.clone();
        match &mut event.fact {
            Fact::Closed { open, .. } => self.steps(open),
            Fact::Overrode { phase, gates, reason } => self.override_of(phase, gates, reason),
            _ => {}
        }
        self.steps(&mut event.follows.reopened);
        self.steps(&mut event.follows.deferred);
        event
    }

    /// None: nothing of it is left.
    fn deviation(&self, found: &Deviation) -> Option<Deviation> {
        let mut found = found.clone();
        match &mut found.what {
            What::GateOverridden { phase, gates, reason } => self.override_of(phase, gates, reason),
            What::RanOnFallenGate { phase, gates, steps } => {
                self.gates(phase, gates);
                self.steps(steps);
            }
            What::ClosedWithOpen { steps, .. } => {
                self.steps(steps);
                if steps.is_empty() {
                    return None;
                }
            }
            What::CheckInMissed { step, .. }
            | What::RequiredSkipped { step, .. }
            | What::ListenedLate { step, .. }
            | What::ChangedLater { step, .. }
                if self.holds_back(step) =>
            {
                return None;
            }
            _ => {}
        }
        Some(found)
    }

    fn danger(&self, danger: &Danger) -> bool {
        match danger {
            Danger::LeftUnderCover { .. } | Danger::StillCovered { .. } => true,
            Danger::CheckInUnanswered { step, .. } => !self.holds_back(step),
            // It tells what was answered at both.
            Danger::RiskRose { step, .. } => !self.asks_again(step).any(|step| self.holds_back(step)),
            Danger::Told(told) => !self.holds_back(&told.step),
        }
    }

    fn listen(&self, listen: &Listen) -> bool {
        match listen {
            Listen::Wanted { step, .. } => !self.holds_back(step),
            Listen::Told(told) | Listen::Discuss(told) => !self.holds_back(&told.step),
        }
    }
}

impl<'a> Account<'a> {
    /// Makes the account of a session.
    pub fn of(opened: Opened<'a>, asked: &AskedFor, language: Language, now: At) -> Self {
        let Opened { session, protocol, head, added } = opened;
        let overview = overview(&session.events);
        let zone = overview.as_ref().map_or(now.zone, |head| head.begun.zone);
        let telling = Telling::new(language, protocol, zone);
        let timeline = Timeline::of(&session.events);
        let sieve = Sieve::new(protocol, asked, &timeline);
        let mut account = Self {
            name: session.name.to_string(),
            head: head.to_string(),
            file: if session.is_unbegun() {
                SessionWord::Unbegun.text(language).to_owned()
            } else {
                telling.verdict(session.verdict)
            },
            title: protocol.map(|protocol| protocol.title.in_language(&language.code()).to_owned()),
            overview,
            facts: Vec::new(),
            danger: Vec::new(),
            listening: Vec::new(),
            due: Vec::new(),
            against: Vec::new(),
            responses: told(&timeline.responses, |span| telling.response_span(span)),
            covers: told(&timeline.covers, |span| telling.cover_span(span)),
            phases: timeline
                .phases
                .iter()
                .map(|span| (span.phase.clone(), telling.phase(&span.phase), span.took))
                .collect(),
            events: Vec::new(),
            added: added
                .iter()
                .map(|added| {
                    let other = if added.of_another_file {
                        format!(" {}", SessionWord::OfAnotherFile.text(language))
                    } else {
                        String::new()
                    };
                    (format!("{} {}{other}", telling.moment(added.at), added.by), added.text.to_string())
                })
                .collect(),
            course: Course::of(&session.events),
            scales: Vec::new(),
            left_out: LeftOut { events: sieve.events.len(), remarks: 0 },
            telling,
            verdict: json!(session.verdict),
        };
        account.facts = account.facts_for_people(language);
        account.judge(&sieve, session, now);
        account.events = timeline
            .entries
            .iter()
            .filter(|entry| !sieve.events.contains(&entry.number))
            .map(|entry| happened(entry, &sieve, &account.telling))
            .collect();
        account.course.points.retain(|point| !sieve.holds_back(&point.step));
        if let Some(protocol) = protocol {
            account.scales = scales(protocol, &account.course.points, &account.telling);
        }
        account
    }

    fn facts_for_people(&self, language: Language) -> Vec<(&'static str, String)> {
        let mut facts = Vec::new();
        let mut fact = |word: SessionWord, text: String| facts.push((word.text(language), text));
        if let Some(head) = &self.overview {
            let title = self.title.as_ref().map(|title| format!("{title}, ")).unwrap_or_default();
            fact(SessionWord::Case, head.case.to_string());
            fact(SessionWord::Staff, self.staff());
            fact(SessionWord::Protocol, format!("{title}{} {}", head.protocol, head.version));
            fact(SessionWord::Begun, self.telling.moment(head.begun));
            fact(SessionWord::Took, self.telling.duration(head.length));
            fact(SessionWord::State, self.telling.status(head.status, head.ended));
        }
        fact(SessionWord::File, self.file.clone());
        facts.push((head_word(language), self.head.clone()));
        facts
    }

    /// The staff numbers, one after the other.
    pub fn staff(&self) -> String {
        let staff = self.overview.iter().flat_map(|head| &head.staff);
        staff.map(StaffNumber::as_str).collect::<Vec<_>>().join(", ")
    }

    /// What the review says of it, without what stays out.
    fn judge(&mut self, sieve: &Sieve<'_>, session: &Session, now: At) {
        let Some(protocol) = sieve.protocol else { return };
        let state = state_of(&session.events);
        let mut all = 0;
        let mut count = |more: usize| all += more;
        let found = in_danger(protocol, &session.events, now.wall);
        count(found.len());
        let kept = found.into_iter().filter(|danger| sieve.danger(danger));
        self.danger = kept.map(|danger| (danger.clone(), self.telling.danger(&danger))).collect();
        let found = listening(protocol, &state, now);
        count(found.len());
        let kept = found.into_iter().filter(|listen| sieve.listen(listen));
        self.listening = kept.map(|listen| (listen.clone(), self.telling.listen(&listen))).collect();
        let found = due(protocol, &state, now);
        count(found.len());
        let kept = found.into_iter().filter(|due| !sieve.holds_back(&due.step));
        self.due = kept.map(|due| (due.clone(), self.telling.due(&due))).collect();
        let found = deviations(protocol, &session.events, session.verdict);
        count(found.len());
        let kept = found.iter().filter_map(|found| sieve.deviation(found));
        self.against = kept.map(|found| (found.clone(), self.telling.deviation(&found.what))).collect();
        let kept = self.danger.len() + self.listening.len() + self.due.len() + self.against.len();
        self.left_out.remarks = all - kept;
    }

    /// The whole of it as data.
    pub fn data(&self) -> Json {
        let mut data = json!({
            "session": self.name,
            "head_code": self.head,
            "file": self.verdict,
            "protocol_readable": self.title.is_some(),
        });
        if let Some(head) = &self.overview {
            data["case"] = json!(head.case);
            data["staff"] = json!(head.staff);
            data["protocol"] = json!({ "id": head.protocol, "version": head.version, "title": self.title });
            data["begun"] = json!(Telling::rfc3339(head.begun));
            data["last"] = json!(Telling::rfc3339(head.last));
            data["length_ms"] = json!(head.length);
            data["status"] = json!(head.status);
            data["ended"] = json!(head.ended);
        }
        let with = |mut data: Json, text: &str| {
            data["text"] = json!(text);
            data
        };
        let against = self.against.iter().map(|(found, text)| {
            let mut data = with(json!(found), text);
            data["weight"] = json!(found.what.kind().weight().0);
            data
        });
        data["deviations"] = against.collect();
        data["in_danger"] =
            self.danger.iter().map(|(found, text)| json!({ "why": found, "text": text })).collect();
        data["listening"] =
            self.listening.iter().map(|(found, text)| json!({ "what": found, "text": text })).collect();
        data["due"] = self.due.iter().map(|(found, text)| with(json!(found), text)).collect();
        data["responses"] = self.responses.iter().map(|(span, _)| json!(span)).collect();
        data["covers"] = self.covers.iter().map(|(span, _)| json!(span)).collect();
        let phases = self.phases.iter();
        data["phases"] = phases
            .map(|(phase, title, took)| json!({ "phase": phase, "title": title, "took_ms": took }))
            .collect();
        data["events"] = self.events.iter().map(Happened::data).collect();
        data["added"] = self.added.iter().map(|(by, text)| json!({ "by": by, "text": text })).collect();
        data["left_out"] = json!({ "events": self.left_out.events, "remarks": self.left_out.remarks });
        data
    }
}

fn told<T: Clone>(spans: &[T], tell: impl Fn(&T) -> String) -> Vec<(T, String)> {
    spans.iter().map(|span| (span.clone(), tell(span))).collect()
}

impl Happened {
    fn data(&self) -> Json {
        let mut data = self.data.clone();
        data["number"] = json!(self.number);
        data["time"] = json!(Telling::rfc3339(self.at));
        data["length_ms"] = json!(self.length);
        data["phase"] = json!(self.phase);
        data["text"] = json!(self.lines);
        data["then"] = json!(self.then);
        if let Some(jump) = self.jump {
            data["clock_jump_ms"] = json!(jump);
        }
        data
    }

    /// The kind of fact, as the journal names it.
    pub fn kind(&self) -> &str {
        match &self.data["fact"] {
            Json::String(kind) => kind,
            Json::Object(fact) => fact.keys().next().map_or("", String::as_str),
            _ => "",
        }
    }
}

fn happened(entry: &Entry<'_>, sieve: &Sieve<'_>, telling: &Telling<'_>) -> Happened {
    let event = sieve.event(entry.event);
    let mut told = Entry { event: &event, ..entry.clone() };
    told.words = told.words.filter(|_| !sieve.wordless.contains(&entry.number));
    // A list is filled row by row: only what changed is told.
    let lines = telling.rows_changed(&told).unwrap_or_else(|| vec![telling.fact(&told)]);
    let follows = consequences(&event.fact, &event.follows);
    let mut data = json!({ "fact": event.fact });
    if let Some(words) = told.words {
        data["reason_words"] = json!(words);
    }
    if let Some(before) = &entry.before {
        data["before"] = json!(before);
    }
    data["follows"] = follows.iter().map(follows_as_data).collect();
    Happened {
        number: entry.number,
        at: entry.event.at,
        length: entry.length,
        phase: entry.phase.clone(),
        step: entry.about().cloned(),
        jump: entry.jump,
        lines,
        then: follows.into_iter().map(|one| telling.consequence(one)).collect(),
        data,
    }
}

/// What followed, as data; what names steps that may be private is told in the event's own words only.
fn follows_as_data(consequence: &Consequence<'_>) -> Json {
    match consequence {
        Consequence::Ended(ending) => json!({ "ended": ending }),
        Consequence::EndTakenBack => json!("end-taken-back"),
        Consequence::Confirmed(response) => json!({ "confirmed": response }),
        Consequence::FalseAlarm(response) => json!({ "false-alarm": response }),
        Consequence::AskedAgain(step) => json!({ "asked-again": step }),
        Consequence::PutOff(step) => json!({ "put-off": step }),
        Consequence::Returned => json!("returned"),
        Consequence::Opened(response) => json!({ "opened": response }),
        Consequence::Paused => json!("paused"),
        Consequence::Stopped(_) => json!("stopped"),
        Consequence::HoldAgain => json!("hold-again"),
        Consequence::Proposed(response) => json!({ "proposed": response }),
        Consequence::Entered(phase) => json!({ "entered": phase }),
    }
}

/// The scales that were answered, each with those that ask it again, in the protocol's order.
pub fn scales(protocol: &Protocol, points: &[Point], telling: &Telling<'_>) -> Vec<Scaled> {
    let asked_first = |step: &StepId| {
        let found = protocol.step_by_id(step)?;
        found.again.and_then(|again| protocol.step(again)).or(Some(found))
    };
    let mut scales = Vec::new();
    for step in &protocol.steps {
        let Kind::Scale(scale) = &step.kind else { continue };
        let of_it = |point: &&Point| asked_first(&point.step).is_some_and(|first| first.id == step.id);
        let points: Vec<Point> = points.iter().filter(of_it).cloned().collect();
        if points.is_empty() {
            continue;
        }
        let code = telling.language().code();
        let end = |end: Option<&crate::protocol::Wording>, word: Option<&crate::protocol::Wording>| {
            end.or(word).map(|wording| wording.in_language(&code).to_owned()).unwrap_or_default()
        };
        scales.push(Scaled {
            asks: telling.step(&step.id),
            low: (scale.from, end(scale.low.as_ref(), scale.words.first())),
            high: (scale.to, end(scale.high.as_ref(), scale.words.last())),
            points,
        });
    }
    scales
}
