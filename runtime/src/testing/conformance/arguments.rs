//! The arguments that an example passes to a builder.

use std::cell::RefCell;
use std::str::FromStr;

use serde_json::{Value, json};

use super::{Call, RoundTripResponse, list, pairs, round_trip, text};
use crate::{Bytes, Object, ObjectExt, Request, json as codec};

/// The path arguments, query options, headers and body of one example.
#[derive(Debug)]
pub struct Arguments<'e> {
    /// `None` for placeholders.
    request: Option<&'e Value>,
    /// The paths of values in the body without the documented type of their property.
    type_mismatches: RefCell<Vec<String>>,
}

impl<'e> Arguments<'e> {
    pub(super) fn new(request: &'e Value) -> Self {
        Self {
            request: Some(request),
            type_mismatches: RefCell::default(),
        }
    }

    /// Creates arguments that every builder accepts, to find out the type of its response.
    pub(super) fn placeholders() -> Self {
        Self {
            request: None,
            type_mismatches: RefCell::default(),
        }
    }

    /// Returns the path argument at `index` as text.
    pub fn text(&self, index: usize) -> Result<&'e str, String> {
        let Some(request) = self.request else {
            return Ok("0");
        };
        let argument = list(request, "arguments")
            .get(index)
            .and_then(Value::as_str);
        argument.ok_or_else(|| format!("the path has no argument {index}"))
    }

    /// Parses the path argument at `index`.
    pub fn value<T: FromStr>(&self, index: usize) -> Result<T, String> {
        let text = self.text(index)?;
        let placeholders = if self.request.is_some() {
            &[][..]
        } else {
            // Each type accepts one of these.
            &[
                "false",
                "2000-01-01",
                "2000-01-01T00:00:00Z",
                "00:00:00",
                "PT0S",
                "00000000-0000-0000-0000-000000000000",
            ]
        };
        [&text]
            .into_iter()
            .chain(placeholders)
            .find_map(|text| text.parse().ok())
            .ok_or_else(|| format!("the argument {text:?} does not have the documented type"))
    }

    /// Deserializes the body.
    pub fn body<T: Object + Default>(&self) -> Result<T, String> {
        let Some(body) = self.request.and_then(|request| request.get("body")) else {
            return Ok(T::default());
        };
        let object: T = codec::from_slice(body.to_string().as_bytes())
            .map_err(|error| format!("the body cannot be deserialized: {error}"))?;
        let type_mismatches = object
            .type_mismatches()
            .into_iter()
            .map(|mismatch| mismatch.path);
        self.type_mismatches.borrow_mut().extend(type_mismatches);
        Ok(object)
    }

    /// Returns the body as JSON.
    pub fn json(&self) -> Result<Value, String> {
        let body = self.request.and_then(|request| request.get("body"));
        Ok(body.cloned().unwrap_or_else(|| json!({})))
    }

    /// Returns the body as bytes.
    pub fn content(&self) -> Result<Bytes, String> {
        let Some(request) = self.request else {
            return Ok(Bytes::new());
        };
        Ok(match request.get("body") {
            Some(json) => json.to_string().into(),
            None => text(request, "content").to_owned().into(),
        })
    }

    /// Adds the query options and the headers of the example to a request.
    pub fn finish<T: RoundTripResponse>(&self, request: Request<T>) -> Result<Call, String> {
        let mut raw = request.into_raw();
        if let Some(example) = self.request {
            for (name, value) in pairs(example, "query") {
                raw.set_query(name, value);
            }
            for (name, value) in super::request::caller_headers(&raw, example) {
                raw.set_header(name, value);
            }
        }
        Ok(Call {
            request: raw,
            round_trip: round_trip::round_trip::<T>,
        })
    }

    /// Returns the paths of values in the body without the documented type of their property.
    pub(super) fn type_mismatches(&self) -> Vec<String> {
        self.type_mismatches.take()
    }
}
