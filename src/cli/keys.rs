//! `amparo keys`: what this machine opens with.

mod pin;

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Subcommand;

use crate::text::Language;

use super::exit::Exit;

pub(super) use pin::complain_of as complain_of_pin;

/// What can be done with keys.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand)]
pub enum KeysCommand {
    /// Set, change or remove the PIN that comes back from the leaflet
    Pin {
        /// The second PIN, which closes what is open and shows something harmless
        #[arg(long)]
        second: bool,
        /// Remove it
        #[arg(long, conflicts_with = "pin_file")]
        remove: bool,
        /// File with the PIN in its first line (`-`: standard input); without one, it is asked on the terminal
        #[arg(long, value_name = "FILE")]
        pin_file: Option<PathBuf>,
    },
}

/// Runs a command on the keys of a home folder.
pub fn run(
    command: KeysCommand,
    language: Language,
    home: &Path,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Exit {
    match command {
        KeysCommand::Pin { second, remove, pin_file } => {
            let which = if second { crate::seal::Which::Second } else { crate::seal::Which::First };
            let asked = pin::Asked { which, home, language };
            if remove { asked.remove(out, err) } else { asked.set(pin_file.as_deref(), out, err) }
        }
    }
}
