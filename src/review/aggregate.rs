//! Figures for outsiders: only counts of sessions, in which no small group can be found, however they are added up or
//! taken from each other. No code, number, day, hour or text of a session is in them.
//!
//! Two rules, for a least count k:
//! - A **table** is exact. A row or column whose total is below k is put together with others until it is not. Then the
//!   rows and columns that have a small cell make a block, which grows until what is hidden in each of its rows and each of its
//!   columns adds up to k at least. All of the block is hidden: the sums over its rows and columns are then the only ones that
//!   published numbers yield, and none is small.
//! - A **share** counts sessions that are no part of a table: rounded down to a multiple of k, so that no difference of
//!   two of them is smaller than k.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use crate::protocol::Practice;
use crate::text::{PhaseId, ProtocolId};

use super::figures::{End, Figures};
use super::summary::Summary;

/// The least count where the setting says nothing else.
pub const LEAST: u32 = 5;

/// Figures for outsiders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Aggregate {
    /// The least count that is published.
    pub least: u32,
    /// How many sessions there are; none: fewer than the least, and then there is nothing else either.
    pub n: Option<u32>,
    /// Quarters of a year, by how sessions ended.
    pub ends: Table<Quarter, End>,
    /// Quarters of a year, by protocol.
    pub protocols: Table<Quarter, ProtocolId>,
    /// Sessions with a danger, at least so many.
    pub danger: Option<u32>,
    /// Sessions with a distress, at least so many.
    pub distress: Option<u32>,
    /// How long each phase took, in whole minutes, of at least so many sessions.
    pub phases: Vec<PhaseShare>,
    /// In how many sessions each practice was served, at least, of at least so many.
    pub practices: Vec<PracticeShare>,
}

/// A quarter of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Quarter {
    /// The year.
    pub year: i32,
    /// From 1 to 4.
    pub quarter: u32,
}

/// How long a phase took.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PhaseShare {
    /// The protocol.
    pub protocol: ProtocolId,
    /// The phase.
    pub phase: PhaseId,
    /// At least so many sessions.
    pub n: u32,
    /// The middle one, in minutes.
    pub median_minutes: u32,
}

/// In how many sessions a practice was served.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PracticeShare {
    /// The practice.
    pub practice: Practice,
    /// At least so many.
    pub served: u32,
    /// Of at least so many.
    pub n: u32,
}

/// A row or column of a table: one thing, or several that are too small to stand alone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Together<T>(pub Vec<T>);

/// A table with its totals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table<R, C> {
    /// The rows, each with its total.
    pub rows: Vec<(Together<R>, u32)>,
    /// The columns, each with its total.
    pub columns: Vec<(Together<C>, u32)>,
    /// The cells, row by row; none: hidden.
    pub cells: Vec<Vec<Option<u32>>>,
}

impl Aggregate {
    /// The figures over some sessions, with nothing smaller than `least` (1 at least) to be found in them.
    pub fn of(summaries: &[Summary], least: u32) -> Self {
        let least = least.max(1);
        let counted: Vec<&Summary> = summaries.iter().filter(|summary| summary.may_be_counted()).collect();
        let enough = u32::try_from(counted.len()).ok().filter(|n| *n >= least);
        let counted = if enough.is_some() { counted } else { Vec::new() };
        let figures = Figures::of(counted.iter().copied());
        let quarter = |summary: &&Summary| summary.day().map_or(Quarter { year: 0, quarter: 0 }, Quarter::of);
        let share = |count: usize| {
            let count = u32::try_from(count).unwrap_or(u32::MAX);
            Some(count - count % least).filter(|share| *share > 0)
        };
        let having = |has: fn(&Summary) -> bool| share(counted.iter().filter(|summary| has(summary)).count());
        Self {
            least,
            n: enough,
            ends: table(counted.iter().map(|one| (quarter(one), End::of(one))), least),
            protocols: table(counted.iter().map(|one| (quarter(one), one.protocol_id.clone())), least),
            danger: having(|summary| summary.danger > 0),
            distress: having(|summary| summary.distress > 0),
            phases: figures
                .phases
                .iter()
                .filter_map(|figure| {
                    Some(PhaseShare {
                        protocol: figure.protocol.clone(),
                        phase: figure.phase.clone(),
                        n: share(figure.took.n)?,
                        median_minutes: (figure.took.median + 30) / 60,
                    })
                })
                .collect(),
            practices: figures
                .practices
                .iter()
                .filter_map(|figure| {
                    let served = share(usize::try_from(figure.served).unwrap_or(0)).unwrap_or(0);
                    Some(PracticeShare { practice: figure.practice.clone(), served, n: share(figure.n)? })
                })
                .collect(),
        }
    }
}

impl Quarter {
    /// The quarter of a day.
    pub fn of(day: NaiveDate) -> Self {
        Self { year: day.year(), quarter: day.month0() / 3 + 1 }
    }
}

/// A table of pairs in which nothing smaller than `least` can be found.
pub fn table<R: Ord + Clone, C: Ord + Clone>(
    pairs: impl Iterator<Item = (R, C)>,
    least: u32,
) -> Table<R, C> {
    let mut counts: BTreeMap<(R, C), u32> = BTreeMap::new();
    for pair in pairs {
        *counts.entry(pair).or_default() += 1;
    }
    let total = |all: &mut dyn Iterator<Item = u32>| all.sum::<u32>();
    if total(&mut counts.values().copied()) < least {
        return Table { rows: Vec::new(), columns: Vec::new(), cells: Vec::new() };
    }
    let (mut rows, mut columns): (BTreeMap<R, u32>, BTreeMap<C, u32>) = (BTreeMap::new(), BTreeMap::new());
    for ((row, column), count) in &counts {
        *rows.entry(row.clone()).or_default() += count;
        *columns.entry(column.clone()).or_default() += count;
    }
    let (rows, columns) = (together(rows, least), together(columns, least));
    let exact: Vec<Vec<u32>> = rows
        .iter()
        .map(|(row, _)| {
            columns
                .iter()
                .map(|(column, _)| {
                    let parts = row.0.iter().flat_map(|row| column.0.iter().map(move |column| (row, column)));
                    parts
                        .filter_map(|(row, column)| counts.get(&(row.clone(), column.clone())))
                        .sum()
                })
                .collect()
        })
        .collect();
    let hidden = hidden(&exact, least);
    let cells = exact
        .iter()
        .enumerate()
        .map(|(row, cells)| {
            let shown = cells.iter().enumerate();
            shown.map(|(column, count)| (!hidden.has(row, column)).then_some(*count)).collect()
        })
        .collect();
    Table { rows, columns, cells }
}

/// Puts what is below the least together with what is next smallest, until nothing is.
fn together<T: Ord>(all: BTreeMap<T, u32>, least: u32) -> Vec<(Together<T>, u32)> {
    let mut groups: Vec<(Together<T>, u32)> =
        all.into_iter().map(|(one, count)| (Together(vec![one]), count)).collect();
    loop {
        groups.sort_by_key(|group| std::cmp::Reverse(group.1));
        let small = groups.last().is_some_and(|(_, count)| *count < least);
        if !small || groups.len() < 2 {
            break;
        }
        // All that are too small make one group; if that is too small itself, it takes the next one in.
        if let (Some((mut parts, count)), Some(next)) = (groups.pop(), groups.last_mut()) {
            next.0.0.append(&mut parts.0);
            next.1 += count;
        }
    }
    for (parts, _) in &mut groups {
        parts.0.sort();
    }
    groups.sort_by(|one, other| one.0.cmp(&other.0));
    groups
}

/// The rows and columns whose crossings are hidden.
struct Hidden {
    rows: Vec<bool>,
    columns: Vec<bool>,
}

impl Hidden {
    fn has(&self, row: usize, column: usize) -> bool {
        self.rows.get(row) == Some(&true) && self.columns.get(column) == Some(&true)
    }
}

/// The smallest block found that hides every small cell and adds up to the least in each of its rows and columns. All of
/// the table is one, since its totals do.
fn hidden(exact: &[Vec<u32>], least: u32) -> Hidden {
    let width = exact.first().map_or(0, Vec::len);
    let is_small = |count: &u32| *count > 0 && *count < least;
    let mut block = Hidden {
        rows: exact.iter().map(|row| row.iter().any(is_small)).collect(),
        columns: (0..width).map(|at| exact.iter().filter_map(|row| row.get(at)).any(is_small)).collect(),
    };
    if !block.rows.contains(&true) {
        return block;
    }
    loop {
        let sum_of_row = |row: usize| -> u32 {
            let cells = exact.get(row).into_iter().flatten().enumerate();
            cells.filter(|(column, _)| block.columns.get(*column) == Some(&true)).map(|(_, count)| count).sum()
        };
        let sum_of_column = |column: usize| -> u32 {
            let cells = exact.iter().enumerate().filter(|(row, _)| block.rows.get(*row) == Some(&true));
            cells.filter_map(|(_, row)| row.get(column)).sum()
        };
        let chosen = |flags: &[bool]| -> Vec<usize> {
            flags.iter().enumerate().filter(|(_, chosen)| **chosen).map(|(place, _)| place).collect()
        };
        let (rows, columns) = (chosen(&block.rows), chosen(&block.columns));
        let low = |sum: u32| sum > 0 && sum < least;
        let wants_column = columns.len() < 2 || rows.iter().any(|row| low(sum_of_row(*row)));
        let wants_row = rows.len() < 2 || columns.iter().any(|column| low(sum_of_column(*column)));
        // The line that hides least, of those with anything to hide behind.
        let next_column = (0..width)
            .filter(|column| block.columns.get(*column) == Some(&false))
            .min_by_key(|column| (sum_of_column(*column) == 0, sum_of_column(*column)));
        let next_row = (0..exact.len())
            .filter(|row| block.rows.get(*row) == Some(&false))
            .min_by_key(|row| (sum_of_row(*row) == 0, sum_of_row(*row)));
        match (wants_column.then_some(next_column).flatten(), wants_row.then_some(next_row).flatten()) {
            (Some(column), _) => {
                if let Some(chosen) = block.columns.get_mut(column) {
                    *chosen = true;
                }
            }
            (None, Some(row)) => {
                if let Some(chosen) = block.rows.get_mut(row) {
                    *chosen = true;
                }
            }
            (None, None) => return block,
        }
    }
}

#[cfg(test)]
mod tests;
