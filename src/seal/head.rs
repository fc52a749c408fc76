//! The head code: what a person notes on paper, so that a file that was exchanged as a whole is found.

use std::fmt;

use pbkdf2::pbkdf2_hmac;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use sha2::Sha256;

use crate::text::Fingerprint;

/// Eighty bits that stand for one closed file: `XXXX-XXXX-XXXX-XXXX`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HeadCode([u8; 16]);

/// Why a text is no head code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HeadProblem {
    /// It has so many signs, and not sixteen.
    Length(usize),
    /// A sign that no code has.
    Sign(char),
}

/// How a code that was noted fits the one of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Likeness {
    /// It is the file's.
    Same,
    /// So many signs differ, one or two: a slip of the pen, and not another file.
    Slip(usize),
    /// It is another file's.
    Other,
}

/// Crockford's base32: no I, L, O or U.
const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

impl HeadCode {
    /// The code of a file with this fingerprint. Takes some hundredths of a second, so that one who looks for a second
    /// file with the same code has 65,536 times the work.
    pub fn of(file: &Fingerprint) -> Self {
        let mut bytes = [0; 10];
        pbkdf2_hmac::<Sha256>(&file.0, b"amparo/1 head", 65_536, &mut bytes);
        let number = bytes.iter().fold(0_u128, |number, byte| number << 8 | u128::from(*byte));
        let mut signs = [0; 16];
        for (place, sign) in signs.iter_mut().enumerate() {
            let shift = 75 - 5 * place;
            *sign = u8::try_from(number >> shift & 31).unwrap_or_default();
        }
        Self(signs)
    }

    /// Reads one as people write it: small letters, blanks and hyphens do not matter; I and L are 1, O is 0.
    ///
    /// # Errors
    /// [`HeadProblem`].
    pub fn new(text: &str) -> Result<Self, HeadProblem> {
        let mut signs = [0; 16];
        let mut count = 0;
        for sign in text.chars().filter(|sign| !sign.is_whitespace() && !matches!(sign, '-' | '–')) {
            let value = match sign.to_ascii_uppercase() {
                'I' | 'L' => 1,
                'O' => 0,
                plain => u8::try_from(plain)
                    .ok()
                    .and_then(|plain| SIGNS.iter().position(|known| *known == plain))
                    .and_then(|place| u8::try_from(place).ok())
                    .ok_or(HeadProblem::Sign(sign))?,
            };
            if let Some(place) = signs.get_mut(count) {
                *place = value;
            }
            count += 1;
        }
        if count == signs.len() { Ok(Self(signs)) } else { Err(HeadProblem::Length(count)) }
    }

    /// How a code that was noted fits this one, the file's.
    pub fn likeness(&self, noted: &Self) -> Likeness {
        match self.0.iter().zip(noted.0).filter(|(own, noted)| **own != *noted).count() {
            0 => Likeness::Same,
            few @ 1..=2 => Likeness::Slip(few),
            _ => Likeness::Other,
        }
    }
}

impl fmt::Display for HeadCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, sign) in self.0.iter().enumerate() {
            if place > 0 && place % 4 == 0 {
                f.write_str("-")?;
            }
            write!(f, "{}", char::from(SIGNS[usize::from(*sign)]))?;
        }
        Ok(())
    }
}

impl Serialize for HeadCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for HeadCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::new(&text).map_err(|_| de::Error::custom("not a head code"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::fingerprint;

    #[test]
    fn a_code_is_read_as_people_write_it() {
        let code = HeadCode::of(&fingerprint(b"a file"));
        let text = code.to_string();
        assert_eq!(text.len(), 19);
        assert_eq!(HeadCode::new(&text), Ok(code));
        assert_eq!(HeadCode::new(&format!(" {} ", text.to_lowercase().replace('-', " "))), Ok(code));
        assert_eq!(HeadCode::new("IiLl-OoOo-0000-1111"), HeadCode::new("1111-0000-0000-1111"));
        assert_eq!(HeadCode::new("1111-0000"), Err(HeadProblem::Length(8)));
        assert_eq!(HeadCode::new(&"0".repeat(17)), Err(HeadProblem::Length(17)));
        assert_eq!(HeadCode::new("U111-0000-0000-1111"), Err(HeadProblem::Sign('U')));
        assert_eq!(HeadCode::new("é111-0000-0000-1111"), Err(HeadProblem::Sign('é')));
    }

    #[test]
    fn a_slip_of_the_pen_is_told_from_another_file() {
        let code = HeadCode::new("1234-5678-9ABC-DEFG").unwrap();
        for (noted, likeness) in [
            ("1234-5678-9ABC-DEFG", Likeness::Same),
            ("1234-5678-9ABC-DEFH", Likeness::Slip(1)),
            ("2134-5678-9ABC-DEFG", Likeness::Slip(2)),
            ("0004-5678-9ABC-DEFG", Likeness::Other),
        ] {
            assert_eq!(code.likeness(&HeadCode::new(noted).unwrap()), likeness, "{noted}");
        }
    }
}
