//! Where the checklist stands, as the screen shows it: the machine's place, or the step that is looked at.

use crate::machine::{Place, closed_gates, gates_before, listed_steps, neighbour};
use crate::protocol::{Home, Phase, Protocol, Response, Step};
use crate::text::{PhaseId, StepId};

use super::view::View;

/// What stands in the middle of the screen.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Here<'a> {
    /// A step.
    Step(&'a Step),
    /// A step that is looked at behind gates, by their places, that let nothing be done with it; and its phase.
    Shut(&'a Step, usize, Vec<usize>),
    /// The end of a phase, by its place.
    Pause(usize, &'a Phase),
    /// Before a phase whose gates, by their places, do not hold.
    Gate(usize, &'a Phase, Vec<usize>),
    /// In a phase that such gates have stopped.
    Stopped(usize, &'a Phase, Vec<usize>),
    /// A response is proposed.
    Proposal(&'a Response),
    /// After the last step.
    End,
    /// The session is closed.
    Closed,
    /// There is no protocol or no session.
    Nowhere,
}

/// What stands in the middle of the screen; `looking`: the step that is looked at; `tried`: the phase that could not be
/// entered from the pause before it.
pub(super) fn here<'a>(view: &View<'a>, looking: Option<&StepId>, tried: Option<&PhaseId>) -> Here<'a> {
    let Some(protocol) = view.protocol else { return Here::Nowhere };
    let record = &view.state.record;
    if record.closed {
        return Here::Closed;
    }
    if let Some(step) = looking.and_then(|id| protocol.step_by_id(id)) {
        return looked_at(protocol, view, step);
    }
    if let Some((_, response)) = record.proposed.as_ref().and_then(|id| protocol.response(id)) {
        return Here::Proposal(response);
    }
    match &record.place {
        Place::Step(id) => {
            let Some(step) = protocol.step_by_id(id) else { return Here::Nowhere };
            match (step.home, record.fallen.is_empty()) {
                (Home::Phase { phase, .. }, false) => stopped(protocol, view, phase, step),
                _ => Here::Step(step),
            }
        }
        Place::Pause(id) => {
            let closed = tried
                .and_then(|id| protocol.phase(id))
                .map(|(place, phase)| Here::Gate(place, phase, closed_gates(protocol, view.state, place)));
            let closed = closed.filter(|here| !matches!(here, Here::Gate(_, _, gates) if gates.is_empty()));
            let pause = || protocol.phase(id).map(|(place, phase)| Here::Pause(place, phase));
            closed.or_else(pause).unwrap_or(Here::Nowhere)
        }
        Place::Gate(id) => protocol.phase(id).map_or(Here::Nowhere, |(place, phase)| {
            Here::Gate(place, phase, closed_gates(protocol, view.state, place))
        }),
        Place::End => Here::End,
        Place::Nowhere => Here::Nowhere,
    }
}

fn looked_at<'a>(protocol: &'a Protocol, view: &View<'a>, step: &'a Step) -> Here<'a> {
    let gates = protocol.find(&step.id).map(|index| gates_before(protocol, view.state, index));
    match (step.home, gates) {
        (Home::Phase { phase, .. }, Some(gates)) if !gates.is_empty() => Here::Shut(step, phase, gates),
        _ => Here::Step(step),
    }
}

fn stopped<'a>(protocol: &'a Protocol, view: &View<'a>, phase: usize, step: &'a Step) -> Here<'a> {
    match protocol.phases.get(phase) {
        Some(running) if view.state.record.phase.as_ref() == Some(&running.id) => {
            Here::Stopped(phase, running, view.state.record.fallen.clone())
        }
        _ => Here::Step(step),
    }
}

impl<'a> Here<'a> {
    /// The step in the middle, if it is one.
    pub fn step(&self) -> Option<&'a Step> {
        match self {
            Self::Step(step) | Self::Shut(step, ..) => Some(step),
            _ => None,
        }
    }

    /// The place of the phase that the list shows.
    pub fn phase(&self, view: &View<'a>) -> Option<usize> {
        let protocol = view.protocol?;
        let of_step = |id: &StepId| match protocol.step_by_id(id)?.home {
            Home::Phase { phase, .. } => Some(phase),
            Home::Response(_) => None,
        };
        let running = || {
            let running = view.state.record.phase.as_ref()?;
            protocol.phase(running).map(|(place, _)| place)
        };
        match self {
            Self::Step(step) => of_step(&step.id).or_else(running),
            Self::Pause(place, _)
            | Self::Gate(place, ..)
            | Self::Stopped(place, ..)
            | Self::Shut(_, place, _) => Some(*place),
            Self::Proposal(_) | Self::Nowhere => running(),
            Self::End | Self::Closed => None,
        }
    }
}

/// The step before (`-1`) or after (`1`) what is shown; none: there is none, or it is the one where the list stands.
pub(super) fn look_on(view: &View, here: &Here, by: isize) -> Option<StepId> {
    let protocol = view.protocol?;
    let state = view.state;
    let applies = |step: &&Step| !state.seen.off.contains(&step.id);
    match here {
        Here::Step(step) | Here::Shut(step, ..) => match step.home {
            Home::Response(place) if in_open_response(view, place) => {
                let steps = protocol.steps.get(protocol.responses.get(place)?.steps.clone())?;
                let listed: Vec<&Step> = steps.iter().filter(applies).collect();
                let at = listed.iter().position(|listed| listed.id == step.id)?;
                Some(listed.get(at.checked_add_signed(by)?)?.id.clone())
            }
            _ => neighbour(protocol, state, &step.id, by),
        },
        Here::Stopped(..) => match &state.record.place {
            Place::Step(id) => neighbour(protocol, state, id, by).or_else(|| Some(id.clone())),
            _ => None,
        },
        Here::Pause(place, _) | Here::Gate(place, ..) if by < 0 => {
            // Before a gate the last step of the phases before it, at a pause the last of its own.
            let until = if matches!(here, Here::Gate(..)) { *place } else { place + 1 };
            let end = protocol.phases.get(until).map_or_else(
                || protocol.phases.last().map_or(0, |last| last.steps().end),
                |next| next.steps().start,
            );
            protocol.steps.get(..end)?.iter().rev().find(applies).map(|step| step.id.clone())
        }
        _ => None,
    }
}

/// Whether a response, by its place, is the innermost open one.
pub(super) fn in_open_response(view: &View, place: usize) -> bool {
    let open = view.state.record.asides.last().map(|aside| &aside.response);
    view.protocol.and_then(|protocol| protocol.responses.get(place)).map(|response| &response.id) == open
}

/// One line of the list of steps.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Item<'a> {
    /// The title of a group, by its wording.
    Group(&'a crate::protocol::Wording),
    /// The title of a response.
    Response(&'a Response),
    /// A step.
    Step(&'a Step),
    /// A response that waits until the open one is over.
    Waits(&'a Response),
}

/// The lines of the list beside what is shown: the open response's steps and what waits for its end, or those of the phase with what a cover left
/// to be asked before them.
pub(super) fn items<'a>(view: &View<'a>, here: &Here<'a>) -> Vec<Item<'a>> {
    let Some(protocol) = view.protocol else { return Vec::new() };
    let state = view.state;
    let applies = |step: &&Step| !state.seen.off.contains(&step.id);
    if let Some((_, response)) =
        state.record.asides.last().and_then(|aside| protocol.response(&aside.response))
    {
        let steps = protocol.steps.get(response.steps.clone()).unwrap_or_default();
        let waits = state.record.waiting.iter().filter_map(|id| protocol.response(id));
        return std::iter::once(Item::Response(response))
            .chain(steps.iter().filter(applies).map(Item::Step))
            .chain(waits.map(|(_, waits)| Item::Waits(waits)))
            .collect();
    }
    let mut items = Vec::new();
    if state.record.cover_asks
        && let Some(covering) = protocol.covering()
    {
        let asked: Vec<&Step> = listed_steps(protocol, state)
            .into_iter()
            .filter(|step| matches!(step.home, Home::Response(_)))
            .filter(applies)
            .collect();
        if asked.iter().any(|step| crate::machine::standing(protocol, state, step).is_open()) {
            items.push(Item::Response(covering));
            items.extend(asked.into_iter().map(Item::Step));
        }
    }
    let phase = here.phase(view).and_then(|place| protocol.phases.get(place));
    for group in phase.into_iter().flat_map(|phase| &phase.groups) {
        items.extend(group.title.as_ref().map(Item::Group));
        let steps = protocol.steps.get(group.steps.clone()).unwrap_or_default();
        items.extend(steps.iter().map(Item::Step));
    }
    items
}
