//! A PIN: four to eight digits, and what is kept of one or two of them.
//!
//! Both are kept as Argon2id hashes under one salt, so that one computation answers for both, and nothing in the time
//! that it takes or in the file says whether there is a second one: where there is none, random bytes stand in its place.
//!
//! What a slow hash is worth for so few digits: it makes each guess cost a quarter of a second on a laptop like this
//! one. Whoever has the file and a large machine finds four digits in minutes. The PIN holds off a hand at the keyboard;
//! what is written is protected by other keys.

use std::fmt;

use argon2::{Algorithm, Argon2, Block, Params, Version};
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, Zeroizing};

/// The fewest digits of a PIN.
pub const FEWEST_DIGITS: usize = 4;
/// The most digits of a PIN.
pub const MOST_DIGITS: usize = 8;

const SALT: usize = 16;
const HASH: usize = 32;

/// How many milliseconds one look at a PIN takes at least on the machine that set it.
const LEAST_MILLISECONDS: u64 = 250;
/// What is aimed at: a machine that is warm or busy when it is measured must not end up below the least.
const AIM_MILLISECONDS: u64 = 320;

/// Digits that are being typed, or a whole PIN. In a box that never grows, and overwritten when it is dropped.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Pin {
    digits: Box<[u8; MOST_DIGITS]>,
    count: usize,
}

impl Pin {
    /// A PIN of a text: digits and nothing else, as many as a PIN has.
    pub fn of(text: &str) -> Option<Self> {
        let mut pin = Self::default();
        let all = text.chars().all(|digit| pin.push(digit));
        (all && pin.is_long_enough()).then_some(pin)
    }

    /// Adds a digit; false where it is none, or there is no room for one more.
    pub fn push(&mut self, digit: char) -> bool {
        match (u8::try_from(digit), self.digits.get_mut(self.count)) {
            (Ok(byte @ b'0'..=b'9'), Some(place)) => {
                *place = byte;
                self.count += 1;
                true
            }
            _ => false,
        }
    }

    /// Takes the last digit away; false where there is none.
    pub fn pop(&mut self) -> bool {
        let Some(last) = self.count.checked_sub(1) else { return false };
        if let Some(place) = self.digits.get_mut(last) {
            *place = 0;
        }
        self.count = last;
        true
    }

    /// How many digits there are.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Whether there are enough digits for a PIN.
    pub fn is_long_enough(&self) -> bool {
        self.count >= FEWEST_DIGITS
    }

    fn bytes(&self) -> &[u8] {
        self.digits.get(..self.count).unwrap_or_default()
    }
}

impl Drop for Pin {
    fn drop(&mut self) {
        self.digits.as_mut_slice().zeroize();
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pin")
    }
}

/// How much work one look at a PIN is: Argon2id's parameters (RFC 9106), with one lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Effort {
    /// Memory in KiB.
    pub memory: u32,
    /// Passes over it.
    pub passes: u32,
}

impl Effort {
    /// The memory of RFC 9106's second recommendation, 64 MiB: a laptop with 4 GB does not feel it. Three passes are
    /// that recommendation's too; a faster machine takes more.
    const LEAST: Self = Self { memory: 64 * 1024, passes: 3 };

    /// More than any machine took; a file that asks for more is not ours.
    const MOST: Self = Self { memory: 256 * 1024, passes: 1_000 };

    /// The effort with which one look takes long enough on this machine, measured with a clock in milliseconds.
    ///
    /// # Errors
    /// [`NotLocked::Refused`] where there is not so much memory.
    pub fn measured(clock: impl Fn() -> u64) -> Result<Self, NotLocked> {
        let (pin, salt) = (Pin::default(), [0; SALT]);
        let took = |effort: Self| -> Result<u64, NotLocked> {
            let before = clock();
            hash(&pin, &salt, effort)?;
            Ok(clock().saturating_sub(before).max(1))
        };
        let mut effort = Self::LEAST;
        // Measured twice at least: the first time the memory is fetched from the system.
        took(effort)?;
        while effort.passes < Self::MOST.passes {
            let took = took(effort)?;
            if took >= LEAST_MILLISECONDS {
                break;
            }
            let wanted = u64::from(effort.passes) * AIM_MILLISECONDS / took + 1;
            effort.passes =
                u32::try_from(wanted).unwrap_or(u32::MAX).clamp(effort.passes + 1, Self::MOST.passes);
        }
        Ok(effort)
    }

    fn is_ours(self) -> bool {
        (8..=Self::MOST.memory).contains(&self.memory) && (1..=Self::MOST.passes).contains(&self.passes)
    }
}

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Which {
    /// The one that brings back what is behind the leaflet.
    First,
    /// The one that shows something harmless.
    Second,
}

/// What a PIN opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Opens {
    /// What the PIN of this kind is for.
    This(Which),
    /// Nothing.
    Nothing,
}

/// Why no PIN was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NotLocked {
    /// A PIN has four to eight digits.
    Length,
    /// The other PIN is the same.
    Same,
    /// The first PIN has so many digits, and the second must have as many.
    OtherLength(usize),
    /// The system gave no memory or no random bytes.
    Refused,
}

/// What is kept of a PIN, and of a second one.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PinLock {
    version: u8,
    length: usize,
    effort: Effort,
    salt: [u8; SALT],
    first: [u8; HASH],
    second: [u8; HASH],
}

const VERSION: u8 = 1;

impl PinLock {
    /// A new first PIN, and random bytes where a second could stand.
    ///
    /// # Errors
    /// [`NotLocked::Length`], [`NotLocked::Refused`].
    pub fn new(pin: &Pin, effort: Effort) -> Result<Self, NotLocked> {
        if !pin.is_long_enough() {
            return Err(NotLocked::Length);
        }
        let salt = random()?;
        let first = *hash(pin, &salt, effort)?;
        Ok(Self { version: VERSION, length: pin.count(), effort, salt, first, second: random()? })
    }

    /// The same with another first PIN. A second one stays where it has as many digits.
    ///
    /// # Errors
    /// [`NotLocked::Length`], [`NotLocked::Same`] as the second, [`NotLocked::Refused`].
    pub fn with_first(&self, pin: &Pin, effort: Effort) -> Result<Self, NotLocked> {
        if pin.count() != self.length || effort != self.effort {
            return Self::new(pin, effort);
        }
        let first = *hash(pin, &self.salt, self.effort)?;
        if first == self.second { Err(NotLocked::Same) } else { Ok(Self { first, ..self.clone() }) }
    }

    /// The same with another second PIN.
    ///
    /// # Errors
    /// [`NotLocked::OtherLength`], [`NotLocked::Same`] as the first, [`NotLocked::Refused`].
    pub fn with_second(&self, pin: &Pin) -> Result<Self, NotLocked> {
        if pin.count() != self.length {
            return Err(NotLocked::OtherLength(self.length));
        }
        let second = *hash(pin, &self.salt, self.effort)?;
        if second == self.first { Err(NotLocked::Same) } else { Ok(Self { second, ..self.clone() }) }
    }

    /// The same without a second PIN.
    ///
    /// # Errors
    /// [`NotLocked::Refused`].
    pub fn without_second(&self) -> Result<Self, NotLocked> {
        Ok(Self { second: random()?, ..self.clone() })
    }

    /// How many digits the PIN has: it is complete at its last one.
    pub fn length(&self) -> usize {
        self.length
    }

    /// How much work one look is.
    pub fn effort(&self) -> Effort {
        self.effort
    }

    /// What a PIN opens. Takes as long as [`Effort::measured`] made it, whatever the PIN.
    ///
    /// # Errors
    /// [`NotLocked::Refused`] where the system has not got the memory.
    pub fn try_pin(&self, pin: &Pin) -> Result<Opens, NotLocked> {
        let hash = hash(pin, &self.salt, self.effort)?;
        Ok(match (same(&hash, &self.first), same(&hash, &self.second)) {
            (true, _) => Opens::This(Which::First),
            (false, true) => Opens::This(Which::Second),
            (false, false) => Opens::Nothing,
        })
    }

    /// Whether it can be one that this program wrote: what asks for hours or for all of the memory is none.
    pub fn is_ours(&self) -> bool {
        self.version == VERSION
            && (FEWEST_DIGITS..=MOST_DIGITS).contains(&self.length)
            && self.effort.is_ours()
    }
}

impl fmt::Debug for PinLock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PinLock")
    }
}

fn hash(pin: &Pin, salt: &[u8; SALT], effort: Effort) -> Result<Zeroizing<[u8; HASH]>, NotLocked> {
    let refused = |_| NotLocked::Refused;
    let params = Params::new(effort.memory, effort.passes, 1, Some(HASH)).map_err(refused)?;
    let mut memory: Vec<Block> = Vec::new();
    memory.try_reserve_exact(params.block_count()).map_err(|_| NotLocked::Refused)?;
    memory.resize(params.block_count(), Block::default());
    let mut hash = Zeroizing::new([0; HASH]);
    let done = Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into_with_memory(
        pin.bytes(),
        salt,
        hash.as_mut_slice(),
        &mut memory,
    );
    memory.zeroize();
    done.map_err(refused).map(|()| hash)
}

/// Compares in a time that does not tell how much is the same.
fn same(one: &[u8; HASH], other: &[u8; HASH]) -> bool {
    one.iter().zip(other).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}

fn random<const BYTES: usize>() -> Result<[u8; BYTES], NotLocked> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes).map_err(|_| NotLocked::Refused)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    const LIGHT: Effort = Effort { memory: 64, passes: 1 };

    fn pin(text: &str) -> Pin {
        Pin::of(text).unwrap()
    }

    #[test]
    fn a_pin_is_four_to_eight_digits() {
        for (text, is_one) in [
            ("", false),
            ("123", false),
            ("1234", true),
            ("12345678", true),
            ("123456789", false),
            ("12a4", false),
            ("١٢٣٤", false),
            ("12 34", false),
        ] {
            assert_eq!(Pin::of(text).is_some(), is_one, "{text:?}");
        }
        let mut typed = pin("1234");
        assert!(typed.pop() && typed.push('9'));
        assert_eq!(typed, pin("1239"));
        assert_eq!(format!("{typed:?}"), "Pin");
    }

    #[test]
    fn each_pin_opens_what_it_is_for_and_no_other_opens_anything() {
        let lock = PinLock::new(&pin("1234"), LIGHT).unwrap();
        let both = lock.with_second(&pin("9876")).unwrap();
        for (lock, text, opens) in [
            (&lock, "1234", Opens::This(Which::First)),
            (&lock, "9876", Opens::Nothing),
            (&both, "1234", Opens::This(Which::First)),
            (&both, "9876", Opens::This(Which::Second)),
            (&both, "12340", Opens::Nothing),
        ] {
            assert_eq!(lock.try_pin(&pin(text)), Ok(opens), "{text}");
        }
        let without = both.without_second().unwrap();
        assert_eq!(without.try_pin(&pin("9876")), Ok(Opens::Nothing));
        let changed = both.with_first(&pin("5555"), LIGHT).unwrap();
        assert_eq!(changed.try_pin(&pin("1234")), Ok(Opens::Nothing));
        assert_eq!(changed.try_pin(&pin("9876")), Ok(Opens::This(Which::Second)));
        let longer = both.with_first(&pin("55555"), LIGHT).unwrap();
        assert_eq!((longer.length(), longer.try_pin(&pin("9876"))), (5, Ok(Opens::Nothing)));
    }

    #[test]
    fn the_two_are_as_long_and_not_the_same() {
        let lock = PinLock::new(&pin("1234"), LIGHT).unwrap();
        assert_eq!(lock.with_second(&pin("12345")), Err(NotLocked::OtherLength(4)));
        assert_eq!(lock.with_second(&pin("1234")), Err(NotLocked::Same));
        let both = lock.with_second(&pin("9876")).unwrap();
        assert_eq!(both.with_first(&pin("9876"), LIGHT), Err(NotLocked::Same));
    }

    #[test]
    fn what_is_kept_says_neither_the_pin_nor_whether_there_is_a_second() {
        let one = serde_json::to_vec(&PinLock::new(&pin("12345678"), LIGHT).unwrap()).unwrap();
        let both = PinLock::new(&pin("12345678"), LIGHT).unwrap().with_second(&pin("87654321")).unwrap();
        let two = serde_json::to_string(&both).unwrap();
        let keys = |text: &[u8]| -> Vec<String> {
            let value: serde_json::Value = serde_json::from_slice(text).unwrap();
            value.as_object().unwrap().keys().cloned().collect()
        };
        assert_eq!(keys(&one), keys(two.as_bytes()));
        assert!(!two.contains("12345678") && !two.contains("87654321"));
        assert_eq!(serde_json::from_str::<PinLock>(&two).unwrap(), both);
    }

    #[test]
    fn what_would_take_hours_or_all_of_the_memory_is_not_ours() {
        let lock = PinLock::new(&pin("1234"), LIGHT).unwrap();
        assert!(lock.is_ours());
        for effort in [
            Effort { memory: u32::MAX, passes: 1 },
            Effort { memory: 0, passes: 1 },
            Effort { memory: 64, passes: u32::MAX },
            Effort { memory: 64, passes: 0 },
        ] {
            assert!(!PinLock { effort, ..lock.clone() }.is_ours());
        }
        assert!(!PinLock { length: 3, ..lock.clone() }.is_ours());
        assert!(!PinLock { version: 2, ..lock.clone() }.is_ours());
    }

    #[test]
    fn the_effort_grows_until_a_look_takes_long_enough() {
        // By this clock every look takes 300 ms.
        let told = Cell::new(0);
        let effort = Effort::measured(|| {
            told.set(told.get() + 300);
            told.get()
        });
        assert_eq!(effort, Ok(Effort::LEAST));
    }
}
