//! An ordinary age file for some recipients: made without a secret, opened with an identity, in bounds that are checked
//! before anything is computed.

use std::io::{Read, Write};
use std::iter;

use age::{DecryptError, Decryptor, Encryptor};
use zeroize::Zeroizing;

use super::identity::Identity;
use super::recipient::Recipients;
use super::secret::Opened;
use super::wipe::on_a_stack_that_is_wiped;

/// The most bytes that an envelope may have.
pub const LARGEST_ENVELOPE: usize = 1 << 20;

/// The most bytes of its header.
const LONGEST_HEADER: usize = 16 * 1024;

/// The most stanzas: each that is not ours costs an X25519.
const MOST_STANZAS: usize = 32;

/// Nothing could be sealed: the system gives no random bytes, or what is to be sealed is too large.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotSealed;

/// Why an envelope did not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NotOpened {
    /// It was not sealed for this identity, or the stanza that was is damaged.
    NotForUs,
    /// It is no envelope, or was changed, or is beyond the bounds.
    Damaged,
}

/// Seals bytes for some recipients, as a binary age file.
///
/// # Errors
/// [`NotSealed`].
pub fn seal_for(recipients: &Recipients, bytes: &[u8]) -> Result<Vec<u8>, NotSealed> {
    let sealed = on_a_stack_that_is_wiped(|| {
        let keys = recipients.iter().map(|recipient| recipient.key() as &dyn age::Recipient);
        let mut sealed = Vec::with_capacity(bytes.len() + 1024);
        let mut inside = Encryptor::with_recipients(keys).ok()?.wrap_output(&mut sealed).ok()?;
        inside.write_all(bytes).ok()?;
        inside.finish().ok()?;
        Some(sealed)
    });
    sealed.filter(|sealed| sealed.len() <= LARGEST_ENVELOPE).ok_or(NotSealed)
}

/// Opens an envelope, which must be neither shorter nor longer than these bytes.
///
/// # Errors
/// [`NotOpened`].
pub fn open_with(identity: &Identity, envelope: &[u8]) -> Result<Opened, NotOpened> {
    if envelope.len() > LARGEST_ENVELOPE || !header_is_bounded(envelope) {
        return Err(NotOpened::Damaged);
    }
    on_a_stack_that_is_wiped(|| {
        let decryptor = Decryptor::new_buffered(envelope).map_err(|_| NotOpened::Damaged)?;
        let key: &dyn age::Identity = identity.key();
        let mut inside = decryptor.decrypt(iter::once(key)).map_err(|why| match why {
            DecryptError::NoMatchingKeys | DecryptError::KeyDecryptionFailed => NotOpened::NotForUs,
            _ => NotOpened::Damaged,
        })?;
        let mut opened = Zeroizing::new(Vec::with_capacity(envelope.len()));
        inside.read_to_end(&mut opened).map_err(|_| NotOpened::Damaged)?;
        Ok(opened)
    })
}

/// Whether the header ends within its bounds and has not too many stanzas.
fn header_is_bounded(envelope: &[u8]) -> bool {
    let head = &envelope[..envelope.len().min(LONGEST_HEADER)];
    let mut stanzas = 0;
    for line in head.split(|byte| *byte == b'\n') {
        if line.starts_with(b"---") {
            return true;
        }
        stanzas += usize::from(line.starts_with(b"->"));
        if stanzas > MOST_STANZAS {
            return false;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::MOST_RECIPIENTS;

    #[test]
    fn each_recipient_opens_and_nobody_else() {
        let identities: Vec<Identity> = (0..MOST_RECIPIENTS).map(|_| Identity::generate()).collect();
        let recipients = Recipients::new(identities.iter().map(Identity::public).collect()).unwrap();
        let envelope = seal_for(&recipients, b"words").unwrap();
        for identity in [&identities[0], &identities[MOST_RECIPIENTS - 1]] {
            assert_eq!(open_with(identity, &envelope).unwrap().as_slice(), b"words");
        }
        assert_eq!(open_with(&Identity::generate(), &envelope), Err(NotOpened::NotForUs));
        for cut in 0..envelope.len() {
            assert!(open_with(&identities[0], &envelope[..cut]).is_err(), "cut at {cut}");
        }
        let longer = [&envelope[..], b"\0"].concat();
        assert_eq!(open_with(&identities[0], &longer), Err(NotOpened::Damaged));
    }

    #[test]
    fn bounds_are_looked_at_before_anything_is_computed() {
        let identity = Identity::generate();
        let many = format!("age-encryption.org/v1\n{}--- x\n", "-> X25519 x\nx\n".repeat(MOST_STANZAS + 1));
        let long = format!("age-encryption.org/v1\n-> {}\n", "x".repeat(LONGEST_HEADER));
        for bytes in [b"".as_slice(), b"age-encryption.org/v1\n", many.as_bytes(), long.as_bytes()] {
            assert_eq!(open_with(&identity, bytes), Err(NotOpened::Damaged));
        }
        assert_eq!(open_with(&identity, &vec![0; LARGEST_ENVELOPE + 1]), Err(NotOpened::Damaged));
    }
}
