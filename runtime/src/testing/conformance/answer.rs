//! Responses, read as the type of their operation and written again.

use http::Response;
use serde_json::Value;

use crate::{Bytes, Error, Object, ObjectExt, ResponseBody, json};

/// What a response can be read as, and written again.
pub trait Answer: ResponseBody {
    /// Writes it again.
    fn echo(self) -> Echo;
}

/// A response that was read and written again.
#[derive(Debug)]
pub struct Echo {
    /// The content.
    pub(super) content: Bytes,
    /// The paths of values that their properties could not take.
    pub(super) type_mismatches: Vec<String>,
}

/// Reads a response, and writes it again.
pub(super) fn read<T: Answer>(response: Response<Bytes>) -> Result<Echo, Error> {
    T::from_response(response).map(Answer::echo)
}

impl<T: Object + Default> Answer for T {
    fn echo(self) -> Echo {
        let type_mismatches = self
            .type_mismatches()
            .into_iter()
            .map(|mismatch| mismatch.path);
        Echo {
            type_mismatches: type_mismatches.collect(),
            content: json::to_vec(&self).into(),
        }
    }
}

impl Answer for () {
    fn echo(self) -> Echo {
        Echo::of(Bytes::new())
    }
}

impl Answer for Bytes {
    fn echo(self) -> Echo {
        Echo::of(self)
    }
}

impl Answer for Value {
    fn echo(self) -> Echo {
        Echo::of(self.to_string().into())
    }
}

impl Answer for i64 {
    fn echo(self) -> Echo {
        Echo::of(self.to_string().into())
    }
}

impl Echo {
    /// Of nothing.
    pub(super) fn empty() -> Self {
        Self::of(Bytes::new())
    }

    fn of(content: Bytes) -> Self {
        Self {
            content,
            type_mismatches: Vec::new(),
        }
    }
}
