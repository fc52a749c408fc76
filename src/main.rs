//! The binary: hands its arguments to `cli` and its answer to the system.

use std::alloc::System;
use std::process::ExitCode;

use zeroizing_alloc::ZeroAlloc;

/// What is freed is overwritten first: answers and notes do not stay in memory that nobody uses, whoever held them, serde
/// and age among them.
#[global_allocator]
static WIPING: ZeroAlloc<System> = ZeroAlloc(System);

fn main() -> ExitCode {
    amparo::cli::run()
}
