//! How many lines of something that is scrolled lie out of sight, said in its last row.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::text::width;
use crate::words::Told;

use super::put::put_text;
use super::scene::Scene;

/// So many lines above what is in sight, and below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct OutOfSight {
    pub above: usize,
    pub below: usize,
}

impl OutOfSight {
    /// Says it at the right of the last row of an area, where it has room there and hides nothing.
    pub fn draw(self, scene: &Scene, area: Rect, buffer: &mut Buffer) {
        let above = (self.above > 0).then(|| scene.told(&Told::MoreAbove(self.above)));
        let below = (self.below > 0).then(|| scene.told(&Told::MoreBelow(self.below)));
        let more = above.into_iter().chain(below).collect::<Vec<_>>().join("  ");
        let wide = u16::try_from(width(&more)).unwrap_or(u16::MAX);
        if area.height > 1 && wide <= area.width {
            let from = (area.right() - wide, area.bottom() - 1);
            put_text(&more, from, area.right(), scene.ink.later(), buffer);
        }
    }
}
