//! Any bytes in any reads at any times: the decoder never panics, never waits for ever, and never loses an Esc that
//! ends a read; inside a paste it waits less than a frame, in case a read has cut a sequence there.

#![no_main]

use std::time::Duration;

use amparo::terminal::{Decoder, HideKeys, Input, PASTE_MOST};
use amparo::text::forbidden_character;
use amparo::ui::Key;
use libfuzzer_sys::fuzz_target;

const LONGEST_WAIT: Duration = Duration::from_secs(1);
const WITHIN_A_FRAME: Duration = Duration::from_millis(16);

// A read is a length, a wait in units of ten milliseconds, and its bytes.
fuzz_target!(|data: &[u8]| {
    let mut decoder = Decoder::new(HideKeys::new([Key::F(12)]));
    let mut now = Duration::ZERO;
    let mut rest = data;
    while let [length, wait, bytes @ ..] = rest {
        let (read, next) = bytes.split_at(bytes.len().min(usize::from(*length)));
        rest = next;
        now += Duration::from_millis(u64::from(*wait) * 10);
        let mut out = Vec::new();
        decoder.feed(read, now, &mut out);
        if read.last() == Some(&0x1b) && !out.contains(&Input::Hide) {
            // Inside a paste it may be a sequence that a read has cut. Where the rest does not come at once, it hides.
            let at = decoder.deadline().expect("it waits");
            assert!(at <= now + WITHIN_A_FRAME, "{read:?} hides at {at:?}, and it is {now:?}");
            let mut hidden = Vec::new();
            decoder.clone().expire(at, &mut hidden);
            assert!(hidden.contains(&Input::Hide), "{read:?} did not hide");
        }
        for input in &out {
            match input {
                Input::Key(key) => assert!(!matches!(key, Key::Hide | Key::F(12))),
                Input::Paste { text, .. } => {
                    assert!(text.len() <= PASTE_MOST);
                    assert!(text.lines().all(|line| forbidden_character(line).is_none()));
                }
                _ => {}
            }
        }
        if let Some(until) = decoder.deadline() {
            assert!(until > now && until <= now + LONGEST_WAIT);
        }
    }
    decoder.expire(now + LONGEST_WAIT, &mut Vec::new());
    assert_eq!(decoder.deadline(), None);
});
