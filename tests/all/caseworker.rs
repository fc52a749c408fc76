//! An interview in the real binary: it reads on the screen what stands there, answers it by its kind, and remembers
//! what was answered, so that a test can walk and then compare.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::{Command, Output};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use amparo::machine::{Heard, RowKey, Value};
use amparo::protocol::{Choice, Home, Kind, Protocol, Row, Rows, Step, Wording, shipped};
use amparo::text::{Language, LanguageCode, Prose};
use amparo::words::{LeafletSays, PacerSays, PinSays, Say, StartSays, say};
use serde_json::json;

use crate::keys_at_hand::UNLOCKED;
pub use crate::languages::{in_both, in_turn, locale};
use crate::picture::Picture;
use crate::programs::amparo;
use crate::pty::{LONG, Pty, Start};

/// The protocol that is built in.
pub fn protocol() -> &'static Protocol {
    static READ: OnceLock<Protocol> = OnceLock::new();
    READ.get_or_init(|| shipped().expect("the shipped protocol has no findings"))
}

/// What stands on the screen.
#[derive(Debug, Clone, PartialEq)]
pub enum Seen {
    /// This step.
    Step(&'static str),
    /// A private step that is not drawn.
    Hidden,
    /// The end of this phase.
    Pause(&'static str),
    /// A gate, or a phase that was stopped.
    NotNow,
    /// A response is proposed.
    Proposal,
    /// The breathing pacer.
    Pacer,
    /// After the last step.
    End,
    /// The session is closed.
    Closed,
    /// Nothing of these.
    Other,
}

/// A program that is being talked with.
pub struct Interview {
    /// The terminal.
    pub pty: Pty,
    language: Language,
    /// What was answered last to each step.
    pub answers: BTreeMap<String, Value>,
    /// What is to be answered to some steps, in place of the first harmless option.
    choices: BTreeMap<&'static str, &'static str>,
    last: Option<u8>,
    /// Whether a response is being gone through; its steps may ask what others ask.
    pub responding: bool,
    /// How many keys have been pressed.
    pub pressed: usize,
}

/// The rows of a list: its own, or those of another.
fn rows_of(rows: &'static Rows) -> &'static [Row] {
    match rows {
        Rows::Own(rows) => rows,
        Rows::From(other) => match protocol().step(*other).map(|step| &step.kind) {
            Some(Kind::List { rows, .. }) => rows_of(rows),
            _ => panic!("rows come from a list"),
        },
    }
}

impl Interview {
    /// Talks with a program.
    pub fn with(start: Start, language: Language) -> Self {
        let mut talk = Self {
            pty: start.env("LANG", locale(language)).go(),
            language,
            answers: BTreeMap::new(),
            choices: BTreeMap::new(),
            last: None,
            responding: false,
            pressed: 0,
        };
        talk.pty.look(Duration::from_millis(1));
        talk
    }

    /// A practice, at its first step.
    pub fn practice(language: Language) -> Self {
        let mut talk = Self::with(amparo().args(["run", "--practice"]), language);
        talk.stands_at("told-before");
        talk
    }

    /// A new session about a case, from the start screen to the first step.
    pub fn session(start: Start, language: Language) -> Self {
        let mut talk = Self::with(start, language);
        talk.begin();
        talk
    }

    /// From the start screen to the first step.
    pub fn begin(&mut self) {
        self.pty.wait_for_text("1  ");
        self.pressed += to_the_form(&mut self.pty);
        self.keys("12 <enter> 34 <enter> K-7 <enter>");
        self.stands_at("told-before");
    }

    /// Goes on with the only open session in a folder.
    pub fn resume(home: &Path, language: Language) -> Self {
        let mut talk = Self::with(
            amparo().args(["resume", "--lang", language.code().as_str()]).args(UNLOCKED).home(home),
            language,
        );
        talk.pty.wait_for("a screen", |picture| !picture.text().trim().is_empty());
        talk
    }

    /// What is to be answered to some steps.
    pub fn choosing(mut self, choices: &[(&'static str, &'static str)]) -> Self {
        self.choices.extend(choices.iter().copied());
        self
    }

    /// Presses keys.
    pub fn keys(&mut self, notation: &str) {
        self.pressed += crate::keys::presses(notation).len();
        self.last = None;
        self.pty.keys(notation);
    }

    /// Waits until a sentence stands on the screen, in its language.
    #[track_caller]
    pub fn wait_for_word(&mut self, word: Say) {
        let word = self.word(word);
        self.pty.wait_for_text(word);
    }

    /// How a bar begins that says that something is not saved.
    pub fn not_saved(&self) -> String {
        self.word(Say::DiskFull).split(':').next().unwrap_or_default().to_owned()
    }

    /// Waits until the start screen stands there.
    #[track_caller]
    pub fn wait_for_start(&mut self) {
        let new_session = StartSays::NewSession.text(self.language);
        self.pty.wait_for_text(&new_session);
    }

    /// Waits until the leaflet covers the screen.
    #[track_caller]
    pub fn wait_for_leaflet(&mut self) {
        let contents = LeafletSays::Contents { seen: 100 }.text(self.language);
        let contents = contents.split(' ').next().expect("a word").to_owned();
        self.pty.wait_for("the leaflet", |picture| picture.text().contains(&contents));
    }

    /// A sentence in the language of the screen.
    pub fn word(&self, word: Say) -> &'static str {
        say(self.language, word)
    }

    /// What a step asks, in the language of the screen, as far as a list of steps has room for it.
    pub fn listed(&self, step: &str) -> String {
        self.ask(step_named(step)).chars().take(18).collect()
    }

    /// A text of the protocol in the language of the screen.
    pub fn text<'a>(&self, wording: &'a Wording) -> &'a str {
        wording.in_language(&self.code())
    }

    /// What a step asks in the language of the screen.
    fn ask(&self, step: &'static Step) -> String {
        spaced(step.ask.in_language(&self.code()))
    }

    fn code(&self) -> LanguageCode {
        self.language.code()
    }

    /// What stands on the screen now.
    pub fn seen(&self) -> Seen {
        let text = self.pty.text();
        let lines: Vec<&str> = text.lines().skip(2).collect();
        let beside: Vec<String> = lines.iter().map(|line| line.chars().skip(34).collect()).collect();
        let beside = spaced(&beside.join(" "));
        let whole = spaced(&lines.join(" "));
        if self.is_pacer(&text) {
            return Seen::Pacer;
        }
        for card in [&beside, &whole] {
            let has = |word: Say| card.contains(self.word(word));
            if has(Say::ClosedTitle) && (has(Say::ToStart)) {
                return Seen::Closed;
            }
            if has(Say::EndTitle) {
                return Seen::End;
            }
            if has(Say::Proposed) {
                return Seen::Proposal;
            }
            if has(Say::NotNow) {
                return Seen::NotNow;
            }
            if has(Say::PauseTitle)
                && let Some(phase) = protocol().phases.iter().find(|phase| {
                    phase
                        .pause
                        .as_ref()
                        .is_some_and(|pause| card.contains(&spaced(pause.in_language(&self.code()))))
                })
            {
                return Seen::Pause(phase.id.as_str());
            }
            if let Some(step) = self.step_in(card) {
                return Seen::Step(step);
            }
            if has(Say::PrivateLine) {
                return Seen::Hidden;
            }
        }
        Seen::Other
    }

    fn is_pacer(&self, text: &str) -> bool {
        [PacerSays::In, PacerSays::Out, PacerSays::CountIn(4), PacerSays::CountOut(6)]
            .iter()
            .any(|says| text.contains(&*says.text(self.language)))
            && !text.contains('─')
    }

    /// The step whose question stands first in a card; among those that ask the same, the first without an answer.
    fn step_in(&self, card: &str) -> Option<&'static str> {
        let found = |guidance: bool| {
            protocol()
                .steps
                .iter()
                .filter(|step| (step.kind == Kind::Guidance) == guidance)
                .filter_map(|step| Some((card.find(&self.ask(step))?, step)))
                .min_by_key(|(at, step)| {
                    let ask = self.ask(step);
                    let elsewhere = matches!(step.home, Home::Response(_)) != self.responding;
                    let answered = self.answers.contains_key(step.id.as_str());
                    (*at, std::cmp::Reverse(ask.len()), elsewhere, answered)
                })
        };
        found(false).or_else(|| found(true)).map(|(_, step)| step.id.as_str())
    }

    /// Waits until something of this kind stands on the screen.
    #[track_caller]
    pub fn wait(&mut self, what: &str, is_so: impl Fn(&Seen) -> bool) -> Seen {
        let until = Instant::now() + LONG;
        loop {
            if self.pty.picture().is_whole() {
                let seen = self.seen();
                if is_so(&seen) {
                    return seen;
                }
            }
            assert!(
                Instant::now() < until,
                "{what} does not stand there, but {:?}:\n{}",
                self.seen(),
                self.pty.framed()
            );
            self.pty.look(Duration::from_millis(20));
        }
    }

    /// Waits until this step stands there.
    #[track_caller]
    pub fn stands_at(&mut self, step: &str) {
        self.wait(step, |seen| *seen == Seen::Step(step_named(step).id.as_str()));
    }

    /// A digit that is no bounce: a key that does nothing goes in front of it where the same digit went before.
    pub fn digit(&mut self, digit: u8) {
        if self.last == Some(digit) {
            self.pty.keys("<right>");
        }
        self.pty.keys(&digit.to_string());
        self.pressed += 1;
        self.last = Some(digit);
    }

    /// Presses the keys that answer the step that stands there, and waits for nothing.
    pub fn press_answer(&mut self, id: &str) {
        self.type_answer(step_named(id));
    }

    /// Answers the step that stands there, and waits for what comes next.
    #[track_caller]
    pub fn answer(&mut self, id: &str) -> Seen {
        let step = step_named(id);
        let before = Seen::Step(step.id.as_str());
        let value = self.type_answer(step);
        let next = self.wait(&format!("what follows {id}"), |seen| *seen != before && *seen != Seen::Other);
        if let Some(value) = value {
            self.answers.insert(id.to_owned(), value);
        }
        next
    }

    /// What is chosen of these options: as told, else the first that changes nothing.
    fn chosen<'a>(&self, step: &Step, options: &'a [Choice]) -> (usize, &'a Choice) {
        let told = self.choices.get(step.id.as_str());
        let mut options = options.iter().enumerate();
        match told {
            Some(told) => options.find(|(_, option)| option.id.as_str() == *told),
            None => options.find(|(_, option)| option.then.is_empty()),
        }
        .unwrap_or_else(|| panic!("`{}` has no option {told:?}", step.id.as_str()))
    }

    /// Presses the keys that answer a step.
    fn type_answer(&mut self, step: &'static Step) -> Option<Value> {
        let told = self.choices.get(step.id.as_str()).copied();
        match &step.kind {
            Kind::Check => {
                self.digit(1);
                Some(Value::Done)
            }
            Kind::Choice(options) => {
                let (place, option) = self.chosen(step, options);
                self.digit(u8::try_from(place + 1).expect("nine options at most"));
                Some(Value::Option(option.id.clone()))
            }
            Kind::Choices(options) => {
                let (place, option) = self.chosen(step, options);
                self.digit(u8::try_from(place + 1).expect("nine options at most"));
                self.keys("<enter>");
                Some(Value::Options(BTreeSet::from([option.id.clone()])))
            }
            Kind::Scale(scale) => {
                let point = told.map_or(scale.from, |told| told.parse().expect("a point"));
                self.digit(u8::try_from(point).expect("a digit"));
                Some(Value::Number(point))
            }
            Kind::Number { from, .. } => {
                let number = told.map_or(*from, |told| told.parse().expect("a number"));
                self.keys(&format!("<enter> {number} <enter>"));
                Some(Value::Number(number))
            }
            Kind::Text { .. } => {
                self.keys("<enter> blue <enter>");
                Prose::new("blue").ok().map(Value::Text)
            }
            Kind::Date | Kind::Deadline => {
                self.digit(1);
                None
            }
            Kind::Inform => {
                self.digit(1);
                Some(Value::Heard(Heard::Understood))
            }
            Kind::List { rows, states } => {
                let (place, first) = states
                    .iter()
                    .enumerate()
                    .find(|(_, state)| state.then.is_empty())
                    .expect("a list has a harmless state");
                let mut answered = BTreeMap::new();
                let text = self.pty.text();
                for row in rows_of(rows) {
                    // After a cut a list may be half done, and goes on at its first open row.
                    let done = format!("✓ {}", row.label.in_language(&self.code()));
                    if !text.contains(&done) {
                        self.digit(u8::try_from(place + 1).expect("nine states at most"));
                    }
                    answered.insert(RowKey::Row(row.id.clone()), first.id.clone());
                }
                Some(Value::List { rows: answered, added: Vec::new() })
            }
            Kind::Guidance => {
                self.keys("<enter>");
                None
            }
        }
    }

    /// Goes on from whatever stands there by its most usual key, and gives what stands there then.
    #[track_caller]
    pub fn go_on(&mut self, seen: &Seen) -> Seen {
        match seen {
            Seen::Step(id) => self.answer(id),
            Seen::Hidden => {
                self.keys("<f4>");
                self.wait("the private step", |seen| matches!(seen, Seen::Step(_)))
            }
            Seen::Pacer => {
                self.keys("<enter>");
                self.wait("what follows the pacer", |seen| !matches!(seen, Seen::Pacer | Seen::Other))
            }
            Seen::Pause(_) => {
                let before = seen.clone();
                self.digit(1);
                self.wait("what follows the pause", |seen| *seen != before && *seen != Seen::Other)
            }
            other => panic!("nobody knows how to go on from {other:?}:\n{}", self.pty.framed()),
        }
    }

    /// Walks until something of this kind stands there.
    #[track_caller]
    pub fn walk_until(&mut self, what: &str, is_so: impl Fn(&Seen) -> bool) -> Seen {
        let mut seen = self.wait(what, |seen| *seen != Seen::Other);
        for _ in 0..200 {
            if is_so(&seen) {
                return seen;
            }
            seen = self.go_on(&seen);
        }
        panic!("{what} never comes:\n{}", self.pty.framed());
    }

    /// Walks until this step stands there.
    #[track_caller]
    pub fn walk_to(&mut self, step: &str) {
        let step = step_named(step).id.as_str();
        self.walk_until(step, |seen| *seen == Seen::Step(step));
    }

    /// Waits until nothing is being written any more.
    pub fn settled(&mut self) {
        self.pty.look_for(Duration::from_millis(120));
    }
}

/// From the start screen to the form of a new session: where it asks for a PIN, on without one. How many keys that took.
pub fn to_the_form(pty: &mut Pty) -> usize {
    let asks = |picture: &Picture| {
        let text = picture.text();
        Language::ALL.iter().any(|language| text.contains(PinSays::Without.text(*language)))
    };
    pty.keys("1");
    pty.wait_for("the form, or what is asked before", |picture| asks(picture) || picture.cursor().is_some());
    if !asks(pty.picture()) {
        return 1;
    }
    pty.keys("2");
    pty.wait_for("the form", |picture| picture.cursor().is_some());
    2
}

/// A step by its name.
pub fn step_named(id: &str) -> &'static Step {
    protocol()
        .steps
        .iter()
        .find(|step| step.id.as_str() == id)
        .unwrap_or_else(|| panic!("the protocol has no step `{id}`"))
}

/// A text with one blank for any number of blanks, frames and marks.
pub fn spaced(text: &str) -> String {
    let plain = text.replace(['▌', '│', '┌', '┐', '└', '┘'], " ");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Runs a command of the program in a folder, without a terminal; the passphrase comes from its file.
pub fn command(home: &Path, args: &[&str]) -> Output {
    command_in(Language::English, home, args)
}

/// The same, in a language.
pub fn command_in(language: Language, home: &Path, args: &[&str]) -> Output {
    let words = home.join("words");
    let unlocked = args.first() == Some(&"sessions") && words.exists();
    Command::new(amparo().path())
        .args(args)
        .args(unlocked.then_some("--passphrase-file"))
        .args(unlocked.then_some(words))
        .env_clear()
        .env("AMPARO_HOME", home)
        .env("HOME", home)
        .env("TERM", "xterm-256color")
        .env("LANG", locale(language))
        .output()
        .expect("the program starts")
}

/// What `sessions show --json` says of the latest session of a folder.
pub fn shown(home: &Path) -> serde_json::Value {
    let out = command(home, &["sessions", "show", "--json"]);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    serde_json::from_slice(&out.stdout).expect("it is JSON")
}

/// The names of the facts of a session, in order.
pub fn facts(shown: &serde_json::Value) -> Vec<String> {
    let events = shown["events"].as_array().expect("a session has events");
    events
        .iter()
        .map(|event| match &event["fact"] {
            serde_json::Value::String(name) => name.clone(),
            fact => fact.as_object().and_then(|fact| fact.keys().next()).cloned().unwrap_or_default(),
        })
        .collect()
}

/// The last answer to each step that a session has.
pub fn kept(shown: &serde_json::Value) -> BTreeMap<String, serde_json::Value> {
    let mut kept = BTreeMap::new();
    for event in shown["events"].as_array().expect("a session has events") {
        let answered = &event["fact"]["answered"];
        if let Some(step) = answered["step"].as_str() {
            kept.insert(step.to_owned(), answered["value"].clone());
        }
    }
    kept
}

/// That every answer that was given is kept, as it was given.
#[track_caller]
pub fn assert_kept(shown: &serde_json::Value, answers: &BTreeMap<String, Value>) {
    let kept = kept(shown);
    for (step, value) in answers {
        assert_eq!(kept.get(step), Some(&json!(value)), "{step}");
    }
}
