//! Any bytes as a list of recipients, a public key, a recovery sheet, a head code, a locked identity: an answer, never a
//! panic; what is read is written as it was read.

#![no_main]

use amparo::seal::{HeadCode, Identity, Passphrase, Recipient, Recipients, Sheet, read_list};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(all) = read_list(bytes) {
        for recipient in &all {
            assert_eq!(Recipient::new(&recipient.to_string()).as_ref(), Ok(recipient));
        }
        let _ = Recipients::new(all);
    }
    // What asks for work is refused by its frame here, and its work is scrypt's own: nothing to find in it.
    if !bytes.windows(6).any(|window| window == b"scrypt") {
        let _ = Identity::unlock(bytes, &Passphrase::new("words".to_owned()));
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let _ = Recipient::new(text);
    let _ = Identity::of_text(text);
    if let Ok(code) = HeadCode::new(text) {
        assert_eq!(HeadCode::new(&code.to_string()), Ok(code));
    }
    if let Ok(identity) = Sheet::read(text) {
        let rows: Vec<String> = Sheet::of(&identity).rows().map(str::to_owned).collect();
        assert_eq!(Sheet::read(&rows.join("\n")).expect("its own sheet").public(), identity.public());
    }
});
