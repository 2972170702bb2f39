//! A request as the pipeline takes it.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, Method};

use crate::hosts::Address;
use crate::request::{ByteStream, Operation};

/// A body that is not held in memory: each try reads it from the beginning.
#[derive(Clone)]
pub(crate) struct BodySource(Arc<dyn Fn() -> ByteStream + Send + Sync>);

impl BodySource {
    pub(crate) fn new(source: impl Fn() -> ByteStream + Send + Sync + 'static) -> Self {
        Self(Arc::new(source))
    }

    /// The body from its beginning on.
    pub(crate) fn stream(&self) -> ByteStream {
        (self.0)()
    }
}

impl fmt::Debug for BodySource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BodySource")
    }
}

/// What is to be sent, and what is known about it.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) method: Method,
    pub(crate) address: Address,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// Where the body comes from, if it is not held in memory.
    pub(crate) source: Option<BodySource>,
    pub(crate) operation: Option<&'static Operation>,
    /// Whether it gets no token, wherever it goes: its address is a secret of its own.
    pub(crate) is_unsigned: bool,
    /// Whether the caller vouches that sending it twice does no harm.
    pub(crate) is_idempotent: bool,
}

impl Call {
    /// Reads an address.
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
