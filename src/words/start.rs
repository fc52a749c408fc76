//! The words of the start screen, the start form, the pacer and the plain line mode.

mod english;
mod spanish;

use std::borrow::Cow;
use std::path::PathBuf;

use crate::journal::WhyStays;
use crate::text::{CaseDoubt, Language, PlainProblem, line_safe};

/// A line of the start screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StartSays {
    /// The head line.
    Title,
    /// The protocol or the saved sessions are still being read.
    Reading,
    /// Begin a session.
    NewSession,
    /// Practise.
    Practise,
    /// Resume an open session; so many there are.
    Resume(usize),
    /// Read saved sessions; so many there are.
    Read(usize),
    /// What is due; so many lines.
    Due(usize),
    /// So many remarks wait for an answer.
    Remarks(usize),
    /// In so many sessions somebody may still be in danger.
    InDanger(usize),
    /// So many lines of what is overdue do not fit here.
    MoreOverdue(usize),
    /// So many lines do not fit here.
    Hidden(usize),
    /// The same where there is room for a number only.
    HiddenShort(usize),
    /// The window is too small for any page.
    TooSmall,
    /// So many files could not be read.
    Unreadable(usize),
    /// The ledger cannot be read.
    NoLedger,
    /// The chosen session is open in another window.
    OpenElsewhere,
    /// The chosen session is closed.
    ClosedAlready,
    /// The chosen session was changed by somebody.
    Altered,
    /// The one that was chosen was closed, and its end is gone.
    Cut,
    /// The chosen session is not there any more.
    NotThere,
    /// The chosen session cannot be read.
    CannotBeRead,
    /// No key could read what would be written.
    NoKey,
    /// The chosen session is sealed for other keys.
    NotForUs,
    /// Before the folder that the last session is kept in, since its own failed.
    KeptIn,
    /// So many sessions lie in the folder that follows, since their own does not take them.
    StayFull(usize),
    /// So many lie in the folder that follows, which others can open.
    StayOpen(usize),
    /// So many lie in the folder that follows, and were saved there from another home.
    StayAnothers(usize),
    /// Before files that other users could have changed.
    Exposed,
    /// The last session's file had been altered; it was written anew, and nothing is missing.
    WrittenAnew,
    /// What is kept is sealed for others, and there is no key of hers here.
    SealedForOthers,
    /// Resume; how many are open shows once the key is unlocked.
    ResumeSealed,
    /// Read saved sessions; so many there are, and the key is locked.
    ReadSealed(usize),
    /// What is due shows once the key is unlocked.
    DueSealed,
    /// A session that was left is not on disk yet.
    LeftNotSaved,
    /// First run: what the program is about to teach.
    FirstRun,
    /// First run: hide and come back.
    Lesson,
    /// First run: the second half of the lesson, while hidden words would not help: what Esc is for.
    LessonWhy,
    /// First run: it was done.
    LessonDone,
    /// Above the list of open sessions.
    WhichToResume,
    /// Above the list of what is due.
    WhatIsDue,
    /// A deadline that has passed.
    Overdue,
    /// What a check-in is for.
    TheCall,
    /// The page of a list.
    PageOf {
        /// The page, from 1.
        page: usize,
        /// How many there are.
        of: usize,
    },
    /// Hint: ends the program.
    Quit,
    /// Hint: the next language.
    NextLanguage,
    /// Hint: all keys.
    Help,
    /// Hint: hides.
    Hide,
    /// Hint: back to the start screen.
    Back,
    /// Hint: the next or former page of a list.
    Turn,
    /// Help: hides.
    HideHelp,
    /// In place of what stood there before the cover.
    Veiled,
    /// A paste was cut short by the cover.
    CutByCover,
    /// The key that shows it.
    ShowAgain,
    /// Help: brings it back.
    ReturnHelp,
    /// Help: the next language.
    LanguageHelp,
    /// Help: ends the program.
    QuitHelp,
    /// Help: resumes an open session.
    ResumeHelp,
    /// Help in the list of open sessions: a digit.
    ResumeLineHelp,
    /// Help in the list of what is due: a digit.
    DueLineHelp,
    /// Help: reads saved sessions.
    ReadHelp,
    /// Help: remarks for her.
    RemarksHelp,
    /// The saved sessions are being looked up.
    Looking,
}

/// A line of the start form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormSays {
    /// The head line.
    Title,
    /// Why no names.
    NoNames,
    /// Before the first number.
    First,
    /// Before the second number.
    Second,
    /// Before the case code.
    Case,
    /// Under the second number: it may be left empty.
    MayBeAlone,
    /// In place of a second number that was left empty.
    Alone,
    /// Under the case code: what it looks like.
    CaseExample,
    /// What is wrong with a staff number, and what to do.
    Staff(PlainProblem),
    /// The same number a second time.
    StaffTwice,
    /// What is wrong with a case code, and what to do.
    Code(PlainProblem),
    /// It may be a name.
    Doubt(CaseDoubt),
    /// How many keys read the session, her own among them.
    HerAndOthersRead(usize),
    /// How many keys read it, and that hers does not.
    OnlyOthersRead(usize),
    /// Hint: goes on.
    Next,
    /// Hint: goes back.
    Back,
}

/// A line of the pacer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PacerSays {
    /// Breathe in.
    In,
    /// Breathe out.
    Out,
    /// Another way.
    Feet,
    /// In place of movement: breathe in, counting up to so many seconds.
    CountIn(u64),
    /// In place of movement: breathe out, counting up to so many seconds.
    CountOut(u64),
    /// In place of movement: again and again.
    Again,
}

/// A word or line of the plain line mode that no screen has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlainSays<'a> {
    /// Where the checklist stands: the phase, its number of so many.
    Phase {
        /// Its title.
        title: &'a str,
        /// Its number, from 1.
        number: usize,
        /// Of how many.
        of: usize,
    },
    /// The step, its number of so many in its group.
    Step {
        /// Its number, from 1.
        number: usize,
        /// Of how many.
        of: usize,
    },
    /// Behind an option: it is what was chosen.
    Chosen,
    /// Behind a line of a list: it is the one at work.
    AtWork,
    /// An answer that is drawn as dots.
    NotShown,
    /// The sign of what is done.
    Done,
    /// The sign of what is open.
    Open,
    /// The sign of what is answered in part.
    Partly,
    /// The sign of what was put off.
    Deferred,
    /// The sign of what was skipped.
    Skipped,
    /// The sign of what she would rather not.
    RatherNot,
    /// The sign of what does not apply.
    NotApplicable,
    /// The sign of what is being written.
    BeingKept,
    /// The sign of what could not be saved.
    NotSaved,
    /// The keys that work follow.
    Keys,
}

impl StartSays {
    /// Of what others could have changed: which it is, and what to do; none where nothing is so.
    pub fn exposed(paths: &[PathBuf], language: Language) -> Option<String> {
        let paths: Vec<String> = paths.iter().map(|path| line_safe(&path.display().to_string())).collect();
        (!paths.is_empty()).then(|| format!("{} {}", Self::Exposed.text(language), paths.join(", ")))
    }

    /// Of so many sessions that stay elsewhere, before their folder: why.
    pub fn stay(why: WhyStays, sessions: usize) -> Self {
        match why {
            WhyStays::NotYet => Self::StayFull(sessions),
            WhyStays::OpenToOthers => Self::StayOpen(sessions),
            WhyStays::OfAnotherHome => Self::StayAnothers(sessions),
        }
    }
}

macro_rules! said_in {
    ($name:ty, $function:ident, $out:ty) => {
        impl $name {
            /// Its text in a language.
            pub fn text(self, language: Language) -> $out {
                match language {
                    Language::English => english::$function(self),
                    Language::Spanish => spanish::$function(self),
                }
            }
        }
    };
}

said_in!(StartSays, start, Cow<'static, str>);
said_in!(FormSays, form, Cow<'static, str>);
said_in!(PacerSays, pacer, Cow<'static, str>);
said_in!(PlainSays<'_>, plain, Cow<'static, str>);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::width;

    #[test]
    fn what_must_stand_on_one_line_of_forty_columns_does() {
        for language in Language::ALL {
            for says in [
                StartSays::NewSession,
                StartSays::Practise,
                StartSays::Resume(999),
                StartSays::Read(9999),
                StartSays::Due(999),
                StartSays::InDanger(99),
                StartSays::Remarks(99),
                StartSays::ResumeSealed,
                StartSays::ReadSealed(9999),
                StartSays::DueSealed,
                StartSays::LessonDone,
            ] {
                let text = says.text(language);
                assert!(width(&text) <= 36, "{} columns: {text}", width(&text));
            }
        }
    }
}
