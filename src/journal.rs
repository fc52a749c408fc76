//! The journal: events to durable bytes and back; recovery, lock, listing, erasing.
//!
//! Knows nothing of the screen, and does not read YAML: the protocol that was run is inside as the text of its files,
//! which [`crate::protocol`] reads. Start reading at [`Store`].
//!
//! ```
//! use amparo::journal::{ProtocolFile, ProtocolSource, Store, Verdict};
//! use amparo::machine::{At, Event, Fact, Follows};
//!
//! let home = tempfile::tempdir()?;
//! let store = Store::at(home.path());
//! let protocol = ProtocolSource::new(ProtocolFile::new("night.yaml", "amparo: 1"), Vec::new());
//! let mut writer = store.create(&protocol)?;
//! let event = Event { at: At::default(), fact: Fact::Paused, follows: Follows::default() };
//! assert_eq!(writer.append(&event)?, 1); // it is on disk now, and may be shown
//!
//! let session = store.open(writer.name())?; // while the writer goes on
//! assert_eq!(session.events, [event]);
//! assert_eq!(session.verdict, Verdict::Open);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod error;
mod folder;
mod format;
mod name;
mod session;
mod source;
mod stone;
mod store;
mod writer;

pub use error::{Foreign, JournalError, NoWayOn, Trouble};
pub use folder::replace_file;
pub use format::{FormatVersion, LARGEST_FILE, LONGEST_EVENT, NoSession, decode};
pub use name::SessionName;
pub use session::{Decoded, Session, Verdict};
pub use source::{ProtocolFile, ProtocolSource};
pub use stone::Stone;
pub use store::{Entry, EntryKind, Store};
pub use writer::Writer;
