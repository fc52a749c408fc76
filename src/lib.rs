//! Amparo: a terminal checklist for people who interview possible victims of trafficking.
//!
//! A room imports only what stands to its left (`tests/architecture.rs` holds this):
//!
//! ```text
//! text → protocol → machine → prove → seal → journal → review → share → words → export → ui → terminal → desk → cli
//! ```
//!
//! Start reading at [`machine`]: what can happen, and what follows from it. `docs/architecture.md` follows one key
//! press through the rooms.

// A file of the tests outside is read by tests inside too, and knows the crate by its name.
#[cfg(test)]
extern crate self as amparo;

pub mod cli;
pub mod desk;
pub mod export;
pub mod journal;
pub mod machine;
pub mod protocol;
pub mod review;
pub mod seal;
pub mod terminal;
pub mod text;
pub mod ui;
pub mod words;
