//! What remains of a session that was erased: its name, what it was, when, by which number, and why.

use serde::{Deserialize, Serialize};

use crate::machine::At;
use crate::seal::HeadCode;
use crate::text::{Fingerprint, Line, StaffNumber};

use super::name::SessionName;

/// A session that is to be erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasure {
    /// The name of its file.
    pub name: SessionName,
    /// When.
    pub at: At,
    /// By which staff number, where it was given.
    pub by: Option<StaffNumber>,
    /// Why.
    pub reason: Line,
}

/// What remains of a session that was erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stone {
    /// The name that its file had.
    pub name: SessionName,
    /// The fingerprint of the file.
    pub sha256: Fingerprint,
    /// Its head code.
    pub head: HeadCode,
    /// When it was erased.
    pub at: At,
    /// By which staff number, where it was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<StaffNumber>,
    /// Why.
    pub reason: Line,
}
