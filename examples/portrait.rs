//! Draws what a program shows as an SVG picture, so that a screen can be looked at as a person sees it.
//!
//! ```text
//! cargo run --example portrait -- --size 80x24 --keys 'n 1 <enter>' --out /tmp/x.svg -- target/debug/amparo --practice
//! cargo run --example portrait -- --bytes stream.raw --out /tmp/x.svg
//! rsvg-convert /tmp/x.svg -o /tmp/x.png
//! ```
//!
//! `--light` draws dark on light; `--text` writes text and looks, as in snapshots, instead of a picture; `--wait TEXT`
//! waits for a text before the keys (otherwise until the program is silent). Keys are in the notation of
//! `tests/all/keys.rs`.

#![expect(clippy::expect_used, clippy::panic, reason = "a developer's tool, made of the tests' own parts")]
#![expect(clippy::print_stderr, reason = "a developer's tool")]

#[path = "../tests/all/keys.rs"]
mod keys;
#[path = "../tests/all/keys_at_hand.rs"]
#[expect(dead_code, reason = "a part of what the tests use")]
mod keys_at_hand;
#[path = "../tests/all/languages.rs"]
#[expect(dead_code, reason = "what the tests look at in any language, it draws in one")]
mod languages;
#[path = "../tests/all/picture.rs"]
#[expect(dead_code, reason = "the tests use the rest")]
mod picture;
#[path = "../tests/all/pty.rs"]
#[expect(dead_code, reason = "the tests use the rest")]
mod pty;

use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use avt::{Color, Pen};
use picture::{Cells, Picture};
use pty::Start;

/// How long a program is silent when its screen counts as drawn.
const SILENT: Duration = Duration::from_millis(250);

const USAGE: &str = "portrait [--size COLSxROWS] [--keys KEYS] [--wait TEXT] [--home DIR] [--light] [--text] \
                     --out FILE (--bytes FILE | -- PROGRAM [ARGUMENT…])";

struct Wish {
    size: Cells,
    keys: String,
    wait: Option<String>,
    home: Option<PathBuf>,
    out: PathBuf,
    paper: Paper,
    shape: Shape,
    from: From,
}

enum Shape {
    Svg,
    Text,
}

enum From {
    Bytes(PathBuf),
    Program(Vec<OsString>),
}

/// What the terminal's own colours are.
#[derive(Clone, Copy)]
struct Paper {
    ink: &'static str,
    ground: &'static str,
}

const DARK: Paper = Paper { ink: "#d4d4d4", ground: "#1e1e1e" };
const LIGHT: Paper = Paper { ink: "#1e1e1e", ground: "#fdfdfd" };

fn main() -> ExitCode {
    let Some(wish) = wish(std::env::args_os().skip(1)) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let picture = match &wish.from {
        From::Bytes(path) => {
            let mut picture = Picture::new(wish.size);
            picture.feed(&std::fs::read(path).expect("the stream can be read"));
            drawn(&picture, &wish)
        }
        From::Program(words) => run(words, &wish),
    };
    std::fs::write(&wish.out, picture).expect("the picture can be written");
    ExitCode::SUCCESS
}

fn wish(mut words: impl Iterator<Item = OsString>) -> Option<Wish> {
    let mut wish = Wish {
        size: Cells { cols: 80, rows: 24 },
        keys: String::new(),
        wait: None,
        home: None,
        out: PathBuf::new(),
        paper: DARK,
        shape: Shape::Svg,
        from: From::Program(Vec::new()),
    };
    while let Some(word) = words.next() {
        match word.to_str()? {
            "--size" => {
                let size = words.next()?.into_string().ok()?;
                let (cols, rows) = size.split_once('x')?;
                wish.size = Cells { cols: cols.parse().ok()?, rows: rows.parse().ok()? };
            }
            "--keys" => wish.keys = words.next()?.into_string().ok()?,
            "--wait" => wish.wait = Some(words.next()?.into_string().ok()?),
            "--home" => wish.home = Some(words.next()?.into()),
            "--out" => wish.out = words.next()?.into(),
            "--light" => wish.paper = LIGHT,
            "--text" => wish.shape = Shape::Text,
            "--bytes" => wish.from = From::Bytes(words.next()?.into()),
            "--" => wish.from = From::Program(words.by_ref().collect()),
            _ => return None,
        }
    }
    let from_nothing = matches!(&wish.from, From::Program(words) if words.is_empty());
    (!from_nothing && !wish.out.as_os_str().is_empty()).then_some(wish)
}

fn run(words: &[OsString], wish: &Wish) -> String {
    let [program, args @ ..] = words else { panic!("{USAGE}") };
    // The program runs in a folder of its own, so a path must not depend on this one.
    let program = std::fs::canonicalize(program).unwrap_or_else(|_| PathBuf::from(program));
    let mut start = Start::program(program).args(args).size(wish.size.cols, wish.size.rows);
    if let Some(home) = &wish.home {
        start = start.home(std::fs::canonicalize(home).expect("the home is there"));
    }
    let mut pty = start.wordless().go();
    match &wish.wait {
        Some(text) => drop(pty.wait_for_text(text)),
        None => until_silent(&mut pty),
    }
    for press in wish.keys.split_whitespace() {
        pty.keys(press);
        until_silent(&mut pty);
    }
    drawn(pty.picture(), wish)
}

fn until_silent(pty: &mut pty::Pty) {
    loop {
        let mark = pty.mark();
        pty.look_for(SILENT);
        if pty.mark() == mark && mark != pty::Pty::START {
            return;
        }
        assert!(pty.is_running() || pty.mark() != mark, "the program ended without a picture");
    }
}

fn drawn(picture: &Picture, wish: &Wish) -> String {
    match wish.shape {
        Shape::Text => picture.with_looks() + "\n",
        Shape::Svg => svg(picture, wish.paper),
    }
}

/// The size of a cell in points, and where its text stands.
const WIDTH: usize = 9;
const HEIGHT: usize = 18;
const BASE: usize = 14;

fn svg(picture: &Picture, paper: Paper) -> String {
    let cells = picture.cells();
    let rows = cells.len();
    let cols = cells.first().map_or(0, Vec::len);
    let (width, height) = ((cols + 2) * WIDTH, (rows + 1) * HEIGHT);
    let mut svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}' viewBox='-{WIDTH} -{} {width} \
         {height}' font-family='DejaVu Sans Mono, monospace' font-size='15' xml:space='preserve'>\n\
         <rect x='-{WIDTH}' y='-{}' width='100%' height='100%' fill='{}'/>\n",
        HEIGHT / 2,
        HEIGHT / 2,
        paper.ground,
    );
    for (row, line) in cells.iter().enumerate() {
        for (col, (text, pen)) in line.iter().enumerate() {
            cell(&mut svg, [col * WIDTH, row * HEIGHT], text, pen, paper);
        }
    }
    if let Some((col, row)) = picture.cursor() {
        let [x, y] = [col * WIDTH, row * HEIGHT];
        let ink = paper.ink;
        writeln!(svg, "<rect x='{x}' y='{y}' width='{WIDTH}' height='{HEIGHT}' fill='none' stroke='{ink}'/>")
            .expect("a string takes text");
    }
    svg.push_str("</svg>\n");
    svg
}

fn cell(svg: &mut String, [x, y]: [usize; 2], text: &str, pen: &Pen, paper: Paper) {
    let mut ink = pen.foreground().map_or_else(|| paper.ink.to_owned(), hex);
    let mut ground = pen.background().map(hex);
    if pen.is_inverse() {
        let old = ground.replace(ink);
        ink = old.unwrap_or_else(|| paper.ground.to_owned());
    }
    if let Some(ground) = ground {
        writeln!(svg, "<rect x='{x}' y='{y}' width='{WIDTH}' height='{HEIGHT}' fill='{ground}'/>")
            .expect("a string takes text");
    }
    if text.trim().is_empty() {
        return;
    }
    let mut style = String::new();
    for (on, words) in [
        (pen.is_bold(), " font-weight='bold'"),
        (pen.is_faint(), " opacity='0.55'"),
        (pen.is_italic(), " font-style='italic'"),
        (pen.is_underline(), " text-decoration='underline'"),
        (pen.is_strikethrough(), " text-decoration='line-through'"),
    ] {
        if on {
            style.push_str(words);
        }
    }
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    writeln!(svg, "<text x='{x}' y='{}' fill='{ink}'{style}>{text}</text>", y + BASE)
        .expect("a string takes text");
}

/// xterm's colours.
fn hex(color: Color) -> String {
    const FIRST: [&str; 16] = [
        "#000000", "#cd3131", "#0dbc79", "#c5b33b", "#3b7dd8", "#bc3fbc", "#11a8cd", "#cccccc", "#767676",
        "#f14c4c", "#23d18b", "#f5f543", "#5a9ff5", "#d670d6", "#29b8db", "#ffffff",
    ];
    match color {
        Color::RGB(rgb) => format!("#{:02x}{:02x}{:02x}", rgb.r, rgb.g, rgb.b),
        Color::Indexed(n @ 0..16) => FIRST[usize::from(n)].to_owned(),
        Color::Indexed(n @ 16..232) => {
            let level = |n: u8| if n == 0 { 0 } else { 55 + 40 * n };
            let n = n - 16;
            format!("#{:02x}{:02x}{:02x}", level(n / 36), level(n / 6 % 6), level(n % 6))
        }
        Color::Indexed(n) => {
            let grey = 8 + 10 * (n - 232);
            format!("#{grey:02x}{grey:02x}{grey:02x}")
        }
    }
}
