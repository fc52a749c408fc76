//! What is wrong with a protocol, in words: what it is, and what to write instead.
//!
//! The reader is a social worker with a text editor. One exhaustive `match` a language: a finding without a sentence
//! does not compile.

mod drawn;
mod english;
mod spanish;

use std::io;
use std::path::PathBuf;

use crate::protocol::{FileProblem, FindingKind, Severity};
use crate::text::{Language, LanguageCode};

pub use drawn::draw;

/// A finding in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub help: String,
}

impl Told {
    fn new(what: impl Into<String>, help: impl Into<String>) -> Self {
        Self { what: what.into(), help: help.into() }
    }
}

/// Says a finding.
pub fn tell(finding: &FindingKind, language: Language) -> Told {
    match language {
        Language::English => english::tell(finding),
        Language::Spanish => spanish::tell(finding),
    }
}

/// Says why a file could not be read at all.
pub fn tell_file(problem: &FileProblem, language: Language) -> Told {
    match language {
        Language::English => english::tell_file(problem),
        Language::Spanish => spanish::tell_file(problem),
    }
}

/// How much it weighs, as it stands before a finding.
pub fn weight(severity: Severity, language: Language) -> &'static str {
    match (language, severity) {
        (Language::English | Language::Spanish, Severity::Error) => "error",
        (Language::English, Severity::Remark) => "remark",
        (Language::Spanish, Severity::Remark) => "nota",
    }
}

/// What stands before the remedy.
pub fn help(language: Language) -> &'static str {
    match language {
        Language::English => "help",
        Language::Spanish => "ayuda",
    }
}

/// Beside the place where the first of two stands.
pub fn first_here(language: Language) -> &'static str {
    match language {
        Language::English => "the first is here",
        Language::Spanish => "el primero está aquí",
    }
}

/// The last line of a check: how many files are right, and how much was found.
pub fn summary(name: &str, errors: usize, remarks: usize, language: Language) -> String {
    match language {
        Language::English => english::summary(name, errors, remarks),
        Language::Spanish => spanish::summary(name, errors, remarks),
    }
}

/// After the findings that are shown: how many are not.
pub fn not_shown(more: usize, language: Language) -> String {
    match (language, more) {
        (Language::English, 1) => "1 more is not shown: mend these first, then look again".into(),
        (Language::English, more) => format!("{more} more are not shown: mend these first, then look again"),
        (Language::Spanish, 1) => "1 más no se muestra: corrija primero estos y mire otra vez".into(),
        (Language::Spanish, more) => {
            format!("{more} más no se muestran: corrija primero estos y mire otra vez")
        }
    }
}

/// Why a command about a protocol could not do what it should.
#[derive(Debug)]
pub enum CommandTrouble {
    /// The file is there already.
    Exists(PathBuf),
    /// It cannot be written.
    NotWritten(PathBuf, io::Error),
    /// What was asked for cannot be written to where it should go.
    Output(io::Error),
    /// The protocol is in this language.
    SameLanguage(LanguageCode),
}

/// Says it.
pub fn tell_command(trouble: &CommandTrouble, language: Language) -> Told {
    match language {
        Language::English => english::tell_command(trouble),
        Language::Spanish => spanish::tell_command(trouble),
    }
}

/// Words in backticks, the last one after `and` or `or`.
fn listed<S: AsRef<str>>(words: impl IntoIterator<Item = S>, last: &str) -> String {
    let all: Vec<String> = words.into_iter().map(|word| format!("`{}`", word.as_ref())).collect();
    match all.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [before @ .., end] => format!("{} {last} {end}", before.join(", ")),
    }
}

/// Names that lead from one to the next.
fn circle(names: &[String]) -> String {
    names.iter().map(|name| format!("`{}`", shown(name))).collect::<Vec<_>>().join(" → ")
}

/// A foreign text, short enough to stand in a sentence and harmless on a terminal.
fn shown(text: &str) -> String {
    crate::text::line_safe(&crate::text::cut(text, 40))
}
