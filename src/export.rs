//! Handing on: pages, tables and paper of what was recorded. Everything from outside is escaped, and what is private
//! stays out unless it was asked for by name.
//!
//! Knows nothing of files or screens: it makes texts. Start reading at [`Account`]: what may be handed on of a session.

mod account;
mod escape;
mod figures;
mod html;
mod markdown;
mod markup;
mod outsiders;
mod page;
mod paper;
mod picture;
mod table;

use crate::machine::At;
use crate::text::Language;
use crate::words::{ExportWord, Telling};

pub use account::{Account, AskedFor, Happened, LeftOut, Opened, Scaled, private_steps, scales};
pub use figures::{Bar, Figure, Row, figures_data, figures_in_rows, figures_page, figures_text};
pub use outsiders::{Titles, outsiders_page, outsiders_text};
pub use paper::{Day, Work, Written, appointment, waiver};

/// How wide a plain text is.
const WIDE: usize = 78;

/// The kinds of files with sessions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// A page for people.
    Html,
    /// Markdown.
    Markdown,
    /// A table, a row an event.
    Csv,
    /// JSON Lines, a line a session.
    Lines,
}

impl Format {
    /// How the name of such a file ends.
    pub const fn suffix(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Markdown => "md",
            Self::Csv => "csv",
            Self::Lines => "jsonl",
        }
    }
}

/// What is said of a file in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct About {
    /// The language of its sentences.
    pub language: Language,
    /// When it was made.
    pub made: At,
}

impl About {
    fn line(&self) -> String {
        let telling = Telling::new(self.language, None, self.made.zone);
        format!("{} {}", ExportWord::Made.text(self.language), telling.moment(self.made))
    }

    /// Without the time of day.
    fn day(&self) -> String {
        let day = Telling::date(self.made).map(|day| day.to_string()).unwrap_or_default();
        format!("{} {day}", ExportWord::Made.text(self.language))
    }
}

/// Makes a file of sessions, one after the other, so that as little as possible is held at once. A page is whole only
/// at its end, since its contents stand at its head.
#[derive(Debug)]
pub struct Exporter {
    format: Format,
    about: About,
    contents: Vec<html::Entry>,
    articles: markup::Markup,
}

impl Exporter {
    /// Begins a file.
    pub fn new(format: Format, about: About) -> Self {
        Self { format, about, contents: Vec::new(), articles: markup::Markup::default() }
    }

    /// What is to be written before any session.
    pub fn begin(&self) -> String {
        match self.format {
            Format::Html | Format::Lines => String::new(),
            Format::Markdown => markdown::head(&self.about),
            Format::Csv => table::columns(),
        }
    }

    /// Takes a session; what is to be written of it now.
    pub fn add(&mut self, account: &Account<'_>) -> String {
        match self.format {
            Format::Html => {
                self.contents.push(html::entry(account));
                self.articles.append(&html::article(account));
                String::new()
            }
            Format::Markdown => markdown::section(account),
            Format::Csv => table::rows(account),
            Format::Lines => table::line(account),
        }
    }

    /// What is to be written at the end.
    pub fn end(self) -> String {
        match self.format {
            Format::Html => html::whole(&self.about, &self.contents, &self.articles),
            Format::Markdown | Format::Csv | Format::Lines => String::new(),
        }
    }
}
