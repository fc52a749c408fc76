//! Figures for outsiders: counts in which no small group can be found, and nothing of any session. What is hidden is
//! decided in `review`; here it is only written.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use crate::protocol::Protocol;
use crate::review::{Aggregate, ProtocolColumn, Table};
use crate::text::{Language, ProtocolId};
use crate::words::{FigureWord, Telling, end, quarter_word, quarters_word};

use super::About;
use super::escape::one_line;
use super::figures::{Bar, Figure, Row, figure_text, paragraph, part};
use super::markup::Markup;
use super::page::page;

/// The protocols that sessions ran, for the titles of their phases.
pub type Titles = BTreeMap<ProtocolId, Arc<Protocol>>;

/// Figures for outsiders, as a page.
pub fn outsiders_page(aggregate: &Aggregate, titles: &Titles, about: &About) -> String {
    let language = about.language;
    let title = FigureWord::ForOutsiders.text(language);
    page(language, title, |page| {
        page.element("header", &[], |header| {
            header.leaf("h1", &[], title);
            header.leaf("p", &[("class", "made")], &about.day());
            header.leaf("p", &[], &hiding(aggregate, language));
        });
        page.element("main", &[], |main| {
            if aggregate.n.is_none() {
                main.leaf("p", &[], FigureWord::TooFew.text(language));
                return;
            }
            for grid in grids(aggregate, language) {
                grid.on_page(main, language);
            }
            for figure in shares(aggregate, titles, language) {
                part(main, &figure, language);
            }
        });
    })
}

/// Figures for outsiders, as plain text.
pub fn outsiders_text(aggregate: &Aggregate, titles: &Titles, about: &About) -> String {
    let language = about.language;
    let title = FigureWord::ForOutsiders.text(language).to_uppercase();
    let mut text = format!("{title}\n{}\n", about.day());
    paragraph(&mut text, &hiding(aggregate, language));
    if aggregate.n.is_none() {
        paragraph(&mut text, FigureWord::TooFew.text(language));
        return text;
    }
    for grid in grids(aggregate, language) {
        text.push_str(&grid.as_text(language));
    }
    for figure in shares(aggregate, titles, language) {
        text.push_str(&figure_text(&figure, language));
    }
    text
}

fn hiding(aggregate: &Aggregate, language: Language) -> String {
    let mut says = format!("{} {}.", FigureWord::Hiding.text(language), aggregate.least);
    if let (Some(until), Some(n)) = (aggregate.until, aggregate.n) {
        let finished = FigureWord::Finished.text(language);
        let _ = write!(says, " {finished} {}. n = {n}.", quarter_word(until, language));
    }
    says
}

/// A table with its totals, in words.
struct Grid {
    title: String,
    /// The first is the head; without any it has one column only.
    rows: Vec<Vec<String>>,
}

impl Grid {
    fn of<C>(
        title: String,
        table: Option<&Table<C>>,
        language: Language,
        column: impl Fn(&C) -> String,
    ) -> Self {
        let Some(table) = table else { return Self { title, rows: Vec::new() } };
        let word = |word: FigureWord| word.text(language).to_owned();
        let columns = table.columns.iter().map(|(of, _)| column(of));
        let head = [word(FigureWord::Quarter)].into_iter().chain(columns).chain([word(FigureWord::Total)]);
        let mut rows = vec![head.collect::<Vec<_>>()];
        for ((of, total), cells) in table.rows.iter().zip(&table.cells) {
            let cells = cells.iter().map(ToString::to_string);
            let row = [quarters_word(*of, language)].into_iter().chain(cells);
            rows.push(row.chain([total.to_string()]).collect());
        }
        let totals = table.columns.iter().map(|(_, total)| total.to_string());
        let all: u32 = table.rows.iter().map(|(_, total)| *total).sum();
        rows.push([word(FigureWord::Total)].into_iter().chain(totals).chain([all.to_string()]).collect());
        Self { title, rows }
    }

    fn on_page(&self, main: &mut Markup, language: Language) {
        main.element("section", &[("class", "part")], |section| {
            section.leaf("h2", &[], &self.title);
            if self.rows.is_empty() {
                section.leaf("p", &[("class", "soft")], FigureWord::NotApart.text(language));
                return;
            }
            section.element("table", &[], |table| {
                for (place, row) in self.rows.iter().enumerate() {
                    table.element("tr", &[], |tr| {
                        for (column, cell) in row.iter().enumerate() {
                            let class = if column == 0 { "" } else { "v" };
                            match (place, column) {
                                (0, _) => tr.leaf("th", &[("scope", "col"), ("class", class)], cell),
                                (_, 0) => tr.leaf("th", &[("scope", "row")], cell),
                                _ => tr.leaf("td", &[("class", class)], cell),
                            }
                        }
                    });
                }
            });
        });
        main.line();
    }

    fn as_text(&self, language: Language) -> String {
        let mut text = format!("\n{}\n", one_line(&self.title));
        if self.rows.is_empty() {
            paragraph(&mut text, FigureWord::NotApart.text(language));
        }
        let head = self.rows.first().cloned().unwrap_or_default();
        for row in self.rows.iter().skip(1) {
            let _ = writeln!(text, "  {}", row.first().map(|cell| one_line(cell)).unwrap_or_default());
            for (name, cell) in head.iter().zip(row).skip(1) {
                let _ = writeln!(text, "    {}: {}", one_line(name), one_line(cell));
            }
        }
        text
    }
}

fn grids(aggregate: &Aggregate, language: Language) -> [Grid; 2] {
    let title = |word: FigureWord| word.text(language).to_owned();
    [
        Grid::of(title(FigureWord::Ends), aggregate.ends.as_ref(), language, |ends| {
            ends.0.iter().map(|ending| end(*ending, language)).collect::<Vec<_>>().join(", ")
        }),
        Grid::of(title(FigureWord::ByProtocol), aggregate.protocols.as_ref(), language, |of| match of {
            ProtocolColumn::One(protocol) => protocol.to_string(),
            ProtocolColumn::Several => title(FigureWord::Several),
        }),
    ]
}

fn shares(aggregate: &Aggregate, titles: &Titles, language: Language) -> Vec<Figure> {
    let all = aggregate.n.unwrap_or(0);
    let title = |word: FigureWord| word.text(language).to_owned();
    let figure = |word: FigureWord, rows: Vec<Row>| Figure {
        title: title(word),
        n: None,
        note: Some(title(FigureWord::AtLeast)),
        rows,
    };
    let signal = |word: FigureWord, count: u32| Row {
        label: title(word),
        bar: Bar::Part(count, all),
        says: count.to_string(),
    };
    let signals = vec![
        signal(FigureWord::WithDanger, aggregate.danger),
        signal(FigureWord::WithDistress, aggregate.distress),
    ];
    let longest = aggregate.phases.iter().map(|share| share.median_minutes).max().unwrap_or(0);
    let phases = aggregate.phases.iter().map(|share| {
        let telling = Telling::new(language, titles.get(&share.protocol).map(AsRef::as_ref), 0);
        Row {
            label: telling.phase(&share.phase),
            bar: Bar::Part(share.median_minutes, longest),
            says: format!("{} min, n = {}", share.median_minutes, share.n),
        }
    });
    let practices = aggregate.practices.iter().map(|share| Row {
        label: share.practice.0.to_string(),
        bar: Bar::Part(share.served, share.n),
        says: format!("{}, n = {}", share.served, share.n),
    });
    vec![
        figure(FigureWord::Signals, signals),
        figure(FigureWord::Phases, phases.collect()),
        figure(FigureWord::Practices, practices.collect()),
    ]
}
