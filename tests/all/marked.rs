//! A session with marks in it: words that stand nowhere else in the program, its protocol or its leaflet, so that a
//! search for them finds what of the session is left somewhere.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use amparo::text::Language;
use amparo::words::{LeafletSays, StartSays};
use rustix::process::{Pid, Signal, kill_process};

use crate::languages::locale;
use crate::programs::amparo;
use crate::pty::{Pty, Start};

/// The case code, the two staff numbers, an answer, a note, and a note that is half typed.
pub const MARKS: [&str; 6] = ["QX-48151", "90817", "90818", "Nebelhorn", "Trommelwind", "Regenbogen"];

/// What is asked first, in either language.
pub const ASKS: &str = "Was bleibt?";

/// What says, in a list of processes or on a screen, what the program is for.
pub const TELLING: [&str; 6] = ["interview", "victim", "traffick", "session", "checklist", "protocol"];

/// Puts a protocol into a folder whose first step asks for a text, and the setting for it; the first leaflet covers.
pub fn settle(home: &Path, settings: &[(&str, &str)]) {
    crate::keys_at_hand::put(home);
    let mine = home.join("sheets");
    std::fs::create_dir_all(&mine).expect("a folder");
    let text = std::fs::read_to_string("protocols/phit.yaml").expect("the shipped protocol");
    let before = "          - id: told-before\n";
    let step = format!("          - id: marked\n            kind: text\n            ask: {ASKS}\n");
    assert!(text.contains(before));
    std::fs::write(mine.join("p.yaml"), text.replacen(before, &format!("{step}{before}"), 1))
        .expect("a file");
    std::fs::copy("protocols/phit.es.yaml", mine.join("p.es.yaml")).expect("a file");
    let file = mine.join("p.yaml");
    let mut all = vec![("protocol", file.to_str().expect("a path")), ("ask_pin", "off")];
    all.extend_from_slice(settings);
    let all: std::collections::BTreeMap<_, _> = all.into_iter().collect();
    let all = serde_json::to_vec(&all).expect("JSON");
    std::fs::write(home.join("settings.json"), all).expect("a file");
    crate::keys_at_hand::put(home);
}

/// The program in a folder that was settled. Its temporary files lie in a folder of their own there.
pub fn start(home: &Path, language: Language) -> Start {
    let temporary = home.join("tmp");
    std::fs::create_dir_all(&temporary).expect("a folder");
    amparo().home(home).env("LANG", locale(language)).env("TMPDIR", temporary)
}

/// From the start screen into the session, until every mark is there; the last one half typed.
#[track_caller]
pub fn begin(pty: &mut Pty, language: Language) {
    pty.wait_for_text(&StartSays::NewSession.text(language));
    pty.keys("1");
    for mark in [MARKS[1], MARKS[2], MARKS[0]] {
        pty.keys(mark);
        pty.wait_for_text(mark);
        pty.keys("<enter>");
    }
    pty.wait_for_text(ASKS);
    pty.keys(&format!("<enter> {}", MARKS[3]));
    pty.wait_for_text(MARKS[3]);
    pty.keys("<enter>");
    pty.wait_for("the next step", |picture| !picture.text().contains(MARKS[3]));
    pty.keys(&format!("n {}", MARKS[4]));
    pty.wait_for_text(MARKS[4]);
    pty.keys("<enter>");
    pty.wait_for("the note is taken", |picture| !picture.text().contains(MARKS[4]));
    pty.keys(&format!("n {}", MARKS[5]));
    pty.wait_for_text(MARKS[5]);
}

/// Waits until the session is back after the cover, with the half-typed note, of which a shy screen shows dots.
#[track_caller]
pub fn is_back(pty: &mut Pty) {
    let dots = "·".repeat(MARKS[5].len());
    pty.wait_for("the half-typed note", |picture| {
        picture.text().contains(&dots) || picture.text().contains(MARKS[5])
    });
}

/// Whether a leaflet in this language stands there, by the keys that only it has.
pub fn is_leaflet(text: &str, language: Language) -> bool {
    let keys = LeafletSays::Keys { of: 8 }.text(language);
    keys.split_once("  ").is_some_and(|(_, keys)| text.contains(keys))
}

/// Waits until the leaflet covers the session, of which nothing is in sight then.
#[track_caller]
pub fn covered(pty: &mut Pty, language: Language) {
    pty.wait_for("the leaflet", |picture| is_leaflet(&picture.text(), language));
    assert_eq!(marks_in(&pty.text()), Vec::<&str>::new(), "{}", pty.framed());
}

/// The marks that a text has.
pub fn marks_in(text: &str) -> Vec<&'static str> {
    MARKS.into_iter().filter(|mark| text.contains(mark)).collect()
}

/// Searches the files of some folders, however deep they lie, for words of a session: which file has which.
pub fn files_with<'w>(words: &[&'w str], folders: &[&Path]) -> (usize, Vec<(PathBuf, &'w str)>) {
    let (mut searched, mut found) = (0, Vec::new());
    let mut left: Vec<PathBuf> = folders.iter().map(|folder| folder.to_path_buf()).collect();
    while let Some(folder) = left.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            // A link is not followed, and nothing is read of a socket.
            let Ok(kind) = entry.file_type() else { continue };
            if kind.is_dir() {
                left.push(entry.path());
            } else if kind.is_file() {
                searched += 1;
                // As text, since that is searched by the standard library, which is fast in a debug build too.
                let bytes = std::fs::read(entry.path()).unwrap_or_default();
                let text = String::from_utf8_lossy(&bytes);
                let has = words.iter().filter(|word| text.contains(**word));
                found.extend(has.map(|word| (entry.path(), *word)));
            }
        }
    }
    (searched, found)
}

/// No file of what was written, nor a temporary one, has any of these words of the session in clear.
#[track_caller]
pub fn no_file_has(words: &[&str], folders: &[&Path]) {
    let (searched, found) = files_with(words, folders);
    assert!(searched >= 2, "{searched} files: there is a session, and a ledger");
    assert_eq!(found, [], "in clear");
}

#[test]
fn the_search_finds_a_mark_in_a_file_however_deep() {
    let home = tempfile::tempdir().expect("a temporary folder");
    let deep = home.path().join("a/b");
    std::fs::create_dir_all(&deep).expect("folders");
    std::fs::write(deep.join("c"), [b"\0\xff", MARKS[3].as_bytes(), b"\xff"].concat()).expect("a file");
    std::fs::write(home.path().join("d"), "nothing").expect("a file");
    let found = files_with(&MARKS, &[home.path()]);
    assert_eq!(found, (2, vec![(deep.join("c"), MARKS[3])]));
}

/// Sends a signal to a process.
pub fn signal(pid: u32, signal: Signal) {
    let pid = i32::try_from(pid).ok().and_then(Pid::from_raw).expect("a process");
    kill_process(pid, signal).expect("it runs");
}

/// Says that something could not be looked at, past the test runner; `.ci/run` takes that for a failure.
pub fn skipped(what: &str) {
    // Nobody reads a closed standard error.
    let _ = writeln!(std::io::stderr(), "SKIPPED: {what}");
}
