//! The JSON Schema of a protocol, made of the table of keys: for editors that complete and check while one types.

use serde_json::{Map, Value, json};

use super::keys::{
    Key, KindName, Need, PROTOCOL, SECTIONS, Section, SectionName, TRANSLATION, Takes, Word as _,
};

/// The schema of a protocol and of its translations.
pub fn schema() -> Value {
    let mut definitions = Map::new();
    for section in SECTIONS {
        definitions.insert(section.name.word().to_owned(), object(section));
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A protocol of Amparo, or a translation of one",
        "if": { "required": ["translates"] },
        "then": reference(TRANSLATION.name),
        "else": reference(PROTOCOL.name),
        "$defs": definitions,
    })
}

fn reference(name: SectionName) -> Value {
    json!({ "$ref": format!("#/$defs/{}", name.word()) })
}

fn object(section: &Section) -> Value {
    let properties: Map<String, Value> =
        section.keys.iter().map(|key| (key.name.to_owned(), property(key))).collect();
    let always = section.keys.iter().filter(|key| key.need == Need::Must && key.kinds.is_empty());
    let required: Vec<&str> = always.map(|key| key.name).collect();
    let mut object = json!({
        "type": "object",
        "description": section.doc,
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    });
    let either: &[[&str; 2]] = match section.name {
        SectionName::Phase => &[["groups", "steps"]],
        SectionName::Step => &[["kind", "again"]],
        _ => &[],
    };
    let mut all: Vec<Value> = either
        .iter()
        .map(|[one, other]| json!({ "oneOf": [{ "required": [one] }, { "required": [other] }] }))
        .collect();
    if section.name == SectionName::Suggests {
        all.push(json!({ "anyOf": [{ "required": ["response"] }, { "required": ["reopens"] }] }));
    }
    if section.name == SectionName::Step {
        all.extend(KindName::WORDS.iter().map(|(word, kind)| of_kind(section, word, *kind)));
    }
    if !all.is_empty() {
        object["allOf"] = Value::Array(all);
    }
    object
}

/// What a step of a kind must have, and may not.
fn of_kind(section: &Section, word: &str, kind: KindName) -> Value {
    let own = section.keys.iter().filter(|key| key.need == Need::Must && key.kinds.contains(&kind));
    let required: Vec<&str> = own.map(|key| key.name).chain(["ask"]).collect();
    let others = section.keys.iter().filter(|key| !key.kinds.is_empty() && !key.kinds.contains(&kind));
    let refused: Map<String, Value> = others.map(|key| (key.name.to_owned(), Value::Bool(false))).collect();
    json!({
        "if": { "properties": { "kind": { "const": word } }, "required": ["kind"] },
        "then": { "required": required, "properties": refused },
    })
}

fn property(key: &Key) -> Value {
    let mut value = taken(key.value);
    value["description"] = Value::String(key.doc.to_owned());
    if let Need::Default(default) = key.need {
        value["default"] =
            serde_json::from_str(default).unwrap_or_else(|_| Value::String(default.to_owned()));
    }
    value
}

fn taken(takes: Takes) -> Value {
    let id = json!({ "type": "string", "pattern": "^[a-z0-9-]{1,40}$" });
    // A width is never less than a quarter of the characters and never more than twice them: the exact check is the
    // program's.
    let text = |most: usize| json!({ "type": ["string", "number"], "maxLength": most * 4 });
    match takes {
        Takes::Id | Takes::Step | Takes::Response | Takes::Topic => id,
        Takes::Text(most) => text(most),
        Takes::Texts(most, many) => {
            json!({ "type": "array", "items": text(most), "minItems": 1, "maxItems": many })
        }
        Takes::Flag => json!({ "type": "boolean" }),
        Takes::Number(from, to) => json!({ "type": "integer", "minimum": from, "maximum": to }),
        Takes::Word(words) => json!({ "enum": words }),
        Takes::Words(words) => json!({ "type": "array", "items": { "enum": words }, "minItems": 1 }),
        Takes::Condition | Takes::Pattern => json!({ "type": "string" }),
        Takes::FlagOrCondition => json!({ "type": ["boolean", "string"] }),
        Takes::Actions => json!({ "type": ["string", "array"], "items": { "type": "string" } }),
        Takes::Practices => {
            json!({ "type": "array", "items": { "type": "string", "pattern": "^[A-Z][1-9][0-9]?[a-z]?$" }, "minItems": 1 })
        }
        Takes::Language => json!({ "type": "string", "pattern": "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$" }),
        Takes::One(section) => json!({ "allOf": [reference(section)] }),
        Takes::Many(section, most) => {
            json!({ "type": "array", "items": reference(section), "minItems": 1, "maxItems": most })
        }
        Takes::ById(section) => json!({ "type": "object", "additionalProperties": reference(section) }),
        Takes::TextById(most) => json!({ "type": "object", "additionalProperties": text(most) }),
    }
}
