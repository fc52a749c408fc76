//! The protocol that the program brings along.

use super::finding::Finding;
use super::model::Protocol;
use super::reading::read;

/// What it is called in messages.
pub const SHIPPED_NAME: &str = "phit.yaml";

/// The protocol as it is embedded.
pub const SHIPPED_TEXT: &str = include_str!("../../protocols/phit.yaml");

/// The same as the reader of protocols takes it.
pub const SHIPPED: &[u8] = SHIPPED_TEXT.as_bytes();

/// Its translations, named like files.
pub const SHIPPED_TRANSLATED_TEXTS: &[(&str, &str)] =
    &[("phit.es.yaml", include_str!("../../protocols/phit.es.yaml"))];

/// The same as the reader of protocols takes them.
pub const SHIPPED_TRANSLATIONS: &[(&str, &[u8])] =
    &[(SHIPPED_TRANSLATED_TEXTS[0].0, SHIPPED_TRANSLATED_TEXTS[0].1.as_bytes())];

// Whoever adds a translation adds it to both.
const _: () = assert!(SHIPPED_TRANSLATIONS.len() == SHIPPED_TRANSLATED_TEXTS.len());

/// The shipped protocol with its translations.
///
/// # Errors
/// What is wrong with it; a test holds that nothing is.
pub fn shipped() -> Result<Protocol, Vec<Finding>> {
    let reading = read(SHIPPED_NAME, SHIPPED, SHIPPED_TRANSLATIONS);
    reading.protocol.ok_or(reading.findings)
}
