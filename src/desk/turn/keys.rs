//! What the turn does with keys: unlocking her own, making the first ones, and dropping what is not needed any more.
//!
//! scrypt takes about a second and 256 MiB, so that both happen in threads of their own.

use std::path::Path;
use std::sync::Arc;
use std::thread;

use crate::desk::complaint::complaint;
use crate::desk::keyring::{Keyring, KeyringError, Role};
use crate::seal::{Identity, Passphrase, Recipient, Recipients, Sheet, WorkFactor};
use crate::text::StaffNumber;
use crate::ui::NewKeys;
use crate::words::KeyComplaint;

use super::{Told, Turn};

/// What a thread that works with keys has done.
pub(super) enum KeysTold {
    /// Her key was unlocked, or not.
    Unlocked(Result<Identity, KeyComplaint>),
    /// A file with a supervisor's key was read.
    Read(Result<Recipient, KeyComplaint>),
    /// The first keys are kept, and these may read from now on.
    Kept(Result<Recipients, KeyComplaint>),
}

/// Keys that were made and are not kept yet: the recovery sheet is being written down.
#[derive(Clone)]
pub(super) struct Made {
    own: Option<(Identity, Passphrase)>,
    supervisor: Option<(StaffNumber, Recipient)>,
}

impl Turn {
    pub(super) fn unlock(&self, passphrase: Passphrase) {
        let (home, tell) = (self.home.clone(), self.tell.clone());
        thread::spawn(move || {
            let unlocked = Keyring::read(&home)
                .and_then(|ring| ring.unlock(&passphrase))
                .map_err(|error| complaint(&error));
            // Wiped before anybody hears of it.
            drop(passphrase);
            tell.send(Told::Keys(KeysTold::Unlocked(unlocked)))
        });
    }

    pub(super) fn read_key(&self, path: String) {
        let tell = self.tell.clone();
        thread::spawn(move || {
            let read = Keyring::key_in(Path::new(&path)).map_err(|error| complaint(&error));
            tell.send(Told::Keys(KeysTold::Read(read)))
        });
    }

    /// Makes the first keys. One of her own is shown as a sheet before it is kept.
    pub(super) fn make_keys(&mut self, wanted: NewKeys) {
        let NewKeys { own, supervisor } = wanted;
        let own = own.map(|passphrase| (Identity::generate(), passphrase));
        let sheet = own.as_ref().map(|(identity, _)| (Sheet::of(identity), identity.public()));
        self.made = Some(Made { own, supervisor });
        match sheet {
            Some((sheet, public)) => self.ask(|screens, _| screens.has_sheet(sheet, public)),
            None => self.keep_keys(),
        }
    }

    pub(super) fn keep_keys(&self) {
        let Some(made) = self.made.clone() else { return };
        let (home, settings, tell) = (self.home.clone(), self.settings.clone(), self.tell.clone());
        thread::spawn(move || {
            let kept = Keyring::read(&home).and_then(|mut ring| {
                keep(&mut ring, &made)?;
                ring.recipients(&settings)
            });
            drop(made);
            tell.send(Told::Keys(KeysTold::Kept(kept.map_err(|error| complaint(&error)))))
        });
    }

    pub(super) fn keys_told(&mut self, told: KeysTold) {
        match told {
            // A session was begun meanwhile, which needs no secret: it is dropped here.
            KeysTold::Unlocked(_) if self.state.is_begun() => {}
            KeysTold::Unlocked(Ok(identity)) => {
                self.keys.identity = Some(Arc::new(identity));
                self.found.keys = self.keys.can_do();
                self.found.known = false;
                let wishes = self.ask(|screens, _| screens.unlocked());
                self.fulfil(wishes);
                self.look_through();
            }
            KeysTold::Unlocked(Err(why)) => self.ask(|screens, _| screens.not_unlocked(why)),
            KeysTold::Read(read) => {
                let wishes = self.ask(|screens, _| screens.key_read(read));
                self.fulfil(wishes);
            }
            KeysTold::Kept(Ok(recipients)) => {
                let made = self.made.take();
                if let Some((identity, _)) = made.and_then(|made| made.own) {
                    self.keys.own = Some(identity.public());
                }
                self.keys.recipients = Some(recipients);
                self.found.keys = self.keys.can_do();
                self.ask(|screens, _| screens.keys_kept());
            }
            KeysTold::Kept(Err(why)) => self.ask(|screens, _| screens.keys_not_kept(why)),
        }
    }

    /// Drops every secret: a session is begun, gone on with, left or made safe, and none of these needs one.
    pub(super) fn lock(&mut self) {
        self.keys.identity = None;
        // A thread that looks through the sessions has it too, and would only be done with them much later.
        std::mem::take(&mut self.keys.given_up).declare();
        self.made = None;
        self.found.keys = self.keys.can_do();
    }
}

/// The supervisor first: where the own key is there already, nothing is left to do.
fn keep(ring: &mut Keyring, made: &Made) -> Result<(), KeyringError> {
    if let Some((number, key)) = &made.supervisor {
        ring.add(number.clone(), key.clone(), Role::Supervisor)?;
    }
    match &made.own {
        None => Ok(()),
        Some((identity, passphrase)) => {
            ring.keep_own(identity, Role::Caseworker, passphrase, WorkFactor::OURS)
        }
    }
}
