//! A protocol as its author wrote it: each value read and of the right kind, no name looked up yet.
//!
//! What was wrong is missing here and has been reported. [`super::check`] makes a protocol of it.

use std::collections::HashSet;

use crate::text::{ConditionId, GroupId, LanguageCode, PhaseId, ProtocolId, ResponseId, StepId};

use super::grammar::Expression;
use super::keys::KindName;
use super::model::{
    Asked, Cover, Ending, Endings, Home, Override, Practice, ResponseKey, Role, Row, Shows, Tells, Wording,
};
use super::source::Span;
use super::tree::Node;

/// A value with its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Where.
    pub span: Span,
}

/// A condition as it was written.
#[derive(Debug, Clone)]
pub struct Written<'t> {
    /// The text's node, for places inside it.
    pub node: &'t Node<'t>,
    /// What it says.
    pub expression: Expression<'t>,
}

/// The whole file.
#[derive(Debug)]
pub struct Draft<'t> {
    /// Whether the file was read to its end.
    pub whole: bool,
    pub id: Option<ProtocolId>,
    pub version: Option<u32>,
    pub language: Option<LanguageCode>,
    pub title: Option<Wording>,
    pub source: Option<Wording>,
    pub conditions: Vec<DraftCondition<'t>>,
    pub covers: Vec<Cover>,
    pub phases: Vec<DraftPhase<'t>>,
    pub responses: Vec<DraftResponse<'t>>,
    /// Where the responses begin, for findings about all of them.
    pub responses_span: Span,
    /// Ids that were refused where they were given: nobody reports as unknown what names them.
    pub spoiled_ids: HashSet<String>,
    /// Those of the phases in order, then those of the responses.
    pub steps: Vec<DraftStep<'t>>,
}

/// A named condition.
#[derive(Debug)]
pub struct DraftCondition<'t> {
    pub id: Option<At<ConditionId>>,
    pub is: Option<Written<'t>>,
}

/// A phase.
#[derive(Debug)]
pub struct DraftPhase<'t> {
    pub id: Option<At<PhaseId>>,
    pub title: Option<Wording>,
    pub pause: Option<Wording>,
    pub minutes: Option<u32>,
    pub gates: Vec<DraftGate<'t>>,
    pub groups: Vec<DraftGroup<'t>>,
}

/// A gate.
#[derive(Debug)]
pub struct DraftGate<'t> {
    pub opens: Option<Written<'t>>,
    pub closed_says: Option<Wording>,
    pub overridden: Override,
}

/// A group.
#[derive(Debug)]
pub struct DraftGroup<'t> {
    pub id: Option<At<GroupId>>,
    pub title: Option<Wording>,
    pub when: Option<Written<'t>>,
    pub with_her: bool,
    pub together: bool,
    pub steps: std::ops::Range<usize>,
}

/// A step.
#[derive(Debug)]
pub struct DraftStep<'t> {
    pub head: Span,
    pub id: Option<At<StepId>>,
    pub home: Home,
    pub kind: Option<KindName>,
    pub again: Option<At<&'t str>>,
    pub ask: Option<Wording>,
    pub say: Option<Wording>,
    pub why: Option<Wording>,
    pub by: Asked,
    pub required: DraftRequired<'t>,
    pub when: Option<Written<'t>>,
    pub serves: Vec<Practice>,
    pub private: bool,
    pub tells: Option<Tells>,
    pub suggests: Option<Box<DraftSuggests<'t>>>,
    pub stays: bool,
    pub role: Option<At<Role>>,
    pub shows: Option<Shows>,
    pub counts_same_case: bool,
    pub also_after: Endings,
    pub with_her: bool,
    pub answer: DraftAnswer<'t>,
}

/// What a step takes, as its kind says.
#[derive(Debug, Default)]
pub enum DraftAnswer<'t> {
    /// Nothing more to say about it; or it is taken over, or was wrong.
    #[default]
    Plain,
    /// Options.
    Options(Vec<DraftOption<'t>>),
    /// A scale.
    Scale { from: i64, to: i64, words: Vec<Wording>, low: Option<Wording>, high: Option<Wording> },
    /// A number.
    Number { from: i64, to: i64 },
    /// A text.
    Text { at_most: usize, like: Option<Box<str>>, unlike_says: Option<Wording> },
    /// A list.
    List { rows: DraftRows<'t>, states: Vec<DraftOption<'t>> },
}

/// Where a list's rows come from.
#[derive(Debug)]
pub enum DraftRows<'t> {
    Own(Vec<Row>),
    From(At<&'t str>),
    /// Neither was there, or it was wrong.
    Unknown,
}

/// Whether a step must be answered.
#[derive(Debug)]
pub enum DraftRequired<'t> {
    Never,
    Always,
    When(Written<'t>),
}

/// What a step suggests.
#[derive(Debug)]
pub struct DraftSuggests<'t> {
    pub when: Option<Written<'t>>,
    pub response: Option<At<&'t str>>,
    pub reopens: Option<At<&'t str>>,
}

/// An option or a state.
#[derive(Debug)]
pub struct DraftOption<'t> {
    pub id: Option<At<crate::text::OptionId>>,
    pub label: Option<Wording>,
    pub then: Vec<At<DraftAction<'t>>>,
    pub tells: Option<Tells>,
    pub sign: Option<At<Wording>>,
    pub opens: Option<At<&'t str>>,
}

/// An action whose names nobody has looked up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum DraftAction<'t> {
    End(Ending),
    Reopen(&'t str),
    Raise(&'t str),
    Pause,
    Return,
    SetAside,
}

/// A response.
#[derive(Debug)]
pub struct DraftResponse<'t> {
    pub head: Span,
    pub id: Option<At<ResponseId>>,
    pub key: Option<At<ResponseKey>>,
    pub key_word: &'t str,
    pub rank: Option<At<u8>>,
    /// Nothing where it was wrong.
    pub cover: Option<bool>,
    pub title: Option<Wording>,
    pub hint: Option<Wording>,
    pub in_sight: Vec<Wording>,
    pub steps: std::ops::Range<usize>,
}
