//! Times and days as people write them: read from a field, and drawn. Local time is the zone that the present carries.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use crate::machine::At;
use crate::text::Language;
use crate::words::{self, Doubt};

/// The local date and time of an instant.
pub(super) fn local(at: i64, zone: i32) -> Option<NaiveDateTime> {
    let moved = at.checked_add(i64::from(zone) * 60_000)?;
    DateTime::from_timestamp_millis(moved).map(|moment| moment.naive_utc())
}

/// The instant of a local date and time.
fn instant(local: NaiveDateTime, zone: i32) -> i64 {
    local.and_utc().timestamp_millis() - i64::from(zone) * 60_000
}

/// Today, where the clock is.
pub(super) fn today(now: At) -> Option<NaiveDate> {
    local(now.wall, now.zone).map(|moment| moment.date())
}

/// A day some days from today.
pub(super) fn in_days(now: At, days: u64) -> Option<NaiveDate> {
    today(now)?.checked_add_days(Days::new(days))
}

/// An instant as `16:40`, with the day where it is another one.
pub(super) fn clock(language: Language, at: i64, now: At) -> String {
    let Some(moment) = local(at, now.zone) else { return "--:--".to_owned() };
    let time = format!("{}:{:02}", moment.hour(), moment.minute());
    if today(now) == Some(moment.date()) {
        return time;
    }
    format!("{} {time}", day(language, moment.date()))
}

/// A day as `Tue 24 Nov`.
pub(super) fn day(language: Language, day: NaiveDate) -> String {
    words::day(language, day.weekday().num_days_from_monday() as usize, day.day(), day.month0() as usize)
}

/// A length as `0:14` (hours and minutes).
pub(super) fn length(milliseconds: u64) -> String {
    let minutes = milliseconds / 60_000;
    format!("{}:{:02}", minutes / 60, minutes % 60)
}

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// The unit that so many milliseconds are told in, and its sign, which is the same in each language.
fn unit(late: i64) -> (i64, &'static str) {
    if late < 2 * HOUR {
        (MINUTE, "min")
    } else if late < 2 * DAY {
        (HOUR, "h")
    } else {
        (DAY, "d")
    }
}

/// How much later than an instant it is: `+35 min`, `+5 h`, `+3 d`.
pub(super) fn later(at: i64, now: i64) -> String {
    let late = now.saturating_sub(at).max(0);
    let (unit, sign) = unit(late);
    format!("+{} {sign}", late / unit)
}

/// In how many milliseconds that will say something else; none before the instant.
pub(super) fn later_next(at: i64, now: i64) -> Option<i64> {
    let late = now.checked_sub(at).filter(|late| *late >= 0)?;
    let (unit, _) = unit(late);
    Some(unit - late % unit)
}

/// A day as it was typed: `24.11`, `24/11/2026`, `2026-11-24`. Without a year it is the next such day.
pub(super) fn read_day(text: &str, now: At) -> Option<NaiveDate> {
    let text = text.trim();
    let parts: Vec<&str> = text.trim_end_matches('.').split(['.', '/', '-']).map(str::trim).collect();
    let today = today(now)?;
    match parts.as_slice() {
        [year, month, day] if year.len() == 4 => {
            NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
        }
        [day, month, year] => {
            let written: i32 = year.parse().ok()?;
            let year = if (0..100).contains(&written) { 2000 + written } else { written };
            NaiveDate::from_ymd_opt(year, month.parse().ok()?, day.parse().ok()?)
        }
        [day, month] => {
            let (day, month) = (day.parse().ok()?, month.parse().ok()?);
            (0..8)
                .filter_map(|years| NaiveDate::from_ymd_opt(today.year() + years, month, day))
                .find(|found| *found >= today)
        }
        _ => None,
    }
}

/// A time of the day as it was typed: `16:40`, `16.40`, `1640`, `16h40`.
fn read_clock(text: &str) -> Option<NaiveTime> {
    let digits: Vec<&str> = text.split([':', '.', 'h']).collect();
    let (hour, minute) = match digits.as_slice() {
        [hour, minute] if minute.len() == 2 => (*hour, *minute),
        [both] if both.len() == 4 && both.is_ascii() => both.split_at(2),
        _ => return None,
    };
    NaiveTime::from_hms_opt(hour.parse().ok()?, minute.parse().ok()?, 0)
}

/// An instant that was read from what somebody typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Typed {
    /// When.
    pub at: i64,
    /// What stands behind it.
    pub line: String,
    /// In which way it may not be what was meant.
    pub doubt: Option<Doubt>,
}

/// An instant as it was typed, and what stands behind it: `16:40`, `16:40 the office`, `24.11 16:40 the doctor`.
/// Without a day it is the next such time.
pub(super) fn read_deadline(text: &str, now: At) -> Option<Typed> {
    let mut words = text.split_whitespace();
    let first = words.next()?;
    let all_digits = || first.bytes().all(|byte| byte.is_ascii_digit());
    let (moment, tomorrow) = match read_clock(first) {
        Some(time) if first.contains([':', 'h']) || all_digits() || !is_day_then_time(text) => {
            let moment = today(now)?.and_time(time);
            if instant(moment, now.zone) <= now.wall {
                (in_days(now, 1)?.and_time(time), true)
            } else {
                (moment, false)
            }
        }
        _ => {
            let day = read_day(first, now)?;
            (day.and_time(read_clock(words.next()?)?), false)
        }
    };
    let at = instant(moment, now.zone);
    // `3.12 in the library` may have been a day.
    let may_be_a_day =
        !first.contains([':', 'h']) && !is_day_then_time(text) && read_day(first, now).is_some();
    let doubt = if tomorrow {
        Some(Doubt::Tomorrow)
    } else if at <= now.wall {
        Some(Doubt::Past)
    } else {
        (may_be_a_day || at.saturating_sub(now.wall) > FAR).then_some(Doubt::Day)
    };
    Some(Typed { at, line: words.collect::<Vec<_>>().join(" "), doubt })
}

/// What lies so far ahead was more likely meant as past: without a year a day is the next such one.
const FAR: i64 = 270 * DAY;

/// `24.11 16:40` begins with something that may be a time too.
fn is_day_then_time(text: &str) -> bool {
    let second = text.split_whitespace().nth(1);
    second.and_then(read_clock).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tuesday 24 November 2026, 15:25 in a zone one hour ahead.
    const NOW: At = At { wall: 1_795_530_300_000, zone: 60, run: 0 };

    #[test]
    fn how_late_it_is_takes_the_unit_that_can_be_grasped_and_says_when_it_changes() {
        for (late, says, next) in [
            (0, "+0 min", MINUTE),
            (MINUTE - 1, "+0 min", 1),
            (35 * MINUTE + 1, "+35 min", MINUTE - 1),
            (2 * HOUR - 1, "+119 min", 1),
            (2 * HOUR, "+2 h", HOUR),
            (2 * DAY - 1, "+47 h", 1),
            (2 * DAY, "+2 d", DAY),
            (400 * DAY + HOUR, "+400 d", DAY - HOUR),
        ] {
            assert_eq!((later(7, 7 + late).as_str(), later_next(7, 7 + late)), (says, Some(next)), "{late}");
        }
        assert_eq!(later_next(8, 7), None);
        assert_eq!(later(i64::MIN, i64::MAX), "+106751991167 d");
        assert_eq!(later_next(i64::MIN, i64::MAX), None);
    }

    #[test]
    fn a_time_is_read_as_the_next_one_with_what_stands_behind_it() {
        for (typed, shown, line) in [
            ("16:40", "16:40", ""),
            ("1640", "16:40", ""),
            ("16.40", "16:40", ""),
            ("16h40 the office", "16:40", "the office"),
            ("15:00", "Wed 25 Nov 15:00", ""),
            ("26.11 9:05 the doctor", "Thu 26 Nov 9:05", "the doctor"),
            ("10.12 12:00", "Thu 10 Dec 12:00", ""),
            ("3.12 10:00 in the library", "Thu 3 Dec 10:00", "in the library"),
            ("3.12. 10:00", "Thu 3 Dec 10:00", ""),
            ("3/12 10.00 x", "Thu 3 Dec 10:00", "x"),
        ] {
            let read = read_deadline(typed, NOW).expect(typed);
            let shows = clock(Language::English, read.at, NOW);
            assert_eq!((shows.as_str(), read.line.as_str()), (shown, line), "{typed}");
        }
        for bad in ["", "soon", "25:00", "16:4", "99.99 12:00", "16:40:00", "é640"] {
            assert_eq!(read_deadline(bad, NOW), None, "{bad}");
        }
    }

    #[test]
    fn a_day_is_read_with_or_without_its_year() {
        for (typed, day) in [
            ("24.11", "2026-11-24"),
            ("23/11", "2027-11-23"),
            ("1.12.", "2026-12-01"),
            ("29.2", "2028-02-29"),
            ("24.11.26", "2026-11-24"),
            ("2026-12-01", "2026-12-01"),
        ] {
            assert_eq!(read_day(typed, NOW).map(|day| day.to_string()).as_deref(), Some(day), "{typed}");
        }
        for bad in ["", "32.1", "tomorrow", "1", "1.2.3.4", "99999999999.1.1"] {
            assert_eq!(read_day(bad, NOW), None, "{bad}");
        }
    }

    #[test]
    fn hostile_times_are_drawn_without_harm() {
        for at in [i64::MIN, i64::MAX, -1] {
            let _ = clock(Language::English, at, NOW);
        }
        assert!(!length(u64::MAX / 2).is_empty());
        assert_eq!(length(14 * 60_000), "0:14");
    }
}
