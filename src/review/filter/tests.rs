//! The filter's language: what is read, what is refused and with what advice, and that nothing makes it panic.

use proptest::prelude::*;

use super::*;

#[test]
fn each_word_is_read_in_both_languages() {
    for (one, [english, spanish]) in PROPERTIES {
        for word in [english, spanish] {
            assert_eq!(term(word), Ok(Term::Is(*one)), "{word}");
        }
    }
    let day = NaiveDate::from_ymd_opt(2026, 11, 1).unwrap();
    for (text, wanted) in [
        ("case:K-17", Term::Case("k-17".into())),
        ("caso:K-17", Term::Case("k-17".into())),
        ("STAFF:A-4", Term::Staff("a-4".into())),
        ("since:2026-11-01", Term::Since(day)),
        ("hasta:2026-11-01", Term::Until(day)),
        ("protocol:phit@3", Term::Protocol("phit".into(), Some(3))),
        ("protocol:phit", Term::Protocol("phit".into(), None)),
        ("ended:not-held", Term::Ended(Ending::NotHeld)),
        ("final:antes", Term::Ended(Ending::Early)),
        ("dev>2", Term::Count(Counts::Deviations, Order::More, 2)),
        ("desv>=2", Term::Count(Counts::Deviations, Order::AtLeast, 2)),
        ("told=0", Term::Count(Counts::Told, Order::Equal, 0)),
        ("min<=90", Term::Count(Counts::Minutes, Order::AtMost, 90)),
        ("danger<1", Term::Count(Counts::Dangers, Order::Less, 1)),
        ("Marrow", Term::Word("marrow".into())),
    ] {
        assert_eq!(term(text), Ok(wanted), "{text}");
    }
}

#[test]
fn what_is_wrong_is_told_with_what_would_be_right() {
    use FilterTrouble as Trouble;
    for (text, wanted) in [
        ("cas:K-17", Trouble::Unknown { word: "cas".into(), near: Some("case") }),
        ("weather:fine", Trouble::Unknown { word: "weather".into(), near: None }),
        ("tolds>2", Trouble::Unknown { word: "tolds".into(), near: Some("told") }),
        ("case:", Trouble::NoValue(FilterKey::Case)),
        ("ended", Trouble::NoValue(FilterKey::Ended)),
        ("Desde", Trouble::NoValue(FilterKey::Since)),
        ("since:yesterday", Trouble::NoDay("yesterday".into())),
        ("since:2026-02-30", Trouble::NoDay("2026-02-30".into())),
        ("dev>many", Trouble::NoNumber("many".into())),
        ("dev>", Trouble::NoNumber(String::new())),
        ("dev><2", Trouble::NoNumber("<2".into())),
        ("protocol:phit@new", Trouble::NoVersion("new".into())),
        ("ended:badly", Trouble::NoEnding("badly".into())),
        ("case:\"K 17", Trouble::OpenQuote),
    ] {
        assert_eq!(Filter::read(text), Err(wanted), "{text}");
    }
    let doubts = Filter::read("dangr").unwrap().doubts;
    assert_eq!(doubts, [("dangr".to_owned(), "danger")], "a free word, and perhaps another one was meant");
    assert!(Filter::read("K-17 door").unwrap().doubts.is_empty());
}

#[test]
fn quotation_marks_keep_words_together_and_a_hyphen_turns_a_word_round() {
    let filter = Filter::read("case:\"K 17\" -signed - x").unwrap();
    assert_eq!(
        filter.terms,
        [
            (Sense::Must, Term::Case("k 17".into())),
            (Sense::MustNot, Term::Is(Property::Signed)),
            (Sense::Must, Term::Word("-".into())),
            (Sense::Must, Term::Word("x".into())),
        ]
    );
    assert!(Filter::read("  ").unwrap().is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,40}") {
        let _ = Filter::read(&text);
    }

    #[test]
    fn order_of_words_and_blanks_between_them_do_not_matter(
        mut words in prop::collection::vec(
            prop::sample::select(vec!["danger", "-distress", "case:K-1", "dev>2", "since:2026-01-01", "free", "unsigned"]), 0..6),
        blanks in 1_usize..4,
    ) {
        let one = Filter::read(&words.join(" ")).unwrap();
        let wide = Filter::read(&words.join(&" ".repeat(blanks))).unwrap();
        prop_assert_eq!(&one, &wide);
        words.reverse();
        let mut other = Filter::read(&words.join(" ")).unwrap();
        other.terms.reverse();
        prop_assert_eq!(one.terms, other.terms);
    }

    #[test]
    fn a_part_is_found_as_the_text_in_small_letters_has_it(text in "[a-zA-Zñé]{0,12}", part in "[a-zñé]{0,3}") {
        prop_assert_eq!(contains(&text, &part), text.to_lowercase().contains(&part));
        prop_assert_eq!(starts_with(&text, &part), text.to_lowercase().starts_with(&part));
    }
}
