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
mod complaint;
mod disk;
#[cfg(debug_assertions)]
mod fault;
mod handing_on;
mod keyring;
mod leaflet;
mod life;
mod new_file;
mod no_copy;
mod once;
mod opener;
mod opening;
mod pin;
mod remarks;
mod searching;
mod settings;
mod short_file;
mod turn;
mod way_out;
mod worker;

pub use clock::Clock;
pub use complaint::{complaint, complaint_of_settings};
pub use handing_on::{Handed, HandingOn, Terms, Wholeness};
pub use keyring::{Brought, Keyring, KeyringError, Other, Own, Role, list_in};
pub use leaflet::show_leaflet;
pub use life::{Life, OTHER_TEXT, Sheet, TEXT};
pub use new_file::{NewFile, NoPlace, may_go};
pub use no_copy::leave_no_copy;
pub use once::{Shown, show_once};
pub use opener::{OpenedSession, Opener};
pub use opening::{Arrived, Opening, open_again};
pub use pin::{PinError, pin_of, remove_pin, remove_second_pin, set_pin, set_second_pin};
pub use remarks::{keep_answer, remarks};
pub use searching::{Looked, Searching};
pub use settings::{Row, Setting, Settings, SettingsError, TABLE, Takes};
pub use turn::{Begin, Seat, Shows, sit};
pub use worker::{AtHand, GivenUp, ReadProtocol, Taken, shipped, take_up};
