//! Prints received events.

use std::io::{self, Write};

use clientsmith_runtime::mock::spec::MockSpec;
use jiff::Timestamp;

use super::error::WebhookError;
use crate::json::RawObject;
use crate::output::{Formatter, OutputFormat, Style, View, cut, escape_line, print_value};
use crate::program::Webhooks;

/// The maximum width of an unknown event's name.
const MAX_NAME: usize = 64;

pub(super) struct Printer<'a> {
    webhooks: &'a Webhooks,
    style: Style,
    formatter: Formatter,
    /// The view for the data of each known event.
    views: Vec<(&'static str, View)>,
    /// The view for everything else.
    any: View,
}

impl<'a> Printer<'a> {
    pub(super) fn new(webhooks: &'a Webhooks, spec: &'static MockSpec, style: &Style) -> Result<Self, WebhookError> {
        if style.format == OutputFormat::Csv {
            return Err(WebhookError::usage("CSV cannot hold events of several types: use `jsonl`"));
        }
        let views =
            webhooks.payloads.iter().map(|(event, kind)| Ok((*event, View::new(style.clone(), spec, Some(*kind))?)));
        Ok(Self {
            webhooks,
            formatter: Formatter::new(style.zone),
            views: views.collect::<Result<_, WebhookError>>()?,
            any: View::new(style.clone(), spec, None)?,
            style: style.clone(),
        })
    }

    /// Prints an event. A body that is not an event is only reported on standard error.
    pub(super) fn event(&self, at: Timestamp, body: &[u8], out: &mut dyn Write, err: &mut dyn Write) -> io::Result<()> {
        let text = std::str::from_utf8(body).map_err(|_| "the event is not UTF-8".to_owned());
        let event = text.and_then(|text| Ok((text, (self.webhooks.read)(body).map_err(|error| error.to_string())?)));
        match event {
            Ok((text, event)) if self.style.format == OutputFormat::Table => self.spec(at, &event, text, out),
            Ok((text, _)) => print_value(&self.any, text, out).map(drop),
            Err(reason) => {
                self.problem(at, &reason, err);
                Ok(())
            }
        }
    }

    /// Reports a problem. If standard error cannot be written, the problem is lost.
    pub(super) fn problem(&self, at: Timestamp, reason: &str, err: &mut dyn Write) {
        let _ = writeln!(err, "{}  {}", self.formatter.with_seconds(at), escape_line(reason));
    }

    fn spec(&self, at: Timestamp, event: &str, text: &str, out: &mut dyn Write) -> io::Result<()> {
        let time = self.formatter.with_seconds(at);
        let name = cut(&escape_line(event), MAX_NAME);
        let heading = self.style.bold(&format!("{time}  {name}"));
        let data = RawObject::parse(text).and_then(|body| body.get(self.webhooks.data));
        let view = self.views.iter().find(|(known, _)| *known == event).map(|(_, view)| view);
        if let (Some(view), Some(data)) = (view, data) {
            writeln!(out, "{heading}")?;
            print_value(view, data.get(), out)?;
        } else {
            writeln!(out, "{heading} (unknown to this version)")?;
            print_value(&self.any, text, out)?;
        }
        writeln!(out)?;
        out.flush()
    }
}
