//! `amparo sessions list`: a line a session, the latest first; what is none is listed as such and stops nothing.

use serde::Serialize;
use serde_json::{Value, json};

use crate::desk::AtHand;
use crate::journal::{
    EntryKind, Finding, Inspected, JournalError, NoWayOn, Noted, Reader, Session, SessionName, Store, of_each,
};
use crate::machine::SessionKind;
use crate::review::{Overview, Protocols, Status, deviations, in_danger, overview};
use crate::text::{line_safe, width};
use crate::words::{SessionWord, Telling, finding, journal_trouble};

use super::super::exit::Exit;
use super::progress::Progress;
use super::{Around, Failed};

/// Which sessions are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    /// Each.
    All,
    /// Those that were kept as long as the settings say, and are to be erased.
    PastTheirTime,
}

/// A session in the list.
struct Row {
    name: SessionName,
    session: Session,
    /// Why it is not the file that this machine noted, where that is so.
    other: Option<NoWayOn>,
    /// Whether it runs in a window now.
    runs: Runs,
    overview: Option<Overview>,
    /// How many deviations and dangers; none where its protocol cannot be read.
    counts: Option<(usize, usize)>,
    /// Whether it was kept as long as the settings say.
    past: bool,
}

/// Whether a session runs now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Runs {
    /// In another window.
    Now,
    /// In none.
    Not,
}

/// A file that is none.
struct Unreadable {
    file: String,
    why: JournalError,
}

struct Kept {
    rows: Vec<Row>,
    unreadable: Vec<Unreadable>,
}

/// What a file of the folder is.
enum Found {
    Row(Box<Row>),
    None(Unreadable),
    /// Erased meanwhile, or nobody waits for it any more.
    Gone,
}

fn look(around: &mut Around<'_>) -> Result<Kept, JournalError> {
    let store = Store::at(around.home);
    let looks = Looks {
        store: &store,
        noted: Noted::of(&store.ledger()),
        keys: &around.keys.clone(),
        keeps_for: around.settings.keeps_for(),
        now: around.now.wall,
    };
    let entries = store.list()?;
    let mut progress = Progress::begin(around);
    let start = || (looks.keys.identity.as_deref().map(Reader::new), Protocols::default());
    let found = of_each(
        &entries,
        start,
        |(reader, protocols), entry| looks.at(&entry.kind, reader.as_mut(), protocols),
        &mut |done| progress.tell(done, entries.len()),
    );
    let mut kept = Kept { rows: Vec::new(), unreadable: Vec::new() };
    for found in found {
        match found {
            Found::Row(row) => kept.rows.push(*row),
            Found::None(file) => kept.unreadable.push(file),
            Found::Gone => {}
        }
    }
    // A file that was copied or touched is no later session. What was never begun has no other time than its file's.
    let begun = |row: &Row| row.overview.as_ref().map_or(i64::MAX, |head| head.begun.wall);
    kept.rows.sort_by_key(|row| (std::cmp::Reverse(begun(row)), row.name));
    Ok(kept)
}

/// What is needed to look at a file.
struct Looks<'a> {
    store: &'a Store,
    noted: Noted,
    keys: &'a AtHand,
    keeps_for: Option<i64>,
    now: i64,
}

impl Looks<'_> {
    fn at(&self, kind: &EntryKind, reader: Option<&mut Reader<'_>>, protocols: &mut Protocols) -> Found {
        // A session begins, and the screen that asked for the list is gone with its key.
        if self.keys.given_up.is_so() {
            return Found::Gone;
        }
        let name = match kind {
            EntryKind::Session(name) => *name,
            EntryKind::Foreign { file, why } => {
                let path = self.store.folder().join(file);
                let why = JournalError::Foreign { path, why: *why };
                return Found::None(Unreadable { file: file.clone(), why });
            }
        };
        let opened = match reader {
            Some(reader) => self.store.inspect(&name, reader, &self.noted.known(&name), &[]),
            None => Err(JournalError::NotForUs(name)),
        };
        match opened {
            Ok(Inspected { session, other, .. }) => {
                Found::Row(Box::new(Row { other, ..self.row(name, session, protocols) }))
            }
            Err(JournalError::NoSuchSession(_) | JournalError::Erased(_)) => Found::Gone,
            Err(why) => Found::None(Unreadable { file: name.to_string(), why }),
        }
    }

    fn row(&self, name: SessionName, mut session: Session, protocols: &mut Protocols) -> Row {
        let counts = protocols.of(&session.protocol).map(|protocol| {
            let against = deviations(&protocol, &session.events, session.verdict, self.now).len();
            (against, in_danger(&protocol, &session.events, self.now).len())
        });
        let overview = overview(&session.events);
        let past = self
            .keeps_for
            .zip(overview.as_ref())
            .is_some_and(|(time, head)| head.last.wall.saturating_add(time) < self.now);
        // A closed one is not asked: it is never written again.
        let open = overview.as_ref().is_some_and(|head| head.status != Status::Closed);
        let runs = if open && self.store.is_written(&name) { Runs::Now } else { Runs::Not };
        if overview.is_some() {
            // Of thousands nobody has room for every word.
            session.events = Vec::new();
        }
        Row { name, session, other: None, runs, overview, counts, past }
    }
}

/// What is listed: all, or without what is not past its time.
fn chosen(around: &mut Around<'_>, which: Which) -> Result<Kept, JournalError> {
    let mut kept = look(around)?;
    if which == Which::PastTheirTime {
        kept.rows.retain(|row| row.past);
        kept.unreadable.clear();
    }
    Ok(kept)
}

/// As lines for people.
pub(super) fn lines(around: &mut Around<'_>, which: Which) -> Result<Exit, Failed> {
    let kept = chosen(around, which)?;
    let language = around.language;
    if which == Which::PastTheirTime && kept.rows.is_empty() {
        let set = around.settings.keeps_for().is_some();
        let says = if set { SessionWord::NonePast } else { SessionWord::NoTimeSet };
        writeln!(around.out, "{}", says.text(language))?;
        return Ok(Exit::Done);
    }
    if kept.rows.is_empty() && kept.unreadable.is_empty() {
        writeln!(around.out, "{}", SessionWord::NoSessions.text(language))?;
        return Ok(Exit::Done);
    }
    for (_, line) in table(&kept, around) {
        writeln!(around.out, "{line}")?;
    }
    if !kept.unreadable.is_empty() {
        writeln!(around.out, "\n{}", SessionWord::Unreadable.text(language))?;
        for file in &kept.unreadable {
            writeln!(around.out, "  {}", journal_trouble(&file.why, language).0)?;
        }
    }
    Ok(Exit::Done)
}

/// A line a session, in columns.
fn table(kept: &Kept, around: &Around<'_>) -> Vec<(SessionName, String)> {
    let digits = distinct(&kept.rows);
    let cells: Vec<Vec<String>> = kept.rows.iter().map(|row| cells(row, digits, around)).collect();
    let columns = cells.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|column| {
            cells.iter().filter_map(|row| row.get(column)).map(|cell| width(cell)).max().unwrap_or(0)
        })
        .collect();
    let line = |row: &Vec<String>| {
        let mut line = String::new();
        for (cell, wide) in row.iter().zip(&widths).filter(|(_, wide)| **wide > 0) {
            line.push_str(cell);
            line.push_str(&" ".repeat(wide - width(cell) + 2));
        }
        line.trim_end().to_owned()
    };
    kept.rows.iter().zip(&cells).map(|(row, cells)| (row.name, line(cells))).collect()
}

/// How many digits tell the names apart: eight at least.
fn distinct(rows: &[Row]) -> usize {
    let mut names: Vec<String> = rows.iter().map(|row| row.name.to_string()).collect();
    names.sort();
    let shared = |one: &str, other: &str| one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    let most = names.windows(2).map(|pair| match pair {
        [one, other] => shared(one, other) + 1,
        _ => 0,
    });
    most.max().unwrap_or(0).clamp(8, SessionName::DIGITS)
}

fn cells(row: &Row, digits: usize, around: &Around<'_>) -> Vec<String> {
    let mut name = row.name.to_string();
    name.truncate(digits);
    let Some(head) = &row.overview else {
        return vec![name, of_file(&row.session, &Telling::new(around.language, None, around.now.zone))];
    };
    let telling = Telling::new(around.language, None, head.begun.zone);
    let (against, danger) = row.counts.unwrap_or_default();
    let practice =
        if head.kind == SessionKind::Practice { SessionWord::Practice.text(around.language) } else { "" };
    let danger = if danger > 0 { SessionWord::StillInDanger.text(around.language) } else { "" };
    let staff: Vec<&str> = head.staff.iter().map(crate::text::StaffNumber::as_str).collect();
    vec![
        name,
        telling.instant(head.begun.wall),
        head.case.to_string(),
        staff.join(", "),
        telling.duration(head.length),
        match row.runs {
            Runs::Now => SessionWord::RunsNow.text(around.language).to_owned(),
            Runs::Not => telling.status(head.status, head.ended),
        },
        practice.to_owned(),
        telling.deviation_count(against),
        danger.to_owned(),
        if row.past { SessionWord::PastItsTime.text(around.language).to_owned() } else { String::new() },
        not_as_noted(row.other).map(|found| finding(&found, around.language)).unwrap_or_default(),
    ]
}

/// What verifying says of a file that is not the one that was noted.
fn not_as_noted(other: Option<NoWayOn>) -> Option<Finding> {
    other.map(|why| if why == NoWayOn::Cut { Finding::Cut } else { Finding::AnotherFile })
}

/// What can be said of a session's file. Where nothing was ever kept in it, nothing was left open or cut either.
pub(super) fn of_file(session: &Session, telling: &Telling<'_>) -> String {
    if session.is_unbegun() {
        return SessionWord::Unbegun.text(telling.language()).to_owned();
    }
    telling.verdict(session.verdict)
}

/// As data.
pub(super) fn data(around: &mut Around<'_>, which: Which) -> Result<Exit, Failed> {
    let kept = chosen(around, which)?;
    let rows = kept.rows.iter().map(|row| {
        let mut value = head(&row.session, row.overview.as_ref());
        value["deviations"] = json!(row.counts.map(|(against, _)| against));
        value["in_danger"] = json!(row.counts.map(|(_, danger)| danger));
        value["past_its_time"] = json!(row.past);
        value["runs_now"] = json!(row.runs == Runs::Now);
        if let Some(found) = not_as_noted(row.other) {
            value["finding"] = json!(super::verify::id(&found));
        }
        value
    });
    let unreadable = kept
        .unreadable
        .iter()
        .map(|file| json!({ "file_name": line_safe(&file.file), "unreadable": why(&file.why) }));
    let all: Vec<Value> = rows.chain(unreadable).collect();
    write(around, &all)?;
    Ok(Exit::Done)
}

/// What stands at the head of a session, as data.
pub(super) fn head(session: &Session, overview: Option<&Overview>) -> Value {
    let mut value = json!({ "session": session.name.to_string(), "file": session.verdict });
    if let Some(head) = overview {
        value["kind"] = json!(head.kind);
        value["case"] = json!(head.case);
        value["staff"] = json!(head.staff);
        value["protocol"] = json!({ "id": head.protocol, "version": head.version });
        value["begun"] = json!(Telling::rfc3339(head.begun));
        value["last"] = json!(Telling::rfc3339(head.last));
        value["length_ms"] = json!(head.length);
        value["events_count"] = json!(head.events);
        value["status"] = json!(head.status);
        value["ended"] = json!(head.ended);
    } else if session.is_unbegun() {
        value["status"] = json!("unbegun");
    }
    value
}

/// A stable name for why a file is no session.
fn why(error: &JournalError) -> &'static str {
    match error {
        JournalError::Foreign { .. } => "foreign",
        JournalError::Newer { .. } => "newer",
        JournalError::Unbegun(_) => "unbegun",
        JournalError::NotForUs(_) => "unknown-recipient",
        JournalError::Damaged(_) => "altered",
        JournalError::Companion(_) => "companion",
        JournalError::NoWayOn { why, .. } => {
            not_as_noted(Some(*why)).map_or("disk", |found| super::verify::id(&found))
        }
        _ => "disk",
    }
}

pub(super) fn write(around: &mut Around<'_>, value: &impl Serialize) -> Result<(), Failed> {
    serde_json::to_writer_pretty(&mut *around.out, value).map_err(|error| Failed::Output(error.into()))?;
    writeln!(around.out)?;
    Ok(())
}
