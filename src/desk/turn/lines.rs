//! The plain mode: which lines are printed, and when nothing else may stand beside them.

use std::io;

use super::Turn;

/// How the next lines are printed, where lines are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Prints {
    /// Those that are new, below what stands there.
    More,
    /// All, and nothing else stands there afterwards.
    Anew,
}

impl Turn {
    /// Prints the lines that changed. Under the cover, and when it is lifted, nothing of before stays in sight.
    pub(super) fn print_lines(&mut self) -> io::Result<()> {
        let lines = self.screens.as_ref().map(|screens| screens.lines(&self.view())).unwrap_or_default();
        let covered = self.is_covered();
        let anew = covered != self.was_covered || self.prints == Prints::Anew;
        if lines == self.printed && !anew {
            return Ok(());
        }
        // Until all of it was taken, nobody knows how much of it stands there.
        self.prints = Prints::Anew;
        if anew {
            self.screen.clear()?;
            self.screen.print(&lines)?;
        } else {
            let fresh: Vec<String> =
                lines.iter().filter(|line| !self.printed.contains(line)).cloned().collect();
            self.screen.print(&fresh)?;
        }
        self.prints = Prints::More;
        self.was_covered = covered;
        self.printed = lines;
        Ok(())
    }
}
