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

/// The part of deserialization that is the same for all types.
fn read(object: &mut dyn Object, response: Response<Bytes>) -> Result<(), Error> {
    if response.body().is_empty() {
        return Ok(());
    }
    let read = json::read_slice(object, response.body());
    read.map_err(|error| not_json(response, error))
}

/// The error of a body that is not JSON. It names the content type if the service cannot have sent it, such as the page of a
/// proxy.
fn not_json(response: Response<Bytes>, error: serde_json::Error) -> Error {
    let kind = response.headers().get(CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok());
    match kind
        .filter(|kind| !kind.contains("json"))
        .map(str::to_owned)
    {
        Some(kind) => Error::content(response, format!("expected JSON, found `{kind}`")),
        None => Error::content(response, error),
    }
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
        let read = serde_json::from_slice(response.body());
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
