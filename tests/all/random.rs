//! Random protocols, as an author would write them, and random commands, as two caseworkers and a timer would give
//! them. Everything is drawn from a list of numbers, so that proptest makes a failure small by shortening the list.
//!
//! The unit tests of the machine read this file too.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use amparo::machine::{
    At, Command, CoveredBy, Event, Heard, LeftFrom, Place, Reason, ReasonCode, RowKey, SessionKind, State,
    Uncovered, Value, rows_of,
};
use amparo::protocol::{
    ConditionTrouble, Ending, Finding, FindingKind, Kind, Protocol, Rows, SectionName, Severity, Step, read,
};
use amparo::text::{CaseCode, Line, OptionId, PhaseId, Prose, ResponseId, StaffNumber, StepId, TopicId};

/// Numbers that decide everything; where they end, each draw is the first of its choices.
#[derive(Debug, Clone)]
pub struct Dice<'a> {
    rolls: &'a [u16],
    at: usize,
}

impl<'a> Dice<'a> {
    pub fn new(rolls: &'a [u16]) -> Self {
        Self { rolls, at: 0 }
    }

    pub fn is_empty(&self) -> bool {
        self.at >= self.rolls.len()
    }

    pub fn below(&mut self, many: usize) -> usize {
        let roll = self.rolls.get(self.at).copied().unwrap_or_default();
        self.at += 1;
        usize::from(roll) % many.max(1)
    }

    pub fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == many - 1
    }

    pub fn word(&mut self, all: &[&'static str]) -> &'static str {
        all[self.below(all.len())]
    }

    pub fn of<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        &all[self.below(all.len())]
    }
}

/// A protocol that was drawn.
#[derive(Debug, Clone)]
pub struct Drawn {
    pub yaml: String,
    pub protocol: Protocol,
    /// The keys that it uses, by section.
    pub keys: BTreeSet<(&'static str, &'static str)>,
}

/// Draws a protocol that the reader takes. Conditions that contradict each other are thrown away, once all are.
pub fn protocol(dice: &mut Dice<'_>) -> Drawn {
    for conditions in [3, 3, 12, usize::MAX] {
        let mut writer = Writer { rarely: conditions, ..Writer::default() };
        let (yaml, translation) = writer.file(dice);
        let reading = read("random.yaml", yaml.as_bytes(), &[("random.es.yaml", translation.as_bytes())]);
        if let Some(protocol) = reading.protocol {
            return Drawn { yaml, protocol, keys: writer.keys };
        }
        let wrong: Vec<&Finding> =
            reading.findings.iter().filter(|finding| finding.severity() == Severity::Error).collect();
        let never = |finding: &&Finding| {
            matches!(
                finding.what,
                FindingKind::Condition(
                    ConditionTrouble::Never
                        | ConditionTrouble::NeverInGroup
                        | ConditionTrouble::NeverWhile
                        | ConditionTrouble::GateNever
                        | ConditionTrouble::GatesNever
                )
            )
        };
        assert!(wrong.iter().all(never), "{yaml}\n{translation}\n{wrong:#?}");
    }
    unreachable!("without conditions none can contradict another")
}

const KINDS: [&str; 11] = [
    "check", "choice", "choices", "scale", "number", "text", "date", "deadline", "inform", "list", "guidance",
];
const ENDINGS: [&str; 4] = ["early", "postponed", "not-held", "left"];
const TELLS: [&str; 4] = ["danger", "listen", "due", "discuss"];
const RESPONSES: [(&str, &str); 4] = [("danger", "esc"), ("now", "f9"), ("moment", "f2"), ("less", "f7")];

/// What conditions and actions need to know of a step.
#[derive(Debug, Clone)]
struct Known {
    id: String,
    kind: &'static str,
    options: Vec<String>,
    rows: Vec<String>,
    numbers: (i64, i64),
    again: bool,
    signs: bool,
}

#[derive(Debug, Default)]
struct Writer {
    out: String,
    keys: BTreeSet<(&'static str, &'static str)>,
    /// One condition in so many chances; the greatest number means none.
    rarely: usize,
    /// The steps of the responses, and those of the phases so far.
    known: Vec<Known>,
    /// Every step that there will be.
    ids: Vec<String>,
    named: usize,
    check_in: bool,
    topics: usize,
    translated: BTreeMap<&'static str, Vec<String>>,
}

impl Writer {
    /// One key of a section, in its line.
    fn key(&mut self, section: SectionName, indent: usize, name: &'static str, value: &str) {
        self.keys.insert((section.word(), name));
        let _ = writeln!(self.out, "{:indent$}{name}:{}{value}", "", if value.is_empty() { "" } else { " " });
    }

    /// The first key of a section in a list.
    fn item(&mut self, section: SectionName, indent: usize, name: &'static str, value: &str) {
        self.keys.insert((section.word(), name));
        let _ = writeln!(self.out, "{:indent$}- {name}: {value}", "");
    }

    fn translate(&mut self, part: &'static str, text: String) {
        self.translated.entry(part).or_default().push(text);
    }

    fn file(&mut self, dice: &mut Dice<'_>) -> (String, String) {
        use SectionName::{Condition, Cover, Protocol, Topic};
        let shape: Vec<Vec<usize>> =
            (0..=dice.below(4)).map(|_| (0..=dice.below(3)).map(|_| 1 + dice.below(4)).collect()).collect();
        for (phase, groups) in shape.iter().enumerate() {
            for (group, steps) in groups.iter().enumerate() {
                self.ids.extend((0..*steps).map(|step| format!("p{phase}g{group}s{step}")));
            }
        }
        self.topics = 1 + dice.below(3);
        let responses = 1 + dice.below(4);
        for response in 0..responses {
            self.response(dice, response, responses);
        }
        let response_text = std::mem::take(&mut self.out);
        for (phase, groups) in shape.iter().enumerate() {
            self.phase(dice, phase, groups, responses);
        }
        let phase_text = std::mem::take(&mut self.out);

        self.key(Protocol, 0, "amparo", "1");
        self.key(Protocol, 0, "id", "random");
        self.key(Protocol, 0, "version", "3");
        self.key(Protocol, 0, "language", "en");
        self.key(Protocol, 0, "title", "Random");
        if dice.one_in(4) {
            self.key(Protocol, 0, "source", "Nobody");
        }
        if self.named > 0 {
            self.key(Protocol, 0, "conditions", "");
            for name in 0..self.named {
                self.item(Condition, 2, "id", &format!("c{name}"));
                let is = match name {
                    0 => "staff(1)".to_owned(),
                    1 => "raised(danger) or not staff(2)".to_owned(),
                    _ => format!("holds(c0) and (answered({0}) or not skipped({0}))", self.answered_first()),
                };
                self.key(Condition, 4, "is", &is);
            }
        }
        self.key(Protocol, 0, "covers", "");
        for cover in 0..=dice.below(2) {
            self.item(Cover, 2, "id", &format!("cover{cover}"));
            self.key(Cover, 4, "title", "Health");
            self.key(Cover, 4, "topics", "");
            for topic in 0..self.topics {
                self.item(Topic, 6, "id", &format!("t{topic}"));
                self.key(Topic, 8, "title", "Sleep");
                if dice.one_in(2) {
                    let stands = dice.word(&["subject", "safe-place", "later", "leave"]);
                    self.key(Topic, 8, "stands_for", stands);
                }
                self.key(Topic, 8, "lines", "[Sleep well.]");
            }
        }
        self.key(Protocol, 0, "phases", "");
        self.out.push_str(&phase_text);
        self.key(Protocol, 0, "responses", "");
        self.out.push_str(&response_text);
        let yaml = std::mem::take(&mut self.out);
        (yaml, self.translation())
    }

    /// A step of the first phase that has an outcome, for named conditions that later phases use.
    fn answered_first(&self) -> String {
        let first = self.known.iter().find(|known| known.id.starts_with("p0") && known.kind != "guidance");
        first.map_or_else(|| "signal".to_owned(), |known| known.id.clone())
    }

    fn response(&mut self, dice: &mut Dice<'_>, response: usize, responses: usize) {
        use SectionName::Response;
        let (id, key) = RESPONSES[response];
        self.item(Response, 2, "id", id);
        self.key(Response, 4, "key", key);
        let rank = if response == 0 { 1 } else { 2 + dice.below(3) };
        self.key(Response, 4, "rank", &rank.to_string());
        if response == 0 {
            self.key(Response, 4, "cover", "true");
        }
        self.key(Response, 4, "title", "Title");
        self.translate("responses", format!("  {id}:\n    title: Título\n"));
        if dice.one_in(3) {
            self.key(Response, 4, "hint", "less");
            self.translate("responses", "    hint: menos\n".to_owned());
        }
        if dice.one_in(3) {
            self.key(Response, 4, "in_sight", "[Softly, No hurry]");
            self.translate("responses", "    in_sight: [Despacio, Sin prisa]\n".to_owned());
        }
        self.key(Response, 4, "steps", "");
        let from = self.known.len();
        for step in 0..=dice.below(4) {
            let id =
                if response == 0 && step == 0 { "signal".to_owned() } else { format!("r{response}s{step}") };
            self.step(dice, 6, &id, Home { from, responses, response: Some(response) });
        }
    }

    fn phase(&mut self, dice: &mut Dice<'_>, phase: usize, groups: &[usize], responses: usize) {
        use SectionName::{Gate, Group, Phase};
        self.item(Phase, 2, "id", &format!("p{phase}"));
        self.key(Phase, 4, "title", "Title");
        self.translate("phases", format!("  p{phase}:\n    title: Fase\n"));
        if dice.one_in(3) {
            self.key(Phase, 4, "pause", "Do we go on?");
            self.translate("phases", "    pause: ¿Seguimos?\n".to_owned());
        }
        if dice.one_in(4) {
            self.key(Phase, 4, "minutes", "20");
        }
        if dice.one_in(3) {
            self.key(Phase, 4, "with_her", dice.word(&["true", "false"]));
        }
        if dice.one_in(3) {
            let endings = endings(dice);
            self.key(Phase, 4, "also_after", &endings);
        }
        let first = self.known.len();
        if dice.one_in(2) && self.rarely < usize::MAX {
            self.key(Phase, 4, "gates", "");
            let gates = 1 + dice.below(2);
            for _ in 0..gates {
                let opens = self.condition(dice, phase, responses);
                self.item(Gate, 6, "opens", &opens);
                self.key(Gate, 8, "closed_says", "Not yet");
                if dice.one_in(2) {
                    self.key(Gate, 8, "override", dice.word(&["reason", "never"]));
                }
            }
            let says = vec!["Aún no"; gates].join(", ");
            self.translate("phases", format!("    gates: [{says}]\n"));
        }
        let direct = groups.len() == 1 && dice.one_in(2);
        if direct {
            self.key(Phase, 4, "steps", "");
        } else {
            self.key(Phase, 4, "groups", "");
        }
        for (group, steps) in groups.iter().enumerate() {
            if !direct {
                self.item(Group, 6, "id", &format!("p{phase}g{group}"));
                self.key(Group, 8, "title", "Group");
                self.translate("groups", format!("  p{phase}g{group}:\n    title: Grupo\n"));
                if dice.one_in(3) && self.rarely < usize::MAX {
                    let when = self.condition(dice, phase, responses);
                    self.key(Group, 8, "when", &when);
                }
                if dice.one_in(3) {
                    self.key(Group, 8, "with_her", dice.word(&["true", "false"]));
                }
                if dice.one_in(4) {
                    let endings = endings(dice);
                    self.key(Group, 8, "also_after", &endings);
                }
                if dice.one_in(4) {
                    self.key(Group, 8, "pace", "together");
                }
                self.key(Group, 8, "steps", "");
            }
            let indent = if direct { 6 } else { 10 };
            for step in 0..*steps {
                let id = format!("p{phase}g{group}s{step}");
                self.step(dice, indent, &id, Home { from: first, responses, response: None });
            }
        }
    }

    fn step(&mut self, dice: &mut Dice<'_>, indent: usize, id: &str, home: Home) {
        use SectionName::{Step, Suggests};
        let phase = home.response.map_or_else(|| id[1..2].parse().unwrap_or(0), |_| usize::MAX);
        let inner = indent + 2;
        let askable: Vec<Known> =
            self.known_here(phase, home.from).into_iter().filter(|k| k.kind != "guidance").collect();
        let again =
            (dice.one_in(6) && !askable.is_empty() && id != "signal").then(|| dice.of(&askable).clone());
        self.item(Step, indent, "id", id);
        self.translate("steps", format!("  {id}:\n"));
        let mut known = match &again {
            Some(again) => Known { id: id.to_owned(), again: true, signs: false, ..again.clone() },
            None => Known {
                id: id.to_owned(),
                kind: if id == "signal" { "choice" } else { dice.word(&KINDS) },
                options: Vec::new(),
                rows: Vec::new(),
                numbers: (0, 0),
                again: false,
                signs: false,
            },
        };
        let answers = known.kind != "guidance";
        match &again {
            Some(again) => self.key(Step, inner, "again", &again.id.clone()),
            None => self.key(Step, inner, "kind", known.kind),
        }
        if again.is_none() || dice.one_in(2) {
            self.key(Step, inner, "ask", "What is it?");
            self.translate("steps", "    ask: ¿Qué es?\n".to_owned());
        }
        for (name, text, translation) in
            [("say", "We are here.", "Aquí estamos."), ("why", "It helps.", "Ayuda.")]
        {
            if dice.one_in(4) {
                self.key(Step, inner, name, text);
                self.translate("steps", format!("    {name}: {translation}\n"));
            }
        }
        if dice.one_in(4) {
            self.key(Step, inner, "by", dice.word(&["talker", "second", "both"]));
        }
        if answers && dice.one_in(3) {
            let required = if dice.one_in(2) && self.rarely < usize::MAX {
                self.condition_from(dice, &self.known_here(phase, home.from), phase, home.responses)
            } else {
                (dice.word(&["true", "false"])).to_owned()
            };
            self.key(Step, inner, "required", &required);
        }
        if self.rarely < usize::MAX && dice.one_in(self.rarely) {
            let when = self.condition_from(dice, &self.known_here(phase, home.from), phase, home.responses);
            self.key(Step, inner, "when", &when);
        }
        if dice.one_in(6) {
            self.key(Step, inner, "serves", "[A1, B7a]");
        }
        if dice.one_in(5) {
            self.key(Step, inner, "private", dice.word(&["true", "false"]));
        }
        if answers && dice.one_in(6) {
            self.key(Step, inner, "tells", dice.word(&TELLS));
        }
        if answers && dice.one_in(4) && self.rarely < usize::MAX {
            let when = format!("answered({id})");
            self.key(Step, inner, "suggests", "");
            self.key(Suggests, inner + 2, "when", &when);
            let response = dice.one_in(2);
            if response {
                self.key(Suggests, inner + 2, "response", RESPONSES[dice.below(home.responses)].0);
            }
            if !response || dice.one_in(2) {
                let reopens = dice.of(&self.ids.clone()).clone();
                self.key(Suggests, inner + 2, "reopens", &reopens);
            }
        }
        if matches!(known.kind, "choice" | "choices" | "guidance") && dice.one_in(3) {
            known.signs = again.is_none() && answers;
            self.key(Step, inner, "stays", "true");
        }
        if known.kind == "deadline" && !self.check_in && dice.one_in(2) {
            self.check_in = true;
            self.key(Step, inner, "role", "check-in");
        }
        if dice.one_in(8) {
            self.key(Step, inner, "shows", "pacer");
        }
        if dice.one_in(8) {
            self.key(Step, inner, "beside", "same-case");
        }
        if dice.one_in(5) {
            let endings = endings(dice);
            self.key(Step, inner, "also_after", &endings);
        }
        if again.is_none() {
            self.answer(dice, inner, &mut known, home);
        }
        self.known.push(known);
    }

    /// The keys of one kind.
    fn answer(&mut self, dice: &mut Dice<'_>, inner: usize, known: &mut Known, home: Home) {
        use SectionName::{Row, Step};
        match known.kind {
            "choice" | "choices" => {
                self.key(Step, inner, "options", "");
                self.options(dice, inner + 2, SectionName::Option, known, home);
            }
            "scale" if dice.one_in(2) => {
                known.numbers = (0, 3);
                self.key(Step, inner, "words", "[none, little, some, much]");
                self.translate("steps", "    words: [nada, poco, algo, mucho]\n".to_owned());
            }
            "scale" => {
                known.numbers = (0, 5);
                if dice.one_in(2) {
                    self.key(Step, inner, "from", "0");
                }
                self.key(Step, inner, "to", "5");
                if dice.one_in(2) {
                    self.key(Step, inner, "low", "bad");
                    self.key(Step, inner, "high", "good");
                    self.translate("steps", "    low: mal\n    high: bien\n".to_owned());
                }
            }
            "number" => {
                known.numbers = (-2, 40);
                self.key(Step, inner, "from", "-2");
                self.key(Step, inner, "to", "40");
            }
            "text" => {
                if dice.one_in(2) {
                    self.key(Step, inner, "at_most", "40");
                }
                if dice.one_in(2) {
                    self.key(Step, inner, "like", "'[a-z ]*'");
                    self.key(Step, inner, "unlike_says", "Small letters");
                    self.translate("steps", "    unlike_says: Minúsculas\n".to_owned());
                }
            }
            "list" => {
                let lists: Vec<Known> =
                    self.known_all(home).into_iter().filter(|k| k.kind == "list").collect();
                if !lists.is_empty() && dice.one_in(2) {
                    let source = dice.of(&lists).clone();
                    self.key(Step, inner, "rows_from", &source.id);
                    known.rows = source.rows;
                } else {
                    self.key(Step, inner, "rows", "");
                    for row in 0..=dice.below(3) {
                        self.item(Row, inner + 2, "id", &format!("w{row}"));
                        self.key(Row, inner + 4, "label", "Row");
                        known.rows.push(format!("w{row}"));
                    }
                }
                self.key(Step, inner, "states", "");
                self.options(dice, inner + 2, SectionName::State, known, home);
            }
            _ => {}
        }
    }

    fn options(
        &mut self,
        dice: &mut Dice<'_>,
        indent: usize,
        section: SectionName,
        known: &mut Known,
        home: Home,
    ) {
        for option in 0..=dice.below(4) {
            let id =
                if known.id == "signal" && option == 0 { "nothing".to_owned() } else { format!("o{option}") };
            self.item(section, indent, "id", &id);
            self.key(section, indent + 2, "label", "Label");
            self.translate("options", format!("  {}.{id}: Opción\n", known.id));
            if dice.one_in(3) {
                let then = self.actions(dice, home);
                self.key(section, indent + 2, "then", &then);
            }
            if dice.one_in(5) {
                self.key(section, indent + 2, "tells", dice.word(&TELLS));
            }
            if section == SectionName::Option {
                if known.signs && dice.one_in(2) {
                    self.key(section, indent + 2, "sign", "sign");
                    self.translate("signs", format!("  {}.{id}: señal\n", known.id));
                }
                if dice.one_in(5) {
                    let topic = format!("t{}", dice.below(self.topics));
                    self.key(section, indent + 2, "opens", &topic);
                }
            }
            known.options.push(id);
        }
    }

    fn actions(&mut self, dice: &mut Dice<'_>, home: Home) -> String {
        let mut all = Vec::new();
        let mut ends = false;
        for _ in 0..=dice.below(3) {
            let action = match dice.below(if home.response.is_some() { 6 } else { 4 }) {
                0 => format!("raise({})", RESPONSES[dice.below(home.responses)].0),
                1 => format!("reopen({})", dice.of(&self.ids)),
                2 => "pause".to_owned(),
                3 if ends => "pause".to_owned(),
                3 => {
                    ends = true;
                    format!("end({})", dice.of(&ENDINGS))
                }
                4 => "return".to_owned(),
                _ => "set-aside".to_owned(),
            };
            all.push(action);
        }
        if all.len() == 1 { all.remove(0) } else { format!("[{}]", all.join(", ")) }
    }

    /// What a step may take rows from, or ask again: whatever stands before it.
    fn known_all(&self, home: Home) -> Vec<Known> {
        match home.response {
            Some(_) => self.known[home.from..].to_vec(),
            None => self.known.iter().filter(|known| known.id.starts_with('p')).cloned().collect(),
        }
    }

    fn known_here(&self, phase: usize, from: usize) -> Vec<Known> {
        match phase {
            usize::MAX => self.known[from..].to_vec(),
            _ => self.known.iter().filter(|known| known.id.starts_with('p')).cloned().collect(),
        }
    }

    fn condition(&mut self, dice: &mut Dice<'_>, phase: usize, responses: usize) -> String {
        self.condition_from(dice, &self.known.clone(), phase, responses)
    }

    fn condition_from(
        &mut self,
        dice: &mut Dice<'_>,
        known: &[Known],
        phase: usize,
        responses: usize,
    ) -> String {
        let first = self.atom(dice, known, phase, responses);
        match dice.below(5) {
            0 | 1 => first,
            2 => format!("{first} or {}", self.atom(dice, known, phase, responses)),
            3 => format!("not ({first})"),
            _ => format!("({first}) and not {}", self.atom(dice, known, phase, responses)),
        }
    }

    fn atom(&mut self, dice: &mut Dice<'_>, known: &[Known], phase: usize, responses: usize) -> String {
        let known: Vec<&Known> = known.iter().filter(|known| known.kind != "guidance").collect();
        let choice = dice.below(10);
        if choice == 0 || known.is_empty() {
            return format!("staff({})", 1 + dice.below(2));
        }
        if choice == 1 {
            let function = *dice.of(&["raised", "raised", "repeated"]);
            return format!("{function}({})", RESPONSES[dice.below(responses)].0);
        }
        if choice == 2 && phase != usize::MAX && phase > 0 {
            let name = dice.below(3);
            self.named = self.named.max(name + 1);
            return format!("holds(c{name})");
        }
        let step = known[dice.below(known.len())];
        let id = &step.id;
        if choice == 3 {
            return format!("{}({id})", dice.of(&["answered", "skipped", "declined"]));
        }
        match step.kind {
            "check" => format!("done({id})"),
            "choice" => match dice.below(3) {
                0 => format!("{id} == {}", dice.of(&step.options)),
                1 => format!("{id} != {}", dice.of(&step.options)),
                _ => format!("{id} in [{}, {}]", step.options[0], dice.of(&step.options)),
            },
            "choices" => format!("has({id}, {})", dice.of(&step.options)),
            "scale" | "number" if step.again && dice.one_in(2) => format!("rose({id})"),
            "scale" | "number" => {
                let compare = dice.word(&["==", "!=", "<=", ">="]);
                format!("{id} {compare} {}", step.numbers.0 + 1 + i64::try_from(dice.below(3)).unwrap_or(0))
            }
            "inform" => format!("{id} == {}", dice.of(&["understood", "back", "declined"])),
            "list" => format!("row({id}, {}) == {}", dice.of(&step.rows), dice.of(&step.options)),
            _ => format!("answered({id})"),
        }
    }

    /// The translation, with every key of its sections that has a text in the protocol.
    fn translation(&mut self) -> String {
        use SectionName::{
            CoverTexts, GroupTexts, PhaseTexts, ResponseTexts, StepTexts, TopicTexts, Translation,
        };
        self.key(Translation, 0, "amparo", "1");
        self.key(Translation, 0, "translates", "random");
        self.key(Translation, 0, "language", "es");
        self.key(Translation, 0, "of_version", "3");
        self.key(Translation, 0, "checked_by", "nobody yet");
        self.key(Translation, 0, "title", "Al azar");
        if self.keys.contains(&("protocol", "source")) {
            self.key(Translation, 0, "source", "Nadie");
        }
        self.key(Translation, 0, "covers", "");
        self.out.push_str("  cover0:\n");
        self.key(CoverTexts, 4, "title", "Salud");
        self.key(CoverTexts, 4, "topics", "");
        self.out.push_str("      t0:\n");
        self.key(TopicTexts, 8, "title", "Dormir");
        self.key(TopicTexts, 8, "lines", "[Duerma bien.]");
        let parts = std::mem::take(&mut self.translated);
        for (part, texts) in parts {
            self.key(Translation, 0, part, "");
            // A step without a text of its own has no place in a translation.
            let mut texts = texts.iter().peekable();
            while let Some(text) = texts.next() {
                let bare = text.ends_with(":\n");
                if bare && texts.peek().is_none_or(|next| next.ends_with(":\n")) {
                    continue;
                }
                self.out.push_str(text);
                let section = match part {
                    "phases" => PhaseTexts,
                    "groups" => GroupTexts,
                    "steps" => StepTexts,
                    "responses" => ResponseTexts,
                    _ => continue,
                };
                for line in text.lines() {
                    let name = line.trim().split(':').next().unwrap_or_default();
                    if let Some(key) = amparo::protocol::SECTIONS
                        .iter()
                        .find(|known| known.name == section)
                        .and_then(|known| known.key(name))
                    {
                        self.keys.insert((section.word(), key.name));
                    }
                }
            }
        }
        std::mem::take(&mut self.out)
    }
}

/// Where a step stands.
#[derive(Debug, Clone, Copy)]
struct Home {
    /// The first step that is known to it.
    from: usize,
    responses: usize,
    response: Option<usize>,
}

fn endings(dice: &mut Dice<'_>) -> String {
    let from = dice.below(4);
    let to = from + dice.below(4 - from);
    format!("[{}]", ENDINGS[from..=to].join(", "))
}

/// Draws a command; most of them do something with the step at which the checklist stands.
pub fn command(dice: &mut Dice<'_>, protocol: &Protocol, state: &State) -> Command {
    if !state.is_begun() && !dice.one_in(9) {
        return Command::Begin {
            staff: (0..=dice.below(2)).map(|number| staff(number + 1)).collect(),
            case: CaseCode::new("K-1").unwrap_or_else(|_| unreachable!()),
            kind: SessionKind::Real,
        };
    }
    if state.record.covered.is_some() && !dice.one_in(6) {
        return match dice.below(5) {
            0 | 1 => Command::Uncover { how: *dice.of(&[Uncovered::Later, Uncovered::Brief]) },
            2 => Command::OpenPage { topic: topic(dice, protocol) },
            3 => Command::Leave { from: LeftFrom::Cover },
            _ => Command::Resume { dropped: 0 },
        };
    }
    let current = state.current().and_then(|id| protocol.step_by_id(id));
    let some = &protocol.steps[dice.below(protocol.steps.len())];
    let step = if dice.one_in(4) { some } else { current.unwrap_or(some) };
    let id = step.id.clone();
    match dice.below(40) {
        0..=15 if step.kind == Kind::Guidance => Command::Read { step: id },
        0..=15 => {
            let value = value(dice, protocol, state, step);
            let reason = dice.one_in(2).then(|| reason(dice));
            Command::Answer { step: id, value, reason }
        }
        16 => Command::Skip { step: id, reason: reason(dice) },
        17 => Command::Defer { step: id },
        18 => Command::Decline { step: id },
        19 => Command::Clear { step: id },
        20 | 21 => Command::Go { step: some.id.clone() },
        22 | 23 => match &state.record.place {
            Place::Pause(phase) | Place::Gate(phase) if dice.one_in(2) => {
                Command::Override { phase: phase.clone(), reason: reason(dice) }
            }
            _ => Command::Enter { phase: phase(dice, protocol) },
        },
        24 => Command::Override { phase: phase(dice, protocol), reason: reason(dice) },
        25..=27 => Command::Raise { response: response(dice, protocol) },
        28 => Command::Return,
        29 => Command::LeaveProposal,
        30 => Command::Note { text: Prose::new("a note").unwrap_or_else(|_| unreachable!()) },
        31 => Command::Overdue { step: deadline(dice, state).unwrap_or(id) },
        32 => Command::Meet { step: deadline(dice, state).unwrap_or(id) },
        33 => dice.of(&[Command::Pause, Command::Continue]).clone(),
        34 if dice.one_in(3) => Command::End {
            ending: *dice.of(&[Ending::Early, Ending::Postponed, Ending::NotHeld, Ending::Left]),
            reason: dice.one_in(2).then(|| reason(dice)),
        },
        35 | 36 => Command::Undo,
        37 => Command::Cover { by: *dice.of(&[CoveredBy::Key, CoveredBy::Focus, CoveredBy::Rest]) },
        38 => match dice.below(6) {
            0 => Command::Join { staff: staff(1 + dice.below(5)) },
            1 => Command::Resume { dropped: 0 },
            2 => Command::Leave { from: *dice.of(&[LeftFrom::Checklist, LeftFrom::Cover]) },
            3 => Command::Uncover { how: Uncovered::Later },
            4 => Command::OpenPage { topic: topic(dice, protocol) },
            _ => match state.record.wordless.keys().next() {
                Some(event) => Command::Word { event: *event, words: line() },
                None => Command::Word { event: 1, words: line() },
            },
        },
        _ if dice.one_in(3) => Command::Close { reason: dice.one_in(2).then(|| reason(dice)) },
        _ => Command::Enter { phase: phase(dice, protocol) },
    }
}

/// Draws a value that the step can take, and now and then one that it cannot.
pub fn value(dice: &mut Dice<'_>, protocol: &Protocol, state: &State, step: &Step) -> Value {
    if dice.one_in(30) {
        return dice.of(&[Value::Done, Value::Number(77), Value::Heard(Heard::Back)]).clone();
    }
    match &step.kind {
        Kind::Check | Kind::Guidance => Value::Done,
        Kind::Choice(options) => Value::Option(dice.of(options).id.clone()),
        Kind::Choices(options) => Value::Options(
            options.iter().filter(|_| dice.one_in(2)).map(|option| option.id.clone()).collect(),
        ),
        Kind::Scale(scale) => number(dice, scale.from, scale.to),
        Kind::Number { from, to } => number(dice, *from, *to),
        Kind::Text { .. } => Value::Text(
            Prose::new(dice.word(&["some words", "other words", "Öl 7"])).unwrap_or_else(|_| unreachable!()),
        ),
        Kind::Date => Value::Date(chrono::NaiveDate::default()),
        Kind::Deadline => {
            let at = i64::try_from(dice.below(4)).unwrap_or(0) * 60_000;
            Value::Deadline { at, line: dice.one_in(2).then(line) }
        }
        Kind::Inform => Value::Heard(*dice.of(&[Heard::Understood, Heard::Back, Heard::Declined])),
        Kind::List { rows, states } => {
            let mut keys = rows_of(protocol, state, step);
            let more = if matches!(rows, Rows::Own(_)) { dice.below(3) } else { usize::from(dice.one_in(9)) };
            keys.extend((0..more).filter_map(|place| u8::try_from(place).ok()).map(RowKey::Added));
            let mut found: BTreeMap<RowKey, OptionId> = BTreeMap::new();
            for key in keys {
                if !dice.one_in(5) {
                    found.insert(key, dice.of(states).id.clone());
                }
            }
            Value::List { rows: found, added: (0..more).map(|_| line()).collect() }
        }
    }
}

/// One of the steps that have a deadline.
fn deadline(dice: &mut Dice<'_>, state: &State) -> Option<StepId> {
    let all: Vec<&StepId> = state.record.deadlines.keys().collect();
    if all.is_empty() { None } else { Some((*dice.of(&all)).clone()) }
}

fn number(dice: &mut Dice<'_>, from: i64, to: i64) -> Value {
    let span = usize::try_from(to - from + 1).unwrap_or(1);
    Value::Number(from + i64::try_from(dice.below(span)).unwrap_or(0))
}

fn staff(number: usize) -> StaffNumber {
    StaffNumber::new(&format!("S{number}")).unwrap_or_else(|_| unreachable!())
}

fn line() -> Line {
    Line::new("a line").unwrap_or_else(|_| unreachable!())
}

fn reason(dice: &mut Dice<'_>) -> Reason {
    Reason { code: *dice.of(&ReasonCode::ALL), words: dice.one_in(2).then(line) }
}

fn phase(dice: &mut Dice<'_>, protocol: &Protocol) -> PhaseId {
    dice.of(&protocol.phases).id.clone()
}

fn response(dice: &mut Dice<'_>, protocol: &Protocol) -> ResponseId {
    dice.of(&protocol.responses).id.clone()
}

fn topic(dice: &mut Dice<'_>, protocol: &Protocol) -> TopicId {
    let cover = dice.of(&protocol.covers);
    dice.of(&cover.topics).id.clone()
}

/// The instant of the command with a number.
pub fn at(command: usize) -> At {
    let passed = u64::try_from(command).unwrap_or_default() * 7_000;
    At { wall: i64::try_from(passed).unwrap_or_default(), zone: 60, run: passed }
}

/// A journal that nobody's machine wrote: events of a session out of order, doubled, with each other's consequences,
/// and with clocks that jump.
pub fn hostile(dice: &mut Dice<'_>, events: &[Event]) -> Vec<Event> {
    if events.is_empty() {
        return Vec::new();
    }
    (0..events.len() * 2)
        .map(|_| {
            let mut event = dice.of(events).clone();
            if dice.one_in(2) {
                event.follows = dice.of(events).follows.clone();
            }
            if dice.one_in(4) {
                event.at = *dice.of(&[
                    At { wall: i64::MIN, zone: i32::MIN, run: u64::MAX },
                    At { wall: i64::MAX, zone: i32::MAX, run: 0 },
                ]);
            }
            if dice.one_in(8) {
                event.follows.returned = u8::MAX;
            }
            if dice.one_in(8) {
                event.follows.goes =
                    Some(Place::Step(StepId::new("nowhere").unwrap_or_else(|_| unreachable!())));
            }
            event
        })
        .collect()
}
