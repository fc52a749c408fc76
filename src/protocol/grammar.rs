//! The grammar of conditions: a text to an expression whose names nobody has looked up yet.
//!
//! ```text
//! condition  = all { "or" all }
//! all        = term { "and" term }
//! term       = "not" term | "(" condition ")" | call | subject compare value | subject "in" "[" value { "," value } "]"
//! subject    = name | "row(" name "," name ")"
//! call       = ("done" | "answered" | "skipped" | "declined" | "raised" | "repeated" | "rose" | "holds" | "staff") "(" name ")"
//!            | "has(" name "," name ")"
//! compare    = "==" | "!=" | "<" | "<=" | ">" | ">="
//! ```
//!
//! Knows no step. Depth and length are bounded, so that a hostile file cannot exhaust the stack.

use winnow::Parser;
use winnow::error::{ErrMode, ParserError};
use winnow::stream::{LocatingSlice, Location, Stateful, Stream};
use winnow::token::take_while;

use super::condition::Compare;
use super::finding::{Grammar, Needed};
use super::near::nearest;

/// The deepest nesting of a condition.
pub const DEEPEST: usize = 16;
/// The most characters of a condition.
pub const LONGEST: usize = 1000;

/// A part of the condition's text, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Its first byte.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
}

/// A name or a number as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name<'t> {
    /// The word.
    pub text: &'t str,
    /// Where it is.
    pub part: Part,
}

/// A condition as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expression<'t> {
    /// All of them.
    All(Vec<Expression<'t>>),
    /// One of them at least.
    Any(Vec<Expression<'t>>),
    /// The opposite.
    Not(Box<Expression<'t>>),
    /// A comparison.
    Compare(Subject<'t>, Compare, Name<'t>),
    /// One of some values.
    In(Subject<'t>, Vec<Name<'t>>),
    /// A function.
    Call(Function, Vec<Name<'t>>, Part),
    /// A name alone, which says nothing.
    Alone(Name<'t>),
}

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject<'t> {
    /// The answer of a step.
    Step(Name<'t>),
    /// The state of a row of a list.
    Row(Name<'t>, Name<'t>),
}

/// The functions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Function {
    /// `done(check)`
    Done,
    /// `answered(step)`
    Answered,
    /// `skipped(step)`
    Skipped,
    /// `declined(step)`
    Declined,
    /// `has(choices, option)`
    Has,
    /// `row(list, row)`
    Row,
    /// `raised(response)`
    Raised,
    /// `repeated(response)`
    Repeated,
    /// `rose(step)`
    Rose,
    /// `staff(n)`
    Staff,
    /// `holds(condition)`
    Holds,
}

impl Function {
    /// Every function: its name, how it is written, and what it means.
    pub const ALL: [(Self, &'static str, &'static str, &'static str); 11] = [
        (Self::Done, "done", "done(check)", "the check is ticked"),
        (Self::Answered, "answered", "answered(step)", "the step has an answer"),
        (Self::Skipped, "skipped", "skipped(step)", "the step was skipped, with a reason"),
        (Self::Declined, "declined", "declined(step)", "she would rather not"),
        (Self::Has, "has", "has(choices, option)", "the option is among those chosen"),
        (
            Self::Row,
            "row",
            "row(list, row) == state",
            "the row has this state; `!=` and `in [a, b]` work too",
        ),
        (Self::Raised, "raised", "raised(response)", "the response was raised"),
        (Self::Repeated, "repeated", "repeated(response)", "the response was raised more than once"),
        (Self::Rose, "rose", "rose(step)", "the answer is above that of the step which it asks again"),
        (Self::Staff, "staff", "staff(2)", "so many different staff numbers are there"),
        (Self::Holds, "holds", "holds(condition)", "the named condition holds"),
    ];

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::row(self).1
    }

    /// How it is written.
    pub fn like(self) -> &'static str {
        Self::row(self).2
    }

    fn row(self) -> &'static (Self, &'static str, &'static str, &'static str) {
        Self::ALL.iter().find(|row| row.0 == self).unwrap_or(&Self::ALL[0])
    }

    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|row| row.1 == name).map(|row| row.0)
    }

    fn takes(self) -> usize {
        match self {
            Self::Has | Self::Row => 2,
            _ => 1,
        }
    }
}

/// What is wrong with a condition's text, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What.
    pub grammar: Grammar,
    /// Where.
    pub part: Part,
}

type Input<'t> = Stateful<LocatingSlice<&'t str>, usize>;
type Parsed<T> = Result<T, ErrMode<Fault>>;

impl<'t> ParserError<Input<'t>> for Fault {
    type Inner = Self;

    fn from_input(input: &Input<'t>) -> Self {
        Self { grammar: Grammar::Wanted(Needed::Term), part: here(input) }
    }

    fn into_inner(self) -> Result<Self::Inner, Self> {
        Ok(self)
    }
}

/// Reads a condition.
///
/// # Errors
/// The first thing in it that is not of the grammar.
pub fn parse(text: &str) -> Result<Expression<'_>, Fault> {
    let whole = Part { start: 0, end: text.len() };
    if text.trim().is_empty() {
        return Err(Fault { grammar: Grammar::Empty, part: whole });
    }
    if text.len() > LONGEST {
        return Err(Fault { grammar: Grammar::TooLong, part: whole });
    }
    let mut input = Stateful { input: LocatingSlice::new(text), state: 0 };
    let parsed = any(&mut input).and_then(|expression| {
        blank(&mut input);
        if rest(&input).is_empty() { Ok(expression) } else { stuck(&input, Needed::Comparison) }
    });
    parsed.map_err(|error| {
        error.into_inner().unwrap_or(Fault { grammar: Grammar::Wanted(Needed::Term), part: whole })
    })
}

fn rest<'t>(input: &Input<'t>) -> &'t str {
    input.input.as_ref()
}

fn here(input: &Input<'_>) -> Part {
    let start = input.input.current_token_start();
    let width = rest(input).chars().next().map_or(0, char::len_utf8);
    Part { start, end: start + width }
}

fn fail<T>(input: &Input<'_>, grammar: Grammar, width: usize) -> Parsed<T> {
    let start = input.input.current_token_start();
    Err(ErrMode::Cut(Fault { grammar, part: Part { start, end: start + width } }))
}

fn blank(input: &mut Input<'_>) {
    let skip = rest(input).len() - rest(input).trim_start().len();
    input.input.next_slice(skip);
}

/// Takes a mark if it is next.
fn mark(input: &mut Input<'_>, wanted: &str) -> bool {
    blank(input);
    let found = rest(input).starts_with(wanted);
    if found {
        input.input.next_slice(wanted.len());
    }
    found
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_')
}

fn peek_word<'t>(input: &Input<'t>) -> &'t str {
    let rest = rest(input);
    &rest[..rest.find(|c| !is_word(c)).unwrap_or(rest.len())]
}

/// Takes a word of the grammar if it is next.
fn keyword(input: &mut Input<'_>, wanted: &str) -> bool {
    blank(input);
    let found = peek_word(input) == wanted;
    if found {
        input.input.next_slice(wanted.len());
    }
    found
}

fn word<'t>(input: &mut Input<'t>) -> Parsed<Name<'t>> {
    let start = input.input.current_token_start();
    let text: &str = take_while(1.., is_word).parse_next(input)?;
    Ok(Name { text, part: Part { start, end: start + text.len() } })
}

fn any<'t>(input: &mut Input<'t>) -> Parsed<Expression<'t>> {
    let mut some = vec![all(input)?];
    while keyword(input, "or") {
        some.push(all(input)?);
    }
    Ok(if some.len() == 1 { some.remove(0) } else { Expression::Any(some) })
}

fn all<'t>(input: &mut Input<'t>) -> Parsed<Expression<'t>> {
    let mut some = vec![term(input)?];
    while keyword(input, "and") {
        some.push(term(input)?);
    }
    Ok(if some.len() == 1 { some.remove(0) } else { Expression::All(some) })
}

fn deeper<'t>(
    input: &mut Input<'t>,
    inside: impl FnOnce(&mut Input<'t>) -> Parsed<Expression<'t>>,
) -> Parsed<Expression<'t>> {
    if input.state >= DEEPEST {
        return fail(input, Grammar::TooDeep, 0);
    }
    input.state += 1;
    let parsed = inside(input);
    input.state -= 1;
    parsed
}

fn term<'t>(input: &mut Input<'t>) -> Parsed<Expression<'t>> {
    if keyword(input, "not") {
        return deeper(input, |input| Ok(Expression::Not(Box::new(term(input)?))));
    }
    if mark(input, "(") {
        return deeper(input, |input| {
            let inside = any(input)?;
            if mark(input, ")") { Ok(inside) } else { stuck(input, Needed::Mark(")")) }
        });
    }
    let next = peek_word(input);
    if next.is_empty() || matches!(next, "and" | "or" | "in") || capital(next).is_some() {
        return stuck(input, Needed::Term);
    }
    let name = word(input)?;
    if mark(input, "(") {
        return call(input, name);
    }
    compared(input, Subject::Step(name), Some(name))
}

fn call<'t>(input: &mut Input<'t>, name: Name<'t>) -> Parsed<Expression<'t>> {
    let Some(function) = Function::from_name(name.text) else {
        let near = nearest(name.text, Function::ALL.iter().map(|row| row.1));
        let grammar = Grammar::Function { name: name.text.to_owned(), near };
        return Err(ErrMode::Cut(Fault { grammar, part: name.part }));
    };
    let mut arguments = Vec::new();
    while !mark(input, ")") {
        if !arguments.is_empty() && !mark(input, ",") {
            return stuck(input, Needed::Mark(")"));
        }
        blank(input);
        arguments.push(value(input)?);
    }
    let part = Part { start: name.part.start, end: input.input.previous_token_end() };
    match (function, arguments.as_slice()) {
        (Function::Row, [list, row]) => compared(input, Subject::Row(*list, *row), None),
        (_, arguments_here) if arguments_here.len() == function.takes() => {
            blank(input);
            match comparison(rest(input)) {
                Some((mark, _)) => fail(input, Grammar::Chain, mark.len()),
                None => Ok(Expression::Call(function, arguments, part)),
            }
        }
        _ => Err(ErrMode::Cut(Fault {
            grammar: Grammar::Arguments { function: function.name(), like: function.like() },
            part,
        })),
    }
}

const COMPARISONS: [(&str, Compare); 6] = [
    ("==", Compare::Equal),
    ("!=", Compare::Unequal),
    ("<=", Compare::AtMost),
    (">=", Compare::AtLeast),
    ("<", Compare::Less),
    (">", Compare::Greater),
];

fn comparison(text: &str) -> Option<(&'static str, Compare)> {
    COMPARISONS.into_iter().find(|(mark, _)| text.starts_with(mark))
}

fn compared<'t>(
    input: &mut Input<'t>,
    subject: Subject<'t>,
    alone: Option<Name<'t>>,
) -> Parsed<Expression<'t>> {
    blank(input);
    for (written, meant) in [("===", "=="), ("<>", "!="), ("=>", ">="), ("=<", "<=")] {
        if rest(input).starts_with(written) {
            return fail(input, Grammar::Symbol(written, meant), written.len());
        }
    }
    if let Some((mark, compare)) = comparison(rest(input)) {
        input.input.next_slice(mark.len());
        blank(input);
        let value = value(input)?;
        blank(input);
        return match comparison(rest(input)) {
            Some((mark, _)) => fail(input, Grammar::Chain, mark.len()),
            None => Ok(Expression::Compare(subject, compare, value)),
        };
    }
    if keyword(input, "in") {
        if !mark(input, "[") {
            return fail(input, Grammar::Wanted(Needed::Mark("[")), here(input).end - here(input).start);
        }
        let mut values = Vec::new();
        loop {
            blank(input);
            values.push(value(input)?);
            if mark(input, "]") {
                return Ok(Expression::In(subject, values));
            }
            if !mark(input, ",") {
                return stuck(input, Needed::Mark("]"));
            }
        }
    }
    if rest(input).starts_with('=') {
        return fail(input, Grammar::SingleEquals, 1);
    }
    if rest(input).starts_with("not in ") {
        return fail(input, Grammar::Symbol("a not in [b]", "not a in [b]"), "not in".len());
    }
    match alone {
        Some(name) => Ok(Expression::Alone(name)),
        None => stuck(input, Needed::Comparison),
    }
}

fn value<'t>(input: &mut Input<'t>) -> Parsed<Name<'t>> {
    if peek_word(input).is_empty() {
        return stuck(input, Needed::Value);
    }
    word(input)
}

fn capital(word: &str) -> Option<&'static str> {
    ["and", "or", "not", "in"].into_iter().find(|known| word != *known && word.eq_ignore_ascii_case(known))
}

/// Why the text cannot go on as it does.
fn stuck<T>(input: &Input<'_>, needed: Needed) -> Parsed<T> {
    let text = rest(input);
    let width = here(input).end - here(input).start;
    for (written, meant) in [("&&", "and"), ("&", "and"), ("||", "or"), ("|", "or")] {
        if text.starts_with(written) {
            return fail(input, Grammar::Symbol(written, meant), written.len());
        }
    }
    let next = peek_word(input);
    match text.chars().next() {
        Some('!') if !text.starts_with("!=") => fail(input, Grammar::Symbol("!", "not"), 1),
        Some('"' | '\'' | '“' | '”' | '‘' | '’' | '`') => fail(input, Grammar::Quotes, width),
        Some('=') if !text.starts_with("==") => fail(input, Grammar::SingleEquals, 1),
        Some(c) if is_word(c) => match (capital(next), needed) {
            (Some(meant), _) => fail(input, Grammar::Capital(meant), next.len()),
            (None, Needed::Term | Needed::Value) => fail(input, Grammar::Wanted(needed), next.len()),
            (None, _) => fail(input, Grammar::NoLink, next.len()),
        },
        Some(c) if !matches!(c, '(' | ')' | '[' | ']' | ',' | '=' | '!' | '<' | '>') => {
            fail(input, Grammar::Strange(c), width)
        }
        Some(c) if rest_is_over(c, needed) => fail(input, Grammar::Strange(c), width),
        _ => fail(input, Grammar::Wanted(needed), width),
    }
}

/// A bracket after a finished condition: nothing is missing, the bracket is one too many.
fn rest_is_over(next: char, needed: Needed) -> bool {
    matches!(needed, Needed::Comparison) && matches!(next, ')' | ']' | ',' | '[' | '(')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_the_language_is_read() {
        for good in [
            "company == nobody or done(apart)",
            "risk >= 3",
            "staff(2)",
            "not alone-again == not-yet and (a in [b, c] or not done(d))",
            "row(needs, bed) != met",
            "row(needs,bed) in [met]",
            "has(keep-off, family)",
            "strain<3",
            "temperature == -3",
            "raised(danger) or raised(distress) or rose(risk-after)",
            "not not not done(x)",
        ] {
            assert!(parse(good).is_ok(), "{good}: {:?}", parse(good));
        }
    }

    #[test]
    fn and_binds_closer_than_or() {
        let Ok(Expression::Any(some)) = parse("done(a) or done(b) and done(c)") else { panic!("no or") };
        assert_eq!(some.len(), 2);
        assert!(matches!(&some[1], Expression::All(inside) if inside.len() == 2));
    }

    #[test]
    fn what_authors_write_instead_is_told_where_it_stands() {
        for (bad, grammar, start) in [
            ("", Grammar::Empty, 0),
            ("   ", Grammar::Empty, 0),
            ("a = b", Grammar::SingleEquals, 2),
            ("a == b && c == d", Grammar::Symbol("&&", "and"), 7),
            ("a == b || c == d", Grammar::Symbol("||", "or"), 7),
            ("!done(a)", Grammar::Symbol("!", "not"), 0),
            ("a => 3", Grammar::Symbol("=>", ">="), 2),
            ("a <> b", Grammar::Symbol("<>", "!="), 2),
            ("a === b", Grammar::Symbol("===", "=="), 2),
            ("a == b AND c == d", Grammar::Capital("and"), 7),
            ("NOT a == b", Grammar::Capital("not"), 0),
            ("a == \"b\"", Grammar::Quotes, 5),
            ("a == ‘b’", Grammar::Quotes, 5),
            ("a == b c == d", Grammar::NoLink, 7),
            ("1 < a < 3", Grammar::Chain, 6),
            ("done(a) == true", Grammar::Chain, 8),
            ("a ==", Grammar::Wanted(Needed::Value), 4),
            ("a == b and", Grammar::Wanted(Needed::Term), 10),
            ("and a == b", Grammar::Wanted(Needed::Term), 0),
            ("(a == b", Grammar::Wanted(Needed::Mark(")")), 7),
            ("a == b)", Grammar::Strange(')'), 6),
            ("a in (b, c)", Grammar::Wanted(Needed::Mark("[")), 5),
            ("a in [b, c", Grammar::Wanted(Needed::Mark("]")), 10),
            ("a not in [b]", Grammar::Symbol("a not in [b]", "not a in [b]"), 2),
            ("a + 1 == 2", Grammar::Strange('+'), 2),
            ("a == 2.5", Grammar::Strange('.'), 6),
            ("row(a, b)", Grammar::Wanted(Needed::Comparison), 9),
            ("has(a)", Grammar::Arguments { function: "has", like: "has(choices, option)" }, 0),
            ("done()", Grammar::Arguments { function: "done", like: "done(check)" }, 0),
            ("dne(a)", Grammar::Function { name: "dne".to_owned(), near: Some("done".to_owned()) }, 0),
            ("weather(a)", Grammar::Function { name: "weather".to_owned(), near: None }, 0),
            ("añ = b", Grammar::SingleEquals, 4),
        ] {
            let fault = parse(bad).expect_err(bad);
            assert_eq!((fault.grammar, fault.part.start), (grammar, start), "{bad}");
        }
    }

    #[test]
    fn depth_and_length_are_bounded() {
        for deep in [format!("{}a == b{}", "(".repeat(400), ")".repeat(400)), "not ".repeat(200) + "done(a)"]
        {
            assert_eq!(parse(&deep).expect_err("too deep").grammar, Grammar::TooDeep);
        }
        let long = vec!["done(a)"; 200].join(" and ");
        assert_eq!(parse(&long).expect_err("too long").grammar, Grammar::TooLong);
    }
}
