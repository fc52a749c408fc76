//! How meanings look: one place for every colour and weight. A sign or a word always says the same thing, so that a
//! screen without colours loses nothing. No red anywhere, and the terminal's own colours for nearly everything.

use ratatui::style::{Color, Modifier, Style};

use super::view::Colour;

/// The styles of a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ink {
    colour: Colour,
}

impl Default for Ink {
    fn default() -> Self {
        Self { colour: Colour::None }
    }
}

impl Ink {
    /// The styles with or without colours.
    pub fn new(colour: Colour) -> Self {
        Self { colour }
    }

    fn tint(self, colour: Color) -> Style {
        match self.colour {
            Colour::Used => Style::new().fg(colour),
            Colour::None => Style::new(),
        }
    }

    /// Ordinary text.
    pub fn plain(self) -> Style {
        Style::new()
    }

    /// What is there for whoever looks for it: rules, signs, hints.
    pub fn dim(self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    /// A heading.
    pub fn title(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// The one thing to do now.
    pub fn current(self) -> Style {
        self.tint(Color::Cyan).add_modifier(Modifier::BOLD)
    }

    /// A line that is looked at with the arrows.
    pub fn looked_at(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// Done.
    pub fn done(self) -> Style {
        self.tint(Color::Green)
    }

    /// To come back to, or due.
    pub fn later(self) -> Style {
        self.tint(Color::Yellow)
    }

    /// Left out on purpose.
    pub fn left_out(self) -> Style {
        self.tint(Color::Magenta)
    }

    /// Words to say aloud.
    pub fn say(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// The frame of the words to say.
    pub fn frame(self) -> Style {
        self.tint(Color::Cyan)
    }

    /// A key in a list of options or hints.
    pub fn key(self) -> Style {
        self.tint(Color::Cyan).add_modifier(Modifier::BOLD)
    }

    /// What was chosen.
    pub fn chosen(self) -> Style {
        self.tint(Color::Green).add_modifier(Modifier::BOLD)
    }

    /// A sentence that the program says once.
    pub fn notice(self) -> Style {
        self.tint(Color::Yellow)
    }

    /// What must not be overlooked: something is not saved.
    pub fn trouble(self) -> Style {
        self.tint(Color::Yellow).add_modifier(Modifier::BOLD | Modifier::REVERSED)
    }

    /// An open field.
    pub fn field(self) -> Style {
        Style::new().add_modifier(Modifier::UNDERLINED)
    }
}
