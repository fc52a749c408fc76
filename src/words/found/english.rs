//! Words that are looked for in many sessions, in English.

use super::FoundSays;

pub(super) fn says(says: FoundSays<'_>) -> String {
    match says {
        FoundSays::Title => "Words in many sessions".into(),
        FoundSays::Field => "look for".into(),
        FoundSays::WhereItLooks => {
            "Looks through notes, answers in words, reasons and what was added, in every session that was listed. \
             Each of the words must stand in one text."
                .into()
        }
        FoundSays::Progress(looked, of) => format!("{looked} of {of} sessions looked through"),
        FoundSays::Nowhere(words, 1) => format!("«{words}» does not stand in this one session."),
        FoundSays::Nowhere(words, of) => format!("«{words}» stands in none of {of} sessions. Try a part of a word."),
        FoundSays::Places(words, 1, _) => format!("«{words}»: one place"),
        FoundSays::Places(words, places, 1) => format!("«{words}»: {places} places in one session"),
        FoundSays::Places(words, places, sessions) => {
            format!("«{words}»: {places} places in {sessions} sessions")
        }
        FoundSays::OnlyFirst(listed) => {
            format!("The first {listed} are listed. One more word brings fewer.")
        }
    }
}
