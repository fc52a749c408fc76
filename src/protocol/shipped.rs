//! The protocol that the program brings along.

use super::finding::Finding;
use super::model::Protocol;
use super::reading::read;

/// What it is called in messages.
pub const SHIPPED_NAME: &str = "phit.yaml";

/// The protocol as it is embedded.
pub const SHIPPED: &[u8] = include_bytes!("../../protocols/phit.yaml");

/// Its translations, named like files.
pub const SHIPPED_TRANSLATIONS: &[(&str, &[u8])] =
    &[("phit.es.yaml", include_bytes!("../../protocols/phit.es.yaml"))];

/// The shipped protocol with its translations.
///
/// # Errors
/// What is wrong with it; a test holds that nothing is.
pub fn shipped() -> Result<Protocol, Vec<Finding>> {
    let reading = read(SHIPPED_NAME, SHIPPED, SHIPPED_TRANSLATIONS);
    reading.protocol.ok_or(reading.findings)
}
