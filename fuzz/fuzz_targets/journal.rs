//! Any bytes as a session's file, and behind a good beginning, and inside sealed cells: an answer, never a panic; what is
//! given of events is folded by the machine, and what is intact reads the same without what follows it.

#![no_main]

use std::sync::LazyLock;

use amparo::journal::{ProtocolFile, ProtocolSource, Reader, Store, Verdict};
use amparo::machine::{At, Event, Fact, Follows, State, apply};
use amparo::seal::{Identity, Recipients};
use libfuzzer_sys::fuzz_target;

static KEY: LazyLock<Identity> = LazyLock::new(|| {
    let text = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";
    Identity::of_text(text).expect("a key")
});

/// A session with three events, open.
static OPEN: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let home = tempfile::tempdir().expect("a folder");
    let protocol = ProtocolSource::new(ProtocolFile::new("n.yaml", "amparo: 1"), Vec::new());
    let recipients = Recipients::new(vec![KEY.public()]).expect("one");
    let mut writer = Store::at(home.path()).create(&protocol, &recipients).expect("a session");
    for _ in 0..3 {
        let event = Event { at: At::default(), fact: Fact::Went, follows: Follows::default() };
        writer.append(&event).expect("kept");
    }
    std::fs::read(writer.path()).expect("read")
});

fn look(bytes: &[u8]) {
    let Ok(decoded) = Reader::new(&KEY).decode(bytes) else { return };
    let mut state = State::default();
    decoded.events.iter().for_each(|event| apply(&mut state, event));
    assert_eq!(state.record.events, decoded.events.len() as u64);
    if let Verdict::Altered { after } = decoded.verdict {
        assert_eq!(after, state.record.events);
    }
    let again = Reader::new(&KEY).decode(&bytes[..decoded.intact]).expect("the intact part is a session");
    assert_eq!(again.events, decoded.events);
}

fuzz_target!(|bytes: &[u8]| {
    // The first byte says how: most runs go on behind a good beginning, and some change it.
    let Some((how, bytes)) = bytes.split_first() else { return };
    match how % 4 {
        0 => look(bytes),
        1 => look(&[b"\x89SJ1\r\n\x1a\n", bytes].concat()),
        2 => look(&[&OPEN[..], bytes].concat()),
        _ => {
            let mut file = OPEN.clone();
            for change in bytes.chunks_exact(3) {
                let at = usize::from(u16::from_be_bytes([change[0], change[1]])) % file.len();
                file[at] ^= change[2];
            }
            look(&file);
        }
    }
});
