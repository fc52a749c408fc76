//! State to cells, keys to commands; pure. Knows no bytes on disk, and not the terminal itself.

mod key;

pub use key::Key;
