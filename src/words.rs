//! Every sentence for people, one `match` a language over enums, so that a missing one does not compile.
//! Knows nothing of where a sentence is shown.

mod leaflet;
mod start;

pub use leaflet::{BuiltIn, BuiltInTopic, LeafletSays, built_in};
pub use start::{FormSays, PacerSays, PlainSays, StartSays};
