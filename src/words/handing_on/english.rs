//! Handing on in English.

use std::borrow::Cow;

use super::HandingSays;

pub(super) fn handing_says(says: HandingSays<'_>) -> Cow<'static, str> {
    match says {
        HandingSays::Title(1) => "Hand this session on?".into(),
        HandingSays::Title(count) => format!("Hand {count} sessions on?").into(),
        HandingSays::Why => {
            "The file will not be sealed: whoever has it can read it. What is private stays out.".into()
        }
        HandingSays::Page => "a page, to read and to print".into(),
        HandingSays::Markdown => "text with marks (Markdown)".into(),
        HandingSays::Table => "a table, a row an event (CSV)".into(),
        HandingSays::Lines => "data, a line a session (JSON Lines)".into(),
        HandingSays::WhereTo => {
            "A new file, for your eyes only. When it is no longer needed, remove it: shred -u FILE".into()
        }
        HandingSays::File => "File".into(),
        HandingSays::NoPath => "Type where the file goes, then Enter; ↑ goes back.".into(),
        HandingSays::Progress { done, of } => format!("Writing… {done} of {of}. ← stops it.").into(),
        HandingSays::Written { file, sessions, withdrawn, unreadable } => {
            let mut text = match sessions {
                1 => format!("Written, not sealed: {file} (1 session)."),
                _ => format!("Written, not sealed: {file} ({sessions} sessions)."),
            };
            for (count, why) in [
                (withdrawn, " Left out, since consent was taken back: "),
                (unreadable, " Left out, since they cannot be read: "),
            ] {
                if count > 0 {
                    text.extend([why, &count.to_string(), "."]);
                }
            }
            text.into()
        }
        HandingSays::There(file) => format!(
            "Something is at {file} already, and stays as it is. Press x again and name another file."
        )
        .into(),
        HandingSays::NoPlace(file) => format!(
            "{file} is no ordinary file, or is in the folder with the sealed sessions. Press x again and name another place."
        )
        .into(),
        HandingSays::Stopped => {
            "Writing was stopped, and there is no file. Press x to begin again.".into()
        }
        HandingSays::NotWritten { file, why } => {
            format!("{file} cannot be written: {why}. Press x again and name another place.").into()
        }
        HandingSays::NothingLeft => {
            "Nothing was written: none of them may be handed on, or can be read.".into()
        }
    }
}
