//! Converts the security schemes of Swagger 2.0.

use serde_yaml::{Mapping, Value as Yaml};

/// `type: basic` → `type: http, scheme: basic`; the flow of OAuth moves to `flows`.
pub(super) fn scheme(scheme: Yaml) -> Yaml {
    let Yaml::Mapping(mut entries) = scheme else { return scheme };
    match entries.get("type").and_then(Yaml::as_str) {
        Some("basic") => {
            entries.insert("type".into(), "http".into());
            entries.insert("scheme".into(), "basic".into());
        }
        Some("oauth2") => {
            let name = match entries.remove("flow").as_ref().and_then(Yaml::as_str) {
                Some("application") => "clientCredentials",
                Some("accessCode") => "authorizationCode",
                Some("password") => "password",
                _ => "implicit",
            };
            let parts = ["authorizationUrl", "tokenUrl", "scopes"];
            let mut flow: Mapping =
                parts.into_iter().filter_map(|key| Some((Yaml::from(key), entries.remove(key)?))).collect();
            flow.entry("scopes".into()).or_insert_with(|| Yaml::Mapping(Mapping::new()));
            let flows = [(Yaml::from(name), Yaml::Mapping(flow))];
            entries.insert("flows".into(), Yaml::Mapping(flows.into_iter().collect()));
        }
        _ => {}
    }
    Yaml::Mapping(entries)
}
