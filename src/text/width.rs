//! How many columns a text takes, and cutting and wrapping it by columns, not by bytes.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The columns that a text takes on a terminal (Unicode UAX 11).
pub fn width(text: &str) -> usize {
    // Most texts, measured many times a frame: a column a byte.
    if is_plain(text) {
        return text.len();
    }
    if is_even(text) {
        return text.chars().count();
    }
    UnicodeWidthStr::width(text)
}

/// Whether each byte of a text is a character of one column.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// Whether each character of a text takes one column and belongs to none beside it. Nearly all texts of a screen are so:
/// plain ASCII, letters with accents, rules, frames and marks; nobody has to look up what people see as one character.
pub fn is_even(text: &str) -> bool {
    is_plain(text) || text.chars().all(is_single)
}

/// Whether a character takes one column and joins no other: true only of those that are frequent here, so that a `false`
/// says nothing.
fn is_single(c: char) -> bool {
    matches!(
        c,
        ' '..='~'
            | '\u{A1}'..='\u{AC}'
            | '\u{AE}'..='\u{24F}'
            | '\u{2010}'..='\u{2027}' // dashes, quotation marks, bullets, …
            | '\u{2190}'..='\u{21FF}' // arrows
            | '\u{2500}'..='\u{259F}' // lines and blocks
            | '⌂' | '■' | '□' | '▪' | '▫' | '▲' | '▶' | '▷' | '▸' | '▼' | '◀' | '◆' | '◇' | '○' | '●' | '◐' | '◔' | '✓' | '✗'
    )
}

/// The text in at most `columns` columns; what was cut is marked by `…` in the last one.
pub fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    if is_even(text) {
        // What is not in it, but for the mark, is the rest.
        let kept = columns.saturating_sub(1);
        return text.chars().take(kept).chain((columns > 0).then_some('…')).collect();
    }
    let mut kept = String::new();
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        let wide = width(grapheme);
        if used + wide + 1 > columns {
            break;
        }
        used += wide;
        kept.push_str(grapheme);
    }
    if columns > 0 {
        kept.push('…');
    }
    kept
}

/// The text in at most `columns` columns; what was cut is marked by `…` and stood inside: how it begins and, with twice the
/// room, how it ends is left, since a sentence that tells what became of something tells it at its end.
pub fn cut_inside(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let room = columns * 2 / 3;
    let mut used = 0;
    let end: Vec<&str> = text
        .graphemes(true)
        .rev()
        .take_while(|grapheme| {
            used += width(grapheme);
            used <= room
        })
        .collect();
    let end: String = end.into_iter().rev().collect();
    // Whole words, where there is more than one.
    let end = end.split_once(' ').map_or(end.as_str(), |(_, words)| words);
    let begins = text.strip_suffix(end).unwrap_or(text);
    format!("{}{end}", cut(begins, columns.saturating_sub(width(end))))
}

/// The text in lines of at most `columns` columns, broken at blanks, and inside a word only where it is longer than
/// a line. Line ends in the text are kept. At least one line, and never an endless one: no columns, no lines.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    if columns == 0 {
        return Vec::new();
    }
    text.split('\n').flat_map(|paragraph| wrap_paragraph(paragraph, columns)).collect()
}

fn wrap_paragraph(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in text.split_whitespace() {
        let wide = width(word);
        if used > 0 && used + 1 + wide <= columns {
            line.push(' ');
            line.push_str(word);
            used += 1 + wide;
            continue;
        }
        if used > 0 {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        for grapheme in word.graphemes(true) {
            let wide = width(grapheme);
            if used > 0 && used + wide > columns {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push_str(grapheme);
            used += wide;
        }
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_never_exceeds_its_columns() {
        for (text, columns, cut_text) in [
            ("calm", 4, "calm"),
            ("calmly", 4, "cal…"),
            ("日本語", 4, "日…"),
            ("日本語", 5, "日本…"),
            ("a", 0, ""),
            ("né\u{301}e", 2, "n…"),
        ] {
            assert_eq!(cut(text, columns), cut_text);
            assert!(width(&cut(text, columns)) <= columns);
        }
    }

    #[test]
    fn a_single_character_is_one_column_beside_any_other() {
        let singles: Vec<char> = ('\0'..='\u{FFFF}').filter(|c| is_single(*c)).collect();
        assert!(singles.len() > 700, "{}", singles.len());
        for c in &singles {
            for beside in singles.iter().step_by(7).chain(&['a', '─', '…', '©', '↔', 'é']) {
                let pair = format!("{c}{beside}");
                assert_eq!(UnicodeWidthStr::width(&*pair), 2, "{pair} {:x}", u32::from(*c));
                assert_eq!(pair.graphemes(true).count(), 2, "{pair} {:x}", u32::from(*c));
            }
        }
    }

    #[test]
    fn a_text_of_such_characters_is_measured_and_cut_as_any_other() {
        for (text, columns, cut_text) in [
            ("¿Cómo está?", 6, "¿Cómo…"),
            ("────", 3, "──…"),
            ("◐ ▸", 3, "◐ ▸"),
            ("né", 1, "…"),
            ("né", 0, ""),
        ] {
            assert!(is_even(text));
            assert_eq!(width(text), UnicodeWidthStr::width(text));
            assert_eq!(cut(text, columns), cut_text);
        }
        for text in ["日本語", "e\u{301}", "a\tb", "\u{200D}", "\u{FE0F}", "\u{AD}", "a\u{A0}b"] {
            assert!(!is_even(text), "{text:?}");
        }
    }

    #[test]
    fn lines_break_at_blanks_and_long_words_inside() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("unbreakable", 4), ["unbr", "eaka", "ble"]);
        assert_eq!(wrap("a\n\nb", 4), ["a", "", "b"]);
        assert_eq!(wrap("", 4), [""]);
        assert!(wrap("x", 0).is_empty());
    }
}
