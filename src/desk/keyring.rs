//! The keys of one machine: the worker's own identity, locked, and the public keys of those who may read what she writes.
//!
//! Three files in the home: `key` (an age file under her passphrase), `keys.json` (public keys with their numbers), and
//! where an office has one, a list of recipients that a setting names. What is in `keys.json` says who reads, not who
//! anybody is. A supervisor's key reads all that is written here; a caseworker's only what is addressed to her number.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::journal::{Held, replace_file};
use crate::seal::{
    Identity, ListProblem, NotUnlocked, Passphrase, Recipient, RecipientProblem, Recipients, WorkFactor,
    keys_among, read_list,
};
use crate::text::StaffNumber;

use super::settings::Settings;
use super::short_file::{Unread, read_short};

/// The keys of one machine.
#[derive(Debug, Clone)]
pub struct Keyring {
    home: PathBuf,
    kept: Kept,
}

/// What an identity is for on this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Role {
    /// She holds interviews. In the file a word that tells nothing of what the program is for.
    #[serde(rename = "writes")]
    Caseworker,
    /// She reads and erases them. A mark that nothing enforces: a stone shows who erased.
    #[serde(rename = "reads")]
    Supervisor,
}

/// The identity of this machine, without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Own {
    /// The public key.
    #[serde(with = "as_text")]
    pub key: Recipient,
    /// What it is for.
    #[serde(rename = "does", alias = "role")]
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
    #[serde(rename = "does", alias = "role", default = "supervisor")]
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

/// What came of bringing an identity back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Brought {
    /// It is this machine's own from now on.
    New,
    /// It was this machine's own, and is locked anew.
    Again,
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
    /// It is a folder, a pipe or a device.
    NoFile(PathBuf),
    /// It is no text in UTF-8.
    NoText(PathBuf),
    /// A file that is to have one key has several.
    Several(PathBuf),
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
    /// This machine has another identity.
    OtherOwn,
    /// The locked identity is not there.
    Gone(PathBuf),
    /// A locked identity that the file of keys does not name: that file was lost.
    Unnamed(PathBuf),
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
    /// The file cannot be read, or is not what this program writes; [`KeyringError::Unnamed`].
    pub fn read(home: &Path) -> Result<Self, KeyringError> {
        let ring = Self::as_named(home)?;
        if ring.is_unnamed() { Err(KeyringError::Unnamed(ring.locked_path())) } else { Ok(ring) }
    }

    /// What the file of keys names, whatever lies beside it.
    fn as_named(home: &Path) -> Result<Self, KeyringError> {
        let path = home.join("keys.json");
        let kept = match bounded(&path)? {
            None => Kept::default(),
            Some(bytes) => serde_json::from_slice(&bytes).map_err(|_| KeyringError::Garbled(path))?,
        };
        Ok(Self { home: home.to_owned(), kept })
    }

    /// Whether a locked identity lies here that the file of keys knows nothing of: that file was lost.
    fn is_unnamed(&self) -> bool {
        self.kept.own.is_none() && self.locked_path().exists()
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
            all.extend(list_in(&path)?);
        }
        if settings.own_key() {
            all.extend(self.kept.own.as_ref().map(|own| own.key.clone()));
        }
        Recipients::new(all).map_err(|why| match why {
            ListProblem::TooMany => KeyringError::TooMany,
            _ => KeyringError::Nobody,
        })
    }

    /// Keeps an identity as this machine's own, locked with a passphrase; on a failure nothing of it is left.
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
        let locked = Self::locked(identity, passphrase, work)?;
        self.changing(|ring| {
            if ring.locked_path().exists() {
                return Err(KeyringError::HasOwn);
            }
            ring.replace_locked(&locked)?;
            ring.kept.own = Some(Own { key: identity.public(), role });
            ring.keep().inspect_err(|_| {
                // A key that nothing names would be in the way of the next one. Where it cannot be removed either,
                // it is found again by its passphrase.
                let _ = fs::remove_file(ring.locked_path());
            })
        })
    }

    /// Brings an identity back from its recovery sheet, locked with a new passphrase. The keys of others stay.
    ///
    /// # Errors
    /// [`KeyringError::OtherOwn`], and as [`Self::keep_own`].
    pub fn bring_back(
        home: &Path,
        identity: &Identity,
        role: Role,
        passphrase: &Passphrase,
        work: WorkFactor,
    ) -> Result<Brought, KeyringError> {
        let mut ring = Self::as_named(home)?;
        let brought = match ring.own() {
            None if !ring.is_unnamed() => Brought::New,
            // Which key lies there cannot be told without its passphrase: it is put aside, and not lost.
            None => Brought::Again,
            Some(own) if own.key == identity.public() => Brought::Again,
            Some(_) if ring.locked_path().exists() => return Err(KeyringError::OtherOwn),
            Some(_) => Brought::New,
        };
        if brought == Brought::New {
            ring.keep_own(identity, role, passphrase, work)?;
            return Ok(brought);
        }
        let locked = Self::locked(identity, passphrase, work)?;
        ring.changing(|ring| {
            let role = ring.own().map_or(role, |own| if role == Role::Supervisor { role } else { own.role });
            if ring.is_unnamed() {
                let aside = ring.home.join("key.old");
                let failed = |source| KeyringError::Io { path: aside.clone(), source };
                fs::rename(ring.locked_path(), &aside).map_err(failed)?;
            }
            ring.replace_locked(&locked)?;
            ring.kept.own = Some(Own { key: identity.public(), role });
            ring.keep()
        })?;
        Ok(brought)
    }

    /// Names the identity that lies here again, after the file of keys was lost. Takes about a second.
    ///
    /// # Errors
    /// [`KeyringError::HasOwn`] where it is named, and as [`Self::unlock`].
    pub fn name_again(home: &Path, role: Role, passphrase: &Passphrase) -> Result<Recipient, KeyringError> {
        let mut ring = Self::as_named(home)?;
        let locked = bounded(&ring.locked_path())?.ok_or(KeyringError::NoOwn)?;
        let key = Identity::unlock(&locked, passphrase).map_err(KeyringError::NotUnlocked)?.public();
        ring.changing(|ring| {
            if ring.own().is_some() {
                return Err(KeyringError::HasOwn);
            }
            ring.kept.own = Some(Own { key: key.clone(), role });
            ring.keep()
        })?;
        Ok(key)
    }

    /// Locks this machine's identity with another passphrase. The old one opens it until the new file has taken its place.
    ///
    /// # Errors
    /// [`KeyringError::TooShort`], [`KeyringError::Io`].
    pub fn lock_anew(
        &mut self,
        identity: &Identity,
        passphrase: &Passphrase,
        work: WorkFactor,
    ) -> Result<(), KeyringError> {
        let locked = Self::locked(identity, passphrase, work)?;
        self.changing(|ring| match ring.own() {
            Some(own) if own.key == identity.public() => ring.replace_locked(&locked),
            _ => Err(KeyringError::OtherOwn),
        })
    }

    fn locked(
        identity: &Identity,
        passphrase: &Passphrase,
        work: WorkFactor,
    ) -> Result<Vec<u8>, KeyringError> {
        if !passphrase.is_long_enough() {
            return Err(KeyringError::TooShort);
        }
        identity.lock(passphrase, work).ok_or(KeyringError::NoRandomness)
    }

    fn replace_locked(&self, locked: &[u8]) -> Result<(), KeyringError> {
        let path = self.locked_path();
        replace_file(&path, locked).map_err(|source| KeyringError::Io { path, source })
    }

    /// Changes the keys as they are by then; meanwhile no other program does.
    fn changing<T>(
        &mut self,
        change: impl FnOnce(&mut Self) -> Result<T, KeyringError>,
    ) -> Result<T, KeyringError> {
        let failed = |source| KeyringError::Io { path: self.home.join("keys.json"), source };
        let _held = Held::of(&self.home).map_err(failed)?;
        *self = Self::as_named(&self.home)?;
        change(self)
    }

    /// Unlocks this machine's identity. Takes about a second.
    ///
    /// # Errors
    /// [`KeyringError::NoOwn`], [`KeyringError::Gone`], [`KeyringError::NotUnlocked`], [`KeyringError::Io`].
    pub fn unlock(&self, passphrase: &Passphrase) -> Result<Identity, KeyringError> {
        let own = self.own().ok_or(KeyringError::NoOwn)?;
        let locked = bounded(&self.locked_path())?.ok_or_else(|| KeyringError::Gone(self.locked_path()))?;
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
        self.changing(|ring| ring.put(number, key, role))
    }

    fn put(&mut self, number: StaffNumber, key: Recipient, role: Role) -> Result<(), KeyringError> {
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
        self.changing(|ring| {
            let before = ring.kept.others.len();
            ring.kept.others.retain(|other| other.number != *number);
            if ring.kept.others.len() == before {
                return Err(KeyringError::NoSuch(number.clone()));
            }
            ring.keep()
        })
    }

    /// A public key in a file: its first line that is no comment, or the only key among other words, as in what
    /// `keys list` and `keys new` print.
    ///
    /// # Errors
    /// [`KeyringError::Io`], also where there is no file; [`KeyringError::NoText`]; [`KeyringError::Several`];
    /// [`KeyringError::List`] where there is no key.
    pub fn key_in(path: &Path) -> Result<Recipient, KeyringError> {
        let bytes = named(path)?;
        let text = std::str::from_utf8(&bytes).map_err(|_| KeyringError::NoText(path.to_owned()))?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let lines = (1..).zip(text.lines().map(str::trim));
        let first = lines.into_iter().find(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        let list = |why| KeyringError::List { path: path.to_owned(), why };
        let (line, first) = first.ok_or_else(|| list(ListProblem::Empty))?;
        match (Recipient::new(first), keys_among(text).as_slice()) {
            (Ok(key), _) => Ok(key),
            (Err(RecipientProblem::NoKey), [key]) => Ok(key.clone()),
            (Err(RecipientProblem::NoKey), [_, _, ..]) => Err(KeyringError::Several(path.to_owned())),
            (Err(why), _) => Err(list(ListProblem::Line { line, why })),
        }
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

/// A short file; none where there is none.
fn bounded(path: &Path) -> Result<Option<Vec<u8>>, KeyringError> {
    match read_short(path, LARGEST) {
        Err(Unread::Missing(_)) => Ok(None),
        read => read.map(Some).map_err(|why| unread(path, why)),
    }
}

/// A short file that somebody named.
fn named(path: &Path) -> Result<Vec<u8>, KeyringError> {
    read_short(path, LARGEST).map_err(|why| unread(path, why))
}

fn unread(path: &Path, why: Unread) -> KeyringError {
    match why {
        Unread::Missing(source) | Unread::Io(source) => KeyringError::Io { path: path.to_owned(), source },
        Unread::NoFile => KeyringError::NoFile(path.to_owned()),
        Unread::TooLarge => KeyringError::Garbled(path.to_owned()),
    }
}

/// A list of public keys.
///
/// # Errors
/// As of [`Keyring::key_in`], also where there is no file.
pub fn list_in(path: &Path) -> Result<Vec<Recipient>, KeyringError> {
    let bytes = named(path)?;
    read_list(&bytes).map_err(|why| KeyringError::List { path: path.to_owned(), why })
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
