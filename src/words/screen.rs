//! The sentences of the checklist's screens, as enums. Each language is one exhaustive `match`: a sentence that is
//! missing in one of them does not compile.
//!
//! Short, plain and neutral, since the person on the other side of the table may read them too.

mod english;
mod spanish;

use crate::machine::{ReasonCode, Refusal};
use crate::text::Language;

/// A sentence or word without anything to fill in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Say {
    /// The label of the frame around words to say.
    SayFrame,
    /// Beside a step of the one who talks.
    Talker,
    /// Beside a step of the one who keeps the list.
    Second,
    /// The neutral line in place of a private step.
    PrivateLine,
    /// What became of words that were said: she understood.
    Understood,
    /// To come back to.
    Back,
    /// She would rather not.
    RatherNot,
    /// None of these options.
    NoneOfThese,
    /// A check that can be ticked.
    Tick,
    /// A check that is ticked can be unticked.
    Untick,
    /// Opens a field.
    WriteIt,
    /// Keeps several choices.
    KeepChoices,
    /// Goes on from a guidance.
    GoOn,
    /// A deadline in half an hour.
    InHalfAnHour,
    /// In an hour.
    InAnHour,
    /// In two hours.
    InTwoHours,
    /// Another time.
    AnotherTime,
    /// A day: today.
    Today,
    /// Tomorrow.
    Tomorrow,
    /// In a week.
    InAWeek,
    /// Another day.
    AnotherDay,
    /// Put off.
    PutOff,
    /// Skipped.
    Skipped,
    /// Declined.
    Declined,
    /// Does not apply now.
    NotApplicable,
    /// Is being written to disk.
    BeingKept,
    /// Could not be written to disk.
    NotKept,
    /// The phase ends here: its pause.
    PauseTitle,
    /// Goes on to the next phase.
    ToNextPhase,
    /// The next phase cannot be entered, or the running one was stopped.
    NotNow,
    /// How to see why.
    WhyOnKey,
    /// A colleague joins.
    ColleagueJoins,
    /// Goes on although it should not.
    Nevertheless,
    /// A response is proposed.
    Proposed,
    /// Take what is proposed.
    TakeIt,
    /// Do not take it now.
    NotTakeIt,
    /// The last step is behind.
    EndTitle,
    /// Nothing is open.
    NothingOpen,
    /// What is open follows.
    StillOpen,
    /// A reason that wants words.
    WordsMissing,
    /// Closes the session.
    CloseSession,
    /// Leaves it for later.
    LeaveForLater,
    /// Leaves it, and whoever leaves cannot resume it.
    LeaveForOthers,
    /// Ends it for today.
    EndForToday,
    /// Back to the list.
    BackToList,
    /// It is closed.
    ClosedTitle,
    /// What a closed session means.
    ClosedText,
    /// What a closed practice means.
    ClosedPractice,
    /// The head of the closed journal, to be written down elsewhere.
    HeadLine,
    /// To the start screen.
    ToStart,
    /// Leaves practice, of which nothing waits for later.
    ToStartScreen,
    /// The title of the help.
    HelpTitle,
    /// What a key does that closes the panel under the help.
    ClosesUnder,
    /// Above what the signs mean.
    SignsTitle,
    /// The sign of a step that was done.
    SignDone,
    /// Of the step where the list stands.
    SignHere,
    /// Of an open one.
    SignOpen,
    /// Of one that was done in part.
    SignPartly,
    /// Of one for later.
    SignLater,
    /// Of one that was skipped.
    SignSkipped,
    /// Of one that she would rather not.
    SignRatherNot,
    /// Of one that does not apply.
    SignNot,
    /// Of a part that cannot be entered yet.
    SignClosed,
    /// Behind the call's time: to come.
    CallToCome,
    /// Behind the call's time: past.
    CallPast,
    /// Behind the call's time: called.
    CallDone,
    /// What the response on F2 is for, in words that anybody may read.
    AboutMoment,
    /// On F7.
    AboutLess,
    /// On F9.
    AboutNow,
    /// The title of the reason of a step.
    WhyTitle,
    /// The title of the open list.
    OpenTitle,
    /// The title of the list of phases.
    GoToTitle,
    /// Back to where a response was raised.
    BackToWhereWeWere,
    /// The title of the now-list.
    NowTitle,
    /// Stops the clock.
    StopClock,
    /// Lets the clock go on.
    ClockOn,
    /// Hides.
    PageWord,
    /// The title of the check-in's question.
    CheckInTitle,
    /// It was called.
    Called,
    /// A quarter of an hour later.
    QuarterLater,
    /// Half an hour later.
    HalfLater,
    /// The title of the question for a reason.
    ReasonTitle,
    /// The title of the question for a reason, where an earlier answer changes.
    ReasonForChange,
    /// The title of the question for a reason to close over open steps.
    ReasonToClose,
    /// The title of the question for languages.
    LanguagesTitle,
    /// The language of the screen.
    OfTheScreen,
    /// The language of the words to say.
    OfTheWords,
    /// The title of the question whether to leave.
    LeaveTitle,
    /// Above the question whether to leave although something is not saved.
    LoseTitle,
    /// Saves elsewhere, as an option.
    SaveElsewhereWord,
    /// Leaves, and what is not saved is lost.
    LeaveAndLose,
    /// The title of the field that finds a step.
    FindTitle,
    /// Nothing was found.
    NothingFound,
    /// The title of the note.
    NoteTitle,
    /// The title of the field for a staff number.
    StaffTitle,
    /// The title of the field for the words of a reason.
    WordsTitle,
    /// The title of the field for a row.
    RowTitle,
    /// How a day is typed.
    DayLike,
    /// How a time is typed.
    TimeLike,
    /// What was typed is no day.
    NoDay,
    /// What was typed is no time.
    NoTime,
    /// What was typed does not fit.
    Unlike,
    /// What a deadline is for is too long.
    LineTooLong,
    /// A staff number needs a digit and no blanks.
    NoStaffNumber,
    /// The clock stands still.
    ClockStands,
    /// A paste outside a field was dropped.
    PasteDropped,
    /// The end of a paste was dropped.
    PasteCut,
    /// A field was empty when it was to be kept.
    NothingKept,
    /// A note is on disk.
    NoteKept,
    /// The talk was ended, and the key that takes it back.
    EndedUndo,
    /// A step was put off, and the key that takes it back.
    PutOffUndo,
    /// A step was left out, and the key that takes it back.
    LeftOutUndo,
    /// The same while somebody may see the screen: only the key.
    CanUndo,
    /// An answer was taken back.
    TakenBack,
    /// The same key came too soon after it answered, and was dropped.
    TooSoon,
    /// Nothing is written: practice.
    Practice,
    /// The disk is full.
    DiskFull,
    /// The folder cannot be written.
    DiskReadOnly,
    /// The folder is gone.
    DiskGone,
    /// Another fault of the disk.
    DiskFault,
    /// More than a journal takes; trying again or elsewhere changes nothing.
    TooLarge,
    /// How to save elsewhere.
    SaveElsewhereKey,
    /// Something else changed the session's file; it was written anew, and nothing is missing.
    WrittenAnew,
    /// Beside a step that must be answered before closing.
    Required,
    /// Beside the count of sessions for the same case code.
    SameCase,
    /// The session was left from under the cover and was taken up again: the key that goes on as before.
    LeftGoOn,
    /// Waiting for the protocol, or nothing to show.
    OneMoment,
}

/// A sentence with something filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told<'a> {
    /// So many lines more below.
    MoreBelow(usize),
    /// So many lines more above.
    MoreAbove(usize),
    /// A number from and to.
    FromTo(i64, i64),
    /// What was typed is no number between these.
    NumberFrom(i64, i64),
    /// The instant that was read may not be what was meant.
    Doubtful {
        /// The instant; none where it is not to be read.
        when: Option<&'a str>,
        /// In which way.
        doubt: Doubt,
    },
    /// Something was taken back, and what.
    TakenBack(&'a str),
    /// So many characters left in a field.
    Left(usize),
    /// The place of a step among those of its part, where the list has no room.
    StepOf(usize, usize),
    /// A response was raised while another one runs: it comes after that.
    ComesAfter(&'a str),
    /// The folder that the session is saved in now.
    SavedIn(&'a str),
    /// So many steps are open, so many of them must be answered.
    OpenCount {
        /// All.
        all: usize,
        /// Those that must be answered.
        required: usize,
    },
    /// The number of sessions for this case code on this machine.
    SameCase(usize),
    /// Why the machine refused.
    Refused(&'a Refusal),
    /// A reason that has no words yet.
    Wordless(ReasonCode),
}

/// In which way an instant may not be what was meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Doubt {
    /// The time is over for today.
    Tomorrow,
    /// It lies behind.
    Past,
    /// Another day or year may be meant.
    Day,
}

/// The word of a key: what it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyWord {
    /// Brings a quiet screen back.
    Wake,
    /// Ticks and unticks.
    Tick,
    /// Answers.
    Answer,
    /// Chooses a line.
    Choose,
    /// Moves to the first step of a group.
    Group,
    /// Types.
    Type,
    /// Keeps a field.
    Keep,
    /// Goes on.
    GoOn,
    /// Keeps several choices.
    KeepChoices,
    /// Opens a field.
    Write,
    /// Goes to the line.
    GoThere,
    /// Adds a row.
    AddRow,
    /// Closes an empty field.
    CloseEmpty,
    /// Takes a letter away.
    TakeLetter,
    /// Empties a field.
    EmptyField,
    /// Closes a panel.
    Close,
    /// Another line.
    Line,
    /// Another step.
    Step,
    /// Reads back.
    ReadBack,
    /// Reads on.
    ReadOn,
    /// Saves elsewhere.
    SaveElsewhere,
    /// Shows a private step.
    Reveal,
    /// Back to the present step.
    BackToStep,
    /// Why.
    Why,
    /// A note.
    Note,
    /// Later.
    Later,
    /// Skips.
    Skip,
    /// She would rather not.
    RatherNot,
    /// Takes back.
    Undo,
    /// Takes back what was raised by mistake.
    NotMeant,
    /// What is open.
    Open,
    /// Goes to a phase.
    GoTo,
    /// Finds.
    Find,
    /// The check-in.
    CheckIn,
    /// Leaves.
    Leave,
    /// The now-list.
    Now,
    /// A response.
    Respond,
    /// Languages.
    Languages,
    /// Shy.
    Shy,
    /// Shows again what coming back made dots.
    ShowAgain,
    /// Hides.
    Hide,
    /// Every key.
    Help,
    /// Opens the field of an answer to a remark.
    AnswerIt,
    /// Looks at a session that is read.
    Session(SessionKey),
    /// Works with many sessions.
    Review(ReviewKey),
}

/// What a key does in the review's lists and its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReviewKey {
    /// Shows the table.
    Table,
    /// Shows the figures.
    Figures,
    /// Sorts by a column.
    Sort,
    /// Sorts by what is signed off.
    SortSigned,
    /// Chooses a line to be signed off or handed on with others.
    Select,
    /// Filters.
    Filter,
    /// Looks for words in many sessions.
    Words,
    /// All sessions of one case code.
    SameCase,
    /// Signs off.
    SignOff,
    /// Writes a remark.
    Remark,
    /// Sets a mark.
    Mark,
    /// Sets one mark on all the alarms of a session.
    MarkAlarms,
    /// Erases.
    Erase,
    /// Hands on.
    HandOn,
    /// To the first line.
    First,
    /// To the last.
    Last,
}

/// What a key does with a session that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SessionKey {
    /// Shows the list as it stood at this moment.
    Replay,
    /// Back from there to the page.
    EndReplay,
    /// One event on.
    Forth,
    /// One event back.
    Back,
    /// To the next thing that went against the protocol.
    NextAgainst,
    /// To the one before.
    LastAgainst,
    /// To the first line or event.
    First,
    /// To the last.
    Last,
    /// Looks for words.
    Seek,
    /// To the next place where they stand.
    NextFound,
    /// Signs it off.
    SignOff,
    /// Writes a remark.
    Remark,
    /// Sets a mark.
    Mark,
    /// Sets one mark on all its alarms.
    MarkAlarms,
    /// Hands it on.
    Export,
}

/// A sentence in a language.
pub fn say(language: Language, what: Say) -> &'static str {
    match language {
        Language::English => english::say(what),
        Language::Spanish => spanish::say(what),
    }
}

/// A sentence with something filled in, in a language.
pub fn told(language: Language, what: &Told<'_>) -> String {
    match language {
        Language::English => english::told(what),
        Language::Spanish => spanish::told(what),
    }
}

/// The word of a key in the hint bar: as short as can be.
pub fn key_hint(language: Language, word: KeyWord) -> &'static str {
    match language {
        Language::English => english::hint(word),
        Language::Spanish => spanish::hint(word),
    }
}

/// What a key does, for the help and the manual.
pub fn key_help(language: Language, word: KeyWord) -> &'static str {
    match language {
        Language::English => english::help(word),
        Language::Spanish => spanish::help(word),
    }
}

/// A reason that one digit gives.
pub fn reason(language: Language, code: ReasonCode) -> &'static str {
    match language {
        Language::English => english::reason(code),
        Language::Spanish => spanish::reason(code),
    }
}

/// The name of a key on the keyboard, other than a character or an F-key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyCap {
    /// Enter.
    Enter,
    /// The blank.
    Space,
    /// Backspace.
    Backspace,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Any key.
    Any,
    /// Letters and digits.
    Letters,
    /// Delete.
    Delete,
    /// Home.
    Home,
    /// End.
    End,
}

/// The name of a key.
pub fn key_cap(language: Language, cap: KeyCap) -> &'static str {
    match language {
        Language::English => english::cap(cap),
        Language::Spanish => spanish::cap(cap),
    }
}

/// A day as people write it: day, month in letters, and the weekday in front.
///
/// `weekday`: 0 is Monday. `month`: 0 is January. What is out of bounds is left out.
pub fn day(language: Language, weekday: usize, day: u32, month: usize) -> String {
    let (weekdays, months) = match language {
        Language::English => (english::WEEKDAYS, english::MONTHS),
        Language::Spanish => (spanish::WEEKDAYS, spanish::MONTHS),
    };
    let weekday = weekdays.get(weekday).copied().unwrap_or_default();
    let month = months.get(month).copied().unwrap_or_default();
    format!("{weekday} {day} {month}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_reads_as_people_write_it() {
        assert_eq!(day(Language::English, 1, 24, 10), "Tue 24 Nov");
        assert_eq!(day(Language::Spanish, 1, 24, 10), "mar 24 nov");
    }
}
