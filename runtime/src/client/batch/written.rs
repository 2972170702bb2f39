//! Serializes the body of a batch call.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::{AUTHORIZATION, CONTENT_LENGTH, COOKIE, HeaderMap};
use serde_json::{Map, Value};

use super::part::Part;

/// Appends a request to the JSON array. `after` are its dependencies within the same call.
pub(super) fn write(text: &mut String, index: usize, part: &Part, after: &[usize]) {
    text.push_str(if text.is_empty() {
        "{\"requests\":["
    } else {
        ","
    });
    text.push_str("{\"id\":");
    text.push_str(&quoted(&id(index)));
    text.push_str(",\"method\":");
    text.push_str(&quoted(part.method.as_str()));
    // Percent-encoded as it is: the service decodes it once.
    text.push_str(",\"url\":");
    text.push_str(&quoted(&part.url));
    let headers = headers(&part.headers);
    if !headers.is_empty() {
        text.push_str(",\"headers\":");
        text.push_str(&Value::Object(headers).to_string());
    }
    if !part.body.is_empty() {
        text.push_str(",\"body\":");
        match std::str::from_utf8(&part.body) {
            // Copied as it is, so that no digit changes.
            Ok(json) if part.is_json() => text.push_str(json),
            _ => text.push_str(&quoted(&STANDARD.encode(&part.body))),
        }
    }
    if !after.is_empty() {
        let ids: Vec<String> = after.iter().map(|index| quoted(&id(*index))).collect();
        text.push_str(&format!(",\"dependsOn\":[{}]", ids.join(",")));
    }
    text.push('}');
}

/// The id of a request.
pub(super) fn id(index: usize) -> String {
    (index + 1).to_string()
}

/// The headers as a JSON object; the values of repeated headers are joined.
fn headers(headers: &HeaderMap) -> Map<String, Value> {
    let kept =
        |name: &&http::HeaderName| !matches!(**name, AUTHORIZATION | COOKIE | CONTENT_LENGTH);
    let written = headers.keys().filter(kept).map(|name| {
        let values = headers.get_all(name).iter();
        let values: Vec<&str> = values.filter_map(|value| value.to_str().ok()).collect();
        (name.as_str().to_owned(), Value::from(values.join(", ")))
    });
    written.collect()
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}
