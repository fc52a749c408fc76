//! The secret key of one person: made here, locked with a passphrase, unlocked for as long as it is needed.

use std::fmt;
use std::io::{Read, Write};
use std::iter;
use std::str::FromStr;

use age::secrecy::{ExposeSecret, SecretString};
use age::{DecryptError, Decryptor, Encryptor};
use zeroize::Zeroizing;

use super::recipient::Recipient;
use super::wipe::on_a_stack_that_is_wiped;

/// An unlocked secret key. Overwritten when it is dropped. In a box: moving it, to another thread too, moves a pointer,
/// and leaves no copy behind.
pub struct Identity {
    key: Box<age::x25519::Identity>,
}

impl Clone for Identity {
    fn clone(&self) -> Self {
        on_a_stack_that_is_wiped(|| Self { key: self.key.clone() })
    }
}

/// A passphrase. Overwritten when it is dropped, and never shown.
#[derive(Debug, Clone)]
pub struct Passphrase(SecretString);

/// How hard a passphrase is to try: the base-2 logarithm of scrypt's N.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WorkFactor(pub u8);

/// Why a locked identity did not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NotUnlocked {
    /// The passphrase is another one.
    WrongPassphrase,
    /// It was locked with more work than is done here: a file that would take hours, or all of the memory.
    TooMuchWork(WorkFactor),
    /// It is no locked identity, or was changed.
    Damaged,
}

/// The most bytes of a locked identity.
const LARGEST: usize = 16 * 1024;

impl Passphrase {
    /// The fewest characters that a new one may have.
    pub const FEWEST: usize = 12;

    /// A passphrase.
    pub fn new(text: String) -> Self {
        Self(SecretString::from(text))
    }

    /// Whether it is long enough to lock something with. What is in it is for her to choose.
    pub fn is_long_enough(&self) -> bool {
        self.0.expose_secret().chars().count() >= Self::FEWEST
    }

    /// Whether another one is the same.
    pub fn is(&self, other: &Self) -> bool {
        self.0.expose_secret() == other.0.expose_secret()
    }
}

impl PartialEq for Passphrase {
    fn eq(&self, other: &Self) -> bool {
        self.is(other)
    }
}

impl Eq for Passphrase {}

impl WorkFactor {
    /// What identities are locked with: 256 MiB and about a second, which a laptop with 4 GB copes with.
    pub const OURS: Self = Self(18);

    /// The most that is done to unlock one: 1 GiB.
    pub const MOST: Self = Self(20);
}

impl Identity {
    /// A new one.
    pub fn generate() -> Self {
        on_a_stack_that_is_wiped(|| Self { key: Box::new(age::x25519::Identity::generate()) })
    }

    /// The public key that goes with it.
    pub fn public(&self) -> Recipient {
        on_a_stack_that_is_wiped(|| Recipient::of(self.key.to_public()))
    }

    /// Reads `AGE-SECRET-KEY-1…`, without the blanks around it.
    pub fn of_text(text: &str) -> Option<Self> {
        on_a_stack_that_is_wiped(|| {
            age::x25519::Identity::from_str(text.trim()).ok().map(|key| Self { key: Box::new(key) })
        })
    }

    /// `AGE-SECRET-KEY-1…`.
    pub(super) fn text(&self) -> SecretString {
        self.key.to_string()
    }

    pub(super) fn key(&self) -> &age::x25519::Identity {
        &self.key
    }

    /// Locks it with a passphrase: an ordinary age file, which `age -d` opens, and `age -i` then takes.
    pub fn lock(&self, passphrase: &Passphrase, work: WorkFactor) -> Option<Vec<u8>> {
        let mut recipient = age::scrypt::Recipient::new(passphrase.0.clone());
        recipient.set_work_factor(work.0);
        let key: &dyn age::Recipient = &recipient;
        on_a_stack_that_is_wiped(|| {
            let mut locked = Vec::new();
            let mut inside =
                Encryptor::with_recipients(iter::once(key)).ok()?.wrap_output(&mut locked).ok()?;
            let text = self.text();
            let lines = [b"# public key: ", self.public().to_string().as_bytes(), b"\n"].concat();
            inside.write_all(&lines).ok()?;
            inside.write_all(text.expose_secret().as_bytes()).ok()?;
            inside.write_all(b"\n").ok()?;
            inside.finish().ok()?;
            Some(locked)
        })
    }

    /// Unlocks one. Takes a second and up to 1 GiB, which is given back overwritten.
    ///
    /// # Errors
    /// [`NotUnlocked`].
    pub fn unlock(locked: &[u8], passphrase: &Passphrase) -> Result<Self, NotUnlocked> {
        if locked.len() > LARGEST {
            return Err(NotUnlocked::Damaged);
        }
        on_a_stack_that_is_wiped(|| {
            let decryptor = Decryptor::new_buffered(locked).map_err(|_| NotUnlocked::Damaged)?;
            if !decryptor.is_scrypt() {
                return Err(NotUnlocked::Damaged);
            }
            // Made only now: it tries how fast this machine is.
            let mut with = age::scrypt::Identity::new(passphrase.0.clone());
            with.set_max_work_factor(WorkFactor::MOST.0);
            let key: &dyn age::Identity = &with;
            let mut inside = decryptor.decrypt(iter::once(key)).map_err(|why| match why {
                DecryptError::ExcessiveWork { required, .. } => {
                    NotUnlocked::TooMuchWork(WorkFactor(required))
                }
                DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed => {
                    NotUnlocked::WrongPassphrase
                }
                _ => NotUnlocked::Damaged,
            })?;
            let mut text = Zeroizing::new(String::with_capacity(locked.len()));
            inside.read_to_string(&mut text).map_err(|_| NotUnlocked::Damaged)?;
            let line = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
            line.and_then(Self::of_text).ok_or(NotUnlocked::Damaged)
        })
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Identity({})", self.public())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passphrase(text: &str) -> Passphrase {
        Passphrase::new(text.to_owned())
    }

    #[test]
    fn it_is_unlocked_by_its_passphrase_and_no_other() {
        let identity = Identity::generate();
        let locked = identity.lock(&passphrase("correct horse"), WorkFactor(4)).unwrap();
        assert_eq!(
            Identity::unlock(&locked, &passphrase("correct horse")).unwrap().public(),
            identity.public()
        );
        let wrong = Identity::unlock(&locked, &passphrase("correct house"));
        assert_eq!(wrong.unwrap_err(), NotUnlocked::WrongPassphrase);
        let mut changed = locked.clone();
        *changed.last_mut().unwrap() ^= 1;
        assert_eq!(
            Identity::unlock(&changed, &passphrase("correct horse")).unwrap_err(),
            NotUnlocked::Damaged
        );
        for cut in 0..locked.len() {
            assert!(Identity::unlock(&locked[..cut], &passphrase("correct horse")).is_err());
        }
    }

    #[test]
    fn what_would_take_hours_is_refused_before_it_begins() {
        let locked = Identity::generate().lock(&passphrase("correct horse"), WorkFactor(2)).unwrap();
        let text = String::from_utf8_lossy(&locked).into_owned();
        let at = text.find(" 2\n").unwrap();
        for (work, bytes) in [(21, " 21\n"), (63, " 63\n")] {
            let greedy = [&locked[..at], bytes.as_bytes(), &locked[at + 3..]].concat();
            let refused = Identity::unlock(&greedy, &passphrase("correct horse")).unwrap_err();
            assert_eq!(refused, NotUnlocked::TooMuchWork(WorkFactor(work)));
        }
    }

    #[test]
    fn an_envelope_for_a_key_is_no_locked_identity() {
        let identity = Identity::generate();
        let recipients = crate::seal::Recipients::new(vec![identity.public()]).unwrap();
        let envelope = crate::seal::seal_for(&recipients, b"x").unwrap();
        assert_eq!(Identity::unlock(&envelope, &passphrase("x")).unwrap_err(), NotUnlocked::Damaged);
        assert_eq!(format!("{identity:?}"), format!("Identity({})", identity.public()));
        assert!(!format!("{:?}", passphrase("secret words")).contains("secret words"));
    }
}
