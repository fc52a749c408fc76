//! `amparo print`: paper that a person signs or takes along.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::{Args, Subcommand, ValueEnum};

use crate::export::{Written, appointment, waiver};
use crate::text::Language;
use crate::words::ExportSays;

use super::exit::Exit;
use super::outgoing::{Destination, NoWay, Replacing, Spoken, not_written, write_whole};
use super::place;

/// What can be printed.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand)]
pub enum PrintCommand {
    /// The waiver: protection was offered, and is not wanted today. To be filled in by hand
    Waiver(Paper),
    /// Slips for appointments, four on a page: nothing on them tells what they are about
    Appointment(Paper),
    /// The day's work by staff number
    Report {
        /// The day, as 2026-11-30; without one, today
        #[arg(long, value_name = "DAY")]
        day: Option<NaiveDate>,
        /// How it is written
        #[command(flatten)]
        paper: Paper,
    },
}

/// How paper is written, and where.
#[derive(Debug, Clone, PartialEq, Eq, Args)]
pub struct Paper {
    /// html: a page to print from a browser; text: plain text
    #[arg(long, value_enum, default_value_t = PaperFormat::Html, value_name = "FORMAT")]
    pub format: PaperFormat,
    /// File to write, for your eyes only; without one, standard output
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Replace the file without asking where it is there already
    #[arg(long, requires = "output")]
    pub overwrite: bool,
}

/// How paper is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PaperFormat {
    /// A page to print from a browser
    Html,
    /// Plain text
    Text,
}

impl From<PaperFormat> for Written {
    fn from(format: PaperFormat) -> Self {
        match format {
            PaperFormat::Html => Self::Page,
            PaperFormat::Text => Self::Text,
        }
    }
}

/// Prints what is filled in by hand, which needs neither key nor session.
pub fn blank(
    paper: &Paper,
    which: Blank,
    language: Language,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Exit {
    let text = match which {
        Blank::Waiver => waiver(paper.format.into(), language),
        Blank::Appointment => appointment(paper.format.into(), language),
    };
    let mut spoken = Spoken { language, input: &mut io::stdin().lock(), err };
    write(&text, paper, place::home().as_deref(), out, &mut spoken)
}

/// Paper that is filled in by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blank {
    /// The waiver.
    Waiver,
    /// Slips for appointments.
    Appointment,
}

/// Writes paper where it is to go.
pub(super) fn write(
    text: &str,
    paper: &Paper,
    home: Option<&Path>,
    out: &mut dyn Write,
    spoken: &mut Spoken<'_>,
) -> Exit {
    let language = spoken.language;
    let to: Option<&Path> = paper.output.as_deref();
    let replacing = if paper.overwrite { Replacing::Agreed } else { Replacing::Asked };
    match write_whole(text, Destination { to, replacing, home }, out, spoken) {
        Ok(Some(file)) => {
            let says = ExportSays::Written { file, sessions: 0 };
            let _ = writeln!(spoken.err, "{}", says.text(language));
            Exit::Done
        }
        Ok(None) => Exit::Done,
        // Whoever closed a pipe has read enough.
        Err(NoWay::Disk(error)) if to.is_none() && error.kind() == io::ErrorKind::BrokenPipe => Exit::Done,
        Err(why) => not_written(spoken.err, to, &why, language),
    }
}
