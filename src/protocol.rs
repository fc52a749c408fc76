//! A protocol: YAML to a tree with positions, one table of keys, and a checked [`Protocol`] that cannot be wrong.
//!
//! Knows nothing of sessions, time or terminals. Start reading at [`model`](self::model).

mod condition;
mod model;

pub use condition::{Compare, Condition, Operand};
pub use model::{
    Action, Actions, Asked, Choice, Cover, Ending, Endings, Gate, Group, Home, Kind, NamedCondition,
    Override, Phase, Practice, Protocol, Required, Response, ResponseKey, Role, Row, Rows, Scale, Shows,
    StandsFor, Step, StepIndex, Suggests, Tells, Topic, Wording,
};
