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

    /// An error 404 with the code of the workload that the path belongs to.
    pub(crate) fn not_found(path: &str, what: &str) -> Self {
        let workload = Workload::of_path(path);
        let message = match workload {
            Workload::Directory => format!(
                "Resource '{what}' does not exist or one of its queried reference-property objects are not present."
            ),
            Workload::Mail => "The specified object was not found in the store.".to_owned(),
            Workload::Files => "The resource could not be found.".to_owned(),
            Workload::Other => format!("Resource '{what}' does not exist."),
        };
        let code = match workload {
            Workload::Directory => "Request_ResourceNotFound",
            Workload::Mail => "ErrorItemNotFound",
            Workload::Files => "itemNotFound",
            Workload::Other => "ResourceNotFound",
        };
        Self::error(404, code, message)
    }

    /// An error 400 about the body of a request, with the code of the workload that the path belongs to.
    pub(crate) fn bad_body(path: &str, message: impl Into<String>) -> Self {
        let code = match Workload::of_path(path) {
            Workload::Directory => "Request_BadRequest",
            Workload::Mail => "ErrorInvalidRequest",
            Workload::Files => "invalidRequest",
            Workload::Other => "BadRequest",
        };
        Self::error(400, code, message)
    }

    /// An error 409 with the code of the workload that the path belongs to.
    pub(crate) fn conflict(path: &str, message: &str) -> Self {
        match Workload::of_path(path) {
            // The directory reports duplicates as invalid requests.
            Workload::Directory => Self::error(400, "Request_BadRequest", message),
            Workload::Files => Self::error(409, "nameAlreadyExists", message),
            Workload::Mail | Workload::Other => Self::error(409, "Conflict", message),
        }
    }

    /// An error 405 with the methods that are allowed.
    pub(crate) fn method_not_allowed(methods: &[&str]) -> Self {
        let message = format!(
            "The method is not allowed; the allowed methods are {}.",
            methods.join(", ")
        );
        Self::error(405, "MethodNotAllowed", message).with_header("allow", methods.join(", "))
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
            let now = jiff::Timestamp::now()
                .strftime("%Y-%m-%dT%H:%M:%S")
                .to_string();
            *inner = json!({
                "date": now, "request-id": request_id, "client-request-id": client_request_id,
            });
            self.body = body.to_string().into();
        }
        self.with_header("request-id", request_id)
            .with_header("client-request-id", client_request_id)
    }
}

/// The parts of the service that have error codes of their own.
#[derive(Clone, Copy)]
enum Workload {
    Directory,
    Mail,
    Files,
    Other,
}

impl Workload {
    fn of_path(path: &str) -> Self {
        let names = path.split(['/', '(']).filter(|name| !name.is_empty());
        let names: Vec<String> = names.skip(1).map(str::to_ascii_lowercase).collect();
        let has = |wanted: &[&str]| names.iter().any(|name| wanted.contains(&name.as_str()));
        if has(&["drive", "drives", "shares"]) {
            Self::Files
        } else if has(&[
            "messages",
            "mailfolders",
            "events",
            "calendars",
            "contacts",
            "calendar",
        ]) {
            Self::Mail
        } else if names
            .first()
            .is_some_and(|root| DIRECTORY.contains(&root.as_str()))
        {
            Self::Directory
        } else {
            Self::Other
        }
    }
}

/// The first segments of the paths of directory objects.
const DIRECTORY: [&str; 14] = [
    "administrativeunits",
    "applications",
    "contacts",
    "contracts",
    "devices",
    "directory",
    "directoryobjects",
    "directoryroles",
    "domains",
    "groups",
    "me",
    "organization",
    "serviceprincipals",
    "users",
];
