//! Sessions handed on one after the other: what is private and what was withdrawn stays out, and that it was done is
//! noted beside each before a word of it is given.

use crate::export::{About, Account, AskedFor, Exporter, Format, Opened};
use crate::journal::{Companion, Handling, JournalError, SessionName, Store, Verdict};
use crate::machine::At;
use crate::review::Consent;
use crate::seal::{HeadCode, Identity, Recipients};
use crate::text::{Language, StaffNumber};

use super::opener::{OpenedSession, Opener};

/// Who hands on, and how.
#[derive(Debug, Clone)]
pub struct Terms {
    /// The kind of file.
    pub format: Format,
    /// The language of its sentences.
    pub language: Language,
    /// The private steps that were asked for by name.
    pub with: AskedFor,
    /// Her number, where she gave it.
    pub by: Option<StaffNumber>,
    /// Now.
    pub now: At,
}

/// Makes one file of sessions.
pub struct HandingOn<'k> {
    store: Store,
    opener: Opener<'k>,
    exporter: Exporter,
    terms: Terms,
    readers: Option<&'k Recipients>,
}

/// What became of one session.
#[derive(Debug)]
pub enum Handed {
    /// This is to be written of it now. `whole`: its file is as it was recorded.
    Text {
        /// The words.
        text: String,
        /// Whether there is nothing wrong with its file.
        whole: Wholeness,
    },
    /// Her consent was taken back: nothing of it is handed on.
    Withdrawn,
    /// Its protocol cannot be read here: whether her consent holds nobody can tell.
    Unknown,
    /// It is none of those that were asked for.
    NotAsked,
    /// It cannot be read; the others can.
    Unreadable(JournalError),
}

/// Whether a file is as it was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wholeness {
    /// It is, as far as can be told.
    Whole,
    /// It was altered, or is another one than the ledger knows.
    Altered,
}

impl<'k> HandingOn<'k> {
    /// Begins a file. Without `readers` nothing can be noted.
    pub fn begin(
        store: &Store,
        identity: Option<&'k Identity>,
        readers: Option<&'k Recipients>,
        terms: Terms,
    ) -> Self {
        let about = About { language: terms.language, made: terms.now };
        Self {
            opener: Opener::new(store.clone(), identity, terms.now),
            store: store.clone(),
            exporter: Exporter::new(terms.format, about),
            terms,
            readers,
        }
    }

    /// What is to be written before any session.
    pub fn head(&self) -> String {
        self.exporter.begin()
    }

    /// Takes a session, if `asked` says so of it.
    ///
    /// # Errors
    /// It could not be noted beside it: then nothing of it is given.
    pub fn add(
        &mut self,
        name: &SessionName,
        asked: impl FnOnce(&OpenedSession) -> bool,
    ) -> Result<Handed, JournalError> {
        let one = match self.opener.open(name) {
            Ok(one) => one,
            Err(why) => return Ok(Handed::Unreadable(why)),
        };
        if !asked(&one) {
            return Ok(Handed::NotAsked);
        }
        match one.consent() {
            Consent::TakenBack => return Ok(Handed::Withdrawn),
            Consent::Unknown => return Ok(Handed::Unknown),
            Consent::Stands | Consent::Narrowed => {}
        }
        let head = HeadCode::of(&one.sha256);
        if let Some(readers) = self.readers {
            let (of, at, by) = (one.named(head), self.terms.now, self.terms.by.clone());
            self.store.put_beside(&Companion::Handled { of, at, by, how: Handling::Exported }, readers)?;
        }
        let session = &one.inspected.session;
        let opened = Opened { session, protocol: one.protocol.as_deref(), head, added: &one.marks.addenda };
        let account = Account::of(opened, &self.terms.with, self.terms.language, self.terms.now);
        let altered = one.inspected.other.is_some() || matches!(session.verdict, Verdict::Altered { .. });
        let whole = if altered { Wholeness::Altered } else { Wholeness::Whole };
        Ok(Handed::Text { text: self.exporter.add(&account), whole })
    }

    /// What is to be written at the end.
    pub fn tail(self) -> String {
        self.exporter.end()
    }
}
