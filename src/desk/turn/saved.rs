//! What the turn does with saved sessions: looking through them, taking one up, each in a thread of its own.

use std::path::Path;
use std::thread;

use crate::desk::keyring::{Keyring, Role};
use crate::desk::remarks::remarks;
use crate::desk::worker::{look_through, take_up};
use crate::journal::SessionName;
use crate::ui::CouldNot;

use super::{Told, Turn};

/// Whether the key of this machine is a caseworker's: a supervisor finds the remarks in the review.
fn is_caseworkers(home: &Path) -> bool {
    let ring = Keyring::read(home).ok();
    ring.is_some_and(|ring| ring.own().is_some_and(|own| own.role == Role::Caseworker))
}

impl Turn {
    pub(super) fn resume(&self, name: &str) {
        let Some(name) = SessionName::new(name) else { return };
        let (store, tell, keys) = (self.store.clone(), self.tell.clone(), self.keys.clone());
        thread::spawn(move || {
            let taken = take_up(&store, &name, &keys).map(Box::new).map_err(|error| CouldNot::of(&error));
            let _ = tell.send(Told::Taken(taken));
        });
    }

    pub(super) fn look_through(&self) {
        let (store, tell, now) = (self.store.clone(), self.tell.clone(), self.clock.now());
        let (keys, home) = (self.keys.clone(), self.home.clone());
        // Practice changes nothing on any disk.
        let keeps = !self.keeping.nothing_is_kept;
        let elsewhere = if keeps { self.elsewhere.clone() } else { Vec::new() };
        thread::spawn(move || {
            let homecoming = store.bring_all_home(&elsewhere);
            let mut found = look_through(&store, &keys, now);
            found.desk.stay.clone_from(&homecoming.stay);
            found.homecoming = homecoming;
            if let Some(identity) = keys.identity.filter(|_| is_caseworkers(&home)) {
                found.desk.remarks = remarks(&store, &identity, &keys.given_up);
            }
            if keeps {
                // The start screen knows now; where the ledger takes nothing, the next look tells it again.
                let _ = store.note_awaits(&found.noted_wrong);
                let _ = store.note_seen(&found.receipts, now);
            }
            // Of thousands they would stay in memory for nothing.
            found.receipts = Vec::new();
            tell.send(Told::Found(Box::new(found)))
        });
    }

    /// How often the case code of this session stands in the others that were begun on this machine. The ledger knows
    /// without opening any; it was read before a new session's own line came into it.
    pub(super) fn count_same_case(&mut self) {
        let case = self.state.record.case.as_ref();
        self.found.same_case = case.map(|case| self.ledger.interviews(case, self.resumed.as_ref()));
    }
}
