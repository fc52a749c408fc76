//! Protocols as large as they may be, and larger.

use std::fmt::Write as _;

/// So many phases of nine groups of nine steps; nine are as many as the language allows.
pub fn protocol(phases: usize) -> String {
    let mut text = String::from(
        "amparo: 1\nid: largest\nversion: 1\nlanguage: en\ntitle: As large as it may be\nsource: A bench\n\
         covers:\n  - id: health\n    title: Health\n    topics:\n",
    );
    for stands_for in ["subject", "safe-place", "later", "leave"] {
        write!(text, "      - id: on-{stands_for}\n        title: Sleeping better\n        stands_for: {stands_for}\n        lines:\n          - Keep the same hours every day.\n")
            .expect("a string takes text");
    }
    text.push_str("phases:\n");
    for phase in 1..=phases {
        write!(text, "  - id: phase-{phase}\n    title: Phase {phase}\n    groups:\n")
            .expect("a string takes text");
        for group in 1..=9 {
            write!(text, "      - id: group-{phase}-{group}\n        title: Group {group}\n        steps:\n")
                .expect("a string takes text");
            for step in 1..=9 {
                write!(text, "          - id: step-{phase}-{group}-{step}\n            kind: check\n            ask: Step {step} of 9, in group {group} of phase {phase}\n")
                    .expect("a string takes text");
            }
        }
    }
    text.push_str(
        "responses:\n  - id: danger\n    key: esc\n    rank: 1\n    cover: true\n    title: Danger\n    steps:\n\
         \x20     - id: signal\n        kind: choice\n        ask: What was it?\n        options:\n\
         \x20         - id: nothing\n            label: Nothing\n          - id: person\n            label: Somebody came\n",
    );
    text
}
