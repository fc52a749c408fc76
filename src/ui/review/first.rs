//! The first screen of the review: who may still be in danger, who is to be listened to, what was promised and is due, and
//! what went against the protocol. A line each, with a digit that jumps to the moment.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use ratatui::layout::Size;
use ratatui::style::Style;

use super::progress::Far;
use crate::journal::{Foreign, JournalError, SessionName, Unread};
use crate::machine::At;
use crate::review::{Archive, Danger, DeviationKind, Due, Heavy, Listed, Listen, Lists, Summary, ToHear};
use crate::text::{StaffNumber, cut_inside, line_safe, width, wrap};
use crate::ui::ink::Ink;
use crate::ui::view::View;
use crate::words::{
    ReviewSays, RoomSays, Telling, deviation_kind, heavy, journal_trouble, not_for_this_key, review_word,
    room_says, unread,
};

/// A list of the first screen, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ListOf {
    Danger,
    Listen,
    Due,
    Against,
    BackAgain,
    Withdrawn,
    Past,
    Unreadable,
}

/// The page.
#[derive(Debug)]
pub(super) struct FirstPage {
    lists: Vec<List>,
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

/// A list with its entries.
#[derive(Debug)]
struct List {
    of: ListOf,
    entries: Vec<Entry>,
    /// So many at its end have waited long: they are folded until they are asked for.
    long: usize,
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
    /// So many more of the same session stand behind this one in its list.
    more: usize,
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
    /// A file beside the sessions that says nothing, by its name.
    Unread(SessionName, Unread),
    /// So many files beside the sessions that are not sealed to this key.
    NotForUs(usize),
}

/// A line, before it has words.
enum Row<'a> {
    Space,
    Heading(ListOf, usize),
    Nothing(ListOf),
    Entry(&'a Entry),
    /// So many more, of which so many have waited long.
    More(ListOf, usize, usize),
}

/// What Enter or a digit leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leads {
    Nowhere,
    /// To this session, at this event.
    To(SessionName, Option<u64>),
}

/// Those that stand there even where nothing is in them.
const ALWAYS: [ListOf; 4] = [ListOf::Danger, ListOf::Listen, ListOf::Due, ListOf::Against];

impl Default for FirstPage {
    /// Before anything was read: each list has its place, and says how far it is.
    fn default() -> Self {
        let lists = ALWAYS.map(|of| List { of, entries: Vec::new(), long: 0 }).into();
        Self { lists, whole: BTreeSet::new(), line: 0, moved: Moved::default() }
    }
}

impl FirstPage {
    /// Makes the lists anew, and keeps the line on what it was on.
    pub(super) fn refresh(&mut self, archive: &Archive, now: At, keeps_for: Option<i64>, size: Size) {
        let looked_at = self.looked_at(size).cloned();
        let lists = Lists::of(archive.summaries(), now, keeps_for);
        let whole = |summaries: &[&Summary]| -> Vec<Entry> {
            let all = archive.summaries();
            let of = |summary: &&Summary| Entry {
                session: Some(summary.name),
                event: None,
                place: all.iter().position(|one| std::ptr::eq(one, *summary)).unwrap_or(0),
                what: Noted::Whole,
                more: 0,
            };
            summaries.iter().map(of).collect()
        };
        let none = |place, what| Entry { session: None, event: None, place, what, more: 0 };
        let is_ours = |why: &Unread| *why != Unread::NotForUs;
        let unread = archive.unread().iter().filter(|(_, why)| is_ours(why));
        let mut unreadable: Vec<Entry> =
            unread.map(|(file, why)| none(0, Noted::Unread(*file, *why))).collect();
        unreadable.extend((0..archive.unreadable().len()).map(|place| none(place, Noted::Whole)));
        // What others say among themselves is counted, and not named one by one.
        let not_for_us = archive.unread().iter().filter(|(_, why)| !is_ours(why)).count();
        unreadable.extend((not_for_us > 0).then(|| none(0, Noted::NotForUs(not_for_us))));
        let whole_list = |of, entries| List { of, entries, long: 0 };
        let listens = entries(&lists.listen, |what| match what {
            ToHear::Session(listen) => Noted::Listen((*listen).clone()),
            ToHear::Number { staff, heavy } => Noted::Heavy((*staff).clone(), *heavy),
        });
        let recent = listens.len() - lists.listen_long.min(listens.len());
        let (listens, long) = (listens.get(..recent).unwrap_or_default(), listens.get(recent..));
        let (mut listens, long) = (a_session(listens), a_session(long.unwrap_or_default()));
        let listens_long = long.len();
        listens.extend(long);
        let dangers = entries(&lists.danger, |danger| Noted::Danger((*danger).clone()));
        let dues = entries(&lists.due, |due| Noted::Due((*due).clone()));
        self.lists = vec![
            whole_list(ListOf::Danger, a_session(&dangers)),
            List { of: ListOf::Listen, entries: listens, long: listens_long },
            List { of: ListOf::Due, entries: dues, long: lists.due_long },
            whole_list(
                ListOf::Against,
                once(entries(&lists.against, |against| Noted::Against(against.kind, 1))),
            ),
            whole_list(ListOf::BackAgain, whole(&lists.back_again)),
            whole_list(ListOf::Withdrawn, whole(&lists.withdrawn)),
            whole_list(ListOf::Past, whole(&lists.past)),
            whole_list(ListOf::Unreadable, unreadable),
        ];
        let again = looked_at.and_then(|entry| {
            self.choices(size).iter().position(|row| {
                matches!(row, Row::Entry(one) if one.session == entry.session && one.event == entry.event
                    && one.what == entry.what)
            })
        });
        let last = self.choices(size).len().saturating_sub(1);
        self.line = match self.moved {
            Moved::Never => 0,
            Moved::Once => again.unwrap_or(self.line).min(last),
        };
    }

    /// How many entries of a list are shown: what is needed most never pushes the others out of sight.
    fn short(of: ListOf, size: Size) -> usize {
        let most = usize::from(size.height.saturating_sub(9) / 5).clamp(1, 9);
        match of {
            // A row each there.
            ListOf::Danger if is_wide(size.width.into()) => (most + 4).min(9),
            ListOf::Danger => most,
            _ => (most - 1).max(1),
        }
    }

    fn rows(&self, size: Size) -> Vec<Row<'_>> {
        let mut rows = Vec::new();
        // An empty row between lists is worth less than a line of the last one.
        let roomy = size.height >= 30;
        for List { of, entries, long } in &self.lists {
            if entries.is_empty() && !ALWAYS.contains(of) {
                continue;
            }
            if roomy && !rows.is_empty() {
                rows.push(Row::Space);
            }
            rows.push(Row::Heading(*of, entries.len()));
            if entries.is_empty() {
                rows.push(Row::Nothing(*of));
            }
            let (recent, short) = (entries.len() - long.min(&entries.len()), Self::short(*of, size));
            let shown = match of {
                _ if self.whole.contains(of) => entries.len(),
                // One more is no longer than the line that says so, where none is needed for what has waited long.
                _ if recent <= short + usize::from(*long == 0) => recent,
                _ => short,
            };
            rows.extend(entries.iter().take(shown).map(Row::Entry));
            if shown < entries.len() {
                rows.push(Row::More(*of, recent - shown, *long));
            }
        }
        rows
    }

    /// The lines that can be chosen.
    fn choices(&self, size: Size) -> Vec<Row<'_>> {
        let rows = self.rows(size).into_iter();
        rows.filter(|row| matches!(row, Row::Entry(_) | Row::More(..))).collect()
    }

    /// The entry that is looked at.
    pub(super) fn looked_at(&self, size: Size) -> Option<&Entry> {
        match self.choices(size).get(self.line) {
            Some(Row::Entry(entry)) => Some(entry),
            _ => None,
        }
    }

    pub(super) fn is_empty(&self, size: Size) -> bool {
        self.choices(size).is_empty()
    }

    /// The digits that jump.
    pub(super) fn digits(&self, size: Size) -> BTreeSet<u8> {
        let count = u8::try_from(self.choices(size).len().min(9)).unwrap_or(9);
        (1..=count).collect()
    }

    pub(super) fn move_to(&mut self, to: impl FnOnce(usize, usize) -> usize, size: Size) {
        let last = self.choices(size).len().saturating_sub(1);
        self.moved = Moved::Once;
        self.line = to(self.line, last).min(last);
    }

    /// Goes to the line that is looked at, or opens its list.
    pub(super) fn enter(&mut self, size: Size) -> Leads {
        self.lead(self.line, size)
    }

    /// Goes to the line of a digit.
    pub(super) fn digit(&mut self, digit: u8, size: Size) -> Leads {
        let line = usize::from(digit).saturating_sub(1);
        self.moved = Moved::Once;
        self.line = line;
        self.lead(line, size)
    }

    fn lead(&mut self, line: usize, size: Size) -> Leads {
        let whole = match self.choices(size).get(line) {
            Some(Row::Entry(entry)) => {
                return entry.session.map_or(Leads::Nowhere, |session| Leads::To(session, entry.event));
            }
            Some(Row::More(of, ..)) => Some(*of),
            _ => None,
        };
        self.whole.extend(whole);
        Leads::Nowhere
    }

    /// Lists that were opened are short again; false: none was.
    pub(super) fn shorten(&mut self, size: Size) -> bool {
        let some = !self.whole.is_empty();
        self.whole.clear();
        self.move_to(|line, _| line, size);
        some
    }

    /// The lines in sight of an area of so many rows and columns.
    pub(super) fn lines(
        &self,
        archive: &Archive,
        view: &View,
        ink: Ink,
        (columns, rows): (usize, usize),
        far: Far,
    ) -> Vec<Vec<(String, Style)>> {
        let all = self.rows(view.size);
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
                    let text = nothing(*of, far, archive, view);
                    lines.extend(
                        wrap(&text, columns.saturating_sub(2))
                            .into_iter()
                            .map(|line| vec![(format!("  {line}"), ink.dim())]),
                    );
                }
                Row::Entry(entry) => {
                    choice += 1;
                    let Said { begins, what, behind } = entry.says(archive, view);
                    // What is looked at is whole; the others have a row each, so that more of them are in sight.
                    let what = if chosen || !is_wide(columns) {
                        what
                    } else {
                        let room = columns.saturating_sub(4 + width(&begins) + width(&behind));
                        cut_inside(&what, room)
                    };
                    let text = format!("{begins}{what}{behind}");
                    lines.extend(entry_lines(&text, digit, sign, columns, ink));
                }
                Row::More(_, more, long) => {
                    choice += 1;
                    let says = if *long > 0 {
                        RoomSays::MoreWaitLong { more: *more, long: *long }
                    } else {
                        RoomSays::More(*more)
                    };
                    let text = format!("… {}", room_says(says, view.language));
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
        more: 0,
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
        ListOf::BackAgain => ReviewSays::BackAgain,
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

/// What stands under a heading that has no line: that there is nothing is only said once everything was read.
fn nothing(of: ListOf, far: Far, archive: &Archive, view: &View) -> Cow<'static, str> {
    let says = |says| room_says(says, view.language);
    match (far, of) {
        (Far::Beginning, _) => says(RoomSays::Opening),
        (Far::Reading { done, of }, ListOf::Danger) => says(RoomSays::NobodySoFar { done, of }),
        (Far::Reading { .. }, _) => says(RoomSays::NoneSoFar),
        (Far::Never, _) => says(RoomSays::CannotTell),
        (Far::All, ListOf::Danger) if archive.unreadable().iter().any(|file| was_a_session(&file.why)) => {
            says(RoomSays::NobodyToBeRead)
        }
        (Far::All, _) => {
            let says = match of {
                ListOf::Danger => ReviewSays::NobodyInDanger,
                ListOf::Listen => ReviewSays::NobodyToListenTo,
                ListOf::Due => ReviewSays::NothingDue,
                _ => ReviewSays::NothingAgainst,
            };
            review_word(says, view.language).into()
        }
    }
}

/// Whether a file that cannot be read may be a session in which somebody is in danger.
fn was_a_session(why: &JournalError) -> bool {
    let is_none = matches!(
        why,
        JournalError::Foreign { why: Foreign::Name, .. }
            | JournalError::Unbegun(_)
            | JournalError::Companion(_)
    );
    !is_none
}

/// Whether a line is wide enough to say what matters in one row.
fn is_wide(columns: usize) -> bool {
    columns >= 60
}

/// What one session says stands together, where its first thing does; what is told of a number stands by itself.
fn a_session(entries: &[Entry]) -> Vec<Entry> {
    let mut places: HashMap<SessionName, usize> = HashMap::new();
    let mut kept: Vec<Entry> = Vec::with_capacity(entries.len());
    for entry in entries {
        let session = entry.session.filter(|_| !matches!(entry.what, Noted::Heavy(..)));
        if let Some(one) = session.and_then(|name| kept.get_mut(*places.get(&name)?)) {
            one.more += 1;
        } else {
            places.extend(session.map(|name| (name, kept.len())));
            kept.push(entry.clone());
        }
    }
    kept
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
    /// Its sentence.
    fn says(&self, archive: &Archive, view: &View) -> Said {
        let alone = |what: String| Said { what, ..Said::default() };
        match (&self.what, self.session) {
            (Noted::Unread(file, why), _) => return alone(unread(file, *why, view.language)),
            (Noted::NotForUs(files), _) => return alone(not_for_this_key(*files, view.language)),
            (_, None) => {
                let found = archive.unreadable().get(self.place);
                return alone(found.map(|one| file_trouble(&one.why, view)).unwrap_or_default());
            }
            (_, Some(_)) => {}
        }
        let Some(summary) = archive.summaries().get(self.place) else { return alone(String::new()) };
        let telling = Telling::new(view.language, summary.protocol.as_deref(), view.now.zone);
        let what = match &self.what {
            Noted::Danger(danger) => telling.danger(danger),
            Noted::Listen(listen) => telling.listen(listen),
            Noted::Heavy(staff, times) => return alone(heavy(staff, *times, view.language)),
            Noted::Due(due) => telling.due(due),
            Noted::Against(kind, 1) => deviation_kind(*kind, view.language).to_owned(),
            Noted::Against(kind, times) => {
                let what = deviation_kind(*kind, view.language);
                room_says(RoomSays::Times { what, times: *times }, view.language).into_owned()
            }
            Noted::Whole | Noted::Unread(..) | Noted::NotForUs(_) => String::new(),
        };
        let day = summary.day().map_or_else(String::new, |day| day.to_string());
        let begins = line_safe(&format!("{}  {day}  ", summary.case));
        let behind = match self.more {
            0 => String::new(),
            more => room_says(RoomSays::AndMore(more), view.language).into_owned(),
        };
        Said { begins, what: line_safe(what.trim_end()), behind }
    }
}

/// A line in words.
#[derive(Debug, Default)]
struct Said {
    /// The case code and the day.
    begins: String,
    /// What is told.
    what: String,
    /// What stands behind it, however short that is cut.
    behind: String,
}

/// Why a file cannot be read, in one line.
pub(super) fn file_trouble(why: &JournalError, view: &View) -> String {
    journal_trouble(why, view.language).0.replace('`', "")
}
