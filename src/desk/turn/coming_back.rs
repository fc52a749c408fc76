//! Coming back with a PIN: looking at what was typed under the cover, setting one, and what is left after too many.

use std::sync::Arc;
use std::thread;

use crate::seal::{Opens, Pin, PinLock};
use crate::text::Language;
use crate::ui::{AsksPin, Handed, LeafletOpens, Screens, View};

use super::super::life::{Life, Sheet};
use super::super::pin::{Looks, PinError, set_pin};
use super::super::settings::Settings;
use super::super::way_out::{self, Then};
use super::{Told, Turn};

impl Turn {
    /// What is asked of a PIN from now on.
    pub(super) fn has_pin(&mut self, lock: Option<PinLock>) {
        let asks = match &lock {
            Some(lock) => AsksPin::ToReturn(lock.length()),
            None if self.settings.asks_for_pin() => AsksPin::ToSet,
            None => AsksPin::Never,
        };
        self.pins = lock.map(|lock| {
            let tell = self.tell.clone();
            Looks::at(Arc::new(lock), move |cover, opens| {
                // Nobody listens only once the loop has ended.
                let _ = tell.send(Told::Pin { cover, opens });
            })
        });
        self.ask(|screens, _| screens.asks_pin(asks));
    }

    /// Looks at a PIN elsewhere: no key waits for it.
    pub(super) fn try_pin(&self, pin: Pin) {
        if let Some(pins) = &self.pins {
            pins.look_at(self.covers, pin);
        }
    }

    /// A PIN was looked at. One that was typed under an earlier cover is none any more.
    pub(super) fn pin_opens(&mut self, cover: u64, opens: Opens) {
        if cover == self.covers {
            let wishes = self.ask(|screens, view| screens.pin_opens(opens, view));
            self.fulfil(wishes);
        }
    }

    /// Measures, hashes and writes elsewhere.
    pub(super) fn set_pin(&self, pin: Pin) {
        let (home, tell) = (self.home.clone(), self.tell.clone());
        thread::spawn(move || tell.send(Told::PinSet(set_pin(&home, &pin))));
    }

    /// A PIN was set, or was not.
    pub(super) fn pin_set(&mut self, set: Result<PinLock, PinError>) {
        match set {
            Ok(lock) => self.has_pin(Some(lock)),
            Err(_) => self.ask(|screens, _| screens.pin_not_kept()),
        }
    }

    /// She goes on without one, and is not asked again.
    pub(super) fn without_pin(&mut self) {
        if self.settings.change(Settings::ASK_PIN, "off").is_ok() {
            let home = self.home.clone();
            // On a disk that does not take it she is asked again another day.
            thread::spawn(move || Settings::change_in(&home, Settings::ASK_PIN, "off"));
        }
        self.ask(|screens, _| screens.asks_pin(AsksPin::Never));
    }

    /// Makes the session safe and is a leaflet with nothing behind it.
    pub(super) fn only_leaflet(&mut self, opens: LeafletOpens) {
        if opens == LeafletOpens::Settings {
            let sheet = Sheet { opens, other: self.other_text(), ..self.sheet() };
            way_out::note(way_out::Now {
                sight: crate::terminal::LastSight::Stays,
                life: Life::Leaflet(sheet),
            });
        }
        self.way_out(Then::Stays);
    }

    /// The leaflet's text in the next language.
    fn other_text(&self) -> Option<Arc<Handed>> {
        let all = Language::ALL;
        let here = all.iter().position(|language| *language == self.language)?;
        let language = *all.get((here + 1) % all.len())?;
        let view = View { language, shown: &language.code(), ..self.view() };
        Some(self.screens.as_ref()?.leaflet().hand_over(&view))
    }

    /// The leaflet as it would go on in a life of its own.
    pub(super) fn sheet(&self) -> Sheet {
        let leaflet = self.screens.as_ref().map(Screens::leaflet);
        Sheet {
            text: leaflet.map(|leaflet| leaflet.hand_over(&self.view())),
            mark: leaflet.map(crate::ui::Leaflet::bookmark).unwrap_or_default(),
            width: self.look.leaflet_width,
            language: self.language,
            shows: self.shows,
            opens: LeafletOpens::Here,
            other: None,
        }
    }
}
