//! The graph of a protocol for Graphviz: which step decides about which.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::condition::Condition;
use super::model::{Action, Kind, Protocol, Required, StepIndex};

/// The graph in the language DOT: steps as nodes, an arrow from a step to whatever its answer decides about.
pub fn graph(protocol: &Protocol) -> String {
    let mut text = "digraph protocol {\n  rankdir=LR;\n  node [shape=box];\n".to_owned();
    for (at, phase) in protocol.phases.iter().enumerate() {
        let _ = writeln!(text, "  subgraph cluster_{at} {{\n    label=\"{}\";", phase.id);
        let _ = writeln!(text, "    \"phase {}\" [shape=house];", phase.id);
        for step in phase.steps() {
            if let Some(step) = protocol.step(StepIndex(step)) {
                let _ = writeln!(text, "    \"{}\";", step.id);
            }
        }
        text.push_str("  }\n");
        let target = format!("phase {}", phase.id);
        for gate in &phase.gates {
            arrows(protocol, &gate.opens, &target, "gate", &mut text);
        }
        for group in &phase.groups {
            for step in group.steps.clone() {
                if let (Some(when), Some(step)) = (&group.when, protocol.step(StepIndex(step))) {
                    arrows(protocol, when, step.id.as_str(), "when", &mut text);
                }
            }
        }
    }
    for response in &protocol.responses {
        let _ = writeln!(text, "  \"response {}\" [shape=octagon];", response.id);
    }
    for step in &protocol.steps {
        let id = step.id.as_str();
        if let Some(when) = &step.when {
            arrows(protocol, when, id, "when", &mut text);
        }
        if let Required::When(when) = &step.required {
            arrows(protocol, when, id, "required", &mut text);
        }
        if let Some(again) = step.again.and_then(|again| protocol.step(again)) {
            let _ = writeln!(text, "  \"{}\" -> \"{id}\" [label=\"again\"];", again.id);
        }
        if let Some(response) =
            step.suggests.as_ref().and_then(|suggests| protocol.responses.get(suggests.response?))
        {
            let _ = writeln!(text, "  \"{id}\" -> \"response {}\" [label=\"suggests\"];", response.id);
        }
        let (Kind::Choice(options) | Kind::Choices(options) | Kind::List { states: options, .. }) =
            &step.kind
        else {
            continue;
        };
        for action in options.iter().flat_map(|option| &option.then) {
            let target = match action {
                Action::Reopen(step) => protocol.step(*step).map(|step| step.id.to_string()),
                Action::Raise(at) => {
                    protocol.responses.get(*at).map(|response| format!("response {}", response.id))
                }
                Action::End(_) => Some(protocol.written_action(action)),
                Action::Pause | Action::Return | Action::SetAside => None,
            };
            if let Some(target) = target {
                let _ = writeln!(text, "  \"{id}\" -> \"{target}\" [label=\"then\"];");
            }
        }
    }
    text.push_str("}\n");
    text
}

fn arrows(protocol: &Protocol, condition: &Condition, target: &str, label: &str, text: &mut String) {
    let mut steps = BTreeSet::new();
    collect(protocol, condition, &mut steps);
    for step in steps.into_iter().filter_map(|step| protocol.step(step)) {
        let _ = writeln!(text, "  \"{}\" -> \"{target}\" [label=\"{label}\"];", step.id);
    }
}

fn collect(protocol: &Protocol, condition: &Condition, steps: &mut BTreeSet<StepIndex>) {
    steps.extend(condition.steps());
    let mut named = Vec::new();
    super::resolve::holds(condition, &mut named);
    for named in named.into_iter().filter_map(|at| protocol.conditions.get(at)) {
        collect(protocol, &named.is, steps);
    }
}
