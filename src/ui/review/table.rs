//! The table of all sessions: as many columns as there is room for, filtered as one types, sorted by digits, lines chosen
//! with the space bar. Only lines in sight are laid out.

use std::collections::BTreeSet;
use std::sync::Arc;

use ratatui::style::Style;

use crate::journal::SessionName;
use crate::review::{
    Archive, Column, Context, Direction, End, FileState, Filter, FilterTrouble, SignedOff, Status, Summary,
    Unreadable, Weight,
};
use crate::text::{CaseCode, cut, line_safe, width};
use crate::ui::field::{Field, Typed};
use crate::ui::ink::Ink;
use crate::ui::key::Key;
use crate::ui::moment;
use crate::ui::view::View;
use crate::words::{
    ReviewSays, RoomSays, column_head, end, file_state, filter_trouble, review_word, room_says,
};

use super::first::file_trouble;

/// The most characters of a filter.
const FILTER_MOST: usize = 200;

/// The page.
#[derive(Debug)]
pub(super) struct TablePage {
    field: Field,
    typing: Typing,
    filter: Filter,
    trouble: Option<FilterTrouble>,
    by: Column,
    direction: Direction,
    /// All sessions of this case code in order, in place of the filter.
    case: Option<Arc<CaseCode>>,
    /// The places of the summaries, and behind them those of the files that cannot be read.
    listed: Vec<usize>,
    unreadable: Vec<usize>,
    line: usize,
    chosen: BTreeSet<SessionName>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Typing {
    Filter,
    Nothing,
}

/// What became of a key in the filter's field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Filtered {
    /// The list is to be made anew.
    Anew,
    /// Nothing changed in the list.
    Same,
}

impl Default for TablePage {
    fn default() -> Self {
        Self {
            field: Field::new(FILTER_MOST),
            typing: Typing::Nothing,
            filter: Filter::default(),
            trouble: None,
            by: Column::Date,
            direction: Direction::Down,
            case: None,
            listed: Vec::new(),
            unreadable: Vec::new(),
            line: 0,
            chosen: BTreeSet::new(),
        }
    }
}

impl TablePage {
    /// Makes the list anew, and keeps the line on its session.
    pub(super) fn refresh(&mut self, archive: &Archive, context: Context) {
        let on = self.looked_at(archive).map(|summary| summary.name);
        if let Some(case) = &self.case {
            let all = archive.summaries().iter().enumerate();
            let mut of: Vec<(i64, usize)> = all
                .filter(|(_, one)| one.case == *case)
                .map(|(place, one)| (one.begun.wall, place))
                .collect();
            of.sort_unstable();
            self.listed = of.into_iter().map(|(_, place)| place).collect();
            self.unreadable.clear();
        } else {
            self.listed = archive.listed(&self.filter, self.by, self.direction, context);
            let files = archive.unreadable().iter().enumerate();
            let kept = files.filter(|(_, one)| self.filter.keeps_unreadable(&one.file));
            self.unreadable = kept.map(|(place, _)| place).collect();
        }
        let name = |place: &usize| archive.summaries().get(*place).map(|summary| summary.name);
        if let Some(place) = on.and_then(|on| self.listed.iter().position(|place| name(place) == Some(on))) {
            self.line = place;
        }
        self.line = self.line.min(self.last());
        let there: BTreeSet<SessionName> = archive.summaries().iter().map(|summary| summary.name).collect();
        self.chosen.retain(|name| there.contains(name));
    }

    fn last(&self) -> usize {
        (self.listed.len() + self.unreadable.len()).saturating_sub(1)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.listed.is_empty() && self.unreadable.is_empty()
    }

    pub(super) fn is_typing(&self) -> bool {
        self.typing == Typing::Filter
    }

    pub(super) fn filter_text(&self) -> &str {
        self.field.text()
    }

    /// The session that is looked at.
    pub(super) fn looked_at<'a>(&self, archive: &'a Archive) -> Option<&'a Summary> {
        archive.summaries().get(*self.listed.get(self.line)?)
    }

    /// The sessions that are listed, in their order.
    pub(super) fn names(&self, archive: &Archive) -> Vec<SessionName> {
        let places = self.listed.iter().filter_map(|place| archive.summaries().get(*place));
        places.map(|summary| summary.name).collect()
    }

    /// What is chosen, or else what is looked at.
    pub(super) fn chosen(&self, archive: &Archive) -> Vec<SessionName> {
        if self.chosen.is_empty() {
            return self.looked_at(archive).map(|summary| summary.name).into_iter().collect();
        }
        self.chosen.iter().copied().collect()
    }

    pub(super) fn has_chosen(&self) -> bool {
        !self.chosen.is_empty()
    }

    /// Nothing is chosen any more: it was dealt with.
    pub(super) fn forget_chosen(&mut self) {
        self.chosen.clear();
    }

    pub(super) fn move_to(&mut self, to: impl FnOnce(usize, usize) -> usize) {
        let last = self.last();
        self.line = to(self.line, last).min(last);
    }

    /// Chooses the line, or does not any more, and goes on.
    pub(super) fn choose(&mut self, archive: &Archive) {
        if let Some(summary) = self.looked_at(archive) {
            if !self.chosen.remove(&summary.name) {
                self.chosen.insert(summary.name);
            }
            self.move_to(|line, _| line + 1);
        }
    }

    /// Sorts by a column; by the same one again, the other way round.
    pub(super) fn sort(&mut self, by: Column) {
        self.direction = match self.direction {
            Direction::Down if self.by == by => Direction::Up,
            _ => Direction::Down,
        };
        self.by = by;
        self.line = 0;
    }

    pub(super) fn open_filter(&mut self) {
        self.case = None;
        self.typing = Typing::Filter;
    }

    /// All sessions of this case code; where they are shown already, back to all.
    pub(super) fn of_case(&mut self, case: &Arc<CaseCode>) {
        self.case = if self.case.is_some() { None } else { Some(Arc::clone(case)) };
    }

    /// Back from the sessions of one case, or from a filter; false: there is none.
    pub(super) fn step_back(&mut self) -> bool {
        if self.case.take().is_some() {
            return true;
        }
        let some = !self.field.text().is_empty();
        self.field.clear();
        self.filter = Filter::default();
        self.trouble = None;
        some
    }

    /// Takes a key of the filter's field.
    pub(super) fn type_filter(&mut self, key: Key) -> Filtered {
        match self.field.press(key) {
            Typed::Kept | Typed::Closed => {
                self.typing = Typing::Nothing;
                Filtered::Same
            }
            Typed::NotMine => Filtered::Same,
            Typed::Taken => self.read_filter(),
        }
    }

    pub(super) fn paste_filter(&mut self, text: &str) {
        self.field.insert(text);
        self.read_filter();
    }

    /// A filter that is not finished, or wrong, leaves the list as it is.
    fn read_filter(&mut self) -> Filtered {
        match Filter::read(self.field.text()) {
            Ok(filter) => {
                self.trouble = None;
                self.filter = filter;
                self.line = 0;
                Filtered::Anew
            }
            Err(trouble) => {
                self.trouble = Some(trouble);
                Filtered::Same
            }
        }
    }

    /// The field and what stands under it, where there is a filter or one is typed.
    pub(super) fn filter_lines(&self, view: &View, ink: Ink, columns: usize) -> Vec<Vec<(String, Style)>> {
        let says = |says| room_says(says, view.language).into_owned();
        let fold = |text: &str, style: Style| -> Vec<Vec<(String, Style)>> {
            crate::text::wrap(text, columns).into_iter().map(|line| vec![(line, style)]).collect()
        };
        if let Some(case) = &self.case {
            return fold(&says(RoomSays::OfCase(case)), ink.title());
        }
        if !self.is_typing() && self.field.text().is_empty() {
            return Vec::new();
        }
        let mut lines = Vec::new();
        if !self.is_typing() {
            lines.push(vec![(format!("/ {}", self.field.text()), ink.plain())]);
        }
        if let Some(trouble) = &self.trouble {
            let (what, help) = filter_trouble(trouble, view.language);
            lines.extend(fold(&format!("! {what}: {help}").replace('`', ""), ink.notice()));
        } else if self.field.text().is_empty() {
            lines.extend(fold(&says(RoomSays::FilterExamples), ink.dim()));
        }
        lines
    }

    /// The field, while it is open.
    pub(super) fn open_field(&self) -> Option<&Field> {
        self.is_typing().then_some(&self.field)
    }

    /// What stands at the right of the head line.
    pub(super) fn counts(&self, archive: &Archive, view: &View) -> String {
        let says = |says| room_says(says, view.language).into_owned();
        let of = archive.summaries().len();
        let mut parts = Vec::new();
        if !self.chosen.is_empty() {
            parts.push(says(RoomSays::Selected(self.chosen.len())));
        }
        if self.listed.len() < of {
            parts.push(says(RoomSays::Fits { fits: self.listed.len(), of }));
        } else {
            parts.push(says(RoomSays::Sessions(of)));
        }
        parts.join("  ")
    }

    /// Nothing fits: what to do.
    fn nothing(&self, archive: &Archive, view: &View) -> String {
        if archive.summaries().is_empty() {
            return room_says(RoomSays::NothingSaved, view.language).into_owned();
        }
        let fits = review_word(ReviewSays::NothingFits, view.language);
        match self.filter.doubts.first() {
            Some((_, near)) => {
                format!("{fits} {}: {near}", review_word(ReviewSays::PerhapsMeant, view.language))
            }
            None => fits.to_owned(),
        }
    }

    /// The head of the columns and the lines in sight.
    pub(super) fn lines(
        &self,
        archive: &Archive,
        view: &View,
        ink: Ink,
        (columns, rows): (usize, usize),
    ) -> Vec<Vec<(String, Style)>> {
        if self.is_empty() {
            return vec![Vec::new(), vec![(format!("  {}", self.nothing(archive, view)), ink.plain())]];
        }
        let body = rows.saturating_sub(1);
        let top = (self.line + 1 + body / 4).saturating_sub(body).min(self.line);
        let top = top.min((self.last() + 1).saturating_sub(body));
        let seen: Vec<&Summary> = self
            .listed
            .iter()
            .skip(top)
            .take(body)
            .filter_map(|place| archive.summaries().get(*place))
            .collect();
        let laid = Laid::of(&seen, view, columns.saturating_sub(2));
        let mut lines = vec![laid.head(self.by, self.direction, view, ink)];
        for (number, summary) in seen.iter().enumerate() {
            let at = top + number == self.line;
            let sign = match (at, self.chosen.contains(&summary.name)) {
                (true, true) => "▸●",
                (true, false) => "▸ ",
                (false, true) => " ●",
                (false, false) => "  ",
            };
            let style = if at { ink.looked_at() } else { ink.plain() };
            lines.push(vec![(sign.to_owned(), ink.key()), (laid.line(summary, view), style)]);
        }
        let left = body.saturating_sub(seen.len());
        let skipped = top.saturating_sub(self.listed.len());
        for (number, place) in self.unreadable.iter().enumerate().skip(skipped).take(left) {
            let Some(file) = archive.unreadable().get(*place) else { continue };
            let at = self.listed.len() + number == self.line;
            let text = format!("! {}  {}", line_safe(&file.file), file_trouble(&file.why, view));
            let style = if at { ink.looked_at() } else { ink.notice() };
            let sign = if at { "▸ " } else { "  " };
            lines.push(vec![(sign.to_owned(), ink.key()), (cut(&text, columns.saturating_sub(2)), style)]);
        }
        lines
    }

    /// The columns that have no room, by their keys.
    pub(super) fn no_room(
        &self,
        archive: &Archive,
        view: &View,
        columns: usize,
        rows: usize,
    ) -> Option<String> {
        let seen: Vec<&Summary> =
            self.listed.iter().take(rows).filter_map(|place| archive.summaries().get(*place)).collect();
        let laid = Laid::of(&seen, view, columns.saturating_sub(2));
        let hidden = Column::ALL.iter().filter(|column| !laid.columns.iter().any(|(one, _)| one == *column));
        let (names, keys): (Vec<&str>, Vec<String>) =
            hidden.map(|column| (column_head(*column, view.language), key_of(*column).to_string())).unzip();
        if names.is_empty() || seen.is_empty() {
            return None;
        }
        let says = |columns: &str| room_says(RoomSays::NoRoomFor(columns), view.language).into_owned();
        // Their keys, where their names have no room either: sorting by them works all the same.
        let all = says(&names.join(", "));
        Some(if width(&all) <= columns { all } else { says(&keys.join(" ")) })
    }

    /// Why the file that is looked at cannot be read; none where it is a session.
    pub(super) fn unreadable_at<'a>(&self, archive: &'a Archive) -> Option<&'a Unreadable> {
        let place = self.unreadable.get(self.line.checked_sub(self.listed.len())?)?;
        archive.unreadable().get(*place)
    }
}

/// The key that sorts by a column.
pub(super) fn column_of(digit: u8) -> Option<Column> {
    let place = if digit == 0 { 9 } else { usize::from(digit) - 1 };
    Column::ALL.get(place).copied()
}

fn key_of(column: Column) -> char {
    let place = Column::ALL.iter().position(|one| *one == column).unwrap_or(0);
    ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', 's'].get(place).copied().unwrap_or(' ')
}

/// The columns that fit, with their widths.
struct Laid {
    columns: Vec<(Column, usize)>,
}

/// What is given up last, first.
const BY_WORTH: [Column; 11] = [
    Column::Date,
    Column::Case,
    Column::Danger,
    Column::Deviations,
    Column::Signed,
    Column::Staff,
    Column::Ended,
    Column::Length,
    Column::Told,
    Column::File,
    Column::Protocol,
];

impl Laid {
    fn of(seen: &[&Summary], view: &View, columns: usize) -> Self {
        let mut room = columns;
        let mut kept = Vec::new();
        for column in BY_WORTH {
            let head = width(column_head(column, view.language)) + 3;
            let widest = seen.iter().map(|summary| width(&cell(summary, column, view))).max().unwrap_or(0);
            let wide = widest.max(head);
            if wide <= room {
                kept.push((column, wide));
                room = room.saturating_sub(wide + 1);
            }
        }
        kept.sort_by_key(|(column, _)| Column::ALL.iter().position(|one| one == column));
        Self { columns: kept }
    }

    fn head(&self, by: Column, direction: Direction, view: &View, ink: Ink) -> Vec<(String, Style)> {
        let mut spans = vec![("  ".to_owned(), ink.plain())];
        for (column, wide) in &self.columns {
            let arrow = match direction {
                _ if *column != by => "",
                Direction::Down => "↓",
                Direction::Up => "↑",
            };
            let text = format!("{}{arrow}", column_head(*column, view.language));
            spans.push((format!("{} ", key_of(*column)), ink.key()));
            spans.push((padded(&text, wide.saturating_sub(2) + 1), ink.dim()));
        }
        spans
    }

    fn line(&self, summary: &Summary, view: &View) -> String {
        let cells = self.columns.iter().map(|(column, wide)| padded(&cell(summary, *column, view), *wide));
        cells.collect::<Vec<_>>().join(" ")
    }
}

fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// What stands in a column.
fn cell(summary: &Summary, column: Column, view: &View) -> String {
    match column {
        Column::Date => summary.day().map_or_else(String::new, |day| day.to_string()),
        Column::Case => line_safe(summary.case.as_str()),
        Column::Protocol => format!("{}@{}", summary.protocol_id, summary.version),
        Column::Staff => {
            let numbers: Vec<String> = summary.staff.iter().map(ToString::to_string).collect();
            numbers.join(" ")
        }
        Column::Length => moment::length(summary.length),
        Column::Ended => {
            let ended = match (summary.ended, summary.status) {
                (Some(ending), _) => End::Before(ending),
                (None, Status::Closed) => End::Full,
                (None, Status::Open | Status::Left(_)) => End::Unclosed,
            };
            end(ended, view.language).to_owned()
        }
        Column::Danger => {
            let today = moment::today(view.now);
            let still = if summary.open_dangers(today).next().is_some() { "!" } else { "" };
            match (summary.danger, summary.distress) {
                (0, 0) => still.to_owned(),
                (danger, distress) => format!("{still}{danger}/{distress}"),
            }
        }
        Column::Deviations if summary.standing().next().is_none() => String::new(),
        Column::Deviations => {
            let [heavy, middle, light] = [3, 2, 1].map(|weight| summary.weighing(Weight(weight)));
            format!("{heavy}/{middle}/{light}")
        }
        Column::Told => summary.told_before.map_or_else(String::new, |times| times.to_string()),
        Column::File if summary.file == FileState::Whole => "✓".to_owned(),
        Column::File => format!("! {}", file_state(summary.file, view.language)),
        Column::Signed => {
            let signed = summary.marks.as_ref().map(|marks| &marks.signed);
            match signed {
                Some(SignedOff::Yes(..)) => "✓",
                Some(SignedOff::Another(..)) => "!",
                Some(SignedOff::Not) | None => "",
            }
            .to_owned()
        }
    }
}
