//! Comparison of built requests with documented ones.

use http::header::CONTENT_TYPE;
use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::{pairs, text};
use crate::RawRequest;

/// Headers that the transport adds.
const TRANSPORT_HEADERS: [&str; 4] = ["host", "authorization", "content-length", "connection"];

/// Returns the headers of an example that a caller has to set: not those that the transport adds, and `Content-Type` only if
/// the builder does not set it.
pub(super) fn caller_headers<'e>(
    built: &RawRequest,
    example: &'e Value,
) -> Vec<(&'e str, &'e str)> {
    let is_json = media_type(built) == "application/json";
    let is_empty = built.body().is_empty();
    pairs(example, "headers")
        .filter(|(name, _)| {
            let is_content_type = name.eq_ignore_ascii_case(CONTENT_TYPE.as_str());
            !TRANSPORT_HEADERS.contains(&name.to_ascii_lowercase().as_str())
                && !(is_content_type && (is_json || is_empty))
        })
        .collect()
}

/// Returns a message for each part of the request that differs from the documentation.
pub(super) fn compare(built: &RawRequest, key: &str, example: &Value) -> Vec<String> {
    let mut differences = Vec::new();
    let mut compare = |part: &str, built: String, documented: String| {
        if built != documented {
            differences.push(format!("{part} is {built}, documented is {documented}"));
        }
    };
    let method = key.split(' ').next().unwrap_or_default();
    compare("the method", built.method().to_string(), method.to_owned());
    let url = built.url();
    let relative_url = url.strip_prefix(built.client().base_url()).unwrap_or(&url);
    let (path, query) = relative_url.split_once('?').unwrap_or((relative_url, ""));
    compare(
        "the path",
        percent_decode(path),
        percent_decode(text(example, "path")),
    );
    let documented: Vec<_> = pairs(example, "query")
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    compare(
        "the query",
        format!("{:?}", query_options(query)),
        format!("{documented:?}"),
    );
    for (name, value) in caller_headers(built, example) {
        let set = built.headers().get(name);
        let set = set.map_or_else(String::new, |set| {
            String::from_utf8_lossy(set.as_bytes()).into_owned()
        });
        compare(&format!("the header `{name}`"), set, value.to_owned());
    }
    let content = String::from_utf8_lossy(built.body()).into_owned();
    match example.get("body") {
        Some(body) => compare("the body", normalize_json(&content), body.to_string()),
        None => compare("the body", content, text(example, "content").to_owned()),
    }
    let content_type = pairs(example, "headers")
        .find(|(name, _)| name.eq_ignore_ascii_case(CONTENT_TYPE.as_str()));
    if let Some((_, documented)) = content_type.filter(|_| !built.body().is_empty()) {
        compare(
            "the content type",
            media_type(built),
            without_parameters(documented),
        );
    }
    if let Err(error) = built.to_http() {
        differences.push(format!("the request cannot be sent: {error}"));
    }
    differences
}

/// Removes whitespace from JSON. Returns other text unchanged.
pub(super) fn normalize_json(json: &str) -> String {
    let value: Result<Value, _> = serde_json::from_str(json);
    value.map_or_else(|_| json.to_owned(), |value| value.to_string())
}

fn media_type(request: &RawRequest) -> String {
    let content_type = request.headers().get(CONTENT_TYPE);
    without_parameters(
        content_type
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default(),
    )
}

/// Returns the media type of a content type in lower case.
fn without_parameters(content_type: &str) -> String {
    let media_type = content_type.split(';').next().unwrap_or_default();
    media_type.trim().to_ascii_lowercase()
}

fn query_options(query: &str) -> Vec<(String, String)> {
    let options = query.split('&').filter(|option| !option.is_empty());
    options
        .map(|option| {
            let (name, value) = option.split_once('=').unwrap_or((option, ""));
            (percent_decode(name), percent_decode(value))
        })
        .collect()
}

fn percent_decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}
