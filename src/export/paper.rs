//! Paper that a person signs or takes along: as a page to print, and as plain text.

mod appointment;
mod report;
mod waiver;

use std::fmt::Write as _;

use crate::text::{Language, wrap};

use super::WIDE;
use super::escape::harmless;
use super::markup::Markup;
use super::page::styled;

pub use appointment::appointment;
pub use report::{Day, Work};
pub use waiver::waiver;

/// The style of paper.
const LOOK: &str = include_str!("paper.css");

/// How paper is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Written {
    /// A page to print from a browser.
    Page,
    /// Plain text.
    Text,
}

/// A part of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// What to do with the sheet.
    Note(&'static str),
    /// The head of what follows.
    Heading(&'static str),
    /// A sentence that is signed.
    Says(&'static str),
    /// Lines to write on, beside one another where there is room.
    Fields(&'static [&'static str]),
    /// Boxes to tick.
    Ticks(&'static [&'static str]),
}

/// How often a sheet stands on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Copies {
    /// Once.
    One,
    /// Four times, to be cut.
    Four,
}

impl Copies {
    fn count(self) -> usize {
        match self {
            Self::One => 1,
            Self::Four => 4,
        }
    }
}

/// A sheet to be filled in by hand: nothing in it comes from a session.
struct Sheet {
    title: &'static str,
    parts: Vec<Part>,
    copies: Copies,
}

impl Sheet {
    fn written(&self, written: Written, language: Language) -> String {
        match written {
            Written::Page => self.page(language),
            Written::Text => self.text(),
        }
    }

    fn page(&self, language: Language) -> String {
        let class = match self.copies {
            Copies::One => "one",
            Copies::Four => "four",
        };
        styled(language, self.title, LOOK, |body| {
            body.element("main", &[("class", class)], |main| {
                for copy in 0..self.copies.count() {
                    // A page has one first heading; the copies beside it have the same look.
                    let heading = if copy == 0 { "h1" } else { "div" };
                    main.element("section", &[], |section| self.section(section, heading));
                    main.line();
                }
            });
        })
    }

    fn section(&self, section: &mut Markup, heading: &'static str) {
        section.leaf(heading, &[("class", "title")], self.title);
        for part in &self.parts {
            match part {
                Part::Note(text) => section.leaf("p", &[("class", "note")], text),
                Part::Heading(text) => section.leaf("h2", &[], text),
                Part::Says(text) => section.leaf("p", &[("class", "says")], text),
                Part::Fields(fields) => section.element("div", &[("class", "fields")], |all| {
                    for field in *fields {
                        all.element("div", &[("class", "field")], |row| {
                            row.leaf("span", &[], field);
                            row.leaf("span", &[], "");
                        });
                    }
                }),
                Part::Ticks(ticks) => section.element("ul", &[], |list| {
                    for tick in *ticks {
                        list.leaf("li", &[], tick);
                    }
                }),
            }
            section.line();
        }
    }

    fn text(&self) -> String {
        let mut sheets = Vec::new();
        for _ in 0..self.copies.count() {
            let mut text = format!("{}\n", self.title.to_uppercase());
            for part in &self.parts {
                match part {
                    Part::Note(says) | Part::Says(says) => paragraph(&mut text, says),
                    Part::Heading(says) => paragraph(&mut text, says),
                    Part::Fields(fields) => {
                        fields.iter().for_each(|field| line_to_write_on(&mut text, field));
                    }
                    Part::Ticks(ticks) => {
                        for tick in *ticks {
                            let lines = wrap(tick, WIDE - 4).join("\n    ");
                            let _ = writeln!(text, "[ ] {lines}");
                        }
                    }
                }
            }
            sheets.push(text);
        }
        let cut = format!("\n{}\n\n", "- ".repeat(WIDE / 2).trim_end());
        sheets.join(&cut)
    }
}

fn paragraph(text: &mut String, says: &str) {
    text.push('\n');
    for line in wrap(&harmless(says), WIDE) {
        text.push_str(&line);
        text.push('\n');
    }
}

fn line_to_write_on(text: &mut String, field: &str) {
    let rule = WIDE.saturating_sub(crate::text::width(field) + 1).max(12);
    let _ = writeln!(text, "\n{field} {}", "_".repeat(rule));
}
