//! `amparo print report`: opens the sessions that the report of a day is made of.

use std::io::{self, Write};
use std::path::Path;

use chrono::NaiveDate;

use crate::desk::Clock;
use crate::journal::Store;
use crate::machine::At;
use crate::seal::Identity;
use crate::text::Language;

use super::super::exit::Exit;
use super::super::outgoing::Spoken;
use super::super::print::{self, Paper};
use super::super::{passphrase, place};
use super::{Needs, keys};

/// What is kept on this machine, and the key that opens it.
pub struct Kept<'k> {
    /// The folder with the sessions.
    pub home: &'k Path,
    /// The key; none where nothing is kept.
    pub identity: Option<&'k Identity>,
    /// The present.
    pub now: At,
}

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
    place::bring_home(&Store::at(home));
    let keys = match keys(Needs::Key, passphrase_file, language, home, err) {
        Ok((keys, _)) => keys,
        Err(wrong) => return passphrase::complain(err, &wrong, language),
    };
    let kept = Kept { home, identity: keys.identity.as_deref(), now: Clock::start().now() };
    let mut spoken = Spoken { language, input: &mut io::stdin().lock(), err };
    print::report(day, paper, &kept, out, &mut spoken)
}
