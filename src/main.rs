//! The binary: hands its arguments to `cli` and its answer to the system.

use std::process::ExitCode;

fn main() -> ExitCode {
    amparo::cli::run()
}
