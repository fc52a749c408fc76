//! The PIN under the cover: digits after the chord, which show nothing and leave no trace in the leaflet.
//!
//! Nothing here is drawn. Whether a PIN is right is looked at elsewhere, while the leaflet goes on.

use crate::seal::Pin;

use super::key::Key;

/// So many milliseconds digits go to the PIN after the chord.
const OPEN_FOR: u64 = 10_000;

/// So many wrong ones over a whole cover, and nothing is behind it any more.
const WRONG_MOST: u8 = 5;

/// The PIN that may be typed under one cover.
#[derive(Debug, Default)]
pub(super) struct PinPad {
    /// What was typed since the chord, and until when it may go on, on the monotonic clock.
    typing: Option<(Pin, u64)>,
    wrong: u8,
}

/// What a key led to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum PadDoes {
    /// It is the leaflet's.
    NotMine,
    /// It was a digit of a PIN.
    Took,
    /// The PIN is complete.
    Complete(Pin),
}

/// What a wrong PIN led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AfterWrong {
    /// It can be tried again.
    Again,
    /// There were too many.
    TooMany,
}

impl PinPad {
    /// The chord: digits go here from now on.
    pub(super) fn open(&mut self, now: u64) {
        self.typing = Some((Pin::default(), now.saturating_add(OPEN_FOR)));
    }

    /// Takes a key. Any but a digit ends it, and so does time.
    pub(super) fn press(&mut self, key: Key, length: usize, now: u64) -> PadDoes {
        let Some((mut pin, until)) = self.typing.take() else { return PadDoes::NotMine };
        match key {
            Key::Char(digit @ '0'..='9') if now < until && pin.push(digit) => {}
            _ => return PadDoes::NotMine,
        }
        if pin.count() >= length {
            return PadDoes::Complete(pin);
        }
        self.typing = Some((pin, until));
        PadDoes::Took
    }

    /// What is typed otherwise than key by key is none.
    pub(super) fn close(&mut self) {
        self.typing = None;
    }

    /// A PIN opened nothing.
    pub(super) fn was_wrong(&mut self) -> AfterWrong {
        self.wrong = self.wrong.saturating_add(1);
        if self.wrong < WRONG_MOST { AfterWrong::Again } else { AfterWrong::TooMany }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digits(pad: &mut PinPad, text: &str, now: u64) -> Vec<PadDoes> {
        text.chars().map(|digit| pad.press(Key::Char(digit), 4, now)).collect()
    }

    #[test]
    fn digits_go_to_the_pin_after_the_chord_only_and_for_ten_seconds() {
        let mut pad = PinPad::default();
        assert_eq!(digits(&mut pad, "1", 0), [PadDoes::NotMine]);
        pad.open(1_000);
        assert_eq!(digits(&mut pad, "12", 10_999), [PadDoes::Took, PadDoes::Took]);
        assert_eq!(digits(&mut pad, "34", 11_000), [PadDoes::NotMine, PadDoes::NotMine]);
        pad.open(20_000);
        let done = digits(&mut pad, "12345", 20_000);
        assert_eq!(done[3], PadDoes::Complete(Pin::of("1234").unwrap()));
        assert_eq!(done[4], PadDoes::NotMine);
    }

    #[test]
    fn any_other_key_ends_it_and_is_the_leaflets() {
        for key in [Key::Down, Key::Char('q'), Key::Backspace, Key::Enter, Key::Hide, Key::F(2)] {
            let mut pad = PinPad::default();
            pad.open(0);
            assert_eq!(digits(&mut pad, "12", 0), [PadDoes::Took, PadDoes::Took]);
            assert_eq!(pad.press(key, 4, 0), PadDoes::NotMine, "{key:?}");
            assert_eq!(digits(&mut pad, "34", 0), [PadDoes::NotMine, PadDoes::NotMine]);
        }
    }

    #[test]
    fn the_chord_again_begins_again_and_the_fifth_wrong_one_is_too_many() {
        let mut pad = PinPad::default();
        pad.open(0);
        digits(&mut pad, "12", 0);
        pad.open(0);
        assert_eq!(digits(&mut pad, "3456", 0)[3], PadDoes::Complete(Pin::of("3456").unwrap()));
        for _ in 0..4 {
            assert_eq!(pad.was_wrong(), AfterWrong::Again);
        }
        assert_eq!(pad.was_wrong(), AfterWrong::TooMany);
    }
}
