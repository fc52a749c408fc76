//! Reading protocols, from the outside: what is read, what is refused, and in which words.

#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests, outside of any test function, may fail loudly too"
)]

use std::fs;
use std::path::{Path, PathBuf};

use amparo::cli::Exit;
use amparo::cli::protocol::{ProtocolCommand, run};
use amparo::journal::{ProtocolFile, ProtocolSource, Store};
use amparo::protocol::{
    Finding, LARGEST_CARRIED, Reading, SHIPPED, SHIPPED_NAME, SHIPPED_TRANSLATIONS, Severity,
    parse_condition, read, read_file, reference, schema, shipped,
};
use amparo::seal::{Identity, Recipients};
use amparo::text::Language;
use amparo::words::findings::{draw, tell};
use proptest::prelude::{Just, Strategy, any, prop, prop_oneof, proptest};

/// The protocols in a folder, without the translations beside them.
fn fixtures(folder: &str) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(Path::new("tests/protocols").join(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "yaml"))
        .filter(|path| Path::new(path.file_stem().unwrap()).extension().is_none())
        .collect();
    found.sort();
    assert!(!found.is_empty(), "no fixtures in {folder}");
    found
}

fn checked(path: &Path, language: Language) -> (Exit, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let command = ProtocolCommand::Check { files: vec![path.to_owned()] };
    let exit = run(command, language, &mut out, &mut err);
    (exit, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
}

/// Compares with the file that says what is expected. `BLESS=1` writes what came, to be read before it is committed.
fn compare(expected: &Path, got: &str) {
    if std::env::var_os("BLESS").is_some() {
        fs::write(expected, got).unwrap();
    }
    let wanted = fs::read_to_string(expected).unwrap_or_default();
    assert_eq!(got, wanted, "{}", expected.display());
}

/// `AMPARO_MAKE_READY=1 cargo test --test protocol ready` writes the file anew after the shipped protocol was edited.
#[test]
fn the_shipped_protocol_is_ready_as_it_reads() {
    let read = shipped().expect("no findings");
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/protocols/phit.ready");
    let made = amparo::protocol::make_ready(&read).expect("a form");
    if std::env::var_os("AMPARO_MAKE_READY").is_some() {
        std::fs::write(file, &made).expect("the file can be written");
        return;
    }
    let kept = std::fs::read(file).expect("the file is there");
    assert!(
        kept == made,
        "protocols/phit.ready is not that of protocols/phit.yaml and its translations; write it anew with\n    \
         AMPARO_MAKE_READY=1 cargo test --test protocol ready"
    );
    let ready = amparo::protocol::shipped_ready().expect("of these very bytes");
    assert!(ready == read, "the ready form says something else than the YAML");
}

#[test]
fn what_is_wrong_is_said_whole() {
    for path in fixtures("bad") {
        let (exit, out, err) = checked(&path, Language::English);
        assert_eq!(exit, Exit::NotRight, "{}", path.display());
        compare(&path.with_extension("stderr"), &(err + &out));
    }
}

#[test]
fn what_is_worth_a_remark_is_right() {
    for path in fixtures("remarks") {
        let (exit, out, err) = checked(&path, Language::English);
        assert_eq!(exit, Exit::Done, "{}", path.display());
        assert!(!err.is_empty(), "{}", path.display());
        compare(&path.with_extension("stderr"), &(err + &out));
    }
}

/// Every finding in Spanish too: one file, since the places are the same.
#[test]
fn spanish_says_the_same_things() {
    let mut all = String::new();
    for path in fixtures("bad").into_iter().chain(fixtures("remarks")) {
        let (_, out, err) = checked(&path, Language::Spanish);
        let heads = err.lines().filter(|line| !line.starts_with([' ', '|']) && !line.contains(" | "));
        for line in
            heads.filter(|line| !line.is_empty()).chain(err.lines().filter(|line| line.contains("= ayuda")))
        {
            all.push_str(line.trim());
            all.push('\n');
        }
        all.push_str(&out);
    }
    compare(Path::new("tests/protocols/spanish.txt"), &all);
}

#[test]
fn what_is_right_has_no_findings() {
    for path in fixtures("good") {
        let (exit, out, err) = checked(&path, Language::English);
        assert_eq!((exit, err.as_str()), (Exit::Done, ""), "{}", path.display());
        assert_eq!(out, format!("{}: right\n", path.display()));
    }
}

#[test]
fn the_shipped_protocol_is_right() {
    let protocol = shipped().expect("no findings");
    assert!(protocol.covering().is_some());
}

fn told(reading: &Reading) -> Vec<String> {
    let of = |finding: &Finding| {
        let at = reading.sources[finding.source].position(finding.span.start);
        format!("{}:{} {:?}", at.line, at.column, finding.what)
    };
    reading.findings.iter().map(of).collect()
}

#[test]
fn a_protocol_is_there_exactly_when_nothing_is_wrong() {
    for path in ["bad", "remarks", "good"].into_iter().flat_map(fixtures) {
        let reading = read_file(&path).unwrap();
        let wrong = reading.findings.iter().any(|one| one.severity() == Severity::Error);
        assert_eq!(reading.protocol.is_none(), wrong, "{}: {:?}", path.display(), told(&reading));
    }
}

#[test]
fn huge_and_hostile_files_are_refused_at_once() {
    let huge = vec![b'a'; 100 << 20];
    let brackets = "[".repeat(10_000);
    let lists = "- ".repeat(10_000);
    let keys = (0..10_000).map(|depth| " ".repeat(depth) + "a:\n").collect::<String>();
    let parentheses = format!("amparo: 1\nconditions:\n  - id: a\n    is: {}\n", "(".repeat(900));
    let nots = format!("amparo: 1\nconditions:\n  - id: a\n    is: {} done(a)\n", "not ".repeat(200));
    let aliases = format!("a: &a [x]\n{}", "k: [*a, *a, *a]\n".repeat(1000));
    for (name, bytes) in [
        ("a hundred megabytes", huge.as_slice()),
        ("ten thousand brackets", brackets.as_bytes()),
        ("ten thousand lists", lists.as_bytes()),
        ("ten thousand sections", &keys.as_bytes()[..keys.len().min(4 << 20)]),
        ("parentheses", parentheses.as_bytes()),
        ("nots", nots.as_bytes()),
        ("aliases", aliases.as_bytes()),
    ] {
        let before = std::time::Instant::now();
        let reading = read(name, bytes, &[]);
        assert!(reading.protocol.is_none() && !reading.findings.is_empty(), "{name}");
        assert!(before.elapsed().as_secs() < 5, "{name} took {:?}", before.elapsed());
    }
}

/// Whatever is wrong ten thousand times is said ten thousand times, and soon.
#[test]
fn floods_of_findings_stay_cheap() {
    let base = include_str!("protocols/good/small.yaml");
    let many =
        |one: &dyn Fn(usize) -> String, how_many: usize| (0..how_many).map(one).collect::<Vec<_>>().concat();
    let step =
        |at: usize, more: &str| format!("      - id: s{at}\n        kind: check\n        ask: Ask\n{more}");
    let in_steps = |steps: &str| base.replacen("    steps:\n", &format!("    steps:\n{steps}"), 1);
    let options = |at: usize| format!("          - id: o{at}\n            label: Option\n");
    let conditions = |more: &str| base.replacen("conditions:\n", &format!("conditions:\n{more}"), 1);
    let doubled = many(&|at| format!("  - id: c{}\n    is: holds(c{at}) and holds(c{at})\n", at + 1), 5_000);
    for (name, text) in [
        ("unknown keys", format!("{base}{}", many(&|at| format!("unknown-{at}: 1\n"), 20_000))),
        ("unknown steps", in_steps(&many(&|at| step(at, &format!("        when: done(x{at}x)\n")), 5_000))),
        (
            "later steps",
            in_steps(&many(&|at| step(at, &format!("        when: done(s{})\n", at + 10)), 5_000)),
        ),
        (
            "chains of steps",
            in_steps(&many(&|at| step(at + 1, &format!("        when: done(s{at})\n")), 5_000)),
        ),
        ("bad ids", in_steps(&many(&|at| step(at, "").replace("id: s", "id: S"), 5_000))),
        ("steps with one id", in_steps(&step(1, "").repeat(5_000))),
        ("options", base.replacen("options:\n", &format!("options:\n{}", many(&options, 20_000)), 1)),
        ("conditions", conditions(&many(&|at| format!("  - id: c{at}\n    is: company == x{at}\n"), 5_000))),
        ("conditions that double", conditions(&format!("  - id: c0\n    is: done(calm)\n{doubled}"))),
        ("tabs", format!("{base}{}", many(&|at| format!("# x\nk{at}:\t1\n"), 20_000))),
    ] {
        let before = std::time::Instant::now();
        let reading = read(name, text.as_bytes(), &[]);
        assert!(reading.protocol.is_none() && !reading.findings.is_empty(), "{name}");
        for finding in &reading.findings {
            assert!(reading.sources[finding.source].position(finding.span.start).line > 0);
        }
        for finding in reading.findings.iter().rev().take(1000) {
            assert!(!draw(finding, &reading.sources, Language::English).is_empty());
        }
        assert!(before.elapsed().as_secs() < 20, "{name} took {:?}", before.elapsed());
    }
}

/// The blocks of a page that are marked with a language.
fn blocks<'p>(page: &'p str, marked: &str) -> Vec<&'p str> {
    let open = format!("```{marked}\n");
    page.split(open.as_str()).skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

#[test]
fn every_example_of_the_manual_is_right() {
    let page = fs::read_to_string("docs/protocol.md").unwrap();
    let (protocols, translations) = (blocks(&page, "yaml"), blocks(&page, "yaml translation"));
    assert_eq!((protocols.len(), translations.len()), (1, 1));
    let beside = [("night-shelter.es.yaml", translations[0].as_bytes())];
    let reading = read("night-shelter.yaml", protocols[0].as_bytes(), &beside);
    let errors = reading.findings.iter().filter(|one| one.severity() == Severity::Error).count();
    assert_eq!(errors, 0, "{:?}", told(&reading));
    let conditions = blocks(&page, "condition");
    for condition in conditions.iter().flat_map(|block| block.lines()) {
        assert!(parse_condition(condition).is_ok(), "{condition}");
        let with =
            protocols[0].replace("- id: debrief\n", &format!("- id: debrief\n        when: {condition}\n"));
        assert!(with.contains(condition));
        let reading = read("with.yaml", with.as_bytes(), &[]);
        assert!(reading.protocol.is_some(), "{condition}: {:?}", told(&reading));
    }
    let reading = read("shipped", SHIPPED, SHIPPED_TRANSLATIONS);
    assert!(reading.protocol.is_some());
}

#[test]
fn the_reference_in_the_manual_is_that_of_the_table() {
    let page = fs::read_to_string("docs/protocol.md").unwrap();
    let (before, rest) = page.split_once("<!-- made from the table of keys -->\n").unwrap();
    let (_, after) = rest.split_once("<!-- end -->\n").unwrap();
    let wanted =
        format!("{before}<!-- made from the table of keys -->\n{}<!-- end -->\n{after}", reference());
    if std::env::var_os("BLESS").is_some() {
        fs::write("docs/protocol.md", &wanted).unwrap();
    }
    assert!(
        fs::read_to_string("docs/protocol.md").unwrap() == wanted,
        "run this test with BLESS=1 and commit"
    );
}

#[test]
fn the_schema_knows_every_section_it_refers_to() {
    let schema = schema();
    let defined: Vec<&String> = schema["$defs"].as_object().unwrap().keys().collect();
    let text = schema.to_string();
    for name in text.split("#/$defs/").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(defined.iter().any(|one| *one == name), "{name}");
    }
    let step = &schema["$defs"]["step"];
    assert_eq!(step["additionalProperties"], false);
    assert_eq!(step["properties"]["by"]["default"], "both");
}

fn in_folder(command: ProtocolCommand) -> (Exit, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let exit = run(command, Language::English, &mut out, &mut err);
    (exit, String::from_utf8(out).unwrap(), String::from_utf8(err).unwrap())
}

#[test]
fn a_new_protocol_is_right_and_never_overwrites() {
    let folder = tempfile::tempdir().unwrap();
    for (language, name) in [(Language::English, "en.yaml"), (Language::Spanish, "es.yaml")] {
        let file = folder.path().join(name);
        let mut out = Vec::new();
        let exit = run(ProtocolCommand::New { file: file.clone() }, language, &mut out, &mut Vec::new());
        assert_eq!(exit, Exit::Done);
        let (exit, _, err) = checked(&file, Language::English);
        assert_eq!((exit, err.as_str()), (Exit::Done, ""));
        let (exit, out, err) = in_folder(ProtocolCommand::New { file: file.clone() });
        assert_eq!((exit, out.as_str()), (Exit::CouldNot, ""));
        let wanted = format!(
            "error: `{}` exists already, and was left as it is\nhelp: name another file\n",
            file.display()
        );
        assert_eq!(err, wanted);
    }
}

#[test]
fn a_translation_is_begun_filled_in_and_brought_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("small.yaml");
    fs::copy("tests/protocols/good/small.yaml", &file).unwrap();
    let translate = || ProtocolCommand::Translate { file: file.clone(), into: Language::Spanish.code() };
    let target = folder.path().join("small.es.yaml");

    let (exit, ..) = in_folder(translate());
    assert_eq!(exit, Exit::Done);
    let begun = fs::read_to_string(&target).unwrap();
    assert!(begun.contains("# steps:\n#   calm:\n#     ask: \"The room is calm\"\n"), "{begun}");
    let (exit, out, _) = checked(&file, Language::English);
    assert_eq!(exit, Exit::Done);
    assert!(out.contains("right, with"), "{out}");

    // Everything that stands in a comment, taken out of it, is a whole translation.
    let lines: Vec<&str> = begun.lines().map(|line| line.strip_prefix("# ").unwrap_or(line)).collect();
    let whole = lines.join("\n") + "\n";
    fs::write(&target, &whole).unwrap();
    let (exit, out, err) = checked(&file, Language::English);
    assert_eq!((exit, err.as_str()), (Exit::Done, ""), "{whole}");
    assert!(out.ends_with("right\n"), "{out}");

    // Nothing of it is lost when it is brought up to date, and the file as it was is kept.
    let (exit, ..) = in_folder(translate());
    assert_eq!(exit, Exit::Done);
    assert_eq!(fs::read_to_string(&target).unwrap(), whole);
    assert_eq!(fs::read_to_string(folder.path().join("small.es.yaml.old")).unwrap(), whole);
}

#[test]
fn the_shipped_protocol_can_be_shown_and_drawn() {
    let (exit, out, err) = in_folder(ProtocolCommand::Show { file: None, coverage: false });
    assert_eq!((exit, err.as_str()), (Exit::Done, ""));
    assert!(out.contains("1. "), "{out}");
    let (exit, out, _) = in_folder(ProtocolCommand::Show { file: None, coverage: true });
    assert_eq!(exit, Exit::Done);
    assert!(out.starts_with("A1   "), "{out}");
    let (exit, out, _) = in_folder(ProtocolCommand::Graph { file: None });
    assert_eq!(exit, Exit::Done);
    assert!(out.starts_with("digraph protocol {\n") && out.ends_with("}\n"));
    let (exit, ..) = in_folder(ProtocolCommand::Schema);
    assert_eq!(exit, Exit::Done);
}

#[test]
fn a_file_that_cannot_be_read_is_no_finding() {
    for path in ["tests/protocols/no-such-file.yaml", "tests/protocols", "/dev/null"] {
        let (exit, out, err) = checked(Path::new(path), Language::English);
        assert_eq!((exit, out.as_str()), (Exit::CouldNot, ""));
        assert!(err.starts_with("error: ") && err.contains("\nhelp: "), "{err}");
    }
}

/// A condition that was read is written in the same words, and means the same when it is read again.
#[test]
fn a_condition_goes_round() {
    let protocol = shipped().unwrap();
    let mut all = Vec::new();
    for phase in &protocol.phases {
        all.extend(phase.gates.iter().map(|gate| &gate.opens));
        all.extend(phase.groups.iter().filter_map(|group| group.when.as_ref()));
    }
    all.extend(protocol.steps.iter().filter_map(|step| step.when.as_ref()));
    all.extend(protocol.conditions.iter().map(|named| &named.is));
    assert!(!all.is_empty());
    for condition in all {
        let written = protocol.written(condition);
        assert!(parse_condition(&written).is_ok(), "{written}");
    }
}

/// Whatever the bytes are: an answer, with every place inside the file, and words for each finding.
fn holds_for(bytes: &[u8], translations: &[(&str, &[u8])]) {
    let reading = read("any.yaml", bytes, translations);
    let wrong = reading.findings.iter().any(|one| one.severity() == Severity::Error);
    assert_eq!(reading.protocol.is_none(), wrong);
    for finding in &reading.findings {
        let source = &reading.sources[finding.source];
        assert!(finding.span.start <= finding.span.end);
        assert!(finding.span.start as usize <= source.text.len(), "{finding:?}");
        for language in Language::ALL {
            let told = tell(&finding.what, language);
            assert!(!told.what.is_empty() && !told.help.is_empty());
            let drawn = draw(finding, &reading.sources, language);
            assert!(!drawn.chars().any(|c| c.is_control() && c != '\n'), "{drawn:?}");
        }
    }
}

fn mutated(text: &'static str) -> impl Strategy<Value = String> {
    let change = prop_oneof![
        (any::<prop::sample::Index>(), Just(None)),
        (
            any::<prop::sample::Index>(),
            prop_oneof!["[-:#&*!|>%@\"'{}\\[\\],? \t]{1,3}", "\\PC{1,4}"].prop_map(Some)
        ),
    ];
    prop::collection::vec((change, any::<prop::sample::Index>()), 1..4).prop_map(move |changes| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        for ((at, insert), other) in changes {
            let at = at.index(lines.len());
            match insert {
                Some(new) => {
                    let places: Vec<usize> =
                        lines[at].char_indices().map(|(at, _)| at).chain([lines[at].len()]).collect();
                    let place = places[other.index(places.len())];
                    lines[at].insert_str(place, &new);
                }
                None if at % 2 == 0 => {
                    let other = other.index(lines.len());
                    lines.swap(at, other);
                }
                None => {
                    lines.remove(at);
                }
            }
        }
        lines.join("\n")
    })
}

proptest! {
    #[test]
    fn any_bytes_get_an_answer(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        holds_for(&bytes, &[]);
    }

    #[test]
    fn any_text_gets_an_answer(text in "[a-z:\\-#\\[\\]{}\"'&*!|>%@ \n\t,?é会]{0,300}") {
        holds_for(text.as_bytes(), &[("any.es.yaml", text.as_bytes())]);
    }

    #[test]
    fn a_slip_in_a_right_protocol_gets_an_answer(text in mutated(include_str!("protocols/good/night-shelter.yaml"))) {
        holds_for(text.as_bytes(), &[]);
    }

    #[test]
    fn a_slip_in_a_right_translation_gets_an_answer(text in mutated(include_str!("protocols/good/small.es.yaml"))) {
        holds_for(include_bytes!("protocols/good/small.yaml"), &[("small.es.yaml", text.as_bytes())]);
    }

    #[test]
    fn any_condition_gets_an_answer(text in "[a-z0-9()\\[\\],=!<>&|\"é会 -]{0,80}") {
        if let Err(fault) = parse_condition(&text) {
            assert!(text.get(fault.part.start..fault.part.end).is_some(), "{fault:?}");
        }
    }
}

#[test]
fn the_names_in_messages_are_those_of_the_files() {
    let reading = read(SHIPPED_NAME, SHIPPED, SHIPPED_TRANSLATIONS);
    assert_eq!(reading.sources.len(), 1 + SHIPPED_TRANSLATIONS.len());
    assert_eq!(reading.sources[0].name, SHIPPED_NAME);
}

/// A key that no right protocol uses may not work at all.
#[test]
fn every_key_of_the_table_is_in_a_right_protocol() {
    let mut texts = String::new();
    for path in fixtures("good") {
        texts.push_str(&fs::read_to_string(&path).unwrap());
        texts.push_str(&fs::read_to_string(path.with_extension("es.yaml")).unwrap_or_default());
    }
    let schema = schema();
    for (section, object) in schema["$defs"].as_object().unwrap() {
        for key in object["properties"].as_object().unwrap().keys() {
            let written = texts.lines().any(|line| {
                line.trim_start()
                    .trim_start_matches("- ")
                    .split_once(':')
                    .is_some_and(|(name, _)| name == key)
            });
            assert!(written, "no right protocol has `{key}`, of {section}");
        }
    }
}

#[test]
fn two_translations_into_one_language_are_told() {
    let text = include_bytes!("protocols/good/small.es.yaml").as_slice();
    let beside = [("small.es.yaml", text), ("small.yaml", text)];
    let reading = read("small.yaml", include_bytes!("protocols/good/small.yaml"), &beside);
    assert_eq!(told(&reading), ["3:11 Translation(LanguageTwice(\"es\"))"]);
    assert_eq!(reading.findings[0].source, 2);
}

#[test]
fn a_file_that_is_too_large_is_told() {
    let reading = read("large.yaml", &vec![b'#'; amparo::protocol::LARGEST + 1], &[]);
    assert_eq!(told(&reading), ["1:1 File(TooLarge)"]);
}

#[test]
fn what_the_check_takes_can_be_kept_and_what_is_larger_is_told() {
    let key = Recipients::new(vec![Identity::generate().public()]).unwrap();
    let (base, beside) =
        (include_str!("protocols/good/small.yaml"), include_str!("protocols/good/small.es.yaml"));
    // What a byte, a quote and a sign of three bytes take; and as a translation, which is counted with its base.
    for (filling, takes) in [("x", 1), ("\"", 2), ("あ", 3)] {
        for in_translation in [false, true] {
            let text = |bytes: usize| {
                let comment = filling.repeat(bytes / takes);
                if in_translation {
                    (base.to_owned(), format!("{beside}\n# {comment}\n"))
                } else {
                    (format!("{base}\n# {comment}\n"), beside.to_owned())
                }
            };
            let checked = |(base, beside): &(String, String)| {
                let reading = read(
                    "folder/small.yaml",
                    base.as_bytes(),
                    &[("folder/small.es.yaml", beside.as_bytes())],
                );
                let told = told(&reading);
                assert!(told.is_empty() || told == ["1:1 File(TooLarge)"], "{told:?}");
                assert_eq!(reading.protocol.is_some(), told.is_empty());
                told.is_empty()
            };
            let kept = |(base, beside): &(String, String)| {
                let home = tempfile::tempdir().unwrap();
                let file = |name: &str, text: &str| ProtocolFile::new(name, text.to_owned());
                let source =
                    ProtocolSource::new(file("small.yaml", base), vec![file("small.es.yaml", beside)]);
                Store::at(home.path()).create(&source, &key).is_ok()
            };
            // The most that the check takes, to the byte.
            let (mut fits, mut not) = (0, LARGEST_CARRIED);
            while not - fits > takes {
                let middle = usize::midpoint(fits, not) / takes * takes;
                if checked(&text(middle)) { fits = middle } else { not = middle }
            }
            let most = text(fits);
            assert!(
                kept(&most),
                "{filling} {in_translation}: the check took it, and no session can carry it"
            );
            assert!(!kept(&text(fits + 128)), "{filling} {in_translation}: more than a session can carry");
        }
    }
}
