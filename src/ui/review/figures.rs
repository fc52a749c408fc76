//! Figures over many sessions on the screen: bars, each beside its number and what that stands on.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::widgets::{Sparkline, Widget};

use crate::export::{Bar, Figure, Row, figures_in_rows};
use crate::review::Figures;
use crate::text::{Language, cut, width};
use crate::words::{FigureWord, left_out_words, weeks_described};

use super::keys_page::{KeysDo, KeysPage, foot, framed, inner, place};
use super::long_page::{LongPage, Looking, MARGIN, Spans, Way, headed, wrapped};
use super::session::SessionDoes;
use crate::ui::ink::Ink;
use crate::ui::key::Key;
use crate::ui::keys::{Action, Context, Where, action};
use crate::ui::view::View;

/// The narrowest page that has label, bar and numbers in one row.
const SIDE_BY_SIDE: usize = 70;
/// The rows of the bars of the weeks.
const WEEKS_HIGH: u16 = 5;
/// The widest bar.
const WIDEST: usize = 40;

/// The page of figures.
#[derive(Debug)]
pub struct FiguresPage {
    figures: Figures,
    looking: Looking,
    keys: Option<KeysPage>,
}

impl FiguresPage {
    /// The page of some figures.
    pub fn new(figures: Figures) -> Self {
        Self { figures, looking: Looking::default(), keys: None }
    }

    /// What takes keys.
    pub(in crate::ui) fn context(&self, view: &View) -> Context {
        let page = place(Where::Figures);
        if self.keys.is_some() { KeysPage::context(&page, view) } else { page }
    }

    /// Takes a key.
    pub fn press(&mut self, key: Key, view: &View) -> SessionDoes {
        if let Some(keys) = &mut self.keys {
            if keys.press(key, &place(Where::Figures), view) == KeysDo::Close {
                self.keys = None;
            }
            return SessionDoes::Stays;
        }
        let action = action(key, &self.context(view));
        let way = match (action.and_then(Way::of), action) {
            (Some(way), _) => way,
            (None, Some(Action::Back)) => return SessionDoes::Closes,
            (None, Some(Action::Help)) => {
                self.keys = Some(KeysPage::default());
                return SessionDoes::Stays;
            }
            _ => return SessionDoes::Stays,
        };
        let area = Rect::new(0, 0, view.size.width, view.size.height);
        let page = self.page(view.language, Ink::default(), columns(area));
        page.go(&mut self.looking, way, usize::from(inner(area).height));
        SessionDoes::Stays
    }

    /// Draws it.
    pub fn draw(&self, view: &View, area: Rect, buffer: &mut Buffer) {
        let area = area.intersection(buffer.area);
        if area.is_empty() {
            return;
        }
        let (ink, language) = (Ink::new(view.look.colour), view.language);
        if let Some(keys) = &self.keys {
            keys.draw(&place(Where::Figures), view, area, buffer);
            return;
        }
        let title = format!("{}  n = {}", FigureWord::Title.text(language), self.figures.n);
        framed(&title, ink, area, buffer);
        self.page(language, ink, columns(area)).draw(self.looking, ink, inner(area), buffer);
        foot(language, ink, &self.context(view), area, buffer);
    }

    fn page(&self, language: Language, ink: Ink, columns: usize) -> LongPage {
        let mut page = LongPage::default();
        let about =
            [FigureWord::Nobody.text(language).to_owned(), left_out_words(self.figures.left_out, language)];
        for text in about {
            page.thing(wrapped(Vec::new(), &Vec::new(), &text, ink.dim(), columns));
        }
        let weeks = self.weeks(language);
        heading(&mut page, &weeks, ink, columns);
        self.weeks_drawn(&mut page, language, ink, columns);
        for figure in figures_in_rows(&self.figures, language) {
            heading(&mut page, &figure, ink, columns);
            rows(&mut page, &figure, language, ink, columns);
        }
        let title = format!("{}: {}", weeks.title, FigureWord::AsTable.text(language));
        heading(&mut page, &Figure { title, ..weeks.clone() }, ink, columns);
        rows(&mut page, &weeks, language, ink, columns);
        page
    }

    /// The weeks as bars beside one another, the latest at the right; as many as there is room for.
    fn weeks_drawn(&self, page: &mut LongPage, language: Language, ink: Ink, columns: usize) {
        let weeks = &self.figures.weeks;
        let shown = weeks.get(weeks.len().saturating_sub(columns)..).unwrap_or_default();
        let (Some((first, _)), Some((last, _))) = (shown.first(), shown.last()) else {
            page.thing(wrapped(
                Vec::new(),
                &Vec::new(),
                FigureWord::Nothing.text(language),
                ink.dim(),
                columns,
            ));
            return;
        };
        let counts = shown.iter().map(|(_, count)| u64::from(*count));
        let area = Rect::new(0, 0, u16::try_from(shown.len()).unwrap_or(u16::MAX), WEEKS_HIGH);
        let mut bars = Buffer::empty(area);
        Sparkline::default().data(counts).render(area, &mut bars);
        let most = shown.iter().map(|(_, count)| *count).max().unwrap_or(0);
        let says = weeks_described(shown.len(), most, language);
        page.thing(wrapped(Vec::new(), &Vec::new(), &says, ink.plain(), columns));
        for row in area.rows() {
            let cells = row.columns().filter_map(|column| bars.cell((column.x, column.y)));
            page.below(vec![(cells.map(Cell::symbol).collect(), ink.current())]);
        }
        let (first, last) = (first.to_string(), last.to_string());
        let gap = shown.len().saturating_sub(width(&first) + width(&last)).max(1);
        page.below(vec![(format!("{first}{}{last}", " ".repeat(gap)), ink.dim())]);
    }

    /// The weeks, the latest first.
    fn weeks(&self, language: Language) -> Figure {
        let most = self.figures.weeks.iter().map(|(_, count)| *count).max().unwrap_or(0);
        let rows = self.figures.weeks.iter().rev().map(|(monday, count)| Row {
            label: monday.to_string(),
            bar: Bar::Part(*count, most),
            says: count.to_string(),
        });
        let (title, n) = (FigureWord::Weeks.text(language).to_owned(), Some(self.figures.n));
        Figure { title, n, note: None, rows: rows.collect() }
    }
}

fn columns(area: Rect) -> usize {
    usize::from(area.width.saturating_sub(MARGIN)).max(1)
}

fn heading(page: &mut LongPage, figure: &Figure, ink: Ink, columns: usize) {
    let n = figure.n.map(|n| format!("  n = {n}")).unwrap_or_default();
    let title = cut(&headed(&figure.title), columns.saturating_sub(width(&n)));
    page.heading(vec![(title, ink.title()), (n, ink.dim())]);
    for row in figure.note.iter().flat_map(|note| wrapped(Vec::new(), &Vec::new(), note, ink.dim(), columns))
    {
        page.above(row);
    }
}

fn rows(page: &mut LongPage, figure: &Figure, language: Language, ink: Ink, columns: usize) {
    if figure.rows.is_empty() {
        let nothing = FigureWord::Nothing.text(language);
        page.thing(wrapped(Vec::new(), &Vec::new(), nothing, ink.dim(), columns));
        return;
    }
    let labels = figure.rows.iter().map(|row| width(&row.label)).max().unwrap_or(0);
    let says = figure.rows.iter().map(|row| width(&row.says)).max().unwrap_or(0);
    // What does not fit beside the others stands above its bar.
    let beside = columns >= SIDE_BY_SIDE || labels + says + 16 <= columns;
    let labels = labels.min(columns / 2);
    for row in &figure.rows {
        if beside {
            let bar = columns.saturating_sub(labels + says.min(columns / 4) + 3).clamp(8, WIDEST);
            let pad = labels.saturating_sub(width(&row.label));
            let mut first =
                vec![(format!("{}{}", cut(&row.label, labels), " ".repeat(pad + 1)), ink.plain())];
            first.push((drawn(row.bar, bar), ink.current()));
            first.push((" ".to_owned(), ink.plain()));
            let then = vec![(" ".repeat(labels + 1 + bar + 1), ink.plain())];
            page.thing(wrapped(first, &then, &row.says, ink.plain(), columns));
        } else {
            let mut all: Vec<Spans> = wrapped(Vec::new(), &Vec::new(), &row.label, ink.plain(), columns);
            let bar = (columns / 3).max(4);
            let first = vec![(drawn(row.bar, bar), ink.current()), (" ".to_owned(), ink.plain())];
            let then = vec![(" ".repeat(bar + 1), ink.plain())];
            all.extend(wrapped(first, &then, &row.says, ink.dim(), columns));
            page.thing(all);
        }
    }
}

/// A bar of so many columns.
fn drawn(bar: Bar, columns: usize) -> String {
    let wide = u64::try_from(columns).unwrap_or(0);
    let column = |value: u32, of: u32| {
        let column = (u64::from(value.min(of)) * wide).div_ceil(u64::from(of.max(1)));
        usize::try_from(column).unwrap_or(0).min(columns)
    };
    match bar {
        Bar::Part(value, of) => {
            let filled = column(value, of);
            format!("{}{}", "█".repeat(filled), "·".repeat(columns - filled))
        }
        Bar::Range(quartiles, of) => {
            let place = |value: u32| column(value, of).saturating_sub(1);
            let (low, median, high) = (place(quartiles.low), place(quartiles.median), place(quartiles.high));
            let sign = |at: usize| match at {
                at if at == median => '┃',
                at if (low..=high).contains(&at) => '▄',
                _ => '·',
            };
            (0..columns).map(sign).collect()
        }
    }
}
