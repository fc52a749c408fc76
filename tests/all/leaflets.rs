//! What a leaflet looks like, by the library alone: the screens that may stand there after the key, and the words that
//! may be written from then on.

use std::collections::{BTreeMap, HashSet};
use std::sync::{Arc, Mutex, OnceLock};

use amparo::machine::{At, State};
use amparo::protocol::Protocol;
use amparo::text::Language;
use amparo::ui::{Colour, Keeping, Key, Leaflet, Look, Motion, OnTheDesk, View};
use amparo::words::{LeafletSays, built_in};
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use crate::caseworker::protocol;
use crate::picture::{Cells, Picture};

/// The screens that are a leaflet at a size.
#[derive(Default)]
pub struct Leaflets {
    /// Each page as it opens, of each leaflet in each language.
    opened: HashSet<String>,
    /// The same scrolled, and asking whether to close.
    read_in: HashSet<String>,
}

impl Leaflets {
    /// Those of a size.
    pub fn at(size: Cells) -> Arc<Self> {
        static KNOWN: Mutex<BTreeMap<(u16, u16), Arc<Leaflets>>> = Mutex::new(BTreeMap::new());
        let mut known = KNOWN.lock().expect("no test failed in here");
        let of_size = known.entry((size.cols, size.rows)).or_insert_with(|| Arc::new(Self::drawn(size)));
        Arc::clone(of_size)
    }

    fn drawn(size: Cells) -> Self {
        let mut all = Self::default();
        for language in Language::ALL {
            for protocol in [Some(protocol()), None] {
                seen(protocol, language, size, |view| {
                    let mut leaflet = Leaflet::new(view, None, None);
                    leaflet.fit(view, size.cols, size.rows);
                    for page in '0'..='9' {
                        leaflet.press(Key::Char(page), view);
                        let mut text = drawn(&leaflet, view, size);
                        all.opened.insert(text.clone());
                        loop {
                            leaflet.press(Key::Char('q'), view);
                            all.read_in.insert(drawn(&leaflet, view, size));
                            leaflet.press(Key::Char('n'), view);
                            leaflet.press(Key::Down, view);
                            let below = drawn(&leaflet, view, size);
                            if below == text {
                                break;
                            }
                            text = below;
                            all.read_in.insert(text.clone());
                        }
                    }
                });
            }
        }
        all
    }

    /// Whether a screen (its lines, without the blanks at their ends) is a leaflet's page as it opens.
    pub fn has(&self, text: &str) -> bool {
        self.opened.contains(text)
    }

    /// Whether it is any page, or one that somebody has read in.
    pub fn has_read_in(&self, text: &str) -> bool {
        self.has(text) || self.read_in.contains(text)
    }
}

/// The page of contents that stands there first.
pub fn contents(size: Cells, language: Language) -> String {
    seen(Some(protocol()), language, size, |view| drawn(&Leaflet::new(view, None, None), view, size))
}

/// A view of nothing but a leaflet; without a protocol it is the program's own.
fn seen<T>(
    protocol: Option<&Protocol>,
    language: Language,
    size: Cells,
    look_at: impl FnOnce(&View) -> T,
) -> T {
    let (state, keeping, desk) = (State::default(), Keeping::default(), OnTheDesk::default());
    let code = language.code();
    look_at(&View {
        protocol,
        state: &state,
        now: At { wall: 0, zone: 0, run: 0 },
        language,
        shown: &code,
        said: &code,
        keeping: &keeping,
        desk: &desk,
        look: Look {
            colour: Colour::Used,
            motion: Motion::Smooth,
            leaflet_width: 72,
            quiet_after: 60,
            breaths: 6,
        },
        size: Size::new(size.cols, size.rows),
        cover: None,
    })
}

fn drawn(leaflet: &Leaflet, view: &View, size: Cells) -> String {
    let area = Rect::new(0, 0, size.cols, size.rows);
    let mut buffer = Buffer::empty(area);
    leaflet.draw(view, area, &mut buffer);
    let lines = buffer.content.chunks(usize::from(size.cols)).map(|line| {
        let line: String = line.iter().map(ratatui::buffer::Cell::symbol).collect();
        line.trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Why a screen that reads as a leaflet is none, if it is not: a cell with a colour, or the two emulators differ.
pub fn is_not_plain(picture: &Picture) -> Option<String> {
    for (line, cells) in picture.cells().iter().enumerate() {
        for (column, (_, pen)) in cells.iter().enumerate() {
            if *pen != avt::Pen::default() {
                return Some(format!("the cell in line {line}, column {column} is {pen:?}"));
            }
        }
    }
    let (one, other) = (picture.text(), picture.text_of_the_other());
    (one.trim_end() != other.trim_end()).then(|| format!("the emulators differ:\n{one}\n---\n{other}"))
}

/// Every word of every leaflet, and of the line below it.
fn words() -> &'static str {
    static WORDS: OnceLock<String> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut words = String::new();
        for language in Language::ALL {
            for cover in &protocol().covers {
                words.push_str(cover.title.in_language(&language.code()));
                for topic in &cover.topics {
                    for line in std::iter::once(&topic.title).chain(&topic.lines) {
                        words.push('\n');
                        words.push_str(line.in_language(&language.code()));
                    }
                }
                words.push('\n');
            }
            let own = built_in(language);
            words.push_str(own.title);
            for topic in own.topics {
                words.push('\n');
                words.push_str(topic.title);
                words.push('\n');
                words.push_str(&topic.lines.join("\n"));
            }
            for says in [
                LeafletSays::Page { page: 1, of: 9, seen: 1 },
                LeafletSays::Contents { seen: 1 },
                LeafletSays::Keys { of: 9 },
                LeafletSays::Keys { of: 1 },
                LeafletSays::Close,
            ] {
                words.push('\n');
                words.push_str(&says.text(language));
            }
            words.push('\n');
        }
        words
    })
}

/// The first thing in what was written that no leaflet has: a mark, or five letters in a row. Where a frame writes
/// only what has changed, a part of a word stands for the word.
pub fn stranger(written: &[u8], marks: &[&str]) -> Option<String> {
    static KNOWN: Mutex<Option<HashSet<String>>> = Mutex::new(None);
    let text = without_sequences(written);
    if let Some(mark) = marks.iter().find(|mark| text.contains(**mark)) {
        return Some((*mark).to_owned());
    }
    let mut known = KNOWN.lock().expect("no test failed in here");
    let known = known.get_or_insert_default();
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() >= 5) {
        if known.contains(word) {
            continue;
        }
        if !words().contains(word) {
            return Some(word.to_owned());
        }
        known.insert(word.to_owned());
    }
    None
}

/// What is drawn, with a line end in place of each sequence, since each moves the cursor.
fn without_sequences(written: &[u8]) -> String {
    let written = String::from_utf8_lossy(written);
    let mut text = String::new();
    let mut rest = written.as_ref();
    while let Some(at) = rest.find('\x1b') {
        text.push_str(&rest[..at]);
        text.push('\n');
        rest = &rest[at + 1..];
        match rest.as_bytes().first() {
            Some(b'[') => {
                let end = rest[1..].find(|c: char| ('\x40'..='\x7e').contains(&c));
                rest = end.map_or("", |end| &rest[end + 2..]);
            }
            // A title: its text is the text that is looked for.
            Some(b']') => rest = &rest[1..],
            Some(_) => rest = rest.get(1..).unwrap_or(""),
            None => {}
        }
    }
    text.push_str(rest);
    text
}

mod tests {
    use super::*;

    #[test]
    fn a_stranger_is_found_and_a_leaflets_word_is_none() {
        let marks = ["90417"];
        for (written, expected) in [
            (&b"\x1b[?2026h\x1b[1;1HSleeping better\x1b[2;1Hleeping\x1b[?2026l"[..], None),
            (b"Sleeping \x1b[1mwitness", Some("witness")),
            (b"\x1b[5;5H90417", Some("90417")),
            (b"\x1b]0;amparo\x07", Some("amparo")),
            (b"Slee\x1b[2;2Hping", None),
        ] {
            let written_text = String::from_utf8_lossy(written);
            assert_eq!(stranger(written, &marks).as_deref(), expected, "{written_text:?}");
        }
    }

    #[test]
    fn the_leaflets_are_told_from_every_other_screen() {
        let size = Cells { cols: 80, rows: 24 };
        let leaflets = Leaflets::at(size);
        let contents = contents(size, Language::Spanish);
        assert!(leaflets.has(&contents), "{contents}");
        assert!(!leaflets.has(&contents.replacen('1', "2", 1)));
        assert!(!leaflets.has("") && !leaflets.has_read_in(""));
    }
}
