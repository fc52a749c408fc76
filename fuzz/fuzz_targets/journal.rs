//! Any bytes as a session's file: an answer, never a panic; and what is given of events is folded by the machine.

#![no_main]

use amparo::journal::{Verdict, decode};
use amparo::machine::{State, apply};
use libfuzzer_sys::fuzz_target;

const HEADER: &[u8] = b"{\"session\":0,\"protocol\":{\"base\":{\"name\":\"\",\"text\":\"\"}}}\n";

fuzz_target!(|bytes: &[u8]| {
    let _ = decode(bytes);
    let Ok(decoded) = decode(&[HEADER, bytes].concat()) else { panic!("the header is good") };
    let mut state = State::default();
    decoded.events.iter().for_each(|event| apply(&mut state, event));
    assert_eq!(state.record.events, decoded.events.len() as u64);
    if let Verdict::Altered { after } = decoded.verdict {
        assert_eq!(after, state.record.events);
    }
    // What is intact reads the same without what follows it.
    let file = [HEADER, bytes].concat();
    let again = decode(&file[..decoded.intact]).expect("the intact part is a session");
    assert_eq!(again.events, decoded.events);
});
