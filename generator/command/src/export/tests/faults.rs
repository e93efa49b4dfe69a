//! Every step of an export may be the last one before the process is killed or the power fails.

use std::collections::BTreeMap;
use std::time::Duration;

use super::api::Api;
use super::mortal::{Life, Mortal};
use super::{Attempt, Format, assert_complete, finished, rows};

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Kill,
    PowerLoss,
    /// Only the one step fails, as if there were no room for it, and the process ends of itself.
    NoRoom,
}

/// What a folder holds of one export, all of it, or of the one before; whatever step was the last.
#[track_caller]
fn every_step(format: Format, end: End, checkpoint: Duration, updates: bool) {
    for steps in 0.. {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("out");
        let life = Life::endless();
        let api = Api::new(2, 7, &life);
        let disk = Mortal::new(&life);
        let attempt = Attempt { disk: &disk, checkpoint, ..Attempt::new(&api, &folder, format) };
        if updates {
            attempt.run().unwrap();
            api.lists().get_mut("notes").unwrap()[2]["price"] = "1.50".into();
        }
        let before = if folder.exists() { finished(&folder) } else { BTreeMap::new() };

        match end {
            End::NoRoom => life.fail_once_after(steps),
            End::Kill | End::PowerLoss => life.renew(steps),
        }
        let ended = attempt.run();
        life.renew(usize::MAX);
        if ended.is_ok() {
            assert!(steps > 20, "so few steps cannot have been all");
            assert_complete(&folder, format, &api);
            return;
        }
        if end == End::PowerLoss {
            disk.lose_power();
        }
        // What has its final name is as it was before, or complete.
        for (name, contents) in folder.exists().then(|| finished(&folder)).into_iter().flatten() {
            let list = name.split('.').next().unwrap();
            if before.get(&name) == Some(&contents) || name == "manifest.json" {
                continue;
            }
            let lists = if format == Format::Sqlite { vec!["tags", "notes"] } else { vec![list] };
            for list in lists {
                assert_eq!(rows(&folder, format, list), super::expected(format, &api, list), "{name} after {steps}");
            }
        }
        attempt.run().unwrap_or_else(|failure| panic!("after {steps} steps: {failure}"));
        assert_complete(&folder, format, &api);
    }
}

#[test]
fn without_room() {
    for format in Format::ALL {
        every_step(format, End::NoRoom, Duration::ZERO, true);
    }
}

#[test]
fn killed() {
    for format in Format::ALL {
        for updates in [false, true] {
            every_step(format, End::Kill, Duration::ZERO, updates);
            every_step(format, End::Kill, Duration::MAX, updates);
        }
    }
}

#[test]
fn without_power() {
    for format in Format::ALL {
        for updates in [false, true] {
            every_step(format, End::PowerLoss, Duration::ZERO, updates);
            every_step(format, End::PowerLoss, Duration::MAX, updates);
        }
    }
}

/// Killed again and again: each run gets so many steps, with which it comes a little further.
#[test]
fn killed_again_and_again() {
    for format in Format::ALL {
        // Enough for what is read ahead, and too few for everything.
        let steps = if format == Format::Sqlite { [40, 45, 50] } else { [50, 57, 64] };
        for steps in steps {
            let folder = tempfile::tempdir().unwrap();
            let life = Life::endless();
            let api = Api::new(10, 70, &life);
            // One that ends right after its manifest got its name is complete, and the next one begins anew.
            let runs = (1..100).find(|_| {
                life.renew(steps);
                let disk = Mortal::new(&life);
                if (Attempt { disk: &disk, ..Attempt::new(&api, folder.path(), format) }).run().is_err() {
                    disk.lose_power();
                }
                folder.path().join("manifest.json").exists()
            });
            assert!(runs.is_some_and(|runs| runs > 1), "{runs:?} runs of {steps} steps as {format:?}");
            life.renew(usize::MAX);
            super::super::verify(folder.path()).unwrap();
            Attempt::new(&api, folder.path(), format).run().unwrap();
            assert_complete(folder.path(), format, &api);
        }
    }
}

/// A page that cannot be read ends the export; the rows before it are not read again.
#[test]
fn a_failing_page() {
    for format in Format::ALL {
        let folder = tempfile::tempdir().unwrap();
        let life = Life::endless();
        let api = Api::new(4, 30, &life);
        life.renew(6);
        let attempt = Attempt { checkpoint: Duration::MAX, ..Attempt::new(&api, folder.path(), format) };
        let failure = attempt.run().unwrap_err();
        assert_eq!(
            failure.to_string(),
            "notes: page 5 could not be read: list: no connection could be made\n\
             what was read is kept: the same command goes on from there"
        );
        api.requests();
        life.renew(usize::MAX);
        let report = attempt.run().unwrap();
        assert!(report.resumed);
        assert_eq!(report.export.rows(), 34);
        assert_eq!(api.requests().first().map(String::as_str), Some("notes 4"));
        assert_complete(folder.path(), format, &api);
    }
}

/// Stopped by whoever watches: what was read is kept.
#[test]
fn stopped() {
    for format in Format::ALL {
        let folder = tempfile::tempdir().unwrap();
        let api = Api::new(4, 30, &Life::endless());
        let asked = std::sync::Arc::clone(&api);
        let polls = std::cell::Cell::new(0);
        let stop = std::future::poll_fn(|_| {
            polls.set(polls.get() + 1);
            if polls.get() > 7 { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
        });
        let attempt = Attempt { checkpoint: Duration::MAX, ..Attempt::new(&api, folder.path(), format) };
        let failure = attempt.run_until(stop).unwrap_err();
        assert_eq!(
            failure.to_string(),
            "notes: stopped after 12 rows\nwhat was read is kept: the same command goes on from there"
        );
        asked.requests();
        attempt.run().unwrap();
        assert_eq!(asked.requests().first().map(String::as_str), Some("notes 4"));
        assert_complete(folder.path(), format, &api);
    }
}

/// Given up in the middle, as by dropping it.
#[test]
fn dropped() {
    for format in Format::ALL {
        for polls in 1..12 {
            let folder = tempfile::tempdir().unwrap();
            let api = Api::new(4, 20, &Life::endless());
            let left = std::cell::Cell::new(polls);
            // Panics are what a future is not polled to its end by, too.
            let stop = std::future::poll_fn(|_| {
                left.set(left.get() - 1);
                assert!(left.get() > 0, "given up");
                std::task::Poll::Pending
            });
            let attempt = Attempt::new(&api, folder.path(), format);
            let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| attempt.run_until(stop)));
            if ended.is_err() {
                assert!(finished(folder.path()).is_empty());
                attempt.run().unwrap();
            }
            assert_complete(folder.path(), format, &api);
        }
    }
}
