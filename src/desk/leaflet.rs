//! The leaflet's life: a viewer of one text, which knows no session, no key and no file.

use std::io;

use crate::machine::{At, State};
use crate::terminal::{
    HideKeys, Input, OnPanic, OpenError, Options, Reader, Screen, Signal, Signals, Writes, on_panic,
};
use crate::text::{Language, LanguageCode};
use crate::ui::{
    Bookmark, Colour, Keeping, Key, Leaflet, LeafletOpens, LeafletSettings, LeafletSettingsDo, Look, Motion,
    OnTheDesk, View, Wish,
};

use super::life::Sheet;
use super::turn::Shows;

/// Shows the leaflet until somebody closes it. Nothing is behind it: no key brings anything back.
///
/// # Errors
/// There is no terminal that can be drawn on.
pub fn show_leaflet(sheet: Sheet) -> Result<(), OpenError> {
    // A second fault ends it: a life that began itself anew for ever would be noticed.
    on_panic(|| OnPanic::Exit(0));
    let mut signals = Signals::catch().map_err(|source| OpenError::Io { source })?;
    signals.catch_unnamed();
    let screen = Screen::open(Options::default())?;
    let mut reader = Reader::new(signals, HideKeys::default());
    let mut viewer = Viewer::new(sheet, screen);
    // A terminal that takes nothing for a while, or is no more, also ends it: nobody reads there.
    let _ = viewer.run(&mut reader);
    Ok(())
}

/// Whether to go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    On,
    Closed,
}

struct Viewer {
    screen: Screen,
    leaflet: Leaflet,
    settings: Option<LeafletSettings>,
    shown: LanguageCode,
    printed: Vec<String>,
    around: Around,
}

/// What a view borrows: there is no session, and nothing is known.
struct Around {
    sheet: Sheet,
    state: State,
    keeping: Keeping,
    desk: OnTheDesk,
}

impl Around {
    fn view<'a>(&'a self, screen: &Screen, shown: &'a LanguageCode) -> View<'a> {
        View {
            protocol: None,
            state: &self.state,
            now: At::default(),
            language: self.sheet.language,
            shown,
            said: shown,
            keeping: &self.keeping,
            desk: &self.desk,
            look: Look {
                colour: Colour::None,
                motion: Motion::Still,
                leaflet_width: self.sheet.width,
                quiet_after: 60,
                breaths: 6,
            },
            size: screen.size(),
            cover: None,
        }
    }
}

impl Around {
    /// The page with the leaflet's own settings, where this life has one.
    fn settings(&self) -> Option<LeafletSettings> {
        let Sheet { width, language, .. } = self.sheet;
        (self.sheet.opens == LeafletOpens::Settings).then_some(LeafletSettings { width, language })
    }
}

impl Viewer {
    fn new(mut sheet: Sheet, screen: Screen) -> Self {
        let shown = sheet.language.code();
        let text = sheet.text.take();
        let (state, keeping, desk) = (State::default(), Keeping::default(), OnTheDesk::default());
        let around = Around { sheet, state, keeping, desk };
        let view = around.view(&screen, &shown);
        let mut leaflet = Leaflet::handed(&view, text, around.sheet.mark);
        leaflet.fit(&view, view.size.width, view.size.height);
        let settings = around.settings();
        Self { screen, leaflet, settings, shown, printed: Vec::new(), around }
    }

    fn run(&mut self, reader: &mut Reader) -> io::Result<()> {
        loop {
            match self.draw() {
                // It took nothing for a while; the next frame is drawn whole.
                Err(error) if error.kind() == io::ErrorKind::TimedOut => {}
                other => other?,
            }
            for input in reader.wait(None) {
                if self.take(&input)? == Reading::Closed {
                    return Ok(());
                }
            }
        }
    }

    fn draw(&mut self) -> io::Result<()> {
        let view = self.around.view(&self.screen, &self.shown);
        match self.around.sheet.shows {
            Shows::Cells => self.screen.draw(Writes::Everything, |area, buffer| {
                if let Some(settings) = self.settings {
                    settings.draw(area, buffer);
                    return None;
                }
                self.leaflet.draw(&view, area, buffer)
            }),
            Shows::Lines => {
                let lines =
                    self.settings.map_or_else(|| self.leaflet.as_lines(&view), LeafletSettings::as_lines);
                if lines == self.printed {
                    return Ok(());
                }
                if self.printed.is_empty() {
                    self.screen.clear()?;
                }
                self.screen.print(&lines)?;
                self.printed = lines;
                Ok(())
            }
        }
    }

    fn take(&mut self, input: &Input) -> io::Result<Reading> {
        match input {
            Input::Signal(Signal::Hang | Signal::Terminate) | Input::Gone => return Ok(Reading::Closed),
            Input::Signal(Signal::Wake) => self.screen.again()?,
            Input::Resize { cols, rows } => self.screen.resized(*cols, *rows),
            Input::Key(Key::Return) => self.settings = self.around.settings(),
            Input::Key(key) if self.is_set(*key) => {}
            Input::Key(key) => {
                self.settings = None;
                let view = self.around.view(&self.screen, &self.shown);
                if self.leaflet.press(*key, &view).contains(&Wish::LeaveCovered) {
                    return Ok(Reading::Closed);
                }
            }
            // Whatever was written beside it by another program is gone then, as where there is something behind it.
            Input::Hide | Input::Signal(Signal::Hide) => self.screen.distrust(),
            Input::Paste { .. } | Input::Focus(_) => {}
        }
        let view = self.around.view(&self.screen, &self.shown);
        self.leaflet.fit(&view, view.size.width, view.size.height);
        Ok(Reading::On)
    }

    /// Whether a key was one of the settings, which then did what they say.
    fn is_set(&mut self, key: Key) -> bool {
        match self.settings.map(|settings| settings.press(key)) {
            None | Some(LeafletSettingsDo::NotMine) => return false,
            Some(LeafletSettingsDo::Nothing) => return true,
            Some(LeafletSettingsDo::Width(width)) => self.around.sheet.width = width,
            Some(LeafletSettingsDo::Language(language)) => self.speak(language),
        }
        self.settings = self.around.settings();
        true
    }

    fn speak(&mut self, language: Language) {
        let view = self.around.view(&self.screen, &self.shown);
        let here = self.leaflet.hand_over(&view);
        let text = self.around.sheet.other.take();
        self.around.sheet.other = text.is_some().then_some(here);
        self.around.sheet.language = language;
        self.shown = language.code();
        let view = self.around.view(&self.screen, &self.shown);
        self.leaflet = Leaflet::handed(&view, text, Bookmark::default());
    }
}
