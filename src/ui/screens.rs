//! The stack of screens: one at the base, the cover above everything. Every key, paste and frame goes through here,
//! so that hiding works from anywhere, and nothing else may hide, come back or draw above the cover.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::journal::SessionName;
use crate::machine::{CoveredBy, Event, Fact, Outcome, Refusal, Uncovered, Value};
use crate::protocol::Kind;
use crate::seal::{Opens, Recipient, Sheet, Which};
use crate::text::TopicId;
use crate::words::{KeyComplaint, Say};

use super::checklist::Checklist;
use super::first_key::{FirstKey, FirstKeyDoes};
use super::form::{Form, FormDoes};
use super::ink::Ink;
use super::key::Key;
use super::leaflet::Leaflet;
use super::pin_pad::{AfterWrong, PadDoes, PinPad};
use super::pin_page::{PinPage, PinPageDoes};
use super::plain;
use super::review::{AnswersDo, AnswersPage, NotDone, Review, ReviewDoes, ReviewTold, ReviewWish};
use super::sheet;
use super::start::{Goal, Lesson, Start, StartDoes};
use super::unlocking::{Unlocking, UnlockingDoes};
use super::veil::Veil;
use super::view::{ReadBy, View};
use super::wish::{LeafletOpens, Wish};

/// Within so many milliseconds of the key that hid, coming back is a slip that costs nothing.
const SLIP: u64 = 3_000;

/// The screens of the program.
#[derive(Debug)]
pub struct Screens {
    base: Base,
    cover: Option<Cover>,
    veil: Veil,
    /// The cover for the present size, prepared before anybody needs it.
    ready: Leaflet,
    pin: AsksPin,
    /// Whether the first run's lesson was done, on whichever screen.
    lesson: Lesson,
}

/// What coming back and a new session ask of a PIN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum AsksPin {
    /// Nothing: there is none, and none is wished.
    #[default]
    Never,
    /// There is none, and a real session asks for one first.
    ToSet,
    /// Coming back takes one of so many digits.
    ToReturn(usize),
}

/// The screen under everything.
#[derive(Debug)]
enum Base {
    /// The start screen.
    Start(Start),
    /// The page that asks for a PIN, and the start screen to go back to.
    Pin(PinPage, Start),
    /// The form on the way to a session, and the start screen to go back to.
    Form(Form, Start),
    /// The first key on the way to that form, and the start screen to go back to.
    FirstKey(Box<FirstKey>, Start),
    /// The passphrase, and the start screen to go back to.
    Unlocking(Unlocking, Start),
    /// The review, and the start screen to go back to.
    Review(Box<Review>, Start),
    /// What was remarked to a worker, and the start screen to go back to.
    Answers(Box<AnswersPage>, Start),
    /// The checklist of a session.
    Checklist(Box<Checklist>),
}

/// The cover that is up.
#[derive(Debug)]
struct Cover {
    leaflet: Leaflet,
    /// By what and when, on the monotonic clock, it was drawn; none: the program opened with it, and coming back is
    /// never a slip.
    drawn: Option<(CoveredBy, u64)>,
    pad: PinPad,
}

impl Screens {
    /// The start screen.
    pub fn new(view: &View) -> Self {
        Self {
            base: Base::Start(Start::new()),
            cover: None,
            veil: Veil::default(),
            ready: ready(view),
            pin: AsksPin::Never,
            lesson: Lesson::ToDo,
        }
    }

    /// Prepares the cover. To be called after a change of size or of language, and when the protocol was read.
    pub fn prepare(&mut self, view: &View) {
        self.ready = ready(view);
        if let Some(cover) = &mut self.cover {
            cover.leaflet.fit(view, view.size.width, view.size.height);
        }
    }

    /// Back to the start screen: a session was left or closed. A cover that is up stays up.
    pub fn show_start(&mut self) {
        self.base = Base::Start(Start::after(self.lesson));
    }

    /// To the form of a new session, with the start screen behind it; where nobody could read one, to the first key.
    pub fn show_form(&mut self, view: &View) {
        self.base = self.way_in(Start::after(self.lesson), view);
    }

    /// What is asked on the way to a session: for the first key, where nobody could read what is written; for a PIN,
    /// where one is to be set; then for the numbers.
    fn way_in(&self, start: Start, view: &View) -> Base {
        if view.desk.keys.readers == ReadBy::Nobody {
            return Base::FirstKey(Box::default(), start);
        }
        self.behind_the_key(start)
    }

    fn behind_the_key(&self, start: Start) -> Base {
        match self.pin {
            AsksPin::ToSet => Base::Pin(PinPage::default(), start),
            AsksPin::Never | AsksPin::ToReturn(_) => Base::Form(Form::new(), start),
        }
    }

    /// What is asked of a PIN from now on.
    pub fn asks_pin(&mut self, pin: AsksPin) {
        self.pin = pin;
        if let (Base::Pin(_, start), AsksPin::Never | AsksPin::ToReturn(_)) = (&mut self.base, pin) {
            self.base = Base::Form(Form::new(), std::mem::take(start));
        }
    }

    /// The PIN could not be kept.
    pub fn pin_not_kept(&mut self) {
        if let Base::Pin(page, _) = &mut self.base {
            page.not_kept();
        }
    }

    /// A PIN that was typed under this cover was looked at.
    pub fn pin_opens(&mut self, opens: Opens, view: &View) -> Vec<Wish> {
        let Some(cover) = &mut self.cover else { return Vec::new() };
        match opens {
            Opens::This(Which::First) => self.uncover(Uncovered::Later, view),
            Opens::This(Which::Second) => vec![Wish::OnlyLeaflet(LeafletOpens::Settings)],
            Opens::Nothing => match cover.pad.was_wrong() {
                AfterWrong::Again => Vec::new(),
                AfterWrong::TooMany => vec![Wish::OnlyLeaflet(LeafletOpens::Here)],
            },
        }
    }

    /// To the checklist: a session was begun or resumed.
    pub fn show_checklist(&mut self, view: &View) {
        self.base = Base::Checklist(Box::new(Checklist::new(view)));
    }

    /// To the review, with the start screen behind it; where a session is named, to that one.
    pub fn show_review(&mut self, session: Option<SessionName>) -> Vec<Wish> {
        let start = Start::after(self.lesson);
        self.opens_review(session, start)
    }

    fn opens_review(&mut self, session: Option<SessionName>, start: Start) -> Vec<Wish> {
        let review = Review::new(session);
        self.base = Base::Review(Box::new(review), start);
        vec![Wish::Review]
    }

    /// Her answer is on disk, or why it is not.
    pub fn answer_kept(&mut self, kept: Result<(), NotDone>) {
        if let Base::Answers(page, _) = &mut self.base {
            page.kept(kept);
        }
    }

    /// The desk tells the review something; nothing happens where nobody waits for it any more.
    pub fn review_told(&mut self, told: ReviewTold, view: &View) {
        if let Base::Review(review, _) = &mut self.base {
            review.told(told, view);
        }
    }

    /// Whether the start screen is at the base.
    pub fn is_at_start(&self) -> bool {
        matches!(self.base, Base::Start(_))
    }

    /// Whether the cover is up.
    pub fn is_covered(&self) -> bool {
        self.cover.is_some()
    }

    /// What drew the cover that is up; none where the program opened with it.
    pub fn covered_by(&self) -> Option<CoveredBy> {
        self.cover.as_ref()?.drawn.map(|(by, _)| by)
    }

    /// Takes a key.
    pub fn press(&mut self, key: Key, view: &View) -> Vec<Wish> {
        match (key, &mut self.cover) {
            (Key::Hide, None) => self.hide(CoveredBy::Key, view),
            (Key::Return, Some(_)) => self.chord(view),
            (Key::Hide, Some(cover)) => {
                cover.pad.close();
                Vec::new()
            }
            (Key::Return, None) => Vec::new(),
            (_, Some(cover)) => {
                let AsksPin::ToReturn(length) = self.pin else { return cover.leaflet.press(key, view) };
                match cover.pad.press(key, length, view.now.run) {
                    PadDoes::NotMine => cover.leaflet.press(key, view),
                    PadDoes::Took => Vec::new(),
                    PadDoes::Complete(pin) => vec![Wish::TryPin(pin)],
                }
            }
            (_, None) if self.veil.is_drawn() => {
                if key == Key::F(4) {
                    self.veil = Veil::Lifted;
                }
                Vec::new()
            }
            (_, None) => self.press_base(key, view),
        }
    }

    /// The chord that comes back: at once after a slip and where there is no PIN.
    fn chord(&mut self, view: &View) -> Vec<Wish> {
        let Some(cover) = &mut self.cover else { return Vec::new() };
        let brief = cover.drawn.filter(|(_, since)| view.now.run.saturating_sub(*since) <= SLIP);
        // Whoever finds a cover that came by itself has not slipped.
        let slip = matches!(brief, Some((CoveredBy::Key | CoveredBy::Signal, _)));
        match self.pin {
            AsksPin::ToReturn(_) if !slip => {
                cover.pad.open(view.now.run);
                Vec::new()
            }
            _ => self.uncover(if brief.is_some() { Uncovered::Brief } else { Uncovered::Later }, view),
        }
    }

    fn press_base(&mut self, key: Key, view: &View) -> Vec<Wish> {
        match &mut self.base {
            Base::Start(start) => match start.press(key, view) {
                StartDoes::Stays => Vec::new(),
                StartDoes::OpensForm => {
                    let start = std::mem::take(start);
                    self.base = self.way_in(start, view);
                    Vec::new()
                }
                StartDoes::OpensRemarks => {
                    self.base = Base::Answers(Box::default(), std::mem::take(start));
                    Vec::new()
                }
                StartDoes::Unlocks(goal) => {
                    self.base = Base::Unlocking(Unlocking::new(goal), std::mem::take(start));
                    Vec::new()
                }
                StartDoes::Asks(Wish::Review) => {
                    let start = std::mem::take(start);
                    self.opens_review(None, start)
                }
                StartDoes::Asks(wish) => vec![wish],
            },
            Base::Review(review, start) => match review.press(key, view) {
                ReviewDoes::Stays => Vec::new(),
                ReviewDoes::Closes => {
                    self.base = Base::Start(std::mem::take(start));
                    vec![Wish::OfReview(ReviewWish::Leave)]
                }
                ReviewDoes::NextLanguage => vec![Wish::NextLanguage],
                ReviewDoes::Asks(wish) => vec![Wish::OfReview(wish)],
            },
            Base::Answers(page, start) => match page.press(key, view) {
                AnswersDo::Stays => Vec::new(),
                AnswersDo::Closes => {
                    self.base = Base::Start(std::mem::take(start));
                    Vec::new()
                }
                AnswersDo::Keeps(answer) => vec![Wish::Answer(answer)],
            },
            Base::FirstKey(first, start) => match first.press(key, view) {
                FirstKeyDoes::Stays => Vec::new(),
                FirstKeyDoes::Closes => {
                    self.base = Base::Start(std::mem::take(start));
                    Vec::new()
                }
                FirstKeyDoes::Asks(wish) => vec![wish],
            },
            Base::Unlocking(unlocking, start) => match unlocking.press(key) {
                UnlockingDoes::Stays => Vec::new(),
                UnlockingDoes::Closes => {
                    self.base = Base::Start(std::mem::take(start));
                    Vec::new()
                }
                UnlockingDoes::Asks(wish) => vec![wish],
            },
            Base::Pin(page, start) => match page.press(key) {
                PinPageDoes::Stays => Vec::new(),
                PinPageDoes::Closes => {
                    self.base = Base::Start(std::mem::take(start));
                    Vec::new()
                }
                PinPageDoes::GoesOn => vec![Wish::WithoutPin],
                PinPageDoes::Asks(wish) => vec![wish],
            },
            Base::Form(form, start) => match form.press(key, view) {
                FormDoes::Stays => Vec::new(),
                FormDoes::Closes => {
                    self.base = Base::Start(std::mem::take(start));
                    Vec::new()
                }
                FormDoes::Asks(wish) => vec![wish],
            },
            Base::Checklist(checklist) => {
                let mut wishes = checklist.press(key, view);
                // The now-list has a line that hides, as the key does.
                if let Some(place) = wishes.iter().position(|wish| matches!(wish, Wish::Covered(_))) {
                    wishes.remove(place);
                    wishes.extend(self.hide(CoveredBy::Key, view));
                }
                wishes
            }
        }
    }

    /// Puts the cover above everything. What lies under it stays as it is, a half-typed text with its cursor too; but no
    /// passphrase, with which whoever lifts the cover would have to press Enter only.
    pub fn hide(&mut self, by: CoveredBy, view: &View) -> Vec<Wish> {
        if self.cover.is_some() {
            return Vec::new();
        }
        let drawn = Some((by, view.now.run));
        self.cover = Some(Cover { leaflet: self.ready.clone(), drawn, pad: PinPad::default() });
        self.forget_passphrases();
        if let Base::Start(start) = &mut self.base {
            start.waits();
        }
        vec![Wish::Covered(by)]
    }

    /// Opens with the cover up, before anything else was drawn; that hides nothing from anybody, and is no event.
    pub fn open_covered(&mut self, view: &View) {
        self.ready = ready(view);
        self.cover = Some(Cover { leaflet: self.ready.clone(), drawn: None, pad: PinPad::default() });
    }

    /// The leaflet that is up, or the one that would come.
    pub fn leaflet(&self) -> &Leaflet {
        self.cover.as_ref().map_or(&self.ready, |cover| &cover.leaflet)
    }

    /// Lifts the cover: exactly what was there, shy.
    pub fn uncover(&mut self, how: Uncovered, view: &View) -> Vec<Wish> {
        if self.cover.take().is_none() {
            return Vec::new();
        }
        self.lesson = Lesson::Done;
        let tells = match &self.base {
            Base::Form(..) | Base::Answers(..) | Base::Review(..) => true,
            Base::Start(start) => start.tells(view),
            Base::FirstKey(..) | Base::Unlocking(..) | Base::Pin(..) | Base::Checklist(_) => false,
        };
        if tells && how == Uncovered::Later && self.veil == Veil::Lifted {
            self.veil = Veil::Drawn;
        }
        match &mut self.base {
            Base::Start(start)
            | Base::Form(_, start)
            | Base::Unlocking(_, start)
            | Base::Pin(_, start)
            | Base::Answers(_, start)
            | Base::Review(_, start) => start.came_back(),
            Base::FirstKey(first, start) => {
                start.came_back();
                first.came_back(how);
            }
            Base::Checklist(checklist) => checklist.came_back(view),
        }
        vec![Wish::Uncovered(how)]
    }

    /// Takes a paste: into an open field, else nowhere. Under the cover it is dropped without a word; what was
    /// `dropped` of one that the cover broke off is said on return.
    pub fn paste(&mut self, text: &str, dropped: usize, view: &View) {
        match (&mut self.cover, &mut self.base) {
            (Some(_), Base::Checklist(checklist)) if text.is_empty() && dropped > 0 => {
                checklist.say_on_return(Say::PasteCut);
            }
            (Some(_), Base::Form(..) | Base::Answers(..) | Base::Review(..))
                if text.is_empty() && dropped > 0 =>
            {
                self.veil = Veil::SaysCut;
            }
            (Some(cover), _) => cover.pad.close(),
            (None, _) if self.veil.is_drawn() => {}
            (None, Base::Start(_) | Base::Pin(..)) => {}
            (None, Base::Review(review, _)) => review.paste(text, view),
            (None, Base::Answers(page, _)) => page.paste(text),
            (None, Base::Form(form, _)) => form.paste(text),
            (None, Base::FirstKey(first, _)) => first.paste(text),
            (None, Base::Unlocking(unlocking, _)) => unlocking.paste(text),
            (None, Base::Checklist(checklist)) => checklist.paste(text, view),
        }
    }

    /// Hears of an event after it was applied.
    pub fn after(&mut self, event: &Event, view: &View) {
        if matches!(event.fact, Fact::Begun { .. } | Fact::Resumed { .. })
            && !matches!(self.base, Base::Checklist(_))
        {
            self.show_checklist(view);
        }
        if let Base::Checklist(checklist) = &mut self.base {
            checklist.after(event, view);
        }
        if matches!(event.fact, Fact::Answered { .. } | Fact::Undone { .. }) {
            self.ready = ready(view);
        }
    }

    /// Hears that the machine refused what was last asked.
    pub fn refused(&mut self, refusal: &Refusal, view: &View) {
        if let Base::Checklist(checklist) = &mut self.base {
            checklist.refused(refusal, view);
        }
    }

    /// Lets time do what it does. To be called when a wake-up that [`Screens::next_wake`] named has come.
    pub fn tick(&mut self, view: &View) -> Vec<Wish> {
        if let (None, Base::Checklist(checklist)) = (&self.cover, &mut self.base) {
            checklist.tick(view);
        }
        Vec::new()
    }

    /// When the screen looks different by itself next, in milliseconds of the monotonic clock; none: never.
    pub fn next_wake(&self, view: &View) -> Option<u64> {
        match (&self.cover, &self.base) {
            (None, Base::Checklist(checklist)) => checklist.next_wake(view),
            (None, Base::Start(_)) => Start::next_wake(view),
            _ => None,
        }
    }

    /// Draws what is on top, and says where the cursor stands.
    pub fn draw(&self, view: &View, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        if self.cover.is_none() && sheet::is_too_small(area) {
            sheet::ask_for_room(view.language, Ink::new(view.look.colour), area, buffer);
            return None;
        }
        match (&self.cover, &self.base) {
            (Some(cover), _) => cover.leaflet.draw(view, area, buffer),
            (None, _) if self.veil.is_drawn() => {
                self.veil.draw(view, area, buffer);
                None
            }
            (None, Base::Start(start)) => start.draw(view, area, buffer),
            (None, Base::Pin(page, _)) => page.draw(view, area, buffer),
            (None, Base::Form(form, _)) => form.draw(view, area, buffer),
            (None, Base::FirstKey(first, _)) => first.draw(view, area, buffer),
            (None, Base::Unlocking(unlocking, _)) => unlocking.draw(view, area, buffer),
            (None, Base::Review(review, _)) => review.draw(view, area, buffer),
            (None, Base::Answers(page, _)) => page.draw(view, area, buffer),
            (None, Base::Checklist(checklist)) => checklist.draw(view, area, buffer),
        }
    }

    /// What is on top as lines of text, for the plain line mode: see `plain`.
    pub fn lines(&self, view: &View) -> Vec<String> {
        match (&self.cover, &self.base) {
            (Some(cover), _) => cover.leaflet.as_lines(view),
            (None, _) if self.veil.is_drawn() => self.veil.lines(view.language),
            (None, Base::Start(start)) => start.as_lines(view),
            (None, Base::Pin(page, _)) => page.as_lines(view),
            (None, Base::Form(form, _)) => form.as_lines(view),
            (None, Base::FirstKey(first, _)) => first.as_lines(view),
            (None, Base::Unlocking(unlocking, _)) => unlocking.as_lines(view),
            (None, Base::Review(review, _)) => review.as_lines(view),
            (None, Base::Answers(page, _)) => page.as_lines(view),
            (None, Base::Checklist(checklist)) => plain::checklist(checklist, view),
        }
    }
}

/// What the desk answers to the screens of keys. Where nobody waits for it any more, nothing happens.
impl Screens {
    /// The key is unlocked: on to what it was wanted for.
    pub fn unlocked(&mut self) -> Vec<Wish> {
        let Base::Unlocking(unlocking, start) = &mut self.base else { return Vec::new() };
        let (goal, start) = (unlocking.goal(), std::mem::take(start));
        match goal {
            Goal::Read => return self.opens_review(None, start),
            Goal::ReadThis(name) => return self.opens_review(Some(name), start),
            Goal::Resume | Goal::Due | Goal::Session(_) => {}
        }
        self.base = Base::Start(start.at(goal));
        match goal {
            Goal::Session(name) => vec![Wish::Resume(name.to_string())],
            _ => Vec::new(),
        }
    }

    /// To the passphrase, with the start screen behind it.
    pub fn show_unlocking(&mut self, goal: Goal) {
        let start = if goal == Goal::Resume { Start::resuming() } else { Start::new() };
        self.base = Base::Unlocking(Unlocking::new(goal), start);
    }

    /// What was found of the saved sessions is on the desk.
    pub fn found(&mut self, view: &View) -> Vec<Wish> {
        match (&self.cover, &mut self.base) {
            (None, Base::Start(start)) => start.found(view).into_iter().collect(),
            _ => Vec::new(),
        }
    }

    /// The key is not unlocked.
    pub fn not_unlocked(&mut self, why: KeyComplaint) {
        if let Base::Unlocking(unlocking, _) = &mut self.base {
            unlocking.failed(why);
        }
    }

    /// The file with a supervisor's key was read.
    pub fn key_read(&mut self, read: Result<Recipient, KeyComplaint>) -> Vec<Wish> {
        let Base::FirstKey(first, _) = &mut self.base else { return Vec::new() };
        match first.key_read(read) {
            FirstKeyDoes::Asks(wish) => vec![wish],
            FirstKeyDoes::Stays | FirstKeyDoes::Closes => Vec::new(),
        }
    }

    /// A key was made, with this recovery sheet and this public half.
    pub fn has_sheet(&mut self, sheet: Sheet, public: Recipient) {
        if let Base::FirstKey(first, _) = &mut self.base {
            first.has_sheet(sheet, public);
        }
    }

    /// The first keys are kept: on to the PIN, or to the form.
    pub fn keys_kept(&mut self) {
        if let Base::FirstKey(_, start) = &mut self.base {
            let start = std::mem::take(start);
            self.base = self.behind_the_key(start);
        }
    }

    /// The first keys could not be kept.
    pub fn keys_not_kept(&mut self, why: KeyComplaint) {
        if let Base::FirstKey(first, _) = &mut self.base {
            first.failed(why);
        }
    }

    fn forget_passphrases(&mut self) {
        match &mut self.base {
            Base::FirstKey(first, _) => first.forget(),
            Base::Unlocking(unlocking, _) => unlocking.forget(),
            Base::Start(_)
            | Base::Form(..)
            | Base::Pin(..)
            | Base::Review(..)
            | Base::Answers(..)
            | Base::Checklist(_) => {}
        }
    }
}

/// What only tests look at.
#[cfg(test)]
impl Screens {
    /// What is looked at, and what lies on top, in the words of the tests.
    pub(super) fn on_top(&self) -> Vec<String> {
        let Base::Checklist(checklist) = &self.base else { return Vec::new() };
        let level = checklist.level();
        let looking = level.looking.iter().map(|step| format!("?{step}"));
        looking.chain(level.tops.iter().map(|top| format!("[{:?}]", top.place()))).collect()
    }

    /// Everything that the screens remember but for when a key was last pressed.
    pub(super) fn all_but_rest(&self) -> String {
        let Base::Checklist(checklist) = &self.base else { return format!("{self:?}") };
        format!("{}{:?}", checklist.all_but_rest(), self.cover.is_some())
    }

    /// The leaflet as it would be drawn now.
    pub(super) fn sheet(view: &View) -> Leaflet {
        ready(view)
    }

    /// The keys that work now.
    pub(super) fn context(&self, view: &View) -> Option<super::keys::Context> {
        match &self.base {
            Base::Checklist(checklist) => Some(checklist.context(view)),
            _ => None,
        }
    }
}

/// The leaflet for the present size, open where the agreed subject is.
fn ready(view: &View) -> Leaflet {
    let mut leaflet = Leaflet::new(view, view.cover, agreed(view).as_ref());
    leaflet.fit(view, view.size.width, view.size.height);
    leaflet
}

/// The topic that a chosen option opens the leaflet at: the latest in the list.
fn agreed(view: &View) -> Option<TopicId> {
    let protocol = view.protocol?;
    protocol.phase_steps().rev().find_map(|(_, step)| {
        let Kind::Choice(options) = &step.kind else { return None };
        match view.state.seen.outcomes.get(&step.id)? {
            Outcome::Answered(Value::Option(chosen)) => {
                options.iter().find(|option| option.id == *chosen)?.opens.clone()
            }
            _ => None,
        }
    })
}
