//! A request in the form that the pipeline takes.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, Method};

use crate::hosts::Address;
use crate::request::{ByteStream, Operation};

/// The source of a streamed body. Every try opens it again from the beginning.
#[derive(Clone)]
pub(crate) struct BodySource(Arc<dyn Fn() -> ByteStream + Send + Sync>);

impl BodySource {
    pub(crate) fn new(source: impl Fn() -> ByteStream + Send + Sync + 'static) -> Self {
        Self(Arc::new(source))
    }

    /// Opens the body from the beginning.
    pub(crate) fn stream(&self) -> ByteStream {
        (self.0)()
    }
}

impl fmt::Debug for BodySource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BodySource")
    }
}

/// A request with the facts that the pipeline needs.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) method: Method,
    pub(crate) address: Address,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// The source of a streamed body.
    pub(crate) source: Option<BodySource>,
    pub(crate) operation: Option<&'static Operation>,
    /// Whether no token is sent, whatever the host: the URL itself is the credential.
    pub(crate) is_unsigned: bool,
    /// Whether the caller declares that sending the request twice is safe.
    pub(crate) is_idempotent: bool,
}

impl Call {
    /// Creates a `GET` request.
    pub(crate) fn get(address: Address, operation: Option<&'static Operation>) -> Self {
        Self {
            method: Method::GET,
            address,
            headers: HeaderMap::new(),
            body: Bytes::new(),
            source: None,
            operation,
            is_unsigned: false,
            is_idempotent: false,
        }
    }
}
