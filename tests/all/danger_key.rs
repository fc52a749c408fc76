//! The key itself, in the real binary: in every form in which a terminal may send it, over everything that may be open,
//! and while the machine or the terminal is busy. `storm` mixes all of it at random; `terminal` has the room alone.

use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use amparo::journal::{Disks, Medium, ProtocolFile, ProtocolSource, Refused, Step, Store};
use amparo::machine::Fact;
use amparo::protocol::SHIPPED;
use amparo::seal::Recipients;
use amparo::text::Language;
use amparo::words::{Say, UnlockSays};

use crate::bad_disk::BadDisk;
use crate::caseworker::{Interview, command, in_both, in_turn, locale, spaced, step_named};
use crate::interview::only_session;
use crate::keys_at_hand::{KEY, WORDS};
use crate::leaflets::{Leaflets, contents, is_not_plain, stranger};
use crate::programs::amparo;
use crate::pty::{End, LONG, Pty, Start};
use crate::session::Session;

/// The leaflet stands there, plain, and nothing else was written since.
#[track_caller]
fn is_covered(pty: &mut Pty, what: &str) -> Duration {
    let leaflets = Leaflets::at(pty.size());
    let took = pty.wait_for(&format!("the leaflet ({what})"), |picture| leaflets.has(&picture.text()));
    // The tail of a sequence is swallowed for so long.
    pty.look_for(Duration::from_millis(60));
    assert!(leaflets.has(&pty.text()), "{what}\n{}", pty.framed());
    assert_eq!(is_not_plain(pty.picture()), None, "{what}");
    let first = pty.frames().iter().find(|frame| leaflets.has(&frame.text)).map(|frame| frame.from);
    if let Some(first) = first {
        assert_eq!(stranger(pty.bytes_after(first), &["quorvimex"]), None, "{what}");
    }
    took
}

/// The key in this form hides; how long that takes.
#[track_caller]
pub fn hides(pty: &mut Pty, bytes: &[u8]) -> Duration {
    pty.keep_frames();
    pty.send(bytes);
    is_covered(pty, &format!("{:?}", String::from_utf8_lossy(bytes)))
}

/// What was there is there again, whatever it was.
#[track_caller]
pub fn comes_back(pty: &mut Pty) {
    let covered = pty.text();
    pty.send(b"\x12");
    pty.wait_for("what was there", |picture| picture.text() != covered);
}

#[test]
fn every_form_of_the_key_hides() {
    in_both(every_form_hides);
}

fn every_form_hides(language: Language) {
    let mut talk = Interview::practice(language);
    let held = b"\x1b".repeat(300);
    for form in [
        &b"\x1b"[..],
        b"\x1ba",
        b"\x1bq",
        b"\x1b1",
        b"\x1b\x12",
        b"\x1bOx",
        b"\x1b\x1b",
        b"\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b",
        &held,
        b"\x1b[",
        b"\x1bO",
        b"\x1b[27u",
        b"\x1b[27;1:1u\x1b[27;1:3u",
        b"\x1b[27;5;27~",
        b"\x03",
        b"\x1a",
        b"a\x1b",
        b"\x1b[B\x1b",
        b"\xc3\x1b",
    ] {
        hides(&mut talk.pty, form);
        comes_back(&mut talk.pty);
        assert!(talk.pty.text().contains('▸'), "{}", talk.pty.framed());
    }
    for arrow_or_function in [&b"\x1b[B\x1b[A"[..], b"\x1bOB\x1bOA", b"\x1bOP\x1bOP"] {
        talk.pty.send(arrow_or_function);
        talk.settled();
        assert!(talk.pty.text().contains('▸'), "{}", talk.pty.framed());
    }
}

#[test]
fn it_hides_whatever_is_open() {
    in_both(hides_whatever_is_open);
}

fn hides_whatever_is_open(language: Language) {
    for (args, keys) in [
        (&[][..], ""),
        (&[], "?"),
        (&[], "1"),
        (&[], "1 12 <enter> 34 <enter> quorv"),
        (&["run", "--practice"], "n quorvimex"),
        (&["run", "--practice"], "?"),
        (&["run", "--practice"], "/ quorv"),
        (&["run", "--practice"], "g 2"),
        (&["run", "--practice"], "o"),
        (&["run", "--practice"], "w"),
        (&["run", "--practice"], "c"),
        (&["run", "--practice"], "s"),
        (&["run", "--practice"], "q"),
        (&["run", "--practice"], "<f3>"),
        (&["run", "--practice"], "<tab>"),
        (&["run", "--practice"], "<f2> 1"),
    ] {
        let mut pty = amparo().args(args).env("LANG", locale(language)).go();
        pty.wait_for("a screen", |picture| {
            picture.text().contains(if args.is_empty() { "1  " } else { "▸" })
        });
        pty.keys(keys);
        hides(&mut pty, b"\x1b");
        comes_back(&mut pty);
    }
}

#[test]
fn in_the_middle_of_a_paste_what_came_before_is_kept_and_the_rest_is_said() {
    in_both(a_paste_is_cut_by_the_key);
}

fn a_paste_is_cut_by_the_key(language: Language) {
    // As long as half a megabyte, of which a note takes its `at_most`, and short enough to fit whole.
    for words in [50_000, 30] {
        let home = tempfile::tempdir().expect("a temporary folder");
        let mut talk = Interview::session(amparo().home(home.path()), language);
        talk.keys("n");
        talk.wait_for_word(Say::NoteTitle);
        let before = (0..words).map(|word| format!("quorvimex {word} ")).collect::<Vec<_>>().concat();
        let after = b"tremolix ".repeat(50_000);
        talk.pty.keep_frames();
        talk.pty.send(&[b"\x1b[200~", before.as_bytes(), b"\x1b", &after[..], b"\x1b[201~"].concat());
        is_covered(&mut talk.pty, "a paste of a megabyte");
        // Longer than any notice stands, so that what is said is said on return.
        talk.pty.look_for(Duration::from_secs(6));
        comes_back(&mut talk.pty);
        talk.pty.wait_for("the beginning of the paste, as dots", |picture| picture.text().contains("······"));
        let cut = talk.word(Say::PasteCut);
        talk.pty.wait_for_text(cut);
        talk.keys("<enter>");
        talk.wait_for_word(Say::NoteKept);
        talk.settled();
        for frame in talk.pty.frames() {
            assert!(!frame.text.contains("quorvimex") && !frame.text.contains("tremolix"), "{}", frame.text);
        }
        // All of it up to what a note takes, and nothing of what came behind the key.
        let taken = before[..before.len().min(NOTE_AT_MOST)].trim_end();
        let noted: Vec<String> = only_session(home.path())
            .events
            .into_iter()
            .filter_map(|event| match event.fact {
                Fact::Noted { text, .. } => Some(text.to_string()),
                _ => None,
            })
            .collect();
        assert_eq!(noted.len(), 1, "{noted:?}");
        assert_eq!(noted[0].trim_end(), taken, "{} of {}", noted[0].len(), before.len());
    }
}

/// What a note takes at most, in characters.
const NOTE_AT_MOST: usize = 2_000;

#[test]
fn a_paste_that_the_terminal_gives_in_pieces_hides_nothing() {
    in_both(a_long_paste_hides_nothing);
}

fn a_long_paste_hides_nothing(language: Language) {
    let mut talk = Interview::practice(language);
    talk.keys("n");
    talk.wait_for_word(Say::NoteTitle);
    talk.pty.keep_frames();
    // Colours in what is copied are sequences: wherever a piece ends, it may be inside one.
    let coloured = b"\x1b[31mquorvimex\x1b[m ".repeat(4_000);
    talk.pty.send(&[b"\x1b[200~", &coloured[..], b"\x1b[201~"].concat());
    talk.pty.wait_for_text("quorvimex quorvimex");
    talk.pty.look_for(Duration::from_millis(300));
    let leaflets = Leaflets::at(talk.pty.size());
    assert!(talk.pty.frames().iter().all(|frame| !leaflets.has(&frame.text)), "{}", talk.pty.framed());
    // And the key still hides.
    hides(&mut talk.pty, b"\x1b");
}

#[test]
fn nothing_stays_beside_the_leaflet_after_another_program_wrote_onto_the_terminal() {
    in_both(nothing_stays_beside_it);
}

fn nothing_stays_beside_it(language: Language) {
    for elsewhere in [&b"\r\nok\r\n"[..], b"\n", b"\x1b[2;4Hok\x1b[K\r\n\n\n"] {
        let mut talk = Interview::practice(language);
        talk.keys("n quorvimex <space> quorvimex <space> quorvimex");
        talk.pty.wait_for_text("quorvimex");
        talk.pty.elsewhere_writes(elsewhere);
        talk.pty.look_for(Duration::from_millis(30));
        hides(&mut talk.pty, b"\x1b");

        // What is written over the leaflet is gone with its next page, or with one more press of the key.
        let leaflet = talk.pty.text();
        talk.pty.elsewhere_writes(elsewhere);
        talk.pty.wait_for("what was written", |picture| picture.text() != leaflet);
        hides(&mut talk.pty, b"\x1b");
        talk.pty.elsewhere_writes(elsewhere);
        talk.keys("1 0");
        is_covered(&mut talk.pty, "the contents again");
    }
}

#[test]
fn it_hides_in_a_storm_of_sizes() {
    in_both(hides_in_a_storm_of_sizes);
}

fn hides_in_a_storm_of_sizes(language: Language) {
    let mut talk = Interview::practice(language);
    talk.pty.keep_frames();
    for step in 0..100_u16 {
        talk.pty.resize(20 + step % 60, 5 + step % 20);
        if step == 50 {
            talk.pty.send(b"\x1b");
        }
    }
    talk.pty.resize(80, 24);
    is_covered(&mut talk.pty, "sizes");
}

#[test]
fn a_terminal_that_stalled_shows_the_leaflet_when_it_goes_on() {
    in_both(a_stalled_terminal_goes_on);
}

fn a_stalled_terminal_goes_on(language: Language) {
    let mut talk = Interview::practice(language);
    talk.pty.pause();
    // Every key changes the screen; what the device holds back is soon full.
    for _ in 0..400 {
        talk.pty.send(b"\x1b[B");
        talk.pty.send(b"?");
        std::thread::sleep(Duration::from_micros(300));
    }
    talk.pty.send(b"\x1b");
    // Longer than the program waits for a terminal, for the frame and for one more.
    std::thread::sleep(Duration::from_secs(3));
    talk.pty.go_on();
    is_covered(&mut talk.pty, "a stalled terminal");
}

#[test]
fn it_never_waits_for_a_disk() {
    in_both(never_waits_for_a_disk);
}

fn never_waits_for_a_disk(language: Language) {
    let Some(disk) = BadDisk::new() else { return };
    let home = tempfile::tempdir().expect("a temporary folder");
    let mut talk = Interview::session(disk.under(amparo().home(home.path())), language);
    talk.settled();
    disk.hold();
    talk.keys("n quorvimex <enter>");
    for _ in 0..3 {
        talk.pty.keep_frames();
        talk.pty.send(b"\x1b");
        let took = is_covered(&mut talk.pty, "a held disk");
        assert!(took < Duration::from_secs(1), "{took:?}");
        comes_back(&mut talk.pty);
    }
    // Leaving waits for the disk, but the key does not wait for leaving.
    talk.keys("q");
    talk.settled();
    talk.keys("1");
    talk.pty.keep_frames();
    talk.pty.send(b"\x1b");
    let took = is_covered(&mut talk.pty, "leaving with a held disk");
    assert!(took < Duration::from_secs(1), "{took:?}");
    disk.let_go();
    comes_back(&mut talk.pty);
    talk.pty.wait_for_text("3  ");
    talk.keys("q");
    talk.pty.wait_exit();
    let shown = command(home.path(), &["sessions", "show"]);
    assert!(String::from_utf8_lossy(&shown.stdout).contains("quorvimex"), "what was written is kept");
}

/// Takes every write back while it is held, so that thousands of events are written in one go.
#[derive(Debug, Default)]
struct Held(AtomicBool);

impl Medium for Held {
    fn before(&self, step: Step) -> Result<(), Refused> {
        if self.0.load(Ordering::Relaxed) {
            return Err(Refused { error: std::io::ErrorKind::StorageFull.into(), after: 0 });
        }
        Disks.before(step)
    }
}

/// So many notes are in the large session.
const NOTES: usize = 3_000;

/// What the large session has in it: its notes, its numbers and its case.
const PLANTED: [&str; 4] = ["Trommelwind", "90817", "90818", "K-1"];

/// A session that was left open, of so many events that opening it takes a while; its file.
fn large_session(home: &Path) -> PathBuf {
    crate::keys_at_hand::put(home);
    let protocol = crate::caseworker::protocol();
    let mut session = Session::after(protocol, "begin 90817 90818");
    for note in 0..NOTES {
        session.must(&format!("note Trommelwind {note}: she asked about the house and the bus"));
    }
    let held = Arc::new(Held::default());
    let shipped = ProtocolFile::new("phit.yaml", String::from_utf8_lossy(SHIPPED));
    let readers = Recipients::new(vec![KEY.public()]).expect("one key");
    let store = Store::at(home).on(Arc::clone(&held) as Arc<dyn Medium>);
    let mut writer =
        store.create(&ProtocolSource::new(shipped, Vec::new()), &readers).expect("a file is begun");
    held.0.store(true, Ordering::Relaxed);
    for event in &session.events {
        writer.append(event).expect_err("it is held");
    }
    held.0.store(false, Ordering::Relaxed);
    assert_eq!(writer.retry().expect("it is written"), session.events.len() as u64);
    writer.path().to_owned()
}

#[test]
fn it_hides_while_a_large_session_is_opened() {
    in_both(hides_while_a_large_session_is_opened);
}

fn hides_while_a_large_session_is_opened(language: Language) {
    let home = tempfile::tempdir().expect("a temporary folder");
    let file = large_session(home.path());
    let name = file.file_name().expect("its name").to_string_lossy().into_owned();
    let length = || std::fs::metadata(&file).expect("the session's file").len();
    let title = UnlockSays::Title.text(language);
    let unlocking = |session: Option<&String>| {
        let start = amparo().args(["resume", "--lang", language.code().as_str()]).args(session);
        let mut pty = start.home(home.path()).go();
        pty.wait_for_text(title);
        for letter in WORDS.chars() {
            pty.keys(&if letter == ' ' { "<space>".to_owned() } else { letter.to_string() });
        }
        pty.look_for(Duration::from_millis(50));
        pty.keep_frames();
        pty
    };
    let leaves = |pty: &mut Pty| {
        pty.keys("q y");
        assert_eq!(pty.wait_exit(), End::Code(0));
    };
    // That there is a while in which it is being opened: nothing here means anything without.
    let mut pty = unlocking(Some(&name));
    pty.send(b"\r");
    let opened = pty.wait_for("the session", |picture| picture.text().contains('▸'));
    assert!(opened > Duration::from_millis(40), "too small to be caught at it: {opened:?}");
    hides(&mut pty, b"\x1b");
    leaves(&mut pty);

    for (session, later) in
        [(Some(&name), None), (Some(&name), Some(1)), (Some(&name), Some(20)), (None, None), (None, Some(20))]
    {
        let what = format!("{later:?} ms after Enter, {opened:?} to open it");
        let mut pty = unlocking(session);
        let (leaflets, mark, before) = (Leaflets::at(pty.size()), pty.mark(), length());
        match later {
            None => pty.send(b"\r\x1b"),
            Some(milliseconds) => {
                pty.send(b"\r");
                std::thread::sleep(Duration::from_millis(milliseconds));
                pty.send(b"\x1b");
            }
        }
        is_covered(&mut pty, &what);
        // The one that was named is opened behind the leaflet, which its file tells; else she is asked when she is back.
        let until = Instant::now() + if session.is_some() { LONG } else { opened };
        while length() == before && Instant::now() < until {
            pty.look_for(Duration::from_millis(20));
        }
        assert_eq!(length() > before, session.is_some(), "{what}");
        pty.look_for(Duration::from_millis(200));
        assert!(leaflets.has(&pty.text()), "{what}\n{}", pty.framed());
        // Before it the page on which the passphrase is typed, or the one that looks for what is open.
        let session = |text: &str| text.contains('▸') || PLANTED.iter().any(|mark| text.contains(mark));
        if let Some(frame) = pty.frames().iter().find(|frame| session(&frame.text)) {
            panic!("{what}:\n{}", frame.text);
        }
        leaves(&mut pty);
        let written = String::from_utf8_lossy(pty.bytes_after(mark)).into_owned();
        for mark in PLANTED {
            assert!(!written.contains(mark), "{what}: {mark}");
        }
    }

    // And it is there when she comes back.
    for session in [Some(&name), None] {
        let mut pty = unlocking(session);
        pty.send(b"\r\x1b");
        is_covered(&mut pty, "before coming back");
        comes_back(&mut pty);
        if session.is_none() {
            pty.wait_for_text("1  K-1");
            pty.keys("1");
        }
        pty.wait_for("the session", |picture| picture.text().lines().skip(2).any(|line| line.contains('▸')));
        hides(&mut pty, b"\x1b");
        leaves(&mut pty);
    }
}

#[test]
fn tmux_holds_a_lone_esc_unless_it_is_told_not_to() {
    if Command::new("tmux").arg("-V").output().is_err() {
        let _ = writeln!(std::io::stderr(), "SKIPPED: the key inside tmux: tmux is not installed");
        return;
    }
    // One after the other, since it measures.
    in_turn(tmux_holds_it);
}

fn tmux_holds_it(language: Language) {
    let asks = spaced(step_named("told-before").ask.in_language(&language.code()));
    let asks: String = asks.chars().take(18).collect();
    let mut took = Vec::new();
    for setting in ["", "set -sg escape-time 0\n"] {
        let home = tempfile::tempdir().expect("a temporary folder");
        let socket = home.path().join("socket");
        let settings = home.path().join("tmux.conf");
        std::fs::write(&settings, format!("set -g status off\n{setting}")).expect("a temporary file");
        let mut pty = Start::program("tmux")
            .args(["-u", "-S"])
            .args([&socket])
            .args(["-f"])
            .args([&settings])
            .args(["new-session"])
            .args([amparo().path()])
            .args(["run", "--practice"])
            .home(home.path())
            .go();
        pty.wait_for("the first step", |picture| spaced(&picture.text()).contains(&asks));
        pty.look_for(Duration::from_millis(300));
        let leaflet = contents(pty.size(), language);
        let pressed = Instant::now();
        pty.send(b"\x1b");
        pty.wait_for("the leaflet", |picture| picture.text() == leaflet);
        took.push(pressed.elapsed());
        let _ = Command::new("tmux").arg("-S").arg(&socket).arg("kill-server").output();
    }
    let _ = writeln!(
        std::io::stderr(),
        "the key inside tmux, {language:?}: {:?} as it comes, {:?} with escape-time 0",
        took[0],
        took[1]
    );
    assert!(took[0] > took[1] && took[1] < Duration::from_millis(450), "{took:?}");
}

#[test]
fn screen_holds_a_lone_esc_unless_it_is_told_not_to() {
    if Command::new("screen").arg("-v").output().is_err() {
        let _ = writeln!(std::io::stderr(), "SKIPPED: the key inside GNU screen: screen is not installed");
        return;
    }
    in_turn(screen_holds_it);
}

fn screen_holds_it(language: Language) {
    let asks = spaced(step_named("told-before").ask.in_language(&language.code()));
    let asks: String = asks.chars().take(18).collect();
    let mut took = Vec::new();
    for settings in ["", "maptimeout 0\n"] {
        let home = tempfile::tempdir().expect("a temporary folder");
        let (sockets, file) = (home.path().join("sockets"), home.path().join("screenrc"));
        std::fs::create_dir(&sockets).expect("a temporary folder");
        std::fs::set_permissions(&sockets, std::fs::Permissions::from_mode(0o700)).expect("its mode");
        std::fs::write(&file, format!("startup_message off\naltscreen on\n{settings}"))
            .expect("a temporary file");
        let mut pty = Start::program("screen")
            .args(["-U", "-S", "here", "-c"])
            .args([&file])
            .args([amparo().path()])
            .args(["run", "--practice"])
            .env("SCREENDIR", &sockets)
            .home(home.path())
            .go();
        pty.wait_for("the first step", |picture| spaced(&picture.text()).contains(&asks));
        pty.look_for(Duration::from_millis(300));
        let leaflet = contents(pty.size(), language);
        let pressed = Instant::now();
        pty.send(b"\x1b");
        pty.wait_for("the leaflet", |picture| picture.text() == leaflet);
        took.push(pressed.elapsed());
        // Its server would outlive the window.
        let _ = Command::new("screen").args(["-S", "here", "-X", "quit"]).env("SCREENDIR", &sockets).output();
        pty.look_for(Duration::from_millis(100));
    }
    let _ = writeln!(
        std::io::stderr(),
        "the key inside screen, {language:?}: {:?} as it comes, {:?} with maptimeout 0",
        took[0],
        took[1]
    );
    assert!(took[0] > took[1] && took[1] < Duration::from_millis(280), "{took:?}");
}
