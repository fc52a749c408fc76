//! Who may read: age's X25519 public keys, and lists of them as age's own `-R` takes.

use std::fmt;
use std::str::FromStr;

use crate::text::Square;

/// One public key: `age1…`.
#[derive(Clone, PartialEq, Eq)]
pub struct Recipient {
    key: age::x25519::Recipient,
}

/// How many may read a session: a file has room for 32, and age adds one that is nobody's.
pub const MOST_RECIPIENTS: usize = 30;

/// The most bytes of a list that are looked at.
const LONGEST_LIST: usize = 64 * 1024;

/// Those who may read a session, at least one of them, each once, in the order in which they are tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipients(Vec<Recipient>);

/// Why a text is no public key that is taken here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RecipientProblem {
    /// It is a secret key: whoever saw it can read everything.
    Secret,
    /// A key of a kind that is not taken: post-quantum, of a plug-in or a hardware token, or of SSH.
    Kind,
    /// It is no key, or has a typing slip.
    NoKey,
}

/// Why a list of public keys is not taken.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ListProblem {
    /// A line is none.
    Line {
        /// Which, from 1.
        line: usize,
        /// Why.
        why: RecipientProblem,
    },
    /// It names nobody: then nobody could ever read the session.
    Empty,
    /// It names more than a session has room for.
    TooMany,
    /// It is larger than such a list can be, or no text.
    TooLarge,
}

impl Recipient {
    /// Checks a text, without the blanks around it.
    ///
    /// # Errors
    /// Why it is no public key that is taken here.
    pub fn new(text: &str) -> Result<Self, RecipientProblem> {
        let text = text.trim();
        // As a camera reads it from a square; capitals and small letters mixed are a slip, by the rules of such keys.
        let small = text.to_ascii_lowercase();
        let text = if text == text.to_ascii_uppercase() { small.as_str() } else { text };
        if text.to_ascii_uppercase().starts_with("AGE-SECRET-KEY-") {
            return Err(RecipientProblem::Secret);
        }
        match age::x25519::Recipient::from_str(text) {
            Ok(key) => Ok(Self { key }),
            Err(_) if is_another_kind(text) => Err(RecipientProblem::Kind),
            Err(_) => Err(RecipientProblem::NoKey),
        }
    }

    /// The key as a square for a camera: in capital letters, of which a square is smaller.
    pub fn as_square(&self) -> Option<Square> {
        Square::of(&self.to_string().to_ascii_uppercase())
    }

    pub(super) fn of(key: age::x25519::Recipient) -> Self {
        Self { key }
    }

    pub(super) fn key(&self) -> &age::x25519::Recipient {
        &self.key
    }
}

/// `age1pq1…`, `age1tag1…`, `age1yubikey1…` have a name between `age1` and a second `1`, which a plain key cannot have.
fn is_another_kind(text: &str) -> bool {
    let named = text.strip_prefix("age1").is_some_and(|rest| rest.contains('1'));
    named || text.starts_with("ssh-")
}

impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.key, f)
    }
}

impl fmt::Debug for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Recipients {
    /// Those who may read; one who is named twice counts once.
    ///
    /// # Errors
    /// [`ListProblem::Empty`] or [`ListProblem::TooMany`].
    pub fn new(named: Vec<Recipient>) -> Result<Self, ListProblem> {
        let mut recipients: Vec<Recipient> = Vec::with_capacity(named.len().min(MOST_RECIPIENTS));
        for recipient in named {
            if !recipients.contains(&recipient) {
                recipients.push(recipient);
            }
            if recipients.len() > MOST_RECIPIENTS {
                return Err(ListProblem::TooMany);
            }
        }
        if recipients.is_empty() { Err(ListProblem::Empty) } else { Ok(Self(recipients)) }
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &Recipient> {
        self.0.iter()
    }
}

/// The keys among the words of a text, each once: of what was printed with more than a key in it.
pub fn keys_among(text: &str) -> Vec<Recipient> {
    let mut keys = Vec::new();
    for word in text.split(|sign: char| !sign.is_ascii_alphanumeric()) {
        match Recipient::new(word) {
            Ok(key) if !keys.contains(&key) => keys.push(key),
            _ => {}
        }
    }
    keys
}

/// Reads a list: a key a line; blank lines and those that begin with `#` say nothing.
///
/// # Errors
/// The first line that is no key, or a list that is too large. An empty list is none.
pub fn read_list(bytes: &[u8]) -> Result<Vec<Recipient>, ListProblem> {
    if bytes.len() > LONGEST_LIST {
        return Err(ListProblem::TooLarge);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| ListProblem::TooLarge)?;
    let lines = text.strip_prefix('\u{feff}').unwrap_or(text).lines().map(str::trim).enumerate();
    lines
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
        .map(|(at, line)| Recipient::new(line).map_err(|why| ListProblem::Line { line: at + 1, why }))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::Identity;

    const KEY: &str = "age1t7rxyev2z3rw82stdlrrepyc39nvn86l5078zqkf5uasdy86jp6svpy7pa";

    #[test]
    fn a_key_is_taken_or_refused_with_its_kind() {
        assert_eq!(Recipient::new(&format!(" {KEY}\n")).unwrap().to_string(), KEY);
        assert_eq!(
            Recipient::new(&KEY.to_ascii_uppercase()).unwrap().to_string(),
            KEY,
            "as a camera reads it"
        );
        let slip = KEY.replace("t7r", "t7q");
        for (text, why) in [
            ("", RecipientProblem::NoKey),
            ("age1", RecipientProblem::NoKey),
            (slip.as_str(), RecipientProblem::NoKey),
            ("age1yubikey1qwerty", RecipientProblem::Kind),
            ("AGE1YUBIKEY1QWERTY", RecipientProblem::Kind),
            (&KEY.replacen("age1t", "age1T", 1), RecipientProblem::NoKey),
            ("age1pq1qqqq", RecipientProblem::Kind),
            ("ssh-ed25519 AAAA", RecipientProblem::Kind),
            ("AGE-SECRET-KEY-1QQQQ", RecipientProblem::Secret),
            ("age-secret-key-1qqqq", RecipientProblem::Secret),
            ("marta@example.org", RecipientProblem::NoKey),
        ] {
            assert_eq!(Recipient::new(text), Err(why), "{text}");
        }
    }

    #[test]
    fn a_list_is_what_ages_own_would_be() {
        let list = format!("\u{feff}# the office\n\n{KEY}\r\n  # and nobody else\n");
        assert_eq!(read_list(list.as_bytes()).unwrap().len(), 1);
        assert_eq!(read_list(b""), Ok(Vec::new()));
        let bad = format!("{KEY}\n\nage1nothing\n");
        let why = RecipientProblem::NoKey;
        assert_eq!(read_list(bad.as_bytes()), Err(ListProblem::Line { line: 3, why }));
        assert_eq!(read_list(b"\xff"), Err(ListProblem::TooLarge));
        assert_eq!(read_list(&vec![b'#'; LONGEST_LIST + 1]), Err(ListProblem::TooLarge));
    }

    #[test]
    fn keys_are_found_among_words_each_once() {
        let other = Identity::generate().public();
        for (text, keys) in [
            (String::new(), 0),
            (format!("own key (supervisor)  {KEY}\n"), 1),
            (format!("`{KEY}`, {}", KEY.to_ascii_uppercase()), 1),
            (format!("204 {KEY}\n7 {other}\n"), 2),
            (format!("{}q {}", KEY, &KEY[..61]), 0),
        ] {
            assert_eq!(keys_among(&text).len(), keys, "{text}");
        }
    }

    #[test]
    fn there_is_always_somebody_who_can_read() {
        let key = Recipient::new(KEY).unwrap();
        assert_eq!(Recipients::new(Vec::new()), Err(ListProblem::Empty));
        assert_eq!(Recipients::new(vec![key.clone(), key.clone()]).unwrap().iter().count(), 1);
        let many = (0..=MOST_RECIPIENTS).map(|_| Identity::generate().public()).collect();
        assert_eq!(Recipients::new(many), Err(ListProblem::TooMany));
    }
}
