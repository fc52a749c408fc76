//! The page of one session: what matters, who may be in danger, what went against the protocol, how it went, what was
//! changed, and then all that happened. Each line that can be looked at knows where it leads.

use crate::export::scales;
use crate::journal::On;
use crate::machine::{Fact, Outcome, SessionKind, Value};
use crate::review::{Column, Course, Entry, Remark, SignedOff, Timeline};
use crate::seal::HeadCode;
use crate::text::{Language, StaffNumber, StepId, width};
use crate::words::{
    PageSays, ReviewSays, SessionWord, Telling, column, consent, file_state, handling, head_word, mark,
    review_word,
};

use super::course::Picture;
use super::long_page::{LongPage, Spans, headed, wrapped};
use super::session::ReadSession;
use super::timeline::Happened;
use crate::ui::ink::Ink;

/// A line that can be looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Thing {
    /// The moment that it leads to, or is.
    pub(super) event: Option<u64>,
    /// What a remark or a mark on it is about.
    pub(super) on: On,
}

/// The page and where its lines lead.
#[derive(Debug, Clone)]
pub(super) struct Told {
    pub(super) page: LongPage,
    /// A line each that stands before the events.
    before: Vec<Thing>,
    /// How many events there are.
    events: usize,
}

impl Told {
    /// Adds a line that can be looked at.
    fn thing(&mut self, rows: Vec<Spans>, event: Option<u64>, on: On) {
        self.page.thing(rows);
        self.before.push(Thing { event, on });
    }

    /// The line that is looked at.
    pub(super) fn at(&self, place: usize) -> Option<Thing> {
        match place.checked_sub(self.before.len()) {
            None => self.before.get(place).cloned(),
            Some(event) if event < self.events => {
                let event = u64::try_from(event + 1).ok()?;
                Some(Thing { event: Some(event), on: On::Event(event) })
            }
            Some(_) => None,
        }
    }

    /// Whether a line is an event itself.
    pub(super) fn is_event(&self, place: usize) -> bool {
        place >= self.before.len()
    }

    /// The line of an event.
    pub(super) fn line_of(&self, event: u64) -> usize {
        let event = usize::try_from(event.max(1)).unwrap_or(usize::MAX).min(self.events.max(1));
        self.before.len() + event - 1
    }
}

/// What the page is made with.
pub(super) struct Teller<'a> {
    pub(super) read: &'a ReadSession,
    pub(super) telling: &'a Telling<'a>,
    pub(super) ink: Ink,
    pub(super) columns: usize,
    pub(super) head: Option<HeadCode>,
}

/// The title: the case, who held it, when.
pub(super) fn title(read: &ReadSession, telling: &Telling<'_>) -> String {
    let summary = &read.summary;
    let staff: Vec<&str> = summary.staff.iter().map(StaffNumber::as_str).collect();
    let practice = match summary.kind {
        SessionKind::Practice => format!("  {}", SessionWord::Practice.text(telling.language())),
        SessionKind::Real => String::new(),
    };
    format!("{}  {}  {}{practice}", summary.case, staff.join(", "), telling.moment(summary.begun))
}

/// A remark and its answers, a line each.
pub(super) fn remark(remark: &Remark, language: Language) -> Vec<String> {
    let to = remark.to.as_ref().map(StaffNumber::as_str);
    let says = PageSays::Remark(remark.by.as_str(), to, remark.text.as_str()).text(language);
    let answers = remark.answers.iter().map(|answer| {
        format!("↳ {}", PageSays::Answer(answer.by.as_str(), answer.text.as_str()).text(language))
    });
    std::iter::once(format!("✎ {says}")).chain(answers).collect()
}

impl Teller<'_> {
    /// Makes the page.
    pub(super) fn tell(&self) -> Told {
        let timeline = Timeline::of(&self.read.events);
        let mut told = Told { page: LongPage::default(), before: Vec::new(), events: timeline.entries.len() };
        self.head(&mut told);
        self.in_danger(&mut told);
        self.against(&mut told);
        self.awaited(&mut told);
        self.afterwards(&mut told);
        self.course(&mut told);
        self.changed(&timeline, &mut told);
        told.page.heading(self.heading(SessionWord::WhatHappened.text(self.language())));
        let (summary, reviewed) = (&self.read.summary, &self.read.reviewed);
        let (timeline, telling, ink, columns) = (&timeline, self.telling, self.ink, self.columns);
        Happened { summary, reviewed, timeline, telling, ink, columns }.add_to(&mut told.page);
        told
    }

    fn language(&self) -> Language {
        self.telling.language()
    }

    fn heading(&self, text: &str) -> Spans {
        vec![(headed(text), self.ink.title())]
    }

    /// What matters: a label and what stands behind it, all of it one thing, which is the session.
    fn head(&self, told: &mut Told) {
        let (language, summary) = (self.language(), &self.read.summary);
        let telling = self.telling;
        let title = self.read.protocol.title.in_language(&language.code()).to_owned();
        let mut facts = vec![
            (
                SessionWord::State.text(language).to_owned(),
                format!(
                    "{}; {} {}",
                    telling.status(summary.status, summary.ended),
                    SessionWord::Took.text(language),
                    telling.duration(summary.length)
                ),
            ),
            (
                column(Column::Danger, language).to_owned(),
                format!("{}, {}", summary.danger, summary.distress),
            ),
            (PageSays::Consent.text(language), consent(summary.consent, language).to_owned()),
        ];
        if let Some(times) = summary.told_before {
            facts.push((PageSays::ToldBefore.text(language), times.to_string()));
        }
        facts.push((
            SessionWord::Protocol.text(language).to_owned(),
            format!("{title}, {} {}", summary.protocol_id, summary.version),
        ));
        facts.push((
            SessionWord::File.text(language).to_owned(),
            file_state(summary.file, language).to_owned(),
        ));
        if let Some(head) = &self.head {
            facts.push((head_word(language).to_owned(), head.to_string()));
        }
        facts.push((PageSays::Review.text(language), self.signed()));
        let labels = facts.iter().map(|(label, _)| width(label)).max().unwrap_or(0).min(self.columns / 2);
        let mut rows = Vec::new();
        for (label, says) in facts {
            let pad = labels.saturating_sub(width(&label));
            let first = vec![(format!("{label}{}  ", " ".repeat(pad)), self.ink.dim())];
            let then = vec![(" ".repeat(labels + 2), self.ink.dim())];
            rows.extend(wrapped(first, &then, &says, self.ink.plain(), self.columns));
        }
        told.thing(rows, None, On::Session);
    }

    fn signed(&self) -> String {
        let language = self.language();
        let done = |word, given: &crate::review::Given| {
            let when = self.telling.moment(given.at);
            PageSays::DoneBy(review_word(word, language), given.by.as_str(), &when).text(language)
        };
        match self.read.summary.marks.as_ref().map(|marks| &marks.signed) {
            Some(SignedOff::Yes(given, _)) => done(ReviewSays::SignedOff, given),
            Some(SignedOff::Another(given, _)) => done(ReviewSays::SignedAnother, given),
            Some(SignedOff::Not) | None => review_word(ReviewSays::NotSignedOff, language).to_owned(),
        }
    }

    /// A line with its moment behind it.
    fn line(&self, sign: &str, text: &str, event: Option<u64>, on: On, told: &mut Told) {
        let at = event.and_then(|event| self.event(event)).map(|event| self.telling.time(event.at));
        let text = at.map_or_else(|| text.to_owned(), |at| format!("{text} [{at}]"));
        let first = vec![(format!("{sign} "), self.ink.later())];
        let then = vec![("  ".to_owned(), self.ink.plain())];
        let rows = wrapped(first, &then, &text, self.ink.plain(), self.columns);
        told.thing(rows, event, on);
    }

    fn event(&self, number: u64) -> Option<&crate::machine::Event> {
        self.read.events.get(usize::try_from(number.checked_sub(1)?).ok()?)
    }

    /// Why somebody may still be in danger.
    fn in_danger(&self, told: &mut Told) {
        let lines = self.read.reviewed.dangers.iter().map(|one| {
            let on = on(one.what.step(), one.event);
            (self.telling.danger(&one.what), one.event, on)
        });
        self.noticed(ReviewSays::StillInDanger, lines.collect(), told);
    }

    /// Who is to be listened to, and what is due.
    fn awaited(&self, told: &mut Told) {
        let lines = self
            .read
            .reviewed
            .listens
            .iter()
            .map(|one| (self.telling.listen(&one.what), one.event, on(Some(one.what.step()), one.event)));
        self.noticed(ReviewSays::ToBeListenedTo, lines.collect(), told);
        let lines = self
            .read
            .reviewed
            .dues
            .iter()
            .map(|one| (self.telling.due(&one.what), one.event, on(Some(&one.what.step), one.event)));
        self.noticed(ReviewSays::PromisedAndDue, lines.collect(), told);
    }

    /// A heading with lines that lead to their moments; nothing at all where there are none.
    fn noticed(&self, heading: ReviewSays, lines: Vec<(String, u64, On)>, told: &mut Told) {
        if lines.is_empty() {
            return;
        }
        told.page.heading(self.heading(review_word(heading, self.language())));
        for (text, event, on) in lines {
            self.line("!", &text, (event > 0).then_some(event), on, told);
        }
    }

    /// What went against the protocol, the heaviest first.
    fn against(&self, told: &mut Told) {
        let language = self.language();
        told.page.heading(self.heading(review_word(ReviewSays::AgainstTheProtocol, language)));
        let found = &self.read.reviewed.deviations;
        if found.is_empty() {
            let rows = wrapped(
                Vec::new(),
                &Vec::new(),
                &PageSays::NothingAgainst.text(language),
                self.ink.done(),
                self.columns,
            );
            told.thing(rows, None, On::Session);
        }
        for deviation in found {
            let sign = "▲".repeat(deviation.what.kind().weight().0.into());
            let on = deviation.event.map_or(On::Session, On::Event);
            self.line(
                &format!("{sign:<3}"),
                &self.telling.deviation(&deviation.what),
                deviation.event,
                on,
                told,
            );
        }
    }

    /// What was said of the session as a whole afterwards.
    fn afterwards(&self, told: &mut Told) {
        let language = self.language();
        let Some(marks) = &self.read.summary.marks else { return };
        let mut lines: Vec<String> = Vec::new();
        if let Some(given) = marks.on.get(&On::Session) {
            let when = self.telling.moment(given.at);
            let what = mark(given.mark, language);
            lines.push(format!("◆ {}", PageSays::DoneBy(&what, given.by.as_str(), &when).text(language)));
        }
        let of_it = marks.remarks.iter().filter(|one| one.on == On::Session);
        lines.extend(of_it.flat_map(|one| remark(one, language)));
        lines.extend(marks.addenda.iter().chain(&marks.stray_answers).map(|added| {
            let when = self.telling.moment(added.at);
            let text = PageSays::Added(added.by.as_str(), &when, added.text.as_str()).text(language);
            let other = if added.of_another_file { SessionWord::OfAnotherFile.text(language) } else { "" };
            format!("+ {text} {other}").trim_end().to_owned()
        }));
        if marks.uncounted > 0 {
            lines.push(format!("! {}", PageSays::Uncounted(marks.uncounted).text(language)));
        }
        // Who opened it and when is told once each: the last time.
        let mut handled: Vec<&crate::review::Handled> = Vec::new();
        for one in marks.handled.iter().rev() {
            if !handled.iter().any(|other| other.how == one.how && other.by == one.by) {
                handled.push(one);
            }
        }
        lines.extend(handled.iter().rev().map(|one| {
            let (what, when) = (handling(one.how, language), self.telling.moment(one.at));
            let says = match &one.by {
                Some(by) => PageSays::DoneBy(what, by.as_str(), &when),
                None => PageSays::DoneOn(what, &when),
            };
            format!("· {}", says.text(language))
        }));
        if lines.is_empty() {
            return;
        }
        told.page.heading(self.heading(review_word(ReviewSays::Afterwards, language)));
        for line in lines {
            let rows = wrapped(
                Vec::new(),
                &vec![("  ".to_owned(), self.ink.plain())],
                &line,
                self.ink.plain(),
                self.columns.saturating_sub(2),
            );
            told.thing(rows, None, On::Session);
        }
    }

    /// The course and the scales, a thing each.
    fn course(&self, told: &mut Told) {
        let course = Course::of(&self.read.events);
        if course.length == 0 {
            return;
        }
        let (protocol, telling, ink, columns) = (&*self.read.protocol, self.telling, self.ink, self.columns);
        let picture = Picture { course: &course, protocol, telling, ink, columns };
        told.page.above(Vec::new());
        // Only the title is drawn the other way round where it is looked at: a picture would be harder to read.
        told.thing(vec![self.heading(&PageSays::Course.text(self.language()))], None, On::Session);
        for row in picture.bands() {
            told.page.below(row);
        }
        for scaled in scales(protocol, &course.points, telling) {
            let step = scaled.points.first().map(|point| point.step.clone());
            let first = scaled.points.first().and_then(|point| self.answered_at(&point.step));
            let title = wrapped(Vec::new(), &Vec::new(), &scaled.asks, self.ink.title(), self.columns);
            told.thing(title, first, step.map_or(On::Session, On::Step));
            if scaled.points.len() > 1 {
                for row in picture.scale(&scaled) {
                    told.page.below(row);
                }
            }
            for row in picture.in_words(&scaled, self.ink.dim()) {
                told.page.below(row);
            }
        }
    }

    /// The last event that answered a step.
    fn answered_at(&self, step: &StepId) -> Option<u64> {
        let answers = |fact: &Fact| matches!(fact, Fact::Answered { step: answered, .. } if answered == step);
        let place = self.read.events.iter().rposition(|event| answers(&event.fact))?;
        u64::try_from(place + 1).ok()
    }

    /// Answers that took the place of others.
    fn changed(&self, timeline: &Timeline<'_>, told: &mut Told) {
        let changed: Vec<&Entry<'_>> = timeline.entries.iter().filter(|entry| is_change(entry)).collect();
        if changed.is_empty() {
            return;
        }
        told.page.heading(self.heading(&PageSays::Changed.text(self.language())));
        for entry in changed {
            let lines = self.telling.rows_changed(entry).unwrap_or_else(|| vec![self.telling.fact(entry)]);
            let on = On::Event(entry.number);
            self.line("±", &lines.join("; "), Some(entry.number), on, told);
        }
    }
}

/// What a remark on something that was noticed is about: its step, which stays when events are numbered otherwise.
fn on(step: Option<&StepId>, event: u64) -> On {
    match step {
        Some(step) => On::Step(step.clone()),
        None if event == 0 => On::Session,
        None => On::Event(event),
    }
}

/// Whether an event put an answer in the place of another, or took one away.
fn is_change(entry: &Entry<'_>) -> bool {
    let Some(Outcome::Answered(before)) = &entry.before else { return false };
    match &entry.event.fact {
        Fact::Answered { value: Value::List { rows, .. }, .. } => match before {
            Value::List { rows: earlier, .. } => {
                earlier.iter().any(|(row, state)| rows.get(row) != Some(state))
            }
            _ => true,
        },
        Fact::Answered { value, .. } => value != before,
        Fact::Cleared { .. } | Fact::Skipped { .. } | Fact::Declined { .. } => true,
        _ => false,
    }
}
