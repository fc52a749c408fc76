//! Figures over many sessions, in words.

mod english;
mod spanish;

use crate::review::{LeftOut, Quarter, Quarters};
use crate::text::Language;

/// A heading or note of the figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FigureWord {
    /// The title of a report with figures.
    Title,
    /// That it identifies nobody.
    Nobody,
    /// Sessions a week.
    Weeks,
    /// Beside the picture of the weeks: the same as a table.
    AsTable,
    /// Head of a column: the week, by its Monday.
    Week,
    /// Head of a column: how many sessions.
    Sessions,
    /// How they ended.
    Ends,
    /// How long phases took.
    Phases,
    /// What the bars of the phases are.
    PhasesNote,
    /// What was passed by.
    Passed,
    /// Danger and distress.
    Signals,
    /// The time under the cover.
    Covers,
    /// Of a figure that is about sessions: how long, in a session.
    Covered,
    /// Check-ins.
    CheckIns,
    /// A check-in was missed.
    Missed,
    /// Practices that were served.
    Practices,
    /// There is nothing to show.
    Nothing,
    /// The title of figures for outsiders.
    ForOutsiders,
    /// How they put small groups together; the least count stands behind it.
    Hiding,
    /// Too few sessions: nothing is published.
    TooFew,
    /// By protocol.
    ByProtocol,
    /// Head of a column: a quarter of a year.
    Quarter,
    /// Head of a column or row: the total.
    Total,
    /// That only quarters that are over are counted; the last one stands behind it.
    Finished,
    /// Head of a column: several protocols, none of them named.
    Several,
    /// A table has one column only.
    NotApart,
    /// Sessions with a danger.
    WithDanger,
    /// Sessions in which she needed a moment.
    WithDistress,
    /// What the shares mean.
    AtLeast,
}

impl FigureWord {
    /// Its text.
    pub fn text(self, language: Language) -> &'static str {
        match language {
            Language::English => english::word(self),
            Language::Spanish => spanish::word(self),
        }
    }
}

/// How many were left out, and why.
pub fn left_out_words(left_out: LeftOut, language: Language) -> String {
    match language {
        Language::English => english::left_out(left_out),
        Language::Spanish => spanish::left_out(left_out),
    }
}

/// A quarter of a year.
pub fn quarter_word(quarter: Quarter, language: Language) -> String {
    match language {
        Language::English => format!("{} Q{}", quarter.year, quarter.quarter),
        Language::Spanish => format!("{} T{}", quarter.year, quarter.quarter),
    }
}

/// Quarters that follow each other.
pub fn quarters_word(quarters: Quarters, language: Language) -> String {
    let to = quarter_word(quarters.to, language);
    match quarters.from {
        Some(from) if from == quarters.to => to,
        Some(from) => format!("{} – {to}", quarter_word(from, language)),
        None => match language {
            Language::English => format!("until {to}"),
            Language::Spanish => format!("hasta {to}"),
        },
    }
}

/// What the picture of the weeks shows.
pub fn weeks_described(weeks: usize, most: u32, language: Language) -> String {
    match language {
        Language::English => format!("{weeks} weeks, at most {most} sessions in one."),
        Language::Spanish => format!("{weeks} semanas, como mucho {most} sesiones en una."),
    }
}
