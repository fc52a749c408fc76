//! What supervisors remarked to the caseworker whose key this is, as far as it waits for an answer; and her answer, put
//! beside the session.

use std::collections::BTreeMap;

use super::worker::GivenUp;
use crate::journal::{Beside, Companion, JournalError, On, Placed, SessionName, Store};
use crate::machine::At;
use crate::review::{Marks, Protocols, Remark, state_of};
use crate::seal::{HeadCode, Identity, Recipients, fingerprint};
use crate::text::{Language, StaffNumber};
use crate::ui::{Answer, RemarkLine};
use crate::words::{AnswerSays, Telling};

/// The remarks that wait for an answer, the earliest first. One whose session is not here, or cannot be opened, is not
/// among them: there would be nothing to answer beside. None, once the identity was given up.
pub fn remarks(store: &Store, identity: &Identity, given_up: &GivenUp) -> Vec<RemarkLine> {
    let mut beside: BTreeMap<SessionName, Vec<Placed>> = BTreeMap::new();
    for name in store.beside_names() {
        if given_up.is_so() {
            return Vec::new();
        }
        let Ok(placed) = store.open_beside(&name, identity) else { continue };
        beside.entry(*placed.companion.of()).or_default().push(placed);
    }
    let mut protocols = Protocols::default();
    let mut lines: Vec<RemarkLine> = beside
        .iter()
        .flat_map(|(session, placed)| of_session(store, identity, *session, placed, &mut protocols))
        .collect();
    lines.sort_by_key(|line| (line.at, line.remark));
    lines
}

fn of_session(
    store: &Store,
    identity: &Identity,
    session: SessionName,
    placed: &[Placed],
    protocols: &mut Protocols,
) -> Vec<RemarkLine> {
    let marks = Marks::of(placed, None);
    let open: Vec<_> = marks
        .remarks
        .iter()
        .filter_map(|remark| {
            let to = remark.to.as_ref()?;
            marks.unanswered(to).any(|one| one.name == remark.name).then_some((remark, to))
        })
        .collect();
    if open.is_empty() {
        return Vec::new();
    }
    let Ok(read) = store.open(&session, identity) else { return Vec::new() };
    let protocol = protocols.of(&read.protocol);
    let Some(case) = state_of(&read.events).record.case else { return Vec::new() };
    let about = |on: &On, language: Language, zone: i32| {
        let telling = Telling::new(language, protocol.as_deref(), zone);
        match on {
            On::Session => AnswerSays::OfSession.text(language).to_owned(),
            On::Step(step) => telling.step(step),
            On::Event(number) => {
                let place = usize::try_from(*number).ok().and_then(|number| number.checked_sub(1));
                let event = place.and_then(|place| read.events.get(place));
                event.map_or_else(String::new, |event| telling.moment(event.at))
            }
        }
    };
    let line = |(remark, to): (&Remark, &StaffNumber)| RemarkLine {
        session,
        remark: remark.name,
        case: case.to_string(),
        at: remark.at.wall,
        zone: remark.at.zone,
        by: remark.by.clone(),
        to: to.clone(),
        about: Language::ALL
            .into_iter()
            .map(|language| (language, about(&remark.on, language, remark.at.zone)))
            .collect(),
        text: remark.text.to_string(),
    };
    open.into_iter().map(line).collect()
}

/// Puts her answer beside the session, for all who may read that.
///
/// # Errors
/// As [`Store::bytes`] and [`Store::put_beside`].
pub fn keep_answer(
    store: &Store,
    answer: &Answer,
    recipients: &Recipients,
    at: At,
) -> Result<(), JournalError> {
    let name = answer.to.session;
    let sha256 = fingerprint(&store.bytes(&name)?);
    let of = Beside { name, sha256, head: HeadCode::of(&sha256) };
    let addendum = Companion::Addendum {
        of,
        at,
        by: answer.to.to.clone(),
        text: answer.text.clone(),
        answers: Some(answer.to.remark),
    };
    store.put_beside(&addendum, recipients).map(drop)
}
