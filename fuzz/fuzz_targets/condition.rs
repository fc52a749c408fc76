//! A condition from a text that others wrote: an expression, or a fault inside the text.

#![no_main]

use amparo::protocol::parse_condition;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Err(fault) = parse_condition(text) {
        assert!(fault.part.start <= fault.part.end && fault.part.end <= text.len());
        assert!(text.is_char_boundary(fault.part.start) && text.is_char_boundary(fault.part.end));
    }
});
