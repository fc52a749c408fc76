//! Ids, plain-text rules, display width and languages: what text may be, before anybody knows what it is for.
//!
//! Knows nothing of protocols, sessions or screens. Untrusted text becomes one of these types once, at the border.

mod checked;
mod fingerprint;
mod identity;
mod ids;
mod language;
mod plain;
mod square;
mod width;

pub use checked::checked;
pub use fingerprint::Fingerprint;
pub use identity::{CaseCode, CaseDoubt, StaffNumber};
pub use ids::{
    ConditionId, CoverId, GroupId, IdProblem, OptionId, PhaseId, ProtocolId, ResponseId, RowId, StepId,
    TopicId,
};
pub use language::{Language, LanguageCode};
pub use plain::{Line, PlainProblem, Prose, forbidden_character, is_forbidden, line_safe};
pub use square::{Shade, Square};
pub use width::{cut, cut_inside, is_even, width, wrap};
