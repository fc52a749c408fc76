//! `amparo sessions erase`: with a reason, and a question first.

use std::fs::File;
use std::io::{BufRead, Read};
use std::path::Path;

use crate::journal::{Erasure, SessionName, Store};
use crate::review::overview;
use crate::text::{Line, StaffNumber};
use crate::words::{SessionWord, Telling};

use super::super::exit::Exit;
use super::who::ByArgument;
use super::{Around, Failed, complain_so, shown};

/// The most bytes of a reason that are read.
const REASON_MOST: u64 = 4_096;

/// Whether to ask before a session is erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asking {
    /// Yes.
    First,
    /// No: the command said so.
    Never,
}

pub(super) fn run(
    around: &mut Around<'_>,
    session: &str,
    reason_file: Option<&Path>,
    by: &ByArgument,
    asking: Asking,
) -> Result<Exit, Failed> {
    let store = Store::at(around.home);
    let name = store.find(session)?;
    let language = around.language;
    which(around, name)?;
    let reason = match reason_file {
        None => ask(around, SessionWord::WhyErase)?,
        Some(path) if path == Path::new("-") => one_line_of(&mut around.input)?,
        Some(path) => match File::open(path).and_then(|file| one_line_of(&mut std::io::BufReader::new(file)))
        {
            Ok(reason) => reason,
            Err(error) => {
                let what = format!("`{}`: {}", shown(path), crate::text::line_safe(&error.to_string()));
                return Ok(complain_so(
                    around.err,
                    language,
                    &what,
                    SessionWord::ReasonFileHelp.text(language),
                ));
            }
        },
    };
    let Ok(reason) = Line::new(reason.as_deref().unwrap_or_default()) else {
        let (what, help) = (SessionWord::NoReason.text(language), SessionWord::NoReasonHelp.text(language));
        return Ok(complain_so(around.err, language, what, help));
    };
    let mut by = match by.number(around)? {
        Ok(by) => by,
        Err(exit) => return Ok(exit),
    };
    if asking == Asking::First {
        if reason_file.is_none() && by.is_none() {
            let number = ask(around, SessionWord::WhoErases)?.unwrap_or_default();
            if !number.trim().is_empty() {
                let Ok(number) = StaffNumber::new(&number) else {
                    let (what, help) =
                        (SessionWord::NoNumber.text(language), SessionWord::NoNumberHelp.text(language));
                    return Ok(complain_so(around.err, language, what, help));
                };
                by = Some(number);
            }
        }
        let answer = ask(around, SessionWord::ReallyErase)?;
        let yes = SessionWord::YesLetters.text(language);
        if !answer.is_some_and(|answer| answer.trim().chars().next().is_some_and(|first| yes.contains(first)))
        {
            writeln!(around.err, "{}", SessionWord::NotErased.text(language))?;
            return Ok(Exit::Done);
        }
    }
    let Some(recipients) = &around.keys.recipients else { return Ok(Exit::CouldNot) };
    let erasure = Erasure { name, at: around.now, by, reason };
    store.erase_with_what_stands_beside(&erasure, around.keys.identity.as_deref(), recipients)?;
    writeln!(around.out, "{}: {}", name.short(), SessionWord::Erased.text(language))?;
    Ok(Exit::Done)
}

/// Says which session it is, so that nobody erases another one. One that cannot be opened can be erased too.
fn which(around: &mut Around<'_>, name: SessionName) -> Result<(), Failed> {
    let session = around.open(&name).ok();
    match session.as_ref().and_then(|session| overview(&session.events)) {
        None if session.is_some_and(|session| session.is_unbegun()) => {
            writeln!(around.err, "{name}  {}", SessionWord::Unbegun.text(around.language))?;
        }
        Some(head) => {
            let telling = Telling::new(around.language, None, head.begun.zone);
            let status = telling.status(head.status, head.ended);
            writeln!(around.err, "{name}  {}  {}  {status}", telling.instant(head.begun.wall), head.case)?;
        }
        None => writeln!(around.err, "{name}")?,
    }
    Ok(())
}

pub(super) fn ask(around: &mut Around<'_>, question: SessionWord) -> Result<Option<String>, Failed> {
    write!(around.err, "{}", question.text(around.language))?;
    around.err.flush()?;
    Ok(one_line_of(&mut around.input)?)
}

/// The next line; none: there is no more.
pub(super) fn one_line_of(input: &mut dyn BufRead) -> std::io::Result<Option<String>> {
    let mut line = Vec::new();
    if input.take(REASON_MOST).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    Ok(Some(String::from_utf8_lossy(&line).trim().to_owned()))
}
