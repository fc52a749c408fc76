//! Why somebody of one session may still be in danger, as one mark takes all of it: what it is put on, and what it is taken
//! back from.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::journal::On;

use super::danger::Danger;
use super::marks::Given;
use super::reviewed::Noticed;
use super::summary::Summary;

/// The alarms of a session: why somebody may be in danger, each by its event.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Alarms {
    all: Vec<On>,
    open: Vec<On>,
    together: Vec<On>,
}

impl Alarms {
    /// Those of a session.
    pub fn of(summary: &Summary, today: Option<NaiveDate>) -> Self {
        let all = each(summary.dangers.iter());
        let open = each(summary.open_dangers(today));
        let on = summary.marks.as_ref().map(|marks| &marks.on);
        let marked: Vec<(&On, &Given)> = all.iter().filter_map(|one| Some((one, on?.get(one)?))).collect();
        // What was marked together has the same instant, by the same hand.
        let latest = marked.iter().map(|(_, given)| *given).max_by_key(|given| given.at.wall);
        let together = marked
            .iter()
            .filter(|(_, given)| Some(*given) == latest)
            .map(|(one, _)| (*one).clone())
            .collect();
        Self { all, open, together }
    }

    /// What a mark is put on: all that is not settled yet; where all of it is, all of it anew.
    pub fn to_mark(&self) -> &[On] {
        if self.open.is_empty() { &self.all } else { &self.open }
    }

    /// What a mark is taken back from: all that was marked together the last time.
    pub fn to_take_back(&self) -> &[On] {
        if self.together.is_empty() { &self.all } else { &self.together }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }
}

fn each<'a>(found: impl Iterator<Item = &'a Noticed<Danger>>) -> Vec<On> {
    let events: BTreeSet<u64> = found.map(|one| one.event).collect();
    events.into_iter().map(On::Event).collect()
}
