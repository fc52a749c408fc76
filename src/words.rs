//! Every sentence for people, one `match` a language over enums, so that a missing one does not compile.
//! Knows nothing of where a sentence is shown.

mod command;

pub use command::{CommandSays, Complaint, SettingFor, SettingTakes};
