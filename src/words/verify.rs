//! What verifying found, in words.

mod english;
mod spanish;

use crate::journal::{ChainState, Finding, SessionName, Unread};
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

/// Why a file beside the sessions says nothing, with its name.
pub fn unread(file: &SessionName, why: Unread, language: Language) -> String {
    format!("{}  {}", file.short(), finding(&Finding::Beside(why), language))
}

/// That so many files beside the sessions were not sealed to the key at hand.
pub fn not_for_this_key(files: usize, language: Language) -> String {
    match (language, files) {
        (Language::English, 1) => {
            "1 file beside the sessions is not sealed to this key, or the part for it is damaged.".into()
        }
        (Language::English, _) => {
            format!(
                "{files} files beside the sessions are not sealed to this key, or the parts for it are damaged."
            )
        }
        (Language::Spanish, 1) => {
            "1 archivo junto a las sesiones no se selló para esta clave, o su parte está dañada.".into()
        }
        (Language::Spanish, _) => {
            format!(
                "{files} archivos junto a las sesiones no se sellaron para esta clave, o sus partes están dañadas."
            )
        }
    }
}

/// That a session among a caseworker's own was not begun on her machine.
pub fn not_begun_here(language: Language) -> &'static str {
    match language {
        Language::English => "not begun on this machine: it was copied here",
        Language::Spanish => "no se empezó en este equipo: se copió aquí",
    }
}

/// That another file has the same bytes, and so many more.
pub fn same_bytes(as_file: &str, more: usize, language: Language) -> String {
    match (language, more) {
        (Language::English, 0) => format!("the same bytes as {as_file}"),
        (Language::English, _) => format!("the same bytes as {as_file}, and as {more} more"),
        (Language::Spanish, 0) => format!("los mismos bytes que {as_file}"),
        (Language::Spanish, _) => format!("los mismos bytes que {as_file}, y que {more} más"),
    }
}

/// Before a file's head code.
pub fn head_word(language: Language) -> &'static str {
    match language {
        Language::English => "head code",
        Language::Spanish => "código",
    }
}
