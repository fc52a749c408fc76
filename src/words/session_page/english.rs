//! The page of a session that is read, in English.

use super::PageSays;

pub(super) fn says(says: PageSays<'_>) -> String {
    match says {
        PageSays::Course => "How it went".into(),
        PageSays::Legend => "digits: the phases   ━ a response   ▒ covered   ┄ a pause".into(),
        PageSays::Consent => "consent".into(),
        PageSays::ToldBefore => "told before".into(),
        PageSays::Review => "review".into(),
        PageSays::NothingAgainst => "Nothing went against the protocol.".into(),
        PageSays::Changed => "Answers that were changed".into(),
        PageSays::Pause(took) => format!("a pause of {took}"),
        PageSays::TakenUpAfter(later) => format!("{later} later"),
        PageSays::FoundNowhere(words) => format!("«{words}» stands nowhere in what was written in this session"),
        PageSays::Found(at, of) => format!("found: {at} of {of}"),
        PageSays::Seek => "look for".into(),
        PageSays::After(at, of) => format!("after event {at} of {of}"),
        PageSays::UnderTheCover => "the screen was covered".into(),
        PageSays::Uncounted(1) => {
            "1 mark does not count: it names a file that this one never was, or a day to come".into()
        }
        PageSays::Uncounted(count) => {
            format!("{count} marks do not count: they name a file that this one never was, or a day to come")
        }
        PageSays::DoneBy(what, by, when) => format!("{what} by {by}, {when}"),
        PageSays::PromisedAnew(when) => format!("taken up anew in the session of {when}"),
        PageSays::DoneOn(what, when) => format!("{what} {when}"),
        PageSays::Remark(by, None, text) => format!("{by}: «{text}»"),
        PageSays::Remark(by, Some(to), text) => format!("{by} to {to}: «{text}»"),
        PageSays::Answer(by, text) => format!("{by} answers: «{text}»"),
        PageSays::Added(by, when, text) => format!("added by {by}, {when}: «{text}»"),
        PageSays::FilterWords => "Words for the filter, with blanks between them".into(),
        PageSays::FilterNot => "before a word: what it does not keep (-signed); any other word is looked for in codes and numbers".into(),
        PageSays::Keys => "Keys".into(),
        PageSays::Below(1) => "1 row more".into(),
        PageSays::Below(rows) => format!("{rows} rows more"),
    }
}
