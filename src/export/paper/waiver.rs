//! The waiver: she was offered protection and does not want it today. It stays with the professionals and has neither
//! a name nor anything of a session; what it is about is written in by hand.

use crate::text::Language;
use crate::words::Waiver;

use super::{Copies, Part, Sheet, Written};

/// The waiver, to be filled in by hand.
pub fn waiver(written: Written, language: Language) -> String {
    let words = Waiver::in_language(language);
    let parts = vec![
        Part::Note(words.stays),
        Part::Fields(words.which),
        Part::Heading(words.offered),
        Part::Ticks(words.offers),
        Part::Heading(words.told),
        Part::Ticks(words.tells),
        Part::Heading(words.decides),
        Part::Says(words.says),
        Part::Fields(words.her_sign),
        Part::Heading(words.unsigned),
        Part::Ticks(words.why_unsigned),
        Part::Heading(words.staff),
        Part::Fields(words.staff_signs),
    ];
    Sheet { title: words.title, parts, copies: Copies::One }.written(written, language)
}
