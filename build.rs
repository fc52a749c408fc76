//! Tells the linker, where a release is built for Linux and the linker takes it, what keeps little of the program in memory:
//! which functions lie together (`layout/together.ld`), that addresses to be relocated are noted in a short form, and that what
//! unwinds the stack is a part of the program and no library to load. Without any of them the program is the same.

use std::env::var;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=layout/together.ld");
    let is = |name: &str, wanted: &str| var(name).is_ok_and(|value| value == wanted);
    if !is("PROFILE", "release") || !is("CARGO_CFG_TARGET_OS", "linux") {
        return;
    }
    let script = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("layout").join("together.ld");
    let script = format!("-T{}", script.display());
    if links_with(&format!("-Clink-arg={script}")) == Some(true) {
        println!("cargo:rustc-link-arg-bins={script}");
    }
    // What the system's loader reads at the start, and so keeps in memory: a twentieth of the size. An older loader does not
    // know it, hence a program that was linked so is run here.
    let packed = "-Wl,-z,pack-relative-relocs";
    let runs_here =
        || Some(var("TARGET").ok()? == var("HOST").ok()? && Command::new(linked()?).status().ok()?.success());
    if links_with(&format!("-Clink-arg={packed}")) == Some(true) && runs_here() == Some(true) {
        println!("cargo:rustc-link-arg-bins={packed}");
    }
    let unwinder = "static:-bundle=gcc_eh";
    if is("CARGO_CFG_TARGET_ENV", "gnu") && links_with(&format!("-l{unwinder}")) == Some(true) {
        println!("cargo:rustc-link-lib={unwinder}");
    }
}

/// Where the program is that is linked to find out.
fn linked() -> Option<PathBuf> {
    Some(PathBuf::from(var("OUT_DIR").ok()?).join("links"))
}

/// Whether a program of one line links so: there are linkers that know no scripts, and systems without that library.
fn links_with(flag: &str) -> Option<bool> {
    let program = linked()?;
    let mut rustc = Command::new(var("RUSTC").ok()?);
    rustc.args(["--crate-name", "links", "--crate-type", "bin", "--target", &var("TARGET").ok()?]);
    rustc.args(var("CARGO_ENCODED_RUSTFLAGS").ok()?.split('\u{1f}').filter(|flag| !flag.is_empty()));
    rustc.args(var("RUSTC_LINKER").ok().map(|linker| format!("-Clinker={linker}")));
    rustc.args([flag, "-o"]).arg(&program).arg("-");
    let mut child = rustc.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().ok()?;
    child.stdin.take()?.write_all(b"fn main() {}").ok()?;
    Some(child.wait().ok()?.success())
}
