//! What is handed on: nothing private in any kind of file, and nothing that reads a file takes a text for its own.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use amparo::export::{About, Account, AskedFor, Exporter, Format, Opened};
use amparo::journal::Session;
use amparo::protocol::Protocol;
use amparo::review::Added;
use amparo::seal::HeadCode;
use amparo::text::{Language, Prose, StaffNumber, StepId};

use talk::{LATER, eventful, left};

#[path = "export/talk.rs"]
mod talk;

const FORMATS: [Format; 4] = [Format::Html, Format::Markdown, Format::Csv, Format::Lines];

fn file(format: Format, language: Language, sessions: &[(Session, Protocol)], with: &[&str]) -> String {
    let asked = AskedFor(with.iter().map(|step| StepId::new(step).unwrap()).collect());
    let added = [Added {
        at: LATER,
        by: StaffNumber::new("317").unwrap(),
        text: Prose::new("The number on page two was hers.").unwrap(),
        of_another_file: false,
    }];
    let mut exporter = Exporter::new(format, About { language, made: LATER });
    let mut text = exporter.begin();
    for (session, protocol) in sessions {
        let opened = Opened {
            session,
            protocol: Some(protocol),
            head: HeadCode::new("0123-4567-89AB-CDEF").unwrap(),
            added: &added,
        };
        text.push_str(&exporter.add(&Account::of(opened, &asked, language, LATER)));
    }
    text + &exporter.end()
}

#[test]
fn look() {
    let sessions = [eventful(), left()];
    for (format, name) in FORMATS.into_iter().zip(["html", "md", "csv", "jsonl"]) {
        std::fs::write(format!("/tmp/look/two.{name}"), file(format, Language::English, &sessions, &[])).unwrap();
    }
    std::fs::write("/tmp/look/one.html", file(Format::Html, Language::Spanish, &sessions[..1], &["strain", "tied"])).unwrap();
}
