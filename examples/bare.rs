//! A bare ratatui program, as its manual would write it: a list as large as the screen, every key changes all of it,
//! `q` quits. What the benches compare with, and what proves the tests' terminal.

use std::io;

use ratatui::Frame;
use ratatui::crossterm::event::{self, Event, KeyCode, KeyEventKind};
use ratatui::style::{Modifier, Style};
use ratatui::widgets::{List, ListState};

fn main() -> io::Result<()> {
    let mut terminal = ratatui::try_init()?;
    let mut presses = 0_usize;
    loop {
        terminal.draw(|frame| draw(frame, presses))?;
        match event::read()? {
            Event::Key(key) if key.kind == KeyEventKind::Release => {}
            Event::Key(key) if key.code == KeyCode::Char('q') => break,
            Event::Key(_) => presses += 1,
            _ => {}
        }
    }
    ratatui::try_restore()
}

fn draw(frame: &mut Frame, presses: usize) {
    let area = frame.area();
    let letter = char::from(b'a' + u8::try_from(presses % 26).unwrap_or(0));
    let line = letter.to_string().repeat(area.width.saturating_sub(12).into());
    let items = (0..area.height).map(|row| format!("{row:>3} {presses:>6} {line}"));
    let list = List::new(items).highlight_style(Style::new().add_modifier(Modifier::REVERSED));
    let selected = presses % usize::from(area.height.max(1));
    frame.render_stateful_widget(list, area, &mut ListState::default().with_selected(Some(selected)));
}
