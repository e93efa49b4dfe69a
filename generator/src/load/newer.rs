//! Converts documents of OpenAPI 3.1 and 3.2 to 3.0.

mod document;
mod methods;
pub(super) mod schema;
mod streams;

use std::ptr;

use serde_yaml::Value as Yaml;

use super::grammar::{self, Object, Versions, each_object};
use super::lost::Lost;

/// Converts a document in place.
pub(super) fn convert(document: &mut Yaml, version: Versions, lost: &mut Lost) {
    each_object(document, &grammar::DOCUMENT, version, &mut |object, value| {
        if ptr::eq(object, &raw const grammar::RESPONSE) {
            streams::describe_items(value);
        }
    });
    each_object(document, &grammar::DOCUMENT, version, &mut |object, value| {
        let is = |other: &'static Object| ptr::eq(object, other);
        if is(&grammar::SCHEMA) {
            schema::convert(value, lost);
        } else if is(&grammar::PARAMETER) {
            document::parameter(value, lost);
        } else if is(&grammar::MEDIA_TYPE) {
            document::media_type(value, lost);
        } else if is(&grammar::REQUEST_BODY) || is(&grammar::RESPONSE) {
            document::content(value);
        } else if is(&grammar::EXAMPLE) {
            document::example(value);
        } else if is(&grammar::OPERATION) {
            document::operation(value);
        } else if is(&grammar::PATH_ITEM) {
            document::without_whole_queries(value);
        } else if is(&grammar::PATHS) {
            methods::separate(value);
        } else if is(&grammar::DOCUMENT) {
            document::whole(value, lost);
        }
    });
}
