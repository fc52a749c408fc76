//! The PIN in English.

use super::{PinComplaint, PinSays};

pub(super) fn complaint(complaint: &PinComplaint) -> (String, String) {
    let (what, help): (String, &str) = match complaint {
        PinComplaint::Disk { path, why } => (
            format!("`{path}` cannot be read or written: {why}"),
            "look whether it is there and belongs to you",
        ),
        PinComplaint::Garbled { path } => (
            format!("the PIN in `{path}` cannot be understood"),
            "move that file away, and set a PIN with `amparo keys pin`",
        ),
        PinComplaint::None => ("no PIN is set".into(), "set one with `amparo keys pin`"),
        PinComplaint::Length => ("a PIN has four to eight digits, and nothing else".into(), "try again"),
        PinComplaint::Same => ("the two PINs are the same".into(), "take another one for the second"),
        PinComplaint::OtherLength(digits) => (
            format!("the second PIN needs as many digits as the first: {digits}"),
            "begin again with so many",
        ),
        PinComplaint::NotTheSame => ("those were two different ones".into(), "begin again, slowly"),
        PinComplaint::NowhereToAsk => (
            "a PIN is needed, and there is no terminal to ask on".into(),
            "give a file with `--pin-file FILE`, or `-` for standard input",
        ),
        PinComplaint::Refused => (
            "the system gives no memory or no random bytes for the PIN".into(),
            "close other programs and try again",
        ),
    };
    (what, help.into())
}

pub(super) fn says(says: PinSays) -> &'static str {
    match says {
        PinSays::Asks => "New PIN, 4 to 8 digits (nothing shows): ",
        PinSays::AsksAgain => "Once more: ",
        PinSays::AsksSecond => "Second PIN, as long as the first (nothing shows): ",
        PinSays::Set => "The PIN is set.",
        PinSays::SecondSet => {
            "The second PIN is set. It closes what is open, and shows the leaflet's own settings."
        }
        PinSays::Removed => "There is no PIN any more.",
        PinSays::SecondRemoved => "There is no second PIN any more.",
        PinSays::Title => "A PIN to come back with",
        PinSays::Why => {
            "Esc shows the leaflet. With a PIN, only who knows it comes back: type it after Ctrl+R; nothing shows."
        }
        PinSays::Forgotten => "Forgotten? Nothing is lost: close the leaflet, start again, resume.",
        PinSays::SetOne => "Set one now",
        PinSays::Without => "Go on without one",
        PinSays::WithoutMeans => "You are not asked again. The command keys pin sets one later.",
        PinSays::First => "Digits",
        PinSays::Again => "Once more",
        PinSays::HowMany => "Four to eight digits.",
        PinSays::TooFew => "Four digits at least.",
        PinSays::Differ => "Those were two different ones. Please begin again.",
        PinSays::Keeping => "One moment…",
        PinSays::NotKept => "It could not be kept. Try once more.",
    }
}
