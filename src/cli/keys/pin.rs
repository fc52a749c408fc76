//! `amparo keys pin`: the PIN of this machine, typed unseen or read from a file, never an argument.

use std::io::{self, Write};
use std::path::Path;

use crate::desk::{PinError, remove_pin, remove_second_pin, set_pin, set_second_pin};
use crate::seal::{NotLocked, Pin, Which};
use crate::terminal::read_unseen;
use crate::text::{Language, line_safe};
use crate::words::{PinComplaint, PinSays};

use super::super::{exit::Exit, first_line::first_line, say_error};

/// More than a line with a PIN needs.
const LONGEST: usize = 64;

/// What is asked for.
pub(super) struct Asked<'a> {
    pub(super) which: Which,
    pub(super) home: &'a Path,
    pub(super) language: Language,
}

impl Asked<'_> {
    /// Sets it or changes it.
    pub(super) fn set(&self, file: Option<&Path>, out: &mut dyn Write, err: &mut dyn Write) -> Exit {
        let pin = match file {
            Some(path) => from_file(path),
            None => self.typed_twice(err),
        };
        let done = pin.and_then(|pin| {
            match self.which {
                Which::First => set_pin(self.home, &pin),
                Which::Second => set_second_pin(self.home, &pin),
            }
            .map_err(|error| complaint(&error))
        });
        let says = match self.which {
            Which::First => PinSays::Set,
            Which::Second => PinSays::SecondSet,
        };
        self.said(done.map(drop), says, out, err)
    }

    /// Removes it; the first takes the second with it.
    pub(super) fn remove(&self, out: &mut dyn Write, err: &mut dyn Write) -> Exit {
        let (done, says) = match self.which {
            Which::First => (remove_pin(self.home), PinSays::Removed),
            Which::Second => (remove_second_pin(self.home).map(drop), PinSays::SecondRemoved),
        };
        self.said(done.map_err(|error| complaint(&error)), says, out, err)
    }

    fn said(
        &self,
        done: Result<(), PinComplaint>,
        says: PinSays,
        out: &mut dyn Write,
        err: &mut dyn Write,
    ) -> Exit {
        match done {
            Ok(()) => {
                // Whoever closed a pipe has read enough.
                let _ = writeln!(out, "{}", says.text(self.language));
                Exit::Done
            }
            Err(wrong) => complain(err, &wrong, self.language),
        }
    }

    fn typed_twice(&self, err: &mut dyn Write) -> Result<Pin, PinComplaint> {
        let question = match self.which {
            Which::First => PinSays::Asks,
            Which::Second => PinSays::AsksSecond,
        };
        let first = self.typed(question, err)?;
        let again = self.typed(PinSays::AsksAgain, err)?;
        if first == again { Ok(first) } else { Err(PinComplaint::NotTheSame) }
    }

    fn typed(&self, question: PinSays, err: &mut dyn Write) -> Result<Pin, PinComplaint> {
        // Nobody reads a closed standard error, and then nobody types either.
        let _ = write!(err, "{}", question.text(self.language)).and_then(|()| err.flush());
        let line = read_unseen();
        let _ = writeln!(err);
        match line {
            Ok(Some(line)) => Pin::of(line.trim()).ok_or(PinComplaint::Length),
            Ok(None) => Err(PinComplaint::Length),
            Err(_) => Err(PinComplaint::NowhereToAsk),
        }
    }
}

/// The PIN in the first line of a file; `-` is standard input.
fn from_file(path: &Path) -> Result<Pin, PinComplaint> {
    let line = first_line(path, LONGEST).map_err(|error| disk(path, &error))?;
    Pin::of(line.trim()).ok_or(PinComplaint::Length)
}

fn disk(path: &Path, error: &io::Error) -> PinComplaint {
    PinComplaint::Disk { path: line_safe(&path.display().to_string()), why: line_safe(&error.to_string()) }
}

/// What is said of an error of the PIN.
fn complaint(error: &PinError) -> PinComplaint {
    match error {
        PinError::Io { path, source } => disk(path, source),
        PinError::Garbled(path) => PinComplaint::Garbled { path: line_safe(&path.display().to_string()) },
        PinError::None => PinComplaint::None,
        PinError::Not(NotLocked::Length) => PinComplaint::Length,
        PinError::Not(NotLocked::Same) => PinComplaint::Same,
        PinError::Not(NotLocked::OtherLength(digits)) => PinComplaint::OtherLength(*digits),
        PinError::Not(NotLocked::Refused) => PinComplaint::Refused,
    }
}

/// Says what is wrong with a PIN, and what to do next.
fn complain(err: &mut dyn Write, complaint: &PinComplaint, language: Language) -> Exit {
    let (what, help) = complaint.words(language);
    say_error(err, language, &what, &help);
    match complaint {
        PinComplaint::Length
        | PinComplaint::Same
        | PinComplaint::OtherLength(_)
        | PinComplaint::NotTheSame => Exit::Usage,
        PinComplaint::Garbled { .. } => Exit::NotRight,
        _ => Exit::CouldNot,
    }
}

/// Says why the PIN of a home cannot be read.
pub fn complain_of(error: &PinError, language: Language, err: &mut dyn Write) -> Exit {
    complain(err, &complaint(error), language)
}
