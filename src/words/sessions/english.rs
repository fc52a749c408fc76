//! Sessions in English.

use crate::journal::Verdict;
use crate::machine::{CoveredBy, Fact, LeftFrom, Outcome, Place, ReasonCode, Uncovered};
use crate::protocol::Ending;
use crate::review::{
    CoverEnd, CoverSpan, Danger, Due, Entry, Listen, PhaseSpan, ResponseSpan, Status, ToldBy, What,
};

use super::{Consequence, SessionWord, Telling, one_line};

pub(super) fn word(word: SessionWord) -> &'static str {
    match word {
        SessionWord::Error => "error",
        SessionWord::Help => "help",
        SessionWord::NoSessions => "no sessions yet",
        SessionWord::HowToBegin => "`amparo` begins one; `AMPARO_HOME` names another folder",
        SessionWord::Unbegun => "empty: the program was stopped as it began, or it was cut",
        SessionWord::Unreadable => "not readable as sessions",
        SessionWord::StillInDanger => "still in danger?",
        SessionWord::ToBeListenedTo => "to be listened to",
        SessionWord::PromisedAndDue => "promised and due",
        SessionWord::AgainstTheProtocol => "against the protocol",
        SessionWord::Responses => "responses and covers",
        SessionWord::Phases => "phases",
        SessionWord::WhatHappened => "what happened",
        SessionWord::Case => "case",
        SessionWord::Staff => "staff",
        SessionWord::Protocol => "protocol",
        SessionWord::Begun => "begun",
        SessionWord::Took => "took",
        SessionWord::State => "state",
        SessionWord::File => "file",
        SessionWord::RunsNow => "open in a window now",
        SessionWord::Practice => "practice",
        SessionWord::PastItsTime => "past its time",
        SessionWord::NonePast => "no session is past its time",
        SessionWord::NoTimeSet => "no time was set: `amparo settings keep_days DAYS` sets one",
        SessionWord::ProtocolUnreadable => {
            "the protocol inside cannot be read by this version: steps are named by their ids, and nothing is judged"
        }
        SessionWord::Private => "private",
        SessionWord::Done => "done",
        SessionWord::NoneOfThese => "none of these",
        SessionWord::Understood => "understood",
        SessionWord::ToComeBackTo => "to come back to",
        SessionWord::RatherNot => "rather not",
        SessionWord::Skipped => "skipped",
        SessionWord::PutOff => "put off",
        SessionWord::Read => "read",
        SessionWord::WhyErase => "why is it erased? (one line; it is kept) ",
        SessionWord::WhoErases => "your staff number (it is kept; Enter for none) ",
        SessionWord::ReallyErase => "erase it for good? (y/n) ",
        SessionWord::Erased => {
            "erased: its bytes were overwritten and the file removed; a note of when and why stays. \
             A solid-state disk or a backup may still hold a copy"
        }
        SessionWord::NotErased => "nothing was erased",
        SessionWord::NoReason => "a reason is needed, one line of at most 300 characters",
        SessionWord::NoReasonHelp => "say why it is erased, for example: consent taken back",
        SessionWord::ReasonFileHelp => {
            "write the reason on the first line of a file, or leave `--reason-file` out"
        }
        SessionWord::NoNumber => "that is no staff number",
        SessionWord::NoNumberHelp => "letters, digits and hyphens, one digit at least; or nothing at all",
        SessionWord::NumberFileHelp => {
            "write your staff number on the first line of a file, or leave `--by-file` out"
        }
        SessionWord::WhoAdds => "your staff number: ",
        SessionWord::NumberNeeded => "letters, digits and hyphens, one digit at least",
        SessionWord::WhatIsAdded => "what is added? (one line; a longer text with `--text-file FILE`) ",
        SessionWord::TextFileHelp => "write the text into a file, or leave `--text-file` out",
        SessionWord::NoAddendum => "nothing was added: that is no text, or it is too long",
        SessionWord::NoAddendumHelp => "at most 2000 characters, without signs that steer a terminal",
        SessionWord::NotClosedYet => "that session is not closed",
        SessionWord::NotClosedYetHelp => "go on with it: `amparo resume`, and a note with `n`",
        SessionWord::AddendumKept => "added, sealed beside it; the session itself is as it was",
        SessionWord::AddedLater => "added after it was closed",
        SessionWord::OfAnotherFile => "(to a file with other bytes than this one)",
        SessionWord::YesLetters => "yY",
    }
}

pub(super) fn reason_code(code: ReasonCode) -> &'static str {
    match code {
        ReasonCode::SheAsked => "she asked",
        ReasonCode::NoTime => "no time",
        ReasonCode::NotSafe => "not safe",
        ReasonCode::DoneBefore => "done before",
        ReasonCode::Other => "another reason",
    }
}

fn ending(ending: Ending) -> &'static str {
    match ending {
        Ending::Early => "ended early, for her sake",
        Ending::Postponed => "postponed",
        Ending::NotHeld => "not held",
        Ending::Left => "left under the cover",
    }
}

fn covered_by(by: CoveredBy) -> &'static str {
    match by {
        CoveredBy::Key => "by a key",
        CoveredBy::Focus => "since the window lost focus",
        CoveredBy::Rest => "after rest",
        CoveredBy::Signal => "by a signal",
    }
}

fn events(count: u64) -> String {
    if count == 1 { "1 event".to_owned() } else { format!("{count} events") }
}

pub(super) fn row_changed(_: &Telling<'_>, row: &str, now: Option<&str>, before: Option<&str>) -> String {
    match (now, before) {
        (Some(now), Some(before)) => format!("{row}: changed to {now}, from {before}"),
        (Some(now), None) => format!("{row}: {now}"),
        (None, Some(before)) => format!("{row}: taken away, was {before}"),
        (None, None) => format!("one more line: {row}"),
    }
}

pub(super) fn fact(telling: &Telling<'_>, entry: &Entry<'_>) -> String {
    let because = |reason: Option<&crate::machine::Reason>| {
        reason.map_or_else(String::new, |reason| format!("; {}", telling.reason(reason, entry.words)))
    };
    match &entry.event.fact {
        Fact::Begun { .. } => "begun".into(),
        Fact::Joined { staff } => format!("a colleague joined: {staff}"),
        Fact::Resumed { dropped: 0, .. } => "taken up again".into(),
        Fact::Resumed { dropped, .. } => {
            format!("taken up again; {dropped} bytes at the end could not be read and were dropped")
        }
        Fact::Answered { step, value, reason } => {
            let (headed, value) = (telling.headed(step), telling.value(step, value));
            match &entry.before {
                Some(before @ Outcome::Answered(_)) => {
                    let before = telling.outcome(step, before);
                    format!("{headed} changed to {value}, from {before}{}", because(reason.as_ref()))
                }
                _ => format!("{headed} {value}{}", because(reason.as_ref())),
            }
        }
        Fact::Cleared { step } => format!("{} taken away", telling.headed(step)),
        Fact::Read { step } => format!("{} read", telling.headed(step)),
        Fact::Skipped { step, reason } => {
            format!("{} skipped{}", telling.headed(step), because(Some(reason)))
        }
        Fact::Deferred { step } => format!("{} put off", telling.headed(step)),
        Fact::Declined { step } => format!("{} she would rather not", telling.headed(step)),
        Fact::Went => match &entry.event.follows.goes {
            Some(Place::Step(step)) => format!("went to: {}", telling.step(step)),
            Some(Place::Pause(phase)) => format!("went to the end of: {}", telling.phase(phase)),
            Some(Place::Gate(phase)) => format!("went to the gate of: {}", telling.phase(phase)),
            Some(Place::End) => "went to the end".into(),
            Some(Place::Nowhere) | None => "went elsewhere in the list".into(),
        },
        Fact::Overrode { phase, gates, reason } => {
            let closed = Telling::after_colon(&telling.gates(phase, gates));
            format!(
                "{}: gone on although a gate was closed{closed}{}",
                telling.phase(phase),
                because(Some(reason))
            )
        }
        Fact::Raised { response } if entry.taken_back => {
            format!("raised by mistake: {}", telling.response(response))
        }
        Fact::Raised { response } => format!("raised: {}", telling.response(response)),
        Fact::Waited { response } => {
            format!("raised, and waits for another to end: {}", telling.response(response))
        }
        Fact::Returned { response } => format!("returned from: {}", telling.response(response)),
        Fact::NotTaken { response } => format!("proposed and not taken: {}", telling.response(response)),
        Fact::Noted { step, text } => {
            let at = step.as_ref().map(|step| format!(" (at {})", telling.step(step))).unwrap_or_default();
            let back = if entry.taken_back { " (taken back)" } else { "" };
            format!("note{at}: «{}»{back}", one_line(text.as_str()))
        }
        Fact::Worded { event, words } => format!("the reason in event {event} got its words: «{words}»"),
        Fact::Overdue { step } => format!("{} the time passed without an answer", telling.headed(step)),
        Fact::Met { step } => format!("{} met", telling.headed(step)),
        Fact::Paused => "a pause".into(),
        Fact::Continued => "the pause ended".into(),
        Fact::Ended { ending: how, reason } => format!("{}{}", ending(*how), because(reason.as_ref())),
        Fact::Undone { step: None, .. } => match entry.event.follows.back.as_deref() {
            Some(back) if back.noted => format!("taken back: the note of event {}", back.event),
            Some(back) => format!("taken back: event {}", back.event),
            None => "taken back".into(),
        },
        Fact::Undone { step: Some(step), outcome } => {
            let to =
                outcome.as_ref().map_or_else(|| "open".to_owned(), |outcome| telling.outcome(step, outcome));
            match &entry.before {
                Some(before) => {
                    format!(
                        "{} taken back to {to}, from {}",
                        telling.headed(step),
                        telling.outcome(step, before)
                    )
                }
                None => format!("{} taken back to {to}", telling.headed(step)),
            }
        }
        Fact::Covered { by } => format!("covered {}", covered_by(*by)),
        Fact::PageOpened { topic } => format!("page under the cover: {}", telling.topic(topic)),
        Fact::Uncovered { how: Uncovered::Brief } => "uncovered at once".into(),
        Fact::Uncovered { how: Uncovered::Later } => "uncovered".into(),
        Fact::Left { from: LeftFrom::Checklist } => "left, to go on later".into(),
        Fact::Left { from: LeftFrom::Cover } => "left from under the cover".into(),
        Fact::Closed { reason, open } if open.is_empty() => format!("closed{}", because(reason.as_ref())),
        Fact::Closed { reason, open } => {
            format!("closed with open: {}{}", telling.steps(open), because(reason.as_ref()))
        }
    }
}

pub(super) fn consequence(telling: &Telling<'_>, consequence: Consequence<'_>) -> String {
    match consequence {
        Consequence::Ended(how) => ending(how).into(),
        Consequence::EndTakenBack => "the end was taken back".into(),
        Consequence::Confirmed(response) => format!("confirmed: {}", telling.response(response)),
        Consequence::FalseAlarm(response) => {
            format!("a false alarm after all: {}", telling.response(response))
        }
        Consequence::AskedAgain(step) => format!("asked again: {}", telling.step(step)),
        Consequence::PutOff(step) => format!("put off: {}", telling.step(step)),
        Consequence::Returned => "returned to the list".into(),
        Consequence::Opened(response) => format!("opened: {}", telling.response(response)),
        Consequence::Paused => "the clock stopped".into(),
        Consequence::Stopped(1) => "a gate does not hold: the phase stands still".into(),
        Consequence::Stopped(gates) => format!("{gates} gates do not hold: the phase stands still"),
        Consequence::HoldAgain => "the gates hold again".into(),
        Consequence::Proposed(response) => format!("proposed: {}", telling.response(response)),
        Consequence::Entered(phase) => format!("phase: {}", telling.phase(phase)),
    }
}

pub(super) fn deviation(telling: &Telling<'_>, what: &What) -> String {
    let because = |reason: Option<&crate::machine::Reason>| {
        reason.map_or_else(String::new, |reason| format!("; {}", telling.reason(reason, None)))
    };
    let answered = |answered: Option<i64>| match answered {
        Some(at) => format!("answered {}", telling.instant(at)),
        None => "never answered".into(),
    };
    match what {
        What::GateOverridden { phase, gates, reason } => {
            let closed = Telling::after_colon(&telling.gates(phase, gates));
            format!("{}: a closed gate was overridden{closed}{}", telling.phase(phase), because(Some(reason)))
        }
        What::RanOnFallenGate { phase, gates, steps } => {
            let closed = Telling::after_colon(&telling.gates(phase, gates));
            format!(
                "{}: went on although a gate had fallen{closed}; {}",
                telling.phase(phase),
                telling.steps(steps)
            )
        }
        What::NotWhole { after } => format!("the file was changed from outside after {}", events(*after)),
        What::CheckInMissed { step, due, answered: at } => {
            format!("{} missed, due {}, {}", telling.headed(step), telling.instant(*due), answered(*at))
        }
        What::RequiredSkipped { step, reason } => {
            format!("{} required and skipped{}", telling.headed(step), because(reason.as_ref()))
        }
        What::ListenedLate { step, due, answered: None } => {
            format!("{} late, due {}, not noted as done", telling.headed(step), telling.instant(*due))
        }
        What::ListenedLate { step, due, answered: at } => {
            format!("{} late, due {}, {}", telling.headed(step), telling.instant(*due), answered(*at))
        }
        What::ClosedWithOpen { steps, reason } => {
            format!("closed with required steps open: {}{}", telling.steps(steps), because(reason.as_ref()))
        }
        What::PhaseOverTime { phase, minutes, took } => {
            format!("{}: took {}, may take {minutes} min", telling.phase(phase), telling.duration(*took))
        }
        What::ChangedLater { step, before, reason } => {
            let before = telling.outcome(step, before);
            format!(
                "{} changed after its phase, from {before}{}",
                telling.headed(step),
                because(reason.as_ref())
            )
        }
        What::NoReasonToTellAgain { step, told } => {
            format!("{} no answer, though she had told it {told} times before", telling.headed(step))
        }
        What::ClockSetBack { by } => format!("the clock was set back by {}", telling.duration(*by)),
    }
}

pub(super) fn danger(telling: &Telling<'_>, danger: &Danger) -> String {
    match danger {
        Danger::LeftUnderCover { since } => {
            format!("left under the cover at {}, and never taken up again", telling.moment(*since))
        }
        Danger::StillCovered { by, since } => {
            format!("covered {}, and nothing after {}", covered_by(*by), telling.moment(*since))
        }
        Danger::CheckInUnanswered { step, due } => {
            format!("{} due {}, never answered", telling.headed(step), telling.instant(*due))
        }
        Danger::RiskRose { step, from, to } => format!("{} rose from {from} to {to}", telling.headed(step)),
        Danger::Told(told) => telling.told_by(&told.step, &told.by),
    }
}

pub(super) fn due(telling: &Telling<'_>, due: &Due) -> String {
    let by = due.by.as_ref().unwrap_or(&ToldBy::Answer);
    let what = telling.told_headed(&due.step, by);
    let line = due.line.as_ref().map(|line| format!(" ({line})")).unwrap_or_default();
    match telling.when(due.when) {
        Some(when) if due.overdue => format!("{what} {when}{line}, overdue"),
        Some(when) => format!("{what} {when}{line}"),
        None => format!("{}{line}", telling.told_by(&due.step, by)),
    }
}

pub(super) fn listen(telling: &Telling<'_>, listen: &Listen) -> String {
    match listen {
        Listen::Wanted { step, at: Some(at), overdue: true } => {
            format!("{} {}, overdue", telling.headed(step), telling.instant(*at))
        }
        Listen::Wanted { step, at: Some(at), overdue: false } => {
            format!("{} {}", telling.headed(step), telling.instant(*at))
        }
        Listen::Wanted { step, at: None, .. } => format!("{} no time was set", telling.headed(step)),
        Listen::Told(told) => telling.told_by(&told.step, &told.by),
        Listen::Discuss(told) => format!("to discuss: {}", telling.told_by(&told.step, &told.by)),
    }
}

pub(super) fn verdict(_: &Telling<'_>, verdict: Verdict) -> String {
    match verdict {
        Verdict::Whole => "whole".into(),
        Verdict::Open => "open: not closed, or cut there; the file alone cannot tell".into(),
        Verdict::Torn { dropped } => {
            format!("torn: {dropped} bytes at the end are no whole event; what stands before them is whole")
        }
        Verdict::Altered { after } => {
            format!("changed from outside after {}; only what stands before is shown", events(after))
        }
        Verdict::NotForUs { after } => {
            format!("what follows after {} was sealed for others, and is not shown", events(after))
        }
    }
}

pub(super) fn status(_: &Telling<'_>, status: Status, ended: Option<Ending>) -> String {
    let stands = match status {
        Status::Open => "open",
        Status::Left(LeftFrom::Checklist) => "left, to go on",
        Status::Left(LeftFrom::Cover) => "left under the cover",
        Status::Closed => "closed",
    };
    match ended.filter(|how| *how != Ending::Left || status == Status::Closed) {
        Some(how) => format!("{stands}, {}", ending(how)),
        None => stands.into(),
    }
}

pub(super) fn response_span(telling: &Telling<'_>, span: &ResponseSpan) -> String {
    let took = telling.duration(span.took);
    match span.until {
        Some(_) if span.taken_back => {
            format!("{}: by mistake, taken back after {took}", telling.response(&span.response))
        }
        Some(_) => format!("{}: {took}", telling.response(&span.response)),
        None => format!("{}: {took}, not returned from", telling.response(&span.response)),
    }
}

pub(super) fn cover_span(telling: &Telling<'_>, span: &CoverSpan) -> String {
    let end = match span.end {
        CoverEnd::Lifted(Uncovered::Brief) => "lifted at once",
        CoverEnd::Lifted(Uncovered::Later) => "lifted",
        CoverEnd::Left => "the session was left under it",
        CoverEnd::Stopped => "the program was stopped under it",
        CoverEnd::Up => "up at the last event",
    };
    format!("covered {}: {}, {end}", covered_by(span.by), telling.duration(span.took))
}

pub(super) fn phase_span(telling: &Telling<'_>, span: &PhaseSpan) -> String {
    format!("{}: {}", telling.phase(&span.phase), telling.duration(span.took))
}

pub(super) fn deviation_count(_: &Telling<'_>, count: usize) -> String {
    match count {
        0 => String::new(),
        1 => "1 deviation".into(),
        several => format!("{several} deviations"),
    }
}

pub(super) fn jump(telling: &Telling<'_>, by: i64) -> String {
    let took = telling.duration(by.unsigned_abs());
    if by < 0 {
        format!("the clock was set back by {took}")
    } else {
        format!("the clock went ahead by {took}: it was set, or the machine slept")
    }
}
