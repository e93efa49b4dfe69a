//! Runs an export: starts or resumes it, reads all lists, and renames finished files.

use std::pin::pin;
use std::time::Duration;

use super::database::Database;
use super::directory::ExportDirectory;
use super::disk::{Disk, RealDisk};
use super::error::ExportError;
use super::files::Files;
use super::fingerprint::Fingerprint;
use super::format::ExportFormat;
use super::job::ExportJob;
use super::manifest::{ExportEntry, Manifest};
use super::progress::Progress;
use super::reader;
use super::store::{ExportedList, Store};
use super::unfinished::UnfinishedExport;

/// The maximum time before new rows are durable.
const CHECKPOINT_INTERVAL: Duration = Duration::from_millis(500);

/// Exports until all lists are complete or `stop` is ready. After a stop, the same job resumes the export.
pub(crate) async fn export(
    job: ExportJob<'_>,
    progress: &mut dyn Progress,
    stop: impl Future<Output = ()>,
) -> Result<ExportEntry, ExportError> {
    run(&RealDisk, CHECKPOINT_INTERVAL, job, progress, stop).await
}

pub(super) async fn run(
    disk: &dyn Disk,
    checkpoint_interval: Duration,
    job: ExportJob<'_>,
    progress: &mut dyn Progress,
    stop: impl Future<Output = ()>,
) -> Result<ExportEntry, ExportError> {
    let mut stop = pin!(stop);
    let directory = ExportDirectory::open(disk, job.directory.clone())?;
    let manifest = match finish_moves(&directory, &job)? {
        AfterMoves::Done(export) => return Ok(export),
        AfterMoves::Open(manifest) => manifest,
    };
    let unfinished = begin(&directory, &job, manifest.as_ref())?;
    let mut store = open_store(&directory, &job, &unfinished)?;
    let (origin, files) = (job.origin, job.files());
    for source in job.sources {
        let list = ExportedList::of(job.spec, source.name, source.kind);
        reader::read(list, source.listing, store.as_mut(), checkpoint_interval, progress, stop.as_mut()).await?;
    }
    let stored = store.finish()?;
    directory.reject_foreign(&files, manifest.as_ref())?;
    let export = ExportEntry::new(&unfinished, origin, &stored);
    let manifest = Manifest::after(manifest, &unfinished, export.clone(), stored.updated);
    directory.stage(&manifest)?;
    directory.move_into_place(&manifest)?;
    Ok(export)
}

enum AfterMoves {
    /// The export was complete; only renames remained.
    Done(ExportEntry),
    /// The export must run, in a directory with this manifest.
    Open(Option<Manifest>),
}

/// Finishes the renames of an interrupted export.
fn finish_moves(directory: &ExportDirectory<'_>, job: &ExportJob<'_>) -> Result<AfterMoves, ExportError> {
    let manifest = directory.manifest()?;
    if let Some(manifest) = &manifest {
        job.check_origin(directory, &manifest.base_url, &manifest.key)?;
    }
    let Some(staged) = directory.staged()? else { return Ok(AfterMoves::Open(manifest)) };
    job.check_origin(directory, &staged.base_url, &staged.key)?;
    directory.move_into_place(&staged)?;
    let export = staged.exports.last().filter(|export| job.is_finished_by(export)).cloned();
    Ok(export.map_or(AfterMoves::Open(Some(staged)), AfterMoves::Done))
}

/// Starts an export, or resumes one.
fn begin(
    directory: &ExportDirectory<'_>,
    job: &ExportJob<'_>,
    manifest: Option<&Manifest>,
) -> Result<UnfinishedExport, ExportError> {
    directory.reject_foreign(&job.files(), manifest)?;
    if let Some(unfinished) = directory.unfinished()? {
        job.check_origin(directory, &unfinished.base_url, &unfinished.key)?;
        job.check_selection(directory, &unfinished)?;
        return Ok(unfinished);
    }
    let key = manifest.map_or_else(|| Fingerprint::of(job.origin.key), |known| known.key.clone());
    directory.begin(job.unfinished(key))
}

fn open_store<'a>(
    directory: &'a ExportDirectory<'_>,
    job: &ExportJob<'_>,
    unfinished: &UnfinishedExport,
) -> Result<Box<dyn Store + 'a>, ExportError> {
    Ok(match job.format {
        ExportFormat::Sqlite => Box::new(Database::open(directory, &job.database(), &unfinished.started, job.spec)?),
        format => Box::new(Files::open(directory, format, job.spec)?),
    })
}
