//! Tells the linker what of the program lies together (`layout/together.ld`), where a release is built and the linker
//! understands it. Without that the program is the same, and more of it comes into memory.

use std::env::var;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=layout/together.ld");
    let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("layout").join("together.ld");
    let is = |name: &str, wanted: &str| var(name).is_ok_and(|value| value == wanted);
    if is("PROFILE", "release") && is("CARGO_CFG_TARGET_OS", "linux") && links_with(&script) == Some(true) {
        println!("cargo:rustc-link-arg-bins=-T{}", script.display());
    }
}

/// Whether a program of one line links with the script: there are linkers that know no scripts.
fn links_with(script: &Path) -> Option<bool> {
    let program = PathBuf::from(var("OUT_DIR").ok()?).join("links");
    let mut rustc = Command::new(var("RUSTC").ok()?);
    rustc.args(["--crate-name", "links", "--crate-type", "bin", "--target", &var("TARGET").ok()?]);
    rustc.args(var("CARGO_ENCODED_RUSTFLAGS").ok()?.split('\u{1f}').filter(|flag| !flag.is_empty()));
    rustc.args(var("RUSTC_LINKER").ok().map(|linker| format!("-Clinker={linker}")));
    rustc.arg(format!("-Clink-arg=-T{}", script.display())).arg("-o").arg(&program).arg("-");
    let mut child = rustc.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().ok()?;
    child.stdin.take()?.write_all(b"fn main() {}").ok()?;
    Some(child.wait().ok()?.success())
}
