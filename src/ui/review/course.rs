//! The course of a session as a picture: its phases as blocks, its responses as bands, its pauses as gaps, and below them
//! each scale that was answered, over the same time.

use ratatui::style::Style;

use crate::export::Scaled;
use crate::protocol::Protocol;
use crate::review::{Course, Stretch};
use crate::text::width;
use crate::words::{PageSays, Telling};

use super::long_page::{Spans, wrapped};
use crate::ui::ink::Ink;
use crate::ui::moment;

/// A scale has at most so many rows; one with more points has several in a row.
const MOST_ROWS: i64 = 6;
/// The widest picture: in a wider one the eye finds no row.
const WIDEST: usize = 100;

/// A row of signs, a column an instant.
type Signs = Vec<char>;

/// What the pictures are drawn with.
pub(super) struct Picture<'a> {
    pub(super) course: &'a Course,
    pub(super) protocol: &'a Protocol,
    pub(super) telling: &'a Telling<'a>,
    pub(super) ink: Ink,
    pub(super) columns: usize,
}

impl Picture<'_> {
    /// The columns of the time, behind so many for labels.
    fn wide(&self, labels: usize) -> usize {
        self.columns.min(WIDEST).saturating_sub(labels).max(2)
    }

    /// The column of an instant.
    fn column(&self, at: u64, wide: usize) -> usize {
        let last = u128::from(u64::try_from(wide.saturating_sub(1)).unwrap_or(0));
        let column = u128::from(at.min(self.course.length)) * last / u128::from(self.course.length.max(1));
        usize::try_from(column).unwrap_or(0)
    }

    fn fill<T>(&self, signs: &mut Signs, stretch: &Stretch<T>, sign: char) {
        let wide = signs.len();
        let (from, to) = (self.column(stretch.from, wide), self.column(stretch.to, wide));
        for cell in signs.iter_mut().take(to + 1).skip(from) {
            *cell = sign;
        }
    }

    /// Phases, then responses, covers and pauses, then the time, and what the signs mean.
    pub(super) fn bands(&self) -> Vec<Spans> {
        let wide = self.wide(0);
        let mut phases = vec![' '; wide];
        for stretch in &self.course.phases {
            self.fill(&mut phases, stretch, self.sign_of(stretch));
        }
        let mut bands = vec![' '; wide];
        for stretch in &self.course.pauses {
            self.fill(&mut bands, stretch, '┄');
        }
        for stretch in &self.course.responses {
            self.fill(&mut bands, stretch, '━');
        }
        for stretch in &self.course.covers {
            self.fill(&mut bands, stretch, '▒');
        }
        let mut rows = vec![self.in_blocks(&phases)];
        if bands.iter().any(|sign| *sign != ' ') {
            rows.push(vec![(bands.into_iter().collect(), self.ink.notice())]);
        }
        rows.push(self.time(0));
        let legend = PageSays::Legend.text(self.telling.language());
        rows.extend(wrapped(Vec::new(), &Vec::new(), &legend, self.ink.dim(), self.columns));
        rows
    }

    /// The number of a phase; beyond nine they have a sign in common.
    fn sign_of<T: PartialEq<crate::text::PhaseId>>(&self, stretch: &Stretch<T>) -> char {
        let place = self.protocol.phases.iter().position(|phase| stretch.what == phase.id);
        place
            .and_then(|place| u32::try_from(place + 1).ok())
            .and_then(|number| char::from_digit(number, 10))
            .unwrap_or('+')
    }

    /// Each block of the same sign in a style other than its neighbours'.
    fn in_blocks(&self, signs: &Signs) -> Spans {
        let styles = [self.ink.title(), self.ink.dim()];
        let blocks = signs.chunk_by(|one, next| one == next);
        blocks.zip(styles.into_iter().cycle()).map(|(block, style)| (block.iter().collect(), style)).collect()
    }

    /// From nothing to the whole length.
    fn time(&self, labels: usize) -> Spans {
        let wide = self.wide(labels);
        let (from, to) = (moment::length(0), moment::length(self.course.length));
        let gap = wide.saturating_sub(width(&from) + width(&to));
        vec![(format!("{}{from}{}{to}", " ".repeat(labels), " ".repeat(gap)), self.ink.dim())]
    }

    /// A scale with its points, each of which holds until the next.
    pub(super) fn scale(&self, scaled: &Scaled) -> Vec<Spans> {
        let (low, high) = (scaled.low.0, scaled.high.0);
        let span = high.saturating_sub(low).max(1);
        let rows = span.saturating_add(1).min(MOST_ROWS);
        // The highest point stands above.
        let row_of = |number: i64| -> usize {
            let above = i128::from(high.saturating_sub(number).clamp(0, span));
            usize::try_from(above * i128::from(rows - 1) / i128::from(span)).unwrap_or(0)
        };
        let labels = width(&low.to_string()).max(width(&high.to_string())) + 2;
        let wide = self.wide(labels);
        let mut plot = vec![vec![' '; wide]; usize::try_from(rows).unwrap_or(1)];
        let mut last: Option<(usize, usize)> = None;
        for point in &scaled.points {
            let (x, y) = (self.column(point.at, wide), row_of(point.number));
            if let Some((from_x, from_y)) = last {
                line(&mut plot, (from_x, from_y), (x, y));
            }
            last = Some((x, y));
        }
        if let Some((x, y)) = last {
            let held = plot.get_mut(y).into_iter().flat_map(|row| row.iter_mut().skip(x + 1));
            held.for_each(|cell| *cell = '╌');
        }
        for point in &scaled.points {
            let (x, y) = (self.column(point.at, wide), row_of(point.number));
            if let Some(cell) = plot.get_mut(y).and_then(|row| row.get_mut(x)) {
                *cell = '●';
            }
        }
        let mut drawn: Vec<Spans> = (0..rows)
            .zip(plot)
            .map(|(row, signs)| {
                let number = high.saturating_sub(row.saturating_mul(span) / (rows - 1).max(1));
                let label = format!("{number:>wide$} │", wide = labels - 2);
                vec![
                    (label, self.ink.dim()),
                    (signs.into_iter().collect::<String>().trim_end().to_owned(), self.ink.current()),
                ]
            })
            .collect();
        drawn.push(self.time(labels));
        drawn
    }

    /// The same in words: the ends of the scale, and each point with its time.
    pub(super) fn in_words(&self, scaled: &Scaled, style: Style) -> Vec<Spans> {
        let end = |(number, word): &(i64, String)| {
            if word.is_empty() { number.to_string() } else { format!("{number} {word}") }
        };
        let points = scaled.points.iter().map(|point| {
            let value = crate::machine::Value::Number(point.number);
            format!("{} {}", moment::length(point.at), self.telling.value(&point.step, &value))
        });
        let points: Vec<String> = points.collect();
        let text = format!("{} … {}:  {}", end(&scaled.low), end(&scaled.high), points.join("  ·  "));
        wrapped(Vec::new(), &Vec::new(), &text, style, self.columns)
    }
}

/// Goes along a row until the next point, and then up or down to it.
fn line(plot: &mut [Signs], from: (usize, usize), to: (usize, usize)) {
    let mut set = |x: usize, y: usize, sign: char| {
        if let Some(cell) = plot.get_mut(y).and_then(|row| row.get_mut(x)) {
            *cell = sign;
        }
    };
    for x in from.0 + 1..to.0 {
        set(x, from.1, '─');
    }
    if from.1 == to.1 || from.0 >= to.0 {
        return;
    }
    set(to.0, from.1, if to.1 < from.1 { '┘' } else { '┐' });
    for y in from.1.min(to.1) + 1..from.1.max(to.1) {
        set(to.0, y, '│');
    }
}
