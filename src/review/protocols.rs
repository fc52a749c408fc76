//! The protocols that sessions carry, each read once, however many sessions ran it.

use std::collections::HashMap;
use std::sync::Arc;

use crate::journal::ProtocolSource;
use crate::protocol::{Protocol, read};

/// The protocols that were read so far.
#[derive(Debug, Default)]
pub struct Protocols {
    read: HashMap<Arc<ProtocolSource>, Option<Arc<Protocol>>>,
}

impl Protocols {
    /// The protocol that a session carries; none where this version of the program cannot read it. The events can
    /// be shown without it.
    pub fn of(&mut self, source: &Arc<ProtocolSource>) -> Option<Arc<Protocol>> {
        if let Some(known) = self.read.get(source) {
            return known.clone();
        }
        let translations: Vec<(&str, &[u8])> =
            source.overlays.iter().map(|file| (file.name.as_str(), file.text.as_bytes())).collect();
        let reading = read(&source.base.name, source.base.text.as_bytes(), &translations);
        let protocol = reading.protocol.map(Arc::new);
        self.read.insert(Arc::clone(source), protocol.clone());
        protocol
    }
}
