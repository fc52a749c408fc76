//! Receipts: how the file of a session was when this machine looked at it, so that one that is shorter, another or gone
//! later is noticed.

use serde::{Deserialize, Serialize};

use super::ledger::Seen;
use super::name::SessionName;

/// How the file of a session was when it was looked at here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Receipt {
    /// The session.
    pub name: SessionName,
    /// Its bytes up to the end of the last whole event: what follows may be cut off when it is taken up again.
    pub file: Seen,
    /// Where it was.
    pub kept: Kept,
}

/// Where the file of a session was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kept {
    /// Among the sessions of this machine: one that is not there any more is missing.
    #[default]
    Here,
    /// In a folder, or on a stick, that was named: it may go as it came.
    Elsewhere,
}

impl Kept {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
    pub(super) fn is_here(&self) -> bool {
        *self == Self::Here
    }
}
