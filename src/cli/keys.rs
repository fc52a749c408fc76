//! `amparo keys`: making an identity, listing keys, adding and taking out those who may read.

mod pin;
mod square;

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use clap::Subcommand;

use crate::desk::{Keyring, Role, Settings, complaint};
use crate::seal::{Identity, Passphrase, Recipient, Sheet, Which, WorkFactor, read_list};
use crate::text::{Language, StaffNumber, line_safe};
use crate::words::{KeyComplaint, KeySays};

use super::exit::Exit;
use super::passphrase::{complain, from_file, typed};

pub(super) use pin::complain_of as complain_of_pin;

/// What can be done with keys.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand)]
pub enum KeysCommand {
    /// Make this machine's own key, with a recovery sheet
    New {
        /// Mark it as a supervisor's
        #[arg(long)]
        supervisor: bool,
        /// File with a recovery sheet as it was typed: brings that key back in place of a new one
        #[arg(long, value_name = "FILE")]
        sheet: Option<PathBuf>,
    },
    /// List the keys that can read what is written on this machine
    List {
        /// Show one key as a square for a camera: the key with this number, or this machine's own
        #[arg(long, value_name = "NUMBER", num_args = 0..=1, default_missing_value = "")]
        qr: Option<String>,
    },
    /// Add a supervisor's public key, or with --worker a caseworker's
    Add {
        /// Her staff number
        number: String,
        /// It is a caseworker's, and reads only remarks that are addressed to her number
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
        let mut keys = keyring(self.home)?;
        if keys.own().is_some() {
            return Err(KeyComplaint::HasOwn);
        }
        let identity = match sheet {
            None => Identity::generate(),
            Some(path) => Sheet::read(&text_of(path)?).map_err(KeyComplaint::Sheet)?,
        };
        let passphrase = match passphrase_file {
            Some(path) => from_file(path)?,
            None => self.typed_twice(err)?,
        };
        keys.keep_own(&identity, self.role, &passphrase, WorkFactor::OURS)
            .map_err(|error| complaint(&error))?;
        say(out, KeySays::Made, self.language);
        let _ = writeln!(out, "  {}", identity.public());
        let _ = writeln!(out, "  {}\n", KeySays::SquareUse.text(self.language));
        say(out, KeySays::SheetTitle, self.language);
        for (number, row) in (1..).zip(Sheet::of(&identity).rows()) {
            let _ = writeln!(out, "  {number}.  {row}");
        }
        say(out, KeySays::SheetUse, self.language);
        Ok(())
    }

    fn typed_twice(&self, err: &mut dyn Write) -> Result<Passphrase, KeyComplaint> {
        let first = typed(KeySays::NewPassphrase, self.language, err)?;
        if !first.is_long_enough() {
            return Err(KeyComplaint::TooShort);
        }
        if !first.is(&typed(KeySays::Again, self.language, err)?) {
            return Err(KeyComplaint::NotTheSame);
        }
        Ok(first)
    }
}

fn list(home: &Path, language: Language, out: &mut dyn Write) -> Result<(), KeyComplaint> {
    let keys = keyring(home)?;
    let settings = Settings::read(home).unwrap_or_default();
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
        let bytes = text_of(&path)?;
        let shown = line_safe(&path.display().to_string());
        let all =
            read_list(bytes.as_bytes()).map_err(|why| KeyComplaint::List { path: shown.clone(), why })?;
        for key in all {
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

/// A key as it was typed, or the first line of a file that is no comment.
fn key_of(key: Option<&str>, file: Option<&Path>) -> Result<Recipient, KeyComplaint> {
    let text = match (key, file) {
        (Some(key), _) => key.to_owned(),
        (None, Some(path)) => text_of(path)?,
        (None, None) => String::new(),
    };
    let line = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
    Recipient::new(line.unwrap_or_default()).map_err(KeyComplaint::Recipient)
}

fn remove(home: &Path, number: &str) -> Result<(), KeyComplaint> {
    let number = StaffNumber::new(number).map_err(|_| KeyComplaint::Number)?;
    keyring(home)?.remove(&number).map_err(|error| complaint(&error))
}

fn text_of(path: &Path) -> Result<String, KeyComplaint> {
    let mut text = String::new();
    File::open(path).and_then(|file| file.take(LARGEST).read_to_string(&mut text)).map_err(
        |error: io::Error| KeyComplaint::Disk {
            path: line_safe(&path.display().to_string()),
            why: line_safe(&error.to_string()),
        },
    )?;
    Ok(text)
}
