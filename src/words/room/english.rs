//! The screens of the review in English.

use std::borrow::Cow;

use crate::review::Column;

use super::RoomSays;

pub(super) fn room_says(says: RoomSays<'_>) -> Cow<'static, str> {
    match says {
        RoomSays::Title => "Review".into(),
        RoomSays::Opened { done, of } => format!("{} of {}", thousands(done), thousands(of)).into(),
        RoomSays::Sessions(1) => "1 session".into(),
        RoomSays::Sessions(count) => format!("{} sessions", thousands(count)).into(),
        RoomSays::NothingSaved => "No session is saved on this machine.".into(),
        RoomSays::More(more) => format!("{} more", thousands(more)).into(),
        RoomSays::MoreWaitLong { more: 0, long } => {
            format!("{} have waited for more than 30 days", thousands(long)).into()
        }
        RoomSays::MoreWaitLong { more, long } => {
            format!("{} more, and {} have waited for more than 30 days", thousands(more), thousands(long)).into()
        }
        RoomSays::AndMore(more) => format!("  (+{more})").into(),
        RoomSays::NobodySoFar { done, of } => {
            format!("Still reading, {} of {} files; nobody so far.", thousands(done), thousands(of)).into()
        }
        RoomSays::NoneSoFar => "Still reading; nothing so far.".into(),
        RoomSays::NobodyToBeRead => "Nobody, as far as the sessions say that can be read.".into(),
        RoomSays::CannotTell => "Nobody can tell: the sessions cannot be read.".into(),
        RoomSays::NotToBeRead(files) => format!("{} not to be read", thousands(files)).into(),
        RoomSays::Unreadable => "Not to be read".into(),
        RoomSays::Table => "All sessions".into(),
        RoomSays::Fits { fits, of } => format!("{} of {}", thousands(fits), thousands(of)).into(),
        RoomSays::Selected(count) => format!("{count} marked").into(),
        RoomSays::NoRoomFor(columns) => format!("wider shows {columns}").into(),
        RoomSays::Times { what, times } => format!("{what}, {times} times").into(),
        RoomSays::FilterExamples => "danger  unsigned  case:K-17  staff:204  since:2026-11-01  dev>2".into(),
        RoomSays::OfCase(case) => format!("All sessions of {case}, the earliest first").into(),
        RoomSays::Opening => "Opening…".into(),
        RoomSays::NoProtocol => {
            "Its protocol is of a newer version. Bring this program up to date to read it.".into()
        }
        RoomSays::AllKeys => "All keys".into(),
        RoomSays::NumberTitle => "Your staff number".into(),
        RoomSays::NumberWhy => "It stands beside what you open, and with what you say. It is asked once, until you leave.".into(),
        RoomSays::NumberLabel => "Your number".into(),
        RoomSays::NumberWrong => "A number is needed here: letters, digits and hyphens.".into(),
        RoomSays::SignOffTitle(1) => "Sign this session off?".into(),
        RoomSays::SignOffTitle(count) => format!("Sign {count} sessions off?").into(),
        RoomSays::SignOffWhy => {
            "It says that you read it as its file is now. It stands beside the session, which stays as it is."
                .into()
        }
        RoomSays::SignOffYes => "sign off".into(),
        RoomSays::TakeBack => "take back the last mark".into(),
        RoomSays::RemarkTitle => "A remark".into(),
        RoomSays::RemarkToWhy => {
            "To whom? The number of a colleague, who finds it on her start screen. Empty: for supervisors.".into()
        }
        RoomSays::RemarkTo => "To number".into(),
        RoomSays::RemarkWhy => "It stands beside the session, sealed. Write to help her, and no names.".into(),
        RoomSays::RemarkLabel => "Remark".into(),
        RoomSays::RemarkEmpty => "There are no words yet. Type them, then Enter; ↑ goes back.".into(),
        RoomSays::MarkTitle => "A mark".into(),
        RoomSays::MarkAlarmsTitle(1) => "A mark on what tells of danger in this session".into(),
        RoomSays::MarkAlarmsTitle(count) => {
            format!("One mark on all {count} that tell of danger in this session").into()
        }
        RoomSays::MarkWhy => "What is done leaves the lists; the session stays as it is.".into(),
        RoomSays::MarkDiscuss => "to discuss".into(),
        RoomSays::MarkDone => "done".into(),
        RoomSays::MarkAgain => "look again on a day".into(),
        RoomSays::MarkDay => "On".into(),
        RoomSays::MarkDayWrong => "Type a day to come, such as 24.11 or 2026-11-24.".into(),
        RoomSays::EraseTitle(case) => format!("Erase this session of {case}").into(),
        RoomSays::EraseWhy => {
            "Nothing of it can be brought back. A note stays of when, by whom and why: no names in it.".into()
        }
        RoomSays::EraseLabel => "Reason".into(),
        RoomSays::EraseEmpty => "A reason is needed. Type it, then Enter; ↑ goes back.".into(),
        RoomSays::EraseSure => "Erase it for good?".into(),
        RoomSays::EraseYes => "erase".into(),
        RoomSays::Back => "back".into(),
        RoomSays::Working => "Writing…".into(),
        RoomSays::Said(1) => "It is kept.".into(),
        RoomSays::Said(count) => format!("It is kept beside {count} sessions.").into(),
        RoomSays::Erased => "Erased. The note of it stays.".into(),
        RoomSays::FileChanged => {
            "The file is not the one that you read. Open the session again and look first.".into()
        }
        RoomSays::NoKeyOf(number) => format!(
            "No key of {number} is on this machine, so she could not read it. `amparo keys add --worker {number} age1…` adds it."
        )
        .into(),
        RoomSays::NoKey => "The key is locked again. Leave the review and open it anew.".into(),
    }
}

pub(super) fn column_head(column: Column) -> &'static str {
    match column {
        Column::Date => "date",
        Column::Case => "case",
        Column::Protocol => "protocol",
        Column::Staff => "staff",
        Column::Length => "length",
        Column::Ended => "ended",
        Column::Danger => "dang",
        Column::Deviations => "against",
        Column::Told => "told",
        Column::File => "file",
        Column::Signed => "sign",
    }
}

fn thousands(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
