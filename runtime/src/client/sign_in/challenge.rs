//! Parses claims challenges in `WWW-Authenticate`.

use base64::Engine;
use base64::alphabet;
use base64::engine::DecodePaddingMode;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use http::HeaderMap;
use http::header::WWW_AUTHENTICATE;

/// Returns the claims as JSON, or `None` if there are none that can be parsed.
pub(crate) fn claims(headers: &HeaderMap) -> Option<String> {
    let challenges = headers.get_all(WWW_AUTHENTICATE).iter();
    let mut texts = challenges.filter_map(|value| value.to_str().ok());
    texts.find_map(|text| {
        let encoded = parameter(text, "claims")?;
        let decoded = decode(&encoded)?;
        let json = String::from_utf8(decoded).ok()?;
        serde_json::from_str::<serde_json::Value>(&json)
            .ok()?
            .is_object()
            .then_some(json)
    })
}

fn decode(text: &str) -> Option<Vec<u8>> {
    let config =
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let alphabets = [&alphabet::STANDARD, &alphabet::URL_SAFE];
    let mut engines = alphabets
        .into_iter()
        .map(|alphabet| GeneralPurpose::new(alphabet, config));
    engines.find_map(|engine| engine.decode(text).ok())
}

/// Returns a parameter of any of the challenges: `Bearer realm="", claims="…"`, with or without quotes.
fn parameter(challenge: &str, name: &str) -> Option<String> {
    let mut rest = challenge;
    while !rest.is_empty() {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        let end = rest.find([' ', '\t', ',', '=']).unwrap_or(rest.len());
        let (word, behind) = rest.split_at(end);
        let Some(behind) = behind.strip_prefix('=') else {
            // The name of a scheme.
            rest = behind;
            continue;
        };
        let (value, behind) = value(behind);
        if word.eq_ignore_ascii_case(name) {
            return Some(value);
        }
        rest = behind;
    }
    None
}

/// Parses a value with or without quotes, and returns it with the rest of the text.
fn value(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([' ', '\t', ',']).unwrap_or(text.len());
        return (text[..end].to_owned(), &text[end..]);
    };
    let mut value = String::new();
    let mut characters = quoted.char_indices();
    while let Some((index, character)) = characters.next() {
        match character {
            '"' => return (value, &quoted[index + 1..]),
            '\\' => value.extend(characters.next().map(|(_, character)| character)),
            other => value.push(other),
        }
    }
    (value, "")
}

#[cfg(test)]
mod tests {
    use super::claims;

    fn check(challenge: &str, expected: Option<&str>) {
        let mut headers = http::HeaderMap::new();
        headers.append("www-authenticate", "Negotiate".parse().unwrap());
        headers.append("www-authenticate", challenge.parse().unwrap());
        assert_eq!(claims(&headers).as_deref(), expected, "{challenge}");
    }

    #[test]
    fn parses_claims_challenges() {
        let json = Some(r#"{"a":"?>"}"#);
        check(r#"Bearer realm="", claims="eyJhIjoiPz4ifQ==""#, json);
        check(
            r#"Bearer error="insufficient_claims",claims="eyJhIjoiPz4ifQ""#,
            json,
        );
        check("bearer Claims=eyJhIjoiPz4ifQ==, x=y", json);
        check(
            r#"PoP x="a\", claims=\"b", Bearer claims="eyJhIjoiPz4ifQ==""#,
            json,
        );
    }

    #[test]
    fn odd_challenges_hold_none() {
        for odd in [
            "",
            "Bearer",
            "claims",
            "claims=",
            "claims=\"",
            "Bearer claims=\"\\",
            "Bearer claims=\"!!!\"",
            "Bearer claims=\"W10=\"",
            "Bearer claims=\"/w==\"",
            ",,,==,\"",
            "Bearer xclaims=\"eyJhIjoiPz4ifQ==\"",
            "Bearer x=\"claims=eyJhIjoiPz4ifQ==\"",
        ] {
            check(odd, None);
        }
    }
}
