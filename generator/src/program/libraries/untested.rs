//! Removes the tests from the source of a library, because they need files of this project.
//!
//! Sources are formatted by rustfmt, so a test module is an attribute and an item at the start of a line.

use std::collections::BTreeSet;

const ATTRIBUTE: &str = "#[cfg(test)]";

/// Returns a source without its test modules.
pub(super) fn without_tests(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if line != ATTRIBUTE || !lines.peek().is_some_and(|next| next.starts_with("mod ")) {
            kept.push_str(line);
            kept.push('\n');
            continue;
        }
        let is_in_a_file = lines.next().is_some_and(|module| module.ends_with(';'));
        if !is_in_a_file {
            lines.by_ref().find(|line| *line == "}");
        }
    }
    let end = kept.trim_end_matches('\n').len();
    kept.truncate(end);
    kept.push('\n');
    kept
}

/// Returns the test modules that a file declares, each by the path of its file without the extension.
pub(super) fn modules(path: &str, text: &str) -> Vec<String> {
    let directory = match path.rsplit_once('/') {
        Some((directory, "lib.rs" | "mod.rs")) => directory,
        _ => path.trim_end_matches(".rs"),
    };
    let declared = text.lines().zip(text.lines().skip(1)).filter(|(line, _)| *line == ATTRIBUTE);
    let names = declared.filter_map(|(_, module)| module.strip_prefix("mod ")?.strip_suffix(';'));
    names.map(|name| format!("{directory}/{name}")).collect()
}

/// Whether a file belongs to one of these modules.
pub(super) fn is_below(path: &str, modules: &BTreeSet<String>) -> bool {
    let is_of = |module: &String| path.strip_prefix(module).is_some_and(|rest| rest == ".rs" || rest.starts_with('/'));
    modules.iter().any(is_of)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "use std::fmt;\n\n#[cfg(test)]\nmod example;\n\nfn kept() {\n    #[cfg(test)]\n    count();\n}\n\n#[cfg(test)]\nmod tests {\n    fn lost() {}\n}\n";

    #[test]
    fn modules_for_tests_go_and_everything_else_stays() {
        let expected = "use std::fmt;\n\n\nfn kept() {\n    #[cfg(test)]\n    count();\n}\n";
        assert_eq!(without_tests(SOURCE), expected);
    }

    #[test]
    fn files_of_those_modules_are_found() {
        for (path, expected) in
            [("src/lib.rs", "src/example"), ("src/a/mod.rs", "src/a/example"), ("src/a.rs", "src/a/example")]
        {
            assert_eq!(modules(path, SOURCE), [expected]);
        }
        let modules = BTreeSet::from(["src/tests".to_owned()]);
        assert!(is_below("src/tests.rs", &modules) && is_below("src/tests/mod.rs", &modules));
        assert!(!is_below("src/tests_too.rs", &modules));
    }
}
