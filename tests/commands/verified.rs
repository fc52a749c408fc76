//! What `sessions verify` says of a session that was cut or exchanged, of one on a stick, and how much memory it takes.

use std::path::Path;

use amparo::journal::{Beside, Companion, Handling};
use amparo::seal::HeadCode;
use amparo::text::StepId;

use super::{
    Command, End, Event, Fact, Follows, Keyring, ProtocolFile, ProtocolSource, Role, SessionName, Settings,
    Store, Value, amparo, fs, home_with, session, words,
};
use amparo::machine::At;

#[test]
fn a_session_that_was_closed_here_is_cut_wherever_it_is_cut_and_another_whatever_took_its_place() {
    let (home, _) = home_with(Role::Caseworker);
    let (others, _) = home_with(Role::Caseworker);
    let (home, words) = (home.path(), words(home.path()));
    let path = session(home, 0xab, &End::Closed);
    let whole = fs::read(&path).unwrap();
    let foreign = fs::read(session(others.path(), 0xab, &End::Closed)).unwrap();
    let (zeros, file) = (vec![0; 16_384], path.to_str().unwrap());
    let ask = |args: &[&str]| {
        amparo(home, &[&["sessions", "verify", "--json", "--passphrase-file", &words], args].concat())
    };
    let found: Vec<Value> = serde_json::from_str(&ask(&[]).out).unwrap();
    let head = found[0]["head"].as_str().unwrap().to_owned();
    let mut cuts = 0;
    for (bytes, expected) in (0..whole.len()).step_by(512).map(|length| (&whole[..length], "cut")).chain([
        (&zeros[..], "cut"),
        (&foreign[..], "another-file"),
        (&whole[..], "whole"),
    ]) {
        fs::write(&path, bytes).unwrap();
        // By the ledger alone everywhere; with the code of the paper at some places.
        let with_head = [file, "--head", &head];
        for args in [&[][..], &with_head].iter().take(if cuts % 8 == 0 || expected != "cut" { 2 } else { 1 })
        {
            let ran = ask(args);
            let found: Vec<Value> = serde_json::from_str(&ran.out).unwrap();
            assert_eq!(found[0]["finding"], expected, "{} bytes, {args:?}", bytes.len());
            assert_eq!(ran.code, i32::from(expected != "whole"), "{} bytes", bytes.len());
        }
        cuts += 1;
    }
    assert!(cuts > 30, "{cuts}");
}

#[test]
fn a_session_on_a_stick_is_opened_where_this_machine_has_none_of_its_own() {
    let (home, identity) = home_with(Role::Supervisor);
    let laptop = tempfile::tempdir().unwrap();
    let number = amparo::text::StaffNumber::new("100").unwrap();
    Keyring::read(laptop.path()).unwrap().add(number, identity.public(), Role::Supervisor).unwrap();
    let stick = session(laptop.path(), 0xac, &End::Closed);
    let words = words(home.path());
    let verify = |words: &str| {
        amparo(home.path(), &["sessions", "verify", stick.to_str().unwrap(), "--passphrase-file", words])
    };
    let found = verify(&words);
    assert!(found.code == 0 && found.out.contains("whole: it was closed"), "{}{}", found.out, found.err);
    let wrong = home.path().join("wrong");
    fs::write(&wrong, "four old yellow words\n").unwrap();
    let refused = verify(wrong.to_str().unwrap());
    assert!(
        refused.code == 3 && refused.err.contains("not the passphrase"),
        "{}{}",
        refused.out,
        refused.err
    );
}

/// The most memory that a command had, in KiB, and what it said.
fn measured(args: &[&str], home: &Path) -> Option<(u64, String)> {
    const PROGRAM: &str = "import resource, subprocess, sys\n\
        ran = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE)\n\
        print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n\
        print(ran.stdout.decode())";
    let ran = Command::new("python3")
        .args(["-c", PROGRAM, env!("CARGO_BIN_EXE_amparo")])
        .args(args)
        .env("AMPARO_HOME", home)
        .env("LANG", "en_US.UTF-8")
        .output()
        .ok()?;
    let said = String::from_utf8(ran.stdout).ok()?;
    let (most, said) = said.split_once('\n')?;
    Some((most.parse().ok()?, said.to_owned()))
}

/// A file that anybody could make who has the public keys: each event has a great many short parts.
#[test]
fn a_file_that_was_made_to_fill_the_memory_does_not() {
    let (home, _) = home_with(Role::Supervisor);
    let home = home.path();
    let recipients = Keyring::read(home).unwrap().recipients(&Settings::default()).unwrap();
    let source = ProtocolSource::new(ProtocolFile::new("night.yaml", "amparo: 1\n"), Vec::new());
    let name = SessionName::of_bytes([0xad; 16]);
    let mut writer = Store::at(home).create_named(name, &source, &recipients).unwrap();
    let deferred = vec![StepId::new("a").unwrap(); 130_000];
    let follows = Follows { deferred, ..Follows::default() };
    let event = Event { at: At::default(), fact: Fact::Paused, follows };
    // A file takes more, and larger ones, which takes its time here.
    for _ in 0..4 {
        writer.append(&event).unwrap();
    }
    let path = writer.path().to_owned();
    drop(writer);
    let size = fs::metadata(&path).unwrap().len() >> 10;
    assert!(size > 2_000, "{size} KiB");
    let words = words(home);
    let verify = ["sessions", "verify", "--passphrase-file", &words];
    let empty = tempfile::tempdir().unwrap();
    let Some((least, _)) = measured(&["sessions", "verify"], empty.path()) else {
        let skipped = "SKIPPED: python3 is not here, so the memory of verifying was not measured";
        return std::io::Write::write_fmt(&mut std::io::stderr(), format_args!("{skipped}\n")).unwrap();
    };
    let (most, said) = measured(&verify, home).unwrap();
    assert!(said.contains("open: never closed"), "{said}");
    let told = format!("a file of {size} KiB: {most} KiB in all, {least} KiB where there is none");
    assert!(most < least + size + 16 * 1024, "{told}");
}

/// What `sessions verify` finds of the first session of a home, with its exit code.
fn found(home: &Path, words: &str) -> (String, i32) {
    // What one look notes is not to tell the next one.
    let index = fs::read(home.join("index")).unwrap();
    let ran = amparo(home, &["sessions", "verify", "--json", "--passphrase-file", words]);
    fs::write(home.join("index"), index).unwrap();
    let found: Vec<Value> = serde_json::from_str(&ran.out).unwrap();
    (found[0]["finding"].as_str().unwrap().to_owned(), ran.code)
}

#[test]
fn a_session_that_was_begun_here_and_holds_no_event_any_more_was_cut() {
    let (home, _) = home_with(Role::Caseworker);
    let (home, words) = (home.path(), words(home.path()));
    let path = session(home, 0xab, &End::Open);
    let kept = fs::read(&path).unwrap();
    assert_eq!(found(home, &words), ("open".into(), 0));
    // Two events, each in a cell: as long as one of them is there, the file may have been like this.
    for length in (0..kept.len() - 256).step_by(512).chain([10, kept.len() - 512, kept.len() - 300]) {
        fs::write(&path, &kept[..length]).unwrap();
        assert_eq!(found(home, &words), ("cut".into(), 1), "{length} of {} bytes", kept.len());
    }
    fs::write(&path, &kept[..kept.len() - 256]).unwrap();
    assert_eq!(found(home, &words), ("open".into(), 0));
    for (length, language, of_verify, of_list) in [
        (0, "en", "cut: ", "was kept once, and the end of its file is gone"),
        (kept.len() - 512, "es", "cortado: ", "se había guardado más, y falta el final de su archivo"),
        (kept.len() - 512, "en", "cut: ", "was kept once, and the end of its file is gone"),
        (0, "es", "cortado: ", "se había guardado más, y falta el final de su archivo"),
    ] {
        fs::write(&path, &kept[..length]).unwrap();
        let ask =
            |what| amparo(home, &["--lang", language, "sessions", what, "--passphrase-file", &words]).out;
        assert!(ask("verify").contains(of_verify), "{}", ask("verify"));
        assert!(ask("list").contains(of_list), "{}", ask("list"));
    }
    // Where this machine does not know it, nobody can tell that there was more.
    fs::remove_file(home.join("index")).unwrap();
    for (language, words_of_it) in [("en", "or it was cut"), ("es", "o se cortó")] {
        let ran = amparo(home, &["--lang", language, "sessions", "verify", "--passphrase-file", &words]);
        assert!(ran.out.contains(words_of_it), "{}", ran.out);
    }
}

/// Who has the public keys can make a session that reads well, and copy anything over anything.
#[test]
fn what_takes_the_place_of_an_open_session_is_another_file() {
    let (home, identity) = home_with(Role::Caseworker);
    let (home, words) = (home.path(), words(home.path()));
    let (one, other) = (session(home, 0xab, &End::Open), session(home, 0xcd, &End::Open));
    let (own, others) = (fs::read(&one).unwrap(), fs::read(&other).unwrap());
    let stranger = tempfile::tempdir().unwrap();
    let number = amparo::text::StaffNumber::new("100").unwrap();
    Keyring::read(stranger.path()).unwrap().add(number, identity.public(), Role::Supervisor).unwrap();
    let forged = [End::Open, End::Closed].map(|end| {
        let path = session(stranger.path(), if end == End::Open { 0xab } else { 0xac }, &end);
        fs::read(path).unwrap()
    });
    let by = amparo::text::StaffNumber::new("204").unwrap();
    let sha256 = amparo::seal::fingerprint(&own);
    let of = Beside { name: SessionName::of_bytes([0xab; 16]), sha256, head: HeadCode::of(&sha256) };
    let opened = Companion::Handled { of, at: At::default(), by: Some(by), how: Handling::Opened };
    let recipients = Keyring::read(home).unwrap().recipients(&Settings::default()).unwrap();
    let beside = Store::at(home).put_beside(&opened, &recipients).unwrap();
    let companion = fs::read(&beside).unwrap();
    fs::remove_file(beside).unwrap();
    for (bytes, what) in [
        (&others, "another session of this machine"),
        (&forged[0], "one that was forged, open"),
        (&forged[1], "one that was forged, closed"),
        (&companion, "something that stands beside a session"),
    ] {
        fs::write(&one, bytes).unwrap();
        let ran = amparo(
            home,
            &["sessions", "verify", "--json", "--passphrase-file", &words, one.to_str().unwrap()],
        );
        let found: Vec<Value> = serde_json::from_str(&ran.out).unwrap();
        assert_eq!((found[0]["finding"].as_str(), ran.code), (Some("another-file"), 1), "{what}");
        for (language, says) in [("en", "another file than the one"), ("es", "otro archivo, y no el que")] {
            // Without any key too.
            let ran = amparo(home, &["--lang", language, "sessions", "verify", one.to_str().unwrap()]);
            assert!(ran.out.contains(says) && ran.code == 1, "{what}: {}", ran.out);
            // The list names it, and does not take it for the session.
            let list = ["--lang", language, "sessions", "list", "--passphrase-file", &words];
            let ran = amparo(home, &list);
            let line = ran.out.lines().find(|line| line.contains("abababab")).unwrap_or_default();
            let says = if language == "en" { "another file" } else { "otro archivo" };
            assert!(line.contains(says), "{what}: {}", ran.out);
        }
    }
    fs::write(&one, &own).unwrap();
    fs::write(&other, &others).unwrap();
    assert_eq!(amparo(home, &["sessions", "verify", "--passphrase-file", &words]).code, 0);
}

#[test]
fn of_a_torn_session_no_more_is_claimed_than_its_file_shows() {
    let (home, _) = home_with(Role::Caseworker);
    let (home, words) = (home.path(), words(home.path()));
    let path = session(home, 0xab, &End::Open);
    let kept = fs::read(&path).unwrap();
    fs::write(&path, &kept[..kept.len() - 100]).unwrap();
    let name = "ab".repeat(16);
    for (language, claims, says) in [
        ("en", "shown as kept", "what stands before them is whole"),
        ("es", "mostró como guardado", "lo que hay antes está entero"),
    ] {
        for what in [&["verify"][..], &["show", &name]] {
            let ran = amparo(
                home,
                &[&["--lang", language, "sessions"], what, &["--passphrase-file", &words]].concat(),
            );
            assert!(ran.out.contains(says) && !ran.out.contains(claims), "{}{}", ran.out, ran.err);
        }
    }
}

/// Another program that only looks whether a session is written takes a lock for that moment.
#[test]
fn a_session_that_others_only_look_at_runs_in_no_window() {
    let (home, _) = home_with(Role::Caseworker);
    let (home, words) = (home.path(), words(home.path()));
    let path = session(home, 0xab, &End::Open);
    let runs = || {
        let ran = amparo(home, &["sessions", "list", "--json", "--passphrase-file", &words]);
        let rows: Vec<Value> = serde_json::from_str(&ran.out).unwrap();
        rows[0]["runs_now"].as_bool().unwrap()
    };
    let holds = |how: &str| {
        let held = "import fcntl, sys\nf = open(sys.argv[1], 'r+b')\nfcntl.flock(f, getattr(fcntl, sys.argv[2]))\n\
            print('held', flush=True)\nsys.stdin.read()";
        let mut child = Command::new("python3")
            .args(["-c", held, path.to_str().unwrap(), how])
            .stdin(std::process::Stdio::piped())
            .stdout(std::process::Stdio::piped())
            .spawn()
            .ok()?;
        let mut said = [0; 5];
        std::io::Read::read_exact(child.stdout.as_mut().unwrap(), &mut said).ok()?;
        let runs = runs();
        drop(child.stdin.take());
        child.wait().unwrap();
        Some(runs)
    };
    let (Some(looked_at), Some(written)) = (holds("LOCK_SH"), holds("LOCK_EX")) else {
        let skipped = "SKIPPED: python3 is not here, so nobody looked at a session meanwhile";
        return std::io::Write::write_fmt(&mut std::io::stderr(), format_args!("{skipped}\n")).unwrap();
    };
    assert_eq!((looked_at, written, runs()), (false, true, false));
}
