//! Keys and cryptography: the only room that names them. Knows nothing of what is sealed.
//!
//! Start reading at [`Chain`], which seals one cell after the other and forgets the key of each, then at
//! [`seal_for`], the age file in which a segment's secret lies for those who may read it. `docs/journal-format.md`
//! has the whole to the byte, and `docs/security.md` what it is worth.
//!
//! ```
//! use amparo::seal::{Identity, Recipients, open_with, seal_for};
//!
//! let supervisor = Identity::generate();
//! let recipients = Recipients::new(vec![supervisor.public()]).map_err(|_| "one key")?;
//! let envelope = seal_for(&recipients, b"for her eyes").map_err(|_| "sealed")?;
//! assert_eq!(open_with(&supervisor, &envelope).map_err(|_| "opened")?.as_slice(), b"for her eyes");
//! assert!(open_with(&Identity::generate(), &envelope).is_err());
//! # Ok::<(), &str>(())
//! ```

mod cell;
mod envelope;
mod fingerprint;
mod head;
mod identity;
mod pin;
mod recipient;
mod secret;
mod sheet;
mod wipe;

pub use cell::{CELL, CONTENT, Chain, Link};
pub use envelope::{LARGEST_ENVELOPE, NotOpened, NotSealed, open_with, seal_for};
pub use fingerprint::{Running, fingerprint, keyed};
pub use head::{HeadCode, HeadProblem, Likeness};
pub use identity::{Identity, NotUnlocked, Passphrase, WorkFactor};
pub use pin::{Effort, FEWEST_DIGITS, MOST_DIGITS, NotLocked, Opens, Pin, PinLock, Which};
pub use recipient::{
    ListProblem, MOST_RECIPIENTS, Recipient, RecipientProblem, Recipients, keys_among, read_list,
};
pub use secret::{Opened, Secret};
pub use sheet::{Sheet, SheetProblem};
