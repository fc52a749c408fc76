//! Sessions as a table, a row an event (RFC 4180), and as JSON Lines, a line a session: for programs.

use serde_json::Value as Json;

use crate::words::Telling;

use super::account::Account;
use super::escape::{cell, harmless};

/// The columns; they are the same in every language, since programs read them.
const COLUMNS: [&str; 15] = [
    "session",
    "head_code",
    "case",
    "staff",
    "protocol",
    "version",
    "begun",
    "event",
    "time",
    "length_ms",
    "phase",
    "fact",
    "step",
    "text",
    "then",
];

/// The head of the table.
pub(super) fn columns() -> String {
    row(COLUMNS.map(str::to_owned))
}

fn row(cells: [String; 15]) -> String {
    let mut line = cells.map(|text| cell(&text)).join(",");
    line.push_str("\r\n");
    line
}

/// A row an event.
pub(super) fn rows(account: &Account<'_>) -> String {
    let mut rows = String::new();
    let head = account.overview.as_ref();
    for event in &account.events {
        rows.push_str(&row([
            account.name.clone(),
            account.head.clone(),
            head.map(|head| head.case.to_string()).unwrap_or_default(),
            account.staff(),
            head.map(|head| head.protocol.to_string()).unwrap_or_default(),
            head.map(|head| head.version.to_string()).unwrap_or_default(),
            head.and_then(|head| Telling::rfc3339(head.begun)).unwrap_or_default(),
            event.number.to_string(),
            Telling::rfc3339(event.at).unwrap_or_default(),
            event.length.to_string(),
            event.phase.as_ref().map(ToString::to_string).unwrap_or_default(),
            event.kind().to_owned(),
            event.step.as_ref().map(ToString::to_string).unwrap_or_default(),
            event.lines.join("; "),
            event.then.join("; "),
        ]));
    }
    rows
}

/// A line with a whole session.
pub(super) fn line(account: &Account<'_>) -> String {
    let mut data = account.data();
    make_harmless(&mut data);
    format!("{data}\n")
}

/// Each text in it, and each name that came from outside.
fn make_harmless(data: &mut Json) {
    match data {
        Json::String(text) => *text = harmless(text).into_owned(),
        Json::Array(all) => all.iter_mut().for_each(make_harmless),
        Json::Object(all) => {
            let safe = |(name, mut value): (String, Json)| {
                make_harmless(&mut value);
                (harmless(&name).into_owned(), value)
            };
            *all = std::mem::take(all).into_iter().map(safe).collect();
        }
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}
