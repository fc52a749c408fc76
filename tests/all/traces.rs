//! What else could tell, place by place: each is looked at after or during a real run with marks in it. docs/traces.md
//! has a row for each, with the name of its test.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use amparo::text::Language;
use amparo::words::{LeafletSays, StartSays};
use rustix::process::Signal;

use crate::caseworker::{command, in_both, locale, step_named};
use crate::marked::{
    ASKS, MARKS, TELLING, begin, covered, is_leaflet, marks_in, no_file_has, settle, signal, skipped, start,
};
use crate::programs::amparo;
use crate::pty::{End, Pty, Start};
use crate::tmux::Tmux;

/// The program under the name that the README gives it, in a home that was settled.
fn under_a_neutral_name(home: &Path) -> PathBuf {
    let leaflet = home.join("leaflet");
    // In a process of its own: what this one has open for writing, another test's child may hold for a moment too, and
    // the system executes nothing that somebody writes.
    let copied = Command::new("cp").arg(amparo().path()).arg(&leaflet).status();
    assert!(copied.is_ok_and(|status| status.success()));
    leaflet
}

/// A session with every mark, through the cover and back, and the way out that leads through most.
fn through_everything(language: Language) -> (tempfile::TempDir, Pty) {
    let home = tempfile::tempdir().expect("a temporary folder");
    settle(home.path(), &[]);
    let mut pty = start(home.path(), language).env("TEST_FAULT", "turn").go();
    begin(&mut pty, language);
    pty.keys("<esc>");
    covered(&mut pty, language);
    pty.keys("3 <down> 0 <c-r>");
    crate::marked::is_back(&mut pty);
    if cfg!(debug_assertions) {
        pty.keys("<f12>");
    } else {
        pty.keys("<esc>");
    }
    covered(&mut pty, language);
    pty.keys("q y");
    assert_eq!(pty.wait_exit(), End::Code(0));
    no_file_has(&MARKS, &[home.path()]);
    (home, pty)
}

#[test]
fn no_title_is_set_no_bell_rings_and_the_clipboard_is_left_alone() {
    in_both(|language| {
        let (_home, mut pty) = through_everything(language);
        let noticed = pty.picture().noticed().clone();
        assert_eq!(noticed.titles, Vec::<String>::new());
        assert_eq!((noticed.bells, noticed.clipboard), (0, 0));
        // Nor by a sequence that the emulator does not know: no operating system command of any kind, no answer asked.
        let written = String::from_utf8_lossy(pty.bytes_after(Pty::START)).into_owned();
        for sequence in ["\x1b]", "\x1bP", "\x1b_", "\x1b^", "\u{9d}", "\x07", "\x1bk", "\x1b[c", "\x1b[6n"] {
            assert!(!written.contains(sequence), "{sequence:?}");
        }
    });
}

/// What anybody, and what the owner, may read of a process.
fn told_of(pid: u32) -> (String, String) {
    let read = |path: &str| {
        let bytes = std::fs::read(format!("/proc/{pid}/{path}")).unwrap_or_default();
        String::from_utf8_lossy(&bytes).replace('\0', " ")
    };
    let ps = Command::new("ps").args(["-o", "comm=,args=", "-L", "-p", &pid.to_string()]).output();
    let ps = String::from_utf8_lossy(&ps.expect("ps runs").stdout).into_owned();
    (format!("{} {} {ps}", read("comm"), read("cmdline")), read("environ"))
}

#[test]
fn a_list_of_processes_shows_a_neutral_name_and_a_page() {
    in_both(|language| {
        let home = tempfile::tempdir().expect("a temporary folder");
        settle(home.path(), &[]);
        let leaflet = under_a_neutral_name(home.path());
        let mut pty = Start::program(&leaflet).home(home.path()).env("TEST_FAULT", "worker").go();
        let look = |pty: &Pty, when: &str| {
            let (all, owner) = told_of(pty.pid());
            let small = all.to_lowercase();
            for word in TELLING.into_iter().chain(["amparo", "exe "]) {
                assert!(!small.contains(word), "{when}: {word} in {all}");
            }
            assert!(small.contains("leaflet"), "{when}: {all}");
            assert_eq!(marks_in(&format!("{all}{owner}")), Vec::<&str>::new(), "{when}");
        };
        pty.wait_for_text(&StartSays::NewSession.text(language));
        look(&pty, "at the start");
        begin(&mut pty, language);
        look(&pty, "in a session");
        pty.keys("<esc>");
        covered(&mut pty, language);
        look(&pty, "covered");
        if cfg!(debug_assertions) {
            let until = Instant::now() + Duration::from_secs(10);
            pty.keys("2");
            let page = LeafletSays::Page { page: 2, of: 8, seen: 100 }.text(language);
            pty.wait_for_text(&page[..9]);
            pty.keys("<f12>");
            while !told_of(pty.pid()).0.contains(" page 2.") {
                assert!(Instant::now() < until, "{:?}", told_of(pty.pid()).0);
                pty.look_for(Duration::from_millis(10));
            }
            pty.look_for(Duration::from_millis(200));
            look(&pty, "as the leaflet");
        }
    });
}

/// A shell in tmux in a home with a settled folder for the program; none without tmux.
fn shell(home: &Path) -> Option<Tmux> {
    let data = home.join("data");
    std::fs::create_dir(&data).expect("a folder");
    settle(&data, &[]);
    let tmux = Tmux::bash(home, "turn");
    if tmux.is_none() {
        skipped("tmux is not here");
    }
    tmux
}

/// Starts the program in the shell by this line, and leaves every mark in it.
fn run_in(tmux: &Tmux, line: &str, language: Language) {
    tmux.types(&format!("{line}\n"));
    tmux.wait_for("the start screen", |text| text.contains(&*StartSays::NewSession.text(language)));
    tmux.marks();
}

fn leave(tmux: &Tmux, language: Language) {
    tmux.press("Escape");
    tmux.wait_for("the leaflet", |text| is_leaflet(text, language));
    tmux.types("qy");
    tmux.wait_for("the prompt", |text| text.trim_end().ends_with("prompt$"));
}

#[test]
fn the_shells_history_and_prompt_have_the_one_line_that_started_it() {
    in_both(history_and_prompt_have_one_line);
}

fn history_and_prompt_have_one_line(language: Language) {
    let home = tempfile::tempdir().expect("a temporary folder");
    let Some(tmux) = shell(home.path()) else { return };
    let leaflet = under_a_neutral_name(home.path());
    let line = leaflet.display().to_string();
    tmux.types("PS1='$? $! prompt$ '\n");
    run_in(&tmux, &line, language);
    leave(&tmux, language);
    // A prompt that shows codes and jobs has nothing to show.
    assert!(tmux.text().trim_end().ends_with("\n0  prompt$"), "{}", tmux.text());
    tmux.types("history -w\n");
    let history = home.path().join("history");
    let until = Instant::now() + Duration::from_secs(10);
    while !history.exists() && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(10));
    }
    std::thread::sleep(Duration::from_millis(50));
    let history = std::fs::read_to_string(&history).expect("the history");
    assert_eq!(marks_in(&history), Vec::<&str>::new());
    let lines: Vec<&str> = history.lines().collect();
    assert_eq!(lines, ["PS1='$? $! prompt$ '", &line, "history -w"]);
}

#[test]
fn a_key_that_suspends_leaves_no_job_in_the_shell() {
    in_both(no_job_is_left);
}

fn no_job_is_left(language: Language) {
    let home = tempfile::tempdir().expect("a temporary folder");
    let Some(tmux) = shell(home.path()) else { return };
    run_in(&tmux, &amparo().path().display().to_string(), language);
    tmux.press("C-z");
    tmux.wait_for("the leaflet and no prompt", |text| {
        is_leaflet(text, language) && !text.contains("prompt$")
    });
    // From another terminal too.
    tmux.types("0");
    signal(tmux.child().expect("it runs"), Signal::TSTP);
    tmux.types("qy");
    tmux.wait_for("the prompt", |text| text.trim_end().ends_with("prompt$"));
    tmux.types("jobs; echo no more\n");
    let text = tmux.wait_for("the jobs", |text| text.contains("\nno more"));
    assert!(!text.contains("Stopped") && !text.contains("[1]"), "{text}");
}

#[test]
fn tmux_keeps_nothing_of_it_even_without_an_alternate_screen() {
    in_both(tmux_keeps_nothing);
}

fn tmux_keeps_nothing(language: Language) {
    // What the step behind the marked one asks, as far as a list has room for it.
    let asks = step_named("told-before").ask.in_language(&language.code());
    let asks = asks.chars().take(14).collect::<String>();
    for (lines, way) in
        [(false, "q y"), (false, "TERM"), (false, "panic"), (true, "q y"), (true, "TERM"), (true, "panic")]
    {
        if way == "panic" && !cfg!(debug_assertions) {
            continue;
        }
        let home = tempfile::tempdir().expect("a temporary folder");
        let Some(tmux) = shell(home.path()) else { return };
        tmux.ask(&["set", "-g", "alternate-screen", "off"]);
        let program = amparo().path().display().to_string();
        if lines {
            tmux.types(&format!("{program} run --practice --plain\n"));
            tmux.wait_for("the first step", |text| text.contains(ASKS));
            tmux.press("Enter");
            tmux.types(MARKS[3]);
            tmux.press("Enter");
            tmux.wait_for("the next step", |text| text.contains(&asks));
            tmux.press("n");
            tmux.types(MARKS[4]);
            tmux.press("Enter");
        } else {
            run_in(&tmux, &program, language);
        }
        match way {
            "q y" => leave(&tmux, language),
            "panic" => {
                tmux.press("F12");
                tmux.wait_for("the leaflet", |text| is_leaflet(text, language));
                tmux.types("qy");
                tmux.wait_for("the prompt", |text| text.contains("prompt$"));
            }
            _ => {
                signal(tmux.child().expect("it runs"), Signal::TERM);
                tmux.wait_for("the prompt", |text| text.contains("prompt$"));
            }
        }
        let all = tmux.all();
        assert_eq!(marks_in(&all), Vec::<&str>::new(), "{lines} {way}\n{all}");
        assert!(!all.contains('▸') && !all.contains(&asks), "{lines} {way}\n{all}");
        for question in [&["list-buffers"][..], &["show-messages"], &["list-windows"], &["list-sessions"]] {
            let said = String::from_utf8_lossy(&tmux.ask(question).stdout).into_owned();
            assert_eq!(marks_in(&said), Vec::<&str>::new(), "{question:?}");
        }
    }
}

#[test]
fn a_crash_leaves_no_copy_of_the_memory() {
    in_both(no_copy_is_left);
}

fn no_copy_is_left(language: Language) {
    let home = tempfile::tempdir().expect("a temporary folder");
    let Some(tmux) = shell(home.path()) else { return };
    tmux.types("mkdir here; cd here; ulimit -c unlimited\n");
    run_in(&tmux, &amparo().path().display().to_string(), language);
    let child = tmux.child().expect("it runs");
    let limits = std::fs::read_to_string(format!("/proc/{child}/limits")).expect("its limits");
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).expect("a line");
    assert_eq!(core.split_whitespace().collect::<Vec<_>>()[4..6], ["0", "0"], "{core}");
    // Nobody catches this one: it ends the program where it stands, as a fault in a library would.
    signal(child, Signal::ILL);
    // What the shell says of it depends on the languages that the system has.
    let text = tmux.wait_for("the prompt", |text| text.contains("prompt$"));
    assert!(!text.contains("core dumped") && !text.contains("`core'"), "{text}");
    let left: Vec<_> = std::fs::read_dir(home.path().join("here")).expect("a folder").flatten().collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn a_command_that_is_stopped_leaves_no_copy_of_the_memory_either() {
    in_both(|language| {
        let home = tempfile::tempdir().expect("a temporary folder");
        crate::keys_at_hand::put(home.path());
        let here = tempfile::tempdir().expect("a temporary folder");
        // It waits for the rest of the passphrase.
        let mut child = Command::new("sh")
            .args(["-c", "ulimit -c unlimited; exec \"$0\" keys sheet --passphrase-file -"])
            .arg(amparo().path())
            .current_dir(here.path())
            .env("AMPARO_HOME", home.path())
            .env("LANG", locale(language))
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("a shell");
        let mut typed = child.stdin.take().expect("a pipe");
        typed.write_all(b"green old").expect("it reads");
        let until = Instant::now() + Duration::from_secs(10);
        let core = || {
            let limits = std::fs::read_to_string(format!("/proc/{}/limits", child.id())).unwrap_or_default();
            let core = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap_or_default();
            core.split_whitespace().skip(4).take(2).map(str::to_owned).collect::<Vec<_>>()
        };
        while core() != ["0", "0"] {
            assert!(Instant::now() < until, "{:?}", core());
            std::thread::sleep(Duration::from_millis(10));
        }
        // Not QUIT: whoever starts the tests in the background has them ignore that.
        signal(child.id(), Signal::ABORT);
        let status = child.wait().expect("it ends");
        assert!(status.signal() == Some(6) && !status.core_dumped(), "{status:?}");
        let left: Vec<_> = std::fs::read_dir(here.path()).expect("a folder").flatten().collect();
        assert!(left.is_empty(), "{left:?}");
    });
}

/// Every path under a folder.
fn paths(folder: &Path, into: &mut BTreeSet<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            paths(&path, into);
        }
        into.insert(path);
    }
}

#[test]
fn files_have_names_that_tell_nothing_and_lie_in_one_folder() {
    in_both(names_tell_nothing);
}

fn names_tell_nothing(language: Language) {
    let home = tempfile::tempdir().expect("a temporary folder");
    let (data, temporary, run) = (home.path().join("data"), home.path().join("tmp"), home.path().join("run"));
    for folder in [&data, &temporary, &run] {
        std::fs::create_dir(folder).expect("a folder");
    }
    settle(&data, &[]);
    let mut before = BTreeSet::new();
    paths(home.path(), &mut before);
    let mut pty = start(home.path(), language)
        .env("AMPARO_HOME", &data)
        .env("TMPDIR", &temporary)
        .env("XDG_RUNTIME_DIR", &run)
        .env("XDG_CACHE_HOME", home.path().join("cache"))
        .env("XDG_STATE_HOME", home.path().join("state"))
        .env("XDG_CONFIG_HOME", home.path().join("config"))
        .env("XDG_DATA_HOME", home.path().join("share"))
        .with_no_keys_put()
        .go();
    begin(&mut pty, language);
    // What it has open, as `lsof` tells.
    let open: Vec<PathBuf> = std::fs::read_dir(format!("/proc/{}/fd", pty.pid()))
        .expect("it has files open")
        .flatten()
        .filter_map(|entry| std::fs::read_link(entry.path()).ok())
        .filter(|path| path.starts_with(home.path()))
        .collect();
    assert!(open.iter().all(|path| path.starts_with(&data)), "{open:?}");
    pty.keys("<esc>");
    covered(&mut pty, language);
    pty.keys("q y");
    assert_eq!(pty.wait_exit(), End::Code(0));
    let mut after = BTreeSet::new();
    paths(home.path(), &mut after);
    let made: Vec<&PathBuf> = after.difference(&before).collect();
    assert!(!made.is_empty());
    for path in made {
        // No list of recent documents, no cache, no state, no temporary file: only the folder itself.
        assert!(path.starts_with(&data), "{}", path.display());
        let told = path.strip_prefix(&data).expect("under it").display().to_string();
        assert_eq!(marks_in(&told), Vec::<&str>::new());
        let small = told.to_lowercase();
        assert_eq!(TELLING.into_iter().find(|word| small.contains(word)), None, "{told}");
    }
}

#[test]
fn what_is_kept_of_keys_and_settings_has_no_word_that_tells() {
    let home = tempfile::tempdir().expect("a temporary folder");
    let (words, pin) = (home.path().join("words"), home.path().join("digits"));
    std::fs::write(&words, "three old words\n").expect("a temporary file");
    std::fs::write(&pin, "4711\n").expect("a temporary file");
    let data = home.path().join("data");
    for row in &amparo::desk::TABLE {
        let value = match row.takes {
            amparo::desk::Takes::OneOf(values) => values.last().expect("a value").to_string(),
            amparo::desk::Takes::Number { to, .. } => to.to_string(),
            amparo::desk::Takes::Text => {
                if row.setting == amparo::desk::Setting::Say { "es" } else { "clinic" }.to_owned()
            }
        };
        // An office's list that is not there would stop what follows.
        if row.setting != amparo::desk::Setting::Recipients {
            let set = command(&data, &["settings", row.name, &value]);
            assert!(set.status.success(), "{}", row.name);
        }
    }
    let [words, pin] = [words, pin].map(|path| path.display().to_string());
    for args in [&["--passphrase-file", &words, "keys", "new"][..], &["keys", "pin", "--pin-file", &pin]] {
        let ran = command(&data, args);
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    }
    let mut files = BTreeSet::new();
    paths(&data, &mut files);
    assert!(files.len() >= 4, "keys, settings and a PIN: {files:?}");
    for path in files.into_iter().filter(|path| path.is_file()) {
        let text = String::from_utf8_lossy(&std::fs::read(&path).expect("a file")).to_lowercase();
        let small = format!("{} {text}", path.strip_prefix(&data).expect("under it").display());
        let found = TELLING
            .into_iter()
            .chain(["cover", "hide", "pin", "danger", "role"])
            .find(|word| small.contains(word));
        assert_eq!(found, None, "{small}");
    }
}

#[test]
fn nothing_is_told_to_the_systems_log() {
    in_both(the_log_is_told_nothing);
}

fn the_log_is_told_nothing(language: Language) {
    for fault in ["turn", "disk", "q y"] {
        if fault != "q y" && !cfg!(debug_assertions) {
            continue;
        }
        let home = tempfile::tempdir().expect("a temporary folder");
        settle(home.path(), &[]);
        // What a program that was started from an icon writes there goes to the journal.
        let path = amparo().path().to_owned();
        let mut pty = Start::program("/bin/bash")
            .args(["-c", r#"exec "$0" 2> log"#])
            .args([path])
            .home(home.path())
            .env("TEST_FAULT", fault)
            .go();
        begin(&mut pty, language);
        // No socket of its own but the pair that wakes it: none that leads to a log or to a bus.
        let sockets = std::fs::read_to_string("/proc/net/unix").expect("the sockets");
        for entry in std::fs::read_dir(format!("/proc/{}/fd", pty.pid())).expect("descriptors").flatten() {
            let Ok(to) = std::fs::read_link(entry.path()) else { continue };
            let Some(inode) = to.to_str().and_then(|to| to.strip_prefix("socket:[")?.strip_suffix(']'))
            else {
                continue;
            };
            let line = sockets.lines().find(|line| line.split_whitespace().nth(6) == Some(inode));
            let named = line.is_some_and(|line| line.split_whitespace().nth(7).is_some());
            assert!(line.is_some() && !named, "{line:?}");
        }
        pty.keys(if fault == "q y" { "<esc>" } else { "<f12>" });
        covered(&mut pty, language);
        pty.keys("q y");
        assert_eq!(pty.wait_exit(), End::Code(0));
        assert_eq!(std::fs::read_to_string(home.path().join("log")).ok().as_deref(), Some(""), "{fault}");
    }
}
