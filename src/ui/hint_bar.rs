//! The hint bar: as many of the keys that work now as fit, *page* and the key for all keys always.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::text::{Language, width};
use crate::words::{KeyCap, KeyWord, key_cap, key_hint};

use super::ink::Ink;
use super::key::Key;
use super::keys::{Bar, Binding, Context, Keys, working};
use super::scene::Scene;

/// The hints of a context, in order, each with its keys; those that always stand last.
pub(super) fn hints(scene: &Scene, context: &Context) -> Vec<(String, String, Bar)> {
    // The word for hiding is the protocol's own, where it has one.
    let own = scene.protocol.covering().and_then(|covering| covering.hint.as_ref());
    hints_with(scene.view.language, own.map(|hint| scene.text(hint)), context)
}

/// The same where no protocol runs: hiding has the program's word.
fn hints_with(language: Language, hiding: Option<&str>, context: &Context) -> Vec<(String, String, Bar)> {
    let mut hints: Vec<(String, String, Bar)> = Vec::new();
    for binding in working(context).filter(|binding| binding.bar != Bar::HelpOnly) {
        let own = hiding.filter(|_| binding.word == KeyWord::Hide);
        let word = own.unwrap_or_else(|| key_hint(language, binding.word)).to_owned();
        let keys = match binding.keys {
            // The bar has room for one of several keys that do the same.
            Keys::These([first, ..]) if binding.bar == Bar::Always => cap(language, *first),
            _ => caps(language, binding, context),
        };
        let keys = if keys == cap(language, Key::Down) { "↑↓".to_owned() } else { keys };
        hints.push((keys, word, binding.bar));
    }
    hints.sort_by_key(|(_, _, bar)| *bar == Bar::Always);
    hints
}

/// The keys of a line of the table, as they are named on the keyboard.
pub(super) fn caps(language: Language, binding: &Binding, context: &Context) -> String {
    match binding.keys {
        Keys::These(keys) => keys.iter().map(|key| cap(language, *key)).collect::<Vec<_>>().join(" "),
        Keys::Digits => digits(context),
        Keys::Responses => {
            context.responses.iter().map(|(f, _)| format!("F{f}")).collect::<Vec<_>>().join(" ")
        }
        Keys::Typing => key_cap(language, KeyCap::Letters).to_owned(),
        Keys::Any => key_cap(language, KeyCap::Any).to_owned(),
    }
}

/// The digits that work: each where they are few, else the first and last of each run.
fn digits(context: &Context) -> String {
    let all = &context.digits;
    if all.len() <= 3 {
        return all.iter().map(u8::to_string).collect::<Vec<_>>().join(" ");
    }
    let mut runs: Vec<(u8, u8)> = Vec::new();
    for digit in all {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *digit => *last = *digit,
            _ => runs.push((*digit, *digit)),
        }
    }
    let run = |(from, to): &(u8, u8)| if from == to { from.to_string() } else { format!("{from}-{to}") };
    runs.iter().map(run).collect::<Vec<_>>().join(" ")
}

/// The name of a key.
pub(super) fn cap(language: Language, key: Key) -> String {
    let named = |cap| key_cap(language, cap).to_owned();
    match key {
        Key::Hide => "Esc".to_owned(),
        Key::Return => "Ctrl+R".to_owned(),
        Key::Empty => "Ctrl+U".to_owned(),
        Key::Char(' ') => named(KeyCap::Space),
        Key::Char(c) => c.to_string(),
        Key::Enter => named(KeyCap::Enter),
        Key::Backspace => named(KeyCap::Backspace),
        Key::Delete => named(KeyCap::Delete),
        Key::Tab | Key::BackTab => "Tab".to_owned(),
        Key::Up => "↑".to_owned(),
        Key::Down => "↓".to_owned(),
        Key::Left => "←".to_owned(),
        Key::Right => "→".to_owned(),
        Key::PageUp => named(KeyCap::PageUp),
        Key::PageDown => named(KeyCap::PageDown),
        Key::Home => named(KeyCap::Home),
        Key::End => named(KeyCap::End),
        Key::F(number) => format!("F{number}"),
    }
}

/// Those of the hints that fit into so many columns.
fn fitting(hints: Vec<(String, String, Bar)>, columns: usize) -> Vec<(String, String)> {
    let wide = |(keys, word, _): &(String, String, Bar)| width(keys) + 1 + width(word) + 2;
    // One blank before the first, and none needed behind the last.
    let mut room = (columns + 2).saturating_sub(1);
    let always: usize = hints.iter().filter(|hint| hint.2 == Bar::Always).map(wide).sum();
    room = room.saturating_sub(always);
    hints
        .into_iter()
        .filter(|hint| {
            if hint.2 == Bar::Always {
                return true;
            }
            let fits = wide(hint) <= room;
            if fits {
                room -= wide(hint);
            }
            fits
        })
        .map(|(keys, word, _)| (keys, word))
        .collect()
}

/// Draws the bar.
pub(super) fn draw(scene: &Scene, context: &Context, area: Rect, buffer: &mut Buffer) {
    put(hints(scene, context), scene.ink, area, buffer);
}

/// Draws the bar where no protocol runs.
pub(super) fn draw_in(language: Language, ink: Ink, context: &Context, area: Rect, buffer: &mut Buffer) {
    put(hints_with(language, None, context), ink, area, buffer);
}

fn put(hints: Vec<(String, String, Bar)>, ink: Ink, area: Rect, buffer: &mut Buffer) {
    let mut spans = vec![Span::raw(" ")];
    for (keys, word) in fitting(hints, usize::from(area.width)) {
        spans.push(Span::styled(keys, ink.key()));
        spans.push(Span::styled(format!(" {word}  "), ink.dim()));
    }
    super::put::put(std::iter::once(&Line::from(spans)), area, buffer);
}
