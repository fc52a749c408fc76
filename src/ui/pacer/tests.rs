//! The pacer, beat by beat.

use super::*;
use crate::ui::sample::{SIZES, Sample, drawn, keys, never_panics, text};

fn at(language: Language, run: u64) -> (Pacer, Sample) {
    let mut sample = Sample::new(language).at_step("breathe");
    let pacer = Pacer::new(&sample.view());
    sample.now.run = run;
    (pacer, sample)
}

fn seen(pacer: &Pacer, sample: &Sample, size: (u16, u16)) -> String {
    text(&drawn(size, |area, buffer| pacer.draw(&sample.view(), area, buffer)).0)
}

#[test]
fn a_breath_is_four_seconds_in_and_six_out_six_times_a_minute() {
    for (run, word) in
        [(0, "in"), (3_999, "in"), (4_000, "out"), (9_999, "out"), (10_000, "in"), (54_000, "out")]
    {
        let (pacer, sample) = at(Language::English, run);
        let shown = seen(&pacer, &sample, (80, 24));
        assert!(shown.lines().any(|line| line.trim() == word), "{run}\n{shown}");
    }
    for (breaths, whole, inhale) in
        [(6, 10_000, 4_000), (0, 10_000, 4_000), (5, 12_000, 4_800), (1, 30_000, 12_000)]
    {
        let (_, mut sample) = at(Language::English, 0);
        sample.look.breaths = breaths;
        assert_eq!(lengths(&sample.view()), (whole, inhale), "{breaths}");
    }
}

#[test]
fn the_hill_swells_and_sinks_by_an_eighth_of_a_line_at_a_time() {
    let mut last: Option<Breath> = None;
    for run in (0..10_000).step_by(40) {
        let (_, sample) = at(Language::English, run);
        let now = breath(run, &sample.view(), 10);
        if let Some(before) = last {
            let grows = now.eighths >= before.eighths;
            assert!(grows == (before.way == Way::In) || now.eighths == before.eighths, "{run}");
            assert!(now.eighths.abs_diff(before.eighths) <= 2, "{run}: {before:?} {now:?}");
        }
        last = Some(now);
    }
}

#[test]
fn no_frame_shows_what_the_frame_before_showed() {
    for size in SIZES {
        let (pacer, mut sample) = at(Language::English, 0);
        let mut frames = 0;
        while sample.now.run < 10_000 {
            let before = seen(&pacer, &sample, size);
            let wait = pacer.next_frame(&sample.view(), Rect::new(0, 0, size.0, size.1)).unwrap();
            assert!(wait >= FRAME);
            sample.now.run += wait;
            assert_ne!(seen(&pacer, &sample, size), before, "{} at {size:?}", sample.now.run);
            frames += 1;
        }
        assert!((40..=250).contains(&frames), "{frames} frames");
    }
}

#[test]
fn where_nothing_may_move_a_text_stands_and_nothing_wakes_the_program() {
    let (pacer, mut sample) = at(Language::English, 0);
    sample.look.motion = Motion::Still;
    let before = seen(&pacer, &sample, (80, 24));
    for line in
        ["Breathe in slowly: count to 4.", "Breathe out slowly: count to 6.", "feet on the floor", "No hurry"]
    {
        assert!(before.contains(line), "{before}");
    }
    sample.now.run = 5_000;
    assert_eq!(seen(&pacer, &sample, (80, 24)), before);
    assert_eq!(pacer.next_frame(&sample.view(), Rect::new(0, 0, 80, 24)), None);
}

#[test]
fn nothing_else_is_on_its_page() {
    let (pacer, sample) = at(Language::English, 2_000);
    for size in SIZES {
        let shown = seen(&pacer, &sample, size);
        let words: Vec<&str> =
            shown.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
        assert_eq!(words, ["in", "or", "both", "feet", "on", "the", "floor", "Slowly", "No", "hurry"]);
    }
}

#[test]
fn a_digit_enter_and_space_go_on() {
    let (mut pacer, sample) = at(Language::English, 0);
    for key in keys("0149[Enter] ") {
        assert_eq!(pacer.press(key, &sample.view()), PacerDoes::GoesOn(key));
    }
    for key in keys("qzx?[Left][Tab][F1][Hide]") {
        assert_eq!(pacer.press(key, &sample.view()), PacerDoes::Stays);
    }
}

#[test]
fn it_draws_at_every_size() {
    for motion in [Motion::Smooth, Motion::Still] {
        for run in [0, 1_234, 4_000, 9_999, u64::MAX] {
            let (pacer, mut sample) = at(Language::Spanish, run);
            sample.look.motion = motion;
            never_panics(|area, buffer| {
                let wait = pacer.next_frame(&sample.view(), area);
                assert!(wait.is_none_or(|wait| wait >= FRAME));
                pacer.draw(&sample.view(), area, buffer)
            });
        }
    }
}

#[test]
fn it_looks_so() {
    for (language, code) in [(Language::English, "en"), (Language::Spanish, "es")] {
        for size in SIZES {
            for (run, motion, name) in [
                (0, Motion::Smooth, "begin"),
                (2_000, Motion::Smooth, "half_in"),
                (4_000, Motion::Smooth, "full"),
                (0, Motion::Still, "still"),
            ] {
                let (pacer, mut sample) = at(language, run);
                sample.look.motion = motion;
                let (buffer, cursor) = drawn(size, |area, buffer| pacer.draw(&sample.view(), area, buffer));
                assert_eq!(cursor, None);
                insta::assert_debug_snapshot!(format!("{name}_{code}_{}x{}", size.0, size.1), buffer);
            }
        }
    }
}
