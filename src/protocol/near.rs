//! *Did you mean*: the known name nearest to one that nobody knows.

/// The nearest of some names, where one is near enough to be meant: one slip in a short name, a third of a long one.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let length = name.chars().count();
    let most = (length.max(3) / 3).min(4);
    known
        .into_iter()
        .filter(|candidate| !candidate.is_empty() && candidate.len().abs_diff(name.len()) <= most + 1)
        .map(|candidate| (strsim::damerau_levenshtein(name, candidate), candidate))
        .filter(|(distance, _)| *distance <= most)
        .min()
        .map(|(_, candidate)| candidate.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_near_and_another_word_is_not() {
        let known = ["company", "calm", "risk", "risk-after", "apart"];
        for (name, near) in [
            ("compny", Some("company")),
            ("comapny", Some("company")),
            ("clam", Some("calm")),
            ("risk-aftr", Some("risk-after")),
            ("Risk", Some("risk")),
            ("weather", None),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(nearest(name, known).as_deref(), near, "{name}");
        }
    }
}
