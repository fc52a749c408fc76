//! Sessions that were saved elsewhere: whose folder that is, and whether they come home from it or are named.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use amparo::journal::{EntryKind, Store};
use amparo::text::Language;
use amparo::words::{Say, StartSays, say};

use crate::caseworker::{in_both, locale, spaced, to_the_form};
use crate::interview::shipped;
use crate::programs::amparo;
use crate::pty::{End, Pty};
use crate::story::SmallDisk;

/// A folder where everybody may put files, as the system's own for temporary ones.
fn anybodys() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), Permissions::from_mode(0o1777)).unwrap();
    folder
}

fn settle(home: &Path) {
    crate::keys_at_hand::put(home);
    fs::write(home.join("settings.json"), r#"{"ask_pin":"off"}"#).unwrap();
}

fn fill(disk: &SmallDisk) {
    fs::write(disk.0.path().join("ballast"), vec![1; 1 << 20]).unwrap_err();
}

fn make_room(disk: &SmallDisk) {
    fs::remove_file(disk.0.path().join("ballast")).unwrap();
}

fn go(home: &Path, temporary: &Path, language: Language) -> Pty {
    amparo().home(home).env("TMPDIR", temporary).env("LANG", locale(language)).go()
}

/// A session begins on a disk that is full already, and is left where nobody can be asked.
fn begun_and_left_on_a_full_disk(disk: &SmallDisk, temporary: &Path, language: Language) {
    settle(disk.0.path());
    fill(disk);
    let mut pty = go(disk.0.path(), temporary, language);
    to_the_form(&mut pty);
    for line in ["2 0 4", "3 1 7", "K - 1 7"] {
        pty.keys(&format!("{line} <enter>"));
    }
    pty.wait_for_text(say(language, Say::DiskFull).split('.').next().unwrap());
    pty.keys("0 <enter>");
    pty.keys("<esc>");
    pty.wait_for_text(shipped().covers[0].title.in_language(&language.code()));
    pty.keys("q");
    pty.keys("y");
    assert_eq!(pty.wait_exit(), End::Code(0));
}

/// The sessions in a folder.
fn sessions_in(home: &Path) -> Vec<PathBuf> {
    let store = Store::at(home);
    let entries = store.list().unwrap_or_default().into_iter();
    entries
        .filter_map(|entry| match entry.kind {
            EntryKind::Session(name) => Some(store.path(&name)),
            EntryKind::Foreign { .. } => None,
        })
        .collect()
}

/// The folders for what is saved elsewhere, among temporary files.
fn folders_in(temporary: &Path) -> Vec<PathBuf> {
    let all = fs::read_dir(temporary).unwrap().map(|file| file.unwrap().path());
    all.filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with("leaflets-saved")).collect()
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().mode() & 0o777
}

/// `amparo sessions …`.
fn sessions(home: &Path, temporary: &Path, language: Language, args: &[&str]) -> Output {
    let words = home.join("words");
    Command::new(amparo().path())
        .arg("sessions")
        .args(args)
        .arg("--passphrase-file")
        .arg(words)
        .env_clear()
        .envs([("AMPARO_HOME", home), ("HOME", home), ("TMPDIR", temporary)])
        .env("LANG", locale(language))
        .output()
        .unwrap()
}

/// What the start screen says, once it knows how many are saved.
fn start_screen(home: &Path, temporary: &Path, language: Language, saved: usize) -> String {
    let mut pty = go(home, temporary, language);
    let knows = if saved == 0 { StartSays::Read(0) } else { StartSays::ReadSealed(saved) };
    let (knows, reading) = (knows.text(language), StartSays::Reading.text(language));
    pty.wait_for("what is saved", |picture| {
        let text = picture.text();
        text.contains(&*knows) && !text.contains(&*reading)
    });
    let text = spaced(&pty.text());
    pty.keys("q");
    assert_eq!(pty.wait_exit(), End::Code(0));
    text
}

/// That a sentence with a folder stands in a text, wherever it is folded.
#[track_caller]
fn names(text: &str, says: StartSays, folder: &Path, language: Language) {
    let unfolded: String = spaced(text).replace(' ', "");
    for part in [says.text(language).into_owned(), folder.display().to_string()] {
        assert!(unfolded.contains(&part.replace(' ', "")), "`{part}` is missing in:\n{text}");
    }
}

#[test]
fn what_began_on_a_full_disk_is_named_where_it_lies_and_comes_home_once_there_is_room() {
    in_both(|language| {
        let Some(disk) = SmallDisk::mount() else { return };
        let (home, temporary) = (disk.0.path(), anybodys());
        begun_and_left_on_a_full_disk(&disk, temporary.path(), language);
        let saved = temporary.path().join("leaflets-saved");
        assert_eq!(sessions_in(&saved).len(), 1);
        for private in [&saved, &saved.join("data")] {
            assert_eq!(mode(private), 0o700, "{}", private.display());
        }
        // The disk is still full: it stays there, and that is said.
        let waits = StartSays::StayFull(1);
        names(&start_screen(home, temporary.path(), language, 0), waits, &saved, language);
        let listed = sessions(home, temporary.path(), language, &["list"]);
        names(&String::from_utf8_lossy(&listed.stderr), waits, &saved, language);
        make_room(&disk);
        let text = start_screen(home, temporary.path(), language, 1);
        assert!(!text.contains("leaflets-saved"), "{text}");
        assert_eq!((sessions_in(home).len(), sessions_in(&saved).len()), (1, 0));
        let listed = sessions(home, temporary.path(), language, &["list"]);
        assert!(String::from_utf8_lossy(&listed.stdout).contains("K-17"));
    });
}

#[test]
fn where_the_name_is_another_users_it_is_saved_under_one_of_its_own() {
    in_both(|language| {
        let Some(disk) = SmallDisk::mount() else { return };
        let (home, temporary) = (disk.0.path(), anybodys());
        // Somebody else was there before, and left it open to everybody.
        let theirs = temporary.path().join("leaflets-saved");
        for folder in [&theirs, &theirs.join("data")] {
            fs::create_dir(folder).unwrap();
            fs::set_permissions(folder, Permissions::from_mode(0o777)).unwrap();
            chown(folder, Some(31_002), Some(31_002)).unwrap();
        }
        fs::write(theirs.join("index"), "").unwrap();
        begun_and_left_on_a_full_disk(&disk, temporary.path(), language);
        assert!(sessions_in(&theirs).is_empty(), "nothing of it is in another user's hands");
        assert_eq!(fs::read(theirs.join("index")).unwrap(), b"");
        let ours: Vec<PathBuf> =
            folders_in(temporary.path()).into_iter().filter(|folder| *folder != theirs).collect();
        let [ours] = ours.as_slice() else { panic!("one folder of its own: {ours:?}") };
        assert_eq!((sessions_in(ours).len(), mode(ours)), (1, 0o700));
        make_room(&disk);
        start_screen(home, temporary.path(), language, 1);
        assert_eq!((sessions_in(home).len(), sessions_in(ours).len()), (1, 0));
    });
}

#[test]
fn what_lies_in_a_folder_that_others_can_open_is_named_and_not_taken() {
    in_both(|language| {
        let Some(disk) = SmallDisk::mount() else { return };
        let (home, temporary) = (disk.0.path(), anybodys());
        begun_and_left_on_a_full_disk(&disk, temporary.path(), language);
        make_room(&disk);
        let saved = temporary.path().join("leaflets-saved");
        fs::set_permissions(&saved, Permissions::from_mode(0o777)).unwrap();
        let open = StartSays::StayOpen(1);
        names(&start_screen(home, temporary.path(), language, 0), open, &saved, language);
        let listed = sessions(home, temporary.path(), language, &["list"]);
        names(&String::from_utf8_lossy(&listed.stderr), open, &saved, language);
        assert_eq!((sessions_in(home).len(), sessions_in(&saved).len()), (0, 1));
        // As the sentence says.
        fs::set_permissions(&saved, Permissions::from_mode(0o700)).unwrap();
        start_screen(home, temporary.path(), language, 1);
        assert_eq!((sessions_in(home).len(), sessions_in(&saved).len()), (1, 0));
    });
}

#[test]
fn another_home_of_the_same_user_names_what_is_not_its_own_and_leaves_it() {
    in_both(|language| {
        let Some(disk) = SmallDisk::mount() else { return };
        let (home, temporary) = (disk.0.path(), anybodys());
        begun_and_left_on_a_full_disk(&disk, temporary.path(), language);
        let saved = temporary.path().join("leaflets-saved");
        let other = tempfile::tempdir().unwrap();
        settle(other.path());
        let anothers = StartSays::StayAnothers(1);
        names(&start_screen(other.path(), temporary.path(), language, 0), anothers, &saved, language);
        assert_eq!((sessions_in(other.path()).len(), sessions_in(&saved).len()), (0, 1));
        // What the other home saves elsewhere has a folder of its own.
        make_room(&disk);
        start_screen(home, temporary.path(), language, 1);
        assert_eq!((sessions_in(home).len(), sessions_in(&saved).len()), (1, 0));
    });
}

#[test]
fn erasing_a_session_erases_its_copy_elsewhere_too() {
    in_both(|language| {
        let Some(disk) = SmallDisk::mount() else { return };
        let (home, temporary) = (disk.0.path(), anybodys());
        begun_and_left_on_a_full_disk(&disk, temporary.path(), language);
        let saved = temporary.path().join("leaflets-saved");
        let [there] = &sessions_in(&saved)[..] else { panic!("one session") };
        // A copy that is no beginning of the session, and so does not come home.
        let mut forked = fs::read(there).unwrap();
        *forked.last_mut().unwrap() ^= 1;
        make_room(&disk);
        start_screen(home, temporary.path(), language, 1);
        fs::write(there, &forked).unwrap();
        let watching = fs::File::open(there).unwrap();
        let name = there.file_name().unwrap().to_str().unwrap();
        fs::write(home.join("why"), "asked for").unwrap();
        let why = home.join("why").display().to_string();
        let erased =
            sessions(home, temporary.path(), language, &["erase", name, "--reason-file", &why, "--yes"]);
        assert!(erased.status.success(), "{}", String::from_utf8_lossy(&erased.stderr));
        assert!(sessions_in(home).is_empty() && sessions_in(&saved).is_empty());
        let mut left = Vec::new();
        std::io::Read::read_to_end(&mut &watching, &mut left).unwrap();
        assert!(left.len() == forked.len() && left.iter().all(|byte| *byte == 0), "it is overwritten");
    });
}

#[test]
fn a_home_that_others_could_change_is_closed_and_that_is_said() {
    in_both(|language| {
        let (home, temporary) = (tempfile::tempdir().unwrap(), anybodys());
        let home = home.path();
        settle(home);
        let [keys, settings] = ["keys.json", "settings.json"].map(|name| home.join(name));
        let opened = |mode, file_mode| {
            fs::set_permissions(home, Permissions::from_mode(mode)).unwrap();
            for file in [&keys, &settings] {
                fs::set_permissions(file, Permissions::from_mode(file_mode)).unwrap();
            }
        };
        let says = StartSays::Exposed;
        opened(0o777, 0o666);
        let listed = sessions(home, temporary.path(), language, &["list"]);
        let told = String::from_utf8_lossy(&listed.stderr).into_owned();
        for path in [home, &keys, &settings] {
            names(&told, says, path, language);
        }
        assert_eq!([home, &keys, &settings].map(mode), [0o700, 0o600, 0o600]);
        let nothing = says.text(language).replace(' ', "");
        let again = sessions(home, temporary.path(), language, &["list"]);
        assert!(
            !String::from_utf8_lossy(&again.stderr).replace(' ', "").contains(&nothing),
            "it is closed now"
        );
        // What others could only read is closed without a word.
        opened(0o755, 0o644);
        let text = start_screen(home, temporary.path(), language, 0);
        assert!(!text.replace(' ', "").contains(&nothing), "{text}");
        assert_eq!([home, &keys, &settings].map(mode), [0o700, 0o600, 0o600]);
        opened(0o770, 0o600);
        names(&start_screen(home, temporary.path(), language, 0), says, home, language);
        assert_eq!(mode(home), 0o700);
        // Of another user's file it is said each time.
        if chown(&keys, Some(31_002), None).is_ok() {
            for _ in 0..2 {
                names(&start_screen(home, temporary.path(), language, 0), says, &keys, language);
            }
        }
    });
}
