//! `amparo sessions` over sessions that the machine wrote: what is printed, in full.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;

use amparo::cli::Exit;
use amparo::cli::sessions::{Around, SessionsCommand, run_around};
use amparo::desk::{AtHand, Role};
use amparo::journal::{
    Beside, Companion, Handling, ProtocolFile, ProtocolSource, SessionName, Store, Writer,
};
use amparo::machine::{
    At, Command, CoveredBy, Heard, LeftFrom, Reason, ReasonCode, RowKey, SessionKind, State, Uncovered,
    Value, apply, decide,
};
use amparo::protocol::{Protocol, read};
use amparo::seal::{HeadCode, Identity, Recipients, fingerprint};
use amparo::text::{
    CaseCode, Language, Line, OptionId, PhaseId, Prose, ResponseId, RowId, StaffNumber, StepId,
};
use clap::Parser;
use serde_json::Value as Json;

#[path = "sessions/export.rs"]
mod export;

const NIGHT: &str = include_str!("sessions/night.yaml");
const START: i64 = 1_795_537_000_000;
const MINUTE: i64 = 60_000;

/// A session that the machine runs and the journal keeps.
struct Interview {
    protocol: Protocol,
    state: State,
    writer: Writer,
    now: At,
}

/// One key for all.
fn key() -> Identity {
    Identity::of_text("AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX").unwrap()
}

fn readers() -> Recipients {
    Recipients::new(vec![key().public()]).unwrap()
}

fn name(digit: u8) -> SessionName {
    SessionName::of_bytes([digit; 16])
}

fn source() -> ProtocolSource {
    ProtocolSource::new(ProtocolFile::new("night.yaml", NIGHT), Vec::new())
}

fn step(id: &str) -> StepId {
    StepId::new(id).unwrap()
}

fn option(id: &str) -> Value {
    Value::Option(OptionId::new(id).unwrap())
}

fn because(code: ReasonCode) -> Reason {
    Reason { code, words: None }
}

impl Interview {
    fn begin(home: &Path, digit: u8, staff: &[&str], case: &str) -> Self {
        let writer = Store::at(home).create_named(name(digit), &source(), &readers()).unwrap();
        let protocol = read("night.yaml", NIGHT.as_bytes(), &[]).protocol.unwrap();
        let now = At { wall: START, zone: 60, run: 0 };
        let mut interview = Self { protocol, state: State::default(), writer, now };
        let staff = staff.iter().map(|number| StaffNumber::new(number).unwrap()).collect();
        interview.does(&Command::Begin {
            staff,
            case: CaseCode::new(case).unwrap(),
            kind: SessionKind::Real,
        });
        interview
    }

    #[track_caller]
    fn does(&mut self, command: &Command) -> u64 {
        self.passes(5_000);
        let event =
            decide(&self.protocol, &self.state, command, self.now).unwrap_or_else(|why| panic!("{why:?}"));
        apply(&mut self.state, &event);
        self.writer.append(&event).unwrap()
    }

    #[track_caller]
    fn answers(&mut self, id: &str, value: Value) {
        self.does(&Command::Answer { step: step(id), value, reason: None });
    }

    fn passes(&mut self, milliseconds: i64) {
        self.now.wall += milliseconds;
        self.now.run += u64::try_from(milliseconds).unwrap();
    }
}

/// An interview in which nearly everything happens, closed.
fn eventful(home: &Path) {
    let mut talk = Interview::begin(home, 0xab, &["204"], "K-17");
    talk.does(&Command::Skip { step: step("calm"), reason: because(ReasonCode::NoTime) });
    talk.answers("call", Value::Deadline { at: START + 30 * MINUTE, line: Line::new("the office").ok() });
    talk.answers("company", option("nobody"));
    let phase = PhaseId::new("talk").unwrap();
    let event = talk.does(&Command::Override { phase, reason: because(ReasonCode::Other) });
    talk.does(&Command::Word { event, words: Line::new("my colleague is with the child").unwrap() });
    talk.answers("risk", Value::Number(1));
    talk.answers("tied", option("unsure"));
    talk.does(&Command::Raise { response: ResponseId::new("distress").unwrap() });
    talk.passes(4 * MINUTE);
    talk.answers("grounded", Value::Done);
    talk.answers("rights", Value::Heard(Heard::Understood));
    talk.does(&Command::Note { text: Prose::new("she asked for «her» sister\nand water").unwrap() });
    let row = |id: &str, state: &str| (RowKey::Row(RowId::new(id).unwrap()), OptionId::new(state).unwrap());
    let rows = [row("bed", "still-open"), row("food", "met")].into();
    talk.answers("needs", Value::List { rows, added: Vec::new() });
    talk.does(&Command::Cover { by: CoveredBy::Key });
    talk.passes(MINUTE);
    talk.does(&Command::Uncover { how: Uncovered::Later });
    talk.does(&Command::Go { step: step("signal") });
    talk.answers("signal", option("person"));
    talk.passes(12 * MINUTE);
    talk.answers("go-on", option("continue"));
    talk.answers("risk-after", Value::Number(3));
    talk.answers("promised", Value::Date(chrono::NaiveDate::from_ymd_opt(2026, 11, 30).unwrap()));
    talk.answers("farewell", Value::Text(Prose::new("that we believed her").unwrap()));
    let reason = Some(because(ReasonCode::SheAsked));
    talk.does(&Command::Answer { step: step("risk"), value: Value::Number(2), reason });
    talk.answers("strain", Value::Number(3));
    talk.passes(30 * MINUTE);
    talk.does(&Command::Overdue { step: step("call") });
    talk.does(&Command::Meet { step: step("call") });
    let debrief = Value::Deadline { at: START + 24 * 60 * MINUTE, line: Line::new("the supervisor").ok() };
    talk.answers("debrief", debrief);
    talk.does(&Command::Close { reason: None });
}

/// One that was left under the cover.
fn left(home: &Path) {
    let mut talk = Interview::begin(home, 0xac, &["204", "311"], "K-18");
    talk.answers("calm", Value::Done);
    talk.does(&Command::Cover { by: CoveredBy::Focus });
    talk.does(&Command::Leave { from: LeftFrom::Cover });
}

fn archive() -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    eventful(home.path());
    left(home.path());
    let folder = home.path().join("data");
    fs::write(folder.join("evil\u{1b}[2J.txt"), "x").unwrap();
    fs::write(folder.join(name(0xad).to_string()), "not a session\n").unwrap();
    // The order of the list is that of the last write.
    for (digit, hours) in [(0xab, 1), (0xac, 2)] {
        let file = fs::OpenOptions::new().write(true).open(folder.join(name(digit).to_string())).unwrap();
        file.set_modified(std::time::SystemTime::now() - std::time::Duration::from_secs(hours * 3_600))
            .unwrap();
    }
    home
}

struct Printed {
    exit: Exit,
    out: String,
    err: String,
}

#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: SessionsCommand,
}

fn command(arguments: &[&str]) -> SessionsCommand {
    Arguments::try_parse_from(["sessions"].iter().chain(arguments)).unwrap().command
}

fn prints_in(language: Language, home: &Path, arguments: &[&str], input: &str) -> Printed {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let now = At { wall: START + 48 * 60 * MINUTE, zone: 60, run: 0 };
    let mut input = Cursor::new(input.as_bytes().to_vec());
    let mut around = Around {
        language,
        home,
        now,
        settings: amparo::desk::Settings::read(home).unwrap(),
        keys: AtHand {
            identity: Some(Arc::new(key())),
            recipients: Some(readers()),
            own: Some(key().public()),
            ..AtHand::default()
        },
        role: Role::Supervisor,
        input: &mut input,
        out: &mut out,
        err: &mut err,
    };
    let exit = run_around(command(arguments), &mut around);
    let text = |bytes| String::from_utf8(bytes).unwrap().replace(&home.display().to_string(), "HOME");
    Printed { exit, out: text(out), err: text(err) }
}

fn prints(home: &Path, arguments: &[&str]) -> Printed {
    prints_in(Language::English, home, arguments, "")
}

#[test]
fn the_list_has_a_line_a_session_and_says_what_is_none() {
    let home = archive();
    let printed = prints(home.path(), &["list"]);
    insta::assert_snapshot!("list-english", printed.out);
    assert_eq!((printed.exit, printed.err.as_str()), (Exit::Done, ""));
    assert!(!printed.out.contains('\u{1b}'));
    insta::assert_snapshot!("list-spanish", prints_in(Language::Spanish, home.path(), &["list"], "").out);
    let empty = tempfile::tempdir().unwrap();
    assert_eq!(prints(empty.path(), &["list"]).out, "no sessions yet\n");
}

#[test]
fn the_list_is_in_the_order_in_which_sessions_began_whatever_was_done_with_their_files() {
    let home = archive();
    let before = prints(home.path(), &["list"]).out;
    let names: Vec<&str> = before.lines().filter_map(|line| line.split_whitespace().next()).collect();
    // Each in turn is the file that was touched last.
    for digits in names.iter().filter(|word| word.len() == 8 && word.bytes().all(|b| b.is_ascii_hexdigit())) {
        let path = home.path().join("data").join(digits.repeat(4));
        let touched = fs::File::options().append(true).open(&path).unwrap();
        touched.set_modified(std::time::SystemTime::now() + std::time::Duration::from_secs(3_600)).unwrap();
        assert_eq!(prints(home.path(), &["list"]).out, before, "{digits} was touched");
        touched.set_modified(std::time::UNIX_EPOCH).unwrap();
    }
}

#[test]
fn what_was_kept_as_long_as_the_settings_say_is_listed() {
    let home = archive();
    let past = |arguments: &[&str]| prints(home.path(), arguments).out;
    assert!(past(&["list", "--past"]).starts_with("no time was set"));
    let keep = |days: &str| {
        let mut settings = amparo::desk::Settings::read(home.path()).unwrap();
        settings.change("keep_days", days).unwrap();
        settings.keep(home.path()).unwrap();
    };
    // It is two days later.
    keep("3");
    assert_eq!(past(&["list", "--past"]), "no session is past its time\n");
    assert!(!past(&["list"]).contains("past its time"));
    keep("1");
    let listed = past(&["list", "--past"]);
    assert_eq!(listed.lines().filter(|line| line.ends_with("past its time")).count(), 2, "{listed}");
    assert_eq!(listed.lines().count(), 2, "what is no session is not in it: {listed}");
    let data: Json = serde_json::from_str(&past(&["list", "--json", "--past"])).unwrap();
    assert_eq!(data.as_array().unwrap().len(), 2);
    assert!(data.as_array().unwrap().iter().all(|row| row["past_its_time"] == true));
}

#[test]
fn a_session_is_shown_with_what_matters_first() {
    let home = archive();
    for (language, file) in [(Language::English, "show-english"), (Language::Spanish, "show-spanish")] {
        let printed = prints_in(language, home.path(), &["show", "ab"], "");
        insta::assert_snapshot!(file, printed.out);
        assert_eq!((printed.exit, printed.err.as_str()), (Exit::Done, ""));
    }
    insta::assert_snapshot!("show-left", prints(home.path(), &["show", "ac"]).out);
}

#[test]
fn a_list_that_is_filled_row_by_row_reads_as_a_line_a_row() {
    let home = tempfile::tempdir().unwrap();
    let mut talk = Interview::begin(home.path(), 0xaf, &["204"], "K-20");
    talk.does(&Command::Skip { step: step("calm"), reason: because(ReasonCode::NoTime) });
    talk.answers("company", option("nobody"));
    let phase = PhaseId::new("talk").unwrap();
    talk.does(&Command::Override { phase, reason: because(ReasonCode::Other) });
    let row = |id: &str, state: &str| (RowKey::Row(RowId::new(id).unwrap()), OptionId::new(state).unwrap());
    let mut rows = std::collections::BTreeMap::from([row("bed", "still-open")]);
    talk.answers("needs", Value::List { rows: rows.clone(), added: Vec::new() });
    rows.extend([row("food", "met")]);
    talk.answers("needs", Value::List { rows: rows.clone(), added: Vec::new() });
    rows.extend([row("bed", "met")]);
    talk.answers("needs", Value::List { rows: rows.clone(), added: vec![Line::new("a coat").unwrap()] });
    let shown = prints(home.path(), &["show", "af"]).out;
    let lines: Vec<&str> = shown.lines().rev().take_while(|line| !line.contains("Override")).collect();
    let told: Vec<&str> = lines.iter().rev().map(|line| line.trim()).collect();
    let needs: Vec<&str> = told
        .iter()
        .filter(|line| ["bed", "eat", "coat"].iter().any(|row| line.contains(row)))
        .copied()
        .collect();
    insta::assert_snapshot!("rows", needs.join("\n"));
}

#[test]
fn without_a_name_the_latest_is_shown() {
    let home = tempfile::tempdir().unwrap();
    let printed = prints(home.path(), &["show"]);
    assert_eq!(printed.exit, Exit::CouldNot);
    assert_eq!(
        printed.err,
        "error: no sessions yet: `HOME`\nhelp: `amparo` begins one; `AMPARO_HOME` names another folder\n"
    );
    left(home.path());
    assert!(prints(home.path(), &["show"]).out.starts_with(&name(0xac).to_string()));
}

#[test]
fn a_name_that_is_none_is_told_with_what_to_do() {
    let home = archive();
    for (session, err) in [
        (
            "zz",
            "error: there is no session `zz`\nhelp: `amparo sessions list` shows what is kept; the first digits of a \
             name are enough\n",
        ),
        (
            "a",
            "error: 3 sessions have a name that begins with `a`\nhelp: give more digits; `amparo sessions list` shows \
             the names\n",
        ),
        (
            "ad",
            "error: `HOME/data/adadadadadadadadadadadadadadadad` is not a session: it does not begin as a session \
             does\nhelp: move it out of the folder, or leave it: it harms nothing there\n",
        ),
        (
            "evil\u{1b}[2J",
            "error: there is no session `evil·[2J`\nhelp: `amparo sessions list` shows what is kept; the first digits \
             of a name are enough\n",
        ),
    ] {
        let printed = prints(home.path(), &["show", session]);
        assert_eq!((printed.exit, printed.out.as_str()), (Exit::CouldNot, ""));
        assert_eq!(printed.err, err);
    }
}

#[test]
fn what_is_shown_as_data_has_stable_names() {
    let home = archive();
    let printed = prints(home.path(), &["show", "ab", "--json"]);
    assert_eq!(printed.exit, Exit::Done);
    let shown: Json = serde_json::from_str(&printed.out).unwrap();
    insta::assert_snapshot!("show-json", printed.out);
    let ids: Vec<&str> =
        shown["deviations"].as_array().unwrap().iter().map(|found| found["id"].as_str().unwrap()).collect();
    let known: Vec<&str> = amparo::review::DeviationKind::ALL.iter().map(|kind| kind.id()).collect();
    assert!(ids.iter().all(|id| known.contains(id)), "{ids:?}");
    // Each event is data as it stands in the journal.
    let kept = Store::at(home.path()).open(&name(0xab), &key()).unwrap();
    for (shown, kept) in shown["events"].as_array().unwrap().iter().zip(&kept.events) {
        assert_eq!(shown["fact"], serde_json::to_value(&kept.fact).unwrap());
    }
    let listed: Json = serde_json::from_str(&prints(home.path(), &["list", "--json"]).out).unwrap();
    assert_eq!(listed.as_array().unwrap().len(), 4);
    let names = ["session", "file_name"]
        .map(|key| listed.as_array().unwrap().iter().filter_map(|row| row[key].as_str()).collect::<Vec<_>>());
    assert_eq!(names[0], [name(0xab).to_string(), name(0xac).to_string()]);
    assert_eq!(names[1].len(), 2);
    assert_eq!(listed[0]["deviations"], 6);
    assert_eq!(listed[2]["unreadable"], "foreign");
}

#[test]
fn a_session_whose_protocol_cannot_be_read_is_shown_by_its_ids() {
    let home = tempfile::tempdir().unwrap();
    let later = ProtocolSource::new(ProtocolFile::new("later.yaml", "amparo: 99\n"), Vec::new());
    let store = Store::at(home.path());
    let mut writer = store.create_named(name(0xaa), &later, &readers()).unwrap();
    eventful(home.path());
    for event in store.open(&name(0xab), &key()).unwrap().events {
        writer.append(&event).unwrap();
    }
    let printed = prints(home.path(), &["show", "aa"]);
    assert_eq!(printed.exit, Exit::Done);
    assert!(printed.out.contains("`company`: `nobody`"), "{}", printed.out);
    assert!(printed.out.contains("cannot be read by this version"));
}

#[test]
fn a_file_that_was_changed_is_shown_as_far_as_it_stands_and_is_not_right() {
    let home = archive();
    let path = home.path().join("data").join(name(0xac).to_string());
    let mut bytes = fs::read(&path).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(&path, &bytes).unwrap();
    let printed = prints(home.path(), &["show", "ac"]);
    assert_eq!(printed.exit, Exit::NotRight);
    assert!(printed.out.contains("changed from outside after 3 events"), "{}", printed.out);
    assert!(printed.out.contains("3  the file was changed from outside after 3 events"));
}

#[test]
fn a_session_is_erased_with_a_reason_and_a_yes() {
    let home = archive();
    let erase = |input: &str| prints_in(Language::English, home.path(), &["erase", "ab"], input);
    let questions = "abababababababababababababababab  2026-11-24 17:16 +01:00  K-17  closed\nwhy is it erased? (one line; it is \
                     kept) ";
    for (input, exit, err) in [
        ("", Exit::CouldNot, "error: a reason is needed, one line of at most 300 characters\n"),
        ("\n", Exit::CouldNot, "error: a reason is needed, one line of at most 300 characters\n"),
        ("a\u{1b}[2Jb\n", Exit::CouldNot, "error: a reason is needed, one line of at most 300 characters\n"),
        (
            "withdrawn\nMarta\n",
            Exit::CouldNot,
            "your staff number (it is kept; Enter for none) error: that is no staff",
        ),
        ("withdrawn\n7\n", Exit::Done, "erase it for good? (y/n) nothing was erased\n"),
        ("withdrawn\n7\nn\n", Exit::Done, "erase it for good? (y/n) nothing was erased\n"),
    ] {
        let printed = erase(input);
        assert_eq!(printed.exit, exit, "{input:?}");
        assert!(printed.err.starts_with(questions), "{}", printed.err);
        assert!(printed.err.contains(err), "{input:?}: {}", printed.err);
        assert!(Store::at(home.path()).open(&name(0xab), &key()).is_ok());
    }
    let printed = erase("consent taken back\n7\ny\n");
    assert_eq!(printed.exit, Exit::Done);
    assert!(printed.out.starts_with("abababab: erased"), "{}", printed.out);
    let printed = prints(home.path(), &["show", "ab"]);
    assert_eq!(printed.exit, Exit::CouldNot);
    assert!(
        printed.err.starts_with("error: session `abababab` was erased: consent taken back\n"),
        "{}",
        printed.err
    );
    assert_eq!(Store::at(home.path()).stones()[0].by, StaffNumber::new("7").ok());
}

#[test]
fn a_reason_can_come_from_a_file_or_from_standard_input() {
    let home = archive();
    let printed = prints(home.path(), &["erase", "ab", "--reason-file", "/none", "--yes"]);
    assert_eq!(printed.exit, Exit::CouldNot);
    assert!(printed.err.contains("error: `/none`: "), "{}", printed.err);
    let file = home.path().join("reason");
    fs::write(&file, "past its date\n").unwrap();
    let printed = prints(home.path(), &["erase", "ab", "--reason-file", file.to_str().unwrap(), "--yes"]);
    assert_eq!(printed.exit, Exit::Done, "{}", printed.err);
    let printed = prints_in(
        Language::Spanish,
        home.path(),
        &["erase", "ac", "--reason-file", "-"],
        "retiró su permiso\ns\n",
    );
    assert_eq!(printed.exit, Exit::Done, "{}", printed.err);
    let reasons: Vec<String> =
        Store::at(home.path()).stones().iter().map(|stone| stone.reason.to_string()).collect();
    assert_eq!(reasons, ["past its date", "retiró su permiso"]);
}

#[test]
fn whoever_hands_on_or_erases_is_named_by_a_file_and_never_by_an_argument() {
    let home = archive();
    let file = home.path().join("who");
    let path = file.to_str().unwrap();
    let noted = || {
        let mut noted: Vec<(Handling, Option<String>)> = Vec::new();
        for companion in Store::at(home.path()).companions(&key()) {
            if let Companion::Handled { by, how, .. } = companion {
                noted.push((how, by.map(|by| by.to_string())));
            }
        }
        noted.sort_by_key(|(_, by)| by.clone());
        noted
    };
    let export = |more: &[&str], input: &str| {
        prints_in(
            Language::English,
            home.path(),
            &[&["export", "ab", "--format", "md"], more].concat(),
            input,
        )
    };
    for (bytes, says) in [("", "that is no staff number"), ("Marta\n", "that is no staff number")] {
        fs::write(&file, bytes).unwrap();
        let printed = export(&["--by-file", path], "");
        assert_eq!((printed.exit, printed.out.as_str()), (Exit::CouldNot, ""), "{bytes:?}");
        assert!(printed.err.contains(says) && printed.err.contains("--by-file"), "{}", printed.err);
    }
    let printed = export(&["--by-file", "/none"], "");
    assert!(printed.exit == Exit::CouldNot && printed.err.contains("error: `/none`: "), "{}", printed.err);
    assert_eq!(noted(), [], "nothing was handed on");
    fs::write(&file, "301\n").unwrap();
    assert_eq!(export(&["--by-file", path], "").exit, Exit::Done);
    assert_eq!(export(&["--by-file", "-"], "302\n").exit, Exit::Done);
    assert_eq!(export(&[], "").exit, Exit::Done);
    let by = |number: Option<&str>| (Handling::Exported, number.map(str::to_owned));
    assert_eq!(noted(), [by(None), by(Some("301")), by(Some("302"))]);
    // The reason is the first line, the number the second.
    let erase = ["erase", "ac", "--reason-file", "-", "--by-file", "-", "--yes"];
    let printed = prints_in(Language::English, home.path(), &erase, "past its date\n303\n");
    assert_eq!(printed.exit, Exit::Done, "{}", printed.err);
    assert_eq!(Store::at(home.path()).stones()[0].by, StaffNumber::new("303").ok());
}

#[test]
fn what_is_added_after_the_close_stands_beside_it_and_is_erased_with_it() {
    let home = archive();
    let before = fs::read(home.path().join("data").join(name(0xab).to_string())).unwrap();
    let add = |input: &str| prints_in(Language::English, home.path(), &["addendum", "ab"], input);
    let printed = add("317\nThe number on page two was hers.\n");
    assert_eq!(printed.exit, Exit::Done, "{}", printed.err);
    let file = home.path().join("longer");
    fs::write(&file, "One line\nand another\n").unwrap();
    let longer = ["addendum", "ab", "--text-file", file.to_str().unwrap()];
    let printed = prints_in(Language::Spanish, home.path(), &longer, "204\n");
    assert_eq!(printed.exit, Exit::Done, "{}", printed.err);
    let shown = prints(home.path(), &["show", "ab"]).out;
    let added = &shown[shown.find("added after it was closed").unwrap()..];
    assert!(added.contains("317  The number on page two was hers.\n"), "{added}");
    assert!(added.contains("204  One line / and another\n"), "{added}");
    assert!(!prints(home.path(), &["show", "ac"]).out.contains("added after"), "beside that one only");
    assert_eq!(fs::read(home.path().join("data").join(name(0xab).to_string())).unwrap(), before);
    for (input, says) in
        [("Marta\nx\n", "no staff number"), ("317\n\n", "nothing was added"), ("", "no staff number")]
    {
        let printed = add(input);
        assert_eq!(printed.exit, Exit::CouldNot);
        assert!(printed.err.contains(says), "{}", printed.err);
    }
    let open = prints_in(Language::English, home.path(), &["addendum", "ac"], "317\nx\n");
    assert!(open.exit == Exit::CouldNot && open.err.contains("is not closed"), "{}", open.err);
    // Sealed as the session is, and gone with it.
    let beside = || {
        fs::read_dir(home.path().join("beside")).unwrap().map(|file| fs::read(file.unwrap().path()).unwrap())
    };
    assert_eq!(beside().count(), 2);
    assert!(beside().all(|bytes| !bytes.windows(9).any(|window| window == b"page two ")));
    let erased = prints_in(Language::English, home.path(), &["erase", "ab"], "consent taken back\n\ny\n");
    assert_eq!(erased.exit, Exit::Done, "{}", erased.err);
    assert_eq!(beside().count(), 1, "the stone");
    let left = Store::at(home.path()).companions(&key());
    assert!(matches!(left.as_slice(), [amparo::journal::Companion::Stone(_)]), "{left:?}");
}

#[test]
fn a_session_that_runs_in_another_window_is_listed_so() {
    let home = tempfile::tempdir().unwrap();
    let running = Interview::begin(home.path(), 0xae, &["204", "311"], "K-19");
    assert!(prints(home.path(), &["list"]).out.contains("open in a window now"));
    assert!(prints(home.path(), &["list", "--json"]).out.contains("\"runs_now\": true"));
    drop(running);
    let after = prints(home.path(), &["list"]).out;
    assert!(after.contains("open") && !after.contains("window"), "{after}");
}

/// What the session `ae` has after it was refused to erase it: as much as before.
fn nothing_is_gone(home: &Path) {
    let left = Store::at(home).companions(&key());
    assert!(matches!(left.as_slice(), [amparo::journal::Companion::Addendum { .. }]), "{left:?}");
    assert_eq!(prints(home, &["show", "ae"]).exit, Exit::Done, "it can be read");
}

fn added_to(home: &Path, session: &SessionName) {
    let sha256 = fingerprint(&Store::at(home).bytes(session).unwrap());
    let of = Beside { name: *session, sha256, head: HeadCode::of(&sha256) };
    let (by, text) = (StaffNumber::new("204").unwrap(), Prose::new("She called.").unwrap());
    let addendum = amparo::journal::Companion::Addendum { of, at: At::default(), by, text, answers: None };
    Store::at(home).put_beside(&addendum, &readers()).unwrap();
}

#[test]
fn a_session_that_runs_is_not_erased_and_nothing_beside_it() {
    let home = tempfile::tempdir().unwrap();
    let running = Interview::begin(home.path(), 0xae, &["204", "311"], "K-19");
    added_to(home.path(), &name(0xae));
    let erase = || prints_in(Language::English, home.path(), &["erase", "ae"], "a reason\n\ny\n");
    let printed = erase();
    assert_eq!(printed.exit, Exit::CouldNot);
    assert!(printed.err.contains("is being written by another window"), "{}", printed.err);
    nothing_is_gone(home.path());
    drop(running);
    assert_eq!(erase().exit, Exit::Done);
}

#[test]
fn where_the_ledger_takes_no_stone_nothing_is_erased() {
    let home = tempfile::tempdir().unwrap();
    drop(Interview::begin(home.path(), 0xae, &["204", "311"], "K-19"));
    added_to(home.path(), &name(0xae));
    let ledger = home.path().join("index");
    fs::rename(&ledger, home.path().join("kept")).unwrap();
    fs::create_dir(&ledger).unwrap();
    let printed = prints_in(Language::English, home.path(), &["erase", "ae"], "a reason\n\ny\n");
    assert_eq!(printed.exit, Exit::CouldNot, "{}", printed.out);
    nothing_is_gone(home.path());
}

#[test]
fn one_that_was_erased_and_is_copied_back_is_a_finding_and_in_no_figure_and_no_export() {
    let home = archive();
    let path = home.path().join("data").join(name(0xab).to_string());
    let backup = fs::read(&path).unwrap();
    let sessions = || prints(home.path(), &["stats"]).out;
    let exported = || prints(home.path(), &["export", "--all", "--format", "jsonl"]).out.lines().count();
    let all = sessions();
    assert!(exported() > 0);
    let erased = prints_in(Language::English, home.path(), &["erase", "ab"], "consent taken back\n\ny\n");
    assert_eq!(erased.exit, Exit::Done, "{}", erased.err);
    let (without, out) = (sessions(), exported());
    assert_ne!(without, all);
    fs::write(&path, backup).unwrap();
    fs::remove_file(home.path().join("data").join(name(0xad).to_string())).unwrap();
    for (language, says) in [(Language::English, "and there again"), (Language::Spanish, "está otra vez")] {
        let printed = prints_in(language, home.path(), &["verify"], "");
        assert_eq!(printed.exit, Exit::NotRight, "{}", printed.out);
        let line = printed.out.lines().find(|line| line.starts_with(&name(0xab).to_string()));
        assert!(line.is_some_and(|line| line.contains(says)), "{}", printed.out);
    }
    assert!(prints(home.path(), &["verify", "--json"]).out.contains("\"back-again\""));
    assert_eq!((sessions(), exported()), (without, out), "counted and handed on as if it were gone");
    // Erased once more, it is gone.
    let erased = prints_in(Language::English, home.path(), &["erase", "ab"], "once more\n\ny\n");
    assert_eq!(erased.exit, Exit::Done, "{}", erased.err);
    assert!(!prints(home.path(), &["verify"]).out.contains("there again"));
}

#[test]
fn what_stands_beside_a_session_and_cannot_be_read_is_named_or_counted() {
    let home = archive();
    let folder = home.path().join("data");
    fs::remove_file(folder.join("evil\u{1b}[2J.txt")).unwrap();
    fs::remove_file(folder.join(name(0xad).to_string())).unwrap();
    let before = prints(home.path(), &["verify"]);
    assert_eq!(before.exit, Exit::Done, "{}{}", before.out, before.err);
    added_to(home.path(), &name(0xab));
    added_to(home.path(), &name(0xab));
    // What is sealed to another key is as it should be.
    let stranger = amparo::seal::Recipients::new(vec![amparo::seal::Identity::generate().public()]).unwrap();
    let bytes = Store::at(home.path()).bytes(&name(0xab)).unwrap();
    let sha256 = fingerprint(&bytes);
    let of = Beside { name: name(0xab), sha256, head: HeadCode::of(&sha256) };
    let (by, text) = (StaffNumber::new("301").unwrap(), Prose::new("Among us.").unwrap());
    let remark = amparo::journal::Companion::Addendum { of, at: At::default(), by, text, answers: None };
    Store::at(home.path()).put_beside(&remark, &stranger).unwrap();
    let whole = prints(home.path(), &["verify"]);
    assert_eq!((whole.exit, &whole.out), (before.exit, &before.out));
    assert!(whole.err.contains("1 file beside the sessions is not sealed to this key"), "{}", whole.err);
    // Four bytes of one are changed.
    let placed = Store::at(home.path()).placed(&key());
    let damaged = home.path().join("beside").join(placed[0].name.to_string());
    let mut bytes = fs::read(&damaged).unwrap();
    let end = bytes.len();
    bytes[end - 20..end - 16].copy_from_slice(&[1, 2, 3, 4]);
    fs::write(&damaged, bytes).unwrap();
    for (language, says) in [(Language::English, "damaged: "), (Language::Spanish, "dañado: ")] {
        let printed = prints_in(language, home.path(), &["verify"], "");
        assert_eq!(printed.exit, Exit::NotRight, "{}", printed.out);
        let line = printed.out.lines().find(|line| line.starts_with(&placed[0].name.to_string()));
        assert!(line.is_some_and(|line| line.contains(says)), "{}", printed.out);
    }
    let data = prints(home.path(), &["verify", "--json"]).out;
    assert!(data.contains("\"beside-damaged\"") && data.contains("\"beside-not-for-us\""), "{data}");
}
