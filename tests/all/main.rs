//! All integration tests in one binary, because each further one would be linked again.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "what helps a test fails as a test does"
)]

mod arguments;
mod bad_disk;
mod caseworker;
mod check_in;
mod clocks;
mod danger_key;
mod dice;
mod e2e;
mod e2e_answers;
mod e2e_keys;
mod e2e_pictures;
mod e2e_review;
mod e2e_review_deeds;
mod e2e_trouble;
mod e2e_turns;
mod e2e_unlock;
mod failing_disk;
mod first_aid;
mod fresh_machine;
mod hygiene;
mod interview;
mod keys;
mod keys_at_hand;
mod killed;
mod languages;
mod leaflets;
mod leaving;
mod machine;
mod machine_properties;
#[expect(dead_code, reason = "the example and the bench use the rest")]
#[path = "../../examples/archive/made.rs"]
mod made;
mod marked;
mod memory;
mod new_caseworker;
mod office;
mod other_programs;
mod over_ssh;
mod own_protocol;
mod passphrase;
mod picture;
mod pin;
mod plain_way;
#[path = "../../examples/archive/player.rs"]
mod player;
mod practices;
mod preload;
mod programs;
mod pty;
mod random;
mod read_twice;
mod saved_elsewhere;
#[path = "../reader/second.rs"]
mod second_reader;
mod session;
mod stalled;
mod storm;
mod story;
mod terminal;

mod tmux;
mod traces;
mod walks;
mod way_out;
mod window;
mod words_to_say;
