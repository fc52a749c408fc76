//! The daily report: the day's work by staff number, from the sessions that began that day.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::NaiveDate;

use crate::protocol::Protocol;
use crate::review::Overview;
use crate::seal::HeadCode;
use crate::text::{Language, StaffNumber, width};
use crate::words::{ExportWord, ReportWord, SessionWord, Telling, head_word};

use super::super::escape::one_line;
use super::super::markup::Markup;
use super::super::page::page;
use super::{Written, line_to_write_on, paragraph};

/// Lines for what is written in by hand.
const BLANK_LINES: usize = 4;

/// A session, as the report names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    staff: Vec<StaffNumber>,
    begun: i64,
    /// The cells of its row, without whom it was held with.
    cells: [String; 6],
}

impl Work {
    /// Takes what the report names of a session.
    pub fn of(head: &Overview, protocol: Option<&Protocol>, code: HeadCode, language: Language) -> Self {
        let telling = Telling::new(language, protocol, head.begun.zone);
        let raised: Vec<String> = head
            .responses
            .iter()
            .filter(|(_, times)| **times > 0)
            .map(|(response, times)| format!("{} ×{times}", telling.response(response)))
            .collect();
        let cells = [
            telling.time(head.begun),
            telling.duration(head.length),
            head.case.to_string(),
            telling.status(head.status, head.ended),
            raised.join(", "),
            code.to_string(),
        ];
        Self { staff: head.staff.clone(), begun: head.begun.wall, cells }
    }
}

/// The work of one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// The day.
    pub day: NaiveDate,
    /// The sessions that began then.
    pub work: Vec<Work>,
}

impl Day {
    /// The report.
    pub fn report(&self, written: Written, language: Language) -> String {
        match written {
            Written::Page => self.page(language),
            Written::Text => self.text(language),
        }
    }

    fn by_number(&self) -> BTreeMap<&StaffNumber, Vec<&Work>> {
        let mut all: BTreeMap<&StaffNumber, Vec<&Work>> = BTreeMap::new();
        for work in &self.work {
            for staff in &work.staff {
                all.entry(staff).or_default().push(work);
            }
        }
        for work in all.values_mut() {
            work.sort_by_key(|work| work.begun);
        }
        all
    }

    fn title(&self, language: Language) -> String {
        format!("{} {}", ReportWord::Title.text(language), self.day)
    }

    fn columns(language: Language) -> [&'static str; 7] {
        [
            SessionWord::Begun.text(language),
            SessionWord::Took.text(language),
            SessionWord::Case.text(language),
            SessionWord::State.text(language),
            ReportWord::Raised.text(language),
            head_word(language),
            ReportWord::With.text(language),
        ]
    }

    fn page(&self, language: Language) -> String {
        let title = self.title(language);
        page(language, &title, |page| {
            page.element("header", &[], |header| {
                header.leaf("h1", &[], &title);
                header.leaf("p", &[("class", "made")], ReportWord::Note.text(language));
            });
            page.element("main", &[], |main| {
                let all = self.by_number();
                if all.is_empty() {
                    main.leaf("p", &[], ReportWord::Nothing.text(language));
                }
                for (staff, work) in all {
                    main.element("section", &[("class", "part")], |part| {
                        part.leaf("h2", &[], &format!("{} {staff}", ReportWord::Number.text(language)));
                        rows(part, staff, &work, language);
                        part.leaf("h3", &[], ReportWord::OtherWork.text(language));
                        for _ in 0..BLANK_LINES {
                            part.leaf("div", &[("class", "blank")], "");
                        }
                        part.leaf("p", &[("class", "sign")], ReportWord::Sign.text(language));
                    });
                    main.line();
                }
            });
            page.leaf("footer", &[], ExportWord::NotSealedFoot.text(language));
        })
    }

    fn text(&self, language: Language) -> String {
        let mut text = format!("{}\n", self.title(language).to_uppercase());
        paragraph(&mut text, ReportWord::Note.text(language));
        let all = self.by_number();
        if all.is_empty() {
            paragraph(&mut text, ReportWord::Nothing.text(language));
        }
        let columns = Self::columns(language);
        let wide = columns.iter().map(|column| width(column)).max().unwrap_or(0);
        for (staff, work) in all {
            let _ = writeln!(text, "\n{} {staff}", ReportWord::Number.text(language));
            for work in work {
                text.push('\n');
                for (column, cell) in columns.iter().zip(cells(work, staff)) {
                    if !cell.is_empty() {
                        let blanks = " ".repeat(wide - width(column));
                        let _ = writeln!(text, "  {column}{blanks}  {}", one_line(&cell));
                    }
                }
            }
            paragraph(&mut text, ReportWord::OtherWork.text(language));
            for _ in 0..BLANK_LINES {
                line_to_write_on(&mut text, "");
            }
            line_to_write_on(&mut text, ReportWord::Sign.text(language));
        }
        paragraph(&mut text, ExportWord::NotSealedFoot.text(language));
        text
    }
}

/// All cells of a session's row, as its number sees it.
fn cells(work: &Work, staff: &StaffNumber) -> Vec<String> {
    let with: Vec<&str> =
        work.staff.iter().filter(|other| *other != staff).map(StaffNumber::as_str).collect();
    work.cells.iter().cloned().chain([with.join(", ")]).collect()
}

fn rows(part: &mut Markup, staff: &StaffNumber, work: &[&Work], language: Language) {
    for work in work {
        part.element("dl", &[("class", "facts")], |list| {
            for (column, cell) in Day::columns(language).iter().zip(cells(work, staff)) {
                if !cell.is_empty() {
                    list.element("div", &[], |row| {
                        row.leaf("dt", &[], column);
                        row.leaf("dd", &[], &cell);
                    });
                }
            }
        });
        part.line();
    }
}
