//! What stands in files that are handed on, and what is said before they are written.

mod english;
mod spanish;

use crate::review::FilterTrouble;
use crate::text::Language;

/// A word, heading or sentence of a page, a table or a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ExportWord {
    /// The title of a file with sessions.
    Sessions,
    /// When the file was made.
    Made,
    /// Above the list of the sessions in a file.
    Contents,
    /// At the foot: what a reader must know of the file.
    NotSealedFoot,
    /// The head of the picture of a session's course.
    Course,
    /// The head of the pictures of scales.
    Scales,
    /// What the picture of the course is drawn from.
    CourseNote,
    /// A response in the picture's key.
    Response,
    /// A cover in the picture's key.
    Cover,
    /// A pause in the picture's key.
    Pause,
    /// It was taken up again.
    TakenUp,
    /// Head of a column: the number of an event.
    Number,
    /// Head of a column: the time.
    Time,
    /// Head of a column: what happened.
    What,
    /// Head of a column: the phase.
    Phase,
    /// Head of a column: how long.
    Took,
    /// Head of a column: the weight of a deviation.
    Weight,
    /// Nothing to tell.
    Nothing,
    /// Nothing can be judged without the protocol.
    NotJudged,
}

/// Why a session, or a step, is not in what is handed on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExportSays {
    /// Before a file is written: it is not sealed.
    NotSealed {
        /// The file.
        file: String,
    },
    /// Before standard output is written.
    NotSealedOut,
    /// The file was written.
    Written {
        /// The file.
        file: String,
        /// How many sessions are in it.
        sessions: usize,
    },
    /// A file stands there already: asked before it is overwritten.
    Overwrite {
        /// The file.
        file: String,
    },
    /// Nothing was written.
    NotWritten,
    /// A session stays out, since its protocol cannot be read here.
    Unknown {
        /// Its name.
        session: String,
    },
    /// A session stays out, since consent was taken back.
    Withdrawn {
        /// The session.
        session: String,
    },
    /// A session cannot be read.
    Unreadable {
        /// Why.
        why: String,
    },
    /// So many events and remarks about private steps stay out.
    LeftOut {
        /// Events.
        events: usize,
        /// What the review says of them.
        remarks: usize,
    },
}

/// What goes wrong with handing on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExportComplaint {
    /// No session was chosen.
    NothingChosen,
    /// A step that was asked for by name is none of the private ones.
    NoSuchStep {
        /// The step.
        step: String,
        /// Those that there are.
        known: Vec<String>,
    },
    /// The filter is none.
    Filter(FilterTrouble),
    /// A filter that was given as an argument names a case or a number.
    NamesSomebody,
    /// The file with the filter cannot be read.
    FilterFile {
        /// The file.
        file: String,
        /// What the system says.
        why: String,
    },
    /// What stands there is no ordinary file.
    NoFile {
        /// Where.
        file: String,
    },
    /// It would stand among what is sealed.
    AmongSealed {
        /// Where.
        file: String,
    },
    /// The file cannot be written.
    Disk {
        /// The file.
        file: String,
        /// What the system says.
        why: String,
    },
}

impl ExportWord {
    /// Its text.
    pub fn text(self, language: Language) -> &'static str {
        match language {
            Language::English => english::word(self),
            Language::Spanish => spanish::word(self),
        }
    }
}

impl ExportSays {
    /// Its sentence.
    pub fn text(&self, language: Language) -> String {
        match language {
            Language::English => english::says(self),
            Language::Spanish => spanish::says(self),
        }
    }
}

impl ExportComplaint {
    /// What happened, and what to do.
    pub fn words(&self, language: Language) -> (String, String) {
        match language {
            Language::English => english::complaint(self),
            Language::Spanish => spanish::complaint(self),
        }
    }
}

/// What a picture of a session's course shows, for whoever does not see it.
pub fn course_described(
    language: Language,
    length: &str,
    phases: usize,
    responses: usize,
    covers: usize,
) -> String {
    match language {
        Language::English => english::course(length, phases, responses, covers),
        Language::Spanish => spanish::course(length, phases, responses, covers),
    }
}

/// What a picture of a scale shows: its points, each with its time.
pub fn scale_described(
    language: Language,
    low: &(i64, String),
    high: &(i64, String),
    points: &[(String, i64)],
) -> String {
    let points: Vec<String> = points
        .iter()
        .map(|(time, number)| match language {
            Language::English => english::point(time, *number),
            Language::Spanish => spanish::point(time, *number),
        })
        .collect();
    let end = |(number, means): &(i64, String)| {
        if means.is_empty() { number.to_string() } else { format!("{number} ({means})") }
    };
    match language {
        Language::English => english::scale(&end(low), &end(high), &points.join(", ")),
        Language::Spanish => spanish::scale(&end(low), &end(high), &points.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn complaints_can_stand_behind_their_words() {
        let all = [
            ExportComplaint::NothingChosen,
            ExportComplaint::NoSuchStep { step: "x".into(), known: Vec::new() },
            ExportComplaint::NoSuchStep { step: "x".into(), known: vec!["tied".into(), "strain".into()] },
            ExportComplaint::NamesSomebody,
            ExportComplaint::FilterFile { file: "f".into(), why: "no such file".into() },
            ExportComplaint::Disk { file: "a.html".into(), why: "no space".into() },
        ];
        for language in Language::ALL {
            for complaint in &all {
                let (what, help) = complaint.words(language);
                crate::words::is_fit_for_a_complaint(&what);
                crate::words::is_fit_for_a_complaint(&help);
            }
        }
    }
}
