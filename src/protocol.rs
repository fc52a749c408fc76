//! A protocol: YAML to a tree with positions, one table of keys, and a checked [`Protocol`] that cannot be wrong.
//!
//! Knows nothing of sessions, time or terminals, and says nothing to people: what is wrong comes out as [`Finding`]s,
//! whose sentences are in `words`. Start reading at [`read()`]: bytes to a [`Reading`], by way of `tree` (YAML), `read`
//! (the draft), `check` (the protocol) and `overlay` (its translations). `model` is what comes out.

mod check;
mod condition;
mod draft;
mod fields;
mod finding;
mod grammar;
mod graph;
mod keys;
mod model;
mod near;
mod overlay;
mod reach;
mod read;
mod reading;
mod ready;
mod reference;
mod resolve;
mod schema;
mod shipped;
mod skeleton;
mod source;
mod tree;
mod unique;
mod written;

pub use condition::{Compare, Condition, Operand};
pub use finding::{
    ConditionTrouble, FileTrouble, Finding, FindingKind, Found, Grammar, KeyTrouble, NameTrouble, Needed,
    Rule, Severity, Syntax, Thing, Translation, Trap, ValueTrouble, Wanted,
};
pub use grammar::{Expression, Fault, Function, Name, Part, Subject, parse as parse_condition};
pub use graph::graph;
pub use keys::{Key, KindName, Need, SECTIONS, Section, SectionName, Takes};
pub use model::{
    Action, Actions, Asked, Choice, Cover, Ending, Endings, Gate, Group, Home, Kind, NamedCondition,
    Override, Phase, Practice, Protocol, Required, Response, ResponseKey, Role, Row, Rows, Scale, Shows,
    StandsFor, Step, StepIndex, Suggests, Tells, Topic, Wording,
};
pub use near::nearest;
pub use reading::{FileProblem, LARGEST, LARGEST_CARRIED, Reading, read, read_file};
pub use ready::{NotReady, make_ready, shipped_ready};
pub use reference::reference;
pub use schema::schema;
pub use shipped::{
    SHIPPED, SHIPPED_NAME, SHIPPED_TEXT, SHIPPED_TRANSLATED_TEXTS, SHIPPED_TRANSLATIONS, shipped,
};
pub use skeleton::translation;
pub use source::{Position, Source, Span};
