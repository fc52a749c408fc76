//! The words of the screens that make the first key and unlock it.

mod english;
mod spanish;

use crate::text::Language;

/// A line of the screen that asks for the passphrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnlockSays {
    /// The head line.
    Title,
    /// Why it is asked for.
    Why,
    /// Before the field.
    Label,
    /// Nothing was typed.
    Empty,
    /// The key is being unlocked.
    Working,
    /// It was another passphrase.
    Wrong,
    /// Hint: tries it.
    Open,
    /// Hint: back.
    Back,
}

/// A line of the screen that makes the first key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FirstKeySays {
    /// The head line.
    Title,
    /// What keys are for.
    Why,
    /// The sheet that was shown before the cover is none any more.
    SheetVoid,
    /// In place of it, where there is a key of hers that was switched off.
    OwnIsOff,
    /// The choice: her own key.
    Own,
    /// What comes of it.
    OwnMeans,
    /// The choice: hers and a supervisor's.
    Both,
    /// What comes of it.
    BothMeans,
    /// The choice: a supervisor's only.
    Supervisor,
    /// What comes of it.
    SupervisorMeans,
    /// The head line where the supervisor's key is asked for.
    WhoseKey,
    /// Where her key comes from.
    WhoseKeyWhy,
    /// Before the supervisor's number.
    Number,
    /// Before her key.
    Key,
    /// Under her key: what it looks like.
    KeyExample,
    /// Her key's file is being read.
    Reading,
    /// The head line where the passphrase is chosen.
    NewPassphrase,
    /// What it is for.
    PassphraseWhy,
    /// Before the field.
    Label,
    /// Under the field: what makes a good one.
    Good,
    /// Before the field, the second time.
    Again,
    /// It is too short.
    TooShort,
    /// The two are not the same.
    NotTheSame,
    /// The head line of the recovery sheet.
    Sheet,
    /// What it is for.
    SheetWhy,
    /// Confirms that it was written down.
    Written,
    /// Shows her public key.
    ShowPublic,
    /// The head line above it.
    PublicTitle,
    /// Where the window is too small for its square.
    PublicSmall,
    /// The keys are being kept.
    Keeping,
    /// Hint: goes on.
    Next,
    /// Hint: back.
    Back,
}

impl UnlockSays {
    /// Its text.
    pub fn text(self, language: Language) -> &'static str {
        match language {
            Language::English => english::unlock(self),
            Language::Spanish => spanish::unlock(self),
        }
    }
}

impl FirstKeySays {
    /// Its text.
    pub fn text(self, language: Language) -> &'static str {
        match language {
            Language::English => english::first_key(self),
            Language::Spanish => spanish::first_key(self),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::Passphrase;

    #[test]
    fn the_fewest_characters_are_those_that_are_asked_for() {
        for language in Language::ALL {
            for says in [FirstKeySays::Good, FirstKeySays::TooShort] {
                assert!(says.text(language).contains(&Passphrase::FEWEST.to_string()));
            }
        }
    }
}
