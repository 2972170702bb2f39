//! A position in a list, to be stored and resumed later.

use std::fmt;
use std::str::FromStr;

use http::header::{
    AUTHORIZATION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, HeaderMap, HeaderName,
    HeaderValue,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::{Map, Value, json};

/// Headers that are never stored: secrets, and those that describe a body.
const NOT_STORED: [HeaderName; 5] = [
    AUTHORIZATION,
    COOKIE,
    CONTENT_ENCODING,
    CONTENT_LENGTH,
    CONTENT_TYPE,
];

/// A position in a list: the URL of the next page, and the headers of its request. `Display` and `FromStr` convert it to and
/// from text. `Debug` does not print the URL, which may contain personal data.
///
/// ```
/// use graphwright_runtime::Cursor;
///
/// let text = r#"{"link":"https://graph.microsoft.com/v1.0/users?$skiptoken=x","headers":{"prefer":"odata.maxpagesize=5"}}"#;
/// let cursor: Cursor = text.parse().unwrap();
/// assert_eq!(cursor.to_string(), text);
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Cursor {
    link: String,
    headers: Vec<(String, String)>,
}

impl Cursor {
    pub(crate) fn new(link: String, headers: &HeaderMap) -> Self {
        let stored = headers.iter().filter(|(name, value)| {
            let id = name.as_str() == "client-request-id";
            !id && !value.is_sensitive() && !NOT_STORED.contains(name)
        });
        let stored = stored.filter_map(|(name, value)| {
            let value = value.to_str().ok()?;
            Some((name.as_str().to_owned(), value.to_owned()))
        });
        Self {
            link,
            headers: stored.collect(),
        }
    }

    /// Creates a cursor from a link of the service that was stored elsewhere: an `@odata.nextLink` or `@odata.deltaLink`. The link
    /// contains the query of the request, but not its headers; [`Request::pages_from_link`](crate::Request::pages_from_link) adds
    /// them.
    pub fn from_link(link: impl Into<String>) -> Self {
        Self {
            link: link.into(),
            headers: Vec::new(),
        }
    }

    /// The URL of the next page.
    pub(crate) fn link(&self) -> &str {
        &self.link
    }

    pub(super) fn headers(&self) -> HeaderMap {
        let pairs = self.headers.iter().filter_map(|(name, value)| {
            let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
            Some((name, HeaderValue::from_str(value).ok()?))
        });
        pairs
            .filter(|(name, _)| !NOT_STORED.contains(name))
            .collect()
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers = self.headers.iter();
        let headers = headers.map(|(name, value)| (name.clone(), Value::from(value.as_str())));
        let headers: Map<String, Value> = headers.collect();
        json!({"link": self.link, "headers": headers}).fmt(f)
    }
}

impl FromStr for Cursor {
    type Err = CursorError;

    fn from_str(text: &str) -> Result<Self, CursorError> {
        let value: Value = serde_json::from_str(text).map_err(|_| CursorError)?;
        let link = value
            .get("link")
            .and_then(Value::as_str)
            .ok_or(CursorError)?;
        let headers = value
            .get("headers")
            .and_then(Value::as_object)
            .ok_or(CursorError)?;
        let headers = headers.iter().map(|(name, value)| {
            let value = value.as_str().ok_or(CursorError)?;
            Ok((name.clone(), value.to_owned()))
        });
        Ok(Self {
            link: link.to_owned(),
            headers: headers.collect::<Result<_, _>>()?,
        })
    }
}

impl Serialize for Cursor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Cursor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

impl fmt::Debug for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cursor(…)")
    }
}

/// The error of text that is not a cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CursorError;

impl fmt::Display for CursorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text is not a cursor")
    }
}

impl std::error::Error for CursorError {}
