//! Keys and settings when something is wrong with their files: torn, gone, a pipe, a full disk, two at once.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::Command;

use amparo::desk::Role;
use rustix::fs::{CWD, FileType, FlockOperation, Mode, flock, mknodat};
use rustix::process::Signal;

use super::{End, OTHER, amparo, home_with, session};

/// The commands that read settings or keys.
const READING: [&[&str]; 5] = [
    &["keys", "list"],
    &["sessions", "list"],
    &["sessions", "stats"],
    &["sessions", "verify"],
    &["sessions", "addendum", "0101", "--text-file", "words"],
];

#[test]
fn settings_that_are_torn_stop_every_command_that_reads_them() {
    let (home, _) = home_with(Role::Supervisor);
    let home = home.path();
    session(home, 1, &End::Closed);
    fs::write(home.join("settings.json"), "{\"own_key\":\"off\"").unwrap();
    for args in READING {
        let ran = amparo(home, &[args, &["--passphrase-file", &super::words(home)]].concat());
        assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{args:?}");
        assert!(ran.err.starts_with("error: the settings in `HOME/settings.json` cannot be"), "{}", ran.err);
        assert!(ran.err.contains("`recipients`") && ran.err.contains("`own_key`"), "{}", ran.err);
    }
}

#[test]
fn an_offices_list_that_is_gone_is_named_where_something_is_sealed() {
    let (home, _) = home_with(Role::Supervisor);
    let home = home.path();
    session(home, 1, &End::Closed);
    let list = home.join("gone.txt");
    assert_eq!(amparo(home, &["settings", "recipients", list.to_str().unwrap()]).code, 0);
    let words = super::words(home);
    for args in [
        &["sessions", "addendum", "0101", "--text-file", &words][..],
        &["sessions", "erase", "0101", "--reason-file", &words, "--yes"],
    ] {
        let ran = amparo(home, &[args, &["--passphrase-file", &words]].concat());
        assert_eq!((ran.code, ran.out.as_str()), (3, ""), "{args:?}");
        assert!(ran.err.starts_with("error: `HOME/gone.txt`: No such file"), "{}", ran.err);
    }
}

#[test]
fn a_pipe_where_a_file_should_be_is_said_and_not_waited_for() {
    let (home, _) = home_with(Role::Supervisor);
    let home = home.path();
    let pipe = |name: &str| {
        let path = home.join(name);
        mknodat(CWD, &path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let said = "error: `HOME/pipe` is a folder, a pipe or a device\n";
    let added = amparo(home, &["keys", "add", "7", "--file", &pipe("pipe")]);
    assert_eq!(added.code, 3);
    assert!(added.err.starts_with(said), "{}", added.err);
    assert_eq!(amparo(home, &["settings", "recipients", home.join("pipe").to_str().unwrap()]).code, 0);
    let listed = amparo(home, &["keys", "list"]);
    assert_eq!(listed.code, 3);
    assert!(listed.err.starts_with(said), "{}", listed.err);
    fs::remove_file(home.join("settings.json")).unwrap();
    pipe("settings.json");
    for args in READING {
        assert_eq!(amparo(home, args).code, 1, "{args:?}");
    }
}

#[test]
fn a_key_is_taken_from_whatever_file_has_one_key_in_it() {
    let (home, identity) = home_with(Role::Supervisor);
    let home = home.path();
    let own = identity.public().to_string();
    let listed = amparo(home, &["keys", "list"]).out;
    let utf16: Vec<u8> = [0xff, 0xfe].into_iter().chain(own.bytes().flat_map(|sign| [sign, 0])).collect();
    let file = home.join("file");
    for (bytes, key) in [
        (listed.clone().into_bytes(), Ok(own.as_str())),
        (format!("\u{feff}{OTHER}\r\n").into_bytes(), Ok(OTHER)),
        (format!("# hers\n{OTHER}\n{own}\n").into_bytes(), Ok(OTHER)),
        (format!("{listed}7  {OTHER}\n").into_bytes(), Err("has several keys in it")),
        (b"nothing\n".to_vec(), Err("line 1: that is no public key")),
        (b"\n# nothing\n".to_vec(), Err("names nobody")),
        (utf16, Err("is no plain text")),
    ] {
        fs::write(&file, &bytes).unwrap();
        let added = amparo(home, &["keys", "add", "7", "--file", file.to_str().unwrap()]);
        match key {
            Ok(key) => {
                assert!(amparo(home, &["keys", "list"]).out.contains(&format!("7  {key}")), "{}", added.err);
                assert_eq!(amparo(home, &["keys", "remove", "7"]).code, 0);
            }
            Err(why) => assert!(added.code == 3 && added.err.contains(why), "{}", added.err),
        }
    }
}

#[test]
fn what_it_means_that_her_own_key_is_off_is_said_when_it_is_switched() {
    let (home, _) = home_with(Role::Caseworker);
    let home = home.path();
    let off = amparo(home, &["settings", "own_key", "off"]);
    assert_eq!((off.code, off.err.as_str()), (0, ""));
    assert!(off.out.contains("you can neither read them nor go on with one after a crash"), "{}", off.out);
    let on = amparo(home, &["settings", "own_key", "on"]);
    assert_eq!((on.code, on.out.as_str()), (0, ""));
}

/// Runs a command that the system kills as it writes the first byte into a file.
fn killed_as_it_writes(home: &Path, args: &[&str]) {
    let status = Command::new("sh")
        .args(["-c", "ulimit -c 0; ulimit -f 0; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_amparo")])
        .args(args)
        .env("AMPARO_HOME", home)
        .output()
        .unwrap()
        .status;
    assert_eq!(status.signal(), Some(Signal::XFSZ.as_raw()), "{args:?}");
}

fn names_in(home: &Path) -> BTreeSet<String> {
    let files = fs::read_dir(home).unwrap();
    files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn what_a_command_that_was_killed_left_of_keys_and_settings_is_gone_at_the_next_start() {
    let (home, _) = home_with(Role::Caseworker);
    let home = home.path();
    let words = super::words(home);
    let before: BTreeSet<String> = names_in(home).into_iter().chain(["lock".to_owned()]).collect();
    let anew = ["keys", "passphrase", "--passphrase-file", &words, "--new-passphrase-file", &words];
    for args in [&anew[..], &["settings", "quiet_after", "10"]] {
        killed_as_it_writes(home, args);
        assert_eq!(names_in(home).difference(&before).count(), 1, "{args:?} left something");
        assert_eq!(amparo(home, &["keys", "list"]).code, 0);
        assert_eq!(names_in(home), before, "{args:?}");
    }
    // What a program writes at this moment is left to it, and so is what only looks alike.
    let name = "0".repeat(32);
    let (written, alike) = (home.join(format!("key-{name}")), home.join(format!("copy-{name}")));
    let lock = fs::File::create(&written).unwrap();
    flock(&lock, FlockOperation::LockExclusive).unwrap();
    fs::write(&alike, "kept").unwrap();
    assert_eq!(amparo(home, &["keys", "list"]).code, 0);
    assert!(written.exists() && alike.exists());
    fs::write(&written, "a locked key").unwrap();
    drop(lock);
    let watching = fs::File::open(&written).unwrap();
    assert_eq!(amparo(home, &["keys", "list"]).code, 0);
    assert!(!written.exists() && alike.exists());
    let mut left = String::new();
    (&watching).read_to_string(&mut left).unwrap();
    assert_eq!(left, "\0".repeat("a locked key".len()), "it is overwritten");
}
