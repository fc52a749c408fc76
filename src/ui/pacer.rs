//! The breathing pacer: a page of its own with nothing else on it, that may be turned to her.
//!
//! A hill swells while one breathes in and sinks while one breathes out, slower. Six breaths a minute by default: at
//! about that pace heart rate and breathing swing together and calm most people (P. M. Lehrer and R. Gevirtz,
//! *Heart rate variability biofeedback: how and why does it work?*, Frontiers in Psychology 5:756, 2014). Four
//! parts of ten are for breathing in, six for breathing out: 4 s and 6 s.
//!
//! Nothing flashes and nothing counts down. Where nothing may move, a text stands instead.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::text::{Language, width, wrap};
use crate::words::PacerSays;

use super::ink::Ink;
use super::key::Key;
use super::sheet::clear;
use super::view::{Motion, View};

/// What a key on the pacer led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PacerDoes {
    /// The checklist goes on; the key may be an answer to the step that shows the pacer.
    GoesOn(Key),
    /// It stays: the key is none of the pacer's.
    Stays,
}

/// The pacer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pacer {
    /// When it began to breathe in, by the monotonic clock.
    began: u64,
}

/// What can be seen of a breath: no picture differs where this does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Breath {
    way: Way,
    /// The height of the hill's top, in eighths of a line.
    eighths: u16,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    In,
    Out,
}

/// How the lines of an area are shared out.
struct Rows {
    top: u16,
    hill: u16,
    word: u16,
    feet: Option<u16>,
    in_sight: Option<u16>,
}

/// The least time between two frames, in milliseconds: 25 a second look smooth.
const FRAME: u64 = 40;
/// How finely the next change is looked for, in milliseconds.
const GRAIN_STEP: usize = 10;
const HIGHEST: u16 = 10;
const WIDEST: u16 = 44;
const EIGHTHS: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

impl Pacer {
    /// One that breathes in from now on.
    pub fn new(view: &View) -> Self {
        Self { began: view.now.run }
    }

    /// Takes a key: a digit, Enter and Space go on.
    pub fn press(&mut self, key: Key, _view: &View) -> PacerDoes {
        match key {
            Key::Enter | Key::Char('0'..='9' | ' ') => PacerDoes::GoesOn(key),
            _ => PacerDoes::Stays,
        }
    }

    /// Milliseconds until it looks different in this area, never less than a frame; none where nothing moves.
    pub fn next_frame(&self, view: &View, area: Rect) -> Option<u64> {
        if view.look.motion == Motion::Still || area.is_empty() {
            return None;
        }
        let hill = rows_of(area.height).hill;
        let (length, _) = lengths(view);
        let now = view.now.run.saturating_sub(self.began);
        let seen = breath(now, view, hill);
        (FRAME..=length.max(FRAME))
            .step_by(GRAIN_STEP)
            .find(|wait| breath(now.saturating_add(*wait), view, hill) != seen)
            .or(Some(length))
    }

    /// Draws it over whatever the buffer has. There is never a cursor.
    pub fn draw(&self, view: &View, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        let area = area.intersection(buffer.area);
        clear(area, buffer);
        if area.is_empty() {
            return None;
        }
        match view.look.motion {
            Motion::Smooth => self.draw_moving(view, area, buffer),
            Motion::Still => draw_still(view, area, buffer),
        }
        None
    }

    fn draw_moving(&self, view: &View, area: Rect, buffer: &mut Buffer) {
        let ink = Ink::new(view.look.colour);
        let rows = rows_of(area.height);
        let breath = breath(view.now.run.saturating_sub(self.began), view, rows.hill);
        draw_hill(breath.eighths, rows.top..rows.top + rows.hill, ink.frame(), area, buffer);
        let language = language(view);
        let word = match breath.way {
            Way::In => PacerSays::In,
            Way::Out => PacerSays::Out,
        };
        centre(&word.text(language), rows.word, ink.title(), area, buffer);
        if let Some(row) = rows.feet {
            centre(&PacerSays::Feet.text(language), row, ink.plain(), area, buffer);
        }
        if let Some(row) = rows.in_sight {
            centre(&in_sight(view).join(GAP), row, ink.dim(), area, buffer);
        }
    }
}

const GAP: &str = "   ";

/// The pacer as text: for those who turned motion off, and for the plain line mode.
pub(super) fn as_lines(view: &View) -> Vec<String> {
    let language = language(view);
    let (length, inhale) = lengths(view);
    let seconds = |milliseconds: u64| (milliseconds + 500) / 1000;
    let mut lines = vec![
        PacerSays::CountIn(seconds(inhale)).text(language).into_owned(),
        PacerSays::CountOut(seconds(length.saturating_sub(inhale))).text(language).into_owned(),
        PacerSays::Again.text(language).into_owned(),
        PacerSays::Feet.text(language).into_owned(),
    ];
    lines.extend(in_sight(view).into_iter().map(str::to_owned));
    lines
}

fn draw_still(view: &View, area: Rect, buffer: &mut Buffer) {
    let ink = Ink::new(view.look.colour);
    let text = as_lines(view);
    let (breath, rest) = text.split_at(text.len().min(4));
    let rest = rest.join(GAP);
    let columns = usize::from(area.width);
    let blocks = breath.iter().map(String::as_str).chain(Some(rest.as_str()).filter(|line| !line.is_empty()));
    let mut lines: Vec<String> = Vec::new();
    for block in blocks {
        lines.extend(wrap(block, columns));
        lines.push(String::new());
    }
    lines.pop();
    if lines.len() > usize::from(area.height) {
        lines.retain(|line| !line.is_empty());
    }
    let first = area.height.saturating_sub(u16::try_from(lines.len()).unwrap_or(u16::MAX)) / 2;
    for (row, line) in (first..area.height).zip(&lines) {
        centre(line, row, ink.plain(), area, buffer);
    }
}

/// A hill whose top is so many eighths of a line high, in these lines.
fn draw_hill(eighths: u16, lines: Range<u16>, style: Style, area: Rect, buffer: &mut Buffer) {
    let wide = WIDEST.min(area.width);
    let left = area.x + (area.width - wide) / 2;
    for column in 0..wide {
        // From -1 at the left foot over 0 at the top to 1 at the right foot.
        let across = (f64::from(column) + 0.5) / f64::from(wide) * 2.0 - 1.0;
        let mut height = rounded(f64::from(eighths) * swell(1.0 - across.abs()));
        for row in lines.clone().rev() {
            let filled = height.min(8);
            height -= filled;
            if let (Some(cell), Some(sign)) =
                (buffer.cell_mut((left + column, area.y + row)), EIGHTHS.get(usize::from(filled)))
            {
                cell.set_symbol(sign).set_style(style);
            }
        }
    }
}

/// What is seen at a moment, milliseconds after the first breath began.
fn breath(since: u64, view: &View, lines: u16) -> Breath {
    let (length, inhale) = lengths(view);
    let within = since % length;
    let (way, part) = if within < inhale {
        (Way::In, share(within, inhale))
    } else {
        (Way::Out, 1.0 - share(within - inhale, length - inhale))
    };
    // Breath has no corners: it turns slowly at both ends.
    let full = swell(part);
    let least = 1.0_f64.min(f64::from(lines) * 8.0);
    let most = f64::from(lines) * 8.0;
    Breath { way, eighths: rounded(least + (most - least) * full) }
}

/// From 0 to 1 as its argument goes from 0 to 1, slowly at both ends. A cosine looks the same, and would bring a library
/// of mathematics into every start of the program.
fn swell(part: f64) -> f64 {
    part * part * (3.0 - 2.0 * part)
}

/// How long a breath takes, and its inhaling part, in milliseconds.
fn lengths(view: &View) -> (u64, u64) {
    let breaths = if view.look.breaths == 0 { 6 } else { u64::from(view.look.breaths.clamp(2, 20)) };
    let length = 60_000 / breaths;
    (length, length * 4 / 10)
}

fn share(part: u64, whole: u64) -> f64 {
    let small = |milliseconds: u64| f64::from(u32::try_from(milliseconds).unwrap_or(u32::MAX));
    if whole == 0 { 1.0 } else { small(part) / small(whole) }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and the lines of a screen"
)]
fn rounded(number: f64) -> u16 {
    number.round().clamp(0.0, 60_000.0) as u16
}

fn rows_of(height: u16) -> Rows {
    match height {
        0..=1 => Rows { top: 0, hill: 0, word: 0, feet: None, in_sight: None },
        2..=5 => Rows { top: 0, hill: height - 1, word: height - 1, feet: None, in_sight: None },
        6..=9 => Rows { top: 0, hill: height - 4, word: height - 3, feet: Some(height - 1), in_sight: None },
        _ => {
            let hill = (height - 6).min(HIGHEST);
            // With a line to breathe between its parts, and the whole in the middle of the screen.
            let space = ((height - hill - 6) / 4).min(2);
            let top = (height - hill - 6 - 2 * space) / 2;
            let word = top + hill + 1;
            let feet = word + 2 + space;
            Rows { top, hill, word, feet: Some(feet), in_sight: Some((feet + 2 + space).min(height - 1)) }
        }
    }
}

/// The language of her who may look at it, where the program speaks it.
fn language(view: &View) -> Language {
    Language::from_code(view.said.as_str()).unwrap_or(view.language)
}

/// The harmless words of the response that is open.
fn in_sight<'a>(view: &View<'a>) -> Vec<&'a str> {
    let open = view.state.record.asides.last();
    let response = open.and_then(|aside| view.protocol?.response(&aside.response));
    response.map_or_else(Vec::new, |(_, response)| {
        response.in_sight.iter().map(|words| words.in_language(view.said)).collect()
    })
}

fn centre(text: &str, row: u16, style: Style, area: Rect, buffer: &mut Buffer) {
    if row >= area.height {
        return;
    }
    let wide = u16::try_from(width(text)).unwrap_or(u16::MAX).min(area.width);
    let left = area.x + (area.width - wide) / 2;
    buffer.set_stringn(left, area.y + row, text, usize::from(wide), style);
}

#[cfg(test)]
mod tests;
