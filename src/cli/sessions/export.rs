//! `amparo sessions export`: sessions as a page, Markdown, a table or JSON Lines, without what is private.

use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::desk::{Handed, HandingOn, OpenedSession, Terms, Wholeness};
use crate::export::{AskedFor, Format, private_steps};
use crate::journal::{EntryKind, JournalError, Reader, SessionName, Store};
use crate::review::{Context, Filter, Protocols};
use crate::text::StepId;
use crate::words::{ExportComplaint, ExportSays, journal_trouble};

use super::super::exit::Exit;
use super::super::outgoing::{Destination, NoWay, Outgoing, Replacing, Spoken, ended, not_written, outgoing};
use super::filtering::{FilterArguments, filter};
use super::{Around, Failed, complain_so};

/// What is handed on, and how.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub struct Export {
    /// Their names, or the beginnings of them
    #[arg(conflicts_with_all = ["all", "filter", "filter_file"])]
    pub sessions: Vec<String>,
    /// All sessions of this machine
    #[arg(long, conflicts_with_all = ["filter", "filter_file"])]
    pub all: bool,
    /// Which of them
    #[command(flatten)]
    pub filter: FilterArguments,
    /// html: a page for people; md: Markdown; csv: a row an event; jsonl: a line a session
    #[arg(long, value_enum, default_value_t = FileFormat::Html, value_name = "FORMAT")]
    pub format: FileFormat,
    /// File to write, for your eyes only; without one, standard output
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Replace the file without asking where it is there already
    #[arg(long, requires = "output")]
    pub overwrite: bool,
    /// With this private step, by its id; all others stay out. Can be given several times
    #[arg(long = "with", value_name = "STEP", value_parser = StepId::new)]
    pub with: Vec<StepId>,
}

/// The kinds of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FileFormat {
    /// A page for people
    Html,
    /// Markdown
    Md,
    /// A table, a row an event
    Csv,
    /// JSON Lines, a line a session
    Jsonl,
}

impl From<FileFormat> for Format {
    fn from(format: FileFormat) -> Self {
        match format {
            FileFormat::Html => Self::Html,
            FileFormat::Md => Self::Markdown,
            FileFormat::Csv => Self::Csv,
            FileFormat::Jsonl => Self::Lines,
        }
    }
}

/// Hands sessions on.
pub(super) fn run(around: &mut Around<'_>, export: &Export) -> Result<Exit, Failed> {
    let language = around.language;
    let filter = match filter(around, &export.filter)? {
        Ok(filter) => filter,
        Err(complaint) => return Ok(complain(around, &complaint)),
    };
    if export.sessions.is_empty() && !export.all && filter.is_none() {
        return Ok(complain(around, &ExportComplaint::NothingChosen));
    }
    let (names, mut exit) = chosen(around, export)?;
    let asked = AskedFor(export.with.iter().cloned().collect());
    if let Some(complaint) = unknown(around, &names, &asked) {
        return Ok(complain(around, &complaint));
    }
    let replacing = if export.overwrite { Replacing::Agreed } else { Replacing::Asked };
    let context = Context { now: around.now, keeps_for: around.settings.keeps_for() };
    let to = export.output.as_deref();
    let (keys, home, now) = (around.keys.clone(), around.home, around.now);
    let mut spoken = Spoken { language, input: &mut *around.input, err: &mut *around.err };
    let destination = Destination { to, replacing, home: Some(home) };
    let mut way = match outgoing(destination, &mut *around.out, &mut spoken) {
        Ok(Some(way)) => way,
        Ok(None) => return Ok(Exit::Done),
        Err(why) => return Ok(not_written(spoken.err, to, &why, language)),
    };
    let terms = Terms { format: export.format.into(), language, with: asked, by: None, now };
    let handing =
        HandingOn::begin(&Store::at(home), keys.identity.as_deref(), keys.recipients.as_ref(), terms);
    let mut file = Handing { written: way.write(&handing.head()), on: handing, way, sessions: 0 };
    for name in &names {
        if file.written.is_ok() {
            file.heeds_signals();
        }
        if file.written.is_err() {
            break;
        }
        match file.on.add(name, |one| keeps(filter.as_ref(), one, context))? {
            Handed::Text { text, whole } => {
                file.add(&text);
                if whole == Wholeness::Altered {
                    exit = Exit::NotRight;
                }
            }
            Handed::Withdrawn => {
                let session = name.short();
                writeln!(spoken.err, "{}", ExportSays::Withdrawn { session }.text(language))?;
            }
            Handed::Unknown => {
                let session = name.short();
                writeln!(spoken.err, "{}", ExportSays::Unknown { session }.text(language))?;
                exit = Exit::NotRight;
            }
            Handed::NotAsked => {}
            Handed::Unreadable(error) => {
                let why = journal_trouble(&error, language).0;
                writeln!(spoken.err, "{}", ExportSays::Unreadable { why }.text(language))?;
                exit = Exit::NotRight;
            }
        }
    }
    let sessions = file.sessions;
    if sessions == 0 && !names.is_empty() {
        exit = Exit::NotRight;
    }
    Ok(ended(file.end().map_err(NoWay::Disk), to, sessions, exit, &mut spoken)?)
}

/// A file on its way.
struct Handing<'o, 'k> {
    way: Outgoing<'o>,
    on: HandingOn<'k>,
    written: io::Result<()>,
    sessions: usize,
}

impl Handing<'_, '_> {
    fn add(&mut self, text: &str) {
        self.sessions += 1;
        self.written = self.way.write(text);
    }

    /// Between two sessions it is seen whether the program was asked to end, also where neither is written.
    fn heeds_signals(&mut self) {
        self.written = self.way.write("");
    }

    fn end(mut self) -> io::Result<Option<String>> {
        self.written?;
        self.way.write(&self.on.tail())?;
        self.way.finish()
    }
}

/// The sessions that are handed on, and how the command ends so far: what is no session is told, and stops nothing.
fn chosen(around: &mut Around<'_>, export: &Export) -> Result<(Vec<SessionName>, Exit), Failed> {
    let store = Store::at(around.home);
    if !export.sessions.is_empty() {
        let mut names = Vec::new();
        for text in &export.sessions {
            let name = store.find(text)?;
            if !names.contains(&name) {
                names.push(name);
            }
        }
        return Ok((names, Exit::Done));
    }
    let (mut names, mut exit) = (Vec::new(), Exit::Done);
    for entry in store.list()? {
        match entry.kind {
            EntryKind::Session(name) => names.push(name),
            EntryKind::Foreign { file, why } => {
                let path = store.folder().join(&file);
                let why = journal_trouble(&JournalError::Foreign { path, why }, around.language).0;
                writeln!(around.err, "{}", ExportSays::Unreadable { why }.text(around.language))?;
                exit = Exit::NotRight;
            }
        }
    }
    Ok((names, exit))
}

fn keeps(filter: Option<&Filter>, one: &OpenedSession, context: Context) -> bool {
    filter.is_none_or(|filter| one.summary.as_ref().is_some_and(|summary| filter.keeps(summary, context)))
}

/// The first step that was asked for by name and is none of the private ones.
fn unknown(around: &Around<'_>, names: &[SessionName], asked: &AskedFor) -> Option<ExportComplaint> {
    if asked.0.is_empty() {
        return None;
    }
    let (store, mut protocols) = (Store::at(around.home), Protocols::default());
    let mut reader = around.keys.identity.as_deref().map(Reader::new)?;
    let (mut known, mut seen) = (Vec::new(), BTreeSet::new());
    for name in names {
        let Ok(session) = store.open_with(name, &mut reader) else { continue };
        // Where the protocol cannot be read, any step may be one.
        let protocol = protocols.of(&session.protocol)?;
        let new = private_steps(&protocol).into_iter().filter(|step| seen.insert(step.clone()));
        known.extend(new.map(|step| step.to_string()));
    }
    let step = asked.0.iter().find(|step| !seen.contains(*step))?.to_string();
    Some(ExportComplaint::NoSuchStep { step, known })
}

pub(super) fn complain(around: &mut Around<'_>, complaint: &ExportComplaint) -> Exit {
    let (what, help) = complaint.words(around.language);
    complain_so(around.err, around.language, &what, &help);
    Exit::Usage
}
