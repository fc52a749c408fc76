//! What can be typed after the program's name.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;

use super::keys::KeysCommand;
use super::print::PrintCommand;
use super::protocol::ProtocolCommand;
use super::sessions::SessionsCommand;

/// A checklist for two people who interview possible victims of trafficking.
///
/// Without a command it opens the start screen.
#[derive(Debug, Default, Parser)]
#[command(name = "amparo", version, disable_help_subcommand = true)]
pub struct Arguments {
    /// Language of the screen and of messages: en or es
    #[arg(long, global = true, value_name = "L")]
    pub lang: Option<String>,

    /// File with the passphrase in its first line (`-`: standard input); without one, it is asked where it is needed
    #[arg(long, global = true, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,

    /// What to do
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Begin an interview, or practise
    Run(Run),
    /// Go on with an open session
    Resume {
        /// Its name, or the beginning of it
        session: Option<String>,
    },
    /// Read saved sessions
    Review {
        /// Its name, or the beginning of it
        session: Option<String>,
    },
    /// List, show and erase saved sessions
    Sessions {
        /// What to do with them
        #[command(subcommand)]
        command: SessionsCommand,
    },
    /// Check, show and write protocols
    Protocol {
        /// What to do with them
        #[command(subcommand)]
        command: ProtocolCommand,
    },
    /// Make and list keys, add and take out those who may read, set the PIN that comes back from the leaflet
    Keys {
        /// What to do with them
        #[command(subcommand)]
        command: KeysCommand,
    },
    /// Show or change settings
    Settings {
        /// The setting
        name: Option<String>,
        /// Its new value; an empty one takes it back to its default
        value: Option<String>,
    },
    /// Print a waiver, slips for appointments, or the report of a day
    Print {
        /// Which paper
        #[command(subcommand)]
        command: PrintCommand,
    },
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Write manual pages into a folder
    Man {
        /// The folder
        folder: PathBuf,
    },
}

/// How to begin.
#[derive(Debug, Args)]
pub struct Run {
    /// File of the protocol to run, in place of the built-in one
    #[arg(long, value_name = "FILE")]
    pub protocol: Option<PathBuf>,
    /// Practise: made-up numbers, and nothing is written
    #[arg(long)]
    pub practice: bool,
    /// Lines of text for screen readers, without frames or colours
    #[arg(long)]
    pub plain: bool,
    /// Language of the words to say
    #[arg(long, value_name = "L")]
    pub say: Option<String>,
}
