//! `amparo sessions show`: one session as it happened, what matters first.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::journal::{Companion, JournalError, Session, SessionName, Store, Verdict};
use crate::machine::SessionKind;
use crate::protocol::Protocol;
use crate::review::{
    Entry, Overview, Protocols, Timeline, deviations, due, in_danger, listening, overview, state_of,
};
use crate::seal::fingerprint;
use crate::words::{SessionWord, Telling, consequences};

use super::super::exit::Exit;
use super::list::{head, of_file, write};
use super::{Around, Failed};

/// A session with all that a page needs.
struct Read {
    session: Session,
    overview: Option<Overview>,
    protocol: Option<Arc<Protocol>>,
}

fn read(around: &Around<'_>, name: SessionName) -> Result<Read, JournalError> {
    let session = around.open(&name)?;
    let protocol = Protocols::default().of(&session.protocol);
    Ok(Read { overview: overview(&session.events), protocol, session })
}

/// A file that was altered is shown as far as it stands, and is not right.
fn exit(read: &Read) -> Exit {
    if matches!(read.session.verdict, Verdict::Altered { .. }) { Exit::NotRight } else { Exit::Done }
}

/// As a page for people.
pub(super) fn page(around: &mut Around<'_>, name: SessionName) -> Result<Exit, Failed> {
    let read = read(around, name)?;
    let zone = read.overview.as_ref().map_or(around.now.zone, |head| head.begun.zone);
    let telling = Telling::new(around.language, read.protocol.as_deref(), zone);
    Page { around, telling: &telling, read: &read }.write()?;
    Ok(exit(&read))
}

struct Page<'p, 'a> {
    around: &'p mut Around<'a>,
    telling: &'p Telling<'p>,
    read: &'p Read,
}

impl Page<'_, '_> {
    fn write(&mut self) -> Result<(), Failed> {
        self.head()?;
        let (session, telling) = (&self.read.session, self.telling);
        let timeline = Timeline::of(&session.events);
        if let Some(protocol) = self.read.protocol.as_deref() {
            let (state, now) = (state_of(&session.events), self.around.now);
            let danger = in_danger(protocol, &session.events, now.wall);
            let danger: Vec<String> = danger.iter().map(|danger| telling.danger(danger)).collect();
            self.part(SessionWord::StillInDanger, &danger)?;
            let listening = listening(protocol, &state, now);
            let listening: Vec<String> = listening.iter().map(|listen| telling.listen(listen)).collect();
            self.part(SessionWord::ToBeListenedTo, &listening)?;
            let due = due(protocol, &state, now);
            let due: Vec<String> = due.iter().map(|due| telling.due(due)).collect();
            self.part(SessionWord::PromisedAndDue, &due)?;
            let against: Vec<String> = deviations(protocol, &session.events, session.verdict, now.wall)
                .iter()
                .map(|found| {
                    let event = found.event.map(|event| format!(" [{event}]")).unwrap_or_default();
                    format!("{}  {}{event}", found.what.kind().weight().0, telling.deviation(&found.what))
                })
                .collect();
            self.part(SessionWord::AgainstTheProtocol, &against)?;
        } else {
            writeln!(self.around.out, "\n{}", self.word(SessionWord::ProtocolUnreadable))?;
        }
        let mut spans: Vec<(u64, String)> = timeline
            .responses
            .iter()
            .map(|span| {
                (
                    span.from,
                    format!("{}  {} [{}]", telling.time(span.at), telling.response_span(span), span.from),
                )
            })
            .collect();
        spans.extend(timeline.covers.iter().map(|span| {
            (span.from, format!("{}  {} [{}]", telling.time(span.at), telling.cover_span(span), span.from))
        }));
        spans.sort_by_key(|(from, _)| *from);
        let spans: Vec<String> = spans.into_iter().map(|(_, line)| line).collect();
        self.part(SessionWord::Responses, &spans)?;
        let phases: Vec<String> = timeline.phases.iter().map(|span| telling.phase_span(span)).collect();
        self.part(SessionWord::Phases, &phases)?;
        self.events(&timeline)?;
        let added = self.addenda();
        self.part(SessionWord::AddedLater, &added)
    }

    /// What was added after it was closed, the earliest first; what names another file's bytes says so.
    fn addenda(&self) -> Vec<String> {
        let Some(identity) = self.around.keys.identity.as_deref() else { return Vec::new() };
        let store = Store::at(self.around.home);
        let sha256 = store.bytes(&self.read.session.name).ok().map(|bytes| fingerprint(&bytes));
        let mut added: Vec<(i64, String)> = Vec::new();
        for companion in store.companions(identity) {
            let Companion::Addendum { of, at, by, text, .. } = companion else { continue };
            if of.name != self.read.session.name {
                continue;
            }
            let other = if Some(of.sha256) == sha256 { "" } else { self.word(SessionWord::OfAnotherFile) };
            let text = text.as_str().replace('\n', " / ");
            added.push((
                at.wall,
                format!("{}  {by}  {text}  {other}", self.telling.moment(at)).trim_end().to_owned(),
            ));
        }
        added.sort();
        added.into_iter().map(|(_, line)| line).collect()
    }

    fn word(&self, word: SessionWord) -> &'static str {
        word.text(self.around.language)
    }

    fn head(&mut self) -> Result<(), Failed> {
        let telling = self.telling;
        let mut lines = Vec::new();
        if let Some(head) = &self.read.overview {
            let title = self
                .read
                .protocol
                .as_ref()
                .map(|protocol| format!("{}, ", protocol.title.in_language(&telling.language().code())));
            let staff: Vec<&str> = head.staff.iter().map(crate::text::StaffNumber::as_str).collect();
            lines.extend([
                (SessionWord::Case, head.case.to_string()),
                (SessionWord::Staff, staff.join(", ")),
                (
                    SessionWord::Protocol,
                    format!("{}{} {}", title.unwrap_or_default(), head.protocol, head.version),
                ),
                (SessionWord::Begun, telling.moment(head.begun)),
                (SessionWord::Took, telling.duration(head.length)),
                (SessionWord::State, telling.status(head.status, head.ended)),
            ]);
        }
        lines.push((SessionWord::File, of_file(&self.read.session, telling)));
        let practice = self.read.overview.as_ref().is_some_and(|head| head.kind == SessionKind::Practice);
        let practice =
            if practice { format!("  {}", self.word(SessionWord::Practice)) } else { String::new() };
        writeln!(self.around.out, "{}{practice}", self.read.session.name)?;
        let wide = lines.iter().map(|(word, _)| crate::text::width(self.word(*word))).max().unwrap_or(0);
        for (word, text) in lines {
            let word = self.word(word);
            writeln!(self.around.out, "{word}{}  {text}", " ".repeat(wide - crate::text::width(word)))?;
        }
        Ok(())
    }

    /// A heading and its lines; nothing at all where there are none.
    fn part(&mut self, heading: SessionWord, lines: &[String]) -> Result<(), Failed> {
        if lines.is_empty() {
            return Ok(());
        }
        writeln!(self.around.out, "\n{}", self.word(heading))?;
        for line in lines {
            writeln!(self.around.out, "  {line}")?;
        }
        Ok(())
    }

    fn events(&mut self, timeline: &Timeline<'_>) -> Result<(), Failed> {
        let telling = self.telling;
        writeln!(self.around.out, "\n{}", self.word(SessionWord::WhatHappened))?;
        let digits = timeline.entries.len().to_string().len();
        let mut day = String::new();
        for entry in &timeline.entries {
            let at = entry.event.at;
            let today = telling.day(at);
            if today != day {
                writeln!(self.around.out, "  {today}")?;
                day = today;
            }
            if let Some(by) = entry.jump {
                writeln!(self.around.out, "  {:digits$}  {:8}  — {}", "", "", telling.jump(by))?;
            }
            let private = match entry.about() {
                Some(step) if telling.is_private(step) => format!(" ({})", self.word(SessionWord::Private)),
                _ => String::new(),
            };
            // A list is filled row by row: only what changed is told.
            let lines = telling.rows_changed(entry).unwrap_or_else(|| vec![telling.fact(entry)]);
            for (place, line) in lines.iter().enumerate() {
                if place == 0 {
                    let (number, time) = (entry.number, telling.time(at));
                    writeln!(self.around.out, "  {number:>digits$}  {time}  {line}{private}")?;
                } else {
                    writeln!(self.around.out, "  {:digits$}  {:8}    {line}", "", "")?;
                }
            }
            for consequence in consequences(&entry.event.fact, &entry.event.follows) {
                writeln!(
                    self.around.out,
                    "  {:digits$}  {:8}  → {}",
                    "",
                    "",
                    telling.consequence(consequence)
                )?;
            }
        }
        Ok(())
    }
}

/// As data.
pub(super) fn data(around: &mut Around<'_>, name: SessionName) -> Result<Exit, Failed> {
    let read = read(around, name)?;
    let (session, protocol) = (&read.session, read.protocol.as_deref());
    let timeline = Timeline::of(&session.events);
    let mut value = head(session, read.overview.as_ref());
    value["protocol_readable"] = json!(protocol.is_some());
    if let Some(protocol) = protocol {
        let state = state_of(&session.events);
        let found = deviations(protocol, &session.events, session.verdict, around.now.wall);
        value["deviations"] = found
            .iter()
            .map(|found| {
                let mut value = json!(found);
                value["weight"] = json!(found.what.kind().weight().0);
                value
            })
            .collect();
        value["in_danger"] = json!(in_danger(protocol, &session.events, around.now.wall));
        value["listening"] = json!(listening(protocol, &state, around.now));
        value["due"] = json!(due(protocol, &state, around.now));
    }
    value["responses"] = json!(timeline.responses);
    value["covers"] = json!(timeline.covers);
    value["phases"] = json!(timeline.phases);
    let telling = Telling::new(around.language, protocol, around.now.zone);
    value["events"] = timeline.entries.iter().map(|entry| event(entry, &telling)).collect();
    write(around, &value)?;
    Ok(exit(&read))
}

fn event(entry: &Entry<'_>, telling: &Telling<'_>) -> Value {
    let mut value = json!(entry.event);
    value["number"] = json!(entry.number);
    value["time"] = json!(Telling::rfc3339(entry.event.at));
    value["length_ms"] = json!(entry.length);
    value["phase"] = json!(entry.phase);
    if let Some(before) = &entry.before {
        value["before"] = json!(before);
    }
    if let Some(words) = entry.words {
        value["reason_words"] = json!(words);
    }
    if let Some(jump) = entry.jump {
        value["clock_jump_ms"] = json!(jump);
    }
    if entry.about().is_some_and(|step| telling.is_private(step)) {
        value["private"] = json!(true);
    }
    value
}
