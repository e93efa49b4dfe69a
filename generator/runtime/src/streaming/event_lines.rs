//! Splits a stream of events into events, as the HTML standard describes (section 9.2.6).

use std::time::Duration;

/// An event as it was sent.
#[derive(Debug, PartialEq)]
pub(super) struct RawEvent {
    /// The id of the event, or the id of the last event that had one; empty if there is none.
    pub(super) id: String,
    pub(super) has_own_id: bool,
    /// Empty if the event has no name.
    pub(super) name: String,
    pub(super) data: String,
}

/// The state between two chunks.
#[derive(Default)]
pub(super) struct EventLines {
    line: Vec<u8>,
    /// Whether the last character was a carriage return, which may be half of a line end.
    after_return: bool,
    has_begun: bool,
    id: String,
    has_own_id: bool,
    name: String,
    /// `None` if the event has no data so far.
    data: Option<Vec<u8>>,
    /// The time to wait before the next connection, if the server set it.
    pub(super) retry: Option<Duration>,
}

/// An event is larger than the limit.
#[derive(Debug, PartialEq)]
pub(super) struct TooLarge;

impl EventLines {
    /// Returns the state for another connection: the event that was not complete is forgotten.
    pub(super) fn reconnected(self) -> Self {
        Self { id: self.id, retry: self.retry, ..Self::default() }
    }

    /// Reads a chunk, and passes each complete event on.
    pub(super) fn read(&mut self, chunk: &[u8], limit: usize, mut found: impl FnMut(RawEvent)) -> Result<(), TooLarge> {
        for byte in chunk {
            let is_second_half = *byte == b'\n' && self.after_return;
            self.after_return = *byte == b'\r';
            match byte {
                b'\n' if is_second_half => {}
                b'\r' | b'\n' => {
                    let line = std::mem::take(&mut self.line);
                    if let Some(event) = self.end_of(&line) {
                        found(event);
                    }
                }
                _ if self.line.len() + self.data.as_ref().map_or(0, Vec::len) >= limit => return Err(TooLarge),
                _ => self.line.push(*byte),
            }
        }
        Ok(())
    }

    /// Reads a line, and returns the event that an empty line ends.
    fn end_of(&mut self, line: &[u8]) -> Option<RawEvent> {
        const MARK: &[u8] = "\u{feff}".as_bytes();
        let line = if self.has_begun { line } else { line.strip_prefix(MARK).unwrap_or(line) };
        self.has_begun = true;
        if line.is_empty() {
            let (name, has_own_id) = (std::mem::take(&mut self.name), std::mem::take(&mut self.has_own_id));
            let data = String::from_utf8_lossy(&self.data.take()?).into_owned();
            return Some(RawEvent { id: self.id.clone(), has_own_id, name, data });
        }
        let colon = line.iter().position(|byte| *byte == b':').unwrap_or(line.len());
        let (field, value) = line.split_at(colon);
        let value = value.get(1..).unwrap_or_default();
        let value = value.strip_prefix(b" ").unwrap_or(value);
        match field {
            b"data" => match &mut self.data {
                Some(data) => {
                    data.push(b'\n');
                    data.extend_from_slice(value);
                }
                None => self.data = Some(value.to_owned()),
            },
            b"event" => self.name = String::from_utf8_lossy(value).into_owned(),
            b"id" if !value.contains(&0) => {
                self.id = String::from_utf8_lossy(value).into_owned();
                self.has_own_id = true;
            }
            b"retry" if value.iter().all(u8::is_ascii_digit) => {
                self.retry =
                    std::str::from_utf8(value).ok().and_then(|value| value.parse().ok()).map(Duration::from_millis);
            }
            _ => {}
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a text in chunks of this size.
    fn events(text: &str, size: usize) -> Vec<(String, String, String)> {
        let mut lines = EventLines::default();
        let mut events = Vec::new();
        for chunk in text.as_bytes().chunks(size) {
            let found = |event: RawEvent| events.push((event.id, event.name, event.data));
            lines.read(chunk, 100, found).expect("events within the limit");
        }
        events
    }

    #[test]
    fn events_of_the_standard() {
        let rows: [(&str, &[[&str; 3]]); 16] = [
            ("data: a\n\n", &[["", "", "a"]]),
            ("data:a\r\n\r\ndata: b\r\r", &[["", "", "a"], ["", "", "b"]]),
            ("data: a\ndata:  b\ndata\n\n", &[["", "", "a\n b\n"]]),
            ("event: add\ndata: a\nid: 1\n\ndata: b\n\n", &[["1", "add", "a"], ["1", "", "b"]]),
            ("id: 1\n\ndata: a\n\n", &[["1", "", "a"]]),
            ("id: 1\ndata: a\nid\n\n", &[["", "", "a"]]),
            ("id: 1\0\ndata: a\n\n", &[["", "", "a"]]),
            (": comment\n\n:\n\ndata: a\n\n", &[["", "", "a"]]),
            ("data\n\n", &[["", "", ""]]),
            ("event: add\n\ndata: a\n\n", &[["", "", "a"]]),
            ("data: a\n\ndata: b", &[["", "", "a"]]),
            ("data: a\n", &[]),
            ("\u{feff}data: a\n\n", &[["", "", "a"]]),
            ("other: x\ndata: é\u{1f600}\n\n", &[["", "", "é\u{1f600}"]]),
            ("data: a:b\n\n", &[["", "", "a:b"]]),
            (" data: a\n\n", &[]),
        ];
        for (text, expected) in rows {
            let expected: Vec<_> = expected.iter().map(|event| event.map(str::to_owned).into()).collect();
            for size in [1, 2, 3, 100] {
                assert_eq!(events(text, size), expected, "{text:?} in chunks of {size}");
            }
        }
    }

    #[test]
    fn the_time_before_a_connection() {
        let mut lines = EventLines::default();
        for (text, expected) in [("retry: 20\n", Some(20)), ("retry: 1s\n", Some(20)), ("retry\n", None)] {
            lines.read(text.as_bytes(), 100, |_| {}).unwrap();
            assert_eq!(lines.retry, expected.map(Duration::from_millis), "{text}");
        }
    }

    #[test]
    fn what_a_connection_leaves_to_the_next() {
        let mut lines = EventLines::default();
        let mut events = Vec::new();
        lines.read(b"id: 1\nretry: 5\ndata: a\n\nid: 2\ndata: b\r", 100, |event| events.push(event.data)).unwrap();
        let mut lines = lines.reconnected();
        assert_eq!(lines.retry, Some(Duration::from_millis(5)));
        lines.read("\n\u{feff}data: c\n\n".as_bytes(), 100, |event| events.push(event.data)).unwrap();
        assert_eq!(events, ["a"], "a mark is at the beginning only");
    }

    #[test]
    fn an_event_without_an_end() {
        let mut lines = EventLines::default();
        assert_eq!(lines.read(&[b'a'; 100], 100, |_| {}), Ok(()));
        assert_eq!(lines.read(b"a", 100, |_| {}), Err(TooLarge));
        let mut lines = EventLines::default();
        let endless = "data: abcdefghi\n".repeat(12);
        assert_eq!(lines.read(endless.as_bytes(), 100, |_| {}), Err(TooLarge));
    }
}
