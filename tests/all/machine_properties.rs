//! What holds of every protocol and every session: over random ones.

use std::collections::BTreeSet;

use amparo::machine::{
    Command, CoveredBy, Event, Fact, Outcome, Place, State, apply, closed_gates, decide, due_and_open,
    listed_steps, neighbour, open_steps, overall, standing, with_her,
};
use amparo::protocol::{Protocol, SECTIONS, StepIndex};
use amparo::text::{ResponseId, StepId};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};

use super::random::{self, Dice, at, hostile};
use super::session::check_place;

/// The numbers that make the protocol, and those that make the session.
type Rolls = (Vec<u16>, Vec<u16>);

fn rolls() -> impl Strategy<Value = Rolls> {
    (proptest::collection::vec(any::<u16>(), 0..900), proptest::collection::vec(any::<u16>(), 0..700))
}

/// A protocol and a session of it.
struct Run {
    protocol: Protocol,
    yaml: String,
    states: Vec<State>,
    events: Vec<Event>,
}

/// Runs random commands, and looks at each event beside the state before it and after.
fn run(rolls: &Rolls, mut look: impl FnMut(&Protocol, &State, &Event, &State)) -> Run {
    let drawn = random::protocol(&mut Dice::new(&rolls.0));
    let mut dice = Dice::new(&rolls.1);
    let mut run = Run {
        protocol: drawn.protocol,
        yaml: drawn.yaml,
        states: vec![State::default()],
        events: Vec::new(),
    };
    for number in 0..300 {
        if dice.is_empty() {
            break;
        }
        let state = run.states.last().cloned().unwrap_or_default();
        let command = random::command(&mut dice, &run.protocol, &state);
        let before = state.clone();
        let decided = decide(&run.protocol, &state, &command, at(number));
        assert_eq!(before, state, "a decision changes nothing");
        let Ok(event) = decided else { continue };
        let mut after = state;
        apply(&mut after, &event);
        look(&run.protocol, &before, &event, &after);
        run.states.push(after);
        run.events.push(event);
    }
    run
}

/// What stands once everything that was not open before has been returned from.
struct Returned {
    state: State,
    /// The responses that had waited, and opened on the way back.
    opened: Vec<ResponseId>,
    /// Whether what applies was changed by returning itself, not by raising.
    changed: bool,
}

/// Returns until only responses are open that were open before. What had waited may open in place of what was returned
/// from: it goes back to the same place, and is returned from too.
fn come_back(protocol: &Protocol, before: &State, mut within: State) -> Returned {
    let (mut opened, mut changed) = (Vec::new(), false);
    for _ in 0..=before.record.waiting.len() {
        let event = decide(protocol, &within, &Command::Return, at(999)).expect("one can always return");
        let off = within.seen.off.clone();
        apply(&mut within, &event);
        check_place(protocol, &within);
        changed |= within.seen.off != off;
        if before.record.asides.starts_with(&within.record.asides) {
            break;
        }
        let aside = within.record.asides.last().expect("one is open");
        assert!(before.record.waiting.contains(&aside.response), "{aside:?} had not waited");
        if within.record.asides.len() > before.record.asides.len() {
            assert_eq!(aside.from, before.record.place, "it goes back to where the other one was raised");
        }
        opened.push(aside.response.clone());
    }
    assert!(before.record.asides.starts_with(&within.record.asides), "{:?}", within.record.asides);
    Returned { state: within, opened, changed }
}

/// What is held after a return, in every case:
///
/// - Nothing that waited is lost: it waits on, in its order, or it was opened on the way back.
/// - The responses that were open are open again, unless raising took away the very step where the list stood in the
///   innermost of them, and nothing else is to be done in that one.
/// - The list stands where it stood: at the same step, unless that no longer applies; at the same pause; at the same
///   gate, unless the gate holds now or nothing behind it is to be done; at the end, unless returning itself brought new
///   steps.
fn holds_after_return(protocol: &Protocol, before: &State, raised: &ResponseId, returned: &Returned) {
    let after = &returned.state;
    let wait_on = |id: &&ResponseId| !returned.opened.contains(id) && *id != raised;
    let waiting: Vec<&ResponseId> = before.record.waiting.iter().filter(wait_on).collect();
    assert_eq!(after.record.waiting.iter().collect::<Vec<_>>(), waiting);
    let (was, is) = (&before.record.place, &after.record.place);
    if after.record.asides != before.record.asides {
        assert!(
            matches!(was, Place::Step(id) if after.seen.off.contains(id)),
            "left more than it had opened"
        );
        return;
    }
    match was {
        Place::Step(id) => assert_eq!(was == is, !after.seen.off.contains(id), "{was:?} {is:?}"),
        Place::Gate(id) => {
            let (index, phase) = protocol.phase(id).expect("a phase");
            let to_do = |index| {
                protocol
                    .step(StepIndex(index))
                    .is_some_and(|step| standing(protocol, after, step).stops_here())
            };
            let stays = !closed_gates(protocol, after, index).is_empty() && phase.steps().any(to_do);
            assert_eq!(was == is, stays, "{was:?} {is:?}");
        }
        Place::End => assert!(was == is || returned.changed, "{is:?}"),
        Place::Pause(_) | Place::Nowhere => assert_eq!(was, is),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn replaying_the_events_gives_the_same_state(rolls in rolls()) {
        let run = run(&rolls, |_, _, _, _| ());
        let mut state = State::default();
        for (event, known) in run.events.iter().zip(&run.states[1..]) {
            apply(&mut state, event);
            prop_assert_eq!(&state, known);
        }
    }

    #[test]
    fn every_event_round_trips(rolls in rolls()) {
        run(&rolls, |_, _, event, _| {
            let json = serde_json::to_string(event).unwrap();
            let back: Event = serde_json::from_str(&json).unwrap_or_else(|error| panic!("{json}: {error}"));
            assert_eq!(*event, back, "{json}");
        });
    }

    #[test]
    fn the_checklist_stands_only_where_it_may(rolls in rolls()) {
        run(&rolls, |protocol, before, event, after| {
            let checked = std::panic::catch_unwind(|| check_place(protocol, after));
            assert!(checked.is_ok(), "{event:#?}\nbefore: {:?} {:?}", before.record.place, before.record.asides);
        });
    }

    #[test]
    fn danger_can_be_raised_in_every_state(rolls in rolls()) {
        let run = run(&rolls, |_, _, _, _| ());
        for state in &run.states {
            let open = state.is_begun() && !state.record.closed && state.record.covered.is_none();
            let cover = decide(&run.protocol, state, &Command::Cover { by: CoveredBy::Key }, at(999));
            prop_assert_eq!(cover.is_ok(), open);
        }
    }

    #[test]
    fn a_response_returns_to_where_it_was_raised(rolls in rolls()) {
        let run = run(&rolls, |_, _, _, _| ());
        for state in &run.states {
            for response in &run.protocol.responses {
                let raise = Command::Raise { response: response.id.clone() };
                let Ok(raised) = decide(&run.protocol, state, &raise, at(999)) else { continue };
                if raised.follows.opened.is_none() {
                    continue;
                }
                let mut within = state.clone();
                apply(&mut within, &raised);
                let aside = within.record.asides.last().unwrap();
                prop_assert_eq!(&aside.response, &response.id);
                prop_assert_eq!(&aside.from, &state.record.place);
                // The same with one more that has to wait for it, where there is such a one.
                let mut waits = run.protocol.responses.iter().filter_map(|other| {
                    let raise = Command::Raise { response: other.id.clone() };
                    decide(&run.protocol, &within, &raise, at(999)).ok()
                });
                if let Some(waited) = waits.find(|event| matches!(event.fact, Fact::Waited { .. })) {
                    let (mut before, mut within) = (state.clone(), within.clone());
                    apply(&mut within, &waited);
                    before.record.waiting.clone_from(&within.record.waiting);
                    let returned = come_back(&run.protocol, &before, within);
                    holds_after_return(&run.protocol, &before, &response.id, &returned);
                }
                let returned = come_back(&run.protocol, state, within);
                holds_after_return(&run.protocol, state, &response.id, &returned);
            }
        }
    }

    #[test]
    fn no_answer_is_ever_lost(rolls in rolls()) {
        let mut answered: BTreeSet<(StepId, String)> = BTreeSet::new();
        run(&rolls, |protocol, before, event, after| {
            if let Fact::Answered { step, value, .. } = &event.fact {
                answered.insert((step.clone(), format!("{value:?}")));
            }
            let follows = &event.follows;
            let mut told: BTreeSet<&StepId> = follows.reopened.iter().chain(&follows.deferred).collect();
            told.extend(follows.opened.iter().flat_map(|opened| &opened.fresh));
            told.extend(follows.back.iter().flat_map(|back| back.before.iter().map(|before| &before.step)));
            match &event.fact {
                Fact::Answered { step, .. }
                | Fact::Cleared { step }
                | Fact::Read { step }
                | Fact::Skipped { step, .. }
                | Fact::Deferred { step }
                | Fact::Declined { step } => {
                    told.insert(step);
                }
                _ => {}
            }
            for step in &protocol.steps {
                let (was, is) = (before.seen.outcomes.get(&step.id), after.seen.outcomes.get(&step.id));
                assert!(was == is || told.contains(&step.id), "`{}` changed without a word", step.id);
                if let Some(Outcome::Answered(value)) = is {
                    assert!(answered.contains(&(step.id.clone(), format!("{value:?}"))));
                }
            }
        });
    }

    #[test]
    fn taking_back_restores_what_stood_before(rolls in rolls()) {
        let run = run(&rolls, |_, _, _, _| ());
        for (index, event) in run.events.iter().enumerate() {
            let (before, after) = (&run.states[index], &run.states[index + 1]);
            let noted = after.record.undo.len() > before.record.undo.len();
            if !noted || matches!(event.fact, Fact::Left { .. }) {
                continue;
            }
            let undo = decide(&run.protocol, after, &Command::Undo, at(999)).unwrap();
            let mut back = after.clone();
            apply(&mut back, &undo);
            prop_assert_eq!(&back.seen.outcomes, &before.seen.outcomes);
            prop_assert_eq!(&back.seen.raised, &before.seen.raised);
            prop_assert_eq!(back.seen.ended, before.seen.ended);
            prop_assert_eq!(&back.record.overridden, &before.record.overridden);
            prop_assert_eq!(&back.record.proposed, &before.record.proposed);
            // A protocol whose conditions never settle may leave them elsewhere; those that do are as they were.
            if back.seen.off == before.seen.off {
                prop_assert_eq!(&back.record.deadlines, &before.record.deadlines);
                prop_assert_eq!(&back.record.asides, &before.record.asides, "{:#?}\n{:#?}", event, undo);
                prop_assert_eq!(&back.record.waiting, &before.record.waiting);
                prop_assert_eq!(&back.record.place, &before.record.place, "{:#?}\n{:#?}", event, undo);
                prop_assert_eq!(&back.seen, &before.seen);
            }
        }
    }

    #[test]
    fn everything_that_follows_has_followed_at_once(rolls in rolls()) {
        let run = run(&rolls, |_, _, _, _| ());
        let note = Command::Note { text: amparo::text::Prose::new("a note").unwrap() };
        for state in &run.states {
            let Ok(noted) = decide(&run.protocol, state, &note, at(999)) else { continue };
            let mut later = state.clone();
            apply(&mut later, &noted);
            let again = decide(&run.protocol, &later, &note, at(999)).unwrap();
            // Conditions that chase each other in a circle never settle.
            if again.follows.is_nothing() {
                prop_assert!(noted.follows.is_nothing(), "{:#?}\n{}", noted.follows, run.yaml);
            }
        }
    }

    #[test]
    fn nothing_panics_over_a_journal_that_nobody_wrote(rolls in rolls()) {
        let run = run(&rolls, |_, _, _, _| ());
        let mut dice = Dice::new(&rolls.1);
        let mut state = State::default();
        for (number, event) in hostile(&mut dice, &run.events).iter().enumerate() {
            apply(&mut state, event);
            let command = random::command(&mut dice, &run.protocol, &state);
            if let Ok(event) = decide(&run.protocol, &state, &command, at(number)) {
                apply(&mut state, &event);
            }
            let _ = (
                open_steps(&run.protocol, &state),
                due_and_open(&run.protocol, &state),
                overall(&run.protocol, &state),
                with_her(&run.protocol, &state),
                state.record.clock.elapsed(u64::MAX),
            );
            for step in listed_steps(&run.protocol, &state) {
                let _ = neighbour(&run.protocol, &state, &step.id, 1);
            }
        }
    }
}

#[test]
fn every_key_of_the_table_is_drawn() {
    let mut runner = TestRunner::new_with_rng(
        Config::default(),
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    );
    let mut drawn = BTreeSet::new();
    for _ in 0..1000 {
        let rolls = proptest::collection::vec(any::<u16>(), 600).new_tree(&mut runner).unwrap().current();
        drawn.extend(random::protocol(&mut Dice::new(&rolls)).keys);
    }
    let missing: Vec<(&str, &str)> = SECTIONS
        .iter()
        .flat_map(|section| section.keys.iter().map(|key| (section.name.word(), key.name)))
        .filter(|key| !drawn.contains(key))
        .collect();
    assert!(missing.is_empty(), "never drawn: {missing:?}");
}

/// The facts that random sessions must bring about, or the properties above would say little.
#[test]
fn random_sessions_come_everywhere() {
    let mut runner = TestRunner::new_with_rng(
        Config::default(),
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    );
    let mut facts = std::collections::BTreeMap::<String, usize>::new();
    for _ in 0..200 {
        let rolls = rolls().new_tree(&mut runner).unwrap().current();
        for event in run(&rolls, |_, _, _, _| ()).events {
            let name = |value: serde_json::Value| match value {
                serde_json::Value::Object(map) => map.keys().cloned().collect::<Vec<_>>(),
                other => vec![other.to_string()],
            };
            let follows = name(serde_json::to_value(&event.follows).unwrap());
            for key in name(serde_json::to_value(&event.fact).unwrap()).into_iter().chain(follows) {
                *facts.entry(key).or_default() += 1;
            }
        }
    }
    let seldom: Vec<&str> = [
        "begun",
        "joined",
        "resumed",
        "answered",
        "cleared",
        "read",
        "skipped",
        "deferred",
        "declined",
        "overrode",
        "raised",
        "waited",
        "returned",
        "not-taken",
        "noted",
        "worded",
        "met",
        "ended",
        "undone",
        "covered",
        "page-opened",
        "uncovered",
        "left",
        "closed",
        "overdue",
        "\"paused\"",
        "\"continued\"",
        "\"went\"",
        "reopened",
        "lowered",
        "opened",
        "waits",
        "back",
        "off",
        "on",
        "due",
        "undue",
        "fell",
        "proposes",
        "enters",
        "goes",
        "shy",
        "with_her_at",
    ]
    .into_iter()
    .filter(|key| facts.get(*key).copied().unwrap_or_default() < 3)
    .collect();
    assert!(seldom.is_empty(), "hardly ever: {seldom:?} in {facts:#?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn the_shipped_protocol_keeps_to_all_of_it(rolls in rolls()) {
        let shipped = super::session::shipped();
        let mut dice = Dice::new(&rolls.1);
        let (mut state, mut replayed) = (State::default(), State::default());
        for number in 0..300 {
            if dice.is_empty() {
                break;
            }
            let command = random::command(&mut dice, &shipped, &state);
            let Ok(event) = decide(&shipped, &state, &command, at(number)) else { continue };
            apply(&mut state, &event);
            apply(&mut replayed, &serde_json::from_str(&serde_json::to_string(&event).unwrap()).unwrap());
            check_place(&shipped, &state);
            prop_assert_eq!(&state, &replayed);
        }
    }
}
