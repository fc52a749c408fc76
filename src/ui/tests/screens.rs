//! Pictures of whole screens with their colours, one per state, at both sizes and in both languages; and every screen
//! under every key at every size.

use proptest::prelude::{ProptestConfig, Strategy, prop, prop_assert, prop_assert_eq, prop_oneof, proptest};
use ratatui::buffer::Buffer;

use crate::machine::{Command, Outcome, Shyness, State, Value};
use crate::protocol::{Kind, Protocol, Rows, read};
use crate::text::{Language, StepId};
use crate::ui::key::Key;
use crate::ui::sample::{self, missing};
use crate::ui::screens::Screens;
use crate::ui::stage::{Disk, Stage};

/// The states that have a picture, each made of a fresh stage.
type Made = fn(Stage) -> Stage;

fn pressed(mut stage: Stage, keys: &str) -> Stage {
    stage.press(keys);
    stage
}

fn answered(mut stage: Stage, step: &str, option: &str) -> Stage {
    stage.command(&Command::Answer {
        step: StepId::new(step).unwrap(),
        value: Value::Option(crate::text::OptionId::new(option).unwrap()),
        reason: Some(crate::machine::Reason { code: crate::machine::ReasonCode::Other, words: None }),
    });
    stage
}

const STATES: &[(&str, Made)] = &[
    ("number", |stage| stage),
    ("number_typing", |stage| pressed(stage, "12")),
    ("number_wrong", |stage| pressed(stage, "1[Home]-[Enter]")),
    ("list", |stage| pressed(stage.at("papers"), "1")),
    ("choices", |stage| pressed(stage.at("unclear"), "13")),
    ("text_typing", |stage| {
        pressed(stage.at("why-now"), "[Enter]A bed, and a doctor for her daughter, who coughs")
    }),
    ("date", |stage| stage.at("papers-by")),
    ("deadline", |stage| stage.at("check-in")),
    ("outcomes", |stage| pressed(stage.at("papers"), "ls2d21")),
    ("check_in_set", |stage| pressed(stage.at("check-in"), "1")),
    ("pause", |stage| pressed(stage.at("go"), "1lllllll")),
    ("company", |stage| stage.put_at("company")),
    ("private_hidden", |stage| stage.put_at("tied")),
    ("private_shown", |stage| pressed(stage.put_at("tied"), "[F4]")),
    ("inform_shy", |stage| stage.put_at("who-knows")),
    ("inform_open", |stage| pressed(stage.put_at("who-knows"), "[F4]")),
    ("choices_shy", |stage| pressed(stage.put_at("keep-off"), "12")),
    ("signs_in_sight", |stage| pressed(stage.put_at("keep-off"), "12[Enter]")),
    ("scale", |stage| stage.put_at("risk")),
    ("proposal", |stage| pressed(stage.put_at("risk"), "4")),
    ("marks", |stage| pressed(stage.put_at("pale"), "1")),
    ("response", |stage| pressed(stage.put_at("who-knows"), "[F2]")),
    ("gate_untold", |stage| pressed(stage.put_at("company"), "2ll[Enter]1")),
    ("gate_told", |stage| pressed(stage.put_at("company"), "2ll[Enter]1w")),
    ("shut_untold", |stage| pressed(stage.at("company"), "g3[Enter]")),
    ("shut_told", |stage| pressed(stage.at("company"), "g3[Down][Enter]w")),
    ("stopped", |stage| pressed(answered(stage.put_at("risk"), "company", "accompanied"), "x")),
    ("quiet", |stage| {
        let mut stage = stage.put_at("risk");
        stage.wait(61_000);
        stage
    }),
    ("paused", |stage| pressed(stage.at("subject"), "[Tab]4 ")),
    ("came_back", |stage| {
        let mut stage = pressed(stage.at("subject"), "[Hide]");
        stage.wait(5_000);
        pressed(stage, "[Return]")
    }),
    ("not_on_disk_yet", |mut stage| {
        stage = stage.at("subject");
        stage.disk = Disk::Stuck;
        pressed(stage, "1")
    }),
    ("disk_full", |mut stage| {
        stage = stage.at("subject");
        stage.disk = Disk::Stuck;
        stage.keeping.trouble = Some(crate::journal::Trouble::Full);
        pressed(stage, "1")
    }),
    ("end", |stage| pressed(stage.at("go"), "2l")),
    ("closed", |stage| pressed(stage.at("go"), "2l2")),
    ("help", |stage| pressed(stage.put_at("who-knows"), "?")),
    ("why", |stage| pressed(stage.put_at("who-knows"), "w")),
    ("open_list", |stage| pressed(stage.at("papers"), "lo")),
    ("go_to", |stage| pressed(stage.at("papers"), "lg")),
    ("go_to_steps", |stage| pressed(stage.at("papers"), "lg1")),
    ("now_list", |stage| pressed(stage.put_at("who-knows"), "[Tab]")),
    ("check_in", |stage| pressed(stage.at("check-in"), "1c")),
    ("reason", |stage| pressed(stage.at("papers"), "s")),
    ("languages", |stage| pressed(stage.at("papers"), "[F3]")),
    ("leave", |stage| pressed(stage.at("papers"), "q")),
    ("find", |stage| pressed(stage.at("papers"), "/pa")),
    ("note_shy", |stage| pressed(stage.put_at("who-knows"), "nShe was tired")),
    ("refused", |stage| pressed(stage.at("subject"), "1[Up]l")),
];

#[test]
fn each_state_looks_as_its_picture() {
    for (name, made) in STATES {
        for (language, code) in [(Language::English, "en"), (Language::Spanish, "es")] {
            for size in sample::SIZES {
                // The widest language in the narrowest place, and what most people will see.
                if code == "es" && size == (80, 24) {
                    continue;
                }
                let mut stage = made(Stage::of(crate::ui::stage::protocol(), language).sized(size));
                let drawn = stage.drawn();
                insta::assert_debug_snapshot!(format!("{name}_{code}_{}x{}", size.0, size.1), drawn);
            }
        }
    }
}

#[test]
fn without_colours_nothing_is_coloured_and_every_sign_is_there() {
    for (name, made) in STATES {
        let mut stage = made(Stage::new());
        let coloured = stage.text();
        stage.look.colour = crate::ui::Colour::None;
        let plain = stage.drawn();
        assert_eq!(sample::text(&plain), coloured, "{name}");
        for cell in &plain.content {
            assert_eq!(
                (cell.fg, cell.bg),
                (ratatui::style::Color::Reset, ratatui::style::Color::Reset),
                "{name}"
            );
        }
    }
}

#[test]
fn nothing_is_red_and_nothing_flashes() {
    use ratatui::style::{Color, Modifier};
    for (name, made) in STATES {
        for cell in &made(Stage::new()).drawn().content {
            assert!(!matches!(cell.fg, Color::Red | Color::LightRed), "{name}");
            assert!(!matches!(cell.bg, Color::Red | Color::LightRed), "{name}");
            assert!(!cell.modifier.intersects(Modifier::SLOW_BLINK | Modifier::RAPID_BLINK), "{name}");
        }
    }
}

/// The shipped protocol in English and Spanish.
fn shipped() -> Protocol {
    let (base, spanish) = (
        include_bytes!("../../../protocols/phit.yaml").as_slice(),
        include_bytes!("../../../protocols/phit.es.yaml").as_slice(),
    );
    read("phit.yaml", base, &[("phit.es.yaml", spanish)]).protocol.expect("the shipped protocol is read")
}

#[test]
fn nothing_that_a_step_asks_or_says_is_cut_at_forty_columns() {
    let protocol = shipped();
    for language in Language::ALL {
        let code = language.code();
        for step in &protocol.steps {
            let mut stage = Stage::of(protocol.clone(), language).sized((40, 12)).placed(&step.id);
            stage.look.quiet_after = 100_000;
            if step.shows.is_some() {
                continue;
            }
            if step.private && stage.state.record.shy == Shyness::Shy {
                stage.press("[F4]");
            }
            let mut screens = String::new();
            for key in [["[PgUp]"; 4].as_slice(), &["[PgDn]"; 8]].concat() {
                screens.push_str(&stage.text());
                screens.push('\n');
                stage.press(key);
            }
            // What the frame draws beside the words is no part of them.
            let screens = screens.replace('▌', " ");
            assert_eq!(missing(step.ask.in_language(&code), &screens), [""; 0], "{} {code}", step.id);
            if let Some(say) = step.say.as_ref().filter(|_| !step.private) {
                assert_eq!(
                    missing(say.in_language(&code), &screens),
                    [""; 0],
                    "{} {code}\n{screens}",
                    step.id
                );
            }
            let (Kind::Choice(options) | Kind::Choices(options)) = &step.kind else { continue };
            for option in options {
                let label = option.label.in_language(&code);
                assert_eq!(missing(label, &screens), [""; 0], "{} {code}\n{screens}", step.id);
            }
        }
    }
}

#[test]
fn what_she_should_not_read_never_stands_beside_words_to_say_whatever_f4_opened() {
    let protocol = shipped();
    let code = Language::English.code();
    let private: Vec<String> = (protocol.steps.iter().filter(|step| step.private))
        .map(|step| step.ask.in_language(&code).chars().take(14).collect())
        .collect();
    assert!(private.len() > 3);
    let mut opened = 0;
    for step in protocol.steps.iter().filter(|step| step.with_her && step.say.is_some()) {
        for size in [(80, 24), (130, 40)] {
            let mut stage = Stage::of(protocol.clone(), Language::English).sized(size).placed(&step.id);
            stage.look.quiet_after = 100_000;
            for _ in 0..3 {
                let text = stage.text();
                if text.contains(" say ──") {
                    let beside = private.iter().find(|ask| text.contains(*ask));
                    assert_eq!(beside, None, "{} at {size:?}:\n{text}", step.id);
                    opened += 1;
                }
                stage.press("[F4]");
            }
        }
    }
    assert!(opened > 20, "{opened}");
}

/// Each screen of a list, from its first line down to its last.
fn down_the_list(stage: &mut Stage, lines: usize) -> String {
    let mut screens = String::new();
    for _ in 0..lines {
        screens.push_str(&stage.text());
        screens.push('\n');
        stage.press("[Down]");
    }
    screens
}

#[test]
fn no_line_of_a_list_is_cut_at_forty_columns_once_it_is_answered() {
    let protocol = shipped();
    for language in Language::ALL {
        let code = language.code();
        for step in &protocol.steps {
            let Kind::List { states, rows } = &step.kind else { continue };
            let keys = crate::machine::rows_of(&protocol, &State::default(), step);
            for state in states {
                // Every line is answered, then looked at from the first on.
                let mut stage = Stage::of(protocol.clone(), language).sized((40, 12)).placed(&step.id);
                stage.look.quiet_after = 100_000;
                stage.state.record.shy = Shyness::Open;
                let given = keys.iter().map(|row| (row.clone(), state.id.clone())).collect();
                let value = Value::List { rows: given, added: Vec::new() };
                stage.state.seen.outcomes.insert(step.id.clone(), Outcome::Answered(value));
                let screens = down_the_list(&mut stage, keys.len());
                let own = if let Rows::Own(own) = rows { own.as_slice() } else { &[] };
                let labels = own.iter().map(|row| &row.label).chain([&state.label]);
                for label in labels.map(|label| label.in_language(&code)) {
                    assert_eq!(missing(label, &screens), [""; 0], "{} {code}\n{screens}", step.id);
                }
            }
        }
    }
}

#[test]
fn no_line_of_what_is_open_or_found_is_cut_while_it_is_at_work() {
    let protocol = shipped();
    for language in Language::ALL {
        let code = language.code();
        let mut stage = Stage::of(protocol.clone(), language).sized((40, 12));
        stage.look.quiet_after = 100_000;
        stage.press("lo");
        let open = crate::machine::open_steps(&protocol, &stage.state);
        let screens = down_the_list(&mut stage, open.len() + 1);
        for (step, _) in open {
            let ask = step.ask.in_language(&code);
            assert_eq!(missing(ask, &screens), [""; 0], "{} {code}\n{screens}", step.id);
        }
        stage.press("[Left]g1");
        let screens = down_the_list(&mut stage, protocol.phases[0].steps().len());
        for step in &protocol.steps[protocol.phases[0].steps()] {
            let applies = !stage.state.seen.off.contains(&step.id) && !step.private;
            let ask = step.ask.in_language(&code);
            assert!(!applies || missing(ask, &screens).is_empty(), "{} {code}\n{screens}", step.id);
        }
    }
}

#[test]
fn practice_and_the_folder_are_in_sight_on_every_step_of_a_small_window() {
    let protocol = shipped();
    for language in Language::ALL {
        let practice = crate::words::say(language, crate::words::Say::Practice);
        for step in protocol.steps.iter().filter(|step| step.shows.is_none()) {
            let mut stage = Stage::of(protocol.clone(), language).sized((40, 12)).placed(&step.id);
            stage.state.record.kind = Some(crate::machine::SessionKind::Practice);
            assert!(stage.text().contains(practice), "{}\n{}", step.id, stage.text());
            stage.state.record.kind = Some(crate::machine::SessionKind::Real);
            stage.keeping.moved_to = Some("/mnt/usb".into());
            assert!(stage.text().contains("/mnt/usb"), "{}\n{}", step.id, stage.text());
        }
    }
}

#[test]
fn ticking_the_first_of_several_options_moves_nothing() {
    for size in sample::SIZES {
        for language in Language::ALL {
            let mut stage = Stage::of(shipped(), language).sized(size);
            stage = stage.placed(&StepId::new("keep-off").unwrap());
            stage.look.quiet_after = 100_000;
            let options = |stage: &mut Stage| {
                let text = stage.text();
                let lines: Vec<String> = text.lines().map(str::to_owned).collect();
                lines[2..lines.len() - 2].to_vec()
            };
            let before = options(&mut stage);
            assert!(!stage.text().contains(crate::words::say(language, crate::words::Say::KeepChoices)));
            for (key, dots) in [("5", " · "), ("1", " · · ")] {
                stage.press(key);
                assert_eq!(options(&mut stage), before, "{}", stage.text());
                let text = stage.text();
                let rule = text.lines().rev().nth(1).unwrap_or_default();
                assert!(rule.ends_with(&format!("{dots}─")), "{text}");
                let bar = text.lines().last().unwrap_or_default();
                assert!(bar.contains(crate::words::say(language, crate::words::Say::KeepChoices)), "{text}");
            }
        }
    }
}

#[test]
fn where_there_is_no_room_the_screen_asks_for_a_larger_window() {
    for (language, words) in
        [(Language::English, "Make the window larger."), (Language::Spanish, "Agrande la ventana.")]
    {
        for (width, height) in [(10, 3), (12, 4), (40, 3), (19, 24)] {
            for show in ["start", "list"] {
                let mut stage = Stage::of(shipped(), language).sized((width, height));
                if show == "start" {
                    stage.screens.show_start();
                }
                let text = stage.text();
                let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
                assert_eq!(flat, words, "{width}×{height} {show}");
                stage.press("[Hide]");
                assert!(!stage.text().contains(words), "the leaflet needs no more room");
            }
        }
    }
}

#[test]
fn a_wide_screen_gives_the_list_more_room() {
    let mut stage = Stage::new().at("subject").sized((120, 40));
    assert!(stage.text().contains("How many times has she told it, to anybody?"), "{}", stage.text());
    for language in Language::ALL {
        let cut = |size| {
            let mut stage = Stage::of(shipped(), language).sized(size);
            stage.text().lines().filter(|line| line.contains('…')).count()
        };
        assert!(cut((80, 40)) > 3 * cut((120, 40)), "{language:?}");
    }
}

#[test]
fn where_answers_are_out_of_sight_the_bar_names_first_the_key_that_shows_them() {
    let step = StepId::new("now-wish").unwrap();
    let mut stage = Stage::of(shipped(), Language::Spanish).sized((40, 12)).placed(&step);
    let bar = |stage: &mut Stage| stage.text().lines().last().unwrap_or_default().trim().to_owned();
    assert!(bar(&mut stage).starts_with("AvPág más"), "{}", stage.text());
    stage.press("[PgDn][PgDn]");
    assert!(bar(&mut stage).starts_with("1-4 responder"), "{}", stage.text());
}

#[test]
fn help_at_once_ends_the_talk_only_by_an_option_that_says_so_and_the_way_back_is_named() {
    for (language, label, notice) in [
        (Language::English, "Close gently for today", "z takes it back"),
        (Language::Spanish, "Cerrar con calma por hoy", "z lo deshace"),
    ] {
        let at = StepId::new("consent").unwrap();
        let mut stage = Stage::of(shipped(), language).sized((40, 12)).placed(&at);
        stage.look.quiet_after = 100_000;
        // Put there past its gates, so the first key only wakes.
        stage.press("[F9]x");
        for (step, next) in [("now-where", "now-wish"), ("now-wish", "rung"), ("rung", "now-next")] {
            assert_eq!(stage.state.current().map(ToString::to_string).as_deref(), Some(step));
            stage.press("1");
            assert_eq!(stage.state.current().map(ToString::to_string).as_deref(), Some(next));
            assert_eq!(stage.state.seen.ended, None, "{step}");
        }
        let mut screens = stage.text();
        stage.press("[PgDn][PgDn]");
        screens.push_str(&stage.text());
        let flat = screens.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat.contains(label), "{screens}");
        stage.press("1");
        assert_eq!(stage.state.seen.ended, Some(crate::protocol::Ending::Early));
        assert!(stage.text().contains(notice), "{}", stage.text());
        stage.press("z");
        assert_eq!(stage.state.seen.ended, None);
        assert_eq!(stage.state.current().map(ToString::to_string).as_deref(), Some("now-next"));
    }
}

/// A key press, a paste, a wait or another size.
#[derive(Debug, Clone)]
enum Happens {
    Key(Key),
    Paste(String),
    Wait(u64),
    Size(u16, u16),
    Disk(Disk),
}

fn key() -> impl Strategy<Value = Key> {
    let commands: Vec<Key> = "0123456789lsdzw?ogn/cqae yYñ日\u{301}".chars().map(Key::Char).collect();
    let others = vec![
        Key::Enter,
        Key::Enter,
        Key::Backspace,
        Key::Delete,
        Key::Tab,
        Key::BackTab,
        Key::Up,
        Key::Down,
        Key::Down,
        Key::Left,
        Key::Right,
        Key::PageUp,
        Key::PageDown,
        Key::Home,
        Key::End,
        Key::F(1),
        Key::F(2),
        Key::F(3),
        Key::F(4),
        Key::F(7),
        Key::F(9),
        Key::Hide,
        Key::Return,
    ];
    prop_oneof![3 => prop::sample::select(commands), 2 => prop::sample::select(others)]
}

fn happens() -> impl Strategy<Value = Happens> {
    prop_oneof![
        20 => key().prop_map(Happens::Key),
        1 => ".{0,40}".prop_map(Happens::Paste),
        3 => (0_u64..100_000).prop_map(Happens::Wait),
        2 => (0_u16..100, 0_u16..40).prop_map(|(width, height)| Happens::Size(width, height)),
        1 => prop::sample::select(vec![Disk::Quick, Disk::Stuck]).prop_map(Happens::Disk),
    ]
}

fn happened(stage: &mut Stage, what: &Happens) {
    match what {
        Happens::Key(key) => {
            stage.now.run += 750;
            stage.key(*key);
        }
        Happens::Paste(text) => stage.paste(text),
        Happens::Wait(milliseconds) => {
            stage.wait(*milliseconds);
        }
        Happens::Size(width, height) => stage.resize((*width, *height)),
        Happens::Disk(disk) => {
            stage.disk = *disk;
            stage.keeping.trouble = (*disk == Disk::Stuck).then_some(crate::journal::Trouble::Fault);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_key_at_any_size_ends_the_program_and_hiding_leaves_nothing(all in prop::collection::vec(happens(), 1..60)) {
        let mut stage = Stage::new();
        for what in &all {
            happened(&mut stage, what);
            stage.drawn();
            let wake = stage.with_screens(|screens, view| screens.next_wake(view));
            prop_assert!(wake.is_none_or(|wake| wake > stage.now.run));
            let context = stage.with_screens(|screens, view| screens.context(view));
            prop_assert!(context.is_some());
        }
        stage.key(Key::Return);
        stage.key(Key::Hide);
        prop_assert!(stage.screens.is_covered());
        let covered = stage.drawn();
        let area = covered.area;
        let mut sheet = Buffer::empty(area);
        stage.with_screens(|_, view| Screens::sheet(view).draw(view, area, &mut sheet));
        prop_assert_eq!(covered, sheet);
    }
}

#[test]
fn every_state_is_drawn_at_every_size() {
    for (name, made) in STATES {
        let mut stage = made(Stage::new());
        for (width, height) in [
            (0, 0),
            (1, 1),
            (2, 1),
            (1, 9),
            (10, 3),
            (12, 4),
            (20, 5),
            (30, 6),
            (39, 8),
            (59, 10),
            (60, 12),
            (200, 60),
        ] {
            stage.resize((width, height));
            let text = stage.text();
            assert!(text.lines().count() <= usize::from(height).max(1), "{name} {width}×{height}");
        }
    }
}

/// Not a test of anything: prints the shipped protocol's screens for whoever wants to look at them.
#[test]
#[ignore = "prints pictures"]
#[expect(clippy::print_stdout, reason = "it is what this is for")]
fn look_at_the_shipped_protocol() {
    let protocol = shipped();
    for language in Language::ALL {
        for step in protocol.steps.iter().step_by(9) {
            for size in sample::SIZES {
                let mut stage = Stage::of(protocol.clone(), language).sized(size).placed(&step.id);
                println!("=== {} {size:?}\n{}", step.id, stage.text());
            }
        }
    }
}
