//! The cards between steps: a pause, a closed gate, a phase that was stopped, a proposal, the end.

use std::collections::BTreeSet;

use crate::machine::{Standing, due_and_open, gate_steps, open_steps, open_wordless};
use crate::protocol::{Condition, Home, Kind, Override, Phase, Protocol, Response, Step};
use crate::text::StepId;
use crate::words::{Say, Told};

use super::card::{Card, Choosable, Marked};
use super::scene::Scene;
use super::step_card::{Work, step_card};

/// Whether the reason of a closed gate is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reasons {
    /// It was asked for with a key, or nobody else can see the screen.
    Told,
    /// Not yet.
    Untold,
}

/// The digit with which a colleague joins.
pub(super) const JOIN: u8 = 8;
/// The digit with which a gate is passed all the same.
pub(super) const OVERRIDE: u8 = 9;

/// What can be done at a closed gate.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct GateKeys<'a> {
    /// The steps that its conditions look at, by digit from 1.
    pub steps: Vec<&'a Step>,
    /// Whether the digits for joining and passing work.
    pub also: Vec<u8>,
}

/// What can be done at gates that do not hold.
pub(super) fn gate_keys<'a>(
    protocol: &'a Protocol,
    phase: usize,
    gates: &[usize],
    off: &std::collections::BTreeSet<StepId>,
    reasons: Reasons,
) -> GateKeys<'a> {
    let all = protocol.phases.get(phase).map_or(&[][..], |phase| &phase.gates);
    let closed = || gates.iter().filter_map(|gate| all.get(*gate));
    let mut also = Vec::new();
    if closed().any(|gate| asks_for_staff(protocol, &gate.opens, protocol.conditions.len())) {
        also.push(JOIN);
    }
    if !gates.is_empty() && closed().all(|gate| gate.overridden == Override::Reason) {
        also.push(OVERRIDE);
    }
    if reasons == Reasons::Untold {
        return GateKeys { steps: Vec::new(), also };
    }
    let mut found = Vec::new();
    for gate in gates {
        for index in gate_steps(protocol, phase, *gate) {
            let step = protocol.step(index).filter(|step| !off.contains(&step.id));
            if let Some(step) = step
                && !found.contains(&step)
                && found.len() < usize::from(JOIN) - 1
            {
                found.push(step);
            }
        }
    }
    GateKeys { steps: found, also }
}

/// What can be done at a step behind such gates, which is only looked at: to go to what opens them. They are passed with
/// a reason from where they stop, never from a look ahead.
pub(super) fn keys_to_open<'a>(
    scene: &Scene<'a>,
    phase: usize,
    gates: &[usize],
    reasons: Reasons,
) -> GateKeys<'a> {
    let mut keys = gate_keys(scene.protocol, phase, gates, &scene.view.state.seen.off, reasons);
    keys.also.retain(|digit| *digit == JOIN && reasons == Reasons::Told);
    keys
}

/// The card of such a step: what it asks and says, why nothing can be done with it now, and what opens it.
pub(super) fn shut_card<'a>(
    scene: &Scene<'a>,
    step: &'a Step,
    place: usize,
    gates: &[usize],
    reasons: Reasons,
) -> Card {
    let card = step_card(scene, step, Work { chosen: &BTreeSet::new(), row: 0 });
    if scene.hides(step) {
        return card;
    }
    let mut text = vec![scene.say(Say::NotNow).to_owned()];
    match (reasons, scene.protocol.phases.get(place)) {
        (Reasons::Told, Some(phase)) => text.extend(closed_words(scene, phase, gates)),
        _ => text.push(scene.say(Say::WhyOnKey).to_owned()),
    }
    let mut foot = card.foot;
    let labels: Vec<&str> = match &step.kind {
        Kind::Choice(labels) | Kind::Choices(labels) => {
            labels.iter().map(|choice| scene.text(&choice.label)).collect()
        }
        Kind::List { .. } => card.lines.iter().map(|line| line.text.as_str()).collect(),
        _ => Vec::new(),
    };
    if !labels.is_empty() {
        foot.insert(0, labels.join(" / "));
    }
    let options = gate_options(scene, keys_to_open(scene, place, gates, reasons));
    Card { text, options, foot, lines: Vec::new(), line: None, ..card }
}

/// What each of these gates says while it is closed.
fn closed_words(scene: &Scene, phase: &Phase, gates: &[usize]) -> Vec<String> {
    let gates = gates.iter().filter_map(|gate| phase.gates.get(*gate));
    gates.map(|gate| scene.text(&gate.closed_says).to_owned()).collect()
}

fn gate_options(scene: &Scene, keys: GateKeys) -> Vec<Choosable> {
    let steps = keys.steps.iter().enumerate();
    let mut options: Vec<Choosable> =
        steps.map(|(digit, step)| Choosable::new(digit + 1, scene.ask(step, None))).collect();
    for digit in keys.also {
        let what = if digit == JOIN { Say::ColleagueJoins } else { Say::Nevertheless };
        options.push(Choosable::new(digit, scene.say(what)));
    }
    options
}

/// `bound`: a named condition looks only at those before it.
fn asks_for_staff(protocol: &Protocol, condition: &Condition, bound: usize) -> bool {
    match condition {
        Condition::Staff(_) => true,
        Condition::Holds(place) if *place < bound => {
            protocol.conditions.get(*place).is_some_and(|named| asks_for_staff(protocol, &named.is, *place))
        }
        Condition::And(all) | Condition::Or(all) => {
            all.iter().any(|one| asks_for_staff(protocol, one, bound))
        }
        Condition::Not(one) => asks_for_staff(protocol, one, bound),
        _ => false,
    }
}

/// The card before a phase that cannot be entered, or of one that was stopped. No sentence says why before a key asks.
pub(super) fn gate_card<'a>(
    scene: &Scene<'a>,
    place: usize,
    phase: &'a Phase,
    gates: &[usize],
    reasons: Reasons,
) -> Card {
    let keys = gate_keys(scene.protocol, place, gates, &scene.view.state.seen.off, reasons);
    let options = gate_options(scene, keys);
    let text = match reasons {
        Reasons::Told => closed_words(scene, phase, gates),
        Reasons::Untold => vec![scene.say(Say::WhyOnKey).to_owned()],
    };
    Card { ask: scene.say(Say::NotNow).to_owned(), text, options, ..Card::default() }
}

/// The card at the end of a phase.
pub(super) fn pause_card<'a>(scene: &Scene<'a>, place: usize, phase: &'a Phase) -> Card {
    let asks = phase.pause.as_ref().map_or("", |pause| scene.text(pause));
    let next = next_phase(scene.protocol, scene, place)
        .map_or_else(String::new, |(_, next)| format!(": {}", scene.text(&next.title)));
    let open = open_in(scene, phase);
    let mut foot = Vec::new();
    if !open.is_empty() {
        foot.push(scene.told(&Told::OpenCount { all: open.len(), required: required(scene, &open) }));
    }
    Card {
        in_sight: vec![scene.say(Say::PauseTitle).to_owned()],
        ask: asks.to_owned(),
        options: vec![Choosable::new(1, &format!("{}{next}", scene.say(Say::ToNextPhase)))],
        lines: Vec::new(),
        foot,
        ..Card::default()
    }
}

/// What a phase has open, deferred or half done.
fn open_in<'a>(scene: &Scene<'a>, phase: &Phase) -> Vec<&'a Step> {
    scene
        .protocol
        .steps
        .get(phase.steps())
        .unwrap_or_default()
        .iter()
        .filter(|step| scene.standing(step).is_open() && step.kind != crate::protocol::Kind::Guidance)
        .collect()
}

fn required(scene: &Scene, open: &[&Step]) -> usize {
    open.iter().filter(|step| scene.view.state.seen.due.contains(&step.id)).count()
}

/// The next phase that has anything to do, as the machine would enter it.
pub(super) fn next_phase<'a>(
    protocol: &'a Protocol,
    scene: &Scene<'a>,
    place: usize,
) -> Option<(usize, &'a Phase)> {
    let to_do = |phase: &&Phase| {
        let steps = protocol.steps.get(phase.steps()).unwrap_or_default();
        steps.iter().any(|step| scene.standing(step).stops_here())
    };
    protocol.phases.iter().enumerate().skip(place + 1).find(|(_, phase)| to_do(phase))
}

/// The card that proposes a response.
pub(super) fn proposal_card<'a>(scene: &Scene<'a>, response: &'a Response) -> Card {
    Card {
        in_sight: vec![scene.say(Say::Proposed).to_owned()],
        ask: scene.response(response).to_owned(),
        options: vec![
            Choosable::new(1, scene.say(Say::TakeIt)),
            Choosable::new(2, scene.say(Say::NotTakeIt)),
        ],
        ..Card::default()
    }
}

/// One thing that is open: a step, or a reason without words.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum OpenItem<'a> {
    /// A step, and how it stands.
    Step(&'a Step, Standing),
    /// The event whose reason wants words.
    Words(u64),
}

/// Everything that is open: what a cover left to be asked, then what was put off or half done, since that is what is
/// looked for; then what is needed, then the rest.
pub(super) fn open_items<'a>(scene: &Scene<'a>) -> Vec<OpenItem<'a>> {
    let state = scene.view.state;
    let due = due_and_open(scene.protocol, state);
    let mut steps = open_steps(scene.protocol, state);
    steps.sort_by_key(|(step, standing)| {
        let (asked_by_cover, needed) = (matches!(step.home, Home::Response(_)), due.contains(&step.id));
        (!asked_by_cover, *standing == Standing::Open, !needed)
    });
    let words = open_wordless(state).into_iter().map(|(event, ..)| OpenItem::Words(event));
    steps.into_iter().map(|(step, standing)| OpenItem::Step(step, standing)).chain(words).collect()
}

/// What is open, as lines.
pub(super) fn open_lines(scene: &Scene) -> Vec<Marked> {
    let due = &scene.view.state.seen.due;
    open_items(scene)
        .into_iter()
        .map(|item| match item {
            OpenItem::Step(step, _) => {
                let (sign, style) = scene.mark(step);
                let needed = if due.contains(&step.id) { scene.say(Say::Required) } else { "" };
                Marked { sign, style, text: scene.ask(step, None).to_owned(), answer: needed.to_owned() }
            }
            OpenItem::Words(event) => {
                let reason = scene.view.state.record.wordless.get(&event);
                let text =
                    reason.map_or_else(String::new, |(_, reason)| scene.told(&Told::Wordless(reason.code)));
                Marked { sign: "✎", style: scene.ink.later(), text, answer: String::new() }
            }
        })
        .collect()
}

/// What leaving is: of practice nothing waits for later.
pub(super) fn leaving(scene: &Scene) -> Say {
    if scene.view.state.is_practice() { Say::ToStartScreen } else { Say::LeaveForLater }
}

/// The card after the last step.
pub(super) fn end_card(scene: &Scene, line: usize) -> Card {
    let lines = open_lines(scene);
    let due = due_and_open(scene.protocol, scene.view.state).len();
    let text = if lines.is_empty() {
        scene.say(Say::NothingOpen).to_owned()
    } else {
        scene.told(&Told::OpenCount { all: lines.len(), required: due })
    };
    Card {
        ask: scene.say(Say::EndTitle).to_owned(),
        text: vec![text],
        options: vec![
            // What cannot be taken back is never the digit that a hand finds first.
            Choosable::new(1, scene.say(leaving(scene))),
            Choosable::new(2, scene.say(Say::CloseSession)),
        ],
        line: (!lines.is_empty()).then(|| line.min(lines.len() - 1)),
        lines,
        ..Card::default()
    }
}

/// The card of a closed session.
pub(super) fn closed_card(scene: &Scene) -> Card {
    let keeping = scene.view.keeping;
    let what = if keeping.nothing_is_kept {
        Say::ClosedPractice
    } else if keeping.saved >= scene.view.state.record.events {
        Say::ClosedText
    } else if keeping.trouble.is_some() {
        Say::NotKept
    } else {
        Say::BeingKept
    };
    let mut text = vec![scene.say(what).to_owned()];
    if let Some(head) = &scene.view.keeping.head {
        text.push(format!("{} {head}", scene.say(Say::HeadLine)));
    }
    Card {
        ask: scene.say(Say::ClosedTitle).to_owned(),
        text,
        options: vec![Choosable::new(1, scene.say(Say::ToStart))],
        ..Card::default()
    }
}
