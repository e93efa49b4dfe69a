//! Formats amounts with their currency.

/// Formats an amount with the decimals of its currency, followed by the currency.
pub(crate) fn money(amount: &str, currency: Option<&str>) -> String {
    let Some(currency) = currency.filter(|currency| !currency.is_empty()) else { return amount.to_owned() };
    let Some(code) = iso_code(currency) else { return format!("{amount} {currency}") };
    let zeros = decimals(amount).map_or(0, |decimals| minor_units(&code).saturating_sub(decimals));
    let point = if zeros > 0 && !amount.contains('.') { "." } else { "" };
    format!("{amount}{point}{} {code}", "0".repeat(zeros))
}

/// Returns the ISO 4217 code. Some APIs write it in lower case.
fn iso_code(currency: &str) -> Option<String> {
    let is_code = currency.len() == 3 && currency.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_code.then(|| currency.to_ascii_uppercase())
}

/// Returns the number of decimals of the smallest unit, by ISO 4217.
fn minor_units(code: &str) -> usize {
    match code {
        "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX" | "UYI" | "VND"
        | "VUV" | "XAF" | "XOF" | "XPF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        "CLF" | "UYW" => 4,
        _ => 2,
    }
}

/// Returns the number of decimals of a plain number.
fn decimals(amount: &str) -> Option<usize> {
    let digits = amount.strip_prefix('-').unwrap_or(amount);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    (!whole.is_empty() && is_number(whole) && is_number(fraction)).then_some(fraction.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_padded_and_never_cut() {
        for (amount, currency, expected) in [
            ("49", Some("usd"), "49.00 USD"),
            ("9.8", Some("EUR"), "9.80 EUR"),
            ("-0.5", Some("eur"), "-0.50 EUR"),
            ("9.805", Some("usd"), "9.805 USD"),
            ("12345678901234567.89", Some("usd"), "12345678901234567.89 USD"),
            ("1200", Some("jpy"), "1200 JPY"),
            ("1200.0", Some("jpy"), "1200.0 JPY"),
            ("1.5", Some("kwd"), "1.500 KWD"),
            ("5", Some("points"), "5 points"),
            ("5", Some("é€"), "5 é€"),
            ("5.1", None, "5.1"),
            ("5", Some(""), "5"),
            ("n/a", Some("usd"), "n/a USD"),
            ("", Some("usd"), " USD"),
        ] {
            assert_eq!(money(amount, currency), expected);
        }
    }
}
