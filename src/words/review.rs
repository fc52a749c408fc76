//! What the supervisor's review says: columns, lists, marks, filters, the catalogue of deviations.

mod english;
mod spanish;

use crate::journal::{Handling, Mark};
use crate::review::{
    Column, Consent, Counts, DeviationKind, End, FileState, FilterKey, FilterTrouble, Heavy, PassedBy,
    Property, Signal,
};
use crate::text::{Language, StaffNumber};

/// A word or heading of the review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReviewSays {
    /// Above who may still be in danger.
    StillInDanger,
    /// Nobody is.
    NobodyInDanger,
    /// Above who is to be listened to.
    ToBeListenedTo,
    /// Nobody is.
    NobodyToListenTo,
    /// Above what was promised and is due.
    PromisedAndDue,
    /// Nothing is.
    NothingDue,
    /// Above what went against the protocol.
    AgainstTheProtocol,
    /// Nothing did.
    NothingAgainst,
    /// Sessions that were erased, and are there again.
    BackAgain,
    /// Sessions whose consent was taken back.
    ToErase,
    /// Sessions that were kept long enough.
    PastTheirTime,
    /// It is signed off.
    SignedOff,
    /// It is not.
    NotSignedOff,
    /// What was signed off is another file than the one that is there now.
    SignedAnother,
    /// Above what was said of it afterwards.
    Afterwards,
    /// Nothing fits the filter.
    NothingFits,
    /// Before what was perhaps meant.
    PerhapsMeant,
}

impl ReviewSays {
    /// All of them.
    pub const ALL: [Self; 17] = [
        Self::StillInDanger,
        Self::NobodyInDanger,
        Self::ToBeListenedTo,
        Self::NobodyToListenTo,
        Self::PromisedAndDue,
        Self::NothingDue,
        Self::AgainstTheProtocol,
        Self::NothingAgainst,
        Self::BackAgain,
        Self::ToErase,
        Self::PastTheirTime,
        Self::SignedOff,
        Self::NotSignedOff,
        Self::SignedAnother,
        Self::Afterwards,
        Self::NothingFits,
        Self::PerhapsMeant,
    ];
}

said! {
    /// A word or heading of the review.
    review_word(word: ReviewSays) -> &'static str;
    /// The head of a column.
    column(column: Column) -> &'static str;
    /// What a kind of deviation is: the catalogue's sentence.
    deviation_kind(kind: DeviationKind) -> &'static str;
    /// What can be said of a session's file, in a word or two.
    file_state(state: FileState) -> &'static str;
    /// What became of her consent.
    consent(consent: Consent) -> &'static str;
    /// How a session ended.
    end(end: End) -> &'static str;
    /// What a response is about.
    signal(signal: Signal) -> &'static str;
    /// How something was passed by; what it was stands before.
    passed_by(what: &PassedBy) -> &'static str;
    /// What a supervisor decided.
    mark(mark: Mark) -> String;
    /// What was done with a session.
    handling(handling: Handling) -> &'static str;
    /// A number whose last sessions were heavy.
    heavy(staff: &StaffNumber, heavy: Heavy) -> String;
    /// What a word of the filter keeps.
    property(property: Property) -> &'static str;
    /// What a key of the filter keeps, by what stands behind it.
    filter_key(key: FilterKey) -> &'static str;
    /// What a number of the filter counts.
    count_word(count: Counts) -> &'static str;
    /// What is wrong with a filter, and what would be right.
    filter_trouble(trouble: &FilterTrouble) -> (String, String);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::{KEYS, NUMBERS, PROPERTIES};
    use crate::words::is_fit_for_a_complaint;

    #[test]
    fn every_trouble_of_a_filter_says_what_would_be_right() {
        let word = || "Ana".to_owned();
        for trouble in [
            FilterTrouble::Unknown { word: word(), near: None },
            FilterTrouble::Unknown { word: word(), near: Some("case") },
            FilterTrouble::NoValue(FilterKey::Case),
            FilterTrouble::NoDay(word()),
            FilterTrouble::NoNumber(word()),
            FilterTrouble::NoVersion(word()),
            FilterTrouble::NoEnding(word()),
            FilterTrouble::OpenQuote,
        ] {
            for language in [Language::English, Language::Spanish] {
                let (what, help) = filter_trouble(&trouble, language);
                is_fit_for_a_complaint(&what);
                is_fit_for_a_complaint(&help);
            }
        }
    }

    #[test]
    fn the_two_languages_differ_and_none_is_empty() {
        for word in ReviewSays::ALL {
            let [one, other] = [Language::English, Language::Spanish].map(|to| review_word(word, to));
            assert!(!one.is_empty() && one != other, "{word:?}");
        }
        for kind in DeviationKind::ALL {
            let [one, other] = [Language::English, Language::Spanish].map(|to| deviation_kind(*kind, to));
            assert!(!one.is_empty() && one != other, "{kind:?}");
        }
        for (one, _) in PROPERTIES {
            assert_ne!(property(*one, Language::English), property(*one, Language::Spanish));
        }
        for (one, _) in KEYS {
            assert_ne!(filter_key(*one, Language::English), filter_key(*one, Language::Spanish));
        }
        for (one, _) in NUMBERS {
            assert_ne!(count_word(*one, Language::English), count_word(*one, Language::Spanish));
        }
    }
}
