//! What surroundings can do wrong: no terminal, files that are none, folders that are none, windows that go; and what
//! is left behind on the way out.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use amparo::journal::{JournalError, NoWayOn, ProtocolFile, ProtocolSource, Store};
use amparo::machine::{At, Event, Fact, Follows};
use amparo::protocol::SHIPPED;
use amparo::seal::Recipients;
use amparo::text::Language;
use amparo::words::findings::not_shown;
use amparo::words::{SessionWord, StartSays, journal_trouble};
use rustix::process::Signal;

use crate::caseworker::{
    Interview, Seen, assert_kept, command, command_in, in_both, locale, protocol, shown, spaced,
};
use crate::keys_at_hand::{KEY, UNLOCKED};
use crate::programs::amparo;
use crate::pty::{End, Pty, Start};

/// A shell that starts the program with this line (`"$0"`), and says with which code it ended.
fn under_a_shell(line: &str) -> Start {
    let shell = format!(
        r"stty -a > modes; printf 'before\r\n'; {line}; code=$?; stty -a > modes-after; printf 'after %s\r\n' $code; read line"
    );
    Start::program("/bin/bash").args(["-c", &shell]).args([amparo().path()])
}

fn modes_are_as_before(pty: &Pty) {
    let read = |name: &str| std::fs::read_to_string(pty.home().join(name)).expect("stty wrote its modes");
    assert_eq!(read("modes"), read("modes-after"));
}

/// What happened is said in a language, and what to do.
fn told_in(language: Language, text: &str) {
    let word = |word: SessionWord| format!("{}:", word.text(language));
    let error = text.find(&word(SessionWord::Error)).unwrap_or_else(|| panic!("no error: {text}"));
    assert!(text[error..].contains(&word(SessionWord::Help)), "{text}");
    assert!(!text.contains("panicked"), "{text}");
}

#[test]
fn pipes_are_no_terminal() {
    in_both(|language| {
        let home = tempfile::tempdir().expect("a temporary folder");
        for args in [&[][..], &["run"], &["run", "--practice"]] {
            let mut child = Command::new(amparo().path())
                .args(args)
                .env("LANG", locale(language))
                .env("AMPARO_HOME", home.path().join("none"))
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .expect("the program starts");
            std::io::Write::write_all(&mut child.stdin.take().expect("a pipe"), b"1\n12\n").ok();
            let out = child.wait_with_output().expect("the program ends");
            assert_eq!(out.status.code(), Some(3), "{args:?}");
            assert_eq!(String::from_utf8_lossy(&out.stdout), "");
            told_in(language, &String::from_utf8_lossy(&out.stderr));
            assert!(!home.path().join("none").exists());
        }
    });
}

#[test]
fn half_a_terminal_is_none() {
    in_both(|language| {
        for line in [r#""$0" < /dev/null"#, r#""$0" | cat; (exit ${PIPESTATUS[0]})"#] {
            let mut pty = under_a_shell(line).env("LANG", locale(language)).go();
            pty.wait_for_text("after");
            assert!(pty.text().contains("after 3"), "{line}\n{}", pty.framed());
            told_in(language, &pty.text());
            modes_are_as_before(&pty);
        }
    });
}

#[test]
fn a_terminal_that_cannot_be_drawn_on_is_told() {
    in_both(|language| {
        for term in ["dumb", ""] {
            let mut pty = amparo().env("LANG", locale(language)).env("TERM", term).go();
            assert_eq!(pty.wait_exit(), End::Code(3), "TERM={term}");
            told_in(language, &pty.text());
        }
    });
}

#[test]
fn a_home_under_a_file_is_told() {
    in_both(|language| {
        let around = tempfile::tempdir().expect("a temporary folder");
        let file = around.path().join("file");
        std::fs::write(&file, "x").expect("a file");
        let home = file.join("under");
        for args in [&["sessions", "list"][..], &["settings", "quiet_after", "10"], &["resume"]] {
            let out = command_in(language, &home, args);
            assert_eq!(out.status.code(), Some(3), "{args:?}");
            told_in(language, &String::from_utf8_lossy(&out.stderr));
        }
        let mut pty = amparo().env("LANG", locale(language)).env("AMPARO_HOME", &home).go();
        assert_eq!(pty.wait_exit(), End::Code(3));
        told_in(language, &pty.text());
        assert_eq!(std::fs::read_to_string(&file).ok().as_deref(), Some("x"));
    });
}

#[test]
fn in_a_folder_that_cannot_be_made_no_tick_shows_until_it_is_saved_elsewhere() {
    in_both(|language| {
        let own = tempfile::tempdir().expect("a temporary folder");
        // Where a file is, nobody can make a folder, not even root.
        std::fs::write(own.path().join("data"), "").expect("a file");
        let mut talk = Interview::session(amparo().home(own.path()), language);
        talk.keys("<enter> 0 <enter>");
        talk.stands_at("papers");
        let not_saved = talk.not_saved();
        talk.pty.wait_for_text(&not_saved);
        assert!(!talk.pty.text().contains('✓'), "{}", talk.pty.framed());
        talk.pty.wait_for("how to save elsewhere", |picture| {
            picture.text().lines().last().is_some_and(|hints| hints.contains(" e "))
        });
        talk.keys("e");
        talk.pty.wait_for("the tick", |picture| picture.text().contains('✓'));
        assert!(!talk.pty.text().contains(&not_saved), "{}", talk.pty.framed());
        talk.settled();
        let saved = own.path().join("leaflets-saved");
        crate::keys_at_hand::put(&saved);
        assert_eq!(shown(&saved)["case"], "K-7");
    });
}

#[test]
fn a_session_that_was_stopped_as_it_began_is_empty_and_not_gone_on_with() {
    in_both(|language| {
        let home = tempfile::tempdir().expect("a temporary folder");
        crate::keys_at_hand::put(home.path());
        let readers = Recipients::new(vec![KEY.public()]).expect("one key");
        let protocol = ProtocolFile::new("phit.yaml", String::from_utf8_lossy(SHIPPED));
        let writer = Store::at(home.path())
            .create(&ProtocolSource::new(protocol, Vec::new()), &readers)
            .expect("a file");
        let name = writer.name().to_string();
        drop(writer);
        let lang = ["--lang", language.code().as_str()].map(str::to_owned);
        for args in [&["resume"][..], &["resume", &name]] {
            let mut pty = amparo().args(UNLOCKED).args(args).args(&lang).home(home.path()).go();
            assert_eq!(pty.wait_exit(), End::Code(3), "{}", pty.framed());
            told_in(language, &pty.text());
        }
        let mut pty = amparo().args(UNLOCKED).args(&lang).home(home.path()).go();
        pty.wait_for_text(&StartSays::Resume(0).text(language));
        pty.wait_for_text(&StartSays::Read(0).text(language));
        let list = command(home.path(), &["sessions", "list", &lang[0], &lang[1]]);
        let list = String::from_utf8_lossy(&list.stdout).into_owned();
        let empty = SessionWord::Unbegun.text(language);
        assert!(list.contains(&name[..8]) && list.contains(empty), "{list}");
        assert_eq!(shown(home.path())["status"], "unbegun");
        std::fs::write(home.path().join("why"), "empty").expect("a file");
        let erase = ["sessions", "erase", &name, "--reason-file", "why", "--yes", &lang[0], &lang[1]];
        let why = home.path().join("why").display().to_string();
        let erase = erase.map(|arg| if arg == "why" { why.as_str() } else { arg });
        let erased = command(home.path(), &erase);
        assert_eq!(erased.status.code(), Some(0), "{}", String::from_utf8_lossy(&erased.stderr));
        assert!(String::from_utf8_lossy(&erased.stderr).contains(empty));
    });
}

#[test]
fn garbled_settings_are_told_and_left_alone() {
    in_both(|language| {
        let home = tempfile::tempdir().expect("a temporary folder");
        let settings = home.path().join("settings.json");
        for garbled in [&b"{\"quiet_after\":"[..], b"\xff\xfe", b"{\"quiet_after\":\"1\"}", b"[]"] {
            std::fs::write(&settings, garbled).expect("a file");
            let mut pty = amparo().env("LANG", locale(language)).home(home.path()).go();
            assert_eq!(pty.wait_exit(), End::Code(1), "{}", pty.framed());
            told_in(language, &pty.text());
            assert_eq!(std::fs::read(&settings).ok().as_deref(), Some(garbled));
        }
    });
}

#[test]
fn a_protocol_with_mistakes_is_shown_with_all_of_them() {
    in_both(|language| {
        let home = tempfile::tempdir().expect("a temporary folder");
        let file = home.path().join("mine.yaml");
        let text = std::fs::read_to_string("protocols/phit.yaml").expect("the shipped protocol");
        std::fs::write(&file, text.replacen("kind: check", "kind: chek", 1)).expect("a file");
        for args in [&["run"][..], &["run", "--practice"]] {
            let start = amparo().args(args).args(["--protocol"]).args([&file]).home(home.path());
            let mut pty = start.env("LANG", locale(language)).size(100, 40).go();
            assert_eq!(pty.wait_exit(), End::Code(1), "{}", pty.framed());
            told_in(language, &pty.text());
            assert!(pty.text().contains("check") && pty.text().contains("mine.yaml"), "{}", pty.framed());
        }
        let mut pty = amparo()
            .args(["run", "--protocol", "none.yaml"])
            .env("LANG", locale(language))
            .home(home.path())
            .go();
        assert_eq!(pty.wait_exit(), End::Code(3), "{}", pty.framed());
        told_in(language, &pty.text());
    });
}

#[test]
fn a_language_that_is_none_is_told_without_its_control_characters() {
    in_both(|language| {
        let home = tempfile::tempdir().expect("a temporary folder");
        let out = command_in(language, home.path(), &["--lang", "\u{1b}[31m", "protocol", "show"]);
        assert_eq!(out.status.code(), Some(2));
        let err = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(!err.contains('\u{1b}'), "{err:?}");
        told_in(language, &err);
    });
}

#[test]
fn a_session_whose_protocol_no_longer_reads_says_so() {
    in_both(|language| {
        let home = tempfile::tempdir().expect("a temporary folder");
        let protocol = ProtocolFile::new("old.yaml", "amparo: 1\nid: old\n");
        crate::keys_at_hand::put(home.path());
        let readers = Recipients::new(vec![KEY.public()]).expect("one key");
        let source = ProtocolSource::new(protocol, Vec::new());
        let mut writer = Store::at(home.path()).create(&source, &readers).expect("a file");
        let event = Event { at: At::default(), fact: Fact::Paused, follows: Follows::default() };
        writer.append(&event).expect("it is kept");
        let name = *writer.name();
        drop(writer);
        let lang = language.code();
        let mut pty = amparo()
            .args(UNLOCKED)
            .args(["resume", &name.to_string(), "--lang", lang.as_str()])
            .home(home.path())
            .size(160, 24)
            .go();
        assert_eq!(pty.wait_exit(), End::Code(3), "{}", pty.framed());
        let (what, _) = journal_trouble(&JournalError::NoWayOn { name, why: NoWayOn::Protocol }, language);
        assert!(spaced(&pty.text()).contains(&what), "{}", pty.framed());
    });
}

/// Its end is not in the ledger, which took nothing then: the start screen notes what it opened, and so a closed session
/// that is cut later is not gone on with, to answer otherwise.
#[test]
fn what_the_start_screen_opened_and_is_shorter_later_is_not_gone_on_with() {
    in_both(|language| {
        let home = tempfile::tempdir().expect("a temporary folder");
        crate::keys_at_hand::put(home.path());
        let readers = Recipients::new(vec![KEY.public()]).expect("one key");
        let source = ProtocolSource::new(ProtocolFile::new("old.yaml", "amparo: 1\nid: old\n"), Vec::new());
        let mut writer = Store::at(home.path()).create(&source, &readers).expect("a file");
        let event = |fact| Event { at: At::default(), fact, follows: Follows::default() };
        writer.append(&event(Fact::Paused)).expect("it is kept");
        let cut = std::fs::metadata(writer.path()).expect("a file").len();
        std::fs::create_dir(home.path().join("index")).expect("something in the place of the ledger");
        writer.append(&event(Fact::Closed { reason: None, open: Vec::new() })).expect("it is kept");
        assert!(writer.owes_the_ledger());
        let (name, path) = (*writer.name(), writer.path().to_owned());
        drop(writer);
        std::fs::remove_dir(home.path().join("index")).expect("it is gone");
        let code = language.code();
        let lang = ["--lang", code.as_str()];
        let mut pty = amparo().args(UNLOCKED).args(lang).home(home.path()).go();
        let noted = || std::fs::read_to_string(home.path().join("index")).unwrap_or_default();
        let until = std::time::Instant::now() + Duration::from_secs(20);
        while !noted().contains("\"seen\"") {
            assert!(std::time::Instant::now() < until, "nothing is noted\n{}", pty.framed());
            std::thread::sleep(Duration::from_millis(20));
        }
        pty.keys("<esc> q y");
        assert_eq!(pty.wait_exit(), End::Code(0));
        let file = std::fs::File::options().write(true).open(&path).expect("it opens");
        file.set_len(cut).expect("it is cut");
        let named = name.to_string();
        let mut pty =
            amparo().args(UNLOCKED).args(["resume", &named]).args(lang).home(home.path()).size(160, 24).go();
        assert_eq!(pty.wait_exit(), End::Code(3), "{}", pty.framed());
        let (what, _) = journal_trouble(&JournalError::NoWayOn { name, why: NoWayOn::Cut }, language);
        assert!(spaced(&pty.text()).contains(&what), "{}", pty.framed());
        assert_eq!(std::fs::metadata(&path).expect("a file").len(), cut, "it is left as it is");
    });
}

#[test]
fn output_that_nobody_takes_is_told_and_a_closed_pipe_is_not() {
    in_both(output_that_nobody_takes);
}

fn output_that_nobody_takes(language: Language) {
    let home = tempfile::tempdir().expect("a temporary folder");
    let run = |line: &str| {
        let out = Command::new("/bin/bash")
            .args(["-c", line])
            .arg(amparo().path())
            .env("LANG", locale(language))
            .env("AMPARO_HOME", home.path())
            .output()
            .expect("a shell");
        (out.status.code(), String::from_utf8_lossy(&out.stderr).into_owned())
    };
    for asked in ["protocol show", "protocol schema", "completions bash"] {
        let (code, err) = run(&format!(r#""$0" {asked} > /dev/full"#));
        assert_eq!(code, Some(3), "{asked}: {err}");
        told_in(language, &err);
        let closed = run(&format!(r#""$0" {asked} | true; exit ${{PIPESTATUS[0]}}"#));
        assert_eq!(closed, (Some(0), String::new()), "{asked}");
    }
    // What is asked of a check is its exit code as well.
    let (code, _) = run(
        r#"echo 'amparo: 1' > "$AMPARO_HOME/bad.yaml"; "$0" protocol check "$AMPARO_HOME/bad.yaml" | true; exit ${PIPESTATUS[0]}"#,
    );
    assert_eq!(code, Some(1));
}

#[test]
fn a_terminal_that_does_not_know_its_size_is_taken_for_the_usual_one() {
    in_both(|language| {
        let mut pty =
            under_a_shell(r#"stty rows 0 cols 0; "$0" run --practice"#).env("LANG", locale(language)).go();
        let step = protocol().steps.first().expect("a step").ask.in_language(&language.code());
        let step: String = step.chars().take(18).collect();
        pty.wait_for("the first step", |picture| spaced(&picture.text()).contains(&step));
    });
}

#[test]
fn of_very_many_mistakes_a_check_shows_all_and_a_start_the_first() {
    let home = tempfile::tempdir().expect("a temporary folder");
    let wrong = "  - nonsense: 1\n".repeat(3_000);
    let file = home.path().join("bad.yaml");
    std::fs::write(&file, format!("amparo: 1\nphases:\n{wrong}")).expect("a file");
    for language in Language::ALL {
        let file = file.display().to_string();
        let out = command(home.path(), &["protocol", "check", &file, "--lang", language.code().as_str()]);
        assert_eq!(out.status.code(), Some(1));
        let err = String::from_utf8_lossy(&out.stderr).into_owned();
        let shown = err.lines().filter(|line| line.starts_with("error: ")).count();
        let said = String::from_utf8_lossy(&out.stdout).into_owned();
        let all: usize =
            said.split_whitespace().find_map(|word| word.parse().ok()).expect("how many there are");
        assert!(all > 3_000 && shown == all, "{shown} of {all} are shown");

        let code = language.code();
        let asked = ["run", "--practice", "--protocol", &file, "--lang", code.as_str()];
        let err = String::from_utf8_lossy(&command(home.path(), &asked).stderr).into_owned();
        // The last one says what they are about.
        let shown = err.lines().filter(|line| line.starts_with("error: ")).count() - 1;
        assert!((20..=50).contains(&shown), "{shown} are shown");
        assert!(err.contains(&not_shown(all - shown, language)), "{err}");
    }
}

/// Every file and folder under a folder, itself left out, with its permissions.
fn permissions(folder: &Path, into: &mut Vec<(String, u32)>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        let about = std::fs::symlink_metadata(&path).expect("a file");
        into.push((path.display().to_string(), about.permissions().mode() & 0o7777));
        if about.is_dir() {
            permissions(&path, into);
        }
    }
}

#[test]
fn what_is_written_is_the_owners_alone() {
    in_both(|language| {
        let around = tempfile::tempdir().expect("a temporary folder");
        let home = around.path().join("data").join("deep");
        let start = under_a_shell(r#"umask 000; "$0" settings breaths 5; "$0""#)
            .home(around.path())
            .env("AMPARO_HOME", &home);
        crate::keys_at_hand::put(&home);
        let mut talk = Interview::session(start, language);
        talk.walk_to("unclear");
        talk.settled();
        let mut found = Vec::new();
        permissions(&home, &mut found);
        assert!(found.len() >= 2, "{found:?}");
        found
            .push(("home".to_owned(), std::fs::metadata(&home).expect("home").permissions().mode() & 0o7777));
        for (path, mode) in &found {
            let wanted = if Path::new(path).is_dir() || path == "home" { 0o700 } else { 0o600 };
            assert_eq!(*mode, wanted, "{path} is {mode:o}");
            for telling in ["K-7", "amparo", "12", "session"] {
                let name = Path::new(path).file_name().map(|name| name.to_string_lossy().into_owned());
                assert!(!name.unwrap_or_default().contains(telling) || telling == "12", "{path}");
            }
        }
    });
}

#[test]
fn every_way_out_leaves_the_terminal_as_it_was_and_nothing_on_it() {
    in_both(|language| {
        for what in ["q", "esc", "term", "hup"] {
            // A small window, so that anything printed would scroll.
            let mut talk = Interview::session(under_a_shell(r#""$0""#).size(80, 8), language);
            talk.keys("1 <enter>");
            talk.settled();
            let child = std::fs::read_to_string(format!("/proc/{0}/task/{0}/children", talk.pty.pid()))
                .expect("the shell has children");
            let child =
                rustix::process::Pid::from_raw(child.trim().parse().expect("one child")).expect("a process");
            match what {
                "q" => {
                    talk.keys("q");
                    talk.settled();
                    talk.keys("1");
                    talk.settled();
                    talk.keys("q");
                }
                "esc" => talk.keys("<esc> q y"),
                "term" => {
                    rustix::process::kill_process(child, Signal::TERM).expect("it runs");
                }
                _ => rustix::process::kill_process(child, Signal::HUP).expect("it runs"),
            }
            talk.pty.wait_for_text("after");
            let picture = talk.pty.picture();
            let left = picture.main_screen();
            assert_eq!(left.trim_end(), "before\nafter 0", "{what}");
            assert!(!picture.modes().alternate_screen() && !picture.modes().bracketed_paste(), "{what}");
            assert!(picture.cursor().is_some(), "{what}");
            assert_eq!((picture.noticed().titles.len(), picture.noticed().bells), (0, 0), "{what}");
            assert_eq!(picture.noticed().clipboard, 0);
            modes_are_as_before(&talk.pty);
        }
    });
}

#[test]
fn a_closed_window_ends_it_and_keeps_the_session() {
    in_both(|language| {
        let home = tempfile::tempdir().expect("a temporary folder");
        let mut talk = Interview::session(amparo().home(home.path()), language);
        talk.walk_to("unclear");
        talk.settled();
        talk.pty.close_window();
        talk.pty.wait_exit();
        assert_kept(&shown(home.path()), &talk.answers);
        let mut again = Interview::resume(home.path(), language);
        again.answers = talk.answers;
        again.wait("something of the session", |seen| *seen != Seen::Other);
    });
}

#[test]
fn a_window_that_shrinks_to_nothing_and_grows_again_shows_the_same() {
    in_both(|language| {
        let mut talk = Interview::practice(language);
        talk.walk_to("interpreter");
        let before = talk.pty.text();
        for (cols, rows) in [(10, 3), (1, 1), (300, 100), (40, 12), (2, 50), (80, 24)] {
            talk.pty.resize(cols, rows);
            talk.pty.look_for(Duration::from_millis(80));
            assert!(talk.pty.is_running(), "{cols}×{rows}");
        }
        talk.pty.wait_for("the same", |picture| picture.text().lines().skip(2).eq(before.lines().skip(2)));
        talk.keys("2");
        talk.stands_at("vetted");
    });
}
