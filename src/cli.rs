//! Arguments, start-up and exit codes; a file a command.

mod exit;
pub mod protocol;

use std::io;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::text::Language;

pub use exit::Exit;

/// A checklist.
#[derive(Debug, Parser)]
#[command(name = "amparo", version)]
struct Arguments {
    /// Language of the program: en or es
    #[arg(long, global = true, value_name = "LANG", value_parser = language)]
    lang: Option<Language>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check and show protocols
    #[command(subcommand)]
    Protocol(protocol::ProtocolCommand),
}

fn language(text: &str) -> Result<Language, String> {
    Language::from_code(text).ok_or_else(|| "there are en and es".to_owned())
}

/// The language of the system's settings, as other programs read them.
fn locale() -> Language {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty())
        .and_then(|value| Language::from_code(&value))
        .unwrap_or_default()
}

/// Runs the program.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let language = arguments.lang.unwrap_or_else(locale);
    match arguments.command {
        Command::Protocol(command) => {
            protocol::run(command, language, &mut io::stdout().lock(), &mut io::stderr().lock()).into()
        }
    }
}
