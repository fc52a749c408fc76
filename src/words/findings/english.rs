//! Findings in English.

use crate::protocol::{
    ConditionTrouble, FileProblem, FileTrouble, FindingKind, Found, Grammar, KeyTrouble, KindName,
    NameTrouble, Needed, Rule, SectionName, Syntax, Thing, Translation, Trap, ValueTrouble, Wanted,
};
use crate::text::IdProblem;

use super::{CommandTrouble, Told, circle, listed, shown};

pub(super) fn tell(finding: &FindingKind) -> Told {
    match finding {
        FindingKind::File(trouble) => file(trouble),
        FindingKind::Syntax(syntax) => {
            let (what, help) = unreadable(syntax);
            Told::new(format!("{what}; the rest of the file was not read"), help)
        }
        FindingKind::Trap(trap) => of_yaml(trap),
        FindingKind::Key(trouble) => key(trouble),
        FindingKind::Value(trouble) => value(trouble),
        FindingKind::Name(trouble) => name(trouble),
        FindingKind::Grammar(trouble) => grammar(trouble),
        FindingKind::Condition(trouble) => condition(trouble),
        FindingKind::Rule(trouble) => rule(trouble),
        FindingKind::Translation(trouble) => translation(trouble),
    }
}

pub(super) fn tell_file(problem: &FileProblem) -> Told {
    match problem {
        FileProblem::Io { path, source } => Told::new(
            format!("cannot read `{}`: {source}", shown_path(path)),
            "look whether the name is right, and whether you may read the file",
        ),
        FileProblem::NoFile(path) => Told::new(
            format!("`{}` is not a file", shown_path(path)),
            "name the protocol itself, not a folder",
        ),
    }
}

pub(super) fn tell_command(trouble: &CommandTrouble) -> Told {
    match trouble {
        CommandTrouble::Exists(path) => Told::new(
            format!("`{}` exists already, and was left as it is", shown_path(path)),
            "name another file",
        ),
        CommandTrouble::NotWritten(path, error) => Told::new(
            format!("cannot write `{}`: {error}", shown_path(path)),
            "look whether the folder exists, whether you may write there, and whether the disk has room",
        ),
        CommandTrouble::Output(error) => Told::new(
            format!("the output cannot be written: {error}"),
            "look whether the disk has room, or send the output elsewhere",
        ),
        CommandTrouble::SameLanguage(language) => {
            Told::new(format!("the protocol itself is in `{language}`"), "name another language")
        }
    }
}

fn shown_path(path: &std::path::Path) -> String {
    crate::text::line_safe(&path.display().to_string())
}

pub(super) fn summary(name: &str, errors: usize, remarks: usize) -> String {
    let name = crate::text::line_safe(name);
    match (errors, remarks) {
        (0, 0) => format!("{name}: right"),
        (0, remarks) => format!("{name}: right, with {}", counted(remarks, "remark")),
        (errors, 0) => format!("{name}: {}", counted(errors, "error")),
        (errors, remarks) => {
            format!("{name}: {} and {}", counted(errors, "error"), counted(remarks, "remark"))
        }
    }
}

fn counted(many: usize, what: &str) -> String {
    format!("{many} {what}{}", if many == 1 { "" } else { "s" })
}

fn or_near(near: Option<&String>, otherwise: impl Into<String>) -> String {
    near.map_or_else(|| otherwise.into(), |near| format!("did you mean `{near}`?"))
}

fn file(trouble: &FileTrouble) -> Told {
    match trouble {
        FileTrouble::TooLarge => Told::new(
            "the protocol with its translations is larger than 1 MiB, and a session can carry no more",
            "shorten it, or look whether this is the right file",
        ),
        FileTrouble::NotUtf8 => Told::new(
            "from here on the file is no text in UTF-8; nothing of it was read",
            "save it again in your editor with the encoding UTF-8",
        ),
        FileTrouble::Empty => Told::new(
            "there is nothing in the file",
            "`amparo protocol new FILE` writes a small protocol to start from",
        ),
    }
}

fn unreadable(syntax: &Syntax) -> (String, String) {
    let (what, help) = match syntax {
        Syntax::ColonInText => (
            "a colon with a blank after it cannot stand in a text without quotes",
            "put the whole text between double quotes: `ask: \"First: the door\"`",
        ),
        Syntax::Tab => ("a tab cannot stand at the beginning of a line", "use blanks"),
        Syntax::Indentation => (
            "this does not line up with the lines that it belongs to",
            "begin the line in the same column as its neighbours, with blanks",
        ),
        Syntax::NoColon => (
            "this line is neither a key with a colon nor an item with a dash",
            "write `key: value`; a text that goes on from the line above begins further to the right",
        ),
        Syntax::UnclosedQuote => {
            ("a quote is opened here and never closed", "close it, or leave both quotes out")
        }
        Syntax::AfterQuote => (
            "something stands after the closing quote",
            "put the quotes around the whole text; inside single quotes an apostrophe is written twice: `'it''s'`",
        ),
        Syntax::Escape => (
            "a backslash between double quotes begins a special character, and this is none",
            "write the backslash twice, or use single quotes",
        ),
        Syntax::Bracket => (
            "the brackets or braces here do not close as they opened",
            "close each of them, with commas between the items; a text that begins with a bracket needs quotes",
        ),
        Syntax::Invisible => {
            ("nothing can be read behind the invisible character here", "delete it, then check again")
        }
        Syntax::StrangeStart(c) => {
            return (
                format!("a text without quotes cannot begin with `{}`", shown(&c.to_string())),
                "put the text between double quotes".to_owned(),
            );
        }
        Syntax::TooDeep => {
            ("this is nested far deeper than anything in a protocol", "take some of the brackets away")
        }
        Syntax::SecondDocument => {
            ("`---` begins a second document, and a protocol is one", "remove the line, or make two files")
        }
        Syntax::Directive => {
            ("a line that begins with `%` is an instruction to YAML readers", "remove the line")
        }
        Syntax::Other => (
            "this is not readable as YAML",
            "look at this line and the one above; a text with signs in it needs quotes",
        ),
    };
    (what.to_owned(), help.to_owned())
}

fn of_yaml(trap: &Trap) -> Told {
    match trap {
        Trap::ByteOrderMark => Told::new(
            "an invisible mark stands at the beginning of the file",
            "save it as UTF-8 without BOM (byte order mark)",
        ),
        Trap::Tab => Told::new(
            "there is a tab here",
            "use blanks; most editors can be told to write them for the tab key",
        ),
        Trap::Forbidden(c) => Told::new(
            format!("an invisible character (U+{:04X}) stands here", u32::from(*c)),
            "delete it: it can steer a terminal or make a text read as another one",
        ),
        Trap::Comment => Told::new(
            "one blank before `#` cuts the text off here",
            "put the text between double quotes; for a comment, write two blanks or more before `#`",
        ),
        Trap::Tag => Told::new(
            "`!` before a value is a tag, which a protocol does not have",
            "put the text between quotes; in a condition, write `not` for `!`",
        ),
        Trap::Anchor => Told::new(
            "`&` before a value is an anchor, which a protocol does not have",
            "remove it, or put the text between quotes",
        ),
        Trap::Alias => Told::new(
            "`*` before a name is an alias, which a protocol does not have",
            "write the value out, or put the text between quotes",
        ),
        Trap::Merge => Told::new("`<<` merges, which a protocol does not do", "write the keys out"),
        Trap::KeyTwice(key) => Told::new(
            format!("the key `{}` stands here for the second time", shown(key)),
            "remove one of the two",
        ),
        Trap::CollectionAsKey => {
            Told::new("a list or a section cannot be a key", "put the text between double quotes")
        }
        Trap::ColonMadeSection => Told::new(
            "the colon and the blank make a key of the words before them",
            "put the whole text between double quotes",
        ),
        Trap::CommaInBraces => Told::new(
            "the comma in braces ended the text before these words",
            "write one key a line without braces, or put the text between double quotes",
        ),
    }
}

pub(super) fn section(name: SectionName) -> &'static str {
    match name {
        SectionName::Protocol => "a protocol",
        SectionName::Condition => "a named condition",
        SectionName::Cover => "a cover",
        SectionName::Topic => "a topic",
        SectionName::Phase => "a phase",
        SectionName::Gate => "a gate",
        SectionName::Group => "a group",
        SectionName::Step => "a step",
        SectionName::Suggests => "`suggests`",
        SectionName::Option => "an option",
        SectionName::Row => "a row",
        SectionName::State => "a state",
        SectionName::Response => "a response",
        SectionName::Translation => "a translation",
        SectionName::CoverTexts => "the texts of a cover",
        SectionName::TopicTexts => "the texts of a topic",
        SectionName::PhaseTexts => "the texts of a phase",
        SectionName::GroupTexts => "the texts of a group",
        SectionName::StepTexts => "the texts of a step",
        SectionName::ResponseTexts => "the texts of a response",
    }
}

fn thing(thing: Thing) -> &'static str {
    match thing {
        Thing::Condition => "named condition",
        Thing::Cover => "cover",
        Thing::Topic => "topic",
        Thing::Phase => "phase",
        Thing::Group => "group",
        Thing::Step => "step",
        Thing::Option => "option",
        Thing::Row => "row",
        Thing::State => "state",
        Thing::Response => "response",
        Thing::Label => "option, row or state",
    }
}

fn kinds(kinds: &[KindName]) -> String {
    listed(kinds.iter().map(|kind| kind.word()), "and")
}

fn key(trouble: &KeyTrouble) -> Told {
    match trouble {
        KeyTrouble::Unknown { section: of, key, near } => Told::new(
            format!("`{}` is no key of {}", shown(key), section(*of)),
            or_near(
                near.as_ref(),
                "`docs/protocol.md` lists the keys; a text with a colon in it needs quotes",
            ),
        ),
        KeyTrouble::OfOtherKinds { key, kind, kinds: of } => Told::new(
            format!("a step of kind `{}` has no key `{key}`", kind.word()),
            format!("remove it: `{key}` is for {}", kinds(of)),
        ),
        KeyTrouble::TakenOver(key) => {
            Told::new(format!("`{key}` is taken over from the step that this one asks again"), "remove it")
        }
        KeyTrouble::Missing { section: of, key } => {
            Told::new(format!("{} needs the key `{key}`", section(*of)), format!("add `{key}:`"))
        }
        KeyTrouble::MissingEither(one, other) => {
            Told::new(format!("`{one}` or `{other}` is missing here"), format!("add `{one}:` or `{other}:`"))
        }
        KeyTrouble::Both(one, other) => {
            Told::new(format!("`{other}` cannot stand beside `{one}`"), "keep one of the two")
        }
        KeyTrouble::Needs(one, other) => Told::new(
            format!("`{one}` needs `{other}` beside it"),
            format!("add `{other}:`, or remove `{one}`"),
        ),
        KeyTrouble::Wrong { wanted, found } => {
            let (what, help) = wanted_words(wanted);
            Told::new(format!("{what} is wanted here, and {} stands here", found_words(found)), help)
        }
        KeyTrouble::TooMany(most) => Told::new(
            format!("this is more than {most}, the most that there may be"),
            if *most == 9 {
                "each has a digit as its key: join or remove some"
            } else {
                "join or remove some"
            },
        ),
    }
}

fn found_words(found: &Found) -> String {
    match found {
        Found::Nothing => "nothing".to_owned(),
        Found::Text(text) => format!("`{}`", shown(text)),
        Found::Quoted(text) => format!("`\"{}\"`", shown(text)),
        Found::List => "a list".to_owned(),
        Found::Section => "a section with keys".to_owned(),
    }
}

fn wanted_words(wanted: &Wanted) -> (String, String) {
    let (what, help) = match wanted {
        Wanted::Text => ("a text".to_owned(), "write the text after the colon, on one line".to_owned()),
        Wanted::Texts => ("a list of texts".to_owned(), "write one a line, each after a dash".to_owned()),
        Wanted::Id => ("an id".to_owned(), "write a short name in small letters, such as `first-look`".to_owned()),
        Wanted::IdOf(of) => (format!("the id of a {}", thing(*of)), "write its id after the colon".to_owned()),
        Wanted::Flag => ("`true` or `false`".to_owned(), "write `true` or `false`, without quotes".to_owned()),
        Wanted::Number(from, to) if from == to => (format!("the number {from}"), format!("write `{from}`")),
        Wanted::Number(from, to) => (
            format!("a whole number from {from} to {to}"),
            "write the number in digits, without quotes".to_owned(),
        ),
        Wanted::Word { words, near } => {
            let all = listed(*words, "or");
            (all.clone(), or_near(near.as_ref(), format!("write {all}")))
        }
        Wanted::Words(words) => (
            "a list of words".to_owned(),
            format!("write them in brackets, such as `[{}]`; there are {}", words[0], listed(*words, "and")),
        ),
        Wanted::Condition => ("a condition".to_owned(), "write one such as `company == nobody`".to_owned()),
        Wanted::FlagOrCondition => (
            "`true`, `false` or a condition".to_owned(),
            "write `true`, or a condition such as `company == nobody`".to_owned(),
        ),
        Wanted::Action => (
            "an action".to_owned(),
            "write `end(early)`, `reopen(step)`, `raise(response)` or `pause`; in a response also `return` or `set-aside`"
                .to_owned(),
        ),
        Wanted::Practice => (
            "the number of a practice".to_owned(),
            "write a capital letter and a number, such as `A5` or `B7a`".to_owned(),
        ),
        Wanted::Practices => {
            ("a list of numbers of practices".to_owned(), "write them in brackets, such as `[A5, B7a]`".to_owned())
        }
        Wanted::Language => (
            "the code of a language".to_owned(),
            "write its two or three small letters, such as `en` or `es`".to_owned(),
        ),
        Wanted::Section(of) => {
            (section(*of).to_owned(), "write its keys on the lines below, each further to the right".to_owned())
        }
        Wanted::Sections(of) => (
            format!("a list with {} in each item", section(*of)),
            "begin each item with a dash on a line of its own".to_owned(),
        ),
        Wanted::ById => (
            "a section with ids as its keys".to_owned(),
            "write each id on a line of its own, with a colon after it".to_owned(),
        ),
    };
    (what, help)
}

fn value(trouble: &ValueTrouble) -> Told {
    match trouble {
        ValueTrouble::EmptyText => Told::new("the text is empty", "write a text, or remove the key"),
        ValueTrouble::TooWide { most, is } => Told::new(
            format!("the text has {is} columns, and {most} is the most that fits"),
            "say it in fewer words",
        ),
        ValueTrouble::LineEnd => Told::new(
            "the text has several lines, and this is shown as one",
            "write it on one line, or use `>` in place of `|`, which joins the lines",
        ),
        ValueTrouble::BadId { id, problem } => bad_id(id, *problem),
        ValueTrouble::Pattern(why) => Told::new(
            format!("the regular expression cannot be read: {}", shown(why)),
            "try a simpler one, such as `[0-9]{4}`",
        ),
        ValueTrouble::Range => {
            Told::new("the last is not above the first", "a scale or a number needs two points at least")
        }
        ValueTrouble::TooManyPoints => {
            Told::new("a scale has at most 101 points", "make it shorter, or use the kind `number`")
        }
        ValueTrouble::EmptyList => Told::new("the list is empty", "add an item, or remove the key"),
    }
}

fn bad_id(id: &str, problem: IdProblem) -> Told {
    let id = shown(id);
    match problem {
        IdProblem::Empty => {
            Told::new("the id is empty", "write a short name in small letters, such as `first-look`")
        }
        IdProblem::TooLong => Told::new("the id has more than 40 characters", "write a shorter one"),
        IdProblem::Character(c) => Told::new(
            format!("`{id}` cannot be an id because of `{}`", shown(&c.to_string())),
            "ids have small letters from a to z, digits and hyphens",
        ),
        IdProblem::ConditionWord => {
            Told::new(format!("`{id}` cannot be an id: conditions use the word"), "take another name")
        }
        IdProblem::YamlWord => Told::new(
            format!("`{id}` cannot be an id: other readers of YAML would make true, false or nothing of it"),
            "take another name, such as `agreed` or `refused`",
        ),
    }
}

fn name(trouble: &NameTrouble) -> Told {
    match trouble {
        NameTrouble::Twice(of, name) => Told::new(
            format!("the {} `{}` is there twice", thing(*of), shown(name)),
            "give one of them another id",
        ),
        NameTrouble::Shared(of, other, name) => Told::new(
            format!("this {} has the id of a {}: `{}`", thing(*of), thing(*other), shown(name)),
            "give one of them another id",
        ),
        NameTrouble::Unknown { thing: of, name, near } => Told::new(
            format!("there is no {} `{}`", thing(*of), shown(name)),
            or_near(near.as_ref(), format!("write the id of a {} that exists", thing(*of))),
        ),
        NameTrouble::Later(name) => Told::new(
            format!("the step `{}` comes later than this place", shown(name)),
            "only steps that come earlier, those of the same group and those of responses can be named here",
        ),
        NameTrouble::NotEarlier(name) => Told::new(
            format!("the step `{}` does not come earlier than this one", shown(name)),
            "name a step that comes earlier, or move this one down",
        ),
        NameTrouble::LaterThrough { condition, step } => Told::new(
            format!(
                "`holds({})` looks at the step `{}`, which comes later than this place",
                shown(condition),
                shown(step)
            ),
            "use it further down, or move the step up",
        ),
        NameTrouble::ConditionLater(name) => Told::new(
            format!("the condition `{}` is not above this one", shown(name)),
            "a named condition can use those above it only: move it up",
        ),
        NameTrouble::ConditionItself(name) => Told::new(
            format!("the condition `{}` uses itself", shown(name)),
            "write out in its place what must be so",
        ),
        NameTrouble::ConditionCircle(names) => Told::new(
            format!("these conditions use each other: {}", circle(names)),
            "write one of them out, without `holds`",
        ),
        NameTrouble::NoList(name) => Told::new(
            format!("the step `{}` is not a list and has no rows", shown(name)),
            "name a step of kind `list`",
        ),
        NameTrouble::NoOutcome(name) => Told::new(
            format!("the step `{}` is guidance, which has no answer to be asked for again", shown(name)),
            "name another step",
        ),
    }
}

fn grammar(trouble: &Grammar) -> Told {
    match trouble {
        Grammar::Empty => Told::new("the condition is empty", "write one such as `company == nobody`"),
        Grammar::SingleEquals => Told::new("one `=` compares nothing", "write `==`"),
        Grammar::Symbol(written, meant) => {
            Told::new(format!("conditions have no `{written}`"), format!("write `{meant}`"))
        }
        Grammar::Capital(meant) => {
            Told::new("words of conditions are written in small letters", format!("write `{meant}`"))
        }
        Grammar::Quotes => {
            Told::new("values in conditions have no quotes", "write the id alone: `company == nobody`")
        }
        Grammar::Strange(c) => Told::new(
            format!("the condition cannot go on with `{}` here", shown(&c.to_string())),
            "conditions compare steps with values, and join that with `and`, `or`, `not` and parentheses",
        ),
        Grammar::Wanted(needed) => match needed {
            Needed::Term => Told::new(
                "a step or a function is wanted here",
                "write one such as `company == nobody` or `done(calm)`",
            ),
            Needed::Value => Told::new("a value is wanted here", "write the id of an option, or a number"),
            Needed::Mark(mark) => Told::new(format!("`{mark}` is missing here"), format!("add `{mark}`")),
            Needed::Comparison => {
                Told::new("a comparison is wanted here", "write one such as `== met` or `in [met, asked]`")
            }
        },
        Grammar::NoLink => Told::new("two conditions stand side by side", "write `and` or `or` between them"),
        Grammar::Chain => Told::new(
            "this is compared already",
            "compare one thing at a time, with `and` between: `risk > 1 and risk < 4`",
        ),
        Grammar::Function { name, near } => Told::new(
            format!("there is no function `{}`", shown(name)),
            or_near(
                near.as_ref(),
                "there are `done`, `answered`, `skipped`, `declined`, `has`, `row`, `raised`, `rose`, `staff` and `holds`",
            ),
        ),
        Grammar::Arguments { function, like } => {
            Told::new(format!("`{function}` is written otherwise"), format!("write `{like}`"))
        }
        Grammar::TooDeep => Told::new(
            "the condition is nested too deep to be understood",
            "give parts of it a name under `conditions`, and use them as `holds(name)`",
        ),
        Grammar::TooLong => Told::new(
            "the condition is longer than 1,000 characters",
            "give parts of it a name under `conditions`, and use them as `holds(name)`",
        ),
    }
}

fn condition(trouble: &ConditionTrouble) -> Told {
    match trouble {
        ConditionTrouble::Value { step, value, near, values } => Told::new(
            format!("the step `{}` cannot be `{}`", shown(step), shown(value)),
            or_near(near.as_ref(), format!("it can be {}", listed(values, "or"))),
        ),
        ConditionTrouble::Outside { step, from, to } => Told::new(
            format!("the step `{}` is a number from {from} to {to}", shown(step)),
            format!("write a number from {from} to {to}"),
        ),
        ConditionTrouble::Comparison { step, kind } => Told::new(
            format!(
                "the step `{}` is of kind `{}`, which cannot be compared like this",
                shown(step),
                kind.word()
            ),
            instead(step, *kind),
        ),
        ConditionTrouble::Order(step) => Told::new(
            format!("what `{}` can be has no order: it is not less or more", shown(step)),
            "use `==`, `!=` or `in [a, b]`",
        ),
        ConditionTrouble::Alone { step, kind } => Told::new(
            format!("the step `{}` alone says nothing", shown(step)),
            kind.map_or_else(|| "compare it with a value".to_owned(), |kind| instead(step, kind)),
        ),
        ConditionTrouble::AloneCondition(name) => Told::new(
            format!("the named condition `{}` is used as a function", shown(name)),
            format!("write `holds({})`", shown(name)),
        ),
        ConditionTrouble::Kind { function, step, kind } => Told::new(
            format!("`{function}` is not for the step `{}` of kind `{}`", shown(step), kind.word()),
            instead(step, *kind),
        ),
        ConditionTrouble::NotAgain(step) => Told::new(
            format!("`{}` asks no scale or number again, and so cannot have risen", shown(step)),
            "name a step with `again`, whose first answer was a scale or a number",
        ),
        ConditionTrouble::NoOutcome(step) => Told::new(
            format!("the step `{}` is guidance, which has no answer", shown(step)),
            "name a step that is answered",
        ),
        ConditionTrouble::Staff => {
            Told::new("a session has one or two staff numbers", "write `staff(1)` or `staff(2)`")
        }
        ConditionTrouble::TooLarge => Told::new(
            "with all the named conditions that it uses, this is too large to be followed",
            "use fewer of them, or simpler ones",
        ),
        ConditionTrouble::Never => Told::new(
            "this condition can never hold",
            "look whether an `and` should be an `or`, and whether the steps it names can apply together",
        ),
        ConditionTrouble::NeverInGroup => Told::new(
            "this can never hold while the `when` of its group does",
            "change one of the two conditions, or move the step to another group",
        ),
        ConditionTrouble::NeverWhile => Told::new(
            "this can never hold while the step applies",
            "change this condition or the step's `when`",
        ),
        ConditionTrouble::GateNever => {
            Told::new("this gate can never open", "look whether an `and` should be an `or`")
        }
        ConditionTrouble::GatesNever => Told::new(
            "the gates of this phase can never be open together, so that nobody can reach it",
            "change one of the conditions",
        ),
    }
}

/// How a step of a kind is named in a condition.
fn instead(step: &str, kind: KindName) -> String {
    let step = shown(step);
    match kind {
        KindName::Check => format!("write `done({step})`"),
        KindName::Choice => format!("write `{step} == option`, with one of its options"),
        KindName::Choices => format!("write `has({step}, option)`, with one of its options"),
        KindName::Scale | KindName::Number => format!("write `{step} >= 3`, with a number that it can be"),
        KindName::Text | KindName::Date | KindName::Deadline => format!("write `answered({step})`"),
        KindName::Inform => format!("write `{step} == understood`; `back` and `declined` are the others"),
        KindName::List => format!("write `row({step}, row) == state`, with one of its rows and states"),
        KindName::Guidance => "guidance has no answer: name another step".to_owned(),
    }
}

fn rule(trouble: &Rule) -> Told {
    match trouble {
        Rule::NoCover => {
            Told::new("no response covers the screen", "write `cover: true` in the one that Esc raises")
        }
        Rule::TwoCovers => Told::new("two responses cover the screen", "keep `cover: true` in one of them"),
        Rule::EscNotCover => Told::new(
            "Esc hides the screen and does nothing else, and this response does not cover",
            "take another key: `f2` or `f5` to `f9`",
        ),
        Rule::CoverRank => Told::new(
            "this response could keep the covering one waiting",
            "give the covering response the smallest rank of all",
        ),
        Rule::KeyTwice(key) => {
            Told::new(format!("another response has the key `{}` already", shown(key)), "take another key")
        }
        Rule::TwoCheckIns => Told::new(
            "a protocol has one check-in, and this is the second",
            "remove `role: check-in` from one of them",
        ),
        Rule::OnlyInResponse(word) => {
            Told::new(format!("`{word}` leaves a response, and this step is of none"), "remove it")
        }
        Rule::TwoEnds => Told::new("a session ends in one way", "keep one `end(…)`"),
        Rule::SignNeverShown => {
            Told::new("the sign is never shown", "write `stays: true` in the step, or remove the sign")
        }
        Rule::TopicNotInEvery { topic, cover } => Told::new(
            format!(
                "the cover `{}` has no topic `{}`; there the leaflet starts at its contents",
                shown(cover),
                shown(topic)
            ),
            "add the topic to that cover",
        ),
    }
}

fn translation(trouble: &Translation) -> Told {
    match trouble {
        Translation::OtherProtocol { named, base } => Told::new(
            format!(
                "this translates `{}`, and stands beside `{}`; nothing of it was used",
                shown(named),
                shown(base)
            ),
            format!("write `translates: {}`, or rename the file", shown(base)),
        ),
        Translation::SameLanguage => {
            Told::new("this is the language of the protocol itself", "write the language of the translation")
        }
        Translation::LanguageTwice(language) => Told::new(
            format!("there is another translation into `{}`", shown(language)),
            "keep one of the two files",
        ),
        Translation::FileName { named, language } => Told::new(
            format!("the file is named after `{}`, and its language is `{}`", shown(named), shown(language)),
            "rename the file, or change the language",
        ),
        Translation::Older { of, base } => Told::new(
            format!("the translation was made of version {of}, and the protocol has version {base}"),
            format!("read it beside the protocol, then write `of_version: {base}`"),
        ),
        Translation::Newer { of, base } => Told::new(
            format!("the translation was made of version {of}, and the protocol has only version {base}"),
            format!("write `of_version: {base}`, or get the newer protocol"),
        ),
        Translation::Missing { path, base } => Told::new(
            format!("the text of `{}` is missing; `{}` is shown in its place", shown_all(path), shown(base)),
            "translate it",
        ),
        Translation::NotInBase { key } => Told::new(
            format!("the protocol has no text for `{}` here", shown(key)),
            "remove it, or look whether it belongs to another id",
        ),
        Translation::Length { base, own } => Told::new(
            format!("the protocol has {base} texts here, and the translation {own}; it was not used"),
            "write one for each, in the same order",
        ),
    }
}

fn shown_all(path: &str) -> String {
    crate::text::line_safe(path)
}
