//! A field for a passphrase: drawn as dots, never in a picture for developers, and handed over once.

use std::fmt;

use crate::seal::Passphrase;

use super::field::Field;

/// As many characters as a passphrase may have.
const MOST: usize = 256;

/// The field.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Unseen {
    field: Field,
}

impl Default for Unseen {
    fn default() -> Self {
        Self { field: Field::new(MOST) }
    }
}

impl Unseen {
    pub(super) fn field(&self) -> &Field {
        &self.field
    }

    pub(super) fn field_mut(&mut self) -> &mut Field {
        &mut self.field
    }

    /// What was typed. The field is empty afterwards; its memory goes with the passphrase, or is overwritten when the
    /// program's allocator takes it back.
    pub(super) fn take(&mut self) -> Passphrase {
        Passphrase::new(self.field.take())
    }

    /// What was typed is given up.
    pub(super) fn forget(&mut self) {
        drop(self.take());
    }
}

impl fmt::Debug for Unseen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Unseen")
    }
}
