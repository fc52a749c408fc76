//! One escape sequence: which bytes after an ESC belong together, and what they mean in any of the terminals that
//! people have (xterm, rxvt, the Linux console, VT220, the kitty protocol). Knows no time and keeps no state.

use super::event::Focus;
use crate::ui::Key;

/// What stands after an ESC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// A well-formed sequence of so many bytes (without the ESC).
    Whole(usize, Meaning),
    /// The bytes end before a sequence does; they may go on in the next read.
    Cut,
    /// No sequence: the ESC stands alone, with whatever follows it.
    No,
}

/// What a well-formed sequence says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Esc, Ctrl+C, Ctrl+Z, or Alt with anything.
    Hide,
    Key(Key),
    Focus(Focus),
    PasteStart,
    PasteEnd,
    /// Nothing that the program uses: a key it has no use for, the release of one, a report nobody asked for.
    Nothing,
}

/// No terminal sends a longer one; without a bound a stream of digits would be held for ever.
const LONGEST: usize = 128;

/// Reads the sequence that an ESC begins; `after` is what follows the ESC.
pub(super) fn read(after: &[u8]) -> Found {
    match after {
        [] => Found::Cut,
        [b'[', rest @ ..] => match control(rest) {
            Found::Whole(length, meaning) => Found::Whole(length + 1, meaning),
            other => other,
        },
        [b'O', rest @ ..] => match single_shift(rest) {
            Found::Whole(length, meaning) => Found::Whole(length + 1, meaning),
            other => other,
        },
        _ => Found::No,
    }
}

/// A control sequence (CSI): parameters, intermediates, one final byte (ECMA-48, 5.4).
fn control(bytes: &[u8]) -> Found {
    match bytes {
        // The Linux console sends F1 to F5 in a form of its own.
        [b'['] => return Found::Cut,
        [b'[', last @ b'A'..=b'E', ..] => return Found::Whole(2, Meaning::Key(Key::F(last - b'A' + 1))),
        [b'[', ..] => return Found::No,
        // A mouse report of the oldest kind has three raw bytes behind it, which would otherwise be typed. Mouse
        // reports are never asked for; a program that died may have left them on. No such byte is a control.
        [b'M', rest @ ..] => {
            let raw = rest.iter().take(3).take_while(|b| **b >= b' ').count();
            return Found::Whole(1 + raw, Meaning::Nothing);
        }
        _ => {}
    }
    let parameters = bytes.iter().take_while(|b| matches!(b, 0x30..=0x3f)).count();
    let intermediates = bytes[parameters..].iter().take_while(|b| matches!(b, 0x20..=0x2f)).count();
    let end = parameters + intermediates;
    if end > LONGEST {
        return Found::No;
    }
    let numbers = &bytes[..parameters];
    // rxvt ends shifted keys with `$`, which ECMA-48 counts as an intermediate.
    if bytes[parameters..].starts_with(b"$") && !numbers.is_empty() && numbers.iter().all(u8::is_ascii_digit)
    {
        return Found::Whole(parameters + 1, meaning(numbers, b'$'));
    }
    match bytes.get(end) {
        None => Found::Cut,
        Some(last @ 0x40..=0x7e) if intermediates == 0 => Found::Whole(end + 1, meaning(numbers, *last)),
        Some(0x40..=0x7e) => Found::Whole(end + 1, Meaning::Nothing),
        Some(_) => Found::No,
    }
}

/// A key in its short form (SS3), perhaps with a digit for the modifiers, as old xterms have it.
fn single_shift(bytes: &[u8]) -> Found {
    let (modifiers, digits) = match bytes {
        [digit @ b'1'..=b'8', ..] => (Modifiers::of(u32::from(digit - b'0')), 1),
        _ => (Modifiers::default(), 0),
    };
    let Some(last) = bytes.get(digits) else { return Found::Cut };
    let key = match last {
        b'A'..=b'D' | b'H' | b'F' | b'P'..=b'S' => letter(*last),
        b'a'..=b'd' => letter(last.to_ascii_uppercase()),
        // The 5 in the middle of a keypad without its number lock.
        b'E' => None,
        // A keypad has digits here too, but only for a program that asks for them, and this one never does: so
        // these are an Esc and what a hand struck beside it.
        _ => return Found::No,
    };
    Found::Whole(digits + 1, modifiers.on(key))
}

/// What a control sequence with these parameters and this final byte says.
fn meaning(parameters: &[u8], last: u8) -> Meaning {
    if parameters.first().is_some_and(|first| matches!(first, b'<'..=b'?')) {
        return Meaning::Nothing;
    }
    let fields = Fields(parameters);
    let first = fields.number(0, 0);
    let modifiers = Modifiers::of(fields.number(1, 0).unwrap_or(1));
    let pressed = |key: Option<Key>| {
        if fields.number(1, 1) == Some(RELEASED) { Meaning::Nothing } else { modifiers.on(key) }
    };
    match (last, first) {
        (b'I', None) => Meaning::Focus(Focus::Gained),
        (b'O', None) => Meaning::Focus(Focus::Lost),
        (b'~', Some(200)) => Meaning::PasteStart,
        (b'~', Some(201)) => Meaning::PasteEnd,
        // xterm's modifyOtherKeys.
        (b'~', Some(27)) => unicode(fields.number(2, 0).unwrap_or(0), None, modifiers),
        // Esc hides in whatever way it is reported, its release too.
        (b'u', Some(27)) => Meaning::Hide,
        (b'u', Some(_)) if fields.number(1, 1) == Some(RELEASED) => Meaning::Nothing,
        (b'u', Some(code)) => unicode(code, fields.number(0, 1), modifiers),
        (b'Z', _) => pressed(Some(Key::BackTab)),
        (b'A'..=b'D' | b'H' | b'F' | b'P'..=b'S', None | Some(1)) => pressed(letter(last)),
        (b'E', None | Some(1)) => pressed(None),
        (b'a'..=b'd', None) => pressed(letter(last.to_ascii_uppercase())),
        (b'~' | b'^' | b'@' | b'$', Some(number)) => pressed(numbered(number)),
        _ => Meaning::Nothing,
    }
}

/// The event type of the kitty protocol that reports the release of a key.
const RELEASED: u32 = 3;

fn letter(last: u8) -> Option<Key> {
    Some(match last {
        b'A' => Key::Up,
        b'B' => Key::Down,
        b'C' => Key::Right,
        b'D' => Key::Left,
        b'H' => Key::Home,
        b'F' => Key::End,
        b'P'..=b'S' => Key::F(last - b'P' + 1),
        _ => return None,
    })
}

fn numbered(number: u32) -> Option<Key> {
    Some(match number {
        1 | 7 => Key::Home,
        3 => Key::Delete,
        4 | 8 => Key::End,
        5 => Key::PageUp,
        6 => Key::PageDown,
        11 => Key::F(1),
        12 => Key::F(2),
        13 => Key::F(3),
        14 => Key::F(4),
        15 => Key::F(5),
        17 => Key::F(6),
        18 => Key::F(7),
        19 => Key::F(8),
        20 => Key::F(9),
        21 => Key::F(10),
        23 => Key::F(11),
        24 => Key::F(12),
        _ => return None,
    })
}

/// A key given by its code point, as the kitty protocol and modifyOtherKeys do; `shifted` is what Shift makes of it,
/// where the terminal says so.
fn unicode(code: u32, shifted: Option<u32>, modifiers: Modifiers) -> Meaning {
    let key = match code {
        27 => return Meaning::Hide,
        9 if modifiers.shift => Some(Key::BackTab),
        9 => Some(Key::Tab),
        10 | 13 | 57414 => Some(Key::Enter),
        8 | 127 => Some(Key::Backspace),
        57399..=57408 => char::from_u32(code - 57399 + u32::from(b'0')).map(Key::Char),
        57409 => Some(Key::Char('.')),
        57410 => Some(Key::Char('/')),
        57411 => Some(Key::Char('*')),
        57412 => Some(Key::Char('-')),
        57413 => Some(Key::Char('+')),
        57415 => Some(Key::Char('=')),
        57416 => Some(Key::Char(',')),
        57417 => Some(Key::Left),
        57418 => Some(Key::Right),
        57419 => Some(Key::Up),
        57420 => Some(Key::Down),
        57421 => Some(Key::PageUp),
        57422 => Some(Key::PageDown),
        57423 => Some(Key::Home),
        57424 => Some(Key::End),
        57426 => Some(Key::Delete),
        // The rest of the private use area: lock, media and modifier keys. None of them types anything, and Alt
        // alone is only the beginning of Alt with something.
        57344..=63743 => return Meaning::Nothing,
        _ => match char::from_u32(code) {
            Some(c) if modifiers.control => return modifiers.with_control(c),
            Some(c) if modifiers.shift => {
                Some(Key::Char(shifted.and_then(char::from_u32).unwrap_or_else(|| upper(c))))
            }
            other => other.map(Key::Char),
        },
    };
    modifiers.on(key.filter(|key| !matches!(key, Key::Char(c) if super::decode::is_untypable(*c))))
}

/// What Shift makes of a letter, where that is one character.
fn upper(c: char) -> char {
    let mut upper = c.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

/// The keys held with a key. Super, Hyper and the locks change nothing.
#[derive(Debug, Clone, Copy, Default)]
struct Modifiers {
    shift: bool,
    control: bool,
    alt: bool,
}

impl Modifiers {
    /// From the parameter that xterm and kitty use: one more than the sum of the bits.
    fn of(parameter: u32) -> Self {
        const SHIFT: u32 = 1;
        const ALT: u32 = 2;
        const CONTROL: u32 = 4;
        const META: u32 = 32;
        let bits = parameter.saturating_sub(1);
        Self { shift: bits & SHIFT != 0, control: bits & CONTROL != 0, alt: bits & (ALT | META) != 0 }
    }

    fn on(self, key: Option<Key>) -> Meaning {
        match key {
            _ if self.alt => Meaning::Hide,
            Some(key) => Meaning::Key(key),
            None => Meaning::Nothing,
        }
    }

    fn with_control(self, c: char) -> Meaning {
        match c.to_ascii_lowercase() {
            _ if self.alt => Meaning::Hide,
            // Ctrl+[ is what Esc has been since the teletypes.
            'c' | 'z' | '[' => Meaning::Hide,
            'r' => Meaning::Key(Key::Return),
            'u' => Meaning::Key(Key::Empty),
            'h' => Meaning::Key(Key::Backspace),
            'i' => Meaning::Key(Key::Tab),
            'j' | 'm' => Meaning::Key(Key::Enter),
            _ => Meaning::Nothing,
        }
    }
}

/// The parameters of a control sequence: fields set apart by `;`, each with parts set apart by `:`.
struct Fields<'a>(&'a [u8]);

impl Fields<'_> {
    /// A number, where it is there and is one.
    fn number(&self, field: usize, part: usize) -> Option<u32> {
        let field = self.0.split(|b| *b == b';').nth(field)?;
        let part = field.split(|b| *b == b':').nth(part)?;
        std::str::from_utf8(part).ok()?.parse().ok()
    }
}
