//! Every kind of page and paper, made from interviews that the machine ran in memory.

use std::sync::Arc;

use amparo::export::{
    About, Account, AskedFor, Day, Exporter, Format, Opened, Titles, Work, Written, appointment,
    figures_page, outsiders_page, waiver,
};
use amparo::journal::{Inspected, Prints, Session};
use amparo::protocol::Protocol;
use amparo::review::{Added, Aggregate, Figures, Shared, Summary, overview};
use amparo::seal::HeadCode;
use amparo::text::{Fingerprint, Language, Prose, StaffNumber, StepId};

use super::talk::{LATER, eventful, left};

/// Texts that would do something in a page, a table or a terminal, if anything let them.
pub const ATTACKS: [&str; 8] = [
    "<script>document.title='taken'</script>",
    "\"><img src=x onerror=\"document.title='taken'\">",
    "</style><style>body{display:none}</style>",
    "=HYPERLINK(\"file:///etc\";\"x\")",
    "# heading\n- item\n| a | b |",
    "[x](javascript:alert(1)) &lt;b&gt;",
    "; =1+1, +2, -3, @SUM(A1)",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
];

/// The code of the files that were never written.
fn head() -> HeadCode {
    HeadCode::new("0123-4567-89AB-CDEF").unwrap()
}

/// A file of sessions.
pub fn file(
    format: Format,
    language: Language,
    sessions: &[(Session, Protocol)],
    with: &[&str],
    added: &str,
) -> String {
    let asked = AskedFor(with.iter().map(|step| StepId::new(step).unwrap()).collect());
    let added = [Added {
        at: LATER,
        by: StaffNumber::new("317").unwrap(),
        text: Prose::new(added).unwrap(),
        of_another_file: false,
    }];
    let mut exporter = Exporter::new(format, About { language, made: LATER });
    let mut text = exporter.begin();
    for (session, protocol) in sessions {
        let opened = Opened { session, protocol: Some(protocol), head: head(), added: &added };
        text.push_str(&exporter.add(&Account::of(opened, &asked, language, LATER)));
    }
    text + &exporter.end()
}

/// What the review knows of sessions over some weeks.
pub fn summaries(weeks: i64) -> Vec<Summary> {
    let shared = Shared::default();
    let mut all = Vec::new();
    for week in 0..weeks {
        let some = usize::try_from(week % 5).unwrap();
        for (mut session, protocol) in [eventful(), left()].into_iter().cycle().take(some) {
            for event in &mut session.events {
                event.at.wall -= week * 7 * 24 * 3_600_000;
            }
            let inspected = Inspected {
                session,
                prints: Prints { now: Fingerprint([0; 32]), once: Vec::new() },
                other: None,
                erased: false,
                receipt: None,
            };
            all.extend(Summary::of(&inspected, Some(&Arc::new(protocol)), None, LATER, &shared));
        }
    }
    all
}

/// The report of the day on which both interviews were.
pub fn report(written: Written, language: Language) -> String {
    let talks = [eventful(), left()];
    let work = talks.iter().map(|(session, protocol)| {
        Work::of(&overview(&session.events).unwrap(), Some(protocol), head(), language)
    });
    let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
    Day { day, work: work.collect() }.report(written, language)
}

/// The protocols, for titles.
pub fn titles() -> Titles {
    let (_, protocol) = left();
    Titles::from([(protocol.id.clone(), Arc::new(protocol))])
}

/// Every kind of page, by a name, and on how many sheets it is printed where that is known.
pub fn pages() -> Vec<(&'static str, String, Option<usize>)> {
    let sessions = [eventful(), left()];
    let about = |language| About { language, made: LATER };
    let summaries = summaries(60);
    let plain = "The number on page two was hers.";
    vec![
        ("sessions", file(Format::Html, Language::English, &sessions, &[], plain), None),
        (
            "private",
            file(Format::Html, Language::Spanish, &sessions[..1], &["strain", "tied"], &ATTACKS.join("\n")),
            None,
        ),
        ("figures", figures_page(&Figures::of(&summaries), &about(Language::English)), None),
        (
            "outsiders",
            outsiders_page(&Aggregate::of(&summaries, 5, LATER), &titles(), &about(Language::Spanish)),
            None,
        ),
        ("waiver", waiver(Written::Page, Language::English), Some(1)),
        ("renuncia", waiver(Written::Page, Language::Spanish), Some(1)),
        ("slips", appointment(Written::Page, Language::Spanish), Some(1)),
        ("report", report(Written::Page, Language::English), None),
    ]
}
