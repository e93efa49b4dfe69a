//! Compares the checks before sending: whether the client rejects more values than before, or fewer.

use super::change::Verdict;
use super::log::{Draft, Log, Spot};
use crate::model::{Bound, Rule};

/// A kind of rule, within which two rules can be compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Aspect {
    Lower,
    Upper,
    Multiple,
    Shortest,
    Longest,
    Fewest,
    Most,
    Email,
    Values,
    Items,
}

/// Reports added, removed and changed rules.
pub(super) fn compare(log: &mut Log<'_>, spot: &Spot, subject: &str, old: &[Rule], new: &[Rule]) {
    const ASPECTS: [Aspect; 10] = [
        Aspect::Lower,
        Aspect::Upper,
        Aspect::Multiple,
        Aspect::Shortest,
        Aspect::Longest,
        Aspect::Fewest,
        Aspect::Most,
        Aspect::Email,
        Aspect::Values,
        Aspect::Items,
    ];
    for aspect in ASPECTS {
        let find = |rules| Iterator::find(&mut <[Rule]>::iter(rules), |rule| self::aspect(rule) == aspect);
        let (was, is) = (find(old), find(new));
        if was != is {
            log.add(draft(subject, was, is).at(spot));
        }
    }
}

fn draft(subject: &str, was: Option<&Rule>, is: Option<&Rule>) -> Draft {
    let tightened = |message: String| {
        let message = format!("{message}: some calls become violations");
        Draft::new(Verdict::Breaking, "rule-tightened", subject, message).silently()
    };
    let loosened = |message: String| Draft::new(Verdict::Additive, "rule-loosened", subject, message);
    match (was, is) {
        (Some(was), Some(is)) => {
            let message = format!("must be {is}, and had to be {was} before");
            if is_looser(was, is) { loosened(message) } else { tightened(message) }
        }
        (None, Some(is)) => tightened(format!("must be {is}, and had no such rule before")),
        (Some(was), None) => loosened(format!("need not be {was} any more")),
        (None, None) => loosened(String::new()),
    }
}

fn aspect(rule: &Rule) -> Aspect {
    match rule {
        Rule::Minimum(_) | Rule::ExclusiveMinimum(_) => Aspect::Lower,
        Rule::Maximum(_) | Rule::ExclusiveMaximum(_) => Aspect::Upper,
        Rule::MultipleOf(_) => Aspect::Multiple,
        Rule::MinLength(_) => Aspect::Shortest,
        Rule::MaxLength(_) => Aspect::Longest,
        Rule::MinItems(_) => Aspect::Fewest,
        Rule::MaxItems(_) => Aspect::Most,
        Rule::Email => Aspect::Email,
        Rule::Values(_) => Aspect::Values,
        Rule::Items(_) => Aspect::Items,
    }
}

/// Whether every value that satisfies the old rule satisfies the new one, for rules of the same aspect.
fn is_looser(was: &Rule, is: &Rule) -> bool {
    match (was, is) {
        (Rule::Minimum(was), Rule::ExclusiveMinimum(is)) => number(*is) < number(*was),
        (Rule::Maximum(was), Rule::ExclusiveMaximum(is)) => number(*is) > number(*was),
        (Rule::Minimum(was) | Rule::ExclusiveMinimum(was), Rule::Minimum(is) | Rule::ExclusiveMinimum(is)) => {
            number(*is) <= number(*was)
        }
        (Rule::Maximum(was) | Rule::ExclusiveMaximum(was), Rule::Maximum(is) | Rule::ExclusiveMaximum(is)) => {
            number(*is) >= number(*was)
        }
        (Rule::MinLength(was), Rule::MinLength(is)) | (Rule::MinItems(was), Rule::MinItems(is)) => is <= was,
        (Rule::MaxLength(was), Rule::MaxLength(is)) | (Rule::MaxItems(was), Rule::MaxItems(is)) => is >= was,
        (Rule::MultipleOf(was), Rule::MultipleOf(is)) => divides(*is, *was),
        (Rule::Values(was), Rule::Values(is)) => was.iter().all(|value| is.contains(value)),
        (Rule::Items(was), Rule::Items(is)) => {
            let allows = |was: &Rule, is: &Rule| aspect(was) == aspect(is) && (was == is || is_looser(was, is));
            is.iter().all(|is| was.iter().any(|was| allows(was, is)))
        }
        _ => false,
    }
}

/// Returns the bound in units of 10⁻²⁸, split into two integers that are ordered like the bound.
fn number(bound: Bound) -> (i128, i128) {
    let unit = 10_i128.pow(bound.scale.min(28));
    let digits = i128::from(bound.digits);
    // The whole part, then the rest in the smallest unit: both fit, and the order is kept.
    (digits.div_euclid(unit), digits.rem_euclid(unit) * 10_i128.pow(28 - bound.scale.min(28)))
}

/// Whether every multiple of `of` is one of `by`.
fn divides(by: Bound, of: Bound) -> bool {
    let scale = by.scale.max(of.scale);
    let whole = |bound: Bound| i128::from(bound.digits).checked_mul(10_i128.checked_pow(scale - bound.scale)?);
    matches!((whole(by), whole(of)), (Some(by), Some(of)) if by != 0 && of % by == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bound(digits: i64, scale: u32) -> Bound {
        Bound { digits, scale }
    }

    fn values(values: &[&str]) -> Rule {
        Rule::Values(values.iter().map(|value| (*value).to_owned()).collect())
    }

    #[test]
    fn looser_is_what_takes_all_that_was_taken() {
        let [one, ten, half] = [bound(1, 0), bound(10, 0), bound(5, 1)];
        for (was, is, looser) in [
            (Rule::Minimum(one), Rule::Minimum(half), true),
            (Rule::Minimum(half), Rule::Minimum(one), false),
            (Rule::Minimum(one), Rule::ExclusiveMinimum(one), false),
            (Rule::ExclusiveMinimum(one), Rule::Minimum(one), true),
            (Rule::Minimum(one), Rule::ExclusiveMinimum(half), true),
            (Rule::Maximum(one), Rule::Maximum(ten), true),
            (Rule::Maximum(one), Rule::ExclusiveMaximum(one), false),
            (Rule::Minimum(bound(-5, 1)), Rule::Minimum(bound(-1, 0)), true),
            (Rule::Maximum(bound(i64::MAX, 0)), Rule::Maximum(bound(i64::MAX, 28)), false),
            (Rule::MultipleOf(one), Rule::MultipleOf(half), true),
            (Rule::MultipleOf(one), Rule::MultipleOf(bound(3, 0)), false),
            (Rule::MaxLength(3), Rule::MaxLength(4), true),
            (Rule::MinItems(3), Rule::MinItems(4), false),
            (values(&["1"]), values(&["1", "2"]), true),
            (values(&["1", "2"]), values(&["1"]), false),
        ] {
            assert_eq!(is_looser(&was, &is), looser, "{was:?} → {is:?}");
        }
    }
}
