//! Lays out cells in columns: selects the columns that fit, and their widths.

use std::borrow::Cow;

use super::width::{cut, pad, width};

/// The space between two columns.
const GAP: &str = "  ";
/// The maximum width of a column before the remaining space is distributed.
const MAX_COLUMN: usize = 32;

/// A column.
pub(crate) struct GridColumn {
    pub(crate) name: String,
    /// Whether cells are right-aligned, as for numbers.
    pub(crate) right: bool,
    /// Whether cells are never truncated.
    pub(crate) whole: bool,
}

/// The maximum width of a table.
#[derive(Clone, Copy)]
pub(crate) enum LineWidth {
    /// No limit: nothing is truncated or hidden.
    Unlimited,
    /// The width of a line: long cells are truncated. Columns that do not fit are hidden, unless all are required.
    Limited { width: usize, all: bool },
}

/// The layout of all lines, computed from the first ones.
pub(crate) struct Grid {
    columns: Vec<GridColumn>,
    /// The widths of the displayed columns; the others are hidden.
    widths: Vec<usize>,
    cuts: bool,
}

impl Grid {
    pub(crate) fn new(columns: Vec<GridColumn>, first: &[Vec<String>], line_width: LineWidth) -> Self {
        let natural: Vec<_> = columns
            .iter()
            .enumerate()
            .map(|(index, column)| {
                let cells = first.iter().filter_map(|cells| cells.get(index)).map(|text| width(text));
                cells.chain([width(&column.name)]).max().unwrap_or_default()
            })
            .collect();
        match line_width {
            LineWidth::Unlimited => Self { columns, widths: natural, cuts: false },
            LineWidth::Limited { width, all } => {
                let widths = fitted(&columns, &natural, width, all);
                Self { columns, widths, cuts: true }
            }
        }
    }

    pub(crate) fn header(&self) -> String {
        let names: Vec<_> = self.columns.iter().map(|column| column.name.as_str()).collect();
        self.line(&names)
    }

    /// Formats a line. A cell that is not truncated and too wide for its column shifts the rest of the line.
    pub(crate) fn line(&self, cells: &[impl AsRef<str>]) -> String {
        let cells: Vec<_> = self
            .columns
            .iter()
            .zip(&self.widths)
            .zip(cells)
            .map(|((column, width), text)| {
                let text = text.as_ref();
                let text = if self.cuts && !column.whole { Cow::Owned(cut(text, *width)) } else { text.into() };
                pad(&text, *width, column.right)
            })
            .collect();
        cells.join(GAP).trim_end().to_owned()
    }

    /// Lists the names of hidden columns.
    pub(crate) fn hidden(&self) -> Vec<&str> {
        self.columns.iter().skip(self.widths.len()).map(|column| column.name.as_str()).collect()
    }
}

/// Returns the widths of the columns that fit.
fn fitted(columns: &[GridColumn], natural: &[usize], line: usize, all: bool) -> Vec<usize> {
    let mut widths = Vec::new();
    let mut left = line;
    for (column, natural) in columns.iter().zip(natural) {
        let width = if column.whole { *natural } else { (*natural).min(MAX_COLUMN.max(width(&column.name))) };
        let taken = width + if widths.is_empty() { 0 } else { GAP.len() };
        if taken > left && !all && !widths.is_empty() {
            break;
        }
        left = left.saturating_sub(taken);
        widths.push(width);
    }
    for (width, natural) in widths.iter_mut().zip(natural) {
        let more = left.min(natural.saturating_sub(*width));
        *width += more;
        left -= more;
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: [[&str; 4]; 2] = [
        ["1", "9.80 USD", "a text that is long enough to be cut somewhere", "é"],
        ["22", "1234.00 USD", "漢字", "last"],
    ];

    #[track_caller]
    fn check(line_width: LineWidth, lines: &[&str], hidden: &[&str]) {
        let column = |name: &str, right, whole| GridColumn { name: name.to_owned(), right, whole };
        let columns = vec![
            column("id", false, true),
            column("amount", true, true),
            column("a", false, false),
            column("b", false, true),
        ];
        let rows = ROWS.map(|row| row.map(str::to_owned).to_vec());
        let grid = Grid::new(columns, &rows, line_width);
        let mut found = vec![grid.header()];
        found.extend(rows.iter().map(|row| grid.line(row)));
        assert_eq!(found, lines);
        assert_eq!(grid.hidden(), hidden);
    }

    #[test]
    fn columns_are_whole_or_left_out() {
        check(
            LineWidth::Unlimited,
            &[
                "id       amount  a                                               b",
                "1      9.80 USD  a text that is long enough to be cut somewhere  é",
                "22  1234.00 USD  漢字                                            last",
            ],
            &[],
        );
        check(
            LineWidth::Limited { width: 58, all: false },
            &[
                "id       amount  a                                    b",
                "1      9.80 USD  a text that is long enough to be c…  é",
                "22  1234.00 USD  漢字                                 last",
            ],
            &[],
        );
        let narrow = ["id       amount", "1      9.80 USD", "22  1234.00 USD"];
        check(LineWidth::Limited { width: 48, all: false }, &narrow, &["a", "b"]);
        check(LineWidth::Limited { width: 15, all: false }, &narrow, &["a", "b"]);
        check(LineWidth::Limited { width: 14, all: false }, &["id", "1", "22"], &["amount", "a", "b"]);
        check(LineWidth::Limited { width: 0, all: false }, &["id", "1", "22"], &["amount", "a", "b"]);
        check(
            LineWidth::Limited { width: 0, all: true },
            &[
                "id       amount  a                                 b",
                "1      9.80 USD  a text that is long enough to b…  é",
                "22  1234.00 USD  漢字                              last",
            ],
            &[],
        );
    }

    #[test]
    fn later_amounts_are_whole_and_later_texts_cut() {
        let column = |name: &str, right, whole| GridColumn { name: name.to_owned(), right, whole };
        let columns = vec![column("text", false, false), column("amount", true, true), column("id", false, true)];
        let first = [["ada", "9.80", "1"].map(str::to_owned).to_vec()];
        let grid = Grid::new(columns, &first, LineWidth::Limited { width: 40, all: false });
        assert_eq!(grid.line(&["ada", "9.80", "1"]), "ada     9.80  1");
        assert_eq!(grid.line(&["grace", "1234567.80", "22"]), "gra…  1234567.80  22");
    }
}
