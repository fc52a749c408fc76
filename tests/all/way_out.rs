//! The one way out in the real binary: what is kept, what is on the screen, what answers, and how it ends.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use amparo::protocol::{Choice, Kind};
use amparo::text::Language;
use amparo::words::{LeafletSays, StartSays};
use rustix::process::Signal;
use tempfile::TempDir;

use crate::bad_disk::BadDisk;
use crate::caseworker::{Interview, command, facts, in_both, protocol, shown, spaced, step_named};
use crate::keys_at_hand::UNLOCKED;
use crate::marked::{
    ASKS, MARKS, TELLING, begin, covered, is_back, marks_in, settle, signal, skipped, start,
};
use crate::programs::amparo;
use crate::pty::{End, Pty, Start};

/// A session in a home of its own, with a note half typed. `fault`: which thread F12 lets panic.
fn session(language: Language, fault: &str) -> (TempDir, Pty) {
    let home = tempfile::tempdir().expect("a temporary folder");
    settle(home.path(), &[]);
    let mut pty = start(home.path(), language).env("TEST_FAULT", fault).go();
    begin(&mut pty, language);
    (home, pty)
}

/// Whether faults can be made; a release build has none.
fn faults() -> bool {
    if !cfg!(debug_assertions) {
        skipped("a release build has no fault to make on purpose");
    }
    cfg!(debug_assertions)
}

/// Everything that was kept is there, and the session is open.
fn is_safe(home: &TempDir, last: &str) {
    let shown = shown(home.path());
    assert_eq!(shown["case"], MARKS[0]);
    assert_ne!(shown["status"], "closed", "{shown}");
    let facts = facts(&shown);
    assert!(facts.contains(&"noted".to_owned()), "{facts:?}");
    assert_eq!(facts.last().map(String::as_str), Some(last), "{facts:?}");
    let text = shown.to_string();
    assert!(text.contains(MARKS[3]) && text.contains(MARKS[4]) && !text.contains(MARKS[5]), "{text}");
}

/// The leaflet has nothing behind it, opens pages, and ends as any viewer does.
fn is_only_a_leaflet(pty: &mut Pty, language: Language) {
    let mark = pty.mark();
    covered(pty, language);
    pty.keys("<c-r> 1 2 3 4 <esc> <c-r>");
    let page = |page| LeafletSays::Page { page, of: 8, seen: 100 }.text(language)[..9].to_owned();
    pty.wait_for_text(&page(4));
    pty.keys("2");
    pty.wait_for_text(&page(2));
    pty.resize(60, 20);
    pty.wait_for("the page at another size", |picture| picture.text().lines().count() == 20);
    pty.wait_for_text(&page(2));
    pty.send(b"\x1b[O\x1b[I\x1b[200~paste\x1b[201~");
    pty.signal(Signal::USR1);
    pty.keys("q n q");
    pty.wait_for_text(&LeafletSays::Close.text(language));
    pty.keys("y");
    assert_eq!(pty.wait_exit(), End::Code(0));
    let written = String::from_utf8_lossy(pty.bytes_after(mark)).into_owned();
    assert_eq!(marks_in(&written), Vec::<&str>::new());
    assert!(!pty.picture().modes().alternate_screen());
}

/// What anybody may read of a process: its name and its arguments.
fn told_of(pid: u32) -> String {
    let read = |name: &str| std::fs::read_to_string(format!("/proc/{pid}/{name}")).unwrap_or_default();
    format!("{} {}", read("comm").trim(), read("cmdline").replace('\0', " ").trim_end())
}

#[test]
fn close_and_the_systems_signals_make_the_session_safe_and_end_with_0() {
    in_both(|language| {
        for way in ["q y", "s", "TERM", "HUP", "QUIT"] {
            if way == "s" && language == Language::English {
                continue;
            }
            let (home, mut pty) = session(language, "");
            match way {
                "TERM" => pty.signal(Signal::TERM),
                "HUP" => pty.signal(Signal::HUP),
                "QUIT" => pty.signal(Signal::QUIT),
                keys => {
                    pty.keys("<esc>");
                    covered(&mut pty, language);
                    pty.keys(if keys == "s" { "q s" } else { keys });
                }
            }
            assert_eq!(pty.wait_exit(), End::Code(0), "{way}");
            is_safe(&home, "left");
            let from = if way.len() > 3 || way == "HUP" { "checklist" } else { "cover" };
            assert!(shown(home.path()).to_string().contains(&format!(r#""from":"{from}""#)), "{way}");
            assert!(!pty.picture().modes().alternate_screen() && pty.picture().cursor().is_some(), "{way}");
            assert_eq!(marks_in(&pty.picture().main_screen()), Vec::<&str>::new(), "{way}");
        }
    });
}

/// Nothing of the session may stand there for longer than this, whatever else is waited for.
const OUT_OF_SIGHT: Duration = Duration::from_secs(1);

/// And so long after the way out began, it is over.
const OVER: Duration = Duration::from_secs(6);

#[test]
fn a_disk_that_answers_nothing_keeps_no_way_out_open_and_nothing_in_sight() {
    in_both(a_held_disk_keeps_no_way_out_open);
}

fn a_held_disk_keeps_no_way_out_open(language: Language) {
    for way in ["q y", "TERM", "HUP", "PINs", "q"] {
        let Some(disk) = BadDisk::new() else { return };
        let home = tempfile::tempdir().expect("a temporary folder");
        settle(home.path(), &[]);
        if way == "PINs" {
            crate::pin::set(home.path(), "246810", &[]);
        }
        let mut pty = disk.under(start(home.path(), language)).go();
        begin(&mut pty, language);
        // What is on the disk by then stays there.
        let until = Instant::now() + Duration::from_secs(10);
        let on_disk = || command(home.path(), &["sessions", "show"]).stdout;
        while !String::from_utf8_lossy(&on_disk()).contains(MARKS[4]) {
            assert!(Instant::now() < until, "the note was never kept");
        }
        disk.hold();
        let typed = "<enter> <up> <down>";
        pty.keys(typed);
        pty.look_for(Duration::from_millis(50));
        if matches!(way, "q y" | "PINs") {
            pty.keys("<esc>");
            covered(&mut pty, language);
        }
        if way == "PINs" {
            pty.look_for(Duration::from_millis(3_100));
        }
        let began = Instant::now();
        match way {
            "TERM" => pty.signal(Signal::TERM),
            "HUP" => pty.signal(Signal::HUP),
            "q" => {
                pty.keys("q");
                pty.look_for(Duration::from_millis(100));
                pty.keys("1");
                pty.wait_for_text(&StartSays::NewSession.text(language));
                pty.keys("q");
            }
            "PINs" => {
                for pin in ["111111", "222222", "333333", "444444", "555555"] {
                    pty.keys("<c-r>");
                    for digit in pin.chars() {
                        pty.keys(&digit.to_string());
                    }
                    pty.look_for(Duration::from_millis(900));
                }
            }
            keys => pty.keys(keys),
        }
        let nothing = |pty: &mut Pty| {
            let text = pty.text();
            marks_in(&text).is_empty()
                && !text.contains('▸')
                && !text.contains(&*StartSays::NewSession.text(language))
        };
        let told = Instant::now();
        pty.wait_for("nothing of the session in sight", |picture| {
            let text = picture.text();
            marks_in(&text).is_empty()
                && !text.contains('▸')
                && !text.contains(&*StartSays::NewSession.text(language))
        });
        assert!(told.elapsed() < OUT_OF_SIGHT, "{way}: {:?}", told.elapsed());
        if way == "PINs" {
            // Each PIN is looked at as fast as the machine can; then the disk is waited for.
            crate::pin::wait_for_the_leaflets_life(&mut pty);
            let told = Instant::now();
            let page = LeafletSays::Page { page: 2, of: 8, seen: 100 }.text(language)[..9].to_owned();
            while !pty.text().contains(&page) {
                assert!(told.elapsed() < OVER, "{way}: no leaflet answers\n{}", pty.framed());
                pty.keys("2");
                pty.look_for(Duration::from_millis(100));
                assert!(nothing(&mut pty), "{way}\n{}", pty.framed());
            }
            pty.keys("<c-r> 2 4 6 8 1 0");
            pty.look_for(Duration::from_millis(1_200));
            assert!(nothing(&mut pty), "nothing is behind it: {}", pty.framed());
            pty.keys("q y");
        }
        assert_eq!(pty.wait_exit(), End::Code(0), "{way}");
        assert!(way == "PINs" || began.elapsed() < OVER, "{way}: {:?}", began.elapsed());
        assert!(nothing(&mut pty) && marks_in(&pty.picture().main_screen()).is_empty(), "{way}");
        disk.let_go();
        let kept = shown(home.path()).to_string();
        assert!(kept.contains(MARKS[3]) && kept.contains(MARKS[4]), "{way}: {kept}");
    }
}

#[test]
fn a_panic_in_any_thread_makes_the_session_safe_and_stays_a_leaflet() {
    if !faults() {
        return;
    }
    in_both(a_panic_stays_a_leaflet);
}

fn a_panic_stays_a_leaflet(language: Language) {
    for thread in ["turn", "worker", "disk", "stays"] {
        let (home, mut pty) = session(language, thread);
        let (pid, mark) = (pty.pid(), pty.mark());
        pty.keys("<f12>");
        is_only_a_leaflet(&mut pty, language);
        assert_eq!(pty.pid(), pid);
        let written = String::from_utf8_lossy(pty.bytes_after(mark)).into_owned();
        assert!(!written.contains("panicked") && !written.contains("1049h"), "{thread}: {written:?}");
        // Only the loop itself can say that somebody left, as after five wrong PINs.
        is_safe(&home, if thread == "stays" { "left" } else { "noted" });
        // It is taken up as after a crash.
        let mut again = start(home.path(), language).args(["resume"]).args(UNLOCKED).go();
        again.wait_for("the session", |picture| !picture.text().trim().is_empty());
        again.wait_for("its first open step", |picture| picture.text().contains('▸'));
    }
}

#[test]
fn a_panic_under_the_cover_leaves_the_page_as_it_was() {
    if !faults() {
        return;
    }
    in_both(the_page_is_as_it_was);
}

fn the_page_is_as_it_was(language: Language) {
    let clinic = protocol().covers.iter().find(|cover| cover.id.as_str() == "clinic");
    let third = &clinic.expect("the second leaflet").topics[2];
    for lines in [false, true] {
        let home = tempfile::tempdir().expect("a temporary folder");
        settle(home.path(), &[("cover", "clinic"), ("leaflet_width", "50")]);
        let args: &[&str] = if lines { &["run", "--plain", "--practice"] } else { &["run", "--practice"] };
        let mut pty = start(home.path(), language).args(args).env("TEST_FAULT", "turn").size(70, 12).go();
        pty.wait_for("the first step", |picture| picture.text().contains(ASKS));
        pty.keys("<esc> 3 <down> <down>");
        pty.look_for(Duration::from_millis(100));
        let (before, mark) = (pty.text(), pty.mark());
        pty.keys("<f12>");
        let until = Instant::now() + Duration::from_secs(10);
        while !told_of(pty.pid()).contains(" page 3.") && Instant::now() < until {
            pty.look_for(Duration::from_millis(10));
        }
        while pty.bytes_after(mark).len() < 40 && Instant::now() < until {
            pty.look_for(Duration::from_millis(10));
        }
        pty.look_for(Duration::from_millis(100));
        if lines {
            // As far as the window does not fold it.
            let line: String = third.lines[8].in_language(&language.code()).chars().take(24).collect();
            pty.wait_for_text(&line);
        } else {
            assert_eq!(pty.text(), before);
        }
        let written = String::from_utf8_lossy(pty.bytes_after(mark)).into_owned();
        assert!(lines || !written.contains("\x1b[2J"), "it flickers: {written:?}");
        let told = told_of(pty.pid()).to_lowercase();
        assert_eq!(TELLING.into_iter().find(|word| told.contains(word)), None, "{told}");
        pty.keys("q y");
        assert_eq!(pty.wait_exit(), End::Code(0));
    }
}

#[test]
fn a_leaflet_that_stayed_ends_with_its_window_and_with_signals() {
    in_both(a_leaflet_that_stayed_ends);
}

fn a_leaflet_that_stayed_ends(language: Language) {
    if !faults() {
        return;
    }
    for way in ["window", "HUP", "TERM"] {
        let (home, mut pty) = session(language, "worker");
        pty.keys("<f12>");
        covered(&mut pty, language);
        match way {
            "window" => pty.close_window(),
            "HUP" => pty.signal(Signal::HUP),
            _ => pty.signal(Signal::TERM),
        }
        assert_eq!(pty.wait_exit(), End::Code(0), "{way}");
        is_safe(&home, "noted");
    }
}

#[test]
fn a_panic_before_the_screen_or_in_a_closed_window_ends_and_spins_nothing() {
    if !faults() {
        return;
    }
    in_both(a_panic_in_a_closed_window_ends);
}

fn a_panic_in_a_closed_window_ends(language: Language) {
    let (home, mut pty) = session(language, "turn");
    let pid = pty.pid();
    // Stopped, it reads the key when its window is already closed.
    signal(pid, Signal::STOP);
    pty.send(b"\x1b[24~");
    pty.close_window();
    signal(pid, Signal::CONT);
    pty.wait_exit();
    is_safe_or_left(&home);
}

fn is_safe_or_left(home: &TempDir) {
    let text = shown(home.path()).to_string();
    assert!(text.contains(MARKS[3]) && text.contains(MARKS[4]), "{text}");
}

/// The folder for temporary files, or one that others may go through too: root's own may be closed to them.
fn for_others() -> PathBuf {
    let open = |path: &PathBuf| {
        path.ancestors().all(|part| {
            std::fs::metadata(part)
                .is_ok_and(|about| std::os::unix::fs::PermissionsExt::mode(&about.permissions()) & 0o001 != 0)
        })
    };
    [std::env::temp_dir(), "/tmp".into(), "/var/tmp".into()]
        .into_iter()
        .find(open)
        .expect("a folder for everybody")
}

/// Root may do what nobody else may: a process that keeps its memory to itself can still be executed anew, and named,
/// by its own user.
#[test]
fn an_ordinary_user_goes_the_same_way() {
    if !faults() {
        return;
    }
    if !rustix::process::geteuid().is_root() {
        // The other tests are an ordinary user's then.
        return;
    }
    in_both(so_does_an_ordinary_user);
}

fn so_does_an_ordinary_user(language: Language) {
    for way in ["<f12>", "<esc>"] {
        let home = tempfile::tempdir_in(for_others()).expect("a temporary folder");
        settle(home.path(), &[]);
        let copied =
            std::process::Command::new("cp").arg(amparo().path()).arg(home.path().join("leaflet")).status();
        assert!(copied.is_ok_and(|status| status.success()));
        let owned = std::process::Command::new("chown").args(["-R", "65534:65534"]).arg(home.path()).status();
        assert!(owned.is_ok_and(|status| status.success()));
        let mut pty = Start::program("setpriv")
            .args(["--reuid", "65534", "--regid", "65534", "--clear-groups", "--"])
            .args([home.path().join("leaflet")])
            .home(home.path())
            .env("TEST_FAULT", "turn")
            .go();
        begin(&mut pty, language);
        let status = std::fs::read_to_string(format!("/proc/{}/status", pty.pid())).expect("its status");
        assert!(status.contains("Uid:\t65534"), "{status}");
        pty.keys(way);
        covered(&mut pty, language);
        if way == "<f12>" {
            let until = Instant::now() + Duration::from_secs(10);
            while !told_of(pty.pid()).starts_with("leaflet ") || !told_of(pty.pid()).contains(" page ") {
                assert!(Instant::now() < until, "{}", told_of(pty.pid()));
                pty.look_for(Duration::from_millis(10));
            }
        }
        pty.keys("q y");
        assert_eq!(pty.wait_exit(), End::Code(0), "{way}");
        assert_eq!(pty.picture().main_screen().trim(), "", "{way}");
    }
}

#[test]
fn on_a_window_that_is_closed_it_ends_and_keeps_the_session() {
    in_both(a_closed_window_ends_it);
}

fn a_closed_window_ends_it(language: Language) {
    for covers in [false, true] {
        let (home, mut pty) = session(language, "");
        if covers {
            pty.keys("<esc>");
            covered(&mut pty, language);
        }
        pty.close_window();
        pty.wait_exit();
        is_safe(&home, "left");
    }
}

#[test]
fn with_the_setting_it_opens_as_the_leaflet() {
    in_both(|language| {
        for args in [&[][..], &["run", "--practice"], &["run"]] {
            let home = tempfile::tempdir().expect("a temporary folder");
            settle(home.path(), &[("start_covered", "on")]);
            let mut pty = start(home.path(), language).args(args).go();
            let title = protocol().covers[0].title.in_language(&language.code());
            pty.wait_for_text(title);
            let told = String::from_utf8_lossy(pty.bytes_after(Pty::START)).into_owned();
            for word in [StartSays::NewSession.text(language).as_ref(), ASKS] {
                assert!(!told.contains(word), "{word}");
            }
            // A leaflet in every way: a page, the hide key, no way to type anything.
            pty.keys("1 <esc> 0 <enter>");
            pty.wait_for_text(title);
            pty.keys("<c-r>");
            match args {
                [] => pty.wait_for_text(&StartSays::NewSession.text(language)),
                ["run"] => pty.wait_for("the form", |picture| !picture.text().contains(title)),
                _ => pty.wait_for_text(ASKS),
            };
        }
    });
}

#[test]
fn the_cover_of_the_start_is_no_event_and_asks_nothing_afterwards() {
    in_both(the_cover_of_the_start_is_no_event);
}

fn the_cover_of_the_start_is_no_event(language: Language) {
    let title = protocol().covers[0].title.in_language(&language.code());
    let home = tempfile::tempdir().expect("a temporary folder");
    settle(home.path(), &[]);
    let mut pty = start(home.path(), language).go();
    begin(&mut pty, language);
    pty.signal(Signal::TERM);
    assert_eq!(pty.wait_exit(), End::Code(0));
    let set = command(home.path(), &["settings", "start_covered", "on"]);
    assert!(set.status.success());
    let mut pty = start(home.path(), language).args(["resume"]).args(UNLOCKED).go();
    pty.wait_for_text(title);
    pty.keys("2 0 <c-r>");
    pty.wait_for("the session", |picture| picture.text().contains('▸'));
    pty.signal(Signal::TERM);
    assert_eq!(pty.wait_exit(), End::Code(0));
    let facts = facts(&shown(home.path()));
    for none in ["covered", "uncovered", "page_opened"] {
        assert!(!facts.iter().any(|fact| fact == none), "{facts:?}");
    }
    assert_eq!(facts.last().map(String::as_str), Some("left"));
}

#[test]
fn the_main_screen_is_cleared_at_the_start_where_the_setting_says_so() {
    in_both(the_main_screen_is_cleared);
}

fn the_main_screen_is_cleared(language: Language) {
    for (value, stands) in [("off", true), ("on", false)] {
        let home = tempfile::tempdir().expect("a temporary folder");
        settle(home.path(), &[("clear_at_start", value)]);
        let path = amparo().path().to_owned();
        let line = r#"for i in 1 2 3 4 5 6 7 8 9; do echo "earlier $i"; done; "$0"; echo after; read line"#;
        let mut pty =
            Start::program("/bin/bash").args(["-c", line]).args([path]).home(home.path()).size(80, 6).go();
        pty.wait_for_text(&StartSays::NewSession.text(language));
        pty.keys("<esc> q y");
        pty.wait_for_text("after");
        assert_eq!(pty.text().contains("earlier"), stands, "{}", pty.framed());
        // The emulators here keep what was scrolled away whatever they are told; tmux does not.
        let written = String::from_utf8_lossy(pty.bytes_after(Pty::START)).into_owned();
        assert_eq!(written.contains("\x1b[3J"), !stands);
    }
}

#[test]
fn lost_focus_and_a_signal_cover_by_themselves() {
    in_both(|language| {
        for (by, name) in [("focus", "focus"), ("signal", "signal")] {
            let (home, mut pty) = session(language, "");
            match by {
                "focus" => pty.send(b"\x1b[O"),
                _ => pty.signal(Signal::USR1),
            }
            covered(&mut pty, language);
            pty.send(b"\x1b[I");
            pty.look_for(Duration::from_millis(100));
            covered(&mut pty, language);
            pty.keys("<c-r>");
            is_back(&mut pty);
            pty.signal(Signal::TERM);
            assert_eq!(pty.wait_exit(), End::Code(0));
            let text = shown(home.path()).to_string();
            assert!(text.contains(&format!(r#""covered":{{"by":"{name}"}}"#)), "{text}");
        }
    });
}

#[test]
fn rest_covers_while_she_is_not_in_the_room_and_is_only_quiet_while_she_is() {
    in_both(rest_covers_or_is_quiet);
}

fn rest_covers_or_is_quiet(language: Language) {
    let title = protocol().covers[0].title.in_language(&language.code());
    let home = tempfile::tempdir().expect("a temporary folder");
    settle(home.path(), &[("cover_after", "1"), ("quiet_after", "10")]);
    let mut alone = start(home.path(), language).go();
    let her_home = tempfile::tempdir().expect("a temporary folder");
    let set = command(her_home.path(), &["settings", "cover_after", "1"]);
    assert!(
        set.status.success() && command(her_home.path(), &["settings", "quiet_after", "10"]).status.success()
    );
    let start_her = amparo().args(["run", "--practice"]).home(her_home.path());
    let mut with_her = Interview::with(start_her, language);
    // She is in the room there.
    with_her.walk_to("company");
    // A form with something typed in it rests too.
    let form_home = tempfile::tempdir().expect("a temporary folder");
    settle(form_home.path(), &[("cover_after", "1")]);
    let mut form = start(form_home.path(), language).go();
    form.keys("1 9 0 4 1 7");
    form.wait_for_text("90417");
    // Begun afterwards, so that when this one is covered the other has rested longer.
    begin(&mut alone, language);
    let until = Instant::now() + Duration::from_secs(90);
    while !alone.look_for(Duration::from_millis(250)).text().contains(title) {
        assert!(Instant::now() < until, "no cover came:\n{}", alone.framed());
        with_her.pty.look(Duration::ZERO);
    }
    assert_eq!(marks_in(&alone.text()), Vec::<&str>::new());
    let form_text = form.look_for(Duration::from_millis(500)).text();
    assert!(form_text.contains(title) && !form_text.contains("90417"), "{form_text}");
    let her = spaced(&with_her.pty.look_for(Duration::from_secs(2)).text());
    assert!(!her.contains(title), "{her}");
    let Kind::Choice(options) = &step_named("company").kind else { panic!("a choice") };
    let label = |option: &Choice| option.label.in_language(&language.code()).to_owned();
    let none = !options.iter().any(|option| her.contains(&label(option)));
    assert!(her.len() < 200 && none, "it is quiet: {her}");
    with_her.keys("1");
    with_her.stands_at("company");
    alone.keys("<c-r>");
    is_back(&mut alone);
    // Whoever stands behind her sees nothing of it yet.
    form.look_for(Duration::from_secs(2));
    form.keys("<c-r>");
    form.wait_for_text(&StartSays::Veiled.text(language));
    form.keys("9 <enter>");
    assert!(!form.text().contains("90417"), "{}", form.framed());
    form.keys("<f4>");
    form.wait_for_text("90417");
    assert!(
        !form.text().contains("904179"),
        "what was pressed under the veil typed nothing: {}",
        form.framed()
    );
}

/// The numbers that have no names, the first, one between and the last, and those that nobody sends on purpose.
const SIGNALS: [&str; 8] = ["IO", "PWR", "STKFLT", "TRAP", "SYS", "35", "50", "64"];

#[test]
fn signals_that_nobody_sends_on_purpose_hide() {
    in_both(odd_signals_hide);
}

fn odd_signals_hide(language: Language) {
    let (_home, mut pty) = session(language, "");
    for name in SIGNALS {
        let sent = std::process::Command::new("kill").args(["-s", name, &pty.pid().to_string()]).status();
        assert!(sent.is_ok_and(|sent| sent.success()), "{name}");
        covered(&mut pty, language);
        pty.keys("<c-r>");
        is_back(&mut pty);
    }
}
