//! The `terminal` room by itself (`examples/probe.rs`): what arrives from a real terminal device, and what is left
//! of it on every way out. The harness is proved on a bare ratatui program first.

use std::process::{Command, Stdio};
use std::time::Duration;

use rustix::process::Signal;

use crate::languages::in_both;
use crate::programs::{amparo, example};
use crate::pty::{End, Pty, Start};

/// A shell, in which no program runs that speaks.
fn shell() -> Start {
    Start::program("/bin/sh").wordless()
}

fn bare() -> Pty {
    let mut pty = example("bare").go();
    pty.wait_for_text("23      0 aaaa");
    pty
}

#[test]
fn a_program_is_seen_typed_at_and_ends() {
    let mut pty = bare();
    let mark = pty.mark();
    pty.keys("x <f5> <up>");
    pty.wait_for_text("23      3 dddd");
    assert!(pty.bytes_after(mark).len() > 1000);
    assert_eq!(pty.text(), pty.picture().text_of_the_other());
    assert!(pty.picture().modes().alternate_screen());
    assert_eq!(pty.picture().noticed().titles, Vec::<String>::new());
    assert_eq!(pty.picture().cursor(), None);
    let looks = pty.picture().with_looks();
    assert!(looks.ends_with("\n───\na reverse"), "{looks}");
    let cells = pty.picture().cells();
    assert_eq!((cells.len(), cells[3].len()), (24, 80));
    assert!(cells[3][0].1.is_inverse() && !cells[4][0].1.is_inverse());
    pty.keys("q");
    assert_eq!(pty.wait_exit(), End::Code(0));
    assert!(!pty.picture().modes().alternate_screen());
}

#[test]
fn a_window_is_resized_and_closed() {
    let mut pty = bare();
    // crossterm catches the signal only when it reads for the first time.
    pty.keys("a");
    pty.wait_for_text("23      1 bbbb");
    pty.resize(40, 12);
    pty.wait_for("twelve lines", |picture| {
        picture.text().lines().last().is_some_and(|line| line.contains(" 11 "))
    });
    // crossterm's reader may spin after this, so the end is not waited for.
    pty.close_window();
}

#[test]
fn a_signal_ends_a_program_that_does_not_catch_it() {
    let mut pty = bare();
    pty.signal(Signal::TERM);
    assert!(matches!(pty.wait_exit(), End::Signal(_)));
}

#[test]
fn a_program_has_a_home_of_its_own_or_a_given_one() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let shell = || shell().args(["-c", "echo $HOME $AMPARO_HOME; read line"]).size(120, 3);
    for (mut pty, given) in [(shell().home(folder.path()).go(), true), (shell().go(), false)] {
        let home = pty.home().display().to_string();
        pty.wait_for_text(&format!("{home} {home}"));
        assert_eq!(home == folder.path().display().to_string(), given);
    }
}

#[test]
fn the_real_binary_runs_in_the_harness() {
    in_both(|_| {
        let mut pty = amparo().args(["--version"]).go();
        assert_eq!(pty.wait_exit(), End::Code(0));
        assert!(pty.text().contains(env!("CARGO_PKG_VERSION")), "{}", pty.framed());
    });
}

/// The probe, run under a shell as people run programs: the shell's prompt is on the main screen before, and its
/// words show what is there afterwards.
const SHELL: &str = r#"printf 'before\r\n'; "$0" "$@"; code=$?; printf 'after %s\r\n' $code; read line"#;

fn probe_under_a_shell(args: &[&str]) -> Pty {
    let probe = example("probe").path().to_owned();
    let mut pty = shell().args(["-c", SHELL]).args([probe]).args(args).go();
    pty.wait_for_text("ready");
    pty
}

fn probe() -> Pty {
    let mut pty = example("probe").go();
    pty.wait_for_text("ready");
    pty
}

#[test]
fn every_way_out_leaves_the_terminal_as_it_was_and_nothing_on_it() {
    for (keys, code) in [("q", 0), ("p", 70), ("w", 70), ("a <f5> x q", 0)] {
        let probe = example("probe").path().to_owned();
        let mut pty = shell().args(["-c", SHELL]).args([probe]).go();
        pty.wait_for_text("ready");
        // `read` has the modes that the shell had before it started the probe.
        let raw = pty.modes();
        type_at_the_probe(&mut pty, keys);
        pty.wait_for_text(&format!("after {code}"));
        let cooked = pty.modes();
        assert_ne!(raw, cooked, "{keys}");
        let picture = pty.picture();
        assert_eq!(picture.text().trim_end(), format!("before\nafter {code}"), "{keys}");
        assert_eq!(picture.main_screen().trim_end(), format!("before\nafter {code}"), "{keys}");
        assert!(!picture.modes().alternate_screen(), "{keys}");
        assert!(!picture.modes().bracketed_paste(), "{keys}");
        assert!(picture.cursor().is_some(), "{keys}");
        assert_eq!(picture.noticed().titles, Vec::<String>::new(), "{keys}");
        assert_eq!(picture.noticed().bells, 0, "{keys}");
        let written = String::from_utf8_lossy(pty.bytes_after(Pty::START)).into_owned();
        let on = written.rfind("\x1b[?1004h").expect("focus reporting is asked for");
        assert!(written[on..].contains("\x1b[?1004l"), "{keys}");
        assert_eq!(cooked, untouched_modes(), "{keys}");
    }
}

/// The modes of a terminal that no program has touched.
fn untouched_modes() -> String {
    let mut pty = shell().args(["-c", "echo here; read line"]).go();
    pty.wait_for_text("here");
    pty.modes()
}

/// Under a shell the process that reads is not the one that was started, so the screen is waited for instead.
fn type_at_the_probe(pty: &mut Pty, keys: &str) {
    for key in keys.split(' ') {
        let mark = pty.mark();
        for press in crate::keys::presses(key) {
            pty.send(&press);
        }
        pty.wait_for("an answer to the key", |_| true);
        while pty.bytes_after(mark).is_empty() {
            pty.look(Duration::from_millis(10));
        }
        pty.look_for(Duration::from_millis(30));
    }
}

#[test]
fn keys_and_pastes_arrive_as_they_were_sent() {
    let mut pty = probe();
    pty.keys("a <esc> <c-r> <f12> <a-x> <f2>");
    pty.wait_for_text("6 Key(F(2))");
    for line in ["1 Key(Char('a'))", "2 Hide", "3 Key(Return)", "4 Hide", "5 Hide"] {
        assert!(pty.text().contains(line), "{line}\n{}", pty.framed());
    }
    // A megabyte, and a hide key in its middle.
    let half = vec![b'x'; 512 * 1024];
    pty.send(&[b"\x1b[200~", &half[..], b"\x1b[27u", &half[..], b"\x1b[201~1"].concat());
    pty.wait_for_text("10 Key(Char('1'))");
    for line in ["7 Paste 65536 458752", "8 Hide", "9 Paste 0 524288"] {
        assert!(pty.text().contains(line), "{line}\n{}", pty.framed());
    }
}

#[test]
fn an_esc_before_the_first_frame_is_not_lost() {
    let mut pty = example("probe").go();
    pty.send(b"\x1b");
    pty.wait_for_text("1 Hide");
}

#[test]
fn a_function_key_cut_in_two_hides_and_types_nothing() {
    let mut pty = probe();
    pty.keys("<esc>");
    pty.wait_for_text("1 Hide");
    pty.send(b"\x1b");
    pty.wait_for_text("2 Hide");
    pty.send(b"[15~");
    pty.keys("b");
    pty.wait_for_text("3 Key(Char('b'))");
}

#[test]
fn signals_arrive_and_end_nothing_by_themselves() {
    let mut pty = probe();
    for (number, (signal, expected)) in [
        (Signal::USR1, "Signal(Hide)"),
        (Signal::INT, "Signal(Hide)"),
        (Signal::TSTP, "Signal(Hide)"),
        (Signal::TERM, "Signal(Terminate)"),
        (Signal::QUIT, "Signal(Terminate)"),
        (Signal::CONT, "Signal(Wake)"),
    ]
    .into_iter()
    .enumerate()
    {
        pty.signal(signal);
        pty.wait_for_text(&format!("{} {expected}", number + 1));
    }
    pty.signal(Signal::HUP);
    assert_eq!(pty.wait_exit(), End::Code(7));
}

#[test]
fn a_stopped_process_sets_its_screen_up_again() {
    let mut pty = probe();
    pty.signal(Signal::STOP);
    let mark = pty.mark();
    pty.signal(Signal::CONT);
    pty.wait_for_text("1 Signal(Wake)");
    let written = String::from_utf8_lossy(pty.bytes_after(mark)).into_owned();
    assert!(written.starts_with("\x1b[?1049h"), "{written:?}");
    assert!(pty.text().contains("MARKED-ANSWER"));
}

#[test]
fn a_closed_window_ends_the_program_and_spins_nothing() {
    let mut pty = probe();
    pty.close_window();
    assert_eq!(pty.wait_exit(), End::Code(7));
}

#[test]
fn a_terminal_that_takes_nothing_stops_neither_signals_nor_the_end() {
    let mut pty = probe();
    pty.pause();
    // Every key changes the screen; what the device holds back is soon full.
    for _ in 0..2_000 {
        pty.send(b"a");
        std::thread::sleep(Duration::from_micros(200));
    }
    pty.signal(Signal::TERM);
    // Nothing is read from the terminal until the program has ended.
    assert_eq!(pty.wait_exit(), End::Code(5));
}

#[test]
fn a_storm_of_sizes_ends_at_the_last_one() {
    let mut pty = probe();
    for step in 0..200_u16 {
        pty.resize(20 + step % 60, 5 + step % 20);
    }
    pty.resize(33, 11);
    pty.wait_for_text("Resize { cols: 33, rows: 11 }");
    pty.keys("a");
    pty.wait_for_text("Key(Char('a')) 33x11");
}

#[test]
fn nothing_is_written_where_nothing_changed_and_nobody_wakes() {
    let mut pty = probe();
    pty.keys("a");
    pty.wait_for_text("1 Key(Char('a'))");
    pty.look_for(Duration::from_millis(100));
    let mark = pty.mark();
    let before = woken(&pty);
    pty.look_for(Duration::from_millis(1500));
    assert_eq!(woken(&pty), before);
    pty.keys("d");
    pty.look_for(Duration::from_millis(100));
    assert_eq!(String::from_utf8_lossy(pty.bytes_after(mark)), "");
}

/// How often any thread of the process went to sleep and was woken.
fn woken(pty: &Pty) -> u64 {
    std::fs::read_dir(format!("/proc/{}/task", pty.pid()))
        .expect("the process has threads")
        .filter_map(|task| std::fs::read_to_string(task.ok()?.path().join("status")).ok())
        .filter_map(|status| {
            status
                .lines()
                .find_map(|line| line.strip_prefix("voluntary_ctxt_switches:")?.trim().parse::<u64>().ok())
        })
        .sum()
}

#[test]
fn a_frame_is_one_write_between_its_marks() {
    let mut pty = probe();
    let mark = pty.mark();
    pty.keys("a");
    pty.wait_for_text("1 Key(Char('a'))");
    let written = String::from_utf8_lossy(pty.bytes_after(mark)).into_owned();
    assert!(!written.contains("\x1b[2J"), "{written:?}");
    assert!(written.starts_with("\x1b[?2026h") && written.ends_with("\x1b[?2026l"), "{written:?}");
    assert_eq!(written.matches("2026").count(), 2);
}

#[test]
fn the_leaflet_takes_the_screen_over_without_leaving_it() {
    let mut pty = probe();
    let mark = pty.mark();
    pty.keys("x");
    pty.wait_for_text("LEAFLET ready");
    let written = String::from_utf8_lossy(pty.bytes_after(mark)).into_owned();
    assert!(!written.contains("1049"), "{written:?}");
    assert!(!pty.text().contains("MARKED"));
    let name = std::fs::read_to_string(format!("/proc/{}/comm", pty.pid())).expect("the process has a name");
    assert_eq!(name.trim_end(), "probe");
    pty.keys("<f5> q");
    assert_eq!(pty.wait_exit(), End::Code(0));
    assert!(!pty.picture().modes().alternate_screen());
}

#[test]
fn a_panic_in_any_thread_can_end_in_the_leaflet() {
    for key in ["p", "w"] {
        let mut pty = example("probe").args(["falls"]).go();
        pty.wait_for_text("ready");
        let mark = pty.mark();
        pty.keys(key);
        pty.wait_for_text("LEAFLET ready");
        let written = String::from_utf8_lossy(pty.bytes_after(mark)).into_owned();
        assert!(!written.contains("1049") && !written.contains("panicked"), "{written:?}");
        pty.keys("q");
        assert_eq!(pty.wait_exit(), End::Code(0));
    }
}

#[test]
fn the_main_screen_and_its_scrollback_are_cleared_on_wish() {
    let line = r#"for i in 1 2 3 4 5 6 7 8 9; do printf 'secret %s\r\n' $i; done; "$0" clear; echo after; read line"#;
    let probe = example("probe").path().to_owned();
    let mut pty = shell().args(["-c", line]).args([probe]).size(40, 5).go();
    pty.wait_for_text("ready");
    pty.send(b"q");
    pty.wait_for_text("after");
    let written = String::from_utf8_lossy(pty.bytes_after(Pty::START)).into_owned();
    let clear = written.find("\x1b[3J").expect("the scrollback is cleared");
    assert!(clear < written.find("\x1b[?1049h").expect("the alternate screen is used"));
    assert!(!pty.text().contains("secret"), "{}", pty.framed());
}

#[test]
fn without_a_terminal_there_is_a_typed_error_and_nothing_is_written() {
    let probe = example("probe").path().to_owned();
    let out = Command::new(&probe).stdin(Stdio::null()).output().expect("the probe starts");
    assert_eq!(out.status.code(), Some(3));
    assert!(out.stdout.is_empty() && out.stderr.is_empty());
    for term in ["dumb", ""] {
        let mut pty = example("probe").env("TERM", term).go();
        assert_eq!(pty.wait_exit(), End::Code(3));
        assert_eq!(pty.text().trim(), "");
    }
}

#[test]
fn what_was_typed_and_not_read_is_not_left_to_the_shell() {
    let mut pty = probe_under_a_shell(&[]);
    pty.send(b"qrm -r x\r");
    pty.wait_for_text("after 0");
    pty.look_for(Duration::from_millis(100));
    assert_eq!(pty.text().trim_end(), "before\nafter 0");
}
