//! Arguments, start-up and exit codes; a file a command.

pub mod exit;
pub mod sessions;

use std::process::ExitCode;

/// Runs the program.
pub fn run() -> ExitCode {
    ExitCode::SUCCESS
}
