//! YAML to a tree with positions: what every later check points at.
//!
//! Knows no key of a protocol. A syntax error ends the reading, since nothing after it can be trusted; what came before
//! is kept, and each collection that was still open says so ([`Node::whole`]), so that nobody reports as missing what was
//! merely not read. Never recursive: depth is bounded by [`DEEPEST`] before the tree is built.

use std::borrow::Cow;
use std::collections::HashMap;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, StructureStyle, options};

use crate::text::is_forbidden;

use super::finding::{FindingKind, Findings, Syntax, Trap};
use super::source::Span;

/// How deep collections may be nested; a protocol needs twelve.
pub const DEEPEST: usize = 32;

/// A part of a file with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Node<'a> {
    /// Where it is.
    pub span: Span,
    /// What it is.
    pub value: Value<'a>,
    /// Whether it was read to its end.
    pub whole: bool,
}

/// What stands in a place.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// Nothing.
    Empty,
    /// A text or a number, as it was written.
    Scalar(Cow<'a, str>, Style),
    /// A list.
    List(Vec<Node<'a>>, Shape),
    /// Keys with their values, in order; a key that came twice is here once.
    Map(Vec<Entry<'a>>, Shape),
    /// Something that was reported where it was read, or not read at all: nobody says anything more about it.
    Unread,
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry<'a> {
    /// The key.
    pub key: Cow<'a, str>,
    /// Where the key is.
    pub key_span: Span,
    /// Its value.
    pub value: Node<'a>,
}

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// Between quotes, single or double.
    Quoted,
    /// After `|` or `>`, on lines of its own.
    Block,
}

/// How a collection is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// On lines of their own.
    Lines,
    /// Between `[ ]` or `{ }`.
    Brackets,
}

/// A file as a tree.
#[derive(Debug)]
pub struct Tree<'a> {
    /// Its root, where it has one.
    pub root: Option<Node<'a>>,
    /// Whether it was read to its end.
    pub whole: bool,
}

impl Node<'_> {
    /// The part to point at when the whole is meant: a collection's first line, a text.
    pub fn head(&self) -> Span {
        match &self.value {
            Value::Map(entries, _) => entries.first().map_or(self.span, |first| match first.value.value {
                Value::Scalar(..) => Span { start: first.key_span.start, end: first.value.span.end },
                _ => first.key_span,
            }),
            Value::List(items, _) => items.first().map_or(self.span, Node::head),
            _ => self.span,
        }
    }
}

/// Reads a text. Every finding of the text itself (characters, traps, anchors, keys that come twice) is added to
/// `findings`; what the keys mean is for the caller.
pub fn grow<'a>(text: &'a str, findings: &mut Findings) -> Tree<'a> {
    check_characters(text, findings);
    let mut grower = Grower { text, open: Vec::new(), root: None, findings };
    let options = options! {
        disallow_directives: true,
        emit_comments: false,
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
        flow_nesting_limit: DEEPEST,
        block_nesting_limit: DEEPEST,
    };
    let mut documents = 0;
    for next in Parser::new_from_str_with_options(text, options) {
        match next {
            Ok((Event::DocumentStart(..), span)) => {
                documents += 1;
                if documents > 1 {
                    grower.findings.add(span_of(span), FindingKind::Syntax(Syntax::SecondDocument));
                    let mut root = grower.root;
                    if let Some(root) = &mut root {
                        root.whole = false;
                    }
                    return Tree { root, whole: false };
                }
            }
            Ok((event, span)) => grower.take(event, span),
            Err(error) => {
                let (span, syntax) = explain(text, &error);
                let (span, syntax) = grower.unclosed(span).unwrap_or((span, syntax));
                let span = if syntax == Syntax::Tab { grower.tab(span) } else { span };
                grower.findings.add(span, FindingKind::Syntax(syntax));
                return Tree { root: grower.cut(span.start as usize), whole: false };
            }
        }
    }
    Tree { root: grower.root, whole: true }
}

fn span_of(span: granit_parser::Span) -> Span {
    let range = span.byte_range().unwrap_or(0..0);
    Span::new(range.start, range.end)
}

/// Control characters and those that turn the direction of writing, anywhere in the file, comments too: what a person
/// reads in an editor must be what the program reads. A tab is a trap of its own, and may stand in a comment.
fn check_characters(text: &str, findings: &mut Findings) {
    let mut rest = text;
    if let Some(after) = text.strip_prefix('\u{FEFF}') {
        findings.add(Span::new(0, 3), FindingKind::Trap(Trap::ByteOrderMark));
        rest = after;
    }
    if !any_suspect(rest.as_bytes()) {
        return;
    }
    let mut at = text.len() - rest.len();
    for line in rest.split_inclusive('\n') {
        let content = line.strip_suffix('\n').unwrap_or(line);
        let content = content.strip_suffix('\r').unwrap_or(content);
        let mut tab_told = false;
        for (offset, c) in content.char_indices() {
            let span = Span::new(at + offset, at + offset + c.len_utf8());
            if c == '\t' {
                let in_comment = content.starts_with('#') || content[..offset].contains(" #");
                if !in_comment && !tab_told {
                    tab_told = true;
                    findings.add(span, FindingKind::Trap(Trap::Tab));
                }
            } else if is_forbidden(c) {
                findings.add(span, FindingKind::Trap(Trap::Forbidden(c)));
            }
        }
        at += line.len();
    }
}

/// Whether some bytes may be of a forbidden character; one pass, as nearly every file is clean. What it may miss a test
/// holds against [`is_forbidden`] for every character that there is.
fn any_suspect(bytes: &[u8]) -> bool {
    let follows = |at: usize| bytes.get(at + 1).copied().unwrap_or(0);
    bytes.iter().enumerate().any(|(at, byte)| match byte {
        b' '..=b'~' | b'\n' | 0x80..=0xC1 | 0xC3..=0xD7 | 0xD9..=0xE1 | 0xE3..=0xEE | 0xF0..=0xF2 => false,
        0xC2 => follows(at) < 0xA0,
        0xE2 => {
            matches!(follows(at), 0x80 | 0x81) && {
                let last = follows(at + 1);
                matches!((follows(at), last), (0x80, 0x8B | 0x8E | 0x8F | 0xA8..=0xAE) | (0x81, 0xA0..=0xA4 | 0xA6..=0xA9))
            }
        }
        _ => true,
    })
}

enum Open<'a> {
    List {
        start: usize,
        items: Vec<Node<'a>>,
        shape: Shape,
        is_key: IsKey,
    },
    Map {
        start: usize,
        entries: Vec<Entry<'a>>,
        shape: Shape,
        key: Option<Key<'a>>,
        is_key: IsKey,
        names: Names,
    },
}

#[derive(Clone, Copy, PartialEq)]
enum IsKey {
    Yes,
    No,
}

enum Key<'a> {
    Named(Cow<'a, str>, Span),
    /// It came before; its value is read and dropped.
    Twice,
    /// It is no text; reported.
    Strange,
}

/// The keys of a large map, so that finding one that came before stays cheap.
#[derive(Default)]
struct Names(HashMap<String, Span>);

const SMALL_MAP: usize = 24;

impl Names {
    fn first(&mut self, entries: &[Entry<'_>], key: &str) -> Option<Span> {
        if entries.len() < SMALL_MAP {
            return entries.iter().find(|entry| entry.key == key).map(|entry| entry.key_span);
        }
        if self.0.is_empty() {
            self.0.extend(entries.iter().map(|entry| (entry.key.to_string(), entry.key_span)));
        } else if let Some(last) = entries.last() {
            self.0.entry(last.key.to_string()).or_insert(last.key_span);
        }
        self.0.get(key).copied()
    }
}

struct Grower<'a, 'f> {
    text: &'a str,
    open: Vec<Open<'a>>,
    root: Option<Node<'a>>,
    findings: &'f mut Findings,
}

impl<'a> Grower<'a, '_> {
    fn take(&mut self, event: Event<'a>, at: granit_parser::Span) {
        let span = span_of(at);
        if let Some(tag) = at.tag_span() {
            self.findings.add(span_of(tag), FindingKind::Trap(Trap::Tag));
        }
        match event {
            Event::Scalar(text, _, _, Some(_)) if text.is_empty() && !self.wants_key() => {
                self.place(Node { span, value: Value::Unread, whole: true });
            }
            Event::Scalar(text, style, ..) => self.scalar(text, style, span),
            Event::SequenceStart(shape, ..) => {
                let is_key = self.collection_as_key(span);
                let shape = shape_of(shape);
                self.open.push(Open::List { start: span.start as usize, items: Vec::new(), shape, is_key });
            }
            Event::MappingStart(shape, ..) => {
                let is_key = self.collection_as_key(span);
                self.open.push(Open::Map {
                    start: span.start as usize,
                    entries: Vec::new(),
                    shape: shape_of(shape),
                    key: None,
                    is_key,
                    names: Names::default(),
                });
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span.end as usize),
            Event::Anchor(..) => self.findings.add(span, FindingKind::Trap(Trap::Anchor)),
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.findings.add(span, FindingKind::Trap(Trap::Alias));
                if self.wants_key() {
                    self.set_key(Key::Strange);
                } else {
                    self.place(Node { span, value: Value::Unread, whole: true });
                }
            }
            _ => {}
        }
    }

    fn scalar(&mut self, text: Cow<'a, str>, style: ScalarStyle, span: Span) {
        let empty = span.start == span.end && style == ScalarStyle::Plain;
        if self.wants_key() {
            return self.name(text, style, span);
        }
        let cut_off = style == ScalarStyle::Plain && self.check_comment(span);
        let value = match style {
            ScalarStyle::Plain if empty && cut_off => Value::Unread,
            ScalarStyle::Plain if empty || text == "~" => Value::Empty,
            ScalarStyle::Plain => Value::Scalar(text, Style::Plain),
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Value::Scalar(text, Style::Quoted),
            ScalarStyle::Literal | ScalarStyle::Folded => Value::Scalar(text, Style::Block),
        };
        self.place(Node { span, value, whole: true });
    }

    /// One blank before `#` cuts a text silently. Two or more were meant as a comment.
    fn check_comment(&mut self, span: Span) -> bool {
        let mut end = span.end as usize;
        if span.start == span.end {
            let Some(Open::Map { key: Some(Key::Named(_, key)), .. }) = self.open.last() else {
                return false;
            };
            end = key.end as usize;
            if self.text.as_bytes().get(end) != Some(&b':') {
                return false;
            }
            end += 1;
        }
        let after = &self.text.as_bytes()[end.min(self.text.len())..];
        let cut_off = after.starts_with(b" #");
        if cut_off {
            let line = after.iter().position(|b| matches!(b, b'\n' | b'\r')).unwrap_or(after.len());
            self.findings.add(Span::new(end + 1, end + line), FindingKind::Trap(Trap::Comment));
        }
        cut_off
    }

    fn wants_key(&self) -> bool {
        matches!(self.open.last(), Some(Open::Map { key: None, .. }))
    }

    fn set_key(&mut self, new: Key<'a>) {
        if let Some(Open::Map { key, .. }) = self.open.last_mut() {
            *key = Some(new);
        }
    }

    fn name(&mut self, text: Cow<'a, str>, style: ScalarStyle, span: Span) {
        if style == ScalarStyle::Plain && text == "<<" {
            self.findings.add(span, FindingKind::Trap(Trap::Merge));
            return self.set_key(Key::Strange);
        }
        let Some(Open::Map { entries, names, key, .. }) = self.open.last_mut() else { return };
        if let Some(first) = names.first(entries, &text) {
            *key = Some(Key::Twice);
            let name = text.into_owned();
            self.findings.add_with(span, FindingKind::Trap(Trap::KeyTwice(name)), first);
        } else {
            *key = Some(Key::Named(text, span));
        }
    }

    fn collection_as_key(&mut self, span: Span) -> IsKey {
        if self.wants_key() {
            self.findings.add(span, FindingKind::Trap(Trap::CollectionAsKey));
            return IsKey::Yes;
        }
        IsKey::No
    }

    fn close(&mut self, end: usize) {
        let Some(open) = self.open.pop() else { return };
        let (node, is_key) = match open {
            Open::List { start, items, shape, is_key } => {
                (Node { span: Span::new(start, end), value: Value::List(items, shape), whole: true }, is_key)
            }
            Open::Map { start, entries, shape, is_key, .. } => {
                (Node { span: Span::new(start, end), value: Value::Map(entries, shape), whole: true }, is_key)
            }
        };
        match is_key {
            IsKey::Yes => self.set_key(Key::Strange),
            IsKey::No => self.place(node),
        }
    }

    fn place(&mut self, node: Node<'a>) {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::List { items, .. }) => items.push(node),
            Some(Open::Map { entries, key, .. }) => {
                if let Some(Key::Named(name, key_span)) = key.take() {
                    entries.push(Entry { key: name, key_span, value: node });
                }
            }
        }
    }

    /// The tab that ended the reading, which was found as a character before: it is said once.
    fn tab(&mut self, end: Span) -> Span {
        let from = self.text.get(..end.start as usize).and_then(|before| before.rfind('\n')).unwrap_or(0);
        let Some(tab) = self.text.get(from..).and_then(|rest| rest.find('\t')) else { return end };
        let span = Span::new(from + tab, from + tab + 1);
        self.findings.forget(span, &FindingKind::Trap(Trap::Tab));
        span
    }

    /// The bracket that was opened on an earlier line than the one in which the reading ended: it was never closed.
    fn unclosed(&self, end: Span) -> Option<(Span, Syntax)> {
        let bracket = self.open.iter().find_map(|open| match open {
            Open::List { start, shape: Shape::Brackets, .. }
            | Open::Map { start, shape: Shape::Brackets, .. } => Some(*start),
            _ => None,
        })?;
        let between = self.text.get(bracket..end.start as usize)?;
        between.contains('\n').then_some((Span::new(bracket, bracket + 1), Syntax::Bracket))
    }

    /// Closes what is open where the reading ended.
    fn cut(mut self, end: usize) -> Option<Node<'a>> {
        while let Some(last) = self.open.last() {
            if matches!(last, Open::Map { key: Some(_), .. }) {
                self.place(Node { span: Span::at(end), value: Value::Unread, whole: false });
            }
            self.close(end);
        }
        let mut last = self.root.as_mut();
        while let Some(node) = last {
            last = spoil(node, self.text);
        }
        self.root
    }
}

/// Marks what the reading ended in as not whole, closed or not: a line that begins too far left closes what it was
/// meant for, and one too far right goes on with the text above it. Gives the last thing inside.
fn spoil<'n, 'a>(node: &'n mut Node<'a>, text: &str) -> Option<&'n mut Node<'a>> {
    node.whole = false;
    if matches!(node.value, Value::Scalar(_, Style::Plain))
        && text.get(node.span.range()).is_some_and(|raw| raw.contains('\n'))
    {
        node.value = Value::Unread;
    }
    match &mut node.value {
        Value::List(items, _) => items.last_mut(),
        Value::Map(entries, _) => entries.last_mut().map(|entry| &mut entry.value),
        _ => None,
    }
}

fn shape_of(style: StructureStyle) -> Shape {
    match style {
        StructureStyle::Block => Shape::Lines,
        StructureStyle::Flow => Shape::Brackets,
    }
}

/// What an author did, guessed from what the parser stumbled over and from the line it stumbled in.
fn explain(text: &str, error: &ScanError) -> (Span, Syntax) {
    let mut at = error.marker().byte_offset().unwrap_or(0).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let here = Span::new(at, (at + 1).min(text.len()));
    if let Some(sign) = sign_at_beginning(text, at) {
        return (here, Syntax::StrangeStart(sign));
    }
    match error.kind() {
        ErrorKind::RecursionLimitExceeded => (here, Syntax::TooDeep),
        ErrorKind::DirectiveDisallowed => (here, Syntax::Directive),
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabAtBlockScalarStart
        | ErrorKind::TabInIndentation
        | ErrorKind::TabInPlainScalar => (here, Syntax::Tab),
        ErrorKind::UnclosedQuotedScalar
        | ErrorKind::DocumentIndicatorInQuotedScalar
        | ErrorKind::InvalidQuotedScalarIndent => (here, Syntax::UnclosedQuote),
        ErrorKind::InvalidTrailingSingleQuotedScalar | ErrorKind::InvalidTrailingDoubleQuotedScalar => {
            (here, Syntax::AfterQuote)
        }
        ErrorKind::UnknownQuotedScalarEscape
        | ErrorKind::InvalidQuotedScalarHexEscape
        | ErrorKind::InvalidLowSurrogateHexEscape
        | ErrorKind::InvalidLowSurrogate
        | ErrorKind::MissingLowSurrogate
        | ErrorKind::UnpairedLowSurrogate
        | ErrorKind::InvalidUnicodeEscape => (here, Syntax::Escape),
        ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::MismatchedFlowCollectionEnd { .. }
        | ErrorKind::MisplacedFlowCollectionEnd
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping
        | ErrorKind::ExpectedFlowMappingSeparator
        | ErrorKind::ExpectedFlowSequenceSeparator => (here, Syntax::Bracket),
        ErrorKind::UnexpectedCharacter { character } if is_forbidden(*character) => {
            let line = text.get(at..).unwrap_or_default();
            let start = at + line.find(*character).unwrap_or_default();
            (Span::new(start, start + character.len_utf8()), Syntax::Invisible)
        }
        ErrorKind::UnexpectedCharacter { character } => (here, Syntax::StrangeStart(*character)),
        kind => explain_line(text, at, here, kind),
    }
}

/// A sign that means something to YAML at the beginning of a value, where an author began a text with it.
fn sign_at_beginning(text: &str, at: usize) -> Option<char> {
    let sign = text.get(at..)?.chars().next().filter(|c| "-?,]}&*!|>%@`".contains(*c))?;
    let line = text.get(..at)?.rsplit('\n').next()?;
    let before = line.trim_end_matches(' ');
    (before.ends_with([':', '-']) && before.len() < line.len()).then_some(sign)
}

fn explain_line(text: &str, at: usize, here: Span, kind: &ErrorKind) -> (Span, Syntax) {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    let line = &text[start..end];
    if let Some(second) = second_colon(line) {
        return (Span::new(start + second, start + second + 1), Syntax::ColonInText);
    }
    match kind {
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => {
            let indent = line.len() - line.trim_start().len();
            (Span::new(start + indent, start + line.trim_end().len()), Syntax::NoColon)
        }
        ErrorKind::InvalidIndentation
        | ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::ExpectedBlockSequenceEntry
        | ErrorKind::BlockSequenceEntryNotAllowed
        | ErrorKind::MappingKeyNotAllowed
        | ErrorKind::MappingValueNotAllowed
        | ErrorKind::InvalidBlockScalarIndent => (here, Syntax::Indentation),
        _ => (here, Syntax::Other),
    }
}

/// The place of the colon that made a text unreadable: the second `: ` of a line, or one at its end, outside quotes and
/// comments.
fn second_colon(line: &str) -> Option<usize> {
    let mut seen = 0;
    let mut quote = None;
    let mut before = ' ';
    for (at, c) in line.char_indices() {
        match (quote, c) {
            (Some(open), _) => quote = (c != open).then_some(open),
            (None, '"' | '\'') if matches!(before, ' ' | '[' | '{' | ',') => quote = Some(c),
            (None, '#') if before == ' ' => return None,
            (None, ':') if matches!(line[at + 1..].chars().next(), None | Some(' ' | '\r')) => {
                seen += 1;
                if seen == 2 {
                    return Some(at);
                }
            }
            _ => {}
        }
        before = c;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_forbidden_character_passes_the_quick_look() {
        for c in (0..=0x10_FFFF).filter_map(char::from_u32).filter(|c| *c != '\n') {
            let text = c.to_string();
            if is_forbidden(c) {
                assert!(any_suspect(text.as_bytes()), "{c:?}");
            }
        }
        for clean in ["¿Qué necesita? «Sí» — “no”…", "会議室", "😀"] {
            assert!(!any_suspect(clean.as_bytes()), "{clean}");
        }
    }

    #[test]
    fn a_key_that_came_before_is_found_in_small_and_large_sections() {
        for many in [2, SMALL_MAP, SMALL_MAP + 1, 500] {
            let keys: Vec<String> = (0..many).map(|at| format!("k{at}: x")).collect();
            let text = keys.join("\n") + "\nk0: y\nk1: z\n";
            let mut findings = Findings::default();
            let tree = grow(&text, &mut findings);
            assert_eq!(findings.len(), 2, "{many}");
            let Some(Node { value: Value::Map(entries, _), .. }) = tree.root else { panic!("no section") };
            assert_eq!(entries.len(), many);
        }
    }

    /// What another reader of YAML makes of a node.
    fn value_of(node: &Node<'_>) -> serde_yaml::Value {
        match &node.value {
            Value::Empty => serde_yaml::Value::Null,
            Value::Scalar(text, Style::Plain) => {
                serde_yaml::from_str(text).unwrap_or_else(|_| serde_yaml::Value::from(text.as_ref()))
            }
            Value::Scalar(text, _) => serde_yaml::Value::from(text.as_ref()),
            Value::List(items, _) => items.iter().map(value_of).collect::<Vec<_>>().into(),
            Value::Map(entries, _) => {
                let entries = entries.iter().map(|entry| (entry.key.as_ref().into(), value_of(&entry.value)));
                entries.collect::<serde_yaml::Mapping>().into()
            }
            Value::Unread => panic!("not read"),
        }
    }

    #[test]
    fn a_right_protocol_reads_the_same_through_another_reader() {
        let folders = ["protocols", "tests/protocols/good"];
        let mut read = 0;
        for entry in folders.iter().flat_map(|folder| std::fs::read_dir(folder).expect("a folder")) {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|ending| ending == "yaml") {
                let text = std::fs::read_to_string(&path).expect("a text");
                let mut findings = Findings::default();
                let tree = grow(&text, &mut findings);
                let other: serde_yaml::Value = serde_yaml::from_str(&text).expect("the other reads it");
                assert_eq!(tree.root.as_ref().map(value_of), Some(other), "{}", path.display());
                assert_eq!(findings.len(), 0, "{}", path.display());
                read += 1;
            }
        }
        assert!(read >= 4);
    }
}
