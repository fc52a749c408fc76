//! Interviews for pages: run by the machine in memory, so that nothing has to be sealed to be looked at.

use std::sync::Arc;

use amparo::journal::{ProtocolFile, ProtocolSource, Session, SessionName, Verdict};
use amparo::machine::{
    At, Command, CoveredBy, Event, Heard, LeftFrom, Reason, ReasonCode, RowKey, SessionKind, State,
    Uncovered, Value, apply, decide,
};
use amparo::protocol::{Protocol, read};
use amparo::text::{CaseCode, Line, OptionId, PhaseId, Prose, ResponseId, RowId, StaffNumber, StepId};

const NIGHT: &str = include_str!("../sessions/night.yaml");
const START: i64 = 1_795_537_000_000;
const MINUTE: i64 = 60_000;

/// An interview under way.
pub struct Talk {
    /// Its protocol.
    pub protocol: Protocol,
    state: State,
    events: Vec<Event>,
    now: At,
}

/// When the pages are made: two days later.
pub const LATER: At = At { wall: START + 48 * 60 * MINUTE, zone: 60, run: 0 };

/// The protocol of the tests.
pub fn night() -> Protocol {
    read("night.yaml", NIGHT.as_bytes(), &[]).protocol.unwrap()
}

fn step(id: &str) -> StepId {
    StepId::new(id).unwrap()
}

fn option(id: &str) -> Value {
    Value::Option(OptionId::new(id).unwrap())
}

fn because(code: ReasonCode) -> Reason {
    Reason { code, words: None }
}

impl Talk {
    fn begin(case: &str, staff: &[&str]) -> Self {
        Self::begin_with(night(), case, staff)
    }

    fn begin_with(protocol: Protocol, case: &str, staff: &[&str]) -> Self {
        let mut talk = Self {
            protocol,
            state: State::default(),
            events: Vec::new(),
            now: At { wall: START, zone: 60, run: 0 },
        };
        let staff = staff.iter().map(|number| StaffNumber::new(number).unwrap()).collect();
        talk.does(&Command::Begin { staff, case: CaseCode::new(case).unwrap(), kind: SessionKind::Real });
        talk
    }

    #[track_caller]
    fn does(&mut self, command: &Command) -> u64 {
        self.passes(20_000);
        let event =
            decide(&self.protocol, &self.state, command, self.now).unwrap_or_else(|why| panic!("{why:?}"));
        apply(&mut self.state, &event);
        self.events.push(event);
        self.events.len() as u64
    }

    #[track_caller]
    fn answers(&mut self, id: &str, value: Value) {
        self.does(&Command::Answer { step: step(id), value, reason: None });
    }

    fn passes(&mut self, milliseconds: i64) {
        self.now.wall += milliseconds;
        self.now.run += u64::try_from(milliseconds).unwrap();
    }

    fn kept(self, digit: u8, verdict: Verdict) -> (Session, Protocol) {
        let source = ProtocolSource::new(ProtocolFile::new("night.yaml", NIGHT), Vec::new());
        let name = SessionName::of_bytes([digit; 16]);
        (Session { name, protocol: Arc::new(source), events: self.events, verdict }, self.protocol)
    }
}

/// An interview in which nearly everything happens, closed. What is private in it: she is tied to somebody, and it
/// weighed on the worker.
pub fn eventful() -> (Session, Protocol) {
    let mut talk = Talk::begin("K-17", &["204"]);
    talk.passes(2 * MINUTE);
    talk.does(&Command::Skip { step: step("calm"), reason: because(ReasonCode::NoTime) });
    talk.answers("call", Value::Deadline { at: START + 30 * MINUTE, line: Line::new("the office").ok() });
    talk.passes(3 * MINUTE);
    talk.answers("company", option("nobody"));
    let phase = PhaseId::new("talk").unwrap();
    let event = talk.does(&Command::Override { phase, reason: because(ReasonCode::Other) });
    talk.does(&Command::Word { event, words: Line::new("my colleague is with the child").unwrap() });
    talk.answers("risk", Value::Number(1));
    talk.answers("tied", option("unsure"));
    talk.does(&Command::Go { step: step("tied") });
    talk.does(&Command::Note { text: Prose::new("a secret beside the private step").unwrap() });
    talk.does(&Command::Go { step: step("rights") });
    talk.does(&Command::Raise { response: ResponseId::new("distress").unwrap() });
    talk.passes(4 * MINUTE);
    talk.answers("grounded", Value::Done);
    talk.answers("rights", Value::Heard(Heard::Understood));
    talk.does(&Command::Note { text: Prose::new("she asked for «her» sister\nand water").unwrap() });
    talk.does(&Command::Pause);
    talk.passes(5 * MINUTE);
    talk.does(&Command::Continue);
    let row = |id: &str, state: &str| (RowKey::Row(RowId::new(id).unwrap()), OptionId::new(state).unwrap());
    let rows = [row("bed", "still-open"), row("food", "met")].into();
    talk.answers("needs", Value::List { rows, added: Vec::new() });
    talk.does(&Command::Leave { from: LeftFrom::Checklist });
    talk.now.wall += 15 * MINUTE;
    talk.now.run = 0;
    talk.does(&Command::Resume { dropped: 0 });
    talk.does(&Command::Cover { by: CoveredBy::Key });
    talk.passes(2 * MINUTE);
    talk.does(&Command::Uncover { how: Uncovered::Later });
    talk.does(&Command::Go { step: step("signal") });
    talk.answers("signal", option("person"));
    talk.passes(8 * MINUTE);
    talk.answers("go-on", option("continue"));
    talk.answers("risk-after", Value::Number(3));
    talk.answers("promised", Value::Date(chrono::NaiveDate::from_ymd_opt(2026, 11, 30).unwrap()));
    talk.answers("farewell", Value::Text(Prose::new("that we believed <b>her</b>").unwrap()));
    let reason = Some(because(ReasonCode::SheAsked));
    talk.does(&Command::Answer { step: step("risk"), value: Value::Number(2), reason });
    talk.answers("strain", Value::Number(3));
    talk.passes(10 * MINUTE);
    talk.does(&Command::Overdue { step: step("call") });
    talk.does(&Command::Meet { step: step("call") });
    let debrief = Value::Deadline { at: START + 24 * 60 * MINUTE, line: Line::new("the supervisor").ok() };
    talk.answers("debrief", debrief);
    talk.does(&Command::Close { reason: None });
    talk.kept(0xab, Verdict::Whole)
}

/// One that was left under the cover.
pub fn left() -> (Session, Protocol) {
    let mut talk = Talk::begin("K-18", &["204", "311"]);
    talk.answers("calm", Value::Done);
    talk.does(&Command::Cover { by: CoveredBy::Focus });
    talk.does(&Command::Leave { from: LeftFrom::Cover });
    talk.kept(0xac, Verdict::Open)
}

/// The same protocol, in which the risk is private, is asked again twice (the second time by asking again who asks again),
/// and she must not be tied to anybody before she leaves.
pub fn night_of_private_risk() -> Protocol {
    let yaml = NIGHT
        .replace("        ask: How dangerous is", "        private: true\n        ask: How dangerous is")
        .replace("again: risk\n", "again: risk\n      - id: risk-last\n        again: risk-after\n")
        .replace(
            "    title: Before she leaves\n    with_her: true\n",
            "    title: Before she leaves\n    with_her: true\n    gates:\n      - opens: tied == ruled-out\n        closed_says: \
             She is tied to him.\n",
        );
    let reading = read("night.yaml", yaml.as_bytes(), &[]);
    reading.protocol.unwrap_or_else(|| panic!("{:?}", reading.findings))
}

/// An interview of that protocol: the risk fell, and rose; the gate was overridden with words about what is private.
pub fn at_second_hand() -> (Session, Protocol) {
    let mut talk = Talk::begin_with(night_of_private_risk(), "K-19", &["204", "311"]);
    talk.answers("calm", Value::Done);
    talk.answers("company", option("nobody"));
    talk.answers("risk", Value::Number(3));
    talk.answers("tied", option("unsure"));
    talk.answers("rights", Value::Heard(Heard::Understood));
    talk.answers("go-on", option("continue"));
    let phase = PhaseId::new("closing").unwrap();
    let event = talk.does(&Command::Override { phase, reason: because(ReasonCode::Other) });
    talk.does(&Command::Word { event, words: Line::new("he waits for her in the car").unwrap() });
    talk.answers("risk-after", Value::Number(1));
    talk.answers("risk-last", Value::Number(2));
    talk.answers("farewell", Value::Text(Prose::new("that we believed her").unwrap()));
    talk.kept(0xad, Verdict::Open)
}
