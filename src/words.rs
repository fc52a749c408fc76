//! Every sentence for people: enums by meaning, and one exhaustive `match` a language over each, so that a missing
//! translation does not compile. Knows nothing of where a sentence is shown.

/// Functions that say something in a language, each from the catalogue of that language.
macro_rules! said {
    ($(#[doc = $doc:literal] $name:ident($($argument:ident: $type:ty),*) -> $gives:ty;)*) => {
        $(#[doc = $doc]
        pub fn $name($($argument: $type,)* language: Language) -> $gives {
            match language {
                Language::English => english::$name($($argument),*),
                Language::Spanish => spanish::$name($($argument),*),
            }
        })*
    };
}

mod answers;
mod command;
mod export;
mod figures;
pub mod findings;
mod found;
mod handing_on;
mod keys;
mod leaflet;
mod lock;
mod new_protocol;
mod outline;
mod paper;
mod pin;
mod review;
mod room;
mod screen;
mod session_page;
mod sessions;
mod start;
mod trouble;
mod usage;
mod verify;

pub use answers::AnswerSays;
pub use command::{CommandSays, Complaint, SettingFor, SettingTakes};
pub use export::{ExportComplaint, ExportSays, ExportWord, course_described, scale_described};
pub use figures::{FigureWord, left_out_words, quarter_word, quarters_word, weeks_described};
pub use found::FoundSays;
pub use handing_on::{HandingSays, handing_says};
pub use keys::{KeyComplaint, KeySays};
pub use leaflet::{BuiltIn, BuiltInTopic, LeafletSays, built_in};
pub use lock::{FirstKeySays, UnlockSays};
pub use new_protocol::new_protocol;
pub use outline::{coverage, outline};
pub use paper::{ReportWord, Slip, Waiver};
pub use pin::{PinComplaint, PinSays};
pub use review::{
    ReviewSays, column, consent, count_word, deviation_kind, end, file_state, filter_key, filter_trouble,
    handling, heavy, mark, passed_by, property, review_word, signal,
};
pub use room::{RoomSays, column_head, room_says};
pub use screen::{
    Doubt, KeyCap, KeyWord, ReviewKey, Say, SessionKey, Told, day, key_cap, key_help, key_hint, reason, say,
    told,
};
pub use session_page::PageSays;
pub use sessions::{Consequence, SessionWord, Telling, consequences, zone};
pub use start::{FormSays, PacerSays, PlainSays, StartSays};
pub use trouble::journal_trouble;
pub use usage::{HelpSays, Usage, meant, value_name};
pub use verify::{
    finding, head_word, ledger_state, looked_at, no_codes, not_begun_here, not_for_this_key, same_bytes,
    unread,
};

/// What holds of both halves of every complaint: a line that is safe to show, no sentence of its own, quotes in pairs.
#[cfg(test)]
#[track_caller]
pub(crate) fn is_fit_for_a_complaint(text: &str) {
    assert!(!text.is_empty() && !text.ends_with('.'), "{text}");
    assert!(text.chars().next().is_some_and(|first| !first.is_uppercase()), "{text}");
    assert_eq!(crate::text::line_safe(text), text);
    assert_eq!(text.matches('`').count() % 2, 0, "{text}");
}
