//! Parses the response to a batch call.

use std::borrow::Cow;
use std::collections::BTreeMap;

use base64::Engine;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http::{Response, StatusCode};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::part::is_json;
use crate::request::without_bom;

type Members<'a> = BTreeMap<Cow<'a, str>, &'a RawValue>;

/// Returns the responses with the ids of their requests, in any order, or `None` if the body cannot be parsed. A single response
/// that cannot be parsed is omitted.
pub(super) fn parse_responses(body: &[u8]) -> Option<Vec<(String, Response<Bytes>)>> {
    let members: Members<'_> = serde_json::from_slice(without_bom(body)).ok()?;
    let responses: Vec<&RawValue> = serde_json::from_str(members.get("responses")?.get()).ok()?;
    Some(responses.into_iter().filter_map(parse_response).collect())
}

fn parse_response(json: &RawValue) -> Option<(String, Response<Bytes>)> {
    let members: Members<'_> = serde_json::from_str(json.get()).ok()?;
    let value = |name: &str| -> Option<Value> {
        let member = members.get(name)?;
        serde_json::from_str(member.get()).ok()
    };
    let id = match value("id")? {
        Value::String(id) => id,
        other => other.to_string(),
    };
    let status = value("status")?;
    let status = status.as_u64().or_else(|| status.as_str()?.parse().ok())?;
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = StatusCode::from_u16(u16::try_from(status).ok()?).ok()?;
    if let Some(Value::Object(headers)) = value("headers") {
        add_headers(&mut response, headers);
    }
    if let Some(body) = members.get("body") {
        *response.body_mut() = decode_body(body, &response);
    }
    Some((id, response))
}

fn add_headers(response: &mut Response<Bytes>, headers: Map<String, Value>) {
    for (name, value) in headers {
        let value = match value {
            Value::String(text) => text,
            other => other.to_string(),
        };
        let name = HeaderName::from_bytes(name.as_bytes());
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(&value)) {
            response.headers_mut().insert(name, value);
        }
    }
}

/// Decodes base64 and base64url, padded or not; `+` and `/` are replaced first.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// The body of a response: JSON as it was sent, plain text, or the bytes that a base64 text encodes.
fn decode_body(body: &RawValue, response: &Response<Bytes>) -> Bytes {
    let json = body.get();
    if json == "null" {
        return Bytes::new();
    }
    let unchanged = || Bytes::copy_from_slice(json.as_bytes());
    let Ok(text) = serde_json::from_str::<String>(json) else {
        return unchanged();
    };
    let kind = response.headers().get(CONTENT_TYPE);
    if kind.is_some_and(|kind| kind.as_bytes().to_ascii_lowercase().starts_with(b"text/")) {
        return text.into();
    }
    let decoded = BASE64.decode(text.replace('+', "-").replace('/', "_"));
    if !is_json(response.headers()) {
        return decoded.map_or_else(|_| text.into(), Bytes::from);
    }
    // Some services encode objects although the content type is JSON.
    let is_object = |bytes: &Vec<u8>| serde_json::from_slice::<Members<'_>>(bytes).is_ok();
    decoded
        .ok()
        .filter(is_object)
        .map_or_else(unchanged, Bytes::from)
}

#[cfg(test)]
mod tests {
    use super::parse_responses;

    fn check(kind: &str, body: &str, expected: &[u8]) {
        let json = format!(
            r#"{{"responses":[{{"id":"1","status":200,"headers":{{"Content-Type":"{kind}"}},"body":{body}}}]}}"#
        );
        let responses = parse_responses(json.as_bytes()).unwrap();
        assert_eq!(responses[0].1.body(), expected, "{kind} {body}");
    }

    #[test]
    fn decodes_bodies_by_content_type() {
        check("application/json", r#"{"a": 1.10}"#, br#"{"a": 1.10}"#);
        check("application/json", r#""eyJhIjoxfQ==""#, br#"{"a":1}"#);
        check("application/json", r#""text""#, br#""text""#);
        check("text/plain", r#""text""#, b"text");
        check("Text/CSV; charset=utf-8", r#""AP8=""#, b"AP8=");
        for encoded in ["-_8=", "-_8", "+/8=", "+/8"] {
            check("image/jpeg", &format!("\"{encoded}\""), &[251, 255]);
        }
        check("image/jpeg", r#""no base64""#, b"no base64");
    }

    #[test]
    fn ignores_a_byte_order_mark() {
        assert!(parse_responses("\u{feff}{\"responses\":[]}".as_bytes()).is_some());
    }
}
