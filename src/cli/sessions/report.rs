//! `amparo print report`: the sessions that the report of a day is made of.

use std::io::{self, Write};
use std::path::Path;

use chrono::NaiveDate;

use crate::desk::{Clock, Opener};
use crate::export::{Day, Work};
use crate::journal::{EntryKind, JournalError, Store};
use crate::machine::At;
use crate::review::{Consent, overview};
use crate::seal::{HeadCode, Identity};
use crate::text::Language;
use crate::words::{ExportSays, Telling, journal_trouble};

use super::super::exit::Exit;
use super::super::outgoing::Spoken;
use super::super::print::{Paper, write};
use super::super::{passphrase, place};
use super::{Needs, complain, keys};

/// Prints the report of a day, with a key that is asked for.
pub fn report(
    day: Option<NaiveDate>,
    paper: &Paper,
    passphrase_file: Option<&Path>,
    language: Language,
    home: &Path,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Exit {
    let store = Store::at(home);
    place::bring_home(&store);
    let keys = match keys(Needs::Key, passphrase_file, language, home, err) {
        Ok((_, keys, _)) => keys,
        Err(wrong) => return passphrase::complain(err, &wrong, language),
    };
    let now = Clock::start().now();
    let mut spoken = Spoken { language, input: &mut io::stdin().lock(), err };
    let Some(day) = day.or_else(|| Telling::date(now)) else { return Exit::CouldNot };
    let (work, exit) = match work(&store, keys.identity.as_deref(), day, now, &mut spoken) {
        Ok(found) => found,
        Err(error) => return complain(spoken.err, &error, language),
    };
    let text = Day { day, work }.report(paper.format.into(), language);
    exit.max(write(&text, paper, Some(home), out, &mut spoken))
}

/// The sessions that began on a day, without those whose consent was taken back; and how the command ends so far.
fn work(
    store: &Store,
    identity: Option<&Identity>,
    day: NaiveDate,
    now: At,
    spoken: &mut Spoken<'_>,
) -> Result<(Vec<Work>, Exit), JournalError> {
    let (mut work, mut exit) = (Vec::new(), Exit::Done);
    let mut opener = Opener::new(store.clone(), identity, now);
    for entry in store.list()? {
        let EntryKind::Session(name) = entry.kind else { continue };
        let one = match opener.open(&name) {
            Ok(one) => one,
            Err(error) => {
                let why = journal_trouble(&error, spoken.language).0;
                // Nobody reads a closed standard error.
                let _ = writeln!(spoken.err, "{}", ExportSays::Unreadable { why }.text(spoken.language));
                exit = Exit::NotRight;
                continue;
            }
        };
        let head = overview(&one.inspected.session.events).filter(|_| one.consent() != Consent::TakenBack);
        if let Some(head) = head.filter(|head| Telling::date(head.begun) == Some(day)) {
            let code = HeadCode::of(&one.sha256);
            work.push(Work::of(&head, one.protocol.as_deref(), code, spoken.language));
        }
    }
    Ok((work, exit))
}
