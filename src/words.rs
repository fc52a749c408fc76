//! Every sentence for people: one `match` a language over enums, so that a missing one does not compile.

pub mod findings;
mod new_protocol;
mod outline;

pub use new_protocol::new_protocol;
pub use outline::{coverage, outline};
