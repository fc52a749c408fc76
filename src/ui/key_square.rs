//! A public key as a square for a camera, with the key itself below; where the window is too small, the key alone.

use ratatui::style::{Color, Style};

use crate::seal::Recipient;
use crate::text::{Shade, Square, wrap};
use crate::words::FirstKeySays;

use super::ink::Ink;
use super::sheet::{Row, Sheet, Weight};
use super::view::{Colour, View};

/// The rows of the page.
pub(super) fn rows(key: &Recipient, view: &View, sheet: &Sheet) -> Vec<Row> {
    let ink = Ink::new(view.look.colour);
    let says = |says: FirstKeySays| says.text(view.language).to_owned();
    let title = wrap(&says(FirstKeySays::PublicTitle), sheet.columns()).into_iter();
    let mut rows: Vec<Row> = title.map(|line| Row::new(Weight::Stays, line, ink.title())).collect();
    // The head line, and the hints.
    let around = rows.len() + 1;
    let text = key.to_string();
    let square = key.as_square().filter(|square| {
        let rows = square.columns().div_ceil(2) + text.len().div_ceil(sheet.columns().max(1));
        square.columns() <= sheet.columns() && rows + around <= usize::from(sheet.area.height)
    });
    if let Some(square) = square {
        rows.extend(blocks(&square, view.look.colour));
    } else {
        let lines = wrap(&says(FirstKeySays::PublicSmall), sheet.sentence()).into_iter();
        rows.push(Row::space());
        rows.extend(lines.map(|line| Row::new(Weight::Explains, line, ink.dim())));
        rows.push(Row::space());
    }
    let lines = wrap(&text, sheet.columns()).into_iter();
    rows.extend(lines.map(|line| Row::new(Weight::Needed, line, ink.plain())));
    rows
}

/// Black on white whatever the terminal's own ground is, in the two colours that no theme changes. Without colours, light
/// cells are drawn, as for a dark ground.
fn blocks(square: &Square, colour: Colour) -> Vec<Row> {
    let (shade, style) = match colour {
        Colour::Used => (Shade::Dark, Style::new().fg(Color::Indexed(16)).bg(Color::Indexed(231))),
        Colour::None => (Shade::Light, Style::new()),
    };
    square.rows(shade).into_iter().map(|row| Row::new(Weight::Stays, row, style)).collect()
}
