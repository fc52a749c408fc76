//! The card of a step: what it asks, its words to say, and the digits that answer it.

use std::collections::BTreeSet;

use crate::machine::{Heard, Outcome, Standing, Value};
use crate::protocol::{Choice, Kind, Scale, Step};
use crate::text::OptionId;
use crate::words::{KeyCap, Say, Told, key_cap};

use super::card::{Card, Choosable, Chosen, Marked};
use super::moment;
use super::rows::{answer_words, label, rows};
use super::scene::{Kept, Scene};

/// The half hours that a deadline proposes, in minutes from now, with their words.
pub(super) const SOON: [(i64, Say); 3] =
    [(30, Say::InHalfAnHour), (60, Say::InAnHour), (120, Say::InTwoHours)];
/// The days that a date proposes, from today, with their words.
pub(super) const DAYS: [(u64, Say); 3] = [(0, Say::Today), (1, Say::Tomorrow), (7, Say::InAWeek)];

/// What the screen keeps of an answer that is not given yet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Work<'a> {
    /// The options of a `choices` step that are chosen so far.
    pub chosen: &'a BTreeSet<OptionId>,
    /// The row of a list that is at work.
    pub row: usize,
}

/// The card of a step.
pub(super) fn step_card<'a>(scene: &Scene<'a>, step: &'a Step, work: Work<'_>) -> Card {
    if scene.hides(step) {
        return Card {
            ask: scene.say(Say::PrivateLine).to_owned(),
            options: vec![Choosable::new(
                "F4",
                crate::words::key_hint(scene.view.language, crate::words::KeyWord::Reveal),
            )],
            ..Card::default()
        };
    }
    let mut card = Card {
        in_sight: in_sight(scene, step),
        ask: scene.text(&step.ask).to_owned(),
        by: scene.by(step).map(str::to_owned),
        // What she should not read never stands beside words to say, whatever F4 opened.
        say: step
            .say
            .as_ref()
            .filter(|_| !(step.private && (scene.is_shy() || scene.is_with_her())))
            .map(|words| (scene.say(Say::SayFrame), scene.said(words).to_owned())),
        options: options(scene, step, work),
        foot: foot(scene, step),
        ..Card::default()
    };
    if let Kind::List { states, .. } = &step.kind {
        card.lines = list_lines(scene, step, states);
        card.line = Some(work.row.min(card.lines.len().saturating_sub(1)));
    }
    card
}

/// Harmless words of a response, and guidance that stays through its phase, unless it is private.
fn in_sight(scene: &Scene, step: &Step) -> Vec<String> {
    if let Some(response) = scene.response_of(step) {
        return response
            .in_sight
            .iter()
            .map(|words| words.in_language(scene.view.shown).to_owned())
            .collect();
    }
    let Some(phase) = scene.protocol.find(&step.id).and_then(|index| scene.protocol.phase_of(index)) else {
        return Vec::new();
    };
    let steps = scene.protocol.steps.get(phase.steps()).unwrap_or_default();
    steps
        .iter()
        .filter(|other| {
            other.stays
                && other.kind == Kind::Guidance
                && other.id != step.id
                && !scene.hides_beside(other, Some(step))
        })
        .filter(|other| scene.standing(other) == Standing::Read)
        .map(|other| other.ask.in_language(scene.view.shown).to_owned())
        .collect()
}

/// The digits that answer a step, and what they mean.
pub(super) fn options<'a>(scene: &Scene<'a>, step: &'a Step, work: Work<'_>) -> Vec<Choosable> {
    let answered = match scene.view.state.seen.outcomes.get(&step.id) {
        Some(Outcome::Answered(value)) if !scene.dots(step) => Some(value),
        _ => None,
    };
    let say = |what| scene.say(what);
    let when = |yes: bool| if yes { Chosen::Yes } else { Chosen::No };
    let write = || Choosable::new(key_cap(scene.view.language, KeyCap::Enter), say(Say::WriteIt));
    match &step.kind {
        Kind::Check => {
            let done = scene.standing(step) == Standing::Answered;
            vec![Choosable::new(1, say(if done { Say::Untick } else { Say::Tick }))]
        }
        Kind::Choice(options) => numbered(scene, options, |option| {
            when(matches!(answered, Some(Value::Option(id)) if *id == option.id))
        }),
        Kind::Choices(options) => {
            let shown = !scene.dots(step);
            let mut all = numbered(scene, options, |option| when(shown && work.chosen.contains(&option.id)));
            let none =
                matches!(answered, Some(Value::Options(ids)) if ids.is_empty()) && work.chosen.is_empty();
            all.push(Choosable::new(0, say(Say::NoneOfThese)).chosen(when(none)));
            all
        }
        Kind::Scale(scale) if digits_of(scale).is_some() => points(scene, scale, answered),
        Kind::Scale(_) | Kind::Number { .. } | Kind::Text { .. } => vec![write()],
        Kind::Date => DAYS
            .iter()
            .enumerate()
            .map(|(place, (days, word))| {
                let day = moment::in_days(scene.view.now, *days)
                    .map_or_else(String::new, |day| moment::day(scene.view.language, day));
                Choosable::new(place + 1, &format!("{}  {day}", say(*word)))
            })
            .chain([Choosable::new(4, say(Say::AnotherDay))])
            .collect(),
        Kind::Deadline => SOON
            .iter()
            .enumerate()
            .map(|(place, (minutes, word))| {
                let at = scene.view.now.wall.saturating_add(minutes * 60_000);
                let time = moment::clock(scene.view.language, at, scene.view.now);
                Choosable::new(place + 1, &format!("{}  {time}", say(*word)))
            })
            .chain([Choosable::new(4, say(Say::AnotherTime))])
            .collect(),
        Kind::Inform => [
            (1, Say::Understood, Heard::Understood),
            (2, Say::Back, Heard::Back),
            (3, Say::RatherNot, Heard::Declined),
        ]
        .into_iter()
        .map(|(digit, word, heard)| {
            Choosable::new(digit, say(word)).chosen(when(answered == Some(&Value::Heard(heard))))
        })
        .collect(),
        Kind::List { states, .. } => numbered(scene, states, |_| Chosen::No),
        Kind::Guidance => vec![Choosable::new(key_cap(scene.view.language, KeyCap::Enter), say(Say::GoOn))],
    }
}

fn numbered<'a>(
    scene: &Scene<'a>,
    options: &'a [Choice],
    chosen: impl Fn(&Choice) -> Chosen,
) -> Vec<Choosable> {
    options
        .iter()
        .enumerate()
        .map(|(place, option)| Choosable::new(place + 1, scene.text(&option.label)).chosen(chosen(option)))
        .collect()
}

/// The digits of a scale, where each of its points is one.
pub(super) fn digits_of(scale: &Scale) -> Option<std::ops::RangeInclusive<u8>> {
    let (from, to) = (u8::try_from(scale.from).ok()?, u8::try_from(scale.to).ok()?);
    (to <= 9 && from <= to).then_some(from..=to)
}

fn points<'a>(scene: &Scene<'a>, scale: &'a Scale, answered: Option<&Value>) -> Vec<Choosable> {
    (scale.from..=scale.to)
        .enumerate()
        .map(|(place, point)| {
            let word = match (scale.words.get(place), &scale.low, &scale.high) {
                (Some(word), ..) => scene.text(word),
                (None, Some(low), _) if point == scale.from => scene.text(low),
                (None, _, Some(high)) if point == scale.to => scene.text(high),
                _ => "",
            };
            let yes = answered == Some(&Value::Number(point));
            Choosable::new(point, word).chosen(if yes { Chosen::Yes } else { Chosen::No })
        })
        .collect()
}

fn list_lines<'a>(scene: &Scene<'a>, step: &'a Step, states: &'a [Choice]) -> Vec<Marked> {
    let kept = scene.kept(&step.id);
    rows(scene, step)
        .into_iter()
        .map(|(_, text, state)| {
            let (sign, style) = match (&state, kept) {
                (None, _) => ("○", scene.ink.plain()),
                (Some(_), Kept::OnDisk) => ("✓", scene.ink.done()),
                (Some(_), Kept::Underway) => ("·", scene.ink.dim()),
                (Some(_), Kept::Failed) => ("!", scene.ink.later()),
            };
            let answer = match &state {
                Some(_) if scene.dots(step) => "···".to_owned(),
                Some(id) => label(scene, states, id).to_owned(),
                None => String::new(),
            };
            Marked { sign, style, text, answer }
        })
        .collect()
}

/// What stands under the options: bounds, what was answered where no option shows it, how the step stands.
fn foot<'a>(scene: &Scene<'a>, step: &'a Step) -> Vec<String> {
    let mut foot = Vec::new();
    match &step.kind {
        Kind::Number { from, to } => foot.push(scene.told(&Told::FromTo(*from, *to))),
        Kind::Scale(scale) if digits_of(scale).is_none() => {
            foot.push(scene.told(&Told::FromTo(scale.from, scale.to)));
        }
        _ => {}
    }
    if step.counts_same_case
        && let Some(sessions) = scene.view.desk.same_case
    {
        foot.push(scene.told(&Told::SameCase(sessions)));
    }
    let shown_by_option =
        matches!(&step.kind, Kind::Choice(_) | Kind::Choices(_) | Kind::Inform | Kind::List { .. })
            || matches!(&step.kind, Kind::Scale(scale) if digits_of(scale).is_some());
    let answered = scene.standing(step) == Standing::Answered;
    if answered && (!shown_by_option || scene.dots(step)) {
        let (sign, _) = scene.mark(step);
        foot.push(answer_words(scene, step).map_or(sign.to_owned(), |words| format!("{sign} {words}")));
    } else if let Some(word) = scene.standing_word(step) {
        let (sign, _) = scene.mark(step);
        foot.push(format!("{sign} {word}"));
    } else if scene.standing(step) == Standing::NotApplicable {
        foot.push(format!("– {}", scene.say(Say::NotApplicable)));
    }
    foot
}
