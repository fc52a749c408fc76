//! The card in the middle of the screen: something asked, words to say, options. It takes the roomiest of three forms
//! that fits, and says how many lines are out of sight where none does.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;

use crate::text::{width, wrap};

use super::out_of_sight::OutOfSight;
use super::put::put;
use super::scene::Scene;

/// One option with its key.
#[derive(Debug, Clone)]
pub(super) struct Choosable {
    /// The key: a digit, or the name of another key.
    pub key: String,
    /// What it means.
    pub label: String,
    /// Whether it is what was chosen.
    pub chosen: Chosen,
}

/// Whether an option is what was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Chosen {
    /// It is.
    Yes,
    /// It is not, or that is not to be seen.
    No,
}

/// The name of a key before an option: a digit, or a word.
pub(super) struct Cap(String);

impl From<u8> for Cap {
    fn from(digit: u8) -> Self {
        Self(digit.to_string())
    }
}

impl From<i32> for Cap {
    fn from(digit: i32) -> Self {
        Self(digit.to_string())
    }
}

impl From<usize> for Cap {
    fn from(digit: usize) -> Self {
        Self(digit.to_string())
    }
}

impl From<i64> for Cap {
    fn from(point: i64) -> Self {
        Self(point.to_string())
    }
}

impl From<&str> for Cap {
    fn from(word: &str) -> Self {
        Self(word.to_owned())
    }
}

impl Choosable {
    pub fn new(key: impl Into<Cap>, label: &str) -> Self {
        Self { key: key.into().0, label: label.to_owned(), chosen: Chosen::No }
    }

    pub fn chosen(mut self, chosen: Chosen) -> Self {
        self.chosen = chosen;
        self
    }
}

/// One line of a list or a page of marks.
#[derive(Debug, Clone)]
pub(super) struct Marked {
    pub sign: &'static str,
    pub style: Style,
    pub text: String,
    /// At its right: how it stands, or what was answered.
    pub answer: String,
}

/// What the card shows, from above.
#[derive(Debug, Clone, Default)]
pub(super) struct Card {
    /// Harmless words that stay in sight.
    pub in_sight: Vec<String>,
    /// What is asked.
    pub ask: String,
    /// Who does it.
    pub by: Option<String>,
    /// The label of the frame, and the words to say.
    pub say: Option<(&'static str, String)>,
    /// A paragraph of ordinary text.
    pub text: Vec<String>,
    /// Lines, and which of them is at work.
    pub lines: Vec<Marked>,
    pub line: Option<usize>,
    /// The options.
    pub options: Vec<Choosable>,
    /// What stands below, dim.
    pub foot: Vec<String>,
    /// How much room there is about each thing.
    pub air: Air,
}

/// How much room there is about each thing on a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Air {
    /// As much as keeps the parts from each other.
    #[default]
    Close,
    /// A sentence a line, and a blank line about each sentence and each option, as large letters would take it.
    Wide,
}

/// A form of the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Blank lines about each sentence to say, and about each option.
    Airy,
    /// Blank lines between the parts, a frame, an option a line.
    Roomy,
    /// A bar for the frame, an option a line.
    Snug,
    /// Options one behind the other.
    Tight,
}

/// A card for one width and height.
#[derive(Debug, Clone)]
pub(super) struct Laid {
    /// Always in sight.
    pinned: Vec<Line<'static>>,
    /// Scrolled where it does not fit.
    rest: Vec<Line<'static>>,
    /// The line of the rest that must be in sight.
    keep: Option<usize>,
    /// Whether all that is asked and can be answered has room beside the rest.
    pub room_for_options: Room,
}

/// Whether there is room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Room {
    Enough,
    TooLittle,
}

impl Card {
    /// The roomiest form that fits.
    pub fn lay(&self, scene: &Scene, columns: u16, rows: u16) -> Laid {
        let columns = usize::from(columns);
        let forms: &[Form] = match self.air {
            Air::Wide => &[Form::Airy, Form::Roomy, Form::Snug],
            Air::Close => &[Form::Roomy, Form::Snug],
        };
        for form in forms.iter().copied() {
            let laid = self.form(scene, columns, form);
            if laid.height() <= usize::from(rows) {
                return laid;
            }
        }
        let mut laid = self.form(scene, columns, Form::Tight);
        // What is always in sight leaves room for what can be scrolled, so that nothing is out of reach.
        let most = usize::from(rows).saturating_sub(3).max(1);
        if laid.height() > usize::from(rows) && laid.pinned.len() > most {
            let mut rest = laid.pinned.split_off(most);
            laid.keep = laid.keep.map(|keep| keep + rest.len());
            rest.append(&mut laid.rest);
            laid.rest = rest;
            laid.room_for_options = Room::TooLittle;
        }
        laid
    }

    fn form(&self, scene: &Scene, columns: usize, form: Form) -> Laid {
        let mut pinned = self.head(scene, columns);
        let options = self.options(scene, columns, form);
        let mut rest: Vec<Line<'static>> = Vec::new();
        let mut keep = None;
        let gap = |lines: &mut Vec<Line<'static>>| {
            if matches!(form, Form::Airy | Form::Roomy) {
                lines.push(Line::default());
            }
        };
        if !self.text.is_empty() {
            gap(&mut rest);
            rest.extend(self.text.iter().flat_map(|text| wrap(text, columns)).map(Line::from));
        }
        if let Some((label, words)) = &self.say {
            gap(&mut rest);
            rest.extend(say(scene, label, words, columns, form));
        }
        if self.lines.is_empty() {
            if !options.is_empty() {
                gap(&mut rest);
                rest.extend(options);
            }
        } else {
            gap(&mut pinned);
            pinned.extend(options);
            gap(&mut rest);
            for (place, line) in self.lines.iter().enumerate() {
                let at_work = if self.line == Some(place) { Chosen::Yes } else { Chosen::No };
                rest.extend(marked(scene, line, columns, at_work));
                if at_work == Chosen::Yes {
                    keep = Some(rest.len() - 1);
                }
            }
        }
        if !self.foot.is_empty() {
            gap(&mut rest);
            let dim = scene.ink.dim();
            rest.extend(
                self.foot.iter().flat_map(|text| wrap(text, columns)).map(|text| Line::styled(text, dim)),
            );
        }
        Laid { pinned, rest, keep, room_for_options: Room::Enough }
    }

    fn head(&self, scene: &Scene, columns: usize) -> Vec<Line<'static>> {
        let mut head = Vec::new();
        if !self.in_sight.is_empty() {
            let words = self.in_sight.join(" · ");
            head.extend(wrap(&words, columns).into_iter().map(|line| Line::styled(line, scene.ink.dim())));
        }
        let mut ask: Vec<Line<'static>> = wrap(&self.ask, columns)
            .into_iter()
            .map(|line| Line::from(Span::styled(line, scene.ink.current())))
            .collect();
        if let Some(by) = &self.by {
            let sign = format!("· {by}");
            match ask.last_mut() {
                Some(last) if last.width() + 1 + width(&sign) <= columns => {
                    last.push_span(Span::styled(format!(" {sign}"), scene.ink.dim()));
                }
                _ => ask.push(Line::styled(sign, scene.ink.dim())),
            }
        }
        head.extend(ask);
        head
    }

    fn options(&self, scene: &Scene, columns: usize, form: Form) -> Vec<Line<'static>> {
        let ink = scene.ink;
        let spans = |option: &Choosable| {
            let style = if option.chosen == Chosen::Yes { ink.chosen() } else { ink.plain() };
            let mark = if option.chosen == Chosen::Yes { "● " } else { "" };
            vec![
                Span::styled(option.key.clone(), ink.key()),
                Span::styled(format!("  {mark}{}", option.label), style),
            ]
        };
        if form != Form::Tight && self.lines.is_empty() {
            let lines = self.options.iter().map(|option| hanging(spans(option), columns));
            return if form == Form::Airy { spaced(lines) } else { lines.flatten().collect() };
        }
        let mut lines: Vec<Line<'static>> = Vec::new();
        for option in &self.options {
            let mut spans = spans(option);
            if let Some(label) = spans.get_mut(1) {
                label.content = label.content.replacen("  ", " ", 1).into();
            }
            let wide: usize = spans.iter().map(Span::width).sum();
            match lines.last_mut() {
                Some(line) if line.width() + 2 + wide <= columns => {
                    line.push_span(Span::raw("  "));
                    line.extend(spans);
                }
                _ => lines.extend(hanging(spans, columns)),
            }
        }
        lines
    }
}

/// What was broken into lines, with a blank one between each and the next.
fn spaced<T: Default>(parts: impl Iterator<Item = Vec<T>>) -> Vec<T> {
    parts.enumerate().flat_map(|(place, part)| (place > 0).then(T::default).into_iter().chain(part)).collect()
}

/// A key and its label, the label broken and hung behind the key where it does not fit.
fn hanging(spans: Vec<Span<'static>>, columns: usize) -> Vec<Line<'static>> {
    let line = Line::from(spans);
    if line.width() <= columns {
        return vec![line];
    }
    let mut spans = line.spans.into_iter();
    let (Some(key), Some(label)) = (spans.next(), spans.next()) else { return Vec::new() };
    let indent = label.content.len() - label.content.trim_start().len();
    let hang = key.width() + indent;
    let texts = wrap(&label.content, columns.saturating_sub(hang).max(1));
    texts
        .into_iter()
        .enumerate()
        .map(|(place, text)| {
            let text = Span::styled(text, label.style);
            if place == 0 {
                Line::from(vec![key.clone(), Span::raw(" ".repeat(indent)), text])
            } else {
                Line::from(vec![Span::raw(" ".repeat(hang)), text])
            }
        })
        .collect()
}

fn say(scene: &Scene, label: &str, words: &str, columns: usize, form: Form) -> Vec<Line<'static>> {
    let ink = scene.ink;
    if !matches!(form, Form::Airy | Form::Roomy) || columns < 12 {
        let bar =
            |text: String| Line::from(vec![Span::styled("▌", ink.frame()), Span::styled(text, ink.say())]);
        return wrap(words, columns.saturating_sub(1)).into_iter().map(bar).collect();
    }
    let inner = columns - 4;
    let rule = |count: usize| "─".repeat(count);
    let title = format!("┌ {label} {}┐", rule(columns.saturating_sub(width(label) + 4)));
    let mut lines = vec![Line::styled(title, ink.frame())];
    let texts = match form {
        // A sentence is what one says in a breath.
        Form::Airy => spaced(words.unicode_sentences().map(|sentence| wrap(sentence.trim_end(), inner))),
        Form::Roomy | Form::Snug | Form::Tight => wrap(words, inner),
    };
    for text in texts {
        let blank = " ".repeat(inner.saturating_sub(width(&text)));
        lines.push(Line::from(vec![
            Span::styled("│ ", ink.frame()),
            Span::styled(text, ink.say()),
            Span::raw(blank),
            Span::styled(" │", ink.frame()),
        ]));
    }
    lines.push(Line::styled(format!("└{}┘", rule(columns - 2)), ink.frame()));
    lines
}

/// One line with its sign at the left and its answer at the right; the one at work has a pointer, and takes as many rows
/// as it needs, so that nothing of it is cut.
pub(super) fn marked(scene: &Scene, line: &Marked, columns: usize, at_work: Chosen) -> Vec<Line<'static>> {
    let beside = if line.answer.is_empty() { 0 } else { width(&line.answer) + 2 };
    if at_work == Chosen::Yes && MARKED_BEFORE + width(&line.text) + beside > columns {
        return whole(scene, line, columns);
    }
    vec![in_one_row(scene, line, columns, at_work)]
}

/// The pointer and the sign.
const MARKED_BEFORE: usize = 4;

/// The line at work over several rows: its text, and the answer behind the last of it or below.
fn whole(scene: &Scene, line: &Marked, columns: usize) -> Vec<Line<'static>> {
    let room = columns.saturating_sub(MARKED_BEFORE).max(1);
    let mut before = Some(vec![
        Span::styled("▸ ", scene.ink.current()),
        Span::styled(format!("{} ", line.sign), line.style),
    ]);
    let mut hung = |text: String, style: Style| {
        let mut spans = before.take().unwrap_or_else(|| vec![Span::raw(" ".repeat(MARKED_BEFORE))]);
        spans.push(Span::styled(text, style));
        Line::from(spans)
    };
    let mut lines: Vec<Line<'static>> =
        wrap(&line.text, room).into_iter().map(|text| hung(text, scene.ink.current())).collect();
    let wide = width(&line.answer);
    match lines.last_mut() {
        Some(last) if wide > 0 && last.width() + 2 + wide <= columns => {
            let fill = " ".repeat(columns - last.width() - wide);
            last.push_span(Span::styled(format!("{fill}{}", line.answer), line.style));
        }
        _ if wide > 0 => {
            lines.extend(wrap(&line.answer, room).into_iter().map(|text| hung(text, line.style)));
        }
        _ => {}
    }
    lines
}

fn in_one_row(scene: &Scene, line: &Marked, columns: usize, at_work: Chosen) -> Line<'static> {
    let answer = crate::text::cut(&line.answer, columns / 2);
    let room = columns.saturating_sub(MARKED_BEFORE + if answer.is_empty() { 0 } else { width(&answer) + 2 });
    let text = crate::text::cut(&line.text, room);
    let fill = " ".repeat(room.saturating_sub(width(&text)));
    let (pointer, style) = match at_work {
        Chosen::Yes => ("▸", scene.ink.current()),
        Chosen::No => (" ", scene.ink.plain()),
    };
    let mut spans = vec![
        Span::styled(format!("{pointer} "), scene.ink.current()),
        Span::styled(format!("{} ", line.sign), line.style),
        Span::styled(text, style),
    ];
    if !answer.is_empty() {
        spans.push(Span::styled(format!("{fill}  {answer}"), line.style));
    }
    Line::from(spans)
}

impl Laid {
    /// How many lines it takes in all.
    pub fn height(&self) -> usize {
        self.pinned.len() + self.rest.len()
    }

    /// By how many lines it can be scrolled in so many rows.
    pub fn overflow(&self, rows: u16) -> usize {
        let rows = usize::from(rows);
        if self.height() <= rows {
            return 0;
        }
        self.rest.len().saturating_sub(self.room(rows))
    }

    /// The rows for the rest, without the one that says what is out of sight.
    pub fn room(&self, rows: usize) -> usize {
        rows.saturating_sub(self.pinned.len()).saturating_sub(1).max(usize::from(rows > 0))
    }

    /// By how many lines it is scrolled by itself: so far that the line at work is in sight.
    pub fn start(&self, rows: u16) -> usize {
        let room = self.room(usize::from(rows));
        self.keep.map_or(0, |keep| (keep + 1).saturating_sub(room)).min(self.overflow(rows))
    }

    /// Draws it, scrolled by so many lines, or by itself.
    pub fn draw(&self, scene: &Scene, scrolled: Option<usize>, area: Rect, buffer: &mut Buffer) {
        let area = area.intersection(buffer.area);
        let rows = usize::from(area.height);
        if area.is_empty() {
            return;
        }
        let overflow = self.overflow(area.height);
        if overflow == 0 {
            let lines = self.pinned.iter().chain(&self.rest);
            put(lines, area, buffer);
            return;
        }
        let room = self.room(rows);
        let from = scrolled.unwrap_or_else(|| self.start(area.height)).min(overflow);
        // Where what is asked fills everything, its first lines are what counts.
        let pinned = self.pinned.len().min(rows.saturating_sub(room + 1).max(1));
        let shown = self.pinned.iter().take(pinned).chain(self.rest.iter().skip(from).take(room));
        put(shown, area, buffer);
        let below = self.rest.len().saturating_sub(from + room) + self.pinned.len().saturating_sub(pinned);
        OutOfSight { above: from, below }.draw(scene, area, buffer);
    }
}
