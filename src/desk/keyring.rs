//! The keys of one machine: the worker's own identity, locked, and the public keys of those who may read what she writes.
//!
//! Three files in the home: `key` (an age file under her passphrase), `keys.json` (public keys with their numbers), and
//! where an office has one, a list of recipients that a setting names. What is in `keys.json` says who reads, not who
//! anybody is. A supervisor's key reads all that is written here; a caseworker's only what is addressed to her number.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::journal::replace_file;
use crate::seal::{
    Identity, ListProblem, NotUnlocked, Passphrase, Recipient, Recipients, WorkFactor, read_list,
};
use crate::text::StaffNumber;

use super::settings::Settings;

/// The keys of one machine.
#[derive(Debug, Clone)]
pub struct Keyring {
    home: PathBuf,
    kept: Kept,
}

/// What an identity is for on this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// She holds interviews.
    Caseworker,
    /// She reads and erases them. A mark that nothing enforces: a stone shows who erased.
    Supervisor,
}

/// The identity of this machine, without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Own {
    /// The public key.
    #[serde(with = "as_text")]
    pub key: Recipient,
    /// What it is for.
    pub role: Role,
}

/// Somebody for whom something is sealed here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Other {
    /// Her number.
    pub number: StaffNumber,
    /// Her public key.
    #[serde(with = "as_text")]
    pub key: Recipient,
    /// As a supervisor she reads all that is written here; as a caseworker only what is addressed to her.
    #[serde(default = "supervisor")]
    pub role: Role,
}

/// Keys that were added before there were caseworkers' among them.
const fn supervisor() -> Role {
    Role::Supervisor
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    own: Option<Own>,
    #[serde(default)]
    others: Vec<Other>,
}

/// What went wrong with keys.
#[derive(Debug)]
pub enum KeyringError {
    /// A file could not be read or written.
    Io {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: io::Error,
    },
    /// The file of keys is not what this program writes.
    Garbled(PathBuf),
    /// The office's list of recipients is none.
    List {
        /// The file.
        path: PathBuf,
        /// Why.
        why: ListProblem,
    },
    /// This machine has an identity already.
    HasOwn,
    /// This machine has no identity.
    NoOwn,
    /// Nobody could read what is written.
    Nobody,
    /// More could read than a session has room for.
    TooMany,
    /// The number has another key already.
    Taken(StaffNumber),
    /// No key has this number.
    NoSuch(StaffNumber),
    /// The passphrase does not unlock the identity.
    NotUnlocked(NotUnlocked),
    /// The passphrase is too short to lock anything with.
    TooShort,
    /// The system gives no random bytes.
    NoRandomness,
}

/// The most caseworkers' keys on one machine: a large office.
const MOST_KEYS: usize = 500;

/// More than any file of keys needs.
const LARGEST: u64 = 256 * 1024;

impl Keyring {
    /// Reads the keys of a home; without any, there are none.
    ///
    /// # Errors
    /// The file cannot be read, or is not what this program writes.
    pub fn read(home: &Path) -> Result<Self, KeyringError> {
        let path = home.join("keys.json");
        let kept = match bounded(&path)? {
            None => Kept::default(),
            Some(bytes) => serde_json::from_slice(&bytes).map_err(|_| KeyringError::Garbled(path))?,
        };
        Ok(Self { home: home.to_owned(), kept })
    }

    /// The identity of this machine.
    pub fn own(&self) -> Option<&Own> {
        self.kept.own.as_ref()
    }

    /// The others for whom something is sealed here.
    pub fn others(&self) -> &[Other] {
        &self.kept.others
    }

    /// Those who may read what is written now: supervisors first, whose stanza is then met first, then the office's
    /// list, then her own where the settings say so.
    ///
    /// # Errors
    /// [`KeyringError::Nobody`]; a list that cannot be read.
    pub fn recipients(&self, settings: &Settings) -> Result<Recipients, KeyringError> {
        self.readers(settings, None)
    }

    /// Those who may read what is addressed to one number: who reads all, and the key of that number. None where no key
    /// has it.
    ///
    /// # Errors
    /// As [`Self::recipients`].
    pub fn readers_with(
        &self,
        number: &StaffNumber,
        settings: &Settings,
    ) -> Result<Option<Recipients>, KeyringError> {
        match self.kept.others.iter().find(|other| other.number == *number) {
            Some(_) => self.readers(settings, Some(number)).map(Some),
            None => Ok(None),
        }
    }

    fn readers(
        &self,
        settings: &Settings,
        addressed: Option<&StaffNumber>,
    ) -> Result<Recipients, KeyringError> {
        let reads = |other: &&Other| other.role == Role::Supervisor || Some(&other.number) == addressed;
        let mut all: Vec<Recipient> =
            self.kept.others.iter().filter(reads).map(|other| other.key.clone()).collect();
        if let Some(path) = settings.recipients() {
            let bytes = bounded(&path)?.ok_or_else(|| KeyringError::Io {
                path: path.clone(),
                source: io::ErrorKind::NotFound.into(),
            })?;
            all.extend(read_list(&bytes).map_err(|why| KeyringError::List { path, why })?);
        }
        if settings.own_key() {
            all.extend(self.kept.own.as_ref().map(|own| own.key.clone()));
        }
        Recipients::new(all).map_err(|why| match why {
            ListProblem::TooMany => KeyringError::TooMany,
            _ => KeyringError::Nobody,
        })
    }

    /// Keeps an identity as this machine's own, locked with a passphrase.
    ///
    /// # Errors
    /// [`KeyringError::HasOwn`], [`KeyringError::TooShort`], [`KeyringError::Io`].
    pub fn keep_own(
        &mut self,
        identity: &Identity,
        role: Role,
        passphrase: &Passphrase,
        work: WorkFactor,
    ) -> Result<(), KeyringError> {
        if self.kept.own.is_some() || self.locked_path().exists() {
            return Err(KeyringError::HasOwn);
        }
        if !passphrase.is_long_enough() {
            return Err(KeyringError::TooShort);
        }
        let locked = identity.lock(passphrase, work).ok_or(KeyringError::NoRandomness)?;
        let path = self.locked_path();
        replace_file(&path, &locked).map_err(|source| KeyringError::Io { path, source })?;
        self.kept.own = Some(Own { key: identity.public(), role });
        self.keep()
    }

    /// Unlocks this machine's identity. Takes about a second.
    ///
    /// # Errors
    /// [`KeyringError::NoOwn`], [`KeyringError::NotUnlocked`], [`KeyringError::Io`].
    pub fn unlock(&self, passphrase: &Passphrase) -> Result<Identity, KeyringError> {
        let own = self.own().ok_or(KeyringError::NoOwn)?;
        let locked = bounded(&self.locked_path())?.ok_or(KeyringError::NoOwn)?;
        let identity = Identity::unlock(&locked, passphrase).map_err(KeyringError::NotUnlocked)?;
        if identity.public() == own.key {
            Ok(identity)
        } else {
            Err(KeyringError::Garbled(self.locked_path()))
        }
    }

    /// Adds somebody for whom something is sealed here. The same key again with another role changes what it reads.
    ///
    /// # Errors
    /// [`KeyringError::Taken`], [`KeyringError::TooMany`], [`KeyringError::Io`].
    pub fn add(&mut self, number: StaffNumber, key: Recipient, role: Role) -> Result<(), KeyringError> {
        let known = self.kept.others.iter().position(|other| other.number == number);
        if known.is_some_and(|place| self.kept.others[place].key != key) {
            return Err(KeyringError::Taken(number));
        }
        // One place is kept for whoever something is addressed to.
        let most = match role {
            Role::Supervisor => crate::seal::MOST_RECIPIENTS - 1,
            Role::Caseworker => MOST_KEYS,
        };
        if self.kept.others.iter().filter(|other| other.role == role).count() >= most {
            return Err(KeyringError::TooMany);
        }
        match known {
            Some(place) => self.kept.others[place].role = role,
            None => self.kept.others.push(Other { number, key, role }),
        }
        self.keep()
    }

    /// Takes somebody out. What was written for her before stays readable to her.
    ///
    /// # Errors
    /// [`KeyringError::NoSuch`], [`KeyringError::Io`].
    pub fn remove(&mut self, number: &StaffNumber) -> Result<(), KeyringError> {
        let before = self.kept.others.len();
        self.kept.others.retain(|other| other.number != *number);
        if self.kept.others.len() == before {
            return Err(KeyringError::NoSuch(number.clone()));
        }
        self.keep()
    }

    /// A public key in a file: its first line that is no comment.
    ///
    /// # Errors
    /// [`KeyringError::Io`], also where there is no file; [`KeyringError::List`] where its first line is no key.
    pub fn key_in(path: &Path) -> Result<Recipient, KeyringError> {
        let bytes = bounded(path)?.ok_or_else(|| KeyringError::Io {
            path: path.to_owned(),
            source: io::ErrorKind::NotFound.into(),
        })?;
        let list = |why| KeyringError::List { path: path.to_owned(), why };
        let keys = read_list(&bytes).map_err(list)?;
        keys.into_iter().next().ok_or_else(|| list(ListProblem::Empty))
    }

    fn locked_path(&self) -> PathBuf {
        self.home.join("key")
    }

    fn keep(&self) -> Result<(), KeyringError> {
        let path = self.home.join("keys.json");
        let failed = |source| KeyringError::Io { path: path.clone(), source };
        let json = serde_json::to_vec_pretty(&self.kept).map_err(|cause| failed(io::Error::other(cause)))?;
        replace_file(&path, &json).map_err(failed)
    }
}

/// A small file; none where there is none.
fn bounded(path: &Path) -> Result<Option<Vec<u8>>, KeyringError> {
    let failed = |source| KeyringError::Io { path: path.to_owned(), source };
    match fs::metadata(path) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(cause) => return Err(failed(cause)),
        Ok(about) if about.len() > LARGEST || !about.is_file() => {
            return Err(KeyringError::Garbled(path.to_owned()));
        }
        Ok(_) => {}
    }
    fs::read(path).map(Some).map_err(failed)
}

mod as_text {
    use serde::{Deserialize, Deserializer, Serializer, de};

    use super::Recipient;

    pub(super) fn serialize<S: Serializer>(key: &Recipient, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(key)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Recipient, D::Error> {
        let text = String::deserialize(deserializer)?;
        Recipient::new(&text).map_err(|_| de::Error::custom("not a public key"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> StaffNumber {
        StaffNumber::new(text).unwrap()
    }

    fn passphrase(text: &str) -> Passphrase {
        Passphrase::new(text.to_owned())
    }

    #[test]
    fn an_identity_is_kept_locked_and_unlocked_again() {
        let home = tempfile::tempdir().unwrap();
        let mut keys = Keyring::read(home.path()).unwrap();
        let identity = Identity::generate();
        let short = keys.keep_own(&identity, Role::Caseworker, &passphrase("short"), WorkFactor(2));
        assert!(matches!(short, Err(KeyringError::TooShort)));
        let long = passphrase("three old words");
        keys.keep_own(&identity, Role::Supervisor, &long, WorkFactor(2)).unwrap();
        assert!(matches!(
            keys.keep_own(&identity, Role::Caseworker, &long, WorkFactor(2)),
            Err(KeyringError::HasOwn)
        ));
        let keys = Keyring::read(home.path()).unwrap();
        assert_eq!(keys.own().unwrap().role, Role::Supervisor);
        assert_eq!(keys.unlock(&long).unwrap().public(), identity.public());
        assert!(matches!(keys.unlock(&passphrase("three new words")), Err(KeyringError::NotUnlocked(_))));
        for file in fs::read_dir(home.path()).unwrap() {
            let bytes = fs::read(file.unwrap().path()).unwrap();
            assert!(!String::from_utf8_lossy(&bytes).contains("AGE-SECRET-KEY"));
        }
    }

    #[test]
    fn those_who_may_read_stand_in_the_order_in_which_they_are_tried() {
        let home = tempfile::tempdir().unwrap();
        let mut keys = Keyring::read(home.path()).unwrap();
        let mut settings = Settings::default();
        assert!(matches!(keys.recipients(&settings), Err(KeyringError::Nobody)));
        let [own, one, two, office] = [(); 4].map(|()| Identity::generate());
        keys.keep_own(&own, Role::Caseworker, &passphrase("three old words"), WorkFactor(2)).unwrap();
        keys.add(number("204"), one.public(), Role::Supervisor).unwrap();
        keys.add(number("204"), one.public(), Role::Supervisor).unwrap();
        let taken = keys.add(number("204"), two.public(), Role::Supervisor);
        assert!(matches!(taken, Err(KeyringError::Taken(_))));
        keys.add(number("7"), two.public(), Role::Supervisor).unwrap();
        let list = home.path().join("recipients.txt");
        fs::write(&list, format!("# the office\n{}\n", office.public())).unwrap();
        settings.change("recipients", list.to_str().unwrap()).unwrap();
        let all = |settings: &Settings, keys: &Keyring| -> Vec<Recipient> {
            keys.recipients(settings).unwrap().iter().cloned().collect()
        };
        let expected = [one.public(), two.public(), office.public(), own.public()];
        assert_eq!(all(&settings, &keys), expected);
        settings.change("own_key", "off").unwrap();
        keys.remove(&number("7")).unwrap();
        assert!(matches!(keys.remove(&number("7")), Err(KeyringError::NoSuch(_))));
        assert_eq!(all(&settings, &Keyring::read(home.path()).unwrap()), [one.public(), office.public()]);
        fs::write(&list, "nonsense\n").unwrap();
        assert!(matches!(keys.recipients(&settings), Err(KeyringError::List { .. })));
        fs::remove_file(&list).unwrap();
        assert!(matches!(keys.recipients(&settings), Err(KeyringError::Io { .. })));
        fs::write(home.path().join("keys.json"), "{\"others\":[{\"number\":\"7\",\"key\":\"x\"}]}").unwrap();
        assert!(matches!(Keyring::read(home.path()), Err(KeyringError::Garbled(_))));
    }

    #[test]
    fn a_caseworkers_key_reads_only_what_is_addressed_to_her() {
        let home = tempfile::tempdir().unwrap();
        let settings = Settings::default();
        let mut keys = Keyring::read(home.path()).unwrap();
        let [own, other, one, two] = [(); 4].map(|()| Identity::generate());
        keys.keep_own(&own, Role::Supervisor, &passphrase("three old words"), WorkFactor(2)).unwrap();
        keys.add(number("7"), other.public(), Role::Supervisor).unwrap();
        keys.add(number("204"), one.public(), Role::Caseworker).unwrap();
        keys.add(number("117"), two.public(), Role::Caseworker).unwrap();
        let keys = Keyring::read(home.path()).unwrap();
        let read = |to: &str| {
            let readers = keys.readers_with(&number(to), &settings).unwrap();
            readers.map(|readers| readers.iter().cloned().collect::<Vec<_>>())
        };
        let all: Vec<Recipient> = keys.recipients(&settings).unwrap().iter().cloned().collect();
        assert_eq!(all, [other.public(), own.public()]);
        assert_eq!(read("204"), Some(vec![other.public(), one.public(), own.public()]));
        assert_eq!(read("7"), Some(vec![other.public(), own.public()]));
        assert_eq!(read("999"), None);
    }

    #[test]
    fn a_key_that_was_added_before_there_were_roles_is_a_supervisors() {
        let home = tempfile::tempdir().unwrap();
        let key = Identity::generate().public();
        let kept = format!("{{\"others\":[{{\"number\":\"7\",\"key\":\"{key}\"}}]}}");
        fs::write(home.path().join("keys.json"), kept).unwrap();
        let mut keys = Keyring::read(home.path()).unwrap();
        assert_eq!(keys.others()[0].role, Role::Supervisor);
        keys.add(number("7"), key, Role::Caseworker).unwrap();
        assert!(matches!(keys.recipients(&Settings::default()), Err(KeyringError::Nobody)));
    }
}
