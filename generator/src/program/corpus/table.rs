//! Prints results as a table.

use std::fmt;
use std::io::Write;

use anyhow::Result;

use super::carried::Carried;
use super::{Ending, Row};

pub(super) fn print(rows: &[Row], compiled: bool, out: &mut dyn Write) -> Result<()> {
    let width = rows.iter().map(|row| row.document.chars().count()).max().unwrap_or_default().max("document".len());
    writeln!(out, "{:width$}  {:>10}  {:>7}  {:>9}  outcome", "document", "operations", "lines", "time")?;
    for Row { document, operations, elapsed, ending, round_trip, .. } in rows {
        let lines = if let Ending::Generated { lines } = ending { lines.to_string() } else { "-".to_owned() };
        let time = format!("{} ms", elapsed.as_millis());
        let outcome = match ending {
            Ending::Generated { .. } if compiled => match round_trip {
                Some((_, carried)) => format!("compiles; {carried}"),
                None => "compiles".to_owned(),
            },
            other => other.to_string(),
        };
        writeln!(out, "{document:width$}  {operations:>10}  {lines:>7}  {time:>9}  {outcome}")?;
    }
    let good = rows.iter().filter(|row| matches!(row.ending, Ending::Generated { .. })).count();
    let what = if compiled { "compile" } else { "are generated" };
    writeln!(out, "{good} of {} {what}", rows.len())?;
    let all: Vec<_> = rows.iter().filter_map(|row| Some((&row.document, &row.round_trip.as_ref()?.1))).collect();
    for (document, carried) in &all {
        for failure in &carried.failures {
            writeln!(out, "{document}: {failure}")?;
        }
        for name in &carried.untried {
            writeln!(out, "{document}: {name}: no value is known")?;
        }
    }
    if !all.is_empty() {
        let sum: Carried = all.iter().map(|(_, carried)| *carried).sum();
        writeln!(out, "{sum}")?;
    }
    Ok(())
}

impl fmt::Display for Ending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Generated { .. } => f.write_str("generated"),
            Self::Rejected(1, codes) => write!(f, "rejected with 1 error: {}", codes.join(", ")),
            Self::Rejected(count, codes) => write!(f, "rejected with {count} errors: {}", codes.join(", ")),
            Self::Unreadable(problem) => write!(f, "cannot be read: {problem}"),
            Self::Crashed => f.write_str("crashed"),
            Self::DoesNotCompile(message) => write!(f, "does not compile: {message}"),
        }
    }
}
