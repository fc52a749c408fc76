//! `amparo keys`: making an identity, listing keys, adding and taking out those who may read.

mod pin;
mod square;

use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};

use clap::Subcommand;

use crate::desk::{
    Brought, Keyring, KeyringError, Role, Settings, Shown, complaint, complaint_of_settings, list_in,
    show_once,
};
use crate::seal::{Identity, Passphrase, Recipient, Sheet, Which, WorkFactor};
use crate::text::{Language, StaffNumber, line_safe};
use crate::words::{KeyComplaint, KeySays};

use super::exit::Exit;
use super::passphrase::{complain, from_file, typed, unlock};

pub(super) use pin::complain_of as complain_of_pin;

/// What can be done with keys.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand)]
pub enum KeysCommand {
    /// Make this machine's own key, with a recovery sheet
    New {
        /// Mark it as a supervisor's
        #[arg(long)]
        supervisor: bool,
        /// File with a recovery sheet as it was typed: brings that key back under a new passphrase, also where the
        /// old one was lost; the keys of others stay
        #[arg(long, value_name = "FILE")]
        sheet: Option<PathBuf>,
    },
    /// Show the recovery sheet again, by the passphrase
    Sheet,
    /// Change the passphrase of this machine's own key, by the old one (lost: `keys new --sheet FILE`)
    Passphrase {
        /// File with the new passphrase in its first line (`-`: standard input); without one, it is asked
        #[arg(long, value_name = "FILE")]
        new_passphrase_file: Option<PathBuf>,
    },
    /// List the keys that can read what is written on this machine
    List {
        /// Show one key as a square for a camera: the key with this number, or this machine's own
        #[arg(long, value_name = "NUMBER", num_args = 0..=1, default_missing_value = "")]
        qr: Option<String>,
    },
    /// Add a supervisor's public key, which then reads every session that begins here; or with --worker a caseworker's,
    /// which reads only what is remarked to her
    Add {
        /// Her staff number
        number: String,
        /// It is a caseworker's: it reads only remarks that are addressed to her number, and no session
        #[arg(long)]
        worker: bool,
        /// Her public key, `age1…`
        #[arg(required_unless_present = "file", conflicts_with = "file")]
        key: Option<String>,
        /// File with her public key
        #[arg(long, value_name = "FILE")]
        file: Option<PathBuf>,
    },
    /// Take a key out; what was sealed for it before stays readable with it
    Remove {
        /// Her staff number
        number: String,
    },
    /// Set, change or remove the PIN that comes back from the leaflet
    Pin {
        /// The second PIN, which closes what is open and shows something harmless
        #[arg(long)]
        second: bool,
        /// Remove it
        #[arg(long, conflicts_with = "pin_file")]
        remove: bool,
        /// File with the PIN in its first line (`-`: standard input); without one, it is asked on the terminal
        #[arg(long, value_name = "FILE")]
        pin_file: Option<PathBuf>,
    },
}

/// The most bytes of a file with a key or a sheet.
const LARGEST: u64 = 64 * 1024;

/// Runs a command on the keys of a home folder.
pub fn run(
    command: KeysCommand,
    passphrase_file: Option<&Path>,
    language: Language,
    home: &Path,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Exit {
    let done = match command {
        KeysCommand::Pin { second, remove, pin_file } => {
            let which = if second { Which::Second } else { Which::First };
            let asked = pin::Asked { which, home, language };
            return if remove { asked.remove(out, err) } else { asked.set(pin_file.as_deref(), out, err) };
        }
        KeysCommand::New { supervisor, sheet } => {
            let role = if supervisor { Role::Supervisor } else { Role::Caseworker };
            let maker = Maker { home, language, role };
            maker.make(passphrase_file, sheet.as_deref(), out, err)
        }
        KeysCommand::Sheet => sheet(home, passphrase_file, language, out, err),
        KeysCommand::Passphrase { new_passphrase_file } => {
            passphrase(home, passphrase_file, new_passphrase_file.as_deref(), language, out, err)
        }
        KeysCommand::List { qr: None } => list(home, language, out),
        KeysCommand::List { qr: Some(number) } => square::show(home, &number, language, out),
        KeysCommand::Add { number, worker, key, file } => {
            let (role, says) = if worker {
                (Role::Caseworker, KeySays::AddedWorker)
            } else {
                (Role::Supervisor, KeySays::Added)
            };
            let added = key_of(key.as_deref(), file.as_deref()).and_then(|key| add(home, &number, key, role));
            added.map(|()| say(out, says, language))
        }
        KeysCommand::Remove { number } => {
            remove(home, &number).map(|()| say(out, KeySays::Removed, language))
        }
    };
    match done {
        Ok(()) => Exit::Done,
        Err(wrong) => complain(err, &wrong, language),
    }
}

fn say(out: &mut dyn Write, says: KeySays, language: Language) {
    // Whoever closed a pipe has read enough.
    let _ = writeln!(out, "{}", says.text(language));
}

fn keyring(home: &Path) -> Result<Keyring, KeyComplaint> {
    Keyring::read(home).map_err(|error| complaint(&error))
}

/// The settings say who reads: where they cannot be read, nothing is guessed.
pub(super) fn settings(home: &Path) -> Result<Settings, KeyComplaint> {
    Settings::read(home).map_err(|error| KeyComplaint::Settings(complaint_of_settings(error)))
}

struct Maker<'a> {
    home: &'a Path,
    language: Language,
    role: Role,
}

impl Maker<'_> {
    fn make(
        &self,
        passphrase_file: Option<&Path>,
        sheet: Option<&Path>,
        out: &mut dyn Write,
        err: &mut dyn Write,
    ) -> Result<(), KeyComplaint> {
        let wrong = |error| complaint(&error);
        let mut keys = match (Keyring::read(self.home), sheet) {
            (_, Some(sheet)) => return self.bring_back(sheet, passphrase_file, out, err),
            (Err(KeyringError::Unnamed(_)), None) => return self.name_again(passphrase_file, out, err),
            (keys, None) => keys.map_err(wrong)?,
        };
        if keys.own().is_some() {
            return Err(KeyComplaint::HasOwn);
        }
        let passphrase = new_passphrase(passphrase_file, self.language, err)?;
        let identity = Identity::generate();
        // Nothing is kept of a key whose sheet nobody could read, or from which a key turned away.
        if self.show_made(&identity, out)? == Shown::Hidden {
            return Ok(());
        }
        keys.keep_own(&identity, self.role, &passphrase, WorkFactor::OURS).map_err(|error| {
            say(err, KeySays::SheetOfNone, self.language);
            complaint(&error)
        })
    }

    fn bring_back(
        &self,
        sheet: &Path,
        passphrase_file: Option<&Path>,
        out: &mut dyn Write,
        err: &mut dyn Write,
    ) -> Result<(), KeyComplaint> {
        let identity = Sheet::read(&text_of(sheet)?).map_err(KeyComplaint::Sheet)?;
        let passphrase = new_passphrase(passphrase_file, self.language, err)?;
        let brought = Keyring::bring_back(self.home, &identity, self.role, &passphrase, WorkFactor::OURS);
        match brought.map_err(|error| complaint(&error))? {
            Brought::Again => say(out, KeySays::LockedAnew, self.language),
            Brought::New => {
                self.show_made(&identity, out)?;
            }
        }
        Ok(())
    }

    /// Shows a public key and its recovery sheet, all of it or as an error.
    fn show_made(&self, identity: &Identity, out: &mut dyn Write) -> Result<Shown, KeyComplaint> {
        let word = |says: KeySays| says.text(self.language);
        let mut public = || {
            writeln!(out, "{}\n  {}", word(KeySays::Made), identity.public())?;
            writeln!(out, "  {}\n", word(KeySays::SquareUse))
        };
        let failed = |why: io::Error| KeyComplaint::SheetNotShown { why: line_safe(&why.to_string()) };
        if above_a_terminal() {
            let shown = show_sheet(self.home, identity, self.language, &mut io::sink())?;
            if shown == Shown::Read {
                public().map_err(failed)?;
            }
            return Ok(shown);
        }
        public().map_err(failed)?;
        show_sheet(self.home, identity, self.language, out)
    }

    fn name_again(
        &self,
        passphrase_file: Option<&Path>,
        out: &mut dyn Write,
        err: &mut dyn Write,
    ) -> Result<(), KeyComplaint> {
        let passphrase = match passphrase_file {
            Some(path) => from_file(path)?,
            None => typed(KeySays::Found, self.language, err)?,
        };
        let key =
            Keyring::name_again(self.home, self.role, &passphrase).map_err(|error| complaint(&error))?;
        say(out, KeySays::NamedAgain, self.language);
        let _ = writeln!(out, "  {key}");
        Ok(())
    }
}

/// A passphrase that is to lock something: from a file, or typed twice.
fn new_passphrase(
    file: Option<&Path>,
    language: Language,
    err: &mut dyn Write,
) -> Result<Passphrase, KeyComplaint> {
    let long = |passphrase: Passphrase| {
        if passphrase.is_long_enough() { Ok(passphrase) } else { Err(KeyComplaint::TooShort) }
    };
    if let Some(path) = file {
        return from_file(path).and_then(long);
    }
    let first = typed(KeySays::NewPassphrase, language, err).and_then(long)?;
    if first.is(&typed(KeySays::Again, language, err)?) { Ok(first) } else { Err(KeyComplaint::NotTheSame) }
}

/// Whether a person sits there: then a sheet stands on a page of its own, of which nothing stays in the scrollback.
fn above_a_terminal() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Shows a recovery sheet: on a page above the terminal, until it was read or a key hid it, or into a pipe.
fn show_sheet(
    home: &Path,
    identity: &Identity,
    language: Language,
    out: &mut dyn Write,
) -> Result<Shown, KeyComplaint> {
    let failed =
        |why: &dyn std::fmt::Display| KeyComplaint::SheetNotShown { why: line_safe(&why.to_string()) };
    if !above_a_terminal() {
        return write_sheet(identity, language, out).map(|()| Shown::Read).map_err(|why| failed(&why));
    }
    let mut text = Vec::new();
    write_sheet(identity, language, &mut text).map_err(|why| failed(&why))?;
    let lines = String::from_utf8_lossy(&text).lines().map(|line| line.trim().to_owned()).collect();
    show_once(lines, language, &settings(home)?).map_err(|why| failed(&why))
}

fn write_sheet(identity: &Identity, language: Language, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", KeySays::SheetTitle.text(language))?;
    for (number, row) in (1..).zip(Sheet::of(identity).rows()) {
        writeln!(out, "  {number}.  {row}")?;
    }
    writeln!(out, "{}", KeySays::SheetUse.text(language))?;
    out.flush()
}

/// Shows the recovery sheet again, to whoever knows the passphrase.
fn sheet(
    home: &Path,
    passphrase_file: Option<&Path>,
    language: Language,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<(), KeyComplaint> {
    let identity = unlock(&keyring(home)?, passphrase_file, language, err)?.ok_or(KeyComplaint::NoOwn)?;
    show_sheet(home, &identity, language, out).map(drop)
}

/// Changes the passphrase, by the old one.
fn passphrase(
    home: &Path,
    old: Option<&Path>,
    new: Option<&Path>,
    language: Language,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<(), KeyComplaint> {
    let mut keys = keyring(home)?;
    let identity = unlock(&keys, old, language, err)?.ok_or(KeyComplaint::NoOwn)?;
    let passphrase = new_passphrase(new, language, err)?;
    keys.lock_anew(&identity, &passphrase, WorkFactor::OURS).map_err(|error| complaint(&error))?;
    say(out, KeySays::PassphraseChanged, language);
    Ok(())
}

fn list(home: &Path, language: Language, out: &mut dyn Write) -> Result<(), KeyComplaint> {
    let keys = keyring(home)?;
    let settings = settings(home)?;
    let word = |says: KeySays| says.text(language);
    let mut none = true;
    let mut line = |text: String| {
        none = false;
        let _ = writeln!(out, "{text}");
    };
    for other in keys.others() {
        match other.role {
            Role::Supervisor => line(format!("{}  {}", other.number, other.key)),
            Role::Caseworker => {
                line(format!("{} ({})  {}", other.number, word(KeySays::RemarksOnly), other.key));
            }
        }
    }
    if let Some(path) = settings.recipients() {
        let shown = line_safe(&path.display().to_string());
        for key in list_in(&path).map_err(|error| complaint(&error))? {
            line(format!("{} (`{shown}`)  {key}", word(KeySays::Office)));
        }
    }
    if let Some(own) = keys.own() {
        let role = match own.role {
            Role::Caseworker => word(KeySays::Caseworker),
            Role::Supervisor => word(KeySays::Supervisor),
        };
        let reads = if settings.own_key() { KeySays::OwnReads } else { KeySays::OwnDoesNot };
        line(format!("{} ({role}, {})  {}", word(KeySays::Own), word(reads), own.key));
    }
    if none {
        say(out, KeySays::None, language);
    }
    Ok(())
}

fn add(home: &Path, number: &str, key: Recipient, role: Role) -> Result<(), KeyComplaint> {
    let number = StaffNumber::new(number).map_err(|_| KeyComplaint::Number)?;
    keyring(home)?.add(number, key, role).map_err(|error| complaint(&error))
}

/// A key as it was typed, or that of a file.
fn key_of(key: Option<&str>, file: Option<&Path>) -> Result<Recipient, KeyComplaint> {
    match file {
        Some(path) => Keyring::key_in(path).map_err(|error| complaint(&error)),
        None => Recipient::new(key.unwrap_or_default()).map_err(KeyComplaint::Recipient),
    }
}

fn remove(home: &Path, number: &str) -> Result<(), KeyComplaint> {
    let number = StaffNumber::new(number).map_err(|_| KeyComplaint::Number)?;
    keyring(home)?.remove(&number).map_err(|error| complaint(&error))
}

fn text_of(path: &Path) -> Result<String, KeyComplaint> {
    let mut text = String::new();
    File::open(path).and_then(|file| file.take(LARGEST).read_to_string(&mut text)).map_err(
        |error: io::Error| {
            let (path, why) = (path.display().to_string(), error.to_string());
            KeyComplaint::disk(line_safe(&path), line_safe(&why), error.kind())
        },
    )?;
    Ok(text)
}
