//! Keys and cryptography: the only room that names them. Knows nothing of what is sealed.
//!
//! [`PinLock`] is what is kept of a PIN: a slow hash, of which nobody can read the PIN.

mod pin;

pub use pin::{Effort, FEWEST_DIGITS, MOST_DIGITS, NotLocked, Opens, Pin, PinLock, Which};
