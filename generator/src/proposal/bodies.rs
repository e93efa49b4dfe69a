//! Proposes the envelope around success bodies.

use indexmap::IndexMap;
use openapiv3::OpenAPI;

use super::Setting;
use super::names::{plain, quoted};
use crate::document::operations;
use crate::kind::{Kind, kind_of};
use crate::lists::{object, success, target};

/// Plain names of the flag and of the data.
const FLAGS: [&str; 5] = ["success", "ok", "issuccess", "succeeded", "status"];
const DATA: [&str; 4] = ["data", "result", "payload", "response"];

pub(super) fn propose(openapi: &OpenAPI) -> Option<Setting> {
    let mut bodies = 0;
    let mut pairs: IndexMap<(String, String), usize> = IndexMap::new();
    for endpoint in operations(openapi) {
        let Some((_, schema)) = success(openapi, endpoint.operation) else { continue };
        bodies += 1;
        let body = target(openapi, schema);
        let Some(body) = object(openapi, &body) else { continue };
        let named = |names: &[&str]| body.properties.iter().find(|(name, _)| names.contains(&plain(name).as_str()));
        if let (Some((flag, schema)), Some((data, _))) = (named(&FLAGS), named(&DATA))
            && kind_of(&target(openapi, schema.clone().unbox())) == Kind::Boolean
            && [flag, data].iter().all(|name| body.required.contains(name))
        {
            *pairs.entry((flag.clone(), data.clone())).or_default() += 1;
        }
    }
    let ((flag, data), count) = pairs.into_iter().max_by_key(|(_, count)| *count)?;
    let toml = format!("[envelope]\nsuccess = {}\ndata = {}\n", quoted(&flag), quoted(&data));
    let reason = format!("{count} of {bodies} success bodies have the flag `{flag}` and the data in `{data}`.");
    // With an envelope, every success body has to have one.
    Some(Setting { is_sure: count == bodies, reason, toml })
}
