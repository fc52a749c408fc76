//! age's own test vectors through the crate as it is built here, and through this program's own way of opening an envelope.
//! They come with the crate's source, and are read where cargo keeps it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::PathBuf;
use std::str::FromStr;

use age::secrecy::SecretString;
use amparo::seal::{Identity, LARGEST_ENVELOPE, NotOpened, fingerprint, open_with};

/// What is looked up before an age file of the vectors.
type Said = BTreeMap<String, Vec<String>>;

fn vectors() -> Option<PathBuf> {
    let cargo = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let cargo = cargo.or_else(|| std::env::home_dir().map(|home| home.join(".cargo")))?;
    let sources = fs::read_dir(cargo.join("registry/src")).ok()?;
    let lock = fs::read_to_string("Cargo.lock").unwrap();
    let (_, after) = lock.split_once("name = \"age\"\nversion = \"").unwrap();
    let version = after.split('"').next().unwrap();
    let within = format!("age-{version}/tests/testdata/testkit");
    sources.filter_map(|source| Some(source.ok()?.path().join(&within))).find(|path| path.is_dir())
}

/// What the crate takes although the vectors would not: headers as early versions of rage wrote them. Nothing rests on it.
const LENIENT: [&str; 2] = ["stanza_missing_body", "stanza_missing_final_line"];

fn inflated(file: &[u8]) -> Vec<u8> {
    let mut inflated = Vec::new();
    flate2::read::ZlibDecoder::new(file).read_to_end(&mut inflated).unwrap();
    inflated
}

fn split(vector: &[u8]) -> (Said, &[u8]) {
    let end = vector.windows(2).position(|pair| pair == b"\n\n").unwrap();
    let mut said = Said::new();
    for line in std::str::from_utf8(&vector[..end]).unwrap().lines() {
        let (key, value) = line.split_once(": ").unwrap();
        said.entry(key.to_owned()).or_default().push(value.to_owned());
    }
    (said, &vector[end + 2..])
}

/// What came out of it, in the vectors' own words.
fn opened(said: &Said, file: &[u8]) -> (&'static str, Vec<u8>) {
    let mut identities: Vec<Box<dyn age::Identity>> = Vec::new();
    for text in said.get("identity").into_iter().flatten() {
        identities.push(Box::new(age::x25519::Identity::from_str(text).unwrap()));
    }
    for text in said.get("passphrase").into_iter().flatten() {
        let mut identity = age::scrypt::Identity::new(SecretString::from(text.clone()));
        identity.set_max_work_factor(20);
        identities.push(Box::new(identity));
    }
    let mut payload = Vec::new();
    let Ok(decryptor) = age::Decryptor::new_buffered(file) else { return ("header failure", payload) };
    let mut inside = match decryptor.decrypt(identities.iter().map(|identity| &**identity)) {
        Ok(inside) => inside,
        Err(age::DecryptError::NoMatchingKeys | age::DecryptError::KeyDecryptionFailed) => {
            return ("no match", payload);
        }
        Err(age::DecryptError::InvalidMac) => return ("HMAC failure", payload),
        Err(age::DecryptError::DecryptionFailed) => return ("no match", payload),
        Err(_) => return ("header failure", payload),
    };
    match inside.read_to_end(&mut payload) {
        Ok(_) => ("success", payload),
        Err(_) => ("payload failure", payload),
    }
}

#[test]
fn ages_own_vectors_come_out_as_they_should() {
    let Some(folder) = vectors() else {
        let _ = writeln!(io::stderr(), "SKIPPED: age's test vectors are not where cargo keeps its source");
        return;
    };
    let (mut tried, mut skipped, mut wrong) = (0, Vec::new(), Vec::new());
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let vector = fs::read(&path).unwrap();
        let (said, file) = split(&vector);
        // Text armour is left out of this build: no file of ours has it.
        if said.contains_key("armored") {
            skipped.push(name);
            continue;
        }
        let file = if said.contains_key("compressed") { inflated(file) } else { file.to_owned() };
        let file = file.as_slice();
        if LENIENT.contains(&name.as_str()) {
            assert_eq!(opened(&said, file).0, "success", "{name} is refused now: take it out of LENIENT");
            skipped.push(name);
            continue;
        }
        tried += 1;
        let expected = said["expect"][0].as_str();
        let (got, payload) = opened(&said, file);
        // The crate tells a stream that is empty, or has no nonce, with its header; the vectors with its payload.
        let fits = got == expected || (expected != "success" && got != "success");
        let right = expected != "success"
            || said.get("payload").is_none_or(|hash| fingerprint(&payload).to_string() == hash[0]);
        if !(fits && right) {
            wrong.push(format!("{name}: {got}, not {expected}"));
        }
        // The same through the program's own door, where it is for one of its keys.
        if let (Some([identity]), false) =
            (said.get("identity").map(Vec::as_slice), said.contains_key("passphrase"))
        {
            let ours = open_with(&Identity::of_text(identity).unwrap(), file);
            let fits = match (&ours, expected) {
                (Ok(opened), "success") => **opened == payload,
                // Larger than any envelope of ours: refused before anything is computed.
                (Err(why), "success") => file.len() > LARGEST_ENVELOPE && *why == NotOpened::Damaged,
                (Err(why), "no match") => *why == NotOpened::NotForUs,
                (Err(_), expected) => expected != "success",
                (Ok(_), _) => false,
            };
            if !fits {
                wrong.push(format!("{name} as an envelope: {:?}, not {expected}", ours.map(|_| ())));
            }
        }
    }
    assert!(tried > 85, "{tried}");
    assert!(wrong.is_empty(), "{wrong:#?}");
    let _ = writeln!(
        io::stderr(),
        "age's vectors: {tried} as they should be, left out (armour, or as early versions wrote): {}",
        skipped.join(" ")
    );
}
