//! Suggests known names for an unknown one.

/// The minimum similarity of two names, from 0 to 1, at which one may be a typo of the other.
const ALIKE: f64 = 0.8;
/// The maximum number of suggestions.
const MOST: usize = 3;

/// Returns the most similar names, best match first.
pub(crate) fn near<'a>(name: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let alike = names.into_iter().map(|other| (strsim::jaro_winkler(name, other), other));
    let mut alike: Vec<_> = alike.filter(|(likeness, _)| *likeness > ALIKE).collect();
    alike.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    alike.into_iter().map(|(_, other)| other).take(MOST).collect()
}

/// Returns the name that this one is a typo of: at most one letter in four is wrong, and at least one may be.
pub(crate) fn typo<'a>(name: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let distances = names.into_iter().map(|other| (strsim::damerau_levenshtein(name, other), other));
    let allowed = |other: &str| (other.chars().count() / 4).max(1);
    distances.filter(|(distance, other)| *distance <= allowed(other)).min().map(|(_, other)| other)
}

/// Returns the most similar name as the end of a sentence, or an empty string if none is similar.
pub(crate) fn perhaps<'a>(name: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    near(name, names).first().map(|other| format!("; did you mean `{other}`?")).unwrap_or_default()
}
