//! All integration tests in one binary, because each further one would be linked again.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "what helps a test fails as a test does"
)]

mod caseworker;
mod e2e;
mod e2e_keys;
mod e2e_pictures;
mod e2e_trouble;
mod e2e_turns;
mod hygiene;
mod interview;
mod keys;
mod leaving;
mod machine;
mod machine_properties;
mod marked;
mod memory;
mod own_protocol;
mod picture;
mod plain_way;
mod practices;
mod programs;
mod pty;
mod random;
mod session;
mod story;
mod terminal;

mod tmux;
mod traces;
mod walks;
mod way_out;
mod words_to_say;
