//! Upload sessions: accept consecutive ranges and report the missing ones.

use serde_json::json;

use crate::answer::Answer;
use crate::received::ReceivedRequest;
use crate::service::{Context, Service};
use crate::store::Upload;

/// The path prefix of upload URLs.
const UPLOAD: &str = "/upload/";

/// Creates an upload session.
pub(crate) fn begin(context: &Context<'_>) -> Answer {
    let mut store = context.service.store();
    store.uploads.push(Upload {
        path: context.received.path.clone(),
        content: Vec::new(),
        total: None,
    });
    let url = format!("{}{UPLOAD}{}", context.service.origin, store.uploads.len());
    let session = json!({"uploadUrl": url, "expirationDateTime": "2099-01-01T00:00:00Z"});
    Answer::json(200, &session)
}

/// Accepts a range or reports the missing ranges. Returns `None` if the request is not for an upload URL.
pub(crate) fn answer(service: &Service, received: &ReceivedRequest) -> Option<Answer> {
    let number: usize = received.path.strip_prefix(UPLOAD)?.parse().ok()?;
    if received.header("authorization").is_some() {
        return Some(Answer::error(
            401,
            "Unauthorized",
            "Requests to an upload URL must not contain an access token.",
        ));
    }
    let mut store = service.store();
    let Some(upload) = number
        .checked_sub(1)
        .and_then(|index| store.uploads.get_mut(index))
    else {
        return Some(Answer::not_found(&received.path));
    };
    Some(match received.method.as_str() {
        "GET" => missing(upload, 200),
        "PUT" => take(upload, received),
        "DELETE" => {
            upload.content.clear();
            Answer::empty(204)
        }
        _ => Answer::error(
            405,
            "MethodNotAllowed",
            "Upload URLs accept GET, PUT and DELETE.",
        ),
    })
}

fn take(upload: &mut Upload, received: &ReceivedRequest) -> Answer {
    let Some((start, total)) = received.header("content-range").and_then(range) else {
        return Answer::bad_request("The Content-Range header is missing or malformed.");
    };
    let end = start + received.body.len();
    if start != upload.content.len() || end > total {
        return Answer::error(
            416,
            "invalidRange",
            "The range is not the next expected range.",
        );
    }
    upload.total = Some(total);
    upload.content.extend_from_slice(&received.body);
    if end == total {
        let item = json!({"id": upload.path, "size": total});
        return Answer::json(201, &item);
    }
    missing(upload, 202)
}

fn missing(upload: &Upload, status: u16) -> Answer {
    let next = upload.content.len();
    let ranges = match upload.total {
        Some(total) if next == total => json!([]),
        Some(total) => json!([format!("{next}-{}", total - 1)]),
        None => json!([format!("{next}-")]),
    };
    Answer::json(status, &json!({"nextExpectedRanges": ranges}))
}

/// `bytes 0-9/100` → 0 and 100.
fn range(header: &str) -> Option<(usize, usize)> {
    let (range, total) = header.strip_prefix("bytes ")?.split_once('/')?;
    let (start, _) = range.split_once('-')?;
    Some((start.parse().ok()?, total.parse().ok()?))
}
