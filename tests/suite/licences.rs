//! The licences of all dependencies on all platforms, as the packages declare them.

use std::collections::BTreeSet;

use spdx::{Expression, Licensee, ParseMode};

use crate::packages::{dependencies, find, list, metadata, text};

/// Licences that any package may have: they only require keeping their notice with the code.
const ALLOWED: [&str; 8] =
    ["Apache-2.0", "BSD-3-Clause", "CDLA-Permissive-2.0", "ISC", "MIT", "MIT-0", "Unicode-3.0", "Zlib"];

/// Licences that only these packages may have. MPL-2.0 covers the files of these packages, which are unmodified; it
/// covers neither other code nor the generator's output.
const EXCEPTIONS: [(&str, &str); 2] = [("progenitor", "MPL-2.0"), ("progenitor-impl", "MPL-2.0")];

/// Packages may still write `MIT/Apache-2.0`, which cargo once recommended.
const MODE: ParseMode = ParseMode { allow_slash_as_or_operator: true, ..ParseMode::STRICT };

/// Returns the licences that a package is used under, or why it is rejected.
fn judge(name: &str, stated: Option<&str>) -> Result<BTreeSet<&'static str>, String> {
    let stated = stated.ok_or("it states no licence")?;
    let expression = Expression::parse_mode(stated, MODE).map_err(|error| format!("`{stated}`: {}", error.reason))?;
    let exceptions = EXCEPTIONS.iter().filter(|(package, _)| *package == name).map(|(_, licence)| *licence);
    let licences: Vec<_> = ALLOWED.into_iter().chain(exceptions).collect();
    let mut taken = BTreeSet::new();
    let allowed = expression.evaluate(|requirement| {
        let satisfies = |licence: &&str| Licensee::parse(licence).is_ok_and(|licensee| licensee.satisfies(requirement));
        let found = licences.iter().copied().find(satisfies);
        taken.extend(found);
        found.is_some()
    });
    if allowed { Ok(taken) } else { Err(format!("`{stated}` is not allowed")) }
}

#[test]
fn are_allowed() {
    let metadata = metadata();
    let shipped = dependencies(&metadata, find(&metadata, "promotekit"));
    let (mut taken, mut rejected) = (BTreeSet::new(), Vec::new());
    for package in list(&metadata["packages"]) {
        let (name, version) = (text(&package["name"]), text(&package["version"]));
        let reach = if shipped.contains(text(&package["id"])) { "users get it" } else { "not in the client" };
        match judge(name, package["license"].as_str()) {
            Ok(licences) => taken.extend(licences),
            Err(why) => rejected.push(format!("{name} {version} ({reach}): {why}")),
        }
    }
    let list = "ALLOWED and EXCEPTIONS in tests/suite/licences.rs";
    assert!(rejected.is_empty(), "{}\ndo without it, or say why it is right in {list}", rejected.join("\n"));
    let names: BTreeSet<_> = list_of_names(&metadata);
    let unused = ALLOWED.iter().filter(|licence| !taken.contains(*licence));
    let unused: Vec<_> =
        unused.chain(EXCEPTIONS.iter().map(|(name, _)| name).filter(|name| !names.contains(**name))).collect();
    assert!(unused.is_empty(), "nothing needs {unused:?} any more; see {list}");
}

fn list_of_names(metadata: &serde_json::Value) -> BTreeSet<&str> {
    list(&metadata["packages"]).map(|package| text(&package["name"])).collect()
}

#[test]
fn others_are_rejected() {
    let cases = [
        ("serde", Some("MIT OR GPL-3.0-only"), Ok(())),
        ("serde", Some("MIT AND GPL-3.0-only"), Err("`MIT AND GPL-3.0-only` is not allowed")),
        ("serde", Some("MPL-2.0"), Err("`MPL-2.0` is not allowed")),
        ("progenitor-impl", Some("MPL-2.0"), Ok(())),
        ("serde", Some("Apache-2.0 WITH LLVM-exception"), Err("`Apache-2.0 WITH LLVM-exception` is not allowed")),
        ("serde", Some("Mine"), Err("`Mine`: unknown term")),
        ("serde", None, Err("it states no licence")),
    ];
    for (name, stated, expected) in cases {
        let judged = judge(name, stated).map(|_| ());
        assert_eq!(judged, expected.map_err(str::to_owned), "{name}, {stated:?}");
    }
}
