//! Responses as the documentation shows them, read as their type and written again.

use http::{Response, StatusCode};
use serde_json::Value;

use super::{Echo, request, text};
use crate::{Bytes, Error};

/// Reads the response and writes it again. Fails if what comes out is not what went in.
pub(super) fn echo(
    read: fn(Response<Bytes>) -> Result<Echo, Error>,
    example: &Value,
) -> Result<Echo, String> {
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
        return Err("the status is no status".to_owned());
    };
    let mut response = Response::new(Bytes::from(content.clone()));
    *response.status_mut() = status;
    if status.is_client_error() || status.is_server_error() {
        return refusal(response, body);
    }
    // Some pages leave the content out.
    if body.is_none() && content.is_empty() {
        return Ok(Echo::empty());
    }
    let echo = read(response).map_err(|error| format!("the response cannot be read: {error}"))?;
    let written = String::from_utf8_lossy(&echo.content);
    let (written, documented) = match body {
        // An empty object is how some pages show that nothing comes.
        Some(Value::Object(members)) if members.is_empty() && written.is_empty() => {
            return Ok(echo);
        }
        Some(_) => (request::canonical(&written), content),
        None => (written.into_owned(), content),
    };
    if written == documented {
        Ok(echo)
    } else {
        Err(format!(
            "the response comes back as {written}, documented is {documented}"
        ))
    }
}

/// A response that reports a failure gives an error with its code.
fn refusal(response: Response<Bytes>, body: Option<&Value>) -> Result<Echo, String> {
    let documented = body.and_then(|body| body["error"]["code"].as_str());
    let error = Error::service(response);
    if documented.is_none() || error.code() == documented {
        return Ok(Echo {
            content: error.body().clone(),
            type_mismatches: Vec::new(),
        });
    }
    Err(format!(
        "the error has the code {:?}, documented is {documented:?}",
        error.code()
    ))
}
