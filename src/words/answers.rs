//! What the page says on which a worker answers what supervisors remarked to her.

mod english;
mod spanish;

use crate::text::Language;

/// A sentence or heading of that page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerSays {
    /// The head line.
    Title,
    /// Before the field.
    Field,
    /// Everything is answered.
    Nothing,
    /// Nothing was typed, or what cannot be kept.
    Empty,
    /// It is being written.
    Working,
    /// It is on disk.
    Kept,
    /// It is not; why follows.
    NotKept,
    /// The remark is about the session as a whole.
    OfSession,
}

impl AnswerSays {
    /// Its text.
    pub fn text(self, language: Language) -> &'static str {
        match language {
            Language::English => english::says(self),
            Language::Spanish => spanish::says(self),
        }
    }
}
