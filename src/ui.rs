//! State to cells, keys to wishes; pure. Knows no bytes on disk, and not the terminal itself.
//!
//! Start reading at [`Screens`]: the stack that takes every key and draws every frame. [`keys`] is the one table of keys.

mod acts;
mod asked;
mod body;
mod bounce;
mod card;
mod checklist;
mod field;
mod first_key;
mod form;
mod gate;
mod handed;
mod header;
mod here;
mod hint_bar;
mod ink;
mod instant;
mod kept;
mod key;
pub mod key_square;
mod keys;
mod leaflet;
mod leaflet_settings;
mod marks;
mod moment;
mod once;
mod out_of_sight;
mod pacer;
mod panel;
mod pin_pad;
mod pin_page;
mod plain;
mod put;
mod quiet;
mod review;
mod rows;
#[cfg(test)]
mod sample;
mod scene;
mod screens;
mod sheet;
#[cfg(test)]
mod stage;
mod start;
mod step_card;
mod steps_list;
mod taken_back;
#[cfg(test)]
mod tests;
mod unlocking;
mod unseen;
mod veil;
mod view;
mod wish;

pub use field::{Drawn, Field, Takes, Typed};
pub use form::{Form, FormDoes};
pub use handed::{Bookmark, Handed, NoBookmark};
pub use ink::Ink;
pub use key::Key;
pub use leaflet::Leaflet;
pub use leaflet_settings::{LeafletSettings, LeafletSettingsDo};
pub use once::{Once, OnceDoes};
pub use pacer::{Pacer, PacerDoes};
pub use review::{
    Answer, AnswersDo, AnswersPage, Came, FiguresPage, FoundDoes, FoundPage, HandedOn, NotDone, ReadSession,
    Review, ReviewTold, ReviewWish, Saying, SessionDoes, SessionPage, SessionWish,
};
pub use screens::{AsksPin, Screens};
pub use start::{Goal, Start, StartDoes};
pub use view::{
    Colour, CouldNot, DueKind, DueLine, Keeping, KeysAtHand, Left, Look, Motion, OnTheDesk, OpenSession,
    OwnKey, ReadBy, RemarkLine, View,
};
pub use wish::{LeafletOpens, NewKeys, Wish};
