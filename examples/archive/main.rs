//! Makes an archive to look at: `cargo run --release --example archive -- 4000 DIR [--today 2026-11-27] [--seed 1]`.
//!
//! DIR is then a home of its own (`AMPARO_HOME=DIR amparo review`), with the key of a supervisor; DIR/worker is the home of a
//! worker who can read the same sessions. All of it is made up, and three sessions have a known wrong.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::expect_used,
    reason = "an example speaks, and fails aloud"
)]

use std::path::PathBuf;
use std::time::Instant;

use amparo::desk::{Keyring, Role};
use amparo::seal::{Identity, Passphrase, WorkFactor};
use amparo::text::StaffNumber;

#[path = "../../tests/all/dice.rs"]
mod dice;
#[expect(dead_code, reason = "benches use the rest")]
mod made;
mod player;

/// For these archives only, which hold nothing of anybody.
const PASSPHRASE: &str = "an archive of nobody";

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (mut plain, mut today, mut seed) = (Vec::new(), chrono::Utc::now().date_naive(), 1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--today" => today = arguments.next().and_then(|day| day.parse().ok()).unwrap_or_else(|| usage()),
            "--seed" => seed = arguments.next().and_then(|seed| seed.parse().ok()).unwrap_or_else(|| usage()),
            _ => plain.push(argument),
        }
    }
    let [sessions, home] = plain.as_slice() else { usage() };
    let (Ok(sessions), home) = (sessions.parse(), PathBuf::from(home)) else { usage() };
    if home.join("data").exists() {
        eprintln!("{}: there is an archive already; name an empty folder", home.display());
        std::process::exit(2);
    }
    let (supervisor, worker) = (Identity::generate(), Identity::generate());
    let passphrase = Passphrase::new(PASSPHRASE.to_owned());
    let number = |number: &str| StaffNumber::new(number).expect("a number");
    for (folder, own, role, other, of) in [
        (home.clone(), &supervisor, Role::Supervisor, &worker, "204"),
        (home.join("worker"), &worker, Role::Caseworker, &supervisor, "100"),
    ] {
        let mut ring = Keyring::read(&folder).expect("a new home");
        ring.keep_own(own, role, &passphrase, WorkFactor(12)).expect("the key is kept");
        let its = if role == Role::Supervisor { Role::Caseworker } else { Role::Supervisor };
        ring.add(number(of), other.public(), its).expect("the other key is kept");
    }
    let noon = today.and_hms_opt(12, 0, 0).expect("noon").and_utc().timestamp_millis();
    let readers = made::Readers { supervisor: supervisor.public(), worker: worker.public() };
    let started = Instant::now();
    let wanted = made::Wanted { sessions, seed, today: noon, days: made::DAYS, signed: 95, events: 0 };
    let planted = made::make(&home, &readers, wanted).expect("the archive is written");
    println!(
        "{sessions} sessions in {:.1} s, as of {today}: {}",
        started.elapsed().as_secs_f64(),
        home.display()
    );
    println!("passphrase of both keys: {PASSPHRASE}");
    for planted in planted {
        println!("planted: {}  {}  {}", planted.case, planted.name.short(), planted.what);
    }
}

fn usage() -> ! {
    eprintln!("archive SESSIONS DIR [--today YYYY-MM-DD] [--seed NUMBER]");
    std::process::exit(2);
}
