//! A small protocol, built by hand, and a view of it, for the tests of the screens.

use std::collections::{BTreeSet, HashMap};

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};

use crate::machine::{Aside, At, Place, SessionKind, State};
use crate::protocol::{
    Asked, Choice, Cover, Group, Home, Kind, Phase, Protocol, Required, Response, ResponseKey, Row, Rows,
    Scale, Shows, StandsFor, Step, StepIndex, Topic, Wording,
};
use crate::text::{
    CoverId, GroupId, Language, LanguageCode, OptionId, PhaseId, ProtocolId, ResponseId, RowId, StepId,
    TopicId,
};

use super::key::Key;
use super::view::{Colour, Keeping, Look, Motion, OnTheDesk, View};

/// All that a view borrows.
pub(super) struct Sample {
    pub(super) protocol: Option<Protocol>,
    pub(super) state: State,
    pub(super) now: At,
    pub(super) language: Language,
    pub(super) shown: LanguageCode,
    pub(super) keeping: Keeping,
    pub(super) desk: OnTheDesk,
    pub(super) look: Look,
}

impl Sample {
    pub(super) fn new(language: Language) -> Self {
        Self {
            protocol: Some(protocol()),
            state: State::default(),
            // 2026-11-24 15:30 UTC, 16:30 where it is.
            now: At { wall: 1_795_534_200_000, zone: 60, run: 0 },
            language,
            shown: language.code(),
            keeping: Keeping::default(),
            desk: OnTheDesk { known: true, ..OnTheDesk::default() },
            look: Look {
                colour: Colour::Used,
                motion: Motion::Smooth,
                leaflet_width: 72,
                quiet_after: 60,
                breaths: 6,
            },
        }
    }

    pub(super) fn view(&self) -> View<'_> {
        View {
            protocol: self.protocol.as_ref(),
            state: &self.state,
            now: self.now,
            language: self.language,
            shown: &self.shown,
            said: &self.shown,
            keeping: &self.keeping,
            desk: &self.desk,
            look: self.look,
            size: Size::new(80, 24),
            cover: None,
        }
    }

    pub(super) fn at_step(mut self, id: &str) -> Self {
        let step = StepId::new(id).unwrap();
        let protocol = self.protocol.as_ref().unwrap();
        let index = protocol.find(&step).unwrap();
        self.state.record.kind = Some(SessionKind::Practice);
        self.state.record.phase = protocol.phase_of(index).map(|phase| phase.id.clone());
        if let Some(Home::Response(place)) = protocol.step(index).map(|step| step.home) {
            let response = protocol.responses[place].id.clone();
            self.state.record.asides.push(Aside { response, from: Place::Nowhere });
        }
        self.state.record.place = Place::Step(step);
        self
    }
}

/// A text in English, with its Spanish beside it.
fn wording(english: &str, spanish: &str) -> Wording {
    let mut wording = Wording::new(english);
    wording.translate(Language::Spanish.code(), spanish);
    wording
}

fn topic(id: &str, title: (&str, &str), stands_for: Option<StandsFor>, lines: &[(&str, &str)]) -> Topic {
    Topic {
        id: TopicId::new(id).unwrap(),
        title: wording(title.0, title.1),
        stands_for,
        lines: lines.iter().map(|(english, spanish)| wording(english, spanish)).collect(),
    }
}

fn choice(id: &str, english: &str, spanish: &str) -> Choice {
    Choice {
        id: OptionId::new(id).unwrap(),
        label: wording(english, spanish),
        then: Vec::new(),
        tells: None,
        sign: None,
        opens: None,
    }
}

fn step(id: &str, home: Home, kind: Kind, english: &str, spanish: &str) -> Step {
    Step {
        id: StepId::new(id).unwrap(),
        home,
        kind,
        ask: wording(english, spanish),
        say: None,
        why: None,
        by: Asked::Both,
        required: Required::Never,
        when: None,
        serves: Vec::new(),
        private: false,
        tells: None,
        again: None,
        suggests: None,
        stays: false,
        role: None,
        shows: None,
        counts_same_case: false,
        also_after: BTreeSet::new(),
        with_her: false,
    }
}

pub(super) fn protocol() -> Protocol {
    let home = Home::Phase { phase: 0, group: 0 };
    let mut steps = vec![
        step("calm", home, Kind::Check, "The room is calm", "La sala está tranquila"),
        step(
            "company",
            home,
            Kind::Choice(vec![
                choice("nobody", "She came alone", "Vino sola"),
                choice("accompanied", "Somebody came with her", "Alguien vino con ella"),
            ]),
            "Who came with her?",
            "¿Quién vino con ella?",
        ),
        step("rights", home, Kind::Inform, "Tell her what rights she has", "Dígale qué derechos tiene"),
        step(
            "risk",
            home,
            Kind::Scale(Scale {
                from: 0,
                to: 4,
                words: vec![
                    wording("not at all", "nada"),
                    wording("a little", "poco"),
                    wording("some", "algo"),
                    wording("much", "mucho"),
                    wording("very much", "muchísimo"),
                ],
                low: None,
                high: None,
            }),
            "How dangerous does she find it?",
            "¿Cómo de peligroso lo ve?",
        ),
        step(
            "needs",
            home,
            Kind::List {
                rows: Rows::Own(vec![
                    Row { id: RowId::new("bed").unwrap(), label: wording("A bed", "Una cama") },
                    Row { id: RowId::new("food").unwrap(), label: wording("Food", "Comida") },
                ]),
                states: vec![
                    choice("met", "Met", "Resuelto"),
                    choice("still-open", "Still open", "Pendiente"),
                ],
            },
            "What does she need today?",
            "¿Qué necesita hoy?",
        ),
        step("breathe", Home::Response(0), Kind::Guidance, "Breathe with her", "Respire con ella"),
    ];
    steps[1].private = true;
    steps[2].say = Some(wording("People can help you.", "Hay gente que puede ayudarle."));
    steps[5].shows = Some(Shows::Pacer);
    let by_id: HashMap<StepId, StepIndex> =
        steps.iter().enumerate().map(|(place, step)| (step.id.clone(), StepIndex(place))).collect();
    Protocol {
        id: ProtocolId::new("night-shelter").unwrap(),
        version: 4,
        language: Language::English.code(),
        translations: vec![Language::Spanish.code()],
        title: wording("First talk", "Primera charla"),
        source: None,
        conditions: Vec::new(),
        covers: vec![cover()],
        phases: vec![Phase {
            id: PhaseId::new("place").unwrap(),
            title: wording("The place", "El lugar"),
            pause: Some(wording("Do we let her in?", "¿La hacemos pasar?")),
            minutes: None,
            gates: Vec::new(),
            groups: vec![Group {
                id: Some(GroupId::new("the-room").unwrap()),
                title: Some(wording("The room", "La sala")),
                when: None,
                with_her: true,
                together: false,
                steps: 0..5,
            }],
        }],
        responses: vec![Response {
            id: ResponseId::new("distress").unwrap(),
            key: ResponseKey::F(2),
            rank: 3,
            cover: false,
            title: wording("She needs a moment", "Necesita un momento"),
            hint: Some(wording("moment", "momento")),
            in_sight: vec![wording("Slowly", "Despacio"), wording("No hurry", "Sin prisa")],
            steps: 5..6,
        }],
        steps,
        by_id,
    }
}

fn cover() -> Cover {
    Cover {
        id: CoverId::new("health").unwrap(),
        title: wording("Health and training", "Salud y formación"),
        topics: vec![
            topic(
                "sleep",
                ("Sleeping better", "Dormir mejor"),
                Some(StandsFor::Later),
                &[
                    (
                        "Most adults need seven to nine hours of sleep.",
                        "La mayoría necesita de siete a nueve horas.",
                    ),
                    (
                        "Go to bed and get up at the same hours, at weekends too, since the body likes to know when it may rest.",
                        "Acuéstese y levántese a las mismas horas, también el fin de semana: al cuerpo le gusta saber cuándo descansa.",
                    ),
                    (
                        "A dark, quiet and rather cool room helps.",
                        "Ayuda un cuarto oscuro, tranquilo y fresco.",
                    ),
                    ("Coffee and tea keep many people awake.", "El café y el té quitan el sueño."),
                    ("Put the telephone away in time.", "Deje el teléfono a tiempo."),
                    ("Daylight in the morning helps.", "La luz de la mañana ayuda."),
                    (
                        "If you sleep badly for a month, ask a doctor.",
                        "Si duerme mal un mes, consulte a un médico.",
                    ),
                ],
            ),
            topic(
                "courses",
                ("Language courses", "Cursos de idiomas"),
                Some(StandsFor::Subject),
                &[(
                    "Libraries know which courses cost nothing.",
                    "En la biblioteca saben qué cursos son gratis.",
                )],
            ),
            topic(
                "help",
                ("Getting help", "Pedir ayuda"),
                Some(StandsFor::Leave),
                &[("In an emergency call 112.", "En una emergencia llame al 112.")],
            ),
        ],
    }
}

/// The two sizes that every screen is looked at in.
pub(super) const SIZES: [(u16, u16); 2] = [(80, 24), (40, 12)];

/// What a screen draws at a size, and where its cursor stands.
pub(super) fn drawn(
    (width, height): (u16, u16),
    draw: impl FnOnce(Rect, &mut Buffer) -> Option<Position>,
) -> (Buffer, Option<Position>) {
    let area = Rect::new(0, 0, width, height);
    let mut buffer = Buffer::empty(area);
    let cursor = draw(area, &mut buffer);
    (buffer, cursor)
}

/// The characters of a buffer, a line each, without the blanks at the ends.
pub(super) fn text(buffer: &Buffer) -> String {
    let rows = buffer.area.rows().map(|row| {
        let cells = row.columns().filter_map(|column| buffer.cell((column.x, column.y)));
        cells.map(ratatui::buffer::Cell::symbol).collect::<String>().trim_end().to_owned()
    });
    rows.collect::<Vec<_>>().join("\n")
}

/// Draws at every size from nothing to 3 by 3, and in an area that lies half and wholly outside the buffer.
pub(super) fn never_panics(draw: impl Fn(Rect, &mut Buffer) -> Option<Position>) {
    for width in 0..=3 {
        for height in 0..=3 {
            let _ = drawn((width, height), &draw);
        }
    }
    for size in [(1, 200), (200, 1), (12, 4), (25, 6)] {
        let _ = drawn(size, &draw);
    }
    let mut buffer = Buffer::empty(Rect::new(0, 0, 10, 5));
    for area in [Rect::new(8, 3, 40, 12), Rect::new(30, 30, 5, 5), Rect::new(0, 0, u16::MAX, u16::MAX)] {
        draw(area, &mut buffer);
    }
}

/// The keys of a text in which `[Enter]` and the like stand for themselves.
pub(super) fn keys(text: &str) -> Vec<Key> {
    let mut keys = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some((name, after)) = rest.strip_prefix('[').and_then(|named| named.split_once(']')) {
            keys.push(match name {
                "Enter" => Key::Enter,
                "Backspace" => Key::Backspace,
                "Up" => Key::Up,
                "Down" => Key::Down,
                "Left" => Key::Left,
                "Right" => Key::Right,
                "PgUp" => Key::PageUp,
                "PgDn" => Key::PageDown,
                "Home" => Key::Home,
                "End" => Key::End,
                "Tab" => Key::Tab,
                "Hide" => Key::Hide,
                "F1" => Key::F(1),
                "F2" => Key::F(2),
                "F3" => Key::F(3),
                "F4" => Key::F(4),
                "F7" => Key::F(7),
                "F9" => Key::F(9),
                "Return" => Key::Return,
                "Empty" => Key::Empty,
                "Delete" => Key::Delete,
                other => panic!("no key is named {other}"),
            });
            rest = after;
        } else {
            keys.push(Key::Char(c));
            rest = &rest[c.len_utf8()..];
        }
    }
    keys
}

/// Every word of a text that is not on any of the screens.
pub(super) fn missing<'a>(text: &'a str, screens: &str) -> Vec<&'a str> {
    text.split_whitespace().filter(|word| !screens.contains(word)).collect()
}

/// Fails where a word of a page, as the plain way has it, is not on the screen.
pub(super) fn all_of_it(lines: &[String], shown: &str) {
    // What is longer than a line is broken wherever it must be.
    let joined: String = shown.split_whitespace().collect();
    for word in lines.iter().flat_map(|line| line.split_whitespace()) {
        assert!(joined.contains(word.trim_end_matches([':', '.'])), "{word}\n{shown}");
    }
}
