//! Any bytes as a ledger: an answer, never a panic.

#![no_main]

use amparo::journal::{Ledger, Noted, SessionName};
use amparo::text::CaseCode;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let ledger = Ledger::of_bytes(bytes);
    let started = ledger.started().count();
    if let Ok(case) = CaseCode::new("K-17") {
        assert!(ledger.interviews(&case, None) <= started);
    }
    let noted = Noted::of(&ledger);
    for name in ledger.started() {
        let _ = noted.known(name);
    }
    let _ = noted.known(&SessionName::of_bytes([1; 16]));
    // A line that is torn off changes nothing before it.
    if let Some(end) = bytes.iter().rposition(|byte| *byte == b'\n') {
        assert!(Ledger::of_bytes(&bytes[..end]).started().count() <= started);
    }
});
