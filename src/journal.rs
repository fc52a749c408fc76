//! The journal: events to durable, sealed bytes and back; recovery, verification, lock, ledger, listing, erasing.
//!
//! Knows nothing of the screen, and does not read YAML: the protocol that was run is inside as the text of its files,
//! which [`crate::protocol`] reads. Start reading at [`Store`].
//!
//! ```
//! use amparo::journal::{ProtocolFile, ProtocolSource, Store, Verdict};
//! use amparo::machine::{At, Event, Fact, Follows};
//! use amparo::seal::{Identity, Recipients};
//!
//! let supervisor = Identity::generate();
//! let recipients = Recipients::new(vec![supervisor.public()]).map_err(|_| "one key")?;
//! let home = tempfile::tempdir()?;
//! let store = Store::at(home.path());
//! let protocol = ProtocolSource::new(ProtocolFile::new("night.yaml", "amparo: 1"), Vec::new());
//! let mut writer = store.create(&protocol, &recipients)?; // needs no secret
//! let event = Event { at: At::default(), fact: Fact::Paused, follows: Follows::default() };
//! assert_eq!(writer.append(&event)?, 1); // it is on disk now, and may be shown
//!
//! let session = store.open(writer.name(), &supervisor)?; // while the writer goes on
//! assert_eq!(session.events, [event]);
//! assert_eq!(session.verdict, Verdict::Open);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod companion;
mod content;
mod error;
mod folder;
mod format;
mod held;
mod homecoming;
mod ledger;
mod many;
mod medium;
mod name;
mod own;
mod prints;
mod reading;
mod receipt;
mod sealing;
mod session;
mod shelter;
mod source;
mod stone;
mod store;
mod verify;
mod writer;

pub use companion::{Beside, Companion, Handling, Mark, On, Placed, Unread};
pub use error::{Foreign, JournalError, NoWayOn, Trouble, Unsealed};
pub use folder::{replace_file, replace_file_on, restrict};
pub use format::{FormatVersion, LARGEST_FILE, LONGEST_EVENT, NoSession};
pub use held::{Held, clear_away};
pub use homecoming::{Homecoming, Stays, WhyStays};
pub use ledger::{Awaits, Back, ChainState, Ledger, Seen, Waits};
pub use many::{cores, in_threads, of_each};
pub use medium::{Disks, Medium, Refused, Step};
pub use name::SessionName;
pub use own::make_own;
pub use prints::Prints;
pub use reading::Reader;
pub use receipt::{Kept, Receipt};
pub use session::{Decoded, Session, Verdict};
pub use source::{ProtocolFile, ProtocolSource};
pub use stone::{Erasure, Stone};
pub use store::{Entry, EntryKind, Inspected, Store};
pub use verify::{Begun, Finding, Known, Noted, Verified, verify_file, verify_files, verify_store};
pub use writer::Writer;
