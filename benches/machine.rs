//! Deciding and applying one command, over the shipped protocol and over one of as many steps as may be, once most of
//! them have an answer. docs/performance.md says how to read it.

#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::panic,
    reason = "a bench prints, and fails aloud"
)]

use std::time::{Duration, Instant};

use amparo::machine::{
    At, Command, CoveredBy, Heard, Reason, ReasonCode, SessionKind, State, Value, apply, decide,
};
use amparo::protocol::{self, Kind, Protocol, Step};
use amparo::text::{CaseCode, Prose, StaffNumber};

#[expect(dead_code, reason = "each bench uses a part of what they share")]
mod beside;

fn main() {
    println!("\nDeciding and applying one command, microseconds: median, 9 in 10, most\n");
    let texts = [
        ("shipped", include_str!("../protocols/phit.yaml").to_owned()),
        ("729 steps", beside::large::protocol(9)),
        ("729, each with conditions", with_conditions(&beside::large::protocol(9))),
    ];
    for (what, text) in texts {
        let reading = protocol::read("large.yaml", text.as_bytes(), &[]);
        let protocol = reading.protocol.unwrap_or_else(|| panic!("{:?}", reading.findings));
        let mut walk = Walk { protocol: &protocol, state: State::default(), took: Vec::new() };
        walk.whole();
        walk.took.sort();
        let at = |part: f64| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                clippy::cast_precision_loss,
                reason = "a place in a short list"
            )]
            let place = ((walk.took.len() - 1) as f64 * part) as usize;
            walk.took.get(place).copied().unwrap_or_default().as_micros()
        };
        println!("{what:26} {:5} commands {:6} {:6} {:6}", walk.took.len(), at(0.5), at(0.9), at(1.0));
    }
}

/// Every step but those of the first group hangs on two others, and is required while one of them stands.
fn with_conditions(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        out.push_str(line);
        out.push('\n');
        if line.trim_start().starts_with("ask: Step") && !line.contains("in group 1 of phase 1") {
            out.push_str(
                "            when: done(step-1-1-1) or answered(step-1-1-2) and not raised(danger)\n",
            );
            out.push_str("            required: done(step-1-1-3) and not skipped(step-1-1-4)\n");
        }
    }
    out
}

struct Walk<'p> {
    protocol: &'p Protocol,
    state: State,
    took: Vec<Duration>,
}

impl Walk<'_> {
    fn give(&mut self, command: &Command) {
        let started = Instant::now();
        if let Ok(event) = decide(self.protocol, &self.state, command, At::default()) {
            apply(&mut self.state, &event);
            self.took.push(started.elapsed());
        }
    }

    /// Every step answered, most of them taken back once and given again, with a cover and a response on the way.
    fn whole(&mut self) {
        let staff = ["S1", "S2"].map(|number| StaffNumber::new(number).expect("a number")).to_vec();
        let case = CaseCode::new("K-1").expect("a code");
        self.give(&Command::Begin { staff, case, kind: SessionKind::Real });
        for phase in &self.protocol.phases {
            self.give(&Command::Enter { phase: phase.id.clone() });
            for step in self.protocol.steps.get(phase.steps()).unwrap_or_default() {
                self.give(&Command::Go { step: step.id.clone() });
                let answer = answer(step);
                self.give(&answer);
                self.give(&Command::Undo);
                self.give(&answer);
            }
            for response in &self.protocol.responses {
                self.give(&Command::Raise { response: response.id.clone() });
                self.give(&Command::Return);
            }
            self.give(&Command::Cover { by: CoveredBy::Key });
            self.give(&Command::Uncover { how: amparo::machine::Uncovered::Later });
        }
    }
}

fn answer(step: &Step) -> Command {
    let value = match &step.kind {
        Kind::Check => Value::Done,
        Kind::Choice(options) => match options.first() {
            Some(option) => Value::Option(option.id.clone()),
            None => Value::Done,
        },
        Kind::Choices(options) => Value::Options(options.iter().map(|option| option.id.clone()).collect()),
        Kind::Scale(scale) => Value::Number(scale.from),
        Kind::Number { from, .. } => Value::Number(*from),
        Kind::Text { .. } => Value::Text(Prose::new("some words").expect("words")),
        Kind::Date => Value::Date(chrono::NaiveDate::default()),
        Kind::Deadline => Value::Deadline { at: 0, line: None },
        Kind::Inform => Value::Heard(Heard::Understood),
        Kind::List { .. } => {
            let reason = Reason { code: ReasonCode::Other, words: None };
            return Command::Skip { step: step.id.clone(), reason };
        }
        Kind::Guidance => return Command::Read { step: step.id.clone() },
    };
    Command::Answer { step: step.id.clone(), value, reason: None }
}
