//! Names that may be given once.

use std::borrow::Cow;
use std::collections::HashMap;

use super::finding::{FindingKind, Findings, NameTrouble, Thing};
use super::source::Span;
use super::tree::{Node, Value};

/// The names given so far among things that may not share one.
#[derive(Debug)]
pub struct Unique<'t> {
    thing: Thing,
    taken: HashMap<Cow<'t, str>, (Thing, Span)>,
}

impl<'t> Unique<'t> {
    /// None yet; most of them will be this.
    pub fn new(thing: Thing) -> Self {
        Self { thing, taken: HashMap::new() }
    }

    /// Takes a name, or reports that it was taken.
    pub fn take(&mut self, findings: &mut Findings, name: Option<(&str, Span)>) {
        let name = name.map(|(name, span)| (Cow::Owned(name.to_owned()), span));
        self.add(findings, self.thing, name);
    }

    /// Takes a name for a thing of another sort.
    pub fn take_as(&mut self, findings: &mut Findings, thing: Thing, name: Option<(&'t str, Span)>) {
        self.add(findings, thing, name.map(|(name, span)| (Cow::Borrowed(name), span)));
    }

    /// Takes the name that was written in a place.
    pub fn take_written(&mut self, findings: &mut Findings, thing: Thing, node: Option<&'t Node<'t>>) {
        if let Some(Node { value: Value::Scalar(text, _), span, .. }) = node {
            self.add(findings, thing, Some((Cow::Borrowed(text), *span)));
        }
    }

    fn add(&mut self, findings: &mut Findings, thing: Thing, name: Option<(Cow<'t, str>, Span)>) {
        let Some((name, span)) = name else { return };
        if let Some((before, first)) = self.taken.get(&name) {
            let trouble = if *before == thing {
                NameTrouble::Twice(thing, name.into_owned())
            } else {
                NameTrouble::Shared(thing, *before, name.into_owned())
            };
            findings.add_with(span, FindingKind::Name(trouble), *first);
        } else {
            self.taken.insert(name, (thing, span));
        }
    }
}
