//! Paths, segment by segment.

use std::fmt::{Display, Write};

use super::{Body, Client, Operation, RawRequest, Request, encoding};
use crate::Bytes;

/// The path of a resource: what every request builder wraps.
#[derive(Clone, Debug)]
pub struct Path {
    client: Client,
    /// Encoded, with a slash in front; empty for the service itself.
    text: String,
    /// Whether the last segment is a path of names below an item, so that a colon goes before the next.
    is_item_path: bool,
    /// What is wrong with it: reported when the request is sent.
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

    /// The path of what `name` is below this one. The name is a constant of the API, and stands as it is.
    pub fn segment(&self, name: &str) -> Self {
        self.push(&name)
    }

    /// The path of one item of this collection. A key that is empty or made of dots alone would lead elsewhere, so the
    /// request is refused when it is sent.
    pub fn key(&self, key: &str) -> Self {
        self.check(key).push(&encoding::segment(key))
    }

    /// The path of the item that has `key` as the value of `property`: `property=key`.
    pub fn alternate_key(&self, property: &str, key: &str) -> Self {
        let path = self.check(key);
        path.push(&format_args!("{property}={}", encoding::segment(key)))
    }

    /// The path of the item at a path of names below this one: `:/names/with/slashes`.
    pub fn item_path(&self, names: &str) -> Self {
        let mut path = self.clone();
        let names = names.trim_matches('/');
        for name in names.split('/') {
            path = path.check(name);
        }
        // A path on top of another one needs no colon of its own: the second goes on from the first.
        path.text
            .push_str(if self.is_item_path { "/" } else { ":/" });
        path.write(&encoding::item_path(names));
        path.is_item_path = true;
        path
    }

    /// The path of a function with its arguments, each written by [`quoted`](super::quoted) or
    /// [`plain`](super::plain).
    pub fn function(&self, name: &str, arguments: &[(&str, String)]) -> Self {
        let mut call = format!("{name}(");
        for (index, (parameter, argument)) in arguments.iter().enumerate() {
            let comma = if index > 0 { "," } else { "" };
            // Writing to a string cannot fail.
            let _ = write!(call, "{comma}{parameter}={}", encoding::segment(argument));
        }
        call.push(')');
        self.push(&call)
    }

    /// The client.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The path below the version, encoded.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// A request without a body.
    pub fn request<T>(&self, operation: &'static Operation) -> Request<T> {
        Request::new(self.raw(operation))
    }

    /// A request with `body` as JSON.
    pub fn request_with<T>(&self, operation: &'static Operation, body: &dyn Body) -> Request<T> {
        Request::new(self.raw(operation).with_json(body))
    }

    /// A request with bytes as body.
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
