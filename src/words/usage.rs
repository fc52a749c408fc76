//! The words about arguments: what a command and an option are for, and what was wrong with what was typed.

mod english;
mod spanish;

use crate::text::Language;

/// Something typed after the program's name that is not understood. Each text is safe to show on a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Usage {
    /// There is no such command.
    NoSuchCommand {
        /// What was typed.
        word: String,
        /// A command that is written nearly so.
        near: Option<String>,
    },
    /// There is no such option here, or one word too many.
    NoSuchArgument {
        /// What was typed.
        word: String,
        /// An option that is written nearly so.
        near: Option<String>,
    },
    /// A value that the argument does not take.
    Value {
        /// What was typed; empty where it was left out.
        value: String,
        /// The argument.
        argument: String,
        /// The values that it takes, where they are few.
        valid: Vec<String>,
    },
    /// Arguments that are needed.
    Missing {
        /// Which, as the help writes them.
        arguments: Vec<String>,
    },
    /// Two arguments that do not go together, or one given twice.
    Conflict {
        /// The one.
        one: String,
        /// The others.
        others: Vec<String>,
    },
    /// Something else.
    Other,
}

impl Usage {
    /// What is wrong, and what to do.
    #[must_use]
    pub fn words(&self, language: Language) -> (String, String) {
        match language {
            Language::English => english::usage(self),
            Language::Spanish => spanish::usage(self),
        }
    }
}

/// The words around the help of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HelpSays {
    /// Before how it is called.
    Usage,
    /// Over the commands.
    Commands,
    /// In place of a command.
    Command,
    /// Over what is given by its place.
    Arguments,
    /// Over what is given by its name.
    Options,
    /// That there are options, where a command's form is shown.
    Some,
    /// What `--help` does.
    Help,
    /// What `--version` does.
    Version,
}

impl HelpSays {
    /// The words.
    #[must_use]
    pub const fn text(self, language: Language) -> &'static str {
        match language {
            Language::English => english::help(self),
            Language::Spanish => spanish::help(self),
        }
    }
}

/// What a command is for, or an argument of it, where the language is not that in which the arguments themselves are
/// declared. `path` is the command's names with a blank between, `argument` the id of the argument; each of them has a
/// text, which a test holds.
#[must_use]
pub fn meant(path: &str, argument: Option<&str>, language: Language) -> Option<&'static str> {
    match language {
        Language::English => None,
        Language::Spanish => spanish::meant(path, argument),
    }
}

/// How a value is called where a command's form is shown, where that is not the name that is declared.
#[must_use]
pub fn value_name(declared: &str, language: Language) -> Option<&'static str> {
    match language {
        Language::English => None,
        Language::Spanish => spanish::value_name(declared),
    }
}
