//! Figures for outsiders: only counts of sessions, in which no small group can be found, however they are added up or
//! taken from each other. No code, number, day, hour or text of a session is in them.
//!
//! Two rules, for a least count k:
//! - A **table** is exact. A row or column whose total is below k is put together with others until it is not. Then the
//!   rows and columns that have a small cell make a block, all of which is hidden, and which grows until no sum and difference
//!   of published numbers is the count of a small group of it, even for an outsider who guesses which hidden cells are
//!   empty. Where nothing is left to hide, two rows are put together, and it begins anew.
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
pub fn table<R: Ord + Clone, C: Ord + Clone>(pairs: impl Iterator<Item = (R, C)>, least: u32) -> Table<R, C> {
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
    let (mut rows, columns) = (together(rows, least), together(columns, least));
    let (exact, hidden) = loop {
        let exact = crossed(&counts, &rows, &columns);
        if let Some(hidden) = hidden(&exact, least) {
            break (exact, hidden);
        }
        // One row alone has no secrets: its cells are the totals of the columns.
        two_smallest_together(&mut rows);
    };
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

/// The exact cells of rows and columns.
fn crossed<R: Ord + Clone, C: Ord + Clone>(
    counts: &BTreeMap<(R, C), u32>,
    rows: &[(Together<R>, u32)],
    columns: &[(Together<C>, u32)],
) -> Vec<Vec<u32>> {
    let cell = |row: &Together<R>, column: &Together<C>| -> u32 {
        let parts = row.0.iter().flat_map(|row| column.0.iter().map(move |column| (row, column)));
        parts.filter_map(|(row, column)| counts.get(&(row.clone(), column.clone()))).sum()
    };
    rows.iter().map(|(row, _)| columns.iter().map(|(column, _)| cell(row, column)).collect()).collect()
}

fn two_smallest_together<T: Ord>(groups: &mut Vec<(Together<T>, u32)>) {
    groups.sort_by_key(|group| std::cmp::Reverse(group.1));
    if let (Some((mut parts, count)), Some(next)) = (groups.pop(), groups.last_mut()) {
        next.0.0.append(&mut parts.0);
        next.0.0.sort();
        next.1 += count;
    }
    groups.sort_by(|one, other| one.0.cmp(&other.0));
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

/// A block that hides every small cell, and in which no small group can be found; none, where all of the table is not
/// enough.
fn hidden(exact: &[Vec<u32>], least: u32) -> Option<Hidden> {
    let width = exact.first().map_or(0, Vec::len);
    let is_small = |count: &u32| *count > 0 && *count < least;
    let mut block = Hidden {
        rows: exact.iter().map(|row| row.iter().any(is_small)).collect(),
        columns: (0..width).map(|at| exact.iter().filter_map(|row| row.get(at)).any(is_small)).collect(),
    };
    if !block.rows.contains(&true) {
        return Some(block);
    }
    while !is_safe(exact, &block, least) {
        // The line that hides least besides; rows and columns in turn, so that the block stays small.
        let hides = |row: usize, column: usize| {
            exact.get(row).and_then(|cells| cells.get(column)).copied().unwrap_or(0)
        };
        let hidden_rows: Vec<usize> = inside(&block.rows);
        let hidden_columns: Vec<usize> = inside(&block.columns);
        let row = outside(&block.rows).into_iter().min_by_key(|row| {
            let sum: u32 = hidden_columns.iter().map(|column| hides(*row, *column)).sum();
            (sum == 0, sum)
        });
        let column = outside(&block.columns).into_iter().min_by_key(|column| {
            let sum: u32 = hidden_rows.iter().map(|row| hides(*row, *column)).sum();
            (sum == 0, sum)
        });
        let first_column = hidden_columns.len() <= hidden_rows.len();
        let (line, at) = match (row, column) {
            (_, Some(column)) if first_column => (&mut block.columns, column),
            (Some(row), _) => (&mut block.rows, row),
            (None, Some(column)) => (&mut block.columns, column),
            (None, None) => return None,
        };
        if let Some(chosen) = line.get_mut(at) {
            *chosen = true;
        }
    }
    Some(block)
}

fn places(flags: &[bool], wanted: impl Fn(&bool) -> bool) -> Vec<usize> {
    flags.iter().enumerate().filter(|(_, flag)| wanted(flag)).map(|(place, _)| place).collect()
}

/// The lines of a block.
fn inside(flags: &[bool]) -> Vec<usize> {
    places(flags, |chosen| *chosen)
}

/// The lines that are not in it.
fn outside(flags: &[bool]) -> Vec<usize> {
    places(flags, |chosen| !*chosen)
}

/// More columns than this are not tried in all ways.
const MOST_TRIED: usize = 8;

/// Whether no small group can be found: adding some rows and columns and taking others away (`1`, `0`, `-1` each), with
/// all that is shown taken off, never leaves fewer than `least` that are each counted once. Empty cells may be counted in
/// any way, since an outsider may guess that they are empty.
fn is_safe(exact: &[Vec<u32>], block: &Hidden, least: u32) -> bool {
    let (rows, columns) = (inside(&block.rows), inside(&block.columns));
    let mut cells: Vec<Vec<u32>> = rows
        .iter()
        .filter_map(|row| exact.get(*row))
        .map(|cells| columns.iter().filter_map(|column| cells.get(*column)).copied().collect())
        .collect();
    if columns.len() > rows.len() {
        cells = (0..columns.len())
            .map(|at| cells.iter().filter_map(|row| row.get(at)).copied().collect())
            .collect();
    }
    let width = cells.first().map_or(0, Vec::len);
    let Some(ways) =
        u32::try_from(width).ok().filter(|_| width <= MOST_TRIED).map(|width| 3_usize.pow(width))
    else {
        return false;
    };
    (0..ways).all(|way| {
        let mut rest = way;
        let signs: Vec<i8> = (0..width)
            .map(|_| {
                let sign = [0, 1, -1][rest % 3];
                rest /= 3;
                sign
            })
            .collect();
        finds_none(&cells, &signs, least)
    })
}

/// With the columns so added and taken away, whether the rows leave no small group. Which sums below the least can be
/// reached is carried from row to row.
fn finds_none(cells: &[Vec<u32>], signs: &[i8], least: u32) -> bool {
    let least = usize::try_from(least).unwrap_or(usize::MAX);
    let mut reached = vec![false; least];
    if let Some(nothing) = reached.first_mut() {
        *nothing = true;
    }
    for row in cells {
        let mut next = vec![false; least];
        for sign in [0, 1, -1] {
            let counted =
                row.iter().zip(signs).filter(|(count, _)| **count > 0).map(|(count, of)| (sign + of, *count));
            let mut sum = 0_usize;
            let mut group = true;
            for (times, count) in counted {
                group &= times == 0 || times == 1;
                sum = sum.saturating_add(if times == 1 {
                    usize::try_from(count).unwrap_or(usize::MAX)
                } else {
                    0
                });
            }
            if group {
                for (before, _) in reached.iter().enumerate().filter(|(_, reached)| **reached) {
                    if let Some(at) = next.get_mut(before.saturating_add(sum)) {
                        *at = true;
                    }
                }
            }
        }
        reached = next;
    }
    reached.iter().skip(1).all(|reached| !reached)
}

#[cfg(test)]
mod tests;
