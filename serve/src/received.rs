//! A request that the server received.

use std::sync::Arc;

use bytes::Bytes;
use http::HeaderMap;
use percent_encoding::percent_decode_str;

/// A request that the server received.
#[derive(Clone, Debug)]
pub struct ReceivedRequest {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: Option<String>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// The origin of the server as the client sees it, without a trailing slash.
    pub(crate) origin: Arc<str>,
    /// Whether the server itself issued the request; permissions are not checked then.
    pub(crate) is_internal: bool,
}

impl ReceivedRequest {
    /// Returns the HTTP method.
    pub fn method(&self) -> &str {
        &self.method
    }

    /// Returns the path, which starts with the version: `/v1.0/users`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the query string, still percent-encoded.
    pub fn query(&self) -> Option<&str> {
        self.query.as_deref()
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the body.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Returns the value of a header if it is text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Returns the path and the query string.
    pub(crate) fn target(&self) -> String {
        match &self.query {
            Some(query) => format!("{}?{query}", self.path),
            None => self.path.clone(),
        }
    }

    /// Returns the decoded path segments after the version.
    pub(crate) fn segments(&self) -> Vec<String> {
        let below = self.path.trim_start_matches('/');
        let below = below.split_once('/').map_or("", |(_, below)| below);
        let split = generator::path::split_url_path(below);
        split.into_iter().map(decode).collect()
    }
}

/// Decodes percent-encoding.
pub(crate) fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Encodes a key as a path segment.
pub(crate) fn encode(text: &str) -> String {
    const RESERVED: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC
        .remove(b'-')
        .remove(b'.')
        .remove(b'_')
        .remove(b'~')
        .remove(b'@');
    percent_encoding::utf8_percent_encode(text, RESERVED).to_string()
}
