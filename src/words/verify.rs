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

/// How far looking at many files has come.
pub fn looked_at(done: usize, all: usize, language: Language) -> String {
    match language {
        Language::English => format!("{done} of {all} looked at"),
        Language::Spanish => format!("{done} de {all} revisadas"),
    }
}

/// That of so many files no head codes are told.
pub fn no_codes(most: usize, language: Language) -> String {
    match language {
        Language::English => {
            format!("Of more than {most} closed sessions no head codes are told; name one to see its code.")
        }
        Language::Spanish => {
            format!("De más de {most} sesiones cerradas no se dan los códigos; nombre una para ver el suyo.")
        }
    }
}

/// Before a file's head code.
pub fn head_word(language: Language) -> &'static str {
    match language {
        Language::English => "head code",
        Language::Spanish => "código",
    }
}
