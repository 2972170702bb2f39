//! What a server answers.

use bytes::Bytes;
use serde_json::{Value, json};

/// An answer, before anything goes wrong with it.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Bytes,
}

impl Answer {
    pub(crate) fn empty(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: Bytes::new(),
        }
    }

    pub(crate) fn json(status: u16, body: &Value) -> Self {
        let kind = "application/json;odata.metadata=minimal;charset=utf-8";
        Self::bytes(status, kind, body.to_string().into())
    }

    pub(crate) fn bytes(status: u16, kind: &str, body: Bytes) -> Self {
        Self {
            status,
            headers: vec![("content-type", kind.to_owned())],
            body,
        }
    }

    /// An error in Graph's form; the ids are put in on the way out.
    pub(crate) fn error(status: u16, code: &str, message: impl Into<String>) -> Self {
        let error = json!({"error": {"code": code, "message": message.into(), "innerError": {}}});
        Self::json(status, &error)
    }

    pub(crate) fn bad_request(message: impl Into<String>) -> Self {
        Self::error(400, "BadRequest", message)
    }

    pub(crate) fn not_found(what: &str) -> Self {
        let message = format!("Resource '{what}' does not exist.");
        Self::error(404, "ResourceNotFound", message)
    }

    pub(crate) fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.retain(|(known, _)| *known != name);
        self.headers.push((name, value.into()));
        self
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// With the ids of the request, in the headers, and in the body of an error.
    pub(crate) fn with_ids(mut self, request_id: &str, client_request_id: Option<&str>) -> Self {
        let client_request_id = client_request_id.unwrap_or(request_id);
        if self.status >= 400
            && let Ok(mut body) = serde_json::from_slice::<Value>(&self.body)
            && let Some(inner) = body.pointer_mut("/error/innerError")
        {
            *inner = json!({"request-id": request_id, "client-request-id": client_request_id});
            self.body = body.to_string().into();
        }
        self.with_header("request-id", request_id)
            .with_header("client-request-id", client_request_id)
    }
}
