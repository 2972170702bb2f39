//! A request as the pipeline takes it.

use bytes::Bytes;
use http::{HeaderMap, Method};

use crate::hosts::Address;
use crate::request::Operation;

/// What is to be sent, and what is known about it.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) method: Method,
    pub(crate) address: Address,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) operation: Option<&'static Operation>,
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
            operation,
            is_idempotent: false,
        }
    }
}
