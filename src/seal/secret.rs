//! Thirty-two secret bytes that never move, and are overwritten when they are no longer needed.

use std::fmt;
use std::io;

use zeroize::{Zeroize, Zeroizing};

/// Plaintext that is overwritten when it is dropped.
pub type Opened = Zeroizing<Vec<u8>>;

/// Thirty-two secret bytes. In a box: moving a `Secret` moves a pointer, and leaves no copy behind.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Box<[u8; 32]>);

impl Secret {
    /// Thirty-two zeros: what stands before the first segment.
    pub fn nothing() -> Self {
        Self(Box::new([0; 32]))
    }

    /// Random bytes from the system.
    ///
    /// # Errors
    /// Where the system gives none.
    pub fn random() -> io::Result<Self> {
        let mut secret = Self::nothing();
        getrandom::fill(secret.0.as_mut_slice()).map_err(io::Error::other)?;
        Ok(secret)
    }

    /// A copy of thirty-two bytes; none where they are not so many.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        let mut secret = Self::nothing();
        if bytes.len() != secret.0.len() {
            return None;
        }
        secret.0.copy_from_slice(bytes);
        Some(secret)
    }

    /// The bytes, to be written where they are sealed.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    pub(super) fn bytes_mut(&mut self) -> &mut [u8; 32] {
        &mut self.0
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.as_mut_slice().zeroize();
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}
