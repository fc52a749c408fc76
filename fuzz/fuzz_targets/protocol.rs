//! A protocol, and its translation, from bytes that others wrote: an answer, with every place inside the file.

#![no_main]

use amparo::protocol::{Severity, read};
use amparo::text::Language;
use amparo::words::findings::draw;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    // A zero byte, which no right file has, parts the protocol from its translation.
    let (base, translation) = match bytes.iter().position(|byte| *byte == 0) {
        Some(at) => (&bytes[..at], &bytes[at + 1..]),
        None => (bytes, &[][..]),
    };
    let reading = read("any.yaml", base, &[("any.es.yaml", translation)]);
    let wrong = reading.findings.iter().any(|finding| finding.severity() == Severity::Error);
    assert_eq!(reading.protocol.is_none(), wrong);
    for finding in reading.findings.iter().take(20) {
        assert!(finding.span.start as usize <= reading.sources[finding.source].text.len());
        let _ = draw(finding, &reading.sources, Language::Spanish);
    }
});
