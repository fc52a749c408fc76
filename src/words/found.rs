//! What the page says on which words are looked for in many sessions.

mod english;
mod spanish;

use crate::text::Language;

/// A sentence or heading of that page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoundSays<'a> {
    /// The head line.
    Title,
    /// Before the field.
    Field,
    /// What is looked through, before anything was looked for.
    WhereItLooks,
    /// So many sessions of so many were looked through.
    Progress(usize, usize),
    /// These words stand nowhere in so many sessions.
    Nowhere(&'a str, usize),
    /// These words stand in so many places of so many sessions.
    Places(&'a str, usize, usize),
    /// Only the first so many places are listed.
    OnlyFirst(usize),
}

impl FoundSays<'_> {
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
            (FoundSays::Title, vec![]),
            (FoundSays::Field, vec![]),
            (FoundSays::WhereItLooks, vec![]),
            (FoundSays::Progress(312, 400), vec!["312", "400"]),
            (FoundSays::Nowhere("door", 1), vec!["«door»"]),
            (FoundSays::Nowhere("door", 400), vec!["«door»", "400"]),
            (FoundSays::Places("door", 1, 1), vec!["«door»"]),
            (FoundSays::Places("door", 3, 1), vec!["«door»", "3"]),
            (FoundSays::Places("door", 12, 5), vec!["«door»", "12", "5"]),
            (FoundSays::OnlyFirst(300), vec!["300"]),
        ] {
            let [one, other] = [Language::English, Language::Spanish].map(|to| says.text(to));
            assert!(!one.is_empty() && one != other, "{says:?}: {one}");
            for text in [&one, &other] {
                assert!(holds.iter().all(|part| text.contains(part)), "{text}");
            }
        }
    }
}
