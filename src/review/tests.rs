//! The review over sessions that the machine itself wrote: what was done, and what is said of it.

use std::sync::Arc;

use super::*;
use crate::journal::{ProtocolFile, ProtocolSource, Verdict};
use crate::machine::{
    At, Command, CoveredBy, Fact, LeftFrom, Place, Reason, ReasonCode, RowKey, SessionKind, Uncovered, Value,
    decide,
};
use crate::protocol::{Ending, Protocol, Tells, read};
use crate::text::{CaseCode, Line, OptionId, PhaseId, ResponseId, RowId, StaffNumber, StepId};

const NIGHT: &str = include_str!("../../tests/sessions/night.yaml");
const MINUTE: i64 = 60_000;
const START: i64 = 1_795_537_000_000;

/// A session that runs: commands go in, time passes.
struct Session {
    protocol: Protocol,
    state: State,
    events: Vec<Event>,
    now: At,
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

fn begun_by(staff: &[&str]) -> Session {
    let reading = read("night.yaml", NIGHT.as_bytes(), &[]);
    let protocol = reading.protocol.unwrap_or_else(|| panic!("{:?}", reading.findings));
    let now = At { wall: START, zone: 60, run: 500 };
    let mut session = Session { protocol, state: State::default(), events: Vec::new(), now };
    let staff = staff.iter().map(|number| StaffNumber::new(number).unwrap()).collect();
    session.does(Command::Begin { staff, case: CaseCode::new("K-17").unwrap(), kind: SessionKind::Real });
    session
}

/// Two, in the talk, all before answered.
fn talking() -> Session {
    let mut session = begun_by(&["204", "311"]);
    session.answers("calm", Value::Done);
    session.answers("call", Value::Deadline { at: START + 60 * MINUTE, line: None });
    session.answers("company", option("nobody"));
    assert_eq!(session.state.record.phase, PhaseId::new("talk").ok());
    session
}

fn needs(bed: &str, food: &str) -> Value {
    let row = |id: &str, state: &str| (RowKey::Row(RowId::new(id).unwrap()), OptionId::new(state).unwrap());
    Value::List { rows: [row("bed", bed), row("food", food)].into(), added: Vec::new() }
}

impl Session {
    #[track_caller]
    #[expect(clippy::needless_pass_by_value, reason = "a hundred calls read better without `&`")]
    fn does(&mut self, command: Command) -> u64 {
        self.passes(1_000);
        let event =
            decide(&self.protocol, &self.state, &command, self.now).unwrap_or_else(|why| panic!("{why:?}"));
        self.happens(event)
    }

    fn happens(&mut self, event: Event) -> u64 {
        apply(&mut self.state, &event);
        self.events.push(event);
        self.events.len() as u64
    }

    #[track_caller]
    fn answers(&mut self, id: &str, value: Value) -> u64 {
        self.does(Command::Answer { step: step(id), value, reason: None })
    }

    #[track_caller]
    fn skips(&mut self, id: &str) -> u64 {
        self.does(Command::Skip { step: step(id), reason: because(ReasonCode::NoTime) })
    }

    fn passes(&mut self, milliseconds: i64) {
        self.now.wall += milliseconds;
        self.now.run += u64::try_from(milliseconds).unwrap();
    }

    /// The rest of the session as it should be, and closes it.
    #[track_caller]
    fn goes_well_to_the_end(&mut self) {
        for (id, value) in [
            ("risk", Value::Number(1)),
            ("tied", option("ruled-out")),
            ("rights", Value::Heard(crate::machine::Heard::Understood)),
            ("needs", needs("met", "met")),
            ("go-on", option("continue")),
            ("risk-after", Value::Number(1)),
            ("promised", Value::Date(chrono::NaiveDate::from_ymd_opt(2026, 11, 30).unwrap())),
            ("farewell", Value::Text(crate::text::Prose::new("her sister").unwrap())),
            ("strain", Value::Number(1)),
        ] {
            if !self.state.seen.off.contains(&step(id)) && !self.state.seen.outcomes.contains_key(&step(id)) {
                self.answers(id, value);
            }
        }
        self.does(Command::Meet { step: step("call") });
        if self.state.record.place != Place::End {
            self.does(Command::Defer { step: step("debrief") });
        }
        self.does(Command::Close { reason: None });
    }

    fn kinds(&self) -> Vec<DeviationKind> {
        self.found().iter().map(|deviation| deviation.what.kind()).collect()
    }

    fn found(&self) -> Vec<Deviation> {
        deviations(&self.protocol, &self.events, Verdict::Open, self.now.wall)
    }

    fn dangers(&self) -> Vec<Danger> {
        in_danger(&self.protocol, &self.events, self.now.wall)
    }
}

// ---- deviations ----------------------------------------------------------------------------------------------------

#[test]
fn a_session_as_it_should_be_has_none() {
    let mut session = talking();
    session.goes_well_to_the_end();
    assert_eq!(session.found(), []);
    assert_eq!(session.dangers(), []);
}

#[test]
fn good_judgement_is_none() {
    for ends in ["stop", "another-day"] {
        let mut session = talking();
        session.skips("risk");
        session.answers("go-on", option(ends));
        assert_eq!(session.kinds(), [], "{ends}");
    }
    for ending in [Ending::Postponed, Ending::NotHeld, Ending::Early] {
        let mut session = begun_by(&["204"]);
        session.skips("calm");
        session.does(Command::End { ending, reason: None });
        assert_eq!(session.kinds(), [], "{ending:?}: what was skipped was not needed any more");
    }
    let mut session = talking();
    session.does(Command::Cover { by: CoveredBy::Key });
    session.passes(20 * MINUTE);
    session.does(Command::Uncover { how: Uncovered::Later });
    session.does(Command::Go { step: step("signal") });
    session.answers("signal", option("nothing"));
    session.goes_well_to_the_end();
    assert_eq!(
        session.kinds(),
        [],
        "a false alarm, and the time under the cover is not held against anybody"
    );
}

#[test]
fn an_override_stands_out_with_the_words_that_came_later() {
    let mut session = begun_by(&["204"]);
    session.answers("calm", Value::Done);
    session.answers("call", Value::Deadline { at: START + 60 * MINUTE, line: None });
    session.answers("company", option("nobody"));
    let talk = PhaseId::new("talk").unwrap();
    let event = session.does(Command::Override { phase: talk.clone(), reason: because(ReasonCode::Other) });
    let words = Line::new("my colleague is with the child").unwrap();
    session.does(Command::Word { event, words: words.clone() });
    let reason = Reason { code: ReasonCode::Other, words: Some(words) };
    let what = What::GateOverridden { phase: talk, gates: vec![1], reason };
    assert_eq!(session.found(), [Deviation { event: Some(event), what }]);
}

#[test]
fn steps_on_a_fallen_gate_are_one_deviation_a_stretch() {
    let mut session = talking();
    session.does(Command::Answer {
        step: step("company"),
        value: option("accompanied"),
        reason: Some(because(ReasonCode::Other)),
    });
    assert_eq!(session.state.record.fallen, [0]);
    assert_eq!(session.kinds(), [DeviationKind::ChangedLater]);
    // The machine refuses this; a journal that says otherwise is believed, and it is said.
    let now = session.now;
    let mut first = 0;
    for id in ["risk", "tied", "risk"] {
        let fact = Fact::Deferred { step: step(id) };
        let event = session.happens(Event { at: now, fact, follows: crate::machine::Follows::default() });
        first = if first == 0 { event } else { first };
    }
    let what = What::RanOnFallenGate {
        phase: PhaseId::new("talk").unwrap(),
        gates: vec![0],
        steps: vec![step("risk"), step("tied")],
    };
    assert_eq!(session.found()[0], Deviation { event: Some(first), what });
}

#[test]
fn a_changed_file_is_said_and_a_torn_one_is_nobodys_fault() {
    let session = talking();
    let of = |verdict| deviations(&session.protocol, &session.events, verdict, session.now.wall);
    assert_eq!(
        of(Verdict::Altered { after: 4 }),
        [Deviation { event: None, what: What::NotWhole { after: 4 } }]
    );
    assert_eq!(of(Verdict::Torn { dropped: 9 }), []);
    assert_eq!(of(Verdict::Whole), []);
}

#[test]
fn a_check_in_that_was_missed_is_said_however_it_was_answered() {
    let due = START + 60 * MINUTE;
    for (late_by, missed) in [(-1, false), (0, false), (1, false), (2, true), (30, true)] {
        for answered in [
            Command::Meet { step: step("call") },
            Command::Answer {
                step: step("call"),
                value: Value::Deadline { at: due + 90 * MINUTE, line: None },
                reason: Some(because(ReasonCode::Other)),
            },
        ] {
            let mut session = talking();
            session.passes(due + late_by * MINUTE - session.now.wall - 1_000);
            session.does(answered.clone());
            let found =
                session.found().into_iter().find(|found| found.what.kind() == DeviationKind::CheckInMissed);
            let expected = missed.then(|| Deviation {
                event: Some(5),
                what: What::CheckInMissed { step: step("call"), due, answered: Some(due + late_by * MINUTE) },
            });
            assert_eq!(found, expected, "{late_by} min, {answered:?}");
        }
    }
    let mut session = talking();
    session.passes(90 * MINUTE);
    session.does(Command::Overdue { step: step("call") });
    let what = What::CheckInMissed { step: step("call"), due, answered: None };
    assert!(
        session.found().contains(&Deviation { event: Some(3), what }),
        "it jumps to where the time was set"
    );
}

#[test]
fn a_required_step_that_was_skipped_is_said_until_it_is_answered() {
    let mut session = begun_by(&["204", "311"]);
    let event = session.skips("calm");
    let reason = Some(because(ReasonCode::NoTime));
    let what = What::RequiredSkipped { step: step("calm"), reason };
    assert_eq!(session.found(), [Deviation { event: Some(event), what }]);
    session.does(Command::Undo);
    assert_eq!(session.found(), []);
    session.skips("calm");
    session.skips("call");
    assert_eq!(session.kinds(), [DeviationKind::RequiredSkipped], "what is not required can be skipped");
    session.answers("calm", Value::Done);
    assert_eq!(session.found(), []);
}

#[test]
fn a_required_debrief_that_was_late_is_said_and_one_of_free_will_is_not() {
    for (strain, kinds) in [(4, vec![DeviationKind::ListenedLate]), (1, vec![])] {
        let mut session = talking();
        session.answers("go-on", option("another-day"));
        session.answers("strain", Value::Number(strain));
        let due = session.now.wall + 10 * MINUTE;
        session.answers("debrief", Value::Deadline { at: due, line: None });
        session.passes(20 * MINUTE);
        session.does(Command::Meet { step: step("debrief") });
        assert_eq!(session.kinds(), kinds, "strain {strain}");
    }
}

/// What was due and was never answered, as time goes by. Before: how the session was left; then how many minutes pass; after:
/// what is said of it.
#[test]
fn what_nobody_answers_is_said_of_a_session_that_was_left_or_closed_too() {
    use DeviationKind::{CheckInMissed, ListenedLate};
    const DAY: i64 = 24 * 60;
    fn nothing(_: &mut Session) {}
    fn left(session: &mut Session) {
        session.does(Command::Leave { from: LeftFrom::Checklist });
    }
    fn left_covered(session: &mut Session) {
        session.does(Command::Cover { by: CoveredBy::Key });
        session.does(Command::Leave { from: LeftFrom::Cover });
    }
    fn strained(session: &mut Session, strain: i64) {
        session.answers("go-on", option("another-day"));
        session.answers("strain", Value::Number(strain));
        session.answers("debrief", Value::Deadline { at: session.now.wall + DAY * MINUTE, line: None });
    }
    fn closed_with_a_talk_promised(session: &mut Session) {
        strained(session, 4);
        session.does(Command::Close { reason: None });
    }
    fn closed_with_a_talk_of_free_will(session: &mut Session) {
        strained(session, 1);
        session.does(Command::Close { reason: None });
    }
    fn left_with_a_talk_promised(session: &mut Session) {
        strained(session, 4);
        left(session);
    }
    fn called_and_left(session: &mut Session) {
        session.does(Command::Meet { step: step("call") });
        left(session);
    }
    type Left = fn(&mut Session);
    let rows: [(&str, Left, i64, &[DeviationKind]); 11] = [
        ("it runs, and the call is not due", nothing, 50, &[]),
        ("the program was stopped", nothing, 90, &[CheckInMissed]),
        ("left on the list", left, 90, &[CheckInMissed]),
        ("left under the cover", left_covered, 90, &[CheckInMissed]),
        ("left, and the call is not due", left_covered, 50, &[]),
        ("called, and left", called_and_left, 90, &[]),
        ("closed before the call was due: somebody was there", closed_with_a_talk_of_free_will, 90, &[]),
        ("closed, and the talk is not due", closed_with_a_talk_promised, DAY / 2, &[]),
        ("closed, and nobody listened", closed_with_a_talk_promised, 3 * DAY, &[ListenedLate]),
        ("closed, and nobody had to listen", closed_with_a_talk_of_free_will, 3 * DAY, &[]),
        (
            "left, neither called nor listened to",
            left_with_a_talk_promised,
            3 * DAY,
            &[CheckInMissed, ListenedLate],
        ),
    ];
    for (how, left, minutes, said) in rows {
        let mut session = talking();
        left(&mut session);
        session.passes(minutes * MINUTE);
        assert_eq!(session.kinds(), said, "{how}, after {minutes} min");
        let set = |id: &str| {
            let answers = |event: &Event| matches!(&event.fact, Fact::Answered { step: about, .. } if *about == step(id));
            session.events.iter().position(answers).map(|place| place as u64 + 1)
        };
        for found in session.found() {
            let step = if found.what.kind() == CheckInMissed { "call" } else { "debrief" };
            assert_eq!(found.event, set(step), "{how}: it jumps to where the time was set");
        }
        let reviewed = Reviewed::of(&session.protocol, &session.events, Verdict::Open, session.now);
        let missed = said.iter().filter(|kind| **kind == CheckInMissed).count();
        assert_eq!(reviewed.counted.check_ins, (1, u8::try_from(missed).unwrap()), "{how}: the figure");
    }
}

#[test]
fn closing_over_open_steps_is_said_with_its_reason() {
    let mut session = talking();
    session.answers("go-on", option("another-day"));
    session.answers("strain", Value::Number(4));
    session.does(Command::Defer { step: step("debrief") });
    let event = session.does(Command::Close { reason: Some(because(ReasonCode::NotSafe)) });
    let what =
        What::ClosedWithOpen { steps: vec![step("debrief")], reason: Some(because(ReasonCode::NotSafe)) };
    assert_eq!(session.found(), [Deviation { event: Some(event), what }]);
}

#[test]
fn a_phase_over_its_minutes_is_said_without_pauses_and_responses() {
    let mut session = talking();
    session.does(Command::Pause);
    session.passes(30 * MINUTE);
    session.does(Command::Continue);
    session.does(Command::Raise { response: ResponseId::new("distress").unwrap() });
    session.passes(30 * MINUTE);
    session.answers("grounded", Value::Done);
    session.passes(9 * MINUTE);
    session.answers("risk", Value::Number(1));
    assert!(!session.kinds().contains(&DeviationKind::PhaseOverTime));
    session.passes(2 * MINUTE);
    session.answers("tied", option("unsure"));
    let over = session.found().into_iter().find(|found| found.what.kind() == DeviationKind::PhaseOverTime);
    let Some(Deviation { event: Some(4), what: What::PhaseOverTime { minutes: 10, took, .. } }) = over else {
        panic!("{over:?}")
    };
    assert!((660_000..=670_000).contains(&took), "{took}");
}

#[test]
fn a_clock_that_was_set_back_is_said_and_a_machine_that_slept_is_only_noted() {
    let mut session = talking();
    session.now.wall += 40 * MINUTE;
    session.answers("risk", Value::Number(1));
    assert_eq!(session.kinds(), []);
    session.now.wall -= 40 * MINUTE;
    let event = session.answers("tied", option("ruled-out"));
    let what = What::ClockSetBack { by: 40 * 60_000 };
    assert_eq!(session.found(), [Deviation { event: Some(event), what }]);
    let jumps: Vec<Option<i64>> =
        Timeline::of(&session.events).entries.iter().map(|entry| entry.jump).collect();
    assert_eq!(jumps[4..], [Some(40 * MINUTE), Some(-40 * MINUTE)]);
    assert!(jumps[..4].iter().all(Option::is_none));
}

#[test]
fn the_catalogue_has_each_kind_once_and_the_heaviest_first() {
    let ids: std::collections::BTreeSet<&str> = DeviationKind::ALL.iter().map(|kind| kind.id()).collect();
    assert_eq!(ids.len(), DeviationKind::ALL.len());
    assert!(DeviationKind::ALL.is_sorted_by(|one, other| one.weight() >= other.weight()));
}

#[test]
fn data_names_a_deviation_as_the_catalogue_does() {
    let (phase, step, reason) = (PhaseId::new("talk").unwrap(), step("calm"), because(ReasonCode::Other));
    let gates = vec![0];
    let all = [
        What::GateOverridden { phase: phase.clone(), gates: gates.clone(), reason: reason.clone() },
        What::RanOnFallenGate { phase: phase.clone(), gates, steps: vec![step.clone()] },
        What::NotWhole { after: 1 },
        What::CheckInMissed { step: step.clone(), due: 1, answered: None },
        What::RequiredSkipped { step: step.clone(), reason: Some(reason) },
        What::ListenedLate { step: step.clone(), due: 1, answered: None },
        What::ClosedWithOpen { steps: vec![step.clone()], reason: None },
        What::PhaseOverTime { phase, minutes: 1, took: 1 },
        What::NoReasonToTellAgain { step: step.clone(), told: 2 },
        What::ChangedLater { step, before: crate::machine::Outcome::Read, reason: None },
        What::ClockSetBack { by: 1 },
    ];
    assert_eq!(all.each_ref().map(What::kind), DeviationKind::ALL);
    for what in all {
        assert_eq!(serde_json::to_value(&what).unwrap()["id"], what.kind().id());
    }
}

// ---- timeline ------------------------------------------------------------------------------------------------------

#[test]
fn responses_and_covers_are_spans_that_a_set_clock_does_not_stretch() {
    let mut session = talking();
    session.does(Command::Raise { response: ResponseId::new("distress").unwrap() });
    session.passes(90_000);
    session.now.wall += 60 * MINUTE;
    session.answers("grounded", Value::Done);
    session.does(Command::Cover { by: CoveredBy::Signal });
    session.passes(5_000);
    session.does(Command::Uncover { how: Uncovered::Later });
    let timeline = Timeline::of(&session.events);
    let [response] = timeline.responses.as_slice() else { panic!("{:?}", timeline.responses) };
    assert_eq!((response.from, response.until, response.took), (5, Some(6), 91_000));
    let [cover] = timeline.covers.as_slice() else { panic!("{:?}", timeline.covers) };
    assert_eq!((cover.from, cover.until, cover.took), (7, Some(8), 6_000));
    assert_eq!((cover.by, cover.end), (CoveredBy::Signal, CoverEnd::Lifted(Uncovered::Later)));
}

#[test]
fn what_was_raised_and_taken_back_at_once_is_no_open_response() {
    let mut session = talking();
    for _ in 0..4 {
        session.does(Command::Raise { response: ResponseId::new("distress").unwrap() });
        session.does(Command::Undo);
    }
    session.does(Command::Raise { response: ResponseId::new("distress").unwrap() });
    session.passes(90_000);
    let timeline = Timeline::of(&session.events);
    let spans: Vec<_> = timeline.responses.iter().map(|span| (span.from, span.until, span.took)).collect();
    assert_eq!(
        spans,
        [
            (5, Some(6), 1_000),
            (7, Some(8), 1_000),
            (9, Some(10), 1_000),
            (11, Some(12), 1_000),
            (13, None, 0)
        ]
    );
}

#[test]
fn what_was_returned_from_and_is_gone_on_with_is_one_response() {
    let mut session = talking();
    session.does(Command::Raise { response: ResponseId::new("distress").unwrap() });
    session.answers("grounded", Value::Done);
    session.does(Command::Undo);
    session.passes(5_000);
    session.answers("grounded", Value::Done);
    let timeline = Timeline::of(&session.events);
    let spans: Vec<_> = timeline.responses.iter().map(|span| (span.from, span.until, span.took)).collect();
    assert_eq!(spans, [(5, Some(8), 8_000)]);
}

#[test]
fn a_new_run_of_the_program_counts_from_its_own_start() {
    let mut session = talking();
    session.does(Command::Cover { by: CoveredBy::Key });
    session.passes(4_000);
    session.does(Command::Leave { from: LeftFrom::Cover });
    session.now = At { wall: session.now.wall + 600 * MINUTE, zone: 120, run: 50 };
    session.does(Command::Resume { dropped: 0 });
    session.does(Command::Undo);
    let timeline = Timeline::of(&session.events);
    let [cover] = timeline.covers.as_slice() else { panic!("{:?}", timeline.covers) };
    assert_eq!((cover.end, cover.took), (CoverEnd::Left, 5_000));
    let lengths: Vec<u64> = timeline.entries.iter().map(|entry| entry.length).collect();
    assert!(lengths.is_sorted(), "{lengths:?}");
    assert_eq!(lengths.last(), Some(&10_000));
    assert!(
        timeline.entries.iter().all(|entry| entry.jump.is_none()),
        "ten hours between two runs are no jump"
    );
}

#[test]
fn a_changed_answer_is_shown_with_what_stood_before() {
    let mut session = talking();
    session.answers("risk", Value::Number(1));
    session.answers("risk", Value::Number(3));
    let timeline = Timeline::of(&session.events);
    let before: Vec<Option<&crate::machine::Outcome>> =
        timeline.entries.iter().map(|entry| entry.before.as_ref()).collect();
    assert_eq!(before[4..], [None, Some(&crate::machine::Outcome::Answered(Value::Number(1)))]);
}

// ---- danger, due, listening ----------------------------------------------------------------------------------------

#[test]
fn whoever_left_under_the_cover_may_be_in_danger_until_the_session_is_resumed() {
    let mut session = talking();
    session.does(Command::Cover { by: CoveredBy::Key });
    assert!(matches!(session.dangers()[..], [Danger::StillCovered { by: CoveredBy::Key, .. }]));
    session.does(Command::Leave { from: LeftFrom::Cover });
    assert!(matches!(session.dangers()[..], [Danger::LeftUnderCover { .. }]));
    assert_eq!(overview(&session.events).unwrap().status, Status::Left(LeftFrom::Cover));
    session.does(Command::Resume { dropped: 0 });
    assert_eq!(session.dangers(), []);
    let mut session = talking();
    session.does(Command::Leave { from: LeftFrom::Checklist });
    assert_eq!(session.dangers(), [], "left to go on later");
}

#[test]
fn a_check_in_that_nobody_answers_is_a_danger_until_somebody_does() {
    let mut session = talking();
    assert_eq!(session.dangers(), []);
    session.passes(61 * MINUTE);
    let due = START + 60 * MINUTE;
    assert_eq!(session.dangers(), [Danger::CheckInUnanswered { step: step("call"), due }]);
    session.does(Command::Meet { step: step("call") });
    assert_eq!(session.dangers(), []);
}

#[test]
fn a_risk_that_rose_and_what_tells_danger_are_said_from_the_answers_in_force() {
    let mut session = talking();
    session.answers("risk", Value::Number(1));
    session.answers("needs", needs("still-open", "met"));
    session.answers("go-on", option("continue"));
    session.does(Command::Go { step: step("risk-after") });
    session.answers("risk-after", Value::Number(3));
    let by = ToldBy::Row(RowKey::Row(RowId::new("bed").unwrap()), OptionId::new("still-open").unwrap());
    assert_eq!(
        session.dangers(),
        [
            Danger::RiskRose { step: step("risk-after"), from: 1, to: 3 },
            Danger::Told(Told { tells: Tells::Danger, step: step("needs"), by }),
        ]
    );
    session.answers("risk-after", Value::Number(1));
    assert_eq!(session.dangers().len(), 1);
}

#[test]
fn what_is_due_is_the_earliest_first_and_what_was_met_is_not() {
    let mut session = talking();
    session.answers("go-on", option("stop"));
    session.answers("risk-after", Value::Number(0));
    let day = chrono::DateTime::from_timestamp_millis(START).unwrap().date_naive();
    session.answers("promised", Value::Date(day));
    session.answers("farewell", Value::Text(crate::text::Prose::new("nothing").unwrap()));
    session.answers("strain", Value::Number(4));
    let line = Line::new("the supervisor").ok();
    session.answers("debrief", Value::Deadline { at: START + 3 * 24 * 60 * MINUTE, line: line.clone() });
    let of = |session: &Session| -> Vec<(String, bool, bool)> {
        due(&session.protocol, &session.state, session.now)
            .into_iter()
            .map(|due| (due.step.to_string(), due.check_in, due.overdue))
            .collect()
    };
    let row = |step: &str, check_in, overdue| (step.to_owned(), check_in, overdue);
    assert_eq!(
        of(&session),
        [row("call", true, false), row("promised", false, false), row("debrief", false, false)]
    );
    let listens = listening(&session.protocol, &session.state, session.now);
    assert!(
        matches!(&listens[..], [Listen::Wanted { step: wanted, at: Some(_), overdue: false }] if *wanted == step("debrief"))
    );
    session.passes(48 * 60 * MINUTE);
    assert_eq!(
        of(&session),
        [row("call", true, true), row("promised", false, true), row("debrief", false, false)]
    );
    session.does(Command::Meet { step: step("call") });
    session.does(Command::Meet { step: step("debrief") });
    assert_eq!(of(&session), [row("promised", false, true)]);
    assert_eq!(listening(&session.protocol, &session.state, session.now), []);
}

#[test]
fn what_the_supervisor_is_to_hear_is_found_and_what_does_not_apply_is_not() {
    let mut session = talking();
    session.answers("tied", option("unsure"));
    let by = ToldBy::Option(OptionId::new("unsure").unwrap());
    let discuss = Told { tells: Tells::Discuss, step: step("tied"), by };
    assert_eq!(listening(&session.protocol, &session.state, session.now), [Listen::Discuss(discuss)]);
    session.state.seen.off.insert(step("tied"));
    assert_eq!(listening(&session.protocol, &session.state, session.now), []);
}

// ---- head, protocols, hostile journals -----------------------------------------------------------------------------

#[test]
fn the_head_of_a_session_says_where_it_stands() {
    assert_eq!(overview(&[]), None);
    let mut session = talking();
    let open = overview(&session.events).unwrap();
    assert_eq!((open.status, open.events, open.version), (Status::Open, 4, 4));
    assert_eq!(open.staff.len(), 2);
    session.goes_well_to_the_end();
    let closed = overview(&session.events).unwrap();
    assert_eq!(closed.status, Status::Closed);
    assert!(closed.length > 0);
}

#[test]
fn a_protocol_is_read_once_however_many_sessions_ran_it() {
    let mut protocols = Protocols::default();
    let source = || Arc::new(ProtocolSource::new(ProtocolFile::new("night.yaml", NIGHT), Vec::new()));
    let (one, other) = (protocols.of(&source()).unwrap(), protocols.of(&source()).unwrap());
    assert!(Arc::ptr_eq(&one, &other));
    let broken = Arc::new(ProtocolSource::new(ProtocolFile::new("x.yaml", "nothing"), Vec::new()));
    assert!(protocols.of(&broken).is_none());
    assert!(protocols.of(&broken).is_none());
}

#[test]
fn events_in_any_order_are_reviewed_without_a_panic() {
    let mut session = talking();
    session.does(Command::Raise { response: ResponseId::new("distress").unwrap() });
    session.does(Command::Cover { by: CoveredBy::Key });
    session.does(Command::Leave { from: LeftFrom::Cover });
    session.does(Command::Resume { dropped: 3 });
    let events = session.events.clone();
    for turn in 0..events.len() {
        for reversed in [false, true] {
            let mut hostile = events.clone();
            hostile.rotate_left(turn);
            if reversed {
                hostile.reverse();
            }
            hostile[0].at = At { wall: i64::MIN, zone: i32::MIN, run: u64::MAX };
            hostile[1].at = At { wall: i64::MAX, zone: i32::MAX, run: 0 };
            hostile[2].follows.returned = 255;
            let state = state_of(&hostile);
            let now = At { wall: i64::MAX, zone: i32::MAX, run: 0 };
            let _ = (
                Timeline::of(&hostile),
                deviations(&session.protocol, &hostile, Verdict::Altered { after: u64::MAX }, now.wall),
                in_danger(&session.protocol, &hostile, now.wall),
                due(&session.protocol, &state, now),
                listening(&session.protocol, &state, now),
                overview(&hostile),
            );
        }
    }
}
