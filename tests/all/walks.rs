//! Whole sessions of the shipped protocol by commands only: where each stands on the way, and how it ends.

use amparo::machine::Refusal;

use super::plain_way::{go_on, up_to};
use super::session::{Session, shipped};

/// The places of a stretch, the doubled ones once.
fn places(session: &mut Session<'_>, until: &str, other: &[(&str, &str)]) -> String {
    let mut places = go_on(session, until, other);
    places.dedup();
    places.join(" ")
}

#[test]
fn a_whole_interview_from_begin_to_close() {
    let shipped = shipped();
    let mut session = Session::after(&shipped, "begin S11 S12");
    assert_eq!(
        places(&mut session, "company", &[]),
        "told-before papers unclear known-risks first-look maybe-child both-here specialist interpreter work-name \
         unmarked other-topic if-attacked location told-office check-in emergency kit laptop referrals go \
         pause prepare room seats water outside company"
    );
    session.shows("shy: yes");
    assert_eq!(
        places(&mut session, "manner", &[]),
        "company now-need pause place hello who-knows must-tell our-sign her-phone risk threatened keep-off \
         true-or-not rights risks for-others legal-way choices-she-has purpose refuse-stop her-words consent body \
         mind mood tied go-now pause opening manner"
    );
    assert_eq!(
        places(&mut session, "both-back", &[]),
        "manner needs her-lead example half-way others-now wants pause interview risk-after shelter offers \
         next-steps meet-again safe-reach way-home nothing-left thanks both-back"
    );
    session.shows("shy: no");
    assert_eq!(
        places(&mut session, "end", &[]),
        "both-back her-safety seen police favour court good-for training day-report pause after strain weighed \
         carried put-down support tonight the-other supervision debrief end"
    );
    session.must("close").shows("closed: yes\nopen: -\ndue: -\nended: -\nraised: -\nrefused: -");
    assert_eq!(session.state, session.replayed());
    let commands = session.events.len();
    assert!((85..=100).contains(&commands), "{commands} commands from begin to close");
}

#[test]
fn one_that_is_postponed_has_a_closing_of_its_own() {
    let shipped = shipped();
    let mut session = up_to(&shipped, "go", &[]);
    session.must("go = postpone").shows("ended: postponed by go\nat: told-her\nraised: -");
    assert_eq!(
        places(&mut session, "end", &[]),
        "told-her try-again others-told favour court training day-report pause after strain weighed carried \
         put-down support tonight the-other supervision debrief end"
    );
    session.must("close").shows("closed: yes\nrefused: -\nopen: -");
}

#[test]
fn one_that_distress_ends_early_still_closes_gently() {
    let shipped = shipped();
    let mut session = up_to(&shipped, "half-way", &[]);
    session.must("raise distress").shows("at: stop-now\nresponses: distress from half-way");
    session.must(
        "stop-now = understood\nread breathe\nfeet = breathing\nhere-now = understood\nno-fault = understood",
    );
    session.must("how-now = stop").shows("ended: early by how-now\nat: risk-after\nresponses: -");
    let way = places(&mut session, "end", &[]);
    assert!(way.contains("thanks both-back"), "{way}");
    assert!(!way.contains("half-way"));
    session.must("close").shows("closed: yes\nraised: distress\nrefused: -");
}

#[test]
fn one_that_is_left_under_the_cover_is_taken_up_again() {
    let shipped = shipped();
    let mut session = up_to(&shipped, "consent", &[]);
    session.must("cover\npage visits\nleave cover").shows("ended: left\nraised: danger");
    session.must("wait 180\nresume").shows("covered: -\nat: both-back\nshy: no");
    session.must("go signal\nsignal = person\ndid = leave\nhurt = nobody\nalone-again = alone-now\non-or-close = have-left");
    session.shows("ended: left by on-or-close\nresponses: -");
    go_on(&mut session, "end", &[]);
    assert!(session.is_due("debrief"));
    session.must("close").shows("closed: yes\nrefused: -");
}

#[test]
fn one_whose_gate_falls_waits_for_her_to_be_alone_again() {
    let shipped = shipped();
    let mut session = up_to(&shipped, "half-way", &[]);
    session.must("cover\nuncover later\ngo signal\nsignal = person\ndid = subject\nhurt = nobody\nalone-again = not-yet");
    session.shows("company: open\nfallen: 0\nat: on-or-close");
    session.must("on-or-close = go-on").shows("at: half-way\nresponses: -\nfallen: 0");
    assert_eq!(session.refusal("half-way = go-on"), Refusal::PhaseStopped);
    session.must("company = alone").shows("fallen: -\nat: half-way");
    go_on(&mut session, "end", &[]);
    session.must("close").shows("closed: yes\nrefused: -");
}
