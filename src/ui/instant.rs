//! An instant as people read it: the hour for today, day and hour for another day, the year for another year.

use chrono::{Datelike, Timelike};

use crate::machine::At;
use crate::text::Language;
use crate::words::day;

use super::moment::local;

/// An instant (milliseconds since 1970) in a zone (minutes ahead of UTC): `16:40` on the present day, `Fri 20 Nov
/// 16:40` on another, with the year where it is another. An instant that no calendar has gives `?`.
pub(super) fn instant(language: Language, at: i64, zone: i32, now: At) -> String {
    let Some(there) = local(at, zone) else { return "?".to_owned() };
    let time = format!("{}:{:02}", there.hour(), there.minute());
    let today = local(now.wall, now.zone).unwrap_or_default();
    if today.date() == there.date() {
        return time;
    }
    let weekday = usize::try_from(there.weekday().num_days_from_monday()).unwrap_or(0);
    let month = usize::try_from(there.month0()).unwrap_or(0);
    let day = day(language, weekday, there.day(), month);
    if today.year() == there.year() {
        format!("{day} {time}")
    } else {
        format!("{day} {} {time}", there.year())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn today_needs_no_day_and_this_year_no_year() {
        let now = At { wall: 1_795_534_200_000, zone: 60, run: 0 };
        let hour = 3_600_000;
        for (at, zone, english, spanish) in [
            (now.wall, 60, "16:30", "16:30"),
            (now.wall - 16 * hour, 60, "0:30", "0:30"),
            (now.wall - 17 * hour, 60, "Mon 23 Nov 23:30", "lun 23 nov 23:30"),
            (now.wall - 365 * 24 * hour, 60, "Mon 24 Nov 2025 16:30", "lun 24 nov 2025 16:30"),
            (i64::MAX, 60, "?", "?"),
            (i64::MIN, -720, "?", "?"),
        ] {
            assert_eq!(instant(Language::English, at, zone, now), english, "{at} {zone}");
            assert_eq!(instant(Language::Spanish, at, zone, now), spanish, "{at} {zone}");
        }
    }
}
