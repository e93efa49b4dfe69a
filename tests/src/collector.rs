//! Collects all output of `tracing` and `log` during a test, as lines of text.

use std::cell::RefCell;
use std::fmt::{Debug, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, Once};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::Interest;
use tracing::{Event, Metadata, Subscriber, subscriber};

/// Runs a closure in this thread and returns its value and its log lines.
pub fn collect<T>(run: impl FnOnce() -> T) -> (T, Vec<Line>) {
    static LISTENING: Once = Once::new();
    LISTENING.call_once(|| {
        // Keeps every callsite enabled for the whole process. Without a global subscriber, a callsite that is first hit
        // without a listener stays disabled, while listeners come and go in other threads.
        subscriber::set_global_default(Quiet).expect("no other subscriber");
        log::set_logger(&Log).expect("no other logger");
        log::set_max_level(log::LevelFilter::Trace);
    });
    let collector = Collector::default();
    let lines = collector.lines.clone();
    LINES.replace(Some(lines.clone()));
    let result = subscriber::with_default(collector, run);
    LINES.replace(None);
    let lines = std::mem::take(&mut *lines.lock().expect("no panic elsewhere"));
    (result, lines)
}

/// A line of output.
#[derive(Clone, Debug)]
pub struct Line {
    /// The crate and module that logged it.
    pub target: String,
    /// The text with its level.
    pub text: String,
}

type Lines = Arc<Mutex<Vec<Line>>>;

fn add(lines: &Lines, target: &str, text: String) {
    lines.lock().expect("no panic elsewhere").push(Line { target: target.to_owned(), text });
}

thread_local! {
    static LINES: RefCell<Option<Lines>> = const { RefCell::new(None) };
}

struct Log;

impl log::Log for Log {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        LINES.with_borrow(|lines| {
            if let Some(lines) = lines {
                add(lines, record.target(), format!("{} log: {}", record.level(), record.args()));
            }
        });
    }

    fn flush(&self) {}
}

/// Enables every callsite and records nothing.
struct Quiet;

impl Subscriber for Quiet {
    fn register_callsite(&self, _: &'static Metadata<'static>) -> Interest {
        Interest::sometimes()
    }

    fn enabled(&self, _: &Metadata<'_>) -> bool {
        false
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, _: &Event<'_>) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// Records spans under numbers in the order of creation, and indents lines within a span.
#[derive(Default)]
struct Collector {
    lines: Lines,
    spans: AtomicU64,
    entered: AtomicU64,
    names: Mutex<Vec<&'static Metadata<'static>>>,
}

impl Collector {
    fn add(&self, metadata: &Metadata<'_>, what: &str, fields: &Fields) {
        let within = if self.entered.load(Ordering::SeqCst) > 0 { "  " } else { "" };
        add(&self.lines, metadata.target(), format!("{within}{} {what}{}", metadata.level(), fields.0));
    }
}

impl Subscriber for Collector {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut fields = Fields::default();
        span.record(&mut fields);
        self.names.lock().expect("no panic elsewhere").push(span.metadata());
        self.add(span.metadata(), &format!("span {}:", span.metadata().name()), &fields);
        Id::from_u64(self.spans.fetch_add(1, Ordering::SeqCst) + 1)
    }

    fn record(&self, id: &Id, values: &Record<'_>) {
        let mut fields = Fields::default();
        values.record(&mut fields);
        let index = usize::try_from(id.into_u64() - 1).expect("few spans");
        let metadata = self.names.lock().expect("no panic elsewhere")[index];
        self.add(metadata, &format!("record {}:", metadata.name()), &fields);
    }

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        self.add(event.metadata(), "event", &fields);
    }

    fn enter(&self, _: &Id) {
        self.entered.fetch_add(1, Ordering::SeqCst);
    }

    fn exit(&self, _: &Id) {
        self.entered.fetch_sub(1, Ordering::SeqCst);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
}

#[derive(Default)]
struct Fields(String);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        // Times differ between runs.
        if field.name().ends_with("_ms") {
            write!(self.0, " {}=…", field.name()).expect("room for text");
        } else {
            write!(self.0, " {}={value:?}", field.name()).expect("room for text");
        }
    }
}
