//! A finding drawn as text: what it is, its source line with a caret, and the remedy.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use crate::protocol::{Finding, Severity, Source};
use crate::text::{Language, line_safe, width};

use super::{first_here, help, tell, weight};

/// The widest line of a file that is drawn whole; of a longer one, what stands around the finding.
const WIDEST: usize = 160;

/// Draws a finding, without colours, with a line end after it.
pub fn draw(finding: &Finding, sources: &[Source], language: Language) -> String {
    let told = tell(&finding.what, language);
    let severity = finding.severity();
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Remark => Level::WARNING,
    };
    let title = level.with_name(weight(severity, language)).primary_title(told.what);
    let remedy = Level::HELP.with_name(help(language)).message(told.help);
    let Some(source) = sources.get(finding.source) else {
        return Renderer::plain().render(&[title.element(remedy)]) + "\n";
    };
    // Only the lines that are drawn are handed over: the rest of the file costs time, once a finding.
    let window = Window::around(source, finding);
    let mut snippet = Snippet::source(window.text.as_str())
        .path(line_safe(&source.name))
        .line_start(window.first_line)
        .annotation(AnnotationKind::Primary.span(window.part(finding.span.start, finding.span.end)));
    if let Some(first) = finding.first
        && window.holds(first.start)
    {
        let span = window.part(first.start, first.end);
        snippet = snippet.annotation(AnnotationKind::Context.span(span).label(first_here(language)));
    }
    let renderer = Renderer::plain().decor_style(DecorStyle::Ascii);
    renderer.render(&[title.element(snippet).element(remedy)]) + "\n"
}

/// The lines of a file that a finding is about.
struct Window {
    text: String,
    /// The byte of the file at which the text starts.
    start: usize,
    first_line: usize,
}

/// The first of two places is drawn where it is near enough to be looked at together.
const NEAR: usize = 4000;

impl Window {
    fn around(source: &Source, finding: &Finding) -> Self {
        let text = &source.text;
        let at = floor(text, finding.span.start as usize);
        let from = match finding.first {
            Some(first) if at.saturating_sub(first.start as usize) < NEAR => {
                floor(text, first.start as usize).min(at)
            }
            _ => at,
        };
        let mut start = text[..from].rfind('\n').map_or(0, |newline| newline + 1);
        let mut end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
        let line_start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        if width(&text[line_start..end]) > WIDEST {
            start = floor(text, at.saturating_sub(WIDEST / 2)).max(line_start);
            end = ceil(text, at + WIDEST / 2).min(end);
        }
        let first_line = source.line(u32::try_from(start).unwrap_or(u32::MAX));
        let text =
            text[start..end].chars().map(|c| if c == '\n' || c == '\t' { c } else { safe(c) }).collect();
        Self { text, start, first_line }
    }

    fn holds(&self, byte: u32) -> bool {
        let byte = byte as usize;
        self.start <= byte && byte < self.start + self.text.len()
    }

    /// A part of the file as a part of the text: within one line, and at least a character wide where there is one.
    fn part(&self, start: u32, end: u32) -> std::ops::Range<usize> {
        let start = floor(&self.text, (start as usize).saturating_sub(self.start));
        let line_end =
            self.text[start..].find(['\n', '\r']).map_or(self.text.len(), |newline| start + newline);
        let end = floor(&self.text, (end as usize).saturating_sub(self.start)).clamp(start, line_end);
        let next = self.text[start..].chars().next().map_or(start, |c| start + c.len_utf8());
        start..end.max(next.min(line_end)).max(start)
    }
}

/// A character that is drawn in the place of a forbidden one, as many bytes long so that places stay right.
fn safe(c: char) -> char {
    let mut bytes = [0; 4];
    if crate::text::forbidden_character(c.encode_utf8(&mut bytes)).is_none() {
        return c;
    }
    match c.len_utf8() {
        1 => '?',
        2 => '·',
        3 => '\u{FFFD}',
        _ => '\u{1F6AB}',
    }
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn ceil(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}
