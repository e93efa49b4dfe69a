//! Implements `lint --explain`: prints the explanation of a rule on a terminal.

use std::io::Write;

use anstyle::Style;
use anyhow::{Result, bail};

use super::style::{ASIDE, BAD, GOOD, TITLE};
use super::{Console, Outcome};
use crate::{Code, Program};

/// Explains a rule, or lists all of them.
pub fn explain(rule: Option<&str>, console: &mut Console<'_>) -> Result<Outcome> {
    match rule.map(|name| (name, Code::named(name))) {
        None => list(console.program, console.out)?,
        Some((_, Some(code))) => show(code.explanation(), console.out)?,
        Some((name, None)) => {
            let program = console.program.name();
            bail!("unknown rule `{name}`{}; `{program} lint --explain` lists all", hint(name))
        }
    }
    Ok(Outcome::Done)
}

fn list(program: Program, out: &mut dyn Write) -> Result<()> {
    let width = Code::ALL.iter().map(|code| code.name().len()).max().unwrap_or_default();
    for code in Code::ALL {
        writeln!(out, "{TITLE}{code:width$}{TITLE:#}  {}", code.title())?;
    }
    let program = program.name();
    writeln!(out, "\n`{program} lint --explain RULE` explains a rule with examples")?;
    Ok(())
}

fn hint(name: &str) -> String {
    let near: Vec<_> = Code::near(name).iter().map(|code| format!("`{code}`")).collect();
    if near.is_empty() { String::new() } else { format!(", perhaps {}", near.join(" or ")) }
}

fn show(markdown: &str, out: &mut dyn Write) -> Result<()> {
    let mut in_block = false;
    for line in markdown.lines() {
        if let Some(what) = line.strip_prefix("```") {
            in_block = !in_block;
            if in_block {
                writeln!(out, "  {ASIDE}{}{ASIDE:#}", file(what))?;
            }
        } else if in_block {
            writeln!(out, "{}", format!("    {line}").trim_end())?;
        } else {
            let (style, text) = match line {
                "## Bad" => (BAD, "Bad"),
                "## Good" => (GOOD, "Good"),
                _ => line.strip_prefix("# ").map_or((Style::new(), line), |title| (TITLE, title)),
            };
            writeln!(out, "{style}{text}{style:#}")?;
        }
    }
    Ok(())
}

/// Returns the name of the file that a code block belongs to.
fn file(what: &str) -> String {
    match what.split_once(' ') {
        Some((_, sample)) => format!("samples/{sample}"),
        None if what == "toml" => "generator.toml".to_owned(),
        None => "openapi.yaml".to_owned(),
    }
}
