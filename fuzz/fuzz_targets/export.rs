//! Any events with any texts in them, handed on in every form: a page reads as a page, a table as a table, data as data,
//! and no character in them steers a terminal or turns the writing.

#![no_main]

use std::sync::Arc;

use amparo::export::{About, Account, AskedFor, Exporter, Format, Opened};
use amparo::journal::{ProtocolFile, ProtocolSource, Session, SessionName, Verdict};
use amparo::machine::{At, Event};
use amparo::protocol::{Protocol, read};
use amparo::review::Added;
use amparo::seal::HeadCode;
use amparo::text::{Language, Prose, StaffNumber, forbidden_character};
use html5gum::{Token, Tokenizer};
use libfuzzer_sys::fuzz_target;

/// A protocol that looks at most things once; its own texts are changed too.
const NIGHT: &str = include_str!("../../tests/sessions/night.yaml");

/// Events in which a text stands wherever a person can write one.
const EVENTS: &str = r#"[
    {"fact":{"begun":{"staff":["204"],"case":"CASE","protocol":"night-shelter","version":4,"kind":"real"}},"follows":{"enters":"place"}},
    {"fact":{"answered":{"step":"call","value":{"deadline":{"at":9,"line":"LINE"}}}}},
    {"fact":{"skipped":{"step":"calm","reason":{"code":"other","words":"LINE"}}}},
    {"fact":{"overrode":{"phase":"talk","gates":[0,1],"reason":{"code":"other"}}},"follows":{"enters":"talk"}},
    {"fact":{"worded":{"event":4,"words":"LINE"}}},
    {"fact":{"answered":{"step":"risk","value":{"number":7}}}},
    {"fact":{"answered":{"step":"needs","value":{"list":{"rows":{"+0":"met"},"added":["LINE"]}}}}},
    {"fact":{"noted":{"step":"needs","text":"PROSE"}}},
    {"fact":{"answered":{"step":"farewell","value":{"text":"PROSE"}}}},
    {"fact":{"closed":{"reason":{"code":"other","words":"LINE"},"open":["calm"]}}}
]"#;

fuzz_target!(|input: (u64, i64, Vec<u8>)| {
    let (seed, wall, bytes) = input;
    let text = String::from_utf8_lossy(&bytes);
    let (title, typed) =
        text.split_at(text.char_indices().nth(text.chars().count() / 2).map_or(0, |(at, _)| at));
    let Ok(prose) = Prose::new(typed) else { return };
    let line: String = prose.as_str().replace('\n', " ").chars().take(300).collect();
    let case: String = line.chars().take(24).collect();
    let quoted = |text: &str| serde_json::to_string(text).expect("a text is data");
    let events = EVENTS
        .replace("\"LINE\"", &quoted(&line))
        .replace("\"PROSE\"", &quoted(prose.as_str()))
        .replace("\"CASE\"", &quoted(&case));
    let mut events: Vec<serde_json::Value> = serde_json::from_str(&events).expect("the frame is data");
    for (place, event) in (0..).zip(&mut events) {
        let wall = wall.saturating_add(place * 1_000);
        event["at"] =
            serde_json::json!({ "wall": wall, "zone": (seed % 2_000) as i32 - 1_000, "run": place });
    }
    // A text that is blank, or too long, is refused when it is read; so it is here.
    let Ok(mut events) = serde_json::from_value::<Vec<Event>>(serde_json::Value::Array(events)) else {
        return;
    };
    let turn = (seed as usize) % events.len();
    if seed % 3 == 0 {
        events.rotate_left(turn);
    }
    let yaml = NIGHT.replace("First talk at the shelter", &quoted(title)).replace("A bed", &quoted(&line));
    let protocol: Option<Protocol> = read("night.yaml", yaml.as_bytes(), &[]).protocol;
    let session = Session {
        name: SessionName::of_bytes([seed as u8; 16]),
        protocol: Arc::new(ProtocolSource::new(ProtocolFile::new("night.yaml", NIGHT), Vec::new())),
        events,
        verdict: Verdict::Altered { after: seed },
    };
    let now = At { wall, zone: 0, run: 0 };
    let added = [Added {
        at: now,
        by: StaffNumber::new("317").expect("a number"),
        text: prose,
        of_another_file: seed % 2 == 0,
    }];
    let head = HeadCode::new("0123-4567-89AB-CDEF").expect("a code");
    let language = Language::ALL[(seed % 2) as usize];
    let opened = Opened { session: &session, protocol: protocol.as_ref(), head, added: &added };
    let account = Account::of(opened, &AskedFor::default(), language, now);
    for format in [Format::Html, Format::Markdown, Format::Csv, Format::Lines] {
        let mut exporter = Exporter::new(format, About { language, made: now });
        let mut text = exporter.begin();
        text.push_str(&exporter.add(&account));
        text.push_str(&exporter.end());
        assert_eq!(forbidden_character(&text.replace("\r\n", "").replace('\n', "")), None);
        match format {
            Format::Html => is_a_page(&text),
            Format::Csv => {
                for row in csv::Reader::from_reader(text.as_bytes()).records() {
                    let row = row.expect("as many cells in each row");
                    assert!(
                        row.iter().all(|cell| !cell.trim_start().starts_with(['=', '+', '-', '@'])),
                        "{row:?}"
                    );
                }
            }
            Format::Lines => {
                let data: serde_json::Value = serde_json::from_str(&text).expect("data");
                assert_eq!(text.lines().count(), 1);
                assert!(data["session"].is_string());
            }
            Format::Markdown => assert!(text.starts_with("# ")),
        }
    }
});

/// Every element closed in its order, none that runs or loads anything.
fn is_a_page(page: &str) {
    let mut open = Vec::new();
    for token in Tokenizer::new(page) {
        match token.expect("a text in memory is read") {
            Token::StartTag(tag) => {
                let name = tag.name.to_vec();
                assert!(!matches!(
                    name.as_slice(),
                    b"script" | b"img" | b"iframe" | b"link" | b"object" | b"base"
                ));
                for attribute in tag.attributes.keys() {
                    assert!(
                        !attribute.starts_with(b"on") && !matches!(attribute.as_slice(), b"src" | b"style")
                    );
                }
                if !tag.self_closing && !matches!(name.as_slice(), b"meta" | b"br") {
                    open.push(name);
                }
            }
            Token::EndTag(tag) => assert_eq!(open.pop(), Some(tag.name.to_vec())),
            Token::Error(error) => panic!("{error:?}: {page}"),
            Token::Comment(_) => panic!("a comment: {page}"),
            Token::String(_) | Token::Doctype(_) => {}
        }
    }
    assert!(open.is_empty());
}
