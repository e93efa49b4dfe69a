//! The job of an export: lists, format and directory, and checks of an existing directory.

use std::path::PathBuf;

use clientsmith_runtime::api::Kind;
use clientsmith_runtime::mock::spec::MockSpec;

use super::directory::ExportDirectory;
use super::error::{Conflict, ExportError};
use super::fingerprint::Fingerprint;
use super::format::ExportFormat;
use super::manifest::{self, ExportEntry};
use super::origin::Origin;
use super::unfinished::UnfinishedExport;
use crate::listing::Listing;

/// An export to run.
pub(crate) struct ExportJob<'a> {
    pub(crate) directory: PathBuf,
    pub(crate) format: ExportFormat,
    pub(crate) spec: &'static MockSpec,
    pub(crate) sources: Vec<ListSource>,
    pub(crate) origin: Origin<'a>,
}

/// A list to export.
pub(crate) struct ListSource {
    /// The name of the file or table.
    pub(crate) name: &'static str,
    /// The type of a row.
    pub(crate) kind: Kind,
    pub(crate) listing: Box<dyn Listing>,
}

impl ExportJob<'_> {
    /// The names of the files to write.
    pub(super) fn files(&self) -> Vec<String> {
        match self.format {
            ExportFormat::Sqlite => vec![self.database()],
            format => self.sources.iter().map(|source| format!("{}.{}", source.name, format.name())).collect(),
        }
    }

    pub(super) fn database(&self) -> String {
        format!("{}.{}", self.origin.program, ExportFormat::Sqlite.name())
    }

    fn selection(&self) -> Vec<String> {
        let mut names: Vec<_> = self.sources.iter().map(|source| source.name.to_owned()).collect();
        names.sort_unstable();
        names
    }

    pub(super) fn unfinished(&self, key: Fingerprint) -> UnfinishedExport {
        UnfinishedExport {
            base_url: self.origin.base_url.to_owned(),
            key,
            format: self.format,
            selection: self.selection(),
            started: manifest::now(),
        }
    }

    pub(super) fn is_finished_by(&self, export: &ExportEntry) -> bool {
        let mut names: Vec<_> = export.lists.iter().map(|list| list.name.clone()).collect();
        names.sort_unstable();
        export.format == self.format && names == self.selection()
    }

    /// Rejects a directory with rows from another server or account.
    pub(super) fn check_origin(
        &self,
        directory: &ExportDirectory<'_>,
        base_url: &str,
        key: &Fingerprint,
    ) -> Result<(), ExportError> {
        if base_url != self.origin.base_url {
            let (here, requested) = (base_url.to_owned(), self.origin.base_url.to_owned());
            return Err(directory.conflict(Conflict::BaseUrl { here, requested }));
        }
        if !key.is_of(self.origin.key) {
            return Err(directory.conflict(Conflict::Key));
        }
        Ok(())
    }

    /// Rejects an unfinished export with another format or other lists.
    pub(super) fn check_selection(
        &self,
        directory: &ExportDirectory<'_>,
        unfinished: &UnfinishedExport,
    ) -> Result<(), ExportError> {
        if unfinished.format != self.format {
            return Err(directory.conflict(Conflict::ExportFormat { here: unfinished.format }));
        }
        if unfinished.selection != self.selection() {
            return Err(directory.conflict(Conflict::Selection { here: unfinished.selection.clone() }));
        }
        Ok(())
    }
}
