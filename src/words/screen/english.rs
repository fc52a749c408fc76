//! The checklist's sentences in English.

use crate::machine::{Misfit, ReasonCode, Refusal};

use super::{Doubt, KeyCap, KeyWord, ReviewKey, Say, SessionKey, Told};

pub(super) const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
pub(super) const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

#[expect(clippy::match_same_arms, reason = "a sentence each; that two read alike is chance")]
pub(super) fn say(what: Say) -> &'static str {
    match what {
        Say::SayFrame => "say",
        Say::Talker => "you talk",
        Say::Second => "you note",
        Say::PrivateLine => "One for the two of us",
        Say::Understood => "understood",
        Say::Back => "come back to it",
        Say::RatherNot => "rather not",
        Say::NoneOfThese => "none of these",
        Say::Tick => "done",
        Say::Untick => "not done after all",
        Say::WriteIt => "write it",
        Say::KeepChoices => "that is all",
        Say::GoOn => "go on",
        Say::InHalfAnHour => "in half an hour",
        Say::InAnHour => "in an hour",
        Say::InTwoHours => "in two hours",
        Say::AnotherTime => "another time",
        Say::Today => "today",
        Say::Tomorrow => "tomorrow",
        Say::InAWeek => "in a week",
        Say::AnotherDay => "another day",
        Say::PutOff => "later",
        Say::Skipped => "skipped",
        Say::Declined => "rather not",
        Say::NotApplicable => "does not apply",
        Say::BeingKept => "being saved",
        Say::NotKept => "not saved",
        Say::PauseTitle => "A pause",
        Say::ToNextPhase => "go on",
        Say::NotNow => "Not just now",
        Say::WhyOnKey => "w says why",
        Say::ColleagueJoins => "a colleague joins",
        Say::Nevertheless => "go on all the same",
        Say::Proposed => "Think of this now?",
        Say::TakeIt => "yes",
        Say::NotTakeIt => "not now",
        Say::EndTitle => "That was the last step",
        Say::NothingOpen => "Nothing is open.",
        Say::StillOpen => "Still open",
        Say::WordsMissing => "words are missing:",
        Say::CloseSession => "close for good",
        Say::LeaveForOthers => "leave; you cannot resume it",
        Say::LeaveForLater => "leave it for later",
        Say::EndForToday => "end for today",
        Say::BackToList => "back to the list",
        Say::ClosedTitle => "Closed",
        Say::ClosedText => "All is saved. Nothing more can be changed. Thank you, both of you.",
        Say::ClosedPractice => "That was practice. Nothing of it was kept.",
        Say::HeadLine => "Write this down somewhere else:",
        Say::ToStart => "to the start",
        Say::ToStartScreen => "to the start screen",
        Say::HelpTitle => "Every key that works here",
        Say::ClosesUnder => "closes what lies under this help",
        Say::SignsTitle => "Signs",
        Say::SignDone => "done",
        Say::SignHere => "we are here",
        Say::SignOpen => "open",
        Say::SignPartly => "done in part",
        Say::SignLater => "for later",
        Say::SignSkipped => "left out",
        Say::SignRatherNot => "rather not",
        Say::SignNot => "does not apply",
        Say::SignClosed => "a part that is not open yet",
        Say::CallToCome => "behind a time: the call is to come",
        Say::CallPast => "behind a time: it is past",
        Say::CallDone => "behind a time: called",
        Say::AboutMoment => "a pause for her",
        Say::AboutLess => "she wants less of it, or to stop",
        Say::AboutNow => "help comes first",
        Say::WhyTitle => "Why",
        Say::OpenTitle => "Open",
        Say::GoToTitle => "Go to",
        Say::BackToWhereWeWere => "back to where we were",
        Say::NowTitle => "Now",
        Say::StopClock => "pause",
        Say::ClockOn => "go on",
        Say::PageWord => "page",
        Say::CheckInTitle => "The call",
        Say::Called => "done",
        Say::QuarterLater => "15 minutes later",
        Say::HalfLater => "30 minutes later",
        Say::ReasonTitle => "Why is it left out?",
        Say::ReasonForChange => "Why does it change?",
        Say::ReasonToClose => "Some of it is open. Why close?",
        Say::LanguagesTitle => "Languages",
        Say::OfTheScreen => "screen",
        Say::OfTheWords => "words to say",
        Say::LeaveTitle => "Leave?",
        Say::LoseTitle => "The last of it is not saved",
        Say::SaveElsewhereWord => "save it elsewhere",
        Say::LeaveAndLose => "leave all the same; it may be lost",
        Say::FindTitle => "Find",
        Say::NothingFound => "nothing like that",
        Say::NoteTitle => "Note",
        Say::StaffTitle => "Your colleague's number",
        Say::WordsTitle => "The reason in a few words",
        Say::RowTitle => "One more line",
        Say::DayLike => "a day, as 24.11 or 24.11.2026",
        Say::TimeLike => "a time, as 16:40 or 24.11 16:40, then what for",
        Say::NoDay => "Not a day. Write it as 24.11",
        Say::NoTime => "Not a time. Write it as 16:40",
        Say::Unlike => "It does not have the form that is asked for",
        Say::LineTooLong => "What it is for: 40 characters at most",
        Say::NoStaffNumber => "Letters and digits, one digit at least",
        Say::ClockStands => "The clock stands. Tab 4 goes on",
        Say::PasteDropped => "Nothing is pasted here: open a field first",
        Say::PasteCut => "The end did not fit and was left out",
        Say::NothingKept => "It was empty: nothing was kept",
        Say::NoteKept => "Noted.",
        Say::EndedUndo => "Ended for today; z takes it back",
        Say::PutOffUndo => "Put off; z takes it back",
        Say::LeftOutUndo => "Left out; z takes it back",
        Say::CanUndo => "z takes it back",
        Say::TakenBack => "taken back",
        Say::TooSoon => "Too soon: once more",
        Say::Practice => "practice",
        Say::DiskFull => "Not saved: the disk is full. Make room; it is tried again.",
        Say::DiskReadOnly => "Not saved: the folder cannot be written. It is tried again.",
        Say::DiskGone => "Not saved: the folder is gone. Is the stick in? It is tried again.",
        Say::TooLarge => {
            "Not saved: more than a session can hold. What was ticked before is kept; begin a new one."
        }
        Say::DiskFault => "Not saved: the disk has a fault. It is tried again.",
        Say::SaveElsewhereKey => "e saves elsewhere.",
        Say::Required => "needed",
        Say::SameCase => "same code here",
        Say::LeftGoOn => "Left from the page. z goes on",
        Say::OneMoment => "One moment",
    }
}

pub(super) fn told(what: &Told<'_>) -> String {
    match what {
        Told::MoreBelow(lines) => format!("+{lines} ↓"),
        Told::MoreAbove(lines) => format!("+{lines} ↑"),
        Told::FromTo(from, to) => format!("{from} to {to}"),
        Told::NumberFrom(from, to) => format!("A number from {from} to {to}"),
        Told::Doubtful { when, doubt } => {
            let what = match (doubt, when) {
                (Doubt::Tomorrow, None) => "tomorrow".to_owned(),
                (Doubt::Tomorrow, Some(when)) => format!("tomorrow, {when}"),
                (Doubt::Past, None) => "past".to_owned(),
                (Doubt::Past, Some(when)) => format!("past: {when}"),
                (Doubt::Day, None) => "another day or year, perhaps".to_owned(),
                (Doubt::Day, Some(when)) => (*when).to_owned(),
            };
            format!("That is {what}. Right? Then Enter again")
        }
        Told::Left(characters) => format!("{characters} left"),
        Told::StepOf(place, all) => format!("{place} of {all}"),
        Told::ComesAfter(what) => format!("{what}: it comes after this"),
        Told::SavedIn(folder) => format!("saved in {folder}"),
        Told::OpenCount { all, required } => format!("{all} open, {required} needed"),
        Told::SameCase(0) => "This machine has no other session with this code".to_owned(),
        Told::SameCase(1) => "This machine has 1 more session with this code".to_owned(),
        Told::SameCase(sessions) => format!("This machine has {sessions} more sessions with this code"),
        Told::Refused(refusal) => refused(refusal),
        Told::Wordless(code) => format!("words for: {}", reason(*code)),
    }
}

fn refused(refusal: &Refusal) -> String {
    let fixed = match refusal {
        Refusal::NotBegun => "Nothing has begun yet",
        Refusal::AlreadyBegun => "It has begun already",
        Refusal::Closed => "It is closed",
        Refusal::Unknown => "The list has no such thing",
        Refusal::StaffTwice => "That number is here already",
        Refusal::TooManyStaff => "Four numbers are the most",
        Refusal::NotApplicable => "It does not apply now",
        Refusal::Misfit(misfit) => return misfits(misfit),
        Refusal::NothingToDo => "It stands so already",
        Refusal::ReasonNeeded => "Its part is behind us: a change needs a reason",
        Refusal::GateClosed { .. } => "Not just now",
        Refusal::PhaseStopped => "This part rests now",
        Refusal::NoOverride => "This cannot be passed over",
        Refusal::AlreadyRaised => "That is open already",
        Refusal::NoResponse => "There is nothing to go back from",
        Refusal::NoSuchReason => "It has its words",
        Refusal::NotOverdue => "It is not time yet",
        Refusal::ClockSo => "The clock does so already",
        Refusal::CoverSo => "The page does so already",
        Refusal::EndSo => "It has ended so already",
        Refusal::NothingToUndo => "Nothing to take back",
        Refusal::NotAtEnd => "This is not the end yet",
        Refusal::RequiredOpen(open) => return format!("{} needed ones are open", open.len()),
    };
    fixed.to_owned()
}

fn misfits(misfit: &Misfit) -> String {
    match misfit {
        Misfit::Kind => "It takes another kind of answer".to_owned(),
        Misfit::Unknown => "There is no such answer".to_owned(),
        Misfit::Outside { from, to } => format!("From {from} to {to}"),
        Misfit::TooLong(most) => format!("{most} characters are the most"),
        Misfit::Unlike => say(Say::Unlike).to_owned(),
        Misfit::TooManyRows => "No more lines can be added".to_owned(),
    }
}

pub(super) fn reason(code: ReasonCode) -> &'static str {
    match code {
        ReasonCode::SheAsked => "she asked",
        ReasonCode::NoTime => "no time",
        ReasonCode::NotSafe => "not safe",
        ReasonCode::DoneBefore => "done before",
        ReasonCode::Other => "another reason",
    }
}

#[expect(clippy::match_same_arms, reason = "a sentence each; that two read alike is chance")]
pub(super) fn hint(word: KeyWord) -> &'static str {
    match word {
        KeyWord::Wake => "back",
        KeyWord::Tick => "tick",
        KeyWord::Answer => "answer",
        KeyWord::Choose => "choose",
        KeyWord::Group => "to a group",
        KeyWord::Type => "type",
        KeyWord::Keep => "keep",
        KeyWord::GoOn => "go on",
        KeyWord::KeepChoices => "that is all",
        KeyWord::Write => "write",
        KeyWord::GoThere => "go there",
        KeyWord::AnswerIt => "answer",
        KeyWord::AddRow => "add",
        KeyWord::CloseEmpty => "close",
        KeyWord::TakeLetter => "letter",
        KeyWord::EmptyField => "empty",
        KeyWord::Close => "close",
        KeyWord::Line => "line",
        KeyWord::Step => "step",
        KeyWord::ReadBack => "up",
        KeyWord::ReadOn => "more",
        KeyWord::SaveElsewhere => "save elsewhere",
        KeyWord::Reveal => "show",
        KeyWord::BackToStep => "back",
        KeyWord::Why => "why",
        KeyWord::Note => "note",
        KeyWord::Later => "later",
        KeyWord::Skip => "skip",
        KeyWord::RatherNot => "rather not",
        KeyWord::Undo => "undo",
        KeyWord::NotMeant => "not meant",
        KeyWord::Open => "open",
        KeyWord::GoTo => "go to",
        KeyWord::Find => "find",
        KeyWord::CheckIn => "call",
        KeyWord::Leave => "leave",
        KeyWord::Now => "now",
        KeyWord::Respond => "",
        KeyWord::Languages => "language",
        KeyWord::Shy => "dots",
        KeyWord::ShowAgain => "show",
        KeyWord::Hide => "page",
        KeyWord::Help => "keys",
        KeyWord::Session(key) => session_hint(key),
        KeyWord::Review(key) => review_hint(key),
    }
}

fn session_hint(key: SessionKey) -> &'static str {
    match key {
        SessionKey::Replay => "replay",
        SessionKey::EndReplay => "end",
        SessionKey::Forth => "on",
        SessionKey::Back => "back",
        SessionKey::NextAgainst => "▲ on",
        SessionKey::LastAgainst => "▲ back",
        SessionKey::First => "first",
        SessionKey::Last => "last",
        SessionKey::Seek => "look for",
        SessionKey::NextFound => "next place",
        SessionKey::SignOff => "sign off",
        SessionKey::Remark => "remark",
        SessionKey::Mark => "mark",
        SessionKey::Export => "hand on",
    }
}

pub(super) fn help(word: KeyWord) -> &'static str {
    match word {
        KeyWord::Wake => "brings the list back, and does nothing else",
        KeyWord::Tick => "ticks, and unticks",
        KeyWord::Answer => "answers",
        KeyWord::Choose => "chooses the line of that number",
        KeyWord::Group => "to the group of that number",
        KeyWord::Type => "types into the field",
        KeyWord::Keep => "keeps what was written",
        KeyWord::GoOn => "goes on",
        KeyWord::KeepChoices => "keeps what is chosen and goes on",
        KeyWord::Write => "opens the field to write in",
        KeyWord::GoThere => "goes to this line",
        KeyWord::AnswerIt => "answers this remark",
        KeyWord::AddRow => "adds a line to the list",
        KeyWord::CloseEmpty => "closes this field",
        KeyWord::TakeLetter => "takes a letter away",
        KeyWord::EmptyField => "empties the field",
        KeyWord::Close => "closes this",
        KeyWord::Line => "another line",
        KeyWord::Step => "another step, only to look",
        KeyWord::ReadBack => "what stands above",
        KeyWord::ReadOn => "what stands below",
        KeyWord::SaveElsewhere => "saves elsewhere what could not be saved",
        KeyWord::Reveal => "shows this line for ten seconds",
        KeyWord::BackToStep => "back to where the list stands",
        KeyWord::Why => "why this is on the list",
        KeyWord::Note => "writes a note",
        KeyWord::Later => "puts it off",
        KeyWord::Skip => "leaves it out, with a reason",
        KeyWord::RatherNot => "she would rather not",
        KeyWord::Undo => "takes the last one back",
        KeyWord::NotMeant => "takes it back: it was not meant",
        KeyWord::Open => "what is open",
        KeyWord::GoTo => "goes to a part or a step",
        KeyWord::Find => "finds a step by its words",
        KeyWord::CheckIn => "the call: done, or later",
        KeyWord::Leave => "asks whether to leave",
        KeyWord::Now => "five things for now, a digit each",
        KeyWord::Respond => "turns to",
        KeyWord::Languages => "languages of the screen and of the words to say",
        KeyWord::Shy => "answers as dots, or as they are",
        KeyWord::ShowAgain => "shows again what has been dots since you came back",
        KeyWord::Hide => "turns the page; Ctrl+R comes back",
        KeyWord::Help => "every key that works here",
        KeyWord::Session(key) => session_help(key),
        KeyWord::Review(key) => review_help(key),
    }
}

fn session_help(key: SessionKey) -> &'static str {
    match key {
        SessionKey::Replay => "the list as it stood at this moment",
        SessionKey::EndReplay => "back to the page of this session",
        SessionKey::Forth => "one event on",
        SessionKey::Back => "one event back",
        SessionKey::NextAgainst => "to the next thing that went against the protocol",
        SessionKey::LastAgainst => "to the one before that went against the protocol",
        SessionKey::First => "to the beginning",
        SessionKey::Last => "to the end",
        SessionKey::Seek => "looks for words that were written",
        SessionKey::NextFound => "to the next place where the words stand",
        SessionKey::SignOff => "signs this session off",
        SessionKey::Remark => "writes a remark on what is looked at",
        SessionKey::Mark => "sets a mark on what is looked at",
        SessionKey::Export => "hands this session on as a file",
    }
}

pub(super) fn cap(cap: KeyCap) -> &'static str {
    match cap {
        KeyCap::Enter => "Enter",
        KeyCap::Space => "Space",
        KeyCap::Backspace => "Backspace",
        KeyCap::PageUp => "PgUp",
        KeyCap::PageDown => "PgDn",
        KeyCap::Any => "any key",
        KeyCap::Letters => "letters",
        KeyCap::Delete => "Delete",
        KeyCap::Home => "Home",
        KeyCap::End => "End",
    }
}

fn review_hint(key: ReviewKey) -> &'static str {
    match key {
        ReviewKey::Table => "table",
        ReviewKey::Figures => "figures",
        ReviewKey::Sort => "sort",
        ReviewKey::SortSigned => "unsigned first",
        ReviewKey::Select => "choose",
        ReviewKey::Filter => "filter",
        ReviewKey::Words => "words",
        ReviewKey::SameCase => "same case",
        ReviewKey::SignOff => "sign off",
        ReviewKey::Remark => "remark",
        ReviewKey::Mark => "mark",
        ReviewKey::Erase => "erase",
        ReviewKey::HandOn => "hand on",
        ReviewKey::First => "first",
        ReviewKey::Last => "last",
    }
}

fn review_help(key: ReviewKey) -> &'static str {
    match key {
        ReviewKey::Table => "the table of all sessions",
        ReviewKey::Figures => "figures over all sessions",
        ReviewKey::Sort => "sorts by this column; again turns it round",
        ReviewKey::SortSigned => "sorts by what is signed off",
        ReviewKey::Select => {
            "chooses this line, for signing off or handing on with others, and goes one down"
        }
        ReviewKey::Filter => "filters as you type",
        ReviewKey::Words => "looks for words in the sessions that are listed",
        ReviewKey::SameCase => "all sessions of this case code in order; again: back",
        ReviewKey::SignOff => "signs off what is chosen, or this line",
        ReviewKey::Remark => "writes a remark",
        ReviewKey::Mark => "sets a mark: to discuss, done, look again",
        ReviewKey::Erase => "erases this session, with a reason",
        ReviewKey::HandOn => "hands on as a file what is marked, or this one",
        ReviewKey::First => "to the first line",
        ReviewKey::Last => "to the last line",
    }
}
