//! Arguments, start-up and exit codes; a file a command.

mod arguments;
mod exit;
mod first_line;
mod keys;
mod manual;
mod open;
mod outgoing;
mod page;
mod passphrase;
mod place;
mod print;
pub mod protocol;
pub mod sessions;
mod settings;
mod spoken;

use std::io::{self, Write};
use std::process::ExitCode;

use crate::desk::leave_no_copy;
use crate::text::{Language, line_safe};
use crate::words::{CommandSays, Complaint, StartSays};

pub use arguments::{Arguments, Command};
pub use exit::Exit;
use print::{Blank, PrintCommand};

/// Runs the program: arguments in, exit code out.
pub fn run() -> ExitCode {
    leave_no_copy();
    if let Some(code) = page::live() {
        return code.into();
    }
    // Most starts have no argument: building the whole grammar of commands would take a tenth of such a start.
    let none = std::env::args_os().len() <= 1;
    let parsed = if none { Ok(Arguments::default()) } else { spoken::parse() };
    let (mut out, mut err) = (io::stdout().lock(), io::stderr().lock());
    let arguments = match parsed {
        Ok(arguments) => arguments,
        Err(told) => return told.tell(&mut out, &mut err).into(),
    };
    let exit = dispatch(arguments, &mut out, &mut err);
    let _ = out.flush();
    exit.into()
}

fn dispatch(arguments: Arguments, out: &mut dyn Write, err: &mut dyn Write) -> Exit {
    let from_system = place::language();
    let language = match arguments.lang.as_deref().map(|code| (code, Language::from_code(code))) {
        None => None,
        Some((_, Some(language))) => Some(language),
        Some((code, None)) => {
            let complaint = Complaint::NoSuchLanguage { code: line_safe(code) };
            return complain(err, &complaint, from_system, Exit::Usage);
        }
    };
    let spoken = language.unwrap_or(from_system);
    let passphrase = arguments.passphrase_file.as_deref();
    match arguments.command {
        Some(Command::Protocol { command }) => crate::cli::protocol::run(command, spoken, out, err),
        Some(Command::Completions { shell }) => manual::completions(shell, spoken, out, err),
        Some(Command::Man { folder }) => manual::man(&folder, spoken, err),
        None => with_home(spoken, err, |home, err| open::start(home, passphrase, language, err)),
        Some(Command::Run(wanted)) => {
            with_home(spoken, err, |home, err| open::run(home, &wanted, language, err))
        }
        Some(Command::Resume { session }) => with_home(spoken, err, |home, err| {
            open::resume(home, session.as_deref(), passphrase, language, err)
        }),
        Some(Command::Sessions { command }) => with_own_home(spoken, err, |home, err| {
            crate::cli::sessions::run(command, passphrase, spoken, home, out, err)
        }),
        Some(Command::Review { session }) => with_home(spoken, err, |home, err| {
            open::review(home, session.as_deref(), passphrase, language, err)
        }),
        Some(Command::Keys { command }) => {
            with_own_home(spoken, err, |home, err| keys::run(command, passphrase, spoken, home, out, err))
        }
        Some(Command::Print { command: PrintCommand::Waiver(paper) }) => {
            print::blank(&paper, Blank::Waiver, spoken, out, err)
        }
        Some(Command::Print { command: PrintCommand::Appointment(paper) }) => {
            print::blank(&paper, Blank::Appointment, spoken, out, err)
        }
        Some(Command::Print { command: PrintCommand::Report { day, paper } }) => {
            with_own_home(spoken, err, |home, err| {
                crate::cli::sessions::report(day, &paper, passphrase, spoken, home, out, err)
            })
        }
        Some(Command::Settings { name, value }) => with_own_home(spoken, err, |home, err| {
            settings::run(home, name.as_deref(), value.as_deref(), spoken, out, err)
        }),
    }
}

/// The same for a command, which says at once what others could have changed; a screen has a place of its own for it.
fn with_own_home(
    language: Language,
    err: &mut dyn Write,
    then: impl FnOnce(&std::path::Path, &mut dyn Write) -> Exit,
) -> Exit {
    with_home(language, err, |home, err| {
        if let Some(exposed) = StartSays::exposed(&crate::journal::make_own(home), language) {
            // Nobody reads a closed standard error.
            let _ = writeln!(err, "{exposed}");
        }
        then(home, err)
    })
}

fn with_home(
    language: Language,
    err: &mut dyn Write,
    then: impl FnOnce(&std::path::Path, &mut dyn Write) -> Exit,
) -> Exit {
    match place::home() {
        Some(home) => {
            // Where it is refused, what is wrong with the folder is told by what is done next.
            let _ = crate::journal::clear_away(&home);
            then(&home, err)
        }
        None => complain(err, &Complaint::NoHome, language, Exit::CouldNot),
    }
}

/// Writes a complaint with its remedy.
fn complain(err: &mut dyn Write, complaint: &Complaint, language: Language, exit: Exit) -> Exit {
    let (what, help) = complaint.words(language);
    say_error(err, language, &what, &help);
    exit
}

fn say_error(err: &mut dyn Write, language: Language, what: &str, help: &str) {
    let (error, remedy) = (CommandSays::Error.text(language), CommandSays::Help.text(language));
    // Nobody reads a closed standard error.
    let _ = writeln!(err, "{error}: {what}\n{remedy}: {help}");
}
