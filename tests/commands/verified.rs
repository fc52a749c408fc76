//! What `sessions verify` says of a session that was cut or exchanged, of one on a stick, and how much memory it takes.

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
fn measured(args: &[&str], home: &std::path::Path) -> Option<(u64, String)> {
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
