//! The 57 practices of `docs/practices.md`: one test for each row, by the name given there, over the shipped protocol;
//! and a test that reads the table itself.
//!
//! Each reads as before / commands / after. What nobody mentions goes as in [`PLAIN`]: the harmless answers of an
//! interview in which nothing happened.

use std::collections::{BTreeMap, BTreeSet};

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use amparo::journal::Verdict;
use amparo::machine::{
    CoveredBy, Event, Fact, Outcome, Refusal, RowKey, Standing, Value, due_and_open, open_steps, rows_of,
};
use amparo::protocol::{Action, Home, Kind, Protocol, Required, Role, Shows, StandsFor, Step, Tells};
use amparo::review::{DeviationKind, Listen, deviations, due, in_danger, listening, told};
use amparo::text::{CaseCode, Language, StaffNumber};
use amparo::ui::{Colour, Keeping, Look, Motion, OnTheDesk, Screens, View};

use super::session::{Session, shipped, step};

/// A whole interview in which nothing happened: what the table calls *all answered*.
const PLAIN: &str = "
    begin 11 12
    told-before = 0
    papers = status:seen background:seen behaviour:seen health:not-there statements:asked
    unclear = []
    known-risks = family:absent debt:absent documents:absent phone:absent journey:absent residence:absent
    first-look = ruled-out
    maybe-child = grown-up
    both-here = done
    specialist = not-needed
    interpreter = one-of-us
    work-name = done
    unmarked = done
    other-topic = courses
    if-attacked = done
    location = done
    told-office = done
    check-in = @30
    emergency = who:ready number:ready where-to:ready
    kit = done
    laptop = done
    referrals = bed:ready medical:ready lawyer:ready food-money:ready for-children:ready listening:ready
    go = go
    enter place
    room = done
    seats = done
    water = done
    outside = nothing
    company = alone
    now-need = nothing
    enter opening
    hello = understood
    who-knows = understood
    must-tell = understood
    our-sign = understood
    her-phone = no-phone
    risk = 0
    threatened = nobody
    keep-off = []
    true-or-not = understood
    rights = understood
    risks = understood
    for-others = understood
    legal-way = understood
    choices-she-has = understood
    purpose = understood
    refuse-stop = understood
    her-words = done
    consent = agrees
    body = 4
    mind = 4
    mood = 4
    tied = ruled-out
    go-now = go
    enter interview
    read manner
    needs = bed:not-needed doctor:not-needed food:met child:not-needed documents:not-needed phone:not-needed
    her-lead = done
    example = not-used
    half-way = go-on
    others-now = nobody
    wants = []
    enter closing
    risk-after = 0
    shelter = not-needed
    offers = bed:later medical:declined lawyer:accepted food-money:declined for-children:declined listening:declined
    next-steps = @1440
    meet-again = not-needed
    safe-reach = never-call
    way-home = as-planned
    nothing-left = nothing-written
    thanks = understood
    enter after
    both-back = back
    her-safety = safe
    seen = nothing
    police = nothing-known
    favour = not-asked
    court = not-called
    good-for = nothing-used
    training = had-one
    day-report = done
    enter self-care
    strain = 1
    weighed = []
    carried = []
    put-down = []
    support = both
    tonight = []
    the-other = fine
    supervision = not-needed
    defer debrief";

/// The steps of the responses in an order that returns from each, for when something happened.
const SOMEBODY_CAME: &str = "
    cover
    uncover later
    go signal
    signal = person
    did = subject
    hurt = nobody
    alone-again = alone-now
    on-or-close = go-on";

const ENDS: [&str; 4] = ["early", "postponed", "not-held", "left"];

/// A session in which everything before a line of [`PLAIN`] was done.
fn before<'p>(protocol: &'p Protocol, what: &str) -> Session<'p> {
    until(protocol, what, &[])
}

/// A whole session, with some lines of [`PLAIN`] replaced by others, or by several, or by none.
fn whole<'p>(protocol: &'p Protocol, instead: &[(&str, &str)]) -> Session<'p> {
    until(protocol, "", instead)
}

/// A session up to a line of [`PLAIN`], with some lines replaced.
fn until<'p>(protocol: &'p Protocol, what: &str, instead: &[(&str, &str)]) -> Session<'p> {
    let mut session = Session::new(protocol);
    for line in PLAIN.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let id = line.split(" =").next().unwrap_or(line);
        if id == what {
            return session;
        }
        match instead.iter().find(|(replaced, _)| *replaced == id) {
            Some((_, other)) => session.must(other),
            None => session.must(line),
        };
    }
    assert!(what.is_empty(), "the plain way has no `{what}`");
    session
}

/// Interrupted in the interview, with one of the four ends.
fn ended<'p>(protocol: &'p Protocol, end: &str) -> Session<'p> {
    let mut session = before(protocol, "half-way");
    session.must(&format!("end {end}"));
    session
}

fn all(protocol: &Protocol) -> impl Iterator<Item = &Step> {
    protocol.steps.iter()
}

fn index(session: &Session, id: &str) -> usize {
    session.protocol.find(&step(id)).unwrap_or_else(|| panic!("no step `{id}`")).0
}

fn phase_of<'p>(session: &Session<'p>, id: &str) -> &'p str {
    let place = session.protocol.find(&step(id)).unwrap_or_else(|| panic!("no step `{id}`"));
    session.protocol.phase_of(place).map_or("", |phase| phase.id.as_str())
}

/// Whether a step is on one page of marks with the others of its group.
fn is_together(session: &Session, id: &str) -> bool {
    let place = session.protocol.find(&step(id)).unwrap_or_else(|| panic!("no step `{id}`"));
    session.protocol.group_of(place).is_some_and(|group| group.together)
}

fn is_inform(session: &Session, id: &str) -> bool {
    let step = session.step(id);
    step.kind == Kind::Inform && step.say.is_some()
}

fn option_ids(step: &Step) -> Vec<&str> {
    let (Kind::Choice(options) | Kind::Choices(options) | Kind::List { states: options, .. }) = &step.kind
    else {
        return Vec::new();
    };
    options.iter().map(|option| option.id.as_str()).collect()
}

/// Applicable, required and open.
fn wanted(session: &Session, id: &str) -> bool {
    session.applies(id) && session.is_due(id) && session.standing(id).is_open()
}

/// The review says so of this step's answer.
fn tells(session: &Session, id: &str, what: Tells) -> bool {
    told(session.protocol, &session.state).iter().any(|told| told.tells == what && told.step == step(id))
}

/// The supervisor's list has it: to be discussed, or to be listened to.
fn heard_of(session: &Session, id: &str) -> bool {
    listening(session.protocol, &session.state, session.now()).iter().any(|listen| match listen {
        Listen::Told(told) | Listen::Discuss(told) => told.step == step(id),
        Listen::Wanted { step: wanted, .. } => *wanted == step(id),
    })
}

/// The review has it among what is due.
fn reviewed_as_due(session: &Session, id: &str) -> bool {
    due(session.protocol, &session.state, session.now()).iter().any(|due| due.step == step(id))
}

/// That a response was proposed stands in an event.
fn proposed_in_the_log(session: &Session, response: &str) -> bool {
    let of = |event: &Event| event.follows.proposes.as_ref().is_some_and(|id| id.as_str() == response);
    session.events.iter().any(of)
}

/// What the protocol did not want, while the file is whole.
fn deviation_kinds(session: &Session) -> Vec<DeviationKind> {
    let found = deviations(session.protocol, &session.events, Verdict::Open);
    found.iter().map(|deviation| deviation.what.kind()).collect()
}

/// Closing is refused because of this step, and of nothing else.
fn held_open_by(session: &mut Session, id: &str) -> bool {
    session.refusal("close") == Refusal::RequiredOpen(vec![step(id)])
}

/// Answers a step and says whether every part of the answer is kept.
fn keeps(session: &mut Session, id: &str, value: &str) -> bool {
    session.must(&format!("{id} = {value}"));
    let outcome = session.state.seen.outcomes.get(&step(id));
    outcome == Some(&Outcome::Answered(session.value(session.step(id), value)))
}

fn gate_closed(session: &mut Session, command: &str, gate: usize) -> bool {
    matches!(session.refusal(command), Refusal::GateClosed { gates, .. } if gates == [gate])
}

/// A screen of 80 by 24 cells as text; `covered`: after the key that hides.
fn screen(session: &Session, covered: bool) -> String {
    let (keeping, desk) = (Keeping::default(), OnTheDesk { known: true, ..OnTheDesk::default() });
    let (language, code) = (Language::English, Language::English.code());
    let look =
        Look { colour: Colour::Used, motion: Motion::Still, leaflet_width: 72, quiet_after: 60, breaths: 6 };
    let view = View {
        protocol: Some(session.protocol),
        state: &session.state,
        now: session.now(),
        language,
        shown: &code,
        said: &code,
        keeping: &keeping,
        desk: &desk,
        look,
        size: Size::new(80, 24),
        cover: None,
    };
    let mut screens = Screens::new(&view);
    screens.show_checklist(&view);
    if covered {
        screens.hide(CoveredBy::Key, &view);
    }
    let area = Rect::new(0, 0, 80, 24);
    let mut buffer = Buffer::empty(area);
    screens.draw(&view, area, &mut buffer);
    let line = |y| (0..area.width).map(|x| buffer[(x, y)].symbol()).collect::<String>();
    (0..area.height).map(line).collect::<Vec<_>>().join("\n")
}

// A: her safety and her trust

#[test]
fn practice_a1_the_room_is_required_before_closing() {
    let shipped = shipped();
    let mut session = whole(&shipped, &[("room", ""), ("seats", "")]);
    assert!(wanted(&session, "room") && wanted(&session, "seats"));
    assert_eq!(session.refusal("close"), Refusal::RequiredOpen(vec![step("room"), step("seats")]));
    session.must("close no-time").shows("closed: yes");
}

#[test]
fn practice_a2_a_specialist_is_asked_for_by_role() {
    let shipped = shipped();
    let mut session = before(&shipped, "specialist");
    assert!(matches!(session.step("specialist").kind, Kind::Choice(_)));
    assert!(keeps(&mut session, "specialist", "comes"));
    assert!(all(&shipped).all(|step| !matches!(step.kind, Kind::Text { .. })), "no field for a name");
}

#[test]
fn practice_a3_four_things_are_said_with_words_and_may_come_back() {
    let shipped = shipped();
    let four = ["rights", "risks", "for-others", "legal-way"];
    let mut session = before(&shipped, "rights");
    for id in four {
        assert!(is_inform(&session, id) && session.step(id).required == Required::Always, "{id}");
        session.must(&format!("{id} = back"));
        assert!(wanted(&session, id), "{id}");
        assert_eq!(session.standing(id), Standing::Deferred, "{id}");
    }
    let back = four.map(|id| (id, format!("{id} = back")));
    let session = whole(&shipped, &back.each_ref().map(|(id, line)| (*id, line.as_str())));
    session.shows("due: rights risks for-others legal-way");
}

#[test]
fn practice_a4_a_tie_not_ruled_out_shuts_the_further_subjects() {
    let shipped = shipped();
    for (tied, ruled_out) in [("unsure", false), ("not-ruled-out", false), ("ruled-out", true)] {
        let mut session = before(&shipped, "tied");
        session.must(&format!("tied = {tied}"));
        assert_eq!(session.applies("others-now"), ruled_out, "{tied}");
        assert_eq!(session.applies("wants"), ruled_out, "{tied}");
        assert_eq!(wanted(&session, "kept-short"), !ruled_out, "{tied}");
        assert_eq!(heard_of(&session, "tied"), !ruled_out, "{tied}");
    }
    let session = Session::new(&shipped);
    assert!(session.step("first-look").private && session.step("tied").private);
    assert_eq!(session.step("tied").again, shipped.find(&step("first-look")));
}

#[test]
fn practice_a5_a_refused_shelter_opens_the_waiver_and_ends_nothing() {
    let shipped = shipped();
    let mut session = until(&shipped, "shelter", &[("threatened", "threatened = threat")]);
    assert!(session.is_due("shelter") && !session.applies("waiver"));
    session.must("shelter = refused");
    assert!(wanted(&session, "waiver") && tells(&session, "shelter", Tells::Danger));
    session.shows("ended: -\noffers: open");
}

#[test]
fn practice_a6_a_risen_risk_proposes_help_and_asks_again_how_she_leaves() {
    let shipped = shipped();
    let mut session =
        until(&shipped, "nothing-left", &[("risk", "risk = 1"), ("risk-after", "risk-after = 1")]);
    session.must("risk-after = 2").shows("proposed: in-danger\nway-home: open");
    assert!(proposed_in_the_log(&session, "in-danger"));
    // Much risk at the beginning likewise.
    let mut session = until(&shipped, "enter interview", &[("keep-off", "keep-off = [family]")]);
    session.must("risk = 3").shows("proposed: in-danger\ngo-now: open");
    assert!(screen(&session, false).contains(" home "), "the sign of what is left alone");
}

#[test]
fn practice_a7_the_opening_stays_shut_while_somebody_is_with_her() {
    let shipped = shipped();
    let mut session = until(&shipped, "now-need", &[("company", "company = somebody")]);
    assert!(wanted(&session, "apart"));
    assert!(gate_closed(&mut session, "enter opening", 0));
    assert_eq!(session.refusal("override opening other"), Refusal::NoOverride);
    session.must("apart = outside\nenter opening").shows("at: hello");
    // In the interview: somebody came, and is still there.
    let mut session = before(&shipped, "needs");
    session.must("cover\nuncover later\ngo signal\nsignal = person\ndid = subject\nhurt = nobody");
    session.must("alone-again = not-yet").shows("company: open\napart: off\nfallen: 0");
    session.must("on-or-close = go-on").shows("fallen: 0");
    assert_eq!(session.refusal("her-lead = done"), Refusal::PhaseStopped);
    assert_eq!(session.refusal("override interview other"), Refusal::NoOverride);
    session.must("company = alone").shows("fallen: -\nphase: interview");
}

#[test]
fn practice_a8_an_example_that_was_too_clear_reaches_the_supervisor() {
    let shipped = shipped();
    let mut session = before(&shipped, "example");
    assert!(session.step("manner").stays && index(&session, "manner") < index(&session, "example"));
    session.must("example = blurred");
    assert!(!heard_of(&session, "example"));
    session.must("example = too-clear");
    assert!(tells(&session, "example", Tells::Discuss) && heard_of(&session, "example"));
}

#[test]
fn practice_a9_danger_covers_first_and_asks_afterwards() {
    let shipped = shipped();
    // Whatever goes on, one key covers.
    let mut session = Session::new(&shipped);
    for line in PLAIN.lines().map(str::trim).filter(|line| !line.is_empty()) {
        session.must(line);
        session.clone().must("cover").shows("covered: key\nasks: no");
    }
    // The questions come afterwards, and first.
    let mut session = before(&shipped, "needs");
    session.must("cover\nuncover later").shows("at: needs\nasks: yes");
    let open = open_steps(&shipped, &session.state);
    assert_eq!([&open[0].0.id, &open[1].0.id], [&step("signal"), &step("did")]);
    session.must("go signal\nsignal = unease\ndid = later\nhurt = nobody\nalone-again = alone-now");
    session.must("on-or-close = close-gently").shows("ended: early by on-or-close");
    // The leaflet opens at the subject that was agreed on.
    let session = before(&shipped, "go");
    assert!(screen(&session, true).contains("Beginners' groups meet twice a week"));
    for cover in &shipped.covers {
        for what in [StandsFor::Subject, StandsFor::SafePlace, StandsFor::Later, StandsFor::Leave] {
            let pages = cover.topics.iter().filter(|topic| topic.stands_for == Some(what)).count();
            assert_eq!(pages, 1, "{:?} in `{}`", what, cover.id);
        }
    }
}

// B: before the talk, and what she is told

#[test]
fn practice_b1_five_kinds_of_papers_each_get_a_state() {
    let shipped = shipped();
    let mut session = before(&shipped, "papers");
    session.must("papers = status:seen background:seen behaviour:seen health:asked");
    assert_eq!(session.standing("papers"), Standing::Partly);
    session.must("papers = status:seen background:seen behaviour:seen health:asked statements:not-there");
    assert_eq!(session.standing("papers"), Standing::Answered);
    session.must("unclear = []");
    assert_eq!(session.standing("unclear"), Standing::Answered, "none of these");
}

#[test]
fn practice_b2_the_room_and_the_water_are_ticked_before_she_comes() {
    let shipped = shipped();
    let mut session = before(&shipped, "room");
    for id in ["room", "water"] {
        assert_eq!(phase_of(&session, id), "place");
        assert!(!session.step(id).with_her && session.step("company").with_her);
        assert!(index(&session, id) < index(&session, "company"));
    }
    session.must("room = done\nwater = done").shows("room: done\nwater: done");
}

#[test]
fn practice_b3_one_more_telling_needs_a_reason() {
    let shipped = shipped();
    let mut session = before(&shipped, "told-before");
    assert!(session.step("told-before").counts_same_case);
    session.must("told-before = 0");
    assert!(!session.applies("why-again"));
    session.must("told-before = 2");
    assert!(wanted(&session, "why-again"));
    session.must("why-again = no-reason").shows("ended: not-held by why-again");
}

#[test]
fn practice_b4_an_urgent_need_comes_before_the_talk() {
    let shipped = shipped();
    let mut session = before(&shipped, "now-need");
    session.must("now-need = doctor-first").shows("ended: postponed by now-need");
    assert!(wanted(&session, "thanks"));
    for id in ["body", "mind", "mood"] {
        assert!(session.step(id).private && is_together(&session, id), "{id}");
        assert_eq!(session.step(id).home, session.step("body").home, "{id}");
    }
    let mut session = before(&shipped, "needs");
    session.must(
        "needs = bed:met doctor:still-open food:met child:not-needed documents:not-needed phone:not-needed",
    );
    assert!(tells(&session, "needs", Tells::Discuss));
}

#[test]
fn practice_b5_no_interpreter_needs_a_reason_and_one_needs_vetting() {
    let shipped = shipped();
    let mut session = before(&shipped, "interpreter");
    assert!(wanted(&session, "interpreter"));
    session.must("interpreter = interpreter");
    assert!(wanted(&session, "vetted") && wanted(&session, "this-voice"));
    session.must("interpreter = none-trusted").shows("interpreter: none-trusted");
    assert!(!session.applies("vetted") && !session.applies("this-voice"));
}

#[test]
fn practice_b6_harmless_words_stay_in_sight_and_her_lead_is_ticked_after() {
    let shipped = shipped();
    let mut session = before(&shipped, "read manner");
    assert!(session.step("manner").stays);
    let words = session.step("manner").ask.base();
    session.must("read manner");
    for id in ["needs", "half-way", "others-now", "wants"] {
        session.give(&format!("go {id}"));
        assert!(screen(&session, false).contains(words), "at {id}:\n{}", screen(&session, false));
    }
    assert!(wanted(&session, "her-lead") && is_together(&session, "her-lead"));
}

#[test]
fn practice_b7a_what_we_must_pass_on_is_said_before_she_says_anything() {
    let shipped = shipped();
    let session = Session::new(&shipped);
    for first in ["who-knows", "must-tell"] {
        for later in ["risk", "threatened", "keep-off"] {
            assert!(index(&session, first) < index(&session, later), "{first} before {later}");
        }
    }
    assert!(["who-knows", "must-tell", "true-or-not"].iter().all(|id| is_inform(&session, id)));
}

#[test]
fn practice_b7b_rights_are_told_in_plain_words() {
    let shipped = shipped();
    let mut session = before(&shipped, "rights");
    session.must("rights = declined");
    assert_eq!(session.standing("rights"), Standing::Declined);
    assert_eq!(deviation_kinds(&session), []);
}

#[test]
fn practice_b7c_what_we_promise_has_a_day() {
    let shipped = shipped();
    let mut session = before(&shipped, "next-steps");
    session.must("next-steps = @1440 lawyer");
    assert!(reviewed_as_due(&session, "next-steps"));
    session.must("meet next-steps");
    assert!(!reviewed_as_due(&session, "next-steps"));
}

#[test]
fn practice_b7d_every_way_is_told_and_every_wish_can_be_noted() {
    let shipped = shipped();
    let mut session = before(&shipped, "wants");
    assert_eq!(session.step("choices-she-has").required, Required::Always);
    for wish in ["complaint", "permit", "home", "protection", "other-region"] {
        assert!(option_ids(session.step("wants")).contains(&wish), "{wish}");
    }
    assert!(keeps(&mut session, "wants", "[home permit]"));
}

// C: when it is too much for her

/// In the response to distress, raised at `needs`, up to one of its steps.
fn distress<'p>(protocol: &'p Protocol, up_to: &str) -> Session<'p> {
    let mut session = before(protocol, "needs");
    session.must("raise distress");
    for line in [
        "stop-now = understood",
        "read breathe",
        "feet = feet",
        "here-now = understood",
        "no-fault = understood",
        "how-now = go-on",
        "purpose-again = understood",
        "thanks-now = understood",
    ] {
        if session.at() == up_to {
            break;
        }
        session.must(line);
    }
    assert_eq!(session.at(), up_to);
    session
}

#[test]
fn practice_c1_distress_begins_with_stopping_and_breathing() {
    let shipped = shipped();
    let mut session = distress(&shipped, "stop-now");
    session.must("stop-now = understood").shows("at: breathe");
    assert_eq!(session.step("breathe").shows, Some(Shows::Pacer));
    session.must("read breathe").shows("at: feet");
    assert!(option_ids(session.step("feet")).contains(&"feet"));
}

#[test]
fn practice_c2_grounding_follows_the_breath() {
    let shipped = shipped();
    let mut session = distress(&shipped, "feet");
    session.must("feet = feet").shows("at: here-now");
    assert!(session.step("here-now").say.is_some());
}

#[test]
fn practice_c3_no_blame_is_in_sight_on_every_screen_of_the_response() {
    let shipped = shipped();
    let response = shipped.responses.iter().find(|response| response.id.as_str() == "distress").unwrap();
    assert_eq!(response.in_sight.len(), 3);
    for at in &shipped.steps[response.steps.clone()] {
        let shown = screen(&distress(&shipped, at.id.as_str()), false);
        for words in &response.in_sight {
            assert!(shown.contains(words.base()), "`{}` at `{}`:\n{shown}", words.base(), at.id);
        }
    }
}

#[test]
fn practice_c4_she_says_whether_to_go_on_rest_or_stop() {
    let shipped = shipped();
    let mut session = distress(&shipped, "how-now");
    session.must("how-now = rest\nwait 31\noverdue check-in");
    session.shows("clock: 0 stopped\ndeadlines: check-in @30 overdue");
    let mut session = distress(&shipped, "how-now");
    session.must("how-now = stop").shows("ended: early by how-now");
    assert!(wanted(&session, "thanks"));
}

#[test]
fn practice_c5_another_subject_sets_the_step_aside() {
    let shipped = shipped();
    let mut session = distress(&shipped, "same-subject");
    session.must("same-subject = other-subject").shows("needs: deferred\nresponses: -\nat: her-lead");
    assert_eq!(session.standing("needs"), Standing::Deferred);
    let mut session = distress(&shipped, "same-subject");
    session.must("same-subject = same").shows("needs: open\nresponses: -\nat: needs");
}

#[test]
fn practice_c6_the_purpose_is_said_again() {
    let shipped = shipped();
    let mut session = distress(&shipped, "how-now");
    session.must("how-now = go-on").shows("at: purpose-again");
    assert!(is_inform(&session, "purpose-again"));
}

#[test]
fn practice_c7_she_is_thanked_whatever_the_end() {
    let shipped = shipped();
    for end in ["early", "postponed", "not-held"] {
        assert!(wanted(&ended(&shipped, end), "thanks"), "{end}");
    }
}

// D: the two of them

#[test]
fn practice_d1_a_working_name_is_ticked_and_has_no_field() {
    let shipped = shipped();
    let mut session = whole(&shipped, &[("work-name", "")]);
    assert!(held_open_by(&mut session, "work-name"));
    assert_eq!(session.step("work-name").kind, Kind::Check);
    assert!(all(&shipped).all(|step| !matches!(step.kind, Kind::Text { .. })));
}

#[test]
fn practice_d2_nothing_on_any_screen_names_an_organisation() {
    let shipped = shipped();
    assert_eq!(Session::new(&shipped).step("unmarked").required, Required::Always);
    let source = shipped.source.as_ref().map_or("", |source| source.base());
    assert!(source.contains("PHIT"));
    let mut session = Session::new(&shipped);
    let mut seen = 0;
    for line in PLAIN.lines().map(str::trim).filter(|line| !line.is_empty()) {
        session.must(line);
        if amparo::machine::with_her(&shipped, &session.state) {
            let shown = screen(&session, false);
            seen += 1;
            for word in ["PHIT", "ISFP", "WHO", "Zimmerman", "Watts", "leaflet", "traffick", "Amparo"] {
                assert!(!shown.contains(word), "{word} at {}:\n{shown}", session.at());
            }
        }
    }
    assert!(seen > 40, "{seen} screens with her");
}

#[test]
fn practice_d3_one_alone_needs_a_written_reason() {
    let shipped = shipped();
    for begun in ["begin 11", "begin 11 11"] {
        let mut session = until(&shipped, "enter opening", &[("begin 11 12", begun)]);
        assert!(gate_closed(&mut session, "enter opening", 1));
        session.must("override opening other").shows("at: hello");
        assert_eq!(session.state.record.wordless.len(), 1, "the reason still wants its words");
        assert_eq!(deviation_kinds(&session), [DeviationKind::GateOverridden]);
    }
}

#[test]
fn practice_d4_the_check_in_runs_on_through_a_pause() {
    let shipped = shipped();
    let mut session = before(&shipped, "half-way");
    assert_eq!(session.step("check-in").role, Some(Role::CheckIn));
    session.must("half-way = rest\nwait 31\noverdue check-in");
    session.shows("clock: 0 stopped\ndeadlines: check-in @30 overdue");
}

#[test]
fn practice_d5_what_was_agreed_is_required_and_what_happened_is_asked() {
    let shipped = shipped();
    let mut session = before(&shipped, "if-attacked");
    assert!(wanted(&session, "if-attacked"));
    session.must("cover\nuncover later\nsignal = person");
    assert!(wanted(&session, "did") && wanted(&session, "hurt"));
}

#[test]
fn practice_d6_a_wished_course_reaches_the_supervisor() {
    let shipped = shipped();
    let mut session = before(&shipped, "training");
    session.must("training = wish-one");
    assert!(tells(&session, "training", Tells::Discuss) && heard_of(&session, "training"));
}
