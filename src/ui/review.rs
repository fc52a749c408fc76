//! The supervisor's review on the screen.

mod course;
mod figures;
mod keys_page;
mod long_page;
mod replay;
mod session;
mod telling;
#[cfg(test)]
mod tests;
mod timeline;

pub use figures::FiguresPage;
pub use session::{ReadSession, SessionDoes, SessionPage, SessionWish};
