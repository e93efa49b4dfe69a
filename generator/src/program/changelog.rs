//! Adds the section about the API to the changelog, or replaces it.

use std::fs;

use anyhow::{Context, Result, bail};

use super::Located;
use crate::Program;

const HEADING: &str = "## Unreleased\n";

/// Writes the section, and returns whether the file changed.
pub(super) fn record(changelog: &Located, program: Program, section: &str) -> Result<bool> {
    let Located { path, shown, .. } = changelog;
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {shown}"))?;
    let new = with_section(&text.replace("\r\n", "\n"), &Lines::of(program), section, shown)?;
    if new == text {
        return Ok(false);
    }
    fs::write(path, new).with_context(|| format!("cannot write {shown}"))?;
    Ok(true)
}

/// The lines around the section.
struct Lines {
    begin: String,
    end: String,
}

impl Lines {
    fn of(program: Program) -> Self {
        let line = |word: &str| format!("<!-- {word}: {} diff --changelog -->\n", program.name());
        Self { begin: line("begin"), end: line("end") }
    }
}

/// Returns the changelog with the section at the end of the unreleased changes, in place of an earlier one.
fn with_section(text: &str, Lines { begin, end: last }: &Lines, section: &str, name: &str) -> Result<String> {
    let Some(start) = text.find(HEADING).filter(|at| *at == 0 || text[..*at].ends_with('\n')) else {
        bail!("{name} has no heading `{}`", HEADING.trim_end());
    };
    let body = start + HEADING.len();
    // Released sections stay unchanged, including sections that an earlier run wrote.
    let end = text[body..].find("\n## ").map_or(text.len(), |at| body + at + 1);
    let (before, unreleased, after) = (&text[..body], &text[body..end], &text[end..]);
    let made = format!("{begin}{section}{last}");
    let unreleased = match (unreleased.find(begin), unreleased.find(last)) {
        (Some(first), Some(end)) if first < end => {
            format!("{}{made}{}", &unreleased[..first], &unreleased[end + last.len()..])
        }
        (None, None) => {
            let space = if after.is_empty() { "" } else { "\n" };
            format!("{}\n\n{made}{space}", unreleased.trim_end_matches('\n'))
        }
        _ => bail!("{name} has one of the lines `{}` and `{}` without the other", begin.trim_end(), last.trim_end()),
    };
    Ok(format!("{before}{unreleased}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEGIN: &str = "<!-- begin: clientsmith diff --changelog -->\n";
    const END: &str = "<!-- end: clientsmith diff --changelog -->\n";
    const OLD: &str = "# Changelog\n\n## Unreleased\n- Mine.\n\n## 0.1.0\n- First.\n";

    fn with_section(text: &str, section: &str) -> Result<String> {
        super::with_section(text, &Lines::of(Program::Clientsmith), section, "CHANGELOG.md")
    }

    #[test]
    fn a_second_run_replaces_what_the_first_put_there() -> Result<()> {
        let once = with_section(OLD, "### The API\none\n")?;
        let expected =
            format!("# Changelog\n\n## Unreleased\n- Mine.\n\n{BEGIN}### The API\none\n{END}\n## 0.1.0\n- First.\n");
        assert_eq!(once, expected);
        assert_eq!(with_section(&once, "### The API\none\n")?, once);
        assert_eq!(with_section(&once, "### The API\ntwo\n")?, expected.replace("one", "two"));
        Ok(())
    }

    #[test]
    fn what_is_released_is_left_alone() -> Result<()> {
        let released = with_section(OLD, "one\n")?.replace("## Unreleased", "## Unreleased\n- Next.\n\n## 0.2.0");
        let text = with_section(&released, "two\n")?;
        assert_eq!((text.matches(BEGIN).count(), text.contains("one")), (2, true));
        assert!(text.contains(&format!("- Next.\n\n{BEGIN}two\n{END}\n## 0.2.0\n")), "{text}");
        Ok(())
    }

    #[test]
    fn a_section_at_the_end_of_the_file() -> Result<()> {
        let text = with_section("## Unreleased\n- Mine.\n", "one\n")?;
        assert_eq!(text, format!("## Unreleased\n- Mine.\n\n{BEGIN}one\n{END}"));
        assert_eq!(with_section(&text, "one\n")?, text);
        Ok(())
    }

    #[test]
    fn a_changelog_without_a_place_is_rejected() {
        for text in ["# Changelog\n", &format!("## Unreleased\n{BEGIN}"), &format!("## Unreleased\n{END}{BEGIN}")] {
            assert!(with_section(text, "one\n").is_err(), "{text}");
        }
    }
}
