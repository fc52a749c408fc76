//! The first screen: who may still be in danger, who is to be listened to, what was promised and is due; then what went
//! against the protocol. Each with the session and the event to jump to.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::journal::SessionName;
use crate::machine::{At, SessionKind};
use crate::text::{CaseCode, StaffNumber};

use super::catalogue::Weight;
use super::danger::Danger;
use super::due::{Due, When, order as due_order, today};
use super::listen::Listen;
use super::summary::{Against, Consent, FileState, Summary};

/// The lists of the first screen.
#[derive(Debug, Clone, Default)]
pub struct Lists<'a> {
    /// Who may still be in danger, the latest first.
    pub danger: Vec<Listed<'a, &'a Danger>>,
    /// Who is to be listened to: whose session broke off under the cover, then what is overdue, then numbers, then the rest;
    /// the latest first. What has waited long stands at the end.
    pub listen: Vec<Listed<'a, ToHear<'a>>>,
    /// How many at the end of that have waited long.
    pub listen_long: usize,
    /// What was promised and is due: what is overdue, the latest first, then what is to come, then what has no day. What has
    /// been overdue for long stands at the end.
    pub due: Vec<Listed<'a, &'a Due>>,
    /// How many at the end of that have been overdue for long.
    pub due_long: usize,
    /// What went against the protocol in sessions that nobody signed off, the heaviest first.
    pub against: Vec<Listed<'a, Against>>,
    /// Sessions that were erased on this machine, and are there again: to be erased once more.
    pub back_again: Vec<&'a Summary>,
    /// Sessions whose consent was taken back: to be erased.
    pub withdrawn: Vec<&'a Summary>,
    /// Sessions that were kept as long as the setting says: to be erased.
    pub past: Vec<&'a Summary>,
}

/// An entry of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed<'a, T> {
    /// The session.
    pub session: SessionName,
    /// Its case code.
    pub case: &'a CaseCode,
    /// The place of its summary among those given.
    pub place: usize,
    /// The event to jump to, from 1; none: the session as a whole.
    pub event: Option<u64>,
    /// What is told.
    pub what: T,
}

/// Why somebody is to be listened to.
#[derive(Debug, Clone, PartialEq)]
pub enum ToHear<'a> {
    /// Something in one session says so.
    Session(&'a Listen),
    /// So many of a number's last five sessions were heavy.
    Number {
        /// The number.
        staff: &'a StaffNumber,
        /// What was heavy in them.
        heavy: Heavy,
    },
}

/// What was heavy in the last five sessions of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Heavy {
    /// In how many of them anything was.
    pub sessions: usize,
    /// With a danger.
    pub danger: usize,
    /// With a distress.
    pub distress: usize,
    /// With the strain at the top.
    pub strained: usize,
}

/// Of so many last sessions
const LAST: usize = 5;
/// so many heavy ones are too many.
const TOO_MANY: usize = 3;
/// What waits for more milliseconds has waited long: thirty days.
const LONG: i64 = 30 * 24 * 3_600_000;
/// Where that stands among what waits.
const AT_THE_END: u8 = u8::MAX;

impl<'a> Lists<'a> {
    /// Makes the lists, in any order of the sessions. What a mark has settled is not in them, nor is practice.
    pub fn of(summaries: &'a [Summary], now: At, keeps_for: Option<i64>) -> Self {
        let today = today(now);
        let real = || {
            let all = summaries.iter().enumerate();
            all.filter(|(_, summary)| summary.kind == SessionKind::Real)
        };
        let (listen, listen_long) = to_hear(real(), today, now);
        let (due, due_long) = dues(real(), today, now);
        let mut lists = Self {
            danger: dangers(real(), today),
            listen,
            listen_long,
            due,
            due_long,
            against: against(real(), today),
            ..Self::default()
        };
        for (_, summary) in real() {
            if summary.file == FileState::BackAgain {
                lists.back_again.push(summary);
            } else if summary.consent == Consent::TakenBack {
                lists.withdrawn.push(summary);
            } else if summary.is_past_its_time(keeps_for, now) {
                lists.past.push(summary);
            }
        }
        lists.back_again.sort_by_key(|summary| summary.begun.wall);
        lists.withdrawn.sort_by_key(|summary| summary.begun.wall);
        lists.past.sort_by_key(|summary| summary.begun.wall);
        lists
    }
}

fn listed<T>(place: usize, summary: &Summary, event: Option<u64>, what: T) -> Listed<'_, T> {
    Listed { session: summary.name, case: &summary.case, place, event, what }
}

fn dangers<'a>(
    all: impl Iterator<Item = (usize, &'a Summary)>,
    today: Option<NaiveDate>,
) -> Vec<Listed<'a, &'a Danger>> {
    let mut found: Vec<(i64, Listed<'a, &'a Danger>)> = Vec::new();
    for (place, summary) in all {
        for one in summary.open_dangers(today) {
            found.push((summary.last.wall, listed(place, summary, Some(one.event), &one.what)));
        }
    }
    // Of one session, that it broke off is told first.
    found.sort_by_key(|(last, one)| {
        (std::cmp::Reverse(*last), one.place, !one.what.is_under_cover(), one.event)
    });
    found.into_iter().map(|(_, one)| one).collect()
}

fn to_hear<'a>(
    all: impl Iterator<Item = (usize, &'a Summary)>,
    today: Option<NaiveDate>,
    now: At,
) -> (Vec<Listed<'a, ToHear<'a>>>, usize) {
    let mut found: Vec<(u8, i64, Listed<'a, ToHear<'a>>)> = Vec::new();
    let mut numbers: BTreeMap<&StaffNumber, Vec<(usize, &Summary)>> = BTreeMap::new();
    for (place, summary) in all {
        for number in summary.staff.iter() {
            numbers.entry(number).or_default().push((place, summary));
        }
        let broke_off = summary.open_dangers(today).any(|one| one.what.is_under_cover());
        for one in summary.open_listens(today) {
            let (rank, since) = match &one.what {
                // Nobody had a moment to set a time.
                Listen::Wanted { at: None, .. } if broke_off => (0, summary.last.wall),
                Listen::Wanted { at: Some(at), overdue: true, .. } => (1, *at),
                Listen::Wanted { .. } | Listen::Told(_) => (3, summary.last.wall),
                Listen::Discuss(_) => (4, summary.last.wall),
            };
            let rank = if has_waited_long(since, now) { AT_THE_END } else { rank };
            let what = ToHear::Session(&one.what);
            found.push((rank, since, listed(place, summary, Some(one.event), what)));
        }
    }
    for (staff, mut sessions) in numbers {
        sessions.sort_by_key(|(_, summary)| std::cmp::Reverse(summary.begun.wall));
        sessions.truncate(LAST);
        let mut heavy = Heavy::default();
        for (_, summary) in &sessions {
            let (danger, distress) = (summary.danger > 0, summary.distress > 0);
            heavy.danger += usize::from(danger);
            heavy.distress += usize::from(distress);
            heavy.strained += usize::from(summary.strained);
            heavy.sessions += usize::from(danger || distress || summary.strained);
        }
        // The latest one stands for them: it is done once that session is.
        if let Some((place, latest)) = sessions.first().filter(|_| heavy.sessions >= TOO_MANY)
            && !latest.is_settled(None, 0, today)
        {
            found.push((2, latest.last.wall, listed(*place, latest, None, ToHear::Number { staff, heavy })));
        }
    }
    found.sort_by_key(|(rank, since, one)| (*rank, std::cmp::Reverse(*since), one.event));
    let long = found.iter().filter(|(rank, ..)| *rank == AT_THE_END).count();
    (found.into_iter().map(|(.., one)| one).collect(), long)
}

fn has_waited_long(since: i64, now: At) -> bool {
    since < now.wall.saturating_sub(LONG)
}

/// What is overdue, the latest first; then what is to come, the earliest first; then what has no day.
fn order(when: When, now: At) -> (u8, i64) {
    match due_order(when, now) {
        (0, at) if has_waited_long(at, now) => (AT_THE_END, at.saturating_neg()),
        (0, at) if at <= now.wall => (0, at.saturating_neg()),
        (0, at) => (1, at),
        (_, at) => (2, at),
    }
}

/// Over all sessions of a case code: what a later session of the same case dealt with anew replaces the earlier promise.
fn dues<'a>(
    all: impl Iterator<Item = (usize, &'a Summary)>,
    today: Option<NaiveDate>,
    now: At,
) -> (Vec<Listed<'a, &'a Due>>, usize) {
    let mut cases: BTreeMap<&CaseCode, Vec<(usize, &Summary)>> = BTreeMap::new();
    for (place, summary) in all {
        cases.entry(&summary.case).or_default().push((place, summary));
    }
    let mut found: Vec<((u8, i64), Listed<'a, &'a Due>)> = Vec::new();
    for sessions in cases.values() {
        for (place, summary) in sessions {
            for due in summary.open_dues(today) {
                if !sessions.iter().any(|(_, later)| later.renews(summary, &due.what)) {
                    let order = order(due.what.when, now);
                    found.push((order, listed(*place, summary, Some(due.event), &due.what)));
                }
            }
        }
    }
    found.sort_by_key(|(order, one)| (*order, one.place, one.event));
    let long = found.iter().filter(|((rank, _), _)| *rank == AT_THE_END).count();
    (found.into_iter().map(|(_, one)| one).collect(), long)
}

fn against<'a>(
    all: impl Iterator<Item = (usize, &'a Summary)>,
    today: Option<NaiveDate>,
) -> Vec<Listed<'a, Against>> {
    let mut found: Vec<(Weight, i64, Listed<'a, Against>)> = Vec::new();
    for (place, summary) in all {
        if summary.is_signed_off() {
            continue;
        }
        for one in &summary.against {
            let event = one.event.map(u64::from);
            if !summary.is_settled(summary.waits(one), event.unwrap_or(0), today) {
                found.push((one.kind.weight(), summary.begun.wall, listed(place, summary, event, *one)));
            }
        }
    }
    found.sort_by_key(|(weight, begun, one)| {
        (std::cmp::Reverse(*weight), std::cmp::Reverse(*begun), one.event)
    });
    found.into_iter().map(|(.., one)| one).collect()
}
