//! What responses are read as.

use bytes::Bytes;
use http::Response;
use http::header::CONTENT_TYPE;
use serde_json::Value;

use super::Error;
use crate::json::{self, Object};

/// What a response can be read as.
pub trait ResponseBody: Sized {
    /// Whose properties can be selected: for a page, those of its items.
    type Item: ?Sized;

    /// Reads a response that reports success.
    fn from_response(response: Response<Bytes>) -> Result<Self, Error>;
}

/// Whose properties a query on this type names.
#[doc(hidden)]
pub trait Itemised {
    /// That of the objects; of the items, in a collection.
    type Item: ?Sized;
}

impl<T: Object> Itemised for T {
    type Item = <T as Object>::Item;
}

impl<T: Itemised> Itemised for Vec<T> {
    type Item = T::Item;
}

/// An object. It is empty if the response has no content, as an update may answer either way.
impl<T: Object + Default> ResponseBody for T {
    type Item = <T as Object>::Item;

    fn from_response(response: Response<Bytes>) -> Result<Self, Error> {
        let mut object = T::default();
        read(&mut object, response)?;
        Ok(object)
    }
}

/// The part of reading that is the same for all types.
fn read(object: &mut dyn Object, response: Response<Bytes>) -> Result<(), Error> {
    if response.body().is_empty() {
        return Ok(());
    }
    let read = json::read_slice(object, response.body());
    read.map_err(|error| not_json(response, error))
}

/// Content that cannot be read: it says so if it is nothing that could be, such as the page of a proxy.
fn not_json(response: Response<Bytes>, error: serde_json::Error) -> Error {
    let kind = response.headers().get(CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok());
    match kind
        .filter(|kind| !kind.contains("json"))
        .map(str::to_owned)
    {
        Some(kind) => Error::content(response, format!("it is `{kind}`, and no JSON")),
        None => Error::content(response, error),
    }
}

/// Nothing: whatever content comes back is left alone.
impl ResponseBody for () {
    type Item = ();

    fn from_response(_: Response<Bytes>) -> Result<Self, Error> {
        Ok(())
    }
}

/// The content as it is.
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

/// A count, which comes as plain text.
impl ResponseBody for i64 {
    type Item = ();

    fn from_response(response: Response<Bytes>) -> Result<Self, Error> {
        let text = String::from_utf8_lossy(response.body());
        // The service puts a byte order mark in front.
        let count = text.trim_start_matches('\u{feff}').trim().parse();
        count.map_err(|error| Error::content(response, error))
    }
}
