//! Where something goes that is not sealed: a file for its owner alone, never over another one without being asked, or
//! standard output. What that means is said before anything is written.

use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};

use crate::desk::{NewFile, NoPlace, may_go};
use crate::journal::replace_file;
use crate::terminal::HoldsEnd;
use crate::text::{Language, line_safe};
use crate::words::{ExportComplaint, ExportSays, SessionWord};

use super::exit::Exit;
use super::say_error;

/// Where it goes.
pub enum Outgoing<'o> {
    /// To standard output, as it comes.
    Out(&'o mut dyn Write),
    /// Into a file that was not there.
    New {
        /// It.
        file: NewFile,
        /// Half of it is none, also where the program is asked to end.
        holds: HoldsEnd,
    },
    /// In place of a file that is there, once all of it is known.
    Instead {
        /// Its path.
        path: PathBuf,
        /// What is to stand in it.
        bytes: Vec<u8>,
        /// As above.
        holds: HoldsEnd,
    },
}

/// Where it is to go.
#[derive(Debug, Clone, Copy)]
pub struct Destination<'d> {
    /// A file; none: standard output.
    pub to: Option<&'d Path>,
    /// Whether one that is there may be replaced.
    pub replacing: Replacing,
    /// The folder with keys and sessions, in which nothing unsealed goes, where it is known.
    pub home: Option<&'d Path>,
}

/// Why there is no way out.
#[derive(Debug)]
pub enum NoWay {
    /// It may not go there.
    Place(NoPlace),
    /// It cannot be written; or, to standard output, nobody reads it.
    Disk(io::Error),
}

impl From<io::Error> for NoWay {
    fn from(error: io::Error) -> Self {
        Self::Disk(error)
    }
}

/// Whether a file that is there may be replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replacing {
    /// It is asked.
    Asked,
    /// The command said so.
    Agreed,
}

/// Who is spoken with.
pub struct Spoken<'s> {
    /// The language of what is said.
    pub language: Language,
    /// Where answers come from.
    pub input: &'s mut dyn BufRead,
    /// Where questions and complaints go.
    pub err: &'s mut dyn Write,
}

/// Opens the way out, and says that it is not sealed. None: the file is there, and stays.
///
/// # Errors
/// The file cannot be written, or may not be.
pub fn outgoing<'o>(
    destination: Destination<'_>,
    out: &'o mut dyn Write,
    spoken: &mut Spoken<'_>,
) -> Result<Option<Outgoing<'o>>, NoWay> {
    let language = spoken.language;
    let Destination { to, replacing, home } = destination;
    let Some(path) = to else {
        writeln!(spoken.err, "{}", ExportSays::NotSealedOut.text(language))?;
        return Ok(Some(Outgoing::Out(out)));
    };
    may_go(path, home).map_err(NoWay::Place)?;
    let file = shown(path);
    writeln!(spoken.err, "{}", ExportSays::NotSealed { file: file.clone() }.text(language))?;
    if path.symlink_metadata().is_ok() {
        let agreed = replacing == Replacing::Agreed || agrees(spoken, &ExportSays::Overwrite { file })?;
        if !agreed {
            writeln!(spoken.err, "{}", ExportSays::NotWritten.text(language))?;
            return Ok(None);
        }
        let holds = HoldsEnd::begin()?;
        return Ok(Some(Outgoing::Instead { path: path.to_owned(), bytes: Vec::new(), holds }));
    }
    // Before there is a file that a signal could leave as a half.
    let holds = HoldsEnd::begin()?;
    Ok(Some(Outgoing::New { file: NewFile::create(path)?, holds }))
}

fn agrees(spoken: &mut Spoken<'_>, question: &ExportSays) -> io::Result<bool> {
    write!(spoken.err, "{}", question.text(spoken.language))?;
    spoken.err.flush()?;
    let mut answer = String::new();
    io::Read::take(&mut *spoken.input, 64).read_line(&mut answer)?;
    let yes = SessionWord::YesLetters.text(spoken.language);
    Ok(answer.trim().chars().next().is_some_and(|first| yes.contains(first)))
}

impl Outgoing<'_> {
    /// Writes what comes next.
    ///
    /// # Errors
    /// The system's, or the program was asked to end. When this is dropped a file that was begun is gone, and then the
    /// program ends where it was asked to.
    pub fn write(&mut self, text: &str) -> io::Result<()> {
        match self {
            Self::Out(out) => out.write_all(text.as_bytes()),
            Self::New { holds, .. } | Self::Instead { holds, .. } if holds.asked().is_some() => {
                Err(io::ErrorKind::Interrupted.into())
            }
            Self::Instead { bytes, .. } => {
                bytes.extend_from_slice(text.as_bytes());
                Ok(())
            }
            Self::New { file, .. } => file.write(text),
        }
    }

    /// All of it was written, and is on disk. The file, where it is one.
    ///
    /// # Errors
    /// The system's; a file that was begun is gone again, and one that was to be replaced is as it was.
    pub fn finish(self) -> io::Result<Option<String>> {
        match self {
            Self::Out(out) => out.flush().map(|()| None),
            Self::New { file, holds: _holds } => file.finish().map(|path| Some(shown(&path))),
            Self::Instead { path, bytes, holds: _holds } => {
                replace_file(&path, &bytes).map(|()| Some(shown(&path)))
            }
        }
    }
}

/// Writes a text that is known already where it is to go. The file, where it is one that was written.
///
/// # Errors
/// As [`outgoing`] and [`Outgoing::finish`].
pub fn write_whole(
    text: &str,
    destination: Destination<'_>,
    out: &mut dyn Write,
    spoken: &mut Spoken<'_>,
) -> Result<Option<String>, NoWay> {
    let Some(mut way) = outgoing(destination, out, spoken)? else { return Ok(None) };
    way.write(text)?;
    Ok(way.finish()?)
}

/// Says what became of what was written about so many sessions, and how the command ends: as it would, or with *could not*.
///
/// # Errors
/// Standard output's; a file's are told.
pub fn ended(
    done: Result<Option<String>, NoWay>,
    to: Option<&Path>,
    sessions: usize,
    exit: Exit,
    spoken: &mut Spoken<'_>,
) -> io::Result<Exit> {
    match done {
        Ok(Some(file)) => {
            writeln!(spoken.err, "{}", ExportSays::Written { file, sessions }.text(spoken.language))?;
            Ok(exit)
        }
        Ok(None) => Ok(exit),
        Err(NoWay::Disk(error)) if to.is_none() => Err(error),
        Err(why) => Ok(not_written(spoken.err, to, &why, spoken.language)),
    }
}

fn shown(path: &Path) -> String {
    line_safe(&path.display().to_string())
}

/// Says that a file cannot be written, and what to do; how the command ends.
pub fn not_written(err: &mut dyn Write, to: Option<&Path>, why: &NoWay, language: Language) -> Exit {
    let file = to.map_or_else(|| "-".to_owned(), shown);
    let (complaint, exit) = match why {
        NoWay::Disk(error) => {
            let why = line_safe(&error.to_string());
            (ExportComplaint::Disk { file, why }, Exit::CouldNot)
        }
        NoWay::Place(NoPlace::NoFile) => (ExportComplaint::NoFile { file }, Exit::Usage),
        NoWay::Place(NoPlace::AmongSealed) => (ExportComplaint::AmongSealed { file }, Exit::Usage),
    };
    let (what, help) = complaint.words(language);
    say_error(err, language, &what, &help);
    exit
}
