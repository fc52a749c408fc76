//! Figures for outsiders: only counts of sessions, in which no small group can be found, however they are added up or
//! taken from each other. No code, number, day, hour or text of a session is in them.
//!
//! Everything that is published goes through the two rules of `coarse.rs`, for a least count k:
//! - A **table** is exact and hides nothing: its lines are put together until each cell is empty or at least k, so that every
//!   sum and difference is so too. All tables have the same rows, and what two of them have in common is not small either.
//! - A **share** counts sessions that are no part of a table. It is rounded down so far that neither the sessions it counts
//!   nor those it leaves out can be a small group, for whoever knows of how many it is a share.
//!
//! Only finished quarters are counted: of two files that somebody holds against each other the later one would else show
//! the sessions between them.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use crate::machine::At;
use crate::protocol::Practice;
use crate::text::{PhaseId, ProtocolId};

use super::coarse::{Coarse, share};
use super::figures::{End, Quartiles, number_of};
use super::summary::Summary;

/// The least count where the setting says nothing else.
pub const LEAST: u32 = 5;

/// Figures for outsiders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Aggregate {
    /// The least count that is published.
    pub least: u32,
    /// Sessions that began in this quarter are the last that are counted. None: there are fewer than the least, and
    /// then there is nothing else either.
    pub until: Option<Quarter>,
    /// How many sessions there are.
    pub n: Option<u32>,
    /// Quarters of a year, by how sessions ended.
    pub ends: Option<Table<Together<End>>>,
    /// Quarters of a year, by protocol.
    pub protocols: Option<Table<ProtocolColumn>>,
    /// Sessions with a danger, at least so many.
    pub danger: u32,
    /// Sessions with a distress, at least so many.
    pub distress: u32,
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

/// Quarters that follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Quarters {
    /// The first; none: from the beginning, whenever that was.
    pub from: Option<Quarter>,
    /// The last.
    pub to: Quarter,
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

/// What stands in one column. Also what no session had, so that nobody learns that one did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Together<T>(pub Vec<T>);

/// The protocols of a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProtocolColumn {
    /// One.
    One(ProtocolId),
    /// Several, of which nobody is told which they are: each was run at least once.
    Several,
}

/// A table with its totals. Every number in it is exact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table<C> {
    /// The rows, each with its total.
    pub rows: Vec<(Quarters, u32)>,
    /// The columns, each with its total.
    pub columns: Vec<(C, u32)>,
    /// The cells, row by row.
    pub cells: Vec<Vec<u32>>,
}

/// What is counted of a session.
#[derive(Debug, Clone)]
pub(super) struct One {
    pub(super) quarter: Quarter,
    pub(super) end: End,
    pub(super) protocol: ProtocolId,
    pub(super) danger: bool,
    pub(super) distress: bool,
    /// The phases that were entered, with their seconds, in the protocol's order.
    pub(super) phases: Vec<(PhaseId, u32)>,
    /// The practices that its protocol serves, and whether it did.
    pub(super) practices: BTreeMap<Practice, bool>,
}

/// So many quarters have rows of their own; what is older is of the first.
const ROWS: usize = 40;

impl Aggregate {
    /// The figures over some sessions, with nothing smaller than `least` (1 at least) to be found in them.
    pub fn of(summaries: &[Summary], least: u32, now: At) -> Self {
        let Some(today) = super::due::today(now) else { return Self::none(least.max(1)) };
        let ones: Vec<One> = summaries.iter().filter_map(One::of).collect();
        Self::over(&ones, least.max(1), Quarter::of(today).before())
    }

    fn none(least: u32) -> Self {
        Self {
            least,
            until: None,
            n: None,
            ends: None,
            protocols: None,
            danger: 0,
            distress: 0,
            phases: Vec::new(),
            practices: Vec::new(),
        }
    }

    /// The figures over sessions, of which those are counted that began in a quarter that is finished.
    pub(super) fn over(all: &[One], least: u32, finished: Quarter) -> Self {
        let row = |quarter: Quarter| (ROWS - 1).saturating_sub(finished.since(quarter));
        let mut by_row = vec![0; ROWS];
        for one in all.iter().filter(|one| one.quarter <= finished) {
            if let Some(count) = by_row.get_mut(row(one.quarter)) {
                *count += 1;
            }
        }
        let (groups, rows) = coarse_rows(&by_row, least);
        let Some(newest) = rows.checked_sub(1) else { return Self::none(least) };
        let until = finished.earlier(ROWS - 1 - newest);
        let ones: Vec<&One> = all.iter().filter(|one| one.quarter <= until).collect();
        let n = u32::try_from(ones.len()).unwrap_or(u32::MAX);

        let kinds: Vec<ProtocolId> = {
            let mut kinds: Vec<ProtocolId> = ones.iter().map(|one| one.protocol.clone()).collect();
            kinds.sort();
            kinds.dedup();
            kinds
        };
        let place = |one: &One| kinds.iter().position(|kind| *kind == one.protocol).unwrap_or(0);
        let mut ends = vec![vec![0; End::ALL.len()]; rows];
        let mut protocols = vec![vec![0; kinds.len()]; rows];
        let mut crossed = vec![vec![0; End::ALL.len() * kinds.len()]; rows];
        for one in &ones {
            let end = End::ALL.iter().position(|end| *end == one.end).unwrap_or(0);
            let of = place(one);
            let both = end * kinds.len() + of;
            for (table, column) in [(&mut ends, end), (&mut protocols, of), (&mut crossed, both)] {
                if let Some(cell) = table.get_mut(row(one.quarter)).and_then(|row| row.get_mut(column)) {
                    *cell += 1;
                }
            }
        }
        let coarse = Coarse::of(&groups, [&ends, &protocols], &crossed, least);

        let named: BTreeMap<ProtocolId, u32> = coarse
            .columns(1)
            .filter_map(|(group, total)| match group {
                [only] => Some((kinds.get(*only)?.clone(), total)),
                _ => None,
            })
            .collect();
        let quarters = |group: &[usize]| Quarters {
            from: group.first().filter(|first| **first > 0).map(|first| finished.earlier(ROWS - 1 - first)),
            to: finished.earlier(ROWS - 1 - group.last().copied().unwrap_or(newest)),
        };
        let having = |has: fn(&One) -> bool| {
            share(u32::try_from(ones.iter().filter(|one| has(one)).count()).unwrap_or(u32::MAX), n, least)
        };
        Self {
            least,
            until: Some(until),
            n: Some(n),
            ends: coarse.table(0, quarters, |group| {
                Together(group.iter().filter_map(|end| End::ALL.get(*end)).copied().collect())
            }),
            protocols: coarse.table(1, quarters, |group| match group {
                [only] => kinds.get(*only).cloned().map_or(ProtocolColumn::Several, ProtocolColumn::One),
                _ => ProtocolColumn::Several,
            }),
            danger: having(|one| one.danger),
            distress: having(|one| one.distress),
            phases: phases(&ones, &named, least),
            practices: practices(&ones, &named, least),
        }
    }
}

/// Quarters put together from the oldest on until each group has enough; how many are in a group at all. The latest ones
/// that are not enough wait for the next: put to those before, the next file would show how many they were.
fn coarse_rows(by_row: &[u32], least: u32) -> (Vec<Vec<usize>>, usize) {
    let (mut groups, mut group, mut sum) = (Vec::new(), Vec::new(), 0);
    for (row, count) in by_row.iter().enumerate() {
        group.push(row);
        sum += count;
        if sum >= least {
            groups.push(std::mem::take(&mut group));
            sum = 0;
        }
    }
    let rows = groups.iter().map(Vec::len).sum();
    (groups, rows)
}

/// The phases of the protocols that a column names: of the others not even the number is known.
fn phases(ones: &[&One], named: &BTreeMap<ProtocolId, u32>, least: u32) -> Vec<PhaseShare> {
    let mut all: Vec<(&ProtocolId, &PhaseId, Vec<u32>)> = Vec::new();
    for one in ones.iter().filter(|one| named.contains_key(&one.protocol)) {
        for (phase, took) in &one.phases {
            match all.iter_mut().find(|(protocol, other, _)| **protocol == one.protocol && *other == phase) {
                Some((.., all)) => all.push(*took),
                None => all.push((&one.protocol, phase, vec![*took])),
            }
        }
    }
    all.sort_by_key(|(protocol, ..)| *protocol);
    let shares = all.into_iter().filter_map(|(protocol, phase, took)| {
        let took = Quartiles::of(took);
        let entered = u32::try_from(took.n).unwrap_or(u32::MAX);
        let n = share(entered, *named.get(protocol)?, least);
        let median_minutes = took.median.saturating_add(30) / 60;
        (n > 0).then(|| PhaseShare { protocol: protocol.clone(), phase: phase.clone(), n, median_minutes })
    });
    shares.collect()
}

/// The practices of the same protocols. Not every version of a protocol has each.
fn practices(ones: &[&One], named: &BTreeMap<ProtocolId, u32>, least: u32) -> Vec<PracticeShare> {
    let mut all: BTreeMap<&Practice, (u32, BTreeMap<&ProtocolId, u32>)> = BTreeMap::new();
    for one in ones.iter().filter(|one| named.contains_key(&one.protocol)) {
        for (practice, was_served) in &one.practices {
            let (served, of) = all.entry(practice).or_default();
            *served += u32::from(*was_served);
            *of.entry(&one.protocol).or_default() += 1;
        }
    }
    let mut shares: Vec<PracticeShare> = all
        .into_iter()
        .filter_map(|(practice, (served, of))| {
            let ran: u32 = of.keys().filter_map(|protocol| named.get(*protocol)).sum();
            let n = share(of.values().sum(), ran, least);
            let served = share(served, n, least);
            (n > 0).then(|| PracticeShare { practice: practice.clone(), served, n })
        })
        .collect();
    shares.sort_by_key(|share| number_of(&share.practice));
    shares
}

impl One {
    /// None: it is not counted.
    fn of(summary: &Summary) -> Option<Self> {
        let protocol = summary.protocol.as_ref().filter(|_| summary.may_be_counted())?;
        let counted = &summary.counted;
        let mut phases: Vec<(u8, u32)> = counted.phases.to_vec();
        phases.sort_unstable();
        let mut practices: BTreeMap<Practice, bool> = BTreeMap::new();
        for (place, step) in protocol.steps.iter().enumerate() {
            for practice in &step.serves {
                *practices.entry(practice.clone()).or_default() |= counted.is_done(place);
            }
        }
        Some(Self {
            quarter: Quarter::of(summary.day()?),
            end: End::of(summary),
            protocol: protocol.id.clone(),
            danger: summary.danger > 0,
            distress: summary.distress > 0,
            phases: phases
                .into_iter()
                .filter_map(|(place, took)| Some((protocol.phases.get(usize::from(place))?.id.clone(), took)))
                .collect(),
            practices,
        })
    }
}

impl Quarter {
    /// The quarter of a day.
    pub fn of(day: NaiveDate) -> Self {
        Self { year: day.year(), quarter: day.month0() / 3 + 1 }
    }

    fn number(self) -> i64 {
        i64::from(self.year) * 4 + i64::from(self.quarter) - 1
    }

    fn before(self) -> Self {
        self.earlier(1)
    }

    /// So many quarters before.
    fn earlier(self, quarters: usize) -> Self {
        let number = self.number() - i64::try_from(quarters).unwrap_or(0);
        let year = i32::try_from(number.div_euclid(4)).unwrap_or(self.year);
        Self { year, quarter: u32::try_from(number.rem_euclid(4)).unwrap_or(0) + 1 }
    }

    /// How many quarters after another, which is not later.
    fn since(self, other: Self) -> usize {
        usize::try_from(self.number() - other.number()).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests;
