//! A stage for the tests of the screens: a desk without a disk, which does what the screens wish at once.

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use crate::machine::{Aside, At, Command, Outcome, Place, SessionKind, State, Value, apply, decide};
use crate::protocol::{Home, Protocol, read};
use crate::text::{CaseCode, Language, LanguageCode, OptionId, StaffNumber, StepId};

use super::key::Key;
use super::sample;
use super::screens::Screens;
use super::view::{Colour, Keeping, Look, Motion, OnTheDesk, View};
use super::wish::Wish;

/// Whether events are on disk at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Disk {
    Quick,
    Stuck,
}

/// All that acts.
pub(super) struct Stage {
    pub protocol: Protocol,
    pub state: State,
    pub screens: Screens,
    pub now: At,
    pub language: Language,
    pub said: LanguageCode,
    pub keeping: Keeping,
    pub desk: OnTheDesk,
    pub look: Look,
    pub size: Size,
    pub disk: Disk,
    /// What was wished that no command says.
    pub wished: Vec<Wish>,
}

/// The protocol of the tests, in English and Spanish.
pub(super) fn protocol() -> Protocol {
    static READ: std::sync::OnceLock<Protocol> = std::sync::OnceLock::new();
    READ.get_or_init(read_protocol).clone()
}

fn read_protocol() -> Protocol {
    let reading = read(
        "stage.yaml",
        include_bytes!("stage.yaml"),
        &[("stage.es.yaml", include_bytes!("stage.es.yaml"))],
    );
    reading.protocol.unwrap_or_else(|| panic!("{:#?}", reading.findings))
}

impl Stage {
    /// A session of the test's protocol, begun a moment ago.
    pub fn new() -> Self {
        Self::of(protocol(), Language::English)
    }

    pub fn of(protocol: Protocol, language: Language) -> Self {
        let state = State::default();
        // Tuesday 24 November 2026, 15:30 UTC, 16:30 where it is.
        let now = At { wall: 1_795_534_200_000, zone: 60, run: 0 };
        let keeping = Keeping::default();
        let desk = OnTheDesk { known: true, ..OnTheDesk::default() };
        let look = Look {
            colour: Colour::Used,
            motion: Motion::Smooth,
            leaflet_width: 72,
            quiet_after: 60,
            breaths: 6,
        };
        let (size, said) = (Size::new(80, 24), language.code());
        let view = View {
            protocol: Some(&protocol),
            state: &state,
            now,
            language,
            shown: &said,
            said: &said,
            keeping: &keeping,
            desk: &desk,
            look,
            size,
            cover: None,
        };
        let screens = Screens::new(&view);
        let mut made = Self {
            protocol,
            state,
            screens,
            now,
            language,
            said,
            keeping,
            desk,
            look,
            size,
            disk: Disk::Quick,
            wished: Vec::new(),
        };
        let staff = ["204", "311"].map(|number| StaffNumber::new(number).unwrap()).to_vec();
        made.command(&Command::Begin {
            staff,
            case: CaseCode::new("K-17").unwrap(),
            kind: SessionKind::Real,
        });
        made
    }

    pub fn sized(mut self, (width, height): (u16, u16)) -> Self {
        self.resize((width, height));
        self
    }

    pub fn resize(&mut self, (width, height): (u16, u16)) {
        self.size = Size::new(width, height);
        self.with_screens(Screens::prepare);
    }

    /// The screens with the view that they are given.
    pub fn with_screens<T>(&mut self, does: impl FnOnce(&mut Screens, &View) -> T) -> T {
        let shown = self.language.code();
        let view = View {
            protocol: Some(&self.protocol),
            state: &self.state,
            now: self.now,
            language: self.language,
            shown: &shown,
            said: &self.said,
            keeping: &self.keeping,
            desk: &self.desk,
            look: self.look,
            size: self.size,
            cover: None,
        };
        does(&mut self.screens, &view)
    }

    /// Goes to a step, whatever is open before it.
    pub fn at(mut self, step: &str) -> Self {
        let id = StepId::new(step).unwrap();
        assert!(self.protocol.step_by_id(&id).is_some(), "{step}");
        self.command(&Command::Go { step: id.clone() });
        assert_eq!(self.state.record.place, Place::Step(id));
        self
    }

    /// Goes where the machine would not let anybody go, with her alone in the room: for pictures of one step.
    pub fn put_at(mut self, step: &str) -> Self {
        let alone = Outcome::Answered(Value::Option(OptionId::new("nobody").unwrap()));
        self.state.seen.outcomes.insert(StepId::new("company").unwrap(), alone);
        self.placed(&StepId::new(step).unwrap())
    }

    /// Puts the checklist at a step.
    pub fn placed(mut self, step: &StepId) -> Self {
        let id = step.clone();
        let index = self.protocol.find(&id).unwrap_or_else(|| panic!("{step}"));
        self.state.record.phase = self.protocol.phase_of(index).map(|phase| phase.id.clone());
        self.state.record.place = Place::Step(id);
        self.state.seen.off.clear();
        if let Home::Response(place) = self.protocol.step(index).unwrap().home {
            let response = self.protocol.responses[place].id.clone();
            self.state.record.asides.push(Aside { response, from: Place::Nowhere });
        }
        if self.protocol.step(index).unwrap().with_her {
            self.state.record.shy = crate::machine::Shyness::Shy;
        }
        self
    }

    /// Presses the keys of a text, half a second and a bit apart so that none counts as a bounce.
    pub fn press(&mut self, keys: &str) -> &mut Self {
        for key in sample::keys(keys) {
            self.now.run += 800;
            self.now.wall += 800;
            self.key(key);
        }
        self
    }

    /// Presses a key at once.
    pub fn key(&mut self, key: Key) {
        let wishes = self.with_screens(|screens, view| screens.press(key, view));
        for wish in wishes {
            self.grant(wish);
        }
    }

    pub fn paste(&mut self, text: &str) {
        self.with_screens(|screens, view| screens.paste(text, 0, view));
    }

    pub fn wait(&mut self, milliseconds: u64) -> &mut Self {
        self.now.run += milliseconds;
        self.now.wall += i64::try_from(milliseconds).unwrap();
        self.with_screens(Screens::tick);
        self
    }

    fn grant(&mut self, wish: Wish) {
        match wish {
            Wish::Do(command) => self.command(&command),
            Wish::Covered(by) => self.command(&Command::Cover { by }),
            Wish::Uncovered(how) => self.command(&Command::Uncover { how }),
            Wish::NextLanguage => {
                self.language =
                    if self.language == Language::English { Language::Spanish } else { Language::English };
            }
            Wish::NextSaid => {
                let other =
                    if self.said == Language::English.code() { Language::Spanish } else { Language::English };
                self.said = other.code();
            }
            other => self.wished.push(other),
        }
    }

    pub fn command(&mut self, command: &Command) {
        match decide(&self.protocol, &self.state, command, self.now) {
            Ok(event) => {
                apply(&mut self.state, &event);
                if self.disk == Disk::Quick {
                    self.keeping.saved = self.state.record.events;
                }
                self.with_screens(|screens, view| screens.after(&event, view));
            }
            Err(refusal) => self.with_screens(|screens, view| screens.refused(&refusal, view)),
        }
    }

    pub fn drawn(&mut self) -> Buffer {
        let area = Rect::new(0, 0, self.size.width, self.size.height);
        let mut buffer = Buffer::empty(area);
        self.with_screens(|screens, view| screens.draw(view, area, &mut buffer));
        buffer
    }

    pub fn text(&mut self) -> String {
        sample::text(&self.drawn())
    }
}
