//! Upload sessions: slices in their order, and what is still missing.

use serde_json::json;

use crate::answer::Answer;
use crate::asked::Asked;
use crate::service::{Context, Service};
use crate::store::Upload;

/// Where slices go.
const UPLOAD: &str = "/upload/";

/// Begins a session.
pub(crate) fn begin(context: &Context<'_>) -> Answer {
    let mut store = context.service.store();
    store.uploads.push(Upload {
        path: context.asked.path.clone(),
        content: Vec::new(),
        total: None,
    });
    let url = format!("{}{UPLOAD}{}", context.service.origin, store.uploads.len());
    let session = json!({"uploadUrl": url, "expirationDateTime": "2099-01-01T00:00:00Z"});
    Answer::json(200, &session)
}

/// Takes a slice, or says what is missing; none if the request asks for something else.
pub(crate) fn answer(service: &Service, asked: &Asked) -> Option<Answer> {
    let number: usize = asked.path.strip_prefix(UPLOAD)?.parse().ok()?;
    if asked.header("authorization").is_some() {
        return Some(Answer::error(
            401,
            "Unauthorized",
            "The address is the secret; a token is not.",
        ));
    }
    let mut store = service.store();
    let Some(upload) = number
        .checked_sub(1)
        .and_then(|index| store.uploads.get_mut(index))
    else {
        return Some(Answer::not_found(&asked.path));
    };
    Some(match asked.method.as_str() {
        "GET" => missing(upload, 200),
        "PUT" => take(upload, asked),
        "DELETE" => {
            upload.content.clear();
            Answer::empty(204)
        }
        _ => Answer::error(405, "MethodNotAllowed", "Slices are put."),
    })
}

fn take(upload: &mut Upload, asked: &Asked) -> Answer {
    let Some((start, total)) = asked.header("content-range").and_then(range) else {
        return Answer::bad_request("There is no Content-Range that can be read.");
    };
    let end = start + asked.body.len();
    if start != upload.content.len() || end > total {
        return Answer::error(416, "invalidRange", "This slice is not the next one.");
    }
    upload.total = Some(total);
    upload.content.extend_from_slice(&asked.body);
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
