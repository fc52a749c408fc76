//! Where passphrases come from: a file, standard input, or the terminal, where they are not shown. Never an argument.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use crate::desk::{AtHand, Keyring, KeyringError, Settings, complaint};
use crate::seal::{Identity, NotUnlocked, Passphrase};
use crate::terminal::read_unseen;
use crate::text::{Language, line_safe};
use crate::words::{Complaint, KeyComplaint, KeySays};

use super::first_line::first_line;

/// The most bytes of a passphrase.
const LONGEST: usize = 1024;

/// How often a passphrase is asked for before giving up.
const TRIES: usize = 3;

/// The passphrase in the first line of a file; `-` is standard input.
pub fn from_file(path: &Path) -> Result<Passphrase, KeyComplaint> {
    let failed = |error: &io::Error| KeyComplaint::Disk {
        path: line_safe(&path.display().to_string()),
        why: line_safe(&error.to_string()),
    };
    let line = first_line(path, LONGEST).map_err(|error| failed(&error))?;
    if line.is_empty() { Err(KeyComplaint::NothingTyped) } else { Ok(Passphrase::new(line)) }
}

/// A passphrase that is typed unseen.
pub fn typed(question: KeySays, language: Language, err: &mut dyn Write) -> Result<Passphrase, KeyComplaint> {
    // Nobody reads a closed standard error, and then nobody types either.
    let _ = write!(err, "{}", question.text(language)).and_then(|()| err.flush());
    let line = read_unseen();
    let _ = writeln!(err);
    match line {
        Ok(Some(line)) if !line.is_empty() => Ok(Passphrase::new(line)),
        Ok(_) => Err(KeyComplaint::NothingTyped),
        Err(_) => Err(KeyComplaint::NowhereToAsk),
    }
}

/// Unlocks this machine's identity, asking where no file is given; none where there is no identity.
pub fn unlock(
    keys: &Keyring,
    file: Option<&Path>,
    language: Language,
    err: &mut dyn Write,
) -> Result<Option<Identity>, KeyComplaint> {
    if keys.own().is_none() {
        return Ok(None);
    }
    let wrong = |error| complaint(&error);
    if let Some(path) = file {
        return keys.unlock(&from_file(path)?).map(Some).map_err(wrong);
    }
    let mut tries = 0;
    loop {
        tries += 1;
        match keys.unlock(&typed(KeySays::Passphrase, language, err)?) {
            Ok(identity) => return Ok(Some(identity)),
            Err(KeyringError::NotUnlocked(NotUnlocked::WrongPassphrase)) if tries < TRIES => {
                let _ = writeln!(err, "{}", KeyComplaint::WrongPassphrase.words(language).0);
            }
            Err(error) => return Err(wrong(error)),
        }
    }
}

/// Unlocks this machine's identity where somebody is there who wants to: an empty answer, and nobody to ask, are none.
pub fn unlock_or_not(
    keys: &Keyring,
    language: Language,
    err: &mut dyn Write,
) -> Result<Option<Identity>, KeyComplaint> {
    if keys.own().is_none() || !io::stdin().is_terminal() {
        return Ok(None);
    }
    // Nobody reads a closed standard error.
    let _ = writeln!(err, "{}", KeySays::WithoutKey.text(language));
    match unlock(keys, None, language, err) {
        Err(KeyComplaint::NothingTyped) => Ok(None),
        unlocked => unlocked,
    }
}

/// Those who may read, without a passphrase: enough to begin a session. None where nobody could.
pub fn writers_keys(home: &Path, settings: &Settings) -> Result<AtHand, KeyComplaint> {
    let keys = Keyring::read(home).map_err(|error| complaint(&error))?;
    let recipients = match keys.recipients(settings) {
        Ok(recipients) => Some(recipients),
        Err(KeyringError::Nobody) => None,
        Err(error) => return Err(complaint(&error)),
    };
    Ok(AtHand { recipients, own: keys.own().map(|own| own.key.clone()), ..AtHand::default() })
}

/// Says what is wrong with keys, and what to do next.
pub fn complain(err: &mut dyn Write, complaint: &KeyComplaint, language: Language) -> super::Exit {
    let (what, help) = complaint.words(language);
    super::say_error(err, language, &what, &help);
    match complaint {
        KeyComplaint::Settings(Complaint::SettingsGarbled { .. }) => super::Exit::NotRight,
        _ => super::Exit::CouldNot,
    }
}
