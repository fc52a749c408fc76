//! The slip for an appointment, which she takes along. Whoever finds it learns that somebody has an appointment, and
//! nothing else: no organisation, no subject, no program, and no word that another kind of slip would not have.

use crate::text::Language;
use crate::words::Slip;

use super::{Copies, Part, Sheet, Written};

/// Slips for appointments, to be filled in by hand and cut.
pub fn appointment(written: Written, language: Language) -> String {
    let words = Slip::in_language(language);
    Sheet { title: words.title, parts: vec![Part::Fields(words.fields)], copies: Copies::Four }
        .written(written, language)
}
