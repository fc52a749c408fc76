//! The checklist's screen from state to cells: where its parts lie at a size, and what stands in them.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;

use crate::journal::Trouble;
use crate::protocol::{Ending, Kind, Response, Shows, Step};
use crate::text::{StepId, cut, width, wrap};
use crate::words::{Say, Told};

use super::card::{Air, Card, Room};
use super::checklist::{Checklist, Noticed};
use super::field::{Drawn, Field};
use super::gate::{closed_card, end_card, gate_card, pause_card, proposal_card, shut_card};
use super::header;
use super::here::{Here, Item, items};
use super::hint_bar;
use super::marks::{marks_card, page_of};
use super::panel::{self, Problem, Top, What};
use super::put::{put, put_rule, put_text};
use super::quiet;
use super::scene::Scene;
use super::step_card::{Work, step_card};
use super::steps_list;
use super::taken_back::TakenBack;
use super::view::View;

/// The narrowest screen that has the list beside the card.
const LIST_FROM: u16 = 60;

/// From here on the card has enough with half of the screen, and the list takes the other half: its titles are cut first.
const HALF_FROM: u16 = 110;
/// The widest list: nearly every title has room, and how its step stands.
const LIST_MOST: u16 = 72;

/// Where the parts of the screen lie. A part that has no room is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Parts {
    phases: Rect,
    rule: Rect,
    body: Rect,
    trouble: Rect,
    foot: Rect,
    hints: Rect,
}

/// The parts, the more needful the longer they stay: the body, the hints, the phases, the rule, the trouble, the foot.
fn parts(area: Rect, trouble: u16) -> Parts {
    let rows = area.height;
    let has = |from: u16, rows_of: u16| if rows >= from { rows_of } else { 0 };
    let (phases, rule, hints, foot) = (has(5, 1), has(6, 1), has(4, 1), has(9, 1));
    let trouble = if rows >= 8 { trouble.min(rows / 3) } else { has(5, trouble.min(1)) };
    let body = rows.saturating_sub(phases + rule + hints + foot + trouble);
    let mut y = area.y;
    let mut next = |height: u16| {
        let part = Rect { y, height, ..area };
        y = y.saturating_add(height);
        part
    };
    let (phases, rule, body) = (next(phases), next(rule), next(body));
    let (trouble, foot, hints) = (next(trouble), next(foot), next(hints));
    Parts { phases, rule, body, trouble, foot, hints }
}

/// The list and the card in a body; narrow ones have no list.
fn beside(body: Rect) -> (Rect, Rect) {
    if body.width < LIST_FROM {
        let inset = u16::from(body.width >= 20);
        let card = Rect { x: body.x + inset, width: body.width - 2 * inset, ..body };
        return (Rect { width: 0, ..body }, card);
    }
    let share = if body.width >= HALF_FROM { body.width / 2 } else { body.width * 2 / 5 };
    let list = share.clamp(24, LIST_MOST);
    let card = Rect { x: body.x + list + 3, width: body.width - list - 4, ..body };
    (Rect { width: list, ..body }, card)
}

impl Checklist {
    /// Draws everything into an area in which nothing stands, and says where the cursor stands.
    pub fn draw(&self, view: &View, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        let area = area.intersection(buffer.area);
        if area.is_empty() {
            return None;
        }
        let scene = self.scene(view)?;
        let here = self.here(view);
        if self.is_quiet(view) {
            quiet::draw(&scene, &here, area, buffer);
            return None;
        }
        if let (Some((_, pacer)), true) = (&self.pacer, self.level().tops.is_empty()) {
            pacer.draw(view, area, buffer);
            // Nothing stands beside the breath, but that a key was heard is said for a moment.
            if let Some(heard) = self.said_once(&scene).filter(|_| area.height > 4) {
                let line = Line::styled(cut(&heard, usize::from(area.width)), scene.ink.dim()).centered();
                put(std::iter::once(&line), Rect { y: area.bottom() - 1, height: 1, ..area }, buffer);
            }
            return None;
        }
        let trouble = trouble_lines(&scene, area.width);
        let parts = parts(area, u16::try_from(trouble.len()).unwrap_or(0));
        match first_aid(&scene, &here) {
            Some(response) => header::first_aid(&scene, &here, response, parts.phases, buffer),
            None => header::phases(&scene, &here, parts.phases, buffer),
        }
        header::rule(&scene, parts.rule, buffer);
        let cursor = self.draw_body(&scene, &here, parts.body, buffer);
        let lines: Vec<Line<'static>> =
            trouble.into_iter().map(|line| Line::styled(line, scene.ink.trouble())).collect();
        put(lines.iter(), parts.trouble, buffer);
        self.draw_foot(&scene, &here, &parts, buffer);
        cursor
    }

    fn draw_foot(&self, scene: &Scene, here: &Here, parts: &Parts, buffer: &mut Buffer) {
        let notice = self.notice_text(scene);
        if !parts.foot.is_empty() {
            let foot = parts.foot.intersection(buffer.area);
            put_rule(foot, scene.ink.dim(), buffer);
            let dots = self.dots_of_choice(scene, here).map(|dots| format!(" {dots} ")).unwrap_or_default();
            let wide = u16::try_from(width(&dots)).unwrap_or(u16::MAX);
            let beside = if wide > 0 && wide + 8 <= foot.width { wide } else { 0 };
            if beside > 0 {
                buffer.set_string(foot.right() - beside - 1, foot.y, dots, scene.ink.plain());
            }
            let room = usize::from(foot.width.saturating_sub(beside)).saturating_sub(6);
            if let Some(notice) = &notice {
                let text = format!(" {} ", cut(notice, room));
                put_text(&text, (foot.x + 2, foot.y), foot.right(), scene.ink.notice(), buffer);
            } else if let Some(standing) = standing_words(scene, here, foot.width) {
                let text = format!(" {} ", cut(&standing, room));
                put_text(&text, (foot.x + 2, foot.y), foot.right(), scene.ink.dim(), buffer);
            }
        } else if let Some(notice) = notice {
            let line = Line::styled(cut(&notice, usize::from(parts.hints.width)), scene.ink.notice());
            put(std::iter::once(&line), parts.hints, buffer);
            return;
        }
        hint_bar::draw(scene, &self.context(&scene.view), parts.hints, buffer);
    }

    /// A dot for each option that is ticked and not shown as such. They stand in the rule, since a line more would move
    /// the options.
    pub(super) fn dots_of_choice(&self, scene: &Scene, here: &Here) -> Option<String> {
        let Here::Step(step) = here else { return None };
        let hidden = matches!(step.kind, Kind::Choices(_)) && scene.dots(step) && !scene.hides(step);
        let chosen = if hidden { self.draft(scene, step).chosen.len() } else { 0 };
        (chosen > 0).then(|| "· ".repeat(chosen).trim_end().to_owned())
    }

    /// What is said once, as long as it is to be said; else that the clock stands.
    pub(super) fn notice_text(&self, scene: &Scene) -> Option<String> {
        let view = &scene.view;
        self.said_once(scene).or_else(|| {
            let stands = view.state.record.clock.stopped && !view.state.record.closed;
            stands.then(|| scene.say(Say::ClockStands).to_owned())
        })
    }

    /// What is said once, as long as it is to be said.
    fn said_once(&self, scene: &Scene) -> Option<String> {
        let view = &scene.view;
        let keeping = view.keeping;
        let here = self.here(view);
        self.notice
            .as_ref()
            .filter(|notice| notice.until > view.now.run)
            .filter(|notice| notice.saved <= keeping.saved || keeping.nothing_is_kept)
            .map(|notice| match &notice.what {
                Noticed::Says(say) => scene.say(*say).to_owned(),
                Noticed::Refused(refusal) => scene.told(&Told::Refused(refusal)),
                Noticed::TakenBack(what) => {
                    let what = match what {
                        TakenBack::Note => scene.say(Say::NoteTitle),
                        TakenBack::Other => return scene.say(Say::TakenBack).to_owned(),
                        TakenBack::Step(step) => match scene.protocol.step_by_id(step) {
                            Some(step) if step.role.is_some() => scene.say(Say::CheckInTitle),
                            Some(step) => scene.ask(step, here.step()),
                            None => return scene.say(Say::TakenBack).to_owned(),
                        },
                    };
                    scene.told(&Told::TakenBack(what))
                }
                Noticed::ComesAfter(id) => {
                    let name = scene.protocol.response(id).map(|(_, waits)| scene.response(waits));
                    scene.told(&Told::ComesAfter(name.unwrap_or_default()))
                }
            })
    }

    fn draw_body(&self, scene: &Scene, here: &Here, body: Rect, buffer: &mut Buffer) -> Option<Position> {
        let level = self.level();
        match level.tops.last() {
            Some(Top::Help { from }) => {
                let context = self.context_under(&scene.view, 1);
                panel::draw_help(scene, &context, *from, body, buffer);
                None
            }
            Some(Top::Find { field, .. }) => {
                let (title, lines, at) = panel::list_of(scene, level.tops.last()?)?;
                let (title_rows, field_rows) = (u16::from(body.height > 1), body.height.min(1));
                let field_area = Rect {
                    x: body.x + 1,
                    y: body.y + title_rows,
                    width: body.width.saturating_sub(2),
                    height: field_rows,
                };
                let title = if lines.is_empty() && !field.text().is_empty() {
                    scene.say(Say::NothingFound).to_owned()
                } else {
                    title
                };
                if title_rows > 0 {
                    panel::draw_title(scene, &title, body, buffer);
                }
                let below =
                    Rect { y: field_area.bottom(), height: body.bottom() - field_area.bottom(), ..body };
                panel::draw_lines(scene, &lines, at.min(lines.len().saturating_sub(1)), below, buffer);
                field.draw(Drawn::Plain, scene.ink, field_area, buffer)
            }
            Some(top @ (Top::Open { .. } | Top::GoTo { .. })) => {
                let (title, lines, at) = panel::list_of(scene, top)?;
                panel::draw_list(scene, &title, &lines, at.min(lines.len().saturating_sub(1)), body, buffer);
                None
            }
            Some(Top::Writing { field, what, problem }) => {
                let card = draw_list_beside(scene, here, body, buffer);
                self.draw_writing(scene, here, (field, what, problem.as_ref()), card, buffer)
            }
            Some(_) | None => {
                let area = draw_list_beside(scene, here, body, buffer);
                let scrolled = match level.tops.last() {
                    Some(Top::Why { from }) => Some(*from),
                    _ => self.scrolled,
                };
                self.card(scene, here)
                    .lay(scene, area.width, area.height)
                    .draw(scene, scrolled, area, buffer);
                None
            }
        }
    }

    fn draw_writing(
        &self,
        scene: &Scene,
        here: &Here,
        (field, what, problem): (&Field, &What, Option<&Problem>),
        area: Rect,
        buffer: &mut Buffer,
    ) -> Option<Position> {
        let (title, explains) = panel::field_words(scene, field, what);
        let (below, style) = match problem {
            Some(problem) => (problem.sentence(scene), scene.ink.notice()),
            None => (explains, scene.ink.dim()),
        };
        let mut card = self.card(scene, here);
        card.options.clear();
        card.foot.clear();
        let below: Vec<Line<'static>> =
            wrap(&below, usize::from(area.width)).into_iter().map(|line| Line::styled(line, style)).collect();
        let title_rows = u16::from(!title.is_empty());
        let below_rows = u16::try_from(below.len()).unwrap_or(1);
        // The field grows with its text; at least one line of it stays, whatever else has to go.
        let most = area.height.saturating_sub(title_rows + below_rows + 1).max(1);
        let rows = field.lines(area.width).clamp(1, most.min((area.height / 2).max(1)));
        let block = (title_rows + rows + below_rows).min(area.height);
        let above = Rect { height: area.height.saturating_sub(block + 1), ..area };
        let laid = card.lay(scene, above.width, above.height);
        laid.draw(scene, self.scrolled, above, buffer);
        let used = u16::try_from(laid.height()).unwrap_or(u16::MAX).min(above.height);
        let gap = u16::from(area.height > block + used + 1);
        let mut y = area.y + used + gap;
        if title_rows > 0 && area.height > rows {
            let line = Line::styled(cut(&title, usize::from(area.width)), scene.ink.title());
            put(std::iter::once(&line), Rect { y, height: 1, ..area }, buffer);
            y += 1;
        }
        let drawn = if types_dots(scene, what) { Drawn::Dots } else { Drawn::Plain };
        let cursor = field.draw(
            drawn,
            scene.ink,
            Rect { y, height: rows.min(area.bottom().saturating_sub(y)), ..area },
            buffer,
        );
        y += rows;
        let height = area.bottom().saturating_sub(y);
        put(below.iter(), Rect { y, height, ..area }, buffer);
        cursor
    }

    /// The card in the middle.
    pub(super) fn card(&self, scene: &Scene, here: &Here) -> Card {
        self.card_under(scene, here, 0)
    }

    /// The card in the middle under so many panels.
    fn card_under(&self, scene: &Scene, here: &Here, hidden: usize) -> Card {
        if let Some(top) = self.top_under(hidden)
            && let Some(card) = panel::question(scene, top, here.step())
        {
            return card;
        }
        match here {
            Here::Step(step) => match scene.protocol.step_by_id(&step.id) {
                Some(step) => self.card_of_step(scene, here, step),
                None => Card::default(),
            },
            Here::Shut(step, place, gates) => match scene.protocol.step_by_id(&step.id) {
                Some(step) => shut_card(scene, step, *place, gates, self.gate_reasons(scene)),
                None => Card::default(),
            },
            Here::Pause(place, phase) => {
                match scene.protocol.phases.get(*place).filter(|own| own.id == phase.id) {
                    Some(phase) => pause_card(scene, *place, phase),
                    None => Card::default(),
                }
            }
            Here::Gate(place, _, gates) | Here::Stopped(place, _, gates) => {
                match scene.protocol.phases.get(*place) {
                    Some(phase) => gate_card(scene, *place, phase, gates, self.gate_reasons(scene)),
                    None => Card::default(),
                }
            }
            Here::Proposal(response) => match scene.protocol.response(&response.id) {
                Some((_, response)) => proposal_card(scene, response),
                None => Card::default(),
            },
            Here::End => end_card(scene, self.level().line),
            Here::Closed => closed_card(scene),
            Here::Nowhere => Card { ask: scene.say(Say::OneMoment).to_owned(), ..Card::default() },
        }
    }

    /// How far what lies under so many panels can be scrolled at the present size.
    pub fn reach(&self, view: &View, hidden: usize) -> Reach {
        let Some(scene) = self.scene(view) else { return Reach::default() };
        let body = body_at(&scene);
        let here = self.here(view);
        match self.top_under(hidden) {
            Some(Top::Help { .. }) => {
                let context = self.context_under(view, hidden + 1);
                let lines = panel::help_lines(&scene, &context, usize::from(body.width)).len();
                let room = usize::from(body.height.saturating_sub(2));
                Reach { most: panel::help_overflow(lines, body.height), room, ..Reach::default() }
            }
            Some(Top::Open { .. } | Top::GoTo { .. } | Top::Find { .. } | Top::Writing { .. }) => {
                Reach::default()
            }
            _ => {
                let (_, area) = list_and_card(&scene, &here, body);
                let card = self.card_under(&scene, &here, hidden);
                let laid = card.lay(&scene, area.width, area.height);
                let rows = area.height;
                let below = card.lines.is_empty() && !card.options.is_empty();
                Reach {
                    options: if below { Options::BelowAll } else { Options::InSight },
                    start: laid.start(rows),
                    most: laid.overflow(rows),
                    room: laid.room(usize::from(rows)),
                }
            }
        }
    }

    /// The card of a step: the page of marks of its group, unless words to say or options would not fit above the lines.
    fn card_of_step<'a>(&self, scene: &Scene<'a>, here: &Here, step: &'a Step) -> Card {
        let draft = self.draft(scene, step);
        let work = Work { chosen: &draft.chosen, row: draft.row };
        let Some(group) = page_of(scene, step) else {
            let air = if first_aid(scene, here).is_some() { Air::Wide } else { Air::Close };
            return Card { air, ..step_card(scene, step, work) };
        };
        let page = marks_card(scene, group, step, work);
        let (_, area) = list_and_card(scene, here, body_at(scene));
        let laid = page.lay(scene, area.width, area.height);
        let cut = laid.overflow(area.height) > 0 && page.say.is_some();
        if cut || laid.room_for_options == Room::TooLittle { step_card(scene, step, work) } else { page }
    }
}

/// A page of marks is the list, and takes all the room; so does what has no phase.
fn list_and_card(scene: &Scene, here: &Here, body: Rect) -> (Rect, Rect) {
    if first_aid(scene, here).is_some() {
        return (Rect { width: 0, ..body }, page_in(body));
    }
    let is_page = matches!(here, Here::Step(step) if page_of(scene, step).is_some());
    let has_list = !is_page && !matches!(here, Here::End | Here::Closed | Here::Nowhere);
    if has_list {
        return beside(body);
    }
    let inset = if body.width >= LIST_FROM { 4 } else { u16::from(body.width >= 20) };
    (Rect { width: 0, ..body }, Rect { x: body.x + inset, width: body.width - 2 * inset, ..body })
}

/// The first aid that is given: a response that shows the pacer. Each of its steps is a page of its own, with one idea on
/// it: in a bad moment nobody reads a list.
fn first_aid<'a>(scene: &Scene<'a>, here: &Here) -> Option<&'a Response> {
    let response = scene.response_of(here.step()?)?;
    let steps = scene.protocol.steps.get(response.steps.clone())?;
    steps.iter().any(|step| step.shows == Some(Shows::Pacer)).then_some(response)
}

/// The widest line of a page of first aid: as much as an eye takes in at a time.
const PAGE_MOST: u16 = 52;

/// The place of a page in a body: in the middle, and a line below its top where there is room.
fn page_in(body: Rect) -> Rect {
    let inset = u16::from(body.width >= 20);
    let width = (body.width - 2 * inset).min(PAGE_MOST);
    let below = u16::from(body.height >= 12);
    Rect { x: body.x + (body.width - width) / 2, width, y: body.y + below, height: body.height - below }
}

/// Answers and notes are dots while shy, also while they are typed; F4 shows them.
pub(super) fn types_dots(scene: &Scene, what: &What) -> bool {
    match what {
        What::Text(id) | What::Number(id) | What::Day(id) | What::Time(id) | What::Row(id) => {
            scene.protocol.step_by_id(id).is_some_and(|step| scene.dots(step))
        }
        What::Note | What::Words(_) | What::Colleague => scene.is_shy(),
    }
}

/// The body at the size of the screen.
fn body_at(scene: &Scene) -> Rect {
    let area = Rect::new(0, 0, scene.view.size.width, scene.view.size.height);
    parts(area, u16::try_from(trouble_lines(scene, area.width).len()).unwrap_or(0)).body
}

/// Draws the list where there is one, and gives the area of the card.
fn draw_list_beside(scene: &Scene, here: &Here, body: Rect, buffer: &mut Buffer) -> Rect {
    let (list, card) = list_and_card(scene, here, body);
    steps_list::draw(scene, here, list, buffer);
    card
}

/// How far something can be scrolled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Reach {
    /// Where it stands by itself.
    pub start: usize,
    /// The furthest.
    pub most: usize,
    /// How many lines of what is scrolled are in sight at a time.
    pub room: usize,
    /// Where the options are.
    pub options: Options,
}

/// Where the options of something that can be scrolled are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Options {
    /// Always in sight, or there are none.
    #[default]
    InSight,
    /// Below all else.
    BelowAll,
}

/// What stands in the foot as long as nothing is said there: practice, another folder, a file that was altered, and where there is no room for
/// the list, the place in it.
fn standing_words(scene: &Scene, here: &Here, columns: u16) -> Option<String> {
    // What tells practice from a real session, and where that is kept, is never what is cut.
    let mut words = Vec::new();
    if scene.view.state.is_practice() {
        words.push(scene.say(Say::Practice).to_owned());
    }
    if let Some(folder) = &scene.view.keeping.moved_to {
        words.push(scene.told(&Told::SavedIn(&crate::text::line_safe(folder))));
    }
    if scene.view.keeping.written_anew {
        words.push(scene.say(Say::WrittenAnew).to_owned());
    }
    words.extend(waiting_words(scene));
    // Nobody came back from the cover, so it counts as left; who takes it up again learns how to go on.
    let state = scene.view.state;
    let was_left = state.record.undo.last().is_some_and(|last| last.confirmed.is_none());
    if was_left && state.seen.ended == Some(Ending::Left) {
        words.push(scene.say(Say::LeftGoOn).to_owned());
    }
    if columns < LIST_FROM
        && let Some(step) = here.step()
    {
        let items = items(&scene.view, here);
        let steps: Vec<&StepId> = items
            .iter()
            .filter_map(|item| match item {
                Item::Step(step) => Some(&step.id),
                Item::Group(_) | Item::Response(_) | Item::Waits(_) => None,
            })
            .collect();
        let place = steps.iter().position(|id| **id == step.id);
        words.extend(place.map(|place| scene.told(&Told::StepOf(place + 1, steps.len()))));
        let group = scene.protocol.find(&step.id).and_then(|index| scene.protocol.group_of(index));
        words.extend(group.and_then(|group| group.title.as_ref()).map(|title| scene.text(title).to_owned()));
    }
    (!words.is_empty()).then(|| words.join(" · "))
}

/// What was raised while something else runs, as long as it waits.
pub(super) fn waiting_words(scene: &Scene) -> impl Iterator<Item = String> {
    scene.waiting().map(|waits| scene.told(&Told::ComesAfter(scene.response(waits))))
}

/// What is not saved, and what to do.
pub(super) fn trouble_lines(scene: &Scene, columns: u16) -> Vec<String> {
    let Some(trouble) = scene.view.keeping.trouble else { return Vec::new() };
    let what = match trouble {
        Trouble::Full => Say::DiskFull,
        Trouble::ReadOnly => Say::DiskReadOnly,
        Trouble::Gone => Say::DiskGone,
        Trouble::Fault => Say::DiskFault,
        Trouble::TooLarge => Say::TooLarge,
    };
    let elsewhere = if trouble == Trouble::TooLarge { "" } else { scene.say(Say::SaveElsewhereKey) };
    let text = format!("! {} {elsewhere}", scene.say(what));
    wrap(&text, usize::from(columns))
        .into_iter()
        .map(|line| format!("{line:<width$}", width = usize::from(columns)))
        .collect()
}
