//! Bytes as commands, over the shipped protocol: whatever two caseworkers and a timer give, in any order, the machine
//! never panics, stands where it may, can always be covered, and its events alone lead to the same state.

#![no_main]

use std::sync::LazyLock;

use amparo::machine::{Command, CoveredBy, Place, State, apply, decide};
use amparo::protocol::Protocol;
use libfuzzer_sys::fuzz_target;

#[path = "../../tests/all/random.rs"]
#[allow(dead_code, reason = "the tests use the rest")]
mod random;

use random::{Dice, at};

static SHIPPED: LazyLock<Protocol> =
    LazyLock::new(|| amparo::protocol::shipped().expect("the shipped protocol is right"));

fuzz_target!(|bytes: &[u8]| {
    let rolls: Vec<u16> = bytes.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
    let mut dice = Dice::new(&rolls);
    let (mut state, mut events) = (State::default(), Vec::new());
    for number in 0.. {
        if dice.is_empty() {
            break;
        }
        let command = random::command(&mut dice, &SHIPPED, &state);
        let Ok(event) = decide(&SHIPPED, &state, &command, at(number)) else { continue };
        apply(&mut state, &event);
        events.push(event);
        if let Place::Step(step) = &state.record.place {
            assert!(SHIPPED.find(step).is_some() && !state.seen.off.contains(step), "at `{step}`");
        }
        if !state.record.closed && state.record.covered.is_none() {
            let cover = Command::Cover { by: CoveredBy::Key };
            assert!(decide(&SHIPPED, &state, &cover, at(number)).is_ok());
        }
    }
    let mut replayed = State::default();
    events.iter().for_each(|event| apply(&mut replayed, event));
    assert_eq!(replayed, state);
});
