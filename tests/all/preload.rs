//! Some C before the system's own calls, compiled here: what no test could make of a machine otherwise.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// What stands before the system's own calls, of a file beside this one; none where there is no C compiler, and then
/// that is said, with what it would have been.
pub fn built(name: &str, what: &str) -> Option<PathBuf> {
    // Beside the tests, since a folder that vanishes would vanish with its first user.
    let tests = std::env::current_exe().expect("the path of the tests");
    let shim = tests.with_file_name(format!("{name}-{}.so", std::process::id()));
    let shared = tests.with_file_name(format!("{name}.so"));
    let source = format!("{}/tests/all/{name}.c", env!("CARGO_MANIFEST_DIR"));
    let compiled = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-o"])
        .arg(&shim)
        .args([&source, "-ldl"])
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    if !compiled {
        // Nobody reads a closed standard error.
        let _ = writeln!(std::io::stderr(), "SKIPPED: {what}: `cc` is not there, or compiles nothing");
        return None;
    }
    // Whole or not at all, whoever else runs these tests.
    std::fs::rename(&shim, &shared).expect("a file is renamed");
    Some(shared)
}
