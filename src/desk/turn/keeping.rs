//! What the turn hears of the disk, of the session that runs and of those that were left and are still being written.

use crate::desk::disk::Said;
use crate::ui::Left;

use super::{Told, Turn};

impl Turn {
    /// The disk goes on with a session that is left; nobody waits for it.
    pub(super) fn part(&mut self) {
        if let Some(disk) = self.disk.take() {
            disk.part();
            self.parting.insert(self.session, disk);
        }
    }

    /// What the disk says of a session that was left. Its thread ends with its last word.
    pub(super) fn parting_said(&mut self, session: u64, said: Said) {
        match said {
            Said::Over => {
                self.parting.remove(&session);
                self.look_through();
            }
            Said::Moved(place) => self.keeping.moved_to = Some(place.display().to_string()),
            Said::Closed(head) => self.found.late_head = Some(head.to_string()),
            // The screen of a session that runs says such a thing of that one only.
            Said::WrittenAnew => {
                self.keeping.written_anew |= self.disk.is_none() && !self.keeping.nothing_is_kept;
            }
            Said::Saved(_) | Said::NotSaved { .. } => {}
        }
        self.found.left = if self.parting.is_empty() { Left::Saved } else { Left::NotYet };
    }

    pub(super) fn disk_tells(&self) -> impl Fn(Said) + Send + 'static {
        let (tell, session) = (self.tell.clone(), self.session);
        move |said| {
            let _ = tell.send(Told::Disk { session, said });
        }
    }

    pub(super) fn disk_said(&mut self, said: Said) {
        match said {
            Said::Saved(saved) => {
                self.keeping.saved = saved;
                self.keeping.trouble = None;
            }
            Said::Closed(head) => self.keeping.head = Some(head.to_string()),
            Said::Moved(place) => self.keeping.moved_to = Some(place.display().to_string()),
            Said::WrittenAnew => self.keeping.written_anew = true,
            Said::Over => {}
            Said::NotSaved { saved, trouble } => {
                self.keeping.saved = saved;
                self.keeping.trouble = Some(trouble);
            }
        }
    }

    pub(super) fn save_elsewhere(&mut self) {
        for disk in self.disk.iter().chain(self.parting.values()) {
            disk.save_elsewhere(self.elsewhere.clone());
        }
    }
}
