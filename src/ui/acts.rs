//! What each action of the table of keys does to the checklist: a wish for the desk, or a change of what is shown.

use std::collections::BTreeSet;

use crate::machine::{Command, Heard, Place, Reason, ReasonCode, Standing, Value};
use crate::protocol::{Ending, Home, Kind, Protocol, Step};
use crate::text::{Line, Prose, StaffNumber, StepId};
use crate::words::Say;

use super::checklist::{Checklist, Draft, Noticed};
use super::field::{Field, Typed};
use super::gate::{JOIN, OVERRIDE, OpenItem, Reasons, gate_keys, keys_to_open, next_phase, open_items};
use super::header;
use super::here::{Here, look_on};
use super::kept::{DEADLINE_MOST, field_for, given, kept, number_field};
use super::key::Key;
use super::keys::{Action, digit};
use super::moment;
use super::panel::{self, NOW_KEYS, NOW_PAGE, NOW_PAUSE, Problem, ReasonFor, Top, What};
use super::rows::rows;
use super::scene::Scene;
use super::step_card::{DAYS, SOON, digits_of};
use super::view::View;
use super::wish::Wish;

/// The most characters of a search.
const FIND_MOST: usize = 40;

impl Checklist {
    /// Does it.
    pub(super) fn act(&mut self, action: Action, key: Key, view: &View) -> Vec<Wish> {
        match action {
            Action::Digit => digit(key).map_or_else(Vec::new, |digit| self.digit(digit, view)),
            Action::Tick => self.tick_check(view),
            Action::Enter => self.enter(view),
            Action::Edit => self.edit(key, view),
            Action::Up => self.up_or_down(-1, view),
            Action::Down => self.up_or_down(1, view),
            Action::PageUp => self.scroll(-1, view),
            Action::PageDown => self.scroll(1, view),
            Action::Back => self.back(),
            Action::Later => self.on_step(view, |step| Command::Defer { step }),
            Action::Decline => self.on_step(view, |step| Command::Decline { step }),
            Action::Skip => {
                if let Here::Step(step) = self.here(view) {
                    self.open(Top::Reason(ReasonFor::Skip(step.id.clone())));
                }
                Vec::new()
            }
            Action::AddRow => {
                if let Here::Step(step) = self.here(view) {
                    self.write(Field::new(Line::MOST.min(80)), What::Row(step.id.clone()));
                }
                Vec::new()
            }
            Action::Undo => vec![Wish::Do(Command::Undo)],
            Action::Why => self.why(view),
            Action::Note => self.opened_field(Field::new(Prose::MOST), What::Note),
            Action::Open => self.opened(Top::Open { line: 0 }),
            Action::GoTo => {
                let line = self.here(view).phase(view).unwrap_or(0);
                self.opened(Top::GoTo { phase: None, line })
            }
            Action::Find => self.opened(Top::Find { field: Field::new(FIND_MOST), line: 0 }),
            Action::CheckIn => self.opened(Top::CheckIn),
            Action::Leave => self.opened(Top::Leave),
            Action::Now => self.opened(Top::Now),
            Action::Languages => self.opened(Top::Languages),
            Action::Help => self.opened(Top::Help { from: 0 }),
            Action::SaveElsewhere => vec![Wish::SaveElsewhere],
            Action::Respond => self.respond(key, view),
            Action::Shy => {
                self.turn_shy(view);
                Vec::new()
            }
            Action::Hide | Action::Wake | Action::Session(_) | Action::Review(_) => Vec::new(),
        }
    }

    /// Leaves for the start screen. Where something could not be saved it is asked first, since it would be lost.
    fn leave(&mut self, view: &View) -> Vec<Wish> {
        if view.keeping.trouble.is_some() {
            return self.opened(Top::Lose);
        }
        vec![Wish::LeaveSession]
    }

    fn opened(&mut self, top: Top) -> Vec<Wish> {
        self.open(top);
        Vec::new()
    }

    fn opened_field(&mut self, field: Field, what: What) -> Vec<Wish> {
        self.write(field, what);
        Vec::new()
    }

    fn on_step(&mut self, view: &View, command: impl Fn(StepId) -> Command) -> Vec<Wish> {
        match self.here(view) {
            Here::Step(step) => vec![Wish::Do(command(step.id.clone()))],
            _ => Vec::new(),
        }
    }

    fn why(&mut self, view: &View) -> Vec<Wish> {
        match self.here(view) {
            Here::Gate(..) | Here::Stopped(..) => self.reasons = Reasons::Told,
            Here::Shut(..)
                if self.scene(view).is_some_and(|scene| self.gate_reasons(&scene) == Reasons::Untold) =>
            {
                self.reasons = Reasons::Told;
            }
            _ => self.open(Top::Why { from: 0 }),
        }
        Vec::new()
    }

    fn respond(&mut self, key: Key, view: &View) -> Vec<Wish> {
        let Key::F(f) = key else { return Vec::new() };
        let Some(scene) = self.scene(view) else { return Vec::new() };
        let wishes = raise(&scene, f);
        // A panel closes, whatever it asked; a field waits under the response with what stands in it.
        let is_field = |top: &Top| matches!(top, Top::Writing { .. } | Top::Find { .. });
        self.level_mut().tops.retain(is_field);
        wishes
    }

    fn back(&mut self) -> Vec<Wish> {
        self.scrolled = None;
        let level = self.level_mut();
        match level.tops.last_mut() {
            Some(Top::GoTo { phase, line }) if phase.is_some() => {
                *line = phase.take().unwrap_or(0);
            }
            Some(_) => {
                level.tops.pop();
            }
            None => {
                if level.looking.take().is_none() {
                    level.tried = None;
                }
                level.draft = None;
            }
        }
        Vec::new()
    }

    fn scroll(&mut self, by: isize, view: &View) -> Vec<Wish> {
        let reach = self.reach(view, 0);
        // Never further than what is in sight, so that no line is passed over.
        let page = usize::from(view.size.height / 3).min(reach.room).max(1);
        let scrolled = |from: usize| {
            let moved = if by < 0 { from.saturating_sub(page) } else { from.saturating_add(page) };
            moved.min(reach.most)
        };
        match self.level_mut().tops.last_mut() {
            Some(Top::Help { from } | Top::Why { from }) => *from = scrolled(*from),
            _ => self.scrolled = Some(scrolled(self.scrolled.unwrap_or(reach.start))),
        }
        Vec::new()
    }

    fn up_or_down(&mut self, by: isize, view: &View) -> Vec<Wish> {
        self.scrolled = None;
        let Some(scene) = self.scene(view) else { return Vec::new() };
        let here = self.here(view);
        if let Some(top) = self.level().tops.last() {
            let lines = panel::list_of(&scene, top).map_or(0, |(_, lines, _)| lines.len());
            if let Some(Top::Open { line } | Top::GoTo { line, .. } | Top::Find { line, .. }) =
                self.level_mut().tops.last_mut()
            {
                *line = moved(*line, by, lines);
            }
            return Vec::new();
        }
        match here {
            Here::End => {
                let lines = open_items(&scene).len();
                let line = moved(self.level().line, by, lines);
                self.level_mut().line = line;
            }
            Here::Step(step) if matches!(step.kind, Kind::List { .. }) && !scene.hides(step) => {
                let draft = self.draft(&scene, step);
                let lines = rows(&scene, step).len();
                let row = draft.row.saturating_add_signed(by);
                // Beyond the first and the last line lie the other steps.
                if row < lines && (by > 0 || draft.row > 0) {
                    self.level_mut().draft = Some(Draft { row, ..draft });
                } else {
                    self.look(look_on(view, &here, by), view);
                }
            }
            _ => self.look(look_on(view, &here, by), view),
        }
        Vec::new()
    }

    /// Looks at a step, or at where the checklist stands.
    fn look(&mut self, step: Option<StepId>, view: &View) {
        let Some(step) = step else { return };
        self.scrolled = None;
        if self.is_shut(view) {
            // What was asked of one closed part is not told of the next.
            self.reasons = Reasons::Untold;
        }
        let level = self.level_mut();
        level.draft = None;
        level.looking = Some(step);
        self.revealed = None;
        self.match_state(view);
    }

    fn tick_check(&mut self, view: &View) -> Vec<Wish> {
        let Some(scene) = self.scene(view) else { return Vec::new() };
        let Here::Step(step) = self.here(view) else { return Vec::new() };
        if scene.standing(step) == Standing::Answered {
            return vec![Wish::Do(Command::Clear { step: step.id.clone() })];
        }
        answer(&scene, step, Value::Done)
    }

    fn enter(&mut self, view: &View) -> Vec<Wish> {
        if let Some(top) = self.level().tops.last().cloned() {
            return self.enter_top(&top, view);
        }
        let Some(scene) = self.scene(view) else { return Vec::new() };
        let here = self.here(view);
        let Here::Step(step) = here else {
            if here == Here::End {
                let line = self.level().line;
                let items = open_items(&scene);
                let item = items.get(line.min(items.len().saturating_sub(1)));
                let item = item.map(going_to);
                return self.go_to(item, view);
            }
            return Vec::new();
        };
        match &step.kind {
            Kind::Guidance => vec![Wish::Do(Command::Read { step: step.id.clone() })],
            Kind::Choices(_) => {
                let chosen = self.draft(&scene, step).chosen;
                if chosen.is_empty() { Vec::new() } else { answer(&scene, step, Value::Options(chosen)) }
            }
            Kind::Number { .. } | Kind::Scale(_) | Kind::Text { .. } | Kind::Date | Kind::Deadline => {
                let (field, what) = field_for(&scene, step);
                self.opened_field(field, what)
            }
            _ => Vec::new(),
        }
    }

    fn enter_top(&mut self, top: &Top, view: &View) -> Vec<Wish> {
        let Some(scene) = self.scene(view) else { return Vec::new() };
        match top {
            Top::Open { line } => {
                let items = open_items(&scene);
                let going = items.get(*line).map(going_to);
                self.level_mut().tops.pop();
                self.go_to(going, view)
            }
            Top::GoTo { phase: None, line } => {
                let place = *line;
                if let Some(Top::GoTo { phase, line }) = self.level_mut().tops.last_mut() {
                    *phase = Some(place);
                    *line = 0;
                }
                Vec::new()
            }
            Top::GoTo { phase: Some(place), line } => {
                let step = panel::steps_of_phase(&scene, *place).get(*line).map(|step| step.id.clone());
                self.level_mut().tops.pop();
                self.look(step, view);
                Vec::new()
            }
            Top::Find { field, line } => {
                let step = panel::found(&scene, field.text()).get(*line).map(|step| step.id.clone());
                self.level_mut().tops.pop();
                self.look(step, view);
                Vec::new()
            }
            Top::Writing { field, what, problem } => self.keep(field, what, problem.as_ref(), view),
            _ => Vec::new(),
        }
    }

    fn go_to(&mut self, going: Option<Going>, view: &View) -> Vec<Wish> {
        match going {
            Some(Going::Step(step)) => self.look(Some(step), view),
            Some(Going::Words(event)) => self.write(Field::new(Line::MOST), What::Words(event)),
            None => {}
        }
        Vec::new()
    }

    fn edit(&mut self, key: Key, view: &View) -> Vec<Wish> {
        let typed = match self.level_mut().tops.last_mut() {
            Some(Top::Writing { field, problem, .. }) => {
                *problem = None;
                field.press(key)
            }
            Some(Top::Find { field, line }) => {
                *line = 0;
                field.press(key)
            }
            _ => Typed::NotMine,
        };
        if typed == Typed::Closed {
            self.level_mut().tops.pop();
            self.match_state(view);
        }
        Vec::new()
    }

    /// Keeps what stands in a field, or says what is wrong with it and leaves the field open.
    fn keep(&mut self, field: &Field, what: &What, asked: Option<&Problem>, view: &View) -> Vec<Wish> {
        let Some(scene) = self.scene(view) else { return Vec::new() };
        match kept(&scene, field.text(), what, asked) {
            Ok(wishes) => {
                self.level_mut().tops.pop();
                if wishes.is_empty() {
                    self.say(Noticed::Says(Say::NothingKept), view);
                }
                wishes
            }
            Err(wrong) => {
                if let Some(Top::Writing { problem, .. }) = self.level_mut().tops.last_mut() {
                    *problem = Some(wrong);
                }
                Vec::new()
            }
        }
    }

    fn digit(&mut self, digit: u8, view: &View) -> Vec<Wish> {
        if let Some(top) = self.level().tops.last().cloned() {
            return self.digit_in(&top, digit, view);
        }
        self.scrolled = None;
        let Some(scene) = self.scene(view) else { return Vec::new() };
        let phase_of = |phase: &crate::protocol::Phase| phase.id.clone();
        match self.here(view) {
            Here::Step(step) => self.digit_on(step, digit, view).unwrap_or_default(),
            Here::Shut(_, place, gates) => {
                let keys = keys_to_open(&scene, place, &gates, self.gate_reasons(&scene));
                if digit == JOIN {
                    self.write(Field::new(StaffNumber::MOST), What::Colleague);
                } else {
                    let step = usize::from(digit).checked_sub(1).and_then(|place| keys.steps.get(place));
                    self.look(step.map(|step| step.id.clone()), view);
                }
                Vec::new()
            }
            Here::Pause(place, phase) => {
                let next = next_phase(scene.protocol, &scene, place).map_or(phase, |(_, next)| next);
                vec![Wish::Do(Command::Enter { phase: phase_of(next) })]
            }
            Here::Gate(place, phase, gates) | Here::Stopped(place, phase, gates) => {
                let reasons = self.gate_reasons(&scene);
                let keys = gate_keys(scene.protocol, place, &gates, &view.state.seen.off, reasons);
                match digit {
                    JOIN => self.write(Field::new(StaffNumber::MOST), What::Colleague),
                    OVERRIDE => self.open(Top::Reason(ReasonFor::Override(phase.id.clone()))),
                    _ => {
                        let step = keys.steps.get(usize::from(digit) - 1).map(|step| step.id.clone());
                        self.look(step, view);
                    }
                }
                Vec::new()
            }
            Here::Proposal(response) => vec![Wish::Do(match digit {
                1 => Command::Raise { response: response.id.clone() },
                _ => Command::LeaveProposal,
            })],
            Here::End => match digit {
                1 => self.leave(view),
                _ => vec![Wish::Do(Command::Close { reason: None })],
            },
            Here::Closed => self.leave(view),
            Here::Nowhere => Vec::new(),
        }
    }

    /// What a digit does on a step.
    fn digit_on(&mut self, step: &Step, digit: u8, view: &View) -> Option<Vec<Wish>> {
        let scene = self.scene(view)?;
        let place = usize::from(digit).checked_sub(1);
        let value = match &step.kind {
            Kind::Choice(options) => Value::Option(options.get(place?)?.id.clone()),
            Kind::Choices(_) if digit == 0 => Value::Options(BTreeSet::new()),
            Kind::Choices(options) => {
                let option = options.get(place?)?.id.clone();
                let mut draft = self.draft(&scene, step);
                if !draft.chosen.remove(&option) {
                    draft.chosen.insert(option);
                }
                self.level_mut().draft = Some(draft);
                return Some(Vec::new());
            }
            Kind::Scale(scale) if digits_of(scale).is_some() => Value::Number(i64::from(digit)),
            Kind::Scale(_) | Kind::Number { .. } => {
                let field = number_field(step).with(&digit.to_string());
                self.write(field, What::Number(step.id.clone()));
                return Some(Vec::new());
            }
            Kind::Date => match DAYS.get(place?) {
                Some((days, _)) => Value::Date(moment::in_days(view.now, *days)?),
                None => return Some(self.opened_field(Field::new(10), What::Day(step.id.clone()))),
            },
            Kind::Deadline => match SOON.get(place?) {
                Some((minutes, _)) => {
                    Value::Deadline { at: view.now.wall.saturating_add(minutes * 60_000), line: None }
                }
                None => {
                    return Some(self.opened_field(Field::new(DEADLINE_MOST), What::Time(step.id.clone())));
                }
            },
            Kind::Inform => Value::Heard(match digit {
                1 => Heard::Understood,
                2 => Heard::Back,
                _ => Heard::Declined,
            }),
            Kind::List { states, .. } => {
                let state = states.get(place?)?.id.clone();
                let draft = self.draft(&scene, step);
                let all = rows(&scene, step);
                let (key, ..) = all.get(draft.row)?;
                let (mut given, added) = given(&scene, step);
                given.insert(key.clone(), state);
                let next = (draft.row + 1..all.len())
                    .chain(0..draft.row)
                    .find(|row| all.get(*row).is_some_and(|(key, ..)| !given.contains_key(key)))
                    .unwrap_or(draft.row);
                let wishes = answer(&scene, step, Value::List { rows: given, added });
                self.level_mut().draft = Some(Draft { row: next, ..draft });
                return Some(wishes);
            }
            Kind::Check | Kind::Text { .. } | Kind::Guidance => return None,
        };
        Some(answer(&scene, step, value))
    }

    fn digit_in(&mut self, top: &Top, digit: u8, view: &View) -> Vec<Wish> {
        let Some(scene) = self.scene(view) else { return Vec::new() };
        match top {
            Top::GoTo { phase, .. } => self.go_to_digit(*phase, digit, view),
            Top::Now => {
                let wishes = match digit {
                    NOW_PAUSE if view.state.record.clock.stopped => vec![Wish::Do(Command::Continue)],
                    NOW_PAUSE => vec![Wish::Do(Command::Pause)],
                    NOW_PAGE => vec![Wish::Covered(crate::machine::CoveredBy::Key)],
                    _ => NOW_KEYS.get(usize::from(digit) - 1).map_or_else(Vec::new, |f| raise(&scene, *f)),
                };
                self.level_mut().tops.pop();
                wishes
            }
            Top::CheckIn => {
                let Some(step) = header::check_in_step(&scene).map(|step| step.id.clone()) else {
                    return Vec::new();
                };
                let later = |minutes| {
                    let at = panel::later_check_in(&scene, minutes);
                    let value = Value::Deadline { at, line: None };
                    vec![Wish::Do(Command::Answer { step: step.clone(), value, reason: None })]
                };
                let wishes = match digit {
                    1 => vec![Wish::Do(Command::Meet { step: step.clone() })],
                    2 => later(15),
                    3 => later(30),
                    _ => Vec::new(),
                };
                self.level_mut().tops.pop();
                if digit == 4 {
                    self.write(Field::new(DEADLINE_MOST), What::Time(step));
                }
                wishes
            }
            Top::Reason(what) => {
                let code = ReasonCode::ALL.get(usize::from(digit).wrapping_sub(1)).copied();
                let Some(code) = code else { return Vec::new() };
                self.level_mut().tops.pop();
                vec![Wish::Do(with_reason(what, Reason { code, words: None }))]
            }
            Top::Lose => {
                self.level_mut().tops.pop();
                match digit {
                    1 => vec![Wish::SaveElsewhere],
                    2 => vec![Wish::LeaveSession],
                    _ => Vec::new(),
                }
            }
            Top::Languages => match digit {
                1 => vec![Wish::NextLanguage],
                _ => vec![Wish::NextSaid],
            },
            Top::Leave => {
                self.level_mut().tops.pop();
                match digit {
                    1 => self.leave(view),
                    2 => vec![Wish::Do(Command::End { ending: Ending::Early, reason: None })],
                    _ => Vec::new(),
                }
            }
            _ => Vec::new(),
        }
    }

    fn go_to_digit(&mut self, phase: Option<usize>, digit: u8, view: &View) -> Vec<Wish> {
        let Some(scene) = self.scene(view) else { return Vec::new() };
        let Some(place) = usize::from(digit).checked_sub(1) else {
            self.level_mut().tops.pop();
            return vec![Wish::Do(Command::Return)];
        };
        let to = match phase {
            None => (Some(place), 0),
            Some(phase) => {
                let home = Home::Phase { phase, group: place };
                let steps = panel::steps_of_phase(&scene, phase);
                (Some(phase), steps.iter().position(|step| step.home == home).unwrap_or(0))
            }
        };
        if let Some(Top::GoTo { phase, line }) = self.level_mut().tops.last_mut() {
            (*phase, *line) = to;
        }
        Vec::new()
    }
}

fn moved(line: usize, by: isize, lines: usize) -> usize {
    line.saturating_add_signed(by).min(lines.saturating_sub(1))
}

/// Where an open item leads.
enum Going {
    Step(StepId),
    Words(u64),
}

fn going_to(item: &OpenItem) -> Going {
    match item {
        OpenItem::Step(step, _) => Going::Step(step.id.clone()),
        OpenItem::Words(event) => Going::Words(*event),
    }
}

fn raise(scene: &Scene, f: u8) -> Vec<Wish> {
    panel::response_on(scene, f)
        .map(|response| Wish::Do(Command::Raise { response: response.id.clone() }))
        .into_iter()
        .collect()
}

fn with_reason(what: &ReasonFor, reason: Reason) -> Command {
    match what {
        ReasonFor::Skip(step) => Command::Skip { step: step.clone(), reason },
        ReasonFor::Change(Command::Answer { step, value, .. }) => {
            Command::Answer { step: step.clone(), value: value.clone(), reason: Some(reason) }
        }
        ReasonFor::Change(other) => other.clone(),
        ReasonFor::Override(phase) => Command::Override { phase: phase.clone(), reason },
        ReasonFor::Close => Command::Close { reason: Some(reason) },
    }
}

/// The wishes that answer a step. An open step that is only looked at is gone to first, where it lies ahead, so that
/// the checklist moves on from there; what was passed over is answered from where the checklist stands.
pub(super) fn answer(scene: &Scene, step: &Step, value: Value) -> Vec<Wish> {
    let mut wishes = Vec::new();
    if goes_first(scene, step) {
        wishes.push(Wish::Do(Command::Go { step: step.id.clone() }));
    }
    wishes.push(Wish::Do(Command::Answer { step: step.id.clone(), value, reason: None }));
    wishes
}

fn goes_first(scene: &Scene, step: &Step) -> bool {
    let state = scene.view.state;
    if state.record.place == Place::Step(step.id.clone()) || !scene.standing(step).is_open() {
        return false;
    }
    if !state.record.fallen.is_empty() || state.record.proposed.is_some() {
        return false;
    }
    match step.home {
        Home::Response(place) => {
            super::here::in_open_response(&scene.view, place) || state.record.asides.is_empty()
        }
        Home::Phase { phase, .. } => {
            state.record.asides.is_empty()
                && running(scene.protocol, scene).is_none_or(|running| phase >= running)
        }
    }
}

fn running(protocol: &Protocol, scene: &Scene) -> Option<usize> {
    let running = scene.view.state.record.phase.as_ref()?;
    protocol.phase(running).map(|(place, _)| place)
}
