//! The review over an archive as it is on a disk: real sealed sessions, opened in parallel, listed, filtered, marked.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "what helps a test fails as a test does")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use amparo::desk::{Arrived, Opening, Searching, open_again};
use amparo::export::figures_in_rows;
use amparo::journal::{
    Beside, Companion, Finding, Handling, Mark, Noted, On, Prints, Reader, SessionName, Store, verify_file,
};
use amparo::machine::{At, Event, Fact, Follows};
use amparo::review::{
    Aggregate, Alarms, Archive, Column, Consent, Context, Danger, DeviationKind, Direction, Figures,
    FileState, Filter, Given, Lists, Marks, Protocols, Reviewed, Search, SignedOff, Summary, ToHear,
};
use amparo::seal::{HeadCode, Identity, Recipients, fingerprint};
use amparo::text::{Fingerprint, Language, Prose, StaffNumber};

#[path = "all/dice.rs"]
mod dice;
#[path = "review/found.rs"]
mod found_page;
#[path = "review/lists.rs"]
mod lists_drawn;
#[expect(dead_code, reason = "the example and the bench use the rest")]
#[path = "../examples/archive/made.rs"]
mod made;
#[path = "review/pages.rs"]
mod pages;
#[path = "../examples/archive/player.rs"]
mod player;
#[path = "review/room.rs"]
mod room;

const SESSIONS: usize = 60;
const TODAY: i64 = 1_795_780_800_000;

struct Office {
    home: PathBuf,
    supervisor: Arc<Identity>,
    worker: Identity,
    planted: Vec<made::Planted>,
}

/// One archive for all tests that only read it. Beside the tests and made anew each time: what is static is never dropped, and a
/// folder of its own would stay behind among the temporary ones.
static OFFICE: LazyLock<Office> = LazyLock::new(|| {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("review");
    if home.exists() {
        std::fs::remove_dir_all(&home).unwrap();
    }
    office(&home, SESSIONS)
});

fn office(home: &Path, sessions: usize) -> Office {
    let (supervisor, worker) = (Identity::generate(), Identity::generate());
    let readers = made::Readers { supervisor: supervisor.public(), worker: worker.public() };
    let wanted = made::Wanted { sessions, seed: 1, today: TODAY, days: made::DAYS, signed: 10, events: 0 };
    let planted = made::make(home, &readers, wanted).unwrap();
    Office { home: home.to_owned(), supervisor: Arc::new(supervisor), worker, planted }
}

fn now() -> At {
    At { wall: TODAY, zone: 60, run: 0 }
}

fn opened(home: &Path, identity: &Arc<Identity>) -> Archive {
    let opening = Opening::start(&Store::at(home), identity, &Protocols::default(), now()).unwrap();
    let mut archive = Archive::default();
    let mut came = 0;
    while let Some(arrived) = opening.wait() {
        came += 1;
        match arrived {
            Arrived::Session(summary) => archive.add(*summary),
            Arrived::Said(name, marks) => archive.said(&name, *marks),
            Arrived::Unreadable(unreadable) => archive.add_unreadable(unreadable),
            Arrived::Unread(file, why) => archive.add_unread(file, why),
            Arrived::Nothing => {}
        }
    }
    assert_eq!(came, opening.total, "as many arrive as were announced");
    archive
}

/// Opened once for all that only look at it.
fn read() -> &'static Archive {
    static READ: LazyLock<Archive> = LazyLock::new(|| opened(&OFFICE.home, &OFFICE.supervisor));
    &READ
}

fn context() -> Context {
    Context { now: now(), keeps_for: None }
}

fn found<'a>(archive: &'a Archive, filter: &str) -> Vec<&'a Summary> {
    let filter = Filter::read(filter).unwrap();
    let places = archive.listed(&filter, Column::Date, Direction::Down, context());
    places.into_iter().map(|place| &archive.summaries()[place]).collect()
}

#[test]
fn what_is_damaged_or_foreign_is_listed_as_such_and_stops_nothing() {
    let archive = read();
    assert_eq!(archive.summaries().len(), SESSIONS);
    let unreadable: BTreeSet<&str> = archive.unreadable().iter().map(|one| one.file.as_str()).collect();
    assert_eq!(unreadable.len(), 3, "a list, rubbish, one of others: {unreadable:?}");
    assert!(unreadable.contains("shopping list.txt"));
    let altered = found(archive, "damaged");
    assert_eq!(altered.len(), 1);
    assert_eq!(altered[0].file, FileState::Altered);
    assert_eq!(altered[0].against[0].kind, DeviationKind::NotWhole);
    assert!(Filter::read("damaged").unwrap().keeps_unreadable("shopping list.txt"));
    assert!(!Filter::read("danger").unwrap().keeps_unreadable("shopping list.txt"));
}

#[test]
fn sessions_come_before_what_stands_beside_them_and_in_the_end_each_has_all_of_it() {
    let identity = &OFFICE.supervisor;
    let store = Store::at(&OFFICE.home);
    let beside = store.placed(identity);
    assert!(beside.len() > 5);
    let opening = Opening::start(&store, identity, &Protocols::default(), now()).unwrap();
    assert!(matches!(opening.wait(), Some(Arrived::Session(_) | Arrived::Unreadable(_))), "and nothing else");
    for summary in read().summaries() {
        let mine: Vec<_> = beside.iter().filter(|placed| *placed.companion.of() == summary.name).collect();
        let prints = Prints { now: summary.sha256.unwrap(), once: Vec::new() };
        let marks = amparo::review::Marks::of(mine, Some((&prints, now())));
        assert_eq!(summary.marks.as_deref().cloned().unwrap_or_default(), marks, "{}", summary.name);
    }
}

#[test]
fn what_is_newest_stands_first_and_what_waited_long_at_the_end() {
    let archive = read();
    let lists = Lists::of(archive.summaries(), now(), None);
    let summary = |name: &SessionName| archive.summary(name).unwrap();
    // Who broke off under the cover had no moment to set a time.
    let broke_off =
        |name: &SessionName| summary(name).dangers.iter().any(|danger| danger.what.is_under_cover());
    assert_eq!(lists.listen[0].session, OFFICE.planted[0].name);
    assert!(broke_off(&lists.listen[0].session));
    let month = TODAY - 30 * 24 * 3_600_000;
    let dues: Vec<i64> = lists
        .due
        .iter()
        .filter_map(|one| match one.what.when {
            amparo::review::When::Instant(at) => Some(at),
            _ => None,
        })
        .collect();
    let late: Vec<i64> = dues.iter().copied().filter(|at| *at <= TODAY).collect();
    assert!(late.len() > 1 && late.is_sorted_by(|one, other| one >= other), "{late:?}");
    let long = &lists.due[lists.due.len() - lists.due_long..];
    let is_long = |one: &amparo::review::Due| match one.when {
        amparo::review::When::Instant(at) => at < month,
        amparo::review::When::Day(day) => day < chrono::NaiveDate::from_ymd_opt(2026, 10, 28).unwrap(),
        amparo::review::When::Undated => false,
    };
    assert!(!long.is_empty() && long.iter().all(|one| is_long(one.what)));
    assert!(lists.due[..lists.due.len() - lists.due_long].iter().all(|one| !is_long(one.what)));
}

#[test]
fn the_three_planted_ones_stand_in_the_lists_of_the_first_screen() {
    let archive = read();
    let lists = Lists::of(archive.summaries(), now(), None);
    let [left, alone, promised] = [0, 1, 2].map(|place| OFFICE.planted[place].name);
    let is_left = |danger: &Danger| matches!(danger, Danger::LeftUnderCover { .. });
    let left = lists.danger.iter().find(|listed| listed.session == left && is_left(listed.what));
    let left = left.expect("in the first list");
    let session = Store::at(&OFFICE.home).open(&left.session, &OFFICE.supervisor).unwrap();
    let event = &session.events[usize::try_from(left.event.unwrap()).unwrap() - 1];
    assert!(
        matches!(event.fact, amparo::machine::Fact::Covered { .. }),
        "it jumps to where the cover was drawn"
    );
    let of = |name: SessionName| -> Vec<DeviationKind> {
        lists.against.iter().filter(|listed| listed.session == name).map(|listed| listed.what.kind).collect()
    };
    let against = of(alone);
    assert!(against.contains(&DeviationKind::GateOverridden), "{against:?}");
    assert!(against.contains(&DeviationKind::CheckInMissed), "{against:?}");
    let told = lists.danger.iter().filter(|listed| listed.session == promised);
    assert_eq!(told.filter(|listed| matches!(listed.what, Danger::Told(_))).count(), 2);
    let overdue = lists.due.iter().filter(|listed| listed.session == promised && listed.what.overdue);
    assert!(overdue.count() > 0);
    assert!(lists.against.is_sorted_by(|one, other| one.what.kind.weight() >= other.what.kind.weight()));
}

#[test]
fn three_heavy_ones_of_the_last_five_make_a_number_to_be_listened_to() {
    let archive = read();
    let lists = Lists::of(archive.summaries(), now(), None);
    let numbers: BTreeSet<&StaffNumber> = lists
        .listen
        .iter()
        .filter_map(|listed| match listed.what {
            ToHear::Number { staff, .. } => Some(staff),
            ToHear::Session(_) => None,
        })
        .collect();
    let all: BTreeSet<&StaffNumber> =
        archive.summaries().iter().flat_map(|summary| summary.staff.iter()).collect();
    for number in all {
        let mut mine: Vec<&Summary> =
            archive.summaries().iter().filter(|summary| summary.staff.contains(number)).collect();
        mine.sort_by_key(|summary| std::cmp::Reverse(summary.begun.wall));
        let heavy = mine.iter().take(5).filter(|one| one.danger > 0 || one.distress > 0 || one.strained);
        let settled = mine[0].is_settled(None, 0, None);
        assert_eq!(heavy.count() >= 3 && !settled, numbers.contains(number), "{number}");
    }
}

#[test]
fn a_summary_says_what_the_session_itself_says() {
    let archive = read();
    let (store, mut protocols) = (Store::at(&OFFICE.home), Protocols::default());
    for summary in archive.summaries().iter().step_by(7) {
        let session = store.open(&summary.name, &OFFICE.supervisor).unwrap();
        let protocol = protocols.of(&session.protocol).unwrap();
        let reviewed = Reviewed::of(&protocol, &session.events, session.verdict, now());
        let overview = amparo::review::overview(&session.events).unwrap();
        assert_eq!(
            (&*summary.case, &summary.staff[..], summary.length, summary.status, summary.ended),
            (&overview.case, &overview.staff[..], overview.length, overview.status, overview.ended)
        );
        let kinds = |all: &[amparo::review::Deviation]| -> Vec<DeviationKind> {
            all.iter().map(|deviation| deviation.what.kind()).collect()
        };
        let apart = amparo::review::deviations(&protocol, &session.events, session.verdict, TODAY);
        assert_eq!(kinds(&reviewed.deviations), kinds(&apart), "one fold finds what each found alone");
        assert_eq!(summary.against.len(), apart.len());
        let dangers: Vec<Danger> = reviewed.dangers.into_iter().map(|noticed| noticed.what).collect();
        assert_eq!(dangers, amparo::review::in_danger(&protocol, &session.events, TODAY));
        let confirmed: u32 = overview.responses.values().sum();
        assert_eq!(u32::try_from(summary.counted.raised.len()).unwrap(), confirmed);
    }
}

#[test]
fn a_summary_takes_less_than_a_kilobyte() {
    let archive = read();
    let each = archive.bytes() / archive.summaries().len();
    assert!(each <= 1_024, "{each} bytes a session");
}

#[test]
fn what_a_supervisor_says_is_found_again_and_settles_the_lists() {
    let home = tempfile::tempdir().unwrap();
    let office = office(home.path(), 24);
    let (store, me) = (Store::at(home.path()), StaffNumber::new("100").unwrap());
    let name = office.planted[2].name;
    let summary = |of: &Arc<Identity>| {
        open_again(&store, &name, of, &store.placed(of), &mut Protocols::default(), now()).unwrap().unwrap()
    };
    let before = summary(&office.supervisor);
    assert!(!before.is_signed_off() && before.marks.is_none());
    let of = Beside { name, sha256: before.sha256.unwrap(), head: before.head_code().unwrap() };
    let own = Recipients::new(vec![office.supervisor.public()]).unwrap();
    let both = Recipients::new(vec![office.supervisor.public(), office.worker.public()]).unwrap();
    let at = |second: i64| At { wall: TODAY + second * 1_000, ..now() };
    let marked = |second, on, mark| Companion::Marked { of, at: at(second), by: me.clone(), on, mark };
    let listed = |summary: &Summary| {
        let lists = Lists::of(std::slice::from_ref(summary), now(), None);
        (lists.danger.len(), lists.due.len(), lists.against.len())
    };
    let (dangers, dues, _) = listed(&before);
    assert!(dangers == 2 && dues > 0, "{:?} {:?}", before.dangers, before.dues);

    // One of two is done.
    let event = before.dangers[0].event;
    store.put_beside(&marked(1, On::Event(event), Mark::Done), &own).unwrap();
    assert_eq!(listed(&summary(&office.supervisor)).0, 1);
    // The session waits until a day to come, and is back on that day.
    let day = chrono::NaiveDate::from_ymd_opt(2026, 12, 24).unwrap();
    store.put_beside(&marked(2, On::Session, Mark::LookAgain(day)), &own).unwrap();
    let waits = summary(&office.supervisor);
    assert_eq!((listed(&waits), waits.look_again()), ((0, 0, 0), Some(day)));
    let later = At { wall: TODAY + 40 * 24 * 3_600_000, ..now() };
    assert_eq!(Lists::of(std::slice::from_ref(&waits), later, None).danger.len(), 1);
    // The mark is taken back.
    store.put_beside(&marked(3, On::Session, Mark::TakenBack), &own).unwrap();
    assert_eq!(listed(&summary(&office.supervisor)).0, 1);

    // A remark to the worker: she opens it, and answers.
    let (text, to) = (Prose::new("Who rang her on that evening?").unwrap(), StaffNumber::new("258").unwrap());
    let remark =
        Companion::Remark { of, at: at(4), by: me.clone(), text, on: On::Session, to: Some(to.clone()) };
    store.put_beside(&remark, &both).unwrap();
    let hers = store.placed(&office.worker);
    assert_eq!(hers.len(), 1, "of all that stands beside, only this is hers");
    let text = Prose::new("I did, at eight. She is well.").unwrap();
    let marks = amparo::review::Marks::of(&hers, None);
    assert_eq!(marks.unanswered(&to).count(), 1);
    let answer = Companion::Addendum { of, at: at(5), by: to.clone(), text, answers: Some(hers[0].name) };
    store.put_beside(&answer, &both).unwrap();
    let marks = *summary(&office.supervisor).marks.unwrap();
    assert_eq!((marks.remarks.len(), marks.addenda.len()), (1, 0));
    assert_eq!(marks.remarks[0].answers[0].text.as_str(), "I did, at eight. She is well.");
    assert_eq!(marks.unanswered(&to).count(), 0);

    // Signed off, and who opened it.
    store.put_beside(&marked(6, On::Session, Mark::SignedOff), &own).unwrap();
    let opened = Companion::Handled { of, at: at(7), by: Some(me.clone()), how: Handling::Opened };
    store.put_beside(&opened, &own).unwrap();
    let signed = summary(&office.supervisor);
    assert!(signed.is_signed_off());
    assert_eq!(listed(&signed).2, 0, "what is signed off is no longer against the protocol");
    let marks = *signed.marks.unwrap();
    assert_eq!(marks.handled[0].head, of.head);
    assert!(matches!(&marks.signed, SignedOff::Yes(given, head) if given.by == me && *head == of.head));
    let another = Prints { now: Fingerprint([9; 32]), once: Vec::new() };
    let marks = amparo::review::Marks::of(&store.placed(&office.supervisor), Some((&another, now())));
    assert!(matches!(marks.signed, SignedOff::Another(..)), "another file than the one that was read");

    // Erased: what was said goes, who handled it stays.
    store.erase_beside(&name, &office.supervisor).unwrap();
    let left: Vec<Companion> = store
        .companions(&office.supervisor)
        .into_iter()
        .filter(|companion| *companion.of() == name)
        .collect();
    assert_eq!(left, [opened]);
    assert_eq!(of.head, HeadCode::of(&of.sha256));
}

/// Whoever has the public keys can write a mark. What no supervisor could have written does not count.
#[test]
fn alarms_are_marked_and_taken_back_together_and_one_that_was_marked_before_keeps_its_mark() {
    let planted = read().summary(&OFFICE.planted[0].name).unwrap();
    let events: BTreeSet<u64> = planted.dangers.iter().map(|one| one.event).collect();
    let [first, second] = events.into_iter().map(On::Event).collect::<Vec<_>>().try_into().unwrap();
    let given = |mark, hours: i64| Given {
        mark,
        at: At { wall: TODAY + hours * 3_600_000, ..now() },
        by: StaffNumber::new("301").unwrap(),
    };
    for (marked, to_mark, to_take_back) in [
        (vec![], vec![&first, &second], vec![&first, &second]),
        (vec![(&first, given(Mark::Done, 0))], vec![&second], vec![&first]),
        (vec![(&first, given(Mark::ToDiscuss, 0))], vec![&first, &second], vec![&first]),
        (
            vec![(&first, given(Mark::Done, 0)), (&second, given(Mark::Done, 0))],
            vec![&first, &second],
            vec![&first, &second],
        ),
        (
            vec![(&first, given(Mark::Done, 1)), (&second, given(Mark::Done, 2))],
            vec![&first, &second],
            vec![&second],
        ),
        (vec![(&On::Session, given(Mark::Done, 0))], vec![&first, &second], vec![&first, &second]),
    ] {
        let mut summary = planted.clone();
        let on = marked.iter().map(|(on, given)| ((*on).clone(), given.clone())).collect();
        summary.marks = Some(Box::new(Marks { on, ..Marks::default() }));
        let alarms = Alarms::of(&summary, None);
        let got = |ons: &[On]| ons.to_vec();
        let wanted = |ons: &[&On]| ons.iter().map(|on| (*on).clone()).collect::<Vec<On>>();
        assert_eq!(got(alarms.to_mark()), wanted(&to_mark), "{marked:?}");
        assert_eq!(got(alarms.to_take_back()), wanted(&to_take_back), "{marked:?}");
    }
}

#[test]
fn a_mark_of_a_file_that_it_never_was_or_of_a_day_to_come_takes_nothing_out_of_the_lists() {
    let home = tempfile::tempdir().unwrap();
    let office = office(home.path(), 24);
    let store = Store::at(home.path());
    let name = office.planted[2].name;
    let summary = || {
        let placed = store.placed(&office.supervisor);
        open_again(&store, &name, &office.supervisor, &placed, &mut Protocols::default(), now())
            .unwrap()
            .unwrap()
    };
    let before = summary();
    let real = before.sha256.unwrap();
    let own = Recipients::new(vec![office.supervisor.public()]).unwrap();
    let put = |second: i64, sha256: Fingerprint, mark| {
        let of = Beside { name, sha256, head: HeadCode::of(&sha256) };
        let (at, by) = (At { wall: TODAY + second * 1_000, ..now() }, StaffNumber::new("204").unwrap());
        store.put_beside(&Companion::Marked { of, at, by, on: On::Session, mark }, &own).unwrap();
    };
    let dangers = |summary: &Summary| Lists::of(std::slice::from_ref(summary), now(), None).danger.len();
    let (zeros, day) = (Fingerprint([0; 32]), 24 * 3_600);
    assert_eq!(dangers(&before), 2);
    put(1, zeros, Mark::Done);
    put(400 * day, real, Mark::Done);
    put(400 * day, real, Mark::SignedOff);
    let after = summary();
    assert_eq!((dangers(&after), after.is_signed_off()), (2, false));
    assert_eq!(after.marks.unwrap().uncounted, 3);
    // A real one counts, and nothing that was forged takes its place or takes it back.
    put(2, real, Mark::Done);
    put(3, zeros, Mark::TakenBack);
    put(4, real, Mark::SignedOff);
    put(5, zeros, Mark::SignedOff);
    let after = summary();
    assert_eq!((dangers(&after), after.is_signed_off()), (0, true));
    // What was marked while it was shorter counts.
    let bytes = store.bytes(&name).unwrap();
    put(6, fingerprint(&bytes[..bytes.len() - 256]), Mark::ToDiscuss);
    assert!(summary().is_to_discuss());
}

#[test]
fn what_the_review_opened_has_a_receipt_and_one_that_got_shorter_is_told() {
    let home = tempfile::tempdir().unwrap();
    let office = office(home.path(), 24);
    let (store, ledger) = (Store::at(home.path()), home.path().join("index"));
    // A supervisor's machine: nothing was begun or closed here.
    std::fs::remove_file(&ledger).unwrap_or_default();
    let first = opened(home.path(), &office.supervisor);
    let noted = std::fs::read_to_string(&ledger).unwrap();
    let is_right = |one: &&Summary| one.file <= FileState::Torn;
    let right = first.summaries().iter().filter(is_right).count();
    assert_eq!((noted.matches("\"seen\"").count(), right), (right, 23), "one of them was altered");
    opened(home.path(), &office.supervisor);
    assert_eq!(std::fs::read_to_string(&ledger).unwrap(), noted, "a second look notes nothing again");
    let open = first.summaries().iter().find(|summary| summary.file == FileState::Open).unwrap();
    let path = store.path(&open.name);
    let bytes = std::fs::read(&path).unwrap();
    std::fs::write(&path, &bytes[..bytes.len() - 512]).unwrap();
    let again = opened(home.path(), &office.supervisor);
    assert_eq!(again.summary(&open.name).unwrap().file, FileState::Another);
    let known = Noted::of(&store.ledger()).known(&open.name);
    let verified = verify_file(&path, &known, Some(&mut Reader::new(&office.supervisor)));
    assert_eq!(verified.finding, Finding::Cut);
    // One that grows is as it should be, and gets a new receipt.
    std::fs::write(&path, &bytes).unwrap();
    let own = Recipients::new(vec![office.supervisor.public(), office.worker.public()]).unwrap();
    let (session, mut writer) = store.resume(&open.name, &office.supervisor, &own).unwrap();
    let at = session.events.last().unwrap().at;
    let fact = Fact::Resumed { dropped: 0, sha256: None };
    writer.append(&Event { at, fact, follows: Follows::default() }).unwrap();
    opened(home.path(), &office.supervisor);
    let while_written = std::fs::read_to_string(&ledger).unwrap();
    assert_eq!(while_written, noted, "while it is written nothing is noted");
    drop(writer);
    let grown = opened(home.path(), &office.supervisor);
    assert_eq!(grown.summary(&open.name).unwrap().file, FileState::Open);
    let after = std::fs::read_to_string(&ledger).unwrap();
    assert_eq!(after.matches("\"seen\"").count(), right + 1);
}

#[test]
fn consent_that_was_taken_back_is_in_no_figure() {
    let archive = read();
    let all = archive.summaries();
    let withdrawn = all.iter().filter(|summary| summary.consent == Consent::TakenBack).count();
    let figures = Figures::of(all);
    assert_eq!((figures.n, figures.left_out.withdrawn), (all.len() - withdrawn, withdrawn));
    let weeks: u32 = figures.weeks.iter().map(|(_, count)| count).sum();
    let ends: u32 = figures.ends.values().sum();
    assert_eq!((usize::try_from(weeks).unwrap(), usize::try_from(ends).unwrap()), (figures.n, figures.n));
    assert!(
        figures
            .phases
            .iter()
            .all(|phase| phase.took.low <= phase.took.median && phase.took.median <= phase.took.high)
    );
    assert!(figures.practices.iter().all(|practice| usize::try_from(practice.served).unwrap() <= practice.n));
    let raised: u32 = figures.signals.iter().map(|signal| signal.times).sum();
    assert!(raised > 0);
    // In a hundred days each of them is of a quarter that is over; where groups may be small none waits for others.
    let in_a_hundred_days = At { wall: TODAY + 100 * 24 * 3_600_000, ..now() };
    let later = Aggregate::of(all, 1, in_a_hundred_days);
    assert_eq!(later.n, u32::try_from(figures.n).ok());
    assert!(Aggregate::of(all, 1, now()).n < later.n, "the quarter that runs is not counted");
    let aggregate = Aggregate::of(all, 5, in_a_hundred_days);
    let counted = aggregate.n.and_then(|n| usize::try_from(n).ok()).unwrap();
    assert!((figures.n - 4..=figures.n).contains(&counted), "{counted} of {}", figures.n);
    assert!(aggregate.practices.iter().all(|share| share.served % 5 == 0 && share.n % 5 == 0));
}

#[test]
fn no_two_rows_of_a_figure_read_alike() {
    let figures = Figures::of(read().summaries());
    for language in Language::ALL {
        for figure in figures_in_rows(&figures, language) {
            let mut met = BTreeSet::new();
            for row in &figure.rows {
                assert!(met.insert(&row.label), "{}: twice {}", figure.title, row.label);
            }
        }
    }
}

#[test]
fn words_are_found_in_all_sessions_and_a_dropped_search_stops() {
    let archive = read();
    let store = Store::at(&OFFICE.home);
    let names: Vec<SessionName> = archive.summaries().iter().map(|summary| summary.name).collect();
    let search = Search::new("DOOR locked").unwrap();
    let searching = Searching::start(&store, &OFFICE.supervisor, search.clone(), names.clone());
    let (mut looked, mut hits) = (0, 0);
    while let Some(one) = searching.wait() {
        looked += 1;
        for hit in one.hits {
            assert!(hit.text.contains("door") && hit.text.contains("locked"));
            hits += 1;
        }
    }
    assert_eq!(looked, names.len());
    assert!(hits > 0);
    assert!(Search::new("  ").is_none());
    drop(Searching::start(&store, &OFFICE.supervisor, search, names));
}

#[test]
fn a_dropped_opening_stops_and_the_key_is_let_go() {
    let identity = Arc::new(
        Identity::of_text("AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX")
            .unwrap(),
    );
    let opening = Opening::start(&Store::at(&OFFICE.home), &identity, &Protocols::default(), now()).unwrap();
    drop(opening);
    let started = std::time::Instant::now();
    while Arc::strong_count(&identity) > 1 {
        assert!(started.elapsed().as_secs() < 20, "the threads keep the key");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}

#[test]
fn a_filter_keeps_what_it_says() {
    let archive = read();
    let all = archive.summaries().len();
    assert_eq!(found(archive, "").len(), all);
    assert_eq!(found(archive, "unsigned").len() + found(archive, "-unsigned").len(), all);
    assert_eq!(found(archive, "signed").len(), found(archive, "-unsigned").len());
    assert_eq!(found(archive, "k-9001").len(), 1);
    assert_eq!(found(archive, "caso:K-9001 personal:204").len(), 1);
    assert!(
        found(archive, "staff:204")
            .iter()
            .all(|summary| summary.staff.iter().any(|one| one.as_str() == "204"))
    );
    assert!(found(archive, "dev>1").iter().all(|summary| summary.against.len() > 1));
    assert_eq!(found(archive, "protocol:phit").len(), all);
    assert_eq!(found(archive, "protocol:phit@999").len(), 0);
    let recent = found(archive, "since:2026-11-01");
    assert!(!recent.is_empty() && recent.is_sorted_by(|one, other| one.begun.wall >= other.begun.wall));
    assert_eq!(recent.len() + found(archive, "until:2026-10-31").len(), all);
    assert_eq!(found(archive, "withdrawn").iter().filter(|one| one.consent != Consent::TakenBack).count(), 0);
}
