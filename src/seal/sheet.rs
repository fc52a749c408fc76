//! The recovery sheet: a secret key as rows to print or to write down, in which a slip is found and pointed at.
//!
//! The fifty-eight signs after `AGE-SECRET-KEY-1` stand in six rows of ten, with two signs more in each. Those two make
//! a row a word of a Reed–Solomon code over 32 signs (with the row's number in it), so that any two wrong signs in a row
//! are noticed, and one alone is told with its place. The signs before the hyphen, read in order, are the key as `age`
//! itself takes it; age's own checksum over all of them is the last check.

use age::secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

use super::identity::Identity;

/// The rows of a sheet. Overwritten when it is dropped.
#[derive(Debug)]
pub struct Sheet {
    rows: Vec<SecretString>,
}

/// What is wrong with a sheet that was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SheetProblem {
    /// It has not six rows.
    Rows(usize),
    /// A row has a sign too many or too few.
    Length {
        /// Which row, from 1.
        row: usize,
    },
    /// A sign that no row has.
    Sign {
        /// Which row, from 1.
        row: usize,
        /// The sign.
        sign: char,
    },
    /// One sign of a row is wrong.
    Slip {
        /// Which row, from 1.
        row: usize,
        /// Which sign of it, from 1.
        place: usize,
    },
    /// More than one sign of a row is wrong, or it stands in another place.
    Row {
        /// Which row, from 1.
        row: usize,
    },
    /// Each row is right, and all together are no key.
    NoKey,
}

/// The signs of bech32, whose places are the values of a field of 32.
const SIGNS: &[u8; 32] = b"QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L";

const BEFORE: &str = "AGE-SECRET-KEY-1";
const KEY_SIGNS: usize = 58;
const IN_A_ROW: usize = 10;
const ROWS: usize = 6;

impl Sheet {
    /// The sheet of an identity.
    pub fn of(identity: &Identity) -> Self {
        let text = identity.text();
        let signs = text.expose_secret().strip_prefix(BEFORE).unwrap_or_default();
        let rows = signs.as_bytes().chunks(IN_A_ROW).enumerate().map(|(row, signs)| {
            let mut values: Zeroizing<Vec<u8>> =
                Zeroizing::new(signs.iter().filter_map(|sign| value(char::from(*sign))).collect());
            let checks = checks(&values, row);
            values.extend(checks);
            let mut text = Zeroizing::new(String::with_capacity(16));
            for (place, value) in values.iter().enumerate() {
                if place == signs.len() {
                    text.push('-');
                } else if place == 5 {
                    text.push(' ');
                }
                text.push(char::from(SIGNS[usize::from(*value)]));
            }
            SecretString::from(text.as_str())
        });
        Self { rows: rows.collect() }
    }

    /// Each row as it is written, from the first.
    pub fn rows(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().map(SecretString::expose_secret)
    }

    /// Reads a sheet that was typed: a row a line. Small letters, blanks and hyphens do not matter; a number with a
    /// full stop or a bracket before a row is passed over.
    ///
    /// # Errors
    /// [`SheetProblem`], the first.
    pub fn read(text: &str) -> Result<Identity, SheetProblem> {
        let rows: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        if rows.len() != ROWS {
            return Err(SheetProblem::Rows(rows.len()));
        }
        let mut key = Zeroizing::new(String::with_capacity(BEFORE.len() + KEY_SIGNS));
        key.push_str(BEFORE);
        for (row, line) in rows.into_iter().enumerate() {
            let values = row_values(line, row)?;
            let signs = &values[..values.len() - 2];
            key.extend(signs.iter().map(|value| char::from(SIGNS[usize::from(*value)])));
        }
        Identity::of_text(&key).ok_or(SheetProblem::NoKey)
    }
}

fn row_values(line: &str, row: usize) -> Result<Zeroizing<Vec<u8>>, SheetProblem> {
    let line = line.split_once(['.', ')', ':']).map_or(line, |(_, rest)| rest);
    let mut values = Zeroizing::new(Vec::with_capacity(16));
    for sign in line.chars().filter(|sign| !sign.is_whitespace() && !matches!(sign, '-' | '–')) {
        let value = value(sign).ok_or(SheetProblem::Sign { row: row + 1, sign })?;
        if values.len() == IN_A_ROW + 2 {
            return Err(SheetProblem::Length { row: row + 1 });
        }
        values.push(value);
    }
    let length = if row + 1 == ROWS { KEY_SIGNS % IN_A_ROW } else { IN_A_ROW };
    if values.len() != length + 2 {
        return Err(SheetProblem::Length { row: row + 1 });
    }
    let (zeroth, first) = syndromes(&values, row);
    if (zeroth, first) == (0, 0) {
        return Ok(values);
    }
    // One wrong sign at place p gives (e, e·2^p).
    let place = (0..values.len()).find(|place| zeroth != 0 && times(zeroth, power(*place)) == first);
    Err(match place {
        Some(place) => SheetProblem::Slip { row: row + 1, place: place + 1 },
        None => SheetProblem::Row { row: row + 1 },
    })
}

/// The value of a sign. Signs that no key has are those that look like another: 1 and I are L, O is 0, B is 8.
fn value(sign: char) -> Option<u8> {
    let sign = match sign.to_ascii_uppercase() {
        '1' | 'I' => 'L',
        'O' => '0',
        'B' => '8',
        plain => plain,
    };
    let place = SIGNS.iter().position(|known| char::from(*known) == sign)?;
    u8::try_from(place).ok()
}

/// The two values that make a row a word of the code.
fn checks(values: &[u8], row: usize) -> [u8; 2] {
    let (zeroth, first) = syndromes(values, row);
    // x + y = zeroth and x·2^n + y·2^(n+1) = first, in a field where plus is exclusive or.
    let (one, other) = (power(values.len()), power(values.len() + 1));
    let y = divided(first ^ times(zeroth, one), one ^ other);
    [zeroth ^ y, y]
}

/// The sum of a row's values, and that of its values each times a power of two. The row's number is in the first.
fn syndromes(values: &[u8], row: usize) -> (u8, u8) {
    let number = u8::try_from(row + 1).unwrap_or_default();
    let zeroth = values.iter().fold(number, |sum, value| sum ^ value);
    let first = values.iter().enumerate().fold(0, |sum, (place, value)| sum ^ times(*value, power(place)));
    (zeroth, first)
}

/// The product in the field of 32 with x^5 = x^2 + 1.
fn times(one: u8, other: u8) -> u8 {
    let product =
        (0..5).filter(|bit| other >> bit & 1 == 1).fold(0_u16, |sum, bit| sum ^ u16::from(one) << bit);
    let reduced = (5..9)
        .rev()
        .fold(product, |left, bit| if left >> bit & 1 == 1 { left ^ 0b10_0101 << (bit - 5) } else { left });
    u8::try_from(reduced & 31).unwrap_or_default()
}

fn power(of_two: usize) -> u8 {
    (0..of_two).fold(1, |power, _| times(power, 2))
}

/// What gives `of` when multiplied by `by`, which is not zero.
fn divided(of: u8, by: u8) -> u8 {
    (0..32).find(|candidate| times(*candidate, by) == of).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> (Identity, Vec<String>) {
        let identity = Identity::generate();
        let rows = Sheet::of(&identity).rows().map(str::to_owned).collect();
        (identity, rows)
    }

    #[test]
    fn a_sheet_gives_the_key_back() {
        let (identity, rows) = sheet();
        assert_eq!(rows.len(), ROWS);
        assert!(rows[..5].iter().all(|row| row.len() == 14), "{rows:?}");
        let read = |text: &str| Sheet::read(text).unwrap().public();
        assert_eq!(read(&rows.join("\n")), identity.public());
        assert_eq!(read(&rows.join("\r\n\r\n").to_lowercase().replace('-', " ")), identity.public());
        let numbered: Vec<String> =
            (1..).zip(&rows).map(|(number, row)| format!("{number}. {row}")).collect();
        assert_eq!(read(&numbered.join("\n")), identity.public());
        let plain: String = rows.iter().map(|row| row.split('-').next().unwrap().replace(' ', "")).collect();
        assert_eq!(Identity::of_text(&format!("{BEFORE}{plain}")).unwrap().public(), identity.public());
    }

    #[test]
    fn every_single_slip_is_found_with_its_place() {
        let (_, rows) = sheet();
        for (row, text) in rows.iter().enumerate() {
            let signs: Vec<usize> = text
                .char_indices()
                .filter(|(_, sign)| !matches!(sign, ' ' | '-'))
                .map(|(at, _)| at)
                .collect();
            for (place, at) in signs.iter().enumerate() {
                for sign in SIGNS.iter().map(|sign| char::from(*sign)) {
                    if text[*at..].starts_with(sign) {
                        continue;
                    }
                    let mut typed = rows.clone();
                    typed[row].replace_range(*at..=*at, &sign.to_string());
                    let found = Sheet::read(&typed.join("\n")).unwrap_err();
                    assert_eq!(found, SheetProblem::Slip { row: row + 1, place: place + 1 });
                }
            }
            for pair in signs.windows(2) {
                let mut typed = rows.clone();
                let (one, other) = (text[pair[0]..=pair[0]].to_owned(), text[pair[1]..=pair[1]].to_owned());
                typed[row].replace_range(pair[0]..=pair[0], &other);
                typed[row].replace_range(pair[1]..=pair[1], &one);
                assert_eq!(Sheet::read(&typed.join("\n")).is_ok(), one == other, "two signs exchanged");
            }
        }
    }

    #[test]
    fn rows_that_are_missing_exchanged_or_too_long_are_told() {
        let (_, rows) = sheet();
        let mut exchanged = rows.clone();
        exchanged.swap(1, 2);
        assert!(matches!(
            Sheet::read(&exchanged.join("\n")),
            Err(SheetProblem::Row { row: 2 } | SheetProblem::Slip { row: 2, .. })
        ));
        assert_eq!(Sheet::read(&rows[1..].join("\n")).unwrap_err(), SheetProblem::Rows(5));
        assert_eq!(Sheet::read("").unwrap_err(), SheetProblem::Rows(0));
        let mut long = rows.clone();
        long[3].push('Q');
        assert_eq!(Sheet::read(&long.join("\n")).unwrap_err(), SheetProblem::Length { row: 4 });
        let mut strange = rows;
        strange[0].replace_range(0..1, "ñ");
        assert_eq!(Sheet::read(&strange.join("\n")).unwrap_err(), SheetProblem::Sign { row: 1, sign: 'ñ' });
    }
}
