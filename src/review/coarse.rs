//! The two rules by which figures for outsiders are made coarse enough: lines of tables put together, shares rounded down.

use std::collections::BTreeSet;

use super::aggregate::{Quarters, Table};

/// A share of `of`, by which neither what is counted nor what is not can be told to be fewer than `least`. `of` may be known
/// exactly. Below the highest that is published the count is known to within `least`, and what it leaves out is more than
/// that; at the highest, what it leaves out may be nothing, or `least` and more.
pub(super) fn share(count: u32, of: u32, least: u32) -> u32 {
    let down = |count: u32| count - count % least;
    down(count).min(down(of).saturating_sub(least))
}

/// Exact counts under the same rows, whose lines are put together.
#[derive(Debug, Clone)]
pub(super) struct Coarse {
    rows: Vec<Vec<usize>>,
    tables: Vec<Counts>,
    /// Shown to nobody.
    crossed: Counts,
}

/// The counts of one table.
#[derive(Debug, Clone, Default)]
struct Counts {
    columns: Vec<Vec<usize>>,
    /// By the groups of rows and columns.
    cells: Vec<Vec<u32>>,
}

impl Coarse {
    /// Two tables over the same rows, with lines put together until no cell is small, and no line has all of its sessions in
    /// one cell, which would say something of everybody in it. Rows are put together for it, under as many columns as leave
    /// the most cells. `crossed`: the counts by the columns of both, those of the second within those of the first. No such
    /// cell is small either, or whoever knows that an end is of one protocol only would find what is left of it.
    pub(super) fn of(rows: &[Vec<usize>], exact: [&[Vec<u32>]; 2], crossed: &[Vec<u32>], least: u32) -> Self {
        let [one, other] = exact.map(|table| Counts::new(rows, table).fewer_and_fewer_columns(least));
        let within = exact[1].first().map_or(0, Vec::len);
        let ways = one.iter().flat_map(|one| other.iter().map(move |other| [one.clone(), other.clone()]));
        let coarse = ways.filter_map(|[one, other]| {
            let columns = one.columns.iter().flat_map(|one| {
                other.columns.iter().map(move |other| {
                    one.iter().flat_map(|one| other.iter().map(move |other| one * within + other)).collect()
                })
            });
            let crossed = Counts::grouped(rows, columns.collect(), crossed);
            let mut coarse = Self { rows: rows.to_vec(), tables: vec![one, other], crossed };
            coarse.rows_together(least);
            (coarse.wrong(least) == 0).then_some(coarse)
        });
        let none = || Self { rows: Vec::new(), tables: Vec::new(), crossed: Counts::default() };
        // Of two with as many cells the first has more columns.
        coarse.rev().max_by_key(Self::cells).unwrap_or_else(none)
    }

    /// How much is wrong.
    fn wrong(&self, least: u32) -> usize {
        self.tables.iter().map(|counts| counts.wrong(least).len()).sum::<usize>()
            + self.crossed.small(least).count()
    }

    /// How many cells are shown: a table with one column is not.
    fn cells(&self) -> usize {
        let columns = self.tables.iter().map(|counts| counts.columns.len()).filter(|columns| *columns > 1);
        self.rows.len() * columns.sum::<usize>()
    }

    /// Puts neighbours together until nothing is wrong, or there is one row.
    fn rows_together(&mut self, least: u32) {
        while let Some(row) = self.best_merge(least) {
            self.merge(row);
        }
    }

    fn merge(&mut self, row: usize) {
        for counts in self.tables.iter_mut().chain([&mut self.crossed]) {
            counts.rows_together(row);
        }
        together(&mut self.rows, row, row + 1);
    }

    /// The row that is put to the next, of those beside which something is wrong: where least is wrong afterwards, and
    /// then the smallest.
    fn best_merge(&self, least: u32) -> Option<usize> {
        let wrong =
            self.tables.iter().flat_map(|counts| counts.wrong(least)).chain(self.crossed.small(least));
        let beside: BTreeSet<usize> =
            wrong.flat_map(|row| row.checked_sub(1).into_iter().chain([row])).collect();
        beside.into_iter().filter(|row| row + 1 < self.rows.len()).min_by_key(|row| {
            let mut after = self.clone();
            after.merge(*row);
            let put_together = self.crossed.cells.get(*row..=row + 1);
            (after.wrong(least), put_together.into_iter().flatten().flatten().sum::<u32>())
        })
    }

    /// The columns of a table, each with its total.
    pub(super) fn columns(&self, table: usize) -> impl Iterator<Item = (&[usize], u32)> {
        self.tables.get(table).into_iter().flat_map(|counts| {
            counts.columns.iter().enumerate().map(|(place, group)| (&**group, counts.column_total(place)))
        })
    }

    /// A table; none where it has one column, which says no more than its rows.
    pub(super) fn table<C>(
        &self,
        table: usize,
        row: impl Fn(&[usize]) -> Quarters,
        column: impl Fn(&[usize]) -> C,
    ) -> Option<Table<C>> {
        let counts = self.tables.get(table).filter(|counts| counts.columns.len() > 1)?;
        let rows = self.rows.iter().zip(&counts.cells);
        Some(Table {
            rows: rows.map(|(group, cells)| (row(group), cells.iter().sum())).collect(),
            columns: self.columns(table).map(|(group, total)| (column(group), total)).collect(),
            cells: counts.cells.clone(),
        })
    }
}

impl Counts {
    fn new(rows: &[Vec<usize>], exact: &[Vec<u32>]) -> Self {
        let width = exact.first().map_or(0, Vec::len);
        Self::grouped(rows, (0..width).map(|column| vec![column]).collect(), exact)
    }

    fn grouped(rows: &[Vec<usize>], columns: Vec<Vec<usize>>, exact: &[Vec<u32>]) -> Self {
        let sum = |rows: &[usize], columns: &[usize]| -> u32 {
            let rows = rows.iter().filter_map(|row| exact.get(*row));
            rows.flat_map(|row| columns.iter().filter_map(|column| row.get(*column))).sum()
        };
        let cells =
            rows.iter().map(|rows| columns.iter().map(|columns| sum(rows, columns)).collect()).collect();
        Self { columns, cells }
    }

    /// The table with as many columns as have enough, and then each time the two smallest together, to the last one. Those
    /// without a session are put together too, or each other one in a group would be known to have some.
    fn fewer_and_fewer_columns(mut self, least: u32) -> Vec<Self> {
        let mut all = Vec::new();
        loop {
            let totals = (0..self.columns.len()).map(|column| (self.column_total(column), column));
            let mut by_total: Vec<(u32, usize)> = totals.collect();
            by_total.sort_unstable();
            if by_total.first().is_none_or(|(smallest, _)| *smallest >= least) || by_total.len() < 2 {
                all.push(self.clone());
            }
            let [(_, one), (_, other), ..] = by_total[..] else { return all };
            self.columns_together(one.min(other), one.max(other));
        }
    }

    fn column_total(&self, column: usize) -> u32 {
        self.cells.iter().filter_map(|row| row.get(column)).sum()
    }

    /// The rows of cells that are small.
    fn small(&self, least: u32) -> impl Iterator<Item = usize> {
        let rows = self.cells.iter().enumerate();
        rows.flat_map(move |(row, cells)| {
            cells.iter().filter(move |count| **count > 0 && **count < least).map(move |_| row)
        })
    }

    /// The rows of what is wrong: cells that are small, and lines with all sessions in one cell.
    fn wrong(&self, least: u32) -> Vec<usize> {
        let (height, width) = (self.cells.len(), self.columns.len());
        let mut wrong: Vec<usize> = self.small(least).collect();
        for (row, cells) in self.cells.iter().enumerate() {
            if width > 1 && cells.iter().filter(|count| **count > 0).count() == 1 {
                wrong.push(row);
            }
        }
        for column in (0..width).filter(|_| height > 1) {
            let filled = |cells: &Vec<u32>| cells.get(column).is_some_and(|count| *count > 0);
            let mut rows = (0..height).filter(|row| self.cells.get(*row).is_some_and(filled));
            if let (Some(only), None) = (rows.next(), rows.next()) {
                wrong.push(only);
            }
        }
        wrong
    }

    /// Puts a row and the next together.
    fn rows_together(&mut self, row: usize) {
        if row + 1 < self.cells.len() {
            let more = self.cells.remove(row + 1);
            for (cell, more) in self.cells.iter_mut().skip(row).take(1).flatten().zip(more) {
                *cell += more;
            }
        }
    }

    fn columns_together(&mut self, one: usize, other: usize) {
        together(&mut self.columns, one, other);
        for row in &mut self.cells {
            if other < row.len() {
                let more = row.remove(other);
                for cell in row.iter_mut().skip(one).take(1) {
                    *cell += more;
                }
            }
        }
    }
}

/// Puts a later group to an earlier one.
fn together(groups: &mut Vec<Vec<usize>>, one: usize, other: usize) {
    if other < groups.len() && one < other {
        let more = groups.remove(other);
        if let Some(group) = groups.get_mut(one) {
            group.extend(more);
            group.sort_unstable();
        }
    }
}
