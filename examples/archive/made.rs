//! A plausible archive of sealed sessions: real files of the real journal, made in as many threads as there are cores, the
//! same plans for the same seed. Examples, benches and tests share it.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use amparo::journal::{Beside, Companion, Disks, Mark, Medium, On, Refused, SessionName, Step, Store};
use amparo::machine::{At, Event, SessionKind};
use amparo::seal::{HeadCode, Identity, Recipient, Recipients};
use amparo::text::{CaseCode, Prose, StaffNumber};

use super::dice::Dice;
use super::player::{Plan, Turn, play, shipped};

const DAY: i64 = 24 * 3_600_000;
const STAFF: [&str; 12] =
    ["204", "207", "211", "218", "223", "236", "241", "258", "263", "277", "284", "290"];

/// Two years.
pub const DAYS: usize = 729;

/// What an archive is to be like.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// How many sessions.
    pub sessions: usize,
    /// The seed of all chance.
    pub seed: u64,
    /// The present, in milliseconds since 1970.
    pub today: i64,
    /// Over how many days up to the present they lie, the planted ones apart.
    pub days: usize,
    /// Of a hundred closed sessions that are older than two weeks, so many are signed off. Each takes a head code, which
    /// is slow on purpose.
    pub signed: usize,
    /// The talks of all but the planted sessions go on until there are about so many events; 0: as long as their steps take.
    pub events: usize,
}

/// Who can read the archive.
#[derive(Debug, Clone)]
pub struct Readers {
    pub supervisor: Recipient,
    pub worker: Recipient,
}

/// A session with a known wrong.
#[derive(Debug, Clone)]
pub struct Planted {
    pub name: SessionName,
    pub case: &'static str,
    pub what: &'static str,
}

const PLANTED: [(&str, &str); 3] = [
    ("K-9001", "left under the cover three days ago and never taken up again"),
    ("K-9002", "one of two was missing, the gate was overridden, and the check-in came 40 minutes late"),
    ("K-9003", "she left not at ease, nobody knew of her safety, and what was promised is overdue"),
];

/// Makes an archive in a home folder, and says which sessions were planted in it.
pub fn make(home: &Path, readers: &Readers, wanted: Wanted) -> io::Result<Vec<Planted>> {
    let data = Store::at(home).folder().to_owned();
    fs::create_dir_all(&data)?;
    let plans = plans(wanted);
    let (next, wrong) = (AtomicUsize::new(0), Mutex::new(None));
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get);
    std::thread::scope(|scope| {
        for thread in 0..threads {
            let (plans, next, wrong, data) = (&plans, &next, &wrong, &data);
            scope.spawn(move || {
                let mut bench = Bench::new(home.join(format!("making-{thread}")), readers);
                while let Some((name, plan)) = plans.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let seed = wanted.seed ^ u64::from_be_bytes(name_bytes(name));
                    let done = bench.session(name, plan, data, &mut Dice::of(seed), home, wanted);
                    if let Err(error) = done {
                        *wrong.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
                        break;
                    }
                }
                let _ = fs::remove_dir_all(&bench.scratch);
            });
        }
    });
    if let Some(error) = wrong.into_inner().unwrap_or_else(PoisonError::into_inner) {
        return Err(error);
    }
    spoil(&data, &plans, wanted)?;
    let planted = plans.iter().zip(PLANTED);
    Ok(planted.map(|((name, _), (case, what))| Planted { name: *name, case, what }).collect())
}

fn name_bytes(name: &SessionName) -> [u8; 8] {
    let text = name.to_string();
    let mut bytes = [0; 8];
    for (byte, digits) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(digits).unwrap_or("0"), 16).unwrap_or(0);
    }
    bytes
}

fn name(dice: &mut Dice) -> SessionName {
    let mut bytes = [0; 16];
    for byte in &mut bytes {
        *byte = u8::try_from(dice.below(256)).unwrap_or(0);
    }
    SessionName::of_bytes(bytes)
}

/// All sessions: the planted ones first.
fn plans(wanted: Wanted) -> Vec<(SessionName, Plan)> {
    let mut dice = Dice::of(wanted.seed);
    let mut all: Vec<(SessionName, Plan)> = Vec::with_capacity(wanted.sessions);
    for (place, (case, _)) in PLANTED.into_iter().enumerate().take(wanted.sessions) {
        all.push((name(&mut dice), planted(place, case, wanted.today)));
    }
    let mut case = 0;
    while all.len() < wanted.sessions {
        case += 1;
        let several = dice.one_of(&[1, 1, 1, 2, 2, 3, 5]);
        let staff = pair(&mut dice);
        let mut day = wanted.today - DAY * i64::try_from(1 + dice.below(wanted.days)).unwrap_or(1);
        for _ in 0..several {
            if all.len() == wanted.sessions || day > wanted.today - DAY {
                break;
            }
            let code = CaseCode::new(&format!("K-{case}")).expect("a code");
            let plan = Plan { events: wanted.events, ..by_chance(code, &staff, day, &mut dice) };
            all.push((name(&mut dice), plan));
            day += DAY * i64::try_from(7 + dice.below(40)).unwrap_or(7);
        }
    }
    all
}

fn pair(dice: &mut Dice) -> Vec<StaffNumber> {
    let first = dice.below(STAFF.len());
    let second = (first + 1 + dice.below(STAFF.len() - 1)) % STAFF.len();
    [first, second].iter().map(|at| StaffNumber::new(STAFF[*at]).expect("a number")).collect()
}

fn at_work(day: i64, dice: &mut Dice) -> At {
    let day = day - day.rem_euclid(DAY);
    let hour = i64::from(dice.within(7, 14)) * 3_600_000 + i64::from(dice.within(0, 59)) * 60_000;
    At { wall: day + hour, zone: 60, run: 900 }
}

fn plan(case: CaseCode, staff: Vec<StaffNumber>, begins: At) -> Plan {
    let (turns, answers) = (Vec::new(), Vec::new());
    Plan { staff, case, begins, kind: SessionKind::Real, turns, answers, promises: (2, 14), events: 0 }
}

fn by_chance(case: CaseCode, staff: &[StaffNumber], day: i64, dice: &mut Dice) -> Plan {
    let mut plan = plan(case, staff.to_vec(), at_work(day, dice));
    let mut wish = |in_a_hundred: usize, turn: Turn| {
        if dice.comes(in_a_hundred) {
            plan.turns.push(turn);
        }
    };
    wish(3, Turn::MissedCheckIn { answered_after: Some(20) });
    wish(9, Turn::Distress { stops: false });
    wish(3, Turn::Distress { stops: true });
    wish(3, Turn::Danger { signal: "person", after: "go-on" });
    wish(2, Turn::Danger { signal: "unease", after: "close-gently" });
    wish(4, Turn::Danger { signal: "nothing", after: "go-on" });
    wish(1, Turn::Left { back_after: Some(45) });
    wish(1, Turn::InDanger);
    wish(1, Turn::ConsentBack("use-less"));
    wish(1, Turn::ConsentBack("use-nothing"));
    wish(3, Turn::SkipsRequired);
    wish(4, Turn::Changes);
    wish(2, Turn::Rests { back_after: Some(30) });
    wish(1, Turn::ClockBack);
    if dice.comes(2) {
        plan.staff.truncate(1);
        plan.turns.push(Turn::Alone);
    }
    match dice.below(400) {
        0..24 => plan.answers.push(("go", "postpone")),
        24..34 => plan.answers.push(("go", "do-not-hold")),
        34..54 => plan.answers.push(("consent", "not-today")),
        54 => plan.turns = vec![Turn::Left { back_after: None }],
        55 => plan.turns = vec![Turn::MissedCheckIn { answered_after: None }],
        56..58 => plan.turns = vec![Turn::Rests { back_after: None }],
        58..70 => plan.answers.extend([("risk", "1"), ("risk-after", "3")]),
        70..100 => plan.answers.push(("strain", "4")),
        _ => {}
    }
    plan
}

fn planted(place: usize, case: &str, today: i64) -> Plan {
    let mut dice = Dice::of(9_000 + place as u64);
    let code = CaseCode::new(case).expect("a code");
    let staff = ["204", "258"].map(|number| StaffNumber::new(number).expect("a number")).to_vec();
    let mut plan = plan(code, staff, at_work(today - [3, 5, 12][place] * DAY, &mut dice));
    match place {
        0 => plan.turns.push(Turn::Left { back_after: None }),
        1 => {
            plan.staff.truncate(1);
            plan.turns.extend([Turn::Alone, Turn::MissedCheckIn { answered_after: Some(40) }]);
        }
        _ => {
            plan.answers.extend([
                ("way-home", "still-worried"),
                ("her-safety", "not-known"),
                ("risk", "1"),
                ("risk-after", "1"),
            ]);
            plan.promises = (5, 5);
        }
    }
    plan
}

/// Takes every write back while it is held, so that the writer keeps what was issued, and writes it in one go.
#[derive(Debug, Default)]
struct Held(AtomicBool);

impl Medium for Held {
    fn before(&self, step: Step) -> Result<(), Refused> {
        if self.0.load(Ordering::Relaxed) {
            return Err(Refused { error: io::ErrorKind::StorageFull.into(), after: 0 });
        }
        Disks.before(step)
    }
}

/// Where one thread makes its sessions: in homes of their own, so that no ledger grows, and then moved to the archive.
struct Bench<'r> {
    scratch: PathBuf,
    readers: &'r Readers,
    protocol: Arc<amparo::protocol::Protocol>,
    source: amparo::journal::ProtocolSource,
    made: usize,
}

impl<'r> Bench<'r> {
    fn new(scratch: PathBuf, readers: &'r Readers) -> Self {
        let (protocol, source) = shipped();
        Self { scratch, readers, protocol, source, made: 0 }
    }

    fn session(
        &mut self,
        name: &SessionName,
        plan: &Plan,
        data: &Path,
        dice: &mut Dice,
        home: &Path,
        wanted: Wanted,
    ) -> io::Result<()> {
        let events = play(&self.protocol, plan, dice);
        self.made += 1;
        let held = Arc::new(Held::default());
        let scratch = self.scratch.join((self.made / 40).to_string());
        let store = Store::at(&scratch).on(Arc::clone(&held) as Arc<dyn Medium>);
        let both = vec![self.readers.supervisor.clone(), self.readers.worker.clone()];
        let recipients = Recipients::new(both).map_err(|why| io::Error::other(format!("{why:?}")))?;
        let mut writer = store.create_named(*name, &self.source, &recipients).map_err(io::Error::other)?;
        held.0.store(true, Ordering::Relaxed);
        for event in &events {
            // Refused, and kept.
            let _ = writer.append(event);
        }
        held.0.store(false, Ordering::Relaxed);
        writer.retry().map_err(io::Error::other)?;
        let sha256 = writer.head();
        drop(writer);
        let path = data.join(name.to_string());
        fs::rename(store.path(name), &path)?;
        let Some(last) = events.last().map(|event| event.at) else { return Ok(()) };
        touch(&path, last.wall)?;
        if let Some(sha256) = sha256 {
            self.beside(home, name, sha256, last, dice, wanted)?;
        }
        Ok(())
    }

    /// What supervisors and the worker said afterwards.
    fn beside(
        &self,
        home: &Path,
        name: &SessionName,
        sha256: amparo::text::Fingerprint,
        last: At,
        dice: &mut Dice,
        wanted: Wanted,
    ) -> io::Result<()> {
        let old = last.wall < wanted.today - 14 * DAY;
        if !old || !dice.comes(wanted.signed) {
            return Ok(());
        }
        let of = Beside { name: *name, sha256, head: HeadCode::of(&sha256) };
        let later = |days: i64| At { wall: last.wall + days * DAY, run: 0, ..last };
        let by = StaffNumber::new("100").expect("a number");
        let store = Store::at(home);
        let own = Recipients::new(vec![self.readers.supervisor.clone()]);
        let both = Recipients::new(vec![self.readers.supervisor.clone(), self.readers.worker.clone()]);
        let (Ok(own), Ok(both)) = (own, both) else { return Ok(()) };
        let put = |companion: &Companion, to: &Recipients| {
            store.put_beside(companion, to).map(|_| ()).map_err(io::Error::other)
        };
        if dice.comes(12) {
            let text = Prose::new("Thank you. Next time note who was told, please.").expect("a text");
            let to = StaffNumber::new(dice.one_of(&STAFF)).ok();
            put(&Companion::Remark { of, at: later(3), by: by.clone(), text, on: On::Session, to }, &both)?;
        }
        if dice.comes(4) {
            let text = Prose::new("She rang on the next day: all is well.").expect("a text");
            let by = StaffNumber::new("204").expect("a number");
            put(&Companion::Addendum { of, at: later(1), by, text, answers: None }, &both)?;
        }
        if dice.comes(3) {
            put(&marked(of, later(4), by.clone(), Mark::ToDiscuss), &own)?;
        }
        put(&marked(of, later(5), by.clone(), Mark::Done), &own)?;
        put(&marked(of, later(5), by, Mark::SignedOff), &own)
    }
}

fn marked(of: Beside, at: At, by: StaffNumber, mark: Mark) -> Companion {
    Companion::Marked { of, at, by, on: On::Session, mark }
}

fn touch(path: &Path, wall: i64) -> io::Result<()> {
    let since = Duration::from_millis(u64::try_from(wall).unwrap_or(0));
    File::options().write(true).open(path)?.set_modified(SystemTime::UNIX_EPOCH + since)
}

/// Files that are not as they should be: one with a byte turned, one cut, one of others, and two that are none.
fn spoil(data: &Path, plans: &[(SessionName, Plan)], wanted: Wanted) -> io::Result<()> {
    if plans.len() < 20 {
        return Ok(());
    }
    let path = |place: usize| data.join(plans[place].0.to_string());
    let mut bytes = fs::read(path(10))?;
    let middle = bytes.len() - 4_000;
    bytes[middle] ^= 1;
    fs::write(path(10), bytes)?;
    let bytes = fs::read(path(11))?;
    fs::write(path(11), &bytes[..bytes.len() - 20_100])?;
    fs::write(data.join("shopping list.txt"), "bread, milk, tea\n")?;
    fs::write(data.join("00112233445566778899aabbccddeeff"), [7; 4_096])?;
    let stranger =
        Readers { supervisor: Identity::generate().public(), worker: Identity::generate().public() };
    let mut bench = Bench::new(data.join("../making-other"), &stranger);
    let (name, plan) = (name(&mut Dice::of(wanted.seed + 1)), &plans[12].1);
    bench.session(
        &name,
        plan,
        data,
        &mut Dice::of(1),
        &data.join("../making-other"),
        Wanted { signed: 0, ..wanted },
    )?;
    fs::remove_dir_all(&bench.scratch)
}

/// The events of one plain session, for benches that need nothing sealed.
pub fn plain(seed: u64) -> Vec<Event> {
    let (protocol, _) = shipped();
    let staff = vec![StaffNumber::new("204").expect("a number"), StaffNumber::new("258").expect("a number")];
    let plan =
        plan(CaseCode::new("K-1").expect("a code"), staff, At { wall: 1_795_537_000_000, zone: 60, run: 1 });
    play(&protocol, &plan, &mut Dice::of(seed))
}
