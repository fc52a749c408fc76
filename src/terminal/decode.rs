//! Bytes to [`Input`]: the place where it is decided what hides. Pure: reads no terminal, no clock.
//!
//! The rule: **an ESC hides, unless the same read goes on as a well-formed sequence.** A person who presses Esc
//! blind must be covered whatever else is in the pipe, and a false alarm costs one key. So:
//!
//! - An ESC before a character is Alt, and hides; so do Ctrl+C, Ctrl+Z, and Esc in the ways of the kitty protocol.
//! - After a key that hid, in whatever form, the rest of that read types nothing: it was meant for a screen that is no longer there,
//!   and a `q` or a Ctrl+R in it would act on the cover.
//! - Where a read ends inside a sequence, the ESC has hidden already, and the tail is swallowed if it comes within
//!   [`TAIL`]: an F-key that a slow line cut in two hides, and types nothing.
//! - Inside a paste a read may end anywhere, since a terminal gives it in pieces of 4 KB: an ESC near the end of one is
//!   a hide key only if nothing makes a sequence of it within [`CUT`], less than a frame.
//! - A paste ends at its end mark, or when it falls silent. A hide key inside it hides; what came before is kept,
//!   what comes after until the end is counted and dropped, or it would be typed into the cover.

use std::time::Duration;

use super::event::{HideKeys, Input};
use super::paste::Paste;
use super::sequence::{self, Found, Meaning};
use crate::text::forbidden_character;
use crate::ui::Key;

/// How long the rest of a sequence is waited for after its ESC.
const TAIL: Duration = Duration::from_millis(50);

/// How long a paste may be silent before it counts as ended without an end mark.
const SILENCE: Duration = Duration::from_secs(1);

/// How long the rest of a sequence is waited for inside a paste, before its ESC hides: not as long as a frame.
const CUT: Duration = Duration::from_millis(15);

const ESC: u8 = 0x1b;
const CONTROL_C: u8 = 0x03;
const CONTROL_R: u8 = 0x12;
const CONTROL_U: u8 = 0x15;
const CONTROL_Z: u8 = 0x1a;

/// Turns what is read from a terminal into [`Input`], one read at a time.
///
/// ```
/// use std::time::Duration;
/// use amparo::terminal::{Decoder, HideKeys, Input};
/// use amparo::ui::Key;
///
/// let mut decoder = Decoder::new(HideKeys::default());
/// let mut inputs = Vec::new();
/// decoder.feed(b"a\x1b[A\x1b", Duration::ZERO, &mut inputs);
/// assert_eq!(inputs, [Input::Key(Key::Char('a')), Input::Key(Key::Up), Input::Hide]);
/// ```
#[derive(Debug, Clone)]
pub struct Decoder {
    hide: HideKeys,
    state: State,
    /// Bytes that only mean something together with the next read: the beginning of a character or of a sequence.
    held: Vec<u8>,
}

#[derive(Debug, Clone)]
enum State {
    Keys,
    /// An ESC near the end of a read has hidden; `held` is what came after it.
    Tail {
        until: Duration,
    },
    Paste {
        paste: Paste,
        until: Duration,
        cut: Cut,
    },
}

/// What is known of an ESC near the end of a read inside a paste; `held` is it, with what came after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cut {
    /// There is none.
    None,
    /// It hides at this time, if nothing makes a sequence of it.
    Waits(Duration),
    /// It has hidden.
    Hidden,
}

/// Whether keys still count in this read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Typing {
    Counts,
    Muted,
}

impl Decoder {
    /// A decoder at the start of a stream; `hide` are the hide keys of the settings.
    pub fn new(hide: HideKeys) -> Self {
        Self { hide, state: State::Keys, held: Vec::new() }
    }

    /// Takes what one read gave. `now` is the time since any fixed start, the same one for all calls.
    pub fn feed(&mut self, bytes: &[u8], now: Duration, out: &mut Vec<Input>) {
        // What has come decides, and not a thread that was woken late to look at it.
        if !self.may_go_on(now) {
            self.expire(now, out);
        }
        let held = std::mem::take(&mut self.held);
        let joined;
        let mut rest = if held.is_empty() {
            bytes
        } else {
            joined = [&held, bytes].concat();
            &joined
        };
        let mut typing = Typing::Counts;
        while !rest.is_empty() {
            let old = rest.len().saturating_sub(bytes.len());
            rest = match self.state {
                State::Keys => self.keys(rest, &mut typing, now, out),
                State::Tail { .. } => self.tail(rest, old, now, out),
                State::Paste { .. } => self.pasted(rest, old, &mut typing, now, out),
            };
        }
    }

    /// When [`expire`](Self::expire) has something to do, if nothing is read until then.
    pub fn deadline(&self) -> Option<Duration> {
        match &self.state {
            State::Keys => None,
            State::Paste { until, cut: Cut::Waits(at), .. } => Some(*until.min(at)),
            State::Tail { until } | State::Paste { until, .. } => Some(*until),
        }
    }

    /// Whether what comes now may still be the rest of a sequence that was cut inside a paste.
    fn may_go_on(&self, now: Duration) -> bool {
        matches!(self.state, State::Paste { cut: Cut::Waits(at), .. } if now < at + TAIL)
    }

    /// Gives up waiting for what should have come by now.
    pub fn expire(&mut self, now: Duration, out: &mut Vec<Input>) {
        if self.deadline().is_none_or(|until| now < until) {
            return;
        }
        if let State::Paste { paste, until, cut: cut @ Cut::Waits(_) } = &mut self.state {
            out.extend(std::mem::replace(paste, Paste::lost()).end());
            out.push(Input::Hide);
            *cut = Cut::Hidden;
            if now < *until {
                return;
            }
        }
        self.held.clear();
        if let State::Paste { paste, .. } = std::mem::replace(&mut self.state, State::Keys) {
            out.extend(paste.end());
        }
    }

    fn keys<'a>(
        &mut self,
        rest: &'a [u8],
        typing: &mut Typing,
        now: Duration,
        out: &mut Vec<Input>,
    ) -> &'a [u8] {
        let key = match rest[0] {
            ESC => return self.escape(rest, typing, now, out),
            CONTROL_C | CONTROL_Z => {
                hide(typing, out);
                None
            }
            CONTROL_R => Some(Key::Return),
            CONTROL_U => Some(Key::Empty),
            b'\r' | b'\n' => Some(Key::Enter),
            b'\t' => Some(Key::Tab),
            0x08 | 0x7f => Some(Key::Backspace),
            byte @ b' '..=b'~' => Some(Key::Char(char::from(byte))),
            0x80.. => return self.character(rest, typing, out),
            _ => None,
        };
        self.press(key, typing, out);
        &rest[1..]
    }

    fn press(&self, key: Option<Key>, typing: &mut Typing, out: &mut Vec<Input>) {
        match key {
            Some(key) if self.hide.contains(key) => hide(typing, out),
            Some(key) if *typing == Typing::Counts => out.push(Input::Key(key)),
            _ => {}
        }
    }

    /// A character of several bytes; what is no UTF-8 is dropped.
    fn character<'a>(&mut self, rest: &'a [u8], typing: &mut Typing, out: &mut Vec<Input>) -> &'a [u8] {
        let near = &rest[..rest.len().min(4)];
        let (valid, broken) = match std::str::from_utf8(near) {
            Ok(text) => (text, None),
            Err(error) => {
                (std::str::from_utf8(&near[..error.valid_up_to()]).unwrap_or(""), error.error_len())
            }
        };
        if let Some(c) = valid.chars().next() {
            self.press(Some(Key::Char(c)).filter(|_| !is_untypable(c)), typing, out);
            return &rest[c.len_utf8()..];
        }
        if let Some(length) = broken {
            return &rest[length..];
        }
        if *typing == Typing::Counts {
            self.held = rest.to_vec();
        }
        &[]
    }

    fn escape<'a>(
        &mut self,
        rest: &'a [u8],
        typing: &mut Typing,
        now: Duration,
        out: &mut Vec<Input>,
    ) -> &'a [u8] {
        let after = &rest[1..];
        match sequence::read(after) {
            Found::Whole(length, meaning) => {
                match meaning {
                    Meaning::Key(key) => self.press(Some(key), typing, out),
                    other => self.not_a_key(other, typing, now, out),
                }
                &after[length..]
            }
            Found::Cut => {
                out.push(Input::Hide);
                self.held = after.to_vec();
                self.state = State::Tail { until: now + TAIL };
                &[]
            }
            Found::No => {
                hide(typing, out);
                after
            }
        }
    }

    fn not_a_key(&mut self, meaning: Meaning, typing: &mut Typing, now: Duration, out: &mut Vec<Input>) {
        match meaning {
            Meaning::Hide => hide(typing, out),
            Meaning::Focus(focus) => out.push(Input::Focus(focus)),
            Meaning::PasteStart => {
                let paste = match typing {
                    Typing::Counts => Paste::kept(),
                    Typing::Muted => Paste::lost(),
                };
                self.state = State::Paste { paste, until: now + SILENCE, cut: Cut::None };
            }
            Meaning::PasteEnd | Meaning::Nothing | Meaning::Key(_) => {}
        }
    }

    /// What follows an ESC that has hidden; the first `old` bytes are of an earlier read.
    fn tail<'a>(&mut self, rest: &'a [u8], old: usize, now: Duration, out: &mut Vec<Input>) -> &'a [u8] {
        match sequence::read(rest) {
            Found::Whole(length, meaning) => {
                self.state = State::Keys;
                self.not_a_key(meaning, &mut Typing::Muted, now, out);
                &rest[length..]
            }
            Found::Cut => {
                self.held = rest.to_vec();
                &[]
            }
            Found::No => {
                self.state = State::Keys;
                &rest[old..]
            }
        }
    }

    /// What a paste goes on with. The first `old` bytes are of an earlier read, which ended behind their ESC.
    fn pasted<'a>(
        &mut self,
        rest: &'a [u8],
        old: usize,
        typing: &mut Typing,
        now: Duration,
        out: &mut Vec<Input>,
    ) -> &'a [u8] {
        let State::Paste { paste, until, cut } = &mut self.state else { return rest };
        let known = std::mem::replace(cut, Cut::None);
        *until = now + SILENCE;
        let stop = rest.iter().position(|b| matches!(*b, ESC | CONTROL_C | CONTROL_Z)).unwrap_or(rest.len());
        paste.take(&rest[..stop]);
        let [first, after @ ..] = &rest[stop..] else { return &[] };
        let known = if stop < old { known } else { Cut::None };
        let (hides, rest) = match (*first, sequence::read(after)) {
            (ESC, Found::Whole(length, meaning)) => {
                match meaning {
                    Meaning::PasteEnd => {
                        out.extend(std::mem::replace(paste, Paste::lost()).end());
                        self.state = State::Keys;
                        return &after[length..];
                    }
                    Meaning::Focus(focus) => out.push(Input::Focus(focus)),
                    _ => {}
                }
                // Colours in a copied text are sequences too, and no reason to hide.
                let hides = match meaning {
                    Meaning::Hide => true,
                    Meaning::Key(key) => self.hide.contains(key),
                    _ => false,
                };
                (hides, &after[length..])
            }
            (ESC, Found::Cut) => {
                self.held = rest[stop..].to_vec();
                // Each piece that goes on with it is waited for anew: no hand presses Esc so.
                *cut = if known == Cut::Hidden { known } else { Cut::Waits(now + CUT) };
                return &[];
            }
            _ => (known != Cut::Hidden, after),
        };
        if hides {
            out.extend(std::mem::replace(paste, Paste::lost()).end());
            hide(typing, out);
        }
        rest
    }
}

/// Hides, whatever the key was; what comes behind it in the same read types nothing, or a `q` would act on the cover.
fn hide(typing: &mut Typing, out: &mut Vec<Input>) {
    out.push(Input::Hide);
    *typing = Typing::Muted;
}

/// Whether a character must not be typed: it steers a terminal, or turns the direction of writing.
pub(super) fn is_untypable(c: char) -> bool {
    forbidden_character(c.encode_utf8(&mut [0; 4])).is_some()
}

#[cfg(test)]
mod tests;
