//! The words about arguments in English.

use super::{HelpSays, Usage};

pub(super) fn usage(usage: &Usage) -> (String, String) {
    let all = || "`amparo --help` shows the commands, and `--help` behind one what it takes".to_owned();
    let near = |near: &Option<String>| match near {
        Some(near) => format!("did you mean `{near}`? Otherwise see `--help`"),
        None => all(),
    };
    match usage {
        Usage::NoSuchCommand { word, near: like } => (format!("there is no command `{word}`"), near(like)),
        Usage::NoSuchArgument { word, near: like } => {
            (format!("`{word}` is not understood here"), near(like))
        }
        Usage::Value { value, argument, valid } => (
            if value.is_empty() {
                format!("`{argument}` needs a value")
            } else {
                format!("`{argument}` does not take `{value}`")
            },
            if valid.is_empty() { all() } else { format!("it takes: {}", valid.join(", ")) },
        ),
        Usage::Missing { arguments } => (format!("something is missing: {}", arguments.join(", ")), all()),
        Usage::Conflict { one, others } if others.is_empty() => {
            (format!("`{one}` is given more than once"), "give it once".to_owned())
        }
        Usage::Conflict { one, others } => (
            format!("`{one}` does not go together with {}", others.join(", ")),
            "leave one of them out".to_owned(),
        ),
        Usage::Other => ("these arguments are not understood".to_owned(), all()),
    }
}

pub(super) const fn help(says: HelpSays) -> &'static str {
    match says {
        HelpSays::Usage => "Usage",
        HelpSays::Commands => "Commands",
        HelpSays::Command => "COMMAND",
        HelpSays::Arguments => "Arguments",
        HelpSays::Options => "Options",
        HelpSays::Some => "[OPTIONS]",
        HelpSays::Help => "Show this help",
        HelpSays::Version => "Show the version",
    }
}
