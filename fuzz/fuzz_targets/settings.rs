//! Any bytes as a file of settings: refused, or read, and then every reader of a setting has an answer within its range;
//! never a panic.

#![no_main]

use amparo::desk::{Settings, TABLE, Takes};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some(mut settings) = Settings::of_bytes(bytes) else { return };
    for row in &TABLE {
        let value = settings.get(row.setting);
        match row.takes {
            Takes::OneOf(words) => assert!(words.contains(&value), "{}: {value}", row.name),
            Takes::Number { from, to } => {
                let number: u32 = value.parse().expect("a number is kept as one");
                assert!((from..=to).contains(&number), "{}: {number}", row.name);
            }
            Takes::Text => {}
        }
        let value = value.to_owned();
        assert!(settings.change(row.name, &value).is_ok(), "{}: what is kept is taken", row.name);
    }
    let look = settings.look();
    assert!((30..=120).contains(&look.leaflet_width) && (3..=12).contains(&look.breaths));
    let _ =
        (settings.hide_key(), settings.cover_after(), settings.cover(), settings.language(), settings.say());
    let _ = (settings.recipients(), settings.own_key(), settings.protocol(), settings.starts_covered());
});
