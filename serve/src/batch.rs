//! `$batch`: several requests in one call. Requests that depend on a failed request are not performed.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Map, Value, json};

use crate::answer::Answer;
use crate::faults::Effect;
use crate::graph::Version;
use crate::received::ReceivedRequest;
use crate::service::Service;

/// The maximum number of requests in a batch.
const MAX_REQUESTS: usize = 20;

struct Part {
    id: String,
    received: ReceivedRequest,
    depends_on: Vec<String>,
}

pub(crate) fn answer(service: &Service, version: &Version, received: &ReceivedRequest) -> Answer {
    let parts = match parse_parts(version, received) {
        Ok(parts) => parts,
        Err(message) => return Answer::bad_request(message),
    };
    let mut statuses: BTreeMap<&str, u16> = BTreeMap::new();
    let mut responses = Vec::new();
    for part in &parts {
        let mut before = part.depends_on.iter().map(|id| statuses.get(id.as_str()));
        let is_ready =
            before.all(|status| status.is_some_and(|status| (200..300).contains(status)));
        let answer = match is_ready {
            true => perform(service, &part.received),
            false => Answer::error(
                424,
                "FailedDependency",
                "A request that this request depends on failed.",
            ),
        };
        statuses.insert(&part.id, answer.status);
        responses.push(to_json(&part.id, &answer));
    }
    // The order of responses is unspecified; reversing it catches clients that rely on it.
    responses.reverse();
    Answer::json(200, &json!({"responses": responses}))
}

fn perform(service: &Service, received: &ReceivedRequest) -> Answer {
    let faults = service.settings.faults.next_part();
    match faults.into_iter().find_map(Effect::in_place) {
        Some(answer) => answer,
        None => service.answer(received),
    }
}

fn parse_parts(version: &Version, received: &ReceivedRequest) -> Result<Vec<Part>, String> {
    let body: Value =
        serde_json::from_slice(&received.body).map_err(|_| "The body is not JSON.".to_owned())?;
    let requests = body.get("requests").and_then(Value::as_array);
    let requests = requests.ok_or("The property 'requests' is missing or not an array.")?;
    if requests.is_empty() || requests.len() > MAX_REQUESTS {
        return Err(format!(
            "A batch contains 1 to {MAX_REQUESTS} requests, not {}.",
            requests.len()
        ));
    }
    let mut parts: Vec<Part> = Vec::new();
    for request in requests {
        let part = parse_part(version, received, request)?;
        if parts.iter().any(|known| known.id == part.id) {
            return Err(format!("The id '{}' is not unique.", part.id));
        }
        let is_known = |id: &String| parts.iter().any(|known| known.id == *id);
        if let Some(id) = part.depends_on.iter().find(|id| !is_known(id)) {
            return Err(format!(
                "The request '{}' depends on '{id}', which does not precede it.",
                part.id
            ));
        }
        parts.push(part);
    }
    Ok(parts)
}

fn parse_part(version: &Version, batch: &ReceivedRequest, request: &Value) -> Result<Part, String> {
    let text = |name: &str| request.get(name).and_then(Value::as_str);
    let id = text("id").ok_or("A request has no id.")?;
    let (method, url) = text("method")
        .zip(text("url"))
        .ok_or_else(|| format!("The request '{id}' has no method or url."))?;
    let mut headers = HeaderMap::new();
    // Requests inherit the access token of the batch.
    if let Some(token) = batch.headers.get("authorization") {
        headers.insert("authorization", token.clone());
    }
    let given = request.get("headers").and_then(Value::as_object);
    for (name, value) in given.into_iter().flatten() {
        let name = HeaderName::try_from(name.as_str());
        let value = value.as_str().map(HeaderValue::from_str);
        if let (Ok(name), Some(Ok(value))) = (name, value) {
            headers.insert(name, value);
        }
    }
    // SDKs write the URL of a part with the version and even with the origin.
    let url = url.strip_prefix(&*batch.origin).unwrap_or(url);
    let own_version = format!("/{}/", version.api.version.name());
    let url = url.strip_prefix(&own_version).unwrap_or(url);
    let body = match request.get("body") {
        None => Vec::new(),
        Some(Value::String(encoded)) => STANDARD
            .decode(encoded)
            .unwrap_or_else(|_| encoded.clone().into_bytes()),
        Some(body) if headers.contains_key("content-type") => body.to_string().into_bytes(),
        Some(_) => {
            return Err(format!(
                "The request '{id}' has a body, but no content-type."
            ));
        }
    };
    let target = format!(
        "/{}/{}",
        version.api.version.name(),
        url.trim_start_matches('/')
    );
    let (path, query) = target.split_once('?').unzip();
    let depends_on = request.get("dependsOn").and_then(Value::as_array);
    let depends_on = depends_on.into_iter().flatten().filter_map(Value::as_str);
    Ok(Part {
        id: id.to_owned(),
        received: ReceivedRequest {
            method: method.to_ascii_uppercase(),
            path: path.unwrap_or(&target).to_owned(),
            query: query.map(str::to_owned),
            headers,
            body: body.into(),
            origin: batch.origin.clone(),
            is_internal: false,
        },
        depends_on: depends_on.map(str::to_owned).collect(),
    })
}

fn to_json(id: &str, answer: &Answer) -> Value {
    let headers: Map<String, Value> = answer
        .headers
        .iter()
        .map(|(name, value)| ((*name).to_owned(), json!(value)))
        .collect();
    let mut response = json!({"id": id, "status": answer.status, "headers": headers});
    if !answer.body.is_empty() {
        let is_json = answer
            .header("content-type")
            .is_some_and(|kind| kind.contains("json"));
        let read = is_json
            .then(|| serde_json::from_slice(&answer.body).ok())
            .flatten();
        response["body"] = read.unwrap_or_else(|| json!(STANDARD.encode(&answer.body)));
    }
    response
}
