//! A translation as a file: what is there, and what is missing in comments.

use std::fmt::Write as _;

use crate::text::LanguageCode;

use super::keys::TRANSLATION;
use super::model::{Protocol, Wording};
use super::overlay::{Slot, Texts, slots};

/// The file of a translation: every slot of the protocol in order, with its text where the protocol has it in this
/// language, and with the base text in a comment where it has not.
pub fn translation(protocol: &mut Protocol, language: &LanguageCode) -> String {
    let mut text = String::new();
    let _ = write!(
        text,
        "amparo: 1\ntranslates: {}\nlanguage: {language}\nof_version: {}\nchecked_by: nobody yet\n",
        protocol.id, protocol.version
    );
    // Texts of a step and the labels of its options are slots side by side, and sections apart.
    let mut all = slots(protocol);
    let section = |slot: &Slot<'_>| {
        let first = slot.path.split('/').next().unwrap_or_default();
        TRANSLATION.keys.iter().position(|key| key.name == first)
    };
    all.sort_by_key(section);
    let mut open: Vec<String> = Vec::new();
    for (at, slot) in all.iter().enumerate() {
        if !slot.own && !there(slot, language) {
            continue;
        }
        let parts: Vec<&str> = slot.path.split('/').collect();
        let above = &parts[..parts.len() - 1];
        let shared = open.iter().zip(above).take_while(|(open, part)| *open == *part).count();
        for (depth, part) in above.iter().enumerate().skip(shared) {
            if depth == 0 {
                text.push('\n');
            }
            let prefix = format!("{}/", above[..=depth].join("/"));
            let any = all[at..]
                .iter()
                .take_while(|slot| slot.path.starts_with(&prefix))
                .any(|slot| there(slot, language));
            let _ = writeln!(text, "{}{}{part}:", if any { "" } else { "# " }, "  ".repeat(depth));
        }
        open = above.iter().map(|part| (*part).to_owned()).collect();
        entry(&mut text, slot, &parts, language);
    }
    text
}

fn there(slot: &Slot<'_>, language: &LanguageCode) -> bool {
    match &slot.texts {
        Texts::One(text) => text.has(language),
        Texts::Many(texts) => texts.iter().all(|text| text.has(language)),
    }
}

fn entry(text: &mut String, slot: &Slot<'_>, parts: &[&str], language: &LanguageCode) {
    let mark = if there(slot, language) { "" } else { "# " };
    let indent = "  ".repeat(parts.len() - 1);
    let key = parts.last().copied().unwrap_or_default();
    match &slot.texts {
        Texts::One(one) => {
            let _ = writeln!(text, "{mark}{indent}{key}: {}", quoted(one, language));
        }
        Texts::Many(many) => {
            let _ = writeln!(text, "{mark}{indent}{key}:");
            for one in many {
                let _ = writeln!(text, "{mark}{indent}  - {}", quoted(one, language));
            }
        }
    }
}

/// Between double quotes, which need no care: a JSON string is one in YAML.
fn quoted(wording: &Wording, language: &LanguageCode) -> String {
    serde_json::Value::from(wording.in_language(language)).to_string()
}
