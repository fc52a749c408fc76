//! The desk: the loop, its threads, the clock and the settings. It connects what is pure with what is not, and decides
//! nothing about either.
//!
//! ```text
//! input   poll(tty, signal pipe) → Input ─────────────┐ one channel
//! disk    write + sync → Saved(n) | NotSaved(why) ────┤ into the turn
//! worker  reading a protocol, opening sessions ───────┘
//! turn    state and screen; waits for the channel or the nearest deadline; drains it, then draws once;
//!         a hide key draws first and records after
//! ```

mod clock;
mod disk;
#[cfg(debug_assertions)]
mod fault;
mod leaflet;
mod life;
mod settings;
mod turn;
mod way_out;
mod worker;

pub use clock::Clock;
pub use leaflet::show_leaflet;
pub use life::{Life, Sheet, TEXT};
pub use settings::{Row, Setting, Settings, SettingsError, TABLE, Takes};
pub use turn::{Begin, Pages, Seat, Shows, sit};
pub use worker::{ReadProtocol, Taken, shipped, take_up};
