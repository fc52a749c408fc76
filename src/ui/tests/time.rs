//! What time does to the screen, and how often it is woken.

use crate::ui::stage::{Disk, Stage};

fn next_wake(stage: &mut Stage) -> Option<u64> {
    stage.with_screens(|screens, view| screens.next_wake(view))
}

#[test]
fn at_rest_it_is_woken_once_a_minute_and_not_at_all_under_the_cover() {
    let mut stage = Stage::new();
    for _ in 0..5 {
        let wake = next_wake(&mut stage).expect("the clock's minute");
        assert_eq!((wake - stage.now.run, wake % 60_000), (wake - stage.now.run, 0));
        assert!(wake > stage.now.run && wake - stage.now.run <= 60_000);
        let wait = wake - stage.now.run;
        stage.wait(wait);
    }
    stage.press("[Hide]");
    assert_eq!(next_wake(&mut stage), None);
}

#[test]
fn with_her_in_the_room_rest_turns_the_screen_quiet_and_a_key_only_brings_it_back() {
    let mut stage = Stage::new().put_at("risk");
    stage.press("x");
    stage.wait(59_999);
    assert!(stage.text().contains("Esc page"));
    stage.wait(1);
    let quiet = stage.text();
    assert!(quiet.contains("0:01") && !quiet.contains("Esc") && !quiet.contains("The talk"), "{quiet}");
    stage.press("2");
    assert!(stage.text().contains("Esc page"));
    assert!(!stage.state.seen.outcomes.contains_key("risk"));
    stage.press("2");
    assert!(stage.state.seen.outcomes.contains_key("risk"));
}

#[test]
fn what_is_pressed_for_her_is_pressed_once_on_a_quiet_screen_too() {
    for keys in ["[F2]", "[Tab]1"] {
        let mut stage = Stage::new().put_at("risk");
        stage.press("x");
        stage.wait(60_000);
        assert!(!stage.text().contains("Esc page"));
        stage.press(keys);
        assert!(stage.text().contains("We stop now."), "{keys}\n{}", stage.text());
    }
}

#[test]
fn without_her_nothing_turns_quiet() {
    let mut stage = Stage::new();
    stage.wait(600_000);
    assert!(stage.text().contains("Esc page"));
}

#[test]
fn an_answer_is_ticked_only_once_it_is_on_disk() {
    let mut stage = Stage::new().at("subject");
    stage.disk = Disk::Stuck;
    stage.press("1");
    let line = |stage: &mut Stage| {
        let text = stage.text();
        text.lines().find(|line| line.contains("Which other")).unwrap_or_default().to_owned()
    };
    assert!(line(&mut stage).contains("· Which") && !stage.text().contains('✓'), "{}", stage.text());
    assert!(stage.text().contains("0/8"));
    stage.keeping.trouble = Some(crate::journal::Trouble::Full);
    assert!(line(&mut stage).contains("! Which"), "{}", stage.text());
    assert!(stage.text().contains("Not saved: the disk is full"));
    stage.press("e");
    assert_eq!(stage.wished, [crate::ui::Wish::SaveElsewhere]);
    stage.keeping.trouble = None;
    stage.keeping.saved = stage.state.record.events;
    assert!(line(&mut stage).contains("✓ Which"), "{}", stage.text());
    assert!(stage.text().contains("1/8"));
}

#[test]
fn the_check_in_stands_as_a_time_and_a_mark() {
    let mut stage = Stage::new().at("check-in");
    stage.press("1");
    assert!(stage.text().contains("17:00 ·"));
    stage.wait(30 * 60_000);
    assert!(stage.text().contains("17:00 !"));
    stage.press("c1");
    assert!(stage.text().contains("17:00 ✓"));
}

#[test]
fn a_sentence_is_said_once_and_goes() {
    let mut stage = Stage::new().at("subject");
    stage.press("z");
    stage.press("1z");
    assert!(stage.text().contains("taken back"));
    let wake = next_wake(&mut stage).unwrap();
    assert!(wake <= stage.now.run + 5_000);
    stage.wait(5_000);
    assert!(!stage.text().contains("taken back"));
}
