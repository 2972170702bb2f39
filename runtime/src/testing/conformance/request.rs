//! Requests as they were built, held against those that the documentation shows.

use http::header::CONTENT_TYPE;
use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::{pairs, text};
use crate::RawRequest;

/// Headers that the transport adds.
const OF_TRANSPORT: [&str; 4] = ["host", "authorization", "content-length", "connection"];

/// The headers of an example that its caller would set: not those of the transport, and the kind of the content only where
/// the builder cannot know it.
pub(super) fn own_headers<'e>(built: &RawRequest, example: &'e Value) -> Vec<(&'e str, &'e str)> {
    let is_json = media_type(built) == "application/json";
    let is_empty = built.body().is_empty();
    pairs(example, "headers")
        .filter(|(name, _)| {
            let of_content = name.eq_ignore_ascii_case(CONTENT_TYPE.as_str());
            !OF_TRANSPORT.contains(&name.to_ascii_lowercase().as_str())
                && !(of_content && (is_json || is_empty))
        })
        .collect()
}

/// What is not as documented.
pub(super) fn faults(built: &RawRequest, key: &str, example: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    let mut compare = |what: &str, built: String, documented: String| {
        if built != documented {
            faults.push(format!("{what} is {built}, documented is {documented}"));
        }
    };
    let method = key.split(' ').next().unwrap_or_default();
    compare("the method", built.method().to_string(), method.to_owned());
    let url = built.url();
    let below = url.strip_prefix(built.client().base_url()).unwrap_or(&url);
    let (path, query) = below.split_once('?').unwrap_or((below, ""));
    compare("the path", decoded(path), decoded(text(example, "path")));
    let documented: Vec<_> = pairs(example, "query")
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    compare(
        "the query",
        format!("{:?}", options(query)),
        format!("{documented:?}"),
    );
    for (name, value) in own_headers(built, example) {
        let set = built.headers().get(name);
        let set = set.map_or_else(String::new, |set| {
            String::from_utf8_lossy(set.as_bytes()).into_owned()
        });
        compare(&format!("the header `{name}`"), set, value.to_owned());
    }
    let content = String::from_utf8_lossy(built.body()).into_owned();
    match example.get("body") {
        Some(body) => compare("the body", canonical(&content), body.to_string()),
        None => compare("the body", content, text(example, "content").to_owned()),
    }
    let of_content = pairs(example, "headers")
        .find(|(name, _)| name.eq_ignore_ascii_case(CONTENT_TYPE.as_str()));
    if let Some((_, kind)) = of_content.filter(|_| !built.body().is_empty()) {
        compare("the kind of the content", media_type(built), bare(kind));
    }
    if let Err(error) = built.to_http() {
        faults.push(format!("the request cannot be sent: {error}"));
    }
    faults
}

/// JSON without its white space; other text as it is.
pub(super) fn canonical(json: &str) -> String {
    let value: Result<Value, _> = serde_json::from_str(json);
    value.map_or_else(|_| json.to_owned(), |value| value.to_string())
}

fn media_type(request: &RawRequest) -> String {
    let kind = request.headers().get(CONTENT_TYPE);
    bare(kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default())
}

/// The kind of a content, without parameters.
fn bare(kind: &str) -> String {
    let kind = kind.split(';').next().unwrap_or_default();
    kind.trim().to_ascii_lowercase()
}

fn options(query: &str) -> Vec<(String, String)> {
    let options = query.split('&').filter(|option| !option.is_empty());
    options
        .map(|option| {
            let (name, value) = option.split_once('=').unwrap_or((option, ""));
            (decoded(name), decoded(value))
        })
        .collect()
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}
