//! The reference for authors, made of the table of keys: the part of `docs/protocol.md` between its markers.

use std::fmt::Write as _;

use super::grammar::Function;
use super::keys::{Key, KindName, Need, SECTIONS, Takes};

/// The tables, a section each, in Markdown.
pub fn reference() -> String {
    let mut text = String::new();
    for section in SECTIONS {
        let _ = writeln!(text, "### {}\n\n{}\n", section.name.word(), section.doc);
        text.push_str("| key | takes | | what it is for |\n|---|---|---|---|\n");
        for key in section.keys {
            let _ = writeln!(text, "| `{}` | {} | {} | {} |", key.name, taken(key.value), need(key), key.doc);
        }
        text.push('\n');
    }
    text.push_str("### functions of conditions\n\n| written | holds when |\n|---|---|\n");
    for (_, _, like, meaning) in Function::ALL {
        let _ = writeln!(text, "| `{like}` | {meaning} |");
    }
    text
}

fn need(key: &Key) -> String {
    let need = match key.need {
        Need::Must => "**needed**".to_owned(),
        Need::May => String::new(),
        Need::Default(value) => format!("`{value}` where left out"),
    };
    // Nearly every kind: name what is left out.
    let kinds = match key.kinds.len() {
        0 => String::new(),
        1..6 => listed(key.kinds.iter().map(|kind| kind.word())),
        _ => format!("not `{}`", KindName::Guidance.word()),
    };
    match (need.is_empty(), kinds.is_empty()) {
        (_, true) => need,
        (true, false) => kinds,
        (false, false) => format!("{kinds}: {need}"),
    }
}

fn listed<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

fn taken(takes: Takes) -> String {
    match takes {
        Takes::Id => "an id".to_owned(),
        Takes::Step => "the id of a step".to_owned(),
        Takes::Response => "the id of a response".to_owned(),
        Takes::Topic => "the id of a topic".to_owned(),
        Takes::Text(most) => format!("a text of at most {most} columns"),
        Takes::Texts(most, many) => format!("at most {many} texts of at most {most} columns"),
        Takes::Flag => "`true` or `false`".to_owned(),
        Takes::Number(from, to) if from == to => format!("`{from}`"),
        Takes::Number(from, to) => format!("a whole number from {from} to {to}"),
        Takes::Word(words) => listed(words.iter().copied()),
        Takes::Words(words) => format!("a list of {}", listed(words.iter().copied())),
        Takes::Condition => "a condition".to_owned(),
        Takes::FlagOrCondition => "`true`, `false` or a condition".to_owned(),
        Takes::Actions => "an action, or a list of them".to_owned(),
        Takes::Practices => "a list of numbers of practices".to_owned(),
        Takes::Pattern => "a regular expression".to_owned(),
        Takes::Language => "the code of a language".to_owned(),
        Takes::One(section) => format!("a [{0}](#{0})", section.word()),
        Takes::Many(section, most) => format!("a list of [{0}](#{0}), at most {most}", section.word()),
        Takes::ById(section) => format!("[{0}](#{0}) by id", section.word()),
        Takes::TextById(most) => format!("texts of at most {most} columns, by id"),
    }
}
