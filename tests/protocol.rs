//! Reading protocols, from the outside: what is read, what is refused, and in which words.

use amparo::protocol::{Reading, read};

fn told(reading: &Reading) -> Vec<String> {
    reading
        .findings
        .iter()
        .map(|finding| {
            let at = reading.sources[finding.source].position(finding.span.start);
            format!("{}:{}:{} {:?}", reading.sources[finding.source].name, at.line, at.column, finding.what)
        })
        .collect()
}

#[test]
fn the_example_of_the_language_reads_without_findings() {
    let reading = read("night-shelter.yaml", include_bytes!("protocols/good/night-shelter.yaml"), &[]);
    assert_eq!(told(&reading), [""; 0]);
    assert!(reading.protocol.is_some());
}
