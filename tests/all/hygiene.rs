//! The terminal after every way out, in tmux and under a shell as people have it: its modes, its cursor, what it
//! reports, what it keeps, and whether anything still runs.

use std::path::Path;
use std::time::{Duration, Instant};

use amparo::text::Language;
use amparo::words::StartSays;
use rustix::process::Signal;

use crate::caseworker::in_both;
use crate::marked::{
    MARKS, begin, covered, is_leaflet, marks_in, no_file_has, settle, signal, skipped, start,
};
use crate::programs::amparo;
use crate::pty::{End, Pty};
use crate::tmux::Tmux;

/// A window with a marked session in it; none without tmux.
fn session(home: &Path, language: Language, fault: &str) -> Option<(Tmux, u32)> {
    let data = home.join("data");
    std::fs::create_dir(&data).expect("a folder");
    settle(&data, &[]);
    let Some(tmux) = Tmux::bash(home, fault) else {
        skipped("tmux is not here");
        return None;
    };
    tmux.types("stty -a > before\n");
    tmux.types(&format!("clear; echo earlier; {}\n", amparo().path().display()));
    tmux.wait_for("the start screen", |text| text.contains(StartSays::NewSession.text(language).as_ref()));
    tmux.marks();
    let child = tmux.child().expect("the program runs");
    Some((tmux, child))
}

/// Whether a process is there and not a zombie.
fn runs(pid: u32) -> bool {
    std::fs::read_to_string(format!("/proc/{pid}/stat"))
        .is_ok_and(|stat| stat.rsplit(')').next().is_some_and(|rest| !rest.trim().starts_with(['Z', 'X'])))
}

fn wait_gone(pid: u32, way: &str) {
    let until = Instant::now() + Duration::from_secs(10);
    while runs(pid) {
        assert!(Instant::now() < until, "{way}: it still runs");
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn cover(tmux: &Tmux, language: Language) {
    tmux.press("Escape");
    tmux.wait_for("the leaflet", |text| is_leaflet(text, language));
}

fn go(way: &str, tmux: &Tmux, child: u32, language: Language) {
    match way {
        "q y" => {
            cover(tmux, language);
            tmux.types("qy");
        }
        "quit" => {
            tmux.press("Enter");
            tmux.wait_for("the note is taken", |text| !text.contains(MARKS[5]));
            tmux.types("q");
            tmux.wait_for("the question", |text| text.contains("1  "));
            tmux.types("1");
            tmux.wait_for("the start screen", |text| {
                text.contains("1  ") && text.contains("2  ") && !text.contains('▸')
            });
            tmux.types("q");
        }
        "panic" => {
            tmux.press("F12");
            tmux.wait_for("the leaflet", |text| is_leaflet(text, language));
            assert_eq!(marks_in(&tmux.all()), Vec::<&str>::new(), "under the leaflet of a panic");
            tmux.types("qy");
        }
        "TERM" => signal(child, Signal::TERM),
        "HUP" => signal(child, Signal::HUP),
        _ => panic!("no such way"),
    }
}

#[test]
fn after_every_way_out_the_terminal_is_as_before_and_keeps_nothing_of_the_session() {
    in_both(the_terminal_is_as_before);
}

fn the_terminal_is_as_before(language: Language) {
    for way in ["q y", "quit", "panic", "TERM", "HUP"] {
        if way == "panic" && !cfg!(debug_assertions) {
            skipped("a release build has no fault to make on purpose");
            continue;
        }
        let home = tempfile::tempdir().expect("a temporary folder");
        let Some((tmux, child)) = session(home.path(), language, "turn") else { return };
        let title = (tmux.value("pane_title"), tmux.value("pane_current_command"));
        go(way, &tmux, child, language);
        tmux.wait_for("the prompt", |text| text.trim_end().ends_with("prompt$"));
        wait_gone(child, way);
        tmux.types("echo code $?; stty -a > after\n");
        tmux.wait_for("the exit code and a prompt", |text| {
            text.contains("\ncode 0") && text.trim_end().ends_with("prompt$")
        });
        let until = Instant::now() + Duration::from_secs(10);
        let read = |name: &str| std::fs::read_to_string(home.path().join(name)).unwrap_or_default();
        while read("after").is_empty() && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(10));
        }
        // A shell that reads a line has its own modes; both were written while a command ran.
        assert_eq!(read("before"), read("after"), "{way}");
        for (name, value) in
            [("alternate_on", "0"), ("cursor_flag", "1"), ("mouse_any_flag", "0"), ("keypad_flag", "0")]
        {
            assert_eq!(tmux.value(name), value, "{way}: {name}");
        }
        assert_eq!(tmux.value("pane_title"), title.0, "{way}");
        let all = tmux.all();
        assert_eq!(marks_in(&all), Vec::<&str>::new(), "{way}\n{all}");
        assert!(all.contains("earlier"), "{way}\n{all}");
        let lines: Vec<&str> = all.lines().filter(|line| !line.trim().is_empty()).collect();
        assert_eq!(lines.len(), 4, "{way}: {lines:?}");
        // And the shell takes keys as it did before.
        tmux.types("echo x\n");
        assert!(tmux.wait_for("x", |text| text.contains("\nx\n")).contains("prompt$ echo x"), "{way}");
        // The program's home, its temporary folder, and what the shell keeps all lie there.
        no_file_has(&MARKS, &[home.path()]);
    }
}

/// What a mode of the terminal was set to last; none: it was never touched.
fn last_set(written: &str, mode: &str) -> Option<Switched> {
    let [on, off] = ["h", "l"].map(|to| written.rfind(&format!("\x1b[?{mode}{to}")));
    (on.is_some() || off.is_some()).then(|| if on > off { Switched::On } else { Switched::Off })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Switched {
    On,
    Off,
}

/// A shell sets some of these modes itself, and tmux tells not all of them; so what is looked at is what the program
/// wrote into a bare terminal.
#[test]
fn after_every_way_out_no_paste_and_no_focus_is_reported_and_the_cursor_is_there() {
    in_both(|language| {
        for way in ["q y", "TERM", "HUP", "panic"] {
            if way == "panic" && !cfg!(debug_assertions) {
                skipped("a release build has no fault to make on purpose");
                continue;
            }
            let home = tempfile::tempdir().expect("a temporary folder");
            settle(home.path(), &[]);
            let mut pty = start(home.path(), language).env("TEST_FAULT", "turn").go();
            begin(&mut pty, language);
            let written = |pty: &mut Pty| String::from_utf8_lossy(pty.bytes_after(Pty::START)).into_owned();
            for mode in ["1004", "2004", "1049"] {
                assert_eq!(last_set(&written(&mut pty), mode), Some(Switched::On), "{mode} before {way}");
            }
            match way {
                "TERM" => pty.signal(Signal::TERM),
                "HUP" => pty.signal(Signal::HUP),
                _ => {
                    pty.keys(if way == "panic" { "<f12>" } else { "<esc>" });
                    covered(&mut pty, language);
                    pty.keys("q y");
                }
            }
            assert_eq!(pty.wait_exit(), End::Code(0), "{way}");
            for mode in ["1004", "2004", "1049"] {
                assert_eq!(last_set(&written(&mut pty), mode), Some(Switched::Off), "{mode} after {way}");
            }
            assert_eq!(last_set(&written(&mut pty), "25"), Some(Switched::On), "the cursor after {way}");
            let modes = pty.picture().modes();
            assert!(!modes.bracketed_paste() && !modes.hide_cursor() && !modes.alternate_screen(), "{way}");
            assert!(pty.picture().cursor().is_some(), "{way}");
            no_file_has(&MARKS, &[home.path()]);
        }
    });
}

#[test]
fn a_window_that_is_closed_leaves_no_process_and_no_line() {
    in_both(a_closed_window_leaves_nothing);
}

fn a_closed_window_leaves_nothing(language: Language) {
    let home = tempfile::tempdir().expect("a temporary folder");
    for way in ["window", "server"] {
        let home = home.path().join(way);
        std::fs::create_dir(&home).expect("a folder");
        let Some((tmux, child)) = session(&home, language, "") else { return };
        if way == "window" {
            // Another one keeps the server alive.
            tmux.ask(&["new-window", "-d", "cat"]);
            tmux.ask(&["kill-window", "-t", ":0"]);
        } else {
            tmux.ask(&["kill-server"]);
        }
        wait_gone(child, way);
        if way == "window" {
            assert_eq!(marks_in(&tmux.all()), Vec::<&str>::new());
        }
        no_file_has(&MARKS, &[&home]);
    }
}

#[test]
fn a_kill_leaves_the_screen_as_it_was_and_the_session_open() {
    in_both(a_kill_leaves_the_screen);
}

fn a_kill_leaves_the_screen(language: Language) {
    for covered in [true, false] {
        let home = tempfile::tempdir().expect("a temporary folder");
        let Some((tmux, child)) = session(home.path(), language, "") else { return };
        if covered {
            cover(&tmux, language);
        }
        signal(child, Signal::KILL);
        wait_gone(child, "kill");
        // What the shell says of it depends on the languages that the system has.
        tmux.wait_for("the prompt", |text| text.contains("prompt$"));
        // What docs/traces.md says cannot be helped: the picture stays. Under the cover it is the leaflet's.
        assert_eq!(tmux.value("alternate_on"), "1");
        assert_eq!(marks_in(&tmux.all()).is_empty(), covered, "{}", tmux.all());
        // What the page says to do then.
        tmux.press("Enter");
        tmux.types("tput rmcup; reset\n");
        tmux.wait_for_value("alternate_on", "0");
        tmux.wait_for_value("cursor_flag", "1");
        tmux.wait_for("a clean screen", |text| {
            marks_in(text).is_empty() && text.trim_end().ends_with("prompt$")
        });
        assert_eq!(marks_in(&tmux.all()), Vec::<&str>::new(), "{}", tmux.all());
        no_file_has(&MARKS, &[home.path()]);
    }
}
