//! What happened in a session, event by event: responses and covers as bands at the left, phases as blocks, pauses as
//! gaps, and what was said of an event below it.

use std::collections::BTreeMap;

use ratatui::style::Style;

use crate::journal::On;
use crate::machine::{Event, Fact};
use crate::review::{Entry, Reviewed, Summary, Timeline};
use crate::text::{cut, width};
use crate::words::{PageSays, SessionWord, Telling, consequences, deviation_kind, mark};

use super::long_page::{LongPage, Spans, wrapped};
use crate::ui::ink::Ink;

/// From so many columns on there is room for numbers and seconds.
const ROOMY: usize = 58;
/// Bands that lie beside one another; more than these are never open at once, but in a journal that was made up.
const MOST_LANES: usize = 3;

/// A response or a cover beside the events.
struct Band {
    from: u64,
    until: Option<u64>,
    lane: usize,
    covers: bool,
    says: String,
}

/// Adds the events to a page, a thing each.
pub(super) struct Happened<'a> {
    pub(super) summary: &'a Summary,
    pub(super) reviewed: &'a Reviewed,
    pub(super) timeline: &'a Timeline<'a>,
    pub(super) telling: &'a Telling<'a>,
    pub(super) ink: Ink,
    pub(super) columns: usize,
}

impl Happened<'_> {
    /// Adds them all.
    pub(super) fn add_to(&self, page: &mut LongPage) {
        let bands = self.bands();
        let lanes = bands.iter().map(|band| band.lane + 1).max().unwrap_or(0);
        let said = self.said();
        let (mut day, mut phase, mut last) = (String::new(), None, None::<&Event>);
        for entry in &self.timeline.entries {
            let today = self.telling.day(entry.event.at);
            if today != day {
                page.above(vec![(today.clone(), self.ink.dim())]);
                day = today;
            }
            if let Some(gap) = last.and_then(|last| self.gap(last, entry.event)) {
                page.above(vec![(format!("{}┄┄┄ {gap}", " ".repeat(lanes)), self.ink.later())]);
            }
            if let Some(by) = entry.jump {
                let says = format!("{}┄┄┄ {}", " ".repeat(lanes), self.telling.jump(by));
                page.above(vec![(cut(&says, self.columns), self.ink.later())]);
            }
            if entry.phase.is_some() && entry.phase != phase {
                self.block(entry, page);
                phase.clone_from(&entry.phase);
            }
            self.event(entry, &bands, lanes, page);
            for (style, says) in said.get(&entry.number).into_iter().flatten() {
                let gutter = gutter(&bands, lanes, entry.number, Row::Later, self.ink);
                self.under(gutter, says, *style, page);
            }
            last = Some(entry.event);
        }
    }

    /// The head of a phase: its number, its title, and how long it took in all.
    fn block(&self, entry: &Entry<'_>, page: &mut LongPage) {
        let Some(id) = &entry.phase else { return };
        let took = self.reviewed.phases.iter().find(|span| span.phase == *id);
        let took = took.map(|span| self.telling.duration(span.took)).unwrap_or_default();
        let title = cut(&self.telling.phase(id), self.columns.saturating_sub(width(&took) + 4));
        let rule = self.columns.min(100).saturating_sub(width(&title) + width(&took) + 4);
        page.above(vec![
            ("─ ".to_owned(), self.ink.dim()),
            (title, self.ink.title()),
            (format!(" {} {took}", "─".repeat(rule)), self.ink.dim()),
        ]);
    }

    /// Time that passed without the list: a pause, or the time between two runs.
    fn gap(&self, last: &Event, event: &Event) -> Option<String> {
        let language = self.telling.language();
        match (&last.fact, &event.fact) {
            (_, Fact::Resumed { .. }) => {
                let later = u64::try_from(event.at.wall.saturating_sub(last.at.wall)).ok()?;
                Some(PageSays::TakenUpAfter(&self.telling.duration(later)).text(language))
            }
            (Fact::Paused, _) => {
                let took = event.at.run.saturating_sub(last.at.run);
                Some(PageSays::Pause(&self.telling.duration(took)).text(language))
            }
            _ => None,
        }
    }

    fn event(&self, entry: &Entry<'_>, bands: &[Band], lanes: usize, page: &mut LongPage) {
        let time = self.telling.time(entry.event.at);
        let head = if self.columns >= ROOMY {
            let digits = self.timeline.entries.len().to_string().len();
            format!(" {:>digits$}  {time}  ", entry.number)
        } else {
            format!(" {}  ", time.rsplit_once(':').map_or(time.as_str(), |(minutes, _)| minutes))
        };
        let indent = (" ".repeat(width(&head)), Style::new());
        // A list is filled row by row: only what changed is told.
        let mut told = self.telling.rows_changed(entry).unwrap_or_else(|| vec![self.telling.fact(entry)]);
        if let (Some(step), Some(line)) = (entry.about(), told.first_mut())
            && self.telling.is_private(step)
        {
            let private = SessionWord::Private.text(self.telling.language());
            *line = format!("{line} ({private})");
        }
        let mut first = gutter(bands, lanes, entry.number, Row::First, self.ink);
        first.push((head, self.ink.dim()));
        let mut then = gutter(bands, lanes, entry.number, Row::Later, self.ink);
        then.push(indent);
        let style = self.style(&entry.event.fact);
        let mut rows = Vec::new();
        for line in told {
            let begins = std::mem::replace(&mut first, then.clone());
            rows.extend(wrapped(begins, &then, &line, style, self.columns));
        }
        page.thing(rows);
        for follows in consequences(&entry.event.fact, &entry.event.follows) {
            let gutter = gutter(bands, lanes, entry.number, Row::Later, self.ink);
            self.under(gutter, &format!("→ {}", self.telling.consequence(follows)), self.ink.dim(), page);
        }
        for band in bands.iter().filter(|band| band.from == entry.number) {
            let gutter = gutter(bands, lanes, entry.number, Row::Later, self.ink);
            self.under(gutter, &band.says, self.ink.notice(), page);
        }
    }

    /// A text below an event.
    fn under(&self, gutter: Spans, text: &str, style: Style, page: &mut LongPage) {
        let indent = if self.columns >= ROOMY { 9 } else { 3 };
        let mut begins = gutter;
        begins.push((" ".repeat(indent), Style::new()));
        for row in wrapped(begins.clone(), &begins, text, style, self.columns) {
            page.below(row);
        }
    }

    fn style(&self, fact: &Fact) -> Style {
        match fact {
            Fact::Raised { .. } | Fact::Covered { .. } | Fact::Overrode { .. } | Fact::Ended { .. } => {
                self.ink.title()
            }
            Fact::Skipped { .. } | Fact::Declined { .. } => self.ink.left_out(),
            Fact::Deferred { .. } => self.ink.later(),
            Fact::Went | Fact::Read { .. } => self.ink.dim(),
            _ => self.ink.plain(),
        }
    }

    /// The bands, each in the first lane that is free.
    fn bands(&self) -> Vec<Band> {
        let responses = self
            .reviewed
            .responses
            .iter()
            .map(|span| (span.from, span.until, false, self.telling.response_span(span)));
        let covers = self
            .reviewed
            .covers
            .iter()
            .map(|span| (span.from, span.until, true, self.telling.cover_span(span)));
        let mut all: Vec<_> = responses.chain(covers).collect();
        all.sort_by_key(|(from, ..)| *from);
        let mut bands: Vec<Band> = Vec::new();
        for (from, until, covers, says) in all {
            let taken = |lane: usize| {
                bands.iter().any(|band| band.lane == lane && band.until.is_none_or(|until| until >= from))
            };
            let lane = (0..MOST_LANES).find(|lane| !taken(*lane)).unwrap_or(MOST_LANES - 1);
            bands.push(Band { from, until, lane, covers, says });
        }
        bands
    }

    /// What was said of events, and of steps at the last event about them, by the event's number.
    fn said(&self) -> BTreeMap<u64, Vec<(Style, String)>> {
        let mut said: BTreeMap<u64, Vec<(Style, String)>> = BTreeMap::new();
        let heavy = self.ink.later();
        for found in &self.reviewed.deviations {
            if let Some(event) = found.event {
                // Its reason stands in the event and in the list above.
                let kind = found.what.kind();
                let signs = "▲".repeat(kind.weight().0.into());
                let text = format!("{signs} {}", deviation_kind(kind, self.telling.language()));
                said.entry(event).or_default().push((heavy, text));
            }
        }
        let Some(marks) = &self.summary.marks else { return said };
        let place = |on: &On| match on {
            On::Session => None,
            On::Event(event) => Some(*event),
            On::Step(step) => {
                let about = |entry: &&Entry<'_>| entry.about() == Some(step);
                self.timeline.entries.iter().rev().find(about).map(|entry| entry.number)
            }
        };
        let language = self.telling.language();
        for (on, given) in &marks.on {
            if let Some(event) = place(on) {
                let what = mark(given.mark, language);
                let when = self.telling.moment(given.at);
                let text = PageSays::DoneBy(&what, given.by.as_str(), &when).text(language);
                said.entry(event).or_default().push((self.ink.chosen(), format!("◆ {text}")));
            }
        }
        for remark in &marks.remarks {
            if let Some(event) = place(&remark.on) {
                let texts = super::telling::remark(remark, language);
                let rows = texts.into_iter().map(|text| (self.ink.chosen(), text));
                said.entry(event).or_default().extend(rows);
            }
        }
        said
    }
}

/// Which row of an event it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    First,
    Later,
}

/// The bands beside a row of an event.
fn gutter(bands: &[Band], lanes: usize, event: u64, row: Row, ink: Ink) -> Spans {
    let mut signs = vec![' '; lanes];
    for band in bands {
        let goes_on = band.until.is_none_or(|until| until > event);
        let sign = match row {
            _ if band.from > event || band.until.is_some_and(|until| until < event) => continue,
            Row::First if band.covers => '▒',
            Row::First if band.from == event && goes_on => '╭',
            Row::First if band.from == event => '─',
            Row::First if band.until == Some(event) => '╰',
            Row::Later if !goes_on => continue,
            Row::Later if band.covers => '▒',
            Row::First | Row::Later => '│',
        };
        if let Some(cell) = signs.get_mut(band.lane) {
            *cell = sign;
        }
    }
    vec![(signs.into_iter().collect(), ink.notice())]
}
