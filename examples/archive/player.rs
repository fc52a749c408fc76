//! Plays one session of the shipped protocol through the real machine, as two caseworkers would have held it: answers by
//! chance from a seed, and what a plan wishes to happen.

use std::collections::BTreeMap;
use std::sync::Arc;

use amparo::machine::{
    At, Command, CoveredBy, Event, Fact, Heard, LeftFrom, Place, Reason, ReasonCode, Refusal, RowKey,
    SessionKind, State, Uncovered, Value, apply, decide, rows_of,
};
use amparo::protocol::{Action, Choice, Ending, Home, Kind, Protocol, Step, Tells};
use amparo::text::{CaseCode, Line, OptionId, Prose, ResponseId, StaffNumber, StepId};

use super::dice::Dice;

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

/// What is to happen in a session besides the plain way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// She needs a moment, and goes on, or stops.
    Distress { stops: bool },
    /// The cover is drawn; the signal was this, and it went on so.
    Danger { signal: &'static str, after: &'static str },
    /// The cover is drawn and nobody comes back, for good or for so many minutes.
    Left { back_after: Option<i64> },
    /// Help at once.
    InDanger,
    /// She takes back consent: this much of it.
    ConsentBack(&'static str),
    /// The check-in passes; it is answered so many minutes later, or never.
    MissedCheckIn { answered_after: Option<i64> },
    /// One of them is missing: the gate is overridden.
    Alone,
    /// A required step is skipped.
    SkipsRequired,
    /// An answer is changed later.
    Changes,
    /// It is left from the checklist, for good or for so many minutes.
    Rests { back_after: Option<i64> },
    /// The clock is set back.
    ClockBack,
}

/// One session to be played.
#[derive(Debug, Clone)]
pub struct Plan {
    pub staff: Vec<StaffNumber>,
    pub case: CaseCode,
    pub begins: At,
    pub kind: SessionKind,
    pub turns: Vec<Turn>,
    /// Answers that are not left to chance: step, and option or number.
    pub answers: Vec<(&'static str, &'static str)>,
    /// How many days after the session what is promised is due.
    pub promises: (i64, i64),
    /// The talk goes on until there are about so many events; 0: as long as its steps take.
    pub events: usize,
}

/// So many events come after the talk, in the middle.
const AFTER_THE_TALK: usize = 45;
/// No step of the talk takes more.
const MOST_AT_A_STEP: usize = 60;

/// Harmless answers where chance would end the session or raise an alarm.
const HARMLESS: &[(&str, &str)] = &[
    ("why-again", "new-need"),
    ("go", "go"),
    ("go-now", "go"),
    ("consent", "agrees"),
    ("now-next", "go-on"),
];

const NOTES: &[&str] = &[
    "She says the door of the room is locked at night.",
    "She would rather come on a Tuesday, in the morning.",
    "Her papers are with somebody else; she asks whether we can help to get new ones.",
    "She asked twice who reads this. Told again.",
    "She has pain in her back and would like to see a doctor, a woman if it can be.",
    "The interpreter had to leave for a moment; we waited.",
    "She laughed when we spoke of cooking; come back to that when it gets heavy.",
];

const PROMISES: &[&str] = &[
    "ring the lawyer",
    "a bed in the shelter",
    "papers for the clinic",
    "the social worker rings",
    "a course",
];

/// Plays a plan to its end, and gives the events.
pub fn play(protocol: &Protocol, plan: &Plan, dice: &mut Dice) -> Vec<Event> {
    let mut player = Player {
        protocol,
        plan,
        dice,
        state: State::default(),
        events: Vec::new(),
        now: plan.begins,
        answers: HARMLESS.iter().chain(&plan.answers).copied().collect(),
        turns: plan.turns.clone(),
    };
    player.session();
    player.events
}

struct Player<'p> {
    protocol: &'p Protocol,
    plan: &'p Plan,
    dice: &'p mut Dice,
    state: State,
    events: Vec<Event>,
    now: At,
    answers: BTreeMap<&'static str, &'static str>,
    turns: Vec<Turn>,
}

impl Player<'_> {
    fn passes(&mut self, milliseconds: i64) {
        self.now.wall += milliseconds;
        self.now.run += u64::try_from(milliseconds).unwrap_or(0);
    }

    fn does(&mut self, command: &Command) -> Result<(), Refusal> {
        let seconds = 4 + i64::try_from(self.dice.below(36)).unwrap_or(0);
        let rest = i64::try_from(self.dice.below(1_000)).unwrap_or(0);
        self.passes(seconds * 1_000 + rest);
        let event = decide(self.protocol, &self.state, command, self.now)?;
        apply(&mut self.state, &event);
        self.events.push(event);
        Ok(())
    }

    fn session(&mut self) {
        let (staff, case, kind) = (self.plan.staff.clone(), self.plan.case.clone(), self.plan.kind);
        let _ = self.does(&Command::Begin { staff, case, kind });
        for _ in 0..400 {
            if self.over() {
                return;
            }
            self.maybe_turn();
            if self.over() {
                return;
            }
            self.one_step();
        }
        // What chance made a dead end of is left as people leave it.
        let _ = self.does(&Command::Leave { from: LeftFrom::Checklist });
    }

    fn over(&self) -> bool {
        self.state.record.closed || self.state.record.left
    }

    fn phase(&self) -> &str {
        self.state.record.phase.as_ref().map_or("", |phase| phase.as_str())
    }

    fn takes(&mut self, wanted: impl Fn(&Turn) -> bool) -> Option<Turn> {
        let place = self.turns.iter().position(wanted)?;
        Some(self.turns.remove(place))
    }

    /// What the plan wishes, where it fits: most of it in the talk, now or a little later.
    fn maybe_turn(&mut self) {
        if !self.state.record.asides.is_empty() {
            return;
        }
        let talks = self.phase() == "interview" || self.phase() == "opening" && self.dice.comes(10);
        if talks && !self.dice.comes(35) {
            return;
        }
        let first = |turn: &Turn| !matches!(turn, Turn::SkipsRequired | Turn::Alone | Turn::Changes);
        if talks && let Some(turn) = self.takes(first) {
            self.turn(&turn);
        }
        if self.phase() == "closing"
            && let Some(turn) = self.takes(|turn| *turn == Turn::Changes)
        {
            self.turn(&turn);
        }
    }

    fn turn(&mut self, turn: &Turn) {
        match *turn {
            Turn::Distress { stops } => {
                self.answers.insert("how-now", if stops { "stop" } else { "go-on" });
                self.answers.insert("same-subject", "same");
                self.answers.insert("on-or-end", "same");
                self.raise("distress");
            }
            Turn::InDanger => self.raise("in-danger"),
            Turn::ConsentBack(how_much) => {
                self.answers.insert("take-back", how_much);
                self.raise("consent-back");
            }
            Turn::Danger { signal, after } => {
                let _ = self.does(&Command::Cover { by: CoveredBy::Key });
                let minutes = i64::from(self.dice.within(1, 9));
                self.passes(minutes * MINUTE);
                let _ = self.does(&Command::Uncover { how: Uncovered::Later });
                self.answers.extend([("signal", signal), ("did", "waited"), ("hurt", "nobody")]);
                self.answers.extend([("alone-again", "alone-now"), ("on-or-close", after)]);
                let _ = self.does(&Command::Go { step: step("signal") });
            }
            Turn::Left { back_after } => {
                let _ = self.does(&Command::Cover { by: CoveredBy::Key });
                self.passes(3 * MINUTE);
                let _ = self.does(&Command::Leave { from: LeftFrom::Cover });
                self.back(back_after);
                self.answers.extend([("signal", "person"), ("did", "waited"), ("hurt", "nobody")]);
                self.answers.extend([("alone-again", "alone-now"), ("on-or-close", "close-gently")]);
            }
            Turn::Rests { back_after } => {
                let _ = self.does(&Command::Leave { from: LeftFrom::Checklist });
                self.back(back_after);
            }
            Turn::MissedCheckIn { answered_after } => {
                let Some(due) = self.state.record.deadlines.get("check-in").map(|deadline| deadline.at)
                else {
                    return;
                };
                let late = answered_after.unwrap_or(5) * MINUTE;
                self.passes((due + MINUTE - self.now.wall).max(0));
                let _ = self.does(&Command::Overdue { step: step("check-in") });
                if answered_after.is_some() {
                    self.passes(late);
                    let _ = self.does(&Command::Meet { step: step("check-in") });
                } else {
                    let _ = self.does(&Command::Leave { from: LeftFrom::Checklist });
                }
            }
            Turn::Changes => {
                let value = Value::Option(OptionId::new("with-limits").expect("an id"));
                let reason = Some(Reason {
                    code: ReasonCode::SheAsked,
                    words: Line::new("she thought about it again").ok(),
                });
                let _ = self.does(&Command::Answer { step: step("consent"), value, reason });
            }
            Turn::ClockBack => self.now.wall -= 25 * MINUTE,
            Turn::Alone | Turn::SkipsRequired => {}
        }
    }

    fn raise(&mut self, response: &str) {
        let _ = self.does(&Command::Raise { response: ResponseId::new(response).expect("an id") });
    }

    fn back(&mut self, after: Option<i64>) {
        let Some(minutes) = after else { return };
        self.now.wall += minutes * MINUTE;
        self.now.run = 1_500;
        let _ = self.does(&Command::Resume { dropped: 0 });
        // Back in the list: what a cover left open is asked first.
        let _ = self.does(&Command::Go { step: step("signal") });
    }

    fn one_step(&mut self) {
        match self.state.record.place.clone() {
            Place::Step(id) => {
                let Some(step) = self.protocol.step_by_id(&id) else { return };
                let done = self.at_step(step);
                if done.is_err() {
                    let reason = Reason { code: ReasonCode::NoTime, words: None };
                    let skip = Command::Skip { step: id, reason };
                    if self.does(&skip).is_err() {
                        let _ = self.does(&Command::End { ending: Ending::Early, reason: None });
                    }
                }
            }
            Place::Pause(phase) => {
                let minutes = i64::from(self.dice.within(1, 6));
                self.passes(minutes * MINUTE);
                if self.does(&Command::Enter { phase }).is_err() {
                    let _ = self.does(&Command::End { ending: Ending::Early, reason: None });
                }
            }
            Place::Gate(phase) => {
                let reason = Reason {
                    code: ReasonCode::Other,
                    words: Line::new("her colleague was ill, and she could not come another day").ok(),
                };
                if self.does(&Command::Override { phase, reason }).is_err() {
                    let _ = self.does(&Command::End { ending: Ending::Early, reason: None });
                }
            }
            Place::End => {
                let _ = self.does(&Command::Meet { step: step("check-in") });
                if let Err(Refusal::RequiredOpen(_)) = self.does(&Command::Close { reason: None }) {
                    let reason = Some(Reason { code: ReasonCode::NoTime, words: None });
                    let _ = self.does(&Command::Close { reason });
                }
            }
            Place::Nowhere => {}
        }
    }

    /// What happens between two steps of a long talk: notes, an answer given once more or taken back, the cover for a moment.
    fn talks_on(&mut self, step: &Step) {
        let enough = self.plan.events.saturating_sub(AFTER_THE_TALK).min(self.events.len() + MOST_AT_A_STEP);
        for _ in 0..MOST_AT_A_STEP {
            if self.events.len() >= enough {
                return;
            }
            match self.dice.below(10) {
                0..4 => {
                    let text = Prose::new(self.dice.one_of(NOTES)).expect("a note");
                    let _ = self.does(&Command::Note { text });
                }
                4..7 => {
                    if let Some(again) = self.answered_here() {
                        let _ = self.does(&again);
                        let _ = self.does(&Command::Go { step: step.id.clone() });
                    }
                }
                7..9 => {
                    let _ = self.does(&Command::Cover { by: CoveredBy::Key });
                    let _ = self.does(&Command::Uncover { how: Uncovered::Brief });
                }
                _ => {
                    if let Some(again) = self.answered_here() {
                        let _ = self.does(&again);
                        let _ = self.does(&Command::Undo);
                    }
                }
            }
        }
    }

    /// An answer of this phase, to be given once more as it was.
    fn answered_here(&mut self) -> Option<Command> {
        let here = self.protocol.phase(self.state.record.phase.as_ref()?)?.0;
        let answers: Vec<(&StepId, &Value)> = self
            .events
            .iter()
            .filter_map(|event| match &event.fact {
                Fact::Answered { value: Value::Deadline { .. }, .. } => None,
                Fact::Answered { step, value, .. } => Some((step, value)),
                _ => None,
            })
            .filter(|(step, _)| {
                let home = self.protocol.step_by_id(step).map(|step| step.home);
                matches!(home, Some(Home::Phase { phase, .. }) if phase == here)
            })
            .collect();
        let (step, value) = *answers.get(self.dice.below(answers.len().max(1)))?;
        Some(Command::Answer { step: step.clone(), value: value.clone(), reason: None })
    }

    fn at_step(&mut self, step: &Step) -> Result<(), Refusal> {
        if self.phase() == "interview" && self.state.record.asides.is_empty() {
            self.talks_on(step);
        }
        if self.phase() == "interview" && self.dice.comes(30) {
            let text = Prose::new(self.dice.one_of(NOTES)).expect("a note");
            self.does(&Command::Note { text })?;
        }
        let id = step.id.clone();
        let planned = self.answers.contains_key(id.as_str());
        let required = self.state.seen.due.contains(&id);
        if !planned
            && required
            && matches!(self.phase(), "interview" | "after")
            && self.takes(|turn| *turn == Turn::SkipsRequired).is_some()
        {
            let reason = Reason { code: ReasonCode::NoTime, words: None };
            return self.does(&Command::Skip { step: id, reason });
        }
        if !planned && !required && step.kind != Kind::Guidance {
            if self.dice.comes(4) {
                let reason = Reason { code: self.dice.one_of(&ReasonCode::ALL), words: None };
                return self.does(&Command::Skip { step: id, reason });
            }
            if self.dice.comes(2) {
                return self.does(&Command::Decline { step: id });
            }
        }
        if step.kind == Kind::Guidance {
            return self.does(&Command::Read { step: id });
        }
        let value = self.value(step);
        self.does(&Command::Answer { step: id, value, reason: None })
    }

    fn value(&mut self, step: &Step) -> Value {
        let planned = self.answers.get(step.id.as_str()).copied();
        match &step.kind {
            Kind::Check | Kind::Guidance => Value::Done,
            Kind::Choice(options) => match planned {
                Some(option) => Value::Option(OptionId::new(option).expect("an id")),
                None => Value::Option(self.harmless(options)),
            },
            Kind::Choices(options) => {
                let some = options.iter().filter(|_| self.dice.comes(30)).map(|option| option.id.clone());
                Value::Options(some.collect())
            }
            Kind::Scale(scale) => Value::Number(match (planned, step.id.as_str()) {
                (Some(point), _) => point.parse().expect("a number"),
                // Risk and strain are mostly low, her condition mostly good.
                (None, "risk-after") => {
                    self.before("risk") - i64::from(self.dice.comes(40) && self.before("risk") > 0)
                }
                (None, "risk" | "strain") => self.dice.one_of(&[0, 0, 0, 1, 1, 1, 1, 2, 2, 3]).min(scale.to),
                (None, _) => self.dice.one_of(&[2, 3, 3, 4, 4]).min(scale.to),
            }),
            Kind::Number { from, to } => {
                let told = planned.map(|number| number.parse().expect("a number"));
                Value::Number(
                    told.unwrap_or_else(|| self.dice.one_of(&[0, 0, 1, 1, 2, 3, 5])).clamp(*from, *to),
                )
            }
            Kind::Text { .. } => Value::Text(Prose::new(self.dice.one_of(NOTES)).expect("a text")),
            Kind::Date => Value::Date(
                chrono::DateTime::from_timestamp_millis(self.now.wall + 7 * DAY).expect("a day").date_naive(),
            ),
            Kind::Deadline => self.deadline(step),
            Kind::Inform => {
                Value::Heard(if self.dice.comes(3) { Heard::Declined } else { Heard::Understood })
            }
            Kind::List { states, .. } => {
                let rows = rows_of(self.protocol, &self.state, step);
                let rows: BTreeMap<RowKey, OptionId> =
                    rows.into_iter().map(|row| (row, self.harmless(states))).collect();
                Value::List { rows, added: Vec::new() }
            }
        }
    }

    fn deadline(&mut self, step: &Step) -> Value {
        if step.role.is_some() {
            return Value::Deadline { at: self.now.wall + 150 * MINUTE, line: None };
        }
        let (first, last) = self.plan.promises;
        let days = if step.tells == Some(Tells::Listen) {
            1
        } else {
            first
                + i64::try_from(self.dice.below(usize::try_from(last - first + 1).unwrap_or(1))).unwrap_or(0)
        };
        let line = Line::new(self.dice.one_of(PROMISES)).ok().filter(|_| step.tells == Some(Tells::Due));
        Value::Deadline { at: self.now.wall + days * DAY, line }
    }

    /// The point that a scale had.
    fn before(&self, scale: &str) -> i64 {
        match self.state.seen.outcomes.get(scale) {
            Some(amparo::machine::Outcome::Answered(Value::Number(point))) => *point,
            _ => 0,
        }
    }

    /// An option that ends nothing, and raises an alarm only now and then.
    fn harmless(&mut self, options: &[Choice]) -> OptionId {
        let ends = |choice: &&Choice| choice.then.iter().all(|action| matches!(action, Action::Return));
        let alarms = self.dice.comes(1);
        let quiet = |choice: &&Choice| alarms || choice.tells.is_none();
        let fits: Vec<&Choice> = options.iter().filter(ends).filter(quiet).collect();
        let first = fits.first().or(options.first().as_ref()).copied().map(|one| one.id.clone());
        if self.dice.comes(60)
            && let Some(first) = first.clone()
        {
            return first;
        }
        let some = fits.get(self.dice.below(fits.len())).map(|choice| choice.id.clone());
        some.or(first).expect("a choice has an option")
    }
}

fn step(id: &str) -> StepId {
    StepId::new(id).expect("an id")
}

/// The shipped protocol with the text that goes into each session.
pub fn shipped() -> (Arc<Protocol>, amparo::journal::ProtocolSource) {
    let read = amparo::desk::shipped().expect("the program's own protocol");
    (read.protocol, Arc::unwrap_or_clone(read.source))
}
