//! The checked protocol: what a machine can run and a screen can show. Built by the reader only, so whoever holds a
//! [`Protocol`] need not check it again: ids are unique, every reference resolves, every bound is kept.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::text::{
    ConditionId, CoverId, GroupId, LanguageCode, OptionId, PhaseId, ProtocolId, ResponseId, RowId, StepId,
    TopicId,
};

use super::condition::Condition;

/// A text in the protocol's base language, with its translations beside it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Wording {
    base: Box<str>,
    /// By language, in their order. A map would keep room for eleven, and most texts have one.
    translations: Vec<(LanguageCode, Box<str>)>,
}

impl Wording {
    /// A text without translations.
    pub fn new(base: &str) -> Self {
        Self { base: Box::from(base), translations: Vec::new() }
    }

    /// Adds or replaces one translation.
    pub fn translate(&mut self, language: LanguageCode, text: &str) {
        match self.place_of(&language) {
            Ok(place) => self.translations[place].1 = Box::from(text),
            Err(place) => {
                self.translations.reserve_exact(1);
                self.translations.insert(place, (language, Box::from(text)));
            }
        }
    }

    fn place_of(&self, language: &LanguageCode) -> Result<usize, usize> {
        self.translations.binary_search_by(|(own, _)| own.cmp(language))
    }

    /// Takes over the translations of another text that it has not itself.
    pub fn fill_from(&mut self, other: &Self) {
        for (language, text) in &other.translations {
            if !self.has(language) {
                self.translate(language.clone(), text);
            }
        }
    }

    /// The text in a language, or in the base language where it has none.
    pub fn in_language(&self, language: &LanguageCode) -> &str {
        self.place_of(language).map_or(&self.base, |place| &self.translations[place].1)
    }

    /// The text in the base language.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Whether there is a translation into this language.
    pub fn has(&self, language: &LanguageCode) -> bool {
        self.place_of(language).is_ok()
    }
}

/// The place of a step in [`Protocol::steps`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct StepIndex(pub usize);

/// A protocol: phases of steps, responses and covers. See `docs/protocol.md` for the language it is written in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Protocol {
    /// Its id.
    pub id: ProtocolId,
    /// Its version; a translation names the one that it was made of.
    pub version: u32,
    /// The base language.
    pub language: LanguageCode,
    /// The languages that it has translations for, without the base language.
    pub translations: Vec<LanguageCode>,
    /// What it is called.
    pub title: Wording,
    /// Where the practice comes from.
    pub source: Option<Wording>,
    /// Named conditions, for `holds(…)`. Each looks only at those before it.
    pub conditions: Vec<NamedCondition>,
    /// The covers; the first is the default. At least one.
    pub covers: Vec<Cover>,
    /// The phases in order, one to nine.
    pub phases: Vec<Phase>,
    /// The responses. Exactly one covers.
    pub responses: Vec<Response>,
    /// Every step: those of the phases in order, then those of the responses.
    pub steps: Vec<Step>,
    /// Where each step is in `steps`; follows from them, and is not written.
    #[serde(skip)]
    pub by_id: HashMap<StepId, StepIndex>,
}

impl Protocol {
    /// The step at a place. Total: a place that does not exist gives nothing.
    pub fn step(&self, index: StepIndex) -> Option<&Step> {
        self.steps.get(index.0)
    }

    /// The place of a step, by its id.
    pub fn find(&self, id: &StepId) -> Option<StepIndex> {
        self.by_id.get(id).copied()
    }

    /// A step by its id.
    pub fn step_by_id(&self, id: &StepId) -> Option<&Step> {
        self.find(id).and_then(|index| self.step(index))
    }

    /// The steps of the phases, in order, with their places: the checklist without the responses.
    pub fn phase_steps(&self) -> impl DoubleEndedIterator<Item = (StepIndex, &Step)> {
        self.steps
            .iter()
            .enumerate()
            .map(|(i, s)| (StepIndex(i), s))
            .filter(|(_, s)| matches!(s.home, Home::Phase { .. }))
    }

    /// The response with an id, and its place.
    pub fn response(&self, id: &ResponseId) -> Option<(usize, &Response)> {
        self.responses.iter().enumerate().find(|(_, response)| response.id == *id)
    }

    /// The place of the response that covers; every protocol has exactly one.
    pub fn covering(&self) -> Option<&Response> {
        self.responses.iter().find(|response| response.cover)
    }

    /// The phase with an id, and its place.
    pub fn phase(&self, id: &PhaseId) -> Option<(usize, &Phase)> {
        self.phases.iter().enumerate().find(|(_, phase)| phase.id == *id)
    }

    /// The phase that a step belongs to, where it is not of a response.
    pub fn phase_of(&self, step: StepIndex) -> Option<&Phase> {
        match self.step(step)?.home {
            Home::Phase { phase, .. } => self.phases.get(phase),
            Home::Response(_) => None,
        }
    }

    /// The group that a step belongs to, where it is not of a response.
    pub fn group_of(&self, step: StepIndex) -> Option<&Group> {
        match self.step(step)?.home {
            Home::Phase { phase, group } => self.phases.get(phase)?.groups.get(group),
            Home::Response(_) => None,
        }
    }
}

/// A condition with a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedCondition {
    /// Its name.
    pub id: ConditionId,
    /// What it stands for.
    pub is: Condition,
}

/// The innocuous sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cover {
    /// Its id, for the settings.
    pub id: CoverId,
    /// Its head line.
    pub title: Wording,
    /// One to nine pages.
    pub topics: Vec<Topic>,
}

/// A page of a cover.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    /// Its id.
    pub id: TopicId,
    /// Its head line.
    pub title: Wording,
    /// Which choice of the danger response the page means.
    pub stands_for: Option<StandsFor>,
    /// Its text, a paragraph or line each.
    pub lines: Vec<Wording>,
}

/// Which choice of the danger response a page of the cover means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StandsFor {
    /// Talk of another subject.
    Subject,
    /// Give her somewhere safe.
    SafePlace,
    /// Close, and fix another date.
    Later,
    /// Leave and get help.
    Leave,
}

/// An ordered part of a protocol.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phase {
    /// Its id.
    pub id: PhaseId,
    /// What it is called.
    pub title: Wording,
    /// What is asked at its end, before the next phase.
    pub pause: Option<Wording>,
    /// How long it may take before the clock shows a mark.
    pub minutes: Option<u32>,
    /// What must hold to enter it, and while it runs.
    pub gates: Vec<Gate>,
    /// One to nine groups; a phase that has steps directly has one group without a title.
    pub groups: Vec<Group>,
}

impl Phase {
    /// The places of its steps in [`Protocol::steps`].
    pub fn steps(&self) -> Range<usize> {
        let start = self.groups.first().map_or(0, |group| group.steps.start);
        let end = self.groups.last().map_or(start, |group| group.steps.end);
        start..end
    }
}

/// A condition that must hold to enter a phase and while it runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gate {
    /// What must hold.
    pub opens: Condition,
    /// Said, after a key, when it does not.
    pub closed_says: Wording,
    /// Whether a person may go on nevertheless.
    pub overridden: Override,
}

/// Whether a gate can be overridden.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Override {
    /// With a reason, which stands out in the review.
    #[default]
    Reason,
    /// Never.
    Never,
}

/// Steps that belong together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Its id; a phase that has steps directly lends its own name.
    pub id: Option<GroupId>,
    /// What it is called; none where the phase has steps directly.
    pub title: Option<Wording>,
    /// When it applies at all.
    pub when: Option<Condition>,
    /// She is in the room.
    pub with_her: bool,
    /// One page of marks, filled in at a pause.
    pub together: bool,
    /// The places of its steps in [`Protocol::steps`]: one to nine.
    pub steps: Range<usize>,
}

/// Where a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Home {
    /// In a phase: the place of the phase, and of the group in it.
    Phase {
        /// In [`Protocol::phases`].
        phase: usize,
        /// In [`Phase::groups`].
        group: usize,
    },
    /// In a response, by its place in [`Protocol::responses`].
    Response(usize),
}

/// One line of the checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Its id.
    pub id: StepId,
    /// Where it stands.
    pub home: Home,
    /// What kind of answer it takes. Of a step with `again`, that of the step it asks again.
    pub kind: Kind,
    /// The line itself.
    pub ask: Wording,
    /// Words to say aloud.
    pub say: Option<Wording>,
    /// The reason, on one key.
    pub why: Option<Wording>,
    /// Who does it.
    pub by: Asked,
    /// Whether it must be answered before closing.
    pub required: Required,
    /// When it applies; the group's `when` is apart.
    pub when: Option<Condition>,
    /// The numbers of the practices that it acts on.
    pub serves: Vec<Practice>,
    /// Never drawn while the screen is shy, and left out of exports. So is a step that asks a private one again.
    pub private: bool,
    /// What an answer to it tells the review.
    pub tells: Option<Tells>,
    /// The step that it asks once more.
    pub again: Option<StepIndex>,
    /// What its answer may propose.
    pub suggests: Option<Suggests>,
    /// Its text, or what was chosen, stays in sight.
    pub stays: bool,
    /// A part that the program plays with it.
    pub role: Option<Role>,
    /// What the screen shows instead of an ordinary step.
    pub shows: Option<Shows>,
    /// Shows this machine's own count of sessions for the case code beside it (`beside: same-case`).
    pub counts_same_case: bool,
    /// The ends after which it is still due: its own, its group's and its phase's together.
    pub also_after: Endings,
    /// She is in the room; its group's.
    pub with_her: bool,
}

/// Who does a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Asked {
    /// The one who talks.
    Talker,
    /// The one who keeps the list.
    Second,
    /// Both.
    #[default]
    Both,
}

/// Whether a step must be answered before closing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Required {
    /// No.
    #[default]
    Never,
    /// Yes.
    Always,
    /// While this holds.
    When(Condition),
}

/// The number of a practice: a capital letter, a number, and a small letter if it has parts (`A5`, `B7a`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Practice(pub Box<str>);

/// What an answer tells the review, in any protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tells {
    /// She may still be in danger.
    Danger,
    /// Somebody must be listened to.
    Listen,
    /// Promised, with a date.
    Due,
    /// For the supervisor.
    Discuss,
}

/// A part that the program plays with a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Role {
    /// A deadline shown on every checklist screen and answered with `c`.
    CheckIn,
}

/// What the screen shows instead of an ordinary step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Shows {
    /// The breathing pacer, a page of its own.
    Pacer,
}

/// A proposal that an answer makes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggests {
    /// When it is made.
    pub when: Condition,
    /// The response that is proposed, by its place in [`Protocol::responses`].
    pub response: Option<usize>,
    /// The step that is asked again.
    pub reopens: Option<StepIndex>,
}

/// What kind of answer a step takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// Ticked or not.
    Check,
    /// One of one to nine options.
    Choice(Vec<Choice>),
    /// Several of them; `0` says none of these.
    Choices(Vec<Choice>),
    /// A point from `from` to `to`.
    Scale(Scale),
    /// A whole number from `from` to `to`.
    Number {
        /// The least.
        from: i64,
        /// The most.
        to: i64,
    },
    /// A text.
    Text {
        /// The most characters.
        at_most: usize,
        /// A regular expression that it must match.
        like: Option<Box<str>>,
        /// Said where it does not.
        unlike_says: Option<Wording>,
    },
    /// A day.
    Date,
    /// An instant and what it is for; followed up until answered.
    Deadline,
    /// Words to say: understood, come back to it, rather not.
    Inform,
    /// Rows, each of which gets one of the states.
    List {
        /// The rows.
        rows: Rows,
        /// The states, one to nine.
        states: Vec<Choice>,
    },
    /// Read and gone on from; has no outcome.
    Guidance,
}

/// A scale of points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scale {
    /// The lowest point.
    pub from: i64,
    /// The highest.
    pub to: i64,
    /// A word for each point, or none at all.
    pub words: Vec<Wording>,
    /// What the lowest point means, where the points have no words.
    pub low: Option<Wording>,
    /// What the highest point means.
    pub high: Option<Wording>,
}

/// An option of a choice, or a state of a list's row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Its id.
    pub id: OptionId,
    /// What it is called.
    pub label: Wording,
    /// What follows when it is taken.
    pub then: Actions,
    /// What it tells the review.
    pub tells: Option<Tells>,
    /// The sign that stays in sight when it is taken, of a step with `stays`.
    pub sign: Option<Wording>,
    /// The topic at which the leaflet starts once it is taken.
    pub opens: Option<TopicId>,
}

/// Where a list's rows come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Rows {
    /// Its own.
    Own(Vec<Row>),
    /// Those of another list, with what was added to it.
    From(StepIndex),
}

/// A row of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Its id.
    pub id: RowId,
    /// What it is called.
    pub label: Wording,
}

/// What follows from an option, in order.
pub type Actions = Vec<Action>;

/// One thing that follows from an option.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Action {
    /// The session ends in this way; what is `also_after` it is still due.
    End(Ending),
    /// A step is asked again.
    Reopen(StepIndex),
    /// A response is raised, by its place in [`Protocol::responses`].
    Raise(usize),
    /// The clock of the interview's length stops.
    Pause,
    /// The response ends and goes back to where it was raised.
    Return,
    /// The response ends, and the step that it interrupted is deferred.
    SetAside,
}

/// How a session ends before its last step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// Begun and stopped, for her sake.
    Early,
    /// Put off to another day.
    Postponed,
    /// Not held at all.
    NotHeld,
    /// Left under the cover.
    Left,
}

/// A set of ends.
pub type Endings = BTreeSet<Ending>;

/// A checklist outside the normal order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Response {
    /// Its id.
    pub id: ResponseId,
    /// The key that raises it.
    pub key: ResponseKey,
    /// The smaller interrupts the larger; an equal one waits.
    pub rank: u8,
    /// It covers the screen.
    pub cover: bool,
    /// What it is called.
    pub title: Wording,
    /// The harmless word in the hint bar.
    pub hint: Option<Wording>,
    /// Harmless words on each of its screens.
    pub in_sight: Vec<Wording>,
    /// The places of its steps in [`Protocol::steps`]: one to nine.
    pub steps: Range<usize>,
}

/// A key that can raise a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ResponseKey {
    /// Esc.
    Esc,
    /// F2, F5 to F9.
    F(u8),
}
