//! What a server is asked.

use bytes::Bytes;
use http::HeaderMap;
use percent_encoding::percent_decode_str;

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Asked {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: Option<String>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// Whether the server asks itself: it may do all.
    pub(crate) is_own: bool,
}

impl Asked {
    /// The method.
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The path, from the version on.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The query, as it was written.
    pub fn query(&self) -> Option<&str> {
        self.query.as_deref()
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The text of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The path and the query.
    pub(crate) fn target(&self) -> String {
        match &self.query {
            Some(query) => format!("{}?{query}", self.path),
            None => self.path.clone(),
        }
    }

    /// The segments behind the version, decoded, with keys as segments of their own.
    pub(crate) fn segments(&self) -> Vec<String> {
        let below = self.path.trim_start_matches('/');
        let below = below.split_once('/').map_or("", |(_, below)| below);
        let split = generator::model::written::split(below);
        let split = generator::model::written::split_keys(&split);
        split.into_iter().map(decode).collect()
    }
}

/// Undoes percent-encoding.
pub(crate) fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}
