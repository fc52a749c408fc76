//! Reading protocols, from the outside: what is read, what is refused, and in which words.

use std::fs;
use std::path::{Path, PathBuf};

use amparo::cli::Exit;
use amparo::cli::protocol::{ProtocolCommand, run};
use amparo::protocol::{Reading, read, read_file, shipped};
use amparo::text::Language;

/// The protocols in a folder, without the translations beside them.
fn fixtures(folder: &str) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(Path::new("tests/protocols").join(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "yaml"))
        .filter(|path| Path::new(path.file_stem().unwrap()).extension().is_none())
        .collect();
    found.sort();
    assert!(!found.is_empty(), "no fixtures in {folder}");
    found
}

fn checked(path: &Path, language: Language) -> (Exit, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let command = ProtocolCommand::Check { files: vec![path.to_owned()] };
    let exit = run(command, language, &mut out, &mut err);
    (exit, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
}

/// Compares with the file that says what is expected. `BLESS=1` writes what came, to be read before it is committed.
fn compare(expected: &Path, got: &str) {
    if std::env::var_os("BLESS").is_some() {
        fs::write(expected, got).unwrap();
    }
    let wanted = fs::read_to_string(expected).unwrap_or_default();
    assert_eq!(got, wanted, "{}", expected.display());
}

#[test]
fn what_is_wrong_is_said_whole() {
    for path in fixtures("bad") {
        let (exit, out, err) = checked(&path, Language::English);
        assert_eq!(exit, Exit::NotRight, "{}", path.display());
        compare(&path.with_extension("stderr"), &(err + &out));
    }
}

#[test]
fn what_is_worth_a_remark_is_right() {
    for path in fixtures("remarks") {
        let (exit, out, err) = checked(&path, Language::English);
        assert_eq!(exit, Exit::Done, "{}", path.display());
        assert!(!err.is_empty(), "{}", path.display());
        compare(&path.with_extension("stderr"), &(err + &out));
    }
}

/// Every finding in Spanish too: one file, since the places are the same.
#[test]
fn spanish_says_the_same_things() {
    let mut all = String::new();
    for path in fixtures("bad").into_iter().chain(fixtures("remarks")) {
        let (_, out, err) = checked(&path, Language::Spanish);
        let heads = err.lines().filter(|line| !line.starts_with([' ', '|']) && !line.contains(" | "));
        for line in
            heads.filter(|line| !line.is_empty()).chain(err.lines().filter(|line| line.contains("= ayuda")))
        {
            all.push_str(line.trim());
            all.push('\n');
        }
        all.push_str(&out);
    }
    compare(Path::new("tests/protocols/spanish.txt"), &all);
}

#[test]
fn what_is_right_has_no_findings() {
    for path in fixtures("good") {
        let (exit, out, err) = checked(&path, Language::English);
        assert_eq!((exit, err.as_str()), (Exit::Done, ""), "{}", path.display());
        assert_eq!(out, format!("{}: right\n", path.display()));
    }
}

#[test]
fn the_shipped_protocol_is_right() {
    let protocol = shipped().expect("no findings");
    assert!(protocol.covering().is_some());
}

fn told(reading: &Reading) -> Vec<String> {
    let of = |finding: &amparo::protocol::Finding| {
        let at = reading.sources[finding.source].position(finding.span.start);
        format!("{}:{} {:?}", at.line, at.column, finding.what)
    };
    reading.findings.iter().map(of).collect()
}

#[test]
fn a_protocol_is_there_exactly_when_nothing_is_wrong() {
    for path in ["bad", "remarks", "good"].into_iter().flat_map(fixtures) {
        let reading = read_file(&path).unwrap();
        let wrong = reading.findings.iter().any(|one| one.severity() == amparo::protocol::Severity::Error);
        assert_eq!(reading.protocol.is_none(), wrong, "{}: {:?}", path.display(), told(&reading));
    }
}

#[test]
fn huge_and_hostile_files_are_refused_at_once() {
    let huge = vec![b'a'; 100 << 20];
    let brackets = "[".repeat(10_000);
    let lists = "- ".repeat(10_000);
    let keys = (0..10_000).map(|depth| " ".repeat(depth) + "a:\n").collect::<String>();
    let parentheses = format!("amparo: 1\nconditions:\n  - id: a\n    is: {}\n", "(".repeat(900));
    let nots = format!("amparo: 1\nconditions:\n  - id: a\n    is: {} done(a)\n", "not ".repeat(200));
    let aliases =
        format!("a: &a [x]\n{}", (0..1000).map(|at| format!("k{at}: [*a, *a, *a]\n")).collect::<String>());
    for (name, bytes) in [
        ("a hundred megabytes", huge.as_slice()),
        ("ten thousand brackets", brackets.as_bytes()),
        ("ten thousand lists", lists.as_bytes()),
        ("ten thousand sections", &keys.as_bytes()[..keys.len().min(4 << 20)]),
        ("parentheses", parentheses.as_bytes()),
        ("nots", nots.as_bytes()),
        ("aliases", aliases.as_bytes()),
    ] {
        let before = std::time::Instant::now();
        let reading = read(name, bytes, &[]);
        assert!(reading.protocol.is_none() && !reading.findings.is_empty(), "{name}");
        assert!(before.elapsed().as_secs() < 5, "{name} took {:?}", before.elapsed());
    }
}
