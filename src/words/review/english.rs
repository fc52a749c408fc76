//! The review in English.

use crate::journal::{Handling, Mark};
use crate::protocol::Ending;
use crate::review::{
    Column, Consent, Counts, DeviationKind, End, FileState, FilterKey, FilterTrouble, Heavy, PassedBy,
    Property, Signal,
};
use crate::text::{StaffNumber, line_safe};

use super::ReviewSays;

pub(super) fn review_word(word: ReviewSays) -> &'static str {
    match word {
        ReviewSays::StillInDanger => "Still in danger?",
        ReviewSays::NobodyInDanger => "Nobody, as far as the sessions say.",
        ReviewSays::ToBeListenedTo => "To be listened to",
        ReviewSays::NobodyToListenTo => "Nobody waits to be heard.",
        ReviewSays::PromisedAndDue => "Promised and due",
        ReviewSays::NothingDue => "Nothing is due.",
        ReviewSays::AgainstTheProtocol => "Against the protocol",
        ReviewSays::NothingAgainst => "Nothing that is not signed off.",
        ReviewSays::BackAgain => "Erased, and there again: to be erased once more",
        ReviewSays::ToErase => "She took her consent back: to be erased",
        ReviewSays::PastTheirTime => "Kept long enough: to be erased",
        ReviewSays::SignedOff => "signed off",
        ReviewSays::NotSignedOff => "not signed off",
        ReviewSays::SignedAnother => "signed off, but the file is another one now",
        ReviewSays::Afterwards => "Said afterwards",
        ReviewSays::NothingFits => "No session fits.",
        ReviewSays::PerhapsMeant => "Perhaps you meant",
    }
}

pub(super) fn column(column: Column) -> &'static str {
    match column {
        Column::Date => "date",
        Column::Case => "case",
        Column::Protocol => "protocol",
        Column::Staff => "staff",
        Column::Length => "length",
        Column::Ended => "ended",
        Column::Danger => "danger, distress",
        Column::Deviations => "against",
        Column::Told => "told before",
        Column::File => "file",
        Column::Signed => "signed off",
    }
}

pub(super) fn deviation_kind(kind: DeviationKind) -> &'static str {
    match kind {
        DeviationKind::GateOverridden => "a closed gate was overridden",
        DeviationKind::RanOnFallenGate => "a phase went on although its gate had fallen",
        DeviationKind::NotWhole => "the file is not whole, or not the one that was noted",
        DeviationKind::CheckInMissed => "the check-in was missed",
        DeviationKind::RequiredSkipped => "a required step was skipped",
        DeviationKind::ListenedLate => "somebody had to be listened to, and was late or not at all",
        DeviationKind::ClosedWithOpen => "closed with required steps open",
        DeviationKind::PhaseOverTime => "a phase took longer than it may",
        DeviationKind::NoReasonToTellAgain => "she had told it before, and nobody noted why once more",
        DeviationKind::ChangedLater => "an answer was changed after its phase",
        DeviationKind::ClockSetBack => "the clock was set back",
    }
}

pub(super) fn file_state(state: FileState) -> &'static str {
    match state {
        FileState::Whole => "whole",
        FileState::Open => "open",
        FileState::Torn => "cut off while writing",
        FileState::NotForUs => "goes on for others",
        FileState::Another => "not the file that was noted",
        FileState::Altered => "altered",
        FileState::BackAgain => "erased, and there again",
    }
}

pub(super) fn consent(consent: Consent) -> &'static str {
    match consent {
        Consent::Stands => "stands",
        Consent::Narrowed => "she took a part back",
        Consent::Unknown => "not known here: its protocol is of a newer version",
        Consent::TakenBack => "she took it back",
    }
}

pub(super) fn end(end: End) -> &'static str {
    match end {
        End::Full => "to its last step",
        End::Before(Ending::Early) => "early, for her sake",
        End::Before(Ending::Postponed) => "postponed",
        End::Before(Ending::NotHeld) => "not held",
        End::Before(Ending::Left) => "left",
        End::Unclosed => "never closed",
    }
}

pub(super) fn signal(signal: Signal) -> &'static str {
    match signal {
        Signal::Danger => "danger",
        Signal::Distress => "distress",
        Signal::ConsentBack => "consent taken back",
        Signal::Other => "another response",
    }
}

pub(super) fn passed_by(what: &PassedBy) -> &'static str {
    match what {
        PassedBy::Skipped(_) => "skipped",
        PassedBy::Deferred(_) => "put off",
        PassedBy::Declined(_) => "rather not",
        PassedBy::Overrode(..) => "gate overridden",
    }
}

pub(super) fn mark(mark: Mark) -> String {
    match mark {
        Mark::ToDiscuss => "to discuss".into(),
        Mark::Done => "done".into(),
        Mark::LookAgain(day) => format!("look again on {day}"),
        Mark::SignedOff => "signed off".into(),
        Mark::TakenBack => "mark taken back".into(),
    }
}

pub(super) fn handling(handling: Handling) -> &'static str {
    match handling {
        Handling::Opened => "opened",
        Handling::Exported => "exported",
        Handling::Erased => "erased",
    }
}

pub(super) fn heavy(staff: &StaffNumber, heavy: Heavy) -> String {
    let mut parts = Vec::new();
    for (count, word) in
        [(heavy.danger, "danger"), (heavy.distress, "distress"), (heavy.strained, "strain at the top")]
    {
        if count > 0 {
            parts.push(format!("{count} with {word}"));
        }
    }
    format!("{staff}: {} of the last five were heavy ({})", heavy.sessions, parts.join(", "))
}

pub(super) fn property(property: Property) -> &'static str {
    match property {
        Property::Danger => "somebody was, or may be, in danger",
        Property::Distress => "she needed a moment",
        Property::Listen => "somebody is to be listened to",
        Property::Due => "something is due",
        Property::Signed => "signed off",
        Property::Unsigned => "not signed off",
        Property::Withdrawn => "she took her consent back",
        Property::Damaged => "the file is not as it should be",
        Property::Open => "never closed",
        Property::Past => "kept long enough",
        Property::Discuss => "marked to be discussed",
        Property::Changed => "an answer was changed after its phase",
        Property::Practice => "practice",
    }
}

pub(super) fn filter_key(key: FilterKey) -> &'static str {
    match key {
        FilterKey::Case => "the case code begins so",
        FilterKey::Staff => "a staff number is this",
        FilterKey::Since => "it began on this day or later",
        FilterKey::Until => "it began on this day or earlier",
        FilterKey::Protocol => "its protocol; the version behind an @",
        FilterKey::Ended => "how it ended",
    }
}

pub(super) fn count_word(count: Counts) -> &'static str {
    match count {
        Counts::Deviations => "deviations; also < <= = >=",
        Counts::Dangers => "dangers",
        Counts::Distresses => "distresses",
        Counts::Told => "how often she had told it before",
        Counts::Minutes => "its length in minutes",
    }
}

pub(super) fn filter_trouble(trouble: &FilterTrouble) -> (String, String) {
    let quoted = |text: &str| format!("`{}`", line_safe(text).replace('`', "'"));
    match trouble {
        FilterTrouble::Unknown { word, near } => (
            format!("the filter does not know {}", quoted(word)),
            near.map_or_else(
                || "it knows `case:` `staff:` `since:` `until:` `protocol:` `ended:` and `dev>2`".into(),
                |near| format!("perhaps `{near}` is meant"),
            ),
        ),
        FilterTrouble::NoValue(key) => {
            let (word, example) = match key {
                FilterKey::Case => ("case:", "case:K-17"),
                FilterKey::Staff => ("staff:", "staff:204"),
                FilterKey::Since => ("since:", "since:2026-11-01"),
                FilterKey::Until => ("until:", "until:2026-11-30"),
                FilterKey::Protocol => ("protocol:", "protocol:phit@3"),
                FilterKey::Ended => ("ended:", "ended:early"),
            };
            (format!("nothing stands behind `{word}`"), format!("write it like `{example}`"))
        }
        FilterTrouble::NoDay(text) => {
            (format!("{} is no day", quoted(text)), "write year, month, day, like `since:2026-11-01`".into())
        }
        FilterTrouble::NoNumber(text) => {
            (format!("{} is no number", quoted(text)), "write a whole number, like `dev>2`".into())
        }
        FilterTrouble::NoVersion(text) => {
            (format!("{} is no version", quoted(text)), "write a whole number, like `protocol:phit@3`".into())
        }
        FilterTrouble::NoEnding(text) => (
            format!("no session ends as {}", quoted(text)),
            "write `ended:early`, `ended:postponed`, `ended:not-held` or `ended:left`".into(),
        ),
        FilterTrouble::OpenQuote => {
            ("a quotation mark has no second one".into(), "close it, like `case:\"K 17\"`".into())
        }
    }
}
