//! `amparo keys` and `amparo sessions verify` as a person or a script starts them: arguments, exit code, what is said.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use amparo::desk::{Keyring, Role, Settings};
use amparo::journal::{ProtocolFile, ProtocolSource, SessionName, Store};
use amparo::machine::{At, Event, Fact, Follows, SessionKind};
use amparo::seal::{HeadCode, Identity, Passphrase, WorkFactor};
use amparo::text::{CaseCode, ProtocolId, StaffNumber};
use serde_json::Value;

#[path = "commands/lost.rs"]
mod lost;
#[path = "commands/trouble.rs"]
mod trouble;
#[path = "commands/verified.rs"]
mod verified;

const OTHER: &str = "age1t7rxyev2z3rw82stdlrrepyc39nvn86l5078zqkf5uasdy86jp6svpy7pa";

struct Ran {
    code: i32,
    out: String,
    err: String,
}

fn amparo_fed(home: &Path, args: &[&str], input: &str) -> Ran {
    let mut child = Command::new(env!("CARGO_BIN_EXE_amparo"))
        .args(args)
        .env("AMPARO_HOME", home)
        .env("LANG", "en_US.UTF-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Whoever refuses its arguments reads nothing.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let ran = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap().replace(&home.display().to_string(), "HOME");
    Ran { code: ran.status.code().unwrap(), out: text(ran.stdout), err: text(ran.stderr) }
}

fn amparo(home: &Path, args: &[&str]) -> Ran {
    amparo_fed(home, args, "")
}

fn words(home: &Path) -> String {
    let path = home.join("words");
    fs::write(&path, "four old green words\n").unwrap();
    path.to_str().unwrap().to_owned()
}

/// A home with a key that is locked with little work, so that no test waits for it.
fn home_with(role: Role) -> (tempfile::TempDir, Identity) {
    let home = tempfile::tempdir().unwrap();
    let identity = Identity::generate();
    let passphrase = Passphrase::new("four old green words".to_owned());
    Keyring::read(home.path()).unwrap().keep_own(&identity, role, &passphrase, WorkFactor(2)).unwrap();
    words(home.path());
    (home, identity)
}

/// How a session ends.
#[derive(PartialEq)]
enum End {
    Closed,
    Open,
}

/// A session of a case.
fn session(home: &Path, digit: u8, end: &End) -> PathBuf {
    let recipients = Keyring::read(home).unwrap().recipients(&Settings::default()).unwrap();
    let source = ProtocolSource::new(ProtocolFile::new("night.yaml", "amparo: 1\n"), Vec::new());
    let name = SessionName::of_bytes([digit; 16]);
    let mut writer = Store::at(home).create_named(name, &source, &recipients).unwrap();
    let event = |fact| Event { at: At::default(), fact, follows: Follows::default() };
    let begun = Fact::Begun {
        staff: vec![StaffNumber::new("204").unwrap()],
        case: CaseCode::new("K-17").unwrap(),
        protocol: ProtocolId::new("night").unwrap(),
        version: 1,
        kind: SessionKind::Real,
    };
    writer.append(&event(begun)).unwrap();
    writer.append(&event(Fact::Paused)).unwrap();
    if *end == End::Closed {
        writer.append(&event(Fact::Closed { reason: None, open: Vec::new() })).unwrap();
    }
    writer.path().to_owned()
}

#[test]
fn a_key_is_made_listed_given_others_and_brought_back_from_its_sheet() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let list = amparo(home, &["keys", "list"]);
    assert_eq!((list.code, list.err.as_str()), (0, ""));
    assert!(list.out.starts_with("no keys yet"), "{}", list.out);

    let words = words(home);
    let made = amparo(home, &["keys", "new", "--supervisor", "--passphrase-file", &words]);
    assert_eq!((made.code, made.err.as_str()), (0, ""));
    let public = made.out.lines().nth(1).unwrap().trim().to_owned();
    assert!(public.starts_with("age1"), "{}", made.out);
    assert_eq!(fs::metadata(home.join("key")).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::metadata(home.join("keys.json")).unwrap().permissions().mode() & 0o777, 0o600);
    let locked = fs::read(home.join("key")).unwrap();
    assert!(String::from_utf8_lossy(&locked).contains(" 18\n"), "scrypt with a work factor of 18");

    let again = amparo(home, &["keys", "new", "--passphrase-file", &words]);
    assert_eq!(again.code, 3);
    assert!(
        again.err.starts_with("error: this machine has a key of its own already\nhelp: "),
        "{}",
        again.err
    );

    assert_eq!(amparo(home, &["keys", "add", "311", OTHER]).code, 0);
    for (args, err) in [
        (&["keys", "add", "Marta", OTHER][..], "error: that is no staff number\n"),
        (&["keys", "add", "9", "age1nothing"], "error: that is no public key, or it has a typing slip\n"),
        (&["keys", "add", "311", &public], "error: `311` has another key already\n"),
        (&["keys", "remove", "9"], "error: no key has the number `9`\n"),
    ] {
        let refused = amparo(home, args);
        assert_eq!((refused.code, refused.out.as_str()), (3, ""), "{args:?}");
        assert!(refused.err.starts_with(err) && refused.err.contains("\nhelp: "), "{}", refused.err);
    }
    let list = amparo(home, &["keys", "list"]).out;
    assert_eq!(list, format!("311  {OTHER}\nown key (supervisor, reads what is written here)  {public}\n"));
    let worker = amparo(home, &["keys", "add", "--worker", "311", OTHER]).out;
    assert_eq!(worker, "added; it reads remarks that are addressed to her number, and nothing else\n");
    let list = amparo(home, &["keys", "list"]).out;
    assert!(list.starts_with(&format!("311 (caseworker, reads only remarks to her)  {OTHER}\n")), "{list}");
    assert_eq!(amparo(home, &["keys", "remove", "311"]).code, 0);
    assert!(!amparo(home, &["keys", "list"]).out.contains("311"));

    // On another machine, from the sheet as it was printed.
    let sheet: Vec<&str> =
        made.out.lines().filter(|line| line.trim_start().starts_with(char::is_numeric)).collect();
    assert_eq!(sheet.len(), 6, "{}", made.out);
    let other = tempfile::tempdir().unwrap();
    let file = other.path().join("sheet");
    let path = file.to_str().unwrap();
    fs::write(&file, sheet.join("\n").replacen("4.  ", "4.  Q", 1)).unwrap();
    let slip = amparo(other.path(), &["keys", "new", "--sheet", path, "--passphrase-file", &words]);
    assert_eq!(slip.code, 3);
    assert!(slip.err.starts_with("error: row 4 of the sheet has a sign too many"), "{}", slip.err);
    fs::write(&file, sheet.join("\n")).unwrap();
    let back = amparo(other.path(), &["keys", "new", "--sheet", path, "--passphrase-file", &words]);
    assert_eq!(back.code, 0, "{}", back.err);
    assert!(back.out.contains(&public));
}

#[test]
fn a_passphrase_that_is_short_missing_or_wrong_is_told() {
    let (home, _) = home_with(Role::Caseworker);
    session(home.path(), 0xab, &End::Closed);
    let empty = tempfile::tempdir().unwrap();
    for (home, args, input, err) in [
        (
            empty.path(),
            &["keys", "new", "--passphrase-file", "-"][..],
            "short\n",
            "error: the passphrase is too short",
        ),
        (empty.path(), &["keys", "new", "--passphrase-file", "-"], "", "error: no passphrase was given"),
        (empty.path(), &["keys", "new", "--passphrase-file", "/none"], "", "error: `/none`: "),
        (empty.path(), &["keys", "new"], "", "A passphrase locks"),
        (
            home.path(),
            &["sessions", "list"],
            "",
            "passphrase: \nerror: a passphrase is needed, and there is no terminal",
        ),
        (
            home.path(),
            &["sessions", "list", "--passphrase-file", "-"],
            "wrong words\n",
            "error: that is not the passphrase",
        ),
    ] {
        let ran = amparo_fed(home, args, input);
        assert_eq!((ran.code, ran.out.as_str()), (3, ""), "{args:?}: {}", ran.err);
        assert!(ran.err.starts_with(err) && ran.err.contains("help: "), "{args:?}: {}", ran.err);
    }
    let list =
        amparo_fed(home.path(), &["sessions", "list", "--passphrase-file", "-"], "four old green words\n");
    assert_eq!(list.code, 0, "{}", list.err);
    assert!(list.out.contains("K-17"), "{}", list.out);
}

#[test]
fn verify_has_an_answer_a_file_and_an_exit_code_for_scripts() {
    let (home, identity) = home_with(Role::Caseworker);
    let home = home.path();
    let words = words(home);
    let whole = session(home, 0xab, &End::Closed);
    let open = session(home, 0xac, &End::Open);
    let verify = |args: &[&str]| {
        let args: Vec<&str> =
            ["sessions", "verify", "--passphrase-file", &words].iter().chain(args).copied().collect();
        amparo(home, &args)
    };
    let all = verify(&[]);
    assert_eq!((all.code, all.err.as_str()), (0, ""));
    assert!(all.out.contains(&format!("{}  whole: it was closed", "ab".repeat(16))), "{}", all.out);
    assert!(all.out.contains(&format!("{}  open: never closed", "ac".repeat(16))), "{}", all.out);

    let data: Value = serde_json::from_str(&verify(&["--json"]).out).unwrap();
    let row = |name: &str, data: &Value| -> Value {
        data.as_array().unwrap().iter().find(|row| row["session"] == name.repeat(16)).unwrap().clone()
    };
    let one = row("ab", &data);
    assert_eq!((one["finding"].as_str(), one["events_count"].as_u64()), (Some("whole"), Some(3)));
    let code = one["head"].as_str().unwrap().to_owned();
    let bytes = fs::read(&whole).unwrap();
    assert_eq!(code, HeadCode::of(&amparo::seal::fingerprint(&bytes)).to_string());

    // The code of the paper, with and without a slip of the pen.
    let whole = whole.to_str().unwrap();
    assert_eq!(verify(&[whole, "--head", &code.to_lowercase()]).code, 0);
    let slip = format!("{}{}", if code.starts_with('7') { '8' } else { '7' }, &code[1..]);
    let slipped = verify(&[whole, "--head", &slip]);
    assert_eq!(slipped.code, 1);
    assert!(slipped.out.contains("a slip of the pen"), "{}", slipped.out);
    let another = verify(&[whole, "--head", "7777-7777-7777-7777"]);
    assert_eq!(another.code, 1);
    assert!(another.out.contains("another file"), "{}", another.out);
    let cut = verify(&[open.to_str().unwrap(), "--head", "7777-7777-7777-7777"]);
    assert!(cut.code == 1 && cut.out.contains("cut: "), "{}", cut.out);
    let none = verify(&[whole, "--head", "7777"]);
    assert_eq!(none.code, 3);
    assert!(none.err.starts_with("error: the head code has 4 signs"), "{}", none.err);
    assert_eq!(verify(&["--head", &code]).code, 2, "a code is one file's");

    // Somebody without any key looks whether it is the file of the paper.
    let stranger = tempfile::tempdir().unwrap();
    let same = amparo(stranger.path(), &["sessions", "verify", whole, "--head", &code]);
    assert_eq!(same.code, 0, "{}", same.err);
    assert!(same.out.contains("byte for byte the file that was noted"), "{}", same.out);
    assert_eq!(amparo(stranger.path(), &["sessions", "verify", whole]).code, 3, "nothing can be said");

    // Changed, vanished, and something else.
    let mut changed = bytes.clone();
    *changed.last_mut().unwrap() ^= 1;
    fs::write(whole, &changed).unwrap();
    fs::remove_file(&open).unwrap();
    fs::write(home.join("data").join("a poem"), "roses\n").unwrap();
    let wrong = verify(&["--json"]);
    assert_eq!(wrong.code, 1);
    let data: Value = serde_json::from_str(&wrong.out).unwrap();
    assert_eq!(row("ab", &data)["finding"], "altered");
    assert_eq!(row("ac", &data)["finding"], "missing");
    assert!(wrong.out.contains("not-one-of-ours"));

    // A ledger from which a line was taken out is told.
    let ledger = fs::read_to_string(home.join("index")).unwrap();
    let lines: Vec<&str> = ledger.lines().filter(|line| !line.is_empty()).collect();
    fs::write(home.join("index"), [&lines[..1], &lines[2..]].concat().join("\n")).unwrap();
    let broken = verify(&[]);
    assert_eq!(broken.code, 1);
    assert!(broken.err.contains("ledger was changed before line 2"), "{}", broken.err);
    drop(identity);
}

/// Copies a session that was held on another machine among the sessions of this one.
fn receive(home: &Path, recipients_of: &Path, digit: u8, end: &End) -> PathBuf {
    let bytes = fs::read(session(recipients_of, digit, end)).unwrap();
    let path = home.join("data").join(SessionName::of_bytes([digit; 16]).to_string());
    fs::create_dir_all(home.join("data")).unwrap();
    fs::write(&path, bytes).unwrap();
    path
}

#[test]
fn a_supervisors_machine_misses_what_it_once_saw_among_its_own_sessions() {
    let (supervisor, identity) = home_with(Role::Supervisor);
    let home = supervisor.path();
    let words = words(home);
    let laptop = tempfile::tempdir().unwrap();
    Keyring::read(laptop.path())
        .unwrap()
        .add(StaffNumber::new("100").unwrap(), identity.public(), Role::Supervisor)
        .unwrap();
    let received = receive(home, laptop.path(), 0xab, &End::Closed);
    let stick = tempfile::tempdir().unwrap();
    let elsewhere = stick.path().join(SessionName::of_bytes([0xac; 16]).to_string());
    fs::copy(session(laptop.path(), 0xac, &End::Open), &elsewhere).unwrap();
    let verify = |args: &[&str]| {
        amparo(home, &[&["sessions", "verify", "--json", "--passphrase-file", &words], args].concat())
    };
    let found = |ran: &Ran| -> Vec<(String, String)> {
        let data: Vec<Value> = serde_json::from_str(&ran.out).unwrap();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        data.iter().map(|row| (text(&row["session"])[..2].to_owned(), text(&row["finding"]))).collect()
    };
    let is = |name: &str, finding: &str| (name.to_owned(), finding.to_owned());
    // A stick's file is looked at too, and may go as it came.
    assert_eq!(found(&verify(&[elsewhere.to_str().unwrap()])), [is("ac", "open")]);
    fs::remove_file(&elsewhere).unwrap();
    let first = verify(&[]);
    assert_eq!((first.code, found(&first)), (0, vec![is("ab", "whole")]), "{}", first.err);
    fs::remove_file(&received).unwrap();
    let second = verify(&[]);
    assert_eq!((second.code, found(&second)), (1, vec![is("ab", "missing")]), "{}", second.err);
}

/// What is put in the place of a ledger, and how.
type Put<'a> = (&'a str, Box<dyn Fn() + 'a>);

#[test]
fn a_ledger_that_cannot_be_read_or_is_gone_is_no_empty_one() {
    let (home, _) = home_with(Role::Caseworker);
    let home = home.path();
    let words = words(home);
    let (index, kept) = (home.join("index"), home.join("kept"));
    let one = session(home, 0xab, &End::Closed);
    session(home, 0xac, &End::Closed);
    fs::remove_file(one).unwrap();
    let verify = || amparo(home, &["sessions", "verify", "--passphrase-file", &words]);
    let whole = verify();
    assert!(whole.code == 1 && whole.out.contains("missing"), "{}", whole.out);
    fs::rename(&index, &kept).unwrap();
    let puts: [Put<'_>; 5] = [
        ("a link", Box::new(|| std::os::unix::fs::symlink(&kept, &index).unwrap())),
        ("a folder", Box::new(|| fs::create_dir(&index).unwrap())),
        ("a pipe", Box::new(|| assert!(Command::new("mkfifo").arg(&index).status().unwrap().success()))),
        ("too large", Box::new(|| fs::File::create(&index).unwrap().set_len(33 << 20).unwrap())),
        ("nothing", Box::new(|| {})),
    ];
    for (what, put) in puts {
        put();
        let ran = verify();
        assert_eq!(ran.code, 3, "{what}: {}", ran.err);
        let says = if what == "nothing" { "has no ledger" } else { "cannot be read" };
        assert!(ran.err.contains(says), "{what}: {}", ran.err);
        assert!(
            ran.out.contains(&"ac".repeat(16)),
            "{what}: what is there is still answered for: {}",
            ran.out
        );
        if what == "a folder" {
            fs::remove_dir(&index).unwrap();
        } else {
            fs::remove_file(&index).unwrap();
        }
    }
    // A home that never kept anything misses nothing.
    let new = tempfile::tempdir().unwrap();
    let ran = amparo(new.path(), &["sessions", "verify"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
}

#[test]
fn a_copy_under_another_name_is_told_on_a_caseworkers_machine() {
    let (home, _) = home_with(Role::Caseworker);
    let home = home.path();
    let words = words(home);
    let one = session(home, 0xab, &End::Closed);
    let copy = home.join("data").join("cd".repeat(16));
    fs::copy(&one, &copy).unwrap();
    let ran = amparo(home, &["sessions", "verify", "--passphrase-file", &words]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let (own, copied) = ("ab".repeat(16), "cd".repeat(16));
    assert!(ran.out.contains(&format!("the same bytes as {own}")), "{}", ran.out);
    assert!(ran.out.contains(&format!("the same bytes as {copied}")), "{}", ran.out);
    assert_eq!(ran.out.matches("not begun on this machine").count(), 1, "{}", ran.out);
    let data = amparo(home, &["sessions", "verify", "--json", "--passphrase-file", &words]).out;
    let data: Vec<Value> = serde_json::from_str(&data).unwrap();
    for row in &data {
        let is_copy = row["session"] == copied;
        assert_eq!(row["begun_here"] == Value::Bool(false), is_copy, "{row}");
        assert_eq!(row["same_bytes_as"], serde_json::json!([if is_copy { &own } else { &copied }]));
    }
}

#[test]
fn verify_goes_on_without_a_passphrase() {
    let (home, _) = home_with(Role::Caseworker);
    let home = home.path();
    let one = session(home, 0xab, &End::Closed);
    // No terminal is there to ask at.
    let ran = amparo(home, &["sessions", "verify"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("byte for byte the file that was noted"), "{}", ran.out);
    let mut bytes = fs::read(&one).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(&one, bytes).unwrap();
    let ran = amparo(home, &["sessions", "verify"]);
    assert!(ran.code == 1 && ran.out.contains("another file"), "{}", ran.out);
    // A passphrase that is given is not passed by.
    let wrong = home.join("wrong");
    fs::write(&wrong, "not these words at all\n").unwrap();
    let ran = amparo(home, &["sessions", "verify", "--passphrase-file", wrong.to_str().unwrap()]);
    assert_eq!(ran.code, 3, "{}", ran.out);
}

#[test]
fn only_a_supervisors_machine_erases_and_its_stone_is_found() {
    let (caseworker, _) = home_with(Role::Caseworker);
    session(caseworker.path(), 0xab, &End::Closed);
    let reason = caseworker.path().join("reason");
    fs::write(&reason, "consent taken back\n").unwrap();
    let reason = reason.to_str().unwrap().to_owned();
    let erase = |home: &Path| {
        let words = words(home);
        amparo(
            home,
            &["sessions", "erase", "ab", "--yes", "--reason-file", &reason, "--passphrase-file", &words],
        )
    };
    let refused = erase(caseworker.path());
    assert_eq!(refused.code, 3);
    assert!(refused.err.contains("not marked supervisor"), "{}", refused.err);

    let (supervisor, _) = home_with(Role::Supervisor);
    session(supervisor.path(), 0xab, &End::Closed);
    let done = erase(supervisor.path());
    assert_eq!(done.code, 0, "{}", done.err);
    let words = words(supervisor.path());
    let verify = amparo(supervisor.path(), &["sessions", "verify", "--passphrase-file", &words]);
    assert_eq!(verify.code, 0);
    assert!(verify.out.contains("erased: consent taken back"), "{}", verify.out);
    let show = amparo(supervisor.path(), &["sessions", "show", "ab", "--passphrase-file", &words]);
    assert!(show.code == 3 && show.err.contains("was erased: consent taken back"), "{}", show.err);
}

#[test]
fn without_a_key_nothing_real_is_begun_and_nothing_is_asked_for_nothing() {
    let home = tempfile::tempdir().unwrap();
    let run = amparo(home.path(), &["run"]);
    assert_eq!(run.code, 3);
    assert!(
        run.err.contains("nobody could ever read") || run.err.contains("needs a terminal"),
        "{}",
        run.err
    );
    let list = amparo(home.path(), &["sessions", "list"]);
    assert_eq!((list.code, list.out.as_str()), (0, "no sessions yet\n"));
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0, "and nothing is made");
}

/// What another library than the one that draws reads in rows of half-blocks, light cells drawn.
fn read_square(rows: &[&str]) -> String {
    const SCALE: usize = 4;
    let cells: Vec<Vec<char>> = rows.iter().map(|row| row.chars().collect()).collect();
    let is_light = |x: usize, y: usize| {
        let block = cells[y / 2][x];
        block == '█' || block == if y.is_multiple_of(2) { '▀' } else { '▄' }
    };
    let (wide, high) = (cells[0].len() * SCALE, rows.len() * 2 * SCALE);
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(wide, high, |x, y| {
        if is_light(x / SCALE, y / SCALE) { 255 } else { 0 }
    });
    image.detect_grids().first().unwrap().decode().unwrap().1
}

#[test]
fn a_key_that_a_camera_read_off_one_screen_is_taken_on_another_machine() {
    let (home, identity) = home_with(Role::Supervisor);
    let home = home.path();
    assert_eq!(amparo(home, &["keys", "add", "311", OTHER]).code, 0);
    for (args, title, key) in [
        (&["keys", "list", "--qr"][..], "own key", identity.public().to_string()),
        (&["keys", "list", "--qr", "311"], "311", OTHER.to_owned()),
    ] {
        let shown = amparo(home, args);
        assert_eq!((shown.code, shown.err.as_str()), (0, ""));
        let lines: Vec<&str> = shown.out.lines().collect();
        assert_eq!((lines[0], lines[20], lines.len()), (title, key.as_str(), 21));
        assert!(lines.iter().all(|line| line.chars().count() <= 62), "it fits 80 by 24");
        let read = read_square(&lines[1..20]);
        assert_eq!(read, key.to_ascii_uppercase());
        // As it was read, as an argument and in a file.
        let other = tempfile::tempdir().unwrap();
        assert_eq!(amparo(other.path(), &["keys", "add", "9", &read]).code, 0);
        let file = other.path().join("key.txt");
        fs::write(&file, format!("# hers\n{read}\n")).unwrap();
        assert_eq!(amparo(other.path(), &["keys", "add", "10", "--file", file.to_str().unwrap()]).code, 0);
        let list = amparo(other.path(), &["keys", "list"]).out;
        assert_eq!(list, format!("9  {key}\n10  {key}\n"));
    }
    for args in [&["keys", "list", "--qr", "9"][..], &["keys", "list", "--qr", "Marta"]] {
        let refused = amparo(home, args);
        assert_eq!((refused.code, refused.out.as_str()), (3, ""), "{args:?}");
        assert!(refused.err.contains("\nhelp: "), "{}", refused.err);
    }
    let none = tempfile::tempdir().unwrap();
    assert_eq!(amparo(none.path(), &["keys", "list", "--qr"]).code, 3);
}

#[test]
fn of_many_closed_sessions_each_is_verified_and_noted_and_none_of_their_codes_told() {
    let (home, _) = home_with(Role::Supervisor);
    let home = home.path();
    let words = words(home);
    let bytes = fs::read(session(home, 1, &End::Closed)).unwrap();
    for digit in 2..=101 {
        fs::write(home.join("data").join(SessionName::of_bytes([digit; 16]).to_string()), &bytes).unwrap();
    }
    let verify = |args: &[&str]| {
        amparo(home, &[&["sessions", "verify", "--json", "--passphrase-file", &words], args].concat())
    };
    let all = verify(&[]);
    assert_eq!((all.code, all.err.lines().count()), (0, 1), "{}", all.err);
    assert!(all.err.contains("no head codes"), "{}", all.err);
    let found: Vec<Value> = serde_json::from_str(&all.out).unwrap();
    assert_eq!(found.len(), 101);
    assert!(found.iter().all(|file| file["finding"] == "whole" && file["head"].is_null()), "{}", all.out);
    let one = home.join("data").join(SessionName::of_bytes([7; 16]).to_string());
    let named: Vec<Value> = serde_json::from_str(&verify(&[one.to_str().unwrap()]).out).unwrap();
    assert!(named[0]["head"].is_string(), "{named:?}");
    // Each has its receipt, and a second look adds none.
    let ledger = || fs::read_to_string(home.join("index")).unwrap();
    let noted = ledger();
    assert_eq!(noted.matches("\"seen\"").count(), 101);
    verify(&[]);
    assert_eq!(ledger(), noted);
}

#[test]
fn what_a_stranger_puts_among_the_sessions_is_named_and_keeps_nobody_waiting() {
    let (home, _) = home_with(Role::Supervisor);
    let home = home.path();
    let words = words(home);
    session(home, 1, &End::Closed);
    let at = |digit: u8| home.join("data").join(SessionName::of_bytes([digit; 16]).to_string());
    let made = Command::new("mkfifo").arg(at(2)).arg(home.join("data").join("pipe")).status().unwrap();
    assert!(made.success());
    std::os::unix::fs::symlink("/dev/zero", at(3)).unwrap();
    std::os::unix::fs::symlink(at(1), at(4)).unwrap();
    fs::create_dir(at(5)).unwrap();
    fs::File::create(at(6)).unwrap().set_len(1 << 40).unwrap();
    fs::write(home.join("data").join("\u{1b}[31mred\u{202e}"), "x").unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(home.join("data").join("socket")).unwrap();
    for args in [&["sessions", "list"][..], &["sessions", "list", "--json"], &["sessions", "verify"]] {
        let ran = amparo(home, &[args, &["--passphrase-file", &words]].concat());
        assert!(ran.code <= 1, "{args:?} {}", ran.err);
        assert!(!ran.out.contains('\u{1b}') && !ran.out.contains('\u{202e}'), "{:?}", ran.out);
        assert!(ran.out.contains("01010101"), "the one that is one: {}", ran.out);
    }
}

#[test]
fn paper_is_printed_without_a_key_and_says_first_that_it_is_not_sealed() {
    let home = tempfile::tempdir().unwrap();
    for (paper, has) in [("waiver", "Her sign"), ("appointment", "Appointment")] {
        let printed = amparo(home.path(), &["print", paper]);
        assert_eq!(printed.code, 0, "{}", printed.err);
        assert!(printed.out.starts_with("<!DOCTYPE html>") && printed.out.contains(has), "{}", printed.out);
        assert!(printed.err.starts_with("what follows is not sealed"), "{}", printed.err);
        let text = amparo(home.path(), &["--lang", "es", "print", paper, "--format", "text"]);
        assert!(
            text.out.contains("____") && text.err.starts_with("lo que sigue no está sellado"),
            "{}",
            text.err
        );
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("slip.html");
    let to = ["print", "appointment", "--output", file.to_str().unwrap()];
    assert_eq!(amparo(home.path(), &to).code, 0);
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    fs::write(&file, "mine").unwrap();
    let again = amparo_fed(home.path(), &to, "n\n");
    assert!(again.code == 0 && again.err.ends_with("nothing was written\n"), "{}", again.err);
    assert_eq!(fs::read(&file).unwrap(), b"mine");
}

#[test]
fn the_report_of_a_day_has_what_began_then_and_nothing_of_another_day() {
    let (home, identity) = home_with(Role::Supervisor);
    let file = words(home.path());
    let begun = At { wall: 1_795_537_000_000, zone: 60, run: 0 };
    let recipients = amparo::seal::Recipients::new(vec![identity.public()]).unwrap();
    let source = ProtocolSource::new(ProtocolFile::new("night.yaml", "amparo: 99"), Vec::new());
    let mut writer = Store::at(home.path()).create(&source, &recipients).unwrap();
    let fact = Fact::Begun {
        staff: vec![StaffNumber::new("204").unwrap()],
        case: CaseCode::new("K-17").unwrap(),
        protocol: ProtocolId::new("night").unwrap(),
        version: 4,
        kind: SessionKind::Real,
    };
    writer.append(&Event { at: begun, fact, follows: Follows::default() }).unwrap();
    drop(writer);
    let report = |day: &str| {
        amparo(
            home.path(),
            &["--passphrase-file", &file, "print", "report", "--format", "text", "--day", day],
        )
    };
    let (that, other) = (report("2026-11-24"), report("2026-11-25"));
    assert_eq!((that.code, other.code), (0, 0), "{}", that.err);
    assert!(that.out.contains("Staff number 204") && that.out.contains("K-17"), "{}", that.out);
    assert!(other.out.contains("No session began that day.") && !other.out.contains("204"), "{}", other.out);
}
