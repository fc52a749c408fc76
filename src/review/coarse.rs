//! The two rules by which figures for outsiders are made coarse enough: lines of tables put together, shares rounded down.

use super::aggregate::{Quarters, Table};

/// A share of `of`, by which neither what is counted nor what is not can be told to be fewer than `least`. `of` may be known
/// exactly. Below the highest that is published the count is known to within `least`, and what it leaves out is more than
/// that; at the highest, what it leaves out may be nothing, or `least` and more.
pub(super) fn share(count: u32, of: u32, least: u32) -> u32 {
    let down = |count: u32| count - count % least;
    down(count).min(down(of).saturating_sub(least))
}

/// Exact counts under the same rows, whose lines are put together.
#[derive(Debug)]
pub(super) struct Coarse {
    rows: Vec<Vec<usize>>,
    tables: Vec<Counts>,
}

/// The counts of one table.
#[derive(Debug)]
struct Counts {
    columns: Vec<Vec<usize>>,
    /// By the groups of rows and columns.
    cells: Vec<Vec<u32>>,
}

/// Two lines that are put together.
#[derive(Debug, Clone, Copy)]
enum Merge {
    /// A row and the next.
    Rows(usize),
    /// Two columns of a table.
    Columns(usize, usize, usize),
}

impl Coarse {
    /// Tables over the same rows, which are put together so at least.
    pub(super) fn new(rows: Vec<Vec<usize>>, tables: Vec<Vec<Vec<u32>>>) -> Self {
        let of_group = |exact: &[Vec<u32>], group: &[usize], width: usize| -> Vec<u32> {
            let sum =
                |column: usize| group.iter().filter_map(|row| exact.get(*row)?.get(column)).sum::<u32>();
            (0..width).map(sum).collect()
        };
        let tables = tables
            .into_iter()
            .map(|exact| {
                let width = exact.first().map_or(0, Vec::len);
                let cells = rows.iter().map(|group| of_group(&exact, group, width)).collect();
                Counts { columns: (0..width).map(|column| vec![column]).collect(), cells }
            })
            .collect();
        Self { rows, tables }
    }

    /// Puts lines together until no cell is small, and no line has all of its sessions in one cell, which would say
    /// something of everybody in it.
    pub(super) fn until_nothing_is_small(&mut self, least: u32) {
        for table in 0..self.tables.len() {
            self.small_columns_together(table, least);
        }
        while let Some(merge) = self.best_merge(least) {
            self.merge(merge);
        }
    }

    /// All columns that are too small make one; if that is too small itself, it takes the next one in. Those without a
    /// session are among them, or each other one would be known to have some.
    fn small_columns_together(&mut self, table: usize, least: u32) {
        loop {
            let Some(counts) = self.tables.get(table) else { return };
            let mut by_total: Vec<(u32, usize)> =
                (0..counts.columns.len()).map(|column| (counts.column_total(column), column)).collect();
            by_total.sort_unstable();
            match by_total[..] {
                [(small, one), (_, other), ..] if small < least => {
                    self.merge(Merge::Columns(table, one.min(other), one.max(other)));
                }
                _ => return,
            }
        }
    }

    /// Of all that lessens what is wrong where something is, what leaves least wrong, and then what puts least together.
    fn best_merge(&self, least: u32) -> Option<Merge> {
        let mut candidates: Vec<Merge> = Vec::new();
        let mut wrong = 0;
        for (table, counts) in self.tables.iter().enumerate() {
            for (row, column) in counts.wrong(least) {
                wrong += 1;
                if let Some(row) = row {
                    candidates.extend(row.checked_sub(1).map(Merge::Rows));
                    candidates.extend((row + 1 < self.rows.len()).then_some(Merge::Rows(row)));
                }
                for other in 0..counts.columns.len() {
                    match column {
                        Some(column) if other != column => {
                            candidates.push(Merge::Columns(table, other.min(column), other.max(column)));
                        }
                        _ => {}
                    }
                }
            }
        }
        if wrong == 0 {
            return None;
        }
        candidates.into_iter().min_by_key(|merge| {
            let after = self.tables.iter().enumerate().map(|(table, counts)| {
                counts
                    .merged(table, *merge)
                    .map_or_else(|| counts.wrong(least).len(), |after| after.wrong(least).len())
            });
            (after.sum::<usize>(), self.put_together(*merge))
        })
    }

    /// How many sessions get into a larger line.
    fn put_together(&self, merge: Merge) -> u32 {
        match merge {
            Merge::Rows(row) => {
                let cells = self.tables.first().and_then(|table| table.cells.get(row..=row + 1));
                cells.into_iter().flatten().flatten().sum()
            }
            Merge::Columns(table, one, other) => self
                .tables
                .get(table)
                .map_or(0, |counts| counts.column_total(one) + counts.column_total(other)),
        }
    }

    fn merge(&mut self, merge: Merge) {
        for (table, counts) in self.tables.iter_mut().enumerate() {
            if let Some(merged) = counts.merged(table, merge) {
                *counts = merged;
            }
        }
        if let Merge::Rows(row) = merge {
            together(&mut self.rows, row, row + 1);
        }
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
    fn column_total(&self, column: usize) -> u32 {
        self.cells.iter().filter_map(|row| row.get(column)).sum()
    }

    /// What is wrong, each by its row and column: cells that are small, and lines with all sessions in one cell.
    fn wrong(&self, least: u32) -> Vec<(Option<usize>, Option<usize>)> {
        let mut wrong = Vec::new();
        let (height, width) = (self.cells.len(), self.columns.len());
        for (row, cells) in self.cells.iter().enumerate() {
            let small = cells.iter().enumerate().filter(|(_, count)| **count > 0 && **count < least);
            wrong.extend(small.map(|(column, _)| (Some(row), Some(column))));
            if width > 1 && cells.iter().filter(|count| **count > 0).count() == 1 {
                let column = cells.iter().position(|count| *count > 0);
                wrong.push((Some(row), column));
            }
        }
        for column in 0..width {
            let filled = |cells: &&Vec<u32>| cells.get(column).is_some_and(|count| *count > 0);
            if height > 1 && self.cells.iter().filter(filled).count() == 1 {
                let row = self.cells.iter().position(|cells| filled(&cells));
                wrong.push((row, Some(column)));
            }
        }
        wrong
    }

    /// The counts after two lines were put together; none where this is about another table.
    fn merged(&self, table: usize, merge: Merge) -> Option<Self> {
        let mut columns = self.columns.clone();
        let mut cells = self.cells.clone();
        match merge {
            Merge::Rows(row) => {
                let gone = (row + 1 < cells.len()).then(|| cells.remove(row + 1))?;
                for (cell, more) in cells.get_mut(row)?.iter_mut().zip(gone) {
                    *cell += more;
                }
            }
            Merge::Columns(of, one, other) if of == table => {
                together(&mut columns, one, other);
                for row in &mut cells {
                    let more = (other < row.len()).then(|| row.remove(other))?;
                    *row.get_mut(one)? += more;
                }
            }
            Merge::Columns(..) => return None,
        }
        Some(Self { columns, cells })
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
