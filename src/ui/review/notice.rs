//! The sentence under a page of the review: what is being done, and what came of it. It stands until the next key.

use crate::review::Archive;
use crate::text::wrap;
use crate::words::{HandingSays, RoomSays, handing_says, room_says};

use super::deed::{self, HandedOn, NotDone};
use crate::ui::view::View;

/// A sentence that stands until the next key.
#[derive(Debug)]
pub(super) enum Notice {
    Opening,
    Working,
    Said(usize),
    Erased,
    HandsOn {
        done: usize,
        of: usize,
    },
    HandedOn(HandedOn),
    /// Why this file cannot be read.
    Unreadable(String),
    NotDone(NotDone),
}

impl Notice {
    /// Its lines, so wide.
    pub(super) fn lines(&self, archive: &Archive, view: &View, columns: usize) -> Vec<String> {
        let says = |says| room_says(says, view.language).into_owned();
        let hands = |says| handing_says(says, view.language).into_owned();
        let text = match self {
            Self::Opening => says(RoomSays::Opening),
            Self::Working => says(RoomSays::Working),
            Self::Said(count) => says(RoomSays::Said(*count)),
            Self::Erased => says(RoomSays::Erased),
            Self::Unreadable(file) => {
                let found = archive.unreadable().iter().find(|one| one.file == *file);
                found.map(|one| deed::journal_sentence(&one.why, view.language)).unwrap_or_default()
            }
            Self::HandsOn { done, of } => hands(HandingSays::Progress { done: *done, of: *of }),
            Self::HandedOn(HandedOn { file, sessions, withdrawn, unreadable }) => {
                let (sessions, withdrawn, unreadable) = (*sessions, *withdrawn, *unreadable);
                hands(HandingSays::Written { file, sessions, withdrawn, unreadable })
            }
            Self::NotDone(why) => why.sentence(view.language),
        };
        wrap(&text, columns)
    }
}
