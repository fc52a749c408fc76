//! The `terminal` room by itself, for its tests: shows what arrives, and leaves in every way there is.
//!
//! `q` quits, `p` panics, `w` panics in another thread, `x` becomes the leaflet, `d` draws the same again. Its argument
//! says how it lives: `clear` clears the main screen first, `falls` ends a panic in the leaflet, `leaflet` is that.

use std::process::ExitCode;

use amparo::terminal::{
    HideKeys, Input, NextLife, OnPanic, OpenError, Options, Reader, Screen, Signal, Signals, Writes,
    become_leaflet, on_panic, wear_own_name,
};
use amparo::ui::Key;
use ratatui::text::Text;

/// What stands on the screen and must be nowhere afterwards.
const MARKED: &str = "MARKED-ANSWER";

fn main() -> ExitCode {
    wear_own_name();
    let life = std::env::args().nth(1);
    let falls = life.as_deref() == Some("falls");
    on_panic(
        move || {
            if falls { OnPanic::Leaflet { life: leaflet(), otherwise: 71 } } else { OnPanic::Exit(70) }
        },
    );
    match run(life.as_deref()) {
        Ok(code) => code,
        Err(OpenError::NotATerminal | OpenError::TooOld) => ExitCode::from(3),
        Err(OpenError::Io { .. }) => ExitCode::from(4),
    }
}

fn leaflet() -> NextLife {
    NextLife { args: vec!["leaflet".into()], vars: Vec::new() }
}

fn run(life: Option<&str>) -> Result<ExitCode, OpenError> {
    let signals = Signals::catch()?;
    let mut screen = Screen::open(Options { clear_at_start: life == Some("clear"), report_focus: true })?;
    let mut reader = Reader::new(signals, HideKeys::new([Key::F(12)]));
    let head = if life == Some("leaflet") { "LEAFLET" } else { MARKED };
    let mut seen = vec![format!("{head} ready")];
    loop {
        let text: Text = seen.iter().rev().map(String::as_str).collect();
        let size = screen.size();
        if screen.draw(Writes::Changes, |frame| frame.render_widget(&text, frame.area())).is_err() {
            return Ok(ExitCode::from(5));
        }
        for input in reader.wait(None) {
            match &input {
                Input::Key(Key::Char('q')) => return Ok(ExitCode::SUCCESS),
                Input::Key(Key::Char('p')) => wrong(),
                Input::Key(Key::Char('w')) => drop(std::thread::spawn(wrong)),
                Input::Key(Key::Char('x')) => drop(become_leaflet(&leaflet())),
                Input::Key(Key::Char('d')) => continue,
                Input::Resize { cols, rows } => screen.resized(*cols, *rows)?,
                Input::Signal(Signal::Wake) => screen.again()?,
                Input::Signal(Signal::Hang) | Input::Gone => return Ok(ExitCode::from(7)),
                _ => {}
            }
            seen.push(match &input {
                Input::Paste { text, dropped } => format!("{} Paste {} {dropped}", seen.len(), text.len()),
                other => format!("{} {other:?} {}x{}", seen.len(), size.width, size.height),
            });
        }
    }
}

#[expect(clippy::indexing_slicing, reason = "it is meant to panic")]
fn wrong() {
    let none: [u8; 0] = [];
    let _ = none[std::env::args().count() + 1];
}
