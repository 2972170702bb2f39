//! Parses the response to a batch call.

use std::borrow::Cow;
use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{HeaderName, HeaderValue};
use http::{Response, StatusCode};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::part::is_json;

type Members<'a> = BTreeMap<Cow<'a, str>, &'a RawValue>;

/// Returns the responses with the ids of their requests, in any order, or `None` if the body cannot be parsed. A single response
/// that cannot be parsed is omitted.
pub(super) fn parse_responses(body: &[u8]) -> Option<Vec<(String, Response<Bytes>)>> {
    let members: Members<'_> = serde_json::from_slice(body).ok()?;
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
        *response.body_mut() = decode_body(body, is_json(response.headers()));
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

/// The body of a response: JSON as it was sent, or the bytes that a base64 text encodes.
fn decode_body(body: &RawValue, is_json: bool) -> Bytes {
    let json = body.get();
    if json == "null" {
        return Bytes::new();
    }
    match serde_json::from_str::<String>(json) {
        Ok(text) if !is_json => match STANDARD.decode(&text) {
            Ok(bytes) => bytes.into(),
            Err(_) => text.into(),
        },
        _ => Bytes::copy_from_slice(json.as_bytes()),
    }
}
