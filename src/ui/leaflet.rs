//! The cover: a leaflet as a plain text viewer would show it.
//!
//! Nothing here knows what it covers. It has no colours and no attributes at all, so that the screen keeps the
//! terminal's own background and no jump in brightness lights a face. A number opens a page and nothing else;
//! `q` asks, and only the letter for yes after it closes.
//!
//! Start reading at [`Leaflet::press`]. What is drawn was laid out before ([`Leaflet::fit`]), so that the key that
//! hides only has to write it.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::protocol::{Cover, Protocol};
use crate::text::{CoverId, Language, LanguageCode, TopicId, width, wrap};
use crate::words::{LeafletSays, built_in};

use super::handed::{Bookmark, Handed};
use super::key::Key;
use super::put::put_text;
use super::sheet::clear;
use super::view::View;
use super::wish::Wish;

/// The leaflet, laid out for one size.
#[derive(Debug, Clone)]
pub struct Leaflet {
    source: Source,
    page: Page,
    top: Anchor,
    question: Question,
    laid: Laid,
}

/// Whose text it is. Fixed when the cover is drawn: a leaflet that turned into another one would be noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Source {
    /// The program's own.
    BuiltIn,
    /// A cover of the protocol, by its place.
    Cover(usize),
    /// A text that was handed over by an earlier life, which had the protocol.
    Handed(Arc<Handed>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Page {
    Contents,
    Topic(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Question {
    None,
    Close,
}

/// A place in a page's text that means the same at every width: the paragraph, and how many of its characters,
/// blanks not counted, stand before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
struct Anchor {
    paragraph: usize,
    offset: usize,
}

/// A page, wrapped for a size.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Laid {
    made_for: MadeFor,
    head: String,
    topics: usize,
    lines: Vec<LaidLine>,
    /// The whole text, as the next life would be handed it: each frame notes it for a panic, and does not write it anew.
    handed: Arc<Handed>,
}

/// What a layout depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
struct MadeFor {
    source: Source,
    page: Page,
    code: LanguageCode,
    most: u16,
    width: u16,
    height: u16,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct LaidLine {
    start: Anchor,
    indent: u16,
    text: String,
}

/// The text of a page before it is wrapped.
struct Text<'a> {
    head: &'a str,
    topics: usize,
    paragraphs: Vec<Paragraph<'a>>,
}

enum Paragraph<'a> {
    /// A blank line.
    Blank,
    /// A title, with a line of hyphens under it.
    Title(&'a str),
    /// A sign, and a text that hangs beside it.
    Item(Sign, &'a str),
}

#[derive(Debug, Clone, Copy)]
enum Sign {
    Bullet,
    Number(usize),
}

/// From so many lines on there is room for the head line and a blank one.
const ROOM_FOR_HEAD: u16 = 7;
/// From so many columns on the text keeps away from the edge.
const ROOM_FOR_MARGIN: u16 = 30;
const MARGIN: u16 = 2;
/// The size that is assumed before anybody named one.
const USUAL: (u16, u16) = (80, 24);

impl Leaflet {
    /// The leaflet of a cover of the protocol, by default the first, open at a topic or at its contents. Before the
    /// protocol is read it is the program's own leaflet, and stays that as long as this value lives.
    pub fn new(view: &View, cover: Option<&CoverId>, opens: Option<&TopicId>) -> Self {
        let source = view.protocol.map_or(Source::BuiltIn, |protocol| {
            let named = cover.and_then(|id| protocol.covers.iter().position(|one| one.id == *id));
            Source::Cover(named.unwrap_or(0))
        });
        let page = match (&source, view.protocol, opens) {
            (Source::Cover(place), Some(protocol), Some(id)) => protocol
                .covers
                .get(*place)
                .and_then(|one| one.topics.iter().position(|topic| topic.id == *id))
                .map_or(Page::Contents, Page::Topic),
            _ => Page::Contents,
        };
        let laid = Laid::new(view, &source, page, USUAL);
        Self { source, page, top: Anchor::default(), question: Question::None, laid }
    }

    /// The leaflet that another life of the program handed over, open where it was; the program's own without a text.
    pub fn handed(view: &View, text: Option<Arc<Handed>>, mark: Bookmark) -> Self {
        let source = text.map_or(Source::BuiltIn, Source::Handed);
        let page = match mark.page.checked_sub(1) {
            Some(place) if place < text_of(view, &source, Page::Contents).topics => Page::Topic(place),
            _ => Page::Contents,
        };
        let laid = Laid::new(view, &source, page, USUAL);
        let top = Anchor { paragraph: mark.paragraph, offset: mark.offset };
        Self { source, page, top, question: Question::None, laid }
    }

    /// Where it is open.
    pub fn bookmark(&self) -> Bookmark {
        let page = match self.page {
            Page::Contents => 0,
            Page::Topic(place) => place.saturating_add(1),
        };
        Bookmark { page, paragraph: self.top.paragraph, offset: self.top.offset }
    }

    /// Its whole text in the language that it is shown in, to be handed to the program's next life.
    pub fn hand_over(&self, view: &View) -> Arc<Handed> {
        let made = &self.laid.made_for;
        if made.source == self.source && made.code == *view.shown {
            return Arc::clone(&self.laid.handed);
        }
        handed_over(view, &self.source)
    }

    /// Lays it out for a size, so that drawing only writes. To be called at start and after each change of size;
    /// where it was not, `draw` does the work.
    pub fn fit(&mut self, view: &View, width: u16, height: u16) {
        if !self.laid.suits(view, &self.source, self.page, (width, height)) {
            self.laid = Laid::new(view, &self.source, self.page, (width, height));
        }
    }

    /// Takes a key. Those that hide do nothing here; coming back is the stack's.
    pub fn press(&mut self, key: Key, view: &View) -> Vec<Wish> {
        if self.question == Question::Close {
            self.question = Question::None;
            let yes = LeafletSays::yes(language(view));
            let closes = matches!(key, Key::Char(c) if c.to_lowercase().any(|small| yes.contains(&small)));
            return if closes { vec![Wish::LeaveCovered] } else { Vec::new() };
        }
        match key {
            Key::Char('q' | 'Q') => self.question = Question::Close,
            Key::Char('0') => self.turn_to(Page::Contents, view),
            Key::Char(digit @ '1'..='9') => {
                let place = digit.to_digit(10).map_or(0, |number| number as usize).saturating_sub(1);
                if place < self.laid.topics {
                    self.turn_to(Page::Topic(place), view);
                    return vec![Wish::PageOpened(place)];
                }
            }
            Key::Up => self.scroll_to(self.first_line().saturating_sub(1)),
            Key::Down | Key::Enter => self.scroll_to(self.first_line().saturating_add(1)),
            Key::PageUp | Key::Left => self.scroll_to(self.first_line().saturating_sub(self.leaf())),
            Key::PageDown | Key::Right | Key::Char(' ') => {
                self.scroll_to(self.first_line().saturating_add(self.leaf()));
            }
            Key::Home => self.scroll_to(0),
            Key::End => self.scroll_to(usize::MAX),
            _ => {}
        }
        Vec::new()
    }

    /// Draws it over whatever the buffer has.
    pub fn draw(&self, view: &View, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        let area = area.intersection(buffer.area);
        clear(area, buffer);
        if self.laid.suits(view, &self.source, self.page, (area.width, area.height)) {
            self.draw_laid(&self.laid, view, area, buffer)
        } else {
            let laid = Laid::new(view, &self.source, self.page, (area.width, area.height));
            self.draw_laid(&laid, view, area, buffer)
        }
    }

    /// The open page as lines, a paragraph each, and the foot line, for the plain line mode.
    pub fn as_lines(&self, view: &View) -> Vec<String> {
        let text = text_of(view, &self.source, self.page);
        let paragraphs = text.paragraphs.iter().filter_map(|paragraph| match paragraph {
            Paragraph::Blank => None,
            Paragraph::Title(title) => Some((*title).to_owned()),
            Paragraph::Item(Sign::Bullet, text) => Some((*text).to_owned()),
            Paragraph::Item(Sign::Number(number), text) => Some(format!("{number} {text}")),
        });
        let foot = match self.question {
            Question::Close => LeafletSays::Close,
            Question::None => LeafletSays::Keys { of: text.topics },
        };
        let foot = foot.text(language(view));
        std::iter::once(text.head.to_owned()).chain(paragraphs).chain([foot]).collect()
    }

    fn turn_to(&mut self, page: Page, view: &View) {
        let size = (self.laid.made_for.width, self.laid.made_for.height);
        self.page = page;
        self.top = Anchor::default();
        self.laid = Laid::new(view, &self.source, page, size);
    }

    fn first_line(&self) -> usize {
        self.laid.first_line(self.top)
    }

    /// How many lines a leaf turns.
    fn leaf(&self) -> usize {
        usize::from(rows_of(self.laid.made_for.height).body).saturating_sub(1).max(1)
    }

    fn scroll_to(&mut self, line: usize) {
        let line = line.min(self.laid.last_top());
        self.top = self.laid.lines.get(line).map_or_else(Anchor::default, |line| line.start);
    }

    fn draw_laid(&self, laid: &Laid, view: &View, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        let rows = rows_of(area.height);
        let margin = margin(area.width);
        if rows.head > 0 {
            write(buffer, area, margin, 0, &laid.head);
        }
        let first = laid.first_line(self.top);
        for (row, line) in (rows.head..).zip(laid.lines.iter().skip(first)).take(usize::from(rows.body)) {
            write(buffer, area, line.indent, row, &line.text);
        }
        let last_row = area.height.checked_sub(1)?;
        if self.question == Question::Close {
            let question = LeafletSays::Close.text(language(view));
            clear_row(buffer, area, last_row);
            let end = write(buffer, area, margin.min(area.width.saturating_sub(1)), last_row, &question);
            return Some(Position::new(
                end.min(area.right().saturating_sub(1)),
                area.y.saturating_add(last_row),
            ));
        }
        if rows.foot > 0 {
            self.draw_foot(laid, view, area, last_row, buffer);
        }
        None
    }

    fn draw_foot(&self, laid: &Laid, view: &View, area: Rect, row: u16, buffer: &mut Buffer) {
        let margin = margin(area.width);
        let seen = laid.seen(self.top);
        let place = match self.page {
            Page::Contents => LeafletSays::Contents { seen },
            Page::Topic(place) => LeafletSays::Page { page: place.saturating_add(1), of: laid.topics, seen },
        };
        let place = place.text(language(view));
        write(buffer, area, margin, row, &place);
        let right_edge = usize::from(area.width.min(laid.made_for.most.saturating_add(2 * margin)));
        let least = usize::from(margin) + width(&place) + 3;
        for keys in [LeafletSays::Keys { of: laid.topics }, LeafletSays::KeysAlone { of: laid.topics }] {
            let keys = keys.text(language(view));
            let start = right_edge.saturating_sub(width(&keys) + usize::from(margin));
            if let (true, Ok(start)) = (start >= least, u16::try_from(start)) {
                write(buffer, area, start, row, &keys);
                break;
            }
        }
    }
}

impl Laid {
    fn new(view: &View, source: &Source, page: Page, (columns, height): (u16, u16)) -> Self {
        let text = text_of(view, source, page);
        let margin = margin(columns);
        let text_width = columns.saturating_sub(2 * margin).min(view.look.leaflet_width.max(1));
        let mut lines = Vec::new();
        for (number, paragraph) in text.paragraphs.iter().enumerate() {
            lay_paragraph(number, paragraph, margin, text_width, &mut lines);
        }
        Self {
            made_for: MadeFor {
                source: source.clone(),
                page,
                code: view.shown.clone(),
                most: view.look.leaflet_width,
                width: columns,
                height,
            },
            head: text.head.to_owned(),
            topics: text.topics,
            lines,
            handed: handed_over(view, source),
        }
    }

    fn suits(&self, view: &View, source: &Source, page: Page, (columns, height): (u16, u16)) -> bool {
        let made = &self.made_for;
        made.source == *source
            && made.page == page
            && made.code == *view.shown
            && made.most == view.look.leaflet_width
            && (made.width, made.height) == (columns, height)
    }

    /// The line that stands at the top: the last that starts at or before the anchor, and no later one than leaves
    /// the body full.
    fn first_line(&self, top: Anchor) -> usize {
        let after = self.lines.partition_point(|line| line.start <= top);
        after.saturating_sub(1).min(self.last_top())
    }

    fn last_top(&self) -> usize {
        self.lines.len().saturating_sub(usize::from(rows_of(self.made_for.height).body).max(1))
    }

    /// Hundredths of the page that are above the foot line.
    fn seen(&self, top: Anchor) -> usize {
        let shown = self.first_line(top) + usize::from(rows_of(self.made_for.height).body);
        (shown.min(self.lines.len()) * 100).checked_div(self.lines.len()).unwrap_or(100)
    }
}

fn lay_paragraph(
    number: usize,
    paragraph: &Paragraph,
    margin: u16,
    text_width: u16,
    lines: &mut Vec<LaidLine>,
) {
    let start = Anchor { paragraph: number, offset: 0 };
    match paragraph {
        Paragraph::Blank => lines.push(LaidLine { start, indent: margin, text: String::new() }),
        Paragraph::Title(title) => {
            let mut offset = 0;
            let mut longest = 0;
            for text in wrap(title, usize::from(text_width)) {
                let start = Anchor { paragraph: number, offset };
                offset += letters(&text);
                longest = longest.max(width(&text));
                lines.push(LaidLine { start, indent: margin, text });
            }
            let start = Anchor { paragraph: number, offset };
            lines.push(LaidLine { start, indent: margin, text: "-".repeat(longest) });
        }
        Paragraph::Item(sign, text) => {
            let sign = match sign {
                Sign::Bullet => "- ".to_owned(),
                Sign::Number(number) => format!("{number}  "),
            };
            let hang = u16::try_from(width(&sign)).unwrap_or(0);
            // Too narrow a page has no room for a text beside its sign: then the sign is the text's first word.
            let hang = if text_width > hang.saturating_mul(3) { hang } else { 0 };
            let whole = if hang == 0 { format!("{} {text}", sign.trim()) } else { (*text).to_owned() };
            let mut offset = 0;
            for (place, text) in
                wrap(&whole, usize::from(text_width.saturating_sub(hang))).into_iter().enumerate()
            {
                let start = Anchor { paragraph: number, offset };
                offset += letters(&text);
                if place == 0 && hang > 0 {
                    lines.push(LaidLine { start, indent: margin, text: format!("{sign}{text}") });
                } else {
                    lines.push(LaidLine { start, indent: margin.saturating_add(hang), text });
                }
            }
        }
    }
}

/// A head line, and the title and lines of each page.
type Pages<'a> = (&'a str, Vec<(&'a str, Vec<&'a str>)>);

fn cover_text<'a>(view: &View<'a>, cover: &'a Cover) -> Pages<'a> {
    let topics = cover.topics.iter().map(|topic| {
        let lines = topic.lines.iter().map(|line| line.in_language(view.shown)).collect();
        (topic.title.in_language(view.shown), lines)
    });
    (cover.title.in_language(view.shown), topics.collect())
}

fn own_text<'a>(view: &View<'a>) -> Pages<'a> {
    let sheet = built_in(language(view));
    (sheet.title, sheet.topics.iter().map(|topic| (topic.title, topic.lines.to_vec())).collect())
}

fn handed_text(handed: &Handed) -> Pages<'_> {
    (handed.title(), handed.topics().collect())
}

fn pages_of<'a>(view: &View<'a>, source: &'a Source) -> Pages<'a> {
    match source {
        Source::BuiltIn => own_text(view),
        Source::Handed(handed) => handed_text(handed),
        Source::Cover(place) => view
            .protocol
            .and_then(|protocol: &Protocol| protocol.covers.get(*place))
            .map_or_else(|| own_text(view), |cover| cover_text(view, cover)),
    }
}

fn handed_over(view: &View, source: &Source) -> Arc<Handed> {
    let (title, topics) = pages_of(view, source);
    Arc::new(Handed::new(title, topics.iter().map(|(title, lines)| (*title, lines.as_slice()))))
}

fn text_of<'a>(view: &View<'a>, source: &'a Source, page: Page) -> Text<'a> {
    let (head, topics) = pages_of(view, source);
    let mut paragraphs = Vec::new();
    match page {
        Page::Contents => {
            for (place, (title, _)) in topics.iter().enumerate() {
                paragraphs.push(Paragraph::Item(Sign::Number(place + 1), title));
            }
        }
        Page::Topic(place) => {
            if let Some((title, lines)) = topics.get(place) {
                paragraphs.push(Paragraph::Title(title));
                paragraphs.push(Paragraph::Blank);
                for line in lines {
                    paragraphs.push(Paragraph::Item(Sign::Bullet, line));
                }
            }
        }
    }
    Text { head, topics: topics.len(), paragraphs }
}

/// The language of the foot line: the leaflet's, where the program speaks it.
fn language(view: &View) -> Language {
    Language::from_code(view.shown.as_str()).unwrap_or(view.language)
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

struct Rows {
    head: u16,
    body: u16,
    foot: u16,
}

fn rows_of(height: u16) -> Rows {
    let foot = u16::from(height > 1);
    let head = if height >= ROOM_FOR_HEAD { 2 } else { 0 };
    Rows { head, body: height.saturating_sub(head + foot), foot }
}

fn margin(columns: u16) -> u16 {
    if columns >= ROOM_FOR_MARGIN { MARGIN } else { 0 }
}

/// Writes a text at a place of the area, cut at its edge, and gives the column after it.
fn write(buffer: &mut Buffer, area: Rect, column: u16, row: u16, text: &str) -> u16 {
    if row >= area.height || column >= area.width {
        return area.x;
    }
    put_text(text, (area.x + column, area.y + row), area.right(), Style::new(), buffer)
}

fn clear_row(buffer: &mut Buffer, area: Rect, row: u16) {
    write(buffer, area, 0, row, &" ".repeat(usize::from(area.width)));
}

#[cfg(test)]
mod tests;
