//! Everything that is said while a test runs, through `tracing` and through `log`, as lines of text.

use std::cell::RefCell;
use std::fmt::{Debug, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, Once};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::Interest;
use tracing::{Event, Metadata, Subscriber, subscriber};

/// Runs something in this thread, and gives what it has said.
pub fn collect<T>(run: impl FnOnce() -> T) -> (T, Vec<Line>) {
    static LISTENING: Once = Once::new();
    LISTENING.call_once(|| {
        // Has everything asked for as long as the process runs: what nobody listens to the first time that it could be said
        // is not said to later listeners either, while they come and go in other threads.
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

/// Something that was said, and by which crate.
#[derive(Clone, Debug)]
pub struct Line {
    /// The crate and module that said it.
    pub target: String,
    /// What was said, with its level.
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

/// Wants to be asked about everything, and hears nothing.
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

/// Spans have the numbers of their making; what is said within one is indented.
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
        // Times differ from run to run.
        if field.name().ends_with("_ms") {
            write!(self.0, " {}=…", field.name()).expect("room for text");
        } else {
            write!(self.0, " {}={value:?}", field.name()).expect("room for text");
        }
    }
}
