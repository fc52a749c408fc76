//! What verifying found, in words.

mod english;
mod spanish;

use crate::journal::{ChainState, Finding};
use crate::text::Language;

/// What was found of a file.
pub fn finding(found: &Finding, language: Language) -> String {
    match language {
        Language::English => english::finding(found),
        Language::Spanish => spanish::finding(found),
    }
}

/// What is wrong with the ledger; none where nothing is.
pub fn ledger_state(state: ChainState, language: Language) -> Option<String> {
    match language {
        Language::English => english::ledger(state),
        Language::Spanish => spanish::ledger(state),
    }
}

/// Before a file's head code.
pub fn head_word(language: Language) -> &'static str {
    match language {
        Language::English => "head code",
        Language::Spanish => "código",
    }
}
