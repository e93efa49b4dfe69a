//! Decides whether a stream of events continues after its connection has ended, and which events are new.

use std::collections::VecDeque;

use super::event_lines::RawEvent;

/// The number of ids to remember.
const MEMORY: usize = 1024;

/// The ids of a stream, and the state of its connection.
pub(super) struct Resumption {
    /// Whether the request may be sent again.
    is_safe: bool,
    /// The id of the last event. Without an id of its own, the stream cannot continue after exactly this event.
    last: Option<String>,
    /// The ids of the first event, and of recent ones.
    known: VecDeque<String>,
    connection: Connection,
    has_new_events: bool,
    /// The number of connections in a row without a new event.
    attempts: u32,
}

enum Connection {
    /// A later connection without events so far.
    Resumed,
    /// The server sends known events again.
    Behind,
    /// All events are new.
    Current,
}

impl Resumption {
    pub(super) fn new(is_safe: bool) -> Self {
        let connection = Connection::Current;
        Self { is_safe, last: None, known: VecDeque::new(), connection, has_new_events: false, attempts: 0 }
    }

    /// Whether an event has not been yielded before. A server that ignores `Last-Event-ID` sends all events again, so
    /// events up to the last known one are skipped.
    pub(super) fn is_new(&mut self, RawEvent { id, has_own_id, .. }: &RawEvent) -> bool {
        if matches!(self.connection, Connection::Resumed) {
            let is_known = *has_own_id && self.known.contains(id);
            self.connection = if is_known { Connection::Behind } else { Connection::Current };
        }
        if matches!(self.connection, Connection::Behind) {
            if self.known.back() == Some(id) {
                self.connection = Connection::Current;
            }
            return false;
        }
        self.last = has_own_id.then(|| id.clone());
        if *has_own_id {
            // The first id stays: a server that begins again begins with it.
            if self.known.len() == MEMORY {
                self.known.remove(1);
            }
            self.known.push_back(id.clone());
        }
        self.has_new_events = true;
        true
    }

    /// The id after which the stream continues, if it can continue.
    pub(super) fn id(&self) -> Option<&str> {
        self.last.as_deref().filter(|id| self.is_safe && !id.is_empty())
    }

    /// Returns the number of the next attempt after a connection has ended; `None` if there is none.
    pub(super) fn ended(&mut self, is_broken: bool, max_retries: u32) -> Option<u32> {
        let has_new_events = std::mem::take(&mut self.has_new_events);
        self.attempts = if has_new_events { 1 } else { self.attempts + 1 };
        self.connection = Connection::Resumed;
        // A complete response without new events is the end.
        let is_over = !is_broken && !has_new_events;
        (!is_over && self.attempts <= max_retries).then_some(self.attempts)
    }
}
