//! State to cells, keys to wishes; pure. Knows no bytes on disk, and not the terminal itself.

mod field;
mod form;
mod ink;
mod key;
mod leaflet;
mod instant;
mod pacer;
pub mod plain;
#[cfg(test)]
mod sample;
mod sheet;
mod start;
mod view;
mod wish;

pub use form::{Form, FormDoes};
pub use key::Key;
pub use leaflet::Leaflet;
pub use pacer::{Pacer, PacerDoes};
pub use start::{Start, StartDoes};
pub use view::{Colour, CouldNot, DueLine, Keeping, Look, Motion, OnTheDesk, OpenSession, View};
pub use wish::Wish;
