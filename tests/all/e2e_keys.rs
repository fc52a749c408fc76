//! Keys of the checklist, as hands press them: held, mistaken, pasted, looked up, and not pressed at all.

use std::time::Duration;

use amparo::text::Language;
use amparo::words::Say;

use crate::caseworker::{Interview, Seen, command, spaced};
use crate::programs::amparo;

#[test]
fn a_held_digit_ticks_one_step() {
    let mut talk = Interview::practice();
    talk.walk_to("both-here");
    // The step before was answered by the same digit.
    talk.keys("<right>");
    talk.pty.send(&[b'1'; 30]);
    talk.stands_at("specialist");
    talk.settled();
    talk.stands_at("specialist");
    talk.keys("<up>");
    talk.stands_at("both-here");
    talk.keys("<left>");
    talk.stands_at("specialist");
    // Another key is another press.
    talk.keys("2");
    talk.stands_at("interpreter");
}

#[test]
fn a_mistake_is_taken_back_step_by_step() {
    let mut talk = Interview::practice();
    talk.walk_to("interpreter");
    talk.keys("z");
    talk.stands_at("specialist");
    talk.pty.wait_for_text("taken back");
    talk.keys("z");
    talk.stands_at("both-here");
    talk.keys("<space>");
    talk.stands_at("specialist");
}

#[test]
fn a_note_is_written_from_a_step_a_pause_and_a_gate() {
    let mut talk = Interview::practice();
    talk.keys("n b l u e <space> v a n <enter>");
    talk.pty.wait_for_text("Noted.");
    talk.stands_at("told-before");
    talk.walk_until("a pause", |seen| matches!(seen, Seen::Pause(_)));
    talk.keys("n x");
    talk.pty.wait_for_text("Note");
    // Empty, it closes.
    talk.keys("<bs> <bs>");
    talk.wait("the pause", |seen| matches!(seen, Seen::Pause(_)));
}

#[test]
fn a_step_is_found_by_its_words_and_by_its_phase() {
    let mut talk = Interview::practice();
    talk.keys("/ l o c a t <enter>");
    talk.stands_at("location");
    talk.keys("<left>");
    talk.stands_at("told-before");
    talk.keys("g");
    talk.pty.wait_for_text("Go to");
    talk.keys("1");
    talk.pty.wait_for_text("Location is switched on");
    talk.keys("<enter>");
    talk.stands_at("told-before");
    // A phase behind a gate is looked into only by what is asked of it.
    talk.keys("g 4");
    talk.settled();
    talk.keys("<left> <left>");
    talk.stands_at("told-before");
}

#[test]
fn what_is_open_is_listed_and_gone_to() {
    let mut talk = Interview::practice();
    talk.walk_to("unclear");
    talk.keys("l");
    talk.stands_at("known-risks");
    talk.keys("o");
    talk.pty.wait_for("what was put off", |picture| {
        picture.text().contains("Still open") && picture.text().contains("What do the papers leave open?")
    });
    // What was put off is what one looks for: it is the first line.
    talk.keys("<enter>");
    talk.stands_at("unclear");
    talk.keys("1 <enter>");
    talk.stands_at("known-risks");
}

#[test]
fn the_call_is_put_off_and_done_by_two_keys() {
    let mut talk = Interview::practice();
    talk.walk_to("emergency");
    let before = talk.pty.text().lines().nth(1).map(str::to_owned);
    talk.keys("c");
    talk.pty.wait_for_text("The call");
    talk.keys("2");
    talk.pty.wait_for("another time above", |picture| {
        picture.text().lines().nth(1).map(str::to_owned) != before && !picture.text().contains("The call")
    });
    talk.keys("c 1");
    talk.settled();
    talk.stands_at("emergency");
}

#[test]
fn languages_change_and_answers_stay() {
    let mut talk = Interview::practice();
    talk.walk_to("specialist");
    talk.keys("<f3>");
    talk.pty.wait_for_text("Languages");
    talk.keys("1");
    talk.pty.wait_for_text("Preparar");
    // The words to say stay in the language that she understands.
    talk.pty.wait_for_text("lo que se dice: English");
}

#[test]
fn answers_turn_to_dots_and_back() {
    let mut talk = Interview::practice();
    talk.walk_to("both-here");
    talk.keys("<f4>");
    talk.pty.wait_for("dots", |picture| picture.text().contains("✓ · · · ·"));
    talk.keys("<f4>");
    talk.pty.wait_for("no dots", |picture| !picture.text().contains("· · · ·"));
}

#[test]
fn a_paste_goes_into_a_field_and_nowhere_else() {
    let mut talk = Interview::practice();
    talk.walk_to("both-here");
    talk.pty.send(b"\x1b[200~1\r1\r\x1b[201~");
    let dropped = talk.word(Say::PasteDropped);
    talk.pty.wait_for_text(dropped);
    talk.stands_at("both-here");
    talk.keys("n");
    talk.pty.wait_for_text("Note");
    talk.pty.send(b"\x1b[200~two\nlines\x07\x1b[201~");
    talk.pty.wait_for_text("two lines");
    // A sequence in a paste is no key, and does not reach the text.
    talk.pty.send(b"\x1b[200~ se\x1b[31mcret\x1b[201~");
    talk.pty.wait_for_text("two lines secret");
}

#[test]
fn the_now_list_is_the_same_everywhere() {
    let mut talk = Interview::practice();
    talk.keys("n h i <tab>");
    for line in ["1  moment", "2  less", "3  now", "4  pause", "5  page"] {
        talk.pty.wait_for("the now-list", |picture| picture.text().contains(line));
    }
    talk.keys("5");
    talk.pty.wait_for_text("contents");
    talk.keys("<c-r>");
    talk.pty.wait_for_text("Note");
    // It came back shy.
    talk.keys("<tab>");
    talk.pty.wait_for_text("5  page");
    talk.keys("<tab>");
    talk.pty.wait_for("no list", |picture| !picture.text().contains("5  page"));
}

#[test]
fn at_rest_it_turns_quiet_and_the_next_key_only_wakes_it() {
    let home = tempfile::tempdir().expect("a temporary folder");
    assert!(command(home.path(), &["settings", "quiet_after", "10"]).status.success());
    let mut talk = Interview::with(amparo().args(["run", "--practice"]).home(home.path()), Language::English);
    talk.walk_to("company");
    talk.pty.look_for(Duration::from_millis(10_300));
    let quiet = spaced(&talk.pty.text());
    assert!(!quiet.contains("Who is with her") || quiet.len() < 200, "{quiet}");
    assert!(!quiet.contains("Somebody"), "{quiet}");
    talk.keys("1");
    talk.stands_at("company");
    talk.keys("1");
    talk.stands_at("now-need");
}

#[test]
fn practice_walks_to_the_end_and_writes_nothing() {
    let around = tempfile::tempdir().expect("a temporary folder");
    let (home, temporary) = (around.path().join("home"), around.path().join("tmp"));
    std::fs::create_dir(&temporary).expect("a folder");
    let start = amparo()
        .args(["run", "--practice"])
        .home(around.path())
        .env("AMPARO_HOME", &home)
        .env("HOME", &home)
        .env("TMPDIR", &temporary)
        .env("XDG_DATA_HOME", around.path().join("data"))
        .with_no_keys_put();
    let mut talk = Interview::with(start, Language::English);
    talk.walk_until("the end", |seen| *seen == Seen::End);
    talk.digit(2);
    talk.wait("the close", |seen| *seen == Seen::Closed);
    let nothing = talk.word(Say::ClosedPractice);
    talk.pty.wait_for("what becomes of practice", |picture| spaced(&picture.text()).contains(nothing));
    talk.keys("1");
    talk.pty.wait_for_text("Read: none is saved");
    talk.keys("q");
    assert_eq!(talk.pty.wait_exit(), crate::pty::End::Code(0));
    assert!(!home.exists() && !around.path().join("data").exists());
    assert_eq!(std::fs::read_dir(&temporary).map(Iterator::count).ok(), Some(0));
    assert_eq!(std::fs::read_dir(around.path()).map(Iterator::count).ok(), Some(1));
}
