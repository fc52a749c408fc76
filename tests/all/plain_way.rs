//! The plain way through the shipped protocol: she came alone, nothing is urgent, nothing is dangerous, she agrees. With
//! other answers where a test wishes them, up to the place that it is about.

use std::collections::BTreeMap;

use amparo::machine::{Place, Value, rows_of};
use amparo::protocol::{Kind, Protocol, Step};

use super::session::{Session, place};

/// The harmless answer where it is not the first.
const HARMLESS: &[(&str, &str)] = &[
    ("interpreter", "one-of-us"),
    ("good-for", "nothing-used"),
    ("meet-again", "not-needed"),
    ("shelter", "not-needed"),
    ("supervision", "not-needed"),
    ("go-on", "go-on"),
    ("now-next", "go-on"),
    ("now-wish", "nothing-now"),
    ("same-subject", "same"),
    ("take-back", "use-less"),
    ("keep-off", "[]"),
    ("unclear", "[]"),
    ("wants", "[]"),
    ("body", "4"),
    ("mind", "4"),
    ("mood", "4"),
];

/// A session on the plain way, up to a place: `go-now`, `pause place`, `gate opening`, `end`.
pub fn up_to<'p>(protocol: &'p Protocol, until: &str, other: &[(&str, &str)]) -> Session<'p> {
    let mut session = Session::after(protocol, "begin S11 S12");
    go_on(&mut session, until, other);
    session
}

/// Goes on from where the session stands, and gives back every place on the way, the last one included.
pub fn go_on(session: &mut Session<'_>, until: &str, other: &[(&str, &str)]) -> Vec<String> {
    let mut answers: BTreeMap<&str, &str> = HARMLESS.iter().copied().collect();
    answers.extend(other.iter().copied());
    let mut places = vec![session.at()];
    for _ in 0..300 {
        if session.at() == until {
            return places;
        }
        let command = command(session, &answers);
        session.must(&command);
        places.push(session.at());
    }
    panic!("never at `{until}`: {places:?}");
}

fn command(session: &Session<'_>, answers: &BTreeMap<&str, &str>) -> String {
    match &session.state.record.place {
        Place::Step(id) => {
            let step = session.step(id.as_str());
            match (&step.kind, answers.get(id.as_str())) {
                (_, Some(answer)) if answer.starts_with('!') => {
                    format!("{} {id}", answer.trim_start_matches('!'))
                }
                (Kind::Guidance, _) => format!("read {id}"),
                (_, Some(answer)) => format!("{id} = {answer}"),
                (_, None) => format!("{id} = {}", first(session, step)),
            }
        }
        Place::Pause(phase) => format!("enter {phase}"),
        other => panic!("stands at {}", place(other)),
    }
}

/// The first answer of a step, as text.
fn first(session: &Session<'_>, step: &Step) -> String {
    match &step.kind {
        Kind::Check | Kind::Guidance => "done".to_owned(),
        Kind::Choice(options) | Kind::Choices(options) => options[0].id.to_string(),
        Kind::Scale(scale) => scale.from.to_string(),
        Kind::Number { from, .. } => from.to_string(),
        Kind::Text { .. } => "some words".to_owned(),
        Kind::Date => "2026-03-01".to_owned(),
        Kind::Deadline => format!("@{}", session.minutes + 90),
        Kind::Inform => "understood".to_owned(),
        Kind::List { states, .. } => {
            let rows = rows_of(session.protocol, &session.state, step);
            let rows = rows.into_iter().map(|row| {
                let key = String::from(row);
                format!("{}:{}", key.trim_start_matches('+'), states[0].id)
            });
            rows.collect::<Vec<_>>().join(" ")
        }
    }
}

/// Whether a value is among those given; for lists of what was chosen.
pub fn chosen(session: &Session<'_>, step: &str) -> Vec<String> {
    match session.state.seen.outcomes.get(&super::session::step(step)) {
        Some(amparo::machine::Outcome::Answered(Value::Options(ids))) => {
            ids.iter().map(ToString::to_string).collect()
        }
        _ => Vec::new(),
    }
}
