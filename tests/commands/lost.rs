//! What a person does who lost her passphrase, her file of keys or her sheet, and what is left of a key that failed.

use std::fs;
use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use amparo::desk::{Keyring, Role};
use amparo::seal::{Identity, Passphrase, Sheet};

use super::{OTHER, Ran, amparo, home_with};

const NEW: &str = "five new blue old words";

fn file(home: &Path, name: &str, text: &str) -> String {
    let path = home.join(name);
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

fn sheet_of(identity: &Identity) -> String {
    Sheet::of(identity).rows().collect::<Vec<_>>().join("\n")
}

fn opens(home: &Path, words: &str) -> bool {
    Keyring::read(home).unwrap().unlock(&Passphrase::new(words.to_owned())).is_ok()
}

fn done(ran: &Ran) {
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
}

#[test]
fn a_lost_passphrase_is_replaced_by_the_sheet_and_the_keys_of_others_stay() {
    let (home, identity) = home_with(Role::Supervisor);
    let home = home.path();
    done(&amparo(home, &["keys", "add", "7", OTHER]));
    let before = amparo(home, &["keys", "list"]).out;
    let (sheet, new) = (file(home, "sheet", &sheet_of(&identity)), file(home, "new", NEW));
    done(&amparo(home, &["keys", "new", "--sheet", &sheet, "--passphrase-file", &new]));
    assert!(opens(home, NEW) && !opens(home, "four old green words"));
    assert_eq!(amparo(home, &["keys", "list"]).out, before);

    // The sheet of another key changes nothing.
    let other = file(home, "other", &sheet_of(&Identity::generate()));
    let refused = amparo(home, &["keys", "new", "--sheet", &other, "--passphrase-file", &new]);
    assert_eq!(refused.code, 3);
    assert!(refused.err.starts_with("error: that is the sheet of another key"), "{}", refused.err);
    assert!(opens(home, NEW));

    // With the locked key gone, only the sheet is left.
    fs::remove_file(home.join("key")).unwrap();
    let gone = amparo(home, &["keys", "sheet", "--passphrase-file", &new]);
    assert!(gone.err.contains("and is not there\nhelp: bring that file back"), "{}", gone.err);
    done(&amparo(home, &["keys", "new", "--sheet", &sheet, "--passphrase-file", &new]));
    assert!(opens(home, NEW));
    assert_eq!(amparo(home, &["keys", "list"]).out, before);
}

#[test]
fn a_passphrase_is_changed_by_the_old_one() {
    let (home, identity) = home_with(Role::Caseworker);
    let home = home.path();
    let (old, new) = (super::words(home), file(home, "new", NEW));
    let change = |old: &str, new: &str| {
        amparo(home, &["keys", "passphrase", "--passphrase-file", old, "--new-passphrase-file", new])
    };
    for (old, new, why) in [
        (&new, &old, "error: that is not the passphrase"),
        (&old, &file(home, "short", "short"), "error: the passphrase is too short"),
    ] {
        let refused = change(old, new);
        assert_eq!(refused.code, 3);
        assert!(refused.err.starts_with(why), "{}", refused.err);
        assert!(opens(home, "four old green words"));
    }
    done(&change(&old, &new));
    assert!(opens(home, NEW) && !opens(home, "four old green words"));
    // The sheet is the same as before, and is shown again.
    let shown = amparo(home, &["keys", "sheet", "--passphrase-file", &new]);
    done(&shown);
    assert!(Sheet::of(&identity).rows().all(|row| shown.out.contains(row)), "{}", shown.out);
}

#[test]
fn a_key_that_nothing_names_is_found_again() {
    let (home, identity) = home_with(Role::Caseworker);
    let home = home.path();
    let words = super::words(home);
    fs::remove_file(home.join("keys.json")).unwrap();
    for args in [&["keys", "list"][..], &["keys", "add", "7", OTHER], &["run"], &["sessions", "list"]] {
        let refused = amparo(home, args);
        assert_eq!(refused.code, 3, "{args:?}");
        assert!(refused.err.starts_with("error: a key lies in `HOME/key`"), "{}", refused.err);
        assert!(refused.err.contains("`amparo keys new`"), "{}", refused.err);
    }
    let wrong = file(home, "wrong", NEW);
    assert_eq!(amparo(home, &["keys", "new", "--passphrase-file", &wrong]).code, 3);
    done(&amparo(home, &["keys", "new", "--passphrase-file", &words]));
    assert_eq!(Keyring::read(home).unwrap().own().unwrap().key, identity.public());

    // With the passphrase lost too, by the sheet; the file that lay there is put aside.
    fs::remove_file(home.join("keys.json")).unwrap();
    let sheet = file(home, "sheet", &sheet_of(&identity));
    done(&amparo(home, &["keys", "new", "--sheet", &sheet, "--passphrase-file", &wrong]));
    assert!(opens(home, NEW) && home.join("key.old").exists());
}

/// Runs it where no file may have more than so many bytes.
fn with_files_of_at_most(bytes: u32, home: &Path, args: &[&str]) -> Ran {
    let script = format!("trap '' XFSZ; ulimit -f {}; exec \"$0\" \"$@\"", bytes / 512);
    let ran = Command::new("/bin/sh")
        .args(["-c", &script, env!("CARGO_BIN_EXE_amparo")])
        .args(args)
        .env("AMPARO_HOME", home)
        .env("LANG", "en_US.UTF-8")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap().replace(&home.display().to_string(), "HOME");
    Ran { code: ran.status.code().unwrap(), out: text(ran.stdout), err: text(ran.stderr) }
}

#[test]
fn of_a_key_that_the_disk_does_not_take_nothing_is_left() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let words = super::words(home);
    for number in ["1", "2", "3", "4", "5", "6"] {
        done(&amparo(home, &["keys", "add", number, &Identity::generate().public().to_string()]));
    }
    let before = fs::read(home.join("keys.json")).unwrap();
    // Room for the locked key, and none for the file that names it.
    assert!(before.len() > 512);
    let failed = with_files_of_at_most(512, home, &["keys", "new", "--passphrase-file", &words]);
    assert_eq!(failed.code, 3, "{}", failed.err);
    assert!(failed.err.starts_with("The key of this sheet was not kept."), "{}", failed.err);
    assert!(failed.err.contains("error: `HOME/keys.json`: File too large"), "{}", failed.err);
    assert!(!home.join("key").exists());
    assert_eq!(fs::read(home.join("keys.json")).unwrap(), before);
    done(&amparo(home, &["keys", "new", "--passphrase-file", &words]));
}

#[test]
fn of_a_key_whose_sheet_cannot_be_shown_nothing_is_kept() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let full = File::options().write(true).open("/dev/full").unwrap();
    let ran = Command::new(env!("CARGO_BIN_EXE_amparo"))
        .args(["keys", "new", "--passphrase-file", &super::words(home)])
        .env("AMPARO_HOME", home)
        .env("LANG", "en_US.UTF-8")
        .stdin(Stdio::null())
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(ran.status.code(), Some(3));
    let err = String::from_utf8(ran.stderr).unwrap();
    assert!(err.starts_with("error: the recovery sheet could not be shown: No space left"), "{err}");
    assert!(!home.join("key").exists() && !home.join("keys.json").exists());
}

#[test]
fn keys_and_settings_that_are_changed_at_once_are_all_kept() {
    let (home, _) = home_with(Role::Caseworker);
    let home = home.path();
    let settings = [
        ("breaths", "7"),
        ("quiet_after", "30"),
        ("cover_after", "9"),
        ("leaflet_width", "60"),
        ("keep_days", "90"),
        ("least_count", "4"),
    ];
    thread::scope(|scope| {
        for number in 1..=12 {
            let key = Identity::generate().public().to_string();
            scope.spawn(move || done(&amparo(home, &["keys", "add", &number.to_string(), &key])));
        }
        for (name, value) in settings {
            scope.spawn(move || done(&amparo(home, &["settings", name, value])));
        }
    });
    assert_eq!(Keyring::read(home).unwrap().others().len(), 12);
    let kept: serde_json::Value =
        serde_json::from_slice(&fs::read(home.join("settings.json")).unwrap()).unwrap();
    assert_eq!(kept.as_object().unwrap().len(), settings.len(), "{kept}");
}
