//! What every part of the checklist's screen draws from: the view, and what the screen itself knows (shy or not, what
//! is not on disk yet). Whether something may be drawn is decided here and nowhere else.

use std::collections::BTreeMap;

use ratatui::style::Style;

use crate::machine::{Shyness, Standing, standing, with_her};
use crate::protocol::{Asked, Home, Protocol, Response, Step, Wording};
use crate::text::StepId;
use crate::words::{self, Say, Told};

use super::ink::Ink;
use super::view::View;

/// Whether a session runs, or is played back to whoever reads it later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Showing {
    /// It runs: she whom it is about may be in the room.
    Live,
    /// It is read later, by somebody who may see all of it.
    PlayedBack,
}

/// Everything that a part of the screen may look at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scene<'a> {
    pub view: View<'a>,
    pub protocol: &'a Protocol,
    pub ink: Ink,
    pub showing: Showing,
    /// As it is drawn, with what F4 made of it.
    pub shy: Shyness,
    /// A private step that F4 shows for a moment.
    pub revealed: Option<&'a StepId>,
    /// By step, the number of the event that made its present outcome.
    pub pending: &'a BTreeMap<StepId, u64>,
}

/// Whether what became of a step is on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept {
    /// It is.
    OnDisk,
    /// It is being written.
    Underway,
    /// It could not be written.
    Failed,
}

impl<'a> Scene<'a> {
    /// A sentence in the language of the screen.
    pub fn say(&self, what: Say) -> &'static str {
        words::say(self.view.language, what)
    }

    /// A sentence with something filled in.
    pub fn told(&self, what: &Told<'_>) -> String {
        words::told(self.view.language, what)
    }

    /// A text of the protocol in the language of the screen.
    pub fn text(&self, wording: &'a Wording) -> &'a str {
        wording.in_language(self.view.shown)
    }

    /// Words to say, in their language.
    pub fn said(&self, wording: &'a Wording) -> &'a str {
        wording.in_language(self.view.said)
    }

    /// Whether the screen is shy.
    pub fn is_shy(&self) -> bool {
        self.shy == Shyness::Shy
    }

    /// Whether a step is not to be drawn.
    pub fn hides(&self, step: &Step) -> bool {
        self.is_shy() && step.private && self.revealed != Some(&step.id)
    }

    /// Whether she may see the screen now.
    pub fn is_with_her(&self) -> bool {
        self.showing == Showing::Live && with_her(self.protocol, self.view.state)
    }

    /// Whether a line is drawn as dots beside the step in the middle: besides what is hidden anyway, what she should not
    /// read never stands beside words to say while she is there, whatever F4 opened.
    pub fn hides_beside(&self, line: &Step, middle: Option<&Step>) -> bool {
        let is_said = || middle.is_some_and(|step| step.say.is_some() && !step.private);
        self.hides(line) || (line.private && is_said() && self.is_with_her())
    }

    /// Whether the answer to a step is drawn as dots.
    pub fn dots(&self, step: &Step) -> bool {
        self.is_shy() && self.revealed != Some(&step.id)
    }

    /// The line of a step beside the one in the middle, or dots.
    pub fn ask<'s>(&self, step: &'s Step, middle: Option<&Step>) -> &'s str {
        if self.hides_beside(step, middle) { "· · · ·" } else { step.ask.in_language(self.view.shown) }
    }

    /// What a response is called: its harmless word while shy.
    pub fn response(&self, response: &'a Response) -> &'a str {
        match &response.hint {
            Some(hint) if self.is_shy() => self.text(hint),
            None if self.is_shy() => "· · ·",
            _ => self.text(&response.title),
        }
    }

    /// The responses that wait until the one that runs is over, in the order in which they were raised.
    pub fn waiting(&self) -> impl Iterator<Item = &'a Response> + use<'a> {
        let protocol = self.protocol;
        self.view.state.record.waiting.iter().filter_map(|id| protocol.response(id)).map(|(_, waits)| waits)
    }

    /// The word of a response in hints: always the harmless one.
    pub fn response_hint(&self, response: &'a Response) -> &'a str {
        response.hint.as_ref().map_or("· · ·", |hint| self.text(hint))
    }

    /// The word beside a step for who does it.
    pub fn by(&self, step: &Step) -> Option<&'static str> {
        match step.by {
            Asked::Talker => Some(self.say(Say::Talker)),
            Asked::Second => Some(self.say(Say::Second)),
            Asked::Both => None,
        }
    }

    /// Whether what became of a step is on disk.
    pub fn kept(&self, step: &StepId) -> Kept {
        let keeping = self.view.keeping;
        match self.pending.get(step) {
            Some(event) if *event > keeping.saved && !keeping.nothing_is_kept => {
                if keeping.trouble.is_some() { Kept::Failed } else { Kept::Underway }
            }
            _ => Kept::OnDisk,
        }
    }

    /// How a step stands.
    pub fn standing(&self, step: &Step) -> Standing {
        standing(self.protocol, self.view.state, step)
    }

    /// The mark of a step in a list: a sign and a style, which say the same thing twice.
    pub fn mark(&self, step: &Step) -> (&'static str, Style) {
        let ink = self.ink;
        let standing = self.standing(step);
        match self.kept(&step.id) {
            Kept::OnDisk => {}
            Kept::Underway if standing == Standing::Open => {}
            Kept::Underway => return ("·", ink.dim()),
            Kept::Failed => return ("!", ink.later()),
        }
        match standing {
            Standing::Open => ("○", ink.plain()),
            Standing::Partly => ("◔", ink.later()),
            Standing::Answered => ("✓", ink.done()),
            Standing::Deferred => ("◐", ink.later()),
            Standing::Read => ("✓", ink.dim()),
            Standing::NotApplicable => ("–", ink.dim()),
            Standing::Skipped | Standing::Declined if self.is_shy() => ("✓", ink.done()),
            Standing::Skipped => ("»", ink.left_out()),
            Standing::Declined => ("◇", ink.left_out()),
        }
    }

    /// The word for how a step stands, where the list has room for one.
    pub fn standing_word(&self, step: &Step) -> Option<&'static str> {
        match self.kept(&step.id) {
            Kept::Failed => return Some(self.say(Say::NotKept)),
            Kept::OnDisk | Kept::Underway => {}
        }
        match self.standing(step) {
            Standing::Deferred => Some(self.say(Say::PutOff)),
            Standing::Skipped if !self.is_shy() => Some(self.say(Say::Skipped)),
            Standing::Declined if !self.is_shy() => Some(self.say(Say::Declined)),
            _ => None,
        }
    }

    /// The response that a step is of.
    pub fn response_of(&self, step: &Step) -> Option<&'a Response> {
        match step.home {
            Home::Response(place) => self.protocol.responses.get(place),
            Home::Phase { .. } => None,
        }
    }
}
