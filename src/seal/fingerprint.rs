//! SHA-256 of what was written, and a hash that only whoever holds a key can compute.

use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

use crate::text::Fingerprint;

use super::secret::Secret;

/// The SHA-256 of bytes.
pub fn fingerprint(bytes: &[u8]) -> Fingerprint {
    Fingerprint(Sha256::digest(bytes).into())
}

/// HMAC-SHA256 of bytes under a key.
pub fn keyed(key: &Secret, bytes: &[u8]) -> Fingerprint {
    // SHA-256's HMAC takes a key of any length; were it refused, the hash would be that of an empty key, and fit nothing.
    let keyed = Hmac::<Sha256>::new_from_slice(key.bytes()).map(|mac| mac.chain_update(bytes).finalize());
    Fingerprint(keyed.map_or([0; 32], |mac| mac.into_bytes().into()))
}

/// The SHA-256 of a file that is read from its beginning, asked for as it grows.
#[derive(Debug, Clone, Default)]
pub struct Running {
    hash: Sha256,
}

impl Running {
    /// Takes the next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.hash.update(bytes);
    }

    /// The fingerprint of all that was taken so far.
    pub fn so_far(&self) -> Fingerprint {
        Fingerprint(self.hash.clone().finalize().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_answers() {
        // FIPS 180-2, appendix B.1; RFC 4231, test case 2, with its key padded to 32 bytes (which HMAC does itself).
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(fingerprint(b"abc").to_string(), abc);
        let mut running = Running::default();
        running.update(b"a");
        running.update(b"bc");
        assert_eq!(running.so_far().to_string(), abc);
        let mut key = [0; 32];
        key[..4].copy_from_slice(b"Jefe");
        let mac = keyed(&Secret::of(&key).unwrap(), b"what do ya want for nothing?");
        assert_eq!(mac.to_string(), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }
}
