//! All integration tests in one binary, because each further one would be linked again.

#![expect(clippy::expect_used, clippy::panic, reason = "what helps a test fails as a test does")]

mod e2e;
mod e2e_keys;
mod e2e_turns;
mod caseworker;
mod keys;
mod picture;
mod programs;
mod pty;
mod terminal;
