//! Holds the shape of the code: which room may import which, who alone names a crate, how a file begins and how
//! long it may get. Reads the files as text; what it refuses, it refuses with file, line, rule and remedy.
//!
//! To let something in, change a table here and say why in `docs/architecture.md`: the tables are the design.

#![expect(clippy::panic, clippy::expect_used, reason = "what helps a test fails as a test does")]

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;

use source::Source;

#[path = "architecture/source.rs"]
mod source;

/// The rooms from left to right. A room imports only what stands to its left, so that none can stand in a circle.
const ROOMS: [&str; 14] = [
    "text", "protocol", "machine", "prove", "seal", "journal", "review", "share", "words", "export", "ui",
    "terminal", "desk", "cli",
];

/// Who alone may name something, outside tests. All rows that fit must allow it; a crate without a row is refused.
const OWNERS: &[Owner] = &[
    // The screen
    Owner {
        of: "ratatui",
        rooms: &["ui", "terminal"],
        remedy: "the screen is drawn in `ui` and sent in `terminal`",
    },
    Owner { of: "ratatui::backend", rooms: &["terminal"], remedy: ONLY_TERMINAL },
    Owner { of: "ratatui::crossterm", rooms: &["terminal"], remedy: ONLY_TERMINAL },
    Owner { of: "ratatui::Terminal", rooms: &["terminal"], remedy: ONLY_TERMINAL },
    Owner { of: "ratatui::init", rooms: &["terminal"], remedy: ONLY_TERMINAL },
    Owner { of: "ratatui::restore", rooms: &["terminal"], remedy: ONLY_TERMINAL },
    Owner { of: "crossterm", rooms: &["terminal"], remedy: ONLY_TERMINAL },
    Owner {
        of: "signal_hook",
        rooms: &["terminal"],
        remedy: "signals come as `Input::Signal` from `terminal`",
    },
    Owner {
        of: "rustix",
        rooms: &["journal", "terminal", "desk"],
        remedy: "ask the room that owns the file or the terminal",
    },
    Owner { of: "rustix::termios", rooms: &["terminal"], remedy: ONLY_TERMINAL },
    Owner { of: "rustix::stdio", rooms: &["terminal"], remedy: ONLY_TERMINAL },
    Owner {
        of: "rustix::event",
        rooms: &["terminal"],
        remedy: "waiting is for `terminal`; the loop waits for its channel",
    },
    Owner { of: "rustix::fs", rooms: &["journal"], remedy: "syncing, locking and renaming is for `journal`" },
    Owner {
        of: "unicode_width",
        rooms: &["text"],
        remedy: "use `text::width`, so that a width is the same everywhere",
    },
    Owner {
        of: "unicode_segmentation",
        rooms: &["text", "ui"],
        remedy: "cut a text in `text`, edit a field in `ui`",
    },
    Owner {
        of: "qrcodegen",
        rooms: &["text"],
        remedy: "use `text::Square`, which has the margin that cameras need",
    },
    // The protocol
    Owner {
        of: "granit_parser",
        rooms: &["protocol"],
        remedy: "YAML is read in `protocol`; use its `Protocol`",
    },
    Owner {
        of: "postcard",
        rooms: &["protocol"],
        remedy: "only the shipped protocol has a ready form, which `protocol` makes and reads",
    },
    Owner {
        of: "winnow",
        rooms: &["protocol"],
        remedy: "conditions are parsed in `protocol`; use its `Condition`",
    },
    Owner {
        of: "regex_lite",
        rooms: &["protocol", "machine"],
        remedy: "a pattern is checked in `protocol` and used in `machine`",
    },
    Owner {
        of: "annotate_snippets",
        rooms: &["protocol", "words", "cli"],
        remedy: "a finding with its source line is drawn for `protocol check`",
    },
    Owner { of: "strsim", rooms: &["protocol"], remedy: "near names are found in `protocol`" },
    // What is kept
    Owner { of: "serde", rooms: &ROOMS, remedy: "" },
    Owner {
        of: "serde_json",
        rooms: &["protocol", "journal", "review", "share", "export", "desk", "cli"],
        remedy: "derive serde's traits and leave the format to `journal`, `export` or `cli`",
    },
    Owner { of: "chrono", rooms: &ROOMS, remedy: "" },
    Owner { of: "getrandom", rooms: &["seal", "journal"], remedy: "take what is random as an argument" },
    Owner { of: "age", rooms: &["seal"], remedy: ONLY_SEAL },
    Owner { of: "argon2", rooms: &["seal"], remedy: ONLY_SEAL },
    Owner { of: "chacha20", rooms: &["seal"], remedy: ONLY_SEAL },
    Owner { of: "chacha20poly1305", rooms: &["seal"], remedy: ONLY_SEAL },
    Owner { of: "hkdf", rooms: &["seal"], remedy: ONLY_SEAL },
    Owner { of: "hmac", rooms: &["seal"], remedy: ONLY_SEAL },
    Owner { of: "scrypt", rooms: &["seal"], remedy: ONLY_SEAL },
    Owner { of: "sha2", rooms: &["seal"], remedy: ONLY_SEAL },
    Owner { of: "pbkdf2", rooms: &["seal"], remedy: ONLY_SEAL },
    Owner {
        of: "zeroize",
        rooms: &["seal", "terminal"],
        remedy: "a secret is wiped in `seal`, and what was typed where it is read",
    },
    Owner {
        of: "zeroizing_alloc",
        rooms: &["main"],
        remedy: "a program has one allocator, named in `src/main.rs`",
    },
    Owner { of: "flate2", rooms: &["journal"], remedy: "only the protocol inside a session is deflated" },
    // What is handed on
    Owner {
        of: "base64",
        rooms: &["export"],
        remedy: "the hash in a page's content policy is made in `export`",
    },
    // The command line
    Owner { of: "clap", rooms: &["cli"], remedy: "arguments are for `cli`; take a type of your own" },
    Owner { of: "clap_complete", rooms: &["cli"], remedy: "completions are for `cli`" },
    Owner { of: "clap_mangen", rooms: &["cli"], remedy: "manual pages are for `cli`" },
    // The system
    Owner { of: "SystemTime::now", rooms: &["desk"], remedy: ONLY_DESK },
    Owner { of: "Utc::now", rooms: &["desk"], remedy: ONLY_DESK },
    Owner { of: "Local::now", rooms: &["desk"], remedy: ONLY_DESK },
    Owner { of: "Instant::now", rooms: &["terminal", "desk"], remedy: ONLY_DESK },
    Owner {
        of: "std::env",
        rooms: &["terminal", "desk", "cli", "main"],
        remedy: "take it as an argument; `cli` reads the environment",
    },
    Owner {
        of: "std::process",
        rooms: &["terminal", "desk", "cli", "main"],
        remedy: "return an answer; only `cli` and the ways out end or start a process",
    },
    Owner {
        of: "std::fs",
        rooms: &["protocol", "journal", "share", "desk", "cli"],
        remedy: "return bytes or a text, and let `cli` or `desk` write them",
    },
    Owner { of: "std::net", rooms: &["share"], remedy: "nothing but `share` speaks to another machine" },
    Owner {
        of: "std::thread",
        rooms: &["terminal", "desk"],
        remedy: "the threads are the desk's; give it a function to run",
    },
];

const ONLY_TERMINAL: &str = "only `terminal` touches the terminal; draw cells in `ui`";
const ONLY_SEAL: &str = "keys and cryptography have one room, `seal`; call it";
const ONLY_DESK: &str = "take `now` as an argument; time comes from the desk";

/// What one file may do against a rule, and why. One whose file is gone, or that nothing needs, fails.
const EXEMPT: &[Exempt] = &[
    Exempt {
        path: "src/protocol/reading.rs",
        from: "std::thread",
        why: "a translation's tree grows beside its protocol's; the thread is over before the function is",
    },
    Exempt {
        path: "src/journal/many.rs",
        from: "std::thread",
        why: "many files are looked at on all processors; the threads are over before the function is",
    },
    Exempt {
        path: "src/terminal/leave.rs",
        from: "std::fs",
        why: "the system keeps the process's own name in a file",
    },
    Exempt {
        path: "src/terminal/modes.rs",
        from: "rustix::fs",
        why: "the terminal is opened once more, so that a stalled line blocks nobody",
    },
];

/// Lines of code in a file: neither blank, nor comments, nor tests.
const MOST_LINES: usize = 600;

/// Tables and catalogues, where lines stand beside one another and are looked up, not followed. They may be longer.
const TABLES: [&str; 3] = ["src/protocol/keys.rs", "src/ui/keys.rs", "src/words/"];
const MOST_TABLE_LINES: usize = 900;

/// The tests' own, and the one that proptest's macros are written for.
const TEST_GLOBS: [&[&str]; 2] = [&["super", "*"], &["proptest", "prelude", "*"]];

/// Names that say nothing of what is in the file.
const EMPTY_NAMES: [&str; 9] =
    ["utils", "util", "helpers", "helper", "common", "misc", "imp", "manager", "stuff"];

struct Owner {
    of: &'static str,
    rooms: &'static [&'static str],
    remedy: &'static str,
}

struct Exempt {
    path: &'static str,
    from: &'static str,
    why: &'static str,
}

/// One thing that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Fault {
    path: String,
    line: usize,
    /// What an exemption names: the crate or path that is owned, or the rule.
    rule: &'static str,
    what: String,
    remedy: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {} [{}]\n    help: {}", self.path, self.line, self.what, self.rule, self.remedy)
    }
}

#[test]
fn every_file_keeps_to_its_room() {
    let files = rust_files("src");
    assert!(!files.is_empty(), "no file under src: run this from the package's folder");
    let found: Vec<Fault> = files.iter().flat_map(|(path, text)| faults(path, text)).collect();
    let (exempt, faults): (Vec<_>, Vec<_>) = found.into_iter().partition(is_exempt);
    let used: BTreeSet<_> = exempt.iter().map(|fault| (fault.path.as_str(), fault.rule)).collect();
    let mut report: Vec<String> = faults.iter().map(Fault::to_string).collect();
    for exempt in EXEMPT.iter().filter(|exempt| !used.contains(&(exempt.path, exempt.from))) {
        let state = if Path::new(exempt.path).exists() { "does not need it any more" } else { "is gone" };
        let (path, from) = (exempt.path, exempt.from);
        report.push(format!("{path}: is exempt from [{from}] ({}), and {state}\n    help: take the row out of EXEMPT in tests/architecture.rs", exempt.why));
    }
    for gone in TABLES.iter().filter(|table| !Path::new(table).exists()) {
        report.push(format!(
            "{gone}: is a table that is gone\n    help: take it out of TABLES in tests/architecture.rs"
        ));
    }
    assert!(report.is_empty(), "{} against the rules:\n\n{}\n", report.len(), report.join("\n"));
}

#[test]
fn every_file_beside_the_rooms_says_what_it_is_for() {
    let beside = ["tests", "benches", "examples", "fuzz/fuzz_targets"].into_iter().flat_map(rust_files);
    let faults: Vec<String> = beside
        .flat_map(|(path, text)| [opening(&path, &text), name(&path)])
        .flatten()
        .map(|fault| fault.to_string())
        .collect();
    assert!(faults.is_empty(), "{} against the rules:\n\n{}\n", faults.len(), faults.join("\n"));
}

#[test]
fn every_crate_has_an_owner() {
    let manifest = std::fs::read_to_string("Cargo.toml").expect("Cargo.toml is read");
    let unowned: Vec<&str> = dependencies(&manifest)
        .into_iter()
        .filter(|name| !OWNERS.iter().any(|owner| owner.of == name.replace('-', "_")))
        .collect();
    assert!(
        unowned.is_empty(),
        "Cargo.toml has crates that no room owns: {}\n    help: give each a row in OWNERS of \
         tests/architecture.rs, and say in docs/architecture.md why it is there",
        unowned.join(", ")
    );
}

/// The names under `[dependencies]`.
fn dependencies(manifest: &str) -> Vec<&str> {
    let section = manifest.split("\n[dependencies]\n").nth(1).unwrap_or_default();
    let lines = section.lines().take_while(|line| !line.starts_with('['));
    lines.filter(|line| !line.starts_with('#')).filter_map(|line| Some(line.split_once(" = ")?.0)).collect()
}

fn is_exempt(fault: &Fault) -> bool {
    EXEMPT.iter().any(|exempt| exempt.path == fault.path && exempt.from == fault.rule)
}

/// All Rust files under a folder, by path; none if there is no such folder.
fn rust_files(folder: &str) -> Vec<(String, String)> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.expect("a folder is listed").path();
        let path = path.to_str().unwrap_or_else(|| panic!("{} is no name for a file", path.display()));
        if Path::new(path).is_dir() {
            files.extend(rust_files(path));
        } else if Path::new(path).extension().is_some_and(|extension| extension == "rs") {
            files.push((path.to_owned(), std::fs::read_to_string(path).expect("a file is read")));
        }
    }
    files.sort();
    files
}

/// All that is wrong with one file under `src`.
fn faults(path: &str, text: &str) -> Vec<Fault> {
    let source = Source::new(text);
    let mut faults: Vec<Fault> = opening(path, text).into_iter().chain(name(path)).collect();
    let modules = modules(path);
    let room = modules.first().copied().unwrap_or("main");
    if !modules.is_empty() && !ROOMS.contains(&room) {
        let what = format!("`{room}` is none of the rooms");
        let remedy = format!("move it into one of: {}", ROOMS.join(", "));
        faults.push(fault(path, 1, "room", what, remedy));
        return faults;
    }
    let all_test = modules.last() == Some(&"tests");
    for line in source.lines_of(&["unsafe"]) {
        faults.push(fault(
            path,
            line,
            "unsafe",
            "`unsafe` is not for this program".into(),
            "use rustix, or a crate that wraps it".into(),
        ));
    }
    for line in source.lines_of(&["cfg", "!", "(", "test"]) {
        faults.push(fault(
            path,
            line,
            "cfg-test",
            "`cfg!(test)` makes another program than the one that ships".into(),
            "pass what differs as an argument".into(),
        ));
    }
    let lines = source.code_lines();
    let most = if TABLES.iter().any(|table| path.starts_with(table)) { MOST_TABLE_LINES } else { MOST_LINES };
    if !all_test && lines > most {
        let what = format!("{lines} lines of code, {most} at most");
        faults.push(fault(
            path,
            lines,
            "length",
            what,
            "it holds two things: find the second one and give it a file and a name".into(),
        ));
    }
    for used in source.paths() {
        let in_test = used.in_test || all_test;
        let words = &used.words;
        if words.last() == Some(&"*") && !(in_test && TEST_GLOBS.contains(&words.as_slice())) {
            let what = format!("`{}` hides what this file stands on", words.join("::"));
            faults.push(fault(
                path,
                used.line,
                "glob",
                what,
                "name what is used; `use super::*` is for tests only".into(),
            ));
        }
        if let Some(target) = room_of(words, &modules, used.inside) {
            if let Some((what, remedy)) = direction(room, target) {
                faults.push(fault(path, used.line, "direction", what, remedy));
            }
        } else if !in_test {
            for owner in OWNERS.iter().filter(|owner| names(owner.of, words) && !owner.rooms.contains(&room))
            {
                let what = format!("`{}` in `{room}` is for {} only", owner.of, or(owner.rooms));
                faults.push(fault(path, used.line, owner.of, what, owner.remedy.to_owned()));
            }
        }
    }
    faults
}

fn fault(path: &str, line: usize, rule: &'static str, what: String, remedy: String) -> Fault {
    Fault { path: path.to_owned(), line, rule, what, remedy }
}

fn or(rooms: &[&str]) -> String {
    let named: Vec<String> = rooms.iter().map(|room| format!("`{room}`")).collect();
    named.join(" or ")
}

/// Each file begins with what it owns.
fn opening(path: &str, text: &str) -> Option<Fault> {
    let first = text.lines().next().unwrap_or_default();
    let least = if modules(path).last() == Some(&"tests") { 1 } else { 2 };
    let says = first.strip_prefix("//!").is_some_and(|says| says.split_whitespace().count() >= least);
    (!says).then(|| {
        let what = "does not open with a sentence in `//!`".to_owned();
        fault(
            path,
            1,
            "opening",
            what,
            "say in its first line what the file owns, then what it must not know".into(),
        )
    })
}

fn name(path: &str) -> Option<Fault> {
    let empty = path.trim_end_matches(".rs").split('/').find(|part| EMPTY_NAMES.contains(part))?;
    let remedy = "name it after the one type or job that it holds";
    Some(fault(path, 1, "name", format!("`{empty}` says nothing of what is in it"), remedy.into()))
}

/// The modules that a file of `src` is, from the crate down; none for `lib.rs` and `main.rs`.
fn modules(path: &str) -> Vec<&str> {
    let inside = path.trim_start_matches("src/").trim_end_matches(".rs");
    inside.split('/').filter(|part| !matches!(*part, "lib" | "main" | "mod")).collect()
}

/// The room that a path leads to, seen from a module; none if it leads out of the crate or stays where it is.
fn room_of<'a>(words: &[&'a str], modules: &[&'a str], inside: usize) -> Option<&'a str> {
    let rest = match *words.first()? {
        "crate" | "amparo" => &words[1..],
        "super" => {
            let ups = words.iter().take_while(|word| **word == "super").count();
            if ups <= inside {
                return modules.first().copied();
            }
            let left = (modules.len() + inside).saturating_sub(ups);
            if left > 0 {
                return modules.first().copied();
            }
            &words[ups..]
        }
        "self" => return modules.first().copied(),
        _ => return None,
    };
    rest.iter().find(|word| **word != "self").copied()
}

/// Why a room may not import another, and what to do.
fn direction(from: &str, to: &str) -> Option<(String, String)> {
    let Some(target) = ROOMS.iter().position(|room| *room == to) else {
        let what = format!("`crate::{to}` is none of the rooms");
        return Some((what, "what rooms share belongs to the leftmost of them that needs it".to_owned()));
    };
    let own = ROOMS.iter().position(|room| *room == from).unwrap_or(ROOMS.len());
    (target > own).then(|| {
        let what = format!("`{from}` imports `{to}`, which stands to its right");
        (what, format!("move what both need to `{from}` or further left, or take it as an argument"))
    })
}

/// Whether a path is or goes through what is owned. Types of the system are met by their last words.
fn names(owned: &str, words: &[&str]) -> bool {
    let owned: Vec<&str> = owned.split("::").collect();
    if owned[0].starts_with(char::is_uppercase) {
        words.windows(owned.len()).any(|window| window == owned)
    } else {
        words.starts_with(&owned)
    }
}

/// A file, its text, and the lines with the rules that they break.
type Case = (&'static str, &'static str, &'static [(usize, &'static str)]);

/// Texts that break a rule, and texts that look as if they did.
#[test]
fn a_planted_fault_is_found_and_nothing_else() {
    let cases: &[Case] = &[
        ("src/ui/a.rs", "//! A part.\nuse crate::text::Id;\nuse crate::ui::Key;\nuse super::key::Key;", &[]),
        ("src/ui/a.rs", "//! A part.\nuse crate::desk::Turn;", &[(2, "direction")]),
        ("src/ui/a.rs", "//! A part.\nuse crate::{text::Id,\n    cli,\n    words};", &[(3, "direction")]),
        ("src/ui/a.rs", "//! A part.\nfn f() { let x = crate::cli::run(); }", &[(2, "direction")]),
        ("src/ui/a.rs", "//! A part.\nuse super::super::cli;", &[(2, "direction")]),
        ("src/ui.rs", "//! A room.\nuse super::cli;\nuse self::key::Key;", &[(2, "direction")]),
        (
            "src/ui/a.rs",
            "//! A part.\n#[cfg(test)]\nmod tests {\n    use super::*;\n    use super::super::key::Key;\n    use crate::cli;\n}",
            &[(6, "direction")],
        ),
        (
            "src/ui/a.rs",
            "//! A part.\n// crate::cli is not known here\nconst A: &str = \"crate::cli::run\";",
            &[],
        ),
        ("src/ui/a.rs", "//! A part.\nuse crate::shared::X;", &[(2, "direction")]),
        ("src/machine/a.rs", "//! A part.\nuse granit_parser::Event;", &[(2, "granit_parser")]),
        ("src/protocol/a.rs", "//! A part.\nuse granit_parser::Event;", &[]),
        ("src/machine/a.rs", "//! A part.\nuse ratatui::style::Style;", &[(2, "ratatui")]),
        (
            "src/ui/a.rs",
            "//! A part.\nuse ratatui::{style::Style, backend::CrosstermBackend};",
            &[(2, "ratatui::backend")],
        ),
        ("src/ui/a.rs", "//! A part.\nuse clap::Parser;", &[(2, "clap")]),
        ("src/journal/a.rs", "//! A part.\nuse sha2::Sha256;", &[(2, "sha2")]),
        ("src/journal/a.rs", "//! A part.\nuse rustix::{fs::fsync, termios};", &[(2, "rustix::termios")]),
        (
            "src/machine/a.rs",
            "//! A part.\nfn f() { std::time::SystemTime::now(); Utc::now(); }",
            &[(2, "SystemTime::now"), (2, "Utc::now")],
        ),
        ("src/machine/a.rs", "//! A part.\nuse std::{env, fmt, fs};", &[(2, "std::env"), (2, "std::fs")]),
        ("src/machine/a.rs", "//! A part.\n#[cfg(test)]\nmod tests {\n    use std::fs;\n}", &[]),
        ("src/machine/a/tests.rs", "//! Its tests.\nuse super::*;\nuse std::fs;", &[]),
        ("src/machine/a.rs", "//! A part.\nuse super::*;", &[(2, "glob")]),
        ("src/machine/a.rs", "//! A part.\npub use event::*;", &[(2, "glob")]),
        ("src/machine/a.rs", "//! A part.\nfn f() { unsafe { g() } }", &[(2, "unsafe")]),
        ("src/machine/a.rs", "//! A part.\nfn f() { if !cfg!(test) { g() } }", &[(2, "cfg-test")]),
        ("src/machine/a.rs", "use std::fmt;", &[(1, "opening")]),
        ("src/machine/a.rs", "//! machine", &[(1, "opening")]),
        ("src/machine/utils.rs", "//! A part.", &[(1, "name")]),
        ("src/common/a.rs", "//! A part.", &[(1, "name"), (1, "room")]),
        (
            "src/main.rs",
            "//! The binary.\nuse std::process::ExitCode;\nfn main() -> ExitCode { amparo::cli::run() }",
            &[],
        ),
    ];
    for (path, text, expected) in cases {
        let found: Vec<(usize, &str)> =
            faults(path, text).iter().map(|fault| (fault.line, fault.rule)).collect();
        assert_eq!(found, *expected, "in {path}:\n{text}");
    }
}

#[test]
fn a_file_that_no_head_holds_is_found_and_its_tests_do_not_count() {
    let lines = "fn f() {}\n".repeat(MOST_LINES);
    let fits = format!("//! A part.\n\n// why\n{lines}#[cfg(test)]\nmod tests {{\n{lines}}}\n");
    assert_eq!(faults("src/ui/a.rs", &fits), []);
    let found = faults("src/ui/a.rs", &format!("{fits}fn g() {{}}\n"));
    assert_eq!(found.iter().map(|fault| fault.rule).collect::<Vec<_>>(), ["length"]);
}

#[test]
fn a_fault_says_where_what_and_what_to_do() {
    let found = faults("src/machine/a.rs", "//! A part.\n\nuse crate::ui::Key;");
    let words = "src/machine/a.rs:3: `machine` imports `ui`, which stands to its right [direction]\n    help: move what \
                 both need to `machine` or further left, or take it as an argument";
    assert_eq!(found.iter().map(Fault::to_string).collect::<Vec<_>>(), [words]);
}
