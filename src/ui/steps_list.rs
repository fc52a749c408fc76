//! The steps at the left, each with its mark, the current one always in sight, and how many lie out of it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::text::{cut, width};
use crate::words::Told;

use super::here::{Here, Item, items};
use super::put::{put, put_text};
use super::scene::Scene;

/// Draws the list. The step in the middle of the screen has a pointer of its own.
pub(super) fn draw(scene: &Scene, here: &Here, area: Rect, buffer: &mut Buffer) {
    let area = area.intersection(buffer.area);
    if area.is_empty() {
        return;
    }
    let items = items(&scene.view, here);
    let rows = usize::from(area.height);
    let current = here
        .step()
        .or_else(|| scene.view.state.current().and_then(|id| scene.protocol.step_by_id(id)))
        .map(|step| &step.id);
    let at = items.iter().position(|item| matches!(item, Item::Step(step) if Some(&step.id) == current));
    let from = first(items.len(), at.unwrap_or(0), rows);
    let to = items.len().min(from + rows);
    let lines: Vec<Line<'static>> = items
        .get(from..to)
        .unwrap_or_default()
        .iter()
        .map(|item| line(scene, here, item, usize::from(area.width)))
        .collect();
    put(lines.iter(), area, buffer);
    let more = |lines: usize, told: &Told, y: u16, buffer: &mut Buffer| {
        let text = format!(" {} ", scene.told(told));
        let wide = u16::try_from(width(&text)).unwrap_or(u16::MAX);
        if lines > 0 && wide <= area.width {
            put_text(&text, (area.right() - wide, y), area.right(), scene.ink.later(), buffer);
        }
    };
    more(from, &Told::MoreAbove(from), area.y, buffer);
    let below = items.len() - to;
    more(below, &Told::MoreBelow(below), area.bottom() - 1, buffer);
}

/// The first item in sight: the current one stands in the upper third, with what came before it above. One line alone is
/// not left out: it would be the title of what is asked after the cover.
fn first(items: usize, at: usize, rows: usize) -> usize {
    match at.saturating_sub(rows / 3).min(items.saturating_sub(rows)) {
        1 if at < rows => 0,
        first => first,
    }
}

fn line(scene: &Scene, here: &Here, item: &Item, columns: usize) -> Line<'static> {
    let ink = scene.ink;
    match item {
        Item::Group(title) => {
            Line::styled(cut(&format!(" {}", title.in_language(scene.view.shown)), columns), ink.title())
        }
        Item::Response(response) => {
            let title = if scene.is_shy() {
                scene.response_hint(response).to_owned()
            } else {
                response.title.in_language(scene.view.shown).to_owned()
            };
            Line::styled(cut(&format!(" {title}"), columns), ink.title())
        }
        Item::Waits(response) => {
            let name = cut(scene.response(response), columns.saturating_sub(3));
            Line::from(vec![Span::styled(" ◐ ", ink.later()), Span::styled(name, ink.plain())])
        }
        Item::Step(step) => {
            let stands = scene.view.state.current() == Some(&step.id);
            let shown = here.step().is_some_and(|shown| shown.id == step.id);
            let (sign, style) = match scene.mark(step) {
                ("○", _) if stands => ("●", ink.current()),
                mark => mark,
            };
            let word = scene.standing_word(step).unwrap_or_default();
            let ask = scene.ask(step, here.step());
            let room = columns.saturating_sub(4);
            // Where there is no room for both, the sign alone says how the step stands.
            let has_word = !word.is_empty() && width(ask) + 2 + width(word) <= room;
            let ask = cut(ask, room);
            let fill = room.saturating_sub(width(&ask) + width(word));
            let text_style = if shown {
                ink.current()
            } else if scene.standing(step).is_open() {
                ink.plain()
            } else {
                ink.dim()
            };
            let mut spans = vec![
                Span::styled(if shown { "▸" } else { " " }, ink.current()),
                Span::styled(format!("{sign} "), style),
                Span::styled(ask, text_style),
            ];
            if has_word {
                spans.push(Span::styled(format!("{}{word}", " ".repeat(fill)), style));
            }
            Line::from(spans)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::first;

    #[test]
    fn one_line_alone_is_not_left_out_above() {
        for (items, at, rows, from) in
            [(30, 6, 20, 0), (30, 7, 20, 0), (30, 8, 20, 2), (2, 1, 1, 1), (9, 8, 8, 1)]
        {
            assert_eq!(first(items, at, rows), from, "{items} {at} {rows}");
        }
    }

    #[test]
    fn the_current_step_is_always_in_sight() {
        for items in 0..40 {
            for rows in 1..25 {
                for at in 0..items {
                    let from = first(items, at, rows);
                    assert!((from..from + rows).contains(&at), "{items} {rows} {at}");
                }
            }
        }
    }
}
