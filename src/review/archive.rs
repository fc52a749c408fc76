//! The archive as it is opened: a table of summaries that fills, filtered and sorted.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use crate::journal::{JournalError, SessionName, Unread};

use super::catalogue::Weight;
use super::due::today;
use super::filter::{Context, Filter};
use super::marks::Marks;
use super::overview::Status;
use super::summary::Summary;

/// The sessions that were opened so far.
#[derive(Debug, Default)]
pub struct Archive {
    summaries: Vec<Summary>,
    places: HashMap<SessionName, usize>,
    /// Those that were opened anew after something was put beside them: what is still on its way is older.
    anew: HashSet<SessionName>,
    unreadable: Vec<Unreadable>,
    unread: Vec<(SessionName, Unread)>,
}

/// A file that is no session, or none that can be read.
#[derive(Debug)]
pub struct Unreadable {
    /// Its name. Untrusted.
    pub file: String,
    /// Why.
    pub why: JournalError,
}

/// A column of the table, in its order on the screen: the first is sorted by `1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    /// When it began.
    Date,
    /// The case code.
    Case,
    /// The protocol and its version.
    Protocol,
    /// The staff numbers.
    Staff,
    /// How long it took.
    Length,
    /// How it ended.
    Ended,
    /// Danger and distress.
    Danger,
    /// Deviations, the heaviest first.
    Deviations,
    /// How often she had told it before.
    Told,
    /// What can be said of the file.
    File,
    /// Signed off or not.
    Signed,
}

impl Column {
    /// All of them, in the order of the screen.
    pub const ALL: [Self; 11] = [
        Self::Date,
        Self::Case,
        Self::Protocol,
        Self::Staff,
        Self::Length,
        Self::Ended,
        Self::Danger,
        Self::Deviations,
        Self::Told,
        Self::File,
        Self::Signed,
    ];

    /// Which of two sessions stands first: what matters does. Dates, lengths and counts from the largest, texts from A.
    fn order(self, one: &Summary, other: &Summary, today: Option<NaiveDate>) -> Ordering {
        let weights = |summary: &Summary| [3, 2, 1].map(|weight| summary.weighing(Weight(weight)));
        let danger =
            |summary: &Summary| (summary.open_dangers(today).count(), summary.danger, summary.distress);
        let status = |status: Status| match status {
            Status::Open => 0,
            Status::Left(_) => 1,
            Status::Closed => 2,
        };
        match self {
            Self::Date => Ordering::Equal,
            Self::Case => one.case.cmp(&other.case),
            Self::Protocol => one.protocol_id.cmp(&other.protocol_id).then(other.version.cmp(&one.version)),
            Self::Staff => one.staff.cmp(&other.staff),
            Self::Length => other.length.cmp(&one.length),
            Self::Ended => status(one.status).cmp(&status(other.status)).then(one.ended.cmp(&other.ended)),
            Self::Danger => danger(other).cmp(&danger(one)),
            Self::Deviations => weights(other).cmp(&weights(one)),
            Self::Told => other.told_before.cmp(&one.told_before),
            Self::File => other.file.cmp(&one.file),
            Self::Signed => one.is_signed_off().cmp(&other.is_signed_off()),
        }
        .then(other.begun.wall.cmp(&one.begun.wall))
        .then(one.name.cmp(&other.name))
    }
}

/// Which way a table is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Direction {
    /// What matters first.
    #[default]
    Down,
    /// The other way round.
    Up,
}

impl Archive {
    /// Adds a session that was opened; one of the same name takes the place of the one before.
    pub fn add(&mut self, summary: Summary) {
        if !self.anew.contains(&summary.name) {
            self.put(summary);
        }
    }

    fn put(&mut self, summary: Summary) {
        if let Some(one) = self.places.get(&summary.name).and_then(|place| self.summaries.get_mut(*place)) {
            *one = summary;
        } else {
            self.places.insert(summary.name, self.summaries.len());
            self.summaries.push(summary);
        }
    }

    /// All that stands beside a session that was opened before.
    pub fn said(&mut self, name: &SessionName, marks: Marks) {
        let place = self.places.get(name).filter(|_| !self.anew.contains(name));
        if let Some(summary) = place.and_then(|place| self.summaries.get_mut(*place)) {
            summary.mark(marks);
        }
    }

    /// Adds a file beside the sessions that says nothing.
    pub fn add_unread(&mut self, file: SessionName, why: Unread) {
        self.unread.push((file, why));
    }

    /// The files beside the sessions that say nothing, in the order in which they came.
    pub fn unread(&self) -> &[(SessionName, Unread)] {
        &self.unread
    }

    /// Puts a session that was opened anew in its place; where it was not there, adds it.
    pub fn replace(&mut self, summary: Summary) {
        self.anew.insert(summary.name);
        self.put(summary);
    }

    /// Takes a session out: it was erased.
    pub fn remove(&mut self, name: &SessionName) {
        self.summaries.retain(|summary| summary.name != *name);
        self.places = self.summaries.iter().enumerate().map(|(place, one)| (one.name, place)).collect();
    }

    /// All sessions, for whoever needs nothing else.
    pub fn into_summaries(self) -> Vec<Summary> {
        self.summaries
    }

    /// Adds a file that is no session, or none that can be read.
    pub fn add_unreadable(&mut self, unreadable: Unreadable) {
        self.unreadable.push(unreadable);
    }

    /// All sessions, in the order in which they came.
    pub fn summaries(&self) -> &[Summary] {
        &self.summaries
    }

    /// The files that are none.
    pub fn unreadable(&self) -> &[Unreadable] {
        &self.unreadable
    }

    /// How many files cannot be read that somebody should look at: what is not sealed to this key may be as it should.
    pub fn damaged(&self) -> usize {
        self.unreadable.len() + self.unread.iter().filter(|(_, why)| *why != Unread::NotForUs).count()
    }

    /// A session by its name.
    pub fn summary(&self, name: &SessionName) -> Option<&Summary> {
        self.places.get(name).and_then(|place| self.summaries.get(*place))
    }

    /// The sessions that a filter keeps, sorted: their places in [`Archive::summaries`].
    pub fn listed(&self, filter: &Filter, by: Column, direction: Direction, context: Context) -> Vec<usize> {
        let kept = self.summaries.iter().enumerate().filter(|(_, summary)| filter.keeps(summary, context));
        let mut places: Vec<usize> = kept.map(|(place, _)| place).collect();
        let today = today(context.now);
        let order = |one: &usize, other: &usize| match (self.summaries.get(*one), self.summaries.get(*other))
        {
            (Some(one), Some(other)) => by.order(one, other, today),
            _ => Ordering::Equal,
        };
        places.sort_unstable_by(order);
        if direction == Direction::Up {
            places.reverse();
        }
        places
    }

    /// All sessions of a case code, the earliest first.
    pub fn of_case<'a>(&'a self, case: &crate::text::CaseCode) -> Vec<&'a Summary> {
        let mut all: Vec<&Summary> = self.summaries.iter().filter(|one| *one.case == *case).collect();
        all.sort_by_key(|summary| (summary.begun.wall, summary.name));
        all
    }

    /// What the summaries take in memory, in bytes, without what sessions share.
    pub fn bytes(&self) -> usize {
        self.summaries.iter().map(Summary::bytes).sum()
    }
}
