//! The pages of a list: which lines stand on one, and which a digit chooses.

use ratatui::layout::Size;

use crate::ui::key::Key;

/// As many lines of a list as there are digits.
pub(super) const PER_PAGE: usize = 9;

/// How many pages so many lines take.
pub(super) fn pages(lines: usize, per_page: usize) -> usize {
    lines.div_ceil(per_page).max(1)
}

/// How many lines of what is due stand on a page: in a narrow window each folds, and none is cut.
pub(super) fn due_per_page(area: Size) -> usize {
    let rows = usize::from(area.height.saturating_sub(3));
    let each = if area.width < 60 { 3 } else { 1 };
    (rows / each).clamp(1, PER_PAGE)
}

/// The part of a list that a page shows; a page that is gone (a session was erased meanwhile) shows the last.
pub(super) fn on_page<T>(page: usize, all: &[T], per_page: usize) -> &[T] {
    let last = pages(all.len(), per_page).saturating_sub(1);
    let start = page.min(last).saturating_mul(per_page).min(all.len());
    let end = start.saturating_add(per_page).min(all.len());
    all.get(start..end).unwrap_or_default()
}

pub(super) fn chosen<T>(key: Key, page: usize, all: &[T], per_page: usize) -> Option<&T> {
    let Key::Char(digit @ '1'..='9') = key else { return None };
    on_page(page, all, per_page).get(digit.to_digit(10)? as usize - 1)
}
