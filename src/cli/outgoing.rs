//! Where something goes that is not sealed: a file for its owner alone, never over another one without being asked, or
//! standard output. What that means is said before anything is written.

use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};

use crate::desk::NewFile;
use crate::journal::replace_file;
use crate::text::{Language, line_safe};
use crate::words::{ExportComplaint, ExportSays, SessionWord};

use super::exit::Exit;
use super::say_error;

/// Where it goes.
pub enum Outgoing<'o> {
    /// To standard output, as it comes.
    Out(&'o mut dyn Write),
    /// Into a file that was not there.
    New(NewFile),
    /// In place of a file that is there, once all of it is known.
    Instead {
        /// Its path.
        path: PathBuf,
        /// What is to stand in it.
        bytes: Vec<u8>,
    },
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
/// The file cannot be written.
pub fn outgoing<'o>(
    to: Option<&Path>,
    replacing: Replacing,
    out: &'o mut dyn Write,
    spoken: &mut Spoken<'_>,
) -> io::Result<Option<Outgoing<'o>>> {
    let language = spoken.language;
    let Some(path) = to else {
        writeln!(spoken.err, "{}", ExportSays::NotSealedOut.text(language))?;
        return Ok(Some(Outgoing::Out(out)));
    };
    let file = shown(path);
    writeln!(spoken.err, "{}", ExportSays::NotSealed { file: file.clone() }.text(language))?;
    if path.symlink_metadata().is_ok() {
        let agreed = replacing == Replacing::Agreed || agrees(spoken, &ExportSays::Overwrite { file })?;
        if !agreed {
            writeln!(spoken.err, "{}", ExportSays::NotWritten.text(language))?;
            return Ok(None);
        }
        return Ok(Some(Outgoing::Instead { path: path.to_owned(), bytes: Vec::new() }));
    }
    Ok(Some(Outgoing::New(NewFile::create(path)?)))
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
    /// The system's; a file that was begun is gone again.
    pub fn write(&mut self, text: &str) -> io::Result<()> {
        match self {
            Self::Out(out) => out.write_all(text.as_bytes()),
            Self::Instead { bytes, .. } => {
                bytes.extend_from_slice(text.as_bytes());
                Ok(())
            }
            Self::New(file) => file.write(text),
        }
    }

    /// All of it was written, and is on disk. The file, where it is one.
    ///
    /// # Errors
    /// The system's; a file that was begun is gone again, and one that was to be replaced is as it was.
    pub fn finish(self) -> io::Result<Option<String>> {
        match self {
            Self::Out(out) => out.flush().map(|()| None),
            Self::New(file) => file.finish().map(|path| Some(shown(&path))),
            Self::Instead { path, bytes } => replace_file(&path, &bytes).map(|()| Some(shown(&path))),
        }
    }
}

/// Says what became of what was written about so many sessions, and how the command ends: as it would, or with *could not*.
///
/// # Errors
/// Standard output's; a file's are told.
pub fn ended(
    done: io::Result<Option<String>>,
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
        Err(error) if to.is_none() => Err(error),
        Err(error) => {
            not_written(spoken.err, to, &error, spoken.language);
            Ok(Exit::CouldNot)
        }
    }
}

fn shown(path: &Path) -> String {
    line_safe(&path.display().to_string())
}

/// Says that a file cannot be written, and what to do.
pub fn not_written(err: &mut dyn Write, to: Option<&Path>, error: &io::Error, language: Language) {
    let file = to.map_or_else(|| "-".to_owned(), shown);
    let why = line_safe(&error.to_string());
    let (what, help) = ExportComplaint::Disk { file, why }.words(language);
    say_error(err, language, &what, &help);
}
