//! What the review asks of the desk, and what the desk tells it.

use std::sync::Arc;

use crate::export::Format;
use crate::journal::{JournalError, Mark, On, SessionName, Unread};
use crate::review::{Hit, Marks, Search, Summary, Unreadable};
use crate::text::{Language, Line, Prose, StaffNumber, line_safe};
use crate::words::{HandingSays, RoomSays, handing_says, journal_trouble, room_says};

use super::session::ReadSession;

/// What is asked of the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReviewWish {
    /// Read a session; that it was opened is noted beside it, with her number.
    Read {
        /// The session.
        session: SessionName,
        /// By whom.
        by: StaffNumber,
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
    /// Hand sessions on as one new file that is not sealed.
    HandOn {
        /// The sessions, in their order.
        sessions: Vec<SessionName>,
        /// By whom.
        by: StaffNumber,
        /// As what.
        format: Format,
        /// Where to, as it was typed.
        to: String,
    },
    /// Stop handing on; what was begun is removed.
    HandOnNoMore,
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
        /// What it is about; several things of one session are marked together.
        on: Vec<On>,
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
    /// All that stands beside a session that came before.
    Said(SessionName, Box<Marks>),
    /// A file that is none, or none that can be read.
    Unreadable(Unreadable),
    /// A file beside the sessions that says nothing.
    Unread(SessionName, Unread),
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
    /// The numbers whose keys are on this machine: who can read a remark.
    CanRead(Vec<StaffNumber>),
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
    /// So many of those that are handed on are done.
    HandsOn {
        /// Done,
        done: usize,
        /// of so many.
        of: usize,
    },
    /// They were handed on, or the file could not be written.
    HandedOn(Result<HandedOn, NotDone>),
    /// Something could not be put beside a session, or erased; what was done before it stands.
    NotSaid(NotDone, Vec<Summary>),
}

/// A file that was handed on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedOn {
    /// Where it lies.
    pub file: String,
    /// So many sessions are in it.
    pub sessions: usize,
    /// So many are not, since she took her consent back.
    pub withdrawn: usize,
    /// So many are not, since they cannot be read.
    pub unreadable: usize,
}

impl NotDone {
    /// What happened, and what to do.
    pub(in crate::ui) fn sentence(&self, language: Language) -> String {
        let says = |says| room_says(says, language).into_owned();
        match self {
            Self::Journal(error) => journal_sentence(error, language),
            Self::Keys(complaint) => complaint.sentence(language),
            Self::FileChanged => says(RoomSays::FileChanged),
            Self::NoKeyOf(number) => says(RoomSays::NoKeyOf(number)).replace('`', ""),
            Self::NoKey => says(RoomSays::NoKey),
            Self::NoProtocol => says(RoomSays::NoProtocol),
            Self::FileThere(file) => {
                handing_says(HandingSays::There(&line_safe(file)), language).into_owned()
            }
            Self::NoPlace(file) => {
                handing_says(HandingSays::NoPlace(&line_safe(file)), language).into_owned()
            }
            Self::Stopped => handing_says(HandingSays::Stopped, language).into_owned(),
            Self::NotWritten { file, why } => {
                let (file, why) = (&*line_safe(file), &*line_safe(why));
                handing_says(HandingSays::NotWritten { file, why }, language).into_owned()
            }
            Self::NothingLeft => handing_says(HandingSays::NothingLeft, language).into_owned(),
        }
    }
}

/// What is wrong with a file, and what to do, in one sentence.
pub(super) fn journal_sentence(error: &JournalError, language: Language) -> String {
    let (what, help) = journal_trouble(error, language);
    format!("{what}: {help}.").replace('`', "")
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
    /// Something is there already where a file was to be written.
    FileThere(String),
    /// No ordinary file is there, or it would stand among what is sealed.
    NoPlace(String),
    /// It was stopped, by a key or since the screen was hidden.
    Stopped,
    /// A file could not be written.
    NotWritten {
        /// Where.
        file: String,
        /// The system's reason.
        why: String,
    },
    /// None of the sessions may be handed on.
    NothingLeft,
}
