//! What is wrong with a protocol, as data: where, and what. The sentences are in `words`.

use crate::text::IdProblem;

use super::keys::{KindName, SectionName};
use super::source::Span;

/// One thing that is wrong, or worth a remark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The file: its place in [`super::Reading::sources`].
    pub source: usize,
    /// Where.
    pub span: Span,
    /// Another place that it has to do with, in the same file: where the first of two stands.
    pub first: Option<Span>,
    /// What.
    pub what: FindingKind,
}

impl Finding {
    /// Whether the protocol can be used nevertheless.
    pub fn severity(&self) -> Severity {
        match self.what {
            FindingKind::Translation(
                Translation::Missing { .. } | Translation::Older { .. } | Translation::Length { .. },
            )
            | FindingKind::Rule(Rule::SignNeverShown | Rule::TopicNotInEvery { .. }) => Severity::Remark,
            _ => Severity::Error,
        }
    }
}

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The protocol cannot be used.
    Error,
    /// It can, and somebody should know.
    Remark,
}

/// What is wrong, by where one learns of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FindingKind {
    /// The file as a whole.
    File(FileTrouble),
    /// Nothing after it can be read.
    Syntax(Syntax),
    /// Something of YAML that is refused, or that does not do what it seems to.
    Trap(Trap),
    /// A key or a kind of value.
    Key(KeyTrouble),
    /// A value of the right kind.
    Value(ValueTrouble),
    /// A name that stands for nothing, or for the wrong thing.
    Name(NameTrouble),
    /// The grammar of a condition.
    Grammar(Grammar),
    /// What a condition says.
    Condition(ConditionTrouble),
    /// What the parts of a protocol may do together.
    Rule(Rule),
    /// A translation beside its base.
    Translation(Translation),
}

/// The file as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileTrouble {
    /// More bytes than a session can carry, with the files before it.
    TooLarge,
    /// Its bytes are no text in UTF-8.
    NotUtf8,
    /// There is nothing in it.
    Empty,
}

/// Why nothing after this place can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Syntax {
    /// A colon and a blank in a text without quotes.
    ColonInText,
    /// A tab.
    Tab,
    /// A line begins further left or right than those it belongs to.
    Indentation,
    /// A line that is neither a key with a colon nor a list's item.
    NoColon,
    /// A quote was opened and never closed.
    UnclosedQuote,
    /// Something stands after the closing quote.
    AfterQuote,
    /// A backslash that means nothing.
    Escape,
    /// Brackets or braces that do not fit.
    Bracket,
    /// Reading stops at an invisible character.
    Invisible,
    /// A text without quotes cannot start with this character.
    StrangeStart(char),
    /// Nested too deep.
    TooDeep,
    /// A second document.
    SecondDocument,
    /// A line that begins with `%`.
    Directive,
    /// Anything else.
    Other,
}

/// Something of YAML that is refused, or that does not do what it seems to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trap {
    /// An invisible mark at the beginning of the file.
    ByteOrderMark,
    /// A tab.
    Tab,
    /// A character that steers a terminal or turns the direction of writing.
    Forbidden(char),
    /// One blank before `#`: the rest of the line is cut off.
    Comment,
    /// A tag.
    Tag,
    /// An anchor.
    Anchor,
    /// An alias.
    Alias,
    /// A merge.
    Merge,
    /// A key came before in the same section.
    KeyTwice(String),
    /// A list or a section in the place of a key.
    CollectionAsKey,
    /// A colon and a blank made a section of a text.
    ColonMadeSection,
    /// A comma in braces ended a text.
    CommaInBraces,
}

/// A key or a kind of value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyTrouble {
    /// A section has no such key.
    Unknown {
        /// The section.
        section: SectionName,
        /// The key.
        key: String,
        /// A key that it has and that may be meant.
        near: Option<String>,
    },
    /// Steps of this kind have no such key.
    OfOtherKinds {
        /// The key.
        key: &'static str,
        /// The step's kind.
        kind: KindName,
        /// Those that have it.
        kinds: &'static [KindName],
    },
    /// A step that asks another one again takes this over.
    TakenOver(&'static str),
    /// A key is missing.
    Missing {
        /// The section.
        section: SectionName,
        /// The key.
        key: &'static str,
    },
    /// One of two keys is missing.
    MissingEither(&'static str, &'static str),
    /// Two keys that exclude one another.
    Both(&'static str, &'static str),
    /// A key needs another one.
    Needs(&'static str, &'static str),
    /// A value of the wrong kind.
    Wrong {
        /// What is wanted.
        wanted: Wanted,
        /// What is there.
        found: Found,
    },
    /// More items than a list may have.
    TooMany(usize),
}

/// What kind of value a key takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// A text.
    Text,
    /// A list of texts.
    Texts,
    /// An id.
    Id,
    /// The id of a step, response, …
    IdOf(Thing),
    /// `true` or `false`.
    Flag,
    /// A whole number.
    Number(i64, i64),
    /// One of some words.
    Word {
        /// The words.
        words: &'static [&'static str],
        /// The one that may be meant.
        near: Option<String>,
    },
    /// A list of some words.
    Words(&'static [&'static str]),
    /// A condition.
    Condition,
    /// `true`, `false` or a condition.
    FlagOrCondition,
    /// An action.
    Action,
    /// The number of a practice.
    Practice,
    /// A list of them.
    Practices,
    /// The code of a language.
    Language,
    /// A section.
    Section(SectionName),
    /// A list of sections.
    Sections(SectionName),
    /// Sections or texts by id.
    ById,
}

/// What is there instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Nothing.
    Nothing,
    /// This text.
    Text(String),
    /// A text between quotes, where it may have none.
    Quoted(String),
    /// A list.
    List,
    /// A section.
    Section,
}

/// What a name can stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Thing {
    /// A named condition.
    Condition,
    /// A cover.
    Cover,
    /// A topic of a cover.
    Topic,
    /// A phase.
    Phase,
    /// A group.
    Group,
    /// A step.
    Step,
    /// An option of a choice.
    Option,
    /// A row of a list.
    Row,
    /// A state of a list's rows.
    State,
    /// A response.
    Response,
    /// An option, a row or a state, of a translation: `step.option`.
    Label,
}

/// A value of the right kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ValueTrouble {
    /// A text is empty.
    EmptyText,
    /// A text is too wide.
    TooWide {
        /// The most columns.
        most: usize,
        /// Its own.
        is: usize,
    },
    /// A line end in a text.
    LineEnd,
    /// No id.
    BadId {
        /// The text.
        id: String,
        /// Why.
        problem: IdProblem,
    },
    /// The regular expression cannot be read.
    Pattern(String),
    /// `from` is not below `to`.
    Range,
    /// A scale of more points than there may be.
    TooManyPoints,
    /// A list is empty.
    EmptyList,
}

/// A name that stands for nothing, or for the wrong thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NameTrouble {
    /// It is given twice.
    Twice(Thing, String),
    /// A group has the name of a phase, or a row that of a state.
    Shared(Thing, Thing, String),
    /// There is no such thing.
    Unknown {
        /// What it should be.
        thing: Thing,
        /// The name.
        name: String,
        /// The name that may be meant.
        near: Option<String>,
    },
    /// The step comes later.
    Later(String),
    /// Only a step that comes earlier can be asked again, or lend its rows.
    NotEarlier(String),
    /// A condition used by name looks at a step that comes later than the place where it is used.
    LaterThrough {
        /// The condition.
        condition: String,
        /// The step.
        step: String,
    },
    /// A named condition uses one that is not before it.
    ConditionLater(String),
    /// A named condition uses itself.
    ConditionItself(String),
    /// Named conditions use each other: from the first of them round to itself again.
    ConditionCircle(Vec<String>),
    /// The step has no rows of its own.
    NoList(String),
    /// A guidance cannot be asked again.
    NoOutcome(String),
}

/// The grammar of a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Grammar {
    /// There is nothing.
    Empty,
    /// `=` for `==`.
    SingleEquals,
    /// `&&`, `||` or `!` for a word.
    Symbol(&'static str, &'static str),
    /// A word with capital letters: `AND`.
    Capital(&'static str),
    /// A value between quotes.
    Quotes,
    /// A character that no condition has.
    Strange(char),
    /// Something else is wanted here.
    Wanted(Needed),
    /// Two comparisons side by side, without `and` or `or`.
    NoLink,
    /// A comparison of a comparison.
    Chain,
    /// No such function.
    Function {
        /// The name.
        name: String,
        /// The one that may be meant.
        near: Option<String>,
    },
    /// A function takes another number of names.
    Arguments {
        /// The function.
        function: &'static str,
        /// How it is written.
        like: &'static str,
    },
    /// Nested too deep.
    TooDeep,
    /// Too long.
    TooLong,
}

/// What a condition needs in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needed {
    /// A step or a function.
    Term,
    /// A value.
    Value,
    /// `(`, a list's beginning, and so on.
    Mark(&'static str),
    /// A comparison after a step.
    Comparison,
}

/// What a condition says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConditionTrouble {
    /// The step cannot take the value.
    Value {
        /// The step.
        step: String,
        /// The value.
        value: String,
        /// One that may be meant.
        near: Option<String>,
        /// Those it can take, where they are few.
        values: Vec<String>,
    },
    /// The number is outside what the step can take.
    Outside {
        /// The step.
        step: String,
        /// The least.
        from: i64,
        /// The most.
        to: i64,
    },
    /// Steps of this kind are not compared in this way.
    Comparison {
        /// The step.
        step: String,
        /// Its kind.
        kind: KindName,
    },
    /// Options are not in an order.
    Order(String),
    /// A step alone says nothing.
    Alone {
        /// The step.
        step: String,
        /// Its kind, where it is known.
        kind: Option<KindName>,
    },
    /// A named condition stands alone.
    AloneCondition(String),
    /// The function is for steps of another kind.
    Kind {
        /// The function.
        function: &'static str,
        /// The step.
        step: String,
        /// Its kind.
        kind: KindName,
    },
    /// `rose` needs a step with `again` and an order.
    NotAgain(String),
    /// A guidance has no outcome.
    NoOutcome(String),
    /// So many staff numbers cannot be.
    Staff,
    /// With the named conditions that it uses, it is too large to be followed.
    TooLarge,
    /// It can never hold.
    Never,
    /// It can never hold together with that of its group.
    NeverInGroup,
    /// It can never hold while the step applies.
    NeverWhile,
    /// The gate can never open.
    GateNever,
    /// The gates of a phase can never open together.
    GatesNever,
}

/// What the parts of a protocol may do together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule {
    /// No response covers.
    NoCover,
    /// Two responses cover.
    TwoCovers,
    /// Esc raises something else.
    EscNotCover,
    /// Another response has the rank of the covering one, or a smaller one.
    CoverRank,
    /// Two responses have one key.
    KeyTwice(String),
    /// Two check-ins.
    TwoCheckIns,
    /// `return` or `set-aside` outside a response.
    OnlyInResponse(&'static str),
    /// Two ends in one `then`.
    TwoEnds,
    /// A sign of a step without `stays`.
    SignNeverShown,
    /// A topic that some cover has not.
    TopicNotInEvery {
        /// The topic.
        topic: String,
        /// The cover without it.
        cover: String,
    },
}

/// A translation beside its base.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Translation {
    /// It translates another protocol.
    OtherProtocol {
        /// The one it names.
        named: String,
        /// The one it stands beside.
        base: String,
    },
    /// Its language is that of the protocol.
    SameLanguage,
    /// There is another one in this language.
    LanguageTwice(String),
    /// Its file is named after another language.
    FileName {
        /// The language in the name.
        named: String,
        /// Its own.
        language: String,
    },
    /// It was made of an older version.
    Older {
        /// That version.
        of: u32,
        /// The protocol's.
        base: u32,
    },
    /// It was made of a version that is not yet.
    Newer {
        /// That version.
        of: u32,
        /// The protocol's.
        base: u32,
    },
    /// A text is missing.
    Missing {
        /// Where it belongs: `steps/calm/ask`.
        path: String,
        /// The text in the protocol.
        base: String,
    },
    /// A text for something that has none in the protocol.
    NotInBase {
        /// The key.
        key: String,
    },
    /// A list of another length.
    Length {
        /// That of the protocol.
        base: usize,
        /// Its own.
        own: usize,
    },
}

/// Findings while they are collected.
#[derive(Debug, Default)]
pub struct Findings {
    list: Vec<Finding>,
    source: usize,
    guesses: usize,
}

/// So many names are looked for among a whole file's; in a file where more are unknown, a guess helps nobody, and
/// each costs a look at every name.
const MOST_GUESSES: usize = 100;

impl Findings {
    /// From here on, findings are in this file.
    pub fn in_source(&mut self, source: usize) {
        self.source = source;
    }

    /// Adds one.
    pub fn add(&mut self, span: Span, what: FindingKind) {
        self.list.push(Finding { source: self.source, span, first: None, what });
    }

    /// Adds those of another collection, which are in this file.
    pub fn take_over(&mut self, others: Self) {
        self.guesses += others.guesses;
        let source = self.source;
        self.list.extend(others.list.into_iter().map(|finding| Finding { source, ..finding }));
    }

    /// A name that may be meant, as long as there are not too many unknown ones.
    pub fn guess(&mut self, nearest: impl FnOnce() -> Option<String>) -> Option<String> {
        self.guesses += 1;
        if self.guesses > MOST_GUESSES { None } else { nearest() }
    }

    /// Adds one that has to do with another place.
    pub fn add_with(&mut self, span: Span, what: FindingKind, first: Span) {
        self.list.push(Finding { source: self.source, span, first: Some(first), what });
    }

    /// Takes one back that another one says better.
    pub fn forget(&mut self, span: Span, what: &FindingKind) {
        self.list.retain(|finding| finding.span != span || finding.what != *what);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether one of them is an error.
    pub fn any_error(&self) -> bool {
        self.list.iter().any(|finding| finding.severity() == Severity::Error)
    }

    /// All of them, in the order of the files.
    pub fn into_sorted(mut self) -> Vec<Finding> {
        self.list.sort_by_key(|finding| (finding.source, finding.span));
        self.list
    }
}
