//! Figures, in English.

use crate::review::LeftOut;

use super::FigureWord;

pub(super) fn word(word: FigureWord) -> &'static str {
    match word {
        FigureWord::Title => "Figures",
        FigureWord::Nobody => {
            "No case code and no staff number is in these figures, and none of them ranks a worker."
        }
        FigureWord::Weeks => "sessions a week",
        FigureWord::AsTable => "the same as a table",
        FigureWord::Week => "week from",
        FigureWord::Sessions => "sessions",
        FigureWord::Ends => "how they ended",
        FigureWord::Phases => "how long phases took",
        FigureWord::PhasesNote => {
            "The bar is the middle half of the sessions, its mark the one in the middle."
        }
        FigureWord::Passed => "what was passed by most, and why",
        FigureWord::Signals => "where a response was needed",
        FigureWord::Covers => "under the cover",
        FigureWord::Covered => "time in a session that had one",
        FigureWord::CheckIns => "check-ins",
        FigureWord::Missed => "sessions that missed one",
        FigureWord::Practices => "practices that were served",
        FigureWord::Nothing => "Nothing was recorded.",
        FigureWord::ForOutsiders => "Figures for outsiders",
        FigureWord::Hiding => {
            "Small groups are put together, so that nobody can be found, however these figures are added up or taken from \
             each other. The least count is"
        }
        FigureWord::TooFew => "There are too few sessions: no figure can be given without showing somebody.",
        FigureWord::ByProtocol => "by protocol",
        FigureWord::Quarter => "quarter",
        FigureWord::Total => "total",
        FigureWord::Finished => {
            "Only quarters that are over are counted, and the latest only once they are enough: held against an earlier \
             file, this one would else show the sessions between them. The last one counted is"
        }
        FigureWord::Several => "several protocols",
        FigureWord::NotApart => "There are too few to tell them apart.",
        FigureWord::WithDanger => "sessions with a danger",
        FigureWord::WithDistress => "sessions in which she needed a moment",
        FigureWord::AtLeast => "Counts in this part are rounded down: read each as «at least».",
    }
}

pub(super) fn left_out(left_out: LeftOut) -> String {
    format!(
        "Not counted: consent taken back: {}; practice: {}; no protocol that this version reads: {}.",
        left_out.withdrawn, left_out.practice, left_out.without_protocol
    )
}
