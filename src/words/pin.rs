//! What is said of the PIN: setting it in a terminal and before the first session, and what can be wrong with it.

mod english;
mod spanish;

use crate::text::Language;

/// Something wrong with a PIN.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PinComplaint {
    /// A file cannot be read or written.
    Disk {
        /// The file.
        path: String,
        /// What the system said.
        why: String,
    },
    /// The file with the PIN is not what this program writes.
    Garbled {
        /// The file.
        path: String,
    },
    /// There is no PIN.
    None,
    /// It has not four to eight digits.
    Length,
    /// The other PIN is the same.
    Same,
    /// The second must have as many digits as the first.
    OtherLength(usize),
    /// It was typed in two ways.
    NotTheSame,
    /// There is no terminal to ask on.
    NowhereToAsk,
    /// The system gives no memory or no random bytes.
    Refused,
}

impl PinComplaint {
    /// What happened, and what to do next: lower case, no full stop, names in backticks.
    pub fn words(&self, language: Language) -> (String, String) {
        match language {
            Language::English => english::complaint(self),
            Language::Spanish => spanish::complaint(self),
        }
    }
}

/// What is said while a PIN is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PinSays {
    /// A terminal asks for it.
    Asks,
    /// A terminal asks for it again.
    AsksAgain,
    /// A terminal asks for the second one.
    AsksSecond,
    /// It is set.
    Set,
    /// The second one is set.
    SecondSet,
    /// It was removed.
    Removed,
    /// The second one was removed.
    SecondRemoved,
    /// The page's head line.
    Title,
    /// The page: why.
    Why,
    /// The page: what if it is forgotten.
    Forgotten,
    /// The page: the choice to set one.
    SetOne,
    /// The page: the choice to go on without.
    Without,
    /// The page: what going on without means.
    WithoutMeans,
    /// Before the digits.
    First,
    /// Before the digits, the second time.
    Again,
    /// Under the digits: how many.
    HowMany,
    /// There are too few digits.
    TooFew,
    /// The two were not the same.
    Differ,
    /// It is being kept.
    Keeping,
    /// It could not be kept.
    NotKept,
}

impl PinSays {
    /// Its text.
    pub fn text(self, language: Language) -> &'static str {
        match language {
            Language::English => english::says(self),
            Language::Spanish => spanish::says(self),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_complaint_has_a_remedy_and_is_safe_to_show() {
        let all = [
            PinComplaint::Disk { path: "pin".into(), why: "no".into() },
            PinComplaint::Garbled { path: "pin".into() },
            PinComplaint::None,
            PinComplaint::Length,
            PinComplaint::Same,
            PinComplaint::OtherLength(6),
            PinComplaint::NotTheSame,
            PinComplaint::NowhereToAsk,
            PinComplaint::Refused,
        ];
        for language in Language::ALL {
            for complaint in &all {
                let (what, help) = complaint.words(language);
                for text in [&what, &help] {
                    crate::words::is_fit_for_a_complaint(text);
                }
            }
        }
    }
}
