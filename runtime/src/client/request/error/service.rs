//! The error object in the body of an error response. Parsing it never fails: unknown forms give an error without a code.

use serde_json::Value;

/// The maximum depth of nested errors that are read.
const DEEPEST: usize = 16;

/// A nested error of the service. All its properties are text as the service wrote it, so a malformed date is no obstacle.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InnerError {
    code: Option<String>,
    message: Option<String>,
    target: Option<String>,
    request_id: Option<String>,
    date: Option<String>,
}

impl InnerError {
    /// The error code.
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// The message.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// The target of the error, such as the name of a property.
    pub fn target(&self) -> Option<&str> {
        self.target.as_deref()
    }

    /// The id of the request in the logs of the service.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// The time of the error, as the service formats it.
    pub fn date(&self) -> Option<&str> {
        self.date.as_deref()
    }
}

/// The parsed body of an error response.
#[derive(Default)]
pub(super) struct Read {
    pub(super) code: Option<String>,
    pub(super) message: String,
    pub(super) inner_errors: Vec<InnerError>,
}

/// Parses `{"error": {"code": …, "message": …, "innerError": …}}` and its variants.
pub(super) fn read(body: &[u8]) -> Read {
    let body: Value = serde_json::from_slice(crate::request::without_bom(body)).unwrap_or_default();
    read_value(&body)
}

fn read_value(body: &Value) -> Read {
    // Some services omit the envelope or capitalize its name.
    let error = ["error", "Error", "odata.error"]
        .iter()
        .find_map(|name| body.get(name));
    let error = error.unwrap_or(body);
    let message = text(error, &["message", "Message"])
        // The sign-in service has a code here, and the message in a property beside it.
        .or_else(|| text(body, &["error_description"]));
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

/// Parses the last `{"error": …}` of a body that is not JSON as a whole, if it has a code.
pub(super) fn parse_trailing(body: &[u8]) -> Option<Read> {
    const START: &[u8] = b"{\"error\"";
    let start = body.windows(START.len()).rposition(|part| part == START)?;
    let mut values = serde_json::Deserializer::from_slice(&body[start..]).into_iter::<Value>();
    let error = values.next()?.ok()?;
    let read = read_value(&error);
    read.code.is_some().then_some(read)
}

/// Collects the nested errors, from the outermost inwards.
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

/// The text of the first of these properties that exists; older services wrap it in `{"lang": …, "value": …}`.
fn text(value: &Value, names: &[&str]) -> Option<String> {
    let found = names.iter().find_map(|name| value.get(name))?;
    let found = found.get("value").unwrap_or(found);
    found.as_str().map(str::to_owned)
}
