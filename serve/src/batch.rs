//! `$batch`: many requests in one call. What depends on a request that failed is not done.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Map, Value, json};

use crate::answer::Answer;
use crate::asked::Asked;
use crate::faults::Doing;
use crate::graph::Version;
use crate::service::Service;

/// The most requests of a call.
const MOST: usize = 20;

struct Part {
    id: String,
    asked: Asked,
    depends_on: Vec<String>,
}

pub(crate) fn answer(service: &Service, version: &Version, asked: &Asked) -> Answer {
    let parts = match read(version, asked) {
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
            true => perform(service, &part.asked),
            false => Answer::error(424, "FailedDependency", "What this depends on failed."),
        };
        statuses.insert(&part.id, answer.status);
        responses.push(written(&part.id, &answer));
    }
    // No order is promised, so none is kept.
    responses.reverse();
    Answer::json(200, &json!({"responses": responses}))
}

fn perform(service: &Service, asked: &Asked) -> Answer {
    let faults = service.settings.faults.next_part();
    match faults.into_iter().find_map(Doing::in_place) {
        Some(answer) => answer,
        None => service.answer(asked),
    }
}

fn read(version: &Version, asked: &Asked) -> Result<Vec<Part>, String> {
    let body: Value =
        serde_json::from_slice(&asked.body).map_err(|_| "The body is no JSON.".to_owned())?;
    let requests = body.get("requests").and_then(Value::as_array);
    let requests = requests.ok_or("There is no list of requests.")?;
    if requests.is_empty() || requests.len() > MOST {
        return Err(format!(
            "A batch takes 1 to {MOST} requests, not {}.",
            requests.len()
        ));
    }
    let mut parts: Vec<Part> = Vec::new();
    for request in requests {
        let part = read_part(version, asked, request)?;
        if parts.iter().any(|known| known.id == part.id) {
            return Err(format!("The id '{}' stands there twice.", part.id));
        }
        let is_known = |id: &String| parts.iter().any(|known| known.id == *id);
        if let Some(id) = part.depends_on.iter().find(|id| !is_known(id)) {
            return Err(format!(
                "'{}' depends on '{id}', which is not before it.",
                part.id
            ));
        }
        parts.push(part);
    }
    Ok(parts)
}

fn read_part(version: &Version, batch: &Asked, request: &Value) -> Result<Part, String> {
    let text = |name: &str| request.get(name).and_then(Value::as_str);
    let id = text("id").ok_or("A request has no id.")?;
    let (method, url) = text("method")
        .zip(text("url"))
        .ok_or_else(|| format!("The request '{id}' has no method or url."))?;
    let mut headers = HeaderMap::new();
    // The token of the call is that of its requests.
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
        asked: Asked {
            method: method.to_ascii_uppercase(),
            path: path.unwrap_or(&target).to_owned(),
            query: query.map(str::to_owned),
            headers,
            body: body.into(),
            is_own: false,
        },
        depends_on: depends_on.map(str::to_owned).collect(),
    })
}

fn written(id: &str, answer: &Answer) -> Value {
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
