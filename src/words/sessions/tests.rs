//! What is said of times, values and parts of a protocol.

use super::*;
use crate::protocol::read;

const NIGHT: &str = include_str!("../../../tests/sessions/night.yaml");

#[test]
fn durations_have_two_parts_at_most() {
    let telling = Telling::new(Language::English, None, 0);
    for (milliseconds, text) in [
        (0, "0 s"),
        (999, "0 s"),
        (35_000, "35 s"),
        (252_000, "4 min 12 s"),
        (3_600_000, "1 h 0 min"),
        (4_359_000, "1 h 12 min"),
        (u64::MAX, "5124095576030 h 25 min"),
    ] {
        assert_eq!(telling.duration(milliseconds), text);
    }
}

#[test]
fn times_are_those_of_the_clock_that_showed_them() {
    let telling = Telling::new(Language::English, None, 60);
    let at = At { wall: 1_795_537_000_000, zone: -210, run: 0 };
    assert_eq!(telling.instant(at.wall), "2026-11-24 17:16 +01:00");
    assert_eq!(telling.moment(at), "2026-11-24 12:46:40 -03:30");
    assert_eq!(Telling::rfc3339(at).unwrap(), "2026-11-24T12:46:40.000-03:30");
    for hostile in
        [At { wall: i64::MAX, zone: i32::MAX, run: 0 }, At { wall: i64::MIN, zone: i32::MIN, run: 0 }]
    {
        assert!(telling.moment(hostile).ends_with(" ms"));
        assert_eq!(Telling::rfc3339(hostile), None);
    }
    assert_eq!(telling.moment(At { wall: 0, zone: i32::MAX, run: 0 }), "1970-01-01 00:00:00 +00:00");
}

#[test]
fn values_are_told_with_the_labels_of_the_protocol_and_without_it_by_ids() {
    let protocol = read("night.yaml", NIGHT.as_bytes(), &[]).protocol.unwrap();
    let step = |id: &str| StepId::new(id).unwrap();
    let option = |id: &str| OptionId::new(id).unwrap();
    let key = |id: &str| RowKey::Row(crate::text::RowId::new(id).unwrap());
    let list = Value::List {
        rows: [(key("bed"), option("met")), (RowKey::Added(0), option("still-open"))].into(),
        added: vec![Line::new("a cot").unwrap()],
    };
    for (id, value, with, without) in [
        ("company", Value::Option(option("nobody")), "She came alone", "`nobody`"),
        ("company", Value::Option(option("ghost")), "`ghost`", "`ghost`"),
        ("risk", Value::Number(3), "3 (much)", "3"),
        ("risk", Value::Number(i64::MIN), "-9223372036854775808 (0–4)", "-9223372036854775808"),
        ("strain", Value::Number(2), "2 (0–4)", "2"),
        ("needs", list, "A bed: Met; a cot: Still open", "`bed`: `met`; a cot: `still-open`"),
    ] {
        assert_eq!(Telling::new(Language::English, Some(&protocol), 0).value(&step(id), &value), with);
        assert_eq!(Telling::new(Language::English, None, 0).value(&step(id), &value), without);
    }
    let telling = Telling::new(Language::Spanish, Some(&protocol), 0);
    assert_eq!(telling.value(&step("calm"), &Value::Done), "hecho");
    assert!(telling.is_private(&step("tied")) && !telling.is_private(&step("calm")));
    assert_eq!(
        telling.gates(&PhaseId::new("talk").unwrap(), &[0, 1, 99]),
        "She is not alone; One of you is missing"
    );
}
