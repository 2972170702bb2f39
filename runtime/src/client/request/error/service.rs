//! The error that the service writes, read from whatever it wrote: reading cannot fail.

use serde_json::Value;

/// How many errors inside of errors are read.
const DEEPEST: usize = 16;

/// An error inside the service's error. All in it is text, as it was written: no odd date makes it unreadable.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InnerError {
    code: Option<String>,
    message: Option<String>,
    target: Option<String>,
    request_id: Option<String>,
    date: Option<String>,
}

impl InnerError {
    /// Its code.
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// Its message.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// What it is about.
    pub fn target(&self) -> Option<&str> {
        self.target.as_deref()
    }

    /// The id of the request in the service's logs.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// When it happened.
    pub fn date(&self) -> Option<&str> {
        self.date.as_deref()
    }
}

/// What the body of an error says.
#[derive(Default)]
pub(super) struct Read {
    pub(super) code: Option<String>,
    pub(super) message: String,
    pub(super) inner_errors: Vec<InnerError>,
}

/// Reads `{"error": {"code": …, "message": …, "innerError": …}}`, and whatever resembles it.
pub(super) fn read(body: &[u8]) -> Read {
    // Some put a byte order mark in front.
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    // Some services leave the envelope out, some write the name in upper case.
    let error = ["error", "Error", "odata.error"]
        .iter()
        .find_map(|name| body.get(name));
    let error = error.unwrap_or(&body);
    let message = text(error, &["message", "Message"])
        // The sign-in service has a code here, and its text beside it.
        .or_else(|| text(&body, &["error_description"]));
    let mut inner_errors = Vec::new();
    chain(error, &mut inner_errors);
    let details = error.get("details").and_then(Value::as_array);
    let details = details.into_iter().flatten().take(DEEPEST);
    inner_errors.extend(details.map(inner_error));
    Read {
        code: text(error, &["code", "Code"]).or_else(|| error.as_str().map(str::to_owned)),
        message: message.unwrap_or_default(),
        inner_errors,
    }
}

/// The errors inside an error, from the outermost on.
fn chain(error: &Value, found: &mut Vec<InnerError>) {
    let mut error = error;
    let names = ["innerError", "innererror", "InnerError", "inner_error"];
    while let Some(inner) = names.iter().find_map(|name| error.get(name)) {
        if !inner.is_object() || found.len() == DEEPEST {
            return;
        }
        found.push(inner_error(inner));
        error = inner;
    }
}

fn inner_error(value: &Value) -> InnerError {
    InnerError {
        code: text(value, &["code", "Code"]),
        message: text(value, &["message", "Message"]),
        target: text(value, &["target"]),
        request_id: text(value, &["request-id", "requestId"]),
        date: text(value, &["date"]),
    }
}

/// The text that one of these names has; older services wrap it in `{"lang": …, "value": …}`.
fn text(value: &Value, names: &[&str]) -> Option<String> {
    let found = names.iter().find_map(|name| value.get(name))?;
    let found = found.get("value").unwrap_or(found);
    found.as_str().map(str::to_owned)
}
