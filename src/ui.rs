//! State to cells, keys to wishes; pure. Knows no bytes on disk, and not the terminal itself.
//!
//! Start reading at [`Screens`]: the stack that takes every key and draws every frame. [`keys`] is the one table of keys.

mod acts;
mod body;
mod card;
mod checklist;
mod field;
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
pub mod keys;
mod leaflet;
mod marks;
mod moment;
mod pacer;
mod panel;
mod plain;
mod quiet;
mod reading;
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
#[cfg(test)]
mod tests;
mod view;
mod wish;

pub use field::{Drawn, Field, Takes, Typed};
pub use form::{Form, FormDoes};
pub use handed::{Bookmark, Handed, NoBookmark};
pub use ink::Ink;
pub use key::Key;
pub use leaflet::Leaflet;
pub use pacer::{Pacer, PacerDoes};
pub use reading::ListedSession;
pub use screens::Screens;
pub use start::{Start, StartDoes};
pub use view::{Colour, CouldNot, DueLine, Keeping, Left, Look, Motion, OnTheDesk, OpenSession, View};
pub use wish::Wish;
