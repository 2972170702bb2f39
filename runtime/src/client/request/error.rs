//! The error type of requests.

mod service;
#[cfg(test)]
mod tests;

use std::fmt;
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, Response, StatusCode};

use super::response::{unexpected_content, without_bom};
use super::{AccountType, Grant, Operation, TransportError};
use crate::hosts::{AddressError, DisallowedHost};
use crate::pipeline::retry_after;
use crate::sign_in::TokenError;
pub use service::InnerError;

/// The number of bytes of a response body that an error keeps.
const MAX_BODY: usize = 64 * 1024;

/// The number of bytes at the end of a longer body that an error keeps.
const MAX_BODY_END: usize = 16 * 1024;

type Source = Box<dyn std::error::Error + Send + Sync>;

/// The error of a failed request, with all that the response says about it. Neither `Display` nor `Debug` prints headers, JSON
/// bodies or URLs, as they may contain personal data and secrets. Of a body that is not JSON, such as the page of a proxy, the
/// message contains the first 200 bytes. `Display` contains the texts of the causes; [`get_ref`](Self::get_ref) returns them.
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    message: String,
    code: Option<String>,
    inner_errors: Vec<InnerError>,
    status: Option<StatusCode>,
    headers: HeaderMap,
    body: Bytes,
    body_end: Bytes,
    client_request_id: Option<String>,
    retry_after: Option<Duration>,
    tries: u32,
    operation: Option<&'static Operation>,
    source: Option<Source>,
    /// Whether the response is probably not from the service: its body is not JSON, such as the HTML page of a proxy.
    is_foreign: bool,
}

/// The stage at which a request failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The request is invalid: a header, key or URL is not allowed. It was not sent.
    InvalidRequest,
    /// No access token could be obtained.
    SignIn,
    /// The service returned a URL that cannot be parsed, or whose host is not allowed. No request was sent to it.
    DisallowedHost,
    /// The request or the response could not be transmitted.
    Transport,
    /// The service returned an error status.
    Service,
    /// The request succeeded, but the content of the response is not what the documentation states.
    Content,
    /// The response exceeds the size or nesting limits of the client.
    Limit,
    /// The service redirected without end, or returned a next link that leads to a page already read.
    LoopDetected,
}

impl Error {
    /// The stage at which the request failed.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The status of the response, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// The error code of the service, such as `Request_ResourceNotFound`.
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// The message of the service, or of the failure that prevented a response.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The nested errors of the service, the outermost first. Each is more specific than the one before.
    pub fn inner_errors(&self) -> &[InnerError] {
        &self.0.inner_errors
    }

    /// The headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// The id of the request in the logs of the service.
    pub fn request_id(&self) -> Option<&str> {
        let stated = self.0.inner_errors.iter().find_map(InnerError::request_id);
        self.header("request-id").or(stated)
    }

    /// The id that the client assigned to the call; all its tries share it.
    pub fn client_request_id(&self) -> Option<&str> {
        let given = self.0.client_request_id.as_deref();
        given.or_else(|| self.header("client-request-id"))
    }

    /// The time of the error, as the service formats it.
    pub fn date(&self) -> Option<&str> {
        let stated = self.0.inner_errors.iter().find_map(InnerError::date);
        stated.or_else(|| self.header("date"))
    }

    /// The `x-ms-ags-diagnostic` header, which names the servers that processed the request.
    pub fn diagnostic(&self) -> Option<&str> {
        self.header("x-ms-ags-diagnostic")
    }

    /// The delay that the service requests before the next try, counted from the response.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// The number of times the request was sent.
    pub fn tries(&self) -> u32 {
        self.0.tries
    }

    /// The documented operation of the request.
    pub fn operation(&self) -> Option<&'static Operation> {
        self.0.operation
    }

    /// The URL of the documentation page of the operation.
    pub fn page(&self) -> Option<&'static str> {
        let page = self.0.operation.map(|operation| operation.page);
        page.filter(|page| !page.is_empty())
    }

    /// The body of the response, truncated to 64 KiB.
    pub fn body(&self) -> &Bytes {
        &self.0.body
    }

    /// The last 16 KiB of a body that is longer than 64 KiB, and empty otherwise.
    pub fn body_end(&self) -> &Bytes {
        &self.0.body_end
    }

    /// The error that caused this one, such as a [`TransportError`]. Its text is part of that of this error.
    pub fn get_ref(&self) -> Option<&(dyn std::error::Error + Send + Sync + 'static)> {
        self.0.source.as_deref()
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.0.headers.get(name)?.to_str().ok()
    }

    pub(crate) fn invalid_request(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::InvalidRequest, message.into(), None)
    }

    /// Includes all causes, as the outermost error often says only that something failed.
    pub(crate) fn transport(error: TransportError) -> Self {
        let mut message = error.to_string();
        let mut cause = std::error::Error::source(&error);
        while let Some(error) = cause {
            let text = error.to_string();
            if !message.contains(&text) {
                message.push_str(": ");
                message.push_str(&text);
            }
            cause = error.source();
        }
        Self::new(ErrorKind::Transport, message, Some(error.into()))
    }

    /// A URL from the service has a host that is not allowed; `what` names the kind of URL.
    pub(crate) fn disallowed_host(what: &str, error: DisallowedHost) -> Self {
        let message =
            format!("the {what} returned by the service has a host that is not allowed: {error}");
        Self::new(ErrorKind::DisallowedHost, message, Some(error.into()))
    }

    /// A URL from the service cannot be parsed; `what` names the kind of URL.
    pub(crate) fn invalid_address(what: &str, error: &AddressError) -> Self {
        Self::new(
            ErrorKind::DisallowedHost,
            format!("the {what} returned by the service is invalid: {error}"),
            None,
        )
    }

    pub(crate) fn sign_in(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::SignIn, message.into(), None)
    }

    pub(crate) fn token(error: TokenError) -> Self {
        let code = error.code().map(str::to_owned);
        Self::new(ErrorKind::SignIn, error.to_string(), Some(error.into())).with_code(code)
    }

    pub(crate) fn loop_detected(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::LoopDetected, message.into(), None)
    }

    pub(crate) fn limit(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Limit, message.into(), None)
    }

    /// A response with an error status.
    pub(crate) fn service(response: Response<Bytes>) -> Self {
        let read = service::read(response.body());
        let mut error = Self::new(ErrorKind::Service, read.message, None);
        error.0.code = read.code;
        error.0.inner_errors = read.inner_errors;
        if let Some(message) = foreign_message(&response) {
            error.0.message = message;
            error.0.is_foreign = true;
        }
        error.with_response(response)
    }

    /// A successful response whose content cannot be read. If the service failed while it wrote the content, the body ends with
    /// an error object, whose code and message are those of the error.
    pub(crate) fn content(response: Response<Bytes>, error: impl Into<Source>) -> Self {
        let error = error.into();
        let mut content = Self::new(ErrorKind::Content, error.to_string(), Some(error));
        if let Some(read) = service::parse_trailing(end_of(response.body())) {
            content.0.message = read.message;
            content.0.code = read.code;
            content.0.inner_errors = read.inner_errors;
        }
        content.with_response(response)
    }

    pub(crate) fn new(kind: ErrorKind, message: String, source: Option<Source>) -> Self {
        Self(Box::new(Inner {
            kind,
            message,
            code: None,
            inner_errors: Vec::new(),
            status: None,
            headers: HeaderMap::new(),
            body: Bytes::new(),
            body_end: Bytes::new(),
            client_request_id: None,
            retry_after: None,
            tries: 0,
            operation: None,
            source,
            is_foreign: false,
        }))
    }

    pub(crate) fn with_response(mut self, response: Response<Bytes>) -> Self {
        let (parts, body) = response.into_parts();
        self.0.status = Some(parts.status);
        self.0.headers = parts.headers;
        if let Some(sent) = parts.extensions.get::<SentCall>() {
            self.0.tries = sent.tries;
            self.0.client_request_id = Some(sent.client_request_id.clone());
        }
        if body.len() > MAX_BODY {
            self.0.body_end = Bytes::copy_from_slice(end_of(&body));
        }
        self.0.body = if body.len() > MAX_BODY {
            // Copies the beginning, so that the error does not keep the whole body alive.
            Bytes::copy_from_slice(&body[..MAX_BODY])
        } else {
            body
        };
        if self.0.retry_after.is_none() {
            self.0.retry_after = retry_after(&self.0.headers, SystemTime::now());
        }
        self
    }

    pub(crate) fn with_code(mut self, code: Option<String>) -> Self {
        self.0.code = code;
        self
    }

    pub(crate) fn with_retry_after(mut self, wait: Option<Duration>) -> Self {
        self.0.retry_after = wait;
        self
    }

    /// Adds the operation, id and number of tries of the call.
    pub(crate) fn with_call(
        mut self,
        operation: Option<&'static Operation>,
        client_request_id: Option<&str>,
        tries: u32,
    ) -> Self {
        self.0.operation = operation;
        self.0.client_request_id = client_request_id.map(str::to_owned);
        self.0.tries = tries;
        self
    }

    /// Clones the error without its source, which cannot be cloned.
    pub(crate) fn clone_without_source(&self) -> Self {
        let inner = &self.0;
        Self(Box::new(Inner {
            kind: inner.kind,
            message: inner.message.clone(),
            code: inner.code.clone(),
            inner_errors: inner.inner_errors.clone(),
            status: inner.status,
            headers: inner.headers.clone(),
            body: inner.body.clone(),
            body_end: inner.body_end.clone(),
            client_request_id: inner.client_request_id.clone(),
            retry_after: inner.retry_after,
            tries: inner.tries,
            operation: inner.operation,
            source: None,
            is_foreign: inner.is_foreign,
        }))
    }

    pub(crate) fn with_operation(mut self, operation: &'static Operation) -> Self {
        self.0.operation.get_or_insert(operation);
        self
    }
}

/// The end of a body.
fn end_of(body: &[u8]) -> &[u8] {
    &body[body.len().saturating_sub(MAX_BODY_END)..]
}

/// How a call was sent: the extension of its response, for the errors that are found later.
#[derive(Clone, Debug)]
pub(crate) struct SentCall {
    pub(crate) tries: u32,
    pub(crate) client_request_id: String,
}

/// The message for an error response that is not JSON, or `None` if it is JSON or has no content.
fn foreign_message(response: &Response<Bytes>) -> Option<String> {
    let kind = response.headers().get(CONTENT_TYPE)?.to_str().ok()?;
    let body = response.body();
    let is_json = kind.contains("json")
        || serde_json::from_slice::<serde::de::IgnoredAny>(without_bom(body)).is_ok();
    if is_json || body.is_empty() {
        return None;
    }
    let content = unexpected_content(kind, body);
    Some(format!("the response may be from a proxy: {content}"))
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0.kind {
            ErrorKind::InvalidRequest => "the request is not valid",
            ErrorKind::SignIn => "sign-in failed",
            ErrorKind::DisallowedHost => "the request was not sent",
            ErrorKind::Transport => "the request or its response was not transmitted",
            ErrorKind::Service => "the service returned an error",
            ErrorKind::Content => "the response cannot be read",
            ErrorKind::Limit => "the response exceeds the limits",
            ErrorKind::LoopDetected => "loop detected",
        })?;
        if let Some(status) = self.0.status {
            write!(f, " ({status})")?;
        }
        if let Some(code) = &self.0.code {
            write!(f, ": {code}")?;
        }
        if !self.0.message.is_empty() {
            write!(f, ": {}", self.0.message)?;
        }
        if self.0.status == Some(StatusCode::FORBIDDEN) && !self.0.is_foreign {
            self.write_permissions(f)?;
        }
        Ok(())
    }
}

impl Error {
    /// Writes the documented permissions, one line per account type.
    fn write_permissions(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(operation) = self.0.operation else {
            return Ok(());
        };
        let permissions = &operation.permissions;
        let alternatives = |grant: Grant| {
            let sets: Vec<String> = grant.sets().map(|set| set.to_string()).collect();
            match sets.is_empty() {
                true => grant.to_string(),
                false => sets.join(", or "),
            }
        };
        for account in AccountType::ALL {
            let grant = permissions.grant(account);
            if grant.is_stated() && grant != Grant::CONDITIONAL {
                write!(f, "\n  {account}: {}", alternatives(grant))?;
            }
            for conditional in permissions.conditional_for(account) {
                let condition = conditional.condition;
                let permissions = alternatives(conditional.grant);
                write!(f, "\n  {account}, {condition}: {permissions}")?;
            }
        }
        let roles: Vec<&str> = permissions.roles().collect();
        if !roles.is_empty() {
            write!(
                f,
                "\n  and the signed-in user needs one of these roles: {}",
                roles.join(", ")
            )?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Error");
        shown.field("kind", &self.0.kind);
        let texts = [
            ("status", self.0.status.map(|status| status.to_string())),
            ("code", self.0.code.clone()),
            ("message", Some(self.0.message.clone())),
            ("request_id", self.request_id().map(str::to_owned)),
            ("client_request_id", self.0.client_request_id.clone()),
        ];
        for (name, text) in texts {
            if let Some(text) = text.filter(|text| !text.is_empty()) {
                shown.field(name, &text);
            }
        }
        if !self.0.inner_errors.is_empty() {
            shown.field("inner_errors", &self.0.inner_errors);
        }
        if let Some(retry_after) = &self.0.retry_after {
            shown.field("retry_after", retry_after);
        }
        if let Some(operation) = &self.0.operation {
            shown.field("operation", operation);
        }
        shown.field("tries", &self.0.tries).finish()
    }
}

impl std::error::Error for Error {
    /// The first cause that `Display` does not contain already.
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        let mut cause: &(dyn std::error::Error + 'static) = self.0.source.as_deref()?;
        while self.0.message.contains(&cause.to_string()) {
            cause = cause.source()?;
        }
        Some(cause)
    }
}
