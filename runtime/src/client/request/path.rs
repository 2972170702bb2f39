//! The path of a resource, built segment by segment.

use std::fmt::{Display, Write};

use super::{Body, Client, Operation, RawRequest, Request, encoding};
use crate::Bytes;

/// The path of a resource below the base URL. Every request builder wraps one.
#[derive(Clone, Debug)]
pub struct Path {
    client: Client,
    /// Percent-encoded, with a leading slash; empty for the service root.
    text: String,
    /// Whether the last segment is a path relative to a drive item, so that a colon precedes the next segment.
    is_item_path: bool,
    /// The first invalid part of the path, returned as an error when the request is sent.
    fault: Option<&'static str>,
}

impl Path {
    pub(crate) fn new(client: Client) -> Self {
        Self {
            client,
            text: String::new(),
            is_item_path: false,
            fault: None,
        }
    }

    /// Appends a segment. The name is a constant of the API and is not encoded.
    pub fn segment(&self, name: &str) -> Self {
        self.push(&name)
    }

    /// Appends the key of an item of this collection. An empty key, or one of dots only, would address another resource; sending
    /// the request then returns an error.
    pub fn key(&self, key: &str) -> Self {
        self.check(key).push(&encoding::segment(key))
    }

    /// Appends an alternate key of an item of this collection: `(property='key')`. The keys are formatted with
    /// [`quoted`](super::quoted) or [`plain`](super::plain). Sending a request with an empty key returns an error.
    pub fn alternate_key(&self, properties: &[(&str, String)]) -> Self {
        let mut path = self.clone();
        if properties
            .iter()
            .any(|(_, key)| key.is_empty() || key == "''")
        {
            path.fault = Some("a key in the path is empty");
        }
        path.write(&format_args!("({})", NamedValues(properties)));
        path
    }

    /// Appends a path relative to this drive item: `:/names/with/slashes`.
    pub fn item_path(&self, names: &str) -> Self {
        let mut path = self.clone();
        let names = names.trim_matches('/');
        for name in names.split('/') {
            path = path.check(name);
        }
        // A relative path that follows another one continues it, without a second colon.
        path.text
            .push_str(if self.is_item_path { "/" } else { ":/" });
        path.write(&encoding::item_path(names));
        path.is_item_path = true;
        path
    }

    /// Appends a call of a function. The arguments are formatted with [`quoted`](super::quoted) or [`plain`](super::plain).
    pub fn function(&self, name: &str, arguments: &[(&str, String)]) -> Self {
        self.push(&format_args!("{name}({})", NamedValues(arguments)))
    }

    /// The client that sends requests for this path.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The percent-encoded path below the base URL.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Creates a request without a body.
    pub fn request<T>(&self, operation: &'static Operation) -> Request<T> {
        Request::new(self.raw(operation))
    }

    /// Creates a request with `body` as JSON.
    pub fn request_with<T>(&self, operation: &'static Operation, body: &dyn Body) -> Request<T> {
        Request::new(self.raw(operation).with_json(body))
    }

    /// Creates a request with a binary body.
    pub fn request_bytes<T>(&self, operation: &'static Operation, body: Bytes) -> Request<T> {
        Request::new(self.raw(operation).with_bytes(body))
    }

    fn raw(&self, operation: &'static Operation) -> RawRequest {
        RawRequest::new(
            self.client.clone(),
            self.text.clone(),
            operation,
            self.fault,
        )
    }

    fn push(&self, segment: &dyn Display) -> Self {
        let mut path = self.clone();
        path.text
            .push_str(if path.is_item_path { ":/" } else { "/" });
        path.is_item_path = false;
        path.write(segment);
        path
    }

    fn write(&mut self, segment: &dyn Display) {
        // Writing to a string cannot fail.
        let _ = write!(self.text, "{segment}");
    }

    fn check(&self, key: &str) -> Self {
        let mut path = self.clone();
        if key.is_empty() {
            path.fault = Some("a key in the path is empty");
        } else if key == "." || key == ".." {
            path.fault = Some("a key in the path is made of dots alone");
        }
        path
    }
}

/// The literals in the parentheses of a segment: `name='value',…`, percent-encoded.
struct NamedValues<'a>(&'a [(&'a str, String)]);

impl Display for NamedValues<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, (name, value)) in self.0.iter().enumerate() {
            let comma = if index > 0 { "," } else { "" };
            write!(formatter, "{comma}{name}={}", encoding::segment(value))?;
        }
        Ok(())
    }
}
