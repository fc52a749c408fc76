//! What verifying found, in English.

use crate::journal::{ChainState, Finding, Foreign, Trouble, Unread};

pub(super) fn finding(found: &Finding) -> String {
    match found {
        Finding::Whole => "whole: it was closed, and nothing was changed".into(),
        Finding::Open => "open: never closed, or cut there; the file alone cannot tell".into(),
        Finding::Torn(bytes) => {
            format!("torn: its last {bytes} bytes are no whole event; what stands before them is whole")
        }
        Finding::Altered(0) => "altered: nothing of it can be trusted".into(),
        Finding::Altered(1) => "altered: only its first event stands".into(),
        Finding::Altered(after) => format!("altered: only its first {after} events stand"),
        Finding::Cut => "cut: it was longer, or closed, and its end is gone".into(),
        Finding::AnotherFile => "another file than the one that was noted".into(),
        Finding::Slip(1) => {
            "one sign of the head code differs: a slip of the pen, most likely; look at the paper again"
                .into()
        }
        Finding::Slip(_) => {
            "two signs of the head code differ: a slip of the pen, most likely; look at the paper again"
                .into()
        }
        Finding::NotForUs(0) => "sealed for others, or the part for this key is damaged".into(),
        Finding::NotForUs(after) => format!("what follows after event {after} was sealed for others"),
        Finding::Erased(stone) => format!("erased: {}", stone.reason),
        Finding::Missing => "missing: it was begun or looked at on this machine, and its file is gone".into(),
        Finding::Foreign(why) => {
            let why = match why {
                Foreign::Name => "its name is none that a session has",
                Foreign::Kind => "it is no ordinary file",
                Foreign::Size => "it is larger than a session can be",
                Foreign::Content => "it does not begin as a session does",
            };
            format!("not one of ours: {why}")
        }
        Finding::Newer(version) => format!("written by a later version of this program (format {version})"),
        Finding::Unbegun => {
            "empty: the program was stopped as it began, or it was cut; the file alone cannot tell".into()
        }
        Finding::Companion => "stands beside a session, and is whole".into(),
        Finding::Beside(Unread::Damaged | Unread::Gone) => {
            "damaged: it was said of a session afterwards, and cannot be read; bring it back from a backup".into()
        }
        Finding::Beside(Unread::NotForUs) => {
            "said of a session afterwards, and not sealed to this key, or the part for it is damaged".into()
        }
        Finding::Beside(Unread::Newer) => {
            "said of a session afterwards by a later version of this program: bring this one up to date".into()
        }
        Finding::BackAgain => {
            "erased here, and there again, as from a backup: it is in no figure and no export; erase it once more".into()
        }
        Finding::Same => {
            "byte for byte the file that was noted; it was not opened, since no key was at hand".into()
        }
        Finding::Unopened => {
            "not opened: no key was at hand, and nothing was noted of it as it is now".into()
        }
        Finding::Unreadable(trouble) => {
            let why = match trouble {
                Trouble::Full => "there is no space left",
                Trouble::ReadOnly => "it may not be read",
                Trouble::Gone => "it is not there",
                Trouble::Fault => "the disk has a fault",
                Trouble::TooLarge => "it is larger than a session may be",
            };
            format!("could not be read: {why}")
        }
    }
}

pub(super) fn ledger(state: ChainState) -> Option<String> {
    match state {
        ChainState::Whole => None,
        ChainState::Absent => Some(
            "this machine has no ledger (the file `index` beside the folder `data`): whether a session was here before \
             and is gone cannot be told; if sessions were held or verified here before, somebody took it away"
                .into(),
        ),
        ChainState::Unreadable => Some(
            "this machine's ledger (the file `index` beside the folder `data`) cannot be read: whether a session was \
             here before and is gone cannot be told; leave it as it is, and tell whoever looks after this machine"
                .into(),
        ),
        ChainState::Torn { line } => Some(format!(
            "this machine's ledger has something in line {line} that is no line: the machine stopped while it was \
             written, or somebody changed it"
        )),
        ChainState::Broken { line } => Some(format!(
            "this machine's ledger was changed before line {line}: what it says of missing files is not to be relied on"
        )),
    }
}
