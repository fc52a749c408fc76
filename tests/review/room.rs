//! What a page of the review is drawn with: a window of some size, in a language, with no session behind it.

use amparo::machine::State;
use amparo::text::{Language, LanguageCode};
use amparo::ui::{Colour, Keeping, Look, Motion, OnTheDesk, View};
use ratatui::layout::{Rect, Size};

use super::now;

/// All that a view borrows.
pub struct Room {
    state: State,
    keeping: Keeping,
    desk: OnTheDesk,
    code: LanguageCode,
    language: Language,
    size: (u16, u16),
}

impl Room {
    pub fn new(language: Language, size: (u16, u16)) -> Self {
        let (state, keeping, desk) = (State::default(), Keeping::default(), OnTheDesk::default());
        Self { state, keeping, desk, code: language.code(), language, size }
    }

    pub fn view(&self) -> View<'_> {
        View {
            protocol: None,
            state: &self.state,
            now: now(),
            language: self.language,
            shown: &self.code,
            said: &self.code,
            keeping: &self.keeping,
            desk: &self.desk,
            look: Look {
                colour: Colour::Used,
                motion: Motion::Smooth,
                leaflet_width: 72,
                quiet_after: 60,
                breaths: 6,
            },
            size: Size::new(self.size.0, self.size.1),
            cover: None,
        }
    }

    pub fn area(&self) -> Rect {
        Rect::new(0, 0, self.size.0, self.size.1)
    }
}
