//! The first key and its passphrase in English.

use super::{FirstKeySays, UnlockSays};

pub(super) fn unlock(says: UnlockSays) -> &'static str {
    match says {
        UnlockSays::Title => "Your passphrase",
        UnlockSays::Why => {
            "What is saved is sealed; your passphrase opens it, until you leave or a session begins."
        }
        UnlockSays::Label => "Passphrase",
        UnlockSays::Empty => "Type your passphrase, then Enter.",
        UnlockSays::Working => "One moment: your key is being unlocked …",
        UnlockSays::Wrong => "That is not the passphrase. Type it again.",
        UnlockSays::Open => "open",
        UnlockSays::Back => "back",
    }
}

pub(super) fn first_key(says: FirstKeySays) -> &'static str {
    match says {
        FirstKeySays::Title => "Who may read it?",
        FirstKeySays::SheetVoid => "The sheet from before is void: tear it up. A new one follows.",
        FirstKeySays::Why => "Only a key opens a sealed session.",
        FirstKeySays::OwnIsOff => {
            "Your own key is switched off, and there is no other: nobody could read it. (amparo settings own_key on)"
        }
        FirstKeySays::Own => "I, with a key of my own",
        FirstKeySays::OwnMeans => "You read and resume. Another key can be added later.",
        FirstKeySays::Both => "I, and my supervisor",
        FirstKeySays::BothMeans => "As above, and she reads too. You need her key, age1…",
        FirstKeySays::Supervisor => "My supervisor only",
        FirstKeySays::SupervisorMeans => "You cannot read or resume it, not even after a crash.",
        FirstKeySays::WhoseKey => "Your supervisor's key",
        FirstKeySays::WhoseKeyWhy => {
            "She has it from amparo keys list, and may send it by any way: it opens nothing."
        }
        FirstKeySays::Number => "Her number",
        FirstKeySays::Key => "Her key",
        FirstKeySays::KeyExample => "age1 and 58 signs, or the path of a file with it.",
        FirstKeySays::Reading => "One moment: the file is being read …",
        FirstKeySays::NewPassphrase => "Your passphrase",
        FirstKeySays::PassphraseWhy => {
            "It locks your key on this machine. Nobody else has it, and nobody can find it out for you."
        }
        FirstKeySays::Label => "Passphrase",
        FirstKeySays::Good => "12 signs or more: four words that nobody would put together.",
        FirstKeySays::Again => "Once more",
        FirstKeySays::TooShort => "Too short: 12 signs or more. Take four words.",
        FirstKeySays::NotTheSame => "Those two were not the same. Type both again.",
        FirstKeySays::Sheet => "Recovery sheet",
        FirstKeySays::SheetWhy => "Copy it to paper, kept far away. It opens all if the passphrase is lost.",
        FirstKeySays::Written => "I have written it down",
        FirstKeySays::ShowPublic => "Show my public key",
        FirstKeySays::PublicTitle => "Your public key: who has it can write for you, and not read",
        FirstKeySays::PublicSmall => "In a larger window a square for a camera stands here.",
        FirstKeySays::Keeping => "One moment: locking your key …",
        FirstKeySays::Next => "next",
        FirstKeySays::Back => "back",
    }
}
