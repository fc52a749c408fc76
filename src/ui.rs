//! State to cells, keys to wishes; pure. Knows no bytes on disk, and not the terminal itself.

mod key;
mod view;
mod wish;

pub use key::Key;
pub use view::{Colour, CouldNot, DueLine, Keeping, Look, Motion, OnTheDesk, OpenSession, View};
pub use wish::Wish;
