//! A checked condition as an author would write it: for outlines, and for going round through the grammar in tests.

use super::condition::{Compare, Condition, Operand};
use super::keys::Word as _;
use super::model::{Action, Ending, Protocol, StepIndex};

impl Protocol {
    /// A condition in the language of protocols.
    pub fn written(&self, condition: &Condition) -> String {
        self.write(condition, Around::Nothing)
    }

    /// An action in the language of protocols.
    pub fn written_action(&self, action: &Action) -> String {
        match action {
            Action::End(ending) => {
                let word =
                    Ending::WORDS.iter().find(|(_, value)| value == ending).map_or("", |(word, _)| word);
                format!("end({word})")
            }
            Action::Reopen(step) => format!("reopen({})", self.step_name(*step)),
            Action::Raise(response) => format!("raise({})", self.response_name(*response)),
            Action::Pause => "pause".to_owned(),
            Action::Return => "return".to_owned(),
            Action::SetAside => "set-aside".to_owned(),
        }
    }

    fn step_name(&self, step: StepIndex) -> &str {
        self.step(step).map_or("", |step| step.id.as_str())
    }

    fn response_name(&self, response: usize) -> &str {
        self.responses.get(response).map_or("", |response| response.id.as_str())
    }

    fn write(&self, condition: &Condition, around: Around) -> String {
        let call = |name: &str, step: &StepIndex| format!("{name}({})", self.step_name(*step));
        match condition {
            Condition::Compare(step, compare, value) => {
                format!("{} {} {}", self.step_name(*step), compare_sign(*compare), operand(value))
            }
            Condition::In(step, values) => {
                let values: Vec<String> = values.iter().map(operand).collect();
                format!("{} in [{}]", self.step_name(*step), values.join(", "))
            }
            Condition::Done(step) => call("done", step),
            Condition::Answered(step) => call("answered", step),
            Condition::Skipped(step) => call("skipped", step),
            Condition::Declined(step) => call("declined", step),
            Condition::Has(step, option) => format!("has({}, {option})", self.step_name(*step)),
            Condition::Row(step, row, compare, state) => {
                format!("row({}, {row}) {} {state}", self.step_name(*step), compare_sign(*compare))
            }
            Condition::Raised(response) => format!("raised({})", self.response_name(*response)),
            Condition::Repeated(response) => format!("repeated({})", self.response_name(*response)),
            Condition::Rose(step) => call("rose", step),
            Condition::Staff(many) => format!("staff({many})"),
            Condition::Holds(named) => {
                format!("holds({})", self.conditions.get(*named).map_or("", |named| named.id.as_str()))
            }
            Condition::And(all) => {
                let all = self.joined(all, " and ", Around::And);
                if around == Around::Not { format!("({all})") } else { all }
            }
            Condition::Or(some) => {
                let some = self.joined(some, " or ", Around::Or);
                if around == Around::Nothing { some } else { format!("({some})") }
            }
            Condition::Not(one) => format!("not {}", self.write(one, Around::Not)),
        }
    }

    fn joined(&self, conditions: &[Condition], with: &str, around: Around) -> String {
        conditions.iter().map(|one| self.write(one, around)).collect::<Vec<_>>().join(with)
    }
}

/// What a part of a condition stands in.
#[derive(Clone, Copy, PartialEq)]
enum Around {
    Nothing,
    And,
    Or,
    Not,
}

fn compare_sign(compare: Compare) -> &'static str {
    match compare {
        Compare::Equal => "==",
        Compare::Unequal => "!=",
        Compare::Less => "<",
        Compare::AtMost => "<=",
        Compare::Greater => ">",
        Compare::AtLeast => ">=",
    }
}

fn operand(value: &Operand) -> String {
    match value {
        Operand::Option(option) => option.to_string(),
        Operand::Number(number) => number.to_string(),
    }
}
