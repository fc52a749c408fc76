//! All integration tests in one binary, because each further one would be linked again.

mod keys;
mod machine;
mod picture;
mod pty;
mod session;

mod terminal;
