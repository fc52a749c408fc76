//! The PIN in the real binary: nothing of it shows, wrong ones look like nothing, too many and the second one leave a
//! leaflet with nothing behind it.

use std::path::Path;
use std::time::{Duration, Instant};

use amparo::text::Language;
use amparo::words::{LeafletSays, PinComplaint, PinSays, Say, StartSays, say};
use rustix::fs::{CWD, FileType, Mode, mknodat};

use crate::caseworker::{Interview, Seen, command, command_in, facts, in_both, shown, spaced, to_the_form};
use crate::picture::Picture;
use crate::programs::amparo;
use crate::pty::{End, LONG, Pty};

const PIN: &str = "246810";
const SECOND: &str = "135791";

/// Sets a PIN from a file, as a script would.
pub fn set(home: &Path, pin: &str, second: &[&str]) {
    let file = home.join("typed");
    std::fs::write(&file, pin).expect("a file");
    let file = file.to_string_lossy().into_owned();
    let done = command(home, &[&["keys", "pin", "--pin-file", &file], second].concat());
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    std::fs::remove_file(file).expect("the file was there");
}

/// Past what is a slip.
fn no_slip(talk: &mut Interview) {
    talk.pty.look_for(Duration::from_millis(3_100));
}

fn hidden_in(language: Language) -> (tempfile::TempDir, Interview) {
    let home = tempfile::tempdir().expect("a temporary folder");
    set(home.path(), PIN, &[]);
    set(home.path(), SECOND, &["--second"]);
    let start = amparo().args(["--lang", language.code().as_str()]).home(home.path());
    let mut talk = Interview::session(start, language);
    talk.walk_to("both-here");
    // Half a note, with the cursor inside.
    talk.keys("n blue <left>");
    talk.settled();
    let contents = LeafletSays::Keys { of: 8 }.text(language);
    talk.keys("<esc>");
    talk.pty.wait_for_text(&contents);
    (home, talk)
}

/// The leaflet stays as it is, to the cell.
#[track_caller]
fn same(pty: &mut Pty, before: &str) {
    pty.look_for(Duration::from_millis(100));
    assert_eq!(pty.picture().with_looks(), before);
}

#[test]
fn a_right_pin_comes_back_to_the_same_letter_and_nothing_of_any_shows() {
    in_both(come_back_with_a_pin);
}

fn come_back_with_a_pin(language: Language) {
    let (home, mut talk) = hidden_in(language);
    no_slip(&mut talk);
    let leaflet = talk.pty.picture().with_looks();
    // The chord alone, digits of a wrong PIN, and the wait for what they open: nothing shows.
    talk.keys("<c-r> 9 9 9 9 9 9");
    talk.pty.look_for(Duration::from_millis(1_500));
    same(&mut talk.pty, &leaflet);
    // Another key ends it, and acts as in the leaflet; so do the digits after it.
    talk.keys("<c-r> 2 4 <home> 3");
    let page = LeafletSays::Page { page: 3, of: 8, seen: 100 }.text(language);
    let page = page.split("  ").next().unwrap_or_default().to_owned();
    talk.pty.wait_for_text(&page);
    talk.keys("0");
    talk.pty.wait_for("the contents again", |picture| picture.with_looks() == leaflet);
    let mark = talk.pty.mark();
    talk.keys("<c-r> 2 4 6 8 1");
    same(&mut talk.pty, &leaflet);
    assert_eq!(talk.pty.bytes_after(mark), b"", "nothing is written while a PIN is typed");
    talk.keys("0");
    talk.pty.wait_for_text(say(language, Say::NoteTitle));
    let text = talk.pty.text();
    assert!(text.contains("····") && !text.contains("blue"), "it comes back shy:\n{text}");
    talk.keys("x <enter>");
    talk.pty.wait_for_text(say(language, Say::NoteKept));
    talk.settled();
    let kept = shown(home.path());
    let facts = facts(&kept);
    assert!(
        facts.contains(&"uncovered".to_owned()) && facts.contains(&"page-opened".to_owned()),
        "{facts:?}"
    );
    assert!(kept.to_string().contains("bluxe"), "{kept}");
    assert!(!kept.to_string().contains("brief"), "{kept}");
}

#[test]
fn a_slip_needs_no_pin_and_is_brief() {
    in_both(a_slip_is_brief);
}

fn a_slip_is_brief(language: Language) {
    let (home, mut talk) = hidden_in(language);
    talk.keys("<esc> <c-r>");
    talk.pty.wait_for_text(say(language, Say::NoteTitle));
    talk.settled();
    assert!(shown(home.path()).to_string().contains("brief"));
}

#[test]
fn keys_go_on_in_the_leaflet_while_a_pin_is_looked_at() {
    in_both(keys_go_on);
}

fn keys_go_on(language: Language) {
    let (home, mut talk) = hidden_in(language);
    no_slip(&mut talk);
    talk.keys("<c-r> 2 4 6 8 1");
    // The last digit and the next key in one write: a loop that waited would give the key to what is behind.
    talk.pty.send(b"03");
    talk.pty.wait_for_text(say(language, Say::NoteTitle));
    talk.settled();
    let facts = facts(&shown(home.path()));
    assert!(facts.ends_with(&["page-opened".to_owned(), "uncovered".to_owned()]), "{facts:?}");
}

#[test]
fn a_program_that_opens_as_the_leaflet_asks_for_it_too() {
    in_both(it_is_asked_for_at_the_start);
}

fn it_is_asked_for_at_the_start(language: Language) {
    let home = tempfile::tempdir().expect("a temporary folder");
    set(home.path(), PIN, &[]);
    assert!(command(home.path(), &["settings", "start_covered", "on"]).status.success());
    let mut pty = amparo().args(["--lang", language.code().as_str()]).home(home.path()).go();
    pty.wait_for_text(&LeafletSays::Keys { of: 8 }.text(language));
    let leaflet = pty.picture().with_looks();
    // There was no slip that could cost nothing: the chord alone does nothing.
    pty.keys("<c-r>");
    same(&mut pty, &leaflet);
    pty.keys("2 4 6 8 1 0");
    pty.wait_for_text(&StartSays::NewSession.text(language));
}

/// Only the leaflet runs now, and Ctrl+R with the right PIN brings nothing back.
fn nothing_is_behind(talk: &mut Interview, home: &Path, language: Language) {
    let args = std::fs::read(format!("/proc/{}/cmdline", talk.pty.pid())).expect("it runs");
    let args = String::from_utf8_lossy(&args).replace('\0', " ");
    assert!(args.contains(" page "), "{args}");
    let before = talk.pty.picture().with_looks();
    talk.keys("<c-r>");
    same(&mut talk.pty, &before);
    let facts = facts(&shown(home));
    assert!(facts.ends_with(&["left".to_owned()]), "{facts:?}");
    talk.keys("q y");
    assert_eq!(talk.pty.wait_exit(), End::Code(0));
    let mut again = Interview::resume(home, language);
    again.wait("the session again", |seen| *seen != Seen::Other);
    let left = spaced(again.word(Say::LeftGoOn));
    again.pty.wait_for("how it goes on", |picture| spaced(&picture.text()).contains(&left));
}

/// Waits until the process is the leaflet's own life.
pub fn wait_for_the_leaflets_life(pty: &mut Pty) {
    let until = Instant::now() + LONG;
    loop {
        let args = std::fs::read(format!("/proc/{}/cmdline", pty.pid())).unwrap_or_default();
        if String::from_utf8_lossy(&args).contains("\0page\0") {
            break;
        }
        assert!(Instant::now() < until, "it is still what it was:\n{}", pty.framed());
        pty.look_for(Duration::from_millis(20));
    }
    pty.look_for(Duration::from_millis(200));
}

#[test]
fn after_five_wrong_ones_there_is_a_leaflet_and_nothing_behind_it() {
    in_both(five_wrong_ones);
}

fn five_wrong_ones(language: Language) {
    let (home, mut talk) = hidden_in(language);
    no_slip(&mut talk);
    talk.keys("3");
    let page = LeafletSays::Page { page: 3, of: 8, seen: 100 }.text(language);
    talk.pty.wait_for_text(page.split("  ").next().unwrap_or_default());
    let leaflet = talk.pty.picture().with_looks();
    for wrong in ["111111", "222222", "246811", "246801", "000000"] {
        talk.keys("<c-r>");
        for digit in wrong.chars() {
            talk.keys(&digit.to_string());
        }
        talk.pty.look_for(Duration::from_millis(700));
        same(&mut talk.pty, &leaflet);
    }
    wait_for_the_leaflets_life(&mut talk.pty);
    same(&mut talk.pty, &leaflet);
    nothing_is_behind(&mut talk, home.path(), language);
}

#[test]
fn the_second_pin_shows_the_leaflets_settings_and_nothing_else() {
    in_both(second_pin);
}

fn second_pin(language: Language) {
    let (home, mut talk) = hidden_in(language);
    no_slip(&mut talk);
    talk.keys("<c-r>");
    for digit in SECOND.chars() {
        talk.keys(&digit.to_string());
    }
    wait_for_the_leaflets_life(&mut talk.pty);
    talk.pty.wait_for_text(&LeafletSays::TextWidth(72).text(language));
    talk.keys("1");
    talk.pty.wait_for_text(&LeafletSays::TextWidth(90).text(language));
    let other = Language::ALL.into_iter().find(|other| *other != language).expect("two languages");
    talk.keys("2");
    talk.pty.wait_for_text(&LeafletSays::TextLanguage.text(other));
    talk.keys("0");
    talk.pty.wait_for_text(&LeafletSays::Keys { of: 8 }.text(other));
    // The way to the settings is the same again, and there is nothing else on it.
    talk.keys("<c-r>");
    talk.pty.wait_for_text(&LeafletSays::Settings.text(other));
    talk.keys("2");
    talk.pty.wait_for_text(&LeafletSays::TextLanguage.text(language));
    let stream = talk.pty.text();
    assert!(!stream.contains("blue"), "{stream}");
    nothing_is_behind(&mut talk, home.path(), language);
}

#[test]
fn the_first_real_session_asks_for_one_and_shows_dots() {
    in_both(|language| {
        let home = tempfile::tempdir().expect("a temporary folder");
        let start = || amparo().args(["--lang", language.code().as_str()]).home(home.path());
        let mut talk = Interview::with(start().args(["run"]), language);
        talk.pty.wait_for_text(PinSays::SetOne.text(language));
        let mark = talk.pty.mark();
        talk.keys("1 7 5 3 1");
        talk.pty.wait_for_text("••••");
        talk.keys("<enter> 7 5 3 1 <enter>");
        // While it is measured and written a moment passes, and then the form is there.
        let asks = spaced(&amparo::words::FormSays::NoNames.text(language));
        talk.pty.wait_for("the form", |picture: &Picture| spaced(&picture.text()).contains(&asks));
        let written = String::from_utf8_lossy(talk.pty.bytes_after(mark)).into_owned();
        assert!(!written.contains("7531"), "{written}");
        talk.keys("12 <enter> 34 <enter> K-7 <enter>");
        talk.stands_at("told-before");
        talk.keys("<esc>");
        talk.pty.wait_for_text(&LeafletSays::Keys { of: 8 }.text(language));
        no_slip(&mut talk);
        talk.keys("<c-r> 7 5 3 1");
        talk.stands_at("told-before");
        // It is asked for once.
        let mut again = Interview::with(start(), language);
        again.pty.wait_for_text("1  ");
        assert_eq!(to_the_form(&mut again.pty), 1);
    });
}

#[test]
fn refusing_one_is_remembered_and_practice_never_asks() {
    in_both(refusing_is_remembered);
}

fn refusing_is_remembered(language: Language) {
    let home = tempfile::tempdir().expect("a temporary folder");
    let start = || amparo().home(home.path());
    let mut talk = Interview::with(start().args(["run", "--practice"]), language);
    talk.stands_at("told-before");
    let mut talk = Interview::with(start(), language);
    talk.pty.wait_for_text("1  ");
    assert_eq!(to_the_form(&mut talk.pty), 2);
    let until = Instant::now() + LONG;
    while !home.path().join("settings.json").exists() {
        assert!(Instant::now() < until, "the refusal is not kept");
        talk.pty.look_for(Duration::from_millis(10));
    }
    let mut again = Interview::with(start(), language);
    again.pty.wait_for_text("1  ");
    assert_eq!(to_the_form(&mut again.pty), 1);
    let told = command_in(language, home.path(), &["settings", "ask_pin"]);
    assert!(String::from_utf8_lossy(&told.stdout).starts_with("ask_pin = off"));
}

#[test]
fn a_terminal_asks_twice_and_shows_nothing() {
    in_both(a_terminal_asks_twice);
}

fn a_terminal_asks_twice(language: Language) {
    let home = tempfile::tempdir().expect("a temporary folder");
    let asks = |says: PinSays| says.text(language).trim_end();
    let once_more = |second: &str| {
        let mut pty = amparo().args(["keys", "pin"]).home(home.path()).go();
        pty.wait_for_text(asks(PinSays::Asks));
        pty.keys("7 5 3 1 <enter>");
        pty.wait_for_text(asks(PinSays::AsksAgain));
        pty.keys(second);
        pty
    };
    let mut pty = once_more("7 5 3 1 <enter>");
    pty.wait_for_text(asks(PinSays::Set));
    assert!(!pty.text().contains("753"), "{}", pty.framed());
    assert_eq!(pty.wait_exit(), End::Code(0));
    let mut pty = once_more("7 5 3 2 <enter>");
    let (what, help) = PinComplaint::NotTheSame.words(language);
    pty.wait_for_text(&what);
    pty.wait_for_text(&help);
    assert!(!pty.text().contains("753"), "{}", pty.framed());
    assert_eq!(pty.wait_exit(), End::Code(2));
}

#[test]
fn a_pin_file_that_is_none_of_ours_is_told() {
    in_both(a_file_of_others_is_told);
}

fn a_file_of_others_is_told(language: Language) {
    let home = tempfile::tempdir().expect("a temporary folder");
    let file = home.path().join("number.json");
    std::fs::write(&file, "{}").expect("a file");
    // Wide: the path may be long.
    let mut pty = amparo().home(home.path()).size(200, 24).go();
    let path = file.display().to_string();
    let (what, help) = PinComplaint::Garbled { path }.words(language);
    pty.wait_for_text(&what);
    pty.wait_for_text(&help);
    assert_eq!(pty.wait_exit(), End::Code(1));
}

#[test]
fn a_pipe_in_the_place_of_a_file_is_said_and_not_waited_for() {
    in_both(|language| {
        let home = tempfile::tempdir().expect("a temporary folder");
        let pipe = |name: &str| {
            let path = home.path().join(name);
            mknodat(CWD, &path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).expect("a pipe");
            path.to_str().expect("a path").to_owned()
        };
        let wide = || amparo().size(200, 24).home(home.path());
        // A protocol, and the translation beside one.
        std::fs::write(home.path().join("own.yaml"), "amparo: 1\n").expect("a file");
        let own = home.path().join("own.yaml").to_str().expect("a path").to_owned();
        for (named, is_a_pipe) in [(pipe("night.yaml"), "night.yaml"), (own, "own.es.yaml")] {
            let path = home.path().join(is_a_pipe);
            let path =
                if path.exists() { path.to_str().expect("a path").to_owned() } else { pipe(is_a_pipe) };
            let mut pty = wide().args(["run", "--protocol", &named]).go();
            assert_eq!(pty.wait_exit(), End::Code(3), "{}", pty.framed());
            assert!(pty.text().contains(&path), "{}", pty.framed());
        }
        // The PIN.
        let path = pipe("number.json");
        let mut pty = wide().go();
        assert_ne!(pty.wait_exit(), End::Code(0), "{}", pty.framed());
        let (what, _) = PinComplaint::Garbled { path }.words(language);
        assert!(pty.text().contains(&what), "{what}\n{}", pty.framed());
    });
}
