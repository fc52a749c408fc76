//! The two lines at the top: the phases with their progress, and the rule with the clocks at its right.

use chrono::Timelike;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::machine::{Outcome, Standing, Value, closed_gates};
use crate::protocol::{Kind, Phase, Response, Role, Step};
use crate::text::{StepId, cut, width};

use super::here::Here;
use super::moment;
use super::put::{put, put_rule, put_text};
use super::scene::{Kept, Scene};

/// How much of each phase stands in the bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Names {
    /// All titles.
    All,
    /// All titles, closer together.
    Close,
    /// The titles cut to so many columns, but for the one where the list stands.
    Cut(usize),
    /// The numbers, but for the one where the list stands.
    Numbers,
    /// Only the one where the list stands.
    One,
}

/// Whether a phase is the one where the list stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Present {
    Yes,
    No,
}

/// The phases across the top.
pub(super) fn phases(scene: &Scene, here: &Here, area: Rect, buffer: &mut Buffer) {
    let columns = usize::from(area.width);
    // While she may see it, only the title of the present phase is written out.
    let forms: &[Names] = if scene.is_shy() {
        &[Names::Numbers, Names::One]
    } else {
        &[Names::All, Names::Close, Names::Cut(9), Names::Numbers, Names::One]
    };
    let present = here.phase(&scene.view);
    let signs: Vec<(String, Style)> = (scene.protocol.phases.iter().enumerate())
        .map(|(place, phase)| progress(scene, place, phase, is_present(present, place)))
        .collect();
    let line = forms
        .iter()
        .map(|names| bar(scene, present, &signs, *names))
        .find(|line| line.width() <= columns)
        .unwrap_or_else(|| {
            let line = bar(scene, present, &signs, Names::One);
            Line::styled(cut(&line.to_string(), columns), scene.ink.current())
        });
    put(std::iter::once(&line), area, buffer);
}

fn is_present(present: Option<usize>, place: usize) -> Present {
    if present == Some(place) { Present::Yes } else { Present::No }
}

fn bar(scene: &Scene, present: Option<usize>, signs: &[(String, Style)], names: Names) -> Line<'static> {
    let phases = &scene.protocol.phases;
    let mut spans = Vec::new();
    for (place, (phase, (sign, style))) in phases.iter().zip(signs).enumerate() {
        let is_present = present == Some(place);
        if names == Names::One && !is_present {
            continue;
        }
        let style = if is_present { scene.ink.current() } else { *style };
        let title = scene.text(&phase.title);
        let number = place + 1;
        let gap = if matches!(names, Names::Close | Names::Cut(_)) || place == 0 { " " } else { "  " };
        let (text, between) = match names {
            Names::One => (format!("{number}/{} {title}", phases.len()), " "),
            Names::Numbers if !is_present => (number.to_string(), ""),
            Names::Cut(most) if !is_present => (format!("{number} {}", cut(title, most)), " "),
            Names::All | Names::Close | Names::Cut(_) | Names::Numbers => (format!("{number} {title}"), " "),
        };
        spans.push(Span::raw(gap));
        spans.push(Span::styled(text, style));
        if !sign.is_empty() {
            spans.push(Span::styled(format!("{between}{sign}"), style));
        }
    }
    Line::from(spans)
}

/// The sign of a phase: done, how far, closed, or not part of it.
pub(super) fn progress(scene: &Scene, place: usize, phase: &Phase, present: Present) -> (String, Style) {
    let ink = scene.ink;
    let steps = scene.protocol.steps.get(phase.steps()).unwrap_or_default();
    let standings = steps.iter().map(|step| (step, scene.standing(step)));
    let (mut all, mut done, mut open) = (0, 0, 0);
    for (step, standing) in standings.filter(|(_, standing)| *standing != Standing::NotApplicable) {
        all += 1;
        if !standing.is_open() && scene.kept(&step.id) == Kept::OnDisk {
            done += 1;
        }
        if standing == Standing::Open {
            open += 1;
        }
    }
    let entered = scene.view.state.record.entered.contains_key(&phase.id);
    if all == 0 {
        return ("–".to_owned(), ink.dim());
    }
    if done == all {
        return ("✓".to_owned(), ink.done());
    }
    let closed = !entered && !closed_gates(scene.protocol, scene.view.state, place).is_empty();
    if present == Present::Yes {
        // One can look into a part that is closed; that it is, stays in sight.
        return (format!("{done}/{all}{}", if closed { " ⌂" } else { "" }), ink.current());
    }
    if entered {
        let sign = if open > 0 { "○" } else { "◐" };
        return (sign.to_owned(), ink.later());
    }
    if closed {
        return ("⌂".to_owned(), ink.dim());
    }
    (String::new(), ink.dim())
}

/// In the place of the phases while first aid is given: what it is called, and a mark for each of its steps.
pub(super) fn first_aid(scene: &Scene, here: &Here, response: &Response, area: Rect, buffer: &mut Buffer) {
    let name = cut(scene.response(response), usize::from(area.width) / 2);
    let mut spans = vec![Span::styled(format!(" {name}  "), scene.ink.title())];
    let steps = scene.protocol.steps.get(response.steps.clone()).unwrap_or_default();
    for step in steps.iter().filter(|step| !scene.view.state.seen.off.contains(&step.id)) {
        let (sign, style) = match scene.mark(step) {
            ("○", _) if here.step().is_some_and(|shown| shown.id == step.id) => ("●", scene.ink.current()),
            mark => mark,
        };
        spans.push(Span::styled(format!(" {sign}"), style));
    }
    put(std::iter::once(&Line::from(spans)), area, buffer);
}

/// The rule under them: what stays in sight at its left, the clocks at its right.
pub(super) fn rule(scene: &Scene, area: Rect, buffer: &mut Buffer) {
    let area = area.intersection(buffer.area);
    if area.is_empty() {
        return;
    }
    put_rule(area, scene.ink.dim(), buffer);
    let clocks = clocks(scene);
    let wide = u16::try_from(clocks.width() + 1).unwrap_or(u16::MAX);
    if wide <= area.width {
        let place = Rect { x: area.right() - wide, width: wide, ..area };
        put_text(" ", (place.x, place.y), place.right(), Style::new(), buffer);
        put(std::iter::once(&clocks), Rect { x: place.x + 1, width: wide - 1, ..place }, buffer);
    }
    let waiting = scene.waiting().map(|waits| format!("◐ {}", scene.response_hint(waits)));
    let signs = waiting.chain(signs(scene).into_iter().map(str::to_owned)).collect::<Vec<_>>().join(" · ");
    let room = usize::from(area.width).saturating_sub(usize::from(wide) + 6);
    if !signs.is_empty() && room > 2 {
        let text = format!(" {} ", cut(&signs, room));
        put_text(&text, (area.x + 2, area.y), area.right(), scene.ink.later(), buffer);
    }
}

/// The elapsed time and the check-in's time, each with its mark.
pub(super) fn clocks(scene: &Scene) -> Line<'static> {
    let ink = scene.ink;
    let record = &scene.view.state.record;
    let elapsed = record.clock.elapsed(scene.view.now.run);
    let sign = if record.clock.stopped {
        "‖ "
    } else if is_over(scene, elapsed) {
        "+ "
    } else {
        ""
    };
    let mut spans = vec![Span::styled(
        format!("{sign}{}", moment::length(elapsed)),
        if sign.is_empty() { ink.plain() } else { ink.later() },
    )];
    if let Some((time, mark, style)) = check_in(scene) {
        spans.push(Span::styled(format!("   {time} {mark}"), style));
    }
    spans.push(Span::raw(" "));
    Line::from(spans)
}

/// Whether the phase takes longer than it may.
fn is_over(scene: &Scene, elapsed: u64) -> bool {
    let record = &scene.view.state.record;
    let Some((_, phase)) = record.phase.as_ref().and_then(|id| scene.protocol.phase(id)) else {
        return false;
    };
    let Some(entered) = record.entered.get(&phase.id) else { return false };
    phase.minutes.is_some_and(|minutes| elapsed.saturating_sub(*entered) > u64::from(minutes) * 60_000)
}

/// The check-in's step.
pub(super) fn check_in_step<'a>(scene: &Scene<'a>) -> Option<&'a Step> {
    scene.protocol.steps.iter().find(|step| step.role == Some(Role::CheckIn) && step.kind == Kind::Deadline)
}

/// Half a day, in milliseconds.
const HALF_A_DAY: u64 = 12 * 3_600_000;

/// The check-in's time and its mark: `·` to come, `!` past, `✓` met once that is on disk; nothing where it is not set.
pub(super) fn check_in(scene: &Scene) -> Option<(String, &'static str, Style)> {
    let step = check_in_step(scene)?;
    let deadline = scene.view.state.record.deadlines.get(&step.id)?;
    // Around midnight too it is a bare time: a day beside it would be words. Further away the day is needed.
    let now = scene.view.now;
    let near = deadline.at.abs_diff(now.wall) < HALF_A_DAY;
    let time = match moment::local(deadline.at, now.zone) {
        Some(there) if near => format!("{}:{:02}", there.hour(), there.minute()),
        _ => moment::clock(scene.view.language, deadline.at, now),
    };
    Some(if deadline.met && scene.kept(&step.id) == Kept::OnDisk {
        (time, "✓", scene.ink.dim())
    } else if deadline.at <= scene.view.now.wall {
        (time, "!", scene.ink.later())
    } else {
        (time, "·", scene.ink.plain())
    })
}

/// The signs of what was chosen in steps that stay in sight.
fn signs<'a>(scene: &Scene<'a>) -> Vec<&'a str> {
    let mut signs = Vec::new();
    for (_, step) in scene.protocol.phase_steps().filter(|(_, step)| step.stays) {
        let (Kind::Choice(options) | Kind::Choices(options)) = &step.kind else { continue };
        for option in options.iter().filter(|option| is_chosen(scene, &step.id, option)) {
            signs.extend(option.sign.as_ref().map(|sign| scene.text(sign)));
        }
    }
    signs.retain(|sign| width(sign) > 0);
    signs
}

fn is_chosen(scene: &Scene, step: &StepId, option: &crate::protocol::Choice) -> bool {
    if scene.view.state.seen.off.contains(step) {
        return false;
    }
    match scene.view.state.seen.outcomes.get(step) {
        Some(Outcome::Answered(Value::Option(id))) => *id == option.id,
        Some(Outcome::Answered(Value::Options(ids))) => ids.contains(&option.id),
        _ => false,
    }
}
