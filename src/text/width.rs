//! How many columns a text takes, and cutting and wrapping it by columns, not by bytes.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The columns that a text takes on a terminal (Unicode UAX 11).
pub fn width(text: &str) -> usize {
    // Most texts, measured many times a frame: a column a byte.
    if is_plain(text) {
        return text.len();
    }
    UnicodeWidthStr::width(text)
}

/// Whether each byte of a text is a character of one column.
pub fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// The text in at most `columns` columns; what was cut is marked by `…` in the last one.
pub fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
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
    fn lines_break_at_blanks_and_long_words_inside() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("unbreakable", 4), ["unbr", "eaka", "ble"]);
        assert_eq!(wrap("a\n\nb", 4), ["a", "", "b"]);
        assert_eq!(wrap("", 4), [""]);
        assert!(wrap("x", 0).is_empty());
    }
}
