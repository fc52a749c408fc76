//! Languages: those that the program speaks, and the codes that protocols and their translations carry.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A language that the program's own sentences are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Spanish.
    Spanish,
}

impl Language {
    /// Every language of the program, in the order in which F3 goes through them.
    pub const ALL: [Self; 2] = [Self::English, Self::Spanish];

    /// The code that a protocol in this language carries.
    pub fn code(self) -> LanguageCode {
        LanguageCode(Arc::from(match self {
            Self::English => "en",
            Self::Spanish => "es",
        }))
    }

    /// The program's language for a code or a locale (`es`, `es_ES.UTF-8`), if it has it.
    pub fn from_code(code: &str) -> Option<Self> {
        let primary: String = code.chars().take_while(char::is_ascii_alphabetic).collect();
        match primary.to_ascii_lowercase().as_str() {
            "en" | "c" | "posix" => Some(Self::English),
            "es" => Some(Self::Spanish),
            _ => None,
        }
    }
}

/// The code of a protocol's language: two or three lower-case letters (ISO 639), and a region if wished (`pt-br`).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LanguageCode(Arc<str>);

impl LanguageCode {
    /// Checks a code.
    ///
    /// # Errors
    /// The text back, where it is no such code.
    pub fn new(text: &str) -> Result<Self, String> {
        let mut parts = text.split('-');
        let primary = parts.next().unwrap_or_default();
        let good = matches!(primary.len(), 2 | 3)
            && primary.chars().all(|c| c.is_ascii_lowercase())
            && parts
                .all(|part| (2..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric()));
        if good { Ok(Self(Arc::from(text))) } else { Err(text.to_owned()) }
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for LanguageCode {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Self::new(&text)
    }
}

impl From<LanguageCode> for String {
    fn from(code: LanguageCode) -> String {
        code.0.as_ref().to_owned()
    }
}

impl fmt::Debug for LanguageCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for LanguageCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_names_a_language_of_the_program_or_none() {
        for (locale, language) in [
            ("es_ES.UTF-8", Some(Language::Spanish)),
            ("en_GB", Some(Language::English)),
            ("C.UTF-8", Some(Language::English)),
            ("fr_FR", None),
            ("", None),
        ] {
            assert_eq!(Language::from_code(locale), language, "{locale}");
        }
    }

    #[test]
    fn codes_are_short_and_lower_case() {
        for good in ["en", "es", "pt-br", "fil"] {
            assert!(LanguageCode::new(good).is_ok(), "{good}");
        }
        for bad in ["", "e", "EN", "english", "en_GB", "en-"] {
            assert!(LanguageCode::new(bad).is_err(), "{bad}");
        }
    }
}
