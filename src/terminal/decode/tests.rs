//! Tables of what terminals send, and properties over any bytes.

use proptest::prelude::*;

use super::super::event::Focus;
use super::super::paste::PASTE_MOST;
use super::*;

/// What each read gives, all at the same moment.
fn decode(reads: &[&[u8]]) -> Vec<Input> {
    let mut decoder = Decoder::new(HideKeys::default());
    let mut out = Vec::new();
    for read in reads {
        decoder.feed(read, Duration::ZERO, &mut out);
    }
    out
}

fn key(key: Key) -> Input {
    Input::Key(key)
}

fn typed(text: &str) -> Vec<Input> {
    text.chars().map(|c| key(Key::Char(c))).collect()
}

fn paste(text: &str) -> Input {
    Input::Paste { text: text.to_owned(), dropped: 0 }
}

fn lost(dropped: usize) -> Input {
    Input::Paste { text: String::new(), dropped }
}

fn milliseconds(n: u64) -> Duration {
    Duration::from_millis(n)
}

#[test]
fn every_terminal_s_keys_are_known() {
    use Key::{BackTab, Backspace, Char, Delete, Down, End, Enter, F, Home, Left, PageDown, PageUp, Return};
    use Key::{Right, Tab, Up};
    let cases: [(Key, &[&str]); 31] = [
        (
            Up,
            &["\x1b[A", "\x1bOA", "\x1b[1;2A", "\x1b[1;5A", "\x1b[1;1:2A", "\x1b[a", "\x1bOa", "\x1b[57419u"],
        ),
        (Down, &["\x1b[B", "\x1bOB", "\x1b[1;6B", "\x1b[b", "\x1bOb"]),
        (Right, &["\x1b[C", "\x1bOC", "\x1b[1;2C", "\x1b[c", "\x1bO5C"]),
        (Left, &["\x1b[D", "\x1bOD", "\x1b[1;65D", "\x1b[d", "\x1b[1;129D"]),
        (Home, &["\x1b[H", "\x1bOH", "\x1b[1~", "\x1b[7~", "\x1b[1;2H", "\x1b[7$", "\x1b[57423u"]),
        (End, &["\x1b[F", "\x1bOF", "\x1b[4~", "\x1b[8~", "\x1b[8^"]),
        (PageUp, &["\x1b[5~", "\x1b[5;2~", "\x1b[5@"]),
        (PageDown, &["\x1b[6~", "\x1b[6;5~", "\x1b[6;1:1~"]),
        (Delete, &["\x1b[3~", "\x1b[3;5~", "\x1b[3$", "\x1b[3^"]),
        (Tab, &["\t", "\x1b[9u", "\x1b[9;1:1u", "\x1b[105;5u"]),
        (BackTab, &["\x1b[Z", "\x1b[9;2u", "\x1b[1;2Z", "\x1b[27;2;9~"]),
        (Enter, &["\r", "\n", "\x1b[13u", "\x1b[57414u", "\x1b[27;5;13~"]),
        (Backspace, &["\x08", "\x7f", "\x1b[127u", "\x1b[127;5u", "\x1b[104;5u"]),
        (Key::Empty, &["\x15", "\x1b[117;5u", "\x1b[27;5;117~"]),
        (Return, &["\x12", "\x1b[114;5u", "\x1b[27;5;114~", "\x1b[114;69u", "\x1b[82;6u"]),
        (F(1), &["\x1bOP", "\x1b[[A", "\x1b[11~", "\x1b[P", "\x1b[1;2P", "\x1bO2P"]),
        (F(2), &["\x1bOQ", "\x1b[[B", "\x1b[12~"]),
        (F(3), &["\x1bOR", "\x1b[[C", "\x1b[13~", "\x1b[1;5R"]),
        (F(4), &["\x1bOS", "\x1b[[D", "\x1b[14~"]),
        (F(5), &["\x1b[15~", "\x1b[[E", "\x1b[15^"]),
        (F(6), &["\x1b[17~"]),
        (F(7), &["\x1b[18~", "\x1b[18;2~"]),
        (F(8), &["\x1b[19~"]),
        (F(9), &["\x1b[20~"]),
        (F(10), &["\x1b[21~"]),
        (F(11), &["\x1b[23~"]),
        (F(12), &["\x1b[24~", "\x1b[24$"]),
        (Char('7'), &["7", "\x1b[57406u", "\x1b[55u"]),
        (Char('A'), &["A", "\x1b[97;2u", "\x1b[97:65;2u", "\x1b[27;2;65~"]),
        (Char('ñ'), &["ñ", "\x1b[241u"]),
        (Char('+'), &["+", "\x1b[57413u"]),
    ];
    for (expected, forms) in cases {
        for form in forms {
            assert_eq!(decode(&[form.as_bytes()]), [key(expected)], "{form:?}");
        }
    }
}

#[test]
fn what_hides_hides_in_every_form() {
    for form in [
        "\x1b",
        "\x03",
        "\x1a",
        "\x1bx",
        "\x1b1",
        "\x1b\r",
        "\x1b\x12",
        "\x1bñ",
        // Esc and what was typed beside it; a keypad sends these only to a program that asks for it.
        "\x1bOx",
        "\x1bOw",
        "\x1bOk",
        "\x1bOM",
        "\x1bOI",
        "\x1bO2x",
        "\x1b[27u",
        "\x1b[27;1u",
        "\x1b[27;1:1u",
        "\x1b[27;1:2u",
        "\x1b[27;1:3u",
        "\x1b[27;2u",
        "\x1b[27;5u",
        "\x1b[99;5u",
        "\x1b[122;5u",
        "\x1b[67;6u",
        "\x1b[91;5u",
        "\x1b[120;3u",
        "\x1b[120;7u",
        "\x1b[49;3u",
        "\x1b[120;33u",
        "\x1b[27;5;99~",
        "\x1b[27;3;120~",
        "\x1b[27;1;27~",
        "\x1b[1;3A",
        "\x1b[1;7D",
        "\x1b[1;4P",
        "\x1b[3;3~",
        "\x1b[15;3~",
        "\x1b[29;3~",
        "\x1bO3A",
        "\x1b[1;3Z",
    ] {
        assert_eq!(decode(&[form.as_bytes()]), [Input::Hide], "{form:?}");
    }
}

#[test]
fn an_esc_hides_unless_the_same_read_makes_a_sequence_of_it() {
    let hide = || vec![Input::Hide];
    let cases: [(&[u8], Vec<Input>); 21] = [
        (b"ab\x1b", [typed("ab"), hide()].concat()),
        (b"\x1bab", hide()),
        (b"a\x1bbc", [typed("a"), hide()].concat()),
        (b"\x1b[", hide()),
        (b"\x1bO", hide()),
        (b"\x1b[1;5", hide()),
        (b"\x1bO5", hide()),
        (b"\x1b[[", hide()),
        (b"\x1bOz", hide()),
        (b"\x1bO\x1b", [hide(), hide()].concat()),
        (b"\x1b[1\x07q", hide()),
        (b"\x1b[\xc3\xb1", hide()),
        (b"\x1b[[F", hide()),
        (b"\x1b\x1b", [hide(), hide()].concat()),
        (b"\x1b\x1b[A", hide()),
        (b"\x1b[A\x1b", vec![key(Key::Up), Input::Hide]),
        (b"\x1bqy\x12", hide()),
        (b"\x1b]0;t\x07", hide()),
        (b"\xc3\x1b", hide()),
        (b"\x1b[M\x1b", hide()),
        (b"\x1b[M !\x1b", hide()),
    ];
    for (read, expected) in cases {
        assert_eq!(decode(&[read]), expected, "{:?}", String::from_utf8_lossy(read));
    }
    assert_eq!(decode(&[&[ESC; 10]]), vec![Input::Hide; 10]);
    let full = [vec![b'a'; 1023], vec![ESC]].concat();
    assert_eq!(decode(&[&full]).last(), Some(&Input::Hide));
}

#[test]
fn what_nobody_asked_for_does_nothing() {
    for form in [
        "\x1b[?1;2c",
        "\x1b[12;40R",
        "\x1b[0n",
        "\x1b[<0;10;10M",
        "\x1b[<0;10;10m",
        "\x1b[M !!",
        "\x1b[2~",
        "\x1b[25~",
        "\x1b[201~",
        "\x1b[?2026;2$y",
        "\x1b[97;1:3u",
        "\x1b[97;3:3u",
        "\x1b[1;3:3A",
        "\x1b[57441u",
        "\x1b[57443;3u",
        "\x1b[97;5u",
        "\x1b[E",
        "\x1bOE",
        "\x1b[155u",
        "\x1b[8238u",
        "\x1b[99999999999u",
        "\x00",
        "\x01",
        "\x1c",
        "\x1f",
        "\u{9b}A",
        "\u{202e}",
        "\u{85}",
        "\x1b[ q",
        "\x1b[200u",
    ] {
        let out = decode(&[form.as_bytes()]);
        let expected = match form {
            // The bytes of a C1 control are dropped, what follows is a key.
            "\u{9b}A" => typed("A"),
            "\x1b[200u" => typed("È"),
            _ => Vec::new(),
        };
        assert_eq!(out, expected, "{form:?}");
    }
}

#[test]
fn a_sequence_cut_in_two_hides_and_types_nothing() {
    let cases: [(&[&[u8]], Vec<Input>); 16] = [
        (&[b"\x1b", b"[15~"], vec![Input::Hide]),
        (&[b"\x1b[", b"15~"], vec![Input::Hide]),
        (&[b"\x1b[1", b"5~"], vec![Input::Hide]),
        (&[b"\x1b", b"[", b"1", b"5", b"~", b"a"], vec![Input::Hide, key(Key::Char('a'))]),
        (&[b"\x1b", b"OP1"], vec![Input::Hide, key(Key::Char('1'))]),
        (&[b"\x1b", b"[[A"], vec![Input::Hide]),
        (&[b"\x1b[[", b"A"], vec![Input::Hide]),
        (&[b"\x1b", b"a"], vec![Input::Hide, key(Key::Char('a'))]),
        (&[b"\x1b", b"\x1b"], vec![Input::Hide, Input::Hide]),
        (&[b"\x1b", b"\x12"], vec![Input::Hide, key(Key::Return)]),
        (&[b"\x1b", b"\x1b[A"], vec![Input::Hide, key(Key::Up)]),
        (&[b"\x1b", b"[27u"], vec![Input::Hide, Input::Hide]),
        (&[b"\x1b", b"[O"], vec![Input::Hide, Input::Focus(Focus::Lost)]),
        (&[b"\x1b[1", b"\x1b[A"], vec![Input::Hide, key(Key::Up)]),
        (&[b"\x1b", b"[200~123\x1b[201~4"], vec![Input::Hide, lost(3), key(Key::Char('4'))]),
        (&[b"\x1b[2", b"00~123", b"\x1b[201~"], vec![Input::Hide, lost(3)]),
    ];
    for (reads, expected) in cases {
        let shown: Vec<_> = reads.iter().map(|read| String::from_utf8_lossy(read)).collect();
        assert_eq!(decode(reads), expected, "{shown:?}");
    }
}

#[test]
fn a_tail_is_waited_for_fifty_milliseconds() {
    for (late, expected) in [
        (49, vec![Input::Hide]),
        (50, [vec![Input::Hide], typed("[15~")].concat()),
        (5_000, [vec![Input::Hide], typed("[15~")].concat()),
    ] {
        let mut decoder = Decoder::new(HideKeys::default());
        let mut out = Vec::new();
        decoder.feed(b"\x1b", milliseconds(0), &mut out);
        assert_eq!(decoder.deadline(), Some(TAIL));
        decoder.feed(b"[15~", milliseconds(late), &mut out);
        assert_eq!(out, expected, "{late} ms");
        assert_eq!(decoder.deadline(), None);
    }
}

#[test]
fn a_tail_that_does_not_come_is_forgotten() {
    let mut decoder = Decoder::new(HideKeys::default());
    let mut out = Vec::new();
    decoder.feed(b"\x1b[1", milliseconds(0), &mut out);
    decoder.expire(milliseconds(49), &mut out);
    assert_eq!(decoder.deadline(), Some(TAIL));
    decoder.expire(milliseconds(50), &mut out);
    assert_eq!(decoder.deadline(), None);
    decoder.feed(b"5", milliseconds(51), &mut out);
    assert_eq!(out, [Input::Hide, key(Key::Char('5'))]);
}

#[test]
fn a_paste_is_one_input() {
    let cases: [(&[&str], Vec<Input>); 10] = [
        (&["\x1b[200~hola\x1b[201~"], vec![paste("hola")]),
        (&["\x1b[200~ho", "la", "\x1b[201~x"], vec![paste("hola"), key(Key::Char('x'))]),
        (&["\x1b[200~\x1b[201~"], vec![]),
        (&["\x1b[200~a\rb\r\nc\nd\te\x1b[201~"], vec![paste("a\nb\nc\nd e")]),
        (&["\x1b[200~a\u{202e}b\u{9b}c\x07d\x1b[201~"], vec![paste("abcd")]),
        (&["\x1b[200~red \x1b[31mword\x1b[m\x1b[201~"], vec![paste("red word")]),
        (&["\x1b[200~ab\x1b[Ocd\x1b[201~"], vec![Input::Focus(Focus::Lost), paste("abcd")]),
        (&["\x1b[200~qy\x12\x1b[201~"], vec![paste("qy")]),
        (&["\x1b[200~one\x1b[201~\x1b[200~two\x1b[201~"], vec![paste("one"), paste("two")]),
        (&["\x1b[200~\x1b[200~ab\x1b[201~"], vec![paste("ab")]),
    ];
    for (reads, expected) in cases {
        let bytes: Vec<_> = reads.iter().map(|read| read.as_bytes()).collect();
        assert_eq!(decode(&bytes), expected, "{reads:?}");
    }
    assert_eq!(decode(&[b"\x1b[200~\xc3", b"\xb1\xff\x1b[201~"]), [paste("ñ")]);
}

#[test]
fn a_hide_key_inside_a_paste_keeps_what_came_and_drops_what_comes() {
    let cases: [(&[&str], Vec<Input>); 8] = [
        (
            &["\x1b[200~ab\x1b", "cd", "\x1b[201~e"],
            vec![paste("ab"), Input::Hide, lost(2), key(Key::Char('e'))],
        ),
        (&["\x1b[200~ab\x1bcd\x1b[201~"], vec![paste("ab"), Input::Hide, lost(2)]),
        (&["\x1b[200~ab\x03qy\x12\x1b[201~"], vec![paste("ab"), Input::Hide, lost(3)]),
        (&["\x1b[200~ab\x1ac\x1b[201~"], vec![paste("ab"), Input::Hide, lost(1)]),
        (&["\x1b[200~ab\x1b[27uc\x1b[201~"], vec![paste("ab"), Input::Hide, lost(1)]),
        (&["\x1b[200~ab\x1b[1;3Ac\x1b[201~"], vec![paste("ab"), Input::Hide, lost(1)]),
        (&["\x1b[200~\x1b", "\x1b", "\x1b[201~"], vec![Input::Hide, Input::Hide]),
        (&["\x1bx\x1b[200~ab\x1b[201~c"], vec![Input::Hide, lost(2)]),
    ];
    for (reads, expected) in cases {
        let bytes: Vec<_> = reads.iter().map(|read| read.as_bytes()).collect();
        assert_eq!(decode(&bytes), expected, "{reads:?}");
    }
}

#[test]
fn a_sequence_that_a_read_cuts_inside_a_paste_hides_nothing_wherever_it_is_cut() {
    let bytes = "\x1b[200~red \x1b[31mword\x1b[m ñ\x1b[201~c".as_bytes();
    // The mark of the beginning is a write of its own, and an ESC in no paste hides at once.
    for first in 6..bytes.len() {
        for second in first..bytes.len() {
            let reads = [&bytes[..first], &bytes[first..second], &bytes[second..]];
            let mut decoder = Decoder::new(HideKeys::default());
            let mut out = Vec::new();
            for (number, read) in (0..).zip(reads) {
                // Later than the thread would have been woken to look: what has come decides.
                decoder.feed(read, milliseconds(number * 40), &mut out);
            }
            assert_eq!(out, [paste("red word ñ"), key(Key::Char('c'))], "{reads:?}");
        }
    }
}

#[test]
fn a_lone_esc_near_the_end_of_a_read_inside_a_paste_hides_before_a_frame_is_over() {
    for (cut, tail) in [("\x1b", "[201~c"), ("\x1b[20", "1~c"), ("\x1b", "d\x1b[201~c")] {
        let mut decoder = Decoder::new(HideKeys::default());
        let mut out = Vec::new();
        decoder.feed(format!("\x1b[200~ab{cut}").as_bytes(), milliseconds(100), &mut out);
        assert_eq!((decoder.deadline(), out.as_slice()), (Some(milliseconds(115)), &[][..]));
        decoder.expire(milliseconds(115), &mut out);
        assert_eq!(out, [paste("ab"), Input::Hide]);
        assert_eq!(decoder.deadline(), Some(milliseconds(1100)));
        // What comes then is swallowed, as far as it belongs to the paste.
        decoder.feed(tail.as_bytes(), milliseconds(120), &mut out);
        out.retain(|input| *input != lost(1));
        assert_eq!(out, [paste("ab"), Input::Hide, key(Key::Char('c'))], "{cut:?} {tail:?}");
    }
    // And where nothing comes any more, the paste ends as others do.
    let mut decoder = Decoder::new(HideKeys::default());
    let mut out = Vec::new();
    decoder.feed(b"\x1b[200~ab\x1b", milliseconds(0), &mut out);
    decoder.expire(milliseconds(1000), &mut out);
    assert_eq!((decoder.deadline(), out), (None, vec![paste("ab"), Input::Hide]));
}

#[test]
fn a_paste_without_an_end_ends_when_it_is_silent() {
    let mut decoder = Decoder::new(HideKeys::default());
    let mut out = Vec::new();
    decoder.feed(b"\x1b[200~ab", milliseconds(0), &mut out);
    decoder.feed(b"cd", milliseconds(900), &mut out);
    assert_eq!(decoder.deadline(), Some(milliseconds(1900)));
    assert_eq!(out, []);
    decoder.expire(milliseconds(1900), &mut out);
    assert_eq!(out, [paste("abcd")]);
    decoder.feed(b"e", milliseconds(1901), &mut out);
    assert_eq!(out, [paste("abcd"), key(Key::Char('e'))]);
}

#[test]
fn a_paste_is_bounded_and_its_rest_counted_in_characters() {
    let text = "ñ".repeat(PASTE_MOST);
    let mut decoder = Decoder::new(HideKeys::default());
    let mut out = Vec::new();
    decoder.feed(b"\x1b[200~x", milliseconds(0), &mut out);
    for part in text.as_bytes().chunks(4095) {
        decoder.feed(part, milliseconds(0), &mut out);
    }
    decoder.feed(b"\x1b[201~", milliseconds(0), &mut out);
    let kept = format!("x{}", "ñ".repeat(PASTE_MOST / 2 - 1));
    assert_eq!(out, [Input::Paste { text: kept, dropped: PASTE_MOST / 2 + 1 }]);
}

#[test]
fn the_settings_add_hide_keys() {
    let mut decoder = Decoder::new(HideKeys::new([Key::F(12), Key::Char('§')]));
    let mut out = Vec::new();
    for read in ["\x1b[24~", "§", "a\x1b[200~x§\x1b[24~y\x1b[201~"] {
        decoder.feed(read.as_bytes(), milliseconds(0), &mut out);
    }
    let expected = [Input::Hide, Input::Hide, key(Key::Char('a')), paste("x§"), Input::Hide, lost(1)];
    assert_eq!(out, expected);
}

#[test]
fn characters_are_put_together_across_reads() {
    assert_eq!(decode(&[b"\xc3", b"\xb1"]), typed("ñ"));
    assert_eq!(decode(&[b"\xf0", b"\x9f", b"\x99", b"\x82x"]), typed("🙂x"));
    assert_eq!(decode(&[b"a\xffb\xc3(\xe2\x82"]), typed("ab("));
    assert_eq!(decode(&[b"\xe2\x82", b"x"]), typed("x"));
}

/// The bytes of whole keys, none of which hides, since what stands behind one in the same read types nothing; `Shift` and
/// `Ctrl` forms included.
fn whole_key() -> impl Strategy<Value = Vec<u8>> {
    let fixed = |forms: &'static [&'static str]| {
        prop::sample::select(forms).prop_map(|form| form.as_bytes().to_vec())
    };
    prop_oneof![
        any::<char>().prop_filter("a key", |c| !c.is_control()).prop_map(|c| c.to_string().into_bytes()),
        fixed(&["\r", "\t", "\x7f", "\x12", "\x15"]),
        fixed(&["\x1b[A", "\x1bOP", "\x1b[[E", "\x1b[24~", "\x1b[1;5C", "\x1b[3$", "\x1b[Z", "\x1b[5;2~"]),
        fixed(&["\x1b[97;2:2u", "\x1b[I", "\x1b[O", "\x1b[?1;2c"]),
        fixed(&["\x1b[200~text\x1b[201~", "\x1b[200~\x1b[201~", "\x1b[200~ñ\n\x1b[31m\x1b[201~"]),
    ]
}

/// Where a stream may be cut: anywhere but inside an escape sequence.
fn cuts(bytes: &[u8]) -> Vec<usize> {
    let mut cuts = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        cuts.push(at);
        at += match bytes[at] {
            ESC => match sequence::read(&bytes[at + 1..]) {
                Found::Whole(length, _) => 1 + length,
                _ => 1,
            },
            _ => 1,
        };
    }
    cuts
}

proptest! {
    #[test]
    fn cutting_a_stream_outside_its_sequences_changes_nothing(
        keys in prop::collection::vec(whole_key(), 0..20),
        choices in prop::collection::vec(any::<prop::sample::Index>(), 0..10),
    ) {
        let bytes = keys.concat();
        let whole = decode(&[&bytes]);
        let places = cuts(&bytes);
        let mut chosen: Vec<usize> =
            choices.iter().filter(|_| !places.is_empty()).map(|choice| *choice.get(&places)).collect();
        chosen.extend([0, bytes.len()]);
        chosen.sort_unstable();
        let parts: Vec<&[u8]> = chosen.windows(2).map(|pair| &bytes[pair[0]..pair[1]]).collect();
        prop_assert_eq!(decode(&parts), whole);
    }

    #[test]
    fn no_bytes_do_harm(reads in prop::collection::vec((prop::collection::vec(any::<u8>(), 0..40), 0..2_000_u64), 0..20)) {
        let mut decoder = Decoder::new(HideKeys::new([Key::F(12)]));
        let mut now = Duration::ZERO;
        let mut out = Vec::new();
        for (read, wait) in reads {
            now += milliseconds(wait);
            decoder.feed(&read, now, &mut out);
            prop_assert!(decoder.deadline().is_none_or(|until| until > now && until <= now + SILENCE));
        }
        for input in out {
            match input {
                Input::Key(key) => prop_assert!(key != Key::Hide && key != Key::F(12)),
                Input::Paste { text, .. } => prop_assert!(text.lines().all(|line| forbidden_character(line).is_none())),
                _ => {}
            }
        }
    }

    /// Whatever came before, in whatever state the decoder is: an ESC at the end of a read, or before anything that
    /// makes no sequence of it, hides in that same read; inside a paste, before a frame is over.
    #[test]
    fn a_lone_esc_always_hides(
        before in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..20), 0..5),
        start in prop::sample::select(&["", "\x1b[200~", "\x1b[200~text\x1b", "\x1b", "\x1b[", "\x1bO"][..]),
        left in prop::collection::vec(0x20..0x7f_u8, 0..10),
        right in prop::collection::vec((0x00..0x20_u8).prop_union(0x5c..0x7f), 0..10),
    ) {
        let mut decoder = Decoder::new(HideKeys::default());
        let mut out = Vec::new();
        for read in &before {
            decoder.feed(read, Duration::ZERO, &mut out);
        }
        decoder.feed(start.as_bytes(), Duration::ZERO, &mut out);
        out.clear();
        decoder.feed(&[&left[..], &[ESC], &right[..]].concat(), Duration::ZERO, &mut out);
        if matches!(decoder.state, State::Paste { .. }) {
            decoder.expire(CUT, &mut out);
        }
        prop_assert!(out.contains(&Input::Hide), "{out:?}");
    }
}

#[test]
fn behind_every_key_that_hides_the_rest_of_the_read_types_nothing() {
    let end = HideKeys::new([Key::End]);
    for (hide, form) in [
        (HideKeys::default(), "\x1b"),
        (HideKeys::default(), "\x03"),
        (HideKeys::default(), "\x1a"),
        (HideKeys::default(), "\x1b[27u"),
        (HideKeys::default(), "\x1b[27;1;27~"),
        (HideKeys::default(), "\x1b[99;5u"),
        (HideKeys::default(), "\x1b[1;3A"),
        (HideKeys::default(), "\x1b[200~ab\x03\x1b[201~"),
        (end, "\x1b[F"),
    ] {
        for behind in ["qy", "3", "\x12", "ñq", "\x1b[Aq"] {
            let mut decoder = Decoder::new(hide.clone());
            let mut inputs = Vec::new();
            decoder.feed([form, behind].concat().as_bytes(), Duration::ZERO, &mut inputs);
            let typed = inputs.iter().any(|input| matches!(input, Input::Key(_)));
            assert!(inputs.contains(&Input::Hide) && !typed, "{form:?} {behind:?}: {inputs:?}");
            decoder.feed(b"q", Duration::from_secs(1), &mut inputs);
            assert_eq!(inputs.last(), Some(&Input::Key(Key::Char('q'))), "the next read types: {form:?}");
        }
    }
}
