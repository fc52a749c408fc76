//! `amparo sessions`: list, show and erase what is kept. What is said is in `words`, what can be said in `review`.

mod addendum;
mod erase;
mod export;
mod filtering;
mod list;
mod progress;
mod report;
mod show;
mod stats;
mod verify;
mod who;

use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Subcommand;

use crate::desk::{AtHand, Clock, Keyring, KeyringError, Role, Settings};
use crate::journal::{EntryKind, JournalError, SessionName, Store};
use crate::machine::At;
use crate::seal::HeadCode;
use crate::text::{Language, line_safe};
use crate::words::{KeyComplaint, SessionWord, journal_trouble};

use super::exit::Exit;
use super::passphrase;

pub use export::{Export, FileFormat};
pub use filtering::FilterArguments;
pub use report::report;
pub use stats::{FiguresFormat, Stats};
pub use who::ByArgument;

/// What can be done with saved sessions.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand)]
pub enum SessionsCommand {
    /// List what is kept, the latest first
    List {
        /// As data: a JSON array
        #[arg(long)]
        json: bool,
        /// Only those that were kept as long as the setting `keep_days` says
        #[arg(long)]
        past: bool,
    },
    /// Show what happened in a session, in order
    Show {
        /// Its name, or the beginning of it; without one, the latest
        session: Option<String>,
        /// As data: a JSON object
        #[arg(long)]
        json: bool,
    },
    /// Look whether sessions are as they were recorded
    Verify {
        /// Files or folders; without any, all sessions of this machine
        files: Vec<PathBuf>,
        /// As data: a JSON array
        #[arg(long)]
        json: bool,
        /// The head code that was noted on paper, for one file
        #[arg(long, value_name = "CODE", requires = "files")]
        head: Option<String>,
    },
    /// Add something to a closed session: a sealed file beside it
    Addendum {
        /// Its name, or the beginning of it
        session: String,
        /// File with the text; without one, a line is asked
        #[arg(long, value_name = "FILE")]
        text_file: Option<PathBuf>,
    },
    /// Write sessions into a file that is not sealed, without what is private
    Export(Export),
    /// Figures over many sessions: how they end, how long phases take, what is passed by
    Stats(Stats),
    /// Erase a session; a note of when and why stays
    Erase {
        /// Its name, or the beginning of it
        session: String,
        /// File with the reason, one line (`-`: standard input); without one, the reason is asked
        #[arg(long, value_name = "FILE")]
        reason_file: Option<PathBuf>,
        /// Who erases it
        #[command(flatten)]
        by: ByArgument,
        /// Do not ask whether to erase it
        #[arg(long)]
        yes: bool,
    },
}

/// What a command works with.
pub struct Around<'a> {
    /// The language of messages.
    pub language: Language,
    /// The folder with the sessions.
    pub home: &'a Path,
    /// The present.
    pub now: At,
    /// The settings of this machine.
    pub settings: Settings,
    /// The keys that are at hand.
    pub keys: AtHand,
    /// What the key of this machine is for.
    pub role: Role,
    /// Where answers come from.
    pub input: &'a mut dyn BufRead,
    /// Where results go.
    pub out: &'a mut dyn Write,
    /// Where complaints and questions go.
    pub err: &'a mut dyn Write,
}

/// Runs a command on the sessions of a home folder, with the present and with answers from standard input.
pub fn run(
    command: SessionsCommand,
    passphrase_file: Option<&Path>,
    language: Language,
    home: &Path,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Exit {
    let now = Clock::start().now();
    let store = Store::at(home);
    let homecoming = super::place::bring_home(&store);
    if matches!(command, SessionsCommand::List { .. } | SessionsCommand::Verify { .. }) {
        super::place::tell_what_stays(&homecoming, language, err);
    }
    let erases = matches!(command, SessionsCommand::Erase { .. });
    let needs = match &command {
        SessionsCommand::Verify { files, .. } if files.is_empty() => Needs::Nothing,
        SessionsCommand::Verify { .. } => Needs::NothingForFiles,
        SessionsCommand::List { .. } | SessionsCommand::Show { .. } | SessionsCommand::Stats(_) => Needs::Key,
        SessionsCommand::Addendum { .. } | SessionsCommand::Export(_) | SessionsCommand::Erase { .. } => {
            Needs::Readers
        }
    };
    let (settings, keys, role) = match keys(needs, passphrase_file, language, home, err) {
        Ok(had) => had,
        Err(wrong) => return passphrase::complain(err, &wrong, language),
    };
    let input = &mut io::stdin().lock();
    let exit =
        run_around(command, &mut Around { language, home, now, settings, keys, role, input, out, err });
    if erases {
        // What was left of it elsewhere goes too.
        super::place::bring_home(&store);
    }
    exit
}

/// What a command cannot do without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Needs {
    /// It can do without anything.
    Nothing,
    /// So can this; but what it looks at may be on a stick, so that it counts for nothing that none is kept here.
    NothingForFiles,
    /// It opens sessions.
    Key,
    /// It opens sessions, and seals something.
    Readers,
}

/// Unlocks what a command needs. Without a key of its own a machine can verify by what was noted, and no more.
fn keys(
    needs: Needs,
    passphrase_file: Option<&Path>,
    language: Language,
    home: &Path,
    err: &mut dyn Write,
) -> Result<(Settings, AtHand, Role), KeyComplaint> {
    let settings = super::keys::settings(home)?;
    let wrong = |error: &KeyringError| crate::desk::complaint(error);
    let ring = Keyring::read(home).map_err(|error| wrong(&error))?;
    let role = ring.own().map_or(Role::Caseworker, |own| own.role);
    let may_do_without = matches!(needs, Needs::Nothing | Needs::NothingForFiles);
    let has_nothing_to_open = needs != Needs::NothingForFiles && is_empty(home);
    if ring.own().is_none() && !may_do_without && !has_nothing_to_open {
        return Err(KeyComplaint::NoOwn);
    }
    // Told before a passphrase is asked for.
    let recipients = match (needs, ring.recipients(&settings)) {
        (Needs::Nothing | Needs::NothingForFiles | Needs::Key, _)
        | (Needs::Readers, Err(KeyringError::Nobody)) => None,
        (Needs::Readers, readers) => Some(readers.map_err(|error| wrong(&error))?),
    };
    let identity = match passphrase_file {
        _ if has_nothing_to_open => None,
        None if may_do_without => passphrase::unlock_or_not(&ring, language, err)?,
        file => passphrase::unlock(&ring, file, language, err)?,
    };
    let own = ring.own().map(|own| own.key.clone());
    let keys = AtHand { identity: identity.map(Arc::new), recipients, own, ..AtHand::default() };
    Ok((settings, keys, role))
}

/// Whether nothing is kept, so that nobody is asked for a passphrase for nothing.
fn is_empty(home: &Path) -> bool {
    Store::at(home).list().is_ok_and(|entries| entries.is_empty())
}

/// Runs a command.
pub fn run_around(command: SessionsCommand, around: &mut Around<'_>) -> Exit {
    let done = match command {
        SessionsCommand::List { json, past } => {
            let which = if past { list::Which::PastTheirTime } else { list::Which::All };
            if json { list::data(around, which) } else { list::lines(around, which) }
        }
        SessionsCommand::Show { session, json } => match chosen(around, session.as_deref()) {
            Err(error) => Err(error.into()),
            Ok(None) => Ok(no_session(around)),
            Ok(Some(name)) if json => show::data(around, name),
            Ok(Some(name)) => show::page(around, name),
        },
        SessionsCommand::Verify { files, json, head } => match head.as_deref().map(HeadCode::new).transpose()
        {
            Ok(head) => {
                verify::run(around, &files, head, if json { verify::As::Data } else { verify::As::Lines })
            }
            Err(why) => {
                return passphrase::complain(around.err, &KeyComplaint::Head(why), around.language);
            }
        },
        SessionsCommand::Addendum { .. } if around.keys.recipients.is_none() => {
            return passphrase::complain(around.err, &KeyComplaint::Nobody, around.language);
        }
        SessionsCommand::Addendum { session, text_file } => {
            addendum::run(around, &session, text_file.as_deref())
        }
        SessionsCommand::Export(wanted) => export::run(around, &wanted),
        SessionsCommand::Stats(wanted) => stats::run(around, &wanted),
        SessionsCommand::Erase { .. }
            if around.role != Role::Supervisor || around.keys.recipients.is_none() =>
        {
            return passphrase::complain(around.err, &KeyComplaint::NotSupervisor, around.language);
        }
        SessionsCommand::Erase { session, reason_file, by, yes } => {
            let asking = if yes { erase::Asking::Never } else { erase::Asking::First };
            erase::run(around, &session, reason_file.as_deref(), &by, asking)
        }
    };
    match done {
        Ok(exit) => exit,
        Err(Failed::Journal(error)) => complain(around.err, &error, around.language),
        // Whoever closed a pipe has read enough.
        Err(Failed::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Done,
        Err(Failed::Output(error)) => {
            let _ = writeln!(around.err, "{}: {error}", SessionWord::Error.text(around.language));
            Exit::CouldNot
        }
    }
}

/// Says what went wrong with a journal, and what to do next.
pub fn complain(err: &mut dyn Write, error: &JournalError, language: Language) -> Exit {
    let (what, help) = journal_trouble(error, language);
    complain_so(err, language, &what, &help)
}

fn complain_so(err: &mut dyn Write, language: Language, what: &str, help: &str) -> Exit {
    let (error_word, help_word) = (SessionWord::Error.text(language), SessionWord::Help.text(language));
    // Nobody reads a closed standard error.
    let _ = writeln!(err, "{error_word}: {what}\n{help_word}: {help}");
    Exit::CouldNot
}

impl Around<'_> {
    /// Opens a session; without a key, none is for us.
    fn open(&self, name: &SessionName) -> Result<crate::journal::Session, JournalError> {
        match &self.keys.identity {
            Some(identity) => Store::at(self.home).open(name, identity),
            None => Err(JournalError::NotForUs(*name)),
        }
    }
}

/// Why a command could not go to its end.
enum Failed {
    Journal(JournalError),
    Output(io::Error),
}

impl From<JournalError> for Failed {
    fn from(error: JournalError) -> Self {
        Self::Journal(error)
    }
}

impl From<io::Error> for Failed {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// The session that is named, or the latest one.
fn chosen(around: &Around<'_>, session: Option<&str>) -> Result<Option<SessionName>, JournalError> {
    let store = Store::at(around.home);
    match session {
        Some(text) => store.find(text).map(Some),
        None => Ok(store.list()?.into_iter().find_map(|entry| match entry.kind {
            EntryKind::Session(name) => Some(name),
            EntryKind::Foreign { .. } => None,
        })),
    }
}

fn no_session(around: &mut Around<'_>) -> Exit {
    let what = SessionWord::NoSessions.text(around.language);
    let help = SessionWord::HowToBegin.text(around.language);
    complain_so(around.err, around.language, &format!("{what}: `{}`", shown(around.home)), help)
}

fn shown(path: &Path) -> String {
    line_safe(&path.display().to_string())
}
