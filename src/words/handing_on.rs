//! What the review says while sessions are handed on as a file that is not sealed.

mod english;
mod spanish;

use std::borrow::Cow;

use crate::text::Language;

/// A line of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HandingSays<'a> {
    /// Above the question as what so many sessions are handed on.
    Title(usize),
    /// What that means.
    Why,
    /// The answer: a page for people.
    Page,
    /// The answer: Markdown.
    Markdown,
    /// The answer: a table.
    Table,
    /// The answer: data.
    Lines,
    /// Where it goes, and how it is removed again.
    WhereTo,
    /// Before the field of its path.
    File,
    /// No path was given.
    NoPath,
    /// So many of so many are done.
    Progress {
        /// Done,
        done: usize,
        /// of so many.
        of: usize,
    },
    /// It is written.
    Written {
        /// Where.
        file: &'a str,
        /// So many sessions are in it.
        sessions: usize,
        /// So many were left out, since she took her consent back.
        withdrawn: usize,
        /// So many were left out, since they cannot be read.
        unreadable: usize,
    },
    /// Something is at that place already.
    There(&'a str),
    /// No ordinary file is there, or it would stand among what is sealed.
    NoPlace(&'a str),
    /// It was stopped, by a key or since the screen was hidden.
    Stopped,
    /// It cannot be written.
    NotWritten {
        /// Where.
        file: &'a str,
        /// The system's reason.
        why: &'a str,
    },
    /// None of the sessions may be handed on.
    NothingLeft,
}

said! {
    /// A line of what is said while sessions are handed on.
    handing_says(says: HandingSays<'_>) -> Cow<'static, str>;
}
