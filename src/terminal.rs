//! The only file-set that touches the tty: reading, decoding, drawing, leaving. Knows nothing of what is drawn.
//!
//! Start reading at [`Decoder`], which turns bytes into [`Input`] and decides what hides; [`Reader`] waits for
//! them, [`Screen`] draws, and [`restore`] is the way back to the terminal as it was.

mod clock_set;
mod decode;
mod ending;
mod event;
mod frames;
mod input;
mod leave;
mod modes;
mod paper;
mod paste;
mod screen;
mod sequence;
mod size;
mod unseen;

pub use decode::Decoder;
pub use ending::{AskedToEnd, HoldsEnd};
pub use event::{Focus, HideKeys, Input, Signal};
pub use input::{Bell, Reader, Signals};
pub use leave::{
    LastSight, NextLife, OnPanic, become_leaflet, draw_no_more, go_alone, on_panic, restore, wear_own_name,
};
pub use paste::PASTE_MOST;
pub use screen::{OpenError, Options, Screen, Writes};
pub use unseen::read_unseen;
