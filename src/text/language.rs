//! Languages: those that the program speaks, and the codes that protocols and their translations carry.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

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
        LanguageCode(Code::Ours(self))
    }

    fn iso(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
        }
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
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct LanguageCode(Code);

/// Those of the program's own languages need no memory of their own: each text of a protocol carries one.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Code {
    Ours(Language),
    Other(Arc<str>),
}

impl LanguageCode {
    /// Checks a code.
    ///
    /// # Errors
    /// The text back, where it is no such code.
    pub fn new(text: &str) -> Result<Self, String> {
        if let Some(ours) = Language::ALL.into_iter().find(|language| language.iso() == text) {
            return Ok(ours.code());
        }
        let mut parts = text.split('-');
        let primary = parts.next().unwrap_or_default();
        let good = matches!(primary.len(), 2 | 3)
            && primary.chars().all(|c| c.is_ascii_lowercase())
            && parts
                .all(|part| (2..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric()));
        if good { Ok(Self(Code::Other(Arc::from(text)))) } else { Err(text.to_owned()) }
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Code::Ours(language) => language.iso(),
            Code::Other(text) => text,
        }
    }
}

impl PartialOrd for LanguageCode {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for LanguageCode {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl Serialize for LanguageCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for LanguageCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(ReadsCode)
    }
}

struct ReadsCode;

impl Visitor<'_> for ReadsCode {
    type Value = LanguageCode;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the code of a language")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<LanguageCode, E> {
        LanguageCode::new(text).map_err(E::custom)
    }
}

impl fmt::Debug for LanguageCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for LanguageCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
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

    #[test]
    fn codes_stand_in_the_order_of_their_text_whoever_speaks_them() {
        let codes = ["en", "eo", "es", "fr", "pt-br"].map(|code| LanguageCode::new(code).unwrap());
        assert!(codes.is_sorted());
        for code in &codes {
            let json = serde_json::to_string(code).unwrap();
            assert_eq!(json, format!("\"{code}\""));
            assert_eq!(serde_json::from_str::<LanguageCode>(&json).unwrap(), *code);
        }
        assert_eq!(Language::Spanish.code(), LanguageCode::new("es").unwrap());
    }
}
