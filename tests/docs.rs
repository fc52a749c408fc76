//! Holds the pages to the repository: every path that they name exists, every test that a table names exists, every
//! command that they show is one, and the README's two commands are there.

#![expect(clippy::panic, clippy::expect_used, reason = "what helps a test fails as a test does")]

use std::iter;
use std::path::{Path, PathBuf};

use amparo::cli::Arguments;
use clap::Parser as _;
use clap::error::ErrorKind;

/// What begins so is a path of the repository.
const ROOTS: [&str; 8] = ["src/", "tests/", "docs/", "protocols/", "benches/", "examples/", "fuzz/", ".ci/"];

#[test]
fn every_path_that_a_page_names_exists() {
    let mut wrong = Vec::new();
    for (page, text) in pages() {
        for (line, path) in paths(&text) {
            if !exists(Path::new(""), path) {
                wrong.push(format!("{page}:{line}: there is no `{path}`\n    help: name it as it is called now, or take it out"));
            }
        }
        let folder = Path::new(&page).parent().expect("a page is a file");
        for (line, target) in links(&text) {
            if !exists(folder, target) {
                wrong.push(format!("{page}:{line}: the link `{target}` leads nowhere\n    help: it is read from the page's own folder"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_test_that_a_table_names_exists() {
    let code: String =
        ["src", "tests"].into_iter().flat_map(|folder| files(folder, "rs")).map(|(_, text)| text).collect();
    let mut wrong = Vec::new();
    for (page, text) in pages() {
        for (line, name) in tests_in_tables(&text) {
            let function = name.rsplit("::").next().unwrap_or(name);
            if !code.contains(&format!("fn {function}(")) {
                wrong.push(format!("{page}:{line}: there is no test `{name}`\n    help: write it, or name the one that does its work"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_command_that_a_page_shows_is_one() {
    let mut wrong = Vec::new();
    for (page, text) in pages() {
        for (line, words) in commands(&text) {
            if let Some(why) = refusal(&words) {
                wrong.push(format!(
                    "{page}:{line}: `amparo {}`: {why}\n    help: show it as the program takes it",
                    words.join(" ")
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_readme_has_the_two_commands_that_do_all_the_set_up() {
    let readme = std::fs::read_to_string("README.md").expect("README.md is read");
    let fenced: Vec<&str> = lines(&readme)
        .into_iter()
        .filter(|line| line.fenced)
        .map(|line| line.text.trim().trim_start_matches("$ ").split(" #").next().unwrap_or_default().trim())
        .collect();
    for command in ["cargo run --release", "cargo test"] {
        assert!(
            fenced.contains(&command),
            "README.md does not show `{command}` on a line of its own in a block of code"
        );
    }
}

/// Why the program would refuse this. What a page leaves out on purpose, or puts as a placeholder, is no mistake.
fn refusal(words: &[&str]) -> Option<String> {
    let error = Arguments::try_parse_from(iter::once(&"amparo").chain(words)).err()?;
    let is_mistake = matches!(error.kind(), ErrorKind::InvalidSubcommand | ErrorKind::UnknownArgument);
    is_mistake.then(|| error.to_string().lines().next().unwrap_or_default().to_owned())
}

/// The pages that people read, with their texts.
fn pages() -> Vec<(String, String)> {
    let mut pages = files("docs", "md");
    for page in ["README.md", "CHANGELOG.md"] {
        pages.push((page.to_owned(), std::fs::read_to_string(page).expect("a page is read")));
    }
    pages
}

/// All files of a kind under a folder, with their texts.
fn files(folder: &str, kind: &str) -> Vec<(String, String)> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files_there = Vec::new();
    for entry in entries {
        let path: PathBuf = entry.expect("a folder is listed").path();
        let name =
            path.to_str().unwrap_or_else(|| panic!("{} is no name for a file", path.display())).to_owned();
        if path.is_dir() {
            files_there.extend(files(&name, kind));
        } else if path.extension().is_some_and(|extension| extension == kind) {
            files_there.push((name, std::fs::read_to_string(&path).expect("a file is read")));
        }
    }
    files_there.sort();
    files_there
}

/// One line of a page.
struct Line<'a> {
    number: usize,
    text: &'a str,
    /// In a block of code, indented or between fences.
    fenced: bool,
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut open = false;
    let mut lines = Vec::new();
    for (at, text) in text.lines().enumerate() {
        if text.trim_start().starts_with("```") {
            open = !open;
            continue;
        }
        lines.push(Line { number: at + 1, text, fenced: open || text.starts_with("    ") });
    }
    lines
}

/// What stands between backticks in a line.
fn spans(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

/// Every word of a page's code that begins as a path of the repository does, without what follows it.
fn paths(text: &str) -> Vec<(usize, &str)> {
    let mut paths = Vec::new();
    for line in lines(text) {
        let code: Vec<&str> = if line.fenced { vec![line.text] } else { spans(line.text).collect() };
        for word in code.into_iter().flat_map(str::split_whitespace) {
            let word = word.trim_matches(|c| matches!(c, '"' | '\'' | ',' | ';' | '(' | ')'));
            let path = word.split(['#', ':']).next().unwrap_or(word).trim_end_matches('.');
            if ROOTS.iter().any(|root| path.starts_with(root)) {
                paths.push((line.number, path));
            }
        }
    }
    paths
}

/// The targets of a page's links, those into the world and into the page itself left out.
fn links(text: &str) -> Vec<(usize, &str)> {
    let mut links = Vec::new();
    for line in lines(text).into_iter().filter(|line| !line.fenced) {
        for behind in line.text.split("](").skip(1) {
            let target = behind.split(')').next().unwrap_or_default().split('#').next().unwrap_or_default();
            if !target.is_empty() && !target.contains("://") && !target.starts_with("mailto:") {
                links.push((line.number, target));
            }
        }
    }
    links
}

/// Whether a path is there; a `*` stands for anything, and a word in capitals for a name that the reader puts in.
fn exists(folder: &Path, path: &str) -> bool {
    let mut here = vec![folder.to_path_buf()];
    for part in path.split('/').filter(|part| !part.is_empty()) {
        let stem = part.split('.').next().unwrap_or(part);
        let any = part.contains('…') || (stem.len() > 1 && stem.chars().all(|c| c.is_ascii_uppercase()));
        if any && part != "README.md" && part != "CHANGELOG.md" && part != "LICENSE" {
            return true;
        }
        here = match part.split_once('*') {
            None => here.into_iter().map(|at| at.join(part)).filter(|at| at.exists()).collect(),
            Some((before, after)) => here.into_iter().flat_map(|at| matching(&at, before, after)).collect(),
        };
    }
    !here.is_empty()
}

fn matching(folder: &Path, before: &str, after: &str) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let fits = |path: &PathBuf| {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        name.starts_with(before) && name.ends_with(after)
    };
    paths.filter(fits).collect()
}

/// What stands in backticks in the column `test` of a page's tables.
fn tests_in_tables(text: &str) -> Vec<(usize, &str)> {
    let mut tests = Vec::new();
    let mut column = None;
    let mut before = "";
    for line in lines(text) {
        let cells: Vec<&str> = line.text.trim().trim_matches('|').split('|').map(str::trim).collect();
        if !line.text.starts_with('|') {
            column = None;
        } else if !before.starts_with('|') {
            column = cells.iter().position(|cell| *cell == "test" || *cell == "tests");
        } else if let Some(cell) = column.and_then(|at| cells.get(at)) {
            tests.extend(spans(cell).map(|name| (line.number, name)));
        }
        before = line.text;
    }
    tests
}

/// The words behind `amparo` in each command that a page shows, without remarks and without what is optional.
fn commands(text: &str) -> Vec<(usize, Vec<&str>)> {
    let mut commands = Vec::new();
    for line in lines(text) {
        let code: Vec<&str> = if line.fenced { vec![line.text] } else { spans(line.text).collect() };
        for command in code {
            let command = command.trim().trim_start_matches("$ ");
            let Some(rest) = command.strip_prefix("amparo ") else { continue };
            let rest = rest.split([';', '|', '>', '#']).next().unwrap_or_default();
            let rest = rest.split("  ").find(|part| !part.trim().is_empty()).unwrap_or_default();
            let words: Vec<&str> =
                rest.split_whitespace().take_while(|word| !word.starts_with('[')).collect();
            if !words.is_empty() && words[0].chars().all(|c| c.is_ascii_lowercase() || c == '-') {
                commands.push((line.number, words));
            }
        }
    }
    commands
}

#[test]
fn paths_are_found_in_code_and_nowhere_else() {
    let text = "See `src/ui.rs:12`, `docs/a.md#there` and src/not.rs.\n\n```\ncat protocols/phit.yaml, x/src/y\n```\n    vi tests/all/";
    assert_eq!(
        paths(text),
        [(1, "src/ui.rs"), (1, "docs/a.md"), (4, "protocols/phit.yaml"), (6, "tests/all/")]
    );
}

#[test]
fn links_are_read_without_their_anchors() {
    let text = "[a](docs/a.md#b), [c](#d), [e](https://example.org) and [f](LICENSE)";
    assert_eq!(links(text), [(1, "docs/a.md"), (1, "LICENSE")]);
}

#[test]
fn a_path_that_is_gone_is_missed() {
    let here = Path::new("");
    for there in ["src/lib.rs", "src/", "tests/*.rs", "src/*/*.rs", "docs/FILE.md", "tests/all/…"] {
        assert!(exists(here, there), "{there}");
    }
    for gone in ["src/gone.rs", "tests/*.gone", "gone/", "gone/*.rs"] {
        assert!(!exists(here, gone), "{gone}");
    }
}

#[test]
fn tests_are_read_from_their_column() {
    let text =
        "| nr | test | x |\n|---|---|---|\n| `a` | `b_c`, `d` | `e` |\n\n| a | b |\n|---|---|\n| `f` | `g` |";
    assert_eq!(tests_in_tables(text), [(3, "b_c"), (3, "d")]);
}

#[test]
fn commands_are_read_from_code() {
    let text = "Say `amparo keys new`; `amparo`.\n\n    amparo run [--plain]    starts\n    $ amparo review | less\n\namparo is a word.";
    let found = commands(text);
    assert_eq!(found, [(1, vec!["keys", "new"]), (3, vec!["run"]), (4, vec!["review"])]);
    assert_eq!(refusal(&["run", "--practice"]), None);
    assert!(refusal(&["protocl"]).is_some() && refusal(&["run", "--practise"]).is_some());
}

/// The page of deviations is written from the table in the code: `AMPARO_MAKE_PAGES=1 cargo test --test docs deviations`.
#[test]
fn the_page_of_deviations_is_the_table() {
    use amparo::review::DeviationKind;
    use amparo::text::Language;
    let mut page = String::from(
        "# What counts against the protocol\n\n\
         Written from `src/review/catalogue.rs`; a test compares. The weight says what the review puts first: 3 the most. It is about\n\
         the session, and never a mark for a person.\n\n\
         **Good judgement is none.** To postpone, not to hold an interview, to end it early for her sake, and a false alarm are never here.\n\
         Nor is a step that she would rather not answer, one that was put off and done later, or a machine that slept.\n\n\
         | weight | id | what it is | in Spanish |\n|---|---|---|---|\n",
    );
    for kind in DeviationKind::ALL {
        let [english, spanish] =
            [Language::English, Language::Spanish].map(|to| amparo::words::deviation_kind(*kind, to));
        let (weight, id) = (kind.weight().0, kind.id());
        page.extend(["| ", &weight.to_string(), " | `", id, "` | ", english, " | ", spanish, " |\n"]);
    }
    let path = "docs/deviations.md";
    if std::env::var_os("AMPARO_MAKE_PAGES").is_some() {
        std::fs::write(path, &page).expect("the page is written");
    }
    assert_eq!(std::fs::read_to_string(path).unwrap_or_default(), page, "write it anew: see above this test");
}
