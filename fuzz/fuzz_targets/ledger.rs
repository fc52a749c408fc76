//! Any bytes as a ledger: an answer, never a panic.

#![no_main]

use amparo::journal::{Known, Ledger, SessionName};
use amparo::text::CaseCode;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let ledger = Ledger::of_bytes(bytes);
    let started = ledger.started().count();
    if let Ok(case) = CaseCode::new("K-17") {
        assert!(ledger.interviews(&case, None) <= started);
    }
    for name in ledger.started() {
        let _ = Known::of(&ledger, name);
    }
    let _ = Known::of(&ledger, &SessionName::of_bytes([1; 16]));
    // A line that is torn off changes nothing before it.
    if let Some(end) = bytes.iter().rposition(|byte| *byte == b'\n') {
        assert!(Ledger::of_bytes(&bytes[..end]).started().count() <= started);
    }
});
