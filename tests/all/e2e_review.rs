//! The review as a supervisor meets it: the real binary over a small archive with three sessions of a known wrong.

use std::collections::BTreeMap;
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use amparo::desk::{Keyring, Role};
use amparo::journal::{Companion, EntryKind, Handling, Mark, On, Session, SessionName, Store};
use amparo::machine::{Fact, Value};
use amparo::review::{DeviationKind, Protocols, Reviewed, Search};
use amparo::seal::{HeadCode, Identity, fingerprint};
use amparo::text::{CaseCode, Language, StaffNumber};
use amparo::words::{
    FigureWord, FoundSays, HandingSays, KeyWord, PageSays, ReviewKey, ReviewSays, RoomSays, StartSays,
    Telling, UnlockSays, column_head, deviation_kind, handing_says, key_help, key_hint, review_word,
    room_says,
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
    worker: &'static Identity,
    colleague: &'static Identity,
    planted: &'static [Planted],
    today: i64,
}

/// One archive that is copied for each test: to sign sessions off takes long. Beside the tests and made anew each time.
static MADE: LazyLock<Made> = LazyLock::new(|| Made::beside_the_tests("office", SESSIONS));

struct Made {
    home: PathBuf,
    worker: Identity,
    colleague: Identity,
    planted: Vec<Planted>,
    today: i64,
}

impl Made {
    fn beside_the_tests(folder: &str, sessions: usize) -> Self {
        let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join(folder);
        if home.exists() {
            std::fs::remove_dir_all(&home).unwrap();
        }
        std::fs::create_dir_all(&home).unwrap();
        keys_at_hand::put(&home);
        Self::new(home, sessions, made::DAYS, 7)
    }

    /// An archive as of today, since the program asks what time it is.
    fn new(home: PathBuf, sessions: usize, days: usize, seed: u64) -> Self {
        let (worker, colleague) = (Identity::generate(), Identity::generate());
        let mut ring = Keyring::read(&home).unwrap();
        for (number, identity) in [("204", &worker), ("117", &colleague)] {
            ring.add(StaffNumber::new(number).unwrap(), identity.public(), Role::Caseworker).unwrap();
        }
        let today = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis();
        let readers = made::Readers { supervisor: KEY.public(), worker: worker.public() };
        let today = i64::try_from(today).unwrap();
        let wanted = made::Wanted { sessions, seed, today, days, signed: 95, events: 0 };
        let planted = made::make(&home, &readers, wanted).unwrap();
        Self { home, worker, colleague, planted, today }
    }
}

/// Copies a folder as it stands, with the times of its files.
fn copied(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for file in std::fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        let to = to.join(file.file_name());
        if file.file_type().unwrap().is_dir() {
            copied(&file.path(), &to);
        } else {
            std::fs::copy(file.path(), &to).unwrap();
            let written = file.metadata().unwrap().modified().unwrap();
            std::fs::File::options().write(true).open(&to).unwrap().set_modified(written).unwrap();
        }
    }
}

impl Office {
    fn new() -> Self {
        Self::copy_of(&MADE, SESSIONS)
    }

    /// An archive of more sessions than most tests need.
    fn of_many() -> Self {
        static MANY_MADE: LazyLock<Made> = LazyLock::new(|| Made::beside_the_tests("office-of-many", MANY));
        Self::copy_of(&MANY_MADE, MANY)
    }

    fn copy_of(made: &'static Made, sessions: usize) -> Self {
        let home = tempfile::tempdir().unwrap();
        copied(&made.home, home.path());
        let (worker, colleague) = (&made.worker, &made.colleague);
        Self { sessions, home, worker, colleague, planted: &made.planted, today: made.today }
    }

    fn path(&self) -> &Path {
        self.home.path()
    }

    /// The review on a screen of this size, all of it opened.
    #[track_caller]
    fn open(&self, language: Language, (cols, rows): (u16, u16)) -> Pty {
        let start = amparo()
            .args(["--lang", language.code().as_str()])
            .args(UNLOCKED)
            .args(["review"])
            .env("TZ", "UTC");
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

/// Reads on, a screenful at a time, until something is in sight.
#[track_caller]
fn goes_on_to(pty: &mut Pty, text: &str) {
    for _ in 0..60 {
        // A heading begins with a capital.
        if spaced(&pty.text()).to_lowercase().contains(&spaced(text).to_lowercase()) {
            return;
        }
        pty.keys("<pgdn>");
        pty.look_for(Duration::from_millis(80));
    }
    wait_folded(pty, text);
}

/// Says who she is, the first time that it is asked.
#[track_caller]
fn says_who(pty: &mut Pty, language: Language) {
    wait_folded(pty, &room_says(RoomSays::NumberWhy, language));
    typed(pty, "100");
    pty.keys("<enter>");
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
        for planted in office.planted {
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
        says_who(&mut pty, language);
        wait_folded(&mut pty, "K-9001  204");
        pty.keys("q");
        wait_folded(&mut pty, heading);
        // It is asked once.
        pty.keys("1");
        wait_folded(&mut pty, "K-9001  204");
        pty.keys("q");
        wait_folded(&mut pty, heading);
        pty.keys("q");
        pty.wait_for_text("1  ");
    }
    let name = office.planted[0].name;
    let opened = |companion: &Companion| matches!(companion, Companion::Handled { how: Handling::Opened, by: Some(by), .. } if by.as_str() == "100");
    let noted = office.beside(&name, &KEY).iter().filter(|companion| opened(companion)).count();
    assert_eq!(noted, 4, "once each time the review was opened, with who opened it");
}

/// The session was held an hour ahead of the clock that reads: what is due is told by that clock, and says so.
#[test]
fn the_start_screen_the_lists_and_the_page_say_the_same_time_of_the_same_call_each_with_its_zone() {
    let office = Office::new();
    let session = office.store().open(&office.planted[0].name, &KEY).unwrap();
    let due = session.events.iter().find_map(|event| match &event.fact {
        Fact::Answered { value: Value::Deadline { at, .. }, .. } => Some(*at),
        _ => None,
    });
    let due = due.expect("a call was promised");
    assert_eq!(session.events[0].at.zone, 60, "and the clock of this test is at UTC");
    let telling = Telling::new(Language::English, None, 0);
    let day_and_time = telling.instant(due);
    assert!(day_and_time.ends_with(" +00:00"), "{day_and_time}");

    let mut pty = office.open(Language::English, (120, 40));
    wait_folded(&mut pty, &day_and_time);
    pty.keys("1");
    says_who(&mut pty, Language::English);
    wait_folded(&mut pty, "K-9001  204, 258");
    pty.keys("<home>");
    wait_folded(&mut pty, &day_and_time);
    // The start screen, and its list of what is due.
    pty.keys("q q");
    let clock = day_and_time[11..].trim_start_matches('0').to_owned();
    wait_folded(&mut pty, &clock);
}

/// As many alarms as among four thousand sessions of two years: what lies before the planted ones came in the last twelve
/// days, and that is all that is made here.
#[test]
fn the_three_planted_ones_are_in_sight_without_a_key_among_as_many_as_four_thousand_have() {
    let home = tempfile::tempdir().unwrap();
    keys_at_hand::put(home.path());
    let sessions = 4_000 * 12 / made::DAYS + 3;
    let made = Made::new(home.path().to_owned(), sessions, 12, 1);
    for language in Language::ALL {
        let start = amparo().args(["--lang", language.code().as_str()]).args(UNLOCKED).args(["review"]);
        let mut pty = start.size(80, 24).home(home.path()).go();
        // They are many for a build that is not optimised.
        for part in 1..=9 {
            let all = room_says(RoomSays::Sessions(sessions), language);
            let far = |text: &str| {
                (part * sessions / 9..=sessions + 3).any(|done| text.contains(&format!(" {done} ")))
            };
            pty.wait_for(&format!("{part} of 9"), |picture| {
                let text = picture.text();
                let head = text.lines().next().unwrap_or_default();
                head.contains(&*all) || (part < 9 && far(head))
            });
        }
        let text = pty.text();
        for planted in &made.planted {
            assert!(text.contains(planted.case), "{}: {}", planted.case, pty.framed());
        }
    }
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
        // Every word that a filter knows is told from the field, and how to go on where there is no room for all.
        pty.keys("/ <f1>");
        for word in ["changed", "withdrawn", "early, postponed, not-held, left", "dev>2"] {
            goes_on_to(&mut pty, word);
        }
        pty.keys("<f1> <enter>");
        pty.keys("8 <home>");
        pty.wait_for("the heaviest first", |picture| {
            picture.text().lines().any(|line| line.starts_with(" ▸") && line.contains("K-9002"))
        });
    }
}

/// The number of the event that is looked at, on a page wide enough for it.
fn looked_at(pty: &Pty) -> Option<u64> {
    let text = pty.text();
    let line = text.lines().find(|line| line.starts_with('▸'))?;
    line.trim_start_matches('▸').split_whitespace().find_map(|word| word.parse().ok())
}

#[test]
fn what_went_against_the_protocol_is_gone_through_on_the_page_and_in_the_list_played_back() {
    let office = Office::new();
    let session = office.store().open(&office.planted[1].name, &KEY).unwrap();
    let protocol = Protocols::default().of(&session.protocol).unwrap();
    let now = session.events.last().unwrap().at;
    let mut against: Vec<u64> = Reviewed::of(&protocol, &session.events, session.verdict, now)
        .deviations
        .iter()
        .filter_map(|found| found.event)
        .collect();
    against.sort_unstable();
    against.dedup();
    let [first, second, ..] = against[..] else { panic!("two moments at least: {against:?}") };
    let all = session.events.len();
    for (language, size) in [(Language::English, (80, 24)), (Language::Spanish, (40, 12))] {
        let after = |event: u64| PageSays::After(event, all).text(language);
        let mut pty = office.open(language, size);
        pty.keys("t 8 <home> <enter>");
        says_who(&mut pty, language);
        wait_folded(&mut pty, "K-9002  204  2026-");
        pty.keys("]");
        if size.0 >= 80 {
            pty.wait_for("its first moment", |picture| {
                picture
                    .text()
                    .lines()
                    .any(|line| line.starts_with('▸') && line.contains(&format!(" {first} ")))
            });
            pty.keys("]");
            pty.wait_for("the next one", |picture| {
                picture
                    .text()
                    .lines()
                    .any(|line| line.starts_with('▸') && line.contains(&format!(" {second} ")))
            });
            pty.keys("[");
        }
        // The list as it stood then, an event at a time and from moment to moment.
        pty.keys("v");
        wait_folded(&mut pty, &after(first));
        // What does not fit is cut; its signs are there.
        let kind = session_kind(&session, first, language);
        let shown = usize::from(size.0 - 4).min(kind.chars().count());
        wait_folded(&mut pty, &kind.chars().take(shown).collect::<String>());
        wait_folded(&mut pty, "+01:00");
        for (key, event) in [
            ("<right>", first + 1),
            ("<left>", first),
            ("]", second),
            ("[", first),
            ("<end>", all as u64),
            ("<home>", 1),
        ] {
            pty.keys(key);
            wait_folded(&mut pty, &after(event));
        }
        pty.keys("]");
        wait_folded(&mut pty, &after(first));
        // Back on the page, at the same moment.
        pty.keys("v");
        wait_gone(&mut pty, &after(first));
        wait_folded(&mut pty, "K-9002  204  2026-");
        if size.0 >= 80 {
            assert_eq!(looked_at(&pty), Some(first), "{}", pty.framed());
        }
        pty.keys("q");
        pty.wait_for_text(&room_says(RoomSays::Table, language));
    }
}

/// What stands over the list played back, of what went against the protocol at an event.
fn session_kind(session: &Session, event: u64, language: Language) -> String {
    let protocol = Protocols::default().of(&session.protocol).unwrap();
    let now = session.events.last().unwrap().at;
    let reviewed = Reviewed::of(&protocol, &session.events, session.verdict, now);
    let found = reviewed.deviations.iter().find(|found| found.event == Some(event)).unwrap();
    let kind = found.what.kind();
    format!("{} {}", "▲".repeat(kind.weight().0.into()), deviation_kind(kind, language))
}

#[test]
fn the_figures_say_on_how_many_they_stand_and_a_case_is_read_in_order() {
    let office = Office::new();
    let mut cases: BTreeMap<String, usize> = BTreeMap::new();
    for entry in office.store().list().unwrap() {
        let EntryKind::Session(name) = entry.kind else { continue };
        let Ok(session) = office.store().open(&name, &KEY) else { continue };
        if let Some(Fact::Begun { case, .. }) = session.events.first().map(|event| &event.fact) {
            *cases.entry(case.to_string()).or_default() += 1;
        }
    }
    let (case, times) = cases.into_iter().max_by_key(|(_, times)| *times).unwrap();
    assert!(times > 1, "a case with several sessions");
    for (language, size) in [(Language::English, (80, 24)), (Language::Spanish, (40, 12))] {
        let mut pty = office.open(language, size);
        pty.keys("g");
        pty.wait_for_text(FigureWord::Title.text(language));
        wait_folded(&mut pty, FigureWord::Nobody.text(language));
        for figure in [FigureWord::Ends, FigureWord::Phases, FigureWord::CheckIns, FigureWord::Practices] {
            let heading = figure.text(language);
            goes_on_to(&mut pty, heading);
        }
        pty.keys("q t /");
        typed(&mut pty, &format!("case:{case}"));
        pty.wait_for_text(&room_says(RoomSays::Fits { fits: times, of: SESSIONS }, language));
        pty.keys("<enter> c");
        let code = CaseCode::new(&case).unwrap();
        wait_folded(&mut pty, &room_says(RoomSays::OfCase(&code), language));
        let text = pty.text();
        let days: Vec<&str> =
            text.lines().filter_map(|line| line.split_whitespace().find(|word| is_day(word))).collect();
        assert_eq!(days.len(), times, "{}", pty.framed());
        assert!(days.is_sorted(), "the earliest first: {}", pty.framed());
        // One step back: the case, then the table.
        pty.keys("q");
        wait_gone(&mut pty, &room_says(RoomSays::OfCase(&code), language));
    }
}

fn is_day(word: &str) -> bool {
    word.len() == 10
        && word
            .bytes()
            .enumerate()
            .all(|(at, byte)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() })
}

#[test]
fn keys_that_are_all_in_sight_say_nothing_of_more() {
    let office = Office::new();
    let more = key_hint(Language::English, KeyWord::ReadOn);
    for (size, all) in [((80, 40), true), ((40, 12), false)] {
        let mut pty = office.open(Language::English, size);
        pty.keys("?");
        pty.wait_for_text(&PageSays::Keys.text(Language::English));
        let bar = pty.text().lines().last().unwrap_or_default().to_owned();
        assert_eq!(!bar.contains(more), all, "{}", pty.framed());
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
    wait_folded(&mut pty, "No key of 999 is on this machine");
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
    wait_folded(&mut pty, review_word(ReviewSays::StillInDanger, Language::English));
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
        ("1 1 0 0 <enter>", "204, 258", ""),
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
        says_who(&mut pty, language);
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
    says_who(&mut pty, Language::English);
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
    let (office, out) = (Office::of_many(), tempfile::tempdir().unwrap());
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
    let (office, out) = (Office::of_many(), tempfile::tempdir().unwrap());
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

/// How many the start screen says may still be in danger.
fn in_danger(pty: &mut Pty) -> usize {
    let says = |count| StartSays::InDanger(count).text(Language::English).into_owned();
    pty.wait_for_text("1  ");
    let found = |text: &str| (1..200).find(|count| text.contains(&format!("! {}:", says(*count))));
    pty.wait_for("who may be in danger", |picture| found(&picture.text()).is_some());
    found(&pty.text()).unwrap_or_default()
}

/// Whether the line of a case in the table tells that somebody may still be in danger.
fn is_marked_in_the_table(pty: &mut Pty, case: &str) -> bool {
    pty.keys("t /");
    typed(pty, &format!("case:{case}"));
    pty.wait_for_text(&says(RoomSays::Fits { fits: 1, of: SESSIONS }));
    pty.keys("<enter>");
    let line = pty.text().lines().rfind(|line| line.contains(case)).map(str::to_owned).unwrap_or_default();
    pty.keys("q q");
    wait_folded(pty, review_word(ReviewSays::StillInDanger, Language::English));
    // Its file is open: that is another mark.
    line.replace("! open", "").contains('!')
}

#[test]
fn what_is_settled_leaves_the_start_screen_and_the_table_and_the_page_says_by_whom() {
    let office = Office::new();
    let mut pty = office.open(Language::English, (120, 40));
    assert!(is_marked_in_the_table(&mut pty, "K-9001"));
    pty.keys("q");
    let before = in_danger(&mut pty);
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
    assert!(!is_marked_in_the_table(&mut pty, "K-9001"));
    // On its page it says by whom.
    pty.keys("t /");
    typed(&mut pty, "case:K-9001");
    pty.wait_for_text(&says(RoomSays::Fits { fits: 1, of: SESSIONS }));
    pty.keys("<enter> <enter>");
    wait_folded(&mut pty, "done by 301");
    let text = pty.text();
    let heading = review_word(ReviewSays::StillInDanger, Language::English);
    let below = text.lines().skip_while(|line| !line.contains(heading)).nth(1).unwrap_or_default();
    assert!(below.contains('\u{2713}'), "{}", pty.framed());
    pty.keys("q q q q");
    // What it shows at first is from before the review.
    let fewer = format!("! {}:", StartSays::InDanger(before - 1).text(Language::English));
    pty.wait_for_text(&fewer);
    assert!(due(&pty) < due_before, "the call is no more due: {}", pty.framed());
    // And in a new process.
    drop(pty);
    let start = amparo().args(["--lang", "en"]).args(UNLOCKED);
    let mut pty = start.size(120, 40).home(office.path()).go();
    pty.wait_for_text(&fewer);
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
    for language in Language::ALL {
        for size in [(80, 24), (40, 12)] {
            let mut pty = office.open(language, size);
            pty.wait_for_text(&room_says(RoomSays::NotToBeRead(3 + 2), language));
            pty.keys("<end>");
            wait_folded(&mut pty, if language == Language::English { "damaged: " } else { "da\u{f1}ado: " });
        }
    }
}
