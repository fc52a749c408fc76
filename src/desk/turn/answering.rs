//! What the turn does with a worker's answer to a remark: it is put beside the session, in a thread of its own.

use std::thread;

use crate::desk::remarks::keep_answer;
use crate::ui::{Answer, NotDone};

use super::{Told, Turn};

impl Turn {
    pub(super) fn answer(&self, answer: Box<Answer>) {
        let (store, tell, now) = (self.store.clone(), self.tell.clone(), self.clock.now());
        let recipients = self.keys.recipients.clone();
        thread::spawn(move || {
            let kept = recipients.as_ref().ok_or(NotDone::NoKey).and_then(|recipients| {
                keep_answer(&store, &answer, recipients, now).map_err(NotDone::Journal)
            });
            tell.send(Told::Answered(kept))
        });
    }
}
