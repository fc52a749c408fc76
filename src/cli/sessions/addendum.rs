//! `amparo sessions addendum`: what is added after a session was closed, as a sealed file beside it.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use crate::journal::{Beside, Companion, Store, Verdict};
use crate::seal::{HeadCode, fingerprint};
use crate::text::{Prose, StaffNumber, line_safe};
use crate::words::SessionWord;

use super::super::exit::Exit;
use super::{Around, Failed, complain_so, erase, shown};

/// The most bytes of a text that are read.
const TEXT_MOST: u64 = 64 * 1024;

/// Asks who adds what, or takes the text from a file, and puts it beside the session.
pub(super) fn run(around: &mut Around<'_>, session: &str, text_file: Option<&Path>) -> Result<Exit, Failed> {
    let store = Store::at(around.home);
    let name = store.find(session)?;
    if around.open(&name)?.verdict != Verdict::Whole {
        return Ok(wrong(around, SessionWord::NotClosedYet, SessionWord::NotClosedYetHelp));
    }
    let sha256 = fingerprint(&store.bytes(&name)?);
    let by = erase::ask(around, SessionWord::WhoAdds)?.unwrap_or_default();
    let Ok(by) = StaffNumber::new(&by) else {
        return Ok(wrong(around, SessionWord::NoNumber, SessionWord::NumberNeeded));
    };
    let text = match text_file {
        None => erase::ask(around, SessionWord::WhatIsAdded)?.unwrap_or_default(),
        Some(path) => match of_file(path) {
            Ok(text) => text,
            Err(error) => {
                let what = format!("`{}`: {}", shown(path), line_safe(&error.to_string()));
                let help = SessionWord::TextFileHelp.text(around.language);
                return Ok(complain_so(around.err, around.language, &what, help));
            }
        },
    };
    let Ok(text) = Prose::new(text.trim()) else {
        return Ok(wrong(around, SessionWord::NoAddendum, SessionWord::NoAddendumHelp));
    };
    let Some(recipients) = &around.keys.recipients else { return Ok(Exit::CouldNot) };
    let of = Beside { name, sha256, head: HeadCode::of(&sha256) };
    store.put_beside(&Companion::Addendum { of, at: around.now, by, text, answers: None }, recipients)?;
    writeln!(around.out, "{}: {}", name.short(), SessionWord::AddendumKept.text(around.language))?;
    Ok(Exit::Done)
}

fn wrong(around: &mut Around<'_>, what: SessionWord, help: SessionWord) -> Exit {
    let (what, help) = (what.text(around.language), help.text(around.language));
    complain_so(around.err, around.language, what, help)
}

fn of_file(path: &Path) -> std::io::Result<String> {
    let mut text = String::new();
    BufReader::new(File::open(path)?).take(TEXT_MOST).read_to_string(&mut text)?;
    Ok(text.replace("\r\n", "\n"))
}
