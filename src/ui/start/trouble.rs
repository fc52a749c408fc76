//! What the start screen says went wrong since the last look: a session that could not be taken up, files that lie
//! elsewhere, that others could change, or that something altered; and the code to note that came late.

use crate::journal::WhyStays;
use crate::text::{line_safe, wrap};
use crate::words::{Say, StartSays, say};

use super::Page;
use crate::ui::sheet::{Row, Weight};
use crate::ui::view::{CouldNot, Left};

impl Page<'_> {
    /// Why the session that was chosen could not be taken up, where the last one is kept instead of its folder, and that
    /// something had altered its file.
    pub(super) fn trouble_rows(&self) -> Vec<Row> {
        let could_not = self.view.desk.could_not.map(|why| {
            self.says(match why {
                CouldNot::OpenElsewhere => StartSays::OpenElsewhere,
                CouldNot::Closed => StartSays::ClosedAlready,
                CouldNot::Cut => StartSays::Cut,
                CouldNot::Altered => StartSays::Altered,
                CouldNot::NotThere => StartSays::NotThere,
                CouldNot::Unreadable => StartSays::CannotBeRead,
                CouldNot::NoKey => StartSays::NoKey,
                CouldNot::NotForUs => StartSays::NotForUs,
            })
        });
        let kept_in = self
            .view
            .keeping
            .moved_to
            .as_ref()
            .map(|folder| format!("{} {}", self.says(StartSays::KeptIn), line_safe(folder)));
        let exposed = StartSays::exposed(&self.view.desk.exposed, self.view.language);
        let moved_to = self.view.keeping.moved_to.as_deref();
        let stay = self.view.desk.stay.iter().filter_map(|stays| {
            let folder = stays.folder.display().to_string();
            // That stands there already.
            let said = stays.why == WhyStays::NotYet && moved_to == Some(folder.as_str());
            let says = self.says(StartSays::stay(stays.why, stays.sessions));
            (!said).then(|| format!("{says} {}", line_safe(&folder)))
        });
        let left = match self.view.desk.left {
            Left::Saved => None,
            Left::NotYet => Some(self.says(StartSays::LeftNotSaved)),
        };
        let head = self.view.desk.late_head.as_ref();
        let head = head.map(|head| format!("{} {head}", say(self.view.language, Say::HeadLine)));
        let altered = self.view.keeping.written_anew.then(|| self.says(StartSays::WrittenAnew));
        let mut rows = Vec::new();
        let all = exposed.into_iter().chain(could_not).chain(left).chain(kept_in);
        for text in all.chain(altered).chain(stay).chain(head) {
            rows.push(Row::space());
            let lines = wrap(&text, self.sheet.sentence()).into_iter();
            rows.extend(lines.map(|line| Row::new(Weight::Needed, line, self.ink.notice())));
        }
        rows
    }
}
