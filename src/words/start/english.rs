//! The start screen, the start form, the pacer and the plain line mode in English.

use std::borrow::Cow;

use crate::text::{CaseDoubt, PlainProblem};

use super::{FormSays, PacerSays, PlainSays, StartSays};

pub(super) fn start(says: StartSays) -> Cow<'static, str> {
    match says {
        StartSays::Title => "Amparo".into(),
        StartSays::Reading => "one moment …".into(),
        StartSays::NewSession => "New session".into(),
        StartSays::Practise => "Practise: nothing is kept".into(),
        StartSays::Resume(0) => "Resume: none is open".into(),
        StartSays::Resume(open) => format!("Resume ({open} open)").into(),
        StartSays::Read(0) => "Read: none is saved".into(),
        StartSays::Read(saved) => format!("Read ({saved} saved)").into(),
        StartSays::Remarks(1) => "A remark for you".into(),
        StartSays::Remarks(count) => format!("Remarks for you ({count})").into(),
        StartSays::RemarksHelp => "remarks for you, and your answers".into(),
        StartSays::Due(0) => "Due: nothing".into(),
        StartSays::Due(lines) => format!("Due ({lines})").into(),
        StartSays::InDanger(1) => "1 may still be in danger".into(),
        StartSays::InDanger(count) => format!("{count} may still be in danger").into(),
        StartSays::MoreOverdue(count) => format!("{count} more overdue").into(),
        StartSays::HiddenShort(count) => format!("+{count}").into(),
        StartSays::TooSmall => "Make the window larger.".into(),
        StartSays::Hidden(count) => format!("{count} more lines: larger window").into(),
        StartSays::Unreadable(1) => "1 file could not be read".into(),
        StartSays::Unreadable(count) => format!("{count} files could not be read").into(),
        StartSays::NoLedger => {
            "The list of what was begun here cannot be read or written. Tell whoever looks after this machine."
                .into()
        }
        StartSays::OpenElsewhere => "That one is open in another window. Close it there first.".into(),
        StartSays::ClosedAlready => "That one is closed. Read it with the saved ones.".into(),
        StartSays::Cut => {
            "That one was closed, and its end is gone. Do not go on in it; tell your supervisor.".into()
        }
        StartSays::Altered => {
            "That one was changed by somebody. Do not go on in it; tell your supervisor.".into()
        }
        StartSays::NotThere => "That one is not there any more. Is a stick or a drive missing?".into(),
        StartSays::NoKey => {
            "Nobody could read it later: press 1 and make a key first. Practice needs none.".into()
        }
        StartSays::NotForUs => {
            "That one is sealed for another key than yours. Whoever has it can read it.".into()
        }
        StartSays::CannotBeRead => {
            "That one cannot be read. Leave its file where it is; tell your supervisor.".into()
        }
        StartSays::LeftNotSaved => {
            "The session that you left is not saved yet. It is tried again by itself. e saves it elsewhere."
                .into()
        }
        StartSays::WrittenAnew => {
            "Something altered the last session's file. It was written anew: nothing is missing.".into()
        }
        StartSays::KeptIn => "The last session could not be kept in its own folder. It is in".into(),
        StartSays::StayFull(1) => {
            "1 session could not come into its own folder yet. It is tried again by itself. It is in".into()
        }
        StartSays::StayFull(count) => {
            format!("{count} sessions could not come into their own folder yet. It is tried again by itself. They are in")
                .into()
        }
        StartSays::StayOpen(1) => {
            "1 session is where other users can reach it. Let the folder be yours alone, and it comes here. It is in"
                .into()
        }
        StartSays::StayOpen(count) => format!(
            "{count} sessions are where other users can reach them. Let the folder be yours alone, and they come here. They are in"
        )
        .into(),
        StartSays::StayAnothers(1) => {
            "1 session belongs to another folder than this one, and comes into that when you start there. It is in"
                .into()
        }
        StartSays::StayAnothers(count) => format!(
            "{count} sessions belong to another folder than this one, and come into that when you start there. They are in"
        )
        .into(),
        StartSays::Exposed => {
            "Other users could change something here. Look at the keys (amparo keys list) and the settings first. It was"
                .into()
        }
        StartSays::SealedForOthers => "What is saved is sealed for others; you have no key here.".into(),
        StartSays::ResumeSealed => "Resume: asks your passphrase".into(),
        StartSays::ReadSealed(saved) => format!("Read ({saved} saved): passphrase").into(),
        StartSays::DueSealed => "Due: asks your passphrase".into(),
        StartSays::FirstRun => {
            "Two staff numbers and a case code begin a session; practise first, as often as you like.".into()
        }
        StartSays::Lesson => "Press Esc now. Then Ctrl+R.".into(),
        StartSays::LessonWhy => "Esc hides everything, from anywhere. Ctrl+R brings it back.".into(),
        StartSays::LessonDone => "Well done: it always works so.".into(),
        StartSays::WhichToResume => "Which one?".into(),
        StartSays::WhatIsDue => "What is due".into(),
        StartSays::TheCall => "the call".into(),
        StartSays::Overdue => "overdue".into(),
        StartSays::PageOf { page, of } => format!("page {page} of {of}").into(),
        StartSays::Quit => "end".into(),
        StartSays::NextLanguage => "español".into(),
        StartSays::Help => "all keys".into(),
        StartSays::Hide => "page".into(),
        StartSays::Back => "back".into(),
        StartSays::Turn => "more".into(),
        StartSays::Veiled => "F4 shows again what was here.".into(),
        StartSays::CutByCover => "A paste was cut off when the page was turned. Look at its end.".into(),
        StartSays::ShowAgain => "show".into(),
        StartSays::HideHelp => "hides, from anywhere".into(),
        StartSays::ReturnHelp => "brings it back".into(),
        StartSays::LanguageHelp => "next language".into(),
        StartSays::QuitHelp => "ends the program".into(),
        StartSays::ResumeHelp => "Resume an open session".into(),
        StartSays::ResumeLineHelp => "Resume the one of that line".into(),
        StartSays::DueLineHelp => "To the session of that line".into(),
        StartSays::Looking => "Looking…".into(),
        StartSays::ReadHelp => "Read saved sessions".into(),
    }
}

pub(super) fn form(says: FormSays) -> Cow<'static, str> {
    match says {
        FormSays::Title => "New session".into(),
        FormSays::NoNames => "Numbers and a code, no names: what is not here, no one finds.".into(),
        FormSays::First => "Your staff number".into(),
        FormSays::Second => "Your colleague's".into(),
        FormSays::Case => "Case code".into(),
        FormSays::MayBeAlone => "Alone today? Leave it empty; you will be asked why later.".into(),
        FormSays::Alone => "alone".into(),
        FormSays::CaseExample => "For example K-17. No name, no initials.".into(),
        FormSays::HerAndOthersRead(1) => "Read by one key: yours (amparo keys list).".into(),
        FormSays::HerAndOthersRead(keys) => {
            format!("Read by {keys} keys, yours among them (amparo keys list).").into()
        }
        FormSays::OnlyOthersRead(1) => {
            "Read by one key, and not yours: you can neither read it nor go on with it after a crash or a leave.".into()
        }
        FormSays::OnlyOthersRead(keys) => format!(
            "Read by {keys} keys, and not yours: you can neither read it nor go on with it after a crash or a leave."
        )
        .into(),
        FormSays::Staff(PlainProblem::Empty) => "A number is needed here. Type yours, then Enter.".into(),
        FormSays::Staff(PlainProblem::TooLong(most)) => {
            format!("Too long. Use at most {most} letters, digits and hyphens.").into()
        }
        FormSays::Staff(PlainProblem::Forbidden(c)) if c.is_ascii_alphanumeric() || c == '-' => {
            "There is no digit in it. Type the number, not a name.".into()
        }
        FormSays::Staff(PlainProblem::Forbidden(' ')) => "There is a blank in it. Type it without.".into(),
        FormSays::Staff(PlainProblem::Forbidden(c)) => {
            format!("{c} cannot stand here. Use letters, digits and hyphens.").into()
        }
        FormSays::StaffTwice => "That is the first number. Type your colleague's, or leave it empty.".into(),
        FormSays::Code(PlainProblem::Empty) => "A code is needed here. Type one, such as K-17.".into(),
        FormSays::Code(PlainProblem::TooLong(most)) => {
            format!("Too long. Use at most {most} characters.").into()
        }
        FormSays::Code(PlainProblem::Forbidden(_)) => "A sign in it cannot be kept. Type it by hand.".into(),
        FormSays::Doubt(CaseDoubt::NoDigit) => "Is it a name? It has no digit. Enter again keeps it.".into(),
        FormSays::Doubt(CaseDoubt::Words) => "Is it a name? It has two words. Enter again keeps it.".into(),
        FormSays::Doubt(CaseDoubt::Capital) => {
            "Is it a name? It is written like one. Enter again keeps it.".into()
        }
        FormSays::Next => "next".into(),
        FormSays::Back => "back".into(),
    }
}

pub(super) fn pacer(says: PacerSays) -> Cow<'static, str> {
    match says {
        PacerSays::In => "in".into(),
        PacerSays::Out => "out".into(),
        PacerSays::Feet => "or: both feet on the floor".into(),
        PacerSays::CountIn(seconds) => format!("Breathe in slowly: count to {seconds}.").into(),
        PacerSays::CountOut(seconds) => format!("Breathe out slowly: count to {seconds}.").into(),
        PacerSays::Again => "And again.".into(),
    }
}

pub(super) fn plain(says: PlainSays<'_>) -> Cow<'static, str> {
    match says {
        PlainSays::Phase { title, number, of } => format!("{title}, part {number} of {of}.").into(),
        PlainSays::Step { number, of } => format!("Step {number} of {of}.").into(),
        PlainSays::Chosen => "chosen".into(),
        PlainSays::AtWork => "this line".into(),
        PlainSays::NotShown => "not shown".into(),
        PlainSays::Done => "done".into(),
        PlainSays::Open => "open".into(),
        PlainSays::Partly => "in part".into(),
        PlainSays::Deferred => "later".into(),
        PlainSays::Skipped => "skipped".into(),
        PlainSays::RatherNot => "rather not".into(),
        PlainSays::NotApplicable => "does not apply".into(),
        PlainSays::BeingKept => "being saved".into(),
        PlainSays::NotSaved => "not saved".into(),
        PlainSays::Keys => "Keys:".into(),
    }
}
