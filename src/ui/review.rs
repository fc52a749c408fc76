//! The supervisor's review on the screen.

mod course;
mod figures;
mod found;
mod keys_page;
mod long_page;
mod replay;
mod session;
mod telling;
mod timeline;

pub use figures::FiguresPage;
pub use found::{FoundDoes, FoundPage};
pub use session::{ReadSession, SessionDoes, SessionPage, SessionWish};
