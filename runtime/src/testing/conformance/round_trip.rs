//! Deserialization of responses as the type of their operation, and serialization back.

use http::Response;
use serde_json::Value;

use crate::{Bytes, Error, Object, ObjectExt, ResponseBody, json};

/// A response type that can be serialized again.
pub trait RoundTripResponse: ResponseBody {
    /// Serializes the response.
    fn round_trip(self) -> RoundTrip;
}

/// A response that was deserialized and serialized again.
#[derive(Debug)]
pub struct RoundTrip {
    /// The serialized response.
    pub(super) content: Bytes,
    /// The paths of values without the documented type of their property.
    pub(super) type_mismatches: Vec<String>,
}

/// Deserializes a response and serializes it again.
pub(super) fn round_trip<T: RoundTripResponse>(
    response: Response<Bytes>,
) -> Result<RoundTrip, Error> {
    T::from_response(response).map(T::round_trip)
}

impl<T: Object + Default> RoundTripResponse for T {
    fn round_trip(self) -> RoundTrip {
        let type_mismatches = self
            .type_mismatches()
            .into_iter()
            .map(|mismatch| mismatch.path);
        RoundTrip {
            type_mismatches: type_mismatches.collect(),
            content: json::to_vec(&self).into(),
        }
    }
}

impl RoundTripResponse for () {
    fn round_trip(self) -> RoundTrip {
        RoundTrip::new(Bytes::new())
    }
}

impl RoundTripResponse for Bytes {
    fn round_trip(self) -> RoundTrip {
        RoundTrip::new(self)
    }
}

impl RoundTripResponse for Value {
    fn round_trip(self) -> RoundTrip {
        RoundTrip::new(self.to_string().into())
    }
}

impl RoundTripResponse for i64 {
    fn round_trip(self) -> RoundTrip {
        RoundTrip::new(self.to_string().into())
    }
}

impl RoundTrip {
    pub(super) fn new(content: Bytes) -> Self {
        Self {
            content,
            type_mismatches: Vec::new(),
        }
    }
}
