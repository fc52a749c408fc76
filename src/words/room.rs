//! What the screens of the review say: headings, counts, what is asked before something is put beside a session, and what
//! came of it.

mod english;
mod spanish;

use std::borrow::Cow;

use crate::review::Column;
use crate::text::{CaseCode, Language, StaffNumber};

/// A line of the review's screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoomSays<'a> {
    /// The head line.
    Title,
    /// So many files of so many were opened.
    Opened {
        /// So many.
        done: usize,
        /// Of so many.
        of: usize,
    },
    /// All are opened: so many sessions.
    Sessions(usize),
    /// Nothing is kept on this machine.
    NothingSaved,
    /// So many entries of a list more than are shown.
    More(usize),
    /// So many more entries of a list, and then so many that have waited long.
    MoreWaitLong {
        /// So many.
        more: usize,
        /// Then so many.
        long: usize,
    },
    /// Behind the first of several things that one session says.
    AndMore(usize),
    /// Nobody is in danger in what was read so far: so many files of so many.
    NobodySoFar {
        /// So many.
        done: usize,
        /// Of so many.
        of: usize,
    },
    /// Nothing of a list was found so far.
    NoneSoFar,
    /// Nobody is in danger in the sessions that can be read, and of others nobody can tell.
    NobodyToBeRead,
    /// The sessions cannot be read.
    CannotTell,
    /// So many files cannot be read.
    NotToBeRead(usize),
    /// Above files that are no session, or none that can be read.
    Unreadable,
    /// The head line of the table.
    Table,
    /// So many of so many fit the filter.
    Fits {
        /// So many.
        fits: usize,
        /// Of so many.
        of: usize,
    },
    /// So many are marked with the space bar.
    Selected(usize),
    /// The columns that have no room, by their digits.
    NoRoomFor(&'a str),
    /// Something went against the protocol so many times in one session.
    Times {
        /// What.
        what: &'a str,
        /// How often.
        times: usize,
    },
    /// What a filter may be.
    FilterExamples,
    /// Above all sessions of a case code.
    OfCase(&'a CaseCode),
    /// A session is being opened.
    Opening,
    /// It has a protocol that this version cannot read.
    NoProtocol,
    /// All keys of a page.
    AllKeys,
    /// Above the question for the supervisor's own number.
    NumberTitle,
    /// Why it is asked.
    NumberWhy,
    /// Before its field.
    NumberLabel,
    /// It is none.
    NumberWrong,
    /// Above the question whether to sign so many sessions off.
    SignOffTitle(usize),
    /// What a sign-off means.
    SignOffWhy,
    /// The answer that signs off.
    SignOffYes,
    /// The answer that takes it back.
    TakeBack,
    /// Above the question to whom a remark is.
    RemarkTitle,
    /// Who may read a remark.
    RemarkToWhy,
    /// Before the field of the number that a remark is addressed to.
    RemarkTo,
    /// Where the words go.
    RemarkWhy,
    /// Before the field of its words.
    RemarkLabel,
    /// A remark has no words.
    RemarkEmpty,
    /// Above the question for a mark.
    MarkTitle,
    /// Above the question for one mark on so many alarms of a session.
    MarkAlarmsTitle(usize),
    /// What a mark does.
    MarkWhy,
    /// The mark: to be talked about.
    MarkDiscuss,
    /// The mark: done.
    MarkDone,
    /// The mark: to be looked at again.
    MarkAgain,
    /// Before the field of its day.
    MarkDay,
    /// It is no day, or one that has passed.
    MarkDayWrong,
    /// Above the question why a session is erased.
    EraseTitle(&'a CaseCode),
    /// What erasing means.
    EraseWhy,
    /// Before the field of the reason.
    EraseLabel,
    /// No reason was given.
    EraseEmpty,
    /// The second question.
    EraseSure,
    /// The answer that erases.
    EraseYes,
    /// The answer that does not.
    Back,
    /// It is being written.
    Working,
    /// So many sessions have it now.
    Said(usize),
    /// A session was erased.
    Erased,
    /// The file is not the one that was read.
    FileChanged,
    /// No key of this number is on this machine, so she could not read a remark.
    NoKeyOf(&'a StaffNumber),
    /// The key was given up meanwhile.
    NoKey,
}

said! {
    /// A line of the review's screens.
    room_says(says: RoomSays<'_>) -> Cow<'static, str>;
    /// The head of a column of the table, short.
    column_head(column: Column) -> &'static str;
}
