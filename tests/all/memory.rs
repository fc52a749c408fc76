//! What is in the memory of the program after each way out: of a real run with marks in it, all that the system lets
//! root read. Where the process ends, it is looked at in the last moment before (`tests/all/memory/last.py`).

use std::fs::File;
use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::os::unix::fs::FileExt;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use amparo::text::Language;
use rustix::process::Signal;

use crate::languages::in_turn;
use crate::marked::{MARKS, begin, covered, no_file_has, settle, signal, skipped, start};
use crate::pty::{LONG, Pty};

/// Tells what was found, past the test runner.
fn say(what: &str) {
    // Nobody reads a closed standard error.
    let _ = writeln!(std::io::stderr(), "{what}");
}

/// The marks in a process's readable memory, and how many bytes that is; none where it may not be read. The process is
/// stopped meanwhile, or a part that it gives back would be missed whole.
fn search(pid: u32) -> Option<(Vec<&'static str>, usize)> {
    let state = || {
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        stat.rsplit(')').next().and_then(|rest| rest.trim().chars().next())
    };
    signal(pid, Signal::STOP);
    let until = Instant::now() + LONG;
    while state() != Some('T') && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(1));
    }
    let found = search_stopped(pid);
    signal(pid, Signal::CONT);
    found
}

fn search_stopped(pid: u32) -> Option<(Vec<&'static str>, usize)> {
    let memory = File::open(format!("/proc/{pid}/mem")).ok()?;
    let maps = std::fs::read_to_string(format!("/proc/{pid}/maps")).ok()?;
    let mut found = [false; MARKS.len()];
    let mut searched = 0;
    for line in maps.lines().filter(|line| line.contains(" r") && !line.contains("[v")) {
        let (from, to) = line.split_once(' ')?.0.split_once('-')?;
        let (from, to) = (u64::from_str_radix(from, 16).ok()?, u64::from_str_radix(to, 16).ok()?);
        let mut bytes = vec![0; usize::try_from(to - from).ok()?];
        if memory.read_exact_at(&mut bytes, from).is_err() {
            continue;
        }
        searched += bytes.len();
        // As text, since that is searched by the standard library, which is fast in a debug build too.
        let text = String::from_utf8_lossy(&bytes);
        for (found, mark) in found.iter_mut().zip(MARKS) {
            *found = *found || text.contains(mark);
        }
    }
    let marks = MARKS.into_iter().zip(found).filter(|(_, found)| *found).map(|(mark, _)| mark).collect();
    (searched > 0).then_some((marks, searched))
}

fn session(fault: &str, language: Language) -> (tempfile::TempDir, Pty) {
    let home = tempfile::tempdir().expect("a temporary folder");
    settle(home.path(), &[]);
    let mut pty = start(home.path(), language).env("TEST_FAULT", fault).go();
    begin(&mut pty, language);
    (home, pty)
}

#[test]
fn the_leaflet_that_stays_has_no_mark_in_its_memory() {
    if !cfg!(debug_assertions) {
        return skipped("a release build has no fault to make on purpose");
    }
    // One after the other: a debug build searches its 27 MiB for a second or two each time.
    in_turn(the_leaflet_has_no_mark);
}

fn the_leaflet_has_no_mark(language: Language) {
    for fault in ["turn", "worker", "disk", "stays"] {
        let (home, mut pty) = session(fault, language);
        let pid = pty.pid();
        let Some((before, bytes)) = search(pid) else {
            return skipped("the memory of another process may not be read here");
        };
        assert_eq!(before, MARKS, "the search sees what it looks for");
        pty.keys("<f12>");
        covered(&mut pty, language);
        assert_eq!(pty.pid(), pid);
        let (after, left) = search(pid).expect("it may still be read");
        say(&format!(
            "memory: {fault}, {language:?}: {} of {} marks in {bytes} bytes before, {} in {left} bytes of the leaflet that stays",
            before.len(),
            MARKS.len(),
            after.len()
        ));
        assert_eq!(after, Vec::<&str>::new());
        no_file_has(&MARKS, &[home.path()]);
    }
}

/// What a stranger's hand can do: type wrong PINs, or the second one that she was made to say.
#[test]
fn after_five_wrong_pins_and_after_the_second_one_no_mark_is_in_the_memory_of_the_leaflet_that_stays() {
    in_turn(after_pins_no_mark_is_left);
}

fn after_pins_no_mark_is_left(language: Language) {
    for (way, typed) in [("five wrong PINs", ["999999"; 5].as_slice()), ("the second PIN", &["135791"])] {
        let home = tempfile::tempdir().expect("a temporary folder");
        settle(home.path(), &[]);
        crate::pin::set(home.path(), "246810", &[]);
        crate::pin::set(home.path(), "135791", &["--second"]);
        let mut pty = start(home.path(), language).go();
        begin(&mut pty, language);
        let pid = pty.pid();
        pty.keys("<esc>");
        covered(&mut pty, language);
        // Past what is a slip, which needs no PIN.
        pty.look_for(Duration::from_millis(3_100));
        let Some((before, bytes)) = search(pid) else {
            return skipped("the memory of another process may not be read here");
        };
        assert_eq!(before, MARKS, "the search sees what it looks for");
        for pin in typed {
            pty.keys("<c-r>");
            pty.send(pin.as_bytes());
            // Until it was looked at: longer than the hash takes.
            pty.look_for(Duration::from_millis(1_500));
        }
        let until = Instant::now() + LONG;
        let (after, left) = loop {
            let found = search(pid).expect("it may still be read");
            if found.0.is_empty() || Instant::now() > until {
                break found;
            }
            pty.look_for(Duration::from_millis(200));
        };
        assert_eq!(pty.pid(), pid);
        say(&format!(
            "memory: {way}, {language:?}: {} of {} marks in {bytes} bytes before, {} in {left} bytes of the leaflet that stays",
            before.len(),
            MARKS.len(),
            after.len()
        ));
        assert_eq!(after, Vec::<&str>::new(), "{way}");
        no_file_has(&MARKS, &[home.path()]);
    }
}

#[test]
fn where_the_leaflet_ends_no_mark_is_in_the_memory_that_the_process_ends_with() {
    in_turn(the_process_ends_without_a_mark);
}

fn the_process_ends_without_a_mark(language: Language) {
    for way in ["q y", "TERM", "HUP", "window"] {
        let (home, mut pty) = session("", language);
        let mut looking = Command::new("python3")
            .arg("tests/all/memory/last.py")
            .arg(pty.pid().to_string())
            .args(MARKS)
            .stdout(Stdio::piped())
            .spawn()
            .expect("python3 runs");
        let mut told = BufReader::new(looking.stdout.take().expect("a pipe"));
        let mut line = String::new();
        told.read_line(&mut line).expect("it is attached");
        if line.trim() != "ready" {
            let _ = looking.wait();
            return skipped("another process may not be followed here");
        }
        match way {
            "q y" => {
                pty.keys("<esc>");
                covered(&mut pty, language);
                pty.keys("q y");
            }
            "TERM" => signal(pty.pid(), Signal::TERM),
            "HUP" => signal(pty.pid(), Signal::HUP),
            _ => pty.close_window(),
        }
        let mut found = String::new();
        told.read_to_string(&mut found).expect("it tells");
        assert!(looking.wait().is_ok_and(|status| status.success()), "{way}: {found}");
        let found: serde_json::Value = serde_json::from_str(&found).expect("JSON");
        say(&format!("memory: {way}, {language:?}: {found}"));
        let mut all = MARKS.map(str::to_owned);
        all.sort();
        assert_eq!(found["before"], serde_json::json!(all), "the search sees what it looks for");
        assert_eq!(found["anew"], 1, "{way}");
        assert!(found["bytes"].as_u64().is_some_and(|bytes| bytes > 100_000), "{way}: {found}");
        assert_eq!(found["found"], serde_json::json!([]), "{way}");
        no_file_has(&MARKS, &[home.path()]);
    }
}
