//! What the review asks of the desk, and what the desk tells it.

use std::sync::Arc;

use crate::journal::{JournalError, Mark, On, SessionName};
use crate::review::{Hit, Search, Summary, Unreadable};
use crate::text::{Line, Prose, StaffNumber};

use super::session::ReadSession;

/// What is asked of the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReviewWish {
    /// Read a session; that it was opened is noted beside it, with her number where it is known.
    Read {
        /// The session.
        session: SessionName,
        /// By whom.
        by: Option<StaffNumber>,
    },
    /// Put something beside sessions.
    Say {
        /// The sessions.
        sessions: Vec<SessionName>,
        /// By whom.
        by: StaffNumber,
        /// What.
        saying: Saying,
    },
    /// Erase a session.
    Erase {
        /// The session.
        session: SessionName,
        /// By whom.
        by: StaffNumber,
        /// Why.
        reason: Line,
    },
    /// Look for words in sessions, in their order. What was looked for before is looked for no more.
    Look {
        /// What.
        search: Search,
        /// Where.
        sessions: Vec<SessionName>,
    },
    /// Look no more.
    LookNoMore,
    /// The review is left: what is still being opened may stop.
    Leave,
}

/// What is put beside a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saying {
    /// A mark, a sign-off among them.
    Mark {
        /// What it is about.
        on: On,
        /// Which.
        mark: Mark,
    },
    /// A remark.
    Remark {
        /// What it is about.
        on: On,
        /// To whom; none: the supervisors' own.
        to: Option<StaffNumber>,
        /// Its words.
        text: Prose,
    },
}

/// A file that was opened, or could not be.
#[derive(Debug)]
pub enum Came {
    /// A session.
    Session(Box<Summary>),
    /// A file that is none, or none that can be read.
    Unreadable(Unreadable),
    /// Nothing is to be shown of it; it counts for the progress.
    Nothing,
}

/// What the desk tells the review.
#[derive(Debug)]
pub enum ReviewTold {
    /// So many files are being opened.
    Begins {
        /// So many.
        total: usize,
        /// How long sessions are kept, in milliseconds, where the settings say.
        keeps_for: Option<i64>,
    },
    /// Files were opened.
    Came(Vec<Came>),
    /// The folder cannot be read.
    NoFolder(JournalError),
    /// Sessions were looked through for words: the places in each.
    Looked {
        /// For what.
        search: Search,
        /// The sessions.
        sessions: Vec<(SessionName, Vec<Hit>)>,
    },
    /// A session was read.
    Read(Arc<ReadSession>),
    /// A session could not be read.
    NotRead(NotDone),
    /// Something stands beside these sessions now.
    Said(Vec<Summary>),
    /// This session was erased.
    Erased(SessionName),
    /// Something could not be put beside a session, or erased; what was done before it stands.
    NotSaid(NotDone, Vec<Summary>),
}

/// Why something could not be done.
#[derive(Debug)]
pub enum NotDone {
    /// The folder or the file.
    Journal(JournalError),
    /// What is wrong with keys, in a sentence of `words`.
    Keys(crate::words::KeyComplaint),
    /// The file is not the one that was read.
    FileChanged,
    /// No key of this number is at hand.
    NoKeyOf(StaffNumber),
    /// No key is at hand any more.
    NoKey,
    /// Its protocol cannot be read by this version.
    NoProtocol,
}
