//! One table: which key works where, what it does, and its word. Dispatch, the hint bar, the help panel and the manual
//! read it, and nothing else binds a key.

use std::collections::BTreeSet;

use crate::words::{KeyWord, ReviewKey, SessionKey};

use super::key::Key;

/// Where a key is pressed: what takes keys at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Where {
    /// At a check.
    Check,
    /// At a choice.
    Choice,
    /// At a step with several choices.
    Choices,
    /// At a scale whose points are digits.
    Scale,
    /// At a number, or a scale whose points are none.
    Number,
    /// At a text.
    Text,
    /// At a day.
    Date,
    /// At a deadline.
    Deadline,
    /// At words to say.
    Inform,
    /// At a list.
    List,
    /// At a guidance.
    Guidance,
    /// At the breathing pacer.
    Pacer,
    /// At a private step that is not drawn.
    Hidden,
    /// At a step that is only looked at: a gate before it is closed.
    Shut,
    /// At the end of a phase.
    Pause,
    /// Before a phase that cannot be entered.
    Gate,
    /// In a phase that was stopped.
    Stopped,
    /// Where a response is proposed.
    Proposal,
    /// After the last step.
    End,
    /// In a closed session.
    Closed,
    /// In the help.
    Help,
    /// In the reason of a step.
    Why,
    /// In the list of what is open.
    Open,
    /// In the list of phases and their steps.
    GoTo,
    /// In the now-list.
    Now,
    /// At the check-in's question.
    CheckIn,
    /// At the question for a reason.
    Reason,
    /// At the question for languages.
    Languages,
    /// At the question whether to leave.
    Leave,
    /// In the field that finds a step.
    Find,
    /// In any other field.
    Writing,
    /// While the screen is quiet.
    Quiet,
    /// On the page of a session that is read.
    Session,
    /// On the list as it stood at a moment of a session that is read.
    Replay,
    /// In the field that looks for words in a session that is read.
    Seeking,
    /// On the page of figures.
    Figures,
    /// On the page of words that were found in many sessions.
    Found,
    /// In the keys of one of these pages.
    PageKeys,
    /// On what was remarked to a worker.
    Remarks,
    /// In the field of her answer.
    Answering,
    /// On the lists of the review.
    Lists,
    /// On the table of the review.
    Sessions,
    /// In the field that filters the table.
    Filtering,
}

impl Where {
    /// All of them.
    pub const ALL: [Self; 43] = [
        Self::Check,
        Self::Choice,
        Self::Choices,
        Self::Scale,
        Self::Number,
        Self::Text,
        Self::Date,
        Self::Deadline,
        Self::Inform,
        Self::List,
        Self::Guidance,
        Self::Pacer,
        Self::Hidden,
        Self::Shut,
        Self::Pause,
        Self::Gate,
        Self::Stopped,
        Self::Proposal,
        Self::End,
        Self::Closed,
        Self::Help,
        Self::Why,
        Self::Open,
        Self::GoTo,
        Self::Now,
        Self::CheckIn,
        Self::Reason,
        Self::Languages,
        Self::Leave,
        Self::Find,
        Self::Writing,
        Self::Quiet,
        Self::Session,
        Self::Replay,
        Self::Seeking,
        Self::Figures,
        Self::Found,
        Self::PageKeys,
        Self::Remarks,
        Self::Answering,
        Self::Lists,
        Self::Sessions,
        Self::Filtering,
    ];
}

/// What must be so for a key to work, besides where it is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Can {
    /// There is something to take back.
    Undo,
    /// What would be taken back is that a response was raised: by mistake, perhaps. Never together with `Undo`.
    NotMeant,
    /// The step has a reason.
    Why,
    /// The protocol has a check-in.
    CheckIn,
    /// Another step is looked at than the one where the checklist stands.
    GoBack,
    /// The step can be put off, skipped or declined.
    SetAside,
    /// A row can be added.
    AddRow,
    /// Not all of it is in sight.
    Scroll,
    /// What answers lies below what is in sight. Never together with `Scroll`.
    Below,
    /// A line can be chosen.
    Line,
    /// Nothing stands in the field.
    Empty,
    /// Something stands in the field, or is chosen. Never together with `Empty`.
    Filled,
    /// The screen is shy although nobody else is in the room: one came back from the cover.
    ShyAlone,
    /// The screen can be made shy, or open. Never together with `ShyAlone`.
    Dots,
    /// Something could not be saved.
    Unsaved,
    /// Words were looked for and found.
    Found,
    /// Something went against the protocol.
    Against,
    /// The session that is looked at tells that somebody may be in danger.
    Alarms,
    /// The phases are listed.
    Parts,
    /// The groups of one phase are listed. Never together with `Parts`.
    Groups,
    /// Nothing need be so.
    Always,
}

/// A place with what works there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Context {
    /// Where.
    pub at: Where,
    /// The digits that answer or choose.
    pub digits: BTreeSet<u8>,
    /// What can be done.
    pub can: BTreeSet<Can>,
    /// The F-keys of the protocol's responses that can be raised, with the places of the responses.
    pub responses: Vec<(u8, usize)>,
}

/// What a key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Hides everything.
    Hide,
    /// Answers, or chooses: which is the key's digit.
    Digit,
    /// Ticks or unticks.
    Tick,
    /// Keeps, goes on, opens a field or goes to a line.
    Enter,
    /// Adds a row.
    AddRow,
    /// Puts a step off.
    Later,
    /// Skips a step.
    Skip,
    /// She would rather not.
    Decline,
    /// A line or step up.
    Up,
    /// A line or step down.
    Down,
    /// Reads back.
    PageUp,
    /// Reads on.
    PageDown,
    /// Closes a panel, or looks at the present step again.
    Back,
    /// Takes the last thing back.
    Undo,
    /// Shows the reason.
    Why,
    /// Opens the note.
    Note,
    /// Shows what is open.
    Open,
    /// Shows the phases.
    GoTo,
    /// Finds a step.
    Find,
    /// Asks about the check-in.
    CheckIn,
    /// Asks whether to leave.
    Leave,
    /// Saves elsewhere what is not saved.
    SaveElsewhere,
    /// Shows the now-list.
    Now,
    /// Raises the response of the F-key; a panel that is up closes.
    Respond,
    /// Asks for languages.
    Languages,
    /// Shy or not; shows a private step.
    Shy,
    /// Shows every key.
    Help,
    /// Edits the field.
    Edit,
    /// Brings the screen back, and nothing else.
    Wake,
    /// Looks at a session that is read.
    Session(SessionKey),
    /// Works with many sessions.
    Review(ReviewKey),
}

/// The keys of a line of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Keys {
    /// These.
    These(&'static [Key]),
    /// The digits of the context.
    Digits,
    /// The F-keys of the context's responses.
    Responses,
    /// Every printable character, and what edits.
    Typing,
    /// Every key.
    Any,
}

/// Whether a key has a place in the hint bar, or stands in the help only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bar {
    /// It has, while there is room, in the order of the table.
    Shown,
    /// It always has.
    Always,
    /// In the help only.
    HelpOnly,
}

/// One line of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Binding {
    /// The keys.
    pub keys: Keys,
    /// Where they work.
    pub at: &'static [Where],
    /// What must be so.
    pub needs: Can,
    /// What they do.
    pub action: Action,
    /// Their word.
    pub word: KeyWord,
    /// Whether they stand in the hint bar.
    pub bar: Bar,
}

use Where as W;

/// At any step that is drawn.
const STEPS: &[Where] = &[
    W::Check,
    W::Choice,
    W::Choices,
    W::Scale,
    W::Number,
    W::Text,
    W::Date,
    W::Deadline,
    W::Inform,
    W::List,
    W::Guidance,
    W::Shut,
];
/// Where letters command.
const COMMANDED: &[Where] = &[
    W::Check,
    W::Choice,
    W::Choices,
    W::Scale,
    W::Number,
    W::Text,
    W::Date,
    W::Deadline,
    W::Inform,
    W::List,
    W::Guidance,
    W::Shut,
    W::Hidden,
    W::Pause,
    W::Gate,
    W::Stopped,
    W::Proposal,
    W::End,
];
/// Where a step can be set aside.
const ASIDE: &[Where] = &[
    W::Check,
    W::Choice,
    W::Choices,
    W::Scale,
    W::Number,
    W::Text,
    W::Date,
    W::Deadline,
    W::Inform,
    W::List,
    W::Hidden,
];
/// Where a digit answers.
const ANSWERED: &[Where] =
    &[W::Choice, W::Choices, W::Scale, W::Number, W::Date, W::Deadline, W::Inform, W::List];
/// Where a digit chooses.
const CHOSEN: &[Where] = &[
    W::Pause,
    W::Shut,
    W::Gate,
    W::Stopped,
    W::Proposal,
    W::End,
    W::Closed,
    W::Open,
    W::Now,
    W::CheckIn,
    W::Reason,
    W::Languages,
    W::Leave,
];
/// Where Tab and the F-keys of the program work: at a step and in a field.
const FUNCTIONS: &[Where] = &[
    W::Check,
    W::Choice,
    W::Choices,
    W::Scale,
    W::Number,
    W::Text,
    W::Date,
    W::Deadline,
    W::Inform,
    W::List,
    W::Guidance,
    W::Shut,
    W::Pacer,
    W::Hidden,
    W::Pause,
    W::Gate,
    W::Stopped,
    W::Proposal,
    W::End,
    W::Find,
    W::Writing,
];
/// Where a screen that is shy with nobody else in the room is opened again.
const OPENED: &[Where] = &[
    W::Check,
    W::Choice,
    W::Choices,
    W::Scale,
    W::Number,
    W::Text,
    W::Date,
    W::Deadline,
    W::Inform,
    W::List,
    W::Guidance,
    W::Shut,
    W::Pause,
    W::Gate,
    W::Stopped,
    W::Proposal,
    W::End,
];
/// What a key closes.
const PANELS: &[Where] =
    &[W::Help, W::Why, W::Open, W::GoTo, W::Now, W::CheckIn, W::Reason, W::Languages, W::Leave];
/// What goes on from the pacer, which has no hints.
const PACER: &[Key] = &[
    Key::Enter,
    Key::Char(' '),
    Key::Char('1'),
    Key::Char('2'),
    Key::Char('3'),
    Key::Char('4'),
    Key::Char('5'),
    Key::Char('6'),
    Key::Char('7'),
    Key::Char('8'),
    Key::Char('9'),
];
/// The pages of a session that is read, and of figures.
const PAGES: &[Where] = &[W::Session, W::Figures, W::Found, W::Remarks];
/// Where a moment of a session is looked at.
const READING: &[Where] = &[W::Session, W::Replay];
/// The lists and the table of the review.
const MANY: &[Where] = &[W::Lists, W::Sessions];
const LISTS: &[Where] = &[W::Open, W::GoTo, W::End, W::Find];

/// What could not be saved is saved elsewhere.
const fn saves_elsewhere(at: &'static [Where]) -> Binding {
    row(&[Key::Char('e')], at, Can::Unsaved, Action::SaveElsewhere, KeyWord::SaveElsewhere, Bar::Shown)
}

/// A response is raised.
const fn responds(at: &'static [Where]) -> Binding {
    Binding {
        keys: Keys::Responses,
        at,
        needs: Can::Always,
        action: Action::Respond,
        word: KeyWord::Respond,
        bar: Bar::HelpOnly,
    }
}

/// A key of the review's lists and its table.
const fn reviews(
    keys: &'static [Key],
    at: &'static [Where],
    needs: Can,
    key: ReviewKey,
    bar: Bar,
) -> Binding {
    row(keys, at, needs, Action::Review(key), KeyWord::Review(key), bar)
}

/// A key of a session that is read.
const fn reads(keys: &'static [Key], at: &'static [Where], needs: Can, key: SessionKey, bar: Bar) -> Binding {
    row(keys, at, needs, Action::Session(key), KeyWord::Session(key), bar)
}

const fn row(
    keys: &'static [Key],
    at: &'static [Where],
    needs: Can,
    action: Action,
    word: KeyWord,
    bar: Bar,
) -> Binding {
    Binding { keys: Keys::These(keys), at, needs, action, word, bar }
}

/// The table. The order is that of the hint bar and of the help.
pub const TABLE: &[Binding] = &[
    Binding {
        keys: Keys::Any,
        at: &[W::Quiet],
        needs: Can::Always,
        action: Action::Wake,
        word: KeyWord::Wake,
        bar: Bar::HelpOnly,
    },
    row(&[Key::F(4)], OPENED, Can::ShyAlone, Action::Shy, KeyWord::ShowAgain, Bar::Shown),
    row(&[Key::PageDown], STEPS, Can::Below, Action::PageDown, KeyWord::ReadOn, Bar::Shown),
    row(&[Key::PageUp], STEPS, Can::Below, Action::PageUp, KeyWord::ReadBack, Bar::HelpOnly),
    row(&[Key::Char('z')], COMMANDED, Can::NotMeant, Action::Undo, KeyWord::NotMeant, Bar::Shown),
    row(&[Key::Char('z')], &[W::Pacer], Can::NotMeant, Action::Undo, KeyWord::NotMeant, Bar::Shown),
    // First in the bar, since no option says it: a line more would move the options under the hand.
    row(&[Key::Enter], &[W::Choices], Can::Filled, Action::Enter, KeyWord::KeepChoices, Bar::Shown),
    row(&[Key::Char('1'), Key::Char(' ')], &[W::Check], Can::Always, Action::Tick, KeyWord::Tick, Bar::Shown),
    Binding {
        keys: Keys::Digits,
        at: ANSWERED,
        needs: Can::Always,
        action: Action::Digit,
        word: KeyWord::Answer,
        bar: Bar::Shown,
    },
    Binding {
        keys: Keys::Digits,
        at: CHOSEN,
        needs: Can::Always,
        action: Action::Digit,
        word: KeyWord::Choose,
        bar: Bar::Shown,
    },
    Binding {
        keys: Keys::Digits,
        at: &[W::GoTo],
        needs: Can::Parts,
        action: Action::Digit,
        word: KeyWord::Choose,
        bar: Bar::Shown,
    },
    Binding {
        keys: Keys::Digits,
        at: &[W::GoTo],
        needs: Can::Groups,
        action: Action::Digit,
        word: KeyWord::Group,
        bar: Bar::Shown,
    },
    Binding {
        keys: Keys::Typing,
        at: &[W::Find, W::Writing],
        needs: Can::Always,
        action: Action::Edit,
        word: KeyWord::Type,
        bar: Bar::HelpOnly,
    },
    row(&[Key::Backspace], &[W::Find, W::Writing], Can::Empty, Action::Edit, KeyWord::CloseEmpty, Bar::Shown),
    row(
        &[Key::Backspace],
        &[W::Find, W::Writing],
        Can::Filled,
        Action::Edit,
        KeyWord::TakeLetter,
        Bar::HelpOnly,
    ),
    row(&[Key::Enter], &[W::Find], Can::Line, Action::Enter, KeyWord::GoThere, Bar::Shown),
    row(&[Key::Enter], &[W::Writing], Can::Always, Action::Enter, KeyWord::Keep, Bar::Shown),
    // The way out of a field that is full: to empty it, and then to close it.
    row(&[Key::Empty], &[W::Find, W::Writing], Can::Filled, Action::Edit, KeyWord::EmptyField, Bar::Shown),
    row(&[Key::Enter], &[W::Guidance], Can::Always, Action::Enter, KeyWord::GoOn, Bar::Shown),
    row(PACER, &[W::Pacer], Can::Always, Action::Enter, KeyWord::GoOn, Bar::Shown),
    row(&[Key::Char('z')], &[W::Pacer], Can::Undo, Action::Undo, KeyWord::Undo, Bar::Shown),
    row(
        &[Key::Enter],
        &[W::Number, W::Text, W::Date, W::Deadline],
        Can::Always,
        Action::Enter,
        KeyWord::Write,
        Bar::Shown,
    ),
    row(&[Key::Enter], &[W::Open, W::GoTo, W::End], Can::Line, Action::Enter, KeyWord::GoThere, Bar::Shown),
    row(&[Key::Char('a')], &[W::List], Can::AddRow, Action::AddRow, KeyWord::AddRow, Bar::Shown),
    row(&[Key::Left], PANELS, Can::Always, Action::Back, KeyWord::Close, Bar::Shown),
    row(&[Key::Char('?'), Key::F(1)], &[W::Help], Can::Always, Action::Back, KeyWord::Close, Bar::HelpOnly),
    row(&[Key::Char('w')], &[W::Why], Can::Always, Action::Back, KeyWord::Close, Bar::HelpOnly),
    row(&[Key::Char('o')], &[W::Open], Can::Always, Action::Back, KeyWord::Close, Bar::HelpOnly),
    row(&[Key::Char('g')], &[W::GoTo], Can::Always, Action::Back, KeyWord::Close, Bar::HelpOnly),
    row(&[Key::Tab], &[W::Now], Can::Always, Action::Back, KeyWord::Close, Bar::HelpOnly),
    row(&[Key::Char('c')], &[W::CheckIn], Can::Always, Action::Back, KeyWord::Close, Bar::HelpOnly),
    row(&[Key::F(3)], &[W::Languages], Can::Always, Action::Back, KeyWord::Close, Bar::HelpOnly),
    row(&[Key::Char('q')], &[W::Leave], Can::Always, Action::Back, KeyWord::Close, Bar::HelpOnly),
    row(&[Key::Up], LISTS, Can::Line, Action::Up, KeyWord::Line, Bar::HelpOnly),
    row(&[Key::Down], LISTS, Can::Line, Action::Down, KeyWord::Line, Bar::Shown),
    row(
        &[Key::Up, Key::PageUp],
        &[W::Help, W::Why],
        Can::Scroll,
        Action::PageUp,
        KeyWord::ReadBack,
        Bar::HelpOnly,
    ),
    row(
        &[Key::Down, Key::PageDown],
        &[W::Help, W::Why],
        Can::Scroll,
        Action::PageDown,
        KeyWord::ReadOn,
        Bar::Shown,
    ),
    saves_elsewhere(COMMANDED),
    saves_elsewhere(PANELS),
    saves_elsewhere(&[W::Closed]),
    row(&[Key::PageDown], STEPS, Can::Scroll, Action::PageDown, KeyWord::ReadOn, Bar::Shown),
    row(&[Key::PageUp], STEPS, Can::Scroll, Action::PageUp, KeyWord::ReadBack, Bar::HelpOnly),
    row(&[Key::F(4)], &[W::Hidden], Can::Always, Action::Shy, KeyWord::Reveal, Bar::Shown),
    row(&[Key::Left], COMMANDED, Can::GoBack, Action::Back, KeyWord::BackToStep, Bar::Shown),
    row(&[Key::Up], STEPS, Can::Line, Action::Up, KeyWord::Step, Bar::HelpOnly),
    row(&[Key::Down], STEPS, Can::Line, Action::Down, KeyWord::Step, Bar::Shown),
    row(
        &[Key::Up],
        &[W::Hidden, W::Pacer, W::Pause, W::Gate, W::Stopped],
        Can::Line,
        Action::Up,
        KeyWord::Step,
        Bar::Shown,
    ),
    row(
        &[Key::Down],
        &[W::Hidden, W::Pacer, W::Pause, W::Gate, W::Stopped],
        Can::Line,
        Action::Down,
        KeyWord::Step,
        Bar::HelpOnly,
    ),
    row(&[Key::Char('w')], STEPS, Can::Why, Action::Why, KeyWord::Why, Bar::Shown),
    row(&[Key::Char('w')], &[W::Gate, W::Stopped], Can::Why, Action::Why, KeyWord::Why, Bar::Shown),
    row(&[Key::Char('n')], COMMANDED, Can::Always, Action::Note, KeyWord::Note, Bar::Shown),
    row(&[Key::Char('z')], COMMANDED, Can::Undo, Action::Undo, KeyWord::Undo, Bar::Shown),
    row(&[Key::Char('l')], ASIDE, Can::SetAside, Action::Later, KeyWord::Later, Bar::Shown),
    row(&[Key::Char('s')], ASIDE, Can::SetAside, Action::Skip, KeyWord::Skip, Bar::Shown),
    row(&[Key::Char('d')], ASIDE, Can::SetAside, Action::Decline, KeyWord::RatherNot, Bar::Shown),
    row(&[Key::Char('o')], COMMANDED, Can::Always, Action::Open, KeyWord::Open, Bar::Shown),
    row(&[Key::Char('g')], COMMANDED, Can::Always, Action::GoTo, KeyWord::GoTo, Bar::Shown),
    row(&[Key::Char('/')], COMMANDED, Can::Always, Action::Find, KeyWord::Find, Bar::Shown),
    row(&[Key::Char('c')], COMMANDED, Can::CheckIn, Action::CheckIn, KeyWord::CheckIn, Bar::Shown),
    row(&[Key::Char('q')], COMMANDED, Can::Always, Action::Leave, KeyWord::Leave, Bar::HelpOnly),
    row(&[Key::Tab], FUNCTIONS, Can::Always, Action::Now, KeyWord::Now, Bar::Shown),
    responds(FUNCTIONS),
    // What closes by it closes, so that neither the danger nor her consent is a dead key.
    responds(PANELS),
    row(&[Key::F(3)], FUNCTIONS, Can::Always, Action::Languages, KeyWord::Languages, Bar::HelpOnly),
    row(
        &[Key::F(4)],
        &[
            W::Check,
            W::Choice,
            W::Choices,
            W::Scale,
            W::Number,
            W::Text,
            W::Date,
            W::Deadline,
            W::Inform,
            W::List,
            W::Guidance,
            W::Shut,
            W::Pause,
            W::Gate,
            W::Stopped,
            W::Proposal,
            W::End,
            W::Find,
            W::Writing,
        ],
        Can::Dots,
        Action::Shy,
        KeyWord::Shy,
        Bar::HelpOnly,
    ),
    // Sessions that are read, and figures.
    row(&[Key::Enter], &[W::Session, W::Found], Can::Line, Action::Enter, KeyWord::GoThere, Bar::Shown),
    // What the card has below comes first: nothing else says how to get there.
    row(&[Key::Up], &[W::Replay], Can::Scroll, Action::Up, KeyWord::ReadBack, Bar::HelpOnly),
    row(&[Key::Down], &[W::Replay], Can::Scroll, Action::Down, KeyWord::ReadOn, Bar::Shown),
    reads(&[Key::Right], &[W::Replay], Can::Always, SessionKey::Forth, Bar::Shown),
    reads(&[Key::Left], &[W::Replay], Can::Always, SessionKey::Back, Bar::Shown),
    reads(&[Key::Char('v')], &[W::Session], Can::Always, SessionKey::Replay, Bar::Shown),
    reads(&[Key::Char('v')], &[W::Replay], Can::Always, SessionKey::EndReplay, Bar::Shown),
    reads(&[Key::Char('q'), Key::Backspace], &[W::Replay], Can::Always, SessionKey::EndReplay, Bar::HelpOnly),
    reads(&[Key::Char(']')], READING, Can::Against, SessionKey::NextAgainst, Bar::Shown),
    reads(&[Key::Char('[')], READING, Can::Against, SessionKey::LastAgainst, Bar::Shown),
    row(&[Key::Up], PAGES, Can::Always, Action::Up, KeyWord::Line, Bar::HelpOnly),
    row(&[Key::Down], PAGES, Can::Always, Action::Down, KeyWord::Line, Bar::Shown),
    row(&[Key::PageUp], PAGES, Can::Always, Action::PageUp, KeyWord::ReadBack, Bar::HelpOnly),
    row(
        &[Key::PageDown, Key::Char(' ')],
        PAGES,
        Can::Always,
        Action::PageDown,
        KeyWord::ReadOn,
        Bar::HelpOnly,
    ),
    row(&[Key::PageUp], &[W::Replay], Can::Scroll, Action::PageUp, KeyWord::ReadBack, Bar::HelpOnly),
    row(
        &[Key::PageDown, Key::Char(' ')],
        &[W::Replay],
        Can::Scroll,
        Action::PageDown,
        KeyWord::ReadOn,
        Bar::HelpOnly,
    ),
    row(
        &[Key::Up, Key::PageUp],
        &[W::PageKeys],
        Can::Scroll,
        Action::PageUp,
        KeyWord::ReadBack,
        Bar::HelpOnly,
    ),
    row(
        &[Key::Down, Key::PageDown],
        &[W::PageKeys],
        Can::Scroll,
        Action::PageDown,
        KeyWord::ReadOn,
        Bar::Shown,
    ),
    reads(
        &[Key::Home],
        &[W::Session, W::Replay, W::Figures, W::Found, W::Remarks],
        Can::Always,
        SessionKey::First,
        Bar::HelpOnly,
    ),
    reads(
        &[Key::End],
        &[W::Session, W::Replay, W::Figures, W::Found, W::Remarks],
        Can::Always,
        SessionKey::Last,
        Bar::HelpOnly,
    ),
    reads(&[Key::Char('f')], &[W::Session], Can::Always, SessionKey::SignOff, Bar::Shown),
    reads(&[Key::Char('r')], READING, Can::Always, SessionKey::Remark, Bar::Shown),
    reads(&[Key::Char('m')], READING, Can::Always, SessionKey::Mark, Bar::Shown),
    reads(&[Key::Char('a')], &[W::Session], Can::Alarms, SessionKey::MarkAlarms, Bar::HelpOnly),
    reads(&[Key::Char('/')], &[W::Session, W::Found], Can::Always, SessionKey::Seek, Bar::Shown),
    reads(&[Key::Char('n')], &[W::Session], Can::Found, SessionKey::NextFound, Bar::Shown),
    reads(&[Key::Char('x')], &[W::Session], Can::Always, SessionKey::Export, Bar::Shown),
    Binding {
        keys: Keys::Typing,
        at: &[W::Seeking],
        needs: Can::Always,
        action: Action::Edit,
        word: KeyWord::Type,
        bar: Bar::HelpOnly,
    },
    row(
        &[Key::Enter],
        &[W::Seeking],
        Can::Filled,
        Action::Enter,
        KeyWord::Session(SessionKey::Seek),
        Bar::Shown,
    ),
    row(&[Key::Backspace], &[W::Seeking], Can::Empty, Action::Edit, KeyWord::CloseEmpty, Bar::Shown),
    row(&[Key::Empty], &[W::Seeking], Can::Filled, Action::Edit, KeyWord::EmptyField, Bar::Shown),
    row(
        &[Key::Left, Key::Backspace, Key::Char('q')],
        PAGES,
        Can::Always,
        Action::Back,
        KeyWord::Close,
        Bar::HelpOnly,
    ),
    row(
        &[Key::Left, Key::Char('?'), Key::F(1), Key::Char('q')],
        &[W::PageKeys],
        Can::Always,
        Action::Back,
        KeyWord::Close,
        Bar::Shown,
    ),
    row(
        &[Key::Char('?'), Key::F(1)],
        &[W::Session, W::Replay, W::Figures, W::Found, W::Remarks],
        Can::Always,
        Action::Help,
        KeyWord::Help,
        Bar::Always,
    ),
    // The lists and the table of the review.
    Binding {
        keys: Keys::Digits,
        at: &[W::Lists],
        needs: Can::Always,
        action: Action::Digit,
        word: KeyWord::Choose,
        bar: Bar::Shown,
    },
    row(&[Key::Enter], &[W::Remarks], Can::Line, Action::Enter, KeyWord::AnswerIt, Bar::Shown),
    row(&[Key::Enter], MANY, Can::Line, Action::Enter, KeyWord::GoThere, Bar::Shown),
    row(&[Key::Up], MANY, Can::Line, Action::Up, KeyWord::Line, Bar::HelpOnly),
    row(&[Key::Down], MANY, Can::Line, Action::Down, KeyWord::Line, Bar::Shown),
    row(&[Key::PageUp], MANY, Can::Line, Action::PageUp, KeyWord::ReadBack, Bar::HelpOnly),
    row(&[Key::PageDown], MANY, Can::Line, Action::PageDown, KeyWord::ReadOn, Bar::HelpOnly),
    reviews(&[Key::Home], MANY, Can::Line, ReviewKey::First, Bar::HelpOnly),
    reviews(&[Key::End], MANY, Can::Line, ReviewKey::Last, Bar::HelpOnly),
    reviews(&[Key::Char('t')], &[W::Lists], Can::Always, ReviewKey::Table, Bar::Shown),
    reviews(&[Key::Char('/')], MANY, Can::Always, ReviewKey::Filter, Bar::Shown),
    Binding {
        keys: Keys::Digits,
        at: &[W::Sessions],
        needs: Can::Always,
        action: Action::Review(ReviewKey::Sort),
        word: KeyWord::Review(ReviewKey::Sort),
        bar: Bar::Shown,
    },
    reviews(&[Key::Char('s')], &[W::Sessions], Can::Always, ReviewKey::SortSigned, Bar::HelpOnly),
    reviews(&[Key::Char(' ')], &[W::Sessions], Can::Line, ReviewKey::Select, Bar::Shown),
    reviews(&[Key::Char('c')], MANY, Can::Line, ReviewKey::SameCase, Bar::Shown),
    reviews(&[Key::Char('f')], MANY, Can::Line, ReviewKey::SignOff, Bar::Shown),
    reviews(&[Key::Char('r')], MANY, Can::Line, ReviewKey::Remark, Bar::Shown),
    reviews(&[Key::Char('m')], MANY, Can::Line, ReviewKey::Mark, Bar::Shown),
    reviews(&[Key::Char('a')], &[W::Lists], Can::Alarms, ReviewKey::MarkAlarms, Bar::Shown),
    reviews(&[Key::Char('w')], MANY, Can::Always, ReviewKey::Words, Bar::Shown),
    reviews(&[Key::Char('g')], MANY, Can::Always, ReviewKey::Figures, Bar::Shown),
    reviews(&[Key::Char('x')], MANY, Can::Line, ReviewKey::HandOn, Bar::Shown),
    reviews(&[Key::Char('e')], MANY, Can::Line, ReviewKey::Erase, Bar::HelpOnly),
    Binding {
        keys: Keys::Typing,
        at: &[W::Filtering, W::Answering],
        needs: Can::Always,
        action: Action::Edit,
        word: KeyWord::Type,
        bar: Bar::HelpOnly,
    },
    row(&[Key::Enter], &[W::Filtering, W::Answering], Can::Always, Action::Enter, KeyWord::Keep, Bar::Shown),
    row(
        &[Key::Backspace],
        &[W::Filtering, W::Answering],
        Can::Empty,
        Action::Edit,
        KeyWord::CloseEmpty,
        Bar::Shown,
    ),
    row(
        &[Key::Empty],
        &[W::Filtering, W::Answering],
        Can::Filled,
        Action::Edit,
        KeyWord::EmptyField,
        Bar::Shown,
    ),
    row(
        &[Key::Left, Key::Backspace, Key::Char('q')],
        MANY,
        Can::Always,
        Action::Back,
        KeyWord::Close,
        Bar::Shown,
    ),
    row(&[Key::Char('?'), Key::F(1)], MANY, Can::Always, Action::Help, KeyWord::Help, Bar::Always),
    row(&[Key::F(3)], MANY, Can::Always, Action::Languages, KeyWord::Languages, Bar::HelpOnly),
    row(&[Key::F(1)], &[W::Seeking, W::Filtering], Can::Always, Action::Help, KeyWord::Help, Bar::Always),
    row(&[Key::Hide], &Where::ALL, Can::Always, Action::Hide, KeyWord::Hide, Bar::Always),
    row(&[Key::Char('?'), Key::F(1)], COMMANDED, Can::Always, Action::Help, KeyWord::Help, Bar::Always),
    row(
        &[Key::Char('?'), Key::F(1)],
        &[W::Why, W::Open, W::GoTo, W::Now, W::CheckIn, W::Reason, W::Languages, W::Leave, W::Closed],
        Can::Always,
        Action::Help,
        KeyWord::Help,
        Bar::Always,
    ),
    row(
        &[Key::F(1)],
        &[W::Find, W::Writing, W::Pacer],
        Can::Always,
        Action::Help,
        KeyWord::Help,
        Bar::Always,
    ),
];

impl Binding {
    /// Whether the line works in a context.
    pub fn works(&self, context: &Context) -> bool {
        let there =
            self.at.contains(&context.at) && (self.needs == Can::Always || context.can.contains(&self.needs));
        there
            && match self.keys {
                Keys::Digits => !context.digits.is_empty(),
                Keys::Responses => !context.responses.is_empty(),
                Keys::These(_) | Keys::Typing | Keys::Any => true,
            }
    }

    /// Whether a key is one of the line's in a context.
    pub fn takes(&self, key: Key, context: &Context) -> bool {
        match self.keys {
            Keys::These(keys) => keys.contains(&key),
            Keys::Digits => digit(key).is_some_and(|digit| context.digits.contains(&digit)),
            Keys::Responses => context.responses.iter().any(|(f, _)| key == Key::F(*f)),
            Keys::Typing => matches!(
                key,
                Key::Char(_) | Key::Backspace | Key::Delete | Key::Left | Key::Right | Key::Home | Key::End
            ),
            Keys::Any => !matches!(key, Key::Hide | Key::Return),
        }
    }
}

/// The digit of a key.
pub fn digit(key: Key) -> Option<u8> {
    match key {
        Key::Char(c) => c.to_digit(10).and_then(|digit| u8::try_from(digit).ok()),
        _ => None,
    }
}

/// What a key does in a context, if anything.
pub fn action(key: Key, context: &Context) -> Option<Action> {
    working(context).find(|binding| binding.takes(key, context)).map(|binding| binding.action)
}

/// The lines of the table that work in a context, in order.
pub fn working(context: &Context) -> impl Iterator<Item = &'static Binding> {
    TABLE.iter().filter(move |binding| binding.works(context))
}
