//! What the page of a session that is read says, and that of figures: headings, and sentences with something filled in.

mod english;
mod spanish;

use crate::text::Language;

/// A sentence or heading of these pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageSays<'a> {
    /// Above the picture of its course.
    Course,
    /// What the signs of that picture mean.
    Legend,
    /// What became of her consent: the label.
    Consent,
    /// How often she had told it before: the label.
    ToldBefore,
    /// Whether it is signed off: the label.
    Review,
    /// Nothing went against the protocol.
    NothingAgainst,
    /// Above answers that were changed.
    Changed,
    /// The clock of the length stood for so long.
    Pause(&'a str),
    /// It was taken up again so much later.
    TakenUpAfter(&'a str),
    /// The words that are looked for stand nowhere.
    FoundNowhere(&'a str),
    /// They stand here, the first number of the second.
    Found(usize, usize),
    /// Before the field that looks for words.
    Seek,
    /// The list as it stood after the first number of so many events.
    After(u64, usize),
    /// The screen was covered then.
    UnderTheCover,
    /// Something that was done, by whom and when.
    DoneBy(&'a str, &'a str, &'a str),
    /// A later session of the same case, which began then, dealt anew with what was promised.
    PromisedAnew(&'a str),
    /// So many marks do not count.
    Uncounted(usize),
    /// Something that was done, and when; by whom was not given.
    DoneOn(&'a str, &'a str),
    /// A remark: by whom, to whom, and its words.
    Remark(&'a str, Option<&'a str>, &'a str),
    /// The answer to a remark: by whom, and its words.
    Answer(&'a str, &'a str),
    /// Something that was added: by whom, when, and its words.
    Added(&'a str, &'a str, &'a str),
    /// Above the keys.
    Keys,
    /// Above the words that a filter knows.
    FilterWords,
    /// What the sign does that stands before such a word.
    FilterNot,
    /// So many rows lie below.
    Below(usize),
}

impl PageSays<'_> {
    /// Its text.
    pub fn text(self, language: Language) -> String {
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
    fn the_two_languages_differ_and_keep_what_is_filled_in() {
        for (says, holds) in [
            (PageSays::Course, vec![]),
            (PageSays::Legend, vec!["━", "▒", "┄"]),
            (PageSays::Consent, vec![]),
            (PageSays::ToldBefore, vec![]),
            (PageSays::Review, vec![]),
            (PageSays::NothingAgainst, vec![]),
            (PageSays::Changed, vec![]),
            (PageSays::Pause("5 min 3 s"), vec!["5 min 3 s"]),
            (PageSays::TakenUpAfter("3 h 1 min"), vec!["3 h 1 min"]),
            (PageSays::FoundNowhere("door"), vec!["door"]),
            (PageSays::Found(2, 5), vec!["2", "5"]),
            (PageSays::Seek, vec![]),
            (PageSays::After(12, 143), vec!["12", "143"]),
            (PageSays::UnderTheCover, vec![]),
            (PageSays::DoneBy("x", "301", "2026-11-24"), vec!["x", "301", "2026-11-24"]),
            (PageSays::PromisedAnew("2026-11-24"), vec!["2026-11-24"]),
            (PageSays::DoneOn("x", "2026-11-24"), vec!["x", "2026-11-24"]),
            (PageSays::Remark("301", Some("204"), "why"), vec!["301", "204", "«why»"]),
            (PageSays::Remark("301", None, "why"), vec!["301", "«why»"]),
            (PageSays::Answer("204", "since"), vec!["204", "«since»"]),
            (PageSays::Added("204", "2026-11-24", "more"), vec!["204", "2026-11-24", "«more»"]),
            (PageSays::Keys, vec![]),
            (PageSays::FilterWords, vec![]),
            (PageSays::FilterNot, vec!["-"]),
            (PageSays::Below(30), vec!["30"]),
        ] {
            let [one, other] = [Language::English, Language::Spanish].map(|to| says.text(to));
            assert!(!one.is_empty(), "{says:?}");
            // What is only signs and what was filled in reads alike.
            let alike = matches!(says, PageSays::Remark(_, None, _));
            assert!(alike || one != other, "{says:?}: {one}");
            for text in [&one, &other] {
                assert!(holds.iter().all(|part| text.contains(part)), "{text}");
            }
        }
    }
}
