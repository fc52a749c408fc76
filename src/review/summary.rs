//! What a table, a filter and the first screen need of one session: small, so that ten thousand stay in memory.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::journal::{Inspected, Mark, On, SessionName, Verdict};
use crate::machine::{At, Outcome, SessionKind, State, Value};
use crate::protocol::{Ending, Kind, Protocol, Tells};
use crate::seal::HeadCode;
use crate::text::{CaseCode, Fingerprint, ProtocolId, StaffNumber, StepId};

use super::catalogue::{Deviation, DeviationKind, Weight};
use super::counted::{Counted, Signal};
use super::danger::Danger;
use super::due::Due;
use super::listen::Listen;
use super::marks::{Marks, SignedOff};
use super::overview::{Status, status};
use super::reviewed::{Noticed, Reviewed};
use super::shared::Shared;
use super::tells::answer;

/// What is known of one session without its events.
#[derive(Debug, Clone)]
pub struct Summary {
    /// The name of its file.
    pub name: SessionName,
    /// When it began.
    pub begun: At,
    /// When its last event happened.
    pub last: At,
    /// Its length in milliseconds, by the monotonic clock, without pauses.
    pub length: u64,
    /// Real or practice.
    pub kind: SessionKind,
    /// The case code.
    pub case: Arc<CaseCode>,
    /// The staff numbers, in the order in which they joined.
    pub staff: Arc<[StaffNumber]>,
    /// The protocol that was run.
    pub protocol_id: ProtocolId,
    /// Its version.
    pub version: u32,
    /// The protocol itself; none where this version of the program cannot read it.
    pub protocol: Option<Arc<Protocol>>,
    /// Where it stands.
    pub status: Status,
    /// How it ended before its last step.
    pub ended: Option<Ending>,
    /// What can be said of the file.
    pub file: FileState,
    /// The fingerprint of its file, where it was taken.
    pub sha256: Option<Fingerprint>,
    /// How many events there are.
    pub events: u32,
    /// How often somebody was in danger: confirmed, and no false alarm.
    pub danger: u16,
    /// How often she needed a moment.
    pub distress: u16,
    /// The worker's own strain was at the top of its scale.
    pub strained: bool,
    /// How often she had told it before.
    pub told_before: Option<u32>,
    /// What became of her consent.
    pub consent: Consent,
    /// What the protocol did not want, the heaviest first.
    pub against: Box<[Against]>,
    /// Why somebody may still be in danger.
    pub dangers: Box<[Noticed<Danger>]>,
    /// For what somebody must be listened to.
    pub listens: Box<[Noticed<Listen>]>,
    /// What was promised and is due.
    pub dues: Box<[Noticed<Due>]>,
    /// What it adds to the figures.
    pub counted: Counted,
    /// What was said of it afterwards; none where nothing was.
    pub marks: Option<Box<Marks>>,
}

/// A deviation without its details: those are found again when the session is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Against {
    /// Which.
    pub kind: DeviationKind,
    /// The event at which it happened; none: it is about the session as a whole.
    pub event: Option<u32>,
    /// The step that was never answered, by its place in the protocol: what settles it settles this.
    pub waits: Option<u16>,
}

/// What can be said of a session's file, its ledger's note taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileState {
    /// It was closed, and is as it was then.
    Whole,
    /// It ends after a whole event.
    Open,
    /// It ends inside an event.
    Torn,
    /// What follows was sealed for others.
    NotForUs,
    /// It is not the file that was noted: cut, or exchanged.
    Another,
    /// It was changed.
    Altered,
    /// It was erased on this machine, and is there again.
    BackAgain,
}

/// What became of her consent after it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Consent {
    /// Nothing was taken back.
    Stands,
    /// She took back a part, or stopped, and the rest may be used.
    Narrowed,
    /// Its protocol cannot be read by this version, so nobody can tell: it is in no export and no figure.
    Unknown,
    /// Nothing of it may be used: the session is to be erased, and is in no export and no figure.
    TakenBack,
}

impl Summary {
    /// What is known of a session, from what was found in its one fold; nothing where it never began.
    pub fn of(
        inspected: &Inspected,
        protocol: Option<&Arc<Protocol>>,
        marks: Option<Marks>,
        now: At,
        shared: &Shared,
    ) -> Option<Self> {
        let session = &inspected.session;
        let (state, found) = match protocol {
            Some(protocol) => {
                let reviewed = Reviewed::of(protocol, &session.events, session.verdict, now);
                let Reviewed { state, deviations, dangers, listens, dues, counted, .. } = reviewed;
                (state, Some((protocol, deviations, dangers, listens, dues, counted)))
            }
            None => (super::state_of(&session.events), None),
        };
        let mut summary = Self::head(inspected, &state, shared)?;
        if let Some((protocol, deviations, dangers, listens, dues, counted)) = found {
            summary.protocol_id = protocol.id.clone();
            let count = |wanted: Signal| {
                let times = counted.raised.iter().filter(|raised| raised.signal == wanted).count();
                u16::try_from(times).unwrap_or(u16::MAX)
            };
            (summary.danger, summary.distress) = (count(Signal::Danger), count(Signal::Distress));
            summary.strained = strained(protocol, &state);
            summary.told_before = told_before(protocol, &state);
            summary.consent = consent(protocol, &state);
            summary.against = against(&deviations, protocol, inspected);
            (summary.dangers, summary.listens, summary.dues) = (dangers.into(), listens.into(), dues.into());
            (summary.counted, summary.protocol) = (counted, Some(Arc::clone(protocol)));
        }
        summary.mark(marks.unwrap_or_default());
        Some(summary)
    }

    /// What was said of it afterwards, all of it.
    pub fn mark(&mut self, marks: Marks) {
        self.marks = (marks != Marks::default()).then(|| Box::new(marks));
    }

    fn head(inspected: &Inspected, state: &State, shared: &Shared) -> Option<Self> {
        let (session, record) = (&inspected.session, &state.record);
        let (protocol_id, version) = record.protocol.clone()?;
        let file = match session.verdict {
            _ if inspected.erased => FileState::BackAgain,
            _ if inspected.other.is_some() => FileState::Another,
            Verdict::Whole => FileState::Whole,
            Verdict::Open => FileState::Open,
            Verdict::Torn { .. } => FileState::Torn,
            Verdict::Altered { .. } => FileState::Altered,
            Verdict::NotForUs { .. } => FileState::NotForUs,
        };
        Some(Self {
            name: session.name,
            begun: record.begun?,
            last: record.last,
            length: record.clock.elapsed(record.last.run),
            kind: record.kind?,
            case: shared.case(record.case.as_ref()?),
            staff: shared.staff(&record.staff),
            protocol_id,
            version,
            protocol: None,
            status: status(state, session.events.last()),
            ended: state.seen.ended,
            file,
            sha256: Some(inspected.prints.now),
            events: u32::try_from(record.events).unwrap_or(u32::MAX),
            danger: 0,
            distress: 0,
            strained: false,
            told_before: None,
            consent: Consent::Unknown,
            against: Box::default(),
            dangers: Box::default(),
            listens: Box::default(),
            dues: Box::default(),
            counted: Counted::default(),
            marks: None,
        })
    }

    /// How many deviations weigh so much.
    pub fn weighing(&self, weight: Weight) -> usize {
        self.standing().filter(|against| against.kind.weight() == weight).count()
    }

    /// The deviations, without the talks that a supervisor marked as done although the session does not know of it.
    pub fn standing(&self) -> impl Iterator<Item = &Against> {
        self.against.iter().filter(|against| {
            against.kind != DeviationKind::ListenedLate
                || self.waits(against).is_none_or(|step| !self.is_done(step, against.event))
        })
    }

    /// The step whose answer a deviation waits for.
    pub fn waits(&self, against: &Against) -> Option<&StepId> {
        let place = usize::from(against.waits?);
        self.protocol.as_ref()?.steps.get(place).map(|step| &step.id)
    }

    /// Whether a mark says that a step, asked at an event, is done.
    fn is_done(&self, step: &StepId, event: Option<u32>) -> bool {
        let marks = self.marks.as_ref();
        marks.is_some_and(|marks| {
            marks.about(Some(step), event.map(u64::from)).any(|given| given.mark == Mark::Done)
        })
    }

    /// Its head code, where its fingerprint was taken. Takes some hundredths of a second.
    pub fn head_code(&self) -> Option<HeadCode> {
        self.sha256.as_ref().map(HeadCode::of)
    }

    /// Whether it is signed off as its file is now.
    pub fn is_signed_off(&self) -> bool {
        self.marks.as_ref().is_some_and(|marks| matches!(marks.signed, SignedOff::Yes(..)))
    }

    /// Whether it is marked to be discussed.
    pub fn is_to_discuss(&self) -> bool {
        let marks = self.marks.iter().flat_map(|marks| marks.on.values());
        marks.into_iter().any(|given| given.mark == Mark::ToDiscuss)
    }

    /// The day on which it is to be looked at again, as a whole.
    pub fn look_again(&self) -> Option<NaiveDate> {
        match self.marks.as_ref()?.on.get(&On::Session)?.mark {
            Mark::LookAgain(day) => Some(day),
            _ => None,
        }
    }

    /// Whether what was found at an event, about a step, is settled by a mark and leaves the lists.
    pub fn is_settled(&self, step: Option<&StepId>, event: u64, today: Option<NaiveDate>) -> bool {
        self.marks.as_ref().is_some_and(|marks| marks.settles(step, event, today))
    }

    /// Why somebody may still be in danger, without what is settled.
    pub fn open_dangers(&self, today: Option<NaiveDate>) -> impl Iterator<Item = &Noticed<Danger>> {
        self.dangers.iter().filter(move |one| !self.is_settled(one.what.step(), one.event, today))
    }

    /// For what somebody must be listened to, without what is settled.
    pub fn open_listens(&self, today: Option<NaiveDate>) -> impl Iterator<Item = &Noticed<Listen>> {
        self.listens.iter().filter(move |one| !self.is_settled(Some(one.what.step()), one.event, today))
    }

    /// What was promised and is due, without what is settled. What a later session of the same case promised anew only the
    /// lists know, which have them all.
    pub fn open_dues(&self, today: Option<NaiveDate>) -> impl Iterator<Item = &Noticed<Due>> {
        self.dues.iter().filter(move |one| !self.is_settled(Some(&one.what.step), one.event, today))
    }

    /// Whether it dealt anew with what an earlier session of the same case promised. A check-in is of its own session only.
    pub fn renews(&self, earlier: &Self, promised: &Due) -> bool {
        let again = || self.protocol.as_ref()?.find(&promised.step);
        !promised.check_in
            && self.kind == SessionKind::Real
            && self.case == earlier.case
            && self.begun.wall > earlier.begun.wall
            && again().is_some_and(|step| self.counted.is_done(step.0))
    }

    /// Whether it was kept as long as a setting says, in milliseconds after its last event. None: no end was set.
    pub fn is_past_its_time(&self, keeps_for: Option<i64>, now: At) -> bool {
        keeps_for.is_some_and(|time| self.last.wall.saturating_add(time) < now.wall)
    }

    /// Whether it may be exported and counted: a real session that was not erased, of which her consent still holds as far
    /// as can be told.
    pub fn may_be_counted(&self) -> bool {
        self.kind == SessionKind::Real
            && self.file != FileState::BackAgain
            && matches!(self.consent, Consent::Stands | Consent::Narrowed)
    }

    /// The day on which it began, where it was.
    pub fn day(&self) -> Option<NaiveDate> {
        super::due::today(self.begun)
    }

    /// The bytes that it takes in memory, without what sessions share.
    pub fn bytes(&self) -> usize {
        size_of::<Self>()
            + size_of_val(&*self.against)
            + size_of_val(&*self.dangers)
            + size_of_val(&*self.listens)
            + size_of_val(&*self.dues)
            + size_of_val(&*self.counted.phases)
            + size_of_val(&*self.counted.passed)
            + size_of_val(&*self.counted.raised)
            + size_of_val(&*self.counted.done)
            + self
                .dues
                .iter()
                .filter_map(|due| due.what.line.as_ref())
                .map(|line| line.as_str().len())
                .sum::<usize>()
            + self.marks.as_ref().map_or(0, |_| size_of::<Marks>())
    }
}

/// The deviations in short. A file that is not the one that was noted is not whole either.
fn against(deviations: &[Deviation], protocol: &Protocol, inspected: &Inspected) -> Box<[Against]> {
    let short = deviations.iter().map(|deviation| Against {
        kind: deviation.what.kind(),
        event: deviation.event.and_then(|event| u32::try_from(event).ok()),
        waits: deviation
            .what
            .waits()
            .and_then(|step| protocol.find(step))
            .and_then(|place| u16::try_from(place.0).ok()),
    });
    let not_whole =
        inspected.other.map(|_| Against { kind: DeviationKind::NotWhole, event: None, waits: None });
    not_whole.into_iter().chain(short).collect()
}

/// A private scale stands at its top that is asked even where nothing was held: it is about the worker herself.
fn strained(protocol: &Protocol, state: &State) -> bool {
    protocol.steps.iter().any(|step| match &step.kind {
        Kind::Scale(scale) if step.private && step.also_after.contains(&Ending::NotHeld) => {
            matches!(answer(state, step), Some(Value::Number(point)) if *point >= scale.to)
        }
        _ => false,
    })
}

fn told_before(protocol: &Protocol, state: &State) -> Option<u32> {
    let step = protocol.steps.iter().find(|step| step.counts_same_case)?;
    match answer(state, step)? {
        Value::Number(times) => u32::try_from(*times).ok(),
        _ => None,
    }
}

/// In doubt it was taken back: where the response happened and nobody noted what she wants.
fn consent(protocol: &Protocol, state: &State) -> Consent {
    let backs = protocol.responses.iter().filter(|response| Signal::of(response) == Signal::ConsentBack);
    let mut consent = Consent::Stands;
    for response in
        backs.filter(|response| state.record.confirmed.get(&response.id).is_some_and(|times| *times > 0))
    {
        let choices =
            protocol.steps.get(response.steps.clone()).unwrap_or_default().iter().filter_map(|step| {
                let Kind::Choice(options) = &step.kind else { return None };
                Some(match state.seen.outcomes.get(&step.id) {
                    Some(Outcome::Answered(Value::Option(id))) if !state.seen.off.contains(&step.id) => {
                        let told =
                            options.iter().find(|option| option.id == *id).and_then(|option| option.tells);
                        if told == Some(Tells::Discuss) { Consent::TakenBack } else { Consent::Narrowed }
                    }
                    _ if state.seen.off.contains(&step.id) => Consent::Stands,
                    _ => Consent::TakenBack,
                })
            });
        let worst = choices.max().unwrap_or(Consent::TakenBack);
        consent = consent.max(worst);
    }
    consent
}
