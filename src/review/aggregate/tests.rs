//! An outsider who adds and subtracts everything finds no small group.

use proptest::prelude::*;

use super::*;

/// The counts of a table, before anything is hidden, as pairs.
fn pairs(counts: &[Vec<u32>]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for (row, cells) in counts.iter().enumerate() {
        for (column, count) in cells.iter().enumerate() {
            pairs.extend(std::iter::repeat_n((row, column), usize::try_from(*count).unwrap()));
        }
    }
    pairs
}

/// The exact count behind a cell.
fn exact(counts: &[Vec<u32>], row: &Together<usize>, column: &Together<usize>) -> u32 {
    row.0.iter().flat_map(|row| column.0.iter().map(move |column| counts[*row][*column])).sum()
}

/// Every sum and difference of whole rows and columns with their totals, with what is published taken away: what is left
/// is known of hidden cells. Where it is about a group (each hidden cell once, or not at all), the group may not be small.
fn outsider(counts: &[Vec<u32>], least: u32) {
    let shown = table(pairs(counts).into_iter(), least);
    let (height, width) = (shown.rows.len(), shown.columns.len());
    for (total, what) in
        shown.rows.iter().map(|row| (row.1, "row")).chain(shown.columns.iter().map(|c| (c.1, "column")))
    {
        assert!(total == 0 || total >= least, "a {what} of {total}");
    }
    for cell in shown.cells.iter().flatten().flatten() {
        assert!(*cell == 0 || *cell >= least, "{cell} is shown: {shown:?}");
    }
    let cell = |row: usize, column: usize| exact(counts, &shown.rows[row].0, &shown.columns[column].0);
    let ways = 3_usize.pow(u32::try_from(height + width).unwrap());
    for way in 0..ways {
        let sign =
            |line: usize| i64::try_from(way / 3_usize.pow(u32::try_from(line).unwrap()) % 3).unwrap() - 1;
        let (mut group, mut count) = (true, 0);
        for row in 0..height {
            for column in 0..width {
                if shown.cells[row][column].is_some() {
                    continue;
                }
                let times = sign(row) + sign(height + column);
                // A cell with nothing in it changes no sum, and an outsider may guess so.
                if cell(row, column) > 0 {
                    group &= times == 0 || times == 1;
                    count += times * i64::from(cell(row, column));
                }
            }
        }
        assert!(
            !group || count == 0 || count >= i64::from(least),
            "{count} is found in {shown:?} of {counts:?}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_sum_or_difference_yields_a_small_group(
        counts in prop::collection::vec(prop::collection::vec(prop_oneof![Just(0_u32), 0_u32..7, 0_u32..40], 4), 1..5),
        least in 1_u32..7,
    ) {
        outsider(&counts, least);
    }
}

#[test]
fn a_small_cell_hides_others_with_it_and_no_more_than_needed() {
    let counts = vec![vec![20, 2, 30], vec![25, 40, 10], vec![50, 60, 70]];
    let shown = table(pairs(&counts).into_iter(), 5);
    assert_eq!(shown.cells[0][1], None);
    let hidden = shown.cells.iter().flatten().filter(|cell| cell.is_none()).count();
    assert_eq!(hidden, 4, "{shown:?}");
    outsider(&counts, 5);
}

#[test]
fn fewer_than_the_least_are_nothing_at_all() {
    let shown = table([(1, 1), (1, 2)].into_iter(), 5);
    assert!(shown.rows.is_empty() && shown.columns.is_empty() && shown.cells.is_empty());
}

#[test]
fn what_is_too_small_stands_together() {
    let counts = vec![vec![30], vec![2], vec![4], vec![9]];
    let shown = table(pairs(&counts).into_iter(), 5);
    let rows: Vec<(Vec<usize>, u32)> =
        shown.rows.into_iter().map(|(group, total)| (group.0, total)).collect();
    assert_eq!(rows, [(vec![0], 30), (vec![1, 2], 6), (vec![3], 9)]);
}
