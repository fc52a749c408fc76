//! What was promised and is due: deadlines, and what `tells: due`.

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::Serialize;

use crate::machine::{At, State, Value};
use crate::protocol::{Protocol, Role, Step, Tells};
use crate::text::{Line, StepId};

use super::tells::{Told, ToldBy, answer, told};

/// Something that is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Due {
    /// The step that promised it.
    pub step: StepId,
    /// When.
    pub when: When,
    /// What it is for, where somebody said it.
    pub line: Option<Line>,
    /// The option or row that tells it; none: the step itself.
    pub by: Option<ToldBy>,
    /// It is the check-in.
    pub check_in: bool,
    /// The time has passed.
    pub overdue: bool,
}

/// When something is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum When {
    /// At an instant, in milliseconds since 1970 (UTC).
    Instant(i64),
    /// On a day.
    Day(NaiveDate),
    /// Nobody said when.
    Undated,
}

/// What is due, the earliest first, what has no date last. A deadline that was met is not; nor is the check-in of a
/// session that was closed, since whoever closed it was there.
pub fn due(protocol: &Protocol, state: &State, now: At) -> Vec<Due> {
    due_told(protocol, state, &told(protocol, state), now)
}

/// The same, where it is known what the answers tell.
pub(super) fn due_told(protocol: &Protocol, state: &State, told: &[Told], now: At) -> Vec<Due> {
    let deadlines = protocol.steps.iter().filter_map(|step| deadline(state, step, now));
    let told = told.iter().filter(|told| told.tells == Tells::Due).filter_map(|told| {
        let step = protocol.step_by_id(&told.step)?;
        let when = match answer(state, step)? {
            Value::Deadline { .. } => return None,
            Value::Date(day) => When::Day(*day),
            _ => When::Undated,
        };
        let by = (told.by != ToldBy::Answer).then(|| told.by.clone());
        let overdue = matches!(when, When::Day(day) if today(now).is_some_and(|today| day < today));
        Some(Due { step: told.step.clone(), when, line: None, by, check_in: false, overdue })
    });
    let mut all: Vec<Due> = deadlines.chain(told).collect();
    all.sort_by_key(|due| order(due.when, now));
    all
}

fn deadline(state: &State, step: &Step, now: At) -> Option<Due> {
    let deadline = state.record.deadlines.get(&step.id).filter(|deadline| !deadline.met)?;
    let Value::Deadline { at, line } = answer(state, step)? else { return None };
    let check_in = step.role == Some(Role::CheckIn);
    if check_in && state.record.closed {
        return None;
    }
    let overdue = deadline.overdue || *at <= now.wall;
    Some(Due {
        step: step.id.clone(),
        when: When::Instant(*at),
        line: line.clone(),
        by: None,
        check_in,
        overdue,
    })
}

/// Days and instants in one order: a day counts from its end.
pub(super) fn order(when: When, now: At) -> (u8, i64) {
    match when {
        When::Instant(at) => (0, at),
        When::Day(day) => {
            let end = day.and_hms_opt(23, 59, 59).map_or(i64::MAX, |end| end.and_utc().timestamp_millis());
            (0, end.saturating_sub(i64::from(now.zone).saturating_mul(60_000)))
        }
        When::Undated => (1, 0),
    }
}

/// The day that it is at a moment, where it is.
pub(super) fn today(now: At) -> Option<NaiveDate> {
    let zone = FixedOffset::east_opt(now.zone.checked_mul(60)?)?;
    Some(DateTime::from_timestamp_millis(now.wall)?.with_timezone(&zone).date_naive())
}
