//! The languages of the loop: of the screen, and of the words to say.

use crate::text::{Language, LanguageCode};

use super::Turn;

impl Turn {
    pub(super) fn next_language(&mut self) {
        let all = Language::ALL;
        let here = all.iter().position(|language| *language == self.language).unwrap_or_default();
        self.language = all.get((here + 1) % all.len()).copied().unwrap_or_default();
        self.shown = self.language.code();
        self.prepare();
    }

    pub(super) fn next_said(&mut self) {
        let Some(read) = &self.protocol else { return };
        let all: Vec<LanguageCode> = std::iter::once(read.protocol.language.clone())
            .chain(read.protocol.translations.iter().cloned())
            .collect();
        let here = all.iter().position(|language| *language == self.said);
        let next = here.map_or(0, |here| (here + 1) % all.len().max(1));
        if let Some(language) = all.get(next) {
            self.said = language.clone();
        }
    }
}
