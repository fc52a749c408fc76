//! The plain line mode: any state as lines of text without boxes, addressing or colour, for screen readers.

use super::form::Form;
use super::leaflet::Leaflet;
use super::start::Start;
use super::view::View;

/// The lines of the current step: where it stands, what it asks, its words to say, its options with their digits.
/// `hints` are the keys that work now, as the hint bar has them.
pub fn step(_view: &View, _hints: &[(String, String)]) -> Vec<String> {
    Vec::new()
}

/// The lines of the leaflet's open page.
pub fn leaflet(_leaflet: &Leaflet, _view: &View) -> Vec<String> {
    Vec::new()
}

/// The pacer as text.
pub fn pacer(_view: &View) -> Vec<String> {
    Vec::new()
}

/// The start screen as lines.
pub fn start(_start: &Start, _view: &View) -> Vec<String> {
    Vec::new()
}

/// The open field of the start form as lines.
pub fn form(_form: &Form, _view: &View) -> Vec<String> {
    Vec::new()
}
