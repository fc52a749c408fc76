//! What stands beside a session: an addendum, a remark, a mark, a stone. Each is a sealed file of the same
//! format, with no protocol, whose first and only event names the session by its file's fingerprint.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::machine::At;
use crate::seal::{HeadCode, Identity};
use crate::text::{Fingerprint, Prose, StaffNumber, StepId};

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

/// What a remark or a mark is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum On {
    /// The session as a whole.
    #[default]
    Session,
    /// A step.
    Step(StepId),
    /// An event, by its number from 1.
    Event(u64),
}

/// What a supervisor decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// To be talked about.
    ToDiscuss,
    /// Done: it leaves the lists.
    Done,
    /// To be looked at again on a day; until then it leaves the lists.
    LookAgain(NaiveDate),
    /// The session was read and is signed off.
    SignedOff,
    /// The mark before it, on the same thing, was taken back.
    TakenBack,
}

/// What was done with a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Handling {
    /// It was opened to be read.
    Opened,
    /// It was exported.
    Exported,
    /// It was erased.
    Erased,
}

/// A companion with the name of its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// The name of its file.
    pub name: SessionName,
    /// What it says.
    pub companion: Companion,
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
        /// The name of the remark's file that it answers.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        answers: Option<SessionName>,
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
        /// What it is about.
        #[serde(default, skip_serializing_if = "On::is_session")]
        on: On,
        /// The number of whoever it is said to; none: it is a note of the supervisors' own.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<StaffNumber>,
    },
    /// What a supervisor decided.
    Marked {
        /// The session, by the head that was read.
        of: Beside,
        /// When.
        at: At,
        /// By whom.
        by: StaffNumber,
        /// What it is about.
        #[serde(default, skip_serializing_if = "On::is_session")]
        on: On,
        /// What was decided.
        mark: Mark,
    },
    /// Somebody opened, exported or erased it.
    Handled {
        /// The session, by the head that was read.
        of: Beside,
        /// When.
        at: At,
        /// By whom, where it was given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<StaffNumber>,
        /// What was done.
        how: Handling,
    },
    /// It was erased.
    Stone(Stone),
}

impl On {
    fn is_session(&self) -> bool {
        *self == Self::Session
    }
}

impl Companion {
    /// The session that it stands beside.
    pub fn of(&self) -> &SessionName {
        match self {
            Self::Addendum { of, .. }
            | Self::Remark { of, .. }
            | Self::Marked { of, .. }
            | Self::Handled { of, .. } => &of.name,
            Self::Stone(stone) => &stone.name,
        }
    }

    /// The fingerprint of the file that it names.
    pub fn sha256(&self) -> Fingerprint {
        match self {
            Self::Addendum { of, .. }
            | Self::Remark { of, .. }
            | Self::Marked { of, .. }
            | Self::Handled { of, .. } => of.sha256,
            Self::Stone(stone) => stone.sha256,
        }
    }

    /// When it was put there.
    pub fn at(&self) -> At {
        match self {
            Self::Addendum { at, .. }
            | Self::Remark { at, .. }
            | Self::Marked { at, .. }
            | Self::Handled { at, .. } => *at,
            Self::Stone(stone) => stone.at,
        }
    }

    /// Reads the bytes of a file.
    ///
    /// # Errors
    /// Why they are none: [`NoSession::Companion`] where they are a session's instead, [`NoSession::Damaged`] where
    /// they are not whole.
    pub fn decode(identity: &Identity, bytes: &[u8]) -> Result<Self, NoSession> {
        // One at most, or a file that somebody made for it would fill the memory.
        let first = std::cell::Cell::new(true);
        let read = records(identity, bytes, |record| {
            first.replace(false).then(|| serde_json::from_slice::<Self>(record).ok()).flatten()
        });
        let mut read = read?;
        if !read.protocol.bytes().is_empty() {
            return Err(NoSession::Companion);
        }
        match (read.verdict, read.all.pop(), read.all.is_empty()) {
            (Verdict::Whole, Some(companion), true) => Ok(companion),
            _ => Err(NoSession::Damaged),
        }
    }
}
