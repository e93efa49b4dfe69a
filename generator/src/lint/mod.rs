//! Rules that a document must keep.
use crate::Input;
use crate::config::Config;
use crate::load::Document;
use crate::source::Finding;
pub(crate) fn lint(_input: &Input, _document: &Document, _config: &Config) -> Vec<Finding> { Vec::new() }
