//! The supervisor's archive: the list cold beside the pure decryption, the first screen, a filter's keystroke beside `jq` and
//! `DuckDB`, memory a session, and how all of it grows. docs/performance.md says how to read it.

#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::panic,
    reason = "a bench prints, and fails aloud"
)]

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use amparo::desk::{Arrived, Opening, Searching};
use amparo::journal::{SessionName, Store};
use amparo::machine::At;
use amparo::review::{Archive, Column, Context, Direction, Figures, Filter, Lists, Protocols, Search};
use amparo::seal::{CELL, Chain, Identity, Link, Secret, fingerprint, open_with};
use beside::figures::{Figures as Taken, head, line, median, milliseconds};
use rustix::time::{ClockId, clock_gettime};

#[expect(dead_code, reason = "each bench uses a part of what they share")]
mod beside;
#[path = "../tests/all/dice.rs"]
mod dice;
#[expect(dead_code, reason = "the example uses the rest")]
#[path = "../examples/archive/made.rs"]
mod made;
#[path = "../examples/archive/player.rs"]
mod player;

const TODAY: i64 = 1_795_780_800_000;
/// The lines of a first screen.
const SCREEN: usize = 24;
const FILTER: &str = "danger dev>2";

fn main() {
    let short = beside::is_short();
    let (made, sizes, rounds): (usize, &[usize], usize) =
        if short { (40, &[40, 80], 1) } else { (500, &[1_000, 2_500, 5_000, 10_000, 20_000], 3) };
    let (wished, of) = (numbers("AMPARO_SESSIONS"), numbers("AMPARO_EVENTS"));
    let sizes = if wished.is_empty() { sizes } else { &wished };
    let supervisor = Arc::new(Identity::generate());
    let readers = made::Readers { supervisor: supervisor.public(), worker: Identity::generate().public() };
    let folder = tempfile::tempdir_in("target").expect("a folder");
    let wanted = made::Wanted {
        sessions: made,
        seed: 1,
        today: TODAY,
        days: made::DAYS,
        signed: 95,
        events: of.first().copied().unwrap_or(0),
    };
    made::make(folder.path(), &readers, wanted).expect("an archive");
    let store = Store::at(folder.path());
    // Without the few that are none, which nothing can be compared with.
    let mut base = names(&store);
    base.retain(|name| store.open(name, &supervisor).is_ok());
    let events: Taken = base.iter().map(|name| events(&store, name, &supervisor)).collect();
    println!(
        "\n{made} different sessions of {} events in the middle; more are the same files under other names\n",
        median(&events)
    );

    println!(
        "{:>9} {:>10} {:>10} {:>20} {:>10} {:>11} {:>10} {:>10} {:>10} {:>11}",
        "sessions",
        "screen, ms",
        "list, ms",
        "of pure (min to max)",
        "processor",
        "filter, ms",
        "lists, ms",
        "figures",
        "search, s",
        "bytes each"
    );
    let mut last = None;
    for size in sizes {
        let rounds = if wished.is_empty() && *size > 5_000 { 1 } else { rounds };
        last = Some(grown(folder.path(), &base, *size, &supervisor, rounds));
    }
    let (archive, largest) = last.expect("a size");
    println!("\nThe filter `{FILTER}` over {} sessions\n", archive.summaries().len());
    head("ms");
    keystroke(&archive, folder.path(), if short { 3 } else { 15 });
    println!(
        "\nmemory: {} bytes a session in the list, of {largest}",
        archive.bytes() / archive.summaries().len().max(1)
    );
}

fn names(store: &Store) -> Vec<SessionName> {
    let entries = store.list().expect("listed");
    let sessions = entries.into_iter().filter_map(|entry| match entry.kind {
        amparo::journal::EntryKind::Session(name) => Some(name),
        amparo::journal::EntryKind::Foreign { .. } => None,
    });
    sessions.collect()
}

/// The numbers that a variable of the environment asks for, with commas between them.
fn numbers(variable: &str) -> Vec<usize> {
    let asked = std::env::var(variable).unwrap_or_default();
    asked.split(',').filter_map(|number| number.trim().parse().ok()).collect()
}

fn events(store: &Store, name: &SessionName, identity: &Identity) -> f64 {
    let events = store.open(name, identity).map_or(0, |session| session.events.len());
    f64::from(u32::try_from(events).expect("small"))
}

/// What all threads have used of the processors so far, in milliseconds: what else runs on the machine is not in it.
fn processor() -> f64 {
    let used = clock_gettime(ClockId::ProcessCPUTime);
    milliseconds(Duration::new(
        used.tv_sec.unsigned_abs(),
        u32::try_from(used.tv_nsec).expect("under a second"),
    ))
}

fn now() -> At {
    At { wall: TODAY, zone: 60, run: 0 }
}

/// An archive of so many sessions, its figures as a row of the table.
fn grown(
    home: &Path,
    base: &[SessionName],
    size: usize,
    identity: &Arc<Identity>,
    rounds: usize,
) -> (Archive, usize) {
    let grown = home.join(format!("grown-{size}"));
    let (from, to) = (Store::at(home), Store::at(&grown));
    fs::create_dir_all(to.folder()).expect("a folder");
    for number in 0..size {
        let (round, of) = (number / base.len(), &base[number % base.len()]);
        // The first of each keeps its name, so that what stands beside it finds it.
        let name = if round == 0 { *of } else { another(number) };
        fs::hard_link(from.path(of), to.path(&name)).expect("linked");
    }
    // As many beside each as beside the first; those of the copies name the first too, and cost the same.
    let beside = from.beside_names();
    for number in 0..size * beside.len() / base.len() {
        let of = &beside[number % beside.len()];
        let name = if number < beside.len() { *of } else { another(number) };
        let path = to.path_beside(&name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::hard_link(from.path_beside(of), path).expect("linked");
    }
    let (mut screens, mut lists, mut pure) = (Taken::new(), Taken::new(), Taken::new());
    let (mut lists_used, mut pure_used) = (Taken::new(), Taken::new());
    let mut archive = Archive::default();
    for round in 0..rounds {
        for turn in 0..2 {
            let lists_all = (round + turn) % 2 == 0;
            if lists_all {
                archive = Archive::default();
            }
            let used = processor();
            if lists_all {
                let (screen, list) = open(&to, identity, &mut archive);
                lists_used.push(processor() - used);
                screens.push(screen);
                lists.push(list);
            } else {
                pure.push(decryption(&to, identity));
                pure_used.push(processor() - used);
            }
        }
    }
    let speed = |pure: &[f64], lists: &[f64]| -> Taken {
        pure.iter().zip(lists).map(|(pure, list)| pure / list * 100.0).collect()
    };
    let ratio = speed(&pure, &lists);
    let (least, most) =
        ratio.iter().fold((f64::MAX, 0.0_f64), |(least, most), r| (least.min(*r), most.max(*r)));
    let of_pure = format!("{:.0}% ({least:.0} to {most:.0})", median(&ratio));
    let keys: Taken = (0..9).map(|_| key(&archive)).collect();
    let started = Instant::now();
    black_box(Lists::of(archive.summaries(), now(), None));
    let first = milliseconds(started.elapsed());
    let started = Instant::now();
    black_box(Figures::of(archive.summaries()));
    let figures = milliseconds(started.elapsed());
    let started = Instant::now();
    let search = Search::new("door locked").expect("words");
    let searching = Searching::start(&to, identity, search, names(&to));
    while searching.wait().is_some() {}
    println!(
        "{size:>9} {:>10.1} {:>10.0} {of_pure:>20} {:>9.0}% {:>11.2} {first:>10.1} {figures:>10.1} {:>10.2} {:>11}",
        median(&screens),
        median(&lists),
        median(&speed(&pure_used, &lists_used)),
        median(&keys),
        started.elapsed().as_secs_f64(),
        archive.bytes() / archive.summaries().len().max(1)
    );
    fs::remove_dir_all(&grown).expect("removed");
    (archive, size)
}

/// A name for a copy.
fn another(number: usize) -> SessionName {
    let mut bytes = [0; 16];
    bytes[8..].copy_from_slice(&(number as u64).to_be_bytes());
    SessionName::of_bytes(bytes)
}

/// Opens all, and gives the time to the first screen and to the last session.
fn open(store: &Store, identity: &Arc<Identity>, archive: &mut Archive) -> (f64, f64) {
    let started = Instant::now();
    let opening = Opening::start(store, identity, &Protocols::default(), now()).expect("opened");
    let (mut screen, mut came) = (None, 0);
    let screen_of = SCREEN.min(names(store).len());
    while let Some(arrived) = opening.wait() {
        came += usize::from(matches!(arrived, Arrived::Session(_)));
        if screen.is_none() && came == screen_of {
            screen = Some(milliseconds(started.elapsed()));
        }
        match arrived {
            Arrived::Session(summary) => archive.add(*summary),
            Arrived::Said(name, marks) => archive.said(&name, *marks),
            Arrived::Unreadable(unreadable) => archive.add_unreadable(unreadable),
            Arrived::Unread(file, why) => archive.add_unread(file, why),
            Arrived::Nothing => {}
        }
    }
    (screen.expect("a screen"), milliseconds(started.elapsed()))
}

/// Reads each file, those beside the sessions too, and opens its envelope and every cell, on as many threads; looks at
/// nothing.
fn decryption(store: &Store, identity: &Identity) -> f64 {
    let started = Instant::now();
    let mut paths: Vec<PathBuf> = names(store).iter().map(|name| store.path(name)).collect();
    paths.extend(store.beside_names().iter().map(|name| store.path_beside(name)));
    let next = AtomicUsize::new(0);
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get);
    std::thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                while let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
                    black_box(cells(identity, &fs::read(path).expect("read")));
                }
            });
        }
    });
    milliseconds(started.elapsed())
}

/// The cells of the first segment that open.
fn cells(identity: &Identity, bytes: &[u8]) -> usize {
    let length = u32::from_be_bytes([bytes[8], bytes[9], bytes[10], bytes[11]]) as usize;
    let Ok(inside) = open_with(identity, &bytes[16..16 + length]) else { return 0 };
    let secret = Secret::of(&inside[..32]).expect("32 bytes");
    let header = (16 + length).next_multiple_of(CELL);
    let stands_on = fingerprint(&bytes[..header]);
    let mut chain = Chain::begin(&secret, &Link::first(), &stands_on);
    black_box(Link::after(&secret, &Link::first(), &stands_on));
    let (cells, _) = bytes[header..].as_chunks::<CELL>();
    cells.iter().filter(|cell| chain.open(cell).is_some()).count()
}

/// From a typed filter to the changed list.
fn key(archive: &Archive) -> f64 {
    let started = Instant::now();
    let filter = Filter::read(FILTER).expect("a filter");
    let context = Context { now: now(), keeps_for: None };
    black_box(archive.listed(&filter, Column::Deviations, Direction::Down, context));
    milliseconds(started.elapsed())
}

/// The same filter over the same rows as JSON Lines, by programs that are made for that.
fn keystroke(archive: &Archive, folder: &Path, rounds: usize) {
    let path = folder.join("rows.jsonl");
    let rows: Vec<String> = archive
        .summaries()
        .iter()
        .map(|one| {
            let danger = u32::from(one.danger) + u32::try_from(one.dangers.len()).unwrap_or(0);
            format!(
                "{{\"name\":\"{}\",\"case\":\"{}\",\"begun\":{},\"danger\":{danger},\"dev\":{},\"length\":{}}}",
                one.name, one.case, one.begun.wall, one.against.len(), one.length
            )
        })
        .collect();
    fs::write(&path, rows.join("\n")).expect("written");
    let python = PathBuf::from("target/reader-venv/bin/python");
    let script = format!(
        "import duckdb,time\nfor _ in range({rounds}):\n t=time.perf_counter()\n duckdb.sql(\"select * from read_json_auto('{}') where danger>0 and dev>2 order by dev desc\").fetchall()\n print((time.perf_counter()-t)*1000)",
        path.display()
    );
    let ours: Taken = (0..rounds).map(|_| key(archive)).collect();
    if let Some(jq) =
        timed(Command::new("jq").args(["-c", "select(.danger>0 and .dev>2)"]).arg(&path), rounds)
    {
        line("a keystroke, beside `jq` over JSON Lines", &ours, &jq, "");
    } else {
        println!("not compared: jq is not installed");
    }
    match Command::new(python).args(["-c", &script]).stderr(Stdio::null()).output() {
        Ok(done) if done.status.success() => {
            let duck: Taken =
                String::from_utf8_lossy(&done.stdout).lines().filter_map(|line| line.parse().ok()).collect();
            line("a keystroke, beside DuckDB over JSON Lines", &ours, &duck, "");
        }
        _ => println!("not compared: DuckDB is not in target/reader-venv"),
    }
}

fn timed(command: &mut Command, rounds: usize) -> Option<Taken> {
    (0..rounds)
        .map(|_| {
            let started = Instant::now();
            let done = command.stdout(Stdio::null()).status().ok()?;
            done.success().then(|| milliseconds(started.elapsed()))
        })
        .collect()
}
