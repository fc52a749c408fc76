//! Elements of a page or a picture, written so that they are always closed and everything in them is escaped: the only
//! text that is taken as it stands is what the program itself is made of.

use std::fmt::Write as _;

use super::escape;

/// An attribute. Its name is the program's own, its value may come from anywhere.
pub(super) type Attribute<'a> = (&'static str, &'a str);

/// What was written so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Markup(String);

impl Markup {
    /// The whole of it.
    pub(super) fn into_text(self) -> String {
        self.0
    }

    /// An element with what `inside` writes into it.
    pub(super) fn element(
        &mut self,
        tag: &'static str,
        attributes: &[Attribute<'_>],
        inside: impl FnOnce(&mut Self),
    ) {
        self.opening(tag, attributes, ">");
        inside(self);
        let _ = write!(self.0, "</{tag}>");
    }

    /// An element with a text.
    pub(super) fn leaf(&mut self, tag: &'static str, attributes: &[Attribute<'_>], text: &str) {
        self.element(tag, attributes, |inside| inside.text(text));
    }

    /// An element of a page that never has anything in it (`meta`, `br`).
    pub(super) fn void(&mut self, tag: &'static str, attributes: &[Attribute<'_>]) {
        self.opening(tag, attributes, ">");
    }

    /// An element of a picture without anything in it.
    pub(super) fn shape(&mut self, tag: &'static str, attributes: &[Attribute<'_>]) {
        self.opening(tag, attributes, "/>");
    }

    /// A text; its line ends break the line.
    pub(super) fn text(&mut self, text: &str) {
        for (place, line) in text.split('\n').enumerate() {
            if place > 0 {
                self.void("br", &[]);
            }
            self.0.push_str(&escape::html(line));
        }
    }

    /// The program's own style sheet, or the opening of a page.
    pub(super) fn own(&mut self, text: &'static str) {
        self.0.push_str(text);
    }

    /// A line end, so that whoever looks at the file finds lines.
    pub(super) fn line(&mut self) {
        self.0.push('\n');
    }

    /// What was written elsewhere by the same means.
    pub(super) fn append(&mut self, written: &Self) {
        self.0.push_str(&written.0);
    }

    fn opening(&mut self, tag: &'static str, attributes: &[Attribute<'_>], end: &str) {
        let _ = write!(self.0, "<{tag}");
        for (name, value) in attributes {
            let _ = write!(self.0, " {name}=\"{}\"", escape::html(value));
        }
        self.0.push_str(end);
    }
}
