//! `amparo keys list --qr`: one public key as a square that a camera reads, with the key below.

use std::io::{IsTerminal, Write};
use std::path::Path;

use crate::seal::Recipient;
use crate::text::{Language, Shade, StaffNumber};
use crate::words::{KeyComplaint, KeySays};

use super::super::place::no_colour;
use super::keyring;

/// Black on white, in the two colours of 256 that no theme changes: whatever ground a terminal has, a camera sees the
/// same.
const BLACK_ON_WHITE: &str = "\x1b[38;5;16;48;5;231m";
const AS_BEFORE: &str = "\x1b[0m";

/// Shows the key with a number, or, without any, this machine's own.
pub(super) fn show(
    home: &Path,
    number: &str,
    language: Language,
    out: &mut dyn Write,
) -> Result<(), KeyComplaint> {
    let (title, key) = asked(home, number, language)?;
    let colours = std::io::stdout().is_terminal() && !no_colour();
    let (shade, before, after) =
        if colours { (Shade::Dark, BLACK_ON_WHITE, AS_BEFORE) } else { (Shade::Light, "", "") };
    // Whoever closed a pipe has read enough.
    let _ = writeln!(out, "{title}");
    for row in key.as_square().iter().flat_map(|square| square.rows(shade)) {
        let _ = writeln!(out, "{before}{row}{after}");
    }
    let _ = writeln!(out, "{key}");
    Ok(())
}

fn asked(home: &Path, number: &str, language: Language) -> Result<(String, Recipient), KeyComplaint> {
    let keys = keyring(home)?;
    if number.is_empty() {
        let own = keys.own().ok_or(KeyComplaint::NoOwn)?;
        return Ok((KeySays::Own.text(language).to_owned(), own.key.clone()));
    }
    let number = StaffNumber::new(number).map_err(|_| KeyComplaint::Number)?;
    match keys.others().iter().find(|other| other.number == number) {
        Some(other) => Ok((number.to_string(), other.key.clone())),
        None => Err(KeyComplaint::NoSuch(number)),
    }
}
