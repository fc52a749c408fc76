//! An outsider who knows the program, and adds, subtracts and solves everything that one file says, finds no small group.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

/// The last quarter that is over.
const FINISHED: Quarter = Quarter { year: 2026, quarter: 2 };

/// So many quarters have sessions; one more is not over.
const OVER: usize = 4;

fn quarter(place: usize) -> Quarter {
    Quarter { year: 2025, quarter: 3 }.later(place)
}

impl Quarter {
    fn later(self, quarters: usize) -> Self {
        let number = self.number() + i64::try_from(quarters).unwrap();
        Self { year: i32::try_from(number / 4).unwrap(), quarter: u32::try_from(number % 4).unwrap() + 1 }
    }
}

fn protocol(place: usize) -> ProtocolId {
    ProtocolId::new(&format!("protocol-{place}")).unwrap()
}

/// A session: its quarter, end and protocol, and a bit for each thing that is a share.
type Drawn = (usize, usize, usize, u8);

fn one(&(at, end, of, bits): &Drawn) -> One {
    let has = |bit: u8| bits >> bit & 1 == 1;
    let phase = |name: &str| (PhaseId::new(name).unwrap(), 600 + u32::from(bits));
    let mut practices = BTreeMap::from([(Practice("A1".into()), has(2))]);
    // An older version of a protocol does not have it.
    if has(3) || of == 0 {
        practices.insert(Practice("B7".into()), has(4));
    }
    One {
        quarter: quarter(at),
        end: End::ALL[end],
        protocol: protocol(of),
        danger: has(0),
        distress: has(1),
        phases: [("opening", true), ("talk", has(5))]
            .into_iter()
            .filter(|(_, entered)| *entered)
            .map(|(name, _)| phase(name))
            .collect(),
        practices,
    }
}

fn archive() -> impl Strategy<Value = Vec<Drawn>> {
    let often = |rare: usize| prop_oneof![4 => Just(0), 1 => 0..rare];
    // Nearly all sessions have some of the bits, so that what is left out is few.
    let bits = prop_oneof![3 => Just(0xff_u8), 1 => any::<u8>()];
    prop::collection::vec((0..=OVER, often(6), often(3), bits), 0..90)
}

/// The lines of a table, each with which of the original lines are in it.
struct Lines<'a> {
    rows: Vec<(BTreeSet<usize>, u32)>,
    columns: Vec<(BTreeSet<usize>, u32)>,
    cells: &'a [Vec<u32>],
}

fn lines<C>(table: &Table<C>, of: impl Fn(&C) -> BTreeSet<usize>) -> Lines<'_> {
    let within = |rows: &Quarters| {
        (0..OVER)
            .filter(|at| rows.from.is_none_or(|from| from <= quarter(*at)) && quarter(*at) <= rows.to)
            .collect()
    };
    Lines {
        rows: table.rows.iter().map(|(rows, total)| (within(rows), *total)).collect(),
        columns: table.columns.iter().map(|(column, total)| (of(column), *total)).collect(),
        cells: &table.cells,
    }
}

fn tables(shown: &Aggregate) -> Vec<Lines<'_>> {
    let ends = shown.ends.as_ref().map(|table| {
        lines(table, |ends| {
            ends.0.iter().map(|end| End::ALL.iter().position(|one| one == end).unwrap()).collect()
        })
    });
    let protocols = shown.protocols.as_ref().map(|table| {
        let named = |place: &usize| {
            table.columns.iter().any(|(column, _)| *column == ProtocolColumn::One(protocol(*place)))
        };
        lines(table, |column| match column {
            ProtocolColumn::One(id) => (0..3).filter(|place| protocol(*place) == *id).collect(),
            ProtocolColumn::Several => (0..3).filter(|place| !named(place)).collect(),
        })
    });
    ends.into_iter().chain(protocols).collect()
}

/// Everything in the tables, each number with the sessions that it counts.
fn counted(shown: &Aggregate, all: &[Drawn]) -> Vec<Vec<(BTreeSet<usize>, u32)>> {
    let until = shown.until.unwrap();
    let over = |drawn: &Drawn| quarter(drawn.0) <= until;
    let is_protocols = |place: usize| shown.ends.is_none() || place == 1;
    let of = |rows: &BTreeSet<usize>, columns: Option<(&BTreeSet<usize>, usize)>| -> BTreeSet<usize> {
        let within = |drawn: &Drawn| {
            over(drawn)
                && rows.contains(&drawn.0)
                && columns.is_none_or(|(columns, table)| {
                    columns.contains(if is_protocols(table) { &drawn.2 } else { &drawn.1 })
                })
        };
        (0..all.len()).filter(|place| within(&all[*place])).collect()
    };
    let every: BTreeSet<usize> = (0..OVER).collect();
    let tables = tables(shown).into_iter().enumerate().map(|(place, lines)| {
        let mut numbers = vec![(of(&every, None), shown.n.unwrap())];
        numbers.extend(lines.rows.iter().map(|(rows, total)| (of(rows, None), *total)));
        numbers.extend(
            lines.columns.iter().map(|(columns, total)| (of(&every, Some((columns, place))), *total)),
        );
        for ((rows, _), cells) in lines.rows.iter().zip(lines.cells) {
            for ((columns, _), count) in lines.columns.iter().zip(cells) {
                numbers.push((of(rows, Some((columns, place))), *count));
            }
        }
        numbers
    });
    tables.collect()
}

/// No sum and difference of published numbers is the count of a small group: one taken from another of any table, and two
/// from one of the same table.
fn no_difference_is_small(shown: &Aggregate, all: &[Drawn], least: u32) -> Result<(), TestCaseError> {
    let tables = counted(shown, all);
    for (sessions, count) in tables.iter().flatten() {
        prop_assert_eq!(sessions.len(), usize::try_from(*count).unwrap(), "exact: {:?}", shown);
        prop_assert!(*count == 0 || *count >= least, "{} is shown: {:?}", count, shown);
    }
    let is_small = |sessions: usize| sessions > 0 && sessions < usize::try_from(least).unwrap();
    for (whole, _) in tables.iter().flatten() {
        for (part, _) in tables.iter().flatten().filter(|(part, _)| part.is_subset(whole)) {
            prop_assert!(!is_small(whole.len() - part.len()), "{} of {:?}", whole.len() - part.len(), shown);
        }
        for table in &tables {
            for (place, (one, _)) in table.iter().enumerate().filter(|(_, (one, _))| one.is_subset(whole)) {
                let others = table[place + 1..].iter().map(|(other, _)| other);
                for other in others.filter(|other| other.is_subset(whole) && other.is_disjoint(one)) {
                    let rest = whole.len() - one.len() - other.len();
                    prop_assert!(!is_small(rest), "{} of {:?}", rest, shown);
                }
            }
        }
    }
    Ok(())
}

/// Sums that are known, over counts that are not.
#[derive(Clone, Default)]
struct Solver {
    /// Between what each count lies.
    bounds: Vec<(i64, i64)>,
    /// Counts with the times that each is taken, and what that makes.
    sums: Vec<(Vec<(usize, i64)>, i64)>,
}

impl Solver {
    fn count(&mut self, most: u32) -> usize {
        self.bounds.push((0, i64::from(most)));
        self.bounds.len() - 1
    }

    fn sum(&mut self, counts: impl IntoIterator<Item = usize>, makes: u32) {
        self.sums.push((counts.into_iter().map(|count| (count, 1)).collect(), i64::from(makes)));
    }

    /// Narrows the bounds as far as each sum alone does. False: nothing fits.
    fn narrow(&mut self) -> bool {
        loop {
            let before = self.bounds.clone();
            for (counts, makes) in &self.sums {
                for (count, times) in counts {
                    // What the others leave at least and at most.
                    let (mut low, mut high) = (*makes, *makes);
                    for (other, times) in counts.iter().filter(|(other, _)| other != count) {
                        let (least, most) = self.bounds[*other];
                        let (one, two) = (times * least, times * most);
                        low -= one.max(two);
                        high -= one.min(two);
                    }
                    let (low, high) = if *times > 0 { (low, high) } else { (-high, -low) };
                    let (least, most) = &mut self.bounds[*count];
                    (*least, *most) = ((*least).max(low), (*most).min(high));
                    if least > most {
                        return false;
                    }
                }
            }
            if self.bounds == before {
                return true;
            }
        }
    }

    /// Whether anything fits: every way is tried.
    fn fits(mut self) -> bool {
        if !self.narrow() {
            return false;
        }
        let open = (0..self.bounds.len()).filter(|count| self.bounds[*count].0 < self.bounds[*count].1);
        let Some(count) = open.min_by_key(|count| self.bounds[*count].1 - self.bounds[*count].0) else {
            return true;
        };
        let (least, most) = self.bounds[count];
        (least..=most).any(|value| {
            let mut tried = self.clone();
            tried.bounds[count] = (value, value);
            tried.fits()
        })
    }

    /// Whether a count could be another one.
    fn can_be_other_than(&self, count: usize, value: u32) -> bool {
        let (least, most) = self.bounds[count];
        let value = i64::from(value);
        [(least, most.min(value - 1)), (least.max(value + 1), most)].into_iter().any(|(least, most)| {
            let mut tried = self.clone();
            tried.bounds[count] = (least, most);
            least <= most && tried.fits()
        })
    }
}

/// No original count below the least is known, for whoever solves both tables together.
fn no_count_is_determined(shown: &Aggregate, all: &[Drawn], least: u32) -> Result<(), TestCaseError> {
    let (until, n) = (shown.until.unwrap(), shown.n.unwrap());
    let mut solver = Solver::default();
    let mut truth: Vec<u32> = Vec::new();
    let quarters: Vec<usize> = (0..OVER).filter(|at| quarter(*at) <= until).collect();
    let ends_shown = shown.ends.is_some();
    let by_table: Vec<Vec<Vec<usize>>> = tables(shown)
        .into_iter()
        .enumerate()
        .map(|(place, lines)| {
            let is_ends = ends_shown && place == 0;
            let original: Vec<Vec<usize>> = quarters
                .iter()
                .map(|at| {
                    let columns = 0..if is_ends { End::ALL.len() } else { 3 };
                    columns
                        .map(|column| {
                            let of = |drawn: &&Drawn| {
                                drawn.0 == *at && column == if is_ends { drawn.1 } else { drawn.2 }
                            };
                            truth.push(u32::try_from(all.iter().filter(of).count()).unwrap());
                            solver.count(n)
                        })
                        .collect()
                })
                .collect();
            for ((rows, _), cells) in lines.rows.iter().zip(lines.cells) {
                for ((columns, _), count) in lines.columns.iter().zip(cells) {
                    let of = rows.iter().flat_map(|row| columns.iter().map(|column| original[*row][*column]));
                    solver.sum(of.collect::<Vec<_>>(), *count);
                }
            }
            original
        })
        .collect();
    // Each quarter has the same sessions in both.
    if let [ends, protocols] = &by_table[..] {
        for (one, other) in ends.iter().zip(protocols) {
            let counts = one.iter().map(|count| (*count, 1)).chain(other.iter().map(|count| (*count, -1)));
            solver.sums.push((counts.collect(), 0));
        }
    }
    prop_assert!(solver.narrow(), "what is published fits what was counted");
    for (count, value) in truth.iter().enumerate().filter(|(_, value)| **value > 0 && **value < least) {
        prop_assert!(solver.can_be_other_than(count, *value), "{} is known of {:?}", value, shown);
    }
    Ok(())
}

/// Whoever knows of how many a share is, and how it was rounded, learns neither of those counted nor of the others that
/// they are a small group.
fn share_tells_nothing(shown: u32, of: u32, rounded_by: u32, least: u32) -> Result<(), TestCaseError> {
    let fitting: Vec<u32> = (0..=of).filter(|count| share(*count, rounded_by, least) == shown).collect();
    prop_assert!(!fitting.is_empty(), "{shown} of {of}");
    let is_small = |count: u32| count > 0 && count < least;
    // That few were counted is what a share of nothing says, but not that there was one; of the others not even that.
    for (what, small) in [
        ("those", fitting.iter().all(|count| is_small(*count))),
        ("the others", fitting.iter().all(|count| of - count < least)),
    ] {
        prop_assert!(!small, "{} are few: {} of {}", what, shown, of);
    }
    Ok(())
}

fn no_share_tells(shown: &Aggregate, all: &[Drawn], least: u32) -> Result<(), TestCaseError> {
    let (until, n) = (shown.until.unwrap(), shown.n.unwrap());
    let ran = |id: &ProtocolId| {
        let of = all.iter().filter(|drawn| quarter(drawn.0) <= until && protocol(drawn.2) == *id);
        u32::try_from(of.count()).unwrap()
    };
    for share in [shown.danger, shown.distress] {
        share_tells_nothing(share, n, n, least)?;
    }
    for phase in &shown.phases {
        let of = ran(&phase.protocol);
        prop_assert!(of >= least, "only of a protocol that stands alone");
        share_tells_nothing(phase.n, of, of, least)?;
    }
    for practice in &shown.practices {
        // It may be known of how many it is exactly.
        for of in practice.n..=n.min(practice.n + 2 * least) {
            share_tells_nothing(practice.served, of, practice.n, least)?;
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_outsider_finds_no_small_group_in_a_file(all in archive(), least in 1_u32..7) {
        let ones: Vec<One> = all.iter().map(one).collect();
        let shown = Aggregate::over(&ones, least, FINISHED);
        if shown.n.is_some() {
            no_difference_is_small(&shown, &all, least)?;
            no_count_is_determined(&shown, &all, least)?;
            no_share_tells(&shown, &all, least)?;
            for lines in tables(&shown) {
                let columns = (0..lines.columns.len()).map(|at| lines.cells.iter().map(|row| row[at]).collect());
                for line in lines.cells.iter().cloned().chain(columns) {
                    let filled = line.iter().filter(|count| **count > 0).count();
                    prop_assert!(line.len() == 1 || filled != 1, "{:?} says something of everybody", line);
                }
            }
        } else {
            prop_assert_eq!(shown, Aggregate::none(least));
        }
    }

    #[test]
    fn a_session_of_a_quarter_that_is_not_over_changes_nothing(
        all in archive(), more in archive(), least in 1_u32..7,
    ) {
        let ones: Vec<One> = all.iter().map(one).collect();
        let later = more.iter().map(|drawn| One { quarter: quarter(OVER), ..one(drawn) });
        let both: Vec<One> = ones.iter().cloned().chain(later).collect();
        prop_assert_eq!(Aggregate::over(&ones, least, FINISHED), Aggregate::over(&both, least, FINISHED));
    }
}

/// So many sessions each of a quarter, an end and a protocol.
fn many(of: &[(usize, usize, usize, usize)]) -> Vec<One> {
    of.iter()
        .flat_map(|(times, at, end, protocol)| vec![one(&(*at, *end, *protocol, 0xff)); *times])
        .collect()
}

#[test]
fn what_is_too_small_stands_together_and_nothing_else_does() {
    let all = many(&[
        (20, 0, 0, 0),
        (9, 0, 1, 0),
        (30, 1, 0, 0),
        (8, 1, 1, 0),
        (2, 1, 4, 0),
        (7, 2, 0, 0),
        (5, 2, 5, 0),
    ]);
    let shown = Aggregate::over(&all, 5, FINISHED);
    let ends = shown.ends.unwrap();
    let columns: Vec<(Vec<End>, u32)> =
        ends.columns.into_iter().map(|(ends, total)| (ends.0, total)).collect();
    let [full, early, postponed, not_held, left, unclosed] = End::ALL;
    assert_eq!(columns, [(vec![full], 57), (vec![early, postponed, not_held, left, unclosed], 24)]);
    assert_eq!(ends.cells, [[20, 9], [30, 10], [7, 5]]);
    let rows: Vec<Quarters> = ends.rows.into_iter().map(|(rows, _)| rows).collect();
    assert_eq!((rows[0].from, rows[0].to), (None, quarter(0)));
    assert_eq!((rows[2].from, rows[2].to), (Some(quarter(2)), quarter(2)));
}

#[test]
fn nobody_learns_of_a_quarter_that_all_of_it_went_one_way() {
    let all = many(&[(8, 0, 0, 0), (20, 1, 0, 0), (6, 1, 1, 0)]);
    let ends = Aggregate::over(&all, 5, FINISHED).ends.unwrap();
    assert_eq!((ends.rows.len(), ends.cells), (1, vec![vec![28, 6]]));
}

#[test]
fn neither_those_who_were_served_nor_the_others_are_few() {
    for (count, of, shown) in [
        (395, 396, 390),
        (396, 396, 390),
        (3, 396, 0),
        (389, 396, 385),
        (390, 396, 390),
        (6, 9, 0),
        (7, 10, 5),
    ] {
        assert_eq!(share(count, of, 5), shown, "{count} of {of}");
    }
}

#[test]
fn the_latest_wait_until_they_are_enough() {
    let all = many(&[(9, 0, 0, 0), (8, 1, 0, 0), (4, 2, 0, 0), (3, 3, 0, 0)]);
    let shown = Aggregate::over(&all, 5, FINISHED);
    assert_eq!((shown.n, shown.until), (Some(24), Some(quarter(3))));
    let shown = Aggregate::over(&all[..21], 5, FINISHED);
    assert_eq!((shown.n, shown.until), (Some(17), Some(quarter(1))));
}

#[test]
fn fewer_than_the_least_are_nothing_at_all() {
    assert_eq!(Aggregate::over(&many(&[(4, 0, 0, 0)]), 5, FINISHED), Aggregate::none(5));
    assert_eq!(Aggregate::over(&many(&[(40, OVER, 0, 0)]), 5, FINISHED), Aggregate::none(5));
}
