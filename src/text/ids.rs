//! Ids of a protocol's parts: lower case, digits and hyphens, each kind a type of its own.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

use super::checked::as_checked_text;

/// Why a text cannot be an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IdProblem {
    /// There is nothing in it.
    Empty,
    /// It has more than forty characters.
    TooLong,
    /// This character is not a lower-case letter, a digit or a hyphen.
    Character(char),
    /// A condition could not tell it from one of its own words (`and`, `or`, `not`, `in`, `done`).
    ConditionWord,
    /// Another reader of YAML would turn it into true, false or nothing.
    YamlWord,
}

/// The most characters that an id may have.
pub const LONGEST: usize = 40;

const CONDITION_WORDS: [&str; 5] = ["and", "or", "not", "in", "done"];
const YAML_WORDS: [&str; 7] = ["yes", "no", "on", "off", "true", "false", "null"];

/// Checks a text against the rules for ids.
///
/// # Errors
/// The first rule that it breaks.
pub fn check(text: &str) -> Result<(), IdProblem> {
    if text.is_empty() {
        return Err(IdProblem::Empty);
    }
    if text.len() > LONGEST {
        return Err(IdProblem::TooLong);
    }
    if !text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
        && let Some(other) = text.chars().find(|c| !matches!(c, 'a'..='z' | '0'..='9' | '-'))
    {
        return Err(IdProblem::Character(other));
    }
    if CONDITION_WORDS.contains(&text) {
        return Err(IdProblem::ConditionWord);
    }
    if YAML_WORDS.contains(&text) {
        return Err(IdProblem::YamlWord);
    }
    Ok(())
}

macro_rules! id {
    ($name:ident, $what:literal) => {
        #[doc = concat!("The id of ", $what, ".")]
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Checks and takes a text.
            ///
            /// # Errors
            /// The first rule for ids that it breaks.
            pub fn new(text: &str) -> Result<Self, IdProblem> {
                check(text).map(|()| Self(Arc::from(text)))
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        as_checked_text!($name);

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }
    };
}

id!(ProtocolId, "a protocol");
id!(ConditionId, "a named condition");
id!(CoverId, "a cover");
id!(TopicId, "a topic of a cover");
id!(PhaseId, "a phase");
id!(GroupId, "a group of steps");
id!(StepId, "a step");
id!(OptionId, "an option of a choice, or a state of a list");
id!(RowId, "a row of a list");
id!(ResponseId, "a response");

impl fmt::Display for IdProblem {
    /// For serde's messages only; what a person reads is in `words`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not an id: {self:?}")
    }
}

impl std::error::Error for IdProblem {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_lower_case_digits_and_hyphens() {
        for good in ["a", "risk-after", "b7a", "2", "in-danger", "done-1"] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        for (bad, problem) in [
            ("", IdProblem::Empty),
            ("Risk", IdProblem::Character('R')),
            ("two words", IdProblem::Character(' ')),
            ("niña", IdProblem::Character('ñ')),
            ("under_score", IdProblem::Character('_')),
            ("done", IdProblem::ConditionWord),
            ("yes", IdProblem::YamlWord),
            ("null", IdProblem::YamlWord),
        ] {
            assert_eq!(check(bad), Err(problem), "{bad}");
        }
        assert_eq!(check(&"a".repeat(LONGEST)), Ok(()));
        assert_eq!(check(&"a".repeat(LONGEST + 1)), Err(IdProblem::TooLong));
    }

    #[test]
    fn a_journal_cannot_bring_in_a_bad_id() {
        assert!(serde_json::from_str::<StepId>("\"calm\"").is_ok());
        assert!(serde_json::from_str::<StepId>("\"\\u001b[2J\"").is_err());
    }
}
