//! What a screen asks of the desk after a key: the machine's commands, and what only the desk can do.

use crate::machine::{Command, CoveredBy, Uncovered};
use crate::seal::{Passphrase, Pin, Recipient};
use crate::text::{CaseCode, StaffNumber};

use super::review::{Answer, ReviewWish};

/// The first keys of a machine, as they were chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewKeys {
    /// The passphrase of a key of her own, if she wants one.
    pub own: Option<Passphrase>,
    /// A supervisor's number and public key.
    pub supervisor: Option<(StaffNumber, Recipient)>,
}

/// What a screen asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// A command for the machine.
    Do(Command),
    /// Begin a real session: a journal is created, then [`Command::Begin`] is issued.
    Begin {
        /// One or two numbers.
        staff: Vec<StaffNumber>,
        /// The code.
        case: CaseCode,
    },
    /// Begin to practise: made-up numbers, nothing is written.
    Practise,
    /// Unlock her key. Takes about a second.
    Unlock(Passphrase),
    /// Read a supervisor's public key from a file, by its path.
    ReadKey(String),
    /// Make the first keys. A key of her own is kept only with [`Wish::KeepKeys`], once its recovery sheet was written down.
    MakeKeys(NewKeys),
    /// Keep the keys that were made. Takes about a second.
    KeepKeys,
    /// Resume a saved session, by its file's name.
    Resume(String),
    /// Look at saved sessions.
    Review,
    /// Keep her answer to a remark.
    Answer(Box<Answer>),
    /// What the review asks for.
    OfReview(ReviewWish),
    /// The cover was drawn (it is drawn before the desk hears of it).
    Covered(CoveredBy),
    /// The cover was lifted.
    Uncovered(Uncovered),
    /// A page of the cover was opened, by its place.
    PageOpened(usize),
    /// Make the session safe and go back to the start screen.
    LeaveSession,
    /// Make the session safe and end the program, from under the cover.
    LeaveCovered,
    /// Look whether this PIN, typed under the cover, opens anything.
    TryPin(Pin),
    /// Make the session safe and be a leaflet with nothing behind it.
    OnlyLeaflet(LeafletOpens),
    /// Set the PIN of this machine.
    SetPin(Pin),
    /// Go on without a PIN, and do not ask again.
    WithoutPin,
    /// End the program from the start screen.
    Quit,
    /// The next language of the screen.
    NextLanguage,
    /// The next language of the words to say.
    NextSaid,
    /// Save what is not saved elsewhere.
    SaveElsewhere,
}

/// Where a leaflet opens that has nothing behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LeafletOpens {
    /// Where it is open: nothing changes on the screen.
    Here,
    /// At its own settings.
    Settings,
}
