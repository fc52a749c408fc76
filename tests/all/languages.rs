//! Which languages a story is told in: both. A program that is started outside of a story, or in another language than
//! its story's, fails the test, so that none is told in one language only by oversight.

use std::cell::Cell;

use amparo::text::Language;

thread_local! {
    /// The language of the story that this thread tells.
    static TOLD_IN: Cell<Option<Language>> = const { Cell::new(None) };
}

/// Tells a story in both languages, side by side.
pub fn in_both(story: impl Fn(Language) + Sync) {
    std::thread::scope(|scope| {
        for language in Language::ALL {
            let story = &story;
            scope.spawn(move || told(language, || story(language)));
        }
    });
}

/// Tells a story in both languages, one after the other: where it measures, or is heavy.
pub fn in_turn(mut story: impl FnMut(Language)) {
    for language in Language::ALL {
        told(language, || story(language));
    }
}

/// Why something is told in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Once {
    /// It is told very often, each time in a language that chance draws.
    Drawn,
    /// It is no story, but what lies there before one begins.
    Before,
}

/// Tells a story in one language, for a reason.
pub fn in_one<T>(language: Language, _why: Once, story: impl FnOnce() -> T) -> T {
    told(language, story)
}

fn told<T>(language: Language, story: impl FnOnce() -> T) -> T {
    // A test that failed inside ends its thread, and what the thread knew with it.
    let before = TOLD_IN.replace(Some(language));
    let told = story();
    TOLD_IN.set(before);
    told
}

/// The locale in which the program speaks a language.
pub fn locale(language: Language) -> &'static str {
    match language {
        Language::English => "en_US.UTF-8",
        Language::Spanish => "es_ES.UTF-8",
    }
}

/// The locale of the story that is being told.
///
/// # Panics
/// Where none is.
#[track_caller]
pub fn locale_of_the_story() -> &'static str {
    match TOLD_IN.get() {
        Some(language) => locale(language),
        None => panic!(
            "the program is started for one language only: tell the story with `in_both` or `in_turn`, and look \
             for its texts in the language that they give"
        ),
    }
}

/// A start with this `LANG`, or this after `--lang`, speaks the language of the story.
///
/// # Panics
/// Where it does not.
#[track_caller]
pub fn speaks_as_the_story_is_told(named: &str) {
    let told = locale_of_the_story();
    assert!(
        named.get(..2) == told.get(..2),
        "the program is started in another language than its story is told in: {named}, and not {told}"
    );
}

#[cfg(test)]
mod tests {
    use amparo::text::Language;

    use super::{in_turn, locale};
    use crate::programs::amparo;
    use crate::pty::{End, Start};

    /// That a start fails, and with which words.
    fn fails(start: impl FnOnce()) -> String {
        let failed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(start)).expect_err("it fails");
        let words = failed.downcast_ref::<String>().cloned();
        words.or_else(|| failed.downcast_ref::<&str>().map(|words| (*words).to_owned())).unwrap_or_default()
    }

    #[test]
    fn a_program_that_is_started_in_no_story_or_against_its_language_is_noticed() {
        let version = || amparo().args(["--version"]);
        assert!(fails(|| drop(version().go())).contains("one language only"));
        in_turn(|language| {
            let other = Language::ALL.into_iter().find(|other| *other != language).expect("two languages");
            let against = |start: Start| fails(|| drop(start.go())).contains("another language");
            assert!(against(version().args(["--lang", other.code().as_str()])));
            assert!(against(version().env("LANG", locale(other))));
            assert_eq!(version().args(["--lang", language.code().as_str()]).go().wait_exit(), End::Code(0));
            assert_eq!(version().env("LANG", locale(language)).go().wait_exit(), End::Code(0));
        });
        assert!(fails(|| drop(version().go())).contains("one language only"), "the story is over");
    }
}
