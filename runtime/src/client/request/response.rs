//! The types that a response body can be deserialized to.

use bytes::Bytes;
use http::Response;
use http::header::CONTENT_TYPE;
use serde_json::Value;

use super::Error;
use crate::json::{self, Object};

/// A type that a response body can be deserialized to.
pub trait ResponseBody: Sized {
    /// The type whose properties a query can select: for a page, that of its items.
    type Item: ?Sized;

    /// Deserializes a successful response.
    fn from_response(response: Response<Bytes>) -> Result<Self, Error>;
}

/// The type whose properties a query names.
#[doc(hidden)]
pub trait Itemised {
    /// The type of the object, or of the items of a collection.
    type Item: ?Sized;
}

impl<T: Object> Itemised for T {
    type Item = <T as Object>::Item;
}

impl<T: Itemised> Itemised for Vec<T> {
    type Item = T::Item;
}

/// An object. It is empty if the response has no content: an update may be answered with or without content.
impl<T: Object + Default> ResponseBody for T {
    type Item = <T as Object>::Item;

    fn from_response(response: Response<Bytes>) -> Result<Self, Error> {
        let mut object = T::default();
        read(&mut object, response)?;
        Ok(object)
    }
}

/// Returns a JSON text without the byte order mark that some services send first.
pub(crate) fn without_bom(json: &[u8]) -> &[u8] {
    json.strip_prefix(b"\xef\xbb\xbf").unwrap_or(json)
}

/// The part of deserialization that is the same for all types.
fn read(object: &mut dyn Object, response: Response<Bytes>) -> Result<(), Error> {
    if response.body().is_empty() {
        return Ok(());
    }
    let read = json::read_slice(object, without_bom(response.body()));
    read.map_err(|error| not_json(response, error))
}

/// The error of a body that is not JSON. It names the content type if the service cannot have sent it, such as the page of a
/// proxy.
fn not_json(response: Response<Bytes>, error: serde_json::Error) -> Error {
    let kind = response.headers().get(CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok());
    match kind.filter(|kind| !kind.contains("json")) {
        Some(kind) => {
            let message = unexpected_content(kind, response.body());
            Error::content(response, message)
        }
        None => Error::content(response, error),
    }
}

/// The message for a body of another content type than JSON, with the beginning of the body.
pub(super) fn unexpected_content(kind: &str, body: &[u8]) -> String {
    let beginning = String::from_utf8_lossy(&body[..body.len().min(200)]);
    let kind = kind.escape_debug();
    format!(
        "expected JSON, found `{kind}`: {}",
        beginning.trim().escape_debug()
    )
}

/// No content: the body is ignored.
impl ResponseBody for () {
    type Item = ();

    fn from_response(_: Response<Bytes>) -> Result<Self, Error> {
        Ok(())
    }
}

/// The raw content.
impl ResponseBody for Bytes {
    type Item = ();

    fn from_response(response: Response<Bytes>) -> Result<Self, Error> {
        Ok(response.into_body())
    }
}

/// Any JSON value; null if there is no content.
impl ResponseBody for Value {
    type Item = ();

    fn from_response(response: Response<Bytes>) -> Result<Self, Error> {
        if response.body().is_empty() {
            return Ok(Self::Null);
        }
        let read = serde_json::from_slice(without_bom(response.body()));
        read.map_err(|error| not_json(response, error))
    }
}

/// A count, which is sent as plain text.
impl ResponseBody for i64 {
    type Item = ();

    fn from_response(response: Response<Bytes>) -> Result<Self, Error> {
        let text = String::from_utf8_lossy(response.body());
        // The service sends a byte order mark first.
        let count = text.trim_start_matches('\u{feff}').trim().parse();
        count.map_err(|error| Error::content(response, error))
    }
}
