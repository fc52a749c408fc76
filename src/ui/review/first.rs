//! The first screen of the review: who may still be in danger, who is to be listened to, what was promised and is due, and
//! what went against the protocol. A line each, with a digit that jumps to the moment.

use std::collections::BTreeSet;

use ratatui::style::Style;

use crate::journal::{JournalError, SessionName};
use crate::machine::At;
use crate::review::{Archive, Danger, DeviationKind, Due, Heavy, Listed, Listen, Lists, Summary, ToHear};
use crate::text::{StaffNumber, line_safe, wrap};
use crate::ui::ink::Ink;
use crate::ui::view::View;
use crate::words::{
    ReviewSays, RoomSays, Telling, deviation_kind, heavy, journal_trouble, review_word, room_says,
};

/// A list of the first screen, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ListOf {
    Danger,
    Listen,
    Due,
    Against,
    Withdrawn,
    Past,
    Unreadable,
}

/// The page.
#[derive(Debug, Default)]
pub(super) struct FirstPage {
    lists: Vec<(ListOf, Vec<Entry>)>,
    /// The lists that are shown whole.
    whole: BTreeSet<ListOf>,
    /// Which of the lines that can be chosen is looked at.
    line: usize,
    /// Whether she moved there: until then it is the first, whatever comes before it while the lists fill.
    moved: Moved,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Moved {
    #[default]
    Never,
    Once,
}

/// An entry of a list.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    /// The session; none for a file that is none.
    pub(super) session: Option<SessionName>,
    /// The event to jump to.
    pub(super) event: Option<u64>,
    /// The place among the summaries, or the unreadable files.
    place: usize,
    what: Noted,
}

#[derive(Debug, Clone, PartialEq)]
enum Noted {
    Danger(Danger),
    Listen(Listen),
    Heavy(StaffNumber, Heavy),
    Due(Due),
    /// So many times in one session.
    Against(DeviationKind, usize),
    /// The heading says it.
    Whole,
}

/// A line, before it has words.
enum Row<'a> {
    Space,
    Heading(ListOf, usize),
    Nothing(ListOf),
    Entry(&'a Entry),
    More(ListOf, usize),
}

/// What Enter or a digit leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leads {
    Nowhere,
    /// To this session, at this event.
    To(SessionName, Option<u64>),
}

impl FirstPage {
    /// Makes the lists anew, and keeps the line on what it was on.
    pub(super) fn refresh(&mut self, archive: &Archive, now: At, keeps_for: Option<i64>, height: u16) {
        let looked_at = self.looked_at(height).cloned();
        let lists = Lists::of(archive.summaries(), now, keeps_for);
        let whole = |summaries: &[&Summary]| -> Vec<Entry> {
            let all = archive.summaries();
            let of = |summary: &&Summary| Entry {
                session: Some(summary.name),
                event: None,
                place: all.iter().position(|one| std::ptr::eq(one, *summary)).unwrap_or(0),
                what: Noted::Whole,
            };
            summaries.iter().map(of).collect()
        };
        let unreadable = (0..archive.unreadable().len()).map(|place| Entry {
            session: None,
            event: None,
            place,
            what: Noted::Whole,
        });
        self.lists = vec![
            (ListOf::Danger, entries(&lists.danger, |danger| Noted::Danger((*danger).clone()))),
            (
                ListOf::Listen,
                entries(&lists.listen, |what| match what {
                    ToHear::Session(listen) => Noted::Listen((*listen).clone()),
                    ToHear::Number { staff, heavy } => Noted::Heavy((*staff).clone(), *heavy),
                }),
            ),
            (ListOf::Due, entries(&lists.due, |due| Noted::Due((*due).clone()))),
            (ListOf::Against, once(entries(&lists.against, |against| Noted::Against(against.kind, 1)))),
            (ListOf::Withdrawn, whole(&lists.withdrawn)),
            (ListOf::Past, whole(&lists.past)),
            (ListOf::Unreadable, unreadable.collect()),
        ];
        let again = looked_at.and_then(|entry| {
            self.choices(height).iter().position(|row| {
                matches!(row, Row::Entry(one) if one.session == entry.session && one.event == entry.event
                    && one.what == entry.what)
            })
        });
        let last = self.choices(height).len().saturating_sub(1);
        self.line = match self.moved {
            Moved::Never => 0,
            Moved::Once => again.unwrap_or(self.line).min(last),
        };
    }

    /// How many entries of a list are shown: what is needed most never pushes the others out of sight.
    fn short(of: ListOf, height: u16) -> usize {
        let most = usize::from(height.saturating_sub(9) / 5).clamp(1, 9);
        if of == ListOf::Danger { most } else { (most - 1).max(1) }
    }

    fn rows(&self, height: u16) -> Vec<Row<'_>> {
        let mut rows = Vec::new();
        // An empty row between lists is worth less than a line of the last one.
        let roomy = height >= 30;
        for (of, entries) in &self.lists {
            let always = matches!(of, ListOf::Danger | ListOf::Listen | ListOf::Due | ListOf::Against);
            if entries.is_empty() && !always {
                continue;
            }
            if roomy && !rows.is_empty() {
                rows.push(Row::Space);
            }
            rows.push(Row::Heading(*of, entries.len()));
            if entries.is_empty() {
                rows.push(Row::Nothing(*of));
            }
            let shown = match of {
                _ if self.whole.contains(of) => entries.len(),
                // One more is no longer than the line that says so.
                _ if entries.len() <= Self::short(*of, height) + 1 => entries.len(),
                _ => Self::short(*of, height),
            };
            rows.extend(entries.iter().take(shown).map(Row::Entry));
            if shown < entries.len() {
                rows.push(Row::More(*of, entries.len() - shown));
            }
        }
        rows
    }

    /// The lines that can be chosen.
    fn choices(&self, height: u16) -> Vec<Row<'_>> {
        let rows = self.rows(height).into_iter();
        rows.filter(|row| matches!(row, Row::Entry(_) | Row::More(..))).collect()
    }

    /// The entry that is looked at.
    pub(super) fn looked_at(&self, height: u16) -> Option<&Entry> {
        match self.choices(height).get(self.line) {
            Some(Row::Entry(entry)) => Some(entry),
            _ => None,
        }
    }

    pub(super) fn is_empty(&self, height: u16) -> bool {
        self.choices(height).is_empty()
    }

    /// The digits that jump.
    pub(super) fn digits(&self, height: u16) -> BTreeSet<u8> {
        let count = u8::try_from(self.choices(height).len().min(9)).unwrap_or(9);
        (1..=count).collect()
    }

    pub(super) fn move_to(&mut self, to: impl FnOnce(usize, usize) -> usize, height: u16) {
        let last = self.choices(height).len().saturating_sub(1);
        self.moved = Moved::Once;
        self.line = to(self.line, last).min(last);
    }

    /// Goes to the line that is looked at, or opens its list.
    pub(super) fn enter(&mut self, height: u16) -> Leads {
        self.lead(self.line, height)
    }

    /// Goes to the line of a digit.
    pub(super) fn digit(&mut self, digit: u8, height: u16) -> Leads {
        let line = usize::from(digit).saturating_sub(1);
        self.moved = Moved::Once;
        self.line = line;
        self.lead(line, height)
    }

    fn lead(&mut self, line: usize, height: u16) -> Leads {
        let whole = match self.choices(height).get(line) {
            Some(Row::Entry(entry)) => {
                return entry.session.map_or(Leads::Nowhere, |session| Leads::To(session, entry.event));
            }
            Some(Row::More(of, _)) => Some(*of),
            _ => None,
        };
        self.whole.extend(whole);
        Leads::Nowhere
    }

    /// Lists that were opened are short again; false: none was.
    pub(super) fn shorten(&mut self, height: u16) -> bool {
        let some = !self.whole.is_empty();
        self.whole.clear();
        self.move_to(|line, _| line, height);
        some
    }

    /// The lines in sight of an area of so many rows and columns.
    pub(super) fn lines(
        &self,
        archive: &Archive,
        view: &View,
        ink: Ink,
        (columns, rows): (usize, usize),
        height: u16,
    ) -> Vec<Vec<(String, Style)>> {
        let all = self.rows(height);
        let place = |choice: usize| {
            let mut choices =
                (0..all.len()).filter(|place| matches!(all[*place], Row::Entry(_) | Row::More(..)));
            choices.nth(choice)
        };
        let at = place(self.line).unwrap_or(0);
        let from = at.saturating_sub(rows);
        let mut choice =
            all[..from].iter().filter(|row| matches!(row, Row::Entry(_) | Row::More(..))).count();
        let (mut lines, mut in_sight) = (Vec::new(), 0..0);
        for (number, row) in all.iter().enumerate().skip(from).take(2 * rows + 1) {
            let chosen = number == at && matches!(row, Row::Entry(_) | Row::More(..));
            let sign = if chosen { ('▸', ink.looked_at()) } else { (' ', ink.plain()) };
            let start = lines.len();
            let digit = (choice < 9).then_some(choice + 1);
            match row {
                Row::Space => lines.push(Vec::new()),
                Row::Heading(of, count) => lines.push(vec![
                    (heading(*of, view).to_owned(), ink.title()),
                    (if *count > 0 { format!("  {count}") } else { String::new() }, ink.dim()),
                ]),
                Row::Nothing(of) => {
                    let text = nothing(*of, view);
                    lines.extend(
                        wrap(text, columns.saturating_sub(2))
                            .into_iter()
                            .map(|line| vec![(format!("  {line}"), ink.dim())]),
                    );
                }
                Row::Entry(entry) => {
                    choice += 1;
                    let text = entry.text(archive, view);
                    lines.extend(entry_lines(&text, digit, sign, columns, ink));
                }
                Row::More(_, more) => {
                    choice += 1;
                    let text = format!("… {}", room_says(RoomSays::More(*more), view.language));
                    lines.extend(entry_lines(&text, digit, sign, columns, ink));
                }
            }
            if number == at {
                in_sight = start..lines.len();
            }
        }
        // The line that is looked at stays in sight, with something of what follows.
        let lead = if from == 0 && in_sight.end <= rows {
            0
        } else {
            (in_sight.end + rows / 4).saturating_sub(rows)
        };
        let lead = lead.min(in_sight.start).min(lines.len().saturating_sub(rows.min(lines.len())));
        lines.into_iter().skip(lead).take(rows).collect()
    }
}

fn entries<T>(listed: &[Listed<'_, T>], what: impl Fn(&T) -> Noted) -> Vec<Entry> {
    let entry = |one: &Listed<'_, T>| Entry {
        session: Some(one.session),
        event: one.event,
        place: one.place,
        what: what(&one.what),
    };
    listed.iter().map(entry).collect()
}

/// A line that can be chosen, folded; what follows stands under its words.
fn entry_lines(
    text: &str,
    digit: Option<usize>,
    (sign, style): (char, Style),
    columns: usize,
    ink: Ink,
) -> Vec<Vec<(String, Style)>> {
    let mut lines = Vec::new();
    for (number, part) in wrap(text, columns.saturating_sub(4).max(1)).into_iter().enumerate() {
        let head = match digit {
            Some(digit) if number == 0 => format!("{sign}{digit}  "),
            _ if number == 0 => format!("{sign}   "),
            _ => "    ".to_owned(),
        };
        lines.push(vec![(head, ink.key()), (part, style)]);
    }
    lines
}

fn heading(of: ListOf, view: &View) -> &'static str {
    let says = match of {
        ListOf::Danger => ReviewSays::StillInDanger,
        ListOf::Listen => ReviewSays::ToBeListenedTo,
        ListOf::Due => ReviewSays::PromisedAndDue,
        ListOf::Against => ReviewSays::AgainstTheProtocol,
        ListOf::Withdrawn => ReviewSays::ToErase,
        ListOf::Past => ReviewSays::PastTheirTime,
        ListOf::Unreadable => {
            return match room_says(RoomSays::Unreadable, view.language) {
                std::borrow::Cow::Borrowed(text) => text,
                std::borrow::Cow::Owned(_) => "",
            };
        }
    };
    review_word(says, view.language)
}

fn nothing(of: ListOf, view: &View) -> &'static str {
    let says = match of {
        ListOf::Danger => ReviewSays::NobodyInDanger,
        ListOf::Listen => ReviewSays::NobodyToListenTo,
        ListOf::Due => ReviewSays::NothingDue,
        ListOf::Against | ListOf::Withdrawn | ListOf::Past | ListOf::Unreadable => ReviewSays::NothingAgainst,
    };
    review_word(says, view.language)
}

/// What happened several times in a session stands once, at its first place, with how often.
fn once(entries: Vec<Entry>) -> Vec<Entry> {
    let mut kept: Vec<Entry> = Vec::with_capacity(entries.len());
    for entry in entries {
        let same =
            kept.iter_mut().rev().take_while(|one| one.session == entry.session).find_map(|one| {
                match (&mut one.what, &entry.what) {
                    (Noted::Against(kind, times), Noted::Against(other, _)) if kind == other => Some(times),
                    _ => None,
                }
            });
        match same {
            Some(times) => *times += 1,
            None => kept.push(entry),
        }
    }
    kept
}

impl Entry {
    /// Its sentence: the case code, the day, and what is told.
    fn text(&self, archive: &Archive, view: &View) -> String {
        if self.session.is_none() {
            let Some(unreadable) = archive.unreadable().get(self.place) else { return String::new() };
            return file_trouble(&unreadable.why, view);
        }
        let Some(summary) = archive.summaries().get(self.place) else { return String::new() };
        let telling = Telling::new(view.language, summary.protocol.as_deref(), view.now.zone);
        let what = match &self.what {
            Noted::Danger(danger) => telling.danger(danger),
            Noted::Listen(listen) => telling.listen(listen),
            Noted::Heavy(staff, times) => return heavy(staff, *times, view.language),
            Noted::Due(due) => telling.due(due),
            Noted::Against(kind, 1) => deviation_kind(*kind, view.language).to_owned(),
            Noted::Against(kind, times) => {
                let what = deviation_kind(*kind, view.language);
                room_says(RoomSays::Times { what, times: *times }, view.language).into_owned()
            }
            Noted::Whole => String::new(),
        };
        let day = summary.day().map_or_else(String::new, |day| day.to_string());
        line_safe(format!("{}  {day}  {what}", summary.case).trim_end())
    }
}

/// Why a file cannot be read, in one line.
pub(super) fn file_trouble(why: &JournalError, view: &View) -> String {
    journal_trouble(why, view.language).0.replace('`', "")
}
