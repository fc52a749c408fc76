//! An instant as people read it: the hour for today, day and hour for another day.

use chrono::DateTime;

use crate::machine::At;

/// An instant (milliseconds since 1970) in a zone (minutes ahead of UTC): `16:40` on the present day, `2026-11-20
/// 16:40` on another. The same in every language. An instant that no calendar has gives `?`.
pub(super) fn instant(at: i64, zone: i32, now: At) -> String {
    let Some(there) = local(at, zone) else { return "?".to_owned() };
    if local(now.wall, now.zone).is_some_and(|today| today.date() == there.date()) {
        there.format("%H:%M").to_string()
    } else {
        there.format("%Y-%m-%d %H:%M").to_string()
    }
}

fn local(at: i64, zone: i32) -> Option<chrono::NaiveDateTime> {
    let there = at.checked_add(i64::from(zone).checked_mul(60_000)?)?;
    DateTime::from_timestamp_millis(there).map(|moment| moment.naive_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn today_needs_no_date() {
        let now = At { wall: 1_795_534_200_000, zone: 60, run: 0 };
        for (at, zone, read) in [
            (now.wall, 60, "16:30"),
            (now.wall - 16 * 3_600_000, 60, "00:30"),
            (now.wall - 17 * 3_600_000, 60, "2026-11-23 23:30"),
            (i64::MAX, 60, "?"),
            (i64::MIN, -720, "?"),
        ] {
            assert_eq!(instant(at, zone, now), read, "{at} {zone}");
        }
    }
}
