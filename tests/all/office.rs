//! An office with an archive of sessions, three of them of a known wrong, and its review on a screen.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use amparo::desk::{Keyring, Role};
use amparo::journal::{Companion, SessionName, Store};
use amparo::seal::Identity;
use amparo::text::{Language, StaffNumber};
use amparo::words::{RoomSays, room_says};
use tempfile::TempDir;

use crate::caseworker::spaced;
use crate::keys_at_hand::{self, KEY, UNLOCKED};
use crate::made::{self, Planted};
use crate::programs::amparo;
use crate::pty::Pty;

/// As many sessions as most tests need.
pub const SESSIONS: usize = 24;

/// Enough that they are not written before a key is.
pub const MANY: usize = 90;

/// An office: its folder, who is in it, and what was planted among its sessions.
pub struct Office {
    sessions: usize,
    home: TempDir,
    pub worker: &'static Identity,
    pub colleague: &'static Identity,
    pub planted: &'static [Planted],
    pub today: i64,
}

/// One archive that is copied for each test: to sign sessions off takes long. Beside the tests and made anew each time.
static MADE: LazyLock<Made> = LazyLock::new(|| Made::beside_the_tests("office", SESSIONS));

/// An archive that was made.
pub struct Made {
    home: PathBuf,
    worker: Identity,
    colleague: Identity,
    pub planted: Vec<Planted>,
    today: i64,
}

impl Made {
    fn beside_the_tests(folder: &str, sessions: usize) -> Self {
        let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join(folder);
        if home.exists() {
            std::fs::remove_dir_all(&home).unwrap();
        }
        std::fs::create_dir_all(&home).unwrap();
        keys_at_hand::put(&home);
        Self::new(home, sessions, made::DAYS, 7)
    }

    /// An archive as of today, since the program asks what time it is.
    pub fn new(home: PathBuf, sessions: usize, days: usize, seed: u64) -> Self {
        let (worker, colleague) = (Identity::generate(), Identity::generate());
        let mut ring = Keyring::read(&home).unwrap();
        for (number, identity) in [("204", &worker), ("117", &colleague)] {
            ring.add(StaffNumber::new(number).unwrap(), identity.public(), Role::Caseworker).unwrap();
        }
        let today = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis();
        let readers = made::Readers { supervisor: KEY.public(), worker: worker.public() };
        let today = i64::try_from(today).unwrap();
        let wanted = made::Wanted { sessions, seed, today, days, signed: 95, events: 0 };
        let planted = made::make(&home, &readers, wanted).unwrap();
        Self { home, worker, colleague, planted, today }
    }
}

/// Copies a folder as it stands, with the times of its files.
fn copied(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for file in std::fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        let to = to.join(file.file_name());
        if file.file_type().unwrap().is_dir() {
            copied(&file.path(), &to);
        } else {
            std::fs::copy(file.path(), &to).unwrap();
            let written = file.metadata().unwrap().modified().unwrap();
            std::fs::File::options().write(true).open(&to).unwrap().set_modified(written).unwrap();
        }
    }
}

impl Office {
    /// A copy of the archive that all share.
    pub fn new() -> Self {
        Self::copy_of(&MADE, SESSIONS)
    }

    /// An archive of more sessions than most tests need.
    pub fn of_many() -> Self {
        static MANY_MADE: LazyLock<Made> = LazyLock::new(|| Made::beside_the_tests("office-of-many", MANY));
        Self::copy_of(&MANY_MADE, MANY)
    }

    fn copy_of(made: &'static Made, sessions: usize) -> Self {
        let home = tempfile::tempdir().unwrap();
        copied(&made.home, home.path());
        let (worker, colleague) = (&made.worker, &made.colleague);
        Self { sessions, home, worker, colleague, planted: &made.planted, today: made.today }
    }

    /// Its folder.
    pub fn path(&self) -> &Path {
        self.home.path()
    }

    /// The review on a screen of this size, all of it opened.
    #[track_caller]
    pub fn open(&self, language: Language, (cols, rows): (u16, u16)) -> Pty {
        let start = amparo()
            .args(["--lang", language.code().as_str()])
            .args(UNLOCKED)
            .args(["review"])
            .env("TZ", "UTC");
        let mut pty = start.size(cols, rows).home(self.path()).go();
        wait_until_all_is_read(&mut pty, self.sessions, language);
        pty
    }

    /// Its sessions.
    pub fn store(&self) -> Store {
        Store::at(self.path())
    }

    /// What stands beside a session, as the supervisor's key opens it.
    pub fn beside(&self, name: &SessionName, identity: &Identity) -> Vec<Companion> {
        let placed = self.store().placed(identity).into_iter();
        placed.map(|placed| placed.companion).filter(|companion| companion.of() == name).collect()
    }
}

/// What most people will see, and the widest language in the narrowest place.
pub fn window_of(language: Language) -> (u16, u16) {
    match language {
        Language::English => (80, 24),
        Language::Spanish => (40, 12),
    }
}

/// Waits until all sessions are opened, a part at a time: they are many for a build that is not optimised, on a machine that
/// does other things too.
#[track_caller]
pub fn wait_until_all_is_read(pty: &mut Pty, sessions: usize, language: Language) {
    let all = room_says(RoomSays::Sessions(sessions), language);
    for part in 1..=9 {
        // What stands beside the sessions is counted with them.
        let far =
            |head: &str| (part * sessions / 9..=9 * sessions).any(|done| head.contains(&format!(" {done} ")));
        pty.wait_for(&format!("{part} of 9"), |picture| {
            let text = picture.text();
            let head = text.lines().next().unwrap_or_default();
            head.contains(&*all) || (part < 9 && far(head))
        });
    }
}

/// Waits for a sentence, however the window folds it.
#[track_caller]
pub fn wait_folded(pty: &mut Pty, sentence: &str) {
    let sentence = spaced(sentence);
    pty.wait_for(&sentence, |picture| spaced(&picture.text()).contains(&sentence));
}

/// Waits until a sentence is gone.
#[track_caller]
pub fn wait_gone(pty: &mut Pty, sentence: &str) {
    pty.wait_for(&format!("no {sentence}"), |picture| !spaced(&picture.text()).contains(&spaced(sentence)));
}

/// Types words, blanks too.
pub fn typed(pty: &mut Pty, text: &str) {
    for letter in text.chars() {
        pty.keys(&if letter == ' ' { "<space>".to_owned() } else { letter.to_string() });
    }
}

/// Reads on, a screenful at a time, until something is in sight.
#[track_caller]
pub fn goes_on_to(pty: &mut Pty, text: &str) {
    for _ in 0..60 {
        // A heading begins with a capital.
        if spaced(&pty.text()).to_lowercase().contains(&spaced(text).to_lowercase()) {
            return;
        }
        pty.keys("<pgdn>");
        pty.look_for(Duration::from_millis(80));
    }
    wait_folded(pty, text);
}

/// Says who she is, the first time that it is asked.
#[track_caller]
pub fn says_who(pty: &mut Pty, language: Language) {
    wait_folded(pty, &room_says(RoomSays::NumberWhy, language));
    typed(pty, "100");
    pty.keys("<enter>");
}
