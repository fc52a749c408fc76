//! Two caseworkers at the keyboard: whatever step stands there, they know which key answers it. What stands there is
//! read from the journal while the program writes it, as another process may.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use amparo::journal::{EntryKind, JournalError, Session, Store};
use amparo::machine::{Outcome, Place, Shyness, State, apply, rows_of};
use amparo::protocol::{Choice, Kind, Protocol, Step};
use amparo::text::StepId;

use crate::keys_at_hand::KEY;
use crate::pty::{LONG, Pty};

/// The answers that are not the first that suggests itself, by step.
pub type Wishes<'a> = BTreeMap<&'a str, &'a str>;

/// The shipped protocol.
pub fn shipped() -> Protocol {
    amparo::protocol::shipped().expect("the shipped protocol is right")
}

/// The only session of a home.
pub fn only_session(home: &Path) -> Session {
    begun_session(home).expect("a session was begun")
}

/// The only session of a home, once its file has a beginning.
fn begun_session(home: &Path) -> Option<Session> {
    let store = Store::at(home);
    let names: Vec<_> = store
        .list()
        .expect("the folder can be read")
        .into_iter()
        .filter_map(|entry| match entry.kind {
            EntryKind::Session(name) => Some(name),
            EntryKind::Foreign { .. } => None,
        })
        .collect();
    match names.as_slice() {
        [] => Ok(None),
        [name] => store.open(name, &KEY).map(Some).or_else(|error| match error {
            JournalError::Unbegun(_) => Ok(None),
            other => Err(other),
        }),
        several => panic!("{} sessions", several.len()),
    }
    .expect("the session can be read")
}

/// What the journal says now.
pub fn kept(home: &Path) -> State {
    let mut state = State::default();
    only_session(home).events.iter().for_each(|event| apply(&mut state, event));
    state
}

/// Waits until the journal has something in it.
pub fn wait_kept(pty: &mut Pty, what: &str, is_so: impl Fn(&State) -> bool) -> State {
    let until = Instant::now() + LONG;
    loop {
        if begun_session(pty.home()).is_some() {
            let state = kept(pty.home());
            if is_so(&state) {
                return state;
            }
        }
        pty.look(Duration::from_millis(5));
        assert!(Instant::now() < until, "not kept in time: {what}\n{}", pty.framed());
    }
}

/// From the start screen into the first step; how many key presses that took.
pub fn begin(pty: &mut Pty) -> usize {
    let keys = ["2 0 4 <enter>", "3 1 7 <enter>", "K - 1 7 <enter>"];
    pty.look_for(Duration::from_millis(300));
    let to_the_form = crate::caseworker::to_the_form(pty);
    for key in keys {
        pty.keys(key);
        pty.look(Duration::from_millis(50));
    }
    wait_kept(pty, "the session", amparo::machine::State::is_begun);
    to_the_form + keys.iter().map(|keys| crate::keys::presses(keys).len()).sum::<usize>()
}

/// Answers on until the checklist stands where it is wished, or at its end. Gives the places gone through.
pub fn walk(
    pty: &mut Pty,
    protocol: &Protocol,
    wishes: &Wishes,
    until: impl Fn(&Place) -> bool,
) -> Vec<Place> {
    let mut gone = Vec::new();
    for _ in 0..400 {
        let state = kept(pty.home());
        let place = state.record.place.clone();
        if until(&place) || place == Place::End {
            return gone;
        }
        let before = state.record.events;
        let keys = keys_for(protocol, &state, &place, wishes, pty);
        // Another key first: a held answer key must not tick two steps, and so the same one waits its turn.
        pty.keys("<left>");
        pty.keys(&keys);
        wait_kept(pty, &format!("what `{keys}` answers at {place:?}"), |state| {
            state.record.events > before && (state.record.place != place || !matches!(place, Place::Step(_)))
        });
        gone.push(place);
    }
    panic!("no end in sight: {:?}\n{}", gone.last(), pty.framed());
}

fn keys_for(protocol: &Protocol, state: &State, place: &Place, wishes: &Wishes, pty: &Pty) -> String {
    if state.record.proposed.is_some() {
        return "2".to_owned();
    }
    match place {
        Place::Step(id) => {
            let step = protocol.step_by_id(id).expect("a step of the protocol");
            let keys = keys_for_step(protocol, state, step, wishes);
            // A private step is not drawn while the screen is shy, and takes no answer before it is.
            if step.private && state.record.shy == Shyness::Shy { format!("<f4>{keys}") } else { keys }
        }
        Place::Pause(_) => "1".to_owned(),
        Place::Gate(_) | Place::Nowhere | Place::End => panic!("stands at {place:?}\n{}", pty.framed()),
    }
}

fn keys_for_step(protocol: &Protocol, state: &State, step: &Step, wishes: &Wishes) -> String {
    if let Some(keys) = wishes.get(step.id.as_str()) {
        return (*keys).to_owned();
    }
    match &step.kind {
        Kind::Check | Kind::Inform | Kind::Date | Kind::Deadline => "1".to_owned(),
        Kind::Choice(options) => harmless(options).to_string(),
        Kind::Choices(_) => "0".to_owned(),
        Kind::Scale(scale) => scale.from.to_string(),
        Kind::Number { from, .. } => format!("{from}<enter>"),
        Kind::Text { .. } => "<enter>a word<enter>".to_owned(),
        Kind::Guidance => "<enter>".to_owned(),
        Kind::List { .. } => {
            let rows = rows_of(protocol, state, step).len();
            let done = match state.seen.outcomes.get(&step.id) {
                Some(Outcome::Answered(amparo::machine::Value::List { rows, .. })) => rows.len(),
                _ => 0,
            };
            // Rows go on with the same digit: each waits until it is written.
            "1<up><down>".repeat(rows.saturating_sub(done).max(1))
        }
    }
}

/// The first option that ends, raises and tells nothing, else the first.
fn harmless(options: &[Choice]) -> usize {
    options.iter().position(|option| option.then.is_empty() && option.tells.is_none()).unwrap_or(0) + 1
}

/// The answered steps of a state.
pub fn answered(state: &State) -> Vec<&StepId> {
    state
        .seen
        .outcomes
        .iter()
        .filter(|(_, outcome)| matches!(outcome, Outcome::Answered(_)))
        .map(|(step, _)| step)
        .collect()
}
