//! The programs that are compared: Amparo as built for people, and its peers.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A program, its arguments, and what shows that its first screen is there.
pub struct Program {
    /// As the tables call it.
    pub name: &'static str,
    /// The file.
    pub path: PathBuf,
    /// What it is given.
    pub args: Vec<OsString>,
    /// A text of its first screen.
    pub shows: String,
}

/// Amparo's start screen.
pub fn amparo() -> Program {
    Program { name: "amparo", path: amparo_file(), args: Vec::new(), shows: "New session".to_owned() }
}

/// Amparo at the first step of the shipped protocol.
pub fn practice() -> Program {
    let shipped = include_str!("../../protocols/phit.yaml");
    let args = ["run", "--practice"].map(OsString::from).to_vec();
    Program { name: "amparo run --practice", path: amparo_file(), args, shows: first_step(shipped) }
}

/// A ratatui program of forty lines, built as Amparo is.
///
/// # Panics
/// It does not build.
pub fn bare() -> Program {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let build = ["build", "--quiet", "--release", "--example", "bare"];
    let status = Command::new(cargo).args(build).current_dir(env!("CARGO_MANIFEST_DIR")).status();
    assert!(status.is_ok_and(|status| status.success()), "examples/bare.rs does not build");
    let path = amparo_file().with_file_name("examples").join("bare");
    Program { name: "bare ratatui", path, args: Vec::new(), shows: " 23 ".to_owned() }
}

/// `whiptail --checklist` with as many lines as a phase has; none, and said so, where it is not installed.
pub fn whiptail() -> Option<Program> {
    let path = Path::new("/usr/bin/whiptail");
    if !path.exists() {
        println!("SKIPPED: whiptail is not installed, so what is compared with it is not measured");
        return None;
    }
    let mut args: Vec<OsString> = ["--checklist", "The place", "24", "80", "16"].map(OsString::from).to_vec();
    for line in 1..=16 {
        args.extend(
            [format!("{line}"), format!("Something to do, as number {line}"), "off".to_owned()]
                .map(OsString::from),
        );
    }
    Some(Program { name: "whiptail", path: path.to_owned(), args, shows: "<Cancel>".to_owned() })
}

fn amparo_file() -> PathBuf {
    PathBuf::from(env!("CARGO_BIN_EXE_amparo"))
}

/// The first two words of the first step, as the file has it; more might be broken over two lines.
fn first_step(protocol: &str) -> String {
    let steps = protocol.split_once("\nphases:\n").expect("a protocol has phases").1;
    let ask = steps.lines().find_map(|line| line.trim_start().strip_prefix("ask: ")).expect("a step asks");
    ask.split_whitespace().take(2).collect::<Vec<_>>().join(" ")
}
