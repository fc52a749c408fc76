//! What stands beside a session: an addendum, a remark, a receipt, a stone. Each is a sealed file of the same format,
//! with no protocol, whose first and only event names the session by its file's fingerprint.

use serde::{Deserialize, Serialize};

use crate::machine::At;
use crate::seal::{HeadCode, Identity};
use crate::text::{Fingerprint, Prose, StaffNumber};

use super::format::NoSession;
use super::name::SessionName;
use super::reading::records;
use super::session::Verdict;
use super::stone::Stone;

/// Which session something stands beside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beside {
    /// The name of its file.
    pub name: SessionName,
    /// The fingerprint of its file.
    pub sha256: Fingerprint,
    /// Its head code.
    pub head: HeadCode,
}

/// Something that stands beside a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Companion {
    /// What was added after it was closed.
    Addendum {
        /// The session.
        of: Beside,
        /// When.
        at: At,
        /// By whom.
        by: StaffNumber,
        /// What.
        text: Prose,
    },
    /// What a supervisor says to whoever held it.
    Remark {
        /// The session.
        of: Beside,
        /// When.
        at: At,
        /// By whom.
        by: StaffNumber,
        /// What.
        text: Prose,
    },
    /// It was received.
    Receipt {
        /// The session.
        of: Beside,
        /// When.
        at: At,
    },
    /// It was erased.
    Stone(Stone),
}

impl Companion {
    /// Reads the bytes of a file.
    ///
    /// # Errors
    /// Why they are none: [`NoSession::Companion`] where they are a session's instead, [`NoSession::Damaged`] where
    /// they are not whole.
    pub fn decode(identity: &Identity, bytes: &[u8]) -> Result<Self, NoSession> {
        let read = records(identity, bytes, |record| serde_json::from_slice::<Self>(record).ok());
        let mut read = read?;
        if !read.protocol.is_empty() {
            return Err(NoSession::Companion);
        }
        match (read.verdict, read.all.pop(), read.all.is_empty()) {
            (Verdict::Whole, Some(companion), true) => Ok(companion),
            _ => Err(NoSession::Damaged),
        }
    }
}
