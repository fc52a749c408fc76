//! What is said of sessions: what happened, what the protocol did not want, what is due, who may be in danger.

mod english;
mod spanish;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt::Write as _;

use chrono::{DateTime, FixedOffset, Offset, Utc};

use crate::journal::Verdict;
use crate::machine::{At, EndChange, Fact, Follows, Outcome, Reason, ReasonCode, RowKey, Value};
use crate::protocol::{Choice, Ending, Kind, Protocol, Rows, Step};
use crate::review::{
    CoverSpan, Danger, Due, Entry, Listen, PhaseSpan, ResponseSpan, Status, ToldBy, What, When,
};
use crate::text::{Language, LanguageCode, Line, OptionId, PhaseId, ResponseId, StepId, TopicId, line_safe};

/// Tells of one session: in a language, with the protocol's own labels. What happened is told in the zone of the clock that
/// showed it; what is due, in the zone of whoever is told, or of the session where nobody knows who will read it.
#[derive(Debug, Clone)]
pub struct Telling<'a> {
    language: Language,
    code: LanguageCode,
    /// None where this version of the program cannot read it: then its parts are told by their ids.
    protocol: Option<&'a Protocol>,
    zone: i32,
}

/// A word or heading of lists and pages of sessions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SessionWord {
    /// The word before an error.
    Error,
    /// The word before what to do.
    Help,
    /// There is no session at all.
    NoSessions,
    /// How to begin one.
    HowToBegin,
    /// Of a file that was begun and holds no event.
    Unbegun,
    /// Above files that are no sessions.
    Unreadable,
    /// Above who may still be in danger.
    StillInDanger,
    /// Above who is to be listened to.
    ToBeListenedTo,
    /// Above what is due.
    PromisedAndDue,
    /// Above the deviations.
    AgainstTheProtocol,
    /// Above responses and covers.
    Responses,
    /// Above the phases.
    Phases,
    /// Above the events.
    WhatHappened,
    /// The case code.
    Case,
    /// The staff numbers.
    Staff,
    /// The protocol.
    Protocol,
    /// When it began.
    Begun,
    /// How long it took.
    Took,
    /// How it stands.
    State,
    /// The file.
    File,
    /// It runs in another window now.
    RunsNow,
    /// Practice.
    Practice,
    /// It was kept as long as the settings say.
    PastItsTime,
    /// No session is past its time.
    NonePast,
    /// No time was set.
    NoTimeSet,
    /// The protocol inside cannot be read by this version.
    ProtocolUnreadable,
    /// Beside a private step.
    Private,
    /// A check that is ticked.
    Done,
    /// None of several options.
    NoneOfThese,
    /// Words were understood.
    Understood,
    /// Words to come back to.
    ToComeBackTo,
    /// She would rather not.
    RatherNot,
    /// Skipped.
    Skipped,
    /// Put off.
    PutOff,
    /// Read.
    Read,
    /// Asks why a session is erased.
    WhyErase,
    /// Asks for the number of whoever erases it.
    WhoErases,
    /// Asks whether to erase it.
    ReallyErase,
    /// It was erased, and what that means.
    Erased,
    /// Nothing was erased.
    NotErased,
    /// The reason to erase a session is missing or no line.
    NoReason,
    /// What to do then.
    NoReasonHelp,
    /// What to do where the file with the reason cannot be read.
    ReasonFileHelp,
    /// What was typed is no staff number.
    NoNumber,
    /// What to do then.
    NoNumberHelp,
    /// What to do where the file with the number cannot be read, or has none.
    NumberFileHelp,
    /// Asks for the number of whoever adds something.
    WhoAdds,
    /// What to do where a number is needed.
    NumberNeeded,
    /// Asks what is added.
    WhatIsAdded,
    /// What to do where the file with the text cannot be read.
    TextFileHelp,
    /// What is added is missing, or no text.
    NoAddendum,
    /// What to do then.
    NoAddendumHelp,
    /// The session is not closed.
    NotClosedYet,
    /// What to do then.
    NotClosedYetHelp,
    /// It was added.
    AddendumKept,
    /// Above what was added.
    AddedLater,
    /// Behind what was added to other bytes.
    OfAnotherFile,
    /// The letters that say yes.
    YesLetters,
}

/// What followed from an event, as far as a person wants to know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consequence<'a> {
    /// The session ended in this way.
    Ended(Ending),
    /// Its end was taken back.
    EndTakenBack,
    /// A response counts as having happened.
    Confirmed(&'a ResponseId),
    /// A response counts as a false alarm after all.
    FalseAlarm(&'a ResponseId),
    /// A step is asked again.
    AskedAgain(&'a StepId),
    /// A step was put off.
    PutOff(&'a StepId),
    /// The response was returned from.
    Returned,
    /// A response was opened.
    Opened(&'a ResponseId),
    /// The clock of the length stopped.
    Paused,
    /// So many gates of the running phase do not hold: it stands still.
    Stopped(usize),
    /// They hold again.
    HoldAgain,
    /// A response is proposed.
    Proposed(&'a ResponseId),
    /// A phase was entered.
    Entered(&'a PhaseId),
}

/// What followed from a fact: nothing that the fact itself says already.
pub fn consequences<'a>(fact: &Fact, follows: &'a Follows) -> Vec<Consequence<'a>> {
    let opened = follows.opened.as_ref().map(|opened| &opened.response);
    let mut all = Vec::new();
    match (fact, follows.ended) {
        (Fact::Ended { .. } | Fact::Left { .. }, _) | (_, None) => {}
        (_, Some(EndChange::Set(ending))) => all.push(Consequence::Ended(ending)),
        (_, Some(EndChange::Lifted)) => all.push(Consequence::EndTakenBack),
    }
    all.extend(follows.raised.iter().filter(|raised| Some(*raised) != opened).map(Consequence::Confirmed));
    all.extend(follows.lowered.iter().map(Consequence::FalseAlarm));
    all.extend(follows.reopened.iter().map(Consequence::AskedAgain));
    all.extend(follows.deferred.iter().map(Consequence::PutOff));
    if !matches!(fact, Fact::Returned { .. }) {
        all.extend((0..follows.returned).map(|_| Consequence::Returned));
    }
    all.extend(opened.filter(|_| !matches!(fact, Fact::Raised { .. })).map(Consequence::Opened));
    if follows.paused {
        all.push(Consequence::Paused);
    }
    all.extend(follows.fell.as_ref().map(|fallen| match fallen.len() {
        0 => Consequence::HoldAgain,
        gates => Consequence::Stopped(gates),
    }));
    all.extend(follows.proposes.iter().map(Consequence::Proposed));
    all.extend(follows.enters.iter().map(Consequence::Entered));
    all
}

macro_rules! said {
    ($(#[doc = $doc:literal] $name:ident($($argument:ident: $type:ty),*);)*) => {
        impl Telling<'_> {
            $(#[doc = $doc]
            pub fn $name(&self, $($argument: $type),*) -> String {
                match self.language {
                    Language::English => english::$name(self, $($argument),*),
                    Language::Spanish => spanish::$name(self, $($argument),*),
                }
            })*
        }
    };
}

said! {
    /// A row of a list that has another state now, or none any more.
    row_changed(row: &str, now: Option<&str>, before: Option<&str>);
    /// What followed from it.
    consequence(consequence: Consequence<'_>);
    /// What the protocol did not want.
    deviation(what: &What);
    /// Why somebody may still be in danger.
    danger(danger: &Danger);
    /// What is due.
    due(due: &Due);
    /// For what somebody must be listened to.
    listen(listen: &Listen);
    /// What can be said of the file.
    verdict(verdict: Verdict);
    /// Where the session stands.
    status(status: Status, ended: Option<Ending>);
    /// How long a response took.
    response_span(span: &ResponseSpan);
    /// How long a cover was up, and how it ended.
    cover_span(span: &CoverSpan);
    /// How long a phase took.
    phase_span(span: &PhaseSpan);
    /// So many deviations.
    deviation_count(count: usize);
    /// The wall clock jumped by so many milliseconds.
    jump(by: i64);
}

impl SessionWord {
    /// Its text.
    pub fn text(self, language: Language) -> &'static str {
        match language {
            Language::English => english::word(self),
            Language::Spanish => spanish::word(self),
        }
    }
}

impl<'a> Telling<'a> {
    /// Tells in a language, with the labels of a protocol where it can be read, in a zone (minutes ahead of UTC).
    pub fn new(language: Language, protocol: Option<&'a Protocol>, zone: i32) -> Self {
        Self { language, code: language.code(), protocol, zone }
    }

    /// What happened, in the zone in which it did.
    pub fn fact(&self, entry: &Entry<'_>) -> String {
        let there = self.in_zone_of(entry.event.at);
        match self.language {
            Language::English => english::fact(&there, entry),
            Language::Spanish => spanish::fact(&there, entry),
        }
    }

    /// Tells the same in the zone of a moment.
    fn in_zone_of(&self, at: At) -> Self {
        Self { zone: at.zone, ..self.clone() }
    }

    /// The language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// A step, by its line.
    pub fn step(&self, id: &StepId) -> String {
        self.known(id).map_or_else(|| format!("`{id}`"), |step| step.ask.in_language(&self.code).to_owned())
    }

    /// A step, by its line, as it stands before what became of it: a question needs no colon.
    fn headed(&self, id: &StepId) -> String {
        headed(self.step(id))
    }

    /// Whether a step is private.
    pub fn is_private(&self, id: &StepId) -> bool {
        self.known(id).is_some_and(|step| step.private)
    }

    /// A phase, by its title.
    pub fn phase(&self, id: &PhaseId) -> String {
        let phase = self.protocol.and_then(|protocol| protocol.phase(id));
        phase.map_or_else(|| format!("`{id}`"), |(_, phase)| phase.title.in_language(&self.code).to_owned())
    }

    /// A response, by its title.
    pub fn response(&self, id: &ResponseId) -> String {
        let response = self.protocol.and_then(|protocol| protocol.response(id));
        response.map_or_else(|| format!("`{id}`"), |(_, one)| one.title.in_language(&self.code).to_owned())
    }

    /// A page of the cover, by its title.
    pub fn topic(&self, id: &TopicId) -> String {
        let topic = self.protocol.and_then(|protocol| {
            protocol.covers.iter().flat_map(|cover| &cover.topics).find(|topic| topic.id == *id)
        });
        topic.map_or_else(|| format!("`{id}`"), |topic| topic.title.in_language(&self.code).to_owned())
    }

    /// The gates of a phase, each by what it says while closed.
    pub fn gates(&self, phase: &PhaseId, gates: &[usize]) -> String {
        let known = self.protocol.and_then(|protocol| protocol.phase(phase)).map(|(_, phase)| &phase.gates);
        let said = gates.iter().filter_map(|gate| known?.get(*gate));
        said.map(|gate| gate.closed_says.in_language(&self.code).trim_end_matches('.'))
            .collect::<Vec<_>>()
            .join("; ")
    }

    /// An option of a step, or a state of its rows, by its label.
    pub fn option(&self, step: &StepId, id: &OptionId) -> String {
        let options: &[Choice] = match self.known(step).map(|step| &step.kind) {
            Some(Kind::Choice(options) | Kind::Choices(options) | Kind::List { states: options, .. }) => {
                options
            }
            _ => &[],
        };
        let known = options.iter().find(|option| option.id == *id);
        known.map_or_else(|| format!("`{id}`"), |option| option.label.in_language(&self.code).to_owned())
    }

    /// A row of a list: by its label, or by its words where it was added.
    pub fn row(&self, step: &StepId, key: &RowKey, added: &[Line]) -> String {
        match key {
            RowKey::Added(place) => match added.get(usize::from(*place)) {
                Some(line) => line.to_string(),
                None => format!("+{}", u32::from(*place) + 1),
            },
            RowKey::Row(id) => {
                let mut list = self.known(step);
                // A list may take its rows from one before it, that from another, each further up.
                for _ in 0..9 {
                    match list.map(|list| &list.kind) {
                        Some(Kind::List { rows: Rows::From(source), .. }) => {
                            list = self.protocol.and_then(|protocol| protocol.step(*source));
                        }
                        Some(Kind::List { rows: Rows::Own(rows), .. }) => {
                            let row = rows.iter().find(|row| row.id == *id);
                            return row.map_or_else(
                                || format!("`{id}`"),
                                |row| row.label.in_language(&self.code).to_owned(),
                            );
                        }
                        _ => break,
                    }
                }
                format!("`{id}`")
            }
        }
    }

    /// The value of an answer.
    pub fn value(&self, step: &StepId, value: &Value) -> String {
        let word = |word: SessionWord| word.text(self.language).to_owned();
        match value {
            Value::Done => word(SessionWord::Done),
            Value::Option(id) => self.option(step, id),
            Value::Options(ids) if ids.is_empty() => word(SessionWord::NoneOfThese),
            Value::Options(ids) => ids.iter().map(|id| self.option(step, id)).collect::<Vec<_>>().join(", "),
            Value::Number(number) => self.number(step, *number),
            Value::Text(text) => format!("«{}»", one_line(text.as_str())),
            Value::Date(day) => day.to_string(),
            Value::Deadline { at, line: None } => self.instant(*at),
            Value::Deadline { at, line: Some(line) } => format!("{} ({line})", self.instant(*at)),
            Value::Heard(crate::machine::Heard::Understood) => word(SessionWord::Understood),
            Value::Heard(crate::machine::Heard::Back) => word(SessionWord::ToComeBackTo),
            Value::Heard(crate::machine::Heard::Declined) => word(SessionWord::RatherNot),
            Value::List { rows, added } => rows
                .iter()
                .map(|(row, state)| format!("{}: {}", self.row(step, row, added), self.option(step, state)))
                .collect::<Vec<_>>()
                .join("; "),
        }
    }

    /// What an answer to a list changed, a line a row, with the reason behind the last; none where the event is
    /// something else, or changed no row.
    pub fn rows_changed(&self, entry: &Entry<'_>) -> Option<Vec<String>> {
        let Fact::Answered { step, value: Value::List { rows, added }, reason } = &entry.event.fact else {
            return None;
        };
        let (earlier, words) = match &entry.before {
            Some(Outcome::Answered(Value::List { rows, added })) => (rows.clone(), added.len()),
            _ => Default::default(),
        };
        let more = (words..added.len()).filter_map(|place| u8::try_from(place).ok()).map(RowKey::Added);
        let keys: BTreeSet<RowKey> = rows.keys().chain(earlier.keys()).cloned().chain(more.clone()).collect();
        let mut lines: Vec<String> = keys
            .iter()
            .filter(|row| rows.get(*row) != earlier.get(*row) || more.clone().any(|new| new == **row))
            .map(|row| {
                let option = |id| self.option(step, id);
                let (now, before) = (rows.get(row).map(option), earlier.get(row).map(option));
                self.row_changed(&self.row(step, row, added), now.as_deref(), before.as_deref())
            })
            .collect();
        let first = lines.first_mut()?;
        *first = format!("{} {first}", self.headed(step));
        if let (Some(reason), Some(last)) = (reason, lines.last_mut()) {
            *last = format!("{last}; {}", self.reason(reason, entry.words));
        }
        Some(lines)
    }

    /// A point with its word, where it has one.
    fn number(&self, step: &StepId, number: i64) -> String {
        let Some(Kind::Scale(scale)) = self.known(step).map(|step| &step.kind) else {
            return number.to_string();
        };
        let place = number.checked_sub(scale.from).and_then(|place| usize::try_from(place).ok());
        match place.and_then(|place| scale.words.get(place)) {
            Some(word) => format!("{number} ({})", word.in_language(&self.code)),
            None => format!("{number} ({}–{})", scale.from, scale.to),
        }
    }

    /// What became of a step.
    pub fn outcome(&self, step: &StepId, outcome: &Outcome) -> String {
        let word = match outcome {
            Outcome::Answered(value) => return self.value(step, value),
            Outcome::Skipped => SessionWord::Skipped,
            Outcome::Declined => SessionWord::RatherNot,
            Outcome::Deferred => SessionWord::PutOff,
            Outcome::Read => SessionWord::Read,
        };
        word.text(self.language).to_owned()
    }

    /// What about an answer tells something.
    pub fn told_by(&self, step: &StepId, by: &ToldBy) -> String {
        match by {
            ToldBy::Answer => self.step(step),
            ToldBy::Option(id) => format!("{} {}", self.headed(step), self.option(step, id)),
            ToldBy::Row(row, state) => {
                format!("{} {}: {}", self.headed(step), self.row(step, row, &[]), self.option(step, state))
            }
        }
    }

    fn told_headed(&self, step: &StepId, by: &ToldBy) -> String {
        headed(self.told_by(step, by))
    }

    /// What is due, in the fewest words that tell it from what else is due of one session.
    pub fn promised(&self, due: &Due) -> String {
        match &due.by {
            None | Some(ToldBy::Answer) => self.step(&due.step),
            Some(ToldBy::Option(id)) => self.option(&due.step, id),
            Some(ToldBy::Row(row, state)) => {
                format!("{}: {}", self.row(&due.step, row, &[]), self.option(&due.step, state))
            }
        }
    }

    /// A reason, with its words.
    pub fn reason(&self, reason: &Reason, later: Option<&Line>) -> String {
        let code = self.reason_code(reason.code);
        match later.or(reason.words.as_ref()) {
            Some(words) => format!("{code}, «{words}»"),
            None => code.to_owned(),
        }
    }

    /// A reason that one digit gives.
    pub fn reason_code(&self, code: ReasonCode) -> &'static str {
        match self.language {
            Language::English => english::reason_code(code),
            Language::Spanish => spanish::reason_code(code),
        }
    }

    /// When something is due.
    pub fn when(&self, when: When) -> Option<Cow<'static, str>> {
        match when {
            When::Instant(at) => Some(self.instant(at).into()),
            When::Day(day) => Some(day.to_string().into()),
            When::Undated => None,
        }
    }

    /// An instant in the zone that is told in, to the minute, with that zone.
    pub fn instant(&self, at: i64) -> String {
        match local(at, self.zone) {
            Some(time) => time.format("%Y-%m-%d %H:%M %:z").to_string(),
            None => format!("{at} ms"),
        }
    }

    /// A moment with its own zone: day, time to the second, and the zone.
    pub fn moment(&self, at: At) -> String {
        match local(at.wall, at.zone) {
            Some(time) => time.format("%Y-%m-%d %H:%M:%S %:z").to_string(),
            None => format!("{} ms", at.wall),
        }
    }

    /// A moment with its own zone, to the minute.
    pub fn minute(&self, at: At) -> String {
        self.in_zone_of(at).instant(at.wall)
    }

    /// The time of a moment with its own zone, to the minute.
    pub fn clock(&self, at: At) -> String {
        match local(at.wall, at.zone) {
            Some(time) => time.format("%H:%M %:z").to_string(),
            None => format!("{} ms", at.wall),
        }
    }

    /// The time of a moment, to the second.
    pub fn time(&self, at: At) -> String {
        match local(at.wall, at.zone) {
            Some(time) => time.format("%H:%M:%S").to_string(),
            None => format!("{} ms", at.wall),
        }
    }

    /// The day and zone of a moment, which head the times that follow.
    pub fn day(&self, at: At) -> String {
        match local(at.wall, at.zone) {
            Some(time) => time.format("%Y-%m-%d (%:z)").to_string(),
            None => format!("{} ms", at.wall),
        }
    }

    /// A moment as data: RFC 3339 with milliseconds and zone.
    pub fn rfc3339(at: At) -> Option<String> {
        local(at.wall, at.zone).map(|time| time.to_rfc3339_opts(chrono::SecondsFormat::Millis, false))
    }

    /// The day of a moment, in its own zone.
    pub fn date(at: At) -> Option<chrono::NaiveDate> {
        local(at.wall, at.zone).map(|time| time.date_naive())
    }

    /// A duration: the two largest of hours, minutes and seconds.
    pub fn duration(&self, milliseconds: u64) -> String {
        let seconds = milliseconds / 1_000;
        let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
        let mut text = String::new();
        // Writing to a text cannot fail.
        let _ = match (hours, minutes) {
            (0, 0) => write!(text, "{seconds} s"),
            (0, _) => write!(text, "{minutes} min {seconds} s"),
            _ => write!(text, "{hours} h {minutes} min"),
        };
        text
    }

    fn known(&self, id: &StepId) -> Option<&'a Step> {
        self.protocol.and_then(|protocol| protocol.step_by_id(id))
    }

    /// Steps by their lines, one after the other.
    fn steps(&self, ids: &[StepId]) -> String {
        ids.iter().map(|id| self.step(id)).collect::<Vec<_>>().join("; ")
    }

    /// `: ` and the text, or nothing where there is none.
    fn after_colon(text: &str) -> String {
        if text.is_empty() { String::new() } else { format!(": {text}") }
    }
}

fn headed(text: String) -> String {
    if text.ends_with(['?', '!', ':', '…']) { text } else { text + ":" }
}

/// A wall clock's time in a zone; a zone that no place has counts as UTC.
fn local(wall: i64, zone: i32) -> Option<DateTime<FixedOffset>> {
    let zone = zone.checked_mul(60).and_then(FixedOffset::east_opt).unwrap_or_else(|| Utc.fix());
    DateTime::from_timestamp_millis(wall).map(|time| time.with_timezone(&zone))
}

/// A zone (minutes ahead of UTC), as it stands behind a time.
pub fn zone(minutes: i32) -> String {
    local(0, minutes).map_or_else(String::new, |time| time.format("%:z").to_string())
}

/// A text with line ends as one line.
pub(super) fn one_line(text: &str) -> String {
    line_safe(&text.replace('\n', " / "))
}

#[cfg(test)]
mod tests;
