//! What can go wrong with a request.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode};
use serde_json::Value;

use super::TransportError;

/// How much of a body an error keeps.
const KEPT: usize = 64 * 1024;

/// Why a request failed, with what the service said about it.
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: ErrorKind,
    message: String,
    code: Option<String>,
    status: Option<StatusCode>,
    headers: HeaderMap,
    body: Bytes,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// Where a request failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Before it was sent: a header, a key or the address is not allowed.
    InvalidRequest,
    /// On its way, or that of the response.
    Transport,
    /// The service refused it.
    Service,
    /// It succeeded, but its content is not what the documentation promises.
    Content,
}

impl Error {
    /// Where it failed.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The status of the response, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// The service's code for the error, such as `Request_ResourceNotFound`.
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// What the service, or whatever else failed, says about it.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// The id of the request in the service's logs.
    pub fn request_id(&self) -> Option<&str> {
        self.0.headers.get("request-id")?.to_str().ok()
    }

    /// The body of the response, cut at 64 KiB.
    pub fn body(&self) -> &Bytes {
        &self.0.body
    }

    pub(crate) fn invalid_request(message: String) -> Self {
        Self::new(ErrorKind::InvalidRequest, message, None)
    }

    pub(crate) fn transport(error: TransportError) -> Self {
        Self::new(ErrorKind::Transport, error.to_string(), Some(error.into()))
    }

    /// A response that reports no success. Its body is `{"error": {"code": …, "message": …}}` if all is well.
    pub(crate) fn service(response: Response<Bytes>) -> Self {
        let body: Value = serde_json::from_slice(response.body()).unwrap_or_default();
        // Some services leave the envelope out, some write the name in upper case.
        let error = ["error", "Error"].iter().find_map(|name| body.get(name));
        let error = error.unwrap_or(&body);
        let text = |names: [&str; 2]| {
            let value = names.iter().find_map(|name| error.get(name));
            value.and_then(Value::as_str).map(str::to_owned)
        };
        let message = text(["message", "Message"])
            // The sign-in service has a code here, and its text beside it.
            .or_else(|| Some(body.get("error_description")?.as_str()?.to_owned()));
        let code = text(["code", "Code"]).or_else(|| error.as_str().map(str::to_owned));
        let mut made = Self::new(ErrorKind::Service, message.unwrap_or_default(), None);
        made.0.code = code;
        made.with_response(response)
    }

    /// A response whose content cannot be read.
    pub(crate) fn content(
        response: Response<Bytes>,
        error: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        let error = error.into();
        Self::new(ErrorKind::Content, error.to_string(), Some(error)).with_response(response)
    }

    fn new(
        kind: ErrorKind,
        message: String,
        source: Option<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        Self(Box::new(Inner {
            kind,
            message,
            code: None,
            status: None,
            headers: HeaderMap::new(),
            body: Bytes::new(),
            source,
        }))
    }

    fn with_response(mut self, response: Response<Bytes>) -> Self {
        let (parts, body) = response.into_parts();
        self.0.status = Some(parts.status);
        self.0.headers = parts.headers;
        self.0.body = if body.len() > KEPT {
            // A copy, so that the error does not hold all of it.
            Bytes::copy_from_slice(&body[..KEPT])
        } else {
            body
        };
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.kind {
            ErrorKind::InvalidRequest => f.write_str("the request is not valid")?,
            ErrorKind::Transport => f.write_str("the request did not get through")?,
            ErrorKind::Service => f.write_str("the service refused the request")?,
            ErrorKind::Content => f.write_str("the response cannot be read")?,
        }
        if let Some(status) = self.0.status {
            write!(f, " ({status})")?;
        }
        if let Some(code) = &self.0.code {
            write!(f, ": {code}")?;
        }
        if !self.0.message.is_empty() {
            write!(f, ": {}", self.0.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        let source: &(dyn std::error::Error + 'static) = self.0.source.as_deref()?;
        Some(source)
    }
}
