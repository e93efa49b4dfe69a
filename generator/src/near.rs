//! What may have been meant by a name that there is not.

/// How alike two names are, from 0 to 1, if one may be a slip of the other.
const ALIKE: f64 = 0.8;
/// More than this are no help.
const MOST: usize = 3;

/// The names most like this one, the likest first.
pub(crate) fn near<'a>(name: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let alike = names.into_iter().map(|other| (strsim::jaro_winkler(name, other), other));
    let mut alike: Vec<_> = alike.filter(|(likeness, _)| *likeness > ALIKE).collect();
    alike.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    alike.into_iter().map(|(_, other)| other).take(MOST).collect()
}

/// The one name most like this one, as the end of a sentence; nothing if there is none.
pub(crate) fn perhaps<'a>(name: &str, names: impl IntoIterator<Item = &'a str>) -> String {
    near(name, names).first().map(|other| format!("; perhaps `{other}` is meant")).unwrap_or_default()
}
