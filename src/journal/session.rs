//! A session as it was read back, and what can be said of its file.

use std::sync::Arc;

use serde::Serialize;

use crate::machine::Event;

use super::name::SessionName;
use super::source::ProtocolSource;

/// A session as it was read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The name of its file.
    pub name: SessionName,
    /// The protocol that was run.
    pub protocol: Arc<ProtocolSource>,
    /// The events before the end or the first fault, and only those.
    pub events: Vec<Event>,
    /// What can be said of the file.
    pub verdict: Verdict,
}

impl Session {
    /// Whether the program was stopped between the head of the file and its first event: nobody was shown a tick in it,
    /// and there is nothing to go on with.
    pub fn is_unbegun(&self) -> bool {
        self.events.is_empty() && matches!(self.verdict, Verdict::Open | Verdict::Torn { .. })
    }
}

/// What can be said of a session's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "verdict", rename_all = "kebab-case")]
pub enum Verdict {
    /// It was closed, and nothing follows.
    Whole,
    /// It ends after a whole event: never closed, or cut there. The file alone cannot tell.
    Open,
    /// It ends inside an event: the program or the machine was stopped while writing it, or it was cut there. What
    /// stands before is whole; whether more was kept once, the file alone cannot tell.
    Torn {
        /// Bytes at the end that are no whole event.
        dropped: u64,
    },
    /// Anything else: something was changed after so many events.
    Altered {
        /// How many events stand before.
        after: u64,
    },
    /// What follows after so many events was sealed for others: taken up again on a machine with other keys.
    NotForUs {
        /// How many events stand before.
        after: u64,
    },
}

/// What the bytes of a file hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The protocol that was run.
    pub protocol: Arc<ProtocolSource>,
    /// The events before the end or the first fault.
    pub events: Vec<Event>,
    /// What can be said of the file.
    pub verdict: Verdict,
    /// The bytes up to the end of the last whole event.
    pub intact: usize,
}
