//! Opening the screen: at the start, into a new session or practice, or back into an open one.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::desk::{self, AtHand, Begin, Keyring, ReadProtocol, Seat, Settings, Shows};
use crate::journal::{EntryKind, JournalError, SessionName, Store, make_own};
use crate::protocol;
use crate::seal::Identity;
use crate::terminal::OpenError;
use crate::text::{Language, LanguageCode, line_safe};
use crate::ui::{Colour, Goal};
use crate::words::{Complaint, KeyComplaint};

use super::arguments::Run;
use super::exit::Exit;
use super::{passphrase, place};

/// The start screen.
pub fn start(
    home: &Path,
    passphrase_file: Option<&Path>,
    language: Option<Language>,
    err: &mut dyn Write,
) -> Exit {
    let opening = Opening { home, language, say: None, protocol: None, shows: Shows::Cells };
    let spoken = language.unwrap_or_else(place::language);
    let done = opening.open(|_, keys| {
        // Nobody is asked before she wants to read: what is sealed stays so until then.
        if passphrase_file.is_some() {
            keys.identity = Some(unlocked(home, passphrase_file, spoken, err)?);
        }
        Ok(Begin::Start)
    });
    opened(err, language, done)
}

fn unlocked(
    home: &Path,
    passphrase_file: Option<&Path>,
    language: Language,
    err: &mut dyn Write,
) -> Result<Arc<Identity>, Trouble> {
    let ring = Keyring::read(home).map_err(|error| Trouble::Keys(desk::complaint(&error)))?;
    let unlocked = passphrase::unlock(&ring, passphrase_file, language, err).map_err(Trouble::Keys)?;
    unlocked.map(Arc::new).ok_or(Trouble::Keys(KeyComplaint::NoOwn))
}

/// A new session, or practice.
pub fn run(home: &Path, wanted: &Run, language: Option<Language>, err: &mut dyn Write) -> Exit {
    let begin = if wanted.practice { Begin::Practice } else { Begin::Form };
    let shows = if wanted.plain { Shows::Lines } else { Shows::Cells };
    let (say, protocol) = (wanted.say.as_deref(), wanted.protocol.as_deref());
    let opening = Opening { home, language, say, protocol, shows };
    // Where nobody could read a session, the screen leads through making the first key.
    let done = opening.open(|_, _| Ok(begin));
    opened(err, language, done)
}

/// An open session: the one that is named, or the only one.
pub fn resume(
    home: &Path,
    session: Option<&str>,
    passphrase_file: Option<&Path>,
    language: Option<Language>,
    err: &mut dyn Write,
) -> Exit {
    let opening = Opening { home, language, say: None, protocol: None, shows: Shows::Cells };
    let spoken = language.unwrap_or_else(place::language);
    let done = opening.open(|store, keys| {
        place::bring_home(store);
        if passphrase_file.is_none() {
            return asked_on_the_screen(store, session, keys);
        }
        let identity = unlocked(home, passphrase_file, spoken, err)?;
        let name = match session {
            Some(text) => store.find(text).map_err(Trouble::Journal)?,
            None => only_open(store, &identity)?,
        };
        keys.identity = Some(identity);
        let taken = desk::take_up(store, &name, keys).map_err(Trouble::Journal)?;
        Ok(Begin::Resume(Box::new(taken)))
    });
    opened(err, language, done)
}

/// The review, or a session of it.
pub fn review(
    home: &Path,
    session: Option<&str>,
    passphrase_file: Option<&Path>,
    language: Option<Language>,
    err: &mut dyn Write,
) -> Exit {
    let opening = Opening { home, language, say: None, protocol: None, shows: Shows::Cells };
    let spoken = language.unwrap_or_else(place::language);
    let done = opening.open(|store, keys| {
        place::bring_home(store);
        let session = session.map(|text| store.find(text)).transpose().map_err(Trouble::Journal)?;
        if passphrase_file.is_some() {
            keys.identity = Some(unlocked(home, passphrase_file, spoken, err)?);
            return Ok(Begin::Review(session));
        }
        if keys.own.is_none() {
            return Err(Trouble::Keys(KeyComplaint::NoOwn));
        }
        Ok(Begin::Unlock(session.map_or(Goal::Read, Goal::ReadThis)))
    });
    opened(err, language, done)
}

/// The passphrase is asked for on the screen, where keys hide; what needs none is told before.
fn asked_on_the_screen(store: &Store, session: Option<&str>, keys: &AtHand) -> Result<Begin, Trouble> {
    let goal = match session {
        Some(text) => Goal::Session(store.find(text).map_err(Trouble::Journal)?),
        None => Goal::Resume,
    };
    if !store
        .list()
        .map_err(Trouble::Journal)?
        .iter()
        .any(|entry| matches!(entry.kind, EntryKind::Session(_)))
    {
        return Err(Trouble::Complaint(Complaint::NothingToResume, Exit::CouldNot));
    }
    if keys.own.is_none() {
        return Err(Trouble::Keys(KeyComplaint::NoOwn));
    }
    Ok(Begin::Unlock(goal))
}

/// Why the screen did not open.
enum Trouble {
    Complaint(Complaint, Exit),
    Journal(JournalError),
    Keys(KeyComplaint),
    /// A protocol's file cannot be read.
    File(protocol::FileProblem),
    /// The findings, drawn, and what they are about.
    Protocol(String, Complaint),
    Terminal(OpenError),
    /// The PIN cannot be read.
    Pin(desk::PinError),
}

struct Opening<'a> {
    home: &'a Path,
    language: Option<Language>,
    say: Option<&'a str>,
    protocol: Option<&'a Path>,
    shows: Shows,
}

impl Opening<'_> {
    fn open(self, begin: impl FnOnce(&Store, &mut AtHand) -> Result<Begin, Trouble>) -> Result<(), Trouble> {
        let settings = Settings::read(self.home).map_err(|error| {
            let exit = if matches!(error, desk::SettingsError::Garbled(_)) {
                Exit::NotRight
            } else {
                Exit::CouldNot
            };
            Trouble::Complaint(desk::complaint_of_settings(error), exit)
        })?;
        let language = self.language.or_else(|| settings.language()).unwrap_or_else(place::language);
        let path: Option<PathBuf> = self.protocol.map(Path::to_owned).or_else(|| settings.protocol());
        let protocol = path.map(|path| from_file(&path, language)).transpose()?;
        let said = match self.say {
            None => settings.say(),
            Some(code) => Some(said_in(code, protocol.as_ref())?),
        };
        let mut keys = passphrase::writers_keys(self.home, &settings).map_err(Trouble::Keys)?;
        let begin = begin(&Store::at(self.home), &mut keys)?;
        let mut look = settings.look();
        if place::no_colour() {
            look.colour = Colour::None;
        }
        let elsewhere = place::elsewhere();
        let exposed = make_own(self.home);
        let pin = desk::pin_of(self.home).map_err(Trouble::Pin)?;
        let seat = Seat {
            home: self.home.to_owned(),
            settings,
            look,
            language,
            said,
            protocol,
            begin,
            elsewhere,
            exposed,
            pin,
            shows: self.shows,
            keys,
        };
        desk::sit(seat).map_err(Trouble::Terminal)
    }
}

/// A protocol from a file, with the translations beside it.
fn from_file(path: &Path, language: Language) -> Result<ReadProtocol, Trouble> {
    let complaint = Complaint::ProtocolWrong { path: line_safe(&path.display().to_string()) };
    let reading = protocol::read_file(path).map_err(Trouble::File)?;
    let drawn = super::protocol::drawn(&reading, language);
    ReadProtocol::of(reading).ok_or(Trouble::Protocol(drawn, complaint))
}

/// A language that a protocol has words in.
fn said_in(code: &str, protocol: Option<&ReadProtocol>) -> Result<LanguageCode, Trouble> {
    let shipped = protocol.is_none().then(desk::shipped).flatten();
    let all: Vec<LanguageCode> = protocol
        .or(shipped.as_ref())
        .map(|read| &read.protocol)
        .into_iter()
        .flat_map(|protocol| std::iter::once(&protocol.language).chain(&protocol.translations).cloned())
        .collect();
    all.iter().find(|language| language.as_str() == code).cloned().ok_or_else(|| {
        let has = all.iter().map(LanguageCode::as_str).collect::<Vec<_>>().join(", ");
        Trouble::Complaint(Complaint::NoSuchSay { code: line_safe(code), has }, Exit::Usage)
    })
}

fn only_open(store: &Store, identity: &Identity) -> Result<SessionName, Trouble> {
    let entries = store.list().map_err(Trouble::Journal)?;
    let open: Vec<SessionName> = entries
        .into_iter()
        .filter_map(|entry| match entry.kind {
            EntryKind::Session(name) => Some(name),
            EntryKind::Foreign { .. } => None,
        })
        .filter(|name| {
            store.open(name, identity).is_ok_and(|session| {
                let open = matches!(
                    session.verdict,
                    crate::journal::Verdict::Open | crate::journal::Verdict::Torn { .. }
                );
                // One that was stopped as it began has nothing to go on with.
                open && !session.is_unbegun()
            })
        })
        .collect();
    match open.as_slice() {
        [] => Err(Trouble::Complaint(Complaint::NothingToResume, Exit::CouldNot)),
        [name] => Ok(*name),
        several => Err(Trouble::Complaint(Complaint::WhichToResume { open: several.len() }, Exit::CouldNot)),
    }
}

fn opened(err: &mut dyn Write, language: Option<Language>, done: Result<(), Trouble>) -> Exit {
    let language = language.unwrap_or_else(place::language);
    let complain = |err: &mut dyn Write, complaint, exit| super::complain(err, &complaint, language, exit);
    match done {
        Ok(()) => Exit::Done,
        Err(Trouble::Complaint(complaint, exit)) => complain(err, complaint, exit),
        Err(Trouble::Keys(wrong)) => passphrase::complain(err, &wrong, language),
        Err(Trouble::Journal(error)) => super::sessions::complain(err, &error, language),
        Err(Trouble::Pin(error)) => super::keys::complain_of_pin(&error, language, err),
        Err(Trouble::File(problem)) => super::protocol::complain(err, &problem, language),
        Err(Trouble::Protocol(drawn, complaint)) => {
            // Nobody reads a closed standard error.
            let _ = write!(err, "{drawn}");
            complain(err, complaint, Exit::NotRight)
        }
        Err(Trouble::Terminal(error)) => {
            let complaint = match error {
                OpenError::NotATerminal => Complaint::NoTerminal,
                OpenError::TooOld => Complaint::TerminalTooOld,
                OpenError::Io { source } => Complaint::TerminalFailed { why: source.to_string() },
            };
            complain(err, complaint, Exit::CouldNot)
        }
    }
}
