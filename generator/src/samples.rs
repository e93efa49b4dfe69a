//! Classifies sample files by operation and kind.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::source::Source;

mod documented;

/// The directory of the samples of webhooks.
pub(crate) const WEBHOOKS: &str = "webhooks";

/// A sample file, classified by its name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sample<'a> {
    pub(crate) source: &'a Source,
    /// The operation, or the event of a webhook.
    pub(crate) of: &'a str,
    pub(crate) kind: SampleKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum SampleKind {
    /// A documented success body.
    Response,
    /// A success body beyond the documentation, which clients still deserialize.
    Tolerated,
    /// A request body.
    Request,
    /// A request body that breaks a documented rule.
    Rejected,
    /// An error body.
    Error,
    /// The body of a webhook.
    Webhook,
}

/// The documented request bodies and success bodies by operation, and webhook bodies by event.
#[derive(Debug, Default)]
pub(crate) struct Samples {
    requests: BTreeMap<String, Vec<Value>>,
    bodies: BTreeMap<String, Vec<Value>>,
    events: BTreeMap<String, Value>,
    /// The operations with bodies from the document, which the mock server may not accept.
    documented: BTreeSet<String>,
}

impl Samples {
    /// Reads all valid samples; the linter reports the others.
    pub(crate) fn read(sources: &[Source]) -> Self {
        let mut samples = Self::default();
        for sample in sources.iter().filter_map(|source| classify(source).ok()) {
            let Ok(body) = serde_json::from_str(&sample.source.text) else { continue };
            let bodies = match sample.kind {
                SampleKind::Request => samples.requests.entry(sample.of.to_owned()).or_default(),
                SampleKind::Response => samples.bodies.entry(sample.of.to_owned()).or_default(),
                SampleKind::Webhook => {
                    samples.events.insert(sample.of.to_owned(), body);
                    continue;
                }
                SampleKind::Tolerated | SampleKind::Rejected | SampleKind::Error => continue,
            };
            let is_typical = sample.source.name.rsplit('/').next().is_some_and(|file| file.starts_with("typical."));
            bodies.insert(if is_typical { 0 } else { bodies.len() }, body);
        }
        samples
    }

    /// Whether all bodies of an operation are from files.
    pub(crate) fn is_from_files(&self, operation: &str) -> bool {
        !self.documented.contains(operation)
    }

    /// Returns the body of an event.
    pub(crate) fn event(&self, event: &str) -> Option<&Value> {
        self.events.get(event)
    }

    /// Returns the request bodies of an operation: `typical` first, then the others in the order of their files.
    pub(crate) fn requests(&self, operation: &str) -> &[Value] {
        self.requests.get(operation).map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns the success bodies of an operation: `typical` first, then the others in the order of their files.
    pub(crate) fn bodies(&self, operation: &str) -> &[Value] {
        self.bodies.get(operation).map(Vec::as_slice).unwrap_or_default()
    }
}

impl SampleKind {
    /// The kinds of operation samples, as in file names.
    const NAMES: [(&'static str, Self); 5] = [
        ("response", Self::Response),
        ("tolerated", Self::Tolerated),
        ("request", Self::Request),
        ("rejected", Self::Rejected),
        ("error", Self::Error),
    ];
}

/// Reads `…/<operation>/<name>.<kind>.json` or `…/webhooks/<event>.json`. The error describes the problem with the
/// name.
pub(crate) fn classify(source: &Source) -> Result<Sample<'_>, &'static str> {
    let mut steps = source.name.rsplit('/');
    let (Some(file), Some(directory)) = (steps.next(), steps.next()) else {
        return Err("a sample lies in a directory named after its operation");
    };
    let Some(stem) = file.strip_suffix(".json") else { return Err("a sample's name ends in .json") };
    if directory == WEBHOOKS {
        return Ok(Sample { source, of: stem, kind: SampleKind::Webhook });
    }
    let kind = stem.rsplit_once('.').and_then(|(_, kind)| SampleKind::NAMES.iter().find(|(name, _)| *name == kind));
    match kind {
        Some((_, kind)) => Ok(Sample { source, of: directory, kind: *kind }),
        None => {
            Err("a sample is named <name>.<kind>.json, where kind is response, tolerated, request, rejected or error")
        }
    }
}
