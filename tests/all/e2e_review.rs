//! The review as a supervisor meets it: the real binary over a small archive with three sessions of a known wrong.

use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use amparo::desk::{Keyring, Role};
use amparo::journal::{Companion, EntryKind, Handling, Mark, On, SessionName, Store};
use amparo::review::{DeviationKind, Search};
use amparo::seal::{HeadCode, Identity, fingerprint};
use amparo::text::{Language, StaffNumber};
use amparo::words::{
    FoundSays, HandingSays, KeyWord, ReviewKey, ReviewSays, RoomSays, UnlockSays, column_head,
    deviation_kind, handing_says, key_help, review_word, room_says,
};
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use crate::caseworker::spaced;
use crate::keys_at_hand::{self, KEY, UNLOCKED, WORDS};
use crate::made::{self, Planted};
use crate::programs::amparo;
use crate::pty::{End, Pty};

const SESSIONS: usize = 24;

struct Office {
    sessions: usize,
    home: TempDir,
    worker: Identity,
    colleague: Identity,
    planted: Vec<Planted>,
}

impl Office {
    /// An archive as of today, since the program asks what time it is.
    fn new() -> Self {
        Self::of(SESSIONS)
    }

    fn of(sessions: usize) -> Self {
        let home = tempfile::tempdir().unwrap();
        keys_at_hand::put(home.path());
        let (worker, colleague) = (Identity::generate(), Identity::generate());
        let mut ring = Keyring::read(home.path()).unwrap();
        for (number, identity) in [("204", &worker), ("117", &colleague)] {
            ring.add(StaffNumber::new(number).unwrap(), identity.public(), Role::Caseworker).unwrap();
        }
        let today = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis();
        let readers = made::Readers { supervisor: KEY.public(), worker: worker.public() };
        let today = i64::try_from(today).unwrap();
        let wanted = made::Wanted { sessions, seed: 7, today, signed: 0, events: 0 };
        let planted = made::make(home.path(), &readers, wanted).unwrap();
        Self { sessions, home, worker, colleague, planted }
    }

    fn path(&self) -> &Path {
        self.home.path()
    }

    /// The review on a screen of this size, all of it opened.
    #[track_caller]
    fn open(&self, language: Language, (cols, rows): (u16, u16)) -> Pty {
        let start = amparo().args(["--lang", language.code().as_str()]).args(UNLOCKED).args(["review"]);
        let mut pty = start.size(cols, rows).home(self.path()).go();
        pty.wait_for_text(&room_says(RoomSays::Sessions(self.sessions), language));
        pty
    }

    fn store(&self) -> Store {
        Store::at(self.path())
    }

    /// What stands beside a session, as the supervisor's key opens it.
    fn beside(&self, name: &SessionName, identity: &Identity) -> Vec<Companion> {
        let placed = self.store().placed(identity).into_iter();
        placed.map(|placed| placed.companion).filter(|companion| companion.of() == name).collect()
    }
}

/// Waits for a sentence, however the window folds it.
#[track_caller]
fn wait_folded(pty: &mut Pty, sentence: &str) {
    let sentence = spaced(sentence);
    pty.wait_for(&sentence, |picture| spaced(&picture.text()).contains(&sentence));
}

/// Waits until a sentence is gone.
#[track_caller]
fn wait_gone(pty: &mut Pty, sentence: &str) {
    pty.wait_for(&format!("no {sentence}"), |picture| !spaced(&picture.text()).contains(&spaced(sentence)));
}

/// Types words, blanks too.
fn typed(pty: &mut Pty, text: &str) {
    for letter in text.chars() {
        pty.keys(&if letter == ' ' { "<space>".to_owned() } else { letter.to_string() });
    }
}

fn says(says: RoomSays<'_>) -> String {
    room_says(says, Language::English).into_owned()
}

#[test]
fn the_three_planted_ones_are_found_without_a_key_and_opened_with_one() {
    let office = Office::new();
    for (language, size) in Language::ALL.into_iter().flat_map(|one| [(one, (120, 40)), (one, (80, 24))]) {
        let mut pty = office.open(language, size);
        let text = pty.text();
        let heading = review_word(ReviewSays::StillInDanger, language);
        assert!(text.contains(heading), "{}", pty.framed());
        for planted in &office.planted {
            assert!(text.contains(planted.case), "{}: {}", planted.case, pty.framed());
        }
        // Not only because somebody is to be listened to: what went against the protocol is in sight too.
        let against = review_word(ReviewSays::AgainstTheProtocol, language);
        let below = text.split_once(against).map(|(_, below)| below).unwrap_or_default();
        assert!(below.contains("K-9002"), "{}", pty.framed());
        // Three gates were overridden: one line, that says so.
        let what = deviation_kind(DeviationKind::GateOverridden, language);
        let line = room_says(RoomSays::Times { what, times: 3 }, language);
        assert!(spaced(below).contains(&spaced(&line)), "{line}: {}", pty.framed());
        let first = text.lines().find(|line| line.contains("K-9001")).unwrap_or_default();
        assert!(first.trim_start().starts_with("▸1"), "the first line is who was left: {}", pty.framed());
        pty.keys("1");
        wait_gone(&mut pty, heading);
        wait_folded(&mut pty, "K-9001");
        pty.keys("q");
        wait_folded(&mut pty, heading);
        pty.keys("q");
        pty.wait_for_text("1  ");
    }
    let name = office.planted[0].name;
    let opened =
        |companion: &Companion| matches!(companion, Companion::Handled { how: Handling::Opened, .. });
    let noted = office.beside(&name, &KEY).iter().filter(|companion| opened(companion)).count();
    assert_eq!(noted, 4, "once each time the review was opened");
}

#[test]
fn a_filter_is_read_as_it_is_typed_and_says_what_would_be_right() {
    let office = Office::new();
    for size in [(80, 24), (40, 12)] {
        let mut pty = office.open(Language::English, size);
        pty.keys("t");
        pty.wait_for_text(column_head(amparo::review::Column::Case, Language::English));
        pty.keys("/");
        typed(&mut pty, "case:K-9002");
        pty.wait_for_text(&says(RoomSays::Fits { fits: 1, of: SESSIONS }));
        pty.keys("<c-u>");
        typed(&mut pty, "since:never");
        wait_folded(&mut pty, "never is no day");
        pty.keys("<c-u>");
        pty.wait_for_text(&says(RoomSays::Sessions(SESSIONS)));
        pty.keys("<enter> <end>");
        pty.wait_for_text("! ");
        pty.keys("<enter>");
        wait_folded(&mut pty, "was sealed for others");
        pty.keys("8 <home>");
        pty.wait_for("the heaviest first", |picture| {
            picture.text().lines().any(|line| line.starts_with(" ▸") && line.contains("K-9002"))
        });
    }
}

#[test]
fn several_are_signed_off_together_by_the_head_that_was_read() {
    let office = Office::new();
    let mut pty = office.open(Language::English, (80, 24));
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
    let signed: Vec<Companion> = office
        .store()
        .placed(&KEY)
        .into_iter()
        .map(|placed| placed.companion)
        .filter(|companion| matches!(companion, Companion::Marked { mark: Mark::SignedOff, .. }))
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
}

#[test]
fn a_remark_reaches_the_worker_and_what_is_done_leaves_the_lists() {
    let office = Office::new();
    let name = office.planted[0].name;
    let mut pty = office.open(Language::English, (80, 24));
    pty.keys("r");
    wait_folded(&mut pty, &says(RoomSays::NumberWhy));
    typed(&mut pty, "100");
    pty.keys("<enter>");
    wait_folded(&mut pty, &says(RoomSays::RemarkToWhy));
    typed(&mut pty, "999");
    pty.keys("<enter>");
    typed(&mut pty, "call me");
    pty.keys("<enter>");
    wait_folded(&mut pty, "No key of 999 is on this machine");
    assert!(office.beside(&name, &KEY).is_empty(), "nothing is written that she could not read");
    pty.keys("r");
    wait_folded(&mut pty, &says(RoomSays::RemarkToWhy));
    typed(&mut pty, "204");
    pty.keys("<enter>");
    typed(&mut pty, "call me today");
    pty.keys("<enter>");
    pty.wait_for_text(&says(RoomSays::Said(1)));
    let found = office.beside(&name, &office.worker);
    let [Companion::Remark { text, to: Some(to), by, .. }] = found.as_slice() else {
        panic!("one remark, in her hands: {found:?}")
    };
    assert_eq!((text.as_str(), to.as_str(), by.as_str()), ("call me today", "204", "100"));
    assert!(
        office.beside(&name, &office.colleague).is_empty(),
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
    let danger = review_word(ReviewSays::StillInDanger, Language::English);
    let text = pty.text();
    let below = text.lines().skip_while(|line| !line.contains(danger)).nth(1).unwrap_or_default();
    assert!(!below.contains("K-9001"), "{}", pty.framed());
}

#[test]
fn a_session_is_erased_with_a_reason_and_only_after_a_second_question() {
    let office = Office::new();
    let name = office.planted[0].name;
    let there = || {
        let entries = office.store().list().unwrap();
        entries.iter().any(|entry| matches!(entry.kind, EntryKind::Session(one) if one == name))
    };
    let mut pty = office.open(Language::English, (80, 24));
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
}

#[test]
fn esc_hides_every_page_and_what_was_typed_is_there_on_return() {
    let office = Office::new();
    crate::caseworker::in_both(|language| every_page_is_hidden(&office, language));
}

fn every_page_is_hidden(office: &Office, language: Language) {
    let first = review_word(ReviewSays::StillInDanger, language);
    let says = |says: RoomSays<'_>| room_says(says, language).into_owned();
    let (table, label) = (says(RoomSays::Table), says(RoomSays::NumberLabel));
    let all_keys = key_help(language, KeyWord::Review(ReviewKey::Table));
    let words = format!("{}:", FoundSays::Field.text(language));
    let examples = says(RoomSays::FilterExamples);
    let by_number = examples.split_whitespace().last().expect("an example").to_owned();
    for (keys, there, typing) in [
        ("", first, ""),
        ("t", &table, ""),
        ("t /", &by_number, "K-9"),
        ("1", "204, 258", ""),
        ("g", "n =", ""),
        ("?", all_keys, ""),
        ("w", &words, "door K-9"),
        ("w door <enter>", "«door»", ""),
        ("f", &label, "100"),
    ] {
        let mut pty = office.open(language, (80, 24));
        pty.keys(keys);
        pty.wait_for_text(there);
        typed(&mut pty, typing);
        pty.wait_for_text(&if typing.starts_with('K') { format!("/ {typing}") } else { typing.to_owned() });
        let before = pty.text();
        pty.keys("<esc>");
        pty.wait_for(&format!("`{keys}` hidden"), |picture| {
            let text = picture.text();
            text != before && !text.contains("K-9") && !text.contains(first)
        });
        pty.keys("<c-r>");
        pty.wait_for(&format!("`{keys}` back"), |picture| picture.text() == before);
    }
}

#[test]
fn words_are_looked_for_in_all_sessions_or_in_those_that_a_filter_lists() {
    let office = Office::new();
    let name = office.planted[2].name;
    let events = office.store().open(&name, &KEY).unwrap().events;
    // Which words chance wrote down there is not ours to know.
    let (word, hits) = ["door", "call", "she", "the", "a"]
        .into_iter()
        .map(|word| (word, Search::new(word).unwrap().in_events(&events).len()))
        .find(|(_, hits)| *hits > 0)
        .expect("something was written down");
    for (language, size) in [(Language::English, (80, 24)), (Language::Spanish, (40, 12))] {
        let mut pty = office.open(language, size);
        pty.keys("w");
        wait_folded(&mut pty, &FoundSays::WhereItLooks.text(language));
        typed(&mut pty, "xyzzy");
        pty.keys("<enter>");
        wait_folded(&mut pty, &FoundSays::Nowhere("xyzzy", SESSIONS).text(language));
        pty.keys("q t /");
        typed(&mut pty, "case:K-9003");
        pty.wait_for_text(&room_says(RoomSays::Fits { fits: 1, of: SESSIONS }, language));
        pty.keys("<enter> w");
        typed(&mut pty, word);
        pty.keys("<enter>");
        wait_folded(&mut pty, &FoundSays::Places(word, hits, 1).text(language));
        let place = pty.text();
        pty.keys("<enter>");
        // At its moment in the session.
        pty.wait_for("the moment", |picture| {
            let text = picture.text();
            !text.contains(&FoundSays::Title.text(language)) && text.lines().any(|line| line.starts_with('▸'))
        });
        pty.keys("q");
        pty.wait_for("back at the places", |picture| picture.text() == place);
        pty.keys("q");
        pty.wait_for_text(&room_says(RoomSays::Fits { fits: 1, of: SESSIONS }, language));
    }
}

#[test]
fn without_a_file_the_passphrase_is_asked_on_the_screen_and_a_session_can_be_named() {
    let office = Office::new();
    let name = office.planted[1].name.to_string();
    let mut pty = amparo().args(["--lang", "en", "review", &name[..8]]).size(80, 24).home(office.path()).go();
    pty.wait_for_text(UnlockSays::Title.text(Language::English));
    typed(&mut pty, WORDS);
    pty.keys("<enter>");
    wait_folded(&mut pty, "K-9002");
    wait_gone(&mut pty, review_word(ReviewSays::StillInDanger, Language::English));
    pty.keys("q");
    wait_folded(&mut pty, review_word(ReviewSays::StillInDanger, Language::English));
}

#[test]
fn what_is_marked_is_handed_on_as_a_new_file_that_is_said_not_to_be_sealed() {
    for (language, size) in [(Language::English, (80, 24)), (Language::Spanish, (40, 12))] {
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
    }
}

/// Hands many sessions on, and gives where the file is being written, once something stands in it.
#[track_caller]
fn writes(pty: &mut Pty, folder: &Path) -> PathBuf {
    let hands = |says| handing_says(says, Language::English).into_owned();
    let file = folder.join("notes.jsonl");
    pty.keys("t");
    pty.wait_for_text(&says(RoomSays::Table));
    pty.keys(&"<space> <down> ".repeat(MANY));
    pty.keys("x");
    wait_folded(pty, &says(RoomSays::NumberWhy));
    typed(pty, "100");
    pty.keys("<enter>");
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

/// Enough that they are not written before a key is.
const MANY: usize = 90;

#[test]
fn the_danger_key_leaves_no_half_of_a_file_that_is_being_written() {
    let (office, out) = (Office::of(MANY), tempfile::tempdir().unwrap());
    let mut pty = office.open(Language::English, (80, 24));
    let file = writes(&mut pty, out.path());
    pty.send(b"\x1b");
    let until = Instant::now() + Duration::from_secs(5);
    while file.exists() {
        assert!(Instant::now() < until, "half of it stays behind the leaflet");
        std::thread::sleep(Duration::from_millis(1));
    }
    // Whoever comes back is told.
    std::thread::sleep(Duration::from_millis(100));
    pty.keys("<c-r>");
    wait_folded(&mut pty, &handing_says(HandingSays::Stopped, Language::English));
    drop(pty);

    let mut pty = office.open(Language::English, (80, 24));
    let file = writes(&mut pty, out.path());
    pty.send(b"\x1b");
    std::thread::sleep(Duration::from_millis(60));
    pty.send(b"qy");
    assert_eq!(pty.wait_exit(), End::Code(0));
    assert!(!file.exists());

    // And so does the system's wish that it ends.
    let mut pty = office.open(Language::English, (80, 24));
    let file = writes(&mut pty, out.path());
    pty.signal(Signal::TERM);
    assert_eq!(pty.wait_exit(), End::Code(0));
    assert!(!file.exists());
}

#[test]
fn a_command_that_is_ended_leaves_no_half_file() {
    let (office, out) = (Office::of(MANY), tempfile::tempdir().unwrap());
    let export = |file: &Path, more: &[&str]| {
        let mut command = Command::new(amparo().path());
        command.args(UNLOCKED).args(["sessions", "export", "--all", "--format", "jsonl", "--output"]);
        command.arg(file).args(more).current_dir(office.path()).env("AMPARO_HOME", office.path());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
    };
    let ends = |mut child: Child, signal: Signal| {
        kill_process(Pid::from_child(&child), signal).unwrap();
        assert_eq!(child.wait().unwrap().signal(), Some(signal.as_raw()), "as though nothing held it back");
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
}

#[test]
fn a_file_is_for_its_owner_alone_whatever_the_umask_is() {
    let out = tempfile::tempdir().unwrap();
    for umask in ["0777", "0000", "0277"] {
        let file = out.path().join(umask);
        let shell = ["-c", "umask $1; exec \"$0\" print waiver --output \"$2\""];
        let mut command = Command::new("sh");
        command
            .args(shell)
            .arg(amparo().path())
            .arg(umask)
            .arg(&file)
            .env("AMPARO_HOME", out.path().join("home"));
        assert!(command.stderr(Stdio::null()).status().unwrap().success());
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o7777, 0o600, "{umask}");
    }
}
