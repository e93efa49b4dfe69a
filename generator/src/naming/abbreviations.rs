//! Keeps abbreviations whole, which a conversion to snake case would split.

/// Spellings that are one word.
const WORDS: [(&str, &str); 4] = [("OAuth", "Oauth"), ("IPv4", "Ipv4"), ("IPv6", "Ipv6"), ("iOS", "Ios")];

/// Returns a name whose abbreviations are written like words: `FloatingIPs` as `FloatingIps`, `OAuth` as `Oauth`.
pub(super) fn as_words(text: &str) -> String {
    let text = WORDS.iter().fold(text.to_owned(), |text, (written, word)| replaced(&text, written, word));
    let letters: Vec<char> = text.chars().collect();
    let mut out = String::new();
    let mut rest = &letters[..];
    while let Some((first, others)) = rest.split_first() {
        let capitals = rest.iter().take_while(|letter| letter.is_uppercase()).count();
        if capitals >= 2 && is_plural(&rest[capitals..]) {
            out.push(*first);
            out.extend(rest[1..capitals].iter().flat_map(|letter| letter.to_lowercase()));
            rest = &rest[capitals..];
        } else {
            let whole = capitals.max(1);
            out.extend(&rest[..whole]);
            rest = &others[whole - 1..];
        }
    }
    out
}

/// Replaces a spelling that begins a word: `apiOSVersion` is about an API.
fn replaced(text: &str, written: &str, word: &str) -> String {
    let mut parts = text.split(written);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let is_inside = out.ends_with(char::is_lowercase) && written.starts_with(char::is_lowercase);
        out.extend([if is_inside { written } else { word }, part]);
    }
    out
}

/// Whether the `s` of a plural follows, and no other word that begins with it.
fn is_plural(rest: &[char]) -> bool {
    matches!(rest, ['s']) || matches!(rest, ['s', next, ..] if !next.is_lowercase())
}

#[cfg(test)]
mod tests {
    use super::super::{snake, upper_camel};

    #[test]
    fn abbreviations_are_one_word() {
        for (text, expected) in [
            ("FloatingIPs", "floating_ips"),
            ("VPCs", "vpcs"),
            ("listVPCsByID", "list_vpcs_by_id"),
            ("IDs", "ids"),
            ("all_IDs2", "all_ids2"),
            ("URLs-list", "urls_list"),
            ("DNSServer", "dns_server"),
            ("DNSserver", "dn_sserver"),
            ("OAuth2Client", "oauth2_client"),
            ("IPv4Address", "ipv4_address"),
            ("iOSDevice", "ios_device"),
            ("apiOSVersion", "api_os_version"),
            ("userOAuth", "user_oauth"),
            ("As", "as_"),
            ("HTTPStatus", "http_status"),
            ("simple", "simple"),
        ] {
            assert_eq!(snake(text), expected, "{text}");
        }
        assert_eq!(upper_camel("floating-IPs"), "FloatingIps");
    }
}
