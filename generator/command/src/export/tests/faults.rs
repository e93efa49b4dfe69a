//! A kill or a power loss at every step of an export.

use std::collections::BTreeMap;
use std::time::Duration;

use super::api::Api;
use super::failing_disk::{FailingDisk, StepBudget};
use super::{ExportFormat, TestExport, assert_complete, finished, row_count, rows};
use crate::export::verify::verify;

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Kill,
    PowerLoss,
    /// One step fails, as on a full disk, and the program exits normally.
    DiskFull,
}

/// Checks every step: afterwards the directory contains either this export or the one before, completely.
#[track_caller]
fn every_step(format: ExportFormat, end: End, checkpoint: Duration, updates: bool) {
    for steps in 0.. {
        let directory = tempfile::tempdir().unwrap();
        let directory = directory.path().join("out");
        let budget = StepBudget::unlimited();
        let api = Api::new(2, 7, &budget);
        let disk = FailingDisk::new(&budget);
        let export = TestExport { disk: &disk, checkpoint, ..TestExport::new(&api, &directory, format) };
        if updates {
            export.run().unwrap();
            api.lists().get_mut("notes").unwrap()[2]["price"] = "1.50".into();
        }
        let before = if directory.exists() { finished(&directory) } else { BTreeMap::new() };

        match end {
            End::DiskFull => budget.fail_once_after(steps),
            End::Kill | End::PowerLoss => budget.set(steps),
        }
        let ended = export.run();
        budget.set(usize::MAX);
        if ended.is_ok() {
            assert!(steps > 20, "so few steps cannot have been all");
            assert_complete(&directory, format, &api);
            return;
        }
        if end == End::PowerLoss {
            disk.lose_power();
        }
        // A file with a final name is complete or unchanged.
        for (name, contents) in directory.exists().then(|| finished(&directory)).into_iter().flatten() {
            let list = name.split('.').next().unwrap();
            if before.get(&name) == Some(&contents) || name == "manifest.json" {
                continue;
            }
            let lists = if format == ExportFormat::Sqlite { vec!["tags", "notes"] } else { vec![list] };
            for list in lists {
                assert_eq!(rows(&directory, format, list), super::expected(format, &api, list), "{name} after {steps}");
            }
        }
        export.run().unwrap_or_else(|error| panic!("after {steps} steps: {error}"));
        assert_complete(&directory, format, &api);
    }
}

#[test]
fn full_disk() {
    for format in ExportFormat::ALL {
        every_step(format, End::DiskFull, Duration::ZERO, true);
    }
}

#[test]
fn killed() {
    for format in ExportFormat::ALL {
        for updates in [false, true] {
            every_step(format, End::Kill, Duration::ZERO, updates);
            every_step(format, End::Kill, Duration::MAX, updates);
        }
    }
}

#[test]
fn power_loss() {
    for format in ExportFormat::ALL {
        for updates in [false, true] {
            every_step(format, End::PowerLoss, Duration::ZERO, updates);
            every_step(format, End::PowerLoss, Duration::MAX, updates);
        }
    }
}

/// Kills in a row: each run makes some progress.
#[test]
fn killed_again_and_again() {
    for format in ExportFormat::ALL {
        // Enough steps for the pages requested ahead, but not for the whole export.
        let steps = if format == ExportFormat::Sqlite { [40, 45, 50] } else { [50, 57, 64] };
        for steps in steps {
            let directory = tempfile::tempdir().unwrap();
            let budget = StepBudget::unlimited();
            let api = Api::new(10, 70, &budget);
            // A run that ends right after the rename of the manifest is complete; the next run would start again.
            let runs = (1..100).find(|_| {
                budget.set(steps);
                let disk = FailingDisk::new(&budget);
                if (TestExport { disk: &disk, ..TestExport::new(&api, directory.path(), format) }).run().is_err() {
                    disk.lose_power();
                }
                directory.path().join("manifest.json").exists()
            });
            assert!(runs.is_some_and(|runs| runs > 1), "{runs:?} runs of {steps} steps as {format:?}");
            budget.set(usize::MAX);
            verify(directory.path()).unwrap();
            TestExport::new(&api, directory.path(), format).run().unwrap();
            assert_complete(directory.path(), format, &api);
        }
    }
}

/// A page error ends the export; the rows before it are not read again.
#[test]
fn a_failing_page() {
    for format in ExportFormat::ALL {
        let directory = tempfile::tempdir().unwrap();
        let budget = StepBudget::unlimited();
        let api = Api::new(4, 30, &budget);
        budget.set(6);
        let export = TestExport { checkpoint: Duration::MAX, ..TestExport::new(&api, directory.path(), format) };
        let error = export.run().unwrap_err();
        assert_eq!(
            error.to_string(),
            "notes: page 5 could not be read: list: cannot connect\n\
             the same command resumes"
        );
        api.requests();
        budget.set(usize::MAX);
        let finished = export.run().unwrap();
        assert_eq!(row_count(&finished), 34);
        assert_eq!(api.requests().first().map(String::as_str), Some("notes 4"));
        assert_complete(directory.path(), format, &api);
    }
}

/// If the caller stops the export, the rows so far are kept.
#[test]
fn stopped() {
    for format in ExportFormat::ALL {
        let directory = tempfile::tempdir().unwrap();
        let api = Api::new(4, 30, &StepBudget::unlimited());
        let requested = std::sync::Arc::clone(&api);
        let polls = std::cell::Cell::new(0);
        let stop = std::future::poll_fn(|_| {
            polls.set(polls.get() + 1);
            if polls.get() > 7 { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
        });
        let export = TestExport { checkpoint: Duration::MAX, ..TestExport::new(&api, directory.path(), format) };
        let error = export.run_until(stop).unwrap_err();
        assert_eq!(error.to_string(), "notes: stopped after 12 rows\nthe same command resumes");
        requested.requests();
        export.run().unwrap();
        assert_eq!(requested.requests().first().map(String::as_str), Some("notes 4"));
        assert_complete(directory.path(), format, &api);
    }
}

/// The future is dropped before the export ends.
#[test]
fn dropped() {
    for format in ExportFormat::ALL {
        for polls in 1..12 {
            let directory = tempfile::tempdir().unwrap();
            let api = Api::new(4, 20, &StepBudget::unlimited());
            let left = std::cell::Cell::new(polls);
            // A panic also drops the future.
            let stop = std::future::poll_fn(|_| {
                left.set(left.get() - 1);
                assert!(left.get() > 0, "given up");
                std::task::Poll::Pending
            });
            let export = TestExport::new(&api, directory.path(), format);
            let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| export.run_until(stop)));
            if ended.is_err() {
                assert!(finished(directory.path()).is_empty());
                export.run().unwrap();
            }
            assert_complete(directory.path(), format, &api);
        }
    }
}
