//! What is typed behind the program's name, and comes back in what it says of it.

use amparo::text::is_forbidden;

use crate::caseworker::{command_in, in_both};

#[test]
fn no_argument_turns_the_direction_of_what_is_said_of_it() {
    in_both(|language| {
        let home = tempfile::tempdir().expect("a temporary folder");
        for (args, shown) in [
            (&["\u{202e}abc"][..], "·abc"),
            (&["keys", "\u{2066}abc"], "·abc"),
            (&["--\u{202e}abc"], "--·abc"),
            (&["completions", "\u{202e}abc"], "·abc"),
            (&["run", "--practice", "\u{200f}abc"], "·abc"),
            (&["\u{1b}[31mabc"], "abc"),
        ] {
            let out = command_in(language, home.path(), args);
            let said = String::from_utf8(out.stderr).expect("text");
            assert_eq!(out.status.code(), Some(2), "{said}");
            assert!(said.contains(shown), "{said}");
            assert!(!said.chars().any(|c| is_forbidden(c) && c != '\n'), "{args:?}: {said:?}");
        }
    });
}
