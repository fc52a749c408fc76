//! The shipped protocol made ready: as it was once read and checked, so that no start of the program reads its YAML.
//!
//! `protocols/phit.ready` is written from `protocols/phit.yaml` and its translations by a test, and holds which bytes it
//! was made of. It is never believed beyond that: where the YAML in this build is another, it is not used, and the
//! YAML is read as any other. The same test fails when the two say different things.

use std::fmt;

use super::model::{Protocol, StepIndex};
use super::shipped::{SHIPPED, SHIPPED_TRANSLATIONS};

const READY: &[u8] = include_bytes!("../../protocols/phit.ready");

/// Told at compile time, so that no start looks at the YAML at all.
const MADE_OF: u64 = {
    let mut sum = sum_of(0xcbf2_9ce4_8422_2325, SHIPPED);
    let mut at = 0;
    while at < SHIPPED_TRANSLATIONS.len() {
        sum = sum_of(sum, SHIPPED_TRANSLATIONS[at].1);
        at += 1;
    }
    sum
};

/// FNV-1a: tells an edited file from another. Nobody is kept out by it; both files are part of this program.
const fn sum_of(mut sum: u64, bytes: &[u8]) -> u64 {
    let mut at = 0;
    while at < bytes.len() {
        sum = (sum ^ bytes[at] as u64).wrapping_mul(0x0100_0000_01b3);
        at += 1;
    }
    sum
}

/// A protocol could not be written in its ready form.
#[derive(Debug)]
pub struct NotReady(postcard::Error);

impl fmt::Display for NotReady {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "the protocol has no ready form: {}", self.0)
    }
}

impl std::error::Error for NotReady {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.0)
    }
}

/// The shipped protocol with its translations, without reading YAML; none where its ready form is of other bytes than
/// those of this build.
pub fn shipped_ready() -> Option<Protocol> {
    let (made_of, ready) = READY.split_first_chunk()?;
    if u64::from_le_bytes(*made_of) != MADE_OF {
        return None;
    }
    let mut protocol: Protocol = postcard::from_bytes(ready).ok()?;
    protocol.by_id =
        protocol.steps.iter().enumerate().map(|(at, step)| (step.id.clone(), StepIndex(at))).collect();
    Some(protocol)
}

/// What `protocols/phit.ready` must hold for the shipped protocol as it was read.
///
/// # Errors
/// None that a test has seen; the form's own.
pub fn make_ready(protocol: &Protocol) -> Result<Vec<u8>, NotReady> {
    let mut ready = MADE_OF.to_le_bytes().to_vec();
    ready.extend(postcard::to_allocvec(protocol).map_err(NotReady)?);
    Ok(ready)
}
