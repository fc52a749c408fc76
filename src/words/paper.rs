//! What stands on paper: the waiver, the slip for an appointment, the daily report.

mod english;
mod spanish;

use crate::text::Language;

/// The words of the waiver.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiver {
    /// Its title.
    pub title: &'static str,
    /// Where the sheet stays.
    pub stays: &'static str,
    /// Which case, and when.
    pub which: &'static [&'static str],
    /// Above what was offered.
    pub offered: &'static str,
    /// What was offered.
    pub offers: &'static [&'static str],
    /// Above what she was told.
    pub told: &'static str,
    /// What she was told.
    pub tells: &'static [&'static str],
    /// Above what she decides.
    pub decides: &'static str,
    /// What she signs.
    pub says: &'static str,
    /// Where she signs.
    pub her_sign: &'static [&'static str],
    /// Above why she did not.
    pub unsigned: &'static str,
    /// Why she did not.
    pub why_unsigned: &'static [&'static str],
    /// Above the signs of the professionals.
    pub staff: &'static str,
    /// Where they sign.
    pub staff_signs: &'static [&'static str],
}

/// The words of the slip: nothing on it may tell what it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slip {
    /// Its title.
    pub title: &'static str,
    /// What is written on it.
    pub fields: &'static [&'static str],
}

/// A word of the daily report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReportWord {
    /// Its title.
    Title,
    /// What it is for, and where it stays.
    Note,
    /// Nothing was recorded that day.
    Nothing,
    /// Head of a column: the session.
    Session,
    /// Head of a column: the colleagues.
    With,
    /// Head of a column: what was raised.
    Raised,
    /// Above what is written in by hand.
    OtherWork,
    /// Where one signs.
    Sign,
    /// The staff number, before it.
    Number,
}

impl Waiver {
    /// In a language.
    pub fn in_language(language: Language) -> Self {
        match language {
            Language::English => english::WAIVER,
            Language::Spanish => spanish::WAIVER,
        }
    }
}

impl Slip {
    /// In a language.
    pub fn in_language(language: Language) -> Self {
        match language {
            Language::English => english::SLIP,
            Language::Spanish => spanish::SLIP,
        }
    }
}

impl ReportWord {
    /// Its text.
    pub fn text(self, language: Language) -> &'static str {
        match language {
            Language::English => english::report(self),
            Language::Spanish => spanish::report(self),
        }
    }
}
