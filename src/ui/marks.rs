//! The page of marks: a group that is done first and filled in at a pause, each of its steps a line.

use crate::machine::Standing;
use crate::protocol::{Group, Kind, Step};

use super::card::{Card, Marked};
use super::rows::answer_words;
use super::scene::Scene;
use super::step_card::{Work, step_card};

/// The group whose page of marks a step stands on. A list needs its own lines, and has a card.
pub(super) fn page_of<'a>(scene: &Scene<'a>, step: &Step) -> Option<&'a Group> {
    let group = scene.protocol.group_of(scene.protocol.find(&step.id)?)?;
    (group.together && !matches!(step.kind, Kind::List { .. })).then_some(group)
}

/// The page: the step at work above with its options, all lines of the group below.
pub(super) fn marks_card<'a>(scene: &Scene<'a>, group: &'a Group, step: &'a Step, work: Work<'_>) -> Card {
    let mut card = step_card(scene, step, work);
    let steps = scene.protocol.steps.get(group.steps.clone()).unwrap_or_default();
    let applying = || steps.iter().filter(|step| scene.standing(step) != Standing::NotApplicable);
    card.in_sight.extend(group.title.as_ref().map(|title| scene.text(title).to_owned()));
    card.line = applying().position(|line| line.id == step.id);
    card.lines = applying()
        .map(|line| {
            let (sign, style) = scene.mark(line);
            let answer = answer_words(scene, line)
                .filter(|_| !scene.hides_beside(line, Some(step)))
                .or_else(|| scene.standing_word(line).map(str::to_owned))
                .unwrap_or_default();
            Marked { sign, style, text: scene.ask(line, Some(step)).to_owned(), answer }
        })
        .collect();
    card
}
