//! Every sentence for people: enums by meaning, and one exhaustive `match` a language over each, so that a missing
//! translation does not compile. Knows nothing of where a sentence is shown.

mod sessions;
mod trouble;

pub use sessions::{Consequence, SessionWord, Telling, consequences};
pub use trouble::journal_trouble;
