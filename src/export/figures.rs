//! Figures over many sessions: as a page with bars, each beside its number, as plain text, and as data. The three are
//! made from the same rows, so that none says more than the others.

use std::fmt::Write as _;

use chrono::NaiveDate;
use serde_json::{Value as Json, json};

use crate::machine::gate_steps;
use crate::protocol::Protocol;
use crate::review::{Figures, PassedBy, Quartiles};
use crate::text::{Language, ProtocolId, StepId, width, wrap};
use crate::words::{FigureWord, Telling, end, left_out_words, passed_by, weeks_described};

use super::escape::one_line;
use super::markup::Markup;
use super::page::page;
use super::{About, WIDE};

/// The most rows of what has no end: what is rare is in the data.
const MOST_ROWS: usize = 20;

/// A figure: rows, each with a bar and what it says.
#[derive(Debug, Clone)]
pub struct Figure {
    /// What it is about.
    pub title: String,
    /// On how many sessions it stands.
    pub n: Option<usize>,
    /// What its bars are.
    pub note: Option<String>,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// A row of a figure.
#[derive(Debug, Clone)]
pub struct Row {
    /// What it is about.
    pub label: String,
    /// Its bar.
    pub bar: Bar,
    /// The same in numbers, each with what it stands on.
    pub says: String,
}

/// What a bar shows, of the whole width.
#[derive(Debug, Clone, Copy)]
pub enum Bar {
    /// A part.
    Part(u32, u32),
    /// From the first to the third, with a mark at the second.
    Range(Quartiles, u32),
}

impl Bar {
    fn draw(self, svg: &mut Markup) {
        let percent = |value: u32, of: u32| {
            let share = u64::from(value.min(of)) * 1_000 / u64::from(of.max(1));
            format!("{}.{}", share / 10, share % 10)
        };
        let bar = |svg: &mut Markup, class: &str, from: &str, wide: &str, (y, high): (&str, &str)| {
            svg.shape("rect", &[("class", class), ("x", from), ("y", y), ("width", wide), ("height", high)]);
        };
        match self {
            Self::Part(value, of) => {
                bar(svg, "rest", "0", "100", ("4", "2"));
                bar(svg, "bar", "0", &percent(value, of), ("1", "8"));
            }
            Self::Range(quartiles, of) => {
                bar(svg, "rest", "0", "100", ("4", "2"));
                let wide = percent(quartiles.high.saturating_sub(quartiles.low), of);
                bar(svg, "even", &percent(quartiles.low, of), &wide, ("1", "8"));
                let median = percent(quartiles.median.min(of.saturating_mul(99) / 100), of);
                bar(svg, "bar", &median, "1", ("0", "10"));
            }
        }
    }
}

/// Figures without private steps: over few sessions, or one, they would tell what an export of it does not.
fn without_private(figures: &Figures) -> Figures {
    let mut figures = figures.clone();
    let protocols = figures.protocols.clone();
    let is_shown = |id: &ProtocolId, step: &StepId| {
        protocols.get(id).is_some_and(|protocol| protocol.step_by_id(step).is_some_and(|step| !step.private))
    };
    figures.passed.retain(|figure| match &figure.what {
        PassedBy::Skipped(step) | PassedBy::Deferred(step) | PassedBy::Declined(step) => {
            is_shown(&figure.protocol, step)
        }
        PassedBy::Overrode(phase, gate) => protocols.get(&figure.protocol).is_some_and(|protocol| {
            protocol.phase(phase).is_some_and(|(place, _)| {
                gate_steps(protocol, place, usize::from(*gate))
                    .into_iter()
                    .filter_map(|step| protocol.step(step))
                    .all(|step| !step.private)
            })
        }),
    });
    for figure in &mut figures.signals {
        figure.step = figure.step.take().filter(|step| is_shown(&figure.protocol, step));
    }
    figures
}

/// Figures as a page.
pub fn figures_page(figures: &Figures, about: &About) -> String {
    let figures = &without_private(figures);
    let language = about.language;
    let title = FigureWord::Title.text(language);
    page(language, title, |page| {
        page.element("header", &[], |header| {
            header.leaf("h1", &[], title);
            header.leaf("p", &[("class", "made")], &about.line());
            header.leaf("p", &[], FigureWord::Nobody.text(language));
            header.leaf("p", &[("class", "soft")], &left_out_words(figures.left_out, language));
        });
        page.element("main", &[], |main| {
            weeks(main, figures, language);
            for figure in all(figures, language) {
                part(main, &figure, language);
            }
        });
    })
}

/// A figure on a page: a table whose second column has the bars.
pub(super) fn part(main: &mut Markup, figure: &Figure, language: Language) {
    main.element("section", &[("class", "part")], |section| {
        head(section, figure);
        if figure.rows.is_empty() {
            section.leaf("p", &[("class", "soft")], FigureWord::Nothing.text(language));
            return;
        }
        section.element("table", &[("class", "bars")], |table| {
            table.element("tbody", &[], |body| {
                for row in &figure.rows {
                    body.element("tr", &[], |tr| {
                        tr.leaf("td", &[], &row.label);
                        tr.element("td", &[], |cell| {
                            let view = [
                                ("viewBox", "0 0 100 10"),
                                ("preserveAspectRatio", "none"),
                                ("aria-hidden", "true"),
                            ];
                            cell.element("svg", &view, |svg| row.bar.draw(svg));
                        });
                        tr.leaf("td", &[("class", "v")], &row.says);
                    });
                    body.line();
                }
            });
        });
    });
    main.line();
}

fn head(section: &mut Markup, figure: &Figure) {
    section.element("h2", &[], |head| {
        head.text(&figure.title);
        if let Some(n) = figure.n {
            head.leaf("span", &[("class", "sub")], &format!("n = {n}"));
        }
    });
    if let Some(note) = &figure.note {
        section.leaf("p", &[("class", "soft")], note);
    }
}

/// The weeks: many, hence a picture, with the same numbers behind it as a table.
fn weeks(main: &mut Markup, figures: &Figures, language: Language) {
    let title = FigureWord::Weeks.text(language);
    main.element("section", &[("class", "part")], |section| {
        let figure = Figure { title: title.to_owned(), n: Some(figures.n), note: None, rows: Vec::new() };
        head(section, &figure);
        let (Some((first, _)), Some((last, _))) = (figures.weeks.first(), figures.weeks.last()) else {
            section.leaf("p", &[("class", "soft")], FigureWord::Nothing.text(language));
            return;
        };
        let most = figures.weeks.iter().map(|(_, count)| *count).max().unwrap_or(0);
        let count = u32::try_from(figures.weeks.len()).unwrap_or(u32::MAX);
        let columns: Vec<(u32, u32)> = (0..).zip(figures.weeks.iter().map(|(_, count)| *count)).collect();
        section.element("figure", &[], |figure| {
            let view = [("viewBox", "0 0 400 112"), ("role", "img"), ("aria-labelledby", "w-t w-d")];
            figure.element("svg", &view, |svg| {
                svg.leaf("title", &[("id", "w-t")], title);
                svg.leaf("desc", &[("id", "w-d")], &weeks_described(figures.weeks.len(), most, language));
                weeks_drawn(svg, &columns, count, most, [*first, *last]);
            });
        });
        section.element("details", &[], |details| {
            details.leaf("summary", &[], FigureWord::AsTable.text(language));
            details.element("table", &[], |table| {
                table.element("thead", &[], |head| {
                    head.element("tr", &[], |row| {
                        row.leaf("th", &[("scope", "col")], FigureWord::Week.text(language));
                        row.leaf(
                            "th",
                            &[("scope", "col"), ("class", "n")],
                            FigureWord::Sessions.text(language),
                        );
                    });
                });
                table.element("tbody", &[], |body| {
                    for (week, count) in &figures.weeks {
                        body.element("tr", &[], |row| {
                            row.leaf("td", &[], &week.to_string());
                            row.leaf("td", &[("class", "n")], &count.to_string());
                        });
                        body.line();
                    }
                });
            });
        });
    });
    main.line();
}

fn weeks_drawn(svg: &mut Markup, columns: &[(u32, u32)], count: u32, most: u32, ends: [NaiveDate; 2]) {
    const HIGH: f64 = 80.0;
    let apart = 370.0 / f64::from(count.max(1));
    for (place, sessions) in columns {
        let high = HIGH * f64::from(*sessions) / f64::from(most.max(1));
        let [x, y, wide, high] =
            [26.0 + f64::from(*place) * apart, 90.0 - high, (apart * 0.8).clamp(0.4, 24.0), high]
                .map(|value| format!("{value:.2}"));
        svg.shape("rect", &[("class", "bar"), ("x", &x), ("y", &y), ("width", &wide), ("height", &high)]);
    }
    svg.shape("line", &[("class", "axis"), ("x1", "24"), ("y1", "90"), ("x2", "398"), ("y2", "90")]);
    for (y, says) in [("14", most.to_string()), ("93", "0".to_owned())] {
        svg.leaf("text", &[("x", "20"), ("y", y), ("text-anchor", "end")], &says);
    }
    let [first, last] = ends.map(|day| day.to_string());
    svg.leaf("text", &[("x", "24"), ("y", "106"), ("text-anchor", "start")], &first);
    if first != last {
        svg.leaf("text", &[("x", "398"), ("y", "106"), ("text-anchor", "end")], &last);
    }
}

/// Figures as plain text.
pub fn figures_text(figures: &Figures, about: &About) -> String {
    let figures = &without_private(figures);
    let language = about.language;
    let mut text = format!("{}\n{}\n", FigureWord::Title.text(language).to_uppercase(), about.line());
    paragraph(&mut text, FigureWord::Nobody.text(language));
    paragraph(&mut text, &left_out_words(figures.left_out, language));
    let most = figures.weeks.iter().map(|(_, count)| *count).max().unwrap_or(0);
    let rows = figures.weeks.iter().map(|(week, count)| Row {
        label: week.to_string(),
        bar: Bar::Part(*count, most),
        says: count.to_string(),
    });
    let weeks = Figure {
        title: FigureWord::Weeks.text(language).to_owned(),
        n: Some(figures.n),
        note: None,
        rows: rows.collect(),
    };
    for figure in std::iter::once(weeks).chain(all(figures, language)) {
        text.push_str(&figure_text(&figure, language));
    }
    text
}

/// A figure as plain text.
pub(super) fn figure_text(figure: &Figure, language: Language) -> String {
    let n = figure.n.map(|n| format!(" (n = {n})")).unwrap_or_default();
    let mut text = format!("\n{}{n}\n", one_line(&figure.title));
    if let Some(note) = &figure.note {
        paragraph(&mut text, note);
    }
    if figure.rows.is_empty() {
        paragraph(&mut text, FigureWord::Nothing.text(language));
    }
    let wide = figure.rows.iter().map(|row| width(&one_line(&row.label))).max().unwrap_or(0).min(WIDE / 2);
    for row in &figure.rows {
        let lines = wrap(&one_line(&row.label), wide.max(1));
        let blanks = " ".repeat(wide - lines.last().map_or(0, |line| width(line)).min(wide));
        let _ = writeln!(text, "  {}{blanks}  {}", lines.join("\n  "), one_line(&row.says));
    }
    text
}

pub(super) fn paragraph(text: &mut String, says: &str) {
    for line in wrap(&one_line(says), WIDE) {
        text.push_str(&line);
        text.push('\n');
    }
}

/// The figures but the weeks.
fn all(figures: &Figures, language: Language) -> Vec<Figure> {
    let title = |word: FigureWord| word.text(language).to_owned();
    let label = |protocol: &ProtocolId| -> Telling<'_> {
        let known: Option<&Protocol> = figures.protocols.get(protocol).map(AsRef::as_ref);
        Telling::new(language, known, 0)
    };
    // The id stands before what is of one protocol, where there are several.
    let several = figures.protocols.len() > 1;
    let of = |protocol: &ProtocolId, says: String| if several { format!("{protocol}: {says}") } else { says };
    let sessions = u32::try_from(figures.n).unwrap_or(u32::MAX);
    let times = Telling::new(language, None, 0);
    let minutes = |seconds: u32| times.duration(u64::from(seconds) * 1_000);
    let ends = figures.ends.iter().map(|(ending, count)| Row {
        label: end(*ending, language).to_owned(),
        bar: Bar::Part(*count, sessions),
        says: count.to_string(),
    });
    let longest = figures.phases.iter().map(|figure| figure.took.high).max().unwrap_or(0);
    let range = |quartiles: Quartiles| {
        let (low, high) = (minutes(quartiles.low), minutes(quartiles.high));
        format!("{} ({low} – {high}), n = {}", minutes(quartiles.median), quartiles.n)
    };
    let phases = figures.phases.iter().map(|figure| Row {
        label: of(&figure.protocol, label(&figure.protocol).phase(&figure.phase)),
        bar: Bar::Range(figure.took, longest),
        says: range(figure.took),
    });
    let most = figures.passed.iter().map(|figure| figure.times).max().unwrap_or(0);
    let passed = figures.passed.iter().take(MOST_ROWS).map(|figure| {
        let telling = label(&figure.protocol);
        let what = match &figure.what {
            PassedBy::Skipped(step) | PassedBy::Deferred(step) | PassedBy::Declined(step) => {
                telling.step(step)
            }
            PassedBy::Overrode(phase, gate) => {
                let gate = telling.gates(phase, &[usize::from(*gate)]);
                format!("{}: {gate}", telling.phase(phase))
            }
        };
        let what = format!("{what} – {}", passed_by(&figure.what, language));
        let reasons: Vec<String> = figure
            .reasons
            .iter()
            .map(|(code, count)| format!("{} {count}", telling.reason_code(*code)))
            .collect();
        let why = if reasons.is_empty() { String::new() } else { format!("; {}", reasons.join(", ")) };
        Row {
            label: of(&figure.protocol, what),
            bar: Bar::Part(figure.times, most),
            says: format!("{}, n = {}{why}", figure.times, figure.n),
        }
    });
    let most = figures.signals.iter().map(|figure| figure.times).max().unwrap_or(0);
    let signals = figures.signals.iter().take(MOST_ROWS).map(|figure| {
        let telling = label(&figure.protocol);
        let place = figure.phase.iter().map(|phase| telling.phase(phase));
        let place: Vec<String> = place.chain(figure.step.iter().map(|step| telling.step(step))).collect();
        let place = if place.is_empty() { String::new() } else { format!(" – {}", place.join(", ")) };
        Row {
            label: of(&figure.protocol, format!("{}{place}", telling.response(&figure.response))),
            bar: Bar::Part(figure.times, most),
            says: format!("{}, n = {}", figure.times, figure.n),
        }
    });
    let covers = (figures.covers.times > 0).then(|| Row {
        label: title(FigureWord::Covered),
        bar: Bar::Range(figures.covers.took, figures.covers.took.high),
        says: range(figures.covers.took),
    });
    let set = u32::try_from(figures.check_ins.n).unwrap_or(u32::MAX);
    let missed = (set > 0).then(|| Row {
        label: title(FigureWord::Missed),
        bar: Bar::Part(figures.check_ins.missed, set),
        says: figures.check_ins.missed.to_string(),
    });
    let practices = figures.practices.iter().map(|figure| Row {
        label: figure.practice.0.to_string(),
        bar: Bar::Part(figure.served, u32::try_from(figure.n).unwrap_or(u32::MAX)),
        says: format!("{}, n = {}", figure.served, figure.n),
    });
    let figure = |word: FigureWord, n: Option<usize>, rows: Vec<Row>| Figure {
        title: title(word),
        n,
        note: (word == FigureWord::Phases).then(|| title(FigureWord::PhasesNote)),
        rows,
    };
    vec![
        figure(FigureWord::Ends, Some(figures.n), ends.collect()),
        figure(FigureWord::Phases, None, phases.collect()),
        figure(FigureWord::Passed, None, passed.collect()),
        figure(FigureWord::Signals, None, signals.collect()),
        figure(FigureWord::Covers, None, covers.into_iter().collect()),
        figure(FigureWord::CheckIns, Some(figures.check_ins.n), missed.into_iter().collect()),
        figure(FigureWord::Practices, None, practices.collect()),
    ]
}

/// The figures but the weeks, as rows with bars, for a screen; without private steps, as everywhere.
pub fn figures_in_rows(figures: &Figures, language: Language) -> Vec<Figure> {
    all(&without_private(figures), language)
}

/// Figures as data.
pub fn figures_data(figures: &Figures) -> Json {
    let figures = &without_private(figures);
    let weeks: Vec<Json> =
        figures.weeks.iter().map(|(week, count)| json!({ "week": week, "sessions": count })).collect();
    let ends: Vec<Json> =
        figures.ends.iter().map(|(end, count)| json!({ "end": end, "sessions": count })).collect();
    json!({
        "n": figures.n,
        "left_out": figures.left_out,
        "weeks": weeks,
        "ends": ends,
        "phases": figures.phases,
        "passed": figures.passed,
        "signals": figures.signals,
        "covers": figures.covers,
        "check_ins": figures.check_ins,
        "practices": figures.practices,
    })
}
