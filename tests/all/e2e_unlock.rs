//! Keys as people meet them, in the real binary: the first one made on the way to the first session, the passphrase
//! before what is saved is read or gone on with, and the code for the paper. With the real work of scrypt where a key is
//! made, as nobody can choose less.

use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

use amparo::desk::{Keyring, Role, Settings};
use amparo::seal::{HeadCode, Identity, Passphrase, Sheet};
use amparo::text::{Language, LanguageCode, StaffNumber};
use amparo::words::{FirstKeySays, FormSays, PinSays, RoomSays, Say, StartSays, UnlockSays, room_says};

use crate::caseworker::{Interview, Seen, in_both, locale, shown, spaced};
use crate::keys_at_hand::{KEY, UNLOCKED, WORDS};
use crate::programs::amparo;
use crate::pty::{End, Pty, Start};

const SIZES: [(u16, u16); 2] = [(80, 24), (40, 12)];

/// Each language in each size.
fn everywhere(tell: impl Fn(Language, (u16, u16)) + Sync) {
    in_both(|language| {
        for size in SIZES {
            tell(language, size);
        }
    });
}

fn started(language: Language, (cols, rows): (u16, u16), home: &Path) -> Start {
    amparo().args(["--lang", language.code().as_str()]).size(cols, rows).home(home)
}

/// A session was begun and left: the start screen with the key locked.
#[track_caller]
fn left(language: Language, size: (u16, u16), home: &Path) -> Interview {
    let mut talk = Interview::with(started(language, size, home), language);
    talk.begin();
    talk.settled();
    talk.keys("q");
    talk.settled();
    talk.keys("1");
    talk.pty.wait_for_text(&StartSays::ReadSealed(1).text(language));
    talk
}

/// Types a text as people do, blanks too.
fn typed(pty: &mut Pty, text: &str) {
    for letter in text.chars() {
        pty.keys(&if letter == ' ' { "<space>".to_owned() } else { letter.to_string() });
    }
}

/// Waits for a sentence, however the window folds it.
#[track_caller]
fn wait_folded(pty: &mut Pty, sentence: &str) {
    let sentence = spaced(sentence);
    pty.wait_for(&sentence, |picture| spaced(&picture.text()).contains(&sentence));
}

/// The rows of the recovery sheet that stands on the screen.
fn sheet_on(pty: &Pty) -> Vec<String> {
    let text = pty.text();
    let row = |number: usize| {
        let start = format!("{number}.  ");
        text.lines()
            .find_map(|line| line.trim_start().strip_prefix(start.as_str()).map(|row| row.trim().to_owned()))
    };
    (1..=6).filter_map(row).collect()
}

#[test]
fn the_first_key_is_made_on_the_way_to_the_first_session() {
    everywhere(|language, size| {
        let home = tempfile::tempdir().expect("a temporary folder");
        let mut talk = Interview::with(started(language, size, home.path()).with_no_keys_put(), language);
        let first = |says: FirstKeySays| says.text(language);
        talk.pty.wait_for_text("2  ");
        talk.keys("1");
        wait_folded(&mut talk.pty, first(FirstKeySays::OwnMeans));
        talk.keys("1");
        wait_folded(&mut talk.pty, first(FirstKeySays::Good));
        typed(&mut talk.pty, "green old");
        talk.keys("<enter>");
        wait_folded(&mut talk.pty, first(FirstKeySays::TooShort));
        typed(&mut talk.pty, " words");
        talk.keys("<enter>");
        talk.pty.wait_for_text(first(FirstKeySays::Again));
        typed(&mut talk.pty, "green old words");
        assert!(!talk.pty.text().contains("green"), "{}", talk.pty.framed());
        talk.keys("<enter>");
        talk.pty.wait_for_text(first(FirstKeySays::Written));
        assert!(!home.path().join("key").exists(), "nothing is kept before the sheet was written down");
        let sheet = sheet_on(&talk.pty);
        assert_eq!(sheet.len(), 6, "{}", talk.pty.framed());
        talk.keys("1");
        talk.pty.wait_for_text(PinSays::Without.text(language));
        talk.keys("2");
        talk.pty.wait_for_text(&FormSays::First.text(language));
        talk.keys("12 <enter> 34 <enter> K-7 <enter>");
        talk.stands_at("told-before");
        talk.keys("<enter> 0 <enter>");
        talk.stands_at("papers");
        talk.settled();

        // What is on the disk opens with what was written down, and with the passphrase.
        let from_paper = Sheet::read(&sheet.join("\n")).expect("the sheet has no slip");
        let ring = Keyring::read(home.path()).expect("keys are kept");
        let own = ring.own().expect("an own key");
        assert_eq!((&own.key, own.role), (&from_paper.public(), Role::Caseworker));
        let unlocked = ring.unlock(&Passphrase::new("green old words".to_owned()));
        assert_eq!(unlocked.expect("it unlocks").public(), from_paper.public());
        assert_eq!(sealed_for(home.path(), &from_paper), "K-7");

        // The session that runs has none of it.
        let (text, key) = text_and_bytes(&from_paper);
        if let Some(running) = memory(talk.pty.pid()) {
            for (what, bytes) in [
                ("the passphrase", b"green old words".as_slice()),
                ("the key", &key),
                ("the key as text", &text.as_bytes()[..20]),
                ("a row of the sheet", sheet[1].as_bytes()),
            ] {
                assert_eq!(places(&running, bytes), 0, "{what} is in memory");
            }
        }
    });
}

#[test]
fn neither_a_recovery_sheet_nor_what_leads_to_it_comes_back_after_the_cover() {
    in_both(|language| {
        let home = tempfile::tempdir().expect("a temporary folder");
        let start = started(language, (80, 24), home.path()).with_no_keys_put();
        let mut talk = Interview::with(start, language);
        let first = |says: FirstKeySays| says.text(language);
        talk.pty.wait_for_text("2  ");
        talk.keys("1");
        wait_folded(&mut talk.pty, first(FirstKeySays::OwnMeans));
        talk.keys("1");
        for page in ["", "2"] {
            wait_folded(&mut talk.pty, first(FirstKeySays::Label));
            for _ in 0..2 {
                typed(&mut talk.pty, "green old words");
                talk.keys("<enter>");
            }
            talk.pty.wait_for_text(first(FirstKeySays::Written));
            let sheet = sheet_on(&talk.pty);
            assert_eq!(sheet.len(), 6, "{}", talk.pty.framed());
            if !page.is_empty() {
                talk.keys(page);
                talk.pty.wait_for_text("age1");
            }
            talk.keys("<esc>");
            talk.wait_for_leaflet();
            // Past what is a slip.
            talk.pty.look_for(Duration::from_millis(3_100));
            talk.keys("<c-r>");
            wait_folded(&mut talk.pty, first(FirstKeySays::SheetVoid));
            talk.keys("2 <bs>");
            talk.settled();
            let text = talk.pty.text();
            assert!(!sheet.iter().any(|row| text.contains(row)) && !text.contains("age1"), "{text}");
        }
        assert!(!home.path().join("key").exists(), "nothing is kept of it");
    });
}

#[test]
fn a_list_with_case_codes_comes_back_behind_a_veil() {
    everywhere(|language, size| {
        let home = tempfile::tempdir().expect("a temporary folder");
        let mut talk = left(language, size, home.path());
        talk.keys("3");
        talk.pty.wait_for_text(UnlockSays::Title.text(language));
        typed(&mut talk.pty, WORDS);
        talk.keys("<enter>");
        talk.pty.wait_for_text("1  K-7");
        talk.keys("<esc>");
        talk.wait_for_leaflet();
        talk.pty.look_for(Duration::from_millis(3_100));
        talk.pty.keep_frames();
        talk.keys("<c-r>");
        wait_folded(&mut talk.pty, &StartSays::Veiled.text(language));
        talk.keys("1 3");
        talk.settled();
        wait_folded(&mut talk.pty, &StartSays::Veiled.text(language));
        assert!(talk.pty.frames().iter().all(|frame| !frame.text.contains("K-7")), "{}", talk.pty.framed());
        talk.keys("<f4>");
        talk.pty.wait_for_text("1  K-7");
        // A slip costs nothing.
        talk.keys("<esc> <c-r>");
        talk.pty.wait_for_text("1  K-7");
        talk.keys("<left>");
        // The menu tells nothing, and so comes back at once.
        let resume = StartSays::Resume(1).text(language);
        talk.pty.wait_for_text(&resume);
        talk.keys("<esc>");
        talk.wait_for_leaflet();
        talk.pty.look_for(Duration::from_millis(3_100));
        talk.keys("<c-r>");
        talk.pty.wait_for_text(&resume);
    });
}

/// The case code of the only session, opened with this key.
fn sealed_for(home: &Path, key: &Identity) -> String {
    let store = amparo::journal::Store::at(home);
    let entries = store.list().expect("a list");
    let amparo::journal::EntryKind::Session(name) = entries[0].kind else { panic!("no session") };
    let mut state = amparo::machine::State::default();
    let session = store.open(&name, key).expect("it opens");
    session.events.iter().for_each(|event| amparo::machine::apply(&mut state, event));
    state.record.case.expect("a case").to_string()
}

#[test]
fn a_supervisors_key_is_added_from_a_file_and_alone_will_do() {
    everywhere(a_supervisors_key_is_added);
}

fn a_supervisors_key_is_added(language: Language, size: (u16, u16)) {
    let first = |says: FirstKeySays| says.text(language);
    let home = tempfile::tempdir().expect("a temporary folder");
    let file = home.path().join("her key.txt");
    std::fs::write(&file, format!("# hers\n{}\n", KEY.public())).expect("a file");
    let mut talk = Interview::with(started(language, size, home.path()).with_no_keys_put(), language);
    talk.pty.wait_for_text("2  ");
    talk.keys("1 3");
    wait_folded(&mut talk.pty, first(FirstKeySays::Number));
    talk.keys("7 <enter>");
    wait_folded(&mut talk.pty, first(FirstKeySays::Key));
    typed(&mut talk.pty, "no such file");
    talk.keys("<enter>");
    wait_folded(&mut talk.pty, "no such file:");
    talk.keys("<bs> <bs> <bs> <bs> <bs> <bs> <bs> <bs> <bs> <bs> <bs> <bs>");
    typed(&mut talk.pty, "her key.txt");
    talk.keys("<enter>");
    talk.pty.wait_for_text(PinSays::Without.text(language));
    talk.keys("2");
    talk.pty.wait_for_text(&FormSays::First.text(language));
    talk.keys("12 <enter> 34 <enter> K-7 <enter>");
    talk.stands_at("told-before");
    talk.settled();
    // A step stands there before the disk is done with what began the session.
    crate::interview::wait_kept(&mut talk.pty, "the session", amparo::machine::State::is_begun);
    assert_eq!(sealed_for(home.path(), &KEY), "K-7");
    let ring = Keyring::read(home.path()).expect("keys are kept");
    assert!(ring.own().is_none() && ring.others().len() == 1);
    // What she wrote she cannot read, and is not asked for a passphrase that there is none of.
    talk.keys("q");
    talk.settled();
    talk.keys("1");
    let sealed = StartSays::SealedForOthers.text(language);
    wait_folded(&mut talk.pty, &sealed);
    talk.keys("3 4 5");
    talk.settled();
    wait_folded(&mut talk.pty, &sealed);
}

#[test]
fn what_is_left_is_unlocked_and_gone_on_with_after_a_wrong_passphrase() {
    everywhere(|language, size| {
        let home = tempfile::tempdir().expect("a temporary folder");
        let mut talk = Interview::with(started(language, size, home.path()), language);
        let unlock = |says: UnlockSays| says.text(language);
        talk.begin();
        talk.keys("<enter> 0 <enter>");
        talk.stands_at("papers");
        talk.settled();
        talk.keys("q");
        talk.settled();
        talk.keys("1");
        talk.pty.wait_for_text(&StartSays::ResumeSealed.text(language));
        talk.keys("3");
        talk.pty.wait_for_text(unlock(UnlockSays::Title));
        typed(&mut talk.pty, "four old green birds");
        assert!(!talk.pty.text().contains("green"), "{}", talk.pty.framed());
        talk.keys("<enter>");
        wait_folded(&mut talk.pty, unlock(UnlockSays::Wrong));
        typed(&mut talk.pty, WORDS);
        talk.keys("<enter>");
        wait_folded(&mut talk.pty, &StartSays::WhichToResume.text(language));
        talk.pty.wait_for_text("1  K-7");
        talk.keys("1");
        talk.stands_at("papers");
        // The session needs no secret, and so there is none: the next time it is asked again.
        talk.settled();
        talk.keys("q");
        talk.settled();
        talk.keys("1");
        talk.pty.wait_for_text(&StartSays::ResumeSealed.text(language));
    });
}

#[test]
fn resuming_from_the_shell_asks_on_the_screen_where_keys_hide() {
    everywhere(|language, size| {
        let home = tempfile::tempdir().expect("a temporary folder");
        let mut talk = Interview::with(started(language, size, home.path()), language);
        talk.begin();
        talk.settled();
        crate::interview::wait_kept(&mut talk.pty, "the session", amparo::machine::State::is_begun);
        talk.pty.signal(rustix::process::Signal::KILL);
        talk.pty.wait_exit();
        let name = std::fs::read_dir(home.path().join("data")).expect("a folder").next().expect("a file");
        let name = name.expect("it").file_name().to_string_lossy().into_owned();
        for session in [Some(name), None] {
            let start = started(language, size, home.path()).args(["resume"]).args(session);
            let mut talk = Interview::with(start, language);
            talk.pty.wait_for_text(UnlockSays::Title.text(language));
            talk.keys("<esc>");
            talk.pty
                .wait_for("the page", |picture| !picture.text().contains(UnlockSays::Title.text(language)));
            talk.keys("<c-r>");
            talk.pty.wait_for_text(UnlockSays::Title.text(language));
            typed(&mut talk.pty, WORDS);
            talk.keys("<enter>");
            // Named or not, the only open one is gone on with.
            talk.stands_at("told-before");
            talk.settled();
        }
    });
}

#[test]
fn what_is_saved_is_read_after_unlocking_once() {
    everywhere(|language, size| {
        let home = tempfile::tempdir().expect("a temporary folder");
        let mut talk = left(language, size, home.path());
        talk.keys("4");
        talk.pty.wait_for_text(UnlockSays::Title.text(language));
        typed(&mut talk.pty, WORDS);
        talk.keys("<enter>");
        let opened = room_says(RoomSays::Sessions(1), language);
        talk.pty.wait_for_text(&opened);
        talk.keys("t");
        talk.pty.wait_for_text("K-7");
        // Who opens a session says once who she is.
        talk.keys("<enter>");
        talk.pty.wait_for_text(&room_says(RoomSays::NumberLabel, language));
        talk.keys("2 0 4 <enter>");
        talk.pty.wait_for("the session", |picture| {
            picture.text().contains("K-7") && !picture.text().contains(&*opened)
        });
        talk.keys("<left>");
        talk.pty.wait_for_text(&opened);
        talk.keys("<left> <left>");
        // Once a start: reading and going on ask for nothing more.
        talk.pty.wait_for_text(&StartSays::Read(1).text(language));
        talk.keys("4");
        talk.pty.wait_for_text(&opened);
        talk.keys("<left>");
        talk.pty.wait_for_text(&StartSays::Resume(1).text(language));
        talk.keys("3 1");
        talk.stands_at("told-before");
    });
}

#[test]
fn hiding_in_the_middle_of_a_passphrase_shows_nothing_of_it_then_or_later() {
    everywhere(|language, size| {
        let home = tempfile::tempdir().expect("a temporary folder");
        let mut talk = left(language, size, home.path());
        let mark = talk.pty.mark();
        talk.keys("4");
        talk.pty.wait_for_text(UnlockSays::Title.text(language));
        typed(&mut talk.pty, WORDS);
        talk.keys("<esc>");
        let code = LanguageCode::new(language.code().as_str()).expect("a language");
        let leaflet = crate::interview::shipped().covers[0].title.in_language(&code).to_owned();
        talk.pty.wait_for_text(&leaflet);
        assert!(!talk.pty.text().contains(UnlockSays::Label.text(language)), "{}", talk.pty.framed());
        talk.keys("<c-r>");
        talk.pty.wait_for_text(UnlockSays::Title.text(language));
        // Enter alone opens nothing: what was typed went with the page.
        talk.keys("<enter>");
        wait_folded(&mut talk.pty, UnlockSays::Empty.text(language));
        let bytes = String::from_utf8_lossy(talk.pty.bytes_after(mark)).into_owned();
        for word in WORDS.split(' ') {
            assert!(!bytes.contains(word), "`{word}` was written to the terminal");
        }
        // Hidden while it is being unlocked, it is read under the cover and shows nothing.
        typed(&mut talk.pty, WORDS);
        talk.keys("<enter> <esc>");
        talk.pty.wait_for_text(&leaflet);
        talk.settled();
        assert!(!talk.pty.text().contains("K-7"), "{}", talk.pty.framed());
        talk.keys("<c-r>");
        talk.pty.wait_for_text(&room_says(RoomSays::Sessions(1), language));
        talk.keys("<esc> q y");
        assert_eq!(talk.pty.wait_exit(), End::Code(0));
    });
}

#[test]
fn a_key_hides_within_a_moment_while_a_real_passphrase_is_tried() {
    in_both(a_key_hides_while_it_is_tried);
}

fn a_key_hides_while_it_is_tried(language: Language) {
    let unlock = |says: UnlockSays| says.text(language);
    let home = tempfile::tempdir().expect("a temporary folder");
    let mut ring = Keyring::read(home.path()).expect("no keys yet");
    let passphrase = Passphrase::new(WORDS.to_owned());
    ring.keep_own(&KEY, Role::Caseworker, &passphrase, amparo::seal::WorkFactor::OURS).expect("it is kept");
    let mut talk = Interview::with(started(language, (80, 24), home.path()), language);
    talk.begin();
    talk.settled();
    talk.keys("q");
    talk.settled();
    talk.keys("1");
    talk.pty.wait_for_text(&StartSays::ReadSealed(1).text(language));
    talk.keys("4");
    typed(&mut talk.pty, "not the right words");
    talk.keys("<enter>");
    let working = unlock(UnlockSays::Working).split(':').next().unwrap_or_default();
    talk.pty.wait_for_text(working);
    talk.pty.send(b"\x1b");
    let hidden = talk.pty.wait_for("the page", |picture| !picture.text().contains(working));
    assert!(hidden < Duration::from_millis(700), "{hidden:?}");
    talk.pty.look_for(Duration::from_millis(100));
    talk.keys("<c-r>");
    wait_folded(&mut talk.pty, unlock(UnlockSays::Wrong));
}

#[test]
fn the_code_for_the_paper_stands_at_the_close_and_is_the_files() {
    everywhere(|language, size| {
        let home = tempfile::tempdir().expect("a temporary folder");
        let mut talk =
            Interview::with(started(language, size, home.path()), language).choosing(&[("go", "postpone")]);
        talk.begin();
        talk.walk_until("the end", |seen| *seen == Seen::End);
        talk.digit(2);
        talk.wait("the close", |seen| *seen == Seen::Closed);
        let line = talk.word(Say::HeadLine);
        wait_folded(&mut talk.pty, line);
        let text = spaced(&talk.pty.text());
        let code: String =
            text[text.find(line).expect("the line") + line.len()..].trim().chars().take(19).collect();
        let code = HeadCode::new(&code).unwrap_or_else(|why| panic!("{why:?} in {code}"));
        assert_eq!(shown(home.path())["status"], "closed");
        let folder = home.path().join("data");
        let file = std::fs::read_dir(folder).expect("a folder").next().expect("a file").expect("it").path();
        let args = ["sessions", "verify", "--head", &code.to_string(), file.to_str().expect("a path")];
        let verified = crate::caseworker::command(home.path(), &args);
        assert_eq!(verified.status.code(), Some(0), "{}", String::from_utf8_lossy(&verified.stdout));
    });
}

#[test]
fn a_session_that_was_stopped_as_it_began_is_not_gone_on_with() {
    let home = tempfile::tempdir().expect("a temporary folder");
    let source = amparo::journal::ProtocolSource::new(
        amparo::journal::ProtocolFile::new(
            "phit.yaml",
            std::str::from_utf8(amparo::protocol::SHIPPED).expect("text"),
        ),
        Vec::new(),
    );
    let readers = amparo::seal::Recipients::new(vec![KEY.public()]).expect("a reader");
    let writer = amparo::journal::Store::at(home.path()).create(&source, &readers).expect("a file");
    let name = writer.name().to_string();
    drop(writer);
    in_both(|language| {
        let amparo = || amparo().env("LANG", locale(language)).args(UNLOCKED).home(home.path());
        for args in [&["resume"][..], &["resume", &name]] {
            let mut pty = amparo().args(args).go();
            assert_eq!(pty.wait_exit(), End::Code(3), "{}", pty.framed());
        }
        let mut pty = amparo().go();
        pty.wait_for_text(&StartSays::Resume(0).text(language));
    });
}

/// All readable memory of a process; none where that is not permitted.
fn memory(pid: u32) -> Option<Vec<Vec<u8>>> {
    let memory = std::fs::File::open(format!("/proc/{pid}/mem")).ok()?;
    let maps = std::fs::read_to_string(format!("/proc/{pid}/maps")).ok()?;
    let mut all = Vec::new();
    for line in maps.lines().filter(|line| line.contains(" r") && !line.contains("[v")) {
        let (from, to) = line.split_once(' ')?.0.split_once('-')?;
        let (from, to) = (u64::from_str_radix(from, 16).ok()?, u64::from_str_radix(to, 16).ok()?);
        let mut bytes = vec![0; usize::try_from(to - from).ok()?];
        if std::os::unix::fs::FileExt::read_exact_at(&memory, &mut bytes, from).is_ok() {
            all.push(bytes);
        }
    }
    (!all.is_empty()).then_some(all)
}

/// In how many places it stands.
fn places(memory: &[Vec<u8>], looked_for: &[u8]) -> usize {
    let whole = memory.iter().flat_map(|bytes| bytes.windows(looked_for.len()));
    whole.filter(|window| *window == looked_for).count()
}

/// Whether it stands there a letter a slot, as what was typed arrives.
fn stands_in_slots(memory: &[Vec<u8>], text: &str) -> bool {
    const SLOT: usize = size_of::<amparo::terminal::Input>();
    // What came later lies over the first and behind the last.
    let letters = &text.as_bytes()[2..10];
    memory.iter().any(|bytes| {
        let all = bytes.len().saturating_sub(SLOT * letters.len());
        let (mut from, first) = (0, letters[0]);
        while let Some(at) = bytes[from..all.max(from)].iter().position(|byte| *byte == first) {
            from += at + 1;
            let mut slots = bytes[from - 1..].iter().step_by(SLOT);
            if letters.iter().all(|letter| slots.next() == Some(letter)) {
                return true;
            }
        }
        false
    })
}

/// How a passphrase comes to the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comes {
    /// A letter at a time.
    Typed,
    /// All of it in one write, as a keyboard does that a password manager plays.
    AtOnce,
    /// The same in the brackets of a paste.
    Pasted,
    /// On standard input, to a command.
    ToACommand,
}

/// In how many places a text stands. By the standard library, which is fast in a debug build too.
fn text_in(memory: &[Vec<u8>], text: &str) -> usize {
    memory.iter().map(|bytes| String::from_utf8_lossy(bytes).matches(text).count()).sum()
}

/// A key's text without `AGE-SECRET-KEY-1`, and its thirty-two bytes.
fn text_and_bytes(key: &Identity) -> (String, Vec<u8>) {
    let signs = "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L";
    let sheet = Sheet::of(key);
    let before = |row: &str| row.split('-').next().unwrap_or_default().replace(' ', "");
    let text: String = sheet.rows().map(before).collect();
    let bits = text.chars().take(52).flat_map(|sign| {
        let value = signs.find(sign).expect("a sign of bech32");
        (0..5).rev().map(move |bit| value >> bit & 1)
    });
    let bits: Vec<usize> = bits.collect();
    let byte =
        |bits: &[usize]| bits.iter().fold(0, |byte, bit| byte << 1 | u8::try_from(*bit).expect("a bit"));
    let bytes = bits.chunks_exact(8).map(byte).collect();
    (text, bytes)
}

#[test]
fn while_a_session_runs_neither_the_passphrase_nor_the_key_is_in_memory() {
    in_both(|language| {
        for comes in [Comes::Typed, Comes::AtOnce, Comes::Pasted, Comes::ToACommand] {
            neither_is_in_memory(language, comes);
        }
    });
}

fn neither_is_in_memory(language: Language, comes: Comes) {
    let home = tempfile::tempdir().expect("a temporary folder");
    let identity = Identity::generate();
    let (text, key) = text_and_bytes(&identity);
    let passphrase = Passphrase::new(WORDS.to_owned());
    let mut ring = Keyring::read(home.path()).expect("no keys yet");
    ring.keep_own(&identity, Role::Caseworker, &passphrase, amparo::seal::WorkFactor(2)).expect("it is kept");
    let mut talk = Interview::with(started(language, (80, 24), home.path()), language);
    talk.begin();
    talk.settled();
    talk.keys("q");
    talk.settled();
    talk.keys("1");
    talk.pty.wait_for_text(&StartSays::ResumeSealed.text(language));
    if comes == Comes::ToACommand {
        let start = started(language, (80, 24), home.path());
        talk = Interview::with(start.args(["resume", "--passphrase-file", "-"]), language);
        talk.pty.send(format!("{WORDS}\n").as_bytes());
    } else {
        talk.keys("3");
        talk.pty.wait_for_text(UnlockSays::Title.text(language));
        match comes {
            Comes::AtOnce => talk.pty.send(WORDS.as_bytes()),
            Comes::Pasted => talk.pty.send(format!("\x1b[200~{WORDS}\x1b[201~").as_bytes()),
            Comes::Typed | Comes::ToACommand => typed(&mut talk.pty, WORDS),
        }
        talk.pty.look_for(Duration::from_millis(100));
        talk.keys("<enter>");
        talk.pty.wait_for_text("1  K-7");
        let Some(unlocked) = memory(talk.pty.pid()) else {
            let _ =
                writeln!(std::io::stderr(), "SKIPPED: the memory of another process may not be read here");
            return;
        };
        assert_eq!(passphrase_in(&unlocked), 0, "{comes:?}: the passphrase is gone as soon as it was tried");
        assert!(
            comes != Comes::Typed || places(&unlocked, &key) > 0,
            "the search sees the key while it is unlocked"
        );
        talk.keys("1");
    }
    talk.stands_at("told-before");
    talk.settled();
    let Some(running) = memory(talk.pty.pid()) else { return };
    assert_eq!(passphrase_in(&running), 0, "{comes:?}: the passphrase");
    assert!(text_in(&running, "K-7") > 0, "the session is there");
    if matches!(comes, Comes::Typed | Comes::ToACommand) {
        assert_eq!(places(&running, &key), 0, "{comes:?}: the key");
        assert_eq!(text_in(&running, &text[..20]), 0, "{comes:?}: the key as text");
    }
}

/// In how many places the passphrase stands; its first letter may lie under what came later.
fn passphrase_in(memory: &[Vec<u8>]) -> usize {
    text_in(memory, &WORDS[1..]) + usize::from(stands_in_slots(memory, WORDS))
}

#[test]
fn whose_own_key_is_off_is_told_on_the_form_and_before_she_leaves() {
    everywhere(|language, size| {
        let home = tempfile::tempdir().expect("a temporary folder");
        crate::keys_at_hand::put(home.path());
        let number = StaffNumber::new("7").expect("a number");
        let mut keys = Keyring::read(home.path()).expect("keys");
        keys.add(number, Identity::generate().public(), Role::Supervisor).expect("a supervisor's key");
        let settings = Settings::change_in(home.path(), "own_key", "off").expect("a setting");
        assert!(!settings.own_key());
        let mut talk = Interview::with(started(language, size, home.path()), language);
        talk.pty.wait_for_text("2  ");
        crate::caseworker::to_the_form(&mut talk.pty);
        wait_folded(&mut talk.pty, &FormSays::OnlyOthersRead(1).text(language));
        talk.keys("2 0 4 <enter> 3 1 7 <enter> K - 1 7 <enter>");
        talk.settled();
        talk.keys("q");
        talk.wait_for_word(Say::LeaveForOthers);
    });
}

#[test]
fn a_sheet_that_a_command_shows_leaves_nothing_behind_and_a_key_hides_it() {
    everywhere(a_sheet_is_shown_above_the_shell);
}

fn a_sheet_is_shown_above_the_shell(language: Language, size: (u16, u16)) {
    let words = tempfile::tempdir().expect("a temporary folder");
    let file = words.path().join("words");
    std::fs::write(&file, "three old words").expect("a temporary file");
    for (key, kept) in [("<esc>", false), ("<c-c>", false), ("<enter>", true)] {
        let home = tempfile::tempdir().expect("a temporary folder");
        let start = started(language, size, home.path()).args(["--passphrase-file"]).args([&file]);
        let mut pty = start.args(["keys", "new"]).with_no_keys_put().go();
        pty.wait_for_text("1. ");
        let row = pty.text().lines().find_map(|line| line.trim().strip_prefix("1. ").map(str::to_owned));
        let row = row.expect("the sheet's first row");
        pty.keys(key);
        assert_eq!(pty.wait_exit(), End::Code(0));
        let (main, now) = (pty.picture().main_screen(), pty.text());
        assert!(!main.contains(row.trim()) && !now.contains(row.trim()), "{main}\n{now}");
        assert_eq!(main.contains("age1"), kept, "{main}");
        assert_eq!(Keyring::read(home.path()).expect("the keys").own().is_some(), kept);
        if !kept {
            assert_eq!(main.trim(), "", "nobody is told what it was");
        }
    }
}
