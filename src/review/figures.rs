//! Figures over many sessions: how they end, how long phases take, what is passed by, where danger and distress come. Each
//! with the number that it stands on; none of them ranks a worker, and no staff number is in them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{Datelike, Days, NaiveDate};
use serde::Serialize;

use crate::machine::{ReasonCode, SessionKind};
use crate::protocol::{Ending, Practice, Protocol};
use crate::text::{PhaseId, ProtocolId, ResponseId, StepId};

use super::counted::{Passed, Signal};
use super::overview::Status;
use super::summary::{Consent, Summary};

/// Figures over many sessions.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    /// How many sessions are counted.
    pub n: usize,
    /// How many were left out.
    pub left_out: LeftOut,
    /// Sessions by the Monday of their week, every week from the first to the last.
    pub weeks: Vec<(NaiveDate, u32)>,
    /// How they ended.
    pub ends: BTreeMap<End, u32>,
    /// How long each phase took.
    pub phases: Vec<PhaseFigure>,
    /// What was passed by, what most often first.
    pub passed: Vec<PassedFigure>,
    /// Danger and distress by where they came, the most often first.
    pub signals: Vec<SignalFigure>,
    /// In how many sessions the cover was up, how often in all, and for how long.
    pub covers: CoverFigure,
    /// The check-ins.
    pub check_ins: CheckInFigure,
    /// In how many sessions each practice was served, in the order of their numbers.
    pub practices: Vec<PracticeFigure>,
    /// The latest version of each protocol that was met: for the labels.
    pub protocols: BTreeMap<ProtocolId, Arc<Protocol>>,
}

/// How many sessions are not counted, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct LeftOut {
    /// Consent was taken back.
    pub withdrawn: usize,
    /// Practice.
    pub practice: usize,
    /// Their protocol cannot be read by this version of the program: whether consent holds nobody can tell.
    pub without_protocol: usize,
}

/// How a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum End {
    /// It went to its last step, and was closed.
    Full,
    /// It was ended before that, in this way.
    Before(Ending),
    /// It was never closed.
    Unclosed,
}

/// The middle half of some seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Quartiles {
    /// How many there are.
    pub n: usize,
    /// A quarter is below.
    pub low: u32,
    /// Half is below.
    pub median: u32,
    /// A quarter is above.
    pub high: u32,
}

/// How long a phase took, in seconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PhaseFigure {
    /// The protocol.
    pub protocol: ProtocolId,
    /// The phase.
    pub phase: PhaseId,
    /// The seconds, of the sessions that entered it.
    pub took: Quartiles,
}

/// What was passed by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PassedBy {
    /// A step was skipped.
    Skipped(StepId),
    /// A step was put off.
    Deferred(StepId),
    /// She would rather not.
    Declined(StepId),
    /// A gate of a phase was overridden, by its place in it.
    Overrode(PhaseId, u8),
}

/// How often something was passed by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PassedFigure {
    /// The protocol.
    pub protocol: ProtocolId,
    /// What.
    pub what: PassedBy,
    /// How often.
    pub times: u32,
    /// In how many sessions.
    pub sessions: u32,
    /// Of so many that ran the protocol.
    pub n: usize,
    /// Why, where a reason is given.
    pub reasons: BTreeMap<ReasonCode, u32>,
}

/// How often a response was confirmed at a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SignalFigure {
    /// The protocol.
    pub protocol: ProtocolId,
    /// What it is about.
    pub signal: Signal,
    /// The response.
    pub response: ResponseId,
    /// The phase that ran.
    pub phase: Option<PhaseId>,
    /// The step at which the checklist stood.
    pub step: Option<StepId>,
    /// How often.
    pub times: u32,
    /// In so many sessions of the protocol.
    pub n: usize,
}

/// The time under the cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct CoverFigure {
    /// How often it was up.
    pub times: u32,
    /// Seconds a session, of the sessions in which it was up at all.
    pub took: Quartiles,
}

/// The check-ins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct CheckInFigure {
    /// Sessions that set one.
    pub n: usize,
    /// Sessions that missed one.
    pub missed: u32,
}

/// In how many sessions a practice was served.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PracticeFigure {
    /// Its number.
    pub practice: Practice,
    /// Sessions in which a step that serves it was dealt with.
    pub served: u32,
    /// Of so many whose protocol has such a step.
    pub n: usize,
}

impl End {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Full,
        Self::Before(Ending::Early),
        Self::Before(Ending::Postponed),
        Self::Before(Ending::NotHeld),
        Self::Before(Ending::Left),
        Self::Unclosed,
    ];

    /// How a session ended.
    pub fn of(summary: &Summary) -> Self {
        match (summary.ended, summary.status) {
            (Some(ending), _) => Self::Before(ending),
            (None, Status::Closed) => Self::Full,
            (None, _) => Self::Unclosed,
        }
    }
}

impl Quartiles {
    /// Those of some numbers: each is one of them, the lower of two in the middle.
    pub fn of(mut numbers: Vec<u32>) -> Self {
        numbers.sort_unstable();
        let at = |quarters: usize| {
            let place = numbers.len().saturating_sub(1) * quarters / 4;
            numbers.get(place).copied().unwrap_or(0)
        };
        Self { n: numbers.len(), low: at(1), median: at(2), high: at(3) }
    }
}

impl Figures {
    /// The figures over some sessions. Practice, and those whose consent was taken back, are not counted.
    pub fn of<'a>(summaries: impl IntoIterator<Item = &'a Summary>) -> Self {
        let mut adding = Adding::default();
        for summary in summaries {
            adding.add(summary);
        }
        adding.figures()
    }
}

/// The sessions of one protocol: its versions together, as ids keep their meaning.
#[derive(Default)]
struct OfProtocol {
    n: usize,
    phases: BTreeMap<PhaseId, Vec<u32>>,
    passed: BTreeMap<PassedBy, (u32, u32, BTreeMap<ReasonCode, u32>)>,
    signals: BTreeMap<(Signal, ResponseId, Option<PhaseId>, Option<StepId>), u32>,
}

#[derive(Default)]
struct Adding {
    figures: Figures,
    weeks: BTreeMap<NaiveDate, u32>,
    by_protocol: BTreeMap<ProtocolId, OfProtocol>,
    covers: Vec<u32>,
    practices: BTreeMap<Practice, (u32, usize)>,
}

impl Adding {
    fn add(&mut self, summary: &Summary) {
        let left_out = &mut self.figures.left_out;
        if summary.kind == SessionKind::Practice {
            left_out.practice += 1;
            return;
        }
        if summary.consent == Consent::TakenBack {
            left_out.withdrawn += 1;
            return;
        }
        let Some(protocol) = summary.protocol.as_ref().filter(|_| summary.may_be_counted()) else {
            left_out.without_protocol += 1;
            return;
        };
        self.figures.n += 1;
        if let Some(monday) = summary.day().and_then(monday) {
            *self.weeks.entry(monday).or_default() += 1;
        }
        *self.figures.ends.entry(End::of(summary)).or_default() += 1;
        let latest =
            self.figures.protocols.entry(protocol.id.clone()).or_insert_with(|| Arc::clone(protocol));
        if latest.version < protocol.version {
            *latest = Arc::clone(protocol);
        }
        self.by_protocol.entry(protocol.id.clone()).or_default().add(summary, protocol);
        let counted = &summary.counted;
        if counted.covers.0 > 0 {
            self.figures.covers.times += u32::from(counted.covers.0);
            self.covers.push(counted.covers.1);
        }
        if counted.check_ins.0 > 0 {
            self.figures.check_ins.n += 1;
            self.figures.check_ins.missed += u32::from(counted.check_ins.1 > 0);
        }
        let mut served: BTreeMap<&Practice, bool> = BTreeMap::new();
        for (place, step) in protocol.steps.iter().enumerate() {
            for practice in &step.serves {
                *served.entry(practice).or_default() |= counted.is_done(place);
            }
        }
        for (practice, served) in served {
            if !self.practices.contains_key(practice) {
                self.practices.insert(practice.clone(), (0, 0));
            }
            if let Some((times, n)) = self.practices.get_mut(practice) {
                *times += u32::from(served);
                *n += 1;
            }
        }
    }

    fn figures(self) -> Figures {
        let mut figures = self.figures;
        figures.weeks = every_week(&self.weeks);
        for (id, of) in self.by_protocol {
            let places: BTreeMap<&PhaseId, usize> = figures
                .protocols
                .get(&id)
                .map(|protocol| protocol.phases.iter().enumerate().map(|(place, phase)| (&phase.id, place)))
                .into_iter()
                .flatten()
                .collect();
            let mut phases: Vec<PhaseFigure> = of
                .phases
                .into_iter()
                .map(|(phase, took)| PhaseFigure { protocol: id.clone(), phase, took: Quartiles::of(took) })
                .collect();
            phases.sort_by_key(|figure| places.get(&figure.phase).copied().unwrap_or(usize::MAX));
            figures.phases.extend(phases);
            let n = of.n;
            figures.passed.extend(of.passed.into_iter().map(|(what, (times, sessions, reasons))| {
                PassedFigure { protocol: id.clone(), what, times, sessions, n, reasons }
            }));
            figures.signals.extend(of.signals.into_iter().map(|((signal, response, phase, step), times)| {
                SignalFigure { protocol: id.clone(), signal, response, phase, step, times, n }
            }));
        }
        figures.passed.sort_by(|one, other| other.times.cmp(&one.times).then(one.what.cmp(&other.what)));
        figures.signals.sort_by(|one, other| {
            one.signal.cmp(&other.signal).then(other.times.cmp(&one.times)).then(one.step.cmp(&other.step))
        });
        figures.covers.took = Quartiles::of(self.covers);
        let mut practices: Vec<PracticeFigure> = self
            .practices
            .into_iter()
            .map(|(practice, (served, n))| PracticeFigure { practice, served, n })
            .collect();
        practices.sort_by_key(|figure| number_of(&figure.practice));
        figures.practices = practices;
        figures
    }
}

impl OfProtocol {
    fn add(&mut self, summary: &Summary, protocol: &Protocol) {
        self.n += 1;
        let phase = |place: u8| protocol.phases.get(usize::from(place)).map(|phase| phase.id.clone());
        let step = |place: u16| protocol.steps.get(usize::from(place)).map(|step| step.id.clone());
        for (place, took) in &summary.counted.phases {
            if let Some(phase) = phase(*place) {
                self.phases.entry(phase).or_default().push(*took);
            }
        }
        let mut here: BTreeSet<PassedBy> = BTreeSet::new();
        for passed in &summary.counted.passed {
            let (what, reason) = match passed {
                Passed::Skipped(place, reason) => (step(*place).map(PassedBy::Skipped), Some(*reason)),
                Passed::Deferred(place) => (step(*place).map(PassedBy::Deferred), None),
                Passed::Declined(place) => (step(*place).map(PassedBy::Declined), None),
                Passed::Overrode(place, gate, reason) => {
                    (phase(*place).map(|phase| PassedBy::Overrode(phase, *gate)), Some(*reason))
                }
            };
            let Some(what) = what else { continue };
            let first = here.insert(what.clone());
            let (times, sessions, reasons) = self.passed.entry(what).or_default();
            *times += 1;
            *sessions += u32::from(first);
            if let Some(reason) = reason {
                *reasons.entry(reason).or_default() += 1;
            }
        }
        for raised in &summary.counted.raised {
            let Some(response) = protocol.responses.get(usize::from(raised.response)) else { continue };
            let key = (
                raised.signal,
                response.id.clone(),
                raised.phase.and_then(phase),
                raised.step.and_then(step),
            );
            *self.signals.entry(key).or_default() += 1;
        }
    }
}

fn monday(day: NaiveDate) -> Option<NaiveDate> {
    day.checked_sub_days(Days::new(day.weekday().num_days_from_monday().into()))
}

/// At most so many weeks are shown: a clock that stood in another century makes no page of empty ones.
const MOST_WEEKS: usize = 52 * 20;

/// Every week from the first to the last, those without a session too.
fn every_week(weeks: &BTreeMap<NaiveDate, u32>) -> Vec<(NaiveDate, u32)> {
    let (Some((first, _)), Some((last, _))) = (weeks.first_key_value(), weeks.last_key_value()) else {
        return Vec::new();
    };
    let all: Vec<(NaiveDate, u32)> = first
        .iter_weeks()
        .take_while(|week| week <= last)
        .take(MOST_WEEKS + 1)
        .map(|week| (week, weeks.get(&week).copied().unwrap_or(0)))
        .collect();
    if all.len() > MOST_WEEKS { weeks.iter().map(|(week, count)| (*week, *count)).collect() } else { all }
}

/// A practice in the order that people count in: `A2` before `A10`.
pub(super) fn number_of(practice: &Practice) -> (String, u32, String) {
    let text = practice.0.as_ref();
    let digits = |c: char| c.is_ascii_digit();
    let (letter, rest) = text.split_at(text.find(digits).unwrap_or(text.len()));
    let (number, part) = rest.split_at(rest.find(|c| !digits(c)).unwrap_or(rest.len()));
    (letter.to_owned(), number.parse().unwrap_or(0), part.to_owned())
}
