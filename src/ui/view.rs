//! What every screen may look at while it draws or takes a key: borrowed, read only, complete.

use ratatui::layout::Size;

use std::path::PathBuf;

use crate::journal::{Awaits, ChainState, JournalError, NoWayOn, SessionName, Stays, Trouble};
use crate::machine::{At, State};
use crate::protocol::Protocol;
use crate::text::{CoverId, Language, LanguageCode, StaffNumber};

/// All that a screen may look at.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// The protocol, once it has been read: the first frame is drawn before.
    pub protocol: Option<&'a Protocol>,
    /// The session; begun or not.
    pub state: &'a State,
    /// The present.
    pub now: At,
    /// The language of the program's own sentences.
    pub language: Language,
    /// The language of the protocol's lines on the screen.
    pub shown: &'a LanguageCode,
    /// The language of the words to say.
    pub said: &'a LanguageCode,
    /// What is not yet, or not, on disk.
    pub keeping: &'a Keeping,
    /// What the start screen knows of saved sessions.
    pub desk: &'a OnTheDesk,
    /// How it is to look.
    pub look: Look,
    /// How large the screen is.
    pub size: Size,
    /// Which cover the settings name; none: the protocol's first.
    pub cover: Option<&'a CoverId>,
}

/// What is on disk of what was issued.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Keeping {
    /// How many events are on disk.
    pub saved: u64,
    /// Why the events after those cannot be saved, if they cannot; they are kept in memory and tried again.
    pub trouble: Option<Trouble>,
    /// Nothing is written: practice.
    pub nothing_is_kept: bool,
    /// The folder that the session is kept in now, since its own failed.
    pub moved_to: Option<String>,
    /// Something else changed the session's file, which was written anew from memory.
    pub written_anew: bool,
    /// The head of a closed journal, to be written down elsewhere.
    pub head: Option<String>,
}

/// What the start screen shows of what is saved.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OnTheDesk {
    /// It has been looked up.
    pub known: bool,
    /// Sessions that can be resumed, newest first.
    pub open: Vec<OpenSession>,
    /// How many saved sessions there are.
    pub sessions: usize,
    /// Files that could not be read as a session.
    pub unreadable: usize,
    /// Sessions that were saved elsewhere and did not come home.
    pub stay: Vec<Stays>,
    /// What others could have changed of the home until now.
    pub exposed: Vec<PathBuf>,
    /// How it stands with this machine's ledger.
    pub ledger: ChainState,
    /// In how many of the sessions that were opened somebody may still be in danger.
    pub in_danger: usize,
    /// What is awaited of sessions that could not be opened, or whose key is locked: as the ledger has it.
    pub noted: Vec<Awaits>,
    /// Deadlines that passed without an answer, and those to come, the earliest first.
    pub due: Vec<DueLine>,
    /// What supervisors remarked to whoever owns this machine's key, and what she has not answered, the earliest first.
    pub remarks: Vec<RemarkLine>,
    /// How often the case code of the running session stands in this machine's sessions, this one not counted.
    pub same_case: Option<usize>,
    /// Why the session that was chosen last could not be taken up.
    pub could_not: Option<CouldNot>,
    /// What the keys that are at hand can do.
    pub keys: KeysAtHand,
    /// Whether a session that was left is on disk.
    pub left: Left,
    /// The head code of a session that was closed, where it came after its own screen was left.
    pub late_head: Option<String>,
}

/// A remark that waits for an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RemarkLine {
    /// The session.
    pub session: SessionName,
    /// The remark itself, among what stands beside it.
    pub remark: SessionName,
    /// The case code of the session.
    pub case: String,
    /// When it was written, and its zone in minutes.
    pub at: i64,
    /// The zone.
    pub zone: i32,
    /// By whom.
    pub by: StaffNumber,
    /// To whom.
    pub to: StaffNumber,
    /// What it is about, in each language.
    pub about: Vec<(Language, String)>,
    /// Its words.
    pub text: String,
}

impl RemarkLine {
    /// What it is about, in a language.
    pub fn about(&self, language: Language) -> &str {
        self.about.iter().find(|(one, _)| *one == language).map_or("", |(_, about)| about)
    }
}

/// Whether a session that was left is on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Left {
    /// All of it, or there is none.
    #[default]
    Saved,
    /// Not yet; it is being tried.
    NotYet,
}

/// What the keys that are at hand can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct KeysAtHand {
    /// Those who could read what is written.
    pub readers: ReadBy,
    /// Her own key.
    pub own: OwnKey,
}

/// How many keys read what is written now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ReadBy {
    /// None: nothing real is begun.
    #[default]
    Nobody,
    /// So many, her own among them.
    HerAnd(usize),
    /// So many, and not her own: she can neither read what she writes nor go on with it.
    OthersOnly(usize),
}

/// How it stands with the machine's own key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum OwnKey {
    /// There is none: what is written is for others.
    #[default]
    None,
    /// Its passphrase is needed before anything is read.
    Locked,
    /// It reads.
    Unlocked,
}

/// Why a session could not be taken up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CouldNot {
    /// Another window has it open.
    OpenElsewhere,
    /// It is closed.
    Closed,
    /// It was closed, and its end is gone.
    Cut,
    /// It was changed by somebody.
    Altered,
    /// It is not there any more.
    NotThere,
    /// It cannot be read.
    Unreadable,
    /// No key is there that could read what is written: nothing real is begun.
    NoKey,
    /// It is sealed for other keys than the one that is unlocked.
    NotForUs,
}

impl CouldNot {
    /// What an error of the journal means for somebody at the start screen.
    pub fn of(error: &JournalError) -> Self {
        match error {
            JournalError::Locked(_) => Self::OpenElsewhere,
            JournalError::NoWayOn { why: NoWayOn::Closed, .. } => Self::Closed,
            JournalError::NoWayOn { why: NoWayOn::Cut, .. } => Self::Cut,
            JournalError::NoWayOn { why: NoWayOn::Altered(_), .. } => Self::Altered,
            JournalError::NoSuchSession(_) | JournalError::Erased(_) => Self::NotThere,
            JournalError::Disk { trouble: Trouble::Gone, .. } => Self::NotThere,
            JournalError::NotForUs(_) => Self::NotForUs,
            _ => Self::Unreadable,
        }
    }
}

/// A session that can be resumed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenSession {
    /// Its name among the files.
    pub name: String,
    /// Its case code.
    pub case: String,
    /// When it was begun (milliseconds since 1970), and the zone then (minutes).
    pub begun: (i64, i32),
    /// When its last event happened.
    pub last: i64,
}

/// A deadline of a saved session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueLine {
    /// The session's name among the files.
    pub name: String,
    /// Its case code.
    pub case: String,
    /// When it is or was due (milliseconds since 1970).
    pub at: i64,
    /// What it is for, in the words of whoever set it; often empty.
    pub line: String,
    /// What promised it, as the protocol has it in each language of the screen.
    pub promised: Vec<(Language, String)>,
    /// What kind it is.
    pub kind: DueKind,
}

/// What a deadline of a saved session is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DueKind {
    /// The check-in: somebody waits for a call.
    CheckIn,
    /// Something that was promised.
    Promise,
}

/// How the screen is to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Colours may be used; without, `NO_COLOR` or a setting, signs say it all.
    pub colour: Colour,
    /// Things may move.
    pub motion: Motion,
    /// Columns that the leaflet's text takes at most.
    pub leaflet_width: u16,
    /// Seconds without a key after which the screen turns quiet while she is in the room.
    pub quiet_after: u32,
    /// Breaths a minute of the pacer.
    pub breaths: u16,
}

/// Whether colours may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Colour {
    /// Yes.
    Used,
    /// No.
    None,
}

/// Whether things may move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Motion {
    /// Yes.
    Smooth,
    /// No: a text stands instead.
    Still,
}
