//! What a terminal shows after a stream of bytes, by two emulators that share no code: avt tells the main screen
//! while the alternate one is shown, and vt100 tells titles, bells, clipboard and what nobody knows.

use std::fmt::Write as _;
use std::num::NonZeroU16;

/// A size in cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cells {
    /// Cells in a line.
    pub cols: u16,
    /// Lines.
    pub rows: u16,
}

/// What a program did to a terminal besides drawing.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Noticed {
    /// Titles and icon names that were set.
    pub titles: Vec<String>,
    /// Bells, heard or seen.
    pub bells: usize,
    /// How often the clipboard was written or read.
    pub clipboard: usize,
    /// Sequences that vt100 does not know, as words.
    pub unknown: Vec<String>,
}

/// Both emulators, over one stream.
pub struct Picture {
    avt: avt::Terminal,
    vt100: vt100::Parser<Noticed>,
    /// The beginning of a character whose end has not arrived; avt takes text.
    partial: Vec<u8>,
    frames: Frames,
}

/// Whether a synchronized frame is under way, and how much of its mark has been seen.
#[derive(Default)]
struct Frames {
    seen: Vec<u8>,
    open: bool,
}

const SCROLLBACK: usize = 10_000;

impl Picture {
    /// An empty terminal of this size.
    pub fn new(size: Cells) -> Self {
        let [rows, cols] = [size.rows, size.cols].map(|n| NonZeroU16::new(n).expect("a terminal has cells"));
        Self {
            avt: avt::Terminal::with_scrollback(size.cols.into(), size.rows.into(), Some(SCROLLBACK))
                .expect("a terminal has cells"),
            vt100: vt100::Parser::new_with_callbacks(rows, cols, SCROLLBACK, Noticed::default()),
            partial: Vec::new(),
            frames: Frames::default(),
        }
    }

    /// Takes what a program wrote.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.vt100.process(bytes);
        self.frames.feed(bytes);
        self.partial.extend_from_slice(bytes);
        let whole = match std::str::from_utf8(&self.partial) {
            Err(error) if error.error_len().is_none() => error.valid_up_to(),
            _ => self.partial.len(),
        };
        let text = String::from_utf8_lossy(&self.partial[..whole]);
        self.avt.feed(text.as_ref());
        self.partial.drain(..whole);
    }

    /// The window has another size.
    pub fn resize(&mut self, size: Cells) {
        let [rows, cols] = [size.rows, size.cols].map(|n| NonZeroU16::new(n).expect("a terminal has cells"));
        self.avt.resize(size.cols.into(), size.rows.into());
        self.vt100.set_size(rows, cols);
    }

    /// Whether no frame is half drawn.
    pub fn is_whole(&self) -> bool {
        !self.frames.open
    }

    /// The screen's lines, without the blanks at their ends.
    pub fn text(&self) -> String {
        let lines: Vec<String> =
            self.avt.screen().visible_lines().map(|line| line.text().trim_end().to_owned()).collect();
        lines.join("\n")
    }

    /// The main screen with all that was scrolled out of it, also while the alternate one is shown.
    pub fn main_screen(&self) -> String {
        self.avt.primary_screen().text().join("\n")
    }

    /// The screen's text, then a letter for each cell's look, then what the letters mean: stable, for snapshots.
    pub fn with_looks(&self) -> String {
        let mut looks: Vec<String> = Vec::new();
        let mut map = String::new();
        for line in self.avt.screen().visible_lines() {
            let mut letters = String::new();
            for cell in line.cells() {
                let look = look(cell.pen());
                letters.push(if look.is_empty() {
                    '.'
                } else {
                    let at = looks.iter().position(|known| *known == look).unwrap_or_else(|| {
                        looks.push(look);
                        looks.len() - 1
                    });
                    char::from(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"[at % 52])
                });
            }
            map.push_str(letters.trim_end_matches('.'));
            map.push('\n');
        }
        let mut all = format!("{}\n─── looks\n{}\n───", self.text(), map.trim_end());
        for (letter, look) in ('a'..='z').chain('A'..='Z').zip(&looks) {
            write!(all, "\n{letter} {look}").expect("a string takes text");
        }
        all
    }

    /// Each cell of the screen, line by line: its text (empty behind a wide one), its pen.
    pub fn cells(&self) -> Vec<Vec<(String, avt::Pen)>> {
        let cell = |cell: &avt::Cell| {
            (if cell.width() == 0 { String::new() } else { cell.char().to_string() }, *cell.pen())
        };
        self.avt.screen().visible_lines().map(|line| line.cells().iter().map(cell).collect()).collect()
    }

    /// Where the cursor is, column and line, if it is shown.
    pub fn cursor(&self) -> Option<(usize, usize)> {
        self.avt.cursor().position()
    }

    /// What vt100 knows of the modes.
    pub fn modes(&self) -> &vt100::Screen {
        self.vt100.screen()
    }

    /// What the program did besides drawing.
    pub fn noticed(&self) -> &Noticed {
        self.vt100.callbacks()
    }

    /// The screen's lines as vt100 has them; the same as [`text`](Self::text), or one of the two errs.
    pub fn text_of_the_other(&self) -> String {
        let (_, cols) = self.vt100.screen().size();
        let lines: Vec<String> =
            self.vt100.screen().rows(0, cols.get()).map(|line| line.trim_end().to_owned()).collect();
        lines.join("\n")
    }
}

impl Frames {
    fn feed(&mut self, bytes: &[u8]) {
        for byte in bytes {
            match byte {
                0x1b => self.seen = vec![0x1b],
                _ if self.seen.is_empty() || self.seen.len() > 8 => continue,
                _ => self.seen.push(*byte),
            }
            match self.seen.as_slice() {
                b"\x1b[?2026h" => self.open = true,
                b"\x1b[?2026l" => self.open = false,
                _ => {}
            }
        }
    }
}

/// How a pen looks, in words; empty for the terminal's own.
fn look(pen: &avt::Pen) -> String {
    let colour = |of: &str, colour: Option<avt::Color>| match colour {
        None => String::new(),
        Some(avt::Color::Indexed(number)) => format!("{of}:{number}"),
        Some(avt::Color::RGB(rgb)) => format!("{of}:#{:02x}{:02x}{:02x}", rgb.r, rgb.g, rgb.b),
    };
    let sign = |word: &str, on| if on { word.to_owned() } else { String::new() };
    let words = [
        colour("fg", pen.foreground()),
        colour("bg", pen.background()),
        sign("bold", pen.is_bold()),
        sign("dim", pen.is_faint()),
        sign("italic", pen.is_italic()),
        sign("underline", pen.is_underline()),
        sign("struck", pen.is_strikethrough()),
        sign("blink", pen.is_blink()),
        sign("reverse", pen.is_inverse()),
    ];
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

impl vt100::Callbacks for Noticed {
    fn audible_bell(&mut self, _: &mut vt100::Screen) {
        self.bells += 1;
    }

    fn visual_bell(&mut self, _: &mut vt100::Screen) {
        self.bells += 1;
    }

    fn set_window_icon_name(&mut self, _: &mut vt100::Screen, name: &[u8]) {
        self.titles.push(String::from_utf8_lossy(name).into_owned());
    }

    fn set_window_title(&mut self, _: &mut vt100::Screen, title: &[u8]) {
        self.titles.push(String::from_utf8_lossy(title).into_owned());
    }

    fn copy_to_clipboard(&mut self, _: &mut vt100::Screen, _: &[u8], _: &[u8]) {
        self.clipboard += 1;
    }

    fn paste_from_clipboard(&mut self, _: &mut vt100::Screen, _: &[u8]) {
        self.clipboard += 1;
    }

    fn unhandled_char(&mut self, _: &mut vt100::Screen, c: char) {
        self.unknown.push(format!("character {c:?}"));
    }

    fn unhandled_control(&mut self, _: &mut vt100::Screen, byte: u8) {
        self.unknown.push(format!("control {byte:#04x}"));
    }

    fn unhandled_escape(&mut self, _: &mut vt100::Screen, _: Option<u8>, _: Option<u8>, byte: u8) {
        self.unknown.push(format!("ESC {:?}", char::from(byte)));
    }

    fn unhandled_csi(
        &mut self,
        _: &mut vt100::Screen,
        first: Option<u8>,
        _: Option<u8>,
        parameters: &[&[u16]],
        last: char,
    ) {
        let first = first.map(char::from).unwrap_or_default();
        let numbers: Vec<String> =
            parameters.iter().map(|n| n.iter().map(u16::to_string).collect::<Vec<_>>().join(":")).collect();
        self.unknown.push(format!("CSI {first}{}{last}", numbers.join(";")));
    }

    fn unhandled_osc(&mut self, _: &mut vt100::Screen, parameters: &[&[u8]]) {
        let words: Vec<_> = parameters.iter().map(|word| String::from_utf8_lossy(word)).collect();
        self.unknown.push(format!("OSC {}", words.join(";")));
    }
}
