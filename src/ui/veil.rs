//! What stands over a form, a remark, a list of sessions or the review after the cover was lifted: who asked to see the laptop may still stand
//! behind her, so what was there comes back with one key more. (A checklist turns shy instead.)

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::text::{Language, wrap};
use crate::words::StartSays;

use super::ink::Ink;
use super::sheet::{Row, Sheet, Weight};
use super::view::View;

/// Whether it stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Veil {
    /// It does not.
    #[default]
    Lifted,
    /// It does.
    Drawn,
    /// It does, and says that the cover cut a paste short.
    SaysCut,
}

impl Veil {
    pub(super) fn is_drawn(self) -> bool {
        self != Self::Lifted
    }

    pub(super) fn draw(self, view: &View, area: Rect, buffer: &mut Buffer) {
        let ink = Ink::new(view.look.colour);
        let sheet = Sheet::new(area, ink, buffer);
        let lines = self.lines(view.language).into_iter().flat_map(|line| wrap(&line, sheet.sentence()));
        sheet.rows(lines.map(|line| Row::new(Weight::Stays, line, ink.plain())).collect(), buffer);
        let hints = vec![
            ("F4", StartSays::ShowAgain.text(view.language).into_owned()),
            ("Esc", StartSays::Hide.text(view.language).into_owned()),
        ];
        sheet.hints(&hints, buffer);
    }

    pub(super) fn lines(self, language: Language) -> Vec<String> {
        let cut = (self == Self::SaysCut).then_some(StartSays::CutByCover);
        std::iter::once(StartSays::Veiled).chain(cut).map(|says| says.text(language).into_owned()).collect()
    }
}
