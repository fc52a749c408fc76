//! What a supervisor does in the review: she signs off, remarks, marks, erases and hands on; the real binary over a small
//! archive with three sessions of a known wrong.

use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use amparo::journal::{Companion, EntryKind, Finding, Handling, Mark, On, Unread};
use amparo::review::FileState;
use amparo::seal::{HeadCode, fingerprint};
use amparo::text::{Language, StaffNumber};
use amparo::words::{
    HandingSays, KeyWord, PageSays, ReviewSays, RoomSays, SessionKey, StartSays, Waiver, file_state, finding,
    handing_says, key_help, mark, review_word, room_says,
};
use rustix::process::{Pid, Signal, kill_process};

use crate::caseworker::{in_both, in_turn};
use crate::keys_at_hand::{KEY, UNLOCKED};
use crate::office::{MANY, Office, SESSIONS, goes_on_to, typed, wait_folded, wait_gone, window_of};
use crate::programs::amparo;
use crate::pty::{End, Pty};

#[test]
fn several_are_signed_off_together_by_the_head_that_was_read() {
    in_both(|language| {
        let says = |says: RoomSays<'_>| room_says(says, language).into_owned();
        let office = Office::new();
        let mut pty = office.open(language, (80, 24));
        pty.keys("t <space> <space>");
        pty.wait_for_text(&says(RoomSays::Selected(2)));
        pty.keys("f");
        wait_folded(&mut pty, &says(RoomSays::NumberWhy));
        pty.keys("<enter>");
        wait_folded(&mut pty, &says(RoomSays::NumberWrong));
        typed(&mut pty, "100");
        pty.keys("<enter>");
        pty.wait_for_text(&says(RoomSays::SignOffTitle(2)));
        pty.keys("1");
        pty.wait_for_text(&says(RoomSays::Said(2)));
        // Others were signed off long ago.
        let signed: Vec<Companion> = office
            .store()
            .placed(&KEY)
            .into_iter()
            .map(|placed| placed.companion)
            .filter(|companion| matches!(companion, Companion::Marked { mark: Mark::SignedOff, .. }))
            .filter(|companion| companion.at().wall > office.today - 3_600_000)
            .collect();
        assert_eq!(signed.len(), 2);
        for companion in signed {
            let Companion::Marked { of, by, on, .. } = companion else { continue };
            assert_eq!((by.as_str(), on), ("100", On::Session));
            let sha256 = fingerprint(&office.store().bytes(&of.name).unwrap());
            assert_eq!((of.sha256, of.head), (sha256, HeadCode::of(&sha256)));
        }
        // The number is asked only once.
        pty.keys("<home> f");
        pty.wait_for_text(&says(RoomSays::SignOffTitle(1)));
    });
}

#[test]
fn a_remark_reaches_the_worker_and_what_is_done_leaves_the_lists() {
    in_both(|language| {
        let says = |says: RoomSays<'_>| room_says(says, language).into_owned();
        let office = Office::new();
        let name = office.planted[0].name;
        let mut pty = office.open(language, (80, 24));
        pty.keys("r");
        wait_folded(&mut pty, &says(RoomSays::NumberWhy));
        typed(&mut pty, "100");
        pty.keys("<enter>");
        wait_folded(&mut pty, &says(RoomSays::RemarkToWhy));
        typed(&mut pty, "999");
        pty.keys("<enter>");
        wait_folded(&mut pty, &says(RoomSays::NoKeyOf(&StaffNumber::new("999").unwrap())).replace('`', ""));
        pty.keys("<c-u>");
        typed(&mut pty, "204");
        pty.keys("<enter>");
        wait_folded(&mut pty, &says(RoomSays::RemarkWhy));
        typed(&mut pty, "call me today");
        // One question back and forth, and then away and back: the words are there.
        pty.keys("<up>");
        wait_folded(&mut pty, &says(RoomSays::RemarkToWhy));
        typed(&mut pty, "117");
        pty.keys("<enter>");
        wait_folded(&mut pty, "call me today");
        pty.keys("<up> <up>");
        wait_folded(&mut pty, review_word(ReviewSays::StillInDanger, language));
        pty.keys("r");
        wait_folded(&mut pty, &says(RoomSays::RemarkToWhy));
        typed(&mut pty, "204");
        pty.keys("<enter>");
        wait_folded(&mut pty, "call me today");
        // The file became another one meanwhile: it is said, and the words stay.
        let path = office.store().path(&name);
        let whole = std::fs::read(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        pty.keys("<enter>");
        wait_folded(&mut pty, "call me today");
        wait_folded(&mut pty, &name.to_string()[..8]);
        assert!(office.beside(&name, &KEY).is_empty(), "nothing was written so far");
        std::fs::write(&path, whole).unwrap();
        pty.keys("<enter>");
        pty.wait_for_text(&says(RoomSays::Said(1)));
        let found = office.beside(&name, office.worker);
        let [Companion::Remark { text, to: Some(to), by, .. }] = found.as_slice() else {
            panic!("one remark, in her hands: {found:?}")
        };
        assert_eq!((text.as_str(), to.as_str(), by.as_str()), ("call me today", "204", "100"));
        assert!(
            office.beside(&name, office.colleague).is_empty(),
            "it was said to her, not to all who have a key here"
        );

        // Both entries of the session are done, one after the other.
        for _ in 0..2 {
            // What was said of the one before is gone first, or it would be taken for this one's.
            pty.keys("<down>");
            wait_gone(&mut pty, &says(RoomSays::Said(1)));
            pty.keys("<home> m 2");
            pty.wait_for_text(&says(RoomSays::Said(1)));
        }
        let danger = review_word(ReviewSays::StillInDanger, language);
        let text = pty.text();
        let below = text.lines().skip_while(|line| !line.contains(danger)).nth(1).unwrap_or_default();
        assert!(!below.contains("K-9001"), "{}", pty.framed());
    });
}

#[test]
fn the_alarms_of_a_session_are_settled_by_one_key_and_come_back_by_one() {
    in_both(|language| {
        let says = |says: RoomSays<'_>| room_says(says, language).into_owned();
        let office = Office::new();
        let name = office.planted[0].name;
        let heading = review_word(ReviewSays::StillInDanger, language);
        let leads = |text: &str| {
            let below = text.lines().skip_while(|line| !line.contains(heading)).nth(1).map(str::to_owned);
            below.is_some_and(|line| line.contains("K-9001"))
        };
        let mut pty = office.open(language, (80, 24));
        assert!(leads(&pty.text()), "{}", pty.framed());
        let listed = pty.text();
        pty.keys("a");
        wait_folded(&mut pty, &says(RoomSays::NumberWhy));
        typed(&mut pty, "100");
        pty.keys("<enter>");
        wait_folded(&mut pty, &says(RoomSays::MarkAlarmsTitle(2)));
        pty.keys("2");
        pty.wait_for_text(&says(RoomSays::Said(1)));
        assert!(!leads(&pty.text()), "{}", pty.framed());
        let marks = office.beside(&name, &KEY);
        let [Companion::Marked { at, on, .. }, Companion::Marked { at: other_at, on: other_on, .. }] =
            marks.as_slice()
        else {
            panic!("a mark on each: {marks:?}")
        };
        assert!(at == other_at && on != other_on, "{marks:?}");
        // Taken back on its page, where the help names the key.
        pty.keys("t /");
        typed(&mut pty, "case:K-9001");
        pty.wait_for_text(&says(RoomSays::Fits { fits: 1, of: SESSIONS }));
        pty.keys("<enter> <enter>");
        let done_by = PageSays::DoneBy(&mark(Mark::Done, language), "100", "").text(language);
        wait_folded(&mut pty, done_by.trim_end_matches([',', ' ']));
        pty.keys("?");
        goes_on_to(&mut pty, key_help(language, KeyWord::Session(SessionKey::MarkAlarms)));
        pty.keys("? a");
        wait_folded(&mut pty, &says(RoomSays::MarkAlarmsTitle(2)));
        pty.keys("4");
        pty.wait_for_text(&says(RoomSays::Said(1)));
        pty.keys("q q q");
        pty.wait_for("both are in the list again", |picture| picture.text() == listed);
    });
}

#[test]
fn a_session_is_erased_with_a_reason_and_only_after_a_second_question() {
    in_both(|language| {
        let says = |says: RoomSays<'_>| room_says(says, language).into_owned();
        let office = Office::new();
        let name = office.planted[0].name;
        let there = || {
            let entries = office.store().list().unwrap();
            entries.iter().any(|entry| matches!(entry.kind, EntryKind::Session(one) if one == name))
        };
        let mut pty = office.open(language, (80, 24));
        pty.keys("e");
        wait_folded(&mut pty, &says(RoomSays::NumberWhy));
        typed(&mut pty, "100");
        pty.keys("<enter>");
        wait_folded(&mut pty, &says(RoomSays::EraseWhy));
        pty.keys("<enter>");
        wait_folded(&mut pty, &says(RoomSays::EraseEmpty));
        typed(&mut pty, "she asked");
        pty.keys("<enter>");
        pty.wait_for_text(&says(RoomSays::EraseSure));
        assert!(there());
        pty.keys("2 e");
        typed(&mut pty, "she asked");
        pty.keys("<enter>");
        pty.wait_for_text(&says(RoomSays::EraseSure));
        pty.keys("1");
        wait_folded(&mut pty, &says(RoomSays::Erased));
        assert!(!there());
        let stones = office.store().stones();
        let stone = stones.iter().find(|stone| stone.name == name).expect("a stone stays");
        assert_eq!(stone.reason.as_str(), "she asked");
        assert_eq!(stone.by.as_ref().map(StaffNumber::as_str), Some("100"));
        wait_gone(&mut pty, "K-9001");
    });
}

#[test]
fn what_is_marked_is_handed_on_as_a_new_file_that_is_said_not_to_be_sealed() {
    in_turn(|language| {
        let size = window_of(language);
        let office = Office::new();
        let hands = |says| handing_says(says, language).into_owned();
        let out = tempfile::tempdir().unwrap();
        let file = out.path().join("two.md");
        let shown = file.display().to_string();
        let mut pty = office.open(language, size);
        pty.keys("t");
        pty.wait_for_text(&room_says(RoomSays::Table, language));
        pty.keys("<space> <down> <space> x");
        wait_folded(&mut pty, &room_says(RoomSays::NumberWhy, language));
        typed(&mut pty, "100");
        pty.keys("<enter>");
        wait_folded(&mut pty, &hands(HandingSays::Title(2)));
        wait_folded(&mut pty, &hands(HandingSays::Why));
        pty.keys("2");
        wait_folded(&mut pty, &hands(HandingSays::WhereTo));
        assert!(!file.exists(), "nothing is written before it was said that it is not sealed");
        pty.keys("<c-u>");
        pty.send(format!("\x1b[200~{shown}\x1b[201~").as_bytes());
        pty.keys("<enter>");
        let written = HandingSays::Written { file: &shown, sessions: 2, withdrawn: 0, unreadable: 0 };
        wait_folded(&mut pty, &hands(written));

        let mode = std::fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        let text = std::fs::read_to_string(&file).unwrap();
        let cases = office.planted.iter().filter(|planted| text.contains(planted.case)).count();
        assert!(text.starts_with("# ") && cases <= 2, "{text}");
        let noted = office.store().placed(&KEY).into_iter().filter(|placed| {
            matches!(&placed.companion, Companion::Handled { how: Handling::Exported, by: Some(by), .. } if by.as_str() == "100")
        });
        assert_eq!(noted.count(), 2, "who handed it on stands beside each");

        // A file that is there is not touched.
        pty.keys("x");
        pty.wait_for_text(&hands(HandingSays::Title(1)));
        pty.keys("1 <c-u>");
        pty.send(format!("\x1b[200~{shown}\x1b[201~").as_bytes());
        pty.keys("<enter>");
        wait_folded(&mut pty, &hands(HandingSays::There(&shown)));
        assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
    });
}

/// Hands many sessions on, and gives where the file is being written, once something stands in it.
#[track_caller]
fn writes(pty: &mut Pty, folder: &Path, language: Language) -> PathBuf {
    let says = |says: RoomSays<'_>| room_says(says, language).into_owned();
    pty.keys("t");
    pty.wait_for_text(&says(RoomSays::Table));
    pty.keys(&"<space> <down> ".repeat(MANY));
    pty.keys("x");
    wait_folded(pty, &says(RoomSays::NumberWhy));
    typed(pty, "100");
    pty.keys("<enter>");
    writes_what_is_chosen(pty, folder, language)
}

/// From the question as what it is handed on.
#[track_caller]
fn writes_what_is_chosen(pty: &mut Pty, folder: &Path, language: Language) -> PathBuf {
    let hands = |says| handing_says(says, language).into_owned();
    let file = folder.join("notes.jsonl");
    wait_folded(pty, &hands(HandingSays::Why));
    pty.keys("4");
    wait_folded(pty, &hands(HandingSays::WhereTo));
    pty.keys("<c-u>");
    pty.send(format!("\x1b[200~{}\x1b[201~", file.display()).as_bytes());
    pty.keys("<enter>");
    let until = Instant::now() + Duration::from_secs(20);
    while std::fs::metadata(&file).map_or(0, |file| file.len()) == 0 {
        assert!(Instant::now() < until, "nothing is written: {}", pty.framed());
        std::thread::sleep(Duration::from_millis(1));
    }
    file
}

#[test]
fn the_danger_key_leaves_no_half_of_a_file_that_is_being_written() {
    in_turn(|language| {
        let (office, out) = (Office::of_many(), tempfile::tempdir().unwrap());
        let mut pty = office.open(language, (80, 24));
        let file = writes(&mut pty, out.path(), language);
        pty.send(b"\x1b");
        let until = Instant::now() + Duration::from_secs(5);
        while file.exists() {
            assert!(Instant::now() < until, "half of it stays behind the leaflet");
            std::thread::sleep(Duration::from_millis(1));
        }
        // Whoever comes back is told.
        std::thread::sleep(Duration::from_millis(100));
        pty.keys("<c-r>");
        wait_folded(&mut pty, &handing_says(HandingSays::Stopped, language));
        // What was chosen still is.
        pty.keys("x");
        let file = writes_what_is_chosen(&mut pty, out.path(), language);
        pty.send(b"\x1b");
        std::thread::sleep(Duration::from_millis(60));
        pty.send(b"qy");
        assert_eq!(pty.wait_exit(), End::Code(0));
        assert!(!file.exists());

        // And so does the system's wish that it ends.
        let mut pty = office.open(language, (80, 24));
        let file = writes(&mut pty, out.path(), language);
        pty.signal(Signal::TERM);
        assert_eq!(pty.wait_exit(), End::Code(0));
        assert!(!file.exists());
    });
}

#[test]
fn a_command_that_is_ended_leaves_no_half_file() {
    in_turn(|language| {
        let (office, out) = (Office::of_many(), tempfile::tempdir().unwrap());
        let export = |file: &Path, more: &[&str]| {
            let mut command = Command::new(amparo().path());
            command
                .args(["--lang", language.code().as_str()])
                .args(UNLOCKED)
                .args(["sessions", "export", "--all", "--format", "jsonl", "--output"]);
            command.arg(file).args(more).current_dir(office.path()).env("AMPARO_HOME", office.path());
            command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
        };
        let ends = |mut child: Child, signal: Signal| {
            kill_process(Pid::from_child(&child), signal).unwrap();
            assert_eq!(
                child.wait().unwrap().signal(),
                Some(signal.as_raw()),
                "as though nothing held it back"
            );
            let left = std::fs::read_dir(out.path()).unwrap().map(|entry| entry.unwrap().file_name());
            left.collect::<Vec<_>>()
        };
        for signal in [Signal::INT, Signal::TERM, Signal::HUP] {
            let file = out.path().join("notes.jsonl");
            let child = export(&file, &[]);
            while !file.exists() {
                std::thread::sleep(Duration::from_millis(1));
            }
            assert!(ends(child, signal).is_empty(), "{signal:?}");
        }
        // What is to be replaced stays as it was, with nothing beside it.
        let file = out.path().join("mine");
        std::fs::write(&file, "mine").unwrap();
        let mut child = export(&file, &["--overwrite"]);
        let mut said = [0; 16];
        child.stderr.as_mut().unwrap().read_exact(&mut said).unwrap();
        std::thread::sleep(Duration::from_millis(50));
        assert_eq!(ends(child, Signal::TERM), ["mine"]);
        assert_eq!(std::fs::read(&file).unwrap(), b"mine");
    });
}

#[test]
fn a_file_is_for_its_owner_alone_whatever_the_umask_is() {
    const UMASKS: [&str; 3] = ["0777", "0000", "0277"];
    let out = tempfile::tempdir().unwrap();
    for (language, umask) in Language::ALL.into_iter().flat_map(|one| UMASKS.map(|umask| (one, umask))) {
        let file = out.path().join(format!("{}-{umask}", language.code().as_str()));
        let shell = ["-c", "umask $1; exec \"$0\" --lang \"$3\" print waiver --output \"$2\""];
        let mut command = Command::new("sh");
        command
            .args(shell)
            .arg(amparo().path())
            .arg(umask)
            .arg(&file)
            .arg(language.code().as_str())
            .env("AMPARO_HOME", out.path().join("home"));
        assert!(command.stderr(Stdio::null()).status().unwrap().success());
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o7777, 0o600, "{umask}");
        let page = std::fs::read_to_string(&file).unwrap();
        assert!(page.contains(Waiver::in_language(language).title), "{umask}");
    }
}

/// How many the start screen says may still be in danger.
fn in_danger(pty: &mut Pty, language: Language) -> usize {
    let says = |count| StartSays::InDanger(count).text(language).into_owned();
    pty.wait_for_text("1  ");
    let found = |text: &str| (1..200).find(|count| text.contains(&format!("! {}:", says(*count))));
    pty.wait_for("who may be in danger", |picture| found(&picture.text()).is_some());
    found(&pty.text()).unwrap_or_default()
}

/// Whether the line of a case in the table tells that somebody may still be in danger.
fn is_marked_in_the_table(pty: &mut Pty, case: &str, language: Language) -> bool {
    pty.keys("t /");
    typed(pty, &format!("case:{case}"));
    pty.wait_for_text(&room_says(RoomSays::Fits { fits: 1, of: SESSIONS }, language));
    pty.keys("<enter>");
    let line = pty.text().lines().rfind(|line| line.contains(case)).map(str::to_owned).unwrap_or_default();
    pty.keys("q q");
    wait_folded(pty, review_word(ReviewSays::StillInDanger, language));
    // Its file is open: that is another mark.
    line.replace(&format!("! {}", file_state(FileState::Open, language)), "").contains('!')
}

#[test]
fn what_is_settled_leaves_the_start_screen_and_the_table_and_the_page_says_by_whom() {
    in_both(|language| {
        let says = |says: RoomSays<'_>| room_says(says, language).into_owned();
        let office = Office::new();
        let mut pty = office.open(language, (120, 40));
        assert!(is_marked_in_the_table(&mut pty, "K-9001", language));
        pty.keys("q");
        let before = in_danger(&mut pty, language);
        let due = |pty: &Pty| {
            let text = pty.text();
            let line = text.lines().find(|line| line.contains("5  ")).unwrap_or_default().to_owned();
            line.chars()
                .filter(char::is_ascii_digit)
                .collect::<String>()
                .split_off(1)
                .parse::<usize>()
                .unwrap_or(0)
        };
        let due_before = due(&pty);
        pty.keys("4");
        pty.wait_for_text(&says(RoomSays::Sessions(SESSIONS)));
        // Its alarms are done, one after the other, until the first line is another's.
        let first = |pty: &Pty| pty.text().lines().find(|line| line.contains("\u{25b8}1")).map(str::to_owned);
        let mut times = 0;
        while first(&pty).is_some_and(|line| line.contains("K-9001")) {
            times += 1;
            assert!(times < 9, "{}", pty.framed());
            pty.keys("<down>");
            wait_gone(&mut pty, &says(RoomSays::Said(1)));
            pty.keys("<home> m");
            if times == 1 {
                wait_folded(&mut pty, &says(RoomSays::NumberWhy));
                typed(&mut pty, "301");
                pty.keys("<enter>");
            }
            wait_folded(&mut pty, &says(RoomSays::MarkWhy));
            pty.keys("2");
            pty.wait_for_text(&says(RoomSays::Said(1)));
        }
        assert!(times > 0);
        assert!(!is_marked_in_the_table(&mut pty, "K-9001", language));
        // On its page it says by whom.
        pty.keys("t /");
        typed(&mut pty, "case:K-9001");
        pty.wait_for_text(&says(RoomSays::Fits { fits: 1, of: SESSIONS }));
        pty.keys("<enter> <enter>");
        let done_by = PageSays::DoneBy(&mark(Mark::Done, language), "301", "").text(language);
        wait_folded(&mut pty, done_by.trim_end_matches([',', ' ']));
        let text = pty.text();
        let heading = review_word(ReviewSays::StillInDanger, language);
        let below = text.lines().skip_while(|line| !line.contains(heading)).nth(1).unwrap_or_default();
        assert!(below.contains('\u{2713}'), "{}", pty.framed());
        pty.keys("q q q q");
        // What it shows at first is from before the review.
        let fewer = format!("! {}:", StartSays::InDanger(before - 1).text(language));
        pty.wait_for_text(&fewer);
        assert!(due(&pty) < due_before, "the call is no more due: {}", pty.framed());
        // And in a new process.
        drop(pty);
        let start = amparo().args(["--lang", language.code().as_str()]).args(UNLOCKED);
        let mut pty = start.size(120, 40).home(office.path()).go();
        pty.wait_for_text(&fewer);
    });
}

#[test]
fn a_remark_that_is_damaged_is_told_on_the_first_screen() {
    let office = Office::new();
    let beside = office.path().join("beside");
    let some = office.store().beside_names();
    for name in some.iter().take(2) {
        let path = beside.join(name.to_string());
        let mut bytes = std::fs::read(&path).unwrap();
        let end = bytes.len();
        bytes[end - 20..end - 16].copy_from_slice(&[1, 2, 3, 4]);
        std::fs::write(&path, bytes).unwrap();
    }
    // Three files among the sessions are none.
    in_turn(|language| {
        for size in [(80, 24), (40, 12)] {
            let mut pty = office.open(language, size);
            pty.wait_for_text(&room_says(RoomSays::NotToBeRead(3 + 2), language));
            pty.keys("<end>");
            let damaged = finding(&Finding::Beside(Unread::Damaged), language);
            wait_folded(&mut pty, &damaged.split(':').next().map(|word| format!("{word}: ")).unwrap());
        }
    });
}
