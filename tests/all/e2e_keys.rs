//! Keys of the checklist, as hands press them: held, mistaken, pasted, looked up, and not pressed at all.

use std::time::Duration;

use amparo::protocol::{Kind, ResponseKey};
use amparo::text::Language;
use amparo::words::{Say, StartSays, say};

use crate::caseworker::{Interview, Seen, command, in_both, protocol, spaced, step_named};
use crate::programs::amparo;

#[test]
fn a_held_digit_ticks_one_step() {
    in_both(|language| {
        let mut talk = Interview::practice(language);
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
    });
}

#[test]
fn a_mistake_is_taken_back_step_by_step() {
    in_both(|language| {
        let mut talk = Interview::practice(language);
        talk.walk_to("interpreter");
        talk.keys("z");
        talk.stands_at("specialist");
        talk.wait_for_word(Say::TakenBack);
        talk.keys("z");
        talk.stands_at("both-here");
        talk.keys("<space>");
        talk.stands_at("specialist");
    });
}

#[test]
fn a_note_is_written_from_a_step_a_pause_and_a_gate() {
    in_both(|language| {
        let mut talk = Interview::practice(language);
        talk.keys("n b l u e <space> v a n <enter>");
        talk.wait_for_word(Say::NoteKept);
        talk.stands_at("told-before");
        talk.walk_until("a pause", |seen| matches!(seen, Seen::Pause(_)));
        talk.keys("n x");
        talk.wait_for_word(Say::NoteTitle);
        // Empty, it closes.
        talk.keys("<bs> <bs>");
        talk.wait("the pause", |seen| matches!(seen, Seen::Pause(_)));
    });
}

#[test]
fn a_step_is_found_by_its_words_and_by_its_phase() {
    in_both(|language| {
        let mut talk = Interview::practice(language);
        let word = if language == Language::Spanish { "u b i c a" } else { "l o c a t" };
        talk.keys(&format!("/ {word} <enter>"));
        talk.stands_at("location");
        talk.keys("<left>");
        talk.stands_at("told-before");
        talk.keys("g");
        talk.wait_for_word(Say::GoToTitle);
        talk.keys("1");
        let location = talk.listed("location");
        talk.pty.wait_for_text(&location);
        talk.keys("<enter>");
        talk.stands_at("told-before");
        // A phase behind a gate is looked into only by what is asked of it.
        talk.keys("g 4");
        talk.settled();
        talk.keys("<left> <left>");
        talk.stands_at("told-before");
    });
}

#[test]
fn what_is_open_is_listed_and_gone_to() {
    in_both(|language| {
        let mut talk = Interview::practice(language);
        talk.walk_to("unclear");
        talk.keys("l");
        talk.stands_at("known-risks");
        talk.keys("o");
        let (open, unclear) = (talk.word(Say::StillOpen), talk.listed("unclear"));
        talk.pty.wait_for("what was put off", |picture| {
            picture.text().contains(open) && picture.text().contains(&unclear)
        });
        // What was put off is what one looks for: it is the first line.
        talk.keys("<enter>");
        talk.stands_at("unclear");
        talk.keys("1 <enter>");
        talk.stands_at("known-risks");
    });
}

#[test]
fn the_call_is_put_off_and_done_by_two_keys() {
    in_both(|language| {
        let mut talk = Interview::practice(language);
        talk.walk_to("emergency");
        let before = talk.pty.text().lines().nth(1).map(str::to_owned);
        talk.keys("c");
        let call = talk.word(Say::CheckInTitle);
        talk.pty.wait_for_text(call);
        talk.keys("2");
        talk.pty.wait_for("another time above", |picture| {
            picture.text().lines().nth(1).map(str::to_owned) != before && !picture.text().contains(call)
        });
        talk.keys("c 1");
        talk.settled();
        talk.stands_at("emergency");
    });
}

#[test]
fn languages_change_and_answers_stay() {
    in_both(|language| {
        let mut talk = Interview::practice(language);
        talk.walk_to("specialist");
        talk.keys("<f3>");
        talk.wait_for_word(Say::LanguagesTitle);
        talk.keys("1");
        let other = if language == Language::Spanish { Language::English } else { Language::Spanish };
        let prepare = protocol().phases[0].title.in_language(&other.code());
        talk.pty.wait_for_text(prepare);
        // The words to say stay in the language that she understands.
        let name = if language == Language::Spanish { "Español" } else { "English" };
        let said = format!("{}: {name}", say(other, Say::OfTheWords));
        talk.pty.wait_for_text(&said);
    });
}

#[test]
fn answers_turn_to_dots_and_back() {
    in_both(|language| {
        let mut talk = Interview::practice(language);
        talk.walk_to("both-here");
        talk.keys("<f4>");
        talk.pty.wait_for("dots", |picture| picture.text().contains("✓ · · · ·"));
        talk.keys("<f4>");
        talk.pty.wait_for("no dots", |picture| !picture.text().contains("· · · ·"));
    });
}

#[test]
fn a_paste_goes_into_a_field_and_nowhere_else() {
    in_both(|language| {
        let mut talk = Interview::practice(language);
        talk.walk_to("both-here");
        talk.pty.send(b"\x1b[200~1\r1\r\x1b[201~");
        let dropped = talk.word(Say::PasteDropped);
        talk.pty.wait_for_text(dropped);
        talk.stands_at("both-here");
        talk.keys("n");
        talk.wait_for_word(Say::NoteTitle);
        talk.pty.send(b"\x1b[200~two\nlines\x07\x1b[201~");
        talk.pty.wait_for_text("two lines");
        // A sequence in a paste is no key, and does not reach the text.
        talk.pty.send(b"\x1b[200~ se\x1b[31mcret\x1b[201~");
        talk.pty.wait_for_text("two lines secret");
    });
}

#[test]
fn the_now_list_is_the_same_everywhere() {
    in_both(|language| {
        let mut talk = Interview::practice(language);
        talk.keys("n h i <tab>");
        let hint = |key| {
            let response = protocol().responses.iter().find(|response| response.key == ResponseKey::F(key));
            response.and_then(|response| response.hint.as_ref()).expect("a response with a hint")
        };
        let hints = [2, 7, 9].map(|key| talk.text(hint(key)));
        let page = format!("5  {}", talk.word(Say::PageWord));
        let own = [format!("4  {}", talk.word(Say::StopClock)), page.clone()];
        let raised = hints.iter().enumerate().map(|(place, hint)| format!("{}  {hint}", place + 1));
        for line in raised.chain(own) {
            talk.pty.wait_for("the now-list", |picture| picture.text().contains(&line));
        }
        talk.keys("5");
        talk.wait_for_leaflet();
        talk.keys("<c-r>");
        talk.wait_for_word(Say::NoteTitle);
        // It came back shy.
        talk.keys("<tab>");
        talk.pty.wait_for_text(&page);
        talk.keys("<tab>");
        talk.pty.wait_for("no list", |picture| !picture.text().contains(&page));
    });
}

#[test]
fn at_rest_it_turns_quiet_and_the_next_key_only_wakes_it() {
    in_both(|language| {
        let home = tempfile::tempdir().expect("a temporary folder");
        assert!(command(home.path(), &["settings", "quiet_after", "10"]).status.success());
        let mut talk = Interview::with(amparo().args(["run", "--practice"]).home(home.path()), language);
        talk.walk_to("company");
        talk.pty.look_for(Duration::from_millis(10_300));
        let quiet = spaced(&talk.pty.text());
        assert!(!quiet.contains(&talk.listed("company")) || quiet.len() < 200, "{quiet}");
        let Kind::Choice(options) = &step_named("company").kind else { panic!("it is a choice") };
        assert!(options.iter().all(|option| !quiet.contains(talk.text(&option.label))), "{quiet}");
        talk.keys("1");
        talk.stands_at("company");
        talk.keys("1");
        talk.stands_at("now-need");
    });
}

#[test]
fn practice_walks_to_the_end_and_writes_nothing() {
    in_both(|language| {
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
        let mut talk = Interview::with(start, language);
        talk.walk_until("the end", |seen| *seen == Seen::End);
        talk.digit(2);
        talk.wait("the close", |seen| *seen == Seen::Closed);
        let nothing = talk.word(Say::ClosedPractice);
        talk.pty.wait_for("what becomes of practice", |picture| spaced(&picture.text()).contains(nothing));
        talk.keys("1");
        talk.pty.wait_for_text(&StartSays::Read(0).text(language));
        talk.keys("q");
        assert_eq!(talk.pty.wait_exit(), crate::pty::End::Code(0));
        assert!(!home.exists() && !around.path().join("data").exists());
        assert_eq!(std::fs::read_dir(&temporary).map(Iterator::count).ok(), Some(0));
        assert_eq!(std::fs::read_dir(around.path()).map(Iterator::count).ok(), Some(1));
    });
}
