//! The words to say, measured one by one: what a frightened person with little of the language understands.
//!
//! - English: Flesch reading ease (R. Flesch, *A new readability yardstick*, Journal of Applied Psychology 32, 1948,
//!   221–233): 206.835 − 1.015 · words per sentence − 84.6 · syllables per word.
//! - Spanish: J. Fernández Huerta, *Medidas sencillas de lecturabilidad*, Consigna 214, 1959, 29–32:
//!   206.84 − 0.60 · P − 1.02 · F, with P syllables per 100 words and F **words per sentence**. Some reprints have
//!   sentences per 100 words for F, which is a misprint (G. Law, *Error in the Fernández Huerta readability formula*,
//!   2011).

use amparo::protocol::Protocol;
use amparo::text::Language;

use super::session::shipped;

/// 80 to 90 is *easy* in both scales.
const EASY: f64 = 80.0;
/// The most words of a sentence.
const LONGEST: usize = 15;

struct Measured {
    score: f64,
    longest: usize,
}

/// The words of each sentence.
fn sentences(text: &str) -> Vec<Vec<String>> {
    text.split(['.', '?', '!', ':', ';'])
        .map(|sentence| {
            sentence
                .split(|c: char| !c.is_alphabetic() && c != '\'')
                .filter(|word| word.chars().any(char::is_alphabetic))
                .map(str::to_lowercase)
                .collect::<Vec<_>>()
        })
        .filter(|sentence: &Vec<String>| !sentence.is_empty())
        .collect()
}

fn measure(text: &str, syllables: fn(&str) -> usize, score: fn(f64, f64) -> f64) -> Measured {
    let sentences = sentences(text);
    let words: Vec<&String> = sentences.iter().flatten().collect();
    let all: usize = words.iter().map(|word| syllables(word)).sum();
    let per_sentence = ratio(words.len(), sentences.len());
    let per_word = ratio(all, words.len());
    Measured {
        score: score(per_sentence, per_word),
        longest: sentences.iter().map(Vec::len).max().unwrap_or_default(),
    }
}

fn ratio(one: usize, of: usize) -> f64 {
    f64::from(u32::try_from(one).unwrap()) / f64::from(u32::try_from(of).unwrap())
}

fn flesch(words_per_sentence: f64, syllables_per_word: f64) -> f64 {
    206.835 - 1.015 * words_per_sentence - 84.6 * syllables_per_word
}

fn fernandez_huerta(words_per_sentence: f64, syllables_per_word: f64) -> f64 {
    206.84 - 0.60 * 100.0 * syllables_per_word - 1.02 * words_per_sentence
}

/// Syllables of an English word: groups of vowels, without a silent *e*, with the pairs that are two. Where in doubt it
/// counts one more, so that no text is called easier than it is.
fn english(word: &str) -> usize {
    let bare = word.strip_suffix("'s").unwrap_or(word).replace('\'', "");
    if bare == "maybe" {
        return 2; // its last letter is heard
    }
    let letters: Vec<char> = bare.chars().collect();
    let vowel = |at: usize| letters.get(at).is_some_and(|c| "aeiouy".contains(*c) && !(at == 0 && *c == 'y'));
    let mut count = (0..letters.len()).filter(|at| vowel(*at) && (*at == 0 || !vowel(at - 1))).count();
    let before = |back: usize| letters.len().checked_sub(back).and_then(|at| letters.get(at)).copied();
    let consonant = |c: Option<char>| c.is_some_and(|c| !"aeiouy".contains(c));
    let silent_e =
        bare.ends_with('e') && consonant(before(2)) && !(bare.ends_with("le") && consonant(before(3)));
    let silent_es = bare.ends_with("es")
        && consonant(before(3))
        && !before(3).is_some_and(|c| "szxcg".contains(c))
        && !bare.ends_with("shes")
        && !bare.ends_with("ches");
    let silent_past =
        bare.ends_with("ed") && consonant(before(3)) && !before(3).is_some_and(|c| "td".contains(c));
    if count > 1 && (silent_e || silent_es || silent_past) {
        count -= 1;
    }
    // The e of *something* is silent too; that of *someone* is in one group with the o.
    if bare.starts_with("some") && letters.len() > 4 && !vowel(4) {
        count -= 1;
    }
    for two in ["ia", "io", "iet", "ying", "oing", "eing", "uous", "uat", "iu"] {
        count += bare.matches(two).count();
    }
    for one in ["tion", "sion", "cial", "tial", "cious", "tious"] {
        count -= bare.matches(one).count();
    }
    count.max(1)
}

/// Syllables of a Spanish word: each strong vowel, or weak one with an accent, is the heart of one; weak vowels beside
/// it belong to it, and alone they make one together.
fn spanish(word: &str) -> usize {
    let letters: Vec<char> = word.chars().collect();
    let mut count = 0;
    let mut at = 0;
    while at < letters.len() {
        let mut strong = 0;
        let start = at;
        while let Some(letter) = letters.get(at) {
            let last = at + 1 == letters.len();
            match letter {
                'a' | 'e' | 'o' | 'á' | 'é' | 'ó' | 'í' | 'ú' => strong += 1,
                'i' | 'u' | 'ü' => {}
                'y' if last => {}
                _ => break,
            }
            at += 1;
        }
        // The u of que, qui, gue and gui is not heard; alone before a vowel it changes nothing in the count.
        if at > start {
            count += strong.max(1);
        } else {
            at += 1;
        }
    }
    count.max(1)
}

fn too_hard(
    protocol: &Protocol,
    language: Language,
    syllables: fn(&str) -> usize,
    score: fn(f64, f64) -> f64,
) -> Vec<String> {
    let mut found = Vec::new();
    let mut said = 0;
    for step in &protocol.steps {
        let Some(say) = &step.say else { continue };
        said += 1;
        if language != Language::English && !say.has(&language.code()) {
            found.push(format!("`{}` is not translated", step.id));
        }
        let text = say.in_language(&language.code());
        let Measured { score, longest } = measure(text, syllables, score);
        if score < EASY {
            found.push(format!("`{}` has {score:.1}, at least {EASY}: {text}", step.id));
        }
        if longest > LONGEST {
            found.push(format!("`{}` has a sentence of {longest} words, {LONGEST} at most: {text}", step.id));
        }
    }
    assert!(said > 30, "only {said} steps have words to say");
    found
}

#[test]
fn every_text_to_say_is_easy_in_english() {
    let found = too_hard(&shipped(), Language::English, english, flesch);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_text_to_say_is_easy_in_spanish() {
    let found = too_hard(&shipped(), Language::Spanish, spanish, fernandez_huerta);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn english_syllables_are_counted() {
    for (words, many) in [
        ("you we can help bed can't what's one safe time talk tried stopped where here", 1),
        (
            "quiet people doctor wanted danger something going being someone maybe judges water lawyer trying table",
            2,
        ),
        ("family family's understand remember together another hospital", 3),
        ("information", 4),
    ] {
        for word in words.split(' ') {
            assert_eq!(english(word), many, "{word}");
        }
    }
}

#[test]
fn spanish_syllables_are_counted() {
    for (words, many) in [
        ("y a que muy hoy bien quien sí no más dos", 1),
        ("día quiere ciudad oír leer nadie puede guerra miedo agua", 2),
        ("ayuda familia ahora prohibir hablamos", 3),
        ("policía abogada necesita", 4),
    ] {
        for word in words.split(' ') {
            assert_eq!(spanish(word), many, "{word}");
        }
    }
}

#[test]
fn the_formulas_give_what_their_authors_say() {
    // One-syllable words in sentences of ten: very easy by both.
    assert!((flesch(10.0, 1.0) - 112.085).abs() < 1e-9);
    assert!((fernandez_huerta(10.0, 2.0) - 76.64).abs() < 1e-9);
    // The misprint would make a text of long sentences easier; this one makes it harder.
    assert!(fernandez_huerta(30.0, 2.0) < fernandez_huerta(10.0, 2.0));
    let hard = measure(
        "The administration is considering the introduction of additional regulations.",
        english,
        flesch,
    );
    assert!(hard.score < 20.0 && hard.longest == 9);
}
