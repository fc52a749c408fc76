//! The sealed format under attack: every byte flipped, every cell moved, every cut, every failing step of a disk. What was
//! tried and what was found is printed.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::Arc;

use amparo::journal::{
    Beside, Companion, Decoded, Finding, Foreign, FormatVersion, JournalError, Kept, Known, Medium,
    NoSession, NoWayOn, Noted, ProtocolFile, ProtocolSource, Reader, Refused, SessionName, Step, Store,
    Verdict, verify_file, verify_store,
};
use amparo::machine::{At, CoveredBy, Event, Fact, Follows, SessionKind};
use amparo::seal::{CELL, HeadCode, Identity, Link, Recipients, Secret, fingerprint};
use amparo::text::{CaseCode, Prose, ProtocolId, StaffNumber, StepId};

use damage::{Layout, Said, Tried, altered, for_others};

#[path = "sealed/damage.rs"]
mod damage;
#[path = "sealed/failing.rs"]
mod failing;
#[path = "sealed/forged.rs"]
mod forged;

fn source() -> ProtocolSource {
    ProtocolSource::new(ProtocolFile::new("night.yaml", "amparo: 1\nid: night-shelter\n"), Vec::new())
}

fn begun(case: &str) -> Event {
    let fact = Fact::Begun {
        staff: vec![StaffNumber::new("Z204Q7").unwrap()],
        case: CaseCode::new(case).unwrap(),
        protocol: ProtocolId::new("night-shelter").unwrap(),
        version: 4,
        kind: SessionKind::Real,
    };
    Event { at: At { wall: 1_795_537_000_000, zone: 60, run: 0 }, fact, follows: Follows::default() }
}

/// The n-th event, from 1: every fourth is longer than a cell.
fn event(number: u64) -> Event {
    if number == 1 {
        return begun("K-17");
    }
    let at = At { wall: 1_795_537_000_000, zone: 60, run: number * 1_000 };
    let fact = if number.is_multiple_of(4) {
        let text = format!("{number} {}", "she said that it was cold ".repeat(12));
        Fact::Noted { step: Some(StepId::new("calm").unwrap()), text: Prose::new(&text).unwrap() }
    } else {
        Fact::Covered { by: CoveredBy::Key }
    };
    Event { at, fact, follows: Follows::default() }
}

fn fact(number: u64, fact: Fact) -> Event {
    Event { fact, ..event(number) }
}

fn closed(number: u64) -> Event {
    fact(number, Fact::Closed { reason: None, open: Vec::new() })
}

fn resumed(number: u64) -> Event {
    fact(number, Fact::Resumed { dropped: 0, sha256: None })
}

/// A home, who reads in it, and who does not.
struct Desk {
    home: tempfile::TempDir,
    supervisor: Identity,
    worker: Identity,
    recipients: Recipients,
}

impl Desk {
    fn new() -> Self {
        let (supervisor, worker) = (Identity::generate(), Identity::generate());
        let recipients = Recipients::new(vec![supervisor.public(), worker.public()]).unwrap();
        Self { home: tempfile::tempdir().unwrap(), supervisor, worker, recipients }
    }

    fn store(&self) -> Store {
        Store::at(self.home.path())
    }

    /// A session of so many events; its events.
    fn session(&self, name: SessionName, count: u64) -> Vec<Event> {
        let mut writer = self.store().create_named(name, &source(), &self.recipients).unwrap();
        let events: Vec<Event> = (1..=count).map(event).collect();
        for event in &events {
            writer.append(event).unwrap();
        }
        events
    }

    /// A session of three segments, closed.
    fn long(&self, name: SessionName) -> (Vec<Event>, Vec<u8>) {
        self.session(name, 6);
        let go_on = |from: u64, to: u64| {
            let (_, mut writer) = self.store().resume(&name, &self.worker, &self.recipients).unwrap();
            writer.append(&resumed(from)).unwrap();
            for number in from + 1..=to {
                writer.append(&event(number)).unwrap();
            }
            writer
        };
        drop(go_on(7, 10));
        let mut writer = go_on(11, 15);
        writer.append(&closed(16)).unwrap();
        drop(writer);
        let bytes = fs::read(self.store().path(&name)).unwrap();
        let decoded = self.read(&bytes).unwrap();
        assert_eq!((decoded.events.len(), decoded.verdict), (16, Verdict::Whole));
        (decoded.events, bytes)
    }

    fn read(&self, bytes: &[u8]) -> Result<Decoded, NoSession> {
        Reader::new(&self.supervisor).decode(bytes)
    }

    fn verify(&self, name: &SessionName, known: &Known) -> Finding {
        verify_file(&self.store().path(name), known, Some(&mut Reader::new(&self.supervisor))).finding
    }
}

fn name(digit: u8) -> SessionName {
    SessionName::of_bytes([digit; 16])
}

// ---- from outside --------------------------------------------------------------------------------------------------

/// What is said where a bit of one of the headers is flipped.
fn of_a_flipped_header(layout: &Layout, header: usize, at: usize, change: u8) -> Vec<Said> {
    let (start, envelope, _) = &layout.headers[header];
    let inside = envelope.contains(&at);
    if header > 0 {
        let after = layout.before(*start);
        return if inside { vec![altered(after), for_others(after)] } else { vec![altered(after)] };
    }
    match at {
        // The digit of the version.
        3 if change == 1 => vec![Err(NoSession::Newer(FormatVersion(0)))],
        0..8 => vec![Err(NoSession::Foreign(Foreign::Content))],
        _ if inside => vec![Err(NoSession::Damaged), Err(NoSession::NotForUs)],
        _ => vec![Err(NoSession::Damaged)],
    }
}

#[test]
fn every_byte_that_is_flipped_is_found() {
    let desk = Desk::new();
    let (events, bytes) = desk.long(name(1));
    let layout = Layout::of(&bytes, &desk.worker);
    let all = std::env::var("AMPARO_TEST_ALL").is_ok();
    let mut tried = Tried::on(&desk, &events);
    for at in 0..bytes.len() {
        // The whole frame of each header and of each cell, and every thirteenth byte between; all of them when asked.
        let cell = layout.cells.iter().find(|cell| (**cell..**cell + CELL).contains(&at));
        let edge = match cell {
            Some(cell) => at - cell < 4 || at - cell >= CELL - 20,
            None => layout.headers.iter().any(|(start, ..)| (*start..start + 600).contains(&at)),
        };
        if !(all || edge || at % 13 == 0) {
            continue;
        }
        for change in [0x01, 0x80] {
            let mut changed = bytes.clone();
            changed[at] ^= change;
            let expected = if let Some(cell) = cell {
                vec![altered(layout.before(*cell))]
            } else {
                let header = layout.headers.iter().rposition(|(start, ..)| *start <= at).unwrap();
                of_a_flipped_header(&layout, header, at, change)
            };
            tried.damage(&changed, &expected, &format!("byte {at} ^ {change:#x}"));
        }
    }
    tried.say("flipped bytes");
}

#[test]
fn every_cell_that_is_moved_doubled_dropped_zeroed_or_taken_from_elsewhere_is_found() {
    let desk = Desk::new();
    let (events, bytes) = desk.long(name(1));
    let (_, other) = desk.long(name(2));
    let layout = Layout::of(&bytes, &desk.worker);
    let theirs = Layout::of(&other, &desk.worker).cells;
    let last = *layout.cells.last().unwrap();
    let mut tried = Tried::on(&desk, &events);
    for (number, &at) in layout.cells.iter().enumerate() {
        let (before, rest) = bytes.split_at(at);
        let (cell, after) = rest.split_at(CELL);
        let wrong_here = [altered(layout.before(at))];
        let mut damage = |bytes: &[u8], expected: &[Said], what: &str| {
            tried.damage(bytes, expected, &format!("cell at {at} {what}"));
        };
        // Nothing behind it shows that the last one is gone, or that a power cut did not leave its zeros.
        let (dropped, zeroed) = if at == last {
            (layout.cut(at), Ok((layout.before(at), Verdict::Torn { dropped: CELL as u64 })))
        } else {
            (altered(layout.before(at)), altered(layout.before(at)))
        };
        damage(&[before, after].concat(), &[dropped], "dropped");
        damage(&[before, &[0; CELL], after].concat(), &[zeroed], "zeroed");
        let doubled = [altered(layout.before(at + CELL))];
        damage(&[before, cell, cell, after].concat(), &doubled, "doubled");
        let foreign = &other[theirs[number.min(theirs.len() - 1)]..][..CELL];
        damage(&[before, foreign, after].concat(), &wrong_here, "taken from elsewhere");
        for &to in &layout.cells {
            if to != at {
                let mut moved = bytes.clone();
                moved.copy_within(to..to + CELL, at);
                moved[to..to + CELL].copy_from_slice(cell);
                damage(&moved, &[altered(layout.before(at.min(to)))], "exchanged");
            }
        }
    }
    tried.say("cells dropped, doubled, zeroed, exchanged, taken from elsewhere");
}

#[test]
fn every_tail_that_is_cut_or_added_after_closing_is_found() {
    let desk = Desk::new();
    let (events, bytes) = desk.long(name(1));
    let (_, other) = desk.long(name(2));
    let layout = Layout::of(&bytes, &desk.worker);
    let mut tried = Tried::on(&desk, &events);
    for at in (0..bytes.len()).filter(|at| at % CELL == 0 || at % 61 == 0) {
        tried.damage(&bytes[..at], &[layout.cut(at)], &format!("cut at {at}"));
    }
    for more in [&[0][..], &[0; CELL], &[7; CELL], &bytes, &other, &other[..4 * CELL], b"\x89SJ1\r\n\x1a\n"] {
        tried.damage(&[&bytes, more].concat(), &[altered(16)], "something added");
    }
    tried.say("tails");
}

#[test]
fn headers_and_segments_of_others_are_found() {
    let desk = Desk::new();
    let (events, bytes) = desk.long(name(1));
    let (_, other) = desk.long(name(2));
    let layout = Layout::of(&bytes, &desk.worker);
    let theirs = Layout::of(&other, &desk.worker);
    let first_cell = layout.cells[0];
    let mut tried = Tried::on(&desk, &events);
    let foreign_header = [&other[..theirs.cells[0]], &bytes[first_cell..]].concat();
    tried.damage(&foreign_header, &[altered(0)], "the header of another session");
    // A segment of another session behind this one, open and closed.
    let (second, ..) = theirs.headers[1];
    for end in [first_cell + 3 * CELL, bytes.len()] {
        let spliced = [&bytes[..end], &other[second..]].concat();
        tried.damage(&spliced, &[altered(layout.before(end))], "a segment of another session");
    }
    // Segments left out, and exchanged: one stands on all that is before it. A later one has no protocol, as a companion.
    let starts: Vec<usize> = layout.headers.iter().map(|(start, ..)| *start).chain([bytes.len()]).collect();
    assert_eq!(starts.len(), 4);
    let segment = |number: usize| &bytes[starts[number]..starts[number + 1]];
    let no_session = Err(NoSession::Companion);
    for (order, expected) in [
        (&[0, 2][..], altered(6)),
        (&[0, 2, 1], altered(6)),
        (&[0, 0, 1, 2], altered(6)),
        (&[0, 1, 1, 2], altered(10)),
        (&[1, 2], no_session),
        (&[1, 0, 2], no_session),
        (&[2], no_session),
    ] {
        let spliced: Vec<u8> = order.iter().flat_map(|number| segment(*number)).copied().collect();
        tried.damage(&spliced, &[expected], &format!("segments {order:?}"));
    }
    tried.say("headers and segments");
}

/// Somebody who has the public keys, and the file, makes a segment as the program would, with what she does not have:
/// the link from the segment before. Whoever never could read the session cannot add to it; whoever can read it can, which
/// shows that nothing but the link was wrong with what was refused.
#[test]
fn a_segment_that_is_added_with_the_public_keys_only_is_found() {
    let desk = Desk::new();
    desk.session(name(1), 6);
    let path = desk.store().path(&name(1));
    let of_one_segment = fs::read(&path).unwrap();
    let (_, mut writer) = desk.store().resume(&name(1), &desk.worker, &desk.recipients).unwrap();
    writer.append(&resumed(7)).unwrap();
    writer.append(&event(8)).unwrap();
    let of_two = fs::read(&path).unwrap();
    let mut tried = 0;
    for file in [of_one_segment, of_two] {
        let events = desk.read(&file).unwrap().events;
        let written = events.len() as u64;
        let more = [resumed(written + 1), event(written + 2), closed(written + 3)];
        let forge = |stands_on: &[u8], link: &Link| {
            let segment = forged::segment(stands_on, link, &desk.recipients, &more, written + 3);
            [&file[..], &segment].concat()
        };
        let link = forged::link_behind(&file, &desk.supervisor);
        let read = desk.read(&forge(&file, &link)).unwrap();
        assert_eq!((read.events, read.verdict), ([&events[..], &more].concat(), Verdict::Whole));

        let altered = Verdict::Altered { after: written };
        for _ in 0..25 {
            let made_up = Link::after(&Secret::random().unwrap(), &Link::first(), &fingerprint(&file));
            for (stands_on, link, what) in [
                (&file[..], &Link::first(), "the link that stands before a first segment"),
                (&file, &made_up, "a link that is made up"),
                (&[], &made_up, "a link that is made up, standing on nothing"),
                (&[], &link, "the right link, standing on nothing"),
                (&file[..file.len() - CELL], &link, "the right link, standing on less than there is"),
            ] {
                let bytes = forge(stands_on, link);
                let read = desk.read(&bytes).unwrap();
                assert_eq!((&read.events, read.verdict), (&events, altered), "{what}");
                tried += 1;
            }
        }
    }
    let _ =
        writeln!(io::stderr(), "segments added with the public keys only: {tried} tried, {tried} altered");
}

#[test]
fn who_is_no_recipient_reads_nothing() {
    let desk = Desk::new();
    let (_, bytes) = desk.long(name(1));
    assert_eq!(Reader::new(&Identity::generate()).decode(&bytes), Err(NoSession::NotForUs));
    assert!(Reader::new(&desk.worker).decode(&bytes).is_ok());
    let stranger = desk.store().open(&name(1), &Identity::generate());
    assert!(matches!(stranger, Err(JournalError::NotForUs(_))));
}

#[test]
fn a_session_that_went_on_for_others_is_read_up_to_there() {
    let desk = Desk::new();
    desk.session(name(1), 3);
    let only_worker = Recipients::new(vec![desk.worker.public()]).unwrap();
    let (_, mut writer) = desk.store().resume(&name(1), &desk.worker, &only_worker).unwrap();
    writer.append(&resumed(4)).unwrap();
    drop(writer);
    let session = desk.store().open(&name(1), &desk.supervisor).unwrap();
    assert_eq!((session.events.len(), session.verdict), (3, Verdict::NotForUs { after: 3 }));
    let again = desk.store().resume(&name(1), &desk.supervisor, &desk.recipients);
    assert!(matches!(again, Err(JournalError::NoWayOn { why: NoWayOn::NotForUs(3), .. })));
    assert_eq!(desk.store().open(&name(1), &desk.worker).unwrap().verdict, Verdict::Open);
}

#[test]
fn what_was_torn_is_told_with_its_fingerprint_when_it_is_taken_up() {
    let desk = Desk::new();
    desk.session(name(1), 3);
    let path = desk.store().path(&name(1));
    let whole = fs::read(&path).unwrap();
    fs::write(&path, [&whole[..], b"torn"].concat()).unwrap();
    let (session, mut writer) = desk.store().resume(&name(1), &desk.worker, &desk.recipients).unwrap();
    assert_eq!(session.verdict, Verdict::Torn { dropped: 4 });
    writer.append(&fact(4, Fact::Resumed { dropped: 4, sha256: None })).unwrap();
    let last = desk.store().open(&name(1), &desk.supervisor).unwrap().events.pop().unwrap();
    assert_eq!(last.fact, Fact::Resumed { dropped: 4, sha256: Some(fingerprint(b"torn")) });
}

#[test]
fn a_session_that_was_being_closed_is_closed_when_it_is_taken_up() {
    let desk = Desk::new();
    desk.session(name(1), 3);
    let (_, mut writer) = desk.store().resume(&name(1), &desk.worker, &desk.recipients).unwrap();
    writer.append(&resumed(4)).unwrap();
    let before = fs::metadata(writer.path()).unwrap().len();
    writer.append(&closed(5)).unwrap();
    let path = writer.path().to_owned();
    drop(writer);
    let bytes = fs::read(&path).unwrap();
    for cut in [before + 256, before + 300, before + 512] {
        fs::write(&path, &bytes[..usize::try_from(cut).unwrap()]).unwrap();
        // The end was not on disk, and so the ledger was not told.
        let ledger = fs::read_to_string(desk.home.path().join("index")).unwrap();
        let untold = ledger.split_inclusive('\n').filter(|line| !line.contains("\"closed\""));
        fs::write(desk.home.path().join("index"), untold.collect::<String>()).unwrap();
        let again = desk.store().resume(&name(1), &desk.worker, &desk.recipients);
        assert!(matches!(again, Err(JournalError::NoWayOn { why: NoWayOn::Closed, .. })), "{again:?}");
        let session = desk.store().open(&name(1), &desk.supervisor).unwrap();
        assert_eq!((session.events.len(), session.verdict), (5, Verdict::Whole));
        assert_eq!(desk.verify(&name(1), &Noted::of(&desk.store().ledger()).known(&name(1))), Finding::Whole);
    }
}

/// The worker closes, cuts the end off, and takes it up to answer otherwise.
#[test]
fn a_session_that_was_closed_here_and_cut_is_not_taken_up() {
    let desk = Desk::new();
    desk.session(name(1), 3);
    let (_, mut writer) = desk.store().resume(&name(1), &desk.worker, &desk.recipients).unwrap();
    writer.append(&resumed(4)).unwrap();
    let before = usize::try_from(fs::metadata(writer.path()).unwrap().len()).unwrap();
    writer.append(&closed(5)).unwrap();
    let path = writer.path().to_owned();
    drop(writer);
    let bytes = fs::read(&path).unwrap();
    let known = || Noted::of(&desk.store().ledger()).known(&name(1));
    for cut in [before - CELL, before, before + 100, before + CELL, bytes.len() - 1] {
        fs::write(&path, &bytes[..cut]).unwrap();
        let again = desk.store().resume(&name(1), &desk.worker, &desk.recipients);
        assert!(matches!(again, Err(JournalError::NoWayOn { why: NoWayOn::Cut, .. })), "{cut} {again:?}");
        assert_eq!(fs::read(&path).unwrap(), &bytes[..cut], "it is left as it is");
        assert_eq!(desk.verify(&name(1), &known()), Finding::Cut);
    }
    // With a ledger that does not know it for a moment, it would be closed a second time: the first one counts.
    let ledger = desk.home.path().join("index");
    let noted = fs::read(&ledger).unwrap();
    fs::remove_file(&ledger).unwrap();
    fs::write(&path, &bytes[..before]).unwrap();
    let (_, mut writer) = desk.store().resume(&name(1), &desk.worker, &desk.recipients).unwrap();
    writer.append(&resumed(5)).unwrap();
    writer.append(&closed(6)).unwrap();
    let second = fs::read(&ledger).unwrap();
    fs::write(&ledger, [noted, second].concat()).unwrap();
    assert_eq!(desk.verify(&name(1), &Known::default()), Finding::Whole);
    assert_eq!(desk.verify(&name(1), &known()), Finding::AnotherFile);
}

// ---- what others noted ---------------------------------------------------------------------------------------------

#[test]
fn the_ledger_notices_a_session_that_vanished_or_was_cut_or_exchanged() {
    let desk = Desk::new();
    let (_, bytes) = desk.long(name(1));
    desk.session(name(2), 5);
    desk.session(name(3), 5);
    let store = desk.store();
    let look = || {
        let (found, _) = verify_store(&store, Some(&desk.supervisor), &mut |_, _| {}).unwrap();
        let finding = |digit: u8| {
            let path = store.path(&name(digit));
            found.iter().find(|verified| verified.path == path).map(|verified| verified.finding.clone())
        };
        (finding(1), finding(2), finding(3))
    };
    let (whole, open) = (Some(Finding::Whole), Some(Finding::Open));
    assert_eq!(look(), (whole, open.clone(), open.clone()));
    let path = store.path(&name(1));
    let end = Layout::of(&bytes, &desk.worker).cells[5];
    fs::write(&path, &bytes[..end]).unwrap();
    fs::remove_file(store.path(&name(2))).unwrap();
    assert_eq!(look(), (Some(Finding::Cut), Some(Finding::Missing), open.clone()));
    // Another session, whole, under its name.
    let elsewhere = Desk { home: tempfile::tempdir().unwrap(), ..desk };
    let (_, other) = elsewhere.long(name(1));
    fs::write(&path, &other).unwrap();
    let found = verify_file(
        &path,
        &Noted::of(&store.ledger()).known(&name(1)),
        Some(&mut Reader::new(&elsewhere.supervisor)),
    );
    assert_eq!(found.finding, Finding::AnotherFile);
    let noted = HeadCode::of(&fingerprint(&bytes));
    let by_paper = Known { head: Some(noted), ..Known::default() };
    assert_eq!(verify_file(&path, &by_paper, None).finding, Finding::AnotherFile, "and without any key");
    fs::write(&path, &bytes).unwrap();
    assert_eq!(verify_file(&path, &by_paper, None).finding, Finding::Same);
}

#[test]
fn a_receipt_notices_an_open_session_that_got_shorter() {
    let desk = Desk::new();
    desk.session(name(1), 5);
    let path = desk.store().path(&name(1));
    let verified = verify_file(&path, &Known::default(), Some(&mut Reader::new(&desk.supervisor)));
    desk.store().note_seen(&[verified.receipt(Kept::Here).unwrap()], At::default()).unwrap();
    let known = || Noted::of(&desk.store().ledger()).known(&name(1));
    assert_eq!(desk.verify(&name(1), &known()), Finding::Open);
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes[..bytes.len() - CELL]).unwrap();
    assert_eq!(desk.verify(&name(1), &known()), Finding::Cut);
    fs::write(&path, &bytes).unwrap();
    let (_, mut writer) = desk.store().resume(&name(1), &desk.worker, &desk.recipients).unwrap();
    writer.append(&resumed(6)).unwrap();
    assert_eq!(desk.verify(&name(1), &known()), Finding::Open, "one that grew is as it should be");
}

/// What verifying calls cut is not gone on with: that would make what was cut off look as if it never was.
#[test]
fn an_open_session_that_was_seen_longer_or_exchanged_is_not_taken_up() {
    let desk = Desk::new();
    desk.session(name(1), 5);
    desk.session(name(2), 5);
    let path = desk.store().path(&name(1));
    let verified = verify_file(&path, &Known::default(), Some(&mut Reader::new(&desk.supervisor)));
    desk.store().note_seen(&[verified.receipt(Kept::Here).unwrap()], At::default()).unwrap();
    let bytes = fs::read(&path).unwrap();
    let first = Layout::of(&bytes, &desk.worker).cells[0];
    let other = fs::read(desk.store().path(&name(2))).unwrap();
    let takes_up = || desk.store().resume(&name(1), &desk.worker, &desk.recipients).map(drop);
    for (held, expected, what) in [
        (&bytes[..bytes.len() - CELL], NoWayOn::Cut, "a cell less"),
        (&bytes[..bytes.len() - CELL - 9], NoWayOn::Cut, "torn where there was more"),
        (&bytes[..first], NoWayOn::Cut, "its header only"),
        (&bytes[..first / 2], NoWayOn::Cut, "less than its header"),
        (&[], NoWayOn::Cut, "nothing"),
        (&other, NoWayOn::AnotherFile, "another session"),
    ] {
        fs::write(&path, held).unwrap();
        let again = takes_up();
        assert!(
            matches!(&again, Err(JournalError::NoWayOn { why, .. }) if *why == expected),
            "{what}: {again:?}"
        );
        assert_eq!(fs::read(&path).unwrap(), held, "{what}: it is left as it is");
    }
    // Torn behind what was seen, as by a power cut.
    fs::write(&path, [&bytes[..], b"torn"].concat()).unwrap();
    takes_up().unwrap();
}

#[test]
fn what_stands_beside_a_session_is_sealed_for_the_same_people() {
    let desk = Desk::new();
    let (_, bytes) = desk.long(name(1));
    let sha256 = fingerprint(&bytes);
    let of = Beside { name: name(1), sha256, head: HeadCode::of(&sha256) };
    let by = StaffNumber::new("204").unwrap();
    let text = Prose::new("She called the day after.").unwrap();
    let addendum = Companion::Addendum { of, at: At::default(), by, text, answers: None };
    let path = desk.store().put_beside(&addendum, &desk.recipients).unwrap();
    assert_eq!(desk.store().companions(&desk.supervisor), std::slice::from_ref(&addendum));
    let sealed = fs::read(&path).unwrap();
    assert!(!contains(&sealed, b"She called"));
    assert_eq!(desk.read(&sealed), Err(NoSession::Companion));
    assert_eq!(Companion::decode(&desk.supervisor, &bytes), Err(NoSession::Companion));
    let known = Known::default();
    let found = verify_file(&path, &known, Some(&mut Reader::new(&desk.supervisor)));
    assert_eq!(found.finding, Finding::Companion);
    fs::write(&path, &sealed[..sealed.len() - 1]).unwrap();
    let found = verify_file(&path, &known, Some(&mut Reader::new(&desk.supervisor)));
    assert_eq!(found.finding, Finding::Altered(0));
}

// ---- from below: see also sealed/failing.rs ------------------------------------------------------------------------

/// A write that hangs for a while.
#[derive(Debug)]
struct Hanging;

impl Medium for Hanging {
    fn before(&self, step: Step) -> Result<(), Refused> {
        if matches!(step, Step::Write(_)) {
            std::thread::sleep(std::time::Duration::from_millis(200));
        }
        Ok(())
    }
}

#[test]
fn readers_do_not_wait_for_a_write_that_hangs() {
    let desk = Desk::new();
    desk.session(name(1), 3);
    let store = desk.store().on(Arc::new(Hanging));
    let (_, mut writer) = store.resume(&name(1), &desk.worker, &desk.recipients).unwrap();
    std::thread::scope(|threads| {
        let writing = threads.spawn(move || writer.append(&resumed(4)).unwrap());
        let started = std::time::Instant::now();
        let read = desk.store().open(&name(1), &desk.supervisor).unwrap();
        assert!(read.events.len() >= 3 && started.elapsed() < std::time::Duration::from_millis(150));
        assert_eq!(writing.join().unwrap(), 4);
    });
}

// ---- for years -----------------------------------------------------------------------------------------------------

/// The key of the file that is kept. It protects nothing.
fn golden_key() -> Identity {
    Identity::of_text("AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX").unwrap()
}

#[test]
fn what_version_1_wrote_is_read_for_ever() {
    let bytes = fs::read("tests/sealed/version-1.session").unwrap();
    let decoded = Reader::new(&golden_key()).decode(&bytes).unwrap();
    assert_eq!(decoded.verdict, Verdict::Whole);
    assert_eq!(*decoded.protocol, source());
    let written = fs::read_to_string("tests/sealed/version-1.json").unwrap();
    assert_eq!(serde_json::from_str::<Vec<Event>>(&written).unwrap(), decoded.events);
    assert_eq!(HeadCode::of(&fingerprint(&bytes)).to_string(), "6KFY-K9D2-ZSZB-7WWR");
}

/// Only for a new version of the format: writes what is then kept for ever.
#[test]
#[ignore = "writes a file of the repository"]
fn write_what_is_kept_for_ever() {
    let home = tempfile::tempdir().unwrap();
    let recipients = Recipients::new(vec![golden_key().public()]).unwrap();
    let store = Store::at(home.path());
    let mut writer = store.create(&source(), &recipients).unwrap();
    let name = *writer.name();
    for number in 1..=5 {
        writer.append(&event(number)).unwrap();
    }
    drop(writer);
    let (_, mut writer) = store.resume(&name, &golden_key(), &recipients).unwrap();
    writer.append(&resumed(6)).unwrap();
    writer.append(&closed(7)).unwrap();
    let bytes = fs::read(writer.path()).unwrap();
    let events = store.open(&name, &golden_key()).unwrap().events;
    fs::create_dir_all("tests/sealed").unwrap();
    fs::write("tests/sealed/version-1.session", bytes).unwrap();
    fs::write("tests/sealed/version-1.json", serde_json::to_string_pretty(&events).unwrap()).unwrap();
}

// ---- what may be found ---------------------------------------------------------------------------------------------

fn contains(bytes: &[u8], mark: &[u8]) -> bool {
    bytes.windows(mark.len()).any(|window| window == mark)
}

fn all_files(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            all_files(&path, found);
        } else {
            found.push(path);
        }
    }
}

#[test]
fn no_file_of_the_home_has_anything_in_clear_but_what_is_said() {
    const MARK: &str = "zebra-velvet-9173";
    let desk = Desk::new();
    let store = desk.store();
    let mut protocol = source();
    protocol.base.text.to_mut().push_str(MARK);
    let mut writer = store.create_named(name(1), &protocol, &desk.recipients).unwrap();
    writer.append(&begun(MARK)).unwrap();
    writer.append(&fact(2, Fact::Noted { step: None, text: Prose::new(MARK).unwrap() })).unwrap();
    let stick = tempfile::tempdir().unwrap();
    writer.save_elsewhere(stick.path()).unwrap();
    drop(writer);
    let (_, mut writer) = store.resume(&name(1), &desk.worker, &desk.recipients).unwrap();
    writer.append(&resumed(3)).unwrap();
    writer.append(&closed(4)).unwrap();
    drop(writer);
    let mut files = Vec::new();
    all_files(desk.home.path(), &mut files);
    all_files(stick.path(), &mut files);
    assert!(files.len() >= 4, "{files:?}");
    for file in &files {
        let bytes = fs::read(file).unwrap();
        // Long ones: three signs stand somewhere among sealed bytes by chance.
        for mark in [MARK.as_bytes(), b"night", b"Z204Q7", b"amparo", b"Amparo"] {
            assert!(!contains(&bytes, mark), "{}: {}", file.display(), String::from_utf8_lossy(mark));
        }
    }
    assert_eq!(store.ledger().interviews(&CaseCode::new(MARK).unwrap(), None), 1);
}

#[test]
fn a_closed_file_has_a_size_that_tells_little() {
    let desk = Desk::new();
    let sizes: Vec<u64> = (2..20)
        .map(|count| {
            desk.session(name(u8::try_from(count).unwrap()), count);
            let (_, mut writer) = desk
                .store()
                .resume(&name(u8::try_from(count).unwrap()), &desk.worker, &desk.recipients)
                .unwrap();
            writer.append(&resumed(count + 1)).unwrap();
            writer.append(&closed(count + 2)).unwrap();
            fs::metadata(writer.path()).unwrap().len()
        })
        .collect();
    assert!(sizes.iter().all(|size| size % (64 * 256) == 0), "{sizes:?}");
    assert!(sizes.iter().collect::<std::collections::BTreeSet<_>>().len() <= 2, "{sizes:?}");
}
