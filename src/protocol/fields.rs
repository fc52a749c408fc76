//! A section's keys against the table, and values of each kind: from the tree to checked values, one finding for
//! whatever is not as the table says.
//!
//! Knows how values look and not what they mean together.

use crate::text::{IdProblem, LanguageCode, forbidden_character, is_forbidden, width};

use super::draft::{At, Written};
use super::finding::{FindingKind, Findings, Found, KeyTrouble, Trap, ValueTrouble, Wanted};
use super::grammar::{Part, parse};
use super::keys::{KindName, Need, Section, Takes, Word};
use super::model::{Practice, Wording};
use super::near::nearest;
use super::source::Span;
use super::tree::{Entry, Node, Shape, Style, Value};

/// An opened section: its entries, each of a key that the table has.
#[derive(Debug, Clone, Copy)]
pub struct Fields<'t> {
    entries: &'t [Entry<'t>],
    /// Its row in the table.
    pub section: &'static Section,
    /// Where findings about the whole section point.
    pub head: Span,
    /// Whether it was read to its end.
    pub whole: bool,
}

impl<'t> Fields<'t> {
    /// The value of a key.
    pub fn get(&self, name: &str) -> Option<&'t Node<'t>> {
        self.entry(name).map(|entry| &entry.value)
    }

    /// A key with its value.
    pub fn entry(&self, name: &str) -> Option<&'t Entry<'t>> {
        self.entries.iter().find(|entry| entry.key == name)
    }

    /// Whether a key is there, or a misspelled one that is said to mean it.
    pub fn means(&self, name: &str) -> bool {
        self.has(name) || is_meant(self.entries, self.section, name)
    }

    /// Whether a key is there.
    pub fn has(&self, name: &str) -> bool {
        self.entry(name).is_some()
    }
}

/// Whether a key that nobody knows is nearest to this one. Of a slip one finding is enough: that the right key is
/// missing too would lead to a second one beside the first.
fn is_meant(entries: &[Entry<'_>], section: &Section, name: &str) -> bool {
    let known = || section.keys.iter().map(|key| key.name);
    entries
        .iter()
        .filter(|entry| known().all(|key| key != entry.key))
        .any(|entry| nearest(&entry.key, known()).as_deref() == Some(name))
}

/// Reads values, and adds a finding for each that is not as it should be.
#[derive(Debug)]
pub struct Reader<'t, 'f> {
    /// The file.
    pub text: &'t str,
    /// What was found.
    pub findings: &'f mut Findings,
    /// Ids that were refused.
    pub spoiled_ids: Vec<&'t str>,
}

impl<'t> Reader<'t, '_> {
    /// Adds a finding about a key.
    pub fn key_trouble(&mut self, span: Span, trouble: KeyTrouble) {
        self.findings.add(span, FindingKind::Key(trouble));
    }

    fn value_trouble(&mut self, span: Span, trouble: ValueTrouble) {
        self.findings.add(span, FindingKind::Value(trouble));
    }

    /// Opens a section: every key is one of the table's, and none that must be there is missing.
    pub fn open(&mut self, node: &'t Node<'t>, section: &'static Section) -> Option<Fields<'t>> {
        let Value::Map(entries, shape) = &node.value else {
            self.wrong(node, Wanted::Section(section.name));
            return None;
        };
        let mut seen = 0_u64;
        for entry in entries {
            if let Some(at) = section.keys.iter().position(|key| key.name == entry.key) {
                seen |= 1 << at;
            } else if *shape == Shape::Brackets && entry.value.value == Value::Empty {
                self.findings.add(entry.key_span, FindingKind::Trap(Trap::CommaInBraces));
            } else {
                let near = nearest(&entry.key, section.keys.iter().map(|key| key.name));
                let trouble = KeyTrouble::Unknown { section: section.name, key: entry.key.to_string(), near };
                self.key_trouble(entry.key_span, trouble);
            }
        }
        let head = node.head();
        if node.whole {
            for (at, key) in section.keys.iter().enumerate() {
                let missing = seen & (1 << at) == 0 && !is_meant(entries, section, key.name);
                if key.need == Need::Must && key.kinds.is_empty() && missing {
                    self.key_trouble(head, KeyTrouble::Missing { section: section.name, key: key.name });
                }
            }
        }
        Some(Fields { entries, section, head, whole: node.whole })
    }

    /// Reports the keys that steps of a kind do not have, and those of the kind that are missing.
    pub fn check_kind(&mut self, fields: &Fields<'t>, kind: KindName) {
        for entry in fields.entries {
            let Some(key) = fields.section.key(&entry.key) else { continue };
            if !key.kinds.is_empty() && !key.kinds.contains(&kind) {
                let trouble = KeyTrouble::OfOtherKinds { key: key.name, kind, kinds: key.kinds };
                self.key_trouble(entry.key_span, trouble);
            }
        }
        if fields.whole {
            for key in fields.section.keys {
                if key.need == Need::Must && key.kinds.contains(&kind) && !fields.means(key.name) {
                    let trouble = KeyTrouble::Missing { section: fields.section.name, key: key.name };
                    self.key_trouble(fields.head, trouble);
                }
            }
        }
    }

    /// Reports a value of the wrong kind, once; not one in which the reading ended.
    pub fn wrong(&mut self, node: &Node<'_>, wanted: Wanted) {
        if !node.whole {
            return;
        }
        let found = match &node.value {
            Value::Unread => return,
            Value::Empty => Found::Nothing,
            Value::Scalar(text, Style::Plain) => Found::Text(text.to_string()),
            Value::Scalar(text, _) => Found::Quoted(text.to_string()),
            Value::List(..) => Found::List,
            Value::Map(..) => Found::Section,
        };
        self.key_trouble(node.head(), KeyTrouble::Wrong { wanted, found });
    }

    fn scalar(&mut self, node: &'t Node<'t>, wanted: impl FnOnce() -> Wanted) -> Option<(&'t str, Style)> {
        match &node.value {
            Value::Scalar(text, style) => Some((text, *style)),
            Value::Map(entries, Shape::Lines) if self.is_one_line(node) && entries.len() == 1 => {
                let colon = entries[0].key_span.end as usize;
                self.findings.add(Span::new(colon, colon + 1), FindingKind::Trap(Trap::ColonMadeSection));
                None
            }
            _ => {
                self.wrong(node, wanted());
                None
            }
        }
    }

    fn is_one_line(&self, node: &Node<'_>) -> bool {
        let Value::Map(entries, _) = &node.value else { return false };
        let (Some(first), Some(last)) = (entries.first(), entries.last()) else { return false };
        let range = first.key_span.start as usize..last.value.span.end.max(last.key_span.end) as usize;
        self.text.get(range).is_some_and(|text| !text.contains('\n'))
    }

    /// A text of at most so many columns.
    pub fn plain_text(&mut self, node: &'t Node<'t>, most: usize) -> Option<&'t str> {
        let (text, style) = self.scalar(node, || Wanted::Text)?;
        let text = if style == Style::Block { text.trim_end_matches('\n') } else { text };
        if text.trim().is_empty() {
            self.value_trouble(node.span, ValueTrouble::EmptyText);
            return None;
        }
        if text.contains('\n') {
            self.value_trouble(node.span, ValueTrouble::LineEnd);
            return None;
        }
        if style != Style::Plain && forbidden_character(text).is_some() {
            // What stands in the file itself was reported when the file was looked through; these came from escapes.
            let raw = self.text.get(node.span.range()).unwrap_or_default();
            let mut told = Vec::new();
            for c in text.chars().filter(|c| is_forbidden(*c) && !raw.contains(*c)) {
                if !told.contains(&c) {
                    told.push(c);
                    self.findings.add(node.span, FindingKind::Trap(Trap::Forbidden(c)));
                }
            }
            return None;
        }
        if text.len() > most {
            let is = width(text);
            if is > most {
                self.value_trouble(node.span, ValueTrouble::TooWide { most, is });
                return None;
            }
        }
        Some(text)
    }

    /// The text of a key, as wide as the table says.
    pub fn text(&mut self, fields: &Fields<'t>, name: &str) -> Option<Wording> {
        let node = fields.get(name)?;
        let Some(Takes::Text(most)) = fields.section.key(name).map(|key| key.value) else { return None };
        self.plain_text(node, most).map(Wording::new)
    }

    /// The texts of a key.
    pub fn texts(&mut self, fields: &Fields<'t>, name: &str) -> Vec<Wording> {
        let Some(node) = fields.get(name) else { return Vec::new() };
        let Some(Takes::Texts(most, many)) = fields.section.key(name).map(|key| key.value) else {
            return Vec::new();
        };
        let items = self.items(node, many, || Wanted::Texts);
        items.iter().filter_map(|item| self.plain_text(item, most)).map(Wording::new).collect()
    }

    /// The items of a list, at least one and at most so many.
    pub fn items(
        &mut self,
        node: &'t Node<'t>,
        most: usize,
        wanted: impl FnOnce() -> Wanted,
    ) -> &'t [Node<'t>] {
        let Value::List(items, _) = &node.value else {
            self.wrong(node, wanted());
            return &[];
        };
        if items.is_empty() && node.whole {
            self.value_trouble(node.span, ValueTrouble::EmptyList);
        }
        if let Some(extra) = items.get(most) {
            self.key_trouble(extra.head(), KeyTrouble::TooMany(most));
        }
        items
    }

    /// The sections of a key, at most as many as the table says.
    pub fn sections(&mut self, fields: &Fields<'t>, name: &str) -> &'t [Node<'t>] {
        let Some(node) = fields.get(name) else { return &[] };
        match fields.section.key(name).map(|key| key.value) {
            Some(Takes::Many(section, most)) => self.items(node, most, || Wanted::Sections(section)),
            _ => &[],
        }
    }

    /// An id of a thing itself.
    pub fn id<T>(&mut self, fields: &Fields<'t>, make: fn(&str) -> Result<T, IdProblem>) -> Option<At<T>> {
        let node = fields.get("id")?;
        self.id_at(node, make)
    }

    /// An id in a place.
    pub fn id_at<T>(&mut self, node: &'t Node<'t>, make: fn(&str) -> Result<T, IdProblem>) -> Option<At<T>> {
        let (text, _) = self.scalar(node, || Wanted::Id)?;
        match make(text) {
            Ok(value) => Some(At { value, span: node.span }),
            Err(problem) => {
                self.spoiled_ids.push(text);
                self.value_trouble(node.span, ValueTrouble::BadId { id: text.to_owned(), problem });
                None
            }
        }
    }

    /// The name of another thing, to be looked up later.
    pub fn name(&mut self, node: &'t Node<'t>, wanted: Wanted) -> Option<At<&'t str>> {
        let (value, _) = self.scalar(node, || wanted)?;
        Some(At { value, span: node.span })
    }

    /// `true` or `false`; what was left out or wrong is nothing.
    pub fn flag(&mut self, fields: &Fields<'t>, name: &str) -> Option<bool> {
        let node = fields.get(name)?;
        match &node.value {
            Value::Scalar(text, Style::Plain) if text == "true" => Some(true),
            Value::Scalar(text, Style::Plain) if text == "false" => Some(false),
            _ => {
                self.wrong(node, Wanted::Flag);
                None
            }
        }
    }

    /// A whole number within the bounds of the table.
    pub fn number(&mut self, fields: &Fields<'t>, name: &str) -> Option<At<i64>> {
        let node = fields.get(name)?;
        let Some(Takes::Number(from, to)) = fields.section.key(name).map(|key| key.value) else {
            return None;
        };
        if let Value::Scalar(text, Style::Plain) = &node.value
            && let Ok(value) = text.parse::<i64>()
            && value.to_string() == **text
            && (from..=to).contains(&value)
        {
            return Some(At { value, span: node.span });
        }
        self.wrong(node, Wanted::Number(from, to));
        None
    }

    /// One of some words.
    pub fn word<T: Word>(&mut self, fields: &Fields<'t>, name: &str) -> Option<At<T>> {
        let node = fields.get(name)?;
        let wanted = |near| Wanted::Word { words: T::NAMES, near };
        let (text, _) = self.scalar(node, || wanted(None))?;
        let found = T::from_word(text).map(|value| At { value, span: node.span });
        if found.is_none() {
            self.wrong(node, wanted(nearest(text, T::NAMES.iter().copied())));
        }
        found
    }

    /// A list of some words.
    pub fn words<T: Word>(&mut self, fields: &Fields<'t>, name: &str) -> Vec<T> {
        let Some(node) = fields.get(name) else { return Vec::new() };
        let items = self.items(node, T::NAMES.len(), || Wanted::Words(T::NAMES));
        let mut found = Vec::with_capacity(items.len());
        for item in items {
            let Some((text, _)) = self.scalar(item, || Wanted::Word { words: T::NAMES, near: None }) else {
                continue;
            };
            if let Some(value) = T::from_word(text) {
                found.push(value);
            } else {
                let near = nearest(text, T::NAMES.iter().copied());
                self.wrong(item, Wanted::Word { words: T::NAMES, near });
            }
        }
        found
    }

    /// The code of a language.
    pub fn language(&mut self, fields: &Fields<'t>, name: &str) -> Option<At<LanguageCode>> {
        let node = fields.get(name)?;
        let (text, _) = self.scalar(node, || Wanted::Language)?;
        let code = LanguageCode::new(text).ok().map(|value| At { value, span: node.span });
        if code.is_none() {
            self.wrong(node, Wanted::Language);
        }
        code
    }

    /// A list of numbers of practices.
    pub fn practices(&mut self, fields: &Fields<'t>, name: &str) -> Vec<Practice> {
        let Some(node) = fields.get(name) else { return Vec::new() };
        let items = self.items(node, 99, || Wanted::Practices);
        let mut found = Vec::with_capacity(items.len());
        for item in items {
            match &item.value {
                Value::Scalar(text, _) if is_practice(text) => found.push(Practice(Box::from(&**text))),
                _ => self.wrong(item, Wanted::Practice),
            }
        }
        found
    }

    /// A condition.
    pub fn condition(&mut self, fields: &Fields<'t>, name: &str) -> Option<Written<'t>> {
        let node = fields.get(name)?;
        self.condition_at(node, Wanted::Condition)
    }

    /// A condition in a place.
    pub fn condition_at(&mut self, node: &'t Node<'t>, wanted: Wanted) -> Option<Written<'t>> {
        let (text, _) = self.scalar(node, || wanted)?;
        match parse(text) {
            Ok(expression) => Some(Written { node, expression }),
            Err(fault) => {
                let span = place_inside(self.text, node, fault.part);
                self.findings.add(span, FindingKind::Grammar(fault.grammar));
                None
            }
        }
    }

    /// A regular expression.
    pub fn pattern(&mut self, fields: &Fields<'t>, name: &str) -> Option<Box<str>> {
        let node = fields.get(name)?;
        let (text, _) = self.scalar(node, || Wanted::Text)?;
        match regex_lite::Regex::new(text) {
            Ok(_) => Some(Box::from(text)),
            Err(error) => {
                self.value_trouble(node.span, ValueTrouble::Pattern(error.to_string()));
                None
            }
        }
    }

    /// The entries of a section whose keys are ids, as translations have them.
    pub fn by_id(&mut self, fields: &Fields<'t>, name: &str) -> &'t [Entry<'t>] {
        match fields.get(name) {
            None => &[],
            Some(Node { value: Value::Map(entries, _), .. }) => entries,
            Some(node) => {
                self.wrong(node, Wanted::ById);
                &[]
            }
        }
    }
}

/// A capital, a number, and a small letter where it has parts: `A5`, `B7a`.
fn is_practice(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(|c: char| c.is_ascii_uppercase()) else { return false };
    let digits = rest.trim_end_matches(|c: char| c.is_ascii_lowercase());
    rest.len() - digits.len() <= 1
        && (1..=2).contains(&digits.len())
        && digits.chars().all(|c| c.is_ascii_digit())
        && !digits.starts_with('0')
}

/// The place in the file of a part of a text: they differ where the text has quotes, stands on several lines or after
/// `>`. Walks both side by side, as a blank of the text may be a line end and its indentation in the file; where they
/// part (an escape), it is the whole text.
pub fn place_inside(file: &str, node: &Node<'_>, part: Part) -> Span {
    let Value::Scalar(text, style) = &node.value else { return node.span };
    let Some(raw) = file.get(node.span.range()) else { return node.span };
    let base = node.span.start as usize;
    if raw == text.as_ref() {
        return Span::new(base + part.start, base + part.end);
    }
    let mut at = match style {
        Style::Plain | Style::Block => 0,
        Style::Quoted => 1,
    };
    let mut start = None;
    for (offset, c) in text.char_indices() {
        let ahead = raw.get(at..).unwrap_or_default();
        let skip = ahead.len() - ahead.trim_start().len();
        if !c.is_whitespace() {
            at += skip;
        }
        if offset == part.start {
            start = Some(at);
        }
        if offset >= part.end {
            break;
        }
        if c.is_whitespace() {
            at += skip.min(c.len_utf8());
            continue;
        }
        if !raw.get(at..).is_some_and(|raw| raw.starts_with(c)) {
            return node.span;
        }
        at += c.len_utf8();
    }
    let end = base + at.min(raw.len());
    match start {
        Some(start) => Span::new(base + start, end.min(base + start + (part.end - part.start).max(1))),
        None => Span::new(end, end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::tree::grow;

    #[test]
    fn a_practice_is_a_capital_and_a_number() {
        for good in ["A1", "B7a", "E11"] {
            assert!(is_practice(good), "{good}");
        }
        for bad in ["", "A", "1A", "a1", "A01", "B7ab", "A1-", "AA1", "A123"] {
            assert!(!is_practice(bad), "{bad}");
        }
    }

    #[test]
    fn a_place_inside_a_text_is_found_in_the_file() {
        for (file, word) in [
            ("when: calm == xyz", "xyz"),
            ("when: 'calm == xyz'", "xyz"),
            ("when: \"calm == xyz\"", "xyz"),
            ("when: calm ==\n    xyz and more", "xyz"),
            ("when: >\n    calm ==\n    xyz and more\n", "xyz"),
            ("when: 'año == xyz'", "xyz"),
        ] {
            let mut findings = Findings::default();
            let tree = grow(file, &mut findings);
            let root = tree.root.expect("a tree");
            let Value::Map(entries, _) = &root.value else { panic!("no section") };
            let node = &entries[0].value;
            let Value::Scalar(text, _) = &node.value else { panic!("no text") };
            let start = text.find(word).expect("the word");
            let span = place_inside(file, node, Part { start, end: start + word.len() });
            assert_eq!(&file[span.range()], word, "{file:?}");
        }
    }
}
