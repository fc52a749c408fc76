//! All integration tests in one binary, because each further one would be linked again.

#![expect(clippy::expect_used, clippy::panic, reason = "what helps a test fails as a test does")]

mod keys;
mod machine;
mod picture;
mod practices;
mod programs;
mod pty;
mod session;

mod terminal;
