//! Round trips of documented responses.

use http::{Response, StatusCode};
use serde_json::Value;

use super::{RoundTrip, request, text};
use crate::{Bytes, Error};

/// Round-trips a documented response. Fails if the result differs from the documentation.
pub(super) fn check(
    round_trip: fn(Response<Bytes>) -> Result<RoundTrip, Error>,
    example: &Value,
) -> Result<RoundTrip, String> {
    let body = example.get("body");
    let content = match body {
        Some(body) => body.to_string(),
        None => text(example, "content").to_owned(),
    };
    let status = example["status"]
        .as_u64()
        .and_then(|status| u16::try_from(status).ok());
    let status = status.and_then(|status| StatusCode::from_u16(status).ok());
    let Some(status) = status else {
        return Err("the documented status code is invalid".to_owned());
    };
    let mut response = Response::new(Bytes::from(content.clone()));
    *response.status_mut() = status;
    if status.is_client_error() || status.is_server_error() {
        return check_error(response, body);
    }
    // Some pages omit the content.
    if body.is_none() && content.is_empty() {
        return Ok(RoundTrip::new(Bytes::new()));
    }
    let result = round_trip(response)
        .map_err(|error| format!("the response cannot be deserialized: {error}"))?;
    let written = String::from_utf8_lossy(&result.content);
    let (written, documented) = match body {
        // Some pages show an empty object where the response has no body.
        Some(Value::Object(members)) if members.is_empty() && written.is_empty() => {
            return Ok(result);
        }
        Some(_) => (request::normalize_json(&written), content),
        None => (written.into_owned(), content),
    };
    if written == documented {
        Ok(result)
    } else {
        Err(format!(
            "the response round-trips to {written}, documented is {documented}"
        ))
    }
}

/// Checks that an error response gives an error with the documented code.
fn check_error(response: Response<Bytes>, body: Option<&Value>) -> Result<RoundTrip, String> {
    let documented = body.and_then(|body| body["error"]["code"].as_str());
    let error = Error::service(response);
    if documented.is_none() || error.code() == documented {
        return Ok(RoundTrip::new(error.body().clone()));
    }
    Err(format!(
        "the error has the code {:?}, documented is {documented:?}",
        error.code()
    ))
}
