//! The checklist of a running session: what the screen itself remembers, which keys work, and what time does to it.
//! What an action does is in `acts`, how it is drawn in `body`.

use std::collections::{BTreeMap, BTreeSet};

use crate::machine::Command;
use crate::machine::{EndChange, Event, Fact, Outcome, Refusal, Shyness, Standing, Value, with_her};
use crate::protocol::{Kind, ResponseKey, Shows, Step};
use crate::text::{OptionId, PhaseId, ResponseId, StepId};
use crate::words::Say;

use super::body::Options;
use super::bounce::{Bounce, Guard};
use super::field::Field;
use super::gate::{Reasons, gate_keys, keys_to_open};
use super::header;
use super::here::{Here, here, look_on};
use super::ink::Ink;
use super::key::Key;
use super::keys::{self, Action, Can, Context, Where};
use super::pacer::Pacer;
use super::panel::{self, Problem, ReasonFor, Top};
use super::rows::{can_add, rows};
use super::scene::{Scene, Showing};
use super::step_card::{Work, digits_of, options};
use super::taken_back::{TakenBack, taken_back};
use super::view::View;
use super::wish::Wish;

/// A private step is shown for so many milliseconds without a key.
const REVEALED: u64 = 10_000;
/// A sentence that the program says once is in sight for so many milliseconds.
const NOTICE: u64 = 5_000;

/// The checklist's screen.
#[derive(Debug)]
pub(super) struct Checklist {
    /// One for the checklist, and one for each response that lies over it, so that each returns to what was there.
    pub levels: Vec<Level>,
    pub showing: Showing,
    /// What F4 made of the shyness.
    pub f4: Option<Shyness>,
    /// A private step that F4 shows, and until when.
    pub revealed: Option<(StepId, u64)>,
    /// Whether a closed gate's reason was asked for.
    pub reasons: Reasons,
    pub notice: Option<Notice>,
    pub guard: Option<Guard>,
    last_key: u64,
    rest: Rest,
    /// By step, the number of the event that made its present outcome.
    pending: BTreeMap<StepId, u64>,
    /// What was last asked of the machine.
    pub asked: Option<Command>,
    /// The pacer, while a step shows it.
    pub pacer: Option<(StepId, Pacer)>,
    /// By how many lines the card was scrolled with a key.
    pub scrolled: Option<usize>,
}

/// What lies on top of one level, and what is looked at in it.
#[derive(Debug, Clone, Default)]
pub(super) struct Level {
    pub tops: Vec<Top>,
    pub looking: Option<StepId>,
    /// The phase that could not be entered from the pause before it.
    pub tried: Option<PhaseId>,
    pub draft: Option<Draft>,
    /// The line at work after the last step.
    pub line: usize,
}

/// An answer that is not given yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Draft {
    pub step: StepId,
    pub chosen: BTreeSet<OptionId>,
    pub row: usize,
}

/// A sentence that is said once.
#[derive(Debug, Clone)]
pub(super) struct Notice {
    pub what: Noticed,
    pub until: u64,
    /// It is said once this event is on disk.
    pub saved: u64,
}

/// What is said once.
#[derive(Debug, Clone)]
pub(super) enum Noticed {
    Says(Say),
    Refused(Refusal),
    /// A response that was raised comes after the one that runs.
    ComesAfter(ResponseId),
    /// What was taken back.
    TakenBack(TakenBack),
}

/// Whether the screen was turned quiet by what happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rest {
    Awake,
    Quiet,
}

impl Checklist {
    pub fn new(view: &View) -> Self {
        let mut checklist = Self {
            levels: vec![Level::default()],
            showing: Showing::Live,
            f4: None,
            revealed: None,
            reasons: Reasons::Untold,
            notice: None,
            guard: None,
            last_key: view.now.run,
            rest: Rest::Awake,
            pending: BTreeMap::new(),
            asked: None,
            pacer: None,
            scrolled: None,
        };
        checklist.match_state(view);
        checklist
    }

    /// The level in front.
    pub fn level(&self) -> &Level {
        self.levels.last().unwrap_or(&EMPTY)
    }

    /// The level in front, to change it.
    pub fn level_mut(&mut self) -> &mut Level {
        if self.levels.is_empty() {
            self.levels.push(Level::default());
        }
        let last = self.levels.len() - 1;
        &mut self.levels[last]
    }

    /// What stands in the middle.
    pub fn here<'a>(&self, view: &View<'a>) -> Here<'a> {
        here(view, self.level().looking.as_ref(), self.level().tried.as_ref())
    }

    /// What everything is drawn from.
    pub fn scene<'a>(&'a self, view: &View<'a>) -> Option<Scene<'a>> {
        Some(Scene {
            view: *view,
            protocol: view.protocol?,
            ink: Ink::new(view.look.colour),
            showing: self.showing,
            shy: self.f4.unwrap_or(view.state.record.shy),
            revealed: self.revealed.as_ref().filter(|(_, until)| *until > view.now.run).map(|(step, _)| step),
            pending: &self.pending,
        })
    }

    /// The answer that is being made to a step: what was chosen or answered so far, and the row at work.
    pub fn draft(&self, scene: &Scene, step: &Step) -> Draft {
        if let Some(draft) = self.level().draft.as_ref().filter(|draft| draft.step == step.id) {
            return draft.clone();
        }
        let chosen = match scene.view.state.seen.outcomes.get(&step.id) {
            Some(Outcome::Answered(Value::Options(ids))) => ids.clone(),
            _ => BTreeSet::new(),
        };
        let row = rows(scene, step).iter().position(|(_, _, state)| state.is_none()).unwrap_or(0);
        Draft { step: step.id.clone(), chosen, row }
    }

    /// Whether the screen is quiet: nobody touched a key for a while with her in the room, or something turned it so.
    pub fn is_quiet(&self, view: &View) -> bool {
        if view.state.record.closed || view.protocol.is_none() {
            return false;
        }
        self.rest == Rest::Quiet || self.quiet_at(view).is_some_and(|at| view.now.run >= at)
    }

    /// When rest makes the screen quiet, on the monotonic clock.
    fn quiet_at(&self, view: &View) -> Option<u64> {
        let protocol = view.protocol?;
        let seen = self.f4.unwrap_or(view.state.record.shy) == Shyness::Shy || with_her(protocol, view.state);
        (seen && !view.state.record.closed)
            .then(|| self.last_key.saturating_add(u64::from(view.look.quiet_after) * 1_000))
    }

    /// Takes a key.
    pub fn press(&mut self, key: Key, view: &View) -> Vec<Wish> {
        let now = view.now.run;
        let quiet = self.is_quiet(view);
        self.last_key = now;
        if let Some((_, until)) = &mut self.revealed
            && *until > now
        {
            *until = now + REVEALED;
        }
        match if quiet { Bounce::No } else { self.bounces(key, view) } {
            Bounce::No => {}
            Bounce::Held => return Vec::new(),
            Bounce::TooSoon => {
                self.say(Noticed::Says(Say::TooSoon), view);
                return Vec::new();
            }
        }
        let context = self.context(view);
        let action = keys::action(key, &context);
        if quiet {
            self.rest = Rest::Awake;
            // What is pressed for her is pressed once; any other key on a dark screen may be a hand that lies on it.
            if !matches!(action, Some(Action::Respond | Action::Now)) {
                return Vec::new();
            }
        }
        self.notice = None;
        let Some(action) = action else { return Vec::new() };
        let page = self.page_of_marks(view);
        let wishes = self.act(action, key, view);
        let answers = matches!(
            action,
            Action::Digit | Action::Tick | Action::Enter | Action::Later | Action::Skip | Action::Decline
        );
        let types = match self.level().tops.last() {
            // What is asked of a text that was typed is answered by a key.
            Some(Top::Writing { problem, .. }) => !matches!(problem, Some(Problem::Doubtful(..))),
            Some(Top::Find { .. }) => true,
            _ => false,
        };
        if answers && !types {
            self.guard = Some(Guard::new(key, now, page));
        }
        for wish in &wishes {
            if let Wish::Do(command) = wish {
                self.asked = Some(command.clone());
            }
        }
        self.match_state(view);
        wishes
    }

    /// Takes a paste.
    pub fn paste(&mut self, text: &str, view: &View) {
        let quiet = self.is_quiet(view);
        self.last_key = view.now.run;
        if quiet {
            self.rest = Rest::Awake;
            return;
        }
        let dropped = match self.level_mut().tops.last_mut() {
            Some(Top::Writing { field, .. }) => Some(field.insert(text)),
            Some(Top::Find { field, line }) => {
                *line = 0;
                Some(field.insert(text))
            }
            _ => None,
        };
        match dropped {
            None => self.say(Noticed::Says(Say::PasteDropped), view),
            Some(0) => {}
            Some(_) => self.say(Noticed::Says(Say::PasteCut), view),
        }
    }

    /// Says something once.
    pub fn say(&mut self, what: Noticed, view: &View) {
        self.notice = Some(Notice { what, until: view.now.run + NOTICE, saved: 0 });
    }

    /// Says something once the cover is lifted.
    pub fn say_on_return(&mut self, what: Say) {
        self.notice = Some(Notice { what: Noticed::Says(what), until: 0, saved: 0 });
    }

    /// Hears of an event after it was applied.
    pub fn after(&mut self, event: &Event, view: &View) {
        let number = view.state.record.events;
        let saved = view.keeping.saved;
        self.pending.retain(|_, event| *event > saved);
        let follows = &event.follows;
        let mut made: Vec<&StepId> = follows.reopened.iter().chain(&follows.deferred).collect();
        made.extend(follows.back.iter().flat_map(|back| back.before.iter().map(|before| &before.step)));
        // An answer that was aside and counts again; what was open before looks no other.
        made.extend(follows.on.iter().filter(|step| view.state.seen.outcomes.contains_key(*step)));
        match &event.fact {
            Fact::Answered { step, .. }
            | Fact::Cleared { step }
            | Fact::Read { step }
            | Fact::Skipped { step, .. }
            | Fact::Deferred { step }
            | Fact::Declined { step } => {
                made.push(step);
                self.settle(step, view);
            }
            Fact::Met { step } => made.push(step),
            Fact::Undone { step, .. } => {
                made.extend(step);
                self.level_mut().looking = None;
                self.say(Noticed::TakenBack(taken_back(event)), view);
            }
            Fact::Noted { .. } => {
                let until = view.now.run + NOTICE;
                self.notice = Some(Notice { what: Noticed::Says(Say::NoteKept), until, saved: number });
            }
            Fact::Waited { response } => self.say(Noticed::ComesAfter(response.clone()), view),
            Fact::Paused => self.rest = Rest::Quiet,
            Fact::Closed { .. } => {
                self.levels = vec![Level::default()];
            }
            _ => {}
        }
        let shy = self.f4.unwrap_or(view.state.record.shy) == Shyness::Shy;
        match &event.fact {
            Fact::Deferred { .. } => self.say(Noticed::Says(Say::PutOffUndo), view),
            Fact::Skipped { .. } | Fact::Declined { .. } => {
                self.say(Noticed::Says(if shy { Say::CanUndo } else { Say::LeftOutUndo }), view);
            }
            _ => {}
        }
        if matches!(event.follows.ended, Some(EndChange::Set(_))) {
            self.say(Noticed::Says(Say::EndedUndo), view);
        }
        for step in made {
            self.pending.insert(step.clone(), number);
        }
        self.match_levels(event, view);
        if event.follows.goes.is_some() {
            self.scrolled = None;
            self.reasons = Reasons::Untold;
            let level = self.level_mut();
            level.looking = None;
            level.tried = None;
            level.draft = None;
        }
        if event.follows.shy.is_some() {
            self.f4 = None;
        }
        let shy = self.f4.unwrap_or(view.state.record.shy) == Shyness::Shy;
        if event.follows.paused || (shy && event.follows.fell.as_ref().is_some_and(|fell| !fell.is_empty())) {
            self.rest = Rest::Quiet;
        }
        self.match_state(view);
    }

    /// A step got an outcome: its draft is done with, and a private one is hidden again.
    fn settle(&mut self, step: &StepId, view: &View) {
        if self.revealed.as_ref().is_some_and(|(revealed, _)| revealed == step) {
            self.revealed = None;
        }
        let partly = view.protocol.and_then(|protocol| {
            let step = protocol.step_by_id(step)?;
            Some(crate::machine::standing(protocol, view.state, step) == Standing::Partly)
        });
        if partly != Some(true) {
            let level = self.level_mut();
            level.draft = None;
            if level.looking.as_ref() == Some(step) {
                level.looking = None;
            }
        }
    }

    /// One level a response: what lay on top when it was raised waits underneath, half-typed text and all.
    fn match_levels(&mut self, event: &Event, view: &View) {
        for _ in 0..event.follows.returned {
            if self.levels.len() > 1 {
                self.levels.pop();
            }
        }
        if event.follows.opened.is_some() {
            self.levels.push(Level::default());
        }
        let open = view.state.record.asides.len() + 1;
        self.levels.truncate(open);
        self.levels.resize_with(open, Level::default);
    }

    /// What the screen remembers of a state that has moved on is let go.
    pub fn match_state(&mut self, view: &View) {
        let Some(protocol) = view.protocol else { return };
        let open = view.state.record.asides.len() + 1;
        if self.levels.len() != open {
            self.levels.truncate(open);
            self.levels.resize_with(open, Level::default);
        }
        let level = self.level_mut();
        let current = view.state.current();
        if level.looking.as_ref().is_some_and(|id| Some(id) == current || protocol.step_by_id(id).is_none())
            && view.state.record.fallen.is_empty()
            && view.state.record.proposed.is_none()
        {
            level.looking = None;
        }
        let shown = self
            .here(view)
            .step()
            .filter(|step| step.shows == Some(Shows::Pacer) && !self.is_shut(view))
            .map(|step| step.id.clone());
        match (&self.pacer, shown) {
            (Some((pacing, _)), Some(step)) if *pacing == step => {}
            (_, Some(step)) => self.pacer = Some((step, Pacer::new(view))),
            (_, None) => self.pacer = None,
        }
    }

    /// Hears that the machine refused what was last asked.
    pub fn refused(&mut self, refusal: &Refusal, view: &View) {
        match (refusal, self.asked.take()) {
            (Refusal::ReasonNeeded, Some(command @ Command::Answer { .. })) => {
                self.level_mut().tops.push(Top::Reason(ReasonFor::Change(command)));
            }
            (Refusal::GateClosed { phase, .. }, Some(Command::Enter { .. })) => {
                self.reasons = Reasons::Untold;
                self.level_mut().tried = Some(phase.clone());
            }
            (Refusal::RequiredOpen(_), Some(Command::Close { .. })) => {
                self.level_mut().tops.push(Top::Reason(ReasonFor::Close));
            }
            // Pressed again: still the same answer, and no word that it is wrong.
            (Refusal::AlreadyRaised, Some(Command::Raise { response }))
                if view.state.record.waiting.contains(&response) =>
            {
                self.say(Noticed::ComesAfter(response), view);
            }
            _ => self.say(Noticed::Refused(refusal.clone()), view),
        }
    }

    /// The cover was lifted: exactly what was there, shy.
    pub fn came_back(&mut self, view: &View) {
        self.f4 = Some(Shyness::Shy);
        self.revealed = None;
        self.rest = Rest::Awake;
        self.guard = None;
        self.last_key = view.now.run;
        // Nobody read it under the cover.
        if let Some(notice) = &mut self.notice
            && matches!(notice.what, Noticed::Says(Say::PasteCut))
        {
            notice.until = view.now.run + NOTICE;
        }
        self.match_state(view);
    }

    /// Lets time do what it does.
    pub fn tick(&mut self, view: &View) {
        if self.notice.as_ref().is_some_and(|notice| notice.until <= view.now.run) {
            self.notice = None;
        }
        if self.revealed.as_ref().is_some_and(|(_, until)| *until <= view.now.run) {
            self.revealed = None;
        }
    }

    /// When the screen looks different by itself next, in milliseconds of the monotonic clock.
    pub fn next_wake(&self, view: &View) -> Option<u64> {
        let now = view.now.run;
        let record = &view.state.record;
        let protocol = view.protocol?;
        let quiet = self.is_quiet(view);
        let mut wakes = Vec::new();
        if let (Some((_, pacer)), true, false) = (&self.pacer, self.level().tops.is_empty(), quiet) {
            let area = ratatui::layout::Rect::new(0, 0, view.size.width, view.size.height);
            wakes.extend(pacer.next_frame(view, area).map(|wait| now + wait));
        } else if !record.clock.stopped {
            // The clock shows minutes.
            let elapsed = record.clock.elapsed(now);
            wakes.push(now + (60_000 - elapsed % 60_000));
        }
        let check_in = protocol.steps.iter().find(|step| step.role.is_some());
        if let Some(deadline) = check_in.and_then(|step| record.deadlines.get(&step.id)).filter(|d| !d.met) {
            let wait = u64::try_from(deadline.at.saturating_sub(view.now.wall)).unwrap_or(0);
            if wait > 0 {
                wakes.push(now.saturating_add(wait));
            }
        }
        if !quiet {
            wakes.extend(self.quiet_at(view));
        }
        wakes.extend(self.notice.as_ref().map(|notice| notice.until));
        wakes.extend(self.revealed.as_ref().map(|(_, until)| *until));
        wakes.into_iter().filter(|wake| *wake > now).min()
    }

    /// The keys that work now.
    pub fn context(&self, view: &View) -> Context {
        self.context_under(view, 0)
    }

    /// The keys that work under the panels in front.
    pub fn context_under(&self, view: &View, hidden: usize) -> Context {
        let nothing =
            |at| Context { at, digits: BTreeSet::new(), can: BTreeSet::new(), responses: Vec::new() };
        let Some(scene) = self.scene(view) else { return nothing(Where::Quiet) };
        if self.is_quiet(view) {
            return nothing(Where::Quiet);
        }
        let here = self.here(view);
        let top = self.top_under(hidden);
        let mut context = nothing(top.map_or_else(|| self.place(&scene, &here), Top::place));
        context.responses = responses(&scene);
        match top {
            Some(top) => in_top(&scene, &here, top, &mut context),
            None => self.in_list(&scene, &here, &mut context),
        }
        let field = matches!(top, Some(Top::Writing { .. } | Top::Find { .. }));
        let alone = view.state.record.shy == Shyness::Open && !with_her(scene.protocol, view.state);
        let shy_alone = alone && scene.is_shy() && !field;
        context.can.insert(if shy_alone { Can::ShyAlone } else { Can::Dots });
        if view.keeping.trouble.is_some() {
            context.can.insert(Can::Unsaved);
        }
        let reach = self.reach(view, hidden);
        if reach.most > 0 {
            let from = self.scrolled.unwrap_or(reach.start);
            let options_below = top.is_none() && reach.options == Options::BelowAll && from < reach.most;
            context.can.insert(if options_below { Can::Below } else { Can::Scroll });
        }
        context
    }

    /// The panel or field under so many others.
    pub fn top_under(&self, hidden: usize) -> Option<&Top> {
        let tops = &self.level().tops;
        tops.len().checked_sub(hidden + 1).and_then(|place| tops.get(place))
    }

    fn in_list(&self, scene: &Scene, here: &Here, context: &mut Context) {
        let view = &scene.view;
        let record = &view.state.record;
        let can = &mut context.can;
        let mut allow = |yes: bool, what: Can| {
            if yes {
                can.insert(what);
            }
        };
        // Where the last thing was that a response opened, or waits, nothing was answered in it yet.
        let raised = record.undo.last().is_some_and(|last| {
            last.step.is_none()
                && (last.asides.len() < record.asides.len() || last.waiting.len() < record.waiting.len())
        });
        allow(raised, Can::NotMeant);
        allow(!raised && !record.undo.is_empty(), Can::Undo);
        allow(header::check_in_step(scene).is_some(), Can::CheckIn);
        allow(self.level().looking.is_some() || self.level().tried.is_some(), Can::GoBack);
        allow(look_on(view, here, -1).is_some() || look_on(view, here, 1).is_some(), Can::Line);
        match here {
            Here::Step(step) => {
                allow(step.why.is_some(), Can::Why);
                let standing = scene.standing(step);
                allow(!matches!(standing, Standing::Answered | Standing::NotApplicable), Can::SetAside);
                allow(can_add(scene, step), Can::AddRow);
                if !scene.hides(step) {
                    context.digits.extend(step_digits(scene, step));
                }
                let is_choices = matches!(step.kind, Kind::Choices(_));
                allow(is_choices && !self.draft(scene, step).chosen.is_empty(), Can::Filled);
            }
            Here::Shut(step, place, gates) => {
                let reasons = self.gate_reasons(scene);
                // Once the gate's reason stands there, the same key gives the step's own.
                allow(reasons == Reasons::Untold || step.why.is_some(), Can::Why);
                if !scene.hides(step) {
                    let keys = keys_to_open(scene, *place, gates, reasons);
                    context.digits.extend((1..=9).take(keys.steps.len()));
                    context.digits.extend(keys.also);
                }
            }
            Here::Gate(place, _, gates) | Here::Stopped(place, _, gates) => {
                let reasons = self.gate_reasons(scene);
                allow(reasons == Reasons::Untold, Can::Why);
                let keys = gate_keys(scene.protocol, *place, gates, &view.state.seen.off, reasons);
                context.digits.extend((1..=9).take(keys.steps.len()));
                context.digits.extend(keys.also);
            }
            Here::Pause(..) | Here::Closed => context.digits.extend([1]),
            Here::Proposal(_) => context.digits.extend([1, 2]),
            Here::End => {
                context.digits.extend([1, 2]);
                allow(!super::gate::open_items(scene).is_empty(), Can::Line);
            }
            Here::Nowhere => {}
        }
    }

    /// Whether what stands in the middle can only be looked at.
    pub fn is_shut(&self, view: &View) -> bool {
        matches!(self.here(view), Here::Shut(..))
    }

    /// Whether a closed gate's reason is shown: nobody else sees the screen, or a key asked for it.
    pub fn gate_reasons(&self, scene: &Scene) -> Reasons {
        if scene.is_shy() { self.reasons } else { Reasons::Told }
    }

    fn place(&self, scene: &Scene, here: &Here) -> Where {
        match here {
            Here::Step(step) | Here::Shut(step, ..) if scene.hides(step) => Where::Hidden,
            Here::Shut(..) => Where::Shut,
            Here::Step(step) if self.pacer.as_ref().is_some_and(|(pacing, _)| *pacing == step.id) => {
                Where::Pacer
            }
            Here::Step(step) => match &step.kind {
                Kind::Check => Where::Check,
                Kind::Choice(_) => Where::Choice,
                Kind::Choices(_) => Where::Choices,
                Kind::Scale(scale) if digits_of(scale).is_some() => Where::Scale,
                Kind::Scale(_) | Kind::Number { .. } => Where::Number,
                Kind::Text { .. } => Where::Text,
                Kind::Date => Where::Date,
                Kind::Deadline => Where::Deadline,
                Kind::Inform => Where::Inform,
                Kind::List { .. } => Where::List,
                Kind::Guidance => Where::Guidance,
            },
            Here::Pause(..) => Where::Pause,
            Here::Gate(..) => Where::Gate,
            Here::Stopped(..) => Where::Stopped,
            Here::Proposal(_) => Where::Proposal,
            Here::End => Where::End,
            Here::Closed | Here::Nowhere => Where::Closed,
        }
    }

    /// Opens a field or a panel.
    pub fn open(&mut self, top: Top) {
        self.scrolled = None;
        self.level_mut().tops.push(top);
    }

    /// Opens a field.
    pub fn write(&mut self, field: Field, what: panel::What) {
        self.open(Top::Writing { field, what, problem: None });
    }

    /// Shows a private step, hides it again, or changes the whole screen.
    pub fn turn_shy(&mut self, view: &View) {
        let Some(scene) = self.scene(view) else { return };
        let shown =
            self.here(view).step().filter(|step| step.private && scene.is_shy()).map(|step| step.id.clone());
        let (shy, revealed) = (scene.shy, scene.revealed.is_some());
        match shown {
            Some(_) if revealed => self.revealed = None,
            Some(step) => self.revealed = Some((step, view.now.run + REVEALED)),
            None => {
                self.f4 = Some(match shy {
                    Shyness::Shy => Shyness::Open,
                    Shyness::Open => Shyness::Shy,
                });
            }
        }
    }
}

/// What only tests look at.
#[cfg(test)]
impl Checklist {
    pub fn all_but_rest(&self) -> String {
        let (levels, f4, revealed) = (&self.levels, self.f4, self.revealed.as_ref().map(|(step, _)| step));
        let notice = self.notice.as_ref().map(|notice| &notice.what);
        let (reasons, scrolled, rest) = (self.reasons, self.scrolled, self.rest);
        let paced = self.pacer.is_some();
        format!("{levels:?}{f4:?}{revealed:?}{notice:?}{reasons:?}{scrolled:?}{rest:?}{paced}")
    }
}

static EMPTY: Level = Level { tops: Vec::new(), looking: None, tried: None, draft: None, line: 0 };

/// What works in a panel or a field.
fn in_top(scene: &Scene, here: &Here, top: &Top, context: &mut Context) {
    context.digits.extend(panel::digits(scene, top, here.step()));
    if let Top::Writing { field, .. } | Top::Find { field, .. } = top {
        context.can.insert(if field.text().is_empty() { Can::Empty } else { Can::Filled });
    }
    if let Top::GoTo { phase, .. } = top {
        context.can.insert(if phase.is_none() { Can::Parts } else { Can::Groups });
    }
    if panel::list_of(scene, top).is_some_and(|(_, lines, _)| !lines.is_empty()) {
        context.can.insert(Can::Line);
    }
}

/// The F-keys of the responses that can be raised.
fn responses(scene: &Scene) -> Vec<(u8, usize)> {
    let all = scene.protocol.responses.iter().enumerate();
    all.filter_map(|(place, response)| match response.key {
        ResponseKey::F(f) if !response.cover => Some((f, place)),
        _ => None,
    })
    .collect()
}

/// The digits that answer a step.
fn step_digits(scene: &Scene, step: &Step) -> Vec<u8> {
    match &step.kind {
        // Its `1` is in the table, beside the blank.
        Kind::Check => Vec::new(),
        Kind::Number { .. } => (0..=9).collect(),
        Kind::Scale(scale) if digits_of(scale).is_none() => (0..=9).collect(),
        _ => {
            let none = BTreeSet::new();
            let options = options(scene, step, Work { chosen: &none, row: 0 });
            options.iter().filter_map(|option| option.key.parse().ok()).collect()
        }
    }
}
