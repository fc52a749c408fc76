//! What keys lead to: a place, keys, and what has become of the session, as text.

mod screens;
pub(super) mod table;
mod time;

use crate::machine::{Outcome, Place, RowKey, Value};

use super::moment;
use super::stage::Stage;

/// The session as text: each outcome, then where the checklist stands, what is looked at, and what lies on top.
fn picture(stage: &mut Stage) -> String {
    let mut words: Vec<String> = Vec::new();
    for step in &stage.protocol.steps {
        if let Some(outcome) = stage.state.seen.outcomes.get(&step.id) {
            words.push(format!("{}={}", step.id, of_outcome(stage, outcome)));
        }
    }
    words.push(match &stage.state.record.place {
        Place::Step(id) => format!("@{id}"),
        Place::Pause(id) => format!("@pause:{id}"),
        Place::Gate(id) => format!("@gate:{id}"),
        Place::End => "@end".to_owned(),
        Place::Nowhere => "@nowhere".to_owned(),
    });
    words.extend(stage.screens.on_top());
    words.join(" ")
}

fn of_outcome(stage: &Stage, outcome: &Outcome) -> String {
    let Outcome::Answered(value) = outcome else {
        return match outcome {
            Outcome::Skipped => "skipped",
            Outcome::Declined => "declined",
            Outcome::Deferred => "later",
            _ => "read",
        }
        .to_owned();
    };
    match value {
        Value::Done => "done".to_owned(),
        Value::Option(id) => id.to_string(),
        Value::Options(ids) => {
            format!("{{{}}}", ids.iter().map(ToString::to_string).collect::<Vec<_>>().join("+"))
        }
        Value::Number(number) => number.to_string(),
        Value::Text(text) => format!("‘{}’", text.as_str()),
        Value::Date(day) => day.to_string(),
        Value::Deadline { at, line } => {
            let line = line.as_ref().map_or(String::new(), |line| format!("‘{}’", line.as_str()));
            format!("{}{line}", moment::clock(stage.language, *at, stage.now))
        }
        Value::Heard(heard) => heard.word().to_owned(),
        Value::List { rows, added } => {
            let rows = rows.iter().map(|(key, state)| match key {
                RowKey::Row(id) => format!("{id}:{state}"),
                RowKey::Added(place) => format!("‘{}’:{state}", added[usize::from(*place)].as_str()),
            });
            format!("[{}]", rows.collect::<Vec<_>>().join(","))
        }
    }
}

fn check(at: &str, keys: &str, after: &str) {
    let mut stage = Stage::new().at(at);
    stage.press(keys);
    assert_eq!(picture(&mut stage), after, "at {at}: {keys}");
}

#[test]
fn one_key_answers_and_the_checklist_moves_on() {
    for (at, keys, after) in [
        ("subject", "1", "subject=courses @go"),
        ("unclear", "13[Enter]", "unclear={dates+places} @why-now"),
        ("unclear", "113[Enter]", "unclear={places} @why-now"),
        ("unclear", "0", "unclear={} @why-now"),
        ("unclear", "[Enter]", "@unclear"),
        ("papers", "123", "papers=[health:asked,statements:not-there,status:seen] @unclear"),
        ("papers", "[Down]21", "papers=[health:asked,statements:seen] @papers"),
        ("papers", "aA letter[Enter]", "papers=[] @papers"),
        (
            "papers",
            "aA letter[Enter]1231",
            "papers=[health:asked,statements:not-there,status:seen,‘A letter’:seen] @unclear",
        ),
        ("papers-by", "2", "papers-by=2026-11-25 @check-in"),
        ("papers-by", "4", "@papers-by [Writing]"),
        ("papers-by", "41.12[Enter]", "papers-by=2026-12-01 @check-in"),
        ("papers-by", "4soon[Enter]", "@papers-by [Writing]"),
        ("check-in", "1", "check-in=17:00 @subject"),
        ("check-in", "418:15 the desk[Enter]", "check-in=18:15‘the desk’ @subject"),
        (
            "check-in",
            "43.12 10:00 in the library[Enter]",
            "check-in=Thu 3 Dec 10:00‘in the library’ @subject",
        ),
        ("check-in", "42.12 12:00 with 204[Enter]", "check-in=Wed 2 Dec 12:00‘with 204’ @subject"),
        ("check-in", "4never[Enter]", "@check-in [Writing]"),
        ("subject", "3", "@subject"),
    ] {
        check(at, keys, after);
    }
    let mut stage = Stage::new();
    stage.press("[Enter]12[Enter]");
    assert_eq!(picture(&mut stage), "told-before=12 @papers");
}

#[test]
fn a_field_takes_every_key_but_what_hides_tab_and_f_keys() {
    for (at, keys, after) in [
        ("why-now", "[Enter]a bed, 2 keys?[Enter]", "why-now=‘a bed, 2 keys?’ @papers-by"),
        ("why-now", "[Enter]nzlsqgo/[Enter]", "why-now=‘nzlsqgo/’ @papers-by"),
        ("why-now", "[Enter]ab[Backspace][Backspace][Backspace]", "@why-now"),
        ("why-now", "[Enter][Enter]", "@why-now"),
        ("why-now", "[Enter]ab[Left]c[Home]d[End]e[Enter]", "why-now=‘dacbe’ @papers-by"),
        ("why-now", "[Enter]ab[Tab]", "@why-now [Writing] [Now]"),
        ("why-now", "[Enter]ab[F1]", "@why-now [Writing] [Help]"),
        ("why-now", "[Enter]ab[F1]x[F1]c[Enter]", "why-now=‘abc’ @papers-by"),
        ("why-now", "[Enter]ab[Up][Down]c[Enter]", "why-now=‘abc’ @papers-by"),
        ("subject", "nquiet[Enter]", "@subject"),
    ] {
        check(at, keys, after);
    }
}

#[test]
fn an_empty_field_says_how_it_closes_and_that_nothing_was_kept() {
    for keys in ["[Enter]", "n", "/"] {
        let mut stage = Stage::new().at("why-now").sized((40, 12));
        stage.language = crate::text::Language::Spanish;
        let bar = |stage: &mut Stage| stage.text().lines().last().unwrap_or_default().to_owned();
        stage.press(keys);
        assert!(bar(&mut stage).contains("Retroceso cerrar"), "{}", stage.text());
        stage.press("ab");
        assert!(!bar(&mut stage).contains("Retroceso"), "{}", stage.text());
        stage.resize((60, 12));
        assert!(bar(&mut stage).contains("Ctrl+U vaciar"), "{}", stage.text());
        stage.resize((40, 12));
        stage.press("[Left][Left][Backspace][Backspace]");
        assert!(bar(&mut stage).contains("Retroceso cerrar"), "{}", stage.text());
        stage.press("some words[Empty]");
        assert!(bar(&mut stage).contains("Retroceso cerrar"), "{}", stage.text());
        stage.press("[Backspace]");
        assert_eq!(picture(&mut stage), "@why-now", "{keys}");
    }
    for keys in ["[Enter][Enter]", "n[Enter]", "n  [Enter]"] {
        let mut stage = Stage::new().at("why-now");
        stage.press(keys);
        assert!(stage.text().contains("nothing was kept"), "{keys}\n{}", stage.text());
        assert_eq!(picture(&mut stage), "@why-now");
    }
}

#[test]
fn where_nothing_is_found_the_way_out_is_in_sight_in_a_small_window() {
    let mut stage = Stage::new().at("why-now").sized((40, 12));
    stage.language = crate::text::Language::Spanish;
    stage.press("/xyz");
    let bar = |stage: &mut Stage| stage.text().lines().last().unwrap_or_default().to_owned();
    assert!(bar(&mut stage).contains("Ctrl+U vaciar"), "{}", stage.text());
    stage.press("[Empty]");
    assert!(bar(&mut stage).contains("Retroceso cerrar"), "{}", stage.text());
}

#[test]
fn what_is_typed_to_find_stands_under_its_heading() {
    let mut stage = Stage::new().at("why-now");
    stage.press("/papers");
    let text = stage.text();
    let row = |word: &str| text.lines().position(|line| line.trim_end().ends_with(word));
    assert!(row(" Find") < row(" papers") && row(" papers") < row("leave open?"), "{text}");
}

#[test]
fn a_digit_in_the_list_of_groups_says_that_it_leads_to_a_group() {
    for (keys, word, not) in [("g", "1-4 choose", "group"), ("g3", "1 2 3 to a group", "choose")] {
        let mut stage = Stage::new().at("subject");
        stage.press(keys);
        let text = stage.text();
        let bar = text.lines().last().unwrap_or_default();
        assert!(bar.contains(word) && !bar.contains(not), "{text}");
    }
}

#[test]
fn over_a_panel_the_help_says_what_its_keys_close() {
    for (keys, shown) in [("q?", "← q"), ("o?", "← o"), ("g?", "← g")] {
        let mut stage = Stage::new().at("subject");
        stage.press(keys);
        let text = stage.text();
        assert!(
            text.contains("closes what lies under this help") && !text.contains("closes this"),
            "{shown}\n{text}"
        );
    }
}

#[test]
fn a_number_has_no_more_digits_than_its_largest_and_says_its_bounds() {
    let mut long = Stage::new();
    long.press("1234[Enter]");
    assert_eq!(picture(&mut long), "told-before=12 @papers");
    let mut stage = Stage::new();
    stage.press("1[Home]-[Enter]");
    assert!(stage.text().contains("A number from 0 to 99"), "{}", stage.text());
    stage.press("[Home][Delete][Enter]");
    assert_eq!(picture(&mut stage), "told-before=1 @papers");
}

#[test]
fn what_was_put_off_or_left_out_or_noted_is_said_and_how_it_is_taken_back() {
    for (keys, says) in [
        ("l", "Put off; z takes it back"),
        ("s2", "Left out; z takes it back"),
        ("d", "Left out; z takes it back"),
        ("nquiet[Enter]", " Noted. "),
    ] {
        let mut stage = Stage::new().at("subject");
        stage.press(keys);
        assert!(stage.text().contains(says), "{keys}\n{}", stage.text());
    }
    let mut shy = Stage::new().put_at("who-knows");
    shy.press("d");
    assert!(shy.text().contains("z takes it back") && !shy.text().contains("Left out"), "{}", shy.text());
}

#[test]
fn practice_is_left_for_the_start_screen_and_a_real_session_for_later() {
    let mut real = Stage::new().at("subject");
    real.press("q");
    assert!(real.text().contains("leave it for later"), "{}", real.text());
    let mut sealed = Stage::new().at("subject");
    sealed.desk.keys.readers = super::ReadBy::OthersOnly(1);
    sealed.press("q");
    assert!(sealed.text().contains("1  leave; you cannot resume it"), "{}", sealed.text());
    let mut practice = Stage::new().at("subject");
    practice.state.record.kind = Some(crate::machine::SessionKind::Practice);
    practice.press("q");
    assert!(practice.text().contains("to the start screen"), "{}", practice.text());
    assert!(!practice.text().contains("for later"), "{}", practice.text());
}

#[test]
fn the_first_lesson_is_done_once_anybody_hid_and_came_back_on_whichever_screen() {
    let mut stage = Stage::new().at("subject");
    stage.screens.show_start();
    assert!(stage.text().contains("Press Esc now"), "{}", stage.text());
    stage.with_screens(super::screens::Screens::show_checklist);
    stage.press("[Hide][Return]");
    stage.screens.show_start();
    assert!(!stage.text().contains("Press Esc now"), "{}", stage.text());
    stage.with_screens(super::screens::Screens::show_form);
    stage.press("[Up]");
    assert!(!stage.text().contains("Press Esc now"), "{}", stage.text());
}

#[test]
fn help_says_what_the_signs_and_the_words_for_now_mean() {
    for (size, pages) in [((80, 24), 4), ((40, 12), 12)] {
        let mut stage = Stage::new().put_at("who-knows").sized(size);
        stage.look.quiet_after = 600;
        stage.press("?");
        let mut all = String::new();
        for _ in 0..pages {
            all.push_str(&stage.text());
            all.push('\n');
            stage.press("[PgDn]");
        }
        for line in
            ["moment: a pause for her", "now: help comes first", "○   open", "◐   for later", "⌂   a part"]
        {
            assert!(all.contains(line), "{line}\n{all}");
        }
        assert!(all.contains("!   behind a time"), "{all}");
        assert!(!all.contains("Help at once"), "the title is not for her to read");
    }
}

#[test]
fn letters_command() {
    for (at, keys, after) in [
        ("subject", "l", "subject=later @go"),
        ("subject", "d", "subject=declined @go"),
        ("subject", "s", "@subject [Reason]"),
        ("subject", "s[Left]", "@subject"),
        ("subject", "s2", "subject=skipped @go"),
        ("subject", "1z", "@subject"),
        ("subject", "z", "@subject"),
        ("told-before", "w", "@told-before [Why]"),
        ("told-before", "ww", "@told-before"),
        ("subject", "w", "@subject"),
        ("subject", "?", "@subject [Help]"),
        ("subject", "??", "@subject"),
        ("subject", "oo", "@subject"),
        ("subject", "gg", "@subject"),
        ("subject", "[Tab][Tab]", "@subject"),
        ("subject", "q0", "@subject"),
        ("subject", "qq", "@subject"),
        ("subject", "c4", "@subject [Writing]"),
        ("subject", "c2", "check-in=16:45 @subject"),
        ("subject", "c2c2", "check-in=17:00 @subject"),
        ("subject", "q2", "@debrief"),
    ] {
        let mut stage = Stage::new();
        if at != "told-before" {
            stage = stage.at(at);
        }
        stage.press(keys);
        assert_eq!(picture(&mut stage), after, "at {at}: {keys}");
    }
}

#[test]
fn arrows_only_look_and_an_answer_ahead_goes_there() {
    for (at, keys, after) in [
        ("subject", "[Down]", "@subject ?go"),
        ("subject", "[Down][Up]", "@subject"),
        ("subject", "[Down][Left]", "@subject"),
        ("subject", "[Up]1", "check-in=17:00 @subject"),
        ("subject", "[Up][Up]2", "papers-by=2026-11-25 @check-in"),
        ("subject", "1[Up]2", "subject=sleep @go"),
        ("subject", "/law[Enter]", "@subject [Find]"),
        ("subject", "/leave open[Enter]0", "unclear={} @why-now"),
        ("subject", "g1[Enter]", "@subject ?told-before"),
        ("subject", "g12[Enter]", "@subject ?check-in"),
        ("subject", "o[Down][Enter]", "@subject ?go"),
    ] {
        check(at, keys, after);
    }
}

#[test]
fn a_bounced_or_held_key_never_answers_two_steps() {
    let mut stage = Stage::new().at("subject");
    stage.key(super::key::Key::Char('1'));
    stage.now.run += 500;
    for _ in 0..200 {
        stage.key(super::key::Key::Char('1'));
        stage.now.run += 30;
    }
    assert_eq!(picture(&mut stage), "subject=courses @go", "held for six seconds");
    stage.now.run += 650;
    stage.key(super::key::Key::Char('1'));
    assert!(picture(&mut stage).contains("go=we-go"), "pressed again");

    let mut other = Stage::new().at("subject");
    other.key(super::key::Key::Char('1'));
    other.key(super::key::Key::Char('2'));
    assert!(picture(&mut other).contains("go=postponed"), "another key is no bounce");
}

#[test]
fn a_key_that_is_tapped_steadily_is_told_to_wait_and_never_kept_waiting_for_long() {
    for (every, answered) in [(650, 2), (400, 2), (800, 1)] {
        let mut stage = Stage::new().at("subject");
        stage.key(super::key::Key::Char('1'));
        for tap in 1..=answered {
            assert_eq!(picture(&mut stage), "subject=courses @go", "{every} {tap}");
            stage.now.run += every;
            stage.key(super::key::Key::Char('1'));
            let dropped = tap < answered;
            assert_eq!(stage.text().contains("Too soon: once more"), dropped, "{every}\n{}", stage.text());
        }
        assert!(picture(&mut stage).contains("go=we-go"), "{every}");
    }
    // The marks of a page are one answer; what comes behind the page is another.
    let mut page = Stage::new().at("papers");
    for tap in 1..=3 {
        page.now.run += 300;
        page.key(super::key::Key::Char('1'));
        assert!(tap == 3 || picture(&mut page).ends_with("@papers"));
    }
    assert!(picture(&mut page).ends_with("@unclear"), "{}", picture(&mut page));
    page.now.run += 300;
    page.key(super::key::Key::Char('1'));
    page.press("[Enter]");
    assert!(picture(&mut page).ends_with("@unclear"), "{}", picture(&mut page));
    let mut held = Stage::new().at("papers");
    for _ in 0..60 {
        held.key(super::key::Key::Char('1'));
        held.now.run += 30;
    }
    assert_eq!(picture(&mut held), "papers=[status:seen] @papers");
}

#[test]
fn a_time_that_is_read_otherwise_than_it_may_be_meant_is_asked_about() {
    for (typed, asks) in [
        ("16:15", "That is tomorrow, Wed 25 Nov 16:15. Right?"),
        ("16:30 the office", "That is tomorrow, Wed 25 Nov 16:30. Right?"),
        ("3.12 in the library", "That is tomorrow, Wed 25 Nov 3:12. Right?"),
        ("24.11 16:00", "That is past: 16:00. Right?"),
        ("20.11 16:00", "That is Sat 20 Nov 2027 16:00. Right?"),
    ] {
        let mut stage = Stage::new().at("check-in");
        stage.press("4").press(typed).press("[Enter]");
        let beside: Vec<String> = stage.text().lines().map(|line| line.chars().skip(34).collect()).collect();
        let words = beside.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.contains(asks), "{typed}: {asks}\n{}", stage.text());
        assert!(picture(&mut stage).ends_with("@check-in [Writing]"), "{typed}");
        // A key that bounces says nothing.
        stage.key(super::key::Key::Enter);
        assert!(picture(&mut stage).ends_with("@check-in [Writing]"), "{typed}");
        stage.press("[Enter]");
        assert!(picture(&mut stage).starts_with("check-in="), "{typed}: {}", picture(&mut stage));
    }
    let mut changed = Stage::new().at("check-in");
    changed.press("416:15[Enter][Backspace][Enter]");
    assert!(changed.text().contains("Not a time"), "{}", changed.text());
    // What it is read as stands there before it is kept.
    let mut shown = Stage::new().at("check-in");
    shown.press("43.12 10:00 in the library");
    assert!(shown.text().contains("= Thu 3 Dec 10:00"), "{}", shown.text());
}

#[test]
fn undo_takes_a_note_back_and_names_what_went() {
    let mut stage = Stage::new().at("check-in");
    stage.press("1nwrong[Enter]");
    assert_eq!(stage.state.record.notes, 1);
    stage.press("z");
    assert_eq!(stage.state.record.notes, 0);
    assert_eq!(picture(&mut stage), "check-in=17:00 @subject");
    assert!(stage.text().contains("taken back: Note"), "{}", stage.text());
    stage.press("z");
    assert!(stage.text().contains("taken back: The call"), "{}", stage.text());
    assert_eq!(picture(&mut stage), "@check-in");
    let mut answer = Stage::new().at("subject");
    answer.press("1z");
    assert!(answer.text().contains("taken back: Which other"), "{}", answer.text());
}

#[test]
fn a_paste_goes_into_an_open_field_and_nowhere_else() {
    let mut stage = Stage::new().at("why-now");
    stage.paste("1z");
    assert_eq!(picture(&mut stage), "@why-now");
    assert!(stage.text().contains("Nothing is pasted here"));
    stage.press("[Enter]");
    stage.paste("one\ntwo\u{1b}[31m");
    stage.press("[Enter]");
    assert!(picture(&mut stage).starts_with("why-now=‘one two[31m’"));
    let mut long = Stage::new().at("why-now");
    long.press("[Enter]");
    long.paste(&"x".repeat(1_000_000));
    assert!(long.text().contains("was left out"));
    long.press("[Enter]");
    assert!(picture(&mut long).starts_with(&format!("why-now=‘{}’", "x".repeat(80))));
}

#[test]
fn a_response_returns_to_a_half_typed_text() {
    let mut stage = Stage::new().at("why-now");
    stage.press("[Enter]half a[F2]");
    assert_eq!(picture(&mut stage), "@stop-now");
    stage.press("1[Enter]1");
    assert_eq!(picture(&mut stage), "stop-now=understood breathe=read how-now=go-on @why-now [Writing]");
    stage.press(" text[Enter]");
    assert!(picture(&mut stage).contains("why-now=‘half a text’"));
}

#[test]
fn a_response_that_was_not_meant_shows_its_way_back_first() {
    for (at, key) in [("why-now", "[F2]"), ("why-now", "[F9]"), ("check-in", "[Tab]1")] {
        let mut stage = Stage::new().at(at).sized((40, 12));
        stage.press(key);
        let bar = stage.text().lines().last().unwrap_or_default().to_owned();
        assert!(bar.trim_start().starts_with("z not meant"), "{key}: {bar}");
        stage.press("z");
        assert_eq!(picture(&mut stage), format!("@{at}"), "{key}");
    }
    let mut waits = Stage::new().at("why-now");
    waits.press("[F9][Enter]water");
    waits.press("[F2]");
    waits.press("[Backspace][Backspace][Backspace][Backspace][Backspace][Backspace]");
    assert!(waits.text().contains("z not meant"), "{}", waits.text());
    waits.press("z");
    assert!(waits.state.record.waiting.is_empty());
    let mut answered = Stage::new().at("why-now");
    answered.press("[F9][Enter]water[Enter]");
    assert!(!answered.text().contains("not meant"), "{}", answered.text());
}

#[test]
fn an_f_key_closes_whatever_panel_is_up_and_acts() {
    for panel in ["?", "w", "o", "g", "g1", "/", "[Tab]", "c", "s", "[F3]", "q", "?", "w?"] {
        for (key, at) in [("[F2]", "@stop-now"), ("[F9]", "@wish")] {
            let mut stage = Stage::new();
            stage.press(panel).press(key);
            assert_eq!(picture(&mut stage), at, "{panel} {key}");
        }
    }
    let mut stage = Stage::new().at("why-now");
    stage.press("[Enter]half[F1][F2]");
    assert_eq!(picture(&mut stage), "@stop-now");
    stage.press("1[Enter]1");
    assert!(picture(&mut stage).ends_with("@why-now [Writing]"), "{}", picture(&mut stage));
}

#[test]
fn a_response_that_has_to_wait_says_so_until_it_comes() {
    for (keys, size) in [("[F9][F2]", (80, 24)), ("[F9][F2]", (40, 12)), ("[F9][Tab]1", (40, 12))] {
        let mut stage = Stage::new().at("why-now").sized(size);
        stage.press(keys);
        assert_eq!(picture(&mut stage), "@wish", "{keys}");
        for _ in 0..2 {
            assert!(stage.text().contains("A moment: it comes after this"), "{size:?}\n{}", stage.text());
            assert!(stage.text().contains("◐ moment"), "a sign in the header\n{}", stage.text());
            stage.wait(20_000);
        }
        if size.0 == 80 {
            assert!(stage.text().contains("◐ A moment"), "and in the list\n{}", stage.text());
        }
        stage.press("[F2]");
        assert!(stage.text().contains("A moment: it comes after this"), "pressed again\n{}", stage.text());
        stage.wait(20_000);
        stage.press("[Enter]water[Enter]");
        assert!(picture(&mut stage).ends_with("@stop-now"), "{}", picture(&mut stage));
        assert!(!stage.text().contains("after this") && !stage.text().contains("◐ moment"));
    }
    let mut shy = Stage::new().put_at("who-knows");
    shy.press("[F9][F2]");
    assert!(shy.text().contains("moment: it comes after this"), "{}", shy.text());
}

#[test]
fn the_now_list_has_fixed_digits_and_works_in_a_field() {
    let mut stage = Stage::new().at("why-now");
    stage.press("[Enter]half[Tab]1");
    assert_eq!(picture(&mut stage), "@stop-now");
    let mut stage = Stage::new().at("why-now");
    stage.press("[Tab]3");
    assert_eq!(picture(&mut stage), "@wish");
    let mut stage = Stage::new().at("why-now");
    stage.press("[Tab]2");
    assert_eq!(picture(&mut stage), "@why-now [Now]", "this protocol has nothing on F7");
    let mut stage = Stage::new().at("why-now");
    stage.press("[Tab]4");
    assert!(stage.state.record.clock.stopped);
    stage.press(" [Tab]4");
    assert!(!stage.state.record.clock.stopped);
    let mut stage = Stage::new().at("why-now");
    stage.press("[Tab]5");
    assert!(stage.screens.is_covered());
    stage.press("[Return]");
    assert_eq!(picture(&mut stage), "@why-now");
}

#[test]
fn hiding_keeps_what_is_half_typed_with_its_cursor() {
    let mut stage = Stage::new().at("why-now");
    stage.press("[Enter]half[Left]");
    stage.press("[Hide]");
    assert!(stage.screens.is_covered());
    assert!(stage.state.record.covered.is_some());
    let sheet = stage.text();
    assert!(!sheet.contains("half") && !sheet.contains("Prepare"), "{sheet}");
    stage.press("[Hide]1[Return]");
    assert!(!stage.screens.is_covered());
    stage.press("X[Enter]");
    assert!(picture(&mut stage).contains("why-now=‘halXf’"), "{}", picture(&mut stage));
    assert!(!stage.state.record.cover_asks, "within three seconds it was a slip");

    stage.press("[Hide]").wait(3_001).press("[Return]");
    assert!(stage.state.record.cover_asks);
    assert!(stage.text().contains("What was it?"), "what it was stands first in the list\n{}", stage.text());
}

#[test]
fn coming_back_is_shy() {
    let mut stage = Stage::new().at("subject");
    stage.press("1[Up]");
    assert!(stage.text().contains("● Courses"));
    stage.press("[Hide][Return]");
    assert!(!stage.text().contains("● Courses"), "{}", stage.text());
    let bar = |stage: &mut Stage| stage.text().lines().last().unwrap_or_default().to_owned();
    assert!(bar(&mut stage).contains("F4 show"), "nobody else is in the room\n{}", stage.text());
    stage.press("[F4]");
    assert!(stage.text().contains("● Courses"));
    assert!(!bar(&mut stage).contains("F4"), "{}", stage.text());
    let mut with_her = Stage::new().put_at("who-knows");
    with_her.press("[Hide][Return]");
    assert!(!bar(&mut with_her).contains("F4"), "{}", with_her.text());
}

#[test]
fn a_change_in_a_part_that_lies_behind_asks_for_its_reason() {
    let mut stage = Stage::new().at("go");
    stage.press("1llllllll");
    stage.press("1");
    assert_eq!(stage.state.current().map(ToString::to_string).as_deref(), Some("company"));
    stage.press("g1");
    for _ in 0..7 {
        stage.press("[Down]");
    }
    stage.press("[Enter]2");
    assert!(picture(&mut stage).ends_with("?go [Reason]"), "{}", picture(&mut stage));
    stage.press("1");
    assert!(picture(&mut stage).contains("go=postponed"), "{}", picture(&mut stage));
}

#[test]
fn a_closed_gate_names_nothing_before_a_key_asks() {
    let mut stage = Stage::new().put_at("manner");
    stage.command(&crate::machine::Command::Answer {
        step: crate::text::StepId::new("company").unwrap(),
        value: Value::Option(crate::text::OptionId::new("accompanied").unwrap()),
        reason: None,
    });
    stage.press("[Enter]lll");
    assert!(picture(&mut stage).ends_with("@pause:opening"), "{}", picture(&mut stage));
    stage.press("1[Left]");
    assert!(stage.text().contains("Ready to listen?"), "back at the pause\n{}", stage.text());
    stage.press("1");
    let untold = stage.text();
    assert!(
        untold.contains("Not just now") && !untold.contains("not alone") && !untold.contains("Who came"),
        "{untold}"
    );
    stage.press("w");
    assert!(stage.text().contains("She is not alone"), "{}", stage.text());
    stage.press("1");
    assert!(picture(&mut stage).ends_with("?company"), "{}", picture(&mut stage));
}

#[test]
fn behind_a_closed_gate_a_step_is_only_looked_at_and_leads_to_what_opens_it() {
    for (at, looked_at) in
        [("company", "who may know"), ("company", "leave alone"), ("subject", "who may know")]
    {
        let mut stage = Stage::new().at(at);
        stage.press(&format!("/{looked_at}[Enter]"));
        let before = picture(&mut stage);
        assert!(stage.text().contains("3 The talk 0/7 ⌂"), "{}", stage.text());
        // What cannot be done is neither in the bar nor in the help, and no key does it.
        for keys in ["l", "d", "s", "[Enter]", " "] {
            stage.press(keys);
            assert_eq!(picture(&mut stage), before, "{looked_at}: {keys}");
        }
        for shown in ["", "?"] {
            stage.press(shown);
            let text = stage.text();
            for word in
                ["l later", "s skip", "d rather not", "puts it off", "leaves it out", " answer  ", "goes on"]
            {
                assert!(!text.contains(word), "{word}\n{text}");
            }
            stage.press(shown);
        }
        let told = "She is not alone";
        assert_eq!(stage.text().contains(told), at == "subject", "while she may read it, only after a key");
        if at == "company" {
            stage.press("w");
            assert!(stage.text().contains(told), "{}", stage.text());
        }
        stage.press("1");
        assert!(picture(&mut stage).ends_with("?company") || picture(&mut stage).ends_with("@company"));
    }
}

#[test]
fn a_gate_that_falls_turns_the_screen_quiet_and_stops_the_part() {
    let mut stage = Stage::new().put_at("risk");
    let answer = |option: &str| crate::machine::Command::Answer {
        step: crate::text::StepId::new("company").unwrap(),
        value: Value::Option(crate::text::OptionId::new(option).unwrap()),
        reason: Some(crate::machine::Reason { code: crate::machine::ReasonCode::Other, words: None }),
    };
    stage.command(&answer("accompanied"));
    let quiet = stage.text();
    assert!(quiet.contains("One moment") && !quiet.contains("dangerous"), "{quiet}");
    stage.press("3");
    assert!(stage.text().contains("Not just now"), "the key only wakes\n{}", stage.text());
    stage.press("3");
    assert!(!stage.state.seen.outcomes.contains_key("risk"), "nothing of the part can be answered");
    stage.command(&answer("nobody"));
    assert!(stage.text().contains("dangerous"));
}

#[test]
fn a_proposal_is_taken_or_not_by_a_digit() {
    for (keys, after) in [("3", "@risk"), ("31", "@wish"), ("32", "@keep-off")] {
        let mut stage = Stage::new().put_at("risk");
        stage.press(keys);
        let picture = picture(&mut stage);
        if keys == "3" {
            assert!(stage.text().contains("Something changed. Look at it?"), "{}", stage.text());
        } else {
            assert!(picture.contains(after) || keys == "32", "{keys}: {picture}");
            assert!(stage.state.record.proposed.is_none(), "{keys}");
        }
    }
}

#[test]
fn closing_over_what_is_needed_asks_for_a_reason() {
    let mut stage = Stage::new().at("go");
    stage.press("2");
    stage.press("l");
    assert!(picture(&mut stage).ends_with("@end"), "{}", picture(&mut stage));
    stage.press("2");
    if picture(&mut stage).ends_with("[Reason]") {
        stage.press("[Enter]").press("1");
    }
    assert!(stage.state.record.closed);
    assert!(stage.text().contains("Closed"));
    stage.press("1");
    assert_eq!(stage.wished, [super::Wish::LeaveSession]);
}

#[test]
fn a_private_step_is_one_neutral_line_until_f4() {
    let mut stage = Stage::new().put_at("tied");
    stage.look.quiet_after = 600;
    assert!(!stage.text().contains("Tied"));
    stage.press("1");
    assert!(!stage.state.seen.outcomes.contains_key("tied"), "nobody answers what is not seen");
    stage.press("[F4]");
    assert!(stage.text().contains("Tied to the people") && stage.text().contains("Unsure"));
    stage.wait(9_000).press("x").wait(9_000);
    assert!(stage.text().contains("Tied"), "each key keeps it for ten seconds more");
    stage.wait(1_001);
    assert!(!stage.text().contains("Tied"));
    stage.press("[F4]2[Up]");
    assert!(!stage.text().contains("Unsure"), "{}", stage.text());
}
