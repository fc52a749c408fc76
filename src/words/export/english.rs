//! Handing on, in English.

use crate::text::Language;

use super::super::review::filter_trouble;
use super::{ExportComplaint, ExportSays, ExportWord};

pub(super) fn word(word: ExportWord) -> &'static str {
    match word {
        ExportWord::Sessions => "Sessions",
        ExportWord::Made => "made",
        ExportWord::Contents => "In this file",
        ExportWord::NotSealedFoot => {
            "This file is not sealed: whoever has it can read it. Keep it only as long as it is needed."
        }
        ExportWord::Course => "course of the session",
        ExportWord::Scales => "scales over the session",
        ExportWord::CourseNote => "Time that the program ran; the time between two runs is left out.",
        ExportWord::Response => "response",
        ExportWord::Cover => "screen covered",
        ExportWord::Pause => "pause",
        ExportWord::TakenUp => "taken up again",
        ExportWord::Number => "no.",
        ExportWord::Time => "time",
        ExportWord::What => "what happened",
        ExportWord::Phase => "phase",
        ExportWord::Took => "took",
        ExportWord::Weight => "weight",
        ExportWord::Nothing => "nothing",
        ExportWord::NotJudged => {
            "The protocol inside cannot be read by this version: nothing is judged, and steps stay out."
        }
    }
}

pub(super) fn says(says: &ExportSays) -> String {
    match says {
        ExportSays::NotSealed { file } => format!(
            "`{file}` will not be sealed: whoever has the file can read it. When it is no longer needed, remove it with \
             `shred -u FILE`; a solid-state disk or a backup may still hold a copy"
        ),
        ExportSays::NotSealedOut => {
            "what follows is not sealed: whoever has it can read it. If it goes into a file, remove that with \
             `shred -u FILE` when it is no longer needed"
                .into()
        }
        ExportSays::Written { file, sessions: 0 } => format!("written: `{file}`, for your eyes only"),
        ExportSays::Written { file, sessions: 1 } => {
            format!("written: `{file}`, 1 session, for your eyes only")
        }
        ExportSays::Written { file, sessions } => {
            format!("written: `{file}`, {sessions} sessions, for your eyes only")
        }
        ExportSays::Overwrite { file } => format!("`{file}` is there already. Replace it? (y/n) "),
        ExportSays::NotWritten => "nothing was written".into(),
        ExportSays::Unknown { session } => format!(
            "left out: {session}, since its protocol is of a newer version and nobody can tell here whether consent holds; \
             bring this program up to date"
        ),
        ExportSays::Withdrawn { session } => {
            format!("left out: {session}, since consent was taken back")
        }
        ExportSays::Unreadable { why } => format!("left out: {why}"),
        ExportSays::LeftOut { events: 0, remarks: 0 } => "Nothing was left out.".into(),
        ExportSays::LeftOut { events, remarks } => {
            format!("Left out, since it is private: events: {events}, remarks: {remarks}.")
        }
    }
}

pub(super) fn complaint(complaint: &ExportComplaint) -> (String, String) {
    match complaint {
        ExportComplaint::Filter(trouble) => filter_trouble(trouble, Language::English),
        ExportComplaint::NothingChosen => (
            "no session was chosen".into(),
            "name sessions by the first digits of their names, or give `--all`".into(),
        ),
        ExportComplaint::NoSuchStep { step, known } if known.is_empty() => (
            format!("`{step}` is no private step of these sessions"),
            "leave `--with` out: these sessions have no private steps".into(),
        ),
        ExportComplaint::NoSuchStep { step, known } => (
            format!("`{step}` is no private step of these sessions"),
            format!("the private steps are {}", known.join(", ")),
        ),
        ExportComplaint::NamesSomebody => (
            "a case code, a staff number or a free word is never an argument: the shell would keep it".into(),
            "write the filter into a file, and name that with `--filter-file`; words such as `danger`, `unsigned` or \
             `since:2026-11-01` can stay here"
                .into(),
        ),
        ExportComplaint::FilterFile { file, why } => {
            (format!("`{file}` cannot be read: {why}"), "write the filter on the first line of a file".into())
        }
        ExportComplaint::NoFile { file } => (
            format!("`{file}` is no ordinary file, and nothing is put in its place"),
            "name a new file with `--output`, or leave it out to write to standard output".into(),
        ),
        ExportComplaint::AmongSealed { file } => (
            format!("`{file}` is in the folder with keys and sealed sessions, where nothing unsealed belongs"),
            "name a file in another folder with `--output`".into(),
        ),
        ExportComplaint::Disk { file, why } => (
            format!("`{file}` cannot be written: {why}"),
            "name a file in a folder of your own with `--output`".into(),
        ),
    }
}

pub(super) fn course(length: &str, phases: usize, responses: usize, covers: usize) -> String {
    format!(
        "{length}; stretches in phases: {phases}, responses: {responses}, covers: {covers}. The lists below say the same."
    )
}

pub(super) fn point(time: &str, number: i64) -> String {
    format!("{number} after {time}")
}

pub(super) fn scale(low: &str, high: &str, points: &str) -> String {
    format!("From {low} to {high}: {points}.")
}
