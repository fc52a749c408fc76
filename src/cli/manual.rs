//! Completions for shells and manual pages, both made from the arguments themselves.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

use clap_complete::Shell;

use crate::text::Language;
use crate::words::Complaint;
use crate::words::findings::{CommandTrouble, tell_command};

use super::exit::Exit;
use super::spoken;

/// Prints completions.
pub fn completions(shell: Shell, language: Language, out: &mut dyn Write, err: &mut dyn Write) -> Exit {
    let mut made = Vec::new();
    clap_complete::generate(shell, &mut spoken::command(language), "amparo", &mut made);
    match out.write_all(&made).and_then(|()| out.flush()) {
        Ok(()) => Exit::Done,
        // Whoever closed a pipe has read enough.
        Err(cause) if cause.kind() == ErrorKind::BrokenPipe => Exit::Done,
        Err(cause) => {
            let told = tell_command(&CommandTrouble::Output(cause), language);
            super::say_error(err, language, &told.what, &told.help);
            Exit::CouldNot
        }
    }
}

/// Writes a manual page for the program and for each of its commands.
pub fn man(folder: &Path, language: Language, err: &mut dyn Write) -> Exit {
    let written =
        fs::create_dir_all(folder).and_then(|()| clap_mangen::generate_to(spoken::command(language), folder));
    match written {
        Ok(()) => Exit::Done,
        Err(cause) => {
            let complaint =
                Complaint::CannotWrite { path: folder.display().to_string(), why: cause.to_string() };
            super::complain(err, &complaint, language, Exit::CouldNot)
        }
    }
}
