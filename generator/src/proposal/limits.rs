//! Proposes a rate limit that the description of the document mentions.

use openapiv3::OpenAPI;

use super::Setting;

/// Units of time, in seconds.
const UNITS: [(&str, u64); 4] = [("second", 1), ("minute", 60), ("hour", 3600), ("day", 86_400)];
/// The maximum number of words between `requests` and the unit.
const NEAR: usize = 3;

pub(super) fn propose(openapi: &OpenAPI) -> Option<Setting> {
    let description = openapi.info.description.as_deref()?;
    let (requests, seconds, quote) = limit(description)?;
    let reason = format!("The description says \"{quote}\". The client can keep to it:");
    Some(Setting::unsure(reason, format!("[rate_limit]\nrequests = {requests}\nwindow_seconds = {seconds}\n")))
}

/// Finds `120 requests per minute`, and similar words. Returns the numbers and the words.
fn limit(text: &str) -> Option<(u32, u64, String)> {
    let words: Vec<&str> = text.split(|character: char| character.is_whitespace() || character == '/').collect();
    let plain = |word: &str| word.trim_matches(|character: char| !character.is_alphanumeric()).to_lowercase();
    for (at, word) in words.iter().enumerate() {
        let is_count = |word: &&&str| matches!(plain(word).as_str(), "requests" | "request" | "calls");
        let Ok(requests) = plain(word).replace([',', '\''], "").parse::<u32>() else { continue };
        let Some(counted) = words.iter().skip(at + 1).take(2).position(|word| is_count(&word)) else { continue };
        let after = words.iter().enumerate().skip(at + 2 + counted).take(NEAR);
        let mut units = after.filter_map(|(index, word)| {
            let word = plain(word);
            let (_, seconds) = UNITS.iter().find(|(unit, _)| word == *unit || word == format!("{unit}s"))?;
            Some((index, *seconds))
        });
        if let Some((end, seconds)) = units.next()
            && requests > 0
        {
            let quote = words[at..=end].iter().filter(|word| !word.is_empty()).copied().collect::<Vec<_>>().join(" ");
            return Some((requests, seconds, quote.replace('"', "'")));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::limit;

    #[test]
    fn limits_in_descriptions() {
        for (text, expected) in [
            ("At most 1,200 requests per minute.", Some((1200, 60))),
            ("limited to **10 API requests** per second", Some((10, 1))),
            ("5000 requests/hour", Some((5000, 3600))),
            ("100 calls in every 2 days", None),
            ("100 calls a day", Some((100, 86_400))),
            ("0 requests per day", None),
            ("version 3 requests a key; wait a minute", None),
            ("", None),
        ] {
            assert_eq!(limit(text).map(|(requests, seconds, _)| (requests, seconds)), expected, "{text}");
        }
    }
}
