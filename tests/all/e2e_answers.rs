//! A worker finds a supervisor's remark on her start screen and answers it: the real binary over a small archive.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use amparo::desk::{Keyring, Role};
use amparo::journal::{Beside, Companion, On, Store};
use amparo::machine::At;
use amparo::seal::{HeadCode, Identity, Passphrase, Recipients, WorkFactor, fingerprint};
use amparo::text::{Language, Prose, StaffNumber};
use amparo::words::{AnswerSays, StartSays};

use crate::caseworker::{in_both, spaced};
use crate::keys_at_hand::{KEY, WORDS};
use crate::made;
use crate::programs::amparo;
use crate::pty::Pty;

/// A worker's machine, on which a supervisor, with this identity, remarked something to 204.
fn home(supervisor: &Identity, at: &Path) -> made::Planted {
    let mut ring = Keyring::read(at).unwrap();
    ring.keep_own(&KEY, Role::Caseworker, &Passphrase::new(WORDS.to_owned()), WorkFactor(2)).unwrap();
    ring.add(StaffNumber::new("100").unwrap(), supervisor.public(), Role::Supervisor).unwrap();
    let today = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis();
    let today = i64::try_from(today).unwrap();
    let readers = made::Readers { supervisor: supervisor.public(), worker: KEY.public() };
    let wanted = made::Wanted { sessions: 6, seed: 3, today, days: made::DAYS, signed: 0, events: 0 };
    let planted = made::make(at, &readers, wanted).unwrap().swap_remove(1);
    let store = Store::at(at);
    let sha256 = fingerprint(&store.bytes(&planted.name).unwrap());
    let remark = Companion::Remark {
        of: Beside { name: planted.name, sha256, head: HeadCode::of(&sha256) },
        at: At { wall: today - 3_600_000, zone: 60, run: 0 },
        by: StaffNumber::new("100").unwrap(),
        text: Prose::new("Why did you go on without the other one?").unwrap(),
        on: On::Session,
        to: Some(StaffNumber::new("204").unwrap()),
    };
    let readers = Recipients::new(vec![supervisor.public(), KEY.public()]).unwrap();
    store.put_beside(&remark, &readers).unwrap();
    planted
}

#[track_caller]
fn wait_folded(pty: &mut Pty, sentence: &str) {
    let sentence = spaced(sentence);
    pty.wait_for(&sentence, |picture| spaced(&picture.text()).contains(&sentence));
}

fn typed(pty: &mut Pty, text: &str) {
    for letter in text.chars() {
        pty.keys(&if letter == ' ' { "<space>".to_owned() } else { letter.to_string() });
    }
}

#[test]
fn she_finds_it_hides_it_answers_it_and_the_supervisor_reads_the_answer() {
    for size in [(80, 24), (40, 12)] {
        in_both(|language| she_finds_it_and_answers_it(language, size));
    }
}

fn she_finds_it_and_answers_it(language: Language, size: (u16, u16)) {
    let home = tempfile::tempdir().unwrap();
    let supervisor = Identity::generate();
    let planted = self::home(&supervisor, home.path());
    let start = amparo().args(["--lang", language.code().as_str()]);
    let mut pty = start.size(size.0, size.1).home(home.path()).go();
    let line = StartSays::Remarks(1).text(language);
    pty.wait_for_text(&StartSays::DueSealed.text(language));
    assert!(!pty.text().contains(&*line), "nothing is told before the key is unlocked: {}", pty.framed());

    pty.keys("5");
    typed(&mut pty, WORDS);
    pty.keys("<enter>");
    wait_folded(&mut pty, &StartSays::WhatIsDue.text(language));
    pty.keys("<left>");
    pty.wait_for_text(&format!("6  {line}"));
    pty.keys("6");
    wait_folded(&mut pty, "Why did you go on without the other one?");
    wait_folded(&mut pty, planted.case);
    pty.keys("<enter>");
    pty.wait_for_text(&format!("{}:", AnswerSays::Field.text(language)));
    typed(&mut pty, "she was ill");
    pty.wait_for_text("she was ill");

    pty.keys("<esc>");
    pty.wait_for("hidden", |picture| {
        let text = picture.text();
        !text.contains("ill") && !text.contains(planted.case) && !text.contains("other one")
    });
    pty.keys("<c-r>");
    pty.wait_for_text("she was ill");
    pty.keys("<enter>");
    wait_folded(&mut pty, AnswerSays::Kept.text(language));
    pty.keys("<left>");
    pty.wait_for_text(&StartSays::Title.text(language));
    pty.wait_for("the line is gone", |picture| !picture.text().contains("6  "));

    let found = Store::at(home.path()).placed(&supervisor);
    let remark = found.iter().find(|placed| matches!(placed.companion, Companion::Remark { .. })).unwrap();
    let answer = found.iter().find_map(|placed| match &placed.companion {
        Companion::Addendum { of, by, text, answers: Some(to), .. } => Some((of.name, by, text, *to)),
        _ => None,
    });
    let (name, by, text, to) = answer.expect("an answer");
    assert_eq!((name, by.as_str(), text.as_str()), (planted.name, "204", "she was ill"));
    assert_eq!(to, remark.name);
}
