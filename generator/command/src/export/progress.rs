//! Displays the progress of an export.

use std::fmt;
use std::io::{self, Write};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressState, ProgressStyle};

/// Receives the progress of an export.
pub(crate) trait Progress {
    /// A list starts or resumes; this many rows are already written.
    fn begin(&mut self, list: &'static str, rows: u64);

    /// This many rows are written, of `total` if the list reports it.
    fn advance(&mut self, rows: u64, total: Option<u64>);

    /// The list is complete.
    fn end(&mut self, rows: u64);
}

/// Reports nothing.
pub(crate) struct NoProgress;

impl Progress for NoProgress {
    fn begin(&mut self, _list: &'static str, _rows: u64) {}

    fn advance(&mut self, _rows: u64, _total: Option<u64>) {}

    fn end(&mut self, _rows: u64) {}
}

/// A progress bar on standard error.
pub(crate) struct TerminalBar(ProgressBar);

impl TerminalBar {
    const TICK: Duration = Duration::from_millis(500);
    const COUNTED: &str = "{prefix}  {wide_bar}  {human_pos} of {human_len} rows  {rate}  {eta} left";
    const UNCOUNTED: &str = "{prefix}  {human_pos} rows  {rate}";

    pub(crate) fn new() -> Self {
        Self(ProgressBar::hidden())
    }

    fn style(template: &str) -> ProgressStyle {
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        style.with_key("rate", |state: &ProgressState, out: &mut dyn fmt::Write| {
            // Writing to a string does not fail.
            let _ = write!(out, "{:.0} rows/s", state.per_sec());
        })
    }
}

impl Progress for TerminalBar {
    fn begin(&mut self, list: &'static str, rows: u64) {
        self.0 =
            ProgressBar::no_length().with_prefix(list).with_position(rows).with_style(Self::style(Self::UNCOUNTED));
        // The rate covers this run only; it drops while the rate limit delays requests.
        self.0.reset_eta();
        self.0.enable_steady_tick(Self::TICK);
    }

    fn advance(&mut self, rows: u64, total: Option<u64>) {
        if let Some(total) = total {
            if self.0.length().is_none() {
                self.0.set_style(Self::style(Self::COUNTED));
            }
            self.0.set_length(total.max(rows));
        }
        self.0.set_position(rows);
    }

    fn end(&mut self, rows: u64) {
        let line = format!("{}  {rows} rows", self.0.prefix());
        self.0.println(line);
        self.0.finish_and_clear();
    }
}

/// Prints a line every few seconds.
pub(crate) struct ProgressLines<W> {
    out: W,
    list: &'static str,
    /// The number of rows at the start of the list, and the start time.
    start: (u64, Instant),
    printed_at: Instant,
}

impl ProgressLines<io::Stderr> {
    pub(crate) fn new() -> Self {
        Self::to(io::stderr())
    }
}

impl<W: Write> ProgressLines<W> {
    const EVERY: Duration = Duration::from_secs(5);

    fn to(out: W) -> Self {
        let now = Instant::now();
        Self { out, list: "", start: (0, now), printed_at: now }
    }

    fn print(&mut self, text: &str) {
        // Progress may be lost, for example when standard error is closed.
        let _ = writeln!(self.out, "{}: {text}", self.list);
    }
}

impl<W: Write> Progress for ProgressLines<W> {
    fn begin(&mut self, list: &'static str, rows: u64) {
        let now = Instant::now();
        (self.list, self.start, self.printed_at) = (list, (rows, now), now);
        if rows > 0 {
            self.print(&format!("{rows} rows already exported"));
        }
    }

    fn advance(&mut self, rows: u64, total: Option<u64>) {
        if self.printed_at.elapsed() >= Self::EVERY {
            self.printed_at = Instant::now();
            let (before, since) = self.start;
            self.print(&status(rows, total, rows.saturating_sub(before), since.elapsed()));
        }
    }

    fn end(&mut self, rows: u64) {
        self.print(&format!("{rows} rows, complete"));
    }
}

/// Formats a status such as `1200 of 5000 rows, 300 rows/s, 12 s left`.
fn status(rows: u64, total: Option<u64>, read: u64, elapsed: Duration) -> String {
    let seconds = elapsed.as_secs().max(1);
    let rate = read / seconds;
    let Some(total) = total else { return format!("{rows} rows, {rate} rows/s") };
    let rows_left = total.saturating_sub(rows);
    let left =
        (rows_left.saturating_mul(seconds)).checked_div(read).map(|left| format!(", {} left", duration_text(left)));
    format!("{rows} of {total} rows, {rate} rows/s{}", left.unwrap_or_default())
}

fn duration_text(seconds: u64) -> String {
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, seconds) => format!("{minutes} min {seconds} s"),
        (hours, minutes, _) => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_have_rows_rate_and_time_left() {
        for (rows, total, read, seconds, expected) in [
            (1200, Some(5000), 1200, 4, "1200 of 5000 rows, 300 rows/s, 12 s left"),
            (4000, Some(5000), 100, 10, "4000 of 5000 rows, 10 rows/s, 1 min 40 s left"),
            (100, Some(1_000_100), 100, 1, "100 of 1000100 rows, 100 rows/s, 2 h 46 min left"),
            (70, None, 70, 7, "70 rows, 10 rows/s"),
            (5, Some(3), 0, 0, "5 of 3 rows, 0 rows/s"),
        ] {
            assert_eq!(status(rows, total, read, Duration::from_secs(seconds)), expected);
        }
    }

    #[test]
    fn resumed_and_complete_lists_are_reported_at_once() {
        let mut out = Vec::new();
        let mut lines = ProgressLines::to(&mut out);
        lines.begin("notes", 0);
        lines.advance(100, Some(200));
        lines.end(200);
        lines.begin("tags", 7);
        lines.end(9);
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "notes: 200 rows, complete\ntags: 7 rows already exported\ntags: 9 rows, complete\n"
        );
    }
}
