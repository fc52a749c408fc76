//! The programs that tests start.

use std::process::Command;
use std::sync::Mutex;

use crate::pty::Start;

/// The program itself.
pub fn amparo() -> Start {
    Start::program(env!("CARGO_BIN_EXE_amparo"))
}

/// A program among the examples. `cargo test` builds them with the tests, `cargo test --test all` does not.
pub fn example(name: &str) -> Start {
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
    Start::program(program).wordless()
}
