//! What remains of a session that was erased: its name, when, by which number, and why.

use serde::{Deserialize, Serialize};

use crate::machine::At;
use crate::text::{Line, StaffNumber};

use super::name::SessionName;

/// What remains of a session that was erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stone {
    /// The name that its file had.
    #[serde(with = "as_text")]
    pub name: SessionName,
    /// When it was erased.
    pub at: At,
    /// By which staff number, where it was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<StaffNumber>,
    /// Why.
    pub reason: Line,
}

mod as_text {
    use serde::{Deserialize, Deserializer, Serializer, de};

    use super::SessionName;

    pub fn serialize<S: Serializer>(name: &SessionName, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(name)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SessionName, D::Error> {
        let text = String::deserialize(deserializer)?;
        SessionName::new(&text).ok_or_else(|| de::Error::custom("not a session's name"))
    }
}
