//! A Rust file as the rules see it: its paths, with lines, without comments and texts. Knows no rule.

/// One word or sign of the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token<'a> {
    /// As it stands there; a text is `"`, whatever is in it.
    pub text: &'a str,
    /// Its line, from 1.
    pub line: usize,
}

/// A path such as `crate::machine::State`, one for each leaf of a `use` in braces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path<'a> {
    /// The words between `::`; the last is `*` in a glob.
    pub words: Vec<&'a str>,
    /// The line of its last word.
    pub line: usize,
    /// How many `mod name { … }` it stands in.
    pub inside: usize,
    /// Whether it stands under `#[cfg(test)]`.
    pub in_test: bool,
}

/// A whole file.
#[derive(Debug)]
pub struct Source<'a> {
    /// Its code.
    pub tokens: Vec<Token<'a>>,
    /// For each token whether it stands under `#[cfg(test)]`.
    pub in_test: Vec<bool>,
}

impl<'a> Source<'a> {
    /// Takes a file apart.
    pub fn new(text: &'a str) -> Self {
        let tokens = tokens(text);
        let in_test = in_test(&tokens);
        Self { tokens, in_test }
    }

    /// All paths, those of a single word left out.
    pub fn paths(&self) -> Vec<Path<'a>> {
        let mut paths = Vec::new();
        let (mut at, mut depth) = (0, 0_usize);
        let mut modules = Vec::new();
        while at < self.tokens.len() {
            match self.word(at) {
                "{" => depth += 1,
                "}" => {
                    depth = depth.saturating_sub(1);
                    modules.retain(|opened| *opened < depth);
                }
                "mod" if self.word(at + 2) == "{" => modules.push(depth),
                word if is_name(word) && self.word(at + 1) == "::" => {
                    at = self.tree(at, &[], modules.len(), &mut paths);
                    continue;
                }
                _ => {}
            }
            at += 1;
        }
        paths
    }

    /// How many lines hold code outside `#[cfg(test)]`.
    pub fn code_lines(&self) -> usize {
        let outside = self.tokens.iter().zip(&self.in_test).filter(|(_, in_test)| !**in_test);
        let mut lines: Vec<usize> = outside.map(|(token, _)| token.line).collect();
        lines.dedup();
        lines.len()
    }

    /// The line of each place where these words stand one behind the other.
    pub fn lines_of(&self, words: &[&str]) -> Vec<usize> {
        let matches =
            |at: &usize| words.iter().enumerate().all(|(offset, word)| self.word(at + offset) == *word);
        (0..self.tokens.len()).filter(matches).map(|at| self.tokens[at].line).collect()
    }

    fn word(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| token.text)
    }

    /// Reads one path or one branch of a `use`, and gives the place behind it.
    fn tree(&self, mut at: usize, before: &[&'a str], inside: usize, paths: &mut Vec<Path<'a>>) -> usize {
        let mut words = before.to_vec();
        let mut leaves = false;
        loop {
            match self.word(at) {
                "{" => {
                    at += 1;
                    while !matches!(self.word(at), "}" | "") {
                        at = self.tree(at, &words, inside, paths);
                    }
                    at += 1;
                    leaves = true;
                    break;
                }
                word @ "*" if words.len() > before.len() || !before.is_empty() => {
                    words.push(word);
                    at += 1;
                    break;
                }
                word if is_name(word) => {
                    words.push(word);
                    at += 1;
                }
                // A leading `::` of a branch, `<T>::f`, or what is no `use` at all.
                _ => {
                    at += 1;
                    break;
                }
            }
            if self.word(at) != "::" {
                break;
            }
            at += 1;
            if !is_name(self.word(at)) && !matches!(self.word(at), "{" | "*") {
                break;
            }
        }
        if !leaves && words.len() > 1 && words.len() > before.len() {
            let last = at.saturating_sub(1).min(self.tokens.len() - 1);
            paths.push(Path { words, line: self.tokens[last].line, inside, in_test: self.in_test[last] });
        }
        if before.is_empty() {
            return at;
        }
        // In braces: to the next branch, past `as name`.
        while !matches!(self.word(at), "," | "}" | "") {
            at += 1;
        }
        if self.word(at) == "," { at + 1 } else { at }
    }
}

fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Marks what follows each `#[cfg(test)]`, to the end of its item.
fn in_test(tokens: &[Token<'_>]) -> Vec<bool> {
    const MARK: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];
    let mut marks = vec![false; tokens.len()];
    let mut at = 0;
    while at < tokens.len() {
        let here = tokens[at..].iter().map(|token| token.text).take(MARK.len());
        if !here.eq(MARK) {
            at += 1;
            continue;
        }
        let start = at;
        let mut depth = 0_usize;
        for (offset, token) in tokens[start + MARK.len()..].iter().enumerate() {
            at = start + MARK.len() + offset + 1;
            match token.text {
                "{" | "(" | "[" => depth += 1,
                "}" | ")" | "]" => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 && token.text == "}" {
                        break;
                    }
                }
                ";" if depth == 0 => break,
                _ => {}
            }
        }
        at = at.max(start + 1);
        marks[start..at].fill(true);
    }
    marks
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let (mut rest, mut line) = (text, 1);
    while let Some(first) = rest.chars().next() {
        let (length, kind) = piece(rest, first);
        let (piece, after) = rest.split_at(length);
        match kind {
            Kind::Nothing => {}
            Kind::Text => tokens.push(Token { text: "\"", line }),
            Kind::Code => tokens.push(Token { text: piece, line }),
        }
        line += piece.matches('\n').count();
        rest = after;
    }
    tokens
}

enum Kind {
    Nothing,
    Text,
    Code,
}

/// The length of the next piece and what it is.
fn piece(rest: &str, first: char) -> (usize, Kind) {
    if first.is_whitespace() {
        return (first.len_utf8(), Kind::Nothing);
    }
    if rest.starts_with("//") {
        return (rest.find('\n').unwrap_or(rest.len()), Kind::Nothing);
    }
    if rest.starts_with("/*") {
        return (block_comment(rest), Kind::Nothing);
    }
    if let Some(length) = quoted(rest) {
        return (length, Kind::Text);
    }
    if first == '\'' {
        return character_or_lifetime(rest);
    }
    if first.is_alphanumeric() || first == '_' {
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        return (end, Kind::Code);
    }
    (if rest.starts_with("::") { 2 } else { first.len_utf8() }, Kind::Code)
}

fn block_comment(rest: &str) -> usize {
    let (mut at, mut depth) = (0, 0_usize);
    while at < rest.len() {
        let here = &rest.as_bytes()[at..];
        if here.starts_with(b"/*") {
            (at, depth) = (at + 2, depth + 1);
        } else if here.starts_with(b"*/") {
            (at, depth) = (at + 2, depth - 1);
            if depth == 0 {
                return at;
            }
        } else {
            at += 1;
        }
    }
    rest.len()
}

/// The length of a text, whatever its prefix, if one begins here.
fn quoted(rest: &str) -> Option<usize> {
    let prefix = ["br", "cr", "b", "c", "r", ""].into_iter().find(|prefix| {
        rest.strip_prefix(prefix).is_some_and(|body| {
            let hashes = body.trim_start_matches('#');
            body.starts_with('"') || (prefix.ends_with('r') && hashes.starts_with('"'))
        })
    })?;
    let body = &rest[prefix.len()..];
    if prefix.ends_with('r') {
        let hashes = body.len() - body.trim_start_matches('#').len();
        let end = format!("\"{}", &body[..hashes]);
        let inside = &body[hashes + 1..];
        return Some(inside.find(&end).map_or(rest.len(), |at| prefix.len() + hashes + 1 + at + end.len()));
    }
    let mut escaped = false;
    for (at, c) in body.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some(prefix.len() + at + 1),
            _ => {}
        }
    }
    Some(rest.len())
}

fn character_or_lifetime(rest: &str) -> (usize, Kind) {
    let mut inside = rest.char_indices().skip(1);
    match inside.next() {
        Some((_, '\\')) => {
            // Past the escaped character itself, which may be a quote.
            let end = rest[1..].char_indices().skip(2).find(|(_, c)| *c == '\'');
            (end.map_or(rest.len(), |(at, _)| at + 2), Kind::Text)
        }
        Some(_) => match inside.next() {
            Some((at, '\'')) => (at + 1, Kind::Text),
            _ => (1, Kind::Nothing),
        },
        None => (1, Kind::Nothing),
    }
}

#[test]
fn comments_texts_and_characters_are_no_code() {
    let text = concat!(
        "//! crate::cli\nuse a::b; // crate::desk\n/* crate::ui /* nested */ */ let c = '\"'; let d = '\\'';\n",
        "let e = \"crate::cli \\\" x\"; let f = r#\"crate::\"cli\"#; fn g<'a>(h: &'a str) { i::j() }\n",
        "let k = b\"x\\\\\"; l::m"
    );
    let paths: Vec<_> =
        Source::new(text).paths().iter().map(|path| (path.words.join("::"), path.line)).collect();
    assert_eq!(paths, [("a::b".into(), 2), ("i::j".into(), 4), ("l::m".into(), 5)]);
}

#[test]
fn a_use_in_braces_is_a_path_for_each_leaf() {
    let text = "use crate::{a, b::{c as d, e::*},\n self};\nfn f() { g::h::<I>::j(k::l { m: n::o }) }";
    let paths: Vec<_> = Source::new(text).paths().iter().map(|path| path.words.join("::")).collect();
    let all = ["crate::a", "crate::b::c", "crate::b::e::*", "crate::self", "g::h", "k::l", "n::o"];
    assert_eq!(paths, all);
}

#[test]
fn what_is_for_tests_only_is_known_and_so_is_its_depth() {
    let text = "use a::b;\n#[cfg(test)]\nmod tests {\n    use c::d;\n    mod deeper { use e::f; }\n}\nuse g::h;\n#[cfg(test)]\nmod more;\nuse i::j;";
    let paths: Vec<_> =
        Source::new(text).paths().iter().map(|path| (path.words[0], path.in_test, path.inside)).collect();
    assert_eq!(paths, [("a", false, 0), ("c", true, 1), ("e", true, 2), ("g", false, 0), ("i", false, 0)]);
    assert_eq!(Source::new(text).code_lines(), 3);
}
