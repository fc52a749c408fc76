//! The only identities that the program knows: a caseworker's internal number, and a case code (practices D1, D10, F5).

use std::fmt;

use super::checked::as_checked_text;
use super::plain::{PlainProblem, forbidden_character};

/// A caseworker's internal number: 1 to 12 letters, digits and hyphens, at least one of them a digit.
///
/// A name has no field anywhere; that a digit is asked for makes it hard to type one by mistake.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StaffNumber(String);

impl StaffNumber {
    /// The most characters that a number may have.
    pub const MOST: usize = 12;

    /// Checks what was typed, without the blanks around it.
    ///
    /// # Errors
    /// Empty; over twelve characters; a character that is no ASCII letter, digit or hyphen. A text without any
    /// digit is refused as [`PlainProblem::Forbidden`] with its first character.
    pub fn new(text: &str) -> Result<Self, PlainProblem> {
        let text = text.trim();
        let first = text.chars().next().ok_or(PlainProblem::Empty)?;
        if let Some(c) = text.chars().find(|c| !c.is_ascii_alphanumeric() && *c != '-') {
            return Err(PlainProblem::Forbidden(c));
        }
        if text.len() > Self::MOST {
            return Err(PlainProblem::TooLong(Self::MOST));
        }
        if !text.chars().any(|c| c.is_ascii_digit()) {
            return Err(PlainProblem::Forbidden(first));
        }
        Ok(Self(text.to_owned()))
    }

    /// The number as it was typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A pseudonym for the case: at most 24 characters, no control characters. Never a name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CaseCode(String);

/// Why a case code is questioned once: it may be a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CaseDoubt {
    /// It has no digit.
    NoDigit,
    /// It is of two words or more.
    Words,
    /// A capital is followed by small letters, as in a name.
    Capital,
}

impl CaseCode {
    /// The most characters that a code may have.
    pub const MOST: usize = 24;

    /// Checks what was typed, without the blanks around it.
    ///
    /// # Errors
    /// Empty, over 24 characters, or with a forbidden character.
    pub fn new(text: &str) -> Result<Self, PlainProblem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(PlainProblem::Empty);
        }
        if let Some(c) = forbidden_character(text) {
            return Err(PlainProblem::Forbidden(c));
        }
        if text.chars().count() > Self::MOST {
            return Err(PlainProblem::TooLong(Self::MOST));
        }
        Ok(Self(text.to_owned()))
    }

    /// The code as it was typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it may be a name, and why; the start form asks once.
    pub fn doubt(&self) -> Option<CaseDoubt> {
        let letters: Vec<char> = self.0.chars().collect();
        if self.0.split_whitespace().count() > 1 {
            return Some(CaseDoubt::Words);
        }
        if letters.windows(2).any(|two| matches!(two, [a, b] if a.is_uppercase() && b.is_lowercase())) {
            return Some(CaseDoubt::Capital);
        }
        if !letters.iter().any(|c| c.is_numeric()) {
            return Some(CaseDoubt::NoDigit);
        }
        None
    }
}

macro_rules! as_text {
    ($name:ident) => {
        as_checked_text!($name);
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }
    };
}

as_text!(StaffNumber);
as_text!(CaseCode);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_staff_number_is_no_name_and_no_escape_code() {
        for good in ["204", "A-17", "0", "ab12"] {
            assert_eq!(StaffNumber::new(good).map(|n| n.to_string()), Ok(good.to_owned()));
        }
        for (bad, problem) in [
            ("", PlainProblem::Empty),
            ("20 4", PlainProblem::Forbidden(' ')),
            ("20\u{1b}[1m", PlainProblem::Forbidden('\u{1b}')),
            ("Marta", PlainProblem::Forbidden('M')),
            ("1234567890123", PlainProblem::TooLong(12)),
        ] {
            assert_eq!(StaffNumber::new(bad), Err(problem), "{bad:?}");
        }
    }

    #[test]
    fn a_case_code_that_may_be_a_name_is_doubted() {
        for (code, doubt) in [
            ("K-17", None),
            ("2026/4", None),
            ("KILO", Some(CaseDoubt::NoDigit)),
            ("Ana", Some(CaseDoubt::Capital)),
            ("Ana17", Some(CaseDoubt::Capital)),
            ("ana 17", Some(CaseDoubt::Words)),
        ] {
            assert_eq!(CaseCode::new(code).unwrap().doubt(), doubt, "{code}");
        }
    }
}
