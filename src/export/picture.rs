//! Pictures of a session: its course, with phases as blocks, responses as bands and pauses as gaps, and the points of
//! a scale over it. Each says in words what it shows.

use crate::words::{ExportWord, Telling, course_described, scale_described};

use super::account::{Account, Scaled};
use super::markup::Markup;

/// How wide a picture is, in its own units: read on a phone, and not too large on a desk.
const WIDE: f64 = 400.0;
/// Left and right of what is drawn.
const MARGIN: f64 = 14.0;
/// The narrowest thing that is still seen.
const LEAST: f64 = 1.5;
/// The most signs of time under a picture.
const MOST_TICKS: u64 = 6;

/// From time to place.
#[derive(Debug, Clone, Copy)]
struct Axis {
    length: u64,
}

impl Axis {
    /// Where a moment is. A picture needs no more digits than a float has.
    #[expect(clippy::cast_precision_loss, reason = "a picture is no finer than its units")]
    fn at(self, time: u64) -> f64 {
        let part = time.min(self.length) as f64 / self.length.max(1) as f64;
        MARGIN + part * (WIDE - 2.0 * MARGIN)
    }

    /// Where something is that lasted, and how wide.
    fn stretch(self, from: u64, to: u64) -> (f64, f64) {
        let left = self.at(from);
        (left, (self.at(to) - left).max(LEAST))
    }

    /// Moments for signs under it, a round number of minutes apart.
    fn ticks(self) -> impl Iterator<Item = u64> {
        let minutes = self.length / 60_000;
        let round = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1_440];
        let apart = round.into_iter().find(|apart| minutes / apart < MOST_TICKS).unwrap_or(1_440).max(1);
        let apart = if minutes / apart < MOST_TICKS { apart } else { minutes / MOST_TICKS + 1 };
        // A time of a hostile file may be any; one that cannot be counted lies behind the end.
        let at = move |tick: u64| tick.checked_mul(apart)?.checked_mul(60_000);
        (0..=MOST_TICKS).filter_map(at).filter(move |at| *at <= self.length)
    }

    fn draw(self, svg: &mut Markup, y: f64) {
        line(svg, "axis", (MARGIN, y), (WIDE - MARGIN, y));
        for at in self.ticks() {
            let x = self.at(at);
            line(svg, "axis", (x, y), (x, y + 3.0));
            let minutes = at / 60_000;
            let sign = format!("{}:{:02}", minutes / 60, minutes % 60);
            text(svg, "", (x, y + 14.0), &sign);
        }
    }
}

fn number(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

fn line(svg: &mut Markup, class: &str, (x1, y1): (f64, f64), (x2, y2): (f64, f64)) {
    let [x1, y1, x2, y2] = [x1, y1, x2, y2].map(number);
    svg.shape("line", &[("class", class), ("x1", &x1), ("y1", &y1), ("x2", &x2), ("y2", &y2)]);
}

fn block(svg: &mut Markup, class: &str, (x, y): (f64, f64), (wide, high): (f64, f64)) {
    let [x, y, wide, high] = [x, y, wide, high].map(number);
    svg.shape("rect", &[("class", class), ("x", &x), ("y", &y), ("width", &wide), ("height", &high)]);
}

fn text(svg: &mut Markup, class: &str, (x, y): (f64, f64), says: &str) {
    let [x, y] = [x, y].map(number);
    let class = if class.is_empty() { "sign" } else { class };
    svg.leaf("text", &[("class", class), ("x", &x), ("y", &y), ("text-anchor", "middle")], says);
}

/// A picture with its name and what it shows in words.
fn picture(
    page: &mut Markup,
    id: &str,
    high: f64,
    (title, shows): (&str, &str),
    draw: impl FnOnce(&mut Markup),
) {
    let (named, described) = (format!("{id}-t"), format!("{id}-d"));
    let (seen, by) = (format!("0 0 {} {}", number(WIDE), number(high)), format!("{named} {described}"));
    page.element("svg", &[("viewBox", &seen), ("role", "img"), ("aria-labelledby", &by)], |svg| {
        svg.leaf("title", &[("id", &named)], title);
        svg.leaf("desc", &[("id", &described)], shows);
        draw(svg);
    });
    page.line();
}

/// The sign of the n-th response: a, b, … z, aa, ab, …
pub(super) fn letter(mut place: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'a' + u8::try_from(place % 26).unwrap_or(0)));
        if place < 26 {
            break;
        }
        place = place / 26 - 1;
    }
    letters.into_iter().rev().collect()
}

/// The course of a session.
pub(super) fn course(page: &mut Markup, account: &Account<'_>) {
    let (course, telling) = (&account.course, &account.telling);
    let language = telling.language();
    let axis = Axis { length: course.length };
    let length = telling.duration(course.length);
    let shows =
        course_described(language, &length, course.phases.len(), course.responses.len(), course.covers.len());
    let id = format!("c-{}", account.name);
    picture(page, &id, 86.0, (ExportWord::Course.text(language), &shows), |svg| {
        let place_of = |what| account.phases.iter().position(|(known, ..)| known == what).unwrap_or(0);
        for phase in &course.phases {
            let (x, wide) = axis.stretch(phase.from, phase.to);
            let class = if place_of(&phase.what) % 2 == 0 { "even" } else { "odd" };
            block(svg, class, (x, 20.0), (wide, 26.0));
        }
        for pause in &course.pauses {
            let (x, wide) = axis.stretch(pause.from, pause.to);
            block(svg, "gap", (x, 19.0), (wide, 28.0));
        }
        for (place, response) in course.responses.iter().enumerate() {
            let (x, wide) = axis.stretch(response.from, response.to);
            block(svg, "band", (x, 15.0), (wide, 36.0));
            text(svg, "lit", (x + wide / 2.0, 11.0), &letter(place));
        }
        for phase in &course.phases {
            let (x, wide) = axis.stretch(phase.from, phase.to);
            if wide > 9.0 {
                text(svg, "lit", (x + 5.0, 43.0), &(place_of(&phase.what) + 1).to_string());
            }
        }
        for cover in &course.covers {
            let (x, wide) = axis.stretch(cover.from, cover.to);
            block(svg, "cover", (x, 54.0), (wide, 8.0));
        }
        for at in &course.taken_up {
            let x = axis.at(*at);
            line(svg, "again", (x, 4.0), (x, 66.0));
        }
        axis.draw(svg, 66.0);
    });
}

/// What stands for what in the picture of the course: only what is in it.
pub(super) fn key(page: &mut Markup, account: &Account<'_>) {
    let course = &account.course;
    let language = account.telling.language();
    let signs = [
        ("even", ExportWord::Phase, course.phases.is_empty()),
        ("band", ExportWord::Response, course.responses.is_empty()),
        ("cover", ExportWord::Cover, course.covers.is_empty()),
        ("gap", ExportWord::Pause, course.pauses.is_empty()),
        ("again", ExportWord::TakenUp, course.taken_up.is_empty()),
    ];
    page.element("ul", &[("class", "key")], |list| {
        for (class, word, _) in signs.into_iter().filter(|(.., absent)| !absent) {
            list.element("li", &[], |item| {
                item.element("svg", &[("viewBox", "0 0 28 16"), ("aria-hidden", "true")], |svg| {
                    if class == "again" {
                        line(svg, class, (14.0, 0.0), (14.0, 16.0));
                    } else {
                        block(svg, class, (1.0, 1.0), (26.0, 14.0));
                    }
                });
                item.text(word.text(language));
            });
        }
    });
}

/// The points of a scale over the course.
#[expect(clippy::cast_precision_loss, reason = "a picture is no finer than its units")]
pub(super) fn scale(page: &mut Markup, id: &str, scaled: &Scaled, length: u64, telling: &Telling<'_>) {
    let axis = Axis { length };
    let (low, high) = (scaled.low.0, scaled.high.0.max(scaled.low.0.saturating_add(1)));
    let (top, bottom) = (16.0, 76.0);
    let level = |number: i64| {
        let part = number.clamp(low, high).saturating_sub(low) as f64 / high.saturating_sub(low) as f64;
        bottom - part * (bottom - top)
    };
    let points: Vec<(String, i64)> =
        scaled.points.iter().map(|point| (telling.duration(point.at), point.number)).collect();
    let shows = scale_described(telling.language(), &scaled.low, &scaled.high, &points);
    picture(page, id, 98.0, (&scaled.asks, &shows), |svg| {
        let lines = if high.saturating_sub(low) <= 10 { (low..=high).collect() } else { vec![low, high] };
        for at in lines {
            line(svg, "grid", (MARGIN, level(at)), (WIDE - MARGIN, level(at)));
        }
        for end in [low, high] {
            text(svg, "", (MARGIN / 2.0, level(end) + 4.0), &end.to_string());
        }
        let places: Vec<(f64, f64)> =
            scaled.points.iter().map(|point| (axis.at(point.at), level(point.number))).collect();
        // A point holds until the next one.
        for pair in places.windows(2) {
            if let [(x1, y1), (x2, y2)] = *pair {
                line(svg, "way", (x1, y1), (x2, y1));
                line(svg, "way", (x2, y1), (x2, y2));
            }
        }
        for ((x, y), point) in places.iter().zip(&scaled.points) {
            let [cx, cy] = [*x, *y].map(number);
            svg.shape("circle", &[("class", "dot"), ("cx", &cx), ("cy", &cy), ("r", "5")]);
            let y = if *y < 26.0 { y + 16.0 } else { y - 8.0 };
            text(svg, "lit", (*x, y), &point.number.to_string());
        }
        axis.draw(svg, 80.0);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn responses_have_signs_of_their_own_however_many_there_are() {
        let signs: Vec<String> = [0, 1, 25, 26, 27, 701, 702].into_iter().map(letter).collect();
        assert_eq!(signs, ["a", "b", "z", "aa", "ab", "zz", "aaa"]);
    }

    #[test]
    fn signs_of_time_are_round_few_and_within_the_picture() {
        for (minutes, expected) in [
            (0_u64, vec![0_u64]),
            (3, vec![0, 1, 2, 3]),
            (47, vec![0, 10, 20, 30, 40]),
            (95, vec![0, 30, 60, 90]),
            (u64::MAX / 60_000, vec![0]),
        ] {
            let axis = Axis { length: minutes.saturating_mul(60_000) };
            let ticks: Vec<u64> = axis.ticks().map(|at| at / 60_000).collect();
            if minutes < 1_000 {
                assert_eq!(ticks, expected, "{minutes}");
            }
            assert!(ticks.len() <= 7 && axis.at(u64::MAX) <= WIDE, "{minutes}");
        }
    }
}
