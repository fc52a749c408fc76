//! The plain line mode: any state as lines of text without boxes, addressing or colour, for screen readers.
//!
//! The desk prints what [`Screens::lines`](super::Screens::lines) gives in the alternate screen, whenever it differs
//! from what it printed last. What is shy on the screen is shy here, since a screen reader is heard by whoever is in
//! the room: the lines are made from the same cards. Signs are spoken as words, and the clock is left out, which
//! would have everything read again each minute.

use crate::protocol::Home;
use crate::words::{PlainSays, Say};

use super::body::{trouble_lines, types_dots, waiting_words};
use super::card::{Card, Chosen, Marked};
use super::checklist::Checklist;
use super::field::Drawn;
use super::here::Here;
use super::hint_bar::hints;
use super::pacer;
use super::panel::{self, Top};
use super::quiet;
use super::scene::Scene;
use super::view::View;

/// A line is never broken here: a screen reader does not see where it ends.
const ENDLESS: u16 = 1_000;

/// The checklist as lines: where it stands, what is asked, what can be answered, what was said, and the keys.
pub(super) fn checklist(checklist: &Checklist, view: &View) -> Vec<String> {
    let Some(scene) = checklist.scene(view) else { return Vec::new() };
    let here = checklist.here(view);
    if checklist.is_quiet(view) {
        return vec![quiet::neutral(&scene, &here)];
    }
    let mut lines = match checklist.level().tops.last() {
        None if checklist.pacer.is_some() => return pacer::as_lines(view),
        None => {
            let mut lines = where_it_stands(&scene, &here);
            lines.extend(card_lines(&scene, &checklist.card(&scene, &here)));
            lines.extend(checklist.dots_of_choice(&scene, &here).map(|dots| spoken(&scene, &dots)));
            lines
        }
        Some(top) => top_lines(checklist, &scene, &here, top),
    };
    lines.extend(trouble_lines(&scene, ENDLESS).iter().map(|line| line.trim().to_owned()));
    lines.extend(view.keeping.written_anew.then(|| scene.say(Say::WrittenAnew).to_owned()));
    match checklist.notice_text(&scene) {
        Some(notice) => lines.push(notice),
        None => lines.extend(waiting_words(&scene)),
    }
    lines.extend(keys(checklist, &scene));
    lines
}

/// A panel, or an open field.
fn top_lines(checklist: &Checklist, scene: &Scene, here: &Here, top: &Top) -> Vec<String> {
    match top {
        Top::Help { .. } => {
            let context = checklist.context_under(&scene.view, 1);
            let lines = panel::help_lines(scene, &context, usize::from(ENDLESS));
            lines.iter().map(|line| words_of(&line.to_string())).filter(|line| !line.is_empty()).collect()
        }
        Top::Find { field, .. } => {
            let mut lines = list_lines(scene, top);
            lines.push(field.text().to_owned());
            lines
        }
        Top::Open { .. } | Top::GoTo { .. } => list_lines(scene, top),
        Top::Writing { field, what, problem } => {
            let (title, explains) = panel::field_words(scene, field, what);
            let below = match problem {
                Some(problem) => problem.sentence(scene),
                None => explains,
            };
            let mut card = checklist.card(scene, here);
            card.options.clear();
            card.foot.clear();
            let mut lines = card_lines(scene, &card);
            lines.extend([title, below].into_iter().filter(|line| !line.is_empty()));
            let drawn = if types_dots(scene, what) { Drawn::Dots } else { Drawn::Plain };
            lines.push(drawn.show(field.text()));
            lines
        }
        Top::Why { .. }
        | Top::Now
        | Top::CheckIn
        | Top::Reason(_)
        | Top::Languages
        | Top::Leave
        | Top::Lose => card_lines(scene, &checklist.card(scene, here)),
    }
}

fn list_lines(scene: &Scene, top: &Top) -> Vec<String> {
    let Some((title, lines, at)) = panel::list_of(scene, top) else { return Vec::new() };
    std::iter::once(title).chain(marked_lines(scene, &lines, Some(at))).collect()
}

/// What the card shows, a line each, in the order in which it is to be heard.
fn card_lines(scene: &Scene, card: &Card) -> Vec<String> {
    let mut lines = card.in_sight.clone();
    lines.push(card.ask.clone());
    lines.extend(card.by.clone());
    lines.extend(card.text.iter().cloned());
    lines.extend(card.say.as_ref().map(|(label, words)| format!("{label}: {words}")));
    lines.extend(marked_lines(scene, &card.lines, card.line));
    lines.extend(card.options.iter().map(|option| {
        let line = words_of(&format!("{} {}", option.key, option.label));
        match option.chosen {
            Chosen::Yes => format!("{line}, {}", says(scene, PlainSays::Chosen)),
            Chosen::No => line,
        }
    }));
    lines.extend(card.foot.iter().map(|line| spoken(scene, line)));
    lines.into_iter().filter(|line| !line.is_empty()).collect()
}

fn marked_lines(scene: &Scene, lines: &[Marked], at: Option<usize>) -> Vec<String> {
    let line = |(place, line): (usize, &Marked)| {
        let mut parts = vec![words_of(&spoken(scene, &line.text))];
        // A digit in place of a sign is the key of the line.
        match of_sign(line.sign) {
            Some(word) => parts.push(says(scene, word)),
            None => parts.insert(0, line.sign.trim().to_owned()),
        }
        if !line.answer.is_empty() && Some(&line.answer) != parts.last() {
            parts.push(spoken(scene, &line.answer));
        }
        if at == Some(place) {
            parts.push(says(scene, PlainSays::AtWork));
        }
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    };
    lines.iter().enumerate().map(line).collect()
}

fn where_it_stands(scene: &Scene, here: &Here) -> Vec<String> {
    let protocol = scene.protocol;
    let phase = |place: usize| {
        let phase = protocol.phases.get(place)?;
        let title = scene.text(&phase.title);
        Some(says(scene, PlainSays::Phase { title, number: place + 1, of: protocol.phases.len() }))
    };
    let step_of = |index: usize, steps: &std::ops::Range<usize>| {
        let number = index.saturating_sub(steps.start) + 1;
        says(scene, PlainSays::Step { number, of: steps.len() })
    };
    match here {
        Here::Step(step) | Here::Shut(step, ..) => {
            let index = protocol.find(&step.id).map_or(0, |index| index.0);
            match step.home {
                Home::Phase { phase: place, group } => {
                    let group = protocol.phases.get(place).and_then(|phase| phase.groups.get(group));
                    let title = group.and_then(|group| group.title.as_ref());
                    let title = title.map(|title| format!("{}.", scene.text(title)));
                    let number = group.map(|group| step_of(index, &group.steps));
                    phase(place).into_iter().chain(title).chain(number).collect()
                }
                Home::Response(place) => {
                    let response = protocol.responses.get(place);
                    let lines = response.map(|response| {
                        [format!("{}.", scene.response(response)), step_of(index, &response.steps)]
                    });
                    lines.into_iter().flatten().collect()
                }
            }
        }
        Here::Pause(place, _) | Here::Gate(place, ..) | Here::Stopped(place, ..) => {
            phase(*place).into_iter().collect()
        }
        Here::Proposal(_) | Here::End | Here::Closed | Here::Nowhere => Vec::new(),
    }
}

/// The keys of the hint bar, on one line.
fn keys(checklist: &Checklist, scene: &Scene) -> Option<String> {
    let hints = hints(scene, &checklist.context(&scene.view));
    let keys: Vec<String> = hints.into_iter().map(|(key, word, _)| format!("{key} {word}")).collect();
    (!keys.is_empty()).then(|| format!("{} {}.", says(scene, PlainSays::Keys), keys.join(", ")))
}

fn says(scene: &Scene, says: PlainSays) -> String {
    says.text(scene.view.language).into_owned()
}

/// A text whose signs are words: dots in place of an answer, and a mark in front.
fn spoken(scene: &Scene, text: &str) -> String {
    let text = text.trim();
    if !text.is_empty() && text.chars().all(|c| c == '·' || c == ' ') {
        return says(scene, PlainSays::NotShown);
    }
    match text.split_once(' ').map_or((text, ""), |(sign, rest)| (sign, rest.trim())) {
        (sign, rest) if of_sign(sign).is_some() => {
            let word = of_sign(sign).map(|word| says(scene, word)).unwrap_or_default();
            if rest.is_empty() || rest == word { word } else { format!("{word}: {}", spoken(scene, rest)) }
        }
        _ => text.to_owned(),
    }
}

fn of_sign(sign: &str) -> Option<PlainSays<'static>> {
    Some(match sign {
        "✓" => PlainSays::Done,
        "○" => PlainSays::Open,
        "◔" => PlainSays::Partly,
        "◐" => PlainSays::Deferred,
        "»" => PlainSays::Skipped,
        "◇" => PlainSays::RatherNot,
        "–" => PlainSays::NotApplicable,
        "·" => PlainSays::BeingKept,
        "!" => PlainSays::NotSaved,
        _ => return None,
    })
}

/// A line with one blank where it had several.
fn words_of(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
