//! `amparo sessions`: list, show and erase what is kept. What is said is in `words`, what can be said in `review`.

mod erase;
mod list;
mod show;

use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};

use clap::Subcommand;

use crate::desk::{Clock, Pages};
use crate::journal::{EntryKind, JournalError, SessionName, Store};
use crate::machine::At;
use crate::text::{Language, line_safe};
use crate::ui::ListedSession;
use crate::words::{SessionWord, journal_trouble};

use super::exit::Exit;

/// What can be done with saved sessions.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand)]
pub enum SessionsCommand {
    /// List what is kept, the latest first
    List {
        /// As data: a JSON array
        #[arg(long)]
        json: bool,
    },
    /// Show what happened in a session, in order
    Show {
        /// Its name, or the beginning of it; without one, the latest
        session: Option<String>,
        /// As data: a JSON object
        #[arg(long)]
        json: bool,
    },
    /// Erase a session; a note of when and why stays
    Erase {
        /// Its name, or the beginning of it
        session: String,
        /// File with the reason, one line (`-`: standard input); without one, the reason is asked
        #[arg(long, value_name = "FILE")]
        reason_file: Option<PathBuf>,
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
    /// Where answers come from.
    pub input: &'a mut dyn BufRead,
    /// Where results go.
    pub out: &'a mut dyn Write,
    /// Where complaints and questions go.
    pub err: &'a mut dyn Write,
}

/// What `amparo review` does for now: one session, or the list.
pub fn review(session: Option<String>) -> SessionsCommand {
    match session {
        Some(_) => SessionsCommand::Show { session, json: false },
        None => SessionsCommand::List { json: false },
    }
}

/// The list and the pages, for the screen that reads them from the start.
pub const PAGES: Pages = Pages { list: listed, page: page_of };

fn listed(home: &Path, language: Language) -> Vec<ListedSession> {
    let (now, input) = (Clock::start().now(), &mut io::empty());
    let (mut out, mut err) = (io::sink(), io::sink());
    let around = Around { language, home, now, input, out: &mut out, err: &mut err };
    list::named_lines(&around).unwrap_or_default()
}

/// What went wrong with reading it stands on the page.
fn page_of(home: &Path, name: &str, language: Language) -> Vec<String> {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let (now, input) = (Clock::start().now(), &mut io::empty());
    let command = SessionsCommand::Show { session: Some(name.to_owned()), json: false };
    run_around(command, &mut Around { language, home, now, input, out: &mut out, err: &mut err });
    out.extend(err);
    String::from_utf8_lossy(&out).lines().map(str::to_owned).collect()
}

/// Runs a command on the sessions of a home folder, with the present and with answers from standard input.
pub fn run(
    command: SessionsCommand,
    language: Language,
    home: &Path,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Exit {
    let now = Clock::start().now();
    run_around(command, &mut Around { language, home, now, input: &mut io::stdin().lock(), out, err })
}

/// Runs a command.
pub fn run_around(command: SessionsCommand, around: &mut Around<'_>) -> Exit {
    let done = match command {
        SessionsCommand::List { json: false } => list::lines(around),
        SessionsCommand::List { json: true } => list::data(around),
        SessionsCommand::Show { session, json } => match chosen(around, session.as_deref()) {
            Err(error) => Err(error.into()),
            Ok(None) => Ok(no_session(around)),
            Ok(Some(name)) if json => show::data(around, name),
            Ok(Some(name)) => show::page(around, name),
        },
        SessionsCommand::Erase { session, reason_file, yes } => {
            let asking = if yes { erase::Asking::Never } else { erase::Asking::First };
            erase::run(around, &session, reason_file.as_deref(), asking)
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
