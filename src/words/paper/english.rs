//! Paper, in English.

use super::{ReportWord, Slip, Waiver};

pub(super) const WAIVER: Waiver = Waiver {
    title: "Protection was offered, and is not wanted today",
    stays: "This sheet stays with us, locked away. It never goes home with her. No name is written on it.",
    which: &["Case code", "Day", "Time"],
    offered: "What was offered",
    offers: &[
        "A safe place to stay, from today",
        "Protection, and somebody who goes with her",
        "Other help (write it on the back)",
    ],
    told: "What she was told, in a language that she understands",
    tells: &[
        "Which dangers we see, and what worries us",
        "She can say yes at any later time, also after signing",
        "We go on helping her, whatever she decides",
        "Only those who must know are told of it",
    ],
    decides: "What she decides",
    says: "I know what was offered to me. Today I do not want it. Nobody pushed me. I can change my mind at any time.",
    her_sign: &["Her sign (a cross is enough)"],
    unsigned: "If she does not sign",
    why_unsigned: &[
        "She would rather not",
        "It is not safe for her to sign",
        "She does not read: it was read to her, and she said so",
    ],
    staff: "Who was there (numbers, no names)",
    staff_signs: &["Staff number", "Sign", "Staff number", "Sign", "Interpreter's number", "Sign"],
};

pub(super) const SLIP: Slip =
    Slip { title: "Appointment", fields: &["Day", "Time", "Place", "Bring along", "If you can not come"] };

pub(super) fn report(word: ReportWord) -> &'static str {
    match word {
        ReportWord::Title => "Daily report",
        ReportWord::Note => {
            "Numbers and codes only. Made of the sessions that began that day, without what is private and without those \
             whose consent was taken back. Loose paper is locked away or destroyed."
        }
        ReportWord::Nothing => "No session began that day.",
        ReportWord::Session => "session",
        ReportWord::With => "with",
        ReportWord::Raised => "raised",
        ReportWord::OtherWork => "other work (calls, errands, visits)",
        ReportWord::Sign => "Sign",
        ReportWord::Number => "Staff number",
    }
}
