//! The protocol that a session ran, as the text of its files: kept inside, so that a session can be read years later.

use std::borrow::Cow;
use std::path::Path;

use serde::{Deserialize, Serialize};

/// A protocol and its translations, as they were read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ProtocolSource {
    /// The protocol.
    pub base: ProtocolFile,
    /// Its translations, in the order in which they were read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overlays: Vec<ProtocolFile>,
}

/// One file of a protocol.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ProtocolFile {
    /// Its name without the folders, which can name a person.
    pub name: String,
    /// Its text; the reader of protocols refuses everything but UTF-8 before a session begins. The
    /// built-in protocol's is part of the program, and is not copied.
    pub text: Cow<'static, str>,
}

impl ProtocolSource {
    /// A protocol with its translations.
    pub fn new(base: ProtocolFile, overlays: Vec<ProtocolFile>) -> Self {
        Self { base, overlays }
    }
}

impl ProtocolFile {
    /// A file: of its path only the last part is kept.
    pub fn new(path: &str, text: impl Into<Cow<'static, str>>) -> Self {
        let name = Path::new(path)
            .file_name()
            .map_or_else(|| path.to_owned(), |name| name.to_string_lossy().into_owned());
        Self { name, text: text.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_which_can_name_a_person_are_not_kept() {
        assert_eq!(ProtocolFile::new("/home/marta/work/phit.yaml", "").name, "phit.yaml");
        assert_eq!(ProtocolFile::new("phit.yaml", "").name, "phit.yaml");
    }
}
