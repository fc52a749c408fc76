//! Answers to what supervisors remarked, in English.

use super::AnswerSays;

pub(super) fn says(says: AnswerSays) -> &'static str {
    match says {
        AnswerSays::Title => "Remarks for you",
        AnswerSays::Field => "answer",
        AnswerSays::Nothing => "All is answered. Thank you.",
        AnswerSays::Empty => {
            "Nothing is written yet. Write a few words, or empty the field and Backspace to leave it."
        }
        AnswerSays::Working => "It is being kept…",
        AnswerSays::Kept => {
            "Your answer is kept, sealed, beside the session. The session itself is as it was."
        }
        AnswerSays::NotKept => "Your answer could not be kept; it stands in the field again.",
        AnswerSays::OfSession => "the whole session",
    }
}
