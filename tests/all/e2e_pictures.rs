//! Pictures of the real binary as two emulators see it: text, and a letter for the look of each cell. The states of
//! the checklist have theirs in `src/ui/tests`; these hold that nothing is lost between the cells and the terminal.

use amparo::protocol::Kind;
use amparo::text::Language;
use amparo::words::Say;

use crate::caseworker::{Interview, Seen, command, in_both, step_named};
use crate::programs::amparo;

fn take(talk: &mut Interview, name: &str, size: &str) {
    talk.settled();
    let picture = talk.pty.picture().with_looks();
    // A busy machine takes longer than a minute for the way here.
    let picture = picture.replace(" 0:01\n", " 0:00\n").replace(" 0:02\n", " 0:00\n");
    insta::assert_snapshot!(format!("{name}_{size}"), picture);
}

fn pictures(cols: u16, rows: u16, language: Language) {
    let size = format!("{}_{cols}x{rows}", language.code().as_str());
    let start = || amparo().args(["--lang", language.code().as_str()]).size(cols, rows);
    let mut talk = Interview::with(start(), language);
    let reading = amparo::words::StartSays::Reading.text(language);
    talk.pty.wait_for("the start screen, with all that it looks up", |picture| {
        picture.text().contains("2  ") && !picture.text().contains(&*reading)
    });
    take(&mut talk, "start", &size);
    talk.keys("<esc>");
    take(&mut talk, "leaflet_contents", &size);
    talk.keys("2");
    take(&mut talk, "leaflet_page", &size);
    talk.keys("<c-r>");
    talk.pty.wait_for_text("2  ");
    crate::caseworker::to_the_form(&mut talk.pty);
    talk.keys("12 <enter>");
    take(&mut talk, "form", &size);

    let mut talk = Interview::with(start().args(["run", "--practice"]), language);
    talk.walk_to("papers");
    talk.keys("1");
    take(&mut talk, "list", &size);
    talk.keys("?");
    take(&mut talk, "help", &size);
    talk.keys("?");
    // The first row has its state already, and is not asked again.
    talk.keys("2 3 2 3");
    talk.stands_at("unclear");
    talk.walk_to("both-here");
    take(&mut talk, "check", &size);
    talk.keys("<f2>");
    talk.responding = true;
    talk.stands_at("stop-now");
    take(&mut talk, "words_to_say", &size);
}

/// The usual window in English, and the small one in the language whose words are longer.
#[test]
fn the_real_binary_looks_as_its_pictures() {
    in_both(|language| match language {
        Language::English => pictures(80, 24, language),
        Language::Spanish => pictures(40, 12, language),
    });
}

/// Walks on, and puts off every deadline, whose time would stand in the picture.
fn walk_until(talk: &mut Interview, what: &str, is_so: impl Fn(&Seen) -> bool) {
    let mut seen = talk.wait(what, |seen| *seen != Seen::Other);
    while !is_so(&seen) {
        seen = match seen {
            Seen::Step(id) if step_named(id).kind == Kind::Deadline => {
                talk.keys("l");
                talk.wait("what follows", |next| *next != Seen::Other && *next != seen)
            }
            _ => talk.go_on(&seen),
        };
    }
}

#[test]
fn the_real_binary_looks_as_its_pictures_further_on() {
    in_both(|language| {
        let size = format!("{}_80x24", language.code().as_str());
        let home = tempfile::tempdir().expect("a temporary folder");
        assert!(command(home.path(), &["settings", "motion", "off"]).status.success());
        let start = amparo().args(["run", "--practice"]).home(home.path());
        let mut talk = Interview::with(start, language);
        talk.stands_at("told-before");
        walk_until(&mut talk, "both here", |seen| *seen == Seen::Step("both-here"));
        talk.keys("<f4>");
        take(&mut talk, "shy", &size);
        talk.keys("<tab> 4");
        take(&mut talk, "quiet", &size);
        talk.keys("<right>");
        talk.stands_at("both-here");
        talk.keys("<tab> 4 <f4> <f9>");
        talk.responding = true;
        talk.wait("the response", |seen| !matches!(seen, Seen::Other | Seen::Step("both-here")));
        take(&mut talk, "response", &size);
        talk.keys("z <f2>");
        talk.stands_at("stop-now");
        talk.digit(1);
        talk.wait("the pacer", |seen| *seen == Seen::Pacer);
        take(&mut talk, "pacer", &size);
    });
}

#[test]
fn the_real_binary_looks_as_its_pictures_at_the_end() {
    in_both(|language| {
        let size = format!("{}_80x24", language.code().as_str());
        let mut talk = Interview::practice(language);
        walk_until(&mut talk, "a pause", |seen| matches!(seen, Seen::Pause(_)));
        take(&mut talk, "pause", &size);
        // Without an answer to who came with her, the next phase does not open.
        walk_until(&mut talk, "who came", |seen| *seen == Seen::Step("company"));
        talk.keys("l");
        walk_until(&mut talk, "the gate", |seen| *seen == Seen::NotNow);
        take(&mut talk, "gate", &size);
        talk.keys("w");
        take(&mut talk, "gate_told", &size);
        talk.digit(1);
        talk.stands_at("company");
        walk_until(&mut talk, "the end", |seen| *seen == Seen::End);
        take(&mut talk, "end", &size);
        talk.digit(2);
        talk.wait_for_word(Say::ReasonToClose);
        talk.keys("<up>");
        talk.digit(2);
        talk.wait("the close", |seen| *seen == Seen::Closed);
        take(&mut talk, "closed", &size);
    });
}

#[test]
fn the_real_binary_looks_as_its_picture_while_nothing_can_be_saved() {
    in_both(|language| {
        let size = format!("{}_80x24", language.code().as_str());
        let home = tempfile::tempdir().expect("a temporary folder");
        // Where a file is, nobody can make a folder, not even root.
        std::fs::write(home.path().join("data"), "").expect("a file");
        let mut talk = Interview::session(amparo().home(home.path()), language);
        talk.keys("<enter> 0 <enter>");
        talk.stands_at("papers");
        let not_saved = talk.not_saved();
        talk.pty.wait_for_text(&not_saved);
        take(&mut talk, "not_saved", &size);
    });
}
