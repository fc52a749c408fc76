//! The language of filters, after `/`: a few words, each of which must hold of a session. Read into types once, then
//! matched against summaries without reading anything again.
//!
//! `danger` `case:K-17` `since:2026-11-01` `dev>2` `-signed` and free words, which are looked for in what the table shows.

use chrono::NaiveDate;

use crate::machine::{At, SessionKind};
use crate::protocol::{Ending, nearest};

use super::overview::Status;
use super::summary::{Consent, FileState, Summary};

/// What must hold of a session to stay in the list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    terms: Vec<(Sense, Term)>,
    /// Free words that look like a word of the language, with the word that was perhaps meant.
    pub doubts: Vec<(String, &'static str)>,
}

/// Whether a term must hold or must not (`-`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sense {
    Must,
    MustNot,
}

/// What a session is besides its own data.
#[derive(Debug, Clone, Copy)]
pub struct Context {
    /// The present.
    pub now: At,
    /// How long sessions are kept, in milliseconds; none: no end was set.
    pub keeps_for: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Term {
    Is(Property),
    Case(String),
    Staff(String),
    Since(NaiveDate),
    Until(NaiveDate),
    Protocol(String, Option<u32>),
    Ended(Ending),
    Count(Counts, Order, u32),
    Word(String),
}

/// Something that a session is or is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Property {
    /// Somebody was in danger, or may still be.
    Danger,
    /// She needed a moment.
    Distress,
    /// Somebody is to be listened to.
    Listen,
    /// Something is due.
    Due,
    /// It is signed off.
    Signed,
    /// It is not.
    Unsigned,
    /// Consent was taken back.
    Withdrawn,
    /// The file is not as it should be.
    Damaged,
    /// It was never closed.
    Open,
    /// It was kept as long as the setting says.
    Past,
    /// It is marked to be discussed.
    Discuss,
    /// It is practice.
    Practice,
}

/// A number of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counts {
    /// Deviations.
    Deviations,
    /// Dangers.
    Dangers,
    /// Distresses.
    Distresses,
    /// How often she had told it before.
    Told,
    /// Its length in minutes.
    Minutes,
}

/// How a number is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Smaller.
    Less,
    /// Smaller, or equal.
    AtMost,
    /// Equal.
    Equal,
    /// Equal, or larger.
    AtLeast,
    /// Larger.
    More,
}

/// A key that takes a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilterKey {
    /// The case code begins so.
    Case,
    /// A staff number is this.
    Staff,
    /// It began on this day or later.
    Since,
    /// It began on this day or earlier.
    Until,
    /// Its protocol, and the version behind an `@`.
    Protocol,
    /// How it ended.
    Ended,
}

/// What is wrong with a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilterTrouble {
    /// No such key or number.
    Unknown {
        /// The word, as it was typed.
        word: String,
        /// What was perhaps meant.
        near: Option<&'static str>,
    },
    /// The value is missing.
    NoValue(FilterKey),
    /// What follows is no day: four digits, two, two.
    NoDay(String),
    /// What follows is no number.
    NoNumber(String),
    /// What follows the `@` is no version.
    NoVersion(String),
    /// No session ends so.
    NoEnding(String),
    /// A quotation mark that is not closed.
    OpenQuote,
}

macro_rules! table {
    ($name:ident, $of:ty, $($value:path: $english:literal $spanish:literal;)*) => {
        /// The words, each in English and in Spanish; both are taken in either language.
        pub const $name: &[($of, [&str; 2])] = &[$(($value, [$english, $spanish])),*];
    };
}

table! { PROPERTIES, Property,
    Property::Danger: "danger" "peligro";
    Property::Distress: "distress" "angustia";
    Property::Listen: "listen" "escuchar";
    Property::Due: "due" "pendiente";
    Property::Signed: "signed" "firmada";
    Property::Unsigned: "unsigned" "sin-firmar";
    Property::Withdrawn: "withdrawn" "retirada";
    Property::Damaged: "damaged" "dañada";
    Property::Open: "open" "abierta";
    Property::Past: "past" "vencida";
    Property::Discuss: "discuss" "hablar";
    Property::Practice: "practice" "práctica";
}

table! { KEYS, FilterKey,
    FilterKey::Case: "case" "caso";
    FilterKey::Staff: "staff" "personal";
    FilterKey::Since: "since" "desde";
    FilterKey::Until: "until" "hasta";
    FilterKey::Protocol: "protocol" "protocolo";
    FilterKey::Ended: "ended" "final";
}

table! { NUMBERS, Counts,
    Counts::Deviations: "dev" "desv";
    Counts::Dangers: "danger" "peligro";
    Counts::Distresses: "distress" "angustia";
    Counts::Told: "told" "contado";
    Counts::Minutes: "min" "min";
}

table! { ENDINGS, Ending,
    Ending::Early: "early" "antes";
    Ending::Postponed: "postponed" "aplazada";
    Ending::NotHeld: "not-held" "no-hecha";
    Ending::Left: "left" "dejada";
}

fn of_table<T: Copy>(table: &[(T, [&'static str; 2])], word: &str) -> Option<T> {
    table.iter().find(|(_, words)| words.contains(&word)).map(|(value, _)| *value)
}

fn words<T>(table: &'static [(T, [&'static str; 2])]) -> impl Iterator<Item = &'static str> + Clone {
    table.iter().flat_map(|(_, words)| *words)
}

/// The word that was perhaps meant. Short words are near to too much.
fn near(word: &str, known: impl Iterator<Item = &'static str> + Clone) -> Option<&'static str> {
    let found = nearest(word, known.clone())?;
    { known }.find(|word| *word == found)
}

impl Filter {
    /// Reads a filter. An empty one keeps everything.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn read(text: &str) -> Result<Self, FilterTrouble> {
        let mut filter = Self::default();
        for word in split(text)? {
            let (sense, word) = match word.strip_prefix('-').filter(|rest| !rest.is_empty()) {
                Some(rest) => (Sense::MustNot, rest.to_owned()),
                None => (Sense::Must, word),
            };
            let term = term(&word)?;
            if let Term::Word(word) = &term
                && word.chars().count() > 3
                && let Some(near) = near(word, words(PROPERTIES))
            {
                filter.doubts.push((word.clone(), near));
            }
            filter.terms.push((sense, term));
        }
        Ok(filter)
    }

    /// Whether somebody may be named in it: a case code, a staff number, or a free word, which is looked for in both.
    pub fn may_name_somebody(&self) -> bool {
        self.terms.iter().any(|(_, term)| matches!(term, Term::Case(_) | Term::Staff(_) | Term::Word(_)))
    }

    /// Whether it keeps everything.
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether a session stays.
    pub fn keeps(&self, summary: &Summary, context: Context) -> bool {
        self.terms.iter().all(|(sense, term)| term.holds(summary, context) == (*sense == Sense::Must))
    }

    /// Whether a file that is no session stays: where only `damaged`, or nothing, is asked for, or a word of its name.
    pub fn keeps_unreadable(&self, file: &str) -> bool {
        self.terms.iter().all(|(sense, term)| {
            let holds = match term {
                Term::Is(Property::Damaged) => true,
                Term::Word(word) => contains(file, word),
                _ => return false,
            };
            holds == (*sense == Sense::Must)
        })
    }
}

/// The words of a filter: what stands in quotation marks is not broken.
fn split(text: &str) -> Result<Vec<String>, FilterTrouble> {
    let (mut words, mut word, mut quoted) = (Vec::new(), String::new(), false);
    for c in text.chars() {
        match c {
            '"' => quoted = !quoted,
            c if c.is_whitespace() && !quoted => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
            }
            c => word.push(c),
        }
    }
    if quoted {
        return Err(FilterTrouble::OpenQuote);
    }
    if !word.is_empty() {
        words.push(word);
    }
    Ok(words)
}

fn term(text: &str) -> Result<Term, FilterTrouble> {
    let low = text.to_lowercase();
    if let Some(property) = of_table(PROPERTIES, &low) {
        return Ok(Term::Is(property));
    }
    if let Some(at) = text.find(['<', '>', '=', ':']) {
        let (name, rest) = text.split_at(at);
        let name = name.to_lowercase();
        if let Some(value) = rest.strip_prefix(':') {
            return keyed(&name, value);
        }
        return number(&name, rest);
    }
    Ok(Term::Word(low))
}

fn keyed(name: &str, value: &str) -> Result<Term, FilterTrouble> {
    let Some(key) = of_table(KEYS, name) else {
        return Err(FilterTrouble::Unknown { word: name.to_owned(), near: near(name, words(KEYS)) });
    };
    if value.is_empty() {
        return Err(FilterTrouble::NoValue(key));
    }
    let day = || value.parse().map_err(|_| FilterTrouble::NoDay(value.to_owned()));
    Ok(match key {
        FilterKey::Case => Term::Case(value.to_lowercase()),
        FilterKey::Staff => Term::Staff(value.to_lowercase()),
        FilterKey::Since => Term::Since(day()?),
        FilterKey::Until => Term::Until(day()?),
        FilterKey::Protocol => match value.split_once('@') {
            None => Term::Protocol(value.to_lowercase(), None),
            Some((id, version)) => {
                let number = version.parse().map_err(|_| FilterTrouble::NoVersion(version.to_owned()))?;
                Term::Protocol(id.to_lowercase(), Some(number))
            }
        },
        FilterKey::Ended => {
            let ending = of_table(ENDINGS, &value.to_lowercase());
            Term::Ended(ending.ok_or_else(|| FilterTrouble::NoEnding(value.to_owned()))?)
        }
    })
}

fn number(name: &str, rest: &str) -> Result<Term, FilterTrouble> {
    let Some(count) = of_table(NUMBERS, name) else {
        return Err(FilterTrouble::Unknown { word: name.to_owned(), near: near(name, words(NUMBERS)) });
    };
    let orders = [
        ("<=", Order::AtMost),
        (">=", Order::AtLeast),
        ("<", Order::Less),
        (">", Order::More),
        ("=", Order::Equal),
    ];
    let parts = orders.iter().find_map(|(sign, order)| Some((*order, rest.strip_prefix(sign)?)));
    let Some((order, digits)) = parts else {
        return Err(FilterTrouble::NoNumber(rest.to_owned()));
    };
    let number = digits.parse().map_err(|_| FilterTrouble::NoNumber(digits.to_owned()))?;
    Ok(Term::Count(count, order, number))
}

impl Term {
    fn holds(&self, summary: &Summary, context: Context) -> bool {
        match self {
            Self::Is(property) => property.holds(summary, context),
            Self::Case(code) => starts_with(summary.case.as_str(), code),
            Self::Staff(number) => summary.staff.iter().any(|one| one.as_str().eq_ignore_ascii_case(number)),
            Self::Since(day) => summary.day().is_some_and(|began| began >= *day),
            Self::Until(day) => summary.day().is_some_and(|began| began <= *day),
            Self::Protocol(id, version) => {
                summary.protocol_id.as_str() == id && version.is_none_or(|version| summary.version == version)
            }
            Self::Ended(ending) => summary.ended == Some(*ending),
            Self::Count(count, order, number) => order.holds(count.of(summary), *number),
            Self::Word(word) => {
                contains(summary.case.as_str(), word)
                    || summary.staff.iter().any(|number| contains(number.as_str(), word))
                    || contains(summary.protocol_id.as_str(), word)
                    || contains(&summary.name.to_string(), word)
                    || summary
                        .dues
                        .iter()
                        .filter_map(|due| due.what.line.as_ref())
                        .any(|line| contains(line.as_str(), word))
            }
        }
    }
}

impl Property {
    fn holds(self, summary: &Summary, context: Context) -> bool {
        match self {
            Self::Danger => summary.danger > 0 || !summary.dangers.is_empty(),
            Self::Distress => summary.distress > 0,
            Self::Listen => !summary.listens.is_empty(),
            Self::Due => !summary.dues.is_empty(),
            Self::Signed => summary.is_signed_off(),
            Self::Unsigned => !summary.is_signed_off(),
            Self::Withdrawn => summary.consent == Consent::TakenBack,
            Self::Damaged => {
                matches!(summary.file, FileState::Altered | FileState::Another | FileState::NotForUs)
            }
            Self::Open => summary.status != Status::Closed,
            Self::Past => summary.is_past_its_time(context.keeps_for, context.now),
            Self::Discuss => summary.is_to_discuss(),
            Self::Practice => summary.kind == SessionKind::Practice,
        }
    }
}

impl Counts {
    fn of(self, summary: &Summary) -> u32 {
        match self {
            Self::Deviations => u32::try_from(summary.against.len()).unwrap_or(u32::MAX),
            Self::Dangers => summary.danger.into(),
            Self::Distresses => summary.distress.into(),
            Self::Told => summary.told_before.unwrap_or(0),
            Self::Minutes => u32::try_from(summary.length / 60_000).unwrap_or(u32::MAX),
        }
    }
}

impl Order {
    fn holds(self, number: u32, than: u32) -> bool {
        match self {
            Self::Less => number < than,
            Self::AtMost => number <= than,
            Self::Equal => number == than,
            Self::AtLeast => number >= than,
            Self::More => number > than,
        }
    }
}

/// Whether a text begins with another one, which is in small letters.
fn starts_with(text: &str, low: &str) -> bool {
    if text.is_ascii() {
        return text.get(..low.len()).is_some_and(|start| start.eq_ignore_ascii_case(low));
    }
    text.to_lowercase().starts_with(low)
}

/// Whether a text has another one in it, which is in small letters.
pub(super) fn contains(text: &str, low: &str) -> bool {
    if text.is_ascii() {
        let (text, low) = (text.as_bytes(), low.as_bytes());
        return low.is_empty() || text.windows(low.len()).any(|part| part.eq_ignore_ascii_case(low));
    }
    text.to_lowercase().contains(low)
}

#[cfg(test)]
mod tests;
