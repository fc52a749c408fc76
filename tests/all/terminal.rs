//! The harness itself, proved on a bare ratatui program.

use std::process::Command;
use std::sync::Mutex;

use rustix::process::Signal;

use crate::pty::{End, Pty, Start};

/// A program among the examples. `cargo test` builds them with the tests, `cargo test --test all` does not.
fn example(name: &str) -> Start {
    static BUILT: Mutex<()> = Mutex::new(());
    let tests = std::env::current_exe().expect("the path of the tests");
    let profile = tests.ancestors().nth(2).expect("the folder of the profile");
    let program = profile.join("examples").join(name);
    let _one_at_a_time = BUILT.lock();
    if !program.exists() {
        let mut build = Command::new(env!("CARGO"));
        build.args(["build", "--quiet", "--example", name]);
        if profile.ends_with("release") {
            build.arg("--release");
        }
        assert!(build.status().is_ok_and(|status| status.success()), "the example `{name}` does not build");
    }
    Start::program(program)
}

fn bare() -> Pty {
    let mut pty = example("bare").go();
    pty.wait_for_text("0      0 aaaa");
    pty
}

#[test]
fn a_program_is_seen_typed_at_and_ends() {
    let mut pty = bare();
    let mark = pty.mark();
    pty.keys("x <f5> <up>");
    pty.wait_for_text("0      3 dddd");
    assert!(pty.bytes_after(mark).len() > 1000);
    assert_eq!(pty.text(), pty.picture().text_of_the_other());
    assert!(pty.picture().modes().alternate_screen());
    assert_eq!(pty.picture().noticed().titles, Vec::<String>::new());
    assert_eq!(pty.picture().cursor(), None);
    let looks = pty.picture().with_looks();
    assert!(looks.ends_with("\n───\na reverse"), "{looks}");
    pty.keys("q");
    assert_eq!(pty.wait_exit(), End::Code(0));
    assert!(!pty.picture().modes().alternate_screen());
}

#[test]
fn a_window_is_resized_and_closed() {
    let mut pty = bare();
    pty.resize(40, 12);
    pty.wait_for("twelve lines", |picture| picture.text().lines().last().is_some_and(|l| l.contains(" 11 ")));
    pty.close_window();
    // The trial's finding: crossterm's reader may spin after this, so it is not waited for.
}

#[test]
fn a_signal_ends_a_program_that_does_not_catch_it() {
    let mut pty = bare();
    pty.signal(Signal::TERM);
    assert!(matches!(pty.wait_exit(), End::Signal(_)));
}
