//! Pictures of the real binary as two emulators see it: text, and a letter for the look of each cell. The states of
//! the checklist have theirs in `src/ui/tests`; these hold that nothing is lost between the cells and the terminal.

use amparo::text::Language;

use crate::caseworker::Interview;
use crate::programs::amparo;

fn take(talk: &mut Interview, name: &str, size: &str) {
    talk.settled();
    insta::assert_snapshot!(format!("{name}_{size}"), talk.pty.picture().with_looks());
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

#[test]
fn the_real_binary_looks_as_its_pictures() {
    pictures(80, 24, Language::English);
}

#[test]
fn the_real_binary_in_a_small_spanish_window_looks_as_its_pictures() {
    pictures(40, 12, Language::Spanish);
}
