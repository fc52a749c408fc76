//! What supervisors and the worker said of one session afterwards: the fold of what stands beside it.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::journal::{Beside, Companion, Handling, Mark, On, Placed, Prints, SessionName};
use crate::machine::At;
use crate::seal::HeadCode;
use crate::text::{Fingerprint, Prose, StaffNumber, StepId};

/// What was said of one session afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marks {
    /// Whether it is signed off.
    pub signed: SignedOff,
    /// The mark that holds for each thing that has one; of a session's own sign-off, see `signed`.
    pub on: BTreeMap<On, Given>,
    /// The remarks, the earliest first.
    pub remarks: Vec<Remark>,
    /// What was added, the earliest first, without what answers a remark.
    pub addenda: Vec<Added>,
    /// What answers remarks that cannot be read here, the earliest first: not lost, but no part of the session either.
    pub stray_answers: Vec<Added>,
    /// Who opened, exported or erased it, the earliest first.
    pub handled: Vec<Handled>,
    /// How many marks do not count: they name a file that this one never was, or lie in the future.
    pub uncounted: usize,
}

/// Whether a session is signed off.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum SignedOff {
    /// No.
    #[default]
    Not,
    /// Yes, as its file is now.
    Yes(Given, HeadCode),
    /// What was signed off is another file than the one that is there now.
    Another(Given, HeadCode),
}

/// A mark, and who gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// The mark.
    pub mark: Mark,
    /// When.
    pub at: At,
    /// By whom.
    pub by: StaffNumber,
}

/// A remark, and what it was answered with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The name of its file.
    pub name: SessionName,
    /// When.
    pub at: At,
    /// By whom.
    pub by: StaffNumber,
    /// To whom; none: a note of the supervisors' own.
    pub to: Option<StaffNumber>,
    /// What it is about.
    pub on: On,
    /// Its words.
    pub text: Prose,
    /// The answers, the earliest first.
    pub answers: Vec<Added>,
}

/// Something that was added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Added {
    /// When.
    pub at: At,
    /// By whom.
    pub by: StaffNumber,
    /// Its words.
    pub text: Prose,
    /// It was added to other bytes than the file has now.
    pub of_another_file: bool,
}

/// Somebody did something with the session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handled {
    /// When.
    pub at: At,
    /// By whom, where it was given.
    pub by: Option<StaffNumber>,
    /// What.
    pub how: Handling,
    /// The head that was read.
    pub head: HeadCode,
}

impl Marks {
    /// Folds what stands beside one session, in any order. `file`: the fingerprints of its file and the present,
    /// where marks are to be held against them. Anybody who has the public keys can write a mark: one of a file
    /// that this one never was, or of a day to come, which no later mark could take back, does not count.
    pub fn of<'a>(companions: impl IntoIterator<Item = &'a Placed>, file: Option<(&Prints, At)>) -> Self {
        let sha256 = file.map(|(prints, _)| prints.now);
        let counts = |of: &Beside, at: At, mark: Mark| {
            file.is_none_or(|(prints, now)| {
                // A sign-off of another file is told as such.
                (mark == Mark::SignedOff || prints.has_or_had(&of.sha256))
                    && at.wall <= now.wall.saturating_add(CLOCKS_DIFFER)
            })
        };
        let mut all: Vec<&Placed> = companions.into_iter().collect();
        // The name decides between two of the same instant, so that all machines see the same.
        all.sort_by_key(|placed| (placed.companion.at().wall, placed.name));
        let mut marks = Self::default();
        let mut given = AllGiven::new();
        let mut answers: BTreeMap<SessionName, Vec<Added>> = BTreeMap::new();
        for placed in all {
            match &placed.companion {
                Companion::Addendum { of, at, by, text, answers: remark } => {
                    let of_another_file = sha256.is_some_and(|sha256| sha256 != of.sha256);
                    let added = Added { at: *at, by: by.clone(), text: text.clone(), of_another_file };
                    match remark {
                        Some(remark) => answers.entry(*remark).or_default().push(added),
                        None => marks.addenda.push(added),
                    }
                }
                Companion::Remark { at, by, text, on, to, .. } => marks.remarks.push(Remark {
                    name: placed.name,
                    at: *at,
                    by: by.clone(),
                    to: to.clone(),
                    on: on.clone(),
                    text: text.clone(),
                    answers: Vec::new(),
                }),
                Companion::Marked { of, at, mark, .. } if !counts(of, *at, *mark) => marks.uncounted += 1,
                Companion::Marked { of, at, by, on, mark } => {
                    // A sign-off and the other marks of a session do not take each other's place.
                    let signs = *mark == Mark::SignedOff;
                    if *mark == Mark::TakenBack {
                        take_back(&mut given, on);
                    } else {
                        let one = Given { mark: *mark, at: *at, by: by.clone() };
                        given.entry((on.clone(), signs)).or_default().push((one, of.sha256, of.head));
                    }
                }
                Companion::Handled { of, at, by, how } => {
                    marks.handled.push(Handled { at: *at, by: by.clone(), how: *how, head: of.head });
                }
                Companion::Stone(_) => {}
            }
        }
        for remark in &mut marks.remarks {
            remark.answers = answers.remove(&remark.name).unwrap_or_default();
        }
        marks.stray_answers.extend(answers.into_values().flatten());
        marks.stray_answers.sort_by_key(|added| added.at.wall);
        for ((on, signs), all) in given {
            // What signs this file off stands before what signs off another, however late that was written.
            let signs_this = |(_, of, _): &&(Given, Fingerprint, HeadCode)| signs && sha256 == Some(*of);
            let found = all.iter().rfind(signs_this).or(all.last());
            let Some((one, of, head)) = found.cloned() else { continue };
            match (signs, on) {
                (true, On::Session) => {
                    let same = sha256.is_none_or(|sha256| sha256 == of);
                    marks.signed =
                        if same { SignedOff::Yes(one, head) } else { SignedOff::Another(one, head) };
                }
                // Only a session is signed off.
                (true, _) => {}
                (false, on) => {
                    marks.on.insert(on, one);
                }
            }
        }
        marks
    }

    /// Whether something of the session is settled, and leaves the lists: it, or the session, is done, or to be looked at
    /// on a later day.
    pub fn settles(&self, step: Option<&StepId>, event: u64, today: Option<NaiveDate>) -> bool {
        self.settled_by(step, event, today).is_some()
    }

    /// The mark that settles it.
    pub fn settled_by(&self, step: Option<&StepId>, event: u64, today: Option<NaiveDate>) -> Option<&Given> {
        self.about(step, Some(event)).find(|given| match given.mark {
            Mark::Done => true,
            Mark::LookAgain(day) => today.is_none_or(|today| day > today),
            _ => false,
        })
    }

    /// The marks on an event, on a step and on the session, in this order.
    pub(super) fn about(&self, step: Option<&StepId>, event: Option<u64>) -> impl Iterator<Item = &Given> {
        let event = event.map(On::Event).into_iter();
        let on = event.chain(step.map(|step| On::Step(step.clone()))).chain([On::Session]);
        on.filter_map(|on| self.on.get(&on))
    }

    /// The remarks to a number that she has not answered.
    pub fn unanswered<'a>(&'a self, to: &'a StaffNumber) -> impl Iterator<Item = &'a Remark> {
        self.remarks.iter().filter(move |remark| {
            remark.to.as_ref() == Some(to) && !remark.answers.iter().any(|answer| answer.by == *to)
        })
    }
}

/// Milliseconds by which the clocks of two offices differ at most, one of them set to another zone's time.
const CLOCKS_DIFFER: i64 = 24 * 3_600_000;

/// The marks on each thing, those that sign off apart, the latest last, with the file that was read.
type AllGiven = BTreeMap<(On, bool), Vec<(Given, Fingerprint, HeadCode)>>;

/// Takes back the latest mark on something.
fn take_back(given: &mut AllGiven, on: &On) {
    let latest = |key: &(On, bool)| given.get(key).and_then(|all| all.last()).map(|(one, ..)| one.at.wall);
    let (signed, other) = ((on.clone(), true), (on.clone(), false));
    let key = if latest(&signed) > latest(&other) { signed } else { other };
    if let Some(all) = given.get_mut(&key) {
        all.pop();
    }
}
