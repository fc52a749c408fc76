//! Plain text: no control characters, nothing that turns the direction of writing, bounded in length.

use std::fmt;
use std::sync::Arc;

use super::checked::as_checked_text;

/// Why a text is not plain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlainProblem {
    /// There is nothing in it but blanks.
    Empty,
    /// It is longer than so many characters.
    TooLong(usize),
    /// This character steers a terminal or turns the direction of writing.
    Forbidden(char),
}

/// The first character of a text that must not reach a screen: control characters (a line end too), and the
/// characters that override, embed or isolate the direction of writing (Unicode UAX 9), which can make a text read
/// as another one. Blanks and signs without any width too: two texts that look alike must be alike. What joins letters
/// and signs may stand, since some languages are written with it.
pub fn forbidden_character(text: &str) -> Option<char> {
    text.chars().find(|c| is_forbidden(*c))
}

/// Whether a character must not reach a screen: see [`forbidden_character`].
pub fn is_forbidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200B}' | '\u{2060}'..='\u{2064}')
        || matches!(c, '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

/// A copy of a foreign text (a file's name, a system's message) in which each forbidden character is drawn as `·`.
pub fn line_safe(text: &str) -> String {
    text.chars().map(|c| if is_forbidden(c) { '·' } else { c }).collect()
}

macro_rules! plain {
    ($name:ident, $most:expr, $doc:literal, $newlines:literal) => {
        #[doc = $doc]
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The most characters that it may have.
            pub const MOST: usize = $most;

            /// Checks a text, without the blanks around it.
            ///
            /// # Errors
            /// Empty, too long, or with a forbidden character.
            pub fn new(text: &str) -> Result<Self, PlainProblem> {
                let text = text.trim();
                if text.is_empty() {
                    return Err(PlainProblem::Empty);
                }
                // Most texts are of plain letters only, which need not be looked at one by one.
                if text.len() <= Self::MOST && text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
                    return Ok(Self(Arc::from(text)));
                }
                if text.chars().count() > Self::MOST {
                    return Err(PlainProblem::TooLong(Self::MOST));
                }
                match text.chars().find(|c| is_forbidden(*c) && !($newlines && *c == '\n')) {
                    Some(c) => Err(PlainProblem::Forbidden(c)),
                    None => Ok(Self(Arc::from(text))),
                }
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        as_checked_text!($name);

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&*self.0, f)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }
    };
}

plain!(
    Line,
    300,
    "One line of text that a person typed: a reason, a row's name, what a deadline is for.",
    false
);
plain!(
    Prose,
    2000,
    "A longer text that a person typed: a note, the answer to a text step. May have line ends.",
    true
);

impl fmt::Display for PlainProblem {
    /// For serde's messages only; what a person reads is in `words`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not plain text: {self:?}")
    }
}

impl std::error::Error for PlainProblem {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_refuses_what_steers_a_terminal_or_turns_the_writing() {
        for (bad, problem) in [
            ("   ", PlainProblem::Empty),
            ("a\u{1b}[2Jb", PlainProblem::Forbidden('\u{1b}')),
            ("a\nb", PlainProblem::Forbidden('\n')),
            ("a\u{9b}b", PlainProblem::Forbidden('\u{9b}')),
            ("evil\u{202e}txt", PlainProblem::Forbidden('\u{202e}')),
            ("iso\u{2066}late", PlainProblem::Forbidden('\u{2066}')),
        ] {
            assert_eq!(Line::new(bad), Err(problem), "{bad:?}");
        }
        assert_eq!(Line::new(&"x".repeat(301)), Err(PlainProblem::TooLong(300)));
        assert_eq!(Line::new(" Ella dijo «sí» ").unwrap().as_str(), "Ella dijo «sí»");
    }

    #[test]
    fn prose_may_have_lines_and_nothing_else_that_a_line_may_not() {
        assert!(Prose::new("one\ntwo").is_ok());
        assert!(Prose::new("one\rtwo").is_err());
    }

    #[test]
    fn a_foreign_text_is_made_harmless_in_place() {
        assert_eq!(line_safe("a\u{1b}[31m\u{202e}b"), "a·[31m·b");
    }
}
