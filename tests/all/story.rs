//! The real binary in a real terminal, as two caseworkers use it from the start screen to the close.

use std::process::Command;
use std::time::Duration;

use amparo::journal::Verdict;
use amparo::machine::{Fact, Place};
use amparo::protocol::Ending;
use amparo::text::Language;
use amparo::words::{CommandSays, Complaint, RoomSays, Say, StartSays, room_says, say};

use crate::caseworker::locale;
use crate::interview::{Wishes, answered, begin, kept, only_session, shipped, wait_kept, walk};
use crate::keys_at_hand::{UNLOCKED, WORDS};
use crate::picture::Picture;
use crate::programs::amparo;
use crate::pty::{End, Pty, Start};
use crate::read_twice::read_twice;

/// What is answered where the first answer would not do.
fn plain_way() -> Wishes<'static> {
    Wishes::from([("company", "1"), ("consent", "1"), ("go-now", "1")])
}

/// What a story looks for, in the words of its language.
struct Tongue {
    language: Language,
    locale: &'static str,
    size: (u16, u16),
    leaflet: String,
    doctor: String,
    /// The title of the first group of steps.
    first_group: String,
    /// The first line of the start screen.
    start: String,
}

impl Tongue {
    fn of(language: Language, size: (u16, u16)) -> Self {
        let (protocol, code) = (shipped(), language.code());
        let cover = &protocol.covers[0];
        Self {
            language,
            locale: locale(language),
            size,
            leaflet: cover.title.in_language(&code).to_owned(),
            doctor: cover.topics[2].title.in_language(&code).to_owned(),
            first_group: protocol.phases[0].groups[0].title.as_ref().unwrap().in_language(&code).to_owned(),
            start: StartSays::NewSession.text(language).into_owned(),
        }
    }

    /// The program in this language.
    fn amparo(&self) -> Start {
        amparo().env("LANG", self.locale)
    }

    fn say(&self, word: Say) -> &'static str {
        say(self.language, word)
    }
}

/// Tells a story in both languages, side by side, and in both sizes.
fn in_both(story: impl Fn(&Tongue) + Sync) {
    for size in [(80, 24), (40, 12)] {
        crate::caseworker::in_both(|language| story(&Tongue::of(language, size)));
    }
}

/// Tells a story in both languages, side by side, in the usual size.
fn side_by_side(story: impl Fn(&Tongue) + Sync) {
    crate::caseworker::in_both(|language| story(&Tongue::of(language, (80, 24))));
}

fn command(pty: &Pty, args: &[&str]) -> (i32, String) {
    let ran = Command::new(env!("CARGO_BIN_EXE_amparo"))
        .args(args)
        .args(UNLOCKED)
        .current_dir(pty.home())
        .env("AMPARO_HOME", pty.home())
        .env("LANG", "en_US.UTF-8")
        .output()
        .unwrap();
    (ran.status.code().unwrap(), String::from_utf8(ran.stdout).unwrap())
}

fn whole_interview(cols: u16, rows: u16) {
    let protocol = shipped();
    let mut pty = amparo().size(cols, rows).go();
    let presses = begin(&mut pty);
    assert!(presses <= 25, "{presses} key presses to the first step");
    let places = walk(&mut pty, &protocol, &plain_way(), |_| false);
    assert!(places.len() > 60, "{} places", places.len());
    pty.keys("<left>2");
    let state =
        wait_kept(&mut pty, "the close", |state| state.record.closed || !state.record.wordless.is_empty());
    let state = if state.record.closed {
        state
    } else {
        wait_kept(&mut pty, "the close", |state| state.record.closed)
    };
    assert_eq!(state.seen.ended, None);
    assert_eq!(state.record.entered.len(), protocol.phases.len(), "every phase was entered");
    assert_eq!(only_session(pty.home()).verdict, Verdict::Whole);
    let (code, list) = command(&pty, &["sessions", "list"]);
    assert_eq!(code, 0);
    assert!(list.contains("K-17"), "{list}");
    let name = only_session(pty.home()).name.to_string();
    let (code, json) = command(&pty, &["sessions", "show", &name, "--json"]);
    assert_eq!(code, 0);
    let shown: serde_json::Value = serde_json::from_str(&json).unwrap();
    let text = shown.to_string();
    for step in answered(&state) {
        assert!(text.contains(step.as_str()), "`{step}` is shown");
    }
    read_twice(pty.home(), "a whole interview");
}

#[test]
fn a_whole_interview() {
    crate::caseworker::in_both(|_| whole_interview(80, 24));
}

#[test]
fn a_whole_interview_in_a_small_window() {
    crate::caseworker::in_both(|_| whole_interview(40, 12));
}

#[test]
fn a_meeting_that_is_put_off_has_its_own_short_end() {
    in_both(|tongue| {
        let protocol = shipped();
        let mut pty = amparo().size(tongue.size.0, tongue.size.1).env("LANG", tongue.locale).go();
        begin(&mut pty);
        let wishes = Wishes::from([("go", "2")]);
        walk(&mut pty, &protocol, &wishes, |_| false);
        let state = kept(pty.home());
        assert_eq!(state.seen.ended, Some(Ending::Postponed));
        assert!(
            !state.record.entered.keys().any(|phase| phase.as_str() == "interview"),
            "the talk was never entered"
        );
        assert!(state.record.entered.keys().any(|phase| phase.as_str() == "self-care"), "care was");
        pty.keys("<left>2");
        wait_kept(&mut pty, "the close", |state| state.record.closed);
    });
}

#[test]
fn killed_at_a_step_it_is_resumed_at_that_step_with_every_answer() {
    in_both(|tongue| {
        let protocol = shipped();
        let mut pty = amparo().size(tongue.size.0, tongue.size.1).env("LANG", tongue.locale).go();
        begin(&mut pty);
        let stop = |place: &Place| matches!(place, Place::Step(step) if step.as_str() == "laptop");
        walk(&mut pty, &protocol, &plain_way(), stop);
        let before = kept(pty.home());
        pty.signal(rustix::process::Signal::KILL);
        assert_eq!(pty.wait_exit(), End::Signal("Killed".to_owned()));
        let mut again = amparo()
            .args(["resume"])
            .args(UNLOCKED)
            .size(tongue.size.0, tongue.size.1)
            .env("LANG", tongue.locale)
            .home(pty.home())
            .go();
        let after =
            wait_kept(&mut again, "the resumption", |state| state.record.events > before.record.events);
        assert_eq!((after.record.place, after.seen.outcomes), (before.record.place, before.seen.outcomes));
        again.wait_for_text("1 ");
    });
}

#[test]
fn a_danger_in_the_middle_of_typing_gives_the_text_back_and_asks_what_it_was() {
    in_both(|tongue| {
        let mut pty = amparo().size(tongue.size.0, tongue.size.1).env("LANG", tongue.locale).go();
        begin(&mut pty);
        pty.wait_for_text("1 ");
        pty.keys("n");
        pty.keys("h a l f");
        pty.wait_for_text("half");
        pty.keys("<esc>");
        pty.wait_for_text(&tongue.leaflet);
        assert!(!pty.text().contains("half"), "nothing of it is in sight:\n{}", pty.framed());
        pty.keys("3");
        pty.wait_for_text(&tongue.doctor);
        pty.look_for(Duration::from_millis(3_200));
        pty.keys("<c-r>");
        let state = wait_kept(&mut pty, "the return", |state| state.record.cover_asks);
        assert!(state.seen.due.iter().any(|step| step.as_str() == "signal"), "what it was is due");
        pty.keys("! <enter>");
        let state = wait_kept(&mut pty, "the note", |state| state.record.notes == 1);
        assert!(state.record.covered.is_none());
        let note = only_session(pty.home()).events.into_iter().find_map(|event| match event.fact {
            Fact::Noted { text, .. } => Some(text.to_string()),
            _ => None,
        });
        assert_eq!(note.as_deref(), Some("half!"));
    });
}

#[test]
fn close_that_is_obeyed_and_leaves_nothing_in_sight() {
    in_both(|tongue| {
        let mut pty = amparo().size(tongue.size.0, tongue.size.1).env("LANG", tongue.locale).go();
        let modes = pty.modes();
        begin(&mut pty);
        pty.keys("n s e c r e t <enter>");
        wait_kept(&mut pty, "the note", |state| state.record.notes == 1);
        pty.keys("<esc>");
        pty.wait_for_text(&tongue.leaflet);
        pty.keys("q");
        pty.wait_for_text("/n");
        assert!(pty.text().contains(&tongue.leaflet), "the page is still in sight");
        pty.keys("y");
        assert_eq!(pty.wait_exit(), End::Code(0));
        let main = pty.picture().main_screen();
        for word in ["secret", "K-17", "204", "Prepare", "amparo"] {
            assert!(!main.contains(word), "`{word}` is left:\n{main}");
        }
        assert_ne!(modes, "", "the modes could be read");
        let state = kept(pty.home());
        assert!(state.record.left && !state.record.closed);
        assert_eq!(state.seen.ended, Some(Ending::Left));
        let mut again = amparo()
            .args(["resume"])
            .args(UNLOCKED)
            .size(tongue.size.0, tongue.size.1)
            .env("LANG", tongue.locale)
            .home(pty.home())
            .go();
        wait_kept(&mut again, "the resumption", |state| !state.record.left);
    });
}

#[test]
fn a_moment_for_her_in_the_middle_of_typing_returns_to_the_same_text() {
    in_both(|tongue| {
        let mut pty = amparo().size(tongue.size.0, tongue.size.1).env("LANG", tongue.locale).go();
        begin(&mut pty);
        pty.wait_for_text("1 ");
        let from = kept(pty.home()).record.place;
        pty.keys("n");
        pty.keys("h a l f");
        pty.wait_for_text("half");
        pty.keys("<f2>");
        let protocol = shipped();
        wait_kept(&mut pty, "the response", |state| state.record.asides.len() == 1);
        let home = from.clone();
        let wishes = Wishes::from([("same-subject", "2")]);
        walk(&mut pty, &protocol, &wishes, move |place| *place == home);
        let state = kept(pty.home());
        assert_eq!(state.record.place, from);
        assert!(state.seen.raised.iter().any(|response| response.as_str() == "distress"));
        pty.wait_for_text("half");
    });
}

#[test]
fn practice_writes_nothing_at_all() {
    side_by_side(|tongue| {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("none");
        let mut pty = tongue.amparo().args(["run", "--practice"]).env("AMPARO_HOME", &folder).go();
        pty.wait_for_text(&tongue.first_group);
        pty.keys("3 <enter>");
        pty.wait_for_text("1/");
        pty.keys("q");
        pty.look_for(Duration::from_millis(200));
        pty.signal(rustix::process::Signal::TERM);
        pty.wait_exit();
        assert!(!folder.exists(), "nothing was made");
    });
}

#[test]
fn a_held_key_ticks_one_step() {
    side_by_side(|tongue| {
        let mut pty = tongue.amparo().go();
        begin(&mut pty);
        pty.keys("0 <enter>");
        wait_kept(&mut pty, "the first answer", |state| answered(state).len() == 1);
        let before = kept(pty.home()).record.place;
        pty.send(&b"1".repeat(30));
        let state = wait_kept(&mut pty, "the second", |state| {
            state.record.place != before || answered(state).len() > 1
        });
        pty.look_for(Duration::from_millis(300));
        let later = kept(pty.home());
        assert_eq!(later.record.place, state.record.place);
        assert!(answered(&later).len() <= 2, "{:?}", answered(&later));
    });
}

#[test]
fn two_windows_on_one_session_the_second_is_told() {
    side_by_side(|tongue| {
        let mut pty = tongue.amparo().go();
        begin(&mut pty);
        let second = tongue.amparo().args(["resume"]).args(UNLOCKED).home(pty.home()).go();
        let mut second = second;
        assert_eq!(second.wait_exit(), End::Code(3));
        let said = second.picture().main_screen();
        let help = CommandSays::Help.text(tongue.language);
        assert!(said.contains(&format!("{help}:")), "{said}");
    });
}

#[test]
fn without_a_terminal_it_says_so_and_ends_with_three() {
    side_by_side(|tongue| {
        let home = tempfile::tempdir().unwrap();
        let ran = Command::new(env!("CARGO_BIN_EXE_amparo"))
            .env("AMPARO_HOME", home.path())
            .env("LANG", tongue.locale)
            .output()
            .unwrap();
        assert_eq!(ran.status.code(), Some(3));
        let said = String::from_utf8(ran.stderr).unwrap();
        let (what, help) = Complaint::NoTerminal.words(tongue.language);
        assert!(said.contains(&format!(": {what}\n")) && said.ends_with(&format!(": {help}\n")), "{said}");
    });
}

#[test]
fn ten_by_three_cells_neither_break_it_nor_lock_anybody_in() {
    side_by_side(|tongue| {
        let mut pty = tongue.amparo().size(10, 3).go();
        let asks = StartSays::TooSmall.text(tongue.language);
        let says_so =
            |picture: &Picture| picture.text().split_whitespace().collect::<Vec<_>>().join(" ") == *asks;
        pty.wait_for("the wish for a larger window", says_so);
        pty.keys("2");
        pty.look_for(Duration::from_millis(200));
        assert!(says_so(pty.picture()), "{}", pty.framed());
        pty.keys("<esc>");
        pty.look_for(Duration::from_millis(200));
        assert!(pty.is_running());
        pty.keys("q");
        pty.keys("y");
        assert_eq!(pty.wait_exit(), End::Code(0));
    });
}

#[test]
fn every_way_out_gives_the_terminal_back_and_keeps_the_session() {
    side_by_side(|tongue| {
        use rustix::process::Signal;
        for signal in [Signal::TERM, Signal::HUP, Signal::QUIT] {
            let mut pty = tongue.amparo().go();
            begin(&mut pty);
            pty.keys("0 <enter>");
            let before = wait_kept(&mut pty, "an answer", |state| answered(state).len() == 1);
            pty.signal(signal);
            pty.wait_exit();
            let picture = pty.picture();
            assert!(picture.main_screen().trim().is_empty(), "{signal:?}: {}", picture.main_screen());
            assert_eq!((picture.noticed().titles.len(), picture.noticed().bells), (0, 0), "{signal:?}");
            let after = kept(pty.home());
            assert!(after.record.left, "{signal:?}");
            assert_eq!(after.seen.outcomes, before.seen.outcomes);
        }
    });
}

#[test]
fn at_rest_nothing_is_written_and_nobody_wakes() {
    side_by_side(|tongue| {
        let mut pty = tongue.amparo().go();
        pty.wait_for_text(&tongue.start);
        pty.look_for(Duration::from_millis(500));
        let mark = pty.mark();
        let wakes = |pid: u32| -> u64 {
            std::fs::read_dir(format!("/proc/{pid}/task"))
                .unwrap()
                .map(|task| std::fs::read_to_string(task.unwrap().path().join("status")).unwrap())
                .filter_map(|status| {
                    status.lines().find_map(|line| {
                        line.strip_prefix("voluntary_ctxt_switches:")?.trim().parse::<u64>().ok()
                    })
                })
                .sum()
        };
        let before = wakes(pty.pid());
        pty.look_for(Duration::from_millis(1_500));
        assert_eq!(wakes(pty.pid()), before, "nothing woke");
        assert!(pty.bytes_after(mark).is_empty(), "nothing was written");
    });
}

#[test]
fn what_was_kept_is_read_from_the_start_screen() {
    side_by_side(|tongue| {
        let mut pty = tongue.amparo().args(UNLOCKED).go();
        begin(&mut pty);
        pty.keys("n s e e n <enter>");
        wait_kept(&mut pty, "the note", |state| state.record.notes == 1);
        pty.keys("q");
        pty.keys("1");
        pty.wait_for_text(&tongue.start);
        let none = StartSays::Read(0).text(tongue.language);
        pty.wait_for("that one is saved", |picture| !picture.text().contains(&*none));
        pty.keys("4");
        pty.wait_for("the question for the passphrase", |picture| picture.cursor().is_some());
        pty.keys(&format!("{}<enter>", WORDS.replace(' ', "<space>")));
        let opened = room_says(RoomSays::Sessions(1), tongue.language);
        pty.wait_for_text(&opened);
        pty.keys("t");
        pty.wait_for_text("K-17");
        // Who opens a session says once who she is.
        pty.keys("<enter>");
        pty.wait_for_text(&room_says(RoomSays::NumberLabel, tongue.language));
        pty.keys("2 0 4 <enter>");
        pty.wait_for("the session", |picture| {
            picture.text().contains("K-17") && !picture.text().contains(&*opened)
        });
        pty.keys("<end>");
        pty.wait_for_text("seen");
        pty.keys("<esc>");
        pty.wait_for_text(&tongue.leaflet);
        pty.keys("<c-r>");
        pty.wait_for_text("seen");
        pty.keys("<left>");
        pty.wait_for_text(&opened);
        pty.keys("<left> <left>");
        pty.wait_for_text(&tongue.start);
    });
}

/// A disk of a quarter of a megabyte, gone with the test.
pub struct SmallDisk(pub tempfile::TempDir);

impl SmallDisk {
    pub fn mount() -> Option<Self> {
        use std::io::Write as _;
        let folder = tempfile::tempdir().unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=512k,mode=700", "none"])
            .arg(folder.path())
            .stderr(std::process::Stdio::null())
            .status()
            .is_ok_and(|status| status.success());
        if !mounted {
            // Past the test runner, which hides what passing tests print.
            let _ = writeln!(
                std::io::stderr(),
                "SKIPPED: a full disk was not tried, since nothing can be mounted here"
            );
            return None;
        }
        Some(Self(folder))
    }

    fn remount(&self, options: &str) {
        let remounted =
            Command::new("mount").args(["-o", &format!("remount,{options}")]).arg(self.0.path()).status();
        assert!(remounted.unwrap().success());
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0.path()).status();
    }
}

#[test]
fn on_a_full_disk_no_tick_shows_and_it_is_made_up_for_once_there_is_room() {
    side_by_side(|tongue| {
        let Some(disk) = SmallDisk::mount() else { return };
        let mut pty = tongue.amparo().args(UNLOCKED).home(disk.0.path()).go();
        begin(&mut pty);
        pty.keys("0 <enter>");
        wait_kept(&mut pty, "the first answer", |state| answered(state).len() == 1);
        let ballast = disk.0.path().join("ballast");
        std::fs::write(&ballast, vec![1; 1 << 20]).unwrap_err();
        // What was free in the last page of the file goes first.
        for _ in 0..40 {
            pty.keys("n w o r d s <enter>");
        }
        pty.wait_for_text(tongue.say(Say::DiskFull).split(". ").next().unwrap());
        let saved = kept(pty.home()).record.notes;
        assert!(saved < 40, "{saved} notes were kept on a full disk");
        std::fs::remove_file(&ballast).unwrap();
        let state = wait_kept(&mut pty, "all of it, by itself", |state| state.record.notes == 40);
        assert_eq!(answered(&state).len(), 1);
        pty.signal(rustix::process::Signal::TERM);
        pty.wait_exit();
    });
}

#[test]
fn in_a_folder_that_cannot_be_written_no_tick_shows_and_it_says_what_to_do() {
    side_by_side(|tongue| {
        let Some(disk) = SmallDisk::mount() else { return };
        let mut pty = tongue.amparo().home(disk.0.path()).go();
        begin(&mut pty);
        // A file that is open for writing holds the disk from being made read-only; so the disk is taken away at the start.
        pty.signal(rustix::process::Signal::TERM);
        pty.wait_exit();
        disk.remount("ro");
        let mut pty = tongue.amparo().home(disk.0.path()).go();
        crate::caseworker::to_the_form(&mut pty);
        pty.keys("2 0 4 <enter>");
        pty.keys("3 1 7 <enter>");
        pty.keys("K - 2 <enter>");
        pty.wait_for_text(&tongue.first_group);
        pty.keys("0 <enter>");
        let not_saved = tongue.say(Say::DiskReadOnly).split(':').next().unwrap();
        pty.wait_for("that it is not saved", |picture| picture.text().contains(not_saved));
        assert!(!pty.text().contains('✓'), "no tick:\n{}", pty.framed());
        pty.signal(rustix::process::Signal::KILL);
        pty.wait_exit();
    });
}
