//! The protocols that sessions carry, each read once, however many sessions ran it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::journal::ProtocolSource;
use crate::protocol::{Protocol, read};

/// The protocols that were read so far. Threads share what was read: a clone has the same ones.
#[derive(Debug, Clone, Default)]
pub struct Protocols {
    read: Arc<Mutex<HashMap<Arc<ProtocolSource>, Read>>>,
    /// Those that were asked for here, by the very source in memory: its hundred kilobytes are not hashed again.
    here: Vec<(Arc<ProtocolSource>, Read)>,
}

type Read = Option<Arc<Protocol>>;

impl Protocols {
    /// The protocol that a session carries; none where this version of the program cannot read it. The events can
    /// be shown without it.
    pub fn of(&mut self, source: &Arc<ProtocolSource>) -> Option<Arc<Protocol>> {
        if let Some((_, known)) = self.here.iter().find(|(one, _)| Arc::ptr_eq(one, source)) {
            return known.clone();
        }
        let mut all = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let read = all.entry(Arc::clone(source)).or_insert_with(|| read_source(source)).clone();
        self.here.push((Arc::clone(source), read.clone()));
        read
    }
}

fn read_source(source: &ProtocolSource) -> Read {
    let translations: Vec<(&str, &[u8])> =
        source.overlays.iter().map(|file| (file.name.as_str(), file.text.as_bytes())).collect();
    read(&source.base.name, source.base.text.as_bytes(), &translations).protocol.map(Arc::new)
}
