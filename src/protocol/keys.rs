//! The one table of keys: what each section of a protocol may hold, of what kind, whether it must be there, and what
//! it is for.
//!
//! The reader finds unknown and missing keys with it, [`super::schema()`] and [`super::reference()`] are made of it, and a
//! test compares the reference in `docs/protocol.md`. A key is added here and read in `read.rs`, nowhere else.

use super::model::{Asked, Ending, Override, ResponseKey, Role, Shows, StandsFor, Tells};

/// A part of a protocol, or of a translation, with keys of its own.
#[derive(Debug)]
pub struct Section {
    /// What it is called in messages and in the reference.
    pub name: SectionName,
    /// What it is, in a sentence.
    pub doc: &'static str,
    /// Its keys, in the order in which an author would write them.
    pub keys: &'static [Key],
}

/// A key of a section.
#[derive(Debug)]
pub struct Key {
    /// As it is written.
    pub name: &'static str,
    /// What it takes.
    pub value: Takes,
    /// Whether it must be there.
    pub need: Need,
    /// The kinds of step that have it; none: every kind, or the section is no step.
    pub kinds: &'static [KindName],
    /// What it is for, in a sentence.
    pub doc: &'static str,
}

/// Whether a key must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// It must.
    Must,
    /// It may be left out.
    May,
    /// It may be left out, which means this.
    Default(&'static str),
}

/// What a key takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// An id of the thing itself.
    Id,
    /// The id of a step.
    Step,
    /// The id of a response.
    Response,
    /// The id of a topic of a cover.
    Topic,
    /// A text of at most so many columns.
    Text(usize),
    /// A list of texts of at most so many columns, and at most so many of them.
    Texts(usize, usize),
    /// `true` or `false`.
    Flag,
    /// A whole number.
    Number(i64, i64),
    /// One of these words.
    Word(&'static [&'static str]),
    /// A list of these words.
    Words(&'static [&'static str]),
    /// A condition.
    Condition,
    /// `true`, `false` or a condition.
    FlagOrCondition,
    /// An action, or a list of them.
    Actions,
    /// A list of numbers of practices.
    Practices,
    /// A regular expression.
    Pattern,
    /// The code of a language.
    Language,
    /// One section.
    One(SectionName),
    /// A list of sections, at most so many.
    Many(SectionName, usize),
    /// Sections by id.
    ById(SectionName),
    /// Texts by id, of at most so many columns.
    TextById(usize),
}

/// The sections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SectionName {
    /// The whole file.
    Protocol,
    /// A named condition.
    Condition,
    /// A cover.
    Cover,
    /// A topic of a cover.
    Topic,
    /// A phase.
    Phase,
    /// A gate.
    Gate,
    /// A group.
    Group,
    /// A step.
    Step,
    /// What a step suggests.
    Suggests,
    /// An option of a choice.
    Option,
    /// A row of a list.
    Row,
    /// A state of a list's rows.
    State,
    /// A response.
    Response,
    /// A whole translation.
    Translation,
    /// A cover in a translation.
    CoverTexts,
    /// A topic in a translation.
    TopicTexts,
    /// A phase in a translation.
    PhaseTexts,
    /// A group in a translation.
    GroupTexts,
    /// A step in a translation.
    StepTexts,
    /// A response in a translation.
    ResponseTexts,
}

/// The kinds of step, by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KindName {
    /// Ticked or not.
    Check,
    /// One of several options.
    Choice,
    /// Several of them.
    Choices,
    /// A point of a scale.
    Scale,
    /// A whole number.
    Number,
    /// A text.
    Text,
    /// A day.
    Date,
    /// An instant and what it is for.
    Deadline,
    /// Words to say.
    Inform,
    /// Rows with states.
    List,
    /// Read and gone on from.
    Guidance,
}

/// A word of the language that stands for a value.
pub trait Word: Sized + Copy + 'static {
    /// Every word, beside its value.
    const WORDS: &'static [(&'static str, Self)];
    /// Every word.
    const NAMES: &'static [&'static str];

    /// The value of a word.
    fn from_word(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(name, _)| *name == word).map(|(_, value)| *value)
    }
}

macro_rules! words {
    ($type:ty: $($word:literal = $value:expr),+ $(,)?) => {
        impl Word for $type {
            const WORDS: &'static [(&'static str, Self)] = &[$(($word, $value)),+];
            const NAMES: &'static [&'static str] = &[$($word),+];
        }
    };
}

words!(KindName: "check" = Self::Check, "choice" = Self::Choice, "choices" = Self::Choices, "scale" = Self::Scale,
    "number" = Self::Number, "text" = Self::Text, "date" = Self::Date, "deadline" = Self::Deadline,
    "inform" = Self::Inform, "list" = Self::List, "guidance" = Self::Guidance);
words!(Asked: "talker" = Self::Talker, "second" = Self::Second, "both" = Self::Both);
words!(Tells: "danger" = Self::Danger, "listen" = Self::Listen, "due" = Self::Due, "discuss" = Self::Discuss);
words!(Ending: "early" = Self::Early, "postponed" = Self::Postponed, "not-held" = Self::NotHeld, "left" = Self::Left);
words!(Override: "reason" = Self::Reason, "never" = Self::Never);
words!(StandsFor: "subject" = Self::Subject, "safe-place" = Self::SafePlace, "later" = Self::Later,
    "leave" = Self::Leave);
words!(Role: "check-in" = Self::CheckIn);
words!(Shows: "pacer" = Self::Pacer);
words!(ResponseKey: "esc" = Self::Esc, "f2" = Self::F(2), "f5" = Self::F(5), "f6" = Self::F(6), "f7" = Self::F(7),
    "f8" = Self::F(8), "f9" = Self::F(9));

/// `pace: together`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Together;
words!(Together: "together" = Self);

/// `beside: same-case`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SameCase;
words!(SameCase: "same-case" = Self);

impl KindName {
    /// As it is written.
    pub fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, kind)| *kind == self).map_or("", |(word, _)| word)
    }
}

/// The most phases, groups in a phase, steps in a group, options, rows, states and topics: a digit each.
pub const DIGITS: usize = 9;
/// The most named conditions.
pub const MOST_CONDITIONS: usize = 99;
/// The width of a title and of a label.
pub const TITLE: usize = 40;
/// The width of the line of a step.
pub const ASK: usize = 80;
/// The width of words to say and of a reason.
pub const SAY: usize = 300;
/// The width of a word in a bar: a hint, a sign.
pub const SHORT: usize = 16;
/// The greatest number that a step may ask for.
pub const LARGEST_NUMBER: i64 = 1_000_000;
/// The greatest point of a scale.
pub const LARGEST_POINT: i64 = 100;
/// The most characters that a text step may take.
pub const LONGEST_ANSWER: i64 = 2000;

const fn must(name: &'static str, value: Takes, doc: &'static str) -> Key {
    Key { name, value, need: Need::Must, kinds: &[], doc }
}

const fn may(name: &'static str, value: Takes, doc: &'static str) -> Key {
    Key { name, value, need: Need::May, kinds: &[], doc }
}

const fn with(name: &'static str, value: Takes, default: &'static str, doc: &'static str) -> Key {
    Key { name, value, need: Need::Default(default), kinds: &[], doc }
}

const fn only(
    kinds: &'static [KindName],
    name: &'static str,
    value: Takes,
    need: Need,
    doc: &'static str,
) -> Key {
    Key { name, value, need, kinds, doc }
}

use KindName::{Check, Choices, Date, Deadline, Guidance, Inform, List, Number, Scale};
const ANSWERED: &[KindName] =
    &[Check, KindName::Choice, Choices, Scale, Number, KindName::Text, Date, Deadline, Inform, List];

/// The whole file.
pub static PROTOCOL: Section = Section {
    name: SectionName::Protocol,
    doc: "The whole file.",
    keys: &[
        must("amparo", Takes::Number(1, 1), "The version of this language."),
        must("id", Takes::Id, "The name by which translations, settings and sessions know the protocol."),
        must(
            "version",
            Takes::Number(1, 9999),
            "Counts up with every change; a translation says which one it was made of.",
        ),
        must("language", Takes::Language, "The language of the texts in this file, such as `en` or `es`."),
        must("title", Takes::Text(TITLE), "What the protocol is called."),
        may("source", Takes::Text(SAY), "Where the practice comes from."),
        may(
            "conditions",
            Takes::Many(SectionName::Condition, MOST_CONDITIONS),
            "Conditions with a name, to be used as `holds(name)`.",
        ),
        must(
            "covers",
            Takes::Many(SectionName::Cover, DIGITS),
            "The leaflets that hide the checklist; the first is the default, settings choose.",
        ),
        must("phases", Takes::Many(SectionName::Phase, DIGITS), "The parts of the checklist, in order."),
        must(
            "responses",
            Takes::Many(SectionName::Response, DIGITS),
            "Checklists outside the order, each raised by a key; exactly one covers the screen.",
        ),
    ],
};

/// A named condition.
pub static CONDITION: Section = Section {
    name: SectionName::Condition,
    doc: "A condition with a name, to be used as `holds(name)`. It may use those before it.",
    keys: &[must("id", Takes::Id, "Its name."), must("is", Takes::Condition, "What must hold.")],
};

/// A cover.
pub static COVER: Section = Section {
    name: SectionName::Cover,
    doc: "A harmless leaflet that fills the screen in place of everything.",
    keys: &[
        must("id", Takes::Id, "Its name, for the settings."),
        must("title", Takes::Text(TITLE), "Its head line."),
        must("topics", Takes::Many(SectionName::Topic, DIGITS), "Its pages, a digit each."),
    ],
};

/// A topic of a cover.
pub static TOPIC: Section = Section {
    name: SectionName::Topic,
    doc: "A page of a cover.",
    keys: &[
        must("id", Takes::Id, "Its name, for `opens` on an option."),
        must("title", Takes::Text(TITLE), "Its head line."),
        may(
            "stands_for",
            Takes::Word(StandsFor::NAMES),
            "Which choice of the danger response the page means to the two who know: another subject, a safe place, another day, leaving to get help.",
        ),
        must("lines", Takes::Texts(SAY, 40), "Its text."),
    ],
};

/// A phase.
pub static PHASE: Section = Section {
    name: SectionName::Phase,
    doc: "A part of the checklist. It has either groups, or steps directly.",
    keys: &[
        must("id", Takes::Id, "Its name."),
        must("title", Takes::Text(TITLE), "What it is called, across the top of the screen."),
        may("pause", Takes::Text(ASK), "Asked at its end, before the next phase."),
        may(
            "minutes",
            Takes::Number(1, 600),
            "How long it may take; past it the clock shows a mark, and the review says so.",
        ),
        with("with_her", Takes::Flag, "false", "She is in the room: the screen stays shy."),
        may("also_after", Takes::Words(Ending::NAMES), "The ends after which its steps are still due."),
        may(
            "gates",
            Takes::Many(SectionName::Gate, DIGITS),
            "What must hold to enter it, and while it runs.",
        ),
        may("groups", Takes::Many(SectionName::Group, DIGITS), "Its groups of steps."),
        may("steps", Takes::Many(SectionName::Step, DIGITS), "Its steps, where it has no groups."),
    ],
};

/// A gate.
pub static GATE: Section = Section {
    name: SectionName::Gate,
    doc: "What must hold to enter a phase, and while it runs.",
    keys: &[
        must("opens", Takes::Condition, "What must hold."),
        must("closed_says", Takes::Text(SAY), "Said, after a key, when it does not hold."),
        with(
            "override",
            Takes::Word(Override::NAMES),
            "reason",
            "Whether a person may go on nevertheless: with a reason, which stands out in the review, or never.",
        ),
    ],
};

/// A group.
pub static GROUP: Section = Section {
    name: SectionName::Group,
    doc: "Steps that belong together.",
    keys: &[
        must("id", Takes::Id, "Its name; no other group or phase has it."),
        must("title", Takes::Text(TITLE), "What it is called."),
        may("when", Takes::Condition, "When it applies at all."),
        may("with_her", Takes::Flag, "She is in the room; what its phase says, where left out."),
        may(
            "also_after",
            Takes::Words(Ending::NAMES),
            "The ends after which its steps are still due, besides those of its phase.",
        ),
        may(
            "pace",
            Takes::Word(Together::NAMES),
            "`together` makes it one page of marks, filled in at a pause: do, then confirm. Without it, step by step: read, then do.",
        ),
        must("steps", Takes::Many(SectionName::Step, DIGITS), "Its steps."),
    ],
};

/// A step.
pub static STEP: Section = Section {
    name: SectionName::Step,
    doc: "One line of the checklist: something to do, say, ask, judge or note.",
    keys: &[
        must("id", Takes::Id, "Its name; no other step of the file has it."),
        may(
            "kind",
            Takes::Word(KindName::NAMES),
            "What kind of answer it takes. Needed, unless it has `again`.",
        ),
        may(
            "again",
            Takes::Step,
            "An earlier step that it asks once more: kind, options, points and line are taken over.",
        ),
        may("ask", Takes::Text(ASK), "The line itself. Needed, unless it has `again`."),
        may("say", Takes::Text(SAY), "Words to say aloud."),
        may("why", Takes::Text(SAY), "The reason, shown by the key `w`."),
        with("by", Takes::Word(Asked::NAMES), "both", "Who does it: a sign beside the step."),
        only(
            ANSWERED,
            "required",
            Takes::FlagOrCondition,
            Need::Default("false"),
            "Whether it must be answered before closing: `true`, or a condition while which it must.",
        ),
        may("when", Takes::Condition, "When it applies."),
        may("serves", Takes::Practices, "The numbers of the practices that it acts on, such as `[A1, B7a]`."),
        with(
            "private",
            Takes::Flag,
            "false",
            "Left out of exports, and one neutral line while the screen is shy. A step that asks a private one again is as private.",
        ),
        only(
            ANSWERED,
            "tells",
            Takes::Word(Tells::NAMES),
            Need::May,
            "What an answer tells the review: she may still be in danger, somebody must be listened to, something is promised with a date, the supervisor should see it.",
        ),
        only(
            ANSWERED,
            "suggests",
            Takes::One(SectionName::Suggests),
            Need::May,
            "What its answer may propose.",
        ),
        only(
            &[KindName::Choice, Choices, Guidance],
            "stays",
            Takes::Flag,
            Need::Default("false"),
            "Keeps the guidance, or the sign of what was chosen, in sight.",
        ),
        only(
            &[Deadline],
            "role",
            Takes::Word(Role::NAMES),
            Need::May,
            "`check-in` makes this deadline the one on every screen that the key `c` answers; one in a file.",
        ),
        may(
            "shows",
            Takes::Word(Shows::NAMES),
            "`pacer` shows the breathing pacer, a page of its own. \
             A response that has it is first aid: each of its steps is a page, without the list.",
        ),
        may(
            "beside",
            Takes::Word(SameCase::NAMES),
            "`same-case` shows how many sessions this machine has for the case code.",
        ),
        may(
            "also_after",
            Takes::Words(Ending::NAMES),
            "The ends after which it is still due, besides those of its group and phase.",
        ),
        only(
            &[KindName::Choice, Choices],
            "options",
            Takes::Many(SectionName::Option, DIGITS),
            Need::Must,
            "What can be chosen, a digit each.",
        ),
        only(
            &[Scale],
            "words",
            Takes::Texts(TITLE, 11),
            Need::May,
            "A word for each point, the lowest first; the first point is 0.",
        ),
        only(
            &[Scale, Number],
            "from",
            Takes::Number(-LARGEST_NUMBER, LARGEST_NUMBER),
            Need::Default("0"),
            "The least.",
        ),
        only(
            &[Scale, Number],
            "to",
            Takes::Number(-LARGEST_NUMBER, LARGEST_NUMBER),
            Need::May,
            "The most; needed, unless a scale has `words`.",
        ),
        only(
            &[Scale],
            "low",
            Takes::Text(TITLE),
            Need::May,
            "What the lowest point means, where the points have no words.",
        ),
        only(
            &[Scale],
            "high",
            Takes::Text(TITLE),
            Need::May,
            "What the highest point means, where the points have no words.",
        ),
        only(
            &[KindName::Text],
            "at_most",
            Takes::Number(1, LONGEST_ANSWER),
            Need::Default("500"),
            "The most characters of the answer.",
        ),
        only(
            &[KindName::Text],
            "like",
            Takes::Pattern,
            Need::May,
            "A regular expression that the whole answer must match.",
        ),
        only(
            &[KindName::Text],
            "unlike_says",
            Takes::Text(SAY),
            Need::May,
            "Said where the answer does not match; needed with `like`.",
        ),
        only(&[List], "rows", Takes::Many(SectionName::Row, DIGITS), Need::May, "Its rows."),
        only(
            &[List],
            "rows_from",
            Takes::Step,
            Need::May,
            "An earlier list whose rows it takes, with what was added to it.",
        ),
        only(
            &[List],
            "states",
            Takes::Many(SectionName::State, DIGITS),
            Need::Must,
            "What can become of each row, a digit each.",
        ),
    ],
};

/// What a step suggests.
pub static SUGGESTS: Section = Section {
    name: SectionName::Suggests,
    doc: "A proposal that an answer makes. It needs a response, a step to be asked again, or both.",
    keys: &[
        must("when", Takes::Condition, "When it is made."),
        may("response", Takes::Response, "The response that is proposed."),
        may("reopens", Takes::Step, "The step that is asked again."),
    ],
};

/// An option of a choice.
pub static OPTION: Section = Section {
    name: SectionName::Option,
    doc: "Something that can be chosen.",
    keys: &[
        must(
            "id",
            Takes::Id,
            "Its name, for conditions. In the covering response, `nothing` means a false alarm.",
        ),
        must("label", Takes::Text(TITLE), "What it is called."),
        may("then", Takes::Actions, "What follows when it is chosen: one action, or a list of them."),
        may("tells", Takes::Word(Tells::NAMES), "What it tells the review."),
        may("sign", Takes::Text(SHORT), "Stays in sight when it is chosen, of a step with `stays`."),
        may("opens", Takes::Topic, "The page of the cover at which the leaflet starts, once it is chosen."),
    ],
};

/// A row of a list.
pub static ROW: Section = Section {
    name: SectionName::Row,
    doc: "A row of a list.",
    keys: &[
        must("id", Takes::Id, "Its name, for conditions."),
        must("label", Takes::Text(TITLE), "What it is called."),
    ],
};

/// A state of a list's rows.
pub static STATE: Section = Section {
    name: SectionName::State,
    doc: "What can become of a list's row.",
    keys: &[
        must("id", Takes::Id, "Its name, for conditions."),
        must("label", Takes::Text(TITLE), "What it is called."),
        may("then", Takes::Actions, "What follows when a row gets it: one action, or a list of them."),
        may("tells", Takes::Word(Tells::NAMES), "What it tells the review."),
    ],
};

/// A response.
pub static RESPONSE: Section = Section {
    name: SectionName::Response,
    doc: "A checklist outside the order, raised by a key from anywhere.",
    keys: &[
        must("id", Takes::Id, "Its name, for `raise` and `raised`."),
        must(
            "key",
            Takes::Word(ResponseKey::NAMES),
            "The key that raises it; for the review `esc` and `f9` mean danger, `f2` distress, `f7` consent taken back.",
        ),
        must("rank", Takes::Number(1, 99), "The smaller interrupts the larger; an equal one waits."),
        with("cover", Takes::Flag, "false", "It covers the screen; exactly one response does."),
        must("title", Takes::Text(TITLE), "What it is called."),
        may("hint", Takes::Text(SHORT), "The harmless word for it in the hint bar."),
        may("in_sight", Takes::Texts(TITLE, DIGITS), "Harmless words on each of its screens."),
        must(
            "steps",
            Takes::Many(SectionName::Step, DIGITS),
            "Its steps. Those of the covering response are open after coming back, and due before closing.",
        ),
    ],
};

/// A whole translation.
pub static TRANSLATION: Section = Section {
    name: SectionName::Translation,
    doc: "A translation: a file beside the protocol, named after it and the language (`phit.es.yaml`). It holds nothing but texts, by ids.",
    keys: &[
        must("amparo", Takes::Number(1, 1), "The version of this language."),
        must("translates", Takes::Id, "The id of the protocol."),
        must("language", Takes::Language, "The language of the texts in this file."),
        must("of_version", Takes::Number(1, 9999), "The version of the protocol that it was made of."),
        may("checked_by", Takes::Text(ASK), "Who has checked it: a role, never a name; or `nobody yet`."),
        may("title", Takes::Text(TITLE), "What the protocol is called."),
        may("source", Takes::Text(SAY), "Where the practice comes from."),
        may("covers", Takes::ById(SectionName::CoverTexts), "The covers, by id."),
        may("phases", Takes::ById(SectionName::PhaseTexts), "The phases, by id."),
        may("groups", Takes::ById(SectionName::GroupTexts), "The groups, by id."),
        may("steps", Takes::ById(SectionName::StepTexts), "The steps, by id."),
        may(
            "options",
            Takes::TextById(TITLE),
            "The labels of options, rows and states, by step and id: `company.nobody`.",
        ),
        may("signs", Takes::TextById(SHORT), "The signs of options, by step and id: `company.nobody`."),
        may("responses", Takes::ById(SectionName::ResponseTexts), "The responses, by id."),
    ],
};

/// A cover in a translation.
pub static COVER_TEXTS: Section = Section {
    name: SectionName::CoverTexts,
    doc: "The texts of a cover.",
    keys: &[
        may("title", Takes::Text(TITLE), "Its head line."),
        may("topics", Takes::ById(SectionName::TopicTexts), "Its pages, by id."),
    ],
};

/// A topic in a translation.
pub static TOPIC_TEXTS: Section = Section {
    name: SectionName::TopicTexts,
    doc: "The texts of a page.",
    keys: &[
        may("title", Takes::Text(TITLE), "Its head line."),
        may("lines", Takes::Texts(SAY, 40), "Its text: as many lines as in the protocol."),
    ],
};

/// A phase in a translation.
pub static PHASE_TEXTS: Section = Section {
    name: SectionName::PhaseTexts,
    doc: "The texts of a phase.",
    keys: &[
        may("title", Takes::Text(TITLE), "What it is called."),
        may("pause", Takes::Text(ASK), "Asked at its end."),
        may("gates", Takes::Texts(SAY, DIGITS), "What each gate says when it is closed, in their order."),
    ],
};

/// A group in a translation.
pub static GROUP_TEXTS: Section = Section {
    name: SectionName::GroupTexts,
    doc: "The texts of a group.",
    keys: &[may("title", Takes::Text(TITLE), "What it is called.")],
};

/// A step in a translation.
pub static STEP_TEXTS: Section = Section {
    name: SectionName::StepTexts,
    doc: "The texts of a step.",
    keys: &[
        may("ask", Takes::Text(ASK), "The line itself."),
        may("say", Takes::Text(SAY), "Words to say aloud."),
        may("why", Takes::Text(SAY), "The reason."),
        may("words", Takes::Texts(TITLE, 11), "A word for each point of a scale."),
        may("low", Takes::Text(TITLE), "What the lowest point means."),
        may("high", Takes::Text(TITLE), "What the highest point means."),
        may("unlike_says", Takes::Text(SAY), "Said where the answer does not match."),
    ],
};

/// A response in a translation.
pub static RESPONSE_TEXTS: Section = Section {
    name: SectionName::ResponseTexts,
    doc: "The texts of a response.",
    keys: &[
        may("title", Takes::Text(TITLE), "What it is called."),
        may("hint", Takes::Text(SHORT), "The harmless word in the hint bar."),
        may(
            "in_sight",
            Takes::Texts(TITLE, DIGITS),
            "Harmless words on each of its screens: as many as in the protocol.",
        ),
    ],
};

/// Every section of a protocol, then those of a translation.
pub static SECTIONS: [&Section; 20] = [
    &PROTOCOL,
    &CONDITION,
    &COVER,
    &TOPIC,
    &PHASE,
    &GATE,
    &GROUP,
    &STEP,
    &SUGGESTS,
    &OPTION,
    &ROW,
    &STATE,
    &RESPONSE,
    &TRANSLATION,
    &COVER_TEXTS,
    &TOPIC_TEXTS,
    &PHASE_TEXTS,
    &GROUP_TEXTS,
    &STEP_TEXTS,
    &RESPONSE_TEXTS,
];

impl Section {
    /// The key with a name.
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }
}

impl SectionName {
    /// Its name in the reference and in the schema.
    pub fn word(self) -> &'static str {
        match self {
            Self::Protocol => "protocol",
            Self::Condition => "condition",
            Self::Cover => "cover",
            Self::Topic => "topic",
            Self::Phase => "phase",
            Self::Gate => "gate",
            Self::Group => "group",
            Self::Step => "step",
            Self::Suggests => "suggests",
            Self::Option => "option",
            Self::Row => "row",
            Self::State => "state",
            Self::Response => "response",
            Self::Translation => "translation",
            Self::CoverTexts => "translated-cover",
            Self::TopicTexts => "translated-topic",
            Self::PhaseTexts => "translated-phase",
            Self::GroupTexts => "translated-group",
            Self::StepTexts => "translated-step",
            Self::ResponseTexts => "translated-response",
        }
    }
}
