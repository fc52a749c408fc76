//! The arguments in the language of whoever types them: their help, and what is said of those that are not understood.

use std::env;
use std::ffi::OsString;
use std::io::Write;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command, CommandFactory, FromArgMatches, Parser};

use super::arguments::Arguments;
use super::exit::Exit;
use super::place;
use crate::text::{Language, line_safe};
use crate::words::{HelpSays, Usage, meant, value_name};

/// Why there are no arguments: help was asked for, or something is not understood.
pub enum Told {
    /// The help that was asked for, or the version.
    Help(String),
    /// A command that needs another behind it: what there is.
    Behind(String),
    /// Something that is not understood.
    Wrong(Usage, Language),
}

impl Told {
    /// Says it, and gives how the program ends.
    pub fn tell(self, out: &mut dyn Write, err: &mut dyn Write) -> Exit {
        // A closed pipe is nobody to complain to.
        match self {
            Self::Help(text) => {
                let _ = write!(out, "{text}").and_then(|()| out.flush());
                Exit::Done
            }
            Self::Behind(text) => {
                let _ = write!(err, "{text}");
                Exit::Usage
            }
            Self::Wrong(usage, language) => {
                let (what, help) = usage.words(language);
                super::say_error(err, language, &what, &help);
                Exit::Usage
            }
        }
    }
}

/// Reads what was typed after the program's name.
pub fn parse() -> Result<Arguments, Told> {
    // Most are understood, and need no help in any language.
    if let Ok(arguments) = Arguments::try_parse() {
        return Ok(arguments);
    }
    let typed: Vec<OsString> = env::args_os().collect();
    let language = language(&typed);
    let read = command(language).try_get_matches_from(typed);
    read.and_then(|matches| Arguments::from_arg_matches(&matches)).map_err(|error| told(&error, language))
}

/// The arguments, with their help in this language.
pub fn command(language: Language) -> Command {
    in_language(Arguments::command(), "", language)
}

/// The language that the arguments themselves ask for, wherever it stands among them; else the system's.
fn language(typed: &[OsString]) -> Language {
    let mut words = typed.iter().filter_map(|word| word.to_str());
    let mut asked = None;
    while let Some(word) = words.next() {
        if let Some(code) = word.strip_prefix("--lang=") {
            asked = Language::from_code(code);
        } else if word == "--lang" {
            asked = words.next().and_then(Language::from_code);
        }
    }
    asked.unwrap_or_else(place::language)
}

fn in_language(command: Command, path: &str, language: Language) -> Command {
    let says = |says: HelpSays| says.text(language);
    let command = match meant(path, None, language) {
        Some(about) => {
            let (short, _) = about.split_once("\n\n").unwrap_or((about, ""));
            command.about(short).long_about(about)
        }
        None => command,
    };
    let command = command
        .help_template(format!(
            "{{about-with-newline}}\n{}: {{usage}}\n\n{{all-args}}",
            says(HelpSays::Usage)
        ))
        .subcommand_help_heading(says(HelpSays::Commands))
        .subcommand_value_name(says(HelpSays::Command))
        .disable_help_flag(true)
        .arg(
            Arg::new("help")
                .short('h')
                .long("help")
                .action(ArgAction::Help)
                .help(says(HelpSays::Help))
                .help_heading(says(HelpSays::Options)),
        );
    let command = if path.is_empty() {
        command.disable_version_flag(true).arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .help(says(HelpSays::Version))
                .help_heading(says(HelpSays::Options)),
        )
    } else {
        command
    };
    command
        .mut_args(|argument| {
            let heading = if argument.is_positional() { HelpSays::Arguments } else { HelpSays::Options };
            let argument = argument.help_heading(says(heading));
            let declared =
                argument.get_value_names().and_then(|names| names.first()).map(ToString::to_string);
            let declared = declared.unwrap_or_else(|| argument.get_id().as_str().to_uppercase());
            let argument = match value_name(&declared, language) {
                Some(name) if argument.get_action().takes_values() => argument.value_name(name),
                _ => argument,
            };
            match meant(path, Some(argument.get_id().as_str()), language) {
                Some(text) if argument.get_action().takes_values() => {
                    // Its values stand in the text, and what clap says of them is English.
                    argument.help(text).hide_possible_values(true).hide_default_value(true)
                }
                Some(text) => argument.help(text),
                None => argument,
            }
        })
        .mut_subcommands(|command| {
            let path = format!("{path} {}", command.get_name());
            in_language(command, path.trim_start(), language)
        })
}

fn told(error: &clap::Error, language: Language) -> Told {
    // The one word that clap has to itself.
    let help = || error.render().to_string().replace("[OPTIONS]", HelpSays::Some.text(language));
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Told::Help(help()),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => Told::Behind(help()),
        kind => Told::Wrong(usage(error, kind), language),
    }
}

/// What is not understood, in a form that shows nothing as a terminal would take it.
fn usage(error: &clap::Error, kind: ErrorKind) -> Usage {
    let all = |kind: ContextKind| -> Vec<String> {
        match error.get(kind) {
            Some(ContextValue::String(text)) => vec![line_safe(text)],
            Some(ContextValue::Strings(texts)) => texts.iter().map(|text| line_safe(text)).collect(),
            _ => Vec::new(),
        }
    };
    let first = |kind: ContextKind| all(kind).into_iter().next();
    let argument = || first(ContextKind::InvalidArg).unwrap_or_default();
    match kind {
        ErrorKind::InvalidSubcommand => Usage::NoSuchCommand {
            word: first(ContextKind::InvalidSubcommand).unwrap_or_default(),
            // The nearest comes last.
            near: all(ContextKind::SuggestedSubcommand).pop(),
        },
        ErrorKind::UnknownArgument => {
            Usage::NoSuchArgument { word: argument(), near: first(ContextKind::SuggestedArg) }
        }
        ErrorKind::InvalidValue
        | ErrorKind::ValueValidation
        | ErrorKind::NoEquals
        | ErrorKind::TooManyValues
        | ErrorKind::TooFewValues
        | ErrorKind::WrongNumberOfValues => Usage::Value {
            value: first(ContextKind::InvalidValue).unwrap_or_default(),
            argument: argument(),
            valid: all(ContextKind::ValidValue),
        },
        ErrorKind::MissingRequiredArgument => Usage::Missing { arguments: all(ContextKind::InvalidArg) },
        ErrorKind::ArgumentConflict => {
            let (one, others) = (argument(), all(ContextKind::PriorArg));
            Usage::Conflict { others: others.into_iter().filter(|other| *other != one).collect(), one }
        }
        _ => Usage::Other,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn all_of(command: &Command, path: &str, found: &mut Vec<(String, Option<String>)>) {
        found.push((path.to_owned(), None));
        let own = ["help", "version"];
        for argument in command.get_arguments().filter(|argument| !own.contains(&argument.get_id().as_str()))
        {
            found.push((path.to_owned(), Some(argument.get_id().to_string())));
        }
        for command in command.get_subcommands() {
            all_of(command, format!("{path} {}", command.get_name()).trim_start(), found);
        }
    }

    #[test]
    fn each_command_and_each_argument_is_explained_in_spanish() {
        let mut all = Vec::new();
        all_of(&Arguments::command(), "", &mut all);
        assert!(all.len() > 80, "{} were found", all.len());
        let missing: Vec<_> = all
            .iter()
            .filter(|(path, argument)| meant(path, argument.as_deref(), Language::Spanish).is_none())
            .collect();
        assert!(missing.is_empty(), "src/words/usage/spanish.rs has no text for {missing:?}");
    }

    #[test]
    fn what_help_shows_has_no_word_of_the_other_language() {
        let words = |language: Language| -> BTreeSet<&str> {
            [HelpSays::Usage, HelpSays::Commands, HelpSays::Arguments, HelpSays::Options, HelpSays::Help]
                .map(|says| says.text(language))
                .into()
        };
        for (language, other) in
            [(Language::English, Language::Spanish), (Language::Spanish, Language::English)]
        {
            let mut pages = vec![command(language)];
            while let Some(mut page) = pages.pop() {
                let help = page.render_long_help().to_string();
                for word in words(other) {
                    assert!(!help.contains(word), "`{word}` in {help}");
                }
                pages.extend(page.get_subcommands().cloned());
            }
        }
    }

    #[test]
    fn what_is_not_understood_is_said_with_a_remedy_in_both_languages() {
        let turned = "\u{202e}abc";
        for (typed, english, spanish) in [
            (vec!["sesions"], "did you mean `sessions`?", "¿quería decir `sessions`?"),
            (
                vec!["run", "--practise"],
                "`--practise` is not understood here",
                "aquí no se entiende `--practise`",
            ),
            (vec!["sessions", "erase"], "something is missing: ", "falta algo: "),
            (
                vec!["print", "report", "--day", "soon"],
                "`--day <DAY>` does not take `soon`",
                "`--day <DÍA>` no admite `soon`",
            ),
            (
                vec!["print", "waiver", "--format"],
                "`--format <FORMAT>` needs a value",
                "`--format <FORMATO>` necesita un valor",
            ),
            (
                vec!["sessions", "stats", "--aggregate", "--filter", "x"],
                "`--aggregate` does not go together with --filter",
                "`--aggregate` no va junto con",
            ),
            (vec![turned], "there is no command `", "no hay ninguna orden `"),
        ] {
            for (language, says) in [(Language::English, english), (Language::Spanish, spanish)] {
                let typed = [&["amparo"], typed.as_slice()].concat();
                let Err(error) = command(language).try_get_matches_from(&typed) else {
                    panic!("{typed:?} is understood");
                };
                let (mut out, mut err) = (Vec::new(), Vec::new());
                assert_eq!(told(&error, language).tell(&mut out, &mut err), Exit::Usage, "{typed:?}");
                let said = String::from_utf8(err).unwrap();
                assert!(said.contains(says), "{typed:?}: {said}");
                assert!(said.lines().count() == 2 && !said.contains('\u{202e}'), "{said:?}");
            }
        }
    }

    #[test]
    fn the_language_is_the_one_that_is_asked_for_wherever_it_stands() {
        let typed = |words: &[&str]| -> Vec<OsString> { words.iter().map(Into::into).collect() };
        for words in [
            &["amparo", "--lang", "es", "--help"][..],
            &["amparo", "--help", "--lang=es"],
            &["amparo", "--lang", "en", "sessions", "--lang", "es"],
        ] {
            assert_eq!(language(&typed(words)), Language::Spanish, "{words:?}");
        }
    }
}
