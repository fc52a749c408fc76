//! What can lie on top of the checklist: panels that take all keys while they are up, and fields.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::machine::{Command, ReasonCode, listed_steps};
use crate::protocol::{Home, Response, ResponseKey, Step};
use crate::text::{Language, PhaseId, StepId, width, wrap};
use crate::words::{self, Doubt, Say, Told};

use super::card::{Card, Choosable, Chosen, Marked, marked};
use super::field::Field;
use super::gate::{leaving, open_lines};
use super::header;
use super::hint_bar;
use super::instant::instant;
use super::keys::{Context, Keys, Where, working};
use super::moment;
use super::out_of_sight::OutOfSight;
use super::put::put;
use super::scene::Scene;
use super::view::ReadBy;

/// A panel or a field.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Top {
    /// Every key that works, scrolled by so many lines.
    Help { from: usize },
    /// The reason of a step.
    Why { from: usize },
    /// What is open, and the line at work.
    Open { line: usize },
    /// The phases, or the steps of one, and the line at work.
    GoTo { phase: Option<usize>, line: usize },
    /// The now-list.
    Now,
    /// The check-in.
    CheckIn,
    /// A reason, and for what.
    Reason(ReasonFor),
    /// Languages.
    Languages,
    /// Whether to leave.
    Leave,
    /// Whether to leave although something is not saved.
    Lose,
    /// The field that finds a step, and the line at work among those found.
    Find { field: Field, line: usize },
    /// Any other field, and what it is for.
    Writing { field: Field, what: What, problem: Option<Problem> },
}

/// What a reason is for.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum ReasonFor {
    /// Skipping a step.
    Skip(StepId),
    /// An answer that changes in a phase that lies behind.
    Change(Command),
    /// A gate that is passed all the same.
    Override(PhaseId),
    /// Closing over required steps that are open.
    Close,
}

/// What a field is for.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum What {
    /// The answer to a text step.
    Text(StepId),
    /// A number or a point of a long scale.
    Number(StepId),
    /// A day.
    Day(StepId),
    /// A time, and what it is for.
    Time(StepId),
    /// A row that is added to a list.
    Row(StepId),
    /// A note.
    Note,
    /// A colleague's number.
    Colleague,
    /// The words of a reason, by its event.
    Words(u64),
}

/// Why what was typed cannot be kept.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Problem {
    /// A sentence of the program.
    Says(Say),
    /// A number that is not between these.
    Outside(i64, i64),
    /// The protocol's own sentence for a text that is not like it should be.
    Unlike(String),
    /// The instant that was read for a step may not be what was meant: the same key keeps it.
    Doubtful(StepId, i64, Doubt),
}

impl Problem {
    /// What is wrong, as a sentence.
    pub fn sentence(&self, scene: &Scene) -> String {
        match self {
            Self::Says(say) => scene.say(*say).to_owned(),
            Self::Outside(from, to) => scene.told(&Told::NumberFrom(*from, *to)),
            Self::Unlike(says) => says.clone(),
            Self::Doubtful(step, at, doubt) => {
                let step = scene.protocol.step_by_id(step);
                let dots = step.is_some_and(|step| scene.dots(step));
                let when =
                    (!dots).then(|| instant(scene.view.language, *at, scene.view.now.zone, scene.view.now));
                scene.told(&Told::Doubtful { when: when.as_deref(), doubt: *doubt })
            }
        }
    }
}

impl Top {
    /// Where its keys are pressed.
    pub fn place(&self) -> Where {
        match self {
            Self::Help { .. } => Where::Help,
            Self::Why { .. } => Where::Why,
            Self::Open { .. } => Where::Open,
            Self::GoTo { .. } => Where::GoTo,
            Self::Now => Where::Now,
            Self::CheckIn => Where::CheckIn,
            Self::Reason(_) => Where::Reason,
            Self::Languages => Where::Languages,
            Self::Leave | Self::Lose => Where::Leave,
            Self::Find { .. } => Where::Find,
            Self::Writing { .. } => Where::Writing,
        }
    }
}

/// The F-keys of the now-list's first three lines: moment, less, now.
pub(super) const NOW_KEYS: [u8; 3] = [2, 7, 9];
/// The digits of the now-list that stop the clock, and hide.
pub(super) const NOW_PAUSE: u8 = 4;
/// See [`NOW_PAUSE`].
pub(super) const NOW_PAGE: u8 = 5;

/// The response of an F-key.
pub(super) fn response_on<'a>(scene: &Scene<'a>, f: u8) -> Option<&'a Response> {
    scene.protocol.responses.iter().find(|response| response.key == ResponseKey::F(f) && !response.cover)
}

/// The card of a panel that is a question, where it is one.
pub(super) fn question(scene: &Scene, top: &Top, step: Option<&Step>) -> Option<Card> {
    let say = |what| scene.say(what);
    let of =
        |ask: Say, options: Vec<Choosable>| Card { ask: say(ask).to_owned(), options, ..Card::default() };
    Some(match top {
        Top::Why { .. } => Card {
            ask: say(Say::WhyTitle).to_owned(),
            text: step
                .and_then(|step| step.why.as_ref())
                .map(|why| scene_text(scene, why))
                .into_iter()
                .collect(),
            ..Card::default()
        },
        Top::Now => of(Say::NowTitle, now_list(scene)),
        Top::CheckIn => {
            let mut card = of(Say::CheckInTitle, check_in_list(scene));
            card.text.extend(header::check_in(scene).map(|(time, mark, _)| format!("{time} {mark}")));
            card
        }
        Top::Reason(what) => {
            let ask = match what {
                ReasonFor::Skip(_) | ReasonFor::Override(_) => Say::ReasonTitle,
                ReasonFor::Change(_) => Say::ReasonForChange,
                ReasonFor::Close => Say::ReasonToClose,
            };
            let reasons = ReasonCode::ALL.iter().enumerate();
            of(
                ask,
                reasons
                    .map(|(place, code)| Choosable::new(place + 1, words::reason(scene.view.language, *code)))
                    .collect(),
            )
        }
        Top::Languages => {
            // A language is named in itself where the program has it, else by its code.
            let line = |what: Say, code: &str| {
                let name = match Language::from_code(code) {
                    Some(Language::English) => "English",
                    Some(Language::Spanish) => "Español",
                    None => code,
                };
                format!("{}: {name}", say(what))
            };
            of(
                Say::LanguagesTitle,
                vec![
                    Choosable::new(1, &line(Say::OfTheScreen, scene.view.language.code().as_str())),
                    Choosable::new(2, &line(Say::OfTheWords, scene.view.said.as_str())),
                ],
            )
        }
        Top::Leave => {
            let leaves = match (leaving(scene), scene.view.desk.keys.readers) {
                (Say::LeaveForLater, ReadBy::OthersOnly(_)) => Say::LeaveForOthers,
                (leaves, _) => leaves,
            };
            let mut options = vec![Choosable::new(1, say(leaves))];
            if scene.view.state.seen.ended.is_none() {
                options.push(Choosable::new(2, say(Say::EndForToday)));
            }
            options.push(Choosable::new(0, say(Say::BackToList)));
            of(Say::LeaveTitle, options)
        }
        Top::Lose => of(
            Say::LoseTitle,
            vec![
                Choosable::new(1, say(Say::SaveElsewhereWord)),
                Choosable::new(2, say(Say::LeaveAndLose)),
                Choosable::new(0, say(Say::BackToList)),
            ],
        ),
        _ => return None,
    })
}

fn scene_text(scene: &Scene, wording: &crate::protocol::Wording) -> String {
    wording.in_language(scene.view.shown).to_owned()
}

fn now_list(scene: &Scene) -> Vec<Choosable> {
    let mut options: Vec<Choosable> = NOW_KEYS
        .iter()
        .enumerate()
        .filter_map(|(place, f)| {
            let response = response_on(scene, *f)?;
            Some(Choosable::new(place + 1, scene.response_hint(response)))
        })
        .collect();
    let clock = if scene.view.state.record.clock.stopped { Say::ClockOn } else { Say::StopClock };
    options.push(Choosable::new(NOW_PAUSE, scene.say(clock)));
    options.push(Choosable::new(NOW_PAGE, scene.say(Say::PageWord)));
    options
}

/// What the check-in's question offers: that it was called only while a time is set.
pub(super) fn check_in_list(scene: &Scene) -> Vec<Choosable> {
    let mut options = Vec::new();
    let deadline =
        header::check_in_step(scene).and_then(|step| scene.view.state.record.deadlines.get(&step.id));
    if deadline.is_some_and(|deadline| !deadline.met) {
        options.push(Choosable::new(1, scene.say(Say::Called)));
    }
    for (digit, minutes, word) in [(2, 15, Say::QuarterLater), (3, 30, Say::HalfLater)] {
        let at = later_check_in(scene, minutes);
        let time = moment::clock(scene.view.language, at, scene.view.now);
        options.push(Choosable::new(digit, &format!("{}  {time}", scene.say(word))));
    }
    options.push(Choosable::new(4, scene.say(Say::AnotherTime)));
    options
}

/// The check-in so many minutes later: than it is set for, or than now where that is over.
pub(super) fn later_check_in(scene: &Scene, minutes: i64) -> i64 {
    let now = scene.view.now.wall;
    let set = header::check_in_step(scene)
        .and_then(|step| scene.view.state.record.deadlines.get(&step.id))
        .filter(|deadline| !deadline.met)
        .map_or(now, |deadline| deadline.at.max(now));
    set.saturating_add(minutes * 60_000)
}

/// The digits of a panel.
pub(super) fn digits(scene: &Scene, top: &Top, step: Option<&Step>) -> Vec<u8> {
    if let Top::GoTo { phase, .. } = top {
        let back = u8::from(phase.is_none() && !scene.view.state.record.asides.is_empty());
        let lines = match phase {
            None => scene.protocol.phases.len(),
            Some(place) => scene.protocol.phases.get(*place).map_or(0, |phase| phase.groups.len()),
        };
        return (1 - back..=u8::try_from(lines).unwrap_or(9).min(9)).collect();
    }
    let card = question(scene, top, step);
    let keys = card.iter().flat_map(|card| &card.options);
    keys.filter_map(|option| option.key.parse().ok()).collect()
}

/// The steps of a phase that can be gone to.
pub(super) fn steps_of_phase<'a>(scene: &Scene<'a>, place: usize) -> Vec<&'a Step> {
    let Some(phase) = scene.protocol.phases.get(place) else { return Vec::new() };
    let steps = scene.protocol.steps.get(phase.steps()).unwrap_or_default();
    steps.iter().filter(|step| !scene.view.state.seen.off.contains(&step.id)).collect()
}

/// The steps whose line has every word that was typed.
pub(super) fn found<'a>(scene: &Scene<'a>, typed: &str) -> Vec<&'a Step> {
    let typed = typed.to_lowercase();
    let words: Vec<&str> = typed.split_whitespace().collect();
    if words.is_empty() {
        return Vec::new();
    }
    listed_steps(scene.protocol, scene.view.state)
        .into_iter()
        .filter(|step| !scene.view.state.seen.off.contains(&step.id) && !scene.hides(step))
        .filter(|step| {
            let line = scene.text(&step.ask).to_lowercase();
            words.iter().all(|word| line.contains(word))
        })
        .collect()
}

fn step_line(scene: &Scene, step: &Step) -> Marked {
    let (sign, style) = scene.mark(step);
    let text = if scene.hides(step) {
        "· · · ·".to_owned()
    } else {
        step.ask.in_language(scene.view.shown).to_owned()
    };
    Marked { sign, style, text, answer: scene.standing_word(step).unwrap_or_default().to_owned() }
}

/// The lines of a panel that is a list, its title, and the line at work.
pub(super) fn list_of(scene: &Scene, top: &Top) -> Option<(String, Vec<Marked>, usize)> {
    Some(match top {
        Top::Open { line } => {
            let lines = open_lines(scene);
            let title =
                if lines.is_empty() { scene.say(Say::NothingOpen) } else { scene.say(Say::StillOpen) };
            (title.to_owned(), lines, *line)
        }
        Top::GoTo { phase: None, line } => {
            let lines = scene.protocol.phases.iter().enumerate().map(|(place, phase)| Marked {
                sign: ["1", "2", "3", "4", "5", "6", "7", "8", "9"].get(place).copied().unwrap_or(" "),
                style: scene.ink.key(),
                text: scene.text(&phase.title).to_owned(),
                answer: header::progress(scene, place, phase, header::Present::No).0,
            });
            let mut title = scene.say(Say::GoToTitle).to_owned();
            if !scene.view.state.record.asides.is_empty() {
                title = format!("{title}   0 {}", scene.say(Say::BackToWhereWeWere));
            }
            (title, lines.collect(), *line)
        }
        Top::GoTo { phase: Some(place), line } => {
            let title = scene.protocol.phases.get(*place).map_or("", |phase| scene.text(&phase.title));
            let lines =
                steps_of_phase(scene, *place).into_iter().map(|step| goto_line(scene, step)).collect();
            (format!("{} {title}", place + 1), lines, *line)
        }
        Top::Find { field, line } => {
            let lines = found(scene, field.text()).into_iter().map(|step| step_line(scene, step)).collect();
            (scene.say(Say::FindTitle).to_owned(), lines, *line)
        }
        _ => return None,
    })
}

/// A step to go to; the first of each group carries the group's digit.
fn goto_line(scene: &Scene, step: &Step) -> Marked {
    let mut line = step_line(scene, step);
    if let Home::Phase { phase, group } = step.home {
        let steps = steps_of_phase(scene, phase);
        let first = steps.iter().find(|other| other.home == step.home);
        let groups = scene.protocol.phases.get(phase).map_or(0, |phase| phase.groups.len());
        if first.is_some_and(|first| first.id == step.id) && groups > 1 {
            line.text = format!("{}  {}", group + 1, line.text);
        } else if groups > 1 {
            line.text = format!("   {}", line.text);
        }
    }
    line
}

/// Draws a list of lines under a title, the line at work in sight.
pub(super) fn draw_list(
    scene: &Scene,
    title: &str,
    lines: &[Marked],
    at: usize,
    area: Rect,
    buffer: &mut Buffer,
) {
    let area = area.intersection(buffer.area);
    if area.is_empty() {
        return;
    }
    draw_title(scene, title, area, buffer);
    draw_lines(scene, lines, at, Rect { y: area.y + 1, height: area.height - 1, ..area }, buffer);
}

/// Draws the title of a panel in the first row of its area.
pub(super) fn draw_title(scene: &Scene, title: &str, area: Rect, buffer: &mut Buffer) {
    let title = crate::text::cut(&format!(" {title}"), usize::from(area.width));
    put(std::iter::once(&Line::styled(title, scene.ink.title())), area, buffer);
}

/// Draws lines of which one is at work, that one whole and in sight; the last row says what is not.
pub(super) fn draw_lines(scene: &Scene, lines: &[Marked], at: usize, area: Rect, buffer: &mut Buffer) {
    let area = area.intersection(buffer.area);
    if area.is_empty() {
        return;
    }
    let columns = usize::from(area.width);
    let rows = usize::from(area.height).saturating_sub(1);
    let laid = |place: usize, line: &Marked| {
        marked(scene, line, columns, if place == at { Chosen::Yes } else { Chosen::No })
    };
    // Only the line at work can have more rows than one.
    let more_rows = lines.get(at).map_or(0, |line| laid(at, line).len().saturating_sub(1));
    let places = rows.saturating_sub(more_rows).max(1);
    let from = at.saturating_sub(places / 2).min(lines.len().saturating_sub(places));
    let shown: Vec<Line<'static>> = lines
        .iter()
        .enumerate()
        .skip(from)
        .take(places)
        .flat_map(|(place, line)| laid(place, line))
        .take(rows)
        .collect();
    let below = lines.len().saturating_sub(from + places);
    put(shown.iter(), area, buffer);
    OutOfSight { above: from, below }.draw(scene, area, buffer);
}

/// The lines of the help: every key that works in a context, with what it does, then what the signs mean.
pub(super) fn help_lines(scene: &Scene, context: &Context, columns: usize) -> Vec<Line<'static>> {
    let language = scene.view.language;
    let mut rows: Vec<(String, String)> = Vec::new();
    for binding in working(context) {
        // The help lies over what these keys close; itself it is closed by its own.
        let what = match binding.word {
            words::KeyWord::Close => scene.say(Say::ClosesUnder),
            word => words::key_help(language, word),
        };
        if binding.keys == Keys::Responses {
            for (f, place) in &context.responses {
                if let Some(response) = scene.protocol.responses.get(*place) {
                    let word = scene.response_hint(response);
                    let text = match about(*f) {
                        Some(about) => format!("{word}: {}", scene.say(about)),
                        None => format!("{what}: {word}"),
                    };
                    rows.push((format!("F{f}"), text));
                }
            }
            continue;
        }
        rows.push((hint_bar::caps(language, binding, context), what.to_owned()));
    }
    let keys = rows.iter().map(|(keys, _)| width(keys)).max().unwrap_or(0).min(columns / 3);
    let mut lines = explained(scene, rows, keys, columns);
    lines.push(Line::default());
    lines.push(Line::styled(format!(" {}", scene.say(Say::SignsTitle)), scene.ink.title()));
    let signs = SIGNS.map(|(sign, says)| (sign.to_owned(), scene.say(says).to_owned()));
    lines.extend(explained(scene, signs.to_vec(), 2, columns));
    lines
}

/// What the signs mean, in the order in which they are met: those of steps, of parts, and behind the call's time.
const SIGNS: [(&str, Say); 12] = [
    ("●", Say::SignHere),
    ("○", Say::SignOpen),
    ("✓", Say::SignDone),
    ("◔", Say::SignPartly),
    ("◐", Say::SignLater),
    ("»", Say::SignSkipped),
    ("◇", Say::SignRatherNot),
    ("–", Say::SignNot),
    ("⌂", Say::SignClosed),
    ("·", Say::CallToCome),
    ("!", Say::CallPast),
    ("✓", Say::CallDone),
];

/// What the responses of the now-list are for, in words that anybody may read.
fn about(f: u8) -> Option<Say> {
    match f {
        2 => Some(Say::AboutMoment),
        7 => Some(Say::AboutLess),
        9 => Some(Say::AboutNow),
        _ => None,
    }
}

/// Keys or signs at the left, in a column so wide, and what they mean.
fn explained(scene: &Scene, rows: Vec<(String, String)>, keys: usize, columns: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for (key, what) in rows {
        let fill = " ".repeat(keys.saturating_sub(width(&key)));
        let mut key = Some(format!(" {key}{fill}  "));
        let hang = key.as_ref().map_or(0, |key| width(key)).min(columns / 2);
        for text in wrap(&what, columns.saturating_sub(hang).max(1)) {
            let head = key.take().unwrap_or_else(|| " ".repeat(hang));
            lines.push(Line::from(vec![Span::styled(head, scene.ink.key()), Span::raw(text)]));
        }
    }
    lines
}

/// Draws the help, scrolled by so many lines.
pub(super) fn draw_help(scene: &Scene, context: &Context, from: usize, area: Rect, buffer: &mut Buffer) {
    let area = area.intersection(buffer.area);
    if area.is_empty() {
        return;
    }
    let lines = help_lines(scene, context, usize::from(area.width));
    let title = Line::styled(format!(" {}", scene.say(Say::HelpTitle)), scene.ink.title());
    put(std::iter::once(&title), area, buffer);
    let rows = usize::from(area.height).saturating_sub(2);
    let from = from.min(help_overflow(lines.len(), area.height));
    let inner = Rect { y: area.y + 1, height: area.height.saturating_sub(2), ..area };
    put(lines.iter().skip(from), inner, buffer);
    let below = lines.len().saturating_sub(from + rows);
    OutOfSight { above: from, below }.draw(scene, area, buffer);
}

/// By how many lines the help can be scrolled in so many rows.
pub(super) fn help_overflow(lines: usize, rows: u16) -> usize {
    lines.saturating_sub(usize::from(rows).saturating_sub(2))
}

/// The title and the explanation of a field.
pub(super) fn field_words(scene: &Scene, field: &Field, what: &What) -> (String, String) {
    let left = field.at_most().saturating_sub(field.text().chars().count());
    let title = match what {
        What::Text(_) | What::Number(_) | What::Day(_) | What::Time(_) => String::new(),
        What::Row(_) => scene.say(Say::RowTitle).to_owned(),
        What::Note => scene.say(Say::NoteTitle).to_owned(),
        What::Colleague => scene.say(Say::StaffTitle).to_owned(),
        What::Words(event) => {
            let reason = scene.view.state.record.wordless.get(event);
            let code = reason.map(|(_, reason)| words::reason(scene.view.language, reason.code));
            format!("{}: {}", scene.say(Say::WordsTitle), code.unwrap_or_default())
        }
    };
    let explains = match what {
        What::Day(_) => scene.say(Say::DayLike).to_owned(),
        What::Time(step) => {
            let dots = scene.protocol.step_by_id(step).is_some_and(|step| scene.dots(step));
            // What it is read as, before it is kept.
            match moment::read_deadline(field.text(), scene.view.now).filter(|_| !dots) {
                Some(read) => {
                    format!(
                        "= {}",
                        instant(scene.view.language, read.at, scene.view.now.zone, scene.view.now)
                    )
                }
                None => scene.say(Say::TimeLike).to_owned(),
            }
        }
        What::Number(step) => bounds(scene, step),
        _ => scene.told(&Told::Left(left)),
    };
    (title, explains)
}

fn bounds(scene: &Scene, step: &StepId) -> String {
    let bounds = scene.protocol.step_by_id(step).and_then(super::kept::bounds);
    bounds.map_or_else(String::new, |(from, to)| scene.told(&Told::FromTo(from, to)))
}
