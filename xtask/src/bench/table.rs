//! Formats rows as a table.

use std::io::Write;

use super::row::{Kind, Row, Target};

const HEAD: [&str; 8] = ["", "ours", "theirs", "unit", "compared", "spread", "target", ""];

pub(super) fn print(rows: &[Row], out: &mut dyn Write) -> std::io::Result<()> {
    let lines: Vec<[String; 8]> = std::iter::once(HEAD.map(str::to_owned)).chain(rows.iter().map(cells)).collect();
    let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0);
    let widths: [usize; 8] = std::array::from_fn(width);
    for line in &lines {
        let cells = line.iter().zip(widths).enumerate().map(|(column, (cell, width))| match column {
            0 | 3 | 6 | 7 => format!("{cell:<width$}"),
            _ => format!("{cell:>width$}"),
        });
        writeln!(out, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
    }
    Ok(())
}

fn cells(row: &Row) -> [String; 8] {
    let compared = match row.kind {
        Kind::Ratio => format!("x {:.3}", row.value),
        Kind::Difference => format!("{:+.2}", row.value),
        Kind::Figure => String::new(),
    };
    let spread = row.spread.map(|spread| format!("{:.0} %", spread * 100.0)).unwrap_or_default();
    let (target, met) = match row.target {
        Target::AtLeast(least) => (format!("≥ {least}"), row.target.is_met(row.value)),
        Target::AtMost(most) => (format!("≤ {most}"), row.target.is_met(row.value)),
        Target::Told => (String::new(), None),
    };
    let verdict = met.map_or("", |met| if met { "met" } else { "missed" });
    let theirs = row.theirs.map(figure).unwrap_or_default();
    [row.name.clone(), figure(row.ours), theirs, row.unit.clone(), compared, spread, target, verdict.to_owned()]
}

/// Formats a figure with a sensible number of decimal places.
fn figure(value: f64) -> String {
    if value.abs() < 100.0 { format!("{value:.2}") } else { format!("{value:.0}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str, kind: Kind, value: f64, target: Target) -> Row {
        Row {
            name: name.to_owned(),
            ours: 1234.5,
            theirs: (kind != Kind::Figure).then_some(12.345),
            unit: "µs".to_owned(),
            value,
            kind,
            spread: (kind != Kind::Figure).then_some(0.034),
            target,
        }
    }

    #[test]
    fn columns_stand_below_each_other() {
        let rows = [
            row("one", Kind::Ratio, 0.95, Target::AtLeast(0.95)),
            row("another", Kind::Difference, 5.5, Target::AtMost(5.0)),
            row("alone", Kind::Figure, 1234.5, Target::Told),
        ];
        let mut out = Vec::new();
        print(&rows, &mut out).unwrap();
        let expected = "\x20        ours  theirs  unit  compared  spread  target
one      1234   12.35  µs     x 0.950     3 %  ≥ 0.95  met
another  1234   12.35  µs       +5.50     3 %  ≤ 5     missed
alone    1234          µs
";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
