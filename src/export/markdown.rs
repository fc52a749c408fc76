//! Sessions as Markdown: to be read as it is, and to be pasted into a report.

use std::fmt::Write as _;

use crate::words::{ExportSays, ExportWord, SessionWord};

use super::About;
use super::account::Account;
use super::escape::markdown as plain;
use super::html::heading;

/// Above all sessions.
pub(super) fn head(about: &About) -> String {
    let language = about.language;
    let title = ExportWord::Sessions.text(language);
    let foot = ExportWord::NotSealedFoot.text(language);
    format!("# {title}\n\n{}\n\n*{foot}*\n", plain(&about.line()))
}

/// One session.
pub(super) fn section(account: &Account<'_>) -> String {
    let telling = &account.telling;
    let language = telling.language();
    let word = |word: SessionWord| word.text(language);
    let mut text = format!("\n## {}\n\n", plain(&heading(account)));
    for (word, says) in &account.facts {
        list(&mut text, &format!("**{word}**: {}", plain(says)));
    }
    part(
        &mut text,
        word(SessionWord::StillInDanger),
        account.danger.iter().map(|(_, line)| plain(line)).collect(),
    );
    part(
        &mut text,
        word(SessionWord::ToBeListenedTo),
        account.listening.iter().map(|(_, line)| plain(line)).collect(),
    );
    part(
        &mut text,
        word(SessionWord::PromisedAndDue),
        account.due.iter().map(|(_, line)| plain(line)).collect(),
    );
    let against = account.against.iter().map(|(found, says)| {
        let event = found.event.map(|event| format!(" ({event})")).unwrap_or_default();
        format!("**{}** {}{event}", found.what.kind().weight().0, plain(says))
    });
    part(&mut text, word(SessionWord::AgainstTheProtocol), against.collect());
    if account.title.is_none() {
        let _ = writeln!(text, "\n{}", ExportWord::NotJudged.text(language));
    }
    let mut spans: Vec<(u64, String)> = account
        .responses
        .iter()
        .map(|(span, says)| (span.from, format!("{} {}", telling.time(span.at), plain(says))))
        .collect();
    spans.extend(
        account
            .covers
            .iter()
            .map(|(span, says)| (span.from, format!("{} {}", telling.time(span.at), plain(says)))),
    );
    spans.sort_by_key(|(from, _)| *from);
    part(&mut text, word(SessionWord::Responses), spans.into_iter().map(|(_, line)| line).collect());
    let phases = account
        .phases
        .iter()
        .map(|(_, title, took)| format!("{}: {}", plain(title), telling.duration(*took)));
    part(&mut text, word(SessionWord::Phases), phases.collect());
    let _ = writeln!(text, "\n### {}", word(SessionWord::WhatHappened));
    for day in account.events.chunk_by(|one, next| telling.day(one.at) == telling.day(next.at)) {
        if let Some(first) = day.first() {
            let _ = writeln!(text, "\n#### {}\n", plain(&telling.day(first.at)));
        }
        for event in day {
            let lines = event.lines.iter().map(|line| plain(line)).collect::<Vec<_>>().join("; ");
            list(&mut text, &format!("{} · {} · {lines}", event.number, telling.time(event.at)));
            for then in &event.then {
                let _ = writeln!(text, "  - → {}", plain(then));
            }
        }
    }
    let added = account.added.iter().map(|(by, said)| format!("{}: {}", plain(by), plain(said)));
    part(&mut text, word(SessionWord::AddedLater), added.collect());
    let left_out = ExportSays::LeftOut { events: account.left_out.events, remarks: account.left_out.remarks };
    let _ = writeln!(text, "\n{}", left_out.text(language));
    text
}

fn list(text: &mut String, line: &str) {
    // Writing to a text cannot fail.
    let _ = writeln!(text, "- {line}");
}

/// A heading and its lines; nothing where there are none.
fn part(text: &mut String, heading: &str, lines: Vec<String>) {
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n### {heading}\n");
    for line in lines {
        list(text, &line);
    }
}
