//! Turns webhooks into the variants of one enumeration, each with its payload.

use super::context::Context;
use crate::document::WEBHOOKS;
use crate::model::{Docs, Webhook, Webhooks};
use crate::naming::{Names, upper_camel};
use crate::samples::Samples;
use crate::source::join;

pub(super) fn build(context: &Context<'_>, samples: &Samples) -> Option<Webhooks> {
    let config = context.config.webhooks.as_ref()?;
    let mut events: Vec<Webhook> = Vec::new();
    let mut names = Names::of(["Unknown"]);
    for (event, operation) in context.webhooks {
        let Some(payload) = context.payload(operation) else { continue };
        events.push(Webhook {
            variant: names.unused(&upper_camel(event)),
            pointer: join(&join("", WEBHOOKS), event),
            docs: Docs { summary: operation.summary.clone(), description: operation.description.clone() },
            deprecated: operation.deprecated,
            payload,
            sample: samples.event(event).map(ToString::to_string),
            event: event.clone(),
        });
    }
    let some = Webhooks { name: config.r#type.clone(), data: config.data.clone(), events };
    Some(some).filter(|webhooks| !webhooks.events.is_empty())
}
