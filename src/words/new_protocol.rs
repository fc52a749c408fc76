//! The small protocol that `amparo protocol new` writes: right as it is, and a comment where an author begins.

use crate::text::Language;

/// Its text.
pub fn new_protocol(language: Language) -> &'static str {
    match language {
        Language::English => include_str!("new_protocol/en.yaml"),
        Language::Spanish => include_str!("new_protocol/es.yaml"),
    }
}
