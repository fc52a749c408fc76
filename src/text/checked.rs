//! Reading a checked type straight from the text that stands in a journal or a protocol, without a copy in between.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, Deserializer, Visitor};

/// Reads a text with serde, and takes it where `new` does.
///
/// # Errors
/// Where there is no text, and where `new` refuses it.
pub fn checked<'de, D: Deserializer<'de>, T, E: fmt::Display>(
    deserializer: D,
    new: impl FnOnce(&str) -> Result<T, E>,
) -> Result<T, D::Error> {
    deserializer.deserialize_str(Checking { new, gives: PhantomData })
}

/// Writes a checked text as it is, and reads it with its own `new`.
macro_rules! as_checked_text {
    ($name:ident) => {
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::text::checked(deserializer, Self::new)
            }
        }
    };
}
pub(super) use as_checked_text;

struct Checking<N, T, E> {
    new: N,
    gives: PhantomData<fn() -> Result<T, E>>,
}

impl<N: FnOnce(&str) -> Result<T, E>, T, E: fmt::Display> Visitor<'_> for Checking<N, T, E> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<F: de::Error>(self, text: &str) -> Result<T, F> {
        (self.new)(text).map_err(F::custom)
    }
}

#[cfg(test)]
mod tests {
    use crate::text::{CaseCode, Line, StaffNumber, StepId};

    #[test]
    fn a_text_is_taken_with_its_escapes_and_nothing_but_a_text_is() {
        // A text with an escape cannot be borrowed from the JSON; one without can.
        assert_eq!(serde_json::from_str::<Line>(r#""se\u00f1al""#).unwrap().as_str(), "señal");
        assert_eq!(serde_json::from_str::<StepId>(r#""c\u0061lm""#).unwrap().as_str(), "calm");
        assert_eq!(serde_json::from_slice::<CaseCode>(br#""K-17""#).unwrap().as_str(), "K-17");
        for none in ["17", "null", "[\"calm\"]", "{\"calm\":null}", "true", "\"\\ud800\"", "\"Two words\""] {
            assert!(serde_json::from_str::<StepId>(none).is_err(), "{none}");
        }
        assert!(serde_json::from_str::<StaffNumber>("204").is_err());
    }
}
