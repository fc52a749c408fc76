//! The words around the cover, and the leaflet that the program has of its own until a protocol is read.
//!
//! Whoever sees these words must learn nothing: they are those of any program that shows a text.

mod english;
mod spanish;

use crate::text::Language;

/// A word or line around the leaflet's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeafletSays {
    /// Where one is: the page of so many, and how much of it has been seen, in hundredths.
    Page {
        /// The page, from 1.
        page: usize,
        /// How many there are.
        of: usize,
        /// Hundredths.
        seen: usize,
    },
    /// The contents are shown, of which so much has been seen, in hundredths.
    Contents {
        /// Hundredths.
        seen: usize,
    },
    /// The keys of the viewer, for so many pages.
    Keys {
        /// How many there are.
        of: usize,
    },
    /// The same where there is no room for words.
    KeysAlone {
        /// How many there are.
        of: usize,
    },
    /// Whether the viewer is to be closed.
    Close,
    /// The head line of the viewer's own settings.
    Settings,
    /// How wide the text is at most.
    TextWidth(u16),
    /// The language, in its own words.
    TextLanguage,
    /// The keys of the settings.
    SettingsKeys,
}

impl LeafletSays {
    /// Its text.
    pub fn text(self, language: Language) -> String {
        match language {
            Language::English => english::leaflet(self),
            Language::Spanish => spanish::leaflet(self),
        }
    }

    /// The letters that close the viewer once it has asked, small ones; the first is the one that is shown.
    /// `y` does in every language, so that fingers need not think.
    pub fn yes(language: Language) -> &'static [char] {
        match language {
            Language::English => &['y'],
            Language::Spanish => &['s', 'y'],
        }
    }
}

/// The leaflet that the program has of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BuiltIn {
    /// Its head line.
    pub title: &'static str,
    /// Its pages, one to nine.
    pub topics: &'static [BuiltInTopic],
}

/// A page of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BuiltInTopic {
    /// Its head line.
    pub title: &'static str,
    /// Its lines.
    pub lines: &'static [&'static str],
}

/// The leaflet that is shown while no protocol is read.
pub fn built_in(language: Language) -> BuiltIn {
    match language {
        Language::English => english::BUILT_IN,
        Language::Spanish => spanish::BUILT_IN,
    }
}
