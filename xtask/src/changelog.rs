//! The section about the API in the changelog: put there once, and replaced by later runs.

use std::fs;

use anyhow::{Context, Result, bail};

use crate::project::Project;

const HEADING: &str = "## Unreleased\n";
const BEGIN: &str = "<!-- begin: cargo xtask diff --changelog -->\n";
const END: &str = "<!-- end: cargo xtask diff --changelog -->\n";

/// Writes the section; gives whether that changed the file.
pub(crate) fn record(project: &Project, section: &str) -> Result<bool> {
    let name = Project::CHANGELOG;
    let text = fs::read_to_string(project.path(name)).with_context(|| format!("cannot read {name}"))?;
    let new = with_section(&text.replace("\r\n", "\n"), section)?;
    if new == text {
        return Ok(false);
    }
    fs::write(project.path(name), new).with_context(|| format!("cannot write {name}"))?;
    Ok(true)
}

/// The changelog with the section at the end of what is not released, in place of an earlier one.
fn with_section(text: &str, section: &str) -> Result<String> {
    let name = Project::CHANGELOG;
    let Some(start) = text.find(HEADING).filter(|at| *at == 0 || text[..*at].ends_with('\n')) else {
        bail!("{name} has no heading `{}`", HEADING.trim_end());
    };
    let body = start + HEADING.len();
    // What is released stays as it is, with what an earlier run put there.
    let end = text[body..].find("\n## ").map_or(text.len(), |at| body + at + 1);
    let (before, unreleased, after) = (&text[..body], &text[body..end], &text[end..]);
    let made = format!("{BEGIN}{section}{END}");
    let unreleased = match (unreleased.find(BEGIN), unreleased.find(END)) {
        (Some(begin), Some(end)) if begin < end => {
            format!("{}{made}{}", &unreleased[..begin], &unreleased[end + END.len()..])
        }
        (None, None) => {
            let space = if after.is_empty() { "" } else { "\n" };
            format!("{}\n\n{made}{space}", unreleased.trim_end_matches('\n'))
        }
        _ => bail!("{name} has one of the lines `{}` and `{}` without the other", BEGIN.trim_end(), END.trim_end()),
    };
    Ok(format!("{before}{unreleased}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = "# Changelog\n\n## Unreleased\n- Mine.\n\n## 0.1.0\n- First.\n";

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
    fn a_changelog_without_a_place_is_refused() {
        for text in ["# Changelog\n", &format!("## Unreleased\n{BEGIN}"), &format!("## Unreleased\n{END}{BEGIN}")] {
            assert!(with_section(text, "one\n").is_err(), "{text}");
        }
    }
}
