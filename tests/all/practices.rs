//! One test for each of the 57 practices, as the last column of `docs/practices.md` says it, over the shipped protocol;
//! and one that reads that table and finds what is served by nothing that acts.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use amparo::journal::Verdict;
use amparo::machine::{CoveredBy, Event, Fact, Refusal, Standing, State};
use amparo::protocol::{Action, Ending, Home, Kind, Protocol, Required, Shows, StandsFor, Step, Tells};
use amparo::review::{Listen, deviations, due, listening, told};
use amparo::text::{Language, StaffNumber};
use amparo::ui::{Colour, Keeping, Look, Motion, OnTheDesk, Screens, View};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use super::plain_way::{chosen, go_on, up_to};
use super::session::{Session, step};

static SHIPPED: LazyLock<Protocol> = LazyLock::new(super::session::shipped);

const ENDINGS: [Ending; 4] = [Ending::Early, Ending::Postponed, Ending::NotHeld, Ending::Left];

/// On the plain way up to a place.
fn at(until: &str) -> Session<'static> {
    up_to(&SHIPPED, until, &[])
}

/// On the plain way but for some answers.
fn with(until: &str, other: &[(&str, &str)]) -> Session<'static> {
    up_to(&SHIPPED, until, other)
}

fn of(id: &str) -> &'static Step {
    SHIPPED.step_by_id(&step(id)).unwrap_or_else(|| panic!("no step `{id}`"))
}

fn place_of(id: &str) -> usize {
    SHIPPED.find(&step(id)).unwrap_or_else(|| panic!("no step `{id}`")).0
}

/// The plain way from the first step to the last, as it stands at each place, and where that is.
fn every_state() -> Vec<(String, Session<'static>)> {
    let mut session = Session::after(&SHIPPED, "begin S11 S12");
    let way = go_on(&mut session.clone(), "end", &[]);
    let mut states = Vec::new();
    for place in way {
        go_on(&mut session, &place, &[]);
        states.push((place, session.clone()));
    }
    assert!(states.len() > 80, "{} places", states.len());
    states
}

fn options(id: &str) -> Vec<&'static str> {
    match &of(id).kind {
        Kind::Choice(options) | Kind::Choices(options) => options.iter().map(|o| o.id.as_str()).collect(),
        Kind::List { states, .. } => states.iter().map(|state| state.id.as_str()).collect(),
        _ => Vec::new(),
    }
}

/// Whether the review is told something by a step.
fn tells(session: &Session<'_>, id: &str, what: Tells) -> bool {
    told(&SHIPPED, &session.state).iter().any(|told| told.step == step(id) && told.tells == what)
}

fn is_due_with_a_day(session: &Session<'_>, id: &str) -> bool {
    due(&SHIPPED, &session.state, session.now()).iter().any(|due| due.step == step(id))
}

fn someone_must_be_listened_to(session: &Session<'_>, id: &str) -> bool {
    listening(&SHIPPED, &session.state, session.now()).iter().any(|listen| match listen {
        Listen::Wanted { step: of, .. } => *of == step(id),
        Listen::Told(told) | Listen::Discuss(told) => told.step == step(id),
    })
}

/// Open, required and part of the list.
fn is_required_now(session: &Session<'_>, id: &str) -> bool {
    session.is_due(id) && session.standing(id).is_open()
}

/// A session that ended in some way after she was met (or, where it cannot be, before).
fn ended(ending: Ending) -> Session<'static> {
    match ending {
        Ending::Early => with_end("half-way", "half-way = stop"),
        Ending::Postponed => with_end("go", "go = postpone"),
        Ending::NotHeld => with_end("go", "go = do-not-hold"),
        Ending::Left => with_end("half-way", "cover\nleave cover\nresume"),
    }
}

fn with_end(until: &str, commands: &str) -> Session<'static> {
    let mut session = at(until);
    session.must(commands);
    session
}

fn close_is_refused_over(session: &mut Session<'_>, id: &str) {
    match session.refusal("close") {
        Refusal::RequiredOpen(open) => assert!(open.contains(&step(id)), "`{id}` among {open:?}"),
        other => panic!("{other:?}"),
    }
}

/// The screen of a session, as the program draws it.
fn screen(state: &State) -> String {
    drawn(state, |_, _| {})
}

/// The same after the key that hides.
fn leaflet(state: &State) -> String {
    drawn(state, |screens, view| {
        screens.hide(CoveredBy::Key, view);
    })
}

fn drawn(state: &State, before: fn(&mut Screens, &View)) -> String {
    let code = Language::English.code();
    let (keeping, desk) = (Keeping::default(), OnTheDesk::default());
    let size = Size::new(80, 24);
    let view = View {
        protocol: Some(&SHIPPED),
        state,
        now: amparo::machine::At { wall: super::session::START, zone: 60, run: 0 },
        language: Language::English,
        shown: &code,
        said: &code,
        keeping: &keeping,
        desk: &desk,
        look: Look {
            colour: Colour::None,
            motion: Motion::Still,
            leaflet_width: 60,
            quiet_after: 60,
            breaths: 6,
        },
        size,
        cover: None,
    };
    let mut screens = Screens::new(&view);
    screens.show_checklist(&view);
    before(&mut screens, &view);
    let area = Rect::new(0, 0, size.width, size.height);
    let mut buffer = Buffer::empty(area);
    screens.draw(&view, area, &mut buffer);
    let rows = (0..size.height).map(|y| (0..size.width).map(|x| buffer[(x, y)].symbol()).collect::<String>());
    rows.collect::<Vec<_>>().join("\n")
}

fn kept_both(question: &str, answers: &[&str]) {
    let mut session = at(question);
    session.must(&format!("{question} = [{}]", answers.join(" ")));
    let found = chosen(&session, question);
    let wanted: BTreeSet<String> = answers.iter().map(ToString::to_string).collect();
    assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), wanted);
    assert_eq!(session.standing(question), Standing::Answered);
}

#[test]
fn practice_a1_the_room_is_required_before_closing() {
    let mut session = with("end", &[("room", "!defer"), ("seats", "!defer")]);
    for id in ["room", "seats"] {
        assert!(is_required_now(&session, id), "{id}");
        close_is_refused_over(&mut session, id);
    }
}

#[test]
fn practice_a2_a_specialist_is_asked_for_by_role() {
    let mut session = at("specialist");
    session.must("specialist = comes").shows("specialist: comes");
    assert!(matches!(of("specialist").kind, Kind::Choice(_)));
    let texts: Vec<&Step> =
        SHIPPED.steps.iter().filter(|step| matches!(step.kind, Kind::Text { .. })).collect();
    assert!(texts.is_empty(), "a field for a text is a field for a name: {texts:?}");
}

#[test]
fn practice_a3_four_things_are_said_with_words_and_may_come_back() {
    for id in ["rights", "risks", "for-others", "legal-way"] {
        assert!(matches!(of(id).kind, Kind::Inform) && of(id).say.is_some(), "{id}");
        assert_eq!(of(id).required, Required::Always, "{id}");
        let mut session = with("end", &[(id, "back")]);
        assert_eq!(session.standing(id), Standing::Deferred);
        close_is_refused_over(&mut session, id);
    }
}

#[test]
fn practice_a4_a_tie_not_ruled_out_shuts_the_further_subjects() {
    for tie in ["unsure", "not-ruled-out"] {
        let session = with("go-now", &[("tied", tie)]);
        assert!(!session.applies("others-now") && !session.applies("wants"), "{tie}");
        assert!(is_required_now(&session, "kept-short"));
        assert!(tells(&session, "tied", Tells::Discuss));
    }
    let session = with("go-now", &[("tied", "ruled-out")]);
    assert!(session.applies("others-now") && session.applies("wants") && !session.applies("kept-short"));
    assert!(!tells(&session, "tied", Tells::Discuss));
    assert!(of("first-look").private && of("tied").private);
    assert_eq!(of("tied").again.map(|index| index.0), Some(place_of("first-look")));
}

#[test]
fn practice_a5_a_refused_shelter_opens_the_waiver_and_ends_nothing() {
    let mut session = with("shelter", &[("threatened", "threat")]);
    assert!(is_required_now(&session, "shelter"));
    session.must("shelter = refused").shows("ended: -\nat: waiver");
    assert!(is_required_now(&session, "waiver"));
    assert!(tells(&session, "shelter", Tells::Danger));
    assert!(session.standing("offers").is_open());
}

#[test]
fn practice_a6_a_risen_risk_proposes_help_and_asks_again_how_she_leaves() {
    let mut session = with("risk-after", &[("risk", "1")]);
    session.must("way-home = as-planned\nrisk-after = 2").shows("proposed: in-danger\nway-home: open");
    assert_eq!(session.events.last().unwrap().follows.proposes.as_ref().unwrap().as_str(), "in-danger");
    let mut session = with("manner", &[("risk", "1")]);
    session.must("risk = 3 because other").shows("proposed: in-danger\ngo-now: open");
    // What to leave alone stays in sight.
    let session = with("her-lead", &[("keep-off", "[money family]")]);
    assert!(of("keep-off").stays);
    let drawn = screen(&session.state);
    assert!(drawn.contains("coins") && drawn.contains("home"), "{drawn}");
}

#[test]
fn practice_a7_the_opening_stays_shut_while_somebody_is_with_her() {
    let mut session = with("pause place", &[("company", "somebody"), ("apart", "!defer")]);
    assert!(matches!(session.refusal("enter opening"), Refusal::GateClosed { gates, .. } if gates == [0]));
    assert_eq!(session.refusal("override opening not-safe"), Refusal::NoOverride);
    session.must("apart = outside\nenter opening").shows("at: hello");
    // Danger in the interview, and somebody is still there.
    let mut session = at("half-way");
    session.must("cover\nuncover later\ngo signal\nsignal = person\ndid = subject\nhurt = nobody");
    session.must("alone-again = not-yet").shows("company: open\nfallen: 0");
    assert!(session.refusal("half-way = go-on") == Refusal::PhaseStopped);
    session.must("company = alone").shows("fallen: -");
    // Where she had not come alone, that the other waits is asked anew too.
    let mut session = with("half-way", &[("company", "somebody"), ("apart", "outside")]);
    session.must("cover\nuncover later\nsignal = person\nalone-again = not-yet").shows("fallen: 0");
    assert_eq!(session.standing("company"), Standing::Open);
    session.must("company = somebody").shows("apart: open\nfallen: 0");
}

#[test]
fn practice_a8_an_example_that_was_too_clear_reaches_the_supervisor() {
    let mut session = at("example");
    session.must("example = too-clear");
    assert!(tells(&session, "example", Tells::Discuss));
    session.must("example = blurred");
    assert!(!tells(&session, "example", Tells::Discuss));
    assert!(place_of("manner") < place_of("example") && of("manner").stays);
}

#[test]
fn practice_a9_danger_covers_first_and_asks_afterwards() {
    for (here, mut session) in every_state() {
        assert_eq!(session.at(), here);
        session.must("cover").shows("covered: key\nasks: no\nraised: -");
        assert_eq!(session.at(), here);
    }
    for until in ["go", "company", "risk", "half-way", "thanks", "favour"] {
        let mut session = at(until);
        let here = session.at();
        session.must("cover").shows("covered: key\nraised: -");
        assert_eq!(session.at(), here);
        session.must("uncover later").shows("raised: -");
        assert_eq!(session.at(), here, "nothing is asked");
        let open = amparo::machine::open_steps(&SHIPPED, &session.state);
        assert_eq!([open[0].0.id.as_str(), open[1].0.id.as_str()], ["signal", "did"]);
    }
    // The leaflet starts at the page that was agreed on.
    for (answer, page) in [("courses", "courses"), ("health", "doctor"), ("sleeping", "sleep")] {
        let session = with("half-way", &[("other-topic", answer)]);
        let cover = &SHIPPED.covers[0];
        let drawn = leaflet(&session.state);
        let open = cover.topics.iter().filter(|topic| drawn.contains(topic.title.base()));
        let open: Vec<&str> = open.map(|topic| topic.id.as_str()).collect();
        assert_eq!(open, [page], "after `{answer}`\n{drawn}");
    }
    for cover in &SHIPPED.covers {
        let stands: Vec<_> = cover.topics.iter().filter_map(|topic| topic.stands_for).collect();
        for choice in [StandsFor::Subject, StandsFor::SafePlace, StandsFor::Later, StandsFor::Leave] {
            assert_eq!(stands.iter().filter(|one| **one == choice).count(), 1, "{}: {choice:?}", cover.id);
        }
    }
    let mut session = at("half-way");
    session.must("cover\nuncover later\ngo signal\nsignal = calls-again\ndid = later\nhurt = nobody");
    session.must("alone-again = alone-now\non-or-close = close-gently").shows("ended: early by on-or-close");
}

#[test]
fn practice_b1_five_kinds_of_papers_each_get_a_state() {
    let mut session = at("papers");
    session.must("papers = status:seen background:seen behaviour:asked health:not-there");
    assert_eq!(session.standing("papers"), Standing::Partly);
    session.must("papers = status:seen background:seen behaviour:asked health:not-there statements:seen");
    assert_eq!(session.standing("papers"), Standing::Answered);
    session.must("unclear = []");
    assert_eq!(session.standing("unclear"), Standing::Answered);
}

#[test]
fn practice_b2_the_room_and_the_water_are_ticked_before_she_comes() {
    for id in ["room", "water"] {
        assert!(!of(id).with_her && place_of(id) < place_of("company"), "{id}");
        assert!(of("company").with_her);
    }
    at("company").shows("room: done\nwater: done\nshy: yes");
}

#[test]
fn practice_b3_one_more_telling_needs_a_reason() {
    assert!(!with("papers", &[("told-before", "0")]).applies("why-again"));
    let mut session = with("why-again", &[("told-before", "2")]);
    assert!(is_required_now(&session, "why-again"));
    session.must("why-again = no-reason").shows("ended: not-held by why-again");
    assert!(of("told-before").counts_same_case);
}

#[test]
fn practice_b4_an_urgent_need_comes_before_the_talk() {
    let mut session = at("now-need");
    session.must("now-need = doctor-first").shows("ended: postponed by now-need");
    assert!(is_required_now(&session, "thanks"));
    let group = SHIPPED.group_of(SHIPPED.find(&step("body")).unwrap()).unwrap();
    assert!(group.together);
    for id in ["body", "mind", "mood"] {
        assert!(of(id).private && group.steps.contains(&place_of(id)), "{id}");
    }
    let mut session = at("needs");
    session.must("needs = bed:still-open doctor:met food:met child:met documents:met phone:met");
    assert!(tells(&session, "needs", Tells::Discuss));
}

#[test]
fn practice_b5_no_interpreter_needs_a_reason_and_one_needs_vetting() {
    assert!(is_required_now(&at("interpreter"), "interpreter"));
    let session = with("work-name", &[("interpreter", "interpreter"), ("vetted", "[checked]")]);
    assert!(session.is_due("vetted") && session.applies("vetted"));
    assert!(is_required_now(&session, "this-voice"));
    let session = with("work-name", &[("interpreter", "none-trusted")]);
    assert!(!session.applies("vetted") && !session.applies("this-voice"));
    session.shows("interpreter: none-trusted");
}

#[test]
fn practice_b6_harmless_words_stay_in_sight_and_her_lead_is_ticked_after() {
    let mut session = at("manner");
    assert!(of("manner").stays);
    let line = of("manner").ask.base();
    session.must("read manner");
    let range = SHIPPED.phase_of(SHIPPED.find(&step("manner")).unwrap()).unwrap().steps();
    for index in range.skip(1) {
        let id = SHIPPED.steps[index].id.as_str();
        if !session.applies(id) {
            continue;
        }
        if session.at() != id {
            session.must(&format!("go {id}"));
        }
        let drawn = screen(&session.state);
        let first = line.split(',').next().unwrap();
        assert!(drawn.contains(first), "`{line}` at `{id}`\n{drawn}");
    }
    let page = SHIPPED.group_of(SHIPPED.find(&step("her-lead")).unwrap()).unwrap();
    assert!(page.together && of("her-lead").required == Required::Always);
}

#[test]
fn practice_b7a_what_we_must_pass_on_is_said_before_she_says_anything() {
    for said in ["who-knows", "must-tell"] {
        for asked in ["risk", "threatened", "keep-off"] {
            assert!(place_of(said) < place_of(asked), "{said} before {asked}");
        }
    }
    for said in ["who-knows", "must-tell", "true-or-not"] {
        assert!(of(said).kind == Kind::Inform && of(said).say.is_some(), "{said}");
    }
}

#[test]
fn practice_b7b_rights_are_told_in_plain_words() {
    let mut session = at("rights");
    session.must("rights = declined");
    assert_eq!(session.standing("rights"), Standing::Declined);
    go_on(&mut session, "end", &[]);
    session.must("close");
    let found = deviations(&SHIPPED, &session.events, Verdict::Whole, session.now().wall);
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn practice_b7c_what_we_promise_has_a_day() {
    let mut session = at("next-steps");
    session.must("next-steps = @600 the lawyer is asked");
    assert!(is_due_with_a_day(&session, "next-steps"));
    session.must("meet next-steps");
    assert!(!is_due_with_a_day(&session, "next-steps"));
}

#[test]
fn practice_b7d_every_way_is_told_and_every_wish_can_be_noted() {
    assert_eq!(of("choices-she-has").required, Required::Always);
    for way in ["complaint", "permit", "home", "protection", "other-region"] {
        assert!(options("wants").contains(&way), "{way}");
    }
    kept_both("wants", &["permit", "other-region"]);
}

#[test]
fn practice_c1_distress_begins_with_stopping_and_breathing() {
    let mut session = at("half-way");
    session.must("raise distress").shows("at: stop-now");
    session.must("stop-now = understood").shows("at: breathe");
    assert_eq!(of("breathe").shows, Some(Shows::Pacer));
    session.must("read breathe").shows("at: feet");
    assert!(options("feet").contains(&"feet"));
}

#[test]
fn practice_c2_grounding_follows_the_breath() {
    let mut session = at("half-way");
    session.must("raise distress\nstop-now = understood\nread breathe\nfeet = feet").shows("at: here-now");
    assert!(of("here-now").say.is_some());
}

#[test]
fn practice_c3_no_blame_is_in_sight_on_every_screen_of_the_response() {
    let (_, distress) =
        SHIPPED.responses.iter().enumerate().find(|(_, r)| r.id.as_str() == "distress").unwrap();
    assert!(!distress.in_sight.is_empty() && of("no-fault").say.is_some());
    let mut session = at("half-way");
    session.must("raise distress");
    while let Some(id) = session.state.current().cloned().filter(|_| session.at() != "half-way") {
        let drawn = screen(&session.state);
        for words in &distress.in_sight {
            assert!(drawn.contains(words.base()), "`{}` at `{id}`\n{drawn}", words.base());
        }
        let next = match of(id.as_str()).kind {
            Kind::Guidance => format!("read {id}"),
            Kind::Inform => format!("{id} = understood"),
            _ if id.as_str() == "same-subject" => format!("{id} = same"),
            _ => format!("{id} = {}", options(id.as_str())[0]),
        };
        session.must(&next);
    }
}

#[test]
fn practice_c4_she_says_whether_to_go_on_rest_or_stop() {
    let before = "raise distress\nstop-now = understood\nread breathe\nfeet = feet\nhere-now = understood\nno-fault = understood";
    let mut session = at("half-way");
    session.must(before).must("wait 7\nhow-now = rest").shows("clock: 7 stopped");
    session.must("wait 90\noverdue check-in");
    let mut session = at("half-way");
    session.must(before).must("how-now = stop").shows("ended: early by how-now");
    assert!(is_required_now(&session, "thanks"));
}

#[test]
fn a_second_moment_offers_the_end_for_today_first_and_going_on_is_recorded() {
    let moment = "raise distress\nstop-now = understood\nread breathe\nfeet = feet\nhere-now = understood\n\
                  no-fault = understood\nhow-now = go-on\npurpose-again = understood";
    let mut session = at("needs");
    session.must(moment).shows("at: same-subject");
    session.must("same-subject = same");
    session.must(moment).shows("at: on-or-end");
    assert_eq!(options("on-or-end")[0], "end-today");
    let mut ends = at("needs");
    ends.must(moment).must("same-subject = same").must(moment).must("on-or-end = end-today");
    ends.shows("ended: early by on-or-end\nresponses: -");
    assert!(is_required_now(&ends, "thanks"));
    session.must("on-or-end = same").shows("at: needs\nresponses: -");
    session.must(moment).must("on-or-end = other-subject").shows("needs: deferred\nresponses: -");
    // After a risk that rose it is so the first time.
    let mut session = at("risk-after");
    session.must("risk-after = 4").must("leave-proposal");
    session.must(moment).shows("at: on-or-end");
}

#[test]
fn practice_c5_another_subject_sets_the_step_aside() {
    let distress = "raise distress\nstop-now = understood\nread breathe\nfeet = feet\nhere-now = understood\n\
                    no-fault = understood\nhow-now = go-on\npurpose-again = understood";
    let mut session = at("needs");
    session
        .must(distress)
        .must("same-subject = other-subject")
        .shows("needs: deferred\nresponses: -\nat: her-lead");
    let mut session = at("needs");
    session.must(distress).must("same-subject = same").shows("needs: open\nat: needs");
}

#[test]
fn practice_c6_the_purpose_is_said_again() {
    let mut session = at("half-way");
    session.must("raise distress\nstop-now = understood\nread breathe\nfeet = feet\nhere-now = understood\nno-fault = understood");
    session.must("how-now = go-on").shows("at: purpose-again");
    assert!(of("purpose-again").kind == Kind::Inform && of("purpose-again").say.is_some());
}

#[test]
fn practice_c7_she_is_thanked_whatever_the_end() {
    for ending in ["early", "postponed", "not-held"] {
        let session = with_end("half-way", &format!("end {ending}"));
        assert!(is_required_now(&session, "thanks"), "{ending}");
    }
}

#[test]
fn practice_d1_a_working_name_is_ticked_and_has_no_field() {
    let mut session = with("end", &[("work-name", "!defer")]);
    close_is_refused_over(&mut session, "work-name");
    assert_eq!(of("work-name").kind, Kind::Check);
    assert!(SHIPPED.steps.iter().all(|step| !matches!(step.kind, Kind::Text { .. })));
}

#[test]
fn practice_d2_nothing_on_any_screen_names_an_organisation() {
    assert_eq!(of("unmarked").required, Required::Always);
    let source = SHIPPED.source.as_ref().unwrap().base();
    let telling: Vec<&str> = source
        .split(|c: char| !c.is_alphanumeric() && c != '/')
        .filter(|word| word.len() > 2 && word.chars().filter(|c| c.is_uppercase()).count() > 1)
        .chain(["Zimmerman", "Watts", "Amparo"])
        .collect();
    assert!(telling.contains(&"PHIT") && telling.contains(&"WHO"), "{telling:?}");
    let mut session = at("company");
    for phase in &SHIPPED.phases {
        for index in phase.steps().filter(|index| SHIPPED.steps[*index].with_her) {
            session.state.record.place = amparo::machine::Place::Step(SHIPPED.steps[index].id.clone());
            session.state.record.phase = Some(phase.id.clone());
            let drawn = screen(&session.state);
            for word in &telling {
                assert!(!drawn.contains(word), "`{word}` at `{}`\n{drawn}", SHIPPED.steps[index].id);
            }
        }
    }
}

#[test]
fn practice_d3_one_alone_needs_a_written_reason() {
    for begin in ["begin S11", "begin S11 S11"] {
        let mut session = Session::after(&SHIPPED, begin);
        go_on(&mut session, "pause place", &[]);
        assert!(
            matches!(session.refusal("enter opening"), Refusal::GateClosed { gates, .. } if gates == [1])
        );
        session.must("override opening no-time").shows("at: hello");
        assert_eq!(session.state.record.wordless.len(), 1, "the digit wants words");
        let found = deviations(&SHIPPED, &session.events, Verdict::Whole, session.now().wall);
        assert!(found.iter().any(|one| one.what.kind().id() == "gate-overridden"), "{found:?}");
    }
}

#[test]
fn practice_d4_the_check_in_runs_on_through_a_pause() {
    let mut session = with("half-way", &[("check-in", "@30")]);
    session.must("half-way = rest\nwait 31").shows("clock: 0 stopped");
    session.must("overdue check-in").shows("deadlines: check-in @30 overdue");
}

#[test]
fn practice_d5_what_was_agreed_is_required_and_what_happened_is_asked() {
    assert!(is_required_now(&at("if-attacked"), "if-attacked"));
    let mut session = at("half-way");
    session.must("cover\nuncover later\nsignal = person");
    for id in ["did", "hurt"] {
        assert!(is_required_now(&session, id), "{id}");
    }
}

#[test]
fn practice_d6_a_wished_course_reaches_the_supervisor() {
    let mut session = at("training");
    session.must("training = wish-one");
    assert!(tells(&session, "training", Tells::Discuss));
}

#[test]
fn practice_d7_telling_later_needs_a_day() {
    let mut session = at("police");
    session.must("police = tell-later").shows("at: tell-by");
    assert!(is_required_now(&session, "tell-by"));
    session.must("tell-by = @900");
    assert!(is_due_with_a_day(&session, "tell-by"));
    assert!(matches!(of("seen").kind, Kind::Choice(_)));
}

#[test]
fn practice_d8_every_answer_is_in_the_log_in_order() {
    // A minute goes by at each place.
    let mut session = Session::after(&SHIPPED, "begin S11 S12");
    for place in go_on(&mut session.clone(), "end", &[]) {
        go_on(&mut session, &place, &[]);
        session.minutes += 1;
    }
    session.must("close");
    let mut answered: BTreeMap<&str, &amparo::machine::Value> = BTreeMap::new();
    let mut minute = 0;
    for event in &session.events[1..] {
        let at = event.at.wall - super::session::START;
        assert!(at > minute, "{event:?} after {minute}");
        minute = at;
        if let Fact::Answered { step, value, .. } = &event.fact {
            assert!(answered.insert(step.as_str(), value).is_none(), "{step} is answered once");
        }
    }
    for (step, outcome) in &session.state.seen.outcomes {
        if let amparo::machine::Outcome::Answered(value) = outcome {
            assert_eq!(answered.get(step.as_str()), Some(&value), "{step}");
        }
    }
    for ending in ENDINGS {
        assert!(is_required_now(&ended(ending), "day-report"), "{ending:?}");
    }
}

#[test]
fn practice_d9_a_favour_is_asked_about_after_every_end() {
    for ending in ENDINGS {
        let mut session = ended(ending);
        assert!(is_required_now(&session, "favour"), "{ending:?}");
        session.must("favour = tell-supervisor");
        assert!(tells(&session, "favour", Tells::Discuss));
    }
}

#[test]
fn practice_d10_a_summons_still_to_answer_reaches_the_supervisor() {
    let mut session = at("court");
    session.must("court = still-to-ask");
    assert!(tells(&session, "court", Tells::Discuss));
    for name in ["1 2", "Ana", "S 11", ""] {
        assert!(StaffNumber::new(name).is_err(), "`{name}`");
    }
    // Whoever takes part stands in the first event, by number, and on no screen.
    let identities = ["S11", "S12", "K-1"];
    let named = |text: &str| identities.iter().any(|identity| text.contains(identity));
    let named_in = |event: &&Event| named(&serde_json::to_string(event).unwrap());
    assert!(named_in(&&session.events[0]));
    assert_eq!(session.events.iter().filter(named_in).count(), 1);
    for (place, session) in every_state() {
        let drawn = screen(&session.state);
        assert!(!named(&drawn), "at `{place}`\n{drawn}");
    }
}

#[test]
fn practice_e1_strain_is_asked_and_private() {
    for ending in ENDINGS {
        assert!(is_required_now(&ended(ending), "strain"), "{ending:?}");
    }
    assert!(of("strain").private && of("weighed").private);
}

#[test]
fn practice_e2_what_carried_can_be_several() {
    kept_both("carried", &["calm", "knowing-how", "hope"]);
}

#[test]
fn practice_e3_the_outcome_is_the_teams() {
    kept_both("put-down", &["team-result"]);
    assert!(of("put-down").private);
}

#[test]
fn practice_e4_rules_bind_and_others_go_on() {
    kept_both("put-down", &["rules-bind", "others-go-on"]);
}

#[test]
fn practice_e5_warmth_for_her_carries() {
    kept_both("carried", &["warmth"]);
}

#[test]
fn practice_e6_work_well_done_carries() {
    kept_both("carried", &["work-done"]);
}

#[test]
fn practice_e7_nobody_to_hold_you_up_is_told() {
    let mut session = at("support");
    session.must("support = nobody-yet");
    assert!(tells(&session, "support", Tells::Listen));
    assert!(someone_must_be_listened_to(&session, "support"));
}

#[test]
fn practice_e8_tonight_is_chosen() {
    kept_both("tonight", &["meal", "walk"]);
    assert!(of("tonight").private);
}

#[test]
fn practice_e9_supervision_marks_the_session() {
    let mut session = at("supervision");
    session.must("supervision = supervisor");
    assert!(tells(&session, "supervision", Tells::Discuss));
    session.must("supervision = not-needed");
    assert!(!tells(&session, "supervision", Tells::Discuss));
}

#[test]
fn practice_e10_colleague_and_interpreter_are_asked_after() {
    let mut session = at("the-other");
    assert!(is_required_now(&session, "the-other"));
    session.must("the-other = needs-listening");
    assert!(tells(&session, "the-other", Tells::Listen));
}

#[test]
fn practice_e11_a_hard_session_makes_the_debrief_required() {
    let debrief = ("debrief", "!defer");
    let mut easy = with("end", &[debrief, ("strain", "1")]);
    assert!(!easy.is_due("debrief"));
    easy.must("close");
    for (until, commands, other) in [
        (
            "half-way",
            "cover\nuncover later\nsignal = person\ndid = waited\nhurt = nobody\nalone-again = alone-now\non-or-close = go-on",
            ("strain", "1"),
        ),
        ("half-way", "raise distress\nreturn", ("strain", "1")),
        ("half-way", "raise in-danger\nreturn", ("strain", "1")),
        ("half-way", "", ("risk-after", "1")),
        ("half-way", "", ("strain", "3")),
        ("half-way", "", ("the-other", "needs-listening")),
    ] {
        let mut session = at(until);
        session.must(commands);
        go_on(&mut session, "end", &[debrief, other]);
        assert!(is_required_now(&session, "debrief"), "{commands} {other:?}");
        close_is_refused_over(&mut session, "debrief");
    }
    let mut session = at("half-way");
    session.must("cover\nuncover later\nsignal = nothing");
    go_on(&mut session, "end", &[debrief, ("strain", "1")]);
    assert!(!session.is_due("debrief"));
    session.must("close");
}

#[test]
fn practice_f1_postponing_is_a_full_end_with_its_own_closing() {
    let mut session = at("go");
    session.must("go = postpone").shows("ended: postponed by go");
    for id in ["told-her", "try-again", "others-told", "favour", "strain"] {
        assert!(is_required_now(&session, id), "{id}");
    }
    let interview = SHIPPED.phases.iter().find(|phase| phase.id.as_str() == "interview").unwrap();
    assert!(interview.steps().all(|index| !session.applies(SHIPPED.steps[index].id.as_str())));
    go_on(&mut session, "end", &[]);
    session.must("close");
    assert!(deviations(&SHIPPED, &session.events, Verdict::Whole, session.now().wall).is_empty());
    // Whether to go on is decided, or the interview stays shut.
    let mut session = with("pause opening", &[("go-now", "!defer")]);
    assert!(matches!(session.refusal("enter interview"), Refusal::GateClosed { gates, .. } if gates == [3]));
}

#[test]
fn practice_f2_the_risks_are_listed_before_going() {
    let mut session = at("known-risks");
    session.must("known-risks = family:absent debt:absent documents:absent phone:not-known journey:absent");
    assert_eq!(session.standing("known-risks"), Standing::Partly);
    assert!(is_required_now(&session, "known-risks"));
    assert!(place_of("known-risks") < place_of("go"));
}

#[test]
fn practice_f3_what_was_prepared_is_what_is_offered() {
    let ready = "bed:ready medical:asked lawyer:ready food-money:ready for-children:not-there listening:ready +a coat:ready";
    let mut session = with("offers", &[("referrals", ready)]);
    for state in ["accepted", "declined", "later", "not-offered"] {
        assert!(options("offers").contains(&state), "{state}");
    }
    session.must("offers = bed:accepted medical:later lawyer:accepted food-money:accepted for-children:not-offered listening:declined");
    assert_eq!(session.standing("offers"), Standing::Partly, "the added row is asked about too");
    session.must("offers = bed:accepted medical:later lawyer:accepted food-money:accepted for-children:not-offered listening:declined 0:accepted");
    assert_eq!(session.standing("offers"), Standing::Answered);
}

#[test]
fn practice_f4_four_ticks_for_the_interpreter() {
    for tick in ["checked", "other-circle", "silence"] {
        assert!(options("vetted").contains(&tick), "{tick}");
    }
    let session =
        with("company", &[("interpreter", "mediator"), ("vetted", "[checked other-circle silence]")]);
    assert!(is_required_now(&session, "this-voice"));
    assert!(of("this-voice").with_her);
}

#[test]
fn practice_f5_what_is_private_is_marked_and_identities_stand_in_one_event() {
    for id in [
        "first-look",
        "maybe-child",
        "who-came",
        "body",
        "mind",
        "mood",
        "tied",
        "kept-short",
        "strain",
        "weighed",
        "carried",
        "put-down",
        "support",
        "tonight",
        "the-other",
        "supervision",
        "debrief",
    ] {
        assert!(of(id).private, "{id}");
    }
    // Identities stand at the beginning, or where somebody joins, and nowhere else.
    let mut session = at("end");
    session.must("close");
    for event in &session.events[1..] {
        let json = serde_json::to_string(event).unwrap();
        assert!(!json.contains("S11") && !json.contains("S12") && !json.contains("K-1"), "{json}");
    }
}

#[test]
fn practice_f6_without_her_yes_the_interview_stays_shut() {
    let mut session = with("pause opening", &[("consent", "!defer")]);
    assert!(matches!(session.refusal("enter interview"), Refusal::GateClosed { gates, .. } if gates == [2]));
    assert_eq!(session.refusal("override interview other"), Refusal::NoOverride);
    let mut session = at("consent");
    session.must("consent = does-not").shows("ended: early by consent");
    let mut session = at("half-way");
    session.must("raise consent-back\ntake-back = use-less").shows("consent: open\nfallen: 2");
    assert!(is_required_now(&session, "take-out"));
    session.must("what-holds = understood").shows("at: half-way\nfallen: 2");
    assert_eq!(session.refusal("half-way = go-on"), Refusal::PhaseStopped);
    session.must("consent = with-limits").shows("fallen: -");
}

#[test]
fn practice_f7_nothing_argues_her_risk_down() {
    for take in ["raise in-danger\nreturn", "leave-proposal"] {
        let mut session = at("risk");
        session.must("risk = 4").shows("proposed: in-danger");
        assert!(session.events.last().unwrap().follows.proposes.is_some());
        session.must(take).shows("proposed: -\nrisk: 4");
        go_on(&mut session, "manner", &[]);
        session.shows("risk: 4\nat: manner");
    }
    assert!(!of("risk").private && of("risk").when.is_none());
    // Nothing in the file takes the answer away again.
    let risk = SHIPPED.find(&step("risk"));
    for step in &SHIPPED.steps {
        let (Kind::Choice(options) | Kind::Choices(options) | Kind::List { states: options, .. }) =
            &step.kind
        else {
            continue;
        };
        let reopens = |action: &Action| matches!(action, Action::Reopen(index) if Some(*index) == risk);
        assert!(!options.iter().flat_map(|option| &option.then).any(reopens), "{}", step.id);
    }
    let proposals = SHIPPED.steps.iter().filter_map(|step| step.suggests.as_ref());
    assert!(proposals.into_iter().all(|suggests| suggests.reopens != risk));
}

#[test]
fn practice_f8_no_step_asks_for_the_story() {
    let interview = SHIPPED.phases.iter().find(|phase| phase.id.as_str() == "interview").unwrap();
    let mut session = at("manner");
    for index in interview.steps() {
        let here = &SHIPPED.steps[index];
        assert!(!matches!(here.kind, Kind::Text { .. }), "{}", here.id);
        if !session.applies(here.id.as_str()) {
            continue;
        }
        if session.at() != here.id.as_str() {
            session.must(&format!("go {}", here.id));
        }
        session.must("raise distress").shows("at: stop-now");
        session.must("return");
        assert_eq!(session.at(), here.id.as_str());
    }
}

#[test]
fn practice_f9_a_plan_stands_before_and_one_key_opens_it() {
    assert!(is_required_now(&at("emergency"), "emergency"));
    let mut session = at("now-need");
    session.must("now-need = help-now").shows("at: now-where");
    assert!(session.state.seen.raised.iter().any(|response| response.as_str() == "in-danger"));
    session.must("return").shows("at: pause place\nresponses: -");
    for (until, mut session) in every_state() {
        session.must("raise in-danger\nnow-where = here\nnow-wish = ring").shows("at: rung\nrung: open");
        assert_eq!(of("rung").required, Required::Always);
        session.must("rung = done\nnow-next = go-on");
        assert_eq!(session.at(), until);
    }
    let mut session = at("told-before");
    session.must("raise in-danger\nnow-where = here\nnow-wish = bed").shows("rung: off\nat: now-next");
}

#[test]
fn practice_f10_what_it_is_good_for_has_a_day_and_a_doer() {
    let mut session = at("good-for");
    session.must("good-for = referral").shows("at: good-by");
    assert!(is_required_now(&session, "good-by"));
    session.must("good-by = @3000 number 12");
    assert!(is_due_with_a_day(&session, "good-by"));
    let mut session = at("good-for");
    session.must("good-for = nothing-used").shows("good-by: off");
}

/// A row of the table.
struct Row<'t> {
    number: &'t str,
    served: &'t str,
    test: &'t str,
}

impl Row<'_> {
    /// Every name in backticks that is a step, a response or a thing of its own.
    fn names(&self) -> Vec<&str> {
        self.served.split('`').skip(1).step_by(2).collect()
    }

    /// The names in backticks of steps that are there as guidance.
    fn is_rule(&self) -> bool {
        self.served.contains("rule:") || self.served.contains("rule that")
    }
}

fn rows(table: &str) -> Vec<Row<'_>> {
    table
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| nr"))
        .map(|line| {
            let cells: Vec<&str> = line.split(" | ").map(|cell| cell.trim_matches(['|', ' '])).collect();
            assert_eq!(cells.len(), 5, "{line}");
            Row { number: cells[0], served: cells[2], test: cells[3].trim_matches('`') }
        })
        .collect()
}

#[test]
fn every_practice_is_served_by_something_that_acts_and_shown_by_a_test() {
    let table = include_str!("../../docs/practices.md");
    let tests: BTreeSet<&str> = include_str!("practices.rs")
        .lines()
        .filter_map(|line| line.strip_prefix("fn ").and_then(|line| line.split('(').next()))
        .collect();
    let rows = rows(table);
    let numbers: BTreeSet<&str> = rows.iter().map(|row| row.number).collect();
    assert_eq!((rows.len(), numbers.len()), (57, 57), "57 numbers, each once");
    let counted = |letter: char, many: usize| {
        assert_eq!(numbers.iter().filter(|number| number.starts_with(letter)).count(), many, "{letter}");
    };
    for (letter, many) in [('A', 9), ('B', 10), ('C', 7), ('D', 10), ('E', 11), ('F', 10)] {
        counted(letter, many);
    }
    let mut wrong = Vec::new();
    for row in &rows {
        let serves = |step: &Step| step.serves.iter().any(|practice| &*practice.0 == row.number);
        let mut acts = row.is_rule();
        let mut named = BTreeSet::new();
        for name in row.names() {
            if SHIPPED.responses.iter().any(|response| response.id.as_str() == name)
                || name.starts_with("staff(")
            {
                continue;
            }
            let Some(found) = SHIPPED.steps.iter().find(|step| step.id.as_str() == name) else {
                wrong.push(format!("{}: no step `{name}`", row.number));
                continue;
            };
            named.insert(name);
            if !serves(found) {
                wrong.push(format!("{}: `{name}` does not serve it in the file", row.number));
            }
            acts |= found.kind != Kind::Guidance || ["B6", "C3", "A8"].contains(&row.number);
        }
        for step in SHIPPED.steps.iter().filter(|step| serves(step)) {
            let guidance = step.kind == Kind::Guidance && step.shows.is_none();
            if guidance && !["B6", "C3", "A8"].contains(&row.number) {
                wrong.push(format!("{}: guidance `{}` serves it", row.number, step.id));
            }
            if !named.contains(step.id.as_str()) && !matches!(step.home, Home::Response(_)) {
                wrong.push(format!("{}: `{}` serves it and is not in the table", row.number, step.id));
            }
        }
        if !acts {
            wrong.push(format!("{}: nothing that acts", row.number));
        }
        if !tests.contains(row.test) {
            wrong.push(format!("{}: no test `{}`", row.number, row.test));
        }
    }
    let named: BTreeSet<&str> = rows.iter().map(|row| row.test).collect();
    for test in tests.iter().filter(|test| test.starts_with("practice_") && !named.contains(*test)) {
        wrong.push(format!("`{test}` stands in no row"));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
