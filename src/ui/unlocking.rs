//! The screen that asks for the passphrase, before what is sealed is read or gone on with.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::words::{KeyCap, KeyComplaint, StartSays, UnlockSays, key_cap};

use super::asked::{Asked, Below};
use super::field::{Drawn, Typed};
use super::key::Key;
use super::start::Goal;
use super::unseen::Unseen;
use super::view::View;
use super::wish::Wish;

/// What a key led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnlockingDoes {
    /// There is nothing more to do.
    Stays,
    /// Back to the start screen.
    Closes,
    /// The desk is asked for something.
    Asks(Wish),
}

/// The screen.
#[derive(Debug)]
pub struct Unlocking {
    secret: Unseen,
    goal: Goal,
    stands: Stands,
}

#[derive(Debug)]
enum Stands {
    /// The field is open.
    Typing,
    /// Nothing was typed.
    Empty,
    /// The desk is at it.
    Working,
    /// It did not unlock.
    Failed(KeyComplaint),
}

impl Unlocking {
    /// An empty field, on the way to something.
    pub fn new(goal: Goal) -> Self {
        Self { secret: Unseen::default(), goal, stands: Stands::Typing }
    }

    /// What it is unlocked for.
    pub fn goal(&self) -> Goal {
        self.goal
    }

    /// It did not unlock; the field is open again.
    pub fn failed(&mut self, why: KeyComplaint) {
        self.stands = Stands::Failed(why);
    }

    /// The cover came: what was typed is given up, so that whoever lifts it cannot go on with it.
    pub fn forget(&mut self) {
        self.secret.forget();
    }

    /// Takes a key; those that hide and come back are the stack's.
    pub fn press(&mut self, key: Key) -> UnlockingDoes {
        match key {
            Key::F(3) => return UnlockingDoes::Asks(Wish::NextLanguage),
            Key::Up => return UnlockingDoes::Closes,
            _ if matches!(self.stands, Stands::Working) => return UnlockingDoes::Stays,
            _ => {}
        }
        match self.secret.field_mut().press(key) {
            Typed::Closed => return UnlockingDoes::Closes,
            Typed::Kept if self.secret.field().text().is_empty() => self.stands = Stands::Empty,
            Typed::Kept => {
                self.stands = Stands::Working;
                return UnlockingDoes::Asks(Wish::Unlock(self.secret.take()));
            }
            Typed::Taken => self.stands = Stands::Typing,
            Typed::NotMine => {}
        }
        UnlockingDoes::Stays
    }

    /// Takes a paste.
    pub fn paste(&mut self, text: &str) {
        if !matches!(self.stands, Stands::Working) {
            self.secret.field_mut().insert(text);
            self.stands = Stands::Typing;
        }
    }

    /// Draws it over whatever the buffer has, with the cursor in the field.
    pub fn draw(&self, view: &View, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        self.asked(view).draw(view, area, buffer)
    }

    /// The same as lines, for the plain line mode.
    pub(super) fn as_lines(&self, view: &View) -> Vec<String> {
        self.asked(view).as_lines()
    }

    fn asked(&self, view: &View) -> Asked<'_> {
        let says = |says: UnlockSays| says.text(view.language);
        let below = match &self.stands {
            Stands::Typing => Below::Hint(String::new()),
            Stands::Empty => Below::Wrong(says(UnlockSays::Empty).to_owned()),
            Stands::Working => Below::Working(says(UnlockSays::Working).to_owned()),
            Stands::Failed(KeyComplaint::WrongPassphrase) => Below::Wrong(says(UnlockSays::Wrong).to_owned()),
            Stands::Failed(why) => Below::Wrong(why.sentence(view.language)),
        };
        let mut hints = vec![("Esc", StartSays::Hide.text(view.language).into_owned())];
        if !matches!(self.stands, Stands::Working) {
            hints.push((key_cap(view.language, KeyCap::Enter), says(UnlockSays::Open).to_owned()));
        }
        hints.push(("↑", says(UnlockSays::Back).to_owned()));
        Asked {
            title: says(UnlockSays::Title),
            why: says(UnlockSays::Why),
            label: says(UnlockSays::Label),
            field: self.secret.field(),
            drawn: Drawn::Dots,
            below,
            hints,
        }
    }
}

#[cfg(test)]
mod tests;
