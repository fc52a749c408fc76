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
        commands in proptest::collection::vec(any::<u16>(), 0..700),
    ) {
        let drawn = random::protocol(&mut Dice::new(&rolls));
        let mut dice = Dice::new(&commands);
        let mut state = State::default();
        for number in 0..300 {
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
