//! The words of the start screen, the start form, the pacer and the plain line mode.

mod english;
mod spanish;

use std::borrow::Cow;

use crate::text::{CaseDoubt, Language, PlainProblem};

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
    /// In so many sessions somebody may still be in danger.
    InDanger(usize),
    /// So many lines of what is overdue do not fit here.
    MoreOverdue(usize),
    /// So many lines do not fit here.
    Hidden(usize),
    /// So many files could not be read.
    Unreadable(usize),
    /// The chosen session is open in another window.
    OpenElsewhere,
    /// The chosen session is closed.
    ClosedAlready,
    /// The chosen session was changed by somebody.
    Altered,
    /// The chosen session is not there any more.
    NotThere,
    /// The chosen session cannot be read.
    CannotBeRead,
    /// Before the folder that the last session is kept in, since its own failed.
    KeptIn,
    /// What is kept is not protected yet.
    PracticeOnly,
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
    /// Help: brings it back.
    ReturnHelp,
    /// Help: the next language.
    LanguageHelp,
    /// Help: ends the program.
    QuitHelp,
    /// Help: resumes an open session.
    ResumeHelp,
    /// Help: reads saved sessions.
    ReadHelp,
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

/// A line of the plain line mode.
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
    /// Words to say aloud follow.
    Say,
    /// What is answered already.
    Answered,
    /// An answer that is not shown now.
    NotShown,
    /// A private line that is not shown now.
    PrivateLine,
    /// It was done; and option 1 of a check.
    Done,
    /// It was skipped.
    Skipped,
    /// It was put off.
    Deferred,
    /// Not on disk yet.
    NotSaved,
    /// Option of words to say: she understood.
    Understood,
    /// Option of words to say: come back to it.
    ComeBack,
    /// She would rather not; and an option of words to say.
    RatherNot,
    /// Option `0` of several: none of these.
    NoneOfThese,
    /// How a number is typed: from one to another, opened by Enter or a digit.
    NumberFrom(i64, i64),
    /// How a scale is answered: a digit from one to another.
    DigitFrom(i64, i64),
    /// A text is typed after Enter.
    TypeText,
    /// A date or a time, its proposals by digits.
    Date,
    /// Enter goes on.
    EnterGoesOn,
    /// The rows of a list, and their states by digits.
    Rows,
    /// A row without a state.
    NoState,
    /// The page of a list's states.
    States,
    /// Between two phases.
    Pause,
    /// Before a phase that is closed.
    Gate,
    /// After the last step.
    End,
    /// No session has begun.
    Nowhere,
    /// The keys that work follow.
    Keys,
    /// What she should be able to do by a key, in one line: the title of a response.
    InResponse(&'a str),
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
                StartSays::PracticeOnly,
                StartSays::LessonDone,
            ] {
                let text = says.text(language);
                assert!(width(&text) <= 36, "{} columns: {text}", width(&text));
            }
        }
    }
}
