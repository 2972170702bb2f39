//! What an example's request gives to the call of a builder.

use std::cell::RefCell;
use std::str::FromStr;

use serde_json::{Value, json};

use super::{Answer, Call, answer, list, pairs, text};
use crate::{Bytes, Object, ObjectExt, Request, json as codec};

/// The keys and arguments, the headers, the query and the body of one example.
#[derive(Debug)]
pub struct Arguments<'e> {
    /// None stands for a request of which nothing is known.
    request: Option<&'e Value>,
    /// The values of the body that its type could not take.
    type_mismatches: RefCell<Vec<String>>,
}

impl<'e> Arguments<'e> {
    pub(super) fn new(request: &'e Value) -> Self {
        Self {
            request: Some(request),
            type_mismatches: RefCell::default(),
        }
    }

    /// Gives every call something, so that the type of its answer is known.
    pub(super) fn placeholders() -> Self {
        Self {
            request: None,
            type_mismatches: RefCell::default(),
        }
    }

    /// The key, item path or text at a place.
    pub fn text(&self, index: usize) -> Result<&'e str, String> {
        let Some(request) = self.request else {
            return Ok("0");
        };
        let argument = list(request, "arguments")
            .get(index)
            .and_then(Value::as_str);
        argument.ok_or_else(|| format!("the path has no argument {index}"))
    }

    /// The argument of another type at a place.
    pub fn value<T: FromStr>(&self, index: usize) -> Result<T, String> {
        let text = self.text(index)?;
        let known = if self.request.is_some() {
            &[][..]
        } else {
            // One of these is a value of each type there is.
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
            .chain(known)
            .find_map(|text| text.parse().ok())
            .ok_or_else(|| format!("the argument {text:?} is not of its type"))
    }

    /// The body as a value of a type.
    pub fn body<T: Object + Default>(&self) -> Result<T, String> {
        let Some(body) = self.request.and_then(|request| request.get("body")) else {
            return Ok(T::default());
        };
        let read: T = codec::from_slice(body.to_string().as_bytes())
            .map_err(|error| format!("the body cannot be read: {error}"))?;
        let type_mismatches = read
            .type_mismatches()
            .into_iter()
            .map(|mismatch| mismatch.path);
        self.type_mismatches.borrow_mut().extend(type_mismatches);
        Ok(read)
    }

    /// The body as any JSON.
    pub fn json(&self) -> Result<Value, String> {
        let body = self.request.and_then(|request| request.get("body"));
        Ok(body.cloned().unwrap_or_else(|| json!({})))
    }

    /// The body as bytes.
    pub fn content(&self) -> Result<Bytes, String> {
        let Some(request) = self.request else {
            return Ok(Bytes::new());
        };
        Ok(match request.get("body") {
            Some(json) => json.to_string().into(),
            None => text(request, "content").to_owned().into(),
        })
    }

    /// The request with the query and the headers of the example.
    pub fn finish<T: Answer>(&self, request: Request<T>) -> Result<Call, String> {
        let mut raw = request.into_raw();
        if let Some(example) = self.request {
            for (name, value) in pairs(example, "query") {
                raw.set_query(name, value);
            }
            for (name, value) in super::request::own_headers(&raw, example) {
                raw.set_header(name, value);
            }
        }
        Ok(Call {
            request: raw,
            read: answer::read::<T>,
        })
    }

    /// The paths of values in the body that their properties could not take.
    pub(super) fn type_mismatches(&self) -> Vec<String> {
        self.type_mismatches.take()
    }
}
