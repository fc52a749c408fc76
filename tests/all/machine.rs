//! The rules of the machine as tables: before / commands / after, over a small protocol that has each of them once.

use super::session::{Session, check, protocol};
use amparo::machine::{Misfit, Refusal};
use amparo::protocol::Protocol;

const SHELTER: &str = "
amparo: 1
id: shelter
version: 1
language: en
title: First talk
conditions:
  - id: alone
    is: company == nobody or done(apart)
covers:
  - id: leaflet
    title: Health
    topics:
      - id: sleep
        title: Sleep
        lines: [Keep the same hours.]
phases:
  - id: place
    title: The place
    pause: Do we let her in?
    steps:
      - id: calm
        kind: check
        ask: The room is calm
        required: true
      - id: company
        kind: choice
        ask: Who came?
        required: true
        options:
          - id: nobody
            label: Nobody
          - id: somebody
            label: Somebody
      - id: apart
        kind: check
        when: company == somebody
        ask: The other waits outside
        required: true
      - id: check-in
        kind: deadline
        role: check-in
        ask: When do we ring?
      - id: ready
        kind: list
        ask: What is ready?
        rows:
          - id: bed
            label: A bed
          - id: food
            label: Food
        states:
          - id: there
            label: There
          - id: missing
            label: Missing
  - id: talk
    title: The talk
    gates:
      - opens: holds(alone)
        closed_says: She is not alone.
        override: never
      - opens: staff(2)
        closed_says: One of you is missing.
    groups:
      - id: listening
        title: Listening
        with_her: true
        steps:
          - id: manner
            kind: guidance
            stays: true
            ask: Listen
          - id: risk
            kind: scale
            ask: How dangerous is it?
            words: [none, little, some, much]
            suggests:
              when: risk >= 2
              response: in-danger
              reopens: go-on
          - id: rights
            kind: inform
            ask: Her rights
            say: You have rights.
            required: true
          - id: go-on
            kind: choice
            ask: Go on?
            required: true
            options:
              - id: continue
                label: Go on
              - id: rest
                label: Rest
                then: pause
              - id: help
                label: Help now
                then: raise(in-danger)
              - id: stop
                label: Stop
                then: end(early)
          - id: story
            kind: text
            ask: What matters?
            at_most: 20
            like: '[a-z ]+'
            unlike_says: Small letters only
          - id: day
            kind: date
            ask: Which day?
      - id: wishes
        title: Wishes
        with_her: true
        when: risk <= 2
        steps:
          - id: wants
            kind: choices
            ask: What would she like?
            options:
              - id: permit
                label: A permit
              - id: home
                label: Home
          - id: given
            kind: list
            rows_from: ready
            ask: What is given?
            states:
              - id: taken
                label: Taken
              - id: refused
                label: Refused
  - id: closing
    title: Closing
    with_her: true
    also_after: [early]
    steps:
      - id: risk-after
        again: risk
        required: true
      - id: thanks
        kind: inform
        ask: Thank her
        say: Thank you.
        required: true
  - id: after
    title: You
    also_after: [early, postponed, not-held, left]
    steps:
      - id: strain
        kind: number
        from: 0
        to: 10
        ask: How heavy?
      - id: debrief
        kind: deadline
        ask: Who listens?
        required: raised(danger) or raised(distress) or rose(risk-after) or strain >= 8
responses:
  - id: danger
    key: esc
    rank: 1
    cover: true
    title: Danger
    steps:
      - id: signal
        kind: choice
        ask: What was it?
        options:
          - id: nothing
            label: Nothing
          - id: person
            label: Somebody came
      - id: did
        kind: choice
        when: not signal == nothing
        ask: What was done?
        options:
          - id: waited
            label: Waited
          - id: left
            label: Left
            then: end(left)
  - id: in-danger
    key: f9
    rank: 2
    title: Now
    steps:
      - id: wish
        kind: text
        ask: What first?
      - id: rung
        kind: check
        ask: Rung
  - id: distress
    key: f2
    rank: 3
    title: A moment
    steps:
      - id: breathe
        kind: guidance
        shows: pacer
        ask: Breathe
      - id: how-now
        kind: choice
        ask: How is she?
        options:
          - id: go-on
            label: Goes on
          - id: rest
            label: Rests
            then: pause
          - id: stop
            label: Stops
            then: end(early)
          - id: worse
            label: She is in danger
            then: raise(in-danger)
      - id: subject
        kind: choice
        when: how-now in [go-on, rest]
        ask: The same subject?
        options:
          - id: same
            label: The same
            then: return
          - id: other
            label: Another
            then: set-aside
      - id: water
        kind: check
        ask: Water
  - id: take-back
    key: f7
    rank: 4
    title: Less
    steps:
      - id: what
        kind: choice
        ask: What does she want?
        options:
          - id: again
            label: Ask again
            then: reopen(go-on)
          - id: less
            label: Less
";

/// Up to the talk: two of them, she is alone.
const IN_TALK: &str = "
    begin 11 12
    calm = done
    company = nobody
    check-in = @30 ring
    ready = bed:there food:missing
    enter talk
    read manner";

fn shelter() -> Protocol {
    protocol(SHELTER)
}

#[test]
fn a_session_begins_once_and_stands_at_its_first_step() {
    let shelter = shelter();
    check(
        &shelter,
        "",
        "begin 11 12",
        "at: calm\nphase: place\nstaff: 11 12\ndue: calm company rights go-on risk-after thanks\nrefused: -",
    );
    check(&shelter, "begin 11 12", "begin 13", "refused: begin 13 (AlreadyBegun)");
    check(
        &shelter,
        "",
        "calm = done\ncover\nundo",
        "refused: calm = done (NotBegun), cover (NotBegun), undo (NotBegun)",
    );
    check(&shelter, "", "begin", "refused: begin (Unknown)\nat: nowhere");
    check(&shelter, "", "begin 1 2 3 4 5", "refused: begin 1 2 3 4 5 (TooManyStaff)\nat: nowhere");
}

#[test]
fn a_staff_number_counts_once_and_four_take_part_at_most() {
    let shelter = shelter();
    check(&shelter, "begin 11 11", "", "staff: 11");
    check(&shelter, "begin 11", "join 11\njoin 12", "staff: 11 12\nrefused: join 11 (StaffTwice)");
    check(&shelter, "begin 1 2 3 4", "join 5", "staff: 1 2 3 4\nrefused: join 5 (TooManyStaff)");
}

#[test]
fn an_answer_goes_on_to_the_next_open_step_and_the_phase_ends_in_its_pause() {
    let shelter = shelter();
    check(&shelter, "begin 11 12", "calm = done", "at: company\ncalm: done");
    check(&shelter, "begin 11 12\ncalm = done", "company = nobody", "at: check-in\napart: off");
    check(
        &shelter,
        "begin 11 12\ncalm = done",
        "company = somebody",
        "at: apart\napart: open\ndue: apart rights go-on risk-after thanks",
    );
    check(
        &shelter,
        "begin 11 12\ncalm = done\ncompany = nobody\ncheck-in = @30",
        "ready = bed:there\nready = bed:there food:missing",
        "at: pause place\nready: bed=there food=missing",
    );
    check(
        &shelter,
        "begin 11 12\ncalm = done\ncompany = nobody\ndefer check-in\ndefer ready",
        "enter talk",
        "at: manner\nphase: talk",
    );
}

#[test]
fn a_list_is_answered_once_every_row_has_a_state_and_added_rows_go_along() {
    let shelter = shelter();
    let before = "begin 11 12\ncalm = done\ncompany = nobody\ncheck-in = @30";
    check(&shelter, before, "ready = bed:there", "at: ready\nready: bed=there, partly");
    check(
        &shelter,
        before,
        "ready = bed:there food:there +a coat",
        "at: ready\nready: bed=there food=there +a coat, partly",
    );
    check(&shelter, before, "ready = bed:there food:there +a coat:missing", "at: pause place");
    let mut session = Session::after(
        &shelter,
        &format!("{before}\nready = bed:there food:there +a coat:missing\nenter talk\nread manner"),
    );
    session
        .must("risk = 1\ngo given\ngiven = bed:taken food:taken")
        .shows("at: given\ngiven: bed=taken food=taken, partly");
    session.must("given = bed:taken food:taken 0:refused").shows("given: bed=taken food=taken +0=refused");
    // A list that takes its rows over has those and no others: two rows would share one place.
    let refusal = session.refusal("given = bed:taken food:taken 0:refused +a hat:taken");
    assert_eq!(refusal, Refusal::Misfit(Misfit::TooManyRows));
    // A row that is added to the first list later is one to be answered in the second.
    session.must("ready = bed:there food:there +a coat:missing +a hat:there because other");
    session.shows("given: bed=taken food=taken +0=refused, partly");
}

#[test]
fn a_value_that_the_step_cannot_take_is_refused() {
    let shelter = shelter();
    let mut session = Session::after(&shelter, IN_TALK);
    for (command, misfit) in [
        ("risk = 4", Misfit::Outside { from: 0, to: 3 }),
        ("risk = -1", Misfit::Outside { from: 0, to: 3 }),
        ("go-on = never", Misfit::Unknown),
        ("story = a text of more than twenty letters", Misfit::TooLong(20)),
        ("story = UPPER", Misfit::Unlike),
        ("ready = bed:lost", Misfit::Unknown),
        ("ready = hat:there", Misfit::Unknown),
        ("risk = 9", Misfit::Outside { from: 0, to: 3 }),
        ("read risk", Misfit::Kind),
        ("check-in = @30 a line of more than forty characters is too long", Misfit::TooLong(40)),
    ] {
        assert_eq!(session.refusal(command), Refusal::Misfit(misfit), "{command}");
    }
    assert_eq!(session.refusal("wish = now"), Refusal::NotApplicable, "its response is not open");
    assert_eq!(session.refusal("apart = done"), Refusal::NotApplicable);
    assert_eq!(session.refusal("go apart"), Refusal::NotApplicable);
    assert_eq!(session.refusal("go risk"), Refusal::NothingToDo, "it stands there");
    assert_eq!(session.refusal("enter moon"), Refusal::Unknown);
    assert_eq!(session.refusal("raise moon"), Refusal::Unknown);
    assert_eq!(session.refusal("raise danger"), Refusal::Unknown, "the covering one is raised by the cover");
}

#[test]
fn a_gate_that_does_not_hold_keeps_its_phase_shut() {
    let shelter = shelter();
    let ready = "begin 11 12\ncalm = done\ncompany = somebody\ndefer apart\ndefer check-in\ndefer ready";
    let mut session = Session::after(&shelter, ready);
    let shut = |gates: &[usize]| Refusal::GateClosed {
        phase: amparo::text::PhaseId::new("talk").unwrap(),
        gates: gates.to_vec(),
    };
    assert_eq!(session.refusal("enter talk"), shut(&[0]));
    assert_eq!(session.refusal("go risk"), shut(&[0]));
    assert_eq!(session.refusal("risk = 1"), shut(&[0]), "nothing in it is answered from outside either");
    assert_eq!(session.refusal("override talk no-time"), Refusal::NoOverride);
    session.must("apart = done\nenter talk").shows("at: manner");
}

#[test]
fn a_gate_that_may_be_overridden_opens_with_a_reason_that_wants_words() {
    let shelter = shelter();
    let ready = "begin 11\ncalm = done\ncompany = nobody\ndefer check-in\ndefer ready";
    let mut session = Session::after(&shelter, ready);
    assert!(matches!(session.refusal("enter talk"), Refusal::GateClosed { gates, .. } if gates == [1]));
    session.must("override talk no-time").shows("at: manner\nphase: talk\nwordless: 6\nfallen: -");
    assert_eq!(session.refusal("override talk no-time"), Refusal::NothingToDo);
    assert_eq!(session.refusal("word 5 nothing"), Refusal::NoSuchReason);
    session.must("word 6 she was alone today").shows("wordless: -");
    assert_eq!(session.refusal("word 6 again"), Refusal::NoSuchReason);
    // Taken back, the phase is stopped again.
    session.must("undo").shows("fallen: -\nat: pause place");
    assert!(matches!(session.refusal("enter talk"), Refusal::GateClosed { .. }));
}

#[test]
fn a_gate_that_falls_stops_its_phase_until_it_holds_again() {
    let shelter = shelter();
    let mut session = Session::after(&shelter, IN_TALK);
    session.must("company = somebody because other").shows("fallen: 0\nat: risk\napart: open");
    assert_eq!(session.refusal("risk = 1"), Refusal::PhaseStopped);
    assert_eq!(session.refusal("defer risk"), Refusal::PhaseStopped);
    assert_eq!(session.refusal("override talk other"), Refusal::NoOverride);
    // What is not of the phase goes on: the check-in, a response, an earlier step.
    session.must("check-in = @45 because other\nraise distress\nread breathe\nreturn\napart = done");
    session.shows("fallen: -\nat: risk\nphase: talk");
    session.must("risk = 1").shows("at: rights");
}

#[test]
fn a_colleague_who_joins_opens_the_gate_that_waits_for_two() {
    let shelter = shelter();
    let mut session =
        Session::after(&shelter, "begin 11\ncalm = done\ncompany = nobody\ndefer check-in\ndefer ready");
    assert!(matches!(session.refusal("enter talk"), Refusal::GateClosed { .. }));
    session.must("join 12\nenter talk").shows("at: manner");
}

#[test]
fn answers_behind_a_condition_that_fails_are_kept_aside_and_come_back() {
    let shelter = shelter();
    let mut session = Session::after(&shelter, &format!("{IN_TALK}\nrisk = 1\nwants = [permit]"));
    session.must("risk = 3").shows("wants: off, [permit] aside\ngiven: off");
    session.must("risk = 2").shows("wants: [permit]\ngiven: open");
    // A deadline behind a condition that fails is kept aside too: nobody is called about it.
    let aside = protocol(DEADLINE_ASIDE);
    let mut session = Session::after(&aside, "begin 1\nhow = slip\nnext = @10\nwait 11");
    session.must("how = rings").shows("next: off, @10 aside\ndeadlines: -");
    assert_eq!(session.refusal("overdue next"), Refusal::NotOverdue);
    session.must("how = slip\noverdue next").shows("next: @10\ndeadlines: next @10 overdue");
    session.must("meet next\nhow = rings\nhow = slip").shows("deadlines: next @10 overdue met");
}

const DEADLINE_ASIDE: &str = "
amparo: 1
id: aside
version: 1
language: en
title: Aside
covers:
  - id: leaflet
    title: Health
    topics:
      - id: sleep
        title: Sleep
        lines: [Sleep well.]
phases:
  - id: only
    title: Only
    steps:
      - id: how
        kind: choice
        ask: How?
        options:
          - id: slip
            label: A slip
          - id: rings
            label: She rings
      - id: next
        kind: deadline
        when: how == slip
        ask: When?
        required: true
      - id: last
        kind: check
        ask: Done
responses:
  - id: danger
    key: esc
    rank: 1
    cover: true
    title: Danger
    steps:
      - id: signal
        kind: choice
        ask: What was it?
        options:
          - id: nothing
            label: Nothing
";

#[test]
fn an_end_leaves_due_what_is_also_after_it_and_is_taken_back() {
    let shelter = shelter();
    let stop = format!("{IN_TALK}\nrisk = 1\nrights = understood");
    let mut session = Session::after(&shelter, &stop);
    session.must("go-on = stop").shows(
        "ended: early by go-on\nat: risk-after\nrights: understood\nstory: off\nwants: off\nthanks: open\ndue: risk-after thanks",
    );
    session.must("undo").shows("ended: -\nat: go-on\nstory: open\ngo-on: open\ndue: go-on risk-after thanks");
    session.must("go-on = stop\ngo-on = continue because other").shows("ended: -\nstory: open");
    check(&shelter, &stop, "end postponed", "ended: postponed\nat: strain\nrisk-after: off\nthanks: off");
    check(&shelter, &stop, "end postponed\nend postponed", "refused: end postponed (EndSo)");
    check(&shelter, &stop, "end postponed\nend not-held\nundo", "ended: postponed");
    check(&shelter, &stop, "end postponed\nundo", "ended: -\nat: go-on\nrisk-after: open");
    check(
        &shelter,
        &stop,
        "go-on = stop\nclear go-on",
        "refused: clear go-on (ReasonNeeded)\nended: early by go-on",
    );
}

#[test]
fn after_an_end_a_shut_gate_is_no_dead_end() {
    // The closing has a gate that cannot open any more: what comes after it can be entered all the same.
    let gated = protocol(&SHELTER.replace(
        "    with_her: true\n    also_after: [early]\n",
        "    with_her: true\n    also_after: [early]\n    gates:\n      - opens: holds(alone)\n        closed_says: No.\n        override: never\n",
    ));
    let mut session = Session::after(&gated, IN_TALK);
    session.must("company = somebody because other\nend early").shows("at: gate closing\nfallen: -");
    session.must("enter after").shows("at: strain");
    session.must("strain = 1\ndebrief = @99").shows("at: end");
    assert!(matches!(session.refusal("close"), Refusal::RequiredOpen(_)));
    session.must("close not-safe").shows("closed: yes");
}

#[test]
fn where_nothing_beyond_a_shut_gate_can_be_entered_the_session_can_still_be_closed() {
    let dead = protocol(&DEADLINE_ASIDE.replace(
        "responses:",
        "  - id: never\n    title: Never\n    gates:\n      - opens: how == rings\n        closed_says: No.\n        override: never\n    steps:\n      - id: more\n        kind: check\n        ask: More\n        required: true\nresponses:",
    ));
    let mut session = Session::after(&dead, "begin 1\nhow = slip\nnext = @5\nlast = done");
    session.shows("at: gate never");
    assert!(matches!(session.refusal("close"), Refusal::RequiredOpen(_)));
    session.must("close other").shows("closed: yes");
}

#[test]
fn a_pause_stops_the_clock_of_the_length_and_nothing_else() {
    let shelter = shelter();
    let mut session = Session::after(&shelter, IN_TALK);
    session.must("risk = 0\nrights = understood\nwait 10\ngo-on = rest").shows("clock: 10 stopped");
    session.must("wait 21").shows("clock: 10 stopped\ndeadlines: check-in @30");
    session.must("overdue check-in").shows("deadlines: check-in @30 overdue");
    session.must("continue\nwait 5").shows("clock: 15");
    assert_eq!(session.refusal("continue"), Refusal::ClockSo);
    session.must("pause\nwait 5").shows("clock: 15 stopped");
    assert_eq!(session.refusal("pause"), Refusal::ClockSo);
    // Taken back, the rest was none: the clock runs on from then.
    let mut session =
        Session::after(&shelter, &format!("{IN_TALK}\nwait 10\ngo-on = rest\nwait 1\nundo\nwait 2"));
    session.shows("clock: 12");
    session.must("pause\nundo\nwait 1").shows("clock: 12 stopped");
}

#[test]
fn the_time_between_two_runs_does_not_count() {
    let shelter = shelter();
    let mut session = Session::after(&shelter, &format!("{IN_TALK}\nwait 10\nleave checklist"));
    session.shows("left: yes\nclock: 10");
    session.must("wait 600\nresume").shows("left: no\nclock: 10\nat: risk");
    session.must("wait 3").shows("clock: 13");
}

#[test]
fn conditions_see_that_a_response_was_raised_a_second_time_and_that_it_was_taken_back() {
    let sees = protocol(
        &SHELTER
            .replace("raised(danger) or raised(distress) or", "repeated(danger) or repeated(distress) or"),
    );
    let mut session = Session::after(&sees, IN_TALK);
    session.must("raise distress");
    assert!(!session.is_due("debrief"));
    session.must("return\nraise distress");
    assert!(session.is_due("debrief"));
    // A cover counts once something was confirmed after it, and a false alarm not at all.
    let mut session = Session::after(&sees, IN_TALK);
    session.must("cover\nuncover later\nsignal = person\ncover\nuncover later\nsignal = nothing");
    assert!(!session.is_due("debrief"));
    session.must("signal = person");
    assert!(session.is_due("debrief"));
    session.must("undo");
    assert!(!session.is_due("debrief"));
}

#[test]
fn a_response_sets_the_step_aside_and_returns_exactly_there() {
    let shelter = shelter();
    let mut session = Session::after(&shelter, IN_TALK);
    session
        .must("raise distress")
        .shows("at: breathe\nresponses: distress from risk\nraised: distress\ndebrief: open");
    assert_eq!(session.refusal("raise distress"), Refusal::AlreadyRaised);
    assert_eq!(session.refusal("go calm"), Refusal::AlreadyRaised, "the checklist waits");
    assert_eq!(session.refusal("enter place"), Refusal::AlreadyRaised);
    session
        .must("read breathe\nhow-now = go-on\nsubject = same")
        .shows("at: risk\nresponses: -\nphase: talk");
    // Later its steps are fresh.
    session.must("raise distress").shows("at: breathe\nhow-now: open\nsubject: off");
    session.must("read breathe\nhow-now = go-on").shows("at: subject");
    session.must("return").shows("at: risk\nresponses: -");
    assert_eq!(session.refusal("return"), Refusal::NoResponse);
    // The default at its end is to return.
    session
        .must("raise distress\nread breathe\nhow-now = rest\ndefer subject\nwater = done")
        .shows("at: risk");
}

#[test]
fn responses_nest_by_rank_and_unwind_one_by_one() {
    let shelter = shelter();
    let mut session = Session::after(&shelter, IN_TALK);
    session.must("raise take-back\nraise distress\nread breathe\nraise in-danger");
    session.shows("at: wish\nresponses: take-back from risk > distress from what > in-danger from how-now");
    session.must("return").shows("at: how-now\nresponses: take-back from risk > distress from what");
    session.must("return").shows("at: what");
    session.must("return").shows("at: risk");
    // A larger rank waits until the one that is open has ended.
    session
        .must("raise distress\nraise take-back")
        .shows("at: breathe\nwaiting: take-back\nraised: distress in-danger take-back");
    assert_eq!(session.refusal("raise take-back"), Refusal::AlreadyRaised);
    session.must("return").shows("at: what\nresponses: take-back from risk\nwaiting: -");
    session.must("what = less").shows("at: risk\nresponses: -");
    // That it has happened is seen as soon as it is opened, also where another one's end opened it.
    let sees = protocol(&SHELTER.replace("raised(distress) or", "raised(take-back) or"));
    let mut session = Session::after(&sees, IN_TALK);
    session.must("raise distress\nraise take-back");
    assert!(!session.is_due("debrief"));
    session.must("return").shows("at: what");
    assert!(session.is_due("debrief"));
    let mut session = Session::after(&sees, IN_TALK);
    session
        .must("raise distress\nraise take-back\nread breathe\nhow-now = go-on\nsubject = same")
        .shows("at: what");
    assert!(session.is_due("debrief"));
    let mut session = Session::after(&sees, IN_TALK);
    session
        .must("raise distress\nraise take-back\nread breathe\nhow-now = worse\nreturn\nwater = done")
        .shows("at: what");
    assert!(session.is_due("debrief"));
}

#[test]
fn one_that_waits_never_opens_over_one_of_its_own_rank_or_a_smaller() {
    let shelter = protocol(&SHELTER.replace("rank: 3", "rank: 4").replace("rank: 2", "rank: 3"));
    let mut session = Session::after(&shelter, IN_TALK);
    session.must("raise distress\nraise in-danger\nraise take-back").shows("waiting: take-back");
    session.must("return").shows("at: breathe\nwaiting: take-back\nresponses: distress from risk");
    session.must("return").shows("at: what\nwaiting: -\nresponses: take-back from risk");
}

#[test]
fn another_subject_defers_the_step_that_was_interrupted_and_goes_on_past_it() {
    let shelter = shelter();
    let mut session =
        Session::after(&shelter, &format!("{IN_TALK}\nraise distress\nread breathe\nhow-now = go-on"));
    session.must("subject = other").shows("risk: deferred\nat: rights\nresponses: -");
    session.must("undo").shows("risk: open\nat: subject\nresponses: distress from risk\nsubject: open");
    session.must("subject = same").shows("risk: open\nat: risk");
}

#[test]
fn an_answer_that_raises_a_response_returns_past_the_step_and_keeps_the_ranks() {
    let shelter = shelter();
    let mut session = Session::after(&shelter, &format!("{IN_TALK}\nrisk = 0\nrights = understood"));
    session.must("go-on = help").shows("at: wish\nresponses: in-danger from story\nraised: in-danger");
    session.must("wish = ring\nrung = done").shows("at: story\nresponses: -");
    // Taken back, it was never raised.
    let mut session =
        Session::after(&shelter, &format!("{IN_TALK}\nrisk = 0\nrights = understood\ngo-on = help\nundo"));
    session.shows("at: go-on\nresponses: -\nraised: -\ngo-on: open");
    // From within another response: the smaller rank interrupts, and comes back to the next step in it.
    session.must("raise distress\nread breathe\nhow-now = worse");
    session.shows("at: wish\nresponses: distress from go-on > in-danger from water");
    session.must("return").shows("at: water");
    // The answer of a step that is not of the open response raises by the same rule: a larger rank waits.
    let reversed = protocol(&SHELTER.replace("then: raise(in-danger)", "then: raise(take-back)"));
    let mut session = Session::after(&reversed, &format!("{IN_TALK}\nraise distress\ngo-on = help"));
    session.shows("at: breathe\nwaiting: take-back\nresponses: distress from risk");
    session.must("return").shows("at: what\nresponses: take-back from risk");
}

#[test]
fn an_answer_reopens_a_step_and_the_gate_or_the_due_follows() {
    let shelter = shelter();
    let mut session =
        Session::after(&shelter, &format!("{IN_TALK}\nrisk = 0\nrights = understood\ngo-on = continue"));
    session
        .must("raise take-back\nwhat = again")
        .shows("go-on: open\nat: story\ndue: go-on risk-after thanks");
    session.must("undo").shows("go-on: continue\nat: what\nresponses: take-back from story");
}

#[test]
fn a_suggestion_is_proposed_and_taken_or_not() {
    let shelter = shelter();
    let mut session = Session::after(&shelter, IN_TALK);
    session
        .must("go-on = continue\nrisk = 2")
        .shows("proposed: in-danger\ngo-on: open\nat: rights\nresponses: -");
    session.must("raise in-danger").shows("proposed: -\nat: wish\nresponses: in-danger from rights");
    session.must("return").shows("at: rights");
    check(&shelter, IN_TALK, "risk = 3\nleave-proposal", "proposed: -\nat: rights\nraised: -");
    check(&shelter, IN_TALK, "leave-proposal", "refused: leave-proposal (NoResponse)");
    check(&shelter, IN_TALK, "risk = 3\nundo", "proposed: -\nrisk: open\nat: risk");
    check(&shelter, IN_TALK, "go-on = continue\nrisk = 3\nundo", "go-on: continue\nrisk: open");
    // A proposal that waits behind another response is taken too.
    let waits = format!("{IN_TALK}\nrisk = 3\ncover\nuncover later\ngo signal");
    check(
        &shelter,
        &waits,
        "raise in-danger",
        "proposed: -\nresponses: danger from rights > in-danger from signal",
    );
}

#[test]
fn being_covered_is_not_being_in_danger() {
    let shelter = shelter();
    let mut session = Session::after(&shelter, IN_TALK);
    session.must("cover").shows("covered: key\nat: risk\nraised: -\nasks: no");
    assert_eq!(session.refusal("cover"), Refusal::CoverSo);
    assert_eq!(session.refusal("risk = 1"), Refusal::CoverSo);
    assert_eq!(session.refusal("page moon"), Refusal::Unknown);
    session.must("page sleep\nuncover brief").shows("covered: -\nat: risk\nasks: no\nraised: -");
    assert_eq!(session.refusal("uncover later"), Refusal::CoverSo);
    session.must("cover\nuncover later").shows("at: risk\nasks: yes\nraised: -\nopen: signal did risk rights go-on story day risk-after thanks strain debrief\ndue: signal did rights go-on risk-after thanks");
    // Asked from the list, and a false alarm raises nothing.
    session.must("go signal").shows("at: signal\nresponses: danger from risk");
    session
        .must("signal = nothing")
        .shows("at: risk\nresponses: -\nraised: -\ndid: off\ndue: rights go-on risk-after thanks");
    // A false alarm that turns out to have been none.
    session.must("signal = person").shows("raised: danger\ndid: open\nat: risk");
    session.must("signal = nothing").shows("raised: -\ndid: off");
    session.must("undo").shows("raised: danger\nsignal: person");
    session.must("undo").shows("raised: -\nsignal: nothing");
}

#[test]
fn a_second_cover_asks_anew_and_takes_nothing_back() {
    let shelter = shelter();
    let mut session =
        Session::after(&shelter, &format!("{IN_TALK}\ncover\nuncover later\nsignal = person\ndid = waited"));
    session.shows("raised: danger");
    session.must("cover\nuncover later").shows("signal: open\ndid: open\nraised: danger");
    session.must("signal = nothing").shows("raised: danger");
    session.must("cover\nuncover brief").shows("signal: nothing");
}

#[test]
fn what_a_cover_left_to_be_asked_holds_nobody_back_and_is_interrupted() {
    let shelter = shelter();
    let mut session = Session::after(&shelter, &format!("{IN_TALK}\ncover\nuncover later\ngo signal"));
    session.must("raise in-danger").shows("at: wish\nresponses: danger from risk > in-danger from signal");
    session.must("wish = ring\nrung = done").shows("at: signal\nresponses: danger from risk");
    session.must("signal = person").shows("at: did");
    session.must("raise distress\nreturn").shows("at: did");
    session.must("did = waited").shows("at: risk\nresponses: -");
    // Answered from the list while another response is open, it leaves that one alone.
    let session = Session::after(
        &shelter,
        &format!("{IN_TALK}\ncover\nuncover later\nraise distress\nsignal = person"),
    );
    session.shows("at: breathe\nresponses: distress from risk");
    let returns = protocol(
        &SHELTER
            .replace("            label: Waited\n", "            label: Waited\n            then: return\n"),
    );
    let session =
        Session::after(&returns, &format!("{IN_TALK}\ncover\nuncover later\nraise distress\ndid = waited"));
    session.shows("at: breathe\nresponses: distress from risk");
}

#[test]
fn from_under_the_cover_nobody_came_back() {
    let shelter = shelter();
    let mut session = Session::after(&shelter, &format!("{IN_TALK}\ncover\nleave cover"));
    session.shows("left: yes\nended: left\nraised: danger\nasks: yes");
    session
        .must("wait 60\nresume")
        .shows("left: no\ncovered: -\nat: strain\nsignal: open\ndebrief: open\ndue: signal did debrief");
    // The end can be taken back; that nobody came back cannot.
    session.must("undo").shows("ended: -\nat: risk\nraised: danger");
    session.must("signal = nothing").shows("raised: danger");
}

#[test]
fn a_session_killed_under_the_cover_asks_what_the_signal_was() {
    let shelter = shelter();
    let mut session =
        Session::after(&shelter, &format!("{IN_TALK}\nraise distress\nread breathe\ncover\npage sleep"));
    session.must("wait 3\nresume").shows(
        "covered: -\nasks: yes\nat: how-now\nresponses: distress from risk\nraised: distress\nended: -",
    );
    session.shows("due: signal did rights go-on risk-after thanks debrief");
}

#[test]
fn a_deadline_is_overdue_once_and_met_once() {
    let shelter = shelter();
    let mut session = Session::after(&shelter, IN_TALK);
    assert_eq!(session.refusal("overdue check-in"), Refusal::NotOverdue);
    assert_eq!(session.refusal("overdue risk"), Refusal::NotOverdue);
    session.must("wait 31\ncover\noverdue check-in").shows("deadlines: check-in @30 overdue");
    assert_eq!(session.refusal("overdue check-in"), Refusal::NotOverdue);
    session.must("uncover brief\nmeet check-in").shows("deadlines: check-in @30 overdue met");
    assert_eq!(session.refusal("meet check-in"), Refusal::NothingToDo);
    session.must("undo").shows("deadlines: check-in @30 overdue");
    session.must("check-in = @60 because other").shows("deadlines: check-in @60");
    session.must("undo").shows("deadlines: check-in @30 overdue");
    assert_eq!(session.refusal("overdue check-in"), Refusal::NotOverdue);
}

#[test]
fn a_hard_session_makes_the_debrief_required() {
    let shelter = shelter();
    let end = "risk = 1\nrights = understood\ngo-on = continue\nstory = ok\nday = 2026-03-01\nwants = []\ngiven = bed:taken food:taken";
    for (hard, due) in [
        ("strain = 7", false),
        ("strain = 8", true),
        ("raise distress\nreturn\nstrain = 1", true),
        ("cover\nuncover later\nsignal = person\ndid = waited\nstrain = 1", true),
        ("cover\nuncover later\nsignal = nothing\nstrain = 1", false),
    ] {
        let mut session = Session::after(
            &shelter,
            &format!("{IN_TALK}\n{end}\nrisk-after = 1\nthanks = understood\n{hard}"),
        );
        assert_eq!(session.is_due("debrief"), due, "{hard}");
        session.must("defer debrief").shows("at: end");
        if due {
            assert!(
                matches!(session.refusal("close"), Refusal::RequiredOpen(open) if open == [super::session::step("debrief")])
            );
            session.must("close no-time").shows("closed: yes");
        } else {
            session.must("close").shows("closed: yes");
        }
    }
    let mut session = Session::after(&shelter, &format!("{IN_TALK}\n{end}\nrisk-after = 2"));
    assert!(session.is_due("debrief"), "her risk rose");
    session.must("undo");
    assert!(!session.is_due("debrief"));
}

#[test]
fn a_session_is_closed_at_its_end_only_and_nothing_follows() {
    let shelter = shelter();
    let mut session = Session::after(&shelter, IN_TALK);
    assert_eq!(session.refusal("close other"), Refusal::NotAtEnd);
    session.must("end postponed\nstrain = 1\ndebrief = @90").shows("at: end");
    session.must("close other").shows("closed: yes\nwordless: -");
    for command in ["cover", "undo", "strain = 2", "note too late", "resume", "close", "join 14"] {
        assert_eq!(session.refusal(command), Refusal::Closed, "{command}");
    }
}

#[test]
fn a_change_in_a_phase_that_was_left_behind_needs_a_reason() {
    let shelter = shelter();
    let mut session = Session::after(&shelter, IN_TALK);
    assert_eq!(session.refusal("company = somebody"), Refusal::ReasonNeeded);
    assert_eq!(session.refusal("clear calm"), Refusal::ReasonNeeded);
    assert_eq!(session.refusal("company = nobody because other"), Refusal::NothingToDo);
    assert_eq!(session.refusal("ready = bed:missing food:missing"), Refusal::ReasonNeeded);
    session.must("company = somebody because other").shows("company: somebody\nwordless: 8");
    // The phase that runs, and what is answered for the first time or completed, needs none.
    session.must("apart = done\nrisk = 1\nrisk = 0").shows("risk: 0");
    let mut session = Session::after(
        &shelter,
        "begin 11 12\ncalm = done\ncompany = nobody\ndefer check-in\nready = bed:there\nenter talk",
    );
    session.must("check-in = @40\nready = bed:there food:there").shows("ready: bed=there food=there");
    let mut session = Session::after(&shelter, &format!("{IN_TALK}\nrights = back\nenter closing"));
    session.must("rights = understood").shows("rights: understood");
}

#[test]
fn skipping_deferring_and_declining_are_for_steps_without_an_answer() {
    let shelter = shelter();
    let mut session = Session::after(&shelter, IN_TALK);
    session.must("skip risk no-time").shows("risk: skipped\nat: rights\nwordless: 8");
    session.must("decline rights").shows("rights: declined\nat: go-on\ndue: go-on risk-after thanks");
    session.must("defer go-on").shows("go-on: deferred\nat: story\ndue: go-on risk-after thanks");
    session.must("story = ok").shows("story: ok");
    for command in ["skip story other", "defer story", "decline story"] {
        assert_eq!(session.refusal(command), Refusal::NothingToDo, "{command}");
    }
    assert_eq!(session.refusal("skip manner other"), Refusal::NothingToDo);
    assert_eq!(session.refusal("clear day"), Refusal::NothingToDo);
    session.must("clear story").shows("story: open\nat: day");
    session
        .must("rights = back")
        .shows("rights: back\nopen: rights go-on story day risk-after thanks strain debrief");
}

#[test]
fn z_takes_back_the_last_thing_whatever_it_was_and_one_by_one() {
    let shelter = shelter();
    let before = format!("{IN_TALK}\nrisk = 1\nrights = understood");
    for command in [
        "go-on = continue",
        "go-on = rest",
        "go-on = help",
        "go-on = stop",
        "rights = declined",
        "clear rights",
        "skip go-on other",
        "defer go-on",
        "decline go-on",
        "raise distress",
        "end postponed",
        "risk = 3",
        "check-in = @99 because other",
        "meet check-in",
        "company = somebody because other",
    ] {
        let mut session = Session::after(&shelter, &before);
        let was = session.dump();
        session.must(command);
        assert_ne!(session.dump(), was, "{command} changes something");
        session.must("undo");
        let differs = |dump: &str| {
            dump.lines()
                .filter(|line| !line.starts_with("wordless") && !line.starts_with("clock"))
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        assert_eq!(differs(&session.dump()), differs(&was), "{command}");
        assert_eq!(session.state, session.replayed());
    }
    let mut session = Session::after(&shelter, &before);
    while session.state.record.undo.last().is_some() {
        session.must("undo");
    }
    session.shows("at: calm\nphase: place\ncalm: open\nready: open\ndeadlines: -");
    assert_eq!(session.refusal("undo"), Refusal::NothingToUndo);
}

#[test]
fn z_within_a_response_and_after_it() {
    let shelter = shelter();
    let mut session = Session::after(
        &shelter,
        &format!("{IN_TALK}\nrisk = 1\nraise distress\nread breathe\nhow-now = go-on"),
    );
    session.must("undo").shows("at: how-now\nresponses: distress from rights");
    session.must("undo").shows("at: breathe\nbreathe: open");
    session.must("undo").shows("at: rights\nresponses: -\nraised: -");
    session.must("undo").shows("at: risk\nrisk: open");
    // An answer that left the response by a slip leads back into it.
    let mut session =
        Session::after(&shelter, &format!("{IN_TALK}\nraise distress\nread breathe\nhow-now = stop"));
    session.shows("ended: early by how-now\nresponses: -\nat: risk-after");
    session.must("undo").shows("ended: -\nresponses: distress from risk\nat: how-now\nphase: talk");
    // Its last step, and the return by hand.
    let mut session = Session::after(&shelter, &format!("{IN_TALK}\nraise take-back\nwhat = less\nundo"));
    session.shows("at: what\nresponses: take-back from risk");
    session.must("return\nundo").shows("at: what\nresponses: take-back from risk");
}

#[test]
fn the_screen_turns_shy_going_in_and_open_only_going_forward() {
    let shelter = shelter();
    let all = format!("{IN_TALK}\nrisk = 1");
    let mut session = Session::after(&shelter, &all);
    session.shows("shy: yes");
    session.must("go calm").shows("shy: yes\nat: calm");
    session.must("go rights").shows("shy: yes");
    session.must("raise distress").shows("shy: yes");
    session.must("return\nend early").shows("at: risk-after\nshy: yes");
    session.must("risk-after = 1\nthanks = understood").shows("at: strain\nshy: no");
    session.must("go thanks").shows("shy: yes");
    session.must("go strain").shows("shy: no");
    check(&shelter, "begin 11 12", "", "shy: no");
}

#[test]
fn an_answer_to_another_step_leaves_the_place_alone_unless_that_is_gone() {
    let shelter = shelter();
    let mut session = Session::after(&shelter, IN_TALK);
    session.must("story = ok").shows("at: risk");
    session.must("risk = 1\ngo wants\nrisk = 3").shows("at: rights\nwants: off");
    check(&shelter, "begin 11 12\ncompany = somebody\ngo apart", "company = nobody", "at: check-in");
    check(&shelter, &format!("{IN_TALK}\nraise distress"), "check-in = @40 because other", "at: breathe");
}

#[test]
fn notes_are_taken_from_anywhere_but_under_the_cover() {
    let shelter = shelter();
    let mut session = Session::after(&shelter, IN_TALK);
    session.must("note she asked for water\nraise distress\nnote still").shows("notes: 2");
    session.must("cover");
    assert_eq!(session.refusal("note hidden"), Refusal::CoverSo);
}

#[test]
fn a_response_of_which_nothing_applies_is_counted_and_opens_nothing() {
    let empty = protocol(&SHELTER.replace(
        "      - id: what\n        kind: choice\n",
        "      - id: what\n        kind: choice\n        when: risk >= 1\n",
    ));
    check(&empty, IN_TALK, "raise take-back", "at: risk\nresponses: -\nraised: take-back");
    check(
        &empty,
        &format!("{IN_TALK}\nrisk = 1"),
        "raise take-back",
        "at: what\nresponses: take-back from rights",
    );
    // An answer from elsewhere that takes the last of its steps away ends it.
    check(&empty, &format!("{IN_TALK}\nrisk = 1\nraise take-back"), "risk = 0", "at: rights\nresponses: -");
}

#[test]
fn guidance_is_never_due_even_after_a_cover() {
    let guided = protocol(&SHELTER.replace(
        "      - id: did\n",
        "      - id: calmly\n        kind: guidance\n        ask: Calmly\n      - id: did\n",
    ));
    check(
        &guided,
        &format!("{IN_TALK}\ncover\nuncover later"),
        "",
        "due: signal did rights go-on risk-after thanks",
    );
}

#[test]
fn a_first_phase_of_which_nothing_applies_is_passed_over() {
    let empty = protocol(&DEADLINE_ASIDE.replace(
        "phases:\n",
        "phases:\n  - id: two\n    title: Two\n    groups:\n      - id: both\n        title: Both\n        when: staff(2)\n        steps:\n          - id: both-here\n            kind: check\n            ask: Both here\n",
    ));
    check(&empty, "", "begin 1", "at: how\nphase: only");
    check(&empty, "", "begin 1 2", "at: both-here\nphase: two");
}

#[test]
fn a_closed_session_waits_for_no_deadline() {
    let simple = protocol(DEADLINE_ASIDE);
    let mut session = Session::after(&simple, "begin 1\nhow = slip\nnext = @10\nlast =");
    assert_eq!(session.state.awaited().count(), 1);
    session.must("close");
    // It stays as it was, and nothing can be recorded of it any more: whoever waited for it would wait for ever.
    session.shows("deadlines: next @10\nclosed: yes");
    assert_eq!(session.state.awaited().count(), 0);
}
