//! What only the inside of the machine can show: that the fold makes of an event the very state that the decision had
//! in mind. The rules themselves are tested from outside (`tests/all/machine.rs`).

use proptest::prelude::{ProptestConfig, any, prop_assert_eq, proptest};

use super::decide::foresee;
use super::random::{self, Dice, at};
use super::*;

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn the_fold_makes_of_an_event_what_the_decision_had_in_mind(
        rolls in proptest::collection::vec(any::<u16>(), 0..900),
    ) {
        let mut dice = Dice::new(&rolls);
        let drawn = random::protocol(&mut dice);
        let mut state = State::default();
        for number in 0..120 {
            if dice.is_empty() {
                break;
            }
            let command = random::command(&mut dice, &drawn.protocol, &state);
            let Ok((event, trial)) = foresee(&drawn.protocol, &state, &command, at(number)) else { continue };
            apply(&mut state, &event);
            prop_assert_eq!(&state, &trial, "{:?}\n{:#?}\n{}", command, event, drawn.yaml);
        }
    }
}
