//! Every key that works on a page of the review, with what it does: from the one table of keys.

use std::collections::BTreeSet;

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use crate::review::{Counts, ENDINGS, FilterKey, KEYS, NUMBERS, PROPERTIES};
use crate::text::{Language, width};
use crate::words::{PageSays, count_word, filter_key, key_help, property};

use super::long_page::{LongPage, Looking, MARGIN, Way, wrapped};
use crate::ui::hint_bar;
use crate::ui::ink::Ink;
use crate::ui::key::Key;
use crate::ui::keys::{Action, Can, Context, Where, action, working};
use crate::ui::view::View;

/// The keys of a page, while they are up.
#[derive(Debug, Clone, Default)]
pub(super) struct KeysPage {
    looking: Looking,
}

/// Whether the keys stay up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeysDo {
    Stay,
    Close,
}

/// A place of the table with nothing that depends on a session.
pub(super) fn place(at: Where) -> Context {
    Context { at, digits: BTreeSet::new(), can: BTreeSet::new(), responses: Vec::new() }
}

/// The rows between the first and the last of a page.
pub(super) fn sight(height: u16) -> usize {
    usize::from(height.saturating_sub(2)).max(1)
}

impl KeysPage {
    /// What takes keys while they are up: they are gone through only where not all are in sight. `of` is the page that the
    /// keys are of.
    pub(super) fn context(of: &Context, view: &View) -> Context {
        let page = page(of, view.language, Ink::default(), usize::from(view.size.width));
        let mut context = place(Where::PageKeys);
        if !page.fits(sight(view.size.height)) {
            context.can.insert(Can::Scroll);
        }
        context
    }

    /// Takes a key.
    pub(super) fn press(&mut self, key: Key, of: &Context, view: &View) -> KeysDo {
        let page = page(of, view.language, Ink::default(), usize::from(view.size.width));
        let sight = sight(view.size.height);
        match action(key, &Self::context(of, view)) {
            Some(Action::Back) => return KeysDo::Close,
            Some(Action::PageUp) => page.go(&mut self.looking, Way::Up, sight),
            Some(Action::PageDown) => page.go(&mut self.looking, Way::Down, sight),
            _ => {}
        }
        KeysDo::Stay
    }

    /// Draws them.
    pub(super) fn draw(&self, of: &Context, view: &View, area: Rect, buffer: &mut Buffer) {
        let (ink, language) = (Ink::new(view.look.colour), view.language);
        let page = page(of, language, ink, usize::from(area.width));
        framed(&PageSays::Keys.text(language), ink, area, buffer);
        page.draw(self.looking, ink, inner(area), buffer);
        let size = Size::new(area.width, area.height);
        foot(language, ink, &Self::context(of, &View { size, ..*view }), area, buffer);
    }
}

/// What is between the title and the hints.
pub(super) fn inner(area: Rect) -> Rect {
    let (above, below) = (u16::from(area.height > 1), u16::from(area.height > 2));
    Rect { y: area.y.saturating_add(above), height: area.height.saturating_sub(above + below), ..area }
}

/// Clears an area, and writes its title.
pub(super) fn framed(title: &str, ink: Ink, area: Rect, buffer: &mut Buffer) {
    let area = area.intersection(buffer.area);
    ratatui::widgets::Widget::render(ratatui::widgets::Clear, area, buffer);
    if area.height > 1 && area.width > 1 {
        let room = usize::from(area.width - 1);
        buffer.set_stringn(area.x + 1, area.y, crate::text::cut(title, room), room, ink.title());
    }
}

/// The hints in the last row.
pub(super) fn foot(language: Language, ink: Ink, context: &Context, area: Rect, buffer: &mut Buffer) {
    let area = area.intersection(buffer.area);
    if area.height > 2 {
        let last = Rect { y: area.bottom() - 1, height: 1, ..area };
        hint_bar::draw_in(language, ink, context, last, buffer);
    }
}

fn page(of: &Context, language: Language, ink: Ink, columns: usize) -> LongPage {
    let columns = columns.saturating_sub(usize::from(MARGIN));
    let rows: Vec<(String, &str)> = working(of)
        .map(|binding| (hint_bar::caps(language, binding, of), key_help(language, binding.word)))
        .collect();
    let keys = rows.iter().map(|(keys, _)| width(keys)).max().unwrap_or(0).min(columns / 2);
    let mut page = LongPage::default();
    for (caps, help) in rows {
        let pad = keys.saturating_sub(width(&caps));
        let first = vec![(caps, ink.key()), (" ".repeat(pad + 2), ink.plain())];
        let then = vec![(" ".repeat(keys + 2), ink.plain())];
        page.thing(wrapped(first, &then, help, ink.plain(), columns));
    }
    if of.at == Where::Filtering {
        filter_words(&mut page, language, ink, columns);
    }
    page
}

/// Every word that a filter knows, with what it keeps.
fn filter_words(page: &mut LongPage, language: Language, ink: Ink, columns: usize) {
    let in_language = |words: &[&'static str; 2]| match language {
        Language::English => words[0],
        Language::Spanish => words[1],
    };
    let mut rows: Vec<(String, String)> = Vec::new();
    rows.extend(
        PROPERTIES
            .iter()
            .map(|(what, words)| (in_language(words).to_owned(), property(*what, language).to_owned())),
    );
    rows.extend(KEYS.iter().map(|(key, words)| {
        let mut says = filter_key(*key, language).to_owned();
        if *key == FilterKey::Ended {
            let endings: Vec<&str> = ENDINGS.iter().map(|(_, words)| in_language(words)).collect();
            says = format!("{says}: {}", endings.join(", "));
        }
        (format!("{}:", in_language(words)), says)
    }));
    rows.extend(NUMBERS.iter().map(|(count, words)| {
        let sign = if *count == Counts::Deviations { ">2" } else { ">0" };
        (format!("{}{sign}", in_language(words)), count_word(*count, language).to_owned())
    }));
    rows.push(("-".to_owned(), PageSays::FilterNot.text(language)));
    page.heading(vec![(PageSays::FilterWords.text(language), ink.title())]);
    let wide = rows.iter().map(|(word, _)| width(word)).max().unwrap_or(0);
    for (word, says) in rows {
        let pad = wide - width(&word);
        let first = vec![(word, ink.key()), (" ".repeat(pad + 2), ink.plain())];
        let then = vec![(" ".repeat(wide + 2), ink.plain())];
        page.thing(wrapped(first, &then, &says, ink.plain(), columns));
    }
}
