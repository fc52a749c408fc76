//! A text as a square that a camera reads (a QR code), as rows of half-blocks for a terminal.

use qrcodegen::{QrCode, QrCodeEcc};

/// Cells of a square, dark or light, with the light margin around it that cameras need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Square {
    /// Row by row, `side` cells each; true: dark.
    dark: Vec<bool>,
    side: usize,
}

/// What a block of ink stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shade {
    /// The dark cells: black on white.
    Dark,
    /// The light cells: for a screen whose ground is dark, where no colours may be used.
    Light,
}

/// The light cells on each side, by the standard.
const MARGIN: usize = 4;

impl Square {
    /// The square of a text; none where it is longer than any square holds.
    ///
    /// Of capital letters and digits alone it becomes smaller. The least correction of errors is asked for: a screen is
    /// neither torn nor dirty, and a smaller square has larger cells.
    pub fn of(text: &str) -> Option<Self> {
        let code = QrCode::encode_text(text, QrCodeEcc::Low).ok()?;
        let inner = usize::try_from(code.size()).ok()?;
        let side = inner + 2 * MARGIN;
        let place = |at: usize| at.checked_sub(MARGIN).and_then(|at| i32::try_from(at).ok()).unwrap_or(-1);
        // Outside of itself the code is light.
        let dark = (0..side * side).map(|at| code.get_module(place(at % side), place(at / side))).collect();
        Some(Self { dark, side })
    }

    /// The columns that it takes.
    pub fn columns(&self) -> usize {
        self.side
    }

    /// Its rows, two of cells in each, since a cell of a terminal is twice as high as wide.
    pub fn rows(&self, ink: Shade) -> Vec<String> {
        let is_ink = |x: usize, y: usize| {
            let dark = self.dark.get(y * self.side + x).copied().unwrap_or(false);
            dark == (ink == Shade::Dark)
        };
        let row = |y: usize| {
            (0..self.side)
                .map(|x| match (is_ink(x, y), is_ink(x, y + 1)) {
                    (true, true) => '█',
                    (true, false) => '▀',
                    (false, true) => '▄',
                    (false, false) => ' ',
                })
                .collect()
        };
        (0..self.side).step_by(2).map(row).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What another library reads in rows of half-blocks.
    fn read_back(rows: &[String], ink: Shade) -> Option<String> {
        const SCALE: usize = 4;
        let cells: Vec<Vec<char>> = rows.iter().map(|row| row.chars().collect()).collect();
        let is_dark = |x: usize, y: usize| {
            let block = cells[y / 2][x];
            let inked = block == '█' || block == if y.is_multiple_of(2) { '▀' } else { '▄' };
            inked == (ink == Shade::Dark)
        };
        let (wide, high) = (cells[0].len() * SCALE, rows.len() * 2 * SCALE);
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(wide, high, |x, y| {
            if is_dark(x / SCALE, y / SCALE) { 0 } else { 255 }
        });
        image.detect_grids().first()?.decode().ok().map(|(_, text)| text)
    }

    #[test]
    fn another_library_reads_what_is_drawn() {
        let key = "AGE1T7RXYEV2Z3RW82STDLRREPYC39NVN86L5078ZQKF5UASDY86JP6SVPY7PA";
        for text in [key, "age1", "1", "ñandú", &"A".repeat(300)] {
            let square = Square::of(text).unwrap();
            for ink in [Shade::Dark, Shade::Light] {
                assert_eq!(read_back(&square.rows(ink), ink).as_deref(), Some(text));
            }
        }
        assert_eq!(Square::of(&"A".repeat(5_000)), None);
    }

    #[test]
    fn a_key_fits_a_screen_with_its_margin() {
        let square = Square::of(&"AGE1".chars().cycle().take(62).collect::<String>()).unwrap();
        let rows = square.rows(Shade::Dark);
        assert_eq!((square.columns(), rows.len()), (37, 19));
        for row in &rows {
            assert_eq!(row.chars().count(), 37);
            assert!(row.starts_with("    ") && row.ends_with("    "), "{row}");
        }
        assert!(rows[..2].iter().chain(rows.last()).all(|row| row.trim().is_empty()), "{rows:#?}");
    }
}
