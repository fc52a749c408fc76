//! A protocol as a readable outline, and which step serves which practice.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::protocol::{
    Choice, Kind, Override, Phase, Protocol, Required, Response, Rows, Step, StepIndex, Wording,
};
use crate::text::{Language, LanguageCode};

/// The few words around a protocol's own texts.
struct Labels {
    version: &'static str,
    minutes: &'static str,
    pause: &'static str,
    gate: &'static str,
    never: &'static str,
    reason: &'static str,
    when: &'static str,
    required: &'static str,
    private: &'static str,
    with_her: &'static str,
    suggests: &'static str,
    responses: &'static str,
    again: &'static str,
    nothing_serves: &'static str,
}

fn labels(language: Language) -> Labels {
    match language {
        Language::English => Labels {
            version: "version",
            minutes: "min",
            pause: "pause at its end",
            gate: "gate",
            never: "nothing overrides it",
            reason: "a reason overrides it",
            when: "when",
            required: "required",
            private: "private",
            with_her: "with her",
            suggests: "suggests",
            responses: "Responses",
            again: "again",
            nothing_serves: "no step names a practice",
        },
        Language::Spanish => Labels {
            version: "versión",
            minutes: "min",
            pause: "pausa al final",
            gate: "puerta",
            never: "nada la abre de otro modo",
            reason: "un motivo la abre",
            when: "si",
            required: "obligatorio",
            private: "privado",
            with_her: "con ella",
            suggests: "propone",
            responses: "Respuestas",
            again: "otra vez",
            nothing_serves: "ningún paso nombra una práctica",
        },
    }
}

/// The outline. `texts` is the language of the protocol's own texts.
pub fn outline(protocol: &Protocol, texts: &LanguageCode, language: Language) -> String {
    Outline { protocol, texts, labels: labels(language), text: String::new() }.whole()
}

/// Each practice with the steps that act on it, in the order of their numbers.
pub fn coverage(protocol: &Protocol, language: Language) -> String {
    let mut served: BTreeMap<(char, u32, String), (String, Vec<&Step>)> = BTreeMap::new();
    for step in &protocol.steps {
        for practice in &step.serves {
            let text = &*practice.0;
            let letter = text.chars().next().unwrap_or(' ');
            let rest: String = text.chars().skip(1).collect();
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            let part = rest[digits.len()..].to_owned();
            let entry = served.entry((letter, digits.parse().unwrap_or(0), part)).or_default();
            text.clone_into(&mut entry.0);
            entry.1.push(step);
        }
    }
    if served.is_empty() {
        return labels(language).nothing_serves.to_owned() + "\n";
    }
    let mut text = String::new();
    for (name, steps) in served.values() {
        let steps: Vec<String> =
            steps.iter().map(|step| format!("{} ({})", step.id, kind_word(&step.kind))).collect();
        let _ = writeln!(text, "{name:<4} {}", steps.join(", "));
    }
    text
}

fn kind_word(kind: &Kind) -> &'static str {
    match kind {
        Kind::Check => "check",
        Kind::Choice(_) => "choice",
        Kind::Choices(_) => "choices",
        Kind::Scale(_) => "scale",
        Kind::Number { .. } => "number",
        Kind::Text { .. } => "text",
        Kind::Date => "date",
        Kind::Deadline => "deadline",
        Kind::Inform => "inform",
        Kind::List { .. } => "list",
        Kind::Guidance => "guidance",
    }
}

struct Outline<'p> {
    protocol: &'p Protocol,
    texts: &'p LanguageCode,
    labels: Labels,
    text: String,
}

impl<'p> Outline<'p> {
    fn say(&self, wording: &'p Wording) -> &'p str {
        wording.in_language(self.texts)
    }

    fn line(&mut self, indent: usize, line: &str) {
        let _ = writeln!(self.text, "{:indent$}{line}", "");
    }

    fn whole(mut self) -> String {
        let protocol = self.protocol;
        let mut languages = vec![protocol.language.as_str()];
        languages.extend(protocol.translations.iter().map(LanguageCode::as_str));
        let head = format!(
            "{} ({}, {} {}, {})",
            self.say(&protocol.title),
            protocol.id,
            self.labels.version,
            protocol.version,
            languages.join(" + ")
        );
        self.line(0, &head);
        if let Some(source) = &protocol.source {
            let source = self.say(source);
            self.line(0, source);
        }
        for condition in &protocol.conditions {
            let line = format!("{} = {}", condition.id, protocol.written(&condition.is));
            self.line(2, &line);
        }
        for (at, phase) in protocol.phases.iter().enumerate() {
            self.phase(at, phase);
        }
        self.line(0, "");
        let responses = self.labels.responses;
        self.line(0, responses);
        for response in &protocol.responses {
            self.response(response);
        }
        self.text
    }

    fn phase(&mut self, at: usize, phase: &'p Phase) {
        let minutes =
            phase.minutes.map_or_else(String::new, |many| format!("  {many} {}", self.labels.minutes));
        let head = format!("{}. {} ({}){minutes}", at + 1, self.say(&phase.title), phase.id);
        self.line(0, "");
        self.line(0, &head);
        for gate in &phase.gates {
            let overridden = match gate.overridden {
                Override::Never => self.labels.never,
                Override::Reason => self.labels.reason,
            };
            let line = format!(
                "{}: {} ({overridden}): {}",
                self.labels.gate,
                self.protocol.written(&gate.opens),
                self.say(&gate.closed_says)
            );
            self.line(3, &line);
        }
        for group in &phase.groups {
            if let Some(title) = &group.title {
                let mut notes = Vec::new();
                if group.with_her {
                    notes.push(self.labels.with_her.to_owned());
                }
                if let Some(when) = &group.when {
                    notes.push(format!("{} {}", self.labels.when, self.protocol.written(when)));
                }
                let line = format!("{}{}", self.say(title), in_parentheses(&notes));
                self.line(3, &line);
            }
            for step in group.steps.clone() {
                self.step(StepIndex(step));
            }
        }
        if let Some(pause) = &phase.pause {
            let line = format!("{}: {}", self.labels.pause, self.say(pause));
            self.line(3, &line);
        }
    }

    fn response(&mut self, response: &'p Response) {
        let head = format!("{} ({}, {})", self.say(&response.title), response.id, key_word(response));
        self.line(0, "");
        self.line(0, &head);
        for step in response.steps.clone() {
            self.step(StepIndex(step));
        }
    }

    fn step(&mut self, at: StepIndex) {
        let protocol = self.protocol;
        let Some(step) = protocol.step(at) else { return };
        let mut notes = vec![kind_word(&step.kind).to_owned()];
        if let Some(again) = step.again.and_then(|again| protocol.step(again)) {
            notes.push(format!("{} {}", self.labels.again, again.id));
        }
        match &step.required {
            Required::Never => {}
            Required::Always => notes.push(self.labels.required.to_owned()),
            Required::When(condition) => notes.push(format!(
                "{} {} {}",
                self.labels.required,
                self.labels.when,
                protocol.written(condition)
            )),
        }
        if let Some(when) = &step.when {
            notes.push(format!("{} {}", self.labels.when, protocol.written(when)));
        }
        if step.private {
            notes.push(self.labels.private.to_owned());
        }
        if !step.serves.is_empty() {
            notes.push(step.serves.iter().map(|practice| &*practice.0).collect::<Vec<_>>().join(" "));
        }
        let line = format!("{}: {}{}", step.id, self.say(&step.ask), in_parentheses(&notes));
        self.line(5, &line);
        if let Some(say) = &step.say {
            let line = format!("“{}”", self.say(say));
            self.line(9, &line);
        }
        match &step.kind {
            Kind::Choice(options) | Kind::Choices(options) => self.choices(options),
            Kind::Scale(scale) => {
                let words: Vec<&str> = scale.words.iter().map(|word| self.say(word)).collect();
                let ends: Vec<&str> =
                    scale.low.iter().chain(&scale.high).map(|word| self.say(word)).collect();
                let words = if words.is_empty() { ends.join(" … ") } else { words.join(" · ") };
                let line = format!("{}–{}  {words}", scale.from, scale.to);
                self.line(9, line.trim_end());
            }
            Kind::List { rows, states } => {
                if let Rows::Own(rows) = rows {
                    for row in rows {
                        let line = format!("- {}", self.say(&row.label));
                        self.line(9, &line);
                    }
                }
                self.choices(states);
            }
            _ => {}
        }
        if let Some(suggests) = &step.suggests {
            let response = suggests.response.and_then(|at| protocol.responses.get(at));
            let reopens = suggests.reopens.and_then(|at| protocol.step(at));
            let names: Vec<&str> = response
                .map(|one| one.id.as_str())
                .into_iter()
                .chain(reopens.map(|one| one.id.as_str()))
                .collect();
            let line = format!(
                "{} {} {} {}",
                self.labels.suggests,
                names.join(", "),
                self.labels.when,
                protocol.written(&suggests.when)
            );
            self.line(9, &line);
        }
    }

    fn choices(&mut self, choices: &'p [Choice]) {
        for (at, choice) in choices.iter().enumerate() {
            let actions: Vec<String> =
                choice.then.iter().map(|action| self.protocol.written_action(action)).collect();
            let then =
                if actions.is_empty() { String::new() } else { format!(" → {}", actions.join(", ")) };
            let line = format!("{} {}{then}", at + 1, self.say(&choice.label));
            self.line(9, &line);
        }
    }
}

fn key_word(response: &Response) -> String {
    match response.key {
        crate::protocol::ResponseKey::Esc => "Esc".to_owned(),
        crate::protocol::ResponseKey::F(number) => format!("F{number}"),
    }
}

fn in_parentheses(notes: &[String]) -> String {
    if notes.is_empty() { String::new() } else { format!("  ({})", notes.join("; ")) }
}
