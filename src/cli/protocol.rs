//! `amparo protocol`: checking, showing and beginning protocols. Draws findings; what is wrong is found elsewhere.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Subcommand;

use crate::protocol::{
    FileProblem, Protocol, Reading, SHIPPED, SHIPPED_NAME, SHIPPED_TRANSLATIONS, Severity, graph, read,
    read_file, schema, translation,
};
use crate::text::{Language, LanguageCode, line_safe};
use crate::words::findings::{
    CommandTrouble, draw, help, not_shown, summary, tell_command, tell_file, weight,
};
use crate::words::{coverage, new_protocol, outline};

use super::exit::Exit;

/// Commands about protocols.
#[derive(Debug, Subcommand)]
pub enum ProtocolCommand {
    /// Check protocols with their translations, and show everything that is wrong
    Check {
        /// Files of protocols
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Show a protocol as an outline
    Show {
        /// File of a protocol; the built-in one where left out
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
        /// Show which step serves which practice
        #[arg(long)]
        coverage: bool,
    },
    /// Print the graph of a protocol's conditions for Graphviz
    Graph {
        /// File of a protocol; the built-in one where left out
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
    },
    /// Print the JSON Schema of protocols, for editors
    Schema,
    /// Write a small protocol to start from
    New {
        /// The file to write; it must not exist
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Write a translation beside a protocol, or bring one up to date: what is missing stands in comments
    Translate {
        /// File of a protocol
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Code of the language, such as es
        #[arg(value_name = "LANG", value_parser = LanguageCode::new)]
        into: LanguageCode,
    },
}

/// Runs a command. What it shows goes to `out`, what went wrong to `err`.
pub fn run(command: ProtocolCommand, language: Language, out: &mut dyn Write, err: &mut dyn Write) -> Exit {
    let mut command_run = Run { language, out, err };
    match command_run.command(command) {
        Ok(exit) => exit,
        // Whoever closed a pipe has read enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Done,
        Err(error) => {
            let told = tell_command(&CommandTrouble::Output(error), language);
            // Nobody reads a closed standard error.
            let _ = command_run.complain(&told.what, &told.help);
            Exit::CouldNot
        }
    }
}

/// The most findings that are shown where a protocol was to be used and is not right; `protocol check` shows all.
const MOST_SHOWN: usize = 50;

/// The first of what was found in a protocol, drawn with its source lines, and how much more there is.
pub(super) fn drawn(reading: &Reading, language: Language) -> String {
    let mut all = String::new();
    for finding in reading.findings.iter().take(MOST_SHOWN) {
        all.push_str(&draw(finding, &reading.sources, language));
        all.push('\n');
    }
    if let Some(more) = reading.findings.len().checked_sub(MOST_SHOWN).filter(|more| *more > 0) {
        all.push_str(&not_shown(more, language));
        all.push_str("\n\n");
    }
    all
}

/// Says that a protocol's file cannot be read.
pub(super) fn complain(err: &mut dyn Write, problem: &FileProblem, language: Language) -> Exit {
    let told = tell_file(problem, language);
    // Nobody reads a closed standard error.
    let _ = write!(
        err,
        "{}: {}\n{}: {}\n",
        weight(Severity::Error, language),
        told.what,
        help(language),
        told.help
    );
    Exit::CouldNot
}

struct Run<'o> {
    language: Language,
    out: &'o mut dyn Write,
    err: &'o mut dyn Write,
}

impl Run<'_> {
    fn command(&mut self, command: ProtocolCommand) -> io::Result<Exit> {
        match command {
            ProtocolCommand::Check { files } => self.check(&files),
            ProtocolCommand::Show { file, coverage: true } => self
                .with_protocol(file.as_deref(), |run, protocol| run.print(&coverage(protocol, run.language))),
            ProtocolCommand::Show { file, coverage: false } => {
                self.with_protocol(file.as_deref(), |run, protocol| {
                    let texts = run.language.code();
                    run.print(&outline(protocol, &texts, run.language))
                })
            }
            ProtocolCommand::Graph { file } => {
                self.with_protocol(file.as_deref(), |run, protocol| run.print(&graph(protocol)))
            }
            ProtocolCommand::Schema => self.print(&format!("{:#}\n", schema())),
            ProtocolCommand::New { file } => self.new_file(&file),
            ProtocolCommand::Translate { file, into } => self.translate(&file, &into),
        }
    }

    fn print(&mut self, text: &str) -> io::Result<Exit> {
        self.out.write_all(text.as_bytes())?;
        self.out.flush()?;
        Ok(Exit::Done)
    }

    /// Every file, also after one that cannot be read: the worst of them is the exit code.
    fn check(&mut self, files: &[PathBuf]) -> io::Result<Exit> {
        let mut worst = Exit::Done;
        for file in files {
            match read_file(file) {
                Ok(reading) => {
                    let errors = self.show_findings(&reading)?;
                    let remarks = reading.findings.len() - errors;
                    let name = file.display().to_string();
                    let line = summary(&name, errors, remarks, self.language);
                    match writeln!(self.out, "{line}") {
                        // Whether it is right is asked of the exit code too.
                        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
                        written => written?,
                    }
                    if errors > 0 {
                        worst = worst.max(Exit::NotRight);
                    }
                }
                Err(problem) => {
                    self.file_problem(&problem)?;
                    worst = Exit::CouldNot;
                }
            }
        }
        Ok(worst)
    }

    /// Shows what was found; how many are errors.
    fn show_findings(&mut self, reading: &Reading) -> io::Result<usize> {
        for finding in &reading.findings {
            writeln!(self.err, "{}", draw(finding, &reading.sources, self.language))?;
        }
        Ok(reading.findings.iter().filter(|finding| finding.severity() == Severity::Error).count())
    }

    fn file_problem(&mut self, problem: &FileProblem) -> io::Result<()> {
        let told = tell_file(problem, self.language);
        self.complain(&told.what, &told.help)
    }

    fn complain(&mut self, what: &str, remedy: &str) -> io::Result<()> {
        writeln!(self.err, "{}: {what}", weight(Severity::Error, self.language))?;
        writeln!(self.err, "{}: {remedy}", help(self.language))
    }

    fn with_protocol(
        &mut self,
        file: Option<&Path>,
        show: impl FnOnce(&mut Self, &Protocol) -> io::Result<Exit>,
    ) -> io::Result<Exit> {
        let reading = match file {
            None => Ok(read(SHIPPED_NAME, SHIPPED, SHIPPED_TRANSLATIONS)),
            Some(file) => read_file(file),
        };
        match reading {
            Err(problem) => {
                self.file_problem(&problem)?;
                Ok(Exit::CouldNot)
            }
            Ok(Reading { protocol: Some(protocol), .. }) => show(self, &protocol),
            Ok(reading) => {
                self.show_findings(&reading)?;
                Ok(Exit::NotRight)
            }
        }
    }

    fn new_file(&mut self, file: &Path) -> io::Result<Exit> {
        let written = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(file)
            .and_then(|mut new| new.write_all(new_protocol(self.language).as_bytes()));
        self.wrote(file, written)
    }

    fn wrote(&mut self, file: &Path, written: io::Result<()>) -> io::Result<Exit> {
        let trouble = match written {
            Ok(()) => {
                writeln!(self.out, "{}", line_safe(&file.display().to_string()))?;
                return Ok(Exit::Done);
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                CommandTrouble::Exists(file.to_owned())
            }
            Err(error) => CommandTrouble::NotWritten(file.to_owned(), error),
        };
        let told = tell_command(&trouble, self.language);
        self.complain(&told.what, &told.help)?;
        Ok(Exit::CouldNot)
    }

    fn translate(&mut self, file: &Path, into: &LanguageCode) -> io::Result<Exit> {
        let target = file.with_extension(format!("{into}.yaml"));
        let exists = target.exists();
        self.with_protocol(Some(file), |run, protocol| {
            if protocol.language == *into {
                let told = tell_command(&CommandTrouble::SameLanguage(into.clone()), run.language);
                run.complain(&told.what, &told.help)?;
                return Ok(Exit::CouldNot);
            }
            let text = translation(&mut protocol.clone(), into);
            // Written beside and renamed, so that a cut never leaves half a translation; the old one is kept.
            let new = target.with_extension("yaml.new");
            let written = std::fs::write(&new, text)
                .and_then(|()| {
                    if exists { std::fs::rename(&target, target.with_extension("yaml.old")) } else { Ok(()) }
                })
                .and_then(|()| std::fs::rename(&new, &target));
            run.wrote(&target, written)
        })
    }
}
