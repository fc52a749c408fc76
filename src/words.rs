//! Every sentence for people: enums by meaning, and one exhaustive `match` a language over each, so that a missing
//! translation does not compile. Knows nothing of where a sentence is shown.

mod command;
pub mod findings;
mod keys;
mod leaflet;
mod lock;
mod new_protocol;
mod outline;
mod pin;
mod screen;
mod sessions;
mod start;
mod trouble;
mod verify;

pub use command::{CommandSays, Complaint, SettingFor, SettingTakes};
pub use keys::{KeyComplaint, KeySays};
pub use leaflet::{BuiltIn, BuiltInTopic, LeafletSays, built_in};
pub use lock::{FirstKeySays, UnlockSays};
pub use new_protocol::new_protocol;
pub use outline::{coverage, outline};
pub use pin::{PinComplaint, PinSays};
pub use screen::{KeyCap, KeyWord, Say, Told, day, key_cap, key_help, key_hint, reason, say, told};
pub use sessions::{Consequence, SessionWord, Telling, consequences};
pub use start::{FormSays, PacerSays, PlainSays, StartSays};
pub use trouble::journal_trouble;
pub use verify::{finding, head_word, ledger_state};
