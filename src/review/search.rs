//! Looking for words in what was written down: notes, answers in words, reasons, what a deadline is for, added rows.

use crate::machine::{Event, Fact, Reason, Value};
use crate::text::{Line, StepId};

use super::filter::contains;
use super::numbered;

/// A place in which all the words were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The number of its event, from 1.
    pub event: u64,
    /// The step that it is about.
    pub step: Option<StepId>,
    /// The text that they stand in.
    pub text: String,
}

/// What is looked for: words, each of which must stand in one text, in any order and as a part of a word too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Search(Vec<String>);

impl Search {
    /// Looks for words; none, where there are none.
    pub fn new(words: &str) -> Option<Self> {
        let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
        (!words.is_empty()).then_some(Self(words))
    }

    /// The places in a session, in the order of its events.
    pub fn in_events(&self, events: &[Event]) -> Vec<Hit> {
        let mut hits = Vec::new();
        for (number, event) in numbered(events) {
            for (step, text) in texts(&event.fact) {
                if self.0.iter().all(|word| contains(text, word)) {
                    hits.push(Hit { event: number, step: step.cloned(), text: text.to_owned() });
                }
            }
        }
        hits
    }

    /// Where the first of the words stands in a text, in bytes.
    pub fn first_in(&self, text: &str) -> Option<usize> {
        let begins = |from: usize, word: &str| {
            let mut here = text[from..].chars().flat_map(char::to_lowercase);
            word.chars().all(|c| here.next() == Some(c))
        };
        let mut places = text.char_indices().map(|(at, _)| at);
        places.find(|at| self.0.iter().any(|word| begins(*at, word)))
    }
}

/// The texts that people wrote, in a fact.
fn texts(fact: &Fact) -> Vec<(Option<&StepId>, &str)> {
    match fact {
        Fact::Noted { step, text } => vec![(step.as_ref(), text.as_str())],
        Fact::Answered { step, value, reason } => {
            let mut all = match value {
                Value::Text(text) => vec![text.as_str()],
                Value::Deadline { line: Some(line), .. } => vec![line.as_str()],
                Value::List { added, .. } => added.iter().map(Line::as_str).collect(),
                _ => Vec::new(),
            };
            all.extend(of_reason(reason.as_ref()));
            all.into_iter().map(|text| (Some(step), text)).collect()
        }
        Fact::Skipped { step, reason } => {
            of_reason(Some(reason)).map(|text| (Some(step), text)).into_iter().collect()
        }
        Fact::Worded { words, .. } => vec![(None, words.as_str())],
        Fact::Overrode { reason, .. } => {
            of_reason(Some(reason)).map(|text| (None, text)).into_iter().collect()
        }
        Fact::Ended { reason, .. } | Fact::Closed { reason, .. } => {
            of_reason(reason.as_ref()).map(|text| (None, text)).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

fn of_reason(reason: Option<&Reason>) -> Option<&str> {
    Some(reason?.words.as_ref()?.as_str())
}
