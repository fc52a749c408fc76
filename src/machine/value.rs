//! The value of an answer, and whether a step can take it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::protocol::{Kind, Protocol, Rows, Step};
use crate::text::{Line, OptionId, Prose, RowId, checked};

use super::standing::rows_of;
use super::state::State;

/// The value of an answer.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Value {
    /// A check that is ticked.
    Done,
    /// One option.
    Option(OptionId),
    /// Several options; none at all is an answer too.
    Options(BTreeSet<OptionId>),
    /// A point of a scale, or a number.
    Number(i64),
    /// A text.
    Text(Prose),
    /// A day.
    Date(NaiveDate),
    /// An instant, in milliseconds since 1970 (UTC), and what it is for.
    Deadline {
        /// The instant.
        at: i64,
        /// What it is for.
        line: Option<Line>,
    },
    /// What became of words that were said.
    Heard(Heard),
    /// The state of each row that has one; and the rows that were added, in order.
    List {
        /// By row.
        rows: BTreeMap<RowKey, OptionId>,
        /// The words of the added rows.
        added: Vec<Line>,
    },
}

/// What became of words that were said to her.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Heard {
    /// She understood.
    Understood,
    /// To come back to.
    Back,
    /// She would rather not.
    Declined,
}

impl Heard {
    /// The word that a condition compares with.
    pub fn word(self) -> &'static str {
        match self {
            Self::Understood => "understood",
            Self::Back => "back",
            Self::Declined => "declined",
        }
    }
}

/// A row of a list: one of the protocol's, or one that was added, by its place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowKey {
    /// One of the protocol's.
    Row(RowId),
    /// One that was added here, counted from 0.
    Added(u8),
}

impl RowKey {
    /// The row that a text names.
    ///
    /// # Errors
    /// The text, where it names none.
    fn new(text: &str) -> Result<Self, String> {
        let named = match text.strip_prefix('+') {
            Some(place) => place.parse().ok().map(Self::Added),
            None => RowId::new(text).ok().map(Self::Row),
        };
        named.ok_or_else(|| text.to_owned())
    }
}

impl fmt::Display for RowKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Row(id) => f.write_str(id.as_str()),
            Self::Added(place) => write!(f, "+{place}"),
        }
    }
}

impl From<RowKey> for String {
    fn from(key: RowKey) -> Self {
        key.to_string()
    }
}

impl Serialize for RowKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RowKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        checked(deserializer, Self::new)
    }
}

/// The most rows that can be added to a list.
pub const MOST_ADDED: usize = 9;

/// Why a step cannot take a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Misfit {
    /// It takes another kind of value.
    Kind,
    /// It has no such option, state or row.
    Unknown,
    /// A number or point outside its bounds.
    Outside {
        /// The least.
        from: i64,
        /// The most.
        to: i64,
    },
    /// A text of more than so many characters.
    TooLong(usize),
    /// A text that does not match its pattern.
    Unlike,
    /// More rows than can be added; to a list that takes its rows from another one, none.
    TooManyRows,
}

/// Whether a step can take a value.
///
/// # Errors
/// Why not. A pattern that cannot be compiled (the reader refuses such a protocol) matches nothing.
pub fn fits(protocol: &Protocol, state: &State, step: &Step, value: &Value) -> Result<(), Misfit> {
    match (&step.kind, value) {
        (Kind::Check, Value::Done) | (Kind::Date, Value::Date(_)) | (Kind::Inform, Value::Heard(_)) => Ok(()),
        (Kind::Deadline, Value::Deadline { line, .. }) => match line {
            Some(line) if line.as_str().chars().count() > 40 => Err(Misfit::TooLong(40)),
            _ => Ok(()),
        },
        (Kind::Choice(options), Value::Option(id)) => {
            options.iter().any(|option| option.id == *id).then_some(()).ok_or(Misfit::Unknown)
        }
        (Kind::Choices(options), Value::Options(ids)) => {
            let known = ids.iter().all(|id| options.iter().any(|option| option.id == *id));
            known.then_some(()).ok_or(Misfit::Unknown)
        }
        (Kind::Scale(scale), Value::Number(point)) => within(*point, scale.from, scale.to),
        (Kind::Number { from, to }, Value::Number(number)) => within(*number, *from, *to),
        (Kind::Text { at_most, like, .. }, Value::Text(text)) => {
            if text.as_str().chars().count() > *at_most {
                return Err(Misfit::TooLong(*at_most));
            }
            match like {
                Some(pattern) if !matches(pattern, text.as_str()) => Err(Misfit::Unlike),
                _ => Ok(()),
            }
        }
        (Kind::List { rows: source, states }, Value::List { rows, added }) => {
            // What is added to a list that takes its rows over would share its places with what was added there.
            let most = if matches!(source, Rows::Own(_)) { MOST_ADDED } else { 0 };
            if added.len() > most {
                return Err(Misfit::TooManyRows);
            }
            let own = rows_of(protocol, state, step);
            let known = rows.iter().all(|(key, id)| {
                let row_exists = match key {
                    RowKey::Row(_) => own.contains(key),
                    RowKey::Added(place) => usize::from(*place) < added.len() || own.contains(key),
                };
                row_exists && states.iter().any(|state| state.id == *id)
            });
            known.then_some(()).ok_or(Misfit::Unknown)
        }
        _ => Err(Misfit::Kind),
    }
}

fn within(number: i64, from: i64, to: i64) -> Result<(), Misfit> {
    if (from..=to).contains(&number) { Ok(()) } else { Err(Misfit::Outside { from, to }) }
}

fn matches(pattern: &str, text: &str) -> bool {
    regex_lite::Regex::new(&format!("^(?:{pattern})$")).is_ok_and(|regex| regex.is_match(text))
}

/// Whether an answer leaves nothing open: a list does until every row has a state.
pub fn is_complete(protocol: &Protocol, state: &State, step: &Step, value: &Value) -> bool {
    match value {
        Value::List { rows, added } => {
            let own = rows_of(protocol, state, step);
            own.iter().all(|key| rows.contains_key(key))
                && (0..added.len())
                    .all(|place| u8::try_from(place).is_ok_and(|p| rows.contains_key(&RowKey::Added(p))))
        }
        Value::Heard(Heard::Back) => false,
        _ => true,
    }
}
