//! The quiet screen: a dim clock with the check-in's mark, and the next neutral line. Any key but a hide key brings the
//! checklist back, and does nothing else unless it raises a response.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::protocol::Kind;
use crate::text::{cut, width, wrap};
use crate::words::Say;

use super::header;
use super::here::Here;
use super::scene::Scene;

/// Draws it.
pub(super) fn draw(scene: &Scene, here: &Here, area: Rect, buffer: &mut Buffer) {
    let area = area.intersection(buffer.area);
    if area.is_empty() {
        return;
    }
    let dim = scene.ink.dim();
    let columns = usize::from(area.width);
    let mut clock = header::clocks(scene).to_string();
    clock.truncate(clock.trim_end().len());
    let mut lines = vec![cut(&clock, columns), String::new()];
    lines.extend(wrap(&neutral(scene, here), columns.min(48)));
    let top = (usize::from(area.height).saturating_sub(lines.len())) / 2;
    for (place, line) in lines.into_iter().enumerate().take(usize::from(area.height)) {
        let y = u16::try_from(top + place).unwrap_or(u16::MAX).saturating_add(area.y);
        let left = u16::try_from(columns.saturating_sub(width(&line)) / 2).unwrap_or(0);
        if y < area.bottom() {
            buffer.set_line(area.x + left, y, &Line::styled(line, dim), area.width);
        }
    }
}

/// The line that she may read: what is asked next, unless it is private or a gate has fallen.
pub(super) fn neutral(scene: &Scene, here: &Here) -> String {
    match here {
        Here::Step(step) if !step.private && step.kind != Kind::Guidance => {
            step.ask.in_language(scene.view.shown).to_owned()
        }
        _ => scene.say(Say::OneMoment).to_owned(),
    }
}
