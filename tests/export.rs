//! What is handed on: nothing private in any kind of file, and nothing that reads a file takes a text for its own.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use amparo::export::{
    About, Account, AskedFor, Exporter, Format, Opened, Written, appointment, figures_data, figures_page,
    figures_text, outsiders_page, outsiders_text, private_steps, waiver,
};
use amparo::review::{Aggregate, Figures, Summary};
use amparo::seal::HeadCode;
use amparo::text::{Language, StepId, forbidden_character};
use html5gum::{Token, Tokenizer};

use pages::{ATTACKS, file, pages, report, summaries, titles};
use talk::{LATER, at_second_hand, eventful, left, night, night_of_private_risk};

#[path = "export/browser.rs"]
mod browser;
#[path = "export/devtools.rs"]
mod devtools;
#[path = "export/pages.rs"]
mod pages;
#[path = "export/talk.rs"]
mod talk;

const FORMATS: [Format; 4] = [Format::Html, Format::Markdown, Format::Csv, Format::Lines];

const ABOUT: About = About { language: Language::English, made: LATER };

// ---- what is private ------------------------------------------------------------------------------------------------

#[test]
fn nothing_private_is_in_any_kind_of_file_unless_it_is_asked_for_by_name() {
    let tied = ["Tied to", "tied", "Unsure", "unsure", "a secret beside"];
    let weighed = ["How heavy", "strain"];
    let sessions = [eventful(), left()];
    for format in FORMATS {
        for language in Language::ALL {
            let without = file(format, language, &sessions, &[], "added");
            for private in tied.iter().chain(&weighed) {
                assert!(!without.contains(private), "{format:?}: {private}");
            }
            assert!(without.contains("her sister") || without.contains("«her»"), "{format:?}: what is not");
            let with = file(format, language, &sessions, &["tied"], "added");
            assert!(with.contains("a secret beside") && with.contains("nsure"), "{format:?}");
            assert!(weighed.iter().all(|private| !with.contains(private)), "{format:?}");
        }
    }
    let steps: Vec<String> = private_steps(&night()).iter().map(ToString::to_string).collect();
    assert_eq!(steps, ["tied", "strain"]);
}

#[test]
fn what_asks_a_private_step_again_is_private_at_whichever_hand() {
    let steps: Vec<String> =
        private_steps(&night_of_private_risk()).iter().map(ToString::to_string).collect();
    assert_eq!(steps, ["risk", "tied", "risk-after", "risk-last", "strain"]);
    for format in FORMATS {
        let of = |with: &[&str]| file(format, Language::English, &[at_second_hand()], with, "added");
        for private in ["risk", "How dangerous", "rose"] {
            assert!(!of(&[]).contains(private), "{format:?}: {private}");
        }
        // The rise tells both answers: it is told where both were asked for.
        let last = of(&["risk-last"]);
        assert!(
            last.contains("How dangerous") && !last.contains("rose") && !last.contains("risk-rose"),
            "{format:?}"
        );
        let both = of(&["risk-last", "risk-after"]);
        assert_eq!(both.contains("rose"), format != Format::Csv, "{format:?}");
    }
}

#[test]
fn the_words_of_an_override_stay_out_with_the_gate_that_they_were_given_for() {
    for format in FORMATS {
        for language in Language::ALL {
            let of = |with: &[&str]| file(format, language, &[at_second_hand()], with, "added");
            let without = of(&[]);
            assert!(
                without.contains("overr") || without.contains("puerta cerrada"),
                "{format:?}: that it was overridden is told"
            );
            assert!(!without.contains("in the car") && !without.contains("tied"), "{format:?}");
            assert!(of(&["tied"]).contains("in the car"), "{format:?}");
            // Words for gates that tell nothing private stay.
            assert!(
                file(format, language, &[eventful()], &[], "added").contains("with the child"),
                "{format:?}"
            );
        }
    }
}

#[test]
fn where_the_protocol_cannot_be_read_no_step_is_handed_on() {
    let (session, _) = eventful();
    let head = HeadCode::new("0123-4567-89AB-CDEF").unwrap();
    let of = |asked: &[&str]| {
        let opened = Opened { session: &session, protocol: None, head, added: &[] };
        let asked = AskedFor(asked.iter().map(|step| StepId::new(step).unwrap()).collect());
        Account::of(opened, &asked, Language::English, LATER)
    };
    let account = of(&[]);
    assert!(account.events.iter().all(|event| event.step.is_none()), "{:?}", account.events);
    assert_eq!(account.left_out.events + account.events.len(), session.events.len());
    for format in FORMATS {
        let text = Exporter::new(format, ABOUT).add(&account);
        assert!(!text.contains("sister") && !text.contains("company"), "{format:?}: {text}");
    }
    assert!(of(&["risk"]).events.iter().any(|event| event.step.is_some()));
}

#[test]
fn every_kind_of_file_names_the_head_that_was_read_and_how_much_is_missing() {
    let sessions = [eventful()];
    for format in FORMATS {
        let text = file(format, Language::English, &sessions, &[], "added");
        assert!(text.contains("0123-4567-89AB-CDEF"), "{format:?}");
    }
    let page = file(Format::Html, Language::English, &sessions, &[], "added");
    // Answered, gone to, and noted at it; and the scale of the worker.
    assert!(page.contains("Left out, since it is private: events: 4, remarks: 1."), "{page}");
    let lines = file(Format::Lines, Language::English, &sessions, &[], "added");
    assert!(lines.contains("\"left_out\":{\"events\":4,\"remarks\":1}"), "{lines}");
}

// ---- what reads it ----------------------------------------------------------------------------------------------

/// The elements that a page is made of.
const TAGS: &str = "a article body br caption dd desc details div dl dt figcaption figure footer h1 h2 h3 h4 head header \
                    html li line main meta nav ol p rect section span style summary svg table tbody td text th thead title \
                    tr ul circle";

/// Holds a page to what is promised of it, as a browser's tokenizer reads it.
#[track_caller]
fn is_a_page(name: &str, page: &str) {
    let known: BTreeSet<&str> = TAGS.split_whitespace().collect();
    let (mut open, mut ids, mut links) = (Vec::new(), BTreeSet::new(), Vec::new());
    for token in Tokenizer::new(page) {
        match token.unwrap() {
            Token::StartTag(tag) => {
                let of = String::from_utf8(tag.name.to_vec()).unwrap();
                assert!(known.contains(of.as_str()), "{name}: <{of}>");
                for (attribute, value) in &tag.attributes {
                    let attribute = String::from_utf8(attribute.to_vec()).unwrap();
                    let value = String::from_utf8(value.to_vec()).unwrap();
                    assert!(!attribute.starts_with("on") && attribute != "style", "{name}: {attribute}");
                    match attribute.as_str() {
                        "id" => assert!(ids.insert(value.clone()), "{name}: {value} twice"),
                        "href" => links.push(value),
                        "src" | "action" | "srcset" => panic!("{name}: {attribute}"),
                        _ => {}
                    }
                }
                if !tag.self_closing && !matches!(of.as_str(), "meta" | "br") {
                    open.push(of);
                }
            }
            Token::EndTag(tag) => {
                assert_eq!(open.pop().map(String::into_bytes), Some(tag.name.to_vec()), "{name}");
            }
            Token::Error(error) => panic!("{name}: {error:?}"),
            Token::Comment(comment) => panic!("{name}: {comment:?}"),
            Token::String(_) | Token::Doctype(_) => {}
        }
    }
    assert!(open.is_empty(), "{name}: {open:?}");
    for link in links {
        assert!(ids.contains(link.trim_start_matches('#')), "{name}: {link} leads nowhere");
    }
    assert!(page.contains("default-src 'none'") || page.contains("default-src &#39;none&#39;"), "{name}");
}

#[test]
fn a_page_reads_as_a_page_whatever_texts_are_in_it() {
    for (name, page, _) in pages() {
        is_a_page(name, &page);
    }
    for attack in ATTACKS {
        is_a_page(attack, &file(Format::Html, Language::English, &[eventful()], &[], attack));
    }
}

#[test]
fn a_table_reads_as_a_table_and_no_cell_is_a_formula() {
    let text = file(Format::Csv, Language::English, &[eventful(), left()], &[], "added");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let columns = reader.headers().unwrap().len();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert!(rows.len() > 20 && rows.iter().all(|row| row.len() == columns));
    assert!(rows.iter().flatten().all(|cell| !cell.starts_with(['=', '+', '-', '@'])));
    let farewell = rows.iter().find(|row| &row[12] == "farewell").unwrap();
    assert!(farewell[13].contains("that we believed <b>her</b>"), "{farewell:?}");
    assert!(text.lines().all(|line| line.starts_with('"') && line.ends_with('"')));
}

#[test]
fn a_line_of_data_is_a_session_of_which_every_event_is_told_in_words_too() {
    let text = file(Format::Lines, Language::Spanish, &[eventful(), left()], &[], "added");
    let lines: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!((&lines[0]["case"], &lines[1]["staff"][1]), (&"K-17".into(), &"311".into()));
    for line in &lines {
        for event in line["events"].as_array().unwrap() {
            assert!(event["text"][0].as_str().is_some_and(|text| !text.is_empty()), "{event}");
            assert!(event["number"].is_u64() && event["time"].is_string(), "{event}");
        }
    }
    assert_eq!(lines[0]["deviations"][0]["id"], "gate-overridden");
    assert_eq!(lines[0]["deviations"][0]["weight"], 3);
}

#[test]
fn no_file_holds_a_character_that_steers_a_terminal_or_turns_the_writing() {
    for (name, page, _) in pages() {
        let lines = page.replace('\n', "");
        assert_eq!(forbidden_character(&lines), None, "{name}");
    }
    for format in FORMATS {
        for attack in ATTACKS {
            let text = file(format, Language::English, &[eventful()], &[], attack);
            assert_eq!(forbidden_character(&text.replace(['\n', '\r'], "")), None, "{format:?}");
        }
    }
}

#[test]
fn markdown_says_what_was_typed_and_makes_nothing_of_it() {
    let text = file(Format::Markdown, Language::English, &[eventful()], &[], ATTACKS[4]);
    assert!(text.contains("\\# heading / - item / \\| a \\| b \\|"), "{text}");
    assert!(text.contains("\\<b\\>her\\</b\\>"), "{text}");
    let headings = text.lines().filter(|line| line.starts_with('#')).count();
    let plain = file(Format::Markdown, Language::English, &[eventful()], &[], "added");
    assert_eq!(headings, plain.lines().filter(|line| line.starts_with('#')).count());
}

// ---- figures --------------------------------------------------------------------------------------------------------

#[test]
fn figures_say_the_same_in_every_form_and_name_nobody() {
    let all = summaries(40);
    let figures = Figures::of(&all);
    let (page, text, data) =
        (figures_page(&figures, &ABOUT), figures_text(&figures, &ABOUT), figures_data(&figures));
    is_a_page("figures", &page);
    assert_eq!(data["n"], all.len());
    let n = format!("n\u{a0}=\u{a0}{}", all.len());
    assert!(page.contains(&n) && text.contains(&n));
    assert!(page.contains("The room is calm – skipped") && text.contains("The room is calm – skipped"));
    let week = data["weeks"][0]["week"].as_str().unwrap();
    assert!(page.contains(week) && text.contains(week));
    for form in [page, text, data.to_string()] {
        assert!(
            !form.contains("Tied") && !form.contains("tied") && !form.contains("strain"),
            "private steps"
        );
        for somebody in ["K-17", "K-18", "204", "311"] {
            assert!(
                !form.contains(&format!(" {somebody} ")) && !form.contains(&format!(">{somebody}<")),
                "{somebody}"
            );
        }
        assert!(!form.contains("abab") && !form.contains("sister"), "no name of a file and no note");
    }
}

#[test]
fn figures_for_outsiders_have_no_code_time_or_text_and_none_at_all_where_they_are_too_few() {
    let all = summaries(40);
    for language in Language::ALL {
        let about = About { language, ..ABOUT };
        let aggregate = Aggregate::of(&all, 5, LATER);
        let page = outsiders_page(&aggregate, &titles(), &about);
        is_a_page("outsiders", &page);
        for form in [page, outsiders_text(&aggregate, &titles(), &about)] {
            let shown = form.split("<body>").last().unwrap();
            for telling in ["K-17", "K-18", "204", "311", "sister", "abab", "17:1", "+01:00"] {
                assert!(!shown.contains(telling), "{telling}: {shown}");
            }
            let few = outsiders_text(&Aggregate::of(&all[..3], 5, LATER), &titles(), &about);
            assert!(few.lines().count() < 9 && !few.contains('3'), "{few}");
        }
    }
}

#[test]
fn a_session_of_this_quarter_changes_no_byte_of_figures_for_outsiders() {
    let all = summaries(60);
    // The latest session of all is of a quarter that is not over.
    let latest = all.iter().map(|one| one.begun.wall).max().unwrap();
    let fewer: Vec<Summary> = all.iter().filter(|one| one.begun.wall != latest).cloned().collect();
    assert!(fewer.len() < all.len());
    let written = |all: &[Summary]| {
        let aggregate = Aggregate::of(all, 5, LATER);
        assert!(aggregate.n.is_some());
        let (page, text) =
            (outsiders_page(&aggregate, &titles(), &ABOUT), outsiders_text(&aggregate, &titles(), &ABOUT));
        assert!(page.contains("until") && text.contains("until"), "{text}");
        (page, text, serde_json::json!(aggregate).to_string())
    };
    assert_eq!(written(&all), written(&fewer));
}

// ---- paper ----------------------------------------------------------------------------------------------------------

#[test]
fn whoever_finds_the_slip_learns_that_somebody_has_an_appointment() {
    for language in Language::ALL {
        for written in [Written::Page, Written::Text] {
            let slip = appointment(written, language).to_lowercase();
            for telling in [
                "amparo",
                "traffick",
                "trata",
                "victim",
                "víctim",
                "protec",
                "police",
                "policía",
                "shelter",
                "refugio",
                "interview",
                "entrevista",
                "session",
                "sesión",
                "case",
                "caso",
                "staff",
                "personal",
                "abuse",
                "help",
                "ayuda",
                "secret",
                "danger",
                "peligro",
                "lawyer",
                "court",
                "ngo",
                "http:",
            ] {
                assert!(!slip.contains(telling), "{telling}");
            }
            let word = if language == Language::English { "appointment" } else { "cita" };
            assert!(slip.matches(word).count() >= 4, "four to be cut");
        }
    }
}

#[test]
fn paper_as_text_fits_a_terminal_and_a_sheet() {
    for language in Language::ALL {
        let waiver = waiver(Written::Text, language);
        let report = report(Written::Text, language);
        assert!(waiver.lines().count() < 66, "one sheet");
        for line in [&waiver, &report].into_iter().flat_map(|text| text.lines()) {
            assert!(amparo::text::width(line) <= 78, "{line}");
        }
        assert!(waiver.contains("____") && waiver.contains("[ ]"));
    }
}

#[test]
fn the_report_of_a_day_lists_its_work_by_staff_number() {
    let report = report(Written::Text, Language::English);
    let parts: Vec<&str> = report.split("\nStaff number ").collect();
    assert_eq!(parts.len(), 3, "{report}");
    assert!(parts[1].starts_with("204") && parts[1].contains("K-17") && parts[1].contains("K-18"));
    assert!(parts[2].starts_with("311") && !parts[2].contains("K-17") && parts[2].contains("204"));
    assert!(parts[1].contains("0123-4567-89AB-CDEF") && parts[1].contains("She needs a moment ×1"));
    for telling in ["sister", "Unsure", "heavy"] {
        assert!(!report.contains(telling), "{telling}");
    }
}
