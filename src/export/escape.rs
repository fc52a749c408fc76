//! Everything that comes from outside becomes harmless here, once for each kind of file: what steers a terminal or turns
//! the writing is drawn as a dot, and what a page, a table or a spreadsheet would take for its own is escaped.

use std::borrow::Cow;

use crate::text::forbidden_character;

/// A foreign text in which each character that steers a terminal or turns the direction of writing is drawn as `·`.
/// Line ends stay.
pub(super) fn harmless(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_harmless) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if is_harmless(c) { c } else { '·' }).collect())
}

fn is_harmless(c: char) -> bool {
    let mut buffer = [0; 4];
    let alone: &str = c.encode_utf8(&mut buffer);
    // What Unicode gives to no character (U+FFFE, U+1FFFF, …) is an error in a page.
    let character = u32::from(c) & 0xFFFE != 0xFFFE && !matches!(c, '\u{FDD0}'..='\u{FDEF}');
    c == '\n' || (character && forbidden_character(alone).is_none())
}

/// A foreign text on one line.
pub(super) fn one_line(text: &str) -> String {
    harmless(text).split('\n').map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" / ")
}

/// As the text of an element, or as the value of an attribute between double quotes.
pub(super) fn html(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in harmless(text).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// As text within a line of Markdown: nothing of it is a heading, list, table, link, picture, code, HTML or entity.
pub(super) fn markdown(text: &str) -> String {
    let line = one_line(text);
    let mut escaped = String::with_capacity(line.len());
    // What opens a block where it stands first: a heading, a quotation, a list, a rule.
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let numbered = digits > 0 && line[digits..].starts_with(['.', ')']);
    for (place, c) in line.chars().enumerate() {
        let opens_a_block = match c {
            '+' | '-' | '=' => place == 0,
            '.' | ')' => numbered && place == digits,
            _ => false,
        };
        // `://`, `www.` and `@` make a link of a bare address in many dialects.
        let makes_a_link = match c {
            ':' => line.chars().nth(place + 1) == Some('/'),
            '.' => escaped.to_ascii_lowercase().ends_with("www"),
            '@' => true,
            _ => false,
        };
        let speaks = matches!(
            c,
            '\\' | '`'
                | '*'
                | '_'
                | '['
                | ']'
                | '<'
                | '>'
                | '&'
                | '|'
                | '~'
                | '$'
                | '#'
                | '!'
                | '{'
                | '}'
                | '^'
        );
        if opens_a_block || makes_a_link || speaks {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// As a cell of a table that a spreadsheet may open: between quotes, on one line, and no formula, also where the
/// spreadsheet splits cells at another sign than we do.
pub(super) fn cell(text: &str) -> String {
    let line = one_line(text);
    let mut escaped = String::with_capacity(line.len() + 2);
    escaped.push('"');
    let mut begins = true;
    for c in line.chars() {
        if begins && matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠') {
            escaped.push('\'');
        }
        begins = matches!(c, ';' | ',' | '|' | '"') || (begins && c.is_whitespace());
        if c == '"' {
            escaped.push('"');
        }
        escaped.push(c);
    }
    escaped.push('"');
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_takes_nothing_of_a_text_for_its_own() {
        for (attack, page) in [
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("\" onload=\"x", "&quot; onload=&quot;x"),
            ("' autofocus onfocus='x", "&#39; autofocus onfocus=&#39;x"),
            ("&lt;b&gt;", "&amp;lt;b&amp;gt;"),
            ("--><b>", "--&gt;&lt;b&gt;"),
            ("]]></style>", "]]&gt;&lt;/style&gt;"),
            ("a\u{0}b", "a·b"),
            ("a\rb\nc", "a·b\nc"),
            ("\u{fffe}\u{1ffff}\u{fdd0}", "···"),
            ("«sí» — ¿qué?", "«sí» — ¿qué?"),
        ] {
            assert_eq!(html(attack), page, "{attack:?}");
        }
    }

    #[test]
    fn nothing_steers_a_terminal_or_turns_the_writing_in_any_file() {
        for (attack, shown) in [
            ("a\u{1b}[2Jb", "a·[2Jb"),
            ("a\u{1b}]0;title\u{7}b", "a·]0;title·b"),
            ("a\u{9b}31mb", "a·31mb"),
            ("a\u{8}b", "a·b"),
            ("evil\u{202e}txt", "evil·txt"),
            ("iso\u{2066}late\u{2069}", "iso·late·"),
            ("a\u{200e}b\u{200f}c\u{61c}", "a·b·c·"),
            ("one\u{2028}two\u{2029}three", "one·two·three"),
            ("\u{feff}mark", "·mark"),
            ("tag\u{e0041}", "tag·"),
            ("del\u{7f}", "del·"),
        ] {
            assert_eq!(harmless(attack), shown, "{attack:?}");
            assert!(html(attack).contains(shown), "{attack:?}");
            assert!(cell(attack).contains(shown), "{attack:?}");
        }
    }

    #[test]
    fn markdown_reads_a_text_as_text() {
        for (attack, line) in [
            ("# heading", "\\# heading"),
            ("- item", "\\- item"),
            ("+ item", "\\+ item"),
            ("* item", "\\* item"),
            ("1. item", "1\\. item"),
            ("12) item", "12\\) item"),
            ("1.5 hours", "1\\.5 hours"),
            ("=====", "\\====="),
            ("> quoted", "\\> quoted"),
            ("```", "\\`\\`\\`"),
            ("| a | b |", "\\| a \\| b \\|"),
            ("[x](javascript:alert(1))", "\\[x\\](javascript:alert(1))"),
            ("![x](http://a/b.png)", "\\!\\[x\\](http\\://a/b.png)"),
            ("<img src=x>", "\\<img src=x\\>"),
            ("&lt;", "\\&lt;"),
            ("www.example.org", "www\\.example.org"),
            ("WWW.example.org", "WWW\\.example.org"),
            ("a@b.c", "a\\@b.c"),
            ("*a* _b_ ~c~ $d$", "\\*a\\* \\_b\\_ \\~c\\~ \\$d\\$"),
            ("back\\slash", "back\\\\slash"),
            ("two\nlines\n\n# three", "two / lines / \\# three"),
            ("She said: yes. (Twice)", "She said: yes. (Twice)"),
        ] {
            assert_eq!(markdown(attack), line, "{attack:?}");
        }
    }

    #[test]
    fn a_spreadsheet_finds_no_formula() {
        for (attack, written) in [
            ("=1+1", "\"'=1+1\""),
            ("+1", "\"'+1\""),
            ("-1", "\"'-1\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            ("\t=1", "\"·=1\""),
            ("\r=1", "\"·=1\""),
            ("\n=1", "\"'=1\""),
            (" =1", "\"'=1\""),
            ("＝1", "\"'＝1\""),
            ("=cmd|' /C calc'!A0", "\"'=cmd|' /C calc'!A0\""),
            ("a;=1+1", "\"a;'=1+1\""),
            ("a; =1+1", "\"a; '=1+1\""),
            ("a\"\";=1", "\"a\"\"\"\";'=1\""),
            ("a\",=1", "\"a\"\",'=1\""),
            ("one\n=two", "\"one / =two\""),
            ("he said \"no\"", "\"he said \"\"no\"\"\""),
            ("a = b", "\"a = b\""),
        ] {
            assert_eq!(cell(attack), written, "{attack:?}");
        }
    }
}
