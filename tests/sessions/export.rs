//! `amparo sessions export` and `stats`, and `amparo print`: what is asked, said and written where.

use std::fs;
use std::os::unix::fs::{FileTypeExt, PermissionsExt};
use std::path::Path;
use std::process;

use amparo::cli::Exit;
use amparo::journal::{Beside, Companion, Handling, ProtocolFile, ProtocolSource, Store};
use amparo::machine::{At, Command, SessionKind, State};
use amparo::protocol::read;
use amparo::seal::{HeadCode, fingerprint};
use amparo::text::{CaseCode, Language, Prose, ResponseId, StaffNumber};

use super::{Interview, NIGHT, START, archive, eventful, key, name, option, prints, prints_in, readers};

#[test]
fn what_is_not_sealed_says_so_before_it_is_written_for_one_pair_of_eyes_and_never_over_another_file() {
    let (home, folder) = (archive(), tempfile::tempdir().unwrap());
    let file = folder.path().join("week.html");
    let path = file.to_str().unwrap();
    let export = |input: &str, more: &[&str]| {
        let arguments = [&["export", "ab", "--output", path], more].concat();
        prints_in(Language::English, home.path(), &arguments, input)
    };
    let printed = export("", &[]);
    assert_eq!((printed.exit, printed.out.as_str()), (Exit::Done, ""));
    let said: Vec<&str> = printed.err.lines().collect();
    assert!(said[0].contains("will not be sealed") && said[0].contains("shred -u FILE"), "{said:?}");
    assert_eq!(said[1], format!("written: `{path}`, 1 session, for your eyes only"));
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let first = fs::read(&file).unwrap();
    assert!(first.starts_with(b"<!DOCTYPE html>"));
    fs::write(&file, "mine").unwrap();
    for (input, more, kept) in
        [("", &[][..], true), ("n\n", &[], true), ("y\n", &[], false), ("", &["--overwrite"], false)]
    {
        fs::write(&file, "mine").unwrap();
        let printed = export(input, more);
        assert_eq!(printed.exit, Exit::Done, "{input:?}");
        assert_eq!(printed.err.contains("Replace it?"), more.is_empty(), "{input:?}");
        assert_eq!(printed.err.contains("nothing was written"), kept, "{input:?}: {}", printed.err);
        assert_eq!(fs::read(&file).unwrap() == b"mine", kept, "{input:?}");
    }
    let nowhere = prints(home.path(), &["export", "ab", "--output", "/nowhere/at/all.html"]);
    assert_eq!(nowhere.exit, Exit::CouldNot);
    assert!(nowhere.err.contains("error: `/nowhere/at/all.html` cannot be written: "), "{}", nowhere.err);
}

#[test]
fn nothing_that_is_no_ordinary_file_is_replaced_and_nothing_goes_among_what_is_sealed() {
    let (home, folder) = (archive(), tempfile::tempdir().unwrap());
    let pipe = folder.path().join("pipe");
    assert!(process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let sealed = home.path().join("data").join(name(0xac).to_string());
    let before = fs::read(&sealed).unwrap();
    let inside = home.path().join("data/week.html");
    for (to, says) in [
        (
            &pipe,
            "is no ordinary file, and nothing is put in its place\nhelp: name a new file with `--output`",
        ),
        (&folder.path().to_owned(), "is no ordinary file, and nothing is put in its place\n"),
        (
            &sealed,
            "is in the folder with keys and sealed sessions, where nothing unsealed belongs\nhelp: name a file in",
        ),
        (&inside, "is in the folder with keys and sealed sessions, where nothing unsealed belongs\n"),
    ] {
        let to = to.to_str().unwrap();
        for command in [&["export", "ab"][..], &["stats"]] {
            let printed = prints(home.path(), &[command, &["--overwrite", "--output", to]].concat());
            assert_eq!(printed.exit, Exit::Usage, "{to}");
            assert!(printed.err.contains("error: `") && printed.err.contains(says), "{to}: {}", printed.err);
        }
    }
    assert!(fs::symlink_metadata(&pipe).unwrap().file_type().is_fifo());
    assert_eq!(fs::read(&sealed).unwrap(), before);
    assert!(!inside.exists());
}

#[test]
fn what_answers_a_remark_is_in_no_file_also_where_the_remark_cannot_be_read() {
    let home = archive();
    let sha256 = fingerprint(&Store::at(home.path()).bytes(&name(0xab)).unwrap());
    let of = Beside { name: name(0xab), sha256, head: HeadCode::of(&sha256) };
    let added = |text: &str, answers| Companion::Addendum {
        of,
        at: At { wall: START + 24 * 3_600_000, zone: 60, run: 0 },
        by: StaffNumber::new("204").unwrap(),
        text: Prose::new(text).unwrap(),
        answers,
    };
    for addendum in [added("the answer", Some(name(0x77))), added("the supplement", None)] {
        Store::at(home.path()).put_beside(&addendum, &readers()).unwrap();
    }
    for format in ["html", "md", "csv", "jsonl"] {
        let out = prints(home.path(), &["export", "ab", "--format", format]).out;
        assert!(!out.contains("the answer"), "{format}");
        assert_eq!(out.contains("the supplement"), format != "csv", "{format}");
    }
    // It is not lost.
    assert!(prints(home.path(), &["show", "ab"]).out.contains("the answer"));
}

#[test]
fn standard_output_has_the_file_and_nothing_else() {
    let home = archive();
    for (format, begins) in
        [("html", "<!DOCTYPE html>"), ("md", "# Sesiones"), ("csv", "\"session\","), ("jsonl", "{\"")]
    {
        let printed = prints_in(Language::Spanish, home.path(), &["export", "ab", "--format", format], "");
        assert_eq!(printed.exit, Exit::Done, "{}", printed.err);
        assert!(printed.out.starts_with(begins), "{format}: {}", printed.out);
        assert!(printed.err.starts_with("lo que sigue no está sellado"), "{}", printed.err);
        for private in ["Tied", "tied", "How heavy", "strain"] {
            assert!(!printed.out.contains(private), "{format}: {private}");
        }
    }
    let with = prints(home.path(), &["export", "ab", "--format", "md", "--with", "strain"]).out;
    assert!(with.contains("How heavy") && !with.contains("Tied"), "{with}");
}

#[test]
fn sessions_are_chosen_by_name_all_or_by_a_filter() {
    let home = archive();
    let exported = |arguments: &[&str]| {
        let arguments = [&["export", "--format", "csv"], arguments].concat();
        let printed = prints(home.path(), &arguments);
        let has = |case: &str| printed.out.contains(&format!(",\"{case}\","));
        (printed.exit, has("K-17"), has("K-18"))
    };
    let filter = home.path().join("filter");
    fs::write(&filter, "case:K-18\n").unwrap();
    for (arguments, expected) in [
        (&["ab"][..], (Exit::Done, true, false)),
        (&["ab", "ac"], (Exit::Done, true, true)),
        (&["--filter", "dev>2"], (Exit::Done, true, false)),
        (&["--filter-file", filter.to_str().unwrap()], (Exit::Done, false, true)),
        // Two files in the folder are no sessions.
        (&["--all"], (Exit::NotRight, true, true)),
    ] {
        let found = exported(arguments);
        assert_eq!((found.1, found.2), (expected.1, expected.2), "{arguments:?}");
        if arguments != ["--filter", "dev>2"] && !arguments[0].starts_with("--filter") {
            assert_eq!(found.0, expected.0, "{arguments:?}");
        }
    }
    let all = prints(home.path(), &["export", "--all", "--format", "csv"]);
    assert!(all.err.contains("left out: `HOME/data/evil·[2J.txt`"), "{}", all.err);
}

#[test]
fn what_cannot_be_exported_is_told_with_what_to_do() {
    let home = archive();
    for (arguments, exit, err) in [
        (&["export"][..], Exit::Usage, "error: no session was chosen\nhelp: name sessions"),
        (&["export", "zz"], Exit::CouldNot, "error: there is no session `zz`\n"),
        (
            &["export", "ab", "--with", "risk"],
            Exit::Usage,
            "error: `risk` is no private step of these sessions\nhelp: the private steps are tied, strain\n",
        ),
        (&["export", "--filter", "case:K-17"], Exit::Usage, "error: a case code, a staff number or a free"),
        (&["export", "--filter", "-staff:204"], Exit::Usage, "error: a case code, a staff number or a free"),
        (
            &["export", "--filter", "danger CASO:K-17"],
            Exit::Usage,
            "error: a case code, a staff number or a free",
        ),
        (&["export", "--filter", "Staff:204"], Exit::Usage, "error: a case code, a staff number or a free"),
        (
            &["export", "--filter", "\"case:K-17\""],
            Exit::Usage,
            "error: a case code, a staff number or a free",
        ),
        (&["export", "--filter", "K-17"], Exit::Usage, "error: a case code, a staff number or a free"),
        (&["stats", "--filter", "-204"], Exit::Usage, "error: a case code, a staff number or a free"),
        (&["export", "--filter", "since:soon"], Exit::Usage, "error: `soon` is no day\nhelp: write year"),
        (&["export", "--filter-file", "/none"], Exit::Usage, "error: `/none` cannot be read: "),
        (&["stats", "--filter", "since:soon"], Exit::Usage, "error: `soon` is no day\n"),
    ] {
        let printed = prints(home.path(), arguments);
        assert_eq!((printed.exit, printed.out.as_str()), (exit, ""), "{arguments:?}");
        assert!(printed.err.starts_with(err), "{arguments:?}: {}", printed.err);
    }
}

#[test]
fn a_file_that_was_changed_is_exported_as_far_as_it_stands_and_is_not_right() {
    let home = archive();
    let path = home.path().join("data").join(name(0xac).to_string());
    let mut bytes = fs::read(&path).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(&path, &bytes).unwrap();
    let printed = prints(home.path(), &["export", "ac", "--format", "md"]);
    assert_eq!(printed.exit, Exit::NotRight);
    assert!(printed.out.contains("changed from outside after 3 events"), "{}", printed.out);
}

#[test]
fn that_it_was_exported_stands_beside_it_with_the_head_that_was_read() {
    let home = archive();
    let printed = prints(home.path(), &["export", "ab", "--format", "jsonl"]);
    let placed = Store::at(home.path()).placed(&key());
    let [one] = placed.as_slice() else { panic!("{placed:?}") };
    let Companion::Handled { of, how: Handling::Exported, .. } = &one.companion else { panic!("{one:?}") };
    assert_eq!(of.name, name(0xab));
    assert!(printed.out.contains(&of.head.to_string()));
}

#[test]
fn figures_are_written_as_text_page_and_data() {
    let home = tempfile::tempdir().unwrap();
    eventful(home.path());
    let text = prints(home.path(), &["stats"]);
    assert_eq!(text.exit, Exit::Done, "{}", text.err);
    assert!(text.out.starts_with("FIGURES\n") && text.out.contains("to its last step  1\n"), "{}", text.out);
    assert!(prints(home.path(), &["stats", "--format", "html"]).out.contains("<svg"));
    let data: serde_json::Value =
        serde_json::from_str(&prints(home.path(), &["stats", "--format", "json"]).out).unwrap();
    assert_eq!(data["n"], 1);
    let none = prints(home.path(), &["stats", "--filter", "dev>90", "--format", "json"]).out;
    assert_eq!(serde_json::from_str::<serde_json::Value>(&none).unwrap()["n"], 0);
    let few = prints(home.path(), &["stats", "--aggregate"]);
    assert!(few.out.contains("too few sessions") && !few.out.contains("last step"), "{}", few.out);
    let data: serde_json::Value =
        serde_json::from_str(&prints(home.path(), &["stats", "--aggregate", "--format", "json"]).out)
            .unwrap();
    assert_eq!(data["n"], serde_json::Value::Null);
}

/// A protocol in which she can take her consent back, and a session in which she did, or thought of it.
fn takes_back(home: &Path, digit: u8, case: &str, what: &str) {
    let yaml = format!(
        "{NIGHT}  - id: consent-back\n    key: f7\n    rank: 4\n    title: Less, or stop\n    hint: less\n    steps:\n      - \
         id: take-back\n        kind: choice\n        ask: What does she want?\n        options:\n          - id: use-less\n            \
         label: Less of it\n          - id: use-nothing\n            label: Nothing of it\n            tells: discuss\n"
    );
    let source = ProtocolSource::new(ProtocolFile::new("night.yaml", yaml.clone()), Vec::new());
    let writer = Store::at(home).create_named(name(digit), &source, &readers()).unwrap();
    let reading = read("night.yaml", yaml.as_bytes(), &[]);
    let protocol = reading.protocol.unwrap_or_else(|| panic!("{:?}", reading.findings));
    let now = At { wall: START, zone: 60, run: 0 };
    let mut talk = Interview { protocol, state: State::default(), writer, now };
    let staff = vec![StaffNumber::new("204").unwrap()];
    talk.does(&Command::Begin { staff, case: CaseCode::new(case).unwrap(), kind: SessionKind::Real });
    talk.does(&Command::Raise { response: ResponseId::new("consent-back").unwrap() });
    talk.answers("take-back", option(what));
}

#[test]
fn what_she_took_back_is_in_no_export_and_no_figure() {
    let home = tempfile::tempdir().unwrap();
    takes_back(home.path(), 0xa1, "K-21", "use-nothing");
    takes_back(home.path(), 0xa2, "K-22", "use-less");
    let all = prints(home.path(), &["export", "--all", "--format", "csv"]);
    assert_eq!(all.exit, Exit::Done, "{}", all.err);
    assert!(all.out.contains("K-22") && !all.out.contains("K-21"), "{}", all.out);
    assert!(all.err.contains("left out: a1a1a1a1, since consent was taken back"), "{}", all.err);
    let alone = prints(home.path(), &["export", "a1", "--format", "jsonl"]);
    assert_eq!((alone.exit, alone.out.as_str()), (Exit::NotRight, ""));
    let data: serde_json::Value =
        serde_json::from_str(&prints(home.path(), &["stats", "--format", "json"]).out).unwrap();
    assert_eq!((&data["n"], &data["left_out"]["withdrawn"]), (&1.into(), &1.into()));
}
