//! A notation for key presses that reads as a sentence: `n <enter> 4711 <tab> 2 <esc>`.

/// The bytes of each key press, in order, as xterm sends them.
///
/// Names stand in `<>`; any other character is a key of its own; blanks only set apart (`<space>` is the key).
/// `<c-x>` is Ctrl, `<a-x>` is Alt, `<s-tab>` is Shift and Tab, `<lt>` is `<`.
///
/// # Panics
/// A name that nobody knows.
pub fn presses(notation: &str) -> Vec<Vec<u8>> {
    let mut presses = Vec::new();
    let mut rest = notation;
    while let Some(first) = rest.chars().next() {
        let length = first.len_utf8();
        if first == '<' {
            let end = rest.find('>').unwrap_or_else(|| panic!("`{rest}` has no end of its name"));
            presses.push(named(&rest[1..end]));
            rest = &rest[end + 1..];
            continue;
        }
        if !first.is_whitespace() {
            presses.push(rest.as_bytes()[..length].to_vec());
        }
        rest = &rest[length..];
    }
    presses
}

fn named(name: &str) -> Vec<u8> {
    let bytes: &[u8] = match name {
        "esc" => b"\x1b",
        "enter" => b"\r",
        "tab" => b"\t",
        "s-tab" => b"\x1b[Z",
        "space" => b" ",
        "lt" => b"<",
        "bs" => b"\x7f",
        "del" => b"\x1b[3~",
        "up" => b"\x1b[A",
        "down" => b"\x1b[B",
        "right" => b"\x1b[C",
        "left" => b"\x1b[D",
        "home" => b"\x1b[H",
        "end" => b"\x1b[F",
        "pgup" => b"\x1b[5~",
        "pgdn" => b"\x1b[6~",
        "f1" => b"\x1bOP",
        "f2" => b"\x1bOQ",
        "f3" => b"\x1bOR",
        "f4" => b"\x1bOS",
        "f5" => b"\x1b[15~",
        "f6" => b"\x1b[17~",
        "f7" => b"\x1b[18~",
        "f8" => b"\x1b[19~",
        "f9" => b"\x1b[20~",
        "f10" => b"\x1b[21~",
        "f11" => b"\x1b[23~",
        "f12" => b"\x1b[24~",
        _ => return with_modifier(name),
    };
    bytes.to_vec()
}

fn with_modifier(name: &str) -> Vec<u8> {
    match name.split_once('-') {
        Some(("c", key)) if key.len() == 1 => vec![key.as_bytes()[0].to_ascii_lowercase() & 0x1f],
        Some(("a", key)) if key.chars().count() == 1 => format!("\x1b{key}").into_bytes(),
        _ => panic!("no key is called `<{name}>`"),
    }
}

#[cfg(test)]
mod tests {
    use super::presses;

    #[test]
    fn a_notation_is_a_list_of_presses() {
        let cases: [(&str, &[&[u8]]); 6] = [
            ("", &[]),
            ("1 2", &[b"1", b"2"]),
            ("añ<space>", &[b"a", "ñ".as_bytes(), b" "]),
            ("<esc> <c-r>", &[b"\x1b", b"\x12"]),
            ("<f2><s-tab>", &[b"\x1bOQ", b"\x1b[Z"]),
            ("<a-x><lt>", &[b"\x1bx", b"<"]),
        ];
        for (notation, expected) in cases {
            assert_eq!(presses(notation), expected, "{notation}");
        }
    }
}
