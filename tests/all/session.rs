//! A session written down: commands and states as text that a person can read. The only place where the tests of the
//! machine touch its API.
//!
//! Commands, one a line (what follows `#` is left out):
//!
//! ```text
//! begin 11 12            company = nobody          needs = bed:met child:still-open +a coat:met
//! check-in = @30 ring    words = [one two]         risk = 3 because other       (changes an answer with a reason)
//! skip X no-time · defer X · decline X · clear X · read X · go X · enter P · override P other · join 13
//! raise R · return · leave-proposal · note … · word 3 … · overdue X · meet X · pause · continue · end early · undo
//! cover · page T · uncover brief · uncover later · leave checklist · leave cover · resume · close · close other
//! wait 31                (minutes that go by)
//! ```
//!
//! A state is lines of `key: words`; a test names the keys that it is about. Keys: each step by its id, and `at`,
//! `phase`, `open`, `due`, `fallen`, `responses`, `waiting`, `proposed`, `raised`, `ended`, `shy`, `clock`, `asks`,
//! `deadlines`, `staff`, `covered`, `left`, `closed`, `notes`, `wordless`, `refused`.

use std::fmt::Write as _;

use amparo::machine::{
    At, Clock, Command, CoveredBy, Event, Heard, LeftFrom, Outcome, Place, Reason, ReasonCode, Refusal,
    RowKey, SessionKind, Shyness, Standing, State, Uncovered, Value, apply, decide, due_and_open, open_steps,
    standing,
};
use amparo::protocol::{Ending, Kind, Protocol, Step, read};
use amparo::text::{
    CaseCode, Line, OptionId, PhaseId, Prose, ResponseId, RowId, StaffNumber, StepId, TopicId,
};

/// When every test's session begins, in milliseconds since 1970.
pub const START: i64 = 1_770_000_000_000;
const MINUTE: i64 = 60_000;

/// Reads a protocol that must be right.
pub fn protocol(yaml: &str) -> Protocol {
    let reading = read("test.yaml", yaml.as_bytes(), &[]);
    reading.protocol.unwrap_or_else(|| panic!("{:#?}", reading.findings))
}

/// The protocol that the program brings along.
pub fn shipped() -> Protocol {
    amparo::protocol::shipped().unwrap_or_else(|findings| panic!("{findings:#?}"))
}

/// A session that is run by commands as text.
#[derive(Clone)]
pub struct Session<'p> {
    pub protocol: &'p Protocol,
    pub state: State,
    pub events: Vec<Event>,
    pub refused: Vec<(String, Refusal)>,
    pub minutes: i64,
}

impl<'p> Session<'p> {
    pub fn new(protocol: &'p Protocol) -> Self {
        Self { protocol, state: State::default(), events: Vec::new(), refused: Vec::new(), minutes: 0 }
    }

    /// A session after these commands, none of which may be refused.
    pub fn after(protocol: &'p Protocol, commands: &str) -> Self {
        let mut session = Self::new(protocol);
        session.must(commands);
        session
    }

    pub fn now(&self) -> At {
        let passed = self.minutes * MINUTE;
        At { wall: START + passed, zone: 60, run: u64::try_from(passed).unwrap() }
    }

    /// Gives commands, refused or not.
    pub fn give(&mut self, commands: &str) -> &mut Self {
        for line in lines(commands) {
            if let Some(minutes) = line.strip_prefix("wait ") {
                self.minutes += minutes.parse::<i64>().unwrap();
                continue;
            }
            let command = self.command(line);
            if let Err(refusal) = self.run(&command) {
                self.refused.push((line.to_owned(), refusal));
            }
        }
        self
    }

    /// Gives commands none of which may be refused.
    pub fn must(&mut self, commands: &str) -> &mut Self {
        let refused = self.refused.len();
        for line in lines(commands) {
            self.give(line);
            assert!(
                self.refused.len() == refused,
                "`{line}` was refused: {:?}\n{}",
                self.refused.last(),
                self.dump()
            );
        }
        self
    }

    /// Why a command is refused; it must be, and must leave nothing behind.
    pub fn refusal(&mut self, command: &str) -> Refusal {
        let before = self.state.clone();
        let command = self.command(command);
        let refusal = self.run(&command).expect_err("it is refused");
        assert_eq!(self.state, before);
        refusal
    }

    /// Decides and applies one command, and holds what must hold after every event.
    pub fn run(&mut self, command: &Command) -> Result<&Event, Refusal> {
        let event = decide(self.protocol, &self.state, command, self.now())?;
        apply(&mut self.state, &event);
        self.events.push(event);
        check_place(self.protocol, &self.state);
        Ok(self.events.last().unwrap())
    }

    /// The state that the events alone lead to.
    pub fn replayed(&self) -> State {
        let mut state = State::default();
        self.events.iter().for_each(|event| apply(&mut state, event));
        state
    }

    pub fn step(&self, id: &str) -> &'p Step {
        self.protocol.step_by_id(&step(id)).unwrap_or_else(|| panic!("no step `{id}`"))
    }

    pub fn standing(&self, id: &str) -> Standing {
        standing(self.protocol, &self.state, self.step(id))
    }

    pub fn is_due(&self, id: &str) -> bool {
        self.state.seen.due.contains(&step(id))
    }

    pub fn applies(&self, id: &str) -> bool {
        self.standing(id) != Standing::NotApplicable
    }

    pub fn at(&self) -> String {
        place(&self.state.record.place)
    }

    /// Compares the lines that a test names.
    pub fn shows(&self, after: &str) -> &Self {
        let dump = self.dump();
        for expected in lines(after) {
            let (key, words) = expected.split_once(':').unwrap_or_else(|| panic!("`{expected}`: key: words"));
            let found = dump
                .lines()
                .find_map(|line| line.split_once(':').filter(|(found, _)| *found == key.trim()))
                .unwrap_or_else(|| panic!("no key `{key}` in\n{dump}"));
            assert_eq!(found.1.trim(), words.trim(), "`{key}` in\n{dump}\nevents: {:#?}", self.events.last());
        }
        self
    }

    /// The state as text.
    pub fn dump(&self) -> String {
        let (state, record) = (&self.state, &self.state.record);
        let mut out = String::new();
        let mut line = |key: &str, words: &str| {
            let _ = writeln!(out, "{key}: {}", if words.is_empty() { "-" } else { words });
        };
        line("at", &self.at());
        line("phase", record.phase.as_ref().map_or("", |phase| phase.as_str()));
        line("open", &words(open_steps(self.protocol, state).iter().map(|(step, _)| step.id.to_string())));
        line("due", &words(due_and_open(self.protocol, state).iter().map(ToString::to_string)));
        line("fallen", &words(record.fallen.iter().map(ToString::to_string)));
        let asides =
            record.asides.iter().map(|aside| format!("{} from {}", aside.response, place(&aside.from)));
        line("responses", &asides.collect::<Vec<_>>().join(" > "));
        line("waiting", &words(record.waiting.iter().map(ToString::to_string)));
        line("proposed", &words(record.proposed.iter().map(ToString::to_string)));
        line("raised", &words(state.seen.raised.iter().map(ToString::to_string)));
        let ended = state.seen.ended.map_or("", ending_word);
        let by = record.ended_by.as_ref().map_or(String::new(), |step| format!(" by {step}"));
        line("ended", &format!("{ended}{by}"));
        line("shy", if record.shy == Shyness::Shy { "yes" } else { "no" });
        let Clock { stopped, .. } = record.clock;
        let minutes = record.clock.elapsed(self.now().run) / 60_000;
        line("clock", &format!("{minutes}{}", if stopped { " stopped" } else { "" }));
        line("asks", if record.cover_asks { "yes" } else { "no" });
        let deadlines = record.deadlines.iter().map(|(step, deadline)| {
            let minutes = (deadline.at - START) / MINUTE;
            let overdue = if deadline.overdue { " overdue" } else { "" };
            let met = if deadline.met { " met" } else { "" };
            format!("{step} @{minutes}{overdue}{met}")
        });
        line("deadlines", &deadlines.collect::<Vec<_>>().join(", "));
        line("staff", &words(record.staff.iter().map(ToString::to_string)));
        line("covered", &record.covered.map_or(String::new(), |by| format!("{by:?}").to_lowercase()));
        line("left", if record.left { "yes" } else { "no" });
        line("closed", if record.closed { "yes" } else { "no" });
        line("notes", &record.notes.to_string());
        line("wordless", &words(record.wordless.keys().map(ToString::to_string)));
        let refused = self.refused.iter().map(|(command, refusal)| format!("{command} ({refusal:?})"));
        line("refused", &refused.collect::<Vec<_>>().join(", "));
        for step in &self.protocol.steps {
            line(step.id.as_str(), &self.outcome(step));
        }
        out
    }

    fn outcome(&self, step: &Step) -> String {
        let outcome = match self.state.seen.outcomes.get(&step.id) {
            None => "open".to_owned(),
            Some(Outcome::Answered(value)) => value_words(value),
            Some(other) => format!("{other:?}").to_lowercase(),
        };
        match standing(self.protocol, &self.state, step) {
            Standing::NotApplicable if outcome == "open" => "off".to_owned(),
            Standing::NotApplicable => format!("off, {outcome} aside"),
            Standing::Partly => format!("{outcome}, partly"),
            _ => outcome,
        }
    }

    /// A command as text.
    pub fn command(&self, line: &str) -> Command {
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        let rest = rest.trim();
        if let Some(value) = rest.strip_prefix('=') {
            let (value, because) = value.split_once(" because ").map_or((value, None), |(v, r)| (v, Some(r)));
            let value = Self::value(self.step(verb), value.trim());
            return Command::Answer { step: step(verb), value, reason: because.map(reason) };
        }
        let two = || rest.split_once(' ').unwrap_or((rest, ""));
        match verb {
            "begin" => Command::Begin {
                staff: rest.split_whitespace().map(staff).collect(),
                case: CaseCode::new("K-1").unwrap(),
                kind: SessionKind::Real,
            },
            "join" => Command::Join { staff: staff(rest) },
            "resume" => Command::Resume { dropped: 0 },
            "clear" => Command::Clear { step: step(rest) },
            "read" => Command::Read { step: step(rest) },
            "skip" => Command::Skip { step: step(two().0), reason: reason(two().1) },
            "defer" => Command::Defer { step: step(rest) },
            "decline" => Command::Decline { step: step(rest) },
            "go" => Command::Go { step: step(rest) },
            "enter" => Command::Enter { phase: PhaseId::new(rest).unwrap() },
            "override" => {
                Command::Override { phase: PhaseId::new(two().0).unwrap(), reason: reason(two().1) }
            }
            "raise" => Command::Raise { response: ResponseId::new(rest).unwrap() },
            "return" => Command::Return,
            "leave-proposal" => Command::LeaveProposal,
            "note" => Command::Note { text: Prose::new(rest).unwrap() },
            "word" => Command::Word { event: two().0.parse().unwrap(), words: Line::new(two().1).unwrap() },
            "overdue" => Command::Overdue { step: step(rest) },
            "meet" => Command::Meet { step: step(rest) },
            "pause" => Command::Pause,
            "continue" => Command::Continue,
            "end" => Command::End {
                ending: ending(two().0),
                reason: Some(two().1).filter(|words| !words.is_empty()).map(reason),
            },
            "undo" => Command::Undo,
            "cover" => Command::Cover { by: CoveredBy::Key },
            "page" => Command::OpenPage { topic: TopicId::new(rest).unwrap() },
            "uncover" if rest == "brief" => Command::Uncover { how: Uncovered::Brief },
            "uncover" => Command::Uncover { how: Uncovered::Later },
            "leave" if rest == "cover" => Command::Leave { from: LeftFrom::Cover },
            "leave" => Command::Leave { from: LeftFrom::Checklist },
            "close" => Command::Close { reason: Some(rest).filter(|words| !words.is_empty()).map(reason) },
            _ => panic!("no command `{line}`"),
        }
    }

    /// The value of a step as text.
    pub fn value(step: &Step, text: &str) -> Value {
        match &step.kind {
            Kind::Check => Value::Done,
            Kind::Choice(_) => Value::Option(option(text)),
            Kind::Choices(_) => {
                let inside = text.trim_start_matches('[').trim_end_matches(']');
                Value::Options(inside.split_whitespace().map(option).collect())
            }
            Kind::Scale(_) | Kind::Number { .. } => Value::Number(text.parse().unwrap()),
            Kind::Text { .. } => Value::Text(Prose::new(text).unwrap()),
            Kind::Date => Value::Date(text.parse().unwrap()),
            Kind::Deadline => {
                let (at, line) = text.split_once(' ').unwrap_or((text, ""));
                let minutes: i64 = at.trim_start_matches('@').parse().unwrap();
                Value::Deadline { at: START + minutes * MINUTE, line: Line::new(line).ok() }
            }
            Kind::Inform => Value::Heard(match text {
                "understood" => Heard::Understood,
                "back" => Heard::Back,
                _ => Heard::Declined,
            }),
            Kind::List { .. } => list(text),
            Kind::Guidance => panic!("`{}` takes no answer", step.id),
        }
    }
}

/// Before, commands, after: the commands before must succeed, those after may be refused.
pub fn check(protocol: &Protocol, before: &str, commands: &str, after: &str) {
    let mut session = Session::after(protocol, before);
    session.give(commands).shows(after);
    assert_eq!(session.state, session.replayed());
}

/// The checklist stands only where it may.
pub fn check_place(protocol: &Protocol, state: &State) {
    let record = &state.record;
    match &record.place {
        Place::Step(id) => {
            let step = protocol.step_by_id(id).unwrap_or_else(|| panic!("at unknown step `{id}`"));
            assert!(!state.seen.off.contains(id), "at `{id}`, which does not apply");
            let innermost = record.asides.last().map(|aside| &aside.response);
            match step.home {
                amparo::protocol::Home::Response(place) => {
                    assert_eq!(innermost, Some(&protocol.responses[place].id), "at `{id}`");
                }
                amparo::protocol::Home::Phase { phase, .. } => {
                    assert_eq!(record.phase.as_ref(), Some(&protocol.phases[phase].id), "at `{id}`");
                }
            }
        }
        Place::Pause(phase) => assert!(protocol.phase(phase).unwrap().1.pause.is_some()),
        Place::Gate(phase) => assert!(protocol.phase(phase).is_some()),
        Place::End => {}
        Place::Nowhere => assert!(!state.is_begun()),
    }
}

/// A list: `bed:met child:open +a coat:met`.
fn list(text: &str) -> Value {
    let (mut rows, mut added) = (std::collections::BTreeMap::new(), Vec::new());
    let mut rest = text.trim();
    while !rest.is_empty() {
        if let Some(own) = rest.strip_prefix('+') {
            let end = own.find(" +").unwrap_or(own.len());
            let (words, state) = own[..end].rsplit_once(':').unwrap_or((&own[..end], ""));
            let key = RowKey::Added(u8::try_from(added.len()).unwrap());
            added.push(Line::new(words).unwrap());
            if !state.is_empty() {
                rows.insert(key, option(state));
            }
            rest = own[end..].trim();
        } else {
            let (row, after) = rest.split_once(' ').unwrap_or((rest, ""));
            let (key, state) = row.split_once(':').unwrap();
            let key = match key.parse::<u8>() {
                Ok(place) => RowKey::Added(place),
                Err(_) => RowKey::Row(RowId::new(key).unwrap()),
            };
            rows.insert(key, option(state));
            rest = after.trim();
        }
    }
    Value::List { rows, added }
}

fn value_words(value: &Value) -> String {
    match value {
        Value::Done => "done".to_owned(),
        Value::Option(id) => id.to_string(),
        Value::Options(ids) => {
            format!("[{}]", ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
        }
        Value::Number(number) => number.to_string(),
        Value::Text(text) => text.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Deadline { at, line } => {
            let line = line.as_ref().map_or(String::new(), |line| format!(" {line}"));
            format!("@{}{line}", (at - START) / MINUTE)
        }
        Value::Heard(heard) => heard.word().to_owned(),
        Value::List { rows, added } => {
            let rows = rows.iter().map(|(key, state)| format!("{}={state}", String::from(key.clone())));
            let added = added.iter().map(|line| format!("+{line}"));
            rows.chain(added).collect::<Vec<_>>().join(" ")
        }
    }
}

pub fn place(place: &Place) -> String {
    match place {
        Place::Nowhere => "nowhere".to_owned(),
        Place::Step(step) => step.to_string(),
        Place::Pause(phase) => format!("pause {phase}"),
        Place::Gate(phase) => format!("gate {phase}"),
        Place::End => "end".to_owned(),
    }
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .map(|line| line.split_once(" #").map_or(line, |(line, _)| line).trim())
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn words(all: impl Iterator<Item = String>) -> String {
    all.collect::<Vec<_>>().join(" ")
}

pub fn step(id: &str) -> StepId {
    StepId::new(id).unwrap_or_else(|problem| panic!("`{id}`: {problem}"))
}

pub fn option(id: &str) -> OptionId {
    OptionId::new(id).unwrap_or_else(|problem| panic!("`{id}`: {problem}"))
}

fn staff(number: &str) -> StaffNumber {
    StaffNumber::new(number).unwrap()
}

fn reason(code: &str) -> Reason {
    let code = match code {
        "she-asked" => ReasonCode::SheAsked,
        "no-time" => ReasonCode::NoTime,
        "not-safe" => ReasonCode::NotSafe,
        "done-before" => ReasonCode::DoneBefore,
        _ => ReasonCode::Other,
    };
    Reason { code, words: None }
}

fn ending(word: &str) -> Ending {
    match word {
        "early" => Ending::Early,
        "postponed" => Ending::Postponed,
        "not-held" => Ending::NotHeld,
        "left" => Ending::Left,
        _ => panic!("no end `{word}`"),
    }
}

fn ending_word(ending: Ending) -> &'static str {
    match ending {
        Ending::Early => "early",
        Ending::Postponed => "postponed",
        Ending::NotHeld => "not-held",
        Ending::Left => "left",
    }
}
