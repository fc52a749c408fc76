//! The name of a session's file: sixteen random bytes in hexadecimal, which tell nothing.

use std::fmt;
use std::io;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// The name of a session's file: 32 digits `0`–`9` and `a`–`f`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SessionName([u8; 16]);

impl SessionName {
    /// How many digits a name has.
    pub const DIGITS: usize = 32;

    /// A name of random bytes from the system.
    ///
    /// # Errors
    /// Where the system gives none.
    pub fn random() -> io::Result<Self> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).map_err(io::Error::other)?;
        Ok(Self(bytes))
    }

    /// The name of given bytes: where a test must know it before.
    pub fn of_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The name that a text is, if it is one. Capital digits are none: a name is written in one way only.
    pub fn new(text: &str) -> Option<Self> {
        let digits = text.as_bytes();
        if digits.len() != Self::DIGITS {
            return None;
        }
        let mut bytes = [0; 16];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            let [high, low] = pair else { return None };
            *byte = nibble(*high)? << 4 | nibble(*low)?;
        }
        Some(Self(bytes))
    }

    /// The first eight digits, which are enough on one machine.
    pub fn short(&self) -> String {
        let mut name = self.to_string();
        name.truncate(8);
        name
    }
}

fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

impl fmt::Display for SessionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for SessionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for SessionName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for SessionName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::new(&text).ok_or_else(|| de::Error::custom("not a session's name"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_written_in_one_way_only() {
        let name = SessionName::of_bytes([0x0f; 16]);
        assert_eq!(name.to_string(), "0f".repeat(16));
        assert_eq!(SessionName::new(&name.to_string()), Some(name));
        assert_eq!(name.short(), "0f0f0f0f");
        for bad in [
            "",
            "0f",
            &"0F".repeat(16),
            &"0g".repeat(16),
            &"é".repeat(16),
            &"0f".repeat(17),
            "../../../../etc/passwd/0000000000",
        ] {
            assert_eq!(SessionName::new(bad), None, "{bad}");
        }
    }

    #[test]
    fn two_random_names_differ() {
        assert_ne!(SessionName::random().unwrap(), SessionName::random().unwrap());
    }
}
